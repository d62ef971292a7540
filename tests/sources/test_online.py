"""Claims asked of Crossref and arXiv end to end, on the loopback server."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from builders import asked as claim

from citenorm.errors import ConfigError
from citenorm.model import Claim, Record
from citenorm.sources.http import Policy
from citenorm.sources.online import ONLINE, OnlineSource, open_online
from citenorm.sources.plan import Known, fits, look_up
from citenorm.sources.rate_limit import Pace

Open = Callable[..., dict[str, OnlineSource]]


RESNET = claim("Deep residual learning for image recognition", "He", "Zhang")
RENAMED = claim(
    "Training data distribution search with ensemble active learning", "Chitta", ident="1905.12737"
)


def ids(records: tuple[Record, ...]) -> list[str]:
    return [record.id for record in records]


# ------------------------------------------------------------------ what is asked, and how often
def test_a_work_is_found_by_its_words_in_one_request(open_with: Open, server: Any) -> None:
    answer = open_with()["crossref"].ask(RESNET)
    assert answer.kind == "found" and answer.records[0].id == "crossref:10.1109/cvpr.2016.90"
    assert answer.records[0].csl["page"] == "770-778" and answer.records[0].asked is not None
    assert server.count() == 1


def test_a_right_doi_is_one_request_a_wrong_one_two(open_with: Open, server: Any) -> None:
    crossref = open_with()["crossref"]
    assert ids(
        crossref.ask(replace(RESNET, csl={**RESNET.csl, "DOI": "10.1109/cvpr.2016.90"})).records
    ) == ["crossref:10.1109/cvpr.2016.90"]
    assert server.count() == 1
    wrong = crossref.ask(replace(RESNET, csl={**RESNET.csl, "DOI": "10.1038/nature14539"}))
    assert ids(wrong.records)[:2] == [
        "crossref:10.1038/nature14539",
        "crossref:10.1109/cvpr.2016.90",
    ]
    assert server.count() == 3
    dead = crossref.ask(claim("Long short-term memory", "Hochreiter", DOI="10.5555/nothing"))
    assert "crossref:10.1162/neco.1997.9.8.1735" in ids(dead.records) and server.count() == 5


def test_a_preprint_brings_the_published_version_it_names(open_with: Open, server: Any) -> None:
    answer = open_with()["crossref"].ask(
        claim("Slow growth of lichens on glacier forelands", "Österberg", DOI="10.5555/preprint.17")
    )
    assert ids(answer.records) == ["crossref:10.5555/preprint.17", "crossref:10.5555/lichen.2020.4"]
    assert server.count() == 2


def test_a_preprint_is_found_by_id_and_by_title(open_with: Open, server: Any) -> None:
    arxiv = open_with()["arxiv"]
    assert ids(arxiv.ask(claim(ident="1412.6980")).records) == ["arxiv:1412.6980v9"]
    assert ids(arxiv.ask(RESNET).records) == ["arxiv:1512.03385v1"]
    assert ids(
        arxiv.ask(
            claim(
                "The large N limit of superconformal field theories and supergravity",
                "Maldacena",
                ident="hep-th/9711200",
            )
        ).records
    ) == ["arxiv:hep-th/9711200v3"]
    assert server.count() == 3


def test_an_earlier_title_brings_the_earlier_versions(open_with: Open, server: Any) -> None:
    preprint = lambda place, records: Known.PREPRINT  # noqa: E731
    ((answer,),) = look_up([RENAMED], [open_with()["arxiv"]], preprint)
    titles = {record.id: record.title for record in answer.records}
    assert (
        titles["arxiv:1905.12737v2"]
        == "Training Data Distribution Search with Ensemble Active Learning"
    )
    assert sorted(titles) == ["arxiv:1905.12737v1", "arxiv:1905.12737v2", "arxiv:1905.12737v3"]
    assert all(record.year == 2019 for record in answer.records)


def test_the_second_run_asks_nothing(open_with: Open, server: Any) -> None:
    claims = [
        RESNET,
        RENAMED,
        claim("A work that nobody wrote about nothing", "Nemo"),
        claim(ident="2001.99999"),
        claim(DOI="10.5555/none"),
    ]
    first = open_with()
    said = [source.ask(c) for c in claims for source in first.values()]
    for source in first.values():
        source.close()
    before = server.count()
    assert [source.ask(c) for c in claims for source in open_with().values()] == said
    assert server.count() == before


def test_many_identifiers_are_one_request(open_with: Open, server: Any) -> None:
    sources = open_with()
    claims = [
        claim("t", ident=ident)
        for ident in ("1512.03385", "1412.6980", "hep-th/9711200", "1512.03385")
    ]
    claims += [
        claim("t", DOI=doi)
        for doi in ("10.1038/nature14539", "10.1162/neco.1997.9.8.1735", "10.1109/cvpr.2016.90")
    ]
    for source in sources.values():
        asked = [request for c in claims for request in source.by_identifier(c)]
        assert [answer.kind for answer in source.ask_all(asked)] == ["found"] * len(asked)
    assert server.count() == 2
    by_words = replace(claims[0], csl={**claims[0].csl, "title": ""})
    assert ids(sources["arxiv"].ask(by_words).records) == ["arxiv:1512.03385v1"]
    assert ids(sources["crossref"].ask(claim(DOI="10.1038/nature14539")).records) == [
        "crossref:10.1038/nature14539"
    ]
    assert server.count() == 2


def test_an_identifier_missing_from_a_list_is_known_to_be_missing(
    open_with: Open, server: Any
) -> None:
    for source in open_with().values():
        claims = [RENAMED, claim("t", ident="2001.99999"), claim(DOI="10.1038/nature14539")]
        claims.append(claim(DOI="10.5555/nothing.at.all"))
        asked = [request for c in claims for request in source.by_identifier(c)]
        assert [answer.kind for answer in source.ask_all(asked)] == ["found", "none"]
        before = server.count(source.name)
        assert [answer.kind for answer in source.ask_all(asked)] == ["found", "none"]
        assert before == server.count(source.name) == 1


def test_titles_are_joined_and_each_gets_its_own_answer(open_with: Open, server: Any) -> None:
    source = open_with()["arxiv"]
    claims = [RESNET, RENAMED, claim("A work that nobody wrote about nothing", "Nemo")]
    asked = [request for c in claims for request in source.by_title(c)]
    answers = source.ask_all(asked)
    assert server.count() == 1 and [a.kind for a in answers] == ["found", "none", "none"]
    assert ids(answers[0].records) == ["arxiv:1512.03385v1"]
    assert source.ask_all(asked[:1]) == answers[:1] and server.count() == 1


def test_a_list_that_is_refused_is_asked_in_halves(open_with: Open, server: Any) -> None:
    source = open_with()["arxiv"]
    claims = [claim(ident=i) for i in ("1512.03385", "1412.6980", "xyz-th/9711200", "1905.12737")]
    answers = source.ask_all([r for c in claims for r in source.by_identifier(c)])
    assert [a.kind for a in answers] == ["found", "found", "none", "found"]
    server.misbehave("truncated", times=2)
    titles = [r for c in (RESNET, RENAMED) for r in source.by_title(c)]
    assert [a.kind for a in source.ask_all(titles)] == ["found", "none"]


def test_versions_that_a_record_names(open_with: Open, server: Any) -> None:
    sources = open_with()
    preprint = sources["arxiv"].ask(RESNET).records[0]
    assert ids(sources["crossref"].versions(preprint).records) == ["crossref:10.1109/cvpr.2016.90"]
    assert sources["arxiv"].versions(preprint).kind == "none"
    journal = Record(
        "x:1", {"title": "t", "type": "article-journal", "custom": {"arxiv": "1512.03385"}}
    )
    assert ids(sources["arxiv"].versions(journal).records) == ["arxiv:1512.03385v1"]
    assert server.count() == 3


def test_a_claim_that_says_too_little_is_not_asked_about(open_with: Open, server: Any) -> None:
    for source in open_with().values():
        answer = source.ask(Claim({}, raw="ibid."))
        assert (
            answer.kind == "unknown"
            and answer.reason == f"{source.title} was not asked: the reference says too little"
        )
    assert server.count() == 0


@pytest.mark.parametrize(
    ("title", "families", "fit"),
    [
        ("Deep Residual Learning for Image Recognition", ["He"], True),
        ("Deep residual learning for image recognition.", [], True),
        ("Deep Residual Learning for Image Recognition", ["Nemo"], False),
        ("Deep Residual Learning for Speech", ["He"], False),
        ("Image Recognition", ["He"], False),
        ("", [], False),
    ],
)
def test_fits(title: str, families: list[str], fit: bool) -> None:
    record = Record("x:1", {"title": title, "author": [{"family": family} for family in families]})
    assert fits(RESNET, record) is fit


# ------------------------------------------------------------------ what goes wrong
@pytest.mark.parametrize(
    "kind", ["html", "truncated", "empty", "huge", "500", "429", "403", "reset"]
)
def test_a_misbehaving_service_is_an_unknown_with_a_reason_for_people(
    open_with: Open, server: Any, kind: str
) -> None:
    server.misbehave(kind)
    for source in open_with(largest_body=1_000_000).values():
        answer = source.ask(RENAMED)
        assert answer.kind == "unknown" and answer.records == () and answer.source == source.name
        assert any(word in answer.reason for word in ("127.0.0.1", "Crossref", "arXiv"))


def test_a_busy_service_answers_in_the_end(open_with: Open, server: Any) -> None:
    server.misbehave("503", times=1, service="crossref")
    server.misbehave("html", times=1, service="arxiv")
    assert {source.ask(RESNET).kind for source in open_with().values()} == {"found"}


def test_words_that_cannot_be_asked_after_a_doi_leave_what_was_found(
    open_with: Open, server: Any
) -> None:
    crossref = open_with()["crossref"]
    crossref.ask(claim(DOI="10.1038/nature14539"))
    server.misbehave("500")
    answer = crossref.ask(replace(RESNET, csl={**RESNET.csl, "DOI": "10.1038/nature14539"}))
    assert answer.kind == "unknown" and ids(answer.records) == ["crossref:10.1038/nature14539"]


def test_without_network_a_run_goes_on_at_once(open_with: Open) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{free.getsockname()[1]}"
    sources = open_with(bases={"crossref": nowhere, "arxiv": nowhere})
    started = time.monotonic()
    claims = [
        claim(f"Work number {n} of many", "Meer", ident=f"2001.{n:05}", DOI=f"10.5555/{n}")
        for n in range(300)
    ]
    answers = [source.ask(c) for c in claims for source in sources.values()]
    assert {answer.reason for answer in answers} == {"no connection to 127.0.0.1"}
    assert sources["crossref"].client.sent == {"crossref": 1, "arxiv": 1}
    assert time.monotonic() - started < 5


def test_offline_no_socket_is_opened(open_with: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, forbidden)
    sources = open_with(offline=True, without=frozenset())
    asked = claim("Ponds that freeze in the summer", "Meer", ident="1905.12737", DOI="10.5555/x", ISBN="9780262033848", type="book")  # fmt: skip
    asked = replace(asked, csl={**asked.csl, "custom": {"arxiv": "1905.12737", "pmid": "1", "acl": "P19-1007"}, "number": "RFC 1"})  # fmt: skip
    (answers,) = look_up([asked], list(sources.values()), lambda place, records: Known.NOTHING)
    assert {answer.reason for answer in answers} == {"not asked: offline"}
    assert len(answers) >= 9
    record = Record("x:1", {"DOI": "10.1038/nature14539", "type": "article", "custom": {"arxiv": "1512.03385"}})  # fmt: skip
    assert all(source.versions(record).kind in ("unknown", "none") for source in sources.values())
    assert sum(source.client.sent.get(name, 0) for name, source in sources.items()) == 0


# ------------------------------------------------------------------ where the services are
def test_addresses_come_from_the_policy_then_the_environment_then_the_service(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for service in ONLINE:
        monkeypatch.delenv(service.variable, raising=False)
    assert {s.name: s.base for s in open_online(Policy())} == {s.name: s.base for s in ONLINE}
    monkeypatch.setenv("CITENORM_CROSSREF_URL", "http://localhost:1/c/")
    assert [s.base for s in open_online(Policy())][:2] == [
        "http://localhost:1/c",
        "https://export.arxiv.org",
    ]
    assert (
        open_online(Policy(bases={"crossref": "http://localhost:2"}))[0].base
        == "http://localhost:2"
    )
    assert "arxiv" not in {s.name for s in open_online(Policy(without=frozenset(("arxiv",))))}


def test_opening_the_sources_imports_no_network_library() -> None:
    import subprocess
    import sys

    code = "import sys, json; from citenorm.sources.online import open_online; from citenorm.sources.http import Policy; open_online(Policy()); print(json.dumps([m for m in ('httpx2', 'habanero', 'ssl') if m in sys.modules]))"
    assert (
        json.loads(
            subprocess.run(
                [sys.executable, "-c", code], capture_output=True, text=True, check=True
            ).stdout
        )
        == []
    )


def test_a_users_key_is_sent_and_kept_nowhere(
    open_with: Open,
    server: Any,
    policy: Policy,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("DEBUG")
    monkeypatch.setenv("CITENORM_SEMANTICSCHOLAR_KEY", "s2-secret\n")
    sources = open_with(
        without=frozenset(), keys={"openalex": "oa-secret"}, mailto="me@example.org"
    )
    assert sources["semanticscholar"].ask(claim(ident="1512.03385")).kind == "found"
    assert server.asked[-1].headers["x-api-key"] == "s2-secret"
    assert sources["openalex"].ask(RESNET).kind == "found"
    assert server.asked[-1].params["api_key"] == "oa-secret"
    server.misbehave("html", service="openalex")
    reason = sources["openalex"].ask(claim("Another title of some words", "Meer")).reason
    for source in sources.values():
        source.close()
    assert policy.cache is not None
    kept = b"".join(path.read_bytes() for path in policy.cache.parent.iterdir())
    for secret in ("s2-secret", "oa-secret", "me@example.org"):
        assert secret not in caplog.text and secret not in reason and secret.encode() not in kept
        assert secret not in repr(sources["openalex"].client.policy)


# ------------------------------------------------------------------ what a user sets, and is told
class Point:
    """An entry point of another package."""

    name, value = "ponds", "ponds_of_the_world:PONDS"

    def __init__(self, made: Any) -> None:
        self.made = made

    def load(self) -> Any:
        if isinstance(self.made, Exception):
            raise self.made
        return self.made


def test_another_package_brings_a_source(monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib.metadata

    def bring(made: Any) -> None:
        monkeypatch.setattr(importlib.metadata, "entry_points", lambda group: [Point(made)] * (group == "citenorm.sources"))  # fmt: skip

    bring(replace(ONLINE[0], name="ponds", base="https://ponds.example.org"))
    assert open_online(Policy())[-1].base == "https://ponds.example.org"
    for made, said in (
        (ImportError("no ponds"), "cannot be loaded: ImportError: no ponds"),
        (object(), "is no citenorm.sources.service.Service"),
        (ONLINE[0], "has a name that is taken: crossref"),
    ):
        bring(made)
        with pytest.raises(ConfigError, match=said):
            open_online(Policy())


@pytest.mark.parametrize("wrong", [{"without": frozenset(["crosref"])}, {"paces": {"crosref": Pace()}}])  # fmt: skip
def test_a_service_that_is_none_is_told(wrong: dict[str, Any]) -> None:
    with pytest.raises(
        ConfigError, match=r"no online service .crosref. .there are crossref, arxiv"
    ):
        open_online(Policy(**wrong))


def test_the_command_line_tells_what_was_asked_and_keeps_its_budget(
    server: Any,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Any,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from citenorm.cli import main

    for name, base in server.bases.items():
        monkeypatch.setenv(f"CITENORM_{name.upper()}_URL", base)
    monkeypatch.setenv("CITENORM_CACHE_DIR", str(tmp_path))
    settings = tmp_path / "citenorm.toml"
    settings.write_text('[services]\nwithout = ["openalex", "dblp"]\npaces = { rfc = 2.5 }\n')
    given = ["get", "--config", str(settings), "10.5555/lichen.2020.4"]
    assert main([*given, "--max-requests", "0"]) == 1
    assert "the 0 requests of this run are spent" in capsys.readouterr().err and not server.asked
    assert main(given) == 0
    said = capsys.readouterr()
    assert said.out.startswith("@article{") and server.count() >= 1
    assert said.err.startswith("asked: Crossref 1 (1 found") and "OpenAlex" not in said.err
    before = server.count()
    assert main([*given, "--max-requests", "0"]) == 0
    assert server.count() == before and "from the cache" in capsys.readouterr().err
    assert (
        main([*given, "--offline", "--quiet"]) in (0, 1) and "asked" not in capsys.readouterr().err
    )


def test_progress_is_told_while_services_are_asked(open_with: Open, server: Any) -> None:
    from citenorm.catalogue.memory import MemoryCatalogue
    from citenorm.parallel import watched
    from citenorm.pipeline import resolve_all
    from citenorm.sources import Sources

    told: list[tuple[int, int | None]] = []
    claims = [RESNET, claim("A work that nobody wrote about nothing", "Nemo")]
    with watched(lambda done, of: told.append((done, of))):
        resolve_all(claims, Sources([MemoryCatalogue([])], list(open_with().values())))
    assert told == [(1, 2), (2, 2)]


def test_settings_of_a_repository_spare_a_service_and_do_not_press_it() -> None:
    from argparse import Namespace

    from citenorm.cli.options import network_policy
    from citenorm.config import Asking, Config

    config = Config(services=Asking(paces=(("arxiv", 0.0), ("dblp", 9.0)), max_requests=7))
    policy = network_policy(Namespace(max_requests=None), config)
    assert {name: pace.interval for name, pace in policy.paces.items()} == {
        "arxiv": 3.0,
        "dblp": 9.0,
    }
    assert policy.max_requests == 7
    assert network_policy(Namespace(max_requests=3), config).max_requests == 3
