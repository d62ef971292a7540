"""Choosing the version to cite and composing its record: policy, sources, no field soup, provenance."""

import itertools

import pytest

from citenorm.match.cite import merge_version, pick_version, prefer, split_versions
from citenorm.model import Claim, Record, Work

PEOPLE = [{"family": "Weaver", "given": "Ada"}, {"family": "Loom", "given": "Karl M."}]


def record(ident, **csl):
    csl = {"id": ident, "title": "Weaving Sparse Graphs by Hand", "author": PEOPLE, **csl}
    if isinstance(csl.get("issued"), int):
        csl["issued"] = {"date-parts": [[csl["issued"]]]}
    return Record.from_csl(csl)


PREPRINT = record(
    "arxiv:1801.00001",
    type="article",
    issued=2018,
    publisher="arXiv",
    title="Weaving Graphs by Hand",
    custom={"arxiv": "1801.00001"},
)
ICML = record(
    "pmlr:v97/weaver19a", type="paper-conference", issued=2019, page="101-110", publisher="PMLR",
    **{"container-title": "Proceedings of the 36th International Conference on Machine Learning"},
)  # fmt: skip
DBLP = record(
    "dblp:conf/icml/WeaverL19", type="paper-conference", issued=2019, page="91-100", volume="97",
    author=[{"family": "Weaver", "given": "A."}, {"family": "Loom", "given": "K."}],
    **{"container-title": "ICML"}, custom={"dblp": "conf/icml/WeaverL19"},
)  # fmt: skip
JMLR = record(
    "jmlr:v22/weaver21a", type="article-journal", issued=2021, volume="22", issue="7", page="1-40",
    **{"container-title": "Journal of Machine Learning Research"},
)  # fmt: skip
JOURNAL_DOI = "10.5555/jmlr.7"
JOURNAL = record(
    "jmlr:v22/weaver21b", type="article-journal", issued=2021, page="1-40", DOI=JOURNAL_DOI, title="Weaving Sparse Graphs by Hand, Revised",
    **{"container-title": "Journal of Machine Learning Research"},
)  # fmt: skip
WORK = Work("arxiv:1801.00001", (PREPRINT, ICML, DBLP))


def claim(**csl):
    csl = {"title": "Weaving Graphs by Hand", "author": PEOPLE, **csl}
    if "year" in csl:
        csl["issued"] = {"date-parts": [[csl.pop("year")]]}
    return Claim(csl)


def test_versions_are_told_apart_and_sources_of_one_joined():
    versions = split_versions([JMLR, DBLP, PREPRINT, ICML])
    assert [[r.id for r in v.records] for v in versions] == [
        [PREPRINT.id],
        [ICML.id, DBLP.id],
        [JMLR.id],
    ]


def test_a_cited_preprint_becomes_the_published_version_with_its_arxiv_number():
    emitted, origin, chosen = prefer(
        WORK, claim(type="article", year=2018, custom={"arxiv": "1801.00001"})
    )
    assert chosen.id == ICML.id and emitted["type"] == "paper-conference"
    assert emitted["page"] == "101-110", "the publisher's pages, not the index's"
    assert emitted["custom"]["arxiv"] == "1801.00001"
    assert origin["page"].how == "filled" and origin["page"].record == ICML.id
    assert origin["custom.arxiv"].how == "as stated"
    assert origin["title"].how == "corrected" and origin["issued"].how == "corrected"


def test_a_field_the_publisher_lacks_is_taken_from_another_source_of_the_same_version():
    emitted, origin, _ = prefer(WORK, claim(type="article"))
    assert emitted["volume"] == "97" and origin["volume"].record == DBLP.id


def test_nothing_is_taken_from_another_version_but_the_arxiv_number():
    emitted, _, _ = prefer(Work("w", (PREPRINT, ICML, JMLR)), claim(type="article"))
    assert emitted.get("volume") is None and emitted["custom"] == {"arxiv": "1801.00001"}


def test_as_cited_keeps_the_preprint():
    emitted, _, chosen = prefer(
        WORK, claim(type="article", year=2018, custom={"arxiv": "1801.00001"}), "as-cited"
    )
    assert (
        chosen.id == PREPRINT.id
        and emitted["title"] == "Weaving Graphs by Hand"
        and "container-title" not in emitted
    )


def test_preprint_policy_takes_the_preprint_where_there_is_one():
    cited = claim(type="paper-conference", year=2019, **{"container-title": "ICML"})
    assert prefer(WORK, cited, "preprint")[2].id == PREPRINT.id
    assert prefer(Work("w", (ICML,)), cited, "preprint")[2].id == ICML.id


def test_a_cited_published_version_is_kept_although_another_one_exists():
    work = Work("w", (PREPRINT, ICML, DBLP, JMLR))
    conference = claim(type="paper-conference", year=2019, **{"container-title": "ICML"})
    journal = claim(
        type="article-journal", year=2021, **{"container-title": "J. Mach. Learn. Res."}
    )
    assert prefer(work, conference)[2].id == ICML.id
    assert prefer(work, journal)[2].id == JMLR.id


def test_initials_of_the_best_source_are_written_out_by_another():
    full = record("dblp:x", type="paper-conference", issued=2019, **{"container-title": "ICML"})
    short = record(
        "pmlr:x", type="paper-conference", issued=2019, author=[{"family": "Weaver", "given": "A."}, {"family": "Loom", "given": "K. M."}],
        **{"container-title": "International Conference on Machine Learning"},
    )  # fmt: skip
    version = split_versions([full, short])[0]
    item, origin = merge_version(version)
    assert [n["given"] for n in item["author"]] == ["Ada", "Karl M."]
    assert origin["author"].id == "dblp:x" and origin["container-title"].id == "pmlr:x"


def test_a_cut_author_list_never_replaces_anything():
    cut = record(
        "dblp:y",
        type="paper-conference",
        issued=2019,
        custom={"author-count": 60},
        **{"container-title": "ICML"},
    )
    short = record(
        "pmlr:y", type="paper-conference", issued=2019, author=[{"family": "Weaver", "given": "A."}, {"family": "Loom", "given": "K."}],
        **{"container-title": "ICML"},
    )  # fmt: skip
    item, _ = merge_version(split_versions([cut, short])[0])
    assert [n["given"] for n in item["author"]] == ["A.", "K."]


def test_a_cut_author_list_is_completed_by_stated_authors_alone():
    cut = record(
        "dblp:y",
        type="paper-conference",
        issued=2019,
        custom={"author-count": 3},
        **{"container-title": "ICML"},
    )
    more = [*PEOPLE, {"family": "Spindle", "given": "Siv"}]
    assert prefer(Work("w", (cut,)), claim(author=more))[0]["author"] == more
    editors = Claim({"title": cut.title, "editor": more})
    emitted, _, _ = prefer(Work("w", (cut,)), editors)
    assert emitted["author"] == PEOPLE and emitted["custom"]["author-count"] == 3


def test_a_workshop_paper_does_not_stand_for_the_main_conference():
    workshop = record(
        "openreview:w",
        type="paper-conference",
        issued=2018,
        **{"container-title": "ICML 2018 Workshop on Graphs"},
    )
    versions = split_versions([PREPRINT, workshop, ICML])
    assert pick_version(versions, claim(type="article"), "published").best.id == ICML.id
    unnamed = claim(**{"container-title": ""})
    assert pick_version(split_versions([workshop, ICML]), unnamed, "published", workshop).best.id == ICML.id  # fmt: skip


def test_a_demonstration_does_not_stand_for_the_paper_of_its_title():
    def at(ident, venue, pages):
        place = {"container-title": venue, "page": pages}
        return record(ident, type="paper-conference", issued=2018, **place)

    demo = at("acl:d", "NAACL 2018: Demonstrations", "97-101")
    elsewhere = at("bvit:d", "Meeting of the Association for Computational Linguistics", "97-101")
    papers = [at(i, "KDD 2018", "1135-1144") for i in ("dblp:p", "jgrey:p")]
    for known in ([demo, papers[0]], [demo, elsewhere, *papers]):
        chosen = pick_version(split_versions(known), claim(type="article"), "published")
        assert chosen.best.id == "dblp:p"


def test_the_order_of_records_does_not_matter():
    records = (JMLR, DBLP, PREPRINT, ICML)
    ways = [
        prefer(Work("w", order), claim(type="article"))
        for order in (records, records[::-1], records[2:] + records[:2])
    ]
    assert all(way == ways[0] for way in ways)


@pytest.mark.parametrize(
    ("stated", "printed"),
    [
        (
            {"type": "article", "year": 2018, "custom": {"arxiv": "1801.00001"}},
            ICML,
        ),  # published first
        (
            {
                "type": "article-journal",
                "container-title": "arXiv preprint",
                "custom": {"arxiv": "1801.00001"},
                "DOI": JOURNAL_DOI,
            },
            JOURNAL,
        ),
        ({"type": "paper-conference", "year": 2021, "container-title": "ICML"}, ICML),
        (
            {"type": "paper-conference", "year": 2019, "container-title": "J. Mach. Learn. Res."},
            JOURNAL,
        ),  # the venue tells more than the year
        ({"year": 2019}, ICML),
        ({"year": 2021}, JOURNAL),
        ({"page": "101–10"}, ICML),
        ({"page": "1-40"}, JOURNAL),
        ({"title": "Weaving Sparse Graphs by Hand, Revised", "year": 2020}, JOURNAL),
        ({"type": "article-journal", "title": "Woven graphs"}, JOURNAL),
        ({"DOI": JOURNAL_DOI, "year": 2019, "page": "101-110"}, JOURNAL),  # the DOI tells most
    ],
)
def test_the_version_that_a_claim_describes(stated, printed):
    for records in itertools.permutations((PREPRINT, ICML, JOURNAL)):
        assert prefer(Work("w", records), claim(**stated))[2].id == printed.id
        if stated.get("type") != "article":
            assert prefer(Work("w", records), claim(**stated), "as-cited")[2].id == printed.id


def test_initials_are_not_written_out_by_the_names_of_others():
    short = record(
        "pmlr:x",
        type="paper-conference",
        issued=2019,
        author=[{"family": "Weaver", "given": "A."}, {"family": "Loom", "given": "K."}],
        **{"container-title": "ICML"},
    )
    for others, given in (
        (("Weaver", "Loom"), ["Ada", "Karl"]),
        (("Weaver", "Mason"), ["A.", "K."]),
        (("Spindle", "Loom"), ["A.", "K."]),
    ):
        people = [
            {"family": family, "given": name}
            for family, name in zip(others, ("Ada", "Karl"), strict=True)
        ]
        index = record(
            "dblp:x",
            type="paper-conference",
            issued=2019,
            author=people,
            **{"container-title": "ICML"},
        )
        item, _ = merge_version(split_versions([short, index])[0])
        assert [n["given"] for n in item["author"]] == given and [
            n["family"] for n in item["author"]
        ] == ["Weaver", "Loom"]


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ({}, {}, True),
        ({}, {"issued": 2020}, True),  # printed the year after
        ({}, {"issued": 2021}, False),
        ({}, {"type": "chapter"}, True),  # at a meeting that is known
        ({}, {"type": "book"}, False),
        ({"page": "1-9"}, {"type": "chapter", "page": "1–9"}, True),  # two words for one thing
        ({"DOI": "10.5555/1"}, {"DOI": "10.5555/2"}, False),
        ({"DOI": "10.5555/1"}, {"DOI": "10.5555/1", "container-title": "Hand Weaving"}, True),
        ({"DOI": "10.5555/1"}, {}, True),
        # the DOI of the later one, taken for one of a meeting without DOIs
        (
            {
                "id": "mlanth:1",
                "container-title": "Conference on Uncertainty in Artificial Intelligence",
                "DOI": "10.5555/1",
            },
            {"DOI": "10.5555/1", "issued": 2020},
            False,
        ),
        ({}, {"container-title": "NeurIPS"}, False),
        ({}, {"container-title": ""}, False),
        ({}, {"container-title": "ICML 2019 Workshop on Graphs"}, False),
        ({}, {"type": "article"}, False),
    ],
)
def test_what_makes_two_records_one_version(one, other, together):
    plain = {
        "type": "paper-conference",
        "issued": 2019,
        "container-title": "International Conference on Machine Learning",
    }
    records = [record("a:1", **(plain | one)), record("b:1", **(plain | other))]
    assert (
        len(split_versions(records)) == len(split_versions(records[::-1])) == (1 if together else 2)
    )


@pytest.mark.parametrize(
    ("stated", "printed"),
    [
        ("ICML", "International Conference on Machine Learning"),
        ("Proc. of ICML 2019", "International Conference on Machine Learning"),
        (
            "Proceedings of the 36th International Conference on Machine Learning",
            "Proceedings of the 36th International Conference on Machine Learning",
        ),
        ("ICML 2019 Workshop on Graphs", "ICML 2019 Workshop on Graphs"),
        ("Hand Weaving", "Hand Weaving"),
    ],
)
def test_short_forms_of_venues_are_written_out(stated, printed):
    item, _ = merge_version(
        split_versions(
            [record("dblp:x", type="paper-conference", issued=2019, **{"container-title": stated})]
        )[0]
    )
    assert printed in item["container-title"] and (item["container-title"] == stated) == (
        printed == stated
    )


@pytest.mark.parametrize(("year", "society"), [(2015, "IEEE"), (2019, "IEEE/CVF")])
def test_a_venue_has_the_name_of_its_year(year, society):
    stated = "IEEE/CVF Conference on Computer Vision and Pattern Recognition"
    known = [record("mlanth:x", type="paper-conference", issued=year, **{"container-title": stated})]  # fmt: skip
    item, _ = merge_version(split_versions(known)[0])
    assert item["container-title"].endswith(f"{society} {stated.partition(' ')[2]}")


def test_of_two_versions_that_a_record_may_belong_to_the_one_with_its_doi_has_it():
    place = {"type": "paper-conference", "issued": 2019, "page": "1-9"}
    known = [
        record("a:1", **place, **{"container-title": "Machine Learning Proceedings"}),
        record("b:1", DOI="10.5555/1", **place, **{"container-title": "ICML"}),
        record("c:1", DOI="10.5555/1", **place, **{"container-title": "Machine Learning Proceedings"}),
    ]  # fmt: skip
    assert {r.id for r in split_versions(known)[-1].records} == {"b:1", "c:1"}


@pytest.mark.parametrize(
    ("field", "stated", "how"),
    [
        ("volume", "22", "as stated"), ("volume", "", "filled"), ("volume", "23", "corrected"), ("publisher", "weavers' press", "normalized"),
        ("page", "1–40", "normalized"), ("page", "1-41", "corrected"), ("container-title", "J. Mach. Learn. Res.", "normalized"), ("container-title", "Hand Weaving", "corrected"),
        ("title", "Weaving sparse graphs by hand", "normalized"), ("title", "Weaving dense graphs", "corrected"),
        ("author", [{"family": "Weaver", "given": "A."}, {"family": "Loom", "given": "K."}], "normalized"), ("author", PEOPLE[:1], "corrected"),
        ("issued", {"date-parts": [[2020]]}, "corrected"),
    ],
)  # fmt: skip
def test_how_each_field_came_about(field, stated, how):
    work = Work("w", (Record.from_csl({**JMLR.csl, "publisher": "Weavers’ Press"}),))
    emitted, origin, _ = prefer(
        work, Claim({"title": "Weaving Sparse Graphs by Hand", field: stated})
    )
    assert (origin[field].how, origin[field].record) == (how, JMLR.id) and emitted[field]


@pytest.mark.parametrize(
    ("slip", "source", "printed"),
    [
        ({"title": "Weaving Dense Rugs by Machine"}, "index", False),
        ({"issued": 1919}, "index", False),
        ({"title": "Weaving Dense Rugs by Machine"}, "pmlr", True),  # the publisher's own word
        ({"title": "Weaving sparse graphs, by hand"}, "index", True),  # the same title
        ({}, "index", True),
    ],
)
def test_of_equal_sources_the_one_that_others_bear_out_is_printed(slip, source, printed):
    plain = {
        "type": "paper-conference",
        "issued": 2019,
        "DOI": "10.5555/1",
        "container-title": "ICML",
        "volume": "97",
    }
    odd = record(f"{source}:1", **(plain | {"page": "101-110"} | slip))  # and it has more fields
    others = [record(f"{name}:1", **plain) for name in ("lists", "shelf")]
    for records in itertools.permutations((odd, *others)):
        emitted, _, chosen = prefer(Work("w", records), claim(year=2019))
        assert (chosen.id == odd.id) == printed and emitted["page"] == "101-110"
    assert (
        prefer(Work("w", (odd, others[0])), claim(year=2019))[2].id == odd.id
    )  # one against one tells nothing


def test_a_cut_author_list_gives_way_only_to_one_with_the_same_people():
    cut = record(
        "dblp:y",
        type="paper-conference",
        issued=2019,
        custom={"author-count": 3},
        **{"container-title": "ICML"},
    )
    more = [*PEOPLE, {"family": "Spindle", "given": "Siv"}]
    strangers = [
        {"family": "Potter", "given": "Clay"},
        {"family": "Kiln", "given": "Rosa"},
        {"family": "Spindle", "given": "Siv"},
    ]
    for people, taken in ((more, True), (strangers, False)):
        whole = record(
            "zzz:y",
            type="paper-conference",
            issued=2019,
            author=people,
            **{"container-title": "ICML"},
        )
        item, _, _ = prefer(Work("w", (cut, whole)), claim(author=PEOPLE[:1]), chosen=cut)
        assert (item["author"] == people) == taken
        assert ("author-count" in item.get("custom", {})) != taken or item["author"] == people


BOOK = record(
    "crossref:ponds",
    type="book",
    issued=2001,
    publisher="pond",
    edition="1",
    DOI="10.5555/ponds.1",
    page="727",
    ISBN="978-0-00-000001-1",
    title="Ponds",
)


def book(**csl):
    return claim(type="book", **{"title": "Ponds", **csl})


@pytest.mark.parametrize(
    ("stated", "kept"),
    [
        ({"year": 2009, "publisher": "Pond Press"}, {"year": 2009, "publisher": "Pond Press"}),
        ({"year": 2009}, {"year": 2009}),
        ({"year": 2001, "edition": "2"}, {"year": 2001, "edition": "2"}),
        (
            {"year": 2009, "edition": "2", "DOI": "10.5555/ponds.2"},
            {"year": 2009, "edition": "2", "DOI": "10.5555/ponds.2"},
        ),
    ],
)
def test_another_edition_keeps_what_is_its_own(stated, kept):
    emitted, origin, _ = prefer(Work("w", (BOOK,)), book(**stated))
    bound = {"publisher", "edition", "DOI", "ISBN", "page"} & set(emitted)
    assert {
        "year": emitted["issued"]["date-parts"][0][0],
        **{field: emitted[field] for field in bound},
    } == kept
    assert (
        emitted["author"] == PEOPLE
        and origin["issued"].source == "reference"
        and origin["issued"].how == "as stated"
    )


@pytest.mark.parametrize(
    "stated",
    [
        {"year": 2002},
        {"year": 2001, "edition": "1"},
        {"year": 2009, "DOI": "10.5555/PONDS.1"},
        {"year": 2009, "edition": "1"},
        {},
    ],
)
def test_the_same_edition_is_completed_and_corrected(stated):
    emitted, origin, _ = prefer(Work("w", (BOOK,)), book(**stated))
    assert (
        emitted["issued"] == BOOK.csl["issued"]
        and emitted["DOI"] == "10.5555/ponds.1"
        and emitted["ISBN"] == BOOK.csl["ISBN"]
    )
    assert origin["issued"].source == "crossref"


def test_a_paper_of_another_year_is_corrected():
    emitted, _, _ = prefer(
        Work("w", (ICML,)),
        claim(type="paper-conference", year=2012, title="Weaving Sparse Graphs by Hand"),
    )
    assert emitted["issued"] == ICML.csl["issued"] and emitted["page"] == "101-110"


def test_a_book_is_given_no_count_of_pages():
    assert "page" not in prefer(Work("w", (BOOK,)), book(year=2001))[0]
    part = record("bib:part", type="book", issued=2001, page="12-34", title="Ponds")
    assert prefer(Work("w", (part,)), book(year=2001))[0]["page"] == "12-34"


def test_an_edition_that_the_record_does_not_name_stays():
    plain = record("bib:plain", type="book", issued=2001, title="Ponds")
    assert prefer(Work("w", (plain,)), book(year=2001, edition="3"))[0]["edition"] == "3"


def test_the_fuller_name_of_a_publisher_stays():
    emitted, origin, _ = prefer(Work("w", (BOOK,)), book(year=2001, publisher="Pond Press"))
    assert emitted["publisher"] == "Pond Press" and origin["publisher"].source == "reference"
    other = prefer(Work("w", (BOOK,)), book(year=2001, publisher="Lake Press"))[0]
    assert other["publisher"] == "Lake Press"  # an imprint, a reprint: nobody says that it is wrong


JOURNAL_VERSION = {
    "type": "article-journal",
    "title": "Weaving Graphs by Hand",
    "year": 2020,
    "container-title": "SIAM Journal on Optimization",
    "volume": "24",
    "issue": "3",
    "page": "1420-1443",
}


def test_a_published_paper_is_not_turned_into_its_preprint():
    emitted, origin, _ = prefer(Work("w", (PREPRINT,)), claim(**JOURNAL_VERSION))
    assert {k: emitted.get(k) for k in ("type", "container-title", "volume", "issue", "page")} == {
        k: v
        for k, v in JOURNAL_VERSION.items()
        if k in ("type", "container-title", "volume", "issue", "page")
    }
    assert (
        emitted["issued"] == {"date-parts": [[2020]]}
        and emitted["custom"] == {"arxiv": "1801.00001"}
        and "publisher" not in emitted
    )
    assert (
        origin["issued"].source == "reference"
        and origin["author"].source == "arxiv"
        and origin["custom.arxiv"].source == "arxiv"
    )


def test_a_journal_version_that_no_source_knows_keeps_what_is_its_own():
    emitted, _, _ = prefer(
        Work("w", (ICML,)), claim(**{**JOURNAL_VERSION, "title": "Weaving Sparse Graphs by Hand"})
    )
    assert (
        emitted["container-title"] == "SIAM Journal on Optimization"
        and emitted["page"] == "1420-1443"
        and emitted["issued"] == {"date-parts": [[2020]]}
    )


@pytest.mark.parametrize(
    "stated",
    [
        {
            "type": "paper-conference",
            "container-title": "International Conference on Computer Vision",
            "year": 2019,
            "page": "1-9",
        },
        {
            "type": "article-journal",
            "container-title": "SIAM Journal on Optimization",
            "year": 2019,
        },
        {
            "type": "article-journal",
            "container-title": "SIAM Journal on Optimization",
            "year": 2020,
            "page": "101-110",
        },
        {
            "type": "article-journal",
            "container-title": "International Conference on Machine Learning",
            "year": 2024,
            "page": "1-9",
        },
    ],
)
def test_a_wrong_venue_is_corrected(stated):
    emitted, _, _ = prefer(
        Work("w", (ICML,)), claim(title="Weaving Sparse Graphs by Hand", **stated)
    )
    assert (
        emitted["container-title"] == ICML.csl["container-title"] and emitted["page"] == "101-110"
    )


def test_a_preprint_that_an_index_calls_a_report_is_a_preprint():
    listed = record(
        "bvit:weaver2018",
        type="report",
        issued=2018,
        number="1801.00001",
        title="Weaving Graphs by Hand",
        custom={"arxiv": "1801.00001"},
        **{"container-title": "arXiv"},
    )
    emitted, _, _ = prefer(
        Work("w", (listed,)), claim(type="article", year=2018, custom={"arxiv": "1801.00001"})
    )
    assert (
        emitted["type"] == "article"
        and "container-title" not in emitted
        and "number" not in emitted
    )


def test_a_report_does_not_stand_for_a_preprint():
    report = record(
        "jgrey:weaver2018",
        type="report",
        issued=2018,
        publisher="Loom Lab",
        title="Weaving Graphs by Hand",
    )
    stated = claim(type="article", year=2018, custom={"arxiv": "1801.00001"})
    assert prefer(Work("w", (PREPRINT, report)), stated)[2].id == PREPRINT.id
    assert prefer(Work("w", (report,)), stated)[2].id == report.id
    assert prefer(Work("w", (PREPRINT, report, ICML)), stated)[2].id == ICML.id


@pytest.mark.parametrize(
    ("venue", "number", "publisher"),
    [
        ("Technical Report, University of Ponds", None, "University of Ponds"),
        ("Technical Report TR-612, Pond Department", "TR-612", "Pond Department"),
        ("Tech. Rep. 7, Pond Lab", "7", "Pond Lab"),
    ],
)
def test_a_journal_that_is_a_report_is_that_report(venue, number, publisher):
    listed = record(
        "bvit:ponds",
        type="article-journal",
        issued=2001,
        title="Ponds",
        **{"container-title": venue},
    )
    emitted, origin, _ = prefer(
        Work("w", (listed,)), claim(type="report", year=2001, title="Ponds")
    )
    assert (emitted["type"], emitted.get("number"), emitted["publisher"]) == (
        "report",
        number,
        publisher,
    )
    assert "container-title" not in emitted and origin["publisher"].record == "bvit:ponds"


def test_a_journal_of_reports_is_a_journal():
    listed = record(
        "bvit:ponds",
        type="article-journal",
        issued=2001,
        title="Ponds",
        **{"container-title": "Technical Reports (CIS)"},
    )
    assert (
        prefer(Work("w", (listed,)), claim(type="report", year=2001, title="Ponds"))[0][
            "container-title"
        ]
        == "Technical Reports (CIS)"
    )


def test_the_address_of_a_page_stays_where_the_record_has_none():
    page = record("mlanth:page", type="document", issued=2015, title="Ponds")
    emitted, origin, _ = prefer(
        Work("w", (page,)),
        claim(type="webpage", year=2015, title="Ponds", URL="https://ponds.example.org/"),
    )
    assert emitted["URL"] == "https://ponds.example.org/" and origin["URL"].source == "reference"
    emitted = prefer(Work("w", (BOOK,)), book(year=2001, URL="https://ponds.example.org/"))[0]
    assert emitted["URL"] == "https://ponds.example.org/"


def test_a_date_with_more_in_it_stays():
    dated = claim(title="Weaving Sparse Graphs by Hand", issued={"date-parts": [[2021, 5]]})
    emitted, origin, _ = prefer(Work("w", (JMLR,)), dated)
    assert emitted["issued"] == {"date-parts": [[2021, 5]]}
    assert origin["issued"].how == "as stated"


@pytest.mark.parametrize(("source", "year"), [("bib", 2002), ("crossref", 2001)])
def test_a_bibliography_of_somebody_corrects_nothing_alone(source, year):
    kept = record(f"{source}:ponds", type="book", issued=2001, title="Ponds", edition="1")
    emitted, _, _ = prefer(Work("w", (kept,)), book(year=2002))
    assert emitted["issued"] == {"date-parts": [[year]]}


def test_an_article_in_proceedings_is_the_paper_that_another_record_says_it_is():
    venue = "Advances in Neural Information Processing Systems"
    article = record(
        "crossref:1", type="article-journal", issued=2018, **{"container-title": venue}
    )
    paper = record(
        "dblp:2",
        type="paper-conference",
        issued=2018,
        page="3-9",
        **{"container-title": f"{venue} 31: Annual Conference, 2018"},
    )
    for records in ((article, paper), (paper, article)):
        emitted, origin, _ = prefer(Work("w", records), claim(type="article-journal", year=2018))
        assert emitted["type"] == "paper-conference" and origin["type"].source == "dblp"
        assert (emitted["volume"], emitted["page"]) == ("31", "3-9")
    later = record(
        "dblp:3", type="paper-conference", issued=2019, **{"container-title": f"{venue} 32, 2019"}
    )
    emitted, _, _ = prefer(Work("w", (article, later)), claim(type="article-journal", year=2018))
    assert emitted["type"] == "article-journal"


def test_no_volume_is_filled_into_a_book():
    kept = record("crossref:b", type="book", issued=2003, title="Ponds", volume="2")
    emitted, _, _ = prefer(Work("w", (kept,)), book(year=2003, edition="2nd"))
    assert "volume" not in emitted and emitted["edition"]
    assert prefer(Work("w", (kept,)), book(year=2003, volume="2"))[0]["volume"] == "2"
    series = record(
        "crossref:s",
        type="book",
        issued=2003,
        title="Ponds",
        volume="2",
        **{"collection-title": "Lakes"},
    )
    assert prefer(Work("w", (series,)), book(year=2003))[0]["volume"] == "2"


def test_where_neither_venue_nor_year_of_a_record_is_believed_its_place_is_not_either():
    where = {"container-title": "Pond Reviews Quarterly", "volume": "9", "page": "1054", "DOI": "10.5/review"}  # fmt: skip
    review = record("bib:r", type="article-journal", issued=2013, title="Ponds", author=PEOPLE, **where)  # fmt: skip
    stated = {"title": "Ponds", "author": PEOPLE, "container-title": "Mudflat Press"}
    emitted, _, _ = prefer(Work("w", (review,)), claim(**stated, year=2022))
    assert emitted["container-title"] == "Mudflat Press" and emitted["issued"]["date-parts"] == [[2022]]  # fmt: skip
    assert not {"volume", "page", "DOI"} & set(emitted)
    for beside in ({"year": 2014}, {"year": 2022, "container-title": "Pond Rev. Q."}):
        emitted, _, _ = prefer(Work("w", (review,)), claim(**{**stated, **beside}))
        assert emitted["DOI"] == "10.5/review" and "volume" not in emitted  # of another year
    emitted, _, _ = prefer(Work("w", (review,)), claim(**{**stated, "year": 2013}))
    assert (emitted["volume"], emitted["DOI"]) == ("9", "10.5/review")


def test_others_stay_where_nobody_more_is_known():
    both = record("crossref:b", type="book", issued=1993, title="Ponds", author=PEOPLE)
    stated = book(year=1993, author=PEOPLE, custom={"others": True})
    assert prefer(Work("w", (both,)), stated)[0]["custom"]["others"] is True
    stated = book(year=1993, author=PEOPLE[:1], custom={"others": True})
    assert "others" not in prefer(Work("w", (both,)), stated)[0].get("custom", {})


def test_a_translator_is_no_author():
    both = record("crossref:b", type="book", issued=1993, title="Ponds", author=PEOPLE)
    stated = book(year=1993, author=PEOPLE[:1], translator=PEOPLE[1:])
    emitted, _, _ = prefer(Work("w", (both,)), stated)
    assert [n["family"] for n in emitted["author"]] == [PEOPLE[0]["family"]]
    assert emitted["translator"] == PEOPLE[1:]


def test_an_upload_that_an_index_has_as_an_article_of_arxiv():
    listed = record(
        "crossref:u",
        type="article-journal",
        issued=2022,
        volume="2208.00001",
        **{"container-title": "arXiv"},
    )
    emitted, _origin, _ = prefer(Work("w", (listed,)), claim(type="article", year=2022))
    assert emitted["type"] == "article" and emitted["custom"]["arxiv"] == "2208.00001"
    assert not {"container-title", "volume"} & emitted.keys()


def test_pages_counted_within_an_article_tell_its_number_where_the_journal_has_no_issues():
    plain = record("mlanth:1", type="article-journal", issued=2019, volume="20", page="1-49", **{"container-title": "Journal of Machine Learning Research"})  # fmt: skip
    within = record("bvit:1", type="article-journal", issued=2019, volume="20", page="112:1-112:49", **{"container-title": "Journal of Machine Learning Research"})  # fmt: skip
    for records in ((plain, within), (within,), (within, plain)):
        item, origin = merge_version(split_versions(records)[0])
        assert (item["issue"], item["page"]) == ("112", "1-49") and origin["issue"].id == "bvit:1"
    issued = record("crossref:1", type="article-journal", issued=2019, volume="20", issue="4", page="112:1-112:49", **{"container-title": "Journal of Machine Learning Research"})  # fmt: skip
    item, _ = merge_version(split_versions([issued])[0])
    assert (item["issue"], item["page"]) == ("4", "112:1-112:49")
    paper = record("dblp:1", type="paper-conference", issued=2019, volume="20", page="12:1-12:16", **{"container-title": "ICML"})  # fmt: skip
    assert merge_version(split_versions([paper])[0])[0]["page"] == "12:1-12:16"
