"""Printed page statements in ("pp. 1662–70", "R795-804", "A65"), one plain form out ("1662-1670", "R795-R804", "A65")."""

from __future__ import annotations

import re
from functools import lru_cache

from ..late import late
from .ordinals import whole_number

_LABEL = late(
    r"^(?:(?i:pages?|pgs?|pp|p|seiten?|ss?|str|págs?|pags?|pagg|art(?:icle)?(?:\s+(?:no|number|id))?)(?:\.\s*|\s+)|(?:pages?|PP|pp|p)(?=\d))"
)
_DASH = late(r"\s*(?:[-‐‑‒–—―−⁃﹣－]|\\textendash(?:\{\})?|\\textemdash(?:\{\})?)+\s*")
_PLAIN = re.compile(r"(\d{1,12})\s?[-–—]\s?(\d{1,12})")
NOTHING = frozenset(("-", "na", "n/a", "n.a", "n.a.", "n a", "none", "null", "nan", "undefined"))
"""What programs write where they know nothing."""
_NONE = NOTHING | frozenset(
    {
        "",
        "to appear",
        "in press",
        "forthcoming",
        "?",
        "??",
        "tbd",
        "unknown",
    }
)
_OPEN = late(r"\s*(?:\+|et seq\.?|sqq?\.?|ff?\.?)$", re.I)
_PART = late(r"^([A-Za-z]*?)(\d{1,12})([A-Za-z]{0,2})$")
_SPLIT = late(r"\s*[,;&]\s*|\s+and\s+|\s+u(?:nd|\.)\s+")
_ARTICLE = late(r"^(\d+):(\d+)$")
_ROMAN = late(r"^[ivxlcdm]+$", re.I)


def _complete(first: str, last: str) -> str:
    """The last page written out: ("1662", "70") gives "1670", ("R795", "804") gives "R804"."""
    a, b = _PART.match(first), _PART.match(last)
    if not a or not b:
        return last
    prefix, start, tail = a.groups()
    other, end, after = b.groups()
    if other not in ("", prefix) or (after and after != tail):
        return last
    if len(end) < len(start) and int(start) > int(end):
        whole = start[: len(start) - len(end)] + end
        if int(whole) <= int(start):  # 98-02: the next hundred
            return last
        end = whole
    elif int(end) < int(start):
        return last
    return prefix + end + after


def _clean_range(text: str) -> str:
    ends = text.split("-")
    if len(ends) == 2 and ends[0] and ends[1]:
        first, last = ends
        a, b = _ARTICLE.match(first), _ARTICLE.match(last)
        if a and not b and last.isdigit():  # 112:1-49
            last = f"{a[1]}:{last}"
        elif not a:
            last = _complete(first, last)
        return first if first == last else f"{first}-{last}"
    if len(ends) == 4 and ends[0] == ends[2] and all(ends):  # section-wise numbers: 5-1-5-12
        return text
    return text.strip("-")


@lru_cache(maxsize=8192)
def clean_pages(text: str) -> str:
    """The pages without label, with one hyphen, and abbreviated ranges completed; "" where none are stated.

    "pp. 1662--70" gives "1662-1670"; "R795–804" gives "R795-R804"; "1–3, 7" gives "1-3, 7"; article numbers ("A65",
    "e1000123") and what cannot be read as pages stay as they are.
    """
    plain = _PLAIN.fullmatch(text) if isinstance(text, str) else None
    if plain:
        first, last = plain.groups()
        if len(last) >= len(first):  # whole: what _clean_range would give
            return first if first == last else f"{first}-{last}"
        return _clean_range(f"{first}-{last}")
    text = " ".join(str(text).split()).strip(" .,;:()[]")
    text = _LABEL.sub("", text, count=1)
    text = _OPEN.sub("", _DASH.sub("-", text)).strip(" .,;:")
    if "(" in text and ")" not in text:
        text += ")"  # "201311(R)"
    if text.casefold() in _NONE:
        return ""
    pages = ", ".join(part for part in map(_clean_range, _SPLIT.split(text)) if part)
    return "" if pages.casefold() in _NONE else pages


@lru_cache(maxsize=8192)
def page_range(text: str) -> tuple[str, str]:
    """First and last page of the first stretch, in lower case; the same twice for a single page, ("", "") for none.

    Pages counted within an article ("112:1-112:49") are given without the article's number ("1", "49"), those of a part ("I: 427-440",
    "II-326") without the part's.
    """
    stretch = clean_pages(text).split(", ")[0]
    part = _IN_PART.fullmatch(stretch) if stretch[:1] in _ROMANS else None
    if part:
        return part[2], part[3] or part[2]
    first, _, last = stretch.casefold().partition("-")
    return first.rpartition(":")[2].strip(), (last or first).rpartition(":")[2].strip()


_ROMANS = frozenset("IV")
_IN_PART = re.compile(r"([IV]{1,4})-(\d+)(?:-\1-(\d+))?")


def one_stretch(stated: str, other: str) -> bool:
    """The stated pages are one of several stretches: of one part of a work in parts."""
    return ", " in other and stated in other.split(", ")


def lone_number(stated: str, other: str) -> bool:
    """One number stands beside a stated range: that of the article, of the issue, or of a page nearby."""
    begins, ends = page_range(stated)
    return begins != ends and other.isdigit()


def first_page(text: str) -> str:
    """The first page in lower case, "" where none is stated."""
    return page_range(text)[0]


def same_pages(a: str, b: str) -> bool:
    """True where both mean the same pages: alike after cleaning, or one gives only the first page of the other, or its article's number.

    False where either is empty: nothing stated proves nothing.
    """
    a, b = clean_pages(a), clean_pages(b)
    if not a or not b:
        return False
    if a.casefold() == b.casefold():
        return True
    (first, last), (start, end) = page_range(a), page_range(b)
    if first != start:
        return a.startswith(f"{b}:") or b.startswith(f"{a}:")
    return last == end or first == last or start == end


def count_pages(text: str) -> int | None:
    """How many pages a plain range spans ("1662-1670" has 9), None where that cannot be told."""
    first, last = page_range(text)
    a, b = _PART.match(first), _PART.match(last)
    if not a or not b or _ROMAN.match(first):
        return None
    span = int(b[2]) - int(a[2]) + 1
    return span if span > 0 and first != last else None


_WITHIN = late(r"1-\d{1,3}")


def counted_within(a: str, b: str) -> bool:
    """One are the pages of an article counted within it ("1-13"), the other is its number in the volume ("188")."""
    pages, number = (a, b) if _WITHIN.fullmatch(a) else (b, a)
    return bool(_WITHIN.fullmatch(pages)) and (whole_number(number) or 0) > 1


_OF_ARTICLE = late(r"(\d{1,4}):1-\1:\d{1,3}")
"""Pages counted within an article behind its number ("9:1-9:20")."""


def other_printing(a: str, b: str) -> bool:
    """As many pages of at least two, at another place: the same text in another printing, as in a publisher's and a society's; one more or less where
    the one are counted within the article."""
    many, others = count_pages(a), count_pages(b)
    if many is None or others is None or first_page(a) == first_page(b):
        return False
    return many == others or (abs(many - others) == 1 and bool(_OF_ARTICLE.fullmatch(a)))


def ends_before(pages: str) -> bool:
    """Pages whose last number is lower than the first, written out: "12-1" of an article 12 that begins on its page 1, "455-449"."""
    first, last = page_range(pages)
    begins, ends = whole_number(first), whole_number(last)
    return begins is not None and ends is not None and ends < begins


def ends_elsewhere(a: str, b: str) -> bool:
    """Both begin on one page, and each ends on another one behind it."""
    (first, last), (start, end) = page_range(a), page_range(b)
    begins = whole_number(first)
    ends = whole_number(last), whole_number(end)
    if first != start or begins is None or None in ends or ends[0] == ends[1]:
        return False
    return all(begins < (page or 0) for page in ends)
