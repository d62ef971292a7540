"""Labelled references and claims in, which yes/no functions of the matcher change anything on them out.

    python bench/knock_out.py CATALOGUE DATA-FOLDER [--limit N] [--only TEXT]

Each function of ``citenorm.match`` that says yes or no is made to say what it says more often, and the rows on which it said the
other thing are resolved again.  A line a function: how often it said no and yes, on how many rows the rarer, and of these how many
have another record, another status, other findings, another printed entry, and came out right or wrong that were not before.  What
changes nothing, or as much for the worse, earns no place unless it guards against something that the data do not have.

CATALOGUE, DATA-FOLDER: as for ``bench/matching.py``; .bib files in the folder or below it are rows too, with no label.
Deterministic; a minute or two for 3,000 rows.
"""

from __future__ import annotations

import argparse
import ast
import functools
import gc
import importlib
import inspect
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from matching import ACCUSED, Row, Without, rows_of

import citenorm
from citenorm import bib
from citenorm.catalogue import Catalogue
from citenorm.errors import InputError
from citenorm.match import views
from citenorm.model import Claim, Resolution
from citenorm.parse import parse_many
from citenorm.pipeline import resolve_batch
from citenorm.sources import Sources

ROOT = Path(citenorm.__file__).parent
KINDS = ("wild", "biomedical", "hard-negatives", "own-removed", "hallmark", "wild-claims")
Unit = tuple[str, Row, Claim, Sources]


def yes_no(room: str) -> Iterator[tuple[str, types.FunctionType]]:
    """Every function and method of a room that is annotated ``-> bool``, with its dotted name."""
    for path in sorted((ROOT / room).rglob("*.py")):
        name = "citenorm." + str(path.relative_to(ROOT))[:-3].replace("/", ".")
        module = importlib.import_module(name.removesuffix(".__init__"))
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            inside = node.body if isinstance(node, ast.ClassDef) else [node]
            owner = getattr(module, node.name) if isinstance(node, ast.ClassDef) else module
            for found in inside:
                if isinstance(found, ast.FunctionDef) and is_bool(found):
                    function = plain(inspect.getattr_static(owner, found.name))
                    if isinstance(function, types.FunctionType) and not function.__closure__:
                        yield f"{name[9:]}.{found.name}", function


def is_bool(node: ast.FunctionDef) -> bool:
    return isinstance(node.returns, ast.Name) and node.returns.id == "bool"


def plain(found: Any) -> Any:
    """The function behind a property or a cache."""
    for name in ("fget", "make", "__wrapped__"):
        found = getattr(found, name, None) or found
    return found


def forget() -> None:
    """Empty what the matcher keeps between references."""
    views._VIEWS.clear()
    for kept in gc.get_objects():
        of_matcher = getattr(kept, "__module__", "") or ""
        if isinstance(kept, functools._lru_cache_wrapper) and of_matcher.startswith(
            "citenorm.match"
        ):
            kept.cache_clear()


def right(kind: str, row: Row, x: Resolution) -> bool | None:
    """Whether an outcome is the labelled one; None where the label is no help."""
    accused = x.status in ACCUSED
    if kind == "bib":
        return None
    if kind == "hallmark":
        return accused == (row["label"] == "hallucinated")
    if kind == "wild-claims":
        return None if row["verdict"] == "unclear" else accused == (row["verdict"] == "wrong")
    if not x.matched:
        return not row["present"]
    return bool(row["present"]) and x.record is not None and x.record.id in row["ids"]


def outcome(unit: Unit) -> tuple[Any, ...]:
    """What is compared of one resolution: record, status, findings, entry, whether right."""
    kind, row, claim, sources = unit
    x = resolve_batch([claim], sources)[0]
    told = tuple((d.code, d.field, d.record) for d in x.diagnostics)
    record = x.record.id if x.record else x.outcome
    return record, x.status, told, repr(x.emitted), right(kind, row, x)


def counted(
    functions: list[tuple[str, types.FunctionType]], units: list[Unit]
) -> dict[str, tuple[list[int], tuple[set[int], set[int]]]]:
    """For each function how often it says no and yes, and on which rows."""
    said: dict[str, tuple[list[int], tuple[set[int], set[int]]]] = {}
    now = [0]
    kept = {name: function.__code__ for name, function in functions}
    for i, (name, function) in enumerate(functions):
        twin = types.FunctionType(
            function.__code__, function.__globals__, name, function.__defaults__
        )
        twin.__kwdefaults__ = function.__kwdefaults__
        said[name] = ([0, 0], (set(), set()))
        function.__globals__[f"_counted_{i}"] = counter(twin, said[name], now)
        function.__code__ = eval(f"lambda *a, **k: _counted_{i}(*a, **k)").__code__
    for now[0], unit in enumerate(units):
        forget() if now[0] % 64 == 0 else None
        outcome(unit)
    for name, function in functions:
        function.__code__ = kept[name]
    return said


def counter(twin: Callable[..., Any], into: Any, now: list[int]) -> Callable[..., Any]:
    def count(*args: Any, **more: Any) -> Any:
        value = twin(*args, **more)
        into[0][bool(value)] += 1
        into[1][bool(value)].add(now[0])
        return value

    return count


def knocked_out(
    function: types.FunctionType, says: bool, which: list[int], units: list[Unit]
) -> list[tuple[Any, ...]]:
    """The outcomes of some rows with a function that always says one thing."""
    code = function.__code__
    function.__code__ = eval(f"lambda *a, **k: {says}").__code__
    forget()
    try:
        return [outcome(units[i]) for i in which]
    finally:
        function.__code__ = code
        forget()


def units_of(catalogue: Catalogue, folder: str, limit: int) -> list[Unit]:
    units: list[Unit] = []
    for kind in KINDS:
        if not (rows := rows_of(folder, kind, limit)):
            continue
        removed = frozenset(ident for row in rows for ident in row.get("remove", ()))
        sources = Sources([Without(catalogue, removed)])
        said = "raw" in rows[0]
        claims = parse_many([r["raw"] for r in rows]) if said else [Claim(r["csl"]) for r in rows]
        units += [(kind, row, claim, sources) for row, claim in zip(rows, claims, strict=True)]
    entries = [c for path in sorted(Path(folder).rglob("*.bib")) for c in claims_of(path)]
    plain = Sources([catalogue])
    return units + [("bib", {}, c, plain) for c in entries[:: max(1, len(entries) // limit)]]


def claims_of(path: Path) -> list[Claim]:
    """The entries of a bibliography; none of one that cannot be read."""
    try:
        return bib.claims(bib.read(path.read_bytes(), path.name))
    except InputError:
        return []


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    options.add_argument("catalogue")
    options.add_argument("data")
    options.add_argument("--limit", type=int, default=500, help="about so many rows of each file")
    options.add_argument("--only", default="", help="functions whose dotted name has this in it")
    given = options.parse_args()
    with Catalogue.open(given.catalogue) as catalogue:
        units = units_of(catalogue, given.data, given.limit)
        functions = [f for f in yes_no("match") if given.only in f[0]]
        base = [outcome(unit) for unit in units]
        said = counted(functions, units)
        print("| function | no | yes | rows | record | status | told | printed | better | worse |")
        print("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
        for name, function in functions:
            (no, yes), rows = said[name]
            which = sorted(rows[no >= yes])
            after = knocked_out(function, yes > no, which, units)
            pairs = [(base[i], b) for i, b in zip(which, after, strict=True)]
            changed = [sum(a[k] != b[k] for a, b in pairs) for k in range(4)]
            better, worse = (
                sum(a[4] is (not good) and b[4] is good for a, b in pairs) for good in (True, False)
            )
            numbers = [no, yes, len(which), *changed, better, worse]
            print(f"| {name} | {' | '.join(map(str, numbers))} |", flush=True)


if __name__ == "__main__":
    main()
