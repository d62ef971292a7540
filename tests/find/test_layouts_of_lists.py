"""How lines of a list are divided into entries by their layout, and when a layout says nothing."""

from __future__ import annotations

import pytest
from builders import typed_lines

from citenorm.find.whole_list import (
    Unit,
    _heading_like,
    as_printed,
    listed,
    paragraphs,
    titles,
    units_of,
)

A = "Brook, A. Quiet ponds. Pond Letters, 2001."
B = "Weir, D. Nets of the north and the south. Net News, 1999."
C = "Reed, C. Frogs. Oslo: Elm, 1987."
D = "Fox, G. Foxes at the pond. Fox Press, 1979."
PROSE = "The ponds were quiet and we did not know what they would say about it."


def divided(*texts, **more):
    found = units_of(typed_lines(*texts), **more)
    return None if found is None else [(u.label, u.text) for u in found]


def entries(*texts, **more):
    found = listed(typed_lines(*texts), **more)
    return None if found is None else [u.text for u in found]


def plain(*texts):
    return [("", text) for text in texts]


@pytest.mark.parametrize(
    ("why", "texts", "units"),
    [
        ("labels", [f"[1] {A}", f"[2] {B}"], [("1", A), ("2", B)]),
        ("labels, wrapped to the margin", [f"[1] {A}", f"[2] {B[:30]}", f"    {B[30:].strip()}"], [("1", A), ("2", B[:30].strip() + " " + B[30:].strip())]),
        ("labels, not wrapped", [f"[1] {A}", "a remark", "that goes on and on", f"[2] {B}"], None),
        ("labels and a paragraph between", [f"[1] {A}", "", "A remark of its own", "", f"[2] {B}"], [("1", A), ("", "A remark of its own"), ("2", B)]),
        ("paragraphs in one of three entries", [f"[1] {A}", "", "A remark of its own", "", f"[2] {B}", f"[3] {C}"], [("1", A), ("", "A remark of its own"), ("2", B), ("3", C)]),
        ("paragraphs in three of eleven entries", [x for n in range(1, 12) for x in (f"[{n}] {A}", *(["", "A remark of its own", ""] if n % 4 == 0 or n == 1 else []))], [u for n in range(1, 12) for u in ((str(n), A), *([("", "A remark of its own")] if n % 4 == 0 or n == 1 else []))]),
        ("first lines further in that go on", ["   " + A, "and more of it", "   and on it goes", "and more"], None),
        ("an entry above the labels", [C, "", f"[1] {A}", f"[2] {B}"], [("", C), ("1", A), ("2", B)]),
        ("labels on lines of their own", ["[1]", A, "[2]", B], [("1", A), ("2", B)]),
        ("two numbered lists", [f"1. {A}", f"2. {B}", "", f"1. {C}", f"2. {D}"], [("1", A), ("2", B), ("1", C), ("2", D)]),
        ("a hanging indent", [A, "   and more of it", B, "   and more"], plain(A + " and more of it", B + " and more")),
        ("an indent of first lines", ["   " + A, "and more of it", "   " + B, "and more"], plain(A + " and more of it", B + " and more")),
        ("blank lines", [A, "", B, "", C], plain(A, B, C)),
        ("one a line", [A, B, C], plain(A, B, C)),
        ("two lines of two entries", [A, B], plain(A, B)),
        ("one entry in two full lines", ["Brook, A. Quiet ponds of the north and the", "unfathomable south. Pond Letters, 2001."], plain("Brook, A. Quiet ponds of the north and the unfathomable south. Pond Letters, 2001.")),
        ("wrapped without a mark", ["Brook, A. Quiet ponds of the north and the", "unfathomable south. Pond Letters, 2001.", "Weir, D. Nets of the cold north and of the", "unfathomable east. Net News, 1999."], None),
        ("addresses", ["https://a.org/1", "https://a.org/2", "https://a.org/3"], plain("https://a.org/1", "https://a.org/2", "https://a.org/3")),
        ("an address below an entry", [A, "https://a.org/1"], plain(A + " https://a.org/1")),
        ("identifiers and a slip", ["10.1000/a", "10.1000/b", "10.x"], plain("10.1000/a", "10.1000/b", "10.x")),
    ],
)  # fmt: skip
def test_layouts(why, texts, units):
    assert divided(*texts) == units, why


def test_labels_behind_three_numbered_lists_are_text():
    labelled = [f"[1] {A}", "", f"[2] {B}"]
    assert divided(*labelled, within=2) == [("1", A), ("2", B)]
    assert divided(*labelled, within=3) == plain(*labelled[::2])


@pytest.mark.parametrize(
    ("texts", "label", "head"),
    [
        (["Books:"], "", True),
        (["Bibliography"], "", True),
        (["Quiet ponds"], "", False),
        (["Quiet ponds", "and papers:"], "", False),  # two lines
        (["Books:"], "1", False),
        (["x" * 59 + ":"], "", True),
        (["x" * 60 + ":"], "", False),
    ],
)
def test_headings_among_entries(texts, label, head):
    assert _heading_like(Unit(typed_lines(*texts), label)) is head


def test_lines_set_in_type_are_not_measured_by_their_letters():
    drawn = typed_lines(A, B, C)
    for line in drawn:
        line.width += 1
    assert units_of(drawn) is None


def test_an_address_that_fills_its_line_is_the_entry():
    assert divided("[1] https://a.org/1", "    This is what we read for the course.", f"[2] {A}")[0] == ("1", "https://a.org/1")  # fmt: skip
    assert divided("[1] https://a.org/1", "    Brook, A. Ponds. 2001.", f"[2] {A}")[0] == ("1", "https://a.org/1 Brook, A. Ponds. 2001.")  # fmt: skip


def test_items_and_blocks_stand_alone():
    items = typed_lines(A, B, C, kind="item", first=True)
    assert [len(g) for g in paragraphs(items)] == [1, 1, 1]
    block = typed_lines(A, B, C)
    for line, number in zip(block, (0, 0, 1), strict=True):
        line.block, line.first = number, line.text != B
    assert [len(g) for g in paragraphs(block)] == [2, 1]
    headed = typed_lines("Ponds", A, B)
    headed[0].kind = "heading"
    assert [len(g) for g in paragraphs(headed)] == [1, 2]
    assert [len(g) for g in paragraphs(typed_lines("[1]", "", A, "", B))] == [2, 1]
    assert [len(g) for g in paragraphs(typed_lines("[1]", "", "", A))] == [1, 1]


@pytest.mark.parametrize(
    ("texts", "count"),
    [
        ([A, B], 0),
        (["References", A, B], 1),
        (["Papers that we read:", A, B], 1),
        (["Papers that we read", "", A, B], 1),
        (["Papers that we read", A, B], 0),
        (["My list.", "", A, B], 0),
        (["My list", "", "References", "", A], 2),
        (["[1] x", "", A], 0),
        ([A, "", B], 0),
        (["x" * 90, "", A], 0),
        (["a", "", "b", "", "c", "", "d", "", "e", "", A], 4),
        (["References"], 1),
        ([], 0),
    ],
)
def test_titles_above_a_list(texts, count):
    assert titles(typed_lines(*texts)) == count


@pytest.mark.parametrize(
    ("why", "texts", "more", "found"),
    [
        ("a list", [A, B, C], {}, [A, B, C]),
        ("its title", ["References", A, B, C], {}, [A, B, C]),
        ("prose", [PROSE, "", PROSE, "", PROSE], {}, None),
        ("half prose", [A, "", PROSE, "", B, "", PROSE, "", PROSE], {}, None),
        ("a note among entries", [A, "", B, "", PROSE, "", C], {"sure": True}, [A, B, C]),
        ("a heading among entries", [A, "", B, "", "Further reading", "", C, "", D], {}, [A, B, C, D]),
        ("one entry", [A], {}, [A]),
        ("two of five under a heading", [A, "", B, "", "Ponds by Brook, CVPR16", "", "Nets by Brook, ICML 2019", "", "Frogs by Reed, KDD 2018"], {"sure": True}, [A, B, "Ponds by Brook, CVPR16", "Nets by Brook, ICML 2019", "Frogs by Reed, KDD 2018"]),
        ("one line of prose", [PROSE], {"sure": True}, None),
        ("one poor entry", ["Brook, Anna. Ponds."], {}, None),
        ("one poor entry under a heading", ["Brook, Anna. Ponds. Oslo: Elm."], {"sure": True}, ["Brook, Anna. Ponds. Oslo: Elm."]),
        ("broken off", [A + " and", "", B + " and", "", C], {}, None),
        ("goes on", [A, "", "and of the north, in 2001", "", "pp. 3 and the rest"], {}, None),
        ("addresses below each entry", [A, "", "https://a.org/1", "", B, "", "https://a.org/2"], {}, None),
        ("nothing", [], {}, None),
    ],
)  # fmt: skip
def test_lists_of_references(why, texts, more, found):
    assert entries(*texts, **more) == found, why


def test_code_and_tables_are_no_lists():
    for kind in ("code", "table"):
        assert listed(typed_lines(A, B, C, kind=kind)) is None


def test_what_stands_behind_the_last_label_tells_nothing_under_a_heading():
    texts = [f"[1] {A}", f"[2] {B}", "", PROSE, "", PROSE, "", PROSE, "", PROSE]
    assert entries(*texts, sure=True) == [A, B]
    assert entries(*texts) is None


def test_typed_blocks_become_paragraphs():
    block = typed_lines(A, B, "", "$ ls -l", "", PROSE, "", C, kind="code")
    as_printed(block, 0, len(block))
    assert [(x.kind, x.first) for x in block] == [("paragraph", True), ("paragraph", False), ("code", False), ("code", False), ("paragraph", True)]  # fmt: skip
    left = typed_lines(A, B, kind="code")
    as_printed(left, 0, 0)
    assert [x.kind for x in left] == ["code", "code"]
