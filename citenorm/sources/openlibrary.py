"""Open Library: books by ISBN and by title, and what its answers say (JSON → Records).

Trusted for who wrote a book and what it is called; an edition's publisher and year come with its ISBN alone: a title
finds the work, of which only the year of its first edition is known.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from ..catalogue.formats.people import person_or_body
from ..model import Answer, Claim
from .cache import Reply
from .http import Request
from .rate_limit import Pace
from .replies import answer_of, by_words, date_of, listed, mapping, page, text, title_words, unknown
from .service import Batch, Service, groups, only

NAME = "openlibrary"
TITLE = "Open Library"
ROWS = 5
AT_ONCE = 50
TITLES_AT_ONCE = 10
FIELDS = "key,title,subtitle,author_name,first_publish_year"
_WHOLE = ("book", "edited-book", "monograph")


# ------------------------------------------------------------------ what to ask
def by_identifier(claim: Claim, base: str) -> list[Request]:
    """By the ISBN of a whole book (a chapter's is that of the book around it)."""
    isbn = _isbn(claim) if claim.csl.get("type") in (*_WHOLE, None) else ""
    return [by_isbn([isbn], base)] if isbn else []


def by_title(claim: Claim, base: str) -> list[Request]:
    """By the words of its title and the first author's family name."""
    from ..normalize.text import fold

    words = title_words(claim) or fold(claim.title).split()[:4]
    names = claim.authors
    family = fold(names[0].family).split()[-1:] if names else []
    if not words or not family:
        return []
    return [_search([f"title:({' AND '.join(words)}) AND author:{family[0]}"], base)]


def suits(claim: Claim) -> float:
    return 0.9 if claim.csl.get("type") in _WHOLE and claim.title and claim.authors else 0.0


def by_isbn(isbns: Sequence[str], base: str) -> Request:
    """``/api/books?bibkeys=ISBN:…,ISBN:…``: editions."""
    keys = ",".join(f"ISBN:{isbn}" for isbn in isbns)
    params = (("bibkeys", keys), ("jscmd", "data"), ("format", "json"))
    return Request(NAME, f"{base}/api/books", params, about=only("isbn", isbns))


def batches(singles: Iterable[Request]) -> list[Batch]:
    """ISBNs joined, searches joined by OR."""
    isbns: dict[str, Request] = {}
    queries: dict[str, Request] = {}
    base = ""
    for request in singles:
        base, _, kind = request.url.rpartition(
            "/api/books" if "/api/" in request.url else "/search"
        )
        params = dict(request.params)
        if kind != ".json":
            isbns[params["bibkeys"].removeprefix("ISBN:")] = request
        else:
            queries[params["q"]] = request
    return [
        Batch(by_isbn(group, base), {i: isbns[i] for i in group}, partial(_split, group))
        for group in groups(sorted(isbns), AT_ONCE)
    ] + [
        Batch(_search(group, base), {q: queries[q] for q in group}, partial(_split_titles, group))
        for group in groups(list(queries), TITLES_AT_ONCE)
    ]


def _search(queries: Sequence[str], base: str) -> Request:
    joined = queries[0] if len(queries) == 1 else " OR ".join(f"({one})" for one in queries)
    params = (("q", joined), ("fields", FIELDS), ("limit", str(ROWS * len(queries))))
    return Request(NAME, f"{base}/search.json", params)


def _isbn(claim: Claim) -> str:
    from ..normalize.identifiers import find_isbn

    return find_isbn(str(claim.csl.get("ISBN") or ""))


# ------------------------------------------------------------------ what it says
def read(reply: Reply) -> Answer:
    """The editions by ISBN, or the works of a search, in a reply."""
    found = page(NAME, TITLE, reply)
    if found.answer is not None:
        return found.answer
    held = found.value
    if isinstance(held, Mapping) and isinstance(held.get("docs"), list):
        if not held["docs"] and held.get("numFound"):
            return unknown(NAME, f"{TITLE}'s answer is empty, with {held['numFound']} hits stated")
        return answer_of(NAME, held["docs"], reply.day, _work)
    if isinstance(held, Mapping) and all(re.fullmatch(r"ISBN:[\dXx]+", str(key)) for key in held):
        editions = [{"isbn": key[5:], **mapping(value)} for key, value in held.items()]
        return answer_of(NAME, editions, reply.day, _edition)
    return unknown(NAME, f"{TITLE}'s answer is not about books")


def _work(item: Mapping[str, Any]) -> dict[str, Any] | None:
    key = text(item.get("key")).rpartition("/")[2]
    if not re.fullmatch(r"OL\d+W", key):
        return None
    csl = {"id": f"{NAME}:{key}", "type": "book", "title": _title(item)}
    csl["author"] = [
        found for name in listed(item.get("author_name")) if (found := person_or_body(text(name)))
    ]  # type: ignore[assignment]
    csl["original-date"] = date_of(item.get("first_publish_year"))  # type: ignore[assignment]
    return csl


def _edition(item: Mapping[str, Any]) -> dict[str, Any] | None:
    key = text(item.get("key")).rpartition("/")[2]
    if not re.fullmatch(r"OL\d+M", key):
        return None
    year = re.search(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)", text(item.get("publish_date")))
    names = [_called(one) for one in listed(item.get("authors"))]
    return {
        "id": f"{NAME}:{key}",
        "type": "book",
        "title": _title(item),
        "author": [found for name in names if (found := person_or_body(name))],
        "publisher": _first_name(item.get("publishers")),
        "publisher-place": _first_name(item.get("publish_places")),
        "issued": date_of(year[1]) if year else None,
        "ISBN": _own_isbn(item),
    }


def _own_isbn(item: Mapping[str, Any]) -> str:
    """The ISBN that an edition was found by; where it says that it has others, one of those."""
    from ..normalize.identifiers import find_isbn

    asked = text(item.get("isbn"))
    said = mapping(item.get("identifiers"))
    own = [text(one) for kind in ("isbn_13", "isbn_10") for one in listed(said.get(kind))]
    known = list(filter(None, map(find_isbn, own)))
    return asked if not known or find_isbn(asked) in known else known[0]


def _title(item: Mapping[str, Any]) -> str:
    title, more = (text(item.get(part)).strip(" :;/,") for part in ("title", "subtitle"))
    return f"{title}: {more}" if title and more and more.casefold() not in title.casefold() else title  # fmt: skip


def _first_name(value: Any) -> str:
    return next(map(_called, listed(value)), "")


def _called(one: Any) -> str:
    """The name of an author or a publisher, which is an object or a string."""
    return text(one.get("name") if isinstance(one, Mapping) else one)


def _split(isbns: Sequence[str], reply: Reply) -> dict[str, Reply]:
    """Editions by ISBN → the reply that each alone would have had; one that is missing is not there."""
    if read(reply).kind == "unknown":
        return {}
    held = json.loads(reply.body)
    return {
        isbn: replace(reply, body=json.dumps({key: held[key] for key in (f"ISBN:{isbn}",) if key in held}).encode())
        for isbn in isbns
    }  # fmt: skip


def _split_titles(queries: Sequence[str], reply: Reply) -> dict[str, Reply]:
    if read(reply).kind == "unknown":
        return {}
    held = json.loads(reply.body)
    asked = {query: re.findall(r"\w+", query.partition(":")[2].replace(" AND author:", " ").replace(" AND ", " ")) for query in queries}  # fmt: skip
    found = by_words(asked, held["docs"], lambda doc: " ".join(map(str, (mapping(doc).get("title"), mapping(doc).get("subtitle"), mapping(doc).get("author_name")))))  # fmt: skip
    total = held.get("numFound")
    whole = isinstance(total, int) and total <= len(held["docs"])
    return {
        q: replace(reply, body=json.dumps({"docs": found.get(q, [])}).encode())
        for q in queries
        if q in found or whole
    }


OPENLIBRARY = Service(
    name=NAME,
    title=TITLE,
    base="https://openlibrary.org",
    variable="CITENORM_OPENLIBRARY_URL",
    pace=Pace(interval=1.0, connections=1),
    by_identifier=by_identifier,
    by_title=by_title,
    read=read,
    suits=suits,
    batches=batches,
    joins=TITLES_AT_ONCE,
)
