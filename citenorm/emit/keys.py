"""CSL items → unique citation keys in ASCII, like ``chitta2022training``."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Sequence

from ..errors import ConfigError
from ..model import Csl, Name, names_of, year_of

_STOP = frozenset({
    "a", "an", "the", "on", "of", "in", "for", "to", "and", "with", "from", "by", "at", "as", "is", "are", "do", "does", "how", "what", "why", "when",
    "der", "die", "das", "ein", "eine", "le", "la", "les", "un", "une", "el", "los",
})  # fmt: skip
_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "Æ": "ae",
        "ø": "o",
        "Ø": "o",
        "ł": "l",
        "Ł": "l",
        "đ": "d",
        "Đ": "d",
        "œ": "oe",
        "ı": "i",
        "þ": "th",
        "ð": "d",
    }
)


def ascii_word(text: str) -> str:
    """Lower-case ASCII letters and digits of a text; what has no Latin form falls away."""
    flat = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return re.sub(r"[^a-z0-9]+", "", flat.casefold().encode("ascii", "ignore").decode())


PATTERN = "{author}{year}{title}"
"""Family name, year and first word of the title that carries meaning."""
_PARTS = ("author", "authors", "year", "yy", "title", "venue")
_PART = re.compile(r"\{(\w*)\}")


def check_pattern(pattern: str, where: str = "") -> None:
    """Raises ConfigError, with the parts there are, for a pattern that cannot make keys."""
    unknown = [p for p in _PART.findall(pattern) if p.lower() not in _PARTS]
    rest = _PART.sub("", pattern)
    if unknown or not _PART.search(pattern) or re.search(r"[^\w:.+/-]", rest):
        raise ConfigError(
            f"{where}{pattern!r} is no pattern of keys: parts in braces ({', '.join(_PARTS)}; {{Author}} with a capital), and letters, digits, : . + / - _ between them"
        )


def patterned_key(csl: Csl, pattern: str) -> str:
    """A key by a pattern: ``{author}`` family of the first author, ``{authors}`` of up to three, ``{year}``, ``{yy}``, ``{title}``,
    ``{venue}``; with a capital (``{Author}``) the words begin with one, ``{Venue}`` is as the venue writes itself.
    """
    people: tuple[Name, ...] = names_of(csl) or names_of(csl, "editor")
    families = [ascii_word(_first_word(n.literal) if n.literal else n.full_family) for n in people]
    year = year_of(csl)
    values = {
        "author": families[:1],
        "authors": [*families[:3], *(["etal"] if len(families) > 3 else [])],
        "year": [str(year)] if year is not None else [],
        "yy": [f"{year % 100:02}"] if year is not None else [],
        "title": [ascii_word(_first_word(str(csl.get("title") or "")))],
        "venue": [ascii_word(venue := _initials(str(csl.get("container-title") or "")))],
    }
    if "{Venue}" in pattern:
        pattern = pattern.replace("{Venue}", re.sub(r"[^A-Za-z0-9]+", "", venue))

    def part(match: re.Match[str]) -> str:
        words = values[match[1].lower()]
        return "".join(w.capitalize() if match[1][0].isupper() else w for w in words)

    key = re.sub(r"^[:.+/_-]+|[:.+/_-]+$", "", _PART.sub(part, pattern))
    return key if key and not key.isdigit() else base_key(csl)


def _initials(venue: str) -> str:
    """A venue's own short form where it is known, else the first letters of its words."""
    from ..normalize.venues import find_venue

    found = find_venue(venue) if venue else None
    if found is not None and found.venue.short:
        return found.venue.short
    return "".join(w[0] for w in re.findall(r"[^\W\d_]+", venue) if w.lower() not in _STOP)


def base_key(csl: Csl) -> str:
    """Family name, year and first word of the title that carries meaning, as far as they are known."""
    people: tuple[Name, ...] = names_of(csl) or names_of(csl, "editor")
    family = ""
    if people:
        first = people[0]
        family = (
            ascii_word(first.full_family)
            if not first.literal
            else ascii_word(_first_word(first.literal))
        )
        family = family or ascii_word(first.given)
    year = year_of(csl)
    title = ascii_word(_first_word(str(csl.get("title") or "")))
    key = f"{family}{year if year is not None else ''}{title}"
    return key if key and not key.isdigit() else f"ref{key}"


def _first_word(text: str) -> str:
    words = [
        word
        for word in re.findall(r"[^\W_]+", re.sub(r"<[^>]*>|['’]|\$[^$]*\$", "", text))
        if ascii_word(word)
    ]
    return next((word for word in words if word.lower() not in _STOP), words[0] if words else "")


def keys_for(
    items: Sequence[Csl], taken: Collection[str] = (), pattern: str = PATTERN
) -> list[str]:
    """One key per item, all different (also without regard to case) and none in ``taken``; by a pattern as in ``patterned_key``.

    Items that share a key get a, b, c … in the order of their titles and identifiers, so the same items get the same
    keys in any order.
    """
    bases = [
        base_key(item) if pattern == PATTERN else patterned_key(item, pattern) for item in items
    ]
    groups: dict[str, list[int]] = {}
    for index, base in enumerate(bases):
        groups.setdefault(base.lower(), []).append(index)
    used = {key.lower() for key in taken}
    keys = [""] * len(items)
    for low in sorted(groups, key=lambda b: (len(groups[b]) > 1, b)):
        members = sorted(groups[low], key=lambda i: (_rank(items[i]), i))
        alone = len(members) == 1 and low not in used
        count = 0
        for index in members:
            key = base = bases[index]
            while not alone and (key == base or key.lower() in used):
                key, count = base + suffix(count), count + 1
            keys[index] = key
            used.add(key.lower())
    return keys


def suffix(number: int) -> str:
    """0 → a, 25 → z, 26 → aa …"""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(97 + rest) + letters
    return letters


def _rank(csl: Csl) -> str:
    return json.dumps(
        [csl.get("title"), csl.get("DOI"), csl.get("container-title"), csl],
        ensure_ascii=False,
        sort_keys=True,
        default=str,
    )
