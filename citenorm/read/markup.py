"""One stretch of Markdown, reStructuredText or HTML-like inline text goes in; what a reader sees goes into a ``Draft``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from types import MappingProxyType

from .draft import Draft

_STOP = re.compile(r"[\\`*_\[\]!<&~$]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TAG = re.compile(
    r"</?([A-Za-z][A-Za-z0-9-]{0,20})(?:\s[^<>]{0,1000})?/?>|<!--.{0,2000}?-->", re.DOTALL
)
_AUTOLINK = re.compile(r"<((?:https?|ftp|mailto|doi):[^<>\s]{1,2000}|[\w.+-]{1,64}@[\w.-]{1,255})>")
_ANCHOR = re.compile(
    r"<(?:(/)a\s*>|a\s(?:[^<>]{0,500}\s)?href\s*=\s*(?:\"([^\"<>]{0,2000})\"|'([^'<>]{0,2000})'))",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"`[^`'\n]{1,100}'")
"""Words in quotation marks as TeX writes them: "`Star Wars'"."""
_PUNCT = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_TARGET = re.compile(
    r"\(\s*(?:<[^<>\n]*>|(?:[^()\s\\]|\\.|\([^()\s]{0,500}\)){0,2000})(?:\s+(?:\"[^\"]{0,500}\"|'[^']{0,500}'|\([^()]{0,500}\)))?\s*\)"
)
_ATTRIBUTES = re.compile(r"\{[^{}\n]{0,200}\}")
_CITE_KEY = re.compile(r"-?@\{?[\w:.#$%&+?<>~/-]+")
_MAX_LINKS = 20_000


def _link_ends(source: str, start: int, end: int) -> dict[int, int]:
    """Matching closing bracket of every opening one in ``source[start:end]``."""
    pairs: dict[int, int] = {}
    stack: list[int] = []
    for match in re.finditer(r"\\.|[\[\]]", source[start:end]):
        sign = match.group()
        if sign == "[":
            stack.append(start + match.start())
        elif sign == "]" and stack:
            pairs[stack.pop()] = start + match.start()
    return pairs


def _emphasis(source: str, start: int, end: int) -> set[int]:
    """Places of the ``*``, ``_`` and ``~~`` marks in ``source[start:end]`` that open or close something."""
    marks: set[int] = set()
    waiting: dict[str, list[tuple[int, int]]] = {"*": [], "_": [], "~": []}
    for match in re.finditer(
        r"\\.|`[^`\n]*`|\*{1,3}|_{1,3}|~~|<[^<>\s]{1,500}>|\]\([^()\s]{0,2000}\)|https?://[^\s<>*\[\]()]+",
        source[start:end],
        re.DOTALL,
    ):
        run = match.group()
        sign = run[0]
        if sign not in waiting:
            continue
        at = start + match.start()
        before = source[at - 1] if at > start else " "
        after = source[at + len(run)] if at + len(run) < end else " "
        opens = not after.isspace() and (
            after.isalnum() or before.isspace() or not before.isalnum() or sign == "*"
        )
        closes = not before.isspace()
        if sign == "_":
            opens = opens and not before.isalnum()
            closes = closes and not after.isalnum()
        left = len(run)
        stack = waiting[sign]
        while closes and left and stack:
            place, size = stack.pop()
            used = min(size, left)
            marks.update(range(place + size - used, place + size))
            marks.update(range(at + len(run) - left, at + len(run) - left + used))
            left -= used
            if size > used:
                stack.append((place, size - used))
        if opens and left:
            stack.append((at + len(run) - left, left))
    return marks


Targets = Mapping[str, str]
"""Addresses by the (case-folded) labels under which a document defines them."""


def put_inline(
    draft: Draft, start: int, end: int, *, references: Targets = MappingProxyType({})
) -> None:
    """Append ``draft.source[start:end]`` without emphasis, links' targets, images, tags, code marks and escapes.

    ``references``: link targets that are defined elsewhere, by label, so that ``[text][label]`` is a link.
    """
    inline = _Inline(draft, start, end, references)
    source, position = draft.source, start
    while position < end:
        match = _STOP.search(source, position, end)
        if match is None:
            draft.take(position, end)
            return
        draft.take(position, match.start())
        position = inline.mark(match.start())


class _Inline:
    """What is known of one stretch: its brackets, its emphasis, the links that are open."""

    def __init__(self, draft: Draft, start: int, end: int, references: Targets) -> None:
        self.draft, self.source, self.end = draft, draft.source, end
        self.references = references
        pairs = _link_ends(self.source, start, end) if "[" in self.source[start:end] else {}
        self.pairs = pairs if len(pairs) <= _MAX_LINKS else {}
        self.closers: dict[int, tuple[int, int, str]] = {}
        self.emphasis = _emphasis(self.source, start, end)
        self.anchor: tuple[int, str] | None = None

    def mark(self, at: int) -> int:
        """Print what the mark at ``at`` stands for; where the text goes on."""
        sign = self.source[at]
        if sign == "\\":
            return self._escape(at)
        if sign == "`":
            return self._code(at)
        if sign == "&" and (entity := _ENTITY.match(self.source, at, self.end)):
            self.draft.put(unescape(entity.group()), at, 1)
            return entity.end()
        if sign in "*_~" and at in self.emphasis:
            return at + 1
        if sign == "<":
            return self._angle(at)
        after = self._bracket(at, sign) if sign in "![]" else 0
        if not after:
            self.draft.take(at, at + 1)
        return after or at + 1

    def _escape(self, at: int) -> int:
        plain = at + 1 < self.end and self.source[at + 1] in _PUNCT
        self.draft.take(at + plain, min(at + 2, self.end))
        return at + 2

    def _code(self, at: int) -> int:
        fence = re.compile(r"`+").match(self.source, at, self.end)
        assert fence is not None
        close = self.source.find(fence.group(), fence.end(), min(self.end, at + 5000))
        if close < 0:
            if _QUOTED.match(self.source, at, self.end):
                self.draft.take(at, fence.end())
            return fence.end()
        self.draft.take(fence.end(), close)
        return close + len(fence.group())

    def _bracket(self, at: int, sign: str) -> int:
        """Where the text goes on behind a bracket that is a link's or an image's; 0 for any other."""
        if sign == "!":
            close = self.pairs.get(at + 1, -1)
            if close < 0 or not self.source.startswith("(", close + 1):
                return 0
            target = _TARGET.match(self.source, close + 1, self.end)
            return target.end() if target else close + 1
        if sign == "[" and at in self.pairs:
            close = self.pairs[at]
            skip, address = _after_link(self.source, at, close, self.end, self.references)
            if skip == close + 1:
                return 0
            self.closers[close] = (skip, self.draft.size, address)
            return at + 1
        if sign == "]" and at in self.closers:
            skip, begun, address = self.closers[at]
            self.draft.link(begun, address)
            return skip
        return 0

    def _angle(self, at: int) -> int:
        tag = _ANCHOR.match(self.source, at, self.end)
        if tag and tag[1]:
            if self.anchor:
                self.draft.link(*self.anchor)
            self.anchor = None
        elif tag:
            self.anchor = (self.draft.size, unescape(tag[2] or tag[3] or ""))
        return _angle(self.draft, at, self.end)


def _after_link(source: str, at: int, close: int, end: int, references: Targets) -> tuple[int, str]:
    """Where the text goes on after the link whose brackets are at ``at`` and ``close``, and its target;
    ``close + 1`` if it is none."""
    after = close + 1
    if source.startswith("(", after):
        target = _TARGET.match(source, after, end)
        if target and (target.end() - after > 2 or close - at > 1):
            words = target.group()[1:-1].split(None, 1)
            attributes = _ATTRIBUTES.match(source, target.end(), end)
            skip = attributes.end() if attributes else target.end()
            return skip, words[0].strip("<>") if words else ""
    if source.startswith("[", after):
        shut = source.find("]", after, min(end, after + 200))
        label = " ".join((source[after + 1 : shut] or source[at + 1 : close]).split()).casefold()
        if shut > 0 and label in references:
            return shut + 1, references[label]
    if source.startswith("{", after) and not _CITE_KEY.match(source, at + 1):
        attributes = _ATTRIBUTES.match(source, after, end)
        if attributes:
            return attributes.end(), ""
    return close + 1, ""


def _angle(draft: Draft, at: int, end: int) -> int:
    source = draft.source
    link = _AUTOLINK.match(source, at, end)
    if link:
        draft.take(link.start(1), link.end(1))
        return link.end()
    tag = _TAG.match(source, at, end)
    if tag:
        if (tag.group(1) or "").lower() in ("br", "hr", "p", "div", "li", "tr"):
            draft.put("\n" if (tag.group(1) or "").lower() == "br" else " ")
        return tag.end()
    draft.take(at, at + 1)
    return at + 1
