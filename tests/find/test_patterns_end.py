"""Texts on which a pattern that can split them in many ways would take twice as long for each sign more."""

from __future__ import annotations

import time

import pytest

from citenorm.find import find
from citenorm.normalize.venues import find_venue
from citenorm.parse import parse
from citenorm.read import read

ENTRY = "Doe, J. (2001). Of ponds. Limnology, 1, 3-4."
TEXTS = {
    "a.md": f"[[[{'@a{' * 200}\n\n# References\n\n{ENTRY}\n",
    "b.html": f"<p>As shown<sup>{'1' * 200}x, and</p>\n<ol><li>{ENTRY}</li></ol>\n",
    "d.txt": f"References\n\n[1] {ENTRY} Of pond-\ning {'a' * 60_000}\n",
    "c.md": f"# Papers\n\n- [Of ponds and lakes](https://example.org/a) {'arxiv|' * 50}!\n",
}


@pytest.mark.parametrize("name", TEXTS)
def test_documents_end(name: str) -> None:
    begun = time.process_time()
    find(read(TEXTS[name].encode(), name=name))
    assert time.process_time() - begun < 20  # a hundredth; else hours


def test_people_without_a_colon_end() -> None:
    begun = time.process_time()
    parse(", ".join(["Ada I Roe"] * 60) + " Of ponds: and lakes. ICML 2014: 1-9.")
    assert time.process_time() - begun < 20


def test_brackets_of_macros_that_never_close_end() -> None:
    begun = time.process_time()
    find_venue("\\cite[" * 300)
    assert time.process_time() - begun < 20
