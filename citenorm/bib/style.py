"""How a file writes its entries, so that a changed entry looks like its neighbours; new fields and values as edits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from ..emit.entry import ORDER
from .file import BibFile, Edit
from .scan import Block, Field

Dialect = Literal["bibtex", "biblatex"]
_MODERN = frozenset(
    {
        "date",
        "journaltitle",
        "location",
        "eprinttype",
        "eprintclass",
        "urldate",
        "maintitle",
        "booksubtitle",
        "subtitle",
        "langid",
        "addendum",
        "xdata",
        "ids",
    }
)
_CLASSIC = frozenset({"year", "journal", "address", "archiveprefix", "primaryclass", "school"})
_MODERN_TYPES = frozenset(
    {
        "online",
        "report",
        "thesis",
        "collection",
        "software",
        "dataset",
        "mvbook",
        "inreference",
        "xdata",
    }
)
_LATEX_LETTER = re.compile(
    r"\\[\"'`^~=.cvuHkrdb]\s*[{\\A-Za-z]|\\(?:ss|ae|AE|oe|OE|aa|AA|o|O|l|L|i|j)\b"
)
_NUMERIC = frozenset({"year", "volume", "number"})


@dataclass(frozen=True, slots=True)
class Style:
    """What most entries of a file do.

    ``indent``: what stands between the comma of one field and the name of the next, comma included; ``before``/``after``:
    white space round the equals sign; ``width``: column of the equals sign in names aligned to it, 0 where none is;
    ``quote``: values in quotation marks; ``case``: of field names; ``bare``: numbers without delimiters.
    """

    gap: str = ",\n  "
    before: str = " "
    after: str = " "
    width: int = 0
    quote: bool = False
    case: Literal["lower", "upper", "title"] = "lower"
    bare: bool = False


def dialect_of(bib: BibFile) -> Dialect:
    """biblatex where the file's own fields and types say so, else BibTeX."""
    names: Counter[str] = Counter()
    for entry in bib.entries:
        names.update({f.name for f in entry.fields} & (_MODERN | _CLASSIC))
        if entry.type in _MODERN_TYPES:
            names["date"] += 1
    modern = (
        names["date"]
        + 2 * names["journaltitle"]
        + names["location"]
        + 2 * names["eprinttype"]
        + names["xdata"]
    )
    classic = names["year"] + 2 * names["journal"] + names["address"] + names["archiveprefix"]
    return "biblatex" if modern > classic else "bibtex"


def writes_latex(bib: BibFile) -> bool:
    """True where new letters outside ASCII are to be written as LaTeX: in ASCII files, in files that do so, and where not all is UTF-8."""
    if bib.text.isascii() or not bib.utf8:
        return True
    return len(_LATEX_LETTER.findall(bib.text)) > sum(
        not char.isascii() and char.isalpha() for char in bib.text
    )


def style_of(bib: BibFile, entries: Iterable[Block]) -> Style:
    """The style of some entries: what most of their fields do."""
    gaps: Counter[str] = Counter()
    spaces: Counter[tuple[str, str]] = Counter()
    kinds: Counter[bool] = Counter()
    cases: Counter[str] = Counter()
    columns: Counter[int] = Counter()
    lengths: set[int] = set()
    numbers: Counter[bool] = Counter()
    text = bib.text
    for entry in entries:
        for found in entry.fields:
            name = text[found.start : found.name_end]
            sign = text.find("=", found.name_end, found.value_start)
            spaces[text[found.name_end : sign], text[sign + 1 : found.value_start]] += 1
            columns[sign - found.start] += 1
            lengths.add(len(name))
            cases["upper" if name.isupper() else "lower" if name.islower() else "title"] += 1
            if len(found.pieces) == 1:
                if found.name in _NUMERIC:
                    numbers[found.pieces[0].kind == "bare"] += 1
                if found.pieces[0].kind != "bare":
                    kinds[found.pieces[0].kind == "quote"] += 1
        for above, found in pairwise(entry.fields):
            gap = text[above.end : found.start]
            if gap.count(",") == 1 and not gap.strip(", \t\r\n"):
                gaps[gap] += 1
    if not spaces:
        return Style(gap="," + bib.newline + "  ")
    total = sum(columns.values())
    column, aligned = columns.most_common(1)[0]
    width = column if len(lengths) > 1 and aligned > 0.6 * total and len(spaces) > 1 else 0
    (before, after), _ = spaces.most_common(1)[0]
    if width:
        afters: Counter[str] = Counter()
        for (_, space), count in spaces.items():
            afters[space] += count
        before, after = " ", afters.most_common(1)[0][0]
    case: Literal["lower", "upper", "title"] = (
        "upper"
        if cases["upper"] > total / 2
        else "title"
        if cases["title"] > total / 2
        else "lower"
    )
    gap = gaps.most_common(1)[0][0] if gaps else "," + bib.newline + "  "
    return Style(
        gap, before, after, width, kinds[True] > kinds[False], case, numbers[True] > numbers[False]
    )


def own_style(bib: BibFile, entry: Block, usual: Style) -> Style:
    """The style of one entry where it shows one, else the file's."""
    if len(entry.fields) < 2:
        return usual
    own = style_of(bib, [entry])
    marked = any(len(f.pieces) == 1 and f.pieces[0].kind != "bare" for f in entry.fields)
    numbers = any(f.name in _NUMERIC for f in entry.fields)
    return replace(
        own, quote=own.quote if marked else usual.quote, bare=own.bare if numbers else usual.bare
    )


def cased(name: str, style: Style) -> str:
    return (
        name.upper()
        if style.case == "upper"
        else name.capitalize()
        if style.case == "title"
        else name
    )


def delimited(value: str, name: str, style: Style, *, bare: bool = False) -> str:
    """A value between the file's delimiters."""
    if bare or (style.bare and name in _NUMERIC and value.isdigit()):
        return value
    return quoted(value) if style.quote else braced(value)


def braced(value: str) -> str:
    return "{" + value + "}"


def quoted(value: str) -> str:
    """A value in quotation marks; those inside it, at no brace's depth, get braces.

    A value with a parenthesis comes in braces: in an entry in parentheses some programs would end the entry there.
    """
    if "(" in value or ")" in value:
        return braced(value)
    depth = 0
    out = []
    for char in value:
        depth += (char == "{") - (char == "}")
        out.append('{"}' if char == '"' and depth == 0 else char)
    return '"' + "".join(out) + '"'


def new_field(name: str, written: str, style: Style) -> str:
    """``name = value`` in the file's style."""
    pad = style.before if not style.width else " " * max(style.width - len(name), 1)
    return f"{cased(name, style)}{pad}={style.after}{written}"


def replacement(
    bib: BibFile, found: Field, value: str, style: Style, *, bare: bool = False
) -> Edit:
    """Another value in the place of a field's, between the delimiters that it has."""
    first = found.pieces[0]
    if bare:
        return Edit(found.value_start, found.end, value)
    if len(found.pieces) == 1 and first.kind != "bare":
        written = quoted(value) if first.kind == "quote" else "{" + value + "}"
    elif len(found.pieces) == 1 and value.isdigit() and bib.text[first.start : first.end].isdigit():
        written = value
    else:
        written = delimited(value, "", style)
    return Edit(found.value_start, found.end, written)


class Insertions:
    """New fields of one entry, collected by the place where they go in, so that several at one place keep their order."""

    def __init__(
        self, bib: BibFile, entry: Block, style: Style, gone: Collection[Field] = ()
    ) -> None:
        self.bib, self.entry, self.style = bib, entry, style
        gone = frozenset(gone)
        self._stay = [f for f in entry.fields if f not in gone] or list(entry.fields[:1])
        self._at: dict[int, list[tuple[int, str]]] = {}

    def add(self, name: str, value: str, *, bare: bool = False) -> None:
        """A field at the place that the usual order of fields gives it."""
        self.add_raw(name, delimited(value, name, self.style, bare=bare))

    def add_raw(self, name: str, written: str) -> None:
        """The same with the delimiters that the value is to have."""
        rank = ORDER.index(name) if name in ORDER else len(ORDER)
        before = [f for f in self._stay if f.name in ORDER and ORDER.index(f.name) <= rank]
        anchor = (
            before[-1].end
            if before
            else (self._stay[0].start if self._stay else self.entry.body_start)
        )
        self._at.setdefault(anchor, []).append((rank, new_field(name, written, self.style)))

    def edits(self) -> list[Edit]:
        """The insertions as edits."""
        out = []
        fields = self.entry.fields
        gap = self._gap()
        for anchor, new in sorted(self._at.items()):
            texts = [text for _, text in sorted(new, key=lambda n: n[0])]
            if not fields:
                head = "" if self.bib.text[anchor - 1 : anchor] == "," else ","
                out.append(Edit(anchor, anchor, head + gap.replace(",", "", 1) + gap.join(texts)))
            elif anchor == self._stay[0].start:
                out.append(Edit(anchor, anchor, "".join(text + gap for text in texts)))
            else:
                out.append(Edit(anchor, anchor, "".join(gap + text for text in texts)))
        return out

    def alone(self) -> str:
        """The new fields as the whole of an entry."""
        new = sorted((item for items in self._at.values() for item in items), key=lambda n: n[0])
        return self._gap().join(text for _, text in new)

    def _gap(self) -> str:
        """What this entry puts between two fields, else what the file does."""
        fields, text = self.entry.fields, self.bib.text
        own: Counter[str] = Counter(text[a.end : b.start] for a, b in pairwise(fields))
        plain = [
            (n, gap) for gap, n in own.items() if gap.count(",") == 1 and not gap.strip(", \t\r\n")
        ]
        if plain:
            most = max(n for n, _ in plain)
            return next(gap for n, gap in plain if n == most)
        return self.style.gap
