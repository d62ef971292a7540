"""A review that is killed at random moments: is every decision that was confirmed in the lock?

    python bench/review.py [--kills N] [--seed N]

N times: ``citenorm review`` of a report and a .bib file, decisions as fast as they are answered, SIGKILL after a random time.
After each kill the lock must hold every decision that was answered with 200 (or the one that was on its way).  Standard
library only (POSIX).  Exit status 1 where one was lost.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
COMMAND = "import sys; from citenorm.cli import main; sys.exit(main(sys.argv[1:]))"


def started(folder: Path) -> tuple[subprocess.Popen[str], str]:
    words = [
        sys.executable,
        "-c",
        COMMAND,
        "review",
        "report.md",
        "--offline",
        "--no-browser",
        "-q",
    ]
    run = subprocess.Popen(words, cwd=folder, stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    return run, run.stdout.readline().strip()


def asked(url: str, what: str, body: dict[str, str] | None = None) -> tuple[int, str]:
    parts = urlsplit(url)
    headers = {"Origin": f"http://{parts.netloc}", "Content-Type": "application/json"}
    connection = http.client.HTTPConnection(parts.netloc, timeout=30)
    data = None if body is None else json.dumps(body)
    connection.request("GET" if body is None else "POST", parts.path + what, data, headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def one_round(
    folder: Path, dice: random.Random, confirmed: dict[str, str]
) -> tuple[int, tuple[str, str]]:
    """Decide until the kill; ``confirmed`` takes mark → note; returns how many, and what was on its way."""
    run, url = started(folder)
    page = asked(url, "")[1]
    found = re.search(r"data-state=(\w+)", page)
    assert found is not None
    state, marks = found[1], re.findall(r"data-mark=(\w+)", page)
    threading.Timer(dice.uniform(0.01, 1.0), run.kill).start()
    n = 0
    while True:
        mark, note = dice.choice(marks), str(dice.random())
        body = {"state": state, "mark": mark, "act": "leave", "note": note}
        try:
            status, text = asked(url, "decide", body)
            said = json.loads(text)
        except (OSError, http.client.HTTPException, ValueError):
            run.communicate()
            return n, (mark, note)
        assert status == 200, said
        confirmed[mark], state, n = note, said["state"], n + 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--seed", type=int, default=29)
    args = parser.parse_args()
    dice = random.Random(args.seed)
    confirmed: dict[str, str] = {}
    decided = lost = broken = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        report = (ROOT / "examples" / "seminar-report.md").read_text(encoding="utf-8")
        (folder / "report.md").write_text(report, encoding="utf-8")
        for _ in range(args.kills):
            n, on_its_way = one_round(folder, dice, confirmed)
            decided += n
            path = folder / "citenorm.lock"
            lines = path.read_text(encoding="utf-8").splitlines()[1:] if path.exists() else []
            broken += sum(not line.endswith("}") for line in lines)
            there = {row["claim"]: row.get("note", "") for row in map(json.loads, lines)}
            for mark, note in confirmed.items():
                if there.get(mark) != note and (mark, there.get(mark)) != on_its_way:
                    lost += 1
                confirmed[mark] = there.get(mark, "")
        drafts = list(folder.glob(".citenorm-*"))
        for draft in drafts:
            os.utime(draft, (1, 1))
        run, _ = started(folder)
        run.kill()
        run.communicate()
        left = len(list(folder.glob(".citenorm-*")))
    print(f"{args.kills} kills, {decided} confirmed decisions, {lost} lost, {broken} broken lines, {len(drafts)} drafts left behind, {left} after the next start")  # fmt: skip
    return int(bool(lost or broken or left))


if __name__ == "__main__":
    raise SystemExit(main())
