"""The value of a name field → names, as BibTeX reads them, decoded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from ..model import Name
from ..normalize.latex import to_unicode
from ..normalize.name_form import suffix_apart
from ..rules.form_fields import AMPERSAND, EXTENDED, EtAlInNames

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
_STRAY_AND = re.compile(r"^\\?&\s*(?=[^\W\d_])")
"""An "&" left in front of a name: "&Stolz, Werner"."""
_INITIALS_FIRST = re.compile(r"(?:[^\W\d_]\.[\s-]*)+[^\W\d_]{2,}")
"""A name that begins with initials and goes on with a word."""
_ADDRESS = re.compile(
    r"\b(?:univ(?:ersit\w*)?|inst(?:itut\w*)?|dept|department|lab(?:s|oratory|oratories)?|cent(?:er|re)|corp|inc|ltd|gmbh|school|coll(?:ege)?|faculty)\b",
    re.I,
)
"""Words of which one stands in the address of an institution."""
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

    A list that is parted by commas, semicolons or "&" instead of "and" is read as what it means.
    """
    cut, others = without_tail(value)
    if (found := unparted(cut)) is not None:
        return found.names, others or found.others
    parts = split_people(cut)
    return tuple(read_name(part.strip(" ,")) for part in parts if part.strip(" ,")), others


def without_tail(value: str) -> tuple[str, bool]:
    """A list of names on one line without what says that it goes on ("and others", "et al"), and whether anything said so."""
    text = " ".join(value.split())
    cut = EtAlInNames.END.sub("", text)
    others = cut != text
    parts = split_people(cut)
    if parts and parts[-1].rstrip(" ,").lower() in ("others", "{others}"):
        return " and ".join(parts[:-1]), True
    return cut, others


def people_otherwise(value: str) -> tuple[Name, ...]:
    """The people of a field that may as well name several as one; empty where there is one reading only.

    "Mia Reed, Karl Loom" is two people, or one of the family "Mia Reed"; "Reed & Loom" two people, or a house of that name.
    The record of the work decides.
    """
    text, _ = without_tail(value)
    if "{" in text or ";" in text or " and " in text.lower() or "=" in text:
        return ()
    if AMPERSAND.search(text):
        pieces = AMPERSAND.split(text)
        alone = all(len(p.split()) == 1 and "," not in p for p in pieces)
        return tuple(Name(to_unicode(p).strip()) for p in pieces) if alone else ()
    pieces = text.split(",")
    if len(pieces) != 2 or any(len(p.split()) < 2 for p in pieces):
        return ()
    if _ends_in_initial(pieces[1]) and not _ends_in_initial(pieces[0]):
        return ()  # "Smith Jones, Ann B."
    found = _parted(text).names
    return found if len(found) == 2 and _whole(found) else ()


def _ends_in_initial(piece: str) -> bool:
    last = piece.split()[-1]
    return last.endswith(".") or len(last) == 1 or (len(last) <= 3 and last.isupper())


def _whole(names: Sequence[Name]) -> bool:
    """Each has a given and a family name."""
    return all(name.family and name.given for name in names)


def unparted(text: str) -> NameList | None:
    """The people of a list that commas, semicolons or "&" part: "A. Smith, B. Jones, C. Doe", "A. Smith, B. Jones, and C. Doe", "Smith, A.; Jones, B.", "A. Smith & B. Jones".

    None for any other list, and where that would make people of one name each: "Smith, Annand Jones, Bob" has lost an "and", and nobody can say where.
    """
    if EXTENDED.search(text) or "\\;" in text or ("{" in text and _GROUP.search(text)):
        return None
    if AMPERSAND.search(text) and ";" not in text:
        found = _parted(text)
        return found if _whole(found.names) else None
    if ";" in text and " and " not in text.lower():
        return _parted(_without_address(text))
    if ";" not in text and text.count(",") < 2 and " and " not in text:
        return None
    if not any(_crowded(part.strip(" ,")) for part in split_people(text)):
        return None
    found = _parted(text)
    bare = any(n.family and not (n.given or n.suffix) for n in found.names)
    return None if bare else found


def _without_address(text: str) -> str:
    """A list parted by semicolons without the addresses that digital libraries put behind it ("R&D Center, Toshiba Corp., Kawasaki")."""
    pieces = text.split(";")
    while len(pieces) > 1 and "," in pieces[-1] and _ADDRESS.search(pieces[-1]):
        pieces.pop()
    return ";".join(pieces)


def _parted(text: str) -> NameList:
    from ..normalize.names import split_names

    return split_names(to_unicode(text))


def _crowded(part: str) -> bool:
    """More commas than "Last, Jr, First" has, or two whole names: no family name begins with an initial ("A. Smith, B. Jones")."""
    pieces = part.split(",")
    if len(pieces) == 2 and all(_INITIALS_FIRST.match(piece.strip()) for piece in pieces):
        return True
    return len(pieces) > 3 or (len(pieces) == 3 and not _SUFFIX.fullmatch(pieces[1].strip(" {}")))


@lru_cache(maxsize=65536)
def read_name(text: str) -> Name:
    """One name: "von Last, Jr, First", "First von Last", biblatex's "family=Last, given=First", or an organisation.

    An organisation stands in braces or has "&" in its name, as no person has.
    """
    if EXTENDED.match(text) and (extended := _extended(text)) is not None:
        return extended
    braced = _BRACED.fullmatch(text)
    if braced and _one_group(text):
        return Name(literal=to_unicode(braced[1]).strip())
    if AMPERSAND.search(text):
        return Name(literal=to_unicode(text).strip())
    from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts

    text = _HOMONYM.sub("", _STRAY_AND.sub("", text))
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
    return suffix_apart(Name(family, given, particle, suffix))


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
