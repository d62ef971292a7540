"""Who issues reports and theses, and who prints books."""

from __future__ import annotations

import pytest

from citenorm.normalize.institutions import names_institution


@pytest.mark.parametrize(
    ("publisher", "institution"),
    [
        ("Institute for Pond Science", True),
        ("Dept. of Frogs, Elm College", True),
        ("Pond Research Center", True),
        ("Pond University Press", False),
        ("Universitätsverlag Teich", False),
        ("Elm & Sons", False),
        ("", False),
    ],
)
def test_institutions(publisher, institution):
    assert names_institution(publisher) is institution
