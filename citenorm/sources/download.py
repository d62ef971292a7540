"""A large file fetched over the network: resumed where it broke off, checked, in place only when it is whole.

Beside ``FILE`` stand ``FILE.part`` and ``FILE.part.json`` (what the server said of it) until the file is whole.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ..errors import InputError
from .exchange import host_of, is_public, origin_of
from .http import user_agent

TRIES = 5
"""So many times in a row may the connection break without a byte being won."""
PIECE = 1 << 18
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")
_WAIT = (0.5, 1.0, 2.0, 4.0)

Show = Callable[[int, int], None]
"""Is told the bytes that are there, and how many there will be (0: not known)."""


@dataclass(frozen=True, slots=True)
class Held:
    """What the server said of a file of which a part is there: its address, how it tells one state from another, its size (0: not known)."""

    url: str
    mark: str
    size: int


class Changed(Exception):
    """The file on the server is no longer the one of which a part is there."""


def download(
    url: str, place: Path, *, room: float = 1.0, mailto: str = "", show: Show = lambda done, of: None,
    sleep: Callable[[float], None] = time.sleep, transport: Any = None,
) -> str:  # fmt: skip
    """Fetch ``url`` to ``place``; what the server calls this state of the file ("" where it does not say).

    A part that is there already is continued where the server has the same file still, else begun anew.  ``room``: so many times its
    size must be free on the disk.  Raises InputError, in one line, where the file cannot be had; the part stays for the next try.
    """
    import httpx2

    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_name(place.name + ".part")
    lost = 0
    with httpx2.Client(
        follow_redirects=True, timeout=60, transport=transport, headers={"User-Agent": user_agent(mailto), "Accept-Encoding": "identity"},
        event_hooks={"request": [_allowed(url)]},
    ) as client:  # fmt: skip
        while True:
            before = _size(part)
            try:
                held = _more(client, url, part, room, show)
                break
            except Changed:
                part.unlink(missing_ok=True)
            except (httpx2.TransportError, httpx2.StreamError) as error:
                lost = lost + 1 if _size(part) <= before else 0
                if lost >= TRIES:
                    raise InputError(f"{url}: {error or type(error).__name__}; begin again to go on from byte {_size(part):,}") from None  # fmt: skip
                sleep(_WAIT[min(lost, len(_WAIT) - 1)])
    os.replace(part, place)
    _note(part).unlink(missing_ok=True)
    return held.mark


def _more(client: Any, url: str, part: Path, room: float, show: Show) -> Held:
    """One connection: the rest of the file."""
    there = _size(part)
    known = _known(part, url) if there else None
    if known is None:
        there = 0
    headers = {"Range": f"bytes={there}-", "If-Range": known.mark} if known and there else {}
    with client.stream("GET", url, headers=headers) as reply:
        if reply.status_code == 416 and known and known.size == there:
            return known
        if reply.status_code == 416:
            raise Changed
        if reply.status_code not in (200, 206):
            raise InputError(f"{url}: the server says {reply.status_code} {reply.reason_phrase}")
        begins, size = _span(reply)
        if reply.status_code == 206 and begins != there:
            raise Changed
        held = Held(url, _mark(reply.headers), size)
        if begins and known and held.mark != known.mark:
            raise Changed
        _room(part, size - begins, size, room)
        if held.mark:
            _note(part).write_text(json.dumps(asdict(held)), encoding="utf-8")
        with open(part, "r+b" if begins else "wb") as file:
            file.seek(begins)
            done = begins
            for piece in reply.iter_raw(PIECE):
                file.write(piece)
                done += len(piece)
                show(done, size)
            file.truncate()
    if size and done < size:
        import httpx2

        raise httpx2.ReadError(f"{done:,} of {size:,} bytes")
    return held


def _span(reply: Any) -> tuple[int, int]:
    """Where the body begins in the file, and how large that is (0: not known)."""
    if reply.status_code == 206:
        found = _RANGE.match(reply.headers.get("content-range", ""))
        if not found:
            raise Changed
        return int(found[1]), int(found[2]) if found[2].isdigit() else 0
    stated = reply.headers.get("content-length", "")
    packed = reply.headers.get("content-encoding", "identity") != "identity"
    return 0, int(stated) if stated.isdigit() and not packed else 0


def _mark(headers: Mapping[str, str]) -> str:
    """What tells one state of a file from another: its (strong) ETag, else when it was last changed."""
    etag = headers.get("etag", "")
    return etag if etag and not etag.startswith("W/") else headers.get("last-modified", "")


def _note(part: Path) -> Path:
    return part.with_name(part.name + ".json")


def _known(part: Path, url: str) -> Held | None:
    """What is known of a part; None where it cannot be gone on with."""
    try:
        held = Held(**json.loads(_note(part).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return held if held.url == url and held.mark else None


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _room(part: Path, rest: int, size: int, room: float) -> None:
    """InputError where the disk will not hold the file and what is made of it."""
    needed = rest + max(0.0, room - 1.0) * size
    free = shutil.disk_usage(part.parent).free
    if needed > free:
        raise InputError(
            f"{part.parent}: {needed / 1e6:,.0f} MB are needed, {free / 1e6:,.0f} are free"
        )


def _allowed(url: str) -> Callable[[Any], None]:
    """Redirects lead nowhere but to the same origin, or by https to hosts of the public network."""

    def check(request: Any) -> None:
        target = str(request.url)
        if origin_of(target) == origin_of(url):
            return
        if not target.startswith("https:") or not is_public(host_of(target)):
            raise InputError(f"{url}: it leads to {target}, which is not asked")

    return check


# ------------------------------------------------------------------ checking
def checksum(file: Path, kind: str) -> str:
    """The checksum of a file in hexadecimal digits; ``kind`` is an algorithm of ``hashlib``."""
    with open(file, "rb") as opened:
        return hashlib.file_digest(opened, kind).hexdigest()


def stated_checksum(text: str, kind: str) -> str:
    """The checksum that a line states (digits first, then perhaps the file's name), "" where it states none."""
    digits = hashlib.new(kind).digest_size * 2
    found = re.search(rf"\b[0-9a-fA-F]{{{digits}}}\b", text)
    return found[0].lower() if found else ""
