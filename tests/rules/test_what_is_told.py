"""What each rule says of a Resolution: the message, the field, the values, how grave it is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import claim, item, record

from citenorm.findings import (
    AbsenceFinding,
    AuthorFinding,
    IdentifierFinding,
    SourceFinding,
    TitleFinding,
    VenueFinding,
    VersionFinding,
)
from citenorm.model import (
    Answer,
    Claim,
    Comparison,
    Described,
    Evidence,
    Place,
    Provenance,
    Reference,
    Resolution,
    Work,
)
from citenorm.rules import RULES, _of_one_reference, diagnose, diagnose_document, rule
from citenorm.rules.outcome import in_no_catalogue
from citenorm.rules.table import all_rules, names_rule, unknown_rule

TITLE = "Sampling quiet ponds in winter"
PAPER = record("pub:1", TITLE, "Jia Li", 2020, venue="Pond Letters", doi="10.5/pond")


def told(name, resolution):
    """(message, field, claim, record, source, fix, severity) of what one rule finds."""
    one = rule(name)
    assert one is not None
    return [
        (d.message, d.field, d.claim, d.record, d.source, d.fix, d.severity)
        for d in diagnose(resolution, [one])
    ]


def messages(name, resolution):
    return [row[0] for row in told(name, resolution)]


def unmatched(stated, **more):
    return Resolution(stated, "unmatched", "unverifiable", **more)


def matched(stated, one=PAPER, emitted=None, *findings, **more):
    made = {"record": one, "work": Work(one.id, (one,)), "emitted": emitted or dict(one.csl)}
    return Resolution(stated, "matched", "verified", evidence=tuple(findings), **{**made, **more})


# ------------------------------------------------------------------ the table of rules
def test_rules_are_found_by_code_and_name():
    assert rule(" cn203 ") is rule("same-work-twice") is rule("Same-Work-Twice")
    assert rule("CN999") is None
    codes = [r.code for r in all_rules()]
    assert codes == sorted(set(codes)) and {"CN101", "CN105", "CN501", "CN521"} <= set(codes)


@pytest.mark.parametrize(
    ("word", "named"),
    [("wrong-dash", True), ("Wrong-Dash", True), ("CN502", True), ("cn5", True), ("CN", True), ("C", False), ("CN503", False), ("dash", False)],
)  # fmt: skip
def test_a_word_names_a_rule(word, named):
    assert names_rule(word, "CN502", "wrong-dash") is named


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("wrong-dash", ""),
        ("CN3", ""),
        ("wrong-dahs", "no rule 'wrong-dahs'; did you mean wrong-dash?"),
        ("zzz", "no rule 'zzz' (see: citenorm rule)"),
    ],
)
def test_a_word_that_names_no_rule(word, said):
    assert unknown_rule(word) == said


def test_rules_off_by_default_are_told_only_when_asked_for():
    bare = matched(claim(TITLE, "Jia Li", 2020, venue="Pond Letters"))
    assert "missing-identifier" not in {d.name for d in diagnose(bare)}
    assert "missing-identifier" in {d.name for d in diagnose(bare, RULES)}
    assert diagnose_document([bare, bare], [rule("missing-identifier")]) == [(), ()]


def test_the_rules_that_look_at_single_references():
    names = {r.name for r in _of_one_reference.__wrapped__()}
    assert {"title-mismatch", "missing-venue", "fuller-record", "never-cited"} <= names
    assert not names & {"missing-identifier", "same-work-twice", "missing-entry", "wrong-dash"}


def test_a_page_has_sections_and_a_first_sentence():
    dash = rule("same-work-twice")
    assert dash.summary() == "Two references of one document mean the same work."
    assert dash.section("Use instead") == "One entry, cited at both places."
    assert dash.section("No such heading") == ""


# ------------------------------------------------------------------ reading (CN1xx)
def of(**reference):
    return unmatched(Claim({}, "raw", reference=Reference("raw", "a.md", **reference)))


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ({"cited": False, "label": "3"}, ["the text never cites [3]"]),
        ({"cited": False, "key": "li01", "label": "3"}, ["the text never cites li01"]),
        ({"cited": True, "label": "3"}, []),
        ({"cited": None, "label": "3"}, []),
    ],
)
def test_never_cited(reference, said):
    assert messages("never-cited", of(**reference)) == said
    assert messages("never-cited", unmatched(Claim({}))) == []
    if said:
        assert told("never-cited", of(**reference))[0][2] == reference.get("key", "3")


def test_citations_without_reference_stand_where_the_text_cites():
    (one,) = diagnose(
        of(astray=(("6", 12),), line=40, label="1"), [rule("citation-without-reference")]
    )
    assert (one.message, one.claim) == ("the text cites [6], which the list does not have", "6")
    assert one.place == Place("a.md", 12, 0, 12, 0) and one.key == ""
    (keyed,) = diagnose(of(astray=(("li", 2),), key="a"), [rule("citation-without-reference")])
    assert keyed.message.startswith("the text cites li,") and keyed.key == ""
    assert messages("citation-without-reference", unmatched(Claim({}))) == []


def test_lines_that_were_not_taken():
    long = "x" * 91
    found = diagnose(
        of(untaken=((3, 4, "short"), (9, 9, long), (9, 9, long[1:]))), [rule("line-not-taken")]
    )
    assert [d.message for d in found] == [
        "not taken for a reference: short",
        f"not taken for a reference: {long[:89]}…",
        f"not taken for a reference: {long[1:]}",
    ]
    assert found[0].place == Place("a.md", 3, 0, 4, 0) and found[1].claim == long
    assert messages("line-not-taken", unmatched(Claim({}))) == []


RAW = "abcdefghij klmnopqrst uvwxyzab"


def read(unparsed, raw=RAW, outcome="unmatched", **csl):
    return Resolution(Claim(csl, raw, unparsed=unparsed), outcome, "unverifiable")


@pytest.mark.parametrize(
    ("resolution", "said"),
    [
        (read(((0, 10),)), ["this could not be read: “abcdefghij”"]),
        (read(((0, 9),)), ["this could not be read: “abcdefghi”"]),
        (read(((0, 8),)), []),
        (read(((0, 5), (11, 17))), ["this could not be read: “klmnop”"]),
        (read(((10, 22),)), ["this could not be read: “klmnopqrst”"]),
        (read(((0, 10),), outcome="matched"), []),
        (read(((0, 10),), outcome="ambiguous"), ["this could not be read: “abcdefghij”"]),
        (read((), raw=""), []),
        (read(((0, 90),), raw="y" * 90), ["this could not be read: “" + "y" * 80 + "”"]),
        (read(((0, 25),), raw="https://doi.org/10.1000/x"), []),
        (read(((0, 28),), raw="(https://doi.org/10.1000/x),"), []),
        (read(((0, 1), (2, 3)), custom={"works": 2}), ["2 works are named, of which only the first was looked up"]),
        (read(((0, 1), (2, 3)), outcome="matched", custom={"works": 2}), ["2 works are named, of which only the first was looked up"]),
        (read(((0, 1),), custom={"works": 1}), []),
        (read((), custom={"works": 2}), []),
        (read(((0, 1),), custom={"works": "2"}), []),
    ],
)  # fmt: skip
def test_text_that_could_not_be_read(resolution, said):
    assert messages("unparsed-text", resolution) == said


def test_of_several_works_the_last_left_one_is_shown():
    assert told("unparsed-text", read(((0, 1), (2, 4)), custom={"works": 2}))[0][2] == "cd"


def test_commands_in_what_is_read_and_printed():
    plain = matched(claim(TITLE, "Jia Li"))
    assert messages("command-in-reference", plain) == []
    said = ["\\input: printed as text, LaTeX would run it"]
    assert messages("command-in-reference", replace(plain, claim=Claim({}, "a \\input{x}"))) == said
    for emitted in (
        item("\\input{x}"),
        item("a", [], editor="Jia \\input{x}"),
        item("a", "\\input{x} Li"),
    ):
        assert messages("command-in-reference", replace(plain, emitted=emitted)) == said


# ------------------------------------------------------------------ one work (CN2xx)
def at(line, stated=None, **more):
    reference = Reference("", "a.md", line=line, **more)
    return matched(replace(stated or claim(TITLE, "Jia Li", 2020), reference=reference))


def twice(*resolutions):
    return [
        [(d.message, d.severity) for d in ds]
        for ds in diagnose_document(resolutions, [rule("same-work-twice")])
    ]


def test_the_same_work_twice():
    said = ("the same work as in line 3", "warning")
    assert twice(at(3), at(9)) == [[], [said]]
    assert twice(at(3), at(6), at(9)) == [[], [said], [said]]
    assert twice(at(3, label="4"), at(9))[1][0][0] == "the same work as [4] in line 3"
    assert twice(at(3, label="4", key="li"), at(9))[1][0][0] == "the same work as li"
    assert twice(at(3), at(9, kind="mention")) == [[], []]
    assert twice(at(3, kind="mention"), at(9)) == [[], []]


@pytest.mark.parametrize(
    ("one", "two", "under"),
    [
        (TITLE, TITLE, ""),
        (TITLE, "Sampling Quiet Ponds in Winter.", ""),
        (TITLE, "Ponds in winter", " under another title"),
        ("", "Ponds in winter", ""),
        (TITLE, "", ""),
    ],
)
def test_the_same_work_under_another_title(one, two, under):
    found = twice(at(3, claim(one, "Jia Li")), at(9, claim(two, "Jia Li")))
    assert found[1] == [("the same work as in line 3" + under, "warning")]


def test_a_double_is_told_once_with_both_titles():
    doi = claim("A handbook of pond nets and traps", "Jia Li; Omar Haddad", 2007, doi="10.5/x")
    known, unknown = at(3, doi), unmatched(replace(doi, reference=Reference("", "a", line=5)))
    rows = diagnose_document([known, unknown, at(9, doi)], [rule("same-work-twice")])
    assert [len(r) for r in rows] == [0, 1, 1]
    assert (rows[2][0].claim, rows[2][0].record, rows[2][0].source) == (doi.title, doi.title, "pub")
    bare = matched(Claim({}, "raw words", reference=Reference("", "a", line=3)))
    assert diagnose_document([bare, at(9)], [rule("same-work-twice")])[1][0].record == "raw words"


def test_a_spelling_that_stays_is_told_without_a_fix():
    slip = AuthorFinding.MISSPELLED.of("Omar Hadad", "Omar Haddad")

    def found(evidence, printed):
        rows = told(
            "author-misspelled", matched(claim(TITLE), PAPER, item(TITLE, printed), evidence)
        )
        return [(row[0], row[5]) for row in rows]

    said = "“Omar Hadad” is spelled “Omar Haddad” in the record"
    assert found(slip, "Omar Haddad") == [(said, "safe")]
    assert found(slip, "Omar Hadad") == [(said + " alone", None)]
    cut = AuthorFinding.MISSPELLED.of("Omar Reed Hadad", "Omar Haddad")
    assert not found(cut, "Omar Reed Hadad"), "cut into words otherwise"


def test_without_a_place_the_title_tells_it():
    stated = claim(TITLE, "Jia Li")
    assert twice(matched(stated), matched(stated))[1][0][0] == f"the same work as “{TITLE}”"
    assert (
        twice(matched(claim("")), matched(stated))[1][0][0]
        == "the same work as an earlier reference"
    )


def test_in_a_bibliography_it_is_a_note():
    entry = replace(claim(TITLE, "Jia Li"), id="k")
    assert twice(at(3, entry), at(9, entry))[1][0][1] == "note"


def test_editions_of_a_book_are_told_as_such():
    book = record("b:1", "The pond book", "Jia Li", 2010, "book")

    def edition(line, year):
        printed = item("The pond book", "Jia Li", year, "book", edition=str(year - 2000))
        stated = claim("The pond book", "Jia Li", year, "book", edition=str(year - 2000))
        return matched(replace(stated, reference=Reference("", "a", line=line)), book, printed)

    found = twice(edition(3, 2005), edition(6, 2010), edition(9, 2010))
    assert found[1] == [("the same work as in line 3 in another edition or version", "note")]
    assert found[2] == [("the same work as in line 6", "warning")]


def test_works_that_no_source_knows_are_one_by_their_own_words():
    def said(line, **more):
        stated = claim("A handbook of pond nets and traps", "Jia Li; Omar Haddad", 2007, **more)
        return unmatched(replace(stated, reference=Reference("", "a", line=line)))

    assert twice(said(3, doi="10.5/x"), said(9, doi="10.5/x"))[1] == [
        ("the same work as in line 3: the same DOI", "warning")
    ]
    assert len(twice(said(3), said(9))[1]) == 1
    assert len(twice(said(3), at(5), said(9))[2]) == 1
    assert twice(said(3), replace(said(9), claim=replace(said(9).claim, reference=Reference("", kind="mention")))) == [[], []]  # fmt: skip
    # one known work and one unknown reference that state the same
    one = at(3, claim("A handbook of pond nets and traps", "Jia Li; Omar Haddad", 2007))
    assert len(twice(one, said(9))[1]) == 1
    # two known works that are two, whatever they state
    other = matched(one.claim, record("o:1", "Another", "Eva Brandt", 1990))
    assert twice(one, other) == [[], []]


GONE = VersionFinding.RETRACTED.of("pub:1", "source:x")


@pytest.mark.parametrize(
    ("title", "told_of_itself"),
    [
        ("RETRACTED: Ponds that never freeze", True),
        ("[Retracted] Ponds that never freeze", True),
        ("WITHDRAWN ARTICLE: Ponds", True),
        ("Retracted Paper: Ponds", True),
        ("Retraction of: Ponds", False),
        ("retracted: Ponds", False),
        ("The retracted: Ponds", False),
        ("Retracted ponds", False),
    ],
)
def test_an_entry_that_says_itself_that_it_is_retracted(title, told_of_itself):
    found = told("retracted-work", unmatched(claim(title)))
    assert bool(found) is told_of_itself
    if found:
        assert found[0][1:3] == ("title", title) and found[0][-1] == "error"


def test_a_retraction_is_told_once_with_its_notice():
    marked = record("pub:1", TITLE, "Jia Li", 2020, custom={"retracted": "10.5/notice"})
    stamped = claim("RETRACTED: " + TITLE, "Jia Li")
    (row,) = told("retracted-work", matched(stamped, marked, None, GONE))
    assert row[0].endswith("; the notice: 10.5/notice") and row[4] == "source"
    for mark in (True, "yes", "20.5/x"):
        unnamed = record("pub:1", TITLE, custom={"retracted": mark})
        assert "notice" not in told("retracted-work", matched(stamped, unnamed, None, GONE))[0][0]
    assert (
        "notice" not in told("retracted-work", replace(unmatched(stamped), evidence=(GONE,)))[0][0]
    )


# ------------------------------------------------------------------ contradictions (CN3xx)
def test_findings_are_told_with_field_values_and_source():
    finding = TitleFinding.DIFFERS.of("Pond", "Ponds")
    sure = matched(claim("Pond"), PAPER, None, finding, probability=0.9)
    assert told("title-mismatch", sure) == [
        ("the record's title is “Ponds”", "title", "Pond", "Ponds", "pub", "unsafe", "note")
    ]
    leads = IdentifierFinding.ELSEWHERE.of("10.5/a", "Frogs")
    one = matched(claim("Pond"), PAPER, None, leads, probability=0.89)
    assert told("wrong-identifier", one)[0][-1] == "note", "one record, and perhaps not the work"
    two = replace(one, work=Work("pub:1", (PAPER, replace(PAPER, id="other:1"))))
    assert told("wrong-identifier", two)[0][-1] == "note"
    slip = TitleFinding.MISPHRASED.of("Pond", "Ponds")
    assert told("title-mismatch", matched(claim("Pond"), PAPER, None, slip))[0][-1] == "note"


@pytest.mark.parametrize(
    ("why", "stated", "known", "volume", "message"),
    [
        ("the year of the volume", 2023, 2023, "36", []),
        ("another year", 2024, 2023, "36", ["volume 36 is that of 2023, not of 2024"]),
        ("no volume", 2024, 2023, "", []),
        ("the records have that year", 2024, 2024, "36", []),
        ("the year in which it came out", 2007, 2006, "19", []),
        ("the year of the meeting", 2006, 2007, "19", []),
    ],
)
def test_the_year_beside_a_volume(why, stated, known, volume, message):
    paper = record("pub:1", TITLE, "Jia Li", known, "paper-conference", venue="NeurIPS", volume=volume)  # fmt: skip
    printed = {**paper.csl, "issued": {"date-parts": [[stated]]}}
    found = matched(claim(TITLE, "Jia Li", stated, venue="NeurIPS"), paper, printed)
    assert messages("year-mismatch", found) == message, why


def test_the_source_is_that_of_the_printed_entry():
    finding = AuthorFinding.LEFT_OUT.of("a", "b")
    plain = matched(claim("Pond"), PAPER, None, finding)

    def source(**provenance):
        return told("author-mismatch", replace(plain, provenance=provenance))[0][4]

    assert source() == "pub"
    assert source(title=Provenance("filled", "dblp", "dblp:1")) == "dblp"
    assert source(author=Provenance("filled", "acl", "acl:1")) == "acl"
    both = {
        "title": Provenance("filled", "dblp", "dblp:1"),
        "author": Provenance("filled", "acl", "acl:1"),
    }
    assert source(**both) == "dblp"
    both["title"] = Provenance("as stated", "reference")
    assert source(**both) == "acl"
    nobody = replace(plain, record=None, provenance={})
    assert told("author-mismatch", nobody)[0][4] == ""


@pytest.mark.parametrize(
    ("stated", "field"),
    [
        ("10.5/x", "DOI"),
        ("doi:10.5/x", "DOI"),
        ("1901.00001", "custom.arxiv"),
        ("2010.5", "custom.arxiv"),
    ],
)
def test_the_field_of_an_identifier(stated, field):
    finding = IdentifierFinding.UNKNOWN.of(stated, "")
    row = told("wrong-identifier", matched(claim("Pond"), PAPER, None, finding))[0]
    assert row[1] == field and row[0].endswith("the work has none known")


@pytest.mark.parametrize(
    ("stated", "apart"),
    [
        ({"type": "webpage"}, True),
        ({"type": "software"}, True),
        ({"type": "patent"}, True),
        ({"type": "webpage", "DOI": "10.5/x"}, False),
        ({"type": "webpage", "custom": {"arxiv": "1901.00001"}}, False),
        ({"type": "article-journal", "URL": "https://e.org/"}, False),
        ({"type": "document", "URL": "https://e.org/"}, True),
        ({"URL": "https://e.org/"}, True),
        ({"URL": "https://e.org/", "volume": "3"}, False),
        ({"type": "document"}, False),
        ({}, False),
    ],
)
def test_what_no_catalogue_holds(stated, apart):
    assert in_no_catalogue(Claim(stated)) is apart
    assert bool(told("unverifiable-reference", unmatched(Claim(stated)))) is not apart


def near(title="exact", author="none", weight=5.0, who="Ann Smith; Bob Jones; Cy Day", year=1999, ident="n:1", name=TITLE):  # fmt: skip
    found = record(ident, name, who, year)
    evidence = (Evidence("title", title, 0.0), Evidence("author", author, 0.0))
    return Comparison(found, evidence, weight, 0.5)


UNKNOWN = "no source that was asked knows this work"


@pytest.mark.parametrize(
    ("candidates", "more"),
    [
        ([], ""),
        ([near()], "; one of the same title is by Smith, Jones, Day (1999)"),
        ([near("exact-short")], "; one of the same title is by Smith, Jones, Day (1999)"),
        (
            [near(who="A B; C D; E F; G H")],
            "; one of the same title is by B, D, F and others (1999)",
        ),
        ([near(year=None)], "; one of the same title is by Smith, Jones, Day (no year)"),
        ([near("minor")], ""),
        ([near(author="some")], ""),
        ([near(author="some"), near()], ""),
    ],
)
def test_a_reference_that_no_source_knows(candidates, more):
    found = told("unverifiable-reference", unmatched(claim(TITLE), candidates=tuple(candidates)))
    assert found == [(UNKNOWN + more, "", TITLE, "", "", None, "note")]


def test_a_book_of_the_same_title_by_its_editors():
    book = Comparison(
        record("n:1", TITLE, (), 1999, "book", editor="Ann Smith"), near().evidence, 5.0, 0.5
    )
    said = messages("unverifiable-reference", unmatched(claim(TITLE), candidates=(book,)))
    assert said == [UNKNOWN + "; one of the same title is by Smith (1999)"]


def test_what_could_not_be_asked_is_said():
    unasked = (
        Answer("crossref", "unknown", reason="no route"),
        Answer("dblp", "unknown", reason="429"),
    )
    said = messages("unverifiable-reference", unmatched(claim(TITLE), unasked=unasked))
    assert said == ["crossref could not be asked (no route); dblp could not be asked (429)"]
    assert told("unverifiable-reference", unmatched(Claim({}, "raw text")))[0][2] == "raw text"
    assert not told("unverifiable-reference", matched(claim(TITLE)))
    assert not told("unverifiable-reference", Resolution(claim(TITLE), "unmatched", "likely-fabricated"))  # fmt: skip
    assert not told("unverifiable-reference", ambiguous(near()))


def ambiguous(*candidates):
    return Resolution(claim(TITLE), "ambiguous", "unverifiable", candidates=candidates)


@pytest.mark.parametrize(
    ("candidates", "said"),
    [
        ([near(name="A"), near(name="B", year=None)], "fits several works: “A” (1999) or “B” (no year)"),
        ([near(name="A"), near(name="B"), near(name="C")], "fits several works: “A” (1999) or “B” (1999)"),
        ([near(name="A"), near(name="A"), near(name="C")], "fits several works: “A” (1999) or “C” (1999)"),
        ([near(name="A"), near(name="B", weight=-3.0)], "may be “A” (1999), or another work of the same people"),
        ([near(name="A one"), near(name="A One")], "may be “A one” (1999), or another work of the same people"),
        ([near(name="A"), near(name="A", year=1998)], "fits several works: “A” (1999) or “A” (1998)"),
        ([near(who=("Ann Smith",)), near(who=("Bo Lee",))], f"fits several works: “{TITLE}” by Smith (1999) or “{TITLE}” by Lee (1999)"),
        ([*[near(name="A")] * 4, near(name="B")], "may be “A” (1999), or another work of the same people"),
    ],
)  # fmt: skip
def test_ambiguous_references(candidates, said):
    assert told("ambiguous-reference", ambiguous(*candidates)) == [
        (said, "", TITLE, "", "", None, "note")
    ]
    assert not told("ambiguous-reference", unmatched(claim(TITLE)))
    assert not told("unverifiable-reference", ambiguous(*candidates))


def test_works_that_are_hardly_meant_are_not_named():
    found = ambiguous(near("near", name="A", weight=-3.0), near(weight=-5.0))
    assert not told("ambiguous-reference", found)
    assert messages("unverifiable-reference", found) == [UNKNOWN]
    (said,) = messages("ambiguous-reference", ambiguous(near(weight=-5.0), near(weight=-6.0)))
    assert said == f"may be “{TITLE}” (1999), or another work of the same people"


@pytest.mark.parametrize(
    ("why", "stated", "kind", "levels", "named"),
    [
        ("an article, elsewhere", {"type": "article-journal", "volume": "3"}, "paper-conference", ("different", "other page"), False),
        ("with no volume", {"type": "article-journal"}, "paper-conference", ("different", "other page"), True),
        ("a paper", {"type": "paper-conference", "volume": "3"}, "paper-conference", ("different", "other page"), True),
        ("of the same year", {"type": "article-journal", "volume": "3", "year": 1999}, "paper-conference", ("different", "other page"), True),
        ("in that journal", {"type": "article-journal", "volume": "3"}, "article-journal", ("same", "other page"), True),
        ("pages unstated", {"type": "article-journal", "volume": "3"}, "paper-conference", ("different", "unstated"), True),
        ("an edition with its ISBN", {"type": "book", "isbn": "978-1-84882-934-3"}, "book", (), False),
        ("an edition of its year", {"type": "book"}, "book", (), True),
    ],
)  # fmt: skip
def test_another_publication_than_the_one_stated_is_not_named(why, stated, kind, levels, named):
    evidence = tuple(Evidence(f, x, 0.0) for f, x in zip(("venue", "place"), levels, strict=False))
    other = Comparison(record("x:1", "A", ("Ann Smith",), 1999, kind), evidence, 5.0, 0.5)
    open_ = replace(ambiguous(other), claim=claim(TITLE, **{"year": 2011, **stated}))
    assert bool(told("ambiguous-reference", open_)) is named, why
    assert bool(told("unverifiable-reference", open_)) is not named, why


def test_made_up_references_say_why():
    made_up = Resolution(claim(TITLE), "unmatched", "likely-fabricated")
    for finding in AbsenceFinding:
        found = replace(made_up, evidence=(finding.of("2090", "2090"),))
        (row,) = told("fabricated-reference", found)
        assert row[0].startswith("probably made up: ") and row[-2:] == (None, "error"), finding
    assert not told("fabricated-reference", unmatched(claim(TITLE)))


KNOWN = Described()
"""The version that is described is one of the work's."""


def test_a_venue_that_stays_is_told_beside_the_one_of_the_record():
    """The catalogue holds another venue; nothing says that the stated one is wrong, and it is printed."""
    known_as, stays = "Neural Computation", "International Conference on Machine Learning"

    def found(printed=stays, finding=VenueFinding.UNKNOWN, described=KNOWN, more=()):
        known = record("pub:1", TITLE, "Jia Li", 2020, venue=known_as)
        work = None if more is None else Work("pub:1", (*more, known))
        made = matched(
            claim(TITLE, "Jia Li", venue=stays),
            PAPER,
            item(TITLE, venue=printed),
            finding.of(stays, known_as),
            work=work,
            described=described,
        )
        return told("venue-mismatch", made)

    said = f"the work is known from “{known_as}”, not from “{stays}”"
    row = (said, "container-title", stays, known_as, "pub", "unsafe", "note")
    assert found() == [row]
    e_print = record("arxiv:1", TITLE, "Jia Li", 2019, "article", venue="arXiv")
    unplaced = record("x:1", TITLE, "Jia Li", 2020)
    assert found(more=(e_print, unplaced)) == [row], "what is told is where it was published"
    assert not found(printed=known_as)
    assert not found(finding=VenueFinding.NEAR)
    assert not found(described=Described(unknown=True)) and not found(described=None)
    assert not found(more=None), "no work is known"


def test_sources_that_differ_are_told_with_what_is_stated():
    differ = SourceFinding.PAGE.of("1-9, 21-29", "")
    for pages in ("1-9", ""):
        ((_, field, stated, *_),) = told(
            "source-conflict", matched(claim(TITLE, pages=pages), PAPER, None, differ)
        )
        assert (field, stated) == ("page", pages)


POND_DAYS = "the works of Pond Days 1999"


@pytest.mark.parametrize(
    ("finding", "rule", "said"),
    [
        (VenueFinding.NOT_THERE, "venue-mismatch", f"no such work among {POND_DAYS}: a preprint, a paper of a workshop, of another venue or year, one with another title, or made up"),
        (VenueFinding.OTHER_TITLE, "venue-mismatch", f"may be “{POND_DAYS}”, there by the same people, under another title; or a preprint, a paper of a workshop, of another venue or year, or made up"),
        (AuthorFinding.TITLE_OF_OTHERS, "author-mismatch", f"the title belongs to a work of other people ({POND_DAYS})"),
        (IdentifierFinding.ELSEWHERE, "wrong-identifier", f"this identifier leads to “{POND_DAYS}”"),
    ],
)  # fmt: skip
def test_parts_that_contradict_each_other_are_notes_without_a_fix(finding, rule, said):
    nothing = Resolution(claim(TITLE), "unmatched", "contradicted")
    found = replace(nothing, evidence=(finding.of("Pond Days", POND_DAYS),))
    (row,) = told(rule, found)
    assert row[0] == said and row[5] is None
    assert not told("fabricated-reference", found)


# ------------------------------------------------------------------ what is left out (CN4xx)
def test_a_missing_identifier():
    said = ("no identifier is given; the record has doi:10.5/pond", "DOI", "", "10.5/pond", "pub", "safe", "warning")  # fmt: skip
    assert told("missing-identifier", matched(claim(TITLE, "Jia Li"))) == [said]
    for more in ({"doi": "10.5/x"}, {"arxiv": "1901.1"}, {"isbn": "978"}, {"acl": "P1"}, {"dblp": "x"}, {"openreview": "x"}):  # fmt: skip
        assert not told("missing-identifier", matched(claim(TITLE, "Jia Li", **more))), more
    assert not told("missing-identifier", unmatched(claim(TITLE), emitted=dict(PAPER.csl)))
    assert not told("missing-identifier", matched(claim(TITLE), PAPER, item(TITLE)))


def test_a_list_of_authors_that_ends_in_et_al():
    finding = AuthorFinding.ET_AL.of("Li", "Li, Haddad")
    stated = claim(TITLE, "Jia Li", others=True)
    (row,) = told("truncated-authors", matched(stated, PAPER, None, finding))
    assert row == ("the list of authors ends in “et al.”", "author", "Li", "Li, Haddad", "pub", "safe", "warning")  # fmt: skip
    assert told("truncated-authors", matched(stated))[0][2:4] == ("", "")
    assert not told("truncated-authors", matched(claim(TITLE, "Jia Li")))
    assert not told("truncated-authors", unmatched(stated))


def test_what_the_record_has_more():
    stated = claim(TITLE, "Jia Li", 2020, venue="Pond Letters", doi="10.5/pond")
    printed = item(
        TITLE,
        "Jia Li",
        2020,
        venue="Pond Letters",
        doi="10.5/pond",
        volume="3-4",
        publisher="P" * 70,
    )
    (row,) = told("fuller-record", matched(stated, PAPER, printed))
    assert row[0] == f"the record adds volume 3-4, publisher {'P' * 59}…"
    assert row[3:] == (f"volume 3-4, publisher {'P' * 59}…", "pub", "safe", "note")
    assert not told("fuller-record", matched(stated, PAPER, dict(stated.csl)))
    superseded = VersionFinding.SUPERSEDED.of("", "")
    assert not told("fuller-record", matched(stated, PAPER, printed, superseded))


def test_the_name_of_one_venue_in_other_words_is_no_other_value():
    stated = claim(TITLE, "Jia Li", 2020, venue="Letters of Pond Studies")
    words = item(TITLE, "Jia Li", 2020, venue="Letters of Pond and Lake Studies")
    other = item(TITLE, "Jia Li", 2020, venue="Annals of Rivers")
    assert not told("other-value", matched(stated, PAPER, words))
    assert [row[1] for row in told("other-value", matched(stated, PAPER, other))] == ["container-title"]  # fmt: skip


def test_what_the_record_has_in_another_form():
    stated = claim(TITLE, "J. Li", 2020, "webpage", volume="3", arxiv="1901.1")
    printed = item(
        TITLE.title(), "Jia Li", 2020, "book", volume="4", custom={"arxiv": "1901.1", "pmid": "7"}
    )
    (row,) = told("fuller-record", matched(stated, PAPER, printed))
    assert row[0].startswith("the record adds pmid 7; has type as ")
    assert "authors as" in row[0]
    assert "volume" not in row[0]  # another value is told as that
    cut = replace(stated, csl={**stated.csl, "custom": {"others": True}})
    assert "author" not in messages("fuller-record", matched(cut, PAPER, printed))[0]


def test_values_that_are_printed_otherwise():
    stated = claim(TITLE, "Jia Li", 2020, volume="3", issue="1", pages="7", arxiv="1901.1")
    printed = item(TITLE, "Jia Li", 2021, "book", volume="4", issue="1")
    from_source = {"volume": Provenance("corrected", "dblp", "dblp:1")}
    found = told("other-value", matched(stated, PAPER, printed, provenance=from_source))
    assert ("the record has volume 4, not 3", "volume", "3", "4", "dblp", "safe", "note") in found
    said = {row[1]: row[0] for row in found}
    assert said["page"] == "pages 7 not printed: not of the version cited"
    assert said["custom.arxiv"].startswith("arXiv 1901.1 not printed")
    assert not {"issued", "type", "issue"} & set(said)
    assert not told("other-value", unmatched(stated, emitted=printed))
    superseded = VersionFinding.SUPERSEDED.of("", "")
    assert not told("other-value", matched(stated, PAPER, printed, superseded))


def test_a_list_of_people_that_goes_on_contradicts_none():
    stated = claim(TITLE, "Jia Li; Mei Sato", 2020)
    other = {"title": TITLE, "who": "Jia Li; Omar Haddad", "year": 2020}
    assert told("other-value", matched(stated, PAPER, item(**other)))
    assert not told("other-value", matched(stated, PAPER, item(**other, author_count=436)))


def test_long_values_are_cut_in_what_is_said():
    many = "; ".join(f"Ida Reed{i}" for i in range(99))
    found = told("other-value", matched(claim(TITLE, many, 2020), PAPER, item(TITLE, "Jia Li", 2020)))  # fmt: skip
    (row,) = found
    assert len(row[0]) < 400 and row[0].endswith("…") and len(row[2]) > 900


@pytest.mark.parametrize(
    ("why", "venue", "printed", "fields"),
    [
        ("nowhere", "Frog News", {}, {"container-title"}),
        ("the title of the whole book", TITLE, {}, set()),
        ("who issued the report", "Institute of Ponds", {"publisher": "Institute of Ponds"}, set()),
    ],
)  # fmt: skip
def test_a_venue_that_is_printed_in_another_field(why, venue, printed, fields):
    stated = claim(TITLE, "Jia Li", 2020, "chapter", venue=venue)
    made = item(TITLE, "Jia Li", 2020, "book", **printed)
    assert {r[1] for r in told("other-value", matched(stated, PAPER, made))} == fields, why


def test_what_another_rule_tells_is_not_told_again():
    stated, printed = claim("Rivers", "Eva Brandt", 2020), item(TITLE, "Jia Li", 2020)
    fields = {row[1] for row in told("other-value", matched(stated, PAPER, printed))}
    assert fields == {"title", "author"}
    differs = TitleFinding.DIFFERS.of("Rivers", TITLE)
    assert {r[1] for r in told("other-value", matched(stated, PAPER, printed, differs))} == {
        "author"
    }
    assert {r[1] for r in told("other-value", matched(stated, PAPER, printed, GONE))} == {"author"}
    silent = AuthorFinding.DIFFER.of("", "")  # kept as evidence alone
    assert "author" in {r[1] for r in told("other-value", matched(stated, PAPER, printed, silent))}
    others = replace(stated, csl={**stated.csl, "custom": {"others": True}})
    assert {r[1] for r in told("other-value", matched(others, PAPER, printed))} == {"title"}
