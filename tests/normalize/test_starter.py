"""The starter catalogue: every record is clean, small and quickly read, and every relation leads somewhere."""

import json
from importlib.resources import files
from pathlib import Path

import pytest

from citenorm.catalogue import columns
from citenorm.catalogue.memory import starter
from citenorm.model import Claim
from citenorm.normalize import normalize_csl
from citenorm.normalize.identifiers import clean_arxiv, clean_doi, find_isbn
from citenorm.normalize.pages import clean_pages
from citenorm.normalize.titles import clean_title, title_key

STARTER = files("citenorm.data").joinpath("starter.columns").read_bytes()
WORKS = list(columns.Packed("starter", STARTER).items())
ALL = [record for work in WORKS for record in work]
BY_HAND = Path(__file__).parents[2] / "bench" / "starter" / "by_hand.jsonl"
TEXT = BY_HAND.read_text("utf-8")
RECORDS = [json.loads(line) for line in TEXT.splitlines()]
IDS = {record["id"] for record in RECORDS}
TYPES = {"article", "article-journal", "book", "paper-conference", "report"}


def test_size_and_order():
    assert len({title_key(record["title"]) for record in RECORDS}) >= 182
    assert len(TEXT.encode()) < 1_000_000
    ids = [record["id"] for record in RECORDS]
    assert ids == sorted(set(ids))


def test_what_is_shipped():
    assert len(STARTER) <= 300_000 and len(WORKS) >= 3_000
    ids = [record["id"] for record in ALL]
    assert len(set(ids)) == len(ids) and set(ids) >= IDS
    by_id = {record["id"]: record for record in ALL}
    assert all(by_id[record["id"]] == record for record in RECORDS)


def test_every_shipped_record_is_clean():
    for record in ALL:
        assert record["title"] and record["author"] and record["type"], record["id"]
        assert 1800 < record["issued"]["date-parts"][0][0] < 2030, record["id"]
        doi, arxiv = record.get("DOI"), record.get("custom", {}).get("arxiv")
        assert not doi or clean_doi(doi) == doi, record["id"]
        assert not arxiv or clean_arxiv(arxiv)[0] == arxiv, record["id"]
        if record["type"] in ("paper-conference", "article-journal"):
            assert record["container-title"], record["id"]
    assert not any(str(r["id"]).startswith(("bvit:", "glottolog:", "bib:", "goodbooks:")) for r in ALL)  # fmt: skip


def test_every_shipped_work_is_found():
    with starter() as catalogue:
        for work in WORKS[:: len(WORKS) // 200]:
            asked = Claim({"title": work[0]["title"], "author": work[0]["author"]})
            found = catalogue.candidates(asked)
            assert {r["id"] for r in work} & {record.id for record in found}
            versions = catalogue.versions(catalogue.get([work[0]["id"]])[0])
            assert [r.id for r in versions] == [r["id"] for r in work[1:]]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record["id"])
def test_record(record):
    assert record["type"] in TYPES
    assert record["title"] and clean_title(record["title"]) in (
        record["title"],
        record["title"].strip("'"),
    )
    assert record["author"] and all(
        person.get("literal") or (person["family"] and person["given"])
        for person in record["author"]
    )
    assert 1900 < record["issued"]["date-parts"][0][0] < 2030
    assert "page" not in record or clean_pages(record["page"]) == record["page"]
    assert "DOI" not in record or clean_doi(record["DOI"]) == record["DOI"]
    assert "ISBN" not in record or find_isbn(record["ISBN"]) == record["ISBN"]
    assert (
        record["type"] not in ("paper-conference", "article-journal") or record["container-title"]
    )
    custom = record.get("custom", {})
    if record["id"].startswith("arxiv:"):
        assert record["type"] == "article"
        assert clean_arxiv(custom["arxiv"]) == (custom["arxiv"], "")
        assert record["id"] == f"arxiv:{custom['arxiv']}{custom.get('arxiv-version', '')}"
    other = custom.get("version-of", "")
    if other.startswith("arXiv:"):
        assert any(r["custom"].get("arxiv") == other[6:] for r in RECORDS if "custom" in r)
    else:
        assert not other or (other in IDS and other != record["id"])
    changed = {
        key
        for key in {*record, *normalize_csl(record)}
        if record.get(key) != normalize_csl(record).get(key)
    }
    assert changed <= {"publisher", "title"}


def test_lookalikes_are_there():
    by_title = {}
    for record in RECORDS:
        people = tuple(person.get("family", "") for person in record["author"])
        by_title.setdefault(title_key(record["title"]), set()).add(people[:1])
    assert sum(len(people) > 1 for people in by_title.values()) >= 3
