"""The library as people use it in a notebook: what they would give is taken, or told; what comes out can be read and put in tables."""

import json
from pathlib import Path

import pytest

import citenorm

REPORT = Path(__file__).parent.parent / "examples" / "seminar-report.md"
TEXT = "Guo et al. On calibration of modern neural networks. 2017."


def test_strings_references_claims_and_items_are_taken():
    reference = citenorm.find(citenorm.read(REPORT))[3]
    claim = citenorm.parse(reference)
    assert claim.reference is reference and claim == citenorm.parse_many([reference])[0]
    item = {"id": "x", "title": "On calibration of modern neural networks", "author": [{"family": "Guo", "given": "Chuan"}]}  # fmt: skip
    with citenorm.open_sources(offline=True) as sources:
        works = {
            citenorm.resolve(given, sources).work.id
            for given in (TEXT, reference, claim, item, citenorm.parse(TEXT))
        }
        results = citenorm.resolve_all([TEXT, reference, item], sources)
    assert len(works) == 1 and [r.claim.id for r in results] == [None, None, "x"]
    assert results[1].claim.reference is reference


@pytest.mark.parametrize(
    "call, error, message",
    [
        (lambda: citenorm.find("report.md"), TypeError, r"find takes a Document, not a str: find\(read\(path\)\)"),
        (lambda: citenorm.resolve(7), TypeError, "a string, a Reference, a Claim or a CSL item, not a int"),
        (lambda: citenorm.resolve_all(TEXT), TypeError, "a list of references is needed, not one str"),
        (lambda: citenorm.parse(7), TypeError, "a string or a Reference, not a int"),
        (lambda: citenorm.parse_many(TEXT), TypeError, "a list of references is needed"),
        (lambda: citenorm.resolve(TEXT, prefer="newest"), citenorm.ConfigError, "prefer is one of published, as-cited, preprint, not 'newest'"),
        (lambda: citenorm.resolve_all([TEXT], jobs=0), citenorm.ConfigError, "1 or more, not 0"),
    ],
)  # fmt: skip
def test_anything_else_is_told_with_what_is_taken(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_what_comes_out_is_short_and_fits_tables():
    made = citenorm.fix(REPORT)
    result = made.resolutions[0]
    assert repr(made) == "<Bibliography: 5 entries of 5 references>"
    assert repr(result).startswith("<Resolution matched, verified, 0.9") and len(repr(result)) < 160
    assert len(repr(citenorm.read(REPORT))) < 160
    rows = made.to_dicts()
    assert len(rows) == 5 and len({tuple(row) for row in rows}) == 1 and rows[0]["year"] == 2019
    assert all(v is None or isinstance(v, (str, int, float)) for row in rows for v in row.values())
    assert json.loads(json.dumps(rows)) == rows
    assert [r["raw"] for r in citenorm.to_dicts(made.resolutions)] == [
        r.claim.raw for r in made.resolutions
    ]


def test_notebooks_show_tables_and_nothing_of_a_document_runs():
    claim = citenorm.parse("<script>alert(1)</script> & Co. <b>Ponds</b>. 2001.")
    result = citenorm.resolve(claim)
    made = citenorm.bibliography.bibliography([result])
    for page in (result._repr_html_(), made._repr_html_()):
        assert "<table>" in page and "<script" not in page and "<b>Ponds" not in page


def test_explain_gives_the_page_of_the_command():
    page = citenorm.explain(TEXT)
    assert page.startswith("Read\n") and "Weighed" in page and "Outcome: matched" in page
    assert citenorm.explain(citenorm.resolve(TEXT)) == page


def test_the_example_of_the_package_is_true():
    shown = citenorm.__doc__.split(">>> result = ")[1].splitlines()[0]
    result = eval(shown)
    stated = citenorm.__doc__.split("('matched', '")[1].split("'")[0]
    assert (result.outcome, result.record.id) == ("matched", stated)
    for name in ("fix(", "resolve(", "check(", "repair(", "cite(", "explain(", "open_sources("):
        assert f"citenorm.{name}" in citenorm.__doc__


def test_what_two_references_say_of_one_unknown_work_comes_together():
    text = (
        "Brook A, Weir B. A study of ponds. Pond Gazette. 2019;393(10170):434-445. PMID: 30638909.\n\n"
        "Brook A, Weir B. A study of ponds. Pond Gazette. 2019;393(10170):434-445. doi:10.1016/S0140-6736(18)31809-9.\n"
    )
    made = citenorm.fix(citenorm.read(text.encode(), name="a.txt"))
    assert len(made.entries) == 1
    printed = made.to_bibtex()
    assert (
        "pmid = {30638909}" in printed
        and "doi = {10.1016/s0140-6736(18)31809-9}" in printed.lower()
    )
