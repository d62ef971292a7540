"""Claims and records in, the folded forms that comparing needs out, each made once.

A view holds what is compared again and again: a title as words and as one squashed string, people as folded
names with initials, years, numbers and identifiers.  Nothing in here decides anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from math import fsum
from typing import Any, Generic, TypeVar, overload

from ..model import Claim, Csl, Name, Record, custom_of, year_of
from ..normalize.pages import page_range
from ..normalize.text import fold, spelled_out

_ROMAN = {
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "vi": "6",
    "vii": "7",
    "viii": "8",
    "ix": "9",
    "xi": "11",
    "xii": "12",
}
_SPELLED = {
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "first": "1",
    "second": "2",
    "third": "3",
}
_ARXIV_DOI = "10.48550/arxiv."
_VERSION = re.compile(r"v\d+$")
PARTS = frozenset(
    [
        "part",
        "parts",
        "volume",
        "vol",
        "book",
        "chapter",
        "section",
        "episode",
        "phase",
        "task",
        "day",
        "paper",
        "no",
        "nr",
        "number",
        "teil",
        "partie",
        "edition",
        "v",
        "version",
    ]
)
_MISREAD = str.maketrans("loi", "101")
_DIGITS = re.compile(r"\d+")
NUMERALS = frozenset((*_ROMAN, *_SPELLED, "i", "v", "x"))
_GLUED_PART = re.compile(r"part(i{1,3}|iv|v)$")
_KINDS = (
    (
        "reply",
        re.compile(
            r"^(?:authors? )?(?:reply|response|rejoinder)\b|\b(?:reply|a response|rejoinder|reply to)$"
        ),
    ),
    (
        "comment",
        re.compile(
            r"^(?:a )?(?:comments?|remarks?|notes?|discussion|commentary) (?:on|of|to|about)\b|\b(?:a comment|comments?|discussion)$"
        ),
    ),
    (
        "correction",
        re.compile(
            r"^(?:erratum|errata|corrigend(?:um|a)|correction|addendum|publisher correction|author correction)\b|\b(?:erratum|corrigendum)$"
        ),
    ),
    ("retraction", re.compile(r"^(?:retraction|retracted|withdrawn)\b")),
    ("review", re.compile(r"^(?:a )?(?:review of|book review)\b|\bbook review$")),
    (
        "letter",
        re.compile(r"^(?:a )?letters? to the editors?\b|\b(?:letters? to the editors?|letter)$"),
    ),
    (
        "manual",
        re.compile(
            r"\b(?:solutions? manual|instructor s manual|user manual|user s? ?guide|study guide|workbook)\b"
        ),
    ),
    (
        "editorial",
        re.compile(
            r"^(?:editorial|guest editorial|preface|foreword|introduction to the special)\b"
        ),
    ),
    ("tutorial", re.compile(r"\btutorial\b")),
    ("demo", re.compile(r"^demo(?:nstration)? (?:of|abstract)\b")),
)
"""Pieces of writing *about* a work, told by the words their titles begin or end with."""
_KIND_WORDS = frozenset(
    [
        "reply",
        "response",
        "rejoinder",
        "comment",
        "comments",
        "remark",
        "remarks",
        "note",
        "notes",
        "discussion",
        "commentary",
        "erratum",
        "errata",
        "corrigendum",
        "corrigenda",
        "correction",
        "addendum",
        "retraction",
        "retracted",
        "withdrawn",
        "review",
        "letter",
        "letters",
        "manual",
        "guide",
        "userguide",
        "usersguide",
        "sguide",
        "workbook",
        "editorial",
        "preface",
        "foreword",
        "introduction",
        "tutorial",
        "demo",
        "demonstration",
    ]
)
"""The words one of which every one of ``_KINDS`` needs."""


@dataclass(frozen=True, slots=True)
class Person:
    """One name, folded: ``family`` and ``given`` without spaces, ``last`` the last word of the family name, ``initials`` of the given names.

    ``letters``: all letters of the name, sorted; the same however the name is cut into given and family.  ``spelled``: the family
    name with its umlauts written out.
    """

    family: str
    given: str
    last: str
    initials: str
    letters: str
    group: bool = False
    spelled: str = ""


T = TypeVar("T")


class part(Generic[T]):
    """A property computed once and kept in the object; what ``functools.cached_property`` is without its lock."""

    def __init__(self, make: Callable[[Any], T]) -> None:
        self.make, self.name, self.__doc__ = make, make.__name__, make.__doc__

    @overload
    def __get__(self, owner: None, kind: type) -> part[T]: ...
    @overload
    def __get__(self, owner: object, kind: type) -> T: ...
    def __get__(self, owner: object | None, kind: type) -> T | part[T]:
        if owner is None:
            return self
        value = owner.__dict__[self.name] = self.make(owner)
        return value


STAMP = re.compile(
    r"\s*\[?(?:(?:retracted|withdrawn)(?: article)?\s*[\]:]+|retracted article\b)\s*", re.I
)
"""What publishers put in front of the title of an article that no longer stands: it is still that article, and no notice about it."""


class Title:
    """A title as ``words``, as one string (``key``), as the different words (``bag``) and what they weigh together (``mass``)."""

    def __init__(self, text: str) -> None:
        self._text = unbroken(text[stamped.end() :] if (stamped := STAMP.match(text)) else text)
        self.words = tuple(fold(self._text).split())
        self.key = "".join(self.words)
        self.bag = frozenset(self.words)
        self.mass = fsum(map(word_weight, self.bag))

    @part
    def numbers(self) -> tuple[str, ...]:
        """What is counted in it, in order."""
        return _numbers(self.words)

    @part
    def kind(self) -> str:
        """What kind of piece it says it is: a reply, an erratum …; "" for a plain title."""
        return "" if _KIND_WORDS.isdisjoint(self.bag) else _kind(" ".join(self.words))

    @part
    def _cut(self) -> tuple[str, str]:
        head, tail = _split(self._text)
        return ("".join(fold(head).split()) if tail else ""), "".join(fold(tail).split())

    @property
    def main(self) -> str:
        """The key of what stands before a colon, "" where there is none."""
        return self._cut[0]

    @property
    def rest(self) -> str:
        """The key of what stands behind a colon, "" where there is none."""
        return self._cut[1]


class View:
    """A claim or a record made comparable; each part is folded when it is first looked at, and kept."""

    def __init__(self, csl: Csl) -> None:
        self.csl = csl
        self._custom = custom_of(csl)

    @part
    def title(self) -> Title:
        return title_view(text(self.csl.get("title")))

    @part
    def people(self) -> tuple[Person, ...]:
        """The authors, else the editors."""
        return tuple([person for person, _ in self._listed])

    @part
    def _listed(self) -> list[tuple[Person, Any]]:
        return _people(self.csl.get("author")) or _people(self.csl.get("editor"))

    def name(self, i: int) -> Name:
        """The i-th of the people as the item names them."""
        return Name.from_csl(self._listed[i][1])

    @property
    def names(self) -> list[Name]:
        """All the people as the item names them."""
        return [Name.from_csl(item) for _, item in self._listed]

    @part
    def count(self) -> int:
        """How many authors there are: more than are listed where the source ended the list short."""
        count = self._custom.get("author-count")
        return max(count, len(self.people)) if isinstance(count, int) else len(self.people)

    @part
    def cut(self) -> bool:
        """The source ended the author list short."""
        return self.count > len(self.people)

    @part
    def others(self) -> bool:
        """The list of authors ends in "et al."."""
        return bool(self._custom.get("others"))

    @part
    def year(self) -> int | None:
        return year_of(self.csl)

    @part
    def venue(self) -> str:
        return text(self.csl.get("container-title"))

    @part
    def type(self) -> str:
        return text(self.csl.get("type"))

    @property
    def preprint(self) -> bool:
        return self.type == "article"

    @part
    def volume(self) -> str:
        return fold(text(self.csl.get("volume"))).replace(" ", "")

    @part
    def issue(self) -> str:
        return fold(text(self.csl.get("issue"))).replace(" ", "")

    @part
    def pages(self) -> tuple[str, str]:
        return page_range(text(self.csl.get("page") or self.csl.get("number")))

    @property
    def first(self) -> str:
        return self.pages[0]

    @property
    def last(self) -> str:
        return self.pages[1]

    @part
    def doi(self) -> str:
        """The DOI, unless it is an arXiv number in other clothes."""
        doi = text(self.csl.get("DOI")).lower()
        return "" if doi.startswith(_ARXIV_DOI) else doi

    @part
    def arxiv(self) -> str:
        stated = text(self._custom.get("arxiv"))
        doi = text(self.csl.get("DOI")).lower()
        if not stated and doi.startswith(_ARXIV_DOI):
            stated = _VERSION.sub("", doi[len(_ARXIV_DOI) :])
        return stated

    def unreadable(self, kind: str) -> str:
        """What is stated as an identifier (``doi``, ``arxiv``) and cannot be one."""
        return text(self._custom.get(f"unreadable-{kind}"))

    @part
    def version_of(self) -> str:
        """The other version that the source states: an arXiv number, a DOI, or a record id."""
        stated = text(self._custom.get("version-of"))
        return stated[6:] if stated.lower().startswith("arxiv:") else stated.lower()

    @part
    def isbn(self) -> str:
        return text(self.csl.get("ISBN")).replace("-", "").split(" ")[0]


# ------------------------------------------------------------------ titles
STOP = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "can",
        "do",
        "does",
        "for",
        "from",
        "how",
        "in",
        "into",
        "is",
        "it",
        "its",
        "of",
        "on",
        "or",
        "over",
        "that",
        "the",
        "their",
        "to",
        "towards",
        "toward",
        "under",
        "using",
        "via",
        "what",
        "when",
        "why",
        "with",
        "without",
        "we",
        "our",
        "der",
        "die",
        "das",
        "des",
        "und",
        "für",
        "fur",
        "im",
        "le",
        "la",
        "les",
        "de",
        "du",
        "et",
        "un",
        "une",
        "el",
        "los",
        "y",
    ]
)


RARE = 14.0
"""What a word tells (in bits) that stands in no more than one title in ten thousand."""


@cache
def _told() -> dict[str, float]:
    lines = (
        files("citenorm").joinpath("data/title-words.txt").read_text(encoding="utf-8").splitlines()
    )
    return {
        word: float(bits)
        for word, _, bits in (line.partition(" ") for line in lines if line[0] != "#")
    }


@lru_cache(maxsize=65536)
def word_weight(word: str) -> float:
    """How much a title word tells (0–1): next to nothing for stop words, little for common ones, 1 for rare ones."""
    if word in STOP:
        return 0.1
    return 0.5 if word.isdigit() else _told().get(word, RARE) / RARE


@lru_cache(maxsize=16384)
def title_view(text: str) -> Title:
    """A title's view; the part in front of a colon, question mark or dash is its main part."""
    return Title(text)


_BROKEN = re.compile(r"(?<=[^\W\d_])-\s+(?!(?:and|or|und|oder|et|to|bis)\b)(?=[a-zß-ÿ])")


def unbroken(text: str) -> str:
    """Words joined that a line's end had cut ("str- ucture"); "pre- and post-" stays."""
    return _BROKEN.sub("", text) if "- " in text else text


_BREAK = re.compile(r"(?::|\?|!|\.(?=\s)|\s[-–—]+(?=\s)|—|;)\s*")


def _split(text: str) -> tuple[str, str]:
    found = _BREAK.search(text, 3)
    return (text[: found.start()], text[found.end() :]) if found else (text, "")


def _numbers(words: tuple[str, ...]) -> tuple[str, ...]:
    """What is counted in a title, in order: digits, roman numerals, "part two"."""
    out: list[str] = []
    for i, word in enumerate(words):
        if word in _ROMAN:
            out.append(_ROMAN[word])
        elif (
            word in ("i", "v", "x") and (i == len(words) - 1 or (i and words[i - 1] in PARTS)) and i
        ):
            out.append({"i": "1", "v": "5", "x": "10"}[word])
        elif word in _SPELLED and i and words[i - 1] in PARTS:
            out.append(_SPELLED[word])
        elif (word[0].isdigit() or word[-1].isdigit()) and (found := _DIGITS.findall(word)):
            misread = word.translate(_MISREAD)
            out += [
                n.lstrip("0") or "0"
                for n in ([misread] if misread.isdigit() and len("".join(found)) > 1 else found)
            ]
        elif glued := _GLUED_PART.search(word):
            out.append({"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}[glued[1]])
    return tuple(out)


def _kind(folded: str) -> str:
    for name, pattern in _KINDS:
        if pattern.search(folded):
            return name
    return ""


# ------------------------------------------------------------------ people
_GROUPS = frozenset(
    [
        "team",
        "group",
        "collaboration",
        "consortium",
        "project",
        "committee",
        "laboratory",
        "lab",
        "labs",
        "institute",
        "foundation",
        "inc",
        "ltd",
        "llc",
        "gmbh",
        "corporation",
        "community",
        "contributors",
        "developers",
        "authors",
        "association",
        "society",
        "university",
        "department",
        "ministry",
        "agency",
        "network",
        "initiative",
        "organization",
        "organisation",
    ]
)


@lru_cache(maxsize=65536)
def _person(family: str, given: str, literal: str) -> Person:
    if literal:
        words = fold(literal).split()
        return Person("".join(words), "", words[-1] if words else "", "", "", True)
    names = [w for w in fold(family).split() if not w.isdigit()]
    if names and names[-1] in _GROUPS:
        return Person("".join(fold(f"{given} {family}").split()), "", names[-1], "", "", True)
    # "d'Alché", "O'Brien": what stands behind the apostrophe is no word of its own
    first = _given_words(given)
    whole, called = "".join(names), "".join(first)
    spelled = (
        whole
        if family.isascii()
        else "".join(w for w in fold(spelled_out(family)).split() if not w.isdigit())
    )
    return Person(
        whole,
        called,
        names[-1] if names else "",
        "".join(w[0] for w in first),
        "".join(sorted(whole + called)),
        spelled=spelled,
    )


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


def _people(items: Any) -> list[tuple[Person, Any]]:
    """The people of a CSL list, each with the item that names them; what names nobody is left out."""
    if not isinstance(items, (list, tuple)):
        return []
    people = [(_person_of(item), item) for item in items]
    return [(p, item) for p, item in people if p is not None and (p.family or p.given)]


def _person_of(item: Any) -> Person | None:
    if not isinstance(item, Mapping):
        return _person("", "", item) if isinstance(item, str) else None
    family, given = item.get("family") or "", item.get("given") or ""
    if not family and not given:
        return _person("", "", item.get("literal") or "")
    if "- " in family:
        family, given = unbroken(family), unbroken(given)
    particle = item.get("non-dropping-particle") or item.get("dropping-particle")
    return _person(f"{particle} {family}" if particle else family, given, "")


# ------------------------------------------------------------------ claims and records
def claim_view(claim: Claim) -> View:
    """The claim made comparable."""
    return _kept(claim.csl)


def record_view(record: Record) -> View:
    """The record made comparable."""
    return _kept(record.csl)


_VIEWS: dict[int, tuple[Csl, View]] = {}
_MOST = 4096


def _kept(csl: Csl) -> View:
    """The view of an item, made once as long as the item lives in this table (the item is held, so its id is its own)."""
    known = _VIEWS.get(id(csl))
    if known is not None and known[0] is csl:
        return known[1]
    view = View(csl)
    if len(_VIEWS) >= _MOST:
        _VIEWS.clear()
    _VIEWS[id(csl)] = (csl, view)
    return view


def text(value: Any) -> str:
    """A CSL value as a string; a list gives its first item, anything else nothing."""
    if isinstance(value, str):
        return value
    if isinstance(value, (list, tuple)) and value:
        return text(value[0])
    return str(value) if isinstance(value, (int, float)) else ""
