"""Each comparison of a field: what makes one level and what its neighbour."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import claim, item, record

from citenorm.match.choose import choose
from citenorm.match.compare import compare, levels
from citenorm.match.context import choose_in_context
from citenorm.match.fields import (
    FIELDS,
    form_level,
    further_part,
    identifier_level,
    kind_level,
    named_alone,
    number_level,
    people_level,
    place_level,
    title_level,
    venue_level,
    year_level,
)
from citenorm.match.fields.authors import as_meant, same_person
from citenorm.match.fields.title import _noise, _starts_word, is_short, same_word, words_apart
from citenorm.match.in_text import (
    line_view,
    people_within,
    place_within,
    says_identifiers_alone,
    title_within,
)
from citenorm.match.mention import _coverage, choose_mention
from citenorm.match.people_view import people_of
from citenorm.match.title_view import title_view, unbroken, word_weight
from citenorm.match.together import retitled, together
from citenorm.match.views import View, text
from citenorm.model import Comparison, Evidence, Reference, Resolution, Work

WHO = "Jia Li; Omar Haddad; Mei Sato"
TITLE = "Sampling quiet ponds as mirrors of winter stars"
ICML, NEURIPS = (
    "International Conference on Machine Learning",
    "Neural Information Processing Systems",
)


def view(title=TITLE, who=WHO, year=2020, **more):
    return View(item(title, who, year, **more))


# ------------------------------------------------------------------ titles
@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("pond", "pond", True),
        ("pond", "ponds", True),
        ("box", "boxes", False),  # three letters
        ("brush", "brushes", True),
        ("net", "network", True),
        ("net", "networks", True),
        ("nets", "network", True),
        ("nets", "networks", True),
        ("net", "neural", False),
        ("colour", "color", True),
        ("behaviour", "behavior", True),
        ("sampling", "smapling", True),
        ("quiet", "quite", True),
        ("north", "south", False),
        ("supervised", "unsupervised", False),
        ("explicit", "implicit", False),
        ("morthern", "northern", True),  # another first letter, one slip, six letters
        ("bond", "pond", False),
        ("apond", "pond", True),  # a letter in front
        ("lake", "like", True),
        ("lakes", "luke", False),
        ("analyse", "analyze", True),
        ("2012", "2013", False),
        ("abc", "abd", False),
        ("nettles", "nattlas", False),  # two slips in seven letters
        ("nettling", "nattlang", True),  # in eight
        ("nettling", "nattlany", False),
        ("pon2", "pond", False),
        ("pond", "pondish", False),  # three letters more
    ],
)
def test_spellings_of_one_word(a, b, same):
    assert same_word(a, b) is same and same_word(b, a) is same


@pytest.mark.parametrize(
    ("a", "b", "noise"),
    [
        (["pondnets"], ["pond", "nets"], True),
        (["pond"], ["nets"], False),
        (["pendne"], ["pond", "ne"], False),  # six letters, one of them another: 0.83 alike
        (["pondsn"], ["pond", "snx"], True),  # six letters beside seven
        (["pondx"], ["pond", "s"], False),  # five letters
        (["pondnetz"], ["pondnets"], False),  # as many words
    ],
)
def test_words_that_are_cut_or_smeared_otherwise(a, b, noise):
    assert _noise(a, b) is noise and _noise(b, a) is noise


@pytest.mark.parametrize(
    ("title", "piece", "starts"),
    [
        ("pond nets of the north", "pondnets", True),
        ("old pond nets", "pondnets", True),
        ("old pond nets", "ondnets", False),
        ("compound pound", "pound", True),  # first within a word, then at the beginning of one
        ("compound", "pound", False),
    ],
)
def test_glued_words_begin_where_a_word_does(title, piece, starts):
    assert _starts_word(title_view(title), piece) is starts


def levels_of(a, b):
    return title_level(title_view(a), title_view(b))[0]


LONG = "Sampling quiet frozen ponds of the north"


@pytest.mark.parametrize(
    ("a", "b", "level"),
    [
        ("", LONG, "unstated"),
        (LONG, "", "unstated"),
        (LONG, LONG.upper(), "exact"),
        ("Ponds", "Ponds", "exact-short"),
        ("Introduction to frogs", "Introduction to frogs", "exact"),
        ("Pondwater hydroacoustics", "Pondwater hydroacoustics", "exact-short"),  # two words
        (LONG, "Sampling frozen quiet ponds of the north", "reordered"),
        (LONG, "Sampling quiet frozzen ponds of the north", "typo"),
        (LONG, "Sampling quiet, frozen ponds in the north", "minor"),
        ("Sampling ponds that do not freeze", "Sampling ponds that do freeze", "within-longer"),
        ("Not sampling ponds that do not freeze", "Sampling ponds that do not freeze", "near"),
        (LONG, LONG + ": a field study", "subtitle-cut"),
        (LONG + ": a field study", LONG, "subtitle-longer"),
        ("A field study of frogs", "Ponds of the north: a field study of frogs", "subtitle-cut"),
        (LONG, LONG + " and of the dry south", "beginning-cut"),
        (LONG + " and of the dry south", LONG, "beginning-longer"),
        ("Sampling ponds", "Sampling ponds with nets and much patience", "beginning-short"),
        ("Frozen ponds of the north", "Sampling quiet frozen and melting ponds of the far north", "within-cut"),
        ("Quiet ponds: nets and frogs", "Quiet ponds: light and drones", "other-subtitle"),
        ("Rivers: nets and frogs", "Rivers: light and drones", "other-subtitle"),  # six letters
        ("Ponds: nets and frogs", "Ponds: light and drones", "different"),
        ("Sampling ponds of the northern coast", "Sampling ponds of the southern coast", "one word"),
        ("Sampling frogs", "Sampling toads", "different"),
        ("Rivers", LONG, "different"),
    ],
)  # fmt: skip
def test_levels_of_titles(a, b, level):
    assert levels_of(a, b) == level


@pytest.mark.parametrize(
    ("title", "short"),
    [("Quiet ponds", True), ("Deep learning", True), ("Graph neural networks", True), ("Hydroacoustics of pondwater frogs", False), ("Pondwater hydroacoustics", True), ("Frogs in ponds", True)],
)  # fmt: skip
def test_titles_that_say_little(title, short):
    assert is_short(title_view(title)) is short


def test_words_that_one_title_has_alone():
    assert words_apart(title_view("quiet pond nets"), title_view("ponds quiet light")) == (["nets"], ["light"])  # fmt: skip
    assert words_apart(title_view("quiet"), title_view("quiet")) == ([], [])


@pytest.mark.parametrize(
    ("title", "numbers"),
    [
        ("Quiet ponds", ()),
        ("Quiet ponds 2", ("2",)),
        ("Quiet ponds II", ("2",)),
        ("Ponds, part two", ("2",)),
        ("Two ponds", ()),
        ("Ponds V", ("5",)),
        ("V ponds", ()),
        ("Ponds part I of the north", ("1",)),
        ("Ponds I saw", ()),
        ("A pond language v1.10", ("1", "10")),
        ("Ponds of 2012 and 007", ("2012", "7")),
        ("Ponds 000", ("0",)),
        ("The approachpart iv", ("4",)),
        ("Pond2vec", ()),
        ("H2O and CO2", ("2",)),
        ("Ponds of 2O1O", ("2010",)),
    ],
)
def test_what_is_counted(title, numbers):
    if title == "Pond2vec" or title.startswith("H2O"):
        assert set(title_view(title).numbers) <= {"2"}
    else:
        assert title_view(title).numbers == numbers


def test_the_parts_of_a_title():
    both = title_view("Quiet ponds: a field study")
    assert (both.main, both.rest) == ("quietponds", "afieldstudy")
    for plain in ("Quiet ponds", "Re: ponds", "Quiet ponds:"):
        assert title_view(plain).main in ("", "re"), plain
    assert title_view("Quiet ponds? Yes").main == "quietponds"
    assert (
        title_view("Quiet ponds. Yes").main == title_view("Quiet ponds – yes").main == "quietponds"
    )
    assert title_view("Quiet-pond v.2 nets").main == ""
    assert title_view("RETRACTED: Quiet ponds").words == ("quiet", "ponds")
    assert unbroken("str- ucture and pre- and post-war") == "structure and pre- and post-war"
    assert (word_weight("the"), word_weight("2012")) == (0.1, 0.5) and word_weight("zyxwv") == 1.0


@pytest.mark.parametrize(
    ("a", "b", "level"),
    [
        ("Quiet ponds", "Quiet ponds", ""),
        ("Reply to: quiet ponds", "Reply to: quiet ponds", "same"),
        ("Reply to: quiet ponds", "Quiet ponds", "about"),
        ("Editorial: quiet ponds", "Quiet ponds", "differs"),
        ("Quiet ponds: a survey", "Quiet ponds", "differs"),
        ("Quiet ponds: a survey", "Quiet ponds: a survey", ""),
        ("A survey of quiet ponds", "A sample of quiet lakes", ""),
    ],
)
def test_kinds_of_pieces(a, b, level):
    assert kind_level(title_view(a), title_view(b)) == level


@pytest.mark.parametrize(
    ("claimed", "recorded", "later"),
    [
        ("Quiet ponds, part 2", "Quiet ponds", True),
        ("Quiet ponds, part II", "Quiet ponds", True),
        ("Quiet ponds, part 1", "Quiet ponds", False),
        ("Quiet ponds, part one", "Quiet ponds", False),
        ("Quiet ponds, part of it", "Quiet ponds", False),
        ("Quiet ponds, part", "Quiet ponds", False),
        ("Quiet ponds II", "Quiet ponds", True),
        ("Quiet ponds V", "Quiet ponds", False),
        ("Quiet ponds two", "Quiet ponds", False),
        ("Quiet ponds", "Quiet ponds, part 2", False),
        ("Quiet lakes, part 2", "Quiet ponds", False),
        ("Quiet ponds", "Quiet ponds", False),
    ],
)
def test_later_parts(claimed, recorded, later):
    assert further_part(title_view(claimed), title_view(recorded)) is later


@pytest.mark.parametrize(
    ("a", "b", "level"),
    [
        (LONG + ": 12 cases", LONG, "left out"),
        (LONG, LONG + ": 12 cases", "left out"),
        (LONG, LONG + ", 12", "missing"),
        (LONG + " 3", LONG + " 12", "differ"),
        (LONG + " 3", LONG + " III", "same"),
        (LONG, LONG, ""),
    ],
)
def test_numbers_of_two_titles(a, b, level):
    one, two = title_view(a), title_view(b)
    assert number_level(one, two, title_level(one, two)[0]) == level


# ------------------------------------------------------------------ people
def person(name):
    return people_of(item("", [name])["author"])[0][0]


@pytest.mark.parametrize(
    ("a", "b", "how"),
    [
        ("Jia Li", "Jia Li", 3),
        ("Jia Li", "J. Li", 3),
        ("Jia Li", "Li, ", 3),
        ("Jia Li", "Jun Li", 1),
        ("Jia Li", "J. Sato", 0),
        ("Jia A. Li", "Jia Li", 3),
        ("JA Li", "Jia A. Li", 3),
        ("A. Jia Li", "J. Li", 3),
        ("Jonathan Li", "Jon Li", 3),
        ("Katharina Li", "Catharina Li", 1),
        ("Katharina Li", "Katarina Li", 3),
        ("K Sparck Li", "Karen Sparck Li", 3),  # the first name as an initial, the next written out
        ("K Sparck Li", "Karen Starr Li", 1),
        ("Jing Li", "Jianming Li", 1),  # one name each
        ("Mina Li", "Martina Li", 1),
        ("J. Robert Li", "John Robert Li", 3),
        ("J. Robert Li", "Robert John Li", 1),
        ("Bo Li", "Ba Li", 3),  # two letters may be initials
        ("Omar Haddad", "Omar Hadad", 2),
        ("Omar Haddad", "Eva Hadad", 0),
        ("Haddad, ", "Hadad, ", 0),
        ("Mia Sato", "Mia Sata", 2),
        ("Mia Li", "Mia Lo", 0),
        ("Ann Kirchhoff", "Ann Kirchoof", 2),
        ("Jürgen Müller", "Juergen Mueller", 3),
        ("Garcia Marquez, Gabriel", "Marquez, Gabriel", 3),
        ("Garcia Marquez, Gabriel", "Garcia, Gabriel", 3),
        ("Garcia Marquez, Gabriel", "Garcia, Pablo", 0),
        ("Wei Zhang", "Zhang Wei", 3),
        ("Li Wang", "Wang Li", 3),
        ("Pondsociety", "Pondsociety", 3),
        ("Pondsociety", "Frogsociety", 0),
        ("Ada Corn", "Ada Com", 2),  # a bad scan
        ("J. A. B. Li", "Johanna Anna Berta Li", 3),
        ("J. A. B. Li", "Johanna Li", 3),
        ("J. A. B. Li", "Karla Anna Li", 1),
        ("Maria Li", "Monika Li", 1),  # three letters of five
        ("Marika Li", "Monika Li", 3),  # two
        ("Eva Li", "Ela Li", 3),  # one of three
        ("Eva Li", "Elo Li", 1),
        ("Anna Brook", "Dora Weird", 0),  # nine letters each
        ("Brookan Na", "Anna Brook", 3),  # the same nine letters
        ("Ann Bro", "Bro Ann", 3),
        ("An Br", "Nab R", 0),  # four letters
        ("Pond Society", "Society Pond", 3),
        ("{Pond Society}", "Ada Pond", 0),
        ("Garcia Lopez, Ada", "Lopez, Eva", 0),
        ("Kirchmann, Ada", "Kirch, Ada", 0),  # no name of its own goes on
        ("Kirch-Mann, Ada", "Kirch, Ada", 3),
        ("Abo-Mann, Ada", "Abo, Ada", 0),  # three letters
    ],
)
def test_two_names(a, b, how):
    assert same_person(person(a), person(b)) == how
    assert same_person(person(b), person(a)) == how


@pytest.mark.parametrize(
    ("ours", "theirs", "level"),
    [
        ({}, {}, "same"),
        ({"who": ""}, {}, "unstated"),
        ({}, {"who": ""}, "unstated"),
        ({"who": "Jia Li; Omar Hadad; Mei Sato"}, {}, "misspelled"),
        ({"who": "Omar Haddad; Jia Li; Mei Sato"}, {}, "reordered"),
        ({"who": "Jia Li; Omar Haddad"}, {}, "shortened"),
        ({"who": "Jia Li; Mei Sato"}, {}, "partial"),
        ({"who": "Omar Haddad; Mei Sato"}, {}, "partial-later"),
        ({"who": "Mei Sato; Omar Haddad"}, {}, "partial-later"),
        ({"who": "Jia Li"}, {}, "first-alone"),
        ({"who": "Mei Sato"}, {}, "one-alone"),
        ({"who": "Jia Li", "others": True}, {}, "et-al"),
        ({"who": "Mei Sato", "others": True}, {}, "et-al-later"),
        ({"who": WHO + "; Ada Smith"}, {}, "longer"),
        ({"who": "Ada Smith; " + WHO}, {}, "longer-later"),
        ({"who": "Ada Smith; Jia Li; Ben Jones"}, {"who": "Jia Li"}, "one-shared"),
        ({"who": "Ada Smith; Jia Li"}, {"who": "Jia Li"}, "longer-later"),
        ({"who": "Jia Li; Ada Smith; Ben Jones"}, {"who": "Jia Li"}, "longer"),
        ({"who": "Jia Li; Omar Haddad; Ada Smith"}, {}, "most"),
        ({"who": "Ada Smith; Omar Haddad; Mei Sato"}, {}, "most-later"),
        ({"who": "Jia Li; Omar Haddad; Ada Smith; Ben Jones; Cy Day"}, {"who": WHO + "; Di Ek; Fo Gu"}, "some"),
        ({"who": "Jia Li; Ada Smith; Ben Jones"}, {}, "first-shared"),
        ({"who": "Ada Smith; Ben Jones; Mei Sato"}, {}, "one-shared"),
        ({"who": "Jia Li; Ada Smith", "others": True}, {"who": WHO + "; Di Ek"}, "first-shared"),
        ({"who": "Jia Li; Omar Haddad; Ada Smith", "others": True}, {"who": WHO + "; Di Ek; Fo Gu"}, "most"),
        ({"who": "Jun Li; Ada Smith"}, {}, "homonym"),
        ({"who": "Ada Smith; Ben Jones"}, {}, "none"),
        ({"who": "Ponders"}, {}, "group"),
        ({}, {"who": "Ponders"}, "group"),
        ({"who": WHO + "; Ada Smith"}, {"author_count": 9}, "same"),
        ({"who": "Ada Smith; " + WHO}, {"author_count": 9}, "same"),
        ({"who": "Mei Sato; Omar Haddad; Jia Li; Ada Smith"}, {"author_count": 9}, "reordered"),
    ],
)  # fmt: skip
def test_two_lists(ours, theirs, level):
    assert people_level(view(**ours), view(**theirs)).level == level


def test_editors_stand_in_for_authors():
    assert people_level(view(who="", editor="Jia Li"), view(who="Jia Li")).level == "same"
    assert people_level(view(who="Ada Smith", editor="Jia Li"), view(who="Jia Li")).level == "none"


def test_the_reading_that_has_more_of_the_records_people():
    two = {"custom": {"author-otherwise": [{"family": "Reed", "given": "Mia"}, {"family": "Loom", "given": "Karl"}]}}  # fmt: skip
    ours = View({"author": [{"family": "Mia Reed", "given": "Karl Loom"}], **two})
    assert len(as_meant(ours, [view(who="Mia Reed; Karl Loom")]).people) == 2
    assert as_meant(ours, [view(who="Ada Smith")]) is ours
    assert as_meant(ours, []) is ours
    plain = view()
    assert as_meant(plain, [view()]) is plain


# ------------------------------------------------------------------ numbers and places
@pytest.mark.parametrize(
    ("a", "b", "preprint", "level"),
    [(2020, 2020, False, "same"), (2020, 2021, False, "next"), (2020, 2022, False, "near"), (2020, 2023, False, "near"), (2020, 2023, True, "drift"), (2020, 2024, True, "apart"), (2020, 2028, False, "apart"), (2020, 2029, False, "far"), (None, 2020, False, "unstated"), (2020, None, False, "unstated")],
)  # fmt: skip
def test_years(a, b, preprint, level):
    kind = "article" if preprint else "article-journal"
    assert year_level(view(year=a, type=kind), view(year=b)) == level
    assert year_level(view(year=a), view(year=b, type=kind)) == level


@pytest.mark.parametrize(
    ("ours", "theirs", "level"),
    [
        ({"venue": "Ponds"}, {"venue": "Ponds"}, "same"),
        ({"venue": ICML}, {"venue": NEURIPS}, "different"),
        ({"venue": "Ponds"}, {"venue": "Frogs"}, "unknown"),
        ({}, {"venue": "Frogs"}, "unstated"),
        ({"venue": "Ponds"}, {}, "unstated"),
        ({"type": "article"}, {"type": "article"}, "preprints"),
        ({"type": "article"}, {"venue": "Ponds"}, "preprint and published"),
        ({"venue": "Ponds"}, {"type": "article"}, "preprint and published"),
        ({}, {"type": "article"}, "unstated"),
    ],
)
def test_venues(ours, theirs, level):
    assert venue_level(view(**ours), view(**theirs)) == level


@pytest.mark.parametrize(
    ("ours", "theirs", "level"),
    [
        ({"volume": "7", "pages": "30-41"}, {"volume": "7", "pages": "30-41"}, "volume and page"),
        ({"volume": "07", "pages": "30"}, {"volume": "7", "pages": "30-41"}, "volume and page"),
        ({"pages": "30-41"}, {"volume": "7", "pages": "30-41"}, "page"),
        ({"pages": "30"}, {"pages": "30-41"}, "first page"),
        ({"pages": "30"}, {"pages": "30"}, "first page"),
        ({"pages": "3-9"}, {"pages": "3-9"}, "first page"),
        ({"volume": "7", "pages": "1-36"}, {"volume": "7", "pages": "131-1"}, "volume and page"),
        ({"volume": "8", "pages": "30"}, {"volume": "7", "pages": "30"}, "page, other volume"),
        ({"volume": "7", "pages": "30"}, {"volume": "7", "pages": "70"}, "volume, other page"),
        ({"pages": "30"}, {"volume": "7", "pages": "70"}, "other page"),
        ({"volume": "8", "pages": "30"}, {"volume": "7", "pages": "70"}, "other volume and page"),
        ({"volume": "7"}, {"volume": "7", "pages": "70"}, "volume"),
        ({"volume": "8"}, {"volume": "7", "pages": "70"}, "other volume"),
        ({}, {"volume": "7", "pages": "70"}, "unstated"),
        ({"number": "30"}, {"pages": "30-41"}, "first page"),
    ],
)
def test_places(ours, theirs, level):
    assert place_level(view(**ours), view(**theirs)) == level


@pytest.mark.parametrize(
    ("ours", "theirs", "level"),
    [
        ({}, {}, "unstated"),
        ({"doi": "10.5/a"}, {"doi": "10.5/A"}, "same"),
        ({"arxiv": "1901.1"}, {"arxiv": "1901.1"}, "same"),
        ({"isbn": "978-3"}, {"isbn": "9783"}, "same"),
        ({"arxiv": "1901.1"}, {"version_of": "arXiv:1901.1"}, "stated version"),
        ({"version_of": "10.5/a"}, {"doi": "10.5/a"}, "stated version"),
        ({"version_of": "10.5/a"}, {"doi": "10.5/b"}, "unstated"),
        ({"doi": "10.5/a"}, {"doi": "10.5/b"}, "doi differs"),
        ({"arxiv": "1901.1"}, {"arxiv": "1901.2"}, "arxiv differs"),
        (
            {"arxiv": "1901.1", "doi": "10.5/a"},
            {"arxiv": "1901.2", "doi": "10.5/b"},
            "arxiv differs",
        ),
        ({"doi": "10.5/a"}, {}, "unstated"),
        ({"arxiv": "1901.1"}, {}, "unstated"),
        ({"doi": "10.48550/arXiv.1901.00001v2"}, {"arxiv": "1901.00001"}, "same"),
    ],
)
def test_identifiers(ours, theirs, level):
    assert identifier_level(view(**ours), view(**theirs)) == level


def test_an_isbn_names_the_book_and_no_piece_of_it():
    stated = {"isbn": "9783161484100"}
    assert named_alone(view(**stated), view(type="book", **stated))
    assert not named_alone(view(**stated), view(type="chapter", **stated))
    assert named_alone(view(doi="10.5/a"), view(type="chapter", doi="10.5/a"))
    assert not named_alone(view(doi="10.5/a"), view(doi="10.5/b"))


@pytest.mark.parametrize(
    ("ours", "theirs", "level"),
    [
        ({}, {}, ""),
        ({"type": "thesis", "who": "Jia Li"}, {"who": "Jia Li"}, ""),
        ({"type": "thesis", "who": "Jia Li"}, {"who": "Jia Li", "venue": "Ponds"}, "thesis"),
        ({"type": "thesis", "who": "Jia Li"}, {"who": "Jia Li", "venue": "arXiv"}, ""),
        ({"type": "thesis", "who": "Jia Li"}, {"who": WHO}, "thesis"),
        ({"type": "thesis", "who": "Jia Li"}, {"who": "Jia Li; Mei Sato"}, "thesis"),
        ({"who": WHO}, {"type": "thesis", "who": "Jia Li"}, "thesis"),
        ({"type": "thesis"}, {"type": "thesis"}, ""),
        ({"type": "webpage"}, {"venue": "Ponds"}, "another piece"),
        ({"type": "webpage", "venue": "Ponds"}, {"venue": "Ponds"}, ""),
        ({"type": "webpage"}, {"type": "book"}, ""),
        ({"type": "book"}, {"venue": "Ponds"}, "differs"),
        ({"venue": "Ponds"}, {"type": "book"}, "differs"),
        ({"type": "book"}, {}, ""),
        ({"type": "book"}, {"type": "article", "venue": "Ponds"}, ""),
        ({"type": "book"}, {"type": "report", "venue": "Ponds"}, ""),
        ({"type": "book", "publisher": "Reed"}, {"venue": "Ponds"}, "differs"),
        ({"type": "book", "publisher": "Reed", "year": 2018}, {"venue": "Ponds"}, "another piece"),
        ({"type": "book", "publisher": "Reed", "year": 2019}, {"venue": "Ponds"}, "differs"),
        ({"type": "book", "year": 2018}, {"venue": "Ponds"}, "differs"),
        ({"type": "book", "publisher": "Reed", "venue": "Ponds", "year": 2018}, {"venue": "Ponds"}, "differs"),
    ],
)  # fmt: skip
def test_forms(ours, theirs, level):
    assert form_level(view(**ours), view(**theirs)) == level


def test_views():
    full = view(
        isbn="978-3-16-148410-0 3161484100",
        doi="10.5/A",
        arxiv="1901.1",
        PMID="7",
        openreview="AbC",
        dblp="X/Y",
    )
    assert full.isbn == "9783161484100"
    assert ("openreview", "AbC") in full.identifiers and ("dblp", "x/y") in full.identifiers
    assert view(doi="10.48550/arXiv.1901.00001").doi == ""
    assert view(author_count=9).count == 9 and view(author_count=9).cut and not view().cut
    assert view(author_count=1).count == 3
    assert view(version_of="arXiv:1901.1").version_of == "1901.1"
    assert view(version_of="DBLP:X").version_of == "dblp:x"
    assert [text(v) for v in ("a", ["b", "c"], [["d"]], 7, None, {}, [])] == ["a", "b", "d", "7", "", "", ""]  # fmt: skip


@pytest.mark.parametrize(
    ("csl", "bare"),
    [
        ({"DOI": "10.5555/a"}, True),
        ({"DOI": "10.5555/a", "URL": "https://doi.org/10.5555/a"}, True),
        ({"DOI": "10.5555/a", "URL": "https://pond.org/"}, False),
        ({"DOI": "10.5555/a", "URL": "https://doi.org/10.5555/b"}, False),
        ({"DOI": "10.5555/a", "title": "Ponds"}, False),
        ({"DOI": "10.5555/a", "issued": {"date-parts": [[2001]]}}, True),
        ({"custom": {"arxiv": "1901.00001"}}, True),
        ({"custom": {"arxiv": "1901.00001", "others": True}}, False),
        ({}, False),
    ],
)
def test_items_of_identifiers_alone(csl, bare):
    assert View(csl).bare is bare


@pytest.mark.parametrize(
    ("given", "initials"),
    [("Jia", "j"), ("Jia Ann", "ja"), ("JA", "ja"), ("JEAN", "j"), ("J.-A.", "ja"), ("Jia 0010", "j"), ("Jia-Ann", "ja")],
)  # fmt: skip
def test_initials(given, initials):
    found = people_of([{"family": "Li", "given": given}])[0][0]
    assert found.initials == initials


def test_people_of_odd_items():
    assert people_of("Jia Li") == [] and people_of([7, {}, ""]) == []
    (group, _), (name, _) = people_of([{"literal": "Pond Society"}, "Li"])
    assert group.group and name.family == "li"
    (particle, _) = people_of([{"family": "Berg", "given": "Bo", "dropping-particle": "van"}])[0]
    assert (particle.family, particle.last) == ("vanberg", "berg")
    assert people_of([{"family": "Pond Team", "given": "The"}])[0][0].group
    assert people_of([{"family": "Hadd- ad", "given": "Omar"}])[0][0].family == "haddad"


# ------------------------------------------------------------------ levels in company
def rows(ours, theirs, raw=""):
    return {field: level for field, level, _, _ in levels(ours, line_view(raw) if raw else None, theirs) if field != "together"}  # fmt: skip


def company(ours, theirs):
    return sorted(level for field, level, _, _ in levels(ours, None, theirs) if field == "together")


VENUE = {"venue": "Pond Letters"}


@pytest.mark.parametrize(
    ("why", "ours", "theirs", "told"),
    [
        ("all the same", VENUE, VENUE, ["title same, authors same"]),
        ("other people", {**VENUE, "who": "Ada Smith; Ben Jones"}, VENUE, ["title same, other authors", "title same, venue and year same"]),
        ("other people, the next year", {**VENUE, "who": "Ada Smith; Ben Jones", "year": 2021}, VENUE, ["title same, other authors", "title same, venue and year same"]),
        ("other people, other years", {**VENUE, "who": "Ada Smith; Ben Jones", "year": 2022}, VENUE, ["title same, other authors", "title same, other years"]),
        ("other people, elsewhere", {"venue": "Frogs", "who": "Ada Smith; Ben Jones"}, VENUE, ["title same, elsewhere", "title same, other authors"]),
        ("other people, the very place", {**VENUE, "who": "Ada Smith; Ben Jones", "volume": "7", "pages": "30-41"}, {**VENUE, "volume": "7", "pages": "30-41"}, ["title same, other authors", "title same, place same", "title same, venue and year same"]),
        ("other people, another page", {**VENUE, "who": "Ada Smith; Ben Jones", "volume": "7", "pages": "70-81"}, {**VENUE, "volume": "7", "pages": "30-41"}, ["title same, elsewhere", "title same, other authors", "title same, venue and year same"]),
        ("nobody named", {**VENUE, "who": ""}, VENUE, ["long title same, authors unknown", "title same, authors unknown", "title same, venue and year same"]),
        ("another volume, years later", {**VENUE, "volume": "9", "year": 2022}, {**VENUE, "volume": "7"}, ["title same, another place in the venue", "title same, authors same"]),
        ("another volume, the next year", {**VENUE, "volume": "9", "year": 2021}, {**VENUE, "volume": "7"}, ["title same, another place in the venue", "title same, authors same"]),
        ("another volume of one year", {**VENUE, "volume": "9"}, {**VENUE, "volume": "7"}, ["title same, authors same"]),
        ("another page, the next year", {**VENUE, "pages": "9", "year": 2021}, {**VENUE, "pages": "70"}, ["title same, authors same"]),
        ("another page, years later", {**VENUE, "pages": "9", "year": 2022}, {**VENUE, "pages": "70"}, ["title same, another place in the venue", "title same, authors same"]),
        ("the page of another volume, the next year", {**VENUE, "volume": "9", "pages": "70", "year": 2021}, {**VENUE, "volume": "7", "pages": "70"}, ["title same, authors same"]),
        ("the page of another volume, years later", {**VENUE, "volume": "9", "pages": "70", "year": 2022}, {**VENUE, "volume": "7", "pages": "70"}, ["title same, another place in the venue", "title same, authors same"]),
        ("another volume elsewhere", {"venue": "Frogs", "volume": "9", "year": 2022}, {**VENUE, "volume": "7"}, ["title same, authors same"]),
        ("a short title on another page", {**VENUE, "title": "Ponds", "pages": "9"}, {**VENUE, "title": "Ponds", "pages": "70"}, ["short title same, another place in the venue", "short title same, authors same"]),
        ("no title", {**VENUE, "title": "", "volume": "7", "pages": "30"}, {**VENUE, "volume": "7", "pages": "30"}, ["title unstated, authors same", "title unstated, place same"]),
        ("no title and no place", {**VENUE, "title": ""}, VENUE, ["title unstated, authors same", "title unstated, no place"]),
    ],
)  # fmt: skip
def test_levels_in_company(why, ours, theirs, told):
    assert company(view(**ours), view(**theirs)) == told, why


NEAR = TITLE.replace("winter", "summer")


@pytest.mark.parametrize(
    ("why", "ours", "theirs", "told"),
    [
        ("all else same", VENUE, VENUE, {"title near, authors same", "title near, venue and year same", "title near, all else same"}),
        ("one person", {**VENUE, "who": "Jia Li"}, {**VENUE, "who": "Jia Li"}, {"title near, authors same", "title near, venue and year same"}),
        ("another year", {**VENUE, "year": 2021}, VENUE, {"title near, authors same", "title near, venue or year differ"}),
        ("no year", {**VENUE, "year": None}, VENUE, {"title near, authors same"}),
        ("no venue", {}, VENUE, {"title near, authors same"}),
        ("another venue", {"venue": "Frogs"}, VENUE, {"title near, authors same"}),
        ("another venue and year", {"venue": "Frogs", "year": 2021}, VENUE, {"title near, authors same", "title near, venue or year differ"}),
        ("preprints of a year", {"type": "article"}, {"type": "article"}, {"title near, authors same", "title near, venue and year same"}),
        ("the very place", {"volume": "7", "pages": "30-41"}, {"volume": "7", "pages": "30-41"}, {"title near, authors same", "title near, place same"}),
        ("another page", {"volume": "7", "pages": "70"}, {"volume": "7", "pages": "30-41"}, {"title near, authors same", "title near, place differs"}),
    ],
)  # fmt: skip
def test_another_title_in_company(why, ours, theirs, told):
    assert set(company(view(title=NEAR, **ours), view(**theirs))) == told, why


def test_company_is_told_of_levels_alone():
    from citenorm.match.fields import AuthorLevel, PlaceLevel, TitleLevel, VenueLevel, YearLevel

    plain = (YearLevel.SAME, VenueLevel.SAME, PlaceLevel.UNSTATED)
    assert together(TitleLevel.EXACT, AuthorLevel.UNSTATED, *plain, 5, False) == ["title same, authors unknown", "title same, venue and year same"]  # fmt: skip
    assert together(TitleLevel.EXACT, AuthorLevel.UNSTATED, *plain, 6, False)[-1] == "long title same, authors unknown"  # fmt: skip


PRE = {"type": "article", "year": 2018}


@pytest.mark.parametrize(
    ("why", "ours", "theirs", "said"),
    [
        ("near", PRE, {}, "retitled, near"),
        ("the other way round", {}, PRE, "retitled, near"),
        ("two people", {**PRE, "who": "Jia Li; Mei Sato"}, {"who": "Jia Li; Mei Sato"}, "retitled, near, few authors"),
        ("three years", {**PRE, "year": 2017}, {}, "retitled, near"),
        ("four years", {**PRE, "year": 2016}, {}, ""),
        ("a year before", {**PRE, "year": 2021}, {}, "retitled, near"),
        ("two years before", {**PRE, "year": 2022}, {}, ""),
        ("undated", {**PRE, "year": None}, {}, ""),
        ("two papers", {}, {}, ""),
        ("two preprints", PRE, PRE, ""),
        ("other people", {**PRE, "who": "Jia Li; Ada Smith; Mei Sato"}, {}, ""),
        ("et al. after three", {**PRE, "others": True}, {"who": WHO + "; Ada Smith"}, "retitled, near"),
        ("et al. after two", {**PRE, "who": "Jia Li; Omar Haddad", "others": True}, {"who": WHO + "; Ada Smith"}, ""),
        ("an arXiv number without venue", {"arxiv": "1801.00001", "year": 2018}, {}, "retitled, near"),
    ],
)  # fmt: skip
def test_retitled_preprints(why, ours, theirs, said):
    one, two = view(title=NEAR, **ours), view(**theirs)
    title, _ = title_level(one.title, two.title)
    assert retitled(title, people_level(one, two).level, one, two) == said, why


def test_the_share_of_words_of_a_new_title():
    def said(a, b):
        one, two = view(title=a, **PRE), view(title=b)
        title, _ = title_level(one.title, two.title)
        return retitled(title, people_level(one, two).level, one, two)

    assert said(TITLE, TITLE) == "" and said("", TITLE) == ""
    assert said("Rivers of the north", TITLE) == "retitled, hardly"
    assert said("Quiet ponds of stars", "Quiet frozen ponds of winter stars") == "retitled, hardly"
    assert said("Sampling quiet ponds with nets", "Sampling quiet ponds with drones and light") == "retitled, far"  # fmt: skip


@pytest.mark.parametrize(
    ("why", "ours", "theirs", "level"),
    [
        ("a page by nobody with a part of the title", {"type": "webpage", "who": "", "title": "Sampling quiet ponds as mirrors"}, {"type": "book"}, "another piece"),
        ("and its identifier", {"type": "webpage", "who": "", "title": "Sampling quiet ponds as mirrors", "doi": "10.5/a"}, {"type": "book", "doi": "10.5/a"}, None),
        ("by somebody", {"type": "webpage", "title": "Sampling quiet ponds as mirrors"}, {"type": "book"}, None),
        ("the whole title", {"type": "webpage", "who": ""}, {"type": "book"}, None),
        ("a chapter of nearly the title by one of its authors", {"who": "Jia Li", "pages": "30", "venue": "Ponds", "title": NEAR, "type": "chapter"}, {"type": "book"}, "another piece"),
        ("of the title", {"who": "Jia Li", "pages": "30", "venue": "Ponds", "type": "chapter"}, {"type": "book"}, "differs"),
        ("by all of them", {"pages": "30", "venue": "Ponds", "title": NEAR, "type": "chapter"}, {"type": "book"}, "differs"),
        ("no page", {"who": "Jia Li", "venue": "Ponds", "title": NEAR, "type": "chapter"}, {"type": "book"}, "differs"),
    ],
)  # fmt: skip
def test_forms_in_company(why, ours, theirs, level):
    assert rows(view(**ours), view(**theirs)).get("form") == level, why


# ------------------------------------------------------------------ in the string
IN_TEXT = {field.name: field.in_text for field in FIELDS}


def read(field, level, raw, ours, theirs):
    """The level of a field where the claim was read from a string."""
    return IN_TEXT[field](line_view(raw), ours, theirs, {field: level})


def test_a_line():
    line = line_view("J. Li, Quiet-Ponds: str- ucture (1999), 1799, Étang.")
    assert {"quiet", "ponds", "structure", "etang"} <= line.words and line.years == {1999}
    assert line.key.startswith("jliquietponds")
    assert 0 in line.edges and len(line.key) in line.edges
    assert len("jli") in line.edges and len("jliquietponds") not in line.edges


@pytest.mark.parametrize(
    ("raw", "within"),
    [
        (f"J. Li. {TITLE}. Ponds, 2020.", "whole"),
        (f"J. Li. {TITLE.replace('quiet', 'quite')}. Ponds, 2020.", "whole, smeared"),
        (f"J. Li. On {TITLE} again. Ponds, 2020.", "inside"),
        ("J. Li. Rivers of the north. Ponds, 2020.", ""),
        ("J. Li.", ""),
        ("", ""),
    ],
)
def test_a_title_in_a_string(raw, within):
    assert title_within(line_view(raw), view()) == within
    assert title_within(line_view("J. Li. Ponds. 2020."), view(title="Ponds")) == ""


@pytest.mark.parametrize(
    ("title", "raw", "within"),
    [
        ("Pond letters", "J. Li. Pond letters. 2001", ""),  # eleven letters
        ("Pondo letters", "J. Li. Pondo letters. 2001", "whole"),
        ("Quiet frozen pondx", "J. Li. Quiet frozen pondy. 2001", ""),  # too short to be smeared
        (
            "Sampling quiet frozen ponds",
            "J. Li. Sampling quiet frozen pomds. 2001",
            "whole, smeared",
        ),
        ("Sampling quiet frozen ponds", "J. Li. On sampling quiet frozen pomds again. 2001", ""),
        (
            "Sampling quiet frozen ponds",
            "J. Li. Sampling quiet frozen pomds again and again. 2001",
            "",
        ),
        ("Sampling quiet frozen ponds", "J. Li. Once more: sampling quiet frozen pomds. 2001", ""),
        ("Sampling quiet frozen ponds and lakes", "quiet frozen pond", ""),
    ],
)
def test_whole_titles_and_slips_in_a_string(title, raw, within):
    assert title_within(line_view(raw), view(title=title)) == within


def test_people_and_places_in_a_string():
    line = line_view("J. Li and O. Haddad. Ponds 7, 30-41")
    assert people_within(line, view()) == (2, 3, True)
    assert people_within(line, view(who="Mei Sato; Jia Li")) == (1, 2, False)
    assert people_within(line, view(who="")) == (0, 0, False)
    assert people_within(line_view("xhaddadx"), view()) == (1, 3, False)
    assert place_within(line, view(volume="7", pages="30-41"))
    assert not place_within(line, view(volume="7", pages="3"))
    assert not place_within(line, view(volume="8", pages="30-41"))
    assert not place_within(line, view(volume="7", pages="70"))
    assert not place_within(line_view("30, 30"), view(volume="30", pages="30"))
    assert not place_within(line, view(pages="30-41"))


@pytest.mark.parametrize(
    ("raw", "alone"),
    [("doi:10.5555/pond", True), ("https://doi.org/10.5555/pond", True), ("Li, 10.5555/pond", True), ("Ponds, doi:10.5555/pond", False), ("see 10.5555/pond", False)],
)  # fmt: skip
def test_strings_of_identifiers_alone(raw, alone):
    assert says_identifiers_alone(line_view(raw), View({"DOI": "10.5555/pond"})) is alone


@pytest.mark.parametrize(
    ("title", "raw", "level"),
    [
        ("Wrongly read words", f"J. Li. {TITLE}. Ponds.", "whole in text"),
        (
            "Wrongly read words",
            f"J. Li. {TITLE.replace('quiet', 'quite')}. Ponds.",
            "smeared in text",
        ),
        ("Wrongly read words", f"J. Li. On {TITLE} again. Ponds.", "inside text"),
        (TITLE, f"J. Li. {TITLE}. Ponds.", "exact"),
        (TITLE + ", part 2", f"J. Li. {TITLE}. Ponds.", "beginning-longer"),
        ("Sampling quiet ponds as mirrors", f"J. Li. On {TITLE} again. Ponds.", "beginning-cut"),
        ("Wrongly read words", "J. Li. Nothing of it.", "different"),
    ],
)
def test_titles_that_the_parser_missed(title, raw, level):
    ours, theirs = view(title=title), view()
    parsed = title_level(ours.title, theirs.title)[0]
    assert read("title", parsed, raw, ours, theirs) == level


@pytest.mark.parametrize(
    ("who", "raw", "level"),
    [
        ("Ada Smith", "Li, Haddad, Sato. Ponds.", "in text"),
        ("Ada Smith", "Li, Haddad. Ponds.", "partly in text"),
        ("Ada Smith", "Li. Ponds.", "first in text"),
        ("Ada Smith", "Sato. Ponds.", "none"),
        ("Ada Smith", "Ponds.", "none"),
        ("Jia Li; Mei Sato", "Li, Haddad. Ponds.", "partial"),
        ("Mei Sato; Ada Smith; Ben Jones", "Li, Haddad. Ponds.", "partly in text"),
        ("Mei Sato; Ada Smith; Ben Jones", "Li. Ponds.", "one-shared"),
        (WHO, "Ponds.", "same"),
        (WHO + "; Ada Smith", "Li, Haddad, Sato. Ponds.", "longer"),
        (WHO + "; A B; C D; E F; G H", "Li, Haddad, Sato. Ponds.", "in text"),
    ],
)
def test_people_that_the_parser_missed(who, raw, level):
    ours, theirs = view(who=who), view()
    parsed = people_level(ours, theirs).level
    assert read("author", parsed, raw, ours, theirs) == level


def test_one_person_in_a_string_is_the_first_at_most():
    ours, theirs = view(who="Ada Smith"), view(who="Jia Li")
    parsed = people_level(ours, theirs).level
    assert read("author", parsed, "Li. Ponds.", ours, theirs) == "first in text"


def test_years_that_the_parser_missed():
    for stated, level in ((2012, "in text"), (2020, "same"), (2021, "next"), (None, "in text")):
        parsed = year_level(view(year=stated), view())
        assert read("year", parsed, "Ponds, 2020", view(), view()) == level
    assert read("year", year_level(view(year=2012), view()), "Ponds", view(), view()) == "apart"


def test_what_stands_in_the_string_counts_in_a_comparison():
    ours, theirs = view(title="", who="", year=None), view(volume="7", pages="30-41", **VENUE)
    told = rows(ours, theirs, f"Li, Haddad, Sato. {TITLE}. Pond Letters 7, 30-41, 2020.")
    assert (told["title"], told["author"], told["year"], told["place"]) == ("whole in text", "in text", "in text", "in text")  # fmt: skip
    hopeless = compare(claim("Rivers", "Ada Smith"), record("x:1", TITLE, WHO))
    assert [e.field for e in hopeless.evidence] == ["title"]
    for more in ({"doi": "10.5/a"}, {"pages": "30"}):
        kept = compare(claim("Rivers", "Ada Smith", **more), record("x:1", TITLE, WHO, **more))
        assert len(kept.evidence) > 1
    read = compare(claim("Rivers", "Ada Smith", raw=f"Smith. {TITLE}."), record("x:1", TITLE, WHO))
    assert len(read.evidence) > 1
    assert (
        len(compare(claim("Rivers", raw="Smith. Rivers."), record("x:1", TITLE, WHO)).evidence) == 1
    )


# ------------------------------------------------------------------ choosing
def candidate(ident, weight, probability, called=TITLE, by=WHO, **levels_):
    evidence = tuple(Evidence(field, level, 0.0) for field, level in levels_.items())
    return Comparison(record(ident, called, by, 2020), evidence, weight, probability)


def test_choices():
    ours = claim(TITLE, WHO)
    nobody = choose(ours, [])
    assert (nobody.outcome, nobody.record, nobody.probability, nobody.margin) == (
        "unmatched",
        None,
        0.0,
        0.0,
    )
    sure = candidate("a:1", 9.0, 0.99)
    other = candidate("b:1", 9.0, 0.99, "Rivers of the north", "Ada Smith")
    weak = candidate("b:1", -4.0, 0.05, "Rivers of the north", "Ada Smith")
    made = choose(ours, [weak, sure])
    assert (
        made.outcome == "matched"
        and made.record.id == "a:1"
        and made.probability == made.margin == 0.99
    )
    assert [c.record.id for c in made.ranked] == ["a:1", "b:1"]
    even = choose(ours, [other, sure])
    assert even.outcome != "matched" and even.record is None
    assert even.probability == pytest.approx(0.495) and even.margin == pytest.approx(0.0)
    assert even.ranked[0].probability == even.probability
    twin = candidate("b:1", 9.0, 0.99)
    assert choose(ours, [sure, twin]).margin == 0.99
    assert choose(ours, [candidate("a:1", -1.0, 0.2)]).outcome == "unmatched"
    poor = candidate("a:1", -1.0, 0.95)
    for weight, alone in ((-3.0, True), (-2.9, False)):
        rival = candidate("b:1", weight, 0.9, "Rivers of the north", "Ada Smith")
        made = choose(ours, [poor, rival])
        assert (made.probability == 0.95) is alone


def test_a_column_at_the_place_stated_has_no_rivals():
    ours = claim("Puzzled", "Jia Li", 2009)
    here = candidate("a:1", 9.0, 0.99, "Puzzled", "Jia Li", title="exact-short", author="same", place="volume and page", year="same")  # fmt: skip

    def with_rival(**more):
        levels_ = {
            "title": "exact-short",
            "author": "same",
            "place": "other volume",
            "year": "near",
            **more,
        }
        made = record("b:1", "Puzzled", "Jia Li", 1990, venue="Frogs")
        rival = Comparison(made, tuple(Evidence(f, x, 0.0) for f, x in levels_.items()), 9.0, 0.99)
        return choose(ours, [here, rival]).outcome

    assert with_rival() == "matched"
    assert with_rival(place="volume") != "matched"
    assert with_rival(title="exact") != "matched"
    assert with_rival(author="reordered") != "matched"


@pytest.mark.parametrize(
    ("probability", "title", "author", "outcome"),
    [
        (0.4, "near", "same", "ambiguous"),
        (0.4, "exact", "shortened", "ambiguous"),
        (0.0, "near", "same", "unmatched"),
        (0.4, "near", "none", "unmatched"),
        (0.4, "near", "some", "unmatched"),
        (0.4, "exact-short", "same", "unmatched"),
        (0.4, "different", "same", "unmatched"),
        (0.4, "near", None, "unmatched"),
    ],
)
def test_what_may_be_the_work_is_ambiguous(probability, title, author, outcome):
    more = {"author": author} if author else {}
    assert choose(claim(TITLE), [candidate("a:1", -0.5, probability, title=title, **more)]).outcome == outcome  # fmt: skip


# ------------------------------------------------------------------ the document around
ONE = record("x:1", TITLE, "Jia Li; Mei Sato", 2020, "paper-conference", venue=ICML)
TWO = record("x:2", TITLE, "Jia Li; Ben Jones", 2020, venue="Neural Computation")


def unsure(context=None):
    from citenorm.match import compare_many

    stated = claim(TITLE, "Jia Li", 2020, "")
    if context:
        stated = replace(stated, reference=Reference("", context=context))
    made = choose(stated, compare_many(stated, [ONE, TWO]))
    return Resolution(
        stated,
        made.outcome,
        "unverifiable",
        None,
        None,
        made.probability,
        made.margin,
        (),
        made.ranked,
    )


def cited(found):
    return Resolution(claim(), "matched", "verified", found, Work(found.id, (found,)))


def of(venue, n=1):
    return [
        cited(record(f"v{venue[:3]}{i}:1", f"Title {i}", "A B", 2000, venue=venue))
        for i in range(n)
    ]


HEADING = {"container-title": ICML, "issued": {"date-parts": [[2020]]}}


@pytest.mark.parametrize(
    ("why", "before", "after", "context", "ident"),
    [
        ("nothing", [], [], None, None),
        ("cited once more", [cited(TWO)], [], None, "x:2"),
        ("cited later", [], [cited(ONE)], None, "x:1"),
        ("the heading", [], [], HEADING, "x:1"),
        ("the heading of another year", [], [], {**HEADING, "issued": {"date-parts": [[2019]]}}, None),
        ("a heading without year", [], [], {"container-title": ICML}, None),
        ("three neighbours", of(ICML, 3), [], None, "x:1"),
        ("neighbours on both sides", of(ICML, 2), of(ICML, 1), None, "x:1"),
        ("two neighbours", of(ICML, 2), [], None, None),
        ("too far away", [*of(ICML, 3), *of("Frog News", 3)], [], None, None),
        ("three of four", of(ICML, 3), of("Neural Computation", 1), None, "x:1"),
        ("three of five", of(ICML, 3), of("Neural Computation", 2), None, None),
    ],
)  # fmt: skip
def test_what_the_document_adds(why, before, after, context, ident):
    results = [*before, unsure(context), *after]
    made = choose_in_context(len(before), results)
    assert (made.record.id if made.record else None) == ident, why


def test_the_document_makes_nothing_of_what_hardly_fits():
    hardly = replace(unsure(), candidates=tuple(replace(c, weight=-9.0) for c in unsure().candidates))  # fmt: skip
    made = choose_in_context(1, [cited(TWO), hardly])
    assert (made.outcome, made.record, made.ranked) == ("ambiguous", None, hardly.candidates)
    assert (made.probability, made.margin) == (hardly.probability, hardly.margin)


# ------------------------------------------------------------------ mentions
@pytest.mark.parametrize(
    ("words", "among", "share"),
    [
        (["ponds"], ["ponds", "nets"], 1.0),
        (["pn"], ["pond", "nets"], 1.0),  # the initials of a run
        (["p"], ["pond", "nets"], 0.0),
        (["abcde"], ["a", "b", "c", "d", "e"], 1.0),
        (["abcdef"], ["a", "b", "c", "d", "e", "f"], 0.0),
        (["pond"], ["ponds"], 0.9),
        (["ponds"], ["pond"], 0.9),
        (["pon"], ["ponds"], 0.0),  # three letters
        (["pond", "nets"], ["pond"], 0.5),
        ([], ["pond"], 0.0),
    ],
)
def test_the_share_of_words_that_a_title_has(words, among, share):
    assert _coverage(words, among) == pytest.approx(share)


def test_how_far_the_next_title_is():
    alone = mentioned(PONDFORMER.title, PONDFORMER)
    assert alone.margin == alone.ranked[0].weight
    other = record("b:1", "Rivers of the high north in spring", "Ada Smith", 2020)
    beside = mentioned(PONDFORMER.title, PONDFORMER, other)
    assert beside.margin == beside.ranked[0].weight - beside.ranked[1].weight


def mentioned(title, *records, cited_=(), context=None):
    stated = claim(title, type="")
    if context:
        stated = replace(stated, reference=Reference(title, kind="mention", context=context))
    return choose_mention(stated, records, cited_)


PONDFORMER = record(
    "a:1", "Pondformer: sampling still waters with attention", WHO, 2020, venue=ICML
)
AT = {"container-title": ICML, "issued": {"date-parts": [[2020]]}}


@pytest.mark.parametrize(
    ("why", "title", "cited_", "context", "ident"),
    [
        ("the whole title", "Pondformer: sampling still waters with attention", (), None, "a:1"),
        ("a part", "Sampling still waters", (), None, None),
        ("a part that is cited", "Sampling still waters with attention", ("a:1",), None, "a:1"),
        ("a part in its venue", "Sampling still waters", (), AT, "a:1"),
        ("a part in its venue the next year", "Sampling still waters", (), {**AT, "issued": {"date-parts": [[2021]]}}, "a:1"),
        ("a part in its venue, undated", "Sampling still waters", (), {"container-title": ICML}, "a:1"),
        ("a part in its venue of other years", "Sampling still waters", (), {**AT, "issued": {"date-parts": [[2015]]}}, None),
        ("a part in another venue", "Sampling still waters", (), {**AT, "container-title": NEURIPS}, None),
        ("the whole title in another venue", "Pondformer: sampling still waters with attention", (), {**AT, "container-title": NEURIPS}, "a:1"),
        ("the coined name", "Pondformer: attention for lakes", (), AT, "a:1"),
        ("the coined name elsewhere", "Pondformer: attention for lakes", (), None, None),
        ("words in brackets", "Sampling still waters (a talk)", (), AT, "a:1"),
        ("plural", "Sampling still water", (), AT, "a:1"),
        ("one word", "Waters", (), AT, None),
        ("no word", "of the", (), AT, None),
    ],
)  # fmt: skip
def test_mentions(why, title, cited_, context, ident):
    made = mentioned(title, PONDFORMER, cited_=cited_, context=context)
    assert (made.record.id if made.record else None) == ident, why


def test_two_works_of_the_same_words():
    other = record("b:1", "Sampling still waters", "Ada Smith", 2020, venue=ICML)
    made = mentioned("Sampling still waters", PONDFORMER, other, context=AT)
    assert made.outcome == "matched" and made.record.id == "b:1"  # it has nothing besides
    twin = record(
        "b:1", "Pondlets: sampling still waters with attention", "Ada Smith", 2020, venue=ICML
    )
    assert mentioned("Sampling still waters", PONDFORMER, twin, context=AT).outcome == "ambiguous"
    same = record("b:1", PONDFORMER.title, WHO, 2019, "article")
    assert mentioned(PONDFORMER.title, PONDFORMER, same).outcome == "matched"
    nobody = mentioned("Sampling still waters")
    assert (nobody.outcome, nobody.probability, nobody.margin, nobody.ranked) == (
        "unmatched",
        0.0,
        0.0,
        (),
    )
    many = [record(f"c:{i}", f"Sampling still waters {i}", "Ada Smith", 2020) for i in range(12)]
    assert len(mentioned("Sampling still waters", *many).ranked) == 10


def test_what_the_context_adds_to_a_mention():
    here = mentioned("Sampling still waters", PONDFORMER, context=AT).ranked[0]
    plain = mentioned("Sampling still waters", PONDFORMER).ranked[0]
    away = mentioned(
        "Sampling still waters", PONDFORMER, context={**AT, "container-title": NEURIPS}
    ).ranked[0]
    named = mentioned("Sampling still waters", PONDFORMER, cited_=("a:1",)).ranked[0]
    assert here.weight == pytest.approx(plain.weight + 0.25)
    assert away.weight == pytest.approx(plain.weight - 0.25)
    assert named.weight == pytest.approx(plain.weight + 0.3)
    assert [(e.field, e.level) for e in here.evidence] == [("title", "words"), ("context", "here")]
    coined = mentioned("Pondformer: attention for lakes", PONDFORMER, context=AT).ranked[0]
    assert (
        coined.evidence[-1].level == "same name before the colon"
        and coined.evidence[-1].weight == 0.2
    )
