"""Entries of one file that are the same work → joined into the richest of them, and the map of the keys that went.

No key is dropped in silence: it stands in the key map, and in the ``ids`` field of the joined entry where the file is
for biblatex (or where asked).  No field is dropped in silence either: what the others say beside the richest one comes to
it, lists are joined, and where two say different things of the same field the kept one is told with what went.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..model import Resolution
from ..normalize.duplicates import grouped, keys_of, same_as_stated, versions_apart
from ..normalize.text import squash
from ..rules.form_base import NAMES
from .claims import claimed, decoded
from .file import BibFile, Edit
from .people import people_of
from .rekey import link_edits
from .scan import Block, Field
from .style import Insertions, Style, delimited, dialect_of, replacement, style_of

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
"""Links (they follow the keys), and what a program wrote about one entry of its own."""
_LISTS = {"keywords": ", ", "groups": ", ", "file": ";", "keyword": ", ", "mendeley-tags": ","}
"""Fields that hold several values, and what parts them."""
_REMARKS = frozenset(
    {"note", "annote", "annotation", "review", "comment", "comments", "addendum", "description", "abstract", "library", "usera", "userb"}
)  # fmt: skip
"""Fields of words: both are kept, one after the other."""
_ONE_OF = (
    frozenset({"journal", "journaltitle", "booktitle", "howpublished"}),
    frozenset({"year", "date"}),
    frozenset({"school", "institution", "publisher", "organization"}),
)


@dataclass(frozen=True, slots=True)
class Merge:
    """What a merge does: the edits, the keys that went (old → the key that stands for it), the entries that stay, and what it says.

    ``said``: a line for each entry that goes, with the fields of which only one of two values could be kept.
    """

    edits: tuple[Edit, ...]
    keys: dict[str, str]
    kept: tuple[str, ...]
    said: tuple[str, ...] = ()


def same_works(bib: BibFile, resolutions: Sequence[Resolution]) -> list[list[Block]]:
    """Groups of two or more entries that are one work, in the order of the file.

    Those that were matched with the same work, and those of which no source knows the work and that are one by their own words.
    ``resolutions`` are those of ``claims(bib)``.  Editions of a book are no duplicates.
    """
    pairs = [
        (entry, r) for entry, r in zip(claimed(bib), resolutions, strict=True) if entry.key
    ]  # fmt: skip
    matched = [i for i, (_, r) in enumerate(pairs) if r.matched and r.work is not None]
    groups = [
        [matched[j] for j in group]
        for group in grouped(
            (pairs[i][1], [record.id for record in pairs[i][1].work.records])  # type: ignore[union-attr]
            for i in matched
        )
    ]
    joined = _with_stated(groups, [r for _, r in pairs])
    parted = [
        part for group in joined for part in _one_version([(i, pairs[i][1]) for i in sorted(group)])
    ]
    return [[pairs[i][0] for i in group] for group in sorted(parted, key=min) if len(group) > 1]


def _one_version(group: Sequence[tuple[int, Resolution]]) -> list[list[int]]:
    """A group of one work parted into those that may be one entry: another edition, volume or publication has its own."""
    parts: list[list[tuple[int, Resolution]]] = []
    for i, result in group:
        home = next(
            (p for p in parts if not any(versions_apart(result.claim, r.claim) for _, r in p)), None
        )
        if home is None:
            parts.append(home := [])
        home.append((i, result))
    return [[i for i, _ in part] for part in parts]


def _with_stated(groups: list[list[int]], results: Sequence[Resolution]) -> list[list[int]]:
    """The groups, each with the unmatched entries that are one with a member by their own words."""
    home = {i: group for group in groups for i in group}
    seen: dict[str, list[int]] = {}
    for i, result in enumerate(results):
        for key in keys_of(result.claim):
            for j in seen.setdefault(key, []):
                a, b = home.get(j), home.get(i)
                if (a is not None and a is b) or (results[i].matched and results[j].matched):
                    continue
                if same_as_stated(results[j].claim, result.claim):
                    joined = [*(a or [j]), *(b or [i])]
                    groups = [g for g in groups if g is not a and g is not b]
                    groups.append(joined)
                    home |= dict.fromkeys(joined, joined)
            seen[key].append(i)
    return groups


@dataclass(slots=True)
class _Joined:
    """The entry that stays, as it grows."""

    bib: BibFile
    best: Block
    style: Style
    added: Insertions
    edits: list[Edit] = field(default_factory=list)
    new: dict[str, str] = field(default_factory=dict)
    """Fields that it did not have: name → the value as written, delimiters included."""
    longer: dict[Field, list[str]] = field(default_factory=dict)
    """Its fields that take the values of others: → those values."""
    lost: list[str] = field(default_factory=list)

    def take(self, other: Block) -> None:
        """What another entry says beside it."""
        for found in other.fields:
            text = decoded(self.bib.value(found))
            if text and found.name not in _NOT_JOINED:
                self._field(found, text)

    def _field(self, found: Field, text: str) -> None:
        own = self.best.get(found.name)
        if own is not None and decoded(self.bib.value(own)):
            self._beside(own, found, text)
        elif found.name in self.new:
            self._beside_new(found, text)
        elif clash := self._clash(found.name):
            if not self._says(clash, text):
                self.lost.append(f"{found.name} {_short(text)}")
        else:
            self.new[found.name] = self.bib.raw(found)

    def _beside(self, own: Field, found: Field, text: str) -> None:
        before = decoded(self.bib.value(own))
        if squash(text) in squash(before):
            return
        if (found.name in _LISTS or found.name in _REMARKS) and self._plain(own):
            self.longer.setdefault(own, []).append(self.bib.value(found))
        elif not (_same_value(before, text) or self._same_people(own, found)):
            self.lost.append(f"{found.name} {_short(text)}")

    def _same_people(self, own: Field, found: Field) -> bool:
        if found.name not in NAMES:
            return False
        one, two = (people_of(self.bib.value(f))[0] for f in (own, found))
        return [squash(n.full_family) for n in one] == [squash(n.full_family) for n in two]

    def _beside_new(self, found: Field, text: str) -> None:
        before = self.new[found.name]
        if squash(text) in squash(decoded(before)):
            return
        if found.name in _LISTS or found.name in _REMARKS:
            inner = before[1:-1] if before[:1] in '{"' else before
            joined = _joined(found.name, inner, [self.bib.value(found)])
            self.new[found.name] = delimited(joined, found.name, self.style)
        elif not _same_value(decoded(before), text):
            self.lost.append(f"{found.name} {_short(text)}")

    def _plain(self, own: Field) -> bool:
        return len(own.pieces) == 1 and own.pieces[0].kind != "bare"

    def _clash(self, name: str) -> str:
        """A field of the kind of which an entry has only one; "" where it has none."""
        have = {f.name for f in self.best.fields if decoded(self.bib.value(f))} | self.new.keys()
        return next((n for kind in _ONE_OF if name in kind for n in sorted(kind & have)), "")

    def _says(self, name: str, text: str) -> bool:
        own = self.best.get(name)
        value = self.bib.value(own) if own is not None else self.new.get(name, "")
        return squash(text) in squash(decoded(value))

    def finish(self, ids: Sequence[str]) -> list[Edit]:
        """The edits of the entry; ``ids``: the keys that it is to be known by too."""
        for own, values in self.longer.items():
            text = _joined(own.name, self.bib.value(own), values)
            self.edits.append(replacement(self.bib, own, text, self.style))
        for name, written in self.new.items():
            empty = self.best.get(name)
            if empty is not None:
                self.edits.append(Edit(empty.value_start, empty.end, written))
            else:
                self.added.add_raw(name, written)
        if ids:
            self._ids(ids)
        return [*self.edits, *self.added.edits()]

    def _ids(self, went: Sequence[str]) -> None:
        known = self.best.get("ids")
        listed = [k.strip() for k in self.bib.value(known).split(",")] if known else []
        value = ",".join(dict.fromkeys([*listed, *went]))
        if known is not None:
            self.edits.append(replacement(self.bib, known, value, self.style))
        else:
            self.added.add_raw("ids", delimited(value, "ids", self.style))


def _joined(name: str, first: str, others: Sequence[str]) -> str:
    """Lists joined, each item once; words one after the other."""
    if name not in _LISTS:
        return ". ".join([first.rstrip(". "), *dict.fromkeys(o.rstrip(". ") for o in others)])
    sign = _LISTS[name]
    parts = [
        p.strip() for value in (first, *others) for p in re.split(rf"\s*{sign.strip()}\s*", value)
    ]
    return sign.join(dict.fromkeys(p for p in parts if p))


def _same_value(a: str, b: str) -> bool:
    """Two printings of one value: spelling of names, abbreviations and identifiers apart."""
    one, two = squash(a), squash(b)
    return one in two or two in one


def _short(text: str) -> str:
    return text if len(text) <= 50 else text[:49].rstrip() + "…"


def merge(bib: BibFile, groups: Sequence[Sequence[Block]], *, ids: bool | None = None) -> Merge:
    """Join each group into its richest entry; what the others say beside it comes to it.

    ``ids``: keep the keys that went in the field ``ids`` (None: in biblatex files).  Where two entries of a group have the same
    key, the later one goes and needs no alias.
    """
    aliases = dialect_of(bib) == "biblatex" if ids is None else ids
    style = style_of(bib, bib.entries[:300])
    edits: list[Edit] = []
    keys: dict[str, str] = {}
    kept: list[str] = []
    said: list[str] = []
    gone: set[int] = set()
    for group in groups:
        best = max(group, key=lambda e: (_richness(bib, e), -e.start))
        kept.append(best.key)
        joined = _Joined(bib, best, style, Insertions(bib, best, style))
        others = [e for e in group if e is not best]
        for other in others:
            joined.take(other)
            gone.add(other.start)
            if other.key != best.key:
                keys[other.key] = best.key
            left = f"; not kept: {', '.join(joined.lost)}" if joined.lost else ""
            said.append(f"{other.key} joined into {best.key}{left}")
            joined.lost.clear()
        went = [e.key for e in others if e.key != best.key]
        edits += joined.finish(went if aliases else ())
        edits += [_removal(bib, other) for other in others]
    for entry in bib.entries:
        if entry.start not in gone:
            edits += link_edits(bib, entry, keys)
    return Merge(tuple(edits), keys, tuple(kept), tuple(said))


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
