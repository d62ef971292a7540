"""The references of a document and the services → what each service says about each, asked in few requests and side by side.

Rounds.  In each, every reference that is still open has its questions to one service or more; a service gets all of its
questions at once, joins what it takes together, and keeps its own pace while the others are asked beside it:

1. the identifiers that the references state, of every service that knows them;
2. what the records found so far name: the published version of a preprint, and the publisher's own word on a DOI;
3. titles, first of the services that take many in one request, then of one service after the other, the most
   promising first; after each of these rounds the second once more;
4. of works that nobody knew the identifiers, of services that are asked last.

A reference is open until its work is known in the published version (or as a preprint, by the word of a service that
would know where else it went).  What is a web page, a program or a law (``plan.toml``) is
looked up by its identifiers and by nothing else.  The order depends on the references and the answers alone, never on which
service was quicker, so that one input has one output.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ..model import Answer, Claim, Record

if TYPE_CHECKING:
    from .http import Request

BESIDE = 0.5
"""A service that joins titles is asked in the first round of titles where it suits a reference this well."""


class Known(IntEnum):
    """What is known of the work that a reference means."""

    NOTHING = 0
    PREPRINT = 1
    PUBLISHED = 2


Judge = Callable[[int, Sequence[Record]], Known]
"""(place of the reference, records that are new for it) → what is known of its work with them."""


class Asked(Protocol):
    """One service as the plan sees it (``online.OnlineSource``)."""

    name: str
    joins: int
    deposited: bool
    extra: bool
    late: bool
    knows_versions: bool
    instead_of: str

    def suits(self, claim: Claim) -> float: ...
    def by_identifier(self, claim: Claim) -> list[Request]: ...
    def by_title(self, claim: Claim) -> list[Request]: ...
    def linked(self, claim: Claim, records: Sequence[Record], known: bool) -> list[Request]: ...
    def instead(self, claim: Claim) -> list[Request]: ...
    def ask_all(self, requests: Sequence[Request]) -> list[Answer]: ...


@dataclass(slots=True)
class _Open:
    """One reference on its way: what the services said so far."""

    place: int
    claim: Claim
    known: Known = Known.NOTHING
    records: dict[str, Record] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: set[tuple[str, str]] = field(default_factory=set)
    fresh: list[Record] = field(default_factory=list)
    fitting: list[Record] = field(default_factory=list)

    def question(self, request: Request) -> bool:
        """True for a request that this reference has not been asked about by."""
        key = (request.service, request.key)
        new = key not in self.asked
        self.asked.add(key)
        return new

    def settled(self, telling: Sequence[str]) -> bool:
        """Enough is known: the work in print, or as a preprint by the word of one that would know where else it went."""
        if self.known < Known.PREPRINT:
            return False
        answers = (self.answers.get(name) for name in telling)
        return self.known == Known.PUBLISHED or any(a and a.kind == "found" for a in answers)

    def hear(self, answer: Answer) -> None:
        """Take an answer: the records that are new, and the service's word (records count more than none, an unknown stays)."""
        for record in answer.records:
            if record.id not in self.records:
                self.records[record.id] = record
                self.fresh.append(record)
        before = self.answers.get(answer.source)
        kinds = [one.kind for one in (before, answer) if one is not None]
        kind = next((k for k in ("unknown", "found") if k in kinds), "none")
        reason = next((one.reason for one in (before, answer) if one and one.reason), "")
        records = {r.id: r for one in (before, answer) if one is not None for r in one.records}
        self.answers[answer.source] = Answer(answer.source, kind, tuple(records.values()), reason)  # type: ignore[arg-type]


def look_up(
    claims: Sequence[Claim], services: Sequence[Asked], judge: Judge
) -> list[tuple[Answer, ...]]:
    """What the services say about each claim, in the order in which they were first asked; at most one answer a service.

    ``judge`` is told of new records as they come, and says when enough is known of a claim.
    """
    every = [_Open(place, claim) for place, claim in enumerate(claims)]
    if not services:
        return [() for _ in every]

    def identifiers(one: _Open, service: Asked) -> list[Request]:
        return [] if service.late else service.by_identifier(one.claim)

    def late(one: _Open, service: Asked) -> list[Request]:
        return service.by_identifier(one.claim) if service.late else []

    _round(every, services, identifiers, judge)
    _links(every, services, judge)
    steps = {one.place: title_steps(one.claim, services) for one in every}
    telling = [service.name for service in services if service.knows_versions]
    for turn in range(max(map(len, steps.values()), default=0)):
        open_ones = [
            one for one in every if not one.settled(telling) and turn < len(steps[one.place])
        ]

        def titles(one: _Open, service: Asked, turn: int = turn) -> list[Request]:
            asked = service.name in steps[one.place][turn]
            return service.by_title(one.claim) if asked else []

        if _round(open_ones, services, titles, judge):
            _links(every, services, judge)
    _round([one for one in every if one.known == Known.NOTHING], services, late, judge)
    extra = {service.name for service in services if service.extra}
    return [_told(one, extra) for one in every]


def _told(one: _Open, extra: set[str]) -> tuple[Answer, ...]:
    """The answers about a reference; that one which only adds to the others could not be asked is told where it stood alone."""
    answers = tuple(one.answers.values())
    heard = any(answer.kind != "unknown" for answer in answers)
    return tuple(a for a in answers if not (heard and a.kind == "unknown" and a.source in extra))


def title_steps(claim: Claim, services: Sequence[Asked]) -> list[tuple[str, ...]]:
    """The names of the services to be asked for a claim's title, step by step; those of one step side by side.

    First those that join many titles in a request and suit it, then one after the other, the most promising first.
    """
    if not may_be_paper(claim):
        return []
    weights = {service.name: service.suits(claim) for service in services}
    ranked = sorted(
        (-weights[s.name], place, s) for place, s in enumerate(services) if weights[s.name] > 0
    )
    beside = [s.name for _, _, s in ranked if s.joins > 1 and weights[s.name] >= BESIDE]
    rest: list[tuple[str, ...]] = [(s.name,) for _, _, s in ranked if s.name not in beside]
    return [tuple(beside), *rest] if beside else rest


def may_be_paper(claim: Claim) -> bool:
    """False for a web page, a program, a law …; a page at a host of papers, or a PDF with an author, may be a paper."""
    no_papers, hosts = _table()
    if claim.csl.get("type") not in no_papers:
        return True
    url = str(claim.csl.get("URL") or "").lower()
    if claim.csl.get("type") != "webpage" or not url:
        return False
    parts = url.partition("://")[2].partition("/")
    host = parts[0].rpartition("@")[2].partition(":")[0]
    if any(host == one or host.endswith("." + one) for one in hosts):
        return True
    return parts[2].partition("?")[0].endswith(".pdf") and bool(claim.authors)


@lru_cache(maxsize=1)
def _table() -> tuple[frozenset[str], tuple[str, ...]]:
    """Types of no papers, and hosts of papers (``plan.toml``)."""
    import tomllib

    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return frozenset(table["no-papers"]), tuple(table["hosts-of-papers"])


def fits(claim: Claim, record: Record) -> bool:
    """True where a record may well be what a claim means: enough to ask no further, never enough to match.

    Most words of the titles are the same, and the claim's authors, if any, share a family name with the record's;
    a claim without title fits everything.
    """
    from ..normalize.text import fold

    claimed, stated = set(fold(claim.title).split()), set(fold(record.title).split())
    if not claimed:
        return True
    same = len(claimed & stated)
    if same < 0.8 * len(claimed) or (same < 0.8 * len(stated) and same < 6):
        return False
    families = [
        {fold(name.full_family).rpartition(" ")[2] for name in names}
        for names in (claim.authors, record.authors)
    ]
    return not families[0] or not families[1] or not families[0].isdisjoint(families[1])


def same_id(claim: Claim, record: Record) -> bool:
    """True where a record has an identifier that a claim states."""
    from ..normalize.identified import has_identifier, identifiers_of

    return any(has_identifier(record.csl, *one) for one in identifiers_of(claim.csl))


def _links(every: Sequence[_Open], services: Sequence[Asked], judge: Judge) -> None:
    """Ask for what the records name; of a work that is known in print for little more than the publisher's own word."""

    def linked(one: _Open, service: Asked) -> list[Request]:
        known = one.known == Known.PUBLISHED
        return service.linked(one.claim, one.fitting, known)

    _round([one for one in every if one.fitting], services, linked, judge)


def _round(
    open_ones: Sequence[_Open],
    services: Sequence[Asked],
    questions: Callable[[_Open, Asked], list[Request]],
    judge: Judge,
) -> bool:
    """Ask every service its questions about these references, side by side; False where there were none.

    What a service could not be asked is then asked of the one that stands in for it.
    """
    if not _ask(open_ones, services, questions):
        return False
    doors = [service for service in services if service.instead_of]

    def unasked(one: _Open, service: Asked) -> bool:
        answer = one.answers.get(service.instead_of)
        return answer is not None and answer.kind == "unknown"

    def instead(one: _Open, service: Asked) -> list[Request]:
        return service.instead(one.claim) if unasked(one, service) else []

    if doors:
        _ask(open_ones, doors, instead)
    for door in doors:
        for one in open_ones:
            said = one.answers.get(door.name)
            if unasked(one, door) and said is not None and said.kind != "unknown":
                del one.answers[door.instead_of]
    for one in open_ones:
        if one.fresh:
            one.fitting += [r for r in one.fresh if fits(one.claim, r) or same_id(one.claim, r)]
            one.known, one.fresh = judge(one.place, one.fresh), []
    return True


def _ask(
    open_ones: Sequence[_Open],
    services: Sequence[Asked],
    questions: Callable[[_Open, Asked], list[Request]],
) -> bool:
    """Put questions to services, side by side, and hear the answers; False where there were none."""
    asked: list[tuple[Asked, list[tuple[_Open, Request]]]] = []
    for service in services:
        rows = [(one, r) for one in open_ones for r in questions(one, service) if one.question(r)]
        if rows:
            asked.append((service, rows))
    for (_, rows), answers in zip(asked, _side_by_side(asked), strict=True):
        for (one, _), answer in zip(rows, answers, strict=True):
            one.hear(answer)
    return bool(asked)


def _side_by_side(
    asked: Iterable[tuple[Asked, list[tuple[_Open, Request]]]],
) -> list[list[Answer]]:
    """The answers of each service to its requests; one that is alone needs no thread."""
    jobs = [(service, [request for _, request in rows]) for service, rows in asked]
    if len(jobs) < 2:
        return [service.ask_all(requests) for service, requests in jobs]
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(lambda job: job[0].ask_all(job[1]), jobs))
