"""What a page of very many references costs: making it, its size, opening and filtering it in Chromium, and a decision on the review page.

    python bench/page_cost.py FILE [--catalogue DIR] [--reports N] [--no-browser]

Making: the share of ``check --output-format html`` that the page takes, by processor time (all processes) and by the clock.
Opening: until the page's script has run; filtering: from a word in the search field to the next picture; a decision: from the
click to the card that shows it, with the lock on disk.  The clock of a machine that does other things says little.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from pages import browser, review

INSIDE = """
import os, sys, time
from citenorm.cli import main, page
began, spent = time.perf_counter(), [0.0, 0.0]
made = page.Pages.text
def timed(*args, **more):
    clock, cpu = time.perf_counter(), time.process_time()
    text = made(*args, **more)
    spent[0] += time.perf_counter() - clock
    spent[1] += time.process_time() - cpu
    return text
page.Pages.text = timed
main(sys.argv[1:])
whole, used = time.perf_counter() - began, os.times()
cpu = used.user + used.system + used.children_user + used.children_system
print(f"page {spent[0]:.2f} of {whole:.2f} s by the clock ({spent[0] / whole:.1%}), {spent[1]:.2f} of {cpu:.2f} s of processors ({spent[1] / cpu:.1%})")
"""
FILTER = """
const done = arguments[0], began = performance.now(), field = document.getElementById("q"), count = document.getElementById("count");
const seen = new MutationObserver(() => requestAnimationFrame(() => setTimeout(() => { seen.disconnect(); done(performance.now() - began); })));
seen.observe(count, { childList: true, characterData: true, subtree: true });
field.value = "learning"; field.dispatchEvent(new Event("input", { bubbles: true }));
"""
DECIDE = """
const done = arguments[1], card = document.querySelector(arguments[0]), began = performance.now(), id = card.id;
const seen = new MutationObserver(() => {
  const told = document.querySelector("#" + id + " .told");
  if (told && told.textContent.startsWith("✔")) { seen.disconnect(); requestAnimationFrame(() => setTimeout(() => done(performance.now() - began))); }
});
seen.observe(document.querySelector("main"), { childList: true, subtree: true });
card.querySelector("[data-act=leave]").click();
"""


def made(source: str, target: Path, more: list[str]) -> None:
    words = [sys.executable, "-c", INSIDE, "check", source, "--output-format", "html", "-o", str(target), "-q", *more]  # fmt: skip
    print(subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip())


def opened(driver: Any, url: str) -> None:
    driver.set_page_load_timeout(600)
    driver.set_script_timeout(120)
    driver.get(url)
    timing = "const t = performance.getEntriesByType('navigation')[0]; return [t.responseEnd, t.domComplete]"
    got, done = driver.execute_script(timing)
    print(f"  open {done / 1000:.2f} s (of them waiting for it {got / 1000:.2f})")
    waits = sorted(driver.execute_async_script(FILTER.replace('"learning"', f'"{word}"')) for word in ("learning", "graph", "zzz"))  # fmt: skip
    print(f"  filter {waits[1] / 1000:.2f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("file")
    parser.add_argument("--catalogue", action="append", default=[])
    parser.add_argument("--reports", type=int, default=3, help="how often the report is made")
    parser.add_argument("--no-browser", action="store_true")
    args = parser.parse_args()
    more = ["--offline", *(w for c in args.catalogue for w in ("--catalogue", c))]
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "report.html"
        for _ in range(args.reports):
            made(args.file, target, more)
        print(f"{os.path.getsize(target) / 1e6:.2f} MB")
        if args.no_browser:
            return
        with browser() as driver:
            print("report")
            opened(driver, target.as_uri())
            began = time.perf_counter()
            with review([args.file], more) as url:
                print(f"review, ready after {time.perf_counter() - began:.1f} s")
                opened(driver, url)
                driver.find_element("id", "clear").click()
                took = [driver.execute_async_script(DECIDE, f"#r{n}") / 1000 for n in range(1, 12)]
                print(f"  a decision {sorted(took)[len(took) // 2]:.2f} s (middle of {len(took)}), at most {max(took):.2f}")  # fmt: skip


if __name__ == "__main__":
    main()
