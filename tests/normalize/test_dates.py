"""Dates and years as they are printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citenorm.normalize.dates import clean_issued, parse_date


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("July 10, 2018", [[2018, 7, 10]]),
        ("10 July 2018", [[2018, 7, 10]]),
        ("3rd May 1999", [[1999, 5, 3]]),
        ("2018-07-10", [[2018, 7, 10]]),
        ("2018/07", [[2018, 7]]),
        ("Jul. 2018", [[2018, 7]]),
        ("März 2003", [[2003, 3]]),
        ("12.3.2004", [[2004, 3, 12]]),
        ("07/10/2018", [[2018]]),
        ("(2018a)", [[2018]]),
        ("1987/88", [[1987], [1988]]),
        ("2018–2019", [[2018], [2019]]),
        ("c1913", [[1913]]),
    ],
)
def test_parse_date(text, parts):
    assert parse_date(text) == {"date-parts": parts}


def test_seasons_and_no_date():
    assert parse_date("Spring 2018") == {"date-parts": [[2018]], "season": "1"}
    for text in ("n.d.", "in press", "", "12", "page 99999"):
        assert parse_date(text) is None


@pytest.mark.parametrize(
    ("value", "clean"),
    [
        ({"date-parts": [["2018", "7"]]}, {"date-parts": [[2018, 7]]}),
        ({"date-parts": [[2018, 13, 40]]}, {"date-parts": [[2018]]}),
        ({"literal": "July 2018"}, {"date-parts": [[2018, 7]]}),
        ("2018", {"date-parts": [[2018]]}),
        (2018, {"date-parts": [[2018]]}),
        ({"date-parts": [[None]]}, None),
        ({"date-parts": []}, None),
        ({}, None),
        (None, None),
        ({"date-parts": "x"}, None),
    ],
)
def test_clean_issued(value, clean):
    assert clean_issued(value) == clean


@given(st.text(max_size=60))
def test_never_raises(text):
    date = parse_date(text)
    assert date is None or all(isinstance(p, int) for part in date["date-parts"] for p in part)
