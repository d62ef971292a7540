"""Files that are being written when something goes wrong: before or after, never between.

    python bench/disk.py [--kills 100] [--full 20] [--writers 50] [--seed 1]

* ``fix --in-place`` of a ``.bib`` file, ``lock`` and ``catalogue add`` are killed (SIGKILL): one half at the n-th thing that they do to a file (opening it to
  write, renaming, removing …, each in turn), the other at moments spread over their run;
* the same with less and less room for what they write (a limit on the size of files stands for a full disk);
* two ``fix --in-place`` of one file at the same time, and two ``lock`` runs over different files.

After each the file holds what stood there before or what a whole run writes, and nothing is left beside it that a next run would stumble over (a run after it succeeds).
Exit status 1 where that does not hold.  Every run is a process of its own, forked from one that has the modules loaded.
"""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
STUDENT = ROOT / "tests" / "data" / "bib_student.bib"
RECORDS = ROOT / "tests" / "data" / "catalogue" / "small.csl.jsonl"
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
EVENTS = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.chmod", "os.truncate", "fcntl.flock", "shutil.rmtree")  # fmt: skip
"""What changes files, beside opening them to write, as Python's audit events tell it."""


def load() -> None:
    """Every module but the commands' entry, so that a forked run begins at once."""
    import citenorm

    for module in pkgutil.walk_packages(citenorm.__path__, "citenorm."):
        if not any(part in module.name for part in ("spark", "__main__", "server", "pdf_worker")):
            importlib.import_module(module.name)


class Case:
    """A command that changes one file: the folder it works in, the command, and how its result is read."""

    def __init__(self, name: str, folder: Path, commands: list[list[str]], read: Callable[[], bytes]) -> None:  # fmt: skip
        self.name, self.folder, self.commands, self.read = name, folder, commands, read
        self._kept = folder.with_name(folder.name + ".before")
        shutil.copytree(folder, self._kept)
        self.states = {read(): "before"}
        counted = folder.with_name(folder.name + ".events")
        began = time.monotonic()
        for command in commands:
            assert ended(self.run(command, count=counted)) in (0, 1), name
            self.states.setdefault(read(), "after")
        self.seconds = (time.monotonic() - began) / len(commands)
        self.events = int(counted.read_text())
        self.last = read()
        print(name, self.events, "things done to files", file=sys.stderr)
        assert len(self.states) > 1, f"{name} changes nothing"
        self.reset()

    def reset(self) -> None:
        shutil.rmtree(self.folder)
        shutil.copytree(self._kept, self.folder)

    def run(self, command: list[str] | None = None, most: int = 0, die_at: int = 0, count: Path | None = None) -> int:  # fmt: skip
        """The number of a process that runs the command: with files of at most ``most`` bytes, or killed at the ``die_at``-th event."""
        number = os.fork()
        if number:
            return number
        status = 2
        try:
            os.chdir(self.folder)
            nowhere = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(nowhere, stream)
            if most:
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
            seen = _counting(die_at)
            from citenorm.cli import main

            status = main([*(command or self.commands[0])])
            if count:
                count.write_text(str(seen[0]))
        finally:
            os._exit(status)

    def state(self) -> str:
        return self.states.get(self.read(), "BETWEEN")

    def works_still(self) -> bool:
        return all(ended(self.run(c)) in (0, 1) for c in self.commands) and self.read() == self.last


def _counting(die_at: int) -> list[int]:
    """The number of things done to files so far; at the ``die_at``-th the process is killed."""
    seen = [0]

    def hook(event: str, told: tuple[object, ...]) -> None:
        opened = event == "open" and isinstance(told[2], int) and told[2] & WRITES
        if opened or event in EVENTS:
            seen[0] += 1
            if seen[0] == die_at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    return seen


def ended(number: int) -> int:
    """Exit status of a run, below zero where a signal ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])


def cases(home: Path) -> list[Case]:
    made = []
    for name in ("fix", "lock", "catalogue"):
        (home / name).mkdir()
    text = STUDENT.read_text("utf-8")
    (home / "fix" / "a.bib").write_text(text, encoding="utf-8")
    (home / "lock" / "a.bib").write_text(text, encoding="utf-8")
    (home / "lock" / "b.bib").write_text(text.replace("{", "{x", 3), encoding="utf-8")
    made.append(Case("fix --in-place", home / "fix", [["fix", "--in-place", "--offline", "a.bib"]], lambda: (home / "fix" / "a.bib").read_bytes()))  # fmt: skip
    locks = [["lock", "--offline", name] for name in ("a.bib", "b.bib")]
    made.append(Case("lock", home / "lock", locks, lambda: _bytes(home / "lock" / "citenorm.lock")))
    cat = home / "catalogue" / "c"
    first = home / "first.jsonl"
    lines = RECORDS.read_text("utf-8").splitlines()
    first.write_text(lines[0] + "\n", encoding="utf-8")
    from citenorm.cli import main

    number = os.fork()
    if not number:
        os._exit(main(["catalogue", "build", str(cat), str(first), "--quiet"]))
    assert ended(number) == 0
    made.append(Case("catalogue add", home / "catalogue", [["catalogue", "add", "c", str(RECORDS)]], lambda: _ids(cat)))  # fmt: skip
    return made


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def _ids(folder: Path) -> bytes:
    """What a catalogue holds, after every byte of it was verified; asked by a process of its own, since its engine has threads."""
    ours, theirs = os.pipe()
    number = os.fork()
    if not number:
        try:
            from citenorm.catalogue import Catalogue, verify

            problems = verify(folder)
            with Catalogue.open(folder) as catalogue:
                info = catalogue.info()
            told = repr((problems, info["records"], info.get("works")))
        except Exception as error:  # it is told apart from both states
            told = repr(error)
        os.write(theirs, told.encode()[:4000])
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours, "rb") as said:
        found = said.read()
    ended(number)
    return found


def killed(case: Case, times: int, rnd: random.Random) -> Counter[str]:
    seen: Counter[str] = Counter()
    for n in range(times):
        if n % 2:
            run = case.run(die_at=1 + (n // 2) % case.events)
        else:
            run = case.run()
            time.sleep(max(0.0, case.seconds * (0.1 + 1.1 * (n + rnd.random()) / times)))
            os.kill(run, signal.SIGKILL)
        ended(run)
        seen[case.state()] += 1
        if n % 10 == 1:
            seen["works after" if case.works_still() else "BROKEN AFTER"] += 1
        case.reset()
    return seen


def full(case: Case, times: int) -> Counter[str]:
    seen: Counter[str] = Counter()
    most = max(len(case.last), 2_000)
    for n in range(times):
        ended(case.run(most=max(1, most * n // times)))
        seen[case.state()] += 1
        case.reset()
    return seen


def two_writers(case: Case, times: int, rnd: random.Random) -> Counter[str]:
    """Both at once: all commands of the case (or the one twice); all that they do is there afterwards."""
    seen: Counter[str] = Counter()
    for _ in range(times):
        first = case.run(case.commands[0])
        time.sleep(rnd.random() * 0.2 * case.seconds)
        second = case.run(case.commands[-1])
        statuses = ended(first), ended(second)
        state = case.state()
        lost = case.read() != case.last and all(status in (0, 1) for status in statuses)
        seen["LOST" if lost else state] += 1
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
    load()
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
