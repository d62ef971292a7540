"""Labelled references, claims and pairs in, one table of matching figures out.

    python bench/matching.py CATALOGUE DATA-FOLDER [--limit N] [--show N]

CATALOGUE is a built catalogue.  DATA-FOLDER holds any of (each ``-*.jsonl.gz``): ``wild``, ``biomedical`` (rows with ``raw``,
``present``, ``ids``), ``hard-negatives``, ``own-removed`` (the same with ``remove``: records that are taken out of what the
catalogue answers), ``hallmark`` (``csl``, ``label``), ``wild-claims`` (``csl``, ``verdict``), ``title-variants`` (``a``, ``b``, ``same``).
Everything runs in this process and offline; figures of speed are processor time, parsing and retrieval included.
"""

from __future__ import annotations

import argparse
import glob
import gzip
import json
import os
import time
from collections.abc import Callable
from typing import Any

from citenorm.catalogue import Catalogue
from citenorm.match import choose, compare
from citenorm.model import Claim, Record, Resolution
from citenorm.normalize import normalize
from citenorm.parse import parse_many
from citenorm.pipeline import resolve_batch
from citenorm.sources import Sources

Row = dict[str, Any]
ACCUSED = ("contradicted", "likely-fabricated")


class Without:
    """A catalogue without some of its records."""

    def __init__(self, catalogue: Catalogue, removed: frozenset[str]) -> None:
        self._catalogue, self._removed = catalogue, removed
        self.coverage = catalogue.coverage

    def candidates(self, claim: Claim, limit: int = 10) -> list[Record]:
        found = self._catalogue.candidates(claim, 3 * limit if self._removed else limit)
        return [r for r in found if r.id not in self._removed][:limit]

    def candidates_many(self, claims: Any, limit: int = 10) -> list[list[Record]]:
        if not self._removed:
            return self._catalogue.candidates_many(claims, limit)
        return [self.candidates(claim, limit) for claim in claims]

    def versions(self, record: Record) -> list[Record]:
        return [r for r in self._catalogue.versions(record) if r.id not in self._removed]

    def get(self, ids: Any) -> list[Record]:
        return [r for r in self._catalogue.get(ids) if r.id not in self._removed]

    def lookup(self, kind: str, value: str, limit: int = 100) -> list[Record]:
        return [r for r in self._catalogue.lookup(kind, value, limit) if r.id not in self._removed]

    def info(self) -> dict[str, Any]:
        return self._catalogue.info()

    def close(self) -> None:
        self._catalogue.close()


def rows_of(folder: str, kind: str, limit: int) -> list[Row]:
    """The rows of the files of a kind; with a limit every n-th."""
    rows: list[Row] = []
    for path in sorted(glob.glob(os.path.join(folder, f"{kind}-*.jsonl.gz"))):
        if kind == "wild" and os.path.basename(path).startswith("wild-claims"):
            continue
        with gzip.open(path, "rt", encoding="utf-8") as file:
            rows += [json.loads(line) for line in file]
    return rows[:: max(1, len(rows) // limit)] if limit else rows


def resolved(catalogue: Catalogue, rows: list[Row]) -> tuple[list[Resolution], float]:
    """A resolution per row, and the processor seconds that it took."""
    removed = frozenset(ident for row in rows for ident in row.get("remove", ()))
    sources = Sources([Without(catalogue, removed)])
    start = time.process_time()
    claims = (
        parse_many([r["raw"] for r in rows])
        if "raw" in rows[0]
        else [Claim(r["csl"], id=r["id"]) for r in rows]
    )
    out: list[Resolution] = []
    for i in range(0, len(claims), 64):
        out += resolve_batch(claims[i : i + 64], sources)
    return out, time.process_time() - start


def share(part: int, whole: int) -> str:
    return f"{part / whole:.4f} ({part}/{whole})" if whole else "-"


def references(name: str, pairs: list[tuple[Row, Resolution]]) -> list[tuple[str, str, str]]:
    """Precision, recall and false matches of reference strings."""
    matched = [(r, x) for r, x in pairs if x.matched]
    right = sum(x.record is not None and x.record.id in r["ids"] for r, x in matched)
    present = sum(bool(r["present"]) for r, _ in pairs)
    absent = [(r, x) for r, x in pairs if not r["present"]]
    out = []
    if present:
        out += [
            (name, "precision", share(right, len(matched))),
            (name, "recall", share(right, present)),
        ]
    if absent:
        out.append((name, "false matches", share(sum(x.matched for _, x in absent), len(absent))))
    return out


Bins = list[list[tuple[float, bool]]]


def binned(pairs: list[tuple[Row, Resolution]]) -> Bins:
    """Ten equal bins of (probability, is it the work)."""
    bins: Bins = [[] for _ in range(10)]
    for row, x in pairs:
        if x.candidates:
            bins[min(9, int(x.probability * 10))].append(
                (x.probability, x.candidates[0].record.id in row["ids"])
            )
    return bins


def calibration(bins: Bins) -> str:
    """Expected calibration error."""
    total = sum(map(len, bins))
    return (
        f"{sum(abs(sum(p for p, _ in b) - sum(h for _, h in b)) for b in bins) / max(total, 1):.4f}"
    )


def as_table(bins: Bins) -> str:
    """A line a bin: how many, their mean probability, the share that is right."""
    lines = ["number\tprobability\tright"]
    for rows in filter(None, bins):
        n = len(rows)
        lines.append(f"{n}\t{sum(p for p, _ in rows) / n:.4f}\t{sum(h for _, h in rows) / n:.4f}")
    return "\n".join(lines) + "\n"


def fabricated(pairs: list[tuple[Row, Resolution]]) -> list[tuple[str, str, str]]:
    """Detection and false alarms on valid and hallucinated claims."""
    out = []
    main = ("dev_public", "test_public")
    groups: dict[str, Callable[[Row], bool]] = {
        "main": lambda r: r["source"] in main,
        "main, in the catalogue": lambda r: r["source"] in main and r["in_catalogue"],
        **{
            s: (lambda r, s=s: r["source"] == s)
            for s in sorted({r["source"] for r, _ in pairs} - set(main))
        },
    }
    for group, belongs in groups.items():
        mine = [(r["label"] == "hallucinated", x.status in ACCUSED) for r, x in pairs if belongs(r)]
        bad, hit = sum(y for y, _ in mine), sum(y and d for y, d in mine)
        false = sum(d and not y for y, d in mine)
        f1 = 2 * hit / max(1, hit + false + bad)
        out.append(
            (
                f"hallmark: {group}",
                "detected; false alarms; F1",
                f"{share(hit, bad)}; {share(false, len(mine) - bad)}; {f1:.3f}",
            )
        )
    return out


def accused(pairs: list[tuple[Row, Resolution]]) -> list[tuple[str, str, str]]:
    """False accusations among people's own entries."""
    clear = [x for r, x in pairs if r["verdict"] not in ("wrong", "unclear")]
    wrong = [x for r, x in pairs if r["verdict"] == "wrong"]
    return [
        (
            "wild-claims",
            "falsely accused",
            share(sum(x.status in ACCUSED for x in clear), len(clear)),
        ),
        (
            "wild-claims",
            "wrong ones found",
            share(sum(x.status in ACCUSED for x in wrong), len(wrong)),
        ),
    ]


def variants(rows: list[Row]) -> list[tuple[str, str, str]]:
    """Pairs of records, each held against the other."""
    called = {True: [0, 0], False: [0, 0]}
    for row in rows:
        for a, b in (("a", "b"), ("b", "a")):
            claim = normalize(Claim({k: v for k, v in row[a].items() if k != "id"}))
            choice = choose(claim, [compare(claim, Record.from_csl({**row[b], "id": "pair:1"}))])
            called[bool(row["same"])][0] += choice.outcome == "matched"
            called[bool(row["same"])][1] += 1
    return [
        ("title-variants", "joined of the same", share(*called[True])),
        ("title-variants", "joined of the different", share(*called[False])),
    ]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    options.add_argument("catalogue")
    options.add_argument("data")
    options.add_argument("--limit", type=int, default=0, help="about so many rows of each file")
    options.add_argument(
        "--bins", help="write a table of probabilities and how often they are right"
    )
    given = options.parse_args()
    table: list[tuple[str, str, str]] = []
    everything: list[tuple[Row, Resolution]] = []
    with Catalogue.open(given.catalogue) as catalogue:
        for kind in (
            "wild",
            "biomedical",
            "hard-negatives",
            "own-removed",
            "hallmark",
            "wild-claims",
        ):
            rows = rows_of(given.data, kind, given.limit)
            if not rows:
                continue
            answers, seconds = resolved(catalogue, rows)
            pairs = list(zip(rows, answers, strict=True))
            if kind == "hallmark":
                table += fabricated(pairs)
            elif kind == "wild-claims":
                table += accused(pairs)
            else:
                everything += pairs
                titled = [(r, x) for r, x in pairs if r.get("noise") != "notitle"]
                table += references(kind, pairs)
                for link in sorted(
                    {r["link"] for r, _ in titled if r.get("link") and r["present"]}
                ):
                    table += references(
                        f"{kind}: {link}", [(r, x) for r, x in titled if r.get("link") == link]
                    )
                table += references(
                    f"{kind}: no title", [(r, x) for r, x in pairs if r.get("noise") == "notitle"]
                )
            table.append((kind, "per second of processor time", f"{len(rows) / seconds:.0f}"))
    bins = binned(everything)
    table.append(("all references", "calibration error", calibration(bins)))
    if given.bins:
        with open(given.bins, "w", encoding="utf-8") as file:
            file.write(as_table(bins))
    if pairs_of := rows_of(given.data, "title-variants", given.limit):
        table += variants(pairs_of)
    for name, what, value in table:
        print(f"{name:<34} {what:<30} {value}")


if __name__ == "__main__":
    main()
