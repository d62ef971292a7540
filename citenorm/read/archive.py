"""A zip-based document goes in; the XML parts that a reader may touch come out, checked against hostile archives."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from ..budget import MB, budget
from ..errors import InputError

SMALL, RATIO = 256 * 1024, 150
"""A part of more bytes than the first that unpacks to more than so many times its size was made to hold up its reader."""


@contextmanager
def opened(data: bytes, name: str, kind: str) -> Iterator[zipfile.ZipFile]:
    """The archive, its sizes checked; every way in which it may be broken becomes an ``InputError``."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            limits = budget()
            if len(archive.infolist()) > limits.members:
                raise InputError(
                    f"{name}: has {len(archive.infolist())} members, no {kind} file has; save it again"
                )
            total = 0
            for info in archive.infolist():
                if info.filename.endswith((".xml", ".rels")):
                    total += info.file_size
                    if info.file_size > SMALL and info.file_size > RATIO * info.compress_size:
                        raise InputError(
                            f"{name}: a part of it unpacks to {info.file_size // 1024} kB from {info.compress_size // 1024} kB, "
                            f"which no {kind} file does; open and save it again"
                        )
                    if info.file_size > limits.part or total > limits.unpacked:
                        raise InputError(
                            f"{name}: {info.filename} unpacks to {info.file_size // MB} MB; "
                            f"more than {limits.part // MB} MB of text, {limits.unpacked // MB} in all, are not read; save the references alone"
                        )
            yield archive
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        ValueError,  # offsets below zero, names that cannot be
        OSError,
        KeyError,
        NotImplementedError,
        RuntimeError,
        UnicodeError,
    ) as error:
        if isinstance(error, RecursionError):
            raise
        reason = " ".join(str(error).split())[:100] or type(error).__name__
        raise InputError(
            f"{name}: is no sound {kind} file ({reason}); open and save it again"
        ) from None


def part(archive: zipfile.ZipFile, member: str, name: str) -> bytes:
    """One XML part, refused if it declares a document type (entities could be made to swell or to read files)."""
    content = archive.read(member)
    elements = content.count(b"<")
    if elements > budget().elements:
        raise InputError(
            f"{name}: {member} has {elements:,} tags, more than {budget().elements:,}; save the references alone"
        )
    head = content[:4096].replace(b"\0", b"").upper()
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise InputError(
            f"{name}: {member} declares a document type, which no office program writes; save it again"
        )
    return content
