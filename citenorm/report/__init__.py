"""Resolutions and Diagnostics → what people and machines read."""

from __future__ import annotations

from . import baseline
from .diagnostics import FORMATS, render

__all__ = ["FORMATS", "baseline", "render"]
