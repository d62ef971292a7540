"""Identifiers: found in real strings, in one form, and not found where there is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citenorm.normalize.identified import identified
from citenorm.normalize.identifiers import (
    clean_arxiv,
    clean_doi,
    find_acl,
    find_arxiv,
    find_dblp,
    find_doi,
    find_isbn,
    find_issn,
    find_openreview,
    find_pmid,
    find_primary_class,
    linked_doi,
    of_article,
)


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("https://doi.org/10.1038/NATURE14539.", "10.1038/nature14539"),
        ("doi:10.1109/TITS. 2021.3133268.", "10.1109/tits.2021.3133268"),
        ("10.1145/3292500.3330701. 2019.", "10.1145/3292500.3330701"),
        ("10.1145/\n3292500", "10.1145/3292500"),
        ("10.1016/j.\nneunet.2014.09.003", "10.1016/j.neunet.2014.09.003"),
        ("10.1016/j.neunet.2014. 09.003", "10.1016/j.neunet.2014.09.003"),
        ("10.1007/s10994-013- 5335-x", "10.1007/s10994-013-5335-x"),
        ("10.1145/12345.6789. In Proceedings of X", "10.1145/12345.6789"),
        (
            "(doi: 10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2)",
            "10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::aid-sim968>3.0.co;2-2",
        ),
        ("http://dx.doi.org/10.1000%2Fxyz123", "10.1000/xyz123"),
        ("http://dx.doi.org/10.1000\\%2Fxyz123", "10.1000/xyz123"),
        ("https://dl.acm.org/doi/pdf/10.1145/3292500?download=true", "10.1145/3292500"),
        (
            "https://onlinelibrary.wiley.com/doi/10.1111/j.1467-9868.2005.00532.x/abstract",
            "10.1111/j.1467-9868.2005.00532.x",
        ),
        ("(10.1000/a(b)c)", "10.1000/a(b)c"),
        ("10.48550/arXiv.1811.03600", "10.48550/arxiv.1811.03600"),
        ("version 10.4 of the text", ""),
        ("10.1234/", ""),
        ("", ""),
    ],
)
def test_doi(text, doi):
    assert find_doi(text) == doi
    assert clean_doi(text) == doi
    assert clean_doi(doi) == doi


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("arXiv:1811.03600v2 [cs.LG]", ("1811.03600", "v2")),
        ("https://arxiv.org/pdf/1811.03600v1.pdf", ("1811.03600", "")),
        ("CoRR abs/1811.03600", ("1811.03600", "")),
        ("arXiv preprint arXiv:1811.03600 (2018)", ("1811.03600", "")),
        ("arXiv (1811.03600)", ("1811.03600", "")),
        ("arXiv:1811. 03600", ("1811.03600", "")),
        ("https://doi.org/10.48550/arXiv.1811.03600", ("1811.03600", "")),
        ("arXiv: cs/0112017", ("cs/0112017", "")),
        ("math.GT/0309136v3", ("math/0309136", "v3")),
        ("hep-th/9901001", ("hep-th/9901001", "")),
        ("pages 1811.03600", None),
        ("arXiv:1501.0001", None),
        ("arXiv:1913.00001", None),
        ("arXiv, 2020", None),
        ("https://example.org/cs/1234567/x", None),
    ],
)
def test_arxiv(text, found):
    assert find_arxiv(text) == found


def test_arxiv_fields():
    assert clean_arxiv("1811.03600") == ("1811.03600", "")
    assert clean_arxiv("cs.LG/0112017v2") == ("cs/0112017", "v2")
    assert clean_arxiv("1910.026") == ("1910.02600", "")
    assert clean_arxiv("905.3428") == ("0905.3428", "")
    assert clean_arxiv("1710.0227100000002") == ("1710.02271", "")
    assert clean_arxiv("1805.0623899999998") == ("1805.06239", "")
    assert clean_arxiv("1399.0623899999998") is None
    assert clean_arxiv("none") is None
    assert find_primary_class("arXiv:1811.03600 [stat.ML]") == "stat.ML"
    assert find_primary_class("[12]") == ""


@given(
    st.integers(0, 99),
    st.integers(1, 12),
    st.integers(0, 99999),
    st.sampled_from(["", "v1", "v12"]),
)
def test_every_new_identifier_is_read_in_every_form(year, month, number, version):
    stamp = f"{year:02}{month:02}"
    if stamp < "0704":
        return
    ident = f"{stamp}.{number:05}" if stamp >= "1501" else f"{stamp}.{number % 10000:04}"
    assert find_arxiv(f"https://arxiv.org/abs/{ident}{version}") == (ident, "")
    for form in (
        "arXiv:{}",
        "CoRR, abs/{}",
        "arXiv preprint arXiv:{}, 2018",
    ):
        assert find_arxiv(form.format(ident + version)) == (ident, version)
    assert clean_arxiv(ident + version) == (ident, version)


def test_books_and_journals():
    assert find_isbn("ISBN 0-262-03561-8") == find_isbn("978-0-262-03561-3") == "9780262035613"
    assert find_isbn("0-262-03561-9") == find_isbn("9780262035614") == ""
    assert find_isbn("ISBN-10: 080442957X") == "9780804429573"
    assert find_issn("ISSN 1533-7928") == "1533-7928"
    assert find_issn("1533-7929") == ""


@pytest.mark.parametrize(
    ("address", "doi"),
    [
        ("https://doi.org/10.1000/A", "10.1000/a"),
        ("https://doi-org.proxy.example.edu/10.1000/A", "10.1000/a"),
        ("http://dx.doi.org.proxy.example.edu/10.1000/a", "10.1000/a"),
        ("https://proxy.example.edu/login?url=https://doi.org/10.1000/a", "10.1000/a"),
        ("https://notdoi.org/10.1000/a", ""),
        ("https://example.org/10.1000/a", ""),
    ],
)
def test_the_resolver_of_dois_and_a_proxy_in_front_of_it(address, doi):
    assert linked_doi(address) == doi
    bare = doi and "login" not in address
    assert identified(address) == ({"DOI": doi} if bare else None)


@pytest.mark.parametrize(
    "address",
    [
        "http://aclanthology.info/papers/P04-3031/p04-3031",
        "http://www.aclweb.org/anthology/P04-3031",
        "http://aclweb.org/anthology-new/P/P04/P04-3031.pdf",
        "http://anthology.aclweb.org/P/P04/P04-3031",
        "http://acl.ldc.upenn.edu/P/P04/P04-3031.pdf",
        "https://www.aclweb.org/anthology/papers/P/P04/P04-3031/",
        "https://www.aclweb.org/anthology/p04-3031",
    ],
)
def test_addresses_that_the_anthology_has_had(address):
    assert find_acl(address) == "P04-3031"
    assert identified(address) == {"custom": {"acl": "P04-3031"}}


def test_an_old_identifier_in_small_letters_is_one_in_an_address_alone():
    assert find_acl("p04-3031") == find_acl("https://example.org/p04-3031") == ""
    assert identified("https://www.aclweb.org/anthology/P04-3031/p04-3032") is None


def test_other_identifiers():
    assert find_pmid("PMID: 26017442.") == "26017442"
    assert find_pmid("PMC4321") == ""
    assert find_acl("https://aclanthology.org/P18-1001.pdf") == "P18-1001"
    assert find_acl("10.18653/v1/2020.acl-main.1") == "2020.acl-main.1"
    assert find_acl("see section D07-1234 of the standard") == ""
    assert find_openreview("https://openreview.net/pdf?id=Hkc-TeZ0W") == "Hkc-TeZ0W"
    assert (
        find_dblp("DBLP:conf/icml/GaoCL18")
        == find_dblp("https://dblp.org/rec/conf/icml/GaoCL18.html")
        == "conf/icml/GaoCL18"
    )
    assert find_dblp("a/b/c") == ""


@given(st.text(max_size=80))
def test_any_text_gives_an_answer(text):
    for find in (
        find_doi,
        find_isbn,
        find_issn,
        find_pmid,
        find_acl,
        find_openreview,
        find_dblp,
        find_primary_class,
    ):
        assert isinstance(find(text), str)
    assert find_arxiv(text) is None or len(find_arxiv(text)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "10.1/" + ")" * 50_000,
        "10.1000/" + "a" * 50_000,
        "1-" * 30_000,
        "arxiv " * 20_000,
        "[(" * 20_000,
    ],
)
def test_long_lines_take_no_time(text):
    from time import process_time

    start = process_time()
    for find in (
        find_doi,
        find_arxiv,
        find_isbn,
        find_issn,
        find_pmid,
        find_acl,
        find_openreview,
        find_dblp,
        find_primary_class,
    ):
        find(text)
    assert process_time() - start < 2


@pytest.mark.parametrize(
    ("doi", "article"),
    [
        ("10.1007/s11219-010-9116-5", True),
        ("10.1016/j.tcs.2012.01.001", True),
        ("10.2168/lmcs-8(3:3)2012", True),
        ("10.1137/080739379", True),
        ("10.1137/s0097539701398375", True),
        ("10.1137/1.9781611974782.4", False),  # proceedings
        ("10.1016/j.proeng.2012.01.001", False),
        ("10.1109/tse.2003.1183929", False),  # IEEE's meetings have such forms too
        ("10.1007/978-3-642-19835-9_13", False),
        ("10.1016/j.procs.2012.01.001", False),
        ("10.1109/icse.2015.90", False),
        ("10.1145/2635868.2635906", False),
        ("", False),
    ],
)
def test_dois_of_articles(doi, article):
    assert of_article(doi) is article
