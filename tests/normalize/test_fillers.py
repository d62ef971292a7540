"""Identifiers that a reference manager wrote into entries of any work."""

from __future__ import annotations

import pytest
from builders import item

from citenorm.normalize import normalize_csl
from citenorm.normalize.fillers import is_filler


@pytest.mark.parametrize(
    ("stated", "filler"),
    [
        ("arXiv:1011.1669v3", True),
        ("1011.1669", True),
        ("https://doi.org/10.1017/CBO9781107415324.004", True),
        ("10.1017/cbo9781107415324.005", False),
        ("1011.1668", False),
        ("", False),
    ],
)
def test_what_is_one(stated, filler):
    assert is_filler(stated) == filler


def test_beside_a_title_it_identifies_nothing():
    made = normalize_csl(
        item("Sampling ponds", "Jia Li", 1996, "book", doi="10.1017/CBO9781107415324.004", custom={"arxiv": "1011.1669", "arxiv-version": "v3"})
    )  # fmt: skip
    assert "DOI" not in made and made["type"] == "book"
    assert made["custom"] == {
        "unreadable-doi": "10.1017/cbo9781107415324.004",
        "unreadable-arxiv": "1011.1669v3",
    }
    assert normalize_csl(made) == made


def test_alone_it_is_the_work_that_it_names():
    assert normalize_csl({"DOI": "10.1017/CBO9781107415324.004"})["DOI"]
    assert normalize_csl({"custom": {"arxiv": "1011.1669v3"}})["custom"]["arxiv"] == "1011.1669"
