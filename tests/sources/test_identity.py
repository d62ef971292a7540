"""A lookup by identifier is answered about another work, by every door: it is not believed, and not kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from citenorm.lock import Lock, decide
from citenorm.model import Claim, Record, Resolution, Work
from citenorm.normalize.identified import has_identifier, identifiers_of
from citenorm.pipeline import resolve_all
from citenorm.sources import Sources
from citenorm.sources.cache import Reply
from citenorm.sources.http import Client, Policy, Request
from citenorm.sources.online import ONLINE, OnlineSource, open_online

PEOPLE = [{"family": "Moe", "given": "Jo"}]
OTHER = "Of Another Work Altogether"


def crossref(*dois: str) -> bytes:
    works = [
        {"DOI": d, "title": [OTHER], "type": "journal-article", "author": PEOPLE} for d in dois
    ]
    if len(works) == 1:
        return json.dumps({"message-type": "work", "message": works[0]}).encode()
    page = {"message-type": "work-list", "message": {"items": works, "total-results": len(works)}}
    return json.dumps(page).encode()


def datacite(*dois: str) -> bytes:
    data = [
        {"id": d, "type": "dois", "attributes": {"doi": d, "titles": [{"title": OTHER}]}}
        for d in dois
    ]
    return json.dumps({"data": data, "meta": {"total": len(data)}}).encode()


def scholar(*numbers: str) -> bytes:
    return json.dumps(
        [{"paperId": n, "title": OTHER, "externalIds": {"ArXiv": n}} for n in numbers]
    ).encode()


def arxiv(*numbers: str) -> bytes:
    entries = "".join(
        f"<entry><id>http://arxiv.org/abs/{n}v1</id><title>{OTHER}</title></entry>" for n in numbers
    )
    total = f'<o:totalResults xmlns:o="http://a9.com/-/spec/opensearch/1.1/">{len(numbers)}</o:totalResults>'
    return f'<feed xmlns="http://www.w3.org/2005/Atom">{total}{entries}</feed>'.encode()


def negotiated(doi: str) -> bytes:
    return json.dumps(
        {"DOI": doi, "title": OTHER, "type": "article-journal", "author": PEOPLE}
    ).encode()


def pmc(pmid: str) -> bytes:
    result = [{"id": pmid, "source": "MED", "title": OTHER}]
    return json.dumps({"hitCount": 1, "resultList": {"result": result}}).encode()


def medline(pmid: str) -> bytes:
    return (
        f"<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>{pmid}</PMID><Article><ArticleTitle>{OTHER}</ArticleTitle></Article>"
        "</MedlineCitation></PubmedArticle></PubmedArticleSet>"
    ).encode()


def book(isbn: str, asked: str) -> bytes:
    """Under the number that was asked for, an edition that says it has another."""
    held = {"key": "/books/OL1M", "title": OTHER, "identifiers": {"isbn_13": [isbn]}}
    return json.dumps({f"ISBN:{asked}": held}).encode()


def rfc(number: str) -> bytes:
    return json.dumps(
        {"doc_id": f"RFC{number}", "title": OTHER, "authors": ["J. Moe"], "pub_date": "June 1999"}
    ).encode()


def anthology(ident: str) -> bytes:
    return f'@inproceedings{{x, title = "{OTHER}", author = "Moe, Jo", year = 2001, url = "https://aclanthology.org/{ident}"}}'.encode()


DOIS = [Claim({"DOI": "10.1000/one"}), Claim({"DOI": "10.1000/two"})]
NUMBERS = [Claim({"type": "article", "custom": {"arxiv": n}}) for n in ("2101.00001", "2101.00002")]
PMID = Claim({"custom": {"pmid": "1234567"}})
ISBN = Claim({"type": "book", "ISBN": "9780198526636"})
RFC = Claim({"type": "report", "genre": "Request for Comments", "number": "2616"})
ACL = Claim({"custom": {"acl": "P01-1002"}})

DOORS: list[tuple[str, str, list[Claim], bytes, bytes]] = [
    # door, service, claims, what it answers, what it should
    ("single", "crossref", DOIS[:1], crossref("10.1000/three"), crossref("10.1000/ONE")),
    ("list", "crossref", DOIS, crossref("10.1000/three", "10.1000/four"), crossref("10.1000/two", "10.1000/one")),
    ("single", "datacite", DOIS[:1], datacite("10.1000/three"), datacite("10.1000/one")),
    ("list", "datacite", DOIS, datacite("10.1000/three", "10.1000/four"), datacite("10.1000/two", "10.1000/one")),
    ("single", "semanticscholar", NUMBERS[:1], scholar("2101.00009"), scholar("2101.00001")),
    ("list by position", "semanticscholar", NUMBERS, scholar("2101.00008", "2101.00009"), scholar("2101.00001", "2101.00002")),
    ("single", "arxiv", NUMBERS[:1], arxiv("2101.00009"), arxiv("2101.00001")),
    ("list", "arxiv", NUMBERS, arxiv("2101.00008", "2101.00009"), arxiv("2101.00002", "2101.00001")),
    ("negotiation", "doi", DOIS[:1], negotiated("10.1000/three"), negotiated("10.1000/one")),
    ("single", "europepmc", [PMID], pmc("7654321"), pmc("1234567")),
    ("single", "pubmed", [PMID], medline("7654321"), medline("1234567")),
    ("single", "openlibrary", [ISBN], book("9780306406157", "9780198526636"), book("9780198526636", "9780198526636")),
    ("single", "rfc", [RFC], rfc("2617"), rfc("2616")),
    ("single", "acl", [ACL], anthology("P01-1003"), anthology("P01-1002")),
]  # fmt: skip


@pytest.fixture
def opened(tmp_path: Any) -> Any:
    """``opened(service, body)``: the service alone, which answers everything with one body."""
    clients = []

    def one(name: str, body: bytes) -> OnlineSource:
        import httpx2

        def answer(request: Any) -> Any:
            return httpx2.Response(200, stream=httpx2.ByteStream(body))

        without = frozenset(s.name for s in ONLINE) - {name}
        policy = Policy(cache=tmp_path / "cache.sqlite3", without=without, retries=0, backoff=0.0)
        client = Client(policy, sleep=lambda _: None, transport=httpx2.MockTransport(answer))
        clients.append(client)
        (source,) = open_online(client=client)
        return source

    yield one
    for client in clients:
        client.close()


def asked_of(source: OnlineSource, claims: list[Claim]) -> list[Request]:
    return [
        request
        for claim in claims
        for request in (source.by_identifier(claim) or source.instead(claim))
    ]


@pytest.mark.parametrize("door, name, claims, other, own", DOORS, ids=[f"{d[1]} {d[0]}" for d in DOORS])  # fmt: skip
def test_another_works_record_is_no_answer(
    opened: Callable[..., OnlineSource], door: str, name: str, claims: list[Claim], other: bytes, own: bytes
) -> None:  # fmt: skip
    source = opened(name, other)
    requests = asked_of(source, claims)
    assert len(requests) == len(claims)
    for answer in source.ask_all(requests):
        assert (answer.kind, answer.records) == ("unknown", ()) and "another work" in answer.reason
    with Sources([], [opened(name, other)]) as sources:
        assert [r.matched for r in resolve_all(claims, sources)] == [False] * len(claims)
    # Nothing of it was kept: the next run asks again, and hears what is right.
    source = opened(name, own)
    for claim, answer in zip(claims, source.ask_all(requests), strict=True):
        assert answer.kind == "found"
        assert all(has_identifier(r.csl, *identifiers_of(claim.csl)[0]) for r in answer.records)


@pytest.mark.parametrize("door, name, claims, other, own", [d for d in DOORS if d[0] == "single"], ids=[d[1] for d in DOORS if d[0] == "single"])  # fmt: skip
def test_a_row_of_the_cache_is_looked_at_again(
    opened: Callable[..., OnlineSource], door: str, name: str, claims: list[Claim], other: bytes, own: bytes
) -> None:  # fmt: skip
    source = opened(name, own)
    (request,) = asked_of(source, claims)
    source.client.remember(request, Reply(200, other, "", "2026-01-02"), "found")
    (answer,) = source.ask_all([request])
    assert answer.kind == "found" and source.client.sent == {name: 1}
    again = opened(name, other)
    assert again.ask_all([request])[0].kind == "found" and again.client.sent == {}


def test_a_list_in_another_order_is_not_taken_by_position(
    opened: Callable[..., OnlineSource],
) -> None:
    source = opened("semanticscholar", scholar("2101.00002", "2101.00001"))
    for claim, answer in zip(NUMBERS, source.ask_all(asked_of(source, NUMBERS)), strict=True):
        assert [r.arxiv for r in answer.records] == [claim.arxiv]


def test_a_list_with_what_nobody_asked_for_does_not_tell_what_is_missing(
    opened: Callable[..., OnlineSource],
) -> None:
    source = opened("crossref", crossref("10.1000/one", "10.1000/three"))
    one, two = source.ask_all(asked_of(source, DOIS))
    assert one.kind == "found" and two.kind == "unknown"


def test_one_wrong_place_in_a_list_spoils_no_other(opened: Callable[..., OnlineSource]) -> None:
    source = opened("semanticscholar", scholar("2101.00001", "2101.00009"))
    one, two = source.ask_all(asked_of(source, NUMBERS))
    assert one.kind == "found" and two.kind == "unknown"


def test_a_lock_is_held_against_what_the_reference_names() -> None:
    claim = Claim({"DOI": "10.1000/one"})
    mine, other = (
        Record(f"x:{doi}", {"id": f"x:{doi}", "title": OTHER, "author": PEOPLE, "DOI": f"10.1000/{doi}"}, "x")
        for doi in ("one", "three")
    )  # fmt: skip
    for record, matched in ((mine, True), (other, False)):
        found = Resolution(
            claim, "matched", "verified", record, Work(record.id, (record,)), 1.0, 1.0
        )
        lock = decide(Lock(), [found])
        (result,) = resolve_all([claim], Sources([]), lock=lock)
        assert result.matched is matched
    titled = replace(claim, csl={"DOI": "10.1000/one", "title": OTHER, "author": PEOPLE})
    found = replace(found, claim=titled)
    (result,) = resolve_all([titled], Sources([]), lock=decide(Lock(), [found]))
    assert result.matched


@pytest.mark.parametrize(
    "csl, kind, value, has",
    [
        ({"DOI": "10.1000/ABC"}, "doi", "10.1000/abc", True),
        ({"DOI": "10.1000/abcd"}, "doi", "10.1000/abc", False),
        ({"custom": {"arxiv": "2101.00001"}}, "doi", "10.48550/arXiv.2101.00001", True),
        ({"DOI": "10.48550/arxiv.2101.00001"}, "arxiv", "2101.00001v2", True),
        ({"custom": {"arxiv": "cs/0101001"}}, "arxiv", "CS/0101001", True),
        ({"custom": {"arxiv": "2101.00001"}}, "arxiv", "2101.00002", False),
        ({}, "arxiv", "2101.00001", False),
        ({}, "doi", "10.1000/abc", False),
        ({"ISBN": "0-19-852663-6"}, "isbn", "9780198526636", True),
        ({"ISBN": "9780306406157 9780198526636"}, "isbn", "9780198526636", True),
        ({"ISBN": "9780306406157"}, "isbn", "9780198526636", False),
        ({"PMID": "123"}, "pmid", "123", True),
        ({"custom": {"openreview": "aB3"}}, "openreview", "ab3", False),
        ({"custom": {"acl": "P01-1002"}}, "acl", "p01-1002", True),
        ({"number": "2616"}, "rfc", "2616", False),
    ],
)  # fmt: skip
def test_whether_a_record_has_an_identifier(
    csl: dict[str, Any], kind: str, value: str, has: bool
) -> None:
    assert has_identifier(csl, kind, value) is has
