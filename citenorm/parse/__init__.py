"""Reference strings → Claims: words labelled by the shipped model, stretches of one label read as fields.

``parse`` takes one string, ``parse_many`` many at once (faster), ``parse_iter`` a stream in constant memory.  None raises
on any text; what no field took is in ``Claim.unparsed``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from ..model import Claim, Reference, custom_of
from .assemble import claims_of, empty_claim
from .bare import bare_claim
from .tokens import tokenize

CHUNK = 4096
"""Strings that are labelled together: the more, the more are of like length."""
_LONGEST_IDENTIFIER = 160

__all__ = ["parse", "parse_iter", "parse_many", "parse_works"]


def parse(text: str | Reference) -> Claim:
    """One reference, a string or as ``find`` gives it, as a Claim; an empty string gives a Claim without fields."""
    return parse_many((text,))[0]


def parse_many(texts: Sequence[str | Reference]) -> list[Claim]:
    """A Claim for each reference, in order.  Raises TypeError for what is neither a string nor a Reference."""
    if isinstance(texts, str):
        raise TypeError(
            "a list of references is needed, not one str: parse(text), or parse_many([text])"
        )
    for text in texts:
        if not isinstance(text, (str, Reference)):
            raise TypeError(f"a reference is a string or a Reference, not a {type(text).__name__}")
    made = parse_iter([t if isinstance(t, str) else t.raw for t in texts])
    return [
        claim if isinstance(text, str) else replace(claim, reference=text)
        for claim, text in zip(made, texts, strict=True)
    ]


def parse_works(texts: Sequence[str]) -> list[list[Claim]]:
    """For each string the claims of the works that it names, in order: one, or more where it goes on with another work behind a semicolon.

    ``raw`` of a claim is its own part of the string then; ``parse`` and its kin give the first, with the rest as ``unparsed`` and the number of works in ``custom.works``.
    """
    out: list[list[Claim]] = []
    for start in range(0, len(texts), CHUNK):
        out += _chunk(texts[start : start + CHUNK])
    return out


def parse_iter(texts: Iterable[str]) -> Iterator[Claim]:
    """A Claim for each string of a stream, in order; at most ``CHUNK`` of them are held at a time."""
    stream = iter(texts)
    while chunk := list(islice(stream, CHUNK)):
        for text, works in zip(chunk, _chunk(chunk), strict=True):
            yield works[0] if len(works) == 1 else _first(text, works)


def _first(text: str, works: list[Claim]) -> Claim:
    """The first of several works as the claim of the whole string, which says how many there are."""
    claim = works[0]
    csl = {**claim.csl, "custom": {**custom_of(claim.csl), "works": len(works)}}
    return replace(
        claim, csl=csl, raw=text, unparsed=(*claim.unparsed, (len(claim.raw), len(text)))
    )


def _chunk(texts: Sequence[str]) -> Iterator[list[Claim]]:
    from .network import network

    bare = [bare_claim(text) if len(text) < _LONGEST_IDENTIFIER else None for text in texts]
    tokens = [
        tokenize(text if known is None else "") for text, known in zip(texts, bare, strict=True)
    ]
    full = [t for t in tokens if len(t.parts) > 1]
    model = network()
    labelled = iter(model.label(full) if full else ())
    for text, t, known in zip(texts, tokens, bare, strict=True):
        if known is not None:
            yield [known]
        elif len(t.parts) > 1:
            yield claims_of(text, t, next(labelled), model.share_right)
        else:
            yield [empty_claim(text)]
