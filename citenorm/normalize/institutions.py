"""Publishers and venues in, whether they are institutions that issue reports and theses, or name a report, out."""

from __future__ import annotations

import re

from ..late import late

_INSTITUTE = re.compile(
    r"\b(?:universit|institut|laborator|labs?\b|school|department|dept\b|college|faculty|research (?:cent|lab|div))",
    re.I,
)
_PRESS = late(r"verlag|\b(?:press|presses?|editora|edizioni|publish|uitgever)", re.I)


def names_institution(publisher: str) -> bool:
    """A laboratory, a department or a university, and not its press."""
    return bool(_INSTITUTE.search(publisher)) and not _PRESS.search(publisher)


_TECHNICAL = r"tech(?:nical|\.)?\s?rep(?:ort|\.)?"
_REPORT = late(rf"\b{_TECHNICAL}\b", re.I)
_WHOLE = re.compile(rf"{_TECHNICAL}(?:\s((?=\S*\d)[\w./-]+))?,\s(\S.*)", re.I)


def names_report(venue: str) -> bool:
    """What stands in the place of a journal is a technical report, with its number or its institution."""
    numbered = bool(re.search(r"\d", venue)) or names_institution(venue)
    return numbered and bool(_REPORT.search(venue))


def report_of(venue: str) -> tuple[str, str] | None:
    """Number ("" where none is stated) and institution of a report that is written out in the place of a journal ("Tech. Rep. 12, MIT")."""
    found = _WHOLE.fullmatch(venue)
    return (found[1] or "", found[2]) if found is not None else None
