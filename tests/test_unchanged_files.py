"""A run leaves out files that the last run found clean, and looks again whenever anything that matters has changed."""

import io
import sys

import pytest

from citenorm.cli import main

CLEAN = (
    "@misc{pond,\n  title = {A Pond of Our Own},\n  author = {Nobody, Ann},\n  year = {2001}\n}\n"
)


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("CITENORM_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)

    def runner(*args):
        out, err = io.StringIO(), io.StringIO()
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setattr(sys, "stderr", err)
        status = main(list(args))
        monkeypatch.undo()
        monkeypatch.setenv("CITENORM_CACHE_DIR", str(tmp_path / "cache"))
        monkeypatch.chdir(tmp_path)
        return status, out.getvalue(), err.getvalue()

    return runner


def test_fix_leaves_out_what_was_clean(run, tmp_path):
    (tmp_path / "a.bib").write_text(CLEAN)
    (tmp_path / "b.bib").write_text(CLEAN.replace("year", "pages = {1-2},\n  year"))
    fix = ("fix", "--in-place", "--offline", "a.bib", "b.bib")
    assert "unchanged" not in run(*fix)[2]
    assert "1 of 2 files unchanged" in run(*fix)[2]  # b was changed by the first run
    assert "2 of 2 files unchanged" in run(*fix)[2]
    assert "unchanged" not in run(*fix, "--prefer", "as-cited")[2]
    (tmp_path / "citenorm.lock").write_text('{"citenorm-lock": 1}\n')
    assert "unchanged" not in run(*fix)[2]
    (tmp_path / "a.bib").write_text(CLEAN.replace("2001", "2002"))
    assert "1 of 2 files unchanged" in run(*fix)[2]


def test_check_tells_its_findings_every_time(run, tmp_path):
    (tmp_path / "a.bib").write_text(CLEAN.replace("year", "pages = {1-2},\n  year"))
    first, second = (run("check", "--offline", "--select", "CN5", "a.bib") for _ in range(2))
    assert first == second and first[0] == 1 and "CN502" in first[1]
    (tmp_path / "a.bib").write_text(CLEAN)
    assert [run("check", "--offline", "--select", "CN5", "a.bib")[0] for _ in range(2)] == [0, 0]
    assert run("check", "--offline", "a.bib")[0] == run("check", "--offline", "a.bib")[0]
