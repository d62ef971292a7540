"""One Resolution → a page in the terminal: how it was read, the candidates, each field's weight, the outcome and its reasons."""

from __future__ import annotations

import sys
from typing import IO

from ..changes import changes_of, shown
from ..match.explain import Step
from ..model import Resolution, custom_of
from ..printable import printable
from .summary import SHOWN, corrections, type_in_words

BAR = 24
"""Columns of the longest bar."""


def print_explanation(result: Resolution, stream: IO[str] | None = None) -> None:
    """Write the page to standard output (or ``stream``)."""
    print("\n".join(explanation(result)), file=stream or sys.stdout)


def explanation(result: Resolution) -> list[str]:
    """The lines of the page."""
    lines = _reading(result)
    lines += _candidates(result)
    lines += _weights(result)
    lines += _ending(result)
    return [printable(line) for line in lines]


def _reading(result: Resolution) -> list[str]:
    claim = result.claim
    lines = ["Read", f"  {claim.raw}"] if claim.raw else ["Read"]
    for field in (*SHOWN, "publisher"):
        value = shown(claim.csl, field)
        if value:
            sure = (
                f"  ({claim.field_confidence[field]:.2f})"
                if field in claim.field_confidence
                else ""
            )
            said = type_in_words(value) if field == "type" else value
            lines.append(f"  {field:<16} {said}{sure}")
    if custom_of(claim.csl).get("others"):
        lines.append("  the list of authors ends in “et al.”")
    for name, value in claim.context.items():
        lines.append(f"  around it: {name} {shown(claim.context, name) or value}")
    return lines


def _candidates(result: Resolution) -> list[str]:
    lines = ["", "Found" if result.candidates else "Found nothing to compare"]
    for c in result.candidates[:6]:
        record = c.record
        venue = record.csl.get("container-title") or record.csl.get("publisher") or record.type
        lines.append(
            f"  {c.probability:6.4f}  {record.id:<40} {record.title} ({venue}, {record.year or 'no year'})"
        )
    lines += [f"  could not ask {a.source}: {a.reason}" for a in result.unasked]
    return lines


def _weights(result: Resolution) -> list[str]:
    from ..match.explain import waterfall

    rows = waterfall(result)
    if not rows:
        return []
    longest = max(abs(row.weight) for row in rows) or 1.0
    lines = ["", "Weighed (log2 odds; the sum gives the probability)"]
    for row in rows:
        bar = (
            ("+" if row.weight >= 0 else "-") * max(1, round(BAR * abs(row.weight) / longest))
            if row.weight
            else ""
        )
        lines.append(f"  {_label(row):<40} {row.weight:+7.2f}  {row.total:+8.2f}  {bar}")
    lines.append(
        f"  {'probability':<40} {result.probability:.4f}, {result.margin:.2f} before the next other work"
    )
    return lines


def _label(row: Step) -> str:
    return f"{row.field}: {row.level}"


def _ending(result: Resolution) -> list[str]:
    lines = ["", f"Outcome: {result.outcome}, {result.status}"]
    if result.work is not None:
        lines.append(f"  versions: {', '.join(r.id for r in result.work.records)}")
    for field, before, after, source in corrections(changes_of(result)):
        lines.append(f"  {field}: {before or '—'} → {after or '—'}  [{source}]")
    lines += [f"  {d.code} {d.name}: {d.message}" for d in result.diagnostics]
    return lines
