"""CSL-JSON, one item a line or one array: entries as they stand; lines that link two versions become links."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from .entry import Entry, Fault
from .jsonstream import objects


def read(stream: BinaryIO) -> Iterator[Entry | Fault]:
    """Entries of JSON lines or of one JSON array (read piece by piece)."""
    for where, item, line in objects(stream):
        if isinstance(item, ValueError):
            yield Fault(where, str(item))
        elif isinstance(item, dict):
            yield _entry(item, line)
        else:
            yield Fault(where, "not a JSON object")


def _entry(item: dict[str, Any], line: bytes | None) -> Entry:
    if "arxiv" in item and "title" not in item and isinstance(item.get("id"), str):
        return Entry({}, link=(f"arXiv:{item['arxiv']}", item["id"]))
    if not isinstance(item.get("id"), str) and item.get("id") is not None:
        item["id"] = str(item["id"])
        line = json.dumps(item, ensure_ascii=False, separators=(",", ":")).encode(
            "utf-8", "surrogatepass"
        )
    return Entry(item, line)
