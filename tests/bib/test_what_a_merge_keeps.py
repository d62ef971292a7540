"""Entries of one work that are joined: which stays, what comes to it, what is told as lost; and names merged with a record's."""

from __future__ import annotations

import pytest
from builders import item, record

from citenorm.bib import claims, merge, read, same_works, write
from citenorm.bib.merge_names import _says_as_much, borne_out_otherwise, merged_names
from citenorm.bib.rekey import key_map, key_map_text, read_key_map, recite, rekey_edits
from citenorm.errors import ConfigError
from citenorm.model import Resolution, Work, names_of

KEPT = (
    "author = {Weir, Anna}, title = {Ponds}, journal = {Pond Letters}, volume = {3}, year = {2001}"
)


def joined(own, other, head="", **options):
    """The entry ``a`` after ``b`` is joined into it, and what is said."""
    bib = read(
        f"{head}@article{{a, {KEPT}, {own}}}\n@misc{{b, title = {{Ponds}}, {other}}}\n".encode()
    )
    made = merge(bib, [bib.entries], **options)
    after = read(write(bib, made.edits))
    (entry,) = after.entries
    return {f.name: after.raw(f) for f in entry.fields}, made


@pytest.mark.parametrize(
    ("why", "own", "other", "name", "value", "lost"),
    [
        ("what it lacks", "", "doi = {10.1/x}", "doi", "{10.1/x}", ""),
        ("what it has empty", "doi = {}", "doi = {10.1/x}", "doi", "{10.1/x}", ""),
        ("as written", "", 'url = "http://x.y"', "url", '"http://x.y"', ""),
        ("the same", "pages = {1--9}", "pages = {1-9}", "pages", "{1--9}", ""),
        ("shorter", "publisher = {Pond Press}", "publisher = {Press}", "publisher", "{Pond Press}", ""),
        ("longer", "publisher = {Press}", "publisher = {Pond Press}", "publisher", "{Press}", ""),
        ("another", "pages = {1--9}", "pages = {30--41}", "pages", "{1--9}", "pages 30–41"),
        ("another year", "", "year = {2002}", "year", "{2001}", "year 2002"),
        ("a date beside the year", "", "date = {2001}", "date", None, ""),
        ("another date", "", "date = {2002}", "date", None, "date 2002"),
        ("a booktitle beside the journal", "", "booktitle = {Frogs}", "booktitle", None, "booktitle Frogs"),
        ("a school beside the publisher", "publisher = {Elm}", "school = {Elm}", "school", None, ""),
        ("keywords", "keywords = {a, b}", "keywords = {b, c}", "keywords", "{a, b, c}", ""),
        ("files", "file = {x.pdf}", "file = {y.pdf}", "file", "{x.pdf;y.pdf}", ""),
        ("notes", "note = {one.}", "note = {two}", "note", "{one. two}", ""),
        ("a note that is there", "note = {one and two}", "note = {two}", "note", "{one and two}", ""),
        ("a note in a macro", "note = n", "note = {two}", "note", "n", "note two"),
        ("time stamps", "", "timestamp = {now}", "timestamp", None, ""),
        ("links", "", "crossref = {c}", "crossref", None, ""),
        ("an empty field", "", "doi = {}", "doi", None, ""),
        ("the same people", "", "author = {Anna Weir}", "author", "{Weir, Anna}", ""),
        ("the same families", "", "author = {Weir, B.}", "author", "{Weir, Anna}", ""),
        ("other people", "", "author = {Fox, G.}", "author", "{Weir, Anna}", "author Fox, G."),
        ("a long value", "", "abstract = {x}, series = {" + "y" * 60 + "}, edition = {2}", "series", "{" + "y" * 60 + "}", ""),
    ],
)  # fmt: skip
def test_what_comes_to_the_entry_that_stays(why, own, other, name, value, lost):
    fields, made = joined(own, other, "@string{n = {one}}\n" if "= n" in own else "")
    assert fields.get(name) == value, why
    said = "b joined into a" + (f"; not kept: {lost}" if lost else "")
    assert made.said == (said,) and made.keys == {"b": "a"} and made.kept == ("a",)


def test_lost_values_are_shortened():
    _, made = joined("series = {Frogs}", "series = {" + "y" * 60 + "}")
    assert made.said[0].endswith("not kept: series " + "y" * 49 + "…")
    assert joined("series = {Frogs}", "series = {" + "y" * 50 + "}")[1].said[0].endswith("y" * 50)


def test_of_three_entries_the_new_values_are_joined_too():
    text = f"@article{{a, {KEPT}}}\n@misc{{b, title = {{Ponds}}, note = {{one}}, doi = {{10.1/x}}}}\n@misc{{c, title = {{Ponds}}, note = {{two}}, doi = {{10.1/y}}, keywords = {{k}}}}\n"
    bib = read(text.encode())
    made = merge(bib, [bib.entries])
    after = read(write(bib, made.edits))
    fields = {f.name: after.raw(f) for f in after.entries[0].fields}
    assert (
        fields["note"] == "{one. two}"
        and fields["doi"] == "{10.1/x}"
        and fields["keywords"] == "{k}"
    )
    assert made.said == ("b joined into a", "c joined into a; not kept: doi 10.1/y")


@pytest.mark.parametrize(
    ("one", "two", "kept"),
    [
        ("journal = {Ponds}", "journal = {arXiv}, volume = {1}, pages = {2}", "a"),
        ("journal = {CoRR}", "journal = {Ponds}", "b"),
        ("doi = {d}", "note = {n}, url = {u}, file = {f}", "a"),
        ("pages = {1}", "note = {n}", "a"),
        ("note = {n}", "note = {n}, url = {u}", "b"),
        ("note = {long note}", "note = {n}", "a"),
        ("note = {n}", "note = {n}", "a"),
    ],
)
def test_the_richest_entry_stays(one, two, kept):
    bib = read(f"@misc{{a, {one}}}\n@misc{{b, {two}}}\n".encode())
    assert merge(bib, [bib.entries]).kept == (kept,)


def test_keys_that_went_are_known_as_ids():
    fields, _ = joined("", "doi = {10.1/x}", ids=True)
    assert fields["ids"] == "{b}"
    assert joined("ids = {c}", "doi = {10.1/x}", ids=True)[0]["ids"] == "{c,b}"
    assert "ids" not in joined("", "doi = {10.1/x}")[0]
    bib = read(b"@misc{a, doi = {x}}\n@misc{a, note = {y}}\n")
    made = merge(bib, [bib.entries], ids=True)
    assert made.keys == {} and b"ids" not in write(bib, made.edits)


def test_an_entry_goes_with_one_blank_line():
    def left(text):
        bib = read(text.encode())
        return write(bib, merge(bib, [bib.entries[:2]]).edits).decode()

    assert (
        left("@misc{a, doi = {x}}\n\n@misc{b}\n\n\n@misc{c}\n")
        == "@misc{a, doi = {x}}\n\n\n@misc{c}\n"
    )
    assert (
        left("@misc{a, doi = {x}}\r\n@misc{b}\r\n@misc{c}\r\n")
        == "@misc{a, doi = {x}}\r\n@misc{c}\r\n"
    )
    assert (
        left("@misc{a, doi = {x}}\n@misc{b} @misc{c, crossref = {b}}")
        == "@misc{a, doi = {x}}\n @misc{c, crossref = {a}}"
    )


def same(*entries, works=()):
    bib = read("\n".join(f"@article{{k{i}, {e}}}" for i, e in enumerate(entries)).encode())
    made = []
    for i, claim in enumerate(claims(bib)):
        work = works[i] if i < len(works) else ""
        found = record(work, "Ponds", "Anna Weir", 2001) if work else None
        made.append(
            Resolution(claim, "matched" if work else "unmatched", "verified", found, Work(work, (found,)) if found else None)
        )  # fmt: skip
    return [[e.key for e in group] for group in same_works(bib, made)]


PONDS = "author = {Weir, Anna and Fox, George}, title = {Quiet ponds of the cold north}, journal = {Pond Letters}, year = 2001"
NETS = PONDS.replace("Quiet ponds", "Fishing nets")


def test_which_entries_are_one():
    assert same(PONDS, NETS, PONDS) == [["k0", "k2"]]
    assert same(PONDS, NETS) == [] and same() == []
    assert same(PONDS, NETS, works=["w:1", "w:1"]) == [["k0", "k1"]]
    assert same(PONDS, PONDS, works=["w:1", "w:2"]) == []
    assert same(PONDS, PONDS, works=["w:1", ""]) == [["k0", "k1"]]
    assert same(PONDS, NETS, PONDS, works=["w:1", "w:1", ""]) == [["k0", "k1", "k2"]]
    assert same(PONDS, PONDS.replace("2001", "2001, volume = 3"), PONDS.replace("2001", "2001, volume = 4")) in ([["k0", "k1"]], [["k0", "k1", "k2"]])  # fmt: skip


# ------------------------------------------------------------------ names
def names(*stated):
    return names_of(item("", stated))


@pytest.mark.parametrize(
    ("why", "value", "recorded", "trust", "merged"),
    [
        ("the same", "Weir, Anna and Doe, Bob", ("Anna Weir", "Bob Doe"), True, None),
        ("initials", "Weir, A. and Doe, B.", ("Anna Weir", "Bob Doe"), True, "Weir, Anna and Doe, Bob"),
        ("initials, no trust", "Weir, A.", ("Anna Weir",), False, "Weir, Anna"),
        ("more stated", "Weir, Anna Maria", ("Anna Weir",), True, None),
        ("a middle name left out", "Weir, Anna", ("Anna Maria Weir",), True, None),
        ("another given name", "Weir, Eva", ("Anna Weir",), True, "Weir, Anna"),
        ("another given name, no trust", "Weir, Eva", ("Anna Weir",), False, None),
        ("another family", "Weyr, Anna", ("Anna Weir",), True, "Weir, Anna"),
        ("another family, no trust", "Weyr, Anna", ("Anna Weir",), False, None),
        ("accents", "Muller, Jose", ("José Müller",), True, "Müller, José"),
        ("accents, no trust", "Muller, Jose", ("José Müller",), False, "Müller, José"),
        ("letters misread", "JosÃ© MÃ¼ller", ("José Müller",), False, "Müller, José"),
        ("and no letter misread", "José Ã. Müller", ("José Müller",), False, None),
        ("swapped", "Anna, Weir", ("Anna Weir",), True, None),
        ("one left out", "Weir, Anna", ("Anna Weir", "Bob Doe"), True, "Weir, Anna and Doe, Bob"),
        ("one in front left out", "Doe, B.", ("Anna Weir", "Bob Doe"), True, "Weir, Anna and Doe, Bob"),
        ("one more", "Weir, A. and Doe, B. and Fox, G.", ("Anna Weir", "Bob Doe"), True, None),
        ("et al.", "Weir, Anna et al.", ("Anna Weir", "Bob Doe"), True, "Weir, Anna and Doe, Bob"),
        ("commas", "Anna Weir, Bob Doe, Eva Fox", ("Anna Weir", "Bob Doe", "Eva Fox"), True, "Weir, Anna and Doe, Bob and Fox, Eva"),
        ("two with one comma", "Anna Weir, Bob Doe", ("Anna Weir", "Bob Doe"), True, "Weir, Anna and Doe, Bob"),
        ("an ampersand", "Anna Weir & Bob Doe", ("Anna Weir", "Bob Doe"), True, "Weir, Anna and Doe, Bob"),
        ("an ampersand of more", "Anna Weir & Bob Doe", ("Anna Weir",), True, None),
        ("a house", "Reed & Sons", ("Anna Weir",), True, None),
        ("a group", "{Pond Society}", ("Ponders",), True, "{Ponders}"),
        ("the same group", "{Pond Society}", ("Pond-Society",), True, None),
        ("biblatex", "family=Weir, given=A.", ("Anna Weir",), True, None),
        ("nobody", "Weir, A.", (), True, None),
    ],
)  # fmt: skip
def test_names_beside_those_of_a_record(why, value, recorded, trust, merged):
    assert merged_names(value, names(*recorded), latex=False, trust=trust) == merged, why


@pytest.mark.parametrize(
    ("why", "value", "recorded", "merged"),
    [
        ("another order", "Doe, Bob C. and A. Weir and Weir, Abe", ("Abe Weir", "Anna Weir", "Bob Doe"), "Weir, Abe and Weir, Anna and Doe, Bob C."),
        ("one more", "Weir, Anna and Doe, Bob and Fox, G.", ("Anna Weir", "Bob Doe"), "Weir, Anna and Doe, Bob"),
        ("one for another", "Weir, Anna and Fox, G.", ("Anna Weir", "Bob Doe"), "Weir, Anna and Doe, Bob"),
        ("a letter off", "Weyr, Anna and Doe, Bob", ("Anna Weir", "Bob Doe"), "Weir, Anna and Doe, Bob"),
    ],
)  # fmt: skip
def test_names_beside_the_whole_list_of_another_version(why, value, recorded, merged):
    assert merged_names(value, names(*recorded), latex=False, whole=True) == merged, why


@pytest.mark.parametrize(
    ("ours", "theirs", "as_much"),
    [
        ("Yann", "Yann", True),
        ("Yann", "", True),
        ("", "Yann", False),
        ("Yann A.", "Yann", True),
        ("Y.", "Yann", False),
        ("Yann", "Yann A.", True),  # a middle name left out
        ("Y.", "Yann A.", False),
        ("Yann André", "Yann A.", True),
        ("Yann A.", "Yann André", False),
        ("Yan", "Yann", False),
        ("André Yann", "Yann André", True),
        ("José", "Jose", True),
        ("Jose", "José", False),
    ],
)
def test_given_names_that_say_as_much(ours, theirs, as_much):
    assert _says_as_much(ours, theirs) is as_much


def test_the_other_reading_of_a_field():
    both = names("Anna Weir", "Bob Doe")
    assert [n.family for n in borne_out_otherwise("Anna Weir, Bob Doe", both)] == ["Weir", "Doe"]
    assert borne_out_otherwise("Anna Weir, Bob Doe", names("Anna Weir")) == ()
    assert borne_out_otherwise("Weir, Anna", both) == ()


# ------------------------------------------------------------------ keys
KEYED = b"@book{A, title = {Ponds}, author = {Weir, Anna}, year = 2001}\n@book{b, title = {Nets}, crossref = {a}}\n@book{c, xdata = {A, b}, ids = {b}}\n"


def test_keys_that_are_given():
    bib = read(KEYED, "x.bib")
    made = key_map(bib, {"A": "new", "b": "b"})
    assert made == {"A": "new"}
    text = write(bib, rekey_edits(bib, made)).decode()
    assert (
        "@book{new," in text
        and "crossref = {new}" in text
        and "xdata = {new, b}" in text
        and "ids = {b}" in text
    )
    for given, said in (({"z": "y"}, "no entry has the key z"), ({"A": "b"}, "two entries would have the key b"), ({"A": "x y"}, "cannot be a key"), ({"A": "B"}, "two entries")):  # fmt: skip
        with pytest.raises(ConfigError, match=said):
            key_map(bib, given)
    assert key_map(bib, {"A": "b", "b": "A"}) == {"A": "b", "b": "A"}


def test_keys_that_are_made():
    made = key_map(read(KEYED))
    assert "A" in made and made["A"] != "A"
    twice = read(
        b"@book{A, title = {Ponds}, author = {Weir, Anna}, year = 2001}\n@book{a, title = {Nets}}\n"
    )
    assert key_map(twice) == {}


@pytest.mark.parametrize(
    ("text", "name", "after"),
    [
        ("\\cite{a, b} \\textcites{a}{c}", "x.tex", "\\cite{n, b} \\textcites{n}{c}"),
        ("[@a; -@b] @a. me@a.org @{a}", "x.md", "[@n; -@b] @n. me@a.org @{n}"),
        ("@a \\cite{a}", "x.tex", "@a \\cite{n}"),
        ("@a \\cite{a}", "x.md", "@n \\cite{n}"),
        ("@a \\cite{a}", "x", "@a \\cite{n}"),
        ("\\cite{a,m}", "x.tex", "\\cite{n}"),
        ("\\cite{a,a}", "x.tex", "\\cite{n,n}"),
        ("[@a; @m]", "x.md", "[@n]"),
    ],
)
def test_citations_under_new_keys(text, name, after):
    assert recite(text, {"a": "n", "m": "n"}, name) == after


def test_key_maps_as_text():
    assert key_map_text({"b": "ü", "a": "x"}) == '{\n  "a": "x",\n  "b": "ü"\n}\n'
    assert read_key_map('{"a": "b"}') == {"a": "b"}
    for bad in ("[", "[]", '{"a": 1}'):
        with pytest.raises(ConfigError):
            read_key_map(bad)
