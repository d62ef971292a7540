"""Which of a work's versions is cited: how records are parted into versions, and what each policy picks."""

from __future__ import annotations

import pytest
from builders import claim, known, record

from citenorm.match.cite.choose_version import (
    Version,
    meant,
    pick_version,
    split_versions,
)
from citenorm.match.cite.foreign import without_foreign
from citenorm.match.cite.kind import as_paper
from citenorm.match.cite.provenance import provenance
from citenorm.match.cite.weight_of_word import outvoted, rank, says_so
from citenorm.match.witnesses import corrects
from citenorm.model import year_of
from citenorm.pipeline import resolve_all

WHO = "Jia Li; Omar Haddad"
TITLE = "Sampling quiet ponds in winter"
UPLOAD = record("arxiv:1", TITLE, WHO, 2019, "article", arxiv="1901.00001", publisher="arXiv")
PAPER = record("dblp:p", TITLE, WHO, 2020, "paper-conference", venue="Conference on Pond Science")
ARTICLE = record("dblp:a", TITLE, WHO, 2022, venue="Pond Letters", volume="7", pages="30-41")
WORKSHOP = record("dblp:w", TITLE, WHO, 2019, "paper-conference", venue="Workshop on Pond Science")
REPORT = record("dblp:r", TITLE, WHO, 2019, "report", publisher="Institute of Ponds")


def made(ident="x:1", year=2020, type="article-journal", venue="Pond Letters", **more):
    return record(ident, TITLE, WHO, year, type, venue=venue, **more)


# ------------------------------------------------------------------ versions
@pytest.mark.parametrize(
    ("why", "one", "two", "together"),
    [
        ("two sources", {}, {}, True),
        ("a year apart", {"year": 2020}, {"year": 2021}, True),
        ("two years apart", {"year": 2020}, {"year": 2022}, False),
        ("one undated", {"year": None}, {"year": 2022}, True),
        ("one DOI, years apart", {"doi": "10.5/a", "year": 1990}, {"doi": "10.5/A"}, True),
        ("one DOI, two venues", {"doi": "10.5/a", "venue": "ICML"}, {"doi": "10.5/a", "venue": "Physical Review Letters"}, True),
        ("and years apart", {"doi": "10.5/a", "venue": "ICML", "year": 2017}, {"doi": "10.5/a", "venue": "Physical Review Letters"}, False),
        ("two DOIs", {"doi": "10.5/a"}, {"doi": "10.5/b"}, False),
        ("one has a DOI", {"doi": "10.5/a"}, {}, True),
        ("no venue", {"venue": ""}, {}, False),
        ("venues nobody knows", {}, {"venue": "Letters of the Pond Society"}, True),
        ("two known venues", {"venue": "ICML"}, {"venue": "Physical Review Letters"}, False),
        ("a workshop of it", {}, {"venue": "Pond Letters Workshop"}, False),
        ("two workshops", {"venue": "Pond Workshop"}, {"venue": "Pond Workshop"}, True),
        ("two types", {}, {"type": "paper-conference"}, False),
        ("two types, one page", {"pages": "7-9"}, {"type": "paper-conference", "pages": "7-9"}, True),
        ("two types, two pages", {"pages": "7-9"}, {"type": "paper-conference", "pages": "1-3"}, False),
        ("two types, one page stated", {"pages": "7-9"}, {"type": "paper-conference"}, False),
        ("a preprint", {}, {"type": "article"}, False),
        ("two preprints of any year", {"type": "article", "year": 1990}, {"type": "article"}, True),
    ],
)  # fmt: skip
def test_what_makes_one_version(why, one, two, together):
    versions = split_versions([made("a:1", **one), made("b:1", **two)])
    assert (len(versions) == 1) is together, why
    assert split_versions([made("b:1", **two), made("a:1", **one)]) == versions


def test_versions_stand_by_year_and_their_best_source_first():
    index = made("semanticscholar:1", year=2021, volume="3")
    publisher = made("acm:1", year=2021)
    undated = record("x:9", TITLE, WHO, None, "thesis")
    versions = split_versions([undated, index, PAPER, publisher, UPLOAD])
    assert [[r.id for r in v.records] for v in versions] == [
        ["arxiv:1"], ["dblp:p"], ["acm:1", "semanticscholar:1"], ["x:9"],
    ]  # fmt: skip
    assert [v.is_preprint for v in versions] == [True, False, False, False]
    assert versions[2].best is publisher


def test_of_equal_sources_the_fuller_record_stands_first():
    thin, full = made("x:1"), made("x:2", volume="3", pages="7-9")
    assert split_versions([thin, full])[0].best is full
    initials = record("x:1", TITLE, "J. Li; O. Haddad", 2020, venue="Pond Letters")
    assert split_versions([initials, made("x:2")])[0].best.id == "x:2"


def test_a_slip_that_two_others_outvote_stands_last():
    slip = made("x:1", year=2021, volume="3", pages="7-9")
    others = [made("x:2"), made("x:3")]
    assert outvoted(slip, [slip, *others]) and not outvoted(others[0], [slip, *others])
    assert split_versions([slip, *others])[0].best.id == "x:2"
    # of two records none is outvoted
    assert not outvoted(slip, [slip, others[0]])
    assert split_versions([slip, others[0]])[0].best is slip
    title = record("x:4", "Sampling quite ponds", WHO, 2020, venue="Pond Letters")
    assert outvoted(title, [title, *others])
    undated = [made("x:5", year=None), made("x:6", year=None)]
    assert not outvoted(slip, [slip, *undated])


# ------------------------------------------------------------------ whose word
@pytest.mark.parametrize(
    ("sure", "one"),
    [
        (False, made("bib:1")),
        (False, made("bibtex:x/y")),
        (True, made("dblp:1")),
        (True, made("bib:conf/icml/Li20")),
        (True, made("bib:journals/pond/Li20")),
        (True, made("bib:1", dblp="conf/icml/Li20")),
        (True, made("bib:1", type="article")),
        (True, made("x:1")),
    ],
)
def test_who_corrects_a_year_alone(sure, one):
    assert corrects(one, "issued") is sure


def test_ranks():
    order = ["acm:1", "crossref:1", "mlanth:1", "dblp:1", "x:1", "openalex:1", "arxiv:1", "semanticscholar:1"]  # fmt: skip
    assert sorted([made(i) for i in reversed(order)], key=rank) == [made(i) for i in order]
    assert [rank(made("x:1"), out)[1] for out in (False, True)] == [False, True]
    assert rank(made("x:1"))[0] == 2 and rank(made("x:1"))[4:] == (-2, "x:1")
    initials = record("x:1", TITLE, "J. Li; Omar Haddad", 2020, venue="Pond Letters")
    assert rank(initials)[4] == -1 and rank(record("x:1", TITLE))[4] == 0


def test_the_publisher_says_so():
    index, publisher = made("dblp:1", pages="7-9"), made("acm:1", pages="30-41")
    deposited = made("crossref:1", pages="50-59")
    assert says_so([index, publisher], "page", "30–41")
    assert says_so([index, deposited], "page", "50-59")
    assert not says_so([index, publisher], "page", "7-9") and not says_so([], "page", "7-9")


# ------------------------------------------------------------------ which one
def picked(stated, *records, policy="published", chosen=None):
    versions = split_versions(records or (UPLOAD, PAPER, ARTICLE))
    return pick_version(versions, stated, policy, chosen).best.id


def said(year=None, **more):
    return claim(TITLE, WHO, year, **more)


@pytest.mark.parametrize(
    ("why", "stated", "policy", "ident"),
    [
        ("a preprint becomes the first publication", said(2019, arxiv="1901.00001"), "published", "dblp:p"),
        ("nothing stated", said(type=""), "published", "dblp:p"),
        ("its venue", said(2022, venue="Pond Letters"), "published", "dblp:a"),
        ("its venue against the year", said(2020, venue="Pond Letters"), "published", "dblp:a"),
        ("its year", said(2022), "published", "dblp:a"),
        ("its pages", said(2021, pages="30-41"), "published", "dblp:a"),
        ("preprint asked for", said(2022, venue="Pond Letters"), "preprint", "arxiv:1"),
        ("as cited: the preprint", said(2019, arxiv="1901.00001"), "as-cited", "arxiv:1"),
        ("as cited: the article", said(2022, venue="Pond Letters"), "as-cited", "dblp:a"),
        ("as cited: the paper", said(2020, venue="Conference on Pond Science"), "as-cited", "dblp:p"),
        ("as cited: a number beside a venue", said(2022, venue="Pond Letters", arxiv="1901.00001"), "as-cited", "dblp:a"),
    ],
)  # fmt: skip
def test_policies(why, stated, policy, ident):
    assert picked(stated, policy=policy) == ident, why


NUMBERED = {"arxiv": "1901.00001", "arxiv-version": "v2"}


@pytest.mark.parametrize(
    ("why", "stated", "policy", "after"),
    [
        ("the version of an e-print is meant", said(2019, type="article", custom=NUMBERED), "published", "as-cited"),
        ("whatever is asked for besides", said(2019, type="article", custom=NUMBERED), "preprint", "preprint"),
        ("an e-print of any version", said(2019, type="article", arxiv="1901.00001"), "published", "published"),
        ("a version beside a venue", said(2020, venue="Pond Letters", custom=NUMBERED), "published", "published"),
    ],
)  # fmt: skip
def test_an_e_print_with_its_version_is_cited(why, stated, policy, after):
    assert meant(stated, policy) == after, why


@pytest.mark.parametrize("records", [(UPLOAD, PAPER), (PAPER,)])
def test_what_is_printed_of_an_e_print_with_its_version(records):
    """It stays, whether a source has the e-print or its publication alone; that it was published is told."""
    found = resolve_all([said(2019, type="article", custom=NUMBERED)], known(*records))[0]
    assert found.matched and found.emitted["type"] == "article"
    assert "container-title" not in found.emitted and year_of(found.emitted) == 2019
    assert found.emitted["custom"] == NUMBERED
    (told,) = found.diagnostics
    assert (told.code, told.severity, told.fix) == ("CN201", "note", None)


def test_without_a_preprint_that_policy_asks_for_what_is_described():
    assert picked(said(2022, venue="Pond Letters"), PAPER, ARTICLE, policy="preprint") == "dblp:a"
    assert picked(said(2019), UPLOAD) == "arxiv:1"


@pytest.mark.parametrize(
    ("why", "stated", "one", "other"),
    [
        # the first of the two is cited although the other comes first otherwise
        ("DOI over all else", said(2022, venue="Pond Letters", doi="10.5/p"), made("p:1", 2020, "paper-conference", "ICML", doi="10.5/p"), ARTICLE),
        ("venue over page", said(2022, venue="Pond Letters", pages="7-9"), made("a:1", 2022, doi="10.5/a"), made("a:2", 2022, venue="Frog News", pages="7-9", doi="10.5/b")),
        ("venue over year", said(2022, venue="Pond Letters"), made("a:1", 2012), made("a:2", 2022, venue="Frog News")),
        ("page over year", said(2022, pages="7-9"), made("a:1", 2015, venue="Frog News", pages="7-9"), made("a:2", 2022, type="paper-conference", pages="1-3")),
        ("the very year over the next", said(2022), made("a:1", 2022), made("a:2", 2021, "paper-conference")),
        ("the next year over a later one", said(2022), made("a:1", 2023), made("a:2", 2024, "paper-conference", "ICML")),
        ("title over type", claim(TITLE, WHO, type="chapter"), made("a:1", 2025), record("a:2", "Ponds in winter, sampled", WHO, 2020, "chapter", venue="Frogs")),
        ("type", said(type="chapter"), made("a:1", 2025, "chapter", "Frogs"), made("a:2", 2020)),
        ("another known venue tells against", said(venue="ICML"), made("a:1", 2025, venue="Pond Letters"), made("a:2", 2020, "paper-conference", "Physical Review Letters")),
    ],
)  # fmt: skip
def test_what_counts_more(why, stated, one, other):
    assert picked(stated, one, other) == one.id, why
    assert picked(stated, one, other, policy="as-cited") == one.id, why


def test_of_versions_described_alike_the_record_chosen_is_cited():
    one, two = made("a:1", 2020, doi="10.5/a"), made("a:2", 2020, doi="10.5/b")
    assert picked(said(), one, two, chosen=one) == "a:1"
    assert picked(said(), one, two, chosen=two) == "a:2"


@pytest.mark.parametrize(
    ("why", "one", "other"),
    [
        # cited as a preprint of 2019, the first of the two stands for the work
        ("no workshop", ARTICLE, WORKSHOP),
        ("a paper, not a report", ARTICLE, REPORT),
        ("with a venue", made("a:1", 2021, "chapter"), made("a:2", 2020, "chapter", "")),
        ("within three years", made("a:1", 2022), made("a:2", 2023, "paper-conference")),
        ("not long before", made("a:1", 2022), made("a:2", 2017, "paper-conference")),
        ("a year before will do", made("dblp:1", 2018), made("dblp:2", 2022, "paper-conference")),
        ("a solid source", made("dblp:1", 2022), made("openalex:1", 2020, "paper-conference")),
        ("the same title", made("dblp:1", 2022), record("dblp:2", "Ponds sampled", WHO, 2020, venue="Frog News")),
        ("the earlier", made("dblp:1", 2020), made("dblp:2", 2022, "paper-conference")),
        ("the better source", made("acm:1", 2020, doi="10.5/a"), made("dblp:2", 2020, "paper-conference", "Frogs")),
    ],
)  # fmt: skip
def test_which_publication_stands_for_a_preprint(why, one, other):
    assert picked(said(2019, arxiv="1901.00001"), UPLOAD, one, other) == one.id, why
    assert picked(said(2019, arxiv="1901.00001"), other, one, UPLOAD) == one.id, why


def test_a_preprint_with_the_doi_of_its_publication():
    paper = made("a:1", 2022, doi="10.5/a")
    stated = said(2019, arxiv="1901.00001", doi="10.5/a")
    assert picked(stated, UPLOAD, PAPER, paper) == "a:1"


def test_a_report_does_not_stand_for_a_preprint_but_for_itself():
    assert picked(said(2019, arxiv="1901.00001"), UPLOAD, REPORT) == "arxiv:1"
    assert picked(said(2019, type="report"), UPLOAD, REPORT) == "dblp:r"
    assert picked(said(2019, arxiv="1901.00001"), REPORT) == "dblp:r"


def hand_kept(year, ident="bib:1", **more):
    return record(ident, TITLE, WHO, year, venue="Frog News", **more)


@pytest.mark.parametrize(
    ("why", "published", "preprints", "before"),
    [
        ("two years before the upload", [hand_kept(2017)], [UPLOAD], True),
        ("a year before", [hand_kept(2018)], [UPLOAD], False),
        ("ten years before", [hand_kept(2009)], [UPLOAD], True),
        ("after", [hand_kept(2021)], [UPLOAD], False),
        ("a catalogue's word", [hand_kept(2017, "dblp:1")], [UPLOAD], False),
        ("a catalogue says so too", [hand_kept(2017), hand_kept(2017, "dblp:1")], [UPLOAD], False),
        ("one of two years is late enough", [hand_kept(2017), hand_kept(2018, "bib:2")], [UPLOAD], False),
        ("undated", [hand_kept(None)], [UPLOAD], False),
        ("no preprint", [hand_kept(2017)], [], False),
        ("an undated preprint", [hand_kept(2017)], [record("arxiv:2", TITLE, WHO, None, "article")], False),
        ("the first of several uploads", [hand_kept(2017)], [UPLOAD, record("arxiv:2", TITLE, WHO, 2017, "article")], False),
    ],
)  # fmt: skip
def test_a_hand_kept_year_before_the_first_upload(why, published, preprints, before):
    versions = [Version(tuple(published)), *(Version((one,)) for one in preprints)]
    cited = pick_version(versions, said(2019, arxiv="1901.00001"), "published")
    assert (cited in versions[1:]) is before, why


def test_a_hand_kept_publication_before_its_preprint_is_not_cited():
    slip, paper = hand_kept(2009), hand_kept(2021, "bib:2", doi="10.5/a")
    assert picked(said(2019, arxiv="1901.00001"), UPLOAD, slip) == "arxiv:1"
    assert picked(said(2009, venue="Lake Days"), UPLOAD, slip) == "arxiv:1"
    assert picked(said(2009, venue="Frog News"), UPLOAD, slip) == "bib:1", "who says so too"
    assert picked(said(2009, venue="Frog News"), slip) == "bib:1"
    assert picked(said(2019, arxiv="1901.00001"), UPLOAD, slip, paper) == "bib:2"
    assert picked(said(2019, arxiv="1901.00001"), UPLOAD, slip, PAPER) == "dblp:p"
    # who asks for what is cited gets it
    assert picked(said(2009, venue="Frog News"), UPLOAD, slip, policy="as-cited") == "bib:1"


# ------------------------------------------------------------------ article or paper
ICML = "International Conference on Machine Learning"
MEETING = record("d:1", TITLE, WHO, 2020, "paper-conference", venue=ICML, volume="97", pages="7-9", doi="10.5/p")  # fmt: skip


def kind_of(venue=ICML, year=2020, records=(MEETING,), **more):
    stated = dict(made("x:1", year, venue=venue, **more).csl)
    origin = {}
    as_paper(stated, origin, records)
    return stated, {field: r.id for field, r in origin.items()}


def test_an_article_in_proceedings_becomes_the_paper():
    made_of, origin = kind_of()
    assert (made_of["type"], made_of["volume"], made_of["page"], made_of["DOI"]) == ("paper-conference", "97", "7-9", "10.5/p")  # fmt: skip
    assert origin == dict.fromkeys(("type", "volume", "page", "DOI"), "d:1")
    kept, _ = kind_of(volume="3", pages="1-2")
    assert (kept["volume"], kept["page"], kept["DOI"]) == ("3", "1-2", "10.5/p")


@pytest.mark.parametrize(
    "more",
    [
        {"venue": "Pond Letters"},
        {"venue": ""},
        {"venue": "Physical Review Letters"},
        {"year": 2019},
        {"records": ()},
        {"records": (record("d:1", TITLE, WHO, 2020, venue=ICML),)},
        {"records": (record("d:1", TITLE, WHO, 2020, "article", venue=ICML),)},
        {"records": (record("d:1", TITLE, WHO, 2020, "paper-conference", venue="NeurIPS"),)},
        {"records": (record("d:1", TITLE, WHO, 2020, "paper-conference"),)},
    ],
)
def test_an_article_that_no_record_of_that_meeting_calls_a_paper(more):
    made_of, origin = kind_of(**more)
    assert made_of["type"] == "article-journal" and origin == {}


# ------------------------------------------------------------------ identifiers of other works
RIVERS = record("dblp:r", "Rivers of the high north", "Ada Smith", 2011, doi="10.5/x")


def cleaned(source, stated, found, **identifiers):
    one = made(f"{source}:1", doi="10.5/x", arxiv="1901.5", **identifiers)
    origin = {"DOI": one, "custom.arxiv": one, "title": one}
    out = without_foreign(dict(one.csl), origin, stated, lambda kind, value: found.get(kind, []))
    return out.get("DOI"), out.get("custom", {}).get("arxiv"), set(origin)


@pytest.mark.parametrize(
    ("why", "source", "stated", "found", "doi", "arxiv"),
    [
        ("both are another work's", "bib", said(), {"doi": [RIVERS], "arxiv": [RIVERS]}, None, None),
        ("the DOI alone", "bib", said(), {"doi": [RIVERS]}, None, "1901.5"),
        ("the number alone", "bib", said(), {"arxiv": [RIVERS]}, "10.5/x", None),
        ("one of several", "bib", said(), {"doi": [made("dblp:2"), RIVERS]}, None, "1901.5"),
        ("nobody else's", "bib", said(), {"doi": [made("dblp:2")]}, "10.5/x", "1901.5"),
        ("unknown", "bib", said(), {}, "10.5/x", "1901.5"),
        ("stated", "bib", said(doi="10.5/x", arxiv="1901.5"), {"doi": [RIVERS], "arxiv": [RIVERS]}, "10.5/x", "1901.5"),
        ("the publisher's word", "acm", said(), {"doi": [RIVERS], "arxiv": [RIVERS]}, "10.5/x", "1901.5"),
    ],
)  # fmt: skip
def test_identifiers_that_other_works_bear(why, source, stated, found, doi, arxiv):
    left = cleaned(source, stated, found)
    assert left[:2] == (doi, arxiv), why
    assert left[2] == {"title", *(["DOI"] if doi else []), *(["custom.arxiv"] if arxiv else [])}


# ------------------------------------------------------------------ on whose word
def test_how_each_printed_field_came_about():
    stated = claim(TITLE, WHO, 2020, volume="7", venue="Phys. Rev. Lett.", arxiv="1901.5")
    printed = {"title": TITLE, "volume": "8", "page": "7-9", "container-title": "Physical Review Letters", "custom": {"arxiv": "1901.5", "pmid": "3"}}  # fmt: skip
    told = provenance(stated, printed, {"volume": PAPER, "page": PAPER, "custom.pmid": PAPER})
    assert {f: (p.how, p.source, p.record) for f, p in told.items()} == {
        "title": ("as stated", "reference", ""),
        "volume": ("corrected", "dblp", "dblp:p"),
        "page": ("filled", "dblp", "dblp:p"),
        "container-title": ("normalized", "reference", ""),
        "custom.arxiv": ("as stated", "reference", ""),
        "custom.pmid": ("filled", "dblp", "dblp:p"),
    }
