"""Both sides of the limits by which lists are found: how deep an indent, how many labels, how much prose, how near a list."""

from __future__ import annotations

import pytest
from builders import typed_lines

from citenorm.find import citations, find
from citenorm.find.entry_starts import _hanging
from citenorm.find.labels import labels_of
from citenorm.find.lines import HUGE, Line, lines_of
from citenorm.find.list_item import shape
from citenorm.find.outside_lists import _candidate
from citenorm.find.sections import _holds_references, sections
from citenorm.find.split import entry, split
from citenorm.find.whole_list import listed, units_of
from citenorm.model import Document
from citenorm.read import read

A = "Brook, A. Quiet ponds. Pond Letters, 2001."
B = "Weir, D. Nets of the north and the south. Net News, 1999."
C = "Reed, C. Frogs. Oslo: Elm, 1987."
PROSE = "The ponds were quiet and we did not know what they would say about it."


def indented(by: float, *texts: str) -> list[Line]:
    """Every second line further in."""
    out = typed_lines(*texts)
    for line in out[1::2]:
        line.indent = by
    return out


# ------------------------------------------------------------------ indents
@pytest.mark.parametrize(("by", "entries"), [(0.5, 4), (0.9, 4), (1.0, 2), (1.5, 2), (3.0, 2)])
def test_how_deep_an_indent_hangs(by, entries):
    made = units_of(indented(by, A, "and more of it", B, "and more of it"))
    assert made is None or len(made) == entries
    if by >= 1:
        assert [u.text for u in made] == [A + " and more of it", B + " and more of it"]


@pytest.mark.parametrize(("by", "held"), [(0.9, False), (1.0, True), (1.5, True)])
def test_labels_above_lines_that_hang(by, held):
    # the second line is short: only its indent says that it goes on
    body = typed_lines(f"[1] {A}", "and more", "of it all together", f"[2] {B}")
    for line in body[1:3]:
        line.indent = by
    assert (units_of(body) is not None) is held


def test_an_indent_of_first_lines():
    body = typed_lines(A, "and more of it", B, "and more of it")
    for line in body[::2]:
        line.indent = 1.5
    assert [u.text for u in units_of(body)] == [A + " and more of it", B + " and more of it"]
    for line in body[::2]:
        line.indent = 0.5
    made = units_of(body)
    assert made is None or len(made) != 2


def test_items_with_an_edge_of_their_own():
    item = typed_lines(
        "Brook, A. Quiet ponds of the north", "  and the south, 2001.", kind="item", block=3
    )
    item[0].first = True
    assert [u.text for u in units_of(item)] == [
        "Brook, A. Quiet ponds of the north and the south, 2001."
    ]


def test_blank_lines_within_numbered_entries():
    # many entries are broken by blank lines: a paragraph is no entry of its own
    broken = []
    for n in range(1, 5):
        broken += [
            f"[{n}] Brook, A. Quiet ponds of the north",
            "",
            "and of the south, Pond Letters, 2001.",
            "",
        ]
    made = units_of(typed_lines(*broken))
    assert made is not None and [u.label for u in made] == ["1", "2", "3", "4", ""]
    once = [f"[1] {A}", "", "A remark of its own", "", *(f"[{n}] {A}" for n in range(2, 8))]
    assert [u.label for u in units_of(typed_lines(*once))] == [
        "1",
        "",
        "2",
        "3",
        "4",
        "5",
        "6",
        "7",
    ]


# ------------------------------------------------------------------ shares
@pytest.mark.parametrize(
    ("good", "poor", "found"),
    [(3, 0, True), (3, 1, True), (3, 2, False), (5, 2, True), (2, 4, False), (1, 3, False)],
)
def test_how_many_entries_must_read_as_references(good, poor, found):
    texts = []
    for i in range(good):
        texts += [(A, B, C)[i % 3], ""]
    for _ in range(poor):
        texts += [PROSE, ""]
    assert (listed(typed_lines(*texts)) is not None) is found


@pytest.mark.parametrize(
    ("labels", "between", "counted"),
    [(4, 0, True), (4, 17, True), (4, 18, False), (3, 19, True), (3, 20, False)],
)
def test_how_far_labels_may_stand_apart(labels, between, counted):
    texts = []
    for n in range(1, labels + 1):
        texts += [f"{n}. {A}", *(["more of it"] * between if n < labels else [])]
    assert bool(labels_of(typed_lines(*texts))) is counted


@pytest.mark.parametrize(
    ("numbers", "counted"),
    [([1, 2, 3, 4, 5], True), ([1, 2, 3, 5, 6], True), ([1, 3, 5, 7, 9], False), ([1, 2, 4, 6, 7], False), ([1, 2, 3, 5, 7, 8], True)],
)  # fmt: skip
def test_how_many_numbers_may_be_lost(numbers, counted):
    assert bool(labels_of(typed_lines(*(f"{n}. {A}" for n in numbers)))) is counted


@pytest.mark.parametrize(
    ("text", "fair"),
    [
        ("Brook et al., “Quiet ponds”, PNAS", True),
        ("Brook et al. on ponds which were said to be quiet and are not", False),
        ("Quiet ponds, CVPR16", False),
        ("Quiet ponds of the north", False),
    ],
)
def test_short_entries(text, fair):
    assert shape(text).fair is fair


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Brook et al. on ponds which were said to be quiet and are not", True),  # short, with people and "et al."
        ("Brook et al. on ponds which were said to be quiet and are not, " + "as it was so" * 6, False),
        ("quiet ponds which are deep, Brook et al.", False),
        ("Quiet ponds which it was, 2001, Brook et al.", True),
    ],
)  # fmt: skip
def test_prose_in_short_entries(text, words):
    assert shape(text).words is words


@pytest.mark.parametrize(
    ("good", "poor", "kind", "gap", "held"),
    [
        (0, 4, "maybe", 0, False),
        (2, 2, "maybe", 0, True),  # half of the lines
        (2, 3, "maybe", 0, False),
        (3, 3, "maybe", 0, True),
        (4, 3, "maybe", 1, True),
        (1, 4, "list", 0, True),  # one line in five
        (1, 5, "list", 0, False),
        (0, 4, "list", 0, False),
        (0, 0, "list", 0, False),
    ],
)
def test_how_many_lines_below_a_heading_must_speak_for_references(good, poor, kind, gap, held):
    body = typed_lines(*[C] * good, *["The ponds were quiet and we saw"] * poor)
    for line in body:
        line.width, line.gap = line.width + 1, gap  # set in type: the layout tells nothing
    assert _holds_references(body, 0, len(body), kind) is held


@pytest.mark.parametrize(("good", "poor", "held"), [(2, 3, True), (2, 4, False), (0, 2, False)])
def test_how_many_paragraphs_below_a_doubtful_heading_must_be_references(good, poor, held):
    body = typed_lines(*[C] * good, *["The ponds that we saw in 2001"] * poor)
    for line in body:
        line.width, line.gap = line.width + 1, 1
    assert _holds_references(body, 0, len(body), "maybe") is held


@pytest.mark.parametrize(
    ("by", "hang"),
    [(0.9, 0.0), (1.0, 1.0), (12.0, 12.0), (12.1, 0.0)],
)
def test_how_wide_an_indent_of_a_list_is(by, hang):
    assert _hanging(indented(by, A, "more", B, "more")) == (hang, 0.0)
    assert _hanging(indented(by, A, "more")) == (0.0, 0.0), "two lines"
    assert _hanging(indented(by, A, "more", B)) == (hang, 0.0), "three"
    assert _hanging(typed_lines(A, "more", B, "more")) == (0.0, 0.0)
    ten = typed_lines(*[A] * 10)
    ten[1].indent = 3.0
    assert _hanging(ten) == (0.0, 0.0), "one line in ten"
    ten[2].indent = 3.0
    assert _hanging(ten) == (3.0, 0.0), "two of them"
    ten[3].indent = ten[4].indent = 9.0
    assert _hanging(ten) == (0.0, 0.0), "at different edges"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Brook, A. Pond. Elm J. 3, 2001", True),  # thirty letters
        ("Brook, A. Pon. Elm J. 3, 2001", False),
    ],
)
def test_how_long_a_reference_in_a_text_may_be(text, found):
    text = text.strip()
    assert (_candidate(text, typed_lines(text)) is not None) is found


# ------------------------------------------------------------------ where a list ends
def bodies(text, name):
    document = read(text.encode(), name=name)
    found = lines_of(document)
    return [[x.text for x in found[s.begin : s.end]] for s in sections(found, document.format)]


@pytest.mark.parametrize(
    ("below", "ends"),
    [
        ("## Next", True),
        ("# Next", True),
        ("### Next", False),
        ("## References", True),
        ("## Appendix A", True),
    ],
)
def test_headings_below_a_list_of_markdown(below, ends):
    text = f"# Text\n\n{PROSE}\n\n## Bibliography\n\n- {A}\n- {B}\n\n{below}\n\n- {C}\n"
    assert (C not in bodies(text, "a.md")[0]) is ends


def test_two_headings_of_one_list():
    text = f"# References\n\n## Bibliography\n\n- {A}\n- {B}\n"
    assert bodies(text, "a.md")[-1][-2:] == [A, B]


def test_what_stands_above_the_first_label():
    above = "Fox, G. and Hart, I. (1979). Foxes at the pond. Fox Press, 30-41."
    made = split(
        "\n".join([above, f"[2] {A}", f"[3] {B}"]),
        typed_lines(above, f"[2] {A}", f"[3] {B}"),
        "text",
    )
    assert [e.text for e in made] == [above, A, B]
    nine = ["Words of a text"] * 9
    made = split(
        "\n".join([*nine, f"[2] {A}", f"[3] {B}"]),
        typed_lines(*nine, f"[2] {A}", f"[3] {B}"),
        "text",
    )
    assert [e.label for e in made] == ["2", "3"]
    block = typed_lines(above, "Some words", f"[2] {A}", f"[3] {B}", first=True)
    made = split("\n".join([above, "Some words", f"[2] {A}", f"[3] {B}"]), block, "markdown")
    assert [e.text for e in made] == [above, A, B]


def test_entries_are_scored():
    assert entry(A, 0, len(A)).score > 1 > 0 > entry(PROSE, 0, len(PROSE)).score


# ------------------------------------------------------------------ long texts
def test_lines_of_long_texts_far_from_any_sign_are_passed_over():
    prose = "the pond was quiet and cold in winter\n"
    filler = prose * (HUGE // len(prose) + 1)
    document = Document("a", "text", f"{filler}[1] {A}\n")
    found = lines_of(document)
    assert found[-1].text == f"[1] {A}" and 100 < len(found) < 3000
    short = Document("a", "text", prose * 100)
    assert len(lines_of(short)) == 100
    assert found[0].start > HUGE // 2, "what stands at the top is far from it too"


def test_gaps_are_counted_in_blank_lines():
    found = lines_of(Document("a", "text", "a b\nc d\n\ne f\n\n\ng h\n"))
    assert [x.gap for x in found] == [1, 0, 1, 2]


# ------------------------------------------------------------------ citations of several lists
TWO = f"""First part cites [1] and [2].

## References

[1] {A}

[2] {B}

# Second part

It cites [1] and [2] too.

## References

[1] {C}

[2] Fox, G. Foxes at the pond. Fox Press, 1979.
"""


def test_a_label_means_the_next_list_below():
    document = read(TWO.encode(), name="a.md")
    found = find(document)
    cited = [(c.names, [found[t].raw for t in c.targets]) for c in citations(document, found)]
    assert cited[:2] == [(("1",), [A]), (("2",), [B])] and cited[2] == (("1",), [C])


def test_footnotes_are_cited_where_the_list_has_them():
    text = f"Ponds are quiet.[^brook] And cold.[^nobody]\n\n## References\n\n[^brook]: {A}\n\n[^weir]: {B}\n"
    document = read(text.encode(), name="a.md")
    found = find(document)
    names = [n for c in citations(document, found) for n in c.names]
    assert "nobody" not in names
