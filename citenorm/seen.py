"""A file and the Resolutions of its references → what a page shows of it: what is printed for each, which findings are whose."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from .again import Again
from .model import Csl, Diagnostic, Resolution
from .report.cards import Seen

if TYPE_CHECKING:
    from .bib import BibFile


def seen_document(
    name: str,
    results: Sequence[Resolution],
    findings: Sequence[Diagnostic] | None = None,
    again: Again | None = None,
) -> Seen:
    """A report: each reference with the entry that ``fix`` prints for it; ``findings``: those to be told (None: all).

    A mention that came to nothing is left out, as it is of the bibliography.  ``again``: what was drawn before.
    """
    told = [r for r in results if not _idle_mention(r)]
    wanted = None if findings is None else set(map(_told, findings))
    mine = [[d for d in r.diagnostics if wanted is None or _told(d) in wanted] for r in told]
    return Seen(name, told, cites_of(told, again), (), mine)


def _told(found: Diagnostic) -> tuple[str, str, str, int]:
    """What tells a finding from others, also where its place was made more precise."""
    return found.code, found.field, found.message, found.place.line if found.place else 0


def _idle_mention(result: Resolution) -> bool:
    reference = result.claim.reference
    return reference is not None and reference.kind == "mention" and result.work is None


def cites_of(results: Sequence[Resolution], again: Again | None = None) -> list[str]:
    """The BibTeX entry of each resolution, as one bibliography prints them: those of one work have one entry."""
    from .bibliography import bibliography
    from .emit import keys_for

    entries = bibliography(results).entries
    kept = again or Again()
    text: dict[int, str] = {}
    for key, entry in zip(keys_for([e.csl for e in entries]), entries, strict=True):
        parts = (entry.best, entry.csl, key)
        printed = kept.of(("entry", key), parts, lambda parts=parts: _printed(*parts))  # type: ignore[misc]
        text.update((id(r), printed) for r in entry.resolutions)
    return [text.get(id(r), "") for r in results]


def _printed(best: Resolution, csl: Csl, key: str) -> str:
    """One entry, "" where nothing in it can be printed."""
    from .emit import to_bibtex

    try:
        return to_bibtex([replace(best, emitted=csl)], keys=[key])
    except ValueError:
        return ""


def seen_bib(
    file: BibFile,
    results: Sequence[Resolution],
    repaired: BibFile,
    findings: Sequence[Diagnostic],
    again: Again | None = None,
) -> Seen:
    """A ``.bib`` file: each entry with what stands in its place after the repair; ``findings`` by their lines.

    ``results`` are those of the file's claims, in order; none where its form alone was looked at.
    """
    from . import bib
    from .bib.inherit import Parents
    from .normalize import normalize

    if not results:
        return Seen(file.name, (), loose=findings, form_only=bool(bib.claimed(file)))
    parents = Parents(repaired)
    old, new = bib.claimed(file), bib.claimed(repaired)
    if len(old) != len(new):
        repaired, parents, new = file, Parents(file), old
    cites: list[str] = []
    printed: list[Csl | None] = []
    for before, entry, result in zip(old, new, results, strict=True):
        text = repaired.text[entry.start : entry.end]
        cites.append(text + "\n")
        same = text == file.text[before.start : before.end]
        printed.append(
            result.claim.csl if same else normalize(bib.claim_of(repaired, entry, parents)).csl
        )
    mine, loose = _by_line(results, findings)
    return Seen(file.name, results, cites, printed, mine, loose)


def _by_line(
    results: Sequence[Resolution], findings: Sequence[Diagnostic]
) -> tuple[list[list[Diagnostic]], list[Diagnostic]]:
    """The findings of each entry by where they stand, and those that stand outside of all."""
    places = [r.claim.reference for r in results]
    starts = [p.line if p else 0 for p in places]
    mine: list[list[Diagnostic]] = [[] for _ in results]
    loose: list[Diagnostic] = []
    for found in findings:
        line = found.place.line if found.place else 0
        i = bisect_right(starts, line) - 1
        here = places[i] if line and i >= 0 else None
        if here is not None and line <= here.end_line:
            mine[_same_line(places, i, found)].append(found)
        else:
            loose.append(found)
    return mine, loose


def _same_line(places: Sequence[object], i: int, found: Diagnostic) -> int:
    """Of several entries on one line, the one whose key the finding names."""
    line = places[i].line  # type: ignore[attr-defined]
    for j in range(i, -1, -1):
        if places[j].line != line:  # type: ignore[attr-defined]
            break
        if places[j].key == found.key:  # type: ignore[attr-defined]
            return j
    return i
