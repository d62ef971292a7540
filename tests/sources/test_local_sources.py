import builders
import pytest

from citenorm.catalogue import MemoryCatalogue, build
from citenorm.errors import CatalogueError, ConfigError
from citenorm.model import Answer, Claim, Record
from citenorm.sources import Sources, base, open_sources
from citenorm.sources.http import Request
from citenorm.sources.plan import Known


def record(ident, title, year=2000, **more):
    return builders.record(ident, title, ["Kim, "], year, **more)


FIRST = MemoryCatalogue(
    [record("a:1", "On rivers and lakes", DOI="10.5555/r"), record("a:2", "On hills")]
)
SECOND = MemoryCatalogue(
    [
        record("b:1", "On rivers and lakes", 2001, DOI="10.5555/R"),
        record("a:2", "On hills, seen elsewhere"),
        record("b:3", "Something else"),
    ]
)


def ids(records):
    return [found.id for found in records]


def test_answers_are_merged_by_rank_and_an_id_counts_once():
    both = Sources([FIRST, SECOND])
    found = both.local(Claim({"title": "On rivers and lakes", "author": [{"family": "Kim"}]}))
    assert ids(found)[:2] == ["a:1", "b:1"] and len(set(ids(found))) == len(found)
    assert [found.title for found in both.get(["a:2", "none", "b:3"])] == [
        "On hills",
        "Something else",
    ], "the first catalogue that has an id"
    assert ids(both.lookup("doi", "10.5555/r")) == ["a:1", "b:1"]


def test_many_is_one_by_one():
    both = Sources([FIRST, SECOND])
    claims = [Claim({"title": "On hills"}), Claim({}, raw="something else")]
    assert [ids(found) for found in both.local_many(claims, 5)] == [
        ids(both.local(claim, 5)) for claim in claims
    ]
    assert Sources([]).local_many(claims) == [[], []]


def test_versions_are_found_across_catalogues_by_shared_identifiers():
    assert ids(Sources([FIRST, SECOND]).versions(FIRST.records[0])) == ["b:1"]
    assert ids(Sources([FIRST]).versions(FIRST.records[0])) == []


def test_versions_across_catalogues_by_a_stated_relation_and_not_by_a_shared_proceedings_doi():
    preprint = record(
        "c:1",
        "Rivers, lakes and the sea",
        custom={"arxiv": "2001.00001", "version-of": "10.5555/r"},
    )
    stranger = Record.from_csl(
        {"id": "d:1", "title": "Mountains", "author": [{"family": "Ode"}], "DOI": "10.5555/r"}
    )
    sources = Sources([MemoryCatalogue([preprint]), FIRST, MemoryCatalogue([stranger])])
    assert ids(sources.versions(preprint)) == ["a:1"]
    assert "d:1" not in ids(sources.versions(FIRST.records[0]))


class Service:
    """A service that cannot be asked."""

    name, joins, deposited, extra, instead_of = "loopback", 1, False, False, ""

    def __init__(self):
        self.closed = False

    late = knows_versions = False

    def suits(self, claim):
        return 1.0

    def by_identifier(self, claim):
        return []

    def by_title(self, claim):
        return [Request(self.name, claim.title)]

    def linked(self, claim, records, known):
        return []

    def ask_all(self, requests):
        return [Answer(self.name, "unknown", reason="no connection") for _ in requests]

    def close(self):
        self.closed = True


def test_online_services_answer_or_say_why_not_and_are_closed():
    service = Service()
    with Sources([FIRST], [service]) as sources:
        said = sources.look_up([Claim({"title": "x"})], lambda place, records: Known.NOTHING)
        assert [[answer.reason for answer in answers] for answers in said] == [["no connection"]]
    assert service.closed


def test_named_catalogues_are_asked_before_the_others(tmp_path, monkeypatch):
    build(tmp_path / "c", [[dict(found.csl) for found in FIRST.records]])
    with open_sources(offline=True, catalogues=[tmp_path / "c"], only=True) as sources:
        assert [told["records"] for told in sources.info()] == [2] and sources.services == ()
        assert ids(sources.local(Claim({"title": "On hills"})))[0] == "a:2"
    with open_sources(offline=True, catalogues=[tmp_path / "c"]) as sources:
        assert str(sources.info()[0]["path"]) == str(tmp_path / "c")
        assert sources.info()[-1]["name"] == "starter"
        assert ids(sources.local(Claim({"title": "On hills"})))[0] == "a:2"
    with open_sources(
        offline=True, catalogues=[tmp_path / "c"], starter=False, installed=False
    ) as sources:
        assert len(sources.catalogues) == 1
    with pytest.raises(CatalogueError, match="no such directory"):
        open_sources(offline=True, catalogues=[tmp_path / "none"])
    with pytest.raises(ConfigError, match="none is named"):
        open_sources(offline=True, only=True)
    monkeypatch.setattr(base, "LARGE", 2)
    with open_sources(offline=True, catalogues=[tmp_path / "c"]) as sources:
        assert len(sources.catalogues) == 1
    with open_sources(offline=True, catalogues=[tmp_path / "c"], starter=True) as sources:
        assert len(sources.catalogues) == 2
