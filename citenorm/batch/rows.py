"""Rows of an input in, rows of the output out: the one function that every engine calls, and the columns that it gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..errors import CitenormError
from ..model import Claim, Resolution

if TYPE_CHECKING:
    from ..match import Policy
    from ..sources import Sources

COLUMNS = (
    "index", "raw", "outcome", "record", "work", "versions", "probability", "margin", "status", "csl", "evidence",
    "diagnostics", "candidates", "error",
)  # fmt: skip
"""What every output row has behind the caller's own columns; ``match`` tells what they mean.

``index``: the number of the row in the whole input, from 0.  ``error``: why a row could not be worked on, else null;
the columns from ``outcome`` on are then null.
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One input row: a reference string or a claim, and the caller's columns; or why it is neither."""

    index: int
    raw: str = ""
    csl: Mapping[str, Any] | None = None
    kept: Mapping[str, Any] = field(default_factory=dict)
    error: str = ""


def resolved(rows: Sequence[Row], sources: Sources, prefer: Policy) -> list[dict[str, Any]]:
    """The output row of every input row, in order; never raises for a row.

    A row that the library fails on is kept with its error; the others of its chunk are not touched by it.
    """
    good = [row for row in rows if not row.error and (row.csl is not None or row.raw.strip())]
    answers: dict[int, Resolution | str] = {}
    try:
        answers.update(zip((r.index for r in good), _answers(good, sources, prefer), strict=True))
    except CitenormError:
        raise  # the catalogue is damaged or gone: no row's fault
    except Exception:
        for row in good:
            answers[row.index] = _alone(row, sources, prefer)
    return [_written(row, answers.get(row.index)) for row in rows]


def _answers(rows: Sequence[Row], sources: Sources, prefer: Policy) -> list[Resolution]:
    from ..parse import parse_many
    from ..pipeline import resolve_batch

    parsed = iter(parse_many([row.raw for row in rows if row.csl is None]))
    claims = [next(parsed) if row.csl is None else Claim(dict(row.csl)) for row in rows]
    return resolve_batch(claims, sources, prefer=prefer)


def _alone(row: Row, sources: Sources, prefer: Policy) -> Resolution | str:
    try:
        return _answers([row], sources, prefer)[0]
    except CitenormError:
        raise
    except Exception as error:
        return f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"[:500]


def _written(row: Row, answer: Resolution | str | None) -> dict[str, Any]:
    out: dict[str, Any] = {**row.kept, "index": row.index, "raw": row.raw}
    if isinstance(answer, Resolution):
        stated = answer.to_dict()
        return out | {name: stated.get(name) for name in COLUMNS[2:-1]} | {"error": None}
    error = row.error or answer
    if error is None:  # an empty row says nothing, which is no error
        empty = Resolution(Claim({}), "unmatched", "unverifiable").to_dict()
        return out | {name: empty.get(name) for name in COLUMNS[2:-1]} | {"error": None}
    return out | dict.fromkeys(COLUMNS[2:-1]) | {"error": error}
