"""Train the parser's model: labelled folders and rendered references in, ``citenorm/data/parser.npz`` out.

    python bench/parser/train.py --data TRAIN_DIR --synthetic FILE... --lexicon lexicon.npz -o citenorm/data/parser.npz

Needs torch (CPU is enough) beside the package itself.  The same files and seed give the same model on the same machine.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from calibrate import STEPS, calibration
from corpus import Example, is_east_asian, load
from tagger import Deep, Tagger, forward_backward
from torch import nn

from citenorm.parse.features import gap_keys, is_lettered, own_keys, role_key, word_keys
from citenorm.parse.labels import LABELS
from citenorm.parse.network import END, Network


class Vocabulary:
    """Distinct words and gaps with the rows of their keys; keys rarer than the limits are dropped."""

    def __init__(
        self, examples: list[Example], lexicon: Path, size: int, kept: np.ndarray | None = None
    ) -> None:
        found = np.load(lexicon)
        self.lexicon = found["key"], found["code"]
        codes = dict(zip(found["key"].tolist(), found["code"].tolist(), strict=True))
        words: Counter[str] = Counter()
        gaps: Counter[str] = Counter()
        for e in examples:
            words.update(e.words)
            gaps.update(e.gaps)
        self.types = {"\x00": 0}
        keys = [[END]]
        weight = [10**9]
        own = [0]
        for word in sorted(words):
            self.types[word] = len(keys)
            found_keys = word_keys(word)
            own.append(own_keys(found_keys, word))
            keys.append(
                [*found_keys, role_key(codes.get(found_keys[0], 0))]
                if is_lettered(word)
                else found_keys
            )
            weight.append(words[word])
        for gap in sorted(gaps):
            self.types["\x00" + gap] = len(keys)
            keys.append(gap_keys(gap))
            weight.append(gaps[gap])
            own.append(0)
        if kept is None:
            counts: Counter[int] = Counter()
            for ks, n in zip(keys, weight, strict=True):
                for k in set(ks):
                    counts[k] += n
            kept = np.array(
                [
                    k
                    for k, n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:size]
                    if n >= 4
                ],
                np.uint32,
            )
        self.keys = np.sort(kept)
        row = {int(k): i for i, k in enumerate(self.keys)}
        self.rows = [np.array([row[k] for k in ks if k in row], np.int64) for ks in keys]
        # without the keys of the word itself, which are hidden at times while training
        self.masked = [
            np.array([row[k] for k in ks[n:] if k in row], np.int64) if n else r
            for r, n, ks in zip(self.rows, own, keys, strict=True)
        ]


class Batches:
    def __init__(
        self,
        examples: list[Example],
        vocabulary: Vocabulary,
        size: int,
        words: int,
        rng: np.random.Generator,
    ) -> None:
        self.examples, self.v, self.rng = examples, vocabulary, rng
        self.word_ids = [np.array([vocabulary.types[w] for w in e.words] + [0]) for e in examples]
        self.gap_ids = [np.array([vocabulary.types["\x00" + g] for g in e.gaps]) for e in examples]
        self.size, self.words = size, words

    def epoch(self, chosen: np.ndarray):  # type: ignore[no-untyped-def]
        order = self.rng.permutation(chosen)
        for start in range(0, len(order), self.size * 40):
            block = sorted(
                order[start : start + self.size * 40].tolist(), key=lambda i: len(self.word_ids[i])
            )
            groups, group = [], []
            for i in block:
                group.append(i)
                if len(group) * len(self.word_ids[i]) >= self.words or len(group) >= self.size:
                    groups.append(group)
                    group = []
            if group:
                groups.append(group)
            for g in self.rng.permutation(len(groups)):
                yield groups[g]

    def tensors(self, group: list[int], hide: float):  # type: ignore[no-untyped-def]
        steps = max(len(self.word_ids[i]) for i in group)
        word_at = np.zeros((steps, len(group)), np.int64)
        gap_at = np.zeros((steps, len(group)), np.int64)
        mask = np.zeros((steps, len(group)), np.float32)
        allowed = np.ones((steps, len(group), len(LABELS)), bool)
        for j, i in enumerate(group):
            n = len(self.word_ids[i])
            word_at[:n, j], gap_at[:n, j], mask[:n, j] = self.word_ids[i], self.gap_ids[i], 1
            allowed[: n - 1, j] = self.examples[i].allowed
            allowed[n - 1, j, 1:] = False
        types, inverse = np.unique(
            np.concatenate([word_at.ravel(), gap_at.ravel()]), return_inverse=True
        )
        cut = np.zeros(len(types), bool)
        if hide:
            cut = self.rng.random(len(types)) < hide
        bags = [
            self.v.masked[t] if c else self.v.rows[t]
            for t, c in zip(types.tolist(), cut.tolist(), strict=True)
        ]
        flat = np.concatenate(bags)
        offsets = np.concatenate([[0], np.cumsum([len(b) for b in bags])[:-1]])
        if hide:
            keep = self.rng.random(len(flat)) > hide / 3
            offsets = np.concatenate([[0], np.cumsum(keep)])[offsets]
            flat = flat[keep]
        half = word_at.size
        return (
            torch.from_numpy(flat),
            torch.from_numpy(offsets),
            inverse[:half].reshape(word_at.shape),
            inverse[half:].reshape(word_at.shape),
            mask,
            allowed,
        )


class Taught:
    """The teachers' scores of the labels of every word of every example."""

    def __init__(self, paths: list[Path], chosen: list[int]) -> None:
        found = [np.load(path) for path in paths]
        self.chain = np.mean([f["chain"] for f in found], axis=0)
        self.first = np.mean([f["first"] for f in found], axis=0)
        flat = found[0]["scores"].astype(np.float32)
        for f in found[1:]:
            flat += f["scores"]
        self.flat = (flat / len(found)).astype(np.float16)
        ends = found[0]["ends"]
        self.spans = [(int(ends[i - 1]) if i else 0, int(ends[i])) for i in chosen]

    def scores(self, group: list[int], shape: tuple[int, ...]) -> np.ndarray:
        out = np.zeros(shape, np.float32)
        for j, i in enumerate(group):
            start, end = self.spans[i]
            out[: end - start, j] = self.flat[start:end]
        return out


def save(average: dict[str, torch.Tensor], v: Vocabulary, path: Path) -> None:
    table = average["table.weight"].numpy()
    scale = np.maximum(np.abs(table).max(1), 1e-8) / 127
    out = {
        "keys": v.keys,
        "table": np.round(table / scale[:, None]).astype(np.int8),
        "scale": scale.astype(np.float16),
        "calibration": np.tile(np.linspace(0, 1, STEPS, dtype=np.float16), (len(LABELS), 1)),
        "lexicon_keys": v.lexicon[0],
        "lexicon_codes": v.lexicon[1],
    }
    for name, value in average.items():
        if name != "table.weight":
            kind = np.float32 if name in ("chain", "first", "bias4") else np.float16
            out[f"w_{name}"] = value.numpy().astype(kind)
    np.savez(path, **out)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--synthetic", type=Path, nargs="*", default=[])
    parser.add_argument("--lexicon", type=Path, required=True)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument(
        "--all", action="store_true", help="also learn from the files that are for measuring only"
    )
    parser.add_argument("--epochs", type=float, default=5)
    parser.add_argument(
        "--share",
        type=float,
        default=0.3,
        help="share of the synthetic references used in each epoch",
    )
    parser.add_argument(
        "--repeat", type=int, default=2, help="how often a labelled reference is seen in each epoch"
    )
    parser.add_argument(
        "--east",
        type=int,
        default=1,
        help="how often a labelled reference in Chinese, Japanese or Korean letters is taken beside another",
    )
    parser.add_argument("--size", type=int, default=60_000, help="keys kept")
    parser.add_argument("--width", type=int, default=64)
    parser.add_argument("--hidden", type=int, default=80)
    parser.add_argument("--state", type=int, default=64)
    parser.add_argument("--drop", type=float, default=0.15)
    parser.add_argument("--hide", type=float, default=0.15)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument(
        "--apart",
        type=float,
        default=0.04,
        help="share of the labelled references kept for the calibration",
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument(
        "--layers",
        type=int,
        default=0,
        help="train a teacher of so many layers (the output is read by teach.py)",
    )
    parser.add_argument(
        "--taught", type=Path, nargs="*", default=[], help="what teach.py made of the same files"
    )
    parser.add_argument(
        "--trust",
        type=float,
        default=0.5,
        help="weight of the teachers' probabilities beside the labels",
    )
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    torch.use_deterministic_algorithms(True)
    torch.utils.deterministic.fill_uninitialized_memory = False
    rng = np.random.default_rng(args.seed)
    examples = load(args.data, args.synthetic, permissive=not args.all)
    labelled = [i for i, e in enumerate(examples) if not e.synthetic]
    apart = set(
        np.random.default_rng(5).permutation(labelled)[: int(len(labelled) * args.apart)].tolist()
    )
    unseen = [e for i, e in enumerate(examples) if i in apart]
    examples = [e for i, e in enumerate(examples) if i not in apart]
    v = Vocabulary(examples, args.lexicon, args.size)
    real = np.array(
        [
            i
            for i, e in enumerate(examples)
            if not e.synthetic
            for _ in range(args.east if is_east_asian(e.words) else 1)
        ]
    )
    made = np.array([i for i, e in enumerate(examples) if e.synthetic], np.int64)
    print(
        f"{len(real)} labelled, {len(made)} rendered, {len(v.rows)} words and gaps, {len(v.keys)} keys",
        flush=True,
    )
    model: nn.Module = (
        Deep(len(v.keys), args.width, args.hidden, args.state, args.layers)
        if args.layers
        else Tagger(len(v.keys), args.width, args.hidden, args.state)
    )
    taught = (
        Taught(args.taught, [i for i in range(len(examples) + len(apart)) if i not in apart])
        if args.taught
        else None
    )
    dense = [p for n, p in model.named_parameters() if n != "table.weight"]
    optimizers = [
        torch.optim.Adam(dense, lr=args.rate, betas=(0.9, 0.98)),
        torch.optim.SparseAdam([model.table.weight], lr=args.rate),
    ]
    batches = Batches(examples, v, 192, 6000, rng)
    plan = []
    turns = 0.0
    while turns < args.epochs:
        part = np.concatenate(
            [real] * args.repeat + [rng.permutation(made)[: int(len(made) * args.share)]]
        )
        part = rng.permutation(part)[: int(len(part) * min(1.0, args.epochs - turns))]
        plan += list(batches.epoch(part))
        turns += 1
    average: dict[str, torch.Tensor] = {}
    begun, seen = time.time(), 0.0
    for step, group in enumerate(plan):
        done = step / len(plan)
        for o in optimizers:
            for g in o.param_groups:
                g["lr"] = args.rate * min(1.0, (step + 1) / 100) * max(0.02, 1 - done)
        flat, offsets, word_at, gap_at, mask, allowed = batches.tensors(group, args.hide)
        model.train()
        scores = model(
            flat,
            offsets,
            torch.from_numpy(word_at),
            torch.from_numpy(gap_at),
            torch.from_numpy(mask)[:, :, None],
            args.drop,
        )
        numbers = scores.detach().numpy()
        chain, first = model.chain.detach().numpy(), model.first.detach().numpy()
        inside = mask.astype(bool)
        p, moves, z = forward_backward(numbers, chain, first, inside)
        q, right, good = forward_backward(
            np.where(allowed, numbers, np.float32(-1e4)), chain, first, inside
        )
        if taught:
            known = taught.scores(group, numbers.shape)
            q2, right2, _ = forward_backward(known, taught.chain, taught.first, inside)
            q3, right3, _ = forward_backward(
                np.where(allowed, known, np.float32(-1e4)), taught.chain, taught.first, inside
            )
            q = (1 - args.trust) * q3 + args.trust * q2
            right = (1 - args.trust) * right3 + args.trust * right2
        scale = np.float32(1 / len(group))
        for o in optimizers:
            o.zero_grad()
        scores.backward(torch.from_numpy((p - q) * scale))
        model.chain.grad = torch.from_numpy(((moves - right) * scale).astype(np.float32))
        model.first.grad = torch.from_numpy(((p[0] - q[0]).sum(0) * scale).astype(np.float32))
        nn.utils.clip_grad_norm_(dense, 5.0)
        for o in optimizers:
            o.step()
        seen += 0.02 * ((z - good).mean() - seen) if step else (z - good).mean()
        if done >= 0.6 and step % 5 == 0:
            rate = 0.02
            with torch.no_grad():
                for name, value in model.state_dict().items():
                    if name in average:
                        average[name].lerp_(value, rate)
                    else:
                        average[name] = value.clone()
        if step % 200 == 0:
            print(f"{step}/{len(plan)} loss {seen:.3f} {time.time() - begun:.0f} s", flush=True)
    average = average or {n: t.clone() for n, t in model.state_dict().items()}
    if args.layers:
        torch.save(
            {
                "weights": average,
                "keys": v.keys,
                "shape": (args.width, args.hidden, args.state, args.layers),
            },
            args.output,
        )
        return
    save(average, v, args.output)
    with np.load(args.output) as data:
        arrays = dict(data)
    arrays["calibration"] = calibration(Network(np.load(args.output)), unseen)
    np.savez(args.output, **arrays)
    print(f"{args.output.stat().st_size / 1e6:.2f} MB, {time.time() - begun:.0f} s")


if __name__ == "__main__":
    main()
