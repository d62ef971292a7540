"""Labelled references and a catalogue in, one line per reference out: the levels of every retrieved record and whether it is meant.

    python bench/matching/pairs.py CATALOGUE DATA-FOLDER OUT.jsonl [--limit N] [--candidates K] [--material FILES]

DATA-FOLDER holds ``wild-*.jsonl.gz``, ``biomedical-*.jsonl.gz`` (rows with ``raw`` and ``ids``) and, with lookalikes
left in a catalogue from which the row's own records are taken out, ``hard-negatives-*`` and ``own-removed-*``; and
``title-variants-*``, pairs ``a`` and ``b`` of records, each held against the other.  FILES are rows of ``make.py``.
A line: ``{"id","set","link","rows":[{"record","levels":[[field, level], …],"label":0|1|null}]}``; label null where
the record is a version of the work meant that the list of ids does not name.
"""

from __future__ import annotations

import argparse
import glob
import gzip
import json
import os
from collections.abc import Iterator
from typing import Any

from make import SHARES, claims_of

from citenorm.catalogue import Catalogue
from citenorm.match import same_work
from citenorm.match.compare import compare_many
from citenorm.model import Claim, Comparison, Record
from citenorm.normalize import normalize
from citenorm.parse import parse_many


def rows_of(path: str) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def lines(catalogue: Catalogue, path: str, limit: int, most: int) -> Iterator[dict[str, Any]]:
    """One line per row of a data file (every n-th, so that about ``limit`` are left)."""
    name = os.path.basename(path).split(".")[0]
    rows = rows_of(path)
    removed = {ident for row in rows for ident in row.get("remove", [])}
    rows = rows[:: max(1, len(rows) // limit)] if limit else rows
    claims = [normalize(c) for c in parse_many([row["raw"] for row in rows])]
    for row, claim in zip(rows, claims, strict=True):
        found = catalogue.candidates(claim, 3 * most if removed else most)
        records = [r for r in found if r.id not in removed][:most]
        yield {
            "id": row["id"],
            "set": name,
            "link": row.get("link") or row.get("kind"),
            "rows": labelled(claim, records, set(row.get("ids") or ())),
        }


def paired(path: str) -> Iterator[dict[str, Any]]:
    """Two lines per pair of records."""
    for row in rows_of(path):
        for a, b in (("a", "b"), ("b", "a")):
            claim = normalize(Claim({k: v for k, v in row[a].items() if k != "id"}))
            record = Record.from_csl({**row[b], "id": "pair:1"})
            found = labelled(claim, [record], {"pair:1"} if row["same"] else set())
            yield {"id": row["id"], "set": "title-variants", "link": None, "rows": found}


def material(catalogue: Catalogue, path: str) -> Iterator[dict[str, Any]]:
    """A line per question that was asked of a row of ``make.py``; hard kinds, which are drawn oftener, weigh as they occur."""
    with open(path, encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    for row, claim in zip(rows, claims_of((r["csl"], r["raw"]) for r in rows), strict=True):
        for question, answer in row["asked"].items():
            right = dict(answer)
            found = [
                {"record": c.record.id, "levels": _levels(c), "label": right[c.record.id]}
                for c in compare_many(claim, catalogue.get(list(right)))
            ]
            yield {
                "id": row["id"],
                "set": question,
                "link": None,
                "weight": 1 / max(SHARES[k] for k in row["kinds"]),
                "rows": found,
            }


def _levels(comparison: Comparison) -> list[list[str]]:
    return [[e.field, e.level] for e in comparison.evidence]


def labelled(claim: Claim, records: list[Record], ids: set[str]) -> list[dict[str, Any]]:
    """Levels and label of every record."""
    meant = [r for r in records if r.id in ids]
    out = []
    for comparison in compare_many(claim, records):
        record = comparison.record
        label = 1 if record.id in ids else None if any(same_work(record, m) for m in meant) else 0
        out.append(
            {
                "record": record.id,
                "levels": _levels(comparison),
                "label": label,
            }
        )
    return out


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    options.add_argument("catalogue")
    options.add_argument("data")
    options.add_argument("out")
    options.add_argument("--limit", type=int, default=0)
    options.add_argument("--candidates", type=int, default=10)
    options.add_argument("--material", nargs="*", default=[])
    given = options.parse_args()
    paths = [
        p
        for kind in ("wild-dev*", "biomedical", "hard-negatives", "own-removed")
        for p in sorted(glob.glob(f"{given.data}/{kind}*.jsonl.gz"))
    ]
    with (
        Catalogue.open(given.catalogue) as catalogue,
        open(given.out, "w", encoding="utf-8") as out,
    ):
        for path in paths:
            for line in lines(catalogue, path, given.limit, given.candidates):
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
        for path in given.material:
            for line in material(catalogue, path):
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
        for path in sorted(glob.glob(f"{given.data}/title-variants*.jsonl.gz")):
            for line in paired(path):
                out.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
