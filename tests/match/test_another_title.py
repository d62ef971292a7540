"""Another title, or the title at another place, needs a proof: the same people write a next paper, and a column comes again."""

from __future__ import annotations

from typing import Any

import builders
import pytest
from builders import known

from citenorm.model import Claim, Resolution
from citenorm.pipeline import resolve, resolve_all

WHO = ("Jia Li", "Omar Haddad", "Mei Sato")
TITLE = "Quiet ponds as mirrors of distant winter stars"


def item(
    title: str = TITLE, year: int = 2021, who: tuple[str, ...] = WHO, **more: Any
) -> dict[str, Any]:
    return builders.item(title, who, year, **more)


def asked(claim: dict[str, Any], *records: dict[str, Any]) -> Resolution:
    return resolve(Claim(claim), known(*records))


JOURNAL = {"container_title": "Annals of Frogs"}
HERE = item(volume="17", page="1250-1252", year=2017, **JOURNAL)


@pytest.mark.parametrize(
    ("claim", "outcome"),
    [
        (item(volume="17", page="1250-1252", year=2017, **JOURNAL), "matched"),
        (item(volume="17", page="1240-1252", year=2017, **JOURNAL), "matched"),  # a slip
        (
            item(volume="18", page="70", year=2018, **JOURNAL),
            "ambiguous",
        ),  # its erratum, or a second part
        (item(volume="21", year=2021, **JOURNAL), "ambiguous"),
        (item(page="70", year=2021, **JOURNAL), "ambiguous"),
        (
            item(volume="18", page="70", year=2018, container_title="Letters on Toads"),
            "matched",
        ),  # another version
    ],
)
def test_the_title_at_another_place_of_one_journal(claim: dict[str, Any], outcome: str) -> None:
    found = asked(claim, HERE)
    assert found.outcome == outcome
    assert found.candidates[0].record.id == "s0:1"


@pytest.mark.parametrize(
    ("title", "more", "outcome"),
    [
        (
            TITLE.replace("winter", "summer"),
            JOURNAL,
            "matched",
        ),  # one word is wrong, all else right
        (
            "Quiet ponds and lakes as mirrors of summer stars",
            {"container_title": "Letters on Toads"},
            "ambiguous",
        ),
        ("Frozen lakes and frogs as mirrors of winter", JOURNAL, "unmatched"),
        ("Frogs beside quiet ponds and how they sing", JOURNAL, "unmatched"),
    ],
)
def test_the_same_people_under_another_title(
    title: str, more: dict[str, Any], outcome: str
) -> None:
    assert asked(item(title, **more), item(**JOURNAL)).outcome == outcome


DOUBTFUL = item(
    "Quiet ponds and lakes as mirrors of summer stars", container_title="Letters on Toads"
)


def test_one_word_of_few_makes_another_title() -> None:
    assert (
        asked(item("Toad verbs", who=WHO[:1]), item("Toad nouns", who=WHO[:1])).outcome != "matched"
    )


def test_what_may_be_meant_is_named_and_accuses_nobody() -> None:
    found = asked(item(volume="21", year=2021, **JOURNAL), HERE)
    assert found.status == "unverifiable"
    told = [d.message for d in found.diagnostics if d.name == "ambiguous-reference"]
    assert len(told) == 1 and TITLE in told[0] and "several" not in told[0]


def test_what_is_hardly_meant_is_not_named_and_saves_from_being_called_made_up() -> None:
    found = asked(DOUBTFUL, item(**JOURNAL))
    assert (found.outcome, found.status) == ("ambiguous", "unverifiable")
    assert not [d for d in found.diagnostics if TITLE in d.message]
    assert [d for d in found.diagnostics if d.name == "unverifiable-reference"]


def test_the_document_makes_no_match_of_a_doubt() -> None:
    right, doubtful = resolve_all([Claim(item(**JOURNAL)), Claim(DOUBTFUL)], known(item(**JOURNAL)))
    assert right.matched and doubtful.outcome == "ambiguous"


TALK = item(who=(WHO[1],), year=2023, type="paper-conference", container_title="Pond Days")


@pytest.mark.parametrize(
    ("why", "claim", "outcome"),
    [
        ("a talk of one who stands behind the first", item(year=2021, type="article"), "ambiguous"),
        ("in the very year", item(year=2023, type="article"), "matched"),
        (
            "by the first",
            item(year=2021, type="article", who=(WHO[1], WHO[0], WHO[2])),
            "ambiguous",
        ),
        ("by the first of two", item(year=2021, type="article", who=(WHO[1], WHO[0])), "matched"),
        ("at its venue", item(year=2022, container_title="Pond Days"), "matched"),
        ("by one of two", item(year=2021, type="article", who=WHO[:2]), "ambiguous"),
    ],
)
def test_a_title_that_one_of_the_people_has_alone_in_another_year(why, claim, outcome):
    assert asked(claim, TALK).outcome == outcome, why
