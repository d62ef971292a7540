"""A file before and after its repair → a row for each field of each entry that is written otherwise, and on whose word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ..changes import Change, text_changes
from ..model import Diagnostic, Resolution
from .claims import FIELDS, claimed, decoded
from .file import BibFile
from .scan import Block
from .told import BESIDE

ENTRY_TYPE = "entry type"
"""What stands behind the @, as a row of the table calls it: a word of BibTeX, not the CSL type."""


@dataclass(frozen=True, slots=True)
class Changed:
    """An entry (its line in the file as it was, its key) and what is written otherwise in it, never nothing."""

    line: int
    key: str
    rows: tuple[Change, ...]


def changed_entries(
    before: BibFile,
    after: BibFile,
    resolutions: Sequence[Resolution] = (),
    diagnostics: Sequence[Diagnostic] = (),
) -> list[Changed]:
    """The entries that differ, in the order of the file.

    Both files have the same entries in the same order; ``resolutions`` are those of ``claims(before)`` (or none). A field's
    source is that of the record where it rests on one, else the name of the rule that mended its form.
    """
    if before.text == after.text:
        return []
    known = dict(zip((e.start for e in claimed(before)), resolutions, strict=False))
    form: dict[str, dict[str, str]] = {}
    for d in diagnostics:
        if d.field:
            form.setdefault(d.key, {}).setdefault(d.field, d.source or d.name)
    out = []
    for old, new in zip(before.entries, after.entries, strict=True):
        if before.text[old.start : old.end] == after.text[new.start : new.end]:
            continue
        by_rule = form.get(old.key, {})
        said_by = {**by_rule, **_sources(known.get(old.start))}
        said_by[ENTRY_TYPE] = said_by.get("type", "")
        rows = text_changes(_texts(before, old), _texts(after, new), said_by)
        if rows:
            told = tuple(_readable(_by_rule(row, by_rule)) for row in rows)
            out.append(Changed(before.place(old.start).line, old.key, told))
    return out


def _by_rule(row: Change, by_rule: Mapping[str, str]) -> Change:
    """What says the same as before was mended by a rule of form, whatever the record has."""
    if row.kind == "reworded" and row.field in by_rule:
        return replace(row, source=by_rule[row.field])
    return row


def _texts(bib: BibFile, entry: Block) -> dict[str, str]:
    """Type and fields as written; of a field that stands more than once all values."""
    out = {ENTRY_TYPE: entry.type}
    for found in entry.fields:
        raw = bib.raw(found).strip()
        out[found.name] = f"{out[found.name]} {raw}" if found.name in out else raw
    return out


def _readable(row: Change) -> Change:
    """LaTeX and delimiters away, where what is left still tells the difference."""
    before, after = decoded(_bare(row.before)), decoded(_bare(row.after))
    return replace(row, before=before, after=after) if before != after else row


def _bare(text: str) -> str:
    closed = text[:1] + text[-1:] in ("{}", '""') and len(text) > 1
    return text[1:-1] if closed else text


def _sources(result: Resolution | None) -> Mapping[str, str]:
    """Field of the entry → source of the record that the printed value rests on."""
    if result is None or not result.matched:
        return {}
    out: dict[str, str] = {}
    for csl, origin in result.provenance.items():
        if origin.record:
            for name in (*FIELDS.get(csl, ()), *BESIDE.get(csl, ())):
                out.setdefault(name, origin.source)
    return out
