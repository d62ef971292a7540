"""Lists of items that need no parsing, RIS and CSL-JSON → Claims with their places: inputs like reports and ``.bib`` files."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from .errors import InputError
from .lines import line_and_column, line_starts
from .model import Claim, Reference

SUFFIXES = {
    ".ris": "ris",
    ".json": "csl-json",
    ".csljson": "csl-json",
    ".jsonl": "csl-json",
    ".ndjson": "csl-json",
}
"""The suffix of a file → its format."""
_RIS = re.compile(rb"\s*TY {1,2}- ")
_ITEM = re.compile(rb'\s*(?:\[\s*)?\{\s*"(?:id|type|title|DOI|author|issued|custom|csl)"\s*:')


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of items: its name, its text, and what the items say."""

    name: str
    text: str
    claims: tuple[Claim, ...] = field(default_factory=tuple)


def format_of(name: str, data: bytes) -> str:
    """ "ris" or "csl-json" by the suffix, else by how the content begins; "" for anything else."""
    suffix = os.path.splitext(name)[1].lower()
    if suffix:
        return SUFFIXES.get(suffix, "")
    head = data[:200].removeprefix(b"\xef\xbb\xbf")
    return "ris" if _RIS.match(head) else "csl-json" if _ITEM.match(head) else ""


def read_list(data: bytes, name: str) -> Listed:
    """The items of a RIS or CSL-JSON input.  Raises InputError, with the line, for what is neither, and for one without items."""
    text = data.decode("utf-8-sig", "replace")
    form = format_of(name, data)
    pairs = _ris(text, name) if form == "ris" else _csl(text, name)
    starts = line_starts(text)
    claims = tuple(_claim(csl, _place(starts, start, end, text, name)) for csl, start, end in pairs)
    if not claims:
        what = "RIS record" if form == "ris" else "CSL-JSON item"
        raise InputError(f"{name}: holds no {what}")
    return Listed(name, text, claims)


def _place(starts: Sequence[int], start: int, end: int, text: str, name: str) -> Reference:
    """The stretch of the file that an item takes up."""
    (first, _), (last, _) = line_and_column(starts, start), line_and_column(starts, end)
    raw = " ".join(text[start:end].split())
    return Reference(raw, name, line=first, end_line=last, start=start, end=end)


def _claim(csl: dict[str, Any], place: Reference) -> Claim:
    item = {k: v for k, v in csl.items() if k != "id"}
    key = str(csl.get("id") or "")
    return Claim(item, reference=replace(place, key=key), id=key or None)


# ------------------------------------------------------------------ RIS
_RECORD = re.compile(r"^TY {1,2}- .*?(?=^TY {1,2}- |\Z)", re.M | re.S)
_TAG = re.compile(r"^([A-Z][A-Z0-9]) {1,2}-(?: (.*))?$")


def _ris(text: str, name: str) -> Iterator[tuple[dict[str, Any], int, int]]:
    from .catalogue.formats.ris import record_from_fields

    if not _RECORD.search(text) and text.strip():
        raise InputError(f"{name}:1: is no RIS: no line begins with “TY  - ”")
    for count, match in enumerate(_RECORD.finditer(text), 1):
        parts: dict[str, list[list[str]]] = {}
        last = ""
        for line in match[0].splitlines():
            found = _TAG.match(line)
            if found:
                last = found[1]
                parts.setdefault(last, []).append([(found[2] or "").strip()])
            elif last and line.strip():
                parts[last][-1].append(line.strip())
        fields = {tag: [" ".join(value) for value in values] for tag, values in parts.items()}
        csl = record_from_fields(fields, count)
        csl["id"] = next((v for v in fields.get("ID", ()) if v), "")
        yield csl, match.start(), match.start() + len(match[0].rstrip())


# ------------------------------------------------------------------ CSL-JSON
def _csl(text: str, name: str) -> Iterator[tuple[dict[str, Any], int, int]]:
    """The items of an array, of one object, or of one object a line."""
    decoder = json.JSONDecoder()
    at = _skip(text, 0)
    array = text[at : at + 1] == "["
    at = _skip(text, at + 1) if array else at
    while at < len(text) and not (array and text[at] == "]"):
        try:
            item, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            line = text.count("\n", 0, getattr(error, "pos", at)) + 1
            raise InputError(f"{name}:{line}: is no JSON: {error}") from error
        csl = item.get("csl", item) if isinstance(item, dict) else None
        if not isinstance(csl, dict) or "cells" in csl:
            line = text.count("\n", 0, at) + 1
            raise InputError(
                f"{name}:{line}: is no CSL-JSON: an item is a JSON object with type, title …"
            )
        yield csl | ({"id": item["id"]} if item.get("id") is not None else {}), at, end
        at = _skip(text, end)
        if text[at : at + 1] == ",":
            at = _skip(text, at + 1)


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at
