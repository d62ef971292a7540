"""The matcher on material that nobody reads (``make.py``): how often the work's own record is taken, and how often a lookalike.

    python bench/matching/measure.py CATALOGUE OUT/PART.*.jsonl [--show N]

Of each row the catalogue's answer is decided on as ``match`` does.  ``own``: the answer as it is; ``removed``: without all records of
the work, so that whatever is taken is a lookalike; ``other title``: without the records of the title that was said.  A Markdown table.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from pathlib import Path

from citenorm.catalogue import Catalogue
from citenorm.match import choose, compare_many
from citenorm.model import Claim
from citenorm.normalize import normalize
from citenorm.parse import parse_many


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("catalogue")
    options.add_argument("rows", nargs="+", type=Path)
    options.add_argument("--show", type=int, default=0, help="so many lookalikes taken")
    args = options.parse_args()
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    shown = 0
    with Catalogue.open(args.catalogue) as catalogue:
        for path in args.rows:
            for line in path.read_text("utf-8").splitlines():
                row = json.loads(line)
                claim = Claim(row["csl"]) if not row.get("raw") else parse_many([row["raw"]])[0]
                clean = normalize(claim)
                for question, answer in row["asked"].items():
                    right = dict(answer)
                    records = catalogue.get(list(right))
                    choice = choose(clean, compare_many(clean, records))
                    what = choice.outcome
                    if what == "matched" and choice.record is not None:
                        label = right.get(choice.record.id)
                        what = {1: "right", 0: "lookalike"}.get(label, "not known")
                        if what == "lookalike" and shown < args.show:
                            shown += 1
                            print(row["how"], row["kinds"], clean.title, "→", choice.record.title)
                    for kind in ("all", *row["kinds"]):
                        counts[question, kind][what] += 1
    print("| asked | kind | rows | right | lookalike | not known | ambiguous | unmatched |")
    print("|---|---|---|---|---|---|---|---|")
    for (question, kind), seen in sorted(counts.items()):
        total = sum(seen.values())
        cells = [f"{seen[w]} ({seen[w] / total:.3f})" for w in ("right", "lookalike")]
        cells += [str(seen[w]) for w in ("not known", "ambiguous", "unmatched")]
        print(f"| {question} | {kind} | {total} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
