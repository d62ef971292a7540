"""What a reference says beside the fields that were read from it, put where an entry says it: remarks, its language, how many pages and volumes it has.

Nobody loses by it: "in press" is a note, "318 p." the number of pages of a book.
"""

from __future__ import annotations

import re
from typing import Any

from ..late import late
from ..model import Claim

_LANGUAGE = r"(?:Japanese|Chinese|Korean|Russian|German|French|Spanish|Italian|Portuguese|Polish|Czech|Dutch|Swedish|Danish|Norwegian|Finnish|Hungarian|Turkish|Ukrainian|Greek|Hebrew|Arabic|Persian|Latin|Croatian|Serbian|Slovenian|Slovak|Romanian|Bulgarian)"
_REMARK = late(
    rf"(?:in press|in print|in preparation|forthcoming|to appear|to be published|submitted|under review|in review|unpublished(?: manuscript)?|mimeo(?:graphed)?|"
    rf"im druck|im erscheinen|nicht veröffentlicht|à paraître|en prensa|(?:in|text in|article in) {_LANGUAGE}(?: with (?:an )?{_LANGUAGE} (?:summary|abstract))?)",
    re.I,
)
_PAGES = late(r"((?:[ivxlc]+\s?[+,]\s?)?\d{1,4})\s?(?:pp?|pages|S|Seiten|с|стр)\.?", re.I)
_VOLUMES = late(r"(\d{1,2}) (?:vols?|volumes|Bde|Bände|tomes|т)\.?", re.I)
_COUNT_BEHIND = late(r"\s?(?:pp?|pages|S|Seiten|с|стр)\b")
_BOOKS = frozenset(("book", "thesis", "report", "document", "webpage"))


_IN_BRACKETS = late(r"(.{3,}?)[.,;]?\s\(([^()]{4,200})\)\.?")
_SENTENCE = late(r"(?<=\w\w)\.\s+(?=[A-Z])")


def put_left_over(csl: dict[str, Any], claim: Claim) -> None:
    """Put what no field took into fields, in place."""
    if csl.get("type") in _BOOKS:
        _counted(csl, claim)
    _remark_behind(csl)
    for start, end in claim.unparsed:
        for piece in _SENTENCE.split(claim.raw[start:end]):
            _put(csl, piece.strip(" ()[].,;"))


def _put(csl: dict[str, Any], text: str) -> None:
    if _REMARK.fullmatch(text) and "note" not in csl:
        csl["note"] = text
    elif csl.get("type") in _BOOKS:
        if found := _PAGES.fullmatch(text):
            csl.setdefault("number-of-pages", found[1])
        elif found := _VOLUMES.fullmatch(text):
            csl.setdefault("number-of-volumes", found[1])


def _remark_behind(csl: dict[str, Any]) -> None:
    """A remark in brackets that ends the title or the journal is none of it; a sentence in brackets behind the publisher neither."""
    for name in ("title", "container-title", "publisher"):
        found = _IN_BRACKETS.fullmatch(str(csl.get(name) or "")) if "note" not in csl else None
        apart = found and name == "publisher" and found[2][0].islower() and f"{found[1]}. (" in str(csl[name])  # fmt: skip
        if found and (apart or _REMARK.fullmatch(found[2])):
            csl[name], csl["note"] = found[1], found[2]


def _counted(csl: dict[str, Any], claim: Claim) -> None:
    """The pages of a whole book are a number: "x+383pp.", "318 p."."""
    spans = [(start, end) for start, end, label in claim.spans if label == "page"]
    page = str(csl.get("page") or "")
    if len(spans) != 1 or not re.fullmatch(r"(?:[ivxlc]+\s?[+,]\s?)?\d{2,4}", page, re.I):
        return
    before = claim.raw[max(0, spans[0][0] - 4) : spans[0][0]].rstrip(" .").lower()
    if _COUNT_BEHIND.match(claim.raw, spans[0][1]) and not before.endswith(("p", "s")):
        csl["number-of-pages"] = csl.pop("page")
