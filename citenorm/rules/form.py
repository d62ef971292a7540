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
    UnknownRemark,
    UnknownType,
)
from .form_fields import (
    DoiPrefix,
    EscapedIdentifier,
    EtAlInNames,
    MonthNotMacro,
    NameSeparators,
    ProxiedAddress,
    UrlRepeatsDoi,
    WrongDash,
)
from .form_record import DiffersFromRecord, IncompleteEntry
from .form_text import (
    CommandInValue,
    DecomposedLetters,
    MarkupInValue,
    UnescapedCharacter,
    UnprotectedAcronym,
)

FORM_RULES: tuple[type[FormRule], ...] = (
    UnprotectedAcronym, WrongDash, DoiPrefix, UrlRepeatsDoi, EscapedIdentifier, UnescapedCharacter, MarkupInValue, DecomposedLetters, MonthNotMacro,
    EtAlInNames, NameSeparators, DuplicateKey, MalformedEntry, UndefinedMacro, UnknownType, DuplicateField, KeyCharacters, EmptyField, NotUtf8, IdentifierKept, UnknownRemark, CommandInValue, ProxiedAddress,
)  # fmt: skip
"""Every rule about the form of an entry, by code."""

RECORD_RULES: tuple[type[FormRule], ...] = (IncompleteEntry, DiffersFromRecord)
"""What is told of an entry because a repair takes it from the record of its work."""

VALUE_ORDER: tuple[type[FormRule], ...] = (
    CommandInValue, DecomposedLetters, MarkupInValue, UnescapedCharacter, DoiPrefix, ProxiedAddress, EscapedIdentifier, WrongDash, MonthNotMacro, EtAlInNames, NameSeparators, UnprotectedAcronym,
)  # fmt: skip
"""The rules that look at single values, in the order in which their fixes build on each other."""

__all__ = [
    "FORM_RULES",
    "RECORD_RULES",
    "VALUE_ORDER",
    "DiffersFromRecord",
    "DuplicateField",
    "DuplicateKey",
    "EntryView",
    "FormFinding",
    "FormRule",
    "IdentifierKept",
    "IncompleteEntry",
    "MalformedEntry",
    "NotUtf8",
    "UnknownRemark",
]
