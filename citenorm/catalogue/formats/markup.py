"""Text as publishers deposit it (JATS, MathML, HTML, entities) in, plain Unicode text out."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

_TAG = re.compile(r"</?(?:jats:|mml:|m:|xhtml:)?[A-Za-z][A-Za-z0-9:_-]*(?:\s[^<>]*)?/?>")
_MARK = re.compile(r"<!\[CDATA\[|\]\]>")


def _element(names: str, prefixes: str = "(?:jats:)?") -> tuple[re.Pattern[str], re.Pattern[str]]:
    """An element with what it holds, and its end; group 1 is what stands between the tags."""
    end = rf"</{prefixes}{names}>"
    return (
        re.compile(rf"<{prefixes}{names}\b[^<>]*>(.*?){end}", re.DOTALL | re.IGNORECASE),
        re.compile(end, re.IGNORECASE),
    )


_HIDDEN = (
    (re.compile(r"<!--.*?-->", re.DOTALL), re.compile("-->")),
    (re.compile(r"<\?.*?\?>", re.DOTALL), re.compile(r"\?>")),
    *(_element("annotation", "(?:mml:|m:)?"), _element("tex-math")),
    *(_element("fn"), _element("xref")),
)
"""Comments, instructions, other spellings of a formula, and footnotes: nothing of them is text."""
_BREAK = re.compile(
    r"<(?:jats:)?(?:br|break|p|title|sec|mspace|mml:mspace)\b[^<>]*>", re.IGNORECASE
)
_LOW = _element("sub"), _element("sup")
_MATH = _element("math", "(?:mml:|m:)?")
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
        for hidden in _HIDDEN:
            text = _each(hidden, lambda found: "", text)
        text = _MARK.sub("", text)
        text = _each(_MATH, _formula, text)
        for low in _LOW:
            text = _each(low, lambda found: found[1].strip(), text)
        text = _TAG.sub("", _BREAK.sub(" ", text))
    if not text.isascii():
        text = _UNSEEN.sub("", text)
    return _SPACES.sub(" ", text).strip()


def _each(
    element: tuple[re.Pattern[str], re.Pattern[str]],
    made: Callable[[re.Match[str]], str],
    text: str,
) -> str:
    """The text with what ``made`` gives for each element; behind the last end nothing is looked for, so that many beginnings cost no more than few."""
    whole, end = element
    last = 0
    for found in end.finditer(text):
        last = found.end()
    return whole.sub(made, text[:last]) + text[last:] if last else text


def _formula(found: re.Match[str]) -> str:
    """A formula without its tags and blanks."""
    return _SPACES.sub("", _TAG.sub("", _keep_spaces(found[0]))).replace("\x00", " ")


def _keep_spaces(math: str) -> str:
    """Spaces inside a formula's text elements are meant, those between its tags are not."""
    return re.sub(
        r"(<(?:mml:|m:)?mtext\b[^<>]*>)(.*?)(</)",
        lambda found: found[1] + found[2].replace(" ", "\x00") + found[3],
        math,
        flags=re.DOTALL,
    )
