import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citenorm.catalogue import Catalogue, MemoryCatalogue, build
from citenorm.catalogue.terms import isbn_key, key_of, page_key, words
from citenorm.model import Claim, Record

DATA = Path(__file__).parents[1] / "data" / "catalogue"


def item(ident, title, families=(), year=2000, **more):
    people = [{"family": family, "given": "A."} for family in families]
    return {
        "id": ident,
        "type": "article-journal",
        "title": title,
        "author": people,
        "issued": {"date-parts": [[year]]},
    } | more


ITEMS = [
    item(
        "s:tree",
        "Growing trees with fast splits",
        ["Li", "van der Berg"],
        2015,
        volume="12",
        page="345-360",
        **{"container-title": "Forest Letters"},
    ),
    item("s:tree2", "Growing trees with fast splits", ["Okafor"], 2016),
    item("s:part1", "Notes on rivers: Part I", ["Silva"], 1999, DOI="10.5555/River.1"),
    item("s:part2", "Notes on rivers: Part II", ["Silva"], 2000, DOI="10.5555/River.2"),
    item("s:book", "The Atlas of Clouds", ["Müller"], 1980, ISBN="0-19-852663-6", type="book"),
    item(
        "s:ids",
        "Deep sea lanterns",
        ["Ng"],
        2019,
        custom={
            "arxiv": "1901.00001",
            "pmid": "777",
            "acl": "P19-1001",
            "openreview": "aBc",
            "dblp": "conf/x/Ng19",
        },
    ),
    item("s:cjk", "天文学中的恒星计数方法", ["王"], 2011),
    item("s:sub", "Lanterns of the abyss: a survey of light in deep water", ["Ng", "Ito"], 2020),
    *[
        item(
            f"f:{n}",
            f"A study of subject {n} in setting {n % 7}",
            [f"Name{n}"],
            1990 + n % 30,
            volume="12",
            page=f"{n}-{n + 9}",
        )
        for n in range(300)
    ],
    item("s:printed", "Deep Sea Lanterns", ["Ito"], 2020),
]


@pytest.fixture(scope="module", params=["disk", "memory"])
def catalogue(request, tmp_path_factory):
    if request.param == "memory":
        yield MemoryCatalogue(map(Record.from_csl, ITEMS))
        return
    path = tmp_path_factory.mktemp("catalogue") / "c"
    build(path, [ITEMS])
    with Catalogue.open(path) as opened:
        yield opened


def ids(records):
    return [record.id for record in records]


def claim(raw="", **csl):
    return Claim(csl, raw=raw)


def test_get_keeps_order_and_leaves_out_the_unknown(catalogue):
    assert ids(catalogue.get(["f:3", "none", "s:tree"])) == ["f:3", "s:tree"]
    assert dict(catalogue.get(["s:tree"])[0].csl) == ITEMS[0]
    assert catalogue.get(["s:tree"])[0].source == "s"


@pytest.mark.parametrize(
    ("kind", "value", "ident"),
    [
        ("doi", "10.5555/RIVER.1", "s:part1"), ("arxiv", "arXiv:1901.00001v3", "s:ids"), ("doi", "10.48550/arXiv.1901.00001", "s:ids"),
        ("isbn", "978-0-19-852663-6", "s:book"), ("isbn", "0198526636", "s:book"), ("pmid", "777", "s:ids"), ("acl", "P19-1001", "s:ids"),
        ("openreview", "aBc", "s:ids"), ("dblp", "conf/x/Ng19", "s:ids"), ("id", "f:9", "f:9"), ("title", "the atlas of CLOUDS.", "s:book"),
    ],
)  # fmt: skip
def test_lookup(catalogue, kind, value, ident):
    assert ids(catalogue.lookup(kind, value)) == [ident]


def test_lookup_of_nothing(catalogue):
    assert (
        catalogue.lookup("doi", "10.1/none") == []
        and catalogue.lookup("doi", "") == []
        and catalogue.lookup("isbn", "12") == []
    )
    with pytest.raises(ValueError, match="unknown kind"):
        catalogue.lookup("orcid", "x")


def test_candidates_by_identifier_come_first(catalogue):
    assert (
        ids(
            catalogue.candidates(
                claim(title="Growing trees with fast splits", DOI="10.5555/river.2")
            )
        )[0]
        == "s:part2"
    )


def test_candidates_by_identifier_stand_beside_those_of_the_title(catalogue):
    found = ids(
        catalogue.candidates(claim(title="Deep sea lanterns", custom={"arxiv": "1901.00001"}))
    )
    assert found[:2] == ["s:ids", "s:printed"]


def test_candidates_by_title_hold_the_lookalikes_too(catalogue):
    found = ids(
        catalogue.candidates(
            claim(title="Growing Trees with Fast Splits", author=[{"family": "Okafor"}])
        )
    )
    assert found[0] == "s:tree2" and "s:tree" in found


def test_candidates_by_words(catalogue):
    raw = "Lee, X., L. van der Berg. Growing tres with fast splits. Forest Letters, 2015."
    assert ids(catalogue.candidates(claim(raw)))[0] == "s:tree"
    assert ids(catalogue.candidates(claim("S. Silva, Notes on rivers, part 2")))[0] in (
        "s:part1",
        "s:part2",
    )


def test_candidates_by_a_title_without_its_subtitle(catalogue):
    assert ids(catalogue.candidates(claim(title="Lanterns of the Abyss")))[0] == "s:sub"
    longer = claim(title="The Atlas of Clouds: with 200 plates", author=[{"family": "Müller"}])
    assert ids(catalogue.candidates(longer))[0] == "s:book"


def test_candidates_without_a_title(catalogue):
    parsed = claim(
        "X. Li and Y. van der Berg, Forest Letters 12, 345 (2015).",
        author=[{"family": "Li"}],
        volume="12",
        page="345",
        issued={"date-parts": [[2015]]},
    )
    assert ids(catalogue.candidates(parsed))[0] == "s:tree"


def test_candidates_in_chinese(catalogue):
    assert ids(catalogue.candidates(claim("王. 恒星计数方法. 2011")))[0] == "s:cjk"


def test_limit_and_repeatability(catalogue):
    asked = claim("A study of subject 17 in setting 3. Name17. 2007")
    assert len(catalogue.candidates(asked, 4)) == 4
    assert ids(catalogue.candidates(asked, 4)) == ids(catalogue.candidates(asked, 4))
    assert ids(catalogue.candidates(asked))[0] == "f:17"
    assert [
        ids(one)
        for one in catalogue.candidates_many([asked, claim(title="The atlas of clouds")], 3)
    ][1][0] == "s:book"


@pytest.mark.parametrize(
    "csl",
    [
        {},
        {"title": "…"},
        {"title": "", "volume": "x", "page": "y"},
        {"DOI": "no doi"},
        {"author": ["Plato", 3], "issued": "1999"},
    ],
)
def test_odd_claims_are_answered(catalogue, csl):
    assert isinstance(catalogue.candidates(Claim(csl, raw="???")), list)


@settings(max_examples=80, deadline=None)
@given(raw=st.text(max_size=80), title=st.text(max_size=40))
def test_candidates_never_raise(catalogue, raw, title):
    assert len(catalogue.candidates(Claim({"title": title}, raw=raw), 3)) <= 3


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Über-große Daten", ["uber", "grosse", "daten"]), ("Self-Attention (2nd ed.)", ["self", "attention", "2nd", "ed"]), ("恒星计", ["恒星", "星计"]),
        ("GPU加速", ["gpu", "加速"]), ("…", []),
    ],
)  # fmt: skip
def test_words(text, found):
    assert words(text) == found


def test_keys():
    assert isbn_key("0-19-852663-6") == isbn_key("9780198526636") == "i:9780198526636"
    assert isbn_key("019852663") == "" and key_of("doi", " ") == ""
    assert page_key("12", "R345-R360") == page_key("vol. 12", "r345") == "v:12:r345"


def test_record_lines_are_kept_as_the_source_has_them(tmp_path):
    build(tmp_path / "c", [f"csl:{DATA / 'small.csl.jsonl'}"])
    with Catalogue.open(tmp_path / "c") as opened:
        place = opened.place("pub:cn")
        assert (
            opened.line(place).decode()
            == (DATA / "small.csl.jsonl").read_text(encoding="utf-8").splitlines()[-1]
        )
        assert json.loads(opened.line(place))["id"] == "pub:cn"


@pytest.fixture(scope="module")
def frequent(tmp_path_factory):
    """Eighty records of the same few words, of which one has a word of its own."""
    path = tmp_path_factory.mktemp("frequent") / "c"
    items = [item(f"f:{n}", f"Common theory of waves, report {n % 5}", ["Li"]) for n in range(80)]
    items.append(item("f:own", "Common theory of zwitterions", ["Li"]))
    build(path, [items])
    with Catalogue.open(path) as catalogue:
        yield catalogue


def test_the_rarest_words_decide_which_records_are_looked_at(frequent, monkeypatch):
    from citenorm.catalogue import query

    asked = Claim({}, raw="A common theory of waves and zwitterions, Li")
    loosely = [record.id for record in frequent.candidates(asked, 10)]
    assert loosely[0] == "f:own" and len(loosely) > 1
    monkeypatch.setattr(query, "TELLING", 1)
    monkeypatch.setattr(query, "_LEAST", 1)
    strictly = [record.id for record in frequent.candidates(asked, 10)]
    assert strictly == ["f:own"], "no other record has its rarest word"
    everywhere = Claim({}, raw="A common theory of waves, Li")
    assert frequent.candidates(everywhere, 10), "the rarest word there is, however frequent, leads"


@given(
    st.lists(st.integers(1, 100), max_size=8).map(sorted), st.integers(0, 300), st.integers(0, 3)
)
def test_so_many_words_as_can_be_paid_for(frequencies, budget, least):
    from citenorm.catalogue.query import _affordable

    taken = _affordable(frequencies, budget, least)
    assert taken == len(frequencies) or taken >= least
    assert taken <= least or sum(frequencies[:taken]) <= budget
    assert taken == len(frequencies) or sum(frequencies[: taken + 1]) > budget
