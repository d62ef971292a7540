"""A mention's claim + records → a Choice: which work a bare title in a list or heading stands for.

A mention names no authors, and often only a part of the title ("Federated Optimization" under "MLSys 2020").
Its words are looked for in the title of each record; what is missing must be made good by the context: the
venue and year of the heading above, or the same work cited elsewhere in the document.  Without such a
context only (nearly) the whole title will do, and two works that fit equally make it ambiguous.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..model import Claim, Comparison, Csl, Evidence, Outcome, Record, year_of
from ..normalize.preprint import is_preprint
from ..normalize.text import fold
from ..normalize.venues import same_venue
from .works import same_work

STOP = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "into",
        "is",
        "it",
        "its",
        "of",
        "on",
        "or",
        "over",
        "the",
        "to",
        "towards",
        "toward",
        "using",
        "via",
        "vs",
        "what",
        "with",
        "without",
        "we",
    ]
)
WHOLE, CITED, VENUE, NAMED = 0.9, 0.72, 0.72, 0.35
"""Least share of the mention's words found in the title: alone, cited in the document, in the heading's venue and year,
and there under the same coined name ("Checkmate: …")."""
MARGIN = 0.12


@dataclass(frozen=True, slots=True)
class MentionChoice:
    """The outcome for a mention: best record, probability (0–1), distance to the next other title."""

    outcome: Outcome
    record: Record | None
    probability: float
    margin: float
    ranked: tuple[Comparison, ...]


def choose_mention(
    claim: Claim, records: Iterable[Record], cited: Sequence[str] = ()
) -> MentionChoice:
    """Decide which record a mention means; ``cited`` are the ids of records that the document refers to elsewhere."""
    context = {
        **claim.context,
        **{k: v for k, v in claim.csl.items() if k in ("container-title", "issued")},
    }
    there = frozenset(cited)
    ranked = sorted(
        (_compare(claim, r, context, r.id in there) for r in records),
        key=lambda c: (-c.probability, -c.weight, c.record.id),
    )
    if not ranked:
        return MentionChoice("unmatched", None, 0.0, 0.0, ())
    best = ranked[0]
    other = next(
        (
            c
            for c in ranked[1:]
            if fold(c.record.title) != fold(best.record.title)
            and not same_work(c.record, best.record)
        ),
        None,
    )
    margin = best.weight - (other.weight if other else 0.0)
    outcome: Outcome = "unmatched"
    if best.probability >= 0.5:
        outcome = (
            "matched"
            if margin >= MARGIN or other is None or other.probability < 0.5
            else "ambiguous"
        )
    return MentionChoice(
        outcome,
        best.record if outcome == "matched" else None,
        best.probability,
        margin,
        tuple(ranked[:10]),
    )


def _compare(claim: Claim, record: Record, context: Csl, cited: bool) -> Comparison:
    ours, theirs = _words(claim.title), _words(record.title)
    found = _coverage(ours, theirs)
    back = _coverage(theirs, ours)
    placed = _in_context(record, context)
    whole = found >= WHOLE and back >= WHOLE
    evidence = [Evidence("title", "words", round(found, 3), claim.title, record.title)]
    score = 0.7 * found + 0.3 * back
    need = 2.0
    if cited:
        need = CITED
        score += 0.3
        evidence.append(Evidence("document", "cited elsewhere", 0.3))
    elif placed == "here":
        need = VENUE if len(ours) > 1 else WHOLE
    elif whole:
        need = WHOLE
    if placed != "unknown":
        score += {"here": 0.25, "elsewhere": -0.25}[placed]
        evidence.append(
            Evidence(
                "context",
                placed,
                {"here": 0.25, "elsewhere": -0.25}[placed],
                str(context.get("container-title", "")),
            )
        )
    if placed == "here" and _lead(claim.title) == _lead(record.title) != "":
        need = min(need, NAMED)
        score += 0.2
        evidence.append(
            Evidence("title", "same name before the colon", 0.2, claim.title, record.title)
        )
    one_word = len(ours) < 2 and not (whole and placed == "here")
    probability = 1 / (1 + math.exp(-14 * (found - need + 0.12))) if not one_word else 0.0
    return Comparison(record, tuple(evidence), score, min(0.99, probability))


def _in_context(record: Record, context: Csl) -> str:
    """Whether a record stands in the venue and year that the surroundings name."""
    year, venue = year_of(context), str(context.get("container-title") or "")
    theirs = str(record.csl.get("container-title") or "")
    if is_preprint(record.csl) or not (venue and theirs):
        return "unknown"
    verdict = same_venue(venue, theirs)
    if verdict == "same":
        return (
            "here"
            if year is None or record.year is None or abs(record.year - year) <= 1
            else "elsewhere"
        )
    return "elsewhere" if verdict == "different" else "unknown"


def _lead(title: str) -> str:
    """The one word before a title's colon, "" where there is none: systems and methods are known by it."""
    lead, colon, rest = title.partition(":")
    return fold(lead) if colon and rest.strip() and len(lead.split()) == 1 and len(lead) > 2 else ""


def _words(title: str) -> list[str]:
    return [w for w in fold(re.sub(r"\([^()]*\)", " ", title)).split() if w not in STOP]


def _coverage(words: list[str], among: list[str]) -> float:
    """Share (0–1, by letters) of ``words`` that ``among`` has, whole, abbreviated, or as initials of a run."""
    if not words:
        return 0.0
    have = frozenset(among)
    run = "".join(w[0] for w in among)
    got = total = 0.0
    for word in words:
        weight = math.sqrt(len(word))
        total += weight
        if word in have or (2 <= len(word) <= 5 and word in run):
            got += weight
        elif any(  # one a beginning of the other: plural, "stat." for "statistical"
            min(len(word), len(w)) >= 4 and (word.startswith(w) or w.startswith(word))
            for w in among
        ):
            got += 0.9 * weight
    return got / total
