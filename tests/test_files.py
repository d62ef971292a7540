"""The one writer: before or after, never between, whatever ends it or stands in its way."""

import errno
import itertools
import multiprocessing
import os
import stat
import threading
from pathlib import Path

import pytest

from citenorm import files
from citenorm.errors import InputError
from citenorm.files import Change, keep_file, sweep, update_file, write_file, write_files

OLD, NEW = b"old\n" * 50_000, b"new\r\n" * 60_000
CALLS = ("open", "write", "fsync", "fchmod", "link", "replace", "unlink", "close")
posix = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


class Stopped(BaseException):
    pass


def at_call(monkeypatch, number, happens):
    """From here on the ``number``-th call to the system is ``happens(the call)`` instead."""
    count = itertools.count()
    for name in CALLS:
        real = getattr(os, name)

        def call(*args, _real=real, _name=name, **kwargs):
            if next(count) == number:
                return happens(_name, _real, args)
            return _real(*args, **kwargs)

        monkeypatch.setattr(files.os, name, call)
    return count


def in_child(work):
    """Run in a forked process; its exit status."""
    child = os.fork()
    if not child:
        try:
            work()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@posix
def test_killed_at_any_moment_the_file_is_before_or_after(tmp_path, monkeypatch):
    path = tmp_path / "refs.bib"
    seen, number = set(), 0
    while True:
        path.write_bytes(OLD)

        def work(number=number):
            with pytest.MonkeyPatch.context() as patch:
                at_call(patch, number, lambda *_: os._exit(9))
                write_file(path, NEW, OLD)
            os._exit(0)

        status = in_child(work)
        data = path.read_bytes()
        assert data in (OLD, NEW)
        seen.add((status, data == NEW))
        if status == 0:
            break
        number += 1
    assert seen == {(9, False), (9, True), (0, True)} and number >= 10


@posix
def test_a_full_disk_at_any_moment_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "refs.bib"
    for number in range(40):
        path.write_bytes(OLD)

        def full(name, real, args, number=number):
            if name in ("close", "unlink"):
                return real(*args)
            if name == "write" and number % 2:
                real(args[0], args[1][:10])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        with pytest.MonkeyPatch.context() as patch:
            at_call(patch, number, full)
            try:
                write_file(path, NEW, OLD)
                done = True
            except InputError as error:
                assert "refs.bib" in str(error) and "space" in str(error)
                done = False
        assert path.read_bytes() == (NEW if done else OLD) and os.listdir(tmp_path) == ["refs.bib"]


@pytest.mark.parametrize("number", range(0, 60, 2))
def test_several_files_are_written_all_or_none(tmp_path, monkeypatch, number):
    paths = [tmp_path / name for name in ("a.tex", "new.json", "refs.bib")]
    paths[0].write_bytes(OLD)
    paths[2].write_bytes(OLD)

    def fails(name, real, args):
        if name in ("close", "unlink"):
            return real(*args)
        raise OSError(errno.EIO, "broken")

    with monkeypatch.context() as patch:
        at_call(patch, number, fails)
        try:
            write_files([Change(p, NEW) for p in paths])
            done = True
        except InputError:
            done = False
    held = [p.read_bytes() if p.exists() else None for p in paths]
    assert held == ([NEW] * 3 if done else [OLD, None, OLD])
    assert not [n for n in os.listdir(tmp_path) if n.startswith(".")]


def test_a_file_saved_by_somebody_else_meanwhile_is_left_alone(tmp_path):
    path, other = tmp_path / "refs.bib", tmp_path / "a.tex"
    path.write_bytes(b"saved by its author")
    other.write_bytes(OLD)
    with pytest.raises(InputError, match="changed by somebody else"):
        write_files([Change(other, NEW, OLD), Change(path, NEW, OLD)])
    assert path.read_bytes() == b"saved by its author" and other.read_bytes() == OLD
    path.unlink()
    with pytest.raises(InputError, match="changed by somebody else"):
        write_file(path, NEW, OLD)
    path.write_bytes(NEW)
    write_file(path, NEW, OLD)  # who did the same is no stranger
    assert len(list(tmp_path.iterdir())) == 2


@posix
def test_mode_and_links_stay(tmp_path):
    path, link, hard = tmp_path / "refs.bib", tmp_path / "link.bib", tmp_path / "hard.bib"
    path.write_bytes(OLD)
    os.chmod(path, 0o640)
    link.symlink_to(path.name)
    modes = []
    with pytest.MonkeyPatch.context() as patch:
        real = os.write
        patch.setattr(
            files.os,
            "write",
            lambda n, d: modes.append(stat.S_IMODE(os.fstat(n).st_mode)) or real(n, d),
        )
        assert write_file(link, NEW) == ()
    assert link.is_symlink() and path.read_bytes() == NEW and set(modes) == {0o600}
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    os.link(path, hard)
    (note,) = write_file(path, OLD)
    assert "2 names" in note and hard.read_bytes() == NEW
    fresh = tmp_path / "fresh"
    write_file(fresh, b"x")
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(fresh.stat().st_mode) == 0o666 & ~mask


@posix
def test_a_draft_laid_out_as_a_trap_is_not_written_through(tmp_path, monkeypatch):
    path, victim = tmp_path / "refs.bib", tmp_path / "victim"
    victim.write_bytes(b"mine")
    monkeypatch.setattr(files.os, "urandom", lambda n: b"known")
    (tmp_path / f".citenorm-{b'known'.hex()}.part").symlink_to(victim)
    with pytest.raises(InputError):
        write_file(path, NEW)
    assert victim.read_bytes() == b"mine"


def test_what_cannot_be_written_is_one_line(tmp_path):
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    for bad in (tmp_path, tmp_path / "no" / "where", loop, "nul\0byte", tmp_path / ("x" * 300)):
        with pytest.raises(InputError) as told:
            write_file(bad, b"x")
        assert "\n" not in str(told.value)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_devices_are_written_to(tmp_path):
    write_file("/dev/null", b"x")
    with pytest.raises(InputError, match="space"):
        write_file("/dev/full", b"x")


def test_two_writers_lose_nothing(tmp_path):
    path = tmp_path / "list"

    def add(n):
        for i in range(10):
            update_file(path, lambda now, i=i: (now or b"") + f"{n} {i}\n".encode())

    threads = [threading.Thread(target=add, args=(n,)) for n in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lines = path.read_text().splitlines()
    assert sorted(lines) == sorted(f"{n} {i}" for n in range(5) for i in range(10))
    assert os.listdir(tmp_path) == ["list"]


def _race(path: str, n: int) -> None:
    for i in range(10):
        before = Path(path).read_bytes()
        try:
            write_file(path, bytes([65 + n]) * (100_000 + i), before)
        except InputError:
            continue


@posix
def test_two_processes_never_mix_their_bytes(tmp_path):
    path = tmp_path / "refs.bib"
    path.write_bytes(b"A" * 100_000)
    context = multiprocessing.get_context("fork")
    racing = [context.Process(target=_race, args=(str(path), n)) for n in range(5)]
    for one in racing:
        one.start()
    while any(one.is_alive() for one in racing):
        assert len(set(path.read_bytes())) == 1
    for one in racing:
        one.join()
        assert one.exitcode == 0
    assert os.listdir(tmp_path) == ["refs.bib"]


@posix
def test_a_writer_that_holds_the_folder_too_long_is_told(tmp_path, monkeypatch):
    import fcntl

    monkeypatch.setattr(files, "PATIENCE", 0.05)
    number = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(number, fcntl.LOCK_EX)
    try:
        with pytest.raises(InputError, match="another citenorm"):
            write_file(tmp_path / "x", b"x")
    finally:
        os.close(number)
    write_file(tmp_path / "x", b"x")


def test_a_cache_that_cannot_be_kept_is_no_error(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    assert not keep_file(tmp_path / "file" / "below", b"x")
    assert keep_file(tmp_path / "new" / "below", b"x")
    assert [p.name for p in (tmp_path / "new").iterdir()] == ["below"]


def test_drafts_that_a_killed_writer_left_are_swept_and_nothing_else(tmp_path):
    old = ["a.md", ".citenorm-0123456789abcdef.part", ".citenorm-0123456789abcdef.old", ".citenorm-fedcba9876543210.old", ".citenorm-short.part", ".citenorm-0123456789abcdef.part~"]  # fmt: skip
    for name in (*old, ".citenorm-1111111111111111.part"):
        (tmp_path / name).write_bytes(OLD)
    (tmp_path / "b.md").hardlink_to(tmp_path / old[3])  # the file has its old content still
    (tmp_path / "deep").mkdir()
    (tmp_path / ".citenorm-2222222222222222.part").mkdir()
    (tmp_path / ".citenorm-3333333333333333.part").symlink_to(tmp_path / "a.md")
    (tmp_path / "deep" / old[1]).write_bytes(OLD)
    for name in old:
        os.utime(tmp_path / name, (1, 1))
    os.utime(tmp_path / "deep" / old[1], (1, 1))
    before = {p.name for p in tmp_path.iterdir()}
    assert sweep(tmp_path) == 2
    assert before - {p.name for p in tmp_path.iterdir()} == {old[1], old[3]}
    assert (tmp_path / "a.md").read_bytes() == OLD and (tmp_path / "deep" / old[1]).exists()
    assert sweep(tmp_path) == 0 == sweep(tmp_path / "nowhere")
