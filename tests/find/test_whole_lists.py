"""Files that are lists of references: every line or paragraph becomes an entry or is named."""

from __future__ import annotations

from textwrap import fill

import pytest

from citenorm.find import find, passed_over
from citenorm.read import read

ENTRIES = [
    "Li, J., and Haddad, O. A study of quiet ponds and what lies below them in winter. Journal of Ponds 12(3), 101-113, 2021.",
    "Ada Smith. Rivers of the high plains: a survey. University of Rivers Press, 1999.",
    "World Pond Organization. Guidelines on pond safety. Geneva: World Pond Organization; 2020.",
    "Haddad O, Sato M, Li J, et al. Early freezing in ponds of the north. Pond Lett. 2003;4:12-9.",
    "“Herons at dawn and the economics of standing still” (Brandt, Jones, 2015)",
    "Sato, Mei. Herons. https://herons.example.org/2020-report.pdf.",
]


def rows(text: str, name: str = "list.txt") -> list[str]:
    return [r.raw for r in find(read(text.encode(), name=name))]


def passed(text: str, name: str = "list.txt") -> list[tuple[int, int, str]]:
    document = read(text.encode(), name=name)
    return list(passed_over(document, find(document)))


def narrow(raw: str, indent: str = "") -> str:
    return fill(raw, 78, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


LAYOUTS = {
    "lines": lambda x: "\n".join(x),
    "paragraphs": lambda x: "\n\n".join(x),
    "wrapped": lambda x: "\n\n".join(map(narrow, x)),
    "hanging": lambda x: "\n".join(narrow(r, "    ") for r in x),
    "numbered": lambda x: "\n".join(f"{i}. {r}" for i, r in enumerate(x, 1)),
    "bracketed": lambda x: "\n\n".join(narrow(f"[{i}] {r}") for i, r in enumerate(x, 1)),
    "bullets": lambda x: "\n".join(narrow("- " + r, "  ") for r in x),
    "dashes": lambda x: "\n\n".join("– " + r for r in x),
    "windows": lambda x: "\r\n\r\n".join(x),
    "mixed": lambda x: "\n".join(x[:2]) + "\n\n" + "\n\n".join(x[2:]),
}


@pytest.mark.parametrize("name", ["list.txt", "list.md"])
@pytest.mark.parametrize("above", ["", "References\n\n"])
@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_every_layout(layout: str, above: str, name: str) -> None:
    if layout == "dashes" and name == "list.md":
        pytest.skip("a dash is no bullet in Markdown")
    assert rows(above + LAYOUTS[layout](ENTRIES) + "\n", name) == ENTRIES


@pytest.mark.parametrize("layout", ["lines", "numbered", "bullets", "wrapped", "bracketed"])
@pytest.mark.parametrize("entry", ENTRIES)
def test_a_single_entry(layout: str, entry: str) -> None:
    assert rows(LAYOUTS[layout]([entry]) + "\n") == [entry]


@pytest.mark.parametrize(
    "entries",
    [
        ["https://arxiv.org/abs/2005.14165", "doi:10.5555/ponds.7", "arXiv:1706.03762"],
        [
            "haddad et al, quiet ponds in winter, icpp 22",
            "smith et al, rivers are all you need, ponds 17",
            "li et al, herons, icpp 16",
        ],
        [
            "Herons at Dawn: A Study, Jia Li, Mei Sato and Ada Smith, ICPP09",
            "Quiet Ponds for Everyone, Omar Haddad and Jia Li, ICPP15",
        ],
        [
            "山田太郎『池の研究』池文庫、池書店、1950年",
            "田中花子『川の思想』川新書、川書店、1961年",
        ],
        [
            "张三. 池塘研究[M]. 北京: 池塘出版社, 2016.",
            "李四. 河流[J]. 河流学报, 2003, 21(2): 1-15.",
        ],
        [
            "DUPONT Michel, Surveiller les étangs. Naissance du héron, Paris, Éditions de l'Étang, coll. « Étangs », 1975, 318 p.",
            "DURAND Pierre, La Rivière. Critique du jugement, Paris, Éditions de l'Étang, 1979, 670 p.",
        ],
        [
            "Regulation (EU) 2016/999 of the European Parliament of 27 April 2016 on ponds, OJ L 119, 4.5.2016, p. 1–88.",
            "Heron v. Board of Ponds, 347 U.S. 483 (1954).",
        ],
    ],
)
def test_short_and_foreign_forms(entries: list[str]) -> None:
    assert rows("\n".join(entries) + "\n") == entries


def test_what_is_no_reference_is_named() -> None:
    text = "\n".join(
        ["Papers for the seminar", "", *ENTRIES[:2], "this one we should look at", *ENTRIES[2:4]]
    )
    text += "\n\nThis list was made in a hurry and is licensed under CC BY 4.0.\n"
    assert rows(text) == ENTRIES[:4]
    assert [(a, b, t[:9]) for a, b, t in passed(text)] == [(5, 5, "this one "), (9, 9, "This list")]


def test_nothing_found_is_told_line_by_line() -> None:
    assert [line for line, _, _ in passed("buy milk\ncall the herons\n")] == [1, 2]


@pytest.mark.parametrize("label", ["[{}] ", "{}. ", "- "])
def test_the_paragraph_below_the_last_entry(label: str) -> None:
    body = "\n\n".join(label.format(i) + r for i, r in enumerate(ENTRIES[:3], 1))
    text = (
        "## References\n\n"
        + body
        + "\n\nThis report was written in a hurry; its licence is CC BY 4.0.\n"
    )
    assert rows(text, "x.md") == ENTRIES[:3]
    assert len(passed(text, "x.md")) == 1


def test_running_text_is_no_list() -> None:
    text = (
        "We met in 2017 and spoke about ponds, which are quiet. It was not clear to us how they would freeze.\n\n"
        "In 2018 we met again; the ponds were still there, and we wrote this report about them.\n"
    )
    assert rows(text) == []


def test_markdown_in_a_text_file() -> None:
    text = "# Notes\n\nSome words.\n\n## Further reading\n\n" + LAYOUTS["bullets"](ENTRIES) + "\n"
    assert read(text.encode(), name="notes.txt").format == "markdown"
    assert rows(text, "notes.txt") == ENTRIES


@pytest.mark.parametrize(
    "text", ["# one comment\nx = 1\n", "a ** b ** c\n", "#!/bin/sh\n# a\n# b\n"]
)
def test_other_texts_are_not_markdown(text: str) -> None:
    assert read(text.encode(), name="notes.txt").format == "text"


def test_a_long_list() -> None:
    entries = [
        f"Smith, A. and Li, B. Ponds of the year number {i}. Journal of Ponds {i}, 1-{i}, 20{i % 20:02}."
        for i in range(1, 1001)
    ]
    assert rows("\n".join(entries) + "\n") == entries


@pytest.mark.parametrize("name", ["x.html", "x.md"])
def test_paragraphs_behind_the_last_label(name: str) -> None:
    lines = ["[1] A. Adam. Ponds in winter. Journal of Ponds 1(2), 3-9, 2001.", "[2] B. Brown. Lakes in winter. Journal of Ponds 2(2), 3-9, 2002.", "This report was written in a hurry and is licensed under CC BY 4.0.", "Contact the office for more of it."]  # fmt: skip
    marked = (
        "<h2>References</h2>" + "".join(f"<p>{line}</p>" for line in lines)
        if name == "x.html"
        else "## References\n\n" + "\n\n".join(lines)
    )
    assert [r.raw[:8] for r in find(read(marked.encode(), name=name))] == ["A. Adam.", "B. Brown"]


def test_an_address_is_the_whole_entry_where_a_sentence_follows() -> None:
    text = "## References\n\n[1] https://www.example.org/ponds.html\n\n[2] http://lakes.example.org/all/\nThis text is given by the office, and licensed under a Creative Commons License.\n"
    assert [r.raw for r in find(read(text.encode(), name="x.md"))] == [
        "https://www.example.org/ponds.html",
        "http://lakes.example.org/all/",
    ]


@pytest.mark.parametrize(
    "entry",
    [
        "MW Writer. 2019. Fitting ponds to data. Brain Ponds, 1720:14.",
        "K Anders Writer and Andreas C Lake. Expert and exceptional ponds: Evidence of maximal adaptation. Annual Ponds, 47(1):273–305.",
        "ŽEČIĆ, Matej et al. Lakes may talk but they are not wet: a study. arXiv preprint arXiv:2308.10067. 2023.",
    ],
)
def test_people_of_all_kinds(entry: str) -> None:
    assert rows(entry + "\n") == [entry]


ADDRESS = "https://www.herons.example.org/some/page.html"


@pytest.mark.parametrize("place", range(1, len(ENTRIES) + 1))
@pytest.mark.parametrize("address", [ADDRESS, f"<{ADDRESS}>", "doi:10.5555/ponds.12"])
def test_a_paragraph_that_is_an_address_is_an_entry_of_its_own(address: str, place: int) -> None:
    """Above it the paragraphs need no full stop to be whole."""
    entries = [entry.rstrip(".") for entry in ENTRIES]
    entries.insert(place, address)
    assert rows("\n\n".join(entries)) == entries
    assert rows("Literature\n\n\n" + "\n\n".join(map(narrow, entries)) + "\n") == entries


def test_an_address_ends_a_short_list_of_paragraphs() -> None:
    entries = [
        "Haddad OP, Sato M. Ponds: A method for quiet water. arXiv:1412.69800",
        "Smith, Brandt, Jones. Deep Ponds. River Press 2016.",
        ADDRESS,
    ]
    assert rows("\n\n".join(entries)) == entries
    assert rows("\n\n".join(entries[1:])) == entries[1:]
    between = [ENTRIES[0], ADDRESS, ENTRIES[3]]
    assert rows("\n\n".join(between)) == between


def test_addresses_below_each_entry_belong_to_it() -> None:
    pairs = [f"{entry}\n\nhttps://ponds.example.org/{i}" for i, entry in enumerate(ENTRIES[:4])]
    found = rows("\n\n".join(pairs))
    assert not any(raw.startswith("http") for raw in found)


def test_a_paragraph_that_breaks_off_goes_on_in_the_address_below() -> None:
    broken = f"{ENTRIES[1].rstrip('.')}. Available at"
    found = rows("\n\n".join([ENTRIES[0], broken, ADDRESS, ENTRIES[3]]))
    assert ADDRESS not in found


def test_addresses_of_any_end_and_one_below_the_other() -> None:
    addresses = [f"{ADDRESS}/", "https://herons.example.org/a", "https://herons.example.org/b"]
    text = "\n\n".join([*ENTRIES[:2], addresses[0], "\n".join(addresses[1:]), ENTRIES[3]])
    assert rows(text) == [*ENTRIES[:2], *addresses, ENTRIES[3]]


def test_a_note_that_hides_the_layout_runs_no_paragraphs_together() -> None:
    note = "Brandt, J. et al. POND: Long reading of deep bidirectional waters and\nfor river understanding. Ponds 2019. A note of mine stands\nhere, The text\nis wrapped by hand."
    paragraphs = [
        "Jo, K., Zhu, X., Rey, S., Su, J.: Deep residual ponds for heron recognition. POND 2016",
        "Haddad OP, Ba J. Ponds: A method for quiet water. arXiv:1412.69800",
        "Goodwell, Brandt, Courtly. Deep Ponds. River Press 2016.",
        'Smith, John and Doe, Jane. "On nothing in particular." Private notes, 2003.',
        "Sato Y, Brandt Y, Hill G (2015) Deep ponds. Pond Letters 521:436–444",
        ADDRESS,
    ]
    text = "\n\n".join([*paragraphs, note])
    named = [row for _, _, row in passed(text)]
    for paragraph in paragraphs:
        assert paragraph in rows(text) + named


@pytest.mark.parametrize("label", ["[1]", "[1] a", "1. A", "(1) Doe, J. (2001). On ponds."])
def test_numbers_that_begin_anew_in_every_line(label: str) -> None:
    rows(f"References\n\n{label}\n" * 600)
    rows(f"References\n\n{label}\n\n" + f"{label}\n\n" * 600)
    rows(f"References\n\n{label}\n" + f"{label}\n" * 600)
