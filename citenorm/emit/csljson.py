"""Resolutions or CSL items → a CSL-JSON array."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from ..model import Diagnostic, Resolution, custom_of
from .items import Emittable, Item, items_of
from .keys import keys_for


def to_csl_json(items: Iterable[Emittable], *, keys: Sequence[str] | None = None) -> str:
    """A JSON array, an object per work; ``id`` is its citation key.

    For resolutions ``custom.citenorm`` tells the places in the documents, the status, the probability and the findings.
    """
    found = items_of(items, join=keys is None)
    names = list(keys) if keys is not None else keys_for([item.csl for item in found])
    rows = [_row(item, key) for item, key in zip(found, names, strict=True)]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _row(item: Item, key: str) -> dict[str, Any]:
    row: dict[str, Any] = {"id": key} | {
        name: value for name, value in item.csl.items() if name != "id"
    }
    if not item.resolutions:
        return row
    first = item.resolutions[0]
    found: list[Diagnostic] = []
    for resolution in item.resolutions:
        found += [d for d in resolution.diagnostics if d not in found]
    told = {
        "documents": [_place(resolution) for resolution in item.resolutions],
        "status": first.status,
        "probability": round(first.probability, 4),
        "diagnostics": [d.to_dict() for d in found],
    }
    row["custom"] = {**custom_of(item.csl), "citenorm": told}
    return row


def _place(resolution: Resolution) -> dict[str, Any]:
    reference = resolution.claim.reference
    if reference is None:
        return {"file": "", "line": 0, "raw": resolution.claim.raw}
    return {"file": reference.file, "line": reference.line, "raw": reference.raw}
