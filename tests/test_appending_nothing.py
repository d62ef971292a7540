"""A reference of which nothing could be read gets no entry, and the others get theirs."""

from __future__ import annotations

from citenorm.appending import appended
from citenorm.model import Claim
from citenorm.pipeline import resolve_all
from citenorm.sources import Sources


def test_a_reference_that_says_nothing_is_not_appended() -> None:
    some = {"type": "book", "title": "Of ponds", "author": [{"family": "Doe", "given": "J."}]}
    results = resolve_all([Claim({}, raw="…"), Claim(some)], Sources([]))
    made = appended(None, [], results)
    assert made.keys == ((), made.added)
    assert "Of ponds" in made.text
