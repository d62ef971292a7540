"""The answers kept on disk."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from citenorm.sources.cache import FILE, Cache, Reply, cache_file, clear, info

REPLY = Reply(200, b'{"a": 1}', "application/json", "2026-01-02")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "er" / FILE


def test_what_is_put_comes_back_also_after_closing(path: Path) -> None:
    cache = Cache(path)
    cache.put("k", REPLY, 60)
    assert cache.get("k") == REPLY
    assert cache.get("other") is None
    cache.close()
    again = Cache(path)
    assert again.get("k") == REPLY
    again.close()
    again.close()
    assert again.get("k") is None


def test_an_answer_is_kept_for_its_lifetime_and_then_dropped(path: Path) -> None:
    now = [1000.0]
    cache = Cache(path, clock=lambda: now[0])
    cache.put("short", REPLY, 10)
    cache.put("long", REPLY, 1e12)
    now[0] = 1009.9
    assert cache.get("short") == REPLY
    now[0] = 1010.1
    assert cache.get("short") is None
    cache.close()
    assert info(path)["answers"] == 1


def test_info_and_clear(path: Path) -> None:
    assert info(path) | {"file": ""} == {
        "file": "",
        "answers": 0,
        "bytes": 0,
        "too old": 0,
        "first": "",
        "last": "",
    }
    assert not path.exists()
    assert clear(path) == 0
    cache = Cache(path)
    cache.put("a", REPLY, 1e12)
    cache.put("b", Reply(404, b"", "", "2026-03-04"), 1e12)
    cache.close()
    held = info(path)
    assert (held["answers"], held["first"], held["last"], held["too old"]) == (
        2,
        "2026-01-02",
        "2026-03-04",
        0,
    )
    assert isinstance(held["bytes"], int) and held["bytes"] > 0
    assert clear(path) == 2
    assert info(path)["answers"] == 0


def test_the_place_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CITENORM_CACHE_DIR", str(tmp_path / "x"))
    assert cache_file() == tmp_path / "x" / FILE
    monkeypatch.delenv("CITENORM_CACHE_DIR")
    assert cache_file().name == FILE and "citenorm" in str(cache_file().parent)


@pytest.mark.parametrize(
    "damage",
    [
        b"this is no database, but long enough to be taken for one" * 40,
        b"SQLite format 3\x00" + b"\xff" * 4000,
    ],
)
def test_a_damaged_file_is_made_anew(path: Path, damage: bytes) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(damage)
    assert info(path)["answers"] == 0
    cache = Cache(path)
    cache.put("k", REPLY, 60)
    assert cache.path == path and cache.get("k") == REPLY
    cache.close()
    assert info(path)["answers"] == 1


def test_a_file_of_another_form_is_made_anew(path: Path) -> None:
    path.parent.mkdir(parents=True)
    with sqlite3.connect(path) as base:
        base.execute("PRAGMA user_version = 99")
        base.execute("CREATE TABLE replies (x)")
    base.close()
    cache = Cache(path)
    cache.put("k", REPLY, 60)
    assert cache.get("k") == REPLY
    cache.close()


def test_a_damaged_answer_is_no_answer(path: Path) -> None:
    cache = Cache(path)
    cache.put("k", REPLY, 1e9)
    with sqlite3.connect(path) as base:
        base.execute("UPDATE replies SET body = x'00'")
    base.close()
    assert cache.get("k") is None
    cache.close()


def test_where_nothing_can_be_written_the_run_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = Cache(tmp_path / "file" / "cache" / FILE)
    assert cache.path is None
    cache.put("k", REPLY, 60)
    assert cache.get("k") == REPLY


def test_threads_and_processes_share_one_file(path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from citenorm.sources.cache import Cache, Reply\n"
        "cache = Cache(Path(sys.argv[1]))\n"
        "for n in range(40): cache.put(f'{sys.argv[2]}-{n}', Reply(200, b'x' * n, '', ''), 1e9)\n"
        "assert cache.path is not None; cache.close()"
    )
    others = [
        subprocess.Popen([sys.executable, "-c", code, str(path), name]) for name in ("p", "q", "r")
    ]
    cache = Cache(path)

    def work(name: str) -> None:
        for n in range(40):
            cache.put(f"{name}-{n}", Reply(200, b"x" * n, "", ""), 1e9)

    threads = [threading.Thread(target=work, args=(name,)) for name in "st"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [other.wait(timeout=60) for other in others] == [0, 0, 0]
    assert all(
        cache.get(f"{name}-{n}") == Reply(200, b"x" * n, "", "")
        for name in "pqrst"
        for n in range(40)
    )
    cache.close()


def test_slow_services_have_one_queue_for_all_processes(path: Path) -> None:
    now = [500.0]
    one, two = Cache(path, clock=lambda: now[0]), Cache(path, clock=lambda: now[0])
    assert [
        one.reserve("s", 3),
        two.reserve("s", 3),
        one.reserve("s", 3),
        two.reserve("other", 3),
    ] == [0, 3, 6, 0]
    now[0] = 520.0
    assert two.reserve("s", 3) == 0
    now[0] = 20.0  # a clock set back must not stop the run for minutes
    now[0] = -5000.0
    assert one.reserve("s", 3) == 0
    one.close()
    two.close()
