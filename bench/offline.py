"""What is known without network: the share of other people's references resolved by the starter, a data package, a whole catalogue.

    python bench/offline.py FILE… [--package FOLDER] [--catalogue DIR]

FILE: ``.bib`` files, or documents with a list of references.  FOLDER: of a data package (``citenorm_cs``); DIR: a catalogue.  Prints a Markdown table, a
row a file, and what starter or package say otherwise than the catalogue (or alone), to be read by eye.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from pathlib import Path

from citenorm import bib
from citenorm.catalogue.installed import open_installed
from citenorm.catalogue.memory import starter
from citenorm.match.works.same_work import same_work
from citenorm.model import Claim, Resolution
from citenorm.pipeline import document_claims, resolve_all
from citenorm.read import read
from citenorm.sources import Sources, open_sources


def claims_of(file: Path) -> list[Claim]:
    if file.suffix == ".bib":
        return list(bib.claims(bib.read(file.read_bytes(), file.name)))
    return document_claims(read(file))


def stages(args: argparse.Namespace) -> Iterator[tuple[str, Sources]]:
    """Names and sources, each with what the ones before it have."""
    yield "starter", Sources([starter()])
    if args.package:
        yield "package", Sources([open_installed(args.package), starter()])
    if args.catalogue:
        yield "catalogue", open_sources(offline=True, catalogues=[args.catalogue])


def differs(ours: Resolution, theirs: Resolution) -> bool:
    """Another work than the larger source says, or one that it does not know."""
    if not ours.matched or ours.record is None:
        return False
    if not theirs.matched or theirs.work is None:
        return True
    return not any(same_work(ours.record, record) for record in theirs.work.records)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("files", nargs="+", type=Path)
    options.add_argument("--package", type=Path)
    options.add_argument("--catalogue", type=Path)
    args = options.parse_args()
    lists = {file: claims_of(file) for file in args.files}
    results: dict[str, dict[Path, list[Resolution]]] = {}
    spent: dict[str, float] = {}
    for name, sources in stages(args):
        with sources:
            start = time.process_time()
            results[name] = {file: resolve_all(claims, sources) for file, claims in lists.items()}
            spent[name] = time.process_time() - start
    names = list(results)
    print(f"| file | references | {' | '.join(names)} |\n|---|---|{'---|' * len(names)}")
    for file in lists:
        _row(file.name, len(lists[file]), [[r.matched for r in results[n][file]] for n in names])
    everything = [[r.matched for rows in results[n].values() for r in rows] for n in names]
    _row("all", sum(map(len, lists.values())), everything)
    print("\nprocessor seconds: " + ", ".join(f"{n} {spent[n]:.1f}" for n in names))
    for name in names[:-1]:
        for file in lists:
            for ours, theirs in zip(results[name][file], results[names[-1]][file], strict=True):
                if differs(ours, theirs) and ours.record is not None:
                    _show(name, ours, theirs)


def _row(name: str, total: int, found: list[list[bool]]) -> None:
    shares = " | ".join(f"{sum(each) / max(1, total):.2f}" for each in found)
    print(f"| {name} | {total} | {shares} |")


def _show(name: str, ours: Resolution, theirs: Resolution) -> None:
    claim, record = ours.claim, ours.record
    assert record is not None
    said = claim.raw or f"{' & '.join(n.full_family for n in claim.authors)}: {claim.title} ({claim.year})"  # fmt: skip
    people = " & ".join(n.full_family for n in record.authors[:4])
    print(f"\n{name}, catalogue says {theirs.record.id if theirs.matched and theirs.record else theirs.outcome}")  # fmt: skip
    print(
        f"  stated: {said[:200]}\n  found:  {record.id}: {people}: {record.title} ({record.year})"
    )


if __name__ == "__main__":
    main()
