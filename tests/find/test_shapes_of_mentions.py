"""Works that are only named: in headings, in items, below a conference; and what is structure, prose or a date instead."""

from __future__ import annotations

import pytest

from citenorm.find.lines import Line
from citenorm.find.mentions import (
    _capitalised,
    _introduces,
    _is_structure,
    _sentence,
    _short,
    _Titles,
    mentions,
)


def lines(*texts: str) -> list[Line]:
    """ "# heading" (with its level), "- item", anything else a paragraph; each a block of its own."""
    out, at = [], 0
    for number, text in enumerate(texts):
        kind, level, words = "paragraph", 0, text
        if text.startswith("#"):
            kind, level = "heading", len(text) - len(text.lstrip("#"))
        elif text.lstrip().startswith("- "):
            kind, level = "item", (len(text) - len(text.lstrip())) // 2
        words = text.lstrip("# -")
        start = at + len(text) - len(words)
        out.append(
            Line(
                start,
                at + len(text),
                words,
                kind=kind,
                level=level,
                first=True,
                gap=1,
                block=number,
                width=float(len(words)),
            )
        )
        at += len(text) + 1
    return out


def named(*texts, raws=(), taken=()):
    found = mentions("\n".join(texts), lines(*texts), list(taken), list(raws))
    return [
        (
            u.text,
            u.context.get("container-title", ""),
            (u.context.get("issued") or {}).get("date-parts", [[0]])[0][0],
        )
        for u in found
    ]


def titles(*texts, **more):
    return [text for text, _, _ in named(*texts, **more)]


PONDS, NETS, FROGS = (
    "Sampling Quiet Ponds in Winter",
    "Weaving Strong Nets for Frozen Water",
    "Learning to Count Frogs",
)


@pytest.mark.parametrize(
    ("why", "texts", "found"),
    [
        ("a list of papers", ["The papers that we read:", f"- {PONDS}", f"- {NETS}"], [PONDS, NETS]),
        ("a short announcement", ["Papers of the week", f"- {PONDS}", f"- {NETS}"], [PONDS, NETS]),
        ("no announcement", ["What we did:", f"- {PONDS}", f"- {NETS}"], []),
        ("a long sentence about papers", ["Many papers were written about ponds in the last years and we read nothing of it.", f"- {PONDS}", f"- {NETS}"], []),
        ("sentences in the list", ["The papers that we read:", "- We did not like that the ponds were cold and that nobody would come", f"- {PONDS}"], []),
        ("half of it is structure", ["The papers that we read:", "- Introduction", "- Session 2", f"- {PONDS}"], []),
        ("venues in brackets", ["What we did:", f"- {PONDS} (ICML 2019)", f"- {NETS} (NeurIPS 2018)", f"- {FROGS}"], [f"{PONDS} (ICML 2019)", f"{NETS} (NeurIPS 2018)", FROGS]),
        ("one venue in brackets of many items", ["What we did:", f"- {PONDS} (ICML 2019)", "- ate", "- slept"], [f"{PONDS} (ICML 2019)"]),
        ("a heading with a venue", [f"# {PONDS} (ICML 2019)"], [f"{PONDS} (ICML 2019)"]),
        ("a heading", [f"# {PONDS}"], []),
        ("paper in front", [f"# Paper: {PONDS}"], [PONDS]),
        ("paper in front of structure", ["# Paper: Introduction"], []),
        ("review of", [f"# Review of: {PONDS}"], [PONDS]),
    ],
)  # fmt: skip
def test_mentions(why, texts, found):
    assert titles(*texts) == found, why


def test_headings_below_a_conference():
    assert named("# ICML 2019", f"## {PONDS}", f"## {NETS}") == [
        (PONDS, "ICML", 2019),
        (NETS, "ICML", 2019),
    ]
    assert named("# ICML 2019", f"## {PONDS}") == []
    assert titles("# ICML 2019", "## Session 1", f"### {PONDS}", f"### {NETS}", "## Day 2", f"### {FROGS}") == [PONDS, NETS, FROGS]  # fmt: skip
    assert titles("# ICML 2019", f"## {PONDS}", f"## {NETS}", "# Other", f"## {FROGS}") == [
        PONDS,
        NETS,
    ]
    both = named(
        "# ICML 2019",
        f"## {PONDS}",
        f"## {NETS}",
        "# NeurIPS 2018",
        f"## {FROGS}",
        f"## {NETS} Again",
    )
    assert [venue for _, venue, _ in both] == ["ICML", "ICML", "NeurIPS", "NeurIPS"]
    assert titles("# ICML 2019", "## what we saw", "## and ate") == []


def test_tags_in_front_of_items():
    assert named("Reading", f"- [SOSP'23] {PONDS}", f"- [OSDI 2018] {NETS}") == [(PONDS, "SOSP", 2023), (NETS, "OSDI", 2018)]  # fmt: skip
    assert named("Reading", "- [SOSP'23] and so on, as we said") == []


def test_items_below_a_conference():
    assert named("# ICML 2019", "ICML 2019", f"- {PONDS}", f"- {NETS}") == [
        (PONDS, "ICML", 2019),
        (NETS, "ICML", 2019),
    ]
    assert titles("# ICML 2019", f"- {PONDS}", "- ate and slept") == []


def test_titles_of_references_that_are_repeated():
    raw = f"Brook, A. {PONDS}: A Study. Pond Letters, 2001."
    assert titles(f"# {PONDS}", raws=[raw]) == [PONDS] and titles(f"- {PONDS}", raws=[raw]) == [
        PONDS
    ]
    assert titles(f"# {PONDS}", raws=["Brook, A. Ponds. 2001."]) == []
    # not where a reference stands
    text = f"# {PONDS}"
    assert titles(text, raws=[raw], taken=[(0, len(text))]) == []


@pytest.mark.parametrize(
    ("text", "held"),
    [
        (PONDS, True),
        (PONDS.lower(), True),
        (PONDS + ": A Study", True),
        ("Quiet Ponds in Winter", False),
        ("Sampling Quiet Ponds", False),
        ("A Study", False),
        ("Sampling", False),
        ("Sampling the Quiet Ponds in Winter", True),  # one word more
        ("Sampling Quiet Ponds of Winter", False),
        ("Sampling Cold Lakes in Winter", False),
        ("Sampling Quiet Pond in Winter", False),  # five words, one of them another
        ("Brook Sampling Quiet Ponds in Winter", True),
    ],
)
def test_texts_that_repeat_a_title(text, held):
    assert _Titles([f"Brook, A. {PONDS}: A Study. Pond Letters, 2001."]).holds(text) is held


@pytest.mark.parametrize(
    ("text", "structure"),
    [("Session 2", True), ("Best Paper Session", True), ("Introduction", True), ("12:30", True), ("3.5.2019", True), ("References", True), ("---", True), ("https://x.y", True), (PONDS, False), ("Daylight on Ponds", False)],
)  # fmt: skip
def test_structure(text, structure):
    assert _is_structure(text) is structure


@pytest.mark.parametrize(
    ("text", "share"),
    [("Sampling Quiet Ponds", 1.0), ("Sampling quiet ponds", 1 / 3), ("The ponds of Oslo", 0.5), ("of the", 0.0), ("", 0.0), ("3 Ponds", 1.0)],
)  # fmt: skip
def test_shares_of_capitals(text, share):
    assert _capitalised(text) == pytest.approx(share)


@pytest.mark.parametrize(
    ("text", "told"),
    [("The papers that we read:", True), ("Papers", True), ("We read papers。Articles：", True), ("We read papers. Then we ate:", False), ("What we ate:", False), ("The papers that we read were all about ponds and the frogs in them", False), ("The papers that we read were all about ponds and fro" + "g" * 6, True), ("The papers that we read were all about ponds and fro" + "g" * 8, False)],
)  # fmt: skip
def test_announcements(text, told):
    assert _introduces(text) is told


@pytest.mark.parametrize(
    ("words", "count", "short"),
    [("Quiet Ponds", 1, True), ("Quiet Ponds", 2, True), ("Quiet Ponds", 3, False), ("Quiet ponds.", 1, False), ("quiet ponds", 1, False), ("ab", 1, False), ("Abc", 1, True), ("Pond " * 24 + "x", 1, True), ("Pond " * 25 + "x", 1, False), ("X" * 201, 1, False)],
)  # fmt: skip
def test_paragraphs_like_headings(words, count, short):
    assert _short(words, count) is short


def test_sentences():
    assert _sentence("We did not like that the ponds were cold and quiet")
    assert not _sentence("Ponds were cold") and not _sentence(PONDS)


def test_numbers_in_front_make_items():
    text = [f"1. {PONDS}", f"2. {NETS}"]
    out = [Line(0, len(text[0]), text[0], first=True, width=30.0), Line(len(text[0]) + 1, len(text[0]) + 1 + len(text[1]), text[1], width=30.0)]  # fmt: skip
    intro = Line(0, 0, "The papers that we read:", first=True, width=20.0)
    found = mentions("\n".join(text), [intro, *out], [], [])
    assert [(u.label, u.text) for u in found] == [("1", PONDS), ("2", NETS)]
    assert found[0].start == 3
