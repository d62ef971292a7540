"""One service's pace: how fast and how wide it may be asked, what its headers and failures change, when it is given up.

A ``Gate`` is passed through before every request; it knows nothing of HTTP beyond header names.
"""

from __future__ import annotations

import email.utils
import math
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

STRIKES = 3
"""Requests given up one after another until the service is left alone for the rest of the run."""
_WIDEST = 5
_SLOWEST = 30.0


@dataclass(frozen=True, slots=True)
class Pace:
    """At least ``interval`` seconds between the starts of two requests, at most ``connections`` at a time."""

    interval: float = 1.0
    connections: int = 1


class Closed(Exception):
    """The service is not asked any more in this run; the text says why."""


class Gate:
    """Lets requests to one service through at its pace; thread-safe.

    ``reserve(interval) -> seconds to wait`` takes the next free moment; by default from this gate's own count, or from
    one that several processes share.
    """

    def __init__(
        self,
        pace: Pace,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        reserve: Callable[[float], float] | None = None,
    ) -> None:
        self.interval, self.connections = pace.interval, max(1, pace.connections)
        self._clock, self._sleep = clock, sleep
        self._reserve = reserve or self._own_turn
        self._free = self._held = -math.inf
        self._in_use = 0
        self._strikes = 0
        self._changed = threading.Condition()
        self.closed = ""

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a free connection and for the moment to ask, hold the connection inside.  Raises Closed."""
        with self._changed:
            while self._in_use >= self.connections and not self.closed:
                self._changed.wait()
            self._check()
            self._in_use += 1
        try:
            self._wait()
            yield
        finally:
            with self._changed:
                self._in_use -= 1
                self._changed.notify_all()

    def hold(self, seconds: float) -> None:
        """Nobody asks for so many seconds from now."""
        with self._changed:
            self._held = max(self._held, self._clock() + seconds)

    def close(self, reason: str) -> None:
        """Give the service up for the rest of the run; everyone who waits is told at once."""
        with self._changed:
            self.closed = self.closed or reason
            self._changed.notify_all()

    def strike(self, reason: str) -> None:
        """A request was given up; after STRIKES in a row the service is."""
        with self._changed:
            self._strikes += 1
            out = self._strikes >= STRIKES
        if out:
            self.close(reason)

    def success(self, headers: Mapping[str, str]) -> None:
        """The service answered: forget its failures, and take the pace that its headers state."""
        with self._changed:
            self._strikes = 0
            stated = stated_pace(headers)
            if stated.interval >= 0:
                self.interval = stated.interval
            if stated.connections > 0:
                self.connections = min(stated.connections, _WIDEST)
                self._changed.notify_all()

    def _check(self) -> None:
        if self.closed:
            raise Closed(self.closed)

    def _wait(self) -> None:
        delay = self._reserve(self.interval)
        while True:
            with self._changed:
                self._check()
                delay = max(delay, self._held - self._clock())
            if delay <= 0:
                return
            self._sleep(delay)
            delay = 0.0

    def _own_turn(self, interval: float) -> float:
        with self._changed:
            now = self._clock()
            turn = max(now, self._free)
            self._free = turn + interval
            return turn - now


def stated_pace(headers: Mapping[str, str]) -> Pace:
    """The pace in ``x-rate-limit-limit``/``-interval`` and ``x-concurrency-limit``; -1 and 0 where nothing is stated.

    The interval comes as ``1s`` (seconds, by the services' own words also where the letter is missing); a header that
    cannot be read states nothing.
    """
    limit = _number(headers.get("x-rate-limit-limit", ""))
    span = _number(headers.get("x-rate-limit-interval", ""))
    wide = _number(headers.get("x-concurrency-limit", ""))
    interval = min(span / limit, _SLOWEST) if limit and span else -1.0
    return Pace(interval, int(wide or 0))


def retry_after(value: str, now: float | None = None) -> float | None:
    """Seconds of a ``Retry-After`` header (a number or an HTTP date), at least 0; None where it cannot be read."""
    value = value.strip()
    if re.fullmatch(r"\d{1,9}(\.\d{0,6})?", value, re.ASCII):
        return float(value)
    try:
        moment = email.utils.parsedate_to_datetime(value).timestamp()
    except (TypeError, ValueError, OverflowError, IndexError):
        return None
    return max(0.0, moment - (time.time() if now is None else now))


def _number(value: str) -> float | None:
    match = re.match(r"\s*(\d{1,9}(?:\.\d{1,6})?)\s*(?:s|sec|seconds)?\s*$", value, re.ASCII)
    return float(match.group(1)) if match else None
