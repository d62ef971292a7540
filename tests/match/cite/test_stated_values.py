"""Which of a reference's own values are printed: the same, richer, corrected, of another version, or kept."""

from __future__ import annotations

import pytest
from builders import claim, item, people, record

from citenorm.match.cite import prefer
from citenorm.match.cite.choose_version import Version
from citenorm.match.cite.draft import Draft
from citenorm.match.cite.keep_as_cited import keep_stated, keep_version, relation
from citenorm.model import Described, Name, Work, names_of
from citenorm.normalize.venues import same_venue

WHO = "Jia Li; Omar Haddad; Mei Sato"
TITLE = "Sampling quiet ponds in winter"


def paper(ident="dblp:1", **more):
    return record(
        ident, **{"title": TITLE, "who": WHO, "year": 2020, "venue": "Pond Letters", **more}
    )


def printed(stated, *records, relation_="this", wrong=(), edition=False):
    """The item that comes of a claim (``stated`` beside title, people, year and venue) and of the records of one version."""
    records = records or (paper(),)
    base = {"title": TITLE, "who": WHO, "year": 2020, "venue": "Pond Letters", **stated}
    ours = claim(**base)
    made = dict(records[0].csl)
    made.pop("id")
    custom = made.get("custom", {})
    origin = {f: records[0] for f in made if f != "custom"}
    origin |= {f"custom.{k}": records[0] for k in custom}
    draft = Draft(made, origin, Version(tuple(records)), records, ours, wrong)
    keep_version(draft, relation_, Described(edition=edition))
    keep_stated(draft, relation_)
    return draft.item


def field(name, stated, *records, **more):
    made = printed(stated, *records, **more)
    return made.get("custom", {}).get(name[7:]) if name.startswith("custom.") else made.get(name)


@pytest.mark.parametrize(
    ("why", "name", "stated", "theirs", "value"),
    [
        ("nothing stated", "volume", {}, {"volume": "7"}, "7"),
        ("the record lacks it", "volume", {"volume": "7"}, {}, "7"),
        ("the record corrects it", "volume", {"volume": "8"}, {"volume": "7"}, "7"),
        ("the record corrects the issue", "issue", {"issue": "8"}, {"issue": "7"}, "7"),
        ("a double issue", "issue", {"issue": "7-8"}, {"issue": "7"}, "7-8"),
        ("another double issue", "issue", {"issue": "5-6"}, {"issue": "7"}, "7"),
        ("a month", "issue", {"issue": "Jul"}, {"issue": "7"}, "Jul"),
        ("the record corrects the number", "number", {"number": "8"}, {"number": "7"}, "7"),
        ("an index is not sure of DOIs", "DOI", {"doi": "10.5/a"}, {"doi": "10.5/b"}, "10.5/a"),
        ("pages", "page", {"pages": "7-9"}, {"pages": "30-47"}, "30-47"),
        ("pages of another printing", "page", {"pages": "7-24"}, {"pages": "30-47"}, "7-24"),
        ("a page less at the end", "page", {"pages": "30-46"}, {"pages": "30-47"}, "30-46"),
        ("a leaf less at the end", "page", {"pages": "30-45"}, {"pages": "30-47"}, "30-45"),
        ("more pages less at the end", "page", {"pages": "30-44"}, {"pages": "30-47"}, "30-44"),
        ("pages in short form", "page", {"pages": "130-7"}, {"pages": "130-137"}, "130-137"),
        ("free: series", "collection-title", {"series": "Pond Notes"}, {"series": "Frogs"}, "Pond Notes"),
        ("free: series that is richer", "collection-title", {"series": "Notes"}, {"series": "Pond Notes"}, "Pond Notes"),
        ("free: edition", "edition", {"edition": "3"}, {"edition": "2"}, "3"),
        ("free: place", "publisher-place", {"publisher_place": "Oslo"}, {"publisher_place": "Rome"}, "Oslo"),
        ("free: ISSN", "ISSN", {"ISSN": "1"}, {"ISSN": "2"}, "1"),
        ("free: URL", "URL", {"url": "https://a.org"}, {"url": "https://b.org"}, "https://a.org"),
        ("free: genre", "genre", {"genre": "Demo"}, {"genre": "Talk"}, "Demo"),
        ("publisher", "publisher", {"publisher": "Reed"}, {"publisher": "Elm"}, "Reed"),
        ("publisher that is a server", "publisher", {"publisher": "arXiv"}, {"publisher": "Elm"}, "Elm"),
        ("publisher alone", "publisher", {"publisher": "Reed"}, {}, "Reed"),
        ("a server alone", "publisher", {"publisher": "arXiv"}, {}, None),
        ("a server, and nothing published", "publisher", {"publisher": "PsyArXiv", "venue": ""}, {"type": "document", "venue": ""}, "PsyArXiv"),
        ("the institution of an article without venue", "publisher", {"publisher": "University of Ponds", "venue": ""}, {}, None),
        ("the institution of a book", "publisher", {"publisher": "University of Ponds", "venue": "", "type": "book"}, {"type": "book", "venue": ""}, "University of Ponds"),
        ("the institution beside a venue", "publisher", {"publisher": "University of Ponds"}, {}, "University of Ponds"),
        ("no institution, no venue", "publisher", {"publisher": "Reed", "venue": ""}, {}, "Reed"),
        ("accessed beside a URL", "accessed", {"accessed": {"date-parts": [[2021]]}, "url": "https://a.org"}, {}, {"date-parts": [[2021]]}),
        ("accessed without a URL", "accessed", {"accessed": {"date-parts": [[2021]]}}, {}, {"date-parts": [[2021]]}),
        ("accessed beside the record's URL", "accessed", {"accessed": {"date-parts": [[2021]]}}, {"url": "https://b.org"}, {"date-parts": [[2021]]}),
        ("the year", "issued", {"year": 2016}, {}, {"date-parts": [[2020]]}),
        ("the year beside the record's", "issued", {"year": 2019}, {}, {"date-parts": [[2019]]}),
        ("the year that no record has", "issued", {"year": 2019}, {"year": None}, {"date-parts": [[2019]]}),
        ("a field of no record", "note", {"note": "Best paper"}, {}, "Best paper"),
        ("an abstract", "abstract", {"abstract": "We sample."}, {}, "We sample."),
        ("the number in a list", "citation-number", {"citation_number": "12"}, {}, None),
        ("the title", "title", {"title": "Sampling ponds"}, {}, TITLE),
        ("a subtitle that the record lacks", "title", {"title": TITLE + ": a field study"}, {}, TITLE + ": a field study"),
        ("a subtitle behind a dash", "title", {"title": TITLE + " – a field study"}, {}, TITLE + " – a field study"),
        ("words more", "title", {"title": TITLE + " and summer"}, {}, TITLE + " and summer"),
        ("another word", "title", {"title": TITLE.replace("quiet", "calm")}, {}, TITLE.replace("quiet", "calm")),
        ("a word that no title has", "title", {"title": TITLE.replace("Sampling", "Smapling")}, {}, TITLE),
        ("the venue", "container-title", {"venue": "Frog News"}, {"venue": "Physical Review Letters"}, "Physical Review Letters"),
        ("the venue that no record has", "container-title", {"venue": "Frog News"}, {"venue": ""}, "Frog News"),
        ("a server for a venue", "container-title", {"venue": "arXiv"}, {"venue": ""}, None),
        ("a server for the venue of a preprint", "container-title", {"venue": "arXiv"}, {"venue": "", "type": "article"}, "arXiv"),
        ("the title for a venue", "container-title", {"venue": TITLE}, {"venue": ""}, None),
    ],
)  # fmt: skip
def test_one_record_of_a_catalogue(why, name, stated, theirs, value):
    assert field(name, stated, paper(**theirs)) == value, why


@pytest.mark.parametrize(
    ("why", "records", "value"),
    [
        ("a catalogue", [paper("dblp:1", volume="7")], "7"),
        ("one bibliography", [paper("bib:1", volume="7")], "8"),
        (
            "two records of one bibliography",
            [paper("bib:1", volume="7"), paper("bib:2", volume="7")],
            "8",
        ),
        ("two bibliographies", [paper("bib:1", volume="7"), paper("ris:2", volume="7")], "7"),
        (
            "a catalogue bears it out",
            [paper("dblp:1", volume="7"), paper("dblp:2", volume="8")],
            "8",
        ),
        (
            "a weaker one bears it out",
            [paper("dblp:1", volume="7"), paper("openalex:2", volume="8")],
            "7",
        ),
        (
            "the publisher against a catalogue",
            [paper("acm:1", volume="7"), paper("dblp:2", volume="8")],
            "7",
        ),
        (
            "a deposit against the publisher",
            [paper("acm:1", volume="7"), paper("crossref:2", volume="8")],
            "8",
        ),
    ],
)
def test_witnesses(why, records, value):
    assert field("volume", {"volume": "8"}, *records) == value, why


def test_pages_of_another_printing_yield_to_the_publisher():
    index, publisher = paper("dblp:1", pages="30-47"), paper("acm:1", pages="30-47")
    assert field("page", {"pages": "7-24"}, index) == "7-24"
    assert field("page", {"pages": "7-24"}, publisher) == "30-47"


def test_a_page_more_or_less_at_the_end_yields_to_the_publisher_or_two_makers():
    one, two, publisher = (paper(f"{who}:1", pages="30-47") for who in ("dblp", "bvit", "acm"))
    assert field("page", {"pages": "30-46"}, one, two) == "30-47"
    assert field("page", {"pages": "30-46"}, publisher) == "30-47"
    assert field("page", {"pages": "30-46"}, one) == "30-46"


@pytest.mark.parametrize(
    ("why", "stated", "venue", "kind", "left"),
    [
        ("the institution of the report", {"type": "report", "venue": "", "publisher": "University of Ponds"}, "University of Ponds", "report", None),
        ("of the thesis", {"type": "thesis", "venue": "", "publisher": "University of Ponds"}, "University of Ponds", "thesis", None),
        ("another institution", {"type": "report", "venue": "", "publisher": "Reed College"}, "University of Ponds", "report", None),
        ("a venue is stated", {"publisher": "University of Ponds", "venue": "Frog News"}, "University of Ponds", "article-journal", "Frog News"),
    ],
)  # fmt: skip
def test_an_institution_that_a_record_calls_the_journal(why, stated, venue, kind, left):
    made = printed(stated, paper("jgrey:1", venue=venue, publisher="Elm"))
    assert (made["type"], made.get("container-title")) == (kind, left), why
    if left is None:
        assert made["publisher"] == stated["publisher"]


@pytest.mark.parametrize(
    ("stated", "venue", "kept"),
    [
        ("Frogs at the Pond of the North", "FPN", True),  # one word may stand for it
        ("Frogs at", "FPN", False),
        ("Neural Information Processing Systems", "ICML", False),
    ],
)
def test_short_forms_of_the_publisher_s_venue(stated, venue, kept):
    made = printed({"venue": stated}, paper("acm:1", venue=venue), paper("acm:2", venue=venue))
    assert made["container-title"] == (stated if kept else venue)


def test_another_venue_stays_where_a_bibliography_alone_says_otherwise():
    theirs = {"venue": "Physical Review Letters"}
    assert field("container-title", {"venue": "Frog News"}, paper("bib:1", **theirs)) == "Frog News"
    assert field("container-title", {"venue": "arXiv"}, paper("bib:1", **theirs)) == "Physical Review Letters"  # fmt: skip


def test_what_is_known_to_be_wrong_stays_in_no_case():
    theirs = paper("bib:1", volume="7")
    assert field("volume", {"volume": "8"}, theirs, wrong=("volume",)) == "7"
    assert field("DOI", {"doi": "10.5/a"}, wrong=("DOI",)) is None
    assert field("custom.arxiv", {"arxiv": "1901.5"}, wrong=("custom.arxiv",)) is None
    assert field("editor", {"editor": "Eva Brandt"}, wrong=("editor",)) is None
    assert field("author", {"who": "Eva Brandt"}, paper(who=""), wrong=("author",)) is None


# ------------------------------------------------------------------ kinds
@pytest.mark.parametrize(
    ("stated", "theirs", "venue", "kind"),
    [
        ("article-journal", "document", "Pond Letters", "article-journal"),
        ("paper-conference", "report", "Pond Letters", "paper-conference"),
        ("article-journal", "document", "", "document"),
        ("article-journal", "article", "arXiv", "article"),
        ("book", "document", "Pond Letters", "document"),
        ("article-journal", "chapter", "Pond Letters", "chapter"),
        ("paper-conference", "article-journal", "ICML", "paper-conference"),
        ("paper-conference", "article-journal", "Physical Review Letters", "article-journal"),
        ("paper-conference", "article-journal", "Pond Letters", "article-journal"),
        ("book", "article-journal", "ICML", "article-journal"),
        ("webpage", "", "Pond Letters", "webpage"),
        ("", "report", "Pond Letters", "report"),
    ],
)
def test_kinds(stated, theirs, venue, kind):
    assert field("type", {"type": stated, "venue": ""}, paper(type=theirs, venue=venue)) == kind


@pytest.mark.parametrize(
    ("stated", "theirs", "volume"),
    [
        ({}, {"type": "book"}, None),
        ({"volume": "2"}, {"type": "book"}, "2"),
        ({"volume": "2"}, {"type": "book", "volume": "7", "series": "Pond Notes"}, "2"),  # of a set
        (
            {"volume": "2", "series": "Pond Notes"},
            {"type": "book", "volume": "7", "series": "Pond Notes"},
            "7",
        ),
        ({}, {"type": "book", "volume": "7", "series": "Pond Notes"}, "7"),
        ({}, {"type": "book", "volume": "7"}, None),
        ({}, {"type": "chapter", "volume": "7"}, "7"),
        ({}, {"ident": "bib:1", "type": "chapter", "volume": "7"}, None),
        ({}, {"ident": "bib:1", "type": "chapter", "volume": "7", "series": "Pond Notes"}, "7"),
    ],
)
def test_volumes_of_books(stated, theirs, volume):
    assert (
        field("volume", {"type": "book", "venue": "", **stated}, paper(venue="", **theirs))
        == volume
    )


def test_the_volume_of_a_series_is_told_by_its_record():
    series = paper(type="book", venue="", series="Pond Notes")
    made = printed({"type": "book", "venue": ""}, series, paper("bib:2", type="book", volume="1"))
    assert "volume" not in made and made["collection-title"] == "Pond Notes"


def test_a_handbook_is_no_journal():
    theirs = {"type": "article-journal", "volume": "2", "issue": "11", "venue": "Handbook of Ponds"}
    stated = {"type": "chapter", "venue": "Handbook of Ponds"}
    made = printed(stated, paper("bib:1", **theirs))
    assert made["type"] == "chapter" and not {"volume", "issue"} & set(made)
    assert printed(stated, paper("acm:1", **theirs))["type"] == "article-journal"
    assert (
        printed({**stated, "type": "book"}, paper("bib:1", **theirs))["type"] == "article-journal"
    )


@pytest.mark.parametrize(
    ("pages", "theirs", "kept"),
    [
        ("379-423, 623-656", "379-423", {}),
        ("379-423, 623-656", "379-423, 623-656", {"issue": "3"}),
        ("379-423, 430", "379-423", {"issue": "3", "DOI": "10.5/a"}),
        ("379-423", "379-423", {"issue": "3", "DOI": "10.5/a"}),
    ],
)
def test_no_number_of_one_of_two_parts(pages, theirs, kept):
    made = printed({"pages": pages}, paper(pages=theirs, issue="3", doi="10.5/a"))
    assert {k: v for k, v in made.items() if k in ("issue", "DOI")} == kept
    stated = {"pages": pages, "doi": "10.5/a"}
    assert printed(stated, paper(pages=theirs, doi="10.5/a"))["DOI"] == "10.5/a"


@pytest.mark.parametrize(
    ("stated", "theirs", "custom"),
    [
        ({"arxiv": "1901.5"}, {}, {"arxiv": "1901.5"}),
        ({"arxiv": "1901.5"}, {"arxiv": "1901.6"}, {"arxiv": "1901.6"}),
        ({"custom": {"arxiv": "1901.5", "arxiv-version": "2"}}, {"arxiv": "1901.5"}, {"arxiv": "1901.5", "arxiv-version": "2"}),
        ({"custom": {"arxiv": "1901.5", "arxiv-version": "2"}}, {"arxiv": "1901.6"}, {"arxiv": "1901.6"}),
        ({"custom": {"pmid": "3", "works": 2}}, {}, {"pmid": "3"}),
        ({}, {}, None),
    ],
)  # fmt: skip
def test_numbers_of_servers(stated, theirs, custom):
    assert printed(stated, paper(**theirs)).get("custom") == custom


# ------------------------------------------------------------------ people
def authors(stated, *records, others=None, **more):
    made = printed({"who": stated, "others": others, **more}, *records)
    return "; ".join(f"{n.given} {n.full_family}".strip() for n in names_of(made))


@pytest.mark.parametrize(
    ("why", "stated", "theirs", "out"),
    [
        ("the same", WHO, WHO, WHO),
        ("initials stated", "J. Li; O. Haddad; M. Sato", WHO, WHO),
        ("initials recorded", WHO, "J. Li; O. Haddad; M. Sato", WHO),
        ("a second name stated", "Jia Ann Li; Omar Haddad; Mei Sato", WHO, "Jia Ann Li; Omar Haddad; Mei Sato"),
        ("another second name", "Jia Ann Li; Omar Haddad", "Jia Bea Li; Omar Haddad", "Jia Ann Li; Omar Haddad"),
        ("a slip of one of the two", "Jia Li; Omar Hadad; Mei Sato", WHO, "Jia Li; Omar Hadad; Mei Sato"),
        ("a slip, and the record says more", "J. Li; O. Hadad; M. Sato", WHO, WHO),
        ("a slip, and the record has initials", "Jia Li; Omar Hadad; Mei Sato", "J. Li; O. Haddad; M. Sato", "Jia Li; Omar Hadad; Mei Sato"),
        ("a footnote's sign", "Jia Li; Omar Haddad1; Mei Sato", WHO, WHO),
        ("broken accents", "Jia Li; Om'ar Hadad; Mei Sato", WHO, WHO),
        ("an umlaut spelled out", "Jürgen Li; Omar Haddad", "Juergen Li; Omar Haddad", "Jürgen Li; Omar Haddad"),
        ("a family name of two words", "C. Reed Lopes; Omar Haddad", "Cara Lopes; Omar Haddad", "C. Reed Lopes; Omar Haddad"),
        ("people left out", "Jia Li; Mei Sato", WHO, WHO),
        ("other people", "Eva Brandt", WHO, WHO),
        ("one more", WHO + "; Eva Brandt", WHO, WHO + "; Eva Brandt"),
        ("one more in front", "Eva Brandt; " + WHO, WHO, "Eva Brandt; " + WHO),
        ("one more, twice named", "Jia Li; Omar Haddad; Mei Sato; Jia Li", WHO, WHO),
        ("another order, one record", "Mei Sato; Jia Li; Omar Haddad", WHO, "Mei Sato; Jia Li; Omar Haddad"),
        ("nobody recorded", WHO, "", WHO),
        ("nobody stated", "", WHO, WHO),
    ],
)  # fmt: skip
def test_authors(why, stated, theirs, out):
    assert authors(stated, paper(who=theirs)) == out, why


def test_the_order_of_two_records_is_the_works():
    two = paper("dblp:1"), paper("acm:2")
    assert authors("Mei Sato; Jia Li; Omar Haddad", *two) == WHO
    borne_out = paper("dblp:1"), paper("dblp:2", who="Mei Sato; Jia Li; Omar Haddad")
    assert authors("Mei Sato; Jia Li; Omar Haddad", *borne_out) == "Mei Sato; Jia Li; Omar Haddad"


def test_a_record_in_the_order_of_the_alphabet_was_sorted():
    sorted_ones = [paper(i, who="Eva Brandt; Omar Haddad; Jia Li") for i in ("dblp:1", "acm:2")]
    assert (
        authors("Jia Li; Eva Brandt; Omar Haddad", *sorted_ones)
        == "Jia Li; Eva Brandt; Omar Haddad"
    )
    two_people = [paper(i, who="Eva Brandt; Omar Haddad") for i in ("dblp:1", "acm:2")]
    assert authors("Omar Haddad; Eva Brandt", *two_people) == "Eva Brandt; Omar Haddad"


def test_a_list_of_the_version_that_is_the_very_one_is_printed():
    two = paper("dblp:1", who="Jia Li; Omar Haddad"), paper("x:2", who=WHO)
    assert authors(WHO, *two) == WHO
    cut = (
        paper("dblp:1", who="Eva Brandt; Ben Jones; Cy Day; Di Ek"),
        paper("x:2", who=WHO, author_count=9),
    )
    assert authors(WHO, *cut) == "Eva Brandt; Ben Jones; Cy Day; Di Ek"


@pytest.mark.parametrize(
    ("stated", "theirs", "out"),
    [
        ("Eva Brandt", WHO, "Eva Brandt"),
        ("Jia Li; Omar Hadad; Mei Sato", WHO, "Jia Li; Omar Hadad; Mei Sato"),
        ("Jia Li; Mei Sato", WHO, WHO),
        ("Jia Li; Eva Brandt; Ben Jones; Cy Day", WHO, "Jia Li; Eva Brandt; Ben Jones; Cy Day"),
    ],
)
def test_authors_of_a_record_kept_by_hand(stated, theirs, out):
    assert authors(stated, paper("bib:1", who=theirs)) == out
    # not where another source has the list too
    again = paper("dblp:2", who=theirs)
    assert authors(stated, paper("bib:1", who=theirs), again) == WHO


def test_translators_of_books_kept_by_hand_are_no_authors():
    book = paper("bib:1", type="book", who="Jia Li; Eva Brandt", venue="")
    assert authors("Jia Li", book, type="book", venue="") == "Jia Li"
    assert authors("Jia Li", book, type="chapter", venue="") == "Jia Li; Eva Brandt"
    assert authors("Jia Li", book, type="book", venue="", others=True) == "Jia Li; Eva Brandt"
    catalogued = paper("dblp:1", type="book", who="Jia Li; Eva Brandt", venue="")
    assert authors("Jia Li", catalogued, type="book", venue="") == "Jia Li; Eva Brandt"


def test_whom_the_reference_names_as_translator_is_no_author():
    book = paper(type="book", who="Jia Li; Eva Brandt; Omar Haddad", venue="")
    both = {"type": "book", "venue": "", "translator": "Eva Brandt"}
    assert authors("Jia Li; Omar Haddad", book, **both) == "Jia Li; Omar Haddad"
    assert (
        authors("Jia Li; Eva Brandt; Omar Haddad", book, **both)
        == "Jia Li; Eva Brandt; Omar Haddad"
    )


def test_et_al_stays_where_nobody_more_is_known():
    assert printed({"who": "Jia Li", "others": True}, paper(who="Jia Li"))["custom"] == {
        "others": True
    }
    assert "custom" not in printed({"who": "Jia Li", "others": True}, paper())
    assert authors("Jia Li", paper(), others=True) == WHO


def test_given_names_that_another_record_of_the_work_has():
    upload = paper("arxiv:2", who="Jia Li; Omar Haddad; Mei-Ling Sato")
    stated = "Jia Li; Omar Haddad; Mei-Ling Sato"
    assert authors(stated, paper(who="Jia Li; Omar Haddad; Rei Sato"), upload) == stated
    assert authors(stated, paper(who="Jia Li; Omar Haddad; Rei Sato")) == stated
    known = paper(who="Jia Li; Omar Haddad; Rei Sato"), paper("bvit:b", who="Jia Li; Omar Haddad; Rei Sato")  # fmt: skip
    assert authors(stated, *known) == "Jia Li; Omar Haddad; Rei Sato"
    # the record's given name is one of the stated ones
    assert (
        authors("Jia Li; Omar Ben Haddad", paper(who="Jia Li; Ben Haddad"))
        == "Jia Li; Omar Ben Haddad"
    )


def test_editors():
    assert printed({"editor": "Eva Brandt"})["editor"] == people("Eva Brandt")
    theirs = paper(editor="Ben Jones")
    assert printed({"editor": "Eva Brandt"}, theirs)["editor"] == people("Ben Jones")
    assert printed({"editor": "Eva Brandt"}, paper("bib:1", editor="Ben Jones"))["editor"] == people("Eva Brandt")  # fmt: skip
    assert printed({"editor": "Ben Jones"}, paper(editor="B. Jones"))["editor"] == people(
        "Ben Jones"
    )
    assert printed({"editor": "B. Jones"}, theirs)["editor"] == people("Ben Jones")


# ------------------------------------------------------------------ other versions
UPLOAD = paper("arxiv:1", type="article", venue="", year=2019, arxiv="1901.5")


@pytest.mark.parametrize(
    ("why", "stated", "record_", "here", "policy", "wrong", "what"),
    [
        ("plain", {}, paper(), Described(), "published", (), "this"),
        ("unknown", {}, paper(), Described(unknown=True), "published", (), "unknown"),
        ("unknown, by a wrong venue", {}, paper(), Described(unknown=True), "published", ("container-title",), "this"),
        ("a preprint of a paper", {}, paper(), Described(preprint=True), "published", (), "other"),
        ("a preprint", {}, UPLOAD, Described(preprint=True), "published", (), "this"),
        ("a preprint asked for", {}, UPLOAD, Described(), "preprint", (), "other"),
        ("asked for, and there is none", {}, paper(), Described(), "preprint", (), "this"),
        ("a venue, and a preprint printed", {}, UPLOAD, Described(), "published", (), "other"),
        ("no venue, and a preprint printed", {"venue": ""}, UPLOAD, Described(), "published", (), "this"),
    ],
)  # fmt: skip
def test_what_a_claim_describes_beside_what_is_printed(
    why, stated, record_, here, policy, wrong, what
):
    ours = claim(**{"title": TITLE, "who": WHO, "year": 2020, "venue": "Pond Letters", **stated})
    draft = Draft({}, {}, Version((record_,)), (record_,), ours, wrong)
    assert relation(draft, here, policy) == what, why


def test_of_another_version_the_work_stays():
    stated = {"volume": "8", "pages": "7-9", "language": "de", "keyword": "ponds", "note": "x", "arxiv": "1901.5", "who": "Jia Ann Li; Omar Haddad; Mei Sato"}  # fmt: skip
    made = printed(stated, paper(volume="7"), relation_="other")
    assert (made["volume"], made["language"], made["keyword"]) == ("7", "de", "ponds")
    assert "page" not in made and "note" not in made
    assert made["custom"] == {"arxiv": "1901.5"}
    assert names_of(made)[0].given == "Jia Ann"
    assert printed({"language": "de"}, paper(language="en"), relation_="other")["language"] == "en"
    assert "language" not in printed({"language": "de"}, relation_="other", wrong=("language",))
    wrong = printed(stated, paper(), relation_="other", wrong=("author",))
    assert names_of(wrong)[0].given == "Jia"


def test_the_people_of_a_version_that_no_source_knows_are_the_works_where_the_stated_ones_are_not():
    made = printed({"who": "Eva Pond"}, relation_="unknown", wrong=("author",))
    assert [n.family for n in names_of(made)] == ["Li", "Haddad", "Sato"]


@pytest.mark.parametrize(
    ("why", "stated", "records", "families"),
    [
        ("one more", "Jia Li; Omar Haddad", ["dblp:1"], "Li Haddad Sato"),
        ("one fewer, by an index", WHO + "; Eva Pond", ["dblp:1"], "Li Haddad Sato"),
        ("one fewer, by nobody who is sure", WHO + "; Eva Pond", ["jgrey:1"], "Li Haddad Sato Pond"),
        ("one fewer, by two", WHO + "; Eva Pond", ["dblp:1", "mlanth:2"], "Li Haddad Sato"),
        ("one fewer, by the publisher", WHO + "; Eva Pond", ["acl:1"], "Li Haddad Sato"),
        ("another order", "Jia Li; Mei Sato; Omar Haddad", ["dblp:1"], "Li Haddad Sato"),
        ("another order, by nobody who is sure", "Jia Li; Mei Sato; Omar Haddad", ["jgrey:1"], "Li Sato Haddad"),
    ],
)  # fmt: skip
def test_the_people_of_another_version(why, stated, records, families):
    made = printed({"who": stated}, *map(paper, records), relation_="other")
    assert [n.family for n in names_of(made)] == families.split(), why


def test_a_version_that_no_source_knows_is_printed_as_stated():
    theirs = paper(
        volume="7", doi="10.5/a", custom={"arxiv": "1901.5", "dblp": "x", "author-count": 3}
    )
    stated = {"venue": "Frog News", "pages": "7-9", "year": 2022, "title": TITLE.upper(), "who": "J. Li; O. Haddad; M. Sato"}  # fmt: skip
    made = printed(stated, theirs, relation_="unknown")
    assert (made["container-title"], made["page"], made["issued"]) == ("Frog News", "7-9", {"date-parts": [[2022]]})  # fmt: skip
    assert "volume" not in made and "DOI" not in made
    assert made["title"] == TITLE and names_of(made)[0].given == "Jia"
    assert made["custom"] == {"arxiv": "1901.5", "author-count": 3}
    page = printed({**stated, "type": "webpage", "venue": ""}, theirs, relation_="unknown")
    assert "arxiv" not in page["custom"], "a page that has the number is read as the paper"
    fewer = printed({**stated, "who": "J. Li; O. Haddad"}, theirs, relation_="unknown")
    assert "arxiv" not in fewer["custom"], "the e-print of more people is that of another paper"
    assert len(names_of(fewer)) == 2, "and so is its list"
    alike = printed({**stated, "title": "Rivers", "doi": "10.5/a"}, theirs, relation_="unknown")
    assert alike["custom"]["arxiv"] == "1901.5", "another title under the same DOI"
    unlike = printed({**stated, "title": "Rivers", "doi": "10.5/b"}, theirs, relation_="unknown")
    assert "arxiv" not in unlike.get("custom", {})
    other = printed({**stated, "who": "Eva Brandt", "title": "Ponds"}, theirs, relation_="unknown")
    assert other["title"] == "Ponds" and names_of(other) == (Name("Brandt", "Eva"),)
    longer = {**stated, "title": f"{TITLE}, reported", "who": "J. Li", "others": True}
    kept = printed(longer, theirs, relation_="unknown")
    assert names_of(kept) == (Name("Li", "J."),) and kept["custom"]["others"]
    assert "page" not in printed(stated, theirs, relation_="unknown", wrong=("page",))
    assert printed({**stated, "note": "x"}, theirs, relation_="unknown")["note"] == "x"


@pytest.mark.parametrize(
    ("stated", "theirs", "other", "expected"),
    [
        # another edition: all that belongs to one is as stated
        ({"edition": "3", "year": 2000, "publisher": "Reed"}, {"edition": "2", "isbn": "978", "publisher": "Elm"}, True, {"edition": "3", "publisher": "Reed", "ISBN": None, "issued": {"date-parts": [[2000]]}}),
        ({"year": 2000}, {"edition": "2", "pages": "300"}, True, {"edition": None, "page": None, "publisher": None}),
        # the same edition: completed
        ({"year": 1990}, {"publisher": "Elm", "isbn": "978"}, False, {"publisher": "Elm", "ISBN": "978"}),
        ({"edition": "Second edition"}, {}, False, {"edition": "Second edition"}),
        ({"edition": "revised"}, {}, False, {"edition": "revised"}),
        ({}, {"edition": "2"}, False, {"edition": "2"}),
    ],
)  # fmt: skip
def test_editions_of_books(stated, theirs, other, expected):
    base = {"type": "book", "venue": "", "year": 1990}
    made = printed({**base, **stated}, paper(**{**base, **theirs}), edition=other)
    assert {name: made.get(name) for name in expected} == expected


def test_another_edition_has_its_own_people_where_they_differ():
    base = {"type": "book", "venue": ""}
    same = printed({**base, "who": "J. Li; O. Haddad; M. Sato"}, paper(**base), edition=True)
    assert names_of(same)[0].given == "Jia"
    assert names_of(printed({**base, "who": "Eva Brandt"}, paper(**base), edition=True)) == (Name("Brandt", "Eva"),)  # fmt: skip
    assert not names_of(printed({**base, "who": ""}, paper(**base, editor="Ben Jones"), edition=True), "editor")  # fmt: skip


def test_initials_of_a_parsed_reference_are_written_with_full_stops():
    work = Work("w", (paper(who=""),))
    csl = item(TITLE, "", 2020, venue="Pond Letters", author=[{"family": "Li", "given": "J A"}])
    from citenorm.model import Claim

    parsed, _, chosen = prefer(work, Claim(csl, raw="J A Li. Sampling …"))
    assert parsed["author"] == [{"family": "Li", "given": "J. A."}] and chosen.id == "dblp:1"
    assert prefer(work, Claim(csl))[0]["author"] == [{"family": "Li", "given": "J A"}]


def test_people_stand_in_one_role():
    book = paper(type="book", who="", editor="Eva Brandt", venue="")
    made = printed({"who": "Eva Brandt", "type": "book", "venue": ""}, book)
    assert "editor" not in made and names_of(made) == (Name("Brandt", "Eva"),)
    made = printed({"who": "Ben Jones", "type": "book", "venue": ""}, book)
    assert names_of(made, "editor") == (Name("Brandt", "Eva"),)
    both = paper(type="book", who="Eva Brandt", editor="Eva Brandt", venue="")
    assert printed({"who": "Eva Brandt", "type": "book", "venue": ""}, both)["editor"]


@pytest.mark.parametrize(
    ("stated", "venue", "address"),
    [
        ({"venue": "ACM SIGPLAN Notices", "volume": "40", "issue": "6"}, "ACM SIGPLAN Notices", None),
        ({"venue": "Pond Championship", "pages": "7-9"}, "Pond Championship", None),
        ({"venue": "Pond Championship"}, "Pond Championship", "https://ponds.example/3"),
        ({"venue": "Pond Science Congress", "pages": "7-9"}, "Pond Science Congress", "https://ponds.example/3"),
    ],
)  # fmt: skip
def test_the_place_of_another_printing_is_not_filled_in(stated, venue, address):
    known = {"venue": "Conference on Pond Science", "url": "https://ponds.example/3"}
    item = printed({**stated, "type": "paper-conference"}, paper(**known))
    assert (item["container-title"], item.get("URL")) == (venue, address)


@pytest.mark.parametrize(
    ("stated", "known", "venue"),
    [
        ("SIGPLAN Not.", "PLDI", "SIGPLAN Not."),
        ("PLDI", "ACM SIGPLAN Notices", "ACM SIGPLAN Notices"),
        ("SIGPLAN Not.", "SIGIR", "SIGIR"),
    ],
)
def test_the_journal_that_prints_a_meeting_s_papers_stays(stated, known, venue):
    known = paper("dblp:1", type="paper-conference", venue=known, pages="30-47")
    item = printed({"venue": stated, "type": "article-journal"}, known)
    assert (same_venue(item["container-title"], venue), item["page"]) == ("same", "30-47")


def test_the_place_of_another_printing_by_its_year_and_pages():
    stated = {"year": 2019, "pages": "7-24", "venue": "Pond Letters"}
    item = printed(stated, paper(pages="30-47", volume="3", doi="10.5/p"))
    assert item["page"] == "7-24" and not {"volume", "DOI"} & item.keys()


def test_the_series_of_the_proceedings_takes_no_meeting_s_place():
    stated = {"venue": "Conference on Learning Theory", "type": "paper-conference"}
    item = printed(stated, paper(venue="Proceedings of Machine Learning Research"))
    assert (item["container-title"], item["type"]) == (stated["venue"], "paper-conference")


def test_the_spelling_of_one_side_of_the_ocean_stays():
    stated = "Analyzing quiet ponds"
    item = printed({"title": stated}, paper("acl:1", title="Analysing quiet ponds"))
    assert item["title"] == stated


def test_the_title_of_an_upload_stays_where_one_maker_has_other_people_too():
    upload = paper("arxiv:2", title="Sampling loud ponds", type="article", venue="")
    submitted = paper("mlanth:1", title="Learning from loud ponds", who="Jia Li; Mei Sato")
    stated = {"title": "Sampling loud ponds"}
    assert printed(stated, submitted, upload)["title"] == "Sampling loud ponds"
    revised = paper("mlanth:1", title="Learning from loud ponds")
    assert printed(stated, revised, upload)["title"] == "Learning from loud ponds"


def test_an_e_print_of_the_same_words_in_another_order_may_be_another_papers():
    title = "Filament recognition in solar images with the neural network technique"
    for other, kept in (
        ("A neural-network technique for recognition of filaments in solar images", False),
        ("Filament recognition in solar images with neural network techniques", True),
    ):
        upload = paper("arxiv:2", title=other, type="article", venue="", arxiv="1901.00001")
        item = printed({"title": title}, upload, relation_="unknown")
        assert ("arxiv" in item.get("custom", {})) is kept, other
