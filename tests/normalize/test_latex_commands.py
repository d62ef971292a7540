"""LaTeX that runs is told and printed; LaTeX that prints stays."""

import pytest

import citenorm
from citenorm import bib
from citenorm.bib.form import check_form
from citenorm.catalogue.memory import MemoryCatalogue
from citenorm.emit.latex import encode
from citenorm.model import Claim, Record
from citenorm.normalize.latex_commands import commands, disarmed
from citenorm.pipeline import resolve_all
from citenorm.rules import diagnose
from citenorm.sources import Sources

RUN = [
    r"\input{/etc/passwd}", r"\immediate\write18{rm -rf x}", r"\openout\f=x", r"\catcode`\@=0", r"\csname input\endcsname{x}", r"^^5cinput{x}",
    r"\def\a{b}", r"\let\alpha\input", r"\directlua{os.exit()}", r"\loop\iftrue\repeat", r"\expandafter\a", r"\@@input x", r"\end", r"\lstinputlisting{x}",
]  # fmt: skip
PRINT = [r"\alpha", r"\emph{a}", r"\mathcal{O}(n)", r"\inputlineno", r"\'e", r"x^2", r"\begin{a}b\end{a}", r"\textendash", r"\includes", r"{\bf a}", r"\mymacro{a}"]  # fmt: skip


@pytest.mark.parametrize("text", RUN)
def test_what_runs_is_told_and_printed(text):
    assert commands(text)
    assert not commands(disarmed(text))
    assert disarmed("a " + text).startswith("a ")


@pytest.mark.parametrize("text", PRINT)
def test_what_prints_stays(text):
    assert not commands(text) and disarmed(text) == text


@pytest.mark.parametrize("text", RUN)
@pytest.mark.parametrize("around", [r"$%s$", r"\(%s\)", "%s", "<i>%s</i>"])
def test_no_value_that_is_written_runs_anything(text, around):
    title = "A study of " + around % text + " things"
    item = {"id": "a", "type": "book", "title": title, "author": [{"family": around % text}], "note": title, "publisher": title, "DOI": "10.1/" + text, "URL": "https://a.b/" + text}  # fmt: skip
    for dialect in ("bibtex", "biblatex"):
        assert not commands(citenorm.to_bibtex([item], dialect=dialect))
    assert not commands(encode(title)) and not commands(encode(title, latex=False, protect=True))


def test_mathematics_and_macros_stay_in_what_is_written():
    assert encode(r"The $\mathcal{O}(n^2)$ bound") == r"The $\mathcal{O}(n^2)$ bound"


@pytest.mark.parametrize("text", RUN)
def test_in_a_bib_file_it_is_told_and_a_fix_prints_it(text):
    before = "@book{a,\n  title = {Of $TEXT$ ponds},\n  year = {2001}\n}\n".replace("TEXT", text)
    file = bib.read(before.encode(), "a.bib")
    told = [d for d in check_form(file).diagnostics if d.name == "command-in-value"]
    assert len(told) == 1 and told[0].severity == "error" and told[0].fix == "safe"
    after, _ = bib.repair(file, resolve_all(bib.claims(file), Sources([])))
    assert not commands(after.decode()) and b"ponds" in after
    same = bib.read(after, "a.bib")
    assert not [d for d in check_form(same).diagnostics if d.name == "command-in-value"]


def test_in_a_bib_file_ordinary_macros_stay():
    before = b"@book{a,\n  title = {Of $\\alpha$ and \\mymacro{ponds}},\n  year = {2001}\n}\n"
    file = bib.read(before, "a.bib")
    assert bib.repair(file, resolve_all(bib.claims(file), Sources([])))[0] == before


def test_what_a_source_says_is_told_where_it_is_printed():
    title = r"A study of $\input{/etc/passwd}$ things in ponds and lakes"
    item = {"type": "book", "title": title, "author": [{"family": "Doe", "given": "Jane"}], "issued": {"date-parts": [[2001]]}}  # fmt: skip
    record = Record.from_csl({**item, "id": "a:1"})
    result = resolve_all([Claim({**item, "title": "A study of things in ponds and lakes"})], Sources([MemoryCatalogue([record])]))[0]  # fmt: skip
    for one in (result, resolve_all([Claim(item, raw=f"Doe, J. {title}. 2001.")], Sources([]))[0]):
        if one.matched or one.claim.raw:
            told = [d for d in diagnose(one) if d.name == "command-in-reference"]
            assert len(told) == 1 and r"\input" in told[0].message
    assert not commands(citenorm.to_bibtex([result]))


@pytest.mark.parametrize(
    "text", [r"Of \input ponds", r"Of \frac ponds", r"\begin{a Of", r"$\input{/etc/passwd}$"]
)
def test_reading_latex_says_nothing_and_reads_no_file(text, capfd):
    from citenorm.normalize.latex import to_unicode

    assert "root:" not in to_unicode(text + r" \hat{x}")
    assert capfd.readouterr() == ("", "")


def test_braces_that_are_never_closed_take_no_time():
    from citenorm.normalize.latex import to_unicode

    assert "ponds" in to_unicode("\\cite{ " * 40 + "ponds $")
