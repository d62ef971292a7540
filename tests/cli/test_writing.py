"""What commands write: every file as it was but for what was meant, several of them all or none, nobody else's work undone."""

import codecs
import json

import pytest

from citenorm.cli import main

BIB = "@article{a,\n  author = {Doe, J.},\n  title = {Pond life in winter},\n  year = {2020}\n}\n"
RECORD = {
    "id": "acm:1",  # the publisher, whose accents are printed
    "type": "article-journal",
    "title": "Pond life in winter under the ice",
    "author": [{"family": "Mirčetić", "given": "J."}],
    "container-title": "Journal of Ponds",
    "volume": "3",
    "issued": {"date-parts": [[2019]]},
    "page": "1-9",
}
LIST = "Café\n\n# References\n\n[1] {name}, J. Pond life in winter under the ice. Journal of Ponds 3, 2016.\n"


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


@pytest.fixture
def catalogue(run, tmp_path):
    (tmp_path / "records.jsonl").write_text(json.dumps(RECORD) + "\n", encoding="utf-8")
    assert run("catalogue", "build", "cat", "csl:records.jsonl")[0] == 0
    return tmp_path / "cat"


def test_a_bib_file_saved_while_it_is_repaired_stays_as_it_was_saved(run, tmp_path, monkeypatch):
    from citenorm import bib

    path = tmp_path / "refs.bib"
    path.write_text(BIB.replace("author", "Author"), encoding="utf-8")
    repair = bib.repair

    def slow(file, results, options):
        path.write_text("% saved by its author\n", encoding="utf-8")
        after, found = repair(file, results, options)
        return after + b"% repaired\n", found

    monkeypatch.setattr(bib, "repair", slow)
    status, _, err = run("fix", "--in-place", "--form-only", path)
    assert status == 2 and "changed by somebody else" in err and len(err.splitlines()) == 1
    assert path.read_text(encoding="utf-8") == "% saved by its author\n"


def test_keys_are_changed_in_all_files_or_in_none(run, tmp_path):
    (tmp_path / "refs.bib").write_text(BIB, encoding="utf-8")
    (tmp_path / "a.tex").write_text("\\cite{a}\n", encoding="utf-8")
    change = ("fix", "--in-place", "--form-only", "--keys", "refs.bib", "--cited-in", "a.tex")
    assert run(*change, "--cited-in", "missing.tex")[0] == 2
    assert (tmp_path / "a.tex").read_text() == "\\cite{a}\n"
    assert (tmp_path / "refs.bib").read_text() == BIB
    assert not (tmp_path / "refs.bib.keys.json").exists()
    assert run(*change)[0] == 0
    (new,) = json.loads((tmp_path / "refs.bib.keys.json").read_text()).values()
    assert (tmp_path / "a.tex").read_text() == f"\\cite{{{new}}}\n"
    assert f"@article{{{new}," in (tmp_path / "refs.bib").read_text()


def test_a_lock_keeps_the_decisions_of_other_files(run, tmp_path, catalogue):
    for name, title in (("a.md", "Pond life in winter"), ("b.md", "Lakes in summer")):
        (tmp_path / name).write_text(
            f"# References\n\n[1] Doe, J. {title} of the north. Journal of Ponds 3, 2019.\n"
        )
        assert run("lock", name, "--offline", "--catalogue", catalogue)[0] == 0
    for name in ("a.md", "b.md"):
        assert run("lock", name, "--check", "--offline")[0] == 0
    assert len((tmp_path / "citenorm.lock").read_text().splitlines()) == 3
    status, _, err = run("lock", "b.md", "--check", "--prune", "--offline")
    assert status == 1 and "nobody asks for" in err
    assert run("lock", "b.md", "--prune", "--offline", "--catalogue", catalogue)[0] == 0
    assert len((tmp_path / "citenorm.lock").read_text().splitlines()) == 2


def test_a_line_of_the_lock_that_is_no_decision_is_told_and_the_rest_used(run, tmp_path, catalogue):
    (tmp_path / "a.md").write_text(LIST.format(name="Mirčetić"), encoding="utf-8")
    assert run("lock", "a.md", "--offline", "--catalogue", catalogue)[0] == 0
    with open(tmp_path / "citenorm.lock", "a") as file:
        file.write("<<<<<<< HEAD\n")
    status, out, err = run("fix", "a.md", "--offline")
    assert status == 0 and out.count("@") == 1 and "citenorm.lock:3: a merge is not settled" in err


@pytest.mark.parametrize(
    ("encode", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
    ],
)
def test_a_rewritten_report_keeps_its_encoding(run, tmp_path, catalogue, encode, mark):
    text = LIST.format(name="Mirčetić").replace("\n", "\r\n")
    path = tmp_path / "r.md"
    path.write_bytes(mark + text.encode(encode))
    assert (
        run("fix", "--rewrite", "--in-place", path, "--offline", "--catalogue", catalogue)[0] == 0
    )
    data = path.read_bytes()
    assert data.startswith(mark)
    now = data[len(mark) :].decode(encode)
    assert "2019" in now and now.count("\r\n") == now.count("\n") == 5
    assert now.partition("[1]")[0] == text.partition("[1]")[0]


def test_a_name_that_the_encoding_lacks_leaves_the_reference_and_is_told(run, tmp_path, catalogue):
    data = LIST.format(name="Mircetic").encode("cp1252")
    path = tmp_path / "r.md"
    path.write_bytes(data)
    status, _, err = run(
        "fix", "--rewrite", "--in-place", path, "--offline", "--catalogue", catalogue
    )
    assert status == 0 and path.read_bytes() == data
    assert "r.md:5: left as it is: the file's encoding has no č ć" in err


def test_latin_1_reaches_every_output(run, tmp_path):
    (tmp_path / "l.bib").write_bytes(BIB.replace("Doe", "M\xfcller").encode("latin-1"))
    for form in ("text", "json", "jsonl", "sarif", "github", "html"):
        status, _, err = run(
            "check", "l.bib", "--offline", "--output-format", form, "-o", f"out.{form}"
        )
        assert status in (0, 1), err
        assert (tmp_path / f"out.{form}").read_bytes().decode("utf-8")
    assert run("check", "l.bib", "--offline", "--write-baseline", "base")[0] == 0
    assert run("check", "l.bib", "--offline", "--baseline", "base")[0] == 0
    for form in ("csl-json", "ris", "bibtex"):
        assert run("fix", "l.bib", "--offline", "--format", form, "-o", f"out.{form}")[0] == 0
    assert "Müller" in (tmp_path / "out.csl-json").read_text(encoding="utf-8")
    before = (tmp_path / "l.bib").read_bytes()
    assert run("fix", "l.bib", "--in-place", "--form-only", "--keys", "-q")[0] == 0
    assert before.split(b"\n", 1)[1] == (tmp_path / "l.bib").read_bytes().split(b"\n", 1)[1]


def test_an_error_shows_what_a_hostile_file_says_as_one_line_of_text(monkeypatch, capsys):
    from citenorm.cli import main, rule
    from citenorm.errors import InputError

    def failing(argv):
        raise InputError("a.docx: \x1b[2J\n::error::x.xml unpacks to 90 MB")

    monkeypatch.setattr(rule, "run", failing)
    assert main(["rule"]) == 2
    told = capsys.readouterr().err
    assert told == "citenorm: a.docx: \ufffd[2J ::error::x.xml unpacks to 90 MB\n"
