"""arXiv: what to ask about a claim (by id, else by title and first author), and what its answers say (Atom → Records)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from ..model import Answer, Claim, Name, Record, custom_of
from .atom import AtomEntry, Feed, NotAtomError, parse_feed
from .cache import Reply
from .http import Request
from .rate_limit import Pace
from .service import Batch, Service, groups, only

NAME = "arxiv"
HITS = 5
AT_ONCE = 100
TITLES_AT_ONCE = 10
_EARLIER = 6
_WORDS = 7
_ID = re.compile(r"(?:\d{4}\.\d{4,5}|[a-z][a-z-]*(?:\.[A-Z]{2})?/\d{7})(?:v\d{1,3})?")
_PLACE = re.compile(r"arxiv\.org/abs/(" + _ID.pattern + r")$")
_OWN_DOI = re.compile(r"10\.48550/arxiv\.(.+)", re.I)
_EMPTY = b'<feed xmlns="http://www.w3.org/2005/Atom"></feed>'
_SMALL = frozenset(
    ("the", "and", "for", "with", "from", "via", "into", "over", "under", "between", "using", "towards", "toward", "without", "within",
     "through", "than", "that", "this", "are", "its", "not", "our", "you", "your")
)  # fmt: skip


# ------------------------------------------------------------------ what to ask
def by_identifier(claim: Claim, base: str) -> list[Request]:
    """By id where the claim has one."""
    ident = claim_id(claim)
    return [by_id([ident], base)] if ident else []


def by_title(claim: Claim, base: str) -> list[Request]:
    """By words of its title and the first author."""
    words = query(claim)
    return [_by_words([words], base)] if words else []


def _by_words(queries: Sequence[str], base: str) -> Request:
    joined = queries[0] if len(queries) == 1 else " OR ".join(f"({one})" for one in queries)
    return _request(base, search_query=joined, max_results=str(HITS * len(queries)))


def by_id(ids: Sequence[str], base: str) -> Request:
    """``id_list=a,b,c``; ids with or without a version."""
    made = _request(base, id_list=",".join(ids), max_results=str(len(ids)))
    return replace(made, about=only("arxiv", ids))


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
    if not query(claim) or (claim.csl.get("type") in ("book", "thesis") and not claim_id(claim)):
        return 0.0
    said = " ".join(
        str(claim.csl.get(key) or "")
        for key in ("container-title", "publisher", "genre", "URL", "note")
    )
    if claim_id(claim) or re.search(r"arxiv|\bcorr\b|\bpreprint", said, re.I):
        return 0.9
    # An article with volume and pages is in a journal; whether it was uploaded before, that journal's record may tell.
    return 0.3 if claim.csl.get("volume") and claim.csl.get("page") else 0.5


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
    """Lookups of one id each joined to lists, searches joined by OR."""
    ids: dict[str, Request] = {}
    queries: dict[str, Request] = {}
    for request in singles:
        params = dict(request.params)
        if _ID.fullmatch(params.get("id_list", "")):
            ids[params["id_list"]] = request
        elif params.get("search_query") and " OR " not in params["search_query"]:
            queries[params["search_query"]] = request
    return [
        Batch(by_id(group, _base(ids[group[0]])), {i: ids[i] for i in group}, partial(_split, group))
        for group in groups(sorted(ids), AT_ONCE)
    ] + [
        Batch(_by_words(group, _base(queries[group[0]])), {q: queries[q] for q in group}, partial(_split_titles, group))
        for group in groups(list(queries), TITLES_AT_ONCE)
    ]  # fmt: skip


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


def _split(ids: Sequence[str], reply: Reply) -> dict[str, Reply]:
    """A feed of several works → the feed that each id alone would have had; what a whole feed lacks is not there."""
    feed = _feed(reply)
    if feed is None:
        return {}
    found: dict[str, list[AtomEntry]] = {}
    for entry in feed.entries:
        place = _PLACE.search(entry.texts.get("id", ""))
        if place is not None:
            found.setdefault(re.sub(r"v\d+$", "", place[1]), []).append(entry)
            found.setdefault(place[1], []).append(entry)
    return _parts(ids, found, feed, reply)


def _split_titles(queries: Sequence[str], reply: Reply) -> dict[str, Reply]:
    """A feed of several searches → the feed of each: the entries that hold most of its words (arXiv compares stems)."""
    from ..normalize.text import fold

    feed = _feed(reply)
    if feed is None:
        return {}
    found: dict[str, list[AtomEntry]] = {}
    for entry in feed.entries:
        held = set(fold(" ".join((entry.texts.get("title", ""), *entry.authors))).split())
        for one in queries:
            terms = [term.partition(":")[2] for term in one.split(" AND ")]
            if sum(term in held for term in terms) >= 0.6 * len(terms):
                found.setdefault(one, []).append(entry)
    return _parts(queries, found, feed, reply)


def _feed(reply: Reply) -> Feed | None:
    """The feed in a reply, None for one that is none or tells of an error."""
    try:
        feed = parse_feed(reply.body)
    except NotAtomError:
        return None
    told = any("/api/errors" in entry.texts.get("id", "") for entry in feed.entries)
    return None if told or reply.status != 200 else feed


def _parts(
    keys: Iterable[str], found: Mapping[str, Sequence[AtomEntry]], feed: Feed, reply: Reply
) -> dict[str, Reply]:
    """The reply to each key: its entries in a feed of their own, an empty feed where the whole one was shown and it has none."""
    head = reply.body[: feed.entries[0].start] if feed.entries else b""
    whole = feed.total <= len(feed.entries)
    out: dict[str, Reply] = {}
    for key in keys:
        if key in found:
            shown = b"".join(reply.body[entry.start : entry.end] for entry in found[key])
            out[key] = replace(reply, body=head + shown + b"</feed>")
        elif whole:
            out[key] = replace(reply, body=_EMPTY)
    return out


def _unknown(reason: str) -> Answer:
    return Answer(NAME, "unknown", reason=reason)


ARXIV = Service(
    name=NAME,
    title="arXiv",
    base="https://export.arxiv.org",
    variable="CITENORM_ARXIV_URL",
    # Its terms of use: one request every three seconds, one connection at a time.
    pace=Pace(interval=3.0, connections=1),
    by_identifier=by_identifier,
    by_title=by_title,
    read=read,
    suits=suits,
    follow=follow,
    versions=versions,
    batches=batches,
    joins=TITLES_AT_ONCE,
)
