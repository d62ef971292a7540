"""What a service is to citenorm: what to ask (Claim → Requests) and what it says (Reply → Answer), both pure.

How to ask is the same for all of them and lives in ``http``; ``online`` drives a Service with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ..model import Answer, Claim, Record
from .cache import Reply
from .http import Request
from .rate_limit import Pace


@dataclass(frozen=True, slots=True)
class Batch:
    """One request in place of many: ``parts`` are the single requests by the key under which ``split`` finds their reply."""

    request: Request
    parts: Mapping[str, Request]
    split: Callable[[Reply], Mapping[str, Reply]]


def _no_requests(*_: object) -> list[Request]:
    return []


def _no_batches(_requests: Iterable[Request]) -> list[Batch]:
    return []


@dataclass(frozen=True, slots=True)
class Service:
    """One service, by value.  Every function is pure; ``base`` is the address in use, without a slash at the end.

    ``requests(claim, base)``: what to ask, in order; a later one only where the earlier ones brought nothing that fits.
    ``read(reply)``: what a reply says; ``unknown`` with a reason for a body that is damaged or no such thing.
    ``suits(claim)``: how well the service suits a claim, 0 (do not ask) to 1 (ask first).
    ``follow(claim, records, base)``: what records that fit the claim (or are it by identifier) call for in addition.
    ``versions(record, base)``: requests for the other versions that a record names.
    ``batches(requests)``: requests joined where the service takes several at once.
    """

    name: str
    title: str
    base: str
    variable: str
    pace: Pace
    requests: Callable[[Claim, str], list[Request]]
    read: Callable[[Reply], Answer]
    suits: Callable[[Claim], float]
    follow: Callable[[Claim, tuple[Record, ...], str], list[Request]] = _no_requests
    versions: Callable[[Record, str], list[Request]] = _no_requests
    batches: Callable[[Iterable[Request]], list[Batch]] = _no_batches
