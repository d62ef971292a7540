"""Titles of a catalogue's sources in, ``citenorm/data/title-words.txt`` out: how common each frequent title word is.

    python bench/matching/words.py SOURCE.jsonl.xz … [--out FILE]

A line per word that at least one title in 10,000 has: the word and how much it tells, log2(titles / titles with the word).
"""

from __future__ import annotations

import argparse
import json
import lzma
import math
from collections import Counter
from pathlib import Path

from citenorm.normalize.text import fold

HERE = Path(__file__).resolve().parents[2] / "citenorm" / "data" / "title-words.txt"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    options.add_argument("sources", nargs="+")
    options.add_argument("--out", type=Path, default=HERE)
    given = options.parse_args()
    seen: set[int] = set()
    counts: Counter[str] = Counter()
    for path in given.sources:
        with lzma.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                title = json.loads(line).get("title")
                if not title:
                    continue
                words = fold(title).split()
                key = hash(tuple(words))
                if key not in seen:
                    seen.add(key)
                    counts.update({w for w in words if not w.isdigit()})
    total = len(seen)
    rows = sorted((w, n) for w, n in counts.items() if n * 10_000 >= total and len(w) > 1)
    head = [
        f"# How much frequent title words tell: log2 of {total} titles over the titles that have the word.",
        "# Written by bench/matching/words.py.",
    ]
    given.out.write_text(
        "\n".join(head + [f"{w} {math.log2(total / n):.1f}" for w, n in rows]) + "\n",
        encoding="utf-8",
    )
    print(f"{total} titles, {len(rows)} words")


if __name__ == "__main__":
    main()
