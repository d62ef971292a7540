"""Sentences that cite are no entries of a list; short entries that look like them are."""

import pytest

from citenorm.find.list_item import no_entry


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Ponds (Brook et al., 2014) too", True),
        ("Weirs (Reed et al., 2017) are used. Ponds (Brook et al., 2014) too.", True),
        ("We use PondNet (Reed et al., 2016).", True),
        ("Weirs (see Reed and Brook, 2017; Loom, 2018) hold water.", True),
        ("Ponds in winter (Brook et al., 2014).", False),
        ("“Ponds in winter” (Brook, 2014) is a title.", False),
        ("Brook, A. Ponds in winter (Reed Press, 1990) reprinted.", False),
        ("Brook, Ponds in winter (New York: Reed Press, 1990), 45–47.", False),
        ("Brook, Ponds in winter (Reed Press, 1990) p. 45.", False),
    ],
)
def test_a_sentence_that_cites_is_no_entry(text: str, sentence: bool) -> None:
    assert no_entry(text) is sentence
