"""An HTML page goes in; the text a reader sees comes out, with blocks and places in the file."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import escape
from typing import Any

from ..budget import budget
from ..errors import InputError
from ..model import BlockKind, Document
from .decode import MAX_LINE
from .draft import Draft

_BLOCKS: dict[str, BlockKind] = {
    **{f"h{level}": "heading" for level in range(1, 7)},
    **dict.fromkeys(("li", "dd", "dt"), "item"),
    **dict.fromkeys(("td", "th", "tr", "table", "caption"), "table"),
    **dict.fromkeys(("pre",), "code"),
    **dict.fromkeys(
        ("p", "div", "section", "article", "body", "blockquote", "address", "main", "aside", "header", "footer", "figcaption",
         "figure", "center", "form", "fieldset", "ul", "ol", "dl", "details", "summary", "html"),
        "paragraph",
    ),
}  # fmt: skip
_SKIPPED = frozenset(
    (
        "script",
        "style",
        "head",
        "title",
        "template",
        "noscript",
        "svg",
        "nav",
        "button",
        "select",
        "textarea",
        "iframe",
        "object",
        "annotation",
    )
)
_NOTED = frozenset(("div", "section", "ol", "li", "aside", "p"))
_MARKED = _NOTED | {"span", "a"}
_BACKLINK = re.compile(r"footnote-back|doc-backlink")
_NOTE = re.compile(r"footnotes|doc-endnotes|\bfn-?\d|footnote-\d")
_MAX_UP = 200
_SPACE = re.compile(r"[ \t\r\n\f]+")
_NESTING = re.compile(
    r"</?(?:div|section|span|ul|ol|dl|blockquote|article|table|font|center|b|i|em|strong|a|small|sub|sup|form|fieldset|pre|details|td|tr)(?=[\s>])",
    re.IGNORECASE,
)
MAX_DEPTH = 5000
_BACK = re.compile(r"[↩↵⏎^\s\ufe0e]*$")


@dataclass(slots=True)
class _Home:
    """Where a text node stands: its nearest block element and what surrounds it."""

    block: int
    kind: BlockKind = "paragraph"
    level: int = 0
    label: str = ""
    hidden: bool = False
    footnote: bool = False
    link: str = ""


def read_html(text: str, name: str, encoding: str) -> Document:
    """Scripts, styles, navigation and comments left out; entities resolved; nothing is fetched."""
    draft = Draft(text)
    fill(draft, text, name, aligned=True)
    return draft.document(name, "html", encoding)


def fill(draft: Draft, markup: str, name: str, *, aligned: bool) -> None:
    """Append the visible text of ``markup`` to a draft; ``aligned``: its places in ``draft.source`` are looked up."""
    root = _root(markup, name)
    homes = _Homes()
    finder = _Finder(markup) if aligned else None
    current = -1
    space = False
    for node in root.traverse(include_text=True):
        tag = node.tag
        if tag == "br" and current >= 0:
            draft.fresh_line()
            space = False
        if tag != "-text":
            continue
        content = node.text(deep=False) or ""
        home = _shown(node, content, homes, name)
        if home is None:
            continue
        if not content.strip():
            space = True
            continue
        at_start = home.block != current
        if at_start:
            current = home.block
            draft.gap()
            note = home.footnote and home.kind in ("item", "paragraph")
            draft.open("footnote" if note else home.kind, home.level, home.label)
        lead = space and not at_start
        place = finder.find(content) if finder else None
        trim = at_start or draft.ends_line
        begun = draft.size
        _put(draft, content, place, lead=lead, pre=home.kind == "code", trim=trim)
        draft.link(begun, home.link)
        space = content[-1:].isspace()
    draft.close()


def _root(markup: str, name: str) -> Any:
    """The root element of a page; what cannot or must not be read is refused."""
    from selectolax.lexbor import LexborHTMLParser

    if re.search(r"<!ENTITY", markup[:20_000], re.IGNORECASE):
        raise InputError(
            f"{name}: declares entities of its own, which are not expanded; save it without <!ENTITY …>"
        )
    if markup.count("<") > budget().elements:
        raise InputError(
            f"{name}: has more than {budget().elements:,} tags; save the references alone, or raise limits.elements"
        )
    if _depth(markup) > MAX_DEPTH:
        raise InputError(
            f"{name}: has elements nested more than {MAX_DEPTH} deep; save it as plain text"
        )
    try:
        root = LexborHTMLParser(markup).root
    except (ValueError, RuntimeError) as error:
        raise InputError(
            f"{name}: cannot be read as HTML ({str(error)[:80]}); save it again or as plain text"
        ) from None
    if root is None:
        raise InputError(f"{name}: holds no HTML; check the file")
    return root


def _shown(node: Any, content: str, homes: _Homes, name: str) -> _Home | None:
    """Where a text node stands, None where a reader does not see it."""
    parent = node.parent
    if parent is None or not content:
        return None
    home = homes.of(parent)
    if home.hidden:
        return None
    if len(content) > MAX_LINE and len(max(content.split("\n"), key=len)) > MAX_LINE:
        raise InputError(
            f"{name}: has a paragraph of {len(content)} characters in one line; break it up"
        )
    if parent.tag == "a" and content.strip() and _BACK.match(content):
        return None
    return home


def _depth(markup: str) -> int:
    """How deeply elements that must be closed are nested at most (roughly: what is never opened cannot be closed)."""
    depth = most = 0
    for match in _NESTING.finditer(markup):
        depth = max(0, depth - 1) if match.group().startswith("</") else depth + 1
        most = max(most, depth)
    return most


def _put(
    draft: Draft, content: str, place: int | None, *, lead: bool, pre: bool, trim: bool
) -> None:
    """Append a text node word by word, white space folded (kept in ``pre``)."""
    if pre:
        draft.put(content.replace("\r", ""), place)
        return
    stripped = content.lstrip(" \t\r\n\f")
    skipped = len(content) - len(stripped)
    if (lead or skipped) and not trim:
        draft.put(" ")
    position = skipped
    end = len(content.rstrip(" \t\r\n\f"))
    while position < end:
        gap = _SPACE.search(content, position, end)
        stop = gap.start() if gap else end
        draft.put(content[position:stop], None if place is None else place + position)
        if gap is None:
            break
        draft.put(" ", None if place is None else place + gap.start())
        position = gap.end()


class _Homes:
    """The homes of elements, each worked out once from that of its parent."""

    def __init__(self) -> None:
        self.known: dict[int, _Home] = {}
        self.counts: dict[int, int] = {}

    def of(self, element: Any) -> _Home:
        """The home of the text in ``element``."""
        chain: list[Any] = []
        walk = element
        home: _Home | None = None
        while walk is not None and len(chain) < _MAX_UP:
            home = self.known.get(walk.mem_id)
            if home is not None:
                break
            chain.append(walk)
            walk = walk.parent
        home = home or _Home(-2)
        for walk in reversed(chain):
            home = self._step(walk, home)
            self.known[walk.mem_id] = home
        return home

    def _step(self, element: Any, outer: _Home) -> _Home:
        """The home of the text directly in ``element`` when its parent's is ``outer``."""
        tag = element.tag
        ident = _ident(element) if tag in _MARKED else ""
        if outer.hidden or tag in _SKIPPED or _BACKLINK.search(ident):
            return _Home(outer.block, hidden=True)
        footnote = outer.footnote or (tag in _NOTED and _NOTE.search(ident) is not None)
        kind = _BLOCKS.get(tag)
        if kind is None:
            link = (element.attributes.get("href") or "").strip() if tag == "a" else outer.link
            same = footnote == outer.footnote and link == outer.link
            return outer if same else replace(outer, footnote=footnote, link=link)
        level, label = outer.level, ""
        if kind == "heading":
            level = int(tag[1])
        elif tag in ("ul", "ol", "dl"):
            level = outer.level + 1 if outer.kind == "item" else 0
        elif kind == "item":
            label = self._number(element) if tag == "li" else ""
        elif kind == "paragraph" and outer.kind == "item":
            kind, label = "item", outer.label
        return _Home(element.mem_id, kind, level, label, footnote=footnote, link=outer.link)

    def _number(self, item: Any) -> str:
        """The number that a browser prints before an item of an ordered list; "" elsewhere."""
        parent = item.parent
        if parent is None or parent.tag != "ol":
            return ""
        steps, before = 1, item.prev
        while before is not None and before.mem_id not in self.counts:
            steps += before.tag == "li"
            before = before.prev
        if before is not None:
            number = self.counts[before.mem_id] + steps
        else:
            start = (parent.attributes.get("start") or "1").strip()
            number = steps - 1 + (int(start) if start.isdigit() and len(start) < 6 else 1)
        self.counts[item.mem_id] = number
        return str(number)


def _ident(element: Any) -> str:
    """Class, id and role of an element, in lower case."""
    attributes = element.attributes
    names = (attributes.get(key) or "" for key in ("class", "id", "role"))
    return " ".join(names).lower()


class _Finder:
    """Places of text nodes in the source: they stand there in order, so each is looked for after the one before it."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.cursor = 0
        self.misses = 0

    def find(self, content: str) -> int | None:
        """Offset of the node's text, so that ``offset + i`` is (nearly) where its i-th character stands; None if not found."""
        if self.misses > 100:
            return None
        for wanted in dict.fromkeys((content, escape(content, quote=False), escape(content))):
            place = self._outside_tags(wanted)
            if place is not None:
                self.cursor = place + len(wanted)
                return place
        piece = max(re.split(r"[&<>\"'\u00a0-\uffff]", content), key=len)
        if len(piece.strip()) >= 3:
            place = self._outside_tags(piece)
            if place is not None:
                self.cursor = place + len(piece)
                return max(0, place - content.find(piece))
        self.misses += 1
        return None

    def _outside_tags(self, wanted: str) -> int | None:
        place = self.source.find(wanted, self.cursor)
        for _ in range(200):
            if place < 0:
                return None
            opened = self.source.rfind("<", self.cursor, place)
            if opened < 0 or self.source.find(">", opened, place) >= 0:
                return place
            place = self.source.find(wanted, place + 1)
        return None
