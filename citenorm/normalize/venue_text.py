"""A printed venue in ("Proc. of the 35th Intl. Conf. on Machine Learning (ICML-18), Stockholm"), its pieces and keys out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from ..late import late
from .ordinals import take_ordinals
from .text import fold

# Words that never tell two venues apart.
STOP = frozenset({
    "the", "over", "annu", "its", "of", "on", "in", "for", "and", "an", "at", "to", "with", "by", "from", "as", "de", "la", "le", "les",
    "du", "der", "die", "das", "und", "fur", "et", "del", "di", "el", "en", "proceedings", "proceeding", "procs", "proc", "annual",
    "volume", "vol", "number", "no", "part", "pages", "pp", "papers", "long", "short", "track", "main", "full", "regular",
    "revised", "edition", "held",
})  # fmt: skip
MONTHS = frozenset({
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
})  # fmt: skip
# Societies and companies in front of a name, as often left out as put in.
_SPONSOR = re.compile(
    r"^(?:ieee|acm|cvf|rsj|usenix|ifip|siam|ras|iapr|informs|eacsl|iacr|aaai|asme|cs|sig[a-z]+)$"
)
_SPELLED = {
    "conf": "conference", "confs": "conference", "conferences": "conference", "intl": "international", "int": "international", "internat": "international",
    "symp": "symposium", "sympos": "symposium", "symposia": "symposium", "trans": "transactions", "natl": "national", "eur": "european",
    "wkshp": "workshop", "wksp": "workshop", "workshops": "workshop", "assoc": "association", "mtg": "meeting", "jt": "joint", "j": "journal",
    "bases": "databases",
}  # fmt: skip
_CUT = re.compile(
    r"[,;:()\[\]{}|]|\s[-–—]{1,3}\s|—|(?<=\w)@(?=\w)|\.\s+(?=(?:In|Proceedings|Proc)\b)"
)
_LETTER_A = late(r"(?<=[^\W\d_. ]) A\b|\. ?A\b")
_GLUE = late(r"(?<=\w)&(?=\w)")
_YEAR = re.compile(r"^(?:19[5-9]\d|20\d\d)$")
_NUMBER = re.compile(r"^\d+[a-z]?$")
_DATED = re.compile(r"^([a-z]{2,})((?:19|20)\d\d|\d\d)$")
# "16th Conference on Learning Theory and 7th Kernel Workshop" is the conference.
_HELD_JOINTLY = late(
    r"\band\s+(?:the\s+)?\d{1,2}(?:st|nd|rd|th)\s+[^,;:()]{0,80}?\bworkshops?\b", re.I
)
_PART_WORDS = (
    "workshop", "wkshp", "wksp", "@", "companion", "adjunct", "abstracts", "addendum", "demo", "tutorial", "student", "doctoral", "track", "poster",
    "breaking",
)  # fmt: skip
"""One of these stands in whatever ``_PARTS`` know."""
_PARTS = (
    (late(r"\b(?:workshops?|wkshps?|wksp)\b|\w@\w", re.I), "workshop"),
    (late(r"\b(?:companion|adjunct|extended abstracts|addendum)\b", re.I), "companion"),
    (
        late(r"\b(?:system demonstrations?|demonstrations?|demos?|demo track)\b", re.I),
        "demonstrations",
    ),
    (late(r"\b(?:tutorials?|tutorial abstracts)\b", re.I), "tutorials"),
    (
        late(r"\b(?:student research|student abstracts?|doctoral consortium)\b", re.I),
        "students",
    ),
    (late(r"\b(?:industry track|industrial track)\b", re.I), "industry"),
    (late(r"\b(?:posters?|late[- ]breaking)\b", re.I), "posters"),
)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a venue between punctuation.

    ``text`` as printed; ``words`` folded; ``kept`` the words that make a name; ``before`` the sign in front of it.
    """

    text: str
    words: tuple[str, ...]
    kept: tuple[str, ...]
    before: str

    @classmethod
    def of(cls, text: str, words: tuple[str, ...], before: str = "") -> Segment:
        return cls(
            text,
            words,
            tuple(content(words, "a" in words and bool(_LETTER_A.search(text)))),
            before,
        )


_INVERTED = late(r"(.+?),\s*([^,]*\s(?:on|of|for))\.?")


def straight(text: str) -> str:
    """A name as it is read, of one that is sorted by its subject: "Grid Computing, 2004. Fifth International Workshop on"."""
    if not text.rstrip(".").endswith((" on", " of", " for")):
        return text
    found = _INVERTED.fullmatch(text)
    return f"{found[2]} {found[1]}" if found else text


@lru_cache(maxsize=4096)
def segments(text: str) -> tuple[Segment, ...]:
    """The stretches of a printed venue between commas, colons, brackets and dashes, empty ones left out."""
    if text.isascii() and text.replace(" ", "").isalpha():
        return (Segment.of(text.strip(), tuple(text.lower().split())),)
    if "&" in text:
        text = _GLUE.sub("", text)
    found: list[Segment] = []
    start, sign = 0, ""
    for cut in [*_CUT.finditer(text), None]:
        piece = text[start : cut.start() if cut else len(text)]
        words = tuple(fold(piece).split())
        if words:
            found.append(Segment.of(piece.strip(), words, sign))
        if cut:
            start, sign = cut.end(), cut[0].strip()
    return tuple(found)


def content(words: tuple[str, ...] | list[str], letter_a: bool = False) -> list[str]:
    """The words that make a name: ordinals, years, numbers and small words dropped, common abbreviations spelled out.

    A single letter stays at the end of a name ("Physical Review A"), an A within one with ``letter_a``; "icml18" is read
    as "icml".
    """
    kept, ordinals = take_ordinals(list(words))
    if (
        not ordinals
        and STOP.isdisjoint(words)
        and all(map(str.isalpha, words))
        and "a" not in words
    ):
        return [_SPELLED.get(word, word) for word in words]
    last = len(kept) - 1
    while last >= 0 and (
        _NUMBER.match(kept[last]) or kept[last] in ("volume", "vol", "part", "no")
    ):
        last -= 1
    out: list[str] = []
    for i, word in enumerate(kept):
        if word in STOP or (word == "a" and i != last and not letter_a):
            continue
        if not word.isalpha():
            if _NUMBER.match(word):
                continue
            dated = _DATED.match(word)
            if dated:
                word = dated[1]
        out.append(_SPELLED.get(word, word))
    return out


def key(parts: Sequence[Segment]) -> str:
    """The key by which a name is looked up.  Of a single word "proceedings" stays, for "Proceedings of Science" is not Science."""
    kept = [w for part in parts for w in part.kept]
    if len(kept) == 1 and any(w in ("proceedings", "proc") for part in parts for w in part.words):
        return "proceedings " + kept[0]
    return " ".join(kept)


@lru_cache(maxsize=8192)
def is_sponsor(word: str) -> bool:
    """True for a society's name that may stand in front of a venue or not."""
    return bool(_SPONSOR.match(word))


def loose_key(name_key: str) -> str:
    """The key without sponsors and "international"; "" if less than two words are left."""
    kept = [w for w in name_key.split() if w != "international" and not is_sponsor(w)]
    return " ".join(kept) if len(kept) > 1 else ""


def year_in(words: tuple[str, ...] | list[str], short: bool = True) -> int | None:
    """The first year among folded words ("2018", "icml2018"); with ``short`` also of two digits behind one name ("icml18", "icml 18")."""
    numbered = [word for word in words if word[-1:].isdigit()]
    if not numbered:
        return None
    for word in numbered:
        if _YEAR.match(word):
            return int(word)
        dated = _DATED.match(word)
        if dated and len(dated[2]) == 4:
            return int(dated[2])
    if not short:
        return None
    for before, word in pairwise(words):
        if len(word) == 2 and word.isdigit() and before.isalpha() and before not in MONTHS:
            return _century(int(word))
    for word in numbered:
        dated = _DATED.match(word)
        if dated:
            return _century(int(dated[2]))
    return None


def _century(number: int) -> int | None:
    """Two digits as a year; none for those still to come, which count conferences ("MICRO-29")."""
    if number > 49:
        return 1900 + number
    return 2000 + number if number < 29 else None


def part_of(text: str) -> str:
    """Which part of a conference a text speaks of: "workshop", "companion", "demonstrations" …, "" for the main one."""
    if not any(map(text.casefold().__contains__, _PART_WORDS)):
        return ""
    text = _HELD_JOINTLY.sub(" ", text)
    return next((name for pattern, name in _PARTS if pattern.search(text)), "")
