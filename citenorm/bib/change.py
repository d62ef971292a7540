"""What changes in one entry → edits in the file's style."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from ..model import Diagnostic
from .file import BibFile, Edit
from .form import removals
from .scan import Block, Field
from .style import Dialect, Insertions, Style, cased, own_style, replacement


@dataclass(frozen=True, slots=True)
class Context:
    """What holds for all entries of a file: style, dialect, LaTeX or Unicode, the macros (name as defined, value, where)."""

    style: Style
    dialect: Dialect
    latex: bool
    macros: tuple[tuple[str, str, int], ...] = ()
    preprint_note: bool = False
    unsafe: bool = False


@dataclass(slots=True)
class EntryChange:
    """What changes in one entry: its type, values and names of its fields (None: the field goes), and new fields."""

    type: str = ""
    values: dict[Field, str | None] = field(default_factory=dict)
    bare: set[Field] = field(default_factory=set)
    names: dict[Field, str] = field(default_factory=dict)
    new: dict[str, str] = field(default_factory=dict)
    new_bare: set[str] = field(default_factory=set)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.type or self.values or self.names or self.new)

    def only(self, names: Collection[str]) -> EntryChange:
        """What of it touches these fields; the entry's type is named ``type``."""
        return EntryChange(
            self.type if "type" in names else "",
            {f: v for f, v in self.values.items() if f.name in names},
            self.bare,
            {f: n for f, n in self.names.items() if f.name in names or n in names},
            {n: v for n, v in self.new.items() if n in names},
            self.new_bare,
            self.diagnostics,
        )

    def fields(self) -> frozenset[str]:
        """The fields that it touches, by their names now and then."""
        own = {f.name for f in (*self.values, *self.names)}
        return frozenset({*own, *self.names.values(), *self.new, *({"type"} if self.type else ())})


def entry_edits(
    bib: BibFile,
    entry: Block,
    change: EntryChange,
    mended: Mapping[Field, str | None],
    mended_bare: Collection[Field],
    context: Context,
) -> list[Edit]:
    """The edits of one entry: its changes, and the mended form of what they leave alone."""
    edits: list[Edit] = []
    style = own_style(bib, entry, context.style)
    if change.type:
        written = bib.text[entry.type_start : entry.type_start + len(entry.type)]
        new = (
            change.type.upper()
            if written.isupper()
            else change.type.capitalize()
            if written[:1].isupper()
            else change.type
        )
        edits.append(Edit(entry.type_start, entry.type_start + len(entry.type), new))
    values: dict[Field, str | None] = {**mended, **change.values}
    gone = [f for f in entry.fields if f in values and values[f] is None]
    for found in entry.fields:
        value = values.get(found)
        if value is not None:
            bare = found in change.bare or (found in mended_bare and found not in change.values)
            edits.append(replacement(bib, found, value, style, bare=bare))
        if found in change.names and found not in gone:
            sign = bib.text.find("=", found.name_end, found.value_start)
            name = cased(change.names[found], style)
            room = sign - found.start
            pad = bib.text[found.name_end : sign]
            edits.append(
                Edit(
                    found.start,
                    sign,
                    name.ljust(room)
                    if style.width and len(name) < room
                    else name + (pad[:1] if style.width else pad),
                )
            )
    added = Insertions(bib, entry, style, gone)
    for name, value in change.new.items():
        added.add(name, value, bare=name in change.new_bare)
    if entry.fields and len(gone) == len(entry.fields) and change.new:
        return [*edits, Edit(entry.fields[0].start, entry.fields[-1].end, added.alone())]
    return edits + removals(entry, gone) + added.edits()
