"""Every rule on references that it must name and on references that it must leave alone."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import builders
import pytest
from builders import people

from citenorm.changes import changes_of
from citenorm.findings import wrong_fields
from citenorm.match import (
    choose,
    cite_version,
    compare_many,
    described,
    judge,
    standing_version,
    work_of,
)
from citenorm.model import Answer, Claim, Record, Reference, Resolution
from citenorm.normalize import normalize_csl
from citenorm.rules import RULES, diagnose, diagnose_document, rule
from citenorm.rules.base import PRECISION, SECTIONS

WHO = ("Jia Li", "Omar Haddad", "Mei Sato")


def item(**fields: Any) -> dict[str, Any]:
    return builders.item(who=fields.pop("authors", ()), **fields)


TITLE = "A study of quiet ponds and their visitors"
PAPER = Record.from_csl(
    {
        "id": "pub:1",
        **item(
            title=TITLE,
            authors=WHO,
            year=2021,
            venue="Physical Review Letters",
            volume="12",
            pages="101-113",
            DOI="10.1103/pond.12.101",
        ),
    }
)
PREPRINT = Record.from_csl(
    {
        "id": "arxiv:1901.00001",
        **item(
            type="article",
            title="Visitors of quiet ponds: first observations",
            authors=WHO,
            year=2019,
            arxiv="1901.00001",
        ),
    }
)
RIVERS = Record.from_csl(
    {
        "id": "pub:2",
        **item(
            title="Rivers of the high north",
            authors=("Ada Smith",),
            year=2011,
            venue="Physical Review Letters",
            DOI="10.1103/river.7",
        ),
    }
)
GOOD = {
    "title": TITLE,
    "authors": WHO,
    "year": 2021,
    "venue": "Physical Review Letters",
    "volume": "12",
    "pages": "101-113",
    "DOI": "10.1103/pond.12.101",
}


def resolved(
    csl: dict[str, Any],
    *records: Record,
    sources: Any = None,
    unasked: tuple[Answer, ...] = (),
    line: int = 1,
) -> Resolution:
    claim = Claim(csl, reference=Reference("", "report.md", line=line))
    choice = choose(claim, compare_many(claim, records))
    if choice.record is None:
        draft = Resolution(
            claim,
            choice.outcome,
            "unverifiable",
            probability=choice.probability,
            candidates=choice.ranked,
            emitted=csl,
            unasked=unasked,
        )
        return judge(draft, sources)
    work = work_of(choice.record, records)
    standing = standing_version(work, claim, chosen=choice.record)
    draft = Resolution(
        claim,
        "matched",
        "verified",
        choice.record,
        work,
        choice.probability,
        choice.margin,
        choice.ranked[0].evidence,
        choice.ranked,
        standing.item,
        described=described(claim, work),
    )
    judged = judge(draft, sources)
    assert judged.described is not None
    wrong = wrong_fields(judged.evidence)
    emitted, provenance = cite_version(standing, claim, judged.described, wrong=wrong)
    return replace(judged, emitted=emitted, provenance=provenance)


def names(csl: dict[str, Any], *records: Record, **more: Any) -> set[str]:
    """What is found beside that the record says more."""
    return {d.name for d in diagnose(resolved(csl, *records, **more))} - {"fuller-record"}


class Everything:
    """Sources that hold all of every venue up to 2026."""

    newest = 2026

    class _All:
        newest = 2026

        def share(self, venue: str, year: int) -> float:
            return 0.99

        def registered(self, doi: str) -> int:
            return 5000 if doi.startswith(("10.1103", "10.1145", "10.5555")) else 0

    coverage = _All()


# ------------------------------------------------------------------ pages
@pytest.mark.parametrize("one", RULES, ids=lambda r: r.name)
def test_every_rule_has_its_page(one: Any) -> None:
    assert re.fullmatch(r"CN[1-5]\d\d", one.code) and re.fullmatch(r"[a-z]+(-[a-z]+)+", one.name)
    assert one.summary().endswith(".") and "\n" not in one.summary()
    headings = re.findall(r"^## (.*)$", one.page(), re.M)
    counted = [PRECISION] if one.precision() else []
    assert headings == [*SECTIONS, *counted]
    assert all(len(one.section(h)) > 10 for h in SECTIONS)
    assert one.fixable != one.section("Fix safety").startswith("No fix")


def test_codes_and_names_are_unique_and_in_order() -> None:
    assert len({r.code for r in RULES}) == len({r.name for r in RULES}) == len(RULES)
    assert [r.code[2] for r in RULES] == sorted(r.code[2] for r in RULES)
    assert rule("cn201") is rule("superseded-preprint") and rule("no-such-rule") is None


# ------------------------------------------------------------------ nothing to say
@pytest.mark.parametrize(
    "change",
    [
        {},
        {"authors": ("J. Li", "O. Haddad", "M. Sato")},
        {"venue": "Phys. Rev. Lett."},
        {"pages": "101–13"},
        {"pages": "101"},
        {"title": "A Study of Quiet Ponds and Their Visitors"},
        {"year": 2020},  # between the preprint and the paper
    ],
)
def test_right_references_are_left_alone(change: dict[str, Any]) -> None:
    result = resolved(item(**(GOOD | change)), PAPER, PREPRINT, RIVERS)
    assert result.status == "verified"
    assert [d for d in diagnose(result) if d.severity != "note"] == []


def test_a_record_with_a_cut_list_does_not_accuse() -> None:
    cut = Record.from_csl({**PAPER.csl, "author": people(WHO[:2]), "custom": {"author-count": 3}})
    assert names(item(**GOOD), cut) == set()


def test_several_names_in_one_field_do_not_accuse() -> None:
    csl = item(**GOOD) | {"author": [{"family": "Li", "given": "Jia and Omar Haddad and Mei Sato"}]}
    assert names(csl, PAPER) == {"other-value"}  # told, for it is printed otherwise


def test_one_source_against_several_does_not_accuse() -> None:
    wrong = Record.from_csl({**PAPER.csl, "id": "pub:9", "author": people((*WHO, "Ada Editor"))})
    assert names(item(**GOOD), PAPER, wrong) == set()


def test_series_and_formatting_do_not_accuse() -> None:
    record = Record.from_csl(
        {
            "id": "p:1",
            **item(
                type="paper-conference",
                title=TITLE,
                authors=("José Núñez",),
                year=2018,
                venue="European Conference on Computer Vision",
            ),
        }
    )
    claim = item(
        type="paper-conference",
        title=TITLE,
        authors=("Jose Nunez",),
        year=2018,
        venue="Lecture Notes in Computer Science",
    )
    assert names(claim, record, sources=Everything) == {"other-value"}


# ------------------------------------------------------------------ versions
def test_superseded_preprint_is_not_a_wrong_year_or_title() -> None:
    cited = item(
        type="article",
        title="Visitors of quiet ponds: first observations",
        authors=WHO,
        year=2019,
        arxiv="1901.00001",
    )
    found = names(cited, PREPRINT, PAPER)
    assert found == {"superseded-preprint", "title-variant"}
    assert names(cited, PREPRINT) == set()


def test_title_variant_of_the_published_work() -> None:
    assert "title-variant" in names(
        item(**(GOOD | {"title": "Visitors of quiet ponds: first observations"})), PAPER, PREPRINT
    )
    assert "title-variant" not in names(item(**GOOD), PAPER, PREPRINT)


def test_same_work_twice() -> None:
    first = resolved(item(**GOOD), PAPER, PREPRINT, line=3)
    second = resolved(
        item(
            type="article",
            title="Visitors of quiet ponds: first observations",
            authors=WHO,
            year=2019,
            arxiv="1901.00001",
        ),
        PAPER,
        PREPRINT,
        line=9,
    )
    other = resolved(
        item(title="Rivers of the high north", authors=("Ada Smith",), year=2011), RIVERS, line=12
    )
    found = diagnose_document([first, other, second])
    assert [[d.name for d in ds] for ds in found] == [[], [], ["same-work-twice"]]
    assert "line 3" in found[2][0].message and "another title" in found[2][0].message


def test_retracted_work() -> None:
    gone = Record.from_csl({**PAPER.csl, "custom": {"retracted": True}})
    assert "retracted-work" in names(item(**GOOD), gone)
    titled = Record.from_csl({**PAPER.csl, "title": "RETRACTED: " + TITLE})
    assert "retracted-work" in names(item(**GOOD), titled)
    assert "retracted-work" not in names(item(**GOOD), PAPER)


def test_a_retraction_names_its_notice() -> None:
    gone = Record.from_csl({**PAPER.csl, "custom": {"retracted": "10.5555/notice"}})
    (found,) = [d for d in diagnose(resolved(item(**GOOD), gone)) if d.name == "retracted-work"]
    assert found.severity == "error" and found.message.endswith("; the notice: 10.5555/notice")


def test_source_conflict() -> None:
    index = Record.from_csl({**PAPER.csl, "id": "index:1", "page": "201-213"})
    assert "source-conflict" in names(item(**GOOD), PAPER, index)
    assert "pages-mismatch" not in names(item(**(GOOD | {"pages": "201-213"})), PAPER, index)


# ------------------------------------------------------------------ contradictions
@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"authors": ("Jia Li", "Omar Hadad", "Mei Sato")}, "author-misspelled"),
        ({"authors": ("Jia Li", "Mei Sato")}, "author-mismatch"),
        ({"authors": ("Ada Smith", "Ben Jones", "Cleo Brown")}, "author-mismatch"),
        (
            {"authors": ("Mei Sato", "Omar Haddad", "Jia Li"), "DOI": "10.1103/pond.12.101"},
            "author-mismatch",
        ),
        ({"title": "A study of quiet rivers and their visitors"}, "title-mismatch"),
        ({"year": 2012}, "year-mismatch"),
        ({"year": 2033}, "year-mismatch"),
        ({"pages": "7-19"}, "pages-mismatch"),
        ({"venue": "Neural Computation"}, "venue-mismatch"),
        ({"DOI": "10.1103/river.7"}, "wrong-identifier"),
        ({"DOI": "10.11/x"}, "wrong-identifier"),
        ({"DOI": "10.98765/none.4"}, "wrong-identifier"),
    ],
)
def test_contradictions(change: dict[str, Any], name: str) -> None:
    result = resolved(item(**(GOOD | change)), PAPER, RIVERS, sources=Everything)
    assert name in {d.name for d in diagnose(result)}
    assert result.status == (
        "verified" if name in ("author-misspelled", "pages-mismatch") else "contradicted"
    )


def test_other_versions_may_have_other_authors() -> None:
    cited = item(
        title=TITLE,
        authors=("Omar Haddad", "Jia Li", "Mei Sato", "Ada Smith"),
        year=2019,
        venue="Transactions on Unknown Waters",
    )
    assert "author-mismatch" not in names(cited, PAPER)


def test_an_edition_of_a_book_has_a_year_of_its_own() -> None:
    book = Record.from_csl(
        {
            "id": "b:1",
            **item(
                type="book",
                title="The book of quiet ponds",
                authors=WHO,
                year=1994,
                publisher="Pond Press",
            ),
        }
    )
    assert (
        names(item(type="book", title="The book of quiet ponds", authors=WHO, year=2014), book)
        == set()
    )


# ------------------------------------------------------------------ outcomes
def test_unverifiable_says_why() -> None:
    csl = item(title="Members' handbook of the pond society", authors=("PondSociety",), year=2007)
    found = diagnose(resolved(csl, RIVERS))
    assert [d.name for d in found] == ["unverifiable-reference"]
    unasked = (Answer("crossref", "unknown", (), "timed out"),)
    assert (
        "crossref could not be asked (timed out)"
        in diagnose(resolved(csl, RIVERS, unasked=unasked))[0].message
    )


def test_unverifiable_names_a_namesake() -> None:
    others = item(
        type="book",
        title="Rivers of the high north",
        authors=("Ben Jones", "Eva Brandt"),
        year=1987,
        publisher="Pond Press",
    )
    found = [d for d in diagnose(resolved(others, RIVERS)) if d.name == "unverifiable-reference"]
    assert [d.message for d in found] == [
        "no source that was asked knows this work; one of the same title is by Smith (2011)"
    ]


def test_parts_that_do_not_belong_together() -> None:
    title_of_others = item(
        title=TITLE, authors=("Ada Smith", "Ben Jones"), year=2021, venue="Physical Review Letters"
    )
    assert "author-mismatch" in names(title_of_others, PAPER)
    unknown = item(
        type="paper-conference",
        title="Ponds as stars in the night of learning",
        authors=("Ada Smith",),
        year=2021,
        venue="NeurIPS",
    )
    assert names(unknown, RIVERS, sources=Everything) == {"venue-mismatch"}
    assert names(unknown, RIVERS) == {"unverifiable-reference"}
    unasked = (Answer("crossref", "unknown", (), "timed out"),)
    assert names(unknown, RIVERS, sources=Everything, unasked=unasked) == {"unverifiable-reference"}


@pytest.mark.parametrize("kind", ["book", "thesis", "software", "webpage", "report", "dataset"])
def test_what_no_catalogue_holds_is_not_made_up(kind: str) -> None:
    csl = item(
        type=kind,
        title="Ponds as stars in the night of learning",
        authors=("Ada Smith",),
        year=2021,
        venue="NeurIPS",
    )
    told = set() if kind in ("software", "webpage") else {"unverifiable-reference"}
    assert names(csl, RIVERS, sources=Everything) == told


def test_ambiguous_reference() -> None:
    one = Record.from_csl(
        {
            "id": "x:1",
            **item(
                title="Quiet ponds in the far and frozen north",
                authors=("Jia Li", "Mei Sato"),
                year=2020,
            ),
        }
    )
    two = Record.from_csl(
        {
            "id": "x:2",
            **item(
                title="Quiet ponds in the far and frozen north",
                authors=("Jia Li", "Ben Jones"),
                year=2020,
            ),
        }
    )
    csl = item(title="Quiet ponds in the far and frozen north", authors=("Jia Li",), year=2020)
    assert names(csl, one, two) == {"ambiguous-reference"}


# ------------------------------------------------------------------ what is missing
@pytest.mark.parametrize(
    ("field", "name"),
    [("venue", "missing-venue"), ("year", "missing-year"), ("pages", "missing-pages")],
)
def test_missing_fields(field: str, name: str) -> None:
    assert name in names(item(**{k: v for k, v in GOOD.items() if k != field}), PAPER)
    assert name not in names(item(**GOOD), PAPER)


def test_a_preprint_has_no_venue_to_miss() -> None:
    assert not {"missing-venue", "missing-pages"} & names(
        item(type="article", title=TITLE, authors=WHO, year=2019, arxiv="1901.00001"),
        PAPER,
        PREPRINT,
    )


def test_a_website_has_no_venue_to_miss() -> None:
    csl = item(type="document", title=TITLE, authors=WHO, year=2022, URL="https://ponds.example/")
    result = resolved(csl, PAPER)
    assert result.outcome == "matched" and not diagnose(result)
    assert not {"page", "volume", "container-title", "DOI"} & result.emitted.keys()


def test_truncated_authors() -> None:
    csl = item(**(GOOD | {"authors": WHO[:1], "others": True}))
    result = resolved(csl, PAPER)
    assert result.status == "verified" and {d.name for d in diagnose(result)} == {
        "truncated-authors"
    }


def test_missing_identifier_is_off_unless_asked_for() -> None:
    result = resolved(item(**{k: v for k, v in GOOD.items() if k != "DOI"}), PAPER)
    assert [d.name for d in diagnose(result)] == ["fuller-record"]
    missing = rule("missing-identifier")
    assert missing is not None and [d.name for d in diagnose(result, [missing])] == [
        "missing-identifier"
    ]


def test_everything_that_a_record_adds_is_told_once() -> None:
    stated = item(
        title=TITLE, authors=("J. Li", "O. Haddad", "M. Sato"), year=2021, venue="Phys. Rev. Lett."
    )
    result = resolved(stated, PAPER)
    found = {d.name: d.message for d in diagnose(result)}
    told = found["fuller-record"]
    assert "volume 12, DOI 10.1103/pond.12.101" in told and "authors as “Jia Li" in told
    assert "page" not in told and "missing-pages" in found
    assert {row.field for row in changes_of(result)} == {
        "author", "container-title", "volume", "page", "DOI",
    }  # fmt: skip
    nothing = resolved(item(title="Nothing like it", authors=("Eva Brandt",)), PAPER)
    assert changes_of(nothing) == ()


def test_diagnostics_carry_place_source_and_both_values() -> None:
    (d,) = diagnose(resolved(item(**(GOOD | {"pages": "7-21"})), PAPER, line=42))
    assert (d.claim, d.record, d.source, d.fix, d.field) == (
        "7-21",
        "101-113",
        "pub",
        "safe",
        "page",
    )
    assert d.place is not None and (d.place.file, d.place.line) == ("report.md", 42)


def test_unparsed_text_is_told_where_nothing_was_found() -> None:
    raw = "Li, Jia. Ponds. 2021. We thank the referees for their careful reading."
    claim = Claim(
        item(title="Ponds", authors=("Jia Li",), year=2021), raw=raw, unparsed=((22, len(raw)),)
    )
    draft = Resolution(claim, "unmatched", "unverifiable")
    assert {d.name for d in diagnose(draft)} == {"unparsed-text", "unverifiable-reference"}
    short = Claim(claim.csl, raw=raw, unparsed=((0, 3),))
    assert {d.name for d in diagnose(Resolution(short, "unmatched", "unverifiable"))} == {
        "unverifiable-reference"
    }


# ------------------------------------------------------------------ what people complain of elsewhere
def told_again(record: Record) -> Record:
    """The same record from a second source."""
    return Record.from_csl({**record.csl, "id": "index:1"})


INDEX = told_again(PAPER)


@pytest.mark.parametrize(
    ("authors", "told"),
    [
        ((*WHO, "Ada Smith", "Ben Jones"), True),  # padded
        (("Jia Li",), True),  # cut without "et al."
        (("Jia Li", "Mei Sato", "Jia Li"), True),  # one named twice
        (("First Author", "Second Author", "Third Author"), True),
        (("Omar Haddad", "Jia Li", "Mei Sato"), True),  # another order in the very version
        (("Li Jia", "Haddad Omar", "Sato Mei"), False),  # family and given name exchanged
        (("J. Li", "O. Haddad", "M. Sato"), False),
    ],
)
def test_lists_of_authors(authors: tuple[str, ...], told: bool) -> None:
    result = resolved(item(**(GOOD | {"authors": authors})), PAPER, INDEX, sources=Everything)
    assert (
        result.outcome == "matched"
        and ("author-mismatch" in {d.name for d in diagnose(result)}) == told
    )
    assert (result.status == "contradicted") == told


def test_one_source_alone_does_not_prove_that_a_list_is_padded() -> None:
    assert "author-mismatch" not in names(item(**(GOOD | {"authors": (*WHO, "Ada Smith")})), PAPER)


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("A study of quiet ponds and the grammar of machines", True),  # half of another title
        ("A survey of quiet ponds and their visitors", True),  # one word that matters is another
        ("A study of quiet ponds and their vistors", False),  # a slip
        ("A Study of Quiet Ponds and their Visitors.", False),
        ("A study of quiet ponds", False),  # the rest left out
    ],
)
def test_titles_near_the_title(title: str, told: bool) -> None:
    result = resolved(item(**(GOOD | {"title": title})), PAPER, INDEX, sources=Everything)
    assert (
        result.outcome == "matched"
        and ("title-mismatch" in {d.name for d in diagnose(result)}) == told
    )


def test_a_preprint_given_out_as_a_paper_of_a_venue_that_is_held_whole() -> None:
    alone = item(
        type="paper-conference", title=PREPRINT.title, authors=WHO, year=2019, venue="NeurIPS"
    )
    assert "venue-mismatch" in names(alone, PREPRINT, sources=Everything)
    assert "venue-mismatch" not in names(
        alone, PREPRINT
    )  # nothing is known of the venue: the paper may be missing
    assert "venue-mismatch" not in names(
        alone | {"container-title": "arXiv"}, PREPRINT, sources=Everything
    )


@pytest.mark.parametrize(
    ("venue", "told"),
    [
        ("International Conference on Machine Learning", True),
        ("Proceedings of the 35th European Conference on Computer Vision (ECCV)", False),
        ("ECCV", False),
        ("Lecture Notes in Computer Science", False),
        ("LNCS, Springer", False),
        ("Computer Vision – ECCV 2018", False),
    ],
)
def test_a_series_or_a_short_form_is_no_other_venue(venue: str, told: bool) -> None:
    record = Record.from_csl(
        {
            "id": "p:1",
            **item(
                type="paper-conference",
                title=TITLE,
                authors=WHO,
                year=2018,
                venue="European Conference on Computer Vision",
            ),
        }
    )
    claim = item(type="paper-conference", title=TITLE, authors=WHO, year=2018, venue=venue)
    assert ("venue-mismatch" in names(claim, record, sources=Everything)) == told


SERIES = [
    "Lecture Notes in Artificial Intelligence",
    "Proceedings of Machine Learning Research",
    "CEUR Workshop Proceedings",
    "Procedia Computer Science",
    "LIPIcs",
    "IFIP AICT",
]


@pytest.mark.parametrize("series", SERIES)
def test_a_series_is_no_other_venue_whichever_side_names_it(series: str) -> None:
    work = {"type": "paper-conference", "title": TITLE, "authors": WHO, "year": 2018}
    for stated, recorded, told in (
        (series, "ECCV", False),
        ("ECCV", series, False),
        ("NeurIPS", "ECCV", True),
    ):
        record = Record.from_csl({"id": "p:1", **item(**work, venue=recorded)})
        assert (
            "venue-mismatch" in names(item(**work, venue=stated), record, sources=Everything)
        ) == told


@pytest.mark.parametrize(
    "authors",
    [
        [
            {"family": "N{\\'u}{\\~n}ez", "given": "Jos{\\'e}"},
            {"family": 'M{\\"u}ller', "given": "K."},
        ],
        [{"family": "Nunez", "given": "Jose"}, {"family": "Mueller", "given": "K."}],
        [{"family": "Núñez 0002", "given": "José"}, {"family": "Müller", "given": "Karl 0010"}],
        [{"family": "NÚÑEZ", "given": "J."}, {"family": "MÜLLER", "given": "K"}],
    ],
)
def test_accents_and_numbers_of_homonyms_do_not_accuse(authors: list[dict[str, str]]) -> None:
    record = Record.from_csl(
        {
            **PAPER.csl,
            "author": [{"family": "Núñez", "given": "José"}, {"family": "Müller", "given": "Karl"}],
        }
    )
    claim = normalize_csl({**item(**GOOD), "author": authors})
    assert names(claim, record, told_again(record)) == set()
    assert "author-mismatch" in names(
        {**claim, "author": people(("Ada Smith", "Ben Jones"))}, record, told_again(record)
    )


def test_a_list_that_its_source_cut_short_accuses_nobody() -> None:
    many = tuple(f"Ada Weaver{chr(97 + i)}" for i in range(12))
    cut = Record.from_csl({**PAPER.csl, "author": people(many[:5]), "custom": {"author-count": 12}})
    whole = Record.from_csl({**PAPER.csl, "author": people(many[:5])})
    claim = item(**(GOOD | {"authors": many}))
    assert "author-mismatch" not in names(claim, cut)
    assert resolved(claim, cut).emitted["author"] == claim["author"]  # nor replaces it
    assert (
        resolved(item(**(GOOD | {"authors": many[:5]})), cut).emitted["custom"]["author-count"]
        == 12
    )  # printed with "and others"
    assert resolved(
        item(**(GOOD | {"authors": many[:5]})),
        cut,
        Record.from_csl({**PAPER.csl, "id": "index:1", "author": people(many)}),
    ).emitted["author"] == people(many)
    assert "author-mismatch" in names(claim, whole, told_again(whole))


@pytest.mark.parametrize(
    "kind",
    ["Reply to “{}”", "Comment on “{}”", "Erratum: {}", "{}: solutions manual", "Book review: {}"],
)
def test_a_piece_about_an_article_is_not_taken_for_it(kind: str) -> None:
    about = Record.from_csl(
        {
            **PAPER.csl,
            "id": "pub:7",
            "title": kind.format(TITLE),
            "page": "300",
            "DOI": "10.1103/pond.12.300",
        }
    )
    result = resolved(
        item(**{k: v for k, v in GOOD.items() if k not in ("pages", "DOI")}), about, PAPER
    )
    assert result.record is not None and result.record.id == PAPER.id
    assert (
        resolved(
            item(**{k: v for k, v in GOOD.items() if k not in ("pages", "DOI")}), about
        ).outcome
        != "matched"
    )


@pytest.mark.parametrize("title", ["Introduction", "Deep learning", "Preface", "Discussion"])
def test_a_title_that_many_works_have_is_no_identity(title: str) -> None:
    theirs = Record.from_csl(
        {
            "id": "x:1",
            **item(
                title=title,
                authors=("Ada Smith", "Ben Jones"),
                year=2015,
                venue="Nature",
                volume="521",
                pages="436-444",
            ),
        }
    )
    others = item(title=title, authors=("Jia Li", "Omar Haddad"), year=2016)
    result = resolved(others, theirs)
    assert result.outcome == "unmatched" and not {"author-mismatch", "fabricated-reference"} & {
        d.name for d in diagnose(result)
    }
    assert (
        resolved(
            item(title=title, authors=("A. Smith", "B. Jones"), year=2015, venue="Nature"), theirs
        ).outcome
        == "matched"
    )


def test_not_found_is_not_told_as_a_mismatch() -> None:
    unknown = item(
        title="Lichens as clocks of forgotten walls",
        authors=("Eva Brandt",),
        year=1998,
        venue="Annals of Wall Studies",
    )
    assert names(unknown, PAPER, RIVERS) == {"unverifiable-reference"}


def test_pages_of_another_printing_and_a_small_word_are_notes() -> None:
    (d,) = diagnose(resolved(item(**(GOOD | {"pages": "7-19"})), PAPER))
    assert (d.name, d.severity, d.fix) == ("pages-mismatch", "note", "unsafe")
    small = diagnose(resolved(item(**(GOOD | {"title": TITLE.replace(" as ", " or ")})), PAPER))
    assert {(d.name, d.severity) for d in small} <= {("title-mismatch", "note")}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": TITLE.replace("ponds", "lakes").replace("Ponds", "Lakes")}, "title"),
        ({"year": 2012}, "issued"),
        ({"authors": ("Ada Smith", "Ben Jones", "Eva Brandt")}, "author"),
    ],
)
def test_one_hand_kept_record_accuses_nobody(change: dict[str, Any], field: str) -> None:
    kept = Record.from_csl({**PAPER.csl, "id": "bib:1"})
    claim = item(**(GOOD | change))
    for d in diagnose(resolved(claim, kept)):
        assert d.severity == "note", d
    assert resolved(claim, kept).status != "contradicted"
    both = resolved(claim, kept, Record.from_csl({**PAPER.csl, "id": "pub:1"}))
    assert both.status == "contradicted"
