"""The lines of printed text and their first tags go in; what the list as a whole says of where its entries begin comes out.

Two kinds of lists tell it: those that count their entries, and those whose entries all begin with authors and a year.
A third, typed with a blank line between the entries, tells it of lines that were taken for the end of the entry above.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from .headings import heading_kind
from .labels import labels_of
from .lines import Line
from .list_item import only_identifier, shape

LABELLED, UNLABELLED = 4.0, -3.0
"""What the label of a counted list adds to "begins a reference", and what it adds for the other lines of such a list."""

HEADED, UNHEADED, CONTINUED = 4.0, -1.0, -6.0
"""The same for authors and a year in front of a line, and for a line that can only go on: with a date, "et al.", "pp. 3"."""

FEWEST, SHARE = 4, 0.7
"""Labels that count a list, at least (one less where they count it from 1 on); entries of a list that begin with authors and a year, at least."""

LONGEST_PARAGRAPH = 30
"""Lines; no paragraph with more of them is one reference."""

_YEAR = r"(?:1[5-9]\d\d|20[0-3]\d)[a-z]?"
_HEAD = re.compile(
    rf"(?P<who>(?:[^\W\d_]|[\"“])[^()\[\];:!?\d]{{2,180}}?)(?:\((?:Eds?|Hrsg)\.?\),?)?[.,]?\s(?:\({_YEAR}\)|{_YEAR}[.:,])"
)
_SENTENCE = re.compile(
    r"\b[a-zà-ÿ]{3,}\s+[a-zà-ÿ]{3,}\s+[a-zà-ÿ]{2,}\b|\b(?:In|Proceedings|Journal|Press|Conference)\b"
)
_MONTH = re.compile(
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s(?:\d{1,2}(?:[-–]\d{1,2})?,?\s)?(?:19|20)\d\d|\d{1,2}(?:[-–]\d{1,2})?,?\s(?:(?:[A-Z][a-z]{2,9}\.?,?\s)?(?:19|20)\d\d)\b"
)
_MONTH_NAME = re.compile(
    r"(?:Jan|Febr?|March|April|May|June|July|Aug|Sept?|Oct|Nov|Dec)[a-z]*\b[/.\s,-]"
)
_GOES_ON = re.compile(
    r"(?:et\.? al\b|(?:and|und|et|y|e|&)\s|[,;:)\]]|pp?\.\s?\d|[Vv]ol\.\s?\d|no\.\s?\d|in:\s)"
)
_ENDED = re.compile(r"(?:[.!?\])”\"]|https?:\S+|10\.\d{4}\S+|\d)$")


def signs(lines: Sequence[Line], tags: Sequence[str]) -> dict[int, float]:
    """What is to be added to "begins a reference" of single lines."""
    added = _labels(lines, tags) or _heads(lines, tags)
    for i in range(1, len(lines)):
        if tags[i] != "B":
            continue
        dated = _MONTH.match(lines[i].text)
        goes_on = dated and not lines[i - 1].text.endswith((".", ")", "]"))
        if goes_on or _GOES_ON.match(lines[i].text):
            added[i] = CONTINUED
    return added


def _labels(lines: Sequence[Line], tags: Sequence[str]) -> dict[int, float]:
    """Each label that counts a list through begins an entry, and the lines between hardly do."""
    kept = [i for i, tag in enumerate(tags) if tag != "O"]
    labels = labels_of([lines[i] for i in kept])
    begun = sum(tag == "B" for tag in tags)
    steps = [b.number - a.number for a, b in pairwise(labels)]
    through = bool(labels) and labels[0].number == 1 and set(steps) == {1}
    if len(labels) < FEWEST - through or not labels[0].number or 2 * len(labels) < begun:
        return {}
    if steps.count(1) < 0.85 * len(steps):
        return {}
    at = [kept[label.line] for label in labels]
    return dict.fromkeys(range(at[0], at[-1]), UNLABELLED) | dict.fromkeys(at, LABELLED)


def _heads(lines: Sequence[Line], tags: Sequence[str]) -> dict[int, float]:
    """Where nearly every entry begins with authors and a year, a line that does so begins one."""
    begun = [i for i, tag in enumerate(tags) if tag == "B"]
    headed = [i for i in begun if _headed(lines, i)]
    if len(begun) < 3 or len(headed) < SHARE * len(begun):
        return {}
    added: dict[int, float] = {}
    first, last = begun[0], begun[-1]
    for i in range(max(0, first - 4), min(len(lines), last + 12)):
        above = lines[i - 1] if i else None
        if _headed(lines, i) and (
            above is None or above.gap or _ENDED.search(above.text) or i <= first
        ):
            added[i] = HEADED
        elif first < i <= last and len(headed) >= 0.9 * len(begun) and not _headed(lines, i):
            added[i] = UNHEADED
    return added


def parted(lines: Sequence[Line], tags: Sequence[str]) -> list[int]:
    """The first lines of further entries in a typed list that has every entry in a paragraph of its own."""
    begun = [i for i, tag in enumerate(tags) if tag == "B"]
    if len(begun) < 2 or not all(lines[i].gap for i in begun[1:]):
        return []
    inner = [
        i
        for i in range(begun[0] + 1, len(lines))
        if tags[i] == "I" and lines[i].gap and lines[i].width == len(lines[i].text)
    ]
    if len(inner) > len(begun):
        return []  # as many blank lines within the entries as between them: they tell nothing
    return [i for i in inner if _own_paragraph(lines, i)]


def _own_paragraph(lines: Sequence[Line], i: int) -> bool:
    """True where the paragraph that line ``i`` opens may be a reference, and the one above it has come to its end."""
    end = i + 1
    while end < len(lines) and not lines[end].gap and end - i < LONGEST_PARAGRAPH:
        end += 1
    text = " ".join(line.text for line in lines[i:end])
    goes_on = text[0].islower() or _GOES_ON.match(text) is not None
    begins = not goes_on or only_identifier(text)
    return begins and _ENDED.search(lines[i - 1].text) is not None and shape(text).fair


def _headed(lines: Sequence[Line], i: int) -> bool:
    """True for a line that begins with names (people or an organisation) and a year, over the line's end if need be."""
    text = lines[i].text
    if heading_kind(text) or _MONTH_NAME.match(text):
        return False
    if i + 1 < len(lines) and not lines[i + 1].gap:
        text = f"{text} {lines[i + 1].text}"
    match = _HEAD.match(text[:260])
    return match is not None and not _SENTENCE.search(match["who"]) and not _MONTH.match(text)
