"""A claim that states nothing but an identifier means the work that has it; with anything beside it the identifier is one field of several."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from citenorm.catalogue.memory import MemoryCatalogue
from citenorm.match import waterfall
from citenorm.model import Claim, Record, Resolution
from citenorm.parse import parse
from citenorm.pipeline import fix, resolve
from citenorm.sources import Sources

DOI = "10.4321/pond.2021.17"
PAPER = {
    "id": "s:paper", "type": "paper-conference", "title": "Quiet ponds as mirrors of distant winter stars", "DOI": DOI,
    "author": [{"family": "Li", "given": "Jia"}, {"family": "Haddad", "given": "Omar"}], "container-title": "Annals of Frogs",
    "issued": {"date-parts": [[2021]]}, "volume": "17", "page": "1250-1252",
    "custom": {"arxiv": "2101.01234", "pmid": "31234567", "acl": "P21-1017", "openreview": "Xy6RiCqY7"},
}  # fmt: skip
BOOK = {
    "id": "s:book", "type": "book", "title": "Herons", "ISBN": "9780262035613", "author": [{"family": "Sato", "given": "Mei"}],
    "publisher": "Reed", "issued": {"date-parts": [[2016]]},
}  # fmt: skip
CHAPTER = {
    "id": "s:chapter", "type": "chapter", "title": "Of nests and their keepers", "ISBN": "9780262035613",
    "author": [{"family": "Okoro", "given": "Ada"}], "container-title": "Herons", "issued": {"date-parts": [[2016]]},
}  # fmt: skip
OTHER = {
    "id": "s:other", "type": "article-journal", "title": "Gravel roads after heavy rain", "DOI": DOI,
    "author": [{"family": "Nowak", "given": "Piotr"}], "container-title": "Roads", "issued": {"date-parts": [[1998]]},
}  # fmt: skip
ALONE = "same, nothing else stated"


def known(*items: dict[str, Any]) -> Sources:
    return Sources([MemoryCatalogue(Record.from_csl(x) for x in items)])


def asked(claim: str | dict[str, Any], *items: dict[str, Any]) -> Resolution:
    return resolve(
        parse(claim) if isinstance(claim, str) else Claim(claim),
        known(*(items or (PAPER, BOOK, CHAPTER))),
    )


def level(found: Resolution) -> str:
    return next(e.level for e in found.evidence if e.field == "identifier")


STRINGS = [
    DOI,
    f"doi:{DOI}",
    f"https://doi.org/{DOI}",
    f"[3] DOI: {DOI}.",
    "arXiv:2101.01234",
    "arXiv:2101.01234v2 [cs.CV]",
    "https://arxiv.org/abs/2101.01234",
    "PMID: 31234567",
    "https://pubmed.ncbi.nlm.nih.gov/31234567/",
    "https://aclanthology.org/P21-1017/",
    "https://openreview.net/forum?id=Xy6RiCqY7",
]


@pytest.mark.parametrize("text", STRINGS)
def test_a_string(text: str) -> None:
    found = asked(text)
    assert found.outcome == "matched" and found.record is not None
    assert found.record.id == "s:paper" and found.probability >= 0.99 and level(found) == ALONE
    assert not {"unparsed-text", "wrong-identifier"} & {d.name for d in found.diagnostics}
    assert found.emitted["title"] == PAPER["title"]


def test_the_sum_shows_it() -> None:
    steps = waterfall(asked(f"doi:{DOI}"))
    assert [s.level for s in steps if s.field == "identifier"] == [ALONE]
    assert steps[-2].probability >= 0.99 and steps[-2].total > 8


def test_a_list(tmp_path: Path) -> None:
    file = tmp_path / "list.md"
    file.write_text(f"# References\n\n- https://doi.org/{DOI}\n- ISBN 978-0-262-03561-3\n")
    results = fix(file, known(PAPER, BOOK, CHAPTER)).resolutions
    assert [r.record.id if r.record else "" for r in results] == ["s:paper", "s:book"]


@pytest.mark.parametrize(
    "fields",
    [
        f"doi={{{DOI}}}",
        f"doi={{{DOI}}}, url={{https://doi.org/{DOI}}}",
        f"doi={{{DOI}}}, year={{2021}}",
        "eprint={2101.01234}, archiveprefix={arXiv}",
        "eprint={2101.01234}, archiveprefix={arXiv}, url={https://arxiv.org/abs/2101.01234}",
    ],
)
def test_an_entry(tmp_path: Path, fields: str) -> None:
    file = tmp_path / "a.bib"
    file.write_text(f"@misc{{x, {fields}}}\n")
    (found,) = fix(file, known(PAPER, BOOK)).resolutions
    assert found.record is not None and found.record.id == "s:paper"
    assert found.probability >= 0.99


def test_an_isbn_names_the_book_and_no_chapter() -> None:
    found = asked({"type": "book", "ISBN": "9780262035613"})
    assert found.record is not None and found.record.id == "s:book" and found.probability >= 0.99
    assert asked({"type": "book", "ISBN": "9780262035613"}, CHAPTER).outcome != "matched"


def test_two_works_with_the_identifier() -> None:
    assert asked(f"doi:{DOI}", PAPER, OTHER).outcome == "ambiguous"
    assert asked({"DOI": DOI}, PAPER, OTHER).outcome == "ambiguous"


def test_identifiers_of_two_works() -> None:
    other = OTHER | {"DOI": "10.4321/road.1998.2"}
    claim = {"DOI": "10.4321/road.1998.2", "custom": {"arxiv": "2101.01234"}}
    assert asked(claim, PAPER, other).outcome == "ambiguous"


@pytest.mark.parametrize(
    "beside",
    [
        {"title": "Gravel roads after heavy rain"},
        {"author": [{"family": "Nowak", "given": "Piotr"}]},
        {"container-title": "Roads"},
        {"note": "the paper on roads"},
        {"URL": "https://example.org/roads"},
        {"URL": "https://doi.org/10.4321/road.1998.2"},
    ],
)
def test_with_something_beside_it_the_identifier_is_one_field_of_several(
    beside: dict[str, Any],
) -> None:
    found = asked({"DOI": DOI, **beside})
    assert found.outcome != "matched" and level(found) != ALONE


def test_words_that_no_field_took_count_as_something() -> None:
    claim = Claim({"DOI": DOI}, raw=f"Nowak on gravel roads, doi:{DOI}")
    found = resolve(claim, known(PAPER))
    assert found.outcome != "matched" and level(found) == "same"


def test_an_identifier_that_no_record_has() -> None:
    found = asked("https://doi.org/10.4321/none.1")
    assert found.outcome == "unmatched"
    assert "unparsed-text" not in {d.name for d in found.diagnostics}
