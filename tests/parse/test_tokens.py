"""Words and gaps together are the string."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from citenorm.parse.tokens import LONGEST, MOST, tokenize


def test_words_and_gaps() -> None:
    tokens = tokenize("Gao, Y. (2018) “Post”: ICML 12(3):1662–70.")
    assert tokens.words == ["Gao", "Y", "2018", "Post", "ICML", "12", "3", "1662", "70"]
    assert tokens.gaps == ["", ", ", ". (", ") “", "”: ", " ", "(", "):", "–", "."]


def test_addresses_and_identifiers_are_one_word() -> None:
    words = tokenize(
        "See https://doi.org/10.1000/a(b)c. 10.1016/0022-0000(78)90014-4, arXiv:1811.03600v2 (www.who.int/a?b=c)."
    ).words
    assert "https://doi.org/10.1000/a(b)c" in words
    assert "10.1016/0022-0000(78)90014-4" in words
    assert "1811.03600v2" in words
    assert "www.who.int/a?b=c" in words


def test_letters_and_digits_part() -> None:
    assert tokenize("R795 제5권 O’Neill").words == ["R", "795", "제", "5", "권", "O’Neill"]


@given(st.text(max_size=300))
def test_nothing_is_lost(text: str) -> None:
    tokens = tokenize(text)
    assert "".join(tokens.parts) == text
    assert tokens.ends[-1] == len(text)
    for i, word in enumerate(tokens.words):
        assert text[tokens.start(i) : tokens.end(i)] == word


def test_long_input_is_bounded() -> None:
    tokens = tokenize("word " * 400_000)
    assert len(tokens.words) <= MOST
    assert tokens.ends[-1] <= LONGEST
    assert len(tokenize("x" * 1_000_000).words) == 1
