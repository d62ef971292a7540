"""Pairs labelled by ``pairs.py`` in, ``citenorm/match/weights.toml`` out.

    python bench/matching/train.py PAIRS.jsonl [MATERIAL.jsonl …] --heavy title-variants=2 [--out FILE] [--pull 1.0]

Logistic regression over indicators "field is at level", by Newton steps, with a quadratic pull of every weight
towards the one in ``start.toml``: a level that the pairs show rarely keeps what was set by hand.  The weights of a field's
levels keep the order that the levels have of themselves (``Level.chains``): what breaks it costs in the fit, and what is left
of that is pooled.  The probabilities are then calibrated on the best record of each reference, with weights fitted on the other
four fifths of the references, by pooling adjacent violators.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from citenorm.match.fields import LEVELS
from citenorm.match.weights import Weights, read_weights, with_start

HERE = Path(__file__).resolve().parents[2] / "citenorm" / "match" / "weights.toml"
START = Path(__file__).resolve().parent / "start.toml"
FIRM = ("number", "kind", "form")
PLACED = "another place in the venue"
"""Fields in which a difference nearly always means another work; the few labels against that are noise, so what was set by hand holds; so does the title
in another volume of its journal."""
Key = tuple[str, str]
LN2 = math.log(2)
STEP = 0.05 * LN2
"""A better level is heavier by so much at least, so that of two records that agree otherwise the better one is taken."""
SMALL = 12.0
"""So many references are needed to tell the probability of a sum."""
SURE = 15.0
"""How many times harder the weights of ``FIRM`` fields are held where they were set."""


@dataclass(frozen=True)
class Table:
    """Pairs as a matrix of indicators ``x`` with labels ``y``, importance ``w`` and the reference each belongs to.

    ``order``: pairs of columns, the weight of the first of which is not to be below that of the second.
    """

    keys: list[Key]
    x: Any
    y: Any
    w: Any
    group: Any
    order: list[tuple[int, int]]


def table_of(lines: list[dict[str, Any]], heavy: dict[str, float], old: Weights) -> Table:
    known = {(f, level) for f, table in old.levels.items() for level in table}
    known |= {(f, str(level)) for f, levels in LEVELS.items() for level in levels if level}
    found = {(field, level) for line in lines for r in line["rows"] for field, level in r["levels"]}
    keys = sorted(known | found)
    at = {k: i for i, k in enumerate(keys)}
    rows, labels, weights, groups = [], [], [], []
    for g, line in enumerate(lines):
        for r in line["rows"]:
            if r["label"] is None or len(r["levels"]) < 2:
                continue
            rows.append([at[field, level] for field, level in r["levels"]])
            labels.append(r["label"])
            weights.append(heavy.get(line["set"], 1.0) * line.get("weight", 1.0))
            groups.append(g)
    x = np.zeros((len(rows), len(keys) + 1), dtype=np.float32)
    x[:, -1] = 1.0
    for i, columns in enumerate(rows):
        x[i, columns] = 1.0
    order = [
        (at[f, str(a)], at[f, str(b)])
        for f, levels in LEVELS.items()
        for chain in levels.chains()
        for a, b in pairwise(chain)
    ]
    return Table(
        keys, x, np.array(labels, dtype=np.float64), np.array(weights), np.array(groups), order
    )


def alike(t: Table, keep: Any) -> tuple[Any, Any, Any]:
    """Rows that show the same levels as one: ``x``, how much they weigh in all, and how much of that is meant."""
    x, y, w = (t.x, t.y, t.w) if keep is None else (t.x[keep], t.y[keep], t.w[keep])
    packed = np.packbits(x.astype(bool), axis=1)
    _, first, which = np.unique(packed, axis=0, return_index=True, return_inverse=True)
    which = which.ravel()
    return x[first].astype(np.float64), np.bincount(which, w), np.bincount(which, w * y)


def fit(t: Table, start: Any, pull: Any, keep: Any = None) -> Any:
    """Weights (natural log odds) that fit best, with the quadratic pull towards ``start``, in the order of the levels."""
    x, n, hits = alike(t, keep)
    better, worse = (np.array(side) for side in zip(*t.order, strict=True))
    b, stiff = start.copy(), 1.0
    while stiff < 1e6:
        b = _newton(x, n, hits, b, start, pull, (better, worse, stiff))
        stiff *= 30
    return ordered(b, t.order)


def _newton(
    x: Any, n: Any, hits: Any, b: Any, start: Any, pull: Any, held: tuple[Any, Any, float]
) -> Any:
    better, worse, stiff = held

    def loss(at: Any) -> float:
        z = np.clip(x @ at, -500, 500)
        wrong = np.maximum(at[worse] + STEP - at[better], 0)
        misfit = float(n @ np.logaddexp(0, z) - hits @ z)
        return misfit + float(0.5 * pull @ (at - start) ** 2 + 0.5 * stiff * wrong @ wrong)

    now = loss(b)
    for _ in range(40):
        p = 1 / (1 + np.exp(-np.clip(x @ b, -40, 40)))
        gradient = x.T @ (n * p - hits) + pull * (b - start)
        hessian = (x * (n * p * (1 - p))[:, None]).T @ x + np.diag(pull)
        for i, j in zip(better, worse, strict=True):
            if b[j] + STEP > b[i]:
                wrong = stiff * (b[j] + STEP - b[i])
                gradient[j] += wrong
                gradient[i] -= wrong
                hessian[[i, j], [i, j]] += stiff
                hessian[[i, j], [j, i]] -= stiff
        step = np.linalg.solve(hessian, gradient)
        size = 1.0
        while size > 1e-6 and loss(b - size * step) > now:
            size /= 2
        b = b - size * step
        now = loss(b)
        if np.abs(size * step).max() < 1e-6:
            break
    return b


def ordered(b: Any, order: list[tuple[int, int]]) -> Any:
    """The weights in the order asked for: what still breaks it is parted by a step about its mean."""
    b = b.copy()
    for _ in range(2000):
        broken = [(i, j) for i, j in order if b[j] + STEP > b[i] + 1e-6]
        if not broken:
            break
        for i, j in broken:
            middle = (b[i] + b[j]) / 2
            b[i], b[j] = middle + STEP / 2, middle - STEP / 2
    return b


def pooled(score: Any, hit: Any, weight: Any) -> list[tuple[float, float]]:
    """Isotonic regression as a few ``(weight, probability)`` points."""
    order = np.argsort(score, kind="stable")
    blocks: list[list[float]] = []  # sum of hits, count, sum of scores
    for s, h, w in zip(score[order], hit[order], weight[order], strict=True):
        blocks.append([float(h * w), float(w), float(s * w)])
        while len(blocks) > 1 and _joined(blocks[-2], blocks[-1]):
            last = blocks.pop()
            blocks[-1] = [a + b for a, b in zip(blocks[-1], last, strict=True)]
    points: list[tuple[float, float]] = []
    for hits, count, total in blocks:
        p = (hits + 0.3) / (count + 0.6)
        if points and p - points[-1][1] < 0.004:
            continue
        points.append((round(total / count, 2), round(min(max(p, 0.0005), 0.9995), 4)))
    return points


def _joined(before: list[float], block: list[float]) -> bool:
    """Two neighbours that do not rise, or that are too small to show that they do."""
    return before[0] / before[1] >= block[0] / block[1] or before[1] < SMALL


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
        f"accept = {old.accept}", f"margin = {old.margin}", "# least probability of the same people's work of a like title that is named as one that may be meant", f"doubt = {old.doubt}", "", "[calibration]", "# sum of weights, probability", f"points = {json.dumps(points)}",
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
    old = read_weights(given.start.read_text(encoding="utf-8"))
    old = replace(old, levels=with_start(old.levels))
    t = table_of(lines, {k: float(v) for k, v in (h.split("=") for h in given.heavy)}, old)
    start = np.array([old.of(field, level) for field, level in t.keys] + [old.prior]) * LN2
    pull = np.full(len(start), given.pull)
    pull[:-1][[f in FIRM or level.endswith(PLACED) for f, level in t.keys]] *= SURE
    pull[-1] = 0.01
    seen = Counter(
        (field, level)
        for line in lines
        for r in line["rows"]
        for field, level in r["levels"]
        if r["label"] is not None
    )
    score, hit, heft, which = [], [], [], []
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
        heft.append(lines[g].get("weight", 1.0))
        which.append(lines[g]["set"])
    points = pooled(np.array(score), np.array(hit), np.array(heft))
    b = fit(t, start, pull)
    wrong = Counter(w for s, h, w in zip(score, hit, which, strict=True) if s > 0 and not h)
    note = f"{len(lines)} references, {len(t.y)} pairs, {int(t.y.sum())} of them meant."
    write(given.out, old, t.keys, b, points, seen, note)
    print(note, "cross-validated: above 0 and wrong", dict(wrong))


if __name__ == "__main__":
    main()
