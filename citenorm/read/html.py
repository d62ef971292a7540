"""An HTML page goes in; the text a reader sees comes out, with blocks and places in the file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import Any

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
_MAX_UP = 200
_SPACE = re.compile(r"[ \t\r\n\f]+")
_NESTING = re.compile(
    r"</?(?:div|section|span|ul|ol|dl|blockquote|article|table|font|center|b|i|em|strong|a|small|sub|sup|form|fieldset)(?=[\s>])",
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


def read_html(text: str, name: str, encoding: str) -> Document:
    """Scripts, styles, navigation and comments left out; entities resolved; nothing is fetched."""
    draft = Draft(text)
    fill(draft, text, name, aligned=True)
    return draft.document(name, "html", encoding)


def fill(draft: Draft, markup: str, name: str, *, aligned: bool) -> None:
    """Append the visible text of ``markup`` to a draft; ``aligned``: its places in ``draft.source`` are looked up."""
    from selectolax.lexbor import LexborHTMLParser

    if re.search(r"<!ENTITY", markup[:20_000], re.IGNORECASE):
        raise InputError(
            f"{name}: declares entities of its own, which are not expanded; save it without <!ENTITY …>"
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
    homes: dict[int, _Home] = {}
    finder = _Finder(markup) if aligned else None
    current = -1
    space = False
    for node in root.traverse(include_text=True):
        tag = node.tag
        if tag == "br":
            if current >= 0:
                draft.fresh_line()
                space = False
            continue
        if tag != "-text":
            continue
        parent = node.parent
        content = node.text(deep=False) or ""
        if parent is None or not content:
            continue
        home = _home(parent, homes)
        if home.hidden:
            continue
        if len(content) > MAX_LINE and len(max(content.split("\n"), key=len)) > MAX_LINE:
            raise InputError(
                f"{name}: has a paragraph of {len(content)} characters in one line; break it up"
            )
        if not content.strip():
            space = True
            continue
        if parent.tag == "a" and _BACK.match(content):
            continue
        if home.block != current:
            current = home.block
            draft.gap()
            draft.open(
                "footnote" if home.footnote and home.kind in ("item", "paragraph") else home.kind,
                home.level,
                home.label,
            )
            space = False
            at_start = True
        else:
            at_start = False
        place = finder.find(content) if finder else None
        _put(
            draft,
            content,
            place,
            lead=space and not at_start,
            pre=home.kind == "code",
            trim=at_start or draft.ends_line,
        )
        space = content[-1:].isspace()
    draft.close()


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


def _home(element: Any, homes: dict[int, _Home]) -> _Home:
    """The home of the text in ``element``; remembered per element."""
    known = homes.get(element.mem_id)
    if known is not None:
        return known
    chain: list[Any] = []
    walk = element
    home: _Home | None = None
    while walk is not None and len(chain) < _MAX_UP:
        found = homes.get(walk.mem_id)
        if found is not None:
            home = found
            break
        chain.append(walk)
        walk = walk.parent
    home = home or _Home(-2)
    for walk in reversed(chain):
        home = _step(walk, home)
        homes[walk.mem_id] = home
    return home


def _step(element: Any, outer: _Home) -> _Home:
    """The home of the text directly in ``element`` when its parent's is ``outer``."""
    tag = element.tag
    if outer.hidden or tag in _SKIPPED:
        return _Home(outer.block, hidden=True)
    attributes = (
        element.attributes
        if tag in ("div", "section", "ol", "li", "aside", "p", "span", "a")
        else {}
    )
    ident = f"{attributes.get('class') or ''} {attributes.get('id') or ''} {attributes.get('role') or ''}".lower()
    if "footnote-back" in ident or "doc-backlink" in ident:
        return _Home(outer.block, hidden=True)
    footnote = outer.footnote or (
        tag in ("div", "section", "ol", "li", "aside", "p")
        and (
            "footnotes" in ident
            or "doc-endnotes" in ident
            or re.search(r"\bfn-?\d|footnote-\d", ident) is not None
        )
    )
    kind = _BLOCKS.get(tag)
    if kind is None:
        return (
            outer
            if footnote == outer.footnote
            else _Home(outer.block, outer.kind, outer.level, outer.label, footnote=footnote)
        )
    level, label = outer.level, ""
    if kind == "heading":
        level = int(tag[1])
    elif tag in ("ul", "ol", "dl"):
        level = outer.level + 1 if outer.kind == "item" else 0
    elif kind == "item":
        label = _number(element) if tag == "li" else ""
    elif kind == "paragraph" and outer.kind == "item":
        kind, label = "item", outer.label
    elif kind == "paragraph" and tag in ("ul", "ol"):
        kind = "paragraph"
    return _Home(element.mem_id, kind, level, label, footnote=footnote)


def _number(item: Any) -> str:
    """The number that a browser prints before an item of an ordered list; "" elsewhere."""
    parent = item.parent
    if parent is None or parent.tag != "ol":
        return ""
    before = item.prev
    count, steps = 1, 0
    while before is not None and steps < 2000:
        count += before.tag == "li"
        before = before.prev
        steps += 1
    start = (parent.attributes.get("start") or "1").strip()
    return (
        str(count + int(start) - 1) if start.isdigit() and len(start) < 6 and steps < 2000 else ""
    )


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
