"""What title, year, venue and pages of a reference say against the versions of its work: each finding and its nearest neighbour."""

from __future__ import annotations

from typing import Any

import builders
import pytest

from citenorm.catalogue.memory import MemoryCatalogue
from citenorm.match.views import dated
from citenorm.model import Claim, Record
from citenorm.pipeline import resolve
from citenorm.sources import Sources

WHO = ("Jia Li", "Omar Haddad", "Mei Sato")
TITLE, EARLIER = (
    "Quiet ponds as mirrors of winter stars",
    "Winter stars in quiet ponds: first sightings",
)


def item(
    title: str = TITLE,
    year: int | None = 2021,
    venue: str = "ICML",
    type: str = "paper-conference",
    **more: Any,
) -> dict[str, Any]:
    return builders.item(title, WHO, year, type, venue=venue, **more)


PAPER = item(page="101-113")
PREPRINT = item(EARLIER, 2019, "", "article", custom={"arxiv": "1901.00001", "version-of": "s0:1"})
ISBN = "9783161484100"
BOOK = item(
    "The secret pond: inside the hidden gardens of northern frogs", 2012, "", "book", ISBN=ISBN
)


def found(
    field: str, claim: dict[str, Any], *records: dict[str, Any], coverage: Any = None
) -> list[str]:
    """The levels of the findings about one field."""
    held = MemoryCatalogue(Record.from_csl({"id": f"s{i}:1", **r}) for i, r in enumerate(records))
    sources = Sources([held])
    sources.__dict__["coverage"] = coverage
    result = resolve(Claim(claim), sources)
    assert result.outcome == "matched", claim
    return [e.level for e in result.evidence if e.field == f"work.{field}"]


@pytest.mark.parametrize(
    ("claim", "records", "level"),
    [
        (item(), [PAPER], ""),
        (item("Quiet Ponds as Mirrors of Winterstars"), [PAPER], ""),
        (
            item("Quiet ponds as mirrors for winter stars"),
            [PAPER],
            "misphrased",
        ),  # one small word is another
        (
            item("Quiet ponds as mirrors for winter stars", venue="Annals of Frogs"),
            [PAPER],
            "",
        ),  # perhaps in another version
        (item("Quiet ponds as mirrors for winter stars", year=2020), [PAPER], ""),
        (
            item("Quiet ponds as mirrors for winter stars", year=2020, DOI="10.5555/p"),
            [{**PAPER, "DOI": "10.5555/p"}],
            "misphrased",
        ),  # the very DOI
        (item("Quiet ponds as mirrors of winter star"), [PAPER], "misphrased"),  # one for many
        (
            item("Quiet ponds as mirrors for winter stars"),
            [PAPER, PREPRINT],
            "",
        ),  # the title has changed already
        (item("Quiet ponds as mirrors of summer stars"), [PAPER], "differs"),
        (
            item("Quiet ponds as mirrors of summer stars", venue="Annals of Frogs"),
            [PAPER],
            "reworded",
        ),
        (
            item("Quiet ponds as mirrors of summer stars", venue="arXiv", type="article"),
            [PAPER],
            "reworded",
        ),
        (item(EARLIER), [PAPER, PREPRINT], "other version"),
        (item("Quiet ponds as mirrors"), [PAPER], "shortened"),
        (item(f"{TITLE}: lakes and frogs"), [PAPER], "lengthened"),
        (item(f"{TITLE}: extended version"), [PAPER, PAPER], "lengthened"),
        (item(f"{TITLE} at ICML"), [PAPER, PAPER], "lengthened"),
        (item(f"{TITLE}: lakes and newts", venue="Annals of Frogs"), [PAPER, PAPER], "lengthened"),
        (
            item("Quiet ponds as mirrors of stars"),
            [PAPER],
            "reworded",
        ),  # a word is missing, none is another
        (
            item(f"{TITLE}: lakes and frogs"),
            [PAPER, {**PAPER, "title": f"{TITLE}: lakes and frogs"}],
            "other version",
        ),
        (
            item(
                "The secret pond: inside the loud machines of southern toads",
                2012,
                "",
                "book",
                ISBN=ISBN,
            ),
            [BOOK],
            "reworded",
        ),
        (
            item(
                "The secret pond: inside the hidden gardens of southern frogs",
                2012,
                "",
                "book",
                ISBN=ISBN,
            ),
            [BOOK],
            "reworded",
        ),
    ],
)
def test_titles(claim: dict[str, Any], records: list[dict[str, Any]], level: str) -> None:
    assert found("title", claim, *records) == ([level] if level else [])


JOURNAL = item(year=2024, venue="Neural Computation", type="article-journal")
GARDEN = item("The garden of frozen ponds", 1994, "", "book")


@pytest.mark.parametrize(
    ("claim", "records", "level"),
    [
        (item(), [PAPER], ""),
        (item(year=None), [PAPER], "missing"),
        (item(year=None, venue="", custom={"arxiv": "1901.00001"}), [PAPER, PREPRINT], ""),
        (item(year=2020), [PAPER], "near"),
        (item(year=2019), [PAPER, PREPRINT], ""),
        (
            item(year=2023),
            [PAPER, {**JOURNAL, "issued": {"date-parts": [[2025]]}}],
            "near",
        ),  # between two versions
        (item(year=2019), [PAPER], "differs"),
        (item(year=2017), [PAPER], "differs"),
        (item(year=2017, venue="Annals of Frogs"), [PAPER], "other version"),
        (
            item(year=2017, venue="Annals of Frogs", DOI="10.5555/p"),
            [{**PAPER, "DOI": "10.5555/p"}],
            "differs",
        ),
        (item(year=2017, venue="arXiv", type="article"), [PAPER], "other version"),
        (item(year=2017, venue=""), [PAPER], "differs"),
        (item(year=2019, venue=""), [PAPER], "other version"),
        (item(year=2017, venue=""), [PAPER, PREPRINT], "other version"),
        (item(year=2031), [PAPER], "impossible"),
        (item(year=2016, custom={"arxiv": "1901.00001"}), [PAPER, PREPRINT], "before identifier"),
        (item(year=2017, custom={"arxiv": "1901.00001"}), [PAPER, PREPRINT], "before identifier"),
        (item(year=2018, custom={"arxiv": "1901.00001"}), [PAPER, PREPRINT], "near"),
        (item(year=2018, venue=""), [PAPER], "differs"),
        (item(year=2012, venue="", type="book"), [PAPER], "other version"),  # a reprint
        (item(year=2012, venue=""), [{**PAPER, "type": "book"}], "other version"),
        (item(year=2015, venue="ICML 2021"), [PAPER], "differs"),
        (
            item(year=2020, venue="Selected frogs of 2021"),
            [PAPER],
            "differs",
        ),  # against the venue's own year
        (
            item(year=2022, venue="Selected frogs of 2021"),
            [PAPER],
            "near",
        ),  # printed the year after
        (item("The garden of frozen ponds", 2014, "", "book"), [GARDEN], "other version"),
        (item("The garden of frozen ponds", 1993, "", "book"), [GARDEN], "near"),
        (item(year=2012), [{**PAPER, "issued": {}}], ""),
    ],
)
def test_years(claim: dict[str, Any], records: list[dict[str, Any]], level: str) -> None:
    assert found("year", claim, *records) == ([level] if level else [])


class Whole:
    """Holdings that have (nearly) everything."""

    newest, registrants = 2026, 10

    def share(self, venue: str, year: int) -> float:
        return 0.99

    def registered(self, doi: str) -> int:
        return 1

    def volume(self, doi: str) -> str:
        return ""


@pytest.mark.parametrize(
    ("claim", "records", "level", "whole"),
    [
        (item(), [PAPER], "", ""),
        (item(venue=""), [PAPER], "missing", "missing"),
        (item(venue=""), [item(venue="")], "", ""),  # nobody knows one
        (item(venue="", custom={"arxiv": "1901.00001"}), [PAPER, PREPRINT], "", ""),
        (item(venue="", type="book"), [{**PAPER, "type": "book"}], "", ""),
        (item(venue="", type="document"), [PAPER], "missing", "missing"),
        (item(venue="", type="document"), [{**PAPER, "type": "chapter"}], "", ""),
        (item(venue="arXiv"), [PAPER, PREPRINT], "", ""),
        (
            item(venue="NeurIPS"),
            [PAPER],
            "differs",
            "differs",
        ),  # a paper is not given at two conferences
        (item(venue="NeurIPS", year=None), [PAPER], "differs", "differs"),
        (item(venue="NeurIPS", year=2026), [PAPER], "unknown", "differs"),
        (item(venue="NeurIPS Workshop on Frogs"), [PAPER], "workshop", "workshop"),
        (
            item(venue="Neural Computation", type="article-journal"),
            [PAPER],
            "unknown",
            "unknown",
        ),  # a journal version that is not known
        (
            item(venue="Neural Computation", type="article-journal", DOI="10.5555/p"),
            [{**PAPER, "DOI": "10.5555/p"}],
            "differs",
            "differs",
        ),
        (
            item(venue="Frozen Frogs", DOI="10.5555/p"),
            [{**PAPER, "DOI": "10.5555/p"}],
            "unknown",
            "unknown",
        ),
        (item(venue="Neural Computation", year=None), [PAPER], "unknown", "unknown"),
        (item(venue="Lecture Notes in Computer Science"), [PAPER], "near", "near"),
        (item(venue="Symposium on Frozen Frogs"), [PAPER], "nowhere", "nowhere"),
        (item(venue="Symposium on Frozen Frogs", year=2020), [PAPER], "unknown", "unknown"),
        (item(venue="Frozen Frogs"), [PAPER], "unknown", "unknown"),
        (item(venue="Frozen Frogs of Autumn"), [PAPER], "unknown", "unknown"),
        (item(venue="Frog Symposium"), [PAPER], "unknown", "unknown"),
        (
            item(venue="Conference on Machine Learning and Frogs"),
            [{**PAPER, "container-title": "International Conference on Machine Learning"}],
            "unknown",
            "unknown",
        ),  # a word of the venue's name
        (
            item(venue="Symposium on Frozen Frogs"),
            [{**PAPER, "container-title": "Annals of Toads"}],
            "unknown",
            "unknown",
        ),
        (
            item(venue="Symposium on Frozen Frogs"),
            [{**PAPER, "container-title": "Lecture Notes in Computer Science"}],
            "unknown",
            "unknown",
        ),
        (
            item(venue="Symposium on Frozen Frogs"),
            [{**PAPER, "container-title": "ICML Workshop on Toads"}],
            "unknown",
            "unknown",
        ),
        (
            item("Quiet ponds as mirrors of winter", venue="Symposium on Frozen Frogs"),
            [PAPER],
            "unknown",
            "unknown",
        ),
        (item(venue="NeurIPS", year=2019), [PREPRINT | {"title": TITLE}], "unknown", "differs"),
    ],
)
def test_venues(
    claim: dict[str, Any], records: list[dict[str, Any]], level: str, whole: str
) -> None:
    assert found("venue", claim, *records) == ([level] if level else [])
    assert found("venue", claim, *records, coverage=Whole()) == ([whole] if whole else [])


@pytest.mark.parametrize(
    ("claim", "records", "level"),
    [
        (item(page="101-113"), [PAPER], ""),
        (item(page="101"), [PAPER], ""),
        (item(page="101–13"), [PAPER], ""),
        (item(page="7-21"), [PAPER], "differ"),
        (item(page="7-19"), [PAPER], "other printing"),  # as many pages elsewhere
        (item(page="7"), [PAPER], "differ"),
        (item(page="7-19"), [PAPER, {**JOURNAL, "page": "7-19"}], ""),
        (item(page="7-19"), [item()], ""),
        (item(), [PAPER], "missing"),
        (item(venue=""), [PAPER], ""),
        (
            item(venue="", year=2019, type="article", custom={"arxiv": "1901.00001"}),
            [PAPER, PREPRINT],
            "",
        ),
    ],
)
def test_pages(claim: dict[str, Any], records: list[dict[str, Any]], level: str) -> None:
    assert found("pages", claim, *records) == ([level] if level else [])


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"page": "201-213"}, True),
        ({"page": "101–113"}, False),
        ({"page": "201"}, False),  # a first page alone
        ({"page": ""}, False),
        (
            {"page": "201-213", "container-title": "Neural Computation", "type": "article-journal"},
            False,
        ),  # another version
        ({"page": "201-213", "issued": {"date-parts": [[2022]]}}, True),
        ({"page": "201-213", "issued": {}}, True),
        ({"page": "201-213", "issued": {"date-parts": [[2023]]}}, False),
        ({"page": "1-13", "type": "article", "container-title": "ICML"}, False),
    ],
)
def test_sources_that_differ(other: dict[str, Any], told: bool) -> None:
    assert bool(found("sources", item(page="101-113"), PAPER, {**PAPER, **other})) == told


def test_sources_without_years_may_differ_too() -> None:
    undated = item(year=None, page="101-113")
    assert found("sources", item(page="101-113"), undated, {**undated, "page": "201-213"}) == [
        "page"
    ]


def test_a_preprint_that_was_published() -> None:
    stated = item(EARLIER, 2019, "", "article", custom={"arxiv": "1901.00001"})
    assert found("version", stated, PAPER, PREPRINT) == ["superseded"]
    assert found(
        "version", item(EARLIER, 2019, "arXiv preprint", "article-journal"), PAPER, PREPRINT
    ) == ["superseded"]
    report = {**PREPRINT, "id": "jgrey:1", "type": "report", "publisher": "Pond Lab", "custom": {}}
    assert found("version", stated, report, PREPRINT) == []
    assert found("version", stated, PREPRINT) == found("version", item(), PAPER, PREPRINT) == []


def test_a_claim_without_a_title_has_none_that_could_be_wrong() -> None:
    place = {
        "venue": "Physical Review Letters",
        "type": "article-journal",
        "volume": "81",
        "page": "2558",
    }
    assert found("title", item("", **place), item(**{**place, "page": "2558-2561"})) == []


@pytest.mark.parametrize(
    ("venue", "year", "told"),
    [
        ("ECIR", 2019, "ECIR 2019"),
        ("7th Pond Days, Weir, May 7-9, 2019", 2019, "7th Pond Days, Weir, May 7-9, 2019"),
        ("Pond Days (PD) 2018", 2019, "Pond Days (PD) 2018 2019"),
        ("LNCS 12019", 2019, "LNCS 12019 2019"),
        ("ECIR", None, "ECIR"),
        ("", 2019, "2019"),
    ],
)
def test_a_venue_is_told_with_its_year_once(venue, year, told):
    assert dated(venue, year) == told


def test_letters_with_accents_that_a_record_lost_are_no_misspelling():
    people = [{"family": "Li", "given": "Jia"}, {"family": "Termöhlen", "given": "Mei"}]
    lost = [people[0], {**people[1], "family": "Termhlen"}]
    slip = [people[0], {**people[1], "family": "Termoglen"}]
    assert found("author", {**item(), "author": people}, {**PAPER, "author": lost}) == []
    assert found("author", {**item(), "author": people}, {**PAPER, "author": slip}) == [
        "misspelled"
    ]
