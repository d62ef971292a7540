"""The same input gives the same bytes, whatever the locale, the time zone, the hash seed, the home and the number of processes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "examples" / "seminar-report.md").read_text("utf-8")
BIB = (ROOT / "tests" / "data" / "bib_student.bib").read_bytes()
LINES = "".join(
    f"Guo, C., Pleiss, G., Sun, Y., & Weinberger, K. Q. (2017). On calibration of modern neural networks. ICML, {n}.\nİlker, I. Of pönds {n}. 2001.\n"
    for n in range(60)
)  # fmt: skip
COMMANDS = {
    "fix": ["fix", "--offline", "a.md"],
    "fix bib": ["fix", "--offline", "a.bib"],
    "check": ["check", "--offline", "--verbose", "--output-format", "json", "a.md", "a.bib"],
    "match": ["match", "--offline", "--lines", "a.txt", "--jobs", "1"],
}
ELSEWHERE = (
    {"LC_ALL": "C", "PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati"},
    {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles"},
    {"HOME": None, "PYTHONHASHSEED": "3", "PYTHONUTF8": "0", "LC_ALL": "C"},
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("same")
    (made / "a.md").write_text(TEXT, encoding="utf-8")
    (made / "a.bib").write_bytes(BIB)
    (made / "a.txt").write_text(LINES, encoding="utf-8")
    return made


def run(folder, command, change=None):
    env = {**os.environ, "PYTHONHASHSEED": "0", "XDG_CACHE_HOME": str(folder / "cache")}
    for name, value in (change or {}).items():
        env.pop(name, None)
        if value is not None:
            env[name] = value
    done = subprocess.run([sys.executable, "-m", "citenorm", *command], cwd=folder, env=env, capture_output=True)  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    return done.returncode, done.stdout


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_places_and_seeds_change_nothing(folder, name):
    here = run(folder, COMMANDS[name])
    assert here[1]
    for change in ELSEWHERE:
        assert run(folder, COMMANDS[name], change) == here, change


def test_the_number_of_processes_changes_nothing(folder):
    one = run(folder, COMMANDS["match"])
    assert one[1].count(b"\n") == LINES.count("\n")
    for jobs in ("2", "3"):
        assert run(folder, [*COMMANDS["match"][:-1], jobs]) == one
