"""Bytes that are text in some encoding, and bytes that are none."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citenorm.errors import InputError
from citenorm.model import Document
from citenorm.read import FORMATS, read

TEXT = "Müller, J. „Über Bäume“ – naïve café 1999.\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("cp1252"), "cp1252"),
    ],
)
def test_encodings(data: bytes, encoding: str) -> None:
    document = read(data, name="x.txt")
    assert document.text.strip() == TEXT.strip()
    assert document.encoding == encoding


def test_a_few_stray_bytes_do_not_spoil_utf8() -> None:
    assert (
        "Müller und Özil, “1999”"
        in read("Müller und Özil, ".encode() + b"\x931999\x94 ...", name="x.txt").text
    )


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"a\0b", "NUL"),
        (TEXT.encode("utf-16-le"), "NUL"),
        (bytes(range(1, 32)) * 50, "binary"),
        ("深度学习是机器学习的一个分支。".encode("gbk") * 3, "UTF-8"),
        (b"\xff\xfeab\x00", "UTF-16"),
        (b"x" * 1_000_001, "characters"),
    ],
)
def test_refused(data: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says) as caught:
        read(data, name="notes.txt")
    assert str(caught.value).startswith("notes.txt")
    assert "\n" not in str(caught.value)


def test_missing_folder_and_unknown_format(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read(tmp_path / "none.md")
    with pytest.raises(InputError, match="folder"):
        read(tmp_path)
    with pytest.raises(InputError, match="unknown format"):
        read(b"x", format="word")


@pytest.mark.parametrize(
    ("data", "name", "format"),
    [
        (b"<!DOCTYPE html><p>x", "x", "html"),
        (b"\\documentclass{article}\\begin{document}x", "x.xyz", "latex"),
        (b'{"cells": [], "nbformat": 4}', "x", "notebook"),
        (b"@article{a, title={B}}", "x", "bibtex"),
        (b"plain", "x", "text"),
        (b"# x", "x.Rmd", "markdown"),
        (b"x", "x.unknown", "text"),
    ],
)
def test_format_is_told_from_name_and_content(data: bytes, name: str, format: str) -> None:
    assert read(data, name=name).format == format


def test_every_format_has_its_reader() -> None:
    from importlib import import_module

    for format in FORMATS:
        assert callable(
            getattr(import_module(f"citenorm.read.{format.module}"), f"read_{format.module}")
        )
    suffixes = [suffix for format in FORMATS for suffix in format.suffixes]
    assert len(suffixes) == len(set(suffixes))


@settings(max_examples=150, deadline=None)
@given(st.binary(min_size=1, max_size=200), st.sampled_from([format.name for format in FORMATS]))
def test_no_bytes_raise_anything_else(data: bytes, format: str) -> None:
    try:
        document = read(data, format=format, name="x")
    except InputError as error:
        assert "\n" not in str(error) and str(error).startswith("x")
    else:
        assert isinstance(document, Document)
