"""A catalogue's sources in, how often each stands alone out: ``citenorm/match/witnesses.toml``, a table of sources and fields.

    python bench/matching/witnesses.py SOURCES-FOLDER [--out FILE] [--show SOURCE.FIELD]

Where sources of three makers or more state a field of one published version (what is one work: ``truth.py``) and all but one of them
agree, that one stood alone with it.  For each source and field: how often it was held against two others or more that agree, how
often it stood alone, and the lower bound (Wilson, 95 %) of the share in which it did not.  Sources that copy one index are one
maker.  The people of a work, which its versions share, are compared over all of them, e-prints included.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from math import sqrt
from pathlib import Path
from typing import Any

from truth import Works, items

from citenorm.match.witnesses import EVERY, damaged_at, maker
from citenorm.match.works.place import container_key
from citenorm.model import year_of
from citenorm.normalize.pages import page_range
from citenorm.normalize.text import fold
from citenorm.normalize.titles import title_key
from citenorm.normalize.venues import find_venue

Item = dict[str, Any]
HERE = Path(__file__).resolve().parents[2] / "citenorm" / "match" / "witnesses.toml"


def people(item: Item) -> list[Mapping[str, Any]]:
    cut = (item.get("custom") or {}).get("author-count")
    return [] if cut else list(item.get("author") or [])


def surname(person: Mapping[str, Any]) -> str:
    words = fold(str(person.get("family") or person.get("literal") or "")).split()
    return words[-1] if words else ""


def roster(item: Item) -> Any:
    """How many people are named: somebody left out or added shows here, however the names are spelled."""
    return len(people(item)) or None


def families(item: Item) -> Any:
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


def pages(text: str) -> int | None:
    """How many pages: two printings of one paper begin on different ones (the CVF's and the IEEE's), a slip changes how many there are."""
    first, last = (part.rpartition(":")[2] for part in page_range(text))
    return int(last) - int(first) if first.isdigit() and last.isdigit() and first != last else None


def venue(name: str) -> str | None:
    """The venue itself, where the list of venues knows it, else what its name comes to."""
    found = find_venue(name) if name else None
    return found.venue.id if found is not None else container_key(name) or None


def publisher(name: str) -> str | None:
    """Who is meant, whatever is added of places and legal forms: the first word of a name, the initials of a society's ("acm")."""
    words = [word for word in fold(name).split() if word != "the"]
    if not words or words[0] not in SOCIETIES:
        return SAME_HOUSE.get(words[0], words[0]) if words else None
    return "".join(word[0] for word in words if len(word) > 3)


def known_wrong(item: Item) -> bool:
    """Its publisher stands in a stretch of its source that ``makers.toml`` names."""
    venue = str(item.get("container-title") or "")
    return damaged_at(item["id"], year_of(item), venue, "publisher")


SOCIETIES = frozenset(("association", "institute", "society", "american", "international"))
"""First words of names that go by their initials."""
SAME_HOUSE = {"jmlr": "pmlr"}
"""What an index calls a publisher's series by an older name."""
FIELDS: dict[str, Callable[[Item], Any]] = {
    "title": lambda item: title_key(str(item.get("title") or "")) or None,
    "roster": roster,
    "order": order,
    "given": given,
    "spelling": spelling,
    "venue": lambda item: venue(str(item.get("container-title") or "")),
    "year": year_of,
    "volume": lambda item: str(item.get("volume") or "") or None,
    "page": lambda item: pages(str(item.get("page") or "")),
    "identifier": lambda item: str(item.get("DOI") or "").lower() or None,
    "publisher": lambda item: (
        None if known_wrong(item) else publisher(str(item.get("publisher") or ""))
    ),
}
OF_PEOPLE = ("roster", "order", "given", "spelling")
"""What the versions of a work share."""
OF_ROSTER = ("order", "given", "spelling")
"""Compared only where the same people are named."""
Stated = tuple[str, Item]
Groups = tuple[list[list[Stated]], list[list[Stated]], list[list[Stated]]]
Table = dict[str, dict[str, list[int]]]
"""Source → field → how often it stood alone, of how often it was held against others."""


def groups(works: Works, paths: Iterable[Path], makers: Mapping[str, str]) -> Groups:
    """The records of each work, of each published version, and of each year in which a work was published, that three makers or
    more know, with their makers."""
    keys: dict[str, tuple[str, ...]] = {}
    known: dict[str, set[str]] = defaultdict(set)
    for one in works.records:
        root = str(works.root(one.id))
        published = (f"{root}|{one.venue}", f"{root}:{one.year}")
        keys[one.id] = (root, *published) if one.venue and not one.preprint else (root,)
        for key in keys[one.id]:
            known[key].add(makers[one.id])
    found: dict[str, list[Stated]] = defaultdict(list)
    for item in items(paths):
        for key in keys.get(item["id"], ()):
            if len(known[key]) >= 3:
                found[key].append((makers[item["id"]], item))
    parted: Groups = ([], [], [])
    for key, rows in found.items():
        parted[1 if "|" in key else 2 if ":" in key else 0].append(rows)
    return parted


def count(group: list[Stated], fields: Iterable[str], table: Table, show: str = "") -> None:
    """Add what one work or version shows of its sources."""
    agreed = _majority([(s, families(item)) for s, item in group])
    for field in fields:
        value = FIELDS[field]
        stated = [
            (s, value(item))
            for s, item in group
            if field not in OF_ROSTER or families(item) == agreed
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
                if show == f"{source}.{field}" and most not in mine:
                    print(group[0][1]["id"], mine, "beside", most)


def _majority(held: list[tuple[str, Any]]) -> Any:
    """The value that two sources or more have, and all but one."""
    sources = {s for s, _ in held}
    by = Counter(v for _, v in {(s, v) for s, v in held} if v is not None)
    value, votes = by.most_common(1)[0] if by else (None, 0)
    return value if votes >= 2 and votes >= len(sources) - 1 else None


def least(alone: int, of: int, z: float = 1.96) -> float:
    """The lower bound (Wilson) of the share in which a source did not stand alone; three digits, rounded down."""
    right = 1 - alone / of
    middle = right + z * z / (2 * of)
    spread = z * sqrt(right * (1 - right) / of + z * z / (4 * of * of))
    return int(1000 * (middle - spread) / (1 + z * z / of)) / 1000


def write(path: Path, table: Table, note: str) -> None:
    lines = [
        "# How far each source can be trusted with each field: [how often it was held against two others or more that agreed,",
        "# how often it stood alone, the least share (lower bound of 95 %) in which it is right].  Written by bench/matching/witnesses.py.",
        f"# {note}",
    ]
    together = {
        field: [sum(rows[field][i] for rows in table.values()) for i in (0, 1)] for field in FIELDS
    }
    for source, rows in [*sorted(table.items()), (EVERY, together)]:
        rows = {field: cell for field, cell in rows.items() if cell[1]}
        if not rows:
            continue
        lines += ["", f"[{json.dumps(source) if ' ' in source else source}]"]
        counted = [cell for field, cell in rows.items() if field != "publisher"]  # said by few
        alone, of = (sum(cell[i] for cell in counted) for i in (0, 1))
        if of:
            lines += [f"all = {[of, alone, least(alone, of)]}"]
        lines += [f"{field} = {[c[1], c[0], least(c[0], c[1])]}" for field, c in rows.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    options.add_argument("sources", type=Path)
    options.add_argument("--out", type=Path, default=HERE)
    options.add_argument("--show", default="", metavar="SOURCE.FIELD", help="where it stood alone")
    given_ = options.parse_args()
    paths = sorted(p for p in given_.sources.glob("*.jsonl.xz") if p.name != "works-links.jsonl.xz")
    works, makers = Works(), {}
    for item in items(paths):
        works.add(item)
        makers[item["id"]] = maker(item["id"], bool((item.get("custom") or {}).get("dblp")))
    works.finish(items([given_.sources / "works-links.jsonl.xz"]))
    table: Table = defaultdict(lambda: {field: [0, 0] for field in FIELDS})
    whole, versions, years = groups(works, paths, makers)
    of_version = [f for f in FIELDS if f not in (*OF_PEOPLE, "venue")]
    for rows, fields in ((whole, OF_PEOPLE), (versions, of_version), (years, ("venue",))):
        for group in rows:
            count(group, fields, table, given_.show)
    note = (
        f"{len(works.records)} records; {len(whole)} works and {len(versions)} published versions"
        " known to three sources or more."
    )
    write(given_.out, table, note)
    print(note)


if __name__ == "__main__":
    main()
