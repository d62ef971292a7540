"""The bytes of a PDF file go in; whether a form in it draws itself (which would hold up its reader for ever) comes out."""

from __future__ import annotations

import re
import zlib

_OBJECT = re.compile(rb"(?<!end)obj\b")
_NUMBERS = re.compile(rb"(?<!\d)(\d{1,9})\s+\d{1,5}\s+\Z")
_END = re.compile(rb"\bstream\b|\bendobj\b")
_XOBJECTS = re.compile(rb"/XObject\s*(?:<<([^<>]*)>>|(\d{1,9})\s+\d+\s+R)")
_RESOURCES = re.compile(rb"/Resources\s+(\d{1,9})\s+\d+\s+R")
_REFERENCE = re.compile(rb"(?<!\d)(\d{1,9})\s+\d+\s+R")
_FORM = re.compile(rb"/Subtype\s*/Form\b")
_PACKED = re.compile(rb"/Type\s*/ObjStm\b")
_FIRST = re.compile(rb"/First\s+(\d{1,9})")
MAX_DICTIONARY = 100_000
MAX_UNPACKED = 64 * 1024 * 1024


def draws_itself(data: bytes) -> bool:
    """True where following the forms that forms draw leads back to one of them."""
    if not _FORM.search(data):
        return False
    dictionaries = _dictionaries(data)
    edges = {
        number: _drawn(content, dictionaries)
        for number, content in dictionaries.items()
        if _FORM.search(content)
    }
    return _circular(edges)


def _dictionaries(data: bytes) -> dict[int, bytes]:
    """The dictionaries of all objects, those in object streams too, by number."""
    found: dict[int, bytes] = {}
    unpacked = 0
    for match in _OBJECT.finditer(data):
        number = _number(data, match.start())
        end = _END.search(data, match.end(), match.end() + MAX_DICTIONARY)
        if number is None or end is None:
            continue
        content = data[match.end() : end.start()]
        found[number] = content
        if end.group() == b"stream" and _PACKED.search(content) and unpacked < MAX_UNPACKED:
            inner = _inflated(data[end.end() : end.end() + MAX_UNPACKED].lstrip(b"\r\n"))
            unpacked += len(inner)
            found.update(_unpacked(content, inner))
    return found


def _number(data: bytes, at: int) -> int | None:
    """The number of the object whose word ``obj`` stands at ``at``."""
    for back in (32, 4096):
        found = _NUMBERS.search(data, max(0, at - back), at)
        if found:
            return int(found[1])
    return None


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, MAX_UNPACKED)
    except zlib.error:
        return b""


def _unpacked(dictionary: bytes, content: bytes) -> dict[int, bytes]:
    """The objects of an object stream: pairs of number and offset, then the objects."""
    first = _FIRST.search(dictionary)
    if first is None:
        return {}
    base = int(first[1])
    numbers = [int(word) for word in content[:base].split() if word.isdigit() and len(word) < 12]
    pairs = list(zip(numbers[::2], numbers[1::2], strict=False))
    ends = [offset for _, offset in pairs[1:]] + [len(content) - base]
    return {
        number: content[base + offset : base + end]
        for (number, offset), end in zip(pairs, ends, strict=False)
    }


def _drawn(content: bytes, dictionaries: dict[int, bytes]) -> set[int]:
    """Numbers of the objects that a form may draw."""
    resources = _RESOURCES.search(content)
    if resources:
        content = dictionaries.get(int(resources[1]), b"")
    drawn: set[int] = set()
    for match in _XOBJECTS.finditer(content):
        named = match[1] if match[1] is not None else dictionaries.get(int(match[2]), b"")
        drawn.update(int(one[1]) for one in _REFERENCE.finditer(named))
    return drawn


def _circular(edges: dict[int, set[int]]) -> bool:
    """True where the graph has a circle: taking away what draws nothing that is left leaves something."""
    waiting = {node: {to for to in drawn if to in edges} for node, drawn in edges.items()}
    drawers: dict[int, list[int]] = {node: [] for node in edges}
    for node, drawn in waiting.items():
        for to in drawn:
            drawers[to].append(node)
    free = [node for node, drawn in waiting.items() if not drawn]
    gone = 0
    while free:
        node = free.pop()
        gone += 1
        for other in drawers[node]:
            waiting[other].discard(node)
            if not waiting[other]:
                free.append(other)
    return gone < len(edges)
