"""Blocks, fields and values of .bib files of every kind; what is read is what BibTeX reads; writing keeps every byte."""

import time

import pytest
from bibtexparser import parse_string
from hypothesis import given, settings
from hypothesis import strategies as st

from citenorm.bib import read, write
from citenorm.bib.cited import cited_keys
from citenorm.bib.scan import scan
from citenorm.errors import InputError

ODD = """\ufeff% a remark
@string{jp = "Journal of " # {Ponds}}
@preamble{"\\newcommand{\\x}{y}"}
free text with an e-mail a@b.org and a % sign
@comment{jabref-meta: groupstree:
0 AllEntriesGroup:;}
@Article { Key1 ,
  Author = "R{\\"u}diger, A. and {The {Big} Team}",
  title={A {Nested {Brace}} title},
  journal = jp # " (abbr)", year = 2001, month = 10 # "~" # jul
}
@book(key2, title = {In parentheses}, note = "x",)
% @misc{gone, title = {commented out}}
@misc{first, title = {never closed},
@misc{second, title = {closed}}
@comment a line alone
@inproceedings{ , title = {no key}}
@misc{bad, title {no equals sign}}
@misc{remarks,
  title = {A}, % why
  % year = {1999},
  year = {2000}
}
"""


def kinds(bib):
    return [(b.kind, b.type, b.key) for b in bib.blocks if b.kind != "text"]


def test_every_kind_of_block():
    bib = read(ODD.encode())
    assert kinds(bib) == [
        ("string", "string", "jp"), ("preamble", "preamble", ""), ("comment", "comment", ""), ("entry", "article", "Key1"), ("entry", "book", "key2"),
        ("broken", "misc", ""), ("entry", "misc", "second"), ("comment", "comment", ""), ("entry", "inproceedings", ""), ("entry", "misc", "bad"),
        ("entry", "misc", "remarks"),
    ]  # fmt: skip
    assert "".join(bib.text[b.start : b.end] for b in bib.blocks) == bib.text
    entries = {e.key: e for e in bib.entries}
    article = entries["Key1"]
    assert [f.name for f in article.fields] == ["author", "title", "journal", "year", "month"]
    assert bib.value(article.get("journal")) == "Journal of Ponds (abbr)"
    assert bib.value(article.get("month")) == "10~July"
    assert bib.raw(article.get("author")) == '"R{\\"u}diger, A. and {The {Big} Team}"'
    assert [f.name for f in entries["remarks"].fields] == ["title", "year"]
    assert entries[""].problem == "the entry has no key"
    assert "expected" in entries["bad"].problem


@pytest.mark.parametrize(
    ("text", "key", "problem"),
    [
        ("@MISC{bad title = {x}}", "bad", "no comma follows the key"),
        ("@MISC{title = {x}}", "", "the entry has no key"),
        ("@MISC( bad title = {x})", "bad", "no comma follows the key"),
    ],
)
def test_an_entry_whose_key_is_not_told(text, key, problem):
    (entry,) = read(text.encode()).entries
    assert (entry.type, entry.key, entry.problem) == ("misc", key, problem)
    assert (text[entry.type_start : entry.type_start + 4], entry.fields) == ("MISC", ())
    assert text[entry.key_start :].startswith(key or "title")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_places_count_every_kind_of_line_end(ending):
    text = ending.join(["% a", "@misc{k,", "  title = {T},", "  year = 2000", "}"])
    bib = read(text.encode(), "x.bib")
    place = bib.place(bib.entries[0].get("year").start)
    assert (place.file, place.line, place.column) == ("x.bib", 4, 3)
    assert bib.newline == ending


@pytest.mark.parametrize(
    "data",
    [
        ODD.encode(),
        ODD.replace("\n", "\r\n").encode(),
        ODD.encode("utf-8-sig"),
        "@misc{k, author = {M\u00fcller}}".encode("latin-1"),
    ],
)
def test_bytes_are_kept(data):
    assert write(read(data)) == data


def test_bytes_that_are_not_utf8_are_read_as_windows_1252():
    bib = read("@misc{k, author = {M\u00fcller}, title = {\u201cA\u201d}}".encode("cp1252"))
    assert bib.value(bib.entries[0].get("author")) == "M\u00fcller"
    assert bib.value(bib.entries[0].get("title")) == "\u201cA\u201d"
    assert not bib.utf8


@pytest.mark.parametrize("data", ["@misc{a,}".encode("utf-16"), b"@misc{a,\0}", b"\0\1\2"])
def test_what_bibtex_cannot_read_is_refused(data):
    with pytest.raises(InputError, match=r"x\.bib"):
        read(data, "x.bib")


def test_an_open_value_does_not_swallow_the_next_entry():
    bib = read(b"@misc{a,\n  title = {open,\n  year = 2000,\n@misc{b,\n  title = {closed}\n}\n")
    assert [(e.key, e.problem) for e in bib.entries] == [("b", "")]


def test_a_parenthesis_in_quotation_marks_is_told():
    bib = read(b'@book(k, title = "A (b) c", year = 2000)\n')
    assert "parenthesis" in bib.entries[0].problem


@settings(max_examples=300)
@given(st.text(alphabet='@{}()",=# \n\r%\\abcomentsrig', max_size=120))
def test_blocks_cover_any_text_and_lose_nothing(text):
    blocks = scan(text)
    assert "".join(text[b.start : b.end] for b in blocks) == text
    for block in blocks:
        last = block.start
        for found in block.fields:
            assert (
                last <= found.start < found.name_end <= found.value_start < found.end <= block.end
            )
            last = found.end
    assert write(read(text.encode())) == text.encode()


@given(st.binary(max_size=200))
def test_any_bytes_are_kept_or_refused(data):
    try:
        bib = read(data)
    except InputError:
        return
    assert write(bib) == data


VALUE = st.text(alphabet="ab \u00e9,=#%@'$&~0123", max_size=12)


@given(
    st.lists(
        st.tuples(st.sampled_from(["title", "note", "author", "x-y"]), VALUE),
        unique_by=lambda f: f[0],
        max_size=4,
    )
)
def test_values_are_those_of_bibtexparser(fields):
    text = "@misc{key,\n" + "".join(f"  {name} = {{{value}}},\n" for name, value in fields) + "}\n"
    ours = read(text.encode()).entries[0]
    theirs = parse_string(text).entries
    if theirs:
        assert {f.name: f.pieces[0].inner(text) for f in ours.fields} == {
            f.key: f.value for f in theirs[0].fields
        }


def test_a_line_with_a_million_signs_is_looked_at_once():
    begun = time.process_time()
    blocks = scan(
        "% @a{b,\n" + "a@b.c " * 700_000 + "\n  % @c{d}\n \t@misc{e, title = {A}}\r% @f{g}"
    )
    assert [(b.kind, b.key) for b in blocks if b.kind != "text"] == [("entry", "e")]
    assert time.process_time() - begun < 15


@pytest.mark.parametrize("sign", "`~")
def test_a_fence_without_end_is_read_once(sign):
    begun = time.process_time()
    text = sign * 400_000 + "\n[@a]\n"
    assert [c.key for c in cited_keys(text, "a.md")] == ["a"]
    fenced = f"{sign * 4}\n{sign * 3}\n[@a]\n{sign * 5}\n[@b]\n"
    assert [c.key for c in cited_keys(fenced, "a.md")] == ["b"]
    opened = f"{sign * 3}a\n" * 100_000 + "[@a]\n"
    assert [c.key for c in cited_keys(opened, "a.md")] == ["a"]
    assert time.process_time() - begun < 15
