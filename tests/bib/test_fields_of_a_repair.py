"""What becomes of each field of an entry beside the record of its work: filled, corrected, kept, taken away; and in which form."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import item

from citenorm.bib import RepairOptions, check_form, claims, form_edits, read, repair, write
from citenorm.bib.change import EntryChange
from citenorm.bib.file import Edit
from citenorm.bib.form import removals, silenced
from citenorm.bib.repair import plan, repair_edits, text_edits
from citenorm.bib.rows import changed_entries
from citenorm.bib.shape import Shape, omitted, shaped
from citenorm.bib.style import (
    Style,
    delimited,
    dialect_of,
    new_field,
    own_style,
    quoted,
    style_of,
    writes_latex,
)
from citenorm.errors import ConfigError
from citenorm.match.cite import provenance
from citenorm.model import Diagnostic, Record, Resolution, Work
from citenorm.normalize import normalize

WHO = "Anna Weir; Bob C. Doe"
TITLE = "Watching Ponds with Nets"
ARTICLE = item(
    TITLE,
    WHO,
    2018,
    venue="Journal of Ponds",
    volume="31",
    issue="2",
    pages="100-109",
    doi="10.1000/pond.1",
)
PAPER = item(TITLE, WHO, 2018, "paper-conference", venue="Advances in Pond Processing", volume="31", pages="100-109", publisher="Pond Press", doi="10.1000/pond.1", arxiv="1701.00001")  # fmt: skip
BOOK = item(TITLE, WHO, 2018, "book", publisher="Pond Press", isbn="9783161484100")

BASE = {
    "author": "{Weir, Anna and Doe, Bob C.}", "title": "{Watching Ponds with Nets}", "journal": "{Journal of Ponds}", "volume": "{31}",
    "number": "{2}", "pages": "{100--109}", "year": "{2018}", "doi": "{10.1000/pond.1}",
}  # fmt: skip


def resolved(claim, emitted, *diagnostics, **more):
    record = Record("dblp:1", emitted, "dblp")
    origin = dict.fromkeys([*emitted, *(f"custom.{k}" for k in emitted.get("custom", {}))], record)
    return Resolution(
        claim, "matched", "verified", record, Work("dblp:1", (record,)), 0.999, emitted=emitted,
        provenance=provenance(claim, emitted, origin), diagnostics=diagnostics, **more,
    )  # fmt: skip


def told(field, name, fix="unsafe"):
    return Diagnostic("CN300", name, "…", field, fix=fix)


def mended(fields, record=ARTICLE, kind="article", *diagnostics, head="", taken=False, **options):
    """(type, fields as written) of an entry after its repair, and the findings."""
    stated = {k: v for k, v in {**BASE, **fields}.items() if v is not None}
    text = head + f"@{kind}{{k,\n" + ",\n".join(f"  {n} = {v}" for n, v in stated.items()) + "\n}\n"
    bib = read(text.encode())
    made = [resolved(normalize(c), record, *diagnostics, taken=taken) for c in claims(bib)]
    data, found = repair(bib, made, RepairOptions(form=False, **options))
    after = read(data)
    (entry,) = after.entries
    return entry.type, {f.name: after.raw(f) for f in entry.fields}, found


def field(name, fields, record=ARTICLE, kind="article", *diagnostics, **options):
    return mended(fields, record, kind, *diagnostics, **options)[1].get(name)


NAMES = {
    "pages": "page",
    "doi": "DOI",
    "venue": "container-title",
    "year": "issued",
    "who": "author",
}


def but(record, **more):
    """The record with other values; None takes a field away."""
    gone = {NAMES.get(name, name) for name, value in more.items() if value is None}
    new = item(**{k: v for k, v in more.items() if v is not None}, type=record["type"])
    return {k: v for k, v in {**record, **new}.items() if k not in gone}


# ------------------------------------------------------------------ one field
@pytest.mark.parametrize(
    ("why", "name", "stated", "record", "after"),
    [
        ("volume filled", "volume", None, ARTICLE, "{31}"),
        ("empty volume filled", "volume", "{}", ARTICLE, "{31}"),
        ("volume corrected", "volume", "{30}", ARTICLE, "{31}"),
        ("volume kept", "volume", "{31}", ARTICLE, "{31}"),
        ("volume that no record has", "volume", "{30}", but(ARTICLE, volume=None), "{30}"),
        ("pages filled", "pages", None, ARTICLE, "{100--109}"),
        ("pages corrected", "pages", "{1--9}", ARTICLE, "{100--109}"),
        ("pages in mathematics", "pages", "{$1$--9}", ARTICLE, "{$1$--9}"),
        ("number filled", "number", None, ARTICLE, "{2}"),
        ("number corrected", "number", "{3}", ARTICLE, "{2}"),
        ("year filled", "year", None, ARTICLE, "{2018}"),
        ("year corrected", "year", "{2016}", ARTICLE, "{2018}"),
        ("year that says more", "year", "{2018a}", ARTICLE, "{2018a}"),
        ("doi filled", "doi", None, ARTICLE, "{10.1000/pond.1}"),
        ("doi of arXiv", "doi", "{10.48550/arXiv.1701.00001}", ARTICLE, "{10.1000/pond.1}"),
        ("another doi", "doi", "{10.1000/x}", ARTICLE, "{10.1000/x}"),
        ("title filled", "title", None, ARTICLE, "{Watching Ponds with Nets}"),
        ("title corrected", "title", "{Watching Lakes with Nets}", ARTICLE, "{Watching Ponds with Nets}"),
        ("title with more", "title", "{Watching Ponds with Nets: A Study}", ARTICLE, "{Watching Ponds with Nets: A Study}"),
        ("title in braces", "title", "{{Watching Lakes with Nets}}", ARTICLE, "{{Watching Ponds with Nets}}"),
        ("title in braces with an accent", "title", "{{Watching Lakes with Nets}}", but(ARTICLE, title="Watching Étangs with Nets"), "{{Watching {\\'E}tangs with Nets}}"),
        ("words in braces", "title", "{Watching {Lakes} with {Nets}}", ARTICLE, "{Watching Ponds with {Nets}}"),
        ("author filled", "author", None, ARTICLE, "{Weir, Anna and Doe, Bob C.}"),
        ("author completed", "author", "{Weir, A. and Doe, B.}", ARTICLE, "{Weir, Anna and Doe, Bob C.}"),
        ("journal corrected", "journal", "{Annals of Lakes}", ARTICLE, "{Journal of Ponds}"),
        ("journal with more", "journal", "{The Journal of Ponds and Lakes: Journal of Ponds}", ARTICLE, "{The Journal of Ponds and Lakes: Journal of Ponds}"),
        ("an undefined macro", "journal", "jp", ARTICLE, "jp"),
        ("a macro of the author's style", "journal", "{\\jp}", ARTICLE, "{\\jp}"),
        ("that names a known venue", "journal", "{{\\ICML}}", ARTICLE, "{{\\ICML}}"),
        ("a macro of LaTeX with a text", "journal", "{\\emph{Annals of Lakes}}", ARTICLE, "{Journal of Ponds}"),
        ("a bare year", "year", "2016", ARTICLE, "2018"),
        ("a bare volume", "volume", "30", ARTICLE, "31"),
        ("a quoted volume", "volume", '"30"', ARTICLE, '"31"'),
        ("url filled where nothing links", "url", None, but(ARTICLE, doi=None, url="https://ponds.org/1"), None),
        ("a note stays", "note", "{read this}", ARTICLE, "{read this}"),
        ("a file stays", "file", "{:a.pdf:PDF}", ARTICLE, "{:a.pdf:PDF}"),
    ],
)  # fmt: skip
def test_one_field(why, name, stated, record, after):
    assert field(name, {name: stated}, record) == after, why


@pytest.mark.parametrize(
    ("why", "fields", "record", "kind", "name", "after"),
    [
        ("no number without a volume", {"number": None, "volume": None}, but(ARTICLE, volume=None), "article", "number", None),
        ("no number beside an issue", {"number": None, "issue": "{2}"}, ARTICLE, "article", "number", None),
        ("no volume beside the number of proceedings", {"journal": None, "booktitle": "{Advances in Pond Processing}", "volume": None}, PAPER, "inproceedings", "volume", None),
        ("a volume of proceedings", {"journal": None, "booktitle": "{Advances in Pond Processing}", "volume": None, "number": None}, PAPER, "inproceedings", "volume", "{31}"),
        ("the publisher of proceedings", {"journal": None, "booktitle": "{Advances in Pond Processing}", "number": None}, PAPER, "inproceedings", "publisher", "{Pond Press}"),
        ("no publisher beside an organization", {"journal": None, "booktitle": "{Advances in Pond Processing}", "number": None, "organization": "{PS}"}, PAPER, "inproceedings", "publisher", None),
        ("no publisher of an article", {}, but(ARTICLE, publisher="Pond Press"), "article", "publisher", None),
        ("arXiv is no publisher of an article", {"publisher": "{arXiv}"}, ARTICLE, "article", "publisher", None),
        ("nor of a paper", {"journal": None, "booktitle": "{Advances in Pond Processing}", "number": None, "publisher": "{arXiv}"}, PAPER, "inproceedings", "publisher", "{Pond Press}"),
        ("a url beside nothing", {"doi": None}, but(but(ARTICLE, doi=None), url="https://ponds.org/1"), "article", "url", "{https://ponds.org/1}"),
        ("no url beside howpublished", {"doi": None, "howpublished": "{online}"}, but(but(ARTICLE, doi=None), url="https://ponds.org/1"), "article", "url", None),
        ("a year into date", {"year": None, "date": "{2016-03}"}, ARTICLE, "article", "date", "{2018}"),
        ("both years", {"year": "{2016}", "date": "{2016}"}, ARTICLE, "article", "date", "{2018}"),
        ("an arXiv number filled", {}, but(ARTICLE, arxiv="1701.00001"), "article", "eprint", "{1701.00001}"),
        ("its server", {}, but(ARTICLE, arxiv="1701.00001"), "article", "archiveprefix", "{arXiv}"),
        ("another arXiv number", {"eprint": "{1801.00009}"}, but(ARTICLE, arxiv="1701.00001"), "article", "eprint", "{1801.00009}"),
        ("the number in a note", {"note": "{arXiv:1701.00001}"}, but(ARTICLE, arxiv="1701.00001"), "article", "eprint", None),
        ("no author beside an editor", {"author": None, "editor": "{Fox, G.}"}, ARTICLE, "article", "author", None),
    ],
)  # fmt: skip
def test_fields_beside_each_other(why, fields, record, kind, name, after):
    assert field(name, fields, record, kind) == after, why


UPLOAD = {"journal": "{arXiv preprint arXiv:1701.00001}", "volume": "{abs/1701.00001}", "number": None, "pages": None, "doi": None, "year": "{2017}", "month": "jan"}  # fmt: skip


def test_days_are_no_date():
    own = {"year": "{2018}", "month": "{May}", "date": "{26-31}"}
    fields = mended(own)[1]
    assert (fields["date"], fields["month"]) == ("{26-31}", "{May}")
    fields = mended({**own, "year": "{2016}"})[1]  # of a year that is wrong
    assert fields["year"] == "{2018}" and not {"date", "month"} & fields.keys()


def test_a_meeting_s_label_in_the_place_of_the_series():
    paper = {"journal": None, "number": None, "volume": None, "year": None, "series": "{NIPS '18}"}
    _, fields, _ = mended(paper, but(PAPER, year=2018), "inproceedings")
    assert fields["series"] == "{NIPS '18}" and fields["year"] == "{2018}"
    assert "booktitle" in fields and "volume" not in fields
    again = mended({**dict.fromkeys(BASE), **fields}, but(PAPER, year=2018), "inproceedings")[1]
    assert again == fields


@pytest.mark.parametrize("stated", [None, "{arXiv}"])
def test_whose_the_number_is_stays_said_where_the_journal_goes_that_said_it(stated):
    own = {**UPLOAD, "journal": "{arXiv}", "volume": None, "eprint": "{1701.00001}", "archiveprefix": stated}  # fmt: skip
    _, fields, _ = mended(own, but(ARTICLE, arxiv="1701.00001"))
    assert (fields["eprint"], fields["archiveprefix"]) == ("{1701.00001}", "{arXiv}")


def test_a_preprint_becomes_what_it_was_published_as():
    kind, fields, _ = mended(UPLOAD, but(ARTICLE, arxiv="1701.00001"))
    assert (
        kind == "article"
        and fields["journal"] == "{Journal of Ponds}"
        and fields["volume"] == "{31}"
    )
    assert fields["year"] == "{2018}" and "month" not in fields
    assert (fields["eprint"], fields["pages"], fields["doi"]) == (
        "{1701.00001}",
        "{100--109}",
        "{10.1000/pond.1}",
    )
    kind, fields, _ = mended(UPLOAD, PAPER)
    assert kind == "inproceedings" and fields["booktitle"] == "{Advances in Pond Processing}"
    assert "journal" not in fields
    dated = {**but(ARTICLE, arxiv="1701.00001"), "issued": {"date-parts": [[2018, 5]]}}
    assert mended(UPLOAD, dated)[1]["month"] == "may"
    gone = mended(UPLOAD, but(but(ARTICLE, volume=None, pages=None), arxiv="1701.00001"))[1]
    assert "volume" not in gone and "pages" not in gone


@pytest.mark.parametrize(
    ("state", "record", "left"),
    [
        ("{preprint}", PAPER, None),
        ("{prepublished}", PAPER, None),
        ("{inpress}", PAPER, "{inpress}"),
        ("{preprint}", item(TITLE, WHO, 2017, "article", arxiv="1701.00001"), "{preprint}"),
    ],
)
def test_the_state_of_a_preprint_goes_where_its_publication_is_printed(state, record, left):
    assert mended({**UPLOAD, "pubstate": state}, record)[1].get("pubstate") == left


@pytest.mark.parametrize(
    ("name", "stated", "journal", "after"),
    [
        ("arxivid", "1801.00009", "arXiv:1701.00001", "{1701.00001}"),
        ("eprint", "1801.00009", "arXiv preprint arXiv:1701.00001", "{1701.00001}"),
        ("eprint", "1801.00009", "arXiv preprint", "{1801.00009}"),
        ("eprint", "1801.00009", "arXiv:1801.00008", "{1801.00009}"),
        ("eprint", "1801.00009", "Journal of Ponds", "{1801.00009}"),
        ("eprint", "1701.00001v2", "arXiv:1701.00001", "{1701.00001v2}"),
    ],
)
def test_the_right_number_in_a_field_that_is_rewritten_moves_to_where_a_false_one_stands(
    name, stated, journal, after
):
    fields = {**UPLOAD, "volume": None, name: f"{{{stated}}}", "journal": f"{{{journal}}}"}
    assert field(name, fields, but(PAPER, arxiv="1701.00001")) == after


def test_a_preprint_in_a_misc_entry():
    misc = {"journal": None, "volume": None, "number": None, "pages": None, "doi": None, "year": "{2017}", "howpublished": "{arXiv preprint arXiv:1701.00001}"}  # fmt: skip
    kind, fields, _ = mended(misc, but(ARTICLE, arxiv="1701.00001"), "misc")
    assert kind == "article" and "howpublished" not in fields and fields["eprint"] == "{1701.00001}"
    assert fields["journal"] == "{Journal of Ponds}"
    still = item(TITLE, WHO, 2017, "article", arxiv="1701.00001")
    kind, fields, _ = mended(misc, still, "misc")
    assert kind == "misc" and fields["howpublished"].startswith("{arXiv")
    # a published entry is not turned into its preprint
    kind, fields, _ = mended({}, still)
    assert (
        kind == "article"
        and fields["journal"] == "{Journal of Ponds}"
        and fields["year"] == "{2018}"
    )
    assert fields["eprint"] == "{1701.00001}"


def test_the_mark_of_the_preprint_in_a_note():
    record = but(ARTICLE, arxiv="1701.00001")
    assert field("note", {}, record, preprint_note=True) == "{arXiv:1701.00001}"
    assert field("note", {}, record) is None
    assert field("note", {"note": "{mine}"}, record, preprint_note=True) == "{mine}"
    assert field("note", {}, ARTICLE, preprint_note=True) is None


@pytest.mark.parametrize(
    ("why", "fields", "record", "kind", "type_", "year"),
    [
        ("another venue and year", {"journal": "{Annals of Lakes}", "year": "{2012}"}, ARTICLE, "article", "article", "{2012}"),
        ("another venue, the same pages", {"journal": "{Annals of Lakes}", "year": "{2018}"}, ARTICLE, "article", "article", "{2018}"),
        ("another volume and pages", {"volume": "{3}", "pages": "{7}"}, ARTICLE, "article", "article", "{2018}"),
        ("an article that is a paper", {"journal": "{Advances in Pond Processing}", "number": None}, PAPER, "article", "inproceedings", "{2018}"),
        ("an article of a known meeting", {"journal": "{International Conference on Machine Learning}", "number": None}, but(PAPER, venue="International Conference on Machine Learning"), "article", "inproceedings", "{2018}"),
        ("a misc that is an article", {"journal": None, "volume": None, "number": None}, ARTICLE, "misc", "article", "{2018}"),
        ("a misc of which too little is known", {"author": None}, but(ARTICLE, who=None), "misc", "misc", "{2018}"),
        ("a manual that is a book", {"journal": None, "volume": None, "number": None, "pages": None, "doi": None}, BOOK, "manual", "book", "{2018}"),
        ("a report that is a report", {"journal": None, "institution": "{PS}"}, but(item(TITLE, WHO, 2018, "report", publisher="PS")), "techreport", "techreport", "{2018}"),
        ("conference is inproceedings", {"journal": None, "booktitle": "{Advances in Pond Processing}", "number": None}, PAPER, "conference", "conference", "{2018}"),
    ],
)  # fmt: skip
def test_types_and_other_versions(why, fields, record, kind, type_, year):
    made, after, _ = mended(fields, record, kind)
    assert (made, after["year"]) == (type_, year), why


def test_a_paper_that_was_typed_in_as_an_article_is_one():
    """One of the records has it as an article too: what is printed was decided of all of them."""
    paper, article = (
        item(TITLE, WHO, 2018, kind, venue="Advances in Pond Processing")
        for kind in ("paper-conference", "article-journal")
    )
    bib = read(f"@article{{k, title = {{{TITLE}}}, author = {{{BASE['author']}}}, journal = {{Advances in Pond Processing}}, year = 2018}}".encode())  # fmt: skip
    made = resolved(normalize(claims(bib)[0]), paper)
    records = (*made.work.records, Record("acm:1", article, "acm"))
    data, _ = repair(bib, [replace(made, work=Work("dblp:1", records))])
    assert read(data).entries[0].type == "inproceedings"


def test_of_another_version_only_the_people_are_completed():
    other = {
        "journal": "{Annals of Lakes}",
        "year": "{2012}",
        "volume": "{3}",
        "pages": "{7--9}",
        "doi": None,
    }
    made = mended({**other, "author": "{Weir, A. and Doe, B.}"})[1]
    assert made["author"] == "{Weir, Anna and Doe, Bob C.}" and "doi" not in made
    made = mended({**other, "author": "{Fox, A. and Doe, B.}"})[1]
    assert made["author"] == "{Fox, A. and Doe, B.}"
    made = mended({**other, "author": "{Weir, A. and others}"})[1]
    assert made["author"] == "{Weir, A. and others}"


def test_pages_of_the_web_are_no_papers():
    page = {
        "journal": None,
        "volume": None,
        "number": None,
        "pages": None,
        "doi": None,
        "url": "{https://ponds.org/}",
        "year": None,
    }
    assert mended(page, ARTICLE, "online")[0] == "online"
    assert field("year", page, ARTICLE, "software") is None
    assert field("year", {**page, "author": None}, ARTICLE, "misc") is None
    assert field("year", page, ARTICLE, "misc") == "{2018}"
    assert field("date", {**page, "doi": "{10.1000/pond.1}"}, ARTICLE, "online") == "{2018}"


@pytest.mark.parametrize(
    ("why", "stated", "filled"),
    [
        ("its pages", {"doi": None}, None),
        ("its DOI", {}, "{31}"),
    ],
)
def test_nothing_of_a_venue_is_filled_in_beside_another_one_that_stays(why, stated, filled):
    entry = {"journal": "{Frog News}", "volume": None, **stated}
    unsafe = told("container-title", "venue-mismatch")
    assert field("volume", entry, ARTICLE, "article", unsafe) == filled, why
    assert field("volume", {"volume": None}, ARTICLE) == "{31}"


def test_what_is_unsafe_waits_for_the_option():
    wrong = {"title": "{Watching Lakes with Nets}", "doi": None}
    unsafe = told("title", "title-mismatch")
    assert field("title", wrong, ARTICLE, "article", unsafe) == wrong["title"]
    assert field("doi", wrong, ARTICLE, "article", unsafe) is None
    assert (
        field("title", wrong, ARTICLE, "article", unsafe, unsafe=True)
        == "{Watching Ponds with Nets}"
    )
    # an identifier says that the work is meant
    same = {**wrong, "doi": BASE["doi"], "volume": None}
    assert field("volume", same, ARTICLE, "article", unsafe) == "{31}"
    assert field("title", same, ARTICLE, "article", unsafe) == wrong["title"]
    doi = told("DOI", "wrong-identifier")
    assert (
        field("doi", {"doi": "{10.1000/x}"}, ARTICLE, "article", doi, unsafe=True)
        == "{10.1000/pond.1}"
    )
    assert field("doi", {"doi": "{10.1000/x}"}, ARTICLE, "article", doi) == "{10.1000/x}"
    arxiv = told("custom.arxiv", "wrong-identifier")
    number = but(ARTICLE, arxiv="1701.00001")
    assert (
        field("eprint", {"eprint": "{1801.00009}"}, number, "article", arxiv, unsafe=True)
        == "{1701.00001}"
    )
    people = told("author", "author-mismatch")
    assert field("author", {"author": "{Fox, G.}"}, ARTICLE, "article", people) == "{Fox, G.}"


def test_what_a_person_took_is_put_in_place_of_the_entry():
    kind, fields, _ = mended(
        {"title": "{Lakes}", "note": "{mine}", "keywords": "{x}", "edition": "{2}"},
        PAPER,
        taken=True,
    )
    assert kind == "inproceedings" and fields["title"] == "{Watching Ponds with Nets}"
    assert fields["note"] == "{mine}" and fields["keywords"] == "{x}" and "edition" not in fields
    assert "journal" not in fields and fields["booktitle"] == "{Advances in Pond Processing}"
    dated = {**ARTICLE, "issued": {"date-parts": [[2018, 5]]}}
    assert mended({}, dated, taken=True)[1]["month"] == "may"


def test_biblatex_has_its_own_names():
    new = {"journal": None, "journaltitle": "{Annals of Lakes}", "year": None, "date": "{2018}"}
    assert field("journaltitle", new) == "{Journal of Ponds}"
    assert (
        field(
            "date",
            {**new, "journaltitle": "{Journal of Ponds}", "date": None, "langid": "{english}"},
        )
        == "{2018}"
    )
    assert (
        field("year", {**new, "journaltitle": "{Journal of Ponds}", "date": None, "month": "may"})
        == "{2018}"
    )
    assert field("eprinttype", {**new, "journaltitle": "{Journal of Ponds}"}, but(ARTICLE, arxiv="1701.00001")) == "{arxiv}"  # fmt: skip


@pytest.mark.parametrize(
    ("why", "fields", "volume", "doi"),
    [
        ("it may be any venue", {"journal": "jp"}, None, None),
        ("known to be another one", {"journal": "cvpr"}, None, None),
        ("defined by the author's style", {"journal": "{\\jp}"}, None, None),
        ("the pages say that it is this one", {"journal": "jp", "pages": "{100--109}"}, "{31}", "{10.1000/pond.1}"),
    ],
)  # fmt: skip
def test_beside_a_macro_that_nothing_defines(why, fields, volume, doi):
    _, after, _ = mended({"volume": None, "doi": None, "pages": None, **fields})
    assert (after.get("volume"), after.get("doi")) == (volume, doi), why


def test_macros_of_the_file():
    head = "@string{jp = {Journal of Ponds}}\n@string{jq = {J. Ponds}}\n"
    assert field("journal", {"journal": "{Annals of Lakes}"}, head=head) == "jp"
    assert field("journal", {"journal": "{Annals of Lakes}"}, head="@string{jp = {Lakes 2018}}\n") == "{Journal of Ponds}"  # fmt: skip


# ------------------------------------------------------------------ findings and changes
def test_each_change_has_a_finding():
    _, _, found = mended(
        {"volume": None, "doi": None, "journal": "{J. Ponds}"}, but(ARTICLE, publisher="P")
    )
    by_name = {d.name: d for d in found}
    assert by_name["incomplete-entry"].message == "the record has doi 10.1000/pond.1, volume 31"
    assert "incomplete-entry" not in {d.name for d in mended({"volume": "{30}"})[2]}
    off = mended({"volume": None}, wanted=lambda code, name: name != "incomplete-entry")
    assert "volume" not in off[1] and not off[2]
    some = mended({"volume": None}, entries=frozenset({"other"}))
    assert "volume" not in some[1]


def test_an_entry_of_another_type_is_told_once():
    fields = {"journal": "{Advances in Pond Processing}", "number": None}
    kind, after, found = mended(fields, PAPER)
    assert kind == "inproceedings" and "booktitle" in after and "journal" not in after
    said = [d.message for d in found if d.code == "CN522"]
    assert said == [
        "type: “article” is “inproceedings” in the record, “journal” becomes “booktitle”"
    ]
    off = mended(fields, PAPER, wanted=lambda code, name: code != "CN522")
    assert off[0] == "article" and "journal" in off[1]


def test_the_part_of_a_change_that_touches_some_fields():
    bib = read(b"@misc{k, a = {1}, b = {2}}")
    a, b = bib.entries[0].fields
    change = EntryChange("article", {a: "x", b: None}, names={b: "c"}, new={"d": "y"})
    assert change and not EntryChange() and EntryChange(new={"d": "y"})
    assert change.fields() == {"a", "b", "c", "d", "type"}
    part = change.only({"a", "c"})
    assert (part.type, part.values, part.names, part.new) == ("", {a: "x"}, {b: "c"}, {})
    assert change.only({"type"}).type == "article" and change.only({"d"}).new == {"d": "y"}


def test_rows_of_what_changed():
    before = read(
        b"@misc{k,\n  title = {A},\n  note = {\\'e},\n  x = {1}, x = {2}\n}\n@misc{l, a = {1}}\n"
    )
    after = read(
        b"@article{k,\n  title = {B},\n  note = {\xc3\xa9},\n  x = {1}, x = {2}\n}\n@misc{l, a = {1}}\n"
    )
    form = [Diagnostic("CN1", "a-rule", "…", "note", key="k")]
    (one,) = changed_entries(before, after, (), form)
    assert (one.line, one.key) == (1, "k")
    assert [(r.field, r.before, r.after, r.source) for r in one.rows][:2] == [("entry type", "misc", "article", ""), ("title", "A", "B", "")]  # fmt: skip
    assert [r.source for r in one.rows if r.field == "note"] == ["a-rule"]
    assert changed_entries(before, before) == []
    claim = claims(before)[0]
    known = resolved(claim, item("B", WHO, 2018))
    rows = changed_entries(before, after, [known, known])[0].rows
    assert {r.field: r.source for r in rows}["title"] == "dblp"
    unmatched = replace(known, outcome="unmatched")
    assert {r.field: r.source for r in changed_entries(before, after, [unmatched] * 2)[0].rows}[
        "title"
    ] == ""


def test_edits_and_findings_of_a_plan():
    bib = read(
        b"@article{k,\n  title = {Watching Ponds with Nets},\n  author = {Weir, Anna and Doe, Bob C.},\n  journal = {Journal of Ponds},\n  pages = {100-109}\n}\n"
    )
    made = [resolved(normalize(c), ARTICLE) for c in claims(bib)]
    edits, found = repair_edits(bib, made)
    data, told_ = repair(bib, made)
    assert write(bib, edits) == data and [d.name for d in found] == [d.name for d in told_]
    assert all(d.edits == () for d in found)
    planned = {d.name: d for d in plan(bib, made).diagnostics}
    assert [e.text for e in planned["wrong-dash"].edits] == ["{100--109}"]
    assert planned["wrong-dash"].severity == "warning" and planned["incomplete-entry"].edits
    with pytest.raises(ValueError, match="2 resolutions for 1 entries"):
        plan(bib, made * 2)
    touching = text_edits(bib, [Edit(3, 4, "b"), Edit(1, 3, "a"), Edit(5, 6, "c")])
    assert [(e.start, e.end, e.text) for e in touching] == [(1, 4, "ab"), (5, 6, "c")]


@pytest.mark.parametrize(("pages", "left"), [("{1--73}", None), ("{100--109}", "{100--109}")])
def test_pages_of_a_preprint_go_where_nobody_says_those_of_the_publication(pages, left):
    record = but(ARTICLE, arxiv="1701.00001", pages=None)
    assert field("pages", {**UPLOAD, "pages": pages}, record) == left


@pytest.mark.parametrize("name", ["volume", "number"])
def test_what_counts_at_the_server_goes_where_the_publication_has_none(name):
    record = item(TITLE, WHO, 2018, "paper-conference", venue="Proceedings of the Ponds Conference")
    assert field(name, {**UPLOAD, name: "{3}"}, record) is None
    assert field(name, {name: "{3}"}, record) == "{3}"  # of the journal that the entry names


def test_the_day_of_a_preprint_in_its_year_goes():
    assert field("year", {**UPLOAD, "year": "{2018-01-26}"}, but(ARTICLE, arxiv="1701.00001")) == "{2018}"  # fmt: skip


def test_both_fields_of_a_venue_that_name_the_preprint():
    fields = mended({**UPLOAD, "booktitle": "{arXiv preprint arXiv:1701.00001}"}, PAPER)[1]
    assert fields["booktitle"] == "{Advances in Pond Processing}" and "journal" not in fields


def test_a_preprint_whose_finding_is_off_stays():
    record = but(ARTICLE, arxiv="1701.00001")
    superseded = Diagnostic("CN201", "superseded-preprint", "…", fix="safe")
    assert field("journal", UPLOAD, record, "article", superseded) == "{Journal of Ponds}"
    off = {"wanted": lambda code, name: name != "superseded-preprint"}
    assert field("journal", UPLOAD, record, "article", superseded, **off) == UPLOAD["journal"]


def test_bytes_at_both_ends_of_what_is_no_utf8():
    from citenorm.bib.file import readable

    assert readable("\udc80") == "€" and readable("\udcff") == "ÿ"
    bib = read(b"@misc{k, t = {caf\xe9}}\n")
    (found,) = check_form(bib).diagnostics
    assert (found.name, found.place.column, found.place.end_column) == ("not-utf8", 18, 19)


# ------------------------------------------------------------------ style
def style(text):
    bib = read(text.encode())
    return style_of(bib, bib.entries)


def test_the_style_of_a_file():
    assert style("no entries") == Style(gap=",\n  ")
    assert style("x\r\n").gap == ",\r\n  "
    plain = style("@a{k,\n  title = {A},\n  year = {1},\n  month = jan\n}")
    assert (plain.gap, plain.before, plain.after, plain.width, plain.quote, plain.case, plain.bare) == (",\n  ", " ", " ", 0, False, "lower", False)  # fmt: skip
    loud = style('@a{k,TITLE="A",YEAR=2001,VOLUME=3}')
    assert (loud.gap, loud.before, loud.after, loud.quote, loud.case, loud.bare) == (
        ",",
        "",
        "",
        True,
        "upper",
        True,
    )
    assert style("@a{k, Title = {A}, Year = {1}}").case == "title"
    aligned = style("@a{k,\n  title  = {A},\n  author = {B},\n  year   = {1}\n}")
    assert aligned.width == 7 and aligned.before == " "
    three, four = "  title  = {A},\n  author = {B},\n  year   = {1},\n", "  note   = {1},\n"
    rest = "  doi = {1},\n  isbn = {1}\n}"
    assert style("@a{k,\n" + three + rest).width == 0, "three of five are no more than most"
    assert style("@a{k,\n" + three + four + rest).width == 7
    as_long = "@a{k,\n  note = {A},\n  year = {1},\n  isbn= {1}\n}"
    assert style(as_long).width == 0, "names of one length are aligned in any case"
    assert style("@a{k\n, title = {A}\n, year = {1}\n}").gap == "\n, "


def test_the_style_of_an_entry_is_its_own_where_it_shows_one():
    bib = read(
        b'@a{k, TITLE = "A", YEAR = 2001}\n@a{l, title = {A}}\n@a{m, month = jan, note = n}\n@a{n, title = {A}, year = {2001}}\n'
    )
    usual = Style(quote=True, bare=True)
    first, second, third, fourth = (own_style(bib, entry, usual) for entry in bib.entries)
    assert (first.case, first.quote, first.bare) == ("upper", True, True)
    assert second is usual
    assert (third.quote, third.bare) == (True, True)  # nothing in it tells
    assert (fourth.quote, fourth.bare) == (False, False)


def test_halves_decide_nothing():
    assert style("@a{k, Title = {A}, year = {1}}").case == "lower"
    assert style("@a{k, TITLE = {A}, year = {1}}").case == "lower"
    assert style('@a{k, title = {A}, note = "B"}').quote is False
    assert style("@a{k, year = {1}, volume = 2}").bare is False


def test_new_fields_in_a_style():
    assert new_field("year", "{1}", Style()) == "year = {1}"
    assert new_field("year", "{1}", Style(width=9)) == "year     = {1}"
    assert new_field("archiveprefix", "{1}", Style(width=9)) == "archiveprefix = {1}"
    assert new_field("year", "{1}", Style(case="upper", before="", after="")) == "YEAR={1}"
    assert (
        delimited("2001", "year", Style(bare=True)) == "2001"
        and delimited("x", "year", Style(bare=True)) == "{x}"
    )
    assert delimited("2001", "title", Style(bare=True)) == "{2001}" and delimited("jan", "month", Style(), bare=True) == "jan"  # fmt: skip
    assert delimited("x", "title", Style(quote=True)) == '"x"'
    assert quoted('a "b" {"c"}') == '"a {"}b{"} {"c"}"' and quoted("a (b)") == "{a (b)}"


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        ("@article{k, journal = {A}, year = 1}", "bibtex"),
        ("@article{k, journaltitle = {A}, date = {1}}", "biblatex"),
        ("@online{k, date = {2001}}", "biblatex"),
        ("@misc{k, title = {A}}", "bibtex"),
        ("@article{k, journal = {A}, year = 1} @article{l, journaltitle = {A}}", "bibtex"),
    ],
)
def test_dialects(text, dialect):
    assert dialect_of(read(text.encode())) == dialect


def test_latex_or_letters():
    assert writes_latex(read(b'@misc{k, title = {\\"u}}')) and writes_latex(
        read(b"@misc{k, title = {u}}")
    )
    assert not writes_latex(read("@misc{k, title = {ü}}".encode()))


def test_fields_are_taken_out_with_their_commas():
    text = "@misc{k,\n  a = {1},\n  b = {2},\n  c = {3}\n}"

    def without(names):
        bib = read(text.encode())
        entry = bib.entries[0]
        return write(bib, removals(entry, [f for f in entry.fields if f.name in names])).decode()

    assert without("a") == "@misc{k,\n  b = {2},\n  c = {3}\n}"
    assert without("b") == "@misc{k,\n  a = {1},\n  c = {3}\n}"
    assert without("c") == "@misc{k,\n  a = {1},\n  b = {2}\n}"
    assert without("ab") == "@misc{k,\n  c = {3}\n}" and without("bc") == "@misc{k,\n  a = {1}\n}"
    assert without("abc") == text and without("") == text


# ------------------------------------------------------------------ form
def form(text, **options):
    bib = read(text.encode())
    made = check_form(bib, **options)
    return write(bib, form_edits(bib, made)).decode(), [
        (d.name, d.field, d.key) for d in made.diagnostics
    ]


def test_fixes_build_on_each_other_and_are_told_once():
    text, found = form("@misc{k, journal = {Ponds &amp; Lakes}, pages = {1-2}}")
    assert text == "@misc{k, journal = {Ponds \\& Lakes}, pages = {1--2}}"
    assert found == [("markup-in-value", "journal", "k"), ("wrong-dash", "pages", "k")]
    assert form("@misc{k, author = {A. B; C. D}}")[0] == "@misc{k, author = {A. B; C. D}}"
    assert (
        form("@misc{k, author = {A. B; C. D}}", unsafe=True)[0]
        == "@misc{k, author = {A. B and C. D}}"
    )
    assert form("@misc{k, month = {March}}")[0] == "@misc{k, month = mar}"
    assert form("@misc{k, month = sept}")[0] == "@misc{k, month = sep}"
    assert form('@misc{k, pages = {1-2} # "x"}')[1] == []
    assert form("@misc{k, title = {BERT}}", wanted=lambda code, name: code != "CN501")[1] == []


def test_fields_that_stand_twice():
    assert form("@misc{k, year = {1}, year = {1}}")[0] == "@misc{k, year = {1}}"
    assert form("@misc{k, year = {1}, year = {2}}")[0] == "@misc{k, year = {1}, year = {2}}"
    assert form("@misc{k, year = {1}, year = {1}, year = {2}}")[1] == [
        ("duplicate-field", "year", "k")
    ]


def test_keys_that_stand_twice_and_broken_entries():
    assert form("@misc{k, a = {1}}\n@misc{K, a = {1}}\n")[1] == [("duplicate-key", "", "K")]
    assert form("@misc{, a = {1}}\n@misc{, a = {1}}\n")[1] == [("malformed-entry", "", "")] * 2
    assert form("@misc{k, a {1}}")[1] == [("malformed-entry", "", "k")]
    assert form("@misc{k, a = {1}}\n, year = {2001}}\n")[1] == [("malformed-entry", "", "k")]
    assert form("@misc{k, a = {1}}\nyears go by\n")[1] == []


def test_remarks_switch_rules_off():
    import datetime

    today = datetime.date(2026, 5, 1)

    def words(text):
        bib = read(text.encode())
        return silenced(bib, bib.entries[-1], today)

    assert words("% citenorm: ignore=wrong-dash\n@misc{k, a = {1}}") == {"wrong-dash"}
    assert words("% citenorm: ignore=wrong-dash\n% more\n@misc{k, a = {1}}") == {"wrong-dash"}
    assert words("% citenorm: ignore=wrong-dash\n\n@misc{k, a = {1}}") == frozenset()
    assert words("% citenorm: ignore=wrong-dash\nx\n@misc{k, a = {1}}") == frozenset()
    assert words("@misc{k, a = {1}, % citenorm: ignore=CN501\n b = {2}}") == {"cn501"} or words("@misc{k, a = {1}, % citenorm: ignore=CN501\n b = {2}}") == {"CN501"}  # fmt: skip
    assert words("% citenorm: ignore-file=wrong-dash\n\nx\n@misc{k, a = {1}}") == {"wrong-dash"}
    text = "% citenorm: ignore=all\n@misc{k, pages = {1-2}}\n@misc{l, pages = {1-2}}\n"
    assert form(text, today=today)[1] == [("wrong-dash", "pages", "l")]
    misspelt = "% citenorm: ignore=wrong-dahs\n@misc{k, a = {1}}\n"
    assert [n for n, _, _ in form(misspelt)[1]] == ["unknown-remark"]
    assert not form(misspelt, wanted=lambda code, name: name != "unknown-remark")[1]


# ------------------------------------------------------------------ shape
def test_fields_left_out_venues_and_order():
    text = b"@article{b, author = {Weir, A.}, title = {Nets}, journal = {Physical Review Letters}, year = 2001, note = {x}}\n@article{a, author = {Fox, G.}, title = {Ponds}, year = 1999}\n"
    assert b"note" not in shaped(text, Shape(frozenset({"note"})))
    assert b"journal = {Phys. Rev. Lett.}" in shaped(text, Shape(venues="short"))
    short = shaped(text, Shape(venues="short"))
    assert b"journal = {Physical Review Letters}" in shaped(short, Shape(venues="long"))
    assert not Shape() and Shape(sort="key") and Shape(venues="long") and Shape(frozenset({"x"}))
    assert omitted(["note, File", "x"]) == {"note", "file", "x"} and omitted([" , "]) == frozenset()

    def order(by, data=text):
        return [e.key for e in read(shaped(data, Shape(sort=by))).entries]

    assert order("key") == ["a", "b"] and order("author") == ["a", "b"]
    assert order("year") == ["a", "b"] and order("title") == ["b", "a"]
    editors = b"@book{c, editor = {Fox, G.}, title = {A}}\n@book{d, title = {Elm}}\n@book{e, author = {Ash, B.}, title = {Z}}\n"
    assert order("author", editors) == ["e", "d", "c"]


def test_remarks_go_along_and_parents_come_last():
    text = b"% of b\n% more\n@misc{b, crossref = {p}}\n\nbetween\n@book{p, title = {P}}\n@misc{a, crossref = {p}}\n"
    assert shaped(text, Shape(sort="key")) == (
        b"@misc{a, crossref = {p}}\n\nbetween\n% of b\n% more\n@misc{b, crossref = {p}}\n@book{p, title = {P}}\n"
    )
    with pytest.raises(ConfigError, match=":2: a macro"):
        shaped(b"@misc{b, a = {1}}\n@string{p = {x}}\n", Shape(sort="key"), "a.bib")
    assert (
        shaped(b"@string{p = {x}}\n@misc{b, a = p}\n", Shape(sort="key"))
        == b"@string{p = {x}}\n@misc{b, a = p}\n"
    )
    assert shaped(b"no entries", Shape(sort="key")) == b"no entries"


@pytest.mark.parametrize(
    ("entry", "venues", "kept"),
    [
        (b"@article{k, journal = {Frog News of Nowhere}}", "short", True),
        (b"@article{k, journal = prl}", "short", True),
        (
            b"@proceedings{k, booktitle = {International Conference on Machine Learning}}",
            "short",
            True,
        ),
        (
            b"@inproceedings{k, booktitle = {International Conference on Machine Learning}}",
            "short",
            False,
        ),
        (b"@inproceedings{k, booktitle = {ICML}}", "long", False),
        (b"@misc{k, howpublished = {Physical Review Letters}}", "short", True),
    ],
)
def test_which_venues_change(entry, venues, kept):
    assert (shaped(entry, Shape(venues=venues)) == entry) is kept


def test_latex_where_it_is_asked_for():
    bib = read(
        "@article{k,\n  title = {Watching Ponds with Nets},\n  author = {Wéir, A. and Doe, B.},\n  journal = {Journal of Ponds}\n}\n".encode()
    )
    record = {
        **ARTICLE,
        "author": [{"family": "Wéir", "given": "Anna"}, {"family": "Doe", "given": "Bob"}],
    }
    made = [resolved(normalize(c), record) for c in claims(bib)]
    assert "Wéir, Anna" in repair(bib, made)[0].decode()
    assert "W{\\'e}ir, Anna" in repair(bib, made, RepairOptions(latex=True))[0].decode()
    stale = read(
        b"@article{k,\n  title = {Watching Ponds with Nets},\n  author = {Weir, A. and Doe, B.},\n  journal = {arXiv},\n  number = {arXiv:1701.00001},\n  year = {2017}\n}\n"
    )
    made = [
        resolved(normalize(c), {k: v for k, v in ARTICLE.items() if k != "issue"})
        for c in claims(stale)
    ]
    assert b"number" not in repair(stale, made)[0]
    mended = repair(stale, [resolved(normalize(c), ARTICLE) for c in claims(stale)])[0]
    assert f"number = {{{ARTICLE['issue']}}}".encode() in mended


@pytest.mark.parametrize(
    ("status", "probability", "unsafe", "changed"),
    [
        ("contradicted", 0.6, False, False),
        ("contradicted", 0.6, True, True),
        ("contradicted", 0.95, False, True),
        ("verified", 0.6, False, True),
    ],
)
def test_nothing_of_a_doubted_record_is_put_into_an_entry(status, probability, unsafe, changed):
    text = "@misc{k,\n  title = {%s},\n  author = {Weir, A. and Doe, B. C.},\n  year = {2018}\n}\n"
    bib = read((text % TITLE).encode())
    (claim,) = claims(bib)
    made = replace(resolved(normalize(claim), ARTICLE), status=status, probability=probability)
    data, _ = repair(bib, [made], RepairOptions(form=False, unsafe=unsafe))
    assert (data != (text % TITLE).encode()) is changed
