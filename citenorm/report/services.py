"""What the online services were asked and gave in a run → one line for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Count(Protocol):
    """What one service cost and gave (``sources.http.Tally``)."""

    asked: int
    found: int
    cached: int
    throttled: int
    failed: int
    seconds: float


def services_line(counts: Sequence[tuple[str, Count]]) -> str:
    """ "asked: Crossref 12 (9 found, 3 from the cache, 2 s); OpenAlex 1 (refused for now)", "" where nobody was."""
    told = [f"{title} {c.asked}{_more(c)}" for title, c in counts if c.asked or c.cached]
    return f"asked: {'; '.join(told)}" if told else ""


def _more(c: Count) -> str:
    parts = [
        f"{number} {what}"
        for number, what in (
            (c.found, "found"),
            (c.cached, "from the cache"),
            (c.throttled, "refused for now"),
            (c.failed, "failed"),
        )
        if number
    ]
    if c.seconds >= 0.5:
        parts.append(f"{c.seconds:.0f} s")
    return f" ({', '.join(parts)})" if parts else ""
