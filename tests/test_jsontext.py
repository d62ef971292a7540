"""JSON text is written by one library and, where it refuses, by the other, with the same meaning."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citenorm.jsontext import dumps, loads

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=())),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(VALUES)
def test_what_is_written_is_read(value: object) -> None:
    line = dumps(value)
    assert "\n" not in line
    assert json.loads(line) == value


def test_letters_stay_and_blanks_go() -> None:
    assert (
        dumps({"title": "Über Größe", "pages": (1, 2.5)})
        == '{"title":"Über Größe","pages":[1,2.5]}'
    )


@pytest.mark.parametrize("text", ['{"a":"\\ud800"}', "[NaN]"])
def test_what_one_refuses_the_other_reads(text: str) -> None:
    assert repr(loads(text)) == repr(json.loads(text))


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"[1,]",
        b"[" * 100_000,
        "\N{LATIN SMALL LETTER A WITH DIAERESIS}".encode("latin-1"),
    ],
)
def test_no_json_is_a_value_error(text: bytes) -> None:
    with pytest.raises(ValueError):
        loads(text)
