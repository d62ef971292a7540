"""Two items of one work in, whether they are editions of it that differ out."""

from __future__ import annotations

import re

from ..model import Csl, Resolution, year_of
from .text import squash

EDITIONS = frozenset(("book", "thesis", "report", "software", "webpage", "dataset", "document", "manuscript", "motion_picture"))
"""Kinds that come in editions, printings and uploads: their years prove little."""
OF_EDITION = ("issued", "edition", "volume", "page", "number", "publisher", "publisher-place", "collection-title", "DOI", "ISBN", "ISSN", "URL")
"""What another edition or printing does not share."""
_NUMBER = re.compile(r"\d+")


def other_edition(stated: Csl, record: Csl) -> bool:
    """A book, report … is stated in another edition than the record's: by its edition, or by a year two or more away; never where an identifier is the same."""
    if record.get("type") not in EDITIONS:
        return False
    if any(stated.get(key) and squash(str(stated[key])) == squash(str(record.get(key) or "")) for key in ("DOI", "ISBN")):
        return False
    ours, theirs = _edition(stated), _edition(record)
    if ours and theirs:
        return ours != theirs
    mine, year = year_of(stated), year_of(record)
    return mine is not None and year is not None and abs(mine - year) > 1


def editions_apart(a: Resolution, b: Resolution) -> bool:
    """Two references to one work that each say which edition they mean, and mean different ones."""
    return all(r.claim.year or r.claim.csl.get("edition") for r in (a, b)) and other_edition(a.emitted, b.emitted)


def _edition(item: Csl) -> str:
    text = str(item.get("edition") or "")
    number = _NUMBER.search(text)
    return number[0] if number else squash(text)
