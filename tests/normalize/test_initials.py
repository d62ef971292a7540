"""Initials with their full stops, and names that somebody typed in one case alone."""

from __future__ import annotations

import pytest

from citenorm.model import Name
from citenorm.normalize.initials import capitalized, dotted


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("FP", "F. P."), ("JJV", "J. J. V."), ("A", "A."), ("DE.", "D. E."), ("L-C", "L.-C."), ("F P", "F. P."), ("Laurent U", "Laurent U."),
        ("F. P.", "F. P."), ("Frank", "Frank"), ("Éva", "Éva"), ("James III", "James III"), ("Frank PA", "Frank P. A."), ("", ""), ("光", "光"), ("Jo", "Jo"), ("J. R. R.", "J. R. R."), ("J.R.R.", "J. R. R."), ("J.-P.", "J.-P."),
    ],
)  # fmt: skip
def test_initials_get_their_full_stops(given: str, written: str) -> None:
    assert dotted(given) == written
    assert dotted(dotted(given)) == written


def test_names_in_one_case_alone_are_written_as_the_others_of_their_list() -> None:
    typed = [Name("Weaver", "Ada"), Name("loom", "karl"), Name("KILNER", "Eva"), Name("Reed", "tom"), Name("Moss", "Jan"), Name("Pike", "Jo")]  # fmt: skip
    assert capitalized(typed) == [Name("Weaver", "Ada"), Name("Loom", "Karl"), Name("Kilner", "Eva"), Name("Reed", "Tom"), Name("Moss", "Jan"), Name("Pike", "Jo")]  # fmt: skip
    assert capitalized(typed, [Name("loom", "karl")])[1] == Name("loom", "karl")  # meant so


def test_a_list_in_one_case_tells_nothing() -> None:
    small = [Name("loom", "karl"), Name("reed", "tom")]
    assert capitalized(small) == small
