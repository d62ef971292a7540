"""Patterns that are compiled when they are first asked."""

import re

import pytest

from citenorm.late import late


def test_a_late_pattern_finds_what_a_compiled_one_does():
    found = late(r"(\d+) PONDS", re.I).search("of 12 ponds")
    assert found is not None
    assert (found[1], found.re.flags & re.I) == ("12", re.I)


def test_all_that_a_pattern_has_is_asked_of_the_compiled_one():
    pattern = late("[ab]")
    assert pattern.pattern == "[ab]"
    assert pattern.sub("-", "cab") == "c--"
    assert pattern.match("cab", 1) and not pattern.match("cab")
    assert [found[0] for found in pattern.finditer("cab")] == ["a", "b"]
    with pytest.raises(AttributeError):
        pattern.ponds  # noqa: B018


def test_nothing_is_compiled_until_it_is_asked():
    unsound = late("(")
    with pytest.raises(re.error):
        unsound.match("ponds")


def test_it_is_compiled_once(monkeypatch):
    pattern = late("weir")
    assert pattern.search("a weir")
    monkeypatch.setattr(re, "compile", None)
    assert pattern.search("a weir")
