"""Lists of references in many shapes: headings, labels, indents, none of these."""

from __future__ import annotations

from textwrap import wrap

import pytest

from citenorm.find import find
from citenorm.model import Reference
from citenorm.read import read

A = 'Kumar, Ananya, Percy Liang, and Tengyu Ma. "Verified Uncertainty Calibration."'
B = "Guo, C., Pleiss, G., Sun, Y., & Weinberger, K. Q. (2017). On calibration of modern neural networks. ICML, 1321–1330."
C = "Y. LeCun, L. Bottou, Y. Bengio, and P. Haffner. Gradient-based learning applied to document recognition. Proceedings of the IEEE, 86(11):2278-2324, 1998."
PROSE = (
    "The paper shows that the models which were trained in 2017 are not calibrated. We think that this is a problem, because "
    "users could trust them too much, and it is not clear how Guo et al. (2017) would solve it."
)


def raws(text: str, name: str = "x.md") -> list[str]:
    return [r.raw for r in find(read(text.encode(), name=name))]


def one(text: str, name: str = "x.md") -> Reference:
    (found,) = find(read(text.encode(), name=name))
    return found


@pytest.mark.parametrize("name", ["x.md", "x.txt"])
def test_paragraphs_without_heading(name: str) -> None:
    assert raws(
        f"# Report\n\n{PROSE}\n\n{A}\n\n{B}\n\n{C}\n\nSecond report\n\n{PROSE}\n", name
    ) == [A, B, C]


@pytest.mark.parametrize("name", ["x.md", "x.txt"])
def test_lines_of_one_paragraph(name: str) -> None:
    assert raws(f"{PROSE}\n\n{A}\n{B}\n{C}\n", name) == [A, B, C]


@pytest.mark.parametrize(
    "heading",
    ["References", "Bibliography", "Literatur", "Literaturverzeichnis", "Références", "Bibliografía", "Referências", "Riferimenti bibliografici",
     "参考文献", "参考資料", "참고문헌", "Литература", "7. REFERENCES", "R E F E R E N C E S", "Works Cited:", "References and Notes", "VI. References"],
)  # fmt: skip
@pytest.mark.parametrize("shape", ["# {}\n\n", "**{}**\n\n", "{}\n=========\n\n"])
def test_headings_in_many_languages(heading: str, shape: str) -> None:
    found = find(
        read(
            (
                PROSE
                + "\n\n"
                + shape.format(heading)
                + f"- Graphviz. https://www.graphviz.org\n- {B}\n- {C}\n"
            ).encode(),
            name="x.md",
        )
    )
    assert [r.raw for r in found] == ["Graphviz. https://www.graphviz.org", B, C]
    assert {heading.endswith(r.section) and bool(r.section) for r in found} == {True}


@pytest.mark.parametrize(
    ("labels", "said"),
    [
        (("[1] ", "[2] ", "[3] "), "123"),
        (("1. ", "2. ", "3. "), "123"),
        (("(1) ", "(2) ", "(3) "), "123"),
        (("\\[1\\] ", "\\[2\\] ", "\\[3\\] "), "123"),
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_labels_in_markdown(labels: tuple[str, str, str], said: str, between: str) -> None:
    text = "## References\n\n" + between.join(
        label + raw for label, raw in zip(labels, (A, B, C), strict=True)
    )
    found = find(read(text.encode(), name="x.md"))
    assert [(r.label, r.raw) for r in found] == list(zip(said, (A, B, C), strict=True))


def test_a_lost_label() -> None:
    found = find(
        read(f"#### **REFERENCES**\n\n- {A}\n- [2] {B}\n- [3] {C}\n".encode(), name="x.md")
    )
    assert [(r.label, r.raw) for r in found] == [("", A), ("2", B), ("3", C)]


def test_keys_as_labels() -> None:
    found = find(read(f"## References\n\n[Guo17] {B}\n\n[LeCun98] {C}\n".encode(), name="x.md"))
    assert [(r.label, r.raw) for r in found] == [("Guo17", B), ("LeCun98", C)]


def test_footnotes() -> None:
    found = find(
        read(
            f"Text.[^1] More.[^b]\n\n[^1]: {B}\n[^b]: This is only a remark about it.\n".encode(),
            name="x.md",
        )
    )
    assert [(r.label, r.raw) for r in found] == [("1", B)]


def test_wrapped_lines_with_labels() -> None:
    text = (
        "References\n\n[1] Y. LeCun, L. Bottou, Y. Bengio, and P. Haffner. Gradient-based learn-\n    ing applied to document recognition. Proceedings of\n"
        "    the IEEE, 86(11):2278-2324, 1998.\n[2] C. Guo, G. Pleiss, Y. Sun, and K. Q. Weinberger. On calibration of\n    modern neural networks. In ICML, 2017.\n"
    )
    found = find(read(text.encode(), name="x.txt"))
    assert [(r.label, r.raw, r.line, r.end_line) for r in found] == [
        ("1", C, 3, 5),
        (
            "2",
            "C. Guo, G. Pleiss, Y. Sun, and K. Q. Weinberger. On calibration of modern neural networks. In ICML, 2017.",
            6,
            7,
        ),
    ]


def test_printed_list_without_labels() -> None:
    text = """The last sentence of the paper is about what could be done next, and it is not a reference.

References
Bair, W., Zohary, E., Newsome, W.. Correlated firing in macaque
visual area MT: Time scales and relationship to behavior. Journal
of Neuroscience 2001;21(5):1676-1697.
Barlow, H.. Redundancy reduction revisited. Network 2001;12(3):241-
253.
Cohen, M., Kohn, A.. Measuring and interpreting neuronal
correlations. Nature Neuroscience 2011;14(7):811-819.
Ecker, A., Berens, P., Cotton, R., Subramaniyan, M.. State
dependence of noise correlations in macaque primary visual
cortex. Neuron 2014;82(1):235-248.
"""
    assert raws(text, "x.txt") == [
        "Bair, W., Zohary, E., Newsome, W.. Correlated firing in macaque visual area MT: Time scales and relationship to behavior. Journal of Neuroscience 2001;21(5):1676-1697.",
        "Barlow, H.. Redundancy reduction revisited. Network 2001;12(3):241-253.",
        "Cohen, M., Kohn, A.. Measuring and interpreting neuronal correlations. Nature Neuroscience 2011;14(7):811-819.",
        "Ecker, A., Berens, P., Cotton, R., Subramaniyan, M.. State dependence of noise correlations in macaque primary visual cortex. Neuron 2014;82(1):235-248.",
    ]


def test_several_lists_and_what_follows_them() -> None:
    text = f"# One\n\n{PROSE}\n\n## References\n\n{A}\n\n{B}\n\n## Appendix\n\n{PROSE}\n\n# Two\n\n{PROSE}\n\n## References\n\n{C}\n"
    assert raws(text) == [A, B, C]


def test_a_heading_glued_to_the_last_reference() -> None:
    found = one(f"{PROSE}\n\n{B.rstrip()}## Opposition Report 2\n\nFor the session of somebody\n")
    assert found.raw == B


def test_prose_and_code_are_no_references() -> None:
    text = f"# Review\n\n{PROSE}\n\nIn 2019, J. Doe and A. Roe (2019) extended it, see Smith et al. [1].\n\nContact: John Doe, Jane Roe. Stockholm, 2020.\n\n```\n{B}\n```\n"
    assert raws(text) == []


def test_marks_links_and_tags_are_off() -> None:
    text = '## References\n\n1. Gao, Y., **Li Chen** and B. Li. "[Post](https://x.org/a_(b)): *Device* Placement." <u>NeurIPS</u> 2018&ndash;2019, `pages` 1\\_2.\n'
    assert (
        one(text).raw
        == 'Gao, Y., Li Chen and B. Li. "Post: Device Placement." NeurIPS 2018–2019, pages 1_2.'
    )


LINES = """Nguyen et al. Sparse mirrors for wide nets. ICML 2018
Okafor P, Lind T, Sato M, Brandt L. TURTLE: Slow training of shallow unidirectional shapes for understanding sand. arXiv 2019.
Wave-based models for whale song recognition, Petrova 2015
Lee, K. et al (2016) Shallow gradual learning for moth recognition
Rossi, Novak and Haddad, Shallow Learning, Example Press 2016
Brown & Wu, Eve: A method for patient descent"""


@pytest.mark.parametrize("name", ["x.txt", "x.md"])
@pytest.mark.parametrize(
    "above", ["", "References\n", "# Report\n\nSome words about it.\n\nReferences\n"]
)
def test_one_reference_a_line(name: str, above: str) -> None:
    """Lines that end although there was room for the next word are whole references, finished or not."""
    assert raws(above + LINES + "\n", name) == LINES.split("\n")


def test_an_address_at_the_end_of_a_line_does_not_go_on() -> None:
    lines = [
        "Doe, J. (2015, May 21). The effectiveness of ponds [Blog post]. Retrieved from http://doe.example.org/2015/05/21/ponds/",
        "R. Roe, P. Poe, and K. Doe, Dropout: a simple way to keep ponds from freezing, J. Pond Res. 15 (2014) 1929–1958.",
        "Poe, K., and Doe, J.: Ponds in winter. In: Ponds of the North, pp. 1–10. Pond Press (2016)",
        "Moe, A., Roe, R.: Lakes and their ponds. Journal of Lakes 12(3), 45–67 (2017)",
    ]
    assert raws("\n".join(lines) + "\n", "x.txt") == lines


def test_wrapped_lines_stay_together() -> None:
    wrapped = "\n".join(
        line for reference in (B, C) for line in wrap(reference, 60, break_on_hyphens=False)
    )
    assert raws(wrapped, "x.txt") == [B, C]


def test_lines_of_verse_are_no_list() -> None:
    assert (
        raws(
            "The moon was new in 1998\nThe sea was old, the tide was late\nThe ship came home in 2003\nAnd nobody would wait\n",
            "x.txt",
        )
        == []
    )


def test_a_bare_title_among_references() -> None:
    items = [
        "Sparse mirrors are all you need, ICML 2017",
        "TURTLE: Slow Training of Shallow Shapes",
        "“Eve: A Method for Patient Descent”, ICLR 2015",
        "Nguyen et al. 2014. Mirror nets.",
    ]
    assert (
        raws(
            "# Notes\n\nSome text.\n\n## References\n\n" + "".join(f"- {item}\n" for item in items)
        )
        == items
    )


@pytest.mark.parametrize(
    "heading", ["REFRENCES", "Referances", "Bibilography", "Ref", "Literatuverzeichnis"]
)
def test_misspelt_headings(heading: str) -> None:
    text = f"# {heading}\n\n- Graphviz, drawing graphs. https://www.graphviz.org\n- {B}\n- {C}\n"
    assert [r.section for r in find(read(text.encode(), name="x.md"))] == [heading] * 3


@pytest.mark.parametrize(
    "heading", ["Preferences", "Inferences", "Referees", "Biography", "Differences"]
)
def test_other_headings(heading: str) -> None:
    from citenorm.find.headings import heading_kind

    assert heading_kind(heading) != "list"


def test_the_author_above() -> None:
    text = f"# Report\n\n{PROSE}\n\nNeal, Radford M. 1996. Bayesian Learning for Neural Networks. New York: Springer.\n\n———. 1997. “Monte Carlo Implementation of Processes.” University of Toronto.\n\n{PROSE}\n"
    assert [raw[:9] for raw in raws(text)] == ["Neal, Rad", "———. 1997"]
    from citenorm.pipeline import document_claims

    first, second = document_claims(read(text.encode(), name="x.md"))
    assert first.csl["author"] == second.csl["author"]


@pytest.mark.parametrize(
    "text",
    [
        "# Chunking\n\nBrady et al. (2009) show chunking models that provide an approximation of how observers may take advantage.\n\nSu et al. (2021) applied the operation to improve the representation and also to reduce it.\n",
        "Chen et al. (2012)\nx\n\nCheong et al.\n(2021)\nx x\n\nHayashi et al.\n(2015)\nx\n",
    ],
)
def test_citations_are_no_references(text: str) -> None:
    assert raws(text) == [] == raws(text, "x.txt")


def test_the_word_in_front_of_a_reference() -> None:
    assert raws(
        f"Fairness\n\nEach of them is pulled a certain number of times.\n\nRef: {B}\n", "x.txt"
    ) == [B]
