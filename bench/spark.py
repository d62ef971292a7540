"""The Spark engine beside the local one, on the same strings, catalogue and number of processes.

    python bench/spark.py --strings FILE.txt --catalogue DIR --work DIR [--number N] [--parts N] [--only rows,killed,poisoned,full]

Runs ``citenorm batch`` on a ``local-cluster`` of two workers with one core each (needs citenorm[spark] and Java) and on two local processes.

* rows: every part of the one is a part of the other, byte for byte; rate from the first part to the last, and of the whole run.
* killed: an executor is killed (-9) when a third of the parts are there; the same parts.
* poisoned: one Parquet file of three is damaged inside; the others' parts are there, the message names the part.
* full: the output folder is on a file system of 1 MB (needs the right to mount); what is there is whole, and the second run, with room, has all.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

CLUSTER = "local-cluster[2,1,1024]"


def batch(
    source: Path, out: Path, catalogue: Path, parts: int, engine: str
) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "citenorm", "batch", str(source), str(out), "--engine", engine]
    command += [
        "--only-catalogue",
        "--catalogue",
        str(catalogue),
        "--partitions",
        str(parts),
        "--jobs",
        "2",
    ]
    environment = {
        **os.environ,
        "PYSPARK_SUBMIT_ARGS": f"--master {CLUSTER} pyspark-shell",
        "PYSPARK_PYTHON": sys.executable,
    }
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def ended(run: subprocess.Popen[str]) -> str:
    """The last line of the tool itself, with the exit status."""
    said, _ = run.communicate()
    lines = [line.rpartition("\r")[2].strip() for line in said.splitlines()]
    own = [line for line in lines if "citenorm:" in line or " rows in " in line]
    return f"status {run.returncode}: {own[-1] if own else lines[-1:]}"


def made(out: Path) -> dict[str, bytes]:
    return {part.name: part.read_bytes() for part in sorted(out.glob("part-*"))}


def paced(out: Path) -> float:
    """Rows a second from the first part's end to the last one's."""
    parts = sorted(out.glob("part-*"), key=lambda part: part.stat().st_mtime)
    rows = sum(part.read_bytes().count(b"\n") for part in parts[1:])
    return rows / max(1e-9, parts[-1].stat().st_mtime - parts[0].stat().st_mtime)


def executors(parent: int) -> list[int]:
    """Executor processes below ``parent``."""
    below, found = {parent}, []
    rows = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text().rpartition(")")[2].split()
                rows.append((int(entry.name), int(stat[1]), (entry / "cmdline").read_bytes()))
            except OSError:
                continue
    for _ in range(12):
        below |= {pid for pid, above, _ in rows if above in below}
    for pid, _, command in rows:
        if pid in below and b"CoarseGrainedExecutorBackend" in command and b"java" in command[:200]:
            found.append(pid)
    return sorted(found)


def rows(options: argparse.Namespace, local: dict[str, bytes], wall: float) -> None:
    out = options.work / "spark"
    start = time.monotonic()
    said = ended(batch(options.input, out, options.catalogue, options.parts, "spark"))
    took = time.monotonic() - start
    there = paced(options.work / "local")
    print(f"rows: {said}; {'the same bytes' if made(out) == local else 'OTHER BYTES'} in {len(local)} parts; whole run {took:.1f} s (local {wall:.1f} s)")  # fmt: skip
    print(f"      first to last part {paced(out):.0f} rows/s (local {there:.0f}): {paced(out) / there:.2f}")  # fmt: skip


def killed(options: argparse.Namespace, local: dict[str, bytes]) -> None:
    out = options.work / "killed"
    run = batch(options.input, out, options.catalogue, options.parts, "spark")
    victim = 0
    while run.poll() is None:
        there = executors(run.pid)
        if len(list(out.glob("part-*"))) >= options.parts // 3 and there:
            victim = there[0]
            os.kill(victim, signal.SIGKILL)
            break
        time.sleep(0.3)
    done = len(list(out.glob("part-*")))
    said = ended(run)
    same, drafts = made(out) == local, list(out.glob(".draft-*"))
    print(f"killed: executor {'killed' if victim else 'NOT FOUND'} at {done} of {options.parts} parts; {said}; {'the same bytes' if same else 'OTHER BYTES'}, {len(drafts)} drafts")  # fmt: skip


def poisoned(options: argparse.Namespace) -> None:
    import pyarrow as pa
    import pyarrow.parquet as parquet

    folder = options.work / "poisoned-in"
    folder.mkdir()
    lines = options.input.read_text("utf-8").splitlines()
    third = len(lines) // 3
    for n in range(3):
        table = pa.table({"raw": lines[n * third : (n + 1) * third]})
        parquet.write_table(table, folder / f"{n}.parquet")
    bad = folder / "1.parquet"
    data = bytearray(bad.read_bytes())
    data[200 : len(data) // 2] = bytes(len(data) // 2 - 200)
    bad.write_bytes(data)
    out = options.work / "poisoned"
    said = ended(batch(folder, out, options.catalogue, 3, "spark"))
    print(f"poisoned: parts {sorted(made(out))} of 3; {said}")


def full(options: argparse.Namespace, local: dict[str, bytes]) -> None:
    disk = options.work / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True).returncode:
        print("full: not run, nothing can be mounted here")
        return
    try:
        out = disk / "out"
        said = ended(batch(options.input, out, options.catalogue, options.parts, "spark"))
        first = made(out)
        whole = all(local[name] == part for name, part in first.items())
        print(f"full: {said}; {len(first)} parts, {'each whole' if whole else 'NOT WHOLE'}, {len(list(out.glob('.draft-*')))} drafts")  # fmt: skip
        subprocess.run(["mount", "-o", "remount,size=500m", str(disk)], check=True)
        said = ended(batch(options.input, out, options.catalogue, options.parts, "spark"))
        print(f"      with room: {said}; {'the same bytes' if made(out) == local else 'OTHER BYTES'}")  # fmt: skip
    finally:
        subprocess.run(["umount", str(disk)], check=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0], epilog=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("--strings", type=Path, required=True)
    parser.add_argument("--catalogue", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--number", type=int, default=4000)
    parser.add_argument("--parts", type=int, default=16)
    parser.add_argument("--only", default="rows,killed,poisoned,full")
    options = parser.parse_args()
    shutil.rmtree(options.work, ignore_errors=True)
    options.work.mkdir(parents=True)
    lines = options.strings.read_text("utf-8").splitlines()
    options.input = options.work / "strings.txt"
    chosen = (lines * (1 + options.number // len(lines)))[: options.number]
    options.input.write_text("".join(line + "\n" for line in chosen), "utf-8")
    start = time.monotonic()
    said = ended(batch(options.input, options.work / "local", options.catalogue, options.parts, "local"))  # fmt: skip
    wall = time.monotonic() - start
    local = made(options.work / "local")
    print(f"local: {said}", flush=True)
    for name in options.only.split(","):
        if name == "rows":
            rows(options, local, wall)
        elif name == "poisoned":
            poisoned(options)
        else:
            {"killed": killed, "full": full}[name](options, local)
        sys.stdout.flush()


if __name__ == "__main__":
    main()
