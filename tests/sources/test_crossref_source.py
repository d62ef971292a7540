"""Crossref: what is asked about a claim, what its answers say."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from builders import asked as claim
from hypothesis import given, settings
from hypothesis import strategies as st

from citenorm.model import Claim, Record
from citenorm.normalize.preprint import is_preprint
from citenorm.sources import crossref
from citenorm.sources.cache import Reply

BASE = "https://api.example.org"
DATA = Path(__file__).parent.parent / "data" / "sources"


def requests(one: Claim, base: str) -> list[Any]:
    """Everything that a claim is asked about by: its identifier, then its words."""
    return [*crossref.by_identifier(one, base), *crossref.by_title(one, base)]


# ------------------------------------------------------------------ what to ask
def test_a_doi_is_asked_for_first_then_the_words() -> None:
    first, second = requests(claim("Deep learning", "LeCun", DOI="10.1038/nature14539"), BASE)
    assert (first.url, first.params) == (f"{BASE}/works/10.1038%2Fnature14539", ())
    asked = dict(second.params)
    assert (
        second.url == f"{BASE}/works"
        and asked["query.bibliographic"] == "deep learning lecun"
        and asked["rows"] == "8"
    )
    assert {"DOI", "title", "author", "relation"} <= set(
        asked["select"].split(",")
    ) and "reference" not in asked["select"].split(",")


def test_signs_in_a_doi_are_quoted() -> None:
    doi = "10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::aid-sim968>3.0.co;2-2"
    url = requests(claim(DOI=doi), BASE)[0].url
    assert url.startswith(f"{BASE}/works/10.1002%2F%28sici%29") and not set(
        url.removeprefix(BASE)
    ) & set("<>(); ")


@pytest.mark.parametrize("doi", ["10.48550/arxiv.1512.03385", "not a doi", "10.1/short-prefix"])
def test_what_is_no_doi_of_crossrefs_is_not_asked_for(doi: str) -> None:
    assert [
        r.params[0][0] for r in requests(claim("A longer title of a work", "Meer", DOI=doi), BASE)
    ] == ["rows"]


def test_one_work_in_two_styles_is_one_request() -> None:
    one = Claim(
        {
            "title": "Measuring the effects of data parallelism",
            "author": [{"family": "Shallue", "given": "Christopher J."}, {"family": "Lee"}],
            "issued": {"date-parts": [[2018]]},
        }
    )
    two = Claim(
        {
            "title": "“Measuring the Effects of Data-Parallelism.”",
            "author": [{"family": "Shallue", "given": "C."}],
            "container-title": "JMLR",
        }
    )
    assert requests(one, BASE) == requests(two, BASE)


def test_a_short_title_takes_venue_and_year_along() -> None:
    assert (
        crossref.words(
            claim(
                "Editorial",
                "Meer",
                **{"container-title": "Test Records", "issued": {"date-parts": [[1999]]}},
            )
        )
        == "editorial meer test records 1999"
    )


def test_without_title_the_whole_reference_is_asked_without_its_links() -> None:
    raw = "A. Einstein, B. Podolsky, N. Rosen, Phys. Rev. 47, 777 (1935). https://doi.example.org/x"
    assert crossref.words(claim(raw=raw)) == "a einstein b podolsky n rosen phys rev 47 777 1935"
    assert requests(claim(raw="ibid., p. 3"), BASE) == []
    assert crossref.suits(claim(raw="ibid., p. 3")) == 0


def test_a_huge_reference_is_no_huge_request() -> None:
    assert len(crossref.words(claim("word " * 5000))) <= crossref.LONGEST
    assert len(crossref.words(claim(raw="word " * 5000))) <= crossref.LONGEST


def test_a_preprint_leads_to_the_version_it_names_once() -> None:
    preprint = Record(
        "crossref:10.5555/preprint.17",
        {
            "type": "article",
            "title": "x",
            "DOI": "10.5555/preprint.17",
            "custom": {"version-of": "10.5555/Lichen.2020.4"},
        },
    )
    journal = Record(
        "crossref:10.5555/lichen.2020.4",
        {"type": "article-journal", "title": "x", "DOI": "10.5555/lichen.2020.4"},
    )
    assert [r.url for r in crossref.follow(claim("x"), (preprint,), BASE)] == [
        f"{BASE}/works/10.5555%2Flichen.2020.4"
    ]
    assert crossref.follow(claim("x"), (preprint, journal), BASE) == []
    assert crossref.follow(claim("x"), (journal,), BASE) == []


def test_versions_of_other_sources_records_are_found_by_doi() -> None:
    arxiv = Record(
        "arxiv:1512.03385v1", {"type": "article", "custom": {"version-of": "10.1109/cvpr.2016.90"}}
    )
    assert [r.url for r in crossref.versions(arxiv, BASE)] == [
        f"{BASE}/works/10.1109%2Fcvpr.2016.90"
    ]
    stated = Record(
        "x:1",
        {
            "type": "article",
            "DOI": "10.1109/cvpr.2016.90",
            "custom": {"version-of": "arXiv:1512.03385", "other-versions": ["10.5555/a", 3]},
        },
    )
    assert [r.url for r in crossref.versions(stated, BASE)] == [
        f"{BASE}/works/10.1109%2Fcvpr.2016.90",
        f"{BASE}/works/10.5555%2Fa",
    ]
    published = Record("x:2", {**stated.csl, "type": "article-journal"})
    assert len(crossref.versions(published, BASE)) == 1  # its own DOI; it needs no preprint
    assert (
        crossref.versions(
            Record("crossref:10.1109/cvpr.2016.90", {"DOI": "10.1109/cvpr.2016.90"}), BASE
        )
        == []
    )


def test_lookups_are_joined_and_their_answers_taken_apart() -> None:
    singles = [
        requests(claim(DOI=doi), BASE)[0]
        for doi in ("10.5555/lichen.2020.4", "10.5555/plain", "10.5555/a,b", "10.5555/absent")
    ]
    words = requests(claim("Some title that is long enough"), BASE)
    (batch,) = crossref.batches([*singles, *words])
    assert dict(batch.request.params)["filter"] == ",".join(
        f"doi:10.5555/{name}" for name in ("absent", "lichen.2020.4", "plain")
    )
    assert dict(batch.request.params)["rows"] == "3"
    parts = batch.split(Reply(200, (DATA / "crossref-list.json").read_bytes(), "", "2026-01-02"))
    answer = crossref.read(parts["10.5555/lichen.2020.4"])
    assert [r.id for r in answer.records] == ["crossref:10.5555/lichen.2020.4"] and answer.records[
        0
    ].asked == "2026-01-02"
    assert (
        crossref.read(parts["10.5555/absent"]).kind == "none"
    )  # the list is whole: it is not there
    assert crossref.batches(singles[:1]) == []
    assert batch.split(Reply(200, b"<html>", "application/json")) == {}


# ------------------------------------------------------------------ what it says
def body(name: str) -> Reply:
    return Reply(200, (DATA / name).read_bytes(), "application/json", "2026-01-02")


def test_one_work() -> None:
    answer = crossref.read(body("crossref-work.json"))
    (record,) = answer.records
    assert answer.kind == "found" and (record.id, record.source, record.asked) == (
        "crossref:10.1038/nature14539",
        "crossref",
        "2026-01-02",
    )
    assert (record.title, record.type, record.year, record.csl["page"], record.csl["volume"]) == (
        "Deep learning",
        "article-journal",
        2015,
        "436-444",
        "521",
    )
    assert [name.family for name in record.authors] == ["LeCun", "Bengio", "Hinton"]


def test_a_list_gives_every_work_that_can_be_cited_and_skips_the_rest() -> None:
    answer = crossref.read(body("crossref-list.json"))
    assert [r.id for r in answer.records] == [
        "crossref:10.5555/lichen.2020.4",
        "crossref:10.5555/plain",
    ]
    assert answer.records[0].title == "Slow growth of lichens: on glacier forelands"
    assert (
        is_preprint(answer.records[1].csl)
        and answer.records[1].year == 2019
        and answer.records[1].title == "A preprint on moss"
    )


@pytest.mark.parametrize(
    ("status", "text", "kind"),
    [
        (404, "Resource not found.", "none"),
        (404, "<html>Not found</html>", "none"),
        (200, '{"message-type":"work-list","message":{"items":[],"total-results":0}}', "none"),
        (200, '{"message-type":"work-list","message":{"items":[],"total-results":312}}', "unknown"),
        (200, "", "unknown"),
        (200, "   ", "unknown"),
        (200, "<!DOCTYPE html><html><body>maintenance</body></html>", "unknown"),
        (200, '{"status":"ok","message":{"items":[{"DOI":"10.1', "unknown"),
        (200, '{"message-type":"member-list","message":{"items":[]}}', "unknown"),
        (200, '{"message":"Not implemented."}', "unknown"),
        (200, '{"message":{"items":7}}', "unknown"),
        (200, '[{"DOI":"10.5555/x","title":["x"]}]', "unknown"),
        (200, "null", "unknown"),
        (200, "[" * 100_000, "unknown"),
        (200, "\x00\x01\x02", "unknown"),
        (400, '{"status":"failed","message":[]}', "unknown"),
        (301, "", "unknown"),
    ],
)
def test_other_bodies(status: int, text: str, kind: str) -> None:
    answer = crossref.read(Reply(status, text.encode(), "application/json"))
    assert (
        answer.kind == kind and answer.records == () and bool(answer.reason) == (kind == "unknown")
    )


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)
_FIELDS = (
    "DOI",
    "title",
    "author",
    "issued",
    "container-title",
    "type",
    "page",
    "relation",
    "event",
    "ISSN",
    "subtitle",
    "update-to",
    "updated-by",
    "institution",
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(_FIELDS), _JSON))
def test_items_of_any_form_never_raise(item: dict[str, Any]) -> None:
    page = {
        "message-type": "work-list",
        "message": {"items": [{"DOI": "10.5555/x", "title": ["x"], **item}], "total-results": 1},
    }
    assert crossref.read(Reply(200, json.dumps(page).encode())).kind in ("found", "none")


@pytest.mark.parametrize("name", ["crossref-work.json", "crossref-list.json"])
def test_a_body_cut_anywhere_is_unknown(name: str) -> None:
    whole = body(name)
    for end in range(0, len(whole.body.rstrip()) - 1, 37):
        assert crossref.read(replace(whole, body=whole.body[:end])).kind == "unknown"


def test_a_notice_in_an_answer_marks_what_it_retracts() -> None:
    article = {"DOI": "10.5555/ponds", "type": "journal-article", "title": ["Ponds"]}
    notice = {"DOI": "10.5555/NOTICE", "type": "journal-article", "title": ["Retraction: Ponds"], "update-to": [{"DOI": "10.5555/Ponds", "type": "retraction"}]}  # fmt: skip
    page = {"message-type": "work-list", "message": {"items": [article, notice]}}
    first, second = crossref.read(Reply(200, json.dumps(page).encode(), "", "2026-01-02")).records
    assert first.csl["custom"] == {"retracted": "10.5555/notice"} and "custom" not in second.csl
    notice["update-to"][0]["type"] = "correction"  # type: ignore[index]
    first, _ = crossref.read(Reply(200, json.dumps(page).encode(), "", "2026-01-02")).records
    assert "custom" not in first.csl


def test_lists_and_single_works_have_paces_of_their_own() -> None:
    single, words = requests(claim("A longer title of a work", "Meer", DOI="10.5555/x"), BASE)
    assert (single.lane, words.lane) == ("", "lists")
    (batch,) = crossref.batches([single, replace(single, url=f"{BASE}/works/10.5555%2Fy")])
    assert batch.request.lane == "lists"
    assert crossref.CROSSREF.lanes["lists"].interval > crossref.CROSSREF.pace.interval
