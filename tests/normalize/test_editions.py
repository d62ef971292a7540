"""Editions are told apart by number, year and identifier, never by how they are written."""

from __future__ import annotations

import pytest

from citenorm.normalize.editions import edition_number, other_edition

BOOK = {
    "type": "book",
    "edition": "2",
    "issued": {"date-parts": [[2001]]},
    "DOI": "10.5555/ponds",
    "ISBN": "9780262033848 9780262533058",
}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2", "2"),
        ("2nd ed.", "2"),
        ("Second", "2"),
        ("second edition", "2"),
        ("II", "2"),
        ("12. Aufl.", "12"),
        ("2009 reprint of 2nd", "2"),
        ("expanded", ""),
        ("", ""),
    ],
)
def test_the_number_of_an_edition(text: str, number: str) -> None:
    assert edition_number({"edition": text}) == number


@pytest.mark.parametrize(
    ("stated", "other"),
    [
        ({"edition": "Second", "issued": {"date-parts": [[2001]]}}, False),
        ({"edition": "3"}, True),
        ({"edition": "expanded", "issued": {"date-parts": [[2002]]}}, False),
        ({"issued": {"date-parts": [[2003]]}}, True),
        ({"issued": {"date-parts": [[2002]]}}, False),
        ({"issued": {"date-parts": [[2009]]}, "DOI": "https://doi.org/10.5555/PONDS"}, False),
        ({"issued": {"date-parts": [[2009]]}, "ISBN": "0-262-03384-4"}, False),
        ({}, False),
    ],
)
def test_another_edition(stated: dict, other: bool) -> None:
    assert other_edition(stated, BOOK) is other


@pytest.mark.parametrize("kind", ["thesis", "report", "article-journal", "document"])
def test_what_has_no_editions(kind: str) -> None:
    assert not other_edition({"issued": {"date-parts": [[1990]]}}, {**BOOK, "type": kind})
