"""Author fields that BibTeX reads otherwise than they are meant: "&", "et al", two names with one comma."""

from __future__ import annotations

from typing import Any

import pytest

from citenorm.bib import RepairOptions, check_form, claims, read, repair
from citenorm.bib.merge_names import merged_names
from citenorm.bib.people import people_of, people_otherwise
from citenorm.catalogue.memory import MemoryCatalogue
from citenorm.model import Name, Record
from citenorm.pipeline import resolve_all
from citenorm.sources import Sources

TITLE = "Quiet ponds as mirrors of winter stars"
THREE = [Name("Reed", "Mia A."), Name("Loom", "Karl"), Name("Weft", "Jo")]
WRITTEN = "Reed, Mia A. and Loom, Karl and Weft, Jo"
DOUBLE = [Name("Prado Loom", "Karl Johan")]


def mended(author: str, people: list[Name]) -> tuple[str, set[str], str]:
    """The author field after a repair, the codes told, and the status; a second repair changes nothing."""
    record: dict[str, Any] = {
        "id": "s:1", "type": "paper-conference", "title": TITLE, "author": [n.to_csl() for n in people],
        "issued": {"date-parts": [[2021]]}, "container-title": "ICML", "page": "101-113",
    }  # fmt: skip
    sources = Sources([MemoryCatalogue([Record.from_csl(record)])])
    entry = f"@inproceedings{{k, title = {{{TITLE}}}, author = {{{author}}}, year = {{2021}}}}"
    bib = read(entry.encode())
    (result,) = resolve_all(claims(bib), sources)
    after, found = repair(bib, [result], RepairOptions())
    again = read(after)
    assert repair(again, resolve_all(claims(again), sources), RepairOptions())[0] == after
    value = again.value(next(f for f in again.entries[0].fields if f.name == "author"))
    return value, {d.code for d in found}, result.status


@pytest.mark.parametrize(
    "author",
    [
        "Mia A. Reed & Karl Loom & Jo Weft",
        r"Mia A. Reed \& Karl Loom \& Jo Weft",
        r"Mia A. Reed {\&} Karl Loom {\&} Jo Weft",
        "Reed, Mia A. & Loom, Karl & Weft, Jo",
        "Mia A. Reed and Karl Loom & Jo Weft",
        "Mia A. Reed, Karl Loom & Jo Weft",
    ],
)
def test_names_parted_by_an_ampersand_are_a_list(author: str) -> None:
    people, others = people_of(author)
    assert [(n.family, n.given) for n in people] == [(n.family, n.given) for n in THREE]
    assert not others
    assert mended(author, THREE)[0] == WRITTEN
    if "{" not in author:
        assert "CN511" in mended(author, THREE)[1]


@pytest.mark.parametrize(
    "behind",
    [
        "R&D Center, Elm Corp., Kawasaki",
        "Dept. of Ponds, Univ. of Elm",
        "Inst. A, Elm; School B, Ash",
    ],
)
def test_the_address_behind_a_list_is_nobody(behind: str) -> None:
    author = f"Reed, M. A.; Loom, K.; Weft, J.; {behind}"
    assert [n.family for n in people_of(author)[0]] == ["Reed", "Loom", "Weft"]
    assert mended(author, THREE)[0] == WRITTEN


@pytest.mark.parametrize(
    ("author", "written"),
    [
        ("Loom, Mia A. Reed Karl and Jo Weft", "Reed, Mia A. and Loom, Karl and Jo Weft"),
        ("Mia A. Reed Karl Loom and Weft, Jo", "Reed, Mia A. and Loom, Karl and Weft, Jo"),
        ("Loom, Mia Karl and Weft, Jo", "Reed, Mia A. and Loom, Mia Karl and Weft, Jo"),
    ],
)
def test_names_run_together_give_way_whole(author: str, written: str) -> None:
    assert merged_names(author, THREE, latex=True, trust=False) == written


def test_a_house_among_people_stays() -> None:
    assert len(people_of("Reed, M. A.; Center for Ponds; Loom, K.")[0]) == 3


def test_a_shorter_list_with_ampersands_becomes_no_mixture() -> None:
    assert merged_names("Mia A. Reed & Jo Weft", THREE, latex=True) == WRITTEN
    assert merged_names("Mia Reed & Karl Loom & Jo Weft & Al Pond", THREE, latex=True) is None


@pytest.mark.parametrize("author", ["Reed & Sons", "Mia & Karl Loom Foundation", r"Loom \& Loom"])
def test_an_organisation_with_an_ampersand_is_no_list(author: str) -> None:
    (one,) = people_of(author)[0]
    assert one.literal and not one.family
    assert merged_names(author, [Name("Pond", "Al"), Name("Birch", "Eva")], latex=True) is None
    form = check_form(read(f"@book{{k, author = {{{author}}}, title = {{A}}}}".encode()))
    assert "CN511" not in {d.code for d in form.diagnostics}


@pytest.mark.parametrize(
    ("written", "after"),
    [
        ("Mia Reed & Jo Weft", "Mia Reed and Jo Weft"),
        ("Reed, M. & Weft, J.", "Reed, M. and Weft, J."),
        ("Mia Reed, Karl Loom & Jo Weft", None),
    ],
)
def test_the_form_of_ampersands_is_mended_where_it_is_clear(
    written: str, after: str | None
) -> None:
    bib = read(f"@book{{k, author = {{{written}}}, title = {{A}}}}".encode())
    (found,) = [d for d in check_form(bib).diagnostics if d.code == "CN511"]
    assert found.fix == ("unsafe" if after else None)
    assert not after or found.record == after


@pytest.mark.parametrize(
    "author",
    ["Reed, Mia A. et al", "Reed, Mia A. et. al.", "Reed, Mia A. and others.", "Reed, Mia A. and et al", "Reed, Mia A. & others."],
)  # fmt: skip
def test_a_list_that_goes_on_is_filled_without_its_tail(author: str) -> None:
    people, others = people_of(author)
    assert [n.family for n in people] == ["Reed"] and others
    value, codes, _ = mended(author, THREE)
    assert value == WRITTEN and "CN510" in {
        d.code for d in check_form(read(f"@book{{k, author = {{{author}}}}}".encode())).diagnostics
    }
    assert not codes & {"CN302", "CN310"}


TWO = [("M. A. Reed, K. Loom"), ("Mia Reed, Karl Loom"), ("Reed M, Loom K"), ("Karl Loom, Mia Reed")]  # fmt: skip


@pytest.mark.parametrize("author", TWO)
@pytest.mark.parametrize("people", [THREE[:2], THREE], ids=["all", "some of them"])
def test_two_names_with_one_comma_are_two_people_where_the_record_has_them(
    author: str, people: list[Name]
) -> None:
    assert len(people_of(author)[0]) == 1 and len(people_otherwise(author)) == 2
    value, codes, status = mended(author, people)
    assert "CN511" in codes and not codes & {"CN302", "CN310", "CN312"}
    assert status not in ("contradicted", "likely-fabricated")
    assert [n.family for n in people_of(value)[0]] == [n.family for n in people]


def test_a_double_family_name_stays_one_person() -> None:
    author = "Prado Loom, Karl Johan"
    value, codes, _ = mended(author, DOUBLE)
    assert value == author and not codes & {"CN302", "CN310", "CN511"}


def test_strangers_in_either_reading_are_still_told() -> None:
    assert mended("Al Pond, Eva Birch", THREE)[2] == "contradicted"


@pytest.mark.parametrize(
    "author", ["Reed, Mia Ann", "Prado Loom, Karl J.", "Mia Reed and Karl Loom", "{Pond Press, Old Town}", "Reed, Jr., Mia"]
)  # fmt: skip
def test_what_has_one_reading_only(author: str) -> None:
    assert people_otherwise(author) == ()


def test_two_bare_family_names_may_be_two_people() -> None:
    value, codes, _ = mended("Reed & Loom", THREE[:2])
    assert [n.family for n in people_of(value)[0]] == ["Reed", "Loom"]
    assert "CN511" in codes and not codes & {"CN302", "CN310"}


def test_two_names_with_one_comma_in_front_of_an_and_are_read_as_they_are_printed() -> None:
    from citenorm.bib.people import people_of

    once = people_of("D. Brook, P. Weir and P. Moss")[0]
    assert [n.family for n in once] == ["Brook", "Weir", "Moss"]
    assert people_of("D. Brook, P. Weir and Moss, P.")[0] == once
    assert [n.family for n in people_of("Brook, Dan and Weir, Ada")[0]] == ["Brook", "Weir"]
