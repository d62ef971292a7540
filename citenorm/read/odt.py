"""An OpenDocument text goes in; its paragraphs, headings, list items and footnotes come out (the XML is streamed)."""

from __future__ import annotations

from dataclasses import replace
from xml.parsers import expat

from ..errors import InputError
from ..lines import line_starts
from ..model import BlockKind, Document
from .archive import opened, part
from .draft import Draft

_SKIPPED = frozenset(
    ("office:annotation", "text:tracked-changes", "text:table-of-content", "office:scripts", "office:font-face-decls", "text:note-citation",
     "text:sequence-decls", "office:automatic-styles", "svg:desc", "svg:title", "draw:object", "math:math")
)  # fmt: skip

_SPACES = {"text:s": " ", "text:tab": "\t"}


class _Stream:
    """What the parser's events leave behind: the draft, the depth of lists, notes kept for the end."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.skip = 0
        self.depth = 0
        self.lists = 0
        self.blocks: list[tuple[BlockKind, int]] = []
        self.note = 0
        self.notes: list[list[str]] = []
        self.space = False

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.skip:
            return
        if tag in _SKIPPED:
            self.skip = self.depth
        elif tag == "text:note":
            self.note = self.depth
            self.notes.append([])
        elif tag == "text:list":
            self.lists += 1
        elif tag in ("text:h", "text:p"):
            self._block(tag, attributes)
        elif tag == "text:a" and not self.note:
            self.draft.link(self.draft.size, attributes.get("xlink:href", ""))
        elif tag in _SPACES:
            self.text(_SPACES[tag])
        elif tag == "text:line-break":
            self._line_break()

    def _block(self, tag: str, attributes: dict[str, str]) -> None:
        """A heading, a paragraph or an item begins."""
        if self.note:
            self.notes[-1].append(" ")
        elif tag == "text:h":
            level = attributes.get("text:outline-level", "1")
            self._open("heading", int(level) if level.isdigit() and len(level) < 3 else 1)
        elif self.lists:
            self._open("item", self.lists - 1)
        else:
            title = attributes.get("text:style-name", "") == "Title"
            self._open("heading" if title else "paragraph", 1 if title else 0)

    def _line_break(self) -> None:
        if self.note:
            self.notes[-1].append(" ")
        elif self.blocks:
            self.draft.fresh_line()

    def _open(self, kind: BlockKind, level: int) -> None:
        self.blocks.append((kind, level))
        self.draft.gap()
        self.draft.open(kind, level)
        self.space = False

    def end(self, tag: str) -> None:
        if self.skip == self.depth:
            self.skip = 0
        elif not self.skip:
            if self.note == self.depth:
                self.note = 0
            elif tag == "text:list":
                self.lists = max(0, self.lists - 1)
            elif tag in ("text:h", "text:p") and not self.note and self.blocks:
                self.blocks.pop()
                self.draft.close()
        self.depth -= 1

    def text(self, content: str) -> None:
        if self.skip:
            return
        if self.note:
            self.notes[-1].append(content)
        elif self.blocks:
            words = content.split()
            if not words:
                self.space = True
                return
            if (content[0].isspace() or self.space) and not self.draft.ends_line:
                self.draft.put(" ")
            self.draft.put(" ".join(words))
            self.space = content[-1].isspace()


def read_odt(data: bytes, name: str) -> Document:
    """Offsets and lines are those of the text that comes out, one paragraph a line."""
    with opened(data, name, "OpenDocument") as archive:
        if "content.xml" not in archive.NameToInfo:
            raise InputError(
                f"{name}: holds no content.xml, so it is no OpenDocument file; check the name"
            )
        content = part(archive, "content.xml", name)
    draft = Draft("")
    stream = _Stream(draft)
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise InputError(
            f"{name}: content.xml declares a document type, which no office program writes; save it again"
        )

    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = stream.begin
    parser.EndElementHandler = stream.end
    parser.CharacterDataHandler = stream.text
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise InputError(
            f"{name}: content.xml is damaged ({str(error)[:80]}); open and save the file again"
        ) from None
    for note in stream.notes:
        words = " ".join("".join(note).split())
        if words:
            draft.gap()
            draft.open("footnote")
            draft.put(words)
    document = draft.document(name, "odt", "utf-8")
    return replace(document, runs=(), line_starts=line_starts(document.text), source_text="")
