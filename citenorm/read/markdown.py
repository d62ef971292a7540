"""Markdown (also R Markdown, Quarto) goes in; the text a reader sees comes out, with blocks and places in the file."""

from __future__ import annotations

import re

from ..model import Document
from .decode import check_lines
from .draft import Draft
from .markup import put_inline

_SPACE_IN_FRONT = re.compile("[ \t\u00a0\ufeff]*")
_LINES = re.compile(r"([^\r\n]*)(?:\r\n?|\n|\Z)")
_FENCE = re.compile(r"(`{3,}|~{3,})")
_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|$)")
_SETEXT = re.compile(r"(?:=+|-{2,})[ \t]*$")
_RULE = re.compile(r"(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_BULLET = re.compile(r"[-*+•][ \t]+(?=\S)|[-*+]$")
_NUMBERED = re.compile(r"(\d{1,4}|[a-z])([.)])[ \t]+(?=\S)")
_NOTE = re.compile(r"\[\^([^\]\s]{1,60})\]:[ \t]*")
_DEFINITION = re.compile(
    r"\[([^\]^][^\]]{0,200})\]:[ \t]*(<[^<>\s]*>|[^\s<][^\s]*)(?:[ \t]+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?[ \t]*$"
)
_LABEL = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})[.)]?[ \t]+(?=[^\W\d_]|[\"'“*_`\[(])")
_TABLE = re.compile(r"\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*$")
_COMMENT_OPEN, _COMMENT_CLOSE = "<!--", "-->"


class _Reader:
    """The state between the lines: open fence, list depths, the paragraph in the making."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.draft = Draft(source)
        self.indents: list[int] = []
        self.blank = True
        self.open = False
        self.references: dict[str, str] = {}
        self.unclosed: set[str] = set()

    def start(self, kind: str, level: int = 0, label: str = "") -> None:
        if self.blank or kind == "heading":
            self.draft.gap()
        self.draft.open(kind, level, label)  # type: ignore[arg-type]
        self.open = kind != "heading"
        self.blank = False

    def heading(self, start: int, end: int, level: int) -> None:
        end = _without_closing(self.source, start, end)
        label = _LABEL.match(self.source, start, end)
        self.blank = True
        self.start("heading", level, label.group(1) if label else "")
        put_inline(self.draft, label.end() if label else start, end, references=self.references)
        self.draft.close()
        self.draft.gap()
        self.blank = True
        self.indents.clear()

    def text(self, start: int, end: int) -> None:
        put_inline(self.draft, start, end, references=self.references)


def read_markdown(text: str, name: str, encoding: str) -> Document:
    """Headings, paragraphs, list items with their depth, footnotes; code, front matter, comments and tables' rules left out."""
    check_lines(text, name)
    reader = _Reader(text)
    lines = [match.span(1) for match in _LINES.finditer(text)]
    if len(lines) > 1 and lines[-1][0] == lines[-1][1]:
        lines.pop()
    reader.references = {
        " ".join(match.group(1).split()).casefold(): match.group(2).strip("<>")
        for start, end in lines
        if "]:" in text[start : min(end, start + 220)]
        and (match := _DEFINITION.match(text, start + _indent(text, start, end)[0], end))
    }
    index = _front_matter(text, lines)
    while index < len(lines):
        index = _line(reader, lines, index)
    return reader.draft.document(name, "markdown", encoding)


def _without_closing(text: str, start: int, end: int) -> int:
    """Where a heading ends without the number signs and the attributes that may stand behind it."""
    while True:
        while end > start and text[end - 1] in " \t":
            end -= 1
        cut = end
        while cut > start and text[cut - 1] == "#":
            cut -= 1
        if cut == end and end > start and text[end - 1] == "}":
            cut = max(text.rfind("{", max(start, end - 202), end - 1), start)
            if "}" in text[cut : end - 1]:
                return end
        if cut in (start, end) or text[cut - 1] not in " \t":
            return end
        end = cut


def _indent(text: str, start: int, end: int) -> tuple[int, int]:
    """Length of the white space in front (characters) and its width (columns)."""
    found = _SPACE_IN_FRONT.match(text, start, end)
    space = found[0] if found else ""
    return len(space), len(space.expandtabs(4))


def _front_matter(text: str, lines: list[tuple[int, int]]) -> int:
    if text[slice(*lines[0])].strip("\ufeff \t") == "---":
        for index in range(1, min(len(lines), 400)):
            if text[slice(*lines[index])].rstrip() in ("---", "..."):
                return index + 1 if any(":" in text[slice(*line)] for line in lines[1:index]) else 0
    return 0


def _line(reader: _Reader, lines: list[tuple[int, int]], index: int) -> int:
    """Read the line at ``index`` (with what belongs to it); the index of the next one."""
    text = reader.source
    start, end = lines[index]
    skip, width = _indent(text, start, end)
    at = start + skip
    while end > at and text[end - 1] in " \t":
        end -= 1
    if at >= end:
        reader.blank = True
        return index + 1
    while at < end and text[at] == ">":
        at += 1 + text.startswith(" ", at + 1)
    if at >= end:
        reader.blank = True
        return index + 1
    return (
        _fenced_or_hidden(reader, lines, index, at, end)
        or _heading(reader, lines, index, at, end, width)
        or _noted(reader, index, at, end)
        or _listed(reader, index, at, end, width)
        or _tabled(reader, index, at, end)
        or _paragraph(reader, lines, index, at, end, width)
    )


def _fenced_or_hidden(
    reader: _Reader, lines: list[tuple[int, int]], index: int, at: int, end: int
) -> int:
    """Skip fenced code and comments; the index of the next line, 0 for any other."""
    text = reader.source
    if text[at] in "`~" and (fence := _FENCE.match(text, at, end)):
        return _skip_fence(reader, lines, index, fence.group(1))
    if text.startswith(_COMMENT_OPEN, at):
        return _skip_comment(reader, lines, index, at)
    return 0


def _heading(
    reader: _Reader, lines: list[tuple[int, int]], index: int, at: int, end: int, width: int
) -> int:
    """Read a heading or a rule; the index of the next line, 0 for any other."""
    text, sign = reader.source, reader.source[at]
    if sign == "#" and width < 4 and (mark := _HEADING.match(text, at, end)):
        reader.heading(mark.end(), end, len(mark.group(1)))
        return index + 1
    if sign in "-*_" and _RULE.match(text, at, end) and (reader.blank or sign != "-"):
        reader.draft.gap()
        reader.blank, reader.open = True, False
        return index + 1
    if sign != "[" and reader.blank and _underlined(text, lines, index, "="):
        reader.heading(at, end, 1)
        return index + 2
    return 0


def _noted(reader: _Reader, index: int, at: int, end: int) -> int:
    """Read a footnote, pass over the definition of a link; the index of the next line, 0 for any other."""
    text = reader.source
    if text[at] != "[":
        return 0
    if note := _NOTE.match(text, at, end):
        reader.start("footnote", 0, note.group(1))
        reader.text(note.end(), end)
        return index + 1
    return index + 1 if _DEFINITION.match(text, at, end) and reader.references else 0


def _listed(reader: _Reader, index: int, at: int, end: int, width: int) -> int:
    """Read the first line of an item; the index of the next line, 0 for any other."""
    text, sign = reader.source, reader.source[at]
    if sign in "-*+•" and (bullet := _BULLET.match(text, at, end)):
        _item(reader, width, bullet.end(), end, "")
        return index + 1
    number = _NUMBERED.match(text, at, end) if sign.isdigit() or sign.isalpha() else None
    if number and _is_item(reader, number.group(1)):
        _item(reader, width, number.end(), end, number.group(1))
        return index + 1
    return 0


def _tabled(reader: _Reader, index: int, at: int, end: int) -> int:
    """Read the row of a table; the index of the next line, 0 for any other."""
    text, sign = reader.source, reader.source[at]
    if sign in "|:-" and _TABLE.match(text, at, end) and "|" in text[at:end]:
        return index + 1
    if sign == "|":
        reader.start("table")
        reader.text(at + 1, end - (text[end - 1] == "|"))
        return index + 1
    return 0


def _underlined(text: str, lines: list[tuple[int, int]], index: int, sign: str) -> bool:
    """True where the line is short and the next one underlines it as a heading."""
    if index + 1 >= len(lines) or lines[index][1] - lines[index][0] > 300:
        return False
    below, stop = lines[index + 1]
    return stop > below and text[below] == sign and _SETEXT.match(text, below, stop) is not None


def _is_item(reader: _Reader, label: str) -> bool:
    return label.isdigit() and (
        reader.blank or not reader.open or bool(reader.indents) or label == "1"
    )


def _item(reader: _Reader, width: int, start: int, end: int, label: str) -> None:
    if reader.blank and width == 0:
        reader.indents.clear()
    while reader.indents and reader.indents[-1] >= width:
        reader.indents.pop()
    reader.indents.append(width)
    task = re.match(r"\[[ xX]\][ \t]+", reader.source[start : start + 8])
    reader.start("item", len(reader.indents) - 1, label)
    reader.text(start + (task.end() if task else 0), end)


def _paragraph(
    reader: _Reader, lines: list[tuple[int, int]], index: int, at: int, end: int, width: int
) -> int:
    text = reader.source
    begins = reader.blank or not reader.open
    if begins and _underlined(text, lines, index, "-"):
        reader.heading(at, end, 2)
        return index + 2
    if begins:
        if width == 0:
            reader.indents.clear()
        inside = bool(reader.indents) and width >= reader.indents[-1] + 2
        reader.start("item" if inside else "paragraph", len(reader.indents) - 1 if inside else 0)
    else:
        reader.draft.fresh_line()
        if not reader.indents:  # a hanging indent tells where entries begin
            reader.draft.put(" " * min(width, 40), lines[index][0], 0)
    # what is open (emphasis, links) may run over the lines of a paragraph
    last = index + 1
    while last < len(lines) and _goes_on(text, *lines[last]):
        end = lines[last][1]
        last += 1
    reader.text(at, end)
    return last


def _goes_on(text: str, start: int, end: int) -> bool:
    """True for a line that can only continue the paragraph above it."""
    sign = text[start] if start < end else ""
    return sign.isalpha() and not _NUMBERED.match(text, start, end)


def _skip_fence(reader: _Reader, lines: list[tuple[int, int]], index: int, fence: str) -> int:
    reader.draft.gap()
    reader.blank, reader.open = True, False
    if any(fence.startswith(mark) for mark in reader.unclosed):
        return index + 1  # one as short that stands above was not closed either
    for after in range(index + 1, len(lines)):
        line = reader.source[slice(*lines[after])].strip(" \t>")
        if line.startswith(fence) and not line.strip(fence[0]):
            return after + 1
    reader.unclosed.add(fence)
    return index + 1


def _skip_comment(reader: _Reader, lines: list[tuple[int, int]], index: int, at: int) -> int:
    close = -1
    if _COMMENT_CLOSE not in reader.unclosed:
        close = reader.source.find(_COMMENT_CLOSE, at)
    if close < 0:
        reader.unclosed.add(_COMMENT_CLOSE)
        return index + 1
    close += len(_COMMENT_CLOSE)
    while index < len(lines) and lines[index][1] < close:
        index += 1
    start, end = lines[index]
    if reader.source[max(close, start) : end].strip():
        reader.start("paragraph") if reader.blank or not reader.open else reader.draft.fresh_line()
        reader.text(max(close, start), end)
    return index + 1
