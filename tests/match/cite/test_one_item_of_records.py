"""The records of one version → one item: which record each field comes from, fuller names, reports, uploads, whole lists."""

from __future__ import annotations

import pytest
from builders import claim, record

from citenorm.match.cite import merge_version, standing_version
from citenorm.match.cite.choose_version import Version, split_versions
from citenorm.match.cite.fuse_sources import whole_list
from citenorm.model import Work

WHO = "Jia Li; Omar Haddad"
TITLE = "Sampling quiet ponds in winter"


def made(ident="dblp:1", **more):
    base = {"title": TITLE, "who": WHO, "year": 2020, "venue": "Pond Letters"}
    return record(ident, **{**base, **more})


def fused(*records, others=()):
    version = Version(tuple(records))
    item, origin = merge_version(version, (version, *(Version((r,)) for r in others)))
    return item, {field: r.id for field, r in origin.items()}


def names(item):
    return [f"{n.get('given', '')} {n['family']}" for n in item["author"]]


@pytest.mark.parametrize(
    ("field", "stated", "filled"),
    [
        ("volume", {"volume": "7"}, True),
        ("issue", {"issue": "7"}, True),
        ("page", {"pages": "7-9"}, True),
        ("publisher", {"publisher": "Reed"}, True),
        ("DOI", {"doi": "10.5/a"}, True),
        ("editor", {"editor": "Eva Brandt"}, True),
        ("genre", {"genre": "Demo"}, False),
        ("collection-title", {"series": "Notes"}, False),
        ("translator", {"translator": "Eva Brandt"}, False),
    ],
)
def test_which_fields_another_source_completes(field, stated, filled):
    item, origin = fused(made("acm:1"), made("dblp:2", **stated))
    assert (field in item) is filled and (origin.get(field) == "dblp:2") is filled
    item, origin = fused(made("acm:1", **stated), made("dblp:2"))
    assert origin[field] == "acm:1"


@pytest.mark.parametrize(
    ("field", "stated", "venue", "filled"),
    [
        ("page", {"pages": "2", "volume": "2"}, "Pond Letters", False),
        ("page", {"pages": "2", "volume": "3"}, "Pond Letters", True),
        ("page", {"pages": "2-9", "volume": "2"}, "Pond Letters", True),
        ("publisher", {"publisher": "Conference on Ponds"}, "Proceedings of the Conference on Ponds", False),
        ("publisher", {"publisher": "Pond Letters"}, "Pond Letters", True),  # a house may be called so
        ("publisher", {"publisher": "Conference on Ponds"}, "Pond Letters", True),
    ],
)  # fmt: skip
def test_values_that_say_another_field_again(field, stated, venue, filled):
    item, _ = fused(made("bib:1", venue=venue, **stated))
    assert (field in item) is filled
    if field == "page":
        assert "page" in fused(made("acm:1", **stated))[0]


@pytest.mark.parametrize(
    ("why", "idents", "pages", "stated", "printed"),
    [
        ("two printings", ("dblp:1", "mlanth:2"), ("3-9", "13-19"), "", None),
        ("stated", ("dblp:1", "mlanth:2"), ("3-9", "13-19"), "3-9", "13-19"),
        ("one maker", ("dblp:1", "mlanth:2"), ("3-9", ""), "", "3-9"),
        ("one end", ("dblp:1", "mlanth:2"), ("3-9", "3-10"), "", "3-10"),
        ("the publisher", ("acm:1", "mlanth:2"), ("3-9", "13-19"), "", "3-9"),
        ("a hand-made record", ("dblp:1", "plist:2"), ("3-9", "13-19"), "", "3-9"),
    ],
)
def test_no_pages_are_filled_beside_a_doi_where_two_printings_are_known(
    why, idents, pages, stated, printed
):
    ours = claim(TITLE, WHO, 2020, venue="Pond Letters", pages=stated)
    for doi in ("10.5/a", ""):
        records = tuple(made(i, pages=p, doi=doi) for i, p in zip(idents, pages, strict=True))
        page = standing_version(Work("w", records), ours).item.get("page")
        assert page == (printed if doi else printed or "13-19"), why


def test_nothing_comes_from_another_version_but_the_number_of_the_preprint():
    upload = made("arxiv:1", type="article", venue="", arxiv="1901.00001", volume="3", pmid="7")
    item, origin = fused(made(), others=[upload])
    assert item["custom"] == {"arxiv": "1901.00001"} and origin["custom.arxiv"] == "arxiv:1"
    assert "volume" not in item
    item, _ = fused(made(version_of="arXiv:1901.00002"), others=[upload])
    assert item["custom"] == {"arxiv": "1901.00002"}
    assert "custom" not in fused(made(version_of="10.5/a"))[0]
    item, origin = fused(made(), made("acl:2", acl="P1"))
    assert item["custom"] == {"acl": "P1"} and origin["custom.acl"] == "acl:2"


@pytest.mark.parametrize(
    ("who", "number"),
    [(WHO, {"arxiv": "1901.00001"}), ("Jia Li; Mei Sato; Bo Reed; Omar Haddad", None)],
)
def test_no_number_comes_from_a_publication_of_other_people(who, number):
    workshop = made("mlanth:2", who=who, venue="Pond Workshop", version_of="arXiv:1901.00001")
    assert fused(made(), others=[workshop])[0].get("custom") == number


@pytest.mark.parametrize(
    ("best", "other", "printed"),
    [
        ("L^-sampling of ponds", "L1-sampling of ponds", "L1-sampling of ponds"),
        ("Curves of ponds in R^", "Curves of ponds in R^n", "Curves of ponds in R^n"),
        ('Why ponds?" On winter', '"Why ponds?" On winter', '"Why ponds?" On winter'),
        ("Ponds of R^2", "Ponds of R2", "Ponds of R^2"),
        ("Ponds of R^{-1}", "Ponds of R", "Ponds of R^{-1}"),
        ("L^-sampling of ponds", "L^-sampling of a pond", "L^-sampling of ponds"),
    ],
)
def test_a_title_that_lost_its_markup(best, other, printed):
    records = made("acm:1", title=best), made("dblp:2", title=other)
    assert fused(*records)[0]["title"] == printed
    assert fused(records[0])[0]["title"] == best


@pytest.mark.parametrize(
    ("venue", "issue", "filled"),
    [
        ("Journal of Machine Learning Research", "1", False),
        ("Journal of Machine Learning Research", "56", True),
        ("Pond Letters", "1", True),
    ],
)
def test_the_one_issue_of_a_journal_without_issues(venue, issue, filled):
    assert ("issue" in fused(made("acm:1", venue=venue, issue=issue))[0]) is filled


@pytest.mark.parametrize(
    ("kinds", "printed"),
    [
        (("document", "article-journal", "article-journal", "chapter"), "article-journal"),
        (("document", "chapter", "article-journal", "article-journal"), "article-journal"),
        (("paper-conference", "article-journal", "article-journal"), "paper-conference"),
        (("document", "document"), "document"),
    ],
)
def test_where_the_best_record_does_not_say_what_it_is_the_others_do(kinds, printed):
    records = [made(f"x:{i}", type=kind) for i, kind in enumerate(kinds)]
    assert fused(*records)[0]["type"] == printed


@pytest.mark.parametrize(
    ("best", "other", "printed"),
    [
        ("Jia Li; Omar haddad", "Jia Li; Omar Haddad", "Omar Haddad"),
        ("Jia Li; Omar", "Jia Li; Omar Eddy Haddad", "Omar Eddy Haddad"),
        ("Jia Li; Omar", "Omar Haddad; Jia Li", " Omar"),  # at another place
        ("Jia Li; Omar", "Jia Li; Mei Sato", " Omar"),  # somebody else
        ("Jia Li; Omar", "Jia Li; Omar Haddad; Mei Sato", " Omar"),  # another list
        ("Jia Li; omar haddad", "Jia Li; Omar Haddad", "omar haddad"),  # may be meant so
    ],
)
def test_what_an_index_kept_of_a_name(best, other, printed):
    alone = {"family": "Omar"}
    who = [alone if n == "Omar" else n for n in best.split("; ")]
    assert names(fused(made("acm:1", who=who), made("mlanth:2", who=other))[0])[1] == printed


def ends_at_ten(claimed, *others, **more):
    """What is printed of a list of ten in a bibliography whose lists end there."""
    ten = "; ".join(f"{given} {'Reed' if i else 'Li'}" for i, given in enumerate(_TEN))
    records = (made("bib:phd/a", who=ten), *others)
    ours = claim(TITLE, claimed, 2020, venue="Pond Letters", **more)
    return standing_version(Work("w", records), ours).item


_TEN = ("Ada", "Bea", "Cid", "Dan", "Eva", "Fay", "Gus", "Hal", "Ida", "Jon")


def test_a_list_as_long_as_its_bibliography_has_them_is_not_taken_for_whole():
    assert ends_at_ten("Ada Li", others=True)["custom"] == {"others": True}
    assert ends_at_ten("Ada Li")["custom"] == {"others": True}
    ten = "; ".join(f"{given} {'Reed' if i else 'Li'}" for i, given in enumerate(_TEN))
    assert "custom" not in ends_at_ten(ten)
    again = ends_at_ten("Ada Li", made("x:2", who=ten.replace("Ada", "A.")), others=True)
    assert "custom" not in again and again["author"][0]["given"] == "Ada"
    whole = made("mlanth:2", who=f"{ten}; Kim Reed; Lou Reed")
    assert len(ends_at_ten("Ada Li", whole, others=True)["author"]) == 12
    assert len(ends_at_ten(f"{ten}; Kim Reed; Lou Reed")["author"]) == 12


def placed(ident, doi, **more):
    return made(ident, doi=doi, **{"pages": "7-9", **more})


@pytest.mark.parametrize(
    ("why", "stated", "records", "doi"),
    [
        ("two printings", {}, [placed("jgrey:1", "10.5/a"), placed("jgrey:2", "10.5/b")], None),
        ("an index is not sure of DOIs", {}, [placed("dblp:1", "10.5/a"), placed("jgrey:2", "10.5/b")], None),
        ("one is stated", {"doi": "10.5/b"}, [placed("jgrey:1", "10.5/a"), placed("jgrey:2", "10.5/b")], "10.5/b"),
        ("the publisher has one", {}, [placed("acm:1", "10.5/a"), placed("jgrey:2", "10.5/b")], "10.5/a"),
        ("two makers have one", {}, [placed("dblp:1", "10.5/a"), placed("bvit:3", "10.5/a"), placed("jgrey:2", "10.5/b")], "10.5/a"),
        ("the same one", {}, [placed("jgrey:1", "10.5/a"), placed("jgrey:2", "10.5/a")], "10.5/a"),
        ("other pages", {"pages": "7-9"}, [placed("jgrey:1", "10.5/a"), placed("jgrey:2", "10.5/b", pages="17-29")], "10.5/a"),
        ("another venue", {}, [placed("jgrey:1", "10.5/a"), placed("jgrey:2", "10.5/b", venue="Physical Review Letters")], "10.5/a"),
        ("no pages", {}, [placed("jgrey:1", "10.5/a", pages=""), placed("jgrey:2", "10.5/b", pages="")], "10.5/a"),
    ],
)  # fmt: skip
def test_a_doi_of_which_records_of_the_same_pages_have_two(why, stated, records, doi):
    ours = claim(TITLE, WHO, 2020, venue="Pond Letters", **stated)
    assert standing_version(Work("w", tuple(records)), ours).item.get("DOI") == doi, why


def test_a_server_s_doi_is_none_of_the_publication():
    assert "DOI" not in fused(made(doi="10.1101/2020.1"))[0]
    assert fused(made(doi="10.1101/2020.1"), made("x:2", doi="10.5/a"))[0]["DOI"] == "10.5/a"
    assert (
        "DOI"
        not in fused(made("arxiv:1", type="article", venue="", doi="10.48550/arXiv.1901.00001"))[0]
    )


@pytest.mark.parametrize(
    ("doi", "volume", "issue", "left"),
    [
        ("10.1/x.7.3.12", "7", "2", None),
        ("10.5/a", "7", "2", "2"),
        ("10.1/x.7.3.12", "8", "2", "2"),
    ],
)
def test_an_issue_beside_a_doi_that_says_another(doi, volume, issue, left):
    from citenorm.normalize.identifiers import volume_and_issue

    item, origin = fused(made(doi=doi, volume=volume, issue=issue))
    if volume_and_issue(doi) == ("7", "3") or left == issue:
        assert item.get("issue") == left and ("issue" in origin) is (left is not None)


@pytest.mark.parametrize(
    ("best", "other", "out"),
    [
        ("J. Li; O. Haddad", "Jia Li; Omar Haddad", ["Jia Li", "Omar Haddad"]),
        ("Jia Li; O. Haddad", "J. Li; Omar Haddad", ["Jia Li", "O. Haddad"]),
        ("J. Li; O. Haddad", "Jia Li; O. Haddad", ["Jia Li", "O. Haddad"]),
        ("J. Li; O. Haddad", "Jia Li; Eva Brandt", ["J. Li", "O. Haddad"]),
        ("J. Li; O. Haddad", "Jia Li", ["J. Li", "O. Haddad"]),
        ("Jia Li; Omar Haddad", "J. Li; O. Haddad", ["Jia Li", "Omar Haddad"]),
        ("J. Li", "Jun Li", ["Jun Li"]),
        ("B. Li", "Bo Li", ["Bo Li"]),  # two letters are a name
    ],
)
def test_fuller_names(best, other, out):
    assert names(fused(made("acm:1", who=best), made("dblp:2", who=other))[0]) == out
    if best == "J. Li; O. Haddad" and out[0] == "Jia Li":
        cut = made("dblp:2", who=other, author_count=9)
        assert names(fused(made("acm:1", who=best), cut)[0]) == ["J. Li", "O. Haddad"]


@pytest.mark.parametrize(
    ("venue", "more", "out"),
    [
        ("Tech. Rep. TR-7, Pond Institute", {}, ("report", "Pond Institute", "TR-7", None)),
        ("Technical Report, Pond Institute", {}, ("report", "Pond Institute", None, None)),
        ("Tech. Rep. TR-7, Pond Institute", {"publisher": "Elm"}, ("article-journal", "Elm", None, "Tech. Rep. TR-7, Pond Institute")),
        ("Tech. Rep. TR-7, Pond Institute", {"type": "chapter"}, ("chapter", None, None, "Tech. Rep. TR-7, Pond Institute")),
        ("Pond Reports", {}, ("article-journal", None, None, "Pond Reports")),
    ],
)  # fmt: skip
def test_journals_that_are_reports(venue, more, out):
    item, origin = fused(made(venue=venue, **more))
    assert tuple(item.get(f) for f in ("type", "publisher", "number", "container-title")) == out
    assert ("container-title" in origin) is (out[3] is not None)


@pytest.mark.parametrize(
    ("more", "kept"),
    [
        (
            {"venue": "arXiv", "type": "article-journal", "volume": "abs/1901.00001"},
            {"arxiv": "1901.00001"},
        ),
        (
            {"venue": "CoRR", "type": "report", "arxiv": "1901.00001", "number": "1901.00001"},
            {"arxiv": "1901.00001"},
        ),
        (
            {"venue": "arXiv", "type": "article", "volume": "7", "arxiv": "1901.00001"},
            {"arxiv": "1901.00001"},
        ),
    ],
)
def test_uploads_that_indexes_call_otherwise(more, kept):
    item, origin = fused(made("openalex:1", **more))
    assert item["type"] == "article" and item["custom"] == kept
    assert (
        "container-title" not in item and "number" not in item and "container-title" not in origin
    )
    assert ("volume" in item) is (more.get("volume") == "7")


@pytest.mark.parametrize(
    ("kind", "pages", "left"),
    [("book", "300", None), ("book", "300 p.", None), ("book", "1-300", None), ("book", "xii, 300", None), ("book", "7-9", "7-9"), ("chapter", "300", "300"),
     ("chapter", "109-100", None), ("chapter", "100-109", "100-109"), ("chapter", "100-9", "100-9")],
)  # fmt: skip
def test_what_no_record_s_word_is_taken_for_as_pages(kind, pages, left):
    assert fused(made(type=kind, venue="", pages=pages))[0].get("page") == left


@pytest.mark.parametrize(
    ("venue", "out"),
    [
        ("ICML", "Proceedings of the 37th International Conference on Machine Learning"),
        (
            "International Conference on Machine Learning",
            "International Conference on Machine Learning",
        ),
        ("Pond Letters", "Pond Letters"),
        ("", None),
    ],
)
def test_short_venues_are_written_out(venue, out):
    assert fused(made(venue=venue, type="paper-conference"))[0].get("container-title") == out


# ------------------------------------------------------------------ lists that a source cut short
def whole(cut, stated, *others):
    version = Version((cut, *others))
    item, origin = {"author": cut.csl["author"]}, {"author": cut}
    whole_list(item, origin, version, stated)
    return names(item), item.get("custom"), {f: r.id for f, r in origin.items()}


CUT = made("s:1", author_count=3)
THREE = WHO + "; Mei Sato"


@pytest.mark.parametrize(
    ("why", "cut", "stated", "others", "people", "custom"),
    [
        ("another record has it whole", CUT, claim(TITLE, WHO), [made("t:2", who=THREE)], 3, None),
        ("the claim has more", CUT, claim(TITLE, THREE), [], 3, None),
        ("the claim goes on", CUT, claim(TITLE, THREE, others=True), [], 2, {"author-count": 3}),
        ("the claim has as many", CUT, claim(TITLE, WHO), [], 2, {"author-count": 3}),
        ("the claim has others", CUT, claim(TITLE, "A B; C D; E F"), [], 2, {"author-count": 3}),
        ("the other is of others", CUT, claim(TITLE, WHO), [made("t:2", who="A B; C D; E F")], 2, {"author-count": 3}),
        ("the other is cut too", CUT, claim(TITLE, WHO), [made("t:2", who=THREE, author_count=9)], 2, {"author-count": 3}),
        ("the other is shorter", CUT, claim(TITLE, WHO), [made("t:2", who="Jia Li")], 2, {"author-count": 3}),
        ("the other has as many and is whole", CUT, claim(TITLE, "Jia Li"), [made("t:2")], 2, None),
        ("nothing is cut", made("s:1"), claim(TITLE, THREE), [], 2, None),
    ],
)  # fmt: skip
def test_whole_lists(why, cut, stated, others, people, custom):
    found, said, origin = whole(cut, stated, *others)
    assert (len(found), said) == (people, custom), why
    if custom:
        assert origin["custom.author-count"] == "s:1"


def test_versions_are_split_before_they_are_fused():
    records = [made("acm:1", volume="7"), made("dblp:2", pages="7-9"), made("x:3", year=2010)]
    first, second = split_versions(records)
    assert merge_version(second)[0]["page"] == "7-9" and "page" not in merge_version(first)[0]


def test_the_doi_of_an_upload_is_no_publication_s():
    item, origin = fused(made("dblp:1", doi="10.48550/arXiv.1901.00001"))
    assert "DOI" not in item and "DOI" not in origin
    item, origin = fused(made("arxiv:1", type="article", venue="", doi="10.48550/arXiv.1901.00001"))
    assert "DOI" not in item and "DOI" not in origin
