"""The small decisions of finding: labels, headings, hyphens, venues of headings, pages behind entries, works under one label."""

from __future__ import annotations

import pytest
from builders import typed_lines

from citenorm.find.author_year import AuthorYears, listed_somewhere
from citenorm.find.back_references import drop_back_references
from citenorm.find.citation_forms import (
    Named,
    author_years,
    expanded,
    labels,
    latex_keys,
    markdown_keys,
    named,
    numbers,
)
from citenorm.find.compound import parted
from citenorm.find.context import announced
from citenorm.find.dehyphenate import Spelling, spelling, visible
from citenorm.find.entry_signs import parted as paragraphs_parted
from citenorm.find.entry_signs import signs
from citenorm.find.headings import heading_kind
from citenorm.find.labels import glued, label_at, labels_of, numbering
from citenorm.find.lines import lines_of
from citenorm.find.one_per_line import one_a_line
from citenorm.find.outside_lists import loose
from citenorm.find.split import Entry, entry, split
from citenorm.model import Block, Document, Reference


# ------------------------------------------------------------------ labels
@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("[1] Brook", ("1", 4)),
        ("[^a1]: Brook", ("a1", 7)),
        ("(12) Brook", ("12", 5)),
        ("12. Brook", ("12", 4)),
        ("12) Brook", ("12", 4)),
        ("[Smi03] Brook", ("Smi03", 8)),
        ("12.5 Brook", ("", 0)),
        ("Brook 12.", ("", 0)),
        ("[a b] Brook", ("", 0)),
        ("", ("", 0)),
    ],
)
def test_a_label_in_front(text, label):
    assert label_at(text) == label


def counted(*texts):
    return [label.text for label in labels_of(typed_lines(*texts))]


def one_by_one(*texts):
    found = numbering(typed_lines(*texts))
    return [label.text for label in found.labels] if found else None


B = "Brook, A. Ponds. 2001."


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ([f"[1] {B}", f"[2] {B}"], ["1", "2"]),
        ([f"[1] {B}"], ["1"]),
        ([f"1. {B}"], []),
        ([f"1. {B}", "and more", f"2. {B}", f"3. {B}"], ["1", "2", "3"]),
        ([f"1. {B}", f"2. {B}", f"2001. {B}", f"3. {B}"], ["1", "2", "3"]),
        ([f"(1) {B}", f"(2) {B}", f"(3) {B}"], ["1", "2", "3"]),
        ([f"1) {B}", f"2) {B}", f"3) {B}"], ["1", "2", "3"]),
        ([f"1 {B}", f"2 {B}", f"3 {B}"], ["1", "2", "3"]),
        ([f"1 {B}", f"2 {B}"], []),
        ([f"41 {B}", f"42 {B}", f"43 {B}"], []),
        ([f"[Smi03] {B}", f"[Bro04] {B}"], ["Smi03", "Bro04"]),
        ([f"[Smi03] {B}"], []),
        ([B, B, B, f"[Smi03] {B}", f"[Bro04] {B}"], []),
        ([f"[1] {B}", f"[3] {B}", f"[4] {B}"], ["1", "3", "4"]),
        ([f"[1] {B}", f"[9] {B}"], ["1"]),
        ([f"[^1] {B}", f"[^2] {B}"], ["1", "2"]),
        ([*[B] * 14, f"[1] {B}"], ["1"]),
        ([*[B] * 15, f"[1] {B}"], []),
        ([*[B] * 11, f"1. {B}", f"2. {B}"], []),
        ([f"1. {B}", f"2. {B}", *[B] * 10], ["1", "2"]),
        ([f"1. {B}", f"2. {B}", *[B] * 11], []),
        ([f"1. {B}", f"4. {B}", f"8. {B}"], []),
        ([B, B], []),
    ],
)
def test_labels_that_number_lines_through(texts, found):
    assert counted(*texts) == found


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ([f"[1] {B}", f"[2] {B}", B, f"[3] {B}"], ["1", "2", "3"]),
        ([f"1. {B}", f"2. {B}"], ["1", "2"]),
        (["A title", f"1. {B}", f"2. {B}"], ["1", "2"]),
        (["A", "B", "C", "D", f"1. {B}", f"2. {B}"], None),
        ([f"1 {B}", f"2 {B}", f"3 {B}"], None),
        ([f"1. {B}"], ["1"]),
        ([f"2. {B}"], None),
        ([f"[2] {B}"], ["2"]),
        (["A title", f"[2] {B}"], None),
        ([f"[1] {B}", f"[2] {B}", f"[4] {B}", f"[5] {B}"], ["1", "2", "4", "5"]),
        ([f"[1] {B}", f"[3] {B}", f"[5] {B}", f"[6] {B}"], None),
        ([f"[1] {B}", f"[2] {B}", f"[7] {B}", f"[3] {B}"], ["1", "2", "3"]),
        ([f"[Smi03] {B}", f"[Bro04] {B}"], ["Smi03", "Bro04"]),
        ([B, f"[Smi03] {B}", f"[Bro04] {B}"], None),
        (["1.", B, "2.", B], ["1", "2"]),
        ([B], None),
    ],
)
def test_labels_that_count_a_list_from_its_top(texts, found):
    assert one_by_one(*texts) == found


def test_labels_within_a_line():
    text = "Brook. Ponds. [4] Weir. Nets. [6] Reed. [5] Loom [6]Fox. [6] Gray"
    assert [(text[a : a + n], label) for a, n, label in glued(text, 3)] == [("[4] ", "4"), ("[5] ", "5"), ("[6] ", "6")]  # fmt: skip
    assert glued("[4] Weir", 3) == []


# ------------------------------------------------------------------ headings
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("References", "list"),
        ("REFERENCES", "list"),
        ("7 References", "list"),
        ("Chapter 7 References", "list"),
        ("IV. References", "list"),
        ("R E F E R E N C E S", "list"),
        ("Refrences", "list"),
        ("Refernces", "list"),
        ("Literaturverzeichnis", "list"),
        ("Litratur", "list"),
        ("Literary", ""),
        ("Biography", "stop"),
        ("Xeferences", ""),
        ("References ........ 12", ""),
        ("References   12", ""),
        ("“References”", ""),
        ("References,", ""),
        ("Further reading", "maybe"),
        ("Appendix A", "stop"),
        ("Appendix", "stop"),
        ("Supplementary material", "stop"),
        ("Extended data figure 3", "stop"),
        ("Introduction", ""),
        ("", ""),
        ("References " + "x" * 60, ""),
    ],
)
def test_kinds_of_headings(text, kind):
    assert heading_kind(text) == kind


@pytest.mark.parametrize(
    ("heading", "venue", "year"),
    [
        ("ICML 2018", "ICML", 2018),
        ("Notes from ICML'18", "ICML", 2018),
        ("NeurIPS-2019 papers", "NeurIPS", 2019),
        ("MLSys2020 reading list", "MLSys", 2020),
        ("Interspeech2020", "Interspeech", 2020),
        ("2018 ICML", "ICML", 2018),
        ("Day 1: ICML 2018", "ICML", 2018),
        ("Conference on Pond Science 2018", "Conference on Pond Science", 2018),
        ("Pond Science 2018", None, None),
        ("What I thought of ICML 2018 and other things that bored me", None, None),
        ("Pond 2018", None, None),
        ("ICML", None, None),
        ("ICML 2018 " + "x" * 120, None, None),
    ],
)
def test_venues_of_headings(heading, venue, year):
    expected = {"container-title": venue, "issued": {"date-parts": [[year]]}} if venue else {}
    assert announced(heading) == expected


# ------------------------------------------------------------------ hyphens
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("quiet  ponds\tand\nlakes", "quiet ponds and lakes"),
        ("qui-\net ponds", "quiet ponds"),
        ("self-\nmade", "self-made"),
        ("Pond-\nBrook", "Pond-Brook"),
        ("text-to-\nimage", "text-to-image"),
        ("text-to\u00ad\nimage", "text-to-image"),
        ("12-\n19", "12-19"),
        ("12–\n19", "12–19"),
        ("qui\u00ad\net", "quiet"),
        ("qui\u00adet", "quiet"),
        ("https://ponds.example/\na/b", "https://ponds.example/a/b"),
        ("https://ponds.example/a-\nb", "https://ponds.example/a-b"),
        ("arXiv:\n1901.00001", "arXiv:1901.00001"),
        ("doi: \n10.1000/a", "doi:10.1000/a"),
        ("po\u200bnd", "pond"),
        (" x ", "x"),
    ],
)
def test_what_a_reader_sees(text, shown):
    assert visible(text) == shown


def test_the_document_shows_how_it_writes_a_word():
    parted = Spelling(frozenset({"quiet-pond"}))
    whole = Spelling(frozenset({"quietpond"}))
    both = Spelling(frozenset({"quietpond", "quiet-pond"}))
    never = Spelling(frozenset(), hyphenated=False)
    assert visible("quiet-\npond") == visible("quiet-\npond", whole) == "quietpond"
    for spelt in (parted, both, never):
        assert visible("quiet-\npond", spelt) == "quiet-pond"
    assert visible("self-\nmade", Spelling(frozenset({"selfmade"}))) == "selfmade"


def test_what_a_document_shows_of_its_words():
    text = "\n".join(
        [
            "The quiet pond-water was cold and the frogs were sam-",
            "pled in the nets of the northern society of ponds",
        ]
        * 3
    )
    found = spelling(text)
    assert "pond-water" in found.words and "the" in found.words and found.hyphenated
    assert "sam" not in found.words and "pled" not in found.words
    assert spelling("no hyphens at the ends\nof these lines of text") == Spelling()
    rare = "\n".join(
        ["A long line of text that ends without any hyphen at all"] * 99
        + ["and one that ends with a hy-", "phen"]
    )
    assert not spelling(rare).hyphenated


# ------------------------------------------------------------------ one a line
LIST = (
    "Brook, A. Ponds. Pond Letters, 2001.",
    "Weir, D. Nets of the north and the south. Net News, 1999.",
    "Reed, C. Frogs. Oslo: Elm, 1987.",
)


@pytest.mark.parametrize(
    ("why", "texts", "one"),
    [
        ("one each", LIST, True),
        ("two lines", LIST[:2], False),
        ("a blank line", (LIST[0], "", *LIST[1:]), False),
        ("one goes on", (LIST[0], "in the north, 2001.", *LIST[1:]), False),
        ("one breaks off", (LIST[0] + " and", *LIST[1:]), False),
        ("one ends with an address", (LIST[0], LIST[1] + " https://ponds.example/", LIST[2]), True),
        ("the last one breaks off", (*LIST, "Fox, G. Foxes, 1999, and"), True),
        ("no years", ("Brook, A. Ponds.", "Weir, D. Nets.", "Reed, C. Frogs."), False),
        ("no people", ("Ponds of 2001.", "Nets of the north 1999.", "Frogs of 1987."), False),
        ("two without either", (*LIST, "A plain title", "Another plain title"), False),
        ("full lines", ("Brook, A. Ponds of the north. Pond Letters,", *["Weir, D. Nets of the north and the east 1999"] * 3), False),
    ],
)  # fmt: skip
def test_one_reference_a_line(why, texts, one):
    assert one_a_line(typed_lines(*texts)) is one, why


def test_what_is_no_list_of_lines():
    for kind in ("heading", "code", "table"):
        assert not one_a_line(typed_lines(*LIST, kind=kind))
    indented = typed_lines(*LIST)
    indented[1].indent = 2.0
    assert not one_a_line(indented)
    drawn = typed_lines(*LIST)
    drawn[0].width += 0.5
    assert not one_a_line(drawn)


# ------------------------------------------------------------------ lines of a document
def test_lines_of_a_document():
    text = "Heading\n\n\n   an item  \nthat goes on\n\tindented\n"
    document = Document(
        "a", "text", text, (Block("heading", 0, 7, 2), Block("item", 10, 35, 1, "3"))
    )
    found = lines_of(document)
    assert [x.text for x in found] == ["Heading", "an item", "that goes on", "indented"]
    assert [text[x.start : x.end] for x in found] == [x.text for x in found]
    assert [x.indent for x in found] == [0.0, 3.0, 0.0, 4.0]
    assert [x.gap for x in found] == [1, 2, 0, 0]
    assert [x.kind for x in found] == ["heading", "item", "item", "paragraph"]
    assert [x.level for x in found] == [2, 1, 1, 0] and [x.label for x in found][1] == "3"
    assert [x.first for x in found] == [True, True, False, False]
    assert [x.block for x in found] == [0, 1, 1, -1]
    assert [x.width for x in found] == [7.0, 7.0, 12.0, 8.0]
    assert lines_of(Document("a", "text", "")) == []


# ------------------------------------------------------------------ entries
def made(*texts, format="text", **more):
    given = typed_lines(*texts, **more)
    whole = "\n".join(texts)
    return [(e.label, e.text) for e in split(whole, given, format)]


def test_entries_by_label():
    assert made(f"[1] {B}", f"[2] {B}", "in the north.") == [("1", B), ("2", f"{B} in the north.")]
    lost = "Weir, D. Nets of the north. Net News, 1999."
    assert made(lost, f"[2] {B}", f"[3] {B}") == [("", lost), ("2", B), ("3", B)]
    assert made("Some words", f"[2] {B}", f"[3] {B}") == [("2", B), ("3", B)]
    long = f"[1] Brook, A. {'Ponds of the north and the south. ' * 9}2001. [2] Weir, D. Nets. 1999."
    assert [label for label, _ in made(long, f"[3] {B}")] == ["1", "2", "3"]
    assert [label for label, _ in made(f"[1] {B} [2] Weir, D. Nets. 1999.", f"[3] {B}")] == [
        "1",
        "3",
    ]


def test_entries_by_lines_and_blocks():
    assert [t for _, t in made(*LIST)] == list(LIST)
    assert [t for _, t in made(*LIST, format="markdown", first=True)] == list(LIST)
    assert made(format="text") == []
    stated = typed_lines(*LIST, kind="bibitem", label="k")
    for line in stated:
        line.first = True
    found = split("\n".join(LIST), stated, "latex")
    assert [(e.label, e.text) for e in found] == [("k", text) for text in LIST]


def test_an_entry_is_cut_at_a_glued_heading_and_freed_of_its_lead():
    text = "  Source: Brook, A. Ponds. Pond Letters, 2001. ## Next  "
    found = entry(text, 0, len(text), "7")
    assert found.text == "Brook, A. Ponds. Pond Letters, 2001." and found.label == "7"
    assert text[found.start : found.end] == found.text
    plain = "Source: ponds of the north"
    assert entry(plain, 0, len(plain)).text == plain
    assert entry("   ", 0, 3).text == ""


def entry_of(text, **more):
    return Entry(0, len(text), text, "2", **more)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("J. Link et al., Phys. Lett. B 556 (2003); B. Aubert et al., Phys. Rev. D 70 (2004).", 2),
        (
            "J. Link et al., Phys. Lett. B 556, 7 (2003). B. Aubert et al., Phys. Rev. D 70, 3 (2004).",
            2,
        ),
        ("(a) J. Link, Phys. Lett. B 556 (2003); (b) B. Aubert, Phys. Rev. D 70 (2004).", 2),
        (
            "J. Link et al., Phys. Lett. B 556 (2003); see also B. Aubert et al., Phys. Rev. D 70 (2004).",
            2,
        ),
        (
            "J. Link et al., Phys. Lett. B 556; B. Aubert et al., Phys. Rev. D 70 (2004), in print.",
            1,
        ),
        ("J. Link; B. Aubert et al., Phys. Rev. D 70 (2004), 71 (2005).", 1),
        ("J. Link et al., Phys. Lett. B 556 (2003); a longer version is in print (2004).", 1),
        ("J. Link et al. Ponds (2003); B. Aubert, C. Reed, eds. Springer (2004), Berlin.", 1),
        ("J. Link et al. (2003).", 1),
        (
            "J. Link et al., Phys. Lett. B 556 (2003), 2001; B. Aubert, C. Reed, Phys. Rev. D 70, 3.",
            1,
        ),
    ],
)
def test_several_works_under_one_label(text, pieces):
    found = parted(text, entry_of(text))
    assert len(found) == pieces
    assert all(e.label == "2" for e in found)
    assert all(text[e.start : e.end].split() for e in found)


def test_letters_in_front_of_works_are_left_out():
    text = "(a) J. Link, Phys. Lett. B 556 (2003); (b) B. Aubert, Phys. Rev. D 70 (2004)."
    made = [text[e.start : e.end] for e in parted(text, entry_of(text))]
    assert made == ["J. Link, Phys. Lett. B 556 (2003)", "B. Aubert, Phys. Rev. D 70 (2004)."]


def test_one_entry_by_its_layout_is_parted_at_semicolons_alone():
    text = (
        "J. Link et al., Phys. Lett. B 556, 7 (2003). B. Aubert et al., Phys. Rev. D 70, 3 (2004)."
    )
    assert len(parted(text, entry_of(text, stated=True))) == 1
    both = text.replace("(2003). ", "(2003); ")
    assert len(parted(both, entry_of(both, stated=True))) == 2
    assert len(parted(both, entry_of(both, context={"title": "x"}))) == 1


def shortened(*texts):
    whole = "\n".join(texts)
    at, found = 0, []
    for text in texts:
        found.append(Entry(at, at + len(text), text))
        at += len(text) + 1
    drop_back_references(whole, found)
    return [whole[e.start : e.end] for e in found]


LINK = "J. Link et al., Phys. Lett. B 556 (2003)."


def test_pages_on_which_an_entry_is_cited():
    for said in (
        "Cited on pages 3, 5.",
        "[Cited in pp. 3 and 5]",
        "(Zitiert auf Seiten 3–5)",
        "cited on page 7",
    ):
        assert shortened(f"{LINK} {said}") == [LINK], said
    assert shortened(f"{LINK} 3, 5.") == [f"{LINK} 3, 5."]
    assert shortened(*[f"{LINK} 3, 5."] * 3) == [LINK] * 3
    assert shortened(f"{LINK} 3, 5.", f"{LINK} 7", LINK) == [LINK] * 3
    assert shortened(f"{LINK} 3, 5.", LINK, LINK) == [f"{LINK} 3, 5.", LINK, LINK]
    assert shortened(*["Ponds. Cited on page 3"] * 2) == ["Ponds. Cited on page 3"] * 2  # too short


def test_references_outside_of_lists():
    def found(*texts, **more):
        return [e.text for e in loose("\n".join(texts), typed_lines(*texts), **more)]

    sure = "Brook, A. and Weir, D. (2001). Quiet ponds of the north. Pond Letters, 12(3), 101-113."
    weak = "Brook, Anna. Quiet ponds of the north. Oslo, 2001, 300 p."
    prose = "The ponds were quiet, and we sampled them as Brook (2001) did before us in the north."
    assert (
        found(sure) == [sure] and found(prose) == [] and found(prose, "", sure, "", prose) == [sure]
    )
    assert found(*LIST) == list(LIST)
    assert found("[7] " + sure) == [sure]
    assert found("Source: " + sure) == [sure]
    if found(weak) == []:
        assert found(weak, above=True) == found(weak, below=True) == found(sure, "", weak)[1:]
    assert (
        loose(sure, typed_lines(sure, kind="heading")) == []
        and loose(sure, typed_lines(sure, kind="table")) == []
    )
    link = "https://doi.org/10.1000/nets.7"
    assert loose(link, typed_lines(link, kind="footnote", first=True))[0].text == link
    assert found("10.1000/nets.7") == []


# ------------------------------------------------------------------ what a list shows of its entries
def added(texts, tags):
    return signs(typed_lines(*texts), list(tags))


def test_labels_and_heads_begin_entries():
    texts = [f"1. {B}", f"2. {B}", "goes on here", f"3. {B}"]
    assert added(texts, "BBII") == {0: 4.0, 1: 4.0, 2: -3.0, 3: 4.0}
    assert added(texts[:2], "BB") == {}
    heads = [
        "Brook, A. (2001). Ponds.",
        "Weir, D. (1999). Nets.",
        "of the cold north pole.",
        "Reed, C. (1987). Frogs.",
    ]
    assert added(heads, "BBIB") == {0: 4.0, 1: 4.0, 2: -1.0, 3: 4.0}
    assert added(["Ponds", "Nets", "Frogs"], "BBB") == {}
    broken = ["Brook, A., Weir, D. and Reed, C.", "(2001). Ponds of the north."]
    assert added([*broken, *broken, *broken], "BIBIBI") == {
        0: 4.0,
        1: -1.0,
        2: 4.0,
        3: -1.0,
        4: 4.0,
    }
    goes_on = [*heads[:2], "of the cold and", "Fox, G. (1979). Foxes.", *heads[3:]]
    assert added(goes_on, "BBIIB") == {0: 4.0, 1: 4.0, 2: -1.0, 4: 4.0}, "nothing has ended"
    assert added([*heads, "et al. 2001"], "BBIBB")[4] == -6.0
    assert added(["Ponds of", "May 2001, Oslo"], "BB") == {1: -6.0}
    assert added(["Ponds of", "May 2001, Oslo"], "BI") == {}, "nothing begins there"
    above = [heads[0], *heads[:2], *heads[:2], *heads[:2], heads[3]]
    assert min(added(above, "OOOOOBBB")) == 1, "four lines above the first are looked at"
    assert added(["Ponds.", "May 2001, Oslo"], "BB") == {}


def test_paragraphs_of_a_typed_list():
    texts = [LIST[0], "", LIST[1], "", LIST[2], "", LINK]
    assert paragraphs_parted(typed_lines(*texts), ["B", "I", "B", "I"]) == [1, 3]
    assert paragraphs_parted(typed_lines(*texts), ["B", "I", "I", "I"]) == []
    assert paragraphs_parted(typed_lines(LIST[0], LIST[1], "", LIST[2]), ["B", "B", "I"]) == []
    goes_on = [LIST[0], "", LIST[1], "", "and others of the north, 2001.", "", LINK]
    assert paragraphs_parted(typed_lines(*goes_on), ["B", "B", "I", "I"]) == [3]
    breaks_off = [LIST[0] + " and", "", LIST[1], "", LIST[2]]
    assert paragraphs_parted(typed_lines(*breaks_off), ["B", "I", "B"]) == []


# ------------------------------------------------------------------ citations
def cited(found, text):
    return [(text[c.start : c.end], c.names, c.sure) for c in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("as in [3].", [("[3]", ("3",), True)]),
        ("as in [3, 5–7; 9].", [("[3, 5–7; 9]", ("3", "5", "6", "7", "9"), True)]),
        ("x[3] and f([3]) and y = [3]", [("[3]", ("3",), False)] * 3),
        (
            "[3](link) [4]: x [05]",
            [("[3]", ("3",), False), ("[4]", ("4",), True), ("[05]", ("05",), False)],
        ),
        ("[see 3, pp. 4–6]", [("[see 3, pp. 4–6]", ("3",), False)]),
        ("[vgl. 1, S. 72]", [("[vgl. 1, S. 72]", ("1",), False)]),
        ("[12345] [a3b] [^3] [@a]", []),
        ("nets.¹²", [("¹²", ("12",), False)]),
        ("nets^3,4^", [("^3,4^", ("3", "4"), False)]),
        ("nets<sup>3, 4</sup>", [("<sup>3, 4</sup>", ("3", "4"), False)]),
    ],
)
def test_numbers(text, found):
    assert cited(numbers(text), text) == found


@pytest.mark.parametrize(
    ("printed", "names"),
    [("3", ("3",)), ("3–5", ("3", "4", "5")), ("3-5, 8", ("3", "4", "5", "8")), ("5–3", ("5", "3")), ("1-61", tuple(map(str, range(1, 62)))), ("1-62", ("1", "62")), ("3-3", ("3", "3"))],
)  # fmt: skip
def test_ranges_of_numbers(printed, names):
    assert expanded(printed) == names


def test_labels_of_a_list():
    known = frozenset({"Smi03", "GGJ+18", "Bro, 04"})
    assert cited(labels("[Smi03] [Smi03, GGJ+18]", known), "[Smi03] [Smi03, GGJ+18]") == [("[Smi03]", ("Smi03",), True), ("[Smi03, GGJ+18]", ("Smi03", "GGJ+18"), True)]  # fmt: skip
    assert cited(labels("[Bro, 04]", known), "[Bro, 04]") == [("[Bro, 04]", ("Bro, 04",), True)]
    assert cited(labels("[Smi03, XYZ]", known), "[Smi03, XYZ]") == [
        ("[Smi03, XYZ]", ("Smi03", "XYZ"), False)
    ]
    assert cited(labels("[XYZ] [Smi03, A, B]", known), "[XYZ] [Smi03, A, B]") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("\\cite{a, b}", [("\\cite{a, b}", ("a", "b"), True)]),
        ("\\citep[see][p. 3]{a}{b}", [("\\citep[see][p. 3]{a}", ("a",), True)]),
        ("\\cites{a}[3]{b}", [("\\cites{a}[3]{b}", ("a", "b"), True)]),
        ("\\nocite{a}", [("\\nocite{a}", ("a",), False)]),
        ("\\cite{} \\cite{#1} \\cite{a b}", []),
    ],
)
def test_keys_of_latex(text, found):
    assert cited(latex_keys(text), text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[@a; -@b, p. 3]", [("[@a; -@b, p. 3]", ("a", "b"), True)]),
        ("@a and @b.", [("@a", ("a",), False), ("@b", ("b",), False)]),
        ("[@a] @b [@c]", [("[@a]", ("a",), True), ("[@c]", ("c",), True), ("@b", ("b",), False)]),
        ("x[^1] and [^1]: note", [("[^1]", ("1",), False)]),
        ("me@home.org @home.org @f(x)", []),
    ],
)
def test_keys_of_markdown(text, found):
    assert cited(markdown_keys(text), text) == found


@pytest.mark.parametrize(
    ("names", "years", "made"),
    [
        ("Gao", "2018", [Named(("Gao",), False, "2018")]),
        ("Gao et al.", "2018", [Named(("Gao",), True, "2018")]),
        ("Gao and colleagues", "2018", [Named(("Gao",), True, "2018")]),
        ("Gao & Weir", "2018a, b", [Named(("Gao", "Weir"), False, "2018a"), Named(("Gao", "Weir"), False, "2018b")]),
        ("However, Gao, Weir, and Fox", "2018; 2019", [Named(("Gao", "Weir", "Fox"), False, "2018"), Named(("Gao", "Weir", "Fox"), False, "2019")]),
    ],
)  # fmt: skip
def test_people_and_years(names, years, made):
    assert named(names, years) == made


def test_what_a_message_calls_them():
    assert Named(("Gao",), True, "2018").name == "Gao et al. 2018"
    assert Named(("Gao", "Weir", "Fox"), False, "2018").name == "Gao & Weir 2018"


def years_of(text):
    return [
        (text[a:b], form, [n.name for n in people]) for a, b, form, people in author_years(text)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("(Gao et al., 2018)", [("author-year", ["Gao et al. 2018"])]),
        ("(Gao, 2018; Weir & Fox, 2019)", [("author-year", ["Gao 2018", "Weir & Fox 2019"])]),
        ("Gao et al. (2018) show", [("narrative", ["Gao et al. 2018"])]),
        ("Gao's (2018, p. 3) nets", [("narrative", ["Gao 2018"])]),
        ("In May (2018) we", []),
        ("(Version 2018)", []),
        ("(see Figure 3, 2018)", []),
        ("(2018)", []),
    ],
)
def test_names_with_years(text, found):
    assert [(form, names) for _, form, names in years_of(text)] == found


LISTED = [
    Reference("Gao, L. and Weir, D. (2018a). Ponds."),
    Reference("Gao, L., Fox, G. (2018b). Nets."),
    Reference("———. (2019). Frogs."),
    None,
    Reference("World Pond Society. 2001. Report."),
    Reference("Reed, C. Undated."),
]


@pytest.mark.parametrize(
    ("families", "year", "others", "place"),
    [
        (["Gao"], "2018a", False, 0),
        (["Gao"], "2018b", False, 1),
        (["Gao"], "2018", True, 0),
        (["Gao", "Fox"], "2018", False, 1),
        (["Gao", "Weir"], "2018", False, 0),
        (["Gao"], "2019", False, 2),
        (["Gao"], "2017", False, -1),
        (["Weir"], "2018", False, 0),
        (["Howeverly", "Gao"], "2018a", False, 0),
        (["World Pond Society"], "2001", False, 4),
        (["Pond Society"], "2001", False, 4),
        (["Nobody"], "2018", False, -1),
        (["van"], "2018", False, -1),
    ],
)
def test_the_entry_that_a_name_and_a_year_mean(families, year, others, place):
    assert AuthorYears(LISTED).target(Named(tuple(families), others, year)) == place


@pytest.mark.parametrize(
    ("families", "others", "plain"),
    [
        (["Nobody"], True, True),
        (["Nobody"], False, False),
        (["Nobody", "Else"], False, True),
        (["Gao"], False, True),
        (["ICML"], True, False),
        (["Ab"], True, False),
        (["Reed"], True, False),
        (["A", "B", "C", "D"], False, False),
        (["One", "Two", "Three"], False, True),
        (["One", "Two", "Three", "Four"], False, False),
    ],
)
def test_what_can_be_nothing_but_a_citation(families, others, plain):
    assert AuthorYears(LISTED).plain(Named(tuple(families), others, "2018")) is plain


def test_names_near_their_years_anywhere():
    known = AuthorYears(LISTED)
    assert known and not AuthorYears([None])
    body = (
        "As Gao wrote in 2018. "
        + "x" * 200
        + " The World Pond Society. "
        + "y" * 200
        + " 2001. gao. Reed"
    )
    assert known.anywhere(body, lambda at: True) == {0, 1, 5}
    assert known.anywhere(body, lambda at: at > 100) == {5}
    assert known.anywhere("gao 2018", lambda at: True) == set()


def test_listed_somewhere():
    assert listed_somewhere("Gao et al. 2018a", "… Gao, L., and Weir, D. Ponds. 2018.")
    assert not listed_somewhere("Gao et al. 2018a", "Gao. " + "x" * 300 + "2018")
    assert not listed_somewhere("Gao et al. 2018", "Gaoler 2018") and not listed_somewhere(
        "Gao 2018", "Weir 2018"
    )
