"""Which part of a document holds a list, what of it is passed over, and works that are named by a title and a link."""

from __future__ import annotations

import pytest

from citenorm.find import find
from citenorm.find.lines import Line, lines_of
from citenorm.find.paper_lists import _fields, _venue
from citenorm.find.plain_text import _in_list, _label_of, _least, _made, _runs, _singles, _stop
from citenorm.find.sections import sections
from citenorm.find.split import Entry
from citenorm.find.untaken import untaken
from citenorm.model import Document
from citenorm.read import read

A = "Brook, A. Quiet ponds of the north. Pond Letters, 2001."
B = "Weir, D. Nets of the north and the south. Net News, 1999."
C = "Reed, C. Frogs of the east. Oslo: Elm, 1987."
PROSE = "The ponds were quiet and we did not know what they would say about it."


# ------------------------------------------------------------------ sections
def parts(text, name="a.txt"):
    document = read(text.encode(), name=name)
    lines = lines_of(document)
    return [
        (s.heading, s.sure, [x.text for x in lines[s.begin : s.end]])
        for s in sections(lines, document.format)
    ]


LIST = f"{A}\n\n{B}\n\n{C}\n"


@pytest.mark.parametrize(
    ("why", "text", "found"),
    [
        ("a list", f"{PROSE}\n\nReferences\n\n{LIST}", [("References", True, [A, B, C])]),
        ("what follows it", f"References\n\n{LIST}\nAppendix A\n\n{PROSE}\n", [("References", True, [A, B, C])]),
        ("two lists", f"References\n\n{A}\n\nBibliography\n\n{B}\n", [("References", True, [A]), ("Bibliography", True, [B])] ),
        ("further reading", f"Further reading\n\n{LIST}", [("Further reading", False, [A, B, C])]),
        ("further reading that is none", f"Further reading\n\n{PROSE}\n\n{PROSE}\n", []),
        ("a heading above prose", f"References\n\n{PROSE}\n\n{PROSE}\n", []),
        ("nothing below", f"{LIST}\nReferences\n", []),
        ("no heading", LIST, []),
    ],
)  # fmt: skip
def test_sections_of_a_text(why, text, found):
    made = parts(text)
    if (
        why == "two lists"
    ):  # a second heading within the stretch of the first is looked at by itself or with it
        assert [x for _, _, body in made for x in body if x in (A, B)] == [A, B]
    else:
        assert made == found, why


def test_sections_of_markdown_end_at_a_heading_of_their_rank():
    text = f"# Text\n\n{PROSE}\n\n## References\n\n{A}\n\n### Books\n\n{B}\n\n## Next\n\n{C}\n"
    ((heading, sure, body),) = parts(text, "a.md")
    assert heading == "References" and sure and A in body and B in body and C not in body
    bold = f"# Text\n\n{PROSE}\n\nReferences\n\n1. {A}\n2. {B}\n"
    assert [p[2] for p in parts(bold, "a.md")] == [[A, B]]


# ------------------------------------------------------------------ what is passed over
def passed(text, name="a.txt"):
    document = read(text.encode(), name=name)
    found = find(document)
    return [text for r in found for _, _, text in r.untaken]


def test_what_lists_hold_beside_references():
    assert passed(f"References\n\n{A}\n\n{PROSE}\n\n{B}\n\n{C}\n") == [PROSE]
    assert passed(f"References\n\n{LIST}") == []
    assert passed(f"{PROSE}\n\n{PROSE}\n\nReferences\n\n{A}\n\n{B}\n\n{C}\n") == []
    assert passed(f"{A}\n\nsee the page of the group\n\n{B}\n\n{C}\n") == [
        "see the page of the group"
    ]


def direct(lines, taken, format="text"):
    document = Document("a", format, "\n".join(x.text for x in lines))
    return [text for *_, text in untaken(document, lines, [], taken)]


def typed(*texts):
    out, at = [], 0
    for text in texts:
        out.append(Line(at, at + len(text), text, gap=1, width=float(len(text))))
        at += len(text) + 1
    return out


def test_formats_and_shares():
    lines = typed(A, "some words of a note", B)
    spans = [(lines[0].start, lines[0].end), (lines[2].start, lines[2].end)]
    assert direct(lines, spans) == ["some words of a note"]
    for format in ("pdf", "latex", "bibtex"):
        assert direct(lines, spans, format) == []
    assert direct(typed(A, PROSE, PROSE, PROSE), [(0, len(A))]) == []  # mostly prose
    assert direct(typed("a note on the ponds", "another note on them"), []) == [
        "a note on the ponds",
        "another note on them",
    ]
    assert direct(typed(PROSE, PROSE), []) == []
    assert direct([], []) == []


# ------------------------------------------------------------------ printed text
def test_lines_are_parted_by_their_tags():
    assert _runs("OOBIIBOI") == [(0, 2), (2, 5), (5, 6), (6, 7), (7, 8)]
    assert _runs("") == [] and _runs("BB") == [(0, 1), (1, 2)]
    assert (
        _in_list("OBOO", 3, 4)
        and not _in_list("OOBO", 2, 3)
        and _in_list("B" + "O" * 11 + "B", 12, 13)
    )
    assert not _in_list("B" + "O" * 12 + "B", 13, 14) and _in_list("BO" + "O" * 10 + "B", 0, 1)


def test_what_a_heading_ends():
    lines = typed(A, "Appendix", "and more", "on", B)
    lines[3].gap = 0
    tags = list("BIIIB")
    _stop(lines, tags)
    assert tags == list("BOOOB")
    tags = list("BIIIB")
    lines[1].gap = 0
    _stop(lines, tags)
    assert tags == list("BIIIB")


def test_the_score_that_is_needed():
    assert _least(Entry(0, 9, A, "1"), False) == -6.0
    assert _least(Entry(0, 9, "words", "1"), False) == -3.0
    assert _least(Entry(0, 9, A), True) == -3.0 and _least(Entry(0, 9, A), False) == 1.0


def test_entries_of_printed_lines():
    texts = ["[7]", A, "[0] " + B, "12", C, "Corresponding author: a@b.org"]
    lines = typed(*texts)
    whole = "\n".join(texts)
    label = _label_of(lines[0], 0)
    assert (label.text, label.length) == ("7", 3)
    one = _made(whole, lines, 0, 2, {0: label})
    assert (one.label, one.text) == ("7", A)
    assert _made(whole, lines, 2, 3, {0: label}).text == B
    assert _made(whole, lines, 2, 3, {}).text == "[0] " + B
    bare = _made(whole, lines, 3, 6, {})
    assert (bare.label, bare.text) == ("12", C)


def test_paragraphs_with_one_reference_a_line():
    lines = typed("References", "Brook, A. Ponds. 2001.", B, "Reed, C. Frogs. 1987.", PROSE)
    for line in lines[1:4]:
        line.gap = 0
    assert _singles(lines, "OBIIO") == {1, 2, 3}
    assert _singles(lines, "OIIIO") == set()


# ------------------------------------------------------------------ a title and a link
@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("ICML 2019", {"container-title": "ICML", "issued": {"date-parts": [[2019]]}}),
        ("Journal of Ponds 12 (2021)", {"container-title": "Journal of Ponds", "volume": "12", "issued": {"date-parts": [[2021]]}}),
        ("2021", {"issued": {"date-parts": [[2021]]}}),
        ("arXiv 2021", {"issued": {"date-parts": [[2021]]}} ),
        ("Brook, A. and Weir, D. 2021", {}),
        ("on ponds", {}),
        ("", {}),
    ],
)  # fmt: skip
def test_venue_and_year_of_a_line(text, fields):
    found = _venue(text)
    if text.startswith("arXiv"):  # it begins with a small letter
        assert "container-title" not in found
    else:
        assert found == fields


def test_fields_of_a_tag():
    assert _fields("SOSP'", "23") == {"container-title": "SOSP", "issued": {"date-parts": [[2023]]}}
    assert _fields("Paper", None) == {} and _fields(None, "2019") == {
        "issued": {"date-parts": [[2019]]}
    }
    assert _fields("Pond Letters, vol. 7", None) == {
        "container-title": "Pond Letters",
        "volume": "7",
    }


LINK, OTHER = "https://doi.org/10.5555/ponds.7", "https://github.com/ponds/code"
FRAME = "# Reading\n\nSome words on the reading group, which meets on Mondays.\n\n{}\n\nMore words on it, and on the weather that we had.\n"


def listed(item):
    found = find(read(FRAME.format(item).encode(), name="a.md"))
    return [
        (r.raw, r.context.get("title", ""), r.context.get("container-title", "")) for r in found
    ]


@pytest.mark.parametrize(
    ("why", "item", "found"),
    [
        ("a title that links", f"- [Quiet Ponds in Winter]({LINK})", [("Quiet Ponds in Winter", "Quiet Ponds in Winter", "")]),
        ("to code", f"- [Quiet Ponds in Winter]({OTHER})", []),
        ("a caption that links", f"- Quiet Ponds in Winter [pdf]({LINK})", [("Quiet Ponds in Winter", "Quiet Ponds in Winter", "")]),
        ("its venue behind", f"- [Quiet Ponds in Winter]({LINK}), ICML 2019", [("Quiet Ponds in Winter, ICML 2019", "", "")]),
        ("words in front", f"- New results: [Quiet Ponds in Winter]({LINK})", [("Quiet Ponds in Winter", "Quiet Ponds in Winter", "")]),
        ("a sentence in front", f"- As we have seen before in the course, [Quiet Ponds in Winter]({LINK})", []),
        ("a picture", f"- [Figure of the pond]({LINK})", []),
        ("a long item", f"- [Quiet Ponds in Winter]({LINK}) " + "and so on " * 45, []),
        ("code", f"```\n[Quiet Ponds in Winter]({LINK})\n```", []),
        ("a table", f"| Paper | Venue |\n|---|---|\n| [Quiet Ponds in Winter]({LINK}) | ICML 2019 |", [("Quiet Ponds in Winter", "Quiet Ponds in Winter", "ICML")]),
    ],
)  # fmt: skip
def test_works_named_by_a_title_and_a_link(why, item, found):
    assert listed(item) == found, why


def test_a_reference_below_what_it_is_about():
    text = f"- [On ponds]({LINK})\n  - Brook, A. and Weir, D. Quiet ponds of the north. Pond Letters, 2001."
    assert [raw for raw, _, _ in listed(text)] == [
        "Brook, A. and Weir, D. Quiet ponds of the north. Pond Letters, 2001."
    ]
