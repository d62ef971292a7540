"""Claims with clean values: what hides in the wrong field moves, nothing is made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citenorm.model import Claim
from citenorm.normalize import is_arxiv, normalize, normalize_csl

PREPRINT = {"type": "article", "title": "A title", "custom": {"arxiv": "1811.03600"}}


@pytest.mark.parametrize(
    "csl",
    [
        {
            "container-title": "CoRR",
            "volume": "abs/1811.03600",
            "page": "arXiv--1811",
            "type": "article-journal",
        },
        {"container-title": "arXiv preprint arXiv:1811.03600", "type": "article-journal"},
        {"container-title": "ArXiv e-prints", "number": "1811.03600"},
        {"container-title": "ArXiv", "volume": "1811.03600", "type": "article-journal"},
        {
            "DOI": "https://doi.org/10.48550/arXiv.1811.03600",
            "publisher": "arXiv",
            "type": "article-journal",
        },
        {"container-title": "CoRR abs/1811.03600", "type": "article-journal"},
        {"container-title": "arXiv", "custom": {"arxiv": "https://arxiv.org/abs/1811.03600"}},
    ],
)
def test_an_arxiv_number_is_found_wherever_it_hides(csl):
    assert normalize_csl({"title": "A title.", **csl}) == PREPRINT


def test_a_version_is_kept_but_for_that_of_an_address():
    stated = {"title": "T", "container-title": "Journal of X", "type": "article-journal"}
    item = normalize_csl({**stated, "URL": "https://arxiv.org/abs/1811.03600v2"})
    assert item["container-title"] == "Journal of X"
    assert item["type"] == "article-journal"
    assert item["custom"] == {"arxiv": "1811.03600"}
    item = normalize_csl({**stated, "custom": {"arxiv": "1811.03600v2"}})
    assert item["custom"] == {"arxiv": "1811.03600", "arxiv-version": "v2"}


@pytest.mark.parametrize(
    "server", ["bioRxiv", "medRxiv preprint", "SSRN Electronic Journal", "PsyArXiv"]
)
def test_other_preprint_servers_keep_their_name(server):
    assert normalize_csl({"type": "article-journal", "container-title": server}) == {
        "type": "article",
        "container-title": server,
    }


def test_values():
    item = normalize_csl(
        {
            "title": "“Quoted <i>title</i>.”",
            "container-title": "Nature,",
            "page": "pp. 436–44",
            "volume": "Vol. 521",
            "issue": "No. 7553",
            "issued": {"date-parts": [["2015", "5"]]},
            "DOI": "https://doi.org/10.1038/NATURE14539",
            "ISBN": "0-262-03561-8",
            "publisher": r"Springer {\&} Sons",
            "note": "",
            "custom": {},
        }
    )
    assert item == {
        "title": "Quoted title",
        "container-title": "Nature",
        "page": "436-444",
        "volume": "521",
        "issue": "7553",
        "issued": {"date-parts": [[2015, 5]]},
        "DOI": "10.1038/nature14539",
        "ISBN": "9780262035613",
        "publisher": "Springer & Sons",
    }


def test_claim_keeps_what_stands_beside_its_fields():
    claim = Claim({"title": "T.", "page": "1--2"}, raw="raw", confidence=0.5, id="x")
    clean = normalize(claim)
    assert (clean.raw, clean.confidence, clean.id) == ("raw", 0.5, "x")
    assert clean.csl == {"title": "T", "page": "1-2"}
    assert normalize(clean) is clean


@pytest.mark.parametrize(
    "text",
    [
        "arXiv",
        "arXiv.org",
        "CoRR",
        "arXiv preprint",
        "arXiv:1811.03600 [cs, stat]",
        "arXiv e-prints, 2018",
        "arXiv: Learning",
    ],
)
def test_nothing_but_arxiv(text):
    assert is_arxiv(text)


@pytest.mark.parametrize(
    "text", ["Nature", "ICML (arXiv:1811.03600)", "Correlations", "Journal of arXiv Studies", ""]
)
def test_other_containers_are_not_arxiv(text):
    assert not is_arxiv(text)


_VALUE = st.one_of(
    st.text(st.characters(exclude_characters="\\", exclude_categories=["Cs"]), max_size=30),
    st.integers(),
    st.none(),
)
_FIELD = st.sampled_from(
    [
        "title",
        "container-title",
        "page",
        "volume",
        "issue",
        "number",
        "DOI",
        "URL",
        "ISBN",
        "ISSN",
        "note",
        "publisher",
        "issued",
        "type",
    ]
)


@given(st.dictionaries(_FIELD, _VALUE))
def test_any_item_is_read_and_stays_clean(csl):
    once = normalize_csl(csl)
    assert all(value not in (None, "") for value in once.values())
    assert normalize_csl(once) == once
