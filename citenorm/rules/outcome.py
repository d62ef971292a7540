"""Rules about what was found at all (CN308–CN310): nothing, too much, or parts that do not belong together."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Claim, Comparison, Diagnostic, Record, Resolution, names_of
from ..normalize.editions import other_edition
from ..normalize.titles import title_key
from .base import FindingRule, Rule

_IN_NO_CATALOGUE = frozenset({
    "webpage", "post", "post-weblog", "software", "legislation", "bill", "legal_case", "regulation", "treaty", "hearing", "standard",
    "personal_communication", "interview", "broadcast", "motion_picture", "song", "map", "graphic", "performance", "patent",
})  # fmt: skip
"""CSL types of what no catalogue of scholarly works holds."""


def in_no_catalogue(claim: Claim) -> bool:
    """A web page, a program, a law …: to be in no source says nothing of it.  A DOI or arXiv number says that one should hold it."""
    if claim.doi or claim.arxiv:
        return False
    kind = str(claim.csl.get("type") or "")
    if kind in _IN_NO_CATALOGUE:
        return True
    return kind in ("", "document") and bool(claim.csl.get("URL")) and not claim.csl.get("volume")


class UnverifiableReference(Rule):
    """No source that was asked knows this work, and that proves nothing.

    ## What it finds
    References without a match whose kind or field lies outside what was asked (theses, books, other fields), or where a
    source could not be asked.  Of web pages, software, laws and the like no catalogue is asked for, and nothing is told.

    ## Why it matters
    The entry is written from its own words alone; nobody has checked it.

    ## Example
    `Pond Society. Members' handbook. 2007.` stands in no catalogue.

    ## Use instead
    Add an identifier (DOI, arXiv number, ISBN), or a catalogue that covers the field, or run with the network.

    ## When to ignore
    For sources of your own that no catalogue will ever hold.

    ## Fix safety
    No fix: there is nothing to put in its place.
    """

    code, name = "CN308", "unverifiable-reference"
    severity = "note"

    def check(self, resolution: Resolution) -> Iterator[Diagnostic]:
        if resolution.status != "unverifiable" or _fitting(resolution):
            return
        if in_no_catalogue(resolution.claim):
            return
        asked = "; ".join(f"{a.source} could not be asked ({a.reason})" for a in resolution.unasked)
        yield self.found(
            resolution,
            asked or f"no source that was asked knows this work{_namesake(resolution)}",
            claim=resolution.claim.title or resolution.claim.raw,
        )


FITS = -1.0
"""Log2 odds from which on a candidate is one that the reference may mean: one in three."""


class AmbiguousReference(Rule):
    """Two or more works fit the reference equally well, or one whose title or place is another.

    ## What it finds
    References that say too little to tell works apart: a common title without authors, two parts without their number.  And
    references to something by the same people under nearly a known title, or under the title in another volume of its journal:
    that may be the work, or their next one.  Another title that is hardly likely to be meant is not named, nor is what
    came out elsewhere than the article stated or in another edition than the one whose ISBN is stated; the reference is told as one that no
    source knows.

    ## Why it matters
    A guess would be wrong half of the time.

    ## Example
    `Li, Jia. "Introduction." 2021.`

    ## Use instead
    Add what tells the works apart: an author, the volume and page, an identifier.

    ## When to ignore
    Where the context makes it plain; confirm the choice instead.

    ## Fix safety
    No fix: there is nothing to put in its place.
    """

    code, name = "CN309", "ambiguous-reference"
    severity = "note"

    def check(self, resolution: Resolution) -> Iterator[Diagnostic]:
        titles = _fitting(resolution)
        if not titles:
            return
        said = "fits several works: " + " or ".join(titles[:2])
        if len(titles) < 2:
            said = f"may be {titles[0]}, or another work of the same people"
        yield self.found(
            resolution,
            said,
            claim=resolution.claim.title or resolution.claim.raw,
        )


class FabricatedReference(FindingRule):
    """The reference is probably made up.

    ## What it finds
    References that nobody knows and that cannot be as they stand: a year to come, an impossible identifier,
    placeholders for people.  A real title under other people's names, an identifier of another work, a work that is
    missing where all works are known prove no such thing: they are told as what they are (CN302, CN307, CN305).

    ## Why it matters
    A reference that cannot be followed supports nothing; language models write such references with ease.

    ## Example
    `Firstname Lastname and A. Author. "Ponds as stars." 2021.`

    ## Use instead
    The work that is really meant, or none.

    ## When to ignore
    Where you have the work at hand; then it is missing from the catalogue.

    ## Fix safety
    No fix: nothing is ever put in its place.
    """

    code, name, fixable = "CN310", "fabricated-reference", False
    severity = "error"

    def check(self, resolution: Resolution) -> Iterator[Diagnostic]:
        if resolution.status != "likely-fabricated":
            return
        reasons = "; ".join(finding.message(e) for finding, e in self.told(resolution))
        yield self.found(
            resolution,
            f"probably made up: {reasons}",
            claim=resolution.claim.title,
        )


def _fitting(resolution: Resolution) -> list[str]:
    """The works that an open reference may mean, each once, as they are told; of one that is hardly likely nothing is said, unless it has the title."""
    if resolution.outcome != "ambiguous":
        return []
    works: dict[tuple[str, int | None, str], Record] = {}
    title = title_key(resolution.claim.title)
    nearest = [
        c for c in resolution.candidates[:4] if not _another_publication(resolution.claim, c)
    ]
    likely = [c.record for c in nearest if c.weight > FITS]
    for record in likely or [c.record for c in nearest[:1] if title_key(c.record.title) == title]:
        works.setdefault((title_key(record.title), record.year, _people(record)), record)
    alike = len({(title, year) for title, year, _ in works}) < len(works)
    return [
        f"“{r.title}”{f' by {people}' if alike else ''} ({r.year or 'no year'})"
        for (*_, people), r in works.items()
    ]


def _another_publication(claim: Claim, candidate: Comparison) -> bool:
    """What is stated is known not to be the candidate: an article in a journal, on pages and in a year of its own, or an edition with its ISBN."""
    levels = {e.field: e.level for e in candidate.evidence}
    if claim.csl.get("ISBN") and other_edition(claim.csl, candidate.record.csl):
        return True
    counted = claim.csl.get("type") == "article-journal" and bool(claim.csl.get("volume"))
    elsewhere = levels.get("venue") == "different" and "other" in levels.get("place", "")
    return counted and elsewhere and claim.year != candidate.record.year


def _people(record: Record) -> str:
    """The first three people of a record by their family names."""
    named = record.authors or names_of(record.csl, "editor")
    people = ", ".join(name.full_family for name in named[:3])
    return f"{people}{' and others' if len(named) > 3 else ''}"


def _namesake(resolution: Resolution) -> str:
    """What the nearest candidate is, where it has the title and other authors: a hint for people, no match."""
    best = resolution.candidates[0] if resolution.candidates else None
    if best is None:
        return ""
    levels = {e.field: e.level for e in best.evidence}
    if not levels.get("title", "").startswith("exact") or levels.get("author") != "none":
        return ""
    return f"; one of the same title is by {_people(best.record)} ({best.record.year or 'no year'})"
