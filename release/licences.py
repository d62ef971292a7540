"""The licences of everything that ``pip install citenorm`` brings → docs/licences.md; a licence that may not be brought is an error.

    python release/licences.py [--extras NAME …] [--check FILE | --write FILE]

Run it in an environment into which citenorm is installed.  Followed are the requirements as the packages state them for this
Python and system; what else is installed (pip itself, tools) is left out.  ``--check`` fails where the table in FILE has other
packages or licences than are installed.
"""

from __future__ import annotations

import argparse
import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

_PDFIUM = "LicenseRef-PDFium"
"""PDFium is BSD-3-Clause; what it is built with (FreeType, libpng, zlib, ICU, OpenJPEG, Little CMS …) is permissive too, each by its own text."""
ALLOWED = (
    "MIT", "MIT-0", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "Apache-2.0", "ISC", "PSF-2.0", "MPL-2.0", "Zlib", "CC0-1.0", "Unlicense", _PDFIUM,
)  # fmt: skip
"""What may be brought: permissive licences, and MPL-2.0, which asks something of changes to its own files alone."""
_SPOKEN = {
    "mit license": "MIT", "the mit license": "MIT", "mit": "MIT", "apache 2.0": "Apache-2.0", "apache-2.0": "Apache-2.0",
    "apache license 2.0": "Apache-2.0", "apache software license": "Apache-2.0", "bsd license": "BSD-3-Clause", "bsd": "BSD-3-Clause",
    "bsd-3-clause": "BSD-3-Clause", "3-clause bsd license": "BSD-3-Clause", "bsd-2-clause": "BSD-2-Clause", "isc license (iscl)": "ISC",
    "bsd-3-clause, apache-2.0, dependency licenses": f"(BSD-3-Clause OR Apache-2.0) AND {_PDFIUM}",
    "python software foundation license": "PSF-2.0", "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
}  # fmt: skip
"""Names of licences, as classifiers and older metadata have them, by their SPDX identifiers."""
HEAD = """# Licences of what is installed

`pip install citenorm` brings these packages (`release/licences.py` makes this table and fails for a licence that is not on its list;
GPL and AGPL are not). Extras bring more: `python release/licences.py --extras batch server completion` lists them.

| package | licence | asked for by |
|---|---|---|
"""


def licence_of(dist: Distribution) -> str:
    """The SPDX expression of an installed package; what it says itself where that is none."""
    meta = dist.metadata
    stated = meta.get("License-Expression")
    if stated:
        return str(stated)
    for classifier in meta.get_all("Classifier") or []:
        if classifier.startswith("License ::"):
            name = classifier.rsplit("::", 1)[1].strip()
            if name.lower() in _SPOKEN:
                return _SPOKEN[name.lower()]
    own = (meta.get("License") or "").strip().splitlines()
    return _SPOKEN.get(own[0].strip().lower(), own[0].strip()) if own else "unknown"


def allowed(expression: str) -> bool:
    """Some choice that an SPDX expression leaves is made of allowed licences alone."""
    text = re.sub(r" WITH [\w.-]+", "", expression)
    text = re.sub(r"[\w.+-]+", lambda m: m[0] if m[0] in ("AND", "OR") else _sign(m[0]), text)
    while "(" in text:
        text, done = re.subn(r"\(([^()]*)\)", lambda m: "+" if _holds(m[1]) else "-", text)
        if not done:
            return False
    return _holds(text)


def _sign(name: str) -> str:
    return "+" if name in ALLOWED else "-"


def _holds(text: str) -> bool:
    """``+`` and ``-`` joined by AND and OR, of which AND binds closer."""
    return any(set(p.split(" AND ")) == {"+"} for p in (q.strip() for q in text.split(" OR ")))


def brought(name: str, extras: frozenset[str]) -> dict[str, tuple[Distribution, set[str]]]:
    """Each package that ``name`` with its extras needs here, and which packages ask for it."""
    found: dict[str, tuple[Distribution, set[str]]] = {}
    todo = [(name, extras)]
    seen: set[tuple[str, frozenset[str]]] = set()
    while todo:
        who, wanted = todo.pop()
        if (canonicalize_name(who), wanted) in seen:
            continue
        seen.add((canonicalize_name(who), wanted))
        for text in distribution(who).requires or []:
            need = Requirement(text)
            env = dict(default_environment())
            if need.marker and not any(
                need.marker.evaluate({**env, "extra": e}) for e in (wanted or {""})
            ):
                continue
            key = canonicalize_name(need.name)
            if key == canonicalize_name(name):
                todo.append((name, frozenset(need.extras)))
                continue
            try:
                dist = distribution(need.name)
            except PackageNotFoundError:
                print(f"{need.name}: asked for by {who}, not installed", file=sys.stderr)
                continue
            found.setdefault(key, (dist, set()))[1].add(who)
            todo.append((need.name, frozenset(need.extras)))
    return found


def table(found: dict[str, tuple[Distribution, set[str]]]) -> str:
    rows = [
        f"| {dist.metadata['Name']} | {licence_of(dist)} | {', '.join(sorted(who))} |\n"
        for _, (dist, who) in sorted(found.items())
    ]
    return HEAD + "".join(rows)


def main() -> int:
    made = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    made.add_argument("--extras", nargs="*", default=[])
    made.add_argument("--check", type=Path, metavar="FILE")
    made.add_argument("--write", type=Path, metavar="FILE")
    args = made.parse_args()
    found = brought("citenorm", frozenset(args.extras))
    text = table(found)
    bad = [
        f"{d.metadata['Name']}: {licence_of(d)}"
        for d, _ in found.values()
        if not allowed(licence_of(d))
    ]
    for line in bad:
        print(f"may not be brought: {line}", file=sys.stderr)
    if args.write:
        args.write.write_text(text, encoding="utf-8")
    elif args.check:
        if args.check.read_text(encoding="utf-8") != text:
            print(f"{args.check} is not what is installed: --write it", file=sys.stderr)
            return 1
    else:
        print(text, end="")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
