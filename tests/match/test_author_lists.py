"""What a stated list of authors says against the lists of the work's versions, and what it does not."""

from __future__ import annotations

from typing import Any

import builders
import pytest

from citenorm.catalogue.memory import MemoryCatalogue
from citenorm.findings import accuses
from citenorm.model import Claim, Record
from citenorm.pipeline import resolve
from citenorm.sources import Sources

WHO = ("Jia Li", "Omar Haddad", "Mei Sato")
MANY = (*WHO, "Ada Smith", "Ben Jones", "Eva Brandt", "Cleo Brown", "Ivo Weber")
TITLE = "Quiet ponds as mirrors of winter stars"


def item(authors: tuple[str, ...], **more: Any) -> dict[str, Any]:
    plain = builders.item(TITLE, authors, 2021, "paper-conference", venue="ICML", pages="101-113")
    return plain | more


def level(claim: dict[str, Any], *records: dict[str, Any], raw: str = "") -> list[tuple[str, bool]]:
    """The findings about the authors, and whether each contradicts the reference."""
    held = MemoryCatalogue(Record.from_csl({"id": f"s{i}:1", **r}) for i, r in enumerate(records))
    result = resolve(Claim(claim, raw=raw), Sources([held]))
    assert result.outcome == "matched"
    return [(e.level, accuses(e)) for e in result.evidence if e.field == "work.author"]


PAPER = item(WHO)
FULL = item(MANY)
BOOK = {"type": "book", "publisher": "Pond Press", "container-title": "", "page": ""}
UPLOAD = {"type": "article", "container-title": "", "page": "", "custom": {"arxiv": "2101.00001"}}
OTHERS = {"custom": {"others": True}}


WRITINGS = (
    ("E. Kuznetsov", "Ievgen Kouznetsov"), ("Yu. Chernov", "Jurij Tschernow"), ("Y. Shcherbakov", "Ju. Scerbakov"), ("X. Xu", "Hsiang Hsu"), ("X. Xie", "S. Hsieh"),
    ("K. Wong", "Guang Huang"), ("А. Иванов", "Ben Jones"), ("Γ. Παπαδόπουλος", "Ben Jones"), ("伟 王", "Ben Jones"),
)  # fmt: skip
"""Names that may be one person's in another writing."""


@pytest.mark.parametrize(
    ("claim", "records", "found", "wrong"),
    [
        # the right people
        (item(WHO), [PAPER], "", False),
        (item(("Li Jia", "Haddad Omar", "Sato Mei")), [PAPER], "", False),
        (item(WHO[:1], **OTHERS), [PAPER], "et al.", False),
        (item(WHO), [item(WHO[:2]), PAPER], "", False),  # one version has the list
        (item(()), [PAPER], "", False),
        (item(WHO), [item(())], "", False),
        # misspelled
        (item(("Jia Li", "Omar Hadad", "Mei Sato")), [PAPER], "misspelled", False),
        (item(("Jia Li", "Ommar Haddad", "Mei Sato")), [PAPER], "", False),  # short first names have many spellings
        (item(("Xiaoming Li", *WHO[1:])), [item(("Xiaomin Li", *WHO[1:]))], "", False),  # one is the beginning of the other
        (item(("Xiaoning Li", *WHO[1:])), [item(("Xiaoming Li", *WHO[1:]))], "misspelled", False),
        (item(("Xiaoning Li", *WHO[1:])), [item(("Xiaoming Li", *WHO[1:])), item(("Xiaoning Li", *WHO[1:]), **UPLOAD)], "", False),
        (item(("Xiaomin Li", *WHO[1:])), [item(("Xiaoming Li", *WHO[1:]))], "", False),
        (item(("Xiaonang Li", *WHO[1:])), [item(("Xiaoming Li", *WHO[1:]))], "", False),  # two letters: perhaps another writing
        (item(("Xiaoning Li", *WHO[1:])), [item(("X. Li", *WHO[1:]))], "", False),
        (item(("Jia Li", "Omar Hadad", "Mei Sato")), [PAPER, item(("Jia Li", "Omar Hadad"), **UPLOAD)], "", False),  # a version spells it so
        # the same family names: other given names are perhaps those of another language, or initials
        (item(("Jakob Li", "O. T. Haddad", "Mei Sato")), [PAPER], "differ", False),
        (item(("Nicholas Berg",)), [item(("Nikolaus Berg",))], "differ", False),
        (item(("Konrad Li", "Ozan Haddad", "Mei Sato")), [PAPER], "differ", False),
        # other people
        (item(("Jia Li", "Ada Smith", "Ben Jones")), [PAPER], "other people", True),
        (item(("Jia Li", "Omar Haddad", "Ben Jones")), [PAPER], "one other", True),
        (item(("Jia Li", "Omar Haddad", "Mei Jones")), [PAPER], "differ", False),  # perhaps the same person under another name
        (item(("Jia Li", "Omar Haddad", "M. Jones")), [PAPER], "differ", False),
        *((item(("Jia Li", a, "Mei Sato")), [item(("Jia Li", b, "Mei Sato"))], "differ", False) for a, b in WRITINGS),
        (item(("Jia Li", "Ben Jones", "Omar Haddad")), [PAPER], "differ", False),  # and another order: perhaps another version
        (item(("Jia Li", "Omar Haddad", "Ben Jones"), **UPLOAD), [PAPER], "other version", False),
        (item(("Jia Li", "Omar Haddad", "Ben Jones")), [PAPER, item(("Jia Li", "Omar Haddad", "Ben Jones"), **UPLOAD)], "", False),
        (item(("Ada Smith", "Jia Li")), [PAPER], "other people", True),  # one of three, behind a stranger
        (item(("Jia Li", "Ada Smith")), [item(WHO[:2])], "one other", True),
        (item(("Ada Smith", *WHO[:2])), [item((*WHO, "Eva Brandt", "Ivo Weber"))], "other people", True),  # two of five, behind a stranger
        (item(("Ada Smith", *WHO[:2])), [item((*WHO, "Eva Brandt"))], "differ", False),  # two of four
        (item(("Ada Smith", "Jia Li"), **OTHERS), [PAPER], "differ", False),
        (item(("Ada Smith", "Ben Jones", "Eva Brandt"), DOI="10.5555/p"), [item(WHO, DOI="10.5555/p")], "other people", True),
        (item(("Wei Li", "Bo Haddad", "Rei Sato"), DOI="10.5555/p"), [item(WHO, DOI="10.5555/p")], "other people", True),  # namesakes
        (item(("First Author", "Second Author"), DOI="10.5555/p"), [item(WHO, DOI="10.5555/p")], "placeholder", True),
        (item(("PondTeam",)), [PAPER], "group", False),
        (item(("Jia Li", "Ada Smith", "Ben Jones")), [item(("PondTeam",))], "group", False),
        # left out
        (item(WHO[:2]), [PAPER], "left out", True),
        (item(WHO[:1]), [PAPER], "left out", True),
        (item((WHO[0], WHO[2])), [PAPER], "left out", True),
        (item(WHO[:2], **UPLOAD), [item(WHO, **UPLOAD)], "joined", True),  # in a later version, perhaps
        (item((*MANY[:4], "Nils Berg")), [item(MANY[:8])], "differ", False),
        (item(WHO[:2], page="", **{"container-title": "", "issued": {"date-parts": [[2019]]}}), [PAPER], "other version", False),  # of a year of its own
        (item(MANY[2:4]), [FULL], "left out", True),
        (item(WHO[1:], **OTHERS), [PAPER], "differ", False),  # "et al." may stand for anybody
        (item(WHO[1:]), [PAPER, item((WHO[1], WHO[0], WHO[2]), **UPLOAD)], "left out", True),  # a version begins with somebody else
        (item(WHO[1:2], **BOOK), [item(WHO, **BOOK)], "other version", False),  # an edition may name one alone
        (item(WHO[:2]), [PAPER, item(WHO[:2], **UPLOAD)], "", False),  # a version has fewer
        (item(WHO[:2]), [item(WHO[:2], custom={"author-count": 3})], "", False),
        (item(("Jia Li", "Ada Smith", "Ben Jones")), [item(WHO, custom={"author-count": 9})], "record cut", False),
        # a list cut short beside the whole one
        (item(WHO), [PAPER, item(WHO[:1], custom={"author-count": 3})], "", False),
        (item(("Jia Li", "Ada Smith", "Ben Jones")), [PAPER, item(WHO[:1], custom={"author-count": 9})], "", False),  # there are more than the whole one has
        (item(WHO[:2]), [PAPER, item(WHO[:2], custom={"author-count": 3})], "left out", True),  # a cut list bears none out beside the whole one
        # too many
        (item((*WHO, "Ada Smith")), [PAPER, PAPER], "added", True),
        (item((*WHO, "Ada Smith")), [PAPER], "other version", False),  # one source alone may have a cut list
        (item((*WHO, "Ada Smith"), **UPLOAD), [PAPER, item(WHO, **UPLOAD)], "other version", False),  # another upload may name more
        (item((*WHO, "Nils Berg", "Olga Popova", "Rui Costa")), [item(MANY[:5])] * 2, "added", True),  # three of five, and three more
        (item((*WHO[:2], "Jia Li")), [PAPER], "repeated", True),
        (item(("Jia Li", "Wei Li", "Mei Sato")), [item(("Jia Li", "Wei Li", "Mei Sato"))], "", False),
        (item(("J. Li", "J. Li")), [item(("Jia Li", "Jun Li"))], "", False),  # two of one initial
        # another order
        (item(WHO[::-1]), [PAPER], "order of record", True),
        (item((WHO[0], WHO[2], WHO[1])), [PAPER], "order of record", True),  # at those very pages
        (item((WHO[0], WHO[2], WHO[1]), page=""), [PAPER], "other version", False),
        (item(WHO[::-1], **UPLOAD), [PAPER, item(WHO, **UPLOAD)], "other version", False),
        (item(WHO[::-1]), [PAPER, item(WHO[::-1], **UPLOAD)], "", False),
        # another version than any that is known
        (item(WHO[::-1], **{"container-title": "Transactions on Unknown Waters", "page": ""}), [PAPER], "other version", False),
        (item((*WHO, "Ada Smith"), **BOOK), [item(WHO, **BOOK), item(WHO, **BOOK)], "other version", False),  # an edition with more people
    ],
)  # fmt: skip
def test_lists(
    claim: dict[str, Any], records: list[dict[str, Any]], found: str, wrong: bool
) -> None:
    assert level(claim, *records) == ([(found, wrong)] if found else [])


def test_several_names_in_one_field_are_the_names() -> None:
    blob = item(()) | {"author": [{"family": "Li", "given": "Jia and Omar Haddad and Mei Sato"}]}
    assert level(blob, PAPER) == [("run together", False)]
    assert level(
        item(()) | {"author": [{"family": "Li", "given": "Jia and Ada Smith"}]}, PAPER
    ) != [("run together", False)]


def test_of_two_wrong_names_each_is_told() -> None:
    assert level(item(("Jia Li", "Omar Hadad", "Mei Satto")), PAPER) == [("misspelled", False)] * 2


@pytest.mark.parametrize(
    "last",
    [
        {"given": "et", "family": "al."},
        {"literal": "et al."},
        {"family": "et al"},
        {"family": "others"},
        {"literal": "and others"},
        {"literal": "…"},
    ],
)
def test_an_et_al_among_the_names_is_no_author(last: dict[str, str]) -> None:
    assert level(item(()) | {"author": [*item(WHO[:1])["author"], last]}, PAPER) == [
        ("et al.", False)
    ]
    assert level(
        item(()) | {"author": [*item(("Ada Smith", "Mei Sato"))["author"], last]}, PAPER
    ) != [("et al.", False)]


@pytest.mark.parametrize(
    ("authors", "wrong"),
    [
        (("Omar Li", "Jia Haddad", "Mei Sato"), True),  # two first names exchanged
        (("Jia Haddad", "Omar Sato", "Mei Li"), True),
        (("Jia Li", "Author Two", "Author Three"), True),
        (("A. Author", "B. Author"), True),
        (("Jia M. Li", "Omar Haddad", "M. Sato"), False),
        (("Jia Li", "O. Haddad", "Mei Y. Sato"), False),
    ],
)
def test_first_names_and_placeholders_among_the_right_ones(
    authors: tuple[str, ...], wrong: bool
) -> None:
    found = level(item(authors), PAPER)
    assert found in ([("other people", True)], [("placeholder", True)]) if wrong else found == []


def test_a_team_in_front_of_its_members_is_no_first_author() -> None:
    team = item(()) | {"author": [{"family": "Pondlab"}, *PAPER["author"]]}
    assert level(item(WHO[:2]), team) == [("left out", True)]
    assert not any(wrong for _, wrong in level(item(WHO, **OTHERS), team))
