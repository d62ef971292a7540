"""The levels of each field know their own order, and every level that evidence can show has a weight."""

from __future__ import annotations

import sys
from graphlib import TopologicalSorter
from itertools import pairwise

import pytest

from citenorm.match import compare, fields
from citenorm.match.fields import FIELDS, LEVELS, AuthorLevel, TitleLevel
from citenorm.match.fields.authors import EVERYBODY
from citenorm.match.fields.title import CUT, PART
from citenorm.match.weights import weights, with_start
from citenorm.match.words import patterns, word_set, word_table
from citenorm.model import Claim, Record


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
    assert CUT < PART and TitleLevel("within-cut") in CUT and TitleLevel("near") not in PART
    assert AuthorLevel.REORDERED in EVERYBODY and AuthorLevel.ET_AL not in EVERYBODY


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


LANGUAGE = """
from citenorm.match.fields.comparison import FieldComparison, of_each
from citenorm.match.fields.level import Level


class LanguageLevel(Level):
    UNSTATED = ""
    SAME = "same"
    OTHER = "other"

    @classmethod
    def chains(cls):
        return ((cls.SAME, cls.OTHER),)


def language_level(ours, theirs, found):
    said, stated = (view.csl.get("language") for view in (ours, theirs))
    if not said or not stated:
        return LanguageLevel.UNSTATED
    return LanguageLevel.SAME if said == stated else LanguageLevel.OTHER


COMPARISON = FieldComparison(
    "language", LanguageLevel, language_level, of_each(lambda v: v.csl.get("language")),
    start={"same": 0.5, "other": -2.5},
)
"""


@pytest.fixture
def one_file_more(tmp_path, monkeypatch):
    """The folder of comparisons with one more file in it."""
    (tmp_path / "language.py").write_text(LANGUAGE)
    monkeypatch.setattr(fields, "__path__", [*fields.__path__, str(tmp_path)])
    found = fields._of_folder()
    for room in ("compare", "weights"):
        monkeypatch.setattr(sys.modules[f"citenorm.match.{room}"], "FIELDS", found)
    weights.cache_clear()
    yield found
    weights.cache_clear()
    sys.modules.pop("citenorm.match.fields.language", None)


def test_a_new_comparison_is_one_file(one_file_more):
    assert [c.name for c in one_file_more] == [*(c.name for c in FIELDS), "language"]
    claim = Claim({"title": "A study of ponds and their fish", "language": "en"})
    told = {}
    for language in ("en", "de", ""):
        record = Record("x:1", {"title": "A study of ponds and their fish", "language": language})
        found = compare(claim, record)
        rows = [
            (e.level, e.weight, e.claim, e.record) for e in found.evidence if e.field == "language"
        ]
        told[language] = (rows, found.weight)
    assert told["en"][0] == [("same", 0.5, "en", "en")]
    assert told["de"][0] == [("other", -2.5, "en", "de")]
    assert told[""][0] == []
    assert told["en"][1] - told[""][1] == pytest.approx(0.5)


def test_what_training_has_weighed_goes_before_what_was_set_by_hand(one_file_more):
    weighed = with_start({"language": {"same": 0.75}, "title": {"exact": 8.0}})
    assert weighed == {"language": {"same": 0.75, "other": -2.5}, "title": {"exact": 8.0}}


def test_comparisons_stand_in_the_order_of_the_evidence():
    assert [c.name for c in FIELDS] == [
        "title", "author", "number", "kind", "year", "venue", "form", "place", "identifier",
    ]  # fmt: skip
    assert [c.name for c in FIELDS if c.in_text] == [
        "title", "author", "number", "kind", "year", "place",
    ]  # fmt: skip
