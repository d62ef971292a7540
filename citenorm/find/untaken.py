"""The lines of a document and what was found among them go in; the lines of its lists that were passed over come out.

Nothing of a list is lost without a word: what stands between references, or below a heading that announces them, and is
neither a reference nor a heading, is named.  A report's running text is not: there, only lists are looked at.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from ..model import Document
from .headings import heading_kind
from .lines import Line
from .list_item import shape
from .sections import Section
from .whole_list import paragraphs, titles

SHARE = 0.5
"""A stretch is a list where at least this share of its letters belongs to references."""

FEW = 60
"""In a file with no reference at all, lines are named where it has no more than this."""

_WORD = re.compile(r"[^\W\d_]")

Passed = tuple[int, int, str]
"""First and last line of the file (1-based), and what stands there."""


def untaken(
    document: Document,
    lines: Sequence[Line],
    parts: Sequence[Section],
    taken: Sequence[tuple[int, int]],
) -> tuple[Passed, ...]:
    """What lists hold beside headings and references.  ``taken``: stretches of the text that references and mentions are."""
    if document.format in ("pdf", "latex", "bibtex") or not lines:
        return ()
    spans = sorted(taken)
    bodies = [lines]
    sure = [lines[part.begin : part.end] for part in parts if part.sure]
    if not _is_list(lines, spans) or any(_holds_all(body, spans) for body in sure):
        bodies = sure
        bodies = [_near(body, spans) for body in bodies if _is_list(body, spans)]
        if not spans:
            bodies = [lines] if _few_words(lines) else []
    return tuple(_passed(document, run) for body in bodies for run in _runs(body, spans))


def _covered(line: Line, spans: Sequence[tuple[int, int]]) -> bool:
    place = bisect_right(spans, (line.end - 1, len(spans) + line.end)) - 1
    return place >= 0 and spans[place][1] > line.start


def _is_list(lines: Sequence[Line], spans: Sequence[tuple[int, int]]) -> bool:
    body = [line for line in lines if line.kind not in ("heading", "code")]
    total = sum(len(line.text) for line in body)
    held = sum(len(line.text) for line in body if _covered(line, spans))
    return held > 0 and held >= SHARE * total


def _holds_all(lines: Sequence[Line], spans: Sequence[tuple[int, int]]) -> bool:
    """Every reference stands in this part, so that the rest of the document is no list."""
    return bool(lines) and all(lines[0].start <= start < lines[-1].end for start, _ in spans)


def _near(lines: Sequence[Line], spans: Sequence[tuple[int, int]]) -> Sequence[Line]:
    """The lines of a list up to the paragraph behind its last reference."""
    last = max(i for i, line in enumerate(lines) if _covered(line, spans))
    end = last + 2
    while end < len(lines) and not lines[end].gap and not lines[end].first:
        end += 1
    return lines[:end]


def _few_words(lines: Sequence[Line]) -> bool:
    """True for a short file whose paragraphs are notes rather than running text."""
    if len(lines) > FEW or any(line.kind in ("code", "table") for line in lines):
        return False
    groups = [group for group in paragraphs(lines) if group[0].kind != "heading"]
    told = [shape(" ".join(line.text for line in group)).words for group in groups]
    return 2 * sum(told) > len(told)


def _runs(lines: Sequence[Line], spans: Sequence[tuple[int, int]]) -> list[list[Line]]:
    """Lines of one paragraph that no reference covers; headings and the title above a list are none."""
    runs: list[list[Line]] = []
    body = lines[titles(lines) :] if spans else lines
    over = {
        id(a)
        for a, b in pairwise(body)
        if a.kind == b.kind == "item" and b.level > a.level and len(a.text) <= 60
    }
    for group in paragraphs(body):
        open_run = False
        for line in group:
            if _covered(line, spans) or _needless(line) or id(line) in over:
                open_run = False
            elif open_run:
                runs[-1].append(line)
            else:
                runs.append([line])
                open_run = bool(spans)
    return runs


def _needless(line: Line) -> bool:
    return (
        line.kind in ("heading", "code", "table")
        or len(line.text) < 4
        or not _WORD.search(line.text)
        or bool(heading_kind(line.text))
    )


def _passed(document: Document, run: Sequence[Line]) -> Passed:
    text = " ".join(line.text for line in run)
    return (
        document.line_of(run[0].start),
        document.line_of(max(run[0].start, run[-1].end - 1)),
        " ".join(text.split()),
    )
