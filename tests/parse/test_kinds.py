"""References of other kinds than papers and books, and what stands in a reference beside the work."""

from __future__ import annotations

from typing import Any

import pytest

from citenorm.parse import parse, parse_many


def fields(text: str) -> dict[str, Any]:
    return dict(parse(text).csl)


def who(csl: dict[str, Any]) -> list[str]:
    return [
        n.get("literal") or f"{n['family']}, {n.get('given', '')}" for n in csl.get("author", [])
    ]


@pytest.mark.parametrize(
    ("text", "title", "number"),
    [
        ("Ponder, R., and Weir, J. Pond Transfer Semantics. RFC 4711, June 2012.", "Pond Transfer Semantics", "4711"),
        ('J. Ponder, "The Weir 2.0 Framework," Internet Requests for Comments, RFC 812, Oct. 2012.', "The Weir 2.0 Framework", "812"),
        ("J. Ponder. 1981. Weir Protocol. RFC 791. RFC Editor. https://doi.org/10.17487/RFC0791", "Weir Protocol", "791"),
    ],
)  # fmt: skip
def test_rfcs(text: str, title: str, number: str) -> None:
    csl = fields(text)
    assert (csl["type"], csl["genre"], csl["number"], csl["title"]) == (
        "report",
        "RFC",
        number,
        title,
    )
    assert "volume" not in csl and "container-title" not in csl


def test_a_paper_about_an_rfc_stays_a_paper() -> None:
    csl = fields(
        'J. Ponder, "Errors in RFC 1951 and its relatives," Journal of Ponds, vol. 3, no. 2, pp. 1-9, 2001.'
    )
    assert csl["type"] == "article-journal" and csl["volume"] == "3" and "genre" not in csl


@pytest.mark.parametrize(
    ("text", "number", "year"),
    [
        ('IEEE Std 812.11-2020, "IEEE Standard for Pond Water—Access Control Specifications," 2021.', "IEEE Std 812.11-2020", 2021),
        ("ISO 1241-11:2018, Ergonomics of ponds — Part 11: Definitions, ISO, Geneva, 2018.", "ISO 1241-11:2018", 2018),
        ("NIST. FIPS PUB 97: Pond Encryption Standard (PES). 2001.", "FIPS PUB 97", 2001),
    ],
)  # fmt: skip
def test_standards(text: str, number: str, year: int) -> None:
    csl = fields(text)
    assert (csl["type"], csl["number"], csl["issued"]["date-parts"][0][0]) == (
        "standard",
        number,
        year,
    )
    assert "volume" not in csl


def test_acts_of_the_union_stand_in_its_journal() -> None:
    csl = fields(
        "Directive (EU) 2011/790 of the European Parliament and of the Council of 17 April 2011 on ponds, OJ L 130, 17.5.2011, p. 92–125."
    )
    assert csl["type"] == "legislation" and csl["title"].startswith("Directive (EU) 2011/790")
    assert csl["title"].endswith("on ponds") and "author" not in csl
    assert (csl["container-title"], csl["volume"], csl["page"]) == ("OJ L", "130", "92-125")


def test_pages_stand_right_behind_the_number_of_a_gazette() -> None:
    act = "Directive (EU) 2011/790 of the Council of 17 April 2011 on ponds. Official Journal of the European Union, L 130, 92–125."
    csl = fields(act)
    assert (csl["container-title"], csl["volume"], csl["page"]) == (
        "Official Journal of the European Union L",
        "130",
        "92-125",
    )
    assert "page" not in fields("Directive (EU) 2011/790 of the Council on ponds, OJ L 130, 17.5.2011.")  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Clean Ponds Act of 1990, Pub. L. No. 101-336, 104 Stat. 328 (1990).", {"title": "Clean Ponds Act of 1990", "number": "Pub. L. No. 101-336", "volume": "104", "container-title": "Stat.", "page": "328"}),
        ("Clean Ponds Act, 42 U.S.C. § 12101 et seq. (1990).", {"title": "Clean Ponds Act", "volume": "42", "container-title": "U.S.C.", "page": "§ 12101 et seq."}),
        ("Teichschutzgesetz (TSG) vom 30. Juni 1990, BGBl. I S. 2097.", {"title": "Teichschutzgesetz (TSG)", "volume": "I", "container-title": "BGBl.", "page": "2097"}),
    ],
)  # fmt: skip
def test_acts_with_their_place_in_statutes(text: str, said: dict[str, str]) -> None:
    csl = fields(text)
    assert csl["type"] == "legislation" and "author" not in csl
    assert csl["issued"]["date-parts"][0][0] == 1990
    assert {k: csl[k] for k in said} == said


def test_decisions_of_courts() -> None:
    csl = fields("Pond v. Board of Rivers, 347 U.S. 483 (1954).")
    assert {k: csl[k] for k in ("type", "title", "container-title", "volume", "page")} == {
        "type": "legal_case", "title": "Pond v. Board of Rivers", "container-title": "U.S.", "volume": "347", "page": "483",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "names", "title"),
    [
        ("The ponds development team. pond-dev/ponds: Ponds. Zenodo, February 2020.", ["The ponds development team"], "pond-dev/ponds: Ponds"),
        ("Weir LR, El Brook HM, Essin B, et al; PONDS Study Group. Efficacy and safety of the weir. N Engl J Med. 2021;384(5):403-416.",
         ["Weir, LR", "El Brook, HM", "Essin, B", "PONDS Study Group"], "Efficacy and safety of the weir"),
        ("WPD 2019 Ponds and Weirs Collaborators. Global burden of 369 ponds in 204 countries, 1990–2019. Lancet 2020; 396: 1204–22.",
         ["WPD 2019 Ponds and Weirs Collaborators"], "Global burden of 369 ponds in 204 countries, 1990–2019"),
        ("DeepPond-AI. PondSeek technical report. arXiv:2412.19437, 2024.", ["DeepPond-AI"], "PondSeek technical report"),
        ("UNPOND. Recommendation on the Ethics of Ponds. Paris: UNPOND; 2022. License: CC-BY-SA 3.0 IGO.", ["UNPOND"], "Recommendation on the Ethics of Ponds"),
    ],
)  # fmt: skip
def test_bodies_and_groups_are_authors(text: str, names: list[str], title: str) -> None:
    csl = fields(text)
    assert [n.rstrip(", .") for n in who(csl)] == names and csl["title"] == title


@pytest.mark.parametrize(
    ("text", "said", "absent"),
    [
        ("Ting Brook and Ann Weir. A simple framework for ponds. In ICML, 2020. 2, 14", {"issued": {"date-parts": [[2020]]}}, ("volume", "page", "issue")),
        ("Smith A, Jones B. A study of ponds. Lancet. 2019;393(10170):434-445. PMID: 30638909; PubMed Central PMCID: PMC6433452.",
         {"page": "434-445", "custom": {"pmid": "30638909", "pmcid": "PMC6433452"}}, ("note", "number")),
        ('A. Smith and B. Jones, "A title of a paper," IEEE Access, vol. 8, Art. no. 123456, 2020.', {"volume": "8", "page": "123456"}, ("note",)),
        ("J. Brook, On ponds homeomorphic to the sphere, Ann. of Math. (2) 64 (1956), 399–405.", {"container-title": "Ann. of Math. (2)", "volume": "64"}, ()),
        ("Brook D, Weir A. Progressive increase of ponds in Ontario. medRxiv 2021.07.05.21260050; 2021.",
         {"DOI": "10.1101/2021.07.05.21260050", "container-title": "medRxiv", "issued": {"date-parts": [[2021]]}}, ("page",)),
        ("Brook, Ryan, et al. “An active inference approach to ponds.” bioRxiv, 2019, pp. 633677.", {"type": "article", "container-title": "bioRxiv"}, ()),
        ("Лотман Ю. М. О понятии «пруд» // Учёные записки. — 1981. — Вып. 515. — С. 3–7.", {"title": "О понятии «пруд»"}, ()),
        ("西田幾多郎『池の研究』岩波文庫、岩波書店、1950年", {"title": "池の研究", "collection-title": "岩波文庫"}, ()),
        ('"Distilling the Ponds in a Network" (Brook, Weir, Dean, 2015)', {"author": [{"family": "Brook"}, {"family": "Weir"}, {"family": "Dean"}]}, ("publisher",)),
        ("D. Brook, Quiet ponds, Graduate Texts in Ponds 67, Springer, 1979. MR 82e:12016", {"number": "67", "publisher": "Springer"}, ("page",)),
        ("V. Brook and R. Weir, “Ponds for high performance,” RFc 1323, May 1992.", {"type": "report", "genre": "RFC", "number": "1323"}, ("container-title", "volume")),
        ("Ronan Brook, Koray Weir, and other contributors. Pond: a scientific computing framework. 2011.",
         {"title": "Pond: a scientific computing framework", "author": [{"family": "Brook", "given": "Ronan"}, {"family": "Weir", "given": "Koray"}], "custom": {"others": True}}, ()),
        ("Peter, M. Jeanne (1978). The medical ponds of London. Berkeley, Los Angeles: University of California Press.",
         {"publisher": "University of California Press", "publisher-place": "Berkeley, Los Angeles"}, ()),
        ("brook et al, ponds, naacl 19", {"issued": {"date-parts": [[2019]]}, "container-title": "naacl"}, ("volume",)),
    ],
)  # fmt: skip
def test_what_stands_where(text: str, said: dict[str, Any], absent: tuple[str, ...]) -> None:
    csl = fields(text)
    assert {k: csl.get(k) for k in said} == said
    assert not set(absent) & csl.keys()


@pytest.mark.parametrize(
    ("text", "csl"),
    [
        ("1706.04599", {"type": "article", "custom": {"arxiv": "1706.04599"}}),
        ("arXiv:1706.04599v2 [cs.LG]", {"type": "article", "custom": {"arxiv": "1706.04599", "arxiv-version": "v2"}}),
        ("doi:10.5555/Ponds.7", {"type": "document", "DOI": "10.5555/ponds.7"}),
        ("PMID: 30638909.", {"type": "article-journal", "custom": {"pmid": "30638909"}}),
        ("<https://example.org/ponds>", {"type": "webpage", "URL": "https://example.org/ponds"}),
    ],
)  # fmt: skip
def test_a_line_that_is_one_identifier(text: str, csl: dict[str, Any]) -> None:
    claim = parse(text)
    assert dict(claim.csl) == csl and not claim.unparsed and claim.raw == text


def test_numbers_that_are_no_identifier_are_not_read_as_one() -> None:
    for text in ("2013.99999", "1999", "12.3456", "10.5", ""):
        assert parse(text).csl.get("custom") is None
    both = parse_many(["1706.04599", "J. Brook. Ponds. Pond Press, 2001.", "PMID 1234567"])
    assert [c.csl.get("title") for c in both] == [None, "Ponds", None]


@pytest.mark.parametrize(
    ("place", "volume", "year"),
    [
        ("In NIPS, 25. 2012.", "25", 2012),
        ("In Advances in neural information processing systems, 2017, 30.", "30", 2017),
        ("Advances in Neural Information Processing Systems, 25.", "25", None),
        ("NIPS, 17. 2017.", None, 2017),
        ("In ICML, 25. 2012.", None, 2012),
    ],
)
def test_a_number_behind_a_meeting_is_that_of_its_volume_where_the_year_goes_with_it(
    place: str, volume: str | None, year: int | None
) -> None:
    csl = fields(f"J. Doe and R. Roe. A study of quiet ponds in winter. {place}")
    assert csl.get("volume") == volume and "page" not in csl
    assert (csl["issued"]["date-parts"][0][0] if "issued" in csl else None) == year


def test_a_known_series_or_journal_is_no_publisher() -> None:
    csl = fields("J. Snoek, Y. Ponds. Some paper about quiet ponds in winter. In Proceedings of the 13th International Conference on Artificial Intelligence and Statistics, JMLR W&CP 9, 2010.")  # fmt: skip
    assert (csl["collection-title"], csl["volume"], csl.get("publisher")) == ("JMLR W&CP", "9", None)  # fmt: skip
    csl = fields("N. Reed, G. Weir. Dropout: a simple way to keep ponds from overflowing. JMLR, 15:1929-1958, 2014.")  # fmt: skip
    assert (csl["container-title"], csl["type"], csl.get("publisher")) == ("JMLR", "article-journal", None)  # fmt: skip
    csl = fields("N. Reed and G. Weir. Ponds: a method for slow overflowing. JMLR. 2015.")
    assert (csl["container-title"], csl["type"], csl.get("publisher")) == ("JMLR", "article-journal", None)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "people", "title"),
    [
        ("Jane P. Weir, Max Reed: Auto-Filling Ponds. ICLR 2014", ["Weir", "Reed"], "Auto-Filling Ponds"),
        ("Ann B. Doe, Carl D. van Roe: Ponds: A Study. Mach. Learn. 50(8): 91-424 (2014)", ["Doe", "Roe"], "Ponds: A Study"),
        ("Joan P. Hill: Who Decides What a Pond Is? STOC 2014: 360-444", ["Hill"], "Who Decides What a Pond Is"),
        ("Taylor P. The Pond Revolution: Transforming Water. Weirham: Pond Press; 2010.", ["Taylor"], "The Pond Revolution: Transforming Water"),
    ],
)  # fmt: skip
def test_people_in_front_of_the_colon_of_an_index(text: str, people: list[str], title: str) -> None:
    csl = fields(text)
    assert [n["family"] for n in csl["author"]] == people
    assert csl["title"].rstrip("?") == title


def test_the_number_of_a_chapter_is_no_page() -> None:
    csl = fields('Smith, J. "The winter of ponds," ch. 5 in Waters of the North, 3rd ed., vol. 2, A. Brook, Ed. New York: Pond Press, 1999, pp. 101-120.')  # fmt: skip
    assert (csl["chapter-number"], csl["page"]) == ("5", "101-120")


def test_the_bracket_that_closes_a_kind_of_thesis_ends_the_school() -> None:
    csl = fields("Weir, M. (2015). Learning in still water (Publication No. 1234567) [Doctoral dissertation, University of the Coast]. ProQuest Dissertations and Theses Global.")  # fmt: skip
    assert (csl["publisher"], csl["number"]) == ("University of the Coast", "1234567")
    assert csl["note"] == "ProQuest Dissertations and Theses Global"
