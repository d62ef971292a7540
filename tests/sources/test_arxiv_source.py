"""arXiv: what is asked about a claim, what its answers say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from builders import asked as claim
from hypothesis import given, settings
from hypothesis import strategies as st

from citenorm.model import Claim, Record
from citenorm.normalize.preprint import is_preprint
from citenorm.sources import arxiv
from citenorm.sources.atom import NotAtomError, parse_feed
from citenorm.sources.cache import Reply

BASE = "https://export.example.org"
DATA = Path(__file__).parent.parent / "data" / "sources"
FEED = Reply(200, (DATA / "arxiv-feed.xml").read_bytes(), "application/atom+xml", "2026-01-02")


def requests(one: Claim, base: str) -> list[Any]:
    """Everything that a claim is asked about by: its identifier, then its words."""
    return [*arxiv.by_identifier(one, base), *arxiv.by_title(one, base)]


# ------------------------------------------------------------------ what to ask
def test_an_id_is_asked_for_first_then_the_title() -> None:
    first, second = requests(
        claim("Deep Residual Learning for Image Recognition", "He", ident="1512.03385"), BASE
    )
    assert first.url == f"{BASE}/api/query" and dict(first.params) == {
        "id_list": "1512.03385",
        "max_results": "1",
    }
    assert (
        dict(second.params)["search_query"]
        == "ti:deep AND ti:residual AND ti:learning AND ti:image AND ti:recognition AND au:he"
    )


@pytest.mark.parametrize(
    ("csl", "ident"),
    [
        ({"custom": {"arxiv": "hep-th/9711200"}}, "hep-th/9711200"),
        ({"custom": {"arxiv": "1512.03385v2"}}, "1512.03385"),
        ({"DOI": "10.48550/arXiv.1512.03385"}, "1512.03385"),
        ({"DOI": "10.1038/nature14539"}, ""),
        ({"custom": {"arxiv": "1512.03385&id_list=x"}}, ""),
        ({"custom": {"arxiv": "abc"}}, ""),
        ({}, ""),
    ],
)
def test_claim_id(csl: dict[str, Any], ident: str) -> None:
    assert arxiv.claim_id(Claim(csl)) == ident


@pytest.mark.parametrize(
    ("title", "families", "query"),
    [
        (
            "Über die Theorie der Körper – ein Überblick",
            ["Antorán"],
            "ti:uber AND ti:die AND ti:theorie AND ti:der AND ti:korper AND ti:ein AND ti:uberblick AND au:antoran",
        ),
        (
            'A Model-Free, Off-Policy "Deep" AND-OR: ti:search',
            ["Sohl-Dickstein"],
            "ti:model AND ti:free AND ti:off AND ti:policy AND ti:deep AND ti:search AND au:dickstein",
        ),
        ("On it", ["Meer"], ""),
        ("Two words", [], ""),
        ("Three whole words", [], "ti:three AND ti:whole AND ti:words"),
        ("", ["Meer"], ""),
        ("same same same same", ["Meer"], ""),
    ],
)
def test_query(title: str, families: list[str], query: str) -> None:
    assert arxiv.query(claim(title, *families)) == query


@given(st.text(max_size=60), st.text(max_size=20))
def test_a_query_holds_words_alone(title: str, family: str) -> None:
    for term in arxiv.query(claim(title, family)).split(" AND "):
        where, _, word = term.partition(":")
        assert not term or (where in ("ti", "au") and word and not set(word) & set(' ":()&'))


def test_how_well_it_suits() -> None:
    by_id, said, other, nothing = (
        arxiv.suits(c)
        for c in (
            claim(ident="1512.03385"),
            claim("A preprint of three words", **{"container-title": "arXiv preprint"}),
            claim("A title of some words", "Meer"),
            claim("x"),
        )
    )
    assert arxiv.suits(claim("A title of some words", "Meer", type="book")) == 0.0
    assert by_id == 0.0 and said > other > nothing == 0.0


def test_earlier_versions_are_asked_for_where_the_title_is_another() -> None:
    record = Record(
        "arxiv:1905.12737v3",
        {
            "title": "New Title",
            "type": "article",
            "custom": {"arxiv": "1905.12737", "arxiv-version": "v3"},
        },
    )
    (request,) = arxiv.follow(claim("Old title", ident="1905.12737"), (record,), BASE)
    assert dict(request.params)["id_list"] == "1905.12737v1,1905.12737v2"
    assert arxiv.follow(claim("New title", ident="1905.12737"), (record,), BASE) == []
    assert arxiv.follow(claim("Old title"), (record,), BASE) == []
    first = Record(
        "arxiv:1905.12737v1",
        {
            "title": "New Title",
            "type": "article",
            "custom": {"arxiv": "1905.12737", "arxiv-version": "v1"},
        },
    )
    assert arxiv.follow(claim("Old title", ident="1905.12737"), (first,), BASE) == []
    late = Record(
        "arxiv:1905.12737v40",
        {"title": "New Title", "custom": {"arxiv": "1905.12737", "arxiv-version": "v40"}},
    )
    (request,) = arxiv.follow(claim("Old title", ident="1905.12737"), (late,), BASE)
    assert len(dict(request.params)["id_list"].split(",")) == 6


def test_versions_of_other_sources_records() -> None:
    stated = Record("crossref:10.1109/x", {"custom": {"version-of": "arXiv:1512.03385"}})
    assert [dict(r.params)["id_list"] for r in arxiv.versions(stated, BASE)] == ["1512.03385"]
    assert (
        arxiv.versions(Record("arxiv:1512.03385v1", {"custom": {"arxiv": "1512.03385"}}), BASE)
        == []
    )
    assert arxiv.versions(Record("x:1", {"custom": {"version-of": "10.1109/x"}}), BASE) == []


def test_ids_are_joined_and_their_answers_taken_apart() -> None:
    singles = [
        requests(claim(ident=ident), BASE)[0]
        for ident in ("hep-th/9711200", "1512.03385", "1512.03385", "2001.00001")
    ]
    words = requests(claim("Some title that is long enough"), BASE)
    (batch,) = arxiv.batches([*singles, *words])  # one search alone is no batch
    assert dict(batch.request.params) == {
        "id_list": "1512.03385,2001.00001,hep-th/9711200",
        "max_results": "3",
    }
    parts = batch.split(FEED)
    assert sorted(parts) == ["1512.03385", "2001.00001", "hep-th/9711200"]
    assert arxiv.read(parts["2001.00001"]).kind == "none"  # the feed is whole: it is not there
    whole = arxiv.read(FEED)
    assert (
        arxiv.read(parts["hep-th/9711200"]).records + arxiv.read(parts["1512.03385"]).records
        == whole.records
    )
    assert arxiv.batches(singles[1:3]) == []
    assert batch.split(Reply(200, b"<html>")) == {}
    many = [arxiv.by_id([f"2001.{n:05}"], BASE) for n in range(250)]
    assert [len(b.parts) for b in arxiv.batches(many)] == [100, 100, 50]


# ------------------------------------------------------------------ what it says
def test_a_feed() -> None:
    answer = arxiv.read(FEED)
    old, new = answer.records
    assert answer.kind == "found" and (old.id, old.source, old.asked) == (
        "arxiv:hep-th/9711200v3",
        "arxiv",
        "2026-01-02",
    )
    assert old.title == "The Large N Limit of Superconformal field theories and supergravity"
    assert old.csl["URL"] == "https://arxiv.org/abs/hep-th/9711200v3"
    assert (
        is_preprint(old.csl)
        and old.year == 1997
        and [n.family for n in old.authors] == ["Maldacena"]
    )
    assert old.csl["custom"] == {
        "arxiv": "hep-th/9711200", "arxiv-version": "v3", "primary-class": "hep-th", "version-of": "10.1023/a:1026654312961",
        "journal-ref": "Adv.Theor.Math.Phys.2:231-252,1998",
    }  # fmt: skip
    assert new.title == "Deep Residual Learning for Image Recognition with ℓ_1 & Über"
    assert [n.full_family for n in new.authors] == ["He", "van der Meer"]


@pytest.mark.parametrize(
    ("status", "text", "kind"),
    [
        (200, '<feed xmlns="http://www.w3.org/2005/Atom"></feed>', "none"),
        (400, (DATA / "arxiv-error.xml").read_text(), "none"),
        (200, (DATA / "arxiv-error.xml").read_text(), "none"),
        (
            400,
            (DATA / "arxiv-error.xml")
            .read_text()
            .replace("incorrect id format", "max_results must be an integer"),
            "unknown",
        ),
        (400, '<feed xmlns="http://www.w3.org/2005/Atom"></feed>', "unknown"),
        (
            200,
            '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:o="http://a9.com/-/spec/opensearch/1.1/"><o:totalResults>9</o:totalResults></feed>',
            "unknown",
        ),
        (200, "", "unknown"),
        (200, "<html><body>busy</body></html>", "unknown"),
        (200, "<!DOCTYPE html><html><body>busy<br></body></html>", "unknown"),
        (200, "Rate exceeded.", "unknown"),
        (200, '{"a": 1}', "unknown"),
        (404, "", "unknown"),
        (200, "<OAI-PMH></OAI-PMH>", "unknown"),
        (
            200,
            "<feed><entry><id>http://arxiv.org/abs/1512.03385v1</id><title>x</title></entry></feed>",
            "unknown",
        ),
        (
            200,
            '<feed xmlns="http://www.w3.org/2005/Atom"><entry/><entry><id>http://arxiv.org/abs/x</id><title>t</title></entry></feed>',
            "none",
        ),
    ],
)
def test_other_bodies(status: int, text: str, kind: str) -> None:
    answer = arxiv.read(Reply(status, text.encode(), "application/atom+xml"))
    assert (
        answer.kind == kind and answer.records == () and bool(answer.reason) == (kind == "unknown")
    )


def test_entities_are_refused_before_they_grow() -> None:
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY l0 "ha">{lol}]><feed xmlns="http://www.w3.org/2005/Atom"><title>&l11;</title></feed>'
    outside = '<!DOCTYPE feed [<!ENTITY x SYSTEM "file:///etc/hostname">]><feed xmlns="http://www.w3.org/2005/Atom"><title>&x;</title></feed>'
    for text in (bomb, outside):
        for encoding in ("utf-8", "utf-16"):
            with pytest.raises(NotAtomError, match="document type"):
                parse_feed(text.encode(encoding))


def test_deep_nesting_is_no_matter() -> None:
    text = (
        '<feed xmlns="http://www.w3.org/2005/Atom">' + "<a>" * 50_000 + "</a>" * 50_000 + "</feed>"
    )
    assert arxiv.read(Reply(200, text.encode())).kind == "none"


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(FEED.body) - 1), st.integers(1, 255))
def test_a_changed_byte_never_raises(place: int, change: int) -> None:
    body = bytearray(FEED.body)
    body[place] ^= change
    assert arxiv.read(replace(FEED, body=bytes(body))).kind in ("found", "none", "unknown")


def test_a_feed_cut_anywhere_is_unknown() -> None:
    for end in range(0, len(FEED.body.rstrip()) - 1, 41):
        assert arxiv.read(replace(FEED, body=FEED.body[:end])).kind == "unknown"
