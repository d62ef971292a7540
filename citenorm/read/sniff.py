"""The first bytes of a file go in, the name of its format comes out where the content tells it."""

from __future__ import annotations

import io
import re
import zipfile

_HEAD = 4096


def sniff(data: bytes) -> str | None:
    """The format that the content shows ("pdf", "docx", "odt", "html", "latex", "notebook", "bibtex"), else None."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _archive(data)
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if re.match(rb"(?:<!doctype html|<html|<\?xml[^>]*>\s*<(?:!doctype )?html)", head):
        return "html"
    if re.search(
        rb"\\documentclass|\\begin\{thebibliography\}|\\begin\{document\}|^% \$ biblatex", head
    ):
        return "latex"
    if head.startswith(b"{") and re.search(
        rb'"(?:cells|nbformat)"\s*:', data[:_HEAD] + data[-_HEAD:]
    ):
        return "notebook"
    if re.match(
        rb"(?:%[^\n]*\n\s*)*@(?:article|book|inproceedings|misc|string|comment|preamble|incollection|phdthesis)\s*[{(]",
        head,
    ):
        return "bibtex"
    return None


def _archive(data: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.NameToInfo
            if "word/document.xml" in names:
                return "docx"
            if "content.xml" in names:
                return "odt"
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None
    return None
