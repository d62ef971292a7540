"""Crossref works as JSON (public data file, JSON lines, REST pages) in, CSL items out.

Fields as documented in Crossref's REST API: title and subtitle, event, relations between versions, updates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from .entry import Entry, Fault
from .jsonstream import objects
from .markup import plain

SOURCE = "crossref"

TYPES = {
    "journal-article": "article-journal", "proceedings-article": "paper-conference", "posted-content": "article",
    "book-chapter": "chapter", "book-section": "chapter", "book-part": "chapter", "book-track": "chapter",
    "reference-entry": "entry-encyclopedia", "book": "book", "monograph": "book", "edited-book": "book", "reference-book": "book",
    "book-set": "book", "book-series": "book", "proceedings": "book", "proceedings-series": "book", "dissertation": "thesis",
    "report": "report", "report-component": "report", "report-series": "report", "standard": "standard", "dataset": "dataset",
    "database": "dataset", "peer-review": "review", "software": "software",
}  # fmt: skip
"""Crossref's types and their CSL names; any other is ``document``."""

NOT_WORKS = frozenset(
    ("component", "grant", "journal", "journal-issue", "journal-volume", "sa-component")
)
"""Types that nobody cites as a work."""

_VERSIONS = (
    "is-preprint-of",
    "has-preprint",
    "is-version-of",
    "has-version",
    "is-manuscript-of",
    "has-manuscript",
    "is-same-as",
    "is-identical-to",
)
_RETRACTING = frozenset(("retraction", "withdrawal", "removal", "partial_retraction", "retracted"))
_ARXIV = "10.48550/arxiv."


def read(stream: BinaryIO) -> Iterator[Entry | Fault]:
    """Entries of a Crossref file; journals, grants and components of works are left out."""
    for where, item, _ in objects(stream, ("message", "items")):
        if isinstance(item, ValueError):
            yield Fault(where, str(item))
        elif not isinstance(item, dict) or not isinstance(item.get("DOI"), str):
            yield Fault(where, "no Crossref work: it has no DOI")
        elif str(item.get("type")) not in NOT_WORKS:
            csl = record_from_item(item)
            if csl.get("title"):
                yield Entry(csl, changed=changed(item))
            else:
                yield Fault(item["DOI"], "no title")


def changed(item: Mapping[str, Any]) -> str:
    """The day (ISO 8601) an item was last indexed or deposited, "" if it does not say."""
    for name in ("indexed", "deposited", "created"):
        stamp = item.get(name)
        if isinstance(stamp, Mapping) and isinstance(stamp.get("date-time"), str):
            return str(stamp["date-time"])[:10]
    return ""


def record_from_item(item: Mapping[str, Any]) -> dict[str, Any]:
    """A CSL item (id ``crossref:<doi>``) of a Crossref work; what is malformed in it is left out."""
    doi = str(item.get("DOI") or "").strip().lower()
    kind = item.get("type")
    csl: dict[str, Any] = {"id": f"{SOURCE}:{doi}", "type": TYPES.get(str(kind), "document")}
    title, subtitle = plain(_first(item.get("title"))), plain(_first(item.get("subtitle")))
    _put(csl, "title", _with_subtitle(title, subtitle))
    _put(csl, "original-title", plain(_first(item.get("original-title"))))
    for role in ("author", "editor", "translator"):
        _put(csl, role, people(item.get(role)))
    _containers(csl, item)
    for name in ("volume", "issue", "publisher", "publisher-place", "edition"):
        name_there = {"publisher-place": "publisher-location", "edition": "edition-number"}.get(
            name, name
        )
        _put(csl, name, plain(_text(item.get(name_there))))
    _put(
        csl,
        "page",
        plain(_text(item.get("page"))).replace("–", "-")
        or plain(_text(item.get("article-number"))),
    )
    _put(csl, "issued", issued(item))
    csl["DOI"] = doi
    _put(
        csl,
        "ISBN",
        " ".join(dict.fromkeys(_text(isbn).rpartition("/")[2] for isbn in _list(item.get("ISBN")))),
    )
    _put(csl, "ISSN", _text(next(iter(_list(item.get("ISSN"))), "")))
    custom: dict[str, Any] = {}
    if doi.startswith(_ARXIV):
        custom["arxiv"] = doi[len(_ARXIV) :]
    versions = stated_versions(item)
    if versions:
        custom["version-of"] = versions[0]
    if versions[1:]:
        custom["other-versions"] = versions[1:]
    retracted = retraction(item, title)
    if retracted:
        custom["retracted"] = retracted
    _put(csl, "custom", custom)
    return csl


def stated_versions(item: Mapping[str, Any]) -> list[str]:
    """Other versions that the item's relations name: DOIs, and ``arXiv:<id>`` for e-prints of arXiv; published ones first."""
    relation = item.get("relation")
    found: list[str] = []
    for name in _VERSIONS if isinstance(relation, Mapping) else ():
        for other in _list(relation.get(name)) if isinstance(relation, Mapping) else ():
            if not isinstance(other, Mapping):
                continue
            ident = _text(other.get("id")).strip()
            if other.get("id-type") == "arxiv":
                found.append("arXiv:" + ident.lower().removeprefix("arxiv:"))
            elif other.get("id-type") == "doi":
                low = (
                    ident.lower()
                    .removeprefix("https://doi.org/")
                    .removeprefix("http://dx.doi.org/")
                )
                found.append("arXiv:" + low[len(_ARXIV) :] if low.startswith(_ARXIV) else low)
    return [
        target
        for target in dict.fromkeys(found)
        if target and target != str(item.get("DOI")).lower()
    ]


def retraction(item: Mapping[str, Any], title: str) -> str | bool:
    """The DOI of the notice that retracts the item, True where only its title says so, else False.

    ``update-to`` stands in the notice and names what it is about; ``updated-by`` stands in the retracted work.
    """
    for update in _list(item.get("updated-by")):
        if isinstance(update, Mapping) and str(update.get("type")).lower() in _RETRACTING:
            return _text(update.get("DOI")).lower() or True
    return title.upper().startswith(
        ("RETRACTED:", "RETRACTED ARTICLE", "WITHDRAWN:")
    ) and not _list(item.get("update-to"))


def retracted_by(item: Mapping[str, Any]) -> dict[str, str]:
    """What a notice retracts: the DOI of each work → the notice's own."""
    notice = _text(item.get("DOI")).lower()
    return {
        _text(update.get("DOI")).lower(): notice
        for update in _list(item.get("update-to"))
        if isinstance(update, Mapping) and str(update.get("type")).lower() in _RETRACTING
    }


def people(given: Any) -> list[dict[str, str]]:
    """CSL names of Crossref's contributors; organisations as literals."""
    found = []
    for person in _list(given):
        if not isinstance(person, Mapping):
            continue
        family, first = plain(_text(person.get("family"))), plain(_text(person.get("given")))
        if family:
            parts = (
                ("family", family),
                ("given", first),
                ("suffix", plain(_text(person.get("suffix")))),
            )
            found.append({key: value for key, value in parts if value})
        elif first or person.get("name") or person.get("literal"):
            found.append(
                {"literal": first or plain(_text(person.get("name") or person.get("literal")))}
            )
    return found


def issued(item: Mapping[str, Any]) -> dict[str, Any] | None:
    """The earliest date of publication; for e-prints the day they were posted."""
    order = (
        ("posted", "issued", "created")
        if item.get("type") == "posted-content"
        else ("issued", "published-print", "published-online", "published")
    )
    for name in order:
        date = item.get(name)
        parts = _list(date.get("date-parts")) if isinstance(date, Mapping) else []
        first = parts[0] if parts and isinstance(parts[0], list) else []
        numbers = [part for part in first if isinstance(part, int) and not isinstance(part, bool)]
        if numbers and numbers == first and 0 < numbers[0] < 3000:
            return {"date-parts": [numbers[:3]]}
    return None


def _containers(csl: dict[str, Any], item: Mapping[str, Any]) -> None:
    """Container, series and event: of several container titles the series stands first (as Crossref lists them for books)."""
    names = [plain(_text(name)) for name in _list(item.get("container-title")) if _text(name)]
    if names and csl["type"] in ("chapter", "paper-conference", "entry-encyclopedia", "book"):
        _put(
            csl,
            "container-title" if csl["type"] != "book" else "collection-title",
            names[-1] if csl["type"] != "book" else names[0],
        )
        if len(names) > 1 and csl["type"] != "book":
            csl["collection-title"] = names[0]
    elif names:
        csl["container-title"] = names[0]
    event = item.get("event")
    if isinstance(event, Mapping):
        _put(csl, "event-title", plain(_text(event.get("name"))))
        _put(csl, "event-place", plain(_text(event.get("location"))))
    if csl["type"] == "article":
        institutions = [
            plain(_text(one.get("name")))
            for one in _list(item.get("institution"))
            if isinstance(one, Mapping)
        ]
        named = [name for name in (*institutions, plain(_text(item.get("group-title")))) if name]
        if named and "publisher" not in csl:
            csl["publisher"] = named[0]
    if csl["type"] == "thesis":
        _put(csl, "genre", plain(_first(item.get("degree"))))
    short = plain(_text(next(iter(_list(item.get("short-container-title"))), "")))
    if short and short != csl.get("container-title"):
        csl["container-title-short"] = short


def _with_subtitle(title: str, subtitle: str) -> str:
    """The whole title; a subtitle that the title already has is not repeated."""
    if not subtitle or not title:
        return title or subtitle
    if subtitle.casefold() in title.casefold():
        return title
    return f"{title} {subtitle}" if title[-1] in ":?!" else f"{title}: {subtitle}"


def _put(csl: dict[str, Any], name: str, value: Any) -> None:
    if value:
        csl[name] = value


def _list(value: Any) -> list[Any]:
    return (
        value
        if isinstance(value, list)
        else [value]
        if isinstance(value, (str, dict)) and value
        else []
    )


def _first(value: Any) -> str:
    return next((_text(one) for one in _list(value) if _text(one).strip()), "")


def _text(value: Any) -> str:
    return (
        value
        if isinstance(value, str)
        else str(value)
        if isinstance(value, int) and not isinstance(value, bool)
        else ""
    )
