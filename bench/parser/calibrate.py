"""A model and labelled references that it did not learn from in; tables that turn its probabilities into the share of right answers out.

For each label, and for the whole reference (row 0), a logistic curve over the log odds of the model's own probability is fitted (held to
the curve of all labels together, where a label is rare) and written down at 0, 0.01, … 1.
"""

from __future__ import annotations

import numpy as np
from corpus import Example

from citenorm.parse.labels import LABELS
from citenorm.parse.network import Network
from citenorm.parse.tokens import Tokens

STEPS = 101


def line(
    probabilities: list[float], right: list[bool], before: tuple[float, float], firm: float
) -> tuple[float, float]:
    """Intercept and slope of a logistic curve over the log odds, held to the one ``before`` with the strength of ``firm`` answers."""
    a, b = before
    if not right:
        return before
    x = odds(np.array(probabilities))
    y = np.array(right, float)
    for _ in range(60):  # Newton's method
        p = 1 / (1 + np.exp(-(a + b * x)))
        w = p * (1 - p)
        g = np.array(
            [(p - y).sum() + firm * (a - before[0]), ((p - y) * x).sum() + firm * (b - before[1])]
        )
        h = np.array([[w.sum() + firm, (w * x).sum()], [(w * x).sum(), (w * x * x).sum() + firm]])
        step = np.clip(np.linalg.solve(h, g), -0.5, 0.5)
        a, b = float(a - step[0]), max(0.05, float(b - step[1]))
        if np.abs(step).max() < 1e-7:
            break
    return a, b


def odds(p: np.ndarray) -> np.ndarray:
    p = np.clip(p, 0.002, 0.998)
    return np.log(p / (1 - p))


def calibration(network: Network, examples: list[Example]) -> np.ndarray:
    """Tables labels × 101, row 0 for the whole; ``examples`` must be unknown to the model."""
    said: list[list[float]] = [[] for _ in LABELS]
    good: list[list[bool]] = [[] for _ in LABELS]
    tokens = [_tokens(e) for e in examples]
    for e, done in zip(examples, network.label(tokens), strict=True):
        labels = np.repeat([run[0] for run in done.runs], [run[2] - run[1] for run in done.runs])
        fine = e.allowed[np.arange(len(labels)), labels]
        said[0].append(done.whole)
        good[0].append(bool(fine.all()))
        for label, start, end, sure in done.runs:
            if label:
                # right: every word of it allowed, and no word of that label beside it
                beside = [e.allowed[i] for i in (start - 1, end) if 0 <= i < len(labels)]
                more = any(a[label] and a.sum() == 1 for a in beside)
                said[label].append(sure)
                good[label].append(bool(fine[start:end].all() and not more))
    whole = line(said[0], good[0], (0.0, 1.0), 1.0)
    pooled = line(
        [p for ps in said[1:] for p in ps], [r for rs in good[1:] for r in rs], (0.0, 1.0), 1.0
    )
    lines = [whole] + [line(p, r, pooled, 10.0) for p, r in zip(said[1:], good[1:], strict=True)]
    grid = odds(np.linspace(0, 1, STEPS))
    return np.array([1 / (1 + np.exp(-(a + b * grid))) for a, b in lines], np.float16)


def _tokens(e: Example) -> Tokens:
    parts = [part for pair in zip(e.gaps, e.words, strict=False) for part in pair] + [e.gaps[-1]]
    return Tokens(parts, list(np.cumsum([len(p) for p in parts]).tolist()))
