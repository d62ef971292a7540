"""What a person gives in place of a Claim (a string, a Reference, a CSL item) → the Claim; words out of a few → checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from .errors import ConfigError
from .model import Claim, Csl, Reference
from .normalize.identified import identified

Given = Claim | Reference | str | Csl
"""What names a work: a Claim, a Reference as ``find`` gives it, the string of a reference, or a CSL-JSON item."""
POLICIES = ("published", "as-cited", "preprint")


def claims_of(things: Iterable[Any]) -> list[Claim]:
    """A Claim for each thing; strings are parsed together.  Raises TypeError, with what is taken, for anything else."""
    if isinstance(things, (str, bytes, Claim, Reference, Mapping)):
        raise TypeError(
            f"a list of references is needed, not one {type(things).__name__}: [reference], or resolve(reference)"
        )
    out = list(things)
    parsed: dict[int, Claim] = {
        i: Claim(csl, raw=t)
        for i, t in enumerate(out)
        if isinstance(t, str) and (csl := identified(t))
    }
    texts = {i: t.raw if isinstance(t, Reference) else t for i, t in enumerate(out) if isinstance(t, (Reference, str)) and i not in parsed}  # fmt: skip
    if texts:
        from .parse import parse_many

        parsed |= zip(texts, parse_many(list(texts.values())), strict=True)
    return [_claim(thing, parsed.get(i)) for i, thing in enumerate(out)]


def claim_of(thing: Any) -> Claim:
    """``claims_of`` for one thing."""
    return claims_of([thing])[0]


def _claim(thing: Any, parsed: Claim | None) -> Claim:
    if isinstance(thing, Claim):
        return thing
    if parsed is not None:
        return replace(parsed, reference=thing) if isinstance(thing, Reference) else parsed
    if isinstance(thing, Mapping):
        ident = thing.get("id")
        csl = {k: v for k, v in thing.items() if k != "id"}
        return Claim(csl, id=None if ident is None else str(ident))
    raise TypeError(
        f"a reference is a string, a Reference, a Claim or a CSL item, not a {type(thing).__name__}"
    )


def one_of(value: str, choices: Sequence[str], what: str) -> None:
    """Raises ConfigError, with the choices, for a word that is none of them."""
    if value not in choices:
        raise ConfigError(f"{what} is one of {', '.join(choices)}, not {value!r}")
