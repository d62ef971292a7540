"""Rules about what a reference leaves out although the record has it (CN4xx)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import ClassVar

from ..changes import Change, changes_of, clipped, label_of, type_in_words
from ..findings import AuthorFinding, VersionFinding
from ..model import Diagnostic, Resolution, custom_of
from .base import FindingRule, Rule, fields_told, has, source_of


class MissingField(FindingRule):
    """A field that the record has and the reference lacks, told where it is printed."""

    def check(self, resolution: Resolution) -> Iterator[Diagnostic]:
        return (d for d in super().check(resolution) if resolution.emitted.get(d.field))


class MissingVenue(MissingField):
    """The journal or the proceedings are not named.

    ## What it finds
    References to a published work without its venue.  A reference to a preprint has none to name, and a macro that the
    file does not define (`\\ICML`) stands for one that its author's style has.

    ## Why it matters
    Without a venue a reader cannot tell a journal article from a manuscript.

    ## Example
    `Li and Haddad. "A study of ponds." 2021.`

    ## Use instead
    `Li and Haddad. "A study of ponds." Journal of Ponds, 2021.`

    ## When to ignore
    In lists that leave venues out on purpose.

    ## Fix safety
    Safe: the venue comes from the record of the work.
    """

    code, name = "CN401", "missing-venue"


class MissingYear(MissingField):
    """The year is not stated.

    ## What it finds
    References without a year to a work whose year is known.

    ## Why it matters
    Author-year styles cannot cite it, and versions cannot be told apart.

    ## Example
    `Li and Haddad. "A study of ponds." Journal of Ponds.`

    ## Use instead
    `Li and Haddad. "A study of ponds." Journal of Ponds, 2021.`

    ## When to ignore
    For works that are really undated.

    ## Fix safety
    Safe: the year comes from the record of the version cited.
    """

    code, name = "CN402", "missing-year"


class MissingPages(MissingField):
    """The pages are not stated.

    ## What it finds
    References to a published version, venue named, without the pages that the record has.

    ## Why it matters
    Many styles and some publishers ask for them.

    ## Example
    `Journal of Ponds 12(3), 2021.` for an article on pages 101-113.

    ## Use instead
    `Journal of Ponds 12(3), 101-113, 2021.`

    ## When to ignore
    In styles without pages.

    ## Fix safety
    Safe: the pages come from the record of the version cited.
    """

    code, name = "CN403", "missing-pages"


class MissingIdentifier(Rule):
    """No DOI or other identifier is given although the work has one.

    ## What it finds
    References without DOI, arXiv number or other identifier to a work whose record has a DOI.

    ## Why it matters
    An identifier is the one part of a reference that a program can follow.

    ## Example
    `Li and Haddad. "A study of ponds." Journal of Ponds, 2021.` The record has a DOI.

    ## Use instead
    The same with `doi:10.5555/ponds.12.3`.

    ## When to ignore
    In styles without identifiers; the rule is off unless it is selected.

    ## Fix safety
    Safe: the identifier comes from the record of the version cited.
    """

    code, name, fixable = "CN404", "missing-identifier", True
    default: ClassVar[bool] = False

    def check(self, resolution: Resolution) -> Iterator[Diagnostic]:
        claim, doi = resolution.claim, str(resolution.emitted.get("DOI") or "")
        if not resolution.matched or not doi or claim.doi or claim.arxiv:
            return
        if any(
            custom_of(claim.csl).get(k) for k in ("acl", "pmid", "openreview", "dblp")
        ) or claim.csl.get("ISBN"):
            return
        yield self.found(
            resolution,
            f"no identifier is given; the record has doi:{doi}",
            field="DOI",
            record=doi,
            source=source_of(resolution),
            fix="safe",
        )


class TruncatedAuthors(Rule):
    """The list of authors ends in "et al.".

    ## What it finds
    Lists that are cut short although the record names all authors.

    ## Why it matters
    In a bibliography file the style decides how many names are printed; names that are not there cannot be printed.

    ## Example
    `Li, Jia, et al. "A study of ponds."`

    ## Use instead
    `Li, Jia, Omar Haddad, and Mei Sato. "A study of ponds."`

    ## When to ignore
    In lists that are meant for reading only.

    ## Fix safety
    Safe: the full list comes from the record.
    """

    code, name, fixable = "CN405", "truncated-authors", True

    def check(self, resolution: Resolution) -> Iterator[Diagnostic]:
        if resolution.matched and resolution.claim.others:
            e = next((e for e in resolution.evidence if e.field == AuthorFinding.about), None)
            yield self.found(
                resolution, "the list of authors ends in “et al.”", field="author", claim=e.claim if e else "", record=e.record if e else "",
                source=source_of(resolution), fix="safe",
            )  # fmt: skip


class FullerRecord(Rule):
    """The record says more than the reference, or says it in another form.

    ## What it finds
    What ``fix`` prints beyond the reference's words and no other rule tells: volume, issue, publisher, identifiers that the
    record of the cited version has, names and venues in full, titles in the record's spelling.  For the entries of `.bib`
    files ``incomplete-entry`` and ``differs-from-record`` tell it field by field.

    ## Why it matters
    Everything that is printed other than it stood there is told.

    ## Example
    `J. Li. "A study of ponds." J. Ponds, 2021.` of which the record has volume 12 and the journal's whole name.

    ## Use instead
    What the record has.

    ## When to ignore
    Always safe to ignore: the reference is not wrong.  `citenorm check` counts these findings and lists them with `--verbose`.

    ## Fix safety
    Safe: what the reference states stays; the details come from the record of the version cited.
    """

    code, name, fixable = "CN406", "fuller-record", True
    severity = "note"

    def check(self, resolution: Resolution) -> Iterator[Diagnostic]:
        if has(resolution, VersionFinding.SUPERSEDED):
            return
        differing = changes_of(resolution)
        if not differing:
            return
        told = fields_told(resolution)
        rows = [r for r in differing if not self._told_otherwise(r, resolution, told)]
        added = [f"{label_of(r.field)} {_said(r)}" for r in rows if r.kind == "added"]
        other = [f"{label_of(r.field)} as “{_said(r)}”" for r in rows if r.kind != "added"]
        if not rows:
            return
        parts = [f"adds {', '.join(added)}"] if added else []
        parts += [f"has {', '.join(other)}"] if other else []
        yield self.found(
            resolution, f"the record {'; '.join(parts)}", record=", ".join(added), source=source_of(resolution), fix="safe",
        )  # fmt: skip

    @staticmethod
    def _told_otherwise(row: Change, resolution: Resolution, told: Collection[str]) -> bool:
        if row.field == "author" and resolution.claim.others:
            return True
        if row.kind == "added":
            return row.field in told
        return row.field != "type" and row.kind in ("changed", "removed")


def _said(row: Change, most: int = 60) -> str:
    return clipped(type_in_words(row.after) if row.field == "type" else row.after, most)
