"""A catalogue in shards: which record goes to which, and a record's versions wherever they lie.

A record goes by a hash of its title (what stands before the colon) and its first author, so that most versions of a
work fall together and are linked when their shard is built, as in a catalogue of one piece.  Versions that fall
apart (another title, one identifier) are found when they are asked for, by the keys under which linking would have compared them, and
judged by the same ``link.why_same``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..match.fields.title import SHORT_KEY
from ..model import Csl
from . import terms
from .link import number_of, stated_same, traits, traits_of, why_same

if TYPE_CHECKING:
    from .search import Catalogue

STATED = "stated.json"
"""Place of a record → keys of records in other shards that a source states to be versions of the same work."""

_CROWD = 60
"""Keys that more records than this share tell nothing: the best so many are looked at."""


def shard_of(csl: Csl, of: int) -> int:
    """The number (from 1) of the shard, of ``of``, that a record belongs to; the same on every machine."""
    title = str(csl.get("title") or "")
    main = "".join(terms.words(terms.main_part(title)))
    key = main if len(main) >= SHORT_KEY else "".join(terms.words(title))
    first = next(iter(terms.families(csl, 1)), "")
    return number_of(f"{key}/{terms.last_word(first)}") % of + 1


def members(catalogue: Catalogue, place: int) -> list[int]:
    """Places of all records of the work that a record is in, over all shards; empty where it is the only one."""
    found, open_ones = {place}, [place]
    while open_ones:
        one = open_ones.pop()
        for other in (*catalogue.linked(one), *_elsewhere(catalogue, one)):
            if other not in found:
                found.add(other)
                open_ones.append(other)
    return sorted(found) if len(found) > 1 else []


def _elsewhere(catalogue: Catalogue, place: int) -> Iterable[int]:
    """Records of other shards that are versions of the same work as this one."""
    seen = terms.see(catalogue.item(place))
    mine = traits_of(seen)
    here = catalogue.shard_at(place)
    for other in catalogue.places(_keys(seen), _CROWD):
        if catalogue.shard_at(other) != here and why_same(mine, traits(catalogue.item(other))):
            yield other
    for other in catalogue.places(catalogue.stated(place), _CROWD):
        if catalogue.shard_at(other) != here and stated_same(mine, traits(catalogue.item(other))):
            yield other


def _keys(seen: terms.Seen) -> list[str]:
    """What a version may be found by: identifiers, what names them and what they name; the title with its first author, whole or before its colon."""
    names = [key for key in seen.identifiers if key[:2] in ("d:", "a:", "#:")]
    keys = [*names, *("r" + key for key in names), *seen.relations]
    keys += ["r" + key for key in seen.relations]
    if seen.families and seen.titles:
        title, main = "".join(seen.titles[0]), seen.mains[0]
        keys.append(terms.author_key(title, seen.families[0]))
        keys.append("m:" + terms.digest(title))
        if len(main) >= SHORT_KEY:
            keys.append(terms.author_key(main, seen.families[0]))
    return list(dict.fromkeys(keys))


def write_stated(folder: Path, stated: Mapping[int, Sequence[str]]) -> None:
    """Put beside the records of a shard what sources state about records elsewhere."""
    rows = {str(place): list(keys) for place, keys in sorted(stated.items())}
    (folder / STATED).write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")


def read_stated(folder: Path) -> dict[int, list[str]]:
    """The same, read; empty where there is none."""
    file = folder / STATED
    if not file.is_file():
        return {}
    return {int(place): keys for place, keys in json.loads(file.read_text("utf-8")).items()}
