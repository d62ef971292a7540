"""The file of weights in, a table of log2 odds per field and level out."""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from operator import itemgetter

from .fields import FIELDS


@dataclass(frozen=True, slots=True)
class Weights:
    """``prior``: log2 odds that a retrieved record is the work meant, before any field is looked at.

    ``levels``: field → level → log2 odds.  ``calibration``: ``(weight, probability)`` points, rising, between which
    probabilities are interpolated.  ``accept``: least probability of a match; ``margin``: least distance (0–1) to the next other work;
    ``doubt``: least probability at which the same people's work of a like title is named as one that may be meant.
    """

    prior: float
    levels: Mapping[str, Mapping[str, float]]
    calibration: tuple[tuple[float, float], ...]
    accept: float
    margin: float
    doubt: float

    def of(self, field: str, level: str) -> float:
        """Log2 odds of a level; a level that was never learned weighs nothing."""
        return self.levels.get(field, {}).get(level, 0.0)

    def probability(self, weight: float) -> float:
        """Calibrated probability (0–1) of a sum of weights, by linear interpolation."""
        points = self.calibration
        i = bisect_left(points, weight, key=itemgetter(0))
        if i in (0, len(points)):
            return points[max(i - 1, 0)][1]
        (x0, y0), (x1, y1) = points[i - 1], points[i]
        return y0 + (y1 - y0) * (weight - x0) / (x1 - x0)


def read_weights(text: str) -> Weights:
    """Weights from TOML text."""
    data = tomllib.loads(text)
    levels = {
        field: {k: float(v) for k, v in table.items()} for field, table in data["levels"].items()
    }
    points = tuple((float(x), float(y)) for x, y in data["calibration"]["points"])
    decide = data["decide"]
    bounds = (float(decide[name]) for name in ("accept", "margin", "doubt"))
    return Weights(float(data["prior"]), levels, points, *bounds)


@cache
def weights() -> Weights:
    """The weights that come with the package: those of ``weights.toml``, and of levels that it does not have those set by hand."""
    trained = read_weights(files(__package__).joinpath("weights.toml").read_text(encoding="utf-8"))
    return replace(trained, levels=with_start(trained.levels))


def with_start(levels: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    """Weights by field and level, and of what is missing there what the comparison's own file sets (``FieldComparison.start``)."""
    by_hand = {field.name: field.start for field in FIELDS if field.start}
    return {
        name: {**by_hand.get(name, {}), **levels.get(name, {})} for name in {**levels, **by_hand}
    }
