"""How services are asked, the same for all: a Request in, an Answer out, whatever the network does.

Time limits, a limit on the size of bodies, retries with back-off and jitter, ``Retry-After``, a pace and a number of
connections per service, a contact address, answers kept on disk, and a service that cannot be reached given up for
the rest of the run.  Nothing here raises for what a service or the network does: that is an Answer ``unknown`` with
its reason.
"""

from __future__ import annotations

import os
import random
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from .. import __version__
from ..model import Answer
from .cache import Cache, Reply, cache_file
from .exchange import Failure, Sending, exchange, hide_in_logs, host_of
from .rate_limit import Closed, Gate, Pace, retry_after

_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_REFUSED = frozenset({401, 403, 407, 451})
_ADDRESS = re.compile(r"[^\s@<>()\"',;:]+@[^\s@<>()\"',;:]+\.[^\s@<>()\"',;:]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask of a service: ``method`` and ``url`` with ``params`` (in the order they are sent), ``body`` and ``headers``.

    ``lane`` names the kind of request where a service has a pace of its own for it ("lists").  ``about`` is the identifier that
    a lookup is for (kind and value): an answer about another work is not believed (``online``).  A secret stands in
    none of these: the client adds the user's key when it sends.
    """

    service: str
    url: str
    params: tuple[tuple[str, str], ...] = ()
    accept: str = "application/json"
    method: str = "GET"
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    lane: str = ""
    about: tuple[str, str] | None = None

    @property
    def key(self) -> str:
        """The same for requests that ask the same, whatever the order of their parameters."""
        said = f"{self.method} {self.url}?{urlencode(sorted(self.params))} {self.accept}"
        return f"{said} {sha256(self.body).hexdigest()}" if self.body else said


Reader = Callable[[Reply], Answer]
"""What a reply says: ``found`` or ``none``, or ``unknown`` where the body cannot be trusted.  Never raises."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How the network is used.  Times in seconds, sizes in bytes.

    ``cache``: the file of kept answers, None for none on disk.  ``paces`` and ``bases`` override a service's own
    pace and address by its name; a service on this very machine has no pace.  ``keys``: the user's key of a service,
    sent with each request and written nowhere.  ``without``: services that are not asked.  ``max_requests`` and
    ``max_seconds`` bound the whole run.  ``seed`` fixes the jitter.
    """

    offline: bool = False
    mailto: str = field(default="", repr=False)
    cache: Path | None = None
    connect_timeout: float = 5.0
    read_timeout: float = 20.0
    total_timeout: float = 60.0
    largest_body: int = 8 * 2**20
    retries: int = 3
    backoff: float = 1.0
    longest_wait: float = 60.0
    keep_found: float = 30 * 86400.0
    keep_none: float = 7 * 86400.0
    paces: Mapping[str, Pace] = field(default_factory=dict)
    bases: Mapping[str, str] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    without: frozenset[str] = frozenset()
    max_requests: int | None = None
    max_seconds: float | None = None
    seed: int | None = None

    @classmethod
    def of_user(cls, *, offline: bool = False, mailto: str | None = None, **asked: Any) -> Policy:
        """The policy of this machine: the user's cache, and the contact address given or in ``CITENORM_MAILTO``.

        ``asked``: any other field of a Policy.
        """
        return cls(
            offline=offline,
            mailto=clean_address(mailto or os.environ.get("CITENORM_MAILTO", "")),
            cache=cache_file(),
            **asked,
        )


def clean_address(text: str) -> str:
    """An e-mail address as it may be sent, "" for what is none."""
    text = text.strip().removeprefix("mailto:")
    return text if _ADDRESS.fullmatch(text) else ""


def user_agent(mailto: str = "") -> str:
    """What citenorm calls itself, with the contact address that services ask for."""
    return f"citenorm/{__version__}" + (f" (mailto:{mailto})" if mailto else "")


@dataclass(slots=True)
class Tally:
    """What one service cost and gave in a run: requests sent, answers with records, answers from the cache, pauses it
    asked for (429), requests given up, and seconds spent waiting for it."""

    asked: int = 0
    found: int = 0
    cached: int = 0
    throttled: int = 0
    failed: int = 0
    seconds: float = 0.0


class Client:
    """Asks services under one policy; thread-safe; opens no connection before it must.

    ``sent`` counts the requests that went over the network, by service; ``tallies`` tell what came of them.
    """

    def __init__(
        self,
        policy: Policy,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        transport: Any = None,
    ) -> None:
        self.policy = policy
        self.sent: dict[str, int] = {}
        self.tallies: dict[str, Tally] = {}
        self._started = clock()
        self._key_places: dict[str, str] = {}
        self._keys: dict[str, str] = {}
        self._patience: dict[str, int] = {}
        self._clock, self._sleep, self._transport = clock, sleep, transport
        self._held: Cache | None = None
        self._paces: dict[tuple[str, str], Pace] = {}
        self._gates: dict[tuple[str, str], Gate] = {}
        self._given_up: dict[str, Answer] = {}
        self._asking: dict[str, threading.Lock] = {}
        self._lock = threading.RLock()
        self._wires: dict[bool, Any] = {}
        self._random = random.Random(policy.seed)

    def set_pace(self, service: str, pace: Pace, lane: str = "") -> None:
        """The pace a service asks for, for one kind of request; the policy's own word goes first."""
        self._paces[service, lane] = pace

    def set_key(self, service: str, place: str, key: str = "") -> None:
        """Where a service wants its user's key (``header:NAME`` or ``param:NAME``), and the key, where the policy has none."""
        self._key_places[service] = place
        key = self.policy.keys.get(service) or key.strip()
        if key.isascii() and key.isprintable():
            self._keys[service] = key

    def set_patience(self, service: str, tries: int) -> None:
        """After how many answers 429 in a row a service is left alone for the run (others ask it as often as the policy retries)."""
        self._patience[service] = tries

    def tally(self, service: str) -> Tally:
        """The counts of a service."""
        with self._lock:
            return self.tallies.setdefault(service, Tally())

    def ask(self, request: Request, read: Reader, *, keep: bool = True) -> Answer:
        """What a service says to a request: from the cache, else over the network.

        ``keep=False`` neither looks into the cache nor writes to it.
        """
        with self._once(request.key):
            tally = self.tally(request.service)
            if keep and (known := self.known(request, read)) is not None:
                tally.cached += 1
                return known
            if self.policy.offline:
                return Answer(request.service, "unknown", reason="not asked: offline")
            if request.key in self._given_up:
                return self._given_up[request.key]
            if spent := self._spent():
                return Answer(request.service, "unknown", reason=spent)
            started = self._clock()
            answer, reply = self._ask(request, read)
            tally.seconds += self._clock() - started
            tally.found += answer.kind == "found"
            tally.failed += reply is None
            if reply is None:
                self._given_up[request.key] = answer
            elif keep:
                self.remember(request, reply, answer.kind)
            return answer

    def _spent(self) -> str:
        """Why nothing more is asked in this run, "" while its budget lasts."""
        most, longest = self.policy.max_requests, self.policy.max_seconds
        if most is not None and sum(self.sent.values()) >= most:
            return f"not asked: the {most} requests of this run are spent"
        if longest is not None and self._clock() - self._started >= longest:
            return f"not asked: the {longest:g} seconds of this run are spent"
        return ""

    def known(self, request: Request, read: Reader) -> Answer | None:
        """What the cache says to a request, None where it says nothing that can be read."""
        stored = self._cache().get(request.key)
        if stored is None:
            return None
        answer = read(stored)
        return None if answer.kind == "unknown" else answer

    def remember(self, request: Request, reply: Reply, kind: str) -> None:
        """Keep a reply as the one to ``request``, for as long as the policy keeps such answers; failures never."""
        if kind in ("found", "none"):
            self._cache().put(
                request.key,
                reply,
                self.policy.keep_found if kind == "found" else self.policy.keep_none,
            )

    def close(self) -> None:
        """Close connections and cache; may be called twice."""
        with self._lock:
            for wire in self._wires.values():
                wire.close()
            self._wires.clear()
            if self._held is not None:
                self._held.close()

    # ------------------------------------------------------------ one request
    def _ask(self, request: Request, read: Reader) -> tuple[Answer, Reply | None]:
        """Ask over the network, trying again as the policy allows; without a reply, the answer says why."""
        gate = self._gate(request)
        failure = Failure("could not be asked")
        for attempt in range(self.policy.retries + 1):
            try:
                with gate.turn():
                    outcome = self._try(request, gate)
            except Closed as closed:
                return Answer(request.service, "unknown", reason=str(closed)), None
            if isinstance(outcome, Reply):
                answer = read(outcome)
                if answer.kind != "unknown":
                    return answer, outcome
                outcome = Failure(answer.reason, tries=2)
            failure = outcome
            if failure.busy and attempt + 1 >= self._patience.get(request.service, 99):
                failure = replace(failure, final=True)
            wait = failure.wait
            if wait is not None:
                # A pause that the service asks for is for everyone, a pause after a failure for this request.
                if wait > self.policy.longest_wait:
                    failure = Failure(
                        f"{failure.reason}, to be asked again in {wait:.0f} s", final=True
                    )
                else:
                    gate.hold(wait)
            if failure.final or attempt + 1 >= min(failure.tries, self.policy.retries + 1):
                break
            if wait is None:
                self._sleep(self._backoff(attempt))
        if failure.final or failure.slow:
            self._close_gates(request.service, failure.reason)
        else:
            gate.strike(failure.reason)
        return Answer(request.service, "unknown", reason=failure.reason), None

    def _backoff(self, attempt: int) -> float:
        """1, 2, 4 … times ``backoff`` seconds, a random half of it taken off at most."""
        with self._lock:
            whole: float = min(self.policy.backoff * 2.0**attempt, self.policy.longest_wait)
            return whole * (0.5 + self._random.random() / 2)

    def _try(self, request: Request, gate: Gate) -> Reply | Failure:
        """One exchange over the network."""
        with self._lock:
            if spent := self._spent():
                return Failure(spent, tries=1)
            self.sent[request.service] = self.sent.get(request.service, 0) + 1
            self.tally(request.service).asked += 1
            wire = self._open_wire(on_this_machine(request.url))
        host = host_of(request.url)
        sending = self._dressed(request)

        def head(status: int, headers: Mapping[str, str]) -> Failure | None:
            if status == 429:
                self.tally(request.service).throttled += 1
            if status in _AGAIN:
                wait = retry_after(headers.get("retry-after", ""))
                return Failure(f"{host} answered {status}", wait=wait, busy=status == 429)
            if status in _REFUSED:
                return Failure(f"{host} refused ({status})", final=True)
            gate.success(headers)
            return None

        limits = self.policy
        return exchange(
            wire, sending, head, seconds=limits.total_timeout, largest=limits.largest_body
        )

    def _dressed(self, request: Request) -> Sending:
        """A request as it is sent: with the user's key of the service, where there is one."""
        params, headers = list(request.params), {"Accept": request.accept, **dict(request.headers)}
        place, _, name = self._key_places.get(request.service, "").partition(":")
        key = self._keys.get(request.service, "")
        if key and place == "header":
            headers[name] = key
        elif key and place == "param":
            params.append((name, key))
        return Sending(
            request.method, request.url, tuple(params), headers, request.body, frozenset((name,))
        )

    # ------------------------------------------------------------ what the client owns
    def _open_wire(self, here: bool) -> Any:
        """The connections to other machines, by the proxy of the environment if it names one, or to this machine."""
        if here not in self._wires:
            import httpx2

            hide_in_logs(self._keys.values())
            limits = self.policy
            self._wires[here] = httpx2.Client(
                timeout=httpx2.Timeout(limits.read_timeout, connect=limits.connect_timeout),
                headers={"User-Agent": user_agent(limits.mailto)},
                trust_env=not here,
                transport=self._transport,
            )
        return self._wires[here]

    def _cache(self) -> Cache:
        """The cache, opened (and its file made) when it is first looked into."""
        with self._lock:
            if self._held is None:
                self._held = Cache(self.policy.cache)
            return self._held

    def _gate(self, request: Request) -> Gate:
        service, lane = request.service, request.lane
        with self._lock:
            gate = self._gates.get((service, lane))
            if gate is None:
                own = self._paces.get((service, lane)) or self._paces.get((service, ""), Pace())
                named = self.policy.paces
                pace = named.get(f"{service}/{lane}") if lane else None
                pace = pace or named.get(service)
                if pace is None:
                    pace = Pace(0.0, 4) if on_this_machine(request.url) else own
                queue = f"{service}/{lane}" if lane else service
                gate = self._gates[service, lane] = Gate(
                    pace,
                    clock=self._clock,
                    sleep=self._sleep,
                    reserve=self._shared(queue, pace),
                )
                closed = next((g.closed for g in self._gates_of(service) if g.closed), "")
                if closed:
                    gate.close(closed)
            return gate

    def _gates_of(self, service: str) -> list[Gate]:
        with self._lock:
            return [gate for (name, _), gate in self._gates.items() if name == service]

    def _close_gates(self, service: str, reason: str) -> None:
        """Give a service up for the rest of the run, whatever is asked of it."""
        for gate in self._gates_of(service):
            gate.close(reason)

    def _shared(self, service: str, pace: Pace) -> Callable[[float], float] | None:
        """Slow services have one queue for all processes of this user; the others each process keeps by itself."""
        if pace.interval < 1.0 or self._cache().path is None:
            return None
        return lambda interval: self._cache().reserve(service, interval)

    def _once(self, key: str) -> threading.Lock:
        """One lock per request: what two threads ask at a time is sent once."""
        with self._lock:
            return self._asking.setdefault(key, threading.Lock())


def on_this_machine(url: str) -> bool:
    """True for an address that never leaves this machine (localhost, 127.0.0.0/8, ::1)."""
    host = host_of(url)
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
