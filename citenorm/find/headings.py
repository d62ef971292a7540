"""One line goes in; whether it is the heading of a list of references, or of what follows one, comes out."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from ..normalize.text import fold

HeadingKind = Literal["list", "maybe", "stop", ""]

_NUMBER = re.compile(
    r"^(?:(?:chapter|section|part|kapitel|chapitre|capitulo|appendix)\s+)?(?:\d{1,2}(?:[. ]\d{1,2})*|[ivxl]{1,6}|[a-h])\s+(?=[^\W\d])"
)
_LEADERS = re.compile(r"\.{3,}|(?:\. ){3,}|…|\t\d+$|\s{3,}\d+$")
_QUOTED_END = re.compile(r"[”»,;\"][.,]*$")
LONGEST = 60


@cache
def _table() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    data = tomllib.loads(files(__package__).joinpath("headings.toml").read_text("utf-8"))
    kinds = tuple(
        frozenset(fold(entry) or entry for entries in data[kind].values() for entry in entries)
        for kind in ("lists", "maybe", "stops")
    )
    return kinds[0], kinds[1], kinds[2]


@lru_cache(maxsize=8192)
def heading_kind(text: str) -> HeadingKind:
    """Kind of the heading that ``text`` is: of a list of references, perhaps of one, of what follows one, or none of these."""
    if not text or len(text) > LONGEST or _LEADERS.search(text) or _QUOTED_END.search(text):
        return ""
    lists, maybe, stops = _table()
    key = fold(text)
    for _ in range(2):
        if key in lists:
            return "list"
        if key in maybe:
            return "maybe"
        if key in stops:
            return "stop"
        shorter = _NUMBER.sub("", key)
        if shorter == key:
            break
        key = shorter
    if _misspelt(key):
        return "list"
    if re.fullmatch(r"(?:\w ){4,30}\w", key) and key.replace(" ", "") in lists:
        return "list"
    if re.match(r"(?:appendix|annex|anhang|annexe|apendice) (?:\w|\d+|[ivx]+)\b", key) or re.match(
        r"(?:supplementa\w+|extended data) (?:material|figure|table|information|text)", key
    ):
        return "stop"
    return ""


_SPELT = (
    "references", "reference list", "bibliography", "works cited", "literature cited", "literaturverzeichnis", "literatur", "quellenverzeichnis",
    "references bibliographiques", "bibliographie", "referencias", "referencias bibliograficas", "bibliografia", "referencias bibliographicas",
    "riferimenti bibliografici", "literatuurlijst", "referenties", "referenser", "lahteet", "kaynakca", "bibliografie", "литература", "список литературы",
)  # fmt: skip
_OTHER_WORDS = frozenset(
    (
        "referees",
        "referee",
        "referrers",
        "literate",
        "literal",
        "literary",
        "literarisch",
        "literaten",
        "referent",
        "referents",
        "referendum",
        "referral",
        "referrals",
        "biographie",
        "biography",
        "biografia",
    )
)
SLIPS = 2
"""So many letters may be wrong in the heading of a list (one in short ones); the first one is right."""


@cache
def _misspelt(key: str) -> bool:
    """True where ``key`` is the heading of a list with a slip or two."""
    if not 6 <= len(key) <= 40 or key in _OTHER_WORDS or key in _table()[1] | _table()[2]:
        return False
    from rapidfuzz.distance import OSA

    return any(
        key[0] == word[0]
        and OSA.distance(key, word, score_cutoff=SLIPS) <= (SLIPS if len(word) >= 9 else 1)
        for word in _SPELT
    )
