"""Every rule, about works and about the form of entries, each once, by code."""

from __future__ import annotations

from functools import lru_cache

from . import RULES
from .base import Rule
from .form import FORM_RULES, RECORD_RULES
from .together import TOGETHER_RULES


def all_rules() -> list[type[Rule]]:
    """The rules about resolutions, about the form of entries, and about what a repair takes from a record."""
    rules = {rule.code: rule for rule in (*RULES, *FORM_RULES, *RECORD_RULES, *TOGETHER_RULES)}
    return sorted(rules.values(), key=lambda rule: rule.code)


def names_rule(word: str, code: str, name: str) -> bool:
    """True where a word is a rule's name, its code or the beginning of its code."""
    return word.lower() == name or (len(word) > 1 and code.startswith(word.upper()))


@lru_cache(maxsize=256)
def unknown_rule(word: str) -> str:
    """What to say of a word that names no rule, with a suggestion; "" for one that does."""
    known = [(r.code, r.name) for r in all_rules()]
    if any(names_rule(word, code, name) for code, name in known):
        return ""
    from difflib import get_close_matches

    near = get_close_matches(word.lower(), [name for _, name in known], 1)
    return f"no rule {word!r}" + (f"; did you mean {near[0]}?" if near else " (see: citenorm rule)")
