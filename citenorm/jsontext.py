"""JSON in and out, one compact line a value: by orjson, several times as fast as the standard library, which does what orjson refuses.

What it refuses: half surrogates, integers of more than 64 bits in what is written, "NaN" in what is read.  Read, such integers become
floating-point numbers; written, what is no number becomes null.
"""

from __future__ import annotations

import json
import re
from typing import Any

import orjson

_BREAKS = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_PLAIN = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def loads(text: str | bytes) -> Any:
    """The value of JSON text (bytes: UTF-8); ValueError where it is none, or nested too deeply."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        try:
            return json.loads(text)
        except RecursionError:
            raise ValueError("nested too deeply") from None


def dumps(value: object) -> str:
    """A value as JSON on one line, without blanks between its parts and with every letter as it is."""
    try:
        return orjson.dumps(value).decode()
    except TypeError:
        return _PLAIN.encode(value)


def line_of(value: object) -> bytes:
    """``dumps`` as UTF-8, half surrogates as they are."""
    try:
        return orjson.dumps(value)
    except TypeError:
        return _PLAIN.encode(value).encode("utf-8", "surrogatepass")


def one_line(row: object) -> str:
    """JSON on one line, also for readers that break lines at U+0085, U+2028 and U+2029, and for terminals."""
    return escaped(dumps(row))


def indented(value: object) -> str:
    """JSON of several lines for people to read, with the escapes of ``one_line``."""
    return escaped(json.dumps(value, ensure_ascii=False, indent=2)) + "\n"


def escaped(text: str) -> str:
    """JSON text with what some readers take for a line break, what steers a terminal, and half surrogates as ``\\uXXXX``."""
    return text if text.isprintable() else _BREAKS.sub(lambda m: f"\\u{ord(m[0]):04x}", text)
