"""One stretch of Markdown, reStructuredText or HTML-like inline text goes in; what a reader sees goes into a ``Draft``."""

from __future__ import annotations

import re
from html import unescape

from .draft import Draft

_STOP = re.compile(r"[\\`*_\[\]!<&~$]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TAG = re.compile(
    r"</?([A-Za-z][A-Za-z0-9-]{0,20})(?:\s[^<>]{0,1000})?/?>|<!--.{0,2000}?-->", re.DOTALL
)
_AUTOLINK = re.compile(r"<((?:https?|ftp|mailto|doi):[^<>\s]{1,2000}|[\w.+-]{1,64}@[\w.-]{1,255})>")
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


def put_inline(
    draft: Draft, start: int, end: int, *, references: frozenset[str] = frozenset()
) -> None:
    """Append ``draft.source[start:end]`` without emphasis, links' targets, images, tags, code marks and escapes.

    ``references``: labels (case-folded) that are defined as link targets elsewhere, so that ``[text][label]`` is a link.
    """
    source = draft.source
    pairs = _link_ends(source, start, end) if "[" in source[start:end] else {}
    if len(pairs) > _MAX_LINKS:
        pairs = {}
    closers: dict[int, int] = {}
    emphasis = _emphasis(source, start, end)
    position = start
    while position < end:
        match = _STOP.search(source, position, end)
        if match is None:
            draft.take(position, end)
            return
        at = match.start()
        draft.take(position, at)
        sign = source[at]
        if sign == "\\" and at + 1 < end:
            if source[at + 1] in _PUNCT:
                draft.take(at + 1, at + 2)
            else:
                draft.take(at, at + 2)
            position = at + 2
        elif sign == "`":
            fence = re.match(r"`+", source[at:end])
            assert fence is not None
            close = source.find(fence.group(), at + fence.end(), end)
            if close < 0 or close - at > 5000:
                position = at + fence.end()
            else:
                draft.take(at + fence.end(), close)
                position = close + fence.end()
        elif sign in "*_~":
            if at in emphasis:
                position = at + 1
            else:
                draft.take(at, at + 1)
                position = at + 1
        elif (
            sign == "!"
            and at + 1 < end
            and source[at + 1] == "["
            and at + 1 in pairs
            and source.startswith("(", pairs[at + 1] + 1)
        ):
            target = _TARGET.match(source, pairs[at + 1] + 1, end)
            position = target.end() if target else pairs[at + 1] + 1
        elif sign == "[" and at in pairs:
            close = pairs[at]
            skip = _after_link(source, at, close, end, references)
            if skip > close + 1:
                closers[close] = skip
                position = at + 1
            else:
                draft.take(at, at + 1)
                position = at + 1
        elif sign == "]":
            if at in closers:
                position = closers[at]
            else:
                draft.take(at, at + 1)
                position = at + 1
        elif sign == "<":
            position = _angle(draft, at, end)
        elif sign == "&":
            entity = _ENTITY.match(source, at, end)
            if entity:
                draft.put(unescape(entity.group()), at, 1)
                position = entity.end()
            else:
                draft.take(at, at + 1)
                position = at + 1
        else:
            draft.take(at, at + 1)
            position = at + 1


def _after_link(source: str, at: int, close: int, end: int, references: frozenset[str]) -> int:
    """Where the text goes on after the link whose brackets are at ``at`` and ``close``; ``close + 1`` if it is none."""
    after = close + 1
    if source.startswith("(", after):
        target = _TARGET.match(source, after, end)
        if target and (target.end() - after > 2 or close - at > 1):
            after = target.end()
            attributes = _ATTRIBUTES.match(source, after, end)
            return attributes.end() if attributes else after
    if source.startswith("[", after):
        shut = source.find("]", after, min(end, after + 200))
        if shut > 0:
            label = source[after + 1 : shut] or source[at + 1 : close]
            if " ".join(label.split()).casefold() in references:
                return shut + 1
    if source.startswith("{", after) and not _CITE_KEY.match(source, at + 1):
        attributes = _ATTRIBUTES.match(source, after, end)
        if attributes:
            return attributes.end()
    return close + 1


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
