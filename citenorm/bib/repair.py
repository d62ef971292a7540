"""A .bib file and the Resolutions of its claims → the repaired file: published version, missing and wrong fields, form.

What an entry states is given up only for what the record of the same work says, on the word of the Resolution's provenance;
keys, notes, files, keywords, abstracts, unknown fields and identifiers stay.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Diagnostic, Resolution
from .change import Context, EntryChange, entry_edits
from .claims import claimed
from .entry_repair import change_of
from .file import BibFile, Edit, write
from .form import FormResult, Wanted, check_form, silenced
from .scan import Field
from .style import Dialect, dialect_of, style_of, writes_latex


@dataclass(frozen=True, slots=True)
class RepairOptions:
    """What ``repair`` is to do.

    ``wanted``: (code, name) → whether a rule's findings are reported and mended, None for all; ``form``: mend the form of
    entries too; ``unsafe``: make unsafe fixes too; ``preprint_note``: published entries get a note that names the preprint;
    ``latex``/``dialect``: None for the file's own; ``today``: decides which ``until=`` remarks still hold.
    """

    wanted: Wanted | None = None
    form: bool = True
    unsafe: bool = False
    preprint_note: bool = False
    latex: bool | None = None
    dialect: Dialect | None = None
    today: datetime.date | None = None


def repair(
    bib: BibFile, resolutions: Sequence[Resolution], options: RepairOptions | None = None
) -> tuple[bytes, list[Diagnostic]]:
    """The file's bytes after the repair, and the findings about form and kept identifiers, by place.

    ``resolutions`` are those of ``claims(bib)``, in that order (an empty list: form alone).  Every byte that no change
    names is kept, and a second run over the result changes nothing.  Raises ValueError when the numbers differ.
    """
    edits, found = repair_edits(bib, resolutions, options)
    return write(bib, edits), found


def repair_edits(
    bib: BibFile, resolutions: Sequence[Resolution], options: RepairOptions | None = None
) -> tuple[list[Edit], list[Diagnostic]]:
    """What ``repair`` would change, as edits."""
    chosen = options or RepairOptions()
    today = chosen.today or datetime.date.today()
    entries = claimed(bib)
    if resolutions and len(resolutions) != len(entries):
        raise ValueError(f"{len(resolutions)} resolutions for {len(entries)} entries")
    form = check_form(bib, chosen.wanted, unsafe=chosen.unsafe, today=today)
    diagnostics = list(form.diagnostics)
    changes: dict[int, EntryChange] = {}
    context: Context | None = None
    if form.values or any(r.matched for r in resolutions):
        context = context_of(bib, chosen)
        for entry, resolution in zip(entries, resolutions, strict=bool(resolutions)):
            if (
                context is None
                or not resolution.matched
                or ("citenorm:" in bib.text and "all" in silenced(bib, entry, today))
            ):
                continue
            change = change_of(bib, entry, resolution, context)
            diagnostics += change.diagnostics
            if change:
                changes[entry.start] = change
    edits: list[Edit] = []
    for entry in bib.entries:
        change = changes.get(entry.start) or EntryChange()
        mended = _form_values(form, entry.fields) if chosen.form else {}
        if context and (change or mended):
            edits += entry_edits(bib, entry, change, mended, form.bare, context)
    return edits, sorted(diagnostics, key=_by_place)


def context_of(bib: BibFile, options: RepairOptions) -> Context:
    """The file's own ways, as far as the options leave them open."""
    macros = tuple(
        (b.key_name(bib.text), bib.strings[b.key], b.start)
        for b in bib.blocks
        if b.kind == "string" and b.fields
    )
    return Context(
        style_of(bib, bib.entries[:300]),
        options.dialect or dialect_of(bib),
        writes_latex(bib) if options.latex is None else options.latex,
        macros,
        options.preprint_note,
        options.unsafe,
    )


def _form_values(form: FormResult, fields: Sequence[Field]) -> dict[Field, str | None]:
    return {f: form.values[f] for f in fields if f in form.values}


def _by_place(found: Diagnostic) -> tuple[int, int, str, str]:
    place = found.place
    return (
        (place.line, place.column, found.code, found.message)
        if place
        else (0, 0, found.code, found.message)
    )
