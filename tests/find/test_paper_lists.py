"""Lists of papers: a title and a link, a venue in front, three lines, tables, headings; and links that belong to references."""

from __future__ import annotations

import pytest

from citenorm.find import find
from citenorm.model import Reference
from citenorm.normalize.links import with_links
from citenorm.read import read

POND = "https://doi.org/10.5555/ponds.7"
RIVER = "https://arxiv.org/abs/1901.00001"
BELOW = "Ann Writer, Bob Author, and Carl Scholar, Deep ponds and their herons, ICLR 2015"


def found(text: str, name: str = "list.md", *, mentions: bool = False) -> list[Reference]:
    return find(read(text.encode(), name=name), mentions=mentions)


@pytest.mark.parametrize(
    ("item", "title", "rest"),
    [
        (f"- [Quiet Ponds in Winter]({POND})", "Quiet Ponds in Winter", {}),
        (f"- Quiet Ponds in Winter [[pdf]({POND})] [[code](https://github.com/p/q)]", "Quiet Ponds in Winter", {}),
        (
            f"- [ICPP'21] [Quiet Ponds in Winter]({POND})",
            "Quiet Ponds in Winter",
            {"container-title": "ICPP", "issued": {"date-parts": [[2021]]}},
        ),
        (f"- **Quiet Ponds in Winter** [Paper]({POND})", "Quiet Ponds in Winter", {}),
        (f"- [Quiet Ponds in Winter]({POND}) - how ponds freeze, and why nobody likes it.", "Quiet Ponds in Winter", {}),
        (f"| [Quiet Ponds in Winter]({POND}) | ICPP 2021 | yes |", "Quiet Ponds in Winter", {"container-title": "ICPP", "issued": {"date-parts": [[2021]]}}),
        (f"### [Quiet Ponds in Winter]({POND})", "Quiet Ponds in Winter", {}),
    ],
)  # fmt: skip
def test_a_title_and_a_link(item: str, title: str, rest: dict[str, object]) -> None:
    text = f"# Reading\n\nSome words on the reading group, which meets on Mondays.\n\n{item}\n\nMore words on it, and on the weather that we had.\n"
    (one,) = found(text)
    assert one.kind == "reference" and one.links[0] == POND
    assert one.context == {"title": title, **rest}


def test_two_works_in_one_cell() -> None:
    cell = f"<a href='{POND}'>Quiet Ponds in Winter</a><br><a href='{RIVER}'>Rivers of the High Plains</a>"
    text = f"<p>Words on the reading group, which meets on Mondays.</p><table><tr><td>{cell}</td><td>ICPP 2021</td></tr></table>"
    assert [(r.raw, r.links) for r in found(text, "x.html")] == [
        ("Quiet Ponds in Winter", (POND,)),
        ("Rivers of the High Plains", (RIVER,)),
    ]


def test_three_lines() -> None:
    text = f"## Ponds\n\nQuiet Ponds in Winter\nJournal of Ponds 12 (2021)\n{RIVER}\n\nRivers of the High Plains\nICPP 2019\n{POND}\n"
    one, two = found(text)
    assert one.context == {
        "title": "Quiet Ponds in Winter",
        "container-title": "Journal of Ponds",
        "volume": "12",
        "issued": {"date-parts": [[2021]]},
        "URL": RIVER,
    }
    assert (two.line, two.end_line) == (7, 9)


@pytest.mark.parametrize(
    ("between", "context"),
    [
        ([], {"title": "Quiet Ponds in Winter", "URL": POND}),
        (["Brook and Weir", "ICPP 2019"], {}),
        (["Brook and Weir", "ICPP 2019", "seen"], None),
    ],
)
def test_lines_above_an_address(between: list[str], context: dict[str, str] | None) -> None:
    text = "\n".join(["## Ponds", "", "Quiet Ponds in Winter", *between, POND, "", "Words."])
    assert [dict(r.context) for r in found(text)] == ([] if context is None else [context])


def test_people_in_front_or_behind() -> None:
    text = (
        "# Reading\n\nSome words on the reading group, which meets on Mondays, and on what was read.\n\n"
        f"- Jia Li, Omar Haddad, [Quiet Ponds]({POND}), Ponds 2021\n"
        f"- [Rivers of the North]({RIVER}), Ada Smith and Jia Li, 2019 [[pdf]({RIVER})]\n"
    )
    assert [(r.raw, r.links, dict(r.context)) for r in found(text)] == [
        ("Jia Li, Omar Haddad, Quiet Ponds, Ponds 2021", (POND,), {}),
        ("Rivers of the North, Ada Smith and Jia Li, 2019", (RIVER,), {}),
    ]


def test_without_a_link_only_a_mention() -> None:
    text = "### Ponds\n- [ICPP'21] Quiet Ponds in Winter\n- [ICPP'19] Rivers of the High Plains\n"
    assert found(text) == []
    assert [(r.kind, r.raw, r.context["container-title"]) for r in found(text, mentions=True)] == [
        ("mention", "Quiet Ponds in Winter", "ICPP"),
        ("mention", "Rivers of the High Plains", "ICPP"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "- [The pond simulator](https://github.com/ponds/simulator)",
        "- [Video of the talk](https://www.youtube.com/watch?v=1)",
        f"We read [Quiet Ponds in Winter]({POND}) on Monday, which was very good, and talked about what it means for the ponds of the north, and who should read it next, and when and where we should meet.",
    ],
)
def test_other_links(line: str) -> None:
    assert (
        found(f"# Notes\n\nSome words on the reading group, which meets on Mondays.\n\n{line}\n")
        == []
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("## References\n\n- Li, J. (2021). Quiet ponds. Journal of Ponds, 1(2), 3–9. [Link]({0})\n- Smith, A. (2011). Rivers. Journal of Ponds, 2, 3-9.\n", "x.md"),
        ("## References\n\n- Li, J. (2021). [Quiet ponds][p]. Journal of Ponds, 1(2), 3–9.\n- Smith, A. (2011). Rivers. Journal of Ponds, 2, 3-9.\n\n[p]: {0}\n", "x.md"),
        ("<h2>References</h2><ul><li>Li, J. (2021). <a href='{0}'>Quiet <i>ponds</i></a>. Journal of Ponds, 1(2), 3–9.</li><li>Smith, A. (2011). Rivers. Journal of Ponds, 2, 3-9.</li></ul>", "x.html"),
        ("## References\n\n- Li, J. (2021). <a href=\"{0}\">Quiet ponds</a>. Journal of Ponds, 1(2), 3–9.\n- Smith, A. (2011). Rivers. Journal of Ponds, 2, 3-9.\n", "x.md"),
        ("References\n==========\n\n* Li, J. (2021). `Quiet ponds <{0}>`_. Journal of Ponds, 1(2), 3–9.\n* Smith, A. (2011). Rivers. Journal of Ponds, 2, 3-9.\n", "x.rst"),
        ("\\begin{{thebibliography}}{{9}}\\bibitem{{a}} Li, J. (2021). \\href{{{0}}}{{Quiet ponds}}. Journal of Ponds, 1(2), 3--9.\\bibitem{{b}} Smith, A. (2011). Rivers. Journal of Ponds, 2, 3-9.\\end{{thebibliography}}", "x.tex"),
    ],
)  # fmt: skip
def test_a_link_is_kept_with_its_reference(text: str, name: str) -> None:
    one, two = found(text.format(POND), name)
    assert one.raw == "Li, J. (2021). Quiet ponds. Journal of Ponds, 1(2), 3–9."
    assert (one.links, two.links) == ((POND,), ())
    assert one.to_dict()["links"] == [POND]


def test_identifiers_out_of_links() -> None:
    assert with_links({"title": "A"}, [POND, RIVER]) == {
        "title": "A",
        "DOI": "10.5555/ponds.7",
        "custom": {"arxiv": "1901.00001"},
    }
    assert with_links({"DOI": "10.5555/other"}, [POND])["DOI"] == "10.5555/other"
    assert "DOI" not in with_links({}, [POND, "https://doi.org/10.5555/other"])
    assert with_links({}, ["https://ponds.example.org/a"]) == {"URL": "https://ponds.example.org/a"}
    assert with_links({"title": "A"}, []) == {"title": "A"}


@pytest.mark.parametrize(
    ("head", "below", "made"),
    [
        ("Pond Inst. [[Paper]({0})]", "", [(BELOW, (POND,))]),
        ("Pond Inst. [[Code](https://github.com/p/q)]", "", []),
        ("Pond Inst. [[Paper]({0})]", " [[pdf]({0})]", [(BELOW, (RIVER,))]),  # it has its own
        ("Brook, A. and Weir, D. [[Paper]({0})]", "", [("Brook, A. and Weir, D.", (POND,))]),
    ],
)
def test_whose_link_stands_above(
    head: str, below: str, made: list[tuple[str, tuple[str, ...]]]
) -> None:
    text = f"# Ponds\n\nWords on the group, which meets on Mondays.\n\n- {head.format(POND)}\n  - {BELOW}{below.format(RIVER)}\n"
    assert [(r.raw, r.links) for r in found(text)] == made


def test_a_link_on_what_a_paper_is_about_and_the_paper_below_it() -> None:
    text = (
        "# Awesome ponds\n\n- Lake Univ. + Pond Inst. [[Paper](https://arxiv.org/abs/1503.02531)] [[Web](http://example.org)]\n"
        "  - Ann Writer, Bob Author, and Carl Scholar, *Deep ponds and their herons*, ICLR 2015\n"
        "- Quiet Ponds at Night [[Paper](https://arxiv.org/abs/1503.02532)]\n  - code is in preparation\n"
    )
    found = find(read(text.encode(), name="x.md"))
    assert [r.raw for r in found] == [
        "Ann Writer, Bob Author, and Carl Scholar, Deep ponds and their herons, ICLR 2015",
        "Quiet Ponds at Night",
    ]
    assert found[0].links == ("https://arxiv.org/abs/1503.02531", "http://example.org")
