"""A .bib file through CSL-JSON and back: keys, types, people, dates and every field that CSL has a place for."""

from __future__ import annotations

import json
from typing import Any

import pytest

from citenorm import bib
from citenorm.cli import main
from citenorm.emit import to_bibtex, to_csl_json, to_ris
from citenorm.listed import read_list

CLASSIC = r"""
@article{brook2001, author = {Brook, Ada and van der Weir, Dan and {The Pond Group} and others}, title = {A study of {PONDS}}, journal = {Journal of Ponds},
  volume = {12}, number = {3}, pages = {7--19}, year = {2001}, month = may, doi = {10.5555/ponds.12}, issn = {1234-5679}, keywords = {ponds, weirs},
  abstract = {We study ponds.}, note = {Seen in Pondham}, annote = {Read again}, url = {https://example.org/ponds}, urldate = {2020-03-04}}
@inbook{weir1999, author = {Weir, Dan}, title = {Weirs}, chapter = {4}, pages = {11--20}, publisher = {Pond Press}, address = {Pondham}, edition = {2}, year = {1999}}
@techreport{loom2002, author = {Loom, Karl}, title = {Looms}, institution = {Pond Institute}, number = {17}, type = {Working Paper}, year = {2002}}
@manual{kiln2003, title = {The kiln}, organization = {Kiln Works}, year = {2003}}
@proceedings{ponds2004, title = {Proceedings of the Pond Meeting}, editor = {Brook, Ada}, year = {2004}, series = {Lecture Notes in Ponds}, volume = {7}}
@mastersthesis{reed2005, author = {Reed, Tom}, title = {Reeds}, school = {Pond University}, year = {2005}}
@misc{moss2006, author = {Moss, Jan}, title = {Moss}, eprint = {0601.12345}, archiveprefix = {arXiv}, year = {1936--1937}}
"""
MODERN = r"""
@article{brook2018, author = {Brook, Ada}, title = {Ponds}, journaltitle = {Journal of Ponds}, date = {2018-05/2018-07}}
@online{weir2021, author = {Weir, Dan}, title = {Weirs}, url = {https://example.org/weirs}, urldate = {2021-02-03}, date = {2021-22}}
@book{plato, author = {Plato}, title = {Ponds}, publisher = {Pond Press}, date = {-0379}}
@book{circa, author = {Reed, Tom}, title = {Reeds}, publisher = {Pond Press}, date = {1850~}}
@book{between, author = {Reed, Tom}, title = {Old reeds}, publisher = {Pond Press}, date = {1467~/1488~}}
@book{decade, author = {Moss, Jan}, title = {Moss}, publisher = {Pond Press}, date = {199X}, pagetotal = {312}, shorttitle = {M}}
@patent{kiln, author = {Kiln, Eva}, title = {A kiln}, number = {US 77}, date = {2003}}
@dataset{data, author = {Loom, Karl}, title = {Loom data}, publisher = {Zenodo}, date = {2020}, version = {1.2}}
"""


def claims(text: str) -> list[tuple[str | None, dict[str, Any]]]:
    return [(c.id, dict(c.csl)) for c in bib.claims(bib.read(text.encode(), "a.bib"), whole=True)]


@pytest.mark.parametrize(("text", "dialect"), [(CLASSIC, "bibtex"), (MODERN, "biblatex")])
def test_there_and_back_nothing_is_lost(text: str, dialect: Any) -> None:
    stated = claims(text)
    items = to_csl_json([csl for _, csl in stated], keys=[key or "" for key, _ in stated])
    back = read_list(items.encode(), "there.json").claims
    printed = to_bibtex([c.csl for c in back], keys=[c.id or "" for c in back], dialect=dialect)
    assert claims(printed) == stated
    types = [line.split("{")[0] for line in printed.splitlines() if line.startswith("@")]
    assert types == [line.split("{")[0] for line in text.splitlines() if line.startswith("@")]


def test_dates_of_every_kind_survive() -> None:
    issued = {key: csl["issued"] for key, csl in claims(MODERN)}
    assert issued["brook2018"] == {"date-parts": [[2018, 5], [2018, 7]]}
    assert issued["weir2021"] == {"date-parts": [[2021]], "season": "2"}
    assert (issued["plato"], issued["decade"]) == ({"literal": "-0379"}, {"literal": "199X"})
    assert issued["circa"] == {"date-parts": [[1850]], "circa": "true"}
    assert issued["between"] == {"date-parts": [[1467], [1488]], "circa": "true"}
    ris = to_ris([csl for _, csl in claims(MODERN)], keys=[key or "" for key, _ in claims(MODERN)])
    assert "PY  - -0379" in ris and "PY  - 199X" in ris


def test_the_command_keeps_what_names_no_work(
    tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "refs.bib").write_text(CLASSIC, encoding="utf-8")
    assert main(["fix", str(tmp_path / "refs.bib"), "--offline", "-q", "--format", "csl-json"]) == 0
    items = {item["id"]: item for item in json.loads(capsys.readouterr().out)}
    assert list(items) == [key for key, _ in claims(CLASSIC)]
    one = items["brook2001"]
    assert (one["keyword"], one["abstract"], one["annote"], one["note"]) == ("ponds, weirs", "We study ponds.", "Read again", "Seen in Pondham")  # fmt: skip


WITHOUT_NUMBER = r"""
@article{moss1, author = {Moss, Jan}, title = {Moss}, journal = {arXiv}, year = {2021}}
@inproceedings{moss2, author = {Moss, Jan and others,}, title = {Moss}, booktitle = {arXiv:2101.01234}, year = {2021}}
@article{moss3, author = {Moss, Jan and &Reed, Tom}, title = {Moss}, journal = {arXiv}, pages = {2101.01235}, year = {2021}}
@article{moss4, author = {Moss, Jan}, title = {RL{\$}{\^{}}2{\$} of moss}, journal = {arXiv}, number = {2101.01236}, primaryclass = {cs, math}, year = {2021}}
@misc{moss5, author = {Moss, Jan}, title = {Moss}, url = {ponds.example.org/69209.html}}
@misc{moss6, author = {Moss, Jan}, title = {Moss}, doi = {10.5281/zenodo.7}, url = {https://doi.org/10.5281/zenodo.7}}
@phdthesis{moss7, author = {Moss, Jan}, title = {Moss}, school = {Pond University}, type = {Master thesis}, year = {2020}}
"""


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
def test_preprints_and_addresses_written_loosely_keep_what_they_are(dialect: Any) -> None:
    stated = claims(WITHOUT_NUMBER)
    said = dict(stated)
    assert [said[f"moss{n}"].get("type") for n in range(1, 8)] == ["article"] * 4 + ["webpage", None, "thesis"]  # fmt: skip
    numbers = [said[f"moss{n}"].get("custom", {}).get("arxiv") for n in range(1, 5)]
    assert numbers == [None, "2101.01234", "2101.01235", "2101.01236"]
    assert "page" not in said["moss3"] and "issue" not in said["moss4"]
    assert said["moss5"]["URL"] == "ponds.example.org/69209.html"
    assert said["moss2"]["custom"]["others"] and len(said["moss2"]["author"]) == 1
    assert said["moss3"]["author"][1] == {"family": "Reed", "given": "Tom"}
    assert said["moss4"]["title"] == "RL^2 of moss"
    printed = to_bibtex([csl for _, csl in stated], keys=[key or "" for key, _ in stated], dialect=dialect)  # fmt: skip
    back = claims(printed)
    for _, csl in back if dialect == "biblatex" else ():  # there a web page has a type of its own
        if csl.get("custom", {}).pop("entry-type", "") and not csl["custom"]:
            del csl["custom"]
    assert back == stated


def test_a_date_before_christ_with_its_month_stays_a_date() -> None:
    stated = claims("@book{old, title = {Ponds}, publisher = {Pond Press}, date = {-2010-01~}}")
    printed = to_bibtex([stated[0][1]], keys=["old"], dialect="biblatex")
    assert "date = {-2010-01~}" in printed and claims(printed) == stated
