"""What ``to_bibtex`` and its like are given (Resolutions, Records, Claims, CSL items) → items to print, one per entry."""

from __future__ import annotations

import json
from collections.abc import Iterable
from collections.abc import Mapping as MappingABC
from dataclasses import dataclass

from ..model import Claim, Csl, Record, Resolution
from ..shapes import sound_csl

Emittable = Resolution | Record | Claim | Csl


@dataclass(frozen=True, slots=True)
class Item:
    """One entry to print and the resolutions that led to it (none for a bare CSL item)."""

    csl: Csl
    resolutions: tuple[Resolution, ...] = ()

    @property
    def verified(self) -> bool:
        """False where no source confirmed the work: the entry rests on the reference's own words."""
        return not self.resolutions or any(r.matched for r in self.resolutions)


def items_of(things: Iterable[Emittable], *, join: bool = True) -> list[Item]:
    """Things in their order; ``join``: resolutions of one work that would print the same entry make one item.

    Raises TypeError for a thing that is none of the four.
    """
    if isinstance(things, (Resolution, Record, Claim, MappingABC)):
        things = [things]
    out: list[Item] = []
    at: dict[str, int] = {}
    for thing in things:
        if isinstance(thing, Resolution):
            csl = sound_csl(thing.emitted or thing.claim.csl)
            if not csl:
                continue
            print_as = json.dumps(csl, sort_keys=True, ensure_ascii=False, default=str)
            if join and print_as in at:
                index = at[print_as]
                out[index] = Item(out[index].csl, (*out[index].resolutions, thing))
                continue
            at[print_as] = len(out)
            out.append(Item(csl, (thing,)))
        elif isinstance(thing, (Record, Claim)):
            out.append(Item(sound_csl(thing.csl)))
        elif isinstance(thing, MappingABC):
            out.append(Item(sound_csl(thing)))
        else:
            raise TypeError(
                f"cannot print a {type(thing).__name__}: a Resolution, a Record, a Claim or a CSL item is needed"
            )
    return out
