"""Resolutions and Diagnostics → what people and machines read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from . import baseline
    from .diagnostics import FORMATS, render

__all__ = ["FORMATS", "baseline", "render"]


def __getattr__(name: str) -> Any:
    """Loaded when first used: who only prints a line needs no rules."""
    from importlib import import_module

    if name == "baseline":
        return import_module(".baseline", __name__)
    if name in ("FORMATS", "render"):
        return getattr(import_module(".diagnostics", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
