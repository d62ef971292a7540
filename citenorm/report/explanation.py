"""One Resolution → a page in the terminal: how it was read, the candidates, each field's weight, the outcome and its reasons."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import IO

from ..changes import changes_of, label_of, shown, type_in_words
from ..match.explain import Step, alone, waterfall
from ..model import Resolution, custom_of
from ..printable import printable
from .fold import hung
from .plain import columns_of, width
from .summary import SHOWN, corrections
from .table import NARROW, Row, lines_of

COLUMNS = 100
"""What is taken for the width where no terminal tells it."""
WIDEST = 160
"""Wider terminals are not filled: nobody reads such lines."""
_LEAST = 10
"""Columns of the narrowest picture of the sum; narrower terminals get the numbers alone."""
_LABEL = 17
_WHERE = 7
"""Columns of the table that tell where: here it is known."""


def print_explanation(result: Resolution, stream: IO[str] | None = None) -> None:
    """Write the page to standard output (or ``stream``), fitted to the terminal."""
    out = stream or sys.stdout
    print("\n".join(explanation(result, columns_of(out) or COLUMNS)), file=out)


def explanation(result: Resolution, columns: int = COLUMNS) -> list[str]:
    """The lines of the page, of at most so many columns (40 at least) but for words that are longer."""
    room = min(max(columns, 40), WIDEST)
    parts = (_reading(result, room), _candidates(result, room), _weights(result, room), _ending(result, room))  # fmt: skip
    return [printable(line) for part in parts for line in part]


def _reading(result: Resolution, columns: int) -> list[str]:
    claim = result.claim
    lines = ["Read", *(hung(claim.raw, columns, "  ") if claim.raw else ())]
    for field in (*SHOWN, "publisher"):
        value = shown(claim.csl, field)
        if value:
            confidence = claim.field_confidence.get(field)
            sure = "" if confidence is None else f"  ({confidence:.2f})"
            said = type_in_words(value) if field == "type" else value
            lines += hung(f"{said}{sure}", columns, f"  {label_of(field):<{_LABEL}}")
    if custom_of(claim.csl).get("others"):
        lines.append("  the list of authors ends in “et al.”")
    for name, value in claim.context.items():
        lines += hung(f"{name} {shown(claim.context, name) or value}", columns, "  around it: ")
    return lines


def _candidates(result: Resolution, columns: int) -> list[str]:
    lines = ["", "Found" if result.candidates else "Found nothing to compare"]
    for c in result.candidates[:6]:
        record = c.record
        venue = record.csl.get("container-title") or record.csl.get("publisher") or record.type
        about = f"{record.title} ({venue}, {record.year or 'no year'})"
        lines += hung(about, columns, f"  {alone(c):6.4f}  ")
        lines.append(f"          {record.id}")
    for answer in result.unasked:
        lines += hung(f"{answer.source}: {answer.reason}", columns, "  could not ask ")
    return lines


def _weights(result: Resolution, columns: int) -> list[str]:
    """The sum as a waterfall: each row's bar begins where the one above ended."""
    if not result.candidates:
        return []
    rows = waterfall(result)
    label = min(max(width(_label(row)) for row in rows), max(columns - 22 - _LEAST, 18))
    bars = _bars(rows, columns - label - 22)
    lines = ["", *hung("(log2 odds; the sum gives the probability)", columns, "Weighed ")]
    for row, bar in zip(rows, bars, strict=True):
        *above, last = hung(_label(row), label + 2, "  ", "  ")
        numbers = f"{row.weight:+8.2f} {row.total:+8.2f}"
        lines += [*above, f"{last}{' ' * (label + 2 - width(last))}{numbers}  {bar}".rstrip()]
    sure = f"{result.probability:.4f}, {result.margin:.2f} before the next other work"
    first = f"  {'probability':<{label}}  "
    return [
        *lines,
        *hung(sure, columns, first if width(first + sure) <= columns else "  probability ", "    "),
    ]


def _bars(rows: Sequence[Step], room: int) -> list[str]:
    """One bar a row between the sum before it and behind it, on one scale; ``│`` stands for even odds.  "" where there is no room."""
    if room < _LEAST:
        return [""] * len(rows)
    sums = [0.0, *(row.total for row in rows)]
    low, high = min(sums), max(sums)
    scale = (room - 1) / ((high - low) or 1.0)
    zero = round((0.0 - low) * scale)
    out = []
    for before, row in zip(sums, rows, strict=False):
        ends = sorted((round((before - low) * scale), round((row.total - low) * scale)))
        cells = [" "] * room
        cells[zero] = "│"
        if row.weight:
            for at in range(ends[0], max(ends[1], ends[0] + 1)):
                cells[at] = "█" if row.weight > 0 else "▒"
        out.append("".join(cells).rstrip())
    return out


def _label(row: Step) -> str:
    return f"{row.field}: {row.level}"


def _ending(result: Resolution, columns: int) -> list[str]:
    lines = ["", f"Outcome: {result.outcome}, {result.status}"]
    if result.work is not None:
        lines += hung(", ".join(r.id for r in result.work.records), columns, "  versions: ", "    ")
    rows: list[Row] = [
        ("", field, before or "—", after or "—", source)
        for field, before, after, source in corrections(changes_of(result))
    ]
    table = lines_of(rows, columns if columns < NARROW else columns + _WHERE - 2)
    lines += table if columns < NARROW else [f"  {line[_WHERE:]}" for line in table]
    for d in result.diagnostics:
        lines += hung(f"{d.name}: {d.message}", columns, f"  {d.code} ", "    ")
    return lines
