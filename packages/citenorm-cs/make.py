"""The data of citenorm-cs, made from collections of CSL-JSON: records → works → one record a version → columns.

    python make.py FILE… [--out citenorm_cs] [--made YYYY-MM-DD] [--limit N]

FILE: CSL-JSON lines, packed or not; ids are ``<source>:<key>``, and ``sources.toml`` says which sources are taken and under which
name.  Records are linked as ``citenorm catalogue build`` links them; of the records of one version the most reliable one is completed by
the others (``citenorm.match.cite``).  Written are ``records.columns`` and ``coverage.json`` (titles held and estimated share of
each venue and year).  Needs citenorm; eleven minutes of processor time and 3.2 GB for 1.2 million records.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from citenorm import catalogue
from citenorm.catalogue import columns, coverage
from citenorm.catalogue.formats import Fault, open_source
from citenorm.match import work_of
from citenorm.match.cite.choose_version import split_versions
from citenorm.match.cite.fuse_sources import merge_version
from citenorm.model import Record, custom_of, year_of
from citenorm.normalize.preprint import is_preprint

HERE = Path(__file__).resolve().parent
MOST = 0.95
"""The largest share of a venue and year that the package claims to hold."""
FIRST_YEAR, LAST_YEAR = 1930, date.today().year + 1


def taken(
    files: Iterable[str], allowed: dict[str, dict[str, Any]], limit: int | None = None
) -> Iterator[dict[str, Any]]:
    """The records of the sources that ``sources.toml`` allows, under the names that it gives them; links as they stand."""
    count = 0
    for file in files:
        for entry in open_source(file).entries(lambda done: None):
            if isinstance(entry, Fault) or (limit is not None and count >= limit):
                continue
            if entry.link is not None:
                a, b = (_named(ident, allowed) for ident in entry.link)
                yield {"arxiv": a.removeprefix("arXiv:"), "id": b}
                continue
            item = entry.csl
            rule = allowed.get(str(item.get("id") or "").partition(":")[0])
            if rule is None or not _sound(item):
                continue
            needed = rule.get("needs")
            if not needed or custom_of(item).get(needed):
                count += 1
                yield {**item, "id": _named(item["id"], allowed)}


def _named(ident: str, allowed: dict[str, dict[str, Any]]) -> str:
    source, colon, key = ident.partition(":")
    return f"{allowed.get(source, {}).get('name', source)}{colon}{key}"


def _sound(item: dict[str, Any]) -> bool:
    """A record with people, a title in words and a year that can be."""
    year = year_of(item)
    title = str(item.get("title") or "")
    return bool(
        item.get("author")
        and year is not None
        and FIRST_YEAR <= year <= LAST_YEAR
        and sum(map(str.isalpha, title)) > 2
        and "\ufffd" not in title
    )


def versions(work: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The records of one work → one record for each of its versions, the published ones first."""
    records = [Record.from_csl(item) for item in work]
    groups = split_versions(work_of(records[0], records).records)
    items = []
    for version in sorted(groups, key=lambda v: (v.is_preprint, v.best.year or 0, v.best.id)):
        item, _ = merge_version(version, groups)
        items.append({"id": version.best.id, **item})
    held = {str(custom_of(r.csl).get("arxiv") or "") for r in records if is_preprint(r.csl)}
    return [_slim(item, held) for item in items]


def _slim(item: dict[str, Any], held: set[str]) -> dict[str, Any]:
    """Without what is said elsewhere: the number of the preprint beside it, addresses that only repeat the DOI."""
    custom = dict(custom_of(item))
    if custom.get("arxiv") in held and not is_preprint(item):
        del custom["arxiv"]
    item = {key: value for key, value in item.items() if value and key != "custom"}
    if item.get("DOI") and "doi.org" in str(item.get("URL")):
        del item["URL"]
    return {**item, "custom": custom} if custom else item


def kept(work: list[dict[str, Any]], allowed: dict[str, dict[str, Any]]) -> bool:
    """False for a work that a source alone knows, from before the year from which on its word alone is enough."""
    (source, *others) = {item["id"].partition(":")[0] for item in work}
    start = 0 if others else int(allowed.get(source, {}).get("alone-from", 0))
    return any((year_of(item) or 0) >= start for item in work)


def modest(table: dict[str, Any]) -> dict[str, Any]:
    """A coverage table in which no venue and year counts as held whole.

    The lists of a package have much of their making in common, so that what all of them lack (an article of a journal that one
    page forgot) is not seen by comparing them.  From below ``match``'s bar nothing is called made up for want of a record.
    """
    for years in table["venues"].values():
        for row in years.values():
            row[1] = min(row[1], MOST)
    return table


def order(work: list[dict[str, Any]]) -> tuple[Any, ...]:
    """Neighbours say much the same: venue, year, volume, page."""
    first = work[0]
    page = re.match(r"\d+", str(first.get("page") or ""))
    return (
        str(first.get("container-title") or first.get("publisher") or ""),
        year_of(first) or 0,
        str(first.get("volume") or "").rjust(6),
        int(page[0]) if page else 0,
        first["id"],
    )


def works(folder: Path) -> Iterator[list[dict[str, Any]]]:
    """The works of a catalogue, each the list of its records."""
    with catalogue.Catalogue.open(folder) as held:
        yield from held.works()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("files", nargs="+", metavar="FILE")
    options.add_argument("--out", type=Path, default=HERE / "citenorm_cs")
    options.add_argument("--made", default=date.today().isoformat())
    options.add_argument("--limit", type=int, help="so many records at most: for trials")
    args = options.parse_args()
    allowed: dict[str, dict[str, Any]] = tomllib.loads((HERE / "sources.toml").read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        chosen, place = Path(folder, "chosen.jsonl"), Path(folder, "catalogue")
        tally = coverage.Tally()
        with chosen.open("w", encoding="utf-8") as out:
            for item in taken(args.files, allowed, args.limit):
                out.write(json.dumps(item, ensure_ascii=False) + "\n")
                if "title" in item:
                    tally.extend([coverage.note(item)])
        print(f"{chosen.stat().st_size:,} bytes of records taken", file=sys.stderr)
        done = catalogue.build(place, [f"csl:{chosen}"])
        print(f"{done.records:,} records, {done.works:,} works of several", file=sys.stderr)
        made = (versions(work) for work in works(place))
        found = sorted((work for work in made if kept(work, allowed)), key=order)
    header = columns.write(args.out / "records.columns", found, name="citenorm-cs", made=args.made)
    coverage.write(modest(tally.table()), args.out)
    size = (args.out / "records.columns").stat().st_size
    print(f"{header.works:,} works, {header.records:,} records, {size:,} bytes", file=sys.stderr)
    for name, bytes_ in header.columns:
        print(f"  {name}: {bytes_:,}", file=sys.stderr)


if __name__ == "__main__":
    main()
