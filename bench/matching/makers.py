"""A catalogue's sources in, what ``citenorm/match/makers.toml`` says of them by counting out: two tables.

    python bench/matching/makers.py SOURCES-FOLDER

Sources and single bibliographies that end lists of people at a length without saying so: of their lists that are just so long (``LISTS``
or more), and that another maker has too, a tenth or more are the beginning of the other's.  Journals of which indexes have no issue but the
first: most records have none, and most of those that have one say "1".
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from truth import items
from witnesses import order

from citenorm.match.witnesses import maker
from citenorm.normalize.titles import title_key
from citenorm.normalize.venues import find_venue

LISTS = 10
"""Shorter lists end where a paper's people end, or were left out by hand."""
LONG = 20
"""Letters of a title that is not given to two works by one first author."""
ENOUGH = 50
"""So many records of a journal that state an issue tell something."""


class List(NamedTuple):
    """``of``: the source, or one bibliography of it, that has the list; ``by``: who made it."""

    of: tuple[str, ...]
    by: str
    families: tuple[str, ...]


def listed(item: Mapping[str, Any]) -> List:
    ident, dblp = item["id"], bool((item.get("custom") or {}).get("dblp"))
    source, _, key = ident.partition(":")
    of = (source, ident.rpartition("/")[0]) if key.count("/") == 1 else (source,)
    return List(of, maker(ident, dblp), order(item))


def begun(works: Iterable[list[List]]) -> tuple[Counter[tuple[str, int]], Counter[tuple[str, int]]]:
    """(source, length) → how many of its lists others have too, and how many of them are the beginning of another's."""
    known: Counter[tuple[str, int]] = Counter()
    longer: Counter[tuple[str, int]] = Counter()
    for lists in works:
        for one in lists:
            size = len(one.families)
            others = [o.families for o in lists if o.by != one.by]
            if size < LISTS or not others:
                continue
            goes_on = any(len(o) > size and o[:size] == one.families for o in others)
            for source in one.of:
                known[source, size] += 1
                longer[source, size] += goes_on
    return known, longer


def ends(works: Iterable[list[List]]) -> Iterator[str]:
    known, longer = begun(works)
    for (source, size), of in sorted(known.items()):
        many = longer[source, size]
        if many >= 2 and 10 * many >= of:
            yield f"{source:24} {size:3}: {many} of {of} go on"


def one_issue(issues: Mapping[str, Counter[str]]) -> Iterator[str]:
    for journal, of in sorted(issues.items()):
        said = sum(of.values()) - of[""]
        if said >= ENOUGH and of[""] > said and of["1"] >= 0.8 * said:
            yield f'{journal:24} {of[""]} of {sum(of.values())} have none, {of["1"]} have "1"'


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    options.add_argument("sources", type=Path)
    folder = options.parse_args().sources
    paths = sorted(p for p in folder.glob("*.jsonl.xz") if p.name != "works-links.jsonl.xz")
    works: dict[tuple[str, str], list[List]] = defaultdict(list)
    issues: dict[str, Counter[str]] = defaultdict(Counter)
    for item in items(paths):
        title, people = title_key(str(item.get("title") or "")), order(item)
        if people and len(title) >= LONG:  # those that a source says it cut have no order
            works[title, people[0]].append(listed(item))
        found = find_venue(str(item.get("container-title") or ""))
        if found is not None and found.venue.kind == "journal":
            issues[found.venue.id][str(item.get("issue") or "")] += 1
    print("Lists that are ended at a length", *ends(works.values()), sep="\n  ")
    print("Journals of one issue", *one_issue(issues), sep="\n  ")


if __name__ == "__main__":
    main()
