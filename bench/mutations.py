"""Do the tests see a change?  Small faults are put into the package one at a time, and the tests that run the line are run.

    python bench/mutations.py --map MAP.json             # once: which tests run which line (the whole suite under coverage)
    python bench/mutations.py --map MAP.json --rooms match,find,bib,rules,pipeline --sample 40 --seed 7 [--show]

A fault is one of: a comparison turned (< to <=, == to !=), ``and`` for ``or``, ``not`` dropped, a yes/no answer turned, a
number one higher, a branch never or always taken, an early ``return``/``continue`` left out.  ``--sample`` faults a room are
drawn at random; annotations, docstrings, type-checking blocks and messages are never touched.  A fault survives where every
test that runs its line (at most ``--most``, spread over the files) passes.  Faults that change nothing that can be seen are
listed by hand in ``bench/mutations-equivalent.txt`` (``file:function:what``, with a reason) and left out of the share.

Needs pytest and coverage.  Nothing of the working tree is changed: the faults live in a copy.
"""

from __future__ import annotations

import argparse
import ast
import concurrent.futures
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KNOWN = Path(__file__).with_name("mutations-equivalent.txt")
TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
Fault = tuple[int, str, str, ast.AST, ast.AST | None]
"""Line, function, what was done, the node, and what stands in its place (None: left out)."""


# ------------------------------------------------------------------ faults
def faults(tree: ast.Module) -> Iterator[Fault]:
    """Every fault of a module; only code within functions."""
    for top in ast.walk(tree):
        if isinstance(top, (ast.FunctionDef, ast.AsyncFunctionDef)):
            for node in _own(top):
                yield from _of(node, top.name)


def _own(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[ast.AST]:
    """Nodes of the body, without nested functions, docstrings and annotations."""
    todo: list[ast.AST] = list(function.body)
    while todo:
        node = todo.pop()
        if isinstance(
            node,
            (
                ast.FunctionDef,
                ast.AsyncFunctionDef,
                ast.ClassDef,
                ast.Raise,
                ast.Import,
                ast.ImportFrom,
            ),
        ):
            continue
        if isinstance(node, ast.AnnAssign):
            todo += [node.value] if node.value else []
            continue
        yield node
        todo += list(ast.iter_child_nodes(node))


def _of(node: ast.AST, name: str) -> Iterator[Fault]:
    line = getattr(node, "lineno", 0)
    if isinstance(node, ast.Compare):
        for i, op in enumerate(node.ops):
            ops = [*node.ops[:i], TURNED[type(op)](), *node.ops[i + 1 :]]
            what = f"{type(op).__name__} to {type(ops[i]).__name__}"
            yield line, name, what, node, ast.Compare(node.left, ops, node.comparators)
    elif isinstance(node, ast.BoolOp):
        other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield (
            line,
            name,
            f"{type(node.op).__name__} to {type(other).__name__}",
            node,
            ast.BoolOp(other, node.values),
        )
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield line, name, "not dropped", node, node.operand
    elif isinstance(node, ast.Constant):
        if isinstance(node.value, bool):
            yield line, name, f"{node.value} turned", node, ast.Constant(not node.value)
        elif type(node.value) in (int, float):
            yield line, name, f"{node.value} + 1", node, ast.Constant(node.value + 1)
    elif isinstance(node, (ast.If, ast.IfExp)):
        for value in (True, False):
            made = (
                ast.If(ast.Constant(value), node.body, node.orelse)
                if isinstance(node, ast.If)
                else ast.IfExp(ast.Constant(value), node.body, node.orelse)
            )
            yield line, name, f"if {value}", node, made
    elif isinstance(node, ast.Continue):
        yield line, name, "continue left out", node, ast.Pass()


class _Put(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        if node is self.old:
            return ast.copy_location(self.new, node)
        return self.generic_visit(node)


def drawn(rooms: list[str], sample: int, seed: int) -> list[tuple[Path, int]]:
    """(module, number of the fault in it), the same for one seed and tree."""
    out = []
    for room in rooms:
        place = ROOT / "citenorm" / room
        paths = sorted(place.rglob("*.py")) if place.is_dir() else [place.with_suffix(".py")]
        every = [
            (p, i) for p in paths for i, _ in enumerate(faults(ast.parse(p.read_text("utf-8"))))
        ]
        out += random.Random(f"{seed}{room}").sample(every, min(sample, len(every)))
    return out


# ------------------------------------------------------------------ which tests
def make_map(target: Path) -> None:
    """Run the suite once under coverage; write file → line → tests."""
    with tempfile.TemporaryDirectory() as folder:
        rc = Path(folder) / "rc"
        rc.write_text(
            f"[run]\nsource = {ROOT / 'citenorm'}\ndynamic_context = test_function\ndata_file = {folder}/data\n",
            "utf-8",
        )
        subprocess.run(
            [
                sys.executable,
                "-m",
                "coverage",
                "run",
                f"--rcfile={rc}",
                "-m",
                "pytest",
                "-q",
                "-p",
                "no:cacheprovider",
            ],
            cwd=ROOT,
            check=False,
            stdout=subprocess.DEVNULL,
        )
        from coverage import CoverageData

        data = CoverageData(basename=f"{folder}/data")
        data.read()
        lines: dict[str, dict[str, list[str]]] = {}
        for file in sorted(data.measured_files()):
            by_line = data.contexts_by_lineno(file)
            lines[str(Path(file).relative_to(ROOT))] = {
                str(n): sorted(t for t in tests if t) for n, tests in sorted(by_line.items())
            }
    target.write_text(json.dumps(lines), "utf-8")


def tests_for(path: str, line: int, known: dict[str, dict[str, list[str]]], most: int) -> list[str]:
    """Test ids (file::name) that run a line, at most ``most``, taken in turn from each file."""
    by_file: dict[str, list[str]] = {}
    for name in known.get(path, {}).get(str(line), []):
        where, node = _node(name)
        if where:
            by_file.setdefault(where, []).append(f"{where}::{node}")
    out: list[str] = []
    while by_file and len(out) < most:
        for where in sorted(by_file):
            out.append(by_file[where].pop(0))
            if not by_file[where]:
                del by_file[where]
    return out[:most]


def _node(context: str) -> tuple[str, str]:
    """ "tests.match.test_works.test_x" → ("tests/match/test_works.py", "test_x")."""
    parts = context.split(".")
    for i in range(len(parts), 0, -1):
        where = Path(*parts[:i]).with_suffix(".py")
        if (ROOT / where).is_file():
            return str(where), "::".join(parts[i:])
    return "", ""


# ------------------------------------------------------------------ running
def survives(
    task: tuple[str, int, dict[str, dict[str, list[str]]], int],
) -> tuple[str, bool | None]:
    """(description, whether every test passes); None where no test runs the line."""
    path, number, known, most = task
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    line, name, what, old, new = list(faults(tree))[number]
    tag = f"{path}:{line}:{name}:{what}"
    tests = tests_for(path, line, known, most)
    if not tests:
        return tag, None
    assert new is not None
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for part in ("citenorm", "tests", "examples", "bench"):
            os.symlink(ROOT / part, copy / part) if part != "citenorm" else shutil.copytree(
                ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__")
            )
        for part in ("pyproject.toml", "README.md", ".pre-commit-hooks.yaml"):
            shutil.copy(ROOT / part, copy / part)
        fault = ast.fix_missing_locations(_Put(old, new).visit(tree))
        (copy / path).write_text(ast.unparse(fault), "utf-8")
        env = {**os.environ, "PYTHONPATH": folder, "PYTHONDONTWRITEBYTECODE": "1"}
        try:
            done = subprocess.run(
                [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests],
                cwd=folder,
                env=env,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=180,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return tag, False
    return tag, done.returncode == 0


def equivalent() -> set[str]:
    """Faults judged to change nothing: "file:function:what", without the line."""
    if not KNOWN.is_file():
        return set()
    rows = (row.split("#")[0].strip() for row in KNOWN.read_text("utf-8").splitlines())
    return {row for row in rows if row}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument(
        "--map",
        type=Path,
        required=True,
        help="which tests run which line (made where it is missing)",
    )
    options.add_argument("--rooms", default="match,find,bib,rules,pipeline")
    options.add_argument("--sample", type=int, default=40, help="faults a room")
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--most", type=int, default=60, help="tests run for one fault")
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--show", action="store_true", help="name the survivors")
    args = options.parse_args()
    if not args.map.is_file():
        make_map(args.map)
    known = json.loads(args.map.read_text("utf-8"))
    rooms = args.rooms.split(",")
    same = equivalent()
    rows = {room: [0, 0, 0] for room in rooms}
    survivors = []
    tasks = [
        (str(p.relative_to(ROOT)), i, known, args.most)
        for p, i in drawn(rooms, args.sample, args.seed)
    ]
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        for tag, alive in pool.map(survives, tasks):
            path, _, rest = tag.split(":", 2)
            room = Path(path).parts[1].removesuffix(".py")
            if f"{path}:{rest}" in same:
                continue
            rows[room][0] += 1
            rows[room][1] += alive is False
            rows[room][2] += alive is None
            if alive is not False:
                survivors.append(tag + (" (no test runs it)" if alive is None else ""))
    print("| room | faults | seen | share | no test runs the line |\n|---|---|---|---|---|")
    for room, (all_, killed, none) in rows.items():
        print(f"| {room} | {all_} | {killed} | {killed / max(all_, 1):.2f} | {none} |")
    every, seen = sum(r[0] for r in rows.values()), sum(r[1] for r in rows.values())
    print(
        f"| all | {every} | {seen} | {seen / max(every, 1):.3f} | {sum(r[2] for r in rows.values())} |"
    )
    if args.show:
        print("\n".join(survivors))


if __name__ == "__main__":
    main()
