"""The language server protocol over standard input and output: an editor's questions, the answers of ``analysis``."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from .. import __version__
from ..bib.file import read as read_bib
from ..budget import budget
from ..checking import is_bib
from ..errors import CitenormError
from ..model import Diagnostic, TextEdit
from . import analysis as of

PAUSE = 0.3
"""Seconds without a change after which a text is looked at."""
_SEVERITY = {
    "error": lsp.DiagnosticSeverity.Error,
    "warning": lsp.DiagnosticSeverity.Warning,
    "note": lsp.DiagnosticSeverity.Information,
}
_TEXTS = (".tex", ".md", ".markdown", ".qmd", ".rmd")
_MOST_FILES = 500


class Server(LanguageServer):
    """Keeps the last analysis of every open text; one thread does the work, in the order of the questions."""

    def __init__(self, analyse: Callable[[str, str], of.Analysis]) -> None:
        super().__init__("citenorm", __version__)
        self.analyse = analyse
        self.done: dict[str, of.Analysis] = {}
        self.waiting: dict[str, asyncio.Task[None]] = {}
        self.worker = ThreadPoolExecutor(1)

    async def look(self, uri: str, pause: float = 0.0) -> None:
        """Analyse a text after a pause, and tell the editor what was found."""
        if (before := self.waiting.pop(uri, None)) is not None:
            before.cancel()
        self.waiting[uri] = task = asyncio.ensure_future(self._look(uri, pause))
        with suppress(asyncio.CancelledError):
            await task

    async def _look(self, uri: str, pause: float) -> None:
        await asyncio.sleep(pause)
        document = self.workspace.get_text_document(uri)
        version, text = document.version, document.source
        loop = asyncio.get_running_loop()
        made = await loop.run_in_executor(self.worker, self.analyse, text, path_of(uri))
        self.done[uri] = made
        self.text_document_publish_diagnostics(
            lsp.PublishDiagnosticsParams(uri, [_told(made, d) for d in made.diagnostics], version)
        )
        if made.problem:
            self.window_log_message(lsp.LogMessageParams(lsp.MessageType.Warning, made.problem))

    async def ready(self, uri: str) -> of.Analysis | None:
        """The analysis of a text as it stands now."""
        text = self.workspace.get_text_document(uri).source
        if uri not in self.done or self.done[uri].text != text:
            await self.look(uri)
        return self.done.get(uri)

    async def around(self, made: of.Analysis) -> dict[str, of.Analysis]:
        """The analyses of the bibliographies that belong to a text: those it names, else those of its folder."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.worker, self._around, made)

    def _around(self, made: of.Analysis) -> dict[str, of.Analysis]:
        named = [n for n in of.bibliographies(made) if os.path.isfile(n)]
        folder = Path(made.name).parent
        names = named or ([made.name] if is_bib(made.name) else sorted(map(str, folder.glob("*.bib"))))  # fmt: skip
        out = {}
        for name in names[:20]:
            uri = from_fs_path(os.path.abspath(name)) or ""
            known = self.done.get(uri)
            out[name] = known or self.analyse(_text(name), name)
            if uri:
                self.done.setdefault(uri, out[name])
        return out

    def texts(self, name: str) -> dict[str, str]:
        """The LaTeX and Markdown texts below the folder of a file: as they stand in the editor, else on disk."""
        out: dict[str, str] = {}
        for root, folders, files in os.walk(Path(name).parent):
            folders[:] = sorted(f for f in folders if not f.startswith((".", "_")))
            for file in sorted(files):
                if file.lower().endswith(_TEXTS) and len(out) < _MOST_FILES:
                    path = os.path.join(root, file)
                    uri = from_fs_path(os.path.abspath(path))
                    open_one = self.workspace.text_documents.get(uri or "")
                    out[path] = open_one.source if open_one is not None else _text(path)
        return out


def make(analyse: Callable[[str, str], of.Analysis]) -> Server:
    """A server that answers with ``analyse``: (text, file name) → Analysis."""
    server = Server(analyse)
    _texts(server)
    _fixes(server)
    _questions(server)
    return server


def _texts(server: Server) -> None:
    """What is done as texts are opened, changed and closed."""

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    async def opened(params: lsp.DidOpenTextDocumentParams) -> None:
        await server.look(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(params: lsp.DidChangeTextDocumentParams) -> None:
        await server.look(params.text_document.uri, PAUSE)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: lsp.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        server.done.pop(uri, None)
        server.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, []))


def _fixes(server: Server) -> None:
    """Quick fixes, and the whole file mended."""

    @server.feature(
        lsp.TEXT_DOCUMENT_CODE_ACTION,
        lsp.CodeActionOptions([lsp.CodeActionKind.QuickFix, lsp.CodeActionKind.SourceFixAll]),
    )
    async def actions(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        made = await server.ready(params.text_document.uri)
        if made is None:
            return []
        start, end = (_offset(made.text, p) for p in (params.range.start, params.range.end))
        return [_action(params.text_document.uri, made, a) for a in of.actions(made, start, end)]

    @server.feature(lsp.TEXT_DOCUMENT_FORMATTING)
    async def formatted(params: lsp.DocumentFormattingParams) -> list[lsp.TextEdit]:
        made = await server.ready(params.text_document.uri)
        return _edits(made, made.edits) if made is not None else []


def _questions(server: Server) -> None:
    """What is known of a work, and where it is cited."""

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    async def hover(params: lsp.HoverParams) -> lsp.Hover | None:
        made = await server.ready(params.text_document.uri)
        if made is None:
            return None
        others = {} if is_bib(made.name) else await server.around(made)
        said = of.hover(made, _offset(made.text, params.position), others)
        return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, said)) if said else None

    @server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    async def definition(params: lsp.DefinitionParams) -> list[lsp.Location]:
        made = await server.ready(params.text_document.uri)
        key = of.key_at(made, _offset(made.text, params.position)) if made is not None else ""
        if made is None or not key:
            return []
        if is_bib(made.name):  # from an entry to where it is cited
            texts = server.texts(made.name)
            return [_location(n, texts[n], a, b) for n, a, b in of.citations_of(key, texts)]
        others = await server.around(made)
        return [_location(n, others[n].text, a, b) for n, a, b in of.entry_places(key, others)]

    @server.feature(lsp.TEXT_DOCUMENT_REFERENCES)
    async def references(params: lsp.ReferenceParams) -> list[lsp.Location]:
        made = await server.ready(params.text_document.uri)
        key = of.key_at(made, _offset(made.text, params.position)) if made is not None else ""
        if made is None or not key:
            return []
        texts = server.texts(made.name)
        return [_location(n, texts[n], a, b) for n, a, b in of.citations_of(key, texts)]


# ------------------------------------------------------------------ offsets ↔ positions (UTF-16 units, as the protocol counts)
def _position(text: str, offset: int, starts: list[int]) -> lsp.Position:
    from bisect import bisect_right

    line = bisect_right(starts, offset) - 1
    before = text[starts[line] : offset]
    return lsp.Position(line, len(before.encode("utf-16-le", "surrogatepass")) // 2)


def _offset(text: str, position: lsp.Position) -> int:
    starts = of.line_starts(text)
    if position.line >= len(starts):
        return len(text)
    start = starts[position.line]
    end = starts[position.line + 1] - 1 if position.line + 1 < len(starts) else len(text)
    units = at = 0
    for at in range(start, end):
        if units >= position.character:
            return at
        units += 2 if text[at] > "\uffff" else 1
    return end


def _range(text: str, start: int, end: int, starts: list[int] | None = None) -> lsp.Range:
    known = starts if starts is not None else of.line_starts(text)
    return lsp.Range(_position(text, start, known), _position(text, end, known))


def _told(made: of.Analysis, found: Diagnostic) -> lsp.Diagnostic:
    start, end = of.span(made.text, found)
    return lsp.Diagnostic(
        _range(made.text, start, end), f"{found.message} [{found.name}]", _SEVERITY[found.severity],
        code=found.code, source="citenorm",
    )  # fmt: skip


def _edits(made: of.Analysis, edits: tuple[TextEdit, ...]) -> list[lsp.TextEdit]:
    starts = of.line_starts(made.text)
    return [lsp.TextEdit(_range(made.text, e.start, e.end, starts), e.text) for e in edits]


def _action(uri: str, made: of.Analysis, action: of.Action) -> lsp.CodeAction:
    return lsp.CodeAction(
        action.title,
        lsp.CodeActionKind.QuickFix if action.preferred else lsp.CodeActionKind.SourceFixAll,
        [_told(made, d) for d in action.diagnostics],
        action.preferred,
        edit=lsp.WorkspaceEdit({uri: _edits(made, action.edits)}),
    )


def _location(name: str, text: str, start: int, end: int) -> lsp.Location:
    return lsp.Location(from_fs_path(os.path.abspath(name)) or name, _range(text, start, end))


def path_of(uri: str) -> str:
    return to_fs_path(uri) or uri


def _text(name: str) -> str:
    """A file's text; "" where it cannot be read, is no file (a device, a pipe), or is larger than an input may be."""
    try:
        if not os.path.isfile(name) or os.path.getsize(name) > budget().bytes:
            return ""
        data = Path(name).read_bytes()
        return read_bib(data, name).text if is_bib(name) else data.decode("utf-8", "replace")
    except (OSError, CitenormError):
        return ""


def serve(analyse: Callable[[str, str], Any]) -> None:
    """Speak with an editor on standard input and output until it leaves."""
    make(analyse).start_io()
