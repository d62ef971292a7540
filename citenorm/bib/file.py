"""The bytes of a .bib file → a BibFile, and a BibFile with edits → bytes; what no edit names keeps every byte."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ..budget import budget
from ..errors import InputError
from ..lines import line_and_column, line_starts
from ..model import Place
from ..normalize.macros import macro_alone
from .scan import Block, Field, Piece, scan

MONTH_MACROS: Mapping[str, str] = {
    "jan": "January", "feb": "February", "mar": "March", "apr": "April", "may": "May", "jun": "June", "jul": "July", "aug": "August",
    "sep": "September", "oct": "October", "nov": "November", "dec": "December",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Edit:
    """Put ``text`` in the place of the characters from ``start`` to ``end``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class BibFile:
    """A .bib file taken apart.

    ``text`` holds bytes that are not UTF-8 as lone surrogates, so that writing gives them back; ``blocks`` cover it without
    a gap; ``strings`` are the values of the @string macros, expanded, by name in lower case.
    """

    name: str
    text: str
    blocks: tuple[Block, ...]
    strings: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def entries(self) -> tuple[Block, ...]:
        """The entries that a brace closes, malformed ones included, in order."""
        return tuple(b for b in self.blocks if b.kind == "entry")

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        return line_starts(self.text)

    @cached_property
    def utf8(self) -> bool:
        """True where every byte is UTF-8 (or ASCII)."""
        return self.text.isascii() or not any("\udc80" <= char <= "\udcff" for char in self.text)

    @cached_property
    def newline(self) -> str:
        """The line end of the file: the first one found."""
        for i, char in enumerate(self.text):
            if char == "\n":
                return "\n"
            if char == "\r":
                return "\r\n" if self.text[i + 1 : i + 2] == "\n" else "\r"
        return "\n"

    def place(self, start: int, end: int | None = None) -> Place:
        line, column = line_and_column(self.line_starts, start)
        end_line, end_column = line_and_column(self.line_starts, start if end is None else end)
        return Place(self.name, line, column, end_line, end_column)

    def value(self, found: Field) -> str:
        """A field's text as BibTeX sees it: macros expanded (one that nothing defines is empty), parts joined, still LaTeX."""
        if len(found.pieces) == 1 and found.pieces[0].kind != "bare":
            return readable(found.pieces[0].inner(self.text))
        return "".join(self.of_piece(p) for p in found.pieces)

    def of_piece(self, piece: Piece) -> str:
        """The text of one part of a value."""
        inner = piece.inner(self.text)
        if piece.kind != "bare" or inner.isdigit():
            return readable(inner)
        word = inner.lower()
        return self.strings.get(word) or MONTH_MACROS.get(word, "")

    def undefined(self, piece: Piece) -> str:
        """The macro that is all of a part and that nothing in the file defines: BibTeX's own, or one of LaTeX ("{\\ICML}"); else ""."""
        text = self.of_piece(piece)
        return macro_alone(text) if text or piece.kind != "bare" else piece.inner(self.text)

    def raw(self, found: Field) -> str:
        """A field's value as written, delimiters included."""
        return self.text[found.value_start : found.end]


def readable(text: str) -> str:
    """Bytes that were not UTF-8 read as Windows-1252, the usual other encoding of such files."""
    if text.isascii() or not any("\udc80" <= char <= "\udcff" for char in text):
        return text
    return "".join(
        _single_byte(ord(char) - 0xDC00) if "\udc80" <= char <= "\udcff" else char for char in text
    )


def _single_byte(code: int) -> str:
    try:
        return bytes([code]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(code)


def read(data: bytes, name: str = "") -> BibFile:
    """Take a .bib file apart.  Raises InputError where it is no text that BibTeX could read (UTF-16, NUL bytes)."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError(
            f"{name or 'input'}: the file is UTF-16, which BibTeX cannot read: convert it to UTF-8 first"
        )
    if b"\0" in data:
        raise InputError(f"{name or 'input'}: the file holds NUL bytes and is no BibTeX file")
    text = data.decode("utf-8", "surrogateescape")
    if len(text) > budget().characters:
        raise InputError(
            f"{name or 'input'}: has {len(text):,} characters, more than {budget().characters:,}; split it, or raise limits.characters"
        )
    blocks = tuple(scan(text))
    return BibFile(name, text, blocks, _strings(text, blocks, name))


def most_repeated(text: str) -> int:
    """How many characters the entries of a file may take from macros, and from each other, in all: what is said once and used often."""
    return min(1_000_000 + 20 * len(text), max(budget().characters, 2 * len(text)))


def _strings(text: str, blocks: Iterable[Block], name: str) -> dict[str, str]:
    """Values of the macros; a macro may use those before it.

    Raises InputError where they, and the values that use them, come to more than a text may hold: macros that double each other do in a few lines.
    """
    out: dict[str, str] = {}
    total, most = 0, most_repeated(text)
    for block in blocks:
        for found in block.fields:
            total += _from_macros(text, found, out)
            if total > most:
                raise InputError(
                    f"{name or 'input'}: its macros come to more than {most:,} characters; write the values out"
                )
        if block.kind == "string" and block.fields:
            out[block.key] = BibFile("", text, (), out).value(block.fields[0])
    return out


def _from_macros(text: str, found: Field, known: Mapping[str, str]) -> int:
    """How many characters of a field's value come from macros."""
    if not known:
        return 0
    words = (p.inner(text).lower() for p in found.pieces if p.kind == "bare")
    return sum(len(known.get(word, "")) for word in words)


def write(bib: BibFile, edits: Iterable[Edit] = ()) -> bytes:
    """The file's bytes with the edits made.

    Raises ValueError for edits that overlap.
    """
    out: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        if edit.start < at:
            raise ValueError(f"edits overlap at offset {edit.start}")
        out += (bib.text[at : edit.start], edit.text)
        at = edit.end
    return ("".join(out) + bib.text[at:]).encode("utf-8", "surrogateescape")
