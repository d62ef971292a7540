"""A teacher and the references that it taught itself on in; its score of every label of every word out, for ``train.py --taught``.

python bench/parser/teach.py TEACHER.pt --data TRAIN_DIR --synthetic FILE... --lexicon lexicon.npz -o taught.npz
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import torch
from corpus import load
from tagger import Deep
from train import Batches, Vocabulary


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("teacher", type=Path)
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--synthetic", type=Path, nargs="*", default=[])
    parser.add_argument("--lexicon", type=Path, required=True)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    begun = time.time()
    found = torch.load(args.teacher, weights_only=False)
    examples = load(args.data, args.synthetic, permissive=not args.all)
    v = Vocabulary(examples, args.lexicon, 0, found["keys"])
    model = Deep(len(v.keys), *found["shape"])
    model.load_state_dict(found["weights"])
    model.eval()
    ends = np.cumsum([len(e.words) + 1 for e in examples])
    scores = np.zeros((int(ends[-1]), model.out.shape[1]), np.float16)
    batches = Batches(examples, v, 192, 6000, np.random.default_rng(0))
    with torch.no_grad():
        for group in batches.epoch(np.arange(len(examples))):
            flat, offsets, word_at, gap_at, mask, _ = batches.tensors(group, 0)
            numbers = (
                model(
                    flat,
                    offsets,
                    torch.from_numpy(word_at),
                    torch.from_numpy(gap_at),
                    torch.from_numpy(mask)[:, :, None],
                    0,
                )
                .float()
                .numpy()
            )
            for j, i in enumerate(group):
                size = len(examples[i].words) + 1
                scores[ends[i] - size : ends[i]] = np.clip(numbers[:size, j], -60, 60)
    np.savez(
        args.output,
        scores=scores,
        ends=ends,
        chain=model.chain.detach().numpy(),
        first=model.first.detach().numpy(),
    )
    print(f"{len(examples)} references, {time.time() - begun:.0f} s")


if __name__ == "__main__":
    main()
