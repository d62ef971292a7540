"""How well and how fast references are parsed, beside the peers, as the table of docs/accuracy.md.

    python bench/parse.py --scorer eval_parse.py --data DEV_DIR [--names names.jsonl.gz] [--cmd citenorm]

``--scorer``: the program that compares fields with the gold (it runs ``CMD parse --lines FILE``); ``--data``: folder of labelled files.
Prints Markdown: field micro-F1 / share of references with every field right, then speed and memory of the command on one core.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import shlex
import subprocess
import sys
import tempfile
import time
from pathlib import Path

# AnyStyle 1.6.0 with its own model, measured with the same scorer on the same files; its own sets are marked.
ANYSTYLE = {
    "styles": (0.926, 0.695), "grobid": (0.748, 0.385), "grobid-cjk": (0.727, 0.261), "jats-plos": (0.826, 0.410), "jats-publishers": (0.791, 0.222),
    "excite-en": (0.885, 0.624), "excite-de": (0.762, 0.340), "parscit-cs": (0.931, 0.781), "parscit-humanities": (0.835, 0.560),
    "anystyle-good": (0.962, 0.841), "anystyle-gold": (0.982, 0.921),
}  # fmt: skip
# A plain conditional random field (python-crfsuite) on the same training files.
PLAIN_CRF = {
    "styles": (0.930, 0.611), "grobid": (0.938, 0.745), "grobid-cjk": (0.915, 0.707), "jats-plos": (0.928, 0.698), "jats-publishers": (0.952, 0.760),
    "excite-en": (0.921, 0.721), "excite-de": (0.853, 0.520), "parscit-cs": (0.942, 0.787), "parscit-humanities": (0.865, 0.430),
    "anystyle-good": (0.949, 0.763), "anystyle-gold": (0.953, 0.766),
}  # fmt: skip
WHAT = {
    "styles": "12 CSL styles", "grobid": "publishers, physics, OCR", "grobid-cjk": "Korean, Chinese, Japanese", "jats-plos": "PLOS", "jats-publishers": "nine publishers",
    "excite-en": "social science", "excite-de": "German, footnotes", "parscit-cs": "computer science", "parscit-humanities": "classics",
    "anystyle-good": "AnyStyle's own", "anystyle-gold": "AnyStyle's own",
}  # fmt: skip
ANYSTYLE_NAMES = 0.527
ANYSTYLE_SPEED = 444


def score(args: argparse.Namespace) -> dict[str, object]:
    """Run the scorer; its figures."""
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "figures.json")
        command = [
            sys.executable,
            str(args.scorer),
            "--cmd",
            args.cmd,
            "--json",
            out,
            "--no-speed",
            "--data",
            str(args.data),
        ]
        if args.names:
            command += ["--names", str(args.names)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return json.loads(Path(out).read_text(encoding="utf-8"))


def lines_of(data: Path) -> list[str]:
    lines = []
    for path in sorted(data.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as rows:
            lines += [" ".join(json.loads(row)["raw"].split()) for row in rows]
    return lines


def speed(cmd: str, lines: list[str]) -> tuple[float, float]:
    """Seconds and peak megabytes of one run on one core."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write("".join(line + "\n" for line in lines))
        file.flush()

        def alone() -> None:
            if hasattr(os, "sched_setaffinity"):
                os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

        begun = time.perf_counter()
        process = subprocess.Popen(
            [*shlex.split(cmd), "parse", "--lines", file.name],
            stdout=subprocess.DEVNULL,
            preexec_fn=alone,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{cmd} parse failed with {process.returncode}")
    return time.perf_counter() - begun, usage.ru_maxrss / (1 if sys.platform == "darwin" else 1024)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--names", type=Path)
    parser.add_argument(
        "--more",
        type=Path,
        help="another folder of labelled files, whose strings the batch for the speed is filled up with",
    )
    parser.add_argument("--cmd", default="citenorm")
    args = parser.parse_args()
    figures = score(args)
    sources = figures["sources"]
    print("| references (number) | citenorm | AnyStyle 1.6.0 | plain CRF |\n|---|---|---|---|")
    for name, what in WHAT.items():
        if name in sources:
            ours = sources[name]
            cells = [
                f"**{ours['f1']:.3f} / {ours['whole']:.3f}**",
                *(f"{a:.3f} / {b:.3f}" for a, b in (ANYSTYLE[name], PLAIN_CRF[name])),
            ]
            print(f"| {name}: {what} ({ours['n']}) | " + " | ".join(cells) + " |")
    if "names" in figures:
        everything = figures["names"]["all"]
        print(
            f"| whole lists of names ({everything['lists']}) | **{everything['right']:.3f}** | {ANYSTYLE_NAMES:.3f} | – |"
        )
    lines = sorted(set(lines_of(args.data)) | (set(lines_of(args.more)) if args.more else set()))
    start = min(speed(args.cmd, lines[:1])[0] for _ in range(3))
    print(
        f"\nOne core; start-up {start:.2f} s.\n\n| distinct references | references/s | peak memory, MB |\n|---|---|---|"
    )
    for count in (10, 500, 5000, 20_000):
        if count <= len(lines):
            step = len(lines) // count
            runs = [speed(args.cmd, lines[:: step or 1][:count]) for _ in range(3)]
            best = min(seconds for seconds, _ in runs)
            rate = (
                f"{best:.2f} s in all"
                if count == 10
                else f"{count / max(1e-3, best - start):,.0f} (AnyStyle: {ANYSTYLE_SPEED})"
            )
            print(f"| {count:,} | {rate} | {max(memory for _, memory in runs):.0f} |")
    print(
        f"\n({resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime:.0f} s of processor time for all of this.)",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
