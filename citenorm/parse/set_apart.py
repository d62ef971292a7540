"""Labelled stretches of a reference in, the same without what names no part of the work: back-references, licences, numbers of indexes.

What is set apart says something all the same: the number of an index, or of the article.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..late import late

if TYPE_CHECKING:
    from .values import Stretch

_PMID = late(r"\b(?:PubMed\s+)?PMID:?\s*(\d{4,9})\b|\[PubMed: (\d{4,9})\]")
_TAIL = late(r"(?:10\.\d{4,9}/\S+|\b\d{1,5} \d{1,5} \d{1,5}) (\d{7,8})$")
"""The number in PubMed behind the DOI, or behind volume and pages that nothing but blanks part."""
_PMCID = late(r"\b(?:PubMed Central\s+)?(?:PMCID:?\s*)?(PMC\d{4,9})\b")
_REVIEWED = late(
    r"\b(?:MR\s?(?:\d{6,7}(?:\s\([^()]*\))?|\d{1,2}(?:[a-m]:|\s?#\s?)\d{3,6})|Zbl\.?\s\d[\d.]+)"
)
_LICENCE = late(
    r"[\s.;(]*(?:\bLicen[cs]e:?\s+(?:CC|Creative|MIT|Apache|BSD|GPL|Open)|\bCC[- ]BY|\bAll rights reserved)\b[^;]{0,60}$"
)
_BACK = late(r"(?<=\b(?:19|20)\d\d)[a-z]?\)?\.\s+(\d{1,3}(?:\s?,\s\d{1,3})*)\s*$")
_ARTICLE_WORD = late(r"[Aa]rt(?:icle|\.)?\s?[Nn]")
_ARTICLE = late(
    r"[,;.]?\s*\b[Aa]rt(?:icle|\.)?\s?[Nn](?:o|umber)?\b\.?:?\s*([A-Za-z]{0,3}\d[\w.]*\w|\d+)"
)


@dataclass(slots=True)
class Apart:
    """What the stretches that were set apart say: fields and identifiers (``custom``)."""

    fields: dict[str, Any] = field(default_factory=dict)
    custom: dict[str, Any] = field(default_factory=dict)


def set_apart(raw: str, by_label: dict[str, list[Stretch]]) -> Apart:
    """Take out, in place, what is no part of the work, and say what it tells."""
    told = Apart()
    last = raw.rpartition(" ")[2]
    if last.isdigit() and 6 < len(last) < 9 and (tail := _TAIL.search(raw)):
        told.custom["pmid"] = tail[1]
        _cut(by_label, tail.start(1), tail.end(1))
    for may_stand, pattern, tell in _READERS:
        if may_stand(raw):
            for found in pattern.finditer(raw):
                tell(found, told)
                _cut(by_label, found.start(), found.end())
    return told


def _pmid(found: re.Match[str], told: Apart) -> None:
    told.custom["pmid"] = found[1] or found[2]


def _pmcid(found: re.Match[str], told: Apart) -> None:
    told.custom["pmcid"] = found[1]


def _article(found: re.Match[str], told: Apart) -> None:
    told.fields["page"] = found[1]


def _nothing(found: re.Match[str], told: Apart) -> None:
    """It names no part of the work."""


def _ends_in_numbers(raw: str) -> bool:
    """Nothing but numbers stands behind the last full stop."""
    tail = raw.rpartition(".")[2].rstrip()
    return tail[-1:].isdigit() and "".join(tail.replace(",", " ").split()).isdigit()


_READERS: tuple[
    tuple[Callable[[str], object], re.Pattern[str], Callable[[re.Match[str], Apart], None]], ...
] = (
    (lambda raw: "PMID" in raw or "[PubMed" in raw, _PMID, _pmid),
    (lambda raw: "PMC" in raw, _PMCID, _pmcid),
    (lambda raw: "MR" in raw or "Zbl" in raw, _REVIEWED, _nothing),
    (lambda raw: "Licen" in raw or "CC" in raw or "rights" in raw, _LICENCE, _nothing),
    (_ends_in_numbers, _BACK, _nothing),
    (lambda raw: ("art" in raw or "Art" in raw) and _ARTICLE_WORD.search(raw), _ARTICLE, _article),
)
"""What is set apart and what it tells, behind a cheap question that most references answer with no."""
_KEPT = frozenset(("URL", "DOI", "arXiv", "accessed"))
"""Labels of addresses and of what belongs to them: nothing of theirs is cut."""


def _cut(by_label: dict[str, list[Stretch]], start: int, end: int) -> None:
    """Take a span out of every stretch: what lies within goes, what goes on over it ends or begins there."""
    for label in [name for name in by_label if name not in _KEPT]:
        left = []
        for s in by_label[label]:
            if s.end <= start or s.start >= end:
                left.append(s)
            elif s.start < start:
                left.append(s._replace(end=start))
            elif s.end > end:
                left.append(s._replace(start=end))
        if left:
            by_label[label] = left
        else:
            del by_label[label]
