"""Recorded answers of the services through the readers: how many records, or why none; nothing may raise.

    python bench/cassettes.py FOLDER [--damage N]

FOLDER has ``index.jsonl`` with ``file``, ``service`` and ``status`` per line.  Every body is also read cut in half, with
a byte flipped, empty, and in N forms (default 20) damaged at random: values of other kinds, parts lost, doubled or swapped.  What is
read is written as BibTeX, and taken apart as an answer to several questions would be.  Exit 1 if anything raised.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from fuzz import damage_json, damage_text

from citenorm.emit import to_bibtex
from citenorm.model import Answer, Claim
from citenorm.sources.cache import Reply
from citenorm.sources.online import ONLINE
from citenorm.sources.service import Service

QUESTIONS = [
    Claim({"title": f"A title of pond{n} and lakes", "author": [{"family": "Meer"}], "type": kind, "DOI": f"10.5555/{n}", "ISBN": isbn,
           "custom": {"arxiv": f"1905.0000{n}", "pmid": f"{n}1", "acl": f"P19-100{n}"}})
    for n, kind, isbn in ((1, "book", "9780262033848"), (2, "book", "9780131103627"), (3, "article-journal", ""))
]  # fmt: skip
"""What is asked together, so that an answer can be taken apart."""


def damaged(body: bytes, number: int, seed: str) -> Iterator[bytes]:
    """Forms of a body as a broken service might send it."""
    chance = random.Random(seed)
    middle = len(body) // 2
    yield body[:middle]
    yield body[:middle] + bytes([(body[middle] if body else 0) ^ 0x55]) + body[middle + 1 :]
    yield b""
    try:
        value = json.loads(body)
    except ValueError:
        value = None
    for _ in range(number):
        if value is not None:
            yield json.dumps(damage_json(value, chance)).encode("utf-8", "replace")
        else:
            yield damage_text(body.decode("utf-8", "replace"), chance).encode("utf-8", "replace")


def used(service: Service, reply: Reply) -> Answer:
    """What a reply says, its records written out, and the reply taken apart."""
    answer = service.read(reply)
    assert answer.kind in ("found", "none", "unknown") and (
        answer.kind != "unknown" or answer.reason
    )
    to_bibtex([dict(record.csl) for record in answer.records])
    asked = [r for c in QUESTIONS for f in (service.by_identifier, service.by_title, service.instead) for r in f(c, "https://x")]  # fmt: skip
    for batch in service.batches(asked):
        for part in batch.split(reply).values():
            service.read(part)
    return answer


def main(folder: Path, number: int) -> int:
    readers = {service.name: service for service in ONLINE}
    rows = [
        json.loads(line)
        for line in (folder / "index.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    counts: Counter[str] = Counter()
    raised = 0
    started = time.process_time()
    for row in (row for row in rows if row["service"] in readers):
        body = (folder / row["file"]).read_bytes()
        read = readers[row["service"]]
        for form_number, form in enumerate([body, *damaged(body, number, row["file"])]):
            try:
                answer = used(read, Reply(int(row["status"]), form, row.get("content-type") or ""))
            except Exception as error:
                raised += 1
                print(f"{row['file']:26} RAISED {type(error).__name__}: {error}")
                continue
            if not form_number:
                counts[f"{row['service']} {answer.kind}"] += 1
                said = answer.records[0].title[:60] if answer.records else answer.reason
                print(
                    f"{row['file']:26} {row['status']} {answer.kind:8} {len(answer.records):3} {said}"
                )
    print(
        f"\n{dict(sorted(counts.items()))}, raised {raised}, {time.process_time() - started:.2f} s CPU"
    )
    return int(bool(raised))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--damage", type=int, default=20, metavar="N")
    args = parser.parse_args()
    sys.exit(main(args.folder, args.damage))
