"""Works of one title that stand side by side in a catalogue: each reference comes to its own, and none is accused of the other."""

from __future__ import annotations

from typing import Any

import builders
import pytest

from citenorm.bibliography import bibliography
from citenorm.catalogue.memory import MemoryCatalogue
from citenorm.model import Claim, Record
from citenorm.pipeline import resolve_all
from citenorm.sources import Sources

WHO = ("Jia Li", "Omar Haddad", "Mei Sato")
TITLE = "Quiet ponds as mirrors of winter stars"


def item(
    title: str,
    authors: tuple[str, ...],
    year: int,
    type: str = "paper-conference",
    venue: str = "",
    **more: Any,
) -> dict[str, Any]:
    return builders.item(title, authors, year, type, venue=venue, **more)


ARTICLE = item(
    TITLE, WHO, 2020, "article-journal", "Neural Computation", volume="12", page="101-113"
)
BOOK = item("The book of quiet winter ponds", ("Jia Li",), 2001, "book", publisher="Pond Press")

APART: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "two numbered parts": (
        item(f"{TITLE}, part I", WHO, 2020, venue="ICML"),
        item(f"{TITLE}, part II", WHO, 2020, venue="ICML"),
    ),
    "a first part without its number": (
        item(TITLE, WHO, 2020, venue="ICML"),
        item(f"{TITLE} II", WHO, 2020, venue="ICML"),
    ),
    "a thesis and its paper": (
        item(TITLE, ("Jia Li",), 2021, "thesis", publisher="University of the Coast"),
        item(TITLE, ("Jia Li", "Omar Haddad"), 2020, "article-journal", "Neural Computation"),
    ),
    "a survey beside its method": (
        item(TITLE, WHO, 2020, venue="ICML"),
        item(f"{TITLE}: a survey", WHO, 2021, "article-journal", "Neural Computation"),
    ),
    "a reply": (
        ARTICLE,
        item(
            f"Reply to “{TITLE}”",
            ("Ada Smith", "Ben Jones"),
            2021,
            "article-journal",
            "Neural Computation",
            volume="13",
            page="7-9",
        ),
    ),
    "a letter": (
        ARTICLE,
        item(
            f"Letter to the editor: {TITLE}",
            WHO,
            2020,
            "article-journal",
            "Neural Computation",
            volume="12",
            page="399",
        ),
    ),
    "a reply that says so at its end": (
        ARTICLE,
        item(
            f"{TITLE} – Reply",
            WHO,
            2020,
            "article-journal",
            "Neural Computation",
            volume="12",
            page="401",
        ),
    ),
    "a letter that says so at its end": (
        ARTICLE,
        item(
            f"{TITLE} (Letter)",
            WHO,
            2020,
            "article-journal",
            "Neural Computation",
            volume="12",
            page="402",
        ),
    ),
    "a letter of just the title": (
        ARTICLE,
        item(
            TITLE,
            ("Ada Smith",),
            2021,
            "article-journal",
            "Neural Computation",
            volume="13",
            page="399-400",
        ),
    ),
    "an erratum": (
        ARTICLE,
        item(
            f"Erratum: {TITLE}",
            WHO,
            2020,
            "article-journal",
            "Neural Computation",
            volume="12",
            page="400",
        ),
    ),
    "a review": (
        BOOK,
        item(
            f"Book review: {BOOK['title']}",
            ("Ada Smith",),
            2002,
            "article-journal",
            "Neural Computation",
            page="88-89",
        ),
    ),
    "a review of just the title": (
        BOOK,
        item(
            BOOK["title"],
            ("Ada Smith",),
            2002,
            "article-journal",
            "Neural Computation",
            page="88-89",
        ),
    ),
    "a solutions manual": (
        BOOK,
        item(
            f"{BOOK['title']}: solutions manual", ("Jia Li",), 2001, "book", publisher="Pond Press"
        ),
    ),
    "other people": (
        item(TITLE, WHO, 2020, venue="ICML"),
        item(TITLE, ("Ada Smith", "Ben Jones"), 2020, venue="ICML"),
    ),
    "namesakes": (
        item(TITLE, WHO, 2020, venue="ICML"),
        item(TITLE, ("Wei Li", "Bo Haddad", "Rei Sato"), 2011, venue="KDD"),
    ),
}
TOGETHER: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "a survey and its extended version": (
        item("A survey of quiet ponds in winter", WHO, 2019, venue="IJCAI"),
        item(
            "A survey of quiet ponds in winter: extended version",
            (*WHO, "Ada Smith"),
            2021,
            "article-journal",
            "ACM Computing Surveys",
        ),
    ),
    "two editions": (BOOK, {**BOOK, "issued": {"date-parts": [[2016]]}, "edition": "3"}),
    "a workshop and the main conference": (
        item(TITLE, WHO, 2019, venue="ICML 2019 Workshop on Still Waters"),
        item(TITLE, WHO, 2020, venue="NeurIPS"),
    ),
    "a preprint and what it became": (
        item(TITLE, WHO, 2019, "article", custom={"arxiv": "1901.00001"}),
        item(f"{TITLE} and lakes", WHO, 2020, venue="NeurIPS"),
    ),
}


def known(pair: tuple[dict[str, Any], ...]) -> Sources:
    return Sources(
        [MemoryCatalogue(Record.from_csl({"id": f"x:{i}", **r}) for i, r in enumerate(pair))]
    )


@pytest.mark.parametrize("why", APART)
def test_each_comes_to_its_own(why: str) -> None:
    pair = APART[why]
    results = resolve_all(map(Claim, pair), known(pair))
    assert [r.record.id if r.record else None for r in results] == ["x:0", "x:1"]
    assert [r.status for r in results] == ["verified", "verified"]
    assert not {d.name for r in results for d in r.diagnostics} & {
        "same-work-twice",
        "author-mismatch",
        "title-mismatch",
        "title-variant",
        "year-mismatch",
    }
    assert len(bibliography(results).entries) == 2


@pytest.mark.parametrize("why", APART)
def test_one_is_not_given_for_the_other(why: str) -> None:
    for pair in (APART[why], APART[why][::-1]):
        assert resolve_all([Claim(pair[0])], known(pair[1:]))[0].outcome != "matched"


@pytest.mark.parametrize("why", TOGETHER)
def test_a_preprint_shares_the_entry_of_what_it_became_and_publications_have_their_own(
    why: str,
) -> None:
    pair = TOGETHER[why]
    results = resolve_all(map(Claim, pair), known(pair))
    assert [r.outcome for r in results] == ["matched", "matched"] and [
        r.status for r in results
    ] == ["verified", "verified"]
    assert [{d.name for d in r.diagnostics} & {"same-work-twice"} for r in results] == [
        set(),
        {"same-work-twice"},
    ]
    assert len(bibliography(results).entries) == (
        1 if why == "a preprint and what it became" else 2
    )


@pytest.mark.parametrize("why", ["a survey and its extended version", "two editions"])
def test_the_version_that_was_cited_is_the_one_printed(why: str) -> None:
    pair = TOGETHER[why]
    for claim in pair:
        (result,) = resolve_all([Claim(claim)], known(pair))
        assert (result.emitted["issued"], result.emitted["title"]) == (
            claim["issued"],
            claim["title"],
        )


def test_a_workshop_paper_is_printed_where_it_was_cited_and_never_for_a_preprint() -> None:
    workshop, main = TOGETHER["a workshop and the main conference"]
    preprint = item(TITLE, WHO, 2019, "article", custom={"arxiv": "1901.00001"})
    at_hand = known((workshop, main))
    printed = [
        r.emitted["container-title"]
        for r in (resolve_all([Claim(c)], at_hand)[0] for c in (workshop, main, preprint))
    ]
    assert "Workshop" in printed[0] and "Workshop" not in printed[1] and printed[1] == printed[2]


@pytest.mark.parametrize(
    ("title", "people", "outcome"),
    [
        ("Quiet ponds in winter", ["Roe"], "unmatched"),
        ("Quiet Ponds for Winter", ["Roe", "Poe"], "matched"),
    ],
)
def test_a_chapter_by_one_of_the_authors_is_not_their_book_of_nearly_its_title(
    title: str, people: list[str], outcome: str
) -> None:
    book = {
        "id": "x:0",
        "type": "book",
        "title": "Quiet Ponds for Winter",
        "author": [{"family": "Roe", "given": "Ann"}, {"family": "Poe", "given": "Kim"}],
        "issued": {"date-parts": [[2006]]},
        "publisher": "Pond Press",
    }
    chapter = {
        "type": "chapter",
        "title": title,
        "author": [{"family": name} for name in people],
        "container-title": "Lectures on Ponds",
        "page": "63-71",
        "issued": {"date-parts": [[2006]]},
    }
    (result,) = resolve_all([Claim(chapter)], known((book,)))
    assert result.outcome == outcome
