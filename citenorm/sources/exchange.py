"""One exchange over the wire: a request out, its whole reply in, or a Failure that says why there is none.  Never raises.

What a hostile or broken server may do is bounded here: one time limit for everything (looking up the name, connecting,
headers, interim answers, redirects and body), the size of the body as sent and as unpacked, and where a redirect may lead.
"""

from __future__ import annotations

import logging
import os
import socket
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_address
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, ClassVar
from urllib.parse import quote_plus, urljoin, urlsplit

from .cache import Reply

HOPS = 5
"""Redirects that are followed in one exchange."""
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_NOT_PUBLIC = (".local", ".localhost", ".internal", ".intranet", ".lan", ".home.arpa", ".test")
"""Endings of names that belong to no host of the public network."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A try that gave no reply to read, and what follows from it.

    ``tries``: how often a request is sent at most that fails like this; ``wait``: the pause the service asks for;
    ``final``: the service is not to be asked again; ``slow``: not after the last try; ``busy``: it asked for fewer requests.
    """

    reason: str
    tries: int = 99
    wait: float | None = None
    final: bool = False
    slow: bool = False
    busy: bool = False


@dataclass(frozen=True, slots=True)
class Sending:
    """What goes over the wire.  ``private``: names of the headers that no host but the service's own may see."""

    method: str
    url: str
    params: tuple[tuple[str, str], ...] = ()
    headers: Mapping[str, str] | None = None
    body: bytes = b""
    private: frozenset[str] = frozenset()


Head = Callable[[int, Mapping[str, str]], Failure | None]
"""Is told status and headers of the last reply; a Failure in place of its body."""


def exchange(
    wire: Any, sending: Sending, head: Head, *, seconds: float, largest: int
) -> Reply | Failure:
    """Send, follow redirects, read the body: all within ``seconds``, at most ``largest`` bytes."""
    host = host_of(sending.url)
    done: SimpleQueue[Reply | Failure] = SimpleQueue()
    # A thread of its own, so that nothing that hangs can outlast the time; an abandoned one ends with its connection.
    Thread(target=lambda: done.put(_guarded(wire, sending, head, largest)), daemon=True).start()
    try:
        return done.get(timeout=seconds)
    except Empty:
        return Failure(f"{host} did not finish its answer in time", tries=1, slow=True)


def _guarded(wire: Any, sending: Sending, head: Head, largest: int) -> Reply | Failure:
    """The exchange, with what the network and its library raise told as a Failure."""
    import httpx2

    host = host_of(sending.url)
    try:
        return _hops(wire, sending, head, largest)
    except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.ProxyError):
        return Failure(f"no connection to {host}", final=True)
    except httpx2.TimeoutException:
        return Failure(f"{host} did not answer in time", tries=2, slow=True)
    except (httpx2.UnsupportedProtocol, httpx2.InvalidURL, ValueError):
        return Failure(f"not an address: {sending.url}", final=True)
    except (httpx2.HTTPError, httpx2.StreamError, OSError, RuntimeError) as error:
        return Failure(f"{host} broke off ({type(error).__name__})")


def _hops(wire: Any, sending: Sending, head: Head, largest: int) -> Reply | Failure:
    host = host_of(sending.url)
    headers = {"Accept-Encoding": "gzip, deflate", **(sending.headers or {})}
    url, params = sending.url, list(sending.params)
    for _ in range(HOPS + 1):
        with wire.stream(
            sending.method,
            url,
            params=params or None,
            headers=headers,
            content=sending.body or None,
            follow_redirects=False,
        ) as response:
            status, place = int(response.status_code), response.headers.get("location", "")
            if status not in _REDIRECTS or not place:
                return head(status, response.headers) or _body(response, status, host, largest)
        target = _joined(str(response.url), place)
        if refused := _refused(sending, target):
            return Failure(f"{host} redirects {refused}", tries=2)
        if origin_of(target) != origin_of(sending.url):
            headers = {k: v for k, v in headers.items() if k not in sending.private}
        url, params = target, []
    return Failure(f"{host} redirects without end", tries=2)


def _joined(url: str, place: str) -> str:
    """Where a redirect leads, "" for what is no address."""
    try:
        return urljoin(url, place)
    except ValueError:
        return ""


def _refused(sending: Sending, target: str) -> str:
    """Why a redirect is not followed, "" where it is: to the same origin, or by https to another host of the public network."""
    if sending.method != "GET":
        return "a question that is not repeated elsewhere"
    origin = origin_of(target)
    if origin == origin_of(sending.url):
        return ""
    if origin[0] != "https":
        return "to an address that is not https"
    return "" if is_public(host_of(target)) else "to a host that is not public"


def is_public(host: str) -> bool:
    """Whether a host is one of the public network: every address of its name is."""
    try:
        return ip_address(host.strip("[]")).is_global
    except ValueError:
        pass
    if "." not in host.strip(".") or host.rstrip(".").endswith(_NOT_PUBLIC):
        return False
    if _proxied():
        return True  # the proxy looks names up
    try:
        found = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
        return all(ip_address(str(one[4][0]).partition("%")[0]).is_global for one in found)
    except (OSError, ValueError):
        return False


def _proxied() -> bool:
    return any(os.environ.get(name) for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"))  # fmt: skip


def _body(response: Any, status: int, host: str, largest: int) -> Reply | Failure:
    """The whole body, unpacked; a Failure for one that is larger than ``largest``, packed or not, or badly packed."""
    packing = response.headers.get("content-encoding", "").strip().lower()
    if packing not in ("", "identity", "gzip", "x-gzip", "deflate"):
        return Failure(f"answer of {host} is packed as {packing[:20]!r}, which was not asked for", tries=2)  # fmt: skip
    try:
        body = _unpacked(response.iter_raw(), packing, largest)
    except zlib.error:
        return Failure(f"answer of {host} is badly packed", tries=2)
    if body is None:
        return Failure(f"answer of {host} is larger than {largest} bytes", tries=1)
    day = datetime.now(UTC).date().isoformat()
    return Reply(status, body, response.headers.get("content-type", ""), day)


def _unpacked(parts: Iterable[bytes], packing: str, largest: int) -> bytes | None:
    """The bytes in the parts, None where they are more than ``largest``.  Raises zlib.error for bad or unfinished packing."""
    body = bytearray()
    packed = packing in ("gzip", "x-gzip", "deflate")
    unpack = zlib.decompressobj(47 if packing != "deflate" else zlib.MAX_WBITS)
    raw = 0
    for number, part in enumerate(parts):
        raw += len(part)
        if not packed:
            body += part
        else:
            if number == 0 and packing == "deflate" and part and part[0] & 0x0F != 8:
                unpack = zlib.decompressobj(-zlib.MAX_WBITS)  # without its header, as some send it
            body += unpack.decompress(part, max(1, largest + 1 - len(body)))
        if len(body) > largest or raw > largest or unpack.unconsumed_tail:
            return None
    if packed and raw and not unpack.eof:
        raise zlib.error("unfinished")
    return bytes(body)


class _Unseen(logging.Filter):
    """The library's log tells whole addresses: the users' keys in them are struck out."""

    secrets: ClassVar[set[str]] = set()

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        for secret in self.secrets:
            said = said.replace(quote_plus(secret), "***").replace(secret, "***")
        record.msg, record.args = said, ()
        return True


_unseen = _Unseen()


def hide_in_logs(secrets: Iterable[str]) -> None:
    """Let no log of the network's library tell these."""
    _Unseen.secrets.update(secret for secret in secrets if secret)
    if _Unseen.secrets:
        logging.getLogger("httpx2").addFilter(_unseen)


def host_of(url: str) -> str:
    """The host in an address, the text itself where there is none."""
    try:
        return (urlsplit(url).hostname or "").lower() or url
    except ValueError:
        return url


def origin_of(url: str) -> tuple[str, str, int]:
    """Scheme, host and port of an address."""
    try:
        parts = urlsplit(url)
        scheme = parts.scheme.lower()
        port = parts.port or {"https": 443, "http": 80}.get(scheme, 0)
        return scheme, (parts.hostname or "").lower(), port
    except ValueError:
        return "", url, 0
