"""Recorded answers of Crossref and arXiv through the readers: how many records, or why none; nothing may raise.

    python bench/cassettes.py FOLDER

FOLDER has ``index.jsonl`` with ``file``, ``service`` and ``status`` per line.  Every body is also read cut in half and with
a byte flipped.  Exit 1 if a reader raised.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from pathlib import Path

from citenorm.sources.cache import Reply
from citenorm.sources.online import ONLINE


def main(folder: Path) -> int:
    readers = {service.name: service.read for service in ONLINE}
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
        middle = len(body) // 2
        damaged = [
            body[:middle],
            body[:middle] + bytes([(body[middle] if body else 0) ^ 0x55]) + body[middle + 1 :],
            b"",
        ]
        for number, form in enumerate([body, *damaged]):
            try:
                answer = read(Reply(int(row["status"]), form, row.get("content-type") or ""))
            except Exception as error:
                raised += 1
                print(f"{row['file']:26} RAISED {type(error).__name__}: {error}")
                continue
            if not number:
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
    sys.exit(main(Path(sys.argv[1])))
