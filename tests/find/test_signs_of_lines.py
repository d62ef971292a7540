"""Small signs that lines and titles are told by, both sides of every limit."""

from __future__ import annotations

import pytest
from builders import typed_lines

from citenorm.find import LABELLED, LISTED, MAYBE, PRINTED, _least
from citenorm.find.citation_forms import markdown_keys, numbers
from citenorm.find.context import announced
from citenorm.find.entry_starts import _alphabet
from citenorm.find.headings import heading_kind
from citenorm.find.line_features import _around, _drawn, _own
from citenorm.find.line_shapes import AROUND, Around, first_words, last_words, right_edges, shape
from citenorm.find.lines import HUGE, _stretches, lines_of
from citenorm.find.reference_score import people_after_title
from citenorm.find.sections import Section, _inside
from citenorm.find.split import Entry, entry
from citenorm.find.title_shape import title_shaped
from citenorm.find.untaken import _near
from citenorm.find.whole_list import _alone, _by_edge, _flush
from citenorm.model import Block, Document


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Quiet ponds", True),
        ("Ponds and", False),  # nine letters
        ("Ponds anda", True),  # ten
        ("Pondsandreeds", False),  # one word
        (" ".join(["Pond"] * 32), True),
        (" ".join(["Pond"] * 33), False),
        ("Pond " + "x" * 295, True),
        ("Pond " + "x" * 296, False),
        ("池の水の", True),
        ("池の水", False),
        ("池の水の" + "池" * 116, True),
        ("池の水の" + "池" * 117, False),
        ("quiet ponds of the north", False),
        ("Quiet ponds of the north:", False),
        ("Quiet ponds of the north;", False),
        ("Quiet ponds of the north,", False),
        ("Quiet ponds (of the north.)", False),
        ("Quiet ponds (of the north)", True),
        ("Quiet ponds -> reeds", False),
        ("Quiet ponds vs reeds", False),
        ("Are ponds quiet?", False),
        ("Code: quiet ponds", False),
        ("Quiet ponds are deep", True),
        ("Quiet ponds are deep.", False),
        ("Quiet ponds of the north.", True),
    ],
)
def test_what_could_be_a_title(text, title):
    assert title_shaped(text) is title


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("References", "list"),
        ("5. References", "list"),
        ("Chapter 5 References", "list"),
        ("R e f e r e n c e s", "list"),
        ("Refrences", "list"),
        ("Rferences", "list"),
        ("Refrnces", "list"),
        ("Rfrnces", ""),  # three letters are lost
        ("Beferences", ""),  # another first letter
        ("Referees", ""),
        ("Biography", "stop"),
        ("References ........ 12", ""),
        ("References … 12", ""),
        ("“See the references”", ""),
        ("Appendix A Proofs", "stop"),
        ("Supplementary material", "stop"),
        ("Appendix", "stop"),
        ("Sources", "maybe"),
        ("Ponds", ""),
        ("", ""),
        ("References" + " " * 51, ""),
    ],
)
def test_headings(text, kind):
    assert heading_kind(text) == kind


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("Smith,", "W,"),
        ("(2001).", "(y)."),
        ("2001a", "y"),
        ("1599", "d"),
        ("J.", "I."),
        ("12–34", "r"),
        ("B12", "n"),
        ("https://pond.org", "u"),
        ("PONDS", "C"),
        ("pond", "w"),
        ("—", "x"),
        ("...", ".."),
        ("(", "("),
    ],
)
def test_shapes(token, expected):
    assert shape(token) == expected


def test_first_and_last_words():
    assert first_words("Smith, J. (2001). Ponds", 3) == ["W,", "I.", "(y)."]
    assert first_words("Smith", 3) == ["W"]
    assert last_words("Ponds of the north, 12–34.", 2) == ["w,", "r."]
    assert first_words("x" * 79 + " Pond", 2) == ["w"]  # no word behind the first 80 letters


def test_where_full_lines_end():
    lines = typed_lines(*(["x" * 60] * 9), "x" * 90)
    assert right_edges(lines) == [60.0] * 10
    lines = typed_lines(*(["x" * 60] * AROUND), *(["x" * 40] * (3 * AROUND)))
    edges = right_edges(lines)
    assert edges[0] == 60.0 and edges[AROUND] == 60.0 and edges[2 * AROUND] == 40.0
    assert len(edges) == 4 * AROUND


def test_what_is_usual_around_a_line():
    heads = ["W,"] * AROUND + ["w"] * (2 * AROUND)
    ended = [True] * AROUND + [False] * (2 * AROUND)
    around = Around(heads, ended)
    assert around.like(0) == (AROUND - 1) / (AROUND + 1)
    assert around.ended(0) == AROUND / (AROUND + 1)
    assert around.like(AROUND) == AROUND / (2 * AROUND + 1)
    assert around.ended(AROUND) == AROUND / (2 * AROUND + 1)
    assert around.like(2 * AROUND) == 2 * AROUND / (2 * AROUND) - 1 / (2 * AROUND)
    assert around.ended(3 * AROUND - 1) == 0.0
    assert around.like(3 * AROUND - 1) == AROUND / (AROUND + 1)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("[@a; @b, p. 3]", [(("a", "b"), True)]),
        ("[@a]@b", [(("a",), True), (("b",), False)]),
        ("@b [@a]", [(("a",), True), (("b",), False)]),
        ("[@a] and [@c] and @b", [(("a",), True), (("c",), True), (("b",), False)]),
        ("[@:]", []),
        ("see [^1]", [(("1",), False)]),
        ("[^1]: a note", []),
    ],
)
def test_keys_in_markdown(text, keys):
    assert [(found.names, found.sure) for found in markdown_keys(text)] == keys


SIX = ["Adler", "Brook", "Clay", "Delta", "Essin", "Ford"]


def test_lines_that_break_the_alphabet_lose_and_those_that_keep_it_gain():
    lines = typed_lines(*SIX, "Clay once more", "Gale")
    scores = [2.0] * 6 + [0.0, 0.0]
    assert _alphabet(lines, scores) == [2.7] * 6 + [-2.0, 0.7]
    few = typed_lines(*SIX[:5], "Aden")
    assert _alphabet(few, [2.0] * 5 + [0.0]) == [2.0] * 5 + [0.0]  # five prove nothing
    alike = typed_lines(*SIX, "Fordby", "Forda", "Gale")
    assert _alphabet(alike, [2.0] * 9) == [2.7] * 9, "four letters are looked at"
    mixed = typed_lines("Ford", "Essin", "Delta", "Clay", "Brook", "Adler")
    assert _alphabet(mixed, [2.0] * 6) == [2.0] * 6


def test_wide_steps_between_some_lines_of_a_page():
    lines = typed_lines(*["Pond"] * 10)
    for i, line in enumerate(lines):
        line.step, line.type = (1.5 if i < 5 else 1.0), 1.0
    assert {"wide=True", "wide+people=True+0"} <= set(_drawn(lines, 0, 0))
    assert "wide=False" in _drawn(lines, 9, 0)
    lines[0].step = 1.06
    assert "wide=False" in _drawn(lines, 0, 0)
    for line in lines:
        line.step = 1.06  # all alike: no two kinds
    assert not any(s.startswith("wide") for s in _drawn(lines, 0, 0))
    lines[1].type = 1.05
    assert "type-turns" in _drawn(lines, 1, 0) and "type-turns" not in _drawn(lines, 0, 0)
    lines[1].type = 1.03
    assert "type-turns" not in _drawn(lines, 1, 0)


@pytest.mark.parametrize(
    ("lines", "inner", "mode"),
    [(4, 1, "hang"), (5, 1, "level"), (8, 2, "hang"), (9, 2, "level"), (10, 9, "hang"), (11, 10, "level"), (3, 0, "level")],
)  # fmt: skip
def test_how_many_lines_around_stand_further_in(lines, inner, mode):
    made = typed_lines(*["Pond"] * lines)
    for line in made[:inner]:
        line.indent = 1.0
    assert f"edge={mode}+{'in' if inner else 'out'}" in _around(made, 0, 0)
    for line in made[:inner]:
        line.indent = 0.9
    assert "edge=level+out" in _around(made, 0, 0)


@pytest.mark.parametrize(
    ("lines", "gaps", "told"), [(10, 1, True), (11, 1, False), (10, 9, True), (11, 10, False)]
)
def test_how_many_lines_around_have_a_gap_above(lines, gaps, told):
    made = typed_lines(*["Pond"] * lines)
    for line in made[:gaps]:
        line.gap = 2
    assert ("spaced+gap=1" in _around(made, 0, 0)) is told


def test_lines_of_a_plain_text():
    first, second, third = lines_of(Document("a.txt", "text", "  Ponds\nof\n\nthe north"))
    assert (first.kind, first.level, first.label, first.first, first.block) == ("paragraph", 0, "", False, -1)  # fmt: skip
    assert [line.gap for line in (first, second, third)] == [1, 0, 1]
    assert (first.start, first.end, first.indent, first.width) == (2, 7, 2.0, 5.0)
    assert first.page == 0


@pytest.mark.parametrize(
    ("above", "inside"),
    [
        ("Brook, J. Ponds of the", True),
        ("Brook, J. Ponds,", True),
        ("Brook, J. Ponds:", True),
        ("Brook, J. Ponds and", True),
        ("Brook, J. Ponds.", False),
        ("Brook, J. Ponds", False),
    ],
)
def test_a_heading_that_is_the_middle_of_a_reference(above, inside):
    assert _inside(typed_lines("Ponds.", above, "Biography"), 2) is inside
    assert _inside(typed_lines("Ponds.", above, "", "Biography"), 2) is False
    assert _inside(typed_lines("Ponds.", above, "", "Biography", kind="item"), 2) is True
    first = typed_lines("Ponds.", above, "", "Biography", kind="item", first=True)
    assert _inside(first, 2) is False


def test_long_texts_are_looked_at_near_traces_alone():
    plain = "Quiet ponds of the north.\n" * (HUGE // 20)
    assert list(_stretches(plain)) == []
    dated = "Nets, 1999.\n" + plain
    assert next(_stretches(dated))[0] == 0 and len(list(_stretches(dated))) == 2
    assert len(list(_stretches(plain + "Nets, 1999.\n"))) == 2


def test_entries_by_their_edge():
    hanging = typed_lines("Adler A. Ponds", "   of rain.", "Brook B. Reeds", "   of snow.")
    assert [len(unit.lines) for unit in _by_edge(hanging)] == [2, 2]
    leading = typed_lines("   Adler A. Ponds", "of rain.", "   Brook B. Reeds", "of snow.")
    assert [len(unit.lines) for unit in _by_edge(leading)] == [2, 2]
    assert _by_edge(typed_lines("Adler A. Ponds.", "Brook B. Reeds.")) is None
    assert _by_edge(typed_lines("Adler A. Ponds.")) is None
    line = typed_lines("[1]", "Adler A.")
    assert _alone(line, 0, 3, 1) and not _alone(line, 0, 3, 2) and not _alone(line, 0, 2, 1)


@pytest.mark.parametrize(
    ("sure", "format", "label", "least"),
    [
        (False, "text", "", MAYBE),
        (False, "markdown", "1", MAYBE),
        (True, "text", "", PRINTED),
        (True, "text", "1", LISTED),
        (True, "markdown", "", LISTED),
        (True, "markdown", "1", LABELLED),
    ],
)
def test_the_score_that_an_entry_needs(sure, format, label, least):
    assert _least(Entry(0, 9, "Ponds", label), Section(0, 1, "", sure), format) == least
    assert len({MAYBE, PRINTED, LISTED, LABELLED}) == 4


@pytest.mark.parametrize(("at", "seen"), [(10, True), (156, True), (157, False)])
def test_how_far_in_front_a_year_is_looked_for(at, seen):
    text = "Brook, A. " + "x" * (at - 11) + " 2001" if at > 10 else "Brook, A. 2001"
    assert text.index("2001") == at
    assert ("people+year=1" in _own(text, 1, None, False)) is seen
    assert "people+year=0" not in _own(text, 0, None, False)


def test_how_many_lines_around_are_looked_at():
    made = typed_lines(*["Pond"] * 40)
    for line in made:
        line.indent = 5.0
    made[20].indent = 0.0
    places = [f"edge=level+{'in' if 8 <= i <= 32 and i != 20 else 'out'}" for i in range(40)]
    assert [_around(made, i, 0)[0] for i in range(40)][9:32] != ["edge=level+out"] * 23
    assert [_around(made, i, 0)[0].rpartition("+")[2] for i in range(40)] == [p.rpartition("+")[2] for p in places]  # fmt: skip


@pytest.mark.parametrize(("length", "told"), [(120, True), (121, False)])
def test_how_long_the_heading_of_a_meeting_may_be(length, told):
    assert bool(announced(("ICML 2019 " + "x" * 200)[:length])) is told


@pytest.mark.parametrize(
    ("text", "sure"),
    [("x[2] is", False), ("f([2])", False), ("([2])", True), ("[2] is", True), ("see [2]", True), ("= [2]", False)],
)  # fmt: skip
def test_numbers_that_are_surely_citations(text, sure):
    assert [found.sure for found in numbers(text)] == [sure]


@pytest.mark.parametrize(
    ("lead", "text", "cut"),
    [
        ("See also: ", "Ada Brook. Ponds of the north, 2001", True),
        ("Reference: ", "Brook, A. Ponds, 2001", True),
        ("Ref. ", "Brook and Weir. Ponds (2001)", True),
        ("Source: ", "Ponds of the north, 2001", False),
    ],
)
def test_what_slides_put_in_front_of_a_reference(lead, text, cut):
    whole = lead + text
    assert entry(whole, 0, len(whole)).text == (text if cut else whole)


@pytest.mark.parametrize(
    ("text", "capitals"), [("POND", False), ("PONDS", True), ("Ponds", False), ("PONDS 12", True)]
)
def test_lines_in_capitals(text, capitals):
    assert ("capitals" in _own(text, 0, None, False)) is capitals


def test_a_block_ends_where_its_text_does():
    made = Document("a.html", "html", "Ponds\nReeds", (Block("item", 0, 6),))
    first, second = lines_of(made)
    assert (first.kind, first.block, second.kind, second.block) == ("item", 0, "paragraph", -1)


def test_one_entry_or_one_a_line():
    address, other = "https://pond.example/a", "https://pond.example/b"
    made = _flush(typed_lines("Adler A. Ponds of rain", address), 80)
    assert [len(unit.lines) for unit in made] == [2]
    made = _flush(typed_lines(address, other), 80)
    assert [len(unit.lines) for unit in made] == [1, 1]


def test_lines_up_to_the_paragraph_behind_the_last_reference():
    lines = typed_lines("Adler A.", "Brook B.", "Notes", "go on", "", "More", "and more")
    near = _near(lines, [(lines[1].start, lines[1].end)])
    assert [line.text for line in near] == ["Adler A.", "Brook B.", "Notes", "go on"]
    near = _near(lines, [(lines[4].start, lines[4].end)])
    assert len(near) == len(lines)


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("Ponds of the north (2004). Adler, A. and Brook, B.", True),
        ("Ponds of the north (2004) by Adler, A.", True),
        ("Ponds of the north. Adler, A. and Brook, B.", False),
        ("ponds of the north (2004). Adler, A.", False),
    ],
)
def test_people_behind_a_title_and_its_year(text, sure):
    assert (people_after_title(text) > 0) is sure
