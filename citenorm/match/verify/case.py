"""What a finding is made from: a claim beside the versions of the work that it means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from ...model import Claim, Comparison, Csl, Described, Work
from ..views import View


class Holdings(Protocol):
    """What a catalogue can tell of itself (``catalogue.coverage.Coverage``)."""

    newest: int

    def share(self, venue: str, year: int) -> float: ...
    def registered(self, doi: str) -> int: ...
    def volume(self, doi: str) -> str: ...
    @property
    def registrants(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Case:
    """A claim, its work, and what else is known: every finding is told from this alone."""

    claim: Claim
    ours: View
    work: Work
    views: Sequence[View]
    """The work's records, made comparable, in their order."""
    here: Described
    emitted: Csl
    """The version to be cited, as its sources have it."""
    candidates: Sequence[Comparison] = ()
    holdings: Holdings | None = None

    @property
    def exactly(self) -> list[View]:
        """The versions that the claim describes to the year."""
        pairs = zip(self.views, self.work.records, strict=True)
        return [v for v, r in pairs if r.id in self.here.exactly]

    def known(self, name: str) -> str:
        """The work's own identifiers of a kind ("doi", "arxiv"), as one line."""
        return ", ".join(sorted({getattr(v, name) for v in self.views} - {""}))
