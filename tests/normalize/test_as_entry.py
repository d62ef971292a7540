"""What is printed of a reference that no source knows: an entry that can be used as it is."""

from __future__ import annotations

import pytest

from citenorm.emit import to_bibtex
from citenorm.emit.keys import base_key
from citenorm.model import Claim
from citenorm.normalize import normalize
from citenorm.normalize.as_entry import as_entry
from citenorm.parse import parse


def entry(text: str, dialect: str = "bibtex") -> dict[str, str]:
    """Type, key and fields of what is printed."""
    printed = to_bibtex([as_entry(normalize(parse(text)))], dialect=dialect, latex=False)  # type: ignore[arg-type]
    head, *lines = printed.splitlines()
    kind, _, key = head[1:].rstrip(",").partition("{")
    pairs = (line.strip().rstrip(",").split(" = ", 1) for line in lines if " = " in line)
    return {"TYPE": kind, "KEY": key, **{name: value.strip("{}") for name, value in pairs}}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ponder, R., and Weir, J. Pond Transfer Semantics. RFC 4711, June 2012.",
         {"TYPE": "misc", "KEY": "ponder2012rfc4711", "howpublished": "RFC 4711", "title": "Pond Transfer Semantics"}),
        ("R. Ponder et al. Pond Transfer -- PTP/1.1. RFC 2611, IETF, June 1999.",
         {"TYPE": "techreport", "KEY": "ponder1999rfc2611", "type": "RFC", "number": "2611", "institution": "IETF"}),
        ("ISO 1241-11:2018, Ergonomics of ponds — Part 11: Definitions, ISO, Geneva, 2018.",
         {"TYPE": "techreport", "KEY": "iso1241112018", "type": "Standard", "number": "ISO 1241-11:2018", "title": "Ergonomics of ponds — Part 11: Definitions"}),
        ("Directive (EU) 2011/790 of the European Parliament and of the Council of 17 April 2011 on ponds, OJ L 130, 17.5.2011, p. 92–125.",
         {"TYPE": "misc", "KEY": "directive2011790", "howpublished": "OJ L 130, pp. 92–125"}),
        ("Pond v. Board of Rivers, 347 U.S. 483 (1954).", {"TYPE": "misc", "KEY": "pond1954board", "howpublished": "347 U.S. 483"}),
        ("Brook, R. Pond Image Models. GitHub repository, 2019. https://github.com/brook/pond-image-models",
         {"TYPE": "misc", "KEY": "brook2019pond", "title": "Pond Image Models", "url": "https://github.com/brook/pond-image-models"}),
        ("Brook H, Weir R (2023). weirs: A Grammar of Ponds. R package version 1.1.4, https://CRAN.R-project.org/package=weirs.",
         {"TYPE": "misc", "version": "1.1.4", "title": "weirs: A Grammar of Ponds"}),
        ("Brook, J. (2020). Ponds of the north [Online]. Available: https://example.org/ponds", {"title": "Ponds of the north", "url": "https://example.org/ponds"}),
        ("L. K. Brook, in Proceedings of the 28th Annual ACM Symposium on the Theory of Computing (ACM, New York, 1996), p. 212.",
         {"TYPE": "inproceedings", "booktitle": "Proceedings of the 28th Annual ACM Symposium on the Theory of Computing"}),
        ("G. Brook, Endliche Teiche über Zahlkörpern, Invent. Math. 73 (1983), no. 3, 349–366.", {"journal": "Invent. Math."}),
        ("BROOK Michel, Surveiller l'étang. Naissance du canal, Paris, Gallimard, 1975.", {"author": "Brook, Michel"}),
        ("Brook A, Weir B. Pond mice lacking water. Proc Natl Acad Sci U S A. 2000;97:4239-4244.", {"TYPE": "article"}),
        ("AT&T. Technical background on a network slowdown. Risks Digest, 9(63), January 29, 1990.", {"author": r"AT\&T"}),
        ("DigiPond. (2025). SP2000-0.015-AC-1212. Retrieved March 16, 2024, from https://www.example.org/en/products", {"author": "DigiPond"}),
        ("National Aeronautics and Pond Administration. (2020). Pond Data View. Retrieved March 6, 2025, from https://example.org",
         {"author": "National Aeronautics and Pond Administration"}),
        ("Bu, Y. P., and Coauthors, 2014: Influence of forcing on ponds. J. Atmos. Sci., 71, 1622–1644.", {"author": "Bu, Y. P. and others", "journal": "J. Atmos. Sci."}),
        ("1706.04599", {"TYPE": "misc", "KEY": "arxiv170604599", "eprint": "1706.04599"}),
        ("周志华. 机器学习[M]. 北京: 清华大学出版社, 2016.", {"TYPE": "book", "KEY": "book2016"}),
        ("Маркс К. О понятии пруда // Учёные записки. — 1981. — Вып. 515. — С. 3–7.", {"KEY": "marks1981ponyatii"}),
    ],
)  # fmt: skip
def test_what_is_printed(text: str, expected: dict[str, str]) -> None:
    made = entry(text)
    assert {name: made.get(name) for name in expected} == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ISO 1241-11:2018, Ergonomics of ponds — Part 11: Definitions, ISO, Geneva, 2018.", "standard"),
        ("Pond v. Board of Rivers, 347 U.S. 483 (1954).", "jurisdiction"),
        ("Directive (EU) 2011/790 of the European Parliament and of the Council of 17 April 2011 on ponds, OJ L 130, 17.5.2011, p. 92–125.", "legislation"),
        ("Brook, R. Pond Image Models. GitHub repository, 2019. https://github.com/brook/pond-image-models", "software"),
        ("Brook, J. (2020). Ponds of the north. Retrieved May 3, 2021, from https://example.org/ponds", "online"),
    ],
)  # fmt: skip
def test_biblatex_has_types_of_its_own(text: str, kind: str) -> None:
    assert entry(text, "biblatex")["TYPE"] == kind


def test_a_claim_that_was_not_parsed_stays_as_it_is() -> None:
    csl = {
        "type": "book",
        "title": "Ponds [Online]",
        "author": [{"family": "BROOK", "given": "Ann"}],
    }
    assert as_entry(Claim(csl)) == csl


@pytest.mark.parametrize(
    ("csl", "key"),
    [
        ({"DOI": "10.1038/ponds14539"}, "ponds14539"),
        ({"DOI": "10.5555/3157096.3157382"}, "doi31570963157382"),
        ({"URL": "https://www.example.org/a/ponds.html?x=1"}, "exampleponds"),
        ({"custom": {"pmid": "30638909"}}, "pmid30638909"),
        ({"ISBN": "0-13-110362-8"}, "isbn0131103628"),
        ({"title": "연못의 연구", "issued": {"date-parts": [[2001]]}}, "yeonmosyi2001yeongu"),
        ({"author": [{"literal": "R Core Team"}], "title": "R", "issued": {"date-parts": [[2023]]}}, "rcore2023r"),
        ({}, "ref"),
    ],
)  # fmt: skip
def test_keys_mean_something(csl: dict[str, object], key: str) -> None:
    assert base_key(csl) == key


def test_what_a_title_swallowed_comes_out_again() -> None:
    csl = as_entry(Claim({"title": "G Brook (2005). Non-parametric estimation of ponds"}, raw="…"))
    assert csl["author"] == [{"family": "Brook", "given": "G."}] and csl["issued"] == {
        "date-parts": [[2005]]
    }
    csl = as_entry(Claim({"title": "Ponds in many dimensions, ICML", "type": "document"}, raw="…"))
    assert (csl["title"], csl["container-title"], csl["type"]) == (
        "Ponds in many dimensions",
        "ICML",
        "paper-conference",
    )
    assert as_entry(Claim({"title": "Ponds in many dimensions, XYZZY"}, raw="…"))["title"].endswith(
        "XYZZY"
    )
