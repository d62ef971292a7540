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
_AT_ONCE = 512
END = 1
"""Key of the end of a reference, which is read as one more word."""
_FEW, _LONGER = 16, 1.5
"""A batch of so many references takes none that is so much longer than its shortest."""
_NOTHING, _END = "0 ", "0 1"
"""What short references are filled up with, and their end: names that neither a word nor a gap can have."""


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


class Network:
    """The weights, and a cache of the vectors of words and gaps already met (bounded; it never changes a result).

    One thread at a time labels; others wait.

    ``share_right[label][i]``: how often stretches of a label were right where the model's probability was i %; row 0 for
    whole references (measured on references that it did not learn from).
    """

    def __init__(self, data: Any) -> None:
        self.keys = data["keys"]
        self.table = data["table"]  # 8 bits, in units of ``scale``, which is 0 for the row behind the last
        self.scale = np.append(data["scale"].astype(np.float32), np.float32(0))
        self.lexicon_keys, self.lexicon_codes = data["lexicon_keys"], data["lexicon_codes"]
        self.role_keys = np.array([role_key(code) for code in range(4 ** len(ROLES))], np.uint32)
        self.w: dict[str, Floats] = {name[2:]: data[name].astype(np.float32) for name in data.files if name.startswith("w_")}
        self.share_right: list[list[float]] = data["calibration"].astype(float).tolist()
        gates, values = np.split(self.w.pop("rec"), 2, axis=1)
        self.w["rec_gate"], self.w["rec_value"] = np.ascontiguousarray(-gates), np.ascontiguousarray(values)
        self.w["move"] = np.exp(self.w["chain"])
        self.w["gate"] *= -1  # gates and bias have their sign turned: 1 / (1 + exp(-x))
        self.width = self.table.shape[1]
        self.rows: dict[str, int] = {}
        self._rooms = _Rooms()
        self._alone = Lock()
        self._forget()

    def _forget(self) -> None:
        self.rows.clear()
        self.vectors = np.zeros((_CACHE, self.width), np.float32)  # takes up memory only where something is written
        self._learn([(_NOTHING, [])])
        self._learn([(_END, [END])])

    def roles(self, firsts: Any) -> Any:
        """The keys of the roles of words, given their first keys."""
        at = np.minimum(np.searchsorted(self.lexicon_keys, firsts), len(self.lexicon_keys) - 1)
        return self.role_keys[np.where(self.lexicon_keys[at] == firsts, self.lexicon_codes[at], 0)]

    def _learn(self, new: list[tuple[str, list[int]]]) -> None:
        """Sum up the vectors of words and gaps not met before."""
        new = sorted(new, key=lambda one: -len(one[1]))  # those that have an n-th key stand in front
        counts = np.array([len(keys) for _, keys in new])
        flat = np.fromiter(chain.from_iterable([keys for _, keys in new]), np.uint32, int(counts.sum()))
        starts = np.cumsum(counts) - counts
        start = len(self.rows)
        while start + len(new) > len(self.vectors):
            self.vectors = np.concatenate([self.vectors, np.zeros_like(self.vectors)])
        sums = self.vectors[start : start + len(new)]
        learned = self._at(flat)
        for place in range(int(counts[0])):
            size = int(np.searchsorted(-counts, -place))
            sums[:size] += self._values(learned[starts[:size] + place])
        lettered = np.array([i for i, (name, _) in enumerate(new) if is_lettered(name)], np.intp)
        if len(lettered):
            sums[lettered] += self._values(self._at(self.roles(flat[starts[lettered]])))
        self.rows.update((name, start + i) for i, (name, _) in enumerate(new))

    def _at(self, keys: Any) -> Any:
        """The rows of the table in which keys stand; one more than there are for those of which nothing was learned."""
        at = np.searchsorted(self.keys, keys)
        return np.where(self.keys.take(at, mode="clip") == keys, at, len(self.keys))

    def _values(self, at: Any) -> Floats:
        """What was learned about the keys of some rows."""
        values: Floats = np.multiply(self.table.take(at, axis=0, mode="clip"), self.scale[at][:, None], out=self._rooms("sums", len(at), self.width))
        return values

    def _meet(self, tokens: list[Tokens]) -> None:
        if len(self.rows) > _CACHE:
            self._forget()
        words: set[str] = set()
        gaps: set[str] = set()
        for t in tokens:
            words.update(t.parts[1::2])
            gaps.update(t.parts[0::2])
        for names, keys_of in ((words, word_keys), (gaps, gap_keys)):
            fresh = sorted(names.difference(self.rows))
            for start in range(0, len(fresh), _AT_ONCE):
                self._learn([(name, keys_of(name)) for name in fresh[start : start + _AT_ONCE]])

    def label(self, tokens: list[Tokens]) -> list[Labelling]:
        """Label many references (each with at least one word); the order of the batch changes nothing but rounding."""
        with self._alone:
            self._meet(tokens)
            out: list[Labelling | None] = [None] * len(tokens)
            order = sorted(range(len(tokens)), key=lambda i: len(tokens[i].parts))
            cuts = _cuts([len(tokens[i].parts) // 2 + 1 for i in order])
            for start, end in reversed(list(pairwise(cuts))):  # the largest first: its arrays hold those of all others
                chosen = order[start:end]
                for i, done in zip(chosen, self._batch([tokens[i] for i in chosen]), strict=True):
                    out[i] = done
        return [done for done in out if done is not None]

    def _batch(self, tokens: list[Tokens]) -> list[Labelling]:
        sizes = np.array([len(t.parts) // 2 + 1 for t in tokens])
        longest, many = int(sizes.max()), len(tokens)
        at = np.zeros((many, 2 * longest), np.intp)  # gap, word, gap, word, …, gap, end
        at[np.arange(2 * longest) < 2 * sizes[:, None] - 1] = [*map(self.rows.__getitem__, chain.from_iterable([t.parts for t in tokens]))]
        at[np.arange(many), 2 * sizes - 1] = self.rows[_END]
        mask = (np.arange(longest)[:, None] < sizes).astype(np.float32)
        x, gap = self._rooms("x", longest * many, self.width), self._rooms("sums", longest * many, self.width)
        self.vectors.take(at.T[1::2].ravel(), axis=0, out=x, mode="clip")  # "clip": without it numpy makes a copy of its own
        self.vectors.take(at.T[0::2].ravel(), axis=0, out=gap, mode="clip")
        x += gap
        return self._decode(self._scores(x, mask, longest, many), sizes)

    def _convolve(self, name: str, x: Floats, weights: Floats, bias: Floats, many: int) -> Floats:
        """A convolution over time of a flattened (time × references) × width array; ``weights``: offset × in × out."""
        size = len(x)
        middle = len(weights) // 2
        out, part = self._rooms(name, size, weights.shape[2]), self._rooms("sums", size, weights.shape[2])
        np.matmul(x, weights[middle], out=out)
        out += bias
        for offset, matrix in enumerate(weights):
            shift = (offset - middle) * many
            if shift < 0 and size + shift > 0:
                out[-shift:] += np.matmul(x[: size + shift], matrix, out=part[: size + shift])
            elif 0 < shift < size:
                out[: size - shift] += np.matmul(x[shift:], matrix, out=part[: size - shift])
        return out

    def _scores(self, x: Floats, mask: Floats, longest: int, many: int) -> Floats:
        """Label scores (time × references × labels)."""
        w, rooms, rows = self.w, self._rooms, longest * many
        column = mask.reshape(-1, 1)
        h = self._convolve("h", x, w["conv1"], w["bias1"], many)
        np.maximum(h, 0, out=h)
        h *= column
        states = self._states(h, longest, many).reshape(rows, -1)
        h2 = np.matmul(states, w["mix"], out=rooms("h2", rows, h.shape[1]))
        h2 += w["bias2"]
        np.maximum(h2, 0, out=h2)
        h2 += h
        h2 *= column
        h3 = self._convolve("h", h2, w["conv2"], w["bias3"], many)
        np.maximum(h3, 0, out=h3)
        h3 += h2
        scores = np.matmul(h3, w["out"], out=rooms("scores", rows, w["out"].shape[1]))
        scores += w["bias4"]
        return scores.reshape(longest, many, -1)

    def _states(self, h: Floats, longest: int, many: int) -> Floats:
        """The states of the recurrences from each side: gate · the state before + (1 − gate) · value."""
        w, rooms = self.w, self._rooms
        both = w["rec_gate"].shape[1]
        gate = np.matmul(h, w["rec_gate"], out=rooms("gate", longest * many, both))
        gate += w["gate"]
        np.exp(gate, out=gate)
        gate += 1
        np.reciprocal(gate, out=gate)
        value = np.matmul(h, w["rec_value"], out=rooms("value", longest * many, both))
        value *= np.subtract(1, gate, out=rooms("sums", longest * many, both))
        gate, value = gate.reshape(longest, many, both), value.reshape(longest, many, both)
        states = rooms("states", longest, many, both)
        for half, steps in ((slice(None, both // 2), range(longest)), (slice(both // 2, None), range(longest - 1, -1, -1))):
            state: Floats = np.zeros((many, both // 2), np.float32)
            for t in steps:
                state = np.multiply(state, gate[t, :, half], out=states[t, :, half])
                state += value[t, :, half]
        return states

    def _decode(self, scores: Floats, sizes: Any) -> list[Labelling]:
        """The likeliest label of each word, given all of the reference, as forward-backward has it (probabilities scaled a step at a time)."""
        longest, many, labels = scores.shape
        rooms, move = self._rooms, self.w["move"]
        last = sizes - 1
        top = scores.max(axis=2)
        local = np.subtract(scores, top[:, :, None], out=rooms("local", longest, many, labels))
        np.exp(local, out=local)
        ahead, behind = rooms("ahead", longest, many, labels), rooms("behind", longest, many, labels)
        totals = np.empty((longest, many, 1), np.float32)
        now = np.multiply(local[0], np.exp(self.w["first"]), out=ahead[0])
        now /= now.sum(axis=1, keepdims=True, out=totals[0])
        for t in range(1, longest):
            now = np.matmul(now, move, out=ahead[t])
            now *= local[t]
            now /= now.sum(axis=1, keepdims=True, out=totals[t])
        turned = np.ascontiguousarray(move.T)
        behind[longest - 1] = 1
        shortest = int(last.min())
        for t in range(longest - 2, -1, -1):
            coming = np.multiply(local[t + 1], behind[t + 1], out=rooms("sums", many, labels))
            back = np.matmul(coming, turned, out=behind[t])
            if t >= shortest:
                back[t >= last] = 1
            back /= back.max(axis=1, keepdims=True)
        ahead *= behind
        path = ahead.argmax(axis=2)
        sure = ahead.max(axis=2) / ahead.sum(axis=2)
        whole = self._whole(scores, path, np.log(totals[:, :, 0]) + top, last)
        return [Labelling(*pair) for pair in zip(_runs(path, sure, last), whole, strict=True)]

    def _whole(self, scores: Floats, path: Any, logs: Floats, last: Any) -> list[float]:
        """The probability of each sequence of labels; the sum of ``logs`` is the log of the sum over all sequences."""
        chosen = np.take_along_axis(scores, path[:, :, None], axis=2)[:, :, 0] - logs
        chosen[0] += self.w["first"][path[0]]
        chosen[1:] += self.w["chain"][path[:-1], path[1:]]
        totals = np.cumsum(chosen, axis=0, dtype=np.float64)[last, np.arange(len(last))]
        whole: list[float] = np.exp(np.minimum(totals, 0)).tolist()
        return whole


def _cuts(sizes: list[int]) -> list[int]:
    """Where batches begin and end, given how many words references have, shortest first: little is to be filled up, and no batch is large."""
    cuts = [0]
    for i, size in enumerate(sizes):
        many = i - cuts[-1]
        if many == BATCH or (many and (many + 1) * size > _WORDS) or (many >= _FEW and size > _LONGER * sizes[cuts[-1]]):
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
    rows = list(zip(numbers[kept].tolist(), first.tolist(), (first + size).tolist(), least[kept].tolist(), strict=True))
    cuts = np.searchsorted(owner, np.arange(many + 1)).tolist()
    return [rows[a:b] for a, b in pairwise(cuts)]


@lru_cache(maxsize=1)
def network() -> Network:
    """The shipped model, read once."""
    with files("citenorm").joinpath("data/parser.npz").open("rb") as stream:
        return Network(np.load(stream))


__all__ = ["BATCH", "MOST", "Labelling", "Network", "network"]
