"""Labelled stretches of a reference in, the same without what names no part of the work: back-references, licences, numbers of indexes.

What is set apart says something all the same: the number of an index, or of the article.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

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


def set_apart(raw: str, low: str, by_label: dict[str, list[Stretch]]) -> dict[str, str]:
    """Take out, in place, what is no part of the work, and say what it tells: ``pmid``, ``pmcid``, and the number of an article as ``page``.

    ``low``: the string in small letters.  Most strings have none of the signs that are asked for first.
    """
    told: dict[str, str] = {}
    if raw.rstrip()[-1:].isdigit():
        _at_the_end(raw, by_label, told)
    if "PMID" in raw or "PMC" in raw or "[PubMed" in raw:
        _take(_PMID, "pmid", raw, by_label, told)
        _take(_PMCID, "pmcid", raw, by_label, told)
    if "MR" in raw or "Zbl" in raw:
        _take(_REVIEWED, "", raw, by_label, told)
    if "CC" in raw or "Licen" in raw or "rights" in raw:
        _take(_LICENCE, "", raw, by_label, told)
    if "art" in low and _ARTICLE_WORD.search(raw):
        _take(_ARTICLE, "page", raw, by_label, told)
    return told


def _take(
    pattern: re.Pattern[str],
    name: str,
    raw: str,
    by_label: dict[str, list[Stretch]],
    told: dict[str, str],
) -> None:
    """Cut what is found; ``name``: what it tells, "" where it names no part of the work."""
    for found in pattern.finditer(raw):
        if name:
            told[name] = found[found.lastindex or 0]
        _cut(by_label, found.start(), found.end())


def _at_the_end(raw: str, by_label: dict[str, list[Stretch]], told: dict[str, str]) -> None:
    """The number in PubMed, or those of the pages that cite the work."""
    last = raw.rpartition(" ")[2]
    if last.isdigit() and 6 < len(last) < 9 and (tail := _TAIL.search(raw)):
        told["pmid"] = tail[1]
        _cut(by_label, tail.start(1), tail.end(1))
    sentence = raw.rpartition(".")[2]
    if "".join(sentence.replace(",", " ").split()).isdigit():
        _take(_BACK, "", raw, by_label, told)


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
