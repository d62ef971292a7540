"""A ``Document`` goes in, the references (and, if asked, the mentions of works) in it come out in document order."""

from __future__ import annotations

from ..model import Document, Reference
from .lines import Line, lines_of
from .loose import loose
from .raw import visible
from .sections import Section, sections
from .split import Entry, split

MINIMUM = 0.0
"""What an entry under a heading that says "References" must score."""


def find(document: Document, *, mentions: bool = False) -> list[Reference]:
    """The references of a document: entries of lists, paragraphs and footnotes that are references.

    ``mentions``: also works that are only named, in bullet lists and headings (kind "mention").
    Offsets are those of the file for text formats; lines and pages count from 1.
    """
    if document.format == "bibtex":
        return []
    lines = lines_of(document)
    parts = sections(lines, document.format)
    found: list[tuple[Entry, str]] = []
    position = 0
    for part in [*parts, Section(len(lines), len(lines), "", False)]:
        found += [(e, "") for e in loose(document.text, lines[position : part.begin])]
        listed = split(document.text, lines[part.begin : part.end], document.format)
        found += [(e, part.heading) for e in listed if e.score > (MINIMUM if part.sure else 1.0)]
        position = part.end
    references = [_reference(document, e, heading) for e, heading in found]
    references = [r for r in references if len(r.raw) >= 8]
    return sorted(references, key=lambda r: (r.start, r.end))


def _reference(document: Document, found: Entry, section: str) -> Reference:
    start, end = document.file_offset(found.start), document.file_offset(max(found.start, found.end - 1)) + 1
    return Reference(
        raw=visible(document.text[found.start : found.end]),
        file=document.name,
        line=document.line_of(found.start),
        end_line=document.line_of(max(found.start, found.end - 1)),
        start=start,
        end=end,
        page=document.page_of(found.start),
        label=found.label,
        section=section,
    )


__all__ = ["Line", "find"]
