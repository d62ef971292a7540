"""A claim and a record in, a Comparison out: evidence per field, its sum, the probability."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import fsum

from rapidfuzz.distance import Indel

from ..model import Claim, Comparison, Evidence, Record
from .fields import (
    AuthorClass,
    AuthorLevel,
    FormLevel,
    IdentifierLevel,
    NumberLevel,
    PlaceLevel,
    TitleLevel,
    as_meant,
    form_level,
    identifier_level,
    kind_level,
    named_alone,
    number_level,
    one_in_other,
    overlap_of,
    people_level,
    place_level,
    title_level,
    venue_level,
    year_level,
)
from .fields.form import PAGES
from .in_text import (
    Line,
    line_view,
    people_in_text,
    place_in_text,
    says_identifiers_alone,
    title_in_text,
    title_within,
    year_in_text,
)
from .title_view import Title, word_weight
from .together import retitled, together
from .views import View, claim_view, record_view
from .weights import Weights, weights


def compare(claim: Claim, record: Record) -> Comparison:
    """Hold one record against a claim.  Pure; the evidence adds up to ``weight`` (log2 odds, prior included)."""
    return compare_many(claim, (record,))[0]


def compare_many(claim: Claim, records: Iterable[Record]) -> list[Comparison]:
    """``compare`` with the claim prepared once."""
    view, line, table = claim_view(claim), line_view(claim.raw) if claim.raw else None, weights()
    if line and view.bare and says_identifiers_alone(line, view):
        line = None
    return [_compared(view, line, record, table) for record in records]


def _compared(ours: View, line: Line | None, record: Record, table: Weights) -> Comparison:
    theirs = record_view(record)
    if _hopeless(ours, line, theirs):
        weight = table.prior + table.of("title", "different") + table.of("author", "none")
        alone = (
            Evidence(
                "title",
                "different",
                weight - table.prior,
                ours.title.said,
                theirs.title.said,
            ),
        )
        return Comparison(record, alone, weight, table.probability(weight))
    evidence = tuple(
        Evidence(field, level, table.of(field, level), said, stated)
        for field, level, said, stated in levels(ours, line, theirs)
    )
    weight = table.prior + sum(e.weight for e in evidence)
    return Comparison(record, evidence, weight, table.probability(weight))


def _hopeless(ours: View, line: Line | None, theirs: View) -> bool:
    """Nothing in common that could make up for another title: no word to speak of, no identifier, no place, not in the string."""
    if not ours.title.key or overlap_of(ours.title, theirs.title) >= 0.3:
        return False
    if identifier_level(ours, theirs).joins:
        return False
    if ours.first and ours.first == theirs.first:
        return False
    if one_in_other(ours.title, theirs.title):
        return False
    if line is None:
        return True
    said = fsum(map(word_weight, theirs.title.bag & line.words))
    return (
        said < 0.6 * theirs.title.mass
        and theirs.title.key not in line.key
        and not _smeared(ours, line, theirs)
    )


def _smeared(ours: View, line: Line, theirs: View) -> bool:
    """Glued or misread words: the titles have no word in common, but most of their letters."""
    if (
        abs(len(ours.title.key) - len(theirs.title.key)) > 0.25 * len(theirs.title.key)
        and len(ours.title.words) > 2
    ):
        return False
    return (
        bool(title_within(line, theirs))
        or Indel.normalized_similarity(ours.title.key, theirs.title.key, score_cutoff=0.8) > 0
    )


def levels(ours: View, line: Line | None, theirs: View) -> list[tuple[str, str, str, str]]:
    """``(field, level, claimed, recorded)`` for every field that either side states."""
    ours = as_meant(ours, (theirs,))
    title, overlap = title_level(ours.title, theirs.title)
    people = people_level(ours, theirs).level
    year = year_level(ours, theirs)
    venue = venue_level(ours, theirs)
    place = place_level(ours, theirs)
    identifier = identifier_level(ours, theirs)
    form = _form(title, people, place, ours, theirs)
    if line is None and ours.bare and named_alone(ours, theirs):
        # What kind of work it is was guessed from the identifier.
        identifier, form = IdentifierLevel.ALONE, FormLevel.AGREES
    if line:
        title = title_in_text(title, line, ours, theirs)
        people = people_in_text(people, line, ours, theirs)
        year = year_in_text(year, line, theirs)
        place = place_in_text(place, line, theirs)
    rows: list[tuple[str, str, str, str]] = [
        ("title", title, ours.title.said, theirs.title.said),
        ("author", people, ours.shown_people, theirs.shown_people),
        *_numbers_and_kinds(title, ours.title, theirs.title),
        ("year", year, str(ours.year or ""), str(theirs.year or "")),
        ("venue", venue, ours.venue, theirs.venue),
        ("form", form, ours.type, theirs.type),
        ("place", place, _place(ours), _place(theirs)),
        ("identifier", identifier, *_identifiers(ours, theirs, identifier)),
        ("version", retitled(title, overlap, people, ours, theirs), "", ""),
    ]
    size = len(ours.title.words), len(ours.people) > 1
    rows += [("together", x, "", "") for x in together(title, people, year, venue, place, *size)]
    return [(field, str(level), said, stated) for field, level, said, stated in rows if level]


def _numbers_and_kinds(
    title: TitleLevel, ours: Title, theirs: Title
) -> Iterator[tuple[str, str, str, str]]:
    if title is TitleLevel.UNSTATED:
        return
    number = number_level(ours, theirs, title)
    if number and title is TitleLevel.WHOLE_IN_TEXT:
        number = NumberLevel.SAME
    yield "number", number, " ".join(ours.numbers), " ".join(theirs.numbers)
    yield "kind", kind_level(ours, theirs), ours.kind, theirs.kind


def _form(
    title: TitleLevel, people: AuthorLevel, place: PlaceLevel, ours: View, theirs: View
) -> FormLevel:
    """A chapter by one of the authors of a book of nearly its title is another piece, and so is a page by nobody that has a part of the title."""
    if ours.type in PAGES and not (ours.venue or ours.people) and title.cut:
        joined = identifier_level(ours, theirs).joins
        return FormLevel.AGREES if joined else FormLevel.ANOTHER_PIECE
    form = form_level(ours, theirs)
    placed = place.startswith("other") or (ours.first and not theirs.first)
    if form is not FormLevel.DIFFERS or not placed or people.kin is AuthorClass.SAME:
        return form
    like = title in (TitleLevel.EXACT, TitleLevel.TYPO)
    return FormLevel.DIFFERS if like else FormLevel.ANOTHER_PIECE


def _identifiers(ours: View, theirs: View, level: IdentifierLevel) -> tuple[str, str]:
    if level is IdentifierLevel.ALONE:
        same = ", ".join(value for _, value in sorted(ours.identifiers & theirs.identifiers))
        return same, same
    return ours.doi or ours.arxiv, theirs.doi or theirs.arxiv


def _place(view: View) -> str:
    return ":".join(x for x in (view.volume, view.first) if x)
