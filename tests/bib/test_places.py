"""Findings about an entry stand at the field that they are about."""

from citenorm.bib import located, read
from citenorm.model import Diagnostic, Place

FILE = read(b"% x\n@article{k,\n  title = {T},\n  year = {2000},\n  journal = {J}\n}\n", "r.bib")


def at(field, place=None):
    found = located(FILE, FILE.entries[0], Diagnostic("CN3", "n", "m", field, place=place))
    return found.place.line, found.place.column, found.key


def test_a_field_of_a_record_is_found_under_its_name_in_the_entry():
    assert (
        at("issued") == (4, 3, "k")
        and at("container-title") == (5, 3, "k")
        and at("title") == (3, 3, "k")
    )
    assert (
        at("DOI") == (2, 10, "k")
        and at("") == (2, 10, "k")
        and at("title", Place("r.bib", 2)) == (3, 3, "k")
    )
    assert at("title", Place("r.bib", 7, 1)) == (7, 1, "")
