"""What the text of a document cites of its list: told only where it is certain."""

from __future__ import annotations

from citenorm.find import find
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
