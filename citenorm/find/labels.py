"""Lines go in; which of them begin with the label of a numbered or keyed reference comes out."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from .lines import Line


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the beginning of a line: ``text`` is what is printed inside, ``length`` how far it reaches."""

    line: int
    text: str
    length: int
    number: int = 0


STYLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("bracket", re.compile(r"\[\^?(\d{1,6})[a-z]?\][.:]?\s*")),
    (
        "key",
        re.compile(
            r"\[([A-Z][^\[\]\s]{1,24}(?: (?:et al\.?,?|and|&|und)?[^\[\]]{0,24})?|[a-z]{2,20}[-_:]?\d{2,4}[a-z]?|[a-z][^\[\]\s]{1,24}, (?:\d{4}[a-z]?)?|\^[^\[\]\s]{1,40})\]:?\s+"
        ),
    ),
    ("paren", re.compile(r"\((\d{1,3})\)\s*")),
    ("half", re.compile(r"(\d{1,3})\)\s+")),
    ("dot", re.compile(r"(\d{1,3})\s?[.:](?:\s+|(?=[^\W\d_]))")),
    ("bare", re.compile(r"(\d{1,3})(?:\s+(?=[^\W\d_])|(?=[A-Z][a-z])|$)")),
)
_ANY = re.compile(r"(?:\[\^?[^\[\]\s]{1,30}\][.:]?\s*|\(\d{1,3}\)\s+|\d{1,3}\s?[.)]\s+(?=\S))")
_ALONE = re.compile(r"(\d{1,3})[.)]")
MAX_STEP = 6
"""Largest jump between neighbouring numbers: some labels get lost when a page is turned into text."""


def label_at(text: str) -> tuple[str, int]:
    """The label that ``text`` begins with, whatever its style, and its length; ("", 0) if there is none."""
    match = _ANY.match(text)
    if match is None:
        return "", 0
    inner = match.group().strip().strip("[](). :^")
    return inner, match.end()


def labels_of(lines: Sequence[Line]) -> list[Label]:
    """The labels of the style that numbers ``lines`` through, [] where no style does.

    Numbers must rise by small steps; keys must stand in front of at least half of the paragraphs that they label.
    """
    best: list[Label] = []
    for style, pattern in STYLES:
        found = []
        for index, line in enumerate(lines):
            sign = line.text[0]
            if sign not in "[(" and not sign.isdigit():
                continue
            match = pattern.match(line.text)
            if match:
                word = match.group(1)
                found.append(
                    Label(index, word.lstrip("^"), match.end(), int(word) if word.isdigit() else 0)
                )
        if style != "key":
            found = _rising(found, strict=style in ("dot", "bare", "half"))
        if (
            len(found) >= (1 if style == "bracket" else 2)
            and _plausible(style, found, lines)
            and len(found) > len(best) * 1.2
        ):
            best = found
    return best


@dataclass(frozen=True, slots=True)
class Numbering:
    """The labels that count a list through, in order."""

    labels: tuple[Label, ...]


HEAD = 3
"""Lines that may stand above the first label of a list: a title, an entry that lost its label."""


def numbering(lines: Sequence[Line]) -> Numbering | None:
    """The labels of a list that counts its entries one by one from its top; None where none do.

    Stricter than ``labels_of``: within one list each number is one more than the one before it (one in ten may be lost),
    so that years, pages and the numbers of other lists are none.
    """
    best: list[Label] = []
    for style, pattern in STYLES:
        if style == "bare":
            continue
        found = _matches(lines, style, pattern)
        if style == "key":
            chain = found if len(found) >= 2 and found[0].line == 0 else []
            chain = chain if len(chain) * 12 >= len(lines) else []
        else:
            chain = _counted(found)
        if len(chain) > len(best):
            best = chain
    if not best or best[0].line > HEAD:
        return None
    if len(best) == 1 and (best[0].line or (best[0].number > 1 and lines[0].text[0] not in "[(")):
        return None
    return Numbering(tuple(best))


def _matches(lines: Sequence[Line], style: str, pattern: re.Pattern[str]) -> list[Label]:
    found = []
    for index, line in enumerate(lines):
        sign = line.text[0]
        if sign not in "[(" and not sign.isdigit():
            continue
        match = pattern.match(line.text) or (
            _ALONE.fullmatch(line.text) if style == "dot" else None
        )
        if match:
            word = match.group(1)
            number = int(word) if word.isdigit() else 0
            found.append(Label(index, word.lstrip("^"), match.end(), number))
    return found


def _counted(found: Sequence[Label]) -> list[Label]:
    """Labels from the first one on, each the next number; holes of one or two are rare."""
    chain: list[Label] = []
    holes = 0
    for label in found:
        if not chain:
            if label.line > HEAD:
                return []
            chain.append(label)
        elif label.number == chain[-1].number + 1:
            chain.append(label)
        elif chain[-1].number + 1 < label.number <= chain[-1].number + 3:
            holes += 1
            chain.append(label)
    return chain if holes <= max(0.1 * len(chain), len(chain) >= 4) else []


def _rising(labels: list[Label], *, strict: bool) -> list[Label]:
    """The longest chain of labels whose numbers rise by steps of at most ``MAX_STEP`` (1 counts most)."""
    if not labels:
        return []
    best: dict[int, int] = {}
    size: list[float] = []
    back: list[int] = []
    for index, label in enumerate(labels):
        chosen, weight = -1, 0.0
        for step in range(1, MAX_STEP + 1):
            before = best.get(label.number - step)
            if before is not None and size[before] + (1.0 if step == 1 else 0.4) > weight + (
                1.0 if chosen >= 0 else 0.0
            ):
                chosen, weight = before, size[before] - (0.0 if step == 1 else 0.6)
        start = 1.0 if label.number <= 1 or not strict else 0.5
        size.append(weight + 1.0 if chosen >= 0 else start)
        back.append(chosen)
        known = best.get(label.number)
        if known is None or size[known] < size[index]:
            best[label.number] = index
    last = max(range(len(labels)), key=lambda i: (size[i], -i))
    chain = []
    while last >= 0:
        chain.append(labels[last])
        last = back[last]
    return chain[::-1]


def _plausible(style: str, labels: list[Label], lines: Sequence[Line]) -> bool:
    total = len(lines)
    first = labels[0]
    if style == "key":
        return len(labels) >= 2 and first.line <= 2 and len(labels) * 12 >= total
    ones = sum(1 for a, b in itertools.pairwise(labels) if b.number - a.number == 1)
    if style == "bracket":
        return len(labels) * 15 >= total
    if len(labels) < 3 and total > 12:
        return False
    spread = labels[-1].line - first.line + 1
    if ones < 0.6 * (len(labels) - 1) or len(labels) * 14 < spread:
        return False
    return not (style == "bare" and (len(labels) < 3 or first.line > 3 or labels[0].number > 40))


def glued(text: str, after: int) -> list[tuple[int, int, str]]:
    """Places ``(start, length, label)`` inside one line at which bracketed labels go on counting from ``after``."""
    places = []
    for match in re.finditer(r"(?<=[\s.;])\[(\d{1,4})\]\s+(?=[^\W\d_])", text):
        if int(match.group(1)) == after + 1:
            after += 1
            places.append((match.start(), match.end() - match.start(), match.group(1)))
    return places
