"""Fields as LaTeX: what needs no work is passed through, and comes out as it would the long way."""

import re

import pytest
from hypothesis import given
from hypothesis.strategies import booleans, characters, text

from citenorm.emit.latex import encode


@given(text(alphabet=characters(max_codepoint=126), max_size=60), booleans(), booleans())
def test_the_short_way_of_plain_texts_gives_what_the_long_way_gives(value, latex, protect):
    short = encode(value, latex=latex, protect=protect)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("citenorm.emit.latex._SAFE", re.compile(r"(?!)"))
        assert encode(value, latex=latex, protect=protect) == short
