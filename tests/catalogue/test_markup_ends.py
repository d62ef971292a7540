"""What begins in deposited text and never ends stays, and costs no more than its length."""

from __future__ import annotations

import pytest

from citenorm.catalogue.formats.markup import plain


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ponds <!-- left open", "Ponds <!-- left open"),
        ("Ponds <!-- a --> and <!-- b", "Ponds and <!-- b"),
        ("Ponds <? a ?> <? b", "Ponds <? b"),
        ("Ponds<fn>a note</fn> <fn>and another", "Ponds and another"),
        ("H<sub>2</sub>O and <sup>3", "H2O and 3"),
        ("<math><mi>x</mi> <mo>=</mo></math> <math>y z", "x= y z"),
    ],
)
def test_what_never_ends(text: str, said: str) -> None:
    assert plain(text) == said


@pytest.mark.parametrize("piece", ["<!-- ", "<? ", "<fn>", "<sub>a", "<math>", "<annotation>x"])
def test_many_beginnings_are_looked_at_once(piece: str) -> None:
    """Quadratic work on a million characters would not end; there is no clock here."""
    assert len(plain(piece * (1_000_000 // len(piece)))) <= 1_000_000
