"""Bytes of an arXiv Atom feed in, its entries as plain values out; anything else is a NotAtomError.

Read with expat directly: a document type, and with it every entity trick, is refused before it can act.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

ATOM = "http://www.w3.org/2005/Atom"
_SPACES = {
    ATOM: "",
    "http://arxiv.org/schemas/atom": "arxiv:",
    "http://a9.com/-/spec/opensearch/1.1/": "opensearch:",
}


class NotAtomError(ValueError):
    """The body is no feed that can be read; the text says why."""


@dataclass(frozen=True, slots=True)
class AtomEntry:
    """One entry: texts by element ("title", "arxiv:doi"), authors' names in order, attributes of empty elements.

    ``start``/``end`` are its place in the bytes.
    """

    texts: Mapping[str, str]
    authors: tuple[str, ...]
    category: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its entries, and the number of hits that it states (-1 where it states none)."""

    entries: tuple[AtomEntry, ...]
    total: int = -1


@dataclass(slots=True)
class _Draft:
    """What is known while the parser runs."""

    path: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    authors: list[str] = field(default_factory=list)
    category: str = ""
    start: int = 0
    total: int = -1
    entries: list[AtomEntry] = field(default_factory=list)


def parse_feed(body: bytes) -> Feed:
    """Read a whole feed.  Raises NotAtomError for a body that is empty, broken off, no XML, or another document."""
    draft = _Draft()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def opened(name: str, attributes: dict[str, str]) -> None:
        name = _short(name)
        if not draft.path and name != "feed":
            raise NotAtomError("not an Atom feed")
        draft.path.append(name)
        draft.text.clear()
        if draft.path == ["feed", "entry"]:
            draft.texts, draft.authors, draft.category, draft.start = (
                {},
                [],
                "",
                parser.CurrentByteIndex,
            )
        elif name == "arxiv:primary_category":
            draft.category = attributes.get("term", "")

    def closed(_name: str) -> None:
        text = "".join(draft.text).strip()
        draft.text.clear()
        path = tuple(draft.path)
        draft.path.pop()
        if path == ("feed", "entry"):
            end = body.find(b">", parser.CurrentByteIndex) + 1
            draft.entries.append(
                AtomEntry(draft.texts, tuple(draft.authors), draft.category, draft.start, end)
            )
        elif path == ("feed", "opensearch:totalResults") and text.isdecimal() and len(text) < 10:
            draft.total = int(text)
        elif path == ("feed", "entry", "author", "name"):
            draft.authors.append(text)
        elif path[:2] == ("feed", "entry") and len(path) == 3 and text:
            draft.texts.setdefault(path[2], text)

    def refused(*_: Any) -> None:
        raise NotAtomError("a feed with a document type")

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = draft.text.append
    parser.StartDoctypeDeclHandler = refused
    parser.EntityDeclHandler = refused
    try:
        parser.Parse(body, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise (
            error if isinstance(error, NotAtomError) else NotAtomError("not a whole XML document")
        ) from None
    return Feed(tuple(draft.entries), draft.total)


def _short(name: str) -> str:
    """Namespace and local name → "title", "arxiv:doi"; names of other namespaces keep theirs, in braces."""
    space, _, local = name.rpartition(" ")
    prefix = _SPACES.get(space)
    return f"{{{space}}}{local}" if prefix is None else prefix + local
