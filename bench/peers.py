"""citenorm beside what one would put together instead, on the same strings and records, in one run: references/s and what is right.

    python bench/peers.py --references FILE.jsonl.gz --catalogue DIR --work DIR [--number 2000] [--peer PYTHON]

``--references``: JSON lines with ``raw``, ``present`` and ``ids`` (the records that are right).  The others take the titles, people and years of
the catalogue's records into a table of SQLite FTS5 and take its first answer by BM25:

* words: all words of the string, any of which may stand in the record; what one writes first;
* refextract + title: refextract (INSPIRE's parser, of PyPI; ``--peer`` names a Python that has it) tells the title; its words must all stand in
  the record's title, else any of them; without a title the string's words.

Times are processor times of one process, after the first strings (what is loaded once is no part of a rate).
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

WARM = 20
_WORD = re.compile(r"\w+")


def read(path: Path, number: int) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines][:number]


# ------------------------------------------------------------------ SQLite
def make_table(catalogue: Path, path: Path) -> float:
    """The table of a catalogue's records; seconds of processor time that the database took."""
    from citenorm.catalogue import Catalogue

    path.unlink(missing_ok=True)
    base = sqlite3.connect(path)
    base.execute("PRAGMA journal_mode=OFF")
    base.execute("CREATE VIRTUAL TABLE r USING fts5(id UNINDEXED, title, people, year, tokenize='unicode61 remove_diacritics 2')")  # fmt: skip
    with Catalogue.open(catalogue) as held:
        rows = []
        for _, line in held.records():
            item = json.loads(line)
            people = " ".join(p.get("family", p.get("literal", "")) for p in item.get("author", ()))
            issued = item.get("issued", {}).get("date-parts", [[""]])[0]
            rows.append((item["id"], item["title"], people, str(issued[0]) if issued else ""))
    start = time.process_time()
    base.executemany("INSERT INTO r VALUES (?, ?, ?, ?)", rows)
    base.execute("INSERT INTO r(r) VALUES ('optimize')")
    base.commit()
    return time.process_time() - start


def first(base: sqlite3.Connection, words: list[str], how: str, column: str = "") -> str:
    """Id of the best record for some words; "" for none."""
    if not words:
        return ""
    asked = f" {how} ".join(f'"{word}"' for word in dict.fromkeys(words))
    asked = f"{column} : ({asked})" if column else asked
    found = base.execute("SELECT id FROM r WHERE r MATCH ? ORDER BY rank LIMIT 1", (asked,))
    row = found.fetchone()
    return str(row[0]) if row else ""


def by_words(base: sqlite3.Connection, raw: str) -> str:
    return first(base, _WORD.findall(raw), "OR")


def by_title(base: sqlite3.Connection, raw: str) -> str:
    from refextract import extract_references_from_string

    parsed = extract_references_from_string(raw)
    title = next((part for one in parsed for part in one.get("title", ())), "")
    words = _WORD.findall(title)
    return (
        first(base, words, "AND", "title")
        or first(base, words, "OR", "title")
        or by_words(base, raw)
    )


def asked(table: Path, rows: list[dict[str, Any]], how: str) -> tuple[list[str], float]:
    """The answers, and seconds of processor time for all but the first strings."""
    base = sqlite3.connect(table)
    ask: Callable[[sqlite3.Connection, str], str] = {"words": by_words, "title": by_title}[how]
    answers, start = [], 0.0
    for number, row in enumerate(rows):
        if number == WARM:
            start = time.process_time()
        answers.append(ask(base, row["raw"]))
    return answers, time.process_time() - start


# ------------------------------------------------------------------ citenorm
def resolved(catalogue: Path, rows: list[dict[str, Any]]) -> tuple[list[str], float]:
    from citenorm.parse import parse_many
    from citenorm.pipeline import resolve_batch
    from citenorm.sources import open_sources

    answers: list[str] = []
    with open_sources(offline=True, catalogues=[catalogue], only=True) as sources:

        def some(part: list[dict[str, Any]]) -> None:
            for found in resolve_batch(parse_many([row["raw"] for row in part]), sources):
                matched = found.outcome == "matched" and found.record is not None
                answers.append(found.record.id if matched and found.record else "")

        some(rows[:WARM])
        start = time.process_time()
        for at in range(WARM, len(rows), 192):
            some(rows[at : at + 192])
        return answers, time.process_time() - start


def told(name: str, rows: list[dict[str, Any]], answers: list[str], seconds: float, base: float) -> float:  # fmt: skip
    rate = (len(rows) - WARM) / seconds
    right = sum(a in row["ids"] for row, a in zip(rows, answers, strict=True) if row["present"])
    present = sum(row["present"] for row in rows)
    given = sum(bool(a) for a in answers)
    strange = sum(bool(a) for row, a in zip(rows, answers, strict=True) if not row["present"])
    print(
        f"{name:<22}{rate:>8.0f}/s{rate / base if base else 1:>8.2f}   right {right / present:.3f} of {present} that are there; "
        f"of its {given} answers wrong {1 - right / max(1, given):.3f}; takes {strange} of {len(rows) - present} that are not there",
        flush=True,
    )
    return rate


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0], epilog=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("--references", type=Path, required=True)
    parser.add_argument("--catalogue", type=Path)
    parser.add_argument("--work", type=Path, default=Path("bench-work"))
    parser.add_argument("--number", type=int, default=2000)
    parser.add_argument("--peer", help="a Python with refextract")
    parser.add_argument("--as-peer", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    os.environ.setdefault(
        "OPENBLAS_NUM_THREADS", "1"
    )  # one process, one thread, as the command has it
    rows = read(options.references, options.number)
    table = options.work / "titles.sqlite"
    if options.as_peer:
        json.dump(asked(table, rows, "title"), sys.stdout)
        return
    options.work.mkdir(parents=True, exist_ok=True)
    took = make_table(options.catalogue, table)
    size = table.stat().st_size / 1e6
    print(f"SQLite FTS5: {took:.0f} s of processor time, {size:.0f} MB; processor time, ratio to citenorm")  # fmt: skip
    base = told("citenorm", rows, *resolved(options.catalogue, rows), 0)
    told("words", rows, *asked(table, rows, "words"), base)
    if options.peer:
        command = [options.peer, __file__, "--as-peer", "--references", str(options.references)]
        command += ["--work", str(options.work), "--number", str(options.number)]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        answers, seconds = json.loads(said.splitlines()[-1])
        told("refextract + title", rows, answers, seconds, base)


if __name__ == "__main__":
    main()
