"""Diagnostics → a SARIF 2.1.0 log, with the edits that mend them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any
from urllib.parse import quote

from ..jsontext import indented
from ..model import Diagnostic, Place
from ..rules.base import Rule
from .order import in_order

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


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
    return indented({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def _descriptor(code: str, name: str, rule: type[Rule] | None) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": code,
        "name": "".join(word.capitalize() for word in name.split("-")),
    }
    if rule is not None:
        row["shortDescription"] = {"text": rule.summary()}
        row["fullDescription"] = {"text": rule.section("What it finds") or rule.summary()}
        row["help"] = {"text": rule.page(), "markdown": rule.page()}
        if (counted := rule.precision()) is not None:
            row["properties"] = {
                "precision": counted.word,
                "precision-share": round(counted.share, 3),
                "precision-findings": counted.of,
            }
    level = rule.severity if rule is not None else "warning"
    row["defaultConfiguration"] = {"level": level}
    return row


def _result(found: Diagnostic, index: int) -> dict[str, Any]:
    row: dict[str, Any] = {
        "ruleId": found.code,
        "ruleIndex": index,
        "level": found.severity,
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
    if found.edits and found.place is not None and found.place.file:
        row["fixes"] = [_fix(found)]
    return row


def _fix(found: Diagnostic) -> dict[str, Any]:
    """The edits as replacements in one file."""
    assert found.place is not None
    replacements = [
        {"deletedRegion": _region(e.place), "insertedContent": {"text": e.text}}
        for e in found.edits
    ]
    change = {"artifactLocation": {"uri": uri(found.place.file)}, "replacements": replacements}
    return {"description": {"text": found.message}, "artifactChanges": [change]}


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
