"""Remarks in a file that switch rules off, ``citenorm: ignore=RULE[,RULE] [until=YYYY-MM[-DD]]`` in the comments of its format.

A remark holds for the reference that it stands in or directly above (``.bib``: for the entry); ``ignore-file=`` for the
whole file.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .model import Document

_REMARK = re.compile(
    r"citenorm:[ \t]*ignore(-file)?[ \t]*=[ \t]*([\w,-]+)(?:[ \t]+until[ \t]*=[ \t]*(\d{4})-(\d\d?)(?:-(\d\d?))?)?",
    re.I,
)
_SIGNS = {"latex": r"%", "bibtex": r"%", "markdown": r"<!--", "html": r"<!--", "rst": r"^\s*\.\."}
_ANY = r"%|<!--|^\s*\.\.\s|#"


@dataclass(frozen=True, slots=True)
class Remark:
    """The rules that one remark switches off ("all": every one), where it stands, and whether it is for the whole file."""

    words: frozenset[str]
    start: int
    whole_file: bool
    holds: bool


def remarks(
    text: str, form: str = "bibtex", today: datetime.date | None = None
) -> Iterator[Remark]:
    """The remarks of a text in one of the formats of ``read``, in order."""
    if "citenorm:" not in text.lower():
        return
    day = today or datetime.date.today()
    sign = re.compile(_SIGNS.get(form, _ANY), re.M)
    for match in _REMARK.finditer(text):
        line = text.rfind("\n", 0, match.start()) + 1
        if not sign.search(text, line, match.start()):
            continue
        words = frozenset(w.strip().lower() for w in match[2].split(",") if w.strip())
        yield Remark(words, match.start(), bool(match[1]), _holds(match, day))


def _holds(match: re.Match[str], today: datetime.date) -> bool:
    if not match[3]:
        return True
    stated = (int(match[3]), int(match[4]), int(match[5]) if match[5] else 31)
    return (today.year, today.month, today.day) <= stated


def is_silenced(code: str, name: str, words: frozenset[str]) -> bool:
    """True where the words of a remark switch a rule off, by its name, its code or the beginning of its code."""
    return bool(words) and (
        "all" in words
        or name in words
        or any(code.lower().startswith(word) for word in words if word.startswith("cn"))
    )


def silenced_lines(
    document: Document, today: datetime.date | None = None
) -> Callable[[int, int], frozenset[str]]:
    """(first line, last line of a reference) → the words of the remarks that hold for it."""
    text = document.source_text
    found = [r for r in remarks(text, document.format, today) if r.holds]
    if not found:
        return lambda first, last: frozenset()
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    always = frozenset(w for r in found if r.whole_file for w in r.words)
    by_line: dict[int, frozenset[str]] = {}
    for r in found:
        if not r.whole_file:
            at = bisect_right(starts, r.start)
            by_line[at] = by_line.get(at, frozenset()) | r.words

    def words(first: int, last: int) -> frozenset[str]:
        top = first
        while top > 1 and (top - 1 in by_line or not lines[top - 2].strip()):
            top -= 1
        held = [by_line[n] for n in range(top, last + 1) if n in by_line]
        return always.union(*held)

    return words


def unknown_words(remark: Remark) -> list[tuple[str, str]]:
    """The words of a remark that name no rule, and what to say of each."""
    from .rules.table import unknown_rule

    words = sorted(w for w in remark.words if w != "all")
    return [(word, problem) for word in words if (problem := unknown_rule(word))]
