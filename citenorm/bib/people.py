"""The value of a name field → names, as BibTeX reads them, decoded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ..model import Name
from ..normalize.latex import to_unicode

_BRACED = re.compile(r"\{(.*)\}", re.S)


@lru_cache(maxsize=4096)
def split_people(value: str) -> tuple[str, ...]:
    """The names of a list, as written: parted at `` and `` outside braces; ``others`` stays as one of them."""
    from bibtexparser.middlewares.names import split_multiple_persons_names

    text = " ".join(value.split())
    if not text:
        return ()
    if " and " not in text.lower():
        return (text,)
    return tuple(part for part in split_multiple_persons_names(text) if part)


def people_of(value: str) -> tuple[tuple[Name, ...], bool]:
    """The people of a name field and whether the list goes on (``and others``)."""
    parts = split_people(value)
    others = bool(parts) and parts[-1].lower() in ("others", "{others}", "et al.", "et al")
    return tuple(read_name(part) for part in (parts[:-1] if others else parts)), others


@lru_cache(maxsize=65536)
def read_name(text: str) -> Name:
    """One name: "von Last, Jr, First", "First von Last" or an organisation in braces."""
    braced = _BRACED.fullmatch(text)
    if braced and _one_group(text):
        return Name(literal=to_unicode(braced[1]).strip())
    from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts

    try:
        parts = parse_single_name_into_parts(text, strict=False)
    except (InvalidNameError, IndexError, ValueError):
        return Name(literal=to_unicode(text).strip())
    family, given, particle, suffix = (_join(p) for p in (parts.last, parts.first, parts.von, parts.jr))
    if not family:
        return Name(literal=to_unicode(text).strip())
    if not given and not particle and not suffix and " " in family:
        return Name(literal=family)
    return Name(family, given, particle, suffix)


def _one_group(text: str) -> bool:
    """The first brace is closed by the last one."""
    depth = 0
    for i, char in enumerate(text):
        depth += (char == "{") - (char == "}")
        if depth == 0 and i < len(text) - 1:
            return False
    return depth == 0


def _join(words: Sequence[str]) -> str:
    return to_unicode(" ".join(words)).strip()
