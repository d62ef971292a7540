"""The command line from outside: output, exit codes, one clear line for what cannot be done."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import citenorm
from citenorm.cli import COMMANDS, main

EXAMPLES = Path(__file__).parents[2] / "examples"
REPORT = EXAMPLES / "seminar-report.md"


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("CITENORM_CACHE_DIR", str(tmp_path / "cache"))

    def call(*args):
        status = main([str(a) for a in args])
        out = capsys.readouterr()
        return status, out.out, out.err

    return call


def rows(text):
    return [json.loads(line) for line in text.splitlines()]


# ------------------------------------------------------------------ the main job
def test_fix_gives_a_work_once_with_its_published_version(run):
    status, out, err = run("fix", REPORT, "--offline")
    assert status == 0 and out.count("@") == 5
    assert "journal = {Journal of Machine Learning Research}" in out and "pages = {1--49}" in out
    assert "IEEE Transactions on Intelligent Transportation Systems" in out and "1905.12737" in out
    assert "5 references: 5 resolved" in err and "source-conflict" in err


def test_fix_twice_gives_the_same_bytes(run):
    assert run("fix", REPORT, "--offline")[1] == run("fix", REPORT, "--offline", "--jobs", 2)[1]


def test_fix_over_its_own_bibliography_changes_nothing(run, tmp_path):
    bib = tmp_path / "refs.bib"
    bib.write_text(run("fix", REPORT, "--offline")[1], encoding="utf-8")
    before = bib.read_bytes()
    assert run("fix", bib, "--offline", "--in-place")[0] == 0
    once = bib.read_bytes()
    assert (
        run("fix", bib, "--offline", "--check")[0] == 0
        and once.count(b"@") == before.count(b"@") == 5
    )


def test_prefer_as_cited(run):
    out = run("fix", REPORT, "--offline", "--prefer", "as-cited", "--format", "csl-json")[1]
    by_arxiv = {i["custom"].get("arxiv"): i for i in json.loads(out)}
    assert by_arxiv["1811.03600"]["type"] == "article" and by_arxiv["1905.12737"]["issued"] == {
        "date-parts": [[2019]]
    }


def test_fix_with_mentions_adds_works_named_in_headings(run):
    items = json.loads(
        run(
            "fix",
            EXAMPLES / "conference-notes.md",
            "--offline",
            "--mentions",
            "--format",
            "csl-json",
        )[1]
    )
    assert [i["container-title"] for i in items] == [
        "Proceedings of Machine Learning and Systems"
    ] * 2


def test_a_work_in_no_source_is_written_and_marked(run):
    status, out, err = run("fix", EXAMPLES / "reading-list.txt", "--offline")
    assert status == 0 and "Knitting patterns" in out and "unverified" in out
    assert "4 resolved" in err and "1 unresolved" in err


@pytest.mark.parametrize(
    "form, sign",
    [
        ("bibtex", "@article{"),
        ("biblatex", "journaltitle ="),
        ("csl-json", '"type"'),
        ("ris", "TY  - JOUR"),
    ],
)
def test_formats(run, form, sign):
    assert sign in run("fix", REPORT, "--offline", "--format", form)[1]


def test_output_file_diff_and_check(run, tmp_path):
    out = tmp_path / "refs.bib"
    assert (
        run("fix", REPORT, "--offline", "-o", out)[1] == ""
        and out.read_text(encoding="utf-8").count("@") == 5
    )
    assert run("fix", REPORT, "--offline", "-o", out, "--check")[0] == 0
    out.write_text("", encoding="utf-8")
    assert (
        run("fix", REPORT, "--offline", "-o", out, "--check")[0] == 1
        and out.read_text(encoding="utf-8") == ""
    )
    status, diff, _ = run("fix", REPORT, "--offline", "--diff")
    assert status == 0 and "+  journal = {Journal of Machine Learning Research}," in diff.replace(
        "journaltitle", "journal"
    )


def test_quiet_says_nothing(run):
    assert run("fix", REPORT, "--offline", "--quiet")[2] == ""


# ------------------------------------------------------------------ the others
def test_find_tells_places(run):
    found = rows(run("find", REPORT, "--format", "jsonl", "--mentions")[1])
    text = REPORT.read_text(encoding="utf-8")
    references = [f for f in found if f["kind"] == "reference"]
    assert [f["label"] for f in references] == ["1", "2", "3", "4", "5"] and len(found) == 7
    for f in references:
        assert text[f["start"] : f["end"]].replace("*", "") == f["raw"] and text.splitlines()[
            f["line"] - 1
        ].startswith(f"[{f['label']}]")


def test_parse_lines_keeps_the_order_and_the_empty_ones(run, tmp_path):
    lines = tmp_path / "lines.txt"
    lines.write_text(
        "A. Turing. Computing machinery and intelligence. Mind, 59:433-460, 1950.\n\nK. Loom. Weaving. 2001.\n",
        encoding="utf-8",
    )
    parsed = rows(run("parse", "--lines", lines)[1])
    assert [p["index"] for p in parsed] == [0, 1, 2] and parsed[1]["csl"] is None
    assert parsed[0]["csl"]["page"] == "433-460" and 0 <= parsed[0]["confidence"] <= 1


def test_match_lines_and_claims(run, tmp_path):
    line = "Guo, Chuan, et al. On calibration of modern neural networks. International Conference on Machine Learning. 2017."
    answer = rows(run("match", line, "--offline")[1])[0]
    assert (
        answer["outcome"] == "matched"
        and answer["status"] == "verified"
        and len(answer["versions"]) >= 2
    )
    assert {"evidence", "diagnostics", "candidates", "margin", "csl"} <= set(answer)
    claims = tmp_path / "claims.jsonl"
    claim = {
        "title": "On Calibration of Modern Neural Networks",
        "author": [{"family": "Guo", "given": "Chuan"}],
        "issued": {"date-parts": [[2017]]},
    }
    claims.write_text(
        json.dumps({"id": "a", "csl": claim}) + "\n" + json.dumps(claim) + "\n", encoding="utf-8"
    )
    first, second = rows(run("match", "--claims", claims, "--offline")[1])
    assert first["id"] == "a" and first["work"] == second["work"] == answer["work"]


def test_match_is_read_by_people_on_a_terminal_and_by_programs_elsewhere(run, monkeypatch):
    text = "H. Falke. Knitting patterns as regular languages. 2016."
    said = run("match", text, "--offline", "--format", "text")[1]
    assert said.startswith("   1  unmatched, unverifiable, probability 0.0") and text in said
    monkeypatch.setattr("citenorm.report.plain.columns_of", lambda stream: 60)
    assert run("match", text, "--offline")[1].startswith("   1  unmatched")
    assert (
        rows(run("match", text, "--offline", "--format", "jsonl")[1])[0]["outcome"] == "unmatched"
    )


def test_match_of_nothing_known(run):
    answer = rows(
        run("match", "H. Falke. Knitting patterns as regular languages. 2016.", "--offline")[1]
    )[0]
    assert answer["outcome"] == "unmatched" and answer["record"] is None and answer["csl"] is None


def test_check_exits_1_with_findings_and_0_without(run, tmp_path):
    status, out, _ = run("check", REPORT, "--offline")
    assert status == 1 and "[superseded-preprint" in out and "seminar-report.md:15" in out
    assert run("check", REPORT, "--offline", "--select", "retracted-work")[0] == 0
    clean = tmp_path / "clean.md"
    clean.write_text("# Notes\n\nNothing is cited here.\n", encoding="utf-8")
    assert run("check", clean, "--offline")[0] == 0


@pytest.mark.parametrize("form", ["json", "jsonl", "sarif", "github", "html"])
def test_check_formats(run, form):
    status, out, _ = run("check", REPORT, "--offline", "--output-format", form)
    assert status == 1 and "superseded-preprint" in out
    if form in ("json", "sarif"):
        log = json.loads(out)
        assert form == "json" or log["runs"][0]["tool"]["driver"]["version"] == citenorm.__version__


def test_check_baseline(run, tmp_path):
    base = tmp_path / "baseline.jsonl"
    assert run("check", REPORT, "--offline", "--write-baseline", base)[0] == 0
    assert run("check", REPORT, "--offline", "--baseline", base)[0] == 0


def test_explain_by_line_and_by_string(run):
    by_line = run("explain", f"{REPORT}:21", "--offline")[1]
    assert (
        "On Calibration of Modern Neural Networks" in by_line
        and "Weighed" in by_line
        and "Outcome: matched" in by_line
    )
    assert (
        "Outcome: unmatched" in run("explain", "H. Falke. Knitting patterns. 2016.", "--offline")[1]
    )


def test_rules_have_pages(run):
    listed = run("rule")[1]
    assert "superseded-preprint" in listed and "CN201" in listed
    assert run("rule", "CN201")[1] == run("rule", "superseded-preprint")[1] != ""


def test_catalogue_from_build_to_match(run, tmp_path):
    source, folder = tmp_path / "one.jsonl", tmp_path / "cat"
    record = {
        "id": "x:1",
        "type": "book",
        "title": "Weaving by Hand",
        "author": [{"family": "Loom", "given": "Karl"}],
        "issued": {"date-parts": [[2001]]},
    }
    source.write_text(json.dumps(record) + "\n", encoding="utf-8")
    assert run("catalogue", "build", folder, f"csl:{source}")[0] == 0
    assert json.loads(run("catalogue", "get", folder, "x:1")[1]) == record
    assert (
        rows(
            run("match", "K. Loom. Weaving by hand. 2001.", "--offline", "--catalogue", folder)[1]
        )[0]["record"]
        == "x:1"
    )
    assert json.loads(run("catalogue", "info", folder)[1])["records"] == 1
    assert run("catalogue", "verify", folder)[0] == 0
    source.write_text(json.dumps(record | {"id": "x:2"}) + "\n", encoding="utf-8")
    assert run("catalogue", "add", folder, f"csl:{source}")[0] == 0
    assert run("catalogue", "remove", folder, "x:1")[0] == 0
    assert (
        run("catalogue", "get", folder, "x:1")[0] == 1
        and run("catalogue", "get", folder, "x:2")[0] == 0
    )


def test_lock_then_offline_without_catalogue(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    report = tmp_path / "report.md"
    report.write_text(REPORT.read_text(encoding="utf-8"), encoding="utf-8")
    assert run("lock", report, "--check")[0] == 1
    assert run("lock", report, "--offline")[0] == 0
    assert run("lock", report, "--check")[0] == 0
    first = (tmp_path / "citenorm.lock").read_bytes()
    assert (
        run("lock", report, "--offline")[0] == 0
        and (tmp_path / "citenorm.lock").read_bytes() == first
    )
    empty = tmp_path / "none.jsonl"
    empty.write_text('{"id": "x:1", "title": "Of nothing that is cited"}\n', encoding="utf-8")
    assert run("catalogue", "build", tmp_path / "cat", f"csl:{empty}")[0] == 0
    assert (
        run("fix", report, "--offline", "--catalogue", tmp_path / "cat")[1]
        == run("fix", report, "--offline")[1]
    )


def test_cache_info_and_clear(run):
    assert run("cache", "info")[0] == 0 and run("cache", "clear")[0] == 0


# ------------------------------------------------------------------ the order of words
def test_options_may_stand_between_inputs(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_bytes(REPORT.read_bytes())
    orders = ("a.md", "b.md", "--offline"), ("a.md", "--offline", "b.md"), ("--offline", "a.md", "b.md")  # fmt: skip
    assert len({run("check", *order) for order in orders}) == 1
    assert run("parse", "One.", "-q", "Two.")[1].count("\n") == 2


def test_behind_two_dashes_nothing_is_an_option(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "-a.md").write_bytes(REPORT.read_bytes())
    (tmp_path / "b.md").write_bytes(REPORT.read_bytes())
    status, out, _ = run("check", "--offline", "--", "-a.md", "b.md")
    assert status == 1 and "-a.md:" in out and "b.md:" in out


# ------------------------------------------------------------------ what cannot be done
BAD = [
    (("fxi",), "no command 'fxi'; did you mean fix?"),
    (("fix",), "no input file"),
    (("fix", "nowhere.md"), "nowhere.md: no such file"),
    (("fix", "--colour", "x.md"), "unrecognized arguments: --colour"),
    (("fix", ".", "--offline"), ".: the folder holds no file that can be read here"),
    (("match",), "give reference strings, --lines FILE or --claims FILE"),
    (("match", "--lines", "nowhere.txt"), "no such file"),
    (("match", "x", "--offline", "--catalogue", "nowhere"), "no catalogue"),
    (("match", "x", "--jobs", "0"), "not a number of processes"),
    (("parse",), "give either reference strings or --lines"),
    (("check", "x.md", "--select", "CN9x"), "no rule 'CN9x'"),
    (("rule", "superseded-preprin"), "did you mean superseded-preprint"),
    (("catalogue", "info", "nowhere"), "no catalogue"),
    (("explain", "", "--offline"), "nothing to explain"),
    (("fix", "x.md", "--config", "nowhere.toml"), "no such configuration file"),
]


@pytest.mark.parametrize(
    "args, message", BAD, ids=lambda v: v if isinstance(v, str) else " ".join(v)[:30]
)
def test_one_clear_line_and_exit_2(run, tmp_path, monkeypatch, args, message):
    monkeypatch.chdir(tmp_path)
    status, out, err = run(*args)
    assert status == 2 and out == "" and message in err and err.count("\n") == 1


HOSTILE = {
    "empty.md": b"",
    "nul.txt": b"a\0b\0c\0",
    "huge.txt": b"a" * 2_000_000,
    "no.pdf": b"%PDF-1.4 broken",
    "no.docx": b"PK\x03\x04 broken",
    "wide.bib": "@a{b}".encode("utf-16"),
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_inputs_that_cannot_be_read(run, tmp_path, name):
    path = tmp_path / name
    path.write_bytes(HOSTILE[name])
    status, out, err = run("fix", path, "--offline")
    assert status == 2 and out == "" and name in err and err.count("\n") == 1
    assert path.read_bytes() == HOSTILE[name]


def test_a_claim_that_is_no_json_names_its_line(run, tmp_path):
    claims = tmp_path / "claims.jsonl"
    claims.write_text('{"title": "A"}\n{bad\n', encoding="utf-8")
    status, _, err = run("match", "--claims", claims, "--offline")
    assert status == 2 and f"{claims}:2: not JSON" in err


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_has_a_help_page(command):
    done = subprocess.run(
        [sys.executable, "-m", "citenorm", command, "--help"], capture_output=True, text=True
    )
    assert done.returncode == 0 and f"usage: citenorm {command}" in done.stdout


def test_help_and_version(run):
    status, out, _ = run("--help")
    assert status == 0 and all(c in out for c in COMMANDS)
    assert run()[0] == 2 and run("--version")[1].startswith("citenorm ")


def test_a_closed_pipe_is_no_error(tmp_path):
    lines = tmp_path / "lines.txt"
    lines.write_text("K. Loom. Weaving. 2001.\n" * 3000, encoding="utf-8")
    script = f"{sys.executable} -m citenorm parse --lines {lines} | head -1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", script], capture_output=True, text=True)
    assert done.stderr == "" and done.returncode == 0


def test_the_library_example_runs():
    done = subprocess.run(
        [sys.executable, EXAMPLES / "library_use.py"], capture_output=True, text=True
    )
    assert (
        done.returncode == 0
        and "matched" in done.stdout
        and done.stdout.count("@") == 5
        and "on the word of" in done.stdout
    )


def test_a_json_line_is_one_line_for_every_reader(run):
    out = run("parse", "K. Loom. Weaving\u2028by\x85hand. 2001.")[1]
    assert (
        len(out.splitlines()) == 1
        and json.loads(out)["raw"] == "K. Loom. Weaving\u2028by\x85hand. 2001."
    )


def test_an_empty_line_gets_a_whole_answer(run, tmp_path):
    lines = tmp_path / "lines.txt"
    lines.write_text("\nK. Loom. Weaving. 2001.\n", encoding="utf-8")
    empty, full = rows(run("match", "--lines", lines, "--offline")[1])
    assert set(empty) == set(full) and empty["raw"] == "" and empty["outcome"] == "unmatched"


def test_explain_of_a_file_that_is_not_there(run):
    status, out, err = run("explain", "missing.md:21", "--offline")
    assert status == 2 and out == "" and "missing.md: no such file" in err


def test_everything_that_is_read_at_run_time_is_packaged():
    import tomllib

    root = Path(__file__).parents[2]
    patterns = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "setuptools"
    ]["package-data"]["citenorm"]
    package = root / "citenorm"
    covered = {p for pattern in patterns for p in package.glob(pattern)}
    data = {
        p
        for p in package.rglob("*")
        if p.is_file() and p.suffix not in (".py", ".pyc", ".so") and "__pycache__" not in p.parts
    }
    assert data <= covered


def test_both_works_of_a_reference_are_explained_and_can_be_locked(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    one, two = (
        "Guo, C. & Sun, Y. On calibration of modern neural networks. ICML (2017)",
        "Vaswani, A. et al. Attention is all you need. NIPS (2017)",
    )
    (tmp_path / "doc.md").write_text(f"# References\n\n[1] {one}; {two}.\n", encoding="utf-8")
    for what in ("doc.md:3", f"{one}; {two}."):
        assert main(["explain", what, "--offline"]) == 0
        told = capsys.readouterr().out
        assert (
            told.count("Outcome:") == 2
            and "On calibration of modern neural networks" in told
            and "Attention is all you need" in told
        )
    assert main(["lock", "doc.md", "--offline", "--leave", "doc.md:3#2", "--quiet"]) == 0
    kept = [
        json.loads(line)
        for line in (tmp_path / "citenorm.lock").read_text(encoding="utf-8").splitlines()[1:]
    ]
    assert {(d["outcome"], "Vaswani" in d["cited"]) for d in kept} == {
        ("matched", False),
        ("leave", True),
    }
    assert main(["lock", "doc.md", "--offline", "--leave", "doc.md:3#3", "--quiet"]) == 2


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_help_loads_nothing_that_works(command):
    code = f"import sys\nfrom citenorm.cli import main\ntry: main([{command!r}, '--help'])\nexcept SystemExit: pass\nprint('LOADED', *sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    loaded = set(done.stdout.rpartition("LOADED")[2].split())
    heavy = {"numpy", "tantivy", "pylatexenc", "citenorm.rules", "citenorm.parse", "citenorm.match", "pygls", "shtab"}  # fmt: skip
    assert loaded and not loaded & heavy


# ------------------------------------------------------------------ small words
UNKNOWN = 'Ada Brook. "A study of ponds that nobody has." Journal of Nothing 3.1 (1999): 1-2.\n'


def test_entries_that_no_source_knows_are_marked_as_asked(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(UNKNOWN, encoding="utf-8")
    assert run("fix", "a.txt", "--offline")[1].startswith("% unverified")
    marked = run("fix", "a.txt", "--offline", "--unverified", "field")[1]
    assert marked.startswith("@article") and "keywords = {unverified}" in marked
    assert "unverified" not in run("fix", "a.txt", "--offline", "--unverified", "none")[1]
    (tmp_path / "citenorm.toml").write_text('unverified = "field"\n', encoding="utf-8")
    assert run("fix", "a.txt", "--offline")[1] == marked
    run("fix", "a.txt", "--offline", "--append", "refs.bib")
    assert (tmp_path / "refs.bib").read_text(encoding="utf-8") == marked
    status, _, err = run("fix", "refs.bib", "--offline", "--unverified", "field")
    assert status == 2 and "--unverified is for reports" in err


def test_fields_to_be_left_out_that_nothing_has_are_told(run, tmp_path):
    (tmp_path / "a.txt").write_text(UNKNOWN, encoding="utf-8")
    (tmp_path / "b.bib").write_text("@misc{k, title = {Ponds}, mine = {1}}\n", encoding="utf-8")
    for name in ("a.txt", "b.bib"):
        _, _, err = run("fix", tmp_path / name, "--offline", "--omit", "bogus,abstract")
        assert "--omit bogus: no entry has a field of this name" in err and "abstract:" not in err
    assert "--omit" not in run("fix", tmp_path / "b.bib", "--offline", "--omit", "mine")[2]


def test_one_entry_is_not_one_entries(run, tmp_path):
    (tmp_path / "a.txt").write_text(UNKNOWN, encoding="utf-8")
    err = run("fix", tmp_path / "a.txt", "--offline", "--append", tmp_path / "refs.bib")[2]
    assert "1 entry added" in err


def test_an_empty_bibliography_is_one(run, tmp_path):
    (tmp_path / "empty.bib").write_bytes(b"")
    status, out, err = run("fix", tmp_path / "empty.bib", "--offline")
    assert (status, out) == (0, "") and "no entries" in err and "--mentions" not in err


def test_a_named_pipe_is_one_line(run, tmp_path):
    import os

    if not hasattr(os, "mkfifo"):
        pytest.skip("no named pipes here")
    os.mkfifo(tmp_path / "p.bib")
    for command in ("fix", "check", "find"):
        status, _, err = run(command, tmp_path / "p.bib", "--offline") if command != "find" else run(command, tmp_path / "p.bib")  # fmt: skip
        assert status == 2 and "is a named pipe" in err


def test_lines_that_were_not_taken_are_told_in_a_quiet_run_too(run, tmp_path):
    text = '# References\n\n1. Ada Brook. "A study of ponds." Journal of Nothing 3.1 (1999): 1-2.\n2. see the wiki\n3. Dan Weir. "Weirs of old." Journal of Nothing 4.1 (2000): 3-9.\n'
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    loud, quiet = (run("fix", tmp_path / "a.md", "--offline", *q)[2] for q in ((), ("-q",)))
    assert "see the wiki" in loud
    assert "not taken (without -q they are named)" in quiet and "see the wiki" not in quiet
