"""Shares, distances and lengths by which lines are told apart, both sides of each limit, on pages made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import typed_lines

from citenorm.find import passed_over
from citenorm.find.context import announced
from citenorm.find.entry_starts import _alphabet, begin_scores
from citenorm.find.headings import heading_kind
from citenorm.find.labels import Label, _rising, labels_of, numbering
from citenorm.find.line_features import (
    FAR,
    _above,
    _around,
    _drawn,
    _full_widths,
    _near,
    _order,
    _own,
    seen,
)
from citenorm.find.line_tagger import best_path
from citenorm.find.lines import Line
from citenorm.find.mentions import _introduces, _Titles
from citenorm.find.one_per_line import one_a_line
from citenorm.find.outside_lists import _candidates, _new_page, loose
from citenorm.find.paper_lists import _three_lines
from citenorm.find.plain_text import _made
from citenorm.find.sections import _end, _holds_references, _rest, sections
from citenorm.find.split import split
from citenorm.find.whole_list import Unit, _flush, listed, paragraphs, titles, units_of
from citenorm.model import Document
from citenorm.read import read

A = "Brook, A. Quiet ponds. Pond Letters, 2001."
B = "Weir, D. Nets of the north and the south. Net News, 1999."
C = "Reed, C. Frogs. Oslo: Elm, 1987."
PROSE = "The ponds were quiet and we did not know what they would say about it."


def page(count: int, *texts: str, **more: float) -> list[Line]:
    """So many lines of a printed page, the texts in turn."""
    lines = typed_lines(*(texts[i % len(texts)] for i in range(count)))
    for line in lines:
        line.width = 60.0
        for name, value in more.items():
            setattr(line, name, value)
    return lines


def trait(lines: list[Line], i: int, name: str) -> str:
    return next((t.partition("=")[2] for t in seen(lines)[i] if t.startswith(f"{name}=")), "none")


# ------------------------------------------------------------------ where a line stands on its page
@pytest.mark.parametrize(
    ("name", "limits"),
    [
        ("indent", (0.5, 1.5, 3.5, 7, 14, 25, 60)),
        ("step", (0.01, 0.9, 1.04, 1.12, 1.25, 1.5, 2.0)),
        ("type", (0.8, 0.95, 1.05, 1.2)),
    ],
)
def test_how_far_in_how_low_and_how_large_a_line_is(name, limits):
    lines = page(3, A, B, C, type=1.0)
    for count, limit in enumerate(limits, 1):
        for value, told in ((limit, count), (limit - 0.005, count - 1)):
            setattr(lines[1], name, value)
            assert trait(lines, 1, name) == str(told), value


@pytest.mark.parametrize(
    ("width", "full", "reached"),
    [(20.9, 0, 0), (21, 1, 0), (35.9, 1, 1), (36, 2, 1), (49.1, 2, 2), (49.2, 3, 2), (55.7, 3, 2), (55.9, 4, 3), (58.7, 4, 3), (58.9, 4, 4), (61.7, 4, 4), (61.9, 4, 5)],
)  # fmt: skip
def test_how_much_of_the_usual_line_is_filled(width, full, reached):
    lines = page(20, A, B, C)
    lines[3].width = width
    assert trait(lines, 3, "width") == str(full)
    assert trait(lines, 3, "reach") == trait(lines, 4, "reach-1") == str(reached)


@pytest.mark.parametrize(("size", "told"), [(7, 0), (8, 1), (19, 1), (20, 2), (39, 2), (40, 3), (59, 3), (60, 4), (89, 4), (90, 5), (129, 5), (130, 6)])  # fmt: skip
def test_how_long_a_line_is(size, told):
    lines = page(3, A, "Ponds " + "x" * (size - 6), C)
    assert trait(lines, 1, "size") == str(told)


def test_how_far_from_any_sign_of_references_lines_are_looked_at():
    size = 3 * FAR + 5
    for value, reached in ((0.4, set()), (0.41, set(range(FAR, 3 * FAR + 1)))):
        values = [0.0] * size
        values[2 * FAR] = value
        assert {i for i, near in enumerate(_near(values, size)) if near} == reached
    values = [0.0] * size
    values[0] = values[-1] = 1.0
    assert [i for i, near in enumerate(_near(values, size)) if not near] == list(range(FAR + 1, size - 1 - FAR))  # fmt: skip
    lines = page(2 * FAR, PROSE.replace("we", "they"))
    lines[0] = typed_lines(A)[0]
    looked_at = [bool(traits) for traits in seen(lines)]
    assert looked_at == [True] * (FAR + 1) + [False] * (FAR - 1)


def test_the_usual_width_is_that_of_the_lines_around():
    lines = page(160, A)
    for i, line in enumerate(lines):
        line.width = 100.0 if i < 40 else 50.0
    # a stretch of forty lines, the one before it and the one behind
    assert _full_widths(lines) == [100.0] * 80 + [50.0] * 80
    for i, line in enumerate(lines):
        line.width = 100.0 if 80 <= i < 120 else 50.0
    assert _full_widths(lines) == [50.0] * 40 + [100.0] * 120
    for line in lines:
        line.width = 0.0
    assert _full_widths(lines[:3]) == [1.0] * 3
    lines = page(20, A)
    for i, line in enumerate(lines):
        line.width = float(i)
    assert _full_widths(lines)[0] == 16.0  # wider ones are fewer than one in six


@pytest.mark.parametrize(("far", "seen_"), [(12, True), (13, False)])
def test_how_far_a_line_looks_around(far, seen_):
    for way in (1, -1):
        lines = page(27, A, step=1.0, type=1.0)
        lines[13 + way * far].indent = -5.0
        assert ("edge=level+in" in _around(lines, 13, 0)) is seen_
        lines = page(27, A, step=1.0, type=1.0)
        for i in (13 + way * far, 13 + way * (far - 1), 13 + way * (far - 2)):
            lines[i].gap = 1
        assert ("spaced+gap=0" in _around(lines, 13, 0)) is seen_
        lines = page(27, A, step=1.0, type=1.0)
        for i in (13 + way * far, 13 + way * (far - 1), 13 + way * (far - 2)):
            lines[i].step = 1.3
        assert ("wide=False" in _drawn(lines, 13, 0)) is seen_


@pytest.mark.parametrize(("wide", "told"), [(1, True), (9, True), (0, False), (10, False)])
def test_steps_of_two_kinds_are_one_in_ten_at_least(wide, told):
    lines = page(10, A, type=1.0)
    for i, line in enumerate(lines):
        line.step = 1.07 if i < wide else 1.06
    assert any(t.startswith("wide=") for t in _drawn(lines, 5, 0)) is told
    lines.append(page(1, A, type=1.0, step=0.9)[0])  # a line beside another is no step
    assert any(t.startswith("wide=") for t in _drawn(lines, 5, 0)) is told


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("PONDS", {"capitals"}),
        ("POND", set()),
        ("Table 1 Ponds", {"caption"}),
        ("Tables of ponds", set()),
        ("x" * 155 + " 2001", {"people+year=1"}),
        ("x" * 156 + " 2001", set()),
        ("x" * 113 + " (2001)", {"people+year=1", "yearparen"}),
        ("x" * 114 + " (2001)", {"people+year=1"}),
    ],
)
def test_signs_within_a_line(text, signs):
    assert set(_own(text, 1, None, False)) == signs
    assert set(_own(text, 0, None, False)) == signs - {"people+year=1"}
    assert set(_own("Ponds", 3, None, True)) == {"uncounted", "uncounted+people"}
    assert set(_own("Ponds", 2, None, True)) == {"uncounted"}
    assert set(_own("Ponds", 3, 4, False)) == {"counted", "counted=False"}


def test_how_a_line_stands_to_the_one_above():
    above, line = page(2, A)
    for shift, turn in ((0.9, "same"), (0.91, "in"), (-0.9, "same"), (-0.91, "out")):
        line.indent = shift
        assert f"turn={turn}" in _above(line, above, 60.0, 0, "other")
    for width, short in ((35.9, 0), (36, 1), (49.1, 1), (49.2, 2), (55.7, 2), (55.9, 3)):
        above.width = width
        assert f"short={short}" in _above(line, above, 60.0, 0, "other")
    assert "page" not in _above(line, above, 60.0, 0, "other")
    line.page = 1
    assert "page" in _above(line, above, 60.0, 0, "other")
    for gaps, told in (((0, 0), ""), ((1, 0), "0"), ((1, 1), "1"), ((0, 3), "2")):
        above.gap, line.gap = gaps
        found = [t for t in _above(line, above, 60.0, 0, "other") if t.startswith("gap+people")]
        assert found == ([f"gap+people={told}+0"] if told else [])


@pytest.mark.parametrize(
    ("above", "own", "below", "order"),
    [
        ("Adler", "Brook", "Clay", "<|<"),
        ("Adler", "Dell", "Gray", "<|<"),  # three letters on
        ("Adler", "Essen", "Ivy", "x|x"),
        ("Clay", "Brook", "Adler", "x|x"),
        ("Bell", "Brook", "Bunt", "=|="),
        ("Brook", "Brook", "Brook", "=|="),
        ("Bunt", "Brook", "Bell", "x|x"),
        ("", "Brook", "", "|"),
    ],
)
def test_names_in_the_order_of_the_alphabet(above, own, below, order):
    texts = [f"{name}, A. Ponds" if name else "of ponds" for name in (above, own, below)]
    front = [3.0 if name else 0.0 for name in (above, own, below)]
    assert _order(typed_lines(*texts), 1, front) == order
    assert _order(typed_lines(*texts), 1, [2.1] * 3) == "|"  # no people


@pytest.mark.parametrize(("between", "order"), [(7, "<|<"), (8, "|")])
def test_how_far_off_the_next_name_may_be(between, order):
    gap = ["of ponds"] * between
    texts = ["Adler, A. Ponds", *gap, "Brook, A. Ponds", *gap, "Clay, A. Ponds"]
    front = [2.2 if "," in text else 0.0 for text in texts]
    assert _order(typed_lines(*texts), between + 1, front) == order


@pytest.mark.parametrize(("below", "told"), [(1, "1"), (2, "2"), (3, "none")])
def test_the_first_lines_under_a_heading(below, told):
    assert trait(typed_lines("References", A, B, C), below - 1, "under") == told or below == 1
    assert trait(typed_lines(A, "References", B, C, A), below, "under") == told
    assert trait(typed_lines(A, "References", B, C, A), 0, "inside") == "none"
    assert trait(typed_lines(A, "References", B, C, "Biography", A), 5, "inside") == "stop"


# ------------------------------------------------------------------ beginnings of entries
@pytest.mark.parametrize(("lines", "gaps", "told"), [(26, 2, False), (26, 3, True), (21, 18, True), (21, 19, False), (2, 1, False)])  # fmt: skip
def test_blank_lines_tell_entries_where_some_have_one_and_some_have_none(lines, gaps, told):
    body = page(lines, "the pond")
    for line in body[1 : gaps + 1]:
        line.gap = 1
    with_gap, without = begin_scores(body)[1], begin_scores(body)[-1]
    assert (with_gap - without > 3) is (told and gaps + 1 < lines)
    assert begin_scores(body)[0] == 3.0, "the first line begins an entry"


@pytest.mark.parametrize(("width", "better"), [(49.1, 1.0), (49.3, 0.0), (55.7, 0.0), (55.9, -0.5)])
def test_a_finished_line_that_had_room_ends_an_entry(width, better):
    body = page(10, "The pond of 2001.")
    body[3].width = width
    usual = page(10, "The pond of 2001.")
    usual[3].width = 52.0
    assert begin_scores(body)[4] - begin_scores(usual)[4] == pytest.approx(better)


@pytest.mark.parametrize(("indent", "begins"), [(1.0, True), (1.1, False)])
def test_a_line_near_the_outer_edge_begins_an_entry(indent, begins):
    body = page(11, "the pond")
    for line in body[1::2]:
        line.indent = 4.0
    body[4].indent = indent
    scores = begin_scores(body)
    assert (scores[4] - scores[3] > 5) is begins


@pytest.mark.parametrize(
    ("names", "ordered"),
    [
        ("Adler Brook Clay Dell Essen Ford Gray Hart Ivy", True),
        ("Adler Brook Adler Clay Adler Dell Essen Ford Gray", True),  # six of eight
        ("Adler Brook Adler Clay Adler Dell Adler Ford Gray", False),
        ("Adler Brook Clay Dell Essen", False),  # too few
        ("Broa Brob Broc Brod Broe Brof", True),
        ("Brof Broe Brod Broc Brob Broa", True),  # alike in three letters
        ("Brga Brfa Brea Brda Brca Brba", False),
    ],
)
def test_how_many_names_must_stand_in_the_order_of_the_alphabet(names, ordered):
    lines = typed_lines(*names.split())
    assert (_alphabet(lines, [2.0] * len(lines)) != [2.0] * len(lines)) is ordered
    assert _alphabet(lines, [1.0] * len(lines)) == [1.0] * len(lines), "none is sure"


# ------------------------------------------------------------------ headings
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("R e f e r e n c e s", "list"),
        ("P o n d s o f t h e n o r t h", ""),
        ("References.", "list"),
        ("A b c", ""),
        ("Appendix B", "stop"),
        ("Appendix of the ponds", ""),
        ("Extended data figure 1", "stop"),
        ("Extended data", ""),
    ],
)
def test_spaced_letters_and_appendices(text, kind):
    assert heading_kind(text) == kind


# ------------------------------------------------------------------ labels
@pytest.mark.parametrize(
    ("texts", "labels"),
    [
        (["[1] A", "[2] B"], 2),
        (["x", "x", "x", "[1] A", "[2] B"], 2),
        (["x", "x", "x", "x", "[1] A", "[2] B"], 0),
        (["[1] A"], 1),
        (["[7] A"], 1),
        (["7. A"], 0),
        (["1. A"], 1),
        (["x", "1. A"], 0),
        (["1. A", "2. B", "4. C", "5. D"], 4),  # one hole in four
        (["1. A", "2. B", "4. C"], 0),
        (["1. A", "2. B", "3. C", "6. D"], 4),  # two numbers lost
        (["1. A", "2. B", "3. C", "7. D"], 3),
        (["1. A", "3. B", "5. C", "6. D", "7. E"], 0),  # two holes in five
        ([f"{n}. A" for n in range(1, 25) if n not in (3, 7)], 22),
        (["[Bro01] A", "[Wei02] B"], 2),
        (["[Bro01] A"], 0),
        (["[Bro01] A", *["x"] * 22, "[Wei02] B"], 2),
        (["[Bro01] A", *["x"] * 23, "[Wei02] B"], 0),
    ],
)
def test_what_counts_a_list_from_its_top(texts, labels):
    found = numbering(typed_lines(*texts))
    assert (len(found.labels) if found else 0) == labels


@pytest.mark.parametrize(("others", "chosen"), [(3, "[1]"), (4, "1.")])
def test_of_two_kinds_of_labels_the_more_frequent_one_counts(others, chosen):
    texts = [*(f"[{n}] Ponds" for n in (1, 2, 3)), *(f"{n}. Nets" for n in range(1, others + 1))]
    lines = typed_lines(*texts)
    found = labels_of(lines)
    assert lines[found[0].line].text.startswith(chosen) and len(found) == others


@pytest.mark.parametrize(
    ("numbers", "kept"),
    [([1, 3, 5, 2], [1, 2]), ([1, 3, 5, 6, 2], [1, 3, 5, 6]), ([1, 8, 9, 10], [8, 9, 10]), ([1, 8, 2], [1, 2])],
)  # fmt: skip
def test_numbers_one_by_one_count_more_than_numbers_with_holes(numbers, kept):
    made = [Label(i, str(n), 3, n) for i, n in enumerate(numbers)]
    assert [label.number for label in _rising(made, strict=True)] == kept


# ------------------------------------------------------------------ one reference a line
@pytest.mark.parametrize(
    ("full", "lines", "one"), [(1, 4, True), (2, 4, False), (3, 21, True), (4, 21, False)]
)
def test_how_many_lines_may_end_for_want_of_room(full, lines, one):
    long = "Brook, A. Quiet ponds of the north and of the south, 2001"
    texts = [C] * lines
    for i in range(full):
        texts[2 * i] = long
    assert one_a_line(typed_lines(*texts)) is one


@pytest.mark.parametrize(
    ("dated", "named", "both", "neither", "one"),
    [
        (0, 0, 4, 0, True),
        (0, 0, 3, 1, True),  # three of four have a year or people
        (0, 0, 2, 2, False),
        (2, 2, 0, 0, True),  # half have a year, half have people
        (3, 1, 0, 0, False),
        (1, 3, 0, 0, False),
    ],
)
def test_how_many_lines_must_have_people_and_a_year(dated, named, both, neither, one):
    texts = ["Quiet ponds, 2001"] * dated + ["Brook, A. Ponds"] * named + ["Brook, A. Pond 2001"] * both + ["Quiet ponds"] * neither  # fmt: skip
    texts[0] += " of the north and of the south"  # the others have room
    assert one_a_line(typed_lines(*texts)) is one


# ------------------------------------------------------------------ sections
def block(*texts: str, kind: str = "paragraph", number: int = 0) -> list[Line]:
    lines = typed_lines(*texts, kind=kind, block=number)
    lines[0].first = True
    return lines


def test_the_lines_of_a_block_behind_its_first():
    lines = [*block("References", A, B), *block(C, number=1)]
    assert [x.text for x in _rest(lines, 0)] == [A, B]
    assert [x.text for x in _rest(lines[:3], 0)] == [A, B] and not _rest(lines, 3)
    lines[3].first = False  # another block all the same
    assert [x.text for x in _rest(lines, 0)] == [A, B]


def test_a_word_above_lines_of_its_own_paragraph_is_a_heading_where_they_are_references():
    one = [*block("References", A, C, C, C), *block(PROSE, number=1)]
    assert [(s.begin, s.heading) for s in sections(one, "markdown")] == [(1, "References")]
    prose = [*block("References", "were quiet", "and deep"), *block(PROSE, number=1)]
    assert sections(prose, "markdown") == []


@pytest.mark.parametrize(("level", "found"), [(0, True), (1, False)])
def test_an_item_that_is_a_heading(level, found):
    item = block("References", kind="item")
    item[0].level = level
    lines = [*item, *block(A, number=1), *block(C, number=2)]
    assert bool(sections(lines, "markdown")) is found


@pytest.mark.parametrize(
    ("texts", "ends"),
    [
        ([A, C, "Biography", PROSE], 3),
        ([A, C, "Biography"], 3),
        ([A, C], 3),
        ([A, "Brook, A. Ponds of the", "Biography", C], 5),  # within a reference
    ],
)
def test_where_a_printed_list_ends(texts, ends):
    assert [s.end for s in sections(typed_lines("References", *texts), "text")] == [ends]


@pytest.mark.parametrize(
    ("kind", "level", "text", "ends"),
    [
        ("heading", 2, "Next", 2),
        ("heading", 1, "Next", 2),
        ("heading", 3, "Next", 3),
        ("paragraph", 0, "Next", 3),
        ("paragraph", 0, "Biography", 2),
        ("paragraph", 0, "Bibliography", 2),
    ],
)
def test_where_a_list_of_blocks_ends(kind, level, text, ends):
    lines = [*block("References", kind="heading"), *block(A, number=1), *block(text, kind=kind, number=2)]  # fmt: skip
    lines[0].level, lines[2].level = 2, level
    assert _end(lines, ["list", "", heading_kind(text)], 0) == ends


# ------------------------------------------------------------------ outside of lists
def test_a_page_that_ends_with_a_whole_reference():
    above, line = typed_lines(A, B)
    line.page = 1
    assert _new_page([above], line)
    line.page = 0
    assert not _new_page([above], line)
    for text, below in ((A[:-1], B), (A, PROSE), ("Ponds.", B)):
        above, line = typed_lines(text, below)
        line.page = 1
        assert not _new_page([above], line), text


def candidates(*texts: str) -> list[str | None]:
    return [e and e.text for e in _candidates("\n".join(texts), page(len(texts), *texts))]


def test_a_paragraph_of_several_references():
    first = "Brook, A. Quiet ponds of the north. Pond Letters 12(3),"
    assert candidates(first, "101–113, 2001.", B) == [f"{first} 101–113, 2001.", B]
    whole = f"{first} 101–113, 2001. and so on"
    assert candidates(first, "101–113, 2001. and so on", B) == [f"{whole} {B}"], "it goes on"
    assert len(candidates(*[A, B] * 200)) == 400
    assert len(candidates(*[A, B] * 200, C)) == 1, "too many lines for a paragraph"


@pytest.mark.parametrize(
    ("above", "below", "kept"), [(False, False, 0), (True, False, 1), (False, True, 1)]
)
def test_beside_a_reference_less_is_asked_of_one(above, below, kept):
    text = "Brook, A. Ponds of 1999 and what was in them, an essay."
    assert len(loose(text, typed_lines(text), above, below)) == kept


# ------------------------------------------------------------------ blocks and layouts
def test_a_block_of_several_references_is_taken_apart():
    for texts, parts in (([A, B], 2), ([A, "and of the north, 2001."], 1)):
        body = page(len(texts), *texts)
        body[0].first = True
        made = split("\n".join(texts), body, "markdown")
        assert len(made) == parts, texts
    other = page(4, A, "of ponds", B, "of nets")
    for i in (0, 2):
        other[i].first = True
    assert [e.text for e in split("\n".join(x.text for x in other), other, "markdown")] == [f"{A} of ponds", f"{B} of nets"]  # fmt: skip


@pytest.mark.parametrize(
    ("texts", "parts"),
    [
        ([A, B], [1, 1]),
        (["[1]", "", A, "", B], [2, 1]),  # a label alone above its entry
        (["[1]", "", "", A], [1, 1]),
        (["Ponds", "[1]", "", A], [2, 1]),  # no label of its own
    ],
)
def test_paragraphs_and_labels_alone(texts, parts):
    lines = typed_lines(*texts)
    for i, line in enumerate(lines):
        line.block, line.first = i, True
    if texts[0] == "Ponds":
        lines[1].block, lines[1].first = 0, False
    assert [len(group) for group in paragraphs(lines)] == parts


@pytest.mark.parametrize(
    ("top", "count"),
    [
        (["References"], 1),
        (["Ponds:"], 1),
        (["Ponds", ""], 1),
        (["Ponds.", ""], 0),
        (["Ponds"], 0),
        (["Ponds:", "Nets:", "Frogs:", "Lakes:", "Seas:"], 4),
        (["[1] Ponds", ""], 0),
        (["Brook, A.:"], 0),
    ],
)
def test_titles_on_top(top, count):
    assert titles(typed_lines(*top, A, "", B)) == count


@pytest.mark.parametrize(("lower", "found"), [(0, True), (1, True), (2, False)])
def test_one_entry_in_twenty_five_may_be_broken_off(lower, found):
    texts = [A, ""] * 25
    for i in range(lower):
        texts[2 + 4 * i] = "Brook, A. Ponds of 2001, of the north and of the"
    assert (listed(typed_lines(*texts), sure=True) is not None) is found


def test_the_text_of_an_entry_is_that_behind_its_label():
    made = listed(typed_lines(f"[1] {A}", f"[2] {B}", "[3] Reed, C. Frogs of the", "lakes. Oslo: Elm, 1987."))  # fmt: skip
    assert made is not None
    assert [(u.label, u.text) for u in made] == [("1", A), ("2", B), ("3", "Reed, C. Frogs of the lakes. Oslo: Elm, 1987.")]  # fmt: skip
    assert all(isinstance(unit, Unit) for unit in made)


def test_items_of_a_bibliography_are_entries_whatever_their_lines_begin_with():
    lines = [*block("1. Brook, A. Ponds of", "2. the north, 2001.", kind="bibitem"), *block(B, kind="bibitem", number=1)]  # fmt: skip
    text = "\n".join(("1. Brook, A. Ponds of", "2. the north, 2001.", B))
    lines[2].start += len(text) - len(B)
    lines[2].end += len(text) - len(B)
    assert len(split(text, lines, "latex")) == 2


def test_an_address_above_a_sentence_is_an_entry_and_a_reference_is_not_cut():
    address = "https://ponds.example/a"
    sentence = "It was quiet and we saw that it is deep."
    for first, kept in ((address, address), (A[:-6], f"{A[:-6]} {sentence}")):
        made = units_of(indented(f"[1] {first}", sentence, f"[2] {B}"))
        assert made is not None and made[0].text == kept


def indented(*texts: str) -> list[Line]:
    """The second line further in."""
    lines = typed_lines(*texts)
    lines[1].indent = 4.0
    return lines


@pytest.mark.parametrize(("below", "parts"), [("and of the north.", 2), ("Nets of the north.", 3)])
def test_a_small_letter_goes_on_with_the_entry(below, parts):
    lines = typed_lines(f"[1] {A}", below, f"[2] {B}", first=True)
    for i, line in enumerate(lines):
        line.block = i
    made = units_of(lines)
    assert made is not None and len(made) == parts


def test_a_bibliography_passes_nothing_over():
    document = read(b"@misc{a, title = {Quiet ponds}}", name="a.bib")
    assert passed_over(document, []) == ()
    assert passed_over(replace(document, format="text"), []) != ()


# ------------------------------------------------------------------ works that are only named
@pytest.mark.parametrize(
    ("text", "introduces"),
    [
        ("Papers that we read", True),
        ("Papers that we read " + "x" * 39, True),  # fifty-nine letters
        ("Papers that we read " + "x" * 40, False),
        ("Papers that we read " + "x" * 40 + ":", True),
        ("Ponds that we saw:", False),
        ("We read papers. Then it rained:", False),  # the last sentence counts
        ("Then it rained. We read papers:", True),
    ],
)
def test_what_introduces_works(text, introduces):
    assert _introduces(text) is introduces


RAW = "Brook, A. Quiet ponds of the north and south. Deep seas here, pond letters, 2001."


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Quiet ponds of the north and south", True),
        ("quiet ponds of the north and south", True),
        ("Quiet lakes of the north and south", True),  # one word in seven is another
        ("Quiet lakes of the south and south", False),
        ("Deep seas here", True),
        ("Deep seas", False),  # too short to tell
        ("Deep lakes here", False),  # of few words none may differ
        ("Pond letters", False),
        ("Quiet ponds of the", False),
    ],
)
def test_titles_that_a_reference_holds(text, held):
    assert _Titles([RAW]).holds(text) is held


@pytest.mark.parametrize(
    ("heading", "told"),
    [("ICML 2019" + " " * 111, True), ("ICML 2019" + " " * 112, False), ("ICML 2019 ponds nets frogs", True), ("ICML 2019 ponds nets frogs lakes", False)],
)  # fmt: skip
def test_headings_that_are_little_but_a_venue(heading, told):
    assert bool(announced(heading)) is told


# ------------------------------------------------------------------ printed lines
def test_what_a_journal_prints_about_a_paper_is_no_part_of_the_entry_above():
    received = "Received 3 May 2001; accepted 4 June 2001."
    for texts in ((A, received), (A, "and more of it.", received), (received,)):
        lines = typed_lines(*texts)
        made = _made("\n".join(texts), lines, 0, len(lines), {})
        assert made.text == " ".join(texts[:-1] or texts)


@pytest.mark.parametrize(
    ("width", "broken", "entries"),
    [(113, 0, 4), (113, 1, None), (112, 1, None)],
)
def test_broken_lines_of_lists_that_were_not_wrapped(width, broken, entries):
    texts = [C, "Frogs and nets of the lakes", "Pond seas and lakes", "Quiet nets 1999"]
    for i in range(broken):
        texts[i + 1] = "and " + texts[i + 1].lower()
    lines = typed_lines(*texts)
    for i in range(2):  # two of them fill the line
        lines[i] = typed_lines(texts[i] + " " + "x" * (width - len(texts[i]) - 1))[0]
    made = _flush(lines, width)
    assert (made and len(made)) == entries


# ------------------------------------------------------------------ seen in other documents
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Kaynakca", "list"),
        ("Kaynokca", "list"),
        ("Kaynokka", ""),
        ("Literatir", "list"),
        ("Lahtet", "list"),
    ],
)
def test_a_short_heading_may_have_one_slip(text, kind):
    assert heading_kind(text) == kind


@pytest.mark.parametrize(("text", "held"), [("Quiet seaweed", True), ("Quiet seawed", False)])
def test_a_title_of_two_words_has_twelve_letters(text, held):
    assert _Titles([f"Brook, A. {text}. Pond Letters, 2001."]).holds(text) is held


def test_a_page_may_begin_within_an_entry_where_that_is_sure():
    assert best_path([(0.0, 0.0, 4.5)]) == ["I"] and best_path([(0.0, 0.0, 3.5)]) != ["I"]


@pytest.mark.parametrize(("place", "held"), [(13, True), (14, False)])
def test_how_many_lines_below_a_heading_are_looked_at(place, held):
    lines = page(20, "were quiet")
    for i in (0, 1, place):
        lines[i].text = C
    assert _holds_references(lines, 0, 20, "list") is held


def test_wrapped_entries_of_a_text_without_labels():
    texts = ["Brook, A. Quiet ponds of the north and of the", "south. Pond Letters, 2001.", "Weir, D. Nets of the north and of the south and", "the west. Net News, 1999."]  # fmt: skip
    made = split("\n".join(texts), typed_lines(*texts), "text")
    assert [e.text for e in made] == [" ".join(texts[:2]), " ".join(texts[2:])]


@pytest.mark.parametrize(
    ("texts", "title"),
    [
        (["Quiet Ponds of the North"], True),
        (["Quiet Ponds of the North", "ICML 2019"], True),
        (["Quiet Ponds of the North", "it was read by all"], False),
        (["Brook, A. Quiet Ponds of the North"], False),  # people, no title
        (["Quiet Ponds", "of the North", "and of the", "South"], False),
        ([], False),
    ],
)
def test_a_title_above_its_address(texts, title):
    texts = [*texts, "https://arxiv.org/abs/1901.00001"]
    document = Document("a.txt", "text", "\n".join(texts))
    made = _three_lines(document, typed_lines(*texts))
    assert bool(made and made.context) is title
