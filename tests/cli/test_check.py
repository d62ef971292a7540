"""``check`` over real inputs: what fails it and what does not, and that it says what ``fix`` does."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import citenorm
from citenorm.checking import failing
from citenorm.cli import main

ROOT = Path(__file__).parents[2]
REPORT = ROOT / "examples" / "seminar-report.md"
STUDENT = ROOT / "tests" / "data" / "bib_student.bib"
NOBODY = "@book{pond,\n  author = {Falke, Hedwig},\n  title = {Knitting Patterns as Regular Languages},\n  publisher = {Weide},\n  year = {2016}\n}\n"
DASH = "@misc{k,\n  title = {Of Nothing},\n  pages = {1-2},\n  year = {2001}\n}\n"
PREPRINT = """@article{chitta,
  author = {Chitta, Kashyap and Alvarez, Jose M. and Haussmann, Elmar and Farabet, Clement},
  title = {Less is more: An exploration of data redundancy with active dataset subsampling},
  journal = {arXiv preprint arXiv:1905.12737},
  year = {2019}
}
"""


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("CITENORM_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)

    def call(*args):
        status = main([str(a) for a in args])
        out = capsys.readouterr()
        return status, out.out, out.err

    return call


# ------------------------------------------------------------------ green when right
def test_entries_in_no_source_do_not_fail_and_are_summed_up(run, tmp_path):
    (tmp_path / "a.bib").write_text(NOBODY + NOBODY.replace("pond", "lake"), encoding="utf-8")
    (tmp_path / "b.bib").write_text(NOBODY, encoding="utf-8")
    status, out, err = run("check", "b.bib", "--offline")
    assert status == 0 and out == ""
    assert "1 entry is in no source that was asked; --verbose lists them" in err
    status, out, _ = run("check", "b.bib", "--offline", "--verbose")
    assert status == 0 and "b.bib:1:7: note: CN308" in out
    assert run("check", "b.bib", "--offline", "--fail-on", "note")[0] == 1
    rows = json.loads(run("check", "b.bib", "--offline", "--output-format", "json")[1])
    assert [(r["name"], r["severity"]) for r in rows] == [("unverifiable-reference", "note")]


@pytest.mark.parametrize(
    "entry",
    [
        "@online{k, title = {A Pond of Our Own}, url = {https://pond.example.org}, year = 2001}",
        "@misc{k, title = {A Pond of Our Own}, url = {https://pond.example.org}, year = 2001}",
        "@software{k, title = {pondlib}, version = {1.2}, year = 2001}",
        "@legislation{k, title = {Water Act}, year = 2001}",
    ],
)
def test_no_catalogue_is_asked_for_web_pages_software_and_laws(run, tmp_path, entry):
    (tmp_path / "a.bib").write_text(entry + "\n", encoding="utf-8")
    rows = json.loads(run("check", "a.bib", "--offline", "--output-format", "json")[1])
    assert "unverifiable-reference" not in {r["name"] for r in rows}


def test_fail_on_and_exit_zero(run, tmp_path):
    (tmp_path / "a.bib").write_text(DASH, encoding="utf-8")
    assert run("check", "a.bib", "--offline")[0] == 1
    assert run("check", "a.bib", "--offline", "--fail-on", "error")[0] == 0
    assert run("check", "a.bib", "--offline", "--exit-zero")[0] == 0
    (tmp_path / "citenorm.toml").write_text('fail-on = "error"\n', encoding="utf-8")
    assert run("check", "a.bib", "--offline")[0] == 0
    assert run("check", "a.bib", "--offline", "--fail-on", "warning")[0] == 1
    (tmp_path / "a.bib").write_text(DASH + DASH, encoding="utf-8")  # one key twice
    assert run("check", "a.bib", "--offline", "--fail-on", "error")[0] == 1


def test_what_fix_writes_passes_check(run, tmp_path):
    assert run("fix", REPORT, "--offline", "-o", "refs.bib")[0] == 0
    status, out, _ = run("check", "refs.bib", "--offline", "--select", "CN")
    assert status == 0, out
    for file in sorted((ROOT / "examples").glob("*.md")):
        assert run("fix", file, "--offline", "-o", "of.bib")[0] == 0
        if (tmp_path / "of.bib").exists():
            assert run("check", "of.bib", "--offline")[0] == 0
            assert run("fix", "of.bib", "--offline", "--check")[0] == 0


@pytest.mark.parametrize("text", [STUDENT.read_text(encoding="utf-8"), DASH, NOBODY, PREPRINT])
def test_check_and_fix_say_the_same(run, tmp_path, text):
    (tmp_path / "a.bib").write_text(text, encoding="utf-8")
    rows = json.loads(run("check", "a.bib", "--offline", "--output-format", "json")[1])
    would = run("fix", "a.bib", "--offline", "--check")[0]
    assert any(r["fix"] == "safe" for r in rows) == bool(would)
    assert run("fix", "a.bib", "--offline", "--in-place")[0] == 0
    rows = json.loads(run("check", "a.bib", "--offline", "--output-format", "json")[1])
    assert not [r for r in rows if r["fix"] == "safe"]
    assert run("fix", "a.bib", "--offline", "--check")[0] == 0


TITLES = ("On Calibration of Modern Neural Networks", "Attention is all you need", "A Pond of BERT")
FIELDS = st.fixed_dictionaries(
    {"title": st.sampled_from(TITLES)},
    optional={
        "author": st.sampled_from(["Guo, Chuan and others", "Vaswani, A., et al.", "Nobody, Ann"]),
        "booktitle": st.sampled_from(["ICML", "NIPS", "Proceedings of Ponds"]),
        "journal": st.sampled_from(["arXiv preprint arXiv:1706.04599", "CoRR", "J. of Ponds"]),
        "year": st.sampled_from(["2017", "2016", "199X"]),
        "pages": st.sampled_from(["1-2", "1321--1330", "{12}"]),
        "month": st.sampled_from(["{jul}", "July", "7"]),
        "eprint": st.sampled_from(["1706.04599", "1706.03762"]),
        "doi": st.sampled_from(["", "https://doi.org/10.1000/x"]),
    },
)


@settings(max_examples=60, deadline=None)
@given(
    fields=FIELDS,
    kind=st.sampled_from(["article", "inproceedings", "misc", "book"]),
    ignore=st.sampled_from([(), ("superseded-preprint",), ("CN5",), ("missing-venue", "CN521")]),
)
def test_every_change_has_a_finding_and_every_fixable_finding_a_change(fields, kind, ignore):
    inner = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    data = f"@{kind}{{k,\n{inner}}}\n".encode()
    with citenorm.open_sources(offline=True) as sources:
        found = citenorm.check(data, sources, name="a.bib", ignore=ignore)
        made = citenorm.repair(data, sources, name="a.bib", ignore=ignore)
        fixable = [d for d in found if d.fix == "safe"]
        assert bool(fixable) == made.changed
        assert all(d.edits and d.severity != "note" for d in fixable)
        if "CN5" not in ignore:  # without a type a further look may find more
            left = citenorm.check(made.after, sources, name="a.bib", ignore=ignore)
            assert not [d for d in left if d.fix == "safe"]


INITIALS = """@inproceedings{post,
  author = {Guo, C. and Pleiss, G. and Sun, Y. and Weinberger, K.},
  title = {On Calibration of Modern Neural Networks},
  booktitle = {International Conference on Machine Learning},
  pages = {1321-1330},
  year = {2017}
}
"""


def test_everything_that_changes_is_told(run, tmp_path):
    (tmp_path / "a.bib").write_text(INITIALS, encoding="utf-8")
    for flag in ("--check", "--diff", "--in-place"):
        err = run("fix", "a.bib", "--offline", flag)[2]
        told = {
            line.split()[1 - line.startswith(" ")]: line
            for line in err.splitlines()
            if "  " in line
        }
        assert (
            "Guo, C. and Pleiss, G." in told["authors"]
            and "Guo, Chuan and Pleiss" in told["authors"]
        )
        assert "PMLR" in told["publisher"] and "form: 1 wrong-dash" in err
        assert told["pages"].split()[1:] == ["1321-1330", "1321–1330", "wrong-dash"]
        verb = "changed" if flag == "--in-place" else "would change"
        assert f"a.bib: 1 entry {verb}" in err
    assert "a.bib: 1 entry" not in run("fix", "a.bib", "--offline", "--in-place")[2]


def test_a_rule_that_is_off_changes_nothing(run, tmp_path):
    (tmp_path / "a.bib").write_text(PREPRINT, encoding="utf-8")
    assert run("fix", "a.bib", "--offline", "--check")[0] == 1
    assert run("fix", "a.bib", "--offline", "--check", "--ignore", "superseded-preprint")[0] == 0
    (tmp_path / "a.bib").write_text("% citenorm: ignore=CN201\n" + PREPRINT, encoding="utf-8")
    assert run("fix", "a.bib", "--offline", "--check")[0] == 0
    assert run("check", "a.bib", "--offline")[0] == 0


def test_what_a_lock_has_decided_is_not_reported_again(run, tmp_path):
    (tmp_path / "a.bib").write_text(NOBODY, encoding="utf-8")
    (tmp_path / "b.bib").write_text(PREPRINT, encoding="utf-8")
    assert run("check", "b.bib", "--offline")[0] == 1
    run("lock", "a.bib", "b.bib", "--offline", "--leave", "chitta")
    for name in ("a.bib", "b.bib"):
        assert run("check", name, "--offline", "--fail-on", "note")[0] == 0


def test_a_fix_that_is_not_made_is_not_promised(run, tmp_path):
    (tmp_path / "a.bib").write_text(DASH.replace("pages = {1-2}", "month = {jul}"), "utf-8")
    assert "fixable" in run("check", "a.bib", "--offline")[1]
    assert run("fix", "a.bib", "--offline", "--in-place")[0] == 0
    assert "month = jul" in (tmp_path / "a.bib").read_text(encoding="utf-8")
    assert run("check", "a.bib", "--offline")[0] == 0


# ------------------------------------------------------------------ how it is told
def test_severity_in_every_format(run, tmp_path):
    (tmp_path / "a.bib").write_text(DASH, encoding="utf-8")
    assert "a.bib:3:3: warning: CN502" in run("check", "a.bib", "--offline")[1]
    concise = run("check", "a.bib", "--offline", "--output-format", "concise")[1]
    assert concise.count("\n") == 1 and concise.startswith("a.bib:3:3: warning: CN502 ")
    issues = json.loads(run("check", "a.bib", "--offline", "--output-format", "gitlab")[1])
    issue = next(i for i in issues if i["check_name"] == "wrong-dash")
    assert issue["severity"] == "minor" and issue["location"] == {
        "path": "a.bib",
        "lines": {"begin": 3},
    }
    junit = run("check", "a.bib", "--offline", "--output-format", "junit")[1]
    assert 'failures="1"' in junit and "CN502" in junit
    found = json.loads(run("check", "a.bib", "--offline", "--output-format", "rdjson")[1])
    row = next(r for r in found["diagnostics"] if r["code"]["value"] == "CN502 wrong-dash")
    assert row["severity"] == "WARNING" and row["suggestions"][0]["text"] == "{1--2}"


def test_edits_mend_the_text(run, tmp_path):
    text = STUDENT.read_text(encoding="utf-8")
    (tmp_path / "a.bib").write_text(text, encoding="utf-8")
    rows = json.loads(run("check", "a.bib", "--offline", "--output-format", "json")[1])
    edits = {(e["start"], e["end"], e["text"]) for r in rows for e in r.get("edits", ())}
    dashes = [r for r in rows if r["name"] == "wrong-dash"]
    for row in dashes:
        (edit,) = row["edits"]
        assert text[edit["start"] : edit["end"]].strip("{}") == row["claim"]
        assert edit["text"].strip("{}") == row["record"]
    assert edits
    log = json.loads(run("check", "a.bib", "--offline", "--output-format", "sarif")[1])
    fixes = [f for r in log["runs"][0]["results"] for f in r.get("fixes", ())]
    replaced = fixes[0]["artifactChanges"][0]["replacements"][0]
    assert replaced["deletedRegion"]["startLine"] and "text" in replaced["insertedContent"]


def test_colour_on_request_alone(run, tmp_path, monkeypatch):
    (tmp_path / "a.bib").write_text(DASH, encoding="utf-8")
    assert "\x1b[" not in run("check", "a.bib", "--offline")[1]
    assert "\x1b[1;33mwarning" in run("check", "a.bib", "--offline", "--color", "always")[1]
    from argparse import Namespace

    from citenorm.cli.options import colour_of

    class Terminal:
        def isatty(self):
            return True

    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert colour_of(Namespace(color="auto"), Terminal())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not colour_of(Namespace(color="auto"), Terminal())


def test_statistics(run, tmp_path):
    (tmp_path / "a.bib").write_text(DASH + DASH.replace("{k,", "{l,"), encoding="utf-8")
    status, out, _ = run("check", "a.bib", "--offline", "--statistics", "--select", "CN502")
    assert status == 1 and out == "2  CN502  warning  wrong-dash (2 fixable)\n"
    as_json = run(
        "check",
        "a.bib",
        "--offline",
        "--statistics",
        "--output-format",
        "json",
        "--select",
        "CN502",
    )[1]
    assert json.loads(as_json)[0]["count"] == 2


def test_check_with_fix_mends_and_tells_what_is_left(run, tmp_path):
    (tmp_path / "a.bib").write_text(DASH + NOBODY.replace("{pond", "{k"), encoding="utf-8")
    status, out, _ = run("check", "a.bib", "--offline", "--fix")
    assert status == 1 and "CN502" not in out and "CN512" in out
    assert "{1--2}" in (tmp_path / "a.bib").read_text(encoding="utf-8")


# ------------------------------------------------------------------ settings
def test_several_selections_and_exceptions_add_up(run, tmp_path):
    (tmp_path / "a.bib").write_text(DASH + DASH, encoding="utf-8")
    out = run("check", "a.bib", "--offline", "--select", "CN502", "--select", "CN512")[1]
    assert "CN502" in out and "CN512" in out
    args = ("check", "a.bib", "--offline", "--select", "CN5", "--ignore", "CN502", "--ignore")
    assert run(*args, "CN512")[0] == 0


@pytest.mark.parametrize(
    "text, complaint",
    [
        ('select = ["superseded-preprints"]', "did you mean superseded-preprint?"),
        ('ignore = ["CN9"]', "no rule 'CN9'"),
        ('[per-file-ignores]\n"a.bib" = ["wrong-dahs"]', "did you mean wrong-dash?"),
        ("selct = []", "did you mean select?"),
        ('fail-on = "never"', "must be one of error, warning, note"),
    ],
)
def test_settings_that_name_nothing_are_errors(run, tmp_path, text, complaint):
    (tmp_path / "a.bib").write_text(DASH, encoding="utf-8")
    (tmp_path / "citenorm.toml").write_text(text + "\n", encoding="utf-8")
    status, out, err = run("check", "a.bib", "--offline")
    assert status == 2 and out == "" and complaint in err and err.count("\n") == 1


def test_settings_are_those_of_the_file(run, tmp_path):
    for name, text in (("one", 'ignore = ["CN502"]\n'), ("two", "")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.bib").write_text(DASH, encoding="utf-8")
        (tmp_path / name / "citenorm.toml").write_text(text, encoding="utf-8")
    assert run("check", "one/a.bib", "--offline")[0] == 0
    status, out, _ = run("check", "one/a.bib", "two/a.bib", "--offline")
    assert status == 1 and "two/a.bib" in out and "one/a.bib" not in out


LINE = '[1] Chitta, K., Alvarez, J., Haussmann, E., and Farabet, C. "Less is more: An exploration of data redundancy with active dataset subsampling." arXiv:1905.12737 (2019).'
FORMATS = {
    "a.md": ("# References\n\n{}\n" + LINE + "\n", "<!-- citenorm: ignore={} -->"),
    "a.rst": ("References\n==========\n\n{}\n\n" + LINE + "\n", ".. citenorm: ignore={}"),
    "a.tex": (
        "\\begin{{thebibliography}}{{9}}\n{}\n\\bibitem{{c}} " + LINE[4:] + "\n\\end{{thebibliography}}\n",
        "% citenorm: ignore={}",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_a_remark_in_the_comments_of_the_format(run, tmp_path, name):
    page, remark = FORMATS[name]
    (tmp_path / name).write_text(page.format(""), encoding="utf-8")
    assert "superseded-preprint" in run("check", name, "--offline")[1]
    (tmp_path / name).write_text(page.format(remark.format("superseded-preprint")), "utf-8")
    assert "superseded-preprint" not in run("check", name, "--offline")[1]
    (tmp_path / name).write_text(page.format(remark.format("superseded-preprints")), "utf-8")
    status, out, _ = run("check", name, "--offline")
    assert status == 1 and "did you mean superseded-preprint?" in out


def test_a_remark_in_a_bib_file_that_names_no_rule(run, tmp_path):
    (tmp_path / "a.bib").write_text("% citenorm: ignore=wrong-dahs\n" + DASH, encoding="utf-8")
    status, out, _ = run("check", "a.bib", "--offline")
    assert status == 1 and "a.bib:1:20: error: CN523 no rule 'wrong-dahs'; did you mean wrong-dash?" in out  # fmt: skip


@pytest.mark.parametrize(
    "args, message",
    [
        (("fix", "r.md", "--merge"), "--merge is for .bib files"),
        (("fix", "r.md", "--lines", "1-3"), "--lines is for .bib files"),
        (("fix", "a.bib", "--mentions"), "--mentions is for reports"),
        (("fix", "a.bib", "--style", "apa"), "--style goes with --rewrite"),
        (("fix", "a.bib", "--in-place", "-o", "b.bib"), "either --in-place or -o"),
        (("fix", "a.bib", "-o", "a.bib"), "is one of the inputs; use --in-place"),
        (("fix", "r.md", "-o", "./r.md"), "is one of the inputs"),
        (("fix", "a.bib", "--cited-in", "r.md"), "--cited-in goes with --keys"),
        (("check", "a.bib", "-o", "a.bib"), "is one of the inputs"),
        (("check", "r.md", "--form-only"), "--form-only is for .bib files"),
        (("check", "a.bib", "--stdin-filename", "b.bib"), "goes with -"),
        (("fix", "a.bib", "--lines", "3-1"), "no range of lines"),
    ],
)
def test_options_that_do_not_apply_are_refused(run, tmp_path, args, message):
    (tmp_path / "a.bib").write_text(DASH, encoding="utf-8")
    (tmp_path / "r.md").write_text("# Notes\n\nText.\n", encoding="utf-8")
    status, out, err = run(*args, "--offline")
    assert status == 2 and out == "" and message in err and err.count("\n") == 1
    assert (tmp_path / "a.bib").read_text(encoding="utf-8") == DASH


# ------------------------------------------------------------------ nothing is lost
def test_no_references_leave_the_output_file_as_it_is(run, tmp_path):
    (tmp_path / "r.md").write_text("# Notes\n\nNothing is cited here.\n", encoding="utf-8")
    (tmp_path / "refs.bib").write_text(NOBODY, encoding="utf-8")
    status, _, err = run("fix", "r.md", "--offline", "-o", "refs.bib")
    assert status == 0 and "no references found" in err and "refs.bib is left as it is" in err
    assert (tmp_path / "refs.bib").read_text(encoding="utf-8") == NOBODY
    assert run("fix", "r.md", "--offline", "-o", "new.bib")[0] == 0
    assert not (tmp_path / "new.bib").exists()


@pytest.mark.parametrize("command", ["check", "fix", "find"])
def test_one_bad_file_is_one_line_and_the_others_go_on(run, tmp_path, command):
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4 broken")
    (tmp_path / "wide.bib").write_bytes("@a{b}".encode("utf-16"))
    (tmp_path / "r.md").write_bytes(REPORT.read_bytes())
    bad = ["bad.pdf", "wide.bib"] if command != "find" else ["bad.pdf"]
    extra = ["--offline"] if command != "find" else []
    status, out, err = run(command, *bad, "r.md", *extra)
    assert status == 2 and "r.md" in out + err and out
    assert [n for n in bad if sum(n in line for line in err.splitlines()) == 1] == bad


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full")
def test_a_full_disk_is_one_line(tmp_path):
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "citenorm", "check", str(REPORT), "--offline"],
            stdout=full, stderr=subprocess.PIPE, text=True, cwd=tmp_path,
        )  # fmt: skip
    assert (
        done.returncode == 2 and "no space left" in done.stderr and "Traceback" not in done.stderr
    )


# ------------------------------------------------------------------ standard input, folders, lines
def stdin(monkeypatch, data):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_standard_input_has_a_name(run, tmp_path, monkeypatch):
    stdin(monkeypatch, DASH.encode())
    status, out, _ = run("check", "-", "--stdin-filename", "sub/a.bib", "--offline")
    assert status == 1 and out.startswith("sub/a.bib:3:3: ")
    stdin(monkeypatch, DASH.encode())
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "citenorm.toml").write_text('ignore = ["CN502"]\n', encoding="utf-8")
    assert run("check", "-", "--stdin-filename", "sub/a.bib", "--offline")[0] == 0


def test_fix_formats_a_bib_file_from_standard_input(run, monkeypatch):
    for args in (["-"], ["-", "--stdin-filename", "a.bib"]):
        stdin(monkeypatch, DASH.encode())
        status, out, _ = run("fix", *args, "--offline")
        assert status == 0 and out == DASH.replace("1-2", "1--2")


def test_folders_and_patterns_without_what_is_excluded(run, tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("build/\n*.tmp.bib\n", encoding="utf-8")
    (tmp_path / "citenorm.toml").write_text('exclude = ["old/**"]\n', encoding="utf-8")
    for name in ("a.bib", "sub/b.bib", "build/c.bib", "d.tmp.bib", "old/e.bib", ".hidden/f.bib", "g.log"):  # fmt: skip
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(DASH, encoding="utf-8")

    def files(*args):
        out = run("check", *args, "--offline", "--output-format", "jsonl", "--select", "CN502")[1]
        return [json.loads(line)["file"] for line in out.splitlines()]

    assert files(".") == ["a.bib", "sub/b.bib"]
    assert files(".", "--exclude", "sub") == ["a.bib"]
    assert files("**/*.bib") == ["a.bib", "sub/b.bib"]
    assert files("old/e.bib") == ["old/e.bib"]  # what is named is taken


def test_fix_of_some_lines(run, tmp_path):
    other = DASH.replace("{k,", "{l,")
    (tmp_path / "a.bib").write_text(DASH + other, encoding="utf-8")
    assert run("fix", "a.bib", "--offline", "--in-place", "--lines", "7-8")[0] == 0
    assert (tmp_path / "a.bib").read_text(encoding="utf-8") == DASH + other.replace("1-2", "1--2")


# ------------------------------------------------------------------ from Python
def test_the_library_functions(tmp_path):
    path = tmp_path / "a.bib"
    path.write_text(DASH, encoding="utf-8")
    (found,) = citenorm.check(path, ignore=["unverifiable-reference"])
    assert found.name == "wrong-dash" and failing([found]) == [found] and not failing([found], "error")  # fmt: skip
    made = citenorm.repair(path)
    assert (
        made.changed and made.text == DASH.replace("1-2", "1--2") and made.before == DASH.encode()
    )
    assert path.read_text(encoding="utf-8") == DASH
    assert citenorm.fix(path).entries[0].csl["title"] == "Of Nothing"
    with pytest.raises(citenorm.ConfigError, match="did you mean wrong-dash"):
        citenorm.check(path, select=["wrong-dahs"])
    with pytest.raises(citenorm.InputError, match=r"is no \.bib file"):
        citenorm.repair(REPORT)
