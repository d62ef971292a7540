"""A catalogue and its sources in, learning material out: works said as people say them, and what the catalogue answers.

    python bench/matching/make.py CATALOGUE SOURCES-FOLDER OUT [--works 200000] [--seed 24] [--process 0/1] [--besides 2412:60000]

Each record drawn is said once (``said.py``) and asked twice: of the catalogue as it is, and without all records of its work, where what
comes is a lookalike.  Works that have several titles are asked once more without the records of the very title that was said.  Nobody
reads the rows; what is one work comes from ``truth.py``.  They are written to OUT/PART.jsonl, PART being ``fit``, ``choose`` or
``untouched``, by the first author of the work; the last is for one measurement at the end.  ``--besides`` leaves out what a run with
that seed and number of works has drawn, so that a new run brings rows that nothing was measured on.

A line: ``{"id", "kinds", "how", "csl", "raw", "asked": {"own"|"removed"|"other title": [[record id, 1|0|null], …]}}``.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
from said import say
from truth import PARTS, Known, Works, items, kinds_of, part_of, told

from citenorm.catalogue import Catalogue
from citenorm.model import Claim, Record
from citenorm.normalize import normalize
from citenorm.parse import parse_many

MOST = 10
SHARES = {
    "retitled": 3.0,
    "column": 6.0,
    "same title": 4.0,
    "part": 2.0,
    "yearly": 2.0,
    "short title": 1.5,
    "book": 1.5,
    "plain": 1.0,
}
"""How much oftener than a plain record one of a kind is drawn."""


def drawn(works: Works, wanted: int, chance: random.Random) -> dict[str, list[str]]:
    """Record id → its kinds, spread over sources, types and decades: of each stratum the square root of its size counts."""
    titles: dict[str, set[str]] = defaultdict(set)
    for one in works.records:
        titles[one.title].add(one.first)
    strata: dict[tuple[str, bool, bool, int], list[Known]] = defaultdict(list)
    for one in works.records:
        if one.title and one.first:
            source = one.id.partition(":")[0]
            strata[source, one.preprint, one.book, one.year // 10].append(one)
    total = sum(len(rows) ** 0.75 for rows in strata.values())
    out: dict[str, list[str]] = {}
    for rows in strata.values():
        share = wanted * len(rows) ** 0.75 / total / len(rows)
        for one in rows:
            kinds = kinds_of(one, works, titles)
            if chance.random() < 0.62 * share * max(SHARES[k] for k in kinds):
                out[one.id] = kinds
    return out


def asked(
    catalogue: Catalogue, claim: Claim, one: Known, works: Works
) -> dict[str, list[list[Any]]]:
    """What the catalogue answers, labelled: 1 of the work meant, 0 another work, null not known."""
    own = {k.id for k in works.work(one.id)}
    answers = {
        "own": catalogue.candidates(claim, MOST),
        "removed": catalogue.candidates(claim, MOST, without=own),
    }
    said = "".join(claim.title.lower().split())
    very = {k.id for k in works.work(one.id) if _like(said, k.title)}
    if very and own - very:
        answers["other title"] = catalogue.candidates(claim, MOST, without=very)
    return {
        name: [[r.id, _label(claim, r, one, own, works)] for r in records]
        for name, records in answers.items()
    }


def _like(said: str, title: str) -> bool:
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(said, title.replace(" ", "")) > 0.9


def _label(claim: Claim, record: Record, one: Known, own: set[str], works: Works) -> int | None:
    if record.id in own:
        return 1
    at = works.at.get(record.id)
    if at is None or works.unsure(one, other := works.records[at]):
        return None
    if works.namesake(one, other) and not told(claim.csl, one, other):
        return None  # nobody could tell from what is said
    return 0


def claims_of(said: Iterable[tuple[dict[str, Any], str]]) -> list[Claim]:
    rows = list(said)
    parsed = iter(parse_many([raw for _, raw in rows if raw]))
    return [normalize(next(parsed) if raw else Claim(csl)) for csl, raw in rows]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    options.add_argument("catalogue")
    options.add_argument("sources", type=Path)
    options.add_argument("out", type=Path)
    options.add_argument("--works", type=int, default=200_000)
    options.add_argument("--seed", type=int, default=24)
    options.add_argument("--besides", action="append", default=[], metavar="SEED:WORKS")
    options.add_argument("--process", default="0/1", help="this process's number of how many")
    given = options.parse_args()
    number, of = map(int, given.process.split("/"))
    paths = sorted(p for p in given.sources.glob("*.jsonl.xz") if p.name != "works-links.jsonl.xz")
    works = Works()
    for item in items(paths):
        works.add(item)
    works.finish(items([given.sources / "works-links.jsonl.xz"]))
    chosen = drawn(works, given.works, random.Random(given.seed))
    for seed, number_of in (b.split(":") for b in given.besides):
        for ident in drawn(works, int(number_of), random.Random(int(seed))):
            chosen.pop(ident, None)
    order = sorted(chosen)
    random.Random(given.seed).shuffle(order)
    print(
        len(order), "records drawn,", Counter(k for ks in chosen.values() for k in ks), flush=True
    )
    given.out.mkdir(parents=True, exist_ok=True)
    mine = order[number::of]
    with ExitStack() as stack:
        catalogue = stack.enter_context(Catalogue.open(given.catalogue))
        files = {
            p: stack.enter_context(open(given.out / f"{p}.{number}.jsonl", "w", encoding="utf-8"))
            for p in PARTS
        }
        for start in range(0, len(mine), 256):
            batch = mine[start : start + 256]
            one_by_one(catalogue, works, batch, chosen, given.seed, files)


def one_by_one(
    catalogue: Catalogue,
    works: Works,
    batch: Iterable[str],
    chosen: dict[str, list[str]],
    seed: int,
    files: dict[str, Any],
) -> None:
    """Say and ask the records of a batch and write the rows."""
    ids = list(batch)
    said = []
    records = {r.id: dict(r.csl) for r in catalogue.get(ids)}
    for ident in ids:
        if ident not in records:
            continue
        others = [k.id for k in works.work(ident) if k.id != ident]
        versions = [dict(r.csl) for r in catalogue.get(others[:6])]
        csl, raw, how = say(
            {**records[ident], "id": ident}, versions, random.Random(f"{seed}{ident}")
        )
        said.append((ident, csl, raw, how))
    claims = claims_of((csl, raw) for _, csl, raw, _ in said)
    for (ident, _, raw, how), claim in zip(said, claims, strict=True):
        one = works.records[works.at[ident]]
        row = {
            "id": ident,
            "kinds": chosen[ident],
            "how": how,
            "csl": claim.csl,
            "raw": raw,
            "asked": asked(catalogue, claim, one, works),
        }
        file = files[part_of(one)]
        file.write(json.dumps(row, ensure_ascii=False) + "\n")
    for file in files.values():
        file.flush()


if __name__ == "__main__":
    main()
