"""A .bib file and the Resolutions of its claims → the repaired file: published version, missing and wrong fields, form.

What an entry states is given up only for what the record of the same work says, on the word of the Resolution's provenance;
keys, notes, files, keywords, abstracts, unknown fields and identifiers stay.  Every change belongs to a finding: ``plan``
gives both, so that ``check`` tells what ``fix`` does and a finding that is switched off changes nothing.
"""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..again import Again
from ..model import Diagnostic, Resolution, TextEdit
from ..remarks import is_silenced
from ..rules.contradiction import OtherValue
from ..rules.missing import FullerRecord
from .change import Context, EntryChange, entry_edits
from .claims import claimed
from .entry_repair import change_of
from .file import BibFile, Edit, write
from .form import FormResult, Wanted, check_form, silenced
from .scan import Block
from .style import Dialect, dialect_of, style_of, writes_latex
from .told import Told, of_record, permitted, settled, shown_several, told, weighed


@dataclass(frozen=True, slots=True)
class RepairOptions:
    """What ``repair`` is to do.

    ``wanted``: (code, name) → whether a rule's findings are reported and mended, None for all; ``form``: mend the form of
    entries too; ``unsafe``: make unsafe fixes too; ``preprint_note``: published entries get a note that names the preprint;
    ``latex``/``dialect``: None for the file's own; ``today``: decides which ``until=`` remarks still hold; ``entries``: the
    keys of the entries to mend, None for all.
    """

    wanted: Wanted | None = None
    form: bool = True
    unsafe: bool = False
    preprint_note: bool = False
    latex: bool | None = None
    dialect: Dialect | None = None
    today: datetime.date | None = None
    entries: frozenset[str] | None = None


@dataclass(frozen=True)
class Plan:
    """What is to change in a file and why.

    ``changes``: by the start of the entry, what the record of its work asks for; ``diagnostics``: every finding, by place,
    those that ``edits`` mends marked with the edits that do so.
    """

    bib: BibFile
    form: FormResult
    context: Context | None = None
    changes: Mapping[int, EntryChange] = field(default_factory=dict)
    mend: bool = True
    keys: frozenset[str] | None = None
    diagnostics: tuple[Diagnostic, ...] = ()

    def edits(self) -> list[Edit]:
        """All that changes."""
        return [edit for entry in self.bib.entries for edit in self.of_entry(entry)]

    def of_entry(self, entry: Block, names: Collection[str] | None = None) -> list[Edit]:
        """What changes in one entry; ``names``: only in these fields (of BibTeX, in lower case)."""
        if self.context is None or (self.keys is not None and entry.key not in self.keys):
            return []
        change = self.changes.get(entry.start) or EntryChange()
        mended = {f: self.form.values[f] for f in entry.fields if f in self.form.values}
        if not self.mend:
            mended = {}
        if names is not None:
            change = change.only(names)
            mended = {f: value for f, value in mended.items() if f.name in names}
        if not (change or mended):
            return []
        return entry_edits(self.bib, entry, change, mended, self.form.bare, self.context)


def repair(
    bib: BibFile,
    resolutions: Sequence[Resolution],
    options: RepairOptions | None = None,
    again: Again | None = None,
) -> tuple[bytes, list[Diagnostic]]:
    """The file's bytes after the repair, and every finding about it, by place.

    ``resolutions`` are those of ``claims(bib)``, in that order (an empty list: form alone).  Every byte that no change
    names is kept, and a second run over the result changes nothing; ``again`` as in ``plan``.  Raises ValueError when the
    numbers differ.
    """
    made = plan(bib, resolutions, options, edits=False, again=again)
    return write(bib, made.edits()), list(made.diagnostics)


def repair_edits(
    bib: BibFile, resolutions: Sequence[Resolution], options: RepairOptions | None = None
) -> tuple[list[Edit], list[Diagnostic]]:
    """What ``repair`` would change, as edits."""
    made = plan(bib, resolutions, options, edits=False)
    return made.edits(), list(made.diagnostics)


def plan(
    bib: BibFile,
    resolutions: Sequence[Resolution],
    options: RepairOptions | None = None,
    *,
    edits: bool = True,
    again: Again | None = None,
) -> Plan:
    """What is to change, and every finding about form and works: ``repair`` and ``check`` in one.

    ``edits``: each finding with the edits that mend it; ``again``: what earlier plans of the file came to, where only some
    of its resolutions are others now.
    """
    chosen = options or RepairOptions()
    today = chosen.today or datetime.date.today()
    entries = claimed(bib)
    if resolutions and len(resolutions) != len(entries):
        raise ValueError(f"{len(resolutions)} resolutions for {len(entries)} entries")
    kept = again or Again()
    form = kept.of(
        "form", (bib, chosen, today), lambda: check_form(bib, chosen.wanted, unsafe=chosen.unsafe, today=today)
    )  # fmt: skip
    needed = bool(form.values or form.bare) or any(r.matched for r in resolutions)
    context = kept.of("context", (bib, chosen), lambda: context_of(bib, chosen)) if needed else None
    made = Plan(bib, form, context, {}, chosen.form, chosen.entries)
    changes: dict[int, EntryChange] = {}
    said: list[tuple[Block, list[Told]]] = []
    remarks = "citenorm:" in bib.text
    for entry, resolution in zip(entries, resolutions, strict=bool(resolutions)):
        off = silenced(bib, entry, today) if remarks else frozenset()
        parts = (bib, entry, resolution, chosen, context, off)
        change, found = kept.of(entry.start, parts, lambda parts=parts: _planned(*parts))  # type: ignore[misc]
        if change:
            changes[entry.start] = change
        said.append((entry, found))
    made = replace(made, changes=changes)
    diagnostics = _with_form_edits(made, edits)
    for entry, found in said:
        diagnostics += [_with_edits(made, entry, one, edits) for one in found]
    return replace(made, diagnostics=tuple(sorted(diagnostics, key=_by_place)))


def _planned(
    bib: BibFile,
    entry: Block,
    resolution: Resolution,
    options: RepairOptions,
    context: Context | None,
    off: frozenset[str],
) -> tuple[EntryChange, list[Told]]:
    """What an entry's record asks for, as far as the rules that tell it are on; and what they find."""

    def on(d: Diagnostic) -> bool:
        wanted = options.wanted is None or options.wanted(d.code, d.name)
        return wanted and not is_silenced(d.code, d.name, off)

    change = EntryChange()
    if context is not None and resolution.matched and "all" not in off:
        change = change_of(bib, entry, resolution, context)
    several = shown_several(bib, entry, change)  # told as a fault of form
    every = [
        told(d)
        for d in (*resolution.diagnostics, *change.diagnostics)
        if d.name != FullerRecord.name  # told field by field, of what is put into the entry
        and not (d.name == OtherValue.name and d.field == "author" and several)
    ]
    every += of_record(bib, entry, resolution, change, every)
    found = [one for one in every if on(one.diagnostic)]
    return permitted(change, found, every), found


def _with_edits(made: Plan, entry: Block, one: Told, edits: bool) -> Diagnostic:
    change = made.changes.get(entry.start)
    changed = (
        change.fields() if change and (made.keys is None or entry.key in made.keys) else frozenset()
    )
    unsafe = made.context is not None and made.context.unsafe
    found = settled(made.bib, entry, one, changed, unsafe)
    names = {n for n in changed if one.owns(n)}
    if found.fix is None or not names or not edits:
        return found
    return replace(found, edits=text_edits(made.bib, made.of_entry(entry, names)))


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


def _with_form_edits(made: Plan, edits: bool) -> list[Diagnostic]:
    """The findings about form, each with the edits of its field where the field changes."""
    entries = made.bib.entries
    starts = [e.start for e in entries]
    out = []
    for found in made.form.diagnostics:
        if found.fix is not None and found.place is not None:
            at = made.bib.line_starts[found.place.line - 1] + found.place.column - 1
            i = bisect_right(starts, at) - 1
            fields = entries[i].fields if i >= 0 else ()
            if any(f.name == found.field and f in made.form.values for f in fields):
                found = weighed(found, True)
                if edits:
                    mends = made.of_entry(entries[i], {found.field})
                    found = replace(found, edits=text_edits(made.bib, mends))
        out.append(found)
    return out


def text_edits(bib: BibFile, edits: Sequence[Edit]) -> tuple[TextEdit, ...]:
    """Edits with their places, in order, for those who do not count in offsets; those that touch at one place are made one."""
    out: list[Edit] = []
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        if out and out[-1].end == edit.start:
            out[-1] = Edit(out[-1].start, edit.end, out[-1].text + edit.text)
        else:
            out.append(edit)
    return tuple(TextEdit(e.start, e.end, e.text, bib.place(e.start, e.end)) for e in out)


def _by_place(found: Diagnostic) -> tuple[int, int, str, str]:
    place = found.place
    return (
        (place.line, place.column, found.code, found.message)
        if place
        else (0, 0, found.code, found.message)
    )
