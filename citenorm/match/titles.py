"""Two titles in, the level of their likeness out: exact, a slip, a subtitle left out, a variant, or another title."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from math import fsum

from rapidfuzz.distance import OSA, Indel

from .views import NUMERALS, PARTS, STOP, Title, word_weight

SHORT_KEY, SHORT_WORDS, SHORT_MASS = 14, 2, 1.35
"""A title of fewer letters or words, or of common words alone, says little: "Introduction", "Deep learning", "Graph neural networks"."""

_AFFIXES = frozenset(
    (
        "un",
        "non",
        "in",
        "im",
        "dis",
        "multi",
        "semi",
        "sub",
        "super",
        "anti",
        "co",
        "re",
        "self",
        "bi",
        "hyper",
        "micro",
        "macro",
        "inter",
        "intra",
        "pre",
        "post",
        "over",
        "under",
    )
)


_SHORT = {"net": "network", "nets": "network"}
"""Words that titles use for each other, long and short."""


def title_level(claim: Title, record: Title) -> tuple[str, float]:
    """Level and overlap (0–1, by letters of content words) of two titles."""
    if not claim.key or not record.key:
        return "unstated", 0.0
    if claim.key == record.key:
        return ("exact-short" if is_short(claim) else "exact"), 1.0
    return _level(claim, record)


NEGATIONS = frozenset(("not", "no", "non", "never"))
"""Words whose repetition makes another title."""


def is_short(title: Title) -> bool:
    return len(title.key) < SHORT_KEY or len(title.words) <= SHORT_WORDS or title.mass < SHORT_MASS


def _level(claim: Title, record: Title) -> tuple[str, float]:
    overlap = overlap_of(claim, record)
    if overlap < 0.15 and not _one_in_other(claim, record):
        return "different", overlap
    like = Indel.normalized_similarity(claim.key, record.key, score_cutoff=0.9)
    if overlap < 0.3 and not like and not _one_in_other(claim, record):
        return "different", overlap
    left_c, left_r = words_apart(claim, record)
    if not left_c and not left_r:
        if Counter(w for w in claim.words if w in NEGATIONS) != Counter(
            w for w in record.words if w in NEGATIONS
        ):
            return "near", 0.9
        return ("typo" if like else "reordered"), 1.0
    content_c, content_r = (
        [w for w in left_c if w not in STOP],
        [w for w in left_r if w not in STOP],
    )
    if not content_c and not content_r:
        return "minor", 0.97
    if like >= 0.94 and _noise(left_c, left_r):
        return "typo", 0.97
    part = _part(claim, record, left_c, left_r)
    if part:
        return part, overlap
    shared = record.mass - fsum(map(word_weight, set(left_r)))
    overlap = max(overlap, shared / max(record.mass, claim.mass, 0.1))
    if overlap >= 0.8:
        return ("variant" if not (content_c and content_r) else "near"), overlap
    if overlap >= 0.6:
        return "related", overlap
    return ("distant" if overlap >= 0.4 else "different"), overlap


def _one_in_other(claim: Title, record: Title) -> bool:
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


def _part(claim: Title, record: Title, left_c: list[str], left_r: list[str]) -> str:
    """One title is a part of the other: without its subtitle, or broken off."""
    for short, long, left, name in (
        (claim, record, left_c, "cut"),
        (record, claim, left_r, "longer"),
    ):
        if len(short.key) >= len(long.key):
            continue
        whole = not left or _starts_word(long, "".join(left))
        if long.main and _nearly(short.key, long.main, whole):
            return "subtitle-" + name if len(short.key) >= SHORT_KEY else "subtitle-short"
        if long.rest and len(long.rest) >= SHORT_KEY and _nearly(short.key, long.rest, whole):
            return "subtitle-" + name
        if len(short.key) >= 6 and _nearly(short.key, long.key[: len(short.key)], whole):
            return (
                "beginning-" + name
                if len(short.words) > 3 and len(short.key) >= 20
                else "beginning-short"
            )
        if not left and len(short.words) > 2:
            return "within-" + name
    if claim.main and len(claim.main) >= 6 and claim.main == record.main:
        return "other-subtitle"
    return ""


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


# ------------------------------------------------------------------ words
def words_apart(a: Title, b: Title) -> tuple[list[str], list[str]]:
    """The words that either title has and the other has not, slips of one letter or two forgiven."""
    left_a, left_b = [w for w in a.words if w not in b.bag], [w for w in b.words if w not in a.bag]
    if left_a and left_b:
        for word in tuple(left_a):
            for other in left_b:
                if same_word(word, other):
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
    if b.endswith(a) and b[: -len(a)] in _AFFIXES:
        return False
    allowed = 1 if len(a) < 8 else 2
    distance = OSA.distance(a, b, score_cutoff=allowed)
    # another first letter makes another word more often than a slip, and a second one beside it nearly always: explicit, implicit
    return distance <= allowed and (a[0] == b[0] or (len(a) >= 6 and distance == 1) or b[1:] == a)


def overlap_of(a: Title, b: Title) -> float:
    """Weight of the words that both titles have, of the heavier title (0–1)."""
    shared = fsum(map(word_weight, a.bag & b.bag))
    return shared / max(a.mass, b.mass, 0.1)


# ------------------------------------------------------------------ numbers and kinds
def number_level(claim: Title, record: Title, level: str) -> str:
    """Whether the numbers in two titles (parts, versions, years) agree; "" where neither has any."""
    if not claim.numbers and not record.numbers:
        return ""
    ours, theirs = sorted(claim.numbers), sorted(record.numbers)
    if ours == theirs:
        return "same"
    if further_part(claim, record):
        return "differ"
    part = level.startswith(("subtitle", "beginning", "within")) and not _only_a_number(
        claim, record
    )
    if part and (set(ours) <= set(theirs) or set(theirs) <= set(ours)):
        return "left out"
    return "differ" if ours and theirs else "missing"


def further_part(claim: Title, record: Title) -> bool:
    """The claim is the record's title and goes on to say that it is a later part of it: "…, Part 2", "… II"."""
    size = len(record.words)
    rest = claim.words[size:]
    if not size or not rest or claim.words[:size] != record.words:
        return False
    if rest[0] in _DIVISIONS:
        return (
            len(rest) > 1 and (rest[1].isdigit() or rest[1] in NUMERALS) and rest[1] not in _FIRST
        )
    return len(rest[0]) > 1 and rest[0] in NUMERALS and not rest[0].strip("ivxl")


_DIVISIONS = frozenset(
    ["part", "teil", "partie", "chapter", "section", "episode", "phase", "paper"]
)
_FIRST = frozenset(["1", "i", "one", "first"])


def _only_a_number(claim: Title, record: Title) -> bool:
    """One title is the other and a number: a part, a version, a year."""
    return all(
        w in STOP or w in PARTS or w in NUMERALS or w.isdigit() for w in claim.bag ^ record.bag
    )


_BESIDE = frozenset(["survey", "review", "overview", "tutorial", "manual"])
"""What a piece calls itself that has another's title and stands beside it: "…: a survey"."""
ABOUT = frozenset(["reply", "correction", "retraction"])
"""Pieces that have the title, and often the authors, the venue and the year, of the very work that they are about."""


def _stands_beside(a: Title, b: Title) -> bool:
    """One has all the words of the other, and one more that says what stands beside it."""
    left = words_apart(a, b)
    return not all(left) and any(w in _BESIDE for side in left for w in side)


def kind_level(claim: Title, record: Title) -> str:
    """Whether both are the same kind of piece (article, reply, erratum …); "" where both are plain articles, "about" where one corrects or answers the other."""
    if claim.kind == record.kind:
        if not _BESIDE.isdisjoint(claim.bag ^ record.bag) and _stands_beside(claim, record):
            return "differs"
        return "same" if claim.kind else ""
    return "about" if ABOUT & {claim.kind, record.kind} else "differs"
