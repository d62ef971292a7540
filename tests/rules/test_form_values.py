"""Each rule about the form of a field: what stands there, what is put in place, and what stays."""

from __future__ import annotations

import pytest

from citenorm.rules.form import FORM_RULES, VALUE_ORDER
from citenorm.rules.form_base import EntryView, FormRule

BY_NAME = {rule.name: rule for rule in FORM_RULES}


def found(name, field, value, **view):
    entry = EntryView("article", "k", {field: value, **view.pop("fields", {})}, **view)
    return BY_NAME[name]().check_value(field, value, entry)


def put(name, field, value, **view):
    """The value that a rule puts in place; None where it finds nothing."""
    made = found(name, field, value, **view)
    return made and made.new


def told(name, entry):
    return [
        (f.field, f.message, f.fix, f.remove, f.severity)
        for f in BY_NAME[name]().check_entry(entry)
    ]


@pytest.mark.parametrize(
    ("value", "new"),
    [
        ("10-19", "10--19"),
        (" 10 – 19 ", "10--19"),
        ("10---19", "10--19"),
        ("10\\textendash 19", "10--19"),
        ("10{\\textendash}19", "10--19"),
        ("iv-xii", "iv--xii"),
        ("A10-A19", "A10--A19"),
        ("12:1-12:19", "12:1--12:19"),
        ("1-3, 7-9", "1--3, 7--9"),
        ("1--3, 7-9", "1--3, 7--9"),
        ("1-3 , 7--9", "1--3 , 7--9"),
        ("10--19", None),
        ("10", None),
        ("10-19-21", None),
        ("ABCD10-19", None),
        ("e10-k", None),
    ],
)
def test_dashes_between_pages(value, new):
    assert put("wrong-dash", "pages", value) == new


@pytest.mark.parametrize(
    ("value", "new"),
    [
        ("https://doi.org/10.1000/Pond.1", "10.1000/Pond.1"),
        ("http://dx.doi.org/10.1000/1", "10.1000/1"),
        ("www.doi.org/10.1000/1", "10.1000/1"),
        ("DOI: 10.1000/1", "10.1000/1"),
        ("doi:https://doi.org/10.1000/1", "10.1000/1"),
        ("\\url{https://doi.org/10.1000/1}", "10.1000/1"),
        ("https://doi-org.proxy.example.edu/10.1000/1", "10.1000/1"),
        ("10.1000/1", None),
        ("https://example.org/10.1000/1", None),
        ("https://doi.org/10.1000/1 and more", None),
        ("https://doi.org/10.10/1", None),
    ],
)
def test_prefixes_of_dois(value, new):
    assert put("doi-prefix", "doi", value) == new


@pytest.mark.parametrize(
    ("value", "new"),
    [
        ("https://doi-org.proxy.example.edu/10.1000/A_1", "https://doi.org/10.1000/A_1"),
        ("http://dx.doi.org.lib.example.edu/10.1000/1", "https://doi.org/10.1000/1"),
        ("\\url{https://doi-org.example.edu/10.1000/1}", "\\url{https://doi.org/10.1000/1}"),
        ("https://doi.org/10.1000/1", None),
        ("https://doi-org.example.edu/10.1000/1?login=x", None),
        ("https://dl-acm-org.example.edu/doi/10.1000/1", None),
    ],
)
def test_addresses_behind_a_proxy(value, new):
    assert put("proxied-address", "url", value) == new


@pytest.mark.parametrize(
    ("url", "doi", "repeats"),
    [
        ("https://doi.org/10.1000/A", "10.1000/a", True),
        ("http://dx.doi.org/10.1000/a_b", "https://doi.org/10.1000/a\\_b", True),
        ("doi.org/10.1000/a", "doi: 10.1000/A ", True),
        ("https://www.doi.org/10.1000/a", "10.1000/a", True),
        ("https://doi-org.proxy.example.edu/10.1000/A", "10.1000/a", True),
        ("https://proxy.example.edu/login?url=https://doi.org/10.1000/a", "10.1000/a", False),
        ("https://doi.org/", "doi:", False),
        ("https://doi.org/10.1000/b", "10.1000/a", False),
        ("https://pond.example/10.1000/a", "10.1000/a", False),
        ("10.1000/a", "10.1000/a", False),
        ("https://doi.org/10.1000/a", "", False),
        ("", "10.1000/a", False),
        ("https://doi.org/", "", False),
    ],
)
def test_addresses_that_repeat_the_doi(url, doi, repeats):
    entry = EntryView("article", "k", {"url": url, "doi": doi})
    expected = [("url", "the address only repeats the DOI", "unsafe", True, None)]
    assert told("url-repeats-doi", entry) == (expected if repeats else [])


@pytest.mark.parametrize(
    ("value", "new"),
    [
        ("10.1/a\\_b", "10.1/a_b"),
        ("10.1/a{\\_}b\\%c", "10.1/a_b%c"),
        ("10.1/a\\&b\\#c", "10.1/a&b#c"),
        ("10.1/a_b", None),
        ("10.1/a\\b", None),
    ],
)
def test_escapes_in_dois(value, new):
    assert put("escaped-identifier", "doi", value) == new


@pytest.mark.parametrize(
    ("value", "view", "new"),
    [
        ("July", {}, "jul"),
        ("Sept.", {}, "sep"),
        ("{May}", {}, "may"),
        ("DECEMBER", {}, "dec"),
        ("7", {}, "jul"),
        ("07", {}, "jul"),
        ("12", {}, "dec"),
        ("1", {}, "jan"),
        ("7", {"dialect": "biblatex"}, None),
        ("July", {"dialect": "biblatex"}, "jul"),
        ("0", {}, None),
        ("13", {}, None),
        ("17", {}, None),
        ("Spring", {}, None),
        ("July 4", {}, None),
        ("jul", {"bare": {"month": ("jul",)}}, None),
        ("Sept", {"bare": {"month": ("Sept",)}}, "sep"),
        ("sept", {"bare": {"month": ("sept",)}, "macros": frozenset({"sept"})}, None),
    ],
)
def test_months(value, view, new):
    made = found("month-not-macro", "month", value, **view)
    assert (made and (made.new, made.bare, made.fix)) == (new and (new, True, "safe"))


@pytest.mark.parametrize(
    ("value", "new"),
    [
        ("Li, Jia et al.", "Li, Jia and others"),
        ("Li, Jia and et al", "Li, Jia and others"),
        ("Li, Jia, et. al.", "Li, Jia and others"),
        ("Li, Jia and {et al.}", "Li, Jia and others"),
        ("Li, Jia \\emph{et al.}", "Li, Jia and others"),
        ("Li, Jia and others.", "Li, Jia and others"),
        ("Li, Jia & others.", "Li, Jia and others"),
        ("Li, Jia and others", None),
        ("Li, Jia and Alvarez, Et", None),
        ("et al.", None),
        (" et al.", None),
        ("{Li, Jia et al.}", None),
    ],
)
def test_et_al(value, new):
    assert put("et-al-in-names", "author", value) == new


@pytest.mark.parametrize(
    ("value", "new", "fix"),
    [
        ("Smith, Ann, and Jones, Bob", "Smith, Ann and Jones, Bob", "safe"),
        ("Ann Smith, Cy Day, and Bob Jones", "Ann Smith, Cy Day and Bob Jones", "safe"),
        ("Smith, Ann; Jones, Bob", "Smith, Ann and Jones, Bob", "unsafe"),
        ("Smith, Ann; Jones, Bob;", "Smith, Ann and Jones, Bob", "unsafe"),
        ("Ann Smith & Bob Jones", "Ann Smith and Bob Jones", "unsafe"),
        ("Smith, Ann \\& Jones, Bob", "Smith, Ann and Jones, Bob", "unsafe"),
        ("Ann Smith and Cy Day & Bob Jones", "Ann Smith and Cy Day and Bob Jones", "unsafe"),
        ("Ann Smith, Cy Day & Bob Jones", None, "told"),
        ("Ann Smith, Bob Jones, Cy Day, Di Ek", None, "told"),
        ("Ann Smith, Bob Jones, Cy Day", None, ""),
        ("Reed & Sons", None, ""),
        ("Smith, Ann and Jones, Bob", None, ""),
        ("Smith, Jones, and Day", None, ""),
        ("Smith, Ann;", None, ""),
        ("Smith, Ann\\; Jones, Bob", None, ""),
        ("Smith; Ann and Jones, Bob", None, ""),
        ("Smith, Ann; Jones & Bob", None, ""),
        ("{Smith, Jones, and Sons}", None, ""),
        ("{Smith}; {Jones}", None, ""),
        ("{Ann} Smith & Bob Jones", None, ""),
        ("family=Smith, given=Ann, and family=Jones, given=Bob", None, ""),
        ("Smith, Ann and Jones, Bob and Day, Cy and Ek, Di", None, ""),
    ],
)
def test_names_that_and_does_not_part(value, new, fix):
    made = found("name-separators", "author", value)
    expected = (new, fix) if new else (None, "") if fix == "told" else None
    assert (made and (made.new, made.fix or "")) == expected


@pytest.mark.parametrize(
    ("value", "new"),
    [
        ("About BERT", "About {BERT}"),
        ("About BERT and ImageNet", "About {BERT} and {ImageNet}"),
        ("The mRNA of {GPU}s", "The {mRNA} of {GPU}s"),
        ("About {BERT}", None),
        ("About Bert", None),
        ("About \\LaTeX and $O(N)$", None),
        ("It costs 5$ with BERT", None),
        ("It costs \\$5 with BERT", None),
        ("", None),
    ],
)
def test_capitals(value, new):
    assert put("unprotected-acronym", "title", value) == new


@pytest.mark.parametrize(
    ("language", "kept"),
    [
        ({}, False),
        ({"langid": "english"}, False),
        ({"langid": "USenglish"}, False),
        ({"langid": "en-GB"}, False),
        ({"langid": "british"}, False),
        ({"langid": " "}, False),
        ({"langid": "german"}, True),
        ({"hyphenation": "french"}, True),
        ({"langid": "english", "hyphenation": "french"}, False),
    ],
)
def test_titles_of_other_languages_keep_their_capitals(language, kept):
    made = put("unprotected-acronym", "title", "Teiche und BERT", fields=language)
    assert made == (None if kept else "Teiche und {BERT}")


@pytest.mark.parametrize(
    ("value", "new"),
    [
        ("Ponds & Lakes", "Ponds \\& Lakes"),
        ("90% of ponds_1 #2", "90\\% of ponds\\_1 \\#2"),
        ("Ponds \\& Lakes & Rivers", "Ponds \\& Lakes \\& Rivers"),
        ("$a_b$ & $c_d$", "$a_b$ \\& $c_d$"),
        ("$a_b$", None),
        ("5$ & more", None),
        ("\\(a_b\\) & more", None),
        ("\\url{a_b} & c", None),
        ("see http://e.org/a_b", None),
        ("Ponds &amp; Lakes", None),
        ("<i>a</i> & b", None),
        ("Ponds", None),
    ],
)
def test_characters_that_latex_reads_as_commands(value, new):
    assert put("unescaped-character", "journal", value) == new


@pytest.mark.parametrize(
    ("field", "value", "message", "new"),
    [
        ("title", "A \\input{x} b", "\\input: LaTeX would run this, not print it", "A {\\textbackslash}input{x} b"),
        ("url", "http://e.org/\\input{x}", "\\input: LaTeX would run this, not print it", None),
        ("doi", "\\input{x}", "\\input: LaTeX would run this, not print it", None),
    ],
)  # fmt: skip
def test_commands(field, value, message, new):
    made = found("command-in-value", field, value)
    assert made and (made.message, made.new, made.fix) == (message, new, "safe" if new else None)
    assert found("command-in-value", field, "A \\emph{b}") is None


@pytest.mark.parametrize(
    ("value", "new"),
    [
        ("Ponds &amp; Lakes", "Ponds \\& Lakes"),
        ("Ponds \\&amp; Lakes", "Ponds \\& Lakes"),
        ("a &lt; b", "a {\\textless} b"),
        ("Caf&eacute;", "Café"),
        ("a&nbsp;b", "a~b"),
        ("a&#160;b", "a~b"),
        ("the &quot;pond&quot;", "the ''pond''"),
        ("a&#123;b", None),
        ("a&#36;b", None),
        ("a&#7;b", None),
        ("&#8211;", "–"),
        ("<i>Rana</i>", "\\emph{Rana}"),
        ("<b>x</b><em>y</em>", "\\textbf{x}\\emph{y}"),
        ("CO<sub>2</sub> m<sup>3</sup>", "CO\\textsubscript{2} m\\textsuperscript{3}"),
        ("&lt;i&gt;Rana&lt;/i&gt;", "\\emph{Rana}"),
        ("<i>Rana</b>", None),
        ("<p>Rana</p>", None),
        ("a < b & c", None),
        ("Rana", None),
    ],
)
def test_markup_of_web_pages(value, new):
    assert put("markup-in-value", "title", value) == new


@pytest.mark.parametrize(
    ("field", "value", "new"),
    [
        ("title", "E\u0301tangs", "Étangs"),
        ("title", "Étangs", None),
        ("title", "Ponds", None),
        ("url", "http://e.org/e\u0301", None),
        ("file", "e\u0301.pdf", None),
        ("doi", "10.1/e\u0301", None),
    ],
)
def test_decomposed_letters(field, value, new):
    assert put("decomposed-letters", field, value) == new


@pytest.mark.parametrize("rule", VALUE_ORDER, ids=lambda r: r.name)
def test_a_plain_value_is_left_alone_by_every_rule(rule: type[FormRule]):
    for field in ("title", "author", "pages", "doi", "month", "journal"):
        assert found(rule.name, field, "Ponds") is None
    assert list(rule().check_entry(EntryView("article", "k", {"title": "Ponds"}))) == []


# ------------------------------------------------------------------ whole entries
def test_macros_that_nothing_defines():
    bare = {"journal": ("jpond", "JLAKE"), "month": ("sept", "octo")}
    entry = EntryView("article", "k", {}, bare=bare, macros=frozenset({"jlake"}))
    assert told("undefined-macro", entry) == [
        ("journal", "nothing defines the macro jpond", None, False, "note"),
        ("month", "nothing defines the macro octo", None, False, "note"),
    ]
    own = EntryView("article", "k", {}, bare={"note": ("sept",)}, own_macros=True)
    assert told("undefined-macro", own) == [
        ("note", "nothing defines the macro sept", None, False, None)
    ]


def test_types_fields_and_keys():
    assert told("unknown-type", EntryView("artcle", "k", {}))[0][1].startswith("@artcle is no type")
    assert told("unknown-type", EntryView("article", "k", {})) == []
    twice = EntryView("article", "k", {}, repeated=("year", "title"), alike=frozenset({"year"}))
    assert told("duplicate-field", twice) == [
        ("year", "year stands twice and says the same", "safe", True, None),
        ("title", "title stands more than once", None, False, None),
    ]
    assert told("key-characters", EntryView("article", "li'01", {}))[0][1] == 'the key holds "\'"'
    assert told("key-characters", EntryView("article", "li:2001-a_b", {})) == []
    empty = EntryView("article", "k", {"note": " ", "year": "", "doi": "x"}, bare={"year": ("y",)})
    assert told("empty-field", empty) == [("note", "note is empty", "unsafe", True, None)]
