"""Lists in running lines: labels and years as constraints, several works in one entry, pages behind entries."""

from __future__ import annotations

import pytest

from citenorm.find import find
from citenorm.read import read


def raws(text: str, name: str = "x.txt") -> list[str]:
    return [r.raw for r in find(read(text.encode(), name=name))]


def test_several_works_under_one_label() -> None:
    text = (
        "References\n\n[1] J. Link et al., Phys. Lett. B, 556, 7, (2003); B. Aubert\net al., Phys. Rev. D, 70, 012007 (2004); J.B.R. Battat\n"
        "et al., Phys. Rev. Lett., 99, 241103 (2007)\n[2] L. Lonn, J. High Energy Phys. 05 (2002) 046; Erratum, 06 (2003) 7.\n[3] A. Smith, Rev. Mod. Phys. 73 (2001) 307.\n"
    )
    found = find(read(text.encode(), name="x.txt"))
    assert [(r.label, r.raw) for r in found] == [
        ("1", "J. Link et al., Phys. Lett. B, 556, 7, (2003)"),
        ("1", "B. Aubert et al., Phys. Rev. D, 70, 012007 (2004)"),
        ("1", "J.B.R. Battat et al., Phys. Rev. Lett., 99, 241103 (2007)"),
        ("2", "L. Lonn, J. High Energy Phys. 05 (2002) 046; Erratum, 06 (2003) 7."),
        ("3", "A. Smith, Rev. Mod. Phys. 73 (2001) 307."),
    ]


@pytest.mark.parametrize(
    "entry",
    [
        "[1] A. Smith. Rivers. In Conference on Rivers, ICR 2010, Turin, June 2-5, 2010, B. Jones and C. Brown (Eds.). ACM, 1-9, 2010.",
        "[1] Li, J.; Haddad, O.; Sato, M. A study of quiet ponds. J. Ponds 2021, 12, 101-113.",
    ],
)
def test_one_work_stays_one(entry: str) -> None:
    text = f"References\n\n{entry}\n[2] A. Smith, Rev. Mod. Phys. 73 (2001) 307.\n[3] B. Jones, Rev. Mod. Phys. 74 (2002) 307.\n"
    assert raws(text)[0] == entry[4:]


def test_authors_and_year_begin_an_entry() -> None:
    text = (
        "References\nPond developers. 2024. Pond documentation. https://ponds.example.org/v2/\n"
        "Ali Smith. 2015. A framework for defining ponds of\nhigher order. Ph. D. Dissertation. University of Ponds.\n"
        "GHC herons. 2024a. Heron documentation. https://herons.example.org/docs/\n"
        "Jones, Alexis de. 1987. Recollections of a pond keeper. New Brunswick, N.J.:\nHeron Publishers.\n"
        "Jia Li and Omar Haddad. 2016. Quiet ponds. In 26th Conference on Ponds, ICPP 2016, March\n2-5, 2016, University of Ponds, Eva Brandt (Ed.). Pond Press, 1-9.\n"
        "van den Berg P, Sato M. 2017. Vicious circles of ponds. PONDS ONE 12:e0183301.\n"
    )
    assert [raw[:12] for raw in raws(text)] == [
        "Pond develop",
        "Ali Smith. 2",
        "GHC herons. ",
        "Jones, Alexi",
        "Jia Li and O",
        "van den Berg",
    ]


def test_labels_on_their_own_lines() -> None:
    text = (
        "References\n1.\nLi J, Haddad O. A study of quiet ponds. Journal of Ponds. 2015;21(10):1885-6.\n2.\nPan Pond Organization / World Pond Organization. Update, 29\n"
        "December 2016 Washington, D.C. Available from:\nhttp://ponds.example.org/a.\n3.\nSato M, Jones B. Rivers. New Pond Journal. 2009;360(24):2536-43.\n"
    )
    found = find(read(text.encode(), name="x.txt"))
    assert [(r.label, r.raw[:8]) for r in found] == [
        ("1", "Li J, Ha"),
        ("2", "Pan Pond"),
        ("3", "Sato M, "),
    ]


@pytest.mark.parametrize("behind", ["Cited on pages 3, 5.", "(Cited on page 12.)", "pages 13, 17"])
def test_pages_behind_entries(behind: str) -> None:
    entries = [
        "J. Li, “Quiet ponds,” Journal of Ponds, vol. 12, no. 3, pp. 101–113, 2021.",
        "A. Smith, “Rivers,” Ph.D. thesis, University of Rivers, 1989.",
        "M. Sato, “Freezing of the ponds,” in ICPP, 2014.",
    ]
    text = (
        "References\n\n" + "\n".join(f"[{i}] {e} {behind}" for i, e in enumerate(entries, 1)) + "\n"
    )
    assert raws(text) == entries


def test_numbers_that_belong_to_the_entry_stay() -> None:
    entries = [
        "J. Li. Quiet ponds. Phys. Rev. Lett. 12, 101 (2021)",
        "A. Smith. Rivers. Nucl. Phys. 44, 12 (2011)",
        "M. Sato. Freezing. Pond. Lett. 4, 7 (2012)",
    ]
    assert (
        raws("References\n\n" + "\n".join(f"[{i}] {e}" for i, e in enumerate(entries, 1)) + "\n")
        == entries
    )


def test_footnotes_that_are_web_pages() -> None:
    text = (
        'Footnotes\n=========\n\n.. [#a] Ada Smith, "The Return of the Ponds",\n   March 2024.\n   https://ponds.example.org/blog/return\n\n'
        ".. [#b] Pond Change Proposal: fewer herons.\n   Authors: Jia Li, Omar Haddad (Ponds).\n   https://ponds.example.org/changes\n\n"
        ".. [#c] Pond 1.7 Release Notes.\n   https://ponds.example.org/doc/pond1.7\n\n"
        ".. [#d] This is what we meant when we said that it would be quiet, and it was.\n"
    )
    found = find(read(text.encode(), name="x.rst"))
    assert [r.label for r in found] == ["a", "b", "c"]
    assert found[0].untaken[0][2].startswith("This is what we meant")


def test_lines_that_can_only_go_on() -> None:
    text = "References\n\n[1] J. Link et al., Phys. Lett. B 556, 7 (2003); J. Battat\net al., Phys. Rev. Lett. 99, 241103 (2007).\n[2] A. Smith and C. Brown, Phys. Rev. Lett. 96,\npp. 60-71 (2006).\n[3] L. Lonn, Nucl. Phys. B 631, 48 (2002).\n"
    found = find(read(text.encode(), name="x.txt"))
    assert [r.raw.split(",")[0] for r in found] == [
        "J. Link et al.",
        "J. Battat et al.",
        "A. Smith and C. Brown",
        "L. Lonn",
    ]


def test_families_with_bare_initials_and_a_year() -> None:
    text = "References\n\n[1] Wied P B and Zabel A V 1994 Phys. Rev. Lett. 72 1890\nWied P B and Zabel A V 1995 Nucl. Phys. B 451 699\n[2] Karas V P 1992 J. Sov. Laser Res. 13 188\nKaras V P 1994 J. Phys. A: Math. Gen. 27 153\n[3] Lee Y-H, Yang W-L and Zhang Y-Z 2010 J. Phys. A 43 185204\n"
    assert (
        len(raws(text)) == 5
        and raws(text)[1] == "Wied P B and Zabel A V 1995 Nucl. Phys. B 451 699"
    )


def test_what_a_journal_prints_about_a_paper_is_no_reference() -> None:
    text = (
        "References\n\nAda Adams. 2019. Ponds of the far north. J. Ponds 12, 3 (2019), 1-9.\nBob Brown. 2018. Lakes of the near south and where their shores\n   contact the sea. J. Ponds 11, 2 (2018):4-9. https://doi.org/10.1145/3.4\nReceived 2024-02-28; accepted 2024-06-18\n\n"
        "© 2019, Lake Press. Copyright 2019 by the authors.\n\nAuthors\n\nAda Adams is a researcher at the Institute of Lakes since 2004 and writes on ponds. E-mail: ada.adams@example.org\n\n"
        "Corresponding author: Dr. Ann Writer, Associate Professor, University of Lakes, 1 Lake Road, 2019\n"
    )
    assert [r.split(".")[0] for r in raws(text)] == ["Ada Adams", "Bob Brown"]
    assert raws(text)[1].endswith("10.1145/3.4")


def test_a_label_that_counts_nothing_is_a_label() -> None:
    entries = [f"A. Adam, On ponds and what lives in them, J. Ponds {n} (20{n}) 3-9." for n in range(10, 16)]  # fmt: skip
    numbers = (1, 2, 3, 0, 4, 5)
    text = "References\n\n" + "\n".join(f"[{n}] {entry[:40]}\n{entry[40:]}" for n, entry in zip(numbers, entries, strict=True))  # fmt: skip
    found = find(read(text.encode(), name="x.txt"))
    assert [r.label for r in found] == ["1", "2", "3", "0", "4", "5"]
    assert all(r.raw.startswith("A. Adam") for r in found)


def test_typed_blocks_under_a_heading() -> None:
    text = "References\n==========\n\nFor the model::\n\n    T Thern (1996). Extending the model of ponds. Technical report.\n    http://www.example.org/research/ponds.pdf\n\n    G Rodri (2005). Non-parametric estimation in lakes.\n    http://data.example.org/lakes.pdf\n\nMore\n----\n\nRun it::\n\n    $ ponds --of 2005 https://example.org\n"
    found = raws(text, "x.rst")
    assert [r.split(" (")[0] for r in found] == ["T Thern", "G Rodri"]
