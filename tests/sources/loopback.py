"""A server on loopback that answers like the services (Crossref and arXiv here, the others in ``envelopes``), and misbehaves on demand.

    with Loopback(records) as server:
        server.misbehave("429", retry_after="1", times=2, service="crossref")
        ... server.bases are the addresses by service; server.asked lists the requests

From a shell, a command with all services replaced, an empty cache, and the count of requests at the end:

    python tests/sources/loopback.py RECORDS.jsonl[.gz] -- COMMAND …
"""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import re
import socket
import struct
import subprocess
import sys
import threading
import time
import unicodedata
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit
from xml.sax.saxutils import escape

sys.path.insert(0, str(Path(__file__).parent))
from envelopes import Said, Services

SERVICES = (
    "crossref", "arxiv", "datacite", "semanticscholar", "openalex", "dblp", "openlibrary", "europepmc", "pubmed", "rfc", "acl", "doi",
)  # fmt: skip
_TYPES = {
    "article-journal": "journal-article", "paper-conference": "proceedings-article", "chapter": "book-chapter", "book": "book",
    "article": "posted-content", "thesis": "dissertation", "report": "report", "dataset": "dataset",
}  # fmt: skip
_NO_ARCHIVES = ("xyz-th",)
"""Archives that arXiv refuses, in a well-formed id."""
HTML = b"<!DOCTYPE html><html><head><title>Please wait</title></head><body><h1>Checking your browser</h1></body></html>"


# ------------------------------------------------------------------ records → the services' forms
def works_of(records: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """CSL records with a DOI of Crossref's → Crossref message items by DOI."""
    items: dict[str, dict[str, Any]] = {}
    for csl in records:
        doi = str(csl.get("DOI") or "").lower()
        if doi and not doi.startswith("10.48550/"):
            items.setdefault(doi, crossref_item(csl))
    return items


def crossref_item(csl: Mapping[str, Any]) -> dict[str, Any]:
    """One CSL record as Crossref writes it in ``message``."""
    item: dict[str, Any] = {
        "indexed": {"date-parts": [[2026, 1, 2]], "date-time": "2026-01-02T03:04:05Z", "timestamp": 1767323045000},
        "reference-count": 0, "is-referenced-by-count": 7, "prefix": str(csl["DOI"]).split("/")[0], "source": "Crossref", "score": 40.5,
        "DOI": str(csl["DOI"]).lower(), "URL": f"https://doi.org/{csl['DOI']}", "type": _TYPES.get(str(csl.get("type")), "other"),
        "title": [csl["title"]], "container-title": [csl["container-title"]] if csl.get("container-title") else [],
    }  # fmt: skip
    if item["type"] == "posted-content":
        item |= {"subtype": "preprint", "posted": csl.get("issued")}
    for role in ("author", "editor"):
        if csl.get(role):
            item[role] = [_crossref_name(name, n) for n, name in enumerate(csl[role])]
    for key in ("volume", "issue", "page", "publisher"):
        if csl.get(key):
            item[key] = csl[key]
    for key in ("ISBN", "ISSN"):
        if csl.get(key):
            item[key] = [csl[key]]
    if csl.get("issued"):
        item["issued"] = item["published"] = csl["issued"]
    named = _named_doi(csl)
    if named:
        relation = "is-preprint-of" if item["type"] == "posted-content" else "has-preprint"
        item["relation"] = {relation: [{"id-type": "doi", "id": named, "asserted-by": "subject"}]}
    return item


def _crossref_name(name: Mapping[str, str], place: int) -> dict[str, Any]:
    tail = {"sequence": "additional" if place else "first", "affiliation": []}
    if name.get("literal"):
        return {"name": name["literal"], **tail}
    family = " ".join(
        part for part in (name.get("non-dropping-particle"), name.get("family")) if part
    )
    found = {"given": name.get("given"), "family": family, "suffix": name.get("suffix")}
    return {key: value for key, value in found.items() if value} | tail


def preprints_of(records: Iterable[Mapping[str, Any]]) -> dict[str, dict[int, dict[str, Any]]]:
    """CSL records of arXiv versions → versions by id, each by its number."""
    found: dict[str, dict[int, dict[str, Any]]] = {}
    for csl in records:
        custom = csl.get("custom") or {}
        if custom.get("arxiv") and csl.get("type") == "article":
            number = int(str(custom.get("arxiv-version") or "v1").lstrip("v"))
            found.setdefault(str(custom["arxiv"]), {}).setdefault(number, dict(csl))
    return found


def atom_entry(csl: Mapping[str, Any], number: int, first: Mapping[str, Any]) -> str:
    """One CSL record as an entry of arXiv's feed."""
    custom = csl.get("custom") or {}
    place = f"http://arxiv.org/abs/{custom['arxiv']}v{number}"
    lines = [
        f"<id>{place}</id>", f"<title>{escape(_folded(str(csl['title'])))}</title>", f"<updated>{_day(csl)}T17:00:00Z</updated>",
        f'<link href="{place}" rel="alternate" type="text/html"/>', "<summary>A summary with a &lt; sign &amp; more.</summary>",
        f'<category term="{custom.get("primary-class", "cs.LG")}" scheme="http://arxiv.org/schemas/atom"/>',
        f"<published>{_day(first)}T17:00:00Z</published>", f'<arxiv:primary_category term="{custom.get("primary-class", "cs.LG")}"/>',
    ]  # fmt: skip
    named = _named_doi(csl)
    if named:
        lines.append(f"<arxiv:doi>{escape(named)}</arxiv:doi>")
    for name in csl.get("author") or ():
        whole = name.get("literal") or " ".join(
            n
            for n in (
                name.get("given"),
                name.get("non-dropping-particle"),
                name.get("family"),
                name.get("suffix"),
            )
            if n
        )
        lines.append(f"<author><name>{escape(whole)}</name></author>")
    return "  <entry>\n    " + "\n    ".join(lines) + "\n  </entry>\n"


def atom_feed(entries: list[str], total: int) -> bytes:
    head = (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        '<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" '
        'xmlns="http://www.w3.org/2005/Atom">\n  <id>https://arxiv.org/api/x</id>\n  <title>arXiv Query</title>\n'
        f"  <opensearch:totalResults>{total}</opensearch:totalResults>\n"
    )
    return (head + "".join(entries) + "</feed>\n").encode()


def _named_doi(csl: Mapping[str, Any]) -> str:
    """The DOI of another version that a record names, alone or as ``source:DOI``."""
    named = str((csl.get("custom") or {}).get("version-of") or "")
    doi = named if named.startswith("10.") else named.partition(":")[2]
    return doi if doi.startswith("10.") else ""


def _folded(title: str) -> str:
    """Long titles come broken over lines."""
    return re.sub(r"(.{40,60}) ", r"\1\n  ", title, count=1)


def _day(csl: Mapping[str, Any]) -> str:
    parts = [*((csl.get("issued") or {}).get("date-parts") or [[2000]])[0], 1, 1][:3]
    return f"{int(parts[0]):04}-{int(parts[1]):02}-{int(parts[2]):02}"


def _words(text: str) -> set[str]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return set(re.findall(r"\w+", plain.casefold()))


@lru_cache(maxsize=1)
def _bomb(_: bytes = b"") -> bytes:
    """A hundred megabytes of spaces, packed to less than one."""
    pack = zlib.compressobj(1, zlib.DEFLATED, 31)
    return b"".join(pack.compress(b" " * 2**20) for _ in range(100)) + pack.flush()


_PACKED = {
    "gzip": gzip.compress,
    "bomb": lambda body: _bomb(),
    "not-gzip": lambda body: body,
    "half-gzip": lambda body: gzip.compress(body)[:-20],
}


# ------------------------------------------------------------------ the server
@dataclass
class Fault:
    """How to misbehave: a status ("429", "500" …), hang, reset, truncated, short, drip, html, empty, huge, a body, a loop
    or redirect (``to``), slow-head, interim answers without end, gzip (no fault), bomb, not-gzip, half-gzip, brotli, encoding (UTF-16), other (another paper's
    record)."""

    kind: str
    service: str = ""
    times: int = -1
    retry_after: str = ""
    body: bytes = b""
    seconds: float = 5.0
    to: str = ""


@dataclass
class Asked:
    """One request as it came."""

    service: str
    path: str
    params: dict[str, str]
    agent: str
    at: float
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Loopback:
    """Both services under one port; use as a context manager."""

    records: Iterable[Mapping[str, Any]] = ()
    asked: list[Asked] = field(default_factory=list)
    widest: int = 0

    def __post_init__(self) -> None:
        held = list(self.records)
        self.works = works_of(held)
        self.preprints = preprints_of(held)
        self.others = Services(held)
        self.headers: dict[str, str] = {
            "x-rate-limit-limit": "50",
            "x-rate-limit-interval": "1s",
            "x-api-pool": "polite",
        }
        self._bags = {
            doi: _words(
                json.dumps(item["title"] + item["container-title"], ensure_ascii=False)
                + _people(item)
            )
            for doi, item in self.works.items()
        }
        self._faults: list[Fault] = []
        self.fault_of: Callable[[Asked], Fault | None] | None = None
        """Which fault a request meets, in place of those of ``misbehave``."""
        self._told: dict[str, Said] = {}
        self.allowance: dict[str, int] = {}
        """How many requests a service takes before it answers 429 until tomorrow."""
        self._lock = threading.Lock()
        self._open = 0

    def __enter__(self) -> Loopback:
        handler = type("Handler", (_Handler,), {"loopback": self})
        self._server = _Server(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        ).start()
        self.root = f"http://127.0.0.1:{self._server.server_address[1]}"
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def crossref(self) -> str:
        return f"{self.root}/crossref"

    @property
    def arxiv(self) -> str:
        return f"{self.root}/arxiv"

    @property
    def bases(self) -> dict[str, str]:
        return {service: f"{self.root}/{service}" for service in SERVICES}

    def count(self, service: str = "") -> int:
        return sum(not service or one.service == service for one in self.asked)

    def misbehave(self, kind: str, **options: Any) -> None:
        """The next ``times`` requests (-1: all) to ``service`` ("": both) go wrong."""
        if kind == "bomb":
            _bomb()  # made before the clock runs
        self._faults.append(Fault(kind, **options))

    def behave(self) -> None:
        self._faults.clear()
        self.fault_of = None

    def enter(self, asked: Asked) -> Fault | None:
        with self._lock:
            self.asked.append(asked)
            self._open += 1
            self.widest = max(self.widest, self._open)
            if asked.service in self.allowance:
                self.allowance[asked.service] -= 1
                if self.allowance[asked.service] < 0:
                    return Fault("429", retry_after="40000")
            if self.fault_of is not None:
                return self.fault_of(asked)
            for fault in self._faults:
                if fault.times and fault.service in ("", asked.service):
                    fault.times -= 1
                    return fault
        return None

    def leave(self) -> None:
        with self._lock:
            self._open -= 1

    def of_another(self, asked: Asked) -> Said:
        """What the service said to the request before this one: another paper's record."""
        now = self.answer(asked)
        with self._lock:
            before = self._told.get(asked.service, now)
            self._told[asked.service] = now
        return before

    def answer(self, asked: Asked) -> Said:
        """Status, content type and body of a well-behaved service."""
        if asked.service == "crossref":
            return self._crossref(asked)
        if asked.service == "arxiv":
            return self._arxiv(asked)
        return self.others.answer(asked.service, asked.path, asked.params, asked.body)

    def _crossref(self, asked: Asked) -> tuple[int, str, bytes]:
        doi = unquote(asked.path.partition("/works")[2].strip("/")).lower()
        if doi:
            if doi not in self.works:
                return 404, "text/plain;charset=utf-8", b"Resource not found."
            return 200, "application/json", _json("work", self.works[doi])
        rows = int(asked.params.get("rows", "20"))
        if "filter" in asked.params:
            dois = [part.removeprefix("doi:").lower() for part in asked.params["filter"].split(",")]
            found = [self.works[doi] for doi in dois if doi in self.works]
        else:
            wanted = _words(asked.params.get("query.bibliographic", ""))
            scored = sorted(
                (-len(wanted & bag) / (len(bag) + 5), doi)
                for doi, bag in self._bags.items()
                if wanted & bag
            )
            found = [self.works[doi] for _, doi in scored]
        fields = set(asked.params.get("select", "").split(",")) - {""}
        items = [
            {k: v for k, v in item.items() if not fields or k in fields} for item in found[:rows]
        ]
        message = {
            "facets": {},
            "total-results": len(found),
            "items": items,
            "items-per-page": rows,
            "query": {"start-index": 0, "search-terms": None},
        }
        return 200, "application/json", _json("work-list", message)

    def _arxiv(self, asked: Asked) -> tuple[int, str, bytes]:
        kind = "application/atom+xml; charset=utf-8"
        shown: list[str] = []
        if "id_list" in asked.params:
            for ident in asked.params["id_list"].split(","):
                match = re.fullmatch(
                    r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v(\d+))?", ident
                )
                if match is None or match[1].partition("/")[0] in _NO_ARCHIVES:
                    said = f"incorrect id format for {ident}"
                    entry = f"<entry><id>https://arxiv.org/api/errors#{said.replace(' ', '_')}</id><title>Error</title><summary>{said}</summary></entry>"
                    return 400, kind, atom_feed([entry], 1)
                held = self.preprints.get(match[1], {})
                number = int(match[2]) if match[2] else max(held, default=0)
                if number in held:
                    shown.append(atom_entry(held[number], number, held[min(held)]))
        else:
            asked_for = asked.params.get("search_query", "").split(" OR ")
            wanted = [
                [term.partition(":") for term in one.strip("()").split(" AND ")]
                for one in asked_for
            ]
            for held in self.preprints.values():
                number = max(held)
                people = json.dumps(held[number].get("author") or [], ensure_ascii=False)
                bags = {"ti": _words(str(held[number]["title"])), "au": _words(people)}
                if any(
                    all(_words(word) <= bags.get(where, set()) for where, _, word in terms)
                    for terms in wanted
                ):
                    shown.append(atom_entry(held[number], number, held[min(held)]))
        rows = int(asked.params.get("max_results", "10"))
        return 200, kind, atom_feed(shown[:rows], len(shown))


def _people(item: Mapping[str, Any]) -> str:
    return " ".join(
        " ".join(str(name.get(key) or "") for key in ("given", "family", "name"))
        for name in item.get("author") or ()
    )


def _json(kind: str, message: Mapping[str, Any]) -> bytes:
    return json.dumps(
        {"status": "ok", "message-type": kind, "message-version": "1.0.0", "message": message}
    ).encode()


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no error of the server."""


class _Handler(BaseHTTPRequestHandler):
    loopback: Loopback
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        service, _, path = parts.path.lstrip("/").partition("/")
        asked = Asked(
            service,
            "/" + path,
            dict(parse_qsl(parts.query)),
            self.headers.get("User-Agent", ""),
            time.monotonic(),
            self.rfile.read(int(self.headers.get("Content-Length") or 0)),
            {name.lower(): value for name, value in self.headers.items()},
        )
        fault = self.loopback.enter(asked)
        try:
            with contextlib.suppress(OSError):
                self._misbehave(fault, asked) if fault else self._send(*self.loopback.answer(asked))
        finally:
            self.loopback.leave()

    do_POST = do_GET

    def _send(self, status: int, kind: str, body: bytes, length: int = -1, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, **self.loopback.headers, **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body) if length < 0 else length))
        self.end_headers()
        self.wfile.write(body)

    def _misbehave(self, fault: Fault, asked: Asked) -> None:
        headers = {"Retry_After": fault.retry_after} if fault.retry_after else {}
        other = fault.kind == "other"
        status, kind, body = (self.loopback.of_another if other else self.loopback.answer)(asked)
        special = getattr(self, "_do_" + fault.kind.replace("-", "_"), None)
        if fault.kind.isdecimal():
            self._send(int(fault.kind), "text/html", fault.body or HTML, **headers)
        elif other:
            self._send(status, kind, body)
        elif special is not None:
            special(fault, status, kind, body)
            self.close_connection = True
        elif fault.kind in _PACKED:
            self._send(status, kind, _PACKED[fault.kind](body), Content_Encoding="gzip")
        else:
            bodies = {
                "truncated": body[: len(body) // 2],
                "html": HTML,
                "empty": b"",
                "encoding": body.decode("utf-8").encode("utf-16"),
                "huge": b'{"x": "' + b"x" * 3_000_000,
                "body": fault.body,
            }
            self._send(200, kind, bodies[fault.kind])

    def _do_hang(self, fault: Fault, status: int, kind: str, body: bytes) -> None:
        time.sleep(fault.seconds)

    def _do_reset(self, fault: Fault, status: int, kind: str, body: bytes) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def _do_short(self, fault: Fault, status: int, kind: str, body: bytes) -> None:
        self._send(status, kind, body[: len(body) // 2], len(body))

    def _do_loop(self, fault: Fault, status: int, kind: str, body: bytes) -> None:
        self._send(302, "text/html", b"", Location=self.path)

    def _do_redirect(self, fault: Fault, status: int, kind: str, body: bytes) -> None:
        self._send(302, "text/html", b"", Location=fault.to)

    def _do_brotli(self, fault: Fault, status: int, kind: str, body: bytes) -> None:
        self._send(status, kind, body, Content_Encoding="br")

    def _do_drip(self, fault: Fault, status: int, kind: str, body: bytes) -> None:
        self._send(status, kind, b"", len(body))
        self._slowly(body[at : at + 1] for at in range(len(body)))

    def _do_slow_head(self, fault: Fault, status: int, kind: str, body: bytes) -> None:
        self._slowly([b"HTTP/1.1 200 OK\r\n", *[b"X-Slow: 1\r\n"] * 400])

    def _do_interim(self, fault: Fault, status: int, kind: str, body: bytes) -> None:
        self._slowly([b"HTTP/1.1 103 Early Hints\r\nX: 1\r\n\r\n"] * 400)

    def _slowly(self, parts: Iterable[bytes]) -> None:
        for part in parts:
            self.wfile.write(part)
            time.sleep(0.05)

    def log_message(self, *_: object) -> None:
        pass


def load(path: str | Path) -> list[dict[str, Any]]:
    """CSL-JSON lines, packed or not."""
    data = Path(path).read_bytes()
    text = (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode()
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def main(argv: list[str]) -> int:
    import tempfile

    if len(argv) < 3 or argv[1] != "--":
        print(__doc__, file=sys.stderr)
        return 2
    with Loopback(load(argv[0])) as server, tempfile.TemporaryDirectory() as folder:
        cache = os.environ.get("CITENORM_CACHE_DIR") or folder
        named = {f"CITENORM_{name.upper()}_URL": base for name, base in server.bases.items()}
        named["CITENORM_CACHE_DIR"] = cache
        status = subprocess.run(argv[2:], env={**os.environ, **named}, check=False).returncode
        counts = ", ".join(f"{server.count(name)} to {name}" for name in SERVICES)
        print(f"requests: {counts}", file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
