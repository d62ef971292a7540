"""The hooks of the README on real bibliographies: run 1, run 2, the time over unchanged files, findings per 100 entries.

    python bench/hooks.py FOLDER [--take N] [--catalogue DIR]

FOLDER holds .bib files; the first N of them whose entries can all be read (default 5) go into a scratch repository with the
hooks in the order of the README, run by pre-commit with the installed citenorm, offline.  Then ``check`` and ``fix`` are timed
over 50 unchanged files, and the findings of ``check`` over all files of FOLDER, before and after ``fix``, are counted.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import yaml

import citenorm
from citenorm.checking import checked
from citenorm.errors import CitenormError
from citenorm.repairing import repair

ROOT = Path(__file__).parent.parent
BROKEN = {"malformed-entry", "duplicate-key", "not-utf8"}
"""What no program mends: a file with these is passed over where five are chosen for the hooks."""


def sound(path: Path, sources: citenorm.Sources) -> bool:
    try:
        made = checked(path, sources, form_only=True)
    except CitenormError:
        return False
    return made.references >= 10 and not BROKEN & {d.name for d in made.diagnostics}


def scratch(files: list[Path], folder: Path) -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    by_id = {hook["id"]: hook for hook in hooks}
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    listed = yaml.safe_load(page.partition("**As a hook.**")[2].split("```yaml")[1].split("```")[0])
    chosen = []
    for one in listed[0]["hooks"]:
        hook = by_id[one["id"]] | one | {"language": "system"}
        hook["entry"] = f"{sys.executable} -m {hook['entry']}"
        chosen.append(hook)
    config = {"repos": [{"repo": "local", "hooks": chosen}]}
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config, sort_keys=False))
    for file in files:
        (folder / file.name).write_bytes(file.read_bytes())
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)


def run(folder: Path, env: dict[str, str]) -> tuple[int, list[str], float]:
    subprocess.run(["git", "add", "-A"], cwd=folder, check=True)
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "run", "--all-files"],
        cwd=folder, env=env, capture_output=True, text=True,
    )  # fmt: skip
    lines = [line for line in done.stdout.splitlines() if line.endswith(("Passed", "Failed"))]
    return done.returncode, lines, time.perf_counter() - start


def timed(command: list[str], folder: Path, env: dict[str, str]) -> float:
    best = 9e9
    for _ in range(4):
        start = time.perf_counter()
        subprocess.run(command, cwd=folder, env=env, capture_output=True)
        best = min(best, time.perf_counter() - start)
    return best


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("folder", type=Path)
    args.add_argument("--take", type=int, default=5)
    args.add_argument("--catalogue", action="append", default=[])
    options = args.parse_args()
    files = sorted(options.folder.glob("*.bib"))
    with (
        tempfile.TemporaryDirectory() as home,
        citenorm.open_sources(offline=True, catalogues=tuple(options.catalogue)) as sources,
    ):
        env = os.environ | {
            "HOME": home, "PRE_COMMIT_HOME": f"{home}/pre-commit", "CITENORM_CACHE_DIR": f"{home}/cache",
            "XDG_DATA_HOME": f"{home}/data",
        }  # fmt: skip
        chosen = [f for f in files if sound(f, sources)][: options.take]
        folder = Path(home) / "repository"
        folder.mkdir()
        scratch(chosen, folder)
        print(", ".join(f.name for f in chosen))
        for number in (1, 2, 3):
            status, lines, seconds = run(folder, env)
            print(f"run {number}: exit {status}, {seconds:.1f} s: {'; '.join(lines)}")
        for file in chosen:
            left = [
                d for d in checked(folder / file.name, sources).diagnostics if d.severity != "note"
            ]
            print(
                f"  {file.name}: " + ("; ".join(f"{d.key}: {d.message}" for d in left) or "green")
            )
        fifty = Path(home) / "fifty"
        fifty.mkdir()
        for i in range(50):
            source = folder / chosen[i % len(chosen)].name
            (fifty / f"{i:02}-{source.name}").write_bytes(source.read_bytes())
        names = sorted(p.name for p in fifty.iterdir())
        for verb in (["check"], ["fix", "--in-place"]):
            command = [sys.executable, "-m", "citenorm", *verb, "--offline", *names]
            print(f"{verb[0]} over 50 unchanged files: {timed(command, fifty, env):.2f} s")
        table(files, sources)


def table(files: list[Path], sources: citenorm.Sources) -> None:
    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    entries = green = read = 0
    for file in files:
        try:
            first = checked(file, sources)
            second = checked(repair(file, sources).after, sources, name=file.name)
        except CitenormError:
            continue
        read += 1
        entries += first.references
        before.update(d.severity for d in first.diagnostics)
        after.update(d.severity for d in second.diagnostics)
        green += not any(d.severity != "note" for d in second.diagnostics)
    print(f"{read} files, {entries} entries; green after fix: {green}")
    for severity in ("error", "warning", "note"):
        per = [100 * counts[severity] / max(entries, 1) for counts in (before, after)]
        print(f"  {severity:<8} per 100 entries: {per[0]:6.1f} before fix, {per[1]:6.1f} after")


if __name__ == "__main__":
    main()
