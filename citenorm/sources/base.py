"""Local catalogues and online services composed: what is at hand first, the network only where it is allowed."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from ..closing import Closing
from ..errors import CatalogueWarning, ConfigError
from ..folders import data_folder
from ..model import Answer, Claim, Record, custom_of
from .plan import Asked, Judge, look_up

if TYPE_CHECKING:
    from ..catalogue.progress import Show
    from .http import Policy, Tally


class Local(Protocol):
    """What a local catalogue answers."""

    def candidates(self, claim: Claim, limit: int = 10) -> list[Record]: ...
    def candidates_many(self, claims: Sequence[Claim], limit: int = 10) -> list[list[Record]]: ...
    def get(self, ids: Iterable[str]) -> list[Record]: ...
    def lookup(self, kind: str, value: str, limit: int = 100) -> list[Record]: ...
    def versions(self, record: Record) -> list[Record]: ...
    def info(self) -> dict[str, Any]: ...
    def close(self) -> None: ...


class Online(Asked, Protocol):
    """What a service on the network answers; ``ask_all`` never raises for what the network does."""

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Spec:
    """What local sources were opened with: enough to open them again in another process."""

    catalogues: tuple[str, ...]
    starter: bool
    installed: tuple[str, ...] = ()


class Sources(Closing):
    """Everything a claim is looked up in.  Local answers are merged in the order of the catalogues."""

    def __init__(
        self,
        catalogues: Sequence[Local] | Callable[[], Sequence[Local]],
        online: Sequence[Online] = (),
        spec: Spec | None = None,
        show: Show | None = None,
    ) -> None:
        self._opening, self._show = catalogues, show
        self.services = tuple(online)
        self.spec = spec

    @cached_property
    def catalogues(self) -> tuple[Local, ...]:
        """The local catalogues; given as a function, they are opened when they are first asked for."""
        return tuple(self._opening() if callable(self._opening) else self._opening)

    def prepare(self) -> None:
        """Make what is made at first use (the index of a data package), before several processes want it.

        A package whose index cannot be made is not asked, neither here nor by them; warns (``CatalogueWarning``).
        """
        for folder in self.spec.installed if self.spec else ():
            from ..catalogue.installed import NoIndexError, prepare

            try:
                prepare(Path(folder), self._show)
            except NoIndexError as error:
                assert self.spec is not None
                others = tuple(other for other in self.spec.installed if other != folder)
                self.spec = replace(self.spec, installed=others)
                warnings.warn(CatalogueWarning(f"{error}; it is not asked now"), stacklevel=2)

    @property
    def offline(self) -> bool:
        """True where no service on the network may be asked."""
        return not self.services

    def look_up(self, claims: Sequence[Claim], judge: Judge) -> list[tuple[Answer, ...]]:
        """What the services say about each claim of a document, asked by one plan until ``judge`` knows enough of it."""
        return look_up(claims, self.services, judge)

    def asked(self) -> list[tuple[str, Tally]]:
        """Title and counts of every service of this run."""
        return [
            (getattr(service, "title", service.name), client.tally(service.name))
            for service in self.services
            if (client := getattr(service, "client", None)) is not None
        ]

    def local(self, claim: Claim, limit: int = 10) -> list[Record]:
        """Candidates of all catalogues, each catalogue's best first; a record id counts once, the first catalogue's."""
        if len(self.catalogues) == 1:
            return self.catalogues[0].candidates(claim, limit)
        return _merged(catalogue.candidates(claim, limit) for catalogue in self.catalogues)

    def local_many(self, claims: Sequence[Claim], limit: int = 10) -> list[list[Record]]:
        """``local`` for every claim, in order."""
        if len(self.catalogues) == 1:
            return self.catalogues[0].candidates_many(claims, limit)
        answers = [catalogue.candidates_many(claims, limit) for catalogue in self.catalogues]
        return (
            [_merged(each) for each in zip(*answers, strict=True)]
            if answers
            else [[] for _ in claims]
        )

    def get(self, ids: Iterable[str]) -> list[Record]:
        """Records by id, from the first catalogue that has each."""
        found = []
        for ident in ids:
            found += next(
                (got for catalogue in self.catalogues if (got := catalogue.get([ident]))), []
            )
        return found

    def lookup(self, kind: str, value: str) -> list[Record]:
        """Records of all catalogues by an exact key (``doi arxiv isbn pmid acl openreview dblp id title``)."""
        return _merged(catalogue.lookup(kind, value) for catalogue in self.catalogues)

    def versions(self, record: Record) -> list[Record]:
        """Other records of the same work: each catalogue's own links, and across catalogues identifiers and stated relations."""
        found = {record.id: record}
        for catalogue in self.catalogues:
            here = catalogue.versions(record)
            if len(self.catalogues) > 1:
                from ..catalogue.link import same_work

                for other in [record, *found.values(), *here]:
                    for kind, value in _named(other):
                        for same in catalogue.lookup(kind, value):
                            if same.id not in found and same_work(other.csl, same.csl):
                                here += [same, *catalogue.versions(same)]
            for other in here:
                found.setdefault(other.id, other)
        del found[record.id]
        return list(found.values())

    @cached_property
    def coverage(self) -> Any:
        """How complete the local catalogues are, by venue and year; None where none of them can tell."""
        told = [
            table
            for catalogue in self.catalogues
            if (table := getattr(catalogue, "coverage", None)) is not None
        ]
        return told[0] if len(told) == 1 else _Coverages(told) if told else None

    def info(self) -> list[dict[str, Any]]:
        return [catalogue.info() for catalogue in self.catalogues]

    def close(self) -> None:
        if not callable(self._opening) or "catalogues" in self.__dict__:
            for catalogue in self.catalogues:
                catalogue.close()
        for service in self.services:
            service.close()


class _Coverages:
    """The tables of several catalogues as one: what one of them holds is held."""

    def __init__(self, tables: Sequence[Any]) -> None:
        self._tables = tuple(tables)
        self.newest = max(table.newest for table in tables)
        self.registrants = max(table.registrants for table in tables)

    def share(self, venue: str, year: int) -> float:
        return float(max(table.share(venue, year) for table in self._tables))

    def registered(self, doi: str) -> int:
        return sum(table.registered(doi) for table in self._tables)

    def volume(self, doi: str) -> str:
        return next((venue for table in self._tables if (venue := table.volume(doi))), "")


def _named(record: Record) -> list[tuple[str, str]]:
    """Kind and value of the identifiers under which versions of a record may stand: its own, and those it names."""
    target = str(custom_of(record.csl).get("version-of") or "")
    kind = "arxiv" if target.startswith("arXiv:") else "doi" if target.startswith("10.") else "id"
    return [(k, v) for k, v in (("doi", record.doi), ("arxiv", record.arxiv), (kind, target)) if v]


def _merged(answers: Iterable[list[Record]]) -> list[Record]:
    """Lists of records one after the other by rank: the best of each, then the second of each …; an id once."""
    lists = list(answers)
    found: dict[str, Record] = {}
    for rank in range(max(map(len, lists), default=0)):
        for one in lists:
            if rank < len(one):
                found.setdefault(one[rank].id, one[rank])
    return list(found.values())


def default_catalogue() -> Path:
    """Where a person's own catalogue is looked for."""
    return data_folder() / "catalogue"


LARGE = 1_000_000
"""Catalogues of so many records in all need nothing beside them: their own count of what they hold of a venue tells what there is."""


def fetched_folder(name: str) -> Path:
    """Where the catalogue of a fetched dump is kept, beside the person's own."""
    return default_catalogue().parent / "fetched" / name


def users_catalogues() -> list[Path]:
    """The person's own catalogue, of one piece or in shards, then those of fetched dumps, as far as they are there."""
    own = default_catalogue()
    try:
        beside = sorted(fetched_folder("x").parent.glob("*/catalogue.json"))
        shards = [own] * any(own.glob("shard-*-of-*/catalogue.json"))
    except OSError:  # a folder that may not be read
        beside, shards = [], []
    whole = [path.parent for path in (own / "catalogue.json", *beside) if os.path.exists(path)]
    return whole if own in whole else shards + whole


def open_sources(
    *, offline: bool = False, catalogues: Iterable[str | os.PathLike[str]] = (), only: bool = False,
    starter: bool | None = None, installed: bool | None = None, user: bool | None = None,
    mailto: str | None = None, policy: Policy | None = None, show: Show | None = None,
) -> Sources:  # fmt: skip
    """Open what claims are looked up in.

    ``catalogues``: directories, asked first, in order.  Beside them are asked the user's own catalogue and fetched dumps, the data packages that are
    installed, and the built-in starter; not with ``only``, nor beside catalogues of ``LARGE`` records or more, which hold what those
    hold.  ``user``, ``installed`` and ``starter`` say of each whether it is asked, whatever else is said.  ``offline``: no service on the network.  ``mailto`` is told to the services; ``policy`` is how
    the network is used (default: the user's).  ``show`` is told how far the index of a data package is, at its first use.
    """
    named = [Path(path) for path in catalogues]
    if only and not named:
        raise ConfigError("only the named catalogues are to be asked, and none is named")
    alone = bool(named) and (only or _large(named))
    if user if user is not None else not alone:
        named += users_catalogues()
    _held(named)
    online: Sequence[Online] = ()
    if not offline:
        from .http import Policy
        from .online import open_online

        online = open_online(policy or Policy.of_user(mailto=mailto))
    spec = Spec(
        tuple(map(str, named)),
        starter if starter is not None else not alone,
        _installed() if (installed if installed is not None else not alone) else (),
    )

    def opening() -> list[Local]:
        sources.prepare()
        assert sources.spec is not None
        return _open_local(sources.spec)

    sources = Sources(opening, online, spec, show)
    return sources


def _held(folders: Iterable[Path]) -> int:
    """Records of these catalogues.  Raises CatalogueError for what is none."""
    from ..catalogue.layout import parts, read_manifest

    return sum(read_manifest(part).records for folder in folders for part in parts(folder))


def _large(folders: Iterable[Path]) -> bool:
    return _held(folders) >= LARGE


def _installed() -> tuple[str, ...]:
    from ..catalogue.installed import installed

    return tuple(map(str, installed()))


def _open_local(spec: Spec) -> list[Local]:
    opened: list[Local] = []
    if spec.catalogues:
        from ..catalogue import Catalogue

        opened += Catalogue.open_all(spec.catalogues)
    if spec.installed:
        from ..catalogue.installed import open_installed

        opened += [open_installed(Path(folder)) for folder in spec.installed]
    if spec.starter:
        from ..catalogue.memory import starter

        opened.append(starter())
    return opened


def reopen(spec: Spec) -> Sources:
    """The local sources of a Spec, open, without any service."""
    return Sources(partial(_open_local, spec), (), spec)
