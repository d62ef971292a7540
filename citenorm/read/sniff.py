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
    if data.startswith(b"{\\rtf"):
        return "rtf"
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
    return "bibtex" if looks_like_bibtex(data) else None


def looks_like_bibtex(data: bytes) -> bool:
    """The first thing that is no comment is an entry of BibTeX."""
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    return bool(re.match(rb"(?:%[^\n]*\n\s*)*@[A-Za-z]{3,20}\s*[{(]\s*[^\s{}]", head))


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


_MARKS = (
    re.compile(r"^ {0,3}#{1,6} [^\s#].*$", re.MULTILINE),
    re.compile(r"(?<!\\)\[[^\[\]\n]{1,300}\]\((?:https?://|#|\.{0,2}/)[^()\s]{1,500}\)"),
    re.compile(r"(?<![*\w])\*\*[^\s*][^*\n]{0,200}\*\*(?![*\w])"),
    re.compile(r"^ {0,3}(?:`{3,}|~{3,})[\w-]*\s*$", re.MULTILINE),
    re.compile(r"^[^\s|].{0,80}\n(?:={3,}|-{3,})$", re.MULTILINE),
)
_CODE = re.compile(
    r"^(?:#!|#include\b|import \w|def \w|[ \t]*(?:if|for|while) .*[:{]$)", re.MULTILINE
)


_TEMPLATE = re.compile(r"\{\{\s*(?:[Cc]ite [a-z]{2,12}|[Cc]itation)\s*\|")


def sniff_text(text: str) -> str:
    """The format of what is called plain text: "markdown", "wikitext" or "text"."""
    if _TEMPLATE.search(text[:64_000]):
        return "wikitext"
    return "markdown" if sniff_markdown(text) else "text"


def sniff_markdown(text: str) -> bool:
    """True where a plain text is written in Markdown: two of its marks (headings, links, bold, fences), or one twice.

    Only the first 64,000 characters are looked at.  A single ``#`` or ``**`` is none.
    """
    head = text[:64_000]
    if "\f" in head:
        return False  # printed pages
    counts = [sum(1 for _ in mark.finditer(head)) for mark in _MARKS]
    if counts[0] and _CODE.search(head):
        counts[0] = 0
    return (
        counts[0] >= 2
        or counts[1] >= 2
        or sum(count > 0 for count in counts) >= 2
        or counts[2] >= 4
    )
