"""Works that are only named: lists introduced by "papers", headings below a conference, titles repeated."""

from __future__ import annotations

from typing import Any

from citenorm.find import find
from citenorm.model import Reference
from citenorm.read import read


def mentions(text: str, name: str = "x.md") -> list[Reference]:
    return [r for r in find(read(text.encode(), name=name), mentions=True) if r.kind == "mention"]


def said(text: str, name: str = "x.md") -> list[str]:
    return [r.raw for r in mentions(text, name)]


NOTES = """# ICLR 2021 notes

# Session 1: Optimisation (Tuesday 4/5/2021)

## Sharpness-Aware Minimization for Efficiently Improving Generalization

- Flat minima generalise better
- Large Models, Large Search Spaces -> long training times

## Gradient Descent on Neural Networks Typically Occurs at the Edge of Stability

- sharpness hovers above 2/eta

# Keynote: Jane Doe (Stanford)

- What is a model?

# Posters

# Session 2: Attention

## Rethinking Attention with Performers

## Discussion

# Wednesday 5/5/2021
"""
WORKS = [
    "Sharpness-Aware Minimization for Efficiently Improving Generalization",
    "Gradient Descent on Neural Networks Typically Occurs at the Edge of Stability",
    "Rethinking Attention with Performers",
]
CONTEXT: dict[str, Any] = {"container-title": "ICLR", "issued": {"date-parts": [[2021]]}}


def test_headings_below_a_conference() -> None:
    found = mentions(NOTES)
    assert [r.raw for r in found] == WORKS
    assert all(dict(r.context) == CONTEXT for r in found)
    assert [(r.line, NOTES[r.start : r.end]) for r in found] == [
        (NOTES[: NOTES.index(w)].count("\n") + 1, w) for w in WORKS
    ]


def test_the_same_without_marks() -> None:
    flat = "\n".join(line.lstrip("# ") for line in NOTES.split("\n"))
    assert said(flat, "x.txt") == WORKS


def test_headings_without_a_conference_are_sections() -> None:
    assert (
        said(
            "# Report\n\n## Deep Learning for Everyone\n\nText.\n\n## Results and Discussion of Many Things\n\nText.\n"
        )
        == []
    )


def test_list_introduced_by_papers() -> None:
    assert said(
        "We read three papers:\n\n- A Tale of Two Models\n  - our notes on it\n- Learning to learn\n\nStrengths:\n\n- Well Written Paper Text\n"
    ) == [
        "A Tale of Two Models",
        "Learning to learn",
    ]
    assert said(
        "In dieser Sitzung wurden zwei Artikel vorgestellt:\n\n* Lernen aus Fehlern\n* Das tiefe Netz\n"
    ) == ["Lernen aus Fehlern", "Das tiefe Netz"]


def test_venue_in_brackets() -> None:
    assert said(
        "Program\n\n- Active Learning with Ensembles (arXiv, 2020, NVIDIA)\n- coffee break\n"
    ) == ["Active Learning with Ensembles (arXiv, 2020, NVIDIA)"]


def test_heading_that_repeats_a_title() -> None:
    text = (
        "## 1 OVERVIEW\n\nText.\n\n## 2 MEASURING THE EFFECTS OF DATA PARALLELISM\n\nText.\n\n## 3 Training data subset search with ensemble active learning\n\nText.\n\n#### REFERENCES\n\n"
        '[1] Shallue, Christopher J., and George E. Dahl. "Measuring the effects of data parallelism." JMLR 20 (2019).\n\n'
        "[2] Kashyap Chitta and Clement Farabet. 2019. Training Data Distribution Search with Ensemble Active Learning. arXiv preprint arXiv:1905.12737 (2019).\n"
    )
    found = mentions(text)
    assert [(r.label, r.raw) for r in found] == [
        ("2", "MEASURING THE EFFECTS OF DATA PARALLELISM"),
        ("3", "Training data subset search with ensemble active learning"),
    ]


def test_a_part_of_a_title_is_no_mention() -> None:
    text = '# Neural Network Training\n\nText.\n\n## References\n\nDoe, Jane, and Richard Roe. "Measuring effects on neural network training at scale." JMLR 20 (2019).\n'
    assert said(text) == []


def test_paper_in_front_of_a_title() -> None:
    assert said(
        "**Paper 1: Deep Residual Learning for Image Recognition**\n\nThe authors present networks.\n"
    ) == ["Deep Residual Learning for Image Recognition"]


def test_notes_are_no_mentions() -> None:
    assert (
        said(
            '# Notes\n\n- Large Models Need Much Memory\n- Use "early stopping"\n- Code: example.org\n'
        )
        == []
    )
