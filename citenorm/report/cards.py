"""Resolutions → Cards, the one place where the pages meet what the pipeline gives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import cast
from urllib.parse import quote

from ..again import Again
from ..changes import type_in_words
from ..match.explain import alone, waterfall
from ..model import Csl, Diagnostic, Provenance, Record, Resolution, custom_of, names_of, year_of
from ..normalize.preprint import is_preprint
from ..normalize.text import squash
from ..rules.base import Rule
from .card import (
    Asked,
    Candidate,
    Card,
    Field,
    FileCards,
    Finding,
    Outcome,
    Severity,
    State,
    Step,
    Version,
)
from .differences import Stretch, differing, words_missing
from .machine import level
from .order import in_order

LABELS: Mapping[str, str] = {
    "type": "kind", "title": "title", "author": "authors", "editor": "editors", "translator": "translators", "container-title": "venue",
    "collection-title": "series", "volume": "volume", "issue": "issue", "page": "pages", "number": "number", "edition": "edition",
    "genre": "genre", "publisher": "publisher", "publisher-place": "place", "issued": "year", "DOI": "DOI", "custom.arxiv": "arXiv",
    "ISBN": "ISBN", "ISSN": "ISSN", "URL": "address", "accessed": "seen", "note": "note",
}  # fmt: skip
"""The fields that a card shows, in this order."""

_PEOPLE = ("author", "editor", "translator")
_SPANS = {"issued": "date", "custom.arxiv": "arXiv"}
_MARKED: tuple[State, ...] = ("corrected", "contradicted")
_MOST_CANDIDATES = 4
_GOES_ON = re.compile(r"\bet al\b\.?|\band others\b|\bu\. ?a\.", re.I)
"""How a list of authors says that it is cut short."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One file that was read: resolutions in its order, and what goes with each.

    ``cites``: what is printed for each (BibTeX); ``printed``: the same as CSL, where the entry may have kept its own words
    (None: what the resolution emits); ``findings``: those that are to be told of each; ``loose``: of none of them;
    ``form_only``: its references were not looked up.
    """

    name: str
    results: Sequence[Resolution]
    cites: Sequence[str] = ()
    printed: Sequence[Csl | None] = ()
    findings: Sequence[Sequence[Diagnostic]] = ()
    loose: Sequence[Diagnostic] = ()
    form_only: bool = False


def cards_of(
    seen: Seen, first: int = 1, *, others: bool = False, again: Again | None = None
) -> FileCards:
    """The cards of one file; ``first`` numbers them (``r1``, ``r2`` …); ``others`` as in ``card_of``; ``again``: the cards of before."""
    kept = again or Again()
    cards = []
    for i, result in enumerate(seen.results):
        parts = (
            result,
            f"r{first + i}",
            tuple(seen.findings[i]) if seen.findings else result.diagnostics,
            seen.cites[i] if seen.cites else "",
            seen.printed[i] if seen.printed else None,
            others,
        )
        cards.append(kept.of(("card", i), parts, lambda parts=parts: _card_of(*parts)))  # type: ignore[misc]
    return FileCards(seen.name, tuple(cards), tuple(map(_finding, seen.loose)), seen.form_only)


def _card_of(
    result: Resolution, ident: str, told: Sequence[Diagnostic], cite: str, printed: Csl | None, others: bool
) -> Card:  # fmt: skip
    return card_of(result, ident, told, cite=cite, printed=printed, others=others)


def card_of(
    result: Resolution,
    ident: str,
    diagnostics: Sequence[Diagnostic] = (),
    *,
    cite: str = "",
    printed: Csl | None = None,
    least: float = 0.02,
    others: bool = False,
) -> Card:
    """One reference as a card; ``least``: the probability from which a candidate is shown where nothing was found;
    ``others``: other works that it may mean are shown beside the one that was found, too."""
    claim, reference = result.claim, result.claim.reference
    findings = tuple(map(_finding, diagnostics))
    now = result.emitted if printed is None else printed
    wrong = {f.field for f in findings if f.severity == "error"}
    fields = tuple(_fields(result, now, wrong))
    text = claim.raw or (reference.raw if reference else "") or claim.title
    is_entry = not claim.raw
    return Card(
        ident,
        reference.file if reference else "",
        reference.line if reference else 0,
        reference.end_line if reference else 0,
        (claim.id or reference.label or reference.key) if reference else claim.id or "",
        "entry" if is_entry else reference.kind if reference else "reference",
        text,
        _outcome(result, fields, cite if is_entry else None, text),
        tuple(_entry_marks(text, cite) if is_entry else _marks(result, text, fields, now)),
        reference.page if reference else None,
        shown(now, "title") or claim.title,
        fields,
        tuple(_versions(result)),
        tuple(Step(s.field, s.level, s.weight, s.total, s.claim, s.record) for s in waterfall(result)),
        result.probability,
        result.margin,
        alone(result.candidates[0]) if result.candidates else 0.0,
        findings,
        tuple(_candidates(result, least, others)),
        tuple(f"{a.source}: {a.reason}" for a in result.unasked),
        tuple(links(now)),
        cite,
    )  # fmt: skip


def _outcome(result: Resolution, fields: Sequence[Field], cite: str | None, text: str) -> Outcome:
    if result.status == "likely-fabricated":
        return "fabricated"
    if result.outcome == "ambiguous":
        return "doubtful"
    if not result.matched:
        return "unknown"
    if result.status == "contradicted":
        return "contradicted"
    changed = (
        cite.split() != text.split()
        if cite
        else any(f.state in ("filled", "corrected", "contradicted") for f in fields)
    )
    return "changed" if changed else "confirmed"


# ------------------------------------------------------------------ fields
def _fields(result: Resolution, now: Csl, wrong: set[str]) -> Iterable[Field]:
    stated = result.claim.csl
    there = {*stated, *now, "custom.arxiv"}
    for name, label in LABELS.items():
        if name not in there:
            continue
        before, after = shown(stated, name), shown(now, name)
        if not before and not after:
            continue
        origin = result.provenance.get(name)
        state = _state(result.matched, origin, before, after, name in wrong)
        yield Field(
            name,
            label,
            before,
            after,
            state,
            _witness(result, origin),
            origin.record if origin else "",
        )


def _witness(result: Resolution, origin: Provenance | None) -> str:
    """On whose word a field is printed; of a reference that no source knows nobody's but its own, which needs no telling."""
    if origin is None or origin.source == "reference":
        return "reference" if result.matched else ""
    return origin.source


def _state(matched: bool, origin: Provenance | None, before: str, after: str, wrong: bool) -> State:
    if wrong and before:
        return "contradicted"
    if not before:
        return "filled"
    if not after:
        return "left out"
    own = origin is None or origin.source == "reference"
    if before == after:
        return "kept" if own or not matched or (origin and origin.how == "corrected") else "same"
    return (
        "corrected" if origin is not None and origin.how in ("corrected", "filled") else "cleaned"
    )


def shown(csl: Csl, name: str) -> str:
    """A field as a person reads it, people in full."""
    value = csl.get(name)
    if isinstance(value, str) and name != "type":
        return value.strip()
    if name in _PEOPLE:
        people = ", ".join(f"{n.given} {n.full_family}".strip() for n in names_of(csl, name))
        return people + (" et al." if name == "author" and custom_of(csl).get("others") else "")
    if name == "issued":
        return str(year_of(csl) or "")
    if name == "type":
        kind = str(csl.get("type") or "")
        return "" if kind == "document" else type_in_words(kind)
    if name.startswith("custom."):
        return str(custom_of(csl).get(name[7:]) or "")
    if name == "accessed":
        return _date(csl, "accessed")
    return str(value) if isinstance(value, int) else ""


def _date(csl: Csl, name: str) -> str:
    value = csl.get(name)
    try:
        parts = value["date-parts"][0] if isinstance(value, Mapping) else ()
        return "-".join(f"{int(p):02d}" for p in parts)
    except (KeyError, IndexError, TypeError, ValueError):
        return ""


# ------------------------------------------------------------------ what differs in the text
def _marks(
    result: Resolution, text: str, fields: Sequence[Field], now: Csl
) -> list[tuple[int, int, str]]:
    """The stretches of a reference that are corrected or contradicted, each with its field."""
    told = {_SPANS.get(f.name, f.name): f for f in fields if f.state in _MARKED}
    out: list[tuple[int, int, str]] = []
    for start, end, label in result.claim.spans:
        field = told.get(label)
        if field is None:
            continue
        found: list[Stretch]
        if field.name in _PEOPLE:
            found = words_missing(text, [field.printed], start, end)
            found += [
                m.span()
                for m in _GOES_ON.finditer(text, start, end + 1)
                if not field.printed.endswith("et al.")
            ]
        elif field.name in ("title", "container-title", "publisher"):
            found = differing(text, field.printed, start, end)
        else:
            found = [(start, end)] if field.stated != field.printed else []
        out += [(a, b, field.label) for a, b in found]
    return sorted(out)


def _entry_marks(text: str, cite: str) -> list[tuple[int, int, str]]:
    """The words of an entry that the repaired one has not."""
    return [(a, b, "") for a, b in differing(text, cite)] if cite and cite != text else []


# ------------------------------------------------------------------ versions, candidates, links
def _versions(result: Resolution) -> Iterable[Version]:
    if result.work is None or len(result.work.records) < 2:
        return
    printed = {origin.record for origin in result.provenance.values()}
    groups: dict[tuple[str, str], list[Record]] = {}
    for record in result.work.records:
        groups.setdefault(_version_key(record), []).append(record)
    ordered = sorted(
        groups.items(),
        key=lambda item: (
            item[1][0].year or 9999,
            not is_preprint(item[1][0].csl),
            _day(item[1]),
            item[0],
        ),
    )
    for (label, _), records in ordered:
        best = next((r for r in records if r.id in printed), records[0])
        if not label:
            label = (
                shown(best.csl, "container-title")
                or shown(best.csl, "publisher")
                or shown(best.csl, "type")
                or "?"
            )
        whole = any(r.id in printed and not is_preprint(r.csl) for r in records) or len(groups) == 1
        yield Version(
            label,
            _day(records),
            tuple(sorted({r.source for r in records})),
            next(iter(links(best.csl)), ("", ""))[1],
            whole or (result.emitted.get("type") == "article" and best.id == _stands_on(result)),
        )  # fmt: skip


def _version_key(record: Record) -> tuple[str, str]:
    """What tells versions apart here: a preprint by its number, anything else by kind and year."""
    if is_preprint(record.csl):
        version = str(custom_of(record.csl).get("arxiv-version") or "")
        where = "arXiv" if record.arxiv else shown(record.csl, "container-title") or "preprint"
        return f"{where} {version}".strip(), str(record.year or "")
    return "", str(record.year or "")


def _day(records: Iterable[Record]) -> str:
    """When a version came out, as exactly as its records tell; "" where none does."""
    return max((_date(r.csl, "issued") for r in records), key=len, default="")


def _stands_on(result: Resolution) -> str:
    origin = result.provenance.get("title")
    return origin.record if origin else ""


def _candidates(result: Resolution, least: float, others: bool) -> Iterable[Candidate]:
    """Side by side where a person has to choose; where nothing was found, those that are at all likely."""
    if result.matched and not others:
        return
    found = {r.id for r in result.work.records} if result.work else set()
    likely: dict[tuple[str, ...], Candidate] = {}
    for i, c in enumerate(result.candidates):
        first = i == 0 and result.outcome == "ambiguous"
        if (alone(c) < least and not first) or c.record.id in found:
            continue
        made = candidate_of(c.record, alone(c))
        looks = tuple(map(squash, (made.title, made.authors, made.venue, made.year)))
        known = likely.setdefault(looks, made)
        likely[looks] = replace(known, probability=max(known.probability, made.probability))
    yield from islice(likely.values(), _MOST_CANDIDATES)


def candidate_of(record: Record, probability: float) -> Candidate:
    """A record as one that a reference may mean."""
    csl = record.csl
    return Candidate(
        record.id,
        shown(csl, "title"),
        shown(csl, "author") or shown(csl, "editor"),
        shown(csl, "container-title") or shown(csl, "publisher") or shown(csl, "type"),
        shown(csl, "issued"),
        round(probability, 4),
        next(iter(links(csl)), ("", ""))[1],
    )


def links(csl: Csl) -> Iterable[tuple[str, str]]:
    """``(words, address)`` of the DOI, the arXiv number and the page; nothing but http and https."""
    if doi := shown(csl, "DOI"):
        yield "DOI", f"https://doi.org/{quote(doi, errors='replace', safe='/:;()')}"
    if arxiv := shown(csl, "custom.arxiv"):
        yield "arXiv", f"https://arxiv.org/abs/{quote(arxiv, errors='replace', safe='/')}"
    url = shown(csl, "URL")
    if url.lower().startswith(("http://", "https://")) and not any(c.isspace() for c in url):
        yield "page", url


def _finding(found: Diagnostic) -> Finding:
    return Finding(
        found.code, found.name, cast(Severity, level(found)), found.message, found.field, found.claim, found.record, found.source,
        found.fix or "", found.place.line if found.place else 0,
    )  # fmt: skip


def findings_page(
    diagnostics: Iterable[Diagnostic], rules: Iterable[type[Rule]] = (), version: str = ""
) -> str:
    """The page of findings alone, by file, where no resolutions are at hand."""
    from .page import page

    by_file: dict[str, list[Diagnostic]] = {}
    for found in in_order(diagnostics):
        by_file.setdefault(found.place.file if found.place else "", []).append(found)
    told = [FileCards(name, (), tuple(map(_finding, mine))) for name, mine in by_file.items()]
    return page(told, rules=rules, version=version)


# ------------------------------------------------------------------ sources
def asked_of(
    results: Iterable[Resolution],
    catalogues: Sequence[Mapping[str, object]] = (),
    services: Sequence[str] = (),
) -> list[Asked]:
    """What was asked: local catalogues with what they hold, services with the days of their answers and who could not be asked."""
    days: dict[str, set[str]] = {}
    silent: dict[str, int] = {}
    for result in results:
        for c in result.candidates:
            if c.record.asked:
                days.setdefault(c.record.source, set()).add(c.record.asked[:10])
        for answer in result.unasked:
            silent[answer.source] = silent.get(answer.source, 0) + 1
    out = [
        Asked(
            str(info.get("path") or "catalogue"),
            f"local catalogue, {_count(info.get('records'))} records",
            str(info.get("built") or info.get("made") or "")[:10],
        )
        for info in catalogues
    ]
    for name in sorted({*services, *days, *silent}):
        when = sorted(days.get(name, ()))
        what = f"could not be asked {silent[name]} times" if name in silent else "online service"
        out.append(
            Asked(
                name,
                what,
                when[0] if len(when) == 1 else f"{when[0]} to {when[-1]}" if when else "",
            )
        )
    return out


def _count(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else "?"
