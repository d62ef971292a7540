"""The online sources: the table of services; requests → Answers from each of them under one HTTP policy."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from ..errors import ConfigError
from ..model import Answer, Claim, Record
from .acl import ACL
from .arxiv import ARXIV
from .cache import Reply
from .crossref import CROSSREF
from .datacite import DATACITE
from .dblp import DBLP
from .doi import DOI
from .europepmc import EUROPEPMC
from .http import Client, Policy, Request
from .openalex import OPENALEX
from .openlibrary import OPENLIBRARY
from .pubmed import PUBMED
from .rfc import RFC
from .semanticscholar import SEMANTICSCHOLAR
from .service import Batch, Service

ONLINE: tuple[Service, ...] = (
    CROSSREF, ARXIV, DATACITE, SEMANTICSCHOLAR, OPENALEX, DBLP, OPENLIBRARY, EUROPEPMC, PUBMED, RFC, ACL, DOI,
)  # fmt: skip
"""Every online source; a new one is one module with a Service, and one row here."""
GROUP = "citenorm.sources"
"""The entry points by which other packages bring a Service."""
WIDEST = 5
"""Requests to one service that may wait for an answer at a time, where its pace allows several."""


@dataclass(slots=True)
class OnlineSource:
    """One service, ready to be asked; ``name`` for programs, ``title`` for people."""

    service: Service
    client: Client
    base: str
    name: str = ""
    title: str = ""
    joins: int = 1
    deposited: bool = False
    extra: bool = False
    late: bool = False
    knows_versions: bool = False
    instead_of: str = ""

    def __post_init__(self) -> None:
        service = self.service
        self.name, self.title = service.name, service.title
        self.joins, self.deposited = service.joins, service.deposited
        self.extra, self.late = service.extra, service.late
        self.knows_versions, self.instead_of = service.knows_versions, service.instead_of

    # ------------------------------------------------------------ questions
    def suits(self, claim: Claim) -> float:
        """How well the service suits a claim by its words, 0 (do not ask) to 1 (ask first)."""
        return self.service.suits(claim)

    def by_identifier(self, claim: Claim) -> list[Request]:
        """Lookups of the identifiers that a claim states."""
        return self.service.by_identifier(claim, self.base)

    def by_title(self, claim: Claim) -> list[Request]:
        """What to ask by the words of a claim."""
        return self.service.by_title(claim, self.base)

    def instead(self, claim: Claim) -> list[Request]:
        """What to ask about a claim where the service that this one stands in for could not be asked."""
        return self.service.instead(claim, self.base)

    def linked(self, claim: Claim, records: Sequence[Record], known: bool) -> list[Request]:
        """What these records, which may well be what the claim means, name, and this service holds.

        ``known``: the published version is; other versions are then asked of the publishers' own service alone.
        """
        own = tuple(r for r in records if r.source == self.name)
        found = self.service.follow(claim, own, self.base) if own else []
        if known and not self.deposited:
            return found
        return found + [request for r in records for request in self.service.versions(r, self.base)]

    # ------------------------------------------------------------ answers
    def ask_all(self, requests: Sequence[Request]) -> list[Answer]:
        """The answer to each request, in order: from the cache, else joined where the service joins, at its pace."""
        found: dict[str, Answer] = {}
        open_ones: dict[str, Request] = {}
        for request in requests:
            known = self.client.known(request, partial(self._said, request))
            if known is None:
                open_ones[request.key] = request
            elif request.key not in found:
                found[request.key] = known
                self.client.tally(self.name).cached += 1
        found |= self._ask_joined(list(open_ones.values()))
        return [found[request.key] for request in requests]

    def ask(self, claim: Claim) -> Answer:
        """What the service alone says about a claim: every record it showed, or why it could not be asked."""
        from .plan import Known, fits, look_up

        def judge(_: int, records: Sequence[Record]) -> Known:
            return Known.PUBLISHED if any(fits(claim, r) for r in records) else Known.NOTHING

        answers = look_up([claim], [self], judge)[0]
        told = f"{self.title} was not asked: the reference says too little"
        return answers[0] if answers else Answer(self.name, "unknown", reason=told)

    def versions(self, record: Record) -> Answer:
        """The other versions that a record, of whatever source, names and this service holds."""
        answers = self.ask_all(self.service.versions(record, self.base))
        found = {r.id: r for answer in answers for r in answer.records}
        unknown = next((answer for answer in answers if answer.kind == "unknown"), None)
        if unknown is not None:
            return replace(unknown, records=tuple(found.values()))
        return Answer(self.name, "found" if found else "none", tuple(found.values()))

    def close(self) -> None:
        """Close the connections (shared by the sources that were opened together; may be called twice)."""
        self.client.close()

    def _ask(self, request: Request) -> Answer:
        return self.client.ask(request, partial(self._said, request))

    def _said(self, request: Request, reply: Reply) -> Answer:
        """What a reply says to a request; to a lookup only records that have the identifier that was looked up are an answer.

        One that is about other works alone is ``unknown``: neither is such a work what was meant, nor is there none.
        """
        answer = self.service.read(reply)
        if request.about is None or not answer.records:
            return answer
        from ..normalize.identified import has_identifier

        own = tuple(r for r in answer.records if has_identifier(r.csl, *request.about))
        if not own:
            told = f"{self.title} answered about another work"
            return Answer(self.name, "unknown", reason=told)
        return replace(answer, records=own)

    def _ask_joined(self, requests: Sequence[Request]) -> dict[str, Answer]:
        """Answers by key of requests that the cache does not know."""
        found: dict[str, Answer] = {}
        batches = self.service.batches(requests) if len(requests) > 1 else []
        for batch in batches:
            found |= self._ask_batch(batch)
        joined = {part.key for batch in batches for part in batch.parts.values()}
        alone = [request for request in requests if request.key not in joined]
        if len(alone) < 2:
            answers = [self._ask(request) for request in alone]
        else:
            from concurrent.futures import ThreadPoolExecutor

            with ThreadPoolExecutor(min(len(alone), WIDEST)) as pool:
                answers = list(pool.map(self._ask, alone))
        return found | dict(zip((request.key for request in alone), answers, strict=True))

    def _told(
        self, batch: Batch, whole: Answer, split: Mapping[str, Reply]
    ) -> dict[str, tuple[Reply, Answer]]:
        """The replies to the parts of a batch and what they say, as far as they can be believed.

        A list with works that nobody looked up may be the answer to another question: what it lacks may be there.
        """
        held = {key: (split[key], part) for key, part in batch.parts.items() if key in split}
        read = {key: (reply, self._said(part, reply)) for key, (reply, part) in held.items()}
        said = {key: pair for key, pair in read.items() if pair[1].kind != "unknown"}
        own = {record.id for _, answer in said.values() for record in answer.records}
        if batch.asks_for_identifiers and any(record.id not in own for record in whole.records):
            return {key: pair for key, pair in said.items() if pair[1].kind == "found"}
        return said

    def _ask_batch(self, batch: Batch) -> dict[str, Answer]:
        """Answers by key of the parts of a batch; what its reply leaves open is asked again in halves."""
        told: dict[str, tuple[Reply, Answer]] = {}

        def read(reply: Reply) -> Answer:
            answer = self.service.read(reply)
            if answer.kind == "unknown":
                return answer
            told.clear()
            told.update(self._told(batch, answer, batch.split(reply)))
            if answer.records and batch.asks_for_identifiers and not told:
                return Answer(self.name, "unknown", reason=f"{self.title} answered about other works")  # fmt: skip
            return answer

        self.client.ask(batch.request, read, keep=False)
        found: dict[str, Answer] = {}
        for key, (reply, answer) in told.items():
            self.client.remember(batch.parts[key], reply, answer.kind)
            found[batch.parts[key].key] = answer
        rest = [part for part in batch.parts.values() if part.key not in found]
        half = (len(rest) + 1) // 2
        for some in (rest[:half], rest[half:]):
            if some:
                found |= self._ask_joined(some)
        return found


def open_online(
    policy: Policy | None = None,
    *,
    client: Client | None = None,
    offline: bool = False,
    mailto: str | None = None,
) -> list[OnlineSource]:
    """Every service of the table, ready to be asked under one policy; nothing is sent before the first question.

    Without a ``policy`` it is the one of this machine's user, with ``offline`` and ``mailto`` as given.  A service's
    address is the policy's, else that of its environment variable, else its own.
    """
    policy = policy or (
        client.policy if client is not None else Policy.of_user(offline=offline, mailto=mailto)
    )
    client = client or Client(policy)
    services = every_service()
    unknown = sorted(
        (policy.without | {name.partition("/")[0] for name in policy.paces})
        - {service.name for service in services}
    )
    if unknown:
        names = ", ".join(service.name for service in services)
        raise ConfigError(f"no online service {unknown[0]!r} (there are {names})")
    opened = []
    doors = {service.instead_of for service in services if service.name not in policy.without}
    for service in services:
        if service.name in policy.without:
            continue
        base = (
            policy.bases.get(service.name)
            or os.environ.get(service.variable, "").strip()
            or service.base
        )
        client.set_pace(service.name, service.pace)
        for lane, pace in service.lanes.items():
            client.set_pace(service.name, pace, lane)
        if service.extra or service.name in doors:
            client.set_patience(service.name, 1 if service.extra else 2)
        if service.key:
            client.set_key(service.name, service.key, os.environ.get(key_variable(service), ""))
        opened.append(OnlineSource(service, client, base.rstrip("/")))
    return opened


def key_variable(service: Service) -> str:
    """The environment variable with the user's key of a service."""
    return f"CITENORM_{service.name.upper()}_KEY"


def every_service() -> tuple[Service, ...]:
    """The services of the table, and those that other packages bring by an entry point of the group ``citenorm.sources``.

    Raises ConfigError, with the name of the entry point, for one that cannot be loaded, is no Service, or has a name that is taken.
    """
    from importlib.metadata import entry_points

    found = list(ONLINE)
    for point in entry_points(group=GROUP):
        try:
            service = point.load()
        except Exception as error:
            raise ConfigError(f"the source {point.name} ({point.value}) cannot be loaded: {type(error).__name__}: {error}") from error  # fmt: skip
        if not isinstance(service, Service):
            raise ConfigError(f"the source {point.name} ({point.value}) is no citenorm.sources.service.Service")  # fmt: skip
        if any(service.name == one.name for one in found):
            raise ConfigError(f"the source {point.name} ({point.value}) has a name that is taken: {service.name}")  # fmt: skip
        found.append(service)
    return tuple(found)
