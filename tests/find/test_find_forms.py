"""One report in many forms: the same references and mentions come out of each."""

from __future__ import annotations

from pathlib import Path

import pytest

from citenorm.find import find
from citenorm.read import read

DATA = Path(__file__).parents[1] / "data" / "find"
FORMS = ["md", "txt", "rst", "html", "ipynb", "docx", "odt", "pdf"]
TEXT_FORMS = ["md", "txt", "rst", "html", "ipynb"]
REFERENCES = [
    (
        "1",
        'Vaswani, Ashish, Noam Shazeer, Niki Parmar, et al. "Attention is all you need." Advances in Neural Information Processing Systems 30 (2017).',
    ),
    (
        "2",
        "Devlin, J., Chang, M.-W., Lee, K., & Toutanova, K. (2019). BERT: Pre-training of deep bidirectional transformers for language understanding. In Proceedings of NAACL-HLT (pp. 4171–4186).",
    ),
    (
        "3",
        "Geoffrey Hinton, Oriol Vinyals, Jeff Dean: Distilling the Knowledge in a Neural Network. CoRR abs/1503.02531 (2015)",
    ),
]
MENTIONS = [
    "Attention Is All You Need",
    "BERT: Pre-training of Deep Bidirectional Transformers (NAACL 2019, Google)",
    "Distilling the Knowledge in a Neural Network",
]


@pytest.mark.parametrize("form", FORMS)
def test_references(form: str) -> None:
    found = find(read(DATA / f"report.{form}"))
    assert [(r.label, r.raw) for r in found] == REFERENCES
    assert {r.section for r in found} == {"References"}
    assert all(r.kind == "reference" for r in found)


@pytest.mark.parametrize("form", FORMS)
def test_mentions(form: str) -> None:
    found = find(read(DATA / f"report.{form}"), mentions=True)
    assert [r.raw for r in found if r.kind == "mention"] == MENTIONS
    assert [r.raw for r in found if r.kind == "reference"] == [raw for _, raw in REFERENCES]


@pytest.mark.parametrize("form", TEXT_FORMS)
def test_places_point_into_the_file(form: str) -> None:
    source = (DATA / f"report.{form}").read_text("utf-8")
    for reference in find(read(DATA / f"report.{form}")):
        stretch = source[reference.start : reference.end]
        assert stretch.lstrip("\\\"'[123] ").startswith(reference.raw[:12])
        assert reference.raw.rstrip(".)")[-4:] in stretch.replace("\n", " ")
        assert reference.line == source.count("\n", 0, reference.start) + 1
        assert reference.end_line == source.count("\n", 0, reference.end - 1) + 1


def test_pdf_has_pages() -> None:
    document = read(DATA / "report.pdf")
    assert len(document.pages) >= 1
    for reference in find(document):
        assert reference.page == document.page_of(document.text.index(reference.raw[:20]))


def test_bibitems_keep_their_keys() -> None:
    found = find(read(DATA / "list.bbl"))
    assert [(r.key, r.line, r.end_line) for r in found] == [("erdos1959", 4, 6), ("adam", 9, 12)]
    assert (
        found[0].raw
        == "P. Erdős and A. Rényi. On random graphs I. Publicationes Mathematicae Debrecen, 6:290–297, 1959."
    )
    assert found[1].raw.endswith("URL https://arxiv.org/abs/1412.6980.")


def test_bibtex_is_left_to_its_own_part() -> None:
    assert find(read(b"@article{a, title={B}}", name="x.bib")) == []
