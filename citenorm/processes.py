"""Processes that work for this one: they end when it ends, however it ends."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator

GARBAGE = 200_000
"""So many new objects before those without an owner are looked for: what is read and written has no cycles, the large tables never die,
and to look through them at every turn costs a tenth of the time."""
_PR_SET_PDEATHSIG = 1
_LOOK = 0.5
"""Seconds between two looks whether the parent is still there, where the system does not tell of itself."""


@contextlib.contextmanager
def no_collector() -> Iterator[None]:
    """For work on very many records that makes no cycles: the collector would only walk over what lives long."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def serve_only(parent: int) -> None:
    """To be called by a new process first: it ends when ``parent`` (a process number) ends, and leaves Ctrl-C to it.

    Linux kills it at once; elsewhere a thread looks twice a second whether another process has become its parent.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
    if not _killed_with_parent():
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()
    elif os.getppid() != parent:  # it ended in between
        os._exit(1)


def _killed_with_parent() -> bool:
    if not sys.platform.startswith("linux"):
        return False
    import ctypes

    try:
        return bool(ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) == 0)
    except (OSError, AttributeError):
        return False


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK)
    os._exit(1)


def ended_by(status: int) -> str:
    """What an exit status says about how a process ended: "signal 9 (SIGKILL)", "exit status 3"."""
    if status >= 0:
        return f"exit status {status}"
    try:
        return f"signal {-status} ({signal.Signals(-status).name})"
    except ValueError:
        return f"signal {-status}"
