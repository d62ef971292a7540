"""Pages: one form out, abbreviated ranges completed, article numbers kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citenorm.normalize.pages import (
    clean_pages,
    count_pages,
    counted_within,
    ends_before,
    ends_elsewhere,
    first_page,
    lone_number,
    other_printing,
    page_range,
    same_pages,
)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("1662--70", "1662-1670"),
        ("pp. 1662–1670", "1662-1670"),
        ("pages 5 — 9.", "5-9"),
        ("R795-804", "R795-R804"),
        ("S12-S15", "S12-S15"),
        ("S. 3-7", "3-7"),
        ("A65", "A65"),
        ("e1000123", "e1000123"),
        ("e123-e130", "e123-e130"),
        ("123-5", "123-125"),
        ("98-02", "98-02"),
        ("1-13", "1-13"),
        ("112:1-112:49", "112:1-112:49"),
        ("112:1-49", "112:1-112:49"),
        ("i-xii", "i-xii"),
        ("1–5, 10–12", "1-5, 10-12"),
        ("123ff.", "123"),
        ("23+", "23"),
        ("5-5", "5"),
        ("1662-", "1662"),
        ("n/a", ""),
        ("n/a-n/a", ""),
        ("--", ""),
        ("in press", ""),
        ("5-1-5-12", "5-1-5-12"),
        ("", ""),
    ],
)
def test_clean_pages(text, clean):
    assert clean_pages(text) == clean
    assert clean_pages(clean) == clean


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("1662-1670", "1662–70", True),
        ("1662-1670", "pp. 1662", True),
        ("1662-1670", "1676-1684", False),
        ("1662-1670", "1662-1671", False),
        ("112:1-112:49", "1-49", True),
        ("I: 427--440", "427-440", True),
        ("R795-R804", "r795-804", True),
        ("A65", "65", False),
        ("", "1-2", False),
        ("", "", False),
    ],
)
def test_same_pages(a, b, same):
    assert same_pages(a, b) is same
    assert same_pages(b, a) is same


def test_parts():
    assert page_range("pp. 1662–70") == ("1662", "1670")
    assert first_page("A65") == "a65"
    assert page_range("") == ("", "")
    assert count_pages("1662-1670") == 9
    assert count_pages("A65") is None


@given(st.integers(1, 9999), st.integers(1, 300))
def test_abbreviated_ranges_come_back_whole(first, more):
    last = first + more
    a, b = str(first), str(last)
    short = b
    if len(a) == len(b):
        while len(short) > 1 and a[: len(b) - len(short) + 1] == b[: len(b) - len(short) + 1]:
            short = short[1:]
    assert clean_pages(f"{first}–{short}") == f"{first}-{last}"


@given(st.text(max_size=30))
def test_cleaning_never_raises(text):
    assert "–" not in clean_pages(text)


@pytest.mark.parametrize("one", ["²", "9" * 5000, f"1-{'9' * 5000}", "1-²", f"{'9' * 5000}-1", "٣"])
def test_no_number_of_a_page_is_too_odd(one):
    assert clean_pages(one) == one
    for other in (one, "1-13", "7"):
        assert isinstance(same_pages(one, other), bool)
        assert not counted_within(one, "1-13") or one == "٣"
        assert not other_printing(one, other)
    assert count_pages(one) is None
    assert not ends_before(one)


@pytest.mark.parametrize(
    ("one", "other", "elsewhere"),
    [
        ("7-16", "7-17", True),
        ("7-17", "7-16", True),
        ("7-16", "7-18", True),
        ("7-16", "7-19", True),
        ("7-16", "7-16", False),
        ("7-16", "7-2", False),
        ("7", "7-16", False),
        ("8-16", "7-17", False),
        ("vii-x", "vii-xa", False),
        ("", "7-8", False),
    ],
)
def test_pages_that_end_elsewhere(one, other, elsewhere):
    assert ends_elsewhere(one, other) is elsewhere


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("II-326", "326-333", True),
        ("II-326--II-333", "326-333", True),
        ("ii-xv", "ii", True),
        ("83", "83:1-83:29", True),
        ("83:1-83:29", "8", False),
    ],
)
def test_pages_of_parts_and_articles(one, other, same):
    assert same_pages(one, other) is same


@pytest.mark.parametrize(
    ("stated", "other", "lone"),
    [
        ("31-57", "30", True),
        ("1051-1058 vol. 2", "1182", True),
        ("31-57", "31-57", False),
        ("31", "30", False),
        ("", "30", False),
        ("31-57", "e30", False),
    ],
)
def test_one_number_beside_a_range(stated, other, lone):
    assert lone_number(stated, other) is lone


@pytest.mark.parametrize(
    ("one", "other", "again"),
    [
        ("10-20", "110-120", True),
        ("10-20", "110-121", False),
        ("9:1-9:20", "163-182", True),
        ("9:1-9:20", "163-183", True),
        ("9:1-9:20", "163-184", False),
        ("10-20", "10-20", False),
    ],
)
def test_another_printing_has_as_many_pages(one, other, again):
    assert other_printing(one, other) is again
