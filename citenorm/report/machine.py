"""Diagnostics → JSON, JSON lines, SARIF 2.1.0 and GitHub annotations."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any
from urllib.parse import quote

from ..model import Diagnostic, Place
from ..rules.base import Rule
from .order import as_row, in_order

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {"CN1": "warning", "CN2": "warning", "CN3": "error", "CN4": "warning", "CN5": "note"}
"""How grave a family's findings are told to be; a finding that proves nothing (``unverifiable``) is a note."""


def as_json(diagnostics: Sequence[Diagnostic]) -> str:
    """A JSON array of findings."""
    return (
        json.dumps([as_row(d) for d in in_order(diagnostics)], ensure_ascii=False, indent=2) + "\n"
    )


def as_jsonl(diagnostics: Sequence[Diagnostic]) -> str:
    """One JSON object per line."""
    return "".join(json.dumps(as_row(d), ensure_ascii=False) + "\n" for d in in_order(diagnostics))


def level(found: Diagnostic) -> str:
    """ "error", "warning" or "note"."""
    if found.name in ("unverifiable-reference", "source-conflict", "ambiguous-reference"):
        return "note"
    return LEVELS.get(found.code[:3], "warning")


# ------------------------------------------------------------------ SARIF
def as_sarif(
    diagnostics: Sequence[Diagnostic], rules: Iterable[type[Rule]], version: str = ""
) -> str:
    """A SARIF 2.1.0 log with one run; ``rules``: the rules whose pages are told (those that found something)."""
    found = in_order(diagnostics)
    pages = {rule.code: rule for rule in rules}
    codes = sorted({d.code for d in found})
    names = {d.code: d.name for d in found}
    described = [_descriptor(code, names[code], pages.get(code)) for code in codes]
    driver: dict[str, Any] = {"name": "citenorm", "rules": described}
    if version:
        driver["version"] = version
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(d, codes.index(d.code)) for d in found],
    }
    return (
        json.dumps(
            {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]},
            ensure_ascii=False,
            indent=2,
        )
        + "\n"
    )


def _descriptor(code: str, name: str, rule: type[Rule] | None) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": code,
        "name": "".join(word.capitalize() for word in name.split("-")),
    }
    if rule is not None:
        row["shortDescription"] = {"text": rule.summary()}
        row["fullDescription"] = {"text": rule.section("What it finds") or rule.summary()}
        row["help"] = {"text": rule.page(), "markdown": rule.page()}
    row["defaultConfiguration"] = {"level": LEVELS.get(code[:3], "warning")}
    return row


def _result(found: Diagnostic, index: int) -> dict[str, Any]:
    row: dict[str, Any] = {
        "ruleId": found.code,
        "ruleIndex": index,
        "level": level(found),
        "message": {"text": found.message},
    }
    if found.place is not None and found.place.file:
        physical: dict[str, Any] = {"artifactLocation": {"uri": uri(found.place.file)}}
        region = _region(found.place)
        if region:
            physical["region"] = region
        location: dict[str, Any] = {"physicalLocation": physical}
        if found.key:
            location["logicalLocations"] = [{"name": found.key, "kind": "member"}]
        row["locations"] = [location]
    told = {
        name: getattr(found, name)
        for name in ("name", "field", "claim", "record", "source", "fix")
        if getattr(found, name)
    }
    row["properties"] = told
    return row


def _region(place: Place) -> dict[str, int]:
    if not place.line:
        return {}
    region = {"startLine": place.line}
    if place.column:
        region["startColumn"] = place.column
    if place.end_line >= place.line:
        region["endLine"] = place.end_line
        if place.end_column and (place.end_line > place.line or place.end_column >= place.column):
            region["endColumn"] = place.end_column
    return region


def uri(name: str) -> str:
    """A file name as a URI reference, relative where the name is."""
    path = (
        PureWindowsPath(name).as_posix()
        if "\\" in name and "/" not in name
        else PurePosixPath(name).as_posix()
    )
    return ("file://" if path.startswith("/") else "") + quote(path)


# ------------------------------------------------------------------ GitHub
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
        out.append(f"::{words[level(found)]} {settings}::{_data(found.message)}\n")
    return "".join(out)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
