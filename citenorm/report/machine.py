"""Diagnostics → JSON and JSON lines."""

from __future__ import annotations

import json
from collections.abc import Sequence

from ..jsontext import escaped, indented
from ..model import Diagnostic
from .order import as_row, in_order


def as_json(diagnostics: Sequence[Diagnostic]) -> str:
    """A JSON array of findings."""
    return indented([as_row(d) for d in in_order(diagnostics)])


def as_jsonl(diagnostics: Sequence[Diagnostic]) -> str:
    """One JSON object per line."""
    return "".join(
        escaped(json.dumps(as_row(d), ensure_ascii=False)) + "\n" for d in in_order(diagnostics)
    )


def level(found: Diagnostic) -> str:
    """ "error", "warning" or "note"."""
    return found.severity
