"""Who issues reports and theses, and who prints books."""

from __future__ import annotations

import pytest

from citenorm.normalize.institutions import names_institution, names_report, report_of


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


@pytest.mark.parametrize(
    ("venue", "report"),
    [
        ("Technical Report TR-2010-10, University of Ponds", True),
        ("Pond Laboratory, Tech. Rep", True),
        ("Tech. Rep. 17", True),
        ("Technical Report", False),
        ("Technical Reports on Ponds 7", False),
        ("Pond Letters 7", False),
    ],
)
def test_a_report_in_the_place_of_a_journal(venue, report):
    assert names_report(venue) is report


@pytest.mark.parametrize(
    ("venue", "number", "issuer"),
    [
        ("Tech. Rep. 17, Elm College", "17", "Elm College"),
        ("technical report TR-10/2, University of Ponds", "TR-10/2", "University of Ponds"),
        ("Tech report, Elm College", "", "Elm College"),
        ("TechRep, Elm College", "", "Elm College"),
    ],
)
def test_a_report_that_is_written_out(venue, number, issuer):
    assert report_of(venue) == (number, issuer)


@pytest.mark.parametrize(
    "venue", ["Tech. Rep. 17", "Pond Tech. Rep. 17, Elm College", "Reports, Elm College"]
)
def test_no_report_that_is_written_out(venue):
    assert report_of(venue) is None
