"""The page on loopback: who may ask, what an older page gets, and that a killed server loses nothing it confirmed."""

import http.client
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading

import pytest

from citenorm.lock import parse_lock
from citenorm.review.server import LOOPBACK, ReviewServer, _Handler


def test_the_page_has_a_card_for_each_reference_and_nothing_of_a_document_is_markup(client):
    page = client.page()
    assert re.findall(r"<article id=(r\d)", page) == ["r1", "r2", "r3", "r4", "r5"]
    assert page.count("<script") == 1 and "&lt;script&gt;rivers" in page
    assert "report.md#L" not in page  # the server gives out no file
    status, text = client.ask("GET", f"/{client.secret}/cards?ids=r2,r9", Origin=None)
    assert status == 200 and re.findall(r"<article id=(r\d)", text) == ["r2"]


def test_decisions_stand_in_the_lock_before_the_answer(client, desk):
    state = desk.state()
    mark = desk.marks()[0]
    status, said = client.post("decide", state=state, mark=mark, act="accept", note="a")
    assert status == 200 and said["done"] == 1 and said["total"] >= 3 and said["cards"] == ["r1"]
    assert parse_lock(desk.path.read_text()).decisions[mark].note == "a"
    status, said = client.post("undo", state=said["state"], mark=mark)
    assert status == 200 and said["done"] == 0 and said["said"] == "taken back"
    assert mark not in parse_lock(desk.path.read_text()).decisions


def test_what_turns_a_line_about_is_shown_in_the_changes_too(client, desk, files):
    files[1].write_text(files[1].read_text().replace("year = {2011},", "year = {2011}, note = {\u202etfel\u202c \x1b[31m},"))  # fmt: skip
    client.page()
    client.post("decide", state=desk.state(), mark=desk.marks()[3], act="accept")
    _, shown = client.post("diff", state=desk.state(), file=1, every=True)
    assert "\u202e" not in shown["diff"] and "\x1b" not in shown["diff"]
    assert "booktitle" in shown["diff"]


def test_two_tabs_do_not_decide_on_what_they_have_not_seen(client, desk):
    state = desk.state()
    assert client.post("decide", state=state, mark=desk.marks()[0], act="accept")[0] == 200
    status, said = client.post("decide", state=state, mark=desk.marks()[0], act="leave")
    assert status == 409 and "changed" in said["error"]
    assert desk.decided(desk.marks()[0]).outcome == "matched"
    assert client.post("diff", state=state, file=1, every=False)[0] == 409


def test_look_pick_diff_and_write(client, desk, files):
    mark = desk.marks()[3]
    status, said = client.post("look", mark=mark, words="nothing")
    assert status == 200 and not said["found"] and "neither" in said["why"]
    status, said = client.post("look", mark=mark, words="1706.04599")
    assert status == 200 and said["found"][0]["title"]
    status, said = client.post("decide", state=desk.state(), mark=mark, act="pick", record=said["found"][0]["record"])  # fmt: skip
    assert status == 200
    status, shown = client.post("diff", state=said["state"], file=1, every=False)
    assert status == 200 and "+  booktitle" in shown["diff"]
    assert client.post("write", state=said["state"], file=1, digest="no", every=False)[0] == 409
    before = files[1].read_text()
    status, _ = client.post(
        "write", state=said["state"], file=1, digest=shown["digest"], every=False
    )
    assert status == 200 and files[1].read_text() != before


@pytest.mark.parametrize(
    "path", ["/", "", "/x", "/{0}", "/{0}x/", "/../{0}/", "/{1}/", "/favicon.ico", "http://[/"]
)
def test_whoever_has_not_the_secret_finds_nothing(client, path):
    wrong = path.format(
        client.secret, client.secret[:-1] + ("A" if client.secret[-1] != "A" else "B")
    )
    for method in ("GET", "POST"):
        status, text = client.ask(method, wrong or "*")
        assert status == 404 and "References" not in text and client.secret not in text


@pytest.mark.parametrize("host", [None, "localhost:{0}", "example.org", "127.0.0.1", "127.0.0.1:1", "example.org:{0}", "127.0.0.1:{0}.example.org"])  # fmt: skip
def test_another_host_is_refused(client, host):
    port = client.server.server_address[1]
    named = host and host.format(port)
    assert client.ask("GET", f"/{client.secret}/", Host=named, Origin=None)[0] == 403
    assert client.ask("POST", f"/{client.secret}/end", Host=named)[0] == 403


@pytest.mark.parametrize("origin", ["https://example.org", "null", "http://localhost:{0}", "http://127.0.0.1", "https://127.0.0.1:{0}"])  # fmt: skip
def test_another_origin_is_refused(client, desk, origin):
    named = origin.format(client.server.server_address[1])
    body = {"state": desk.state(), "mark": desk.marks()[0], "act": "leave"}
    for path in ("decide", "undo", "look", "diff", "write", "end"):
        assert client.ask("POST", f"/{client.secret}/{path}", body, Origin=named)[0] == 403
    assert client.ask("GET", f"/{client.secret}/", Origin=named)[0] == 403
    assert not desk.path.exists()


def test_what_changes_something_must_come_from_the_page_itself(client, desk):
    body = {"state": desk.state(), "mark": desk.marks()[0], "act": "leave"}
    path = f"/{client.secret}/decide"
    assert client.ask("POST", path, body, Origin=None)[0] == 403
    assert client.ask("POST", path, body, Sec_Fetch_Site="cross-site")[0] == 403
    assert client.ask("POST", path, body, Content_Type="text/plain")[0] == 415
    assert client.ask("GET", path, Origin=None)[0] == 404
    assert client.ask("DELETE", path)[0] == 501
    assert not desk.path.exists()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400), (b"{", 400), (b"[]", 400), (b"\xff", 400), (b"[" * 5000, 400), (b'{"state": 1}', 400), (b'{"mark": null}', 400),
        (b"{}" + b" " * 70_000, 413),
    ],
)  # fmt: skip
def test_what_is_no_request_is_refused(client, body, status):
    got, text = client.ask("POST", f"/{client.secret}/decide", body)
    assert got == status and "error" in json.loads(text) and "Traceback" not in text
    assert client.ask("POST", f"/{client.secret}/diff", b'{"file": true}')[0] in (400, 409)


def test_a_request_must_say_how_long_it_is(client):
    path = f"/{client.secret}/decide"
    assert client.ask("POST", path, b"{}", Content_Length="-1")[0] == 413
    assert client.ask("POST", path, b"{}", Content_Length="many")[0] == 413


def test_no_other_address_is_listened_on(desk):
    server = ReviewServer(desk)
    try:
        assert server.server_address[0] == LOOPBACK
        with socket.socket() as other, pytest.raises(OSError):
            other.settimeout(1)
            other.connect(("127.0.0.2", server.server_address[1]))
        assert ReviewServer(desk).secret != server.secret and len(server.secret) >= 40
    finally:
        server.server_close()


def test_what_breaks_off_or_is_no_http_harms_nobody(client):
    for data in (b"\x00\xff\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\n"):  # fmt: skip
        with socket.create_connection(client.server.server_address, timeout=10) as raw:
            raw.sendall(data)
    assert client.page()


# ------------------------------------------------------------------ a killed process
class Run:
    """``citenorm review`` as a process of its own."""

    def __init__(self, files):
        code = "import sys; from citenorm.cli import main; sys.exit(main(sys.argv[1:]))"
        words = [
            sys.executable,
            "-c",
            code,
            "review",
            *map(str, files),
            "--offline",
            "--no-browser",
        ]
        self.process = subprocess.Popen(
            words, cwd=files[0].parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        url = self.process.stdout.readline().strip()
        found = re.fullmatch(r"http://(127\.0\.0\.1):(\d+)/([\w-]+)/", url)
        assert found, self.process.communicate()
        self.server_address = (found[1], int(found[2]))
        self.host, self.secret = f"{found[1]}:{found[2]}", found[3]

    def stop(self, sign=signal.SIGKILL):
        self.process.send_signal(sign)
        return self.process.communicate(timeout=60)


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_killed_server_loses_no_confirmed_decision(files, client_of):
    """Each round decides as fast as it can, is killed at a random moment, and what was answered with 200 must be there."""
    dice = random.Random(29)
    confirmed = {}
    for _ in range(5):
        run = Run(files)
        client = client_of(run)
        state = re.search(r"data-state=(\w+)", client.page())[1]
        marks = re.findall(r"data-mark=(\w+)", client.page())
        threading.Timer(dice.uniform(0.05, 0.6), run.process.kill).start()
        while True:
            mark, note = dice.choice(marks), f"{dice.random()}"
            try:
                status, said = client.post("decide", state=state, mark=mark, act="leave", note=note)
            except (OSError, http.client.HTTPException, ValueError):
                doubtful = mark, note
                break
            assert status == 200, said
            confirmed[mark], state = note, said["state"]
        run.stop()
        found = parse_lock((files[0].parent / "citenorm.lock").read_text()) if confirmed else None
        for mark, note in confirmed.items():
            there = found.decisions[mark].note
            assert there == note or (mark, there) == doubtful
            confirmed[mark] = there
        assert not found or not found.unread
    assert confirmed


def test_the_next_start_removes_what_a_killed_one_left(files):
    draft = files[0].parent / ".citenorm-0123456789abcdef.part"
    fresh = files[0].parent / ".citenorm-fedcba9876543210.part"
    for path in (draft, fresh):
        path.write_bytes(b"half a lock")
    os.utime(draft, (1, 1))
    Run(files).stop()
    assert not draft.exists() and fresh.exists()


def test_ctrl_c_ends_the_review(files):
    run = Run(files)
    _, told = run.stop(signal.SIGINT)
    assert run.process.returncode == 0 and re.search(r"0 of \d decided", told)
    assert run.secret not in told and "Traceback" not in told


def test_the_end_is_answered_before_the_server_stops(monkeypatch):
    """Whoever ends the review gets an answer, however slowly it is written; one that is gone by then ends it too."""
    told = []

    class Server:
        ended = True

        def shutdown(self):
            told.append("stopped")

    handler = _Handler.__new__(_Handler)
    handler.server = Server()
    monkeypatch.setattr(_Handler, "_answer", lambda self, work: told.append("answered"))
    handler.do_POST()
    assert told == ["answered", "stopped"]

    def gone(self, work):
        raise BrokenPipeError

    monkeypatch.setattr(_Handler, "_answer", gone)
    with pytest.raises(BrokenPipeError):
        handler.do_POST()
    assert told == ["answered", "stopped", "stopped"]


def test_the_page_ends_the_review(files, client_of):
    run = Run(files)
    assert client_of(run).post("end")[0] == 200
    run.process.communicate(timeout=60)
    assert run.process.returncode == 0
