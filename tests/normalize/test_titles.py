"""Titles: cleaned, divided, and compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citenorm.normalize.titles import (
    clean_title,
    split_subtitle,
    title_key,
    title_words,
)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        (
            '"Why should I trust you?" Explaining the "black box"',
            '"Why should I trust you?" Explaining the "black box"',
        ),
        ("“Deep learning.”", "Deep learning"),
        ('"Attention is all you need,"', "Attention is all you need"),
        ("``Quoted as in TeX.''", "Quoted as in TeX"),
        ("«Sur la théorie»", "Sur la théorie"),
        ("A <i>b</i> &amp; <sub>c</sub>.", "A b & c"),
        ("What is X?", "What is X?"),
        ("Learning from the U.S.", "Learning from the U.S."),
        ("Birds, bees, etc.", "Birds, bees, etc."),
        ("And so on...", "And so on..."),
        ("A footnote mark*", "A footnote mark"),
        ("Optimal planning with A*", "Optimal planning with A*"),
        ("*Tempo and Mode in Evolution.*", "Tempo and Mode in Evolution"),
        ("Programming in C#", "Programming in C#"),
        (r"{BERT}: \emph{Pre}-training", "BERT: Pre-training"),
        ("  white \n space ", "white space"),
        ('"A" and "B"', '"A" and "B"'),
        ("", ""),
    ],
)
def test_clean_title(text, clean):
    assert clean_title(text) == clean


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing(text):
    once = clean_title(text)
    assert clean_title(once) == once


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Multi-task e-mail", "Multitask email"),
        ("Search & Rescue", "Search and rescue."),
        ("A <i>b</i> c", "a b c"),
        (r"{\"U}ber {BERT}", "Über BERT"),
        ("BERT: Pre-training", "BERT pre training"),
    ],
)
def test_same_key(a, b):
    assert title_key(a) == title_key(b)


def test_keys_keep_numbers_and_words():
    assert title_key("Deep Networks I") != title_key("Deep Networks II")
    assert title_words("R&D of A") == ("r", "and", "d", "of", "a")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("BERT: Pre-training of x", ("BERT", "Pre-training of x")),
        ("Foo - a bar", ("Foo", "a bar")),
        ("Who? The answer", ("Who?", "The answer")),
        ("Deep learning. A survey", ("Deep learning", "A survey")),
        ("Is St. Petersburg nice", ("Is St. Petersburg nice", "")),
        ("At 12:30 o'clock", ("At 12:30 o'clock", "")),
        ("Plain", ("Plain", "")),
        (": odd", (": odd", "")),
    ],
)
def test_split_subtitle(text, parts):
    assert split_subtitle(text) == parts
