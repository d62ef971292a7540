"""Rules about what a reference says against its record (CN30x): authors, title, year, venue, pages, identifiers, sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..changes import changes_of, clipped, label_of, shown
from ..findings import Fix, VenueFinding, VersionFinding
from ..model import Diagnostic, Record, Resolution, custom_of, year_of
from ..normalize.alike import alike
from ..normalize.preprint import is_preprint
from ..normalize.venues import same_venue, venue_likeness, years_of_volume
from .base import FindingRule, fields_told, has, source_of


class AuthorMisspelled(FindingRule):
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
    Safe: the spelling of the publisher, of two sources, or of a record that says more is taken, the person stays the same.
    One record alone changes no name that is as full: that is told, and the name stays.
    """

    code, name, fixable = "CN301", "author-misspelled", True
    severity = "note"  # by its precision

    def check(self, resolution: Resolution) -> Iterator[Diagnostic]:
        for found in super().check(resolution):
            printed = shown(resolution.emitted, "author")
            kept = found.claim and found.claim in printed and found.record not in printed
            if not kept:
                yield found
            elif len(found.claim.split()) == len(found.record.split()):  # cut as the record's
                yield replace(found, fix=None, message=f"{found.message} alone")


class AuthorMismatch(FindingRule):
    """The authors are not those of the work.

    ## What it finds
    Lists that no version of the work has: other people, people added, people left out without "et al.", or the same
    people in another order.  Where no work fits: a title that belongs to a work of other people.

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
    severity = "note"  # by its precision


class TitleMismatch(FindingRule):
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
    severity = "note"  # by its precision


class YearMismatch(FindingRule):
    """The year is that of no version of the work.

    ## What it finds
    Years that neither the preprint nor a published version has, and years that cannot be.  A preprint cited with its
    own year is fine, and so is the year beside the record's, which an article has that was online before its volume.  As a note that
    accuses nobody: another version's year, where the version that is printed has its own, and a year that is not that of the volume
    which stands beside it.

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
    severity = "note"  # by its precision

    def check(self, resolution: Resolution) -> Iterator[Diagnostic]:
        yield from super().check(resolution)
        yield from self._printed_otherwise(resolution)
        yield from self._of_volume(resolution)

    def _printed_otherwise(self, resolution: Resolution) -> Iterator[Diagnostic]:
        stated, printed = resolution.claim.year, year_of(resolution.emitted)
        if not (stated and printed and stated != printed and resolution.matched) or (
            self.told(resolution) or has(resolution, VersionFinding.SUPERSEDED)
        ):
            return
        yield self._note(resolution, "the version that is printed is", printed, stated, fix="safe")

    def _of_volume(self, resolution: Resolution) -> Iterator[Diagnostic]:
        """The year stays, and is not that of the volume beside it, by the list of venues and by the records."""
        stated, printed = resolution.claim.year, resolution.emitted
        volume, venue = (str(printed.get(field) or "") for field in ("volume", "container-title"))
        if resolution.work is None or not volume or stated is None or self.told(resolution):
            return
        years, known = years_of_volume(venue, volume), {r.year for r in resolution.work.records}
        held = next((year for year in years if year in known), None)
        if held is None or stated in (*years, *known) or year_of(printed) != stated:
            return
        yield self._note(resolution, f"volume {volume} is that", held, stated)

    def _note(
        self, resolution: Resolution, what: str, year: int, stated: int, fix: Fix | None = None
    ) -> Diagnostic:
        return self.found(
            resolution,
            f"{what} of {year}, not of {stated}",
            field="issued",
            claim=str(stated),
            record=str(year),
            source=source_of(resolution),
            fix=fix,
            severity="note",
        )


class VenueMismatch(FindingRule):
    """The work did not appear in this venue.

    ## What it finds
    Venues in which no version of the work appeared.  Abbreviations and other forms of the name are the same venue,
    and a venue that the list of venues does not know proves nothing by itself.  A workshop beside a conference is told and
    accuses nobody, unless a source that tells the two apart has the conference under another name.  Where no work fits: a
    conference all of whose papers of that year are known, and this is none of them; what the same people have there is named.

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
    severity = "note"  # by its precision

    def check(self, resolution: Resolution) -> Iterator[Diagnostic]:
        yield from super().check(resolution)
        described = resolution.described
        if described is None or described.unknown or not has(resolution, VenueFinding.UNKNOWN):
            return
        stated = str(resolution.claim.csl.get("container-title") or "")
        known = next((r.csl.get("container-title") for r in _published(resolution)), None)
        other = bool(known) and same_venue(stated, str(known)) == "different"
        if other and resolution.emitted.get("container-title") == stated:
            yield self.found(
                resolution,
                VenueFinding.WORKSHOP.says.format(claim=stated, record=known),
                field="container-title",
                claim=stated,
                record=str(known),
                source=source_of(resolution),
                fix="unsafe",
                severity="note",
            )


def _published(resolution: Resolution) -> list[Record]:
    """The records of the work that name where it was published."""
    records = resolution.work.records if resolution.work is not None else ()
    return [r for r in records if r.csl.get("container-title") and not is_preprint(r.csl)]


class PagesMismatch(FindingRule):
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
    severity = "note"  # by its precision


class WrongIdentifier(FindingRule):
    """The DOI or arXiv number does not belong to the work.

    ## What it finds
    Identifiers that lead to another work, that cannot exist, or that no source knows while the work has others; and those that Mendeley wrote
    into entries of very many works (`arXiv:1011.1669v3`), which are never taken for a sign of which work is meant.

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
    severity = "note"  # by its precision


class SourceConflict(FindingRule):
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
        for found in super().check(resolution):
            yield replace(found, claim=str(resolution.claim.csl.get(found.field) or ""))


def _one_venue(field: str, stated: str, printed: str) -> bool:
    """Two wordings of one venue's name: most of the words are the same."""
    return field == "container-title" and bool(printed) and venue_likeness(stated, printed) > 0.5


def _said_again(resolution: Resolution, field: str) -> bool:
    """What was stated of the venue is printed in another field: the title of the whole book, or who issued a report."""
    stated, printed = resolution.claim.csl.get(field), resolution.emitted
    if field != "container-title":
        return False
    return any(alike(name, stated, printed.get(name)) for name in ("title", "publisher"))


def _cut(resolution: Resolution) -> bool:
    """The record's list of people is the beginning of one: what is missing in it says nothing."""
    return "author-count" in custom_of(resolution.emitted)


_LONGEST = 300
"""Letters of a value in a message: longer ones are lists of collaborations."""


def _short(value: str) -> str:
    return clipped(value, _LONGEST)


class OtherValue(FindingRule):
    """A stated value is printed otherwise, or not at all.

    ## What it finds
    Volumes, issues, publishers, identifiers and other fields that the record of the cited version has otherwise, or that
    belong to another version than the one that is printed.  What other rules tell (title, authors, year, venue, pages,
    wrong identifiers) is not told again, and a preprint that gives way to its publication is told once, as that.
    So is a detail that only one record contradicts which comes from somebody's own bibliography, and a title that one record alone
    spells otherwise: they stay as stated.

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

    def check(self, resolution: Resolution) -> Iterator[Diagnostic]:
        yield from super().check(resolution)
        if not resolution.matched or has(resolution, VersionFinding.SUPERSEDED):
            return
        rows = [
            row
            for row in changes_of(resolution)
            if row.kind in ("changed", "removed") and row.field not in ("issued", "type")
        ]
        told = fields_told(resolution) if rows else ()
        for row in rows:
            if row.field == "author" and (resolution.claim.others or _cut(resolution)):
                continue
            if row.field in told or _one_venue(row.field, row.before, row.after):
                continue
            if row.kind == "removed" and _said_again(resolution, row.field):
                continue
            what = label_of(row.field)
            message = (
                f"the record has {what} {_short(row.after)}, not {_short(row.before)}"
                if row.after
                else f"{what} {_short(row.before)} not printed: not of the version cited"
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
