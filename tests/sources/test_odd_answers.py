"""Answers that are odd and yet as the services document them: what becomes of each."""

from __future__ import annotations

import json
from typing import Any

import pytest

from citenorm.sources.cache import Reply
from citenorm.sources.online import ONLINE

SERVICES = {service.name: service for service in ONLINE}


def crossref(**more: Any) -> Any:
    work = {"DOI": "10.1000/A", "type": "journal-article", "title": ["On Ropes"], **more}
    return {"message-type": "work", "message": work}


def datacite(**more: Any) -> Any:
    said = {
        "doi": "10.5281/ZENODO.1",
        "titles": [{"title": "Ropes"}],
        "types": {"resourceTypeGeneral": "Dataset"},
        **more,
    }
    return {
        "data": [{"id": "10.5281/zenodo.1", "type": "dois", "attributes": said}],
        "meta": {"total": 1},
    }


def scholar(**more: Any) -> Any:
    return [
        None,
        {"paperId": "a1", "externalIds": {}, "title": "On ropes", "venue": "Nature", **more},
    ]


def openalex(**more: Any) -> Any:
    work = {
        "id": "https://openalex.org/W1",
        "title": "On ropes",
        "type": "article",
        "authorships": [{"raw_author_name": "Moe, Jo"}],
        **more,
    }
    return {"meta": {"count": 1}, "results": [work]}


def dblp(**more: Any) -> Any:
    info = {
        "title": "On ropes.",
        "key": "conf/x/Moe03",
        "type": "Conference and Workshop Papers",
        "venue": "ICML",
        **more,
    }
    return {"result": {"hits": {"@total": "1", "hit": [{"info": info}]}}}


def openlibrary(**more: Any) -> Any:
    return {"ISBN:9780198526636": {"key": "/books/OL1M", "title": "The Book of Straw", **more}}


def europepmc(**more: Any) -> Any:
    return {
        "hitCount": 1,
        "resultList": {"result": [{"id": "123", "source": "MED", "title": "On ropes.", **more}]},
    }


def rfc(**more: Any) -> Any:
    return {
        "doc_id": "RFC2616",
        "title": "HTTP/1.1",
        "authors": ["R. Fielding"],
        "pub_date": "June 1999",
        **more,
    }


def doi(**more: Any) -> Any:
    return {"DOI": "10.5281/ZENODO.1", "type": "dataset", "title": "Ropes", **more}


JO = {"family": "Moe", "given": "Jo"}
ODD: list[tuple[str, Any, dict[str, Any]]] = [
    ("crossref", crossref(issued={"date-parts": [[None]]}), {"issued": None}),
    ("crossref", crossref(title="On ropes"), {"title": "On ropes"}),
    ("crossref", crossref(title=["On Ropes", "Über Seile"], subtitle=["A Study"]), {"title": "On Ropes: A Study"}),
    ("crossref", crossref(title=["On <i>E. coli</i> &amp;amp; <mml:math><mml:mi>x</mml:mi></mml:math>\n more"]), {"title": "On E. coli & x more"}),
    ("crossref", crossref(author=[{"name": "The Rope Group"}, {"given": "Madonna"}]), {"author": [{"literal": "The Rope Group"}, {"literal": "Madonna"}]}),
    ("crossref", crossref(type="book", ISBN=["http://id.crossref.org/isbn/9780198526636", "9780198526636"]), {"ISBN": "9780198526636"}),
    ("crossref", crossref(**{"article-number": "e1234"}), {"page": "e1234"}),
    ("crossref", crossref(relation=None, author=None), {"author": None}),
    ("datacite", datacite(titles=[{"title": "Alt", "titleType": "AlternativeTitle"}, {"title": None}, {"title": "Main"}]), {"title": "Main"}),
    ("datacite", datacite(creators=[{"name": "NASA", "nameType": "Organizational"}, {"name": "Moe, Jo"}]), {"author": [{"literal": "NASA"}, JO]}),
    ("datacite", datacite(publisher={"name": "Dryad"}, dates=[{"date": "2019-05-01/2020-01-01", "dateType": "Issued"}]), {"publisher": "Dryad", "issued": {"date-parts": [[2019, 5, 1]]}}),
    ("semanticscholar", scholar(journal={"name": "Nature", "volume": "29 5", "pages": "12 - 19"}, publicationTypes=["Review"]), {"type": "article-journal", "volume": "29", "issue": "5", "page": "12-19"}),
    ("semanticscholar", scholar(externalIds=None, authors=None, venue=None, year=None, journal=None), {"type": "document", "author": None}),
    ("openalex", openalex(is_authors_truncated=True), {"custom": {"others": True}}),
    ("openalex", openalex(primary_location=None, biblio=None, doi=None), {"author": [JO]}),
    ("openalex", openalex(biblio={"first_page": "e12", "last_page": "e12"}), {"page": "e12"}),
    ("dblp", dblp(venue=["SIGIR", "ICTIR"]), {"container-title": "SIGIR"}),
    ("dblp", {"result": {"hits": {"@total": "1", "hit": dblp()["result"]["hits"]["hit"][0]}}}, {"title": "On ropes"}),
    ("dblp", dblp(type="Editorship", publisher="Knot Press"), {"type": "book", "publisher": "Knot Press", "container-title": None}),
    ("dblp", dblp(type="Editorship"), {"publisher": None}),
    ("dblp", dblp(venue="CoRR", volume="cs.LG/0112017"), {"custom": {"dblp": "conf/x/Moe03", "arxiv": "cs/0112017"}}),
    ("dblp", dblp(venue="CoRR", volume="abs/2101.00001"), {"custom": {"dblp": "conf/x/Moe03", "arxiv": "2101.00001"}}),
    ("dblp", dblp(authors={"author": {"text": "Jo Moe 0001"}}), {"author": [JO]}),
    ("openlibrary", openlibrary(title="The book of straw :", subtitle="a history"), {"title": "The book of straw: a history"}),
    ("openlibrary", openlibrary(publishers=["Knot Press"], authors=["Jo Moe"], publish_date="c1999"), {"publisher": "Knot Press", "author": [JO], "issued": {"date-parts": [[1999]]}}),
    ("openlibrary", openlibrary(publish_date="19--"), {"issued": None}),
    ("europepmc", europepmc(authorString="Moe J, Lee KA, et al."), {"author": [{"family": "Moe", "given": "J."}, {"family": "Lee", "given": "K. A."}], "custom": {"pmid": "123", "others": True}}),
    ("europepmc", europepmc(authorString="de la Cruz M Jr, Rope Study Group."), {"author": [{"family": "de la Cruz", "given": "M.", "suffix": "Jr"}, {"literal": "Rope Study Group"}]}),
    ("europepmc", europepmc(title="[Über Seile]."), {"title": "Über Seile"}),
    ("europepmc", europepmc(source="PPR", id="PPR12", doi="10.1101/X"), {"type": "article", "custom": None, "DOI": "10.1101/x"}),
    ("rfc", rfc(authors=["J. Postel, Ed.", "Internet Architecture Board", "IAB"]), {"author": [{"family": "Postel", "given": "J."}, {"literal": "Internet Architecture Board"}, {"literal": "IAB"}]}),
    ("rfc", rfc(doc_id="RFC0791", doi=None, authors=[]), {"number": "791", "author": None, "DOI": None}),
    ("doi", doi(issued={"date-parts": [["2019", "05"]]}), {"issued": {"date-parts": [[2019, 5]]}}),
    ("doi", doi(issued={"date-parts": [[None]]}), {"issued": None}),
    ("doi", doi(author=[{"name": "Rope Group"}, {"family": "", "given": "X"}, {**JO, "affiliation": [], "ORCID": "x"}, "rope"]), {"author": [{"literal": "Rope Group"}, {"literal": "X"}, JO]}),
    ("doi", doi(**{"container-title": ["J. Ropes"], "title": ["On <i>ropes</i>"]}), {"container-title": "J. Ropes", "title": "On ropes"}),
]  # fmt: skip


@pytest.mark.parametrize(
    "name, body, wanted", ODD, ids=[f"{row[0]}{n}" for n, row in enumerate(ODD)]
)
def test_what_an_odd_answer_says(name: str, body: Any, wanted: dict[str, Any]) -> None:
    answer = SERVICES[name].read(Reply(200, json.dumps(body).encode(), "", "2026-01-02"))
    assert answer.kind == "found", answer.reason
    (record,) = answer.records
    assert {key: record.csl.get(key) for key in wanted} == wanted
