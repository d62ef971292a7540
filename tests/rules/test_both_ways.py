"""Each rule on a reference that it must name and on one, hardly different, that it must leave alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import builders
import pytest

from citenorm.bib import claims, read
from citenorm.catalogue.memory import MemoryCatalogue
from citenorm.model import Claim, Record, Reference
from citenorm.parse import parse
from citenorm.pipeline import resolve_all
from citenorm.rules import RULES, diagnose, rule
from citenorm.rules.table import all_rules
from citenorm.sources import Sources

WHO = ("Jia Li", "Omar Haddad", "Mei Sato")
TITLE, EARLIER = (
    "Quiet ponds as mirrors of winter stars",
    "Winter stars in quiet ponds: first sightings",
)


def item(
    title: str = TITLE,
    authors: tuple[str, ...] = WHO,
    year: int | None = 2021,
    venue: str = "",
    type: str = "paper-conference",
    **more: Any,
) -> dict[str, Any]:
    return builders.item(title, authors, year, type, venue=venue, **more)


def known(*records: dict[str, Any]) -> Sources:
    return Sources(
        [MemoryCatalogue(Record.from_csl({"id": f"s{i}:1", **r}) for i, r in enumerate(records))]
    )


PAPER = item(
    venue="International Conference on Machine Learning", page="101-113", DOI="10.5555/ponds.7"
)
PREPRINT = item(EARLIER, year=2019, type="article", custom={"arxiv": "1901.00001"})
JOURNAL = item(
    year=2023,
    venue="Neural Computation",
    type="article-journal",
    volume="35",
    page="7-31",
    DOI="10.1162/ponds.35",
)
KDD = "International Conference on Knowledge Discovery and Data Mining"
RIVERS = item(
    "Rivers of the high north and their ferries",
    ("Ada Smith",),
    2015,
    "Neural Computation",
    "article-journal",
    DOI="10.1162/rivers.3",
    custom={"arxiv": "1501.00007"},
)
VERSIONS = {"version-of": "arXiv:1901.00001"}
ALL = ({**PAPER, "custom": VERSIONS}, PREPRINT, {**JOURNAL, "custom": VERSIONS}, RIVERS)
GOOD: dict[str, Any] = {"venue": "ICML", "page": "101-113", "DOI": "10.5555/ponds.7"}


def told(claim: dict[str, Any] | Claim, *records: dict[str, Any]) -> set[str]:
    (result,) = resolve_all(
        [claim if isinstance(claim, Claim) else Claim(claim)], known(*(records or ALL))
    )
    found = [(d, r) for r in RULES for d in diagnose(result, [r])]
    return {d.name for d, r in found if d.severity == r.severity and not _in_passing(d.message)}


def _in_passing(message: str) -> bool:
    """A year that is told for what is printed, and accuses nobody."""
    return message.startswith("the version that is printed")


def contradicted(claim: dict[str, Any]) -> bool:
    return resolve_all([Claim(claim)], known(*ALL))[0].status == "contradicted"


def cited(yes: bool | None, astray: tuple[tuple[str, int], ...] = ()) -> Claim:
    return Claim(item(**GOOD), reference=Reference("…", label="3", cited=yes, astray=astray))


RETRACTED = item(
    "Rivers that run uphill at night",
    ("Ada Smith",),
    2012,
    "Neural Computation",
    custom={"retracted": True},
)
TWO = (
    item("Ferries of the far and frozen north", ("Jia Li", "Mei Sato"), 2020),
    item("Ferries of the far and frozen north", ("Jia Li", "Ben Jones"), 2020),
)
RAW = "Brandt, Eva. Lanterns. 2021. We thank the referees for their careful reading."
LANTERNS = item("Lanterns in the harbour of forgotten ships", ("Eva Brandt",))
BOTH: dict[
    str, tuple[dict[str, Any] | Claim, dict[str, Any] | Claim, tuple[dict[str, Any], ...]]
] = {
    # rule: what it names, what it leaves alone, what is known
    "never-cited": (cited(False), cited(None), ALL),
    "citation-without-reference": (cited(True, (("9", 3),)), cited(True), ALL),
    "unparsed-text": (
        Claim(LANTERNS, raw=RAW, unparsed=((28, len(RAW)),)),
        Claim(LANTERNS, raw=RAW, unparsed=((0, 6),)),
        ALL,
    ),
    "command-in-reference": (
        Claim(LANTERNS, raw=r"Doe, J. Of $\input{x}$ ponds. 2001."),
        Claim(LANTERNS, raw=r"Doe, J. Of $\alpha{x}$ ponds. 2001."),
        ALL,
    ),
    "line-not-taken": (
        Claim(item(**GOOD), reference=Reference("…", untaken=((3, 3, "see our page"),))),
        Claim(item(**GOOD), reference=Reference("…")),
        ALL,
    ),
    "superseded-preprint": (PREPRINT, PREPRINT, ALL),
    "title-variant": (item(EARLIER, **GOOD), item(**GOOD), ALL),
    "retracted-work": (
        {**RETRACTED, "custom": {}},
        item("Retracted gates", ("Ada Smith",), 2012),
        (RETRACTED, item("Retracted gates", ("Ada Smith",), 2012)),
    ),
    "author-misspelled": (
        item(authors=("Jia Li", "Omar Hadad", "Mei Sato"), **GOOD),
        item(authors=("J. Li", "O. Haddad", "M. Sato"), **GOOD),
        ALL,
    ),
    "author-mismatch": (
        item(authors=(WHO[0], "Ada Smith", "Ben Jones"), **GOOD),
        item(authors=WHO[:1], **GOOD, custom={"others": True}),
        ALL,
    ),
    "title-mismatch": (
        item("Quiet ponds as mirrors of summer stars", **GOOD),
        item("Quiet ponds as mirors of winter stars", **GOOD),
        ALL,
    ),
    "year-mismatch": (item(year=2012, **GOOD), item(year=2022, **GOOD), ALL),
    "venue-mismatch": (
        item(**(GOOD | {"venue": "NeurIPS"})),
        item(**(GOOD | {"venue": "Proc. 38th Int. Conf. Mach. Learn."})),
        ALL,
    ),
    "pages-mismatch": (
        item(**(GOOD | {"page": "301-319"})),
        item(**(GOOD | {"page": "101–13"})),
        ALL,
    ),
    "wrong-identifier": (
        item(**(GOOD | {"DOI": "10.1162/rivers.3"})),
        item(**(GOOD | {"DOI": "10.1162/ponds.35"})),
        ALL,
    ),
    "unverifiable-reference": (LANTERNS, item(**GOOD), ALL),
    "ambiguous-reference": (item(TWO[0]["title"], ("Jia Li",), 2020), TWO[0], TWO),
    "fabricated-reference": (
        item(authors=("Author One", "Author Two"), title="Ponds as stars", venue="ICML"),
        item(authors=("Ada Smith", "Ben Jones"), venue="ICML"),
        ALL,
    ),
    "other-value": (
        item(**(GOOD | {"volume": "4"})),
        item(**GOOD),
        ({**PAPER, "volume": "139"},),
    ),
    "source-conflict": (item(**GOOD), item(**GOOD), (PAPER, {**PAPER, "page": "201-213"})),
    "missing-venue": (item(), item(venue="ICML"), ALL),
    "missing-year": (item(year=None, **GOOD), item(**GOOD), ALL),
    "missing-pages": (item(venue="ICML"), item(**GOOD), ALL),
    "missing-identifier": (
        item(venue=KDD),
        item(venue=KDD, DOI=GOOD["DOI"]),
        ({**PAPER, "container-title": KDD},),
    ),
    "truncated-authors": (
        item(authors=WHO[:1], **GOOD, custom={"others": True}),
        item(authors=WHO[:1], **GOOD),
        ALL,
    ),
    "fuller-record": (
        item(venue="ICML", page="101-113"),
        item(venue="International Conference on Machine Learning", page="101-113", DOI=GOOD["DOI"]),
        (PAPER,),
    ),
}
LESS = {
    "superseded-preprint": (PREPRINT, RIVERS),
    "source-conflict": (PAPER, {**PAPER, "page": "101–113"}),
}
"""What is known where it is not the reference that makes the difference."""


@pytest.mark.parametrize("name", BOTH)
def test_named_and_left_alone(name: str) -> None:
    bad, good, records = BOTH[name]
    assert name in told(bad, *records)
    assert name not in told(good, *LESS.get(name, records))


def test_every_rule_is_in_the_table() -> None:
    assert set(BOTH) | {"same-work-twice"} == {r.name for r in RULES}


def test_the_same_work_twice_and_two_works_once() -> None:
    for second, twice in ((PREPRINT, True), (RIVERS, False)):
        results = resolve_all([Claim(item(**GOOD)), Claim(second)], known(*ALL))
        assert [
            [d.name == "same-work-twice" for d in r.diagnostics].count(True) for r in results
        ] == [0, int(twice)]


def test_a_mention_in_the_text_is_no_second_reference() -> None:
    mention = Claim(item(**GOOD), reference=Reference("…", kind="mention"))
    results = resolve_all([mention, Claim(item(**GOOD)), mention], known(*ALL))
    assert [r.matched for r in results] == [True] * 3 and not [
        d for r in results for d in r.diagnostics if d.name == "same-work-twice"
    ]


def test_an_ambiguous_reference_tells_the_works_that_it_fits() -> None:
    claim, _, records = BOTH["ambiguous-reference"]
    other = {
        **records[1],
        "title": "Ferries of the far and frozen North",
        "issued": {"date-parts": [[2021]]},
    }
    alike = [
        "“Ferries of the far and frozen north” by Li, Jones (2020)",
        "“Ferries of the far and frozen north” by Li, Sato (2020)",
    ]
    apart = [
        "“Ferries of the far and frozen North” (2021)",
        "“Ferries of the far and frozen north” (2020)",
    ]
    for second, said in ((records[1], alike), (other, apart)):
        (result,) = resolve_all(
            [claim if isinstance(claim, Claim) else Claim(claim)], known(records[0], second)
        )
        (message,) = (d.message for d in result.diagnostics if d.name == "ambiguous-reference")
        assert sorted(message.removeprefix("fits several works: ").split(" or ")) == said


@pytest.mark.parametrize("one", all_rules(), ids=lambda r: r.code)
def test_every_code_leads_to_a_page(one: Any, capsys: pytest.CaptureFixture[str]) -> None:
    from citenorm.cli.rule import run

    for wanted in (one.code, one.name):
        assert run([wanted]) == 0
        page = capsys.readouterr().out
        assert page.startswith(f"# {one.name} ({one.code})") and "## Example" in page
    assert one not in RULES or rule(one.code) is one


# ------------------------------------------------------------------ identifiers
@pytest.mark.parametrize(
    ("doi", "arxiv", "wrong"),
    [
        ("10.1162/rivers.3", "", True),  # another work's
        ("", "1501.00007", True),
        ("10.5555/ponds.7", "1501.00007", True),  # one right, one wrong
        ("10.98765/ponds.7", "", True),  # no such registrant
        ("10.1234/ponds.7", "", True),  # the registrant of examples
        ("", "3501.00001", True),  # of a year to come
        ("10.5555/PONDS.7", "", False),
        ("https://doi.org/10.5555/ponds.7", "", False),
        ("10.1162/ponds.35", "", False),  # the journal version's
        ("", "1901.00001", False),  # the preprint's
        ("", "1901.00001v3", False),
        ("10.48550/arXiv.1901.00001", "", False),
        ("10.5555", "", True),  # nothing behind the registrant
        ("https://doi.org/10.5555/", "", True),
        ("", "1913.00001", True),  # of a thirteenth month
        ("", "1900.00001v2", True),
        ("doi 7", "", False),  # no attempt at one
        ("n/a", "", False),
        ("", "pond-7", False),
        ("10.5555/other.index.7", "", False),  # known to nobody, but possible
        ("", "1902.00002", False),
    ],
)
def test_identifiers(doi: str, arxiv: str, wrong: bool) -> None:
    claim = item(venue="ICML", DOI=doi, custom={"arxiv": arxiv} if arxiv else None)
    assert ("wrong-identifier" in told(claim)) == contradicted(claim) == wrong


@pytest.mark.parametrize(
    ("printed", "wrong"),
    [
        ("arXiv:1913.00001", True),  # there is no thirteenth month
        ("arXiv:1900.00001", True),
        ("https://arxiv.org/abs/2054.01234", True),
        ("arXiv:9901.00001", True),  # numbers of this form began in 2007
        ("arXiv:1901.00001", False),
        ("arXiv:1901.00001v2", False),
        ("arXiv:1812.00001", False),
        ("https://arxiv.org/abs/1901.00001", False),
        ("", False),
    ],
)
def test_numbers_of_arxiv_that_cannot_be(printed: str, wrong: bool) -> None:
    claim = parse(f"Jia Li, Omar Haddad, and Mei Sato. {TITLE}. arXiv preprint {printed}, 2019.")
    assert ("wrong-identifier" in told(claim)) == wrong
    assert resolve_all([claim], known(*ALL))[0].status == ("contradicted" if wrong else "verified")
    unknown = parse(
        f"Eva Brandt. Lanterns in the harbour of forgotten ships. arXiv preprint {printed.replace('1901.00001', '1901.00002')}, 2019."
    )
    assert resolve_all([unknown], known(*ALL))[0].status == (
        "likely-fabricated" if wrong else "unverifiable"
    )


def test_two_records_of_one_text_have_a_doi_each() -> None:
    print_of = item(
        f"{TITLE} (abridged for readers)",
        ("Jia Li",),
        2009,
        "Pond Digest",
        "article-journal",
        DOI="10.1162/digest.2",
    )
    assert "wrong-identifier" not in told(
        item(venue="ICML", DOI="10.1162/digest.2"), PAPER, print_of
    )
    assert "wrong-identifier" in told(
        item(venue="ICML", DOI="10.1162/digest.2"),
        PAPER,
        {**print_of, "title": "Boats", "author": RIVERS["author"]},
    )


def test_an_identifier_of_a_near_title_leads_elsewhere_where_other_people_wrote_it() -> None:
    near = item(
        "Quiet ponds as mirrors of summer clouds",
        ("Ada Smith",),
        2015,
        "Neural Computation",
        "article-journal",
        DOI="10.1162/clouds.3",
    )
    claim = item(venue="ICML", DOI="10.1162/clouds.3")
    assert "wrong-identifier" in told(claim, PAPER, near)
    assert "wrong-identifier" not in told(
        claim, PAPER, {**near, "author": PAPER["author"]}
    )  # perhaps an earlier version


# ------------------------------------------------------------------ venues and years
@pytest.mark.parametrize(
    ("venue", "year", "wrong"),
    [
        ("NeurIPS", 2021, True),  # another conference
        ("European Conference on Computer Vision", 2021, True),
        ("Symposium on Imaginary Waters", 2021, True),  # of which nobody heard
        ("Journal of Nonexistent Winter Studies", 2021, True),
        ("Symposium on Imaginary Waters", 2019, False),  # perhaps an earlier version
        ("Imaginary Waters", 2021, False),  # no full name
        ("ICML", 2021, False),
        ("Proceedings of Machine Learning Research", 2021, False),  # the series
        ("Proceedings of Machine Learning Research 139", 2021, False),
        ("Lecture Notes in Artificial Intelligence", 2021, False),
        ("ACM International Conference Proceeding Series", 2021, False),
        ("JMLR Workshop and Conference Proceedings", 2021, False),
        ("Neural Computation", 2023, False),  # the journal version
        ("arXiv preprint", 2019, False),
    ],
)
def test_venues(venue: str, year: int, wrong: bool) -> None:
    claim = item(venue=venue, year=year)
    assert ("venue-mismatch" in told(claim)) == contradicted(claim) == wrong


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"year": 2012}, True),
        ({"year": 2035}, True),  # the future
        (
            {"year": 2015, "custom": {"arxiv": "1901.00001"}},
            True,
        ),  # before its preprint had a number
        ({"year": 2016, "venue": "ICML 2021"}, True),  # beside a venue that says its year
        ({"year": 2021}, False),
        ({"year": 2020}, False),
        ({"year": 2022}, False),
        ({"year": 2019, "type": "article", "custom": {"arxiv": "1901.00001"}, "venue": ""}, False),
        ({"year": 2023, "venue": "Neural Computation"}, False),
        ({"year": 2012, "type": "book", "venue": ""}, False),
    ],
)
def test_years(change: dict[str, Any], wrong: bool) -> None:
    claim = item(**({"venue": "ICML"} | change))
    assert ("year-mismatch" in told(claim)) == contradicted(claim) == wrong


@pytest.mark.parametrize(
    ("title", "custom", "found"),
    [
        ("RETRACTED: {}", {}, {"retracted-work"}),
        ("RETRACTED ARTICLE: {}", {}, {"retracted-work"}),
        ("[Retracted] {}", {}, {"retracted-work"}),
        ("WITHDRAWN: {}", {}, {"retracted-work"}),
        ("{}", {"retracted": True}, {"retracted-work"}),
        ("{}", {}, set()),
        ("Retraction: {}", {}, {"unverifiable-reference"}),  # the notice is not the article
        ("Retraction notice to “{}”", {}, {"unverifiable-reference"}),
    ],
)
def test_a_stamp_on_the_title_is_no_other_title(
    title: str, custom: dict[str, Any], found: set[str]
) -> None:
    record = item(
        title.format(TITLE),
        venue="Neural Computation",
        type="article-journal",
        volume="33",
        custom=custom,
    )
    assert told({**record, "title": TITLE, "custom": {}}, record) == found


# ------------------------------------------------------------------ authors and titles
@pytest.mark.parametrize(
    ("authors", "found"),
    [
        ((WHO[0], "Ada Smith", "Ben Jones"), "author-mismatch"),  # two swapped for strangers
        ((WHO[1], WHO[0], WHO[2]), "author-mismatch"),  # changed places
        ((WHO[2], WHO[1], WHO[0]), "author-mismatch"),
        ((*WHO, "Ada Smith"), "author-mismatch"),  # padded
        (WHO[:2], "author-mismatch"),  # cut short without a word
        (WHO[1:], "author-mismatch"),
        ((*WHO[:2], WHO[0]), "author-mismatch"),  # one of them twice
        (("Author One", "Author Two"), "author-mismatch"),
        (("Jia Li", "Omar Haddat", "Mei Sato"), "author-misspelled"),
        (("Li Jia", "Haddad Omar", "Sato Mei"), ""),
        (("J. Li", "O. H. Haddad", "M. Sato"), ""),
        (WHO, ""),
    ],
)
def test_lists_of_authors(authors: tuple[str, ...], found: str) -> None:
    assert told(item(authors=authors, **GOOD), PAPER, {**PAPER, "type": "paper-conference"}) & {
        "author-mismatch",
        "author-misspelled",
    } == ({found} if found else set())


FERRIES = item(
    "Night ferries between frozen islands",
    ("Ada Smith", "Ben Jones"),
    2021,
    "International Conference on Machine Learning",
)


@pytest.mark.parametrize(
    ("title", "wrong"),
    [
        ("Quiet ponds as mirrors of frozen islands", True),  # half of each of two works
        ("Quiet ponds as mirrors between night ferries", True),
        ("Quiet ponds as mirrors of summer stars", True),  # one word is another
        ("Noisy ponds as mirrors of winter stars", True),
        ("Quiet ponds as mirrors of winter stars", False),
        ("Quiet ponds as mirrors of winterstars", False),
        ("Quiet ponds as mirors of winter stars.", False),
        ("Quiet Ponds as Mirrors of Winter Stars*", False),
    ],
)
def test_chimeras_and_near_misses(title: str, wrong: bool) -> None:
    found = told(item(title, **GOOD), PAPER, RIVERS, FERRIES)
    assert ("title-mismatch" in found) == wrong and not found & {
        "author-mismatch",
        "wrong-identifier",
        "unverifiable-reference",
    }


# ------------------------------------------------------------------ complaints
@pytest.mark.parametrize(
    "change",
    [
        {"author": PAPER["author"][:2]},
        {"author": [*PAPER["author"], {"family": "Editor", "given": "Ed"}]},
        {"author": PAPER["author"][::-1]},
        {"author": PAPER["author"][:1], "custom": {"author-count": 3}},
        {"issued": {"date-parts": [[2014]]}},
        {"title": f"{TITLE} (invited paper)"},
        {"title": "Qiuet ponds as mirors of winter stars"},
        {"container-title": "NeurIPS"},
        {"page": "1-13"},
        {"DOI": "10.5555/misprint"},
    ],
)
def test_one_wrong_record_among_several_accuses_nobody(change: dict[str, Any]) -> None:
    wrong = {**PAPER, **change}
    accusing = {r.name for r in RULES if r.code.startswith("CN3")} - {"source-conflict"}
    for order in ((PAPER, wrong, PAPER), (wrong, PAPER)):
        assert not told(item(**GOOD), *order) & accusing


@pytest.mark.parametrize(
    "claim",
    [
        LANTERNS,
        {**LANTERNS, "author": PAPER["author"]},  # other work of the same people
        {**LANTERNS, "container-title": "ICML", "page": "101-113"},
        item("Quiet gardens as mirrors of summer clouds", ("Ada Smith",)),
        item(TITLE, ("Eva Brandt", "Ben Jones"), 1987, type="book"),
        item("Quiet ponds", ("Eva Brandt",), 2021),
        item("Introduction", WHO),
    ],
)
def test_what_was_not_found_is_not_told_as_a_mismatch(claim: dict[str, Any]) -> None:
    assert told(claim) == {"unverifiable-reference"}


LATEX = r"""@inproceedings{a, title = {{\'E}tude des {\'e}tangs gel\'es en hiver}, booktitle = {ICML}, pages = {101--113}, year = 2021,
author = {N{\'u}{\~n}ez, Jos\'{e} and {\v S}im{\'a}k, {\L}ucja and {\TH}orsson, Bj{\o}rn and Gro{\ss}, K{\"a}the}}"""


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("", "", False),
        (r"N{\'u}{\~n}ez", "Nunez", False),
        ("hiver", "été", True),
        (r"N{\'u}{\~n}ez", r"N{\'u}{\~n}es", True),
    ],
)
def test_accents_of_latex_are_read_before_anything_is_compared(
    old: str, new: str, wrong: bool
) -> None:
    people = [
        {"family": "Núñez", "given": "José"},
        {"family": "Šimák", "given": "Łucja"},
        {"family": "Þorsson", "given": "Bjørn"},
        {"family": "Groß", "given": "Käthe"},
    ]
    record = {**PAPER, "author": people, "title": "Étude des étangs gelés en hiver"}
    (claim,) = claims(read(LATEX.replace(old, new).encode()))
    assert (
        bool(
            told(claim, record, record)
            & {"author-mismatch", "author-misspelled", "title-mismatch", "title-variant"}
        )
        == wrong
    )


@pytest.mark.parametrize(
    ("stated", "recorded"),
    [
        (("Wei Wang", "Jia Li"), ("Wei Wang 0010", "Jia Li 0002")),
        (("Wei Wang 0010", "Jia Li 0002"), ("Wei Wang", "Jia Li")),
        (("Wei Wang 0010", "Jia Li"), ("W. Wang 0003", "J. Li")),
    ],
)
def test_numbers_of_homonyms_belong_to_no_name(
    stated: tuple[str, ...], recorded: tuple[str, ...]
) -> None:
    def people(names: tuple[str, ...]) -> list[dict[str, str]]:
        return [{"given": n.split(" ", 1)[0], "family": n.split(" ", 1)[1]} for n in names]

    record = {**PAPER, "author": people(recorded)}
    claim = {**item(**GOOD), "author": people(stated)}
    assert told(claim, record, record) <= {"fuller-record"}
    others = {**claim, "author": people(("Bo Chen 0010", "Ada Smith"))}
    assert told(others, record, record) & {"author-mismatch", "fabricated-reference"}


@pytest.mark.parametrize(
    ("names", "read_as"),
    [
        (
            "Wei Wang 0010 and Jia Li 0002 and Mei van Sato 0125",
            ["Wei Wang", "Jia Li", "Mei van Sato"],
        ),
        (
            "Wang 0010, Wei and Li 0002, Jia and van Sato 0125, Mei",
            ["Wei Wang", "Jia Li", "Mei van Sato"],
        ),
        (
            "Wei Wang and {Pond Team 0010} and Jia Li 2000",
            ["Wei Wang", "Pond Team 0010", "Jia Li 2000"],
        ),  # no such numbers
    ],
)
def test_numbers_of_homonyms_in_a_bibliography(names: str, read_as: list[str]) -> None:
    (claim,) = claims(
        read(
            f"@inproceedings{{a, title = {{{TITLE}}}, author = {{{names}}}, booktitle = {{ICML}}, year = 2021}}".encode()
        )
    )
    assert [n.literal or f"{n.given} {n.full_family}" for n in claim.authors] == read_as


def test_every_rule_about_references_is_named_by_a_test() -> None:
    tests = "\n".join(
        p.read_text(encoding="utf-8") for p in Path(__file__).parents[1].rglob("test_*.py")
    )
    assert [r.name for r in RULES if f'"{r.name}"' not in tests] == []
