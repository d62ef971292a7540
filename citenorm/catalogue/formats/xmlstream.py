"""A stream of XML in, its wanted elements one by one out; memory stays flat, nothing outside the stream is read.

External DTDs are not fetched; the named characters that they define (``&uuml;``) are those of HTML.  Definitions
of entities inside the document are refused unless each is a few characters, so that none can swell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import name2codepoint
from typing import BinaryIO
from xml.etree import ElementTree

Element = ElementTree.Element

_CHUNK = 1 << 16
_PROLOG = re.compile(rb"<[A-Za-z_]")
_ENTITY = re.compile(rb"<!ENTITY\s+(%\s+)?([^\s%]+)\s+(.*?)>", re.DOTALL)
_HARMLESS = re.compile(
    rb"(?:\"[^\"&%]{0,16}\"|'[^'&%]{0,16}'|\"&#x?[0-9A-Fa-f]+;\"|\"&#38;#?[0-9a-z]+;\")\s*(?:--.*)?$",
    re.DOTALL,
)


class BrokenXml(ValueError):
    """The stream is no well-formed XML, or defines entities that are refused."""


class _Builder(ElementTree.TreeBuilder):
    """Takes wanted elements out of the tree as soon as they end."""

    def __init__(self, wanted: frozenset[str]) -> None:
        super().__init__()
        self._wanted = wanted
        self._open: list[Element] = []
        self._inside = 0
        self.done: list[Element] = []

    def start(self, tag: str, attrs: dict[str, str]) -> Element:  # type: ignore[override]
        element = super().start(tag, attrs)
        self._open.append(element)
        self._inside += tag in self._wanted
        return element

    def end(self, tag: str) -> Element:
        element = super().end(tag)
        self._open.pop()
        if tag in self._wanted:
            self._inside -= 1
            self.done.append(element)
        if not self._inside and self._open and len(self._open[-1]):
            # Nothing above wanted elements is kept, or the tree would grow with the file.
            self._open[-1].remove(element)
        return element


def elements(stream: BinaryIO, wanted: frozenset[str]) -> Iterator[Element]:
    """Every element of a wanted tag, whole, in order of their ends; BrokenXml where the stream breaks."""
    builder = _Builder(wanted)
    parser = ElementTree.XMLParser(target=builder)
    parser.entity.update({name: chr(code) for name, code in name2codepoint.items()})
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
            parser.feed(chunk)
            if builder.done:
                yield from builder.done
                builder.done.clear()
            chunk = stream.read(_CHUNK)
        parser.close()
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        # the last two: an encoding that does not exist, or that the parser does not take
        yield from builder.done
        raise BrokenXml(f"no well-formed XML: {error}") from None
    yield from builder.done


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
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def first(element: Element, path: str) -> str:
    """The text of the first element at a path, "" if there is none."""
    return text(element.find(path))
