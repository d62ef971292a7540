"""What the network costs: the references of reports resolved by Crossref and arXiv alone, twice, on a loopback server.

    python bench/online.py FILE [FILE …]

FILE: reports (or lists of references).  The server answers like both services from the starter catalogue; the local catalogue is
empty, the cache is new and kept between the two runs.  Prints a Markdown table.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    spec = importlib.util.spec_from_file_location(
        "loopback", ROOT / "tests" / "sources" / "loopback.py"
    )
    assert spec is not None and spec.loader is not None
    loopback = importlib.util.module_from_spec(spec)
    sys.modules["loopback"] = loopback
    spec.loader.exec_module(loopback)
    records = [
        json.loads(line)
        for line in (ROOT / "bench" / "starter" / "by_hand.jsonl")
        .read_text(encoding="utf-8")
        .splitlines()
    ]
    with tempfile.TemporaryDirectory() as folder, loopback.Loopback(records) as server:
        os.environ |= {
            "CITENORM_CACHE_DIR": folder,
            "CITENORM_CROSSREF_URL": server.crossref,
            "CITENORM_ARXIV_URL": server.arxiv,
        }
        from citenorm import open_sources, resolve_all
        from citenorm.pipeline import document_claims
        from citenorm.read import read

        claims = [claim for name in sys.argv[1:] for claim in document_claims(read(Path(name)))]
        print(
            "| run | references | matched | requests | requests/reference | s |\n|---|---|---|---|---|---|"
        )
        for run in ("first", "second"):
            before, start = len(server.asked), time.perf_counter()
            with open_sources(starter=False, user=False) as sources:
                results = resolve_all(claims, sources)
            asked = len(server.asked) - before
            matched = sum(r.matched for r in results)
            print(
                f"| {run} | {len(claims)} | {matched} | {asked} | {asked / max(1, len(claims)):.2f} | {time.perf_counter() - start:.1f} |"
            )


if __name__ == "__main__":
    main()
