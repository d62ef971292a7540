"""An erratum, a column, a reply: the title of an article in its journal once more, on another page and in another year."""

import pytest

from citenorm.match import choose, compare
from citenorm.model import Claim, Record

BASE = {
    "title": "Quiet ponds as mirrors of winter stars over frozen rivers",
    "author": [{"family": "Li", "given": "Jia"}, {"family": "Haddad", "given": "Omar"}],
    "type": "article-journal",
    "container-title": "Physical Review Letters",
    "page": "1759-1762",
}


def outcome(stated, theirs):
    said, held = ({**BASE, **x} for x in (stated, theirs))
    for item in (said, held):
        if "year" in item:
            item["issued"] = {"date-parts": [[item.pop("year")]]}
    claim, record = Claim(said), Record.from_csl({"id": "x:1", **held})
    return choose(claim, [compare(claim, record)]).outcome


@pytest.mark.parametrize(
    ("stated", "theirs", "expected"),
    [
        ({"year": 1972}, {"year": 1973, "page": "1192"}, "ambiguous"),
        ({}, {"year": 1973, "page": "1192"}, "ambiguous"),
        ({"year": 1972}, {"year": 1972, "page": "1192"}, "matched"),
        ({"year": 1972}, {"year": 1973}, "matched"),
        ({"year": 1972, "DOI": "10.1103/x"}, {"year": 1973, "page": "1192", "DOI": "10.1103/x"}, "matched"),
    ],
)  # fmt: skip
def test_another_page_in_another_year_of_the_journal(stated, theirs, expected):
    assert outcome(stated, theirs) == expected


def test_proceedings_are_paged_by_several():
    meeting = {"type": "paper-conference", "container-title": "NeurIPS"}
    here, there = {**meeting, "year": 2012}, {**meeting, "year": 2013, "page": "9-17"}
    assert outcome(here, there) == "matched"
