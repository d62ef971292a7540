"""Accents that a page sets beside their letters are put on them, or stay where they fit nothing."""

from __future__ import annotations

import pytest

from citenorm.normalize.loose_accents import with_accents


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Saarbr¨ucken", "Saarbrücken"),
        ("Ko ¨rner", "Körner"),
        ("Garc´ıa", "García"),
        ("Dvoˇr´ak", "Dvořák"),
        ("Sˇteˇpa´nek", "Štěpánek"),
        ("Mirkovi´c", "Mirković"),
        ("El Nin ˜o", "El Niño"),
        ("Jo˜ao", "João"),
        ("Ahmet ¨Ozg¨ur", "Ahmet Özgür"),
        ("Fran¸cois Erd˝os", "François Erdős"),
        ("O´Brien", "O´Brien"),
        ("can´t", "can´t"),
        ("the ´Pond", "the ´Pond"),
        ("Weir ´ 2012", "Weir ´ 2012"),
        ("plain", "plain"),
    ],
)
def test_accents_are_put_on_their_letters(text: str, expected: str) -> None:
    assert with_accents(text) == expected
