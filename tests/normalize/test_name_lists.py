"""Lists of people in unusual set-ups come out as the people they are."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citenorm.normalize.names import split_names


def people(text: str) -> list[str]:
    out = []
    for name in split_names(text).names:
        family = f"{name.particle} {name.family}".strip()
        out.append(name.literal or ", ".join(part for part in (family, name.given, name.suffix) if part))
    return out


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("JENSEN, Angus P.R., RAE, James, ARILD, Nina and PARK, Robert", ["JENSEN, Angus P.R.", "RAE, James", "ARILD, Nina", "PARK, Robert"]),
        ("ADAMS, JR and FINCH, J M", ["ADAMS, JR", "FINCH, J M"]),
        ("King SB III, Doe J", ["King, SB, III", "Doe, J"]),
        ("KOOP, Peter and DE LANGE, Floris P", ["KOOP, Peter", "DE LANGE, Floris P"]),
        ("SMITH, JOHN and DOE, JANE", ["SMITH, JOHN", "DOE, JANE"]),
        ("DUPONT Jean, MARTIN Claire", ["DUPONT, Jean", "MARTIN, Claire"]),
        ("Gabriel GARCÍA LUNA", ["GARCÍA LUNA, Gabriel"]),
        ("ALLEN (J.P.)", ["ALLEN, J.P."]),
        ("Balwinder, Eberle PL, Humm E", ["Balwinder", "Eberle, PL", "Humm, E"]),
        ("Gao Q-m, Chang Y-y", ["Gao, Q-m", "Chang, Y-y"]),
        ("Y-K Chang and C-H Chu", ["Chang, Y-K", "Chu, C-H"]),
        ("Ana Gómez Barroso", ["Gómez Barroso, Ana"]),
        ("C. A. Medina Uribe", ["Medina Uribe, C. A."]),
        ("J. Michael Harrison", ["Harrison, J. Michael"]),
        ("Fiacre Ó Briain", ["Ó Briain, Fiacre"]),
        ("B.A. Stolz – R.S. Shannon (edd.)", ["Stolz, B.A.", "Shannon, R.S."]),
        ("Henkel AG & Co. KGaA", ["Henkel AG & Co. KGaA"]),
        ("Novo Dansk A/S", ["Novo Dansk A/S"]),
        ("ANEPO (Asociación de Productores y Trigo)", ["ANEPO (Asociación de Productores y Trigo)"]),
        ("Van Amersfoort, Joost, Lewis Smith, Yee Whye Teh, and Yarin Gal", ["Van Amersfoort, Joost", "Smith, Lewis", "Teh, Yee Whye", "Gal, Yarin"]),
        ("Angle, H.L./Perry, J.L.", ["Angle, H.L.", "Perry, J.L."]),
        ("Taylor, James R./van Every, Elizabeth J.", ["Taylor, James R.", "van Every, Elizabeth J."]),
    ],
)
def test_lists(text: str, expected: list[str]) -> None:
    assert people(text) == expected


@given(st.text(alphabet="AbÖ ,.;:/()[]&-–JRetal'’y漢", max_size=300))
@settings(max_examples=300, deadline=None)
def test_no_list_stops_it(text: str) -> None:
    split_names(text)


@pytest.mark.parametrize("text", ["(" * 30_000, "a, " * 30_000, "A" * 1_000_000, "Aa (" * 9_000, "A-" * 40_000, "Jean DUPONT " * 4_000, "\ud800, A. \udfff" * 5_000, " – A" * 20_000])
def test_long_lists_end(text: str) -> None:
    split_names(text)
