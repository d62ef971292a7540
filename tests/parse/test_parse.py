"""Whole references: the founding kinds, odd input, streams, and the promise that no text is lost."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from citenorm.parse import network as network_module
from citenorm.parse import parse, parse_iter, parse_many
from citenorm.parse.tokens import tokenize
from citenorm.shapes import is_sound

REFERENCES: list[tuple[str, dict[str, Any]]] = [
    (
        'Marrow, Peter, Anna Lindt, and Quoc V. Tran. "A layered model for storage placement." In International Conference on Learning Representations. 2018.',
        {
            "title": "A layered model for storage placement",
            "container-title": "International Conference on Learning Representations",
            "year": 2018,
            "families": ["Marrow", "Lindt", "Tran"],
        },
    ),
    (
        "Hong Gaoming, Li Shen: Lantern: Optimizing Cache Placement for Training Deep Networks. ICML 2018: 1662-1670",
        {
            "title": "Lantern: Optimizing Cache Placement for Training Deep Networks",
            "page": "1662-1670",
            "year": 2018,
            "families": ["Gaoming", "Shen"],
        },
    ),
    (
        'Weber, Ruth, et al. "On the calibration of weather models." arXiv preprint arXiv:1905.12737 (2019).',
        {
            "title": "On the calibration of weather models",
            "year": 2019,
            "arxiv": "1905.12737",
            "families": ["Weber"],
            "others": True,
        },
    ),
    (
        "Kriventseva EV, Tegenfeldt F, Petty TJ. Orthologs across fungal genomes. Nucleic Acids Res. 2015;43(1):D250–D256. doi:10.1093/nar/gku1220",
        {
            "title": "Orthologs across fungal genomes",
            "container-title": "Nucleic Acids Res",
            "volume": "43",
            "issue": "1",
            "page": "D250-D256",
            "DOI": "10.1093/nar/gku1220",
            "year": 2015,
        },
    ),
    (
        "Weingart, Peter/Kroll, Jürgen (1988): Rasse und Geschichte in Deutschland. Frankfurt am Main: Suhrkamp.",
        {
            "title": "Rasse und Geschichte in Deutschland",
            "publisher": "Suhrkamp",
            "publisher-place": "Frankfurt am Main",
            "year": 1988,
            "families": ["Weingart", "Kroll"],
        },
    ),
]


@pytest.mark.parametrize(("raw", "expected"), REFERENCES)
def test_references(raw: str, expected: dict[str, Any]) -> None:
    claim = parse(raw)
    got = {
        **claim.csl,
        "year": claim.year,
        "families": [n.full_family for n in claim.authors],
        "arxiv": claim.arxiv,
        "others": claim.others,
    }
    assert {key: got.get(key) for key in expected} == expected
    assert 0.0 <= claim.confidence <= 1.0


def test_confidence_and_spans_tell_where_fields_stand() -> None:
    raw, expected = REFERENCES[3]
    claim = parse(raw)
    start, end, _ = next(s for s in claim.spans if s[2] == "title")
    assert raw[start:end] == expected["title"]
    assert set(claim.field_confidence) >= {"author", "title", "container-title", "issued", "volume"}
    assert all(0.0 <= value <= 1.0 for value in claim.field_confidence.values())


def test_noise_is_less_sure_than_a_reference() -> None:
    assert (
        parse("zxq qqv 77 ;; vnb lkj 12 zz qq kk, 9 pp").confidence
        < parse(REFERENCES[3][0]).confidence
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "…",
        "()",
        "\n\t",
        "\u200b",
        "²",
        "½ ¾",
        "\ud800",
        "٣٤",
        "10.",
        "http://",
        "''''",
        "a" * 100,
    ],
)
def test_odd_strings(text: str) -> None:
    claim = parse(text)
    assert claim.raw == text


@settings(max_examples=80, deadline=None)
@given(st.lists(st.text(max_size=120), max_size=4))
@example(["²", "1²3", "\x00", "\u0661\u0662\u0663\u0664"])
def test_never_raises(texts: list[str]) -> None:
    assert [c.raw for c in parse_many(texts)] == texts


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Smith, J. ", "(2010) ", "Spring 2010 ", "The theory of ", "Proc. ICML ", "12(3)", "no. 4 ", ":45–67. ", "In: ", "https://a.org/b ", "et al; POND Study Group. ", "(Hrsg.) ",
             "arXiv:2001.01234v2 ", "BGBl. I S. 12 ", "§ 3 ", "ISO 9001:2015 ", "US 20100087469 A1 ", "retrieved May 5, 2020 ", "PMID: 1234567 ", "RFC 1951 ", "Reed v. Weir, 347 U.S. 483 (1954) "]
        ),
        max_size=12,
    )
)  # fmt: skip
def test_what_it_makes_is_of_csl_s_kinds(parts: list[str]) -> None:
    assert is_sound(parse("".join(parts)).csl)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Smith, J. ",
                "(2010) ",
                "The theory of ",
                "Journal ",
                "12(3)",
                ":45–67. ",
                "In: ",
                "https://a.org/b ",
                "et al. ",
                "„Zur“ ",
                "(Hrsg.) ",
                "10.1000/x ",
            ]
        ),
        max_size=12,
    )
)
def test_no_text_is_lost(parts: list[str]) -> None:
    """Every word stands in a span, in an unparsed stretch, or is one of the words that introduce a field."""
    raw = "".join(parts)
    claim = parse(raw)
    covered = [(a, b) for a, b, _ in claim.spans] + list(claim.unparsed)
    assert covered == [] or max(b for _, b in covered) <= len(raw)
    for word in ("Smith", "theory", "Journal"):
        at = raw.find(word)
        assert at < 0 or any(a <= at < b for a, b in covered)


def test_a_megabyte_on_one_line_is_bounded() -> None:
    begun = time.perf_counter()
    raw = "Smith, J. (2010). " + "word, " * 170_000
    claim = parse(raw)
    assert time.perf_counter() - begun < 5
    assert claim.unparsed[-1][1] >= len(raw) - 2


def test_the_batch_changes_nothing() -> None:
    raws = [raw for raw, _ in REFERENCES]
    together = parse_many(raws * 3)
    assert [c.csl for c in together] == [parse(raw).csl for raw in raws] * 3


def test_a_boundary_that_was_moved_leaves_nothing_unparsed() -> None:
    claim = parse(
        "Kingdon, D. P. and Bo, J. Adam: A method for stochastic optimization. In International Conference on Ponds, 2015."
    )
    assert claim.title == "Adam: A method for stochastic optimization"
    assert [name.given for name in claim.authors] == ["D. P.", "J."] and claim.unparsed == ()


def test_words_forgotten_are_learned_again(monkeypatch: pytest.MonkeyPatch) -> None:
    raws = [raw for raw, _ in REFERENCES]
    before = [c.csl for c in parse_many(raws)]
    monkeypatch.setattr(network_module, "_CACHE", 10)
    for raw, csl in zip(raws, before, strict=True):
        assert parse(raw).csl == csl
    assert len(network_module.network().rows) < 1000


@given(st.text(max_size=200))
def test_words_and_gaps_have_other_names(text: str) -> None:
    parts = tokenize(text).parts
    assert all(word[:1].isalnum() for word in parts[1::2])
    assert not any(gap[:1].isalnum() for gap in parts[0::2])


def test_a_stream_is_read_in_parts() -> None:
    read: list[int] = []

    def lines() -> Any:
        for i in range(5000):
            read.append(i)
            yield REFERENCES[i % len(REFERENCES)][0]

    stream = parse_iter(lines())
    assert next(stream).title
    assert len(read) < 5000
