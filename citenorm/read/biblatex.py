"""The fields of the entries in a ``.bbl`` of biblatex go in; references as a simple style prints them come out."""

from __future__ import annotations

import re
from collections.abc import Callable

from .draft import Draft

_ENTRY = re.compile(r"\\entry\{([^{}]{1,300})\}\{([^{}]{0,60})\}")
_NAMES = re.compile(r"\\name\{(author|editor)\}")
_PERSON = re.compile(r"\b(family|given|prefix|suffix)=\{")
_FIELD = re.compile(r"\\(?:field|strng|list|range)\{([a-z]+)\}(?:\{\d+\})?\{(?:\{(?=%))?%?\s*")
_VERB = re.compile(r"\\verb\{(doi|url|eprint)\}\s*\\verb\s+(\S+)")
_ORDER = (
    "title",
    "subtitle",
    "booktitle",
    "journaltitle",
    "volume",
    "number",
    "publisher",
    "pages",
    "year",
)


def put_entries(draft: Draft, put: Callable[[Draft, int, int], None]) -> None:
    """Append every ``\\entry`` as a block of kind "bibitem"; ``put`` prints a stretch of LaTeX source."""
    source = draft.source
    starts = list(_ENTRY.finditer(source))
    seen: set[str] = set()
    for place, match in enumerate(starts):
        end = starts[place + 1].start() if place + 1 < len(starts) else len(source)
        key = match.group(1)
        if key in seen:
            continue
        seen.add(key)
        draft.gap()
        draft.open("bibitem", 0, key)
        _people(draft, match.end(), end, put)
        fields: dict[str, tuple[int, int]] = {}
        for field in _FIELD.finditer(source, match.end(), end):
            fields.setdefault(field.group(1), (field.end(), _shut(source, field.end(), end)))
        for name in _ORDER:
            if name in fields:
                draft.put("(" if name == "year" else "")
                put(draft, *fields[name])
                draft.put(
                    "). "
                    if name == "year"
                    else ". "
                    if name in ("title", "booktitle", "journaltitle", "publisher")
                    else ", "
                )
        for verb in _VERB.finditer(source, match.end(), end):
            draft.put(f"{verb.group(1)}: ")
            draft.take(*verb.span(2))
            draft.put(". ")
        draft.close()


def _people(draft: Draft, start: int, end: int, put: Callable[[Draft, int, int], None]) -> None:
    source = draft.source
    names = _NAMES.search(source, start, end)
    if names is None:
        return
    stop = re.compile(r"\n\s*\}\n\s*\\").search(source, names.end(), end)
    limit = stop.start() if stop else end
    count = 0
    people: list[dict[str, tuple[int, int]]] = []
    for part in _PERSON.finditer(source, names.end(), limit):
        if part.group(1) == "family" or not people:
            people.append({})
        people[-1].setdefault(part.group(1), (part.end(), _shut(source, part.end(), limit)))
    for person in people:
        draft.put(", " if count else "")
        for role in ("given", "prefix", "family"):
            if role in person:
                put(draft, *person[role])
                draft.put("" if role == "family" else " ")
        count += 1
    draft.put(". " if count else "")


def _shut(source: str, start: int, end: int) -> int:
    """Offset of the brace that closes the group open at ``start``."""
    depth = 1
    for match in re.finditer(r"\\.|[{}]", source[start : min(end, start + 5000)], re.DOTALL):
        if match.group() == "{":
            depth += 1
        elif match.group() == "}":
            depth -= 1
            if not depth:
                return start + match.start()
    return min(end, start + 5000)
