"""Shares and counts by which finding decides: how much of a list a text must cite, how many labels, how wide, how many odd lines."""

from __future__ import annotations

import pytest
from builders import typed_lines

from citenorm.find import find
from citenorm.find.citations import Citation, _list_begin, _slip, citations
from citenorm.find.dehyphenate import Spelling, spelling
from citenorm.find.labels import Label, _rising, labels_of
from citenorm.find.list_item import _cues
from citenorm.find.whole_list import Unit, _edge_holds, _flush, _hangs, _odd, _wrapped, titles
from citenorm.read import read

A = "Brook, A. Quiet ponds. Pond Letters, 2001."
NAMES = ("Brook", "Weir", "Reed", "Fox", "Gray", "Hart", "Iver", "Kerr", "Loom", "Moss")


# ------------------------------------------------------------------ how much a text cites
def numbered(cited, entries, more=""):
    body = " ".join(f"We saw ponds [{n}]." for n in cited)
    listed = "\n\n".join(
        f"[{n}] {NAMES[n - 1]}, A. Quiet ponds of kind {n}. Pond Letters, 200{n - 1}."
        for n in range(1, entries + 1)
    )
    return find(
        read(f"# Text\n\n{body} {more}\n\n## References\n\n{listed}\n".encode(), name="a.md")
    )


@pytest.mark.parametrize(
    ("cited", "entries", "told"),
    [
        ([1, 2, 3], 6, True),
        ([1, 2, 3], 7, False),
        ([1, 2], 3, False),
        ([1, 2], 2, False),
        ([1, 2, 3], 3, True),
        ([], 5, False),
    ],
)
def test_how_much_of_its_list_a_text_must_cite(cited, entries, told):
    found = numbered(cited, entries)
    assert len(found) == entries
    if told:
        assert [r.cited for r in found] == [n + 1 in cited for n in range(entries)]
    else:
        assert all(r.cited is None for r in found)


@pytest.mark.parametrize(
    ("more", "astray"),
    [
        ("and [7].", ["7"]),
        ("and [22].", ["22"]),  # twice the list and ten
        ("and [23].", []),
        ("and [0].", []),
        ("and [5, 7].", ["7"]),
        ("and [7, 8].", []),  # two that are missing
        ("and x[7].", []),
        ("and [7, 5].", []),
    ],
)
def test_numbers_that_lead_nowhere(more, astray):
    found = numbered([1, 2, 3, 4], 6, more)
    assert [name for name, _ in found[0].astray] == astray


def cited_by_name(body, names=NAMES[:4]):
    listed = "\n\n".join(
        f"{name}, A. ({2000 + i}). Quiet ponds of kind {i}. Pond Letters."
        for i, name in enumerate(names)
    )
    return find(read(f"# Text\n\n{body}\n\n## References\n\n{listed}\n".encode(), name="a.md"))


def test_names_and_years_that_lead_nowhere():
    body = "(Brook, 2000; Weir, 2001) and Reed (2002) and (Zeal et al., 1999) and (Yarn, 1998)."
    found = cited_by_name(body)
    assert [r.cited for r in found] == [True, True, True, False]
    assert [name for name, _ in found[0].astray] == ["Zeal et al. 1999"]
    assert all(r.cited is None for r in cited_by_name("(Brook, 2000) and no more."))


def test_where_citations_stand():
    found = numbered([1, 1, 2, 3], 3)
    assert [len(r.cited_at) for r in found] == [2, 1, 1]
    document = read(b"# T\n\nSee [1].\n\n## References\n\n[1] " + A.encode() + b"\n", name="a.md")
    (one,) = citations(document)
    assert (one.line, one.kind, one.targets, one.names) == (3, "number", (0,), ("1",))
    assert document.source_text[one.start : one.end] == "[1]"


@pytest.mark.parametrize(
    ("names", "targets", "slip"),
    [
        (("7",), (-1,), True),
        (("17",), (-1,), False),
        (("0",), (-1,), False),
        (("1", "7"), (0, -1), True),
        (("7", "1"), (-1, 0), False),
        (("7", "1", "2"), (-1, 0, 1), True),
        (("7", "8"), (-1, -1), False),
        (("1",), (0,), False),
    ],
)
def test_slips_of_citations(names, targets, slip):
    assert _slip(Citation(0, 1, 1, "number", targets, names), 16) is slip
    assert not _slip(Citation(0, 1, 1, "number", targets, names, False), 16)


def test_where_a_list_begins():
    text = "x\nReferences\n" + "y\n" * 10
    assert _list_begin(text, len(text)) == text.index("References") + len("References")
    far = "x\nReferences\n" + "y\n" * 4500
    assert _list_begin(far, len(far)) == len(far)
    assert _list_begin("no heading\nat all", 17) == 17


# ------------------------------------------------------------------ labels
@pytest.mark.parametrize(
    ("texts", "counted"),
    [
        ([f"[Smi03] {A}", f"[Bro04] {A}", *["more"] * 22], 2),
        ([f"[Smi03] {A}", f"[Bro04] {A}", *["more"] * 23], 0),
        (["a", "b", f"[Smi03] {A}", f"[Bro04] {A}"], 2),
        ([f"40 {A}", f"41 {A}", f"42 {A}"], 3),
        (["a", "b", "c", f"1 {A}", f"2 {A}", f"3 {A}"], 3),
        (["a", "b", "c", "d", f"1 {A}", f"2 {A}", f"3 {A}"], 0),
        ([f"1. {A}", f"7. {A}"], 0),
        ([f"[1] {A}", f"[7] {A}", f"[8] {A}"], 3),
        ([f"[1] {A}", f"[8] {A}", f"[9] {A}"], 2),
    ],
)
def test_limits_of_labels(texts, counted):
    assert len(labels_of(typed_lines(*texts))) == counted


def chain(numbers, strict=False):
    return [
        label.number
        for label in _rising([Label(i, str(n), 3, n) for i, n in enumerate(numbers)], strict=strict)
    ]


@pytest.mark.parametrize(
    ("numbers", "kept"),
    [
        ([1, 2, 3], [1, 2, 3]),
        ([1, 2, 9, 3], [1, 2, 3]),
        ([1, 3, 2, 3, 4], [1, 2, 3, 4]),
        ([5, 6, 1, 2, 3], [1, 2, 3]),
        ([1, 4, 5, 6], [1, 4, 5, 6]),
        ([1, 8, 9], [8, 9]),
        ([7], [7]),
        ([], []),
    ],
)
def test_the_longest_chain_of_numbers(numbers, kept):
    assert chain(numbers) == kept


@pytest.mark.parametrize(
    ("numbers", "kept"),
    [([7, 1], [1]), ([7, 2], [7]), ([2, 1], [1]), ([7, 8, 0, 1], [0, 1]), ([1, 8, 9], [8, 9])],
)
def test_a_chain_rather_begins_with_one(numbers, kept):
    assert chain(numbers, strict=True) == kept


# ------------------------------------------------------------------ what an entry has
@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("Brook, A. Quiet ponds", 1.0),
        ("Brook, A. Quiet ponds, 2001", 2.0),
        ("Brook, A. Quiet ponds. Pond Journal, 2001", 3.0),
        ("Quiet ponds", 0.0),
        ("“Quiet ponds of the north”", 1.0),
        ("Quiet ponds. doi:10.1000/x", 1.0),
        ("Quiet ponds et al.", 1.0),
        ("quiet ponds. Oslo: Elm", 0.5),
        ("quiet ponds by Anna Brook and Dora Weir, 2001", 1.0),
    ],
)
def test_what_speaks_for_an_entry(text, cues):
    assert _cues(text) == cues


# ------------------------------------------------------------------ layouts
def test_odd_lines_and_edges():
    assert _odd([A, "and more", A]) == 1 and _odd([A, A]) == 0
    assert _odd(["and", "or", A]) == 0  # most begin with a small letter
    assert _odd([A + " and", A]) == 1 and _odd([A + " x/", A]) == 0
    group = typed_lines(A, "more", A, "more")
    assert _edge_holds(group, [0, 2]) and not _edge_holds(typed_lines(A, "more of", A), [0, 2])
    twenty = typed_lines(*([A, "more"] * 19), "pp. 3", "more")
    assert _edge_holds(twenty, list(range(0, 40, 2))), "one of twenty may be odd"
    many = typed_lines(*([A, "more"] * 20), "pp. 3", "more")
    assert _edge_holds(many, list(range(0, 42, 2))) and not _edge_holds(
        many[20:], list(range(0, 22, 2))
    )


def test_lines_that_hang():
    body = typed_lines(A, "more", "more")
    assert not _hangs(body)
    body[1].indent = body[2].indent = 1.0
    assert _hangs(body)
    body[2].indent = 0.5
    assert not _hangs(body) and _hangs(body[:1])


@pytest.mark.parametrize(("second", "wrapped"), [("unfathomable", True), ("south", False)])
def test_lines_that_end_for_want_of_room(second, wrapped):
    first = "Brook, A. Quiet ponds of the north and"
    body = typed_lines(first, second + " and more of it all, 2001, Pond", "Letters, 2001.")
    body[2].text = "Lettersandmoreofthatwhichstandsinthem"
    assert _wrapped([Unit(body)]) is (len(first) + 1 + len(second) > max(len(x.text) for x in body) and len(body[1].text) + 1 + len(body[2].text) > max(len(x.text) for x in body))  # fmt: skip


@pytest.mark.parametrize(("length", "one_each"), [(100, None), (113, 3)])
def test_lines_too_long_to_be_wrapped(length, one_each):
    texts = [
        f"Brook, A. {'Quiet ponds of the cold north ' * 5}"[:length].rstrip() for _ in range(3)
    ]
    made = _flush(typed_lines(*texts), length)
    assert (None if made is None else len(made)) in (one_each, 1, 3)


@pytest.mark.parametrize(("width", "entries"), [(112, None), (113, 3)])
def test_lists_that_were_not_wrapped(width, entries):
    """Lines of which one wants another word: entries where nothing was wrapped at all."""
    texts = [A, "Reed, C. Frogs, 1987, and", "Weir, D. Nets of the north and of the south. Net News, 1999."]  # fmt: skip
    made = _flush(typed_lines(*texts), width)
    assert (made and len(made)) == entries


@pytest.mark.parametrize(
    ("title", "count"),
    [("x" * 79 + ":", 1), ("x" * 80 + ":", 0), ("Papers:", 1), ("Brook, A., and Weir, D.:", 0)],
)
def test_how_long_a_title_may_be(title, count):
    assert titles(typed_lines(title, A)) == count


# ------------------------------------------------------------------ hyphens of a document
def test_how_many_lines_must_be_hyphenated():
    def text(broken, whole):
        return "\n".join(["A line of text that ends in the midst of a wo-", "rd and goes on until its end here and now"] * broken + ["A line of text that ends with a whole word here"] * whole)  # fmt: skip

    assert spelling(text(3, 94)).hyphenated  # 3 of 100
    assert not spelling(text(2, 96)).hyphenated  # 2 of 100
    assert not spelling(
        "short wo-\nrd\n" + "A line of text that ends with a whole word here\n" * 3
    ).hyphenated
    assert spelling("no hyphens").words == Spelling().words
