"""Stretches of a source go in, in order; the text a reader sees, its blocks and its map to the source come out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..lines import line_starts
from ..model import Block, BlockKind, Document

_PIECE = re.compile(r"\r\n?|[^\r]+")


class Draft:
    """The text of a document in the making: what is taken from the source keeps its place there."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.size = 0
        self._parts: list[str] = []
        self._runs: list[tuple[int, int, int]] = []
        self._blocks: list[Block] = []
        self._open: tuple[BlockKind, int, int, str] | None = None
        self._last = "\n"
        self.links: list[tuple[int, int, str]] = []
        """Stretches of the text that are links, each with its target."""
        self.kept: dict[str, dict[int, int]] = {}
        """What a reader has worked out of the source once for all."""

    def take(self, start: int, end: int) -> None:
        """Append ``source[start:end]`` as it stands, line ends as LF."""
        piece = self.source[start:end]
        if "\r" in piece:
            for match in _PIECE.finditer(piece):
                if match.group()[0] == "\r":
                    self.put("\n", start + match.end() - 1)
                else:
                    self.put(match.group(), start + match.start())
        elif piece:
            self.put(piece, start)

    def put(self, text: str, at: int | None = None, length: int | None = None) -> None:
        """Append ``text``; ``at`` and ``length`` are its place in the source (``length``: as long as the text)."""
        if not text:
            return
        if at is not None:
            length = len(text) if length is None else length
            if self._runs:
                offset, place, size = self._runs[-1]
                if offset + size == self.size and place + size == at and length == len(text):
                    self._runs[-1] = (offset, place, size + length)
                else:
                    self._runs.append((self.size, at, min(length, len(text))))
            else:
                self._runs.append((self.size, at, min(length, len(text))))
        self._parts.append(text)
        self.size += len(text)
        self._last = text[-1]

    def link(self, start: int, target: str) -> None:
        """What was put since ``start`` (an offset in the text) links to ``target``."""
        if target and (target.startswith(("http://", "https://", "doi:")) or "doi.org/" in target):
            end = max(start + 1, self.size)
            if self.links and self.links[-1][1:] == (start, target):
                self.links[-1] = (self.links[-1][0], end, target)
            else:
                self.links.append((start, end, target))

    def open(self, kind: BlockKind, level: int = 0, label: str = "") -> None:
        """Begin a block on a new line; one that is still open is closed."""
        self.close()
        self.fresh_line()
        self._open = (kind, self.size, level, label)

    def close(self) -> None:
        """End the open block, if there is one and it holds anything."""
        if self._open is not None:
            kind, start, level, label = self._open
            if self.size > start:
                self._blocks.append(Block(kind, start, self.size, level, label))
            self._open = None

    def fresh_line(self) -> None:
        """End the line, unless a new one has just begun."""
        if self._last != "\n":
            self.put("\n")

    def gap(self) -> None:
        """Leave one blank line, unless there is one."""
        self.close()
        self.fresh_line()
        if self.size and not (
            len(self._parts) > 1 and self._parts[-1] == "\n" and self._parts[-2].endswith("\n")
        ):
            self.put("\n")

    @property
    def ends_line(self) -> bool:
        """True where the next thing put begins a line."""
        return self._last == "\n"

    @property
    def runs(self) -> tuple[tuple[int, int, int], ...]:
        return tuple(self._runs)

    def document(
        self, name: str, format: str, encoding: str, data: Mapping[str, Any] | None = None
    ) -> Document:
        """The finished document."""
        self.close()
        return Document(
            name=name,
            format=format,
            text="".join(self._parts),
            blocks=tuple(self._blocks),
            runs=self.runs,
            line_starts=line_starts(self.source),
            source_text=self.source,
            encoding=encoding,
            data={"links": tuple(sorted(self.links)), **(data or {})} if self.links else data or {},
        )
