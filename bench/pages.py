"""The report page and the review page in Chromium: pictures at three widths, light and dark, and what axe-core says of them.

    python bench/pages.py FILE… --out FOLDER [--axe axe.min.js] [--catalogue DIR]

Pictures go to FOLDER, one a page, width and theme (also of the dialog with the changes of a file).  ``--axe`` is the script of
the npm package axe-core; its findings are printed by page, theme and impact.  Needs Chromium with its driver and selenium.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium import webdriver

from citenorm.cli import main as citenorm

WIDTHS = (390, 768, 1280)
THEMES = ("light", "dark")
FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--force-prefers-reduced-motion")  # fmt: skip
CHANGES = "document.querySelector('[data-file]')?.click()"
"""Opens the dialog with the changes of the first file."""


@contextmanager
def browser() -> Iterator[Any]:
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for flag in FLAGS:
        options.add_argument(flag)
    service = webdriver.ChromeService(shutil.which("chromedriver") or "")
    driver = webdriver.Chrome(options=options, service=service)
    try:
        yield driver
    finally:
        driver.quit()


@contextmanager
def review(files: list[str], more: list[str]) -> Iterator[str]:
    """The address of a review of these files."""
    with tempfile.TemporaryDirectory() as folder:
        lock = str(Path(folder) / "citenorm.lock")
        code = "import sys; from citenorm.cli import main; sys.exit(main(sys.argv[1:]))"
        words = [sys.executable, "-c", code, "review", *files, "--lock", lock, "--no-browser", "-q", *more]  # fmt: skip
        run = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
        assert run.stdout is not None
        try:
            yield run.stdout.readline().strip()
        finally:
            run.kill()
            run.communicate()


def looked_at(driver: Any, name: str, url: str, args: argparse.Namespace, script: str = "") -> None:
    """Pictures of one page, and what axe-core finds in it."""
    for theme in THEMES:
        driver.execute_cdp_cmd(
            "Emulation.setEmulatedMedia",
            {"features": [{"name": "prefers-color-scheme", "value": theme}]},
        )
        for width in WIDTHS:
            size = {"width": width, "height": 1400, "deviceScaleFactor": 1, "mobile": width < 500}
            driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
            driver.get(url)
            driver.implicitly_wait(1)
            if script:
                driver.execute_script(script)
                driver.execute_async_script("setTimeout(arguments[0], 700)")
            driver.save_screenshot(str(args.out / f"{name}-{width}-{theme}.png"))
            wide = driver.execute_script("return document.documentElement.scrollWidth")
            if wide > width:
                print(f"{name} {width} {theme}: scrolls sideways ({wide} px)")
            if args.axe:
                told(driver, f"{name} {width} {theme}", args.axe)


def told(driver: Any, name: str, axe: Path) -> None:
    driver.execute_script(axe.read_text(encoding="utf-8"))
    found = driver.execute_async_script(
        "const done = arguments[0]; axe.run().then((r) => done(r.violations.map((v) => [v.impact, v.id, v.nodes.length, v.nodes[0].html])))"
    )
    print(f"{name}: {len(found)} findings of axe-core")
    for impact, rule, n, first in found:
        print(f"  {impact} {rule} ×{n}: {first[:160]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("files", nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--axe", type=Path)
    parser.add_argument("--catalogue", action="append", default=[])
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    more = ["--offline", *(w for c in args.catalogue for w in ("--catalogue", c))]
    page = args.out / "report.html"
    citenorm(["check", *args.files, "--output-format", "html", "-o", str(page), "-q", *more])
    with browser() as driver:
        looked_at(driver, "report", page.resolve().as_uri(), args)
        with review(args.files, more) as url:
            looked_at(driver, "review", url, args)
            looked_at(driver, "changes", url, args, CHANGES)


if __name__ == "__main__":
    main()
