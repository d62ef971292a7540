"""What editing .bib files costs: form rules per second, a file of 10,000 entries (time, memory), the hook on 50 unchanged files.

    python bench/bib.py [FOLDER]

FOLDER holds .bib files (all below it are read); without one, entries are made up.  Times are wall times of one process on
this machine; memory is the process's peak.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from citenorm.bib import check_form, claims, form_edits, read, write
from citenorm.errors import CitenormError

ENTRY = """@article{{key{n},
  author = {{M{{\\"u}}ller, Anna B. and Doe, Bob and van den Berg, Carla}},
  title = {{About BERT and Ponds, Part {n}}},
  journal = {{Journal of Ponds \\& Lakes}},
  volume = {{{v}}},
  pages = {{{v}-1{v}}},
  year = {{20{y:02d}}},
  doi = {{10.1000/pond.{n}}},
}}

"""


def made_up(entries: int) -> bytes:
    return "".join(ENTRY.format(n=n, v=n % 90 + 10, y=n % 25) for n in range(entries)).encode()


def form_rules(files: list[bytes]) -> str:
    count, started, cpu = 0, time.perf_counter(), time.process_time()
    for data in files:
        try:
            bib = read(data)
        except CitenormError:
            continue
        write(bib, form_edits(bib, check_form(bib)))
        count += len(bib.entries)
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    return f"form rules, read to write: {count} entries in {seconds:.2f} s ({cpu:.2f} s of processor time), {count / cpu:,.0f} entries/s of processor time"


def reading(data: bytes) -> str:
    bib = read(data)
    started = time.perf_counter()
    found = claims(bib)
    seconds = time.perf_counter() - started
    return f"claims: {len(found)} entries in {seconds:.2f} s, {len(found) / seconds:,.0f} entries/s"


def command(*args: str, cwd: Path) -> tuple[float, float, int]:
    """Wall seconds, peak MB and exit status of one run of the command."""
    started = time.perf_counter()
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    done = subprocess.run(
        [sys.executable, "-m", "citenorm", *args],
        cwd=cwd,
        capture_output=True,
        check=False,
        env=os.environ | {"CITENORM_CACHE_DIR": str(cwd / ".cache")},
    )
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return time.perf_counter() - started, max(peak, before) / 1024, done.returncode


def main(folder: Path | None) -> int:
    files = (
        [p.read_bytes() for p in sorted(folder.rglob("*.bib"))] if folder else [made_up(500)] * 20
    )
    form_rules(files[:3])  # warm
    print(form_rules(files))
    print(reading(made_up(10_000)))
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        for i in range(50):
            (place / f"{i}.bib").write_bytes(
                made_up(60).replace(b"-1", b"--1").replace(b"BERT", b"{BERT}")
            )
        names = [f"{i}.bib" for i in range(50)]
        for what in (("check", "--form-only"), ("fix", "--in-place")):
            times = [command(*what, "--offline", "--quiet", *names, cwd=place) for _ in range(4)]
            print(
                f"{what[0]}, 50 files of 60 entries: first {times[0][0]:.2f} s, unchanged {min(t for t, _, _ in times[1:]):.2f} s"
            )
        for what in (("--form-only",), ()):
            (place / "big.bib").write_bytes(made_up(10_000))
            seconds, peak, status = command(
                "fix", *what, "--in-place", "--offline", "--quiet", "big.bib", cwd=place
            )
            print(
                f"fix {' '.join(what) or 'with the built-in catalogue'}, 10,000 entries: {seconds:.2f} s, {peak:.0f} MB, exit {status}"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
