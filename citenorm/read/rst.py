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
_TARGET = re.compile(r"\.\.[ \t]+_[^:]{0,300}:(?:[ \t]|$)|__[ \t]")
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
    draft = Draft(text)
    lines = [match.span(1) for match in _LINES.finditer(text)]
    levels: dict[str, int] = {}
    index, blank, literal = 0, True, -1
    depth: list[int] = []
    while index < len(lines):
        start, end = lines[index]
        line = text[start:end].rstrip()
        stripped = line.lstrip()
        indent = len(line) - len(stripped)
        at, end = start + indent, start + len(line)
        if not stripped:
            blank = True
            index += 1
            continue
        if literal >= 0:
            if indent > literal:
                index += 1
                continue
            literal = -1
        if _is_title(text, lines, index):
            ruler = text[slice(*lines[index + 1])].strip()
            level = levels.setdefault(ruler[0], len(levels) + 1)
            draft.gap()
            draft.open("heading", level)
            _inline(draft, at, end)
            draft.gap()
            index, blank = index + 2, True
            continue
        if _RULER.match(stripped):
            index, blank = index + 1, True
            continue
        if stripped.startswith(".."):
            note = _NOTE.match(text, at, end)
            if note:
                draft.gap()
                draft.open("footnote", 0, note.group(1).lstrip("#*"))
                last = index + 1
                while last < len(lines) and _goes_on(text, lines, last, indent, True):
                    end = lines[last][0] + len(text[slice(*lines[last])].rstrip())
                    last += 1
                _inline(draft, note.end(), end)
                index, blank = last, False
                continue
            kept = _DIRECTIVE.match(stripped)
            if kept and kept.group(1).lower() in _KEPT:
                index, blank = index + 1, True
                continue
            index = _skip(text, lines, index + 1, indent)
            blank = True
            continue
        if stripped.startswith("__ "):
            index += 1
            continue
        mark = _BULLET.match(text, at, end) or (
            _NUMBERED.match(text, at, end) if blank or depth else None
        )
        if mark and (blank or depth):
            while depth and depth[-1] >= indent:
                depth.pop()
            depth.append(indent)
            draft.gap() if blank else draft.fresh_line()
            draft.open("item", len(depth) - 1, mark.group(1) if mark.re is _NUMBERED else "")
            at = mark.end()
        elif blank:
            if indent == 0:
                depth.clear()
            draft.gap()
            draft.open(
                "item" if depth and indent > depth[-1] else "paragraph",
                len(depth) - 1 if depth and indent > depth[-1] else 0,
            )
        else:
            draft.fresh_line()
        last = index + 1
        while last < len(lines) and _goes_on(text, lines, last, indent, bool(mark)):
            end = lines[last][0] + len(text[slice(*lines[last])].rstrip())
            last += 1
        if text[at:end].endswith("::"):
            literal = indent
            _inline(draft, at, end - 1)
        else:
            _inline(draft, at, end)
        index, blank = last, False
    return draft.document(name, "rst", encoding)


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
