"""One Resolution → a few lines for a terminal: what was found, on whose word, and what is to be said against it."""

from __future__ import annotations

from ..changes import shown
from ..model import Resolution
from ..printable import printable
from .fold import hung


def brief(result: Resolution, number: int, columns: int) -> list[str]:
    """The lines, of at most so many columns but for words that are longer; ``number`` stands in front."""
    first, rest = f"{number:>4}  ", " " * 6
    found = result.record.id if result.matched and result.record else ""
    head = f"{result.outcome}, {result.status}, probability {result.probability:.3f}"
    lines = hung(f"{head}: {found}" if found else head, columns, first, rest)
    said = _in_words(result) if result.matched else result.claim.raw or result.claim.title
    lines += hung(said, columns, rest) if said else []
    for d in result.diagnostics:
        lines += hung(f"{d.code} {d.name}: {d.message}", columns, rest, rest + "  ")
    return [printable(line) for line in lines]


def _in_words(result: Resolution) -> str:
    """The work as it would be printed, in one sentence a field."""
    csl = result.emitted
    names = ("author", "issued", "title", "container-title")
    values = [shown(csl, name) for name in names]
    return ". ".join(value.rstrip(".") for value in values if value) + "."
