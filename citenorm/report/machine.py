"""Diagnostics → JSON and JSON lines."""

from __future__ import annotations

import json
from collections.abc import Sequence

from ..model import Diagnostic
from .order import as_row, in_order


def as_json(diagnostics: Sequence[Diagnostic]) -> str:
    """A JSON array of findings."""
    return (
        json.dumps([as_row(d) for d in in_order(diagnostics)], ensure_ascii=False, indent=2) + "\n"
    )


def as_jsonl(diagnostics: Sequence[Diagnostic]) -> str:
    """One JSON object per line."""
    return "".join(json.dumps(as_row(d), ensure_ascii=False) + "\n" for d in in_order(diagnostics))


def level(found: Diagnostic) -> str:
    """ "error", "warning" or "note"."""
    return found.severity
