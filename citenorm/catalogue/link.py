"""Two records in, the reason why they are versions of one work out, or None, for millions of records.

A record is looked at through its ``Traits``: hashes of its titles and people, its place, its identifiers.  From two of
them comes the same ``Pair`` as from two whole records, and ``match.works.same_work`` decides; nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import ceil, fsum
from string import ascii_lowercase
from typing import NamedTuple
from zlib import crc32

from ..match.fields.title import SHORT_KEY, SHORT_MASS, SHORT_WORDS
from ..match.title_view import KIND_WORDS, STOP, title_view, word_weight
from ..match.works.pair import STRANGERS, TELLING, TELLING_WORDS, Pair, shared_people
from ..match.works.place import FORMS, Place, place_level, place_of
from ..match.works.same_work import why_same as decide
from ..model import Csl, custom_of
from ..normalize.preprint import is_preprint
from ..normalize.title_words import word_bits
from . import terms
from .remembered import Remembered

WIDTH = 6
"""So many whole numbers hold what is fixed of the traits."""

_AUTHORS = 12
_FORMS = ("", *FORMS.values())
_SHORT, _KIND, _TELLING_WORDS, _PREPRINT, _THESIS, _VENUE, _BOOK, _CUT = (1 << i for i in range(8))


class Traits(NamedTuple):
    """What linking looks at; 0 or () where a record does not say it.

    ``fixed``: ``WIDTH`` numbers of 64 bits: hashes of the whole title and of what stands before its colon; numerals, telling words and
    year; container and volume; issue and pages; DOI, form and flags.  ``people``: family names with the first initial, in order;
    ``names``: identifiers' keys; ``relations``: keys of versions named by the record.
    """

    fixed: tuple[int, ...]
    people: tuple[int, ...]
    names: tuple[int, ...]
    relations: tuple[int, ...]

    @property
    def year(self) -> int:
        return self.fixed[2] & 0xFFFF

    @property
    def flags(self) -> int:
        return self.fixed[5] & 0xFF

    @property
    def place(self) -> Place:
        _, _, counted, stands, pages, rest = self.fixed
        return Place(
            stands >> 32,
            stands & 0xFFFFFFFF,
            pages >> 48,
            pages >> 24 & 0xFFFFFF,
            pages & 0xFFFFFF,
            counted & 0xFFFF,
            _FORMS[rest >> 8 & 0xFF],
            rest >> 32,
        )


def number_of(key: str) -> int:
    """A key as a number of 64 bits, never 0."""
    return _number(terms.hash_of(key))


def _number(made: bytes) -> int:
    return int.from_bytes(made, "little") or 1


def traits(csl: Csl) -> Traits:
    """The traits of a CSL item."""
    return traits_of(terms.see(csl))


def traits_of(seen: terms.Seen) -> Traits:
    """The traits of a record that was taken apart."""
    return traits_all([seen])[0]


def traits_all(many: Sequence[terms.Seen]) -> list[Traits]:
    """``traits_of`` of each of many records, step by step."""
    items = [seen.csl for seen in many]
    titles = [seen.titles[0] if seen.titles else [] for seen in many]
    told = [any(map(_TELLS.__getitem__, title)) for title in titles]
    preprints = list(map(is_preprint, items))
    places = list(map(place_of, items, preprints))
    flags = map(_flags, many, titles, told, places, preprints)
    fixed = zip(
        [_number(seen.hashes[0]) if title else 0 for seen, title in zip(many, titles, strict=True)],
        [_number(seen.main_hashes[0]) if title and len(seen.mains[0]) >= SHORT_KEY else 0 for seen, title in zip(many, titles, strict=True)],
        [(_said(title) if said else 0) | min(max(seen.year, 0), 0xFFFF) for seen, title, said in zip(many, titles, told, strict=True)],
        [_CONTAINERS[where.container] << 32 | min(where.volume, 0xFFFFFFFF) for where in places],
        [min(where.issue, 0xFFFF) << 48 | where.first << 24 | where.last for where in places],
        [_hash(str(where.doi)) << 32 | _FORMS.index(where.form) << 8 | said for where, said in zip(places, flags, strict=True)],
        strict=True,
    )  # fmt: skip
    initial = _LETTERS.get
    people = [
        tuple([_FAMILIES[n] | initial(i, 0) for n, i in zip(seen.families[:_AUTHORS], seen.initials, strict=False)])
        for seen in many
    ]  # fmt: skip
    named = [[key for key in seen.identifiers if key[:2] in _NAMES] for seen in many]
    return list(
        map(Traits, fixed, people, _numbers(named), _numbers([seen.relations for seen in many]))
    )


_NAMES = ("d:", "a:", "#:")
"""What keys begin with by which a record is known elsewhere."""


def _numbers(keys: Sequence[Sequence[str]]) -> list[tuple[int, ...]]:
    """``number_of`` of each of some keys of each record."""
    return [tuple([_number(made) for made in map(terms.hash_of, some)]) for some in keys]


def _said(title: Sequence[str]) -> int:
    """Hashes of the numerals and of the telling words of a title."""
    numerals = " ".join([word for word in title if _is_numeral(word)])
    telling = " ".join(sorted(TELLING.intersection(title)))
    return _hash(numerals) << 32 | (_hash(telling) & 0xFFFF) << 16


def _hash(text: str) -> int:
    """32 bits, 0 for nothing."""
    return crc32(text.encode("utf-8", "surrogatepass")) or 1 if text else 0


def _is_numeral(word: str) -> bool:
    return word.isdecimal() or not word.strip("ivxl")


_LETTERS = {letter: number for number, letter in enumerate(ascii_lowercase, 1)}
"""What the last five bits of a person say of the first initial, 0 for none."""


def _family(family: str) -> int:
    """A family name's hash, the last five bits free."""
    return _hash(terms.last_word(family)) & ~31


def _tells(word: str) -> bool:
    """Whether a word is a numeral, or one that tells what a title is of: most titles have none."""
    return _is_numeral(word) or word in TELLING or word in KIND_WORDS


_TELLS = Remembered(_tells, 1 << 17)
_FAMILIES = Remembered(_family, 1 << 17)
_CONTAINERS: Remembered[str | int, int] = Remembered(lambda key: _hash(str(key)), 1 << 16)


def _flags(seen: terms.Seen, title: list[str], told: bool, where: Place, preprint: bool) -> int:
    csl = seen.csl
    kind = csl.get("type")
    short = (
        (len(seen.joined[0]) if title else 0) < SHORT_KEY
        or len(title) <= SHORT_WORDS
        or _tell_little(title)
    )
    counted = custom_of(csl).get("author-count")
    cut = isinstance(counted, int) and counted > len(seen.families)
    kinds = told and not KIND_WORDS.isdisjoint(title) and title_view(str(csl["title"])).kind
    return (
        (_SHORT if short else 0)
        | (_KIND if kinds else 0)
        | (_TELLING_WORDS if len(title) >= TELLING_WORDS else 0)
        | (_PREPRINT if preprint else 0)
        | (_THESIS if kind == "thesis" else 0)
        | (_VENUE if where.container or len(seen.families) > 1 or cut else 0)
        | (_BOOK if kind in ("book", "chapter") else 0)
        | (_CUT if cut else 0)
    )


def _tell_little(title: list[str]) -> bool:
    """Whether the words of a title weigh less than those of one that is not short."""
    words = set(title)
    return len(words - STOP) < _enough() and fsum(map(word_weight, words)) < SHORT_MASS


@cache
def _enough() -> int:
    """So many words that are no stop words weigh enough, whatever they are."""
    return ceil(SHORT_MASS / min(map(word_weight, word_bits().keys() - STOP)))


def same_work(a: Csl, b: Csl) -> bool:
    """Whether two items are versions of one work."""
    return why_same(traits(a), traits(b)) is not None


def why_same(a: Traits, b: Traits) -> str | None:
    """ "relation", "identifier" or "similar" where two records are versions of one work, else None."""
    return decide(pair_of(a, b)) or None


def stated_same(a: Traits, b: Traits) -> bool:
    """Whether a link that a source states between two records is believable."""
    return bool(decide(pair_of(a, b, "relation")))


def pair_of(a: Traits, b: Traits, stated: str = "") -> Pair:
    """How two records stand to each other, as far as hashes tell."""
    stated = stated or _stated(a, b)
    title = _title(a, b)
    if title == "other" and not stated:
        return STRANGERS
    both, either = a.flags & b.flags, a.flags | b.flags
    shared = _shared(a.people, b.people)
    people = (
        shared_people(shared, len(a.people), len(b.people), bool(either & _CUT))
        if a.people and b.people
        else "unstated"
    )
    one, two = a.place, b.place
    early, late = (a, b) if a.flags & _PREPRINT else (b, a)
    crossed = bool((either ^ both) & _PREPRINT)
    other = b if a.flags & _THESIS else a
    return Pair(
        stated,
        title,
        people,
        min(len(a.people), len(b.people)) <= 1,
        abs(a.year - b.year) if a.year and b.year else 0,
        place_level(one, two),
        crossed,
        not (early.year and late.year) or late.year - early.year >= -1,
        bool((either ^ both) & _THESIS and other.flags & _VENUE)
        or (a.fixed[2] >> 16 ^ b.fixed[2] >> 16) & 0xFFFF != 0,
        bool(either & _BOOK),
        bool(one.container) and one.container == two.container,
    )


def _stated(a: Traits, b: Traits) -> str:
    names, others = set(a.names), set(b.names)
    if not names.isdisjoint(others):
        return "identifier"
    named = not names.isdisjoint(b.relations) or not others.isdisjoint(a.relations)
    return "relation" if named or not set(a.relations).isdisjoint(b.relations) else ""


def _title(a: Traits, b: Traits) -> str:
    if a.fixed[0] == b.fixed[0] and a.fixed[0]:
        if a.flags & (_SHORT | _KIND):
            return "short"
        return "same" if a.flags & _TELLING_WORDS else "alike"
    if a.fixed[1] == b.fixed[0] != 0 or b.fixed[1] == a.fixed[0] != 0:
        return "subtitle" if a.fixed[2] >> 32 == b.fixed[2] >> 32 else "counted"
    return "other"


def _shared(a: tuple[int, ...], b: tuple[int, ...]) -> int:
    """How many people are in both lists: one family name, and no other initial."""
    if a == b:
        return len(a)
    free = list(b)
    shared = 0
    for person in a:
        for other in free:
            if person >> 5 == other >> 5 and (person == other or not person & 31 or not other & 31):
                free.remove(other)
                shared += 1
                break
    return shared
