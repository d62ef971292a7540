"""The publisher of a reference in, whether it is an institution that issues reports and theses out."""

from __future__ import annotations

import re

_INSTITUTE = re.compile(
    r"\b(?:universit|institut|laborator|labs?\b|school|department|dept\b|college|faculty|research (?:cent|lab|div))",
    re.I,
)
_PRESS = re.compile(r"verlag|\b(?:press|presses?|editora|edizioni|publish|uitgever)", re.I)


def names_institution(publisher: str) -> bool:
    """A laboratory, a department or a university, and not its press."""
    return bool(_INSTITUTE.search(publisher)) and not _PRESS.search(publisher)


_REPORT = re.compile(r"\btech(?:nical|\.)?\s?rep(?:ort)?\b", re.I)


def names_report(venue: str) -> bool:
    """What stands in the place of a journal is a technical report, with its number or its institution."""
    numbered = bool(re.search(r"\d", venue)) or names_institution(venue)
    return numbered and bool(_REPORT.search(venue))
