"""A stretch of a reference in, the value that it states out: text, people, dates, pages, numbers, each in its clean form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from ..late import late
from ..model import Name
from ..normalize.dates import parse_date
from ..normalize.pages import clean_pages
from .boundaries import EDGES


class Stretch(NamedTuple):
    """Neighbouring words of one label: offsets in the string, and how likely they are cut and labelled right (0–1)."""

    label: str
    start: int
    end: int
    sure: float


YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")
_SPAN = late(r"(1[4-9]\d\d|20\d\d)\s?[-–—/]\s?((?:1[4-9]|20)?\d\d)(?![-./]?\d)")
_DOTTED = re.compile(
    r"(?:(?<![^\W\d_])(?:[^\W\d_]|[A-Z]{2,3}|[JS]r|al|St|Ch|Th|Yu)|(?<=[A-Z])[A-Z])$"
)
_BARE_INITIAL = re.compile(r"(?<=[a-z] )[A-Z]{1,3}\b(?!\.)")
_FULL_STOP = re.compile(r"(?:[A-ZÀ-Þ]{4}| [A-Z] [A-Z])\.$")
"""Behind a family name in capitals, or two initials without any ("WANG X N."), the full stop is that of the reference."""
LETTERS = late(r"[^\W\d_]{3}")
_NUMBER_LEAD = late(
    r"^(?:vol(?:ume|s)?|nos?|nr|num(?:ber)?|issue|iss|bd|band|bde|bände|jg|jahrg(?:ang)?|heft|hft|h|n|t|tomo?|tome|fasc|art(?:icle)?|v)\b[.°º:\s]*(?=\w)|^n[°º]\s*",
    re.I,
)
_OPEN_END = late(r"\d\s*(f{1,2})\.?$")
_TO_BRACKET = late(r"[\s.,'’-]{0,2}\w{0,6}[\s.'’]{0,2}\)")
_FIVE_DIGITS = late(r"(?<!\d)(1[89]\d\d|20[0-3]\d)\d(?!\d)")
_COUNTER = late(
    r"^(?:제|第|통권|通巻|通卷|总第|總第|no\.?)+\s*(?=\d)|(?<=\d)\s*(?:권|호|집|卷|巻|号|號|期|輯|册|쪽|頁|页|面)$",
    re.I,
)
NUMBER_EDGES = " ,.;:()[]"


def value_of(raw: str, start: int, end: int) -> str:
    """The printed value between two offsets, with the closing signs that belong to it and without those around it."""
    value = raw[start:end]
    follow = raw[end : end + 3]
    if follow:
        if follow[0] in "?!%+#":
            value += follow[: len(follow) - len(follow.lstrip("?!%+#"))]
        if "(" in value and value.count("(") > value.count(")"):
            closing = _TO_BRACKET.match(raw, end)
            if closing:  # "(ION GNSS 2008)"
                value = raw[start : closing.end()]
            elif ")" in raw[end:] and value.rindex(
                "("
            ):  # closed in another field: "(September 26-28, Portland)"
                value = value[: value.rindex("(")]
        elif "]" in follow and value.count("[") > value.count("]"):
            value = raw[start : end + follow.index("]") + 1]
    if (
        start
        and raw[start - 1] in "(["
        and (value.count(")") > value.count("(") or value.count("]") > value.count("["))
    ):
        value = raw[start - 1] + value
    if "  " in value or "\t" in value or "\n" in value:
        value = " ".join(value.split())
    return value.strip(EDGES)


def people_text(raw: str, stretches: list[Stretch]) -> str:
    parts = []
    for s in stretches:
        end = s.end
        if (
            raw[end : end + 1] == "."
            and _DOTTED.search(raw, max(s.start, end - 4), end)
            and ("." in raw[s.start : end] or not _BARE_INITIAL.search(raw, s.start, end - 2))
        ):
            end += 1
        if raw[end - 1] == "." and _FULL_STOP.search(raw, max(s.start, end - 5), end):
            end -= 1
        parts.append(raw[s.start : end])
    return "; ".join(parts) if len(parts) > 1 else parts[0]


def undotted(names: Sequence[Name]) -> Sequence[Name]:
    """A body in capitals by itself ("UNESCO.") without the full stop of the reference."""
    if len(names) == 1 and not names[0].given:
        word = (names[0].literal or names[0].family).removesuffix(".")
        plain = word.replace("&", "")
        if len(word) > 2 and plain.isalnum() and word[1:] != word[1:].lower():
            return (Name(literal=word),)
    return names


def issued_of(texts: list[str]) -> dict[str, Any] | None:
    """The date that one or more printed stretches give: the first year, with month and day where they are named."""
    for text in texts:
        found = YEAR.search(text)
        if not found:
            continue
        year = int(found[1])
        if len(text) <= 5:
            return {"date-parts": [[year]]}
        span = _SPAN.search(text)
        if span and span.start() == found.start() and not LETTERS.search(text):
            last = int(span[2]) if len(span[2]) == 4 else year // 100 * 100 + int(span[2])
            return (
                {"date-parts": [[year], [last]]}
                if year < last <= year + 30
                else {"date-parts": [[year]]}
            )
        if found.end() == len(text) or LETTERS.search(text) or len(text) > 7:
            date = parse_date(text)
            if date and date["date-parts"][0][0] == year:
                return date
        return {"date-parts": [[year]]}
    for text in texts:
        if found := _FIVE_DIGITS.search(text):  # "20047": the seventh edition, of 2004
            return {"date-parts": [[int(found[1])]]}
    return None


def pages_of(text: str) -> str:
    open_end = _OPEN_END.search(text) if "f" in text else None
    cleaned = clean_pages(text)
    return cleaned + open_end[1] if open_end and cleaned[-1:].isdigit() else cleaned


def plain_number(text: str) -> str:
    if text.count("[") > text.count("]"):  # "61 [1"
        text = text[: text.rindex("[")]
    text = text.strip(NUMBER_EDGES)
    if not text.isascii():
        text = _COUNTER.sub("", text).strip()
    if not text[:1].isdecimal():
        text = _NUMBER_LEAD.sub("", text)
    return text.strip(NUMBER_EDGES)
