"""One comparison a file: a value of a claim and one of a record in, a level out.  Each file's enum owns the order of its levels."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from .authors import (
    FAMILY,
    SAME,
    SLIP,
    AuthorClass,
    AuthorLevel,
    People,
    align,
    as_meant,
    people_level,
    same_person,
)
from .comparison import FieldComparison
from .form import FormLevel, form_level
from .identifier import IdentifierLevel, identifier_level, named_alone
from .kind import ABOUT, KindLevel, kind_level
from .level import Level
from .number import NumberLevel, number_level
from .place import PlaceLevel, place_level
from .title import (
    TitleClass,
    TitleLevel,
    further_part,
    is_short,
    one_in_other,
    overlap_of,
    same_word,
    title_level,
    words_apart,
)
from .venue import VenueLevel, venue_level, venues_agree
from .year import YearLevel, year_level


def _of_folder() -> tuple[FieldComparison, ...]:
    """The comparisons of all files of this folder."""
    modules = [import_module(f"{__name__}.{m.name}") for m in iter_modules(__path__)]
    found = [m.COMPARISON for m in modules if hasattr(m, "COMPARISON")]
    return tuple(sorted(found, key=lambda c: (c.rank, c.name)))


FIELDS = _of_folder()
"""Every comparison, in the order of the evidence."""
LEVELS: dict[str, type[Level]] = {c.name: c.levels for c in FIELDS}
"""Field, as evidence and ``weights.toml`` name it → its levels."""

__all__ = [
    "ABOUT", "FAMILY", "FIELDS", "LEVELS", "SAME", "SLIP", "AuthorClass", "AuthorLevel", "FieldComparison", "FormLevel", "IdentifierLevel", "KindLevel", "Level",
    "NumberLevel", "People", "PlaceLevel", "TitleClass", "TitleLevel", "VenueLevel", "YearLevel", "align", "as_meant", "form_level", "further_part",
    "identifier_level", "is_short", "kind_level", "named_alone", "number_level", "one_in_other", "overlap_of", "people_level", "place_level", "same_person", "same_word",
    "title_level", "venue_level", "venues_agree", "words_apart", "year_level",
]  # fmt: skip
