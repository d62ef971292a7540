"""Labelled stretches become CSL fields in their clean form."""

from __future__ import annotations

from typing import Any

import pytest

from citenorm.parse import parse
from citenorm.parse.entry_type import entry_type
from citenorm.parse.fields import fields_of
from citenorm.parse.values import Stretch, issued_of, value_of


def read(*labelled: tuple[str, str], glue: str = ". ") -> dict[str, Any]:
    """The CSL item of values set one behind the other."""
    raw, by_label = "", {}
    for label, text in labelled:
        by_label.setdefault(label, []).append(Stretch(label, len(raw), len(raw) + len(text), 1.0))
        raw += text + glue
    return fields_of(raw, by_label)[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2018", [[2018]]),
        ("2018a", [[2018]]),
        ("10 July 2018", [[2018, 7, 10]]),
        ("1987/88", [[1987], [1988]]),
        ("1976/1936", [[1976]]),
        ("2001 [1996]", [[2001]]),
        ("2017–2018", [[2017], [2018]]),
    ],
)
def test_dates(text: str, expected: list[list[int]]) -> None:
    found = issued_of([text])
    assert found is not None
    assert found["date-parts"] == expected


def test_no_year_no_date() -> None:
    assert issued_of(["n.d.", "in press"]) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1662–70", "1662-1670"),
        ("R795–R804", "R795-R804"),
        ("A65", "A65"),
        ("e1000123", "e1000123"),
        ("45ff", "45ff"),
        ("S. 12–34", "12-34"),
    ],
)
def test_pages(text: str, expected: str) -> None:
    assert read(("title", "A title"), ("page", text))["page"] == expected


def test_volume_and_issue_are_parted() -> None:
    csl = read(("title", "A title"), ("container-title", "Journal"), ("volume", "12(3)"))
    assert (csl["volume"], csl["issue"]) == ("12", "3")
    assert read(("volume", "Bd. 4"))["volume"] == "4"


def test_identifiers() -> None:
    assert (
        read(("DOI", "https://doi.org/10.1109/TPAMI.2016.2598339"))["DOI"]
        == "10.1109/tpami.2016.2598339"
    )
    assert read(("DOI", "10.1088/1126- 6708/2009"))["DOI"] == "10.1088/1126-6708/2009"
    csl = read(("title", "Depth"), ("container-title", "arXiv preprint"), ("arXiv", "2006.08437v2"))
    assert csl["custom"] == {"arxiv": "2006.08437", "arxiv-version": "v2"}
    assert "container-title" not in csl
    assert csl["type"] == "article"
    assert read(("URL", "https://doi.org/10.1000/ABC1"))["DOI"] == "10.1000/abc1"
    assert read(("URL", "https://arxiv.org/abs/1811.03600"))["custom"]["arxiv"] == "1811.03600"
    assert read(("URL", "http:// www.who.int /report"))["URL"] == "http://www.who.int/report"


def test_others() -> None:
    csl = read(("author", "Guo, Chuan, et al"), ("title", "On calibration"))
    assert csl["author"] == [{"family": "Guo", "given": "Chuan"}]
    assert csl["custom"] == {"others": True}


def test_initials_keep_their_dot_and_words_do_not() -> None:
    assert read(("author", "Smith, J. M"), ("title", "T"))["author"][0]["given"] == "J. M."
    assert read(("author", "Bohyung Han"), ("title", "T"))["author"] == [
        {"family": "Han", "given": "Bohyung"}
    ]


def test_values_keep_their_signs() -> None:
    raw = "What is (really) new? “Why now?” (Non)linear maps"
    assert value_of(raw, 0, raw.index("new") + 3) == "What is (really) new?"
    start = raw.index("Non")
    assert value_of(raw, start, start + len("Non)linear maps")) == "(Non)linear maps"
    assert value_of(raw, 0, raw.index("really") + 6) == "What is (really)"


@pytest.mark.parametrize(
    ("csl", "expected"),
    [
        ({"container-title": "Journal of Things", "volume": "3"}, "article-journal"),
        ({"container-title": "Proceedings of the 3rd Conference on Things"}, "paper-conference"),
        ({"container-title": "A Book", "editor": [{"family": "A"}]}, "chapter"),
        ({"publisher": "Suhrkamp"}, "book"),
        ({"genre": "PhD thesis"}, "thesis"),
        ({"genre": "Technical report"}, "report"),
        ({"URL": "https://who.int"}, "webpage"),
        ({"custom": {"arxiv": "1811.03600"}}, "article"),
        ({}, "document"),
    ],
)
def test_types(csl: dict[str, Any], expected: str) -> None:
    assert entry_type(csl, False, "") == expected


def test_what_names_a_server_of_preprints_is_an_article() -> None:
    assert entry_type({"publisher": "Suhrkamp"}, True, "") == "article"
    assert entry_type({"genre": "PhD thesis"}, True, "") == "thesis"


def test_place_and_publisher_in_one_are_parted() -> None:
    csl = read(
        ("author", "Li, Y."),
        ("title", "A study"),
        ("publisher", "Pondham: Agricultural University"),
    )
    assert (csl["publisher-place"], csl["publisher"]) == ("Pondham", "Agricultural University")
    csl = read(("title", "A study"), ("publisher-place", "Santa Cruz (Bolivia): Plural"))
    assert (csl["publisher-place"], csl["publisher"]) == ("Santa Cruz (Bolivia)", "Plural")


def test_a_title_that_goes_on_behind_in_ends_before_it() -> None:
    csl = read(
        ("author", "Council"),
        ("title", "Energy In: Nutrient Requirements for Dogs"),
        ("publisher", "Academies Press"),
    )
    assert (csl["title"], csl["container-title"]) == ("Energy", "Nutrient Requirements for Dogs")
    assert (
        read(("title", "Made In: Italy"), ("container-title", "Things"))["title"]
        == "Made In: Italy"
    )


def test_a_container_alone_with_a_publisher_is_the_title() -> None:
    csl = read(("author", "Brand, C."), ("container-title", "Werke"), ("publisher", "Reclam"))
    assert csl["title"] == "Werke"
    assert "container-title" not in csl
    assert (
        read(("container-title", "Phys. Rev. D"), ("volume", "78"))["container-title"]
        == "Phys. Rev. D"
    )


def test_counters_of_east_asia() -> None:
    csl = read(
        ("title", "題"), ("container-title", "史林"), ("volume", "第58巻"), ("issue", "第3号")
    )
    assert (csl["volume"], csl["issue"]) == ("58", "3")
    csl = read(
        ("title", "제목"), ("container-title", "학회지"), ("volume", "제17권"), ("issue", "제1호")
    )
    assert (csl["volume"], csl["issue"]) == ("17", "1")


@pytest.mark.parametrize("volume", ["XXI", "Autumn", "Part II"])
def test_a_volume_is_kept_as_it_is_called(volume: str) -> None:
    csl = read(("title", "T"), ("container-title", "J"), ("volume", volume))
    assert csl["volume"] == volume


def test_an_edition_set_behind_the_year() -> None:
    assert read(("author", "Hurrel, K."), ("date", "20047"), ("title", "T"))["issued"][
        "date-parts"
    ] == [[2004]]


def test_a_meeting_is_named_with_its_year() -> None:
    raw = "A. Bo: On it. ICXY 2018: 16-20"
    at = {
        "author": (0, 5),
        "title": (7, 12),
        "container-title": (14, 18),
        "date": (19, 23),
        "page": (25, 30),
    }
    csl = fields_of(raw, {label: [Stretch(label, *ends, 1.0)] for label, ends in at.items()})[0]
    assert csl["container-title"] == "ICXY 2018"
    assert csl["issued"] == {"date-parts": [[2018]]}
    assert csl["type"] == "paper-conference"


@pytest.mark.parametrize(
    ("raw", "at", "volume", "issue"),
    [
        (
            "High Energy Phys. 26 (2016)",
            {"container-title": (0, 17), "issue": (18, 20), "date": (22, 26)},
            "26",
            None,
        ),
        (
            "Journal of Ponds (25), 1978",
            {"container-title": (0, 16), "issue": (18, 20), "date": (23, 27)},
            "25",
            None,
        ),
        (
            "Museologia, No. 7, 1980",
            {"container-title": (0, 10), "issue": (16, 17), "date": (19, 23)},
            None,
            "7",
        ),
        (
            "Ponds, Heft 3, 1980",
            {"container-title": (0, 5), "issue": (12, 13), "date": (15, 19)},
            None,
            "3",
        ),
        (
            "Ponds 12(3), 1980",
            {"container-title": (0, 5), "volume": (6, 8), "issue": (9, 10), "date": (13, 17)},
            "12",
            "3",
        ),
        (
            "J Ponds. 1980; (130):12",
            {"container-title": (0, 7), "date": (9, 13), "issue": (16, 19), "page": (21, 23)},
            None,
            "130",
        ),
        (
            "연못, 제21호, 1994",
            {"container-title": (0, 2), "issue": (5, 7), "date": (10, 14)},
            None,
            "21",
        ),
        (
            "Ponds, Suppl 2, 1980",
            {"container-title": (0, 5), "issue": (7, 14), "date": (16, 20)},
            None,
            "Suppl 2",
        ),
    ],
)
def test_a_number_alone_behind_a_journal_is_that_of_the_volume(raw, at, volume, issue):
    csl = fields_of(raw, {label: [Stretch(label, *ends, 1.0)] for label, ends in at.items()})[0]
    assert (csl.get("volume"), csl.get("issue")) == (volume, issue)


@pytest.mark.parametrize(
    ("raw", "title", "place"),
    [
        ("Ponds in verse. Stone Creek, CA: Left Press", "Ponds in verse", "Stone Creek, CA"),
        (
            "Ponds in verse. A second look at them, CA: Left Press",
            "Ponds in verse. A second look at them",
            "CA",
        ),
        ("Ponds in verse, CA: Left Press", "Ponds in verse", "CA"),
        ("Ponds in verse. Stone| Ford, CA: Left Press", "Ponds in verse", "Stone Ford, CA"),
        ("Ponds in verse|. Ford, CA: Left Press", "Ponds in verse", "Ford, CA"),
        ("Ponds in verse. Stone|. Ford, CA: Left Press", "Ponds in verse. Stone", "Ford, CA"),
        ("Ponds in the verse| Ford, CA: Left Press", "Ponds in the verse", "Ford, CA"),
    ],
)
def test_a_city_in_front_of_its_state_is_no_part_of_the_title(raw, title, place):
    raw, end = raw.replace("|", ""), raw.find("|")
    comma = raw.index(", CA")
    start = comma + 2 if end < 0 else raw.index("Ford")
    at = {
        "title": (0, comma if end < 0 else end),
        "publisher-place": (start, comma + 4),
        "publisher": (comma + 6, len(raw)),
    }
    csl = fields_of(raw, {label: [Stretch(label, *ends, 1.0)] for label, ends in at.items()})[0]
    assert (csl["title"], csl["publisher-place"], csl["publisher"]) == (title, place, "Left Press")


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        (
            "Ponds of the south. A scoping study. Pondham: Centre for Ponds",
            ("Ponds of the south. A scoping study", "Pondham", "Centre for Ponds"),
        ),
        (
            "Household ponds. New Pondham, MA: Agency of Waters",
            ("Household ponds", "New Pondham, MA", "Agency of Waters"),
        ),
        ("Ponds vs. Lakes: A comparison", None),
        ("Why ponds fail. Lessons: What we learned from lakes", None),
        ("Was it a pond? St. Helena: An island mystery", None),
        ("Ponds and lakes. Part Two: The lakes", None),
        ("Dug by J. Ponder: A life", None),
        ("Ponds. a closer look: what we saw", None),
        ("Ponds. Lakes: A comparison of both; with a list", None),
    ],
)
def test_place_and_publisher_at_the_end_of_a_title_that_nothing_follows(title, parts):
    raw = f"Doe, J. {title}."
    at = {
        "author": [Stretch("author", 0, 6, 1.0)],
        "title": [Stretch("title", 8, 8 + len(title), 1.0)],
    }
    csl = fields_of(raw, at)[0]
    assert (csl["title"], csl.get("publisher-place"), csl.get("publisher")) == (
        parts or (title, None, None)
    )


def test_a_title_that_something_follows_stays_whole():
    raw = "Ponds. Lakes: A comparison. J Ponds 3"
    at = {
        "title": [Stretch("title", 0, 26, 1.0)],
        "container-title": [Stretch("container-title", 28, 35, 1.0)],
        "volume": [Stretch("volume", 36, 37, 1.0)],
    }
    assert fields_of(raw, at)[0]["title"] == "Ponds. Lakes: A comparison"


@pytest.mark.parametrize(
    ("publisher", "parts"),
    [
        ("University of Ponds, Pondham", ("University of Ponds", "Pondham")),
        ("Pond Press, New Pondham", ("Pond Press", "New Pondham")),
        (
            "Institut für Teiche, Universität Teichstadt",
            ("Institut für Teiche, Universität Teichstadt", None),
        ),
        ("Water, Earth and Fire", ("Water, Earth and Fire", None)),
        ("Pond Press, Inc.", ("Pond Press, Inc", None)),
        ("University of California, San Diego", ("University of California, San Diego", None)),
        (
            "University of Ponds, Computer Laboratory",
            ("University of Ponds, Computer Laboratory", None),
        ),
        ("School of Computer Science, Pondham", ("School of Computer Science, Pondham", None)),
        ("University of Ponds, Lakes and Seas", ("University of Ponds, Lakes and Seas", None)),
    ],
)
def test_a_school_and_its_city_are_publisher_and_place(publisher, parts):
    raw = f"Doe, J. Ponds. {publisher}."
    at = {
        "author": [Stretch("author", 0, 6, 1.0)],
        "title": [Stretch("title", 8, 13, 1.0)],
        "publisher": [Stretch("publisher", 15, 15 + len(publisher), 1.0)],
    }
    csl = fields_of(raw, at)[0]
    assert (csl["publisher"], csl.get("publisher-place")) == parts


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("Doe J 2009 a CO2 in ponds", "CO2 in ponds"),
        ("Doe J 2009 a pond", "a pond"),
        ("Doe J 2009. a Pond", "a Pond"),
    ],
)
def test_the_letter_of_a_year_is_no_word_of_the_title(raw, title):
    start = raw.index("a ", 8)
    at = {
        "author": [Stretch("author", 0, 5, 1.0)],
        "date": [Stretch("date", 6, 10, 1.0)],
        "title": [Stretch("title", start, len(raw), 1.0)],
    }
    assert fields_of(raw, at)[0]["title"] == title


@pytest.mark.parametrize(
    ("gap", "publisher", "parts"),
    [
        (", ", "VIC Pond Research Corporation", ("Horsham, VIC", "Pond Research Corporation")),
        (": ", "DC Books", ("Horsham", "DC Books")),
        (", ", "MIT Press", ("Horsham", "MIT Press")),
    ],
)
def test_a_state_in_front_of_a_publisher_belongs_to_the_place(gap, publisher, parts):
    raw = f"Ponds. Horsham{gap}{publisher}"
    at = {
        "title": [Stretch("title", 0, 5, 1.0)],
        "publisher-place": [Stretch("publisher-place", 7, 14, 1.0)],
        "publisher": [Stretch("publisher", 16, len(raw), 1.0)],
    }
    csl = fields_of(raw, at)[0]
    assert (csl["publisher-place"], csl["publisher"]) == parts


@pytest.mark.parametrize(
    ("title", "edited", "container"),
    [
        ("Growth of water lilies In Lilies and other plants", True, "Lilies and other plants"),
        ("Growth of water lilies In Lilies and other plants", False, None),
        ("Changing Roles In Second Generation Systems", True, None),
        ("Growth of lilies In the north", True, None),
        ("Energy In: Lilies for Dogs", False, "Lilies for Dogs"),
    ],
)
def test_a_container_within_the_title(title, edited, container):
    raw = f"Doe J. {title}. Poe K, eds."
    at = {
        "author": [Stretch("author", 0, 5, 1.0)],
        "title": [Stretch("title", 7, 7 + len(title), 1.0)],
    }
    if edited:
        at["editor"] = [Stretch("editor", 9 + len(title), 14 + len(title), 1.0)]
    assert fields_of(raw, at)[0].get("container-title") == container


@pytest.mark.parametrize(
    ("raw", "author"),
    [
        (
            "National Council of Ponds [NCP] (2016). Ponds and lakes. Pondham.",
            "National Council of Ponds [NCP]",
        ),
        ("National Council of Ponds, 2016. Ponds and lakes. Pondham.", None),
    ],
)
def test_who_stands_in_front_of_the_year_is_the_author(raw, author):
    year, title = raw.index("2016"), raw.index("Ponds and")
    first = raw.index("]") + 1 if "]" in raw else raw.index(",")
    at = {
        "title": [Stretch("title", 0, first, 1.0), Stretch("title", title, title + 15, 1.0)],
        "date": [Stretch("date", year, year + 4, 1.0)],
    }
    csl = fields_of(raw, at)[0]
    assert csl.get("author") == ([{"literal": author}] if author else None)
    if author:
        assert csl["title"] == "Ponds and lakes"


def test_the_number_of_a_chapter_is_no_part_of_its_book():
    raw = "Ponds. Compendium of Ponds II, Chapter 7.11, 35-40"
    at = {
        "title": [Stretch("title", 0, 5, 1.0)],
        "container-title": [Stretch("container-title", 7, 43, 1.0)],
        "page": [Stretch("page", 45, 50, 1.0)],
    }
    csl = fields_of(raw, at)[0]
    assert (csl["container-title"], csl["chapter-number"]) == ("Compendium of Ponds II", "7.11")


@pytest.mark.parametrize(
    ("raw", "people", "title"),
    [
        (
            "Kingdon, D. P. and Bo, J. Adamant: A method",
            ["Kingdon, D. P.", "Bo, J."],
            "Adamant: A method",
        ),
        (
            "Kingdon, D. P. and Bo, J. Peter: A method",
            ["Kingdon, D. P.", "Bo, J."],
            "Peter: A method",
        ),
        (
            "Kingdon, Dan P. and Bo, J. Peter: A method",
            ["Kingdon, Dan P.", "Bo, J. Peter"],
            "A method",
        ),
        ("Bo, J. Peter: A method", ["Bo, J. Peter"], "A method"),
    ],
)
def test_a_word_between_initials_and_a_colon_begins_the_title(raw, people, title):
    colon = raw.index(":")
    csl = fields_of(
        raw,
        {
            "author": [Stretch("author", 0, colon, 1.0)],
            "title": [Stretch("title", colon + 2, len(raw), 1.0)],
        },
    )[0]
    assert [f"{name['family']}, {name['given']}" for name in csl["author"]] == people and csl[
        "title"
    ] == title


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("“Signs in Play.” Writing and Ponds", ("Signs in Play", "Writing and Ponds")),
        ("“Signs in Play,” in Writing and Ponds", ("Signs in Play", "Writing and Ponds")),
        ("“Signs” in Play", ("Signs” in Play", None)),
        ("“Signs in Play”, MA (unpublished)", ("Signs in Play”, MA (unpublished)", None)),
        ("Signs of “Play.” Writing and Ponds", ("Signs of “Play.” Writing and Ponds", None)),
        ("“Is it art?” Yes: A Study of Ponds", ("Is it art?” Yes: A Study of Ponds", None)),
        ('"The "Great" Pond of Europe: A Study"', ('The "Great" Pond of Europe: A Study', None)),
    ],
)
def test_what_stands_behind_the_closing_quotation_mark_is_the_container(title, parts):
    raw = f"Doe, J. {title}. Pond Press"
    start = 8 + title.startswith(("“", '"'))
    at = {
        "author": (0, 6),
        "title": (start, 8 + len(title)),
        "publisher": (10 + len(title), len(raw)),
    }
    csl = fields_of(raw, {label: [Stretch(label, *ends, 1.0)] for label, ends in at.items()})[0]
    assert (csl["title"], csl.get("container-title")) == parts


@pytest.mark.parametrize(
    ("container", "expected"),
    [
        ("AAAI News. AI Magazine", ("AAAI News", "AI Magazine")),
        ("Pond puzzles? Communications of the ACM", ("Pond puzzles?", "Communications of the ACM")),
        ("Puzzled. Communications of the ACM", ("Puzzled", "Communications of the ACM")),
        ("Trans. Assoc. Comput. Linguistics", (None, "Trans. Assoc. Comput. Linguistics")),
        ("Proc. Communications of the ACM", (None, "Proc. Communications of the ACM")),
        ("Phys. Rev. Lett", (None, "Phys. Rev. Lett")),
        ("Pond news. Ponds Today", (None, "Pond news. Ponds Today")),
    ],
)
def test_a_title_in_front_of_the_whole_name_of_a_venue(container: str, expected: Any) -> None:
    found = read(("author", "Lee"), ("container-title", container), ("volume", "33"))
    assert (found.get("title"), found["container-title"]) == expected


def test_a_title_that_was_found_stays_alone() -> None:
    found = read(("title", "Ponds"), ("container-title", "Pond news. AI Magazine"))
    assert found["title"] == "Ponds"
    assert found["container-title"] == "Pond news. AI Magazine"


def test_the_full_stop_of_the_reference_is_no_part_of_a_name() -> None:
    for text, families in (
        ("H. PETER, B. WEIR et H. BICKEL. Helv. Chim. Acta, 58, 2450 (1975).", ["PETER", "WEIR", "BICKEL"]),
        ("LIANG Z T, WANG X N. Phys. Lett., 2005, B629: 20.", ["LIANG", "WANG"]),
    ):  # fmt: skip
        assert [n["family"] for n in parse(text).csl["author"]] == families


def test_a_title_may_be_the_last_letter() -> None:
    at = {"date": [Stretch("date", 0, 4, 1.0)], "title": [Stretch("title", 6, 7, 1.0)]}
    assert fields_of("2009. A", at)[0]["title"] == "A"
