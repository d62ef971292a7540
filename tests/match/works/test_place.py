"""Where two items stand: one place of one container, two different ones, or open."""

from __future__ import annotations

import pytest
from builders import item

from citenorm.match.works.place import (
    ISSUE,
    OPEN,
    OTHER,
    SAME,
    container_key,
    number_in,
    place_level,
    place_of,
)


def at(volume=0, issue=0, pages="", year=0, doi="", type="article-journal", venue="Pond Letters"):
    stated = {"volume": str(volume or ""), "issue": str(issue or ""), "pages": pages, "doi": doi}
    return place_of(item(year=year, type=type, venue=venue, **stated))


def test_a_place_is_read_off_an_item():
    place = place_of(
        item(
            venue="Pond  Letters",
            volume="IV",
            issue="3-4",
            pages="e12–e19",
            year=1999,
            doi="10.5/A",
        )
    )
    assert (place.container, place.volume, place.issue) == ("pondletters", 4, 3)
    assert (place.first, place.last, place.year, place.form, place.doi) == (
        0,
        0,
        1999,
        "",
        "10.5/a",
    )
    assert place_of({}) == ("", 0, 0, 0, 0, 0, "", "")
    assert place_of(item(pages="101-13"))[3:5] == (101, 113)


@pytest.mark.parametrize(
    ("pages", "first", "last"),
    [
        ("99999", 99999, 99999),
        ("100000", 0, 0),  # the number of an article
        ("7", 7, 7),
        ("S7", 0, 0),
        ("", 0, 0),
    ],
)
def test_what_counts_as_a_page(pages, first, last):
    assert place_of(item(pages=pages))[3:5] == (first, last)


@pytest.mark.parametrize(
    ("kind", "form"),
    [("book", "book"), ("report", "report"), ("paper-conference", "meeting"), ("chapter", "")],
)
def test_forms(kind, form):
    assert place_of(item(type=kind)).form == form


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), ("Vol. 12", 12), ("12(3)", 12), ("xiv", 14), ("XIV.", 14), ("", 0), ("A", 0), ("pond", 0), ("1234567890123", 123456789)],
)  # fmt: skip
def test_numbers_of_volumes(text, number):
    assert number_in(text) == number


def test_containers_of_one_name_have_one_key():
    assert container_key("Pond-Letters") == container_key("pond letters") != ""
    assert container_key("Proc. ICML") == container_key(
        "International Conference on Machine Learning"
    )
    assert container_key("") == ""
    assert container_key("Lecture Notes in Computer Science") == ""  # a series holds everything
    assert (
        container_key("arXiv") == ""
        and place_of(item(type="article", venue="Pond")).container == ""
    )
    assert container_key("Physical Review A") != container_key("Physical Review B")


@pytest.mark.parametrize(
    ("why", "a", "b", "level"),
    [
        ("another volume", at(4, year=2001), at(5, year=2002), OTHER),
        ("another volume in one year", at(4, pages="7-9", year=2001), at(5, pages="30-31", year=2001), OTHER),
        ("a slip of the volume", at(4, pages="7-9", year=2001), at(5, pages="7-9", year=2001), OPEN),
        ("the issue in the place of the volume", at(28, 110, "119-136", 1985), at(110, year=1985), OPEN),
        ("and an issue besides", at(28, 110, "119-136", 1985), at(110, 2, year=1985), OTHER),
        ("and another year", at(28, 110, "119-136", 1985), at(110, year=1986), OTHER),
        ("one page of another volume and year", at(4, pages="7-9", year=2001), at(5, pages="7-9", year=2002), OTHER),
        ("volumes of one meeting", at(4, year=2001, type="paper-conference"), at(5, year=2001, type="paper-conference"), OPEN),
        ("volumes of a meeting and a later one", at(4, year=2001, type="paper-conference"), at(5, year=2002, type="paper-conference"), OTHER),
        ("one side is no meeting", at(4, year=2001, type="paper-conference"), at(5, year=2001), OTHER),
        ("another issue and page", at(4, 1, "7", 2001), at(4, 2, "60", 2001), OTHER),
        ("another issue and DOI", at(4, 1, doi="10.5/a"), at(4, 2, doi="10.5/b"), OTHER),
        ("another issue, one DOI", at(4, 1, doi="10.5/a"), at(4, 2, doi="10.5/a"), ISSUE),
        ("another issue, a page of one alone", at(4, 1, "7", 2001), at(4, 2, year=2001), ISSUE),
        ("another issue, one page", at(4, 1, "7-9", 2001), at(4, 2, "7-9", 2001), SAME),
        ("another issue, no volume, one page", at(0, 1, "7-9", 2001), at(0, 2, "7-9", 2001), SAME),
        ("another issue of no volume and nothing more", at(0, 1, year=2001), at(0, 2, year=2001), OPEN),
        ("another issue of no volume and page", at(0, 1, "7", 2001), at(0, 2, "60", 2001), OTHER),
        ("the same page", at(0, 0, "7-9", 2001), at(0, 0, "7-9", 2001), SAME),
        ("the same page a year later", at(0, 0, "7-9", 2001), at(0, 0, "7-9", 2002), SAME),
        ("the same page two years later", at(0, 0, "7-9", 2001), at(0, 0, "7-9", 2003), OPEN),
        ("the same page three years later", at(0, 0, "7-9", 2001), at(0, 0, "7-9", 2004), OTHER),
        ("pages that overlap", at(0, 0, "7-9", 2001), at(0, 0, "9-12", 2001), SAME),
        ("pages that hold the other's", at(0, 0, "5-20", 2001), at(0, 0, "9-12", 2001), SAME),
        ("the same volume", at(4, year=2001), at(4, year=2001), SAME),
        ("the same volume, another page", at(4, 0, "7-8", 2001), at(4, 0, "9-12", 2001), OTHER),
        ("the same volume, the page before", at(4, 0, "9-12", 2001), at(4, 0, "7-8", 2001), OTHER),
        ("the same volume, another DOI", at(4, doi="10.5/a"), at(4, doi="10.5/b"), OTHER),
        ("the same volume and page, another DOI", at(4, 0, "7", doi="10.5/a"), at(4, 0, "7", doi="10.5/b"), SAME),
        ("the same volume and page, years apart", at(4, 0, "7", 2001), at(4, 0, "7", 2005), SAME),
        ("the same volume, one without DOI", at(4, doi="10.5/a"), at(4), SAME),
        ("pages counted anew in each article", at(4, 0, "1-9", 2001), at(4, 0, "30-41", 2001), SAME),
        ("both counted anew", at(0, 0, "1-9", 2001), at(0, 0, "1-11", 2001), SAME),
        ("counted anew, overlapping", at(0, 0, "1-9", 2001), at(0, 0, "5-11", 2001), OPEN),
        ("a volume of a meeting", at(4, 0, "7", 2001, type="paper-conference"), at(4, 0, "70", 2001, type="paper-conference"), SAME),
        ("a volume of a meeting in two years", at(4, 0, "7", 2001, type="paper-conference"), at(4, 0, "70", 2002, type="paper-conference"), OPEN),
        ("other pages of other years", at(0, 0, "7", 2001), at(0, 0, "70", 2002), OTHER),
        ("other pages of one year", at(0, 0, "7", 2001), at(0, 0, "70", 2001), OPEN),
        ("other pages of two meetings", at(0, 0, "7", 2001, type="paper-conference"), at(0, 0, "70", 2002, type="paper-conference"), OPEN),
        ("another DOI of another year", at(year=2001, doi="10.5/a"), at(year=2002, doi="10.5/b"), OTHER),
        ("another DOI of one year", at(year=2001, doi="10.5/a"), at(year=2001, doi="10.5/b"), OPEN),
        ("one DOI of two years", at(year=2001, doi="10.5/a"), at(year=2002, doi="10.5/a"), OPEN),
        ("two years of early view", at(year=2001), at(year=2003), OPEN),
        ("three years", at(year=2001), at(year=2004), OTHER),
        ("an unknown year", at(year=2001), at(), OPEN),
        ("early view and volume", at(year=2001), at(4, 0, "7", 2002), OPEN),
        ("two containers", at(4, venue="Pond Letters"), at(5, venue="Frog Letters"), OPEN),
        ("no container", at(4, venue=""), at(5, venue=""), OPEN),
        ("volumes of a book", at(1, type="book", venue=""), at(2, type="book", venue=""), OTHER),
        ("a book", at(1, type="book", venue=""), at(1, type="book", venue="", year=2001), OPEN),
        ("a book and a volume of it", at(1, type="book", venue=""), at(0, type="book", venue=""), OPEN),
        ("a report of another year", at(type="report", venue="", year=2001), at(type="report", venue="", year=2003), OTHER),
        ("a report a year later", at(type="report", venue="", year=2001), at(type="report", venue="", year=2002), OPEN),
        ("a report in a container", at(type="report", year=2001, venue="Pond Notes"), at(type="report", year=2003, venue="Pond Notes"), OPEN),
        ("a report with and one without container", at(type="report", year=2001, venue="Pond Notes"), at(type="report", year=2003, venue=""), OTHER),
        ("a report and an article", at(type="report", venue="", year=2001), at(venue="", year=2004), OPEN),
    ],
)  # fmt: skip
def test_places(why, a, b, level):
    assert place_level(a, b) == level, why
    assert place_level(b, a) == level, why


def test_whoever_knows_better_says_whether_the_container_is_one():
    a, b = at(4, venue="Pond Letters"), at(5, venue="Ponds, Letters on")
    assert [place_level(a, b, one) for one in (None, False, True)] == [OPEN, OPEN, OTHER]
    assert place_level(at(4), at(5), False) == OPEN
