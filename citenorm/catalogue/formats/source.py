"""From ``FORMAT:PATH`` or a path to a stream of entries: formats told apart, packed files opened."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import tarfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, cast

from ...errors import InputError, MissingExtraError
from .entry import Entry, Fault
from .folder import MANIFEST, files_in, holds_records, missing_parts

__all__ = ["FORMATS", "Entry", "Fault", "Source", "detect", "open_source"]

FORMATS: dict[str, str] = {
    "csl": "CSL-JSON lines or array",
    "dblp": "DBLP XML",
    "crossref": "Crossref works: public data file, JSON lines, REST pages",
    "arxiv": "arXiv metadata snapshot (JSON lines, Parquet)",
    "openalex": "OpenAlex works (JSON lines, REST pages)",
    "acl": "ACL Anthology XML",
    "medline": "MEDLINE/PubMed XML",
    "retractions": "Retraction Watch table (CSV)",
    "bibtex": "BibTeX",
    "ris": "RIS",
}
"""Every format by name; the reader is the function ``read`` of the module of that name in this package."""

_STANDARD_INPUT = "/dev/stdin"
Reader = Callable[[BinaryIO], Iterator[Entry | Fault]]


@dataclass(frozen=True, slots=True)
class Source:
    """A file (or directory of files) in a known format."""

    format: str
    path: Path

    @property
    def name(self) -> str:
        return self.path.name

    def files(self) -> list[Path]:
        """The files to be read, in order of their names."""
        if not self.path.is_dir():
            return [self.path]
        return files_in(self.path, self.format)

    @property
    def can_be_read_again(self) -> bool:
        """False for pipes: only this process can read them, and only once."""
        return all(file.is_file() for file in self.files())

    def size(self) -> int:
        """Bytes on disk (packed)."""
        return sum(file.stat().st_size for file in self.files())

    def entries(self, count: Callable[[int], None] | None = None) -> Iterator[Entry | Fault]:
        """Every entry; ``count`` is told how many packed bytes have been read so far."""
        read = cast("Reader", import_module(f".{self.format}", __package__).read)
        before = 0
        if self.path.is_dir():
            yield from (Fault(MANIFEST, line) for line in missing_parts(self.path))
        for file in self.files():
            with open_packed(file, partial(_told, count, before) if count else None) as stream:
                try:
                    for part in _parts(stream, self.format):
                        yield from read(part)
                except (
                    EOFError,
                    OSError,
                    lzma.LZMAError,
                    zlib.error,
                    tarfile.TarError,
                    UnicodeDecodeError,
                ) as error:
                    yield Fault(file.name, f"the rest of the file cannot be read: {error}")
            before += file.stat().st_size


def _told(count: Callable[[int], None], before: int, done: int) -> None:
    count(before + done)


def _parts(stream: BinaryIO, kind: str) -> Iterator[BinaryIO]:
    """The stream itself, or the files of the tar archive that it is, each unpacked."""
    head = cast("io.BufferedReader", stream).peek(512)[:512]
    if head[257:262] != b"ustar":
        yield stream
        return
    with tarfile.open(fileobj=stream, mode="r|") as archive:
        for member in archive:
            wanted = member.isfile() and holds_records(member.name, kind)
            inner = archive.extractfile(member) if wanted else None
            if inner is not None:
                yield _unpacked(
                    io.BufferedReader(cast("io.RawIOBase", inner), 1 << 18), member.name
                )


class _Counted(io.RawIOBase):
    """A raw file that tells how far it has been read."""

    def __init__(self, raw: io.FileIO, tell: Callable[[int], None]) -> None:
        self._raw, self._tell, self._done = raw, tell, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        got = self._raw.readinto(buffer) or 0
        self._done += got
        self._tell(self._done)
        return got

    def close(self) -> None:
        self._raw.close()
        super().close()


def open_packed(path: Path, tell: Callable[[int], None] | None = None) -> BinaryIO:
    """Open a file for reading, unpacked as its first bytes say (gzip, xz, zstd, bzip2)."""
    try:
        raw = open(path, "rb", buffering=0)  # noqa: SIM115
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from None
    return _unpacked(
        io.BufferedReader(cast("io.RawIOBase", _Counted(raw, tell) if tell else raw), 1 << 20),
        str(path),
    )


def _unpacked(file: io.BufferedReader, name: str) -> BinaryIO:
    """The contents of a file that may be packed."""
    magic = file.peek(6)[:6]
    inner: Any
    if magic[:2] == b"\x1f\x8b":
        inner = gzip.GzipFile(fileobj=file)
    elif magic == b"\xfd7zXZ\x00":
        inner = lzma.LZMAFile(file)  # noqa: SIM115
    elif magic[:3] == b"BZh":
        inner = bz2.BZ2File(file)
    elif magic[:4] == b"\x28\xb5\x2f\xfd":
        try:
            import zstandard
        except ImportError:
            file.close()
            raise MissingExtraError(
                f"{name}: packed with zstd: install what unpacks it with: pip install zstandard"
            ) from None
        inner = zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True)
    else:
        return cast("BinaryIO", file)
    return cast("BinaryIO", _Owning(inner, file))


class _Owning(io.BufferedReader):
    """Unpacked bytes; closing closes the packed file too."""

    def __init__(self, inner: Any, outer: io.BufferedReader) -> None:
        super().__init__(inner, 1 << 16)
        self._outer = outer

    def close(self) -> None:
        super().close()
        self._outer.close()


def open_source(spec: str | os.PathLike[str]) -> Source:
    """The source that ``FORMAT:PATH`` or a path names; InputError if there is no such file or its format is not known."""
    text = os.fspath(spec)
    kind, colon, rest = text.partition(":")
    if colon and kind in FORMATS:
        path = Path(_STANDARD_INPUT if rest == "-" else rest)
    elif colon and not Path(text).exists() and kind.isalpha() and len(kind) > 1:
        raise InputError(f"unknown format {kind!r} in {text!r}: one of {', '.join(FORMATS)}")
    else:
        kind, path = "", Path(text)
    if not path.exists():
        raise InputError(f"{path}: no such file")
    if not kind:
        found = detect(path)
        if not found:
            raise InputError(
                f"{path}: the format cannot be told: write FORMAT:{path} with one of {', '.join(FORMATS)}"
            )
        kind = found
    return Source(kind, path)


def detect(path: Path) -> str | None:
    """The format of a file (or of the first file of a directory) by its first 64 KiB, else by its name."""
    files = Source("", path).files()
    if not files:
        return None
    with open_packed(files[0]) as stream:
        try:
            head = stream.read(1 << 16)
        except (EOFError, OSError, lzma.LZMAError, zlib.error):
            return None
    from .detect import format_of

    return format_of(head, files[0].name)
