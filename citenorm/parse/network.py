"""Words and gaps of many references in; for each word the likeliest label and the probability of every label out.

The network, in numpy: a word's vector is the sum of what its keys learned, plus that of the gap in front; a convolution
over five words, one gated recurrence from each side, a convolution over three words, and a linear chain over the labels,
read by forward-backward.  Arrays are time × references × width, so that a shift
by one word is a shift by one block.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from itertools import chain, pairwise
from math import prod
from threading import Lock
from typing import Any, NamedTuple

import numpy as np

from .features import ROLES, gap_keys, is_lettered, role_key, word_keys
from .tokens import MOST, Tokens

Floats = np.ndarray[Any, np.dtype[np.float32]]
BATCH = 64
_WORDS = 6144
"""Words of one batch, those that fill up short references included: what a processor's cache can hold."""
_CACHE = 120_000
_ROWS = 512
"""Rows (words of references) that are worked on at a time, from one product to the next."""
_AT_ONCE = 512
_SHIFT = 15
END = 1
"""Key of the end of a reference, which is read as one more word."""
_FEW, _LONGER = 16, 1.5
"""A batch of so many references takes none that is so much longer than its shortest."""
_NOTHING, _END = "0 ", "0 1"
"""What short references are filled up with, and their end: names that neither a word nor a gap can have."""
_OWN_KEYS: dict[str, list[int]] = {_NOTHING: [], _END: [END]}


class Labelling(NamedTuple):
    """One reference, as the model has it: its ``runs`` of words with one label, and the probability of the whole sequence.

    A run is (label number, first word, word behind the last, least probability of the label among its words).
    """

    runs: list[tuple[int, int, int, float]]
    whole: float


class _Rooms:
    """Arrays by name, which one batch leaves to the next: to touch fresh memory costs as much as the sums done in it."""

    def __init__(self) -> None:
        self._held: dict[str, Floats] = {}

    def __call__(self, name: str, *shape: int) -> Floats:
        size = prod(shape)
        held = self._held.get(name)
        if held is None or held.size < size:
            held = self._held[name] = np.empty(size, np.float32)
        return held[:size].reshape(shape)


class _Rows(dict[str, int]):
    """The numbers of words and gaps by name, given out as they are met; ``fresh``: those of which no vector was made."""

    def __init__(self) -> None:
        super().__init__()
        self.fresh: list[str] = []

    def __missing__(self, name: str) -> int:
        self.fresh.append(name)
        self[name] = number = len(self)
        return number


class Network:
    """The weights, and a cache of the vectors of words and gaps already met (bounded; it never changes a result).

    One thread at a time labels; others wait.

    ``share_right[label][i]``: how often stretches of a label were right where the model's probability was i %; row 0 for
    whole references (measured on references that it did not learn from).
    """

    def __init__(self, data: Any) -> None:
        self.keys = data["keys"]
        alike = np.bincount(
            self.keys >> _SHIFT, minlength=2 ** (32 - _SHIFT)
        )  # how many keys have the same high bits
        self.first, self.deepest = np.cumsum(alike) - alike, int(alike.max())
        self.table = data[
            "table"
        ]  # 8 bits, in units of ``scale``, which is 0 for the row behind the last
        self.scale = np.append(data["scale"].astype(np.float32), np.float32(0))
        self.lexicon_keys, self.lexicon_codes = data["lexicon_keys"], data["lexicon_codes"]
        self.role_keys = np.array([role_key(code) for code in range(4 ** len(ROLES))], np.uint32)
        self.w: dict[str, Floats] = {
            name[2:]: data[name].astype(np.float32) for name in data.files if name.startswith("w_")
        }
        self.share_right: list[list[float]] = data["calibration"].astype(float).tolist()
        ahead_gate, back_gate, ahead_value, back_value = np.split(self.w.pop("rec"), 4, axis=1)
        self.w["gates"] = -np.stack(
            [ahead_gate, back_gate]
        )  # the sign of gates and bias is turned: 1 / (1 + exp(-x))
        self.w["gate"] = -self.w["gate"].reshape(2, 1, -1)
        self.w["values"] = np.stack([ahead_value, back_value])
        self.w["mix"] = self.w["mix"].reshape(2, -1, self.w["mix"].shape[1])
        self.w["move"] = np.exp(self.w["chain"])
        self.w["sum"] = np.ones((len(self.w["chain"]), 1), np.float32)
        self.width = self.table.shape[1]
        self.rows = _Rows()
        self._rooms = _Rooms()
        self._alone = Lock()
        self._forget()

    def _forget(self) -> None:
        self.rows.clear()
        self.vectors = np.zeros(
            (_CACHE, self.width), np.float32
        )  # takes up memory only where something is written
        self.rows.fresh = [_NOTHING, _END]
        self.rows.update({_NOTHING: 0, _END: 1})

    def roles(self, firsts: Any) -> Any:
        """The keys of the roles of words, given their first keys."""
        at = np.minimum(np.searchsorted(self.lexicon_keys, firsts), len(self.lexicon_keys) - 1)
        return self.role_keys[np.where(self.lexicon_keys[at] == firsts, self.lexicon_codes[at], 0)]

    def _learn(self, names: list[str]) -> None:
        """Sum up the vectors of some words and gaps."""
        keys = [*map(_keys, names)]
        counts = np.fromiter(map(len, keys), np.intp, len(keys))
        flat = np.fromiter(chain.from_iterable(keys), np.uint32, int(counts.sum()))
        order = np.argsort(-counts, kind="stable")  # those that have an n-th key stand in front
        starts, counts = (np.cumsum(counts) - counts)[order], counts[order]
        vectors = np.zeros((len(names), self.width), np.float32)
        learned = self._at(flat)
        for place in range(int(counts[0])):
            size = int(np.searchsorted(-counts, -place))
            vectors[:size] += self._values(learned[starts[:size] + place])
        lettered = np.flatnonzero(np.fromiter(map(is_lettered, names), bool, len(names))[order])
        if len(lettered):
            vectors[lettered] += self._values(self._at(self.roles(flat[starts[lettered]])))
        rows = np.fromiter(map(self.rows.__getitem__, names), np.intp, len(names))
        self.vectors[rows[order]] = vectors

    def _at(self, keys: Any) -> Any:
        """The rows of the table in which keys stand; one more than there are for those of which nothing was learned."""
        at = self.first.take(keys >> _SHIFT)
        for _ in range(self.deepest):  # a binary search would jump about in memory
            at += self.keys.take(at, mode="clip") < keys
        return np.where(self.keys.take(at, mode="clip") == keys, at, len(self.keys))

    def _values(self, at: Any) -> Floats:
        """What was learned about the keys of some rows."""
        values: Floats = np.multiply(
            self.table.take(at, axis=0, mode="clip"),
            self.scale[at][:, None],
            out=self._rooms("sums", len(at), self.width),
        )
        return values

    def _meet(self, tokens: list[Tokens]) -> Any:
        """The numbers of all words and gaps, one reference behind the other; what was not met before is learned."""
        if len(self.rows) > _CACHE:
            self._forget()
        parts = [t.parts for t in tokens]
        numbers = np.fromiter(
            map(self.rows.__getitem__, chain.from_iterable(parts)), np.intp, sum(map(len, parts))
        )
        while len(self.rows) > len(self.vectors):
            self.vectors = np.concatenate([self.vectors, np.zeros_like(self.vectors)])
        while self.rows.fresh:
            self._learn(self.rows.fresh[-_AT_ONCE:])
            del self.rows.fresh[-_AT_ONCE:]
        return numbers

    def label(self, tokens: list[Tokens]) -> list[Labelling]:
        """Label many references (each with at least one word); the order of the batch changes nothing but rounding."""
        with self._alone:
            numbers = self._meet(tokens)
            lengths = np.array([len(t.parts) for t in tokens])
            starts = np.cumsum(lengths) - lengths
            out: list[Labelling | None] = [None] * len(tokens)
            order = np.argsort(lengths, kind="stable")
            for start, end in reversed(
                list(pairwise(_cuts((lengths[order] // 2 + 1).tolist())))
            ):  # the largest first: its arrays hold those of all others
                chosen = order[start:end]
                for i, done in zip(
                    chosen.tolist(),
                    self._batch(numbers, starts[chosen], lengths[chosen]),
                    strict=True,
                ):
                    out[i] = done
        return [done for done in out if done is not None]

    def _batch(self, numbers: Any, starts: Any, lengths: Any) -> list[Labelling]:
        """Label the references that lie in ``numbers`` from ``starts`` on, ``lengths`` words and gaps long."""
        sizes = lengths // 2 + 1  # in words, the end among them
        longest, many = int(sizes.max()), len(sizes)
        time = np.arange(2 * longest)[:, None]
        at = numbers.take(starts + time, mode="clip")  # gap, word, gap, word, …, gap, end
        at[time >= lengths] = self.rows[_NOTHING]
        at[lengths, np.arange(many)] = self.rows[_END]
        mask = (time[:longest] < sizes).astype(np.float32)
        x, gap = (
            self._rooms("x", longest * many, self.width),
            self._rooms("sums", longest * many, self.width),
        )
        self.vectors.take(
            at[1::2].ravel(), axis=0, out=x, mode="clip"
        )  # "clip": without it numpy makes a copy of its own
        self.vectors.take(at[0::2].ravel(), axis=0, out=gap, mode="clip")
        x += gap
        return self._decode(self._scores(x, mask, longest, many), sizes)

    def _scores(self, x: Floats, mask: Floats, longest: int, many: int) -> Floats:
        """Label scores (time × references × labels), worked out for a few rows at a time: as much as a processor keeps at hand."""
        w, rooms, rows = self.w, self._rooms, longest * many
        column = mask.reshape(-1, 1)
        _, state, wide = w["mix"].shape
        h, gate, value = (
            rooms("h", rows, wide),
            rooms("gate", 2, rows, state),
            rooms("value", 2, rows, state),
        )
        scores = rooms("scores", rows, w["out"].shape[1])
        parts = [slice(start, min(start + _ROWS, rows)) for start in range(0, rows, _ROWS)]
        for at in parts:
            here = self._convolve(x, w["conv1"], w["bias1"], at, many, h[at])
            np.maximum(here, 0, out=here)
            here *= column[at]
            self._gates(here, gate[:, at], value[:, at])
        states = self._recur(gate, value, many)
        h2 = rooms("value", rows, wide)  # of the values nothing is needed any more
        for at in parts:
            here = np.matmul(states[0, at], w["mix"][0], out=h2[at])
            here += np.matmul(states[1, at], w["mix"][1], out=rooms("sums", *here.shape))
            here += w["bias2"]
            np.maximum(here, 0, out=here)
            here += h[at]
            here *= column[at]
        for at in parts:
            here = self._convolve(h2, w["conv2"], w["bias3"], at, many, h[at])
            np.maximum(here, 0, out=here)
            here += h2[at]
            np.matmul(here, w["out"], out=scores[at])
            scores[at] += w["bias4"]
        return scores.reshape(longest, many, -1)

    def _convolve(
        self, x: Floats, weights: Floats, bias: Floats, at: slice, many: int, out: Floats
    ) -> Floats:
        """Some rows of a convolution over time of a flattened (time × references) × width array; ``weights``: offset × in × out."""
        middle = len(weights) // 2
        np.matmul(x[at], weights[middle], out=out)
        out += bias
        part = self._rooms("sums", *out.shape)
        for offset, matrix in enumerate(weights):
            shift = (offset - middle) * many
            first, behind = max(at.start, -shift), min(at.stop, len(x) - shift)
            if shift and first < behind:
                out[first - at.start : behind - at.start] += np.matmul(
                    x[first + shift : behind + shift], matrix, out=part[: behind - first]
                )
        return out

    def _gates(self, h: Floats, gate: Floats, value: Floats) -> None:
        """What words let pass of the state before them, and what they add to it, for the recurrence from each side."""
        np.matmul(h, self.w["gates"], out=gate)
        gate += self.w["gate"]
        np.exp(gate, out=gate)
        gate += 1
        np.reciprocal(gate, out=gate)
        np.matmul(h, self.w["values"], out=value)
        value *= np.subtract(1, gate, out=self._rooms("sums", *gate.shape))

    def _recur(self, gate: Floats, value: Floats, many: int) -> Floats:
        """The states of the recurrences from each side, put where the gates stood: gate · the state before + (1 − gate) · value."""
        _, rows, width = gate.shape
        for side, begins in ((0, range(0, rows, many)), (1, range(rows - many, -1, -many))):
            state: Floats = np.zeros((many, width), np.float32)
            for begin in begins:
                at = slice(begin, begin + many)
                state = np.multiply(state, gate[side, at], out=gate[side, at])
                state += value[side, at]
        return gate

    def _decode(self, scores: Floats, sizes: Any) -> list[Labelling]:
        """The likeliest label of each word, given all of the reference, as forward-backward has it (probabilities scaled a step at a time)."""
        longest, many, labels = scores.shape
        rooms, move, ones = self._rooms, self.w["move"], self.w["sum"]
        last = sizes - 1
        first_of_row = np.arange(0, scores.size, labels).reshape(longest, many)
        top = scores.take(scores.argmax(axis=2) + first_of_row)
        local = np.subtract(scores, top[:, :, None], out=rooms("local", longest, many, labels))
        np.exp(local, out=local)
        ahead, behind = (
            rooms("ahead", longest, many, labels),
            rooms("behind", longest, many, labels),
        )
        totals, size = np.empty((longest, many, 1), np.float32), np.empty((many, 1), np.float32)
        now = np.multiply(local[0], np.exp(self.w["first"]), out=ahead[0])
        now /= np.matmul(now, ones, out=totals[0])
        for t in range(1, longest):
            now = np.matmul(now, move, out=ahead[t])
            now *= local[t]
            now /= np.matmul(now, ones, out=totals[t])
        turned = np.ascontiguousarray(move.T)
        behind[longest - 1] = 1
        shortest = int(last.min())
        for t in range(longest - 2, -1, -1):
            coming = np.multiply(local[t + 1], behind[t + 1], out=rooms("sums", many, labels))
            back = np.matmul(coming, turned, out=behind[t])
            if t >= shortest:
                back[t >= last] = 1
            back /= np.matmul(back, ones, out=size)
        ahead *= behind
        path = ahead.argmax(axis=2)
        chosen = path + first_of_row
        sure = ahead.take(chosen) / np.matmul(ahead.reshape(-1, labels), ones).reshape(
            longest, many
        )
        whole = self._whole(scores.take(chosen) - np.log(totals[:, :, 0]) - top, path, last)
        return [Labelling(*pair) for pair in zip(_runs(path, sure, last), whole, strict=True)]

    def _whole(self, chosen: Floats, path: Any, last: Any) -> list[float]:
        """The probability of each sequence of labels; ``chosen``: score of each label less its share of the log of the sum over all sequences."""
        chosen[0] += self.w["first"][path[0]]
        chosen[1:] += self.w["chain"][path[:-1], path[1:]]
        totals = np.cumsum(chosen, axis=0, dtype=np.float64)[last, np.arange(len(last))]
        whole: list[float] = np.exp(np.minimum(totals, 0)).tolist()
        return whole


def _keys(name: str) -> list[int]:
    """The keys of a word, which begins with a letter or digit, or of a gap, which does not."""
    known = _OWN_KEYS.get(name)
    return known if known is not None else word_keys(name) if name[:1].isalnum() else gap_keys(name)


def _cuts(sizes: list[int]) -> list[int]:
    """Where batches begin and end, given how many words references have, shortest first: little is to be filled up, and no batch is large."""
    cuts = [0]
    for i, size in enumerate(sizes):
        many = i - cuts[-1]
        if (
            many == BATCH
            or (many and (many + 1) * size > _WORDS)
            or (many >= _FEW and size > _LONGER * sizes[cuts[-1]])
        ):
            cuts.append(i)
    return [*cuts, len(sizes)]


def _runs(path: Any, sure: Floats, words: Any) -> list[list[tuple[int, int, int, float]]]:
    """The runs of one label in each column of ``path`` (time × references), of which the first ``words`` count."""
    longest, many = path.shape
    inside = np.arange(longest)[None, :] < words[:, None]
    labels = np.where(inside, path.T, -1)
    begins = np.ones((many, longest), bool)
    begins[:, 1:] = labels[:, 1:] != labels[:, :-1]
    starts = np.flatnonzero(begins)
    least = np.minimum.reduceat(np.ascontiguousarray(sure.T).ravel(), starts)
    numbers = labels.ravel()[starts]
    kept = numbers >= 0
    owner, first = np.divmod(starts[kept], longest)
    size = np.diff(starts, append=many * longest)[kept]
    rows = list(
        zip(
            numbers[kept].tolist(),
            first.tolist(),
            (first + size).tolist(),
            least[kept].tolist(),
            strict=True,
        )
    )
    cuts = np.searchsorted(owner, np.arange(many + 1)).tolist()
    return [rows[a:b] for a, b in pairwise(cuts)]


@lru_cache(maxsize=1)
def network() -> Network:
    """The shipped model, read once."""
    with files("citenorm").joinpath("data/parser.npz").open("rb") as stream:
        return Network(np.load(stream))


__all__ = ["BATCH", "MOST", "Labelling", "Network", "network"]
