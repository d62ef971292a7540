"""CSL items → unique citation keys in ASCII, like ``chitta2022training``."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Sequence

from ..errors import ConfigError
from ..model import Csl, Name, custom_of, names_of, year_of

_STOP = frozenset({
    "a", "an", "the", "on", "of", "in", "for", "to", "and", "with", "from", "by", "at", "as", "is", "are", "do", "does", "how", "what", "why", "when",
    "v", "vs", "о", "об", "в", "на", "и", "к", "по", "от", "из", "с", "der", "die", "das", "ein", "eine", "le", "la", "les", "un", "une", "el", "los",
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


_CYRILLIC = dict(zip(
    "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґ",
    ("a", "b", "v", "g", "d", "e", "zh", "z", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "",
     "y", "", "e", "yu", "ya", "i", "i", "e", "g"), strict=True,
))  # fmt: skip
_GREEK = dict(zip(
    "αβγδεζηθικλμνξοπρστυφχψως",
    ("a", "v", "g", "d", "e", "z", "i", "th", "i", "k", "l", "m", "n", "x", "o", "p", "r", "s", "t", "y", "f", "ch", "ps", "o", "s"), strict=True,
))  # fmt: skip
_SOUND = re.compile(r"(?:HANGUL SYLLABLE|(?:HIRAGANA|KATAKANA)(?: LETTER)?(?: SMALL)?) ([A-Z]+)$")
"""What Unicode calls a syllable is its sound."""
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_ACT = re.compile(r"(\d+)/(\d+)")


def ascii_word(text: str) -> str:
    """Lower-case ASCII letters and digits of a text; Cyrillic, Greek, Hangul and kana by their sounds; what has no Latin form falls away."""
    if text.isascii():
        return re.sub(r"[^a-z0-9]+", "", text.lower())
    spelled = unicodedata.normalize("NFC", text.translate(_LETTERS))
    if not _HAN.search(text):  # beside these, kana are endings
        spelled = "".join(map(_spelled, spelled))
    flat = unicodedata.normalize("NFKD", spelled)
    return re.sub(r"[^a-z0-9]+", "", flat.casefold().encode("ascii", "ignore").decode())


def _spelled(char: str) -> str:
    if char < "\u0370":
        return char
    low = unicodedata.normalize("NFD", char.casefold())[:1]
    if low in _CYRILLIC or low in _GREEK:
        return _CYRILLIC.get(low) or _GREEK.get(low, "")
    found = _SOUND.match(unicodedata.name(char, ""))
    return found[1].lower() if found else char


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
    """Family name, year and first word of the title that carries meaning, as far as they are known.

    Of an RFC or a standard its number stands for the title.  Without people two words of the title; without words the identifier,
    the address or the journal; what is in letters without Latin form and has none of them is called by its kind ("book2016").
    """
    who, (first, second) = _who(csl), _title_words(csl)
    year = year_of(csl)
    when = str(year) if year is not None else ""
    if not who:
        who, first = first, second
        if csl.get("type") == "legislation" and not second:
            when = ""  # it stands in the number
    if key := f"{who}{when}{first}":
        if not key.isdigit():
            return key
        venue = ascii_word(_first_word(str(csl.get("container-title") or "")))
        return f"{_by_identifier(csl) or venue or _kind(csl)}{when}"
    return _by_identifier(csl) or "ref"


def _who(csl: Csl) -> str:
    people: tuple[Name, ...] = names_of(csl) or names_of(csl, "editor")
    if not people:
        return ""
    first = people[0]
    if not first.literal:
        return ascii_word(first.full_family) or ascii_word(first.given)
    words = [w for w in _words(first.literal) if w.lower() not in _STOP] or _words(first.literal)
    one = ascii_word(words[0]) if words else ""
    if re.fullmatch(r"[A-Z]+&[A-Z]+", first.literal):
        return ascii_word(first.literal)
    return one + ascii_word(words[1]) if len(one) < 3 and len(words) > 1 else one


def _title_words(csl: Csl) -> tuple[str, str]:
    """The first two words of the title that carry meaning, "" for those that are lacking; the number of an RFC or standard instead."""
    number = str(csl.get("number") or "")
    if number and (csl.get("genre") == "RFC" or csl.get("type") == "standard"):
        bare = re.sub(r"\b(?:Std|PUB|Rec|Recommendation)\b\.?|[-:](?:19|20)\d\d$", "", number)
        return ("rfc" if csl.get("genre") == "RFC" else "") + ascii_word(bare), ""
    if csl.get("type") == "legislation" and (act := _ACT.search(str(csl.get("title") or ""))):
        return ascii_word(_first_word(str(csl["title"]))) + act[1] + act[2], ""
    words = [w for w in _words(str(csl.get("title") or "")) if w.lower() not in _STOP]
    words = words or _words(str(csl.get("title") or ""))
    return (ascii_word(words[0]) if words else "", ascii_word(words[1]) if len(words) > 1 else "")


def _by_identifier(csl: Csl) -> str:
    """An identifier or address in letters and digits, at most 24 of them."""
    if arxiv := str(custom_of(csl).get("arxiv") or ""):
        return "arxiv" + ascii_word(arxiv)
    if doi := str(csl.get("DOI") or ""):
        word = ascii_word(doi.partition("/")[2])
        return (word if not word.isdigit() else f"doi{word}")[:24]
    for name in ("pmid", "pmcid"):
        if value := str(custom_of(csl).get(name) or ""):
            return ascii_word(f"{name}{value}" if value.isdigit() else value)
    if isbn := str(csl.get("ISBN") or ""):
        return "isbn" + ascii_word(isbn)
    place = re.sub(r"^\w+://(?:www\.)?|[?#].*", "", str(csl.get("URL") or "")).strip("/")
    host, _, path = place.partition("/")
    name = ascii_word(host.rsplit(".", 2)[-2] if host.count(".") else host)
    return (name + ascii_word(path.rsplit("/", 1)[-1].rsplit(".", 1)[0]))[:24]


def _kind(csl: Csl) -> str:
    from .entry import TYPES

    return TYPES.get(str(csl.get("type") or ""), ("work", "work"))[0]


def _words(text: str) -> list[str]:
    """The words of a text of which something is left in ASCII."""
    bare = re.sub(r"<[^<>]{0,200}>|['’]|\$[^$]*\$", "", text)
    return [word for word in re.findall(r"[^\W_]+", bare) if word.isascii() or ascii_word(word)]


def _first_word(text: str) -> str:
    words = _words(text)
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


def apart(keys: Sequence[str]) -> list[str]:
    """The keys in their order, all different (also without regard to case): one that stood before gets a, b, c …"""
    used = {key.lower() for key in keys}
    seen: set[str] = set()
    tries: dict[str, int] = {}
    out = []
    for key in keys:
        new, low = key, key.lower()
        while low in seen and new.lower() in used:
            count = tries.get(low, 0)
            new, tries[low] = key + suffix(count), count + 1
        seen.add(low)
        used.add(new.lower())
        out.append(new)
    return out


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
