"""The four statuses, each with what earns it and what looks like it and does not; above all: when absence proves something."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import builders
import pytest

from citenorm.catalogue.coverage import Coverage, tally
from citenorm.catalogue.memory import MemoryCatalogue
from citenorm.match.verify.doi_venue import stray_for_venue
from citenorm.match.verify.not_found import absence
from citenorm.match.views import claim_view
from citenorm.model import Answer, Claim, Comparison, Evidence, Record, Resolution
from citenorm.parse import parse
from citenorm.pipeline import resolve
from citenorm.sources import Sources
from citenorm.sources.http import Request

WHO, STRANGERS = ("Jia Li", "Omar Haddad", "Mei Sato"), ("Ada Smith", "Ben Jones")
TITLE, UNKNOWN = (
    "Quiet ponds as mirrors of winter stars",
    "Lanterns in the harbour of forgotten ships",
)


def item(
    title: str = UNKNOWN,
    authors: tuple[str, ...] = ("Eva Brandt",),
    year: int | None = 2021,
    venue: str = "",
    type: str = "paper-conference",
    **more: Any,
) -> dict[str, Any]:
    return builders.item(title, authors, year, type, venue=venue, **more)


class Whole:
    """Holdings that have (nearly) everything of every venue and year."""

    newest, registrants = 2026, 300

    def share(self, venue: str, year: int) -> float:
        return 0.99

    def registered(self, doi: str) -> int:
        return 5000 * doi.startswith(("10.1103", "10.1109", "10.1145", "10.5555", "10.18653"))

    def volume(self, doi: str) -> str:
        return ""


class Held(MemoryCatalogue):
    """Records in memory, and what is said of how complete they are."""

    def __init__(self, records: list[dict[str, Any]], coverage: Any = None) -> None:
        super().__init__(Record.from_csl({"id": f"held:{i}", **r}) for i, r in enumerate(records))
        self.coverage = coverage


def told(
    claim: dict[str, Any], *records: dict[str, Any], coverage: Any = None, service: Any = None
) -> Resolution:
    return resolve(
        Claim(claim), Sources([Held(list(records), coverage)], [service] if service else [])
    )


def reasons(result: Resolution) -> set[str]:
    """What is wrong with a reference that no record fits."""
    return {
        e.level for e in result.evidence if e.field.startswith("work.") and e.level in NO_RECORD
    }


NO_RECORD = {
    "title of others", "not there", "elsewhere", "impossible year", "before identifier",
    "placeholder authors", "impossible identifier",
}  # fmt: skip
PONDS = item(TITLE, WHO, 2021, "Neural Information Processing Systems", DOI="10.5555/ponds.7")
RIVER = item("Rivers of the high north and their ferries", ("Ada Smith",), 2015, "CHI")
PREPRINT = item(TITLE, WHO, 2019, type="article", custom={"arxiv": "1901.00001"})


# ------------------------------------------------------------------ authors of another
@pytest.mark.parametrize(
    ("claim", "record", "made_up"),
    [
        (item(TITLE, STRANGERS, 2021, "NeurIPS"), PONDS, True),
        (item(TITLE, STRANGERS, 2020, "NeurIPS"), PONDS, True),  # a year beside it
        (item(TITLE, STRANGERS, 2021), PONDS, True),  # no venue that would say otherwise
        (
            item("Quiet ponds as mirrors of summer stars", STRANGERS, 2021, "NeurIPS"),
            PONDS,
            True,
        ),  # nearly the title, the very place
        (item("Quiet ponds as mirrors of summer stars", STRANGERS, 2020, "NeurIPS"), PONDS, False),
        (item("Quiet ponds as mirrors of summer stars", STRANGERS, 2021), PONDS, False),
        (
            item("Quiet ponds as mirrors of winter stars 2", STRANGERS, 2021, "NeurIPS"),
            PONDS,
            False,
        ),  # a part of its own
        (
            item(TITLE, STRANGERS, 2012, "NeurIPS"),
            PONDS,
            False,
        ),  # years apart: another work of that title
        (item(TITLE, STRANGERS, 2021, "ICML"), PONDS, False),  # elsewhere
        (item(TITLE, STRANGERS, None, "NeurIPS"), PONDS, False),
        (item(TITLE, STRANGERS, 2021, "NeurIPS"), {**PONDS, "issued": {}}, False),
        (
            item("Quiet ponds as mirrors of summer stars", STRANGERS, 2021, "NeurIPS"),
            {**PONDS, "author": [{"literal": "PondTeam"}]},
            False,
        ),  # a team has members
        (
            item(
                "Quiet ponds as mirrors of summer stars", ("Mei Sato", *STRANGERS), 2021, "NeurIPS"
            ),
            PONDS,
            True,
        ),
        (
            item(
                "Quiet ponds as mirrors of summer stars", ("Mei Sato", *STRANGERS), 2021, "NeurIPS"
            ),
            {**PONDS, "author": [*PONDS["author"], {"literal": "PondTeam"}]},
            False,
        ),
        (item(TITLE, STRANGERS, 2021, type="book"), PONDS, False),
        (item(TITLE, STRANGERS, 2021), {**PONDS, "type": "book"}, False),
        (
            item(TITLE, STRANGERS, 2021, "NeurIPS"),
            {**PONDS, "custom": {"author-count": 9}},
            False,
        ),  # the source left people out
        (
            item("Winter ponds reflecting constellations", STRANGERS, 2021, "NeurIPS"),
            {**PONDS, "title": "Winter ponds reflecting constellations"},
            True,
        ),
        (
            item("Winter constellations reflecting", STRANGERS, 2021, "NeurIPS"),
            {**PONDS, "title": "Winter constellations reflecting"},
            False,
        ),
        (
            item("Reflecting constellations", STRANGERS, 2021, "NeurIPS"),
            {**PONDS, "title": "Reflecting constellations"},
            False,
        ),  # two works may well be called so
        (
            item("On ice at a pond", STRANGERS, 2021, "NeurIPS"),
            {**PONDS, "title": "On ice at a pond"},
            False,
        ),
    ],
)
def test_the_title_of_other_people(
    claim: dict[str, Any], record: dict[str, Any], made_up: bool
) -> None:
    result = told(claim, record)
    assert result.outcome == "unmatched" and ("title of others" in reasons(result)) == made_up
    assert result.status == ("contradicted" if made_up else "unverifiable")


@pytest.mark.parametrize(
    ("claim", "made_up"),
    [
        (item(authors=STRANGERS, DOI="10.5555/ponds.7"), True),
        (item(authors=STRANGERS, year=2019, custom={"arxiv": "1901.00001"}), True),
        (
            item(authors=("Jia Li",), DOI="10.5555/ponds.7"),
            False,
        ),  # an author of the work: perhaps an earlier title
        (item(authors=(), DOI="10.5555/ponds.7"), False),
        (item(authors=STRANGERS, DOI="10.5555/harbour.7"), False),
        (item("Quiet ponds beside lanterns", STRANGERS, DOI="10.5555/ponds.7"), True),
        (
            item("Quiet ponds as mirrors of summer lanterns", STRANGERS, DOI="10.5555/ponds.7"),
            False,
        ),
        (item("Quiet ponds beside lanterns", STRANGERS, DOI="10.5555/harbour.7"), False),
        (
            item("Quiet ponds beside lanterns", STRANGERS, 2021, custom={"arxiv": "1901.00002"}),
            False,
        ),
    ],
)
def test_the_identifier_of_another(claim: dict[str, Any], made_up: bool) -> None:
    result = told(claim, PONDS, {**PREPRINT, "title": "Winter stars in still water"})
    assert result.outcome == "unmatched" and reasons(result) == (
        {"elsewhere"} if made_up else set()
    )
    named = [(e.claim, e.record) for e in result.evidence if e.level == "elsewhere"]
    assert named in (
        [],
        [("10.5555/ponds.7", TITLE)],
        [("1901.00001", "Winter stars in still water")],
    )


def test_a_number_in_a_bibliography_whose_numbers_are_often_wrong_leads_nowhere() -> None:
    claim = Claim(
        item("Quiet ponds beside lanterns", STRANGERS, 2021, custom={"arxiv": "1901.00001"})
    )
    other = {**PREPRINT, "title": "Winter stars in still water"}
    for source, leads in (("held", True), ("bvit", False)):
        held = Record.from_csl({"id": f"{source}:1", **other})
        found = absence(
            claim, [Comparison(held, (Evidence("title", "different", -1.0),) * 2, -9.0, 0.0)]
        )
        assert [e.level for e in found] == ["elsewhere"] * leads, source


# ------------------------------------------------------------------ what cannot be
@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        (item(year=2090), "impossible year"),
        (item(year=2026), ""),
        (item(year=None), ""),
        (item(DOI="10.99999/lanterns"), "impossible identifier"),  # no such registrant
        (item(DOI="10.1234/lanterns"), "impossible identifier"),  # the registrant of examples
        (item(DOI="10.1109/lanterns"), ""),
        (item(year=2017, custom={"arxiv": "2103.00001"}), "before identifier"),
        (
            item(year=2020, custom={"arxiv": "2103.00001"}),
            "",
        ),  # put on the server after the conference
        (item(year=2015, DOI="10.18653/v1/2020.emnlp-main.7"), "before identifier"),
        (item(year=2020, DOI="10.18653/v1/2020.emnlp-main.7"), ""),
        (item(authors=("First Author", "Second Author")), "placeholder authors"),
        (item(authors=("John Doe", "Jane Smith")), ""),  # people are called so
        (item(authors=("Yosuke Todo",)), ""),
        (item(authors=("Carl Author",)), ""),
        (item(authors=("Anonymous",)), ""),
        (item(authors=("Firstname Lastname",)), "placeholder authors"),
        (item(authors=("John Smith", "Eva Brandt")), ""),  # a common name beside another one
        (item(authors=("Anonymous",), type="book"), ""),  # printed without a name
        (item(authors=("Unknown",), type="webpage"), ""),
        (item(authors=("First Author", "Second Author"), type="book"), "placeholder authors"),
    ],
)
def test_what_cannot_be(claim: dict[str, Any], reason: str) -> None:
    result = told(claim, PONDS)
    assert reasons(result) == ({reason} if reason else set())
    made_up = reason and reason != "before identifier"  # which contradicts itself, and may be real
    status = "likely-fabricated" if made_up else "contradicted" if reason else "unverifiable"
    assert result.status == status


def test_the_future_begins_where_the_catalogue_ends() -> None:
    class Later(Whole):
        newest = 2085

    assert "impossible year" not in reasons(told(item(year=2084), PONDS, coverage=Later()))
    assert "impossible year" in reasons(told(item(year=2091), PONDS, coverage=Later()))


# ------------------------------------------------------------------ a venue that is held whole
@pytest.mark.parametrize(
    ("claim", "made_up"),
    [
        (item(venue="NeurIPS"), True),
        (item(venue="Advances in Neural Information Processing Systems 34"), True),
        # of a journal an index may list some issues alone
        (item(venue="Physical Review Letters", type="article-journal"), False),
        (item(venue="ACL"), True),
        (item(venue="IEEE International Conference on Data Mining", publisher="IEEE"), True),
        # another series of that name
        (item(venue="IEEE International Conference on Data Mining", publisher="Springer"), False),
        (
            item(venue="ACL-IJCNLP"),
            False,
        ),  # two conferences at one place: indexes file it under either
        (item(venue=""), False),
        (item(venue="NeurIPS", year=None), False),
        (item("", venue="NeurIPS"), False),  # not even a title
        (item(venue="NeurIPS", type="article"), False),
        (item(venue="Annals of Harbour Lights"), False),  # unknown to the list of venues
        (item(venue="Lecture Notes in Computer Science"), False),  # a series is no venue
        (item(venue="NeurIPS 2021 Workshop on Still Waters"), False),
        (
            item("Editorial: harbours", venue="Physical Review Letters", type="article-journal"),
            False,
        ),  # indexes leave these out
        (
            item("Pond news", venue="Physical Review Letters", type="article-journal"),
            False,
        ),  # columns and news of a journal too
        (item("Pond news", venue="NeurIPS", type="paper-conference"), True),
        (item(venue="arXiv", type="article"), False),
        (item(venue="NeurIPS", type="thesis"), False),
        (item(venue="NeurIPS", type="software"), False),
        ({**item(venue="NeurIPS"), "note": "To appear"}, False),
    ],
)
def test_a_venue_that_is_held_whole_has_no_such_work(claim: dict[str, Any], made_up: bool) -> None:
    result = told(claim, PONDS, coverage=Whole())
    assert reasons(result) == ({"not there"} if made_up else set())
    assert result.status == ("contradicted" if made_up else "unverifiable")
    assert told(claim, PONDS).status == "unverifiable"  # nothing is known of what is held


def test_completeness_is_counted_from_the_records_themselves() -> None:
    held = [
        {"id": f"{source}:{n}", **item(f"Observation {n} of the tides in {year}", (f"Ada Smith{n}",), year, "ICML")}
        for source in ("one", "two") for year in (2019, 2020, 2021) for n in range(230)
    ]  # fmt: skip
    coverage = Coverage(tally(held))
    assert told(item(venue="ICML", year=2020), PONDS, coverage=coverage).status == "contradicted"
    assert (
        told(item(venue="ICML", year=2024), PONDS, coverage=coverage).status == "unverifiable"
    )  # after the last year held
    assert told(item(venue="NeurIPS", year=2020), PONDS, coverage=coverage).status == "unverifiable"


class Silent:
    """A service that cannot be asked, or knows nothing."""

    name, joins, deposited, extra, instead_of = "crossref", 1, False, False, ""

    def __init__(self, kind: Any) -> None:
        self.kind = kind

    late = knows_versions = False

    def suits(self, claim: Claim) -> float:
        return 1.0

    def by_identifier(self, claim: Claim) -> list[Request]:
        return []

    def by_title(self, claim: Claim) -> list[Request]:
        return [Request(self.name, claim.title)]

    def linked(self, claim: Claim, records: Any, known: bool) -> list[Request]:
        return []

    def ask_all(self, requests: Sequence[Request]) -> list[Answer]:
        return [Answer("crossref", self.kind, reason="timed out") for _ in requests]

    def close(self) -> None: ...


def test_a_source_that_cannot_be_asked_makes_absence_prove_nothing() -> None:
    made_up = item(venue="NeurIPS")
    assert told(made_up, PONDS, coverage=Whole(), service=Silent("none")).status == "contradicted"
    result = told(made_up, PONDS, coverage=Whole(), service=Silent("unknown"))
    assert result.status == "unverifiable" and any(
        "timed out" in d.message for d in result.diagnostics
    )


# ------------------------------------------------------------------ DOIs of elsewhere
CHI = [
    {
        "id": f"one:{n}",
        **item(
            f"Observation {n} of hands",
            (f"Ada Smith{n}",),
            2025,
            "CHI",
            DOI=f"10.1145/3706598.{3710000 + n}",
        ),
    }
    for n in range(20)
]


@pytest.mark.parametrize(
    ("venue", "doi", "elsewhere"),
    [
        (
            "NeurIPS",
            "10.1109/cvpr52688.2022.00071",
            True,
        ),  # the DOI itself tells another conference
        ("CVPR", "10.1109/cvpr52688.2022.00071", False),
        (
            "Conference on Computer Vision and Pattern Recognition",
            "10.1109/cvpr52688.2022.00071",
            False,
        ),
        ("Symposium on Harbour Lights", "10.1109/cvpr52688.2022.00071", True),
        ("Sensors Applications Symposium", "10.1109/sas.2011.5739775", False),  # its own short name
        ("CVF Open Access", "10.1109/cvpr52688.2022.00071", False),  # who knows what that is
        (
            "Regional Conference on Computer Vision and Patterns",
            "10.1109/cvpr52688.2022.00071",
            False,
        ),  # perhaps a name of that very one
        ("NeurIPS", "10.1145/3706598.3799999", True),  # a volume of which other papers are known
        ("CHI Conference on Human Factors in Computing Systems", "10.1145/3706598.3799999", False),
        ("NeurIPS", "10.1145/3706600.3799999", False),  # a volume that is not known
        ("Symposium on Harbour Lights", "10.1145/3589276", False),  # journals print meetings
        ("Transactions on Harbour Lights", "10.1145/3589276", False),
    ],
)
def test_a_doi_that_belongs_elsewhere(venue: str, doi: str, elsewhere: bool) -> None:
    coverage = Coverage(tally(CHI))
    stated = item(venue=venue, year=2025, DOI=doi)
    assert stray_for_venue(claim_view(Claim(stated)), coverage) is elsewhere
    absent = told(stated, PONDS, coverage=coverage)
    assert not reasons(absent), "nobody holds every volume of a venue: alone it proves nothing"
    known = told(
        item(TITLE, WHO, 2021, "NeurIPS", DOI="10.1145/3706598.3799999"), PONDS, coverage=coverage
    )
    assert known.status == "contradicted" and any(
        d.name == "wrong-identifier" for d in known.diagnostics
    )


@pytest.mark.parametrize(
    ("doi", "prefixes", "wrong"),
    [
        ("10.4999/harbour.7", 300, True),
        ("10.4999/harbour.7", 20, False),
        ("10.5555/harbour.7", 300, False),
    ],
)
def test_a_registrant_that_a_large_catalogue_never_met(
    doi: str, prefixes: int, wrong: bool
) -> None:
    class Some(Whole):
        registrants = prefixes

    result = told(item(TITLE, WHO, 2021, "NeurIPS", DOI=doi), PONDS, coverage=Some())
    assert (
        ("wrong-identifier" in {d.name for d in result.diagnostics})
        == (result.status == "contradicted")
        == wrong
    )


# ------------------------------------------------------------------ kinds that no catalogue holds
@pytest.mark.parametrize(
    "claim",
    [
        item(
            "Harbour weather service",
            ("Harbour Office",),
            2023,
            type="webpage",
            URL="https://example.org/weather",
        ),
        item(
            "harbourlib",
            ("Harbour developers",),
            2022,
            type="software",
            URL="https://example.org/code",
        ),
        item(
            "Tides of eleven harbours", ("Eva Brandt",), 2022, type="dataset", publisher="Data Shed"
        ),
        item(
            "Lanterns for harbours: requirements",
            ("Lantern Standards Institute",),
            2018,
            type="standard",
            number="LSI 4711",
        ),
        item(
            "On lanterns",
            ("Eva Brandt",),
            2016,
            type="thesis",
            publisher="University of the Coast",
            genre="PhD thesis",
        ),
        item("The lantern book", ("Eva Brandt",), 1987, type="book", publisher="Harbour Press"),
        item("Report on lanterns", ("Harbour Office",), 1999, type="report", number="TR-7"),
        item("Lanterns by night", ("Eva Brandt",), 1999, type="motion_picture"),
        item(
            "The lantern wick",
            ("Eva Brandt",),
            1987,
            type="chapter",
            venue="The lantern book",
            publisher="Harbour Press",
        ),
        item(
            "Lanterns of the coast",
            ("Eva Brandt",),
            1987,
            type="article-journal",
            venue="Annals of Harbour Lights",
        ),
    ],
)
def test_kinds_that_no_catalogue_holds_are_left_open(claim: dict[str, Any]) -> None:
    result = told(claim, PONDS, PREPRINT, coverage=Whole())
    assert (result.outcome, result.status) == ("unmatched", "unverifiable")
    found = {d.name for d in result.diagnostics}
    assert found <= {"unverifiable-reference"}  # of software, films … not even that is told


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (
            "Harbour Office. Harbour weather service. https://example.org/weather (accessed 3 May 2023).",
            "unverifiable",
        ),
        (
            "harbourlib developers: harbourlib, version 2.1 [software]. https://github.com/example/harbourlib, 2022.",
            "unverifiable",
        ),
        (
            "ISO 4711:2018. Lanterns for harbours — Requirements and test methods. International Organization for Standardization, 2018.",
            "unverifiable",
        ),
        (
            "Brandt, E.: On lanterns in harbours. PhD thesis, University of the Coast (2016).",
            "unverifiable",
        ),
        ("Brandt, Eva. The lantern book. Harbour Press, New York, 1987.", "unverifiable"),
        (
            "Brandt, E. (2022). Tides of eleven harbours [Data set]. Zenodo. https://doi.org/10.5281/zenodo.7654321",
            "unverifiable",
        ),
        (
            "Brandt, E.: Lanterns of the coast. Tech. Rep. TR-7, Harbour Office (1999).",
            "unverifiable",
        ),
        ("Brandt, E., personal communication, 2019.", "unverifiable"),
        (
            "E. Brandt. Lanterns in the harbour of forgotten ships. In Advances in Neural Information Processing Systems, 2021.",
            "contradicted",
        ),
    ],
)
def test_kinds_are_told_from_the_text_of_a_reference(text: str, status: str) -> None:
    result = resolve(parse(text), Sources([Held([PONDS, PREPRINT], Whole())]))
    assert (result.outcome, result.status) == ("unmatched", status)


# ------------------------------------------------------------------ verified and contradicted
@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({}, "verified"),
        (
            {"year": 2019, "type": "article", "venue": "", "custom": {"arxiv": "1901.00001"}},
            "verified",
        ),  # an earlier version
        ({"authors": WHO[:1], "custom": {"others": True}}, "verified"),
        (
            {
                "authors": ("J. Li", "O. Haddad", "M. Sato"),
                "venue": "Adv. Neural Inf. Process. Syst.",
            },
            "verified",
        ),
        ({"page": "3-4"}, "verified"),  # a slip that misleads nobody about the work
        ({"authors": WHO[:1]}, "contradicted"),
        ({"authors": (WHO[0], *STRANGERS)}, "contradicted"),
        ({"title": "Quiet ponds as mirrors of summer stars"}, "contradicted"),
        ({"year": 2012}, "contradicted"),
        ({"venue": "ICML"}, "contradicted"),
        ({"DOI": "10.99999/ponds"}, "contradicted"),
    ],
)
def test_verified_and_contradicted(change: dict[str, Any], status: str) -> None:
    stated: dict[str, Any] = {
        "title": TITLE,
        "authors": WHO,
        "year": 2021,
        "venue": "NeurIPS",
        **change,
    }
    result = told(item(**stated), PONDS, PREPRINT)
    assert (result.outcome, result.status) == ("matched", status)


def test_what_fits_two_works_is_left_open() -> None:
    result = told(
        item(TITLE, ("Jia Li",), 2021),
        item(TITLE, ("Jia Li", "Mei Sato"), 2021),
        item(TITLE, ("Jia Li", "Ben Jones"), 2021),
    )
    assert (result.outcome, result.status) == ("ambiguous", "unverifiable")


# ------------------------------------------------------------------ titles that many works have
@pytest.mark.parametrize(
    "title",
    [
        "Deep learning",
        "Introduction",
        "Machine learning",
        "Preface",
        "Editorial",
        "Conclusions",
        "Book reviews",
        "Index",
        "Graph neural networks",
        "Machine learning for systems",
    ],
)
@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({"authors": WHO, "year": 2016, "type": "book"}, "unmatched"),
        ({"authors": WHO}, "unmatched"),
        ({"authors": (), "year": None}, "unmatched"),
        ({"authors": ("Wei Smith",)}, "unmatched"),  # a namesake
        ({"authors": ("Ada Smith",), "year": 2003, "venue": "KDD"}, "unmatched"),
        ({}, "matched"),
        ({"authors": ("A. Smith", "B. Jones"), "venue": ""}, "matched"),
    ],
)
def test_a_title_that_many_works_have_is_no_identity(
    title: str, change: dict[str, Any], outcome: str
) -> None:
    stated: dict[str, Any] = {
        "title": title,
        "authors": STRANGERS,
        "year": 2015,
        "venue": "Neural Computation",
        "type": "article-journal",
        **change,
    }
    result = told(
        item(**stated),
        item(
            title,
            STRANGERS,
            2015,
            "Neural Computation",
            "article-journal",
            volume="5",
            page="436-444",
        ),
    )
    assert (result.outcome, result.status) == (
        outcome,
        "verified" if outcome == "matched" else "unverifiable",
    )


# ------------------------------------------------------------------ several catalogues
def test_what_one_of_several_catalogues_holds_is_held() -> None:
    papers = [
        {"id": f"{source}:{n}", **item(f"Observation {n} of the tides in {year}", (f"Ada Smith{n}",), year, "ICML")}
        for source in ("one", "two") for year in (2020, 2021) for n in range(30)
    ]  # fmt: skip
    icml, chi = Coverage(tally(papers)), Coverage(tally(CHI))
    both = Sources([Held([PONDS], icml), Held([RIVER], chi)])
    for claim, status in (
        (item(venue="ICML", year=2021), "contradicted"),
        (item(venue="NeurIPS", year=2025, DOI="10.1145/3706598.3799999"), "unverifiable"),
        (item(venue="CHI", year=2025, DOI="10.1145/3706598.3799999"), "unverifiable"),
        (item(venue="NeurIPS", year=2021), "unverifiable"),
        (item(year=2090), "likely-fabricated"),
    ):
        assert resolve(Claim(claim), both).status == status
    assert (
        resolve(
            Claim(item(venue="ICML", year=2021)), Sources([Held([PONDS]), Held([RIVER], chi)])
        ).status
        == "unverifiable"
    )
