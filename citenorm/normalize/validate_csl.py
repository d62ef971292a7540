"""A CSL item of unknown make → one whose values have the kinds that CSL-JSON gives them; what has another kind is turned into it or left out.

Items that come from outside (claims, catalogues of other programs, a caller's dictionaries) may hold numbers for strings,
a string for a list, or nothing of sense.  Behind this border every room may rely on the kinds.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

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
        "unreadable-doi",
        "unreadable-arxiv",
    ]
)
LONGEST_LIST = 10_000


def sound_csl(csl: Mapping[Any, Any]) -> dict[str, Any]:
    """The item with every value of its kind; a sound item comes out equal."""
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


def text_of(value: Any) -> str | None:
    """A string as it is, a number written out, the first of a list; None for anything else."""
    if isinstance(value, str):
        return value
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
        if isinstance(one, str) and one.strip():
            people.append({"literal": one})
        elif isinstance(one, Mapping):
            parts = {part: text for part in NAME_PARTS if (text := text_of(one.get(part)))}
            if parts.keys() & {"family", "given", "literal"}:
                people.append(parts)
    return people or None


def _date(value: Any) -> dict[str, Any] | None:
    if isinstance(value, (str, int)) and not isinstance(value, bool):
        value = {"raw": str(value)}
    if not isinstance(value, Mapping):
        return None
    out: dict[str, Any] = {
        k: text for k in ("raw", "literal", "season", "circa") if (text := text_of(value.get(k)))
    }
    parts = value.get("date-parts")
    if isinstance(parts, (list, tuple)):
        dates = [numbers for one in parts[:2] if (numbers := _numbers(one))]
        if dates:
            out["date-parts"] = dates
    return out or None


def _numbers(value: Any) -> list[int]:
    out: list[int] = []
    for one in value[:3] if isinstance(value, (list, tuple)) else ():
        text = text_of(one)
        if (
            text is None
            or not text.strip().lstrip("-").isascii()
            or not text.strip().lstrip("-").isdigit()
            or len(text) > 6
        ):
            break
        out.append(int(text))
    return out


def _custom(value: Any) -> dict[str, Any] | None:
    if not isinstance(value, Mapping):
        return None
    out: dict[str, Any] = {}
    for key, one in value.items():
        if not isinstance(key, str) or one is None:
            continue
        kept = text_of(one) if key in CUSTOM_TEXTS else one
        if key == "version-of":
            kept = (
                [t for o in one if (t := text_of(o))]
                if isinstance(one, (list, tuple))
                else text_of(one)
            )
        if key == "author-count":
            kept = one if isinstance(one, int) and not isinstance(one, bool) else None
        if kept is not None:
            out[key] = kept
    return out or None
