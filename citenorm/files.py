"""Bytes → files on disk, the one way in which anything of citenorm is written.

A file is before or after, never between: what is new goes into a draft in the same folder (made exclusively under a name
that cannot be guessed, seen on disk) and is swapped in by one rename.  A file that was read and is written back is compared
first: one that somebody else changed meanwhile is left alone and told.  Several files are written all or none.  Writers
take turns by a lock on the folder, which ends with its holder.  Symbolic links are followed; mode, owner and extended
attributes stay; what is no regular file (a device, a pipe) is simply written to.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import stat
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .errors import InputError

PATIENCE = 30.0
"""Seconds to wait for another writer of the same folder."""
ABANDONED = 600.0
"""Seconds after its last byte from which a draft is nobody's: who waits for another writer gives up long before."""
_DRAFT = re.compile(r"\.citenorm-[0-9a-f]{16}\.(?:part|old)")
_PIECE = 1 << 16
_FLAGS = (
    os.O_WRONLY
    | os.O_CREAT
    | os.O_EXCL
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


@dataclass(frozen=True, slots=True)
class Change:
    """A file's new bytes.  ``before``: the bytes that were read, where the file must still hold them; None where that plays no part."""

    path: str | os.PathLike[str]
    data: bytes
    before: bytes | None = None


@dataclass(slots=True)
class _Draft:
    target: Path
    change: Change
    draft: Path
    kept: Path | None = None
    """The old file under another name, until all are swapped."""
    swapped: bool = False


def write_file(
    path: str | os.PathLike[str], data: bytes, before: bytes | None = None
) -> tuple[str, ...]:
    """Write one file; see ``write_files``."""
    return write_files([Change(path, data, before)])


def write_files(changes: Sequence[Change]) -> tuple[str, ...]:
    """Write all of these files or none; what a person should know about them is returned, a line each.

    Raises InputError where a file cannot be written (its name and why), or was changed by somebody else since it was read.
    """
    drafts: list[_Draft] = []
    try:
        plain = [c for c in changes if not _passed_through(c)]
        for change in plain:
            drafts.append(_drafted(change))
        with _turn({d.target.parent for d in drafts}):
            return _swap(drafts)
    finally:
        _tidy(drafts)


def update_file(path: str | os.PathLike[str], make: Callable[[bytes | None], bytes]) -> bytes:
    """Write what ``make`` makes of the file's present bytes (None where there is none); nobody else writes meanwhile."""
    target = _target(path)
    drafts: list[_Draft] = []
    try:
        with _turn({target.parent}):
            before = _present(target)
            data = make(before)
            if data != before:
                drafts.append(_drafted(Change(path, data, before)))
                _swap(drafts)
            return data
    finally:
        _tidy(drafts)


def keep_file(path: Path, data: bytes) -> bool:
    """Write a file of a cache, whose folder is made where it lacks; False where that cannot be: a cache is no duty."""
    drafts: list[_Draft] = []
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        drafts.append(_drafted(Change(path, data), durable=False))
        os.replace(drafts[0].draft, drafts[0].target)
    except (OSError, InputError):
        return False
    finally:
        _tidy(drafts)
    return True


def sweep(folder: Path, age: float = ABANDONED) -> int:
    """Remove the drafts that writers left in a folder when they were killed; how many is returned.

    Only regular files of this user under the names that drafts have, which nobody has written to for ``age`` seconds.  The
    old content of a file, kept beside it while several were swapped, goes only where the file still has it.
    """
    swept = 0
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _DRAFT.fullmatch(entry.name) and _abandoned(entry, age):
                with contextlib.suppress(OSError):
                    os.unlink(entry.path)
                    swept += 1
    return swept


def _abandoned(entry: os.DirEntry[str], age: float) -> bool:
    try:
        found = entry.stat(follow_symlinks=False)
    except OSError:
        return False
    mine = not hasattr(os, "getuid") or found.st_uid == os.getuid()
    twice = entry.name.endswith(".part") or found.st_nlink > 1
    return stat.S_ISREG(found.st_mode) and mine and twice and time.time() - found.st_mtime > age


# ------------------------------------------------------------------ one file
def _target(path: str | os.PathLike[str]) -> Path:
    try:
        return Path(path).resolve()
    except (OSError, RuntimeError, ValueError) as error:
        raise _refused(path, error) from error


def _refused(path: str | os.PathLike[str], error: BaseException) -> InputError:
    reason = (getattr(error, "strerror", None) or str(error) or "unknown error").lower()
    return InputError(f"{os.fspath(path)}: cannot be written: {reason}")


def _present(target: Path) -> bytes | None:
    try:
        return target.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _refused(target, error) from error


def _passed_through(change: Change) -> bool:
    """Write to what is there but is no regular file: it cannot be replaced."""
    try:
        mode = os.stat(change.path).st_mode
    except (OSError, ValueError):
        return False
    if stat.S_ISREG(mode):
        return False
    if stat.S_ISDIR(mode):
        raise InputError(f"{os.fspath(change.path)}: cannot be written: is a folder")
    try:
        with open(change.path, "wb", buffering=0) as stream:
            _write_out(stream.fileno(), change.data)
    except OSError as error:
        raise _refused(change.path, error) from error
    return True


def _drafted(change: Change, *, durable: bool = True) -> _Draft:
    """The new bytes in a file beside the target, on disk, with the target's mode and owner."""
    target = _target(change.path)
    draft = target.with_name(f".citenorm-{os.urandom(8).hex()}.part")
    try:
        try:
            old: os.stat_result | None = os.stat(target)
        except FileNotFoundError:
            old = None
        if old is not None and not os.access(target, os.W_OK):
            raise PermissionError(13, "the file is read-only")
        number = os.open(draft, _FLAGS, 0o600 if old is not None else 0o666)
        try:
            _write_out(number, change.data)
            if old is not None:
                _look_like(number, old, target)
            if durable:
                os.fsync(number)
        except BaseException:
            os.close(number)
            draft.unlink(missing_ok=True)
            raise
        os.close(number)
    except OSError as error:
        raise _refused(change.path, error) from error
    return _Draft(target, change, draft)


def _write_out(number: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(number, view[:_PIECE]) :]


def _look_like(number: int, old: os.stat_result, target: Path) -> None:
    """Owner, extended attributes (access lists among them) and mode of the old file, as far as the system lets us."""
    if hasattr(os, "fchown"):
        now = os.fstat(number)
        if (now.st_uid, now.st_gid) != (old.st_uid, old.st_gid):
            with contextlib.suppress(OSError):
                os.fchown(number, old.st_uid, old.st_gid)
    if hasattr(os, "listxattr"):
        with contextlib.suppress(OSError):
            for name in os.listxattr(target):
                with contextlib.suppress(OSError):
                    os.setxattr(number, name, os.getxattr(target, name))
    if hasattr(os, "fchmod"):
        os.fchmod(number, stat.S_IMODE(old.st_mode))


# ------------------------------------------------------------------ all of them
def _swap(drafts: Sequence[_Draft]) -> tuple[str, ...]:
    """Put the drafts in force, where every file still holds what was read; undone where one of them fails."""
    notes: list[str] = []
    for one in drafts:
        if one.change.before is not None and _present(one.target) != one.change.before:
            if _present(one.target) == one.change.data:
                continue  # somebody else did the same
            raise InputError(
                f"{os.fspath(one.change.path)}: was changed by somebody else while it was being worked on; "
                "nothing was written, run it again"
            )
        with contextlib.suppress(OSError):
            links = os.stat(one.target).st_nlink
            if links > 1:
                notes.append(
                    f"{os.fspath(one.change.path)}: has {links} names (hard links); the others keep the old content"
                )
    with _no_signals():
        try:
            if len(drafts) > 1:
                for one in drafts:
                    _keep_old(one)
            for one in drafts:
                os.replace(one.draft, one.target)
                one.swapped = True
        except OSError as error:
            failed = next((d for d in drafts if not d.swapped), drafts[-1])
            _undo(drafts)
            raise _refused(failed.change.path, error) from error
    for folder in {d.target.parent for d in drafts}:
        _see_on_disk(folder)
    return tuple(notes)


def _keep_old(one: _Draft) -> None:
    kept = one.draft.with_suffix(".old")
    try:
        os.link(one.target, kept)
    except FileNotFoundError:
        return
    except OSError:  # a file system without hard links
        kept.write_bytes(one.target.read_bytes())
    one.kept = kept


def _undo(drafts: Sequence[_Draft]) -> None:
    for one in drafts:
        if one.swapped:
            with contextlib.suppress(OSError):
                if one.kept is not None:
                    os.replace(one.kept, one.target)
                else:
                    os.unlink(one.target)


def _tidy(drafts: Sequence[_Draft]) -> None:
    for one in drafts:
        for path in (one.draft, one.kept):
            if path is not None:
                with contextlib.suppress(OSError):
                    path.unlink()


def _see_on_disk(folder: Path) -> None:
    with contextlib.suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


@contextlib.contextmanager
def _no_signals() -> Iterator[None]:
    """Between the swaps of several files no signal that can wait ends the run."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    held = signal.pthread_sigmask(
        signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT}
    )
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)


@contextlib.contextmanager
def _turn(folders: set[Path]) -> Iterator[None]:
    """Hold the lock of every folder; one that knows no locks is written without.  Raises InputError after ``PATIENCE`` seconds."""
    try:
        import fcntl
    except ImportError:  # no such locks on this system
        yield
        return
    with contextlib.ExitStack() as held:
        until = time.monotonic() + PATIENCE
        for folder in sorted(folders):
            try:
                number = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
            except OSError:
                continue
            held.callback(os.close, number)
            while True:
                try:
                    fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() > until:
                        raise InputError(
                            f"{folder}: another citenorm has been writing here for {PATIENCE:.0f} s; run it again later"
                        ) from None
                    time.sleep(0.01)
                except OSError:
                    break
        yield
