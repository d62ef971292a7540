"""What a Resolution came to, as plain data that a page can show: one Card per reference.

The pages know this module's values alone, not how references are resolved; ``cards.cards_of`` makes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

Outcome = Literal["confirmed", "changed", "contradicted", "doubtful", "unknown", "fabricated"]

OUTCOMES: Mapping[str, tuple[str, str]] = {
    "confirmed": ("confirmed", "the work was found, and it is cited as its sources have it"),
    "changed": ("completed or updated", "the work was found; fields were filled in or corrected"),
    "contradicted": ("contradicted", "the work was found, and something stated is wrong"),
    "doubtful": ("doubtful", "several works fit: a person has to choose"),
    "unknown": ("not confirmed", "no source that was asked knows the work, which proves nothing"),
    "fabricated": ("perhaps made up", "the work should be known and is not, or its parts belong to different works"),
}  # fmt: skip
"""Outcome → what it is called and what it means, in the order of the picture."""

State = Literal["same", "cleaned", "filled", "corrected", "kept", "contradicted", "left out"]

STATES: Mapping[str, tuple[str, str]] = {
    "same": ("=", "as stated, and a source says the same"),
    "cleaned": ("~", "the same, written cleanly"),
    "filled": ("+", "was not stated; a source has it"),
    "corrected": ("→", "a source says otherwise, and its word is printed"),
    "kept": ("·", "as stated; no source's word is printed instead"),
    "contradicted": ("≠", "what was stated is wrong"),
    "left out": ("−", "stated, and not printed"),
}
"""State of a field → its sign and what it means."""

Severity = Literal["error", "warning", "note"]

SEVERITIES: Mapping[str, str] = {"error": "✖", "warning": "▲", "note": "●"}
"""Severity → its sign, the gravest first."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: what was stated, what is printed, how the two stand to each other, and on whose word."""

    name: str
    label: str
    stated: str
    printed: str
    state: State
    source: str = ""
    record: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the work: what kind, where and when it came out, who says so; whether it is the printed one."""

    label: str
    date: str
    sources: tuple[str, ...]
    url: str = ""
    printed: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the sum from the prior to the probability (log2 odds)."""

    field: str
    level: str
    weight: float
    total: float
    claim: str = ""
    record: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding of a rule."""

    code: str
    name: str
    severity: Severity
    message: str
    field: str = ""
    claim: str = ""
    record: str = ""
    source: str = ""
    fix: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that the reference may mean."""

    record: str
    title: str
    authors: str
    venue: str
    year: str
    probability: float
    url: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One reference: its text with the stretches that differ, what is printed for it, and why.

    ``alone``: the probability (0–1) that the sum gives before rival works are looked at; ``probability`` with them.
    ``marks``: ``(start, end, field)`` in ``text``; ``line`` counts from 1 (0: not known); ``cite`` what is to be copied
    (BibTeX); ``decided`` what a person decided about it ("" where nobody did), with ``note``.
    """

    id: str
    file: str
    line: int
    end_line: int
    label: str
    kind: str
    text: str
    outcome: Outcome
    marks: tuple[tuple[int, int, str], ...] = ()
    page: int | None = None
    title: str = ""
    fields: tuple[Field, ...] = ()
    versions: tuple[Version, ...] = ()
    steps: tuple[Step, ...] = ()
    probability: float = 0.0
    margin: float = 0.0
    alone: float = 0.0
    findings: tuple[Finding, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    unasked: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    cite: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The card as a JSON object."""
        return asdict(self)

    @property
    def severity(self) -> str:
        """The gravest severity of its findings, "" where there are none."""
        told = {f.severity for f in self.findings}
        return next((s for s in SEVERITIES if s in told), "")


@dataclass(frozen=True, slots=True)
class FileCards:
    """One file that was read: its cards in its order, and the findings that belong to no reference; ``form_only``: nothing was looked up."""

    name: str
    cards: tuple[Card, ...]
    loose: tuple[Finding, ...] = ()
    form_only: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A source that was asked: what it is, what it holds or did, and when ("" where that is not known)."""

    name: str
    what: str
    when: str = ""
