"""How far the sum of weights is from what its levels could tell at most: boosted trees on the same levels, on the same references.

    python bench/matching/bound.py FIT-PAIRS.jsonl CHOOSE-PAIRS.jsonl

The files are of ``pairs.py``.  The trees (scikit-learn, for this bench alone) learn from the first; both then take of each reference of the second
the record that they hold most likely, if it is likely enough.  At the bound of each at which as many of the works' own records are taken
as the sum takes at ``accept``: how often a lookalike is.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np

from citenorm.match.weights import weights

Line = dict[str, Any]


def lines_of(path: Path) -> list[Line]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def table(lines: list[Line], columns: dict[tuple[str, str], int]) -> tuple[Any, Any, Any, Any]:
    """Indicators of levels, labels (nan where not known), the reference of each pair, and the sum of weights."""
    w = weights()
    rows = [(i, r) for i, line in enumerate(lines) for r in line["rows"]]
    x = np.zeros((len(rows), len(columns)), dtype=np.float32)
    for n, (_, row) in enumerate(rows):
        for field, level in row["levels"]:
            if (at := columns.get((field, level))) is not None:
                x[n, at] = 1.0
    labels = np.array([np.nan if r["label"] is None else r["label"] for _, r in rows], float)
    sums = np.array([w.prior + sum(w.of(f, level) for f, level in r["levels"]) for _, r in rows])
    return x, labels, np.array([i for i, _ in rows]), sums


def taken(score: Any, labels: Any, group: Any, own: Any) -> tuple[Any, Any]:
    """The greatest score of each reference whose label is known: of those whose own records are there and right, and of lookalikes."""
    right, wrong = [], []
    for g in np.unique(group):
        mine = np.flatnonzero(group == g)
        top = mine[np.argmax(score[mine])]
        if own[g] and labels[top] == 1:
            right.append(score[top])
        elif not own[g] and labels[top] == 0:
            wrong.append(score[top])
    return np.sort(right), np.sort(wrong)


def main() -> None:
    from sklearn.ensemble import HistGradientBoostingClassifier

    options = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    options.add_argument("fit", type=Path)
    options.add_argument("choose", type=Path)
    given = options.parse_args()
    learn, test = lines_of(given.fit), lines_of(given.choose)
    found = {(f, level) for line in learn for r in line["rows"] for f, level in r["levels"]}
    columns = {key: i for i, key in enumerate(sorted(found))}
    x, y, _, _ = table(learn, columns)
    known = ~np.isnan(y)
    trees = HistGradientBoostingClassifier(max_iter=300, learning_rate=0.06, random_state=1)
    trees.fit(x[known], y[known])
    x, y, group, sums = table(test, columns)
    own = [line["set"] == "own" for line in test]
    asked = sum(own), len(own) - sum(own)
    w = weights()
    accept = min(s for s, p in w.calibration if p >= w.accept)
    scores = {"sum of weights": sums, "boosted trees": trees.predict_proba(x)[:, 1]}
    least = None
    for name, score in scores.items():
        right, wrong = taken(score, y, group, own)
        if least is None:
            least = int((right >= accept).sum())
        bound = right[len(right) - min(least, len(right))]
        print(
            f"{name}: own work {least / asked[0]:.4f}, lookalikes {(wrong >= bound).sum() / asked[1]:.4f}"
        )


if __name__ == "__main__":
    main()
