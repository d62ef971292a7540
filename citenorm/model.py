"""The seven concepts that travel through citenorm, as frozen values, and their CSL-JSON form.

``Document`` → ``Reference`` → ``Claim`` → (``Record`` grouped as ``Work``) → ``Resolution`` → ``Diagnostic``.
A claim says what a reference *says*; a record says what a *source* says; neither is ever edited into the
other: a value that changes hands carries a ``Provenance``.  Claims and records have sound shapes from the moment
they are made (``shapes``); beside that, and the way in which they are made, this module imports nothing of citenorm.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, ClassVar, Literal

from .made_fast import made_fast
from .shapes import sound_csl, text_of

Csl = Mapping[str, Any]
"""A CSL-JSON item (CSL 1.0.2 names; what CSL has no variable for stands in ``custom``)."""

Outcome = Literal["matched", "ambiguous", "unmatched"]
Status = Literal["verified", "contradicted", "unverifiable", "likely-fabricated"]
How = Literal["as stated", "normalized", "filled", "corrected"]
Severity = Literal["error", "warning", "note"]
"""How grave a finding is: it misleads or breaks the file; it should be mended; it is only told."""
BlockKind = Literal["heading", "paragraph", "item", "footnote", "bibitem", "code", "table"]

_EMPTY: Mapping[str, Any] = {}


# ------------------------------------------------------------------ people
@made_fast
@dataclass(frozen=True, slots=True)
class Name:
    """One person, or an organisation (``literal`` alone).  Initials keep their dots; particles as printed."""

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: str = ""

    @classmethod
    def from_csl(cls, item: Mapping[str, str] | str) -> Name:
        """Read a CSL name; a bare string and an item without ``family`` are taken as literal."""
        if isinstance(item, str):
            return cls(literal=item)
        get = item.get
        family, given = get("family", ""), get("given", "")
        if not family and not given:
            return cls(literal=get("literal", ""))
        first, second = get("dropping-particle"), get("non-dropping-particle")
        particle = f"{first} {second}" if first and second else first or second or ""
        return cls(family, given, particle, get("suffix", ""))

    def to_csl(self) -> dict[str, str]:
        if self.literal:
            return {"literal": self.literal}
        parts = {"family": self.family} if self.family else {}
        if self.given:
            parts["given"] = self.given
        if self.particle:
            parts["non-dropping-particle"] = self.particle
        if self.suffix:
            parts["suffix"] = self.suffix
        return parts

    @property
    def full_family(self) -> str:
        """Particle and family, or the literal: what stands in front of the comma."""
        return self.literal or f"{self.particle} {self.family}".strip()


def names_of(csl: Csl, role: str = "author") -> tuple[Name, ...]:
    """The people of one role of a CSL item; empty and malformed ones are left out."""
    people = csl.get(role)
    if not people or not isinstance(people, (list, tuple)):
        return ()
    try:  # a person who was met before is the same Name again, for every stage reads the lists anew
        found = [_met(**item) for item in people]
    except TypeError:  # a bare string, or parts that are no texts, in an item of unknown make
        found = [_somebody(p) for p in people if isinstance(p, (dict, str, Mapping))]
    return tuple(filter(None, found))


@lru_cache(maxsize=16384)
def _met(**parts: str | None) -> Name | None:
    return _somebody({part: text for part, text in parts.items() if text is not None})


def _somebody(item: Mapping[str, str] | str) -> Name | None:
    """The name of a CSL item, None where it names nobody."""
    name = Name.from_csl(item)
    return name if name.family or name.given or name.literal else None


def year_of(csl: Csl) -> int | None:
    """The year of ``issued``, or None."""
    issued = csl.get("issued")
    if issued is None:
        return None
    try:
        return int(issued["date-parts"][0][0])
    except (KeyError, IndexError, TypeError, ValueError):
        return None


def custom_of(csl: Csl) -> Mapping[str, Any]:
    """The ``custom`` object of a CSL item, empty where there is none."""
    custom = csl.get("custom")
    return custom if custom is not None and isinstance(custom, (dict, Mapping)) else _EMPTY


def eprint_of(csl: Csl) -> str:
    """The arXiv number of a CSL item, with the version where one is stated; "" where there is none."""
    custom = custom_of(csl)
    number = custom.get("arxiv")
    return f"{number}{custom.get('arxiv-version') or ''}" if number else ""


# ------------------------------------------------------------------ what was read
@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a document's text that belongs together: a heading, a paragraph, a list item …

    ``start``/``end`` are offsets into ``Document.text``; ``level`` is a heading's rank (1 = highest) or a list
    item's depth (0 = outermost); ``label`` is the number or key printed in front ("12", "Smi03").
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """The text of one input as a reader sees it, with a map back to the file.

    ``text``: markup removed, line breaks kept.  ``blocks``: in order, not overlapping.  ``runs``: sorted
    ``(text offset, file offset, length)`` triples; text between two runs was put in by the reader and maps to the
    end of the run before it.  ``line_starts``: offsets of the lines of the *file*.  ``pages``: text offsets at
    which pages begin (PDF), else empty.  ``source_text``: the decoded file for text formats, else "".
    """

    name: str
    format: str
    text: str
    blocks: tuple[Block, ...] = ()
    runs: tuple[tuple[int, int, int], ...] = ()
    line_starts: tuple[int, ...] = (0,)
    pages: tuple[int, ...] = ()
    source_text: str = ""
    encoding: str = "utf-8"
    data: Mapping[str, Any] = field(default_factory=lambda: _EMPTY)
    """Whatever a format knows beside its text (cited keys, a linked .bib file …)."""

    def __repr__(self) -> str:
        return f"<Document {self.name} ({self.format}), {len(self.text)} characters>"

    def file_offset(self, offset: int) -> int:
        """Offset in the decoded file of an offset in ``text``."""
        if not self.runs:
            return offset
        i = bisect_right(self.runs, (offset, float("inf"), 0)) - 1
        if i < 0:
            return self.runs[0][1]
        start, at, length = self.runs[i]
        return at + min(offset - start, length)

    def line_of(self, offset: int) -> int:
        """1-based line of the file of an offset in ``text``."""
        return bisect_right(self.line_starts, self.file_offset(offset))

    def page_of(self, offset: int) -> int | None:
        """1-based page of an offset in ``text``, None where there are no pages."""
        return bisect_right(self.pages, offset) if self.pages else None


@dataclass(frozen=True, slots=True)
class Reference:
    """A stretch of a document that names a work.

    ``raw`` is what a reader sees (marks removed, white space folded, end-of-line hyphens undone); ``start``/``end``
    are offsets in the *file* for text formats, in the document's text otherwise; lines and pages count from 1.
    ``context`` holds what the surroundings say about it, as CSL fields (a heading's venue and year): hints, no claim.
    """

    raw: str
    file: str = ""
    kind: Literal["reference", "mention"] = "reference"
    line: int = 1
    end_line: int = 1
    start: int = 0
    end: int = 0
    page: int | None = None
    label: str = ""
    section: str = ""
    key: str = ""
    context: Csl = field(default_factory=lambda: _EMPTY)
    links: tuple[str, ...] = ()
    """Addresses that its words link to (and that a reader does not see), in order."""
    cited: bool | None = None
    """Whether the text of the document cites it; None where that cannot be told."""
    cited_at: tuple[tuple[int, int, str], ...] = ()
    """Where the text cites it: offsets (as ``start`` and ``end``) and the kind of each citation (see ``citenorm.find.Citation``)."""
    astray: tuple[tuple[str, int], ...] = ()
    """On the first reference of a list: labels or keys that the text cites and the list has not, each with its line."""

    untaken: tuple[tuple[int, int, str], ...] = ()
    """On the first reference of a document: what its lists hold that was not taken for a reference (first line, last line, text)."""

    def to_dict(self) -> dict[str, Any]:
        """The line of ``citenorm find --format jsonl``."""
        row: dict[str, Any] = {
            "file": self.file,
            "kind": self.kind,
            "raw": self.raw,
            "line": self.line,
            "end_line": self.end_line,
        }
        if self.page is not None:
            row["page"] = self.page
        row |= {"start": self.start, "end": self.end}
        for name in ("label", "section", "key"):
            if getattr(self, name):
                row[name] = getattr(self, name)
        if self.links:
            row["links"] = list(self.links)
        if self.context:
            row["context"] = dict(self.context)
        return row


@made_fast
@dataclass(frozen=True, slots=True)
class Claim:
    """What a reference or an entry *says*: CSL fields, with how sure the reading is.  Knows nothing of the truth.

    ``confidence`` and ``field_confidence`` are probabilities (0–1) that the reading is right; ``spans`` are
    ``(start, end, label)`` in ``raw``, ``unparsed`` the stretches that no field took.
    """

    csl: Csl
    raw: str = ""
    confidence: float = 1.0
    field_confidence: Mapping[str, float] = field(default_factory=lambda: _EMPTY)
    spans: tuple[tuple[int, int, str], ...] = ()
    unparsed: tuple[tuple[int, int], ...] = ()
    reference: Reference | None = None
    id: str | None = None

    unchecked: ClassVar[Callable[..., Claim]]
    """The same of fields that are sound already: those that the parser made."""

    def __post_init__(self) -> None:
        if (csl := sound_csl(self.csl)) is not self.csl:
            object.__setattr__(self, "csl", csl)

    @property
    def title(self) -> str:
        return str(self.csl.get("title") or "")

    @property
    def authors(self) -> tuple[Name, ...]:
        return names_of(self.csl)

    @property
    def year(self) -> int | None:
        return year_of(self.csl)

    @property
    def others(self) -> bool:
        """True where the author list ends in "et al."."""
        return bool(custom_of(self.csl).get("others"))

    @property
    def doi(self) -> str:
        return str(self.csl.get("DOI") or "").lower()

    @property
    def arxiv(self) -> str:
        return str(custom_of(self.csl).get("arxiv") or "")

    @property
    def context(self) -> Csl:
        return self.reference.context if self.reference else _EMPTY

    def with_csl(self, csl: Csl) -> Claim:
        return replace(self, csl=csl)

    def to_csl(self) -> dict[str, Any]:
        return dict(self.csl)

    def to_dict(self) -> dict[str, Any]:
        """The line of ``citenorm parse`` without its index."""
        return {
            "raw": self.raw,
            "csl": dict(self.csl),
            "confidence": round(self.confidence, 4),
            "field_confidence": {k: round(v, 4) for k, v in self.field_confidence.items()},
            "spans": [list(s) for s in self.spans],
            "unparsed": [list(s) for s in self.unparsed],
        }


# ------------------------------------------------------------------ what sources say
@made_fast
@dataclass(frozen=True, slots=True)
class Record:
    """What one source says about one published version of a work.

    ``id`` is ``<source>:<key in that source>``; ``asked`` the day (ISO 8601) an online source said it.
    ``custom.version-of`` of the CSL names another version (``arXiv:<id>``, a DOI or a record id) as the source states it.
    """

    id: str
    csl: Csl
    source: str = ""
    asked: str | None = None

    unchecked: ClassVar[Callable[..., Record]]
    """The same of an item that is sound already: one that a catalogue was made of."""

    def __post_init__(self) -> None:
        if (csl := sound_csl(self.csl)) is not self.csl:
            object.__setattr__(self, "csl", csl)
        if type(self.id) is not str:
            object.__setattr__(self, "id", text_of(self.id) or "")

    @classmethod
    def from_csl(cls, csl: Csl, source: str = "", asked: str | None = None) -> Record:
        csl = sound_csl(csl)
        ident = csl.get("id", "")
        return cls(ident, csl, source or ident.partition(":")[0], asked)

    @property
    def title(self) -> str:
        return str(self.csl.get("title") or "")

    @property
    def type(self) -> str:
        return str(self.csl.get("type") or "")

    @property
    def authors(self) -> tuple[Name, ...]:
        return names_of(self.csl)

    @property
    def year(self) -> int | None:
        return year_of(self.csl)

    @property
    def doi(self) -> str:
        return str(self.csl.get("DOI") or "").lower()

    @property
    def arxiv(self) -> str:
        return str(custom_of(self.csl).get("arxiv") or "")

    def to_csl(self) -> dict[str, Any]:
        return dict(self.csl)


@dataclass(frozen=True, slots=True)
class Link:
    """Why two records are versions of one work: ``how`` is "identifier", "relation" or "similar"."""

    a: str
    b: str
    how: str
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Work:
    """Records that are versions of one work, and how they are linked.  ``id`` is the smallest record id."""

    id: str
    records: tuple[Record, ...]
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Described:
    """Which versions of its work a claim describes, as ids of records: what may be held against it, and what is to be cited.

    ``firmly``: by identifier, or by venue and (nearly) the year; ``loosely``: by kind and year alone; ``exactly``: those of
    the first whose year is the very one, or whose identifier is.  ``preprint``: the claim names an e-print.  ``unknown``: it names a
    publication of the work that none of the records is; ``edition``: an edition that none of them is.
    """

    firmly: tuple[str, ...] = ()
    loosely: tuple[str, ...] = ()
    exactly: tuple[str, ...] = ()
    preprint: bool = False
    unknown: bool = False
    edition: bool = False

    @property
    def any(self) -> tuple[str, ...]:
        return self.firmly or self.loosely


@dataclass(frozen=True, slots=True)
class Answer:
    """What a source said when asked: records, nothing, or why it could not be asked."""

    source: str
    kind: Literal["found", "none", "unknown"]
    records: tuple[Record, ...] = ()
    reason: str = ""


# ------------------------------------------------------------------ what came of it
@made_fast
@dataclass(frozen=True, slots=True)
class Evidence:
    """How one field of a claim compares with a record: a level by name and its weight (log2 odds)."""

    field: str
    level: str
    weight: float
    claim: str = ""
    record: str = ""

    def to_dict(self) -> dict[str, Any]:
        return {
            "field": self.field,
            "level": self.level,
            "weight": round(self.weight, 3),
            "claim": self.claim,
            "record": self.record,
        }


@made_fast
@dataclass(frozen=True, slots=True)
class Comparison:
    """One record held against a claim: the evidence and its sum (log2 odds, prior included)."""

    record: Record
    evidence: tuple[Evidence, ...]
    weight: float
    probability: float


@made_fast
@dataclass(frozen=True, slots=True)
class Provenance:
    """On whose word a field of an emitted record rests."""

    how: How
    source: str
    record: str = ""

    def to_dict(self) -> dict[str, str]:
        row = {"how": self.how, "source": self.source}
        return row | {"record": self.record} if self.record else row


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file something stands: 1-based line and column (0: not known)."""

    file: str = ""
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0


@dataclass(frozen=True, slots=True)
class TextEdit:
    """Put ``text`` in the place of the characters from ``start`` to ``end`` of the decoded file; ``place``: the same as lines and columns."""

    start: int
    end: int
    text: str
    place: Place

    def to_dict(self) -> dict[str, Any]:
        row: dict[str, Any] = {"start": self.start, "end": self.end, "text": self.text}
        for name in ("line", "column", "end_line", "end_column"):
            row[name] = getattr(self.place, name)
        return row


@made_fast
@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding of a rule: what was claimed, what a record says and on whose word, how grave it is, and whether it can be fixed.

    ``edits``: what mends it, where it stands in a file whose text can be edited; none of them overlap.
    """

    code: str
    name: str
    message: str
    field: str = ""
    claim: str = ""
    record: str = ""
    source: str = ""
    fix: Literal["safe", "unsafe"] | None = None
    place: Place | None = None
    key: str = ""
    severity: Severity = "warning"
    edits: tuple[TextEdit, ...] = ()

    @classmethod
    def from_dict(cls, row: Mapping[str, Any]) -> Diagnostic:
        """The finding that ``dataclasses.asdict`` took apart."""
        place = Place(**row["place"]) if row["place"] else None
        edits = tuple(TextEdit(**{**e, "place": Place(**e["place"])}) for e in row["edits"])
        return cls(**{**row, "place": place, "edits": edits})

    def to_dict(self) -> dict[str, Any]:
        row: dict[str, Any] = {"code": self.code, "name": self.name, "severity": self.severity}
        if self.field:
            row["field"] = self.field
        row["message"] = self.message
        for name in ("claim", "record", "source", "key"):
            if getattr(self, name):
                row[name] = getattr(self, name)
        row["fix"] = self.fix
        return row


@made_fast
@dataclass(frozen=True, slots=True)
class Resolution:
    """A claim's outcome.

    ``probability`` (0–1) that the claim means ``work``; ``margin`` its distance to the next other work;
    ``evidence`` for the chosen (else the best) record; ``emitted`` the record to print with ``provenance`` per field,
    written from the claim itself where nothing was found; ``unasked`` the sources that could not be asked;
    ``described`` which versions of the work the claim describes, None where no work was found; ``taken``: a person said that
    this record is meant, though the claim says otherwise, so that nothing of the claim is kept beside it.
    """

    claim: Claim
    outcome: Outcome
    status: Status
    record: Record | None = None
    work: Work | None = None
    probability: float = 0.0
    margin: float = 0.0
    evidence: tuple[Evidence, ...] = ()
    candidates: tuple[Comparison, ...] = ()
    emitted: Csl = field(default_factory=lambda: _EMPTY)
    provenance: Mapping[str, Provenance] = field(default_factory=lambda: _EMPTY)
    diagnostics: tuple[Diagnostic, ...] = ()
    unasked: tuple[Answer, ...] = ()
    described: Described | None = None
    taken: bool = False

    @property
    def matched(self) -> bool:
        return self.outcome == "matched"

    def __repr__(self) -> str:
        what = self.claim.title or self.claim.raw or self.claim.id or "nothing stated"
        short = what if len(what) <= 60 else what[:59] + "…"
        found = f" → {self.record.id}" if self.matched and self.record else ""
        return (
            f"<Resolution {self.outcome}, {self.status}, {self.probability:.3f}: “{short}”{found}>"
        )

    def _repr_html_(self) -> str:
        """What a notebook shows: what was stated beside what is printed, and the findings."""
        from html import escape

        stated, now = self.claim.csl, self.emitted
        fields = [f for f in now if f not in ("id", "custom") and now[f]] or list(stated)
        rows = "".join(
            f"<tr><th>{escape(f)}</th><td>{escape(_shown(stated.get(f)))}</td><td>{escape(_shown(now.get(f)))}</td></tr>"
            for f in fields
        )
        found = "".join(
            f"<li>{escape(d.severity)}: {escape(d.message)} <code>{escape(d.name)}</code></li>"
            for d in self.diagnostics
        )
        return (
            f"<p><b>{escape(self.outcome)}</b>, {escape(self.status)}, {self.probability:.3f}</p>"
            f"<table><tr><th></th><th>stated</th><th>printed</th></tr>{rows}</table><ul>{found}</ul>"
        )

    def to_csl(self) -> dict[str, Any]:
        return dict(self.emitted)

    def to_dict(self) -> dict[str, Any]:
        """The line of ``citenorm match --format jsonl`` without its index."""
        row: dict[str, Any] = {"id": self.claim.id} if self.claim.id is not None else {}
        if self.claim.raw:
            row["raw"] = self.claim.raw
        chosen = self.matched
        return row | {
            "outcome": self.outcome,
            "record": self.record.id if chosen and self.record else None,
            "work": self.work.id if chosen and self.work else None,
            "versions": sorted(r.id for r in self.work.records) if chosen and self.work else [],
            "probability": round(self.probability, 4),
            "margin": round(self.margin, 4),
            "status": self.status,
            "csl": dict(self.emitted) if chosen else None,
            "evidence": [e.to_dict() for e in self.evidence],
            "diagnostics": [d.to_dict() for d in self.diagnostics],
            "candidates": [
                {"record": c.record.id, "probability": round(c.probability, 4)}
                for c in self.candidates
            ],
        }


def _shown(value: Any) -> str:
    """A CSL value in a cell: people by their names, dates by their parts."""
    if isinstance(value, Mapping):
        parts = value.get("date-parts")
        return "-".join(map(str, parts[0])) if isinstance(parts, list) and parts else ""
    if isinstance(value, (list, tuple)):
        names = [Name.from_csl(v) for v in value if isinstance(v, (Mapping, str))]
        return "; ".join(f"{n.given} {n.full_family}".strip() for n in names)
    return "" if value is None else str(value)
