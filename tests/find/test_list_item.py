"""Sentences that cite are no entries of a list; short entries that look like them are."""

import pytest

from citenorm.find.list_item import no_entry
from citenorm.find.split import entry


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Ponds (Brook et al., 2014) too", True),
        ("Weirs (Reed et al., 2017) are used. Ponds (Brook et al., 2014) too.", True),
        ("We use PondNet (Reed et al., 2016).", True),
        ("Weirs (see Reed and Brook, 2017; Loom, 2018) hold water.", True),
        (
            "Weir et al. Page 22 Ponds (Basel). Author manuscript; available in PMC 2019 January 28.",
            True,
        ),
        ("The weir was described in Brook et al. (2009), who showed that it holds water.", True),
        (
            "We follow Smith and Jones (2015) and use the weir of Reed (https://example.org/weir).",
            True,
        ),
        ("As shown by Brook, A. in a paper (Pond, 2012), the ice thickens with depth.", True),
        ("Ponds are all you need, Brook et al. (2017), in Pond Letters", False),
        ("Ponds in winter (Brook et al., 2014).", False),
        ("“Ponds in winter” (Brook, 2014) is a title.", False),
        ("Brook, A. Ponds in winter (Reed Press, 1990) reprinted.", False),
        ("Brook, Ponds in winter (New York: Reed Press, 1990), 45–47.", False),
        ("Brook, Ponds in winter (Reed Press, 1990) p. 45.", False),
    ],
)
def test_a_sentence_that_cites_is_no_entry(text: str, sentence: bool) -> None:
    assert no_entry(text) is sentence


def test_what_a_note_is_about_is_no_part_of_the_reference() -> None:
    note = "For related contractions of ponds, see: Beak, P.; Weir, S.; Brook, Y. J. Org. Ponds 1994, 59, 276."
    assert entry(note, 0, len(note)).text.startswith("Beak, P.; Weir")
