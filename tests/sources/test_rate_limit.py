"""The gate before a service: distance in time, connections at a time, pauses, giving up."""

from __future__ import annotations

import threading

import pytest

from citenorm.sources.rate_limit import STRIKES, Closed, Gate, Pace, retry_after, stated_pace


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.now += seconds


def gate(interval: float = 3.0, connections: int = 1) -> tuple[Gate, Clock]:
    clock = Clock()
    return Gate(Pace(interval, connections), clock=clock, sleep=clock.sleep), clock


def starts(passed: Gate, clock: Clock, number: int) -> list[float]:
    found = []
    for _ in range(number):
        with passed.turn():
            found.append(clock.now - 100)
    return found


def test_requests_start_an_interval_apart_and_the_first_at_once() -> None:
    assert starts(*gate(3.0), 4) == [0, 3, 6, 9]


def test_a_pause_between_requests_counts_towards_the_interval() -> None:
    passed, clock = gate(3.0)
    starts(passed, clock, 1)
    clock.now += 2
    assert starts(passed, clock, 1) == [3]
    clock.now += 50
    assert starts(passed, clock, 1) == [53]


def test_hold_stops_everyone_and_never_shortens() -> None:
    passed, clock = gate(0.0)
    passed.hold(10)
    passed.hold(2)
    assert starts(passed, clock, 2) == [10, 10]


def test_headers_change_the_pace() -> None:
    passed, clock = gate(5.0)
    passed.success(
        {"x-rate-limit-limit": "4", "x-rate-limit-interval": "2s", "x-concurrency-limit": "3"}
    )
    assert starts(passed, clock, 3) == [0, 0.5, 1.0]
    assert passed.connections == 3


@pytest.mark.parametrize(
    ("headers", "pace"),
    [
        ({"x-rate-limit-limit": "50", "x-rate-limit-interval": "1s"}, Pace(0.02, 0)),
        ({"x-rate-limit-limit": "50", "x-rate-limit-interval": "5"}, Pace(0.1, 0)),
        ({"x-rate-limit-limit": "1", "x-rate-limit-interval": "9999999s"}, Pace(30.0, 0)),
        ({"x-rate-limit-limit": "0", "x-rate-limit-interval": "1s"}, Pace(-1.0, 0)),
        ({"x-rate-limit-limit": "many", "x-rate-limit-interval": "1s"}, Pace(-1.0, 0)),
        ({"x-rate-limit-limit": "٥٠", "x-rate-limit-interval": "1s"}, Pace(-1.0, 0)),
        ({}, Pace(-1.0, 0)),
    ],
)
def test_stated_pace(headers: dict[str, str], pace: Pace) -> None:
    assert stated_pace(headers) == pace


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7.0),
        (" 1.5 ", 1.5),
        ("Wed, 21 Oct 2015 07:28:10 GMT", 10.0),
        ("Wed, 21 Oct 2015 07:27:00 GMT", 0.0),
        ("", None),
        ("soon", None),
        ("-3", None),
        ("9" * 40, None),
    ],
)
def test_retry_after(value: str, seconds: float | None) -> None:
    assert retry_after(value, now=1445412480.0) == seconds


def test_a_closed_gate_lets_nobody_through() -> None:
    passed, clock = gate()
    passed.close("no connection")
    passed.close("another reason")
    with pytest.raises(Closed, match="no connection"):
        starts(passed, clock, 1)


def test_strikes_in_a_row_close_and_success_forgives() -> None:
    passed, clock = gate(0.0)
    for _ in range(STRIKES - 1):
        passed.strike("500")
    passed.success({})
    for _ in range(STRIKES - 1):
        passed.strike("500")
    assert starts(passed, clock, 1) == [0]
    passed.strike("500")
    assert passed.closed == "500"


def test_no_more_connections_at_a_time_than_the_pace_says() -> None:
    passed = Gate(Pace(0.0, 2))
    inside, widest, lock = 0, 0, threading.Lock()
    together = threading.Barrier(2)

    def work() -> None:
        nonlocal inside, widest
        for _ in range(3):
            with passed.turn():
                with lock:
                    inside += 1
                    widest = max(widest, inside)
                together.wait(timeout=5)
                with lock:
                    inside -= 1

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=10)
    assert widest == 2


def test_those_who_wait_for_a_connection_are_told_when_the_gate_closes() -> None:
    passed = Gate(Pace(0.0, 1))
    told: list[str] = []

    def wait() -> None:
        try:
            with passed.turn():
                told.append("through")
        except Closed as closed:
            told.append(str(closed))

    with passed.turn():
        thread = threading.Thread(target=wait)
        thread.start()
        passed.close("gone")
        thread.join(timeout=5)
    assert told == ["gone"]
