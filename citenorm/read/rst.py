"""reStructuredText goes in; the text a reader sees comes out, with blocks and places in the file."""

from __future__ import annotations

import re

from ..model import Document
from .decode import check_lines
from .draft import Draft

_LINES = re.compile(r"([^\r\n]*)(?:\r\n?|\n|\Z)")
_RULER = re.compile(r"([=\-`:.'\"~^_*+#<>])\1{2,}[ \t]*$")
_BULLET = re.compile(r"[-*+•][ \t]+(?=\S)")
_NUMBERED = re.compile(r"(?:\(?(\d{1,4}|#|[a-z])[.)])[ \t]+(?=\S)")
_NOTE = re.compile(r"\.\.[ \t]+\[([^\]\s]{1,60})\][ \t]*")
_DIRECTIVE = re.compile(r"\.\.[ \t]+(?:\|[^|]{1,80}\|[ \t]+)?([A-Za-z][\w:+.-]{0,60})::")
_KEPT = frozenset(
    (
        "note",
        "warning",
        "topic",
        "epigraph",
        "rubric",
        "seealso",
        "admonition",
        "container",
        "class",
    )
)
_INLINE = re.compile(
    r"\\(.)"
    r"|``(.{1,2000}?)``(?!`)"
    r"|:[\w:+.-]{1,40}:`([^`]{1,1000})`"
    r"|`([^`<]{0,1000}?)\s*<([^`<>]{1,2000})>`__?"
    r"|`([^`]{1,1000})`(?:__?)?"
    r"|\*\*(\S(?:.{0,2000}?\S)?)\*\*"
    r"|(?<![\w*])\*(\S(?:[^*]{0,2000}?\S)?)\*(?![\w*])"
    r"|(?<=[\w)\]])(__?)(?![\w])",
    re.DOTALL,
)  # fmt: skip


def read_rst(text: str, name: str, encoding: str) -> Document:
    """Sections, paragraphs, items, footnotes and citations (``.. [label] text``); directives' code and link targets left out."""
    check_lines(text, name)
    reader = _Reader(text)
    index = 0
    while index < len(reader.lines):
        index = reader.line(index)
    return reader.draft.document(name, "rst", encoding)


class _Reader:
    """The state between the lines: ranks of headings, open items, a literal block."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.draft = Draft(source)
        self.lines = [match.span(1) for match in _LINES.finditer(source)]
        self.levels: dict[str, int] = {}
        self.depth: list[int] = []
        self.blank, self.literal = True, -1

    def line(self, index: int) -> int:
        """Read the line at ``index`` with what belongs to it; the index of the next one."""
        start, end = self.lines[index]
        line = self.source[start:end].rstrip()
        stripped = line.lstrip()
        indent = len(line) - len(stripped)
        if not stripped:
            self.blank = True
            return index + 1
        at, end = start + indent, start + len(line)
        if 0 <= self.literal < indent:
            return self._typed(index, at, end)
        if self.literal >= 0:
            self.literal, self.blank = -1, True
        if _is_title(self.source, self.lines, index):
            return self._title(index, at, end)
        if _RULER.match(stripped):
            self.blank = True
            return index + 1
        if stripped.startswith(".."):
            return self._explicit(index, at, end, indent)
        if stripped.startswith("__ "):
            return index + 1
        return self._text(index, at, end, indent)

    def _typed(self, index: int, at: int, end: int) -> int:
        """A line of a literal block."""
        if self.blank:
            self.draft.gap()
            self.draft.open("code")
        else:
            self.draft.fresh_line()
        self.draft.take(at, end)
        self.blank = False
        return index + 1

    def _title(self, index: int, at: int, end: int) -> int:
        ruler = self.source[slice(*self.lines[index + 1])].strip()
        level = self.levels.setdefault(ruler[0], len(self.levels) + 1)
        self.draft.gap()
        self.draft.open("heading", level)
        _inline(self.draft, at, end)
        self.draft.gap()
        self.blank = True
        return index + 2

    def _explicit(self, index: int, at: int, end: int, indent: int) -> int:
        """Footnotes and citations; directives, targets and comments are passed over."""
        note = _NOTE.match(self.source, at, end)
        if note:
            self.draft.gap()
            self.draft.open("footnote", 0, note.group(1).lstrip("#*"))
            index, end = self._continued(index, end, indent, True)
            _inline(self.draft, note.end(), end)
            self.blank = False
            return index
        self.blank = True
        kept = _DIRECTIVE.match(self.source[at:end])
        if kept and kept.group(1).lower() in _KEPT:
            return index + 1
        return _skip(self.source, self.lines, index + 1, indent)

    def _text(self, index: int, at: int, end: int, indent: int) -> int:
        """Paragraphs and items."""
        mark = _BULLET.match(self.source, at, end)
        if mark is None and (self.blank or self.depth):
            mark = _NUMBERED.match(self.source, at, end)
        if mark and (self.blank or self.depth):
            at = self._item(mark, indent)
        elif self.blank:
            self._paragraph(indent)
        else:
            self.draft.fresh_line()
        index, end = self._continued(index, end, indent, bool(mark))
        if self.source[at:end].endswith("::"):
            self.literal, end = indent, end - 1
        _inline(self.draft, at, end)
        self.blank = False
        return index

    def _item(self, mark: re.Match[str], indent: int) -> int:
        while self.depth and self.depth[-1] >= indent:
            self.depth.pop()
        self.depth.append(indent)
        self.draft.gap() if self.blank else self.draft.fresh_line()
        label = mark.group(1) if mark.re is _NUMBERED else ""
        self.draft.open("item", len(self.depth) - 1, label)
        return mark.end()

    def _paragraph(self, indent: int) -> None:
        if indent == 0:
            self.depth.clear()
        self.draft.gap()
        inside = bool(self.depth) and indent > self.depth[-1]
        self.draft.open("item" if inside else "paragraph", len(self.depth) - 1 if inside else 0)

    def _continued(self, index: int, end: int, indent: int, item: bool) -> tuple[int, int]:
        """The index behind the lines that go on with this one, and where they end."""
        last = index + 1
        while last < len(self.lines) and _goes_on(self.source, self.lines, last, indent, item):
            end = self.lines[last][0] + len(self.source[slice(*self.lines[last])].rstrip())
            last += 1
        return last, end


def _is_title(text: str, lines: list[tuple[int, int]], index: int) -> bool:
    if index + 1 >= len(lines):
        return False
    title = text[slice(*lines[index])].strip()
    ruler = text[slice(*lines[index + 1])].strip()
    return (
        bool(_RULER.match(ruler))
        and len(ruler) >= min(len(title), 4)
        and not _RULER.match(title)
        and len(title) < 300
    )


def _skip(text: str, lines: list[tuple[int, int]], index: int, indent: int) -> int:
    """Index of the first line that is not indented below a directive or comment."""
    while index < len(lines):
        line = text[slice(*lines[index])]
        if line.strip() and len(line) - len(line.lstrip()) <= indent:
            return index
        index += 1
    return index


def _goes_on(text: str, lines: list[tuple[int, int]], index: int, indent: int, item: bool) -> bool:
    line = text[slice(*lines[index])]
    stripped = line.lstrip()
    if not stripped or not (stripped[0].isalnum() or stripped[0] in "`*(\"'[<"):
        return False
    inner = len(line) - len(stripped)
    if stripped.startswith(("* ", "[")) or _NUMBERED.match(stripped):
        return False
    if index + 1 < len(lines) and _is_title(text, lines, index):
        return False
    return inner > indent if item else inner == indent


def _inline(draft: Draft, start: int, end: int) -> None:
    position = start
    for match in _INLINE.finditer(draft.source, start, end):
        _plain(draft, position, match.start())
        position = match.end()
        if match.group(5) is not None:
            shown = 4 if match.group(4).strip() else 5
            begun = draft.size
            draft.take(*match.span(shown))
            draft.link(begun, match.group(5).strip())
            continue
        for group in (1, 2, 3, 6, 7, 8):
            if match.group(group) is not None:
                if group == 1 and match.group(1).isspace():
                    break
                inner = match.start(group), match.end(group)
                if group == 3 and "<" in match.group(3):
                    inner = inner[0], inner[0] + match.group(3).index("<")
                draft.take(*inner)
                break
    _plain(draft, position, end)


def _plain(draft: Draft, start: int, end: int) -> None:
    """Plain text; the indentation of continued lines is kept out."""
    source = draft.source
    while start < end:
        stop = source.find("\n", start, end)
        if stop < 0:
            draft.take(start, end)
            return
        draft.take(start, stop + 1)
        start = stop + 1
        while start < end and source[start] in " \t":
            start += 1
