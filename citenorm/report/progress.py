"""Counts of work done → one moving line on a terminal, with rate and time left; silent elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self


class Progress:
    """A counter for long work.  Draws on standard error, at most ten times a second, and only on a terminal."""

    def __init__(self, what: str, *, quiet: bool = False, total: int | None = None) -> None:
        self.what, self.total = what, total
        self.drawn = 0.0
        self.start = time.monotonic()
        self.live = not quiet and sys.stderr.isatty()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.live and self.drawn:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    def update(self, done: int, total: int | None = None) -> None:
        """Say how many are done; ``total`` where it is known by now."""
        now = time.monotonic()
        if not self.live or now - self.drawn < 0.1:
            return
        self.drawn = now
        print(f"\r\x1b[K{self.line(done, total or self.total, now - self.start)}", end="", file=sys.stderr, flush=True)

    def line(self, done: int, total: int | None, seconds: float) -> str:
        """"12,000 of 50,000 records, 8,000/s, 5 s left"."""
        rate = done / seconds if seconds > 0 else 0.0
        of = f" of {total:,}" if total else ""
        left = f", {(total - done) / rate:.0f} s left" if total and rate else ""
        return f"{done:,}{of} {self.what}, {rate:,.0f}/s{left}"
