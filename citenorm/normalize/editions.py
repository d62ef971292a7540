"""Two items of one work in, whether they are editions of it that differ out."""

from __future__ import annotations

import re

from ..model import Csl, Resolution, year_of
from .identifiers import clean_doi
from .ordinals import ordinal, roman

EDITIONS = frozenset(
    (
        "book",
        "thesis",
        "report",
        "software",
        "webpage",
        "dataset",
        "document",
        "manuscript",
        "motion_picture",
    )
)
"""Kinds that come in editions, printings and uploads: their years prove little."""
REISSUED = frozenset(("book", "software", "dataset", "webpage"))
"""Of these, those that come out anew under one title; a thesis or a report of another year is cited wrongly."""
OF_EDITION = (
    "issued",
    "edition",
    "volume",
    "page",
    "number",
    "publisher",
    "publisher-place",
    "collection-title",
    "DOI",
    "ISBN",
    "ISSN",
    "URL",
)
"""What another edition or printing does not share."""
_WORD = re.compile(r"\w+")
_ISBN = re.compile(r"\b\d{9,12}[\dXx]\b")


def other_edition(stated: Csl, record: Csl) -> bool:
    """A book, report … is stated in another edition than the record's: by its edition, or by a year two or more away; never where an identifier is the same."""
    if record.get("type") not in REISSUED:
        return False
    if _same_identifier(stated, record):
        return False
    ours, theirs = edition_number(stated), edition_number(record)
    if ours and theirs:
        return ours != theirs
    mine, year = year_of(stated), year_of(record)
    return mine is not None and year is not None and abs(mine - year) > 1


def names_no_edition(resolution: Resolution) -> bool:
    """A book or the like is cited without year and edition."""
    return resolution.emitted.get("type") in REISSUED and not (
        resolution.claim.year or resolution.claim.csl.get("edition")
    )


def editions_apart(a: Resolution, b: Resolution) -> bool:
    """Two references to one work that each say which edition they mean, and mean different ones."""
    return (
        not names_no_edition(a) and not names_no_edition(b) and other_edition(a.emitted, b.emitted)
    )


def _same_identifier(a: Csl, b: Csl) -> bool:
    """The DOI is the same, or an ISBN, of ten digits or thirteen."""
    one, two = (clean_doi(str(item.get("DOI") or "")) for item in (a, b))
    ours, theirs = (
        {number[-10:-1] for number in _ISBN.findall(str(item.get("ISBN") or "").replace("-", ""))}
        for item in (a, b)
    )
    return bool((one and one == two) or ours & theirs)


def edition_number(item: Csl) -> str:
    """The number of the edition, "" where it has none ("expanded"): "2", "2nd ed.", "second" and "II" are one."""
    text = str(item.get("edition") or "").lower()
    words = _WORD.findall(text)
    numbers = [n for word in words if (n := ordinal(word)) is not None]
    numbers += [int(word) for word in words if word.isdecimal() and len(word) < 3]
    numbers += [n for word in words[:1] if word and (n := roman(word))]
    return str(numbers[0]) if numbers else ""
