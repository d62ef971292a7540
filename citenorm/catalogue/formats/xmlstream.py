"""A stream of XML in, its wanted elements one by one out; memory stays flat, nothing outside the stream is read.

External DTDs are not fetched; the named characters that they define (``&uuml;``) are those of HTML.  Definitions
of entities inside the document are refused unless each is a few characters, so that none can swell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import name2codepoint
from typing import Any, BinaryIO, cast
from xml.etree import ElementTree

Element = ElementTree.Element

_CHUNK = 1 << 16
_DEEP = 100
"""So far down from the root wanted elements are looked for before what holds them has ended."""
_PROLOG = re.compile(rb"<[A-Za-z_]")
_ENTITY = re.compile(rb"<!ENTITY\s+(%\s+)?([^\s%]+)\s+(.*?)>", re.DOTALL)
_HARMLESS = re.compile(
    rb"(?:\"[^\"&%]{0,16}\"|'[^'&%]{0,16}'|\"&#x?[0-9A-Fa-f]+;\"|\"&#38;#?[0-9a-z]+;\")\s*(?:--.*)?$",
    re.DOTALL,
)


class BrokenXml(ValueError):
    """The stream is no well-formed XML, or defines entities that are refused."""


def elements(stream: BinaryIO, wanted: frozenset[str]) -> Iterator[Element]:
    """Every element of a wanted tag, whole, in order of their ends; BrokenXml where the stream breaks."""
    tree = ElementTree.TreeBuilder()
    parser = ElementTree.XMLParser(target=tree)
    parser.entity.update({name: chr(code) for name, code in name2codepoint.items()})
    pull = ElementTree.XMLPullParser(("end",), _parser=parser)  # type: ignore[call-arg]
    head = stream.read(_CHUNK)
    while head and not _PROLOG.search(head) and len(head) < 16 * _CHUNK:
        more = stream.read(_CHUNK)
        if not more:
            break
        head += more
    _refuse_swelling(head)
    chunk = head
    try:
        while chunk:
            pull.feed(chunk)
            yield from _ended(pull, wanted)
            _forget(tree.close(), wanted)
            chunk = stream.read(_CHUNK)
        pull.close()
        yield from _ended(pull, wanted)
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        # the last two: an encoding that does not exist, or that the parser does not take
        raise BrokenXml(f"no well-formed XML: {error}") from None


def _ended(pull: ElementTree.XMLPullParser[Any], wanted: frozenset[str]) -> Iterator[Element]:
    """The wanted elements that have ended since the last call."""
    for _, element in cast("Iterator[tuple[str, Element]]", pull.read_events()):
        if element.tag in wanted:
            yield element


def _forget(above: Element | None, wanted: frozenset[str]) -> None:
    """Take out of a tree that still grows what has ended: nothing above wanted elements is kept, or the tree would grow with the file."""
    for _ in range(_DEEP):
        if above is None or above.tag in wanted or not len(above):
            return
        del above[:-1]
        above = above[0]


def _refuse_swelling(head: bytes) -> None:
    root = _PROLOG.search(head)
    prolog = head[: root.start()] if root else head
    for found in _ENTITY.finditer(prolog):
        value = found[3].strip()
        external = value.startswith((b"SYSTEM", b"PUBLIC"))
        if not external and not _HARMLESS.match(value):
            raise BrokenXml(
                f"the document defines an entity {found[2].decode('latin-1')!r} of its own: refused"
            )


def text(element: Element | None) -> str:
    """All text in an element, white space folded; "" for None."""
    if element is None:
        return ""
    if len(element):
        return " ".join("".join(element.itertext()).split())
    said = element.text
    if not said:
        return ""
    folded = said.isprintable() and "  " not in said and " " not in (said[0], said[-1])
    return said if folded else " ".join(said.split())


def first(element: Element, path: str) -> str:
    """The text of the first element at a path, "" if there is none."""
    return text(element.find(path))
