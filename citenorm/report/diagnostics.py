"""Diagnostics → what ``check --output-format`` prints: one row of ``OUTPUTS`` a format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..model import Diagnostic
    from ..rules.base import Rule


@dataclass(frozen=True, slots=True)
class Output:
    """One format: ``citenorm.report.<module>.<function>`` writes it; ``takes``: what it is given beside the findings."""

    name: str
    what: str
    module: str
    function: str
    takes: tuple[str, ...] = ()


OUTPUTS: tuple[Output, ...] = (
    Output("text", "for people, with the source lines", "plain", "as_text", ("texts", "colour", "columns")),
    Output("concise", "a line a finding, for people and editors", "plain", "as_concise", ("colour",)),
    Output("json", "an array", "machine", "as_json"),
    Output("jsonl", "an object a line", "machine", "as_jsonl"),
    Output("sarif", "SARIF 2.1.0, with fixes", "sarif", "as_sarif", ("rules", "version")),
    Output("github", "annotations of GitHub Actions", "ci", "as_github"),
    Output("gitlab", "GitLab's code quality report", "ci", "as_gitlab"),
    Output("junit", "JUnit XML, a test case a file", "ci", "as_junit", ("texts",)),
    Output("rdjson", "reviewdog's JSON, with suggestions", "ci", "as_rdjson"),
    Output("html", "a page that needs nothing beside itself", "cards", "findings_page", ("rules", "version")),
)  # fmt: skip
FORMATS = tuple(output.name for output in OUTPUTS)


def render(
    diagnostics: Sequence[Diagnostic],
    output_format: str = "text",
    texts: Mapping[str, str] | None = None,
    *,
    rules: Iterable[type[Rule]] | None = None,
    version: str = "",
    colour: bool = False,
    columns: int | None = None,
) -> str:
    """The findings in one of ``FORMATS``.

    ``texts``: the text of each file by the name that the places give; ``rules``: the rules whose pages SARIF and HTML
    tell, None for all; ``colour``: mark what is grave with the colours of a terminal; ``columns``: those
    of the terminal, where it is one.  Raises ValueError for an unknown format.
    """
    chosen = next((o for o in OUTPUTS if o.name == output_format), None)
    if chosen is None:
        raise ValueError(f"unknown output format {output_format!r} ({', '.join(FORMATS)})")
    write = getattr(import_module(f".{chosen.module}", __package__), chosen.function)
    have: dict[str, Any] = {
        "texts": texts,
        "version": version,
        "colour": colour,
        "columns": columns,
    }
    if "rules" in chosen.takes:
        from ..rules.table import all_rules

        have["rules"] = all_rules() if rules is None else rules
    return str(write(diagnostics, **{name: have[name] for name in chosen.takes}))
