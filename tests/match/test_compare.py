"""Evidence between a claim and a record: levels per field, and what two works with like titles must not become."""

from __future__ import annotations

from typing import Any

import builders
import pytest

from citenorm.match import choose, compare, compare_many
from citenorm.match.fields import kind_level, number_level, people_level, title_level
from citenorm.match.title_view import title_view
from citenorm.match.views import View
from citenorm.model import Claim, Record


def people(*names: str) -> list[dict[str, str]]:
    """ "Given Family" or "Family, Given" → CSL names; one word is a group's name."""
    out = []
    for name in names:
        if "," in name:
            family, given = name.split(", ")
            out.append({"family": family, "given": given})
        elif " " in name:
            given, family = name.rsplit(" ", 1)
            out.append({"family": family, "given": given})
        else:
            out.append({"literal": name})
    return out


def csl(
    title: str, authors: tuple[str, ...] = (), year: int | None = None, **fields: Any
) -> dict[str, Any]:
    item: dict[str, Any] = {"type": "paper-conference", "title": title}
    if authors:
        item["author"] = people(*authors)
    if year:
        item["issued"] = {"date-parts": [[year]]}
    return {**item, **{k.replace("_", "-"): v for k, v in fields.items()}}


def record(
    title: str,
    authors: tuple[str, ...] = (),
    year: int | None = None,
    ident: str = "x:1",
    **fields: Any,
) -> Record:
    return Record.from_csl({"id": ident, **csl(title, authors, year, **fields)})


def outcome(claim: dict[str, Any], *records: Record, raw: str = "") -> tuple[str, str | None]:
    choice = choose(Claim(claim, raw=raw), compare_many(Claim(claim, raw=raw), records))
    return choice.outcome, choice.record.id if choice.record else None


PONDS = ("Jia Li", "Omar Haddad", "Mei Sato")


def level_of(a: str, b: str) -> str:
    return title_level(title_view(a), title_view(b))[0]


@pytest.mark.parametrize(
    ("a", "b", "level"),
    [
        ("A study of quiet ponds", "A Study of Quiet Ponds", "exact"),
        ("Étude des étangs tranquilles", "Etude des etangs tranquilles", "exact"),
        ("Data-efficient pond sampling methods", "Data efficient pond sampling methods", "exact"),
        ("Deep learning", "Deep Learning", "exact-short"),
        ("Graph neural networks", "Graph Neural Networks", "exact-short"),
        ("Frog pond networks", "Frog Pond Networks", "exact"),
        (
            "A study of quite ponds and other waters",
            "A study of quiet ponds and other waters",
            "typo",
        ),
        ("Modelling quiet ponds in winter", "Modeling quiet ponds in winter", "typo"),
        (
            "Explicit sampling of ponds in the north",
            "Implicit sampling of ponds in the north",
            "one word",
        ),
        (
            "Sampling ponds of the northern coast",
            "Sampling ponds of the southern coast",
            "one word",
        ),
        ("Sampling ponds of the morthern coast", "Sampling ponds of the northern coast", "typo"),
        ("Quiet ponds in the winter", "Quiet ponds in winter", "minor"),
        ("Winter ponds: a quiet study", "A quiet study: winter ponds", "reordered"),
        ("Pondformer", "Pondformer: Sampling still waters with attention", "subtitle-short"),
        (
            "Sampling still waters with attention",
            "Pondformer: Sampling still waters with attention",
            "subtitle-cut",
        ),
        (
            "Sampling still waters with attention and care",
            "Sampling still waters with attention",
            "beginning-longer",
        ),
        (
            "Supervised sampling of ponds in the north",
            "Unsupervised sampling of ponds in the north",
            "near",
        ),
        ("Ponds", "Rivers of the high north", "different"),
    ],
)
def test_title_levels(a: str, b: str, level: str) -> None:
    assert level_of(a, b) == level


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Ground states of spin ponds I", "Ground states of spin ponds II", "differ"),
        ("A pond language v1.1", "A pond language v1.0", "differ"),
        ("On ponds (1)", "On ponds (2)", "differ"),
        ("A sampling approachpart II", "A sampling approach part I", "differ"),
        ("Ponds, part two", "Ponds, Part 2", "same"),
        ("Ponds of 2012", "Ponds of 2013", "differ"),
        ("A study of ponds", "A study of ponds II", "missing"),
        ("A study of ponds II", "A study of ponds", "differ"),
        ("A study of 12 ponds: Part 3", "A study of 12 ponds", "differ"),
        ("A study of ponds, part 1", "A study of ponds", "missing"),
        ("A study of ponds 2.0", "A study of ponds", "missing"),
        ("A study of ponds", "A study of lakes", ""),
    ],
)
def test_numbers_in_titles(a: str, b: str, expected: str) -> None:
    one, two = title_view(a), title_view(b)
    assert number_level(one, two, title_level(one, two)[0]) == expected


@pytest.mark.parametrize(
    "title",
    [
        "Reply to: A study of ponds",
        "Erratum: A study of ponds",
        "Comment on “A study of ponds”",
        "A study of ponds: solutions manual",
        "Corrigendum to a study of ponds",
    ],
)
def test_pieces_about_a_work_are_of_another_kind(title: str) -> None:
    assert kind_level(title_view("A study of ponds"), title_view(title)) in ("differs", "about")


@pytest.mark.parametrize(
    ("claimed", "recorded", "level"),
    [
        (("J. Li", "O. Haddad", "M. Sato"), PONDS, "same"),
        (("Li, J", "Haddad, O", "Sato, M"), PONDS, "same"),
        (("Jia Li", "Omar Hadad", "Mei Sato"), PONDS, "misspelled"),
        (("Li Jia", "Omar Haddad", "Mei Sato"), PONDS, "same"),  # given and family exchanged
        (("Omar Haddad", "Jia Li", "Mei Sato"), PONDS, "reordered"),
        (("Jia Li", "Omar Haddad"), PONDS, "shortened"),
        (("Jia Li",), PONDS, "first-alone"),
        (("Mei Sato",), PONDS, "one-alone"),
        ((*PONDS, "Ada Smith"), PONDS, "longer"),
        (("Ada Smith", "Ben Jones"), PONDS, "none"),
        (("Wei Li", "Ben Jones"), PONDS, "homonym"),
        (("van der Berg, Anna",), ("Anna Berg",), "same"),
        (
            ("Wei Wang 0001".replace(" 0001", ""),),
            ("Wang 0001, Wei",),
            "same",
        ),  # a homonym number of DBLP
        (("Łukasz Kaczmarek",), ("Lukasz Kaczmarek",), "same"),
        (("Pond-Team",), PONDS, "group"),
    ],
)
def test_people_levels(claimed: tuple[str, ...], recorded: tuple[str, ...], level: str) -> None:
    assert (
        people_level(View({"author": people(*claimed)}), View({"author": people(*recorded)})).level
        == level
    )


def test_et_al_is_a_full_list() -> None:
    claim = View({"author": people("Jia Li"), "custom": {"others": True}})
    assert people_level(claim, View({"author": people(*PONDS)})).level == "et-al"


def test_a_list_cut_short_by_its_source_is_the_same_list() -> None:
    names = [f"Person{chr(97 + i)} Surname{chr(97 + i)}" for i in range(20)]
    cut = View({"author": people(*names[:8]), "custom": {"author-count": 20}})
    assert people_level(View({"author": people(*names)}), cut).level == "same"


def test_evidence_adds_up() -> None:
    from citenorm.match.weights import weights

    c = compare(
        Claim(csl("A study of quiet ponds", PONDS, 2021)),
        record("A study of quiet ponds", PONDS, 2021),
    )
    assert c.weight == pytest.approx(weights().prior + sum(e.weight for e in c.evidence))
    assert 0.99 < c.probability <= 1


def test_the_plain_case() -> None:
    claim = csl("A study of quiet ponds", ("J. Li", "O. Haddad", "M. Sato"), 2021)
    assert outcome(
        claim,
        record("A study of quiet ponds", PONDS, 2021),
        record("Rivers of the north", ("Ada Smith",), 2020, "x:2"),
    ) == ("matched", "x:1")


@pytest.mark.parametrize(
    "other",
    [
        record(
            "A study of quiet ponds", ("Ada Smith", "Ben Jones"), 2011
        ),  # the title of other people
        record("The mating of garden snails", PONDS, 2021),  # other work of the same people
        record("A study of quiet ponds II", PONDS, 2021),
        record("Erratum: A study of quiet ponds", PONDS, 2021),
        record("Reply to “A study of quiet ponds”", ("Ada Smith",), 2022),
        record("A study of quiet ponds: solutions manual", PONDS, 2021),
    ],
)
def test_lookalikes_are_refused(other: Record) -> None:
    assert outcome(csl("A study of quiet ponds", PONDS, 2021), other)[0] != "matched"


@pytest.mark.parametrize("more", [": Part 2", " II", ", Part Three", " – Chapter 4"])
def test_a_later_part_is_no_match_for_the_first_even_where_all_else_agrees(more: str) -> None:
    place = {"type": "article-journal", "container_title": "Journal of Ponds", "volume": "12"}
    claim = csl(f"A study of quiet ponds{more}", PONDS, 2021, **place)
    raw = f"Jia Li and others. A study of quiet ponds{more}. Journal of Ponds, 12, 2021."
    whole = record("A study of quiet ponds", PONDS, 2021, **place)
    assert outcome(claim, whole, raw=raw)[0] != "matched"
    assert outcome(
        csl("A study of quiet ponds", PONDS, 2021, **place), whole, raw=raw.replace(more, "")
    ) == ("matched", "x:1")


def test_a_short_common_title_needs_its_authors() -> None:
    nature = record(
        "Deep learning",
        ("Yann LeCun", "Yoshua Bengio", "Geoffrey Hinton"),
        2015,
        type="article-journal",
        container_title="Nature",
    )
    assert (
        outcome(
            csl(
                "Deep learning",
                ("Ian Goodfellow", "Yoshua Bengio", "Aaron Courville"),
                2016,
                type="book",
            ),
            nature,
        )[0]
        != "matched"
    )
    assert outcome(csl("Deep learning", ("Y. LeCun", "Y. Bengio", "G. Hinton"), 2015), nature) == (
        "matched",
        "x:1",
    )
    assert (
        outcome(csl("Introduction", (), 2021), record("Introduction", ("Jia Li",), 2021))[0]
        != "matched"
    )


def test_two_works_that_fit_alike_are_ambiguous() -> None:
    one = record("Quiet ponds in the far north", ("Jia Li",), 2020, "x:1")
    two = record("Quiet ponds in the far north", ("Ada Smith",), 2020, "x:2")
    assert outcome(csl("Quiet ponds in the far north", (), 2020), one, two)[0] != "matched"


def test_two_records_of_one_work_are_no_rivals() -> None:
    one = record("A study of quiet ponds", PONDS, 2021, "x:1", container_title="Journal of Ponds")
    two = record(
        "A study of quiet ponds", PONDS, 2020, "x:2", type="article", custom={"arxiv": "2001.00001"}
    )
    assert outcome(
        csl("A study of quiet ponds", PONDS, 2021, container_title="Journal of Ponds"), one, two
    ) == ("matched", "x:1")


def test_volume_and_page_alone_identify_an_article() -> None:
    claim = csl(
        "",
        ("J. Li", "O. Haddad"),
        1998,
        type="article-journal",
        container_title="Journal of Ponds",
        volume="81",
        page="2558",
    )
    del claim["title"]
    here = record(
        "Still waters",
        ("Jia Li", "Omar Haddad"),
        1998,
        "x:1",
        type="article-journal",
        container_title="Journal of Ponds",
        volume="81",
        page="2558-2561",
    )
    there = record(
        "Deep waters",
        ("Jia Li", "Omar Haddad"),
        1998,
        "x:2",
        type="article-journal",
        container_title="Journal of Ponds",
        volume="81",
        page="901-904",
    )
    assert outcome(claim, here, there) == ("matched", "x:1")
    assert outcome(claim, there)[0] != "matched"


def test_a_group_for_author() -> None:
    team = record("Pondini: a family of capable models", ("PondiniTeam",), 2023)
    assert outcome(csl("Pondini: a family of capable models", ("PondiniTeam",), 2023), team) == (
        "matched",
        "x:1",
    )
    assert outcome(csl("Pondini: a family of capable models", PONDS, 2023), team) == (
        "matched",
        "x:1",
    )


def test_one_of_several_authors_printed() -> None:
    assert outcome(
        csl("A study of quiet ponds", ("Jia Li",), 2021),
        record("A study of quiet ponds", PONDS, 2021),
    ) == ("matched", "x:1")


def test_a_badly_parsed_string_is_still_read_for_the_title() -> None:
    raw = "Li J, Haddad O, Sato M. A study of quiet ponds and their visitors. J Ponds. 2021;12:101-13."
    claim = csl("J. A study of quiet ponds and", ("Ponds 12",), 2021)
    assert outcome(
        claim, record("A study of quiet ponds and their visitors", PONDS, 2021), raw=raw
    ) == ("matched", "x:1")


def test_a_wrong_identifier_does_not_outweigh_everything_else() -> None:
    claim = csl("A study of quiet ponds", PONDS, 2021, DOI="10.5555/rivers.7")
    rivers = record("Rivers of the high north", ("Ada Smith",), 2015, "x:2", DOI="10.5555/rivers.7")
    assert outcome(claim, rivers)[0] != "matched"
    assert outcome(claim, rivers, record("A study of quiet ponds", PONDS, 2021)) == (
        "matched",
        "x:1",
    )


def test_order_of_candidates_does_not_matter() -> None:
    records = [record("A study of quiet ponds", PONDS, 2021, f"x:{i}") for i in range(4)] + [
        record("Rivers", ("Ada Smith",), 2020, "x:9")
    ]
    claim = Claim(csl("A study of quiet ponds", PONDS, 2021))
    answers = [choose(claim, compare_many(claim, order)) for order in (records, records[::-1])]
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    "item",
    [
        {},
        {"title": ""},
        {"title": 3, "author": "x", "issued": None, "custom": []},
        {"author": [{"family": ""}], "page": ["1"]},
    ],
)
def test_odd_items_do_not_raise(item: dict[str, Any]) -> None:
    for claim, other in ((item, csl("A study", PONDS, 2021)), (csl("A study", PONDS, 2021), item)):
        compare(Claim(claim), Record.from_csl({"id": "x:1", **other}))


@pytest.mark.parametrize(
    "kind, more, outcome",
    [
        ("webpage", {}, "unmatched"),
        ("software", {}, "unmatched"),
        ("webpage", {"author": [{"family": "Grey", "given": "Ada"}]}, "matched"),
        ("webpage", {"custom": {"arxiv": "1801.00017"}}, "matched"),
        ("article", {}, "matched"),
    ],
)
def test_a_page_with_the_name_of_a_work_is_not_that_work(kind, more, outcome):
    """The home page of a program bears what stands before the colon of the paper about it."""
    record = Record("x:1", {
        "id": "x:1", "type": "article", "title": "Hyperstraw Fabrications: A Distributed Harvest of Rye and Barley", "author": [{"family": "Grey", "given": "Ada"}],
        "issued": {"date-parts": [[2018]]}, "custom": {"arxiv": "1801.00017"},
    }, "x")  # fmt: skip
    stated = Claim(
        {
            "type": kind,
            "title": "Hyperstraw Fabrications",
            "URL": "https://straw.example.org",
            **more,
        }
    )
    assert choose(stated, compare_many(stated, [record])).outcome == outcome


@pytest.mark.parametrize(
    ("more", "outcome"),
    [
        ({}, "ambiguous"),
        ({"doi": ""}, "matched"),
        ({"who": "Ada Grey; Bo Holm; Eva Brandt"}, "ambiguous"),
        (
            {
                "title": "Flow-based nodal cost allocation in a heterogeneous highly renewable wicker network"
            },
            "matched",
        ),
    ],
)
def test_an_eprint_published_under_another_doi_is_not_the_paper_before_it(more, outcome):
    known = builders.record(
        "x:1", "Flow-based nodal cost allocation in a heterogeneous highly renewable wicker network", "Ada Grey; Bo Holm; Eva Brandt", 2018, "article",
        arxiv="1801.00017", version_of="10.5555/a",
    )  # fmt: skip
    said = {"title": "Allocation of Nodal Costs in Heterogeneous Highly Renewable Wicker Networks", "who": "Bo Holm; Eva Brandt; Ada Grey", "doi": "10.5555/b", **more}  # fmt: skip
    stated = builders.claim(year=2017, type="paper-conference", venue="Wicker Meeting", **said)
    assert choose(stated, compare_many(stated, [known])).outcome == outcome
