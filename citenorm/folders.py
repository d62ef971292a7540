"""Where a user's own files are kept: data in the data folder of the system, what can be made again in its cache folder."""

from __future__ import annotations

import os
from pathlib import Path

NOWHERE = Path(os.devnull) / "citenorm"
"""The folder of a user who has none (no HOME, no entry in the list of users): nothing is there, nothing can be put there."""


def data_folder() -> Path:
    """The user's data."""
    import platformdirs

    try:
        return Path(platformdirs.user_data_dir("citenorm", appauthor=False))
    except (RuntimeError, KeyError, OSError):
        return NOWHERE


def cache_folder() -> Path:
    """``CITENORM_CACHE_DIR``, else the user's cache folder of this system."""
    stated = os.environ.get("CITENORM_CACHE_DIR", "").strip()
    if stated:
        return Path(stated)
    import platformdirs

    try:
        return Path(platformdirs.user_cache_dir("citenorm", appauthor=False))
    except (RuntimeError, KeyError, OSError):
        return NOWHERE
