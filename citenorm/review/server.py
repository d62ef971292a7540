"""A Desk → its page on this machine alone: a random port on loopback, a secret in the path, and no other page may talk to it.

Every request must name the host and port it was made for (no other name leads here), and one that changes something the
origin of the page itself.  Whoever finds the port without the secret gets "not found", whatever they ask for.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Callable
from dataclasses import asdict, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from ..errors import CitenormError, ConfigError
from ..report.as_text import visible
from .desk import Desk, Stale
from .view import cards_page, policy, progress, review_page, said

LOOPBACK = "127.0.0.1"
_MOST = 64_000
"""Bytes of the longest request that is read."""
_PATIENCE = 30.0
"""Seconds that a connection may say nothing."""


class ReviewServer(ThreadingHTTPServer):
    """Serves one Desk until ``shutdown``; ``url`` is the address of the page, with its secret."""

    daemon_threads = True

    def __init__(self, desk: Desk, version: str = "") -> None:
        super().__init__((LOOPBACK, 0), _Handler)
        self.desk, self.version, self.ended = desk, version, False
        self.secret = secrets.token_urlsafe(32)
        self.host = f"{LOOPBACK}:{self.server_address[1]}"
        self.url = f"http://{self.host}/{self.secret}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that broke off is nobody's business."""


class _Refused(Exception):
    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


class _Handler(BaseHTTPRequestHandler):
    server: ReviewServer
    timeout = _PATIENCE
    server_version = "citenorm"
    sys_version = ""

    def do_GET(self) -> None:
        self._answer(self._get)

    def do_POST(self) -> None:
        try:
            self._answer(self._post)
        finally:
            if self.server.ended:
                self.server.shutdown()

    def log_message(self, format: str, *args: Any) -> None:
        """Addresses hold the secret: nothing is logged."""

    # ------------------------------------------------------------------ who asks for what
    def _answer(self, work: Callable[[], tuple[str, bytes]]) -> None:
        try:
            kind, body = work()
            self._send(200, kind, body)
        except _Refused as refused:
            self._send(refused.status, "application/json", _json({"error": str(refused)}))
        except Stale as stale:
            self._send(409, "application/json", _json({"error": str(stale)}))
        except CitenormError as error:
            self._send(400, "application/json", _json({"error": str(error)}))

    def _asked(self) -> tuple[str, str]:
        """What is asked for behind the secret, and the query.  Raises _Refused for whoever may not ask."""
        if self.headers.get_all("Host") != [self.server.host]:
            raise _Refused(403, "this address is for this machine alone")
        origins = self.headers.get_all("Origin") or []
        if any(o != f"http://{self.server.host}" for o in origins):
            raise _Refused(403, "another page may not ask here")
        path, _, query = self.path.partition("?")
        secret, slash, what = path.removeprefix("/").partition("/")
        mine = hmac.compare_digest(secret.encode(), self.server.secret.encode())
        if not mine or not slash:
            raise _Refused(404, "not found")
        return what, query

    def _get(self) -> tuple[str, bytes]:
        what, query = self._asked()
        desk = self.server.desk
        if what not in ("", "cards"):
            raise _Refused(404, "not found")
        with desk.turn:
            desk.refresh()
            if what == "":
                made = review_page(desk, self.server.version)
            else:
                wanted = ",".join(parse_qs(query).get("ids", [])).split(",")
                made = cards_page(desk, wanted)
        return "text/html", made.encode("utf-8", "replace")

    def _post(self) -> tuple[str, bytes]:
        what, _ = self._asked()
        if not self.headers.get("Origin"):
            raise _Refused(403, "another page may not ask here")
        if self.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
            raise _Refused(403, "another page may not ask here")
        if self.headers.get_content_type() != "application/json":
            raise _Refused(415, "requests are JSON")
        work = _WORK.get(what)
        if work is None:
            raise _Refused(404, "not found")
        body = self._body()
        with self.server.desk.turn:
            return "application/json", _json(work(self.server, body))

    def _body(self) -> _Body:
        try:
            size = int(self.headers.get("Content-Length", ""))
        except ValueError:
            size = -1
        if not 0 <= size <= _MOST:
            raise _Refused(413, f"a request has at most {_MOST:,} bytes, and says how many")
        try:
            told = json.loads(self.rfile.read(size))
        except (ValueError, RecursionError) as error:
            raise _Refused(400, "this request is no JSON") from error
        if not isinstance(told, dict):
            raise _Refused(400, "this request is no JSON object")
        return _Body(told)

    # ------------------------------------------------------------------ what goes back
    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What is no request at all gets a number and nothing else."""
        self._send(code, "text/plain", b"")

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        for name, value in (
            ("Content-Type", f"{kind}; charset=utf-8"),
            ("Content-Length", str(len(body))),
            ("Content-Security-Policy", policy()),
            ("Cache-Control", "no-store"),
            ("Referrer-Policy", "no-referrer"),
            ("X-Content-Type-Options", "nosniff"),
            ("X-Frame-Options", "DENY"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Connection", "close"),
        ):
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


class _Body:
    """A JSON object whose values are asked for by kind; any other kind is refused."""

    def __init__(self, told: dict[str, Any]) -> None:
        self._told = told

    def text(self, name: str) -> str:
        value = self._told.get(name, "")
        if not isinstance(value, str):
            raise _Refused(400, f"{name} is a string")
        return value

    def number(self, name: str) -> int:
        value = self._told.get(name)
        if type(value) is not int:
            raise _Refused(400, f"{name} is a number")
        return value

    def flag(self, name: str) -> bool:
        value = self._told.get(name, False)
        if not isinstance(value, bool):
            raise _Refused(400, f"{name} is true or false")
        return value


def _json(value: object) -> bytes:
    return json.dumps(value).encode()


# ------------------------------------------------------------------ what can be asked for
def _decided(desk: Desk, mark: str, words: str) -> dict[str, object]:
    """What a page that is open has to know after a decision."""
    told = desk.cards()
    done, total = progress(desk, told)
    cards = [card for file in told for card in file.cards]
    ids = [c.id for c, m in zip(cards, desk.marks(), strict=True) if m == mark]
    return {"state": desk.state(), "done": done, "total": total, "cards": ids, "said": words}


def _decide(server: ReviewServer, body: _Body) -> dict[str, object]:
    mark = body.text("mark")
    made = server.desk.decide(
        body.text("state"),
        mark,
        body.text("act"),
        record=body.text("record"),
        note=body.text("note"),
    )
    return _decided(server.desk, mark, said(made))


def _undo(server: ReviewServer, body: _Body) -> dict[str, object]:
    mark = body.text("mark")
    before = server.desk.undo(body.text("state"), mark)
    by_hand = before is not None and before.by == "person"
    words = f"taken back; again {said(before)}" if by_hand and before else "taken back"
    return _decided(server.desk, mark, words)


def _look(server: ReviewServer, body: _Body) -> dict[str, object]:
    try:
        found = server.desk.look(body.text("mark"), body.text("words"))
    except ConfigError as error:  # an answer like another: what was typed is nothing that is known
        return {"found": [], "why": str(error)}
    return {"found": [asdict(candidate) for candidate in found], "why": ""}


def _diff(server: ReviewServer, body: _Body) -> dict[str, object]:
    server.desk.fresh(body.text("state"))
    proposed = server.desk.propose(body.number("file"), body.flag("every"))
    return asdict(replace(proposed, diff=visible(proposed.diff)))


def _write(server: ReviewServer, body: _Body) -> dict[str, object]:
    notes = server.desk.write(
        body.text("state"), body.number("file"), body.text("digest"), body.flag("every")
    )
    return {"said": " · ".join(("The file was written", *notes))}


def _end(server: ReviewServer, body: _Body) -> dict[str, object]:
    server.ended = True  # it stops when this is answered
    return {"said": "The review has ended; this page can be closed."}


_WORK: dict[str, Callable[[ReviewServer, _Body], dict[str, object]]] = {
    "decide": _decide,
    "undo": _undo,
    "look": _look,
    "diff": _diff,
    "write": _write,
    "end": _end,
}
