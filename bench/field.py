"""Folders of small cases in, what comes of each out: outcomes, what ``fix`` changes, and whether a second run changes anything.

    python bench/field.py FOLDER_OR_FILE… [--catalogue DIR] [--show] [--merge]

A case is a file of references, of any format that is read, or a ``.bib`` file; ``NAME.jsonl`` beside it, where there is one, brings
its own records (CSL-JSON, a line each; a number at the end of a name may be missing in that of the records).
``--catalogue``: what cases without records are asked of (default: the built-in one).

    refs, entries     references found, entries that ``fix`` writes of them
    matched, doubtful, unknown   their outcomes
    accused           contradicted, or said to be made up
    changed           .bib: lines that ``fix`` writes otherwise
    again             what a second run changes: lines of a .bib, entries of what was printed of references (always 0)
    twins             the ``.txt`` and the ``.bib`` of one name: fields in which their entries of one record differ

``--show``: below each row what was found, and the difference (.bib) or what is printed beside what stood there (references), to be read.
``--merge``: entries of one work are joined.
"""

from __future__ import annotations

import argparse
import difflib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from citenorm.bib import read as read_bib
from citenorm.bibliography import bibliography
from citenorm.catalogue.memory import MemoryCatalogue
from citenorm.emit import to_bibtex
from citenorm.errors import InputError
from citenorm.model import Record, Resolution
from citenorm.pipeline import resolve_document
from citenorm.repairing import repair
from citenorm.sources import Sources, open_sources

ACCUSED = ("contradicted", "likely-fabricated")
READ = (".txt", ".bib", ".md", ".rst", ".rtf", ".docx", ".bbl", ".html", ".tex", ".pdf")


@dataclass(frozen=True, slots=True)
class Case:
    """What came of one file; ``again``: what a second run changes of that."""

    path: Path
    results: list[Resolution]
    changed: int = 0
    again: int = 0
    shown: Sequence[str] = ()


def cases(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        inside = sorted(path.iterdir()) if path.is_dir() else [path]
        yield from (p for p in inside if p.is_file() and p.suffix in READ and p.name != "README.md")


def records_of(folder: Path, name: str) -> list[Record]:
    """The records that a case brings."""
    for stem in (name, name.rstrip("0123456789")):
        path = folder / f"{stem}.jsonl"
        if path.exists():
            lines = path.read_text(encoding="utf-8").splitlines()
            return [Record.from_csl(json.loads(line)) for line in lines if line.strip()]
    return []


def run(path: Path, sources: Sources, merge: bool) -> Case:
    return _bib(path, sources, merge) if path.suffix == ".bib" else _references(path, sources)


def _bib(path: Path, sources: Sources, merge: bool) -> Case:
    made = repair(path, sources, merge=merge)
    again = repair(made.after, sources, name=path.name, merge=merge)
    shown = [f"{d.code} {d.name} {d.severity}: {d.message}" for d in made.diagnostics]
    difference = _difference(made.before, made.after)
    return Case(
        path, list(made.resolutions), _lines(difference), _lines(_difference(made.after, again.after)),
        [*shown, *made.said, *difference],
    )  # fmt: skip


def _references(path: Path, sources: Sources) -> Case:
    results = resolve_document(path, sources)
    made = bibliography(results)
    keys = made.keys()
    text = made.to_bibtex(latex=False)
    twice = repair(text.encode(), sources, name="printed.bib")
    again = read_bib(twice.after, "again.bib")
    before = read_bib(text.encode(), "printed.bib")
    moved = sum(a.raw != b.raw for a, b in zip(_raw(before), _raw(again), strict=False))
    shown: list[str] = []
    for entry, key in zip(made.entries, keys, strict=True):
        for result in entry.resolutions:
            shown += ["", f"> {result.claim.raw}", f"  [{result.outcome}, {result.status}]"]
            shown += [f"  {d.code} {d.name} {d.severity}: {d.message}" for d in result.diagnostics]
        shown += to_bibtex([entry.best], keys=[key], latex=False).splitlines()
    shown += ["", *_difference(text.encode(), twice.after)]
    return Case(path, results, 0, moved, shown)


@dataclass(frozen=True, slots=True)
class _Raw:
    raw: str


def _raw(file: Any) -> list[_Raw]:
    return [_Raw(file.text[e.start : e.end]) for e in file.entries]


def _difference(before: bytes, after: bytes) -> list[str]:
    old, new = (t.decode("utf-8", "replace").splitlines() for t in (before, after))
    return list(difflib.unified_diff(old, new, lineterm="", n=0))[2:]


def _lines(difference: Sequence[str]) -> int:
    return sum(line.startswith("+") for line in difference)


def row(case: Case) -> str:
    results = case.results
    outcomes = Counter(r.outcome for r in results)
    entries = len(bibliography(results).entries)
    accused = sum(r.status in ACCUSED for r in results)
    return (
        f"| {case.path.name} | {len(results)} | {entries} | {outcomes['matched']} | {outcomes['ambiguous']} | {outcomes['unmatched']}"
        f" | {accused} | {case.changed} | {case.again} |"
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
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    options.add_argument("paths", type=Path, nargs="+")
    options.add_argument("--catalogue")
    options.add_argument("--show", action="store_true")
    options.add_argument("--merge", action="store_true")
    given = options.parse_args()
    found: dict[str, dict[str, list[Resolution]]] = {}
    heads = ("case", "refs", "entries", "matched", "doubtful", "unknown", "accused", "changed", "again")  # fmt: skip
    print(f"| {' | '.join(heads)} |\n|---{'|---:' * (len(heads) - 1)}|")
    with ExitStack() as stack:
        known = stack.enter_context(
            open_sources(catalogues=[given.catalogue] if given.catalogue else [], offline=True)
        )
        for path in cases(given.paths):
            own = records_of(path.parent, path.stem)
            sources = Sources([MemoryCatalogue(own)]) if own else known
            try:
                case = run(path, sources, given.merge)
            except InputError as error:
                print(f"| {path.name} | {error} |")
                continue
            found.setdefault(path.stem, {})[path.suffix] = case.results
            print(row(case))
            for line in case.shown if given.show else ():
                print(f"    {line}")
    for name, kinds in found.items():
        if {".txt", ".bib"} <= kinds.keys() and (fields := differing(kinds[".txt"], kinds[".bib"])):
            print(f"\n{name}: .txt and .bib differ in {', '.join(fields)}")


if __name__ == "__main__":
    main()
