"""What can be found about a reference: each finding with what it says, whether it accuses, and which rule tells it.

One table for the three who need it: ``match.verify`` yields findings, the status goes by those that accuse, and ``rules``
tells each under its own code.  Findings travel as Evidence of weight 0 under ``work.<subject>``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import ClassVar, Literal, Self

from .model import Evidence, Severity

Fix = Literal["safe", "unsafe"]
PREFIX = "work."
"""In front of the subject in the ``field`` of the evidence of a finding."""


class Finding(StrEnum):
    """Findings of one subject; a member is the level that its evidence shows.

    ``says``     the message, in which ``{claim}`` and ``{record}`` stand for the two values
    ``rule``     the code of the rule that tells it; "" for what is only kept as evidence
    ``accuses``  the finding contradicts the reference in a way that misleads its reader
    ``fix``      whether the record's value can take the place of the stated one
    ``severity`` how grave it is, where that is not as its rule says
    """

    about: ClassVar[str]
    """The ``field`` of the evidence."""
    csl: ClassVar[str]
    """The CSL field that the findings are about; "" where there is none."""
    says: str
    rule: str
    accuses: bool
    fix: Fix
    severity: Severity | None

    def __new__(
        cls,
        level: str,
        says: str = "",
        rule: str = "",
        accuses: bool = False,
        fix: Fix = "safe",
        severity: Severity | None = None,
    ) -> Self:
        member = str.__new__(cls, level)
        member._value_ = level
        member.says, member.rule, member.accuses, member.fix = says, rule, accuses, fix
        member.severity = severity
        return member

    def __init_subclass__(cls, *, subject: str, field: str) -> None:
        super().__init_subclass__()
        cls.about = PREFIX + subject
        cls.csl = field

    def of(self, claim: str, record: str) -> Evidence:
        """The finding as evidence, with what is stated and what the record has."""
        return Evidence(self.about, self.value, 0.0, claim, record)

    def field_of(self, evidence: Evidence) -> str:
        """The field of the reference that is meant, as CSL names it; ``custom.arxiv`` for an arXiv number."""
        return self.csl

    def message(self, evidence: Evidence) -> str:
        return self.says.format(claim=evidence.claim, record=evidence.record)


class IdentifierFinding(Finding, subject="identifier", field="DOI"):
    """A DOI or arXiv number that is not the work's."""

    ELSEWHERE = "elsewhere", "this identifier leads to “{record}”", "CN307", True, "unsafe"
    IMPOSSIBLE = (
        "impossible",
        "“{claim}” cannot be an identifier; the work has {record}",
        "CN307",
        True,
        "unsafe",
    )
    UNKNOWN = (
        "unknown",
        "no source knows an identifier like this; the work has {record}",
        "CN307",
        True,
        "unsafe",
    )

    FILLER = (
        "filler",
        "“{claim}” says nothing of the work: Mendeley wrote it into entries of very many others",
        "CN307",
        False,
        "unsafe",
    )

    def field_of(self, evidence: Evidence) -> str:
        return "DOI" if re.search(r"(?<!\d)10\.", evidence.claim) else "custom.arxiv"

    def message(self, evidence: Evidence) -> str:
        return self.says.format(claim=evidence.claim, record=evidence.record or "none known")


class TitleFinding(Finding, subject="title", field="title"):
    """A title that is not that of the version to be cited."""

    DIFFERS = "differs", "the record's title is “{record}”", "CN303", True, "unsafe"
    MISPHRASED = (
        "misphrased",
        "the record's title is “{record}”",
        "CN303",
        True,
        "unsafe",
        "note",
    )
    """A small word is another one, or a plural a singular: a slip of the pen, and often one of the record."""
    OTHER_VERSION = "other version", "another version's title of “{record}”", "CN202"
    SHORTENED = "shortened", "a shortened title of “{record}”", "CN202", False, "unsafe"
    LENGTHENED = "lengthened", "a longer title of “{record}”", "CN202", False, "unsafe"
    REWORDED = "reworded", "a reworded title of “{record}”", "CN202", False, "unsafe"
    SPELLED = "spelled", "the record has the title “{record}”", "CN312"
    """The same title in other letters: a slip of one of the two."""


class AuthorFinding(Finding, subject="author", field="author"):
    """A list of authors that is not the work's."""

    MISSPELLED = "misspelled", "“{claim}” is spelled “{record}” in the record", "CN301"
    OTHER_PEOPLE = (
        "other people",
        "the authors are not those of the record",
        "CN302",
        True,
        "unsafe",
    )
    TITLE_OF_OTHERS = (
        "title of others",
        "the title belongs to a work of other people ({record})",
        "CN302",
        True,
        "unsafe",
        "note",
    )
    """No record fits, and one has the title."""
    ONE_OTHER = (
        "one other",
        "one of the authors is somebody else than in the record",
        "CN302",
        True,
        "unsafe",
    )
    LEFT_OUT = "left out", "authors are left out without “et al.”", "CN302", True
    JOINED = (
        "joined",
        "people of the e-print are left out without “et al.”; they may have joined in a later version",
        "CN302",
        True,
        "unsafe",
        "note",
    )
    """No version is stated, and indexes keep the list of the first."""
    ADDED = "added", "the list has people that the record has not", "CN302", True, "unsafe"
    OTHER_ORDER = (
        "other order",
        "the authors stand in another order than in any version",
        "CN302",
        True,
        "unsafe",
    )
    ORDER_OF_RECORD = (
        "order of record",
        "the authors stand in another order than in the record",
        "CN302",
        True,
        "unsafe",
    )
    """The same by the word of one maker, who is not the publisher."""
    REPEATED = "repeated", "somebody is named twice", "CN302", True
    PLACEHOLDER = "placeholder", "the authors are placeholders, no names", "CN302", True, "unsafe"
    ET_AL = "et al.", "the list of authors ends in “et al.”", "CN405"
    RUN_TOGETHER = "run together"
    GROUP = "group"
    RECORD_CUT = "record cut"
    OTHER_VERSION = "other version"
    DIFFER = "differ"


class YearFinding(Finding, subject="year", field="issued"):
    """A year that is not that of the version to be cited."""

    MISSING = "missing", "the year is missing; the record has {record}", "CN402"
    DIFFERS = "differs", "the record says {record}, not {claim}", "CN304", True
    IMPOSSIBLE = "impossible", "{claim} lies in the future", "CN304", True
    BEFORE_IDENTIFIER = (
        "before identifier",
        "{record} was given out years after {claim}",
        "CN304",
        True,
    )
    NEAR = "near"
    OTHER_VERSION = "other version"


class VenueFinding(Finding, subject="venue", field="container-title"):
    """A venue that is not that of the version to be cited."""

    MISSING = "missing", "the venue is missing; the record has {record}", "CN401"
    DIFFERS = (
        "differs",
        "the work appeared in “{record}”, not in “{claim}”",
        "CN305",
        True,
        "unsafe",
    )
    NOWHERE = (
        "nowhere",
        "the work appeared in “{record}”, not in “{claim}”",
        "CN305",
        True,
        "unsafe",
    )
    WORKSHOP = (
        "workshop",
        "the work is known from “{record}”, not from “{claim}”",
        "CN305",
        False,
        "unsafe",
        "note",
    )
    """A workshop may have had a version of its own, or is listed under the conference that it was held with."""
    NOT_THERE = (
        "not there",
        "no such work among {record}: a preprint, a paper of a workshop, of another venue or year, one with another title, or made up",
        "CN305",
        True,
        "unsafe",
        "note",
    )
    """No record fits, and what the venue had that year is known."""
    OTHER_TITLE = (
        "other title",
        "may be “{record}”, there by the same people, under another title; or a preprint, a paper of a workshop, of another venue or year, or made up",
        "CN305",
        True,
        "unsafe",
        "note",
    )
    """The same, and one of the works there is by the very people."""
    NEAR = "near"
    UNKNOWN = "unknown"


class PagesFinding(Finding, subject="pages", field="page"):
    """Pages that are those of no version."""

    MISSING = "missing", "pages are missing; the record has {record}", "CN403"
    DIFFER = "differ", "the record has pages {record}, not {claim}", "CN306"
    OTHER_PRINTING = (
        "other printing",
        "as many pages, {record}, stand in the record: another printing may have {claim}",
        "CN306",
        False,
        "unsafe",
        "note",
    )


class UnsureFinding(Finding, subject="unsure", field=""):
    """What would be held against the reference, were it more than the word of one record of the user's own sources, or more than one DOI; the level is
    the CSL name."""

    DOI = "DOI", "somebody's own bibliography has {record}, not {claim}", "CN312"
    TITLE = "title", "somebody's own bibliography has the title “{record}”", "CN312"
    AUTHOR = "author", "somebody's own bibliography has the authors {record}", "CN312"
    YEAR = "issued", "somebody's own bibliography has {record}, not {claim}", "CN312"
    VENUE = "container-title", "somebody's own bibliography has “{record}”, not “{claim}”", "CN312"

    def field_of(self, evidence: Evidence) -> str:
        return self.value


class VersionFinding(Finding, subject="version", field="container-title"):
    """What has become of the work since."""

    SUPERSEDED = "superseded", "this preprint has been published ({record})", "CN201"
    RETRACTED = "retracted", "this work has been retracted or withdrawn", "CN204"

    def message(self, evidence: Evidence) -> str:
        return super().message(evidence).replace(" ()", "")


class SourceFinding(Finding, subject="sources", field=""):
    """A field in which the sources of one version differ; the level is its CSL name."""

    PAGE = "page", "sources differ about the pages: {claim}", "CN311"

    def field_of(self, evidence: Evidence) -> str:
        return self.value


class AbsenceFinding(Finding, subject="none", field=""):
    """What cannot exist in a reference that no record fits: it is probably made up."""

    IMPOSSIBLE_YEAR = (
        "impossible year",
        "{record} lies in the future, and no source knows the work",
        "CN310",
    )
    PLACEHOLDER_AUTHORS = (
        "placeholder authors",
        "the authors are placeholders, no names",
        "CN310",
    )
    IMPOSSIBLE_IDENTIFIER = (
        "impossible identifier",
        "the identifier cannot exist, and no source knows the work",
        "CN310",
    )


FINDINGS: Mapping[tuple[str, str], Finding] = {
    (kind.about, finding.value): finding for kind in Finding.__subclasses__() for finding in kind
}
"""Every finding, by the field and the level of its evidence."""


def finding_of(evidence: Evidence) -> Finding | None:
    """The finding that a piece of evidence is; None for evidence of a comparison."""
    return FINDINGS.get((evidence.field, evidence.level))


def findings_in(evidence: Sequence[Evidence]) -> list[tuple[Finding, Evidence]]:
    """All the findings that are told."""
    return [found for told in _parted(evidence).values() for found in told]


def told_by(rule: str, evidence: Sequence[Evidence]) -> list[tuple[Finding, Evidence]]:
    """The findings that a rule tells, in their order."""
    return _parted(evidence).get(rule, [])


def _parted(evidence: Sequence[Evidence]) -> dict[str, list[tuple[Finding, Evidence]]]:
    """The findings in the evidence of one reference by the rules that tell them; every rule asks, one after the other."""
    global _last
    last, told = _last
    if last is not evidence:
        told = {}
        for e in evidence:
            if not e.weight and (finding := finding_of(e)) is not None:
                told.setdefault(finding.rule, []).append((finding, e))
        _last = (evidence, told)
    return told


_last: tuple[Sequence[Evidence], dict[str, list[tuple[Finding, Evidence]]]] = ((), {})


def accuses(evidence: Evidence) -> bool:
    """True for a finding that contradicts the reference."""
    finding = finding_of(evidence)
    return finding is not None and finding.accuses


def wrong_fields(evidence: Sequence[Evidence]) -> set[str]:
    """CSL fields that an accusing finding names (``custom.arxiv`` for the arXiv number)."""
    return {f.field_of(e) for f, e in findings_in(evidence) if f.accuses}
