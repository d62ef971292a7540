"""Repairs without any record: form alone, what is switched off, what a file that was looked at keeps for the next run."""

from __future__ import annotations

import datetime

import pytest
from builders import claim, record

from citenorm.bib import RepairOptions, claims, read, repair, write
from citenorm.bib.borne_out import borne_out
from citenorm.bib.change import EntryChange
from citenorm.bib.claims import csl_of
from citenorm.bib.form import check_form
from citenorm.bib.inherit import Parents, fields_of
from citenorm.bib.merge_names import _says_as_much
from citenorm.bib.rekey import recite
from citenorm.bib.repair import plan
from citenorm.bib.rows import changed_entries
from citenorm.bib.scan import _begins_line, scan
from citenorm.bib.style import Insertions, quoted, style_of
from citenorm.bib.told import Told, permitted
from citenorm.bib.unchanged_cache import CleanFiles, catalogue_state, holds_until, settings_digest
from citenorm.model import Claim, Diagnostic, Provenance, Record, Resolution, Work

PAGES = b"@misc{k,\n  pages = {1-2}\n}\n@misc{l,\n  pages = {3-4}\n}\n"


def mended(**options):
    return repair(read(PAGES), [], RepairOptions(**options))[0]


def test_form_is_mended_without_any_record():
    assert mended() == PAGES.replace(b"-", b"--")
    assert mended(form=False) == PAGES
    assert mended(entries=frozenset({"l"})) == PAGES.replace(b"3-4", b"3--4")
    assert mended(wanted=lambda code, name: name != "wrong-dash") == PAGES


def test_what_changes_in_some_fields_of_one_entry():
    bib = read(b"@misc{k,\n  pages = {1-2},\n  title = {About BERT}\n}\n")
    made = plan(bib, [])
    (entry,) = bib.entries
    assert write(bib, made.of_entry(entry, {"title"})).count(b"{BERT}") == 1
    assert b"1-2" in write(bib, made.of_entry(entry, {"title"}))
    assert made.of_entry(entry, {"note"}) == [] and len(made.of_entry(entry)) == 2
    off = plan(bib, [], RepairOptions(form=False))
    assert off.of_entry(entry) == []
    assert {d.name for d in off.diagnostics} == {"unprotected-acronym", "wrong-dash"}
    clean = plan(read(b"@misc{k, title = {Ponds}}"), [])
    assert clean.context is None and clean.edits() == []


def test_values_of_a_field_that_stands_twice():
    before, after = read(b"@misc{k, x = {1}, x = {2}}"), read(b"@misc{k, x = {1}, x = {3}}")
    ((row,),) = [entry.rows for entry in changed_entries(before, after)]
    assert (row.field, row.before, row.after) == ("x", "1 2", "1 3")


def test_values_in_quotes_are_told_without_them():
    before, after = read(b'@misc{k, x = "A"}'), read(b'@misc{k, x = "B"}')
    ((row,),) = [entry.rows for entry in changed_entries(before, after)]
    assert (row.before, row.after) == ("A", "B")


def test_whose_word_a_change_rests_on():
    before, after = read(b"@misc{k, url = {a.org}}"), read(b"@misc{k, url = {b.org}}")
    (said,) = claims(before)
    one = record("x:1")
    told = {"DOI": Provenance("as stated", ""), "URL": Provenance("corrected", "pub", "x:1")}
    made = Resolution(said, "matched", "verified", one, Work("x:1", (one,)), provenance=told)
    ((row,),) = [entry.rows for entry in changed_entries(before, after, [made])]
    assert row.source == "pub"


@pytest.mark.parametrize("text", ["@misc{k}", "@misc{k,}", "@misc{k,\n}"])
def test_the_first_field_of_an_entry_stands_behind_one_comma(text):
    bib = read(text.encode())
    (entry,) = bib.entries
    new = Insertions(bib, entry, style_of(bib, bib.entries))
    new.add("year", "2018")
    (edit,) = new.edits()
    written = bib.text[: edit.start] + edit.text + bib.text[edit.end :]
    assert written.count(",") == 1 and read(written.encode()).entries[0].fields[0].name == "year"


def test_an_entry_that_cannot_be_read_is_told_where_that_is_wanted():
    broken = read(b"@misc{k, title = {A}")
    assert "malformed-entry" in {d.name for d in check_form(broken).diagnostics}
    others = check_form(broken, lambda code, name: name != "malformed-entry").diagnostics
    assert "malformed-entry" not in {d.name for d in others}


@pytest.mark.parametrize(("length", "kept"), [(59, False), (60, True)])
def test_a_note_that_says_more_than_the_number_of_the_preprint(length, kept):
    note = "arXiv: 1701.00001, ".ljust(length, "x")
    stated = {"title": "Ponds", "eprint": "1701.00001", "archiveprefix": "arXiv", "note": note}
    fields = ", ".join(f"{name} = {{{value}}}" for name, value in stated.items())
    (said,) = claims(read(f"@misc{{k, {fields}}}".encode()))
    assert ("note" in said.csl) is kept


@pytest.mark.parametrize(
    ("text", "key", "at"),
    [("@book{ k title = {A}}", "k", 7), ("@book{\n  title = {A}}", "", 6), ("@book{  }", "", 8), ("@book{k}", "k", 6)],
)  # fmt: skip
def test_where_a_key_stands(text, key, at):
    (block,) = scan(text)
    assert (block.key, block.key_start) == (key, at)


def test_where_the_word_of_a_block_stands():
    assert [b.type_start for b in scan("@string{a = {A}}")] == [1]


@pytest.mark.parametrize(
    ("text", "at", "limit", "begins"),
    [("ab @c", 3, 0, False), ("a\n \t@c", 4, 0, True), ("\n@c", 1, 0, True), ("\n@c", 1, 1, False)],
)
def test_signs_that_begin_a_line(text, at, limit, begins):
    assert _begins_line(text, at, limit) is begins


@pytest.mark.parametrize(
    ("value", "written"),
    [("a (b", "{a (b}"), ("a) b", "{a) b}"), ("a", '"a"'), ('a "b"', '"a {"}b{"}"')],
)
def test_values_in_quotes(value, written):
    assert quoted(value) == written


def test_whose_fields_are_those_of_an_entry():
    bib = read(b"@misc{k, title = {A}, xdata = {x}}\n@xdata{x, address = {Oslo}}")
    found = fields_of(bib, bib.entries[0], Parents(bib))
    assert {name: value.own for name, value in found.items()} == {"title": True, "xdata": True, "address": False}  # fmt: skip
    assert csl_of("misc", found)["publisher-place"] == "Oslo"
    assert "publisher-place" not in csl_of("misc", {"title": found["title"]})


def test_given_names_of_fewer_words_than_the_record_has():
    assert _says_as_much("Yann", "Yann Andre") and not _says_as_much("Yann", "Peter Paul")
    assert not _says_as_much("Y.", "Yann Andre")


def test_dates_with_more_in_them_have_the_year_in_common():
    def dated(*parts):
        return {"issued": {"date-parts": [list(parts)]}}

    assert borne_out(Claim(dated(2001, 5)), "issued", [Record("x:1", dated(2001))])
    assert not borne_out(Claim(dated(2001, 5)), "issued", [Record("x:1", dated(2002, 5))])


HERE = {"title": "Quiet ponds", "who": "Anna Weir; Bo Reed", "year": 2001, "venue": "Neural Computation", "volume": "3", "pages": "7-9"}  # fmt: skip


@pytest.mark.parametrize(
    ("field", "stated", "theirs", "borne"),
    [
        ("title", {"title": "Quiet Ponds."}, {}, True),
        ("title", {"title": "Quiet ponds!", "year": 1999}, {}, True),
        ("title", {"title": "Quiet lakes"}, {}, False),
        ("author", {}, {}, True),
        ("author", {"who": "A. Weir; Bo C. Reed"}, {}, False),  # initials are poorer
        ("author", {"who": "Weir, ; Bo C. Reed"}, {}, True),
        ("author", {"who": "Anna Weir"}, {}, False),
        ("author", {"who": "Bo Reed; Anna Weir"}, {}, False),
        ("author", {"others": True}, {}, False),
        ("container-title", {"venue": "Neural Comput."}, {}, True),
        ("container-title", {"venue": "Pond Letters"}, {}, False),
        ("container-title", {"venue": "Neural Computation", "year": 1999}, {}, True),
        ("volume", {}, {}, True),
        ("volume", {"volume": "4"}, {}, False),
        ("volume", {"year": 1999}, {}, False),  # of another year
        ("volume", {"year": None}, {}, True),
        ("volume", {}, {"year": None}, True),
        ("page", {"pages": "7–9"}, {}, True),
        ("page", {"pages": "7-9", "year": 1999}, {}, False),
        ("page", {"pages": "8-9"}, {}, False),
        ("volume", {"volume": ""}, {}, False),
        ("volume", {}, {"volume": ""}, False),
        ("volume", {}, {"type": "article", "venue": "arXiv"}, False),
    ],
)
def test_what_a_record_bears_out(field, stated, theirs, borne):
    assert borne_out(claim(**{**HERE, **stated}), field, [record("x:1", **{**HERE, **theirs})]) is borne  # fmt: skip


def test_the_part_of_a_change_that_findings_speak_for():
    bib = read(b"@misc{k, volume = {1}, pages = {2}}")
    volume, pages = bib.entries[0].fields
    change = EntryChange("article", {volume: "3", pages: "4"})
    said = Diagnostic("CN1", "a-rule", "…")
    whole, some, rest = Told(said, None), Told(said, frozenset({"volume"})), Told(said, frozenset({"pages"}))  # fmt: skip

    def left(on, every):
        return permitted(change, on, every).fields()

    assert left([some, rest], [some, rest]) == {"type", "volume", "pages"}
    assert left([some], [some, rest]) == {"volume"} and left([], [some]) == set()
    assert left([whole], [whole, rest]) == {"type", "volume", "pages"}
    assert left([rest], [whole, rest]) == set(), "the change as a whole is off"


def test_keys_that_end_in_a_mark():
    assert recite("[@a/x.]", {"a/x": "n"}, "x.md") == "[@n.]"


# ------------------------------------------------------------------ files that were looked at
TODAY = datetime.date(2026, 5, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (b"% citenorm: ignore=all until=2026-05", "2026-05-31"),
        (b"% citenorm: ignore=all until=2026-05-01", "2026-05-01"),
        (b"% citenorm: ignore=all until=2026-04", ""),
        (
            b"% citenorm: ignore=a until=2027-01\n% citenorm: ignore=b until = 2026-12-3",
            "2026-12-03",
        ),
        (b"until=2026-05", ""),
    ],
)
def test_the_last_day_of_a_remark(text, day):
    assert holds_until(text, TODAY) == day


def test_findings_are_kept_until_their_day(tmp_path):
    dated = b"% citenorm: ignore=all until=2026-05-01"
    CleanFiles("settings", tmp_path, TODAY).keep(dated, "[]")

    def found(settings="settings", day=TODAY, data=dated):
        return CleanFiles(settings, tmp_path, day).findings(data)

    assert found() == "[]" and found(day=TODAY + datetime.timedelta(1)) is None
    assert found("others") is None and found(data=b"x") is None
    CleanFiles("settings", tmp_path, TODAY).keep(b"x", "[]")
    assert found(data=b"x", day=TODAY + datetime.timedelta(900)) == "[]"
    CleanFiles("settings", tmp_path, TODAY).keep(b"y", "")
    assert found(data=b"y") is None
    memory = CleanFiles("settings", tmp_path, TODAY)
    memory.add(dated)
    memory.save()
    assert CleanFiles("settings", tmp_path, TODAY).knows(dated)
    assert not CleanFiles("settings", tmp_path, TODAY + datetime.timedelta(1)).knows(dated)


def test_settings_and_catalogues_have_a_state(tmp_path):
    assert settings_digest(["a", 1]) == settings_digest(("a", "1")) != settings_digest(["a1"])
    assert catalogue_state(tmp_path / "none").endswith(" -")
    (tmp_path / "catalogue.json").write_text("{}")
    assert catalogue_state(tmp_path) != f"{tmp_path} -" and catalogue_state(tmp_path).endswith(" 2")


def test_remarks_in_comments_end_with_their_brace_or_their_line():
    assert [b.kind for b in scan("@comment{a } b}\n@book{k, a = {1}}")] == [
        "comment",
        "text",
        "entry",
    ]
    assert [b.kind for b in scan("@comment(a } b\n@book{k, a = {1}}")] == [
        "broken",
        "text",
        "entry",
    ]
