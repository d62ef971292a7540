"""Citations turned into keys: every one that means one entry, none that does not; and a text beside its bibliography."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

import citenorm
from citenorm.citing import turned
from citenorm.cli import main
from citenorm.find import find
from citenorm.model import Claim

DATA = Path(__file__).parent / "data" / "cite"
GUO, VAS = "guo2017calibration", "vaswani2017attention"
FALKE, LOOM = "falke2016knitting", "falke2014weaving"
TURNED = {
    "numbers.md": [
        ("with bins [1],", f"with bins [@{GUO}],"),
        ("attention [2] has", f"attention [@{VAS}] has"),
        ("recurrence [1, 2].", f"recurrence [@{GUO}; @{VAS}]."),
        ("before [1–3].", f"before [@{GUO}; @{VAS}; @{FALKE}]."),
        ("too [3].", f"too [@{FALKE}]."),
    ],
    "names.md": [
        ("Guo et al. (2017) measure", f"@{GUO} measure"),
        ("(see Vaswani et al., 2017, p. 4; Falke, 2016)", f"[see @{VAS}, p. 4; @{FALKE}]"),
        ("Falke and Loom (2014, p. 7)", f"@{LOOM} [p. 7]"),
    ],
    "names.txt": [
        ("(Falke, 2016), said Falke (2016), and", f"[@{FALKE}], said @{FALKE}, and"),
        ("(Guo et al. 2017, Vaswani et al. 2017)", f"[@{GUO}; @{VAS}]"),
        ("Loom and Reed (2001) weave", "@loom2001weaving weave"),
        ("(Loom and Reed, 2001)", "[@loom2001weaving]"),
    ],
}  # fmt: skip


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


@pytest.mark.parametrize("name", sorted(TURNED))
def test_what_means_one_entry_is_turned_and_nothing_else(name):
    before = (DATA / name).read_text(encoding="utf-8")
    after = before
    for old, new in TURNED[name]:
        assert after.count(old) == 1
        after = after.replace(old, new)
    made = citenorm.cite(DATA / name)
    assert made.text == after and made.before == before
    assert set(made.added) == {k for k in (GUO, VAS, FALKE, LOOM, "loom2001weaving") if f"@{k}" in after}  # fmt: skip
    again = citenorm.cite(made.text.encode(), name=name, bib=made.bibliography.encode())
    assert again.text == made.text and again.added == () and again.turned == 0


@pytest.mark.skipif(not shutil.which("pandoc"), reason="pandoc is not installed")
@pytest.mark.parametrize("name", sorted(TURNED))
def test_pandoc_builds_the_document(run, tmp_path, name):
    assert run("cite", DATA / name, "--bib", "refs.bib", "-o", "cited.md", "--offline")[0] == 0
    done = subprocess.run(
        ["pandoc", "--citeproc", "--bibliography", "refs.bib", "cited.md", "-t", "plain", "--wrap=none"],
        cwd=tmp_path, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0 and "not found" not in done.stderr and "@" not in done.stdout
    assert "Guo" in done.stdout and "2016" in done.stdout


def test_a_bibliography_that_is_there_gives_its_keys_and_gets_what_it_lacks(run, tmp_path):
    bib = "@inproceedings{CAL,\r\n  title = {On Calibration of Modern Neural Networks},\r\n  author = {Guo, Chuan and others},\r\n  year = {2017}\r\n}\r\n"
    (tmp_path / "refs.bib").write_bytes(bib.encode())
    shutil.copy(DATA / "numbers.md", tmp_path / "r.md")
    status, out, err = run("cite", "r.md", "--bib", "refs.bib", "--offline")
    assert status == 0 and "+Calibration is measured with bins [@CAL]" in out
    assert "would be turned" in err and (tmp_path / "refs.bib").read_bytes() == bib.encode()
    status, out, err = run(
        "cite", "r.md", "--bib", "refs.bib", "--offline", "--no-append", "-o", "-"
    )
    assert "bins [@CAL], and attention [2]" in out and "has no entry for 2" in err
    assert run("cite", "r.md", "--bib", "refs.bib", "--offline", "--in-place")[0] == 0
    after = (tmp_path / "refs.bib").read_bytes()
    assert after.startswith(bib.encode()) and after.count(b"@") == 3 and after.count(b"\n") == after.count(b"\r\n")  # fmt: skip
    assert "bins [@CAL]" in (tmp_path / "r.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "printed, after",
    [
        (r"bins \[[1](#references)\], and", f"bins [@{GUO}], and"),
        ("bins [[1](#references)], and", f"bins [@{GUO}], and"),
        ("bins [[1]](https://example.org/x.pdf), and", f"bins [@{GUO}], and"),
        ("the code `bins[1]`, and", "the code `bins[1]`, and"),
    ],
)
def test_numbers_that_are_links(printed, after):
    text = (DATA / "numbers.md").read_text(encoding="utf-8").replace("bins [1], and", printed)
    assert after in citenorm.cite(text.encode(), name="r.md").text


@pytest.mark.parametrize(
    "maths",
    [
        "X = N([0, 1], [2, 3])", "U(1, [2, 3])", "{[0, 2], [1, 3]}", "U ([1, 2], 4)", "box . v [ 1 ] ; y = box . v [ 2 ]",
        "on the interval [1, 2]", "x ∈ [1, 2]", "values in [0, 3] and in [1, 3]", "a = [1, 2]", "[1, 2] × [2, 3]",
    ],
)  # fmt: skip
def test_mathematics_is_no_citation(maths):
    text = (DATA / "numbers.md").read_text(encoding="utf-8").replace("Not a citation:", f"Maths: {maths}.")  # fmt: skip
    made = citenorm.cite(text.encode(), name="r.md").text
    assert f"Maths: {maths}." in made and f"bins [@{GUO}]" in made and f"[@{GUO}; @{VAS}]" in made


def test_what_stands_behind_the_year_is_kept():
    text = (DATA / "names.txt").read_text(encoding="utf-8")
    text = text.replace("(Falke, 2016),", "(Falke, 2016, Section 2.5), (Falke 2016: 13),")
    made = citenorm.cite(text.encode(), name="r.txt").text
    assert f"[@{FALKE}, Section 2.5], [@{FALKE}, 13], said" in made


LATEX = r"""\documentclass{article}
\begin{document}
Guo et al. (2017) calibrate; attention is enough (Vaswani et al., 2017, p. 3). Both agree (Guo et al., 2017; Vaswani et al., 2017).
\begin{thebibliography}{9}
\bibitem{g} C. Guo, G. Pleiss, Y. Sun, and K. Q. Weinberger. On calibration of modern neural networks. In \emph{ICML}, 2017.
\bibitem{v} A. Vaswani, N. Shazeer, N. Parmar, J. Uszkoreit, L. Jones, A. N. Gomez, L. Kaiser, and I. Polosukhin. Attention is all you need. In \emph{NIPS}, 2017.
\bibitem{f} H. Falke. Knitting patterns as regular languages. Weide, 2016.
\end{thebibliography}
\end{document}
"""


def test_latex_gets_commands():
    made = citenorm.cite(LATEX.encode(), name="a.tex")
    assert rf"\citet{{{GUO}}} calibrate; attention is enough \citep[][p. 3]{{{VAS}}}." in made.text
    assert rf"Both agree \citep{{{GUO},{VAS}}}." in made.text


def test_two_entries_of_one_work_leave_the_citation():
    made = citenorm.cite(DATA / "numbers.md")
    document = citenorm.read(DATA / "numbers.md")
    references = find(document)
    claims = dict.fromkeys(range(len(references)), Claim({}))
    keys = {0: ("a", "b"), 1: ("c",), 2: ()}
    done = turned(document, references, claims, keys)
    assert "bins [1], and attention [@c] has replaced recurrence [1, 2]" in done.text
    whys = {left.why for left in done.left}
    assert {"1 may be a or b", "the bibliography has no entry for 3"} <= whys and made.turned == 5


@pytest.mark.parametrize(
    "args, message",
    [
        (("r.md", "--bib", "r.md"), "is an input"),
        (("r.md", "--bib", "x.bib", "-o", "r.md"), "use --in-place"),
        (("r.md", "--bib", "x.bib", "-o", "y.md", "--in-place"), "either --in-place or -o"),
        (("r.md", "--bib", "x.bib", "--no-append"), "x.bib: no such file"),
        (("r.md",), "--bib"),
        (("p.html", "--bib", "x.bib"), "Markdown, plain text and LaTeX"),
    ],
)
def test_what_cannot_be_done_is_one_line(run, tmp_path, args, message):
    shutil.copy(DATA / "numbers.md", tmp_path / "r.md")
    (tmp_path / "p.html").write_text("<p>Words [1].</p>", encoding="utf-8")
    before = sorted(p.name for p in tmp_path.iterdir())
    status, out, err = run("cite", *args, "--offline")
    assert status == 2 and out == "" and message in err and err.count("\n") == 1
    assert {p.name for p in tmp_path.iterdir()} - set(before) <= {"cache", "data"}


# ------------------------------------------------------------------ a text beside its bibliography
BIB = """@book{pond12, author = {Loom, Karl}, title = {Weaving in water}, year = {2012}}
@book{left, author = {Reed, Mia}, title = {Reeds of the north}, year = {2001}}
"""


def codes(out):
    return {(r["name"], r.get("key", "")) for r in json.loads(out)}


@pytest.mark.parametrize(
    "name, text",
    [
        ("t.md", "As @pond12 and [@pond21, p. 3] say; see `@no` and @fig-one.\n"),
        ("t.tex", "As \\citet{pond12} and \\cite[3]{pond21} say. % \\cite{no}\n"),
    ],
)
def test_keys_and_entries_that_do_not_meet(run, tmp_path, name, text):
    (tmp_path / "refs.bib").write_text(BIB, encoding="utf-8")
    (tmp_path / name).write_text(text, encoding="utf-8")
    status, out, _ = run("check", name, "refs.bib", "--offline", "--output-format", "json")
    assert status == 1 and {("missing-entry", "pond21"), ("entry-not-cited", "left")} <= codes(out)
    assert ("missing-entry", "pond12") not in codes(out) and "did you mean pond12?" in out
    (found,) = [r for r in json.loads(out) if r["name"] == "missing-entry"]
    line = text.splitlines()[found["line"] - 1]
    assert line[found["column"] - 1 : found["end_column"] - 1] == "pond21"
    fixed = text.replace("pond21", "left")
    (tmp_path / name).write_text(fixed, encoding="utf-8")
    assert run("check", name, "refs.bib", "--offline")[0] == 0
    alone = run("check", "refs.bib", "--offline", "--output-format", "json")[1]
    assert "entry-not-cited" not in {n for n, _ in codes(alone)}


@pytest.mark.parametrize(
    "name, text",
    [
        ("t.qmd", "---\nbibliography: refs.bib\n---\nAs @pond21 says.\n"),
        ("t.tex", "As \\cite{pond21} says. \\bibliography{refs}\n"),
    ],
)
def test_the_bibliography_that_a_text_names_is_read_for_its_keys(run, tmp_path, name, text):
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert run("check", name, "--offline")[0] == 0  # it is not at hand
    (tmp_path / "refs.bib").write_text(BIB, encoding="utf-8")
    status, out, _ = run("check", name, "--offline", "--output-format", "json")
    assert status == 1 and codes(out) == {("missing-entry", "pond21")}
    remark = "<!-- citenorm: ignore=missing-entry -->\n" if name == "t.qmd" else "% citenorm: ignore=missing-entry\n"  # fmt: skip
    marked = text.replace("As ", remark + "As ")
    (tmp_path / name).write_text(marked, encoding="utf-8")
    assert run("check", name, "--offline")[0] == 0
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert run("check", name, "--offline", "--ignore", "CN105")[0] == 0


def test_all_entries_cited_and_other_names_of_entries(run, tmp_path):
    (tmp_path / "refs.bib").write_text(BIB.replace("year = {2001}", "date = {2001}, ids = {old}"), encoding="utf-8")  # fmt: skip
    for text, expected in (
        ("\\cite{pond12}\\nocite{*}", set()),
        ("\\cite{pond12,old}", set()),
        ("\\cite{pond12}\\input{more}", set()),
        ("\\cite{pond12}", {"entry-not-cited"}),
    ):
        (tmp_path / "t.tex").write_text(text + "\n", encoding="utf-8")
        out = run("check", "t.tex", "refs.bib", "--offline", "--output-format", "json")[1]
        assert {n for n, _ in codes(out)} - {"unverifiable-reference"} == expected, text


def test_references_that_the_bibliography_lacks_are_told_and_added(run, tmp_path):
    shutil.copy(DATA / "numbers.md", tmp_path / "r.md")
    (tmp_path / "refs.bib").write_text(BIB, encoding="utf-8")
    args = (
        "check",
        "r.md",
        "refs.bib",
        "--offline",
        "--output-format",
        "json",
        "--select",
        "CN107",
    )
    assert len(json.loads(run(*args)[1])) == 3
    status, _, err = run("fix", "r.md", "--append", "refs.bib", "--offline")
    assert status == 0 and "3 entries added" in err
    text = (tmp_path / "refs.bib").read_text(encoding="utf-8")
    assert text.startswith(BIB) and text.count("@") == 5
    assert json.loads(run(*args)[1]) == []
    assert "0 entries added" in run("fix", "r.md", "--append", "refs.bib", "--offline")[2]
    assert (tmp_path / "refs.bib").read_text(encoding="utf-8") == text
    assert run("fix", "r.md", "--append", "new.bib", "--offline", "--check")[0] == 1
    assert not (tmp_path / "new.bib").exists()


def test_what_says_little_is_appended_once(run, tmp_path):
    lines = ("Zhu S. , US 20100087469 A1, 2010.", "Pond Development Team. 2022.", "OpenPond. PondGPT. 2023.")  # fmt: skip
    text = "# References\n\n" + "".join(f"{i}. {line}\n" for i, line in enumerate(lines, 1))
    (tmp_path / "r.md").write_text(text, encoding="utf-8")
    assert "3 entries added" in run("fix", "r.md", "--append", "new.bib", "--offline")[2]
    assert "0 entries added" in run("fix", "r.md", "--append", "new.bib", "--offline")[2]


@pytest.mark.parametrize("piece", ["a", "-", "<!-- ", "a@", "```\n"])
def test_keys_are_looked_for_in_one_walk(piece):
    import time

    from citenorm.bib.cited import cited_keys

    begun = time.process_time()
    cited_keys(piece * (200_000 // len(piece)), "a.md")
    assert time.process_time() - begun < 20


AGAIN = """Ponds are described [1], [2], [3], [4], [5], [6], [7], [8], [9].

## References

[1] Pond documentation. https://Ponds.example.org/docs/index.html (accessed 3 May 2024)
[2] https://www.example.org/pond-data/
[3] Ponds of the North. Lake Office, 2008.
[4] Lake group. Basins. https://lakes.example.org/a%20b, 2023.
[5] Loom, K. Weaving. Journal of Ponds 3(2), 1-9, 2001.
[6] Directive (EU) 2011/790 of the European Parliament on ponds, OJ L 130, 17.5.2011, p. 92-125.
[7] Pond v. Board of Rivers, 347 U.S. 483 (1954).
[8] Loom, K. Deep ponds. Master's thesis no. 42, University of the Coast, Porto, 2011.
[9] K. Loom, R. Reed, Phys. Rev. D 12, 345 (1990).
"""


@pytest.mark.parametrize(
    "args",
    [("cite", "w.md", "--bib", "w.bib", "-o", "w.out.md"), ("fix", "w.md", "--append", "w.bib")],
)
def test_a_second_run_adds_no_entry(run, tmp_path, args):
    (tmp_path / "w.md").write_text(AGAIN, encoding="utf-8")
    assert run(*args, "--offline")[0] == 0
    first = (tmp_path / "w.bib").read_bytes()
    assert first.count(b"@") == 9
    assert run(*args, "--offline")[0] == 0
    assert (tmp_path / "w.bib").read_bytes() == first


def test_prose_without_a_list_gives_no_entries(run, tmp_path):
    (tmp_path / "a.md").write_text("# Ponds\n\nWeirs (Reed et al., 2014) too.\n", encoding="utf-8")
    assert run("cite", "a.md", "--offline", "--bib", "refs.bib", "-o", "b.md")[0] == 0
    assert not (tmp_path / "refs.bib").exists()


TWICE = """# Ponds

As shown by Guo et al. (2017) [1] and (Guo et al., 2017) [1], see [2].

# References

[1] Guo, Chuan, et al. "On calibration of modern neural networks." ICML 2017.

[{label}] Shallue, Christopher J., et al. "Measuring the effects of data parallelism on neural network training." JMLR 2019.

[2] Vaswani, A., Shazeer, N. et al. Attention is all you need. NIPS 2017.
"""


def test_names_and_the_number_behind_them_are_one_citation(run, tmp_path):
    (tmp_path / "a.md").write_text(TWICE.format(label=3), encoding="utf-8")
    _, out, err = run("cite", "a.md", "--offline", "--bib", "refs.bib", "-o", "-")
    assert f"As shown by @{GUO} and [@{GUO}], see [@{VAS}]." in out
    assert "4 citations turned" in err or "3 citations turned" in err


def test_a_number_that_two_references_have_stays_and_is_told(run, tmp_path):
    (tmp_path / "a.md").write_text(TWICE.format(label=1), encoding="utf-8")
    _, out, err = run("cite", "a.md", "--offline", "--bib", "refs.bib", "-o", "-")
    assert f"As shown by @{GUO} [1] and [@{GUO}] [1], see [@{VAS}]." in out
    assert "[1]: the list has several 1" in err
