"""Rows of a table → lines of text: columns where the terminal is wide, one value a line where it is not; words are never broken."""

from __future__ import annotations

from collections.abc import Sequence

from .fold import fold, hung
from .plain import width

NARROW = 100
"""Terminals with fewer columns get a line a value."""
GAP = 2
LONGEST = 2_000
"""Characters of a value that are shown."""

Row = tuple[str, str, str, str, str]
HEAD: Row = ("where", "field", "as written", "now", "source")


def lines_of(rows: Sequence[Row], columns: int) -> list[str]:
    """The table of corrections; ``where`` is said once for the rows that follow with the same."""
    if not rows:
        return []
    rows = [(where, field, _shown(a), _shown(b), source) for where, field, a, b, source in rows]
    return _stacked(rows, columns) if columns < NARROW else _side_by_side(rows, columns)


def _shown(value: str) -> str:
    """A value whole, or the beginning of one that would fill the screen, and how long it is."""
    if len(value) <= LONGEST:
        return value
    return f"{value[:LONGEST]} … ({len(value):,} characters)"


def _stacked(rows: Sequence[Row], columns: int) -> list[str]:
    out, last = [], ""
    for where, field, before, after, source in rows:
        if where != last:
            out.append(where)
            last = where
        line = f"  {field}: {before} → {after}  [{source}]"
        if width(line) <= columns:
            out.append(line)
        elif before == "—":
            out += hung(f"{after}  [{source}]", columns, f"  {field}: — → ", " " * 6)
        else:
            out += hung(before, columns, f"  {field}: ", " " * 6)
            out += hung(f"{after}  [{source}]", columns, "    → ")
    return out


def _side_by_side(rows: Sequence[Row], columns: int) -> list[str]:
    """Columns as wide as they need be; the two of text share what is left."""
    where, field, source = (max(width(r[i]) for r in (HEAD, *rows)) for i in (0, 1, 4))
    where = min(where, columns // 3)
    rest = columns - where - field - source - 4 * GAP
    needed = [max(width(r[i]) for r in (HEAD, *rows)) for i in (2, 3)]
    share = [min(needed[0], max(rest // 2, rest - needed[1])), 0]
    share[1] = min(needed[1], rest - share[0])
    widths = (where, field, *share, source)
    out, last = _cells(HEAD, widths), ""
    for row in rows:
        out += _cells(("" if row[0] == last else row[0], *row[1:]), widths)
        last = row[0]
    return out


def _cells(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    cells = [fold(text, max(w, 8)) for text, w in zip(row, widths, strict=True)]
    height = max(map(len, cells))
    made = []
    for i in range(height):
        line = "".join(
            text + " " * (max(w - width(text), 0) + GAP)
            for text, w in (
                (cell[i] if i < len(cell) else "", w) for cell, w in zip(cells, widths, strict=True)
            )
        )
        made.append(line.rstrip())
    return made
