"""Records taken apart many at a time come out as one by one."""

from __future__ import annotations

import pytest
from builders import record
from hypothesis import given, settings
from hypothesis import strategies as st

from citenorm.catalogue import terms
from citenorm.catalogue.link import traits_all, traits_of
from citenorm.catalogue.remembered import Remembered

TITLES = (
    "Rye: a study of barley, part iv", "Über Gerste — und\nHafer", "大麦の研究: 夜", "A of b", "Erratum", "!?", "Rye\nRye",
)  # fmt: skip
PEOPLE = (
    {"family": "Grey", "given": "Anna"}, {"family": "van der Berg"}, {"literal": "The Rye Group"}, {"given": "Madonna"},
    {"family": "Øster", "given": "Émile"}, {"family": "!", "given": "A."}, {"family": "x" * 100, "given": ""}, "A name",
)  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(TITLES),
            st.lists(st.sampled_from(PEOPLE), max_size=3),
            st.lists(st.sampled_from(TITLES), max_size=2),
        ),
        max_size=5,
    )
)
def test_many_records_are_taken_apart_as_one_by_one(made):
    items = [
        {**record(f"x:{n}", title=title).csl, "author": people, "custom": {"title-variants": more}}
        for n, (title, people, more) in enumerate(made)
    ]
    seen = terms.see_all(items)
    assert seen == list(map(terms.see, items))
    assert traits_all(seen) == list(map(traits_of, seen))
    for one, (title, _, more) in zip(seen, made, strict=True):
        assert one.titles == [terms.words(text) for text in dict.fromkeys([title, *more])]
        assert one.joined == ["".join(words) for words in one.titles]


@pytest.mark.parametrize(
    ("people", "names", "initials"),
    [
        ([PEOPLE[0]], ["grey"], ["a"]),
        ([PEOPLE[0], PEOPLE[1]], ["grey", "van der berg"], ["a", ""]),
        (list(PEOPLE[2:6]), ["the rye group", "madonna", "oster"], ["", "", "e"]),
        ([PEOPLE[6]], ["x" * 100], [""]),
        ([PEOPLE[7]], ["a name"], [""]),
        ({"family": "Grey"}, [], []),
    ],
)
def test_names_and_initials(people, names, initials):
    seen = terms.see({"id": "x:1", "title": "Rye", "author": people})
    assert (seen.families, seen.initials) == (names, initials)


@pytest.mark.parametrize(
    ("said", "pairs"),
    [
        ("of the", []),
        ("of rice", ["of_rice"]),
        ("rice of", ["rice_of"]),
        ("the abc defg hij k", ["abc_defg", "defg_hij"]),
        ("barley", []),
    ],
)
def test_two_short_words_are_no_pair(said, pairs):
    assert terms.pairs(said.split()) == pairs


def test_what_is_remembered_is_made_once_and_bounded():
    asked: list[str] = []
    known = Remembered(lambda text: asked.append(text) or len(text), 2)
    assert [known[text] for text in ("a", "bb", "a", "ccc", "ccc", "a")] == [1, 2, 1, 3, 3, 1]
    assert asked == ["a", "bb", "ccc", "a"]
    assert len(known) == 2
