"""Keys for comparison: what must not count does not, and what must count does."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citenorm.normalize.text import fold, squash, squeeze


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ünïted — Föld", "united fold"),
        ("Łukasz Ørsted, Weiß & Æsir", "lukasz orsted weiss aesir"),
        ("O'Brien's e-mail", "o brien s e mail"),
        ("Rˆ2 beside R^2 and Oʼahu", "r 2 beside r 2 and o ahu"),
        ("ﬁne-tuning", "fine tuning"),
        ("H₂O²", "h2o2"),
        ("soft\u00adhyphen and zero\u200bwidth", "softhyphen and zerowidth"),
        ("深度学习：方法", "深度学习 方法"),
        ("ガンマ", "ガンマ"),
        ("한국어 논문", "한국어 논문"),
        ("हिन्दी", "हिन्दी"),
        ("ΑΒΓ ά", "αβγ alpha"),
        ("β-decay, 2 Δ and βιβλίο", "beta decay 2 delta and βιβλιο"),
        ("Чайковский", "чаиковскии"),
        ("", ""),
        ("--- !!", ""),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


def test_kana_with_and_without_voice_mark_stay_apart():
    assert fold("か") != fold("が")


@given(st.text())
def test_fold_is_stable_and_deaf_to_case_and_form(text):
    key = fold(text)
    assert fold(key) == key
    assert fold(unicodedata.normalize("NFD", text)) == key
    assert key == key.strip() and "  " not in key


@given(st.text())
def test_squash_has_no_space(text):
    assert " " not in squash(text)


def test_squash_and_squeeze():
    assert squash("e-mail") == squash("Email") == squash("E mail")
    assert squeeze("  a\u00a0b\n\tc\u200b ") == "a b c"
