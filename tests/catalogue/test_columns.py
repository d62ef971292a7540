"""Records by columns: every item comes back as it was, from memory and from arrays on disk, and is found."""

import json
import os
import string
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citenorm.catalogue import columns, held, installed, mapped, terms
from citenorm.catalogue.columnar import ColumnarCatalogue
from citenorm.catalogue.held import Held
from citenorm.errors import CatalogueError, CatalogueWarning
from citenorm.model import Claim


def item(ident, title, people=(), year=2001, **more):
    custom = more.pop("custom", None)
    found = {
        "id": ident,
        "type": "paper-conference",
        "title": title,
        "author": [{"family": f, "given": g} for f, g in people],
        "issued": {"date-parts": [[year]]},
        **{name.replace("_", "-"): value for name, value in more.items()},
    }
    return found | ({"custom": custom} if custom else {})


GREY = [("Grey", "Ada"), ("Øre", "Bo")]
WORKS = [
    [
        item("dblp:conf/x/GreyO01", "Harvesting Rye: A Study of Sickles", GREY, DOI="10.1000/rye.17",
             container_title="Proceedings of Fields", page="11-19", volume="4",
             custom={"dblp": "conf/x/GreyO01"}),
        item("arxiv:0101.00017", "Harvesting Rye: A Study of Sickles", GREY, 2000, publisher="arXiv",
             URL="https://arxiv.org/abs/0101.00017", custom={"arxiv": "0101.00017", "version-of": "10.1000/rye.17"}),
    ],
    [item("acl:P01-1002", "Mowing barley by night", [("Lee", "Kim")], 2003, custom={"acl": "P01-1002"})],
    [item("or:aB3", "Barley and rye", [("Lee", "Kim"), ("Moe", "Jo")], 2004, URL="https://openreview.net/forum?id=aB3xY", custom={"openreview": "aB3xY"})],
    [item("isbn:9780198526636", "The Book of Straw", [("Stroh", "Max")], 1999, type="book", ISBN="9780198526636", edition="2")],
]  # fmt: skip


@pytest.fixture(params=["held", "mapped"])
def catalogue(request, tmp_path):
    file = tmp_path / "records.columns"
    columns.write(file, WORKS, name="small", made="2020-01-02")
    packed = columns.Packed(file)
    if request.param == "held":
        index = Held(packed)
    else:
        (tmp_path / "index").mkdir()
        mapped.make(packed, tmp_path / "index")
        index = mapped.Mapped(tmp_path / "index")
    with ColumnarCatalogue(index, "small") as opened:
        yield opened


def ids(records):
    return [record.id for record in records]


@pytest.mark.parametrize("fast", [True, False])
def test_items_come_back(tmp_path, fast):
    header = columns.write(tmp_path / "c", WORKS, name="small", made="2020-01-02", fast=fast)
    assert list(columns.Packed(tmp_path / "c").items()) == WORKS
    assert (header.records, header.works, header.sources["arxiv"]) == (5, 4, 1)
    assert columns.read_header(tmp_path / "c")[0] == columns.Packed(tmp_path / "c").header == header


TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
NAMES = st.dictionaries(
    st.sampled_from(["family", "given", "suffix", "literal", "x"]), TEXT, min_size=1
)
ITEMS = st.fixed_dictionaries(
    {"id": st.text(string.printable, min_size=1, max_size=9), "title": TEXT},
    optional={
        "type": TEXT, "DOI": TEXT, "URL": TEXT, "volume": st.one_of(TEXT, st.integers()), "abstract": TEXT,
        "author": st.lists(st.one_of(NAMES, TEXT), max_size=3),
        "issued": st.one_of(TEXT, st.fixed_dictionaries({"date-parts": st.lists(st.lists(st.integers(-9, 3000)))})),
        "custom": st.dictionaries(st.sampled_from(["arxiv", "dblp", "openreview", "y"]), st.one_of(TEXT, st.booleans())),
    },
)  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(st.lists(st.lists(ITEMS, min_size=1, max_size=3), max_size=4))
def test_any_item_comes_back(tmp_path_factory, works):
    file = tmp_path_factory.mktemp("c") / "c"
    columns.write(file, works, name="", made="")
    assert list(columns.Packed(file).items()) == works


@pytest.mark.parametrize(
    "asked, first",
    [
        ({"DOI": "10.1000/RYE.17"}, "dblp:conf/x/GreyO01"),
        ({"custom": {"arxiv": "0101.00017"}}, "arxiv:0101.00017"),
        ({"DOI": "10.48550/arXiv.0101.00017"}, "arxiv:0101.00017"),
        ({"custom": {"acl": "P01-1002"}}, "acl:P01-1002"),
        ({"ISBN": "0-19-852663-6"}, "isbn:9780198526636"),
        ({"title": "mowing: BARLEY, by night!"}, "acl:P01-1002"),
        ({"title": "Harvesting rye"}, "dblp:conf/x/GreyO01"),
        ({"title": "Barley & rye", "author": [{"family": "Moe"}]}, "or:aB3"),
        ({"title": "Mowning barly by nights"}, "acl:P01-1002"),
        ({"volume": "4", "page": "11", "author": [{"family": "Grey"}], "issued": {"date-parts": [[2001]]}}, "dblp:conf/x/GreyO01"),
    ],
)  # fmt: skip
def test_candidates(catalogue, asked, first):
    found = ids(catalogue.candidates(Claim(asked)))
    assert found[0] == first
    without = ids(catalogue.candidates(Claim(asked), without=[first]))
    assert first not in without


@settings(deadline=None, max_examples=80)
@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), max_size=20)
    )
)
def test_lines_are_folded_all_at_once_as_one_by_one(lines):
    assert [line.split() for line in terms.folded_lines(lines)] == list(map(terms.words, lines))


def test_what_stands_before_the_colon_is_a_whole_part(tmp_path):
    titled = [[item(f"x:{n}", title, GREY)] for n, title in enumerate(
        ["Harvesting rye: a study", "Harvesting rye at night", "Harvesting rye", "Harvesting Rye? By hand"]
    )]  # fmt: skip
    columns.write(tmp_path / "c", titled, name="", made="")
    held = Held(columns.Packed(tmp_path / "c"))
    assert held.rows("t:harvestingrye") == [2] and held.rows("m:harvestingrye") == [0, 3]
    assert held.rows("u:harvestingrye/grey") == [2] and held.rows("u:harvestingrye/lee") == []
    assert held.rows("m:harvest") == [] and held.rows("t:") == []


def test_a_column_that_begins_with_what_stands_above_is_damaged(tmp_path):
    columns.write(tmp_path / "c", WORKS, name="", made="", fast=True)
    packed = columns.Packed(tmp_path / "c")
    packed._texts["title"] = "\n".join([columns.SAME] * 5).encode()
    with pytest.raises(CatalogueError):
        packed.lines("title")


def test_nothing_in_common(catalogue):
    assert catalogue.candidates(Claim({"title": "Zyx wvut"})) == []
    assert catalogue.candidates(Claim({})) == []
    assert catalogue.get(["acl:", "nowhere"]) == []


def test_works_and_records(catalogue):
    one, two = catalogue.get(["arxiv:0101.00017", "dblp:conf/x/GreyO01"])
    assert (one.to_csl(), two.to_csl()) == (WORKS[0][1], WORKS[0][0])
    assert ids(catalogue.versions(one)) == [two.id] and ids(catalogue.versions(two)) == [one.id]
    assert catalogue.versions(catalogue.get(["or:aB3"])[0]) == []
    assert ids(catalogue.lookup("title", "harvesting RYE a study of sickles"))[0] == two.id
    assert ids(catalogue.lookup("openreview", "aB3xY")) == ["or:aB3"]
    assert catalogue.lookup("openreview", "ab3xy") == []
    assert catalogue.lookup("doi", "10.1000/rye") == []
    told = catalogue.info()
    assert (told["name"], told["made"], told["records"], told["works"]) == ("small", "2020-01-02", 5, 4)  # fmt: skip


@pytest.mark.parametrize("damage", [lambda b: b[:-3], lambda b: b"x" + b, lambda b: b[:40]])
def test_damaged_file(tmp_path, damage):
    columns.write(tmp_path / "c", WORKS, name="", made="")
    (tmp_path / "c").write_bytes(damage((tmp_path / "c").read_bytes()))
    with pytest.raises(CatalogueError):
        columns.Packed(tmp_path / "c")
    with pytest.raises(CatalogueError):
        columns.read_header(tmp_path / "nowhere")


# ------------------------------------------------------------------ data packages
@pytest.fixture
def package(tmp_path, monkeypatch):
    """A data package on the path, and an empty cache folder."""
    folder = tmp_path / "lib" / "citenorm_cs"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text("")
    columns.write(folder / installed.RECORDS, WORKS, name="small", made="2020-01-02")
    monkeypatch.setenv("CITENORM_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.syspath_prepend(str(tmp_path / "lib"))
    monkeypatch.delitem(sys.modules, "citenorm_cs", raising=False)
    return folder


def test_package_is_found_and_its_index_made_once(package):
    assert installed.installed() == [package]
    told = []
    with installed.open_installed(package, told.append) as one:
        assert ids(one.lookup("acl", "P01-1002")) == ["acl:P01-1002"]
        assert one.coverage is None
    shares = [now.share for now in told]
    assert shares == sorted(shares) and shares[-1] == 1 and "small" in told[0].stage
    told.clear()
    (package / "coverage.json").write_text(
        json.dumps({"newest": 2003, "venues": {"x": {"2003": [9, 0.5]}}})
    )
    with installed.open_installed(package, told.append) as two:
        assert two.coverage.share("x", 2003) == 0.5
    assert told == []


def test_another_package_has_another_index(package):
    _, one = installed.index_of(package)
    columns.write(package / installed.RECORDS, WORKS[:2], name="small", made="2020-01-03")
    _, two = installed.index_of(package)
    assert one != two
    with installed.open_installed(package) as opened:
        assert len(opened) == 3


def test_who_comes_second_waits(package):
    told = []
    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(lambda _: installed.open_installed(package, told.append), range(4)))
    assert [len(one) for one in opened] == [5] * 4
    assert sum(now.share == 1 for now in told) == 1
    _, place = installed.index_of(package)
    assert sorted(p.name for p in place.parent.iterdir()) == [place.name, place.name + ".lock"]
    for one in opened:
        one.close()


def test_what_was_left_half_made_is_made_anew(package):
    _, place = installed.index_of(package)
    place.mkdir(parents=True)
    (place / "keys.hash").write_bytes(b"123")
    place.with_name(place.name + ".draft").mkdir()
    with installed.open_installed(package) as opened:
        assert len(opened.candidates(Claim({"title": "Barley and rye"}))) > 0
    assert not place.with_name(place.name + ".draft").exists()


def test_no_room_and_no_folder(package, tmp_path, monkeypatch):
    monkeypatch.setattr(installed.shutil, "disk_usage", lambda _: type("Usage", (), {"free": 10})())
    with pytest.raises(CatalogueError, match="make room"):
        installed.open_installed(package)
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("CITENORM_CACHE_DIR", str(tmp_path / "file"))
    with pytest.raises(CatalogueError, match="CITENORM_CACHE_DIR"):
        installed.open_installed(package)


def test_a_package_without_room_for_its_index_is_not_asked_and_the_others_answer(package, monkeypatch, capsys):  # fmt: skip
    from citenorm import open_sources
    from citenorm.cli import main

    monkeypatch.setattr(installed.shutil, "disk_usage", lambda _: type("Usage", (), {"free": 10})())
    paper = "Barley and rye"
    with open_sources(offline=True, user=False) as sources:
        with pytest.warns(CatalogueWarning, match="make room.* not asked") as told:
            assert sources.lookup("title", "Attention is all you need")
        assert len(told) == 1 and sources.spec.installed == ()
        assert sources.lookup("title", paper) == []
    with open_sources(offline=True, user=False) as sources:
        with pytest.warns(CatalogueWarning):
            sources.prepare()
        assert sources.spec.installed == () and sources.catalogues
    assert (
        main(["match", "--offline", "Vaswani et al. Attention is all you need. NeurIPS 2017."]) == 0
    )
    out, err = capsys.readouterr()
    assert '"matched"' in out and err.count("make room") == 1


def test_sources_ask_the_package(package):
    from citenorm import open_sources

    with open_sources(offline=True, starter=False, user=False) as sources:
        assert sources.spec.installed == (str(package),)
        assert ids(sources.lookup("acl", "P01-1002")) == ["acl:P01-1002"]
    assert os.listdir(os.environ["CITENORM_CACHE_DIR"]) == ["catalogues"]
    with open_sources(offline=True, starter=False, installed=False, user=False) as sources:
        assert sources.lookup("acl", "P01-1002") == []


def test_several_processes_find_the_index_made(package):
    from citenorm import open_sources, resolve_all

    told = []
    with open_sources(offline=True, starter=False, user=False, show=told.append) as sources:
        asked = [
            Claim({"title": "Barley and rye", "author": [{"family": "Lee"}, {"family": "Moe"}]})
        ] * 120
        found = resolve_all(asked, sources, jobs=2)
    assert {r.record.id for r in found} == {"or:aB3"}
    assert told and told[-1].share == 1


def test_addresses_at_openreview_are_kept_once(tmp_path):
    columns.write(tmp_path / "c", WORKS, name="", made="", fast=True)
    packed = columns.Packed(tmp_path / "c")
    assert packed.cells("URL")[3] == f"https://openreview.net/forum?id={columns.FORUM}"
    assert list(packed.items()) == WORKS


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=400)))
def test_many_keys_become_numbers_as_one_by_one(keys):
    text = "\n".join(keys).encode()
    numbers = mapped._Numbers().of(text, *mapped._lines_in(text))
    assert numbers.tolist() == list(map(mapped.number_of, keys or [""]))
    assert len(set(numbers.tolist())) == len(set(keys or [""]))


@pytest.mark.parametrize(
    ("key", "rows"),
    [
        ("t:barleyandrye", [3]),
        ("u:barleyandrye/lee", [3]),
        ("u:barleyandrye/moe", []),
        ("u:thebookofstraw/stroh", [4]),
        ("u:thebookofstraw/", []),
    ],
)
def test_a_title_is_found_with_its_first_author(catalogue, key, rows):
    assert list(catalogue._index.rows(key)) == rows


def test_words_of_works_are_told_apart_block_by_block(tmp_path, monkeypatch):
    """The arrays are the same whatever the number of works that are taken apart at once."""
    columns.write(tmp_path / "c", WORKS, name="", made="")
    made = []
    for size in (50_000, 1, 3):
        monkeypatch.setattr(mapped, "_BLOCK", size)
        folder = tmp_path / str(size)
        folder.mkdir()
        shares = []
        mapped.make(columns.Packed(tmp_path / "c"), folder, shares.append)
        assert shares == sorted(shares) and shares[-1] == 1.0
        made.append({file.name: file.read_bytes() for file in folder.iterdir()})
    assert made[0] == made[1] == made[2]
    index = mapped.Mapped(tmp_path / "1")
    assert (
        index.frequency("rye") == 2 and index.frequency("2000") == 1 and index.frequency("x") == 0
    )
    assert index._length.tolist() == [len(set(line.split())) for line in (
        "grey ore harvesting rye a study of sickles 2001 2000", "lee mowing barley by night 2003", "lee moe barley and rye 2004",
        "stroh the book of straw 1999")]  # fmt: skip


@pytest.mark.parametrize("room, number", [(1, 1), (3, 2), (100, 5)])
def test_rare_words_lead_to_works_and_frequent_ones_put_them_in_order(
    tmp_path, monkeypatch, room, number
):
    """However few works the rarest words may lead to, the best one comes first."""
    works = [
        [item(f"x:{n}", f"Study of rye {'straw' if n % 2 else 'reed'} number{n}", [("Lee", "Kim")])]
        for n in range(40)
    ]
    columns.write(tmp_path / "c", works, name="", made="")
    (tmp_path / "index").mkdir()
    mapped.make(columns.Packed(tmp_path / "c"), tmp_path / "index")
    monkeypatch.setattr(mapped, "_LEADING", room)
    monkeypatch.setattr(held, "_LEADING", room)
    for index in (Held(columns.Packed(tmp_path / "c")), mapped.Mapped(tmp_path / "index")):
        words = [("study", 0.1), ("rye", 0.1), ("straw", 0.7), ("number7", 3.0), ("number8", 3.0)]
        found = index.best(words, 5)
        assert found[:2] == [7, 8][:number] and len(found) == number
        assert index.best([("nowhere", 1.0)], 5) == []
