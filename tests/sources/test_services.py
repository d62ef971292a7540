"""DataCite, Semantic Scholar, OpenAlex and DBLP: what is asked of them, and what becomes of their answers; every reader against rubbish."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from builders import asked as claim
from hypothesis import given
from hypothesis import strategies as st

from citenorm.model import Answer, Record, custom_of
from citenorm.sources import datacite, dblp, openalex, semanticscholar
from citenorm.sources.cache import Reply
from citenorm.sources.online import ONLINE

BASE = "https://api.example.org"


def reply(body: Any, status: int = 200) -> Reply:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Reply(status, data, "application/json", "2026-01-02")


def one(answer: Answer) -> Record:
    assert answer.kind == "found" and len(answer.records) == 1
    return answer.records[0]


POND = claim("The slow growth of lichens on ponds", "Österberg")


# ------------------------------------------------------------------ every reader
BODIES = st.one_of(
    st.binary(max_size=60),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["data", "attributes", "id", "type", "doi", "titles", "title", "result", "hits", "hit", "info", "authors", "author", "key",
                 "paperId", "externalIds", "results", "meta", "total", "count", "message", "items", "DOI", "docs", "resultList"]
            ),
            inner,
            max_size=4,
        ),
        max_leaves=12,
    ).map(lambda value: json.dumps(value).encode()),
)  # fmt: skip


@given(BODIES, st.sampled_from([200, 200, 200, 301, 400, 404, 429, 500]))
def test_no_body_makes_a_reader_raise(body: bytes, status: int) -> None:
    for service in ONLINE:
        answer = service.read(Reply(status, body, "", "2026-01-02"))
        assert answer.source == service.name and (answer.kind != "unknown" or answer.reason)


@pytest.mark.parametrize("service", ONLINE, ids=lambda service: service.name)
def test_what_is_no_answer_is_an_unknown_with_a_reason(service: Any) -> None:
    for body in (
        b"",
        b"<html>",
        b'{"result": ',
        b"[" * 100_000,
        b"null",
        b'"x"',
        b'{"error": "x"}',
    ):
        answer = service.read(reply(body))
        assert answer.kind == "unknown" and service.title in answer.reason
    assert service.read(reply(b"", 500)).kind == "unknown"
    assert service.read(reply(b"", 404)).kind in ("none", "unknown")


# ------------------------------------------------------------------ DataCite
ZENODO = {
    "id": "10.5281/zenodo.1",
    "type": "dois",
    "attributes": {
        "doi": "10.5281/ZENODO.1",
        "creators": [
            {"name": "Garza, Kim", "nameType": "Personal", "givenName": "Kim", "familyName": "Garza"},
            {"name": "The Pond Group", "nameType": "Organizational"},
            {"name": "Meer, Ada van der"},
        ],
        "titles": [{"title": "Other", "titleType": "Subtitle"}, {"title": "Pond <i>data</i>"}],
        "publisher": {"name": "Zenodo"},
        "publicationYear": 2016,
        "dates": [{"date": "2016-03-27", "dateType": "Issued"}],
        "types": {"resourceTypeGeneral": "Dataset"},
        "version": "v1.0",
        "relatedIdentifiers": [
            {"relationType": "IsVersionOf", "relatedIdentifier": "10.5281/zenodo.0", "relatedIdentifierType": "DOI"}
        ],
    },
}  # fmt: skip


def preprint(ident: str, title: str) -> dict[str, Any]:
    doi = f"10.48550/arxiv.{ident}"
    said = {"doi": doi, "titles": [{"title": title}], "publisher": "arXiv", "publicationYear": 2019, "types": {"resourceTypeGeneral": "Preprint"}}  # fmt: skip
    return {"id": doi, "type": "dois", "attributes": said}


def test_datacite_a_data_set() -> None:
    csl = one(datacite.read(reply({"data": ZENODO}))).csl
    assert csl["author"] == [
        {"family": "Garza", "given": "Kim"},
        {"literal": "The Pond Group"},
        {"family": "van der Meer", "given": "Ada"},
    ]
    assert (csl["id"], csl["type"], csl["title"]) == ("datacite:10.5281/zenodo.1", "dataset", "Pond data")  # fmt: skip
    assert csl["issued"] == {"date-parts": [[2016, 3, 27]]} and csl["publisher"] == "Zenodo"
    assert csl["DOI"] == "10.5281/zenodo.1" and csl["version"] == "v1.0"
    assert custom_of(csl)["version-of"] == "10.5281/zenodo.0"


def test_datacite_a_preprint_of_arxiv_has_its_number_and_no_doi() -> None:
    csl = one(datacite.read(reply({"data": [preprint("1905.12737", "Ponds")]}))).csl
    assert "DOI" not in csl and (csl["type"], csl["publisher"]) == ("article", "arXiv")
    assert custom_of(csl) == {"arxiv": "1905.12737"} and csl["URL"].endswith("abs/1905.12737")


def test_datacite_is_asked_for_dois_joined_and_for_arxivs_only_instead_of_arxiv() -> None:
    assert datacite.by_identifier(claim(DOI="10.48550/arXiv.1905.12737"), BASE) == []
    singles = [r for doi in ("10.5281/zenodo.1", "10.5281/zenodo.2") for r in datacite.by_identifier(claim(DOI=doi), BASE)]  # fmt: skip
    (batch,) = datacite.batches(singles)
    assert dict(batch.request.params)["query"] == 'doi:("10.5281/zenodo.1" OR "10.5281/zenodo.2")'
    parts = batch.split(reply({"data": [ZENODO], "meta": {"total": 1}}))
    assert [datacite.read(parts[f"10.5281/zenodo.{n}"]).kind for n in (1, 2)] == ["found", "none"]
    (asked,) = datacite.instead(claim("x", custom={"arxiv": "1905.12737"}), BASE)
    assert dict(asked.params)["query"] == 'doi:("10.48550/arxiv.1905.12737")'
    (asked,) = datacite.instead(POND, BASE)
    assert dict(asked.params)["query"] == "titles.title:(slow AND growth AND lichens AND ponds) AND prefix:10.48550"  # fmt: skip


def test_datacite_titles_are_joined_and_taken_apart() -> None:
    others = [POND, claim("Rivers that never freeze in winter", "Meer"), claim("Nothing like it was written", "Nemo")]  # fmt: skip
    singles = [datacite.instead(c, BASE)[0] for c in others]
    (batch,) = datacite.batches(singles)
    hits = [preprint("1", "Rivers that never freeze in winter"), preprint("2", "Slow growth of lichens on ponds")]  # fmt: skip
    parts = batch.split(reply({"data": hits, "meta": {"total": 2}}))
    said = [datacite.read(parts[dict(r.params)["query"]]) for r in singles]
    assert [[r.arxiv for r in answer.records] for answer in said] == [["2"], ["1"], []]
    cut = batch.split(reply({"data": hits, "meta": {"total": 9}}))
    assert dict(singles[2].params)["query"] not in cut  # more hits than shown: it is asked alone


# ------------------------------------------------------------------ Semantic Scholar
PAPER = {
    "paperId": "354d",
    "externalIds": {"DBLP": "conf/ponds/BranCS24", "ArXiv": "2304.05376", "DOI": "10.48550/arXiv.2304.05376", "PubMed": "38799228"},
    "title": "Augmenting ponds",
    "venue": "Int. Conf. Ponds",
    "publicationVenue": {"name": "International Conference on Ponds", "type": "conference"},
    "year": 2023,
    "journal": {"name": "ArXiv", "pages": "525 - 535", "volume": "abs/2304.05376"},
    "authors": [{"name": "Andrés M Bran"}, {"name": "S. van Cox"}],
}  # fmt: skip


def test_semantic_scholar_tells_where_a_preprint_went() -> None:
    csl = one(semanticscholar.read(reply([PAPER]))).csl
    assert (csl["type"], csl["container-title"]) == ("paper-conference", "International Conference on Ponds")  # fmt: skip
    assert csl["issued"] == {
        "date-parts": [[2024]]
    }  # of DBLP's key: its own year is the preprint's
    assert csl["page"] == "525-535" and "volume" not in csl and "DOI" not in csl
    assert csl["author"][1] == {"family": "van Cox", "given": "S."}
    assert custom_of(csl) == {
        "arxiv": "2304.05376",
        "pmid": "38799228",
        "dblp": "conf/ponds/BranCS24",
    }


@pytest.mark.parametrize(("arxiv", "year", "kept"), [("2304.05376", 2023, False), ("2304.05376", 2024, True), ("cs/9912017", 1999, False), ("", 2023, True)])  # fmt: skip
def test_semantic_scholars_year_is_dropped_where_it_may_be_the_preprints(
    arxiv: str, year: int, kept: bool
) -> None:
    ids = {"ArXiv": arxiv} if arxiv else {"DOI": "10.5555/x"}
    csl = one(semanticscholar.read(reply([{**PAPER, "year": year, "externalIds": ids}]))).csl
    assert ("issued" in csl) is kept


def test_semantic_scholar_a_preprint_alone_and_a_journal() -> None:
    lone = {**PAPER, "publicationVenue": {"name": "arXiv.org"}, "externalIds": {"ArXiv": "2304.05376", "DBLP": "journals/corr/abs-2304-05376"}}  # fmt: skip
    csl = one(semanticscholar.read(reply({"data": [lone]}))).csl
    assert (csl["type"], csl["publisher"], csl["issued"]) == ("article", "arXiv", {"date-parts": [[2023]]})  # fmt: skip
    assert "container-title" not in csl and custom_of(csl) == {"arxiv": "2304.05376"}
    journal = {**PAPER, "publicationVenue": None, "publicationTypes": ["JournalArticle"], "externalIds": {"DOI": "10.1/X"}, "journal": {"name": "J", "volume": "6"}}  # fmt: skip
    csl = one(semanticscholar.read(reply(journal))).csl
    assert (csl["type"], csl["volume"], csl["DOI"]) == ("article-journal", "6", "10.1/x")


def test_semantic_scholar_is_asked_in_one_list_and_null_is_unknown_to_it() -> None:
    assert semanticscholar.by_identifier(claim(DOI="10.1038/x"), BASE) == []
    asked = [
        r
        for c in (
            claim(custom={"arxiv": "2304.05376"}),
            claim(custom={"acl": "P19-1007"}),
            claim(custom={"pmid": "38799228"}),
        )
        for r in semanticscholar.by_identifier(c, BASE)
    ]
    (batch,) = semanticscholar.batches(asked)
    ids = json.loads(batch.request.body)["ids"]
    assert batch.request.method == "POST" and ids == ["ACL:P19-1007", "ARXIV:2304.05376", "PMID:38799228"]  # fmt: skip
    parts = batch.split(reply([None, PAPER, None]))
    assert [semanticscholar.read(parts[i]).kind for i in ids] == ["none", "found", "none"]
    assert batch.split(reply([PAPER])) == {}  # a list that does not answer the one asked
    record = Record("arxiv:1", {"type": "article", "custom": {"arxiv": "2304.05376v2"}}, "arxiv")
    assert json.loads(semanticscholar.versions(record, BASE)[0].body) == {
        "ids": ["ARXIV:2304.05376"]
    }
    assert semanticscholar.versions(replace(record, source="semanticscholar"), BASE) == []


# ------------------------------------------------------------------ OpenAlex
WORK = {
    "id": "https://openalex.org/W1", "doi": "https://doi.org/10.5555/POND", "title": "Slow growth of lichens on ponds", "type": "article",
    "publication_year": 2020, "publication_date": "2020-05-08", "biblio": {"volume": "6", "first_page": "5", "last_page": "9"},
    "primary_location": {"source": {"display_name": "Journal of Ponds", "type": "journal"}},
    "authorships": [{"raw_author_name": "Eva Österberg", "author": {"display_name": "E. Osterberg"}}], "is_retracted": True,
}  # fmt: skip


def test_openalex() -> None:
    csl = one(openalex.read(reply({"meta": {"count": 1}, "results": [WORK]}))).csl
    assert (csl["DOI"], csl["page"], csl["container-title"]) == ("10.5555/pond", "5-9", "Journal of Ponds")  # fmt: skip
    assert custom_of(csl)["retracted"] is True
    assert openalex.read(reply({**WORK, "is_paratext": True})).kind == "none"
    assert openalex.read(reply({**WORK, "type": {"a": 1}})).kind == "found"
    assert openalex.read(reply({"meta": {"count": 3}, "results": []})).kind == "unknown"


def test_openalex_ten_titles_are_one_search() -> None:
    claims = [claim(f"Title number{n} of lichens", "Meer") for n in range(11)] + [POND]
    singles = [openalex.by_title(c, BASE)[0] for c in claims]
    first, second = openalex.batches(singles)
    assert (len(first.parts), len(second.parts)) == (10, 2)
    asked = dict(second.request.params)["filter"]
    assert asked == "title.search:(title AND number10 AND lichens) OR (slow AND growth AND lichens AND ponds)"  # fmt: skip
    parts = second.split(reply({"meta": {"count": 1}, "results": [WORK]}))
    kinds = [openalex.read(parts[query]).kind for query in second.parts]
    assert kinds == ["none", "found"]


# ------------------------------------------------------------------ DBLP
def hits(*infos: dict[str, Any]) -> Reply:
    held = [{"@score": "1", "info": info} for info in infos]
    return reply(
        {"result": {"hits": {"@total": str(len(held)), **({"hit": held} if held else {})}}}
    )


PAPER_AT_NIPS = {
    "authors": {"author": {"@pid": "1", "text": "Anupam Gupta 0001"}}, "title": "Ponds &amp; lakes, slowly.", "venue": "NIPS", "pages": "5998-6008",
    "year": "2017", "type": "Conference and Workshop Papers", "key": "conf/nips/Gupta17", "ee": "https://papers.nips.cc/x",
}  # fmt: skip


def test_dblp_a_paper_without_doi() -> None:
    csl = one(dblp.read(hits(PAPER_AT_NIPS))).csl
    assert (csl["id"], csl["title"]) == ("dblp:conf/nips/Gupta17", "Ponds & lakes, slowly")
    assert csl["author"] == [{"family": "Gupta", "given": "Anupam"}]
    assert (csl["container-title"], csl["page"], csl["URL"]) == ("NIPS", "5998-6008", "https://papers.nips.cc/x")  # fmt: skip
    assert csl["issued"] == {"date-parts": [[2017]]} and custom_of(csl) == {
        "dblp": "conf/nips/Gupta17"
    }


def test_dblp_a_preprint_and_nothing() -> None:
    corr = {**PAPER_AT_NIPS, "venue": "CoRR", "volume": "abs/1706.03762", "type": "Informal and Other Publications", "key": "journals/corr/x"}  # fmt: skip
    csl = one(dblp.read(hits(corr))).csl
    assert (csl["type"], csl["publisher"], custom_of(csl)["arxiv"]) == ("article", "arXiv", "1706.03762")  # fmt: skip
    assert dblp.read(hits()).kind == "none"
    assert dblp.read(reply({"result": {"hits": {"@total": "9"}}})).kind == "unknown"


def test_dblp_is_asked_first_where_crossref_holds_nothing() -> None:
    (request,) = dblp.by_title(POND, BASE)
    assert dict(request.params)["q"] == "slow$ growth$ lichens$ ponds$ osterberg$"
    weights = [
        dblp.suits(claim(POND.title, "Meer", **{"container-title": venue}, type=kind))
        for venue, kind in (
            ("NeurIPS", "paper-conference"),
            ("", "paper-conference"),
            ("Workshop on Lichens", "paper-conference"),
            ("Proceedings of CVPR", "paper-conference"),
            ("The Journal of Lichens", "article-journal"),
            ("", "book"),
        )
    ]
    assert weights[0] > 0.8 > weights[1] > weights[2] > weights[3] == weights[4] == weights[5] == 0
