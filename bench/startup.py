"""How long a person waits: start-up and the example report, as whole processes.

    python bench/startup.py [--runs N] [--package FOLDER]

Prints a Markdown table: median, least and most of wall and processor seconds and peak memory over N runs after one warm-up.
FOLDER of a data package (``…/citenorm_cs``): its first use, with an empty cache, and a bibliography checked with it afterwards.
Standard library only (POSIX).
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "examples" / "seminar-report.md"
CASES = {
    "`citenorm --help`": ["--help"],
    "`citenorm fix seminar-report.md --offline`": ["fix", str(REPORT), "--offline"],
    "`citenorm check seminar-report.md --offline`": ["check", str(REPORT), "--offline"],
    "`citenorm parse` of ten references": [
        "parse",
        *[
            f"Smith, J. ({1990 + i}). On the theory of things {i}. Journal of Examples, 12(3), 45-67."
            for i in range(10)
        ],
    ],
}


def measure(args: list[str]) -> tuple[float, float, float]:
    """(wall seconds, processor seconds, peak MB) of one run."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "citenorm", *args],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit(f"startup: citenorm {args[0]} gave exit {process.returncode}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--runs", type=int, default=9)
    options.add_argument("--package", type=Path)
    args = options.parse_args()
    runs = args.runs
    print("| command | wall s (least–most) | processor s | peak MB |\n|---|---|---|---|")
    for name, case in CASES.items():
        measure(case)
        _row(name, [measure(case) for _ in range(runs)])
    if args.package:
        _with_package(args.package.resolve(), runs)


def _with_package(folder: Path, runs: int) -> None:
    """The data package on the path of the commands, and a cache folder of its own."""
    case = ["check", str(ROOT / "tests" / "data" / "bib_student.bib"), "--offline"]
    with tempfile.TemporaryDirectory() as cache:
        paths = [str(folder.parent), os.environ.get("PYTHONPATH", "")]
        os.environ |= {"PYTHONPATH": os.pathsep.join(paths), "CITENORM_CACHE_DIR": cache}
        _row("first use of the package", [measure(["catalogue", "info"])])
        measure(case)
        _row("`citenorm check` of a bibliography with it", [measure(case) for _ in range(runs)])


def _row(name: str, rows: list[tuple[float, float, float]]) -> None:
    wall, cpu, peak = ([r[i] for r in rows] for i in range(3))
    print(
        f"| {name} | {statistics.median(wall):.3f} ({min(wall):.3f}–{max(wall):.3f}) | {statistics.median(cpu):.3f} | {max(peak):.0f} |"
    )


if __name__ == "__main__":
    main()
