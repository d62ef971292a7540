"""Edits of a decoded text reach the file's bytes; everything else stays byte for byte."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citenorm.errors import InputError
from citenorm.read.decode import decode
from citenorm.read.encode import edited

TEXT = "Größe — Müller, “Ponds” 2019\r\nsecond Σ line 𝔸\nlast"
FORMS = {
    "utf-8": TEXT.encode(),
    "bom": codecs.BOM_UTF8 + TEXT.encode(),
    "utf-16le": codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
    "utf-16be": codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    "utf-32be": codecs.BOM_UTF32_BE + TEXT.encode("utf-32-be"),
    "cp1252": TEXT.replace("Σ", "S").replace("𝔸", "A").encode("cp1252"),
    "cp1252-undefined": b"a\x81b caf\xe9 and enough of plain words around it 2019 last",
    "stray": "Größe — “Ponds” Σ ".encode() + b"caf\xe9 2019 last",
    "cesu": "Größe — “Ponds” Σ ".encode() + b"x\xed\xa0\xb5\xed\xb4\xb8y 2019 last",
}


@pytest.mark.parametrize("form", FORMS)
def test_what_no_edit_touches_keeps_its_bytes(form):
    data = FORMS[form]
    text, _ = decode(data, "x")
    assert edited(data, [], "x") == (data, [])
    at = text.index("2019")
    made, left = edited(data, [(at, at + 4, "2020")], "x")
    assert not left and len(made) == len(data)
    assert sum(a != b for a, b in zip(made, data, strict=True)) == 2
    assert decode(made, "x")[0] == text.replace("2019", "2020")


def test_a_letter_that_the_encoding_lacks_leaves_that_edit_out():
    data = FORMS["cp1252"]
    text, _ = decode(data, "x")
    one, two = text.index("2019"), text.index("last")
    made, left = edited(data, [(one, one + 4, "Łuk"), (two, two + 4, "lust")], "x")
    assert left == [((one, one + 4, "Łuk"), "Ł")]
    assert made == data[:-4] + b"lust"


@given(st.binary(max_size=60), st.sampled_from(["", "é", "Ł", "zz"]))
def test_any_bytes_that_can_be_read_can_be_written_back(data, new):
    try:
        text, _ = decode(data, "x")
    except InputError:
        return
    try:
        assert edited(data, [], "x") == (data, [])
        made, left = edited(data, [(len(text) // 2, len(text) // 2, new)], "x")
    except InputError:
        return
    middle = len(text) // 2
    assert decode(made, "x")[0] == (text if left else text[:middle] + new + text[middle:])
