"""Resolutions in, a bibliography out: one entry per work (and edition or publication, where several are cited), in the order of first naming."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from .model import Csl, Reference, Resolution

if TYPE_CHECKING:
    from .emit import Dialect
    from .emit.bibtex import Mark


@dataclass(frozen=True, slots=True)
class Entry:
    """One work of a bibliography, and every resolution that came to it."""

    csl: Csl
    resolutions: tuple[Resolution, ...]
    key: str = ""
    """The key that it has already, in a ``.bib`` file."""

    @property
    def best(self) -> Resolution:
        return self.resolutions[0]


@dataclass(frozen=True, slots=True)
class Bibliography:
    """What ``fix`` makes of documents: a resolution per reference, an entry per work."""

    resolutions: tuple[Resolution, ...]
    entries: tuple[Entry, ...]

    def __repr__(self) -> str:
        return f"<Bibliography: {len(self.entries)} entries of {len(self.resolutions)} references>"

    def _repr_html_(self) -> str:
        """What a notebook shows: a row an entry."""
        from html import escape

        shown = ("key", "authors", "year", "title", "venue", "doi", "status", "findings")
        head = "".join(f"<th>{name}</th>" for name in shown)
        rows = "".join(
            "<tr>" + "".join(f"<td>{escape(str(row[n] or ''))}</td>" for n in shown) + "</tr>"
            for row in self.to_dicts()
        )
        return f"<table><tr>{head}</tr>{rows}</table>"

    def to_dicts(self) -> list[dict[str, Any]]:
        """A flat row an entry, of strings and numbers: what a table of pandas or polars is made of."""
        return [
            {"key": key, **to_dicts([entry.best])[0]}
            for key, entry in zip(self.keys(), self.entries, strict=True)
        ]

    def to_bibtex(
        self,
        *,
        dialect: Dialect = "bibtex",
        latex: bool = True,
        key_pattern: str = "",
        mark_unverified: Mark = "comment",
    ) -> str:
        """BibTeX; ``key_pattern``: keys of the form "{author}{year}{title}" (see ``emit.keys.patterned_key``); ``mark_unverified``: see ``to_bibtex``."""
        from .emit import to_bibtex

        items, keys = self._printed(key_pattern)
        return to_bibtex(
            items, dialect=dialect, latex=latex, keys=keys, mark_unverified=mark_unverified
        )

    def to_ris(self) -> str:
        from .emit import to_ris

        items, keys = self._printed()
        return to_ris(items, keys=keys)

    def _printed(self, pattern: str = "") -> tuple[list[Resolution], list[str] | None]:
        """What is printed, and the keys where some of the entries have their own."""
        from .emit.items import items_of

        items = [_for_emission(e) for e in self.entries]
        if not pattern and not any(e.key for e in self.entries):
            return items, None
        pairs = [p for p in zip(items, self.keys(pattern), strict=True) if items_of(p[:1])]
        return [item for item, _ in pairs], [key for _, key in pairs]

    def keys(self, pattern: str = "") -> list[str]:
        """The entries' own keys, and new ones for those that have none; a key that stood before already gets a letter."""
        from .emit import keys_for
        from .emit.keys import PATTERN, apart

        own = apart([e.key for e in self.entries if e.key])
        new = [e.csl for e in self.entries if not e.key]
        kept, made = iter(own), iter(keys_for(new, own, pattern or PATTERN))
        return [next(kept if e.key else made) for e in self.entries]

    def to_csl(self) -> list[dict[str, Any]]:
        """CSL-JSON items with ``custom.citenorm``: where each was named, status, probability, diagnostics."""
        keys = self.keys()
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
    """One entry per work (and edition or publication, where several are cited), in the order of first naming; mentions that came to nothing are left out.

    An entry of a ``.bib`` file stays one of its own, with its key, also where another has the same key.
    """
    from .normalize.duplicates import grouped
    from .normalize.editions import names_no_edition

    told = [
        r
        for r in results
        if r.work is not None or r.claim.reference is None or r.claim.reference.kind != "mention"
    ]
    entries = []
    for group in grouped((r, _ids(r)) for r in told):
        members = [told[i] for i in group]
        ordered = sorted(
            members,
            key=lambda r: (
                r.claim.reference is not None and r.claim.reference.kind == "mention",
                names_no_edition(r),
                not r.claim.csl.get("container-title"),
                -r.probability,
            ),
        )
        entries.append(Entry(_joined(ordered), tuple(ordered), _own_key(ordered[0])))
    return Bibliography(tuple(results), tuple(entries))


def _joined(members: Sequence[Resolution]) -> Csl:
    """What is printed of references that come to one entry: the first's item; of works that no source knows, with what the others add."""
    first, others = members[0], members[1:]
    if first.work is not None or not others:
        return first.emitted
    item = dict(first.emitted)
    for other in others:
        custom = {**(other.emitted.get("custom") or {}), **(item.get("custom") or {})}
        item = {**other.emitted, **item, **({"custom": custom} if custom else {})}
    return item


def _ids(result: Resolution) -> list[str]:
    """Keys of which two references to one entry share one."""
    if _own_key(result):
        reference = result.claim.reference
        where = f"{reference.file} {reference.start}" if reference else ""
        return [f"entry {where} {_own_key(result)}"]
    return [r.id for r in result.work.records] if result.work else _own_words(result)


def _own_key(result: Resolution) -> str:
    """The key of an entry of a ``.bib`` file; "" for a reference of a document."""
    claim = result.claim
    key = claim.reference.key if claim.reference is not None else ""
    return key if key and claim.id == key else ""


def _own_words(result: Resolution) -> list[str]:
    """Keys of which an unresolved claim shares one with the same as stated elsewhere; none is the id of a record."""
    from .normalize.duplicates import keys_of
    from .normalize.text import squash

    return [f"? {key}" for key in keys_of(result.claim) or (squash(result.claim.raw),)]


def to_dicts(results: Sequence[Resolution]) -> list[dict[str, Any]]:
    """A flat row a resolution: where it stood, what came of it, the record to print, the findings by name."""
    from .model import names_of, year_of

    rows = []
    for result in results:
        csl, reference = result.emitted or result.claim.csl, result.claim.reference
        authors = "; ".join(f"{n.given} {n.full_family}".strip() for n in names_of(csl))
        rows.append(
            {
                "file": reference.file if reference else "", "line": reference.line if reference else None,
                "raw": result.claim.raw or (reference.raw if reference else ""),
                "outcome": result.outcome, "status": result.status, "probability": round(result.probability, 4),
                "record": result.record.id if result.matched and result.record else None,
                "type": csl.get("type"), "title": csl.get("title"), "authors": authors, "year": year_of(csl),
                "venue": csl.get("container-title"), "volume": csl.get("volume"), "pages": csl.get("page"),
                "doi": csl.get("DOI"), "arxiv": (csl.get("custom") or {}).get("arxiv"),
                "findings": ", ".join(dict.fromkeys(d.name for d in result.diagnostics)),
            }
        )  # fmt: skip
    return rows
