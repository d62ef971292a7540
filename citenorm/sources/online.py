"""The online sources: the table of services, and claims → Answers from each of them under one HTTP policy."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ..model import Answer, Claim, Record
from .arxiv import ARXIV
from .cache import Reply
from .crossref import CROSSREF
from .http import Client, Policy, Request
from .service import Batch, Service

ONLINE: tuple[Service, ...] = (CROSSREF, ARXIV)
"""Every online source; a new one is one module with a Service, and one row here."""

Fits = Callable[[Claim, Record], bool]


def plan(claim: Claim, services: Sequence[Service] = ONLINE) -> list[str]:
    """The names of the services to ask about a claim, the most promising first; none that has nothing to go by."""
    ranked = sorted(
        (-service.suits(claim), place, service.name) for place, service in enumerate(services)
    )
    return [name for weight, _, name in ranked if weight < 0]


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


@dataclass(slots=True)
class OnlineSource:
    """One service, ready to be asked; ``name`` for programs, ``title`` for people."""

    service: Service
    client: Client
    base: str
    name: str = ""
    title: str = ""

    def __post_init__(self) -> None:
        self.name, self.title = self.service.name, self.service.title

    def ask(self, claim: Claim, fits: Fits = fits) -> Answer:
        """What the service says about a claim: every record it showed, or why it could not be asked.

        Asks in the service's order and stops at the first answer with a record that ``fits``.
        """
        found: dict[str, Record] = {}
        asked = False
        for request in self.service.requests(claim, self.base):
            asked = True
            answer = self._ask(request)
            found |= {record.id: record for record in answer.records}
            if answer.kind == "unknown":
                return Answer(self.name, "unknown", tuple(found.values()), answer.reason)
            fitting = tuple(
                record
                for record in found.values()
                if fits(claim, record) or _same_id(claim, record)
            )
            if any(fits(claim, record) for record in fitting):
                break
        if not asked:
            return Answer(
                self.name,
                "unknown",
                reason=f"{self.title} was not asked: the reference says too little",
            )
        for request in self.service.follow(claim, fitting, self.base) if fitting else ():
            found |= {record.id: record for record in self._ask(request).records}
        return Answer(self.name, "found" if found else "none", tuple(found.values()))

    def versions(self, record: Record) -> Answer:
        """The other versions that a record, of whatever source, names and this service holds."""
        found: dict[str, Record] = {}
        for request in self.service.versions(record, self.base):
            answer = self._ask(request)
            found |= {r.id: r for r in answer.records}
            if answer.kind == "unknown":
                return Answer(self.name, "unknown", tuple(found.values()), answer.reason)
        return Answer(self.name, "found" if found else "none", tuple(found.values()))

    def prefetch(self, claims: Iterable[Claim]) -> int:
        """Ask for the identifiers of many claims at once, so that ``ask`` finds them in the cache; the number of requests."""
        firsts: dict[str, Request] = {}
        for claim in claims:
            for request in self.service.requests(claim, self.base)[:1]:
                if self.client.known(request, self.service.read) is None:
                    firsts[request.key] = request
        batches = self.service.batches(firsts.values())
        for batch in batches:
            self._fetch(batch)
        return len(batches)

    def close(self) -> None:
        """Close the connections (shared by the sources that were opened together; may be called twice)."""
        self.client.close()

    def _ask(self, request: Request) -> Answer:
        return self.client.ask(request, self.service.read)

    def _fetch(self, batch: Batch) -> None:
        replies: list[Reply] = []

        def read(reply: Reply) -> Answer:
            answer = self.service.read(reply)
            if answer.kind == "found":
                replies.append(reply)
            return answer

        self.client.ask(batch.request, read, keep=False)
        for key, part in batch.split(replies[0]).items() if replies else ():
            if key in batch.parts:
                self.client.remember(batch.parts[key], part, self.service.read(part).kind)


def _same_id(claim: Claim, record: Record) -> bool:
    return bool(claim.doi and claim.doi == record.doi) or bool(
        claim.arxiv and claim.arxiv == record.arxiv
    )


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
    opened = []
    for service in ONLINE:
        base = (
            policy.bases.get(service.name)
            or os.environ.get(service.variable, "").strip()
            or service.base
        )
        client.set_pace(service.name, service.pace)
        opened.append(OnlineSource(service, client, base.rstrip("/")))
    return opened
