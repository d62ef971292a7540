"""Diagnostics → what ``check --output-format`` prints: text, JSON, JSON lines, SARIF, GitHub annotations or an HTML page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..model import Diagnostic
from ..rules.base import Rule

FORMATS = ("text", "json", "jsonl", "sarif", "github", "html")


def render(
    diagnostics: Sequence[Diagnostic],
    output_format: str = "text",
    texts: Mapping[str, str] | None = None,
    *,
    rules: Iterable[type[Rule]] | None = None,
    version: str = "",
) -> str:
    """The findings in one of ``FORMATS``.

    ``texts``: the text of each file by the name that the places give; ``rules``: the rules whose pages SARIF and HTML
    tell, None for all.  Raises ValueError for an unknown format.
    """
    from . import machine

    if output_format == "text":
        from .plain import as_text

        return as_text(diagnostics, texts)
    if output_format == "html":
        from .page import as_html

        return as_html(diagnostics, texts, all_rules() if rules is None else rules)
    if output_format == "sarif":
        return machine.as_sarif(diagnostics, all_rules() if rules is None else rules, version)
    simple = {"json": machine.as_json, "jsonl": machine.as_jsonl, "github": machine.as_github}
    if output_format not in simple:
        raise ValueError(f"unknown output format {output_format!r} ({', '.join(FORMATS)})")
    return simple[output_format](diagnostics)


def all_rules() -> list[type[Rule]]:
    """The rules about resolutions and those about the form of entries, each once, by code."""
    from ..rules import RULES
    from ..rules.form import FORM_RULES

    return sorted(
        {rule.code: rule for rule in (*RULES, *FORM_RULES)}.values(), key=lambda rule: rule.code
    )
