"""The bytes of a text file go in, its text and the name of its encoding come out; binary files are refused."""

from __future__ import annotations

import codecs
import re

from ..budget import budget
from ..errors import InputError

MAX_LINE = 1_000_000
"""Longest line, in characters, that a line-based format may have."""

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_UNDEFINED = b"\x81\x8d\x8f\x90\x9d"
"""Bytes that Windows-1252 does not define: a text that holds them is in another encoding."""


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Text and encoding: a byte order mark decides, else UTF-8, else Windows-1252 where that is believable.

    A UTF-8 file with a few stray bytes keeps its UTF-8; the stray ones are read as Windows-1252.
    Raises ``InputError`` for NUL bytes, control characters in number, and encodings that cannot be told.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError as error:
                if encoding == "utf-8-sig":
                    data = data[len(mark) :]
                    break
                raise InputError(
                    f"{name}: begins as {encoding.upper()} but is damaged at byte {error.start}; save it as UTF-8"
                ) from None
            return _checked(text, name), "utf-8" if encoding == "utf-8-sig" else encoding
    zero = data.find(b"\0")
    if zero >= 0:
        raise InputError(
            f"{name}: has a NUL byte at {zero}, so it is binary or UTF-16 without a byte order mark; give a text file, or save it as UTF-8"
        )
    try:
        return _checked(data.decode("utf-8"), name), "utf-8"
    except UnicodeDecodeError as error:
        first = error.start
    high = sum(map(len, re.findall(rb"[\x80-\xff]+", data)))
    sound = data.decode("utf-8", "ignore")
    multibyte = len(sound.encode()) - sum(map(str.isascii, sound))
    if multibyte >= 0.6 * high and multibyte >= 2:
        return _checked(data.decode("utf-8", "citenorm.cp1252"), name), "utf-8"
    undefined = sum(data.count(byte) for byte in _UNDEFINED)
    if undefined > 2 + high // 200 or high > 0.35 * len(data):
        raise InputError(
            f"{name}: is neither UTF-8 nor Windows-1252 (byte {first} does not fit); save it as UTF-8"
        )
    return _checked(data.decode("cp1252", "citenorm.cp1252"), name), "cp1252"


def check_length(text: str, name: str) -> None:
    """Raises InputError for a text beyond the budget."""
    most = budget().characters
    if len(text) > most:
        raise InputError(
            f"{name}: has {len(text):,} characters, more than {most:,}; split it, give the references alone, or raise limits.characters"
        )
    lines = text.count("\n")
    if lines > budget().lines:
        raise InputError(
            f"{name}: has {lines:,} lines, more than {budget().lines:,}; split it, give the references alone, or raise limits.lines"
        )


def check_lines(text: str, name: str) -> None:
    """Refuse text with a line beyond ``MAX_LINE`` characters: no report is written so, and it would hold up every stage."""
    if len(text) <= MAX_LINE:
        return
    start, line = 0, 1
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end - start > MAX_LINE:
            raise InputError(
                f"{name}:{line}: the line has {end - start} characters; break it into lines of at most {MAX_LINE}"
            )
        start, line = end + 1, line + 1


def _checked(text: str, name: str) -> str:
    zero = text.find("\0")
    if zero >= 0:
        raise InputError(
            f"{name}: has a NUL character at {zero}, so it is binary or damaged; give a text file"
        )
    controls = sum(1 for _ in _CONTROL.finditer(text[:1_000_000]))
    if controls > 8 + len(text[:1_000_000]) // 200:
        raise InputError(
            f"{name}: is full of control characters, so it is binary; give a text file"
        )
    return _SURROGATE.sub("\ufffd", text)


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    if b"\xed" <= bad[:1] <= b"\xed" and error.object[error.start + 1 : error.start + 2] >= b"\xa0":
        end = min(error.start + 3, len(error.object))
        return "\ufffd", end
    return bad.decode("cp1252", "replace"), error.end


codecs.register_error("citenorm.cp1252", _as_cp1252)
