"""Findings in every output format: places and carets, valid SARIF, escaped commands and HTML, baselines."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citenorm.errors import ConfigError
from citenorm.model import Diagnostic, Place
from citenorm.report import FORMATS, baseline, render
from citenorm.report.plain import width

TEXTS = {"a.bib": "@misc{k,\n  title = {Über BERT},\n  pages = {1-2},\n}\n"}
FOUND = [
    Diagnostic(
        "CN502",
        "wrong-dash",
        "two hyphens",
        "pages",
        "1-2",
        "1--2",
        "",
        "safe",
        Place("a.bib", 3, 3, 3, 16),
        "k",
    ),
    Diagnostic(
        "CN501",
        "unprotected-acronym",
        "BERT: no braces",
        "title",
        "Über BERT",
        "Über {BERT}",
        "",
        "safe",
        Place("a.bib", 2, 3, 2, 22),
        "k",
    ),
    Diagnostic(
        "CN304",
        "year-mismatch",
        "2018 <b>&\n2019, 100%",
        "issued",
        "2018",
        "2019",
        "dblp",
        None,
        Place("b, c.md", 7, 0, 8, 0),
        severity="error",
    ),
    Diagnostic("CN308", "unverifiable-reference", "no source: knows it", severity="note"),
]


def test_text_quotes_the_line_and_points_at_the_place():
    assert render(FOUND, "text", TEXTS) == (
        "-: note: CN308 no source: knows it [unverifiable-reference]\n"
        "a.bib:2:3: warning: CN501 BERT: no braces [unprotected-acronym; fixable]\n"
        "2 |   title = {Über BERT},\n"
        "  |   ^^^^^^^^^^^^^^^^^^^\n"
        "a.bib:3:3: warning: CN502 two hyphens [wrong-dash; fixable]\n"
        "3 |   pages = {1-2},\n"
        "  |   ^^^^^^^^^^^^^\n"
        "b, c.md:7: error: CN304 2018 <b>& 2019, 100% [year-mismatch]\n"
    )


def test_findings_about_one_place_are_told_above_its_line_once():
    place = Place("a.bib", 2, 3, 2, 22)
    two = [Diagnostic(f"CN{n}", "x", f"m{n}", place=place) for n in (401, 402)]
    other = Diagnostic("CN403", "x", "m403", place=Place("a.bib", 2, 3, 2, 8))
    assert render([*two, other], "text", TEXTS).splitlines() == [
        "a.bib:2:3: warning: CN401 m401 [x]",
        "a.bib:2:3: warning: CN402 m402 [x]",
        "2 |   title = {Über BERT},",
        "  |   ^^^^^^^^^^^^^^^^^^^",
        "a.bib:2:3: warning: CN403 m403 [x]",
        "2 |   title = {Über BERT},",
        "  |   ^^^^^",
    ]


def test_on_a_terminal_long_findings_are_folded_under_their_beginning():
    said = "the work appeared in “Communications of the ACM”, not in “Advances in Neural Information Processing Systems”"
    found = Diagnostic("CN305", "venue-mismatch", said, place=Place("a.md", 3, 1, 3, 5))
    assert len(render([found], "text").splitlines()) == 1
    for colour in (False, True):
        told = render([found], "text", columns=60, colour=colour).splitlines()
        plain = [re.sub(r"\x1b\[[\d;]*m", "", line) for line in told]
        assert plain[0].startswith("a.md:3:1: warning: CN305 the work") and len(plain) > 1
        assert all(line.startswith("    ") for line in plain[1:]) and max(map(len, plain)) <= 60
        assert (
            " ".join(" ".join(plain).split()) == f"a.md:3:1: warning: CN305 {said} [venue-mismatch]"
        )


@pytest.mark.parametrize("columns", [40, 80, 200])
@pytest.mark.parametrize("start", [1, 5, 300, 990])
@pytest.mark.parametrize("letter", ["x", "語"])
def test_a_source_line_fits_the_terminal_and_shows_the_place(columns, start, letter):
    text = letter * (start - 1) + "abc" + letter * (1000 - start)
    found = Diagnostic("CN502", "x", "m", place=Place("a", 1, start, 1, start + 3))
    told = render([found], "text", {"a": text}, columns=columns).splitlines()[-2:]
    assert all(width(line) <= min(columns, 160) for line in told)
    at = width(told[1][: told[1].index("^")])
    before = next(i for i in range(len(told[0])) if width(told[0][:i]) == at)
    assert told[0][before : before + 3] == "abc" and told[1].strip(" |") == "^^^"
    assert ("…" in told[0]) == (width(text) > min(columns, 160) - 4)
    whole = Diagnostic("CN502", "x", "m", place=Place("a", 1, start, 1, len(text) + 1))
    assert all(
        width(line) <= min(columns, 160)
        for line in render([whole], "text", {"a": text}, columns=columns).splitlines()[1:]
    )


def test_a_caret_stands_under_wide_letters_and_in_long_lines():
    wide = Diagnostic("CN502", "x", "m", place=Place("a", 1, 3, 1, 5))
    assert render([wide], "text", {"a": "日本ab"}).splitlines()[1:] == ["1 | 日本ab", "  |     ^^"]
    long = Diagnostic("CN502", "x", "m", place=Place("a", 1, 1001, 1, 1004))
    line, under = render([long], "text", {"a": "x" * 1000 + "abc" + "y" * 1000}).splitlines()[1:]
    assert len(line) < 200 and line[under.index("^") : under.rindex("^") + 1] == "abc"


def test_json_and_json_lines_hold_the_same_rows():
    rows = json.loads(render(FOUND, "json"))
    assert rows == [json.loads(line) for line in render(FOUND, "jsonl").splitlines()]
    assert rows[1] == {
        "file": "a.bib", "line": 2, "column": 3, "end_line": 2, "end_column": 22, "code": "CN501", "name": "unprotected-acronym", "field": "title",
        "message": "BERT: no braces", "claim": "Über BERT", "record": "Über {BERT}", "key": "k", "fix": "safe", "severity": "warning",
    }  # fmt: skip


# what SARIF 2.1.0 lets stand in the objects that are written (section 3 of the specification): name → type, "!" where required
MESSAGE = {"text!": str, "markdown": str}
SHAPES = {
    "log": {"$schema": str, "version!": str, "runs!": ["run"]},
    "run": {"tool!": "tool", "results": ["result"], "columnKind": {"utf16CodeUnits", "unicodeCodePoints"}},
    "tool": {"driver!": "driver"},
    "driver": {"name!": str, "version": str, "informationUri": str, "rules": ["rule"]},
    "rule": {"id!": str, "name": str, "shortDescription": MESSAGE, "fullDescription": MESSAGE, "help": MESSAGE, "defaultConfiguration": {"level": str}, "properties": dict},
    "result": {
        "ruleId": str, "ruleIndex": int, "level": {"none", "note", "warning", "error"}, "message!": MESSAGE, "locations": ["location"], "properties": dict,
        "fixes": ["fix"],
    },
    "fix": {"description": MESSAGE, "artifactChanges!": ["artifactChange"]},
    "artifactChange": {"artifactLocation!": {"uri!": str}, "replacements!": ["replacement"]},
    "replacement": {"deletedRegion!": "region", "insertedContent": {"text": str}},
    "location": {"physicalLocation": "physical", "logicalLocations": ["logical"]},
    "physical": {"artifactLocation!": {"uri!": str}, "region": "region"},
    "region": {"startLine!": int, "startColumn": int, "endLine": int, "endColumn": int},
    "logical": {"name": str, "kind": str},
}  # fmt: skip


def conforms(value, shape):
    if isinstance(shape, str):
        shape = SHAPES[shape]
    if isinstance(shape, list):
        assert isinstance(value, list)
        for member in value:
            conforms(member, shape[0])
    elif isinstance(shape, set):
        assert value in shape
    elif isinstance(shape, dict):
        names = {name.rstrip("!"): (name.endswith("!"), inner) for name, inner in shape.items()}
        assert set(value) <= set(names), set(value) - set(names)
        for name, (required, inner) in names.items():
            assert not required or name in value
            if name in value:
                conforms(value[name], inner)
    else:
        assert isinstance(value, shape)


def check_sarif(text):
    log = json.loads(text)
    conforms(log, "log")
    assert log["version"] == "2.1.0"
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert len({r["id"] for r in rules}) == len(rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        for location in result.get("locations", []):
            uri = location["physicalLocation"]["artifactLocation"]["uri"]
            assert re.fullmatch(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+", uri)
            region = location["physicalLocation"].get("region", {"startLine": 1})
            assert (
                region["startLine"] >= 1
                and region.get("endLine", region["startLine"]) >= region["startLine"]
            )
            assert all(region[name] >= 1 for name in region)
    return log


def test_sarif_is_well_formed_and_names_its_rules():
    log = check_sarif(render(FOUND, "sarif", version="1.2"))
    driver = log["runs"][0]["tool"]["driver"]
    assert driver["version"] == "1.2" and [r["id"] for r in driver["rules"]] == [
        "CN304",
        "CN308",
        "CN501",
        "CN502",
    ]
    assert driver["rules"][3]["help"]["markdown"].startswith("Pages are joined")
    assert (
        log["runs"][0]["results"][3]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        == "b%2C%20c.md"
    )
    check_sarif(render([], "sarif"))


def test_github_commands_are_escaped():
    lines = render(FOUND, "github").splitlines()
    assert (
        lines[1]
        == "::warning file=a.bib,line=2,col=3,endLine=2,endColumn=22,title=CN501 unprotected-acronym::BERT: no braces"
    )
    assert (
        lines[3]
        == "::error file=b%2C c.md,line=7,endLine=8,title=CN304 year-mismatch::2018 <b>&%0A2019, 100%25"
    )


@settings(max_examples=60)
@given(
    st.lists(
        st.builds(
            Diagnostic, st.sampled_from(["CN201", "CN502", "CN399"]), st.sampled_from(["wrong-dash", "x"]), st.text(max_size=30), claim=st.text(max_size=10),
            place=st.none() | st.builds(Place, st.sampled_from(["a.bib", "b \u00e9:,.md"]), st.integers(0, 9), st.integers(0, 50), st.integers(0, 9), st.integers(0, 50)),
        ),
        max_size=5,
    )
)  # fmt: skip
def test_any_finding_can_be_told_in_any_format_and_order(found):
    for name in FORMATS:
        assert render(found, name, TEXTS) == render(found[::-1], name, TEXTS)
    check_sarif(render(found, "sarif", TEXTS))
    assert all(line.startswith("::") for line in render(found, "github").split("\n")[:-1])


def test_an_unknown_format_is_refused():
    with pytest.raises(ValueError, match="unknown output format"):
        render([], "xml")


def test_a_baseline_hides_what_was_there_and_nothing_else(tmp_path):
    path = tmp_path / "baseline.jsonl"
    baseline.write(path, FOUND)
    assert baseline.without(path, FOUND) == []
    moved = [
        Diagnostic(
            *(
                getattr(d, f)
                for f in ("code", "name", "message", "field", "claim", "record", "source", "fix")
            ),
            Place("sub/a.bib", 99, 1),
            d.key,
        )
        for d in FOUND[:2]
    ]
    twice = [*moved, moved[0]]
    assert baseline.without(path, twice) == [moved[0]]
    path.write_text("not a baseline")
    with pytest.raises(ConfigError, match="no baseline"):
        baseline.without(path, FOUND)
    with pytest.raises(ConfigError, match="cannot be read"):
        baseline.without(tmp_path / "none", FOUND)


def test_control_characters_do_not_reach_the_terminal():
    from citenorm.report.plain import as_text

    found = Diagnostic("CN201", "x", "says \x1b[31mred", place=Place("a.md", 1, 0, 1, 0))
    assert "\x1b" not in as_text([found], {"a.md": "one \x1b]0;title\x07 two\n"})


def test_a_baseline_with_a_line_separator_in_a_key_is_read_again():
    found = Diagnostic(code="CN501", name="n", severity="note", message="m", key="a\u2028b\x85c")
    assert baseline.read_baseline(baseline.baseline_text([found]))


def test_sarif_tells_how_often_a_rule_is_right() -> None:
    from citenorm.report.sarif import as_sarif
    from citenorm.rules import rule

    one = rule("CN305")
    assert one is not None
    found = Diagnostic("CN305", "venue-mismatch", "not there", place=Place("a.bib", 1))
    log = json.loads(as_sarif([found], [one]))
    told = log["runs"][0]["tool"]["driver"]["rules"][0]["properties"]
    counted = one.precision()
    assert counted is not None and told["precision"] == counted.word
    assert told["precision-findings"] == counted.of and 0 <= told["precision-share"] <= 1
