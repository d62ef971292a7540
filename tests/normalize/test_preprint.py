"""What is a preprint, by its kind, its server, its series or its DOI."""

from __future__ import annotations

import pytest

from citenorm.normalize.preprint import claims_preprint, is_preprint, names_server, of_server


@pytest.mark.parametrize(
    ("csl", "preprint", "claimed"),
    [
        ({"type": "article"}, True, True),
        ({"type": "article", "container-title": "Pond Letters"}, True, True),
        ({"type": "document"}, False, False),
        ({"type": "document", "custom": {"arxiv": "1901.00001"}}, False, True),
        ({"type": "article-journal", "custom": {"arxiv": "1901.00001"}}, False, True),
        ({"type": "article-journal", "container-title": "Pond Letters", "custom": {"arxiv": "1901.00001"}}, False, False),
        # the server, as venue or publisher
        ({"type": "article-journal", "container-title": "arXiv preprint arXiv:1901.00001"}, True, True),
        ({"type": "article-journal", "container-title": ["bioRxiv"]}, True, True),
        ({"type": "document", "publisher": "arXiv"}, True, True),
        ({"type": "document", "publisher": "ARXIV"}, True, True),
        ({"type": "document", "publisher": "arXiv.org e-Print archive"}, False, False),
        # kinds of which no server makes a preprint
        ({"type": "book", "publisher": "arXiv"}, False, False),
        ({"type": "thesis", "container-title": "arXiv"}, False, False),
        ({"type": "chapter", "container-title": "Working Papers on Ponds"}, False, False),
        ({"type": "dataset", "container-title": "arXiv"}, False, False),
        ({"type": "software", "publisher": "arXiv"}, False, False),
        # series of working papers
        ({"type": "report", "genre": "Working Paper"}, True, True),
        ({"type": "report", "collection-title": "Pond Institute Discussion Papers"}, True, True),
        ({"type": "manuscript", "genre": "Preprint"}, True, True),
        ({"type": "report", "genre": "Technical report"}, False, False),
        ({"type": "report"}, False, False),
        ({"type": "webpage", "genre": "Working Paper"}, False, False),
        ({"type": "report", "genre": "Working Paper", "container-title": "Pond Letters"}, False, False),
        # an arXiv number without a venue is the upload's, but beside the pages of a paper
        ({"type": "article-journal", "custom": {"arxiv": "1901.00001"}}, False, True),
        ({"type": "paper-conference", "custom": {"arxiv": "1901.00001"}}, False, True),
        ({"type": "paper-conference", "page": "1-9", "custom": {"arxiv": "1901.00001"}}, False, False),
        ({"type": "article-journal", "custom": {"arxiv": "1901.00001", "unreadable-container-title": "jpond"}}, False, False),
        ({}, False, False),
        ({"type": "article-journal", "container-title": 7}, False, False),
    ],
)  # fmt: skip
def test_preprints(csl, preprint, claimed):
    assert (is_preprint(csl), claims_preprint(csl)) == (preprint, claimed)


@pytest.mark.parametrize(
    ("container", "server"),
    [
        ("", False),
        ("CoRR", True),
        ("medRxiv", True),
        ("PondRxiv", True),
        ("SSRN Electronic Journal", True),
        ("NBER Working Paper Series", True),
        ("Pond Institute Working Paper", True),
        ("Pond Institute discussion-papers", True),
        ("ePrint of ponds", True),
        ("Journal of Correlated Ponds", False),
        ("Nature", False),
        ("Prints of Ponds", False),
    ],
)
def test_servers_and_series(container, server):
    assert names_server(container) is server


@pytest.mark.parametrize(
    ("doi", "upload"),
    [
        ("10.48550/arXiv.1901.00001", True),
        ("10.1101/2021.01.01.425001", True),
        ("10.2139/ssrn.123", True),
        ("10.2139/other.123", False),
        ("10.20944/preprints202001.0001.v1", True),
        ("10.5555/10.48550/1", False),
        ("", False),
    ],
)
def test_the_doi_of_an_upload(doi, upload):
    assert of_server(doi) is upload
