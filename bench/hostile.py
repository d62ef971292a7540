"""Hostile files through the commands as people run them, on a terminal: no hang, no traceback, nothing that a terminal obeys.

    python bench/hostile.py FOLDER_OR_FILE… [--commands find,fix] [--seconds 10] [--memory 1024] [--out FILE]

Each command runs over each file in a process of its own whose output is a (pretended) terminal; it is forked from one that has the modules loaded, so that
the .3 seconds of loading them are not counted.  Wrong is

* more than ``--seconds`` seconds of processor time, its child processes with it (a second for files under 100 kB),
* more than ``--memory`` MB at its peak, in it or a child,
* a traceback, an end by a signal, an exit status beyond 2, a refusal without a line,
* a control character, an escape sequence or a mark of direction on the terminal,
* a file that appeared beside the document.

What was wrong is printed; exit status 1.  With ``--out`` every run becomes a line of that file.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import json
import os
import pty
import re
import resource
import sys
import threading
import traceback
import tty
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
OBEYED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
"""What a terminal obeys: all controls but tab and line ends, and the marks of direction."""
COLOUR = re.compile("\x1b\\[[0-9;]*[mK]|\r(?=\\S|$)")
"""What citenorm itself may send a terminal: colours, and a line written over."""
SMALL, SMALL_SECONDS = 100_000, 1.0


@dataclass(frozen=True, slots=True)
class Run:
    """One command over one file: exit status, seconds of processor time, peak in MB, and what was wrong with it."""

    command: str
    file: str
    status: int
    seconds: float
    megabytes: float
    wrong: list[str]


def on_a_terminal(words: list[str], folder: Path, most: float) -> tuple[int, bytes, resource.struct_rusage]:  # fmt: skip
    """(exit status, what came onto the terminal, what it cost)"""
    ours, theirs = pty.openpty()
    tty.setraw(theirs)
    number = os.fork()
    if not number:
        _run(words, folder, theirs, most)
    os.close(theirs)
    said: list[bytes] = []

    def listen() -> None:
        with contextlib.suppress(OSError):
            while part := os.read(ours, 1 << 16):
                said.append(part)

    listener = threading.Thread(target=listen)
    listener.start()
    _, status, cost = os.wait4(number, 0)
    listener.join(20)
    os.close(ours)
    return os.waitstatus_to_exitcode(status), b"".join(said), cost


def _run(words: list[str], folder: Path, terminal: int, most: float) -> None:
    """In a process of its own: the command, and the end."""
    status = 3
    try:
        os.chdir(folder)
        nowhere = os.open(os.devnull, os.O_RDONLY)
        for stream, of in ((0, nowhere), (1, terminal), (2, terminal)):
            os.dup2(of, stream)
        resource.setrlimit(resource.RLIMIT_CPU, (int(most), int(most) + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w")
        from citenorm.cli import main

        status = main(words)
        sys.stdout.flush()
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else 2
    except BaseException:
        traceback.print_exc()
    finally:
        with contextlib.suppress(OSError):
            sys.stderr.flush()
        os._exit(status)


def what_is_wrong(status: int, text: str, seconds: float, megabytes: float, size: int, args: argparse.Namespace) -> Iterator[str]:  # fmt: skip
    if seconds > args.seconds:
        yield f"hang: {seconds:.1f} s"
    elif size < SMALL and seconds > SMALL_SECONDS:
        yield f"slow: {seconds:.1f} s for {size} bytes"
    if megabytes > args.memory:
        yield f"memory: {megabytes:.0f} MB"
    if "Traceback (most recent call last)" in text:
        yield "traceback: " + text.strip().splitlines()[-1][:200]
    if status not in (0, 1, 2):
        yield f"exit {status}"
    if status == 2 and not text.strip():
        yield "refused without a line"
    if obeyed := OBEYED.search(COLOUR.sub("", text)):
        yield f"escape: {obeyed[0]!r} in {text[max(0, obeyed.start() - 40) : obeyed.end() + 40]!r}"


def tried(command: str, path: Path, args: argparse.Namespace) -> Run:
    folder = path.parent
    before = set(os.listdir(folder))
    words = [*command.split(), "--", path.name]
    status, said, cost = on_a_terminal(words, folder, args.seconds * 6)
    seconds, megabytes = cost.ru_utime + cost.ru_stime, cost.ru_maxrss / 1024
    size = path.stat().st_size if path.is_file() else 0
    text = said.decode("utf-8", "replace")
    wrong = list(what_is_wrong(status, text, seconds, megabytes, size, args))
    if new := set(os.listdir(folder)) - before:
        wrong.append(f"appeared: {sorted(new)[:3]}")
    return Run(command, path.name, status, round(seconds, 2), round(megabytes), wrong)


COMMANDS = {"find": "find", "fix": "fix --offline", "check": "check --offline", "explain": "explain --offline"}  # fmt: skip


def main() -> int:
    made = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    made.add_argument("paths", type=Path, nargs="+")
    made.add_argument("--commands", default="find,fix")
    made.add_argument("--seconds", type=float, default=10.0)
    made.add_argument("--memory", type=float, default=1024.0)
    made.add_argument("--out", type=Path)
    args = made.parse_args()
    from disk import load

    load()
    gc.freeze()  # what is loaded is not looked through again by every process
    os.environ["TERM"] = "xterm"
    paths = [q for p in args.paths for q in (sorted(p.iterdir()) if p.is_dir() else [p])]
    counts: Counter[str] = Counter()
    slowest = largest = 0.0
    with args.out.open("w") if args.out else contextlib.nullcontext() as out:
        for path in paths:
            for command in args.commands.split(","):
                run = tried(COMMANDS.get(command, command), path.resolve(), args)
                counts["wrong" if run.wrong else "refused" if run.status == 2 else "ok"] += 1
                slowest, largest = max(slowest, run.seconds), max(largest, run.megabytes)
                for wrong in run.wrong:
                    print(f"{run.command:<16} {run.file:<32} {wrong}", flush=True)
                if out:
                    print(json.dumps(asdict(run)), file=out, flush=True)
    print(f"{len(paths)} files: {dict(sorted(counts.items()))}; slowest {slowest:.1f} s, largest {largest:.0f} MB")  # fmt: skip
    return int(counts["wrong"] > 0)


if __name__ == "__main__":
    sys.exit(main())
