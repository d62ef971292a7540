"""References resolved from Crossref and arXiv alone: the records of the starter that are kept by hand, behind the loopback server, no catalogue before it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from citenorm.catalogue.memory import MemoryCatalogue
from citenorm.model import Claim, Resolution
from citenorm.pipeline import resolve_all
from citenorm.sources import Sources
from citenorm.sources.online import OnlineSource

STARTER = Path(__file__).parents[2] / "bench" / "starter" / "by_hand.jsonl"


@pytest.fixture
def server(loopback_module: Any) -> Iterator[Any]:
    with loopback_module.Loopback(loopback_module.load(STARTER)) as running:
        yield running


def claim(
    kind: str,
    title: str,
    families: str,
    year: int,
    venue: str = "",
    page: str = "",
    arxiv: str = "",
) -> Claim:
    csl: dict[str, Any] = {
        "type": kind,
        "title": title,
        "author": [{"family": name} for name in families.split()],
        "issued": {"date-parts": [[year]]},
    }
    for key, value in (
        ("container-title", venue),
        ("page", page),
        ("custom", {"arxiv": arxiv} if arxiv else ""),
    ):
        if value:
            csl[key] = value
    return Claim(csl)


CLAIMS = [
    claim(
        "article",
        "Training Data Distribution Search with Ensemble Active Learning",
        "Chitta Alvarez Haussmann Farabet",
        2019,
        arxiv="1905.12737",
    ),
    claim(
        "article",
        "Measuring the effects of data parallelism on neural network training",
        "Shallue Lee Antognini",
        2018,
        arxiv="1811.03600",
    ),
    claim(
        "paper-conference",
        "Streaming graph neural networks",
        "Ma Guo Ren Tang Yin",
        2020,
        "Proceedings of the 43rd International ACM SIGIR Conference",
        "719-728",
    ),
    claim(
        "paper-conference",
        "Learning Temporal Interaction Graph Embedding via Coupled Memory Networks",
        "Zhang Bu Ester",
        2020,
        "Proceedings of The Web Conference 2020",
        "3049-3055",
    ),
    claim(
        "paper-conference",
        "On calibration of modern neural networks",
        "Guo Pleiss Sun Weinberger",
        2017,
        "International Conference on Machine Learning",
    ),
    claim(
        "article",
        "Training Data Distribution Search with Ensemble Active Learning",
        "Chitta Alvarez",
        2019,
        arxiv="1905.12737",
    ),
]
EXPECTED = [
    {
        "arxiv:1905.12737v1",
        "arxiv:1905.12737v2",
        "arxiv:1905.12737v3",
        "crossref:10.1109/tits.2021.3133268",
    },
    {"arxiv:1811.03600v1"},
    {"crossref:10.1145/3397271.3401092", "arxiv:1810.10627v2"},
    {"crossref:10.1145/3366423.3380076"},
    {"arxiv:1706.04599v1"},
    {
        "arxiv:1905.12737v1",
        "arxiv:1905.12737v2",
        "arxiv:1905.12737v3",
        "crossref:10.1109/tits.2021.3133268",
    },
]


def resolved(
    open_with: Callable[..., dict[str, OnlineSource]], claims: list[Claim]
) -> list[Resolution]:
    with Sources([MemoryCatalogue([])], list(open_with().values())) as sources:
        return resolve_all(claims, sources)


def test_every_work_is_found_within_the_budget_and_the_second_run_asks_nothing(
    open_with: Callable[..., dict[str, OnlineSource]], server: Any
) -> None:
    results = resolved(open_with, CLAIMS)
    assert [
        {record.id for record in result.work.records} if result.work else set()
        for result in results
    ] == EXPECTED
    assert server.count() <= 1.5 * len(CLAIMS)
    before = server.count()
    assert resolved(open_with, CLAIMS) == results
    assert server.count() == before


def test_a_lookalike_is_not_what_is_meant(
    open_with: Callable[..., dict[str, OnlineSource]],
) -> None:
    other_people = claim(
        "paper-conference", "Streaming graph neural networks", "Nemo Outis", 2020, "SIGIR"
    )
    other_title = claim(
        "paper-conference",
        "Neural networks for streaming pictures of tea leaves",
        "Ma Guo Ren Tang Yin",
        2020,
        "SIGIR",
    )
    assert [result.matched for result in resolved(open_with, [other_people, other_title])] == [
        False,
        False,
    ]


def test_what_could_not_be_asked_is_told(
    open_with: Callable[..., dict[str, OnlineSource]], server: Any
) -> None:
    server.misbehave("403", service="crossref")
    (result,) = resolved(open_with, [CLAIMS[3]])
    assert (result.outcome, result.status) == ("unmatched", "unverifiable")
    assert [(answer.source, answer.reason) for answer in result.unasked] == [
        ("crossref", "127.0.0.1 refused (403)")
    ]
