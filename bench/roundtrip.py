"""python bench/roundtrip.py FOLDER_OR_FILE… [--pandoc] [--show N]

.bib → CSL-JSON → BibTeX or biblatex (the file's own dialect): keys, types, names, dates and every field that CSL has a place for are read
from both ends and compared.  ``--pandoc``: what is written (bibtex, biblatex, csl-json, ris) is read by pandoc too, which must find as many
entries.  Nothing is looked up.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from citenorm import bib
from citenorm.bib.style import dialect_of
from citenorm.emit import to_bibtex, to_csl_json, to_ris
from citenorm.emit.entry import repeats_identifier
from citenorm.errors import InputError
from citenorm.listed import read_list
from citenorm.model import names_of

FORMATS = ("bibtex", "biblatex", "csl-json", "ris")


def files(paths: list[str]) -> Iterator[Path]:
    for path in map(Path, paths):
        yield from sorted(path.rglob("*.bib")) if path.is_dir() else [path]


def there_and_back(file: bib.BibFile) -> tuple[list[Any], list[Any]]:
    """The claims of a file, and those of what became of it on its way through CSL-JSON."""
    stated = bib.claims(file, whole=True)
    keys = [c.id or "" for c in stated]
    items = to_csl_json([c.csl for c in stated], keys=keys)
    back = read_list(items.encode(), "there.json").claims
    text = to_bibtex(
        [c.csl for c in back],
        keys=[c.id or "" for c in back],
        dialect=dialect_of(file),
        latex=False,
    )
    return stated, bib.claims(bib.read(text.encode(), "back.bib"), whole=True)


def differences(stated: list[Any], back: list[Any]) -> Iterator[tuple[str, str, Any, Any]]:
    """(field, key, before, after) of everything that is not the same at both ends."""
    if [c.id for c in stated] != [c.id for c in back]:
        yield "key", "", len(stated), len(back)
    for one, two in zip(stated, back, strict=False):
        for field in sorted(one.csl.keys() | two.csl.keys()):
            a, b = one.csl.get(field), two.csl.get(field)
            if _plain(field, a) != _plain(field, b) and not (
                field == "URL" and a and repeats_identifier(a, one.csl)
            ):
                yield field, one.id or "", a, b


def _plain(field: str, value: Any) -> Any:
    """Text without runs of blanks, people as they are called."""
    if field in ("author", "editor", "translator") and value:
        people = names_of({"author": value})
        return [_squeezed(f"{n.given} {n.full_family} {n.suffix}") for n in people]
    if field == "custom" and isinstance(value, dict):
        # how else a name may be read is no statement; a version has no field of its own
        return {k: v for k, v in value.items() if k not in ("arxiv-version", "author-otherwise")} or None  # fmt: skip
    return _squeezed(value) if isinstance(value, str) else value


def _squeezed(text: str) -> str:
    text = "".join(" " if unicodedata.category(c) == "Cc" else c for c in text)
    return " ".join(unicodedata.normalize("NFC", text).replace("\u00ad", "").split())


@cache
def pandoc_reads() -> frozenset[str]:
    done = subprocess.run(["pandoc", "--list-input-formats"], capture_output=True, text=True)
    return frozenset(done.stdout.split())


def read_by_pandoc(file: bib.BibFile, form: str) -> str:
    """What is wrong with an output, "" where pandoc finds every entry in it."""
    stated = bib.claims(file, whole=True)
    items, keys = [c.csl for c in stated], [c.id or "" for c in stated]
    if form == "csl-json":
        text = to_csl_json(items, keys=keys)
    elif form == "ris":
        text = to_ris(items, keys=keys)
    else:
        text = to_bibtex(items, keys=keys, dialect=form, latex=False)
    kind = {"csl-json": "csljson"}.get(form, form)
    if form == "ris" and "ris" not in pandoc_reads():
        found = len(read_list(text.encode(), "there.ris").claims)  # pandoc reads it from 3.0 on
        return "" if found == len(keys) else f"{found} of {len(keys)} entries"
    done = subprocess.run(["pandoc", "-f", kind, "-t", "csljson"], input=text, capture_output=True, text=True)  # fmt: skip
    if done.returncode:
        return done.stderr.strip().splitlines()[0][:160]
    found = len(json.loads(done.stdout or "[]"))
    return (
        ""
        if found == len({k.lower() for k in keys}) or found == len(keys)
        else f"{found} of {len(keys)} entries"
    )


def main() -> int:
    made = argparse.ArgumentParser(description=__doc__)
    made.add_argument("paths", nargs="+")
    made.add_argument("--pandoc", action="store_true")
    made.add_argument("--show", type=int, default=0)
    args = made.parse_args()
    entries, lost, shown, broken = 0, Counter[str](), Counter[str](), Counter[str]()
    touched = 0
    for path in files(args.paths):
        try:
            file = bib.read(path.read_bytes(), str(path))
        except InputError as error:
            print(error)
            continue
        if not bib.claimed(file):
            continue
        stated, back = there_and_back(file)
        entries += len(stated)
        changed = set()
        for field, key, a, b in differences(stated, back):
            lost[field] += 1
            changed.add(key)
            if shown[field] < args.show:
                shown[field] += 1
                print(f"{path.name}:{key}: {field}: {a!r} → {b!r}")
        touched += len(changed)
        for form in FORMATS if args.pandoc else ():
            if wrong := read_by_pandoc(file, form):
                broken[form] += 1
                print(f"{path.name}: {form}: pandoc: {wrong}")
    print(f"{entries} entries, {touched} differ: {dict(lost.most_common())}")
    if args.pandoc:
        print(f"outputs that pandoc does not read whole: {dict(broken)}")
    return int(bool(touched or broken))


if __name__ == "__main__":
    sys.exit(main())
