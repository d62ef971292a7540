"""Which works other people's bibliographies cite: a line of works for each bibliography.

    python bench/starter/count.py OUT --catalogue DIR [--bib FOLDER] [--docs FOLDER] [--wild FILE…]

FOLDER of ``--bib``: ``.bib`` files.  FOLDER of ``--docs``: folders with a ``manifest.jsonl`` (a line a document: ``file``,
``references`` with ``raw``).  FILE of ``--wild``: JSON lines (gzip) with ``raw`` or ``csl`` and ``src``, the bibliography they are of.
DIR is a catalogue, or the folder of a data package (``records.columns``).
Every reference is resolved against it without network; a line of OUT is ``{"file", "entries", "works"}``, a work being
the ids of its records, each once a bibliography.
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
from citenorm.catalogue.installed import RECORDS, open_installed
from citenorm.errors import CitenormError
from citenorm.given import claims_of
from citenorm.pipeline import resolve_all
from citenorm.sources import Sources, open_sources


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


def sources_of(folder: Path) -> Sources:
    """A catalogue, or the folder of a data package."""
    if (folder / RECORDS).is_file():
        return Sources([open_installed(folder)])
    return open_sources(offline=True, catalogues=[folder], starter=False)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("out", type=Path)
    options.add_argument("--catalogue", required=True)
    options.add_argument("--bib", type=Path, action="append", default=[])
    options.add_argument("--docs", type=Path, action="append", default=[])
    options.add_argument("--wild", type=Path, action="append", default=[])
    args = options.parse_args()
    lists: dict[str, list[Any]] = defaultdict(list)
    for read, given in ((bib_files, args.bib), (documents, args.docs), (wild, args.wild)):
        for path in given:
            for name, things in read(path):
                lists[name] += things
    with (
        sources_of(Path(args.catalogue)) as sources,
        args.out.open("w", encoding="utf-8") as out,
    ):
        for name, things in lists.items():
            found = resolve_all(claims_of(things), sources)
            cited = dict.fromkeys(
                tuple(sorted(record.id for record in result.work.records))
                for result in found
                if result.matched and result.work
            )
            row = {"file": name, "entries": len(things), "works": list(cited)}
            out.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()
