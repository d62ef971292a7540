"""A long batch on this machine: rate at the beginning and the end, memory, and what kill -9 leaves.

    python bench/batch.py --catalogue DIR --work DIR [--number 1000000] [--jobs 2] [--kills 5] [--killed-number 50000]

References are rendered from records of the catalogue in five plain styles, every fifth with its author's initials or a word gone, and every tenth of a
work that no catalogue holds (halves of two titles).  Rates are rows a second of wall and of processor time; memory is the sum of what the
processes hold alone and their part of what they share (PSS), the most that was seen.

Kills: the same command on a part of the rows, killed with its processes at so many moments and begun again; the parts must be those of a run that was let be.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from citenorm.catalogue import Catalogue

_TICK = os.sysconf("SC_CLK_TCK")
PARTS = 40
"""Parts of a run that is killed."""


# ------------------------------------------------------------------ references
def names(item: dict[str, Any], initials: bool) -> str:
    people = []
    for person in item.get("author", ())[:6]:
        family = person.get("family") or person.get("literal") or ""
        given = person.get("given", "")
        given = " ".join(f"{part[0]}." for part in given.split() if part) if initials else given
        people.append(f"{family}, {given}" if given else family)
    return " and ".join(filter(None, [", ".join(people[:-1]), *people[-1:]]))


def rendered(item: dict[str, Any], style: int) -> str:
    issued = item.get("issued", {}).get("date-parts", [[""]])[0]
    year, venue = (issued[0] if issued else ""), item.get("container-title", "")
    who, title = names(item, style % 2 == 0), item["title"]
    volume, page, doi = item.get("volume", ""), item.get("page", ""), item.get("DOI", "")
    where = ", ".join(filter(None, [venue, str(volume), f"pp. {page}" if page else ""]))
    return " ".join(
        (
            f"{who} ({year}). {title}. {where}.",
            f"{who}. “{title}.” {where} ({year}).",
            f"{who}: {title}. In: {where} ({year})",
            f"{who}, {title}, {where}, {year}." + (f" doi:{doi}" if doi else ""),
            f"{who}. {year}. {title}. {venue}.",
        )[style].split()
    )


def references(catalogue: Catalogue, number: int) -> Iterator[str]:
    chance = random.Random(30)
    step = max(1, len(catalogue) // max(1, number))
    before = "Nothing of that kind"
    for n, (_, line) in enumerate(islice(cycle(islice(catalogue.records(), 0, None, step)), number)):  # fmt: skip
        item = json.loads(line)
        if n % 10 == 9:
            words, others = item["title"].split(), before.split()
            item = {**item, "title": " ".join(others[: len(others) // 2 + 1] + words[len(words) // 2 :]), "DOI": ""}  # fmt: skip
        elif n % 5 == 3:
            words = item["title"].split()
            del words[chance.randrange(len(words))]
            item = {**item, "title": " ".join(words) or item["title"]}
        before = item["title"]
        yield rendered(item, n % 5)


# ------------------------------------------------------------------ a run
def tree(root: int) -> list[int]:
    """A process and all below it."""
    above = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                above[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])  # fmt: skip
            except OSError:
                continue
    found = [root]
    for pid in found:
        found += [child for child, parent in above.items() if parent == pid]
    return found


def used(pids: list[int]) -> tuple[float, float]:
    """Processor seconds, and megabytes (PSS)."""
    seconds = megabytes = 0.0
    for pid in pids:
        try:
            stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue
        seconds += (int(stat[11]) + int(stat[12])) / _TICK
        megabytes += sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) / 1e3  # fmt: skip
    return seconds, megabytes


def started(source: Path, out: Path, options: argparse.Namespace, parts: int) -> subprocess.Popen[bytes]:  # fmt: skip
    command = [sys.executable, "-m", "citenorm", "batch", str(source), str(out), "--quiet", "--only-catalogue"]  # fmt: skip
    command += ["--catalogue", str(options.catalogue), "--jobs", str(options.jobs), "--partitions", str(parts)]  # fmt: skip
    return subprocess.Popen(command, start_new_session=True)


def made(out: Path) -> dict[str, bytes]:
    return {part.name: part.read_bytes() for part in sorted(out.glob("part-*"))}


def paced(marks: list[tuple[float, float, int]], low: float, high: float) -> tuple[float, float]:
    """Parts a second of wall and of processor time, between two shares of the run."""
    last = marks[-1][2]
    inside = [mark for mark in marks if low * last <= mark[2] <= high * last]
    (wall, processor, first), (wall2, processor2, second) = inside[0], inside[-1]
    return (second - first) / max(1e-9, wall2 - wall), (second - first) / max(1e-9, processor2 - processor)  # fmt: skip


def long_run(source: Path, options: argparse.Namespace) -> None:
    out, parts = options.work / "long", max(40, options.number // 5000)
    run = started(source, out, options, parts)
    marks, most, seen = [(time.monotonic(), 0.0, 0)], 0.0, 0
    while run.poll() is None:
        time.sleep(0.2 if options.number < 50_000 else 2.0)
        seconds, megabytes = used(tree(run.pid))
        most = max(most, megabytes)
        done = len(list(out.glob("part-*")))
        if done > seen:
            seen = done
            marks.append((time.monotonic(), seconds, done))
    size = options.number / parts
    print(f"{options.number:,} references in {parts} parts, {options.jobs} processes: status {run.returncode}, {marks[-1][0] - marks[0][0]:.0f} s, most memory {most:.0f} MB")  # fmt: skip
    rates = {name: paced(marks, low, high) for name, low, high in (("first tenth", 0.02, 0.12), ("last tenth", 0.88, 0.98), ("all but the start", 0.02, 1.0))}  # fmt: skip
    for name, (wall, processor) in rates.items():
        print(f"  {name}: {wall * size:.0f} rows/s, {processor * size:.0f} rows per second of processor time")  # fmt: skip
    one, two = rates["first tenth"], rates["last tenth"]
    print(f"  last to first: {two[0] / one[0]:.2f} (wall), {two[1] / one[1]:.2f} (processor)", flush=True)  # fmt: skip


def let_be(source: Path, out: Path, options: argparse.Namespace) -> tuple[float, float]:
    """A run to its end: seconds until its first part, and from there on."""
    begun = time.monotonic()
    run, first = started(source, out, options, PARTS), begun
    while run.poll() is None:
        time.sleep(0.05)
        if first == begun and any(out.glob("part-*")):
            first = time.monotonic()
    return first - begun, time.monotonic() - first


def killed(source: Path, options: argparse.Namespace) -> None:
    chance = random.Random(9)
    start, rest = let_be(source, options.work / "whole", options)
    out = options.work / "killed"
    for number in range(options.kills):
        run = started(source, out, options, PARTS)
        try:
            run.wait(start + rest * chance.uniform(0.2, 1.6) / (options.kills + 1))
        except subprocess.TimeoutExpired:
            os.killpg(run.pid, signal.SIGKILL)
            run.wait()
        print(f"  kill {number + 1}: {len(list(out.glob('part-*')))} of {PARTS} parts are there", flush=True)  # fmt: skip
    last = started(source, out, options, PARTS)
    last.wait()
    same = made(out) == made(options.work / "whole")
    left = [path.name for path in out.iterdir() if path.name.startswith(".")]
    print(f"{options.kills} kills: status {last.returncode}, {'the same rows, byte for byte' if same else 'OTHER ROWS'}; left over: {left or 'nothing'}")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0], epilog=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("--catalogue", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--number", type=int, default=1_000_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--killed-number", type=int, default=50_000)
    options = parser.parse_args()
    shutil.rmtree(options.work, ignore_errors=True)
    options.work.mkdir(parents=True)
    with Catalogue.open(options.catalogue) as catalogue:
        for name, number in (("long.txt", options.number), ("short.txt", options.killed_number)):
            lines = [line + "\n" for line in references(catalogue, number)]
            random.Random(4).shuffle(lines)  # else one source after the other
            (options.work / name).write_text("".join(lines), encoding="utf-8")
    if options.number:
        long_run(options.work / "long.txt", options)
    if options.kills:
        killed(options.work / "short.txt", options)


if __name__ == "__main__":
    main()
