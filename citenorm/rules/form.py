"""The rules about the form of a .bib entry (CN5xx), all of them in one table."""

from __future__ import annotations

from .form_base import EntryView, FormFinding, FormRule
from .form_entry import (
    DuplicateField,
    DuplicateKey,
    EmptyField,
    IdentifierKept,
    KeyCharacters,
    MalformedEntry,
    NotUtf8,
    UndefinedMacro,
    UnknownType,
)
from .form_fields import (
    DoiPrefix,
    EscapedIdentifier,
    EtAlInNames,
    MonthNotMacro,
    NameSeparators,
    UrlRepeatsDoi,
    WrongDash,
)
from .form_text import DecomposedLetters, MarkupInValue, UnescapedCharacter, UnprotectedAcronym

FORM_RULES: tuple[type[FormRule], ...] = (
    UnprotectedAcronym, WrongDash, DoiPrefix, UrlRepeatsDoi, EscapedIdentifier, UnescapedCharacter, MarkupInValue, DecomposedLetters, MonthNotMacro,
    EtAlInNames, NameSeparators, DuplicateKey, MalformedEntry, UndefinedMacro, UnknownType, DuplicateField, KeyCharacters, EmptyField, NotUtf8, IdentifierKept,
)  # fmt: skip
"""Every rule about the form of an entry, by code."""

VALUE_ORDER: tuple[type[FormRule], ...] = (
    DecomposedLetters, MarkupInValue, UnescapedCharacter, DoiPrefix, EscapedIdentifier, WrongDash, MonthNotMacro, EtAlInNames, NameSeparators, UnprotectedAcronym,
)  # fmt: skip
"""The rules that look at single values, in the order in which their fixes build on each other."""

__all__ = [
    "FORM_RULES",
    "VALUE_ORDER",
    "DuplicateKey",
    "EntryView",
    "FormFinding",
    "FormRule",
    "IdentifierKept",
    "MalformedEntry",
    "NotUtf8",
]
