"""Markup of every format: what a reader sees, which blocks there are, where they stand in the file."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citenorm.errors import InputError
from citenorm.model import Document
from citenorm.read import read


def blocks(data: str | bytes, name: str) -> list[tuple[str, int, str, str]]:
    document = read(data.encode() if isinstance(data, str) else data, name=name)
    return [(b.kind, b.level, b.label, document.text[b.start : b.end]) for b in document.blocks]


def mapped(document: Document, word: str) -> str:
    start = document.file_offset(document.text.index(word))
    return document.source_text[start : start + len(word)]


def test_markdown_blocks() -> None:
    text = (
        "---\ntitle: x\n---\n# One #\n\nTwo\n===\n\nA *b* **c** _d_ e_f_g `h*i` [j](http://k) ![l](m) <u>n</u> &amp; \\* 2 * 3 ~~o~~\ngoes on.\n\n"
        "- item\n  more\n    - inner\n1. first\n2. second\n\n[^n]: Note.\n\n> quoted\n\n```\ncode\n```\n<!-- hidden\nlines -->\n| a | b |\n|---|---|\n\n[k]: http://x.org\n\nSee [text][k].\n"
    )
    assert blocks(text, "x.md") == [
        ("heading", 1, "", "One"),
        ("heading", 1, "", "Two"),
        ("paragraph", 0, "", "A b c d e_f_g h*i j  n & * 2 * 3 o\ngoes on."),
        ("item", 0, "", "item\nmore"),
        ("item", 1, "", "inner"),
        ("item", 0, "1", "first"),
        ("item", 0, "2", "second"),
        ("footnote", 0, "n", "Note."),
        ("paragraph", 0, "", "quoted"),
        ("table", 0, "", " a | b "),
        ("paragraph", 0, "", "See text."),
    ]


def test_quotation_marks_of_tex_in_markdown_stay() -> None:
    assert blocks("See `Quiet Ponds'.\n\nA ` alone\n", "x.md") == [
        ("paragraph", 0, "", "See `Quiet Ponds'."),
        ("paragraph", 0, "", "A  alone"),
    ]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_ends_keep_lines_and_offsets(ends: str) -> None:
    source = ends.join(["# T", "", "one *two* three", "four"])
    for name in ("x.md", "x.txt", "x.rst"):
        document = read(source.encode(), name=name)
        assert mapped(document, "three") == "three"
        assert document.line_of(document.text.index("four")) == 4
        assert "\r" not in document.text


def test_rst_blocks() -> None:
    text = "Title\n=====\n\nA *b* ``c`` :pep:`8` `d <http://e>`_ and [1]_.\n\n.. code-block:: python\n\n   hidden = 1\n\n* item\n  more\n\n.. [1] Smith, J. Work.\n   2019.\n.. _target: http://x\n\nSub\n---\n\nEnd::\n\n   literal\n"
    assert blocks(text, "x.rst") == [
        ("heading", 1, "", "Title"),
        ("paragraph", 0, "", "A b c 8 d and [1]."),
        ("item", 0, "", "item\nmore"),
        ("footnote", 0, "1", "Smith, J. Work.\n2019."),
        ("heading", 2, "", "Sub"),
        ("paragraph", 0, "", "End:"),
        ("code", 0, "", "literal"),
    ]


def test_html_blocks_and_places() -> None:
    text = "<html><head><title>no</title><script>var a='<p>no';</script></head><body><nav>no</nav><h2 id=x>Head</h2><p>A <em>b</em>\n&amp; c<br>d</p><ol start=3><li>one<li>two <ul><li>deep</ul></ol><p title='c word'>word<sup>1</sup></p></body>"
    assert blocks(text, "x.html") == [
        ("heading", 2, "", "Head"),
        ("paragraph", 0, "", "A b & c\nd"),
        ("item", 0, "3", "one"),
        ("item", 0, "4", "two"),
        ("item", 1, "", "deep"),
        ("paragraph", 0, "", "word1"),
    ]
    document = read(text.encode(), name="x.html")
    assert text[document.file_offset(document.text.index("word")) - 1] == ">"


def test_latex_prints_what_it_would_print() -> None:
    text = (
        "\\documentclass{article}\\begin{document}\n\\section{One \\emph{two}}\nText~here\\cite{x} --- and ``quoted'' 100\\%. % comment\n\n"
        "\\begin{thebibliography}{9}\n\\bibitem[Do{\\v{c}}(2001)]{key:1} K\\\"onig, \\'{E}. {\\em \\L{}\\'od\\'z} \\& G\\\"odel's $\\alpha$.\n\\newblock \\href{http://x}{Link}, 5\\penalty0 (2):\\penalty0 1--2. \\url{http://a_b~c%20}\n\\end{thebibliography}\n\\end{document}"
    )
    assert blocks(text, "x.tex") == [
        ("heading", 2, "", "One two"),
        ("paragraph", 0, "", "Text here — and “quoted” 100%. "),
        ("bibitem", 0, "key:1", " König, É. Łódź & Gödel’s α.\n Link, 5(2):1–2. http://a_b~c%20\n"),
    ]


def test_biblatex_fields_become_a_reference() -> None:
    text = (
        "\\refsection{0}\n\\datalist[entry]{nty/global//global/global}\n\\entry{doe}{article}{}\n\\name{author}{1}{}{%\n{{hash=x}{%\nfamily={Doe},\ngiven={Jane},\n}}%\n}\n"
        "\\field{title}{A {T}itle}\n\\field{journaltitle}{J. Things}\n\\field{year}{2019}\n\\endentry\n"
    )
    ((kind, _, label, printed),) = blocks(text, "x.bbl")
    assert (kind, label, printed.strip()) == (
        "bibitem",
        "doe",
        "Jane Doe. A Title. J. Things. (2019).",
    )


def test_notebook_places() -> None:
    cells = [
        {"cell_type": "markdown", "source": ['# Ünï "q"\n', "word two"]},
        {"cell_type": "code", "source": ["code"]},
        {"cell_type": "markdown", "source": "last\tone"},
    ]
    for ascii_only in (True, False):
        text = json.dumps({"cells": cells, "nbformat": 4}, indent=1, ensure_ascii=ascii_only)
        document = read(text.encode(), name="x.ipynb")
        assert [document.text[b.start : b.end] for b in document.blocks] == [
            'Ünï "q"',
            "word two",
            "last\tone",
        ]
        for word in ("word", "two", "last", "one"):
            assert mapped(document, word) == word
            assert (
                document.line_of(document.text.index(word))
                == text[: text.index(word)].count("\n") + 1
            )


@pytest.mark.parametrize(
    "data", ["[]", "{}", '{"cells": 5}', '{"cells": [', "[" * 100_000, '"x"', "5"]
)
def test_no_notebooks(data: str) -> None:
    with pytest.raises(InputError):
        read(data.encode(), name="x.ipynb")


@settings(max_examples=200, deadline=None)
@given(
    st.text(alphabet="ab *_`[]()<>&;#-+1.\n\\!~|:=\"'é", max_size=80),
    st.sampled_from(["x.md", "x.rst", "x.txt", "x.html", "x.tex"]),
)
def test_every_run_maps_to_the_same_characters(text: str, name: str) -> None:
    try:
        document = read(text.encode(), name=name)
    except InputError:
        return
    for offset, at, length in document.runs:
        assert 0 <= at <= at + length <= len(document.source_text)
        if name in ("x.md", "x.rst", "x.txt") and length > 1:
            assert document.text[offset : offset + length] == document.source_text[at : at + length]
    for block in document.blocks:
        assert 0 <= block.start < block.end <= len(document.text)
    assert all(a.end <= b.start for a, b in zip(document.blocks, document.blocks[1:], strict=False))
