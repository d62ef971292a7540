"""``words.toml`` in, its lists out: words that comparing titles and names goes by."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))


def word_set(name: str) -> frozenset[str]:
    """The words of a list of ``[words]``."""
    return frozenset(_file()["words"][name])


def word_table(name: str) -> dict[str, str]:
    """A ``[table.…]``: word → what it stands for."""
    return dict(_file()["table"][name])


def patterns(name: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """A ``[patterns.…]``: ``(what it tells, pattern)`` in the file's order."""
    return tuple((k, re.compile(v)) for k, v in _file()["patterns"][name].items())
