"""How complete a catalogue is, counted from its own records: lists that witness each other, gaps, DOIs that fit no venue."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from citenorm.catalogue import Catalogue, add, build
from citenorm.catalogue.coverage import Coverage, note, numbered, tally, volume_of


def paper(
    source: str, year: int, number: int, venue: str = "ICML", doi: str = ""
) -> dict[str, Any]:
    item = {
        "id": f"{source}:{venue}/{year}/{number}", "type": "paper-conference", "title": f"Observations of pond number {number} in {year} at {venue}",
        "author": [{"family": "Li", "given": "Jia"}], "container-title": venue, "issued": {"date-parts": [[year]]},
    }  # fmt: skip
    return item | {"DOI": doi} if doi else item


def lists(
    source: str, years: range, count: int, venue: str = "ICML", missing: int = 0
) -> list[dict[str, Any]]:
    return [paper(source, year, n, venue) for year in years for n in range(missing, count)]


def test_two_lists_witness_each_other() -> None:
    table = Coverage(
        tally(lists("one", range(2015, 2018), 40) + lists("two", range(2015, 2018), 40, missing=4))
    )
    assert table.share("icml", 2016) > 0.98
    assert table.titles("icml", 2016) == 40 and table.newest == 2017
    assert table.share("icml", 2030) == table.share("neurips", 2016) == 0.0


def test_lists_that_share_little_are_not_complete() -> None:
    half = lists("one", range(2015, 2018), 40) + lists("two", range(2015, 2018), 76, missing=36)
    assert Coverage(tally(half)).share("icml", 2016) < 0.3


def test_one_list_alone_proves_nothing() -> None:
    assert Coverage(tally(lists("one", range(2015, 2018), 40))).share("icml", 2016) == 0.0


def test_a_source_that_is_complete_elsewhere_is_trusted_where_it_is_alone() -> None:
    years = range(2000, 2022)
    witnessed = lists("one", years, 30) + lists("two", years, 30)
    alone = lists("one", range(2010, 2015), 50, "NeurIPS")
    table = Coverage(tally(witnessed + alone))
    assert table.share("neurips", 2012) > 0.95
    fallen_short = [p for p in alone if not p["id"].startswith("one:NeurIPS/2012")] + lists(
        "one", range(2012, 2013), 13, "NeurIPS"
    )
    assert Coverage(tally(witnessed + fallen_short)).share("neurips", 2012) < 0.6


def test_a_list_is_held_against_the_years_around_it_alone() -> None:
    witnessed = lists("one", range(2000, 2022), 30) + lists("two", range(2000, 2022), 30)
    grown = [
        p
        for years, count in ((range(1990, 1995), 500), (range(2010, 2015), 50))
        for p in lists("one", years, count, "NeurIPS")
    ]
    assert Coverage(tally(witnessed + grown)).share("neurips", 2012) > 0.95
    broken_off = [
        p
        for years, count in (
            (range(2003, 2006), 50),
            (range(2011, 2012), 50),
            (range(2012, 2013), 13),
        )
        for p in lists("one", years, count, "NeurIPS")
    ]
    assert Coverage(tally(witnessed + broken_off)).share("neurips", 2012) < 0.6
    assert (
        Coverage(tally(witnessed + lists("one", range(2012, 2013), 50, "NeurIPS"))).share(
            "neurips", 2012
        )
        < 0.6
    )  # nothing around it


def test_a_year_between_two_complete_ones_was_not_held() -> None:
    years = [y for y in range(2010, 2017) if y % 2 == 0]
    items = [
        p for y in years for s in ("one", "two") for p in lists(s, range(y, y + 1), 30, "ECCV")
    ]
    table = Coverage(tally(items))
    assert table.share("eccv", 2013) > 0.95 and table.titles("eccv", 2013) == 0
    assert table.share("eccv", 2017) == 0.0  # after the last one nothing is known


def test_workshops_preprints_and_unknown_venues_do_not_count() -> None:
    assert note(paper("one", 2015, 1, "Workshop on Ponds at ICML 2015"))[1] == ""
    assert note(paper("one", 2015, 1, "Annals of Imaginary Ponds"))[1] == ""
    assert note(paper("one", 2015, 1) | {"type": "article"})[1] == ""
    assert note({"title": 3, "container-title": ["x"], "issued": "no", "DOI": 5}) == (
        "",
        "",
        0,
        note({"title": "3"})[3],
        "",
        "",
    )


def test_registrants_are_counted() -> None:
    items = [paper("one", 2015 + n % 3, n, "CVPR", f"10.1109/cvpr.2015.{n}") for n in range(400)]
    table = Coverage(tally(items))
    known, unknown = table.registered("10.1109/anything"), table.registered("10.5555/x")
    assert (known, unknown, table.registrants) == (400, 0, 1)


def test_a_catalogue_keeps_its_table(tmp_path: Path) -> None:
    build(
        tmp_path / "c", [lists("one", range(2015, 2018), 40), lists("two", range(2015, 2018), 40)]
    )
    with Catalogue.open(tmp_path / "c") as catalogue:
        assert catalogue.coverage.share("icml", 2016) > 0.98
    add(tmp_path / "c", [[paper("three", 2016, 99)]])
    with Catalogue.open(tmp_path / "c") as catalogue:
        assert catalogue.coverage.share("icml", 2016) > 0.98


def test_a_missing_or_damaged_table_is_an_empty_one(tmp_path: Path) -> None:
    assert Coverage.read(tmp_path).share("icml", 2016) == 0.0
    (tmp_path / "coverage.json").write_text("{", encoding="utf-8")
    assert Coverage.read(tmp_path).newest == 0


def test_what_the_dois_of_a_volume_stand_for() -> None:
    held = [paper("one", 2015, n, "CVPR", f"10.1145/3706598.{3710000 + n}") for n in range(20)]
    table = Coverage(tally(held))
    assert (
        table.volume("10.1145/3706598.3799999") == "cvpr"
        and table.volume("10.1145/3706599.3799999") == table.volume("10.1145/3706598") == ""
    )
    assert Coverage(tally(held[:5])).volume("10.1145/3706598.3799999") == ""  # a handful is too few
    mixed = [
        paper("one", 2015, n, "CVPR" if n % 3 else "ICML", f"10.1145/3706598.{n}")
        for n in range(40)
    ]
    assert Coverage(tally(mixed)).volume("10.1145/3706598.7") == ""  # a volume of several venues


@pytest.mark.parametrize(
    ("venues", "owner"),
    [
        ({"CVPR": 8}, "cvpr"),
        ({"CVPR": 7}, ""),  # a handful is too few
        ({"CVPR": 19, "ICML": 1}, "cvpr"),  # a slip of the index
        ({"CVPR": 18, "ICML": 2}, ""),
        ({"CVPR": 10, "ICML": 10}, ""),
        ({"Annals of Imaginary Ponds": 20}, ""),  # no known venue
        ({"CVPR": 10, "Annals of Imaginary Ponds": 1}, ""),
        ({"Workshop on Ponds at CVPR 2015": 20}, ""),
        ({"Lecture Notes in Computer Science": 20}, ""),  # a series is no venue
    ],
)
def test_the_venue_that_owns_a_volume(venues: dict[str, int], owner: str) -> None:
    held = [
        paper("one", 2015, n, venue, f"10.1145/3706598.{n}{len(venue)}")
        for venue, count in venues.items()
        for n in range(count)
    ]
    assert (
        Coverage(tally(held)).volume("10.1145/3706598.3799999")
        == Coverage(tally(held)).volume("10.1145/3706598.3799999".upper())
        == owner
    )


@pytest.mark.parametrize(
    ("doi", "volume"),
    [
        ("10.1145/3706598.3713797", "10.1145/3706598"),
        ("10.1109/cvpr52688.2022.00071", "10.1109/cvpr52688.2022"),
        ("10.1007/978-3-030-01234-2_17", "10.1007/978-3-030-01234-2"),
        ("10.18653/v1/2020.emnlp-main.7", "10.18653/v1/2020.emnlp-main"),
        ("10.1145/3706598", ""),  # a number of its own
        ("10.1234/pond.7", ""),  # no number before the last
        ("10.1234/12.7", ""),  # too short to be of one volume alone
        ("11.1145/3706598.3713797", ""),
        ("", ""),
    ],
)
def test_what_dois_of_one_volume_have_in_common(doi: str, volume: str) -> None:
    assert volume_of(doi) == volume


def test_volumes_are_kept_with_the_catalogue(tmp_path: Path) -> None:
    build(
        tmp_path / "c",
        [[paper("one", 2015, n, "CVPR", f"10.1145/3706598.{3710000 + n}") for n in range(20)]],
    )
    with Catalogue.open(tmp_path / "c") as catalogue:
        assert (
            catalogue.coverage.volume("10.1145/3706598.3799999") == "cvpr"
            and catalogue.coverage.volume("10.1145/3706600.3799999") == ""
        )


def in_anthology(year: int, numbers: range, volume: str = "acl-long") -> list[dict[str, Any]]:
    return [
        paper("acl", year, n, "ACL") | {"custom": {"acl": f"{year}.{volume}.{n}"}} for n in numbers
    ]


LATER = in_anthology(2022, range(1, 20))


def test_numbers_without_gaps_are_a_listing() -> None:
    whole = in_anthology(2021, range(0, 572)) + in_anthology(2021, range(1, 140), "acl-short")
    assert Coverage(tally(whole)).share("acl", 2021) == 0.0  # the newest year may go on
    table = Coverage(tally(whole + LATER))
    assert table.share("acl", 2021) > 0.99 and table.titles("acl", 2021) == 572
    assert table.share("acl", 2022) == 0.0


@pytest.mark.parametrize("numbers", [range(1, 30), range(300, 572), range(1, 572, 2)])
def test_a_short_list_may_go_on_and_gaps_are_missing(numbers: range) -> None:
    assert Coverage(tally(in_anthology(2021, numbers) + LATER)).share("acl", 2021) < 0.9


def test_the_newest_year_of_one_source_ends_anywhere_though_another_goes_on() -> None:
    """ACL of 2024 was taken from a dump of that August; a later meeting is known from another list."""
    later = paper("lists", 2025, 1, "NAACL") | {"custom": {"acl": "2025.naacl-long.1"}}
    ours = in_anthology(2024, range(1, 700))
    assert Coverage(tally([*ours, later])).share("acl", 2024) < 0.9


def test_numbers_of_volumes() -> None:
    assert numbered("2021.acl-long.12") == ("2021.acl-long", 12)
    assert numbered("P19-1007") == ("P19-1", 7)
    assert numbered("W19-0107") is None  # workshops have volumes of two digits
    assert numbered("") is None
