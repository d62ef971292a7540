"""A value → whether it is the name of a macro, which a bibliography, or its author's style, was to put the real value for."""

from __future__ import annotations

import re

from .latex import to_unicode

_MACRO = re.compile(
    r"(?:j|pub|ser|inst|org|proc|conf)-[A-Z][\w-]*|\w*[A-Za-z]_\w+|[a-z]+\d[a-z\d-]*|[{#\"]\S*|\\[A-Za-z]+"
)


def is_macro(value: object) -> bool:
    """One word as BibTeX files abbreviate journals and publishers ("j-CACM", "acm_press", "aaai86-pub", "{pami"), where the name should stand."""
    return isinstance(value, str) and bool(_MACRO.fullmatch(value.strip()))


_ALONE = re.compile(r"[\s{]*\\([A-Za-z]+)[\s{}]*")


def macro_alone(value: str) -> str:
    """The name of the macro that is all of a value in LaTeX, and that LaTeX itself does not have: the author's style defines it
    ("{\\ICML}", "{\\apj}"); else ""."""
    found = _ALONE.fullmatch(value) if "\\" in value else None
    return found[1] if found is not None and not to_unicode(value).strip() else ""
