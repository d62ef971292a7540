"""MEDLINE/PubMed XML (baseline files, E-utilities answers) in, CSL items out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from ...normalize.ordinals import whole_number
from .entry import Entry, Fault
from .people import named
from .xmlstream import BrokenXml, Element, elements, first, text

_WANTED = frozenset(("PubmedArticle", "PubmedBookArticle"))
_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}


def read(stream: BinaryIO) -> Iterator[Entry | Fault]:
    """Entries of a file of articles and books."""
    try:
        for element in elements(stream, _WANTED):
            csl = record_from_element(element)
            if csl.get("title"):
                yield Entry(csl, changed=_day(element.find(".//DateRevised")))
            else:
                yield Fault(csl["id"], "no title")
    except BrokenXml as error:
        yield Fault("end of what can be read", str(error))


def record_from_element(element: Element) -> dict[str, Any]:
    """The CSL item of one ``PubmedArticle`` or ``PubmedBookArticle``."""
    book = element.find("BookDocument")
    citation = element.find("MedlineCitation")
    top = book if book is not None else citation if citation is not None else element
    pmid = first(top, "PMID")
    custom: dict[str, Any] = {"pmid": pmid}
    csl = _book(top, pmid) if book is not None else _article(top, pmid)
    for ident in element.iterfind("*/ArticleIdList/ArticleId"):
        kind, value = ident.get("IdType"), text(ident)
        if kind == "doi" and value:
            csl.setdefault("DOI", value.lower())
        elif kind == "pmc" and value:
            custom["pmcid"] = value
    notes = [
        one.get("RefType", "")
        for one in top.iterfind("CommentsCorrectionsList/CommentsCorrections")
    ]
    kinds = [text(one) for one in top.iterfind("Article/PublicationTypeList/PublicationType")]
    if "RetractionIn" in notes or "Retracted Publication" in kinds:
        custom["retracted"] = True
    if "Preprint" in kinds:
        csl["type"] = "article"
    csl["custom"] = custom
    return csl


def _article(citation: Element, pmid: str) -> dict[str, Any]:
    article = citation.find("Article")
    if article is None:
        return {"id": f"pubmed:{pmid}", "type": "article-journal"}
    csl: dict[str, Any] = {
        "id": f"pubmed:{pmid}",
        "type": "article-journal",
        "title": _title(text(article.find("ArticleTitle")) or first(article, "VernacularTitle")),
    }
    _people(csl, article.find("AuthorList"))
    issue = article.find("Journal/JournalIssue")
    journal = first(article, "Journal/Title")
    fields = (
        ("container-title", journal[:1].upper() + journal[1:]), ("container-title-short", first(article, "Journal/ISOAbbreviation")),
        ("volume", first(issue, "Volume") if issue is not None else ""), ("issue", first(issue, "Issue") if issue is not None else ""),
        ("page", pages(first(article, "Pagination/MedlinePgn") or _range(article))), ("ISSN", first(article, "Journal/ISSN")),
    )  # fmt: skip
    csl |= {name: value for name, value in fields if value}
    original = _title(first(article, "VernacularTitle"))
    if original and original != csl["title"]:
        csl["original-title"] = original
    date = _date(issue.find("PubDate") if issue is not None else None) or _date(
        article.find("ArticleDate")
    )
    if date:
        csl["issued"] = {"date-parts": [date]}
    doi = next(
        (
            text(one)
            for one in article.findall("ELocationID")
            if one.get("EIdType") == "doi" and one.get("ValidYN") != "N"
        ),
        "",
    )
    if doi:
        csl["DOI"] = doi.lower()
    return csl


def _book(document: Element, pmid: str) -> dict[str, Any]:
    chapter, title = text(document.find("ArticleTitle")), text(document.find("Book/BookTitle"))
    csl: dict[str, Any] = {
        "id": f"pubmed:{pmid}",
        "type": "chapter" if chapter else "book",
        "title": _title(chapter or title),
    }
    if chapter and title:
        csl["container-title"] = _title(title)
    for people in document.findall("AuthorList") or document.findall("Book/AuthorList"):
        _people(csl, people, "editor" if people.get("Type") == "editors" else "author")
    fields = (
        ("publisher", first(document, "Book/Publisher/PublisherName")), ("publisher-place", first(document, "Book/Publisher/PublisherLocation")),
        ("ISBN", first(document, "Book/Isbn")),
    )  # fmt: skip
    csl |= {name: value for name, value in fields if value}
    date = _date(document.find("Book/PubDate"))
    if date:
        csl["issued"] = {"date-parts": [date]}
    return csl


def _people(csl: dict[str, Any], people: Element | None, role: str = "author") -> None:
    found = []
    for one in people.findall("Author") if people is not None else ():
        group = first(one, "CollectiveName")
        given = first(one, "ForeName") or ". ".join(first(one, "Initials")) + "." * bool(
            first(one, "Initials")
        )
        name = (
            {"literal": group}
            if group
            else named(first(one, "LastName"), given, first(one, "Suffix"))
        )
        if name:
            found.append(name)
    if found:
        csl[role] = found
    if people is not None and people.get("CompleteYN") == "N" and found and role == "author":
        csl["custom"] = {"others": True}


def _title(printed: str) -> str:
    """Without the full stop at the end and the brackets that mark a translated title."""
    printed = printed.removesuffix(".")
    if printed.startswith("[") and printed.endswith("]") and "[" not in printed[1:]:
        printed = printed[1:-1].removesuffix(".")
    return printed


def pages(printed: str) -> str:
    """A page range written out: "123-9" is "123-129"."""
    found = re.fullmatch(
        r"([A-Za-z]*)(\d+)-([A-Za-z]*)(\d+)", printed.split(",")[0].split(";")[0].strip()
    )
    if not found:
        return printed.split(",")[0].split(";")[0].strip()
    front, start, behind, end = found.groups()
    if len(end) < len(start):
        end = start[: len(start) - len(end)] + end
    return f"{front}{start}-{behind or front}{end}"


def _range(article: Element) -> str:
    both = (first(article, "Pagination/StartPage"), first(article, "Pagination/EndPage"))
    return "-".join(dict.fromkeys(page for page in both if page))


def _date(element: Element | None) -> list[int]:
    """Year, month and day as far as stated; the year alone of "1998 Dec-1999 Jan"."""
    if element is None:
        return []
    year = first(element, "Year") or next(
        iter(re.findall(r"\b[12]\d{3}\b", first(element, "MedlineDate"))), ""
    )
    printed = whole_number(year)
    if printed is None:
        return []
    month, day = first(element, "Month"), whole_number(first(element, "Day"))
    number = whole_number(month) or _MONTHS.get(month[:3].lower(), 0)
    if not 1 <= number <= 12:
        return [printed]
    return [printed, number] if day is None else [printed, number, day]


def _day(element: Element | None) -> str:
    date = _date(element)
    return "-".join(f"{part:02d}" for part in date) if len(date) == 3 else ""
