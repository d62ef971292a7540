"""The entries of a list go in; the pages of the report on which each is cited, printed behind it, are taken off."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .split import Entry

_NUMBERS = r"\d{1,3}(?:(?:\s*[,–-]\s*|\s+(?:and|und|et)\s+|\s*,\s+and\s+)\d{1,3}){0,40}"
_SAID = re.compile(
    rf"\s*[\[(]?(?:[Cc]ited\s+(?:on|in|at)\s+(?:p(?:age|p)?s?\.?|sections?|§)|(?:[Cc]it(?:é|ada|ato)|[Zz]itiert)\w*\s+(?:en|em|a|à|auf|dans|à la|in)\s+(?:p|S|pages?|páginas?|pagin[ae]|Seiten?)\.?)\s*{_NUMBERS}\s*[.)\]]*$"
)
_PAGES = re.compile(
    rf"(?:(?<=[.\])/\d])\s+[\[(]?(?:pages?|Seiten?|pp?\.)\s*|(?<=[\d)\]][.])\s+){_NUMBERS}\s*[.)\]]?$"
)
SHARE = 0.6
"""Bare numbers behind the end are such pages where at least this share of the list has some."""


def drop_back_references(text: str, entries: Sequence[Entry]) -> None:
    """Shorten entries by "Cited on pages 3, 5." and, where nearly all have it, "pages 13, 17" behind their full stop."""
    for found in entries:
        _shorten(text, found, _SAID)
    if len(entries) < 3:
        return
    bare = [found for found in entries if _bare(text, found)]
    if len(bare) >= max(2, SHARE * len(entries)):
        for found in bare:
            _shorten(text, found, _PAGES)


def _bare(text: str, found: Entry) -> bool:
    match = _PAGES.search(text, max(found.start, found.end - 200), found.end)
    if match is None:
        return False
    before = text[found.start : match.start()].rstrip()
    return before.endswith((".", ")", "]")) or bool(re.search(r"https?:\S+$", before))


def _shorten(text: str, found: Entry, pattern: re.Pattern[str]) -> None:
    match = pattern.search(text, max(found.start, found.end - 200), found.end)
    if match and match.start() > found.start + 20:
        found.end = match.start()
