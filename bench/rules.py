"""How often a rule is right: entries in which one detail was changed, or nothing, in; a line a rule out.

    python bench/rules.py CATALOGUE one-thing-changed.jsonl.gz [--show RULE]

A row: ``csl``, ``kind`` (what was changed in an entry that was right before, "unchanged" where nothing was).  A finding is right where it
is about what was changed: about a field of ``CHANGED[kind]``.  Only rules that say that something stated is not so (CN3xx, without
those that tell of sources alone) are counted: of the others nothing here says whether they are right.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

from citenorm import open_sources
from citenorm.model import Claim, Diagnostic, Resolution
from citenorm.pipeline import resolve_batch

IDENTIFIERS = frozenset({"DOI", "custom.arxiv"})
CHANGED: dict[str, frozenset[str]] = {
    "authors-in-another-order": frozenset({"author"}), "last-author-left-out": frozenset({"author"}), "first-author-replaced": frozenset({"author"}),
    "author-added": frozenset({"author"}), "coauthor-replaced": frozenset({"author"}), "year-3-off": frozenset({"issued"}),
    "a-title-word-exchanged": frozenset({"title"}), "a-journal-that-never-had-it": frozenset({"container-title"}),
    "another-conference": frozenset({"container-title"}), "arxiv-number-of-another-work": IDENTIFIERS, "doi-that-no-work-has": IDENTIFIERS,
    "doi-of-another-work": IDENTIFIERS, "unchanged": frozenset(),
}  # fmt: skip
TELL_OF_SOURCES = frozenset({"source-conflict", "unverifiable-reference", "ambiguous-reference"})


def counts(found: Diagnostic) -> bool:
    return found.code.startswith("CN3") and found.name not in TELL_OF_SOURCES


def right(found: Diagnostic, kind: str) -> bool:
    """Whether a finding is about what was changed; one about the whole reference is, where anything was."""
    changed = CHANGED[kind]
    return bool(changed) and (not found.field or found.field in changed)


def resolved(catalogue: str, rows: list[dict[str, Any]]) -> list[Resolution]:
    out: list[Resolution] = []
    with open_sources(offline=True, catalogues=[catalogue], only=True, user=False) as sources:
        for i in range(0, len(rows), 64):
            claims = [Claim(row["csl"], id=row["id"]) for row in rows[i : i + 64]]
            out += resolve_batch(claims, sources)
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("catalogue")
    parser.add_argument("rows", type=Path)
    parser.add_argument("--show", help="print what this rule tells and is not right")
    args = parser.parse_args()
    with gzip.open(args.rows, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    told: Counter[str] = Counter()
    good: Counter[str] = Counter()
    for row, result in zip(rows, resolved(args.catalogue, rows), strict=True):
        for name in {d.name for d in result.diagnostics if counts(d)}:
            mine = [d for d in result.diagnostics if d.name == name]
            told[name] += 1
            good[name] += (ok := all(right(d, row["kind"]) for d in mine))
            if not ok and args.show == name:
                print(row["id"], [d.message for d in mine])
    print("rule\tright\ttold")
    for name in sorted(told):
        print(f"{name}\t{good[name]}\t{told[name]}")


if __name__ == "__main__":
    main()
