"""Diagnostics → what the services that run checks show beside the lines: GitHub, GitLab, JUnit, reviewdog."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from ..jsontext import indented
from ..model import Diagnostic, Place
from ..printable import printable_lines
from .baseline import fingerprint
from .order import in_order
from .plain import where


def as_github(diagnostics: Sequence[Diagnostic]) -> str:
    """Workflow commands that GitHub shows beside the lines."""
    words = {"error": "error", "warning": "warning", "note": "notice"}
    out = []
    for found in in_order(diagnostics):
        place = found.place or Place()
        named = [
            ("file", place.file),
            ("line", place.line),
            ("col", place.column),
            ("endLine", place.end_line),
        ]
        if place.end_line == place.line:
            named.append(("endColumn", place.end_column))
        named.append(("title", f"{found.code} {found.name}"))
        settings = ",".join(f"{name}={_property(str(value))}" for name, value in named if value)
        out.append(f"::{words[found.severity]} {settings}::{_data(found.message)}\n")
    return "".join(out)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


# ------------------------------------------------------------------ GitLab
def as_gitlab(diagnostics: Sequence[Diagnostic]) -> str:
    """A code quality report: an array of issues with fingerprints that later runs know again."""
    words = {"error": "major", "warning": "minor", "note": "info"}
    seen: Counter[str] = Counter()
    rows = []
    for found in in_order(diagnostics):
        place = found.place or Place()
        print_ = fingerprint(found)
        seen[print_] += 1
        rows.append(
            {
                "description": found.message,
                "check_name": found.name,
                "fingerprint": f"{print_}-{seen[print_]}" if seen[print_] > 1 else print_,
                "severity": words[found.severity],
                "location": {"path": place.file, "lines": {"begin": place.line or 1}},
            }
        )
    return indented(rows)


# ------------------------------------------------------------------ JUnit
def as_junit(diagnostics: Sequence[Diagnostic], texts: Mapping[str, str] | None = None) -> str:
    """A test suite with a case a file; what is worth a warning or more is a failure, notes are its output."""
    files: dict[str, list[Diagnostic]] = {name: [] for name in sorted(texts or {})}
    for found in in_order(diagnostics):
        files.setdefault(found.place.file if found.place else "", []).append(found)
    cases = [_case(name, members) for name, members in files.items()]
    failures = sum(any(d.severity != "note" for d in members) for members in files.values())
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<testsuites><testsuite name="citenorm" tests="{len(cases)}" failures="{failures}" errors="0">\n'
        + "".join(cases)
        + "</testsuite></testsuites>\n"
    )


def _case(name: str, members: Sequence[Diagnostic]) -> str:
    head = f'<testcase classname="citenorm" name={quoteattr(printable_lines(name or "-"))}'
    grave = [d for d in members if d.severity != "note"]
    notes = [d for d in members if d.severity == "note"]
    inside = ""
    if grave:
        noun = "finding" if len(grave) == 1 else "findings"
        inside += f'<failure message="{len(grave)} {noun}">{escape(printable_lines(_lines(grave)))}</failure>'
    if notes:
        inside += f"<system-out>{escape(printable_lines(_lines(notes)))}</system-out>"
    return f"{head}>{inside}</testcase>\n" if inside else f"{head}/>\n"


def _lines(found: Sequence[Diagnostic]) -> str:
    return "\n".join(f"{where(d)}: {d.code} {d.message} [{d.name}]" for d in found)


# ------------------------------------------------------------------ reviewdog
def as_rdjson(diagnostics: Sequence[Diagnostic]) -> str:
    """Reviewdog Diagnostic Format, with the edits as suggestions."""
    words = {"error": "ERROR", "warning": "WARNING", "note": "INFO"}
    rows = []
    for found in in_order(diagnostics):
        place = found.place or Place()
        row: dict[str, Any] = {
            "message": found.message,
            "location": {"path": place.file, "range": _range(place)},
            "severity": words[found.severity],
            "code": {"value": f"{found.code} {found.name}"},
        }
        if found.edits:
            row["suggestions"] = [{"range": _range(e.place), "text": e.text} for e in found.edits]
        rows.append(row)
    made = {"source": {"name": "citenorm"}, "diagnostics": rows}
    return indented(made)


def _range(place: Place) -> dict[str, Any]:
    made: dict[str, Any] = {"start": {"line": place.line or 1}}
    if place.column:
        made["start"]["column"] = place.column
    if place.end_line:
        made["end"] = {"line": place.end_line}
        if place.end_column:
            made["end"]["column"] = place.end_column
    return made
