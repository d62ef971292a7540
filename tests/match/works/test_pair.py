"""How two records stand to each other, and what is decided of it."""

from __future__ import annotations

import pytest
from builders import record

from citenorm.match.works.group import group
from citenorm.match.works.pair import STRANGERS, Pair, pair_of, shared_people
from citenorm.match.works.place import ISSUE, OPEN, OTHER, SAME
from citenorm.match.works.same_work import link, why_same

WHO = "Jia Li; Omar Haddad; Mei Sato"
TITLE = "Sampling quiet ponds in winter"


# ------------------------------------------------------------------ what is seen
def titles(a, b):
    return pair_of(record("a:1", a, WHO, 2001), record("b:1", b, WHO, 2001)).title


@pytest.mark.parametrize(
    ("a", "b", "how"),
    [
        (TITLE, TITLE, "same"),
        ("Sampling quiet-water ponds", "Sampling Quiet Water Ponds", "same"),
        ("Frozen pondwater expeditions", "Frozen pondwater expeditions", "alike"),  # three words
        (TITLE, "Sampling quite ponds in winter", "alike"),
        ("Ponds", "Ponds", "short"),
        ("Erratum to: sampling quiet ponds in winter", "Erratum to: sampling quiet ponds in winter", "short"),
        (TITLE, TITLE + ": nets and frogs", "subtitle"),
        (TITLE, "Nets and frogs of the north: " + TITLE.lower(), "subtitle"),
        (TITLE, TITLE + " (extended abstract)", "subtitle"),
        (TITLE, TITLE + " and of the dry lakes of August", "part"),
        (TITLE, TITLE + ", part 2", "counted"),
        (TITLE + ", part 1", TITLE + ", part 2", "counted"),
        ("Sampling quiet frozen ponds, lakes, rivers, streams and marshes", "Sampling quiet frozen ponds, lakes, rivers, streams and moors", "near"),
        ("Sampling quiet ponds with nets", "Sampling quiet ponds with drones and light", "retitled"),
        (TITLE, "Reply to: sampling quiet ponds in winter", "other"),
        (TITLE, "A survey of breakfast cereals", "other"),
        (TITLE, "", "other"),
    ],
)  # fmt: skip
def test_titles(a, b, how):
    assert titles(a, b) == how
    assert titles(b, a) == how


def test_numbers_of_the_titles_of_one_preprint_are_a_new_title():
    first, second = (
        record("a:1", f"{TITLE}, part {n}", WHO, 2001, "article", arxiv="0101.1") for n in (1, 2)
    )
    assert pair_of(first, second).title == "retitled"


@pytest.mark.parametrize(
    ("shared", "mine", "theirs", "cut", "level"),
    [
        (0, 2, 2, False, "none"),
        (0, 2, 2, True, "none"),
        (2, 2, 2, False, "all"),
        (1, 1, 1, False, "all"),
        (1, 1, 2, False, "within"),
        (1, 1, 3, False, "few"),
        (1, 3, 1, False, "few"),
        (2, 2, 3, False, "within"),
        (2, 2, 4, False, "within"),
        (2, 2, 5, False, "few"),
        (3, 3, 5, False, "within"),
        (3, 3, 40, False, "within"),
        (2, 3, 3, False, "most"),
        (3, 4, 5, False, "most"),
        (2, 4, 4, False, "few"),
        (1, 3, 2, False, "few"),
        (2, 2, 9, True, "all"),
        (1, 2, 9, True, "few"),
        (2, 3, 9, True, "most"),
    ],
)
def test_shared_people(shared, mine, theirs, cut, level):
    assert shared_people(shared, mine, theirs, cut) == level


def pair(one=None, two=None, **both):
    """The pair of two records that are the same but for what is said of one of them."""
    return pair_of(
        record(**{"ident": "a:1", "title": TITLE, "who": WHO, "year": 2001, **both, **(one or {})}),
        record(**{"ident": "b:1", "title": TITLE, "who": WHO, "year": 2001, **both, **(two or {})}),
    )


@pytest.mark.parametrize(
    ("one", "two", "field", "value"),
    [
        ({}, {}, "stated", ""),
        ({"ident": "b:1"}, {}, "stated", "identifier"),
        ({"doi": "10.5/A"}, {"doi": "10.5/a"}, "stated", "identifier"),
        ({"doi": "10.5/a"}, {"doi": "10.5/b"}, "stated", ""),
        ({"arxiv": "0101.1"}, {"arxiv": "0101.1"}, "stated", "identifier"),
        ({"arxiv": "0101.1"}, {"version_of": "arXiv:0101.1"}, "stated", "relation"),
        ({"version_of": "10.5/A"}, {"doi": "10.5/a"}, "stated", "relation"),
        ({"version_of": "B:1"}, {}, "stated", "relation"),
        ({}, {"version_of": "a:1"}, "stated", "relation"),
        ({"version_of": "z:9"}, {"version_of": "z:9"}, "stated", "relation"),
        ({"version_of": "z:9"}, {"version_of": "z:8"}, "stated", ""),
        ({}, {}, "people", "all"),
        ({}, {"who": "Jia Li; Omar Haddad"}, "people", "within"),
        ({}, {"who": "Jia Li; Omar Hadad; Mei Sato"}, "people", "all"),  # a slip
        ({}, {"who": "Jia Li; Omar Haddad", "author_count": 9}, "people", "all"),
        ({"doi": "10.5/a"}, {"doi": "10.5/a", "who": ""}, "people", "unstated"),
        ({"doi": "10.5/a"}, {"doi": "10.5/a", "who": "Eva Brandt"}, "people", "none"),
        ({}, {}, "alone", False),
        ({"who": "Jia Li"}, {"who": "Jia Li; Mei Sato"}, "alone", True),
        ({"who": "Jia Li; Mei Sato"}, {"who": "Jia Li"}, "alone", True),
        ({"who": "Jia Li; Mei Sato"}, {"who": "Jia Li; Mei Sato"}, "alone", False),
        ({"year": 1998}, {}, "years", 3),
        ({}, {"year": 1998}, "years", 3),
        ({}, {"year": None}, "years", 0),
        ({"venue": "Pond Letters", "volume": "3"}, {"venue": "Pond Letters", "volume": "4"}, "place", OTHER),
        ({"venue": "Pond Letters", "volume": "3"}, {"venue": "Pond Letters", "volume": "3"}, "place", SAME),
        ({"venue": "Pond Letters", "volume": "3"}, {"venue": "Frog News", "volume": "3"}, "place", OPEN),
        ({}, {}, "crossed", False),
        ({"type": "article"}, {}, "crossed", True),
        ({}, {"type": "article"}, "crossed", True),
        ({"type": "article"}, {"type": "article"}, "crossed", False),
        ({"type": "article"}, {"year": 2000}, "after", True),
        ({"type": "article"}, {"year": 1999}, "after", False),
        ({"year": 1999}, {"type": "article"}, "after", False),
        ({"year": 2003}, {"type": "article"}, "after", True),
        ({"type": "article"}, {"year": None}, "after", True),
        ({}, {}, "apart", False),
        ({"type": "thesis", "who": "Jia Li"}, {"who": "Jia Li", "venue": "Pond Letters"}, "apart", True),
        ({"title": TITLE + ": a thesis"}, {}, "apart", True),
        ({"title": TITLE + ": a thesis"}, {"title": TITLE + ": a thesis"}, "apart", False),
        ({}, {}, "book", False),
        ({"type": "book"}, {}, "book", True),
        ({}, {"type": "chapter"}, "book", True),
        ({"venue": "Pond Letters"}, {"venue": "Pond letters"}, "together", True),
        ({"venue": "Pond Letters"}, {}, "together", False),
        ({}, {"venue": "Pond Letters"}, "together", False),
        ({"venue": "Pond Letters", "type": "article"}, {"venue": "Pond Letters"}, "together", False),
        ({"venue": "Pond Letters"}, {"venue": "Pond Letters", "type": "article"}, "together", False),
    ],
)  # fmt: skip
def test_what_is_seen_of_two_records(one, two, field, value):
    assert getattr(pair(one, two), field) == value


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ({"title": "A survey of breakfast cereals"}, {}),
        ({"who": "Eva Brandt"}, {}),
        ({"who": ""}, {}),
    ],
)
def test_strangers(one, two):
    assert pair(one, two) == STRANGERS
    assert not link(
        record("a:1", TITLE, one.get("who", WHO)), record("b:1", one.get("title", TITLE))
    )


# ------------------------------------------------------------------ what is decided
PLAIN = Pair("", "same", "all", False, 0, OPEN, False, False, False, False, False)


def decided(**more):
    return why_same(PLAIN._replace(**more))


@pytest.mark.parametrize("stated", ["identifier", "relation"])
@pytest.mark.parametrize(
    ("title", "people", "believed"),
    [
        *((title, "none", True) for title in ("same", "alike", "subtitle", "part", "near")),
        *((title, "unstated", True) for title in ("same", "short", "retitled")),
        *((title, "none", False) for title in ("short", "retitled", "other", "counted")),
        *((title, "all", True) for title in ("short", "retitled", "other")),
        ("other", "within", True),
        ("other", "most", True),
        ("other", "unstated", False),
        ("counted", "all", False),
    ],
)
def test_what_is_stated_is_believed_where_title_or_people_bear_it_out(
    stated, title, people, believed
):
    # whatever else stands against it
    for more in ({}, {"place": OTHER, "apart": True, "years": 40}):
        found = decided(stated=stated, title=title, people=people, **more)
        assert found == (stated if believed else "")


def test_a_relation_needs_fewer_people_than_an_identifier():
    assert decided(stated="relation", title="other", people="few") == "relation"
    assert decided(stated="identifier", title="other", people="few") == ""


@pytest.mark.parametrize(
    ("more", "one"),
    [
        ({}, True),
        ({"place": SAME}, True),
        ({"place": OTHER}, False),
        ({"apart": True}, False),
        ({"people": "none"}, False),
        ({"people": "unstated"}, False),
        ({"people": "within"}, True),
        ({"people": "most"}, True),
        ({"title": "other"}, False),
        ({"title": "counted"}, False),
        # reprints of a telling title come decades later, but for a column of one author
        ({"years": 9}, True),
        ({"years": 8, "alone": True}, True),
        ({"years": 9, "alone": True}, False),
        ({"years": 9, "alone": True, "book": True}, True),
        ({"title": "alike", "years": 8}, True),
        ({"title": "alike", "years": 9}, False),
        ({"title": "alike", "years": 9, "book": True}, True),
        # the name of a field, by one person: a paper, and the year after next a survey
        ({"title": "alike", "years": 1, "alone": True}, True),
        ({"title": "alike", "years": 2, "alone": True}, False),
        ({"title": "alike", "years": 4, "alone": True, "crossed": True}, True),
        ({"title": "alike", "years": 5, "alone": True, "crossed": True}, False),
        ({"title": "alike", "years": 30, "alone": True, "book": True}, True),
        # in one volume only the issues differ, and pages are not at hand
        ({"place": ISSUE}, True),
        ({"place": ISSUE, "alone": True}, False),
        ({"place": ISSUE, "years": 1}, False),
        ({"place": ISSUE, "title": "alike"}, False),
        # short titles
        ({"title": "short", "years": 4}, True),
        ({"title": "short", "years": 5}, False),
        ({"title": "short", "years": 1, "alone": True}, True),
        ({"title": "short", "years": 2, "alone": True}, False),
        ({"title": "short", "people": "within"}, True),
        ({"title": "short", "people": "most"}, False),
        ({"title": "short", "book": True, "years": 30, "alone": True}, True),
        ({"title": "short", "book": True, "people": "within"}, False),
        # parts
        ({"title": "subtitle", "years": 4}, True),
        ({"title": "subtitle", "years": 5}, False),
        ({"title": "part"}, False),
        ({"title": "part", "crossed": True, "years": 4}, True),
        ({"title": "part", "crossed": True, "years": 5}, False),
        # a word is another: in one container, or a preprint and what became of it
        ({"title": "near"}, False),
        ({"title": "near", "together": True, "years": 1}, True),
        ({"title": "near", "together": True, "years": 2}, False),
        ({"title": "near", "crossed": True, "after": True, "years": 3}, True),
        ({"title": "retitled", "together": True}, False),
        ({"title": "retitled", "crossed": True, "after": True, "years": 3}, True),
        ({"title": "retitled", "crossed": True, "after": True, "years": 4}, False),
        ({"title": "retitled", "crossed": True, "after": False}, False),
        ({"title": "retitled", "crossed": False, "after": True}, False),
        ({"title": "retitled", "crossed": True, "after": True, "people": "within"}, False),
        # few of the people: an index that names the first alone
        ({"people": "few"}, False),
        ({"people": "few", "place": SAME}, True),
        ({"people": "few", "together": True}, True),
        ({"people": "few", "together": True, "years": 1}, False),
        ({"people": "few", "place": SAME, "years": 1}, False),
        ({"people": "few", "place": SAME, "title": "alike"}, True),
        ({"people": "few", "place": SAME, "title": "short"}, True),
        ({"people": "few", "place": SAME, "title": "near"}, False),
        ({"people": "few", "place": SAME, "title": "subtitle"}, False),
    ],
)
def test_likeness(more, one):
    assert decided(**more) == ("similar" if one else "")


# ------------------------------------------------------------------ groups
def test_one_record_is_one_work_whatever_it_says():
    assert (
        link(record("a:1", "Ponds"), record("a:1", "Another title", "Eva Brandt")) == "identifier"
    )


def test_columns_of_one_author_are_works_of_their_own():
    columns = [
        record(f"c:{n}", "Puzzled", "Jia Li", 2009 + n // 6, venue="Pond Letters", volume=str(52 + n // 6), issue=str(1 + n), pages=str(100 + 7 * n))
        for n in range(10)
    ]  # fmt: skip
    twin = record("z:1", "Puzzled.", "J. Li", 2009, venue="Pond Letters", volume="52", pages="107")
    works = group([*columns, twin])
    assert len(works) == 10
    assert [len(w.records) for w in works if twin in w.records] == [2]


def test_an_erratum_and_its_article_are_two_works():
    article = record("a:1", TITLE, WHO, 2001, venue="Pond Letters", volume="3", pages="1-9")
    erratum = record("a:2", f"Erratum to: {TITLE}", WHO, 2001, venue="Pond Letters", volume="3")
    assert [len(w.records) for w in group([article, erratum])] == [1, 1]


def test_namesakes_are_two_people():
    one = record("a:1", "Ponds", "Jia Li", 2001, venue="Pond Letters")
    two = record("a:2", "Ponds", "Jun Li", 2001, venue="Frog News")
    assert len(group([one, two])) == 2


def test_editions_of_a_book_are_one_work_and_its_volumes_are_not():
    editions = [record(f"e:{y}", "The pond book", "Jia Li", y, "book") for y in (1980, 1995, 2020)]
    assert [len(w.records) for w in group(editions)] == [3]
    volumes = [record(f"v:{v}", "The pond book", "Jia Li", 1980, "book", volume=v) for v in "12"]
    assert len(group(volumes)) == 2


def test_a_link_by_people_alone_does_not_join_two_whole_works():
    # each has a preprint and a publication of its own; only one pair is alike across them
    first = [
        record("a:1", "Sampling quiet ponds with nets", WHO, 2001, "article", arxiv="0101.1"),
        record("a:2", "Sampling quiet ponds with nets", WHO, 2002, venue="Pond Letters"),
    ]
    second = [
        record("b:1", "Sampling quiet ponds with drones and light", WHO, 2001, "article", arxiv="0102.2"),
        record("b:2", "Sampling quiet ponds with drones and light", WHO, 2002, venue="Frog News"),
    ]  # fmt: skip
    assert [len(w.records) for w in group([*first, *second])] == [2, 2]
    assert [len(w.records) for w in group([first[0], second[1]])] == [2]
    assert [len(w.records) for w in group([first[1], second[0]])] == [2]
    # one alone, without a preprint of its own, is taken
    assert [len(w.records) for w in group([*first, second[0]])] == [2, 1]


UPLOAD = {"type": "article", "title": "Sampling quiet ponds with nets", "version_of": "10.5/a"}
SEQUEL = {"title": "Sampling quiet ponds with drones and light", "who": "Mei Sato; Jia Li; Omar Haddad", "doi": "10.5/b"}  # fmt: skip


@pytest.mark.parametrize(
    ("more", "how"),
    [
        ({}, ""),
        ({"doi": ""}, "similar"),
        ({"doi": "10.5/a"}, "relation"),
        ({"who": WHO}, ""),
        ({"title": UPLOAD["title"]}, "similar"),
    ],
)
def test_an_eprint_published_under_another_doi_is_not_of_a_paper_with_another_title(more, how):
    one, two = record("a:1", who=WHO, year=2001, **UPLOAD), {"year": 2001, **SEQUEL, **more}
    assert link(one, record("b:1", **two)) == link(record("b:1", **two), one) == how


def test_links_say_how_and_works_have_the_smallest_id():
    works = group(
        [
            record("c:1", TITLE, WHO, 2001, "article", arxiv="0101.1"),
            record("b:1", TITLE, WHO, 2002, venue="Pond Letters", version_of="arXiv:0101.1"),
            record("a:1", "A survey of breakfast cereals", "Eva Brandt", 2002),
        ]
    )
    assert [w.id for w in works] == ["a:1", "b:1"]
    assert [(x.a, x.b, x.how) for x in works[1].links] == [("b:1", "c:1", "relation")]
    assert works[0].links == ()
