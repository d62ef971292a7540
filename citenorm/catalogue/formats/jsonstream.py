"""JSON values one by one from a stream of any length: lines, one array, or the array under a key of one object."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from ...jsontext import loads

_CHUNK = 1 << 18
_LIMIT = 64 << 20
_SPACE = re.compile(r"[\s,]*")


def objects(
    stream: BinaryIO, under: tuple[str, ...] = ()
) -> Iterator[tuple[str, Any, bytes | None]]:
    """``(where, value, line)`` for every value; ``line`` only for JSON lines; a ValueError as value where one is broken.

    ``under``: names of keys whose array is gone through instead of the object that holds it (``{"items": [...]}``).
    """
    first = stream.readline(_LIMIT)
    while first and not first.removeprefix(b"\xef\xbb\xbf").strip():
        first = stream.readline(_LIMIT)
    start = first.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:1] == b"[":
        yield from _array(stream, start[1:])
        return
    try:
        value = loads(start)
    except ValueError:
        key = _inner(start, stream, under)
        if key is not None:
            yield from _array(stream, key)
            return
        value = None
    if isinstance(value, dict) and any(isinstance(value.get(name), (list, dict)) for name in under):
        yield from _unfold(value, under, "1")
    else:
        yield from _lines(stream, first, under)


def _lines(
    stream: BinaryIO, first: bytes, under: tuple[str, ...]
) -> Iterator[tuple[str, Any, bytes | None]]:
    number = 1
    line = first.removeprefix(b"\xef\xbb\xbf")
    while line:
        body = line.strip()
        if body:
            try:
                value = loads(body)
            except (ValueError, RecursionError) as error:
                yield f"line {number}", ValueError(f"no JSON: {error}"), None
            else:
                if (
                    under
                    and isinstance(value, dict)
                    and any(isinstance(value.get(name), (list, dict)) for name in under)
                ):
                    yield from _unfold(value, under, f"line {number}")
                else:
                    yield f"line {number}", value, body
        line = stream.readline(_LIMIT)
        number += 1


def _unfold(
    value: Any, under: tuple[str, ...], where: str
) -> Iterator[tuple[str, Any, bytes | None]]:
    if isinstance(value, list):
        for number, item in enumerate(value, 1):
            yield f"{where} item {number}", item, None
        return
    name = next((name for name in under if isinstance(value.get(name), (list, dict))), None)
    if name is None:
        yield where, value, None
    else:
        yield from _unfold(value[name], under, where)


def _inner(start: bytes, stream: BinaryIO, under: tuple[str, ...]) -> bytes | None:
    """The bytes behind the bracket that opens a wanted array in an object that is spread over lines."""
    if not under or start[:1] != b"{":
        return None
    wanted = re.compile(
        rb'"(?:' + b"|".join(re.escape(name.encode()) for name in under) + rb')"\s*:\s*\['
    )
    head = start
    while len(head) < _CHUNK * 4:
        found = wanted.search(head)
        if found:
            return head[found.end() :]
        more = stream.read(4096)
        if not more:
            return None
        head += more
    return None


def _array(stream: BinaryIO, head: bytes) -> Iterator[tuple[str, Any, bytes | None]]:
    decode = codecs.getincrementaldecoder("utf-8")("replace").decode
    scan = json.JSONDecoder().raw_decode
    text, at, number, done = decode(head), 0, 0, False
    while True:
        at = _SPACE.match(text, at).end()  # type: ignore[union-attr]
        if at < len(text) and text[at] == "]":
            return
        try:
            if at >= len(text):
                raise ValueError("the array does not end")
            value, end = scan(text, at)
            if end == len(text) and not done:
                raise ValueError("more to come")
        except (ValueError, RecursionError) as error:
            chunk = (
                b"" if done or len(text) - at > _LIMIT else stream.read(max(_CHUNK, len(text) - at))
            )
            if not chunk:
                yield f"item {number + 1}", ValueError(f"no JSON from here on: {error}"), None
                return
            text, at = text[at:] + decode(chunk), 0
            continue
        number += 1
        yield f"item {number}", value, None
        at = end
        if at > _CHUNK:
            text, at = text[at:], 0
