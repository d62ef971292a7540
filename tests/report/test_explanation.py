"""The page of ``explain``: fitted to the terminal, words whole, the sum as a waterfall."""

from itertools import pairwise

import pytest

from citenorm import open_sources, resolve
from citenorm.model import Claim, Resolution
from citenorm.report.brief import brief
from citenorm.report.explanation import explanation
from citenorm.report.fold import fold, hung
from citenorm.report.plain import width
from citenorm.report.table import lines_of

GUO = 'Guo, Chuan, et al. "On calibration of modern neural networks." arXiv preprint arXiv:1706.04599 (2017).'


@pytest.fixture(scope="module")
def guo():
    with open_sources(offline=True, user=False) as sources:
        return resolve(GUO, sources)


@pytest.mark.parametrize("columns", [40, 60, 80, 100, 132, 200])
def test_it_is_no_wider_than_the_terminal(guo, columns):
    lines = explanation(guo, columns)
    long = [line for line in lines if width(line) > columns and max(map(width, line.split())) < 30]
    assert not long and all(line == line.rstrip() for line in lines)
    text = " ".join(" ".join(lines).split())
    assert "Proceedings of the 34th International Conference on Machine Learning" in text
    assert "the list of authors ends in" in text and "pmlr:v70/guo17a" in text


def rows(lines):
    start = next(i for i, line in enumerate(lines) if line.startswith("Weighed"))
    return [line for line in lines[start + 1 :] if "█" in line or "▒" in line]


@pytest.mark.parametrize("columns", [80, 100, 160])
def test_each_bar_begins_where_the_one_above_ends(guo, columns):
    bars = rows(explanation(guo, columns))
    assert bars[0].lstrip().startswith("prior") and "▒" in bars[0]
    growing = [line for line in bars[1:] if "█" in line]
    assert len(growing) >= 4
    for above, below in pairwise(growing):
        assert abs(below.index("█") - above.rindex("█")) <= 1
    assert max(map(width, bars)) > columns * 0.9  # the picture uses what room there is
    assert max(map(width, bars)) <= columns


def test_a_narrow_terminal_gets_the_numbers_alone(guo):
    text = "\n".join(explanation(guo, 40))
    title = next(e for e in guo.evidence if e.field == "title")
    assert "█" not in text and f"{title.weight:+.2f}" in text


def test_a_reference_that_no_source_knows(guo):
    with open_sources(offline=True, user=False) as sources:
        lines = explanation(resolve("Nobody, A. Slow ponds. Unheard of Press, 2001.", sources), 80)
    assert any(line.startswith("Outcome: unmatched") for line in lines)


def test_words_are_whole_and_scripts_without_blanks_are_broken_anywhere():
    assert fold("a bb  ccc dddd", 6) == ["a bb", "ccc", "dddd"]
    assert fold("https://example.org/long-address x", 10) == [
        "https://example.org/long-address",
        "x",
    ]
    assert fold("神经网络校准研究", 8) == ["神经网络", "校准研究"]
    assert fold("", 8) == [""] and fold("  a  ", 8) == ["a"]
    assert hung("one two three four five six", 24, "  x: ", "    ") == [
        "  x: one two three four",
        "    five six",
    ]


def test_narrow_tables_are_folded_too():
    row = (
        "refs.bib:3",
        "venue",
        "Proc. of the Thirty-Fourth International Conference",
        "Proceedings of the 34th International Conference on Machine Learning",
        "pmlr",
    )
    lines = lines_of([row], 60)
    assert max(map(len, lines)) <= 60 and lines[0] == "refs.bib:3"
    assert " ".join(" ".join(lines).split()).endswith("Machine Learning [pmlr]")


def test_the_summary_on_a_terminal_is_folded_and_in_a_file_is_not(guo, monkeypatch):
    import io

    from citenorm.report.summary import print_summary

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setenv("COLUMNS", "80")
    terminal, file = Terminal(), io.StringIO()
    print_summary([guo], terminal)
    print_summary([guo], file)
    assert max(map(width, terminal.getvalue().splitlines())) <= 80
    assert "  venue: — → Proceedings of the 34th International Conference" in terminal.getvalue()
    told = next(line for line in file.getvalue().splitlines() if "superseded-preprint" in line)
    assert told.endswith("Machine Learning 2017)")


def test_a_few_lines_for_a_terminal(guo):
    for columns in (60, 100):
        lines = brief(guo, 12, columns)
        assert (
            lines[0].startswith("  12  matched, verified, probability 0.99")
            and "arxiv:" in lines[0] + lines[1]
        )
        assert max(map(width, lines)) <= columns
        told = " ".join(" ".join(lines).split())
        assert (
            "Chuan Guo, Geoff Pleiss, Yu Sun, Kilian Q. Weinberger. 2017. On Calibration of Modern Neural Networks."
            in told
        )
        assert "CN201 superseded-preprint: this preprint has been published" in told
    raw = "Nobody \x1b[2J. Slow rivers. 2011."
    unknown = Resolution(Claim({"title": "Slow rivers"}, raw=raw), "unmatched", "unverifiable")
    assert brief(unknown, 1, 80) == [
        "   1  unmatched, unverifiable, probability 0.000",
        "      Nobody \ufffd[2J. Slow rivers. 2011.",
    ]
