"""Two titles in, the level of their likeness out: exact, a slip, a subtitle left out, a variant, or another title."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from functools import lru_cache
from math import fsum

from rapidfuzz.distance import OSA, Indel

from ..in_text import Line, title_within
from ..title_view import DIVISIONS, NUMERALS, STOP, Title, word_weight
from ..views import View
from .comparison import FieldComparison, Found, of_each
from .level import Level

SHORT_KEY, SHORT_WORDS, SHORT_MASS = 14, 2, 1.35
"""A title of fewer letters or words, or of common words alone, says little: "Introduction", "Deep learning", "Graph neural networks"."""

_SHORT = {"net": "network", "nets": "network"}
"""Words that titles use for each other, long and short."""


class TitleClass(StrEnum):
    """What a level of the title comes to where other fields are weighed with it."""

    SAME = "title same"
    SHORT_SAME = "short title same"
    PART = "title part"
    PART_SHORT = "title part short"
    NEAR = "title near"
    RELATED = "title related"
    DIFFERENT = "title different"
    UNSTATED = "title unstated"


class TitleLevel(Level):
    """``cut``: the claim has a part of the record's title; ``longer``: the record has a part of the claim's; ``one word``: one
    telling word of several is another."""

    EXACT = "exact"
    TYPO = "typo"
    MINOR = "minor"
    REORDERED = "reordered"
    WHOLE_IN_TEXT = "whole in text"
    SMEARED_IN_TEXT = "smeared in text"
    EXACT_SHORT = "exact-short"
    SUBTITLE_CUT = "subtitle-cut"
    SUBTITLE_LONGER = "subtitle-longer"
    SUBTITLE_SHORT = "subtitle-short"
    BEGINNING_CUT = "beginning-cut"
    BEGINNING_LONGER = "beginning-longer"
    BEGINNING_SHORT = "beginning-short"
    WITHIN_CUT = "within-cut"
    WITHIN_LONGER = "within-longer"
    OTHER_SUBTITLE = "other-subtitle"
    VARIANT = "variant"
    NEAR = "near"
    ONE_WORD = "one word"
    RELATED = "related"
    INSIDE_TEXT = "inside text"
    DISTANT = "distant"
    DIFFERENT = "different"
    UNSTATED = "unstated"

    @classmethod
    def chains(cls) -> tuple[tuple[TitleLevel, ...], ...]:
        return (
            (cls.EXACT, cls.TYPO, cls.MINOR, cls.REORDERED, cls.VARIANT, cls.NEAR),
            (cls.NEAR, cls.RELATED, cls.DISTANT, cls.DIFFERENT),
            (cls.NEAR, cls.ONE_WORD, cls.DISTANT),
            (cls.EXACT, cls.WHOLE_IN_TEXT, cls.SMEARED_IN_TEXT, cls.NEAR),
            (cls.RELATED, cls.INSIDE_TEXT, cls.DIFFERENT),
            (cls.EXACT, cls.SUBTITLE_CUT, cls.BEGINNING_CUT, cls.WITHIN_CUT, cls.DISTANT),
            (cls.EXACT, cls.SUBTITLE_LONGER, cls.BEGINNING_LONGER, cls.WITHIN_LONGER, cls.DISTANT),
            (cls.EXACT, cls.EXACT_SHORT, cls.SUBTITLE_SHORT, cls.BEGINNING_SHORT, cls.DIFFERENT),
            (cls.SUBTITLE_CUT, cls.OTHER_SUBTITLE, cls.DIFFERENT),
            (cls.MINOR, cls.UNSTATED, cls.DIFFERENT),
        )

    @property
    def kin(self) -> TitleClass:
        return _CLASS[self]


_CLASS = {
    **dict.fromkeys(
        (
            TitleLevel.EXACT,
            TitleLevel.TYPO,
            TitleLevel.MINOR,
            TitleLevel.REORDERED,
            TitleLevel.WHOLE_IN_TEXT,
            TitleLevel.SMEARED_IN_TEXT,
            TitleLevel.INSIDE_TEXT,
        ),
        TitleClass.SAME,
    ),
    TitleLevel.EXACT_SHORT: TitleClass.SHORT_SAME,
    **dict.fromkeys(
        (
            TitleLevel.SUBTITLE_CUT,
            TitleLevel.SUBTITLE_LONGER,
            TitleLevel.BEGINNING_CUT,
            TitleLevel.BEGINNING_LONGER,
            TitleLevel.WITHIN_CUT,
            TitleLevel.WITHIN_LONGER,
        ),
        TitleClass.PART,
    ),
    **dict.fromkeys(
        (TitleLevel.SUBTITLE_SHORT, TitleLevel.BEGINNING_SHORT, TitleLevel.OTHER_SUBTITLE),
        TitleClass.PART_SHORT,
    ),
    **dict.fromkeys((TitleLevel.VARIANT, TitleLevel.NEAR, TitleLevel.ONE_WORD), TitleClass.NEAR),
    TitleLevel.RELATED: TitleClass.RELATED,
    **dict.fromkeys((TitleLevel.DISTANT, TitleLevel.DIFFERENT), TitleClass.DIFFERENT),
    TitleLevel.UNSTATED: TitleClass.UNSTATED,
}
OF_TEXT = frozenset((TitleLevel.WHOLE_IN_TEXT, TitleLevel.SMEARED_IN_TEXT, TitleLevel.INSIDE_TEXT))
"""The title was found in the string, not among its fields."""
PART = frozenset(x for x in TitleLevel if x.value.startswith(("subtitle", "beginning", "within")))
"""One title is a part of the other."""
CUT = frozenset(x for x in PART if "-cut" in x.value)
"""The claim has a part of the record's title."""


def title_level(claim: Title, record: Title) -> tuple[TitleLevel, float]:
    """Level and overlap (0–1, by letters of content words) of two titles."""
    if not claim.key or not record.key:
        return TitleLevel.UNSTATED, 0.0
    if claim.key == record.key:
        return (TitleLevel.EXACT_SHORT if is_short(claim) else TitleLevel.EXACT), 1.0
    return _level(claim, record)


TELLING = 4
"""Of so many words that tell something, the one that is exchanged may be a slip of memory; of fewer it makes another title."""
NEGATIONS = frozenset(("not", "no", "non", "never"))
"""Words whose repetition makes another title."""


def is_short(title: Title) -> bool:
    return len(title.key) < SHORT_KEY or len(title.words) <= SHORT_WORDS or title.mass < SHORT_MASS


@lru_cache(maxsize=16384)
def _level(claim: Title, record: Title) -> tuple[TitleLevel, float]:
    overlap = overlap_of(claim, record)
    if overlap < 0.15 and not one_in_other(claim, record):
        return TitleLevel.DIFFERENT, overlap
    like = Indel.normalized_similarity(claim.key, record.key, score_cutoff=0.9)
    if overlap < 0.3 and not like and not one_in_other(claim, record):
        return TitleLevel.DIFFERENT, overlap
    left_c, left_r = words_apart(claim, record)
    if not left_c and not left_r:
        if Counter(w for w in claim.words if w in NEGATIONS) != Counter(
            w for w in record.words if w in NEGATIONS
        ):
            return TitleLevel.NEAR, 0.9
        return (TitleLevel.TYPO if like else TitleLevel.REORDERED), 1.0
    content_c, content_r = (
        [w for w in left_c if w not in STOP],
        [w for w in left_r if w not in STOP],
    )
    if not content_c and not content_r:
        return TitleLevel.MINOR, 0.97
    if like >= 0.94 and _noise(left_c, left_r):
        return TitleLevel.TYPO, 0.97
    part = _part(claim, record, left_c, left_r)
    if part:
        return part, overlap
    shared = record.mass - fsum(map(word_weight, set(left_r)))
    overlap = max(overlap, shared / max(record.mass, claim.mass))
    if overlap >= 0.8:
        return (TitleLevel.VARIANT if not (content_c and content_r) else TitleLevel.NEAR), overlap
    if len(content_c) == len(content_r) == 1 and _content(claim) >= TELLING <= _content(record):
        return TitleLevel.ONE_WORD, overlap
    if overlap >= 0.6:
        return TitleLevel.RELATED, overlap
    return (TitleLevel.DISTANT if overlap >= 0.4 else TitleLevel.DIFFERENT), overlap


def _content(title: Title) -> int:
    return sum(w not in STOP for w in title.words)


def one_in_other(claim: Title, record: Title) -> bool:
    """One title stands in the other as it is."""
    short, long = (
        (claim.key, record.key) if len(claim.key) < len(record.key) else (record.key, claim.key)
    )
    return len(short) >= 6 and short in long


def _noise(left_c: list[str], left_r: list[str]) -> bool:
    """The words left over are the same letters cut or smeared otherwise: glued, hyphenated or misread words."""
    a, b = "".join(left_c), "".join(left_r)
    return a == b or (
        min(len(a), len(b)) >= 6
        and Indel.normalized_similarity(a, b) >= 0.85
        and len(left_c) != len(left_r)
    )


def _part(claim: Title, record: Title, left_c: list[str], left_r: list[str]) -> TitleLevel | None:
    """One title is a part of the other: without its subtitle, or broken off."""
    for short, long, left, cut in ((claim, record, left_c, True), (record, claim, left_r, False)):
        if len(short.key) >= len(long.key):
            continue
        whole = not left or _starts_word(long, "".join(left))
        if long.main and _nearly(short.key, long.main, whole):
            return _subtitle(cut) if len(short.key) >= SHORT_KEY else TitleLevel.SUBTITLE_SHORT
        if long.rest and len(long.rest) >= SHORT_KEY and _nearly(short.key, long.rest, whole):
            return _subtitle(cut)
        if len(short.key) >= 6 and _nearly(short.key, long.key[: len(short.key)], whole):
            if len(short.words) <= 3 or len(short.key) < 20:
                return TitleLevel.BEGINNING_SHORT
            return TitleLevel.BEGINNING_CUT if cut else TitleLevel.BEGINNING_LONGER
        if not left and len(short.words) > 2:
            return TitleLevel.WITHIN_CUT if cut else TitleLevel.WITHIN_LONGER
    if claim.main and len(claim.main) >= 6 and claim.main == record.main:
        return TitleLevel.OTHER_SUBTITLE
    return None


def _subtitle(cut: bool) -> TitleLevel:
    return TitleLevel.SUBTITLE_CUT if cut else TitleLevel.SUBTITLE_LONGER


def _nearly(a: str, b: str, whole: bool) -> bool:
    return a == b or (
        whole and len(a) >= 12 and Indel.normalized_similarity(a, b, score_cutoff=0.93) > 0
    )


def _starts_word(title: Title, piece: str) -> bool:
    """Glued words: the piece stands in the title from the beginning of a word on."""
    at = title.key.find(piece)
    while at >= 0:
        length = 0
        for word in title.words:
            if length >= at:
                break
            length += len(word)
        if length == at:
            return True
        at = title.key.find(piece, at + 1)
    return False


_FIRST = frozenset(("1", "i", "one", "first"))


def further_part(claim: Title, record: Title) -> bool:
    """The claim is the record's title and goes on to say that it is a later part of it: "…, Part 2", "… II"."""
    size = len(record.words)
    rest = claim.words[size:]
    if not size or not rest or claim.words[:size] != record.words:
        return False
    if rest[0] in DIVISIONS:
        return (
            len(rest) > 1 and (rest[1].isdigit() or rest[1] in NUMERALS) and rest[1] not in _FIRST
        )
    return len(rest[0]) > 1 and rest[0] in NUMERALS and not rest[0].strip("ivxl")


# ------------------------------------------------------------------ words
_MOST_LEFT = 50
"""Words that only one title has and that are compared with the other's one by one: no title that people give has more."""


def words_apart(a: Title, b: Title) -> tuple[list[str], list[str]]:
    """The words that either title has and the other has not, slips of one letter or two forgiven."""
    left_a, left_b = [w for w in a.words if w not in b.bag], [w for w in b.words if w not in a.bag]
    if left_a and left_b:
        for word in left_a[:_MOST_LEFT]:
            for other in left_b[:_MOST_LEFT]:
                near = abs(len(word) - len(other)) <= 2  # of other lengths only short forms are one
                if (near or word in _SHORT or other in _SHORT) and same_word(word, other):
                    left_a.remove(word)
                    left_b.remove(other)
                    break
    return left_a, left_b


@lru_cache(maxsize=65536)
def same_word(a: str, b: str) -> bool:
    """Two spellings of one word: a slip, British and American, plural; not "supervised" and "unsupervised"."""
    if a == b:
        return True
    if len(a) > len(b):
        a, b = b, a
    if a in _SHORT and b in (_SHORT[a], _SHORT[a] + "s"):
        return True
    if len(a) < 4 or len(b) - len(a) > 2 or not (a.isalpha() and b.isalpha()):
        return False
    if b == a + "s" or b == a + "es":
        return True
    allowed = 1 if len(a) < 8 else 2
    distance = OSA.distance(a, b, score_cutoff=allowed)
    # another first letter makes another word more often than a slip, and a second one beside it nearly always: explicit, implicit
    return distance <= allowed and (a[0] == b[0] or (len(a) >= 6 and distance == 1) or b[1:] == a)


def overlap_of(a: Title, b: Title) -> float:
    """Weight of the words that both titles have, of the heavier title (0–1)."""
    shared = fsum(map(word_weight, a.bag & b.bag))
    return shared / max(a.mass, b.mass, 0.1)


# ------------------------------------------------------------------ the comparison
_EXACT = frozenset((TitleLevel.EXACT, TitleLevel.EXACT_SHORT, TitleLevel.TYPO))
_OTHER = frozenset(
    (
        TitleLevel.DIFFERENT,
        TitleLevel.DISTANT,
        TitleLevel.UNSTATED,
        TitleLevel.RELATED,
        TitleLevel.ONE_WORD,
    )
)


def _in_text(line: Line, ours: View, theirs: View, found: Found) -> TitleLevel:
    """Where the parsed title is not the record's: does the record's stand in the string?"""
    level = found["title"]
    assert isinstance(level, TitleLevel)
    if level in _EXACT or further_part(ours.title, theirs.title):
        return level
    within = title_within(line, theirs)
    if within.startswith("whole") and level.kin is not TitleClass.SAME:
        return TitleLevel.WHOLE_IN_TEXT if within == "whole" else TitleLevel.SMEARED_IN_TEXT
    return TitleLevel.INSIDE_TEXT if within == "inside" and level in _OTHER else level


COMPARISON = FieldComparison(
    "title",
    TitleLevel,
    lambda ours, theirs, found: title_level(ours.title, theirs.title)[0],
    of_each(lambda view: view.title.said),
    rank=1,
    in_text=_in_text,
)
