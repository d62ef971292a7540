"""Diagnostics → lines for a terminal: ``file:line:col: severity: CODE message`` with the source line and a caret under the place."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from ..model import Diagnostic
from ..printable import printable
from .order import in_order, source_line

WIDEST = 160
"""Longer source lines are cut round the place."""


def as_text(
    diagnostics: Sequence[Diagnostic],
    texts: Mapping[str, str] | None = None,
    colour: bool = False,
) -> str:
    """One finding after the other, in the order of files and places; ``texts`` holds the files' texts by name.

    A finding without a place begins with the file's name, or with the key of the entry.
    """
    out: list[str] = []
    for found in in_order(diagnostics):
        out.append(_head(found, colour) + "\n")
        out += [printable(line) + "\n" for line in _quote(found, texts or {})]
    return "".join(out)


def as_concise(diagnostics: Sequence[Diagnostic], colour: bool = False) -> str:
    """``file:line:col: severity: CODE message [name]``, a line a finding."""
    return "".join(_head(found, colour) + "\n" for found in in_order(diagnostics))


_COLOURS = {"error": "31", "warning": "33", "note": "36"}


def _head(found: Diagnostic, colour: bool) -> str:
    place, grave = printable(where(found)), found.severity
    said = printable(f"{found.code} {found.message}{_tail(found)}")
    if not colour:
        return f"{place}: {grave}: {said}"
    return f"\x1b[1m{place}\x1b[0m: \x1b[1;{_COLOURS[grave]}m{grave}\x1b[0m: {said}"


def where(found: Diagnostic) -> str:
    """``file:line:col`` as far as it is known."""
    place = found.place
    if place is None or not (place.file or place.line):
        return found.key or "-"
    parts = [place.file or "-"]
    if place.line:
        parts.append(str(place.line))
        if place.column:
            parts.append(str(place.column))
    return ":".join(parts)


def _tail(found: Diagnostic) -> str:
    fixable = {"safe": "; fixable", "unsafe": "; fixable with --unsafe"}.get(found.fix or "", "")
    return f" [{found.name}{fixable}]"


def _quote(found: Diagnostic, texts: Mapping[str, str]) -> list[str]:
    place = found.place
    line = source_line(texts, place)
    if place is None or line is None or not line.strip():
        return []
    column = place.column or len(line) - len(line.lstrip()) + 1
    ends_here = place.end_line in (0, place.line) and place.end_column > column
    last = place.end_column - 1 if ends_here else (len(line) if place.column else column)
    first = max(0, column - 1 - WIDEST // 2) if len(line) > WIDEST else 0
    shown = line[first : first + WIDEST]
    start, length = column - 1 - first, max(1, min(last, first + len(shown)) - column + 1)
    number = str(place.line)
    under = " " * width(shown[:start]) + "^" * max(1, width(shown[start : start + length]))
    return [f"{number} | {shown.expandtabs(1)}", f"{' ' * len(number)} | {under}"]


def width(text: str) -> int:
    """Columns that a text takes on a terminal."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )
