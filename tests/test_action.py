"""The GitHub Action: what it runs is what the command line takes."""

import shlex
from pathlib import Path

import pytest

from citenorm.cli import main

yaml = pytest.importorskip("yaml")
ROOT = Path(__file__).parent.parent


def test_the_commands_of_the_action_run(tmp_path, monkeypatch, capsys):
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CITENORM_CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / "a b.bib").write_text("@misc{k,\n  title = {A},\n  pages = {1-2}\n}\n")
    runs = [s["run"] for s in action["runs"]["steps"] if "citenorm check" in s.get("run", "")]
    assert len(runs) == 2
    values = {"FILES": ".", "ARGS": "--fail-on error", "OFFLINE": "--offline", "OUT": "out.sarif"}
    for script in runs:
        (line,) = [one for one in script.splitlines() if one.startswith("citenorm ")]
        for name, value in values.items():
            line = line.replace(f"${name}", value)
        assert main(shlex.split(line)[1:]) == 0
    assert "::warning file=a b.bib,line=3" in capsys.readouterr().out
    assert (tmp_path / "out.sarif").exists()
    assert set(action["inputs"]) == {"files", "args", "online", "sarif", "version"}


def test_a_file_with_the_name_of_an_option_is_a_file():
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    for step in action["runs"]["steps"]:
        assert "${{" not in step.get("run", "")  # values come by the environment alone
        for line in step.get("run", "").splitlines():
            if line.startswith("citenorm"):
                assert line.endswith(" -- $FILES")


def test_what_is_attested_is_named_by_a_path_that_a_step_makes():
    """attest-sbom reads a path and no pattern."""
    publish = yaml.safe_load((ROOT / ".github/workflows/publish.yml").read_text(encoding="utf-8"))
    steps = publish["jobs"]["build"]["steps"]
    named = next(s["with"]["sbom-path"] for s in steps if "attest-sbom" in s.get("uses", ""))
    assert "*" not in named
    assert any(s.get("run", "").strip().endswith(f" {named}") for s in steps)
