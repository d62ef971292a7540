"""A ``Document`` goes in, the references (and, if asked, the mentions of works) in it come out in document order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..budget import budget
from ..errors import InputError
from ..model import Document, Reference
from .back_references import drop_back_references
from .citations import Citation, citations, with_citations
from .compound import parted
from .dehyphenate import Spelling, spelling, visible
from .labels import label_at
from .lines import Line, lines_of
from .links import links_of
from .list_item import in_passing
from .outside_lists import loose
from .paper_lists import drop_captions, papers
from .sections import Section, sections
from .split import BLOCK_FORMATS, Entry, entry, split
from .untaken import Passed, untaken
from .whole_list import Unit, as_printed, listed

LABELLED, LISTED, PRINTED, MAYBE = -6.0, -2.5, -0.5, 1.0
"""What an entry must score: with a label under a sure heading; as a paragraph or item of its own there; cut out of
running lines there; under a heading that only may announce references."""

SIBLINGS, BARE = 0.75, -3.0
"""Where such a share of a list's entries are references, a bare title among them is one too, with such a score."""


def find(document: Document, *, mentions: bool = False) -> list[Reference]:
    """The references of a document: entries of lists, paragraphs and footnotes that are references.

    ``mentions``: also works that are only named, in bullet lists and headings (kind "mention").
    Offsets are those of the file for text formats; lines and pages count from 1.  Raises TypeError for what is no Document,
    InputError where there are more than ``citenorm.budget`` allows.
    """
    if not isinstance(document, Document):
        raise TypeError(
            f"find takes a Document, not a {type(document).__name__}: find(read(path)), or read(data, name=…) of bytes"
        )
    if document.format == "bibtex":
        return []
    lines = lines_of(document)
    spelt = spelling(document.text)
    parts = [] if document.format == "pdf" else sections(lines, document.format)
    found = _references(document, lines, parts)
    if document.format not in BLOCK_FORMATS:
        found = [(one, heading) for e, heading in found for one in parted(document.text, e)]
    for e, _ in found:
        drop_captions(document, e)
    drop_back_references(document.text, [e for e, _ in found])
    if document.format not in ("pdf", "latex"):
        found += [(e, "") for e in papers(document, lines, [e for e, _ in found])]
    taken = [(e.start, e.end) for e, _ in found]
    references = [_reference(document, e, heading, spelt) for e, heading in found]
    if any(block.kind == "bibitem" for block in document.blocks):
        references = [replace(r, key=r.label, label="") for r in references]
    if mentions:
        from .mentions import mentions as named

        for unit in named(document.text, lines, taken, [r.raw for r in references]):
            mention = _reference(
                document, Entry(unit.start, unit.end, unit.text, unit.label), "", spelt
            )
            references.append(replace(mention, kind="mention", context=unit.context))
            taken = [*taken, (unit.start, unit.end)]
    references = sorted((r for r in references if len(r.raw) >= 4), key=lambda r: (r.start, r.end))
    if len(references) > (most := budget().references):
        raise InputError(
            f"{document.name}: has {len(references):,} references, more than {most:,}; split it, or raise limits.references"
        )
    references = with_citations(document, references)
    if references:
        passed = untaken(document, lines, parts, taken)
        references[0] = replace(references[0], untaken=passed)
    return references


def passed_over(document: Document, references: Sequence[Reference]) -> tuple[Passed, ...]:
    """What the lists of a document hold that ``find`` did not take (``references``: what it found): first line, last line, text.

    In a file with a few lines and no reference at all, each of its lines.
    """
    if references:
        return references[0].untaken
    return untaken(document, lines_of(document), (), ())


def _references(
    document: Document, lines: list[Line], parts: list[Section]
) -> list[tuple[Entry, str]]:
    """Entries and the headings that they stand under."""
    items = _bibitems(document)
    if items:
        return [(e, "") for e in items]
    text, blocky = document.text, document.format in BLOCK_FORMATS
    if document.format == "pdf":
        return _outside(text, lines, False)
    if not parts and (whole := listed(lines, whole=True)) is not None:
        return [(_entry(text, unit), "") for unit in whole]
    found: list[tuple[Entry, str]] = []
    position = 0
    for part in parts:
        if part.sure:
            as_printed(lines, part.begin, part.end)
        body = lines[part.begin : part.end]
        notes = all(line.kind == "footnote" for line in body)
        whole = listed(body, sure=part.sure or notes)
        if whole is None and not blocky:
            continue  # running lines: the tagger reads them with what stands above them
        found += _outside(text, lines[position : part.begin], blocky)
        if whole is not None:
            found += [(_entry(text, unit), part.heading) for unit in whole]
        else:
            found += _cut(text, lines, part, document.format)
        position = part.end
    return found + _outside(text, lines[position:], blocky)


def _outside(text: str, lines: list[Line], blocky: bool) -> list[tuple[Entry, str]]:
    """The references among lines that no list under a heading holds."""
    if blocky:
        return [(e, "") for e in loose(text, lines)]
    if not lines:
        return []
    from .plain_text import printed

    return printed(text, lines)


def _cut(text: str, lines: list[Line], part: Section, format: str) -> list[tuple[Entry, str]]:
    """The entries of a list whose layout does not say by itself how it is divided."""
    body = [line for line in lines[part.begin : part.end] if line.kind != "code"]
    cut = [e for e in split(text, body, format) if e.label or not in_passing(e.text)]
    kept = [e for e in cut if e.score > _least(e, part, format)]
    if part.sure and len(kept) >= SIBLINGS * len(cut):
        kept = [e for e in cut if e.score > min(BARE, _least(e, part, format))]
    return [(e, part.heading) for e in kept]


def _entry(text: str, unit: Unit) -> Entry:
    label, skip = unit.label or unit.lines[0].label, unit.start
    if not label:
        label, length = label_at(unit.lines[0].text)
        skip += length
    made = entry(text, skip, unit.end, label)
    made.stated = True
    return made


def _bibitems(document: Document) -> list[Entry]:
    found = (
        entry(document.text, block.start, block.end, block.label)
        for block in document.blocks
        if block.kind == "bibitem"
    )
    return [e for e in found if len(e.text) >= 8]


def _least(found: Entry, section: Section, format: str) -> float:
    if not section.sure:
        return MAYBE
    if format not in BLOCK_FORMATS:
        return LISTED if found.label else PRINTED
    return LABELLED if found.label else LISTED


def _reference(document: Document, found: Entry, section: str, spelt: Spelling) -> Reference:
    last = max(found.start, found.end - 1)
    start, end = document.file_offset(found.start), document.file_offset(last) + 1
    line = document.line_of(found.start)
    return Reference(
        raw=visible(document.text[found.start : found.end], spelt),
        file=document.name,
        line=line,
        end_line=max(
            line, document.line_of(last)
        ),  # columns: the end may stand above the beginning
        start=start,
        end=max(start, end),
        page=document.page_of(found.start),
        label=found.label,
        section=section,
        links=links_of(
            document, found.lead if found.lead >= 0 else found.start, max(found.end, found.reach)
        ),
        context=found.context,
    )


__all__ = ["Citation", "Line", "citations", "find", "passed_over"]
