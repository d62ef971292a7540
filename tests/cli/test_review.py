"""``citenorm review``: which lock, what is refused, and how a browser is opened; the page itself is tested in tests/review."""

import contextlib
import re
import stat
from pathlib import Path
from urllib.request import url2pathname

import pytest

from citenorm.cli import main
from citenorm.cli import review as command
from citenorm.cli.session import Input
from citenorm.errors import ConfigError

BIB = "@misc{a,\n  title = {A Pond of Our Own},\n  author = {Nobody, Ann},\n  year = {2001}\n}\n"


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "paper").mkdir()
    for name in ("refs.bib", "paper/refs.bib", "paper/notes.md"):
        (tmp_path / name).write_text(BIB if name.endswith("bib") else "# Notes\n")
    return tmp_path


def lock_for(*names):
    return command._lock([Input(name, name) for name in names]).resolve()


def test_decisions_go_where_later_runs_look_for_them(here):
    assert lock_for("refs.bib", "paper/refs.bib") == here / "citenorm.lock"
    (here / "paper" / ".git").mkdir()  # a repository of its own: what lies above is not looked into
    assert lock_for("paper/refs.bib") == here / "paper" / "citenorm.lock"
    (here / "citenorm.lock").write_text('{"citenorm-lock": 1}\n')
    assert lock_for("refs.bib") == here / "citenorm.lock"
    with pytest.raises(ConfigError, match="one by one"):
        lock_for("refs.bib", "paper/refs.bib")


def test_what_cannot_be_reviewed_is_one_line(here, capsys):
    assert main(["review", "-"]) == 2
    assert "name a file" in capsys.readouterr().err
    assert main(["review", "nothing.bib", "--offline"]) == 2
    assert "nothing.bib: no such file" in capsys.readouterr().err
    assert main(["review", "paper/notes.md", "--offline"]) == 0
    assert "no references found" in capsys.readouterr().err
    (here / "citenorm.lock").write_text("[]\n")
    assert main(["review", "refs.bib", "--offline", "--no-browser"]) == 2
    told = capsys.readouterr()
    assert "citenorm.lock" in told.err and not told.out


def test_the_browser_gets_the_address_by_a_file_that_nobody_else_can_read(here, monkeypatch):
    opened = []
    monkeypatch.setattr(command.webbrowser, "open", opened.append)
    with command._opened("http://127.0.0.1:1/s3cret/"):
        (uri,) = opened
        assert uri.startswith("file://") and "s3cret" not in uri
        page = Path(url2pathname(uri.removeprefix("file://")))
        assert stat.S_IMODE(page.parent.stat().st_mode) == 0o700
        assert re.search(r'content="0; url=http://127\.0\.0\.1:1/s3cret/"', page.read_text())
    assert not page.exists()


def test_the_end_says_what_was_decided(here, monkeypatch, capsys):
    class Server(contextlib.nullcontext):
        url = "http://127.0.0.1:1/x/"

        def __init__(self, desk, version):
            desk.decide(desk.state(), desk.marks()[0], "leave")

        def serve_forever(self):
            raise KeyboardInterrupt

        def server_close(self):
            pass

    monkeypatch.setattr("citenorm.review.server.ReviewServer", Server)
    assert main(["review", "refs.bib", "--offline", "--no-browser"]) == 0
    told = capsys.readouterr()
    assert told.out == "http://127.0.0.1:1/x/\n" and "1 of 1 decided" in told.err
    assert '"leave"' in Path("citenorm.lock").read_text()
