"""A reader and the bytes of a file → its Document, worked out by a process of its own that is held to the budget and ended past it.

The libraries that take PDF and Word files apart can be made to run without end or to take all memory; nothing that they do reaches
this process but the Document, or one line why there is none.
"""

from __future__ import annotations

import io
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
import traceback
import warnings
from collections.abc import Callable
from importlib import import_module
from typing import Any, cast

from ..budget import MB, budget, within
from ..errors import InputError, InputWarning
from ..model import Document
from ..processes import ended_by, serve_only

Reader = Callable[[bytes, str], Document]
_PATIENCE = 20
"""A process that has not used its processor time after so many times as long is ended too (it waits for something, or the machine is overloaded)."""
_CODE = "from citenorm.read.apart import serve; serve()"


def apart(module: str, function: str, data: bytes, name: str) -> Document:
    """What ``function`` of the module of this room makes of ``data``.

    Raises InputError where the reader does, and where time or memory are used up.
    """
    if hasattr(os, "fork") and threading.active_count() == 1:
        said, status = _forked(module, function, data, name)
    else:  # a copy of a process with several threads may stand still
        said, status = _started(module, function, data, name)
    try:
        kind, content, notes = pickle.loads(said)
    except (EOFError, pickle.UnpicklingError, ValueError):
        raise InputError(f"{name}: {_why(status)}") from None
    for note in notes:
        warnings.warn(InputWarning(note), stacklevel=2)
    if kind == "document":
        return cast(Document, content)
    if kind == "refused":
        raise InputError(content)
    fault = RuntimeError(content[0])
    fault.add_note(content[1])
    raise fault


def _why(status: int) -> str:
    limits = budget()
    if status == -getattr(signal, "SIGXCPU", 24) or status == _TOO_LONG:
        return f"is not read after {limits.seconds} s; extract the pages with the references, or raise limits.seconds"
    return (
        f"its reader ended before its time ({ended_by(status)}; {limits.memory // MB} MB of memory are allowed); "
        "save it again, or extract the pages with the references"
    )


_TOO_LONG = -1000


def _work(module: str, function: str, data: bytes, name: str) -> bytes:
    """The answer, packed: its kind, the Document or the message, and notes about what was left out."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", InputWarning)
        try:
            reader = cast(Reader, getattr(import_module(f".{module}", __package__), function))
            kind, content = "document", cast(Any, reader(data, name))
        except InputError as error:
            kind, content = "refused", str(error)
        except RecursionError:
            kind, content = "refused", f"{name}: nested too deeply to be read; save it as plain text"  # fmt: skip
        except MemoryError:
            kind, content = "refused", f"{name}: needs more than {budget().memory // MB} MB of memory; extract the pages with the references"  # fmt: skip
        except Exception as error:
            kind, content = "fault", (f"{type(error).__name__}: {error}", traceback.format_exc())
    notes = [str(one.message) for one in told if isinstance(one.message, InputWarning)]
    return pickle.dumps((kind, content, notes), pickle.HIGHEST_PROTOCOL)


def _hold() -> None:
    """Hold this process to the budget, where the system can."""
    try:
        import resource
    except ImportError:
        return
    limits = budget()
    seconds = _used() + limits.seconds
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    if (
        hard == resource.RLIM_INFINITY or seconds + 5 <= hard
    ):  # else the one that is set is stricter
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform.startswith("linux"):
        with open("/proc/self/statm") as file:
            now = int(file.read().split()[0]) * resource.getpagesize()
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        most = now + limits.memory
        if hard == resource.RLIM_INFINITY or most < hard:
            resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _used() -> int:
    return int(time.process_time()) + 1


def _forked(module: str, function: str, data: bytes, name: str) -> tuple[bytes, int]:
    import_module(f".{module}", __package__)  # once, not in every process
    parent = os.getpid()
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        status = 3
        try:
            serve_only(parent)
            os.close(out)
            _hold()
            said = _work(module, function, data, name)
            with open(into, "wb", closefd=True) as file:
                file.write(said)
            status = 0
        finally:
            os._exit(status)
    os.close(into)
    try:
        with open(out, "rb") as stream:
            said, late = _all_of(stream, lambda: os.kill(child, signal.SIGKILL))
    except BaseException:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        raise
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return said, _TOO_LONG if late else status


def _all_of(stream: io.BufferedReader, stop: Callable[[], None]) -> tuple[bytes, bool]:
    """What comes until the end, and whether it had to be stopped."""
    import select

    until = time.monotonic() + budget().seconds * _PATIENCE
    parts: list[bytes] = []
    while True:
        if not select.select([stream], [], [], max(0.0, until - time.monotonic()))[0]:
            stop()
            return b"", True
        part = os.read(stream.fileno(), 1 << 20)
        if not part:
            return b"".join(parts), False
        parts.append(part)


def _started(module: str, function: str, data: bytes, name: str) -> tuple[bytes, int]:
    order = pickle.dumps((os.getpid(), budget(), sys.path, module, function, data, name))
    with subprocess.Popen(
        [sys.executable, "-c", _CODE], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        try:
            said, _ = process.communicate(order, budget().seconds * _PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            return b"", _TOO_LONG
        except BaseException:
            process.kill()
            raise
    return said, process.returncode


def serve() -> None:
    """A started process: an order on standard input, the answer on standard output."""
    parent, limits, path, *rest = pickle.load(sys.stdin.buffer)
    sys.path[:] = path
    serve_only(parent)
    with within(limits):
        _hold()
        said = _work(*rest)
    sys.stdout.buffer.write(said)
    sys.stdout.buffer.flush()
