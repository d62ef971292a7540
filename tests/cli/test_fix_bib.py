"""``fix`` on .bib files: in place, as a diff, merged, re-keyed; what is not asked for stays."""

import json

import pytest

from citenorm.cli import main

BIB = """% my references
@string{icml = {International Conference on Machine Learning}}

@misc{guo,
  title  = {On calibration of modern neural networks},
  author = {Guo, Chuan and others},
  year   = {2017},
  note   = {read twice},
}

@article{again,
  title  = {On Calibration of Modern Neural Networks},
  author = {Guo, Chuan and Pleiss, Geoff and Sun, Yu and Weinberger, Kilian Q.},
  journal = {arXiv preprint arXiv:1706.04599},
  year   = {2017}
}

@book{unknown, title={Knitting Patterns as Regular Languages}, author={Falke, Hedwig}, year=2016}
"""


@pytest.fixture
def bib(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "refs.bib"
    path.write_text(BIB, encoding="utf-8")
    return path


def run(*args):
    return main([*map(str, args), "--offline", "--quiet"])


def test_in_place_repairs_and_keeps_what_is_not_its_business(bib):
    assert run("fix", bib, "--in-place") == 0
    text = bib.read_text(encoding="utf-8")
    assert text.startswith("% my references\n@string{icml") and "note   = {read twice}" in text
    assert "@inproceedings{guo," in text and "Weinberger, Kilian Q." in text.split("@")[2]
    assert (
        "@book{unknown, title={Knitting Patterns as Regular Languages}, author={Falke, Hedwig}, year=2016}\n"
        in text
    )
    again = bib.read_bytes()
    assert run("fix", bib, "--in-place") == 0 and bib.read_bytes() == again


def test_diff_and_check_write_nothing(bib, capsys):
    assert run("fix", bib, "--diff") == 0
    assert "-@misc{guo," in capsys.readouterr().out
    assert run("fix", bib, "--check") == 1 and bib.read_text(encoding="utf-8") == BIB


def test_form_alone_looks_nothing_up(bib, capsys):
    assert run("fix", bib, "--form-only") == 0
    assert "Weinberger" not in capsys.readouterr().out.split("@article")[0]


def test_merge_joins_entries_of_one_work_and_tells_the_keys(bib, tmp_path):
    tex = tmp_path / "paper.tex"
    tex.write_text(r"\cite{guo,again} and \cite{unknown}", encoding="utf-8")
    assert run("fix", bib, "--in-place", "--merge", "--cited-in", tex) == 0
    keys = json.loads((tmp_path / "refs.bib.keys.json").read_text(encoding="utf-8"))
    assert len(keys) == 1 and bib.read_text(encoding="utf-8").count("@inproceedings") == 1
    kept = next(iter(keys.values()))
    assert (
        kept in ("guo", "again")
        and tex.read_text(encoding="utf-8") == rf"\cite{{{kept}}} and \cite{{unknown}}"
    )


def test_keys_are_made_anew_only_when_asked(bib, tmp_path):
    assert run("fix", bib, "--in-place", "--keys") == 0
    keys = json.loads((tmp_path / "refs.bib.keys.json").read_text(encoding="utf-8"))
    assert keys["unknown"] == "falke2016knitting" and "@book{falke2016knitting," in bib.read_text(
        encoding="utf-8"
    )


def test_a_key_map_given_is_followed(bib, tmp_path):
    wanted = tmp_path / "keys.json"
    wanted.write_text('{"unknown": "Falke16"}', encoding="utf-8")
    assert run("fix", bib, "--in-place", "--key-map", wanted) == 0
    assert "@book{Falke16," in bib.read_text(encoding="utf-8") and json.loads(
        wanted.read_text(encoding="utf-8")
    ) == {"unknown": "Falke16"}


def test_several_files_on_standard_output_are_refused(bib, capsys):
    other = bib.with_name("other.bib")
    other.write_bytes(bib.read_bytes())
    assert main(["fix", str(bib), str(other), "--offline"]) == 2
    assert "--in-place" in capsys.readouterr().err


def test_a_report_is_not_written_in_place(tmp_path, capsys):
    report = tmp_path / "r.md"
    report.write_text("# R\n", encoding="utf-8")
    assert (
        main(["fix", str(report), "--in-place"]) == 2 and "is a report" in capsys.readouterr().err
    )


def test_findings_are_remembered_and_told_alike(bib, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CITENORM_CACHE_DIR", str(tmp_path / "cache"))
    assert run("check", bib) == 1
    first = capsys.readouterr().out
    assert first and len(list((tmp_path / "cache" / "findings").iterdir())) == 1
    monkeypatch.setattr("citenorm.checking.checked", None)  # nothing may be looked up again
    assert run("check", bib) == 1 and capsys.readouterr().out == first
    monkeypatch.undo()
    monkeypatch.setenv("CITENORM_CACHE_DIR", str(tmp_path / "cache"))
    next((tmp_path / "cache" / "findings").iterdir()).write_text("\n[{damaged")
    assert run("check", bib) == 1 and capsys.readouterr().out == first


def test_unsafe_fixes_only_when_asked(bib, tmp_path):
    bib.write_text(
        "@misc{k,\n  title = {Of Nothing},\n  doi = {10.1000/x},\n  url = {https://doi.org/10.1000/x}\n}\n",
        encoding="utf-8",
    )
    assert run("fix", bib, "--in-place") == 0 and "url" in bib.read_text(encoding="utf-8")
    (tmp_path / "citenorm.toml").write_text("unsafe-fixes = true\n", encoding="utf-8")
    assert run("fix", bib, "--check") == 1
    (tmp_path / "citenorm.toml").unlink()
    assert run("fix", bib, "--in-place", "--unsafe") == 0 and "url" not in bib.read_text(
        encoding="utf-8"
    )


WRONG = """@inproceedings{k, title={On Calibration of Modern Neural Networks}, author={Guo, Chuan and Pleiss, Geoff and Sun, Yu and Weinberger, Kilian Q.},
  booktitle={International Conference on Machine Learning}, year={2017}, eprint={%s}, archiveprefix={arXiv}}
"""


@pytest.mark.parametrize(("stated", "mended"), [("1713.04599", True), ("1706.04598", False)])
def test_an_identifier_is_replaced_only_where_it_is_wrong_and_that_is_asked_for(
    bib, stated, mended
):
    text = WRONG % stated
    bib.write_text(text, encoding="utf-8")
    assert run("fix", bib, "--in-place") == 0 and f"eprint={{{stated}}}" in bib.read_text(
        encoding="utf-8"
    )
    assert run("fix", bib, "--in-place", "--unsafe") == 0
    assert (
        (f"eprint={{{stated}}}" not in bib.read_text(encoding="utf-8"))
        == mended
        == ("eprint={1706.04599}" in bib.read_text(encoding="utf-8"))
    )


def test_the_table_tells_what_the_entry_says_now(bib, capsys):
    bib.write_text(WRONG % "1706.04598", encoding="utf-8")
    assert main(["fix", str(bib), "--offline"]) == 0
    out, told = capsys.readouterr()
    assert "eprint={1706.04598}" in out and "pages={1321--1330}" in out
    assert "1321–1330" in told and "arXiv number 1706.04598 was kept" in told
    assert not [
        line for line in told.splitlines() if line.split()[:1] == ["arXiv"] or " arXiv  " in line
    ]


def test_a_number_of_arxiv_that_cannot_be_is_mended_where_it_stands(bib):
    text = (WRONG % "1706.04599").replace(
        "eprint={1706.04599}, archiveprefix={arXiv}", "arxivid={1713.04599}"
    )
    bib.write_text(text, encoding="utf-8")
    assert run("fix", bib, "--in-place") == 0 and "eprint" not in bib.read_text(encoding="utf-8")
    assert run("fix", bib, "--in-place", "--unsafe") == 0
    after = bib.read_text(encoding="utf-8")
    assert "arxivid={1706.04599}" in after and "eprint" not in after


def test_a_doi_in_latex_is_no_wrong_one(bib, capsys):
    text = (WRONG % "1706.04599").replace("eprint=", r"doi={10.1000\slash ponds.7}, eprint=")
    bib.write_text(text, encoding="utf-8")
    run("check", bib)
    assert "wrong-identifier" not in capsys.readouterr().out


def test_entries_in_other_formats(bib, capsys):
    assert run("fix", bib, "--format", "csl-json") == 0
    items = json.loads(capsys.readouterr().out)
    assert len(items) == 3 and {item["title"] for item in items} >= {
        "Knitting Patterns as Regular Languages"
    }
    assert all(
        document["file"] == str(bib)
        for item in items
        for document in item["custom"]["citenorm"]["documents"]
    )
    assert run("fix", bib, "--format", "ris") == 0
    assert capsys.readouterr().out.count("TY  - ") == 3
    assert bib.read_text(encoding="utf-8") == BIB


UNREAD = """@misc{pond, title = {Slow rivers}, author = {Nobody, Ann}, year = {2001}}
@misc{Pond, title = {Quick rivers}, author = {Nobody, Ann}, year = {2002}}
@misc{ponda, title = {No rivers}, author = {Nobody, Ann}, year = {2003}}
@misc{pond, title = {Slow rivers}, author = {Nobody, Ann}, year = {2001}}
@misc{lake title = {Lakes}}
@misc{sea, title = {Seas} year = {2001}}
@misc{bay, title = {Bays}}, year = {2004}
}
@misc{open, title = {Never closed
"""


@pytest.mark.parametrize("form", ["csl-json", "ris"])
def test_no_entry_is_lost_in_another_format_without_a_word(tmp_path, capsys, form):
    path = tmp_path / "refs.bib"
    path.write_text(UNREAD, encoding="utf-8")
    assert main(["fix", str(path), "--offline", "--format", form]) == 0
    out, err = capsys.readouterr()
    if form == "ris":
        ids = [line[6:] for line in out.splitlines() if line.startswith("ID  - ")]
    else:
        ids = [item["id"] for item in json.loads(out)]
    assert ids == ["pond", "Pondb", "ponda", "pondc", "bay"]
    told = [line.removeprefix(f"{path}:") for line in err.splitlines() if "CN513" in line]
    assert [(line.partition(":")[0], line.split(": ")[1]) for line in told] == [
        ("5", "error"), ("6", "error"), ("9", "error"), ("7", "warning"),
    ]  # fmt: skip
    assert "3 entries that cannot be read are left out" in err
    assert "2: the key Pond stands before this entry already; here it is Pondb" in err
    assert "4: the key pond stands before this entry already; here it is pondc" in err
