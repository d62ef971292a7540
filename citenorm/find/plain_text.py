"""The lines of printed text (plain text, PDF) go in; the references in it come out, with or without a heading above them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .entry_signs import parted, signs
from .headings import heading_kind
from .labels import Label, label_at, labels_of
from .line_tagger import Tag, tags_of
from .lines import Line
from .list_item import imprint, no_entry, shape
from .one_per_line import one_a_line
from .outside_lists import loose
from .reference_score import people
from .split import Entry, entry

ALONE, LISTED, LABELLED = 1.0, -3.0, -6.0
"""What a stretch must score: standing alone, in a list, in a list with a label where it may be a reference at all."""

_LABEL_ALONE = re.compile(r"[\[(]?\d{1,4}[\])]?\.?")


def printed(text: str, lines: Sequence[Line]) -> list[tuple[Entry, str]]:
    """Entries with the headings that they stand under, in order."""
    told: dict[int, float] = {}

    def correct(first: Sequence[Tag]) -> dict[int, float]:
        told.update(signs(lines, first))
        return told

    tags = tags_of(lines, correct)
    singles = _singles(lines, tags) | {i for i, more in told.items() if more > 0 and tags[i] == "B"}
    singles.update(parted(lines, tags))
    tags = ["B" if i in singles else tag for i, tag in enumerate(tags)]
    _stop(lines, tags)
    labels = {
        label.line: label
        for label in labels_of([line for line, tag in zip(lines, tags, strict=True) if tag != "O"])
    }
    kept = [i for i, tag in enumerate(tags) if tag != "O"]
    labels = {kept[place]: label for place, label in labels.items()}
    alone = [i for i in kept if tags[i] == "B" and _LABEL_ALONE.fullmatch(lines[i].text)]
    if len(alone) >= 3:
        labels |= {i: _label_of(lines[i], i) for i in alone}
    found: list[tuple[Entry, str]] = []
    rest: list[Line] = []
    heading, after = "", False
    for begin, end in _runs(tags):
        for i in range(begin, end):
            if tags[i] == "O" and heading_kind(lines[i].text) in ("list", "maybe"):
                heading = lines[i].text
        if tags[begin] == "O":
            rest += lines[begin:end]
            continue
        made = _made(text, lines, begin, end, labels)
        several = end - begin > 1 or shape(made.text).good
        listed = begin in singles or (several and _in_list(tags, begin, end))
        if made.score > _least(made, listed) and not no_entry(made.text):
            if rest:
                found += [(e, "") for e in loose(text, rest, after, True)]
                rest = []
            after = True
            found.append((made, heading))
        else:
            rest += lines[begin:end]
    return found + [(e, "") for e in loose(text, rest, after)]


def _stop(lines: Sequence[Line], tags: list[Tag]) -> None:
    """What stands below a heading that ends a list is no part of the entry above it."""
    for i, line in enumerate(lines):
        if tags[i] != "I":
            continue
        after = i > 0 and tags[i - 1] == "O"
        if after or (line.gap and heading_kind(line.text) == "stop"):
            tags[i] = "O"


def _least(made: Entry, listed: bool) -> float:
    """The score that a stretch must exceed."""
    if made.label and shape(made.text).fair:
        return LABELLED
    return LISTED if listed or made.label else ALONE


def _singles(lines: Sequence[Line], tags: Sequence[Tag]) -> set[int]:
    """Indices of the lines in paragraphs that have one reference a line, whatever each of them looks like."""
    found: set[int] = set()
    begin = 0
    for i in range(1, len(lines) + 1):
        if i == len(lines) or lines[i].gap:
            start = begin + (heading_kind(lines[begin].text) == "list")
            if "B" in tags[start:i] and one_a_line(lines[start:i]):
                found.update(range(start, i))
            begin = i
    return found


def _runs(tags: Sequence[str]) -> list[tuple[int, int]]:
    """Stretches: all other lines in a row, or the lines of one reference."""
    runs: list[tuple[int, int]] = []
    for i, tag in enumerate(tags):
        if not runs or tag == "B" or (tag == "O") != (tags[i - 1] == "O"):
            runs.append((i, i + 1))
        else:
            runs[-1] = (runs[-1][0], i + 1)
    return runs


def _in_list(tags: Sequence[str], begin: int, end: int) -> bool:
    """True where other references stand close by."""
    near = list(tags[max(0, begin - 12) : begin]) + list(tags[end : end + 12])
    return near.count("B") >= 1


def _label_of(line: Line, i: int) -> Label:
    """The label that is all of a line."""
    return Label(i, line.text.strip("[](). "), len(line.text))


def _made(
    text: str, lines: Sequence[Line], begin: int, end: int, labels: dict[int, Label]
) -> Entry:
    """The entry of the lines from ``begin`` to ``end``, its label taken off."""
    label = labels.get(begin)
    start, word = lines[begin].start, ""
    if label is not None:
        start, word = start + label.length, label.text
    elif labels and lines[begin].text.startswith("["):  # a number that counts nothing: "[0]" twice
        word, length = label_at(lines[begin].text)
        start += length
    elif (
        _LABEL_ALONE.fullmatch(lines[begin].text)
        and end - begin > 1
        and people(lines[begin + 1].text)
    ):
        start, word = lines[begin + 1].start, lines[begin].text.strip("[](). ")
    while end - begin > 1 and imprint(lines[end - 1].text):
        end -= 1
    return entry(text, start, lines[end - 1].end, word)
