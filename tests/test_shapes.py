"""Items of unknown make: every value has its kind afterwards, sound items stay as they are."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import citenorm
from citenorm.model import Claim
from citenorm.pipeline import resolve_all
from citenorm.shapes import DATES, NAMES, sound_csl
from citenorm.sources import Sources

SOUND = {
    "id": "x:1", "type": "book", "title": "Weaving", "author": [{"family": "Loom", "given": "K.", "suffix": "Jr."}, {"literal": "The Weavers"}],
    "issued": {"date-parts": [[2001, 2]]}, "page": "1-9", "custom": {"arxiv": "1801.00001", "others": True, "author-count": 3},
}  # fmt: skip


def test_a_sound_item_stays():
    assert sound_csl(SOUND) == SOUND


@pytest.mark.parametrize(
    "field, value, made",
    [
        ("volume", 12, "12"), ("volume", 12.0, "12"), ("title", ["Weaving", "by hand"], "Weaving"), ("page", {"first": 1}, None),
        ("title", float("inf"), None), ("publisher", True, None), ("author", "Karl Loom", [{"literal": "Karl Loom"}]),
        ("author", {"family": "Loom"}, [{"family": "Loom"}]), ("author", [{"family": {}, "given": 3}, 7, None, ""], [{"given": "3"}]),
        ("author", [[["Loom"]]], None), ("issued", 2001, {"raw": "2001"}), ("issued", {"date-parts": [["2001", "5", {}]]}, {"date-parts": [[2001, 5]]}),
        ("issued", {"date-parts": []}, None), ("issued", {"date-parts": [[float("nan")]]}, None), ("custom", "x", None),
        ("custom", {"arxiv": 1801.001, "author-count": "many", "version-of": ["a", 2]}, {"arxiv": "1801.001", "version-of": ["a", "2"]}),
    ],
)  # fmt: skip
def test_other_kinds_are_turned_or_left_out(field, value, made):
    assert sound_csl({field: value}).get(field) == made


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["family", "given", "literal", "date-parts", "raw", "arxiv", "x"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    [
        "id",
        "type",
        "title",
        "container-title",
        "volume",
        "page",
        "DOI",
        "ISBN",
        "URL",
        "custom",
        *sorted(NAMES)[:4],
        *sorted(DATES)[:3],
    ]
)
ITEMS = st.dictionaries(FIELDS, VALUES, max_size=6)


@given(ITEMS)
def test_whatever_comes_is_sound_afterwards_and_a_second_pass_changes_nothing(item):
    made = sound_csl(item)
    assert sound_csl(made) == made
    assert all(isinstance(made[k], str) for k in made if k not in NAMES | DATES | {"custom"})


@given(st.lists(ITEMS, max_size=3))
def test_no_item_stops_the_path_or_the_output(items):
    results = resolve_all([Claim(item) for item in items], Sources([]))
    assert len(results) == len(items)
    for row in results:
        json.dumps(row.to_dict())
    assert isinstance(citenorm.to_bibtex(results), str) and isinstance(
        citenorm.to_bibtex(items), str
    )
