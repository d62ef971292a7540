"""What the word of one record changes and fills in, and what it does not."""

from __future__ import annotations

import pytest
from builders import claim, record

from citenorm.match.cite import prefer
from citenorm.match.works import described
from citenorm.model import Work

WHO = "Jia Li; Omar Haddad"
TITLE = "Sampling quiet ponds in winter"
ICLR = "International Conference on Learning Representations"
KDD = "ACM SIGKDD International Conference on Knowledge Discovery and Data Mining"
PLDI = "ACM SIGPLAN Conference on Programming Language Design and Implementation"


JOURNAL = {"ident": "bvit:a", "venue": "Pond Letters", "type": "article-journal"}


def made(stated, *records):
    """The item printed for a claim beside title and people, and the records of a work."""
    known = [record(**{"title": TITLE, "who": WHO, **one}) for one in records]
    return prefer(Work("w:1", tuple(known)), claim(**{"title": TITLE, "who": WHO, **stated}))[0]


def upload(ident="arxiv:1801.00001", year=2018, **more):
    return {"ident": ident, "type": "article", "year": year, "arxiv": "1801.00001", **more}


@pytest.mark.parametrize(
    ("why", "idents", "venue", "printed"),
    [
        ("somebody's own bibliography", ["bvit:a"], ICLR, "article"),
        ("an index", ["dblp:a"], ICLR, "paper-conference"),
        ("two makers", ["bvit:a", "dblp:a"], ICLR, "paper-conference"),
        ("a journal", ["bvit:a"], "Pond Letters", "article-journal"),
        ("a workshop", ["dblp:a"], "NIPS Workshop on Ponds", "article"),
        ("an unknown workshop, by one record", ["bvit:a"], "Ponds and Nets Workshop", "article"),
        ("an unknown workshop, by two makers", ["bvit:a", "jgrey:a"], "Ponds and Nets Workshop", "paper-conference"),
        ("a workshop's own proceedings", ["acl:a"], "Workshop on Ponds", "paper-conference"),
    ],
)  # fmt: skip
def test_a_preprint_gives_way_to_a_paper_that_was_not_only_submitted(why, idents, venue, printed):
    kind = "article-journal" if venue == "Pond Letters" else "paper-conference"
    records = [{"ident": i, "venue": venue, "year": 2018, "type": kind} for i in idents]
    stated = {"venue": "", "year": 2018, "arxiv": "1801.00001", "type": "article"}
    assert made(stated, upload(), *records)["type"] == printed, why


def test_where_only_a_submission_is_known_the_preprint_is_a_version_that_no_source_knows():
    one = record("bvit:a", title=TITLE, who=WHO, venue=ICLR, year=2018, type="paper-conference")
    stated = claim(TITLE, WHO, 2018, venue="", arxiv="1801.00001", type="article")
    assert described(stated, Work("w:1", (one,))).unknown


@pytest.mark.parametrize(("stated", "printed"), [(2020, 2020), (2018, 2018), (2016, 2018)])
def test_the_year_of_a_later_version_of_an_upload_stays(stated, printed):
    cited = {"venue": "", "year": stated, "arxiv": "1801.00001", "type": "article"}
    assert made(cited, upload())["issued"] == {"date-parts": [[printed]]}


@pytest.mark.parametrize(
    ("why", "field", "record_", "printed"),
    [
        ("a count of one maker", "page", {"ident": "bvit:a", "pages": "1-12"}, None),
        ("a number of one maker", "page", {"ident": "bvit:a", "pages": "33"}, None),
        ("pages", "page", {"ident": "bvit:a", "pages": "33-44"}, "33-44"),
        ("the publisher's", "page", {"ident": "acm:a", "pages": "1-12"}, "1-12"),
        ("the volume again", "issue", {**JOURNAL, "volume": "2", "issue": "2"}, None),
        ("an issue", "issue", {**JOURNAL, "volume": "2", "issue": "3"}, "3"),
        ("a volume of no series", "volume", {"ident": "dblp:a", "volume": "307"}, None),
        ("a volume of a series", "volume", {"ident": "dblp:a", "volume": "307", "series": "Pond Series"}, "307"),
        ("a macro", "publisher", {"ident": "dblp:a", "publisher": "pond86-pub"}, None),
        ("an address", "publisher", {"ident": "dblp:a", "publisher": "www.ponds.org"}, None),
        ("the meeting's name", "publisher", {"ident": "bvit:a", "publisher": "ICLR"}, None),
        ("a publisher", "publisher", {"ident": "bvit:a", "publisher": "Elm Press"}, "Elm Press"),
        ("the number of the article", "issue", {**JOURNAL, "volume": "2", "issue": "401", "pages": "401"}, None),
        ("a publisher with its place", "publisher", {"ident": "bvit:a", "publisher": "Elm Press: Cambridge, MA"}, None),
        ("a volume of another year", "volume", {"ident": "bvit:a", "venue": "ICML", "year": 2023, "volume": "162"}, None),
        ("the volume of the year", "volume", {"ident": "bvit:a", "venue": "ICML", "year": 2023, "volume": "202"}, "202"),
        ("a macro of one word", "publisher", {"ident": "bvit:a", "publisher": "elm"}, None),
        ("as a program writes it", "publisher", {"ident": "bvit:a", "publisher": "Ieee"}, None),
        ("a series", "collection-title", {"ident": "dblp:a", "series": "Pond Series"}, "Pond Series"),
        ("its short form", "collection-title", {"ident": "dblp:a", "series": "lncs"}, "Lecture Notes in Computer Science"),
        ("the meeting's label", "collection-title", {"ident": "bvit:a", "series": "ICLR'18"}, None),
    ],
)  # fmt: skip
def test_what_one_record_fills_in(why, field, record_, printed):
    known = {"venue": ICLR, "year": 2018, "type": "paper-conference", **record_}
    stated = {"venue": known["venue"], "year": known["year"], "type": known["type"]}
    assert made(stated, known).get(field) == printed, why


def test_a_venue_with_a_volume_that_no_record_has_is_another_printing():
    known = {"ident": "dblp:a", "venue": "ICML", "year": 2018, "type": "paper-conference", "pages": "30-47"}  # fmt: skip
    stated = {"venue": "Pond Notices", "year": 2018, "volume": "29", "pages": "3-9"}
    item = made(stated, known)
    assert (item["container-title"], item["volume"], item["page"]) == ("Pond Notices", "29", "3-9")


def test_the_title_of_a_volume_gives_way_to_more_than_one_record():
    stated = {"venue": "Ponds and Their Uses", "year": 2018, "type": "paper-conference"}
    known = {"venue": "ICML", "year": 2018, "type": "paper-conference"}
    assert made(stated, {**known, "ident": "dblp:a"})["container-title"] == "Ponds and Their Uses"
    both = [{**known, "ident": "dblp:a"}, {**known, "ident": "bvit:a"}]
    assert made(stated, *both)["container-title"] != "Ponds and Their Uses"


def test_a_paper_that_a_list_calls_an_article_is_of_the_same_version():
    known = {"venue": ICLR, "year": 2018}
    stated = {"venue": "", "year": 2018, "arxiv": "1801.00001", "type": "article"}
    item = made(
        stated,
        {**known, "ident": "mlanth:a", "type": "paper-conference"},
        {**known, "ident": "bvit:a", "type": "article-journal"},
        {**known, "ident": "dblp:a", "type": "paper-conference", "publisher": "OpenReview.net"},
    )
    assert item["publisher"] == "OpenReview.net"


def test_a_forums_number_stays_beside_another_one_of_one_maker():
    known = {"ident": "mlanth:a", "venue": ICLR, "year": 2018, "type": "paper-conference", "custom": {"openreview": "B1"}}  # fmt: skip
    stated = {"venue": ICLR, "year": 2018, "type": "paper-conference", "custom": {"openreview": "A1"}}  # fmt: skip
    assert made(stated, known)["custom"]["openreview"] == "A1"


def test_letters_that_a_record_lost_come_from_another_record():
    known = {"venue": "Pond Letters", "year": 2018}
    lost, whole = {**known, "who": "Gal Li"}, {**known, "who": "Gaël Li", "year": 2012}
    stated = {"who": "G. Li", "venue": "Pond Letters", "year": 2018}
    author = made(stated, {**lost, "ident": "bvit:a"}, {**whole, "ident": "dblp:a"})["author"]
    assert author == [{"family": "Li", "given": "Gaël"}]
    assert made(stated, {**lost, "ident": "bvit:a"})["author"][0]["given"] == "Gal"


def test_a_particle_cut_down_to_an_initial_comes_from_another_record():
    known = {"venue": ICLR, "year": 2018, "type": "paper-conference"}
    cut, whole = {**known, "who": "Jia Li; Omar D. Berg"}, {**known, "who": "Jia Li; de Berg, Omar"}
    stated = {"who": "Jia Li", "others": True, "venue": ICLR, "year": 2018}
    author = made(stated, {**cut, "ident": "mlanth:a"}, {**whole, "ident": "dblp:a"})["author"]
    assert author[1]["given"] == "Omar"
    assert made(stated, {**cut, "ident": "mlanth:a"})["author"][1]["given"] == "Omar D."


def test_a_family_name_in_capitals_that_stands_for_the_given_one():
    known = {"venue": ICLR, "year": 2018, "type": "paper-conference"}
    turned = [{"family": "Li", "given": "Jia"}, {"family": "HongFa", "given": "WANG"}]
    stated = {"who": "Jia Li", "others": True, "venue": ICLR, "year": 2018}
    records = [{**known, "ident": "mlanth:a", "who": turned}, {**known, "ident": "dblp:a", "who": "Jia Li; Hongfa Wang"}]  # fmt: skip
    assert made(stated, *records)["author"][1] == {"family": "Wang", "given": "Hongfa"}
    assert made(stated, records[0])["author"][1] == turned[1]


def test_and_others_are_those_of_a_record_with_the_people_in_their_order():
    known = {"venue": ICLR, "year": 2018, "type": "paper-conference"}
    stated = {"who": "Jia Li; Omar Haddad", "others": True, "venue": ICLR, "year": 2018}
    other_order = {**known, "ident": "bvit:a", "who": "Jia Li; Mei Sato; Ada Smith; Omar Haddad", "pages": "3-9", "volume": "3"}  # fmt: skip
    turned = {**other_order, "who": "Omar Haddad; Jia Li; Mei Sato"}
    same_order = {**known, "ident": "dblp:a", "who": "Jia Li; Omar Haddad; Mei Sato"}
    assert len(made(stated, other_order)["author"]) == 4
    item = made(stated, turned)
    assert len(item["author"]) == 2 and item["custom"]["others"]
    item = made(stated, turned, same_order)
    assert [n["family"] for n in item["author"]] == ["Li", "Haddad", "Sato"]


@pytest.mark.parametrize(
    ("why", "more", "pages"),
    [
        ("an index that is righter about DOIs", {}, "30-47"),
        ("the other pages are stated", {"pages": "3-9"}, "3-9"),
        ("the other DOI is stated", {"doi": "10.5/a"}, "3-9"),
    ],
)
def test_one_paper_with_two_dois_at_one_meeting(why, more, pages):
    known = {"venue": "CVPR", "year": 2018, "type": "paper-conference"}
    hand_made = {**known, "ident": "bvit:a", "doi": "10.5/a", "pages": "3-9", "publisher": "IEEE"}
    index = {**known, "ident": "dblp:a", "doi": "10.5/b", "pages": "30-47"}
    item = made({"venue": "CVPR", "year": 2018, "type": "paper-conference", **more}, hand_made, index)  # fmt: skip
    assert item["page"] == pages, why


@pytest.mark.parametrize(
    ("ident", "venue", "year", "field", "printed"),
    [
        ("mlanth:a", "ICML", 2000, "DOI", False),
        ("mlanth:a", "ICML", 2004, "DOI", True),
        ("dblp:a", "ICML", 2000, "DOI", True),
        ("mlanth:a", "NeurIPS", 2022, "URL", False),
        ("mlanth:a", "NeurIPS", 2021, "URL", True),
        ("bvit:a", "NeurIPS", 2022, "page", False),
        ("bvit:a", "NeurIPS", 2016, "page", True),
    ],
)
def test_what_a_source_has_wrong_for_years_is_not_filled_in(ident, venue, year, field, printed):
    known = {"ident": ident, "venue": venue, "year": year, "type": "paper-conference", "doi": "10.5/a", "url": "https://ponds.example/1", "pages": "30-47"}  # fmt: skip
    stated = {"venue": venue, "year": year, "type": "paper-conference"}
    assert (field in made(stated, known)) is printed


def test_the_year_goes_with_the_venue_that_is_filled_in():
    known = {"ident": "dblp:a", "venue": "ICML", "year": 2018, "type": "paper-conference"}
    stated = {"year": 2017, "type": "paper-conference"}
    assert made({**stated, "venue": ""}, known)["issued"] == {"date-parts": [[2018]]}
    assert made({**stated, "venue": "ICML"}, known)["issued"] == {"date-parts": [[2017]]}


def test_a_first_page_alone_gives_way_to_the_range_that_begins_there():
    known = {"venue": "Pond Letters", "year": 2018}
    stated = {"venue": "Pond Letters", "year": 2018}
    first = {**known, "ident": "dblp:a", "pages": "386", "volume": "7", "doi": "10.5/a"}
    assert made(stated, first, {**known, "ident": "bvit:b", "pages": "386-408"})["page"] == "386-408"  # fmt: skip
    assert made(stated, first, {**known, "ident": "bvit:b", "pages": "12-408"})["page"] == "386"


def test_a_name_with_a_programs_blanks_is_no_venue():
    known = {"ident": "dblp:a", "year": 2018, "venue": "Pond Workshops: Learning_to_Swim"}
    stated = {"venue": "", "year": 2018, "type": ""}
    assert "container-title" not in made(stated, {**known, "type": "paper-conference"})


def test_nothing_is_filled_in_beside_a_venue_and_pages_that_no_record_has():
    known = {"ident": "jgrey:a", "venue": "Theoria", "year": 1970, "volume": "36", "pages": "373-398"}  # fmt: skip
    item = made({"venue": "1974", "year": 1970, "pages": "222-246"}, known)
    assert "volume" not in item and item["page"] == "222-246"


def test_a_title_stays_beside_one_record_with_a_word_more_that_says_nothing():
    known = {"ident": "dblp:a", "venue": ICLR, "year": 2018, "title": "Sampling the quiet ponds in the winter"}  # fmt: skip
    stated = {"venue": ICLR, "year": 2018, "title": "Sampling quiet ponds in winter"}
    assert made(stated, known)["title"] == stated["title"]
    more = {**known, "title": "Sampling quiet ponds in deep winter"}
    assert made(stated, more)["title"] == more["title"]


@pytest.mark.parametrize(
    "account",
    [
        "haddado",
        "omar.h",
        "ohaddad4",
        "Haddado Haddado",
        "Jia Li",
        "Christina Reeders; Christina Readers",
    ],
)
def test_the_name_of_an_account_is_nobody(account):
    conference = {"venue": ICLR, "year": 2018, "type": "paper-conference"}
    stated = {"who": "Jia Li; Omar Haddad", "venue": ICLR, "year": 2018, "others": True}
    known = {**conference, "ident": "mlanth:a", "who": f"Jia Li; Omar Haddad; {account}; Mei Sato"}
    index = {**conference, "ident": "dblp:a", "who": "Jia Li; Omar Haddad; Mei Sato"}
    families = [n["family"] for n in made(stated, known, index)["author"]]
    assert families == ["Li", "Haddad", "Sato"]
    assert [n["family"] for n in made(stated, known)["author"]] == ["Li", "Haddad"]


def test_a_list_with_people_whom_no_record_has_stays_as_it_is():
    known = {"ident": "dblp:a", "venue": ICLR, "year": 2018, "who": "Jia Li; Omar Haddad; Mei Sato"}
    who = [{"family": "Li", "given": "Jia"}, {"family": "Haddad"}, {"family": "Omar"}, {"family": "Sato", "given": "Mei"}]  # fmt: skip
    assert made({"who": who, "venue": ICLR, "year": 2018}, known)["author"] == who


@pytest.mark.parametrize(
    ("why", "ident", "venue", "year", "printed"),
    [
        ("a list that has the workshop's papers too", "mlanth:a", ICLR, 2013, "article"),
        ("one that has what was submitted too", "mlanth:a", ICLR, 2020, "article"),
        ("and of another year", "mlanth:a", ICLR, 2017, "article"),
        ("another year of it", "mlanth:a", ICLR, 2016, "paper-conference"),
        ("another venue of it", "mlanth:a", "ICML", 2013, "paper-conference"),
        ("another list", "dblp:a", ICLR, 2013, "paper-conference"),
    ],
)
def test_a_preprint_beside_a_list_that_does_not_part_the_workshop(why, ident, venue, year, printed):
    stated = {"venue": "", "year": year, "arxiv": "1301.00001", "type": "article"}
    known = {"ident": ident, "venue": venue, "year": year, "type": "paper-conference"}
    item = made(stated, upload("arxiv:1301.00001", year, arxiv="1301.00001"), known)
    assert item["type"] == printed, why


def test_what_bibliographies_of_their_own_papers_agree_on_may_be_a_workshop_s():
    stated = {"venue": "", "year": 2018, "arxiv": "1801.00001", "type": "article"}
    known = [{"ident": i, "venue": ICLR, "year": 2018, "type": "paper-conference"} for i in ("plist:a", "bib:a", "dblp:a")]  # fmt: skip
    number = upload("arxiv:1801.00001", 2018, arxiv="1801.00001")
    assert made(stated, number, *known[:2])["type"] == "article"
    assert made(stated, number, *known)["type"] == "paper-conference"


def test_a_number_of_a_library_that_no_registry_knows_is_not_filled_in():
    known = {"ident": "dblp:a", "venue": KDD, "year": 2018, "type": "paper-conference"}
    stated = {"venue": KDD, "year": 2018}
    assert "DOI" not in made(stated, {**known, "doi": "10.5555/93025.93114"})
    assert made(stated, {**known, "doi": "10.1145/93025.93114"})["DOI"] == "10.1145/93025.93114"


@pytest.mark.parametrize(
    ("ident", "venue", "year", "filled"),
    [
        ("jgrey:a", "USENIX Annual Technical Conference", 2014, False),
        ("bvit:a", ICLR, 2018, False),
        ("bvit:a", "International Conference on Machine Learning", 2009, True),
        ("bvit:a", "International Conference on Machine Learning", 2011, False),
        ("crossref:10.5/a", ICLR, 2018, True),  # the publisher's own word
    ],
)
def test_no_doi_is_filled_in_at_a_meeting_whose_papers_have_none(ident, venue, year, filled):
    known = {"ident": ident, "venue": venue, "year": year, "type": "paper-conference", "doi": "10.5/a"}  # fmt: skip
    assert ("DOI" in made({"venue": venue, "year": year}, known)) is filled


@pytest.mark.parametrize(
    ("ident", "kind", "filled"),
    [
        ("jgrey:a", "paper-conference", False),  # of which nobody knows how often it is right
        ("bib:a", "paper-conference", False),
        ("dblp:a", "paper-conference", True),  # measured
        ("acl:a", "paper-conference", True),  # the publisher
        ("openalex:a", "paper-conference", True),  # not held against anybody
        ("jgrey:a", "book", True),
    ],
)
def test_who_published_proceedings_is_filled_in_on_a_measured_word(ident, kind, filled):
    said = {"publisher": "Reed & Sons", "series": "Lecture Notes in Ponds", "volume": "7"}
    if kind == "book":
        del said["volume"]
    stated = {"venue": PLDI if kind != "book" else "", "year": 2016, "type": kind}
    item = made(stated, {"ident": ident, **stated, **said})
    named = {"publisher", "collection-title", *({"volume"} & said.keys())}
    assert (named & item.keys()) == (named if filled else set())


def test_who_published_proceedings_is_filled_in_on_the_word_of_two():
    stated = {"venue": PLDI, "year": 2016, "type": "paper-conference"}
    two = [{"ident": i, **stated, "publisher": "Reed & Sons"} for i in ("jgrey:a", "bib:a")]
    assert made(stated, *two)["publisher"] == "Reed & Sons"


@pytest.mark.parametrize(
    ("volume", "filled"),
    [("35", True), ("1-2", True), ("B7", True), ("35.9", False), ("Volume 1: Long Papers", False)],
)
def test_what_is_no_number_of_a_volume_is_not_filled_in(volume, filled):
    stated = {"venue": "Pond Letters", "year": 2016}
    assert ("volume" in made(stated, {"ident": "dblp:a", **stated, "volume": volume})) is filled


@pytest.mark.parametrize(("told", "year"), [({"series": "Proceedings of the Pond Society 7"}, 2017), ({"publisher": "MIT Press"}, 2017), ({}, 2016)])  # fmt: skip
def test_the_year_of_a_stated_series_stays_beside_that_of_the_meeting(told, year):
    known = {"ident": "mlanth:a", "venue": ICLR, "year": 2016, "type": "paper-conference"}
    item = made({"venue": "", "year": 2017, "type": "paper-conference", **told}, known)
    assert item["issued"] == {"date-parts": [[year]]}


def test_nothing_of_the_journal_that_prints_proceedings_is_filled_in_beside_them():
    place = {"year": 2016, "page": "341-354"}
    paper = {"ident": "crosstex:a", "venue": PLDI, "type": "paper-conference", **place}
    again = {"ident": "jgrey:a", "venue": "ACM SIGPLAN Notices", "type": "article-journal", "volume": "51", "issue": "6", "doi": "10.5/again", **place}  # fmt: skip
    item = made({"venue": PLDI, "year": 2016, "type": "paper-conference"}, paper, again)
    assert item["page"] == "341-354" and not {"volume", "issue"} & item.keys()
    cited = {"venue": "ACM SIGPLAN Notices", "year": 2016, "type": "article-journal"}
    assert made(cited, again)["volume"] == "51"


@pytest.mark.parametrize(("year", "filled"), [(2015, False), (2018, True)])
def test_a_publisher_of_later_years_is_not_filled_in(year, filled):
    known = {"ident": "bvit:a", "venue": ICLR, "year": year, "type": "paper-conference", "publisher": "OpenReview.net"}  # fmt: skip
    stated = {"venue": ICLR, "year": year, "type": "paper-conference"}
    assert ("publisher" in made(stated, known)) is filled
    assert made({**stated, "publisher": "OpenReview.net"}, known)["publisher"]  # stated, it stays


@pytest.mark.parametrize(
    ("ident", "venue", "year", "printed"),
    [
        ("crosstex:a", "Symposium on Networked System Design and Implementation", 2016, "USENIX Symposium on Networked Systems Design and Implementation"),
        ("dblp:a", "Symposium on Networked System Design and Implementation", 2016, "Symposium on Networked System Design and Implementation"),
        ("crosstex:a", "SIGPLAN Conference on Programming Language Design and Implementation", 2005, "SIGPLAN Conference on Programming Language Design and Implementation"),
        ("crosstex:a", "USENIX Security Symposium", 1993, None),
        ("crosstex:a", "USENIX Security Symposium", 2008, "Proceedings of the 17th USENIX Security Symposium"),
        ("crosstex:a", "Transactions on Information and System Security (TISSEC)", 2011, "Transactions on Information and System Security (TISSEC)"),
    ],
)  # fmt: skip
def test_venues_of_a_source_that_has_names_of_its_own(ident, venue, year, printed):
    known = {"ident": ident, "venue": venue, "year": year, "type": "paper-conference"}
    assert made({"venue": "", "year": year, "type": ""}, known).get("container-title") == printed


def test_a_paper_of_no_stated_place_is_its_e_print_beside_what_was_perhaps_submitted():
    known = {"ident": "bvit:a", "venue": ICLR, "year": 2018, "type": "paper-conference"}
    stated = {"venue": "", "year": 2018, "type": "paper-conference"}
    assert "container-title" not in made(stated, upload(), known)
    assert made(stated, upload(), {**known, "ident": "dblp:a"})["container-title"] == ICLR


@pytest.mark.parametrize(
    ("venue", "year", "printed"),
    [
        ("Workshop on Pond Films", 2013, "paper-conference"),
        ("Workshop on Pond Films", 2015, "article"),
        ("Frog Days", 2013, "article"),
        ("", 2013, "article"),
    ],
)
def test_a_publication_years_before_the_upload_is_a_slip_unless_the_claim_has_it_too(
    venue, year, printed
):
    known = {
        "ident": "bib:a",
        "venue": "Workshop on Pond Films",
        "year": 2013,
        "type": "paper-conference",
    }
    stated = {"venue": venue, "year": year, "type": "paper-conference"}
    assert made(stated, upload(), known)["type"] == printed


@pytest.mark.parametrize(("kind", "left"), [("report", ["Li"]), ("paper-conference", ["Li", "Haddad"])])  # fmt: skip
def test_one_record_adds_nobody_to_the_author_of_a_report(kind, left):
    known = {"ident": "bvit:a", "year": 2009, "type": kind, "venue": "ICML" if kind != "report" else ""}  # fmt: skip
    stated = {"who": "Jia Li", "venue": known["venue"], "year": 2009, "type": kind}
    assert [n["family"] for n in made(stated, known)["author"]] == left


def test_pages_of_an_e_print_are_nobody_s():
    stated = {"venue": "", "year": 2018, "arxiv": "1801.00001", "type": "article"}
    assert "page" not in made(stated, {**upload(), "pages": "1-106"})


@pytest.mark.parametrize("publisher", ["Citeseer", "ResearchGate"])
def test_where_a_copy_lies_is_no_publisher(publisher):
    known = {"ident": "bib:a", "year": 1995, "type": "book", "publisher": publisher}
    assert "publisher" not in made({"venue": "", "year": 1995, "type": "book"}, known)


def test_a_doi_that_is_wrong_in_its_source_says_nothing_of_the_version():
    """A chapter of a later collection under the DOI that an index gives to the paper."""
    stated = {"venue": "Works of Jia Li", "year": 2022, "type": "chapter", "pages": "373-392", "doi": "10.5/w"}  # fmt: skip
    known = {"ident": "mlanth:a", "venue": "Conference on Uncertainty in Artificial Intelligence", "year": 2001, "type": "paper-conference", "pages": "411-420", "doi": "10.5/w"}  # fmt: skip
    item = made(stated, known)
    assert (item["issued"], item["page"]) == ({"date-parts": [[2022]]}, "373-392")


@pytest.mark.parametrize("ident", ["dblp:a", "acm:a"])
def test_an_e_print_s_title_stays_beside_one_index_s_slip(ident):
    title = "Quiet ponds in winter"
    stated = {"title": title, "venue": "", "year": 2018, "arxiv": "1801.00001", "type": "article"}
    known = {"ident": ident, "title": "Quiet ponds in winters", "venue": "ICML", "year": 2018, "type": "paper-conference"}  # fmt: skip
    item = made(stated, {**upload("arxiv:1801.00001", 2018, arxiv="1801.00001"), "title": title}, known)  # fmt: skip
    assert item["type"] == "paper-conference"
    assert item["title"] == (title if ident == "dblp:a" else known["title"])


@pytest.mark.parametrize(
    ("venue", "ident", "printed"),
    [
        ("Pond Working Papers", "glottolog:a", None),
        ("Pond Working Papers", "acm:a", "Pond Working Papers"),
        (ICLR, "glottolog:a", None),
        (ICLR, "dblp:a", ICLR),
    ],
)
def test_a_venue_is_filled_in_by_whom_venues_are_believed(venue, ident, printed):
    known = {"ident": ident, "venue": venue, "year": 2018, "type": "paper-conference"}
    assert made({"venue": "", "year": 2018, "type": ""}, known).get("container-title") == printed


def test_a_volume_is_filled_in_with_the_series_that_it_is_of():
    known = {"venue": ICLR, "year": 2018, "type": "paper-conference"}
    plain = {**known, "ident": "mlanth:a", "pages": "3-9"}
    series = {**known, "ident": "dblp:a", "volume": "307", "series": "Pond Series"}
    item = made({"venue": ICLR, "year": 2018, "type": "paper-conference"}, plain, series)
    assert (item["volume"], item["collection-title"]) == ("307", "Pond Series")


@pytest.mark.parametrize(
    ("pages", "at_the_workshop", "printed"),
    [("3-9", "31-40", "3-9"), ("", "31-40", "31-40"), ("31-40", "31-40", "31-40")],
)
def test_an_index_s_paper_on_pages_of_its_own_is_not_the_workshop_s(pages, at_the_workshop, printed):  # fmt: skip
    known = {"year": 2018, "type": "paper-conference"}
    item = made(
        {"venue": "CVPR", "year": 2018, "type": "paper-conference"},
        {**known, "ident": "dblp:a", "venue": "CVPR", "pages": pages},
        {**known, "ident": "mlanth:b", "venue": "CVPR Workshops", "pages": at_the_workshop},
    )
    assert item["page"] == printed


def test_a_name_that_another_record_has_as_stated_stays():
    who = "Jia Li; Da Xiao; Mei Sato"
    cited = {"who": who, "venue": "", "year": 2018, "arxiv": "1801.00001", "type": "article"}
    conference = {"venue": ICLR, "year": 2018, "type": "paper-conference"}
    slips = [{**conference, "ident": i, "who": "Jia Li; Xia Da; Mei Sato"} for i in ("mlanth:a", "dblp:a")]  # fmt: skip
    author = made(cited, upload(who=who), *slips)["author"]
    assert author[1] == {"family": "Xiao", "given": "Da"}


def test_people_stay_beside_the_organisation_that_issued_the_work():
    stated = {"who": WHO, "venue": "", "year": 2018, "arxiv": "1801.00001", "type": "article"}
    author = made(stated, upload(who=[{"family": "PondAI"}]))["author"]
    assert [n["family"] for n in author] == ["Li", "Haddad"]


def test_a_list_that_goes_on_in_initials_alone_adds_nobody():
    stated = {"who": WHO, "venue": "", "year": 2018, "arxiv": "1801.00001", "type": "article", "others": True}  # fmt: skip
    item = made(stated, upload(who="J. Li; O. Haddad; M. Sato; D. Ek"))
    assert [n["family"] for n in item["author"]] == ["Li", "Haddad"] and item["custom"]["others"]
    item = made(stated, upload(who="Jia Li; Omar Haddad; Mei Sato"))
    assert len(item["author"]) == 3


@pytest.mark.parametrize(("year", "trusted"), [(2020, False), (2021, True)])
def test_forum_numbers_of_a_damaged_stretch_are_not_printed(year, trusted):
    known = {"ident": "mlanth:a", "venue": ICLR, "year": year, "type": "paper-conference", "url": "https://openreview.net/forum?id=B1", "custom": {"openreview": "B1"}}  # fmt: skip
    item = made({"venue": ICLR, "year": year, "type": "paper-conference"}, known)
    assert bool(item.get("URL")) is trusted and bool(item.get("custom")) is trusted


def test_of_two_e_prints_of_one_publication_the_one_of_the_title_is_meant():
    other = {**upload("arxiv:1701.00002", 2017), "arxiv": "1701.00002", "title": "Quiet ponds in winter, sampled"}  # fmt: skip
    item = made({"venue": "", "year": 2018}, other, upload())
    assert item["custom"]["arxiv"] == "1801.00001" and item["title"] == TITLE


def test_a_thesis_gets_no_second_author_and_no_doi_of_one_maker():
    known = {"ident": "jgrey:a", "venue": "", "year": 1996, "type": "thesis", "who": "Jia Li; Peter Lee", "doi": "10.5/book"}  # fmt: skip
    item = made({"venue": "", "year": 1996, "type": "thesis", "who": "Jia Li"}, known)
    assert len(item["author"]) == 1 and "DOI" not in item


def test_a_number_of_no_archive_is_no_e_prints():
    known = {"ident": "bvit:a", "venue": "Pond Letters", "year": 1981}
    for number, printed in (("pii/0550321", False), ("hep-th/9901001", True)):
        item = made({"venue": "Pond Letters", "year": 1981}, {**known, "arxiv": number})
        assert ("arxiv" in item.get("custom", {})) is printed, number


@pytest.mark.parametrize(
    ("why", "stated", "known", "filled"),
    [
        ("the venue numbers another volume", {"venue": "Advances in Neural Information Processing Systems 2"}, {"volume": "3"}, False),
        ("the venue numbers it", {"venue": "Advances in Neural Information Processing Systems 2"}, {"volume": "2"}, True),
        ("another series is stated", {"series": "Lakes and Rivers"}, {"volume": "307", "series": "Pond Series"}, False),
        ("the series is stated", {"series": "Pond Series"}, {"volume": "307", "series": "Pond Series"}, True),
        ("the meeting's label is stated", {"series": "NIPS'16"}, {"volume": "3"}, False),
    ],
)  # fmt: skip
def test_a_volume_of_another_series_is_not_filled_in(why, stated, known, filled):
    held = {
        "ident": "dblp:a",
        "venue": "NeurIPS",
        "year": 1990,
        "type": "paper-conference",
        **known,
    }
    cited = {"venue": "NeurIPS", "year": 1990, "type": "paper-conference", **stated}
    assert ("volume" in made(cited, held)) is filled, why


def test_of_two_numbers_of_one_forum_the_one_by_the_surer_source_with_its_address():
    known = {"venue": ICLR, "year": 2018, "type": "paper-conference"}
    page = "https://openreview.net/forum?id="
    records = [
        {**known, "ident": "bvit:a", "custom": {"openreview": "A1"}, "url": page + "A1", "pages": "3-9", "publisher": "Elm"},
        {**known, "ident": "mlanth:a", "custom": {"openreview": "B1"}, "url": page + "B1"},
    ]  # fmt: skip
    item = made({"venue": ICLR, "year": 2018, "type": "paper-conference"}, *records)
    assert (item["custom"]["openreview"], item["URL"]) == ("B1", page + "B1")


def test_nothing_of_the_report_is_filled_in_beside_the_paper():
    known = {"ident": "jgrey:a", "venue": "", "year": 1997, "type": "report", "publisher": "University of Ponds", "custom": {}}  # fmt: skip
    stated = {"venue": KDD, "year": 1997, "type": "paper-conference", "page": "116-128"}
    assert not {"publisher", "number"} & made(stated, known).keys()
    assert made({"venue": "", "year": 1997, "type": "report"}, known)["publisher"]


def test_pages_beside_a_doi_that_no_record_of_the_version_has_are_those_of_another_text():
    known = {"ident": "mlanth:a", "venue": KDD, "year": 2005, "type": "paper-conference", "page": "1182-1183", "doi": "10.1109/kdd.2005.351"}  # fmt: skip
    stated = {"venue": KDD, "year": 2005, "type": "paper-conference", "page": "1051-1058"}
    for doi, page in (("10.1109/kdd.2005.350", "1051-1058"), ("10.1109/kdd.2005.351", "1182-1183"), ("", "1182-1183")):  # fmt: skip
        assert made({**stated, "doi": doi}, known)["page"] == page, doi


@pytest.mark.parametrize(
    ("ident", "page"), [("dblp:a", "31-57"), ("bib:a", "31-57"), ("acl:a", "30")]
)
def test_one_number_takes_the_place_of_no_range_but_by_the_publisher(ident, page):
    stated = {"venue": "Pond Letters", "year": 2018, "page": "31-57"}
    assert made(stated, {"ident": ident, **stated, "page": "30"})["page"] == page


def test_of_two_e_prints_of_one_title_none_is_filled_in():
    known = {"ident": "bvit:a", "venue": KDD, "year": 2018, "type": "paper-conference"}
    stated = {"venue": KDD, "year": 2018, "type": "paper-conference"}
    other = upload("arxiv:1803.00001", arxiv="1803.00001")
    assert made(stated, known, upload())["custom"]["arxiv"] == "1801.00001"
    assert "arxiv" not in made(stated, known, upload(), other).get("custom", {})
    again = upload("x:1", arxiv="1801.00001v2")
    assert made(stated, known, upload(), again)["custom"]["arxiv"] == "1801.00001"
    cited = made({**stated, "arxiv": "1803.00001"}, known, upload(), other)
    assert cited["custom"]["arxiv"] == "1803.00001"


def test_a_series_in_the_place_of_the_venue_stays_as_the_series():
    known = {"ident": "dblp:a", "venue": KDD, "year": 2003, "type": "paper-conference"}
    stated = {"venue": "Lecture Notes in Computer Science", "year": 2003}
    item = made(stated, known)
    assert item["container-title"] == KDD
    assert item["collection-title"] == "Lecture Notes in Computer Science"
    journal = {**known, "venue": "Theoretical Computer Science", "type": "article-journal"}
    assert "collection-title" not in made(stated, journal)


@pytest.mark.parametrize(("publisher", "filled"), [("Elm Press", False), ("Reed & Sons", True)])
def test_a_reprint_gets_nothing_of_the_article(publisher, filled):
    place = {
        "venue": "Pond Letters",
        "volume": "17",
        "pages": "549-557",
        "publisher": "Reed & Sons",
    }
    known = {"ident": "dblp:a", "year": 1974, "type": "article-journal", **place}
    stated = {"venue": "", "year": 1974, "type": "book", "publisher": publisher}
    assert ({"volume", "page"} <= made(stated, known).keys()) is filled


@pytest.mark.parametrize(
    ("more", "filled"),
    [
        ({"year": 2008, "venue": "India Pond Conference", "pages": "15-16"}, False),
        (
            {"year": 2008, "venue": "India Pond Conference", "pages": "489-498"},
            True,
        ),  # on its pages
        ({"year": 2008, "venue": "India Pond Conference", "pages": ""}, True),
    ],
)
def test_a_doi_from_another_year_venue_and_page_is_that_of_another_publication(more, filled):
    stated = {"venue": KDD, "year": 2007, "pages": "489-498", "type": "paper-conference"}
    known = [{"ident": "bib:a", **stated}, {"ident": "bib:b", **stated, **more, "doi": "10.5/b"}]
    assert ("DOI" in made(stated, *known)) is filled


@pytest.mark.parametrize(
    ("venue", "kind"),
    [
        ("Pond Letters, Volume 52, Number 3", "article-journal"),
        ("Proceedings of the Pond Society", "paper-conference"),
    ],
)
def test_a_journal_that_an_index_has_as_proceedings_stays_one(venue, kind):
    known = {"ident": "acl:2011.pond-3.4", "venue": venue, "year": 2011, "type": "paper-conference"}
    stated = {"venue": "Pond Letters", "volume": "52", "year": 2011, "type": "article-journal"}
    assert made(stated, known)["type"] == kind


@pytest.mark.parametrize(("year", "filled"), [(2000, False), (1999, True), (1998, True)])
def test_no_pages_of_an_article_years_later_are_filled_in(year, filled):
    known = {"ident": "jgrey:a", "venue": "Pond Letters", "year": year, "pages": "11-15"}
    item = made({"venue": "Pond Letters", "year": 1998}, known)
    assert ("page" in item) is filled


def test_an_e_print_of_the_article_is_not_given_to_the_meeting_s_paper():
    stated = {"venue": KDD, "year": 2017, "type": "paper-conference"}
    known = {"ident": "dblp:a", **stated}
    doi = "10.1007/s11219-018-9116-5"
    for became, own, given in (
        (doi, "", False),
        (doi, doi, True),
        ("10.1145/3097983.3098000", "", True),
    ):
        item = made(stated, {**known, "doi": own}, upload(version_of=became))
        assert ("arxiv" in item.get("custom", {})) is given, (became, own)


@pytest.mark.parametrize(
    ("doi", "filled"),
    [("10.1145/601858.601867", False), ("10.1007/978-3-642-19835-9", True), ("10.1007/3-540-27659-9", True)],
)  # fmt: skip
def test_one_maker_s_doi_of_a_book_has_an_isbn(doi, filled):
    stated = {"venue": "", "year": 2001, "type": "book"}
    known = {"ident": "jgrey:a", **stated, "doi": doi}
    assert ("DOI" in made(stated, known)) is filled
    assert "DOI" not in made({**stated, "isbn": "9780596529307"}, known), "another one is stated"


def test_a_server_is_not_filled_in_as_the_publisher_of_a_paper():
    stated = {"venue": "", "year": 2018, "type": "paper-conference"}
    known = {**upload(), "publisher": "arXiv"}
    assert "publisher" not in made(stated, known)
    assert made({**stated, "type": "article", "arxiv": "1801.00001"}, known)["publisher"]


def test_one_number_of_a_hand_kept_record_is_no_page():
    stated = {"venue": "Pond Letters", "volume": "9", "year": 2013, "type": "article-journal"}
    for ident, filled in (("jgrey:a", False), ("dblp:a", True), ("acl:a", True)):
        assert ("page" in made(stated, {"ident": ident, **stated, "pages": "7"})) is filled


def test_the_publisher_of_the_book_is_none_of_the_paper_s():
    stated = {
        "venue": "Pond Conference",
        "year": 1962,
        "type": "paper-conference",
        "pages": "345-351",
    }
    book = {
        "ident": "dblp:a",
        "venue": "",
        "year": 1962,
        "type": "book",
        "publisher": "Reed & Sons",
    }
    assert "publisher" not in made(stated, book)


PARTS = {"venue": "Pond Letters", "volume": "27", "year": 1948, "type": "article-journal"}


def test_a_part_keeps_its_issue_and_doi_and_gets_none_of_another():
    known = {"ident": "bib:a", **PARTS, "issue": "3", "pages": "379-423", "doi": "10.5/one"}
    whole = {"ident": "bvit:a", **PARTS, "pages": "379-423, 623-656"}
    second = {**PARTS, "pages": "623-656"}
    item = made({**second, "issue": "4", "doi": "10.5/two"}, known, whole)
    assert (item["issue"], item["DOI"], item["page"]) == ("4", "10.5/two", "623-656")
    assert not {"issue", "DOI"} & made(second, known, whole).keys()
    assert made({**PARTS, "pages": "379-423"}, known)["issue"] == "3"


def test_an_article_at_its_place_is_no_e_print_whatever_the_year():
    place = {"venue": "Pond Letters", "volume": "37", "issue": "2", "pages": "408-423"}
    known = {"ident": "bib:a", **place, "year": 2013, "type": "article-journal"}
    stated = {**place, "year": 2015, "type": "article-journal"}
    item = made(stated, known, upload("arxiv:1501.00001", 2015, arxiv="1501.00001"))
    assert (item["type"], item["page"]) == ("article-journal", "408-423")


def test_a_journal_that_is_called_like_a_meeting_keeps_its_name():
    known = {"ident": "bvit:a", "venue": "Big data", "year": 2017, "volume": "5", "issue": "2"}
    assert made({"venue": "Big data", "year": 2017}, known)["container-title"] == "Big data"
    meeting = {**known, "venue": "AAAI", "type": "paper-conference"}
    cited = {"venue": "AAAI", "year": 2017, "type": "paper-conference"}
    assert "Conference" in made(cited, meeting)["container-title"]


def test_who_joined_until_the_e_print_is_not_put_into_a_draft():
    draft = {"venue": "", "year": 2018, "type": "webpage", "who": "Jia Li"}
    assert len(made(draft, upload())["author"]) == 1
    cited = {"venue": "", "year": 2018, "type": "article", "arxiv": "1801.00001", "who": "Jia Li"}
    assert len(made(cited, upload())["author"]) == 2


def test_an_e_print_of_fewer_people_in_another_order_is_a_forerunner():
    paper = {"ident": "dblp:a", "venue": KDD, "year": 2018, "type": "paper-conference", "who": "Jia Li; Mei Sato; Omar Haddad"}  # fmt: skip
    stated = {"venue": KDD, "year": 2018, "type": "paper-conference", "who": paper["who"]}
    for who, given in (("Omar Haddad; Jia Li", False), ("Jia Li; Omar Haddad", True)):
        item = made(stated, paper, upload(who=who))
        assert ("arxiv" in item.get("custom", {})) is given, who


@pytest.mark.parametrize(
    ("doi", "kind", "filled"),
    [
        ("10.7551/mitpress/1104.003.0005", "book", False),
        ("10.7551/mitpress/1104.001.0001", "book", True),
        ("10.1007/978-3-540-45070-2_12", "book", False),
        ("10.1007/978-3-540-45070-2_12", "chapter", True),
        ("10.1016/b978-0-240-81179-6.00009-2", "book", False),
        ("10.1002/9780470776278.ch1", "book", False),
    ],
)
def test_the_doi_of_a_chapter_is_not_filled_into_the_book(doi, kind, filled):
    venue = "Pond Reader" if kind == "chapter" else ""
    known = {"ident": "bib:a", "venue": venue, "year": 2002, "type": kind, "doi": doi}
    assert ("DOI" in made({"venue": venue, "year": 2002, "type": kind}, known)) is filled
