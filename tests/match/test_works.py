"""Which records are versions of one work: stated relations, then likeness; what must stay apart."""

from __future__ import annotations

import itertools
from typing import Any

import builders
import pytest

from citenorm.match import group, same_work, work_of
from citenorm.model import Record


def rec(
    ident: str,
    title: str,
    authors: str,
    year: int,
    type: str = "paper-conference",
    venue: str = "",
    **custom: Any,
) -> Record:
    return builders.record(ident, title, authors.split(", "), year, type, venue=venue, **custom)


WHO = "Jia Li, Omar Haddad, Mei Sato"
PREPRINT = rec("a:1", "Towards a study of quiet ponds", WHO, 2019, "article", arxiv="1901.00001")
PAPER = rec(
    "b:1", "A study of quiet ponds and lakes", WHO, 2020, venue="Conference on Pond Science"
)


LONG = "Sampling quiet frozen ponds, lakes, rivers, streams and marshes"
SAME: list[tuple[str, Record, Record]] = [
    ("a renamed preprint", PREPRINT, PAPER),
    (
        "two sources of one paper",
        PAPER,
        rec(
            "c:1",
            "A Study of Quiet Ponds and Lakes.",
            "J. Li, O. Haddad, M. Sato",
            2020,
            venue="Proc. Conf. Pond Science",
        ),
    ),
    (
        "conference and journal version",
        PAPER,
        rec(
            "c:2",
            "A study of quiet ponds and lakes",
            WHO,
            2022,
            "article-journal",
            "Journal of Ponds",
        ),
    ),
    (
        "workshop and main conference",
        PAPER,
        rec("c:3", "A study of quiet ponds and lakes", WHO, 2019, venue="Workshop on Waters"),
    ),
    (
        "editions of a book",
        rec("d:1", "The pond book", "Jia Li", 1996, "book"),
        rec("d:2", "The Pond Book", "Jia Li", 2003, "book"),
    ),
    (
        "one DOI",
        rec("e:1", "Ponds", "Jia Li", 2001, DOI="10.5555/1"),
        rec("e:2", "Ponds: a study", "J. Li", 2001, DOI="10.5555/1"),
    ),
    (
        "a stated relation across titles",
        rec("f:1", "Less water is more", WHO, 2019, "article", arxiv="1901.2"),
        rec("f:2", "Sampling ponds", WHO, 2022, version_of="arXiv:1901.2"),
    ),
    (
        "an index that names the first author alone",
        rec("h:1", "Pond nets", f"{WHO}, Ada Smith", 2014, venue="Pond Science"),
        rec("h:2", "Pond Nets", "Jia Li", 2014, venue="Pond Science"),
    ),
    (
        "one arXiv number",
        rec("k:1", "Ponds", "Jia Li", 2019, "article", arxiv="1901.7"),
        rec("k:2", "Still waters and nets", "J. Li", 2020, "article", arxiv="1901.7"),
    ),
    (
        "a stated relation to one preprint",
        rec("f:2", "Sampling ponds", WHO, 2022, version_of="arXiv:1901.2"),
        rec("f:3", "Sampled waters", WHO, 2023, version_of="arXiv:1901.2"),
    ),
    (
        "a list cut short by its source",
        rec("l:1", "Pond nets", "Jia Li, Omar Haddad", 2014, author_count=9),
        rec("l:2", "Pond nets", f"{WHO}, Ada Smith, Ben Jones, Eva Brandt", 2016),
    ),
    (
        "a preprint without its subtitle",
        rec("m:1", "Sampling quiet ponds", WHO, 2019, "article"),
        rec("m:2", "Sampling quiet ponds: lakes and rivers too", WHO, 2020),
    ),
    (
        "a misprint in an index",
        PAPER,
        rec("c:5", "A study of quite ponds and lakes", WHO, 2020, venue="Pond Reprints"),
    ),
    (
        "a small word more",
        PAPER,
        rec("c:6", "A study of the quiet ponds and lakes", WHO, 2021, venue="Pond Reprints"),
    ),
    (
        "a reprint of decades later",
        rec("n:1", "Quiet ponds of the north", WHO, 1980, venue="Pond Science"),
        rec("n:2", "Quiet ponds of the north", WHO, 2003, venue="Pond Classics"),
    ),
    (
        "a survey and its extended version",
        rec("i:1", "A survey of ponds", WHO, 2019),
        rec(
            "i:2",
            "A survey of ponds: extended version",
            f"{WHO}, Ada Smith",
            2021,
            "article-journal",
            "Pond Surveys",
        ),
    ),
    (
        "a thesis and its upload",
        rec("j:1", "Waves on ponds", "Jia Li", 2015, "thesis"),
        rec("j:2", "Waves on ponds", "Jia Li", 2015, "article", arxiv="1501.1"),
    ),
    (
        "a workshop of the same year",
        PAPER,
        rec(
            "c:4",
            "A study of quiet ponds and lakes",
            WHO,
            2020,
            venue="Workshop on Waters at NeurIPS",
        ),
    ),
    (
        "eight years apart",
        rec("o:1", "Northern pond networks", WHO, 2001),
        rec("o:2", "Northern pond networks", WHO, 2009, venue="Pond Classics"),
    ),
    (
        "a reprint of four words",
        rec("n:1", "Quiet northern pond networks", WHO, 1980),
        rec("n:2", "Quiet northern pond networks", WHO, 2003),
    ),
    (
        "one of two authors",
        rec("p:1", "Quiet ponds of the north", "Jia Li", 2015),
        rec("p:2", "Quiet ponds of the north", "Jia Li, Omar Haddad", 2016, venue="Pond Science"),
    ),
    (
        "another word in one place",
        rec("q:1", f"{LONG} by drone", WHO, 2020, venue="Pond Science"),
        rec("q:2", f"{LONG} by kite", WHO, 2020, venue="Pond Science"),
    ),
    (
        "an extension in brackets",
        rec("g:3", "Waves on the quiet ponds of the north (an extended version)", WHO, 2014),
        rec("g:4", "Waves on the quiet ponds of the north", WHO, 2014),
    ),
    (
        "an extended version",
        rec("g:1", "Waves on ponds: extended version", WHO, 2014, "article"),
        rec("g:2", "Waves on ponds", WHO, 2014),
    ),
]
APART: list[tuple[str, Record, Record]] = [
    ("two parts", rec("a:1", "On ponds I", WHO, 2010), rec("a:2", "On ponds II", WHO, 2010)),
    (
        "a part and a whole",
        rec("a:1", "On quiet ponds, part II", WHO, 2010),
        rec("a:2", "On quiet ponds", WHO, 2010),
    ),
    (
        "a reply",
        rec("a:1", "A study of ponds", WHO, 2010),
        rec("a:2", "Reply to: A study of ponds", WHO, 2011),
    ),
    (
        "an erratum",
        rec("a:1", "A study of ponds", WHO, 2010),
        rec("a:2", "Erratum: A study of ponds", WHO, 2011),
    ),
    (
        "a relation stated by mistake",
        rec("a:1", "Quiet ponds", "Jia Li", 2001, "article", arxiv="1901.3"),
        rec("a:2", "Noisy engines", "Ada Smith", 2002, version_of="arXiv:1901.3"),
    ),
    (
        "a column of one short title",
        rec("a:1", "Pond nets", WHO, 2001),
        rec("a:2", "Pond nets", WHO, 2014),
    ),
    (
        "a title of three words decades apart",
        rec("a:1", "Northern pond networks", WHO, 1980),
        rec("a:2", "Northern pond networks", WHO, 2003),
    ),
    (
        "nearly a title decades apart",
        rec("a:1", "Quiet ponds of the north", WHO, 1980),
        rec("a:2", "Quite ponds of the north", WHO, 2003),
    ),
    (
        "another word elsewhere",
        rec("a:1", f"{LONG} by drone", WHO, 2020, venue="Pond Science"),
        rec("a:2", f"{LONG} by kite", WHO, 2020, venue="Lake Letters"),
    ),
    (
        "a preprint with some of the words",
        rec("a:1", "Frogs of quiet ponds and northern marshes", WHO, 2019, "article"),
        PAPER,
    ),
    (
        "an extension that says more",
        rec("a:1", "Waves on the quiet ponds of the north (extended to rivers)", WHO, 2014),
        rec("a:2", "Waves on the quiet ponds of the north", WHO, 2014),
    ),
    (
        "records without people",
        rec("a:1", "Quiet ponds of the north", WHO, 2001),
        Record.from_csl({"id": "a:2", "title": "Quiet ponds of the north", "author": []}),
    ),
    (
        "a preprint of long before",
        rec("a:1", "Towards a study of quiet ponds", WHO, 2012, "article"),
        PAPER,
    ),
    (
        "a preprint of long after",
        rec("a:1", "More of a study of quiet ponds", WHO, 2023, "article"),
        PAPER,
    ),
    (
        "a preprint by some of the people",
        rec("a:1", "Towards a study of quiet ponds", "Jia Li, Omar Haddad", 2019, "article"),
        PAPER,
    ),
    (
        "a preprint under another title",
        rec("a:1", "Sounds of frogs by night", WHO, 2019, "article"),
        PAPER,
    ),
    (
        "a preprint of a survey",
        rec("a:1", "A study of quiet ponds and lakes: survey data", WHO, 2019, "article"),
        PAPER,
    ),
    (
        "a longer title elsewhere",
        rec(
            "a:1",
            "A study of quiet ponds and lakes in the mountains",
            WHO,
            2020,
            venue="Lake Letters",
        ),
        PAPER,
    ),
    (
        "a subtitle more of years later",
        rec("a:1", "Sampling quiet ponds", WHO, 2010),
        rec("a:2", "Sampling quiet ponds: lakes and rivers too", WHO, 2020),
    ),
    (
        "a subtitle more, by others",
        rec("a:1", "Sampling quiet ponds", "Ada Smith, Ben Jones", 2019),
        rec("a:2", "Sampling quiet ponds: lakes and rivers too", WHO, 2020),
    ),
    (
        "a letter about it",
        rec("a:1", "A study of ponds", WHO, 2010),
        rec("a:2", "Letter to the editor: A study of ponds", WHO, 2010),
    ),
    (
        "a review under the title of the book",
        rec("a:1", "The pond book", "Jia Li", 2001, "book"),
        rec("a:2", "The pond book", "Ada Smith", 2002, "article-journal", "Pond Letters"),
    ),
    (
        "a review that says so",
        rec("a:1", "The pond book", "Jia Li", 2001, "book"),
        rec("a:2", "Book review: The pond book", "Jia Li", 2002, "article-journal", "Pond Letters"),
    ),
    (
        "a thesis and its paper",
        rec("a:1", "Waves on ponds", "Jia Li", 2015, "thesis"),
        rec("a:2", "Waves on ponds", "Jia Li, Omar Haddad", 2014, venue="Pond Science"),
    ),
    (
        "a study guide",
        rec("a:1", "The pond book", WHO, 2010, "book"),
        rec("a:2", "Study guide for the pond book", WHO, 2010, "book"),
    ),
    (
        "two volumes",
        rec("a:1", "The ponds, volume 1", WHO, 2010, "book"),
        rec("a:2", "The ponds, volume 2", WHO, 2011, "book"),
    ),
    (
        "namesakes",
        rec("a:1", "A study of ponds", WHO, 2010),
        rec("a:2", "A study of ponds", "Wei Li, Bo Haddad, Rei Sato", 2010),
    ),
    (
        "a benchmark beside its method",
        rec("a:1", "Sampling ponds by drone", WHO, 2019, "article"),
        rec("a:2", "Sampling ponds by drone: a benchmark", WHO, 2020),
    ),
    (
        "a solutions manual",
        rec("a:1", "The pond book", WHO, 2010, "book"),
        rec("a:2", "The pond book: solutions manual", WHO, 2010, "book"),
    ),
    (
        "the same title by others",
        rec("a:1", "A study of ponds", WHO, 2010),
        rec("a:2", "A study of ponds", "Ada Smith, Ben Jones", 2010),
    ),
    (
        "one of the authors under the same short title elsewhere",
        rec("h:1", "Pond nets", f"{WHO}, Ada Smith", 2014, venue="Pond Science"),
        rec("h:2", "Pond Nets", "Jia Li", 2014, venue="Lake Letters"),
    ),
    (
        "a survey beside its method",
        rec("a:1", "Sampling ponds by drone", WHO, 2019, "article"),
        rec("a:2", "Sampling ponds by drone: a survey", WHO, 2020),
    ),
    (
        "two papers of one group in one year",
        PAPER,
        rec(
            "a:2",
            "A study of muddy ponds and rivers",
            WHO,
            2020,
            venue="Conference on Pond Science",
        ),
    ),
    (
        "two editions of a workshop",
        rec("a:1", "Report on the pond workshop 2012", WHO, 2012),
        rec("a:2", "Report on the pond workshop 2013", WHO, 2013),
    ),
    (
        "one DOI on two unrelated records",
        rec("a:1", "Quiet ponds", "Jia Li", 2001, DOI="10.5555/1"),
        rec("a:2", "Noisy engines", "Ada Smith", 1990, DOI="10.5555/1"),
    ),
]


@pytest.mark.parametrize(("why", "a", "b"), SAME, ids=[w for w, *_ in SAME])
def test_one_work(why: str, a: Record, b: Record) -> None:
    assert same_work(a, b) and same_work(b, a)


@pytest.mark.parametrize(("why", "a", "b"), APART, ids=[w for w, *_ in APART])
def test_two_works(why: str, a: Record, b: Record) -> None:
    assert not same_work(a, b) and not same_work(b, a)


def test_grouping_does_not_depend_on_order() -> None:
    records = [
        PREPRINT,
        PAPER,
        rec("z:1", "Rivers of the north", "Ada Smith", 2011),
        rec("c:2", "A study of quiet ponds and lakes", WHO, 2022, "article-journal", "J"),
    ]
    expected = [["a:1", "b:1", "c:2"], ["z:1"]]
    for order in itertools.permutations(records):
        assert [[r.id for r in w.records] for w in group(order)] == expected


def test_of_records_of_one_work_each_is_linked_once() -> None:
    (work,) = group(
        rec(f"{source}:1", "Quiet ponds", "Jia Li", 2001, DOI="10.5555/1") for source in "abcd"
    )
    assert [(x.a, x.b, x.how) for x in work.links] == [
        ("a:1", "b:1", "identifier"),
        ("a:1", "c:1", "identifier"),
        ("a:1", "d:1", "identifier"),
    ]


def test_work_of_is_the_group_of_the_record() -> None:
    other = rec("z:1", "Rivers of the north", "Ada Smith", 2011)
    work = work_of(PAPER, [other, PREPRINT])
    assert work.id == "a:1" and [r.id for r in work.records] == ["a:1", "b:1"]
    assert [(x.a, x.b, x.how) for x in work.links] == [("a:1", "b:1", "similar")]
    assert work_of(other, [PAPER]).records == (other,)
