"""Labelled references (JSON lines) in; words with the set of labels that each may have out.

No source labels everything: a word outside every span of a source may have any label that this source does not use.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from citenorm.parse.labels import INDEX, LABELS
from citenorm.parse.tokens import tokenize

NOT_PERMISSIVE = ("excite-", "parscit-")
"""Train files whose licence does not plainly permit learning from them."""

ALWAYS = frozenset({"author", "title", "container-title", "volume", "page", "date", "editor"})
EAST_ASIAN = 4
"""How often a reference in Chinese, Japanese or Korean letters is taken: there are few of them, and no style renders more."""
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def is_east_asian(words: list[str]) -> bool:
    return any(_CJK.search(w) for w in words)


class Example(NamedTuple):
    """``words``, ``gaps`` (one more than words), ``allowed``: words × labels, True where the label is possible."""

    words: list[str]
    gaps: list[str]
    allowed: np.ndarray
    synthetic: bool


def rows(path: Path) -> Iterator[dict[str, Any]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)


def example(row: dict[str, Any], used: frozenset[str] | None) -> Example | None:
    """One labelled reference; ``used``: the labels that its source gives, None for all."""
    tokens = tokenize(row["raw"])
    words = tokens.words
    if not words:
        return None
    allowed = np.zeros((len(words), len(LABELS)), bool)
    if used is None:
        free = [0]
    else:
        free = [0] + [i for i, label in enumerate(LABELS) if i and label not in used]
    allowed[:, free] = True
    for start, end, label in row["spans"]:
        if label not in INDEX:
            continue
        for i in range(len(words)):
            middle = (tokens.start(i) + tokens.end(i)) / 2
            if start <= middle < end:
                allowed[i] = False
                allowed[i, INDEX[label]] = True
    return Example(words, tokens.gaps, allowed, used is None)


def used_labels(path: Path) -> frozenset[str]:
    """The labels that occur in at least 1 in 250 references of a file, and the ordinary ones."""
    counts: dict[str, int] = {}
    total = 0
    for row in rows(path):
        total += 1
        for label in {label for _, _, label in row["spans"]}:
            counts[label] = counts.get(label, 0) + 1
    return frozenset(label for label, n in counts.items() if n * 250 >= total) | ALWAYS


def load(paths: list[Path], synthetic: list[Path], *, permissive: bool = True) -> list[Example]:
    """Examples of the labelled folders or files, then of the synthetic files."""
    found: list[Example] = []
    for folder in paths:
        for path in sorted(folder.glob("*.jsonl.gz")) if folder.is_dir() else [folder]:
            if permissive and path.name.startswith(NOT_PERMISSIVE):
                continue
            used = used_labels(path)
            more = [e for row in rows(path) if (e := example(row, used))]
            found += [e for e in more for _ in range(EAST_ASIAN if is_east_asian(e.words) else 1)]
    for path in synthetic:
        found += [e for row in rows(path) if (e := example(row, None))]
    return found
