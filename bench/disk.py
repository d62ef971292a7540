"""Files that are being written when something goes wrong: before or after, never between.

    python bench/disk.py [--kills 100] [--full 20] [--writers 50] [--seed 1]

* ``fix --in-place`` of a ``.bib`` file, ``lock`` and ``catalogue add`` are killed (SIGKILL) at moments spread over their run;
* the same with less and less room for what they write (a limit on the size of files stands for a full disk);
* two ``fix --in-place`` of one file at the same time, and two ``lock`` runs over different files.

After each the file holds what stood there before or what a whole run writes, and nothing is left beside it that a next run would stumble over (a run after it succeeds).  Exit status 1 where that does not hold.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STUDENT = ROOT / "tests" / "data" / "bib_student.bib"
RECORDS = ROOT / "tests" / "data" / "catalogue" / "small.csl.jsonl"
Start = Callable[..., "subprocess.Popen[bytes]"]


class Case:
    """A command that changes one file: the folder it works in, the command, and how its result is read."""

    def __init__(self, name: str, folder: Path, command: list[str], read: Callable[[], bytes]) -> None:  # fmt: skip
        self.name, self.folder, self.command, self.read = name, folder, command, read
        self._kept = folder.with_name(folder.name + ".before")
        shutil.copytree(folder, self._kept)
        self.before = read()
        began = time.monotonic()
        assert self.run().wait() in (0, 1), name
        self.seconds = time.monotonic() - began
        self.after = read()
        assert self.before != self.after, f"{name} changes nothing"
        self.reset()

    def reset(self) -> None:
        shutil.rmtree(self.folder)
        shutil.copytree(self._kept, self.folder)

    def run(self, most: int = 0) -> subprocess.Popen[bytes]:
        def limit() -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

        return subprocess.Popen(
            [sys.executable, "-m", "citenorm", *self.command], cwd=self.folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=limit if most else None,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        )  # fmt: skip

    def state(self) -> str:
        now = self.read()
        return "before" if now == self.before else "after" if now == self.after else "BETWEEN"

    def works_still(self) -> bool:
        return self.run().wait() in (0, 1) and self.read() == self.after


def cases(home: Path) -> list[Case]:
    made = []
    for name in ("fix", "lock", "catalogue"):
        (home / name).mkdir()
    shutil.copy(STUDENT, home / "fix" / "a.bib")
    shutil.copy(STUDENT, home / "lock" / "a.bib")
    made.append(Case("fix --in-place", home / "fix", ["fix", "--in-place", "--offline", "a.bib"], lambda: (home / "fix" / "a.bib").read_bytes()))  # fmt: skip
    made.append(Case("lock", home / "lock", ["lock", "--offline", "a.bib"], lambda: _bytes(home / "lock" / "citenorm.lock")))  # fmt: skip
    cat = home / "catalogue" / "c"
    first = home / "first.jsonl"
    lines = RECORDS.read_text("utf-8").splitlines()
    first.write_text(lines[0] + "\n", encoding="utf-8")
    subprocess.run([sys.executable, "-m", "citenorm", "catalogue", "build", str(cat), str(first)], check=True, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)})  # fmt: skip
    made.append(Case("catalogue add", home / "catalogue", ["catalogue", "add", "c", str(RECORDS)], lambda: _ids(cat)))  # fmt: skip
    return made


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def _ids(folder: Path) -> bytes:
    """What a catalogue holds, after every byte of it was verified."""
    sys.path.insert(0, str(ROOT))
    from citenorm.catalogue import Catalogue, verify

    problems = verify(folder)
    if problems:
        return "\n".join(problems).encode()
    with Catalogue.open(folder) as catalogue:
        info = catalogue.info()
    return repr((info["records"], info.get("works"))).encode()


def killed(case: Case, times: int, rnd: random.Random) -> Counter[str]:
    seen: Counter[str] = Counter()
    for n in range(times):
        run = case.run()
        time.sleep(max(0.0, case.seconds * (0.5 + 0.6 * (n + rnd.random()) / times)))
        run.send_signal(signal.SIGKILL)
        run.wait()
        seen[case.state()] += 1
        if n % 10 == 0:
            seen["works after" if case.works_still() else "BROKEN AFTER"] += 1
        case.reset()
    return seen


def full(case: Case, times: int) -> Counter[str]:
    seen: Counter[str] = Counter()
    most = max(len(case.after), 2_000)
    for n in range(times):
        case.run(max(1, most * n // times)).wait()
        seen[case.state()] += 1
        case.reset()
    return seen


def two_writers(case: Case, times: int, rnd: random.Random) -> Counter[str]:
    seen: Counter[str] = Counter()
    for _ in range(times):
        first = case.run()
        time.sleep(rnd.random() * 0.2)
        second = case.run()
        first.wait()
        second.wait()
        seen[case.state()] += 1
        case.reset()
    return seen


def main() -> int:
    made = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    made.add_argument("--kills", type=int, default=100)
    made.add_argument("--full", type=int, default=20)
    made.add_argument("--writers", type=int, default=50)
    made.add_argument("--seed", type=int, default=1)
    made.add_argument("--only", default="")
    args = made.parse_args()
    rnd, bad = random.Random(args.seed), 0
    with tempfile.TemporaryDirectory() as home:
        for case in cases(Path(home)):
            if args.only and args.only not in case.name:
                continue
            for what, seen in (
                ("killed", killed(case, args.kills, rnd)),
                ("disk full", full(case, args.full)),
                ("two writers", two_writers(case, args.writers, rnd)),
            ):
                print(f"{case.name:<16} {what:<12} {dict(sorted(seen.items()))}", flush=True)
                bad += sum(n for state, n in seen.items() if state.isupper())
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
