"""Entries of one file that are the same work → joined into the richest of them, and the map of the keys that went.

No key is dropped in silence: it stands in the key map, and in the ``ids`` field of the joined entry where the file is
for biblatex (or where asked).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Resolution
from ..normalize.editions import grouped
from ..normalize.text import squash
from .claims import claimed, decoded
from .file import BibFile, Edit
from .rekey import link_edits
from .scan import Block
from .style import Insertions, delimited, dialect_of, replacement, style_of

_NOT_JOINED = frozenset(
    {
        "crossref",
        "xref",
        "xdata",
        "ids",
        "timestamp",
        "owner",
        "bibsource",
        "biburl",
        "added-at",
        "date-added",
        "date-modified",
    }
)
_ONE_OF = (
    frozenset({"journal", "journaltitle", "booktitle", "howpublished"}),
    frozenset({"year", "date"}),
    frozenset({"school", "institution", "publisher", "organization"}),
)


@dataclass(frozen=True, slots=True)
class Merge:
    """What a merge does: the edits, the keys that went (old → the key that stands for it), and the entries that stay."""

    edits: tuple[Edit, ...]
    keys: dict[str, str]
    kept: tuple[str, ...]


def same_works(bib: BibFile, resolutions: Sequence[Resolution]) -> list[list[Block]]:
    """Groups of two or more entries that were matched with the same work, in the order of the file.

    ``resolutions`` are those of ``claims(bib)``.  Editions of a book are no duplicates.
    """
    pairs = [
        (entry, resolution) for entry, resolution in zip(claimed(bib), resolutions, strict=True)
        if resolution.matched and resolution.work is not None and entry.key
    ]  # fmt: skip
    groups = grouped(
        (resolution, [r.id for r in resolution.work.records])
        for _, resolution in pairs
        if resolution.work is not None
    )
    return [[pairs[i][0] for i in group] for group in groups if len(group) > 1]


def merge(bib: BibFile, groups: Sequence[Sequence[Block]], *, ids: bool | None = None) -> Merge:
    """Join each group into its richest entry; fields that it lacks come from the others.

    ``ids``: keep the keys that went in the field ``ids`` (None: in biblatex files).  Where two entries of a group have the same
    key, the later one goes and needs no alias.
    """
    aliases = dialect_of(bib) == "biblatex" if ids is None else ids
    style = style_of(bib, bib.entries[:300])
    edits: list[Edit] = []
    keys: dict[str, str] = {}
    kept: list[str] = []
    gone: set[int] = set()
    for group in groups:
        best = max(group, key=lambda e: (_richness(bib, e), -e.start))
        kept.append(best.key)
        for other in group:
            if other is not best:
                gone.add(other.start)
                if other.key != best.key:
                    keys[other.key] = best.key
    for group, name in zip(groups, kept, strict=True):
        best = next(e for e in group if e.start not in gone)
        others = [e for e in group if e is not best]
        added = Insertions(bib, best, style)
        have = {f.name for f in best.fields if decoded(bib.value(f))}
        empty = {f.name: f for f in best.fields if not decoded(bib.value(f))}
        notes: list[str] = []
        for other in others:
            for found in other.fields:
                text = decoded(bib.value(found))
                if not text or found.name in _NOT_JOINED:
                    continue
                if found.name in ("note", "annote", "keywords") and found.name in have:
                    own = best.get(found.name)
                    if (
                        own is not None
                        and squash(text) not in squash(decoded(bib.value(own)))
                        and found.name == "note"
                    ):
                        notes.append(text)
                    continue
                if found.name in have or any(
                    found.name in kind and kind & have for kind in _ONE_OF
                ):
                    continue
                have.add(found.name)
                raw = bib.raw(found)
                if found.name in empty:
                    edits.append(Edit(empty[found.name].value_start, empty[found.name].end, raw))
                else:
                    added.add_raw(found.name, raw)
        own_note = best.get("note")
        if (
            notes
            and own_note is not None
            and len(own_note.pieces) == 1
            and own_note.pieces[0].kind != "bare"
        ):
            edits.append(
                replacement(
                    bib,
                    own_note,
                    ". ".join([bib.value(own_note).rstrip(". "), *dict.fromkeys(notes)]),
                    style,
                )
            )
        went = [e.key for e in others if e.key != name]
        if aliases and went:
            known = best.get("ids")
            listed = [k.strip() for k in bib.value(known).split(",")] if known else []
            value = ",".join(dict.fromkeys([*listed, *went]))
            if known is not None:
                edits.append(replacement(bib, known, value, style))
            else:
                added.add_raw("ids", delimited(value, "ids", style))
        edits += added.edits()
        edits += [_removal(bib, other) for other in others]
    for entry in bib.entries:
        if entry.start not in gone:
            edits += link_edits(bib, entry, keys)
    return Merge(tuple(edits), keys, tuple(kept))


def _richness(bib: BibFile, entry: Block) -> tuple[int, int, int]:
    """How much an entry says: published rather than preprint, identifiers and fields that count, length."""
    values = {f.name: decoded(bib.value(f)) for f in entry.fields}
    names = {name for name, value in values.items() if value}
    venue = " ".join(values.get(n, "") for n in ("journal", "journaltitle", "booktitle")).lower()
    published = bool(venue.strip()) and "arxiv" not in venue and "corr" not in venue.split()
    return (
        int(published) * 4 + 2 * ("doi" in names) + len(names & {"pages", "volume", "publisher"}),
        len(names),
        sum(map(len, values.values())),
    )


def _removal(bib: BibFile, entry: Block) -> Edit:
    """An entry with the line break behind it and one blank line, if one stands there."""
    text, end = bib.text, entry.end
    for _ in range(2):
        if text.startswith("\r\n", end):
            end += 2
        elif text[end : end + 1] in ("\n", "\r"):
            end += 1
    return Edit(entry.start, end, "")
