"""A stream through a function in chunks, and who is told how far it has come."""

import multiprocessing
import os
import sys
from types import SimpleNamespace

import pytest

import citenorm
from citenorm.parallel import map_chunks, watched
from citenorm.report.progress import Live

SOURCES = SimpleNamespace(offline=True, spec=None)


def _double(chunk, _sources):
    return [2 * n for n in chunk]


def test_who_watches_is_told_how_many_are_done():
    told = []
    with watched(lambda done, of: told.append((done, of))):
        out = [n for part in map_chunks(_double, list(range(7)), SOURCES, chunk=3) for n in part]
    assert out == [0, 2, 4, 6, 8, 10, 12]
    assert told == [(3, 7), (6, 7), (7, 7)]


def test_a_stream_of_unknown_length_is_counted_without_an_end():
    told = []
    with watched(lambda done, of: told.append((done, of))):
        list(map_chunks(_double, iter(range(4)), SOURCES, chunk=2))
    assert told == [(2, None), (4, None)]
    list(map_chunks(_double, [1], SOURCES))
    assert len(told) == 2, "nobody is told outside of it"


def test_the_line_is_drawn_on_a_terminal_alone_and_goes_at_the_end(monkeypatch, capsys):
    with Live() as live:
        live.count(1, 2, "references")
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with Live() as live:
        live.count(1, 2, "references")
    err = capsys.readouterr().err
    assert "1 of 2 references" in err and err.endswith("\r\x1b[K")
    with Live(quiet=True) as live:
        live.count(1, 2, "references")
    assert capsys.readouterr().err == ""


def test_long_commands_show_how_far_they_are(tmp_path, monkeypatch, capsys):
    from citenorm.cli import main

    path = tmp_path / "refs.bib"
    path.write_text("@misc{a, title = {Weaving in water}, year = {2001}}\n")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert main(["fix", str(path), "--offline"]) == 0
    assert "1 of 1 references" in capsys.readouterr().err
    assert main(["fix", str(path), "--offline", "-q"]) == 0
    assert capsys.readouterr().err == ""


def test_a_file_given_as_a_reference_is_told(tmp_path, monkeypatch, capsys):
    from citenorm.cli import main

    monkeypatch.chdir(tmp_path)
    (tmp_path / "refs.txt").write_text("Weaving in water\n")
    assert main(["match", "refs.txt", "--offline"]) == 0
    assert "--lines refs.txt" in capsys.readouterr().err


LOADED: list[int] = []


class Loading:
    """Work that tells which processes loaded what it needs."""

    def load(self):
        LOADED.append(os.getpid())

    def __call__(self, chunk, _sources):
        return [(os.getpid(), tuple(LOADED)) for _ in chunk]


@pytest.mark.skipif(multiprocessing.get_start_method() != "fork", reason="nothing is inherited")
def test_what_every_process_needs_is_loaded_once_before_they_are_forked():
    LOADED.clear()
    with citenorm.open_sources(offline=True) as sources:
        told = [one for part in map_chunks(Loading(), range(4), sources, 2, 2) for one in part]
        assert len(told) == 4 and all(pid != os.getpid() for pid, _ in told)
        assert {loaded for _, loaded in told} == {(os.getpid(),)}
        LOADED.clear()
        told = [one for part in map_chunks(Loading(), range(4), sources, 1, 2) for one in part]
        assert set(told) == {(os.getpid(), ())}, "one process loads what it comes to"
