"""A stream of inputs and a function → its answers in the order of the inputs, worked out by several processes, memory flat."""

from __future__ import annotations

import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sized
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from .errors import CitenormError
from .processes import GARBAGE, serve_only

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

    from .sources import Sources, Spec

T = TypeVar("T")
R = TypeVar("R")

CHUNK = 96
"""Inputs that one process takes at a time."""
WHOLE = 1000
"""With network as many as this are planned together: all of a document, so that their identifiers are a few requests."""

Watch = Callable[[int, int | None], None]
"""Is told how many inputs are done, of how many (None: not known)."""
_watch: ContextVar[Watch | None] = ContextVar("watch", default=None)

_so_far: ContextVar[tuple[int, int | None]] = ContextVar("so_far", default=(0, None))
"""How many inputs were done before the chunk that is worked on, of how many."""

_worker_sources: Any = None
_broken: CitenormError | None = None


def tell(done: int) -> None:
    """Tell whoever watches how many inputs of the chunk at hand are done."""
    watch = _watch.get()
    if watch is not None:
        before, total = _so_far.get()
        watch(before + done, total)


@contextmanager
def watched(watch: Watch) -> Iterator[None]:
    """Within it ``watch`` is told how far every ``map_chunks`` has come."""
    token = _watch.set(watch)
    try:
        yield
    finally:
        _watch.reset(token)


def map_chunks(
    work: Callable[[list[T], Sources], R],
    items: Iterable[T],
    sources: Sources,
    jobs: int = 1,
    chunk: int = CHUNK,
) -> Iterator[R]:
    """``work(list of items, sources)`` over a stream in chunks; a bounded number is under way.

    Several processes are used only without network: online, one process keeps each service's pace.
    ``work.load()``, where there is one, is called before they are forked: what it loads they need not load again.
    """
    if not sources.offline:
        chunk = max(chunk, WHOLE)
    watch, done = _watch.get(), 0
    total = len(items) if isinstance(items, Sized) else None
    _so_far.set((0, total))
    for answer in _map_chunks(work, items, sources, jobs, chunk):
        yield answer
        if watch is not None:
            done += chunk if total is None else min(chunk, total - done)
            watch(done, total)
            _so_far.set((done, total))


def _map_chunks(
    work: Callable[[list[T], Sources], R],
    items: Iterable[T],
    sources: Sources,
    jobs: int,
    chunk: int,
) -> Iterator[R]:
    stream = iter(items)
    first = list(islice(stream, chunk))
    if not first:
        return
    second = list(islice(stream, chunk)) if jobs > 1 and sources.offline and sources.spec else []
    if not second:
        yield work(first, sources)
        while part := list(islice(stream, chunk)):
            yield work(part, sources)
        return
    from multiprocessing import get_start_method

    sources.prepare()
    load = getattr(work, "load", None)
    if load is not None and get_start_method() == "fork":
        load()  # modules and tables that every process would read for itself
    # a fiftieth of a second, which one reference need not wait
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    pool = ProcessPoolExecutor(jobs, initializer=partial(_start_worker, sources.spec, os.getpid()))
    try:
        under_way: deque[Future[R]] = deque(
            pool.submit(_in_worker, work, part) for part in (first, second)
        )
        while under_way:
            while len(under_way) < 4 * jobs and (part := list(islice(stream, chunk))):
                under_way.append(pool.submit(_in_worker, work, part))
            yield under_way.popleft().result()
    except BrokenProcessPool:
        raise CitenormError(
            "a process that shares the work ended before its time (killed, or out of memory?); try --jobs 1"
        ) from None
    except BaseException:
        _end(pool)
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _end(pool: ProcessPoolExecutor) -> None:
    """Nobody waits for the answers any more: the processes end now."""
    for process in list((getattr(pool, "_processes", None) or {}).values()):
        process.kill()


def _start_worker(spec: Spec | None, parent: int) -> None:
    global _worker_sources, _broken
    from .sources import reopen

    serve_only(parent)
    gc.set_threshold(GARBAGE)
    gc.freeze()  # what was loaded before never dies: looking through it would copy the memory shared with the first process
    assert spec is not None
    try:
        _worker_sources = reopen(spec)
    except (
        CitenormError
    ) as error:  # told with the first answer: a process that fails to start tells nothing
        _broken = error


def _in_worker(work: Callable[[list[T], Sources], R], chunk: list[T]) -> R:
    if _broken is not None:
        raise _broken
    return work(chunk, _worker_sources)
