"""The bytes of one input go in, a ``Document`` comes out; one module per format, all in the table below."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import BinaryIO, cast

from ..budget import MB, budget
from ..errors import InputError
from ..model import Document
from .decode import check_length, decode
from .sniff import sniff, sniff_text


@dataclass(frozen=True, slots=True)
class Format:
    """One readable format: the module ``citenorm.read.<module>`` holds its function ``read_<module>``.

    ``binary``: it takes bytes, not text; ``library``: that of others which takes it apart, in a process of its own.
    """

    name: str
    suffixes: tuple[str, ...]
    module: str
    binary: bool = False
    library: str = ""


FORMATS: tuple[Format, ...] = (
    Format("text", (".txt", ".text", ".asc"), "plain"),
    Format("markdown", (".md", ".markdown", ".mkd", ".rmd", ".qmd", ".mdx"), "markdown"),
    Format("rst", (".rst", ".rest"), "rst"),
    Format("html", (".html", ".htm", ".xhtml"), "html"),
    Format("latex", (".tex", ".ltx", ".latex", ".bbl"), "latex"),
    Format("rtf", (".rtf",), "rtf"),
    Format("wikitext", (".wiki", ".mediawiki", ".wikitext"), "wikitext"),
    Format("notebook", (".ipynb",), "notebook"),
    Format("bibtex", (".bib", ".bibtex", ".biblatex"), "bibtex"),
    Format("docx", (".docx", ".docm"), "docx", binary=True, library="mammoth"),
    Format("odt", (".odt", ".ott"), "odt", binary=True),
    Format("pdf", (".pdf",), "pdf", binary=True, library="pypdfium2"),
)

_BY_NAME = {format.name: format for format in FORMATS}
_BY_SUFFIX = {suffix: format for format in FORMATS for suffix in format.suffixes}


def read(
    path_or_bytes: str | os.PathLike[str] | bytes,
    *,
    format: str | None = None,
    name: str | None = None,
) -> Document:
    """Read one input.

    ``path_or_bytes``: a path, or the bytes themselves.  ``format``: a name of ``FORMATS``; without it the content
    (PDF, zip archives) and then the suffix decide.  ``name``: what messages call the input (default: the path).
    Raises ``InputError`` for what cannot be read: missing, empty, binary, undecodable, damaged, beyond the budget
    (``citenorm.budget``); warns (``InputWarning``) where a part of it was left out for that.
    """
    if isinstance(path_or_bytes, bytes):
        data, name = path_or_bytes, name or "<input>"
    else:
        data = load(os.fspath(path_or_bytes))
        name = name or os.fspath(path_or_bytes)
    if format is not None and format not in _BY_NAME:
        raise InputError(f"{name}: unknown format {format!r}; known are {', '.join(_BY_NAME)}")
    if not data.strip(b" \t\r\n\f\v\x00\xef\xbb\xbf"):
        raise InputError(f"{name}: the file is empty; give a file with text in it")
    chosen = _BY_NAME[format] if format else _choose(data, name)
    if chosen.library:
        from .apart import apart

        import_module(chosen.library)  # once, not in every process
        return apart(chosen.module, f"read_{chosen.module}", data, name)
    reader = import_module(f".{chosen.module}", __name__)
    try:
        if chosen.binary:
            return cast(Callable[[bytes, str], Document], getattr(reader, f"read_{chosen.module}"))(
                data, name
            )
        text, encoding = decode(data, name)
        check_length(text, name)
        if chosen.name == "text" and format is None:
            chosen = _BY_NAME[sniff_text(text)]
            reader = import_module(f".{chosen.module}", __name__)
        return cast(Callable[[str, str, str], Document], getattr(reader, f"read_{chosen.module}"))(
            text, name, encoding
        )
    except RecursionError:
        raise InputError(
            f"{name}: nested too deeply to be read as {chosen.name}; flatten it or save it as plain text"
        ) from None
    except MemoryError:
        raise InputError(
            f"{name}: needs more memory than there is to be read as {chosen.name}; split it"
        ) from None


def load(path: str) -> bytes:
    """The bytes of a file.  Raises InputError where it cannot be read, or is beyond the budget."""
    try:
        if os.path.isdir(path):
            raise InputError(f"{path}: is a folder; name the files in it")
        refuse_pipe(path)
        with open(path, "rb") as file:
            return load_stream(file, path)
    except FileNotFoundError:
        raise InputError(f"{path}: no such file; check the name") from None
    except PermissionError:
        raise InputError(f"{path}: may not be read; check its permissions") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"{path}: cannot be read ({reason})") from None


def refuse_pipe(path: str) -> None:
    """Raises InputError for a pipe that has a name in a folder; one that a shell has opened for this command (``<(…)``) is read."""
    if not path.startswith(("/dev/", "/proc/")) and stat.S_ISFIFO(os.stat(path).st_mode):
        raise InputError(
            f"{path}: is a named pipe, which may never end; give what comes out of it as standard input (-)"
        )


def load_stream(stream: BinaryIO, name: str) -> bytes:
    """What comes until the end of a stream.  Raises InputError where that is beyond the budget."""
    most = budget().bytes
    parts, size = [], 0
    while part := stream.read(min(16 * MB, most + 1 - size)):
        parts.append(part)
        size += len(part)
        if size > most:
            raise InputError(
                f"{name}: is larger than {most / MB:,.0f} MB; split it, give the references alone, or raise limits.bytes"
            )
    return b"".join(parts)


def _choose(data: bytes, name: str) -> Format:
    suffix = os.path.splitext(name)[1].lower()
    stated = _BY_SUFFIX.get(suffix)
    told = _BY_NAME.get(sniff(data) or "")
    if told is not None and (stated is None or told.binary or stated.binary):
        return told
    if stated is not None:
        return stated
    return _BY_NAME["text"]
