"""What changes in an entry ↔ the findings that tell it: each change belongs to a finding, each finding says whether it is mended."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from ..changes import clipped
from ..model import Diagnostic, Resolution
from ..rules.form import DiffersFromRecord, FormRule, IncompleteEntry
from ..rules.form_fields import NameSeparators
from ..rules.work import SupersededPreprint
from .change import EntryChange
from .claims import FIELDS, decoded
from .file import BibFile
from .people import people_otherwise
from .places import located
from .scan import Block, Field

BESIDE = {
    "issued": ("month", "day"),
    "custom.arxiv": ("archiveprefix", "primaryclass", "eprinttype", "eprintclass", "arxivid"),
    "type": ("type",),
}
"""Fields that go along with those that a claim's field is read from."""
_MOST = 60


@dataclass(frozen=True, slots=True)
class Told:
    """A finding and the fields of the entry that it speaks for; None: for all that changes."""

    diagnostic: Diagnostic
    names: frozenset[str] | None

    def owns(self, name: str) -> bool:
        return self.names is None or name in self.names


def told(found: Diagnostic) -> Told:
    """A finding of a rule about works, with the fields of BibTeX that its CSL field is read from."""
    if found.name == SupersededPreprint.name:
        return Told(found, None)
    names = (*FIELDS.get(found.field, ()), *BESIDE.get(found.field, ()))
    return Told(found, frozenset(names))


def of_record(
    bib: BibFile,
    entry: Block,
    resolution: Resolution,
    change: EntryChange,
    known: Sequence[Told],
) -> list[Told]:
    """Findings for what changes and no other finding tells: details filled in, and values written as the record has them."""
    open_ones = [
        n for n in sorted(change.fields()) if not any(t.owns(n) and t.diagnostic.fix for t in known)
    ]
    if not open_ones:
        return []
    own = {f.name: f for f in reversed(entry.fields)}
    filled = [n for n in open_ones if n in change.new or _empty(bib, own.get(n))]
    other = [n for n in open_ones if n not in filled]
    out = []
    if filled:
        values = {**{f.name: v for f, v in change.values.items()}, **change.new}
        said = ", ".join(f"{n} {_short(values.get(n) or '')}" for n in filled)
        out.append(
            Told(
                _found(IncompleteEntry, f"the record has {said}", "", "", said, resolution, entry),
                frozenset(filled),
            )
        )
    for name, names in _told_at_once(other, change).items():
        before, after = _before_after(bib, entry, own.get(name), name, change)
        what = f"“{before}” is “{after}” in the record" if after else f"“{before}” is not of it"
        rule: type[FormRule] = DiffersFromRecord
        if name == "author" and shown_several(bib, entry, change):
            rule, what = NameSeparators, f'{what}; names are parted by "and"'
        if name == "type":
            renamed = [(f.name, new) for f, new in change.names.items() if new in names]
            what += "".join(f", “{old}” becomes “{new}”" for old, new in renamed)
        finding = _found(rule, f"{name}: {what}", name, before, after, resolution, entry)
        out.append(Told(finding, names))
    return out


def _told_at_once(names: Sequence[str], change: EntryChange) -> dict[str, frozenset[str]]:
    """Each field whose change is told → those told with it: a field has two names where it gets another, and gets it with the entry's type."""
    named = {name: found for found, new in change.names.items() for name in (found.name, new)}
    out: dict[str, frozenset[str]] = {}
    for name in names:
        found = named.get(name)
        with_type = "type" in names and found not in change.values
        head = name if found is None else "type" if with_type else found.name
        out[head] = out.get(head, frozenset()) | {name}
    return out


def shown_several(bib: BibFile, entry: Block, change: EntryChange) -> bool:
    """The author field is one name as it stands, and several people as the record shows ("Ann Smith, Bob Jones")."""
    found = next((f for f in change.values if f.name == "author"), None)
    if found is None or found not in entry.fields or " and " not in (change.values[found] or ""):
        return False
    return bool(people_otherwise(bib.value(found)))


def _found(
    rule: type[FormRule],
    message: str,
    name: str,
    before: str,
    after: str,
    resolution: Resolution,
    entry: Block,
) -> Diagnostic:
    source = resolution.record.source if resolution.record else ""
    return Diagnostic(
        rule.code, rule.name, message, name, before, after, source, "safe", None, entry.key,
        rule.severity,
    )  # fmt: skip


def _empty(bib: BibFile, found: Field | None) -> bool:
    return found is not None and not decoded(bib.value(found))


def _before_after(
    bib: BibFile, entry: Block, found: Field | None, name: str, change: EntryChange
) -> tuple[str, str]:
    if name == "type":
        return entry.type, change.type
    if found is None:  # the new name of a field
        old = next((f for f, new in change.names.items() if new == name), None)
        return (old.name if old else name), name
    before = _short(bib.value(found))
    if found in change.values:
        return before, _short(change.values[found] or "")
    return found.name, change.names.get(found, "")


def _short(text: str) -> str:
    return clipped(decoded(text), _MOST)


def permitted(change: EntryChange, on: Collection[Told], every: Collection[Told]) -> EntryChange:
    """The part of a change that the findings that are on speak for."""
    if not change or len(on) == len(every):
        return change
    whole = [t for t in every if t.names is None]
    if whole and not any(t.names is None for t in on):
        return EntryChange(diagnostics=change.diagnostics)
    return change.only({n for n in change.fields() if any(t.owns(n) for t in on)})


def settled(
    bib: BibFile, entry: Block, found: Told, changed: frozenset[str], unsafe: bool
) -> Diagnostic:
    """The finding at its place; one that nothing mends, although its rule can, is marked so and is a note at most."""
    here = located(bib, entry, found.diagnostic)
    if here.fix == "safe" or (unsafe and here.fix == "unsafe"):
        mended = any(found.owns(name) for name in changed)
        return weighed(here if mended else replace(here, fix=None), mended)
    return here


def weighed(found: Diagnostic, mended: bool) -> Diagnostic:
    """What a repair mends is worth a warning at least; what it leaves although it could mend it, a note at most, errors apart."""
    if found.severity == "error" or (found.severity == "warning") == mended:
        return found
    return replace(found, severity="warning" if mended else "note")
