"""Records in as they stream by, a small table out: how much of each venue and year the catalogue holds.

Nothing outside says how many papers a conference had.  But where two sources list one venue and year, what
share of the one's titles the other has too tells how complete the other is (the estimate of Lincoln and Petersen,
as for fish that are caught, marked and caught again); where only one source lists it, the source is trusted as
far as it was complete in the other years of that venue, if its count is in line with theirs.  Where the papers of a
volume are numbered, the numbers are a listing of their own: one without gaps is held whole.
"""

from __future__ import annotations

import json
import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from statistics import median
from typing import Any
from zlib import crc32

from ..model import Csl, custom_of, year_of
from ..normalize.text import squash
from ..normalize.venues import find_venue

FILE = "coverage.json"
TRUSTED = 20
"""So many venues and years, listed by others as well, tell how complete the lists of a source usually are."""
LEAST = 12
"""A source with fewer titles of a venue and year is no list of it."""
VOLUME = 8
"""So many records whose DOIs begin alike, all of one venue, tell what the rest of that beginning stands for."""

_VOLUME = re.compile(r"(10\.\d{4,9}/(?=\S*\d)\S{5,})[._-][^._\-\s]+$")


_NUMBERED = re.compile(r"(\d{4}\.[a-z\d]+-[a-z\d]+)\.(\d{1,4})|([A-VX-Z]\d\d-\d)(\d{3})", re.I)
"""Identifiers of the ACL Anthology, new and old: the volume, and the number of the paper in it."""

Noted = tuple[str, str, int, int, str, str]
"""What is noted of a record: source, known venue, year (0: none), a hash of the title, DOI, number in the Anthology; "" where there is none."""

_VENUES: dict[str, str] = {}


def note(csl: Csl, joined: str = "") -> Noted:
    """What the table needs to know of a record; ``joined``: its title, squashed, where that was done."""
    stated, doi, venue = csl.get("container-title"), csl.get("DOI"), ""
    if isinstance(stated, str) and csl.get("type") != "article":
        known = _VENUES.get(stated)
        venue = _VENUES[stated] = venue_key(stated) if known is None else known
    stated_doi = doi.lower() if isinstance(doi, str) and doi.startswith("10.") else ""
    source = str(csl.get("id") or "").partition(":")[0]
    return (
        source,
        venue,
        year_of(csl) or 0,
        crc32((joined or squash(str(csl.get("title") or ""))).encode()),
        stated_doi,
        str(custom_of(csl).get("acl") or "") if venue else "",
    )


def numbered(identifier: str) -> tuple[str, int] | None:
    """The volume that an identifier of the ACL Anthology names, and the number of the paper there: "2021.acl-long.7", "P19-1007"."""
    found = _NUMBERED.fullmatch(identifier)
    return (found[1] or found[3], int(found[2] or found[4])) if found else None


def volume_of(doi: str) -> str:
    """What the DOIs of one volume have in common ("10.1145/3706598" of "10.1145/3706598.3713797"); "" where the DOI tells none."""
    found = _VOLUME.match(doi)
    return found[1] if found else ""


class Tally:
    """Counts titles by venue, year and source."""

    def __init__(self) -> None:
        self._titles: dict[tuple[str, int], dict[str, array[int]]] = defaultdict(
            lambda: defaultdict(lambda: array("I"))
        )
        self._prefixes: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        self._everything: dict[str, array[int]] = defaultdict(lambda: array("I"))
        self._volumes: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        self._numbers: dict[tuple[str, int, str], dict[str, set[int]]] = defaultdict(
            lambda: defaultdict(set)
        )
        self._newest = 0
        self._last: dict[str, int] = {}

    def extend(self, noted: Iterable[Noted]) -> None:
        """Count some records."""
        for source, venue, year, title, doi, identifier in noted:
            prefix = doi.partition("/")[0]
            if prefix:
                self._prefixes[prefix][venue] += 1
                if volume := volume_of(doi):
                    self._volumes[volume][venue] += 1
            if not year:
                continue
            self._newest = max(self._newest, year)
            self._everything[source].append(title)
            if venue:
                self._titles[venue, year][source].append(title)
                if found := numbered(identifier):
                    self._numbers[venue, year, source][found[0]].add(found[1])
                    self._last[source] = max(year, self._last.get(source, 0))

    def table(self) -> dict[str, Any]:
        """``{"newest", "venues": {venue: {year: [titles, share]}}, "prefixes": {DOI prefix: {venue: records}}, "volumes": {beginning of a DOI: venue}}``.

        Shares are 0–1.  Records of unknown venues are counted under "" of their prefix.
        """
        years_of: dict[str, list[int]] = defaultdict(list)
        for venue, year in self._titles:
            years_of[venue].append(year)
        held = {source: Held(titles) for source, titles in self._everything.items()}
        trust = _trust((self._listed(venue, years_of[venue]) for venue in years_of), held)
        venues = {
            venue: {
                str(year): [titles, round(share, 3)]
                for year, (titles, share) in sorted(
                    self._rows(venue, self._listed(venue, years), held, trust).items()
                )
            }
            for venue, years in sorted(years_of.items())
        }
        prefixes = {
            prefix: dict(sorted(venues_of.items()))
            for prefix, venues_of in sorted(self._prefixes.items())
        }
        return {
            "newest": self._newest, "venues": {v: t for v, t in venues.items() if t}, "prefixes": prefixes,
            "volumes": {volume: venue for volume, counts in sorted(self._volumes.items()) if (venue := _owner(counts))},
        }  # fmt: skip

    def _listed(self, venue: str, years: Iterable[int]) -> Listed:
        """The titles of one venue, as sets for as long as they are looked at."""
        return {
            year: {source: set(titles) for source, titles in self._titles[venue, year].items()}
            for year in years
        }

    def _rows(
        self,
        venue: str,
        years: Listed,
        held: Mapping[str, Held],
        trust: Mapping[str, float],
    ) -> dict[int, tuple[int, float]]:
        """Year → titles and share of a venue: as lists witness each other, or as numbers tell where that is more."""
        rows = _shares(years, held, trust)
        for year, sources in years.items():
            counted = self._by_number(venue, year)
            if counted > rows.get(year, (0, 0.0))[1]:
                rows[year] = (len(set().union(*sources.values())), counted)
        return rows

    def _by_number(self, venue: str, year: int) -> float:
        """Share by the numbers of the papers in one source; its newest year may still be growing, and the numbers end anywhere."""
        shares = (
            _counted(self._numbers[venue, year, source])
            for source, last in self._last.items()
            if year < last and (venue, year, source) in self._numbers
        )
        return max(shares, default=0.0)


class Held:
    """The titles that a source has in all, four bytes each."""

    def __init__(self, titles: array[int]) -> None:
        import numpy as np

        self._sorted = np.unique(np.frombuffer(titles, dtype=np.uintc))

    def of(self, titles: set[int]) -> int:
        """How many of these titles it has."""
        import numpy as np

        if not titles or not len(self._sorted):
            return 0
        asked = np.fromiter(titles, dtype=np.uintc, count=len(titles))
        at = np.minimum(np.searchsorted(self._sorted, asked), len(self._sorted) - 1)
        return int((self._sorted[at] == asked).sum())


DOUBT = 3.84
"""So many papers more than the numbers show there may have been: the square of the normal deviate of 95 %."""


def _counted(volumes: Mapping[str, set[int]]) -> float:
    """Least share of the papers of a venue and year that is held, by their numbers (Wilson's lower bound where none is missing).

    Numbers run from 1 on in each volume; what a volume lacks up to its last number is missing, and so are volumes with few papers.
    """
    lists = [found - {0} for found in volumes.values() if len(found) >= LEAST]
    there = sum(map(max, lists)) if lists else 0
    return sum(map(len, lists)) / (there + DOUBT)


def _owner(counts: Mapping[str, int]) -> str:
    """The known venue that (nearly) all records of a volume name, "" where there is none or they are few."""
    venue = max(counts, key=lambda v: (counts[v], v))
    total = sum(counts.values())
    return venue if total >= VOLUME and counts[venue] >= 0.95 * total else ""


def venue_key(stated: str) -> str:
    """Id of the known venue that a container title names, "" for unknown ones, series, workshops and other side tracks."""
    found = find_venue(stated)
    return "" if found is None or found.part or found.venue.kind == "series" else found.venue.id


Listed = Mapping[int, Mapping[str, set[int]]]
"""Year → source → the titles that it has of one venue."""


def _lists(years: Listed) -> dict[int, dict[str, set[int]]]:
    """The sources that list a year: a handful of titles is no list."""
    return {
        year: {s: titles for s, titles in sources.items() if len(titles) >= LEAST}
        for year, sources in years.items()
    }


def _witnessed(
    source: str, listed: Mapping[str, set[int]], held: Mapping[str, Held]
) -> float | None:
    """Share of what the other lists of a year have that the source holds; None where they are too short to tell."""
    others = set().union(*(titles for s, titles in listed.items() if s != source))
    return held[source].of(others) / len(others) if len(others) >= len(listed[source]) / 4 else None


def _trust(venues: Iterable[Listed], held: Mapping[str, Held]) -> dict[str, float]:
    """How complete the lists of a source usually are, where another source lists the same venue and year."""
    seen: dict[str, list[float]] = defaultdict(list)
    for years in venues:
        for listed in _lists(years).values():
            for source in listed:
                if (found := _witnessed(source, listed, held)) is not None:
                    seen[source].append(found)
    return {source: median(values) for source, values in seen.items() if len(values) >= TRUSTED}


def _shares(
    years: Listed, held: Mapping[str, Held], trust: Mapping[str, float]
) -> dict[int, tuple[int, float]]:
    """Year → titles held, and the estimated share of all that there were."""
    lists = _lists(years)
    counts: dict[str, dict[int, int]] = defaultdict(dict)
    for year, listed in lists.items():
        for source, titles in listed.items():
            counts[source][year] = len(titles)
    usual = {
        source: max(
            _pooled(source, years, held[source]),
            trust.get(source, 0.0) if len(counts[source]) > 2 else 0.0,
        )
        for source in counts
    }
    out: dict[int, tuple[int, float]] = {}
    for year, listed in lists.items():
        missing = 1.0
        for source in listed:
            found = _witnessed(source, listed, held)
            missing *= 1.0 - (
                usual[source] * _in_line(counts[source], year) if found is None else found
            )
        if missing < 1.0:
            out[year] = (len(set().union(*years[year].values())), 1.0 - missing)
    return out


def _pooled(source: str, years: Listed, held: Held) -> float:
    """Of what all other sources have of a venue in the years that a source lists: the share that the source holds, under whatever venue."""
    listed = [year for year, sources in years.items() if len(sources.get(source, ())) >= LEAST]
    others = [titles for year in listed for s, titles in years[year].items() if s != source]
    total = sum(map(len, others))
    return sum(map(held.of, others)) / total if total >= LEAST else 0.0


def _in_line(counts: Mapping[int, int], year: int) -> float:
    """1 where a source's count of a year is no less than half of the years around it, less where it falls shorter."""
    around = [n for y, n in counts.items() if y != year and abs(y - year) <= 2]
    return min(1.0, 2 * counts[year] / median(around)) if around else 0.5


class Coverage:
    """The table, opened for questions."""

    def __init__(self, table: Mapping[str, Any] | None = None) -> None:
        table = table or {}
        self.newest: int = int(table.get("newest") or 0)
        self._venues: Mapping[str, Mapping[str, list[float]]] = table.get("venues") or {}
        self._prefixes: Mapping[str, Mapping[str, int]] = table.get("prefixes") or {}
        self._volumes: Mapping[str, str] = table.get("volumes") or {}

    @classmethod
    def read(cls, folder: Path) -> Coverage:
        """The table in a catalogue's generation; an empty one where there is none."""
        try:
            return cls(json.loads((folder / FILE).read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return cls()

    def share(self, venue: str, year: int) -> float:
        """Estimated share (0–1) of the works of a venue and year that are held; 0 where nothing is known.

        A year that is missing between two that are known is one in which the conference was not held.
        """
        years = self._venues.get(venue, {})
        row = years.get(str(year))
        if row:
            return float(row[1])
        around = [years.get(str(year + d)) for d in (-1, 1)]
        return min(float(r[1]) if r else 0.0 for r in around)

    def titles(self, venue: str, year: int) -> int:
        """How many titles of a venue and year are held."""
        row = self._venues.get(venue, {}).get(str(year))
        return int(row[0]) if row else 0

    def registered(self, doi: str) -> int:
        """How many records have a DOI of the same registrant (prefix)."""
        return sum(self._prefixes.get(doi.partition("/")[0], {}).values())

    def volume(self, doi: str) -> str:
        """Id of the venue whose volume a DOI names, "" where that is not known."""
        return self._volumes.get(volume_of(doi.lower()), "")

    @cached_property
    def registrants(self) -> int:
        """How many DOI prefixes are known."""
        return len(self._prefixes)


def write(table: Mapping[str, Any], folder: Path) -> None:
    """Put the table beside the records it was counted from."""
    (folder / FILE).write_text(
        json.dumps(table, ensure_ascii=False, separators=(",", ":")), encoding="utf-8"
    )


def tally(items: Iterable[Csl]) -> dict[str, Any]:
    """The table of some records."""
    counted = Tally()
    counted.extend(map(note, items))
    return counted.table()
