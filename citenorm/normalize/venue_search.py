"""A venue in any printed form in; which venue of ``venues.toml`` it is, of which year and which part of it, out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from ..late import late
from .abbreviations import could_abbreviate, short_for
from .latex import to_unicode
from .ordinals import ordinal, roman, take_ordinals, whole_number
from .text import fold, squeeze
from .venue_table import Table, Venue, spellings, table
from .venue_text import (
    MONTHS,
    Segment,
    is_sponsor,
    key,
    loose_key,
    part_of,
    segments,
    straight,
    year_in,
)

LONGEST = 600
"""Characters of a printed venue that are looked at."""

_PMLR = late(
    r"(?:\bPMLR|Machine Learning Research|W\s?&\s?CP|Workshop and Conference Proceedings|JMLR Proceedings)[\s,:.]*(?:vol(?:ume)?\.?\s*)?(\d{1,3})\b",
    re.I,
)
_SPLITTERS = frozenset({
    "workshop", "workshops", "at", "with", "held", "conjunction", "colocated", "located", "companion", "addendum", "adjunct",
    "extended", "poster", "posters", "demo", "demos", "demonstrations", "tutorial", "tutorials", "student", "students", "doctoral",
    "industry", "industrial", "late",
})  # fmt: skip
_JOINED = re.compile(r"[/–-]")
_SENTENCE = late(r"([^\W\d_]{4})\.\s+(?=[A-Z])")
_UPPER = re.compile(r"[A-Z][^A-Z]*[A-Z]")
# A name goes on behind a comma if one of these follows: "Computer Vision, Imaging and Computer Graphics Theory".
_GOES_ON = frozenset({
    "applications", "application", "systems", "theory", "technology", "technologies", "engineering", "control", "computing",
    "processing", "sciences", "imaging", "methods", "computation", "networking", "networks", "management", "communications", "graphics",
    "optimization", "learning", "retrieval", "mining", "analysis", "design", "automation", "privacy", "development", "semantics",
    "robotics", "data",
})  # fmt: skip
_OWN_NAME = frozenset({
    "conference", "conf", "symposium", "workshop", "meeting", "congress", "forum", "summit",
})  # fmt: skip
_GENERIC = _OWN_NAME | {
    "international",
    "joint",
    "national",
    "european",
    "asian",
    "american",
    "world",
    "research",
}
_ASIDE = MONTHS | frozenset({
    "suppl", "supplement", "issue", "special", "section", "series", "london", "lond", "oxford", "england", "new", "york", "baltimore",
    "bethesda", "md", "basel", "switzerland", "online", "print", "usa", "us", "ny", "n", "y", "uk", "ed", "ieee", "acm", "springer",
    "elsevier", "wiley", "press", "accepted", "appear", "preprint",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class VenueMatch:
    """What a printed venue means.

    ``year``: stated, or implied by ordinal or volume (``stated`` tells); ``ordinal`` and ``volume`` as printed;
    ``part``: "workshop", "companion", "demonstrations", "tutorials", "students", "industry", "posters", or "" for the
    main thing; ``series``: id of a series named beside it; ``joint``: other conferences held as one with it;
    ``how``: by name, by its short form, or by an abbreviated name.
    """

    venue: Venue
    year: int | None = None
    stated: bool = False
    ordinal: int | None = None
    volume: int | None = None
    part: str = ""
    series: str = ""
    joint: tuple[Venue, ...] = ()
    how: Literal["name", "short", "abbreviated"] = "name"

    @property
    def workshop(self) -> bool:
        return self.part == "workshop"

    @property
    def ids(self) -> frozenset[str]:
        """Ids of all conferences meant."""
        return frozenset((self.venue.id, *(v.id for v in self.joint)))


class _Hit(NamedTuple):
    venue: Venue
    start: int
    end: int
    words: tuple[str, ...]
    how: Literal["name", "short", "abbreviated"]
    workshop: bool = False


def venue_by_id(ident: str) -> Venue | None:
    """The venue of a row of the table."""
    return table().venues.get(ident)


def pmlr_volume(volume: int) -> tuple[Venue, int] | None:
    """The conference and year of a volume of the Proceedings of Machine Learning Research: 80 is ICML 2018."""
    found = table().pmlr.get(volume)
    venue = table().venues.get(found[0]) if found else None
    return (venue, found[1]) if venue and found else None


def pmlr_volumes(venue: Venue, year: int) -> tuple[int, ...]:
    """The volumes of that series in which a conference of a year appeared."""
    return _pmlr_of().get((venue.id, year), ())


@cache
def _pmlr_of() -> dict[tuple[str, int], tuple[int, ...]]:
    """Conference and year → their volumes of that series."""
    found: dict[tuple[str, int], tuple[int, ...]] = {}
    for volume, held in sorted(table().pmlr.items()):
        found[held] = (*found.get(held, ()), volume)
    return found


# ------------------------------------------------------------------ finding
def _acronym(segment_text: str, word: str) -> bool:
    """True where a word is printed as an acronym: with two capitals or more."""
    return any(_UPPER.search(w) for w in segment_text.split() if word in w.lower())


def _look_up(known: Table, parts: Sequence[Segment], first: bool, whole: bool) -> _Hit | None:
    """The venue whose name or short form is just these stretches."""
    name_key = key(parts)
    if not _begins_name(known, name_key.partition(" ")[0]):
        return None
    last = parts[-1].words[-1]
    several = len(parts) > 1 or len(parts[0].words) > 1
    ident = known.names.get(name_key) or known.loose.get(loose_key(name_key) or name_key, "")
    if not ident and name_key.startswith("proceedings "):
        name_key = name_key.removeprefix("proceedings ")
        ident = known.names.get(name_key, "")
        if ident and known.venues[ident].kind == "journal":
            return None
    if not ident and len(last) > 1 and several and roman(last):
        name_key = name_key.rpartition(" ")[0]
        ident = known.names.get(name_key, "")
    if not ident and " " in name_key:
        ident = _named_twice(known, name_key)
    short = (ident, name_key, False) if ident else _by_acronym(known, parts, name_key)
    if short is None:
        return None
    ident, single, workshop = short
    words = tuple([w for part in parts for w in part.words])
    venue = known.venues[ident]
    if " " in single:
        return _Hit(venue, 0, 0, words, "name")
    text = " ".join(p.text for p in parts)
    if len(single) < 3 and not whole and year_in(words) is None:
        return None
    if not first and year_in(words) is None and not _acronym(text, single):
        return None
    return _Hit(venue, 0, 0, words, "short" if venue.kind == "conference" else "name", workshop)


def _begins_name(known: Table, word: str) -> bool:
    """Names of venues begin with such a word, or it may stand in front of one, or be a short form with "w" for its workshops."""
    return word in known.starts or is_sponsor(word) or word == "international" or word.endswith("w")


def _by_acronym(
    known: Table, parts: Sequence[Segment], name_key: str
) -> tuple[str, str, bool] | None:
    """A short form among words that say nothing ("IEEE Conference CVPR"): the venue's id, the short form, whether a workshop of it is meant."""
    empty = ("conference", "international", "workshop")
    kept = [w for w in name_key.split() if not is_sponsor(w) and w not in empty]
    if len(kept) != 1:
        return None
    single, workshop = kept[0], False
    ident = known.names.get(single, "")
    if not ident and single.endswith("w") and _acronym(parts[0].text, single):
        ident, workshop = known.names.get(single[:-1], ""), True
    if not ident or not _acronym(" ".join(p.text for p in parts), single):
        return None
    return ident, single, workshop


def _named_twice(known: Table, name_key: str) -> str:
    """The venue of a name with its short form right behind: "Conference on Learning Theory COLT"."""
    name, _, short = name_key.rpartition(" ")
    ident = known.names.get(name) or known.loose.get(loose_key(name), "")
    other = known.names.get(short, "")
    return ident if ident and other and (ident == other or other in known.venues[ident].kin) else ""


def _goes_on(parts: Sequence[Segment], end: int) -> bool:
    """True where the name does not end before the next comma."""
    if end >= len(parts) or parts[end].before != ",":
        return False
    words = parts[end].words
    return (
        bool(_GOES_ON.intersection(words))
        and not _OWN_NAME.intersection(words)
        and not any(c.isdigit() for c in parts[end].text)
    )


def _acronyms(word: str) -> list[str]:
    """The short forms in "ACL/IJCNLP" or "HLT-EMNLP", nothing for other words and for sponsors ("IEEE/CVF")."""
    pieces = _JOINED.split(word)
    found = (
        len(pieces) > 1
        and all(_UPPER.search(p) and p.isalpha() for p in pieces)
        and not all(is_sponsor(p.lower()) for p in pieces)
    )
    return pieces if found else []


def _year_word(part: Segment) -> str:
    return next((w for w in part.words if year_in((w,), short=False) is not None), "")


def _pieces(part: Segment, divided: bool) -> list[Segment]:
    """A stretch divided at ordinals, and where a workshop or the like is spoken of at years and at "at", "with", "workshop"."""
    if _JOINED.search(part.text):
        joined = [s for word in part.text.split() for t in _acronyms(word) for s in segments(t)]
        if joined:
            return [
                Segment.of(f"{p.text} {year}", (*p.words, year)) if year else p
                for p in joined
                for year in (_year_word(part),)
            ]
    pieces: list[list[str]] = [[]]
    for word in part.words:
        counted = ordinal(word) is not None
        if counted or (divided and (word in _SPLITTERS or year_in((word,)) is not None)):
            pieces.append([])
            if not counted and word.isdigit() and len(pieces) > 1:
                pieces[-2].append(word)
        else:
            pieces[-1].append(word)
    if len(pieces) == 1:
        return [part]
    return [Segment.of(part.text, tuple(p)) for p in pieces if p]


def _scan(
    known: Table, parts: Sequence[Segment], divided: bool, strict: bool = False
) -> list[_Hit]:
    """The venues named, in order.  ``divided``: a workshop or the like is spoken of; ``strict``: short forms count only as acronyms."""
    hits: list[_Hit] = []
    i = 0
    while i < len(parts):
        for j in range(min(len(parts), i + 6), i, -1):
            hit = (
                _look_up(known, parts[i:j], i == 0 and not strict, len(parts) == 1)
                if parts[j - 1].kept
                else None
            )
            if hit and not (
                hit.venue.kind == "conference"
                and (
                    _goes_on(parts, j)
                    if hit.how == "name"
                    else not divided and not _fits(hit, hits, parts, i)
                )
            ):
                hits.append(hit._replace(start=i, end=j))
                break
        else:
            j = i + 1
            pieces = _pieces(parts[i], divided)
            if len(pieces) > 1 or divided:
                for piece in pieces:
                    hit = _look_up(known, [piece], False, False)
                    if hit and hit.venue.kind == "conference":
                        hits.append(hit._replace(start=i, end=j))
        i = j
    return hits


def _fits(hit: _Hit, before: list[_Hit], parts: Sequence[Segment], at: int) -> bool:
    """False for a short form in brackets that stands for other words: "Symposium on Adaptive Crowd Learning (ACL)"."""
    if at == 0 or parts[at].before not in "([" or any(h.end == at for h in before):
        return True
    after = parts[at + 1] if at + 1 < len(parts) and parts[at + 1].before in ")]" else None
    if after and _OWN_NAME.intersection(after.words):
        return False
    said = [w for w in parts[at - 1].kept if w not in _GENERIC and not is_sponsor(w)]
    names = {
        w for spelling in spellings(hit.venue) for part in segments(spelling) for w in part.kept
    }
    return not said or any(short_for(w, name) for w in said for name in names)


def _aside(part: Segment) -> bool:
    """True for what may stand beside a journal's name without changing it: numbers, dates, its place, its publisher."""
    return all(w in _ASIDE or w[0].isdigit() for w in part.words) or not part.kept


def _abbreviated(known: Table, parts: Sequence[Segment]) -> _Hit | None:
    """The one venue whose name these words shorten, word by word."""
    for end in range(min(len(parts), 5), 0, -1):
        words = tuple(w for part in parts[:end] for w in part.words)
        kept = tuple(w for part in parts[:end] for w in part.kept)
        for form in dict.fromkeys((kept, tuple(w for w in kept if not is_sponsor(w)))):
            if len(form) < 2:
                continue
            near = known.initials.get("".join([w[0] for w in form]))
            if near is None:
                continue
            found = {ident for full, ident in near if could_abbreviate(form, full)}
            venues = [known.venues[ident] for ident in sorted(found)]
            venues = [
                v
                for v in venues
                if (
                    not _goes_on(parts, end)
                    if v.kind == "conference"
                    else all(map(_aside, parts[end:]))
                )
            ]
            if len(venues) > 1:
                venues = [v for v in venues if tuple(fold(v.abbreviation).split()) == words]
            if len(venues) == 1:
                return _Hit(venues[0], 0, end, words, "abbreviated")
    return None


def _ordinal(hit: _Hit, parts: Sequence[Segment]) -> int | None:
    stretches = [hit.words, *(p.words for p in parts)]
    for words in stretches:
        found = take_ordinals(list(words))[1]
        if found:
            return found[0]
    return (
        roman(hit.words[-1])
        if hit.venue.counted and len(hit.words) > 1 and len(hit.words[-1]) > 1
        else None
    )


def find_venue(text: str, volume: str = "") -> VenueMatch | None:
    """The venue that a printed container means, None where the table does not know it or two venues fit equally.

    Ordinals, years, places, sponsors and "Proceedings of the" around the name do not matter; workshops are told from
    their hosts by ``part``.  ``volume``, where it stands in a field of its own, names the conference of a PMLR volume and
    the year of a NeurIPS one.
    """
    return _find_venue(text[:LONGEST], volume) if text else None


def find_meeting(text: str, *, host: bool = False) -> VenueMatch | None:
    """The conference that a printed container means, where the table knows it; none of its workshops and other parts, unless their ``host``
    is asked for."""
    found = find_venue(text)
    meeting = found is not None and found.venue.kind == "conference"
    return found if found and meeting and (host or not found.part) else None


@lru_cache(maxsize=65536)
def _find_venue(text: str, volume: str) -> VenueMatch | None:
    text = squeeze(to_unicode(text) if "\\" in text or "{" in text else text)
    found = _named(text, volume)
    if found is None and (turned := straight(text)) != text:
        return _named(turned, volume)
    return found


def _named(text: str, volume: str) -> VenueMatch | None:
    parts = segments(text)
    if not parts:
        return None
    known = table()
    part = part_of(text)
    printed = parts
    hits = _scan(known, parts, bool(part))
    if not hits and ". " in text:
        parts = segments(_SENTENCE.sub(r"\1; ", text))
        hits = _scan(known, parts, bool(part), strict=True)
        if not hits or hits[0].start:
            parts, hits = printed, []
    series = next((h.venue.id for h in hits if h.venue.kind == "series"), "")
    meetings = [h for h in hits if h.venue.kind == "conference"]
    if series == "pmlr" or "PMLR" in text:
        found = _PMLR.search(text)
        number = int(found[1]) if found else whole_number(volume) or 0
        held = pmlr_volume(number) if number else None
        if held and not meetings:
            return VenueMatch(held[0], held[1], False, None, number, "", "pmlr")
    if meetings:
        return _meeting(meetings, parts, part, series, volume)
    other = next(
        (
            h
            for h in hits
            if all(_aside(p) for i, p in enumerate(parts) if not h.start <= i < h.end)
        ),
        None,
    )
    other = other or _abbreviated(known, parts)
    if other is None:
        return None
    if other.venue.kind == "conference":
        return _meeting([other], parts, part, series, volume)
    if part == "workshop" and not any("workshop" in p.kept for p in parts[other.start : other.end]):
        return None
    years = [y for p in parts if (y := year_in(p.words, short=False)) is not None]
    return VenueMatch(other.venue, years[0] if years else None, bool(years), how=other.how)


def _as_a_workshop(hits: Sequence[_Hit]) -> _Hit | None:
    """Where the meeting is called by its name of the years in which it was a workshop."""
    own = (h for h in hits if h.venue.id == hits[0].venue.id and h.how == "name")
    return next((h for h in own if "workshop" in h.words), None)


def _meeting(
    hits: list[_Hit], parts: Sequence[Segment], part: str, series: str, volume: str
) -> VenueMatch:
    main = hits[0]
    if main.workshop:
        part = "workshop"
    elif part == "workshop" and "workshop" in main.venue.name.lower():
        part = ""
    elif part == "workshop" and (own := _as_a_workshop(hits)) is not None:
        part = "" if len(parts[own.start].kept) > 2 else part
    elif (
        part == "companion"
        and main.venue.kin
        and ("extended" in main.words or "companion" in main.words)
    ):
        part = ""
    joint: tuple[Venue, ...] = ()
    if main.venue.id != "findings" and part != "workshop":
        joint = tuple(
            {h.venue.id: h.venue for h in hits[1:] if h.venue.id != main.venue.id}.values()
        )
    years = [y for h in hits if (y := year_in(h.words, short=False)) is not None]
    years = (
        years
        or [y for p in parts if (y := year_in(p.words, short=False)) is not None]
        or [y for h in hits if h.how == "short" and (y := year_in(h.words)) is not None]
    )
    ordinal = _ordinal(main, parts) if part != "workshop" else None
    last = parts[main.start].words[-1]
    after = parts[main.end].words if main.end < len(parts) else ()
    if not last.isdigit() and len(after) == 1:
        last = after[0]
    number = (
        whole_number(last) if main.venue.volumes and main.how == "name" and len(last) < 4 else None
    )
    if number is None:
        number = whole_number(volume)
    year = years[0] if years else None
    if year is None and ordinal is not None:
        year = main.venue.year_of(ordinal)
    if year is None and number is not None:
        year = main.venue.year_of_volume(number)
    return VenueMatch(main.venue, year, bool(years), ordinal, number, part, series, joint, main.how)
