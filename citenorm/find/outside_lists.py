"""Lines outside of lists go in; references that stand among them (paragraphs, items, footnotes) come out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from .labels import label_at
from .lines import Line
from .links import names_work
from .list_item import no_entry, only_identifier
from .one_per_line import one_a_line
from .reference_score import LONGEST, people, people_after_title, score
from .split import LEAD, Entry, entry

_REPEATED = re.compile(r"[-–—―_]{1,4}[.,]\s|(?:Ders|Dies|Idem|Ead|Eadem|Id)\.?[,:.]\s")
"""What stands for the authors of the reference above."""

THRESHOLD = 2.4
"""A paragraph must score so much to be taken for a reference without a heading above it …"""

NEAR = 1.2
"""… and so much when it stands next to one that is."""


def loose(
    text: str, lines: Sequence[Line], above: bool = False, below: bool = False
) -> list[Entry]:
    """References among the paragraphs of running text, precision first.

    ``above``, ``below``: a reference that is known already stands right before or after these lines.
    """
    groups = _groups(lines)
    found: list[Entry | None] = []
    for group in groups:
        found += _candidates(text, group)
    sure = [e is not None and e.score >= THRESHOLD for e in found]
    sure = [above, *sure, below]
    kept = []
    for i, candidate in enumerate(found):
        if candidate is None:
            continue
        near = sure[i] or sure[i + 2]
        if sure[i + 1] or (near and candidate.score >= NEAR):
            kept.append(candidate)
    return kept


def _groups(lines: Sequence[Line]) -> list[list[Line]]:
    """Paragraphs: lines without a gap between them, within one block."""
    groups: list[list[Line]] = []
    for line in lines:
        if (
            not groups
            or line.first
            or line.gap
            or line.kind == "heading"
            or _new_page(groups[-1], line)
        ):
            groups.append([])
        groups[-1].append(line)
    return groups


def _new_page(group: Sequence[Line], line: Line) -> bool:
    """True where a page ends with a whole reference and the next one begins with another."""
    if (
        line.page == group[-1].page
        or people(line.text) < 1.2
        or not group[-1].text.endswith((".", ")", '"', "”"))
    ):
        return False
    return score(" ".join(part.text for part in group)) >= NEAR


def _candidates(text: str, group: Sequence[Line]) -> list[Entry | None]:
    """The references of one paragraph: one, or one a line where every line that begins with people is one of its own."""
    if one_a_line(group):
        return [_single(text, line) for line in group]
    if 1 < len(group) <= 400:
        starts = [
            i
            for i, line in enumerate(group)
            if i == 0 or (people(_unlabelled(line)) >= 1.5 and _finished(group[i - 1]))
        ]
        if len(starts) > 1:
            parts = [group[a:b] for a, b in pairwise([*starts, len(group)])]
            made = [_candidate(text, part) for part in parts]
            if sum(e is not None for e in made) * 3 >= 2 * len(made):
                return made
    return [_candidate(text, group)]


def _single(text: str, line: Line) -> Entry:
    """The reference of one line of a list that has one a line; its neighbours vouch for it."""
    word, length = label_at(line.text)
    found = entry(text, line.start + length, line.end, word or line.label)
    found.score = max(found.score, THRESHOLD)
    return found


def _unlabelled(line: Line) -> str:
    return line.text[label_at(line.text)[1] :]


def _finished(line: Line) -> bool:
    return line.text.endswith((".", ")", '"', "”", "]")) or line.text[-1].isdigit()


def _candidate(text: str, group: Sequence[Line]) -> Entry | None:
    if group[0].kind in ("heading", "code", "table"):
        return None
    start, end = group[0].start, group[-1].end
    alone = group[0].kind == "footnote" and len(group) == 1 and only_identifier(group[0].text)
    if alone and names_work(group[0].text):  # the address of a paper, and nothing else
        found = entry(text, start, end, group[0].label)
        found.score = THRESHOLD
        return found
    if end - start > LONGEST or end - start < 30:
        return None
    word, length = label_at(group[0].text)
    head = group[0].text[length:]
    lead = LEAD.match(head)
    head = head[lead.end() :] if lead else head
    surely = max(people(head), people_after_title(head), 2.2 if _REPEATED.match(head) else 0.0)
    if not surely:
        return None
    found = entry(text, start + length, end, word or group[0].label)
    if no_entry(found.text):
        return None
    if surely < 1.5:
        found.score -= 1.0
    if _REPEATED.match(head):
        found.score = max(found.score, NEAR)
    if score(found.text) < NEAR and not _REPEATED.match(head):
        return None
    return found
