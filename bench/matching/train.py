"""Pairs labelled by ``pairs.py`` in, ``citenorm/match/weights.toml`` out.

    python bench/matching/train.py PAIRS.jsonl --heavy title-variants=2 [--out FILE] [--pull 1.0]

Logistic regression over indicators "field is at level", by Newton steps, with a quadratic pull of every weight
towards the one in ``start.toml``: a level that the pairs show rarely keeps what was set by hand.  The
probabilities are then calibrated on the best record of each reference, with weights fitted on the other nine
tenths of the references, by pooling adjacent violators.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from citenorm.match.weights import Weights, read_weights

HERE = Path(__file__).resolve().parents[2] / "citenorm" / "match" / "weights.toml"
START = Path(__file__).resolve().parent / "start.toml"
FIRM = ("number", "kind", "form")
"""Fields in which a difference nearly always means another work; the few labels against that are noise, so what was set by hand holds."""
Key = tuple[str, str]
LN2 = math.log(2)


@dataclass(frozen=True)
class Table:
    """Pairs as a matrix of indicators ``x`` with labels ``y``, importance ``w`` and the reference each belongs to."""

    keys: list[Key]
    x: Any
    y: Any
    w: Any
    group: Any


def table_of(lines: list[dict[str, Any]], heavy: dict[str, float]) -> Table:
    keys = sorted(
        {(field, level) for line in lines for r in line["rows"] for field, level in r["levels"]}
    )
    at = {k: i for i, k in enumerate(keys)}
    rows, labels, weights, groups = [], [], [], []
    for g, line in enumerate(lines):
        for r in line["rows"]:
            if r["label"] is None or len(r["levels"]) < 2:
                continue
            rows.append([at[field, level] for field, level in r["levels"]])
            labels.append(r["label"])
            weights.append(heavy.get(line["set"], 1.0))
            groups.append(g)
    x = np.zeros((len(rows), len(keys) + 1), dtype=np.float32)
    x[:, -1] = 1.0
    for i, found in enumerate(rows):
        x[i, found] = 1.0
    return Table(keys, x, np.array(labels, dtype=np.float64), np.array(weights), np.array(groups))


def fit(t: Table, start: Any, pull: Any, keep: Any = None) -> Any:
    """Weights (natural log odds) that fit best, with the quadratic pull towards ``start``."""
    x, y, w = (t.x, t.y, t.w) if keep is None else (t.x[keep], t.y[keep], t.w[keep])
    x = x.astype(np.float64)

    def loss(at: Any) -> float:
        z = np.clip(x @ at, -500, 500)
        return float(w @ (np.logaddexp(0, z) - y * z) + 0.5 * pull @ (at - start) ** 2)

    b, now = start.copy(), loss(start)
    for _ in range(60):
        p = 1 / (1 + np.exp(-np.clip(x @ b, -40, 40)))
        gradient = x.T @ (w * (p - y)) + pull * (b - start)
        hessian = (x * (w * p * (1 - p))[:, None]).T @ x + np.diag(pull)
        step = np.linalg.solve(hessian, gradient)
        size = 1.0
        while size > 1e-6 and loss(b - size * step) > now:
            size /= 2
        b = b - size * step
        now = loss(b)
        if np.abs(size * step).max() < 1e-6:
            break
    return b


def pooled(score: Any, hit: Any) -> list[tuple[float, float]]:
    """Isotonic regression as a few ``(weight, probability)`` points."""
    order = np.argsort(score, kind="stable")
    blocks: list[list[float]] = []  # sum of hits, count, sum of scores
    for s, h in zip(score[order], hit[order], strict=True):
        blocks.append([float(h), 1.0, float(s)])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] >= blocks[-1][0] / blocks[-1][1]:
            last = blocks.pop()
            blocks[-1] = [a + b for a, b in zip(blocks[-1], last, strict=True)]
    points: list[tuple[float, float]] = []
    for hits, count, total in blocks:
        p = (hits + 0.3) / (count + 0.6)
        if points and p - points[-1][1] < 0.004:
            continue
        points.append((round(total / count, 2), round(min(max(p, 0.0005), 0.9995), 4)))
    return points


def write(
    path: Path,
    old: Weights,
    keys: list[Key],
    b: Any,
    points: list[tuple[float, float]],
    seen: Counter[Key],
    note: str,
) -> None:
    levels: dict[str, dict[str, float]] = {f: dict(t) for f, t in old.levels.items()}
    for (field, level), value in zip(keys, b[:-1] / LN2, strict=True):
        levels.setdefault(field, {})[level] = round(float(value), 2)
    lines = [
        "# Log2 odds per field and level: how much a level says for (or, below 0, against) the record being the work meant.",
        "# Written by bench/matching/train.py; behind each weight the number of pairs that showed the level.",
        f"# {note}",
        f"prior = {b[-1] / LN2:.2f}", "", "[decide]", "# least probability of a match, and least share of it that the next other work may not reach",
        f"accept = {old.accept}", f"margin = {old.margin}", "", "[calibration]", "# sum of weights, probability", f"points = {json.dumps(points)}",
    ]  # fmt: skip
    for field, table in levels.items():
        lines += ["", f"[levels.{field}]"]
        lines += [
            f"{json.dumps(k)} = {v}  # {seen[field, k]}"
            for k, v in sorted(table.items(), key=lambda kv: (-kv[1], kv[0]))
        ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    options.add_argument("pairs", nargs="+")
    options.add_argument("--out", type=Path, default=HERE)
    options.add_argument("--start", type=Path, default=START, help="weights to be pulled towards")
    options.add_argument("--pull", type=float, default=1.0)
    options.add_argument("--heavy", action="append", default=[], metavar="SET=W")
    given = options.parse_args()
    lines = [
        json.loads(x) for p in given.pairs for x in Path(p).read_text(encoding="utf-8").splitlines()
    ]
    t = table_of(lines, {k: float(v) for k, v in (h.split("=") for h in given.heavy)})
    old = read_weights(given.start.read_text(encoding="utf-8"))
    start = np.array([old.of(field, level) for field, level in t.keys] + [old.prior]) * LN2
    pull = np.full(len(start), given.pull)
    pull[:-1][[field in FIRM for field, _ in t.keys]] *= 15
    pull[-1] = 0.01
    seen = Counter(
        (field, level)
        for line in lines
        for r in line["rows"]
        for field, level in r["levels"]
        if r["label"] is not None
    )
    score, hit, which = [], [], []
    best_of = np.zeros(len(t.y))
    for fold in range(5):
        keep = t.group % 5 != fold
        b = fit(t, start, pull, keep)
        best_of[~keep] = t.x[~keep] @ b / LN2
    for g in np.unique(t.group):
        mine = np.flatnonzero(t.group == g)
        top = mine[np.argmax(best_of[mine])]
        score.append(best_of[top])
        hit.append(t.y[top])
        which.append(lines[g]["set"])
    points = pooled(np.array(score), np.array(hit))
    b = fit(t, start, pull)
    wrong = Counter(w for s, h, w in zip(score, hit, which, strict=True) if s > 0 and not h)
    note = f"{len(lines)} references, {len(t.y)} pairs, {int(t.y.sum())} of them meant."
    write(given.out, old, t.keys, b, points, seen, note)
    print(note, "cross-validated: above 0 and wrong", dict(wrong))


if __name__ == "__main__":
    main()
