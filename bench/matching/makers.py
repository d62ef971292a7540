"""A catalogue's sources in, what ``citenorm/match/makers.toml`` says of them by counting out: two tables.

    python bench/matching/makers.py SOURCES-FOLDER

Bibliographies whose lists of people end at a length without saying so: of ``LISTS`` people or more, at least twice as many lists are
just so long as are one shorter, and hardly any is longer.  Journals of which indexes have no issue but the first: most records have none,
and most of those that have one say "1".
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from truth import items

from citenorm.normalize.venues import find_venue

LISTS = 10
"""Lists of fewer people end where a paper's people end."""
ENOUGH = 50
"""So many records of a journal, or of a bibliography, tell something."""


def ends(lengths: Mapping[str, Counter[int]]) -> Iterator[tuple[str, int, str]]:
    for source, of in sorted(lengths.items()):
        for size, count in sorted(of.items()):
            longer = sum(n for long, n in of.items() if long > size)
            heap = count >= LISTS and count >= 2 * of[size - 1] and 10 * longer <= count
            if size >= LISTS and heap and sum(of.values()) >= ENOUGH:
                yield source, size, f"{count}, {of[size - 1]} one shorter, {longer} longer"


def one_issue(issues: Mapping[str, Counter[str]]) -> Iterator[tuple[str, str]]:
    for journal, of in sorted(issues.items()):
        said = sum(of.values()) - of[""]
        if said >= ENOUGH and of[""] > said and of["1"] >= 0.8 * said:
            yield journal, f'{of[""]} of {sum(of.values())} have none, {of["1"]} have "1"'


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    options.add_argument("sources", type=Path)
    folder = options.parse_args().sources
    paths = sorted(p for p in folder.glob("*.jsonl.xz") if p.name != "works-links.jsonl.xz")
    lengths: dict[str, Counter[int]] = defaultdict(Counter)
    issues: dict[str, Counter[str]] = defaultdict(Counter)
    for item in items(paths):
        if not (item.get("custom") or {}).get("author-count"):
            lengths[item["id"].rpartition("/")[0] or item["id"].partition(":")[0]][
                len(item.get("author") or [])
            ] += 1
        found = find_venue(str(item.get("container-title") or ""))
        if found is not None and found.venue.kind == "journal":
            issues[found.venue.id][str(item.get("issue") or "")] += 1
    print("Lists that end at a length")
    for source, size, told in ends(lengths):
        print(f"  {source:24} {size:3}: {told}")
    print("Journals of one issue")
    for journal, told in one_issue(issues):
        print(f"  {journal:24} {told}")


if __name__ == "__main__":
    main()
