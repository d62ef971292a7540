"""Rules about what a reference says against its record (CN30x): authors, title, year, venue, pages, identifiers, sources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from ..changes import changes
from ..model import Diagnostic, Resolution, year_of
from .base import Rule, said, source_of


class AuthorMisspelled(Rule):
    """An author's name is misspelled.

    ## What it finds
    Names that agree with the record's but for a letter or two, at the same place in the list.  Initials, accents,
    particles and transliterations are no misspellings.

    ## Why it matters
    The person is not found under the name, and indexes count the citation for somebody else.

    ## Example
    `Hadad, Omar` where every version of the work has `Haddad, Omar`.

    ## Use instead
    The spelling of the record.

    ## When to ignore
    Where the person changed their name and the new one is meant.

    ## Fix safety
    Safe: the record's spelling is taken, the person stays the same.
    """

    code, name, fixable = "CN301", "author-misspelled", True

    def check(self, resolution: Resolution) -> Iterator[Diagnostic]:
        for e in said(resolution, "author", "misspelled"):
            yield self.found(
                resolution, f"“{e.claim}” is spelled “{e.record}” in the record", field="author", claim=e.claim, record=e.record,
                source=source_of(resolution), fix="safe",
            )  # fmt: skip


class AuthorMismatch(Rule):
    """The authors are not those of the work.

    ## What it finds
    Lists that no version of the work has: other people, people added, people left out without "et al.", or the same
    people in another order.

    ## Why it matters
    Credit goes to the wrong people; lists of strangers under a real title are a mark of made-up references.

    ## Example
    `Ada Smith, Ben Jones. "A study of ponds." Journal of Ponds, 2021.` The work is by Jia Li and Omar Haddad.

    ## Use instead
    The list of the record, or its beginning with "et al.".

    ## When to ignore
    Where another edition with other authors is cited.

    ## Fix safety
    Safe where people are only left out or named twice; else unsafe: if the authors are right, the work is another one.
    """

    code, name, fixable = "CN302", "author-mismatch", True
    severity = "error"

    MESSAGES = {  # noqa: RUF012
        "other people": "the authors are not those of the record",
        "one other": "one of the authors is somebody else than in the record",
        "left out": "authors are left out without “et al.”",
        "first left out": "the first author of the work is not named",
        "added": "the list has people that the record has not",
        "other order": "the authors stand in another order than in any version",
        "repeated": "somebody is named twice",
        "placeholder": "the authors are placeholders, no names",
    }

    def check(self, resolution: Resolution) -> Iterator[Diagnostic]:
        for e in said(resolution, "author", *self.MESSAGES):
            yield self.found(
                resolution, self.MESSAGES[e.level], field="author", claim=e.claim, record=e.record, source=source_of(resolution),
                fix="safe" if e.level in ("left out", "repeated") else "unsafe",
            )  # fmt: skip


class TitleMismatch(Rule):
    """The title is near the work's, but not its title.

    ## What it finds
    Titles in which a word that matters is another than in every version of the work, while authors, venue or
    identifiers say that this work is meant.

    ## Why it matters
    The reference cannot be found by its title, or is taken for another work.

    ## Example
    `"A study of rivers." Journal of Ponds 12(3), 2021` for "A study of ponds" at that very place.

    ## Use instead
    The title of the record.

    ## When to ignore
    Where another work with nearly that title is meant that no source knows.

    ## Fix safety
    Unsafe: a near title may belong to another work.
    """

    code, name, fixable = "CN303", "title-mismatch", True
    severity = "error"

    def check(self, resolution: Resolution) -> Iterator[Diagnostic]:
        for e in said(resolution, "title", "differs"):
            yield self.found(
                resolution,
                f"the record's title is “{e.record}”",
                field="title",
                claim=e.claim,
                record=e.record,
                source=source_of(resolution),
                fix="unsafe",
            )


class YearMismatch(Rule):
    """The year is that of no version of the work.

    ## What it finds
    Years that neither the preprint nor a published version has, and years that cannot be.  A preprint cited with its
    own year is fine.  As a note that accuses nobody: a year next to the record's, or another version's, where the
    version that is printed has its own.

    ## Why it matters
    With a wrong year the volume, the edition or the proceedings cannot be found.

    ## Example
    `Li and Haddad. "A study of ponds." Journal of Ponds, 2012.` It appeared in 2021.

    ## Use instead
    The year of the version that is cited.

    ## When to ignore
    Where a reprint or a later upload is cited by its own date.

    ## Fix safety
    Safe: the year comes with the record of the version that is cited.
    """

    code, name, fixable = "CN304", "year-mismatch", True

    def check(self, resolution: Resolution) -> Iterator[Diagnostic]:
        for e in said(resolution, "year", "differs", "impossible"):
            message = (
                f"{e.claim} lies in the future"
                if e.level == "impossible"
                else f"the record says {e.record}, not {e.claim}"
            )
            yield self.found(
                resolution,
                message,
                field="issued",
                claim=e.claim,
                record=e.record,
                source=source_of(resolution),
                fix="safe",
            )
        yield from self._printed_otherwise(resolution)

    def _printed_otherwise(self, resolution: Resolution) -> Iterator[Diagnostic]:
        stated, printed = resolution.claim.year, year_of(resolution.emitted)
        if not (stated and printed and stated != printed and resolution.matched) or (
            said(resolution, "year", "differs", "impossible")
            or said(resolution, "version", "superseded")
        ):
            return
        yield self.found(
            resolution,
            f"the version that is printed is of {printed}, not of {stated}",
            field="issued",
            claim=str(stated),
            record=str(printed),
            source=source_of(resolution),
            fix="safe",
            severity="note",
        )


class VenueMismatch(Rule):
    """The work did not appear in this venue.

    ## What it finds
    Venues in which no version of the work appeared.  Abbreviations and other forms of the name are the same venue,
    and a venue that the list of venues does not know proves nothing by itself.

    ## Why it matters
    The reference points to a volume in which the work does not stand.

    ## Example
    `Li and Haddad. "A study of ponds." Annals of Rivers, 2021.` It appeared in the Journal of Ponds.

    ## Use instead
    The venue of the record.

    ## When to ignore
    Where a version is cited that no source asked knows.

    ## Fix safety
    Unsafe: there may be a version in the venue named.
    """

    code, name, fixable = "CN305", "venue-mismatch", True

    def check(self, resolution: Resolution) -> Iterator[Diagnostic]:
        for e in said(resolution, "venue", "differs", "nowhere"):
            yield self.found(
                resolution, f"the work appeared in “{e.record}”, not in “{e.claim}”", field="container-title", claim=e.claim, record=e.record,
                source=source_of(resolution), fix="unsafe",
            )  # fmt: skip


class PagesMismatch(Rule):
    """The pages are those of no version of the work.

    ## What it finds
    Pages that differ from those of every record of the work.

    ## Why it matters
    Pages are what a reader goes by in a printed volume.

    ## Example
    `Journal of Ponds 12(3), pp. 7-19` for an article on pages 101-113.

    ## Use instead
    The pages of the record.

    ## When to ignore
    Where pages are counted within the article, as in a separate print.

    ## Fix safety
    Safe: the pages come with the record of the version that is cited.
    """

    code, name, fixable = "CN306", "pages-mismatch", True

    def check(self, resolution: Resolution) -> Iterator[Diagnostic]:
        for e in said(resolution, "pages", "differ"):
            yield self.found(
                resolution, f"the record has pages {e.record}, not {e.claim}", field="page", claim=e.claim, record=e.record,
                source=source_of(resolution), fix="safe",
            )  # fmt: skip


class WrongIdentifier(Rule):
    """The DOI or arXiv number does not belong to the work.

    ## What it finds
    Identifiers that lead to another work, that cannot exist, or that no source knows while the work has others.

    ## Why it matters
    Whoever follows the link reads another paper, and a tool that trusts identifiers cites it.

    ## Example
    `Li and Haddad. "A study of ponds." doi:10.5555/rivers.7` where that DOI is registered for "Rivers of the north".

    ## Use instead
    The identifier of the record.

    ## When to ignore
    Where a source lists a wrong identifier; report it there.

    ## Fix safety
    Unsafe: either the identifier or the rest of the reference is wrong.
    """

    code, name, fixable = "CN307", "wrong-identifier", True
    severity = "error"

    MESSAGES = {  # noqa: RUF012
        "elsewhere": "this identifier leads to “{record}”",
        "impossible": "“{claim}” cannot be an identifier; the work has {record}",
        "unknown": "no source knows an identifier like this; the work has {record}",
    }

    def check(self, resolution: Resolution) -> Iterator[Diagnostic]:
        for e in said(resolution, "identifier", *self.MESSAGES):
            message = self.MESSAGES[e.level].format(claim=e.claim, record=e.record or "none known")
            field = "DOI" if re.search(r"(?<!\d)10\.", e.claim) else "custom.arxiv"
            yield self.found(
                resolution,
                message,
                field=field,
                claim=e.claim,
                record=e.record,
                source=source_of(resolution),
                fix="unsafe",
            )


class SourceConflict(Rule):
    """The sources do not agree about the version that is cited.

    ## What it finds
    Records of one version whose pages differ from source to source.

    ## Why it matters
    Whichever value is printed, some reader's source says otherwise; it is no fault of the reference.

    ## Example
    The publisher has pages 1-9, an index has pages 21-29 for the same paper.

    ## Use instead
    The publisher's value, which is the one printed.

    ## When to ignore
    Always safe to ignore; it explains a difference that a reader may meet.

    ## Fix safety
    Safe: the most authoritative source's value is printed.
    """

    code, name, fixable = "CN311", "source-conflict", True
    severity = "note"

    def check(self, resolution: Resolution) -> Iterator[Diagnostic]:
        for e in said(resolution, "sources"):
            yield self.found(
                resolution, f"sources differ: {e.claim}", field=e.level, claim=str(resolution.claim.csl.get(e.level) or ""), record=e.record,
                source=source_of(resolution), fix="safe",
            )  # fmt: skip


class OtherValue(Rule):
    """A stated value is printed otherwise, or not at all.

    ## What it finds
    Volumes, issues, publishers, identifiers and other fields that the record of the cited version has otherwise, or that
    belong to another version than the one that is printed.  What other rules tell (title, authors, year, venue, pages,
    wrong identifiers) is not told again, and a preprint that gives way to its publication is told once, as that.

    ## Why it matters
    Nothing that a reference says should leave without a word.

    ## Example
    `Journal of Ponds 11(3), 2021.` where the publisher has volume 12.

    ## Use instead
    The value of the record.

    ## When to ignore
    Where the record is wrong; `--prefer as-cited` keeps the version that the reference names.

    ## Fix safety
    Safe: the value comes with the record of the version that is cited.
    """

    code, name, fixable = "CN312", "other-value", True
    severity = "note"

    TOLD: ClassVar[dict[str, tuple[str, tuple[str, ...]]]] = {
        "title": ("title", ()),
        "author": ("author", ("misspelled", *AuthorMismatch.MESSAGES)),
        "issued": ("year", ()),
        "container-title": ("venue", ("differs", "nowhere")),
        "page": ("pages", ("differ",)),
        "DOI": ("identifier", ()),
        "custom.arxiv": ("identifier", ()),
    }
    """Fields that other rules tell of, by their findings."""

    def check(self, resolution: Resolution) -> Iterator[Diagnostic]:
        if not resolution.matched or said(resolution, "version", "superseded"):
            return
        claim, printed = resolution.claim.csl, resolution.emitted
        for row in changes(claim, printed, resolution.provenance):
            if row.kind not in ("changed", "removed") or row.field in ("issued", "type"):
                continue
            if row.field == "author" and resolution.claim.others:
                continue
            if row.field == "title" and said(resolution, "version", "retracted"):
                continue  # the stamp that its publisher put in front
            if said(resolution, "sources", row.field):
                continue  # the sources differ, which is told
            field, levels = self.TOLD.get(row.field, ("", ()))
            if field and said(resolution, field, *levels):
                continue
            what = row.field.removeprefix("custom.")
            message = (
                f"the record has {what} {row.after}, not {row.before}"
                if row.after
                else f"{what} {row.before} is not printed: it is not of the version cited"
            )
            yield self.found(
                resolution,
                message,
                field=row.field,
                claim=row.before,
                record=row.after,
                source=row.source,
                fix="safe",
            )
