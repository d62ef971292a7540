"""Each finding against a work, one subject at a time: what is told, of which values, and what is left alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import claim, item, record

from citenorm.findings import accuses
from citenorm.match.fields import people_level
from citenorm.match.verify.authors import authors, listed, placeholders
from citenorm.match.verify.case import Case
from citenorm.match.verify.doi_venue import stray_for_venue
from citenorm.match.verify.identifier import (
    identifier,
    impossible_arxiv,
    impossible_doi,
)
from citenorm.match.verify.not_found import absence
from citenorm.match.verify.pages import pages
from citenorm.match.verify.sources import sources
from citenorm.match.verify.status import findings, judge
from citenorm.match.verify.title import title
from citenorm.match.verify.venue import venue, would_be_held
from citenorm.match.verify.version import version
from citenorm.match.verify.year import later_identifier, still_to_come, to_appear, year
from citenorm.match.views import claim_view, record_view
from citenorm.match.works import described
from citenorm.model import Comparison, Described, Evidence, Name, Resolution, Work
from citenorm.normalize.dates import this_year

WHO = "Jia Li; Omar Haddad; Mei Sato"
TITLE = "Sampling quiet ponds as mirrors of winter stars"
ICML, NEURIPS = (
    "International Conference on Machine Learning",
    "Neural Information Processing Systems",
)


class Holds:
    """A catalogue that holds a share of every venue and knows some registrants of DOIs."""

    newest = 0

    def __init__(self, share=0.0, registrants=0, registered=0, volume="", newest=0):
        self._share, self.registrants, self._registered = share, registrants, registered
        self._volume, self.newest = volume, newest

    def share(self, venue, year):
        return self._share

    def registered(self, doi):
        return self._registered

    def volume(self, doi):
        return self._volume


def paper(ident="dblp:1", **more):
    base = {"title": TITLE, "who": WHO, "year": 2020, "venue": "Pond Letters"}
    return record(ident, **{**base, **more})


def case(stated, *records, emitted=None, holdings=None, candidates=(), here=None, raw=""):
    base = {"title": TITLE, "who": WHO, "year": 2020, "venue": "Pond Letters"}
    ours = claim(**{**base, **stated}, raw=raw)
    records = records or (paper(),)
    work = Work(records[0].id, records)
    return Case(
        ours, claim_view(ours), work, [record_view(r) for r in records], here or described(ours, work),
        records[0].csl if emitted is None else emitted, candidates, holdings,
    )  # fmt: skip


def told(subject, *given, **more):
    return [(e.level, e.claim, e.record) for e in subject(case(*given, **more))]


def levels(subject, *given, **more):
    return [row[0] for row in told(subject, *given, **more)]


# ------------------------------------------------------------------ titles
@pytest.mark.parametrize(
    ("why", "stated", "level"),
    [
        ("the same", TITLE.upper(), []),
        ("a slip", TITLE.replace("quiet", "quite"), ["spelled"]),
        ("none", "", []),
        ("without its end", "Sampling quiet ponds as mirrors", ["shortened"]),
        ("a subtitle more", TITLE + ": a field study", ["lengthened"]),
        ("another word", TITLE.replace("winter", "summer"), ["differs"]),
        ("a small word", TITLE.replace("as mirrors", "with mirrors"), ["misphrased"]),
        ("a plural", TITLE.replace("mirrors", "mirror"), ["misphrased"]),
        ("two plurals", TITLE.replace("mirrors", "mirror").replace("stars", "star"), ["spelled"]),
        ("a further part", TITLE + ", part 2", ["lengthened"]),
    ],
)
def test_titles(why, stated, level):
    assert levels(title, {"title": stated}) == level, why


def test_a_title_misleads_only_of_the_version_described():
    other = {"title": TITLE.replace("winter", "summer")}
    assert levels(title, {**other, "venue": "Frog News"}) == ["reworded"]
    assert levels(title, {**other, "year": 2021}) == ["reworded"]
    small = {"title": TITLE.replace("as mirrors", "with mirrors"), "venue": "Frog News"}
    assert levels(title, small) == []
    # words left out alone do not mislead
    fewer = {"title": TITLE.replace("quiet ", "").replace("winter ", "")}
    assert levels(title, fewer) in (["reworded"], ["shortened"])


def test_the_title_of_another_version():
    upload = paper(
        "arxiv:1", title="First light on frozen water", type="article", venue="", year=2019
    )
    made = told(title, {"title": "First light on frozen water"}, paper(), upload)
    assert made == [("other version", "First light on frozen water", TITLE)]
    # the record that is nearest is named
    far = {"title": TITLE.replace("winter", "summer")}
    assert told(title, far, upload, paper(), emitted=paper().csl)[0][2] == TITLE


# ------------------------------------------------------------------ years
@pytest.mark.parametrize(
    ("why", "stated", "records", "level"),
    [
        ("the same", {"year": 2020}, [{}], []),
        ("missing", {"year": None}, [{}], [("missing", "", "2020")]),
        ("missing beside an arXiv number", {"year": None, "arxiv": "1901.00001"}, [{}], []),
        ("nobody knows", {"year": 2020}, [{"year": None}], []),
        ("the next", {"year": 2021}, [{}], [("near", "2021", "2020")]),
        ("two years later, its venue", {"year": 2022}, [{}], [("differs", "2022", "2020")]),
        ("two years later, no venue", {"year": 2022, "venue": ""}, [{}], [("other version", "2022", "2020")]),
        ("three years later, no venue", {"year": 2023, "venue": ""}, [{}], [("differs", "2023", "2020")]),
        ("three years later, of a preprint", {"year": 2023, "venue": ""}, [{"type": "article", "venue": ""}], [("other version", "2023", "2020")]),
        ("another venue", {"year": 2012, "venue": "Frog News"}, [{}], [("other version", "2012", "2020")]),
        ("its DOI", {"year": 2012, "venue": "Frog News", "doi": "10.5/a"}, [{"doi": "10.5/a"}], [("differs", "2012", "2020")]),
        ("a book", {"year": 2012, "type": "book"}, [{}], [("other version", "2012", "2020")]),
        ("of books", {"year": 2012}, [{"type": "book"}], [("other version", "2012", "2020")]),
        ("a preprint", {"year": 2012, "venue": "", "arxiv": "1201.00001"}, [{}], [("other version", "2012", "2020")]),
        ("between versions", {"year": 2015}, [{}, {"year": 2010}], [("near", "2015", "2020")]),
        ("one of two", {"year": 2010}, [{}, {"year": 2010}], []),
        ("the name of the venue tells it", {"year": 2012, "venue": "Pond Days 2020"}, [{"venue": "Pond Days"}], [("differs", "2012", "2020")]),
        ("the year after that of the venue", {"year": 2021, "venue": "Pond Days 2020"}, [{"venue": "Pond Days"}], [("near", "2021", "2020")]),
        ("its number is later", {"year": 2012, "arxiv": "1901.00001"}, [{}], [("before identifier", "2012", "arXiv:1901.00001")]),
        ("its DOI is later", {"year": 2012, "doi": "10.1/icml.2019.12"}, [{}], [("before identifier", "2012", "10.1/icml.2019.12")]),
        ("the year before its number", {"year": 2018, "arxiv": "1901.00001"}, [{"year": 2019}], [("near", "2018", "2019")]),
    ],
)  # fmt: skip
def test_years(why, stated, records, level):
    made = [paper(f"dblp:{i}", **more) for i, more in enumerate(records)]
    assert told(year, stated, *made) == level, why


def test_years_that_are_printed_as_stated_are_no_records():
    kept = {**paper().csl, "issued": {"date-parts": [[2012]]}}
    assert told(year, {"year": 2012}, emitted=kept) == [("differs", "2012", "2020")]
    assert told(year, {"year": None}, emitted=item(TITLE)) == []


def test_years_to_come():
    now = this_year()
    assert [still_to_come(now + n, None) for n in (0, 1, 2)] == [False, False, True]
    assert not still_to_come(now + 2, Holds(newest=now + 2))
    assert still_to_come(now + 3, Holds(newest=now + 2))
    assert told(year, {"year": now + 5})[0][0] == "impossible"


@pytest.mark.parametrize(
    ("stated", "before"),
    [
        ({"year": 2017, "arxiv": "1901.00001"}, True),
        ({"year": 2018, "arxiv": "1901.00001"}, False),
        ({"year": None, "arxiv": "1901.00001"}, False),
        ({"year": 1995, "arxiv": "hep-th/9901001"}, True),
        ({"year": 1998, "arxiv": "hep-th/9901001"}, False),
        ({"year": 1995, "arxiv": "1913.00001"}, False),
        ({"year": 2017, "doi": "10.1/j.2019.02"}, True),
        ({"year": 2018, "doi": "10.1/j.2019.02"}, False),
        ({"year": 2010, "doi": "10.1/2019"}, False),
        ({"year": 2002, "doi": "10.1/pond.25.2007.s33"}, False),  # volume and page
        ({"year": 2002, "doi": "10.1/2007.33"}, True),
        ({"year": 2010}, False),
    ],
)
def test_numbers_given_out_after_the_year(stated, before):
    assert bool(later_identifier(claim_view(claim(TITLE, **stated)))) is before


@pytest.mark.parametrize(
    ("csl", "out"),
    [({"note": "To appear"}, True), ({"status": "in press"}, True), ({"page": "forthcoming"}, True), ({"note": "appeared"}, False), ({"title": "To appear"}, False), ({}, False)],
)  # fmt: skip
def test_what_is_not_out_yet(csl, out):
    assert to_appear(csl) is out


# ------------------------------------------------------------------ venues
@pytest.mark.parametrize(
    ("why", "stated", "theirs", "made"),
    [
        ("the same", {}, {}, []),
        ("missing", {"venue": ""}, {}, [("missing", "", "Pond Letters")]),
        ("said by a macro", {"venue": "", "custom": {"unreadable-container-title": "jpond"}}, {}, []),
        ("missing of a preprint", {"venue": "", "type": "article"}, {}, []),
        ("missing beside an arXiv number", {"venue": "", "arxiv": "1901.00001"}, {}, []),
        ("missing of a book", {"venue": "", "type": "book"}, {}, []),
        ("missing of a document that is a paper", {"venue": "", "type": "document"}, {}, [("missing", "", "Pond Letters")]),
        ("missing of a document that is a report", {"venue": "", "type": "document"}, {"type": "report"}, []),
        ("none recorded", {"venue": ""}, {"venue": ""}, []),
        ("a server", {"venue": "arXiv", "type": "article"}, {}, []),
        ("kin", {"venue": "SIGGRAPH"}, {"venue": "ACM Transactions on Graphics"}, [("near", "SIGGRAPH", "ACM Transactions on Graphics")]),
        ("a longer name without a mark", {"venue": "Pond Letters Reports"}, {}, [("unknown", "Pond Letters Reports", "Pond Letters")]),
        ("one word more", {"venue": "Ponds: Reports"}, {"venue": "Ponds"}, [("unknown", "Ponds: Reports", "Ponds")]),
        ("another", {"venue": "Frog News"}, {}, [("unknown", "Frog News", "Pond Letters")]),
        ("another conference", {"venue": ICML}, {"venue": NEURIPS}, [("differs", ICML, NEURIPS)]),
        ("another conference of another year", {"venue": ICML, "year": 2019}, {"venue": NEURIPS}, [("unknown", ICML, NEURIPS)]),
        ("another conference, undated", {"venue": ICML, "year": None}, {"venue": NEURIPS}, [("differs", ICML, NEURIPS)]),
        ("a journal for a conference", {"venue": "Physical Review Letters"}, {"venue": NEURIPS}, [("unknown", "Physical Review Letters", NEURIPS)]),
        ("its DOI, another known venue", {"venue": "Physical Review Letters", "doi": "10.5/a"}, {"venue": NEURIPS, "doi": "10.5/a"}, [("differs", "Physical Review Letters", NEURIPS)]),
        ("its DOI, a venue nobody knows", {"venue": "Frog News", "doi": "10.5/a"}, {"venue": NEURIPS, "doi": "10.5/a"}, [("unknown", "Frog News", NEURIPS)]),
        ("a full name unlike it", {"venue": "Transactions on Frog Acoustics"}, {"venue": NEURIPS}, [("nowhere", "Transactions on Frog Acoustics", NEURIPS)]),
        ("two words", {"venue": "Frog Transactions"}, {"venue": NEURIPS}, [("unknown", "Frog Transactions", NEURIPS)]),
        ("no word of a name", {"venue": "The Frogs of the North"}, {"venue": NEURIPS}, [("unknown", "The Frogs of the North", NEURIPS)]),
        ("another year", {"venue": "Transactions on Frog Acoustics", "year": 2019}, {"venue": NEURIPS}, [("unknown", "Transactions on Frog Acoustics", NEURIPS)]),
        ("other people", {"venue": "Transactions on Frog Acoustics", "who": "Jia Li; Eva Brandt"}, {"venue": NEURIPS}, [("unknown", "Transactions on Frog Acoustics", NEURIPS)]),
        ("another title", {"venue": "Transactions on Frog Acoustics", "title": "Ponds"}, {"venue": NEURIPS}, [("unknown", "Transactions on Frog Acoustics", NEURIPS)]),
        ("a workshop", {"venue": "Workshop on Frog Acoustics"}, {"venue": NEURIPS}, [("near", "Workshop on Frog Acoustics", NEURIPS)]),
        ("a workshop, and the DOI of a conference", {"venue": "Workshop on Frog Acoustics", "doi": "10.1109/CVPR.2018.5"}, {"venue": NEURIPS}, [("differs", "Workshop on Frog Acoustics", NEURIPS)]),
        ("a record whose source has a wrong one for those years", {"venue": "USENIX Winter Conference"}, {"ident": "crosstex:a", "venue": "USENIX Security Symposium", "year": 1993}, []),
        ("of a venue that nobody knows", {"venue": "Transactions on Frog Acoustics"}, {}, [("unknown", "Transactions on Frog Acoustics", "Pond Letters")]),
    ],
)  # fmt: skip
def test_venues(why, stated, theirs, made):
    assert told(venue, stated, paper(**theirs)) == made, why


@pytest.mark.parametrize(
    ("why", "stated", "who", "level"),
    [
        ("its DOI names it", {"doi": "10.1109/TSE.2020.1183"}, "bib:1", "near"),
        ("beside a record that is sure", {"doi": "10.1109/TSE.2020.1183"}, "dblp:1", "unknown"),
        ("its DOI names another", {"doi": "10.1109/TPAMI.2020.1183"}, "bib:1", "unknown"),
        ("the very volume and pages", {"volume": "29", "pages": "210-224"}, "bib:1", "near"),
        ("beside a record that is sure of them", {"volume": "29", "pages": "210-224"}, "dblp:1", "unknown"),
        ("other pages", {"volume": "29", "pages": "21-24"}, "bib:1", "unknown"),
        ("the pages alone", {"pages": "210-224"}, "bib:1", "unknown"),
    ],
)  # fmt: skip
def test_a_venue_that_more_than_its_name_bears_out(why, stated, who, level):
    theirs = {"venue": "Computer", "volume": "29", "pages": "210-224"}
    stated = {"venue": "IEEE Transactions on Software Engineering", **stated}
    assert levels(venue, stated, paper(who, **theirs)) == [level], why


def test_a_venue_of_which_all_is_held():
    stated = {"venue": ICML}
    assert levels(venue, stated, holdings=Holds(0.99)) == ["differs"]
    assert levels(venue, stated, holdings=Holds(0.98)) == ["unknown"]
    upload = paper("arxiv:1", type="article", venue="")
    assert told(venue, stated, upload, holdings=Holds(1.0)) == [("differs", ICML, "arXiv")]
    bare = paper("dblp:1", venue="")
    assert told(venue, stated, bare, holdings=Holds(1.0)) == [("differs", ICML, "another venue")]
    # kept from the claim: the record's own venue is told
    assert told(venue, stated, emitted={"container-title": ICML}, holdings=Holds(1.0)) == [("differs", ICML, "Pond Letters")]  # fmt: skip


@pytest.mark.parametrize(
    ("stated", "share", "held"),
    [
        ({"venue": ICML, "year": 2019}, 1.0, True),
        ({"venue": ICML, "year": 2019}, 0.9, False),
        ({"venue": ICML, "year": None}, 1.0, False),
        ({"venue": "", "year": 2019}, 1.0, False),
        ({"venue": "Frog News", "year": 2019}, 1.0, False),
        ({"venue": "Lecture Notes in Computer Science", "year": 2019}, 1.0, False),
    ],
)
def test_what_would_be_held(stated, share, held):
    assert would_be_held(claim_view(claim(TITLE, **stated)), Holds(share)) is held


def test_the_year_in_the_name_of_the_venue_counts_too():
    class OneYear(Holds):
        def share(self, venue, year):
            return 1.0 if year == 2019 else 0.0

    def held(venue):
        return would_be_held(claim_view(claim(TITLE, year=2019, venue=venue)), OneYear())

    assert held("ICML 2019") and not held("ICML 2018")


# ------------------------------------------------------------------ pages, versions, sources
@pytest.mark.parametrize(
    ("why", "stated", "records", "made"),
    [
        ("the same", {"pages": "30-41"}, [{"pages": "30-41"}], []),
        ("the first page", {"pages": "30"}, [{"pages": "30-41"}], []),
        ("missing", {}, [{"pages": "30-41"}], [("missing", "", "30-41")]),
        ("missing, no venue", {"venue": ""}, [{"pages": "30-41"}], []),
        ("missing of a preprint", {"venue": "arXiv", "type": "article"}, [{"pages": "30-41"}], []),
        ("none recorded", {"pages": "30-41"}, [{}], []),
        ("others", {"pages": "7-9"}, [{"pages": "30-41"}], [("differ", "7-9", "30-41")]),
        ("as many elsewhere", {"pages": "7-24"}, [{"pages": "30-47"}], [("other printing", "7-24", "30-47")]),
        ("of another version", {"pages": "7-9"}, [{"pages": "30-41"}, {"pages": "7-9"}], []),
    ],
)  # fmt: skip
def test_pages(why, stated, records, made):
    assert told(pages, stated, *(paper(f"dblp:{i}", **x) for i, x in enumerate(records))) == made, (
        why
    )


def test_pages_of_another_printing_are_told_as_wrong_where_the_publisher_has_others():
    assert levels(pages, {"pages": "7-24"}, paper("acm:1", pages="30-47")) == ["differ"]


@pytest.mark.parametrize(
    ("why", "stated", "records", "emitted", "made"),
    [
        ("published since", {"venue": "", "arxiv": "1901.00001"}, [{}], None, [("superseded", "1901.00001", "Pond Letters 2020")]),
        ("of a server", {"venue": "bioRxiv", "type": "article"}, [{}], None, [("superseded", "bioRxiv", "Pond Letters 2020")]),
        ("without number", {"venue": "", "type": "article"}, [{}], None, [("superseded", "preprint", "Pond Letters 2020")]),
        ("printed as the preprint", {"venue": "", "type": "article"}, [{}], {"type": "article", "publisher": "arXiv"}, [("superseded", "preprint", "Pond Letters 2020")]),
        ("in a book", {"venue": "", "type": "article"}, [{"type": "book", "venue": "", "publisher": "Reed", "year": None}], None, [("superseded", "preprint", "Reed")]),
        ("still a preprint", {"venue": "", "type": "article"}, [{"type": "article", "venue": ""}], None, []),
        ("cited as published", {}, [{}], None, []),
        ("retracted", {}, [{}, {"custom": {"retracted": True}}], None, [("retracted", TITLE, "dblp:1")]),
        ("retracted, by its title", {}, [{"title": "RETRACTED: " + TITLE}], None, [("retracted", "RETRACTED: " + TITLE, "dblp:0")]),
        ("told once", {}, [{"custom": {"retracted": True}}, {"custom": {"retracted": True}}], None, [("retracted", TITLE, "dblp:0")]),
    ],
)  # fmt: skip
def test_versions(why, stated, records, emitted, made):
    works = [paper(f"dblp:{i}", **x) for i, x in enumerate(records)]
    assert told(version, stated, *works, emitted=emitted) == made, why


@pytest.mark.parametrize(
    ("why", "stated", "published", "told_of_them"),
    [
        ("the same", WHO, WHO, ""),
        ("initials", "J. Li; O. Haddad; M. Sato", WHO, ""),
        ("one more", "Jia Li; Mei Sato", WHO, ", with Omar Haddad"),
        ("one fewer", WHO, "Jia Li; Omar Haddad", ", without Mei Sato"),
        ("one for another", "Jia Li; Eva Pond; Mei Sato", WHO, ", with Omar Haddad, without Eva Pond"),
        ("another order", "Jia Li; Mei Sato; Omar Haddad", WHO, ", the authors in another order"),
        ("many more", "Jia Li", WHO + "; Al Fox; Eva Pond", ", with Omar Haddad, Mei Sato, Al Fox …"),
        ("et al.", "Jia Li; others", WHO, ""),
        ("et al. behind somebody else", "Eva Pond; Jia Li; others", WHO, ", without Eva Pond"),
        ("nobody shared", "Eva Pond", WHO, ""),
        ("a group", "Pond Society", WHO, ""),
    ],
)  # fmt: skip
def test_the_people_of_the_publication_are_told_where_they_are_others(
    why, stated, published, told_of_them
):
    who = stated.removesuffix("; others")
    more = {"custom": {"others": True}} if who != stated else {}
    said = {"venue": "", "type": "article", "who": who, **more}
    ((_, _, record),) = told(version, said, paper(who=published))
    assert record == "Pond Letters 2020" + told_of_them, why


@pytest.mark.parametrize(
    ("why", "one", "two", "conflict"),
    [
        ("two sources", {}, {}, True),
        ("the same pages", {}, {"pages": "7-9"}, False),
        ("one form of them", {"pages": "101-113"}, {"pages": "101-13"}, False),
        ("one page alone", {}, {"pages": "30"}, False),
        ("a preprint", {}, {"type": "article"}, False),
        ("another venue", {}, {"venue": "Physical Review Letters"}, False),
        ("a year later", {}, {"year": 2021}, True),
        ("two years later", {}, {"year": 2022}, False),
        ("undated", {}, {"year": None}, True),
        ("no venue", {}, {"venue": ""}, False),
    ],
)
def test_sources_that_do_not_agree(why, one, two, conflict):
    first, second = (
        paper("dblp:1", **{"pages": "7-9", **one}),
        paper("acm:2", **{"pages": "30-41", **two}),
    )
    made = told(sources, {}, first, second)
    assert bool(made) is conflict, why
    if conflict:
        assert made == [("page", "acm: 30-41; dblp: 7-9", "7-9")]
    assert not told(sources, {}, first, second, emitted=item(TITLE))


# ------------------------------------------------------------------ identifiers
@pytest.mark.parametrize(
    ("doi", "impossible"),
    [
        ("10.1000/x", False),
        ("10.69999/x", False),
        ("10.70000/x", True),
        ("10.1234/x", True),
        ("10.12345/x", True),
        ("10.1000.10/x", False),
        ("10.11/x", True),
        ("10.1000/", True),
        ("doi:10.1000/x", True),
    ],
)
def test_dois_that_cannot_be(doi, impossible):
    assert impossible_doi(doi) is impossible


@pytest.mark.parametrize(
    ("stated", "raw", "number"),
    [
        ({"arxiv": "1901.00001"}, "", ""),
        ({"arxiv": "3501.00001"}, "", "3501.00001"),
        ({}, "Li, arXiv:1913.00001", "1913.00001"),
        ({}, "Li, arXiv:1900.00001", "1900.00001"),
        ({}, "Li, arXiv.org/abs/1999.00001", "1999.00001"),
        ({}, "Li, arXiv:1912.00001", ""),
        ({}, "Li, 1913.00001", ""),
        ({"custom": {"unreadable-arxiv": "1913.00001"}}, "", "1913.00001"),
        ({"custom": {"unreadable-arxiv": "arXiv:1913.00001v2"}}, "", "1913.00001"),
        ({"custom": {"unreadable-arxiv": "19130.1"}}, "", ""),
    ],
)
def test_arxiv_numbers_that_cannot_be(stated, raw, number):
    ours = claim(TITLE, raw=raw, **stated)
    assert impossible_arxiv(ours, claim_view(ours), None) == number


def near(ident="x:9", **more):
    base = {"title": "Rivers of the high north", "who": "Ada Smith", "year": 2011}
    found = record(ident, **{**base, **more})
    return Comparison(
        found, (Evidence("title", "different", 0.0), Evidence("author", "none", 0.0)), -9.0, 0.0
    )


@pytest.mark.parametrize(
    ("why", "stated", "theirs", "more", "made"),
    [
        ("the work's", {"doi": "10.5555/a"}, {"doi": "10.5555/a"}, {}, []),
        ("an unknown one", {"doi": "10.5555/b"}, {"doi": "10.5555/a"}, {}, []),
        ("of a version", {"arxiv": "1901.00001"}, {"version_of": "arXiv:1901.00001"}, {}, []),
        ("impossible", {"doi": "10.99999/a"}, {"doi": "10.5555/a"}, {}, [("impossible", "10.99999/a", "10.5555/a")]),
        ("half a DOI", {"custom": {"unreadable-doi": "10.11/x"}}, {"doi": "10.5555/a"}, {}, [("impossible", "10.11/x", "10.5555/a")]),
        ("no DOI at all", {"custom": {"unreadable-doi": "123456"}}, {"doi": "10.5555/a"}, {}, []),
        ("a filler", {"custom": {"unreadable-arxiv": "arXiv:1011.1669v3"}}, {"arxiv": "1901.00001"}, {}, [("filler", "arXiv:1011.1669v3", "1901.00001")]),
        ("a filler that is the work's", {"custom": {"unreadable-arxiv": "1011.1669"}}, {"arxiv": "1011.1669"}, {}, []),
        ("another work's", {"doi": "10.5555/b"}, {}, {"candidates": (near(doi="10.5555/b"),)}, [("elsewhere", "10.5555/b", "Rivers of the high north")]),
        ("another work's number", {"arxiv": "1901.00001"}, {}, {"candidates": (near(arxiv="1901.00001"),)}, [("elsewhere", "1901.00001", "Rivers of the high north")]),
        ("of the same text", {"doi": "10.5555/b"}, {}, {"candidates": (near(title=TITLE, doi="10.5555/b"),)}, []),
        ("of like text by the same", {"doi": "10.5555/b"}, {}, {"candidates": (near(title="Sampling quiet ponds with nets in winter", who="Jia Li", doi="10.5555/b"),)}, []),
        ("of like text by others", {"doi": "10.5555/b"}, {}, {"candidates": (near(title="Sampling quiet ponds with nets in winter", doi="10.5555/b"),)}, [("elsewhere", "10.5555/b", "Sampling quiet ponds with nets in winter")]),
        ("a registrant that nobody met", {"doi": "10.5555/b"}, {"doi": "10.5555/a"}, {"holdings": Holds(registrants=200)}, [("unknown", "10.5555/b", "10.5555/a")]),
        ("few registrants known", {"doi": "10.5555/b"}, {}, {"holdings": Holds(registrants=199)}, []),
        ("a registrant that is known", {"doi": "10.5555/b"}, {}, {"holdings": Holds(registrants=200, registered=3)}, []),
        ("an arXiv number is of no registrant", {"arxiv": "1901.00001"}, {}, {"holdings": Holds(registrants=200)}, []),
        ("a month that does not exist", {"raw": "x"}, {"arxiv": "1901.00001"}, {"raw": "arXiv:1913.00001"}, [("impossible", "1913.00001", "1901.00001")]),
        ("which the record has too", {"raw": "x"}, {"arxiv": "1913.00001"}, {"raw": "arXiv:1913.00001"}, []),
    ],
)  # fmt: skip
def test_identifiers(why, stated, theirs, more, made):
    stated = {k: v for k, v in stated.items() if k != "raw"}
    assert told(identifier, stated, paper(**theirs), **more) == made, why


@pytest.mark.parametrize(
    ("venue_", "doi", "volume", "stray"),
    [
        ("International Conference on Computer Vision", "10.1109/cvpr.2019.1", "", True),
        ("Computer Vision and Pattern Recognition", "10.1109/cvpr.2019.1", "", False),
        ("Proc. CVPR", "10.1109/cvpr.2019.1", "", False),
        ("Annual Symposium of the Frog Society", "10.1109/cvpr.2019.1", "", True),
        ("Conference of Valley Ponds and Rivers", "10.1109/cvpr.2019.1", "", False),
        ("Frog News", "10.1109/cvpr.2019.1", "", False),
        ("International Conference on Computer Vision", "10.1145/cvpr.2019.1", "", False),
        ("International Conference on Computer Vision", "10.1109/zzz.2019.1", "", False),
        ("", "10.1109/cvpr.2019.1", "", False),
        (ICML, "10.5555/1.2", NEURIPS, True),
        (ICML, "10.5555/1.2", ICML, False),
        (ICML, "10.5555/1.2", "", False),
        ("Frog News", "10.5555/1.2", NEURIPS, False),
        ("Lecture Notes in Computer Science", "10.5555/1.2", NEURIPS, False),
        (ICML, "", NEURIPS, False),
    ],
)
def test_dois_of_other_venues(venue_, doi, volume, stray):
    ours = claim_view(claim(TITLE, venue=venue_, doi=doi))
    assert stray_for_venue(ours, Holds(volume=volume)) is stray
    if volume:
        assert not stray_for_venue(ours, None)


# ------------------------------------------------------------------ people
@pytest.mark.parametrize(
    ("why", "stated", "made"),
    [
        ("the same", {}, []),
        ("initials", {"who": "J. Li; O. Haddad; M. Sato"}, []),
        ("nobody", {"who": ""}, []),
        ("et al.", {"who": "Jia Li", "others": True}, [("et al.", "Jia Li", "Jia Li, Omar Haddad, Mei Sato")]),
        ("a slip", {"who": "Jia Li; Omar Hadad; Mei Sato"}, [("misspelled", "Omar Hadad", "Omar Haddad")]),
        ("left out", {"who": "Jia Li; Omar Haddad"}, [("left out", "Jia Li, Omar Haddad", "Jia Li, Omar Haddad, Mei Sato")]),
        ("one alone", {"who": "Mei Sato"}, [("left out", "Mei Sato", "Jia Li, Omar Haddad, Mei Sato")]),
        ("others", {"who": "Ada Smith; Ben Jones"}, [("other people", "Ada Smith, Ben Jones", "Jia Li, Omar Haddad, Mei Sato")]),
        ("one more", {"who": WHO + "; Ada Smith"}, [("other version", "Jia Li, Omar Haddad, Mei Sato, Ada Smith", "Jia Li, Omar Haddad, Mei Sato")]),
        ("one is another", {"who": "Jia Li; Ada Brandt; Mei Sato"}, [("one other", "Jia Li, Ada Brandt, Mei Sato", "Jia Li, Omar Haddad, Mei Sato")]),
        ("two are others", {"who": "Jia Li; Ada Brandt; Ben Jones"}, [("other people", "Jia Li, Ada Brandt, Ben Jones", "Jia Li, Omar Haddad, Mei Sato")]),
        ("another order", {"who": "Mei Sato; Jia Li; Omar Haddad"}, [("order of record", "Mei Sato, Jia Li, Omar Haddad", "Jia Li, Omar Haddad, Mei Sato")]),
        ("another order behind the first", {"who": "Jia Li; Mei Sato; Omar Haddad"}, [("other version", "Jia Li, Mei Sato, Omar Haddad", "Jia Li, Omar Haddad, Mei Sato")]),
        ("another order of a preprint", {"who": "Mei Sato; Jia Li; Omar Haddad", "venue": "", "arxiv": "1901.00001"}, [("other version", "Mei Sato, Jia Li, Omar Haddad", "Jia Li, Omar Haddad, Mei Sato")]),
        ("twice", {"who": "Jia Li; Omar Haddad; Jia Li"}, [("repeated", "Jia Li, Omar Haddad, Jia Li", "Jia Li, Omar Haddad, Mei Sato")]),
        ("placeholders", {"who": "Author One; Author Two"}, [("placeholder", "Author One, Author Two", "Jia Li, Omar Haddad, Mei Sato")]),
        ("a group", {"who": "Ponders"}, [("group", "Ponders", "Jia Li, Omar Haddad, Mei Sato")]),
        ("run together", {"who": ["Li, Jia and Omar Haddad and Mei Sato"]}, [("run together", "Jia and Omar Haddad and Mei Sato Li", "Jia Li, Omar Haddad, Mei Sato")]),
        ("of another version", {"who": "Jia Li; Omar Haddad", "venue": "Frog News"}, [("other version", "Jia Li, Omar Haddad", "Jia Li, Omar Haddad, Mei Sato")]),
        ("a first name one letter off", {"who": "Jia Li; Omarr Haddad; Mei Sato"}, []),
    ],
)  # fmt: skip
def test_authors(why, stated, made):
    assert told(authors, stated) == made, why


def test_people_more_than_two_records_have():
    stated = {"who": WHO + "; Ada Smith"}
    assert levels(authors, stated, paper("dblp:1"), paper("acm:2")) == ["added"]
    preprint = {**stated, "venue": "", "arxiv": "1901.00001"}
    assert levels(authors, preprint, paper("dblp:1"), paper("acm:2")) == ["other version"]


def test_parts_of_another_number():
    stated = {"title": TITLE + ", part 2"}
    assert levels(title, stated, paper(title=TITLE + ", part 1")) == ["differs"]


def test_the_place_tells_that_the_order_is_wrong():
    swapped = {"who": "Jia Li; Mei Sato; Omar Haddad", "pages": "7-9"}
    assert levels(authors, swapped, paper(pages="7-9")) == ["order of record"]
    assert levels(authors, swapped, paper("acm:1", pages="7-9")) == ["other order"]
    assert levels(authors, swapped, paper(pages="7-9"), paper("bib:1")) == ["other order"]
    assert levels(authors, swapped, paper(pages="7-12")) == ["other version"]
    assert levels(authors, {**swapped, "year": 2021}, paper(pages="7-9")) == ["other version"]


@pytest.mark.parametrize(
    ("stated", "recorded", "slip"),
    [
        ("Nicolas Li", "Nicolaz Li", True),
        ("Nicola Li", "Nicolas Li", False),  # shorter at its end
        ("Nicolas Li", "N. Li", False),
        ("N. Li", "Nicolas Li", False),
        ("Nina Li", "Nino Li", False),  # four letters
        ("Nicolas Li", "Nikolaz Li", False),  # two letters
        ("Jürgen Li", "Juergen Li", False),  # an umlaut spelled out
    ],
)
def test_first_names_one_letter_off(stated, recorded, slip):
    found = told(authors, {"who": f"{stated}; Mei Sato"}, paper(who=f"{recorded}; Mei Sato"))
    assert found == ([("misspelled", stated, recorded)] if slip else [])


def test_a_name_that_stands_so_in_another_version_is_no_slip():
    other = paper(
        "arxiv:1", who="Jia Li; Omar Hadad; Mei Sato; Ada Smith", type="article", venue=""
    )
    stated = {"who": "Jia Li; Omar Hadad; Mei Sato"}
    assert "misspelled" not in levels(authors, stated, paper(), other)
    both = paper("acm:2", who="Nicolaz Li; Mei Sato"), paper("dblp:1", who="Nicolas Li; Mei Sato")
    assert levels(authors, {"who": "Nicolas Li; Mei Sato"}, *both) == []


def test_lists_that_their_source_cut_accuse_nobody():
    cut = paper("dblp:1", who="Jia Li; Omar Haddad", author_count=5)
    assert levels(authors, {"who": "Jia Li; Ada Smith; Ben Jones"}, cut) == ["record cut"]
    assert levels(authors, {}, paper(who="")) == []


def test_the_family_names_place_for_place_are_the_people():
    assert levels(authors, {"who": "Bart Li; Omar Haddad"}, paper(who="Jia Li; Omar Haddad")) == [
        "differ"
    ]
    assert levels(authors, {"who": "Bart Li; Eva Haddad"}, paper(who="Jia Li; Omar Haddad")) == ["other people"]  # fmt: skip


def test_a_stranger_among_few():
    assert levels(authors, {"who": "Jia Li; Ada Smith; Ben Jones; Cy Day"}) == ["other people"]
    near_name = {"who": "Jia Li; Omar Haddadian; Mei Sato"}
    assert levels(authors, near_name) != ["one other"]
    assert levels(authors, {"who": "Jia Li; Olga Brandt; Mei Sato"}) == ["differ"]  # one initial
    assert levels(authors, {"who": "Jia Li; Pond Group; Mei Sato"}) != ["one other"]


def test_editions_have_their_own_authors():
    book = paper(type="book", venue="")
    stated = {"who": WHO + "; Ada Smith", "type": "book", "venue": ""}
    assert levels(authors, stated, book) == ["other version"]


def test_a_field_that_only_the_record_explains_accuses_nobody():
    stated = {"who": [""], "author": [{"family": "Mia Reed", "given": "Karl Loom"}], "custom": {"author-otherwise": [{"family": "Reed", "given": "Mia"}, {"family": "Loom", "given": "Karl"}]}}  # fmt: skip
    assert levels(authors, stated, paper(who="Mia Reed; Karl Loom")) == []
    assert levels(authors, stated, paper(who="Mia Reed; Karl Loom; Ada Smith")) == ["differ"]


def test_long_lists_are_shown_in_part():
    assert listed([Name(f, "A.") for f in "BCDEFG"]) == "A. B, A. C, A. D, A. E, A. F, A. G"
    assert listed([Name(f, "A.") for f in "BCDEFGH"]).endswith("A. G …")
    assert listed([]) == ""


@pytest.mark.parametrize(
    ("who", "made_up"),
    [("Author One; Author Two", True), ("Author One; Jia Li", False), ("John Smith", False), ("", False)],
)  # fmt: skip
def test_placeholders(who, made_up):
    assert placeholders(claim_view(claim(TITLE, who))) is made_up


# ------------------------------------------------------------------ nothing found
def missing(stated, *candidates, holdings=None, raw=""):
    base = {"title": TITLE, "who": WHO, "year": 2020, "venue": "Pond Letters"}
    return [e.level for e in absence(claim(**{**base, **stated}, raw=raw), candidates, holdings)]


def known_as(evidence=2, **more):
    base = {"title": TITLE, "who": "Ada Smith; Ben Jones", "year": 2020, "venue": "Pond Letters"}
    found = record("x:1", **{**base, **more})
    return Comparison(found, (Evidence("title", "exact", 0.0),) * evidence, 0.0, 0.5)


def test_what_was_filled_in_is_told_of_what_nobody_knows_and_makes_nothing_up():
    stated = claim(TITLE, WHO, 1996, custom={"unreadable-arxiv": "arXiv:1011.1669v3"})
    assert [(e.level, accuses(e)) for e in absence(stated, ())] == [("filler", False)]


PEOPLE = ["title of others"]


@pytest.mark.parametrize(
    ("why", "stated", "candidate", "made_up"),
    [
        ("the very title under other names", {}, known_as(), PEOPLE),
        ("of which nothing was weighed", {}, known_as(1), []),
        ("a year apart", {"year": 2021}, known_as(), PEOPLE),
        ("two years apart", {"year": 2022}, known_as(), []),
        ("undated", {"year": None}, known_as(), []),
        ("another venue", {"venue": "Physical Review Letters"}, known_as(), []),
        ("no venue", {"venue": ""}, known_as(), PEOPLE),
        ("a book", {"type": "book", "venue": ""}, known_as(), []),
        ("of a book", {"venue": ""}, known_as(type="book"), []),
        ("a book of that series and year", {"type": "book"}, known_as(), PEOPLE),
        ("its DOI, a book", {"type": "book", "doi": "10.5555/a"}, known_as(doi="10.5555/a"), PEOPLE),
        ("a short title", {"title": "Quiet ponds"}, known_as(title="Quiet ponds"), []),
        ("one person shared of many", {"who": "Jia Li; Ada Smith; Eva Brandt; Cy Day"}, known_as(), PEOPLE),
        ("half the people", {"who": "Jia Li; Ada Smith"}, known_as(), PEOPLE),
        ("the same people", {"who": "Ada Smith; Ben Jones"}, known_as(), []),
        ("a group", {"who": "Ponders"}, known_as(), []),
        ("a list cut short", {}, known_as(author_count=9), []),
        ("nearly the title, its venue and year", {"title": TITLE.replace("as mirrors", "the mirrors")}, known_as(), PEOPLE),
        ("nearly the title, next year", {"title": TITLE.replace("quiet", "frozen"), "year": 2021}, known_as(), []),
        ("another title", {"title": "A survey of breakfast cereals in schools"}, known_as(), []),
    ],
)  # fmt: skip
def test_a_real_title_under_other_names(why, stated, candidate, made_up):
    assert missing(stated, candidate) == made_up, why


def test_a_real_title_is_told_with_its_people():
    (found,) = absence(claim(TITLE, WHO, 2020, venue="Pond Letters"), [known_as()])
    assert (found.claim, found.record) == ("", f"{TITLE}; Smith")


def test_an_author_field_that_may_be_meant_otherwise_names_no_strangers():
    field = {"who": [""], "author": [{"family": "Ada Smith", "given": "Ben Jones"}]}
    assert missing(field, known_as()) == PEOPLE
    meant = {"author-otherwise": [{"family": "Smith", "given": "Ada"}, {"family": "Jones", "given": "Ben"}]}  # fmt: skip
    assert missing({**field, "custom": meant}, known_as()) == []


def test_an_identifier_that_belongs_to_something_else():
    rivers = known_as(title="Rivers of the high north", doi="10.5555/a", arxiv="1901.00001")
    assert missing({"doi": "10.5555/a"}, rivers) == ["elsewhere"]
    assert missing({"arxiv": "1901.00001"}, rivers) == ["elsewhere"]
    assert missing({"doi": "10.5555/b"}, rivers) == []
    assert missing({"doi": "10.5555/a", "who": "Ada Smith"}, rivers) == []
    assert missing({"doi": "10.5555/a", "who": ""}, rivers) == []
    assert missing({}, rivers) == []


def test_candidates_are_looked_at_in_order_and_eight_at_most():
    assert missing({}, known_as(1), known_as()) == PEOPLE
    assert missing({}, *[known_as(1)] * 7, known_as()) == PEOPLE
    assert missing({}, *[known_as(1)] * 8, known_as()) == []


def test_a_title_that_is_not_sure_is_missing_nowhere():
    sure = claim(TITLE, WHO, 2020, venue=ICML)
    for confidence, found in ((1.0, 1), (0.6, 1), (0.5, 0)):
        stated = replace(sure, field_confidence={"title": confidence})
        assert len(absence(stated, (), Holds(1.0))) == found, confidence


@pytest.mark.parametrize(
    ("stated", "level"),
    [
        ({"year": this_year() + 5}, "impossible year"),
        ({"doi": "10.99999/a"}, "impossible identifier"),
        ({"arxiv": "3501.00001"}, "impossible identifier"),
        ({"arxiv": "1901.00001", "year": 2012}, "before identifier"),
        ({"who": "Author One; Author Two"}, "placeholder authors"),
    ],
)  # fmt: skip
def test_what_cannot_be(stated, level):
    assert level in missing(stated)
    assert missing({}) == []


@pytest.mark.parametrize(
    ("stated", "told_"),
    [
        ({"venue": ICML}, True),
        ({"venue": ICML, "type": "book"}, False),
        ({"venue": ICML, "title": ""}, False),
        ({"venue": ICML, "note": "to appear"}, False),
        ({"venue": ICML, "title": "Editorial"}, False),
        ({"venue": "", "arxiv": "1901.00001"}, False),
        ({"venue": "Frog News"}, False),
    ],
)
def test_what_a_whole_venue_does_not_hold(stated, told_):
    assert ("not there" in missing(stated, holdings=Holds(1.0))) is told_
    assert "not there" not in missing(stated)


@pytest.mark.parametrize(
    ("why", "theirs", "level"),
    [
        ("the very people, there", {}, "other title"),
        ("one of them", {"who": "Jia Li"}, "not there"),
        ("in another order", {"who": "Omar Haddad; Jia Li; Mei Sato"}, "not there"),
        ("another year", {"year": 2021}, "not there"),
        ("another venue", {"venue": NEURIPS}, "not there"),
    ],
)
def test_what_the_same_people_have_there_may_be_meant(why, theirs, level):
    near = {"title": "Sampling lively ponds", "who": WHO, "venue": ICML}
    assert missing({"venue": ICML}, known_as(**{**near, **theirs}), holdings=Holds(1.0)) == [level]


# ------------------------------------------------------------------ status
def judged(stated, *records, here=None, **more):
    ours = case(stated, *records)
    draft = Resolution(
        ours.claim, "matched", "verified", ours.work.records[0], ours.work, emitted=dict(ours.emitted),
        described=here, **more,
    )  # fmt: skip
    return judge(draft)


def test_the_status_goes_by_what_accuses():
    assert judged({}).status == "verified" and judged({}).described is not None
    wrong = judged({"title": TITLE.replace("winter", "summer")})
    assert wrong.status == "contradicted" and wrong.evidence[-1].level == "differs"
    assert judged({"venue": "Frog News"}).status == "verified"
    unsure = judge(Resolution(claim(TITLE), "ambiguous", "verified"))
    assert unsure.status == "unverifiable" and unsure.evidence == ()


def test_nothing_counts_as_made_up_where_a_source_could_not_be_asked():
    from citenorm.model import Answer

    ours = claim(TITLE, WHO, 2020, venue=ICML)

    class Sources:
        coverage = Holds(1.0)

    draft = Resolution(ours, "unmatched", "unverifiable")
    assert judge(draft, Sources()).status == "contradicted"
    assert judge(draft).status == "unverifiable"
    unasked = (Answer("crossref", "unknown", reason="no route"),)
    open_ = Resolution(ours, "unmatched", "unverifiable", unasked=unasked)
    assert judge(open_, Sources()).status == "unverifiable"


def test_a_hand_kept_record_alone_accuses_nobody():
    def levels_of(stated, *records):
        ours = case(stated, *records)
        made = findings(ours.claim, ours.work, ours.here, ours.emitted)
        return [(e.field, e.level) for e in made]

    wrong = {"title": TITLE.replace("winter", "summer")}
    assert (
        levels_of(wrong, paper("bib:1")) == levels_of(wrong, paper("bib:1"), paper("bib:2")) == []
    )
    own = [("work.unsure", "title")]  # the user's own, of which nobody knows how often it is right
    assert (
        levels_of(wrong, paper("ris:1")) == levels_of(wrong, paper("ris:1"), paper("ris:2")) == own
    )
    assert levels_of(wrong, paper("bib:1"), paper("ris:2")) == [("work.title", "differs")]
    assert levels_of(wrong, paper("dblp:1")) == [("work.title", "differs")]
    twice = {"who": "Jia Li; Omar Haddad; Jia Li"}
    assert levels_of(twice, paper("bib:1")) == [("work.author", "repeated")]


def test_a_version_that_no_source_knows_is_held_against_none():
    stated = {"venue": "Frog News", "pages": "7-9", "title": TITLE}
    unknown = Described(unknown=True)
    ours = case(stated, paper(pages="30-41"))
    left = findings(ours.claim, ours.work, unknown, ours.emitted)
    assert [(e.field, e.level) for e in left] == [("work.venue", "unknown")]
    known = findings(ours.claim, ours.work, Described(), ours.emitted)
    assert {e.field for e in known} == {"work.venue", "work.pages"}
    two = case({"venue": ICML}, paper(venue=NEURIPS, type="paper-conference"))
    assert findings(two.claim, two.work, unknown, two.emitted)[0].level == "differs"
    settled = judged({"venue": ICML}, paper(venue=NEURIPS), here=unknown)
    assert settled.described.unknown is False


def test_another_edition_has_pages_and_a_year_of_its_own():
    book = paper(type="book", venue="", year=1990, pages="300")
    ours = case({"type": "book", "venue": "", "year": 2000, "pages": "350"}, book)
    plain = {e.field for e in findings(ours.claim, ours.work, Described(), ours.emitted)}
    edition = {
        e.field for e in findings(ours.claim, ours.work, Described(edition=True), ours.emitted)
    }
    assert "work.pages" in plain and "work.pages" not in edition


def test_lists_are_compared_by_people():
    assert people_level(claim_view(claim("", WHO)), record_view(paper())).found == 3
