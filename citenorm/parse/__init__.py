"""Reference strings → Claims: words labelled by the shipped model, stretches of one label read as fields.

``parse`` takes one string, ``parse_many`` many at once (faster), ``parse_iter`` a stream in constant memory.  None raises
on any text; what no field took is in ``Claim.unparsed``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from ..model import Claim
from .assemble import claim_of, empty_claim
from .tokens import tokenize

CHUNK = 1024

__all__ = ["parse", "parse_iter", "parse_many"]


def parse(text: str) -> Claim:
    """One reference string as a Claim; an empty string gives a Claim without fields."""
    return parse_many((text,))[0]


def parse_many(texts: Sequence[str]) -> list[Claim]:
    """A Claim for each string, in order."""
    return list(parse_iter(texts))


def parse_iter(texts: Iterable[str]) -> Iterator[Claim]:
    """A Claim for each string of a stream, in order; at most ``CHUNK`` of them are held at a time."""
    stream = iter(texts)
    while chunk := list(islice(stream, CHUNK)):
        yield from _chunk(chunk)


def _chunk(texts: list[str]) -> Iterator[Claim]:
    from .network import network

    tokens = [tokenize(text) for text in texts]
    full = [t for t in tokens if len(t.parts) > 1]
    model = network()
    labelled = iter(model.label(full) if full else ())
    for text, t in zip(texts, tokens, strict=True):
        yield claim_of(text, t, next(labelled), model.share_right) if len(t.parts) > 1 else empty_claim(text)


