"""Words about long work → one moving line on a terminal; silent elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self


class Live:
    """A line on standard error that is drawn over, at most ten times a second, and only on a terminal."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.live = not quiet and sys.stderr.isatty()
        self.start = time.monotonic()
        self.drawn = 0.0
        self.counted = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.end()

    def end(self) -> None:
        """Take the line away."""
        if self.drawn:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
            self.drawn = 0.0

    def show(self, line: str) -> None:
        """Draw a line in the place of the last one."""
        now = time.monotonic()
        if self.live and now - self.drawn >= 0.1:
            self.drawn = now
            print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)

    def count(self, done: int, total: int | None, what: str) -> None:
        """ "12,000 of 50,000 references, 8,000/s, 5 s left"; a count that begins anew is another piece of work."""
        if done < self.counted:
            self.start = time.monotonic()
        self.counted = done
        self.show(progress_line(done, total, time.monotonic() - self.start, what))


def progress_line(done: int, total: int | None, seconds: float, what: str) -> str:
    """How many of how many, at what rate, and the seconds left where that can be told."""
    rate = done / seconds if seconds > 0 else 0.0
    of = f" of {total:,}" if total else ""
    left = f", {(total - done) / rate:.0f} s left" if total and rate else ""
    return f"{done:,}{of} {what}, {rate:,.0f}/s{left}"
