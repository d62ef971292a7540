"""arXiv: what to ask about a claim (by id, else by title and first author), and what its answers say (Atom → Records)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from ..model import Answer, Claim, Name, Record, custom_of
from .atom import AtomEntry, NotAtomError, parse_feed
from .cache import Reply
from .http import Request
from .rate_limit import Pace
from .service import Batch, Service

NAME = "arxiv"
HITS = 5
AT_ONCE = 100
_EARLIER = 6
_WORDS = 7
_ID = re.compile(r"(?:\d{4}\.\d{4,5}|[a-z][a-z-]*(?:\.[A-Z]{2})?/\d{7})(?:v\d{1,3})?")
_PLACE = re.compile(r"arxiv\.org/abs/(" + _ID.pattern + r")$")
_OWN_DOI = re.compile(r"10\.48550/arxiv\.(.+)", re.I)
_SMALL = frozenset(
    ("the", "and", "for", "with", "from", "via", "into", "over", "under", "between", "using", "towards", "toward", "without", "within",
     "through", "than", "that", "this", "are", "its", "not", "our", "you", "your")
)  # fmt: skip


# ------------------------------------------------------------------ what to ask
def requests(claim: Claim, base: str) -> list[Request]:
    """By id where the claim has one, then by words of its title and the first author."""
    ident = claim_id(claim)
    found = [by_id([ident], base)] if ident else []
    words = query(claim)
    return found + ([_request(base, search_query=words, max_results=str(HITS))] if words else [])


def by_id(ids: list[str], base: str) -> Request:
    """``id_list=a,b,c``; ids with or without a version."""
    return _request(base, id_list=",".join(ids), max_results=str(len(ids)))


def query(claim: Claim) -> str:
    """``ti:… AND ti:… AND au:…`` of the longest words of the title; "" where title and author say too little to ask with."""
    from ..normalize.text import fold

    words = [
        word
        for word in fold(claim.title).split()
        if word not in _SMALL and (len(word) > 2 or not word.isascii())
    ]
    chosen = set(
        sorted(dict.fromkeys(words), key=lambda word: (-len(word), words.index(word)))[:_WORDS]
    )
    terms = [f"ti:{word}" for word in dict.fromkeys(words) if word in chosen]
    family = (
        max(fold(claim.authors[0].family).split(), key=len, default="") if claim.authors else ""
    )
    if len(terms) < (2 if family else 3):
        return ""
    return " AND ".join([*terms, *([f"au:{family}"] if len(family) > 1 else [])])


def claim_id(claim: Claim) -> str:
    """The arXiv id that a claim states, without version, also where it states it as a DOI; "" for none."""
    own = _OWN_DOI.fullmatch(claim.doi)
    ident = claim.arxiv or (own[1] if own else "")
    match = _ID.fullmatch(ident.strip())
    return re.sub(r"v\d+$", "", match[0]) if match else ""


def suits(claim: Claim) -> float:
    if claim_id(claim):
        return 1.0
    if not query(claim):
        return 0.0
    said = " ".join(
        str(claim.csl.get(key) or "")
        for key in ("container-title", "publisher", "genre", "URL", "note")
    )
    return 0.9 if re.search(r"arxiv|\bcorr\b|\bpreprint", said, re.I) else 0.5


def follow(claim: Claim, records: tuple[Record, ...], base: str) -> list[Request]:
    """Earlier versions of the work the claim names by id, where the last one goes by another title."""
    from ..normalize.titles import title_key

    ident = claim_id(claim)
    if not ident or not claim.title:
        return []
    for record in records:
        last = int(str(custom_of(record.csl).get("arxiv-version", "v1"))[1:])
        if record.arxiv == ident and last > 1 and title_key(record.title) != title_key(claim.title):
            return [by_id([f"{ident}v{n}" for n in range(max(1, last - _EARLIER), last)], base)]
    return []


def versions(record: Record, base: str) -> list[Request]:
    """The preprint that a record of another source names."""
    named = str(custom_of(record.csl).get("version-of") or "")
    ident = record.arxiv or (named[6:] if named[:6].lower() == "arxiv:" else "")
    if record.id.startswith(f"{NAME}:") or not _ID.fullmatch(ident):
        return []
    return [by_id([re.sub(r"v\d+$", "", ident)], base)]


def batches(singles: Iterable[Request]) -> list[Batch]:
    """Lookups of one id each joined to lists."""
    parts: dict[str, Request] = {}
    for request in singles:
        ident = dict(request.params).get("id_list", "")
        if _ID.fullmatch(ident):
            parts[ident] = request
    ids = sorted(parts)
    groups = [ids[i : i + AT_ONCE] for i in range(0, len(ids), AT_ONCE)]
    return [
        Batch(by_id(group, _base(parts[group[0]])), {i: parts[i] for i in group}, _split)
        for group in groups
        if len(group) > 1
    ]


def _request(base: str, **params: str) -> Request:
    return Request(NAME, f"{base}/api/query", tuple(params.items()), "application/atom+xml")


def _base(request: Request) -> str:
    return request.url.removesuffix("/api/query")


# ------------------------------------------------------------------ what it says
def read(reply: Reply) -> Answer:
    """The preprints in a feed; an error feed about an id is ``none``, every other body ``unknown``."""
    if reply.status not in (200, 400):
        return _unknown(f"arXiv answered {reply.status}")
    try:
        feed = parse_feed(reply.body)
    except NotAtomError as error:
        return _unknown(
            f"arXiv's answer is {error}" if reply.body.strip() else "arXiv's answer is empty"
        )
    for entry in feed.entries:
        if "/api/errors" in entry.texts.get("id", ""):
            said = " ".join(entry.texts.get("summary", "error").split())
            return (
                Answer(NAME, "none")
                if "incorrect id format" in said
                else _unknown(f"arXiv: {said[:200]}")
            )
    if reply.status != 200:
        return _unknown(f"arXiv answered {reply.status}")
    records = tuple(
        record for entry in feed.entries if (record := _record(entry, reply.day)) is not None
    )
    if not feed.entries and feed.total > 0:
        return _unknown(f"arXiv's answer is empty, with {feed.total} hits stated")
    return Answer(NAME, "found" if records else "none", records)


def _record(entry: AtomEntry, day: str) -> Record | None:
    """An entry as a record of the version it shows; ``issued`` is the day of the first version, as arXiv's own citations have it."""
    from ..normalize.identifiers import clean_doi
    from ..normalize.latex import to_unicode

    place = _PLACE.search(entry.texts.get("id", ""))
    title = " ".join(to_unicode(" ".join(entry.texts.get("title", "").split())).split())
    if place is None or not title:
        return None
    ident, _, version = (
        place[1].rpartition("v") if re.search(r"v\d+$", place[1]) else (place[1], "", "")
    )
    names = [name.to_csl() for name in map(_name, entry.authors) if name is not None]
    csl: dict[str, Any] = {"id": f"{NAME}:{place[1]}", "type": "article", "title": title}
    if names:
        csl["author"] = names
    csl["publisher"] = "arXiv"
    date = re.match(r"(\d{4})-(\d\d)-(\d\d)", entry.texts.get("published", ""), re.ASCII)
    if date:
        csl["issued"] = {"date-parts": [[int(part) for part in date.groups()]]}
    csl["URL"] = f"https://arxiv.org/abs/{place[1]}"
    custom = {
        "arxiv": ident,
        "arxiv-version": f"v{version}" if version else "",
        "primary-class": entry.category,
    }
    custom["version-of"] = clean_doi(entry.texts.get("arxiv:doi", "").split(" ")[0])
    custom["journal-ref"] = " ".join(entry.texts.get("arxiv:journal_ref", "").split())
    csl["custom"] = {key: value for key, value in custom.items() if value}
    return Record(csl["id"], csl, NAME, day or None)


def _name(text: str) -> Name | None:
    from ..normalize.names import parse_name

    text = " ".join(text.split())
    if not text or text.strip(" .:,;").casefold() in ("et al", "and", "for the"):
        return None
    return parse_name(text)


def _split(reply: Reply) -> dict[str, Reply]:
    """A feed of several works → the feed that each id alone would have had."""
    try:
        feed = parse_feed(reply.body)
    except NotAtomError:
        return {}
    found: dict[str, Reply] = {}
    for entry in feed.entries:
        place = _PLACE.search(entry.texts.get("id", ""))
        if place is not None:
            body = (
                reply.body[: feed.entries[0].start]
                + reply.body[entry.start : entry.end]
                + b"</feed>"
            )
            found[re.sub(r"v\d+$", "", place[1])] = Reply(200, body, reply.content_type, reply.day)
    return found


def _unknown(reason: str) -> Answer:
    return Answer(NAME, "unknown", reason=reason)


ARXIV = Service(
    name=NAME,
    title="arXiv",
    base="https://export.arxiv.org",
    variable="CITENORM_ARXIV_URL",
    # Its terms of use: one request every three seconds, one connection at a time.
    pace=Pace(interval=3.0, connections=1),
    requests=requests,
    read=read,
    suits=suits,
    follow=follow,
    versions=versions,
    batches=batches,
)
