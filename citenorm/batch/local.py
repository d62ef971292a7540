"""Partitions in, their parts out, worked on by processes of this machine (a few rows by this one); the parts do not depend on how many."""

from __future__ import annotations

import gc
import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from ..errors import CitenormError
from .partition import Job, Part, run_partition
from .plan import Partition

EVERY = 1.0
"""Seconds between two looks at how far the processes are."""
ALONE = 400
"""So few rows are worked on by this process alone: to start others takes as long."""

_sources: Any = None
_ticks: Any = None
_broken: CitenormError | None = None


def run_local(
    parts: Sequence[Partition],
    job: Job,
    jobs: int,
    told: Callable[[int], None] = lambda rows: None,
) -> Iterator[Part]:
    """Every partition's outcome, as they are done.  ``told``: called now and then with the rows done so far.

    Raises CitenormError where a process was killed: what is done stays, and the next run goes on from there.
    """
    if jobs == 1 or sum(part.rows for part in parts) <= ALONE:
        yield from _here(parts, job, told)
        return
    context = multiprocessing.get_context("spawn")
    ticks = context.Value("q", 0)
    with ProcessPoolExecutor(
        min(jobs, len(parts)), mp_context=context, initializer=_start, initargs=(job.spec, ticks)
    ) as pool:
        waiting = iter(parts)
        under_way: set[Future[Part]] = set()
        try:
            while True:
                for part in waiting:
                    under_way.add(pool.submit(_work, part, job))
                    if len(under_way) >= 2 * jobs:
                        break
                if not under_way:
                    return
                done, under_way = wait(under_way, EVERY, FIRST_COMPLETED)
                told(int(ticks.value))
                for future in done:
                    yield future.result()
        except BrokenProcessPool as error:
            raise CitenormError(
                "batch: a process was killed (out of memory?); finished parts are kept, run it again to go on"
            ) from error
        finally:
            for future in under_way:
                future.cancel()


def _here(parts: Sequence[Partition], job: Job, told: Callable[[int], None]) -> Iterator[Part]:
    """The same without other processes."""
    from ..sources import reopen

    rows = 0

    def ticked(new: int) -> None:
        nonlocal rows
        rows += new
        told(rows)

    with reopen(job.spec) as sources:
        for part in parts:
            yield run_partition(part, job, sources, ticked)


def _start(spec: Any, ticks: Any) -> None:
    global _sources, _ticks, _broken
    from ..processes import GARBAGE
    from ..sources import reopen

    gc.set_threshold(GARBAGE)
    _ticks = ticks
    try:
        _sources = reopen(spec)
    except CitenormError as error:
        _broken = error


def _work(part: Partition, job: Job) -> Part:
    if _broken is not None:
        raise _broken
    return run_partition(part, job, _sources, _tick)


def _tick(rows: int) -> None:
    with _ticks.get_lock():
        _ticks.value += rows


class Rate:
    """Rows done over time → rate and time left, for one line of progress."""

    def __init__(self, total: int, before: int = 0) -> None:
        self.total, self.before, self.since = total, before, time.monotonic()

    def line(self, rows: int) -> str:
        """ "120,000 of 1,000,000 rows, 850/s, 17 min left"."""
        passed = time.monotonic() - self.since
        rate = rows / passed if passed > 0 else 0.0
        done = self.before + rows
        text = f"{done:,} of {self.total:,} rows"
        if rate <= 0:
            return text
        left = (self.total - done) / rate
        unit = (
            f"{left / 3600:.1f} h"
            if left > 5400
            else f"{left / 60:.0f} min"
            if left > 90
            else f"{left:.0f} s"
        )
        return f"{text}, {rate:,.0f}/s, {unit} left"
