"""Whatever the text, finding neither raises nor points outside the file, and does the same twice."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citenorm.errors import InputError
from citenorm.find import find
from citenorm.find.dehyphenate import Spelling, visible
from citenorm.find.reference_score import people, score
from citenorm.read import read

PIECES = st.sampled_from(
    ["# ", "## References\n", "\n", "\n\n", "- ", "1. ", "[1] ", "[2] ", "    ", "Smith, J. ", "A. Doe and B. Roe. ", '"A title of a work." ', "(2018). ", "pp. 1-10. ", "*", "_", "`", "<u>", "</u>",
     "[a](b)", "[", "]", "(", ")", "&amp;", "\\", "et al. ", "https://x.org/y ", "arXiv:1811.03600", "…", "é", "参考文献", "\r\n", "\t", "| a | b |", "> ", "```", "---\n", "===\n", "{", "}", "\\bibitem{a} ", "$x$", "%", "~"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=40).map("".join)


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.sampled_from(["md", "txt", "rst", "html", "tex", "bbl"]))
def test_never_raises_and_stays_inside(text: str, suffix: str) -> None:
    try:
        document = read(text.encode(), name=f"x.{suffix}")
    except InputError as error:
        assert "\n" not in str(error)
        return
    found = find(document, mentions=True)
    assert found == find(read(text.encode(), name=f"x.{suffix}"), mentions=True)
    assert [(r.start, r.end) for r in found] == sorted((r.start, r.end) for r in found)
    for reference in found:
        assert 0 <= reference.start <= reference.end <= len(text)
        assert 1 <= reference.line <= reference.end_line <= text.count("\n") + text.count("\r") + 1
        assert reference.raw == " ".join(reference.raw.split())


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_looks_never_raises(text: str) -> None:
    assert -100.0 < score(text or " " * 3) < 100.0
    assert 0.0 <= people(text) <= 3.0
    assert "\n" not in visible(text)


@pytest.mark.parametrize(
    "bait",
    [
        "a, " * 100_000,
        "J. " * 100_000,
        "(" * 100_000,
        "et al., " * 50_000,
        "1999 " * 60_000,
        "[1] " * 60_000,
        "10.1000/" * 40_000,
        '"' * 100_000,
        "1-" * 100_000,
        " . . ." * 50_000,
        "*a_ " * 40_000,
        "[" * 60_000,
    ],
)
@pytest.mark.parametrize("suffix", ["md", "txt", "html", "rst", "tex"])
def test_no_pattern_is_slow(bait: str, suffix: str) -> None:
    begun = time.process_time()
    find(
        read(("## References\n\n[1] Smith, J. 2019. " + bait + "\n").encode(), name=f"x.{suffix}"),
        mentions=True,
    )
    assert time.process_time() - begun < 3.0


def test_hyphens_at_line_ends() -> None:
    assert visible("Gradient-based learn-\ning applied") == "Gradient-based learning applied"
    assert visible("Jascha Sohl-\nDickstein") == "Jascha Sohl-Dickstein"
    assert visible("Hernández\u00ad\nLobato, self-\npaced") == "Hernández-Lobato, self-paced"
    assert (
        visible("pages 1662-\n1670, arXiv:\n1704.07433, https://doi.org/\n10.1/x")
        == "pages 1662-1670, arXiv:1704.07433, https://doi.org/10.1/x"
    )
    assert visible("single-\nshot", Spelling(frozenset({"single-shot"}), True)) == "single-shot"
    assert visible("cali-\nbration", Spelling(frozenset({"calibration"}), False)) == "calibration"
