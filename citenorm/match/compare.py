"""A claim and a record in, a Comparison out: evidence per field, its sum, the probability."""

from __future__ import annotations

from collections.abc import Iterable
from math import fsum

from rapidfuzz.distance import Indel

from ..model import Claim, Comparison, Evidence, Record
from ..normalize.editions import EDITIONS
from .author_level import people_level
from .fields import form_level, identifier_level, place_level, venue_level, year_level
from .in_text import Line, line_view, people_within, place_within, title_within
from .titles import further_part, kind_level, number_level, overlap_of, title_level
from .views import View, claim_view, record_view, word_weight
from .weights import Weights, weights
from .works.described import as_preprint
from .works.same_work import RETITLED

TITLE_CLASS = {
    **dict.fromkeys(("exact", "typo", "minor", "reordered"), "title same"),
    "exact-short": "short title same",
    **dict.fromkeys(
        (
            "subtitle-cut",
            "subtitle-longer",
            "beginning-cut",
            "beginning-longer",
            "within-cut",
            "within-longer",
        ),
        "title part",
    ),
    **dict.fromkeys(("subtitle-short", "beginning-short", "other-subtitle"), "title part short"),
    **dict.fromkeys(("variant", "near"), "title near"),
    "related": "title related",
    **dict.fromkeys(("distant", "different"), "title different"),
    "unstated": "title unstated",
}
PEOPLE_CLASS = {
    **dict.fromkeys(("same", "misspelled", "reordered", "et-al", "in text"), "authors same"),
    **dict.fromkeys(
        ("shortened", "partial", "longer", "most", "first-alone", "partly in text"),
        "authors shared",
    ),
    **dict.fromkeys(
        (
            "partial-later",
            "longer-later",
            "most-later",
            "et-al-later",
            "some",
            "first-shared",
            "one-alone",
            "one-shared",
            "first in text",
        ),
        "few authors shared",
    ),
    **dict.fromkeys(("none", "homonym"), "other authors"),
    **dict.fromkeys(("unstated", "group"), "authors unknown"),
}
"""Classes of levels, for what two fields say together."""


def compare(claim: Claim, record: Record) -> Comparison:
    """Hold one record against a claim.  Pure; the evidence adds up to ``weight`` (log2 odds, prior included)."""
    return _compared(
        claim, claim_view(claim), line_view(claim.raw) if claim.raw else None, record, weights()
    )


def compare_many(claim: Claim, records: Iterable[Record]) -> list[Comparison]:
    """``compare`` with the claim prepared once."""
    view, line, table = claim_view(claim), line_view(claim.raw) if claim.raw else None, weights()
    return [_compared(claim, view, line, record, table) for record in records]


def _compared(
    claim: Claim, ours: View, line: Line | None, record: Record, table: Weights
) -> Comparison:
    theirs = record_view(record)
    if _hopeless(ours, line, theirs):
        weight = table.prior + table.of("title", "different") + table.of("author", "none")
        alone = (
            Evidence(
                "title",
                "different",
                weight - table.prior,
                " ".join(ours.title.words),
                " ".join(theirs.title.words),
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
    if identifier_level(ours, theirs) in ("same", "stated version"):
        return False
    if ours.first and ours.first == theirs.first:
        return False
    short, long = sorted((ours.title.key, theirs.title.key), key=len)
    if len(short) >= 6 and short in long:
        return False
    if line is None:
        return True
    said = fsum(word_weight(w) for w in theirs.title.bag if w in line.words)
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
    title, overlap = title_level(ours.title, theirs.title)
    apart = title in ("exact", "exact-short", "typo") or further_part(ours.title, theirs.title)
    within = title_within(line, theirs) if line and not apart else ""
    if within.startswith("whole") and TITLE_CLASS[title] != "title same":
        title = "whole in text" if within == "whole" else "smeared in text"
    elif within == "inside" and title in ("different", "distant", "unstated", "related"):
        title = "inside text"
    people = people_level(ours, theirs).level
    if line and PEOPLE_CLASS[people] not in ("authors same",):
        people = _people_in_text(people, line, ours, theirs)
    rows = [
        ("title", title, " ".join(ours.title.words), " ".join(theirs.title.words)),
        ("author", people, _names(ours), _names(theirs)),
    ]
    if title != "unstated":
        if number := number_level(ours.title, theirs.title, title):
            if number != "same" and title == "whole in text":
                number = "same"
            rows.append(
                ("number", number, " ".join(ours.title.numbers), " ".join(theirs.title.numbers))
            )
        if kind := kind_level(ours.title, theirs.title):
            rows.append(("kind", kind, ours.title.kind, theirs.title.kind))
    year = year_level(ours, theirs)
    if line and year not in ("same", "next") and theirs.year in line.years:
        year = "in text"
    rows.append(("year", year, str(ours.year or ""), str(theirs.year or "")))
    venue = venue_level(ours, theirs)
    rows.append(("venue", venue, ours.venue, theirs.venue))
    place = place_level(ours, theirs)
    if line and place in ("unstated", "other page", "other volume") and place_within(line, theirs):
        place = "in text"
    if form := form_level(ours, theirs):
        if (
            form == "differs"
            and (place.startswith("other") or (ours.first and not theirs.first))
            and title not in ("exact", "typo")
            and PEOPLE_CLASS[people] != "authors same"
        ):
            form = "another piece"  # a chapter by one of the authors of a book of nearly its title
        rows.append(("form", form, ours.type, theirs.type))
    rows.append(("place", place, _place(ours), _place(theirs)))
    rows.append(
        (
            "identifier",
            identifier_level(ours, theirs),
            ours.doi or ours.arxiv,
            theirs.doi or theirs.arxiv,
        )
    )
    if version := _version(title, overlap, people, ours, theirs):
        rows.append(("version", version, "", ""))
    rows.append(
        ("together", f"{TITLE_CLASS.get(title, 'title same')}, {PEOPLE_CLASS[people]}", "", "")
    )
    rows += [("together", level, "", "") for level in _together(title, people, year, venue, place)]
    if (
        len(ours.title.words) >= 6
        and TITLE_CLASS.get(title, "title same") == "title same"
        and PEOPLE_CLASS[people] == "authors unknown"
    ):
        rows.append(("together", "long title same, authors unknown", "", ""))
    return rows


def _together(title: str, people: str, year: str, venue: str, place: str) -> list[str]:
    """What fields say only in company: a like title with the very place or venue, or against it."""
    kind = TITLE_CLASS.get(title, "title same")
    out = []
    if kind in ("title near", "title related", "title part", "title part short", "title different"):
        if place in ("volume and page", "page", "in text"):
            out.append(f"{kind}, place same")
        elif place in ("volume, other page", "other page"):
            out.append(f"{kind}, place differs")
        if venue in ("same", "preprints") and year == "same":
            out.append(f"{kind}, venue and year same")
        elif venue in ("different", "unknown", "same") and year not in ("same", "unstated"):
            out.append(f"{kind}, venue or year differ")
    elif kind == "title unstated":
        out.append(
            "title unstated, place same"
            if place in ("volume and page", "page", "in text")
            else "title unstated, no place"
        )
    elif kind in ("title same", "short title same") and PEOPLE_CLASS[people] in (
        "other authors",
        "few authors shared",
        "authors unknown",
    ):
        if place in ("volume and page", "page", "in text"):
            out.append("title same, place same")
        if venue == "same" and year in ("same", "next"):
            out.append("title same, venue and year same")
        if year in ("near", "apart", "far", "drift"):
            out.append("title same, other years")
        if venue in ("different", "unknown") or place in (
            "other page",
            "volume, other page",
            "page, other volume",
        ):
            out.append("title same, elsewhere")
    return out


def _version(title: str, overlap: float, people: str, ours: View, theirs: View) -> str:
    """A preprint and a published paper by exactly the same people, a few years apart, under titles that share words: "" or how near."""
    if TITLE_CLASS.get(title, "title same") in (
        "title same",
        "title unstated",
        "short title same",
    ) or people not in ("same", "misspelled", "reordered"):
        return ""
    before, after = (ours, theirs) if as_preprint(ours) else (theirs, ours)
    if (
        as_preprint(ours) == theirs.preprint
        or not as_preprint(before)
        or not (ours.year and theirs.year)
    ):
        return ""
    if ours.type in EDITIONS or not -1 <= (after.year or 0) - (before.year or 0) <= 3:
        return ""
    if title == "within-cut" and len(ours.title.words) <= 5:
        return (
            "retitled, hardly" if len(theirs.people) > 2 else "retitled, hardly, few authors"
        )  # words put into a short title narrow it to another work
    near = "near" if overlap >= 0.65 else "far" if overlap >= RETITLED else "hardly"
    return f"retitled, {near}" if len(theirs.people) > 2 else f"retitled, {near}, few authors"


def _people_in_text(level: str, line: Line, ours: View, theirs: View) -> str:
    """Where the parsed names do not agree: are the record's families in the string at all?"""
    found, of, first = people_within(line, theirs)
    if of == 0:
        return level
    if level.startswith("longer") and len(ours.people) <= 2 * len(theirs.people):
        return level
    rank = {"authors shared": 2, "few authors shared": 1}.get(PEOPLE_CLASS[level], 0)
    if found == of and (of > 1 or rank == 0):
        return (
            "in text"
            if of > 1
            else max(("first in text", level), key=lambda x: (x == level) * rank)
        )
    if found >= 0.6 * of and found >= 2:
        return level if rank >= 2 else "partly in text"
    if first and rank == 0:
        return "first in text"
    return level


def _names(view: View) -> str:
    shown = [p.family if not p.initials else f"{p.family} {p.initials}" for p in view.people[:8]]
    return ", ".join(shown) + (" …" if len(view.people) > 8 else "")


def _place(view: View) -> str:
    return ":".join(x for x in (view.volume, view.first) if x)
