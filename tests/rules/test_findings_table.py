"""The table of findings and the rules that tell them fit together."""

from __future__ import annotations

import pytest

from citenorm.findings import FINDINGS, Finding, accuses, finding_of, told_by, wrong_fields
from citenorm.model import Evidence
from citenorm.rules import RULES
from citenorm.rules.base import FindingRule
from citenorm.rules.precision import WARNS, Precision, precision_of

CODES = {r.code: r for r in RULES}


@pytest.mark.parametrize("finding", FINDINGS.values(), ids=lambda f: f"{f.about} {f.value}")
def test_a_finding_that_is_told_has_words_and_a_rule(finding: Finding) -> None:
    assert bool(finding.says) == bool(finding.rule)
    assert not finding.rule or finding.rule in CODES


@pytest.mark.parametrize("finding", FINDINGS.values(), ids=lambda f: f"{f.about} {f.value}")
def test_what_accuses_is_told_by_a_rule_of_known_precision(finding: Finding) -> None:
    """Right .95 of the time or oftener: an error or a warning; less often: a note."""
    if not finding.accuses:
        return
    one = CODES[finding.rule]
    counted = one.precision()
    assert counted is not None
    assert (one.severity == "note") is (counted.share < WARNS)
    assert counted.sentence() in one.page()


def test_precision_in_words() -> None:
    assert (
        Precision(19, 20, 5, 900).word == "very-high" and Precision(17, 20, 5, 900).word == "high"
    )
    assert Precision(1, 2, 5, 900).word == "medium" and Precision(1, 20, 5, 900).word == "low"
    assert (
        Precision(0, 0, 5, 900).word == "unknown"
        and "told nothing" in Precision(0, 0, 5, 9).sentence()
    )
    assert (
        "Of 20 findings in 5 bibliographies of strangers (1,900 entries)"
        in Precision(19, 20, 5, 1900).sentence()
    )
    assert precision_of("CN501") is None


def test_every_rule_that_tells_findings_has_some() -> None:
    rules = {r.code for r in RULES if issubclass(r, FindingRule)}
    assert rules <= {f.rule for f in FINDINGS.values()}


def test_a_finding_is_found_again_from_its_evidence() -> None:
    for finding in FINDINGS.values():
        assert finding_of(finding.of("a", "b")) is finding


def test_evidence_of_a_comparison_is_no_finding() -> None:
    compared = Evidence("title", "differs", -3.0, "a", "b")
    assert finding_of(compared) is None and not accuses(compared)


def test_what_is_wrong_is_a_field_of_the_reference() -> None:
    found = [f.of("10.5555/a", "b") for f in FINDINGS.values() if f.accuses]
    assert wrong_fields(found) == {"DOI", "title", "author", "issued", "container-title"}
    number = [f.of("1901.00001", "b") for f in FINDINGS.values() if f.about == "work.identifier"]
    assert wrong_fields(number) == {"custom.arxiv"}


def test_a_rule_is_given_its_own_findings_in_their_order() -> None:
    mixed = [f.of(str(i), "") for i, f in enumerate(FINDINGS.values())]
    mine = [f for f in FINDINGS.values() if f.rule == "CN302"]
    assert [f for f, _ in told_by("CN302", mixed)] == mine and len(mine) > 5
