"""Ways of writing that are right, or that a safe fix puts right."""
# ruff: noqa: UP031

import pytest

from citenorm.bib import check_form, claims, form_edits, read, write
from citenorm.bib.merge_names import merged_names
from citenorm.bib.people import people_of
from citenorm.model import Name


def mend(entry):
    file = read(entry.encode())
    result = check_form(file)
    return write(file, form_edits(file, result)).decode(), {d.name for d in result.diagnostics}


def test_extended_names_are_read_and_left_as_written():
    value = "family=Reed, given=Mia Ann, prefix=van der, useprefix=true and Loom, Karl and given=Jo, family={Weft, Sons}"
    people, others = people_of(value)
    assert people == (
        Name("Reed", "Mia Ann", "van der"),
        Name("Loom", "Karl"),
        Name("Weft, Sons", "Jo"),
    ) or [p.family.strip("{}") for p in people] == ["Reed", "Loom", "Weft, Sons"]
    assert not others
    entry = "@book{k, author = {%s}, title = {A}, date = {2001}}" % value
    assert mend(entry) == (entry, set())
    assert merged_names(value, [Name("Somebody", "Else")], latex=True) is None
    assert claims(read(entry.encode()))[0].authors[0].particle == "van der"


@pytest.mark.parametrize("word", ["and", "AND", "And"])
def test_and_in_any_case_parts_names(word):
    value = f"Reed, Mia {word} Loom, Karl {word} Weft, Jo {word} Pond, Al"
    assert [n.family for n in people_of(value)[0]] == ["Reed", "Loom", "Weft", "Pond"]
    assert "name-separators" not in mend("@book{k, author = {%s}}" % value)[1]


def test_markup_that_was_escaped_once_more_is_emphasis():
    out, found = mend("@book{k, title = {Life &lt;i&gt;in vivo&lt;/i&gt; and H&lt;sub&gt;2&lt;/sub&gt;O}}")  # fmt: skip
    assert r"Life \emph{in vivo} and H\textsubscript{2}O" in out and "markup-in-value" in found


@pytest.mark.parametrize(
    "title",
    ["Les élites à l'Assemblée nationale", "La vie d’Alembert", "Histoire qu'Ulysse conta"],
)
def test_an_elided_article_makes_no_mixed_case(title):
    entry = "@book{k, title = {%s}}" % title
    assert mend(entry)[0] == entry


def test_biblatex_keeps_titles_of_other_languages_as_they_stand():
    entry = "@article{k, title = {Zur Lage der EU und der DDR}, journaltitle = {P}, langid = {%s}}"
    assert mend(entry % "german")[0] == entry % "german"
    assert "{EU}" in mend(entry % "british")[0]


def test_a_field_twice_goes_where_it_says_the_same():
    assert mend("@book{k, journal = {Ponds}, title = {A}, journal = {Ponds}}")[0] == (
        "@book{k, journal = {Ponds}, title = {A}}"
    )
    other = "@book{k, journal = {Ponds}, journal = {Lakes}, title = {A}}"
    assert mend(other) == (other, {"duplicate-field"})


@pytest.mark.parametrize(
    "written, after",
    [("{jul}", "jul"), ('"jul"', "jul"), ("{7}", "jul"), ("sept", "sep"), ("jul", "jul"), ("{8/9}", "{8/9}")],
)  # fmt: skip
def test_months(written, after):
    assert mend("@book{k, year = 2001, month = %s}" % written)[0] == "@book{k, year = 2001, month = %s}" % after  # fmt: skip


def test_a_list_that_lost_an_and_is_not_cut_at_a_guess():
    people, _ = people_of("Reed, Miaand Loom, Karl and Weft, Jo")
    assert [p.family for p in people] == ["Reed", "Weft"]
    assert [p.family for p in people_of("Mia Reed, Karl Loom, Al Pond, and Jo Weft")[0]] == ["Reed", "Loom", "Pond", "Weft"]  # fmt: skip
