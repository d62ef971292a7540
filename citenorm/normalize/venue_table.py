"""``venues.toml`` in; venues as values and the keys they are found by out, loaded once.

To read the table and the keys of 3,600 spellings takes 70 ms, to read what came of it 15; it is kept in ``venues.json``, which

    python -m citenorm.normalize.venue_table

writes again after a change of ``venues.toml``; until then the table is built from the latter.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal
from zlib import crc32

from ..jsontext import dumps, loads
from ..late import late
from .abbreviations import abbreviate
from .ordinals import as_ordinal
from .venue_text import is_sponsor, key, loose_key, segments

Kind = Literal["conference", "journal", "preprint", "series"]

_BRACKETED = late(r"^(.*?)\s+\(([^()]+)\)$")
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@dataclass(frozen=True)
class Venue:
    """A place of publication.  The fields are explained at the head of ``venues.toml``."""

    id: str
    name: str
    short: str
    kind: Kind
    aliases: tuple[str, ...] = ()
    full: str = ""
    counted: tuple[tuple[int, int, int], ...] = ()
    volumes: tuple[int, ...] | None = None
    once: tuple[str, int] | None = None
    earlier: tuple[str, int] | None = None
    publisher: str = ""
    first: int | None = None
    series: str = ""
    kin: frozenset[str] = frozenset()
    iso: str = ""

    @cached_property
    def abbreviation(self) -> str:
        """The ISO 4 abbreviation of the name."""
        return self.iso or abbreviate(self.name)

    def ordinal_in(self, year: int) -> int | None:
        """Which one it was in a year, None where it was not held or is not counted: ICML of 2018 is the 35th."""
        phase = next((p for p in reversed(self.counted) if p[1] <= year), None)
        if phase is None or (year - phase[1]) % phase[2]:
            return None
        return phase[0] + (year - phase[1]) // phase[2]

    def year_of(self, ordinal: int) -> int | None:
        """The year in which it had that number."""
        phase = next((p for p in reversed(self.counted) if p[0] <= ordinal), None)
        return None if phase is None else phase[1] + (ordinal - phase[0]) * phase[2]

    def year_of_volume(self, volume: int) -> int | None:
        """The year of a volume of its proceedings where there is one a year: volume 31 of NeurIPS is of 2018."""
        if self.volumes is None:
            return None
        year = self.volumes[1] + volume - self.volumes[0]
        return year if year >= (self.first or 0) else None

    def years_of_volume(self, volume: int) -> tuple[int, ...]:
        """The year of such a volume, and the next one where it came out, and is dated, then."""
        held = self.year_of_volume(volume)
        if held is None or self.volumes is None:
            return ()
        return (held, held + 1) if held <= max(self.volumes[2:], default=0) else (held,)

    def short_in(self, year: int | None) -> str:
        """The short form used in a year: "NIPS" until 2017, "NeurIPS" since."""
        if self.once and year is not None and year <= self.once[1]:
            return self.once[0]
        return self.short or self.abbreviation

    def full_in(self, year: int | None) -> str:
        """The title of its proceedings in a year; for journals the name."""
        if self.kind != "conference":
            return self.name
        ordinal = self.ordinal_in(year) if year else None
        former = (
            self.earlier[0] if self.earlier and year is not None and year <= self.earlier[1] else ""
        )
        title = (
            former
            or self.full
            or (
                "Proceedings of the {nth} " + self.name
                if ordinal
                else "Proceedings of the " + self.name
            )
        )
        marks = {
            "{nth}": as_ordinal(ordinal) if ordinal else "",
            "{year}": str(year or ""),
            "{roman}": _as_roman(ordinal) if ordinal else "",
        }
        for mark, value in marks.items():
            title = title.replace(mark, value)
        return " ".join(title.split())


def _as_roman(number: int) -> str:
    out = ""
    for value, sign in _ROMAN:
        while number >= value:
            out, number = out + sign, number - value
    return out


@dataclass(frozen=True)
class Table:
    """All venues and the ways to find them.

    ``names``: key → venue id ("" where two venues share it); ``loose``: keys of conferences without sponsors;
    ``initials``: first letters of the words → (words, id) of every name of two words and more; ``pmlr``: volume → (id, year); ``starts``: first
    words of all keys.
    """

    venues: dict[str, Venue]
    names: dict[str, str]
    loose: dict[str, str]
    initials: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
    pmlr: dict[int, tuple[str, int]]
    starts: frozenset[str]


def _venue(ident: str, kind: Kind, row: dict[str, Any]) -> Venue:
    volumes, once, earlier = row.get("volumes"), row.get("once"), row.get("earlier")
    return Venue(
        id=ident,
        name=row["name"],
        short=row.get("short", ""),
        kind=kind,
        aliases=tuple(row.get("aka", ())),
        full=row.get("full", ""),
        counted=tuple((int(a), int(b), int(c)) for a, b, c in row.get("nth", ())),
        volumes=tuple(map(int, volumes)) if volumes else None,
        once=(str(once[0]), int(once[1])) if once else None,
        earlier=(str(earlier[0]), int(earlier[1])) if earlier else None,
        publisher=row.get("publisher", ""),
        first=row.get("first"),
        series=row.get("series", ""),
        kin=frozenset(row.get("kin", ())),
        iso=row.get("iso", ""),
    )


def read_venues(table: dict[str, Any]) -> Iterator[Venue]:
    """Every venue of a parsed table, in the order of the file."""
    kinds: tuple[Kind, ...] = ("conference", "journal", "preprint", "series")
    for kind in kinds:
        for ident, row in table.get(kind, {}).items():
            yield _venue(ident, kind, row)
    for publisher, entries in table.get("journals", {}).items():
        for entry in entries:
            found = _BRACKETED.match(entry)
            name, short = (found[1], found[2]) if found else (entry, "")
            yield Venue(
                key(segments(name)).replace(" ", "-"), name, short, "journal", publisher=publisher
            )


def spellings(venue: Venue) -> tuple[str, ...]:
    """All that a venue is called by: name, short form, aliases, title of the proceedings, old short form."""
    out = [venue.name, venue.short, *venue.aliases]
    if venue.once:
        out.append(venue.once[0])
    if venue.full and "{" not in venue.full:
        out.append(venue.full)
    return tuple(dict.fromkeys(s for s in out if s))


def build(text: str) -> Table:
    """The table of a TOML text with its keys.  Raises ValueError where the text is no TOML or two venues share an id."""
    parsed = tomllib.loads(text)
    venues: dict[str, Venue] = {}
    names: dict[str, str] = {}
    loose: dict[str, str] = {}
    initials: dict[str, dict[tuple[str, ...], str]] = {}
    for venue in read_venues(parsed):
        if venue.id in venues:
            raise ValueError(f"venues.toml: two venues have the id {venue.id!r}")
        venues[venue.id] = venue
        for spelling in spellings(venue):
            parts = segments(spelling)
            kept = [w for part in parts for w in part.kept]
            name_key = key(parts)
            if len(name_key) < 2:
                continue
            _claim(names, name_key, venue.id)
            if len(kept) > 1:
                for form in {
                    tuple(kept): 0,
                    tuple(w for w in kept if venue.kind != "conference" or not is_sponsor(w)): 0,
                }:
                    if len(form) > 1:
                        initials.setdefault("".join(w[0] for w in form), {}).setdefault(
                            form, venue.id
                        )
            wide = loose_key(name_key) if venue.kind == "conference" else ""
            if wide:
                _claim(loose, wide, venue.id)
    pmlr = {}
    for volume, words_ in parsed.get("pmlr", {}).items():
        ident, _, year = str(words_).partition(" ")
        pmlr[int(volume)] = (ident, int(year))
    starts = frozenset(k.partition(" ")[0] for index in (names, loose) for k in index)
    return Table(
        venues, names, loose, {k: tuple(v.items()) for k, v in initials.items()}, pmlr, starts
    )


def _claim(index: dict[str, str], name_key: str, ident: str) -> None:
    """Give a key to a venue; a key that two venues claim belongs to neither."""
    index[name_key] = ident if index.get(name_key, ident) == ident else ""


def _state(text: bytes) -> str:
    """What tells one text of ``venues.toml`` from another, however its lines end."""
    return format(crc32(text.replace(b"\r\n", b"\n")), "08x")


def compiled(text: bytes) -> str:
    """The table of a TOML text as JSON, one row a line; ``restored`` reads it."""
    found = build(text.decode("utf-8"))
    values = [
        [getattr(venue, field.name) for field in fields(Venue)] for venue in found.venues.values()
    ]
    rows = [
        [sorted(value) if isinstance(value, frozenset) else value for value in row]
        for row in values
    ]
    parts = {
        "of": _state(text), "names": found.names, "loose": found.loose, "initials": found.initials,
        "pmlr": {str(volume): held for volume, held in found.pmlr.items()}, "starts": sorted(found.starts), "venues": rows,
    }  # fmt: skip
    lines = (f"{dumps(name)}:{dumps(part)}" for name, part in parts.items())
    return "{" + ",\n".join(lines) + "}\n"


def restored(text: bytes, kept: str) -> Table | None:
    """The table that ``compiled`` wrote, None where it was made of another text."""
    parts = loads(kept)
    if parts["of"] != _state(text):
        return None
    venues = {}
    for (
        ident,
        name,
        short,
        kind,
        aliases,
        full,
        counted,
        volumes,
        once,
        earlier,
        publisher,
        first,
        series,
        kin,
        iso,
    ) in parts["venues"]:
        venues[ident] = Venue(
            ident, name, short, kind, tuple(aliases), full, tuple(map(tuple, counted)), volumes and tuple(volumes), once and tuple(once),
            earlier and tuple(earlier), publisher, first, series, frozenset(kin), iso,
        )  # fmt: skip
    initials = {
        letters: tuple((tuple(words), ident) for words, ident in forms)
        for letters, forms in parts["initials"].items()
    }
    pmlr = {int(volume): (ident, year) for volume, (ident, year) in parts["pmlr"].items()}
    return Table(venues, parts["names"], parts["loose"], initials, pmlr, frozenset(parts["starts"]))


@lru_cache(maxsize=1)
def table() -> Table:
    """The table that comes with the package."""
    here = files("citenorm.normalize")
    text = here.joinpath("venues.toml").read_bytes()
    return restored(text, here.joinpath("venues.json").read_text("utf-8")) or build(
        text.decode("utf-8")
    )


if __name__ == "__main__":
    folder = Path(__file__).parent
    (folder / "venues.json").write_text(
        compiled((folder / "venues.toml").read_bytes()), "utf-8", newline="\n"
    )
