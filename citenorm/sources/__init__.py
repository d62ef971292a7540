"""Where records come from: local catalogues and online services, asked in order through one object."""

from __future__ import annotations

from .base import Local, Online, Sources, Spec, default_catalogue, open_sources, reopen

__all__ = ["Local", "Online", "Sources", "Spec", "default_catalogue", "open_sources", "reopen"]
