"""How many references of documents with known lists are found, cut exactly, and how many finds are none.

    python bench/find.py FOLDER [--kinds pdf,markdown] [--out-of-fold [--synthetic MADE]] [--gold bench/find_gold.json]

FOLDER/<kind>/manifest.jsonl, one document a line: {"file", "references": [{"raw", "title"?}], "complete"}.  A found string and a
known one are the same at a normalised Indel similarity of 0.90 after folding; one to one, best pairs first.  A reference whose
printed string is not known is found when its title stands in a found string.  Precision counts documents whose list is complete.
Prints a Markdown table.

--out-of-fold: each document is read with a model of lines (citenorm/find/line_tagger.json) that was trained without it and its
twins: the honest figure for the printed kinds, on which the model that is shipped was trained (five folds; needs python-crfsuite).
--synthetic: made documents that the model is trained on as well (``bench/synthetic_lists.py``).
--gold: corrections of known lists that are wrong, by document: {"kind/file": {"missing": [raw], "none": [raw], "skip": true, "why"}}.
"""

from __future__ import annotations

import argparse
import json
import tempfile
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


def rows_of(folder: Path, corrections: dict[str, Any]) -> list[dict[str, Any]]:
    """The documents of a kind with their known references, corrected."""
    rows = []
    for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        change = corrections.get(f"{folder.name}/{row['file']}", {})
        if change.get("skip"):
            continue
        none = {fold(raw) for raw in change.get("none", ())}
        known = [r for r in row["references"] if fold(r.get("raw") or "") not in none or not none]
        row["references"] = known + [{"raw": raw} for raw in change.get("missing", ())]
        rows.append(row)
    return rows


def score(folder: Path, rows: list[dict[str, Any]]) -> tuple[int, int, int, int, int, float]:
    """(documents, known, right, found in complete lists, right in complete lists, seconds)."""
    documents = known = right = found_complete = right_complete = 0
    start = time.process_time()
    for row in rows:
        try:
            found = [fold(r.raw) for r in citenorm.find(citenorm.read(folder / row["file"]))]
        except CitenormError:
            found = []
        hits = pairs(found, row["references"])
        documents, known, right = documents + 1, known + len(row["references"]), right + hits
        if row.get("complete", True):
            found_complete, right_complete = found_complete + len(found), right_complete + hits
    return documents, known, right, found_complete, right_complete, time.process_time() - start


def out_of_fold(
    folder: Path, kinds: list[str], corrections: dict[str, Any], made: Path | None
) -> dict[str, list[float]]:
    """``score`` of every kind, summed over the folds, each read with a model that does not know it."""
    from train_lines import KINDS, documents, fold_of, synthetic, train

    from citenorm.find import line_tagger

    rows, more = documents(folder, KINDS), synthetic(made)
    sums: dict[str, list[float]] = {kind: [0.0] * 6 for kind in kinds}
    with tempfile.TemporaryDirectory() as work:
        for number in range(FOLDS):
            known = [row for row in rows if fold_of(row[0], FOLDS) != number]
            model = train(known + more, str(Path(work) / "lines.crfsuite"))
            traits = {name: tuple(row) for name, row in model["traits"].items()}  # type: ignore[attr-defined]
            steps = tuple(map(tuple, model["steps"]))  # type: ignore[call-overload]
            line_tagger._model = lambda made=(traits, steps): made  # type: ignore[assignment, misc]
            for kind in kinds:
                mine = [
                    row
                    for row in rows_of(folder / kind, corrections)
                    if fold_of(row["file"], FOLDS) == number
                ]
                for i, value in enumerate(score(folder / kind, mine)):
                    sums[kind][i] += value
    return sums


FOLDS = 5


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--kinds", default="")
    options.add_argument("--out-of-fold", action="store_true")
    options.add_argument("--synthetic", type=Path)
    options.add_argument("--gold", type=Path)
    args = options.parse_args()
    kinds = (
        args.kinds.split(",")
        if args.kinds
        else sorted(p.parent.name for p in args.folder.glob("*/manifest.jsonl"))
    )
    corrections = json.loads(args.gold.read_text("utf-8")) if args.gold else {}
    folds = out_of_fold(args.folder, kinds, corrections, args.synthetic) if args.out_of_fold else {}
    print(
        "| kind | documents | references | recall | precision | documents/s |\n|---|---|---|---|---|---|"
    )
    for kind in kinds:
        figures = folds.get(kind) or score(
            args.folder / kind, rows_of(args.folder / kind, corrections)
        )
        n, known, right, found, right_there, seconds = figures
        precision = f"{right_there / found:.3f}" if found else "–"
        print(
            f"| {kind} | {n:.0f} | {known:.0f} | {right / max(known, 1):.3f} | {precision} | {n / max(seconds, 0.001):.0f} |"
        )


if __name__ == "__main__":
    main()
