"""One heading goes in; the venue and year that it announces for what stands below come out, as CSL fields."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..normalize.text import fold

_ACRONYM = r"(?:[A-Z][A-Za-z]*(?:[A-Z&]|ML)[A-Za-z]*(?:[-/@ ](?:[A-Z]{2,}[a-z]?)){0,2})"
_NAMED = re.compile(
    rf"(?<!\w)({_ACRONYM})(?:\s?[-–—,:(]?\s?|\s?)(?:((?:19|20)\d\d)|['’](\d\d))(?!\w)"
)
_GLUED = re.compile(r"(?<!\w)([A-Z][A-Za-z]{3,})((?:19|20)\d\d)(?!\w)")
_YEAR_FIRST = re.compile(rf"(?<!\w)((?:19|20)\d\d)\s+({_ACRONYM})(?!\w)")
_LONG = re.compile(
    r"((?:[A-Z][\w-]*|\d+(?:st|nd|rd|th)|on|of|and|the|for|in|&|/)(?:[ ,](?:[A-Z][\w&/-]*|\d+(?:st|nd|rd|th)|on|of|and|the|for|in|&))*)[ ,(]+((?:19|20)\d\d)"
)
_GATHERING = re.compile(
    r"\b(?:Conference|Symposium|Workshop|Meeting|Congress|Colloquium|Summit|Konferenz|Tagung|Conférence|Congreso)\b"
)
_AROUND = frozenset(
    [
        "notes",
        "note",
        "from",
        "at",
        "the",
        "on",
        "in",
        "of",
        "and",
        "for",
        "about",
        "my",
        "our",
        "papers",
        "paper",
        "reading",
        "readings",
        "list",
        "summary",
        "summaries",
        "review",
        "reviews",
        "reviewed",
        "conference",
        "proceedings",
        "proc",
        "talks",
        "talk",
        "accepted",
        "highlights",
        "highlight",
        "trip",
        "report",
        "workshop",
        "track",
        "session",
        "sessions",
        "program",
        "programme",
        "schedule",
        "day",
        "virtual",
        "online",
        "selected",
        "works",
        "articles",
        "presented",
        "presentations",
        "orals",
        "posters",
        "poster",
        "main",
        "notizen",
        "aus",
        "der",
        "die",
        "und",
        "zu",
        "von",
        "papiere",
        "artikel",
        "lekture",
    ]
)


def announced(heading: str) -> Mapping[str, Any]:
    """``{"container-title", "issued"}`` if the heading is little else than a venue and its year ("ICML 2018 notes"), else empty."""
    if len(heading) > 120:
        return {}
    for pattern, venue, year in ((_NAMED, 1, 2), (_GLUED, 1, 2), (_YEAR_FIRST, 2, 1)):
        match = pattern.search(heading)
        if match is None:
            continue
        rest = fold(heading[: match.start()] + " " + heading[match.end() :]).split()
        if len([word for word in rest if word not in _AROUND and not word.isdigit()]) > 3:
            continue
        stated = match.group(year) or f"20{match.group(3)}"
        return {
            "container-title": match.group(venue).strip(),
            "issued": {"date-parts": [[int(stated)]]},
        }
    long = _LONG.search(heading)
    if long and _GATHERING.search(long.group(1)):
        return {
            "container-title": long.group(1).strip(" ,"),
            "issued": {"date-parts": [[int(long.group(2))]]},
        }
    return {}
