"""A CSL item of unknown make → one whose values have the kinds that CSL-JSON gives them; what has another kind is turned into it or left out.

Items that come from outside (claims, catalogues of other programs, a caller's dictionaries) may hold numbers for strings,
a string for a list, or nothing of sense.  ``Record`` and ``Claim`` pass it when they are made: behind this border every room may rely on the kinds.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from .errors import InputError

NAMES = frozenset(
    [
        "author",
        "editor",
        "translator",
        "collection-editor",
        "composer",
        "container-author",
        "director",
        "editorial-director",
        "illustrator",
        "interviewer",
        "original-author",
        "recipient",
        "reviewed-author",
        "chair",
        "compiler",
        "contributor",
        "curator",
        "executive-producer",
        "guest",
        "host",
        "narrator",
        "organizer",
        "performer",
        "producer",
        "script-writer",
        "series-creator",
    ]
)
DATES = frozenset(
    ["issued", "accessed", "available-date", "event-date", "original-date", "submitted"]
)
NAME_PARTS = ("family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal")
CUSTOM_TEXTS = frozenset(
    [
        "arxiv",
        "arxiv-version",
        "primary-class",
        "dblp",
        "acl",
        "pmid",
        "openreview",
        "pmcid",
        "journal-ref",
        "collaboration",
        "unreadable-doi",
        "unreadable-arxiv",
        "unreadable-container-title",
    ]
)
CUSTOM_LISTS = frozenset(["other-versions", "title-variants"])
CUSTOM_FLAGS = frozenset(["others"])
CUSTOM_COUNTS = frozenset(["author-count", "works"])
FIRST_YEAR, LAST_YEAR = -3000, 2999
LONGEST_TEXT = 200_000
"""Characters of one text; a longer one is left out."""
LONGEST_NAME = 5_000
"""Characters of one part of a name, or of a date in words."""
LONGEST_LIST = 10_000
LONGEST_COUNT = 1_000_000
_PARTS = frozenset(NAME_PARTS)
_DATE_TEXTS = ("raw", "literal", "season", "circa")
_NO_TEXTS = NAMES | DATES | {"custom"}


def sound_csl(csl: Mapping[Any, Any]) -> Mapping[str, Any]:
    """The item with every value of its kind; a sound item comes back itself.  Raises InputError for what is no object at all."""
    if not isinstance(csl, (dict, Mapping)):
        raise InputError(f"an item is an object of CSL-JSON, not {type(csl).__name__}")
    if is_sound(csl):
        return csl
    out: dict[str, Any] = {}
    for key, value in csl.items():
        if not isinstance(key, str):
            continue
        if key in NAMES:
            made: Any = _names(value)
        elif key in DATES:
            made = _date(value)
        elif key == "custom":
            made = _custom(value)
        else:
            made = text_of(value)
        if made is not None:
            out[key] = made
    return out


# ------------------------------------------------------------------ is it sound already?
def is_sound(csl: Mapping[Any, Any]) -> bool:
    """True where every value has its kind: what nearly all items of sources are, told quickly."""
    for key, value in csl.items():
        if type(value) is str:
            if key in _NO_TEXTS or type(key) is not str or len(value) > LONGEST_TEXT:
                return False
        elif key in NAMES:
            if not _sound_names(value):
                return False
        elif key in DATES:
            if not _sound_date(value):
                return False
        elif key != "custom" or not _sound_custom(value):
            return False
    return True


def _sound_names(value: Any) -> bool:
    if type(value) is not list or not 0 < len(value) <= LONGEST_LIST:
        return False
    for one in value:
        if type(one) is not dict or not ("family" in one or "given" in one or "literal" in one):
            return False
        for part, text in one.items():
            if type(text) is not str or part not in _PARTS or not 0 < len(text) <= LONGEST_NAME:
                return False
    return True


def _sound_date(value: Any) -> bool:
    if type(value) is not dict or not value:
        return False
    for key, one in value.items():
        if key == "date-parts":
            if type(one) is not list or not 0 < len(one) <= 2:
                return False
            for parts in one:
                if not _sound_parts(parts):
                    return False
        elif key == "circa" and one is True:
            continue
        elif key not in _DATE_TEXTS or type(one) is not str or not 0 < len(one) <= LONGEST_NAME:
            return False
    return True


def _sound_parts(parts: Any) -> bool:
    if type(parts) is not list or not 0 < len(parts) <= 3:
        return False
    least, most = FIRST_YEAR, LAST_YEAR
    for number in parts:
        if type(number) is not int or not least <= number <= most:
            return False
        least, most = 0, 99
    return True


def _sound_custom(value: Any) -> bool:
    if type(value) is not dict or not value:
        return False
    for key, one in value.items():
        if type(key) is not str or one is None:
            return False
        check = _CHECKS.get(key)
        if check is not None and not check(one):
            return False
    return True


def _is_text(value: Any) -> bool:
    return type(value) is str and len(value) <= LONGEST_TEXT


def _is_texts(value: Any) -> bool:
    return (
        type(value) is list
        and len(value) <= LONGEST_LIST
        and all(map(_is_text, value))
        and all(value)
    )


def _is_count(value: Any) -> bool:
    return type(value) is int and 0 <= value <= LONGEST_COUNT


_CHECKS: Mapping[str, Callable[[Any], bool]] = {
    **dict.fromkeys(CUSTOM_TEXTS, _is_text),
    **dict.fromkeys(CUSTOM_LISTS, _is_texts),
    **dict.fromkeys(CUSTOM_FLAGS, lambda value: type(value) is bool),
    **dict.fromkeys(CUSTOM_COUNTS, _is_count),
    "version-of": lambda value: _is_text(value) or _is_texts(value),
}


# ------------------------------------------------------------------ made sound
def text_of(value: Any) -> str | None:
    """A string as it is, a number written out, the first of a list; None for anything else."""
    if isinstance(value, str):
        return str(value) if len(value) <= LONGEST_TEXT else None
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int):
        return str(value) if abs(value) < 10**18 else None
    if isinstance(value, float):
        return (
            None
            if not math.isfinite(value)
            else str(int(value))
            if value.is_integer() and abs(value) < 1e15
            else str(value)
        )
    if isinstance(value, (list, tuple)) and value and not isinstance(value[0], (list, tuple)):
        return text_of(value[0])
    return None


def _names(value: Any) -> list[dict[str, str]] | None:
    if isinstance(value, (str, Mapping)):
        value = [value]
    if not isinstance(value, (list, tuple)):
        return None
    people = []
    for one in value[:LONGEST_LIST]:
        if isinstance(one, str) and one.strip() and len(one) <= LONGEST_NAME:
            people.append({"literal": one})
        elif isinstance(one, Mapping):
            parts = {
                part: text
                for part in NAME_PARTS
                if (text := text_of(one.get(part))) and len(text) <= LONGEST_NAME
            }
            if parts.keys() & {"family", "given", "literal"}:
                people.append(parts)
    return people or None


def _date(value: Any) -> dict[str, Any] | None:
    if isinstance(value, (str, int)) and not isinstance(value, bool):
        value = {"raw": str(value)}
    if not isinstance(value, Mapping):
        return None
    out: dict[str, Any] = {
        k: text
        for k in _DATE_TEXTS
        if (text := text_of(value.get(k))) and len(text) <= LONGEST_NAME
    }
    if value.get("circa") is True:
        out["circa"] = True
    parts = value.get("date-parts")
    if isinstance(parts, (list, tuple)):
        dates = [numbers for one in parts[:2] if (numbers := _numbers(one))]
        if dates:
            out["date-parts"] = dates
    return out or None


def _numbers(value: Any) -> list[int]:
    out: list[int] = []
    for one in value[:3] if isinstance(value, (list, tuple)) else ():
        text = (text_of(one) or "").strip()
        digits = text.removeprefix("-")
        if not (digits.isascii() and digits.isdigit()) or len(text) > 6:
            break
        number = int(text)
        if not (0 <= number <= 99 if out else FIRST_YEAR <= number <= LAST_YEAR):
            break
        out.append(number)
    return out


def _custom(value: Any) -> dict[str, Any] | None:
    if not isinstance(value, Mapping):
        return None
    out: dict[str, Any] = {}
    for key, one in value.items():
        if not isinstance(key, str) or one is None:
            continue
        if key in CUSTOM_TEXTS or (key == "version-of" and not isinstance(one, (list, tuple))):
            kept: Any = text_of(one)
        elif key in CUSTOM_LISTS or key == "version-of":
            kept = _texts(one)
        elif key in CUSTOM_FLAGS:
            kept = one if isinstance(one, bool) else None
        elif key in CUSTOM_COUNTS:
            kept = one if _is_count(one) else None
        else:
            kept = one
        if kept is not None:
            out[key] = kept
    return out or None


def _texts(value: Any) -> list[str] | None:
    if not isinstance(value, (list, tuple)):
        return None
    return [text for one in value[:LONGEST_LIST] if (text := text_of(one))]
