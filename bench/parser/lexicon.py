"""Catalogue files in; for every common word, how often it is a family name, a given name, a word of a title, of a container, of a publisher.

    python bench/parser/lexicon.py CATALOGUE_DIR -o lexicon.npz

The result holds ``key`` (crc32 of "=" and the word in lower case, sorted) and ``code`` (two bits a role, see
``citenorm.parse.features.ROLES``: 0 never, 1 seldom, 2 at times, 3 often).
"""

from __future__ import annotations

import argparse
import json
import lzma
import re
from collections import Counter
from pathlib import Path
from zlib import crc32

import numpy as np

from citenorm.parse.features import ROLES

WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")


def words(value: object) -> list[str]:
    return [w.lower() for w in WORD.findall(value)] if isinstance(value, str) else []


def count(paths: list[Path], every: int) -> list[Counter[str]]:
    """One counter a role; of the large files every n-th record is read."""
    counts: list[Counter[str]] = [Counter() for _ in ROLES]
    for path in paths:
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                if number % every:
                    continue
                record = json.loads(line)
                for person in record.get("author") or ():
                    counts[0].update(words(person.get("family")))
                    counts[1].update(w for w in words(person.get("given")) if len(w) > 1)
                counts[2].update(words(record.get("title")))
                counts[3].update(words(record.get("container-title")))
                counts[4].update(words(record.get("publisher")))
    return counts


def level(number: int, role: int) -> int:
    rare, often = ((3, 30), (3, 30), (5, 100), (20, 400), (20, 400))[role]
    return 0 if number == 0 else 1 if number < rare else 2 if number < often else 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("catalogue", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--size", type=int, default=90_000)
    parser.add_argument("--every", type=int, default=3)
    args = parser.parse_args()
    counts = count(
        sorted(p for p in args.catalogue.glob("*.jsonl.xz") if "links" not in p.name), args.every
    )
    total: Counter[str] = Counter()
    for role, counter in enumerate(counts):
        for word, number in counter.items():
            total[word] += number if role < 3 else number // 10
    kept = [
        w
        for w, _ in sorted(total.items(), key=lambda item: (-item[1], item[0]))[: args.size]
        if len(w) > 1
    ]
    table = {}
    for word in kept:
        code = sum(level(counts[role][word], role) << 2 * role for role in range(len(ROLES)))
        table[crc32(f"={word}".encode())] = code
    keys = sorted(table)
    np.savez(
        args.output,
        key=np.array(keys, np.uint32),
        code=np.array([table[k] for k in keys], np.uint16),
    )
    print(len(keys), "words; the rarest occurs", total[kept[-1]], "times")


if __name__ == "__main__":
    main()
