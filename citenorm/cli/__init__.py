"""The command line: the first word chooses a module of this room; only that one is loaded.

Results go to standard output, everything for people to standard error.  Exit status 0: done, nothing to report;
1: done, something found; 2: could not do it, with one line why.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import os
import signal
import sys
import warnings
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from ..printable import printable
from ..processes import GARBAGE

COMMANDS = {
    "fix": "a report or .bib file → the bibliography it meant (the main job)",
    "get": "identifiers and links → the entries of the works that they name",
    "find": "where a document names works",
    "parse": "reference strings → fields",
    "match": "reference strings or claims → the works they mean",
    "check": "what is inconsistent in reports and .bib files; changes nothing",
    "cite": "turn the citations of a report into keys of its bibliography",
    "explain": "how one reference was read, matched and judged",
    "catalogue": "build, extend and look into local catalogues",
    "review": "settle by hand what is open, on a page in your browser",
    "lock": "keep the decisions of a repository in citenorm.lock",
    "rule": "the page of a rule, or the list of all",
    "server": "a language server for editors",
    "batch": "very many references → a folder of rows, restartable; also on Spark",
    "completion": "completion of commands and options for a shell",
    "cache": "the answers of online services kept on disk",
}

debug = False
"""Whether faults of citenorm itself are to be shown whole (``--debug``, with any command)."""

_USAGE = """usage: citenorm COMMAND [OPTION …] [FILE …]
       citenorm COMMAND --help

Takes the references people really write and gives back the ones they meant.

commands:
{commands}

options:
  -h, --help     this page
  -V, --version  the version
  --debug        where citenorm itself goes wrong, show where (with any command)

A first try:  citenorm fix report.md
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status and never raises for bad input."""
    args = list(sys.argv[1:] if argv is None else argv)
    global debug
    debug = "--debug" in args
    args = [a for a in args if a != "--debug"]
    if not args or args[0] in ("-h", "--help", "help"):
        width = max(map(len, COMMANDS))
        page = _USAGE.format(
            commands="\n".join(f"  {name:<{width}}  {what}" for name, what in COMMANDS.items())
        )
        print(page, end="", file=sys.stdout if args else sys.stderr)
        return 0 if args else 2
    if args[0] in ("-V", "--version"):
        from .. import __version__

        print(f"citenorm {__version__}")
        return 0
    command, rest = args[0], args[1:]
    if command not in COMMANDS:
        from difflib import get_close_matches

        near = get_close_matches(command, COMMANDS, 1)
        hint = f"; did you mean {near[0]}?" if near else f" (commands: {', '.join(COMMANDS)})"
        print(f"citenorm: no command {command!r}{hint}", file=sys.stderr)
        return 2
    return _run(command, rest)


def _prepare() -> None:
    """This process is a command's: its memory, its threads, its streams, how it ends."""
    gc.set_threshold(GARBAGE)
    atexit.register(gc.freeze)  # to look through all that is left at the end costs a twentieth
    os.environ.setdefault(
        "OPENBLAS_NUM_THREADS", "1"
    )  # one process, one thread: --jobs decide how many processors are used
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    _end_cleanly()


def _run(command: str, rest: list[str]) -> int:
    from ..errors import CitenormError

    _prepare()
    try:
        os.getcwd()
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        print(f"citenorm: the working folder: {why}; change to another", file=sys.stderr)
        return 2
    try:
        with warnings.catch_warnings():
            cut = _tell_warnings()
            status = int(import_module(f".{command}", __name__).run(rest))
        if not sys.stdout.closed:  # the server has closed it
            sys.stdout.flush()
        return 2 if cut and status < 2 else status
    except CitenormError as error:
        print(f"citenorm: {printable(str(error))}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        _drop_output()
        return 0
    except OSError as error:
        _drop_output()
        reason = (error.strerror or str(error)).lower()
        where = printable(str(error.filename or "standard output"))
        print(f"citenorm: {where}: {reason}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return _stopped(130)
    except _Stopped as stop:
        return _stopped(128 + stop.number)
    except MemoryError:
        print(f"citenorm: {command}: not enough memory for this input", file=sys.stderr)
        return 2
    except (
        BaseException
    ) as error:  # the last net: nobody is shown a traceback who did not ask for it
        panic = type(error).__name__ == "PanicException"  # as the index engine's are called
        if debug or not (panic or isinstance(error, Exception)):
            raise
        print(f"citenorm: {command}: {unexpected(error)}", file=sys.stderr)
        return 2


class _Stopped(BaseException):
    """The system asked this process to end."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


AGAIN = 20.0
"""Seconds after which a run that was asked to end and did not is stopped once more, and then at once."""


def _end_cleanly() -> None:
    """SIGTERM and SIGHUP end the run as Ctrl-C does: drafts are removed and processes that share the work end."""

    def stop(number: int, _frame: object) -> None:
        signal.signal(number, signal.SIG_IGN)  # once is enough
        _stop_again(number)
        raise _Stopped(number)

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:  # not under nohup
            with contextlib.suppress(ValueError):  # not in the first thread: its caller's matter
                signal.signal(number, stop)


def _stop_again(number: int) -> None:
    """What is raised where Python lets nothing through (as an object is taken away) is lost: it is raised once more, and if that was lost too the
    process ends."""
    if not hasattr(signal, "SIGALRM"):
        return

    times = 0

    def once_more(_number: int, _frame: object) -> None:
        nonlocal times
        times += 1
        if times < _TIMES and _on_its_way():
            return  # what is to be done at the end is being done
        if times > 1:
            with contextlib.suppress(OSError):
                os.write(2, b"citenorm: stopped\n")
            os._exit(128 + number)
        raise _Stopped(number)

    signal.signal(signal.SIGALRM, once_more)
    signal.setitimer(signal.ITIMER_REAL, AGAIN, AGAIN)


_TIMES = 6
"""So often what is done at the end is waited for."""


def _on_its_way() -> bool:
    """What was raised to end the run is being handled."""
    error = sys.exc_info()[1]
    while error is not None and not isinstance(error, _Stopped):
        error = error.__context__
    return error is not None


def _stopped(status: int) -> int:
    with contextlib.suppress(AttributeError, ValueError):
        signal.setitimer(signal.ITIMER_REAL, 0)
    with contextlib.suppress(OSError, ValueError):
        print("citenorm: stopped", file=sys.stderr)
    return status


def _tell_warnings() -> list[str]:
    """From now on what is left out of an input, or a catalogue that is not asked, is a line on standard error; the list, still to be filled, of
    the lines about inputs."""
    from ..errors import CatalogueWarning, InputWarning

    told: list[str] = []

    def tell(message: Warning | str, category: type[Warning], *about: Any, **more: Any) -> None:
        if not issubclass(category, (InputWarning, CatalogueWarning)):
            shown(message, category, *about, **more)
            return
        line = printable(str(message))
        if issubclass(category, InputWarning):
            told.append(line)
        print(f"citenorm: {line}", file=sys.stderr)

    shown = warnings.showwarning
    for category in (InputWarning, CatalogueWarning):
        warnings.simplefilter("always", category)
    warnings.showwarning = tell
    return told


def unexpected(error: BaseException) -> str:
    """One line about an error that citenorm did not foresee: what it is, where it rose, and what to do."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    at = (
        f" ({os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno})"
        if trace
        else ""
    )
    said = printable(" ".join(str(error).split()))[:200]
    return (
        f"a fault of citenorm, not of the input: {type(error).__name__}: {said}{at}; "
        "please report it with what was read (--debug shows more)"
    )


def _drop_output() -> None:
    """What is left of standard output goes nowhere: nobody can take it."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
