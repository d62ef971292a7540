"""Text as publishers deposit it (JATS, MathML, HTML, entities) in, plain Unicode text out."""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"</?(?:jats:|mml:|m:|xhtml:)?[A-Za-z][A-Za-z0-9:_-]*(?:\s[^<>]*)?/?>")
_COMMENT = re.compile(r"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[|\]\]>", re.DOTALL)
_TEX = re.compile(
    r"<(?:mml:|m:)?annotation\b.*?</(?:mml:|m:)?annotation>|<(?:jats:)?tex-math\b.*?</(?:jats:)?tex-math>",
    re.DOTALL,
)
_FOOTNOTE = re.compile(r"<(?:jats:)?(?:fn|xref)\b.*?</(?:jats:)?(?:fn|xref)>", re.DOTALL)
_BREAK = re.compile(
    r"<(?:jats:)?(?:br|break|p|title|sec|mspace|mml:mspace)\b[^<>]*>", re.IGNORECASE
)
_LOW = re.compile(r"<(?:jats:)?(sub|sup)\b[^<>]*>(.*?)</(?:jats:)?\1>", re.DOTALL | re.IGNORECASE)
_MATH = re.compile(r"<(?:mml:|m:)?math\b.*?</(?:mml:|m:)?math>", re.DOTALL)
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
_SPACES = re.compile(r"\s+")
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]+);")


def plain(text: str) -> str:
    """Plain text: tags away (their contents stay, formulas without blanks), entities decoded, white space folded."""
    if "&" in text and _ENTITY.search(text):
        text = html.unescape(text)
        if "&" in text and _ENTITY.search(text):
            text = html.unescape(text)
    if "<" in text:
        text = _COMMENT.sub("", text)
        text = _FOOTNOTE.sub("", _TEX.sub("", text))
        text = _MATH.sub(
            lambda found: _SPACES.sub("", _TAG.sub("", _keep_spaces(found[0]))).replace(
                "\x00", " "
            ),
            text,
        )
        text = _LOW.sub(lambda found: found[2].strip(), text)
        text = _TAG.sub("", _BREAK.sub(" ", text))
    if not text.isascii():
        text = _UNSEEN.sub("", text)
    return _SPACES.sub(" ", text).strip()


def _keep_spaces(math: str) -> str:
    """Spaces inside a formula's text elements are meant, those between its tags are not."""
    return re.sub(
        r"(<(?:mml:|m:)?mtext\b[^<>]*>)(.*?)(</)",
        lambda found: found[1] + found[2].replace(" ", "\x00") + found[3],
        math,
        flags=re.DOTALL,
    )
