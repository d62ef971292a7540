"""What a rule about the form of a .bib entry is given (its fields as written) and what it finds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from ..findings import Fix
from ..model import Severity
from .base import Rule

PROSE = frozenset({
    "title", "subtitle", "booktitle", "booksubtitle", "maintitle", "journal", "journaltitle", "series", "publisher", "school", "institution", "organization",
    "address", "location", "edition", "issuetitle", "eventtitle",
})  # fmt: skip
"""Fields that are set as text."""
TITLES = frozenset({"title", "subtitle"})
NAMES = frozenset({"author", "editor", "translator"})


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry as the rules see it: values as written between their delimiters, in the order of the fields."""

    type: str
    key: str
    fields: Mapping[str, str]
    """Name in lower case → value; of a field that stands twice the first one."""
    dialect: Literal["bibtex", "biblatex"] = "bibtex"
    repeated: tuple[str, ...] = ()
    """Fields that stand more than once."""
    alike: frozenset[str] = frozenset()
    """Of these, those that say the same each time."""
    bare: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Macros that a field's value names."""
    macros: frozenset[str] = frozenset()
    """Macros that the file or BibTeX defines."""
    own_macros: bool = False
    """Whether the file defines macros itself."""


@dataclass(frozen=True, slots=True)
class FormFinding:
    """What is wrong with the form of one field (or of the entry: ``field`` empty), and the value to put in place.

    ``new`` None: nothing can be put in place; ``remove``: the field is to go; ``bare``: the new value is a macro;
    ``severity``: where it is not the rule's own.
    """

    message: str
    field: str = ""
    new: str | None = None
    fix: Fix | None = None
    bare: bool = False
    remove: bool = False
    severity: Severity | None = None


class FormRule(Rule):
    """A rule about how an entry is written; it reads the entry's own text and no record."""

    fields: ClassVar[frozenset[str]] = frozenset()
    """The fields ``check_value`` is asked about; empty: all of them."""

    def check_value(self, name: str, value: str, entry: EntryView) -> FormFinding | None:
        """The finding about one field's value, None where there is nothing to say."""
        return None

    def check_entry(self, entry: EntryView) -> Iterator[FormFinding]:
        """Findings about the entry as a whole."""
        return iter(())
