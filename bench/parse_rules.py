"""Labelled reference strings in, which special rules of the parser earn their place out.

    python bench/parse_rules.py --scorer eval_parse.py LABELLED… [--strings FILE…] [--limit N] [--only PATTERN]

A rule is a function of ``citenorm.parse`` that puts something right in place (annotated ``-> None``) or says yes or no (``-> bool``).
The strings are labelled by the model once; then each rule is made to do nothing (or to say what it says more often), and the
strings on which it did something are read again.  A line a rule:

    did         strings on which it did something, of all
    changes     of these, strings that come out otherwise without it
    mended, spoiled   labelled ones that have more fields right, or fewer, with the rule than without it
    unlabelled  the others among ``changes``: strings without labels, and fields that the labels do not tell

LABELLED: files of rows ``{"raw", "source", "fields"}``, as the scorer reads them; ``--strings``: further rows with ``raw`` alone
(``.jsonl.gz``).  Deterministic; some minutes for 30,000 strings.
"""

from __future__ import annotations

import argparse
import ast
import functools
import gc
import gzip
import importlib
import importlib.util
import inspect
import json
import re
import types
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knock_out import plain

import citenorm
from citenorm.parse.assemble import claims_of
from citenorm.parse.network import network
from citenorm.parse.tokens import tokenize

ROOT = Path(citenorm.__file__).parent / "parse"
ROOMS = (
    "fix_labels",
    "set_apart",
    "boundaries",
    "values",
    "fields",
    "entry_type",
    "kinds",
    "assemble",
)
AT_ONCE = 4096
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Unit:
    """A string, labelled by the model; ``scope``: the fields that its source labels, none where it has no labels."""

    row: Row
    tokens: Any
    labelling: Any
    scope: Sequence[str] = ()


def rules(room: str) -> Iterator[tuple[str, types.FunctionType, str]]:
    """Every function and method of a module that gives None or bool, with its name and which of the two."""
    module = importlib.import_module(f"citenorm.parse.{room}")
    for node in ast.parse((ROOT / f"{room}.py").read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.returns is not None:
            function, gives = plain(getattr(module, node.name)), ast.unparse(node.returns)
            if gives in ("None", "bool") and not function.__closure__:
                yield f"{room}.{node.name}", function, gives


def units_of(scorer: Any, files: Sequence[str], strings: Sequence[str], limit: int) -> list[Unit]:
    rows: list[tuple[Row, Sequence[str]]] = []
    for path in files:
        read = thinned(scorer.read(path), limit)
        known = scorer.scopes(path)
        seen = Counter(f.removesuffix("_raw") for row in read for f in row["fields"])
        often = [f for f in scorer.EVERY if seen[f] >= max(1, 0.01 * len(read))]
        for row in read:
            source = known.get(row["source"]) or known.get(row["source"].split("/")[0]) or {}
            rows.append((row, source.get("fields") or often))
    for path in strings:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            found = [json.loads(line) for line in file]
        rows += [({"raw": row["raw"]}, ()) for row in thinned(found, limit)]
    units = []
    for start in range(0, len(rows), AT_ONCE):
        some = [(row, tokenize(row["raw"]), scope) for row, scope in rows[start : start + AT_ONCE]]
        some = [one for one in some if len(one[1].parts) > 1]
        labelled = network().label([tokens for _, tokens, _ in some])
        units += [Unit(r, t, made, s) for (r, t, s), made in zip(some, labelled, strict=True)]
    return units


def thinned(rows: list[Row], limit: int) -> list[Row]:
    return rows[:: max(1, len(rows) // limit)] if limit else rows


def read_unit(unit: Unit) -> Any:
    """The item that a string comes to."""
    return claims_of(unit.row["raw"], unit.tokens, unit.labelling, network().share_right)[0].csl


def right_fields(scorer: Any, unit: Unit, csl: Any) -> int:
    """Fields that are right less those that are wrong, of the ones that the source labels."""
    gold, read = unit.row.get("fields", {}), scorer.predicted(csl)
    told = 0
    for field in unit.scope:
        if field in unit.row.get("ignore", ()):
            continue
        if field in gold or f"{field}_raw" in gold:
            told += 1 if scorer.equal(field, gold, read, unit.scope) else -1
        elif field in read:
            told -= 1
    return told


class Watch:
    """A function that notes on which strings it did something, or said yes and no."""

    def __init__(self, function: types.FunctionType, gives: str, now: list[int]) -> None:
        self.function, self.gives, self.now = function, gives, now
        self.did: set[int] = set()
        self.said: tuple[set[int], set[int]] = (set(), set())
        self.times = [0, 0]
        self.code = function.__code__
        twin = types.FunctionType(
            self.code, function.__globals__, function.__name__, function.__defaults__
        )
        twin.__kwdefaults__ = function.__kwdefaults__
        self.twin = twin
        name = f"_watched_{id(self)}"
        function.__globals__[name] = self.call
        function.__code__ = eval(f"lambda *a, **k: {name}(*a, **k)").__code__

    def call(self, *args: Any, **more: Any) -> Any:
        if self.gives == "bool":
            value = self.twin(*args, **more)
            self.times[bool(value)] += 1
            self.said[bool(value)].add(self.now[0])
            return value
        before = repr(args)
        self.twin(*args, **more)
        if repr(args) != before:
            self.did.add(self.now[0])
        return None

    def end(self) -> None:
        self.function.__code__ = self.code

    @property
    def answer(self) -> bool | None:
        """What it is made to say instead."""
        return None if self.gives == "None" else self.times[1] > self.times[0]

    @property
    def rows(self) -> list[int]:
        """Strings on which it did, or said, something else."""
        return sorted(self.did if self.gives == "None" else self.said[not self.answer])


def forget() -> None:
    """Empty what the parser keeps between strings."""
    for kept in gc.get_objects():
        of_parser = str(getattr(kept, "__module__", "") or "").startswith("citenorm.parse")
        if isinstance(kept, functools._lru_cache_wrapper) and of_parser and kept is not network:
            kept.cache_clear()


def without(watch: Watch, units: list[Unit]) -> list[Any]:
    """The items of the strings on which a rule did something, read without it."""
    watch.function.__code__ = eval(f"lambda *a, **k: {watch.answer}").__code__
    forget()
    try:
        return [read_unit(units[i]) for i in watch.rows]
    finally:
        watch.end()
        forget()


def scorer_at(path: str) -> Any:
    spec = importlib.util.spec_from_file_location("scorer", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    options = argparse.ArgumentParser(description=inspect.getdoc(importlib.import_module(__name__)))
    options.add_argument("labelled", nargs="+")
    options.add_argument("--scorer", required=True)
    options.add_argument("--strings", nargs="*", default=[])
    options.add_argument("--limit", type=int, default=0, help="about so many rows of each file")
    options.add_argument("--only", default="", help="rules whose name this pattern finds")
    given = options.parse_args()
    scorer = scorer_at(given.scorer)
    units = units_of(scorer, given.labelled, given.strings, given.limit)
    now = [0]
    watches = {
        name: Watch(function, gives, now)
        for room in ROOMS
        for name, function, gives in rules(room)
        if re.search(given.only, name)
    }
    base = []
    for now[0], unit in enumerate(units):
        forget() if now[0] % 512 == 0 else None
        base.append(read_unit(unit))
    for watch in watches.values():
        watch.end()
    print(f"{len(units)} strings, {sum(bool(u.scope) for u in units)} of them labelled\n")
    print("| rule | did | changes | mended | spoiled | unlabelled |")
    print("|---|---:|---:|---:|---:|---:|")
    for name, watch in watches.items():
        found = Counter[str]()
        for i, csl in zip(watch.rows, without(watch, units), strict=True):
            if csl == base[i]:
                continue
            found["changes"] += 1
            gain = right_fields(scorer, units[i], base[i]) - right_fields(scorer, units[i], csl)
            found["mended" if gain > 0 else "spoiled" if gain < 0 else "unlabelled"] += 1
        counts = [found[k] for k in ("changes", "mended", "spoiled", "unlabelled")]
        print(f"| {name} | {len(watch.rows)} | {' | '.join(map(str, counts))} |", flush=True)


if __name__ == "__main__":
    main()
