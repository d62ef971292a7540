"""What stood there beside what is printed: a row for every field that differs, none for one that does not."""

from __future__ import annotations

import pytest

from citenorm.bib import changed_entries, read
from citenorm.changes import Change, changes, text_changes
from citenorm.model import Provenance

SAID = {
    "type": "article-journal",
    "title": "A study of ponds",
    "author": [{"family": "Li", "given": "J."}],
    "container-title": "J. Ponds",
    "issued": {"date-parts": [[2021]]},
    "publisher": "Pond Press",
}


def rows(**printed: object) -> dict[str, tuple[str, str, str]]:
    after = {k: v for k, v in {**SAID, **printed}.items() if v}
    made = changes(SAID, after, {"volume": Provenance("filled", "ponds", "ponds:1")})
    return {c.field: (c.kind, c.before, c.after) for c in made}


def test_nothing_differs_nothing_is_told() -> None:
    assert rows() == {}
    assert rows(id="x", custom={"others": False}) == {}


@pytest.mark.parametrize(
    ("field", "value", "kind"),
    [
        ("volume", "12", "added"),
        ("publisher", "", "removed"),
        ("publisher", "Lake Press", "changed"),
        ("title", "A Study of Ponds", "reworded"),
        ("author", [{"family": "Li", "given": "Jia"}], "completed"),
        ("author", [{"family": "Haddad", "given": "Omar"}], "changed"),
        ("issued", {"date-parts": [[2021, 5]]}, "completed"),
        ("issued", {"date-parts": [[2020]]}, "changed"),
        ("URL", "https://example.org/ponds", "added"),
        ("collection-title", "Notes on Ponds", "added"),
    ],
)
def test_every_field_that_differs_has_one_row_of_its_kind(
    field: str, value: object, kind: str
) -> None:
    made = rows(**{field: value})
    assert {name: row[0] for name, row in made.items()} == {field: kind}


def test_a_row_names_its_source_and_numbers_of_one_index_are_not_added() -> None:
    after = {**SAID, "volume": "12", "custom": {"dblp": "j/1", "arxiv": "1901.00001"}}
    made = changes(SAID, after, {"volume": Provenance("filled", "ponds", "ponds:1")})
    assert [(c.field, c.source) for c in made] == [("volume", "ponds"), ("custom.arxiv", "")]
    lost = changes({**SAID, "custom": {"dblp": "j/1"}}, SAID)
    assert [(c.field, c.kind) for c in lost] == [("custom.dblp", "removed")]


def test_fields_of_text() -> None:
    before = {"journal": "J. Ponds", "month": "{Jan}", "note": "seen", "year": "2021"}
    after = {"booktitle": "J. Ponds", "month": "jan", "year": "2021", "doi": "10.5555/7"}
    assert text_changes(before, after, {"doi": "ponds"}) == (
        Change("journal", "reworded", "journal", "booktitle", ""),
        Change("month", "reworded", "{Jan}", "jan", ""),
        Change("doi", "added", "", "10.5555/7", "ponds"),
        Change("note", "removed", "seen", "", ""),
    )


def test_entries_that_differ_in_their_order() -> None:
    before = read(b"@misc{a, year = 2020}\n@misc{b, title = {X}}\n@article{c, year = {2020}}\n")
    after = read(b"@misc{a, year = 2021}\n@misc{b, title = {X}}\n@book{c, year = {2020}}\n")
    made = changed_entries(before, after)
    assert [(e.line, e.key, [(r.field, r.before, r.after) for r in e.rows]) for e in made] == [
        (1, "a", [("year", "2020", "2021")]),
        (3, "c", [("entry type", "article", "book")]),
    ]
    assert changed_entries(before, before) == []
