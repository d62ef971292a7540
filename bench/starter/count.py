"""Which works other people's bibliographies cite: a line of works for each bibliography.

    python bench/starter/count.py OUT PACKAGE [--bib FOLDER] [--docs FOLDER] [--wild FILE…]

PACKAGE: the folder of a data package (``records.columns``).  FOLDER of ``--bib``: ``.bib`` files.  FOLDER of ``--docs``: folders with a
``manifest.jsonl`` (a line a document: ``file``, ``references`` with ``raw``).  FILE of ``--wild``: JSON lines (gzip) with ``raw`` or ``csl`` and
``src``, the bibliography they are of.  A line of OUT is ``{"file", "entries", "works"}``, a work being named by its smallest record id, each once
a bibliography.  Title and first author have to be the same: it is counted what is cited rightly, without weighing.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from citenorm import bib
from citenorm.catalogue.columnar import ColumnarCatalogue
from citenorm.catalogue.installed import open_installed
from citenorm.catalogue.terms import families
from citenorm.errors import CitenormError
from citenorm.given import claims_of
from citenorm.model import Claim, Record
from citenorm.normalize import normalize
from citenorm.normalize.text import squash


def bib_files(folder: Path) -> Iterator[tuple[str, list[Any]]]:
    for file in sorted(folder.glob("*.bib")):
        try:
            yield f"bib/{file.name}", list(bib.claims(bib.read(file.read_bytes(), file.name)))
        except CitenormError as error:
            print(f"count: {error}", file=sys.stderr)


def documents(folder: Path) -> Iterator[tuple[str, list[Any]]]:
    for manifest in sorted(folder.glob("*/manifest.jsonl")):
        for line in manifest.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield (
                f"docs/{manifest.parent.name}/{row['file']}",
                [r["raw"] for r in row["references"] if r.get("raw")],
            )


def wild(file: Path) -> Iterator[tuple[str, list[Any]]]:
    by_source: dict[str, list[Any]] = defaultdict(list)
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            by_source[row["src"]].append(row.get("raw") or row["csl"])
    yield from ((f"wild/{source}", rows) for source, rows in sorted(by_source.items()))


def cited(claims: list[Claim], package: ColumnarCatalogue) -> dict[str, None]:
    """Ids of the works (the id of the first record) that have a claim's DOI, arXiv number, or title and first author."""
    found: dict[str, None] = {}
    for claim in claims:
        record = next((r for r in named(claim, package) if fits(claim, r)), None)
        if record is not None:
            versions = (record, *package.versions(record))
            found[min(r.id for r in versions)] = None
    return found


def named(claim: Claim, package: ColumnarCatalogue) -> Iterator[Record]:
    for kind, value in (("doi", claim.doi), ("arxiv", claim.arxiv), ("title", claim.title)):
        if value:
            yield from package.lookup(kind, value)


def fits(claim: Claim, record: Record) -> bool:
    """The same title (one may go on with a subtitle), and one first author."""
    ours, theirs = (squash(title) for title in (claim.title, record.title))
    people = [families(csl)[:1] for csl in (claim.csl, record.csl)]
    alike = ours == theirs or (
        min(len(ours), len(theirs)) > 20 and (ours in theirs or theirs in ours)
    )
    return alike and bool(people[0]) and people[0] == people[1]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("out", type=Path)
    options.add_argument("package", type=Path)
    options.add_argument("--bib", type=Path, action="append", default=[])
    options.add_argument("--docs", type=Path, action="append", default=[])
    options.add_argument("--wild", type=Path, action="append", default=[])
    args = options.parse_args()
    lists: dict[str, list[Any]] = defaultdict(list)
    for read, given in ((bib_files, args.bib), (documents, args.docs), (wild, args.wild)):
        for path in given:
            for name, things in read(path):
                lists[name] += things
    with open_installed(args.package) as package, args.out.open("w", encoding="utf-8") as out:
        for name, things in lists.items():
            claims = [normalize(claim) for claim in claims_of(things)]
            row = {"file": name, "entries": len(things), "works": list(cited(claims, package))}
            out.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()
