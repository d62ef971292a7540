"""Identifiers and links in, the works that they name out: what ``citenorm get`` prints."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from .model import Answer, Claim, Record, Resolution, custom_of
from .normalize.identified import has_identifier, identified, identifiers_of

if TYPE_CHECKING:
    from .match.cite import Policy
    from .sources import Sources

MOST = 10_000
"""Lines of a list of identifiers."""
_MARK = re.compile(r"^\s*(?:[-*+•]|\[?\d{1,4}[.)\]])\s+")
_LINK = re.compile(r"\[[^\]\n]*\]\(\s*<?([^\s()<>]+)>?\s*\)")
_KINDS = ("arxiv", "pmid", "acl", "openreview", "dblp")


def get(
    identifiers: Sequence[str], sources: Sources | None = None, *, prefer: Policy = "published"
) -> list[Resolution]:
    """The work that each identifier (a DOI, an arXiv, PubMed or RFC number, an ISBN … or a link with one) names, in their order.

    Without ``sources`` the catalogues at hand are asked.  A resolution is ``unmatched`` where no source holds the identifier,
    with what could not be asked in ``unasked``.  Raises ConfigError for a text that is no identifier.
    """
    from .errors import ConfigError
    from .pipeline import resolve_all
    from .sources import open_sources

    claims = []
    for text in identifiers:
        csl = identified(text)
        if csl is None:
            raise ConfigError(f"{text!r} is no identifier that is known here (DOI, arXiv, PMID, ISBN, RFC, ACL, OpenReview, DBLP)")  # fmt: skip
        claims.append(Claim(csl, raw=text))
    if sources is None:
        with open_sources(offline=True) as ready:
            return get(identifiers, ready, prefer=prefer)
    held = [_local(claim, sources) for claim in claims]
    said = _online(claims, held, sources)
    # The record is cited as a reference to it would be: that finds its other versions, and prints the preferred one.
    cited = [_named(claim, records) for claim, records in zip(claims, held, strict=True)]
    out = resolve_all(cited, sources, prefer=prefer)
    return [
        _sure(result, claim, records, sources, prefer, unasked)
        for result, claim, records, unasked in zip(out, claims, held, said, strict=True)
    ]


def only_identifiers(text: str) -> list[str] | None:
    """The identifiers of a list that holds nothing else, one a line, with or without list marks; None for any other text.

    A Markdown link stands for its address.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines or len(lines) > MOST:
        return None
    found = []
    for line in lines:
        said = _MARK.sub("", line).strip()
        link = _LINK.fullmatch(said)
        said = link[1] if link else said
        if identified(said) is None:
            return None
        found.append(said)
    return found


def holds(record: Record, claim: Claim) -> bool:
    """Whether a record has the identifier that a claim of nothing else states."""
    return any(has_identifier(record.csl, *one) for one in identifiers_of(claim.csl))


def _local(claim: Claim, sources: Sources) -> list[Record]:
    custom = custom_of(claim.csl)
    asked = [("doi", claim.doi), ("isbn", str(claim.csl.get("ISBN") or ""))]
    asked += [(kind, str(custom.get(kind) or "")) for kind in _KINDS]
    return [
        record
        for kind, value in asked
        if value
        for record in sources.lookup(kind, value)
        if holds(record, claim)
    ]


def _online(
    claims: Sequence[Claim], held: list[list[Record]], sources: Sources
) -> list[tuple[Answer, ...]]:
    """Ask the services for what no catalogue holds (put into ``held``); what could not be asked, a claim."""
    from .sources.plan import Known

    open_ones = [i for i, records in enumerate(held) if not records]

    def judge(n: int, records: Sequence[Record]) -> Known:
        found = held[open_ones[n]]
        found += [r for r in records if holds(r, claims[open_ones[n]])]
        return Known.PUBLISHED if found else Known.NOTHING

    answers = sources.look_up([claims[i] for i in open_ones], judge)
    said: list[tuple[Answer, ...]] = [()] * len(claims)
    for i, mine in zip(open_ones, answers, strict=True):
        said[i] = tuple(answer for answer in mine if answer.kind == "unknown")
    return said


def _named(claim: Claim, records: Sequence[Record]) -> Claim:
    """A claim that says what the best of the records says; of the versions of an e-print it means the one that was asked for, not the last."""
    if not records:
        return claim
    from .match.cite.weight_of_word import rank

    best = min(records, key=rank)
    csl = {key: value for key, value in best.csl.items() if key != "id"}
    version = custom_of(claim.csl).get("arxiv-version", "")
    csl["custom"] = {**custom_of(best.csl), "arxiv-version": version}
    return Claim(csl, raw=claim.raw)


def _sure(
    result: Resolution, claim: Claim, records: Sequence[Record], sources: Sources, prefer: Policy,
    unasked: tuple[Answer, ...],
) -> Resolution:  # fmt: skip
    """The resolution; by the identifier alone where the words of the record did not suffice."""
    from .match import Choice, compare
    from .pipeline import conclude

    if not records:
        choice = Choice("unmatched", None, 0.0, 0.0, ())
        return conclude(claim, choice, sources, prefer, unasked)
    if result.matched:
        return result
    ranked = tuple(compare(result.claim, record) for record in records)
    choice = Choice("matched", ranked[0].record, 1.0, 1.0, ranked)
    return conclude(result.claim, choice, sources, prefer)
