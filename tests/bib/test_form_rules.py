"""The form rules: every page's example is mended into what the page says; traps stay as they are; remarks silence rules."""

import datetime
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citenorm.bib import check_form, claims, form_edits, read, write
from citenorm.rules.base import SECTIONS
from citenorm.rules.form import FORM_RULES


def mend(text, **options):
    bib = read(text.encode())
    result = check_form(bib, **options)
    return write(bib, form_edits(bib, result)).decode(), result.diagnostics


def example(rule, heading):
    return re.fullmatch(r"`(.*)`", rule.section(heading), re.S)[1]


WITH_FIX = [r for r in FORM_RULES if r.fixable]
ON_ENTRIES = [
    r
    for r in FORM_RULES
    if not r.fixable and r.section("Example").startswith("`") and r.name not in ("identifier-kept",)
]


@pytest.mark.parametrize("rule", WITH_FIX, ids=lambda r: r.name)
def test_the_example_of_a_page_is_mended(rule):
    text = "@article{k,\n  note = {x}, %s\n}\n"
    fixed, found = mend(
        text % example(rule, "Example"), wanted=lambda code, name: name == rule.name, unsafe=True
    )
    assert [d.name for d in found] == [rule.name]
    assert fixed == text % example(rule, "Use instead")
    assert mend(fixed, unsafe=True)[0] == fixed


@pytest.mark.parametrize("rule", ON_ENTRIES, ids=lambda r: r.name)
def test_the_example_of_a_page_is_found(rule):
    def whole(code):
        return code if code.startswith("@") else "@article{k, " + code + "}"

    names = {d.name for d in mend(whole(example(rule, "Example")))[1]}
    assert rule.name in names
    assert rule.name not in {d.name for d in mend(whole(example(rule, "Use instead")))[1]}


@pytest.mark.parametrize("rule", FORM_RULES, ids=lambda r: r.name)
def test_pages_are_complete_and_codes_unique(rule):
    assert all(rule.section(heading) for heading in SECTIONS)
    assert (
        re.fullmatch(r"CN5\d\d", rule.code) and [r.code for r in FORM_RULES].count(rule.code) == 1
    )


@pytest.mark.parametrize(
    "field",
    [
        "title = {The {BERT} of {GPU}s and $O(N^2)$ things}",
        "title = {{A Whole Title With BERT in Braces}}",
        "title = {ALL CAPITALS FROM END TO END}",
        "title = {A cost of $5 & $x_1$}",
        "title = {$a_b$ and $c$}",
        "journal = {Ponds \\& Lakes \\_ \\% \\#}",
        "note = {see http://e.org/a_b & more}",
        "url = {http://e.org/a_b?c&d#e%20f|g}",
        "pages = {A12-3B}",
        "pages = {12--19}",
        "pages = {1-2-3}",
        "doi = {10.1000/a_b}",
        "author = {{Smith, Jones, and Sons}}",
        "author = {King, Jr., Martin and Doe, Ann}",
        'author = "R{\\"u}diger, A."',
        "month = jul",
        'month = 10 # "~" # jul',
        'journal = jan # " (abbr)"',
        "title = {Il n'y a pas \\`a dire}",
        "title = {A \\cite{a_b} and \\url{http://x_y}}",
    ],
)
def test_traps_stay_as_they_are(field):
    text = f"@article{{k,\n  {field}\n}}\n"
    assert mend(text)[0] == text


def test_only_values_named_change_and_delimiters_stay():
    text = '% kept\r\n@Article{ k ,\r\n\tTITLE   = "About BERT" ,\r\n\tPages={1-2},\r\n\tmonth = {Sept.}\r\n}\r\ntrailing {'
    fixed, _ = mend(text)
    assert (
        fixed
        == '% kept\r\n@Article{ k ,\r\n\tTITLE   = "About {BERT}" ,\r\n\tPages={1--2},\r\n\tmonth = sep\r\n}\r\ntrailing {'
    )


def test_unsafe_fixes_only_when_asked():
    text = "@misc{k,\n  doi = {10.1000/x},\n  url = {https://doi.org/10.1000/X},\n  year = {},\n  note = {n}\n}\n"
    assert mend(text)[0] == text
    assert mend(text, unsafe=True)[0] == "@misc{k,\n  doi = {10.1000/x},\n  note = {n}\n}\n"


def test_diagnostics_point_at_the_field():
    _, found = mend("@misc{k,\n  year = 2000,\n  pages = {1-2},\n}\n")
    assert [
        (d.name, d.place.line, d.place.column, d.place.end_column, d.key, d.claim, d.record, d.fix)
        for d in found
    ] == [("wrong-dash", 3, 3, 16, "k", "1-2", "1--2", "safe")]


def test_a_remark_silences_a_rule_for_one_entry_until_a_date():
    text = "% citenorm: ignore=wrong-dash,CN501 until=2027-01\n@misc{a,\n  title = {BERT}, pages = {1-2}\n}\n@misc{b, pages = {1-2}}\n"
    before = mend(text, today=datetime.date(2027, 1, 31))
    assert [(d.name, d.key) for d in before[1]] == [("wrong-dash", "b")]
    assert before[0] == text.replace("{b, pages = {1-2}}", "{b, pages = {1--2}}")
    after = mend(text, today=datetime.date(2027, 2, 1))
    assert sorted((d.name, d.key) for d in after[1]) == [
        ("unprotected-acronym", "a"),
        ("wrong-dash", "a"),
        ("wrong-dash", "b"),
    ]
    inside = "@misc{a,\n  pages = {1-2}, % citenorm: ignore=all\n}\n"
    assert mend(inside) == (inside, ())


def test_duplicate_keys_broken_entries_and_encodings_are_told():
    bib = read(
        "@misc{a, title = {x}}\n@misc{A, title = {ü}}\n@misc{b, title = {open}\n@misc{c, title {x}}\n".encode(
            "latin-1"
        ),
        "x.bib",
    )
    found = check_form(bib).diagnostics
    assert [(d.name, d.place.line) for d in found] == [
        ("not-utf8", 2),
        ("malformed-entry", 3),
        ("malformed-entry", 4),
        ("duplicate-key", 2),
    ]


@pytest.mark.parametrize(
    "text, columns",
    [
        ("@misc{a, title = {x}}, author = {Loom, Karl}, year = {2001}\n}\n", [24]),
        ("@misc{a, title = {x}}}\n@misc{b, title = {y}}\n", []),
        ('@misc{a, title = {x}}\n  Year = "2001",\n}\n@misc{b, title = {y}}\n', [3]),
        ("@misc{a, title = {x}}\nloose text, 1 = {one}\n", []),
        ("@misc{a, title = {x}}\n% year = {2001}\n", []),
        ("% citenorm: ignore=malformed-entry\n@misc{a, title = {x}}, year = {2001}}\n", []),
        ("year = {2001}\n@misc{a, title = {x}}\n", []),
        ("@string{a = {x}} b = {y}\n", []),
    ],
)
def test_fields_that_stand_outside_of_their_entry_are_told(text, columns):
    bib = read(text.encode(), "x.bib")
    result = check_form(bib)
    found = [d for d in result.diagnostics if d.name == "malformed-entry"]
    assert [d.place.column for d in found] == columns
    assert all(d.severity == "warning" and d.fix is None and d.key == "a" for d in found)
    assert write(bib, form_edits(bib, result)) == text.encode()


VALUE = st.text(alphabet="aB <>&%#_$\\{}-–;,e\u0301Ü0129BERT~^.", max_size=25).filter(
    lambda v: v.count("{") == v.count("}")
)


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from(["title", "journal", "pages", "doi", "author", "month", "note"]),
    VALUE,
    st.booleans(),
)
def test_a_second_run_changes_nothing(name, value, unsafe):
    once, _ = mend(f"@article{{k,\n  {name} = {{{value}}},\n  x = {{y}}\n}}\n", unsafe=unsafe)
    twice, _ = mend(once, unsafe=unsafe)
    assert twice == once
    before, after = (
        read(f"@article{{k,\n  {name} = {{{value}}},\n  x = {{y}}\n}}\n".encode()),
        read(once.encode()),
    )
    assert [e.key for e in before.entries] == [e.key for e in after.entries]


BOTH_WAYS = {
    # rule: an entry that it names, and one hardly different that it leaves alone
    "unprotected-acronym": (
        "@book{k, title = {Ponds and BERT}}",
        "@book{k, title = {Ponds and Bert}}",
    ),
    "wrong-dash": ("@book{k, pages = {10-19}}", "@book{k, pages = {A12-3B}}"),
    "doi-prefix": ("@book{k, doi = {doi:10.1000/pond}}", "@book{k, doi = {10.1000/doi.pond}}"),
    "url-repeats-doi": (
        "@book{k, doi = {10.1000/a}, url = {http://dx.doi.org/10.1000/a}}",
        "@book{k, doi = {10.1000/a}, url = {http://dx.doi.org/10.1000/b}}",
    ),
    "proxied-address": (
        "@book{k, url = {https://doi-org.proxy.pond.edu/10.1000/a}}",
        "@book{k, url = {https://doi.org/10.1000/a}}",
    ),
    "escaped-identifier": ("@book{k, doi = {10.1000/a\\_b}}", "@book{k, note = {a\\_b}}"),
    "unescaped-character": (
        "@book{k, journal = {Ponds & Lakes}}",
        "@book{k, journal = {Ponds \\& Lakes}}",
    ),
    "command-in-value": (
        "@book{k, title = {Ponds $\\input{x}$}}",
        "@book{k, title = {Ponds $\\alpha{x}$}}",
    ),
    "markup-in-value": (
        "@book{k, title = {Ponds <i>and</i> lakes}}",
        "@book{k, title = {Ponds where $a<i$}}",
    ),
    "decomposed-letters": ("@book{k, note = {E\u0301tangs}}", "@book{k, note = {\u00c9tangs}}"),
    "month-not-macro": ("@book{k, month = {March}}", "@book{k, month = mar}"),
    "et-al-in-names": ("@book{k, author = {Li, Jia et al.}}", "@book{k, author = {Alvarez, Etta}}"),
    "name-separators": (
        "@book{k, author = {Li, Jia; Haddad, Omar}}",
        "@book{k, author = {{Li; Haddad}}}",
    ),
    "duplicate-key": (
        "@book{k, title = {A}} @book{K, title = {B}}",
        "@book{k, title = {A}} @book{k2, title = {B}}",
    ),
    "malformed-entry": ("@book{k, title {A}}", "@book{k, title = {A}}"),
    "undefined-macro": (
        "@book{k, journal = jpond}",
        '@string{jpond = "Ponds"} @book{k, journal = jpond}',
    ),
    "unknown-type": ("@bok{k, title = {A}}", "@Book{k, title = {A}}"),
    "duplicate-field": (
        "@book{k, year = 2001, Year = 2001}",
        "@book{k, year = 2001, date = {2001}}",
    ),
    "key-characters": ("@book{k'2, title = {A}}", "@book{k-2, title = {A}}"),
    "empty-field": ('@book{k, note = ""}', '@book{k, note = "0"}'),
}


@pytest.mark.parametrize("name", BOTH_WAYS)
def test_named_and_left_alone(name):
    bad, good = BOTH_WAYS[name]
    assert name in {d.name for d in mend(bad)[1]}
    assert name not in {d.name for d in mend(good)[1]}


def test_every_rule_of_form_is_in_the_table():
    elsewhere = {
        "not-utf8",
        "identifier-kept",
        "unknown-remark",
    }  # of whole files, and of entries beside their records
    assert {r.name for r in FORM_RULES} == set(BOTH_WAYS) | elsewhere


@pytest.mark.parametrize(
    ("field", "piece"),
    [
        ("note", "@a"),
        ("author", "\xa0"),
        ("author", " \n"),
        ("note", "\n@a{b,c={d,"),
        ("title", "https://a.b/"),
        ("title", "$a$ "),
    ],
)
def test_what_is_repeated_ten_times_as_often_takes_about_ten_times_as_long(field, piece):
    """A hundred thousand signs: a second where each is read once, minutes where each is read with all the others."""
    import time

    text = f"@book{{a,\n  {field} = {{{piece * (100_000 // len(piece))}}},\n  year = {{2001}}\n}}\n"
    begun = time.process_time()
    file = read(text.encode(), "a.bib")
    claims(file)
    check_form(file, unsafe=True)
    assert time.process_time() - begun < 20


def test_a_field_that_stands_thousands_of_times():
    begun = time.process_time()
    mended, _ = mend("@book{a,\n" + "  title = {Of Ponds},\n" * 12_000 + "  year = {2001}\n}\n")
    assert mended == "@book{a,\n  title = {Of Ponds},\n  year = {2001}\n}\n"
    assert time.process_time() - begun < 20
