"""A value → whether it is the name of a macro, which a bibliography was to put the real value for."""

from __future__ import annotations

import re

_MACRO = re.compile(
    r"(?:j|pub|ser|inst|org|proc|conf)-[A-Z][\w-]*|\w*[A-Za-z]_\w+|[a-z]+\d[a-z\d-]*|[{#\"]\S*|\\[A-Za-z]+"
)


def is_macro(value: object) -> bool:
    """One word as BibTeX files abbreviate journals and publishers ("j-CACM", "acm_press", "aaai86-pub", "{pami"), where the name should stand."""
    return isinstance(value, str) and bool(_MACRO.fullmatch(value.strip()))
