"""The lines of printed text go in; for each one comes out whether it begins a reference, continues one, or neither.

A linear-chain model over the traits of lines; its weights stand in ``line_tagger.json``, readable and sorted, and are made by
``bench/train_lines.py``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Literal

from .line_features import seen
from .lines import Line

Tag = Literal["O", "B", "I"]
TAGS: tuple[Tag, ...] = ("O", "B", "I")


@cache
def _model() -> tuple[
    dict[str, tuple[float, float, float]], tuple[tuple[float, float, float], ...]
]:
    data = json.loads(files(__package__).joinpath("line_tagger.json").read_text("utf-8"))
    traits = {
        name: (float(row[0]), float(row[1]), float(row[2])) for name, row in data["traits"].items()
    }
    steps = tuple((float(row[0]), float(row[1]), float(row[2])) for row in data["steps"])
    return traits, steps


def tags_of(
    lines: Sequence[Line], correct: Callable[[list[Tag]], Mapping[int, float]] | None = None
) -> list[Tag]:
    """The most probable tags of the lines, together.

    ``correct`` is given them once and may say for single lines what is to be added to "begins a reference": labels that count
    are seen only when it is known where the list stands.
    """
    traits = seen(lines)
    tags: list[Tag] = ["O"] * len(lines)
    values = [scores(row) if row else (0.0, 0.0, 0.0) for row in traits]
    runs: list[tuple[int, int]] = []
    begin = 0
    for run, here in groupby(traits, bool):
        size = sum(1 for _ in here)
        if run:
            runs.append((begin, begin + size))
            tags[begin : begin + size] = best_path(values[begin : begin + size])
        begin += size
    added = correct(tags) if correct else {}
    for i, more in added.items():
        other, first, inner = values[i]
        values[i] = (other, first + more, inner)
    for begin, end in runs if added else ():
        tags[begin:end] = best_path(values[begin:end])
    return tags


def scores(traits: Sequence[str]) -> tuple[float, float, float]:
    """The weights of O, B and I for a line with these traits."""
    table, _ = _model()
    other = begin = inner = 0.0
    for name in traits:
        row = table.get(name)
        if row is not None:
            other += row[0]
            begin += row[1]
            inner += row[2]
    return other, begin, inner


def best_path(values: Sequence[tuple[float, float, float]]) -> list[Tag]:
    """The sequence of tags with the highest sum of weights (Viterbi)."""
    _, steps = _model()
    to_other, to_begin, to_inner = ([row[k] for row in steps] for k in range(3))
    states = [values[0][0], values[0][1], values[0][2] - 4.0]
    back: list[tuple[int, int, int]] = []
    for row in values[1:]:
        chosen = []
        following = []
        for k, arrive in enumerate((to_other, to_begin, to_inner)):
            a, b, c = states[0] + arrive[0], states[1] + arrive[1], states[2] + arrive[2]
            best = 0 if a >= b and a >= c else 1 if b >= c else 2
            chosen.append(best)
            following.append((a, b, c)[best] + row[k])
        back.append((chosen[0], chosen[1], chosen[2]))
        states = following
    last = max(range(3), key=lambda k: states[k])
    path = [last]
    for chosen_row in reversed(back):
        last = chosen_row[last]
        path.append(last)
    return [TAGS[k] for k in reversed(path)]
