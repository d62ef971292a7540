"""A regular expression that few inputs reach → the same, compiled when it is first asked.

Importing a module compiles what stands in ``re.compile``, whether a run comes to it or not; a pattern behind a sign or a label that
is seldom there is compiled by the first text that has it.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Late:
    def __init__(self, pattern: str, flags: int) -> None:
        self._stated = pattern, flags

    def __getattr__(self, name: str) -> Any:
        """Asked once for each name: what a compiled pattern has of it is kept."""
        value = getattr(re.compile(*self._stated), name)
        setattr(self, name, value)
        return value


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """As ``re.compile``, without the work until it is needed."""
    return cast("re.Pattern[str]", _Late(pattern, flags))
