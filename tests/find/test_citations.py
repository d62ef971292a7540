"""What the text of a document cites of its list: told only where it is certain."""

from __future__ import annotations

from citenorm.find import citations, find
from citenorm.model import Claim, Resolution
from citenorm.read import read
from citenorm.rules.reading import CitationWithoutReference, NeverCited

ENTRIES = [
    "Li, J., and Haddad, O. A study of quiet ponds. Journal of Ponds 12(3), 101-113, 2021.",
    "Smith, A. Rivers of the high north. Journal of Ponds 9(1), 7-19, 2011.",
    "Sato, M., and Jones, B. Sampling still waters. Proceedings of the Conference on Waters, 2018.",
    "Brown, C. The book of lakes. Pond Press, 2004.",
]


def noted(
    text: str, name: str = "report.md"
) -> tuple[list[bool | None], tuple[tuple[str, int], ...]]:
    found = [r for r in find(read(text.encode(), name=name)) if r.kind == "reference"]
    assert len(found) == len(ENTRIES)
    return [r.cited for r in found], found[0].astray


def report(body: str) -> str:
    return f"# Ponds\n\n{body}\n\n## References\n\n" + "\n".join(
        f"[{i}] {e}\n" for i, e in enumerate(ENTRIES, 1)
    )


def test_numbers_in_brackets() -> None:
    assert noted(report("Ponds are quiet [1, 3]. So are lakes [4].")) == (
        [True, False, True, True],
        (),
    )
    assert noted(report("Ponds are quiet [1–3]. So are lakes [4] and seas [5]."))[1] == (("5", 3),)


def test_a_text_that_cites_nothing_tells_nothing() -> None:
    assert noted(report("Ponds are quiet. The values lie in [0, 1] and x[2].")) == ([None] * 4, ())


def test_keys_in_latex() -> None:
    items = "\n".join(f"\\bibitem{{k{i}}} {e}" for i, e in enumerate(ENTRIES, 1))
    text = "\\documentclass{article}\\begin{document}\nPonds \\cite{k1,k2} and \\citep[p.~3]{k4}; % \\cite{k9}\nseas \\cite{k7}.\n\\begin{thebibliography}{9}\n%s\n\\end{thebibliography}\\end{document}\n"
    cited, astray = noted(text.replace("%s", items), "report.tex")
    assert cited == [True, True, False, True] and astray == (("k7", 3),)
    everything = text.replace("seas", "\\nocite{*} seas").replace("%s", items)
    assert noted(everything, "report.tex")[0] == [None] * 4


def test_the_rules() -> None:
    found = find(
        read(
            report("Ponds are quiet [1, 3]. So are lakes [4] and seas [5].").encode(),
            name="report.md",
        )
    )
    results = [Resolution(Claim({}, reference=r), "unmatched", "unverifiable") for r in found]
    assert [[d.name for d in NeverCited().check(r)] for r in results] == [
        [],
        ["never-cited"],
        [],
        [],
    ]
    (astray,) = CitationWithoutReference().check(results[0])
    assert (
        astray.name == "citation-without-reference"
        and astray.place is not None
        and astray.place.line == 3
    )


# ------------------------------------------------------------------ places
PONDS = "\n\n".join(
    [
        "Adams, A. (2001). Alpha methods for ponds. Journal of Ponds, 1(2), 3-9.",
        "Brown, B., & Clark, C. (2002). Beta methods for ponds. Journal of Ponds, 2(2), 3-9.",
        "Davis, D., Evans, E., & Foster, F. (2004). Delta methods for ponds. Journal of Ponds, 4(2), 3-9.",
        "World Pond Organization. (2006). Guidelines on ponds. World Pond Organization.",
        "Green, G. (2005). Never cited anywhere. Journal of Ponds, 5(2), 3-9.",
    ]
)


def cited(text: str, name: str = "x.md") -> list[tuple[str, str, tuple[int, ...]]]:
    document = read(text.encode(), name=name)
    source = document.source_text or document.text
    return [(source[c.start : c.end], c.kind, c.targets) for c in citations(document)]


def test_numbers_with_their_places() -> None:
    body = "Ponds.jl[2] and ponds [4,1], as [1–3] say. To quote [3]: yes. See [2](https://example.org) and 池[4]。 Not `x[1]`.\n\n```\nx[3]\n```"
    assert cited(report(body)) == [
        ("[2]", "number", (1,)),
        ("[4,1]", "number", (3, 0)),
        ("[1–3]", "number", (0, 1, 2)),
        ("[3]", "number", (2,)),
        ("[2]", "number", (1,)),
        ("[4]", "number", (3,)),
    ]
    assert noted(report(body)) == ([True] * 4, ())


def test_raised_numbers() -> None:
    found = cited(report("Ponds freeze¹ and thaw²,³ in spring^4^."))
    assert {t for _, k, t in found if k == "raised"} == {(0,), (1, 2), (3,)}
    page = "<p>Ponds freeze<sup>1</sup> and thaw<sup><a href='#r2'>2</a>,3</sup>.</p><h2>References</h2><ol>%s</ol>"
    found = find(read((page % "".join(f"<li>{e}</li>" for e in ENTRIES)).encode(), name="x.html"))
    assert [r.cited for r in found] == [True, True, True, False]


def test_authors_and_years() -> None:
    body = (
        "Ponds are deep (Adams, 2001; see also Brown & Clark 2002, p. 3). Davis et al. (2004) disagree, as does\n"
        "(World Pond Organization, 2006); but in May (2001) nobody did, and (Gao et al., 2018) is new."
    )
    text = f"# Ponds\n\n{body}\n\n## References\n\n{PONDS}\n"
    assert cited(text) == [
        ("(Adams, 2001; see also Brown & Clark 2002, p. 3)", "author-year", (0, 1)),
        ("Davis et al. (2004)", "narrative", (2,)),
        ("(World Pond Organization, 2006)", "author-year", (3,)),
        ("(Gao et al., 2018)", "author-year", (-1,)),
    ]
    found = find(read(text.encode(), name="x.md"))
    assert [r.cited for r in found] == [True, True, True, True, False]
    assert found[0].astray == (("Gao et al. 2018", 4),)
    assert [text[a:b] for a, b, _ in found[2].cited_at] == ["Davis et al. (2004)"]


def test_a_name_near_its_year_is_enough_to_be_cited() -> None:
    body = "Adams (2001) and Brown and Clark (2002) met Davis et al. (2004). The organization's ponds: World Pond report of 2006. In 2005, Green said nothing."
    found = find(read(f"# Ponds\n\n{body}\n\n## References\n\n{PONDS}\n".encode(), name="x.md"))
    assert [r.cited for r in found] == [True] * 5


def test_keys() -> None:
    assert cited("Ponds [@a; see @b, p. 3]. @c says so, mail d@e.org, [-@zz].\n") == [
        ("[@a; see @b, p. 3]", "key", (-1, -1)),
        ("@c", "key", (-1,)),
        ("[-@zz]", "key", (-1,)),
    ]
    items = "\n".join(f"\\bibitem{{k{i}}} {e}" for i, e in enumerate(ENTRIES, 1))
    text = f"\\documentclass{{article}}\\begin{{document}}\nPonds \\citep[see][p.~3]{{k1}}, \\autocites{{k2}}{{k3}}, \\textcite{{k4}}{{x}}.\n\\begin{{thebibliography}}{{9}}\n{items}\n\\end{{thebibliography}}\\end{{document}}\n"
    assert cited(text, "x.tex") == [
        ("\\citep[see][p.~3]{k1}", "key", (0,)),
        ("\\autocites{k2}{k3}", "key", (1, 2)),
        ("\\textcite{k4}", "key", (3,)),
    ]


def test_labels_that_are_words() -> None:
    entries = "\n\n".join(
        f"[{k}] {e}" for k, e in zip(("LH21", "Smi11", "SJ+18", "Bro04"), ENTRIES, strict=True)
    )
    text = f"# Ponds\n\nPonds are deep [LH21, SJ+18], rivers [Smi11] and lakes [Bro04] too.\n\n## References\n\n{entries}\n"
    assert [t for _, _, t in cited(text)] == [(0, 2), (1,), (3,)]


def test_an_array_is_no_slip_of_a_citation() -> None:
    assert (
        noted(report("Ponds [1, 3] and lakes [4] have sizes [[7, 8]], x = [9], a[6] or [0, 5]."))[1]
        == ()
    )


def test_an_array_handed_to_a_function_is_no_citation() -> None:
    body = "Ponds [1, 3] and lakes [4, 2] have a size of Normal([2, 5]) and more (see [1])."
    assert noted(report(body))[1] == ()


def test_the_reference_to_the_document_itself_is_not_cited_by_it() -> None:
    own = "Gao, L. (2021). Ponds of all kinds. Journal of Ponds, 12(4), 1-9."
    text = report("Ponds [1, 3] and lakes [4, 2].")
    found = find(read(f"{text}\n## How to cite this article\n\n{own}\n".encode(), name="report.md"))
    assert [r.cited for r in found if r.raw == own] in ([], [None])
    body = "Ponds are quiet (Li and Haddad, 2021; Smith, 2011). Sato and Jones (2018) and Brown (2004) agree."
    plain = "\n\n".join(["Ponds", body, "References", *ENTRIES, "Suggested citation", own]) + "\n"
    found = find(read(plain.encode(), name="report.txt"))
    assert len(found) == 5 and [r.cited for r in found] == [True] * 4 + [None]


def test_citations_that_go_on_in_the_next_line_of_a_column() -> None:
    left = ["Ponds are quiet, as we know from those", "who looked at them (Li and Haddad, 2021;", "Smith, 2011), and lakes are deep too, so", "say many others (Sato and Jones, 2018;", "Brown, 2004). Nobody knows why herons", "stay in the cold of the north, and who", "asks them is told nothing. The ponds of", "the south are warm, and herons do not", "stay there. This is an open question of", "our time that will be answered later on."]  # fmt: skip
    right = ["References", "", *(line for entry in ENTRIES for line in (entry[:40], "   " + entry[40:80], "   " + entry[80:]))]  # fmt: skip
    size = max(len(left), len(right))
    rows = zip(left + [""] * (size - len(left)), right + [""] * (size - len(right)), strict=True)
    text = "\n".join(f"{a:<50}{b}".rstrip() for a, b in rows) + "\n"
    found = find(read(text.encode(), name="report.txt"))
    assert [r.cited for r in found] == [True] * 4
    assert {kind for r in found for _, _, kind in r.cited_at} == {"author-year"}


def test_numbers_with_words_and_pages() -> None:
    body = "Ponds are deep [vgl. 1, S. 72]. Lakes “are wet”[2, S. 308]. So are seas [see 3, pp. 4–6] and more [4, Theorem 2]."
    assert noted(report(body)) == ([True] * 4, ())
    assert noted(report("Ponds [1, 3] and lakes [2], not [step 7] or [vgl. 9, S. 1].")) == (
        [True, True, True, False],
        (),
    )
