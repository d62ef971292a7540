"""A catalogue in shards answers as one of one piece does."""

import json

import pytest

from citenorm.catalogue import Catalogue, add, build, remove, verify
from citenorm.catalogue.shards import shard_of
from citenorm.cli import main
from citenorm.errors import CatalogueError, ConfigError, InputError
from citenorm.model import Claim, Record
from citenorm.sources import open_sources

PEOPLE = [{"family": "Bird", "given": "Ann"}, {"family": "Coot", "given": "Bo"}]


def record(n, **more):
    return {
        "id": f"t:{n}",
        "type": "article-journal",
        "title": f"Measured growth of subject {n} in mixed populations",
        "author": [{"family": f"Family{n % 53}", "given": "A."}, {"family": f"Other{n % 7}"}],
        "issued": {"date-parts": [[2000 + n % 2]]},
        "container-title": "Journal of Fluid Mechanics",
        "DOI": f"10.5555/x.{n}",
    } | more


def apart(n, **more):
    """Two versions of one work under titles that have nothing in common but their sense."""
    one = record(n, author=PEOPLE, title=f"Flight {n} of waders over the estuary", **more)
    return one, one | {"id": f"v:{n}", "title": f"How waders cross an estuary, case {n}"}


def material():
    items = [record(n) for n in range(120)]
    items += [record(n, id=f"again:{n}", DOI=f"10.5555/y.{n}") for n in range(0, 120, 5)]
    for n in range(200, 212):
        items += apart(n)  # one DOI
    for n in range(300, 312):
        one, two = apart(n)
        items += [one, two | {"DOI": "", "custom": {"version-of": one["DOI"]}}]
    for n in range(400, 406):  # two that name a third, which nobody holds
        one, two = apart(n, custom={"version-of": f"10.5555/gone.{n}"})
        items += [one | {"DOI": ""}, two | {"DOI": ""}]
    for n in range(500, 506):  # stated by a line of its own
        one, two = apart(n)
        items += [
            one,
            two | {"DOI": f"10.5555/z.{n}"},
            {"arxiv": f"25{n % 100:02}.00001", "id": one["id"]},
        ]
        items[-2] = items[-2] | {"custom": {"arxiv": f"25{n % 100:02}.00001"}}
    for n in range(20):  # a colon that only one source prints, and a longer title of the same
        title = f"Waders and tides in numbers {n}"
        items += [
            record(n, id=f"s:{n}", title=f"{title}: a survey", DOI=""),
            record(n, id=f"u:{n}", title=f"{title} a survey", DOI=""),
            record(n, id=f"w:{n}", title=title, DOI=""),
        ]
    items += [record(n, title=f"Corrected title of number {n}") for n in (3, 4, 5, 6)]
    return items


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shards")
    source = folder / "source.jsonl"
    source.write_text("".join(json.dumps(item) + "\n" for item in material()))
    whole = build(folder / "whole", [source])
    parts = [build(folder / "parts", [source], shard=f"{n}/4") for n in (3, 1, 4, 2)]
    assert sum(part.records for part in parts) == whole.records
    assert all(20 < part.records < 100 for part in parts)
    assert sum(part.replaced for part in parts) == whole.replaced == 4
    with Catalogue.open(folder / "whole") as one, Catalogue.open(folder / "parts") as many:
        yield one, many


def ids():
    return dict.fromkeys(item["id"] for item in material() if "title" in item)


def named(records):
    return [record.id for record in records]


def test_every_work_has_the_same_versions(both):
    one, many = both
    linked = crossing = 0
    for ident in ids():
        expected = set(named(one.versions(Record(ident, {}))))
        assert set(named(many.versions(Record(ident, {})))) == expected, ident
        linked += bool(expected)
        crossing += any(many.place(o) >> 48 != many.place(ident) >> 48 for o in expected)
    assert linked > 100 and crossing > 30, "works that lie in two shards are among them"
    assert len(list(many.works())) == len(list(one.works()))


def test_the_same_records_are_found(both):
    one, many = both
    assert [r.csl for r in many.get(ids())] == [r.csl for r in one.get(ids())]
    assert many.get(["t:3"])[0].csl["title"] == "Corrected title of number 3"
    for n in range(0, 120, 7):
        csl = record(n)
        for claim in (
            Claim({"title": csl["title"], "author": csl["author"]}),
            Claim({"DOI": csl["DOI"]}),
            Claim({}, raw=f"Family{n % 53}, A. Measured growth of subject {n}. 2001."),
        ):
            assert named(many.candidates(claim))[:1] == named(one.candidates(claim))[:1]
        assert named(many.lookup("doi", csl["DOI"])) == named(one.lookup("doi", csl["DOI"]))
    assert many.candidates(Claim({}, raw="nothing here"), 5) == []
    assert len(many.candidates(Claim({}, raw="measured growth mixed populations"), 5)) <= 5


def test_what_they_tell_of_themselves_is_the_same(both):
    one, many = both
    assert len(many) == len(one) and many.info()["shards"] == 4
    assert many.info()["sources"] == one.info()["sources"]
    table, whole = many.coverage, one.coverage
    assert table.registered("10.5555/x") == whole.registered("10.5555/x") > 100
    assert {json.loads(line)["id"] for _, line in many.records()} == set(ids())
    assert verify(many.path) == []


def test_rare_words_are_rare_in_all_shards_together(both):
    one, many = both
    for word in ("growth", "estuary", "family7", "2001"):
        told = one._asker.frequency(word)
        assert told > 0 and abs(many._asker.frequency(word) - told) <= 4, word


def test_shards_named_one_by_one_are_one_catalogue(both):
    _, many = both
    folders = sorted(many.path.glob("shard-*"), reverse=True)
    with open_sources(offline=True, catalogues=folders, only=True) as sources:
        assert len(sources.catalogues) == 1 and sources.info()[0]["records"] == len(many)
        assert sources.get(["t:3"]) and sources.versions(sources.get(["v:200"])[0])
    with (
        open_sources(offline=True, catalogues=folders[1:], only=True) as sources,
        pytest.raises(CatalogueError, match="only 1, 2, 3 are named"),
    ):
        sources.get(["t:3"])


def test_a_catalogue_named_twice_is_one(both):
    one, many = both
    folders = sorted(many.path.glob("shard-*"))
    with open_sources(
        offline=True, catalogues=[one.path, many.path, one.path, *folders, folders[0]], only=True
    ) as sources:
        assert [info["records"] for info in sources.info()] == [len(one)] * 3
        assert len(sources.versions(sources.get(["v:200"])[0])) == 1


def test_a_missing_shard_is_told(tmp_path):
    items = [record(n) for n in range(20)]
    build(tmp_path / "c", [items], shard="1/2")
    with pytest.raises(CatalogueError, match=r"shard 2 of 2 is missing .*--shard 2/2"):
        Catalogue.open(tmp_path / "c")
    build(tmp_path / "c", [items[:-1]], shard="2/2")
    with pytest.raises(CatalogueError, match="shards 1 and 2 were made of other records"):
        Catalogue.open(tmp_path / "c")
    build(tmp_path / "c", [items], shard="1/3")
    with pytest.raises(CatalogueError, match=r"several divisions \(2, 3\)"):
        Catalogue.open(tmp_path / "c")


def test_shards_that_divide_the_records_otherwise_are_told(tmp_path, monkeypatch):
    from citenorm.catalogue import prepare

    items = [record(n) for n in range(20)]
    build(tmp_path / "c", [items], shard="1/2")
    monkeypatch.setattr(prepare, "shard_of", lambda csl, of: int(csl["id"][2:]) % of + 1)
    build(tmp_path / "c", [items], shard="2/2")
    with pytest.raises(CatalogueError, match="records of 20: they were made by several versions"):
        Catalogue.open(tmp_path / "c")


def test_shards_are_not_changed(tmp_path):
    for n in (1, 2):
        build(tmp_path / "c", [[record(n) for n in range(20)]], shard=f"{n}/2")
    for folder in (tmp_path / "c", tmp_path / "c" / "shard-1-of-2"):
        with pytest.raises(CatalogueError, match="built again"):
            add(folder, [[record(99)]])
        with pytest.raises(CatalogueError, match="built again"):
            remove(folder, ["t:1"])
    build(tmp_path / "whole", [[record(1)]])
    with pytest.raises(CatalogueError, match="one piece"):
        build(tmp_path / "whole", [[record(1)]], shard="1/2")


@pytest.mark.parametrize("stated", ["", "3", "0/2", "3/2", "a/b", "1/2/3", "-1/2"])
def test_what_is_no_shard(tmp_path, stated):
    if stated:
        with pytest.raises(ConfigError, match="--shard takes"):
            build(tmp_path / "c", [[record(1)]], shard=stated)
    assert not (tmp_path / "c").exists()


def test_a_shard_without_records_is_one_and_sources_without_any_are_an_error(tmp_path):
    for n in range(1, 6):
        build(tmp_path / "c", [[record(1)]], shard=f"{n}/5")
    with Catalogue.open(tmp_path / "c") as many:
        assert named(many.candidates(Claim({"title": record(1)["title"]}))) == ["t:1"]
    assert verify(tmp_path / "c") == []
    empty = tmp_path / "empty.jsonl"
    empty.write_text('{"id": "x"}\n')
    with pytest.raises(InputError, match="no record could be taken"):
        build(tmp_path / "d", [empty], shard="1/2")


def test_versions_go_to_one_shard_as_a_rule():
    for n in range(50):
        one = record(n)
        assert shard_of(one, 16) == shard_of(one | {"id": "z", "DOI": ""}, 16)
        cut = one | {"title": one["title"] + ": a second look"}
        assert shard_of(one, 16) == shard_of(cut, 16)
    assert len({shard_of(record(n), 16) for n in range(200)}) == 16


def test_from_the_command_line(tmp_path, capsys):
    source = tmp_path / "s.jsonl"
    source.write_text("".join(json.dumps(record(n)) + "\n" for n in range(30)))
    out = str(tmp_path / "c")
    for n in (1, 2):
        assert main(["catalogue", "build", out, str(source), "--shard", f"{n}/2", "-q"]) == 0
    assert main(["catalogue", "verify", out]) == 0
    capsys.readouterr()
    assert main(["catalogue", "info", out]) == 0
    assert json.loads(capsys.readouterr().out)["records"] == 30
    assert main(["catalogue", "get", out, "t:7"]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == "t:7"
    assert main(["catalogue", "build", out, str(source), "--shard", "5"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_persons_own_catalogue_may_be_in_shards(tmp_path, monkeypatch):
    from citenorm.sources import base

    monkeypatch.setattr(base, "default_catalogue", lambda: tmp_path / "catalogue")
    assert base.users_catalogues() == []
    for n in (1, 2):
        build(tmp_path / "catalogue", [[record(1)]], shard=f"{n}/2")
    build(tmp_path / "fetched" / "dblp", [[record(2)]])
    assert base.users_catalogues() == [tmp_path / "catalogue", tmp_path / "fetched" / "dblp"]
    with open_sources(offline=True, starter=False, installed=False) as sources:
        assert named(sources.get(["t:1", "t:2"])) == ["t:1", "t:2"]
