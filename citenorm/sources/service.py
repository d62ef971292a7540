"""What a service is to citenorm: what to ask (Claim → Requests) and what it says (Reply → Answer), both pure.

How to ask is the same for all of them and lives in ``http``; ``online`` drives a Service with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..model import Answer, Claim, Record
from .cache import Reply
from .http import Request
from .rate_limit import Pace


@dataclass(frozen=True, slots=True)
class Batch:
    """One request in place of many.

    ``parts``: the single requests, each under a key; ``split``: the reply → the reply that each part alone would have
    had, under its key, also where that is "there is no such work".  A part that it leaves out is asked again.
    """

    request: Request
    parts: Mapping[str, Request]
    split: Callable[[Reply], Mapping[str, Reply]]

    @property
    def asks_for_identifiers(self) -> bool:
        """Its parts are lookups, each of one identifier."""
        return all(part.about is not None for part in self.parts.values())


def no_requests(*_: object) -> list[Request]:
    """For a service that has no such question."""
    return []


def _no_batches(_requests: Iterable[Request]) -> list[Batch]:
    return []


def only(kind: str, values: Sequence[str]) -> tuple[str, str] | None:
    """What a lookup of these identifiers is ``about``: the one that there is; None for several, whose answer is told apart first."""
    return (kind, values[0]) if len(values) == 1 else None


def groups(keys: Sequence[str], at_once: int) -> list[Sequence[str]]:
    """Keys in groups of ``at_once``; a last one alone is no group, it is asked as it stands."""
    found = [keys[i : i + at_once] for i in range(0, len(keys), at_once)]
    return [group for group in found if len(group) > 1]


@dataclass(frozen=True, slots=True)
class Service:
    """One service, by value.  Every function is pure; ``base`` is the address in use, without a slash at the end.

    ``by_identifier(claim, base)``: lookups of the identifiers that the claim states and the service knows.
    ``by_title(claim, base)``: what to ask by words, in order; a later one only where the earlier ones brought nothing that fits.
    ``read(reply)``: what a reply says; ``unknown`` with a reason for a body that is damaged or no such thing.
    ``suits(claim)``: how well the service suits a claim by its words, 0 (do not ask) to 1 (ask first).
    ``follow(claim, records, base)``: what records that fit the claim (or are it by identifier) call for in addition.
    ``versions(record, base)``: requests for the other versions that a record names.
    ``batches(requests)``: requests joined where the service takes several at once; ``joins``: how many titles in one.
    ``deposited``: its records are the publisher's own word, so that it is asked about what others found by DOI.
    ``instead(claim, base)``: what to ask where the service ``instead_of`` could not be asked about a claim.
    ``knows_versions``: where it knows a work as a preprint alone, nobody else is asked where that went.
    ``late``: its identifiers are looked up last, of works that nobody else knew.
    ``extra``: it only adds to what others know, so that nothing is missed for good where it could not be asked.
    ``key``: where the service wants its user's key: ``header:NAME`` or ``param:NAME``; "" for one that knows none.
    ``lanes``: the pace of a kind of request (``Request.lane``) where it differs from ``pace``.
    """

    name: str
    title: str
    base: str
    variable: str
    pace: Pace
    read: Callable[[Reply], Answer]
    suits: Callable[[Claim], float]
    by_identifier: Callable[[Claim, str], list[Request]] = no_requests
    by_title: Callable[[Claim, str], list[Request]] = no_requests
    follow: Callable[[Claim, tuple[Record, ...], str], list[Request]] = no_requests
    versions: Callable[[Record, str], list[Request]] = no_requests
    batches: Callable[[Iterable[Request]], list[Batch]] = _no_batches
    instead: Callable[[Claim, str], list[Request]] = no_requests
    instead_of: str = ""
    key: str = ""
    joins: int = 1
    deposited: bool = False
    extra: bool = False
    late: bool = False
    knows_versions: bool = False
    lanes: Mapping[str, Pace] = field(default_factory=dict)
