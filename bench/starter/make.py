"""The starter: the works that other people's bibliographies cite most, and those kept by hand, as columns.

    python bench/starter/make.py CITED PACKAGE [--out FILE] [--works N] [--most BYTES] [--made DAY] [--two-thirds]

CITED: what ``count.py`` wrote, counted against PACKAGE, the folder of citenorm-cs (whose sources may be given on).  Taken are all records of
``by_hand.jsonl`` and the N works that most bibliographies cite, fewer where the file would be larger than ``--most``; of a
work that was kept by hand the package's records are left out.  ``--two-thirds``: choose by two thirds of the bibliographies and print which
share of the references of the others is among the chosen (documents that stand there in several formats count as one).
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zlib import crc32

from citenorm.catalogue import MemoryCatalogue, columns
from citenorm.model import Record

HERE = Path(__file__).resolve().parent
STARTER = HERE.parent.parent / "citenorm" / "data" / "starter.columns"
Item = dict[str, Any]
Row = dict[str, Any]


def counted(rows: Iterable[Row]) -> list[str]:
    """Ids of works, most cited first; a document counts once, in however many formats it stands there."""
    cited: dict[str, set[str]] = {}
    for row in rows:
        for work in row["works"]:
            cited.setdefault(work, set()).add(document(row))
    ranked = Counter({work: len(files) for work, files in cited.items()})
    return sorted(ranked, key=lambda work: (-ranked[work], crc32(work.encode())))


def document(row: Row) -> str:
    """The name of a bibliography's document without its format."""
    kind, _, name = row["file"].partition("/")
    return Path(name).stem.partition(".")[0] if kind == "docs" else row["file"]


def held(rows: Iterable[Row], chosen: set[str]) -> tuple[int, int, int]:
    """References in all, those found in the package, those among the chosen."""
    rows = list(rows)
    found = sum(len(row["works"]) for row in rows)
    among = sum(work in chosen for row in rows for work in row["works"])
    return sum(row["entries"] for row in rows), found, among


def joined(by_hand: list[Item], works: list[list[Item]]) -> list[list[Item]]:
    """Both as works; of a work that was kept by hand its own records alone."""
    kept = MemoryCatalogue(Record.from_csl(item) for item in by_hand)
    seen: set[str] = set()
    out = []
    for record in kept.records:
        if record.id not in seen:
            work = sorted((record, *kept.versions(record)), key=lambda r: r.id)
            seen.update(r.id for r in work)
            out.append([r.to_csl() for r in work])
    for work in works:
        both = (
            MemoryCatalogue([*kept.records, *map(Record.from_csl, work)])
            if known(kept, work)
            else None
        )
        first = next((r for r in both.records if r.id == work[0]["id"]), None) if both else None
        if not (both and first and any(r.id in seen for r in (first, *both.versions(first)))):
            out.append(work)
    return sorted(out, key=order)


def known(kept: MemoryCatalogue, work: list[Item]) -> bool:
    """Whether a work may be among those kept by hand."""
    return any(
        kept.lookup(kind, str(value))
        for item in work
        for kind, value in (
            ("title", item["title"]),
            ("doi", item.get("DOI")),
            ("arxiv", item.get("custom", {}).get("arxiv")),
            ("id", item["id"]),
        )
        if value
    )


def order(work: list[Item]) -> tuple[str, int, str]:
    first = work[0]
    return (
        str(first.get("container-title") or first.get("publisher") or ""),
        first["issued"]["date-parts"][0][0],
        first["id"],
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("cited", type=Path)
    options.add_argument("package", type=Path)
    options.add_argument("--out", type=Path, default=STARTER)
    options.add_argument("--works", type=int, default=4000)
    options.add_argument("--most", type=int, default=300_000)
    options.add_argument("--made", required=True)
    options.add_argument("--two-thirds", action="store_true")
    args = options.parse_args()
    rows = [json.loads(line) for line in args.cited.read_text(encoding="utf-8").splitlines()]
    if args.two_thirds:
        apart = [row for row in rows if crc32(document(row).encode()) % 3 == 0]
        rows = [row for row in rows if crc32(document(row).encode()) % 3]
    ranked = counted(rows)[: args.works]
    wanted = set(ranked)
    every = (
        (min(i["id"] for i in w), w)
        for w in columns.Packed(args.package / "records.columns").items()
    )
    package = {ident: work for ident, work in every if ident in wanted}
    ranked = [ident for ident in ranked if ident in package]
    by_hand = [json.loads(line) for line in (HERE / "by_hand.jsonl").open(encoding="utf-8")]
    size, low, high = 0, 0, len(ranked)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "starter.columns")
        while high - low > 20 or not size:
            many = high if not size else (low + high) // 2
            works = joined(by_hand, [package[ident] for ident in ranked[:many]])
            columns.write(file, works, name="starter", made=args.made, fast=True)
            size = file.stat().st_size
            low, high = (many, high) if size <= args.most else (low, many)
            print(f"{many} cited works, {len(works)} works in all: {size:,} bytes")
            if low == len(ranked):
                break
        works = joined(by_hand, [package[ident] for ident in ranked[:low]])
        columns.write(args.out, works, name="starter", made=args.made, fast=True)
    if args.two_thirds:
        total, found, among = held(apart, set(ranked[:low]))
        print(
            f"kept apart: {total:,} references, {found / total:.3f} in the package, {among / total:.3f} among the chosen"
        )


if __name__ == "__main__":
    main()
