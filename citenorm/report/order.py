"""Diagnostics in one order (file, line, column, code), and the lines of text they point at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from ..model import Diagnostic, Place


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The same order for any order of finding."""
    return sorted(diagnostics, key=_rank)


def _rank(found: Diagnostic) -> tuple[object, ...]:
    place = found.place or Place()
    first = (
        place.file,
        place.line,
        place.column,
        found.code,
        found.key,
        found.field,
        found.message,
    )
    return (
        *first,
        found.name,
        found.claim,
        found.record,
        found.source,
        found.fix or "",
        place.end_line,
        place.end_column,
    )


def source_line(texts: Mapping[str, str], place: Place | None) -> str | None:
    """The line that a place names, None where it is not known."""
    if place is None or not place.line or place.file not in texts:
        return None
    lines = _lines(texts[place.file])
    return lines[place.line - 1] if place.line <= len(lines) else None


@lru_cache(maxsize=64)
def _lines(text: str) -> list[str]:
    text = text.encode("utf-8", "replace").decode()
    return re.split(r"\r\n?|\n", text.removeprefix("\ufeff"))


def as_row(found: Diagnostic) -> dict[str, Any]:
    """A finding as a JSON object: what ``Diagnostic.to_dict`` gives, and its place."""
    row: dict[str, Any] = {}
    place = found.place
    if place is not None:
        row["file"] = place.file
        for name in ("line", "column", "end_line", "end_column"):
            if getattr(place, name):
                row[name] = getattr(place, name)
    row |= found.to_dict()
    if found.edits:
        row["edits"] = [edit.to_dict() for edit in found.edits]
    return row
