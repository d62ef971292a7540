"""The text of a .bib file → its blocks and, in each entry, the places of type, key, fields and values.

Nothing is changed and nothing is guessed: an entry that no brace closes, or whose fields cannot be told apart, carries
its ``problem`` and is left alone by everything that edits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal

BlockKind = Literal["entry", "string", "preamble", "comment", "text", "broken"]
PieceKind = Literal["brace", "quote", "bare"]

_PERCENT = re.compile("[ \\t\\ufeff]*%")
_HEAD = re.compile(r"@\s*([A-Za-z][A-Za-z0-9_:.+/'-]*)\s*([{(])")
_COMMENT_WORD = re.compile(r"@[ \t]*comment\b", re.I)
_ENTRY_AHEAD = re.compile(r"@[ \t]*[A-Za-z]+[ \t]*[{(][ \t]*[^\s,={}()\"]+[ \t]*,")
_OTHER_AHEAD = re.compile(r"@[ \t]*(?:string|preamble|comment)[ \t]*[{(]", re.I)
_ANY_AHEAD = re.compile(r"^[ \t]*(?=@[ \t]*[A-Za-z]+[ \t]*[{(])", re.M)
_MARKS = re.compile(r"[{})@]")
_BRACES = re.compile(r"[{}]")
_KEY = re.compile(r"\s*([^\s,={}\"#%]*)\s*(,|(?=[})]\Z)|\Z)")
_NAME = re.compile(r"[^\s=,{}\"#()%]+")
_EQUALS = re.compile(r"\s*=\s*")
_BARE = re.compile(r"[^\s,#{}\"=()%]+")
_HASH = re.compile(r"\s*#\s*")
_QUOTE_MARKS = re.compile(r"[{}\"]")
_GAP = re.compile(r"(?:[\s,]|%[^\r\n]*)*")
_REMARK = re.compile(r"%[^\r\n]*")


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of a value: braced, quoted, or bare (a number or macro).  ``start``/``end`` enclose the delimiters."""

    kind: PieceKind
    start: int
    end: int

    def inner(self, text: str) -> str:
        return (
            text[self.start : self.end]
            if self.kind == "bare"
            else text[self.start + 1 : self.end - 1]
        )


@dataclass(frozen=True, slots=True)
class Field:
    """``name = value`` with offsets into the file's text; the value is ``pieces`` joined by ``#``."""

    name: str
    """In lower case."""
    start: int
    name_end: int
    value_start: int
    end: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the file; blocks follow each other without a gap.

    ``type`` is the word behind ``@`` in lower case; ``key`` an entry's key or a macro's name in lower case;
    ``problem`` says why an entry is left alone, "" for one in order.
    """

    kind: BlockKind
    start: int
    end: int
    type: str = ""
    type_start: int = 0
    key: str = ""
    key_start: int = 0
    body_start: int = 0
    """Behind the comma that follows the key."""
    fields: tuple[Field, ...] = ()
    problem: str = ""
    problem_at: int = 0

    def get(self, name: str) -> Field | None:
        """The first field of that name (in lower case)."""
        return next((f for f in self.fields if f.name == name), None)

    def key_name(self, text: str) -> str:
        """A macro's name as its definition spells it."""
        return (
            text[self.fields[0].start : self.fields[0].name_end]
            if self.kind == "string" and self.fields
            else self.key
        )


@dataclass(slots=True)
class _Scan:
    text: str
    blocks: list[Block] = field(default_factory=list)
    free: int = 0
    _seen: int = 0
    _remark: bool | None = None

    def in_a_remark(self, at: int) -> bool:
        """Whether the line of ``at`` is one behind a percent sign; asked for places in their order, each stretch is looked at once."""
        line = max(self.text.rfind("\n", self._seen, at), self.text.rfind("\r", self._seen, at)) + 1
        if line or self._remark is None:
            self._remark = _PERCENT.match(self.text, line) is not None
        self._seen = at
        return self._remark

    def take(self, block: Block) -> None:
        if block.start > self.free:
            self.blocks.append(Block("text", self.free, block.start))
        self.blocks.append(block)
        self.free = block.end


def scan(text: str) -> list[Block]:
    """All blocks of a file in order; together they are the whole text."""
    done = _Scan(text)
    at = text.find("@")
    while at >= 0:
        at = text.find("@", _block(done, at))
    if done.free < len(text):
        done.blocks.append(Block("text", done.free, len(text)))
    return done.blocks


def _block(done: _Scan, at: int) -> int:
    """Take the block that begins at an ``@``, if one does; → where to look on."""
    text = done.text
    if done.in_a_remark(at):
        return at + 1
    head = _HEAD.match(text, at)
    if not head:
        if not _COMMENT_WORD.match(text, at):
            return at + 1
        end = _end_of_line(text, at)
        done.take(Block("comment", at, end, "comment"))
        return end
    word = head[1].lower()
    kind: BlockKind = word if word in ("string", "preamble", "comment") else "entry"  # type: ignore[assignment]
    end, closed = (
        _close_comment(text, head.end()) if kind == "comment" else _close(text, head.end(), head[2])
    )
    if not closed:
        problem = (
            "no brace closes this entry" if kind == "entry" else f"no brace closes this @{word}"
        )
        done.take(Block("broken", at, end, word, head.start(1), problem=problem, problem_at=at))
    elif kind == "entry":
        done.take(_entry(text, at, end, head))
    elif kind == "string":
        fields, problem, where = _fields(text, head.end(), end - 1)
        name = fields[0].name if fields else ""
        done.take(
            Block(
                kind,
                at,
                end,
                word,
                head.start(1),
                name,
                head.end(),
                head.end(),
                fields,
                problem,
                where,
            )
        )
    else:
        done.take(Block(kind, at, end, word, head.start(1), body_start=head.end()))
    return end


def _end_of_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


# ------------------------------------------------------------------ where a block ends
def _close(text: str, at: int, opener: str) -> tuple[int, bool]:
    """(end, closed) of an entry, @string or @preamble whose opening brace stands before ``at``.

    A line that begins a new entry ends one that is still open: between two fields at once, inside a value where the
    value is not closed further down either.
    """
    closer = "}" if opener == "{" else ")"
    depth = 0
    for mark in _MARKS.finditer(text, at):
        char, i = mark[0], mark.start()
        if char == "@":
            if not _begins_line(text, i, at):
                continue
            if depth == 0 and (_ENTRY_AHEAD.match(text, i) or _OTHER_AHEAD.match(text, i)):
                return i, False
            if (
                depth
                and _sign_before(text, i, at) in ("}", ",", '"')
                and _ENTRY_AHEAD.match(text, i)
                and not _closes_later(text, i, depth)
            ):
                return i, False
        elif char == "{":
            depth += 1
        elif char == closer and depth == 0:
            return i + 1, True
        elif char == "}":
            depth -= 1
            if depth < 0:
                return i + 1, False
    ahead = _ANY_AHEAD.search(text, at)
    return (ahead.end() if ahead else len(text)), False


def _begins_line(text: str, i: int, limit: int) -> bool:
    """Only white space stands between the line's start and ``i``, and the line begins behind ``limit``."""
    while i > limit and text[i - 1] in " \t":
        i -= 1
    return i > limit and text[i - 1] in "\r\n"


def _sign_before(text: str, i: int, limit: int) -> str:
    """The last character before ``i`` that is no white space, "" where there is none behind ``limit``."""
    while i > limit and text[i - 1].isspace():
        i -= 1
    return text[i - 1] if i > limit else ""


_LOOK = 200
"""Braces that are looked at to see whether an open value is closed further down."""


def _closes_later(text: str, i: int, depth: int) -> bool:
    for mark in islice(_BRACES.finditer(text, i), _LOOK):
        depth += 1 if mark[0] == "{" else -1
        if depth == 0:
            return re.compile(r"\s*[,})#]").match(text, mark.end()) is not None
    return False


def _close_comment(text: str, at: int) -> tuple[int, bool]:
    """``@comment{…}`` whatever is in it; a remark that is not closed before the next entry is its line alone."""
    first = text[at : _end_of_line(text, at)].strip()
    remark = bool(first) and not first.startswith("@")
    closer = "}" if text[at - 1] == "{" else ")"
    depth = 0
    for mark in _MARKS.finditer(text, at):
        char, i = mark[0], mark.start()
        if char == "@":
            if remark and depth == 0 and text[i - 1] in "\r\n" and _ENTRY_AHEAD.match(text, i):
                break
        elif char == "{":
            depth += 1
        elif char == closer and depth == 0:
            return i + 1, True
        elif char == "}":
            depth -= 1
            if depth < 0:
                return i + 1, False
    return _end_of_line(text, at), False


# ------------------------------------------------------------------ inside an entry
def _entry(text: str, start: int, end: int, head: re.Match[str]) -> Block:
    stop = end - 1
    key = _KEY.match(text, head.end(), end)
    if key is None:
        # no comma behind the key, or no key before the first field
        named = re.compile(r"\s*[^\s=,{}\"#()%]+\s*=").match(text, head.end(), stop)
        problem = "the entry has no key" if named else "no comma follows the key"
        found = re.compile(r"\s*([^\s,={}\"#%]*)").match(text, head.end(), stop)
        at = head.end() if named or not found else found.start(1)
        return Block(
            "entry",
            start,
            end,
            head[1].lower(),
            head.start(1),
            "" if named or not found else found[1],
            at,
            head.end(),
            (),
            problem,
            head.end(),
        )
    body = key.end() if key[2] else stop
    fields, problem, where = _fields(text, body, stop)
    if not key[1] and not problem:
        problem, where = "the entry has no key", head.end()
    if head[2] == "(" and problem == "a quotation mark is not closed":
        problem = "a parenthesis in quotation marks ends this entry for some programs: put the entry in braces"
    return Block(
        "entry",
        start,
        end,
        head[1].lower(),
        head.start(1),
        key[1],
        key.start(1),
        body,
        fields,
        problem,
        where,
    )


def _fields(text: str, at: int, stop: int) -> tuple[tuple[Field, ...], str, int]:
    """The fields between ``at`` and ``stop``, and what is wrong with them ("" for nothing) and where."""
    found: list[Field] = []
    gap = _GAP.match(text, at, stop)
    at = gap.end() if gap else at
    while at < stop:
        name = _NAME.match(text, at, stop)
        equals = name and _EQUALS.match(text, name.end(), stop)
        if not name or not equals:
            return tuple(found), "a field name and an equals sign are expected here", at
        pieces, problem, where = _value(text, equals.end(), stop)
        if problem:
            return tuple(found), problem, where
        end = pieces[-1].end
        found.append(Field(name[0].lower(), name.start(), name.end(), equals.end(), end, pieces))
        gap = _GAP.match(text, end, stop)
        at = gap.end() if gap else end
        if at < stop and "," not in _REMARK.sub("", text[end:at]):
            return tuple(found), "a comma is missing between two fields", end
    return tuple(found), "", 0


def _value(text: str, at: int, stop: int) -> tuple[tuple[Piece, ...], str, int]:
    pieces: list[Piece] = []
    while True:
        opener = text[at : at + 1] if at < stop else ""
        if opener == "{":
            end = _matching(text, at, stop)
            if end < 0:
                return (), "a brace is not closed", at
            pieces.append(Piece("brace", at, end))
        elif opener == '"':
            end = _closing_quote(text, at, stop)
            if end < 0:
                return (), "a quotation mark is not closed", at
            pieces.append(Piece("quote", at, end))
        else:
            bare = _BARE.match(text, at, stop)
            if not bare:
                return (), "a value is expected here", at
            pieces.append(Piece("bare", at, bare.end()))
        end = pieces[-1].end
        joined = _HASH.match(text, end, stop)
        if not joined:
            return tuple(pieces), "", 0
        at = joined.end()


def _matching(text: str, at: int, stop: int) -> int:
    depth = 0
    for mark in _BRACES.finditer(text, at, stop):
        depth += 1 if mark[0] == "{" else -1
        if depth == 0:
            return mark.end()
    return -1


def _closing_quote(text: str, at: int, stop: int) -> int:
    depth = 0
    for mark in _QUOTE_MARKS.finditer(text, at + 1, stop):
        if mark[0] == '"':
            if depth == 0:
                return mark.end()
        else:
            depth += 1 if mark[0] == "{" else -1
            if depth < 0:
                return -1
    return -1
