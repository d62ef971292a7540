"""The hooks run by pre-commit itself on a small repository, offline, with the installed citenorm."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("pre_commit")
yaml = pytest.importorskip("yaml")

ROOT = Path(__file__).parent.parent
HOOKS = ROOT / ".pre-commit-hooks.yaml"
CLEAN = "@misc{pond,\n  title = {A Pond of Our Own},\n  author = {Nobody, Ann},\n  pages = {1--2},\n  year = {2001}\n}\n"


def git(repo, *args):
    subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *args],
        cwd=repo,
        check=True,
        capture_output=True,
    )


@pytest.fixture
def repo(tmp_path):
    """A repository whose hooks are ours, run by this interpreter instead of an environment of their own."""
    try:
        git(tmp_path, "init", "-q")
    except FileNotFoundError:
        pytest.skip("git is not installed")
    hooks = yaml.safe_load(HOOKS.read_text())
    for hook in hooks:
        assert hook["entry"].startswith("citenorm ") and "--offline" in hook["entry"]
        hook["entry"] = f"{sys.executable} -m {hook['entry']}"
        hook["language"] = "system"
    hooks[0]["files"] = r"\.(bib|md)$"
    hooks[0]["args"] = ["--select", "CN5"]
    (tmp_path / ".pre-commit-config.yaml").write_text(
        yaml.safe_dump({"repos": [{"repo": "local", "hooks": hooks}]})
    )
    return tmp_path


def run(repo, hook=None):
    git(repo, "add", "-A")
    env = os.environ | {
        "PRE_COMMIT_HOME": str(repo / ".git" / "home"),
        "HOME": str(repo / ".git"),
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pre_commit",
            "run",
            *([hook] if hook else []),
            "--all-files",
            "--verbose",
        ],
        cwd=repo,
        env=env,
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout + done.stderr


def test_clean_files_pass_both_hooks(repo):
    for i in range(12):  # enough files that they may come in several batches
        (repo / f"{i} ü.bib").write_text(CLEAN)
    (repo / "report.md").write_text("# A report\n\nNo references here.\n")
    for hook in ("citenorm-check", "citenorm-fix"):
        status, output = run(repo, hook)
        assert status == 0 and "Passed" in output, output


def test_findings_fail_the_check_and_are_mended_by_the_fix(repo):
    (repo / "refs.bib").write_text("% kept\n" + CLEAN.replace("1--2", "1-2"))
    status, output = run(repo, "citenorm-check")
    assert status == 1 and "refs.bib:5:3: warning: CN502" in output, output
    status, output = run(repo, "citenorm-fix")
    assert status == 1 and "files were modified" in output, output
    assert (repo / "refs.bib").read_text() == "% kept\n" + CLEAN
    assert run(repo, "citenorm-fix")[0] == 0 and run(repo, "citenorm-check")[0] == 0


def test_the_hooks_of_the_readme_fix_at_first_and_are_green_then(repo):
    made = yaml.safe_load((repo / ".pre-commit-config.yaml").read_text())
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    listed = yaml.safe_load(page.partition("**As a hook.**")[2].split("```yaml")[1].split("```")[0])
    order = [hook["id"] for hook in listed[0]["hooks"]]
    hooks = {
        h["id"]: {k: v for k, v in h.items() if k != "args"} for h in made["repos"][0]["hooks"]
    }
    made["repos"][0]["hooks"] = [hooks[name] for name in order]
    (repo / ".pre-commit-config.yaml").write_text(yaml.safe_dump(made))
    student = (ROOT / "tests" / "data" / "bib_student.bib").read_text(encoding="utf-8")
    student = student.partition("@misc{chitta2021again")[0]  # the same work a second time
    (repo / "student.bib").write_text(student, encoding="utf-8")
    (repo / "own.bib").write_text(CLEAN.replace("1--2", "1-2"))
    assert run(repo)[0] == 1
    status, output = run(repo)
    assert status == 0, output
