"""Diagnostics → lines for a terminal: ``file:line:col: severity: CODE message`` with the source line and a caret under the place."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import IO

from ..model import Diagnostic
from ..printable import printable
from .order import in_order, source_line

WIDEST = 160
"""Longer source lines are cut round the place."""


def columns_of(stream: IO[str]) -> int | None:
    """The columns of the terminal that a stream is, None where it is none."""
    if not stream.isatty():
        return None
    import shutil

    return shutil.get_terminal_size((80, 24)).columns


def as_text(
    diagnostics: Sequence[Diagnostic],
    texts: Mapping[str, str] | None = None,
    colour: bool = False,
    columns: int | None = None,
) -> str:
    """One finding after the other, in the order of files and places; ``texts`` holds the files' texts by name.

    The source line follows the last of the findings about the same place.  A finding without a place begins with the file's
    name, or with the key of the entry.  ``columns``: of the terminal, where it is one: lines are folded to fit it.
    """
    out: list[str] = []
    ordered = in_order(diagnostics)
    for i, found in enumerate(ordered):
        out.append(_head(found, colour, columns) + "\n")
        after = ordered[i + 1].place if i + 1 < len(ordered) else None
        if after != found.place:
            out += [
                printable(line) + "\n" for line in _quote(found, texts or {}, columns or WIDEST)
            ]
    return "".join(out)


def as_concise(diagnostics: Sequence[Diagnostic], colour: bool = False) -> str:
    """``file:line:col: severity: CODE message [name]``, a line a finding."""
    return "".join(_head(found, colour) + "\n" for found in in_order(diagnostics))


_COLOURS = {"error": "31", "warning": "33", "note": "36"}


def _head(found: Diagnostic, colour: bool, columns: int | None = None) -> str:
    place, grave = printable(where(found)), found.severity
    begin = f"{place}: {grave}: "
    said = printable(f"{found.code} {found.message}{_tail(found)}")
    if columns and width(begin + said) > columns:
        from .fold import hung

        folded = "\n".join(hung(begin + said, columns, "", " " * 4))
        if folded.startswith(begin):
            said = folded.removeprefix(begin)
    if not colour:
        return begin + said
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


def _quote(found: Diagnostic, texts: Mapping[str, str], columns: int) -> list[str]:
    place = found.place
    line = source_line(texts, place)
    if place is None or line is None or not line.strip():
        return []
    column = place.column or len(line) - len(line.lstrip()) + 1
    ends_here = place.end_line in (0, place.line) and place.end_column > column
    end = place.end_column - 1 if ends_here else (len(line) if place.column else column)
    number = str(place.line)
    first, last = _window(line, column - 1, max(min(columns, WIDEST) - len(number) - 3, 20))
    shown = line[first:last].expandtabs(1)
    before, after = "…" if first else "", "…" if last < len(line) else ""
    under = line[column - 1 : max(min(end, last), column)]
    indent = " " * width(before + line[first : column - 1])
    return [
        f"{number} | {before}{shown}{after}",
        f"{' ' * len(number)} | {indent}{'^' * max(1, width(under))}",
    ]


def _window(line: str, at: int, room: int) -> tuple[int, int]:
    """Where the part of a line begins and ends that fits so many columns (with a sign where something is cut) and shows ``at``."""
    if width(line) <= room:
        return 0, len(line)
    first = at if width(line[: at + 1]) > room * 2 // 3 else 0
    taken = 1
    while first and taken + width(line[first - 1]) <= room // 3:
        first -= 1
        taken += width(line[first])
    last, taken = first, 2 if first else 1
    while last < len(line) and taken + width(line[last]) <= room:
        taken += width(line[last])
        last += 1
    return first, last


def width(text: str) -> int:
    """Columns that a text takes on a terminal."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )
