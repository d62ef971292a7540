"""One answer to one question, from a reference string and from a ``.bib`` entry alike: columns, namesakes, servers, issues."""

from __future__ import annotations

from typing import Any

import builders
import pytest

from citenorm import bib
from citenorm.bibliography import bibliography
from citenorm.catalogue.memory import MemoryCatalogue
from citenorm.changes import changes
from citenorm.match import same_work
from citenorm.model import Claim, Record, Resolution
from citenorm.pipeline import resolve_all
from citenorm.sources import Sources


def record(ident: str, title: str, authors: str, journal: str, year: int, **more: Any) -> Record:
    return builders.record(ident, title, authors.split(", "), year, venue=journal, **more)


def from_strings(text: str, *records: Record) -> list[Resolution]:
    lines = [line.strip() for line in text.strip().splitlines()]
    return resolve_all(lines, Sources([MemoryCatalogue(records)]))


def from_bib(text: str, *records: Record) -> list[Resolution]:
    claims = bib.claims(bib.read(text.encode(), "refs.bib"))
    return resolve_all(claims, Sources([MemoryCatalogue(records)]))


# ------------------------------------------------------------------ columns
MONTHLY = [
    record(f"s:{year}-{issue}", "Winter riddles", "Ada Frost", "Annals of Rivers", year, volume=str(year - 1957), issue=str(issue), page=str(page))
    for year, issue, page in ((2010, 3, 118), (2010, 5, 120), (2010, 11, 112), (2011, 2, 112), (2011, 3, 109))
]  # fmt: skip
BY_STRING = "Ada Frost. Winter riddles. Annals of Rivers 53: 112, 2010."
BY_ENTRY = "@article{frost2010, author={Frost, Ada}, title={Winter riddles}, journal={Annals of Rivers}, volume={53}, pages={112}, year={2010}}"


def test_a_column_is_the_one_at_the_volume_and_page_stated() -> None:
    for result in (*from_strings(BY_STRING, *MONTHLY), *from_bib(BY_ENTRY, *MONTHLY)):
        assert result.outcome == "matched"
        assert result.record is not None and result.record.id == "s:2010-11"


def test_a_column_without_its_place_stays_open() -> None:
    for text in (
        "Ada Frost. Winter riddles. Annals of Rivers 53, 2010.",
        "Ada Frost. Winter riddles. 2010.",
    ):
        (result,) = from_strings(text, *MONTHLY)
        assert result.outcome != "matched"


def test_a_column_whose_place_and_year_speak_for_two_is_not_sure() -> None:
    (result,) = from_strings("Ada Frost. Winter riddles. Annals of Rivers 54: 112, 2010.", *MONTHLY)
    assert result.probability < 0.9
    (sure,) = from_strings("Ada Frost. Winter riddles. Annals of Rivers 54: 112, 2011.", *MONTHLY)
    assert sure.probability > 0.99


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        # overlapping pages of two issues, each counted by itself
        ({"issue": "1", "page": "9-12"}, {"issue": "3", "page": "11-13"}, False),
        # one page number in two issues, and two identifiers
        ({"issue": "1", "page": "9", "DOI": "10.5555/a"}, {"issue": "3", "page": "9", "DOI": "10.5555/b"}, False),
        # an issue that one source has wrong
        ({"issue": "1", "page": "9-12"}, {"issue": "3", "page": "9-12"}, True),
        ({"issue": "3", "page": "9-12"}, {"issue": "3", "page": "11-13"}, True),
    ],
)  # fmt: skip
def test_another_issue_is_another_column(
    one: dict[str, str], two: dict[str, str], same: bool
) -> None:
    a, b = (
        record(f"s{i}:1", "Water policy matters today", "Ada Frost", "Annals of Rivers", 2020, volume="6", **place)
        for i, place in enumerate((one, two))
    )  # fmt: skip
    assert same_work(a, b) is same


# ------------------------------------------------------------------ issues
@pytest.mark.parametrize(
    ("doi", "volume", "printed"),
    [
        ("10.5555/rivers.v33i4.2454", "33", None),
        ("10.5555/rivers.v33i2.2454", "33", "2"),
        ("10.5555/rivers.v31i4.2454", "33", "2"),  # no number of this volume
        ("10.5555/rivers.2454", "33", "2"),
    ],
)
def test_no_issue_is_filled_in_beside_a_doi_that_names_another(
    doi: str, volume: str, printed: str | None
) -> None:
    held = record(
        "s:1", "News of the river society", "Ada Frost", "Annals of Rivers", 2012,
        volume=volume, issue="2", page="3", DOI=doi,
    )  # fmt: skip
    stated = f"Ada Frost. News of the river society. Annals of Rivers 33: 3, 2012. doi:{doi}"
    entry = f"@article{{a, author={{Frost, Ada}}, title={{News of the river society}}, journal={{Annals of Rivers}}, volume={{33}}, pages={{3}}, year={{2012}}, doi={{{doi}}}}}"
    for result in (*from_strings(stated, held), *from_bib(entry, held)):
        assert result.matched and result.emitted.get("issue") == printed


# ------------------------------------------------------------------ servers
UPLOAD = record(
    "s:1", "Dividends of family firms under weak protection", "Omar Haddad, Mei Sato", "SSRN Electronic Journal", 2014,
    DOI="10.5555/ssrn.7",
)  # fmt: skip


def test_what_a_server_holds_is_told_as_no_publication() -> None:
    stated = "Haddad, O. and Sato, M. (2014). Dividends of family firms under weak protection. SSRN Electronic Journal."
    entry = "@article{a, author={Haddad, Omar and Sato, Mei}, title={Dividends of family firms under weak protection}, journal={SSRN Electronic Journal}, year={2014}}"
    for result in (*from_strings(stated, UPLOAD), *from_bib(entry, UPLOAD)):
        assert result.matched and result.status == "verified"
        rows = changes(result.claim.csl, result.emitted, result.provenance)
        assert {r.field for r in rows if r.kind not in ("completed", "reworded")} == {"DOI"}
        assert not any(d.code.startswith("CN2") for d in result.diagnostics)


# ------------------------------------------------------------------ namesakes
AT = "Parish registers of the northern dales. Journal of Ponds 88, 12-31, 2012."


@pytest.mark.parametrize(
    ("one", "two", "twice"),
    [
        ("John Frost", "Peter Frost", False),
        ("John Frost", "Frost, Alice", False),
        ("John Frost", "J. Frost", True),
        ("John Frost", "Frost, John", True),
        ("John Müller", "J. Mueller", True),
        ("John Frost and Jia Li", "John Frost and Omar Li", False),
    ],
)
def test_namesakes_are_not_the_same_people(one: str, two: str, twice: bool) -> None:
    results = from_strings(f"{one}. {AT}\n{two}. {AT}")
    assert any(d.name == "same-work-twice" for r in results for d in r.diagnostics) is twice
    assert len(bibliography(results).entries) == (1 if twice else 2)


def test_a_list_that_ends_early_is_the_beginning_of_the_whole_one() -> None:
    from citenorm.normalize.duplicates import same_as_stated

    def claim(*names: str, others: bool = False) -> Claim:
        people = [dict(zip(("given", "family"), n.split(), strict=True)) for n in names]
        return Claim(
            {"title": "Parish registers of the dales", "author": people, "custom": {"others": others}}
        )  # fmt: skip

    whole = claim("Jia Li", "Omar Haddad", "Mei Sato")
    assert same_as_stated(claim("J. Li", others=True), whole) == "title and authors"
    assert same_as_stated(whole, claim("J. Li", "O. Haddad", others=True)) == "title and authors"
    assert same_as_stated(claim("Bo Li", others=True), whole) == ""
    assert same_as_stated(claim("Jia Li"), whole) == ""
