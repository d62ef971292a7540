"""Strings that name several works, one behind the other."""

import pytest

from citenorm.parse import parse, parse_works

TWO = "Li, J. & Sato, M. Quiet ponds as mirrors of stars. Journal of Ponds 12, 3–9 (2016); Haddad, O. et al. Ferries of the north. Annals of Rivers 7, 21–30 (2017)."
SHORT = "J. Smith, Phys. Rev. Lett. 12, 345 (1990); B. Jones and C. Doe, Phys. Rev. B 13, 22 (1991)"


def test_each_work_is_a_claim_with_its_own_part_of_the_string():
    ((first, second),) = parse_works([TWO])
    assert (first.title, second.title) == (
        "Quiet ponds as mirrors of stars",
        "Ferries of the north",
    )
    assert [n.family for n in first.authors] == ["Li", "Sato"] and [
        n.family for n in second.authors
    ] == ["Haddad"]
    assert (
        (first.year, second.year) == (2016, 2017)
        and second.csl["custom"] == {"others": True}
        and "custom" not in first.csl
    )
    assert TWO.startswith(first.raw) and TWO.endswith(second.raw)
    for claim in (first, second):
        assert all(claim.raw[start:end].strip() for start, end, _ in claim.spans)
        assert claim.raw[claim.spans[0][0] :].startswith(claim.authors[0].family)


def test_works_of_a_journal_and_numbers_alone():
    ((first, second),) = parse_works([SHORT])
    assert (first.csl["volume"], first.csl["page"], first.year) == ("12", "345", 1990)
    assert (
        second.csl["container-title"],
        second.csl["volume"],
        second.csl["page"],
        second.year,
    ) == ("Phys. Rev. B", "13", "22", 1991)


def test_one_claim_is_the_first_and_the_rest_is_said_to_be_left():
    claim = parse(TWO)
    assert (
        claim.raw == TWO
        and claim.title == "Quiet ponds as mirrors of stars"
        and [n.family for n in claim.authors] == ["Li", "Sato"]
    )
    assert claim.csl["custom"] == {"works": 2}
    start, end = claim.unparsed[-1]
    assert TWO[start:end].lstrip("; ").startswith("Haddad") and end == len(TWO)


def test_what_is_too_long_to_read_is_said_to_be_left():
    ((first, second),) = parse_works([f"{SHORT}; {'and more of it ' * 600}"])
    assert first.raw == "J. Smith, Phys. Rev. Lett. 12, 345 (1990)"
    start, end = second.unparsed[-1]
    assert end == len(second.raw) and second.raw[start:end].count("and more of it") > 100


def test_asked_as_one_string_the_second_work_is_told():
    from citenorm.pipeline import resolve

    assert [d.message for d in resolve(parse(TWO)).diagnostics if d.name == "unparsed-text"] == [
        "2 works are named, of which only the first was looked up"
    ]
    assert not [
        d for d in resolve(parse_works([TWO])[0][0]).diagnostics if d.name == "unparsed-text"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        ";",
        "Li, J.; Sato, M.; Haddad, O. Quiet ponds as mirrors of stars. Journal of Ponds 2016, 12, 3–9.",
        "Li, J. (2016). Quiet ponds as mirrors of stars; ferries of the north. Journal of Ponds, 12, 3–9.",
        "Li J, Sato M. Quiet ponds as mirrors of stars. J Ponds. 2016;12(3):3-9; discussion 10-12.",
        "Li, J. Quiet ponds. In: Sato, M.; Haddad, O. (eds.): Waters of the north. Pond Press; 2016.",
    ],
)
def test_one_work_stays_one(text):
    assert [len(works) for works in parse_works([text, text])] == [1, 1]
    assert parse_works([text])[0] == [parse(text)]
