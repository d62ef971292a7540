"""The value of a name field → names, as BibTeX reads them, decoded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from ..model import Name
from ..normalize.latex import to_unicode
from ..rules.form_fields import EXTENDED, EtAlInNames

if TYPE_CHECKING:
    from ..normalize.names import NameList

_SUFFIX = re.compile(r"(?:jr|sr)\.?|[ivx]+|\d(?:st|nd|rd|th)", re.I)
_GROUP = re.compile(r"\{[^{}\\]*[,\s][^{}]*\}")
_PIECE = re.compile(
    r",\s*(?=(?:family|given|prefix|suffix|useprefix|nametemplates|sortingnamekeytemplatename|id|hash)(?:-i)?\s*=)"
)
"""What parts the pieces of a name in the extended form; a value in braces may hold other commas."""
_HOMONYM = re.compile(r"(?<=[^\W\d_])\s+0\d{3}(?=\s*(?:,|$))")
"""What an index puts behind a name to tell its bearers apart ("Wei Wang 0010"): no part of the name."""
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
    """The people of a name field and whether the list goes on (``and others``, "et al.").

    A list that is parted by commas or semicolons instead of "and" is read as what it means.
    """
    text = " ".join(value.split())
    cut = EtAlInNames.END.sub("", text) if "al" in text else text
    others = cut != text
    if is_unparted(cut):
        found = _parted(cut)
        return found.names, others or found.others
    parts = split_people(cut)
    if parts and parts[-1].lower() in ("others", "{others}"):
        parts, others = parts[:-1], True
    return tuple(read_name(part.strip(" ,")) for part in parts if part.strip(" ,")), others


def is_unparted(text: str) -> bool:
    """Names that commas or semicolons part: "A. Smith, B. Jones, C. Doe", "A. Smith, B. Jones, and C. Doe", "Smith, A.; Jones, B.".

    False where that would make people of one name each: "Smith, Annand Jones, Bob" has lost an "and", and nobody can say where.
    """
    if (text.count(",") < 2 and ";" not in text) or EXTENDED.search(text):
        return False
    if "{" in text and _GROUP.search(text):
        return False
    if ";" in text and " and " not in text.lower() and "\\;" not in text:
        return True
    if not any(_crowded(part.strip(" ,")) for part in split_people(text)):
        return False
    return not any(n.family and not (n.given or n.suffix) for n in _parted(text).names)


def _parted(text: str) -> NameList:
    from ..normalize.names import split_names

    return split_names(to_unicode(text))


def _crowded(part: str) -> bool:
    """More commas than "Last, Jr, First" has."""
    pieces = part.split(",")
    return len(pieces) > 3 or (len(pieces) == 3 and not _SUFFIX.fullmatch(pieces[1].strip(" {}")))


@lru_cache(maxsize=65536)
def read_name(text: str) -> Name:
    """One name: "von Last, Jr, First", "First von Last", biblatex's "family=Last, given=First", or an organisation in braces."""
    if EXTENDED.match(text) and (extended := _extended(text)) is not None:
        return extended
    braced = _BRACED.fullmatch(text)
    if braced and _one_group(text):
        return Name(literal=to_unicode(braced[1]).strip())
    from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts

    text = _HOMONYM.sub("", text)
    try:
        parts = parse_single_name_into_parts(text, strict=False)
    except (InvalidNameError, IndexError, ValueError):
        return Name(literal=to_unicode(text).strip())
    family, given, particle, suffix = (
        _join(p) for p in (parts.last, parts.first, parts.von, parts.jr)
    )
    if not family:
        return Name(literal=to_unicode(text).strip())
    if not given and not particle and not suffix and " " in family:
        return Name(literal=family)
    return Name(family, given, particle, suffix)


def _extended(text: str) -> Name | None:
    """A name in biblatex's extended form; None where it has no family."""
    parts: dict[str, str] = {}
    for piece in _PIECE.split(text.strip().removeprefix("{").removesuffix("}")):
        key, equals, value = piece.partition("=")
        if not equals:
            return None
        parts[key.strip().lower()] = to_unicode(value.strip().strip('"')).strip()
    if not parts.get("family"):
        return None
    return Name(
        parts["family"], parts.get("given", ""), parts.get("prefix", ""), parts.get("suffix", "")
    )


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
