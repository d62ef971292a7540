"""The bytes of a text file and edits of its decoded text → its bytes with the edits, everything else byte for byte as it was.

Byte order mark, encoding, order of bytes, and bytes that the encoding does not know stay where no edit touches them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ..errors import InputError
from .decode import decode

Edit = tuple[int, int, str]
"""``(start, end, new text)``, offsets in the decoded text."""

_CESU = re.compile(r"\udced[\udca0-\udcbf].", re.S)
_MARKS = ((b"\xff\xfe\0\0", "utf-32-le"), (b"\0\0\xfe\xff", "utf-32-be"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))  # fmt: skip


def edited(data: bytes, edits: Iterable[Edit], name: str) -> tuple[bytes, list[tuple[Edit, str]]]:
    """The file's bytes with the edits, and those that could not be made, each with the characters that the encoding lacks.

    Edits must not overlap.  Raises InputError where the file cannot be put together again byte for byte.
    """
    text, encoding = decode(data, name)
    pieces = _bytes_of(data, encoding)
    codec, mark, same = pieces
    if not _fits(same, text):
        raise InputError(
            f"{name}: cannot be written back in its encoding byte for byte; save it as UTF-8"
        )
    out, wanted = [mark], list[str]()
    left: list[tuple[Edit, str]] = []
    at = 0
    for edit in sorted(edits):
        start, end, new = edit
        lacks = _lacking(new, codec)
        if lacks:
            left.append((edit, lacks))
            continue
        out += (_encoded(same[at:start], codec), new.encode(codec))
        wanted += (text[at:start], new)
        at = end
    out.append(_encoded(same[at:], codec))
    made = b"".join(out)
    if decode(made, name)[0] != "".join(wanted) + text[at:]:
        raise InputError(
            f"{name}: cannot be written back in its encoding ({encoding}); save it as UTF-8"
        )
    return made, left


def _bytes_of(data: bytes, encoding: str) -> tuple[str, bytes, Sequence[str]]:
    """Codec, byte order mark, and one string per character of the decoded text, which encodes to exactly its bytes."""
    for mark, codec in _MARKS:
        if data.startswith(mark) and encoding.startswith(codec[:6]):
            return codec, mark, data[len(mark) :].decode(codec, "surrogatepass")
    if encoding == "cp1252":
        return "cp1252", b"", data.decode("latin-1")
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    text = data[len(mark) :].decode("utf-8", "surrogateescape")
    if _CESU.search(text) is None:
        return "utf-8", mark, text
    same: list[str] = []
    at = 0
    for found in _CESU.finditer(text):
        same += (*text[at : found.start()], found[0])
        at = found.end()
    return "utf-8", mark, [*same, *text[at:]]


def _fits(same: Sequence[str], text: str) -> bool:
    return len(same) == len(text)


def _encoded(same: Sequence[str], codec: str) -> bytes:
    whole = same if isinstance(same, str) else "".join(same)
    if codec == "cp1252":
        return whole.encode("latin-1")  # each character stands for its byte
    return whole.encode(codec, "surrogateescape" if codec == "utf-8" else "surrogatepass")


def _lacking(text: str, codec: str) -> str:
    """The characters that an encoding has not."""
    try:
        text.encode(codec)
    except UnicodeEncodeError:
        return "".join(dict.fromkeys(c for c in text if not _has(c, codec)))
    return ""


def _has(char: str, codec: str) -> bool:
    try:
        char.encode(codec)
    except UnicodeEncodeError:
        return False
    return True
