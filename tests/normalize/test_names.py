"""Person lists come out as the people they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citenorm.model import Name
from citenorm.normalize.name_form import lost_letters, suffix_apart
from citenorm.normalize.names import parse_name, split_names


def families(text: str) -> list[str]:
    return [name.full_family for name in split_names(text).names]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Van Amersfoort, Joost, Lewis Smith, Yee Whye Teh, and Yarin Gal",
            [
                ("Van Amersfoort", "Joost"),
                ("Smith", "Lewis"),
                ("Teh", "Yee Whye"),
                ("Gal", "Yarin"),
            ],
        ),
        ("Angle, H.L./Perry, J.L.", [("Angle", "H.L."), ("Perry", "J.L.")]),
        ("Gao, Y., Li Chen and B. Li", [("Gao", "Y."), ("Chen", "Li"), ("Li", "B.")]),
        (
            "Yuanxiang Gao, Li Chen, Baochun Li",
            [("Gao", "Yuanxiang"), ("Chen", "Li"), ("Li", "Baochun")],
        ),
        ("Nosil P, Egan SP, Funk DJ", [("Nosil", "P"), ("Egan", "SP"), ("Funk", "DJ")]),
        (
            "Currivan, D., A. Nyman, C. F. Turner, and L. Biener",
            [("Currivan", "D."), ("Nyman", "A."), ("Turner", "C. F."), ("Biener", "L.")],
        ),
        ("HU, R., LI, H., AND COHEN-OR, D.", [("HU", "R."), ("LI", "H."), ("COHEN-OR", "D.")]),
        ("Schulz, Andreas/Monica De Filippis", [("Schulz", "Andreas"), ("De Filippis", "Monica")]),
        ("Rössner, Dieter; Diedrich, Ingo", [("Rössner", "Dieter"), ("Diedrich", "Ingo")]),
        (
            "Wu, F.H. , Shen, S.C. , & Lin, C.S.",
            [("Wu", "F.H."), ("Shen", "S.C."), ("Lin", "C.S.")],
        ),
        ("James C Vickers 0025, Jinrong Tang", [("Vickers", "James C"), ("Tang", "Jinrong")]),
        (
            "Corbin Dwyer, Sonya & Buckle, Jennifer L.",
            [("Corbin Dwyer", "Sonya"), ("Buckle", "Jennifer L.")],
        ),
        (
            "Della Porta, Donatella and Manuela Caiani",
            [("Della Porta", "Donatella"), ("Caiani", "Manuela")],
        ),
        (
            "Sompel, Herbert Van de, and Michael L. Nelson",
            [("Sompel", "Herbert"), ("Nelson", "Michael L.")],
        ),
    ],
)
def test_lists(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(n.family, n.given) for n in split_names(text).names] == expected


def test_particles_and_suffixes() -> None:
    assert parse_name("Ludwig van Beethoven") == Name("Beethoven", "Ludwig", "van")
    assert parse_name("van der Berg, J. A.") == Name("Berg", "J. A.", "van der")
    assert parse_name("de los Reyes B. G.") == Name("Reyes", "B. G.", "de los")
    assert parse_name("King, Martin Luther, Jr.") == Name("King", "Martin Luther", "", "Jr.")
    assert parse_name("Paul Walton Hsieh Jr.").suffix == "Jr."
    assert parse_name("King, Jr., Martin Luther").suffix == "Jr."


@pytest.mark.parametrize(
    "tail",
    [
        " et al.", ", et al", " and others", " u.a.", ", ...", " [et al.]", " et. coll.", " & al.", " and 7 others", " and colleagues",
        " and other developers", " u. a.", " und andere", " e outros", " y otros", ", …", " 等",
    ],
)  # fmt: skip
def test_others(tail: str) -> None:
    found = split_names("Guo, Chuan" + tail)
    assert found.others
    assert found.names == (Name("Guo", "Chuan"),)


def test_nobody_else() -> None:
    assert not split_names("Guo, Chuan").others


@pytest.mark.parametrize(
    "text",
    [
        "World Health Organization",
        "Ministry of Health and Welfare",
        "European Society of Cardiology and the North American Society of Pacing",
        "CILSS",
        "Statistisches Bundesamt",
    ],
)
def test_organisations_stay_whole(text: str) -> None:
    assert split_names(text).names == (Name(literal=text),)


def test_people_beside_an_organisation() -> None:
    people = split_names(
        "Hunt S. A., American College of Cardiology Task Force on Practice Guidelines"
    ).names
    assert people[0] == Name("Hunt", "S. A.")
    assert people[1].literal.startswith("American College")


def test_east_asian_names_stay_whole() -> None:
    assert [n.literal for n in split_names("최도림, 권향원").names] == ["최도림", "권향원"]
    assert [n.literal for n in split_names("李文华, 刘某承").names] == ["李文华", "刘某承"]


@pytest.mark.parametrize(
    "text",
    [
        "Bauer, R. A. and K. J. Germen (eds.)",
        "edited by R. A. Bauer and K. J. Germen",
        "Bauer, R. A./Germen, K. J. (Hrsg.)",
    ],
)
def test_editor_marks_are_no_names(text: str) -> None:
    assert families(text) == ["Bauer", "Germen"]


@given(st.text(max_size=200))
def test_never_raises(text: str) -> None:
    split_names(text)
    parse_name(text)


@given(
    st.lists(
        st.sampled_from(
            [
                "Smith, ",
                "J. ",
                "and ",
                "/",
                "; ",
                "van ",
                "et al. ",
                "Jr., ",
                "(eds.) ",
                "李 ",
                "O’Connor ",
                "& ",
                "JM ",
            ]
        ),
        max_size=14,
    )
)
def test_letters_are_not_doubled(parts: list[str]) -> None:
    text = "".join(parts)
    printed = sum(
        len(n.family + n.given + n.particle + n.suffix + n.literal) for n in split_names(text).names
    )
    assert printed <= len(text)


@pytest.mark.parametrize("count", [1, 2, 5, 12])
def test_both_orders_give_the_same_people(count: int) -> None:
    people = [
        ("Alvarez", "Jose M."),
        ("Haussmann", "Elmar"),
        ("Smith", "J."),
        ("García-Bustelo", "Cristina"),
        ("Tang", "Yu"),
    ] * 3
    people = people[:count]
    inverted = "; ".join(f"{f}, {g}" for f, g in people)
    direct = " and ".join(f"{g} {f}" for f, g in people)
    assert [(n.family, n.given) for n in split_names(inverted).names] == people
    assert [(n.family, n.given) for n in split_names(direct).names] == people


def test_a_body_behind_its_short_form_is_one_name() -> None:
    found = split_names("SI - International Bureau of Weights and Measures").names
    assert [n.literal for n in found] == ["SI - International Bureau of Weights and Measures"]


def test_names_that_run_on_are_parted_at_their_initials() -> None:
    for text in (
        "Kumar PK Kumar MR Kavita K",
        "Kumar P.K. Kumar M.R. Kavita K.",
        "a) Kumar P. K. Kumar M. R. Kavita K",
    ):
        assert [n.family for n in split_names(text).names] == ["Kumar", "Kumar", "Kavita"]


@pytest.mark.parametrize(
    ("family", "before", "apart"),
    [
        ("Souza Jr.", "Ida H.", ("Souza", "Ida H.", "Jr.")),
        ("Jr.", "Ida H. Souza", ("Souza", "Ida H.", "Jr.")),
        ("Souza", "Ida H. Jr.", ("Souza", "Ida H.", "Jr.")),
        ("Souza", "Ida H., Jr.", ("Souza", "Ida H.", "Jr.")),
        ("Souza", "Jr.", ("Souza", "Jr.", "")),
        ("Souza", "Ida H.", ("Souza", "Ida H.", "")),
    ],
)
def test_a_suffix_is_put_in_its_place(family, before, apart):
    name = suffix_apart(Name(family, before))
    assert (name.family, name.given, name.suffix) == apart


@pytest.mark.parametrize(
    ("whole", "cut", "lost"),
    [
        ("Schölkopf", "Schlkopf", True),
        ("Schölkopf", "Scholkopf", False),
        ("Reed", "Reed", False),
        ("王", "", False),
    ],
)
def test_letters_that_an_index_lost(whole, cut, lost):
    assert lost_letters(Name(whole, "B."), Name(cut, "Bernhard")) is lost
