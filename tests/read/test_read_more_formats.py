"""Rich Text Format, MediaWiki templates, the ``.bbl`` of apacite and of biblatex."""

from __future__ import annotations

import pytest

from citenorm.errors import InputError
from citenorm.find import find
from citenorm.read import read


def raws(text: str, name: str) -> list[str]:
    return [r.raw for r in find(read(text.encode(), name=name))]


RTF = (
    "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Times;}}{\\info{\\title Hidden}}\\pard\n"
    "Li, J. (2021). Quiet {\\i ponds}. {\\i{}Journal of Ponds}, 12, 101{\\uc0\\u8211 }113.\\par\n"
    "Sm\\'e9dt, A. (1999). Rivers \\u8211?a survey. River Press. "
    '{\\field{\\*\\fldinst HYPERLINK "https://doi.org/10.5555/ponds.7"}{\\fldrslt Link}}\\\n'
    "Sato, M. (2003). Early \\emdash  freezing \\u-10179?\\u-8704?. Pond Letters, 4, 12-19.\\par}"
)


def test_rtf() -> None:
    found = find(read(RTF.encode(), name="list.rtf"))
    assert [r.raw for r in found] == [
        "Li, J. (2021). Quiet ponds. Journal of Ponds, 12, 101–113.",
        "Smédt, A. (1999). Rivers –a survey. River Press.",
        "Sato, M. (2003). Early — freezing 😀. Pond Letters, 4, 12-19.",
    ]
    assert found[1].links == ("https://doi.org/10.5555/ponds.7",)
    assert RTF[found[0].start :].startswith("Li, J.") and found[0].line == 2


@pytest.mark.parametrize("text", ["{\\rtf1{\\fonttbl{\\f0 Times;}}}", "{\\rtf1" + "{" * 2000])
def test_rtf_without_text(text: str) -> None:
    with pytest.raises(InputError):
        read(text.encode(), name="x.rtf")


def test_wikitext() -> None:
    text = (
        "'''Ponds''' are [[water|waters]].<ref name=a>{{cite journal | last1 = Li | first1 = Jia | last2=Haddad | first2=Omar | title = Quiet ''ponds'' "
        "| journal = [[Journal of Ponds]] | volume=12 | issue=3 | pages = 101–113 | year=2021 | doi=10.5555/ponds.7 }}</ref>\n"
        "And rivers.<ref>{{Cite book|author=Smith, Ada|title=Rivers|publisher=River Press|location=York|date=3 May 1999|isbn=9780000000002}}</ref>{{cite\n"
        "<ref>{{cite web|title=Quiet rivers|website=Ponds Online|url=https://ponds.example.org/r|access-date=21 August 2020}}</ref>\n"
    )
    document = read(text.encode(), name="ponds.txt")
    assert document.format == "wikitext"
    found = find(document)
    assert [r.raw for r in found] == [
        "Li, Jia; Haddad, Omar. (2021). Quiet ponds. Journal of Ponds, 12(3), 101–113. https://doi.org/10.5555/ponds.7.",
        "Smith, Ada. (1999). Rivers. York: River Press. ISBN 9780000000002.",
        "Quiet rivers. Ponds Online. https://ponds.example.org/r. Accessed 21 August 2020.",
    ]
    assert text[found[0].start : found[0].end].startswith("{{cite journal")
    assert text[found[0].start : found[0].end].endswith("}}")


APACITE = r"""
\begin{thebibliography}{}
\bibitem [\protect \citeauthoryear {%
Li%
\ \protect \BOthers {.}}{%
{\protect \APACyear {2021}}%
}]{%
li2021quiet}
\APACinsertmetastar {%
li2021quiet}%
\begin{APACrefauthors}%
Li, J\BPBI T.%
, Haddad, O.%
\BCBL {}\ \BBA {} Sato, M.%
\end{APACrefauthors}%
\unskip\
\newblock
\APACrefYearMonthDay{2021}{}{}.
\newblock
{\BBOQ}\APACrefatitle {Quiet ponds} {Quiet ponds}.{\BBCQ}
\newblock
\APACjournalVolNumPages{Journal of Ponds}{12}{3}{101--113}.
\PrintBackRefs{\CurrentBib}
\end{thebibliography}
"""


def test_apacite() -> None:
    assert raws(APACITE, "x.bbl") == [
        "Li, J. T., Haddad, O., & Sato, M. (2021). “Quiet ponds.” Journal of Ponds, 12(3), 101–113."
    ]


def test_biblatex_with_braces_in_its_title() -> None:
    text = (
        "\\refsection{0}\n\\datalist[entry]{nty}\n\\entry{halo}{article}{}\n\\name{author}{1}{}{%\n{{hash=x}{%\nfamily={Li},\ngiven={Jia}}}%\n}\n"
        "\\field{journaltitle}{Ponds}\n\\field{title}{{HALO}: An Ontology of Ponds}\n\\field{year}{2023}\n\\endentry\n\\enddatalist\n\\endrefsection\n"
    )
    (raw,) = raws(text, "x.bbl")
    assert "HALO: An Ontology of Ponds. Ponds" in raw


def test_wikitext_without_templates() -> None:
    text = (
        "==Motivation==\nPonds are ''deep''<ref>A. Adam, \"Ponds at night\", 2015, https://example.org/ponds.pdf</ref> and\nquiet.<!-- no -->\n\n"
        "<pre>\n* code\n</pre>\n\n{| class=x\n| cell\n|}\n\n==References==\n* Brown, B. (2002). [https://example.org/lakes.pdf Lakes of the north]. ''Journal of Lakes'', 3, 4-9.\n* Clark, C. (2003). [[Rivers|On rivers]] of the south. Journal of Rivers, 2, 1-8.\n"
    )
    document = read(text.encode(), name="x.mediawiki")
    shown = [(b.kind, document.text[b.start : b.end]) for b in document.blocks]
    assert shown == [
        ("heading", "Motivation"),
        ("paragraph", "Ponds are deep and\nquiet."),
        ("heading", "References"),
        ("item", "Brown, B. (2002). Lakes of the north. Journal of Lakes, 3, 4-9."),
        ("item", "Clark, C. (2003). On rivers of the south. Journal of Rivers, 2, 1-8."),
        ("footnote", 'A. Adam, "Ponds at night", 2015, https://example.org/ponds.pdf'),
    ]
    found = find(document)
    assert [r.raw[:8] for r in sorted(found, key=lambda r: r.start)] == ["A. Adam,", "Brown, B", "Clark, C"]  # fmt: skip
    assert all(text[r.start : r.start + 5] == r.raw[:5] for r in found)
    assert [r.links for r in found if r.links] == [("https://example.org/lakes.pdf",)]
