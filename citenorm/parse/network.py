"""Words and gaps of many references in; for each word the likeliest label and the probability of every label out.

The network, in numpy: a word's vector is the sum of what its keys learned, plus that of the gap in front; a convolution
over five words, one gated recurrence from each side, a convolution over three words, and a linear chain over the labels
(Viterbi for the labels, forward-backward for the probabilities).  Arrays are time × references × width, so that a shift
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
_CACHE = 110_000
END = 1
"""Key of the end of a reference, which is read as one more word."""


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
        self.table = data["table"]
        self.scale = data["scale"].astype(np.float32)
        self.lexicon_keys, self.lexicon_codes = data["lexicon_keys"], data["lexicon_codes"]
        self.role_keys = np.array([role_key(code) for code in range(4 ** len(ROLES))], np.uint32)
        self.w: dict[str, Floats] = {name[2:]: data[name].astype(np.float32) for name in data.files if name.startswith("w_")}
        self.share_right: list[list[float]] = data["calibration"].astype(float).tolist()
        gates, values = np.split(self.w.pop("rec"), 2, axis=1)
        self.w["rec_gate"], self.w["rec_value"] = np.ascontiguousarray(-gates), np.ascontiguousarray(values)
        self.w["gate"] *= -1  # gates and bias have their sign turned: 1 / (1 + exp(-x))
        self.width = self.table.shape[1]
        self.rows: dict[str, int] = {}
        self.gap_rows: dict[str, int] = {}
        self.vectors = np.zeros((1024, self.width), np.float32)
        self._rooms = _Rooms()
        self._alone = Lock()
        self._forget()

    def _forget(self) -> None:
        self.rows.clear()
        self.gap_rows.clear()
        self.vectors = np.zeros((1024, self.width), np.float32)
        self._learn([("\x00", []), ("", [END])], self.rows)  # row 0: nothing, what short references are filled up with

    def roles(self, firsts: Any) -> Any:
        """The keys of the roles of words, given their first keys."""
        at = np.minimum(np.searchsorted(self.lexicon_keys, firsts), len(self.lexicon_keys) - 1)
        return self.role_keys[np.where(self.lexicon_keys[at] == firsts, self.lexicon_codes[at], 0)]

    def _learn(self, new: list[tuple[str, list[int]]], rows: dict[str, int]) -> None:
        """Sum up the vectors of words and gaps not met before."""
        counts = np.array([len(keys) for _, keys in new])
        flat = np.fromiter(chain.from_iterable([keys for _, keys in new]), np.uint32, int(counts.sum()))
        starts = np.cumsum(counts) - counts
        sums = np.zeros((len(new), self.width), np.float32)
        for place in range(int(counts.max())):  # the n-th key of every word or gap that has so many
            those = np.flatnonzero(counts > place)
            self._add(sums, those, flat[starts[those] + place])
        lettered = np.array([i for i, (name, _) in enumerate(new) if is_lettered(name)], np.intp)
        if len(lettered):
            self._add(sums, lettered, self.roles(flat[starts[lettered]]))
        start = len(self.rows) + len(self.gap_rows)
        while start + len(new) > len(self.vectors):
            self.vectors = np.concatenate([self.vectors, np.zeros_like(self.vectors)])
        self.vectors[start : start + len(new)] = sums
        for i, (name, _) in enumerate(new):
            rows[name] = start + i

    def _add(self, sums: Floats, rows: Any, keys: Any) -> None:
        """Add to each of the rows what was learned about its key, if anything was."""
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        known = self.keys[at] == keys
        at = at[known]
        values = self.table.take(at, axis=0).astype(np.float32)
        values *= self.scale[at][:, None]
        sums[rows[known]] += values

    def _meet(self, tokens: list[Tokens]) -> None:
        if len(self.rows) + len(self.gap_rows) > _CACHE:
            self._forget()
        words: set[str] = set()
        gaps: set[str] = set()
        for t in tokens:
            words.update(t.parts[1::2])
            gaps.update(t.parts[0::2])
        fresh = sorted(words.difference(self.rows))
        if fresh:
            self._learn([(w, word_keys(w)) for w in fresh], self.rows)
        fresh = sorted(gaps.difference(self.gap_rows))
        if fresh:
            self._learn([(g, gap_keys(g)) for g in fresh], self.gap_rows)

    def label(self, tokens: list[Tokens]) -> list[Labelling]:
        """Label many references (each with at least one word); the order of the batch changes nothing but rounding."""
        with self._alone:
            self._meet(tokens)
            out: list[Labelling | None] = [None] * len(tokens)
            order = sorted(range(len(tokens)), key=lambda i: len(tokens[i].parts))
            start = 0
            while start < len(order):
                chosen = order[start : start + BATCH]
                chosen = chosen[: max(1, _WORDS // (len(tokens[chosen[-1]].parts) // 2 + 1))]
                for i, done in zip(chosen, self._batch([tokens[i] for i in chosen]), strict=True):
                    out[i] = done
                start += len(chosen)
        return [done for done in out if done is not None]

    def _batch(self, tokens: list[Tokens]) -> list[Labelling]:
        row, gap_row = self.rows.__getitem__, self.gap_rows.__getitem__
        end = self.rows[""]
        sizes = [len(t.parts) // 2 + 1 for t in tokens]
        longest, many = max(sizes), len(tokens)
        word_at = np.zeros((longest, many), np.intp)
        gap_at = np.zeros((longest, many), np.intp)
        for i, t in enumerate(tokens):
            size = sizes[i]
            parts = t.parts
            word_at[: size - 1, i] = [*map(row, parts[1::2])]
            word_at[size - 1, i] = end
            gap_at[:size, i] = [*map(gap_row, parts[0::2])]
        mask = (np.arange(longest)[:, None] < np.array(sizes)[None, :]).astype(np.float32)
        x, gap = self._rooms("x", longest * many, self.width), self._rooms("sums", longest * many, self.width)
        self.vectors.take(word_at.ravel(), axis=0, out=x, mode="clip")  # "clip": without it numpy makes a copy of its own
        self.vectors.take(gap_at.ravel(), axis=0, out=gap, mode="clip")
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

    def _decode(self, scores: Floats, sizes: list[int]) -> list[Labelling]:
        moves, first = self.w["chain"], self.w["first"]
        last = np.array(sizes) - 1
        path, best = self._viterbi(scores, moves, first, last)
        sure, log_z = self._marginals(scores, moves, first, last, path)
        whole = np.exp(np.minimum(best - log_z, 0)).tolist()
        runs = _runs(path, sure, last)
        return [Labelling(*pair) for pair in zip(runs, whole, strict=True)]

    @staticmethod
    def _viterbi(scores: Floats, moves: Floats, first: Floats, last: Any) -> tuple[Any, Floats]:
        longest, many, labels = scores.shape
        alphas = np.empty((longest, labels, many), np.float32)
        alpha = np.ascontiguousarray((scores[0] + first).T)
        alphas[0] = alpha
        columns = np.ascontiguousarray(scores.transpose(0, 2, 1))
        room = np.empty((labels, labels, many), np.float32)
        turned = np.ascontiguousarray(moves)[:, :, None]
        for t in range(1, longest):
            np.add(alpha[:, None, :], turned, out=room)
            alpha = room.max(axis=0)
            alpha += columns[t]
            alphas[t] = alpha
        path = np.zeros((longest, many), np.intp)
        each = np.arange(many)
        ends = alphas[last, :, each]
        best: Floats = ends.max(axis=1)
        label = ends.argmax(axis=1)
        backward = np.ascontiguousarray(moves.T)
        for t in range(longest - 1, -1, -1):
            if t < longest - 1:
                before = (alphas[t].T + backward[label]).argmax(axis=1)
                label = np.where(t < last, before, label)
            path[t] = label
        return path, best

    @staticmethod
    def _marginals(scores: Floats, moves: Floats, first: Floats, last: Any, path: Any) -> tuple[Floats, Floats]:
        """The probability of each chosen label, and the log of the sum over all sequences."""
        longest, many, labels = scores.shape
        top = scores.max(axis=2, keepdims=True)
        local = np.exp(scores - top)
        move = np.exp(moves)
        ahead = np.empty_like(local)
        logs = np.empty((longest, many), np.float32)
        now = local[0] * np.exp(first)
        for t in range(longest):
            if t:
                now = (now @ move) * local[t]
            total = now.sum(axis=1)
            now = now / total[:, None]
            logs[t] = np.log(total)
            ahead[t] = now
        log_z = np.cumsum(logs + top[:, :, 0], axis=0, dtype=np.float64)[last, np.arange(many)].astype(np.float32)
        turned = np.ascontiguousarray(move.T)
        back = np.ones((many, labels), np.float32)
        sure = np.empty((longest, many), np.float32)
        each = np.arange(many)
        for t in range(longest - 1, -1, -1):
            if t < longest - 1:
                back = (local[t + 1] * back) @ turned
                back /= back.max(axis=1, keepdims=True)
                ended = t >= last
                if ended.any():
                    back[ended] = 1
            both = ahead[t] * back
            sure[t] = both[each, path[t]] / both.sum(axis=1)
        return sure, log_z


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
