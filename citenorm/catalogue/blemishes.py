"""A record in, the kinds of damage that its values show out: what a slip in somebody's own bibliography, or in how it was read, leaves behind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ..normalize.macros import is_macro
from ..normalize.pages import ends_before
from ..normalize.title_words import frequent

Item = Mapping[str, Any]


def blemishes(item: Item) -> Iterator[tuple[str, str]]:
    """``(what it is, the value)`` for each value of a CSL item that looks damaged; nothing of values that are no text."""
    for what, found in KINDS.items():
        if value := found(item):
            yield what, value


_NAMING = ("container-title", "collection-title", "publisher")


def _macro(item: Item) -> str:
    """What should name a journal, a series or a publisher, and names a macro."""
    values = (item.get(field) for field in _NAMING)
    return next((v for v in values if isinstance(v, str) and is_macro(v)), "")


def _lower_case(item: Item) -> str:
    """Names of people without a capital anywhere."""
    people = item.get("author")
    people = [p for p in people if isinstance(p, Mapping)] if isinstance(people, list) else []
    names = [f"{p.get('given') or ''} {p.get('family') or ''}".strip() for p in people]
    letters = "".join(names)
    real = len(letters) > 3 and not re.search(r"[\[_?]", letters)
    return "; ".join(names) if real and letters.islower() else ""


def _backwards(item: Item) -> str:
    """Pages that end before they begin."""
    stated = item.get("page")
    return stated if isinstance(stated, str) and ends_before(stated) else ""


_PARTED = re.compile(r"\b([^\W\d_]{2,})- ([a-z]{2,})\b")
_LOST = re.compile(r"\ufffd|(?:\b[a-z] ){4,}")


def _broken(item: Item) -> str:
    """A word of the title parted at the end of a printed line ("impor- tant"), set with spaces, or with letters that were lost."""
    title = item.get("title")
    if not isinstance(title, str):
        return ""
    parted = any(frequent(a.lower() + b) for a, b in _PARTED.findall(title))
    return title if parted or _LOST.search(title) else ""


KINDS: Mapping[str, Callable[[Item], str]] = {
    "the name of a macro, no name": _macro,
    "names all in lower case": _lower_case,
    "pages that end before they begin": _backwards,
    "a broken word": _broken,
}
