"""What the document around a reference adds: it decides between works that fit, and makes no match by itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import builders
import pytest

from citenorm.catalogue.memory import MemoryCatalogue
from citenorm.match import group
from citenorm.model import Claim, Record, Reference
from citenorm.pipeline import resolve_all
from citenorm.sources import Sources

TITLE = "Quiet ponds in the far and frozen north"


def item(
    ident: str, title: str, authors: tuple[str, ...], year: int, **more: Any
) -> dict[str, Any]:
    return {"id": ident, **builders.item(title, authors, year, "paper-conference"), **more}


ONE = item(
    "x:1",
    TITLE,
    ("Jia Li", "Mei Sato"),
    2020,
    **{"container-title": "International Conference on Machine Learning"},
)
TWO = item("x:2", TITLE, ("Jia Li", "Ben Jones"), 2020, **{"container-title": "Neural Computation"})
VAGUE = Claim({k: v for k, v in item("", TITLE, ("Jia Li",), 2020).items() if k != "id"})
FULL = Claim({k: v for k, v in TWO.items() if k != "id"})


@pytest.fixture
def sources() -> Sources:
    return Sources([MemoryCatalogue([Record.from_csl(r) for r in (ONE, TWO)])])


def test_alone_it_stays_ambiguous(sources: Sources) -> None:
    assert resolve_all([VAGUE], sources)[0].outcome == "ambiguous"


def test_the_work_cited_once_more_is_meant(sources: Sources) -> None:
    first, _ = resolve_all([VAGUE, FULL], sources)
    assert first.outcome == "matched" and first.record is not None and first.record.id == "x:2"
    assert any(e.field == "document" for e in first.evidence)


def test_the_venue_and_year_of_the_heading(sources: Sources) -> None:
    heading = {"container-title": "ICML", "issued": {"date-parts": [[2020]]}}
    result = resolve_all([replace(VAGUE, reference=Reference("", context=heading))], sources)[0]
    assert result.outcome == "matched" and result.record is not None and result.record.id == "x:1"


def test_what_is_unknown_stays_unmatched(sources: Sources) -> None:
    unknown = Claim(
        {
            "type": "paper-conference",
            "title": "Noisy engines of the south",
            "author": [{"family": "Li", "given": "Jia"}],
        }
    )
    assert resolve_all([FULL, unknown], sources)[1].outcome == "unmatched"


def test_two_works_that_are_whole_by_themselves_are_not_joined() -> None:
    who = ("Jia Li", "Omar Haddad", "Mei Sato")
    records = [
        item(
            "a:1",
            "Sampling quiet ponds with drones",
            who,
            2017,
            type="article",
            custom={"arxiv": "1706.00001"},
        ),
        item("a:2", "Sampling quiet ponds with drones", who, 2017),
        item(
            "b:1",
            "Sampling quiet lakes with kites",
            who,
            2017,
            type="article",
            custom={"arxiv": "1709.00001"},
        ),
        item("b:2", "Sampling quiet lakes with kites", who, 2017),
    ]
    assert [[r.id for r in w.records] for w in group(Record.from_csl(r) for r in records)] == [
        ["a:1", "a:2"],
        ["b:1", "b:2"],
    ]


def test_the_venue_of_its_neighbours(sources: Sources) -> None:
    beside = [
        item(
            f"n:{i}",
            f"Nets, traps and buoys of the {n} coast",
            (f"Ada Smith{n}",),
            2019,
            **{"container-title": "ICML"},
        )
        for i, n in enumerate(("east", "west", "south"))
    ]
    known = Sources([MemoryCatalogue([Record.from_csl(r) for r in (ONE, TWO, *beside)])])
    near = [Claim({k: v for k, v in r.items() if k != "id"}) for r in beside]
    result = resolve_all([near[0], VAGUE, *near[1:]], known)[1]
    assert result.outcome == "matched" and result.record is not None and result.record.id == "x:1"
    assert any(e.level == "venue of its neighbours" for e in result.evidence)
    assert (
        resolve_all([near[0], VAGUE], known)[1].outcome == "ambiguous"
    )  # one neighbour tells nothing


def beside(*venues: str) -> list[dict[str, Any]]:
    """Works of other people, one in each venue."""
    return [
        item(
            f"n:{i}",
            f"Nets, traps and buoys of coast number {i}",
            (f"Ada Smith{chr(97 + i)}",),
            2019,
            **{"container-title": v},
        )
        for i, v in enumerate(venues)
    ]


@pytest.mark.parametrize(
    ("venues", "at", "decided"),
    [
        (("ICML", "ICML", "ICML"), 0, "x:1"),
        (("ICML", "ICML", "ICML"), 3, "x:1"),
        (("Neural Computation",) * 4, 2, "x:2"),
        (("ICML", "ICML", "ICML", "KDD"), 2, "x:1"),  # nearly all
        (("ICML", "ICML", "ICML", "KDD", "CVPR"), 2, ""),
        (("ICML", "ICML", "KDD", "KDD"), 2, ""),
        (("ICML", "ICML"), 1, ""),  # too few
        (
            ("ICML", "ICML", "KDD", "CVPR", "KDD", "ICML", "ICML"),
            4,
            "",
        ),  # those farther off are no neighbours
        (("CVPR", "CVPR", "CVPR"), 1, ""),  # neither of the two works is of that venue
        (("ICML Workshop on Nets",) * 3, 1, ""),
        (("Lecture Notes in Computer Science",) * 3, 1, ""),  # a series is no venue
        (("Annals of Buoys",) * 3, 1, ""),
    ],
)
def test_which_neighbours_tell_something(venues: tuple[str, ...], at: int, decided: str) -> None:
    others = beside(*venues)
    known = Sources([MemoryCatalogue([Record.from_csl(r) for r in (ONE, TWO, *others)])])
    claims = [Claim({k: v for k, v in r.items() if k != "id"}) for r in others]
    result = resolve_all([*claims[:at], VAGUE, *claims[at:]], known)[at]
    assert (result.outcome, result.record.id if result.record else "") == (
        ("matched", decided) if decided else ("ambiguous", "")
    )
    assert any(e.level == "venue of its neighbours" for e in result.evidence) == bool(decided)


def test_neighbours_that_no_source_knows_tell_nothing(sources: Sources) -> None:
    claims = [
        Claim({k: v for k, v in r.items() if k != "id"}) for r in beside("ICML", "ICML", "ICML")
    ]
    assert resolve_all([VAGUE, *claims], sources)[0].outcome == "ambiguous"


def test_neighbours_do_not_overrule_what_a_reference_says() -> None:
    others = beside("ICML", "ICML", "ICML")
    known = Sources([MemoryCatalogue([Record.from_csl(r) for r in (ONE, TWO, *others)])])
    claims = [Claim({k: v for k, v in r.items() if k != "id"}) for r in (TWO, *others)]
    assert [r.record.id for r in resolve_all(claims, known) if r.record] == [
        "x:2",
        "n:0",
        "n:1",
        "n:2",
    ]


def test_a_heading_of_another_year_or_venue_decides_nothing(sources: Sources) -> None:
    for venue, year in (("ICML", 2019), ("KDD", 2020), ("", 2020)):
        heading = {"container-title": venue, "issued": {"date-parts": [[year]]}}
        assert (
            resolve_all([replace(VAGUE, reference=Reference("", context=heading))], sources)[
                0
            ].outcome
            == "ambiguous"
        )
