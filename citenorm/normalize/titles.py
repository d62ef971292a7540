"""A title as found in the wild in; a clean title, its parts, and keys for comparison out."""

from __future__ import annotations

import html
import re
from functools import lru_cache

from ..late import late
from .latex import to_unicode
from .text import fold, squeeze

_TAG = late(
    r"</?(?:i|b|em|strong|sub|sup|u|tt|scp?|sc|span|p|title|italic|bold|jats:[a-z]+|mml:[a-z]+|inline-formula|math|a|br|font|small)(?:\s[^<>]*)?/?>",
    re.I,
)
_ENTITY = late(r"&(?:#\d{2,6}|#x[0-9a-f]{2,5}|[a-z]{2,8}\d?);", re.I)
_MARKS = " \t\n†‡§¶"
_STAR = re.compile(r"(?<=[a-z?!)\"”.])\s*[*∗⁎]+$")
_PAIRS = {
    '"': '"',
    "“": "”",
    "„": "“",
    "«": "»",
    "‹": "›",
    "‘": "’",
    "「": "」",
    "『": "』",
    "《": "》",
    "”": "”",
    "'": "'",
    "``": "''",
    "*": "*",
    "_": "_",
}
_TEX = re.compile(r"\\[A-Za-z\"'`^~=.&%$#_{]|\$[^$]+\$|\{[^{}]*\}")
_SPLIT = late(
    r"(?<=\S)\s*:\s+|\s+[-–—]{1,3}\s+|(?<=[^\s\d])—(?=\S)|(?<=[?!])\s+(?=\S)|(?<=[^\W\d_]{4})\.\s+(?=[^\W\d_])"
)


@lru_cache(maxsize=8192)
def clean_title(text: str) -> str:
    """The title as a reader would write it down: markup, entities, quotation marks round it and a full stop at its end gone.

    Capitals, inner quotation marks, question and exclamation marks and an ellipsis stay.
    """
    if "<" in text:
        text = _TAG.sub("", text)
    if "&" in text and _ENTITY.search(text):
        text = html.unescape(text)
        if "<" in text:
            text = _TAG.sub("", text)
    if _TEX.search(text):
        text = to_unicode(text)
    text = squeeze(text).strip(_MARKS)
    for _ in range(8):
        before = text
        text = _unquote(text.lstrip(_MARKS + ".,;:)]} "))
        text = _STAR.sub("", text.rstrip(_MARKS + ",;:"))
        if (
            text.endswith(".")
            and not text.endswith((" etc.", "...", "et al.", " Jr."))
            and not re.search(r"(?:\b[A-Z]\.){2}$", text)
        ):
            text = text[:-1].rstrip()
        text = _unquote(text)
        if text == before:
            break
    return text


_OPENING = frozenset(left[0] for left in _PAIRS)


def _unquote(text: str) -> str:
    """Without the quotation marks that stand round the whole, and only round the whole."""
    if text[:1] not in _OPENING:
        return text
    for left, right in _PAIRS.items():
        if len(text) > len(left) + len(right) and text.startswith(left) and text.endswith(right):
            inner = text[len(left) : -len(right)]
            if left in inner and (left == right or inner.find(right) < inner.find(left)):
                return text
            if (
                right in inner
                and right not in "'’"
                and inner.find(right) < len(inner) - 1
                and left not in inner
            ):
                return text
            return inner.strip().rstrip(",")
    return text


@lru_cache(maxsize=65536)
def title_key(text: str) -> str:
    """A key that two printings of one title share: markup, case, accents, punctuation, hyphens and spaces do not count.

    "&" counts as "and".  Different titles may share a key only if they differ in nothing but these.
    """
    if "<" in text or "\\" in text or "&" in text or "$" in text:
        text = clean_title(text).replace("&", " and ")
    return fold(text).replace(" ", "")


def title_words(text: str) -> tuple[str, ...]:
    """The folded words of a title in order, "&" read as "and"."""
    return tuple(fold(text.replace("&", " and ")).split())


@lru_cache(maxsize=8192)
def split_subtitle(text: str) -> tuple[str, str]:
    """Main title and subtitle, divided at the first colon, dash, question mark or full stop between words; ("…", "") if none."""
    text = squeeze(text)
    found = _SPLIT.search(text)
    if not found or not fold(text[: found.start()]) or not fold(text[found.end() :]):
        return text, ""
    return text[: found.start()].strip(), text[found.end() :].strip()
