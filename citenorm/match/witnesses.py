"""A record and a field in, how far its source can be trusted with it out.

Measured where that could be (``witnesses.toml``, made by ``bench/matching/witnesses.py``): how often a source stands alone with a
value where two others or more agree.  ``makers.toml`` says what nobody can count: who copies whom, and who is a publisher.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from ..model import Record, custom_of
from ..normalize.preprint import is_preprint
from ..normalize.venues import find_venue

SURE = 0.975
"""Least share of right values with which a source corrects, alone, what a reference states."""
ENOUGH = 30
"""So often a source must have been held against others to count as measured."""
EVERY = "every source"
"""The row of all sources together."""
_MEASURED = {
    "title": "title",
    "author": "roster",
    "editor": "roster",
    "translator": "roster",
    "issued": "year",
    "container-title": "venue",
    "volume": "volume",
    "issue": "volume",
    "number": "volume",
    "page": "page",
    "publisher": "publisher",
    "collection-title": "volume",
    "DOI": "identifier",
    "ISBN": "identifier",
    "custom.arxiv": "identifier",
}
"""CSL fields, and what is measured of them; the rest goes by all fields of the source together."""
_KEY_OF_INDEX = re.compile(r"(?:conf|journals|books|series|phd|reference)/[^/]+/")
"""How the keys of DBLP begin, in whatever collection its records came."""


@dataclass(frozen=True, slots=True)
class Makers:
    """``copies``, ``like``: source → the one that it is a copy of, or made like; ``own``, ``deposited``: publishers;
    ``damaged``: source → (kind of identifier, first and last year); ``without_doi``: venue whose papers have no DOIs → first and last year; ``by_title``: who takes DOIs for them all the same; ``with_conference``: who lists papers of workshops under the conference; ``with_submissions``: who lists what was only submitted there
    too; ``listed``: source → (venue, first and last year) of conferences with whose papers it lists those of their workshops; ``ends``:
    source, or one bibliography of it, → the length at which it ends lists of people; ``one_issue``: journals of which indexes have no issue but
    the first; ``assumed``: shares."""

    copies: Mapping[str, str]
    like: Mapping[str, str]
    own: frozenset[str]
    deposited: frozenset[str]
    damaged: Mapping[str, tuple[tuple[str, int, int], ...]]
    without_doi: Mapping[str, tuple[int, int]]
    by_title: frozenset[str]
    with_conference: frozenset[str]
    with_submissions: frozenset[str]
    listed: Mapping[str, tuple[tuple[str, int, int], ...]]
    ends: Mapping[str, int]
    one_issue: frozenset[str]
    own_names: frozenset[str]
    assumed: Mapping[str, float]


@cache
def makers() -> Makers:
    data = tomllib.loads(files(__package__).joinpath("makers.toml").read_text(encoding="utf-8"))
    publishers = data["publishers"]
    return Makers(
        data["copies"],
        data["like"],
        frozenset(publishers["own"]),
        frozenset(publishers["deposited"]),
        _stretches(data["damaged"]),
        data["without_doi"]["venues"],
        frozenset(data["without_doi"]["by_title"]),
        frozenset(data["workshops"]["with_conference"]),
        frozenset(data["workshops"]["with_submissions"]),
        _stretches(data["workshops"]["listed"]),
        data["people"]["ends"],
        frozenset(data["issues"]["one"]),
        frozenset(data["venues"]["own_names"]),
        data["assumed"],
    )


def _stretches(table: Mapping[str, Any]) -> dict[str, tuple[tuple[str, int, int], ...]]:
    return {source: tuple(map(tuple, rows)) for source, rows in table.items()}


@cache
def _table() -> Mapping[str, Mapping[str, tuple[int, int, float]]]:
    """Source → what is measured → how often held against others, how often alone, the least share that is right (0–1)."""
    return tomllib.loads(files(__package__).joinpath("witnesses.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=8192)
def maker(ident: str, dblp: bool = False, source: str = "") -> str:
    """Who made a record, by its id and its ``source``, where that is another one: records of DBLP are DBLP's in whatever collection they
    came; ``dblp``: it says so itself."""
    prefix, _, key = ident.partition(":")
    source, table = source or prefix, makers()
    source = table.like.get(source, table.copies.get(source, source))
    if source in table.own or source in table.deposited:
        return source
    return "dblp" if dblp or _KEY_OF_INDEX.match(key) else source


def maker_of(record: Record) -> str:
    return maker(record.id, bool(custom_of(record.csl).get("dblp")), record.source)


def distance(record: Record) -> int:
    """How far the record is from the publisher: 0 its own, 1 deposited by it, 2 somebody else's."""
    source, table = record.source or record.id.partition(":")[0], makers()
    return 0 if source in table.own else 1 if source in table.deposited else 2


def is_publisher(record: Record) -> bool:
    """The record is the publisher's own, or was deposited by it."""
    return distance(record) < 2


def vouched(bearing: Collection[Record]) -> bool:
    """Whether the word of the records that have a value is more than one record's: the publisher is among them, or two makers are."""
    return any(map(is_publisher, bearing)) or len(set(map(maker_of, bearing))) > 1


def vouched_spelling(bearing: Collection[Record]) -> bool:
    """The same of how a name is spelled, where publishers slip like others: those that were counted are taken at their count."""
    if len(set(map(maker_of, bearing))) > 1:
        return True
    return any(is_publisher(r) and _measured(maker_of(r), "spelling") >= SURE for r in bearing)


def _measured(source: str, what: str) -> float:
    """The least share of right values that was counted of a source; 1 of one that was not held against others often enough."""
    of, _, share = _table().get(source, {}).get(what, (0, 0, 1.0))
    return share if of >= ENOUGH else 1.0


def names_venues(record: Record) -> bool:
    """The record's source has names of its own for venues, one for all years."""
    return (record.source or record.id.partition(":")[0]) in makers().own_names


def tells_workshops(record: Record) -> bool:
    """The record's source tells the papers of a workshop from those of the conference that it was held with."""
    return maker_of(record) not in makers().with_conference


def is_damaged(record: Record, kind: str) -> bool:
    """The record stands in a stretch of its source in which the identifiers of a kind ("openreview") are known to be wrong."""
    return _within(record, kind, makers().damaged)


def damaged_at(ident: str, year: int | None, venue: str, field: str) -> bool:
    """The same of a CSL field at one venue, by the record's id, its year and its container."""
    at = _damaged_venues(ident.partition(":")[0], year or 0, field)
    found = find_venue(venue) if at else None
    return found is not None and found.venue.id in at


@lru_cache(maxsize=4096)
def _damaged_venues(source: str, year: int, field: str) -> frozenset[str]:
    """The ids of the venues at which a field is wrong in a source's records of a year."""
    table = makers()
    wrong = [
        kind.partition(" ")[2]
        for kind, first, last in table.damaged.get(source, ())
        if first <= year <= last and kind.startswith(f"{field} ")
    ]
    if field == "DOI" and source in table.by_title:
        wrong += _without_dois(year)
    return frozenset(wrong)


@lru_cache(maxsize=256)
def _without_dois(year: int) -> frozenset[str]:
    """The ids of the venues whose papers of a year have no DOIs."""
    venues = makers().without_doi
    return frozenset([venue for venue, (first, last) in venues.items() if first <= year <= last])


def has_no_dois(year: int | None, venue: str) -> bool:
    """The papers of a venue, by its name, have no DOIs in that year."""
    without = _without_dois(year or 0)
    found = find_venue(venue) if without else None
    return found is not None and found.venue.id in without


def _within(
    record: Record, name: str, table: Mapping[str, tuple[tuple[str, int, int], ...]]
) -> bool:
    """The record's source has a stretch of that name in which its year lies."""
    stretches = table.get(record.source or record.id.partition(":")[0], ())
    year = record.year or 0
    return any(name == of and first <= year <= last for of, first, last in stretches)


def torn_pages(ident: str, pages: str) -> bool:
    """What is left of "10:1-10:38" in a record of an index that writes all last pages out: the number of the article, and its page 1."""
    return bool(_TORN.fullmatch(pages)) and maker(ident) == "dblp"


_TORN = re.compile(r"\d{2,4}-1")


def ends_short(ident: str, people: int) -> bool:
    """A list of so many people, in the record of that id, is as long as those that its source ends: nobody knows whether it goes on."""
    ends = makers().ends
    if people not in ends.values():
        return False
    return people in (ends.get(ident.rpartition("/")[0]), ends.get(ident.partition(":")[0]))


def tells_submissions(records: Sequence[Record], venue: str = "") -> bool:
    """One of the records' sources tells the papers of a conference (``venue``: its id) from those that were only submitted to it, or given at
    its workshop, in that year."""
    table = makers()
    said = {maker_of(r) for r in records if not _within(r, venue, table.listed)}
    return not said <= table.with_submissions


def reliability(record: Record, field: str = "") -> float:
    """The share (0–1) of values of a CSL field that are right in the record's source, at the least; without a field, of all fields."""
    return _reliability(maker_of(record), _MEASURED.get(field, "all"))


@lru_cache(maxsize=512)
def _reliability(source: str, what: str) -> float:
    table, rows = makers(), _table().get(source, {})
    if source in table.own or source in table.deposited:
        return table.assumed["publisher"]
    least = {name: share for name, (of, _, share) in rows.items() if of >= ENOUGH}
    if what in least:
        return least[what]
    if "all" in least:
        return min(least["all"], _table()[EVERY].get(what, (0, 0, 1.0))[2])
    return table.assumed.get(source, table.assumed["other"])


def completes(record: Record, field: str) -> bool:
    """Whether the record's word alone is enough for what a reference says nothing of: it is the publisher's or the e-print's own, or that of a source of
    which nothing is measured, or one that was held against others in this field often enough, and is right as often as to correct alone."""
    rows = _counted(record)
    of = rows.get(_MEASURED.get(field, "all"), (0, 0, 0.0))[0]
    own = is_publisher(record) or is_preprint(record.csl) or not rows
    return own or (of >= ENOUGH and reliability(record, field) >= SURE)


def is_counted(record: Record) -> bool:
    """Whether the record's source itself was held against others: not one of the user's own."""
    return bool(_counted(record))


def _counted(record: Record) -> Mapping[str, tuple[int, int, float]]:
    like = (record.source or record.id.partition(":")[0]) in makers().like
    return {} if like else _table().get(maker_of(record), {})


def corrects(record: Record, field: str) -> bool:
    """Whether the record may correct alone what a reference states of a field."""
    return is_preprint(record.csl) or reliability(record, field) >= SURE
