"""The lines of a list of references go in, its entries come out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .entry_starts import begin_scores
from .labels import glued, label_at, labels_of
from .lines import Line
from .one_per_line import one_a_line
from .reference_score import LONGEST, people, score


@dataclass(slots=True)
class Entry:
    """One reference in the making: a stretch of the document's text without its label."""

    start: int
    end: int
    text: str
    label: str = ""
    score: float = 0.0
    context: Mapping[str, Any] = field(default_factory=dict)
    whole: bool = False
    """Nothing is in it but what its context says."""
    stated: bool = False
    """The layout says that it is one entry."""
    reach: int = 0
    """Where the links that belong to it end, if that is behind its own end."""
    lead: int = -1
    """Where they begin, if that is in front of it."""


BLOCK_FORMATS = frozenset(
    ("markdown", "html", "docx", "odt", "notebook", "rst", "latex", "rtf", "wikitext")
)
"""Formats whose paragraphs and items are stated, not guessed from white space."""


def split(text: str, lines: Sequence[Line], format: str) -> list[Entry]:
    """Entries in order.  ``text``: the document's; ``lines``: those of one list, its heading left out."""
    stated = format in BLOCK_FORMATS and all(line.kind in ("bibitem", "footnote") for line in lines)
    labels = [] if stated else labels_of(lines)
    if labels:
        return _by_labels(text, lines, labels, format)
    if format in BLOCK_FORMATS:
        return _by_blocks(text, lines)
    if one_a_line(lines):
        return _entries(text, lines, range(len(lines)))
    starts = [i for i, value in enumerate(begin_scores(lines)) if value > 0 or i == 0]
    return _entries(text, lines, starts)


_GLUED = re.compile(r"(?<=[.\])\d])\s?#{1,6}[ \t]+(?=\S)")
"""A Markdown heading that lost its line break and hangs on the reference above it."""


LEAD = re.compile(
    r"(?:Refs?|References?|Source|Quelle|Paper|Adapted from|Taken from|Cf|See(?: also)?)\s*[.:]\s+(?=\S)"
)
_FOR_THIS_SEE = re.compile(r"For [^.;:]{3,150}?,? see(?: also)?:?\s+(?=\S)")
"""What slides and notes put in front of a reference."""


def entry(text: str, start: int, end: int, label: str = "") -> Entry:
    """The entry at ``text[start:end]``, white space at its ends left out and scored."""
    piece = text[start:end]
    if "#" in piece and (glue := _GLUED.search(piece)):
        piece = piece[: glue.start()]
        end = start + glue.start()
    start += len(piece) - len(piece.lstrip())
    lead = LEAD.match(text, start, min(end, start + 40)) or _FOR_THIS_SEE.match(text, start, end)
    if lead and people(text[lead.end() : lead.end() + 200]) >= 1.5:
        start, piece = lead.end(), text[lead.end() : end]
    end -= len(piece) - len(piece.rstrip())
    folded = " ".join(text[start : min(end, start + LONGEST + 50)].split())
    return Entry(start, max(start, end), folded, label, score(folded))


def _entries(text: str, lines: Sequence[Line], starts: Sequence[int]) -> list[Entry]:
    found = []
    for place, begin in enumerate(starts):
        last = (starts[place + 1] if place + 1 < len(starts) else len(lines)) - 1
        word, length = label_at(lines[begin].text)
        found.append(
            entry(text, lines[begin].start + length, lines[last].end, word or lines[begin].label)
        )
    return found


def _by_labels(text: str, lines: Sequence[Line], labels: Sequence, format: str) -> list[Entry]:  # type: ignore[type-arg]
    found: list[Entry] = []
    if labels[0].line:
        found += list(_above(text, lines[: labels[0].line], format))
    for place, label in enumerate(labels):
        stop = labels[place + 1].line if place + 1 < len(labels) else len(lines)
        last = stop - 1
        begin = lines[label.line].start + label.length
        pieces = [(begin, label.text)]
        if label.number and len(lines[label.line].text) > 300:
            inner = glued(lines[label.line].text, label.number)
            for at, length, word in inner:
                pieces.append((lines[label.line].start + at + length, word))
        for k, (at, word) in enumerate(pieces):
            until = (
                text.rindex("[", 0, pieces[k + 1][0]) if k + 1 < len(pieces) else lines[last].end
            )
            found.append(entry(text, at, until, word))
    return found


def _above(text: str, lines: Sequence[Line], format: str) -> list[Entry]:
    """Entries above the first label: a lost label, or lines that are no reference at all."""
    if format in BLOCK_FORMATS:
        return [e for e in _by_blocks(text, lines) if e.score > 1.0]
    if len(lines) <= 8:
        one = entry(text, lines[0].start, lines[-1].end)
        return [one] if one.score > 1.5 else []
    return []


def _by_blocks(text: str, lines: Sequence[Line]) -> list[Entry]:
    """One entry a block; blocks of several lines that each begin a reference are taken apart."""
    groups: list[list[Line]] = []
    for line in lines:
        if line.first or not groups:
            groups.append([])
        groups[-1].append(line)
    found: list[Entry] = []
    for group in groups:
        starts = [0]
        if one_a_line(group):
            starts = [*range(len(group))]
        elif len(group) > 1:
            whole = " ".join(line.text for line in group)
            each = [score(line.text) for line in group]
            if len(whole) > 400 or sum(value > 0.5 for value in each) > 1:
                values = begin_scores(group)
                good = [i for i, value in enumerate(values) if value > 0 or i == 0]
                pieces = _entries(text, group, good)
                if len(pieces) > 1 and min(piece.score for piece in pieces) > 0.0:
                    starts = good
        found += _entries(text, group, starts)
    return found
