"""One entry of a list goes in; the references that it holds come out: several works may stand under one label.

"[2] J. Link et al., Phys. Lett. B 556 (2003); B. Aubert et al., Phys. Rev. D 70 (2004)" is two.  An entry is only taken
apart where both sides are complete: each begins with people and tells where and when it was published.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from .reference_score import people, score
from .split import Entry, entry

_CUT = re.compile(
    r"(?:[;.]|(?<=[\])])|(?<=\d)(?=\n))\s+(?:and\s+|see\s+also\s+|also\s+)?(?=[^\W\d_a-z])|(?:[;.,]\s*|\s)\(?[b-k]\)\s*(?=[^\W\d_])"
)
_LETTER = re.compile(r"\(?([a-k])\)\s*")
_DATED = re.compile(r"(?<!\d)(?:1[6-9]\d\d|20[0-3]\d)[a-z]?(?!\d)|\barXiv\b|[a-z-]+/\d{7}\b")
_ENDED = re.compile(
    r"(?:(?<!\d)(?:1[6-9]|20)\d\d[a-z]?|\d\)?|\]|\)|\d[–-]\d+|https?:\S+|10\.\S+)[\s.,;\])]*$"
)
_SOMEWHERE = re.compile(r"[^\W\d_]{2,}[.,]?\s.*\d|[a-z]{4,}")
_NAMES_ALONE = re.compile(
    r"(?:[A-ZÀ-Þ(&][^\s\d]*\s+|(?:and|et|al\.?|von|van|de[rn]?|und)\s+){1,120}\(?(?:19|20)\d\d[a-z]?[).,\s]*"
)
_EDITORS = re.compile(r"[^;]{0,200}?[,(]\s?(?:[Ee]ds?\b|[Ee]ditors?\b|Hrsg)")
SHORTEST, LONGEST = 24, 4000


def parted(text: str, found: Entry) -> list[Entry]:
    """The references within an entry, one where it holds one."""
    if not SHORTEST * 2 <= found.end - found.start <= LONGEST or found.context:
        return [found]
    piece = text[found.start : found.end]
    if len(_DATED.findall(piece)) < 2:
        return [found]
    cuts = [0, *_cuts(piece, found.stated), len(piece)]
    if len(cuts) == 2:
        return [found]
    made: list[Entry] = []
    for begin, end in pairwise(cuts):
        start = begin
        letter = _LETTER.match(piece, begin)
        if letter and letter.end() < end:
            start = letter.end()
        body = piece[start:end].rstrip(" \n;,")
        made.append(entry(text, found.start + start, found.start + start + len(body), found.label))
    return made


def _cuts(piece: str, stated: bool) -> Iterator[int]:
    """Where further references begin; behind a semicolon alone where the layout has ``stated`` that this is one entry."""
    begin = 0
    lettered = _LETTER.match(piece) is not None
    for match in _CUT.finditer(piece):
        at = match.end()
        if stated and not match.group().startswith(";"):
            continue
        letter = re.search(r"\(?[b-k]\)\s*$", match.group())
        if letter:
            if not lettered:
                continue
            at = match.start() + letter.start()
        left = piece[begin : match.start() + 1]
        right = piece[match.end() :]
        if _complete(left, bool(letter)) and _begins(right, bool(letter)):
            yield at
            begin = at


def _complete(left: str, lettered: bool) -> bool:
    words = _LETTER.sub("", " ".join(left.split()), count=1)
    if (
        _NAMES_ALONE.fullmatch(words)
        or len(words) < SHORTEST
        or not _DATED.search(words)
        or not _ENDED.search(words)
    ):
        return False
    return score(words) >= (0.0 if lettered else 1.0)


def _begins(right: str, lettered: bool) -> bool:
    """True where a reference begins: people, then words that tell where it was published, and a date."""
    words = " ".join(right[:400].split())
    if people(words) < (1.2 if lettered else 2.6) or _EDITORS.match(words):
        return False
    stop = re.search(r"[;]|\.\s+(?=[A-Z]\.)", words[12:])
    own = (
        words[: stop.start() + 12] if stop and _DATED.search(words[: stop.start() + 12]) else words
    )
    dated = _DATED.search(own)
    if dated is None:
        return False
    between = re.sub(
        r"^(?:(?:[A-Z]\.[ -]?)+[A-Z][\w’'-]+|[A-Z][\w’'-]+,? (?:[A-Z]\.[ -]?)+)[,.]?",
        "",
        own[: dated.start()],
    )
    return bool(_SOMEWHERE.search(between + " ")) and score(own) >= (0.0 if lettered else 1.0)
