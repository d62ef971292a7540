"""How many references of documents with known lists are found, cut exactly, and how many finds are none.

    python bench/find.py FOLDER [--kinds pdf,markdown]

FOLDER/<kind>/manifest.jsonl, one document a line: {"file", "references": [{"raw", "title"?}], "complete"}.  A found string and a
known one are the same at a normalised Indel similarity of 0.90 after folding; one to one, best pairs first.  A reference whose
printed string is not known is found when its title stands in a found string.  Precision counts documents whose list is complete.
Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

import citenorm
from citenorm.errors import CitenormError
from citenorm.normalize.text import fold

EXACT = 90.0


def pairs(found: list[str], known: list[dict[str, Any]]) -> int:
    """How many known references have a found string of their own."""
    wanted = [fold(k.get("raw") or "") for k in known]
    scores: list[tuple[float, int, int]] = []
    if found and wanted:
        table = process.cdist(wanted, found, scorer=fuzz.ratio, score_cutoff=EXACT)
        scores = [
            (float(table[i][j]), i, j)
            for i in range(len(wanted))
            for j in range(len(found))
            if wanted[i] and table[i][j] >= EXACT
        ]
    for i, k in enumerate(known):
        title = fold(k.get("title") or "")
        if not wanted[i] and title:
            scores += [
                (99.0, i, j)
                for j, f in enumerate(found)
                if len(f) <= 8 * len(title) and fuzz.partial_ratio(title, f) >= EXACT
            ]
    taken_known: set[int] = set()
    taken_found: set[int] = set()
    for _, i, j in sorted(scores, key=lambda s: (-s[0], s[1], s[2])):
        if i not in taken_known and j not in taken_found:
            taken_known.add(i)
            taken_found.add(j)
    return len(taken_known)


def score(folder: Path) -> tuple[int, int, int, int, int, float]:
    """(documents, known, right, found in complete lists, right in complete lists, seconds)."""
    documents = known = right = found_complete = right_complete = 0
    start = time.process_time()
    for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        try:
            found = [fold(r.raw) for r in citenorm.find(citenorm.read(folder / row["file"]))]
        except CitenormError:
            found = []
        hits = pairs(found, row["references"])
        documents, known, right = documents + 1, known + len(row["references"]), right + hits
        if row.get("complete", True):
            found_complete, right_complete = found_complete + len(found), right_complete + hits
    return documents, known, right, found_complete, right_complete, time.process_time() - start


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--kinds", default="")
    args = options.parse_args()
    kinds = (
        args.kinds.split(",")
        if args.kinds
        else sorted(p.parent.name for p in args.folder.glob("*/manifest.jsonl"))
    )
    print(
        "| kind | documents | references | recall | precision | documents/s |\n|---|---|---|---|---|---|"
    )
    for kind in kinds:
        n, known, right, found, right_there, seconds = score(args.folder / kind)
        precision = f"{right_there / found:.3f}" if found else "–"
        print(
            f"| {kind} | {n} | {known} | {right / max(known, 1):.3f} | {precision} | {n / seconds:.0f} |"
        )


if __name__ == "__main__":
    main()
