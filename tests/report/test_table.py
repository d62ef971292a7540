"""The table of corrections at any width: nothing is broken that has to be copied, nothing is left out."""

import io

import pytest

from citenorm.model import Claim, Provenance, Record, Reference, Resolution, Work
from citenorm.report.plain import width
from citenorm.report.summary import print_summary, short_names
from citenorm.report.table import HEAD, lines_of

DOI = "10.1093/acprof:oso/9780199226092.001.0001/isbn-9780199226092-book-part-7"
ROWS = [
    ("reports/a very long name of a report.md:1234", "type", "preprint", "journal article", "jmlr"),
    ("reports/a very long name of a report.md:1234", "title", "Less is more: An exploration of data redundancy", "Training Data Subset Search With Ensemble Active Learning", "crossref"),
    ("reports/a very long name of a report.md:1234", "doi", "—", DOI, "crossref"),
    ("b.md:1", "venue", "日本語の雑誌", "Journal of Ponds", "dblp"),
]  # fmt: skip


@pytest.mark.parametrize("columns", [40, 80, 99, 100, 120, 200])
def test_places_and_identifiers_are_whole_at_any_width(columns):
    text = "\n".join(lines_of(ROWS, columns))
    assert (
        DOI in text
        and ["reports/a", "very", "long", "name", "of", "a", "report.md:1234"][-1] in text
    )
    for row in ROWS:
        for cell in row:
            assert all(word in text for word in cell.split())
    assert text.count("b.md:1") == 1


@pytest.mark.parametrize("columns", [100, 120, 200])
def test_columns_stand_below_each_other(columns):
    rows = [("a.md:1", f, "x", "y", "s") for f in ("type", "title", "doi")]
    lines = lines_of(rows, columns)
    assert lines[0].split() == " ".join(HEAD).split() and len(lines) == 4
    starts = {line.index("x") for line in lines[1:]}
    assert len(starts) == 1 and all(width(line) <= columns for line in lines_of(ROWS[:1], columns))


def test_narrow_terminals_get_a_line_a_value():
    lines = lines_of(ROWS, 80)
    assert lines[0] == ROWS[0][0] and lines[1] == "  type: preprint → journal article  [jmlr]"
    assert lines_of([], 80) == []


def resolution(file, csl, emitted):
    record = Record("x:1", emitted, "dblp")
    origin = {field: Provenance("corrected", "dblp", "x:1") for field in emitted}
    claim = Claim(csl, reference=Reference("raw", file, line=3))
    return Resolution(claim, "matched", "verified", record, Work("x:1", (record,)), 0.99, emitted=emitted, provenance=origin)  # fmt: skip


def test_types_are_words_and_two_files_of_one_name_are_told_apart():
    made = [
        resolution(file, {"type": "article"}, {"type": "article-journal"})
        for file in ("one/report.md", "two/report.md", "other.md")
    ]
    out = io.StringIO()
    print_summary(made, out)
    text = out.getvalue()
    assert "one/report.md:3" in text and "two/report.md:3" in text and "\nother.md:3" in text
    assert "preprint" in text and "journal article" in text and "article-journal" not in text
    assert short_names(r.claim for r in made[:1]) == {"one/report.md": "report.md"}


@pytest.mark.parametrize("columns", [60, 140])
def test_a_value_that_would_fill_the_screen_is_shown_in_part(columns):
    lines = lines_of([("a.bib:1", "title", "Of ponds " * 40_000, "Of ponds", "form")], columns)
    assert sum(map(len, lines)) < 10_000
    assert "(360,000 characters)" in " ".join(" ".join(lines).split())
