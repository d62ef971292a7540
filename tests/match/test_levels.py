"""The levels of each field know their own order, and every level that evidence can show has a weight."""

from __future__ import annotations

from graphlib import TopologicalSorter
from itertools import pairwise

import pytest

from citenorm.match.fields import LEVELS, AuthorLevel, TitleLevel
from citenorm.match.weights import weights
from citenorm.match.words import patterns, word_set, word_table


@pytest.mark.parametrize("field", sorted(LEVELS))
def test_chains_are_an_order(field):
    levels = LEVELS[field]
    after: dict[str, set[str]] = {}
    for chain in levels.chains():
        assert len(chain) == len(set(chain)) > 1
        for better, worse in pairwise(chain):
            assert isinstance(better, levels) and isinstance(worse, levels)
            after.setdefault(worse, set()).add(better)
    list(TopologicalSorter(after).static_order())  # raises where a level is better than itself


@pytest.mark.parametrize("field", sorted(LEVELS))
def test_every_level_stands_in_a_chain_or_stands_alone_on_purpose(field):
    levels = LEVELS[field]
    joined = {x for chain in levels.chains() for x in chain}
    assert {str(x) for x in levels if x} - joined <= {"thesis"}


def test_levels_are_their_text():
    assert f"{TitleLevel.EXACT}" == "exact" and {"exact": 1}[TitleLevel.EXACT] == 1
    assert TitleLevel("within-cut").part and not TitleLevel("near").part
    assert AuthorLevel.REORDERED.everybody and not AuthorLevel.ET_AL.everybody


def test_every_level_has_a_weight():
    table = weights().levels
    missing = {
        (f, str(x)) for f, levels in LEVELS.items() for x in levels if x and x not in table[f]
    }
    assert not missing


@pytest.mark.parametrize("field", sorted(LEVELS))
def test_a_better_level_weighs_more(field):
    table = weights().levels[field]
    for chain in LEVELS[field].chains():
        for better, worse in pairwise(chain):
            assert table[str(better)] > table[str(worse)], (better, worse)


def test_word_lists_are_folded_and_without_doubles():
    for name in ("stop", "parts", "divisions", "beside", "groups", "kind-words"):
        assert all(w == w.lower() and " " not in w for w in word_set(name))
    assert word_table("roman")["iv"] == "4"
    assert dict(patterns("kinds"))["reply"].search("reply to a comment")
