"""Words with their labels → a Claim: stretches, fields, how sure each is, and what no field took."""

from __future__ import annotations

from itertools import chain, pairwise
from operator import attrgetter

from ..late import late
from ..model import Claim
from .fields import fields_of
from .labels import INDEX, LABELS
from .network import Labelling
from .tokens import Tokens
from .values import Stretch

# Words that say what stands beside them and are no part of any field.
_CONNECTORS = frozenset(
    [
        "in",
        "p",
        "pp",
        "pg",
        "pgs",
        "page",
        "pages",
        "s",
        "ss",
        "seite",
        "seiten",
        "vol",
        "vols",
        "volume",
        "no",
        "nos",
        "nr",
        "num",
        "number",
        "issue",
        "iss",
        "bd",
        "bde",
        "band",
        "heft",
        "h",
        "jg",
        "ed",
        "eds",
        "edn",
        "edition",
        "edited",
        "by",
        "hrsg",
        "hg",
        "hgg",
        "editor",
        "editors",
        "herausgegeben",
        "von",
        "v",
        "and",
        "und",
        "et",
        "al",
        "the",
        "of",
        "doi",
        "arxiv",
        "http",
        "https",
        "url",
        "isbn",
        "issn",
        "art",
        "article",
        "id",
        "available",
        "at",
        "from",
        "retrieved",
        "accessed",
        "online",
        "web",
        "zugriff",
        "am",
        "abgerufen",
        "unter",
        "t",
        "tome",
        "n",
        "fasc",
        "aufl",
        "auflage",
        "trans",
        "translated",
        "übers",
        "accedido",
        "consulté",
        "le",
        "on",
        "cit",
        "op",
        "ibid",
        "vgl",
        "siehe",
        "see",
        "cf",
        "pmid",
        "pmcid",
        "preprint",
        "e",
        "print",
        "abs",
        "org",
        "com",
        "www",
        "first",
        "last",
        "posted",
        "published",
        "publication",
        "presented",
    ]
)


_SPAN = attrgetter("start", "end", "label")
_WORD = late(r"\w+")
_PEOPLE = frozenset((INDEX["author"], INDEX["editor"]))
_NAMED = frozenset((INDEX["title"], INDEX["container-title"]))
_PLACED = _NAMED | {INDEX["volume"]}
_DATE = INDEX["date"]
_DATED = frozenset((_DATE, INDEX["page"]))


def empty_claim(text: str) -> Claim:
    """The claim of a string without a single word."""
    stripped = text.strip()
    return Claim(
        {},
        raw=text,
        confidence=0.0,
        unparsed=((text.index(stripped[0]), len(text.rstrip())),) if stripped else (),
    )


def stretches_of(
    tokens: Tokens, labelling: Labelling, share_right: list[list[float]]
) -> tuple[dict[str, list[Stretch]], list[Stretch], list[tuple[int, int]]]:
    """Stretches by label, all in order, and the stretches of words that no label took; ``share_right`` as in ``Network``."""
    ends, parts = tokens.ends, tokens.parts
    by_label: dict[str, list[Stretch]] = {}
    ordered: list[Stretch] = []
    loose: list[tuple[int, int]] = []
    for number, first, behind, sure in labelling.runs:
        if number:
            label, right = LABELS[number], share_right[number][int(sure * 100)]
            stretch = Stretch(label, ends[2 * first], ends[2 * behind - 1], right)
            ordered.append(stretch)
            if label in by_label:
                by_label[label].append(stretch)
            else:
                by_label[label] = [stretch]
        elif not _CONNECTORS.issuperset(map(str.lower, parts[2 * first + 1 : 2 * behind : 2])):
            loose.append((ends[2 * first], ends[2 * behind - 1]))
    return by_label, ordered, loose


def works_of(tokens: Tokens, labelling: Labelling) -> list[tuple[int, Labelling]]:
    """A string cut where it goes on with another work: where each begins, and its runs.

    "J. Smith, Phys. Rev. 12, 345 (1990); B. Jones, ibid. 13, 22 (1991)": people behind a semicolon, behind a place and a date, and again a
    title, container or volume and a date.
    """
    runs, ends = labelling.runs, tokens.ends
    cuts = [0]
    for i, (number, first, _, _) in enumerate(runs):
        if number in _PEOPLE and ";" in tokens.parts[2 * first]:
            before = {run[0] for run in runs[cuts[-1] : i]}
            behind = {run[0] for run in runs[i:]}
            if (
                before & _DATED
                and before & _NAMED
                and before & _PEOPLE
                and _DATE in behind
                and behind & _PLACED
            ):
                cuts.append(i)
    if len(cuts) == 1:
        return [(0, labelling)]
    return [
        (ends[2 * runs[a][1]] if a else 0, Labelling(runs[a:b], labelling.whole))
        for a, b in pairwise([*cuts, len(runs)])
    ]


def claims_of(
    raw: str, tokens: Tokens, labelling: Labelling, share_right: list[list[float]]
) -> list[Claim]:
    """The claims that a labelled string makes, one a work, each with its own part of the string as ``raw``."""
    works = works_of(tokens, labelling) if ";" in raw else ()
    if len(works) < 2:
        return [claim_of(raw, tokens, labelling, share_right)]
    out = []
    for (start, mine), end in zip(
        works, [*(start for start, _ in works[1:]), len(raw)], strict=True
    ):
        part = raw[start:end].rstrip("; \n")
        moved = Tokens(tokens.parts, [at - start for at in tokens.ends])
        out.append(claim_of(part, moved, mine, share_right, len(part) if end < len(raw) else None))
    return out


def claim_of(
    raw: str,
    tokens: Tokens,
    labelling: Labelling,
    share_right: list[list[float]],
    end: int | None = None,
) -> Claim:
    """The claim that a labelled reference makes; ``share_right`` as in ``Network``; ``end``: where the words end, if not with the tokens."""
    by_label, ordered, loose = stretches_of(tokens, labelling, share_right)
    csl, used = fields_of(raw, by_label, labelling.whole)
    confidence = {
        field: stretches[0].sure if len(stretches) == 1 else min([s.sure for s in stretches])
        for field, stretches in used.items()
    }
    labelled, taken = set(ordered), set(chain.from_iterable(used.values()))
    if left := labelled - taken:
        moved = taken - labelled  # it has another label, or one end was put elsewhere
        loose += [
            (s.start, s.end)
            for s in left
            if not any(s.start == other.start or s.end == other.end for other in moved)
            and not _CONNECTORS.issuperset(_WORD.findall(raw[s.start : s.end].lower()))
        ]  # "arXiv preprint" is said by other fields
    end = tokens.ends[-1] if end is None else end
    if end < len(raw) and raw[end:].strip():
        loose.append((end, len(raw)))
    return Claim.unchecked(
        csl,
        raw=raw,
        confidence=share_right[0][int(labelling.whole * 100)],
        field_confidence=confidence,
        spans=tuple(map(_SPAN, ordered)),
        unparsed=tuple(sorted(loose)),
    )
