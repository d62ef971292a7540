"""Do the tests see a change?  Small faults are put into the package one at a time, and the tests that run the line are run.

    python bench/mutations.py --map MAP.json                     # once: which tests run which line (the suite under coverage)
    python bench/mutations.py --map MAP.json --renew tests/bib   # these tests once more, after they changed
    python bench/mutations.py --map MAP.json --sample 40 --seed 7 [--show] [--without 1:150] [--only citenorm/match/works]

A fault is one of: a comparison turned (< to <=, == to !=), ``and`` for ``or``, ``not`` dropped, a yes/no answer turned, a
number one higher, a branch never or always taken, a ``continue`` left out.  ``--sample`` faults a room are drawn at random
(``--without SEED:SAMPLE,…`` leaves out those that other draws hold, so that tests are measured on faults that they were not
written for); annotations, docstrings, what is raised and ``strict=`` (a guard) are never touched.  A fault survives where every test that runs its
line passes: those that run few lines in all first, until ``--seconds`` of processor time are spent.  Faults that change
nothing that can be seen are listed by hand in ``bench/mutations-equivalent.txt`` and left out of the share.

Nothing is written into the package.  A worker collects the tests once; for each fault a child of it gets the changed code
into the functions that are loaded, and runs the tests.  A test that fails in a child without a fault counts for nothing.
Functions that run when their module is imported are tried in a fresh process on a copy.  Needs pytest and coverage.
"""

from __future__ import annotations

import argparse
import ast
import gc
import importlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import types
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

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
Fault = tuple[int, str, str, ast.AST, ast.AST]
"""Line, function, what was done, the node, and what stands in its place."""
ORDINARY = ["-q", "-s", "--import-mode=importlib", "-p", "no:cacheprovider", "-p", "no:xdist"]


# ------------------------------------------------------------------ faults
def faults(tree: ast.Module) -> Iterator[Fault]:
    """Every fault of a module; only code within functions."""
    for top in ast.walk(tree):
        if isinstance(top, (ast.FunctionDef, ast.AsyncFunctionDef)):
            for node in _own(top):
                yield from _of(node, top.name)


def _own(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[ast.AST]:
    """Nodes of the body, without nested functions, docstrings and annotations."""
    apart = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Raise)
    todo: list[ast.AST] = list(function.body)
    while todo:
        node = todo.pop()
        if isinstance(node, (*apart, ast.Import, ast.ImportFrom)):
            continue
        if isinstance(node, ast.keyword) and node.arg == "strict":
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
        what = f"{type(node.op).__name__} to {type(other).__name__}"
        yield line, name, what, node, ast.BoolOp(other, node.values)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield line, name, "not dropped", node, node.operand
    elif isinstance(node, ast.Constant):
        if isinstance(node.value, bool):
            yield line, name, f"{node.value} turned", node, ast.Constant(not node.value)
        elif isinstance(node.value, (int, float)):
            yield line, name, f"{node.value} + 1", node, ast.Constant(node.value + 1)
    elif isinstance(node, (ast.If, ast.IfExp)):
        made: ast.AST
        line = node.test.lineno  # the tests that run the condition, whatever comes of it
        for value in (True, False):
            if isinstance(node, ast.If):
                made = ast.If(ast.Constant(value), node.body, node.orelse)
            else:
                made = ast.IfExp(ast.Constant(value), node.body, node.orelse)
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


def with_fault(path: str, number: int) -> tuple[str, int, ast.Module]:
    """(what stands in the list of equal ones, the line, the module with this fault of it)."""
    text = (ROOT / path).read_text("utf-8")
    tree = ast.parse(text)
    line, name, what, old, new = list(faults(tree))[number]
    stands = text.splitlines()[line - 1].strip()
    made = ast.fix_missing_locations(_Put(old, new).visit(tree))
    return f"{path}:{name}:{what}: {stands}", line, made


def drawn(rooms: list[str], sample: int, seed: int, without: str = "") -> list[tuple[str, int]]:
    """(module, number of the fault in it), the same for one seed and tree."""
    left: set[tuple[str, int]] = set()
    for draw in without.split(",") if without else ():
        other, size = (int(n) for n in draw.split(":"))
        left.update(drawn(rooms, size, other))
    out = []
    for room in rooms:
        place = ROOT / "citenorm" / room
        paths = sorted(place.rglob("*.py")) if place.is_dir() else [place.with_suffix(".py")]
        every = [
            (str(p.relative_to(ROOT)), i)
            for p in paths
            for i, _ in enumerate(faults(ast.parse(p.read_text("utf-8"))))
        ]
        every = [task for task in every if task not in left]
        out += random.Random(f"{seed}{room}").sample(every, min(sample, len(every)))
    return out


# ------------------------------------------------------------------ which tests
class _Mapper:
    """A pytest plugin: which lines each test runs, and how long it takes."""

    def __init__(self, coverage: Any) -> None:
        self.coverage, self.seconds = coverage, dict[str, float]()

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self.coverage.switch_context(nodeid)
        self.seconds[nodeid] = -time.process_time()

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        self.seconds[nodeid] += time.process_time()
        self.coverage.switch_context("between tests")


def make_map(target: Path, tests: list[str]) -> None:
    """Run tests under coverage; write their seconds, and file → line → numbers of tests, beside what the map held already."""
    import coverage
    import pytest

    with tempfile.TemporaryDirectory() as folder:
        measured = coverage.Coverage(
            data_file=f"{folder}/data", config_file=False, source=[str(ROOT / "citenorm")]
        )
        measured.start()
        for path in sorted((ROOT / "citenorm").rglob("*.py")):
            _import(str(path.relative_to(ROOT)))
        mapper = _Mapper(measured)
        os.chdir(ROOT)
        pytest.main([*ORDINARY, "-p", "no:randomly", *tests], plugins=[mapper])
        measured.stop()
        data = measured.get_data()
        old = read_map(target)
        seconds = {t: s for t, s in old["seconds"].items() if not _under(t, tests)}
        seconds |= mapper.seconds
        number = {test: i for i, test in enumerate(seconds)}
        lines: dict[str, dict[str, list[int]]] = {}
        for file in sorted(data.measured_files()):
            path, by_line = str(Path(file).relative_to(ROOT)), data.contexts_by_lineno(file)
            lines[path] = {
                str(n): sorted({-1 if t == "" else number[t] for t in ran if t in number or not t})
                for n, ran in sorted(by_line.items())
            }
        names = list(old["seconds"])
        for path, rows in old["lines"].items():
            for n, ran in rows.items():
                kept = [number[names[t]] for t in ran if t >= 0 and names[t] in seconds]
                now = lines.setdefault(path, {}).setdefault(n, [])
                lines[path][n] = sorted({*now, *kept})
    target.write_text(json.dumps({"seconds": seconds, "lines": lines}), "utf-8")


def read_map(target: Path) -> dict[str, Any]:
    return json.loads(target.read_text()) if target.is_file() else {"seconds": {}, "lines": {}}


def _under(test: str, folders: list[str]) -> bool:
    return any(test.startswith((f"{f}/", f"{f}::")) or test == f for f in folders)


def _import(path: str) -> None:
    module = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    if not module.endswith("__main__"):
        try:
            importlib.import_module(module)
        except ImportError:  # an engine or an extra that is not installed
            print(f"not imported: {module}", file=sys.stderr)


class Tests:
    """Which tests to run for a line, those that run few lines in all first."""

    def __init__(self, known: dict[str, Any], seconds: float) -> None:
        self.names, self.lines = list(known["seconds"]), known["lines"]
        self.cost, self.most = list(known["seconds"].values()), seconds
        self.breadth = Counter(
            t for rows in self.lines.values() for ran in rows.values() for t in ran
        )

    def run(self, path: str, line: int) -> list[str]:
        """Test ids, as many as the seconds allow and one in any case."""
        out, spent = [], 0.0
        ran = [t for t in self.lines.get(path, {}).get(str(line), []) if t >= 0]
        for test in sorted(ran, key=lambda t: (self.breadth[t] * (0.05 + self.cost[t]), t)):
            spent += self.cost[test]
            if out and spent > self.most:
                break
            out.append(self.names[test])
        return out

    def at_import(self, path: str, line: int) -> bool:
        """Whether the line runs when the package is imported."""
        return -1 in self.lines.get(path, {}).get(str(line), [])


# ------------------------------------------------------------------ running in children of a warm worker
class _Runner:
    """A pytest plugin: instead of the tests, faults are run, each in a child."""

    def __init__(self, tasks: list[tuple[str, int, list[str]]], out: Path) -> None:
        self.tasks, self.out = tasks, out
        self.items: dict[str, Any] = {}
        self.sound: dict[str, bool] = {}
        self.functions: dict[str, list[types.FunctionType]] = {}
        self.told = -1

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed:
            os.write(self.told, report.nodeid.encode())
            os._exit(1)

    def pytest_runtestloop(self, session: Any) -> bool:
        self.items = {item.nodeid: item for item in session.items}
        for path in {path for path, _, _ in self.tasks}:
            _import(path)
        self.functions = loaded({str(ROOT / path) for path, _, _ in self.tasks})
        gc.collect()
        gc.freeze()
        gc.disable()  # a child that looks at every object copies all of the memory
        with self.out.open("w", encoding="utf-8") as out:
            for path, number, tests in self.tasks:
                killer = self.killer(path, number, [t for t in tests if t in self.items])
                out.write(json.dumps([path, number, killer]) + "\n")
                out.flush()
        return True

    def killer(self, path: str, number: int, tests: list[str]) -> str:
        """The test that sees the fault; "time" where they do not come to an end; "" where none does."""
        while tests:
            told = self.child(tests, path, number)
            if told in ("", "time"):
                return told
            if told not in self.sound:
                self.sound[told] = self.child([told]) == ""
            if self.sound[told]:
                return told
            tests = [t for t in tests if self.sound.get(t, True)]
        return ""

    def child(self, tests: list[str], path: str = "", number: int = -1) -> str:
        read, self.told = os.pipe()
        sys.stdout.flush()
        pid = os.fork()
        if not pid:
            status = 0
            try:
                os.close(read)
                resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
                if path:
                    put(path, number, self.functions[str(ROOT / path)])
                self.run([self.items[t] for t in tests])
            except BaseException:
                os.write(self.told, b"time" if path == "" else tests[0].encode())
                status = 1
            os._exit(status)
        os.close(self.told)
        status = _wait(pid, 180)
        with os.fdopen(read, "rb") as pipe:
            os.set_blocking(read, False)
            told = (pipe.read() or b"").decode()
        return told or ("" if status == 0 else "time")

    def run(self, items: list[Any]) -> None:
        for item, after in zip(items, [*items[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)


def _wait(pid: int, seconds: float) -> int:
    """Exit status of a child; it is ended where it takes too long."""
    until, pause = time.monotonic() + seconds, 0.002
    while True:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return status
        if time.monotonic() > until:
            os.kill(pid, signal.SIGKILL)
        time.sleep(pause)
        pause = min(pause * 1.3, 0.05)


def loaded(files: set[str]) -> dict[str, list[types.FunctionType]]:
    """The functions of these files that live in this process."""
    out: dict[str, list[types.FunctionType]] = {file: [] for file in files}
    for one in gc.get_objects():
        if isinstance(one, types.FunctionType) and one.__code__.co_filename in out:
            out[one.__code__.co_filename].append(one)
    return out


def put(path: str, number: int, functions: list[types.FunctionType]) -> None:
    """Give the functions of a loaded module the code with a fault."""
    _, _, tree = with_fault(path, number)
    made = _codes(compile(tree, str(ROOT / path), "exec", dont_inherit=True))
    codes = {(code.co_qualname, code.co_firstlineno): code for code in made}
    for function in functions:
        code = function.__code__
        new = codes.get((code.co_qualname, code.co_firstlineno))
        if new is not None and new.co_freevars == code.co_freevars:
            function.__code__ = new


def _codes(code: types.CodeType) -> Iterator[types.CodeType]:
    for part in code.co_consts:
        if isinstance(part, types.CodeType):
            yield part
            yield from _codes(part)


def work(given: Path, out: Path) -> None:
    """A worker: the tasks of a file → one line of JSON a task."""
    import pytest

    tasks = [(path, number, tests) for path, number, tests in json.loads(given.read_text("utf-8"))]
    files = sorted({test.split("::")[0] for _, _, tests in tasks for test in tests})
    os.chdir(ROOT)
    with tempfile.TemporaryDirectory() as folder:
        base = f"--basetemp={folder}/tests"
        pytest.main([*ORDINARY, base, *files], plugins=[_Runner(tasks, out)])


def afresh(path: str, number: int, tests: list[str]) -> str:
    """The same in a fresh process, on a copy: for what runs when a module is imported."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for part in ("tests", "examples", "bench", "docs"):
            os.symlink(ROOT / part, copy / part)
        shutil.copytree(
            ROOT / "citenorm", copy / "citenorm", ignore=shutil.ignore_patterns("__pycache__")
        )
        for part in ("pyproject.toml", "README.md", ".pre-commit-hooks.yaml"):
            shutil.copy(ROOT / part, copy / part)
        (copy / path).write_text(ast.unparse(with_fault(path, number)[2]), "utf-8")
        env = {**os.environ, "PYTHONPATH": folder, "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, "-m", "pytest", "-x", *ORDINARY, *tests]
        try:
            done = subprocess.run(
                command, cwd=folder, env=env, capture_output=True, timeout=180, check=False
            )
        except subprocess.TimeoutExpired:
            return "time"
        return "afresh" if done.returncode else ""


# ------------------------------------------------------------------ the whole
def equivalent() -> dict[str, str]:
    """Faults judged to change nothing ("file:function:what: the line") → why."""
    out = {}
    for row in KNOWN.read_text("utf-8").splitlines() if KNOWN.is_file() else []:
        if row.strip() and not row.startswith("#"):
            fault, _, why = row.partition("  # ")
            out[fault.strip()] = why
    return out


def results(tasks: list[tuple[str, int]], tests: Tests, jobs: int) -> dict[tuple[str, int], str]:
    """The test that sees each fault ("" none, "-" where no test runs the line)."""
    out, todo, late = {}, [], []
    for path, number in tasks:
        line = with_fault(path, number)[1]
        chosen = tests.run(path, line)
        if chosen:
            todo.append((path, number, chosen))
        else:
            out[path, number] = "-"
        if tests.at_import(path, line):
            late.append((path, number, chosen))
    with tempfile.TemporaryDirectory() as folder:
        running = []
        for job in range(jobs):
            given, made = Path(folder, f"{job}.json"), Path(folder, f"{job}.jsonl")
            given.write_text(json.dumps(todo[job::jobs]), "utf-8")
            command = [sys.executable, __file__, "--work", str(given), str(made)]
            quiet = subprocess.DEVNULL
            running.append((subprocess.Popen(command, stdin=quiet, stdout=quiet), made))
        for process, made in running:
            process.wait()
            for row in made.read_text("utf-8").splitlines() if made.is_file() else []:
                path, number, killer = json.loads(row)
                out[path, number] = killer
    missing = [task for task in tasks if task not in out]
    if missing:
        sys.exit(f"a worker ended early: {len(missing)} faults were not run, from {missing[0]}")
    for path, number, chosen in late:
        if chosen and not out[path, number]:
            out[path, number] = afresh(path, number, chosen)
    return out


def main() -> None:
    if sys.argv[1:2] == ["--work"]:
        return work(Path(sys.argv[2]), Path(sys.argv[3]))
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    add = options.add_argument
    add("--map", type=Path, required=True, help="which tests run which line (made where missing)")
    add("--renew", nargs="+", default=[], metavar="TESTS", help="map these tests once more")
    add("--rooms", default="match,find,bib,rules,pipeline")
    add("--only", default="", help="faults of the files that begin so")
    add("--sample", type=int, default=40, help="faults a room")
    add("--seed", type=int, default=7)
    add("--without", default="", metavar="SEED:SAMPLE,…", help="leave out what these draws hold")
    add("--seconds", type=float, default=5, help="processor time for the tests of one fault")
    add("--jobs", type=int, default=2)
    add("--show", action="store_true", help="name the survivors")
    args = options.parse_args()
    if args.renew or not args.map.is_file():
        make_map(args.map, args.renew or ["tests"])
        return None
    tests = Tests(read_map(args.map), args.seconds)
    tasks = drawn(args.rooms.split(","), args.sample, args.seed, args.without)
    tasks = [task for task in tasks if task[0].startswith(args.only)]
    report(tasks, results(tasks, tests, args.jobs), args.show)
    return None


def report(tasks: list[tuple[str, int]], seen: dict[tuple[str, int], str], show: bool) -> None:
    same = equivalent()
    rows: dict[str, Counter[str]] = {}
    survivors, judged = [], []
    for path, number in tasks:
        name, line, _ = with_fault(path, number)
        row = rows.setdefault(Path(path).parts[1].removesuffix(".py"), Counter())
        killer = seen[path, number]
        if killer in ("", "-") and name in same:
            judged.append(name)
            row["equal"] += 1
            continue
        row["all"] += 1
        row["killed"] += killer not in ("", "-")
        row["not run"] += killer == "-"
        if killer in ("", "-"):
            survivors.append(f"{line}\t{name}" + ("  (no test runs it)" if killer else ""))
    print("| room | faults | seen | share | no test runs the line | left out as equal |")
    print("|---|---|---|---|---|---|")
    rows["all"] = sum(rows.values(), Counter())
    for room, row in rows.items():
        share = row["killed"] / max(row["all"], 1)
        print(
            f"| {room} | {row['all']} | {row['killed']} | {share:.3f} | {row['not run']} | {row['equal']} |"
        )
    if show:
        print("\n".join(sorted(survivors, key=lambda s: s.split("\t")[1])))
        print("left out:", *judged, sep="\n")


if __name__ == "__main__":
    main()
