"""The entries of a .bib file under the form rules → findings with their places, and the edits that mend them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from ..model import Diagnostic
from ..remarks import is_silenced, remarks, unknown_words
from ..rules.form import (
    FORM_RULES,
    VALUE_ORDER,
    DuplicateField,
    DuplicateKey,
    EntryView,
    FormFinding,
    FormRule,
    MalformedEntry,
    NotUtf8,
    UnknownRemark,
)
from .file import MONTH_MACROS, BibFile, Edit
from .scan import Block, Field
from .style import Style, dialect_of, replacement, style_of

_ENTRY_RULES: tuple[type[FormRule], ...] = tuple(
    r for r in FORM_RULES if r.check_entry is not FormRule.check_entry
)
_PASSES = 5
_STRAY_FIELD = re.compile(r"[\s,})]*([A-Za-z][\w:.+-]*)\s*=\s*[{\"]")
"""Text behind an entry that begins as a field does."""
Wanted = Callable[[str, str], bool]
"""(code, name) → whether a rule is to be reported and its fixes made."""


@dataclass(frozen=True, slots=True)
class FormResult:
    """What the form rules say of one file.

    ``values``: field → its value after the fixes (without delimiters), None for a field to be removed; ``bare``: fields whose
    new value is a macro.
    """

    diagnostics: tuple[Diagnostic, ...]
    values: Mapping[Field, str | None]
    bare: frozenset[Field]


def check_form(
    bib: BibFile,
    wanted: Wanted | None = None,
    *,
    unsafe: bool = False,
    today: datetime.date | None = None,
) -> FormResult:
    """The findings of the form rules, with the values that the safe fixes (with ``unsafe``: all fixes) would put in place.

    ``wanted`` leaves rules out; ``today`` decides which ``% citenorm: ignore=NAME until=YYYY-MM`` remarks still hold.
    """
    run = _Run(bib, wanted or (lambda code, name: True), unsafe, today or datetime.date.today())
    run.file()
    for entry in bib.entries:
        run.entry(entry)
    return FormResult(tuple(run.found), run.values, frozenset(run.bare))


def form_edits(bib: BibFile, result: FormResult) -> list[Edit]:
    """The edits of a form check."""
    out: list[Edit] = []
    styles: dict[str, Style] = {}
    if not result.values:
        return out
    for entry in bib.entries:
        gone = [f for f in entry.fields if f in result.values and result.values[f] is None]
        for found in entry.fields:
            new = result.values.get(found)
            if new is not None:
                if "" not in styles:
                    styles[""] = style_of(bib, bib.entries[:200])
                out.append(replacement(bib, found, new, styles[""], bare=found in result.bare))
        out += removals(entry, gone)
    return out


def removals(entry: Block, gone: Collection[Field]) -> list[Edit]:
    """Fields taken out of one entry with their commas; an entry keeps at least one field."""
    out: list[Edit] = []
    fields, gone = entry.fields, frozenset(gone)
    i = 0
    while i < len(fields):
        j = i
        while j < len(fields) and fields[j] in gone:
            j += 1
        if j > i:
            if i:
                out.append(Edit(fields[i - 1].end, fields[j - 1].end, ""))
            elif j < len(fields):
                out.append(Edit(fields[0].start, fields[j].start, ""))
        i = j + 1
    return out


def silenced(bib: BibFile, entry: Block, today: datetime.date) -> frozenset[str]:
    """Names and codes of the rules that remarks in front of an entry, or between its fields, switch off; "all" for every rule.

    ``% citenorm: ignore=superseded-preprint,CN501 until=2027-01`` holds to the end of that month (or day).
    """
    start = entry.start
    while start > 0:  # the lines of remarks directly above
        line_start = (
            max(
                bib.text.rfind("\n", 0, max(start - 1, 0)),
                bib.text.rfind("\r", 0, max(start - 1, 0)),
            )
            + 1
        )
        if not bib.text[line_start:start].lstrip().startswith("%"):
            break
        start = line_start
    stands = [
        r
        for r in remarks(bib.text[start : entry.end], "bibtex", today)
        if r.holds and not r.whole_file
    ]
    return bib_wide(bib, today).union(*(r.words for r in stands))


def bib_wide(bib: BibFile, today: datetime.date) -> frozenset[str]:
    """What remarks switch off for the whole file."""
    if "ignore-file" not in bib.text:
        return frozenset()
    held = [r.words for r in remarks(bib.text, "bibtex", today) if r.holds and r.whole_file]
    return frozenset().union(*held)


class _Run:
    """One pass over a file."""

    def __init__(self, bib: BibFile, wanted: Wanted, unsafe: bool, today: datetime.date) -> None:
        self.bib, self.unsafe, self.today = bib, unsafe, today
        self.value_rules = [r() for r in VALUE_ORDER if wanted(r.code, r.name)]
        self.entry_rules = [r() for r in _ENTRY_RULES if wanted(r.code, r.name)]
        self.by_field: dict[str, list[FormRule]] = {}
        self.whole = [
            r
            for r in (DuplicateKey, MalformedEntry, NotUtf8, UnknownRemark)
            if wanted(r.code, r.name)
        ]
        self.macros = frozenset(bib.strings) | frozenset(MONTH_MACROS)
        self.dialect = dialect_of(bib)
        self.remarks = "citenorm:" in bib.text
        self.seen: dict[str, Block] = {}
        self.found: list[Diagnostic] = []
        self.values: dict[Field, str | None] = {}
        self.bare: set[Field] = set()

    def file(self) -> None:
        if NotUtf8 in self.whole and not self.bib.utf8:
            at = next(i for i, char in enumerate(self.bib.text) if "\udc80" <= char <= "\udcff")
            self.tell(
                NotUtf8, FormFinding("the file holds bytes that are not UTF-8"), "", at, at + 1
            )
        if UnknownRemark in self.whole and self.remarks:
            lowered = self.bib.text.lower()
            for remark in remarks(self.bib.text, "bibtex", self.today):
                for word, problem in unknown_words(remark):
                    at = lowered.find(word, remark.start)
                    self.tell(UnknownRemark, FormFinding(problem), "", at, at + len(word), word)
        if MalformedEntry in self.whole:
            for block in self.bib.blocks:
                if block.problem:
                    key = block.key if block.kind == "entry" else ""
                    self.tell(
                        MalformedEntry,
                        FormFinding(f"{block.problem}; the entry is left as it is"),
                        key,
                        block.problem_at,
                        block.problem_at + 1,
                    )
            for before, block in pairwise(self.bib.blocks):
                if block.kind == "text" and before.kind == "entry" and not before.problem:
                    self._stray(before, block)

    def _stray(self, entry: Block, block: Block) -> None:
        """Fields behind the brace that closes their entry."""
        found = _STRAY_FIELD.match(self.bib.text, entry.end, block.end)
        if found is None:
            return
        words = silenced(self.bib, entry, self.today) if self.remarks else frozenset()
        if is_silenced(MalformedEntry.code, MalformedEntry.name, words):
            return
        said = f"{found[1]} = … stands outside of the entry before it, which a brace closes too early; nothing of it is read"
        finding = FormFinding(said, severity="warning")
        self.tell(MalformedEntry, finding, entry.key, found.start(1), found.end())

    def entry(self, entry: Block) -> None:
        words = silenced(self.bib, entry, self.today) if self.remarks else frozenset()
        if DuplicateKey in self.whole and entry.key:
            other = self.seen.setdefault(entry.key.lower(), entry)
            if other is not entry and not is_silenced(DuplicateKey.code, DuplicateKey.name, words):
                line = self.bib.place(other.start).line
                self.tell(
                    DuplicateKey,
                    FormFinding(f"the key {entry.key} stands on line {line} already"),
                    entry.key,
                    entry.key_start,
                    entry.key_start + len(entry.key),
                )
        if entry.problem or "all" in words:
            return
        view, spans = self._view(entry)
        for name, found in spans.items():
            self._values(name, found, view, words)
        for rule in self.entry_rules:
            if is_silenced(rule.code, rule.name, words):
                continue
            for finding in rule.check_entry(view):
                at = spans.get(finding.field)
                start, end = (
                    (at.start, at.end)
                    if at
                    else (entry.key_start, entry.key_start + len(entry.key))
                )
                self.tell(type(rule), finding, entry.key, start, end)
                if at and finding.remove and (finding.fix == "safe" or self.unsafe):
                    again = [f for f in entry.fields if f.name == finding.field and f is not at]
                    for gone in again if isinstance(rule, DuplicateField) else [at]:
                        self.values[gone] = None

    def _view(self, entry: Block) -> tuple[EntryView, dict[str, Field]]:
        fields: dict[str, str] = {}
        spans: dict[str, Field] = {}
        bare: dict[str, tuple[str, ...]] = {}
        repeated: list[str] = []
        differ: set[str] = set()
        text = self.bib.text
        for found in entry.fields:
            if found.name in fields:
                if found.name not in repeated:
                    repeated.append(found.name)
                if not self._same(spans[found.name], found):
                    differ.add(found.name)
                continue
            spans[found.name] = found
            first = found.pieces[0]
            if len(found.pieces) == 1 and first.kind != "bare":
                fields[found.name] = text[first.start + 1 : first.end - 1]
                continue
            fields[found.name] = text[found.value_start : found.end]
            words = tuple(
                w for p in found.pieces if p.kind == "bare" and not (w := p.inner(text)).isdigit()
            )
            if words:
                bare[found.name] = words
        return EntryView(
            entry.type,
            entry.key,
            fields,
            self.dialect,
            tuple(repeated),
            frozenset(repeated) - differ,
            bare,
            self.macros,
            bool(self.bib.strings),
        ), spans

    def _same(self, one: Field, two: Field) -> bool:
        a, b = (" ".join(self.bib.value(f).split()) for f in (one, two))
        return a == b

    def _values(self, name: str, found: Field, view: EntryView, words: frozenset[str]) -> None:
        rules = self.by_field.get(name)
        if rules is None:
            rules = self.by_field[name] = [
                r for r in self.value_rules if not r.fields or name in r.fields
            ]
        if (
            not rules
            or len(found.pieces) != 1
            or (found.pieces[0].kind == "bare" and name != "month")
        ):
            return
        before = value = view.fields[name]
        for _ in range(_PASSES):  # a fix may lay open what another rule finds
            start = value
            for rule in rules:
                finding = rule.check_value(name, value, view)
                if finding is None or is_silenced(rule.code, rule.name, words):
                    continue
                mended = finding.new is not None and (finding.fix == "safe" or self.unsafe)
                if mended or start == before:
                    self.tell(type(rule), finding, view.key, found.start, found.end, value)
                if mended and finding.new is not None:
                    value = finding.new
                    if finding.bare:
                        self.bare.add(found)
                        break
            if value == start or found in self.bare:
                break
        if value != before or found in self.bare:
            self.values[found] = value

    def tell(
        self,
        rule: type[FormRule],
        finding: FormFinding,
        key: str,
        start: int,
        end: int,
        claim: str = "",
    ) -> None:
        new = finding.new or ""
        self.found.append(
            Diagnostic(
                rule.code,
                rule.name,
                finding.message,
                finding.field,
                _short(claim),
                _short(new),
                "",
                finding.fix,
                self.bib.place(start, end),
                key,
                finding.severity or rule.severity,
            )
        )


def _short(text: str) -> str:
    return " ".join(text.encode("utf-8", "replace").decode().split())


def findings(bib: BibFile, **options: object) -> Iterator[Diagnostic]:
    """The findings alone."""
    yield from check_form(bib, **options).diagnostics  # type: ignore[arg-type]
