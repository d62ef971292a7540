"""Resolutions in, a bibliography out: one entry per work (and edition), in the order of first naming."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from .model import Csl, Reference, Resolution

if TYPE_CHECKING:
    from .emit import Dialect


@dataclass(frozen=True, slots=True)
class Entry:
    """One work of a bibliography, and every resolution that came to it."""

    csl: Csl
    resolutions: tuple[Resolution, ...]

    @property
    def best(self) -> Resolution:
        return self.resolutions[0]


@dataclass(frozen=True, slots=True)
class Bibliography:
    """What ``fix`` makes of documents: a resolution per reference, an entry per work."""

    resolutions: tuple[Resolution, ...]
    entries: tuple[Entry, ...]

    def to_bibtex(self, *, dialect: Dialect = "bibtex", latex: bool = True) -> str:
        from .emit import to_bibtex

        return to_bibtex([_for_emission(e) for e in self.entries], dialect=dialect, latex=latex)

    def to_ris(self) -> str:
        from .emit import to_ris

        return to_ris([_for_emission(e) for e in self.entries])

    def to_csl(self) -> list[dict[str, Any]]:
        """CSL-JSON items with ``custom.citenorm``: where each was named, status, probability, diagnostics."""
        from .emit import keys_for

        keys = keys_for([e.csl for e in self.entries])
        return [_csl_item(key, entry) for key, entry in zip(keys, self.entries, strict=True)]


def _for_emission(entry: Entry) -> Resolution:
    return replace(entry.best, emitted=entry.csl)


def _csl_item(key: str, entry: Entry) -> dict[str, Any]:
    best = entry.best
    item = {"id": key, **{k: v for k, v in entry.csl.items() if k not in ("id", "custom")}}
    custom = dict(entry.csl.get("custom") or {})
    seen: dict[str, Any] = {}
    for resolution in entry.resolutions:
        for d in resolution.diagnostics:
            seen.setdefault(f"{d.name}|{d.field}|{d.message}", d.to_dict())
    custom["citenorm"] = {
        "documents": [{"file": r.file, "line": r.line, "raw": r.raw} for r in _references(entry)],
        "outcome": best.outcome,
        "status": best.status,
        "probability": round(best.probability, 4),
        "provenance": {field: origin.to_dict() for field, origin in best.provenance.items()},
        "diagnostics": list(seen.values()),
    }
    return {**item, "custom": custom}


def _references(entry: Entry) -> list[Reference]:
    return [r.claim.reference for r in entry.resolutions if r.claim.reference is not None]


def bibliography(results: Sequence[Resolution]) -> Bibliography:
    """One entry per work (and edition, where several are cited), in the order of first naming; mentions that came to nothing are left out."""
    from .normalize.editions import grouped, names_no_edition

    told = [
        r
        for r in results
        if r.work is not None or r.claim.reference is None or r.claim.reference.kind != "mention"
    ]
    entries = []
    for group in grouped(
        (r, [record.id for record in r.work.records] if r.work else [_own_words(r)]) for r in told
    ):
        members = [told[i] for i in group]
        ordered = sorted(
            members,
            key=lambda r: (
                r.claim.reference is not None and r.claim.reference.kind == "mention",
                names_no_edition(r),
                -r.probability,
            ),
        )
        entries.append(Entry(ordered[0].emitted, tuple(ordered)))
    return Bibliography(tuple(results), tuple(entries))


def _own_words(result: Resolution) -> str:
    """Key under which an unresolved claim is the same as another one."""
    from .normalize.text import squash

    first = result.claim.authors[0].full_family if result.claim.authors else ""
    return f"?{squash(result.claim.title or result.claim.raw)}|{squash(first)}|{result.claim.year}"
