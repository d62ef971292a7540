"""Which licences a release may bring: SPDX expressions are read with their choices."""

import importlib.util
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

FILE = Path(__file__).parent.parent / "release" / "licences.py"
spec = importlib.util.spec_from_file_location("licences", FILE)
licences = importlib.util.module_from_spec(spec)
spec.loader.exec_module(licences)


@pytest.mark.parametrize(
    "expression, may",
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("MIT OR GPL-3.0-only", True),
        ("MIT AND GPL-3.0-only", False),
        ("MPL-2.0 AND (Apache-2.0 OR AGPL-3.0-only)", True),
        ("MIT OR GPL-2.0-only AND BSD-3-Clause", True),
        ("(MIT OR Apache-2.0) AND GPL-2.0-only", False),
        ("Apache-2.0 WITH LLVM-exception", True),
        ("Somebody's own words", False),
        ("unknown", False),
        ("(MIT", False),
    ],
)
def test_what_may_be_brought(expression, may):
    assert licences.allowed(expression) is may


def test_what_the_package_needs_is_found_and_named():
    try:
        found = licences.brought("citenorm", frozenset())
    except PackageNotFoundError:
        pytest.skip("the package is not installed, only on the path")
    assert {"numpy", "orjson", "rapidfuzz", "h11"} <= set(found)
    assert "pytest" not in found
    assert "| numpy | BSD-3-Clause" in licences.table(found)
