"""A stretch of a document's text goes in; the string a reader sees comes out, on one line."""

from __future__ import annotations

import re

_SOFT = re.compile("[\u00ad\ufffe\u0002][ \t]*\r?\n?[ \t\n]*")
_ODD_HYPHEN = re.compile(r"(?<=[^\W\d_])[\u2010‑-][ \t]*\n[ \t\n]*(?=[^\W\d_A-Z])")
_ZERO_WIDTH = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u200e\u200f]")
_SPACE = re.compile(r"\s+")
_KEEPS = re.compile(
    r"(?:^|[\s(\"“])(?:self|non|multi|semi|pre|post|anti|co|cross|meta|sub|inter|intra|ultra|quasi|pseudo|well|high|low|large|small|long|short|real|end|state|deep|data|time|model|two|three|first|second|one|single|fine|near|all|energy|cost|task|domain|graph|machine|human|user|e|x|t|k|n)$",
    re.IGNORECASE,
)


def visible(text: str) -> str:
    """White space folded, end-of-line hyphens undone (a hyphen after a prefix that keeps it, as in "self-", stays)."""
    if "\n" in text or "\u00ad" in text or "\ufffe" in text or "\x02" in text:
        text = _SOFT.sub("", text)
        text = _ODD_HYPHEN.sub(lambda match: _joined(text, match), text)
        text = re.sub(r"(?<=[^\W\d_])([-‐‑–/])[ \t]*\n[ \t\n]*(?=[A-Z\d])", r"\1", text)
        text = re.sub(r"(https?://\S*[/=?&#_-])[ \t]*\n[ \t\n]*(?=[^\s\[(])", r"\1", text)
    text = _ZERO_WIDTH.sub("", text)
    return _SPACE.sub(" ", text).strip()


def _joined(text: str, match: re.Match[str]) -> str:
    before = text[max(0, match.start() - 24) : match.start()]
    return "-" if _KEEPS.search(before) else ""
