"""The structure of the package in figures: how branchy it is, how many conditions decide a match, how straight the walk is.

    python bench/structure.py [--root FOLDER] [--longest N]

Prints a Markdown table.  ``--root``: the tree to look at (default: this one), so that two states can be put beside each other.

    complexity            mean McCabe complexity of the functions (1 + branches), and functions above 12 and above 20
    branches per 100 lines  if, elif, for, while, except, and/or, conditional expressions, comprehension conditions
    yes/no functions      functions annotated ``-> bool``
    thresholds            comparisons with a number other than -1, 0, 1, 2
    word lists            sets and tuples of five strings or more, written in code
    climbs                how often a decision of an earlier stage (choose, works, described, verify, cite, rules) is
                          entered after a later one, while one reference of the example report is resolved

Standard library, and citenorm itself for the walk.
"""

from __future__ import annotations

import argparse
import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
SMALL = (-1, 0, 1, 2)
STAGES = {
    "match/choose": 0,
    "match/works": 1,
    "catalogue/link": 1,
    "normalize/editions": 1,
    "match/described": 2,
    "match/anchor": 2,
    "match/verify": 3,
    "match/status": 3,
    "match/findings": 3,
    "match/authors": 3,
    "match/not_found": 3,
    "match/absence": 3,
    "match/cite": 4,
    "match/prefer": 4,
    "match/keep_as_cited": 4,
    "match/as_cited": 4,
    "rules/": 5,
}
"""Decisions in the order of the line; names of modules, also those that earlier versions had."""


def branches(node: ast.AST) -> int:
    """Branches of one function, those of functions within it left out."""
    count = 0
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (*FUNCTIONS, ast.ClassDef)):
            continue
        if isinstance(
            child, (ast.If, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.IfExp)
        ):
            count += 1
        elif isinstance(child, ast.BoolOp):
            count += len(child.values) - 1
        elif isinstance(child, ast.comprehension):
            count += len(child.ifs)
        elif isinstance(child, ast.match_case):
            count += 1
        count += branches(child)
    return count


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, FUNCTIONS):
            yield node


def is_yes_no(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return isinstance(function.returns, ast.Name) and function.returns.id == "bool"


def thresholds(tree: ast.AST) -> int:
    found = 0
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            for side in (node.left, *node.comparators):
                if isinstance(side, ast.UnaryOp):
                    side = side.operand
                if isinstance(side, ast.Constant) and type(side.value) in (int, float):
                    found += side.value not in SMALL
    return found


def word_lists(tree: ast.AST) -> int:
    """Collections of five or more strings that are written in code."""
    found = 0
    for node in ast.walk(tree):
        if isinstance(node, (ast.List, ast.Tuple, ast.Set)) and len(node.elts) >= 5:
            found += all(
                isinstance(e, ast.Constant) and isinstance(e.value, str) for e in node.elts
            )
    return found


def trees(folder: Path) -> list[tuple[Path, ast.Module, int]]:
    """(path, tree, lines of code) of every module: lines that are neither empty nor a comment."""
    out = []
    for path in sorted(folder.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        lines = sum(bool(s) and not s.startswith("#") for s in map(str.strip, text.splitlines()))
        out.append((path, ast.parse(text), lines))
    return out


WALK = r"""
import json, sys
from pathlib import Path
import citenorm
package = str(Path(citenorm.__file__).parent) + "/"
stages = json.loads(sys.argv[1])
def stage(name):
    if not name.startswith(package):
        return None
    inner = name[len(package):]
    return next((at for start, at in stages.items() if inner.startswith(start)), None)
last, climbs = 0, 0
def seen(frame, event, arg):
    global last, climbs
    if event == "call" and (here := stage(frame.f_code.co_filename)) is not None:
        climbs += here < last
        last = here
"""


def climbs(root: Path) -> str:
    """Climbs of one claim's walk in another process, or "–" where the tree cannot be run."""
    import json

    example = root / "examples" / "seminar-report.md"
    code = WALK + (
        "with citenorm.open_sources(offline=True) as sources:\n"
        f"    claims = [citenorm.parse(f.raw) for f in citenorm.find(citenorm.read({str(example)!r}))]\n"
        "    citenorm.resolve_all(claims, sources)\n"
        "    sys.setprofile(seen)\n"
        "    citenorm.resolve(claims[0], sources)\n"
        "    sys.setprofile(None)\n"
        "print(climbs)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, json.dumps(STAGES)],
        capture_output=True,
        text=True,
        cwd=root,
        env={"PYTHONPATH": str(root), "PATH": "/usr/bin:/bin"},
    )
    return done.stdout.strip() or f"– ({done.stderr.strip().splitlines()[-1:]})"


def table(root: Path) -> list[tuple[str, str]]:
    package = root / "citenorm"
    modules = trees(package)
    sizes = {path: lines for path, _, lines in modules}
    cost = [(1 + branches(f), path, f.name) for path, tree, _ in modules for f in functions(tree)]
    match = [
        (path, tree, lines) for path, tree, lines in modules if package / "match" in path.parents
    ]
    total = sum(sizes.values())
    every = sum(c - 1 for c, _, _ in cost)
    in_match = sum(1 for _, tree, _ in match for _ in functions(tree))
    rows = [
        ("modules, lines of code", f"{len(modules)}, {total:,}"),
        ("functions", str(len(cost))),
        ("mean complexity", f"{sum(c for c, _, _ in cost) / len(cost):.2f}"),
        (
            "functions above 12, above 20",
            f"{sum(c > 12 for c, _, _ in cost)}, {sum(c > 20 for c, _, _ in cost)}",
        ),
        ("branches per 100 lines", f"{100 * every / total:.1f}"),
        (
            "the same in match/",
            f"{100 * sum(c - 1 for c, p, _ in cost if package / 'match' in p.parents) / sum(n for *_, n in match):.1f}",
        ),
        ("functions in match/", str(in_match)),
        (
            "yes/no functions in match/",
            str(sum(is_yes_no(f) for _, t, _ in match for f in functions(t))),
        ),
        ("thresholds in match/", str(sum(thresholds(t) for _, t, _ in match))),
        ("word lists in match/", str(sum(word_lists(t) for _, t, _ in match))),
        ("climbs of one claim's walk", climbs(root)),
    ]
    return rows


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--root", type=Path, default=ROOT)
    options.add_argument(
        "--longest", type=int, default=0, metavar="N", help="also the N most complex functions"
    )
    args = options.parse_args()
    print("| | |\n|---|---|")
    for name, value in table(args.root):
        print(f"| {name} | {value} |")
    if args.longest:
        cost = [
            (1 + branches(f), str(p.relative_to(args.root)), f.name)
            for p, t, _ in trees(args.root / "citenorm")
            for f in functions(t)
        ]
        for c, path, name in sorted(cost, reverse=True)[: args.longest]:
            print(f"{c:4} {path}:{name}")


if __name__ == "__main__":
    main()
