"""What the readers of services share: a reply's JSON, values of unknown make, and joined titles taken apart."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..catalogue.formats.markup import plain
from ..model import Answer, Claim, Record
from .cache import Reply

WORDS = 8
"""Words of a title that a search asks for, the longest ones."""
SHARE = 0.6
"""A hit belongs to a question if it holds so much of its words."""
_SMALL = frozenset(
    ("the", "and", "for", "with", "from", "via", "into", "over", "under", "between", "using", "towards", "toward", "without", "within",
     "through", "than", "that", "this", "are", "its", "not", "our", "you", "your", "or")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """What a reply's JSON holds, or why it cannot be read."""

    value: Any = None
    answer: Answer | None = None


def page(name: str, title: str, reply: Reply) -> Page:
    """The JSON of a reply with status 200; 404 is ``none``, everything else ``unknown`` with its reason."""
    if reply.status == 404:
        return Page(answer=Answer(name, "none"))
    if reply.status != 200:
        return Page(answer=unknown(name, f"{title} answered {reply.status}"))
    try:
        return Page(json.loads(reply.body))
    except (ValueError, RecursionError):
        said = "not JSON" if reply.body.strip() else "empty"
        return Page(answer=unknown(name, f"{title}'s answer is {said}"))


def unknown(name: str, reason: str) -> Answer:
    return Answer(name, "unknown", reason=reason)


def answer_of(
    name: str,
    items: Iterable[Any],
    day: str,
    csl_of: Callable[[Mapping[str, Any]], dict[str, Any] | None],
) -> Answer:
    """The works among the items; an item that is none, or has no title, is left out."""
    records = []
    for item in items:
        csl = csl_of(item) if isinstance(item, Mapping) else None
        if csl is not None and csl.get("title"):
            csl = {key: value for key, value in csl.items() if value not in ("", [], {}, None)}
            records.append(Record(csl["id"], csl, name, day or None))
    found = {record.id: record for record in records}
    return Answer(name, "found" if found else "none", tuple(found.values()))


def text(value: Any) -> str:
    """A value as plain text: markup away, "" for what is neither a string nor a whole number."""
    if isinstance(value, str):
        return plain(value)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def listed(value: Any) -> list[Any]:
    """A list as it is, one thing as a list of one, nothing as none."""
    if isinstance(value, list):
        return value
    return [] if value in (None, "", {}) else [value]


def mapping(value: Any) -> Mapping[str, Any]:
    """An object as it is, anything else as an empty one."""
    return value if isinstance(value, Mapping) else {}


def date_of(*values: Any) -> dict[str, Any] | None:
    """The first value that begins with a year, as CSL's ``issued``: "2019-05-31", "2019", 2019, "2019 May"."""
    for value in values:
        found = re.match(r"(1[4-9]\d\d|20\d\d)(?:-(\d\d?)(?:-(\d\d?))?)?(?!\d)", text(value))
        if found:
            parts = [int(part) for part in found.groups() if part]
            whole = len(parts) < 2 or (1 <= parts[1] <= 12 and (len(parts) < 3 or 1 <= parts[2] <= 31))  # fmt: skip
            return {"date-parts": [parts if whole else parts[:1]]}
    return None


def pages_of(value: Any) -> str:
    """A range of pages with one hyphen: "525 - 535" and "525--535" are "525-535"."""
    return re.sub(r"\s*(?:-+|[–—])\s*", "-", text(value)).strip()


# ------------------------------------------------------------------ titles
def title_words(claim: Claim) -> list[str]:
    """The longest words of a claim's title, in its order, folded; none where they are too few to ask with."""
    from ..normalize.text import fold

    words = [
        word
        for word in dict.fromkeys(fold(claim.title).split())
        if word not in _SMALL and (len(word) > 2 or not word.isascii())
    ]
    chosen = set(sorted(words, key=lambda word: (-len(word), words.index(word)))[:WORDS])
    found = [word for word in words if word in chosen]
    return found if len(found) >= (2 if claim.authors else 3) else []


def by_words(
    questions: Mapping[str, Sequence[str]], items: Iterable[Any], said: Callable[[Any], str]
) -> dict[str, list[Any]]:
    """The items that belong to each question, by the words that it asks for and the text that an item ``said``."""
    from ..normalize.text import fold

    found: dict[str, list[Any]] = {}
    for item in items:
        held = set(fold(said(item)).split())
        for key, words in questions.items():
            if sum(word in held for word in words) >= SHARE * len(words):
                found.setdefault(key, []).append(item)
    return found
