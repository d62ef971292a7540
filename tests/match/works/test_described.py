"""Which versions of its work a claim describes: firmly, loosely, or one that no source has."""

from __future__ import annotations

import pytest
from builders import claim, record

from citenorm.match.published import is_published
from citenorm.match.works.described import described, kin
from citenorm.model import Work

WHO = "Jia Li; Omar Haddad"
TITLE = "Sampling quiet ponds in winter"
UPLOAD = record("up:1", TITLE, WHO, 2019, "article", arxiv="1901.00001")
PAPER = record(
    "pa:1", TITLE, WHO, 2020, "paper-conference", venue="Conference on Pond Science", doi="10.5/p"
)
ARTICLE = record("ar:1", TITLE, WHO, 2022, venue="Pond Letters", volume="7", pages="30-41")  # fmt: skip


AT_ICML = record("ic:1", TITLE, WHO, 2020, "paper-conference", venue="ICML", doi="10.5/i")
BESIDE_ICML = record("iw:1", TITLE, WHO, 2020, "paper-conference", venue="ICML Workshop on Ponds")

AT_NEURIPS = record("ne:1", TITLE, WHO, 2020, "paper-conference", venue="NeurIPS")


def e_print(title, year, **more):
    return claim(title, WHO, year, "article", venue="arXiv", **more)


def told(stated, *records):
    return described(stated, Work("w", records or (UPLOAD, PAPER, ARTICLE)))


def said(year=2020, **more):
    return claim(TITLE, WHO, year, **more)


@pytest.mark.parametrize(
    ("why", "stated", "firmly", "loosely"),
    [
        ("its DOI", said(1990, venue="Frog News", doi="10.5/P"), ["pa:1"], []),
        ("its arXiv number", said(1990, arxiv="1901.00001"), ["up:1"], []),
        ("another arXiv number", said(2019, arxiv="1902.00002"), [], []),
        ("a preprint, no number", said(2019, type="article"), [], ["up:1"]),
        ("a preprint of any year", said(1990, type="article"), [], ["up:1"]),
        ("its venue and year", said(2020, venue="Conference on Pond Science"), ["pa:1"], []),
        ("its venue, a year later", said(2021, venue="Conference on Pond Science"), ["pa:1"], []),
        ("its venue, a year before", said(2019, venue="Conference on Pond Science"), ["pa:1"], []),
        ("its venue, two years later", said(2022, venue="Conference on Pond Science"), [], []),
        ("its venue alone", said(None, venue="Conference on Pond Science"), ["pa:1"], []),
        ("its venue under another DOI", said(2020, venue="Conference on Pond Science", doi="10.5/x"), [], []),
        ("its venue and a DOI that it has not", said(2022, venue="Pond Letters", doi="10.5/x"), ["ar:1"], []),
        ("another venue", said(2020, venue="Frog News"), [], []),
        ("the year alone", said(2020), [], ["pa:1"]),
        ("the year of the upload", said(2019), [], []),
        ("no year, no venue", said(None), [], ["pa:1", "ar:1"]),
        ("a book of that year", said(2020, type="book"), [], []),
        ("a report without a year", said(None, type="report"), [], []),
    ],
)  # fmt: skip
def test_versions(why, stated, firmly, loosely):
    found = told(stated)
    assert (list(found.firmly), list(found.loosely)) == (firmly, loosely), why


def test_a_venue_that_is_not_stated_is_described_by_no_venue():
    bare = record("b:1", TITLE, WHO, 2020, "paper-conference")
    assert told(said(2020, venue="Frog News"), bare) == told(said(2020, venue="Pond News"), bare)
    assert not told(said(2020, venue="Frog News"), bare).firmly
    assert told(said(2020), bare).loosely == ("b:1",)
    undated = record("b:2", TITLE, WHO, None, venue="Pond Letters")
    assert told(said(1990, venue="Pond Letters"), undated).firmly == ("b:2",)


def test_a_journal_that_prints_the_papers_of_a_conference_is_its_kin():
    graphics = record("g:1", TITLE, WHO, 2020, venue="ACM Transactions on Graphics")
    assert kin("SIGGRAPH", "ACM Transactions on Graphics")
    assert told(said(2020, venue="SIGGRAPH"), graphics).loosely == ("g:1",)
    assert told(said(2021, venue="SIGGRAPH"), graphics).loosely == ()
    assert not kin("SIGGRAPH", "SIGGRAPH") and not kin("Pond Letters", "Pond Letters, series B")


@pytest.mark.parametrize(
    ("stated", "exactly"),
    [
        (said(2020, venue="Conference on Pond Science"), ["pa:1"]),
        (said(2021, venue="Conference on Pond Science"), []),
        (said(1990, doi="10.5/p"), ["pa:1"]),
        (said(2019, arxiv="1901.00001"), ["up:1"]),
        (said(2020, arxiv="1901.00001"), []),
        (said(2020), []),
    ],
)
def test_exactly_is_firmly_with_the_very_year_or_doi(stated, exactly):
    assert list(told(stated).exactly) == exactly


def test_a_claim_of_a_preprint():
    assert told(said(2019, arxiv="1901.00001")).preprint
    assert not told(said(2019, venue="Pond Letters", arxiv="1901.00001")).preprint
    assert not told(said(2019)).preprint


PAGED = record("pg:1", TITLE, WHO, 2020, "paper-conference", venue="ICML", pages="7-9")
CHAPTER = record("ch:1", TITLE, WHO, 2020, "chapter", venue="Ponds")
REPORT = {"type": "report", "number": "TR-7", "publisher": "Institute of Ponds"}


IN_BOOK = record("k:1", TITLE, WHO, 2020, "chapter", venue="Ponds", publisher="Reed", pages="7-9")
ISSUED = record("i:1", TITLE, WHO, 2015, "report", publisher="Institute of Frogs")


IN_SHORT = record("s:1", TITLE, WHO, 2020, "paper-conference", venue="CHI Extended Abstracts", pages="3183-3188")  # fmt: skip


def at(venue, publisher, pages="7-9"):
    kind = "paper-conference"
    return said(2020, venue=venue, publisher=publisher, pages=pages, type=kind)


@pytest.mark.parametrize(
    ("why", "stated", "records", "unknown"),
    [
        # sources know the preprint alone
        ("a paper of a meeting", said(type="paper-conference", venue="Frog Conference"), [UPLOAD], True),
        ("an article with its volume", said(venue="Frog News", volume="3"), [UPLOAD], True),
        ("an article with its page", said(venue="Frog News", pages="3"), [UPLOAD], True),
        ("a journal alone", said(venue="Frog News"), [UPLOAD], True),
        ("no venue", said(), [UPLOAD], False),
        ("the preprint", said(venue="arXiv", type="article"), [UPLOAD], False),
        # they know the paper of a meeting, and an article is claimed
        ("volume and page", said(2022, venue="Frog News", volume="3", pages="7"), [PAPER], True),
        ("beside its preprint", said(2022, venue="Frog News", volume="3", pages="7"), [UPLOAD, PAPER], True),
        ("no volume", said(2022, venue="Frog News", pages="7"), [PAPER], False),
        ("no page", said(2022, venue="Frog News", volume="3"), [PAPER], False),
        ("another meeting", said(2022, venue="Frog News", volume="3", pages="7", type="paper-conference"), [PAPER], False),
        ("under the DOI of the paper", said(2022, venue="Frog News", volume="3", pages="7", doi="10.5/p"), [PAPER], False),
        ("the meeting as a journal", said(2020, venue="Conference on Pond Science", volume="3", pages="7"), [PAPER], False),
        # they know an article, and another one is claimed
        ("another year and page: a reprint", said(2009, venue="Frog News", volume="3", pages="7"), [ARTICLE], True),
        ("the same year, another volume", said(2022, venue="Frog News", volume="3", pages="7"), [ARTICLE], True),
        ("the same year and volume", said(2022, venue="Frog News", volume="7", pages="9"), [ARTICLE], False),
        ("the same page", said(2009, venue="Frog News", volume="3", pages="30-41"), [ARTICLE], False),
        ("the same journal", said(2009, venue="Pond Letters", volume="3", pages="7"), [ARTICLE], False),
        ("no year", said(None, venue="Frog News", volume="3", pages="7"), [ARTICLE], True),
        ("the article is known beside the paper", said(2022, venue="Pond Letters", volume="7", pages="30"), [PAPER, ARTICLE], False),
        # a journal's article of later years than the paper
        ("in a journal that is known", said(2022, venue="Physical Review Letters", type="article-journal"), [AT_ICML], True),
        ("in the paper's year", said(venue="Physical Review Letters", type="article-journal"), [AT_ICML], False),
        ("in a journal that nobody knows", said(2022, venue="Pond Letters", type="article-journal"), [AT_ICML], False),
        ("on the paper's pages", said(2022, venue="Physical Review Letters", type="article-journal", pages="7-9"), [PAGED], False),
        # a numbered report
        ("of an article", said(**REPORT), [ARTICLE], True),
        ("of article and paper", said(**REPORT), [ARTICLE, PAPER, UPLOAD], True),
        ("of a preprint alone", said(**REPORT), [UPLOAD], False),
        ("of a report", said(**REPORT), [record("r:1", TITLE, WHO, 2020, "report")], False),
        ("without its number", said(**{**REPORT, "number": ""}), [ARTICLE], True),
        ("of nobody and without a number", said(**{**REPORT, "number": "", "publisher": ""}), [ARTICLE], False),
        ("a working paper", said(**REPORT, genre="Working paper"), [ARTICLE], False),
        ("of another institution, years apart", said(2020, type="manuscript", publisher="University of Ponds"), [ISSUED], True),
        ("a year apart", said(2016, type="manuscript", publisher="University of Ponds"), [ISSUED], False),
        ("of the same institution", said(2020, type="manuscript", publisher="Institute of Frogs"), [ISSUED], False),
        ("a course, and the book that it became", said(2015, type="", publisher="School of Ponds"), [IN_BOOK], True),
        ("with the book's publisher", said(2015, type="", publisher="Reed"), [IN_BOOK], False),
        ("a chapter after the report", said(2018, type="chapter", venue="Ponds", pages="7-9"), [ISSUED], True),
        ("on no stated pages, after it", said(2018, type="chapter", venue="Ponds"), [ISSUED], False),
        ("in the year of the report", said(2015, type="chapter", venue="Ponds", pages="7-9"), [ISSUED], False),
        ("issued by nobody", said(2020, type="manuscript"), [ISSUED], False),
        ("where the article is known too", said(2020, type="manuscript", publisher="University of Ponds"), [ISSUED, ARTICLE], False),
        ("of an institution, its kind unsaid", said(2019, type="", publisher="Institute of Ponds"), [ARTICLE], True),
        ("of a press, its kind unsaid", said(2019, type="", publisher="Pond University Press"), [ARTICLE], False),
        ("a chapter of a volume that came out anew", said(2005, type="chapter", venue="Ponds"), [CHAPTER], True),
        ("a chapter with a slip in its year", said(2017, type="chapter", venue="Ponds"), [CHAPTER], False),
        ("a chapter of another volume, on other pages", said(type="chapter", venue="Papers of Jia Li", pages="7-9"), [ARTICLE], True),
        ("on the same pages", said(type="chapter", venue="Papers of Jia Li", pages="30-41"), [ARTICLE], False),
        ("on no stated pages", said(type="chapter", venue="Papers of Jia Li"), [ARTICLE], False),
        ("under the DOI that is known", said(type="chapter", venue="Papers of Jia Li", pages="7-9", doi="10.5/a"), [record("l:1", TITLE, WHO, 2020, venue="Pond Letters", pages="30", doi="10.5/a")], False),
        ("a chapter of a volume of nearly that name", said(type="chapter", venue="Pond Letters: a collection", pages="7-9"), [ARTICLE], False),
        ("another year and volume of another venue", said(2024, venue="ICML", volume="9"), [record("l:1", TITLE, WHO, 2020, venue="Physical Review Letters", volume="7", pages="30")], True),
        ("another year alone", said(2024, venue="ICML", volume="7"), [record("l:1", TITLE, WHO, 2020, venue="Physical Review Letters", volume="7", pages="30")], False),
        ("a supplement under the article's DOI", claim(f"Supplemental Material: {TITLE}", WHO, 2020, doi="10.5/p"), [PAPER], True),
        # a thesis
        ("a thesis of which an e-print is known", said(type="thesis"), [UPLOAD], True),
        ("a manuscript years before the e-print", said(2015, type="manuscript"), [UPLOAD], True),
        ("a manuscript of the year before", said(2018, type="manuscript"), [UPLOAD], False),
        ("a thesis of which a book is known", said(type="thesis"), [record("b:1", TITLE, WHO, 2020, "book")], False),
        ("a book of which an article is known", said(2019, type="book", isbn="9780596529307"), [ARTICLE], True),
        ("a book without its number", said(2019, type="book"), [ARTICLE], False),
        ("a book of which a book is known", said(2019, type="book", isbn="9780596529307"), [record("b:1", TITLE, WHO, 2020, "book")], False),
        # a site
        ("the address of a site", said(2021, type="webpage", url="https://ponds.example/"), [PAPER], True),
        ("the address of a page", said(2021, type="webpage", url="https://ponds.example/li.pdf"), [PAPER], False),
        ("the front page of a site", said(2021, type="webpage", url="https://ponds.example/index.html"), [PAPER], True),
        ("a question to a site", said(2021, type="webpage", url="https://ponds.example/?id=7"), [PAPER], False),
        ("of no stated kind", said(2021, type="", url="https://ponds.example"), [PAPER], True),
        ("an article at a site", said(2021, url="https://ponds.example/"), [PAPER], False),
        ("with a volume", said(2021, type="", url="https://ponds.example/", volume="7"), [PAPER], False),
        # venue, year and title are others
        ("another title too", claim("Sampling quiet ponds", WHO, 2019, venue="ICML", pages="7-9"), [AT_NEURIPS], True),
        ("the title", said(2019, venue="ICML", pages="7-9"), [AT_NEURIPS], False),
        ("the year", claim("Sampling quiet ponds", WHO, 2020, venue="ICML", pages="7-9"), [AT_NEURIPS], False),
        # pages of one record at another publisher's venue
        ("another publisher", at("ICLR", "Pond Press"), [PAGED], True),
        ("the publisher of the venue known", at("ICLR", "PMLR"), [PAGED], False),
        ("no publisher", at("ICLR", ""), [PAGED], False),
        ("two makers", at("ICLR", "Pond Press"), [PAGED, record("dblp:1", TITLE, WHO, 2020, "paper-conference", venue="ICML", pages="7-9")], False),
        ("other pages", at("ICLR", "Pond Press", pages="17-19"), [PAGED], False),
        # a report in the place of the journal
        ("a numbered report", said(2019, venue="Technical Report TR-7, Institute of Ponds"), [ARTICLE], True),
        ("a report and an article", said(2019, venue="Pond Letters"), [ARTICLE], False),
        # a workshop and its conference
        ("the workshop of the conference known", said(venue="ICML Workshop on Ponds"), [AT_ICML], True),
        ("the conference of the workshop known", said(venue="ICML"), [BESIDE_ICML], True),
        ("the conference known", said(venue="ICML"), [AT_ICML], False),
        ("the workshop known", said(venue="ICML Workshop on Ponds"), [BESIDE_ICML], False),
        ("both known", said(venue="ICML"), [AT_ICML, BESIDE_ICML], False),
        ("the DOI of the paper known", said(venue="ICML Workshop on Ponds", doi="10.5/i"), [AT_ICML], False),
        ("a workshop held with a conference", said(venue="Workshop on Frogs"), [AT_ICML], True),
        # an e-print that is younger than all that is known
        ("under another title", e_print("Ponds in winter, sampled while quiet", 2021), [AT_ICML], True),
        ("under its title", e_print(TITLE, 2021), [AT_ICML], False),
        ("of the same year", e_print("Ponds in winter, sampled while quiet", 2020), [AT_ICML], False),
        ("beside its upload", e_print("Ponds in winter, sampled while quiet", 2021), [AT_ICML, UPLOAD], False),
        # an e-print with the DOI of a publication
        ("of another one than is known", e_print(TITLE, 2019, doi="10.5/other"), [AT_ICML], True),
        ("of the one that is known", e_print(TITLE, 2019, doi="10.5/i"), [AT_ICML], False),
        ("with a slip", e_print(TITLE, 2019, doi="10.5/l"), [AT_ICML], False),
        ("beside one without a DOI", e_print(TITLE, 2019, doi="10.5/other"), [AT_ICML, PAGED], False),
        ("where none is known", e_print(TITLE, 2019, doi="10.5/other"), [UPLOAD], False),
        ("of the e-print", e_print(TITLE, 2019, doi="10.48550/arXiv.1901.00001"), [AT_ICML], False),
        # a paper, and the short form of it at another venue
        ("an abstract of it", at("ICML", "", "457"), [IN_SHORT], True),
        ("on its pages", at("ICML", "", "3183-3188"), [IN_SHORT], False),
        ("on no pages", at("ICML", "", ""), [IN_SHORT], False),
        ("an abstract on no pages", at("ICML", "", "457"), [record("s:1", TITLE, WHO, 2020, "paper-conference", venue="CHI Extended Abstracts")], False),
        ("the abstract", at("CHI Extended Abstracts", "", "457"), [IN_SHORT], False),
    ],
)  # fmt: skip
def test_a_publication_that_no_source_has(why, stated, records, unknown):
    assert told(stated, *records).unknown is unknown, why


def test_a_venue_known_as_a_conference_is_one_whatever_the_record_calls_it():
    icml = record("i:1", TITLE, WHO, 2020, venue="ICML")
    assert told(said(2022, venue="Frog News", volume="3", pages="7"), icml).unknown
    # in one year: only where both venues are known, and are two
    assert not told(said(2020, venue="Frog News", volume="3", pages="7"), icml).unknown
    assert told(said(2020, venue="Physical Review Letters", volume="3", pages="7"), icml).unknown
    same_page = record("i:1", TITLE, WHO, 2020, venue="ICML", pages="7-9")
    assert told(
        said(2020, venue="Physical Review Letters", volume="3", pages="7"), same_page
    ).unknown


@pytest.mark.parametrize(
    ("why", "stated", "edition"),
    [
        ("another edition", {"year": 2000, "edition": "3"}, True),
        ("the same edition", {"year": 1990, "edition": "2"}, False),
        ("a later printing", {"year": 2000}, True),
        ("older than a later edition", {"year": 1970}, True),
        ("older, but numbered", {"year": 1970, "edition": "1"}, True),
        ("no year", {"year": None}, False),
    ],
)
def test_editions(why, stated, edition):
    book = record("b:1", "The pond book", "Jia Li", 1990, "book", edition="2", publisher="Reed")
    stated = claim("The pond book", "Jia Li", type="book", **stated)
    assert told(stated, book).edition is edition, why


def test_editions_are_of_books():
    stated = claim(TITLE, WHO, 2000, venue="Pond Letters")
    assert not told(stated, ARTICLE).edition
    book = record("b:1", "The pond book", "Jia Li", 1990, "book")
    of_claim = claim("The pond book", "Jia Li", 2000, "book")
    assert told(of_claim, book, ARTICLE).edition
    # one printing of the stated year is enough
    assert not told(of_claim, book, record("b:2", "The pond book", "Jia Li", 2000, "book")).edition


def test_the_oldest_edition_may_be_cited_a_year_early():
    book = record("b:1", "The pond book", "Jia Li", 1990, "book", edition="1")
    for year, edition in ((1989, False), (1980, False), (1992, True)):
        assert told(claim("The pond book", "Jia Li", year, "book"), book).edition is edition, year


def test_years_before_a_book_of_no_stated_edition_are_of_an_earlier_one():
    book = record("b:1", "The pond book", "Jia Li", 1990, "book")
    assert told(claim("The pond book", "Jia Li", 1980, "book"), book).edition


def test_years_before_a_later_edition_are_of_earlier_ones():
    book = record("b:1", "The pond book", "Jia Li", 1990, "book", edition="2")
    for year, edition in ((1989, False), (1988, True), (1980, True)):
        assert told(claim("The pond book", "Jia Li", year, "book"), book).edition is edition, year
    own = claim("The pond book", "Jia Li", 1970, "book", isbn="9780306406157")
    assert told(own, record("b:1", "The pond book", "Jia Li", 1990, "book")).edition
    first = record("b:2", "The pond book", "Jia Li", 1980, "book", edition="1st ed.")
    assert not told(claim("The pond book", "Jia Li", 1970, "book"), first, book).edition


@pytest.mark.parametrize(
    ("published", "made"),
    [
        (False, UPLOAD),
        (True, PAPER),
        (True, ARTICLE),
        (True, record("x:1", "Ponds", type="book")),
        (True, record("x:1", "Ponds", type="chapter")),
        (False, record("x:1", "Ponds", type="report")),
        (True, record("x:1", "Ponds", type="report", venue="Pond Letters")),
        (False, record("x:1", "Ponds", type="thesis")),
        (False, record("x:1", "Ponds", type="paper-conference", venue="arXiv")),
    ],
)
def test_what_is_published(published, made):
    assert is_published(made) is published
