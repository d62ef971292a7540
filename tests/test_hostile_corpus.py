"""What the fuzzer found once stays found: its corpus, and some rounds of each kind, come to a result or one of citenorm's own errors."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FUZZ = ROOT / "bench" / "fuzz.py"


@pytest.mark.skipif(not hasattr(__import__("signal"), "SIGALRM"), reason="signals of POSIX")
def test_the_corpus_and_some_rounds_of_each_kind():
    run = subprocess.run(
        [sys.executable, FUZZ, "--rounds", "60", "--seed", "7", "--slow", "20"],
        capture_output=True, text=True, cwd=ROOT,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    assert "0 findings" in run.stdout and run.stderr == ""
