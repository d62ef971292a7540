"""BibTeX files of any size in, CSL items out: cut between entries, macros carried along."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from .entry import Entry, Fault

_PIECE = 1 << 22
_CUT = re.compile(rb"\n(?=@\s*[A-Za-z]+\s*[{(])")
_MACROS = re.compile(
    rb"^[ \t]*@string\s*(?:\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}|\([^()]*\))",
    re.IGNORECASE | re.MULTILINE,
)


def read(stream: BinaryIO) -> Iterator[Entry | Fault]:
    """Entries of a .bib file; ``id`` is ``bib:<key>``."""
    macros: list[bytes] = []
    for piece in _pieces(stream):
        yield from _entries(b"\n".join([*macros, piece]))
        macros += _MACROS.findall(piece)


def _pieces(stream: BinaryIO) -> Iterator[bytes]:
    """The file in pieces of whole entries, as far as entries begin at the beginning of a line."""
    held = b""
    while chunk := stream.read(_PIECE):
        held += chunk
        cuts = [found.start() for found in _CUT.finditer(held)]
        if cuts and cuts[-1] > 0:
            yield held[: cuts[-1]]
            held = held[cuts[-1] :]
    if held.strip():
        yield held


def _entries(piece: bytes) -> Iterator[Entry | Fault]:
    from ...bib import claims, read
    from ...errors import InputError

    try:
        bib = read(piece)
    except InputError as error:
        yield Fault("file", str(error))
        return
    for claim in claims(bib):
        csl = {"id": f"bib:{claim.id}", "type": "document", **claim.csl}
        if csl.get("title"):
            yield Entry(csl)
        else:
            yield Fault(str(claim.id), "no title")
