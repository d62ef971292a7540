"""Where blocks, keys, fields and values of a .bib file begin and end, and who stands in its name fields."""

from __future__ import annotations

import pytest

from citenorm.bib import read
from citenorm.bib.file import Edit, readable, write
from citenorm.bib.people import (
    people_of,
    people_otherwise,
    read_name,
    split_people,
    unparted,
    without_tail,
)
from citenorm.bib.scan import Piece, scan
from citenorm.lines import line_and_column, line_starts


def blocks(text):
    """(kind, text) of each block; together they are the whole text."""
    found = scan(text)
    assert "".join(text[b.start : b.end] for b in found) == text
    return [(b.kind, text[b.start : b.end]) for b in found]


def problems(text):
    return [(b.problem, text[b.problem_at :][:6]) for b in scan(text) if b.kind != "text"]


GOOD = "@book{k, title = {A}}"


# ------------------------------------------------------------------ blocks
@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (GOOD, ["entry"]),
        (f"x {GOOD} y", ["text", "entry", "text"]),
        (f"{GOOD}{GOOD}", ["entry", "entry"]),
        ("@book(k, title = {A})", ["entry"]),
        ("@ book {k, title = {A}}", ["entry"]),
        ('@string{p = "Ponds"}', ["string"]),
        ('@preamble{"x"}', ["preamble"]),
        ("@comment{whatever {is} in it}", ["comment"]),
        ("@comment(whatever)", ["comment"]),
        (f"@comment until the end\n{GOOD}", ["comment", "text", "entry"]),
        (f"% {GOOD}\n{GOOD}", ["text", "entry"]),
        (f"\ufeff% {GOOD}\n{GOOD}", ["text", "entry"]),
        (f"x % {GOOD}", ["text", "entry"]),
        (f"mail me@home {GOOD}", ["text", "entry"]),
        ("no entries", ["text"]),
        ("", []),
        ("@", ["text"]),
        ("@commentary", ["text"]),
        ("@book{k, title = {A}", ["broken"]),
        (f"@book{{k, title = {{A}},\n{GOOD}", ["broken", "entry"]),
        (f"@book{{k, title = {{A,\n{GOOD}", ["broken", "entry"]),
        (f"@book{{k, title = {{A\n{GOOD}}}}}", ["entry"]),  # a word before the @: part of the value
        (f"@book{{k, title = {{see,\n{GOOD}\n}}, year = 1}}", ["entry"]),  # closed further down
        ("@book{k, title = {mail,\n @home now}}", ["entry"]),
        ('@book{k, title = {A},\n@string{p = "x"}', ["broken", "string"]),
        ("@book(k, title = {A}\n\n@book{b, title = {B}}", ["broken", "entry"]),
        ("@book(k, title = {A} }", ["broken"]),
        ("@comment{a {b} c} d", ["comment", "text"]),
        (f"@comment{{see below\n{GOOD}", ["broken", "text", "entry"]),
        (f"@comment{{\n{GOOD}\n}}", ["comment"]),
        (f"@comment{{ {GOOD} }}", ["comment"]),
        (f"@comment{{jabref-meta: x\n {GOOD}}}", ["comment"]),
    ],
)  # fmt: skip
def test_kinds_of_blocks(text, kinds):
    assert [kind for kind, _ in blocks(text)] == kinds


def test_what_a_block_says_of_itself():
    text = "\n@Article{Key:1 , Title = {A} # p # 3, year=2001,}"
    (one,) = [b for b in scan(text) if b.kind == "entry"]
    assert (one.type, text[one.type_start :][:7], one.key, text[one.key_start :][:5]) == ("article", "Article", "Key:1", "Key:1")  # fmt: skip
    assert [f.name for f in one.fields] == ["title", "year"] and one.problem == ""
    title, year = one.fields
    assert text[title.start : title.name_end] == "Title"
    assert text[title.value_start : title.end] == "{A} # p # 3"
    assert [(p.kind, p.inner(text)) for p in title.pieces] == [("brace", "A"), ("bare", "p"), ("bare", "3")]  # fmt: skip
    assert text[one.body_start :].lstrip().startswith("Title")
    assert one.get("year") is year and one.get("Year") is None
    assert one.key_name(text) == "Key:1"
    (macro,) = scan('@STRING{Jp = "Ponds"}')
    assert (macro.key, macro.key_name('@STRING{Jp = "Ponds"}')) == ("jp", "Jp")


@pytest.mark.parametrize(
    ("text", "problem", "at"),
    [
        ("@book{k}", "", None),
        ("@book{k,}", "", None),
        ("@book{k, title = {A}, }", "", None),
        ("@book{, title = {A}}", "the entry has no key", ", titl"),
        ("@book{title = {A}}", "the entry has no key", "title "),
        ("@book{k title = {A}}", "no comma follows the key", "k titl"),
        ("@book{k, title {A}}", "a field name and an equals sign are expected here", "title "),
        ("@book{k, = {A}}", "a field name and an equals sign are expected here", "= {A}}"),
        ("@book{k, title = }", "a value is expected here", "}"),
        ("@book{k, title = , year = 1}", "a value is expected here", ", year"),
        ("@book{k, title = {A} # }", "a value is expected here", "}"),
        ('@book{k, title = "A}', "a quotation mark is not closed", '"A}'),
        ('@book{k, title = "A} b", c = {}', "a quotation mark is not closed", '"A} b"'),
        ("@book{k, title = {A} year = 1}", "a comma is missing between two fields", " year "),
        ("@book{k, title = {A} % c, d\n year = 1}", "a comma is missing between two fields", " % c, "),
        ("@book{k, title = {A}, % c\n year = 1}", "", None),
        ("@book{k, title = {A}\n, year = 1}", "", None),
        ('@book{k, title = "a {"} b"}', "", None),
        ("@book{k, title = {A}", "no brace closes this entry", "@book{"),
        ('@string{p = "x"', "no brace closes this @string", "@strin"),
        ("@string{p}", "a field name and an equals sign are expected here", "p}"),
        ('@book(k, title = "a (b) c")', "a parenthesis in quotation marks ends this entry for some programs: put the entry in braces", '"a (b)'),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_entry(text, problem, at):
    (found, *_) = problems(text)
    assert found[0] == problem
    if at:
        assert found[1] == at[:6]


@pytest.mark.parametrize(
    ("piece", "inner"),
    [(Piece("brace", 0, 3), "b"), (Piece("quote", 0, 3), "b"), (Piece("bare", 0, 3), "abc")],
)
def test_the_inside_of_a_piece(piece, inner):
    assert piece.inner("abc") == inner


def test_lines_and_columns():
    starts = line_starts("a\nb\r\nc\rd")
    assert starts == (0, 2, 5, 7)
    assert [line_and_column(starts, i) for i in (0, 1, 2, 4, 5, 7)] == [(1, 1), (1, 2), (2, 1), (2, 3), (3, 1), (4, 1)]  # fmt: skip


# ------------------------------------------------------------------ files
def test_values_are_joined_and_macros_expanded():
    bib = read(
        b'@string{a = "x"} @string{B = a # {y}}\n@book{k, t = B # " " # a, m = jul, n = 3, o = unknown, q = {a}, r = 1 # a}'
    )
    entry = bib.entries[0]
    assert {f.name: bib.value(f) for f in entry.fields} == {"t": "xy x", "m": "July", "n": "3", "o": "", "q": "a", "r": "1x"}  # fmt: skip
    assert bib.raw(entry.fields[0]) == 'B # " " # a'
    assert bib.strings == {"a": "x", "b": "xy"}


@pytest.mark.parametrize(
    ("data", "newline"),
    [(b"a\nb\r\n", "\n"), (b"a\r\nb\n", "\r\n"), (b"a\rb\n", "\r"), (b"a\r", "\r"), (b"a", "\n"), (b"", "\n")],
)  # fmt: skip
def test_the_line_end_of_a_file_is_its_first(data, newline):
    assert read(data).newline == newline


def test_bytes_that_are_no_utf8():
    bib = read(b"@book{k, t = {caf\xe9 \x81}}")
    assert not bib.utf8 and read("@book{k, t = {café}}".encode()).utf8 and read(b"a").utf8
    assert bib.value(bib.entries[0].fields[0]) == "café \x81"
    assert readable("café") == "café" and readable("\udce9") == "é"
    assert write(bib) == b"@book{k, t = {caf\xe9 \x81}}"


def test_edits_stand_in_any_order_and_do_not_overlap():
    bib = read(b"abcdef")
    assert write(bib, [Edit(4, 5, "X"), Edit(0, 1, ""), Edit(2, 2, "__")]) == b"b__cdXf"
    assert write(bib, [Edit(0, 2, "X"), Edit(2, 3, "Y")]) == b"XYdef"
    with pytest.raises(ValueError, match="offset 1"):
        write(bib, [Edit(0, 2, "X"), Edit(1, 3, "Y")])


def test_places():
    place = read(b"ab\ncd", "a.bib").place(1, 4)
    assert (place.file, place.line, place.column, place.end_line, place.end_column) == ("a.bib", 1, 2, 2, 2)  # fmt: skip
    place = read(b"ab\ncd").place(3)
    assert (place.line, place.column, place.end_line, place.end_column) == (2, 1, 2, 1)


# ------------------------------------------------------------------ names
def name(text):
    n = read_name(text)
    return n.literal or (n.family, n.given, n.particle, n.suffix)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Li, Jia", ("Li", "Jia", "", "")),
        ("Jia Li", ("Li", "Jia", "", "")),
        ("Jia van der Li", ("Li", "Jia", "van der", "")),
        ("van der Li, Jr., Jia", ("Li", "Jia", "van der", "Jr.")),
        ("Jia A. Li Jr.", ("Li", "Jia A.", "", "Jr.")),
        ("Li Jr., Jia", ("Li", "Jia", "", "Jr.")),
        ("Jia Xi", ("Xi", "Jia", "", "")),
        ("Li", ("Li", "", "", "")),
        ("{Pond Society}", "Pond Society"),
        ("{Pond} {Society}", ("Society", "Pond", "", "")),
        ("Reed & Loom", "Reed & Loom"),
        ("Reed \\& Loom", "Reed & Loom"),
        ("Wei Wang 0010", ("Wang", "Wei", "", "")),
        ("Wang 0010, Wei", ("Wang", "Wei", "", "")),
        ("&Stolz, Werner", ("Stolz", "Werner", "", "")),
        ("family=Li, given=Jia", ("Li", "Jia", "", "")),
        ("family={Li}, given={Jia, A}, prefix=van, suffix=Jr", ("Li", "Jia, A", "van", "Jr")),
        ('{family="Li", given="Jia"}', ("Li", "Jia", "", "")),
        ("family=Li, given=Jia, given-i=J", ("Li", "Jia", "", "")),
        ("{Pond Society of {North}}", "Pond Society of North"),
        ('R{\\"u}diger, A.', ("Rüdiger", "A.", "", "")),
        ("{Ponds}", "Ponds"),
    ],
)  # fmt: skip
def test_one_name(text, parts):
    assert name(text) == parts


@pytest.mark.parametrize(
    ("value", "cut", "others"),
    [
        ("Li, Jia and others", "Li, Jia", True),
        ("Li, Jia and {others}", "Li, Jia", True),
        ("Li, Jia and Sato, Mei and others,", "Li, Jia and Sato, Mei", True),
        ("Li, Jia et al.", "Li, Jia", True),
        ("Li, Jia  and\n Sato, Mei", "Li, Jia and Sato, Mei", False),
        ("Others, Ann", "Others, Ann", False),
        ("", "", False),
    ],
)
def test_the_tail_of_a_list(value, cut, others):
    assert without_tail(value) == (cut, others)


@pytest.mark.parametrize(
    ("value", "people", "others"),
    [
        ("Li, Jia and Haddad, Omar", ["Jia Li", "Omar Haddad"], False),
        ("Li, Jia AND Haddad, Omar", ["Jia Li", "Omar Haddad"], False),
        ("Li, Jia and {Reed and Sons}", ["Jia Li", "Reed and Sons"], False),
        ("Li, Jia, and Haddad, Omar", ["Jia Li", "Omar Haddad"], False),
        ("A. Smith, B. Jones, C. Doe", ["A. Smith", "B. Jones", "C. Doe"], False),
        ("A. Smith, B. Jones, and C. Doe", ["A. Smith", "B. Jones", "C. Doe"], False),
        ("Smith, A.; Jones, B.", ["A. Smith", "B. Jones"], False),
        ("A. Smith & B. Jones", ["A. Smith", "B. Jones"], False),
        ("A. Smith, B. Jones, C. Doe et al.", ["A. Smith", "B. Jones", "C. Doe"], True),
        ("Smith, Jr., Ann", ["Ann Smith"], False),
        ("Reed & Sons", ["Reed & Sons"], False),
        ("", [], False),
        (" , ", [], False),
    ],
)  # fmt: skip
def test_lists_of_names(value, people, others):
    found, more = people_of(value)
    assert [n.literal or f"{n.given} {n.full_family}".strip() for n in found] == people
    assert more is others


@pytest.mark.parametrize(
    ("value", "without_and"),
    [
        ("A. Smith, B. Jones, C. Doe", True),
        ("Smith, A.; Jones, B.", True),
        ("Smith, A.; Jones, B. and Doe, C.", True),
        ("A. Smith, B. Jones, and C. Doe", True),
        ("Smith, A., and C. Doe", False),
        ("Garcia Marquez, Gabriel J., and C. Doe", False),
        ("Smith, A.\\; Jones, B.", False),
        ("Smith, A. Jones, B. and Doe, C.", True),
        ("A. Smith & B. Jones", True),
        ("Reed & Sons", False),
        ("Smith, Ann", False),
        ("Smith, Jr., Ann", False),
        ("Smith, III, Ann", False),
        ("Smith, Ann and Jones, Bob", False),
        ("Smith, Annand Jones, Bob", False),
        ("{Smith, Jones, and Sons}", False),
        ("family=Smith, given=Ann, prefix=van", False),
        ("A. Smith, B. Jones, C. Doe and D. Ek, E. Fo, G. Ha, I. Jo", True),
    ],
)
def test_lists_that_no_and_parts(value, without_and):
    assert (unparted(value) is not None) is without_and


@pytest.mark.parametrize(
    ("value", "families"),
    [
        ("Mia Reed, Karl Loom", ["Reed", "Loom"]),
        ("Mia Reed, Karl Loom et al.", ["Reed", "Loom"]),
        ("Reed & Loom", ["Reed", "Loom"]),
        ("Reed \\& Loom", ["Reed", "Loom"]),
        ("Mia Reed & Karl Loom", []),
        ("Reed, Mia & Loom", []),
        ("Reed, Mia", []),
        ("Smith Jones, Ann B.", []),
        ("Smith Jones, Ann JB", []),
        ("Mia Reed, Karl Loom, Eva Brandt", []),
        ("Mia Reed and Karl Loom", []),
        ("{Mia Reed, Karl Loom}", []),
        ("Mia Reed; Karl Loom", []),
        ("family=Mia Reed, given=Karl Loom", []),
        ("", []),
    ],
)  # fmt: skip
def test_fields_with_two_readings(value, families):
    assert [n.family for n in people_otherwise(value)] == families


def test_names_are_parted_outside_of_braces():
    assert split_people("A and {B and C} and others") == ("A", "{B and C}", "others")
    assert split_people("  A\n B ") == ("A B",) and split_people(" ") == ()
