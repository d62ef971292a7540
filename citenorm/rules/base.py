"""What a rule is: a class whose attributes name it, whose docstring is its page, and whose ``check`` yields Diagnostics."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Sequence
from typing import ClassVar

from ..findings import Finding, Fix, VersionFinding, findings_in, told_by
from ..model import Diagnostic, Evidence, Place, Resolution, Severity
from .precision import Precision, precision_of

SECTIONS = (
    "What it finds",
    "Why it matters",
    "Example",
    "Use instead",
    "When to ignore",
    "Fix safety",
)
"""The headings of a rule's page, in order."""
PRECISION = "How often it is right"
"""The heading that follows them where that was counted."""


class Rule:
    """One kind of finding.

    ``code`` and ``name`` never change meaning; ``fixable`` tells whether citenorm can mend it.  The docstring of a
    subclass is its page in the guide: one sentence, then the headings of ``SECTIONS``.
    """

    code: ClassVar[str]
    name: ClassVar[str]
    severity: ClassVar[Severity] = "warning"
    """"error": it misleads or breaks the file; "warning": it should be mended; "note": told, and no reason to fail."""
    fixable: ClassVar[bool] = False
    default: ClassVar[bool] = True
    """False for rules that are off unless selected."""

    def check(self, resolution: Resolution) -> Iterator[Diagnostic]:
        """Findings about one reference."""
        return iter(())

    def check_document(self, resolutions: Sequence[Resolution]) -> Iterator[tuple[int, Diagnostic]]:
        """Findings that only the whole document shows, each with the index of the reference it is about."""
        return iter(())

    def found(
        self,
        resolution: Resolution,
        message: str,
        *,
        field: str = "",
        claim: str = "",
        record: str = "",
        source: str = "",
        fix: Fix | None = None,
        severity: Severity | None = None,
    ) -> Diagnostic:
        """A diagnostic of this rule at the place of the reference; ``severity``: where it is not the rule's own.

        No fix is safe where it is not sure which work is meant.
        """
        if fix is not None and is_doubted(resolution):
            fix = "unsafe"
        ref = resolution.claim.reference
        place = Place(ref.file, ref.line, 0, ref.end_line, 0) if ref else None
        return Diagnostic(
            self.code,
            self.name,
            message,
            field,
            claim,
            record,
            source,
            fix,
            place,
            ref.key if ref else "",
            severity or self.severity,
        )

    @classmethod
    def summary(cls) -> str:
        """The first sentence of the page."""
        return cls.page().partition("\n")[0]

    @classmethod
    def page(cls) -> str:
        """The rule's page as Markdown text without indentation, with how often it was right where that was counted."""
        text = inspect.cleandoc(cls.__doc__ or "")
        counted = cls.precision()
        return f"{text}\n\n## {PRECISION}\n{counted.sentence()}" if counted else text

    @classmethod
    def precision(cls) -> Precision | None:
        """How often what the rule tells was right on real bibliographies; None for rules that accuse nobody."""
        return precision_of(cls.code)

    @classmethod
    def section(cls, heading: str) -> str:
        """The text under one of ``SECTIONS``; "" where the page has none."""
        found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", cls.page(), re.M | re.S)
        return found[1].strip() if found else ""


class FindingRule(Rule):
    """A rule that tells what was found against the work: the findings that name its code, each in its own words."""

    fixable = True

    def told(self, resolution: Resolution) -> list[tuple[Finding, Evidence]]:
        return told_by(self.code, resolution.evidence)

    def check(self, resolution: Resolution) -> Iterator[Diagnostic]:
        for finding, e in told_by(self.code, resolution.evidence):
            yield self.found(
                resolution,
                finding.message(e),
                field=finding.field_of(e),
                claim=e.claim,
                record=e.record,
                source=source_of(resolution),
                fix=finding.fix if resolution.matched else None,
                severity="note"
                if finding.accuses and is_doubtful(resolution)
                else finding.severity,
            )


SURE_OF_WORK = 0.9
"""From this probability on the word of one record is more than a note."""


def is_doubtful(resolution: Resolution) -> bool:
    """One record alone is known of the work, and it is not sure that it is the work meant."""
    one = resolution.work is not None and len(resolution.work.records) == 1
    return one and resolution.probability < SURE_OF_WORK


def is_doubted(resolution: Resolution) -> bool:
    """What the reference says is contradicted, and the work is less probable than ``SURE_OF_WORK``: it may be another one."""
    return resolution.status == "contradicted" and resolution.probability < SURE_OF_WORK


def has(resolution: Resolution, finding: Finding) -> bool:
    """True where the finding was made."""
    return any(f is finding for f, _ in told_by(finding.rule, resolution.evidence))


def source_of(resolution: Resolution) -> str:
    """Source of the record that the printed entry stands on, else of the matched one."""
    for field in ("title", "author"):
        if (origin := resolution.provenance.get(field)) and origin.record:
            return origin.source
    return resolution.record.source if resolution.record else ""


def fields_told(resolution: Resolution) -> set[str]:
    """Fields of which another rule tells something; the stamp that a publisher put in front of a title is told as what it means."""
    told = {f.field_of(e) for f, e in findings_in(resolution.evidence) if f.rule}
    return told | ({"title"} if has(resolution, VersionFinding.RETRACTED) else set())
