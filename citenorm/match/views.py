"""Claims and records in, the folded forms that comparing needs out, each made once.

A view holds what is compared again and again: a title as words and as one squashed string, people as folded
names with initials, years, numbers and identifiers.  Nothing in here decides anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ..model import Claim, Csl, Name, Record, custom_of, names_of, year_of
from ..normalize.pages import page_range
from ..normalize.text import fold

_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "xi": "11", "xii": "12"}
_SPELLED = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "first": "1", "second": "2", "third": "3"}
_PARTS = frozenset(["part", "parts", "volume", "vol", "book", "chapter", "section", "episode", "phase", "task", "day", "paper", "no", "nr", "number", "teil", "partie", "edition", "v", "version"])
_DIGITS = re.compile(r"\d+")
_GLUED_PART = re.compile(r"part(i{1,3}|iv|v)$")
_KINDS = (
    ("reply", re.compile(r"^(?:authors? )?(?:reply|response|rejoinder)\b|\b(?:a reply|a response|rejoinder|reply to|authors reply)$")),
    ("comment", re.compile(r"^(?:a )?(?:comments?|remarks?|notes?|discussion|commentary) (?:on|of|to|about)\b|\b(?:a comment|comments?|discussion)$")),
    ("correction", re.compile(r"^(?:erratum|errata|corrigend\w+|correction|addendum|publisher correction|author correction)\b|\b(?:erratum|corrigendum)$")),
    ("retraction", re.compile(r"^(?:retraction|retracted|withdrawn)\b")),
    ("review", re.compile(r"^(?:a )?(?:review of|book review)\b|\bbook review$")),
    ("manual", re.compile(r"\b(?:solutions? manual|instructor s manual|user manual|user s? ?guide|study guide|workbook)\b")),
    ("editorial", re.compile(r"^(?:editorial|guest editorial|preface|foreword|introduction to the special)\b")),
    ("tutorial", re.compile(r"\btutorial\b")),
    ("demo", re.compile(r"^demo(?:nstration)? (?:of|abstract)\b")),
)
"""Pieces of writing *about* a work, told by the words their titles begin or end with."""


@dataclass(frozen=True, slots=True)
class Person:
    """One name, folded: ``family`` and ``given`` without spaces, ``last`` the last word of the family name, ``initials`` of the given names."""

    family: str
    given: str
    last: str
    initials: str
    group: bool = False


@dataclass(frozen=True, slots=True)
class Title:
    """A title as ``words``, as one string (``key``), with its numbers, what kind of piece it says it is, and the length of its main part."""

    words: tuple[str, ...]
    key: str
    numbers: tuple[str, ...]
    kind: str
    main: str
    rest: str


@dataclass(frozen=True, slots=True)
class View:
    """A claim or a record made comparable.  ``cut``: the source ended the author list short; ``others``: the claim says "et al."."""

    title: Title
    people: tuple[Person, ...]
    cut: bool
    others: bool
    year: int | None
    venue: str
    preprint: bool
    type: str
    volume: str
    issue: str
    first: str
    last: str
    doi: str
    arxiv: str
    isbn: str


# ------------------------------------------------------------------ titles
@lru_cache(maxsize=16384)
def title_view(text: str) -> Title:
    """A title's view; the part in front of a colon, question mark or dash is its main part."""
    words = tuple(fold(text).split())
    key = "".join(words)
    head, _, tail = _split(text)
    return Title(words, key, _numbers(words), _kind(" ".join(words)), "".join(fold(head).split()) if tail else "", "".join(fold(tail).split()))


_BREAK = re.compile(r"(?::|\?|!|\.(?=\s)|\s[-–—]+(?=\s)|—|;)\s*")


def _split(text: str) -> tuple[str, str, str]:
    found = _BREAK.search(text, 3)
    return (text[: found.start()], found[0], text[found.end() :]) if found else (text, "", "")


def _numbers(words: tuple[str, ...]) -> tuple[str, ...]:
    """What is counted in a title, in order: digits, roman numerals, "part two"."""
    out: list[str] = []
    for i, word in enumerate(words):
        if word in _ROMAN:
            out.append(_ROMAN[word])
        elif word in ("i", "v", "x") and (i == len(words) - 1 or (i and words[i - 1] in _PARTS)) and i:
            out.append({"i": "1", "v": "5", "x": "10"}[word])
        elif word in _SPELLED and i and words[i - 1] in _PARTS:
            out.append(_SPELLED[word])
        elif (word[0].isdigit() or word[-1].isdigit()) and (found := _DIGITS.findall(word)):
            out += [n.lstrip("0") or "0" for n in found]
        elif glued := _GLUED_PART.search(word):
            out.append({"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}[glued[1]])
    return tuple(out)


def _kind(folded: str) -> str:
    for name, pattern in _KINDS:
        if pattern.search(folded):
            return name
    return ""


# ------------------------------------------------------------------ people
@lru_cache(maxsize=65536)
def _person(family: str, given: str, literal: str) -> Person:
    if literal:
        words = fold(literal).split()
        return Person("".join(words), "", words[-1] if words else "", "", True)
    names = [w for w in fold(family).split() if not w.isdigit()]
    # "d'Alché", "O'Brien": what stands behind the apostrophe is no word of its own
    first = _given_words(given)
    return Person("".join(names), "".join(first), names[-1] if names else "", "".join(w[0] for w in first))


def _given_words(given: str) -> list[str]:
    words: list[str] = []
    for word in re.split(r"[\s.\-‐‑_]+", given):
        folded = fold(word).replace(" ", "")
        if not folded or folded.isdigit():
            continue
        if 1 < len(word) <= 3 and word.isupper() and word.isascii():  # "JM": initials run together
            words += list(folded)
        else:
            words.append(folded)
    return words


def person_view(name: Name) -> Person:
    return _person(f"{name.particle} {name.family}" if name.particle else name.family, name.given, name.literal)


# ------------------------------------------------------------------ claims and records
def claim_view(claim: Claim) -> View:
    return _view(claim.csl)


def record_view(record: Record) -> View:
    return _view(record.csl)


def _view(csl: Csl) -> View:
    custom = custom_of(csl)
    people = tuple(person_view(n) for n in names_of(csl) or names_of(csl, "editor"))
    count = custom.get("author-count")
    doi = text(csl.get("DOI")).lower()
    arxiv = text(custom.get("arxiv"))
    if not arxiv and doi.startswith("10.48550/arxiv."):
        arxiv = doi[15:].partition("v")[0] if doi[15:16].isdigit() else doi[15:]
    first, last = page_range(text(csl.get("page") or csl.get("number")))
    kind = text(csl.get("type"))
    return View(
        title=title_view(text(csl.get("title"))),
        people=tuple(p for p in people if p.family or p.given),
        cut=isinstance(count, int) and count > len(people),
        others=bool(custom.get("others")),
        year=year_of(csl),
        venue=text(csl.get("container-title")),
        preprint=kind == "article",
        type=kind,
        volume=fold(text(csl.get("volume"))).replace(" ", ""),
        issue=fold(text(csl.get("issue"))).replace(" ", ""),
        first=first,
        last=last,
        doi="" if doi.startswith("10.48550/arxiv.") else doi,
        arxiv=arxiv,
        isbn=text(csl.get("ISBN")).replace("-", "").split(" ")[0],
    )


def text(value: Any) -> str:
    """A CSL value as a string; a list gives its first item, anything else nothing."""
    if isinstance(value, str):
        return value
    if isinstance(value, (list, tuple)) and value:
        return text(value[0])
    return str(value) if isinstance(value, (int, float)) else ""
