"""A folder of small cases in, what comes of each out: entries, outcomes, and whether a report and a ``.bib`` file get one answer.

    python bench/field.py FOLDER [--catalogue DIR]

FOLDER holds ``NAME.txt`` (references, a line each or a list) and ``NAME.bib``, either or both, and ``NAME.jsonl`` where the case
brings its own records (CSL-JSON, a line each); a number at the end of a name may be missing in that of the records.
``--catalogue``: what cases without records are asked of (default: the built-in one).

    refs, entries     references found, entries that ``fix`` writes of them
    matched, doubtful, unknown   their outcomes
    accused           contradicted, or said to be made up
    twins             the ``.txt`` and the ``.bib`` of one name: fields in which their entries of one record differ
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from citenorm.bibliography import bibliography
from citenorm.catalogue.memory import MemoryCatalogue
from citenorm.model import Record, Resolution
from citenorm.pipeline import resolve_document
from citenorm.sources import Sources, open_sources

ACCUSED = ("contradicted", "likely-fabricated")


def records_of(folder: Path, name: str) -> list[Record]:
    """The records that a case brings."""
    for stem in (name, name.rstrip("0123456789")):
        path = folder / f"{stem}.jsonl"
        if path.exists():
            lines = path.read_text(encoding="utf-8").splitlines()
            return [Record.from_csl(json.loads(line)) for line in lines if line.strip()]
    return []


def row(path: Path, results: list[Resolution]) -> str:
    outcomes = Counter(r.outcome for r in results)
    entries = len(bibliography(results).entries)
    accused = sum(r.status in ACCUSED for r in results)
    return (
        f"| {path.name} | {len(results)} | {entries} | {outcomes['matched']} | {outcomes['ambiguous']} | {outcomes['unmatched']} | {accused} |"
    )  # fmt: skip


def differing(one: list[Resolution], two: list[Resolution]) -> list[str]:
    """Fields in which what is printed of one record differs between two inputs."""
    printed = {r.record.id: r.emitted for r in one if r.record}
    out = set()
    for result in two:
        if result.record is None or result.record.id not in printed:
            continue
        a, b = printed[result.record.id], result.emitted
        out |= {k for k in {*a, *b} - {"id", "citation-number"} if plain(a.get(k)) != plain(b.get(k))}  # fmt: skip
    return sorted(out)


def plain(value: Any) -> str:
    return json.dumps(value, sort_keys=True, default=dict)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--catalogue")
    given = options.parse_args()
    found: dict[str, dict[str, list[Resolution]]] = {}
    print(
        "| case | refs | entries | matched | doubtful | unknown | accused |\n|---|---:|---:|---:|---:|---:|---:|"
    )
    with ExitStack() as stack:
        known = stack.enter_context(
            open_sources(catalogues=[given.catalogue] if given.catalogue else [], offline=True)
        )
        for path in sorted(p for p in given.folder.iterdir() if p.suffix in (".txt", ".bib")):
            own = records_of(given.folder, path.stem)
            results = resolve_document(path, Sources([MemoryCatalogue(own)]) if own else known)
            found.setdefault(path.stem, {})[path.suffix] = results
            print(row(path, results))
    for name, kinds in found.items():
        if len(kinds) == 2 and (fields := differing(kinds[".txt"], kinds[".bib"])):
            print(f"\n{name}: .txt and .bib differ in {', '.join(fields)}")


if __name__ == "__main__":
    main()
