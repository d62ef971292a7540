"""What one input may cost: past it there is one line, and what is good is kept; no library brings this process down."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading
import time
import zipfile
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

from citenorm import bib
from citenorm.budget import DEFAULT, MB, Budget, budget, within
from citenorm.cli import main
from citenorm.config import load_config
from citenorm.errors import ConfigError, InputError, InputWarning
from citenorm.model import Document
from citenorm.read import read

apart = import_module("citenorm.read.apart")
pdf = import_module("citenorm.read.pdf")
FIND = Path(__file__).parents[1] / "data" / "find"
PDF = (FIND / "report.pdf").read_bytes()
DOCX = (FIND / "report.docx").read_bytes()
ODT = (FIND / "report.odt").read_bytes()


WORDS = ("Pond", "Lake", "River", "Sea")


def pages(n: int, words: int = 1) -> bytes:
    """A PDF of so many pages, each with a word of its own so many times."""
    kids = " ".join(f"{10 + 2 * i} 0 R" for i in range(n))
    objects = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {n} >>",
        3: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    }
    for i in range(n):
        lines = " ".join(
            f"({WORDS[i]}{'x' * w}) Tj 0 -9 Td" for w in range(words + 10 * i * (words > 1))
        )
        drawn = f"BT /F 9 Tf {20 + 9 * i} {400 + 20 * i} Td {lines} ET"
        objects[10 + 2 * i] = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 500] /Contents {11 + 2 * i} 0 R /Resources << /Font << /F 3 0 R >> >> >>"  # fmt: skip
        objects[11 + 2 * i] = f"<< /Length {len(drawn)} >> stream\n{drawn}\nendstream"
    body = "%PDF-1.4\n" + "".join(f"{n} 0 obj\n{o}\nendobj\n" for n, o in objects.items())
    return (body + "trailer << /Size 99 /Root 1 0 R >>\n%%EOF\n").encode()


@pytest.mark.parametrize(
    ("limit", "value", "data", "name"),
    [
        ("characters", 20, b"A text of more than that.", "a.txt"),
        ("lines", 3, b"a\nb\nc\nd\ne\n", "a.md"),
        ("characters", 20, b"@misc{a, title = {More than that}}", "a.bib"),
        ("elements", 3, b"<p>a<p>b<p>c<p>d", "a.html"),
        ("elements", 3, ODT, "a.odt"),
        ("elements", 3, DOCX, "a.docx"),
        ("part", 100, DOCX, "a.docx"),
        ("unpacked", 100, ODT, "a.odt"),
        ("members", 2, DOCX, "a.docx"),
    ],
)
def test_beyond_a_limit_there_is_one_line(limit: str, value: int, data: bytes, name: str) -> None:
    assert read(data, name=name).text
    with within(replace(DEFAULT, **{limit: value})), pytest.raises(InputError) as told:
        read(data, name=name)
    assert str(told.value).startswith(name) and "\n" not in str(told.value)
    assert budget() is DEFAULT


def test_a_bib_file_is_held_to_it_too() -> None:
    with within(replace(DEFAULT, characters=20)), pytest.raises(InputError, match=r"limits\.characters"):  # fmt: skip
        bib.read(b"@misc{a, title = {More than that}}", "a.bib")


def test_the_pages_up_to_a_limit_are_read_and_the_rest_is_told() -> None:
    assert read(pages(4), name="a.pdf").text.split() == list(WORDS)
    with within(replace(DEFAULT, pages=2)), pytest.warns(InputWarning, match=r"a\.pdf: only the first 2 of 4 pages") as told:  # fmt: skip
        assert read(pages(4), name="a.pdf").text.split() == ["Pond", "Lake"]
    assert len(told) == 1
    with within(replace(DEFAULT, characters=10)), pytest.warns(InputWarning, match="first 2 of 4 pages"):  # fmt: skip
        read(pages(4), name="a.pdf")


@pytest.mark.parametrize("limit", ["page_characters", "page_objects"])
def test_a_page_beyond_a_limit_is_passed_over(limit: str) -> None:
    limits = replace(DEFAULT, **{limit: 60 if limit == "page_characters" else 9})
    with within(limits), pytest.warns(InputWarning, match=r"a\.pdf: page 2 of more than"):
        text = read(pages(2, words=5), name="a.pdf").text
    assert "Pondxxxx" in text and "Lake" not in text


# ------------------------------------------------------------------ the process of its own
@pytest.fixture
def alone(monkeypatch) -> None:
    """A copy of this process, with what the test put in place: threads that other tests left would have a new one started."""
    monkeypatch.setattr(apart.threading, "active_count", lambda: 1)


def _endless(data: bytes, name: str) -> Document:
    while True:
        pass


def _asleep(data: bytes, name: str) -> Document:
    time.sleep(600)
    raise AssertionError


def _greedy(data: bytes, name: str) -> Document:
    return Document(name=name, format="pdf", text="a" * (1000 * MB))


def _killed(data: bytes, name: str) -> Document:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def _faulty(data: bytes, name: str) -> Document:
    raise TypeError("of the reader")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes of POSIX")
@pytest.mark.parametrize(
    ("reader", "said"),
    [
        (_endless, "is not read after 1 s"),
        (_greedy, "needs more than 100 MB of memory"),
        (_killed, r"its reader ended before its time \(signal 9 \(SIGKILL\)"),
    ],
)
def test_a_reader_that_goes_wrong_is_one_line(alone, monkeypatch, reader, said) -> None:
    monkeypatch.setattr(pdf, "read_pdf", reader)
    limits = Budget(seconds=1, memory=100 * MB)
    with within(limits), pytest.raises(InputError, match=rf"^a\.pdf: {said}") as told:
        read(PDF, name="a.pdf")
    assert "\n" not in str(told.value)
    monkeypatch.undo()
    assert "Vaswani" in read(PDF, name="a.pdf").text  # this process is none the worse


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes of POSIX")
def test_a_reader_that_only_waits_is_ended(alone, monkeypatch) -> None:
    monkeypatch.setattr(pdf, "read_pdf", _asleep)
    monkeypatch.setattr(apart, "_PATIENCE", 0.2)
    with within(Budget(seconds=1)), pytest.raises(InputError, match="is not read after 1 s"):
        read(PDF, name="a.pdf")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes of POSIX")
def test_a_fault_of_a_reader_is_a_fault_here(alone, monkeypatch) -> None:
    monkeypatch.setattr(pdf, "read_pdf", _faulty)
    with pytest.raises(RuntimeError, match="TypeError: of the reader") as told:
        read(PDF, name="a.pdf")
    assert "_faulty" in told.value.__notes__[0]


def test_among_several_threads_a_process_is_started_anew() -> None:
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        assert "Vaswani" in read(PDF, name="a.pdf").text
        with within(replace(DEFAULT, pages=1)), pytest.warns(InputWarning, match="first 1 of 2"):
            read(pages(2), name="a.pdf")
        with pytest.raises(InputError, match="is no sound PDF"):
            read(b"%PDF-1.4 x", name="a.pdf")
    finally:
        done.set()
        other.join()


# ------------------------------------------------------------------ the command line
def test_settings_set_the_limits_and_every_way_in_keeps_them(tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "citenorm.toml").write_text("[limits]\nbytes = 50\npages = 1\n")
    assert load_config("citenorm.toml").limits == replace(DEFAULT, bytes=50, pages=1)
    (tmp_path / "a.md").write_text("x" * 51)
    (tmp_path / "a.bib").write_text("@misc{a, title = {B}}" + " " * 51)
    for command in (["find"], ["fix", "--offline"], ["check", "--offline"]):
        for name in ("a.md", "a.bib", "-"):
            monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"x" * 51)))
            assert main([*command, name]) == 2, (command, name)
            said = capsys.readouterr().err
            assert "is larger than 0 MB" in said and "limits.bytes" in said
    (tmp_path / "citenorm.toml").write_text("[limits]\npages = 1\n")
    (tmp_path / "a.pdf").write_bytes(pages(2))
    assert main(["find", "a.pdf"]) == 2  # not all of it was read
    assert "citenorm: a.pdf: only the first 1 of 2 pages were read" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["limits = 3", "[limits]\npage = 1", "[limits]\npages = 0", "[limits]\npages = true", '[limits]\npages = "3"'])  # fmt: skip
def test_wrong_limits_are_told(tmp_path, text) -> None:
    (tmp_path / "citenorm.toml").write_text(text)
    with pytest.raises(ConfigError, match="limit"):
        load_config(tmp_path / "citenorm.toml")


def test_a_stream_without_end_is_refused_at_the_limit() -> None:
    from citenorm.read import load_stream

    class Endless(io.RawIOBase):
        given = 0

        def read(self, n: int = -1) -> bytes:
            Endless.given += n
            return b"x" * n

    with within(replace(DEFAULT, bytes=40 * MB)), pytest.raises(InputError, match="larger than 40 MB"):  # fmt: skip
        load_stream(Endless(), "-")  # type: ignore[arg-type]
    assert Endless.given <= 41 * MB


def test_an_archive_of_many_small_elements_is_refused() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_STORED) as made:
        made.writestr("content.xml", "<a/>" * 1_100_000)
    with pytest.raises(InputError, match="1,100,000 tags"):
        read(data.getvalue(), name="a.odt")


def test_a_stricter_limit_of_the_shell_is_no_hindrance():
    """Under ``ulimit -t`` the process that reads a PDF cannot, and need not, have more."""
    resource = pytest.importorskip("resource")
    path = FIND / "report.pdf"
    code = "import sys, citenorm; print(len(citenorm.read(sys.argv[1]).text))"
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (30, 31)),
    )  # fmt: skip
    assert done.returncode == 0 and int(done.stdout) > 100, done.stderr
