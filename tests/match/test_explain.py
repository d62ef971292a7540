"""The waterfall of a resolution, the weights and their calibration."""

from __future__ import annotations

import pytest

from citenorm.match import choose, compare, waterfall
from citenorm.match.weights import read_weights, weights
from citenorm.model import Claim, Record, Resolution

CSL = {
    "type": "article-journal", "title": "A study of quiet ponds and their visitors", "issued": {"date-parts": [[2021]]},
    "author": [{"family": "Li", "given": "Jia"}, {"family": "Haddad", "given": "Omar"}],
}  # fmt: skip


def test_the_rows_are_the_sum() -> None:
    claim = Claim(CSL)
    compared = compare(claim, Record.from_csl({"id": "x:1", **CSL}))
    choice = choose(claim, [compared])
    steps = waterfall(
        Resolution(
            claim,
            "matched",
            "verified",
            choice.record,
            None,
            choice.probability,
            choice.margin,
            compared.evidence,
            choice.ranked,
        )
    )
    assert steps[0].field == "prior" and steps[0].total == weights().prior
    assert [s.total for s in steps[1:-1]] == pytest.approx(
        [steps[i].total + s.weight for i, s in enumerate(steps[1:-1])]
    )
    assert steps[-2].total == pytest.approx(compared.weight)
    assert steps[-1].probability == choice.probability
    assert {"title", "author", "year"} <= {s.field for s in steps}
    strengths = [abs(s.weight) for s in steps[1:-1]]
    assert strengths == sorted(strengths, reverse=True)


def test_nothing_found_has_a_prior_alone() -> None:
    assert [s.field for s in waterfall(Resolution(Claim(CSL), "unmatched", "unverifiable"))] == [
        "prior"
    ]


def test_calibration_interpolates_and_never_falls() -> None:
    table = read_weights(
        'prior = -1.0\n[decide]\naccept = 0.5\nmargin = 0.5\ndoubt = 0.1\n[calibration]\npoints = [[-2.0, 0.1], [2.0, 0.9]]\n[levels.title]\nexact = 3.0\n"a b" = -1\n'
    )
    at = (table.probability(-2), table.probability(2))
    assert at == (0.1, pytest.approx(0.9))
    assert (table.probability(-9), table.probability(0), table.probability(9)) == (
        0.1,
        pytest.approx(0.5),
        0.9,
    )
    assert (
        table.of("title", "exact"),
        table.of("title", "a b"),
        table.of("title", "never seen"),
        table.of("no", "such"),
    ) == (3.0, -1.0, 0.0, 0.0)
    points = weights().calibration
    assert list(points) == sorted(points) and [p for _, p in points] == sorted(p for _, p in points)
    assert all(0 < p < 1 for _, p in points)
