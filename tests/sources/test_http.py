"""One policy for the network, against a server that misbehaves."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from citenorm.model import Answer
from citenorm.sources import exchange
from citenorm.sources.cache import Reply
from citenorm.sources.http import (
    Client,
    Policy,
    Request,
    clean_address,
    on_this_machine,
    user_agent,
)
from citenorm.sources.rate_limit import STRIKES, Pace


def read(reply: Reply) -> Answer:
    """Any JSON object is an answer, 404 is none."""
    if reply.status == 404:
        return Answer("crossref", "none")
    try:
        return Answer("crossref", "found", reason=json.loads(reply.body)["message"]["DOI"])
    except (ValueError, KeyError, TypeError):
        return Answer("crossref", "unknown", reason="not JSON")


@pytest.fixture
def client(policy: Policy, naps: list[float]) -> Iterator[Client]:
    made = Client(policy, sleep=naps.append)
    yield made
    made.close()


@pytest.fixture
def ask(client: Client, server: Any) -> Callable[..., Answer]:
    def asked(doi: str = "10.1038/nature14539", service: str = "crossref") -> Answer:
        return client.ask(Request(service, f"{server.crossref}/works/{doi}"), read)

    return asked


def test_the_second_time_nothing_is_sent(ask: Callable[..., Answer], server: Any) -> None:
    first = ask()
    assert (first.kind, first.reason) == ("found", "10.1038/nature14539")
    assert ask() == first
    assert server.count() == 1


def test_negative_answers_are_kept_too_and_over_runs(
    ask: Callable[..., Answer], client: Client, server: Any, policy: Policy
) -> None:
    assert ask("10.1/no").kind == "none"
    client.close()
    again = Client(policy)
    assert again.ask(Request("crossref", f"{server.crossref}/works/10.1/no"), read).kind == "none"
    again.close()
    assert server.count() == 1


def test_the_key_does_not_depend_on_the_order_of_parameters() -> None:
    a = Request("s", "http://x/", (("a", "1"), ("b", "ü")))
    assert a.key == Request("s", "http://x/", (("b", "ü"), ("a", "1"))).key
    assert a.key != Request("s", "http://x/", (("b", "1"), ("a", "ü"))).key


@pytest.mark.parametrize("kind", ["500", "502", "503", "504", "429", "408", "reset", "short"])
def test_a_failure_that_passes_is_got_over(
    ask: Callable[..., Answer], server: Any, naps: list[float], kind: str
) -> None:
    server.headers.clear()
    server.misbehave(kind, times=2)
    assert ask().kind == "found"
    assert server.count() == 3
    assert len(naps) == 2
    # back-off doubles, with at most half of it taken off by chance
    assert 0.0025 <= naps[0] <= 0.005 <= naps[1] <= 0.01


@pytest.mark.parametrize(
    ("kind", "times"),
    [("500", 4), ("reset", 4), ("truncated", 2), ("html", 2), ("empty", 2), ("hang", 2)],
)
def test_a_failure_that_stays_is_an_unknown_with_reason_and_is_not_kept(
    ask: Callable[..., Answer], client: Client, server: Any, policy: Policy, kind: str, times: int
) -> None:
    server.misbehave(kind, seconds=5.0)
    answer = ask()
    assert answer.kind == "unknown" and answer.reason
    assert server.count() == times
    # the same question is not asked again in this run
    assert ask() == answer and server.count() == times
    client.close()
    server.behave()
    again = Client(policy)
    assert (
        again.ask(Request("crossref", f"{server.crossref}/works/10.1038/nature14539"), read).kind
        == "found"
    )
    again.close()


def test_retry_after_is_obeyed_by_every_request_to_the_service(server: Any, policy: Policy) -> None:
    now, naps = [0.0], []

    def sleep(seconds: float) -> None:
        naps.append(seconds)
        now[0] += seconds

    client = Client(policy, clock=lambda: now[0], sleep=sleep)
    server.misbehave("429", retry_after="7", times=2)
    assert (
        client.ask(Request("crossref", f"{server.crossref}/works/10.1038/nature14539"), read).kind
        == "found"
    )
    assert naps == [7.0, 7.0]
    client.close()


def test_a_service_that_others_can_spare_is_asked_no_more_after_its_first_429(
    server: Any, policy: Policy, naps: list[float]
) -> None:
    client = Client(policy, sleep=naps.append)
    client.set_patience("crossref", 1)
    server.misbehave("429", times=1)
    for doi in ("10.1/a", "10.1/b"):
        answer = client.ask(Request("crossref", f"{server.crossref}/works/{doi}"), read)
        assert answer.reason == "127.0.0.1 answered 429"
    assert server.count() == 1 and client.tally("crossref").throttled == 1
    client.close()


def test_a_pause_too_long_gives_the_service_up_for_this_run(
    ask: Callable[..., Answer], server: Any, naps: list[float]
) -> None:
    server.misbehave("429", retry_after="86400")
    assert ask().reason == "127.0.0.1 answered 429, to be asked again in 86400 s"
    assert ask("10.1/other").kind == "unknown"
    assert server.count() == 1 and naps == []


@pytest.mark.parametrize("status", ["401", "403"])
def test_a_refusal_is_not_tried_again(ask: Callable[..., Answer], server: Any, status: str) -> None:
    server.misbehave(status)
    assert ask().reason == f"127.0.0.1 refused ({status})"
    assert ask("10.1/other").reason == f"127.0.0.1 refused ({status})"
    assert server.count() == 1


def test_no_connection_is_found_out_once_per_service(
    client: Client, server: Any, naps: list[float]
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{free.getsockname()[1]}"
    started = time.monotonic()
    answers = [client.ask(Request("arxiv", f"{nowhere}/{n}"), read) for n in range(200)]
    assert {(a.kind, a.reason) for a in answers} == {("unknown", "no connection to 127.0.0.1")}
    assert client.sent == {"arxiv": 1} and naps == []
    assert time.monotonic() - started < 3
    # another service is not touched by it
    assert (
        client.ask(Request("crossref", f"{server.crossref}/works/10.1038/nature14539"), read).kind
        == "found"
    )


def test_a_name_that_does_not_resolve_is_no_connection(
    policy: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown_host(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown_host)
    for name in (
        "http_proxy",
        "https_proxy",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "all_proxy",
        "ALL_PROXY",
    ):
        monkeypatch.delenv(name, raising=False)
    client = Client(policy)
    assert (
        client.ask(Request("crossref", "https://api.example.org/works/1"), read).reason
        == "no connection to api.example.org"
    )
    client.close()


def test_offline_opens_no_socket_and_still_reads_the_cache(
    ask: Callable[..., Answer],
    client: Client,
    server: Any,
    policy: Policy,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ask()
    client.close()

    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", forbidden)
    monkeypatch.setattr(socket, "getaddrinfo", forbidden)
    offline = Client(replace(policy, offline=True))
    assert (
        offline.ask(Request("crossref", f"{server.crossref}/works/10.1038/nature14539"), read).kind
        == "found"
    )
    answer = offline.ask(Request("crossref", f"{server.crossref}/works/10.1/other"), read)
    assert (answer.kind, answer.reason) == ("unknown", "not asked: offline")
    offline.close()
    assert server.count() == 1


def test_a_service_that_keeps_failing_is_left_alone(
    ask: Callable[..., Answer], server: Any
) -> None:
    server.misbehave("500")
    for n in range(20):
        assert ask(f"10.1/{n}").kind == "unknown"
    assert server.count() == STRIKES * 4


def test_a_service_that_hangs_is_left_alone_after_one_request(
    ask: Callable[..., Answer], server: Any
) -> None:
    server.misbehave("hang", seconds=5.0)
    started = time.monotonic()
    for n in range(20):
        assert ask(f"10.1/{n}").reason == "127.0.0.1 did not answer in time"
    assert server.count() == 2
    assert time.monotonic() - started < 3


def test_a_body_that_is_too_large_is_not_read(server: Any, policy: Policy) -> None:
    client = Client(replace(policy, largest_body=100_000))
    server.misbehave("huge")
    answer = client.ask(Request("crossref", f"{server.crossref}/works/10.1038/nature14539"), read)
    assert answer.reason == "answer of 127.0.0.1 is larger than 100000 bytes"
    assert server.count() == 1
    client.close()


@pytest.mark.parametrize("kind", ["drip", "slow-head", "interim"])
def test_headers_interim_answers_and_body_have_one_time_limit(
    server: Any, policy: Policy, kind: str
) -> None:
    client = Client(replace(policy, total_timeout=0.3))
    server.misbehave(kind)
    started = time.monotonic()
    answer = client.ask(Request("crossref", f"{server.crossref}/works/10.1038/nature14539"), read)
    assert answer.reason == "127.0.0.1 did not finish its answer in time"
    assert time.monotonic() - started < 3
    client.close()


def test_a_packed_body_is_unpacked(ask: Callable[..., Answer], server: Any) -> None:
    server.misbehave("gzip")
    assert ask().kind == "found"


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("bomb", "answer of 127.0.0.1 is larger than 1000000 bytes"),
        ("not-gzip", "answer of 127.0.0.1 is badly packed"),
        ("half-gzip", "answer of 127.0.0.1 is badly packed"),
        ("brotli", "answer of 127.0.0.1 is packed as 'br', which was not asked for"),
    ],
)
def test_a_badly_packed_body_is_told(
    server: Any, policy: Policy, naps: list[float], kind: str, reason: str
) -> None:
    client = Client(replace(policy, largest_body=1_000_000), sleep=naps.append)
    server.misbehave(kind)
    answer = client.ask(Request("crossref", f"{server.crossref}/works/10.1038/nature14539"), read)
    assert (answer.kind, answer.reason) == ("unknown", reason)
    client.close()


@pytest.mark.parametrize(
    "to",
    [
        "file:///etc/passwd",
        "http://example.org/",
        "https://127.0.0.1:1/",
        "https://localhost/",
        "https://10.0.0.1/",
        "https://[::1]/",
        "https://[fe80::1]/",
        "https://169.254.169.254/latest/meta-data",
        "https://printer.local/",
        "https://intranet/",
        "ftp://example.org/x",
        "//127.0.0.1:1/x",
        "https://[::1",
        "http://127.0.0.1:9/works/10.1038/nature14539",
    ],
)
def test_a_redirect_leads_to_no_file_no_private_host_and_nothing_without_https(
    ask: Callable[..., Answer], server: Any, to: str
) -> None:
    server.misbehave("redirect", to=to)
    answer = ask()
    assert answer.kind == "unknown" and answer.reason.startswith("127.0.0.1 redirects to a")
    assert server.count() == 2


def test_a_redirect_within_the_service_is_followed(ask: Callable[..., Answer], server: Any) -> None:
    server.misbehave("redirect", to="/crossref/works/10.1162/neco.1997.9.8.1735", times=1)
    assert ask().reason == "10.1162/neco.1997.9.8.1735"


def test_a_redirect_to_another_public_host_is_followed_without_the_users_key(
    policy: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    import httpx2

    monkeypatch.setattr(exchange, "is_public", lambda host: host == "other.example.org")
    seen: list[tuple[str, str | None]] = []

    def answer(request: Any) -> Any:
        seen.append((request.url.host, request.headers.get("x-api-key")))
        if request.url.host == "api.example.org":
            return httpx2.Response(302, headers={"location": "https://other.example.org/x"}, stream=httpx2.ByteStream(b""))  # fmt: skip
        return httpx2.Response(200, stream=httpx2.ByteStream(b'{"message": {"DOI": "10.1/x"}}'))

    client = Client(
        replace(policy, cache=None, keys={"s": "secret"}), transport=httpx2.MockTransport(answer)
    )
    client.set_key("s", "header:x-api-key")
    assert client.ask(Request("s", "https://api.example.org/x"), read).reason == "10.1/x"
    assert seen == [("api.example.org", "secret"), ("other.example.org", None)]
    client.close()


@pytest.mark.parametrize(
    ("addresses", "public"),
    [
        (["93.184.216.34"], True),
        (["93.184.216.34", "10.0.0.1"], False),
        (["fe80::1%eth0"], False),
        (["2606:2800:220:1::1"], True),
        ([], False),
    ],
)
def test_a_name_is_public_where_all_its_addresses_are(
    monkeypatch: pytest.MonkeyPatch, addresses: list[str], public: bool
) -> None:
    def found(*_: object, **__: object) -> list[Any]:
        if not addresses:
            raise socket.gaierror
        return [(2, 1, 6, "", (address, 443)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", found)
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    assert exchange.is_public("www.example.org") is public


def test_a_loop_of_redirects_ends(ask: Callable[..., Answer], server: Any, policy: Policy) -> None:
    server.misbehave("loop")
    assert ask().kind == "unknown"
    assert server.count() <= 6 * (policy.retries + 1)


@pytest.mark.parametrize(
    "url", ["foo", "http://", "ftp://example.org/x", "http://[::1", "http://exa mple.org/\x00"]
)
def test_an_address_that_is_none_is_an_unknown(policy: Policy, url: str) -> None:
    client = Client(policy)
    assert client.ask(Request("crossref", url), read).kind == "unknown"
    client.close()


def test_threads_ask_the_same_once(ask: Callable[..., Answer], server: Any) -> None:
    answers: list[Answer] = []
    threads = [threading.Thread(target=lambda: answers.append(ask())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert server.count() == 1 and {a.kind for a in answers} == {"found"} and len(answers) == 8


def test_connections_are_as_many_as_the_pace_says(server: Any, policy: Policy) -> None:
    client = Client(replace(policy, paces={"crossref": Pace(0.0, 1)}))
    threads = [
        threading.Thread(
            target=client.ask, args=(Request("crossref", f"{server.crossref}/works/10.1/{n}"), read)
        )
        for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert server.count() == 8 and server.widest == 1
    client.close()


def test_a_service_elsewhere_is_asked_at_its_own_pace_one_on_this_machine_at_once(
    policy: Policy,
) -> None:
    import httpx2

    naps: list[float] = []
    now = [0.0]

    def sleep(seconds: float) -> None:
        naps.append(seconds)
        now[0] += seconds

    transport = httpx2.MockTransport(
        lambda request: httpx2.Response(404, stream=httpx2.ByteStream(b""))
    )
    client = Client(
        replace(policy, cache=None), clock=lambda: now[0], sleep=sleep, transport=transport
    )
    client.set_pace("arxiv", Pace(3.0, 1))
    for n in range(3):
        assert client.ask(Request("arxiv", f"https://export.example.org/{n}"), read).kind == "none"
    assert naps == [3.0, 3.0]
    client.set_pace("local", Pace(3.0, 1))
    for n in range(3):
        client.ask(Request("local", f"http://localhost/{n}"), read)
    assert naps == [3.0, 3.0]
    client.close()


def test_two_runs_at_a_time_keep_one_pace_for_a_slow_service(policy: Policy) -> None:
    import httpx2

    transport = httpx2.MockTransport(
        lambda request: httpx2.Response(404, stream=httpx2.ByteStream(b""))
    )
    waits: list[list[float]] = [[], []]
    clients = [
        Client(
            replace(policy, paces={"arxiv": Pace(30.0, 1)}), sleep=naps.append, transport=transport
        )
        for naps in waits
    ]
    for client in clients:
        client.ask(Request("arxiv", f"https://export.example.org/{id(client)}"), read)
        client.close()
    assert waits[0] == [] and len(waits[1]) == 1 and 25 < waits[1][0] <= 30


def test_no_file_is_made_before_the_first_question(policy: Policy) -> None:
    client = Client(policy)
    client.close()
    assert policy.cache is not None and not policy.cache.exists()


def test_the_contact_address_is_told_and_nothing_else_can_be_smuggled_in(
    server: Any, policy: Policy
) -> None:
    client = Client(replace(policy, mailto="me@example.org"))
    client.ask(Request("crossref", f"{server.crossref}/works/10.1/x"), read)
    client.close()
    assert server.asked[-1].agent == user_agent("me@example.org")
    assert (
        server.asked[-1].agent.startswith("citenorm/")
        and "(mailto:me@example.org)" in server.asked[-1].agent
    )


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (" mailto:a.b@example.org ", "a.b@example.org"),
        ("a@example.org\r\nX-Evil: 1", ""),
        ("someone", ""),
        ("a@b", ""),
        ("", ""),
        ("a(b)@example.org", ""),
    ],
)
def test_clean_address(text: str, address: str) -> None:
    assert clean_address(text) == address


def test_the_users_policy_reads_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CITENORM_MAILTO", "me@example.org")
    monkeypatch.setenv("CITENORM_CACHE_DIR", str(tmp_path))
    policy = Policy.of_user()
    assert (policy.mailto, policy.cache) == ("me@example.org", tmp_path / "http.sqlite3")
    assert Policy.of_user(mailto="you@example.org", offline=True).mailto == "you@example.org"


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("http://localhost:1/x", True),
        ("http://127.8.0.1", True),
        ("http://[::1]:2/", True),
        ("https://export.arxiv.org", False),
        ("http://localhost.example.org", False),
        ("x", False),
    ],
)
def test_on_this_machine(url: str, here: bool) -> None:
    assert on_this_machine(url) is here


def test_a_question_with_a_body_is_kept_by_its_body() -> None:
    a, b = (Request("s", "http://x/", method="POST", body=body) for body in (b"1", b"2"))
    assert a.key != b.key and a.key == Request("s", "http://x/", method="POST", body=b"1").key
    assert a.key != Request("s", "http://x/").key


def test_the_budget_of_a_run_is_kept(server: Any, policy: Policy) -> None:
    client = Client(replace(policy, max_requests=2))
    said = [
        client.ask(Request("crossref", f"{server.crossref}/works/{doi}"), read)
        for doi in ("10.1038/nature14539", "10.1/a", "10.1/b", "10.1038/nature14539")
    ]
    client.close()
    assert [answer.kind for answer in said] == ["found", "none", "unknown", "found"]
    assert said[2].reason == "not asked: the 2 requests of this run are spent"
    assert server.count() == 2
    tally = client.tally("crossref")
    assert (tally.found, tally.cached, tally.failed) == (1, 1, 0)


def test_neither_threads_nor_retries_go_beyond_the_budget(
    server: Any, policy: Policy, naps: list[float]
) -> None:
    client = Client(replace(policy, max_requests=5), sleep=naps.append)
    server.misbehave("500", times=2)
    said: list[Answer] = []
    threads = [
        threading.Thread(
            target=lambda n=n: said.append(
                client.ask(Request("crossref", f"{server.crossref}/works/10.1/{n}"), read)
            )
        )
        for n in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    client.close()
    assert server.count() == 5 and len(said) == 12
    assert {a.reason for a in said if a.kind == "unknown"} <= {
        "not asked: the 5 requests of this run are spent"
    }
