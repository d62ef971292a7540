"""The one family of exceptions that citenorm raises on purpose.

CitenormError            what went wrong, where, what to do: printed as one line, exit status 2
├── InputError           an input that cannot be read (missing, binary, undecodable, unknown format)
├── ConfigError          a bad option or configuration file
├── CatalogueError       a catalogue that is missing, damaged, or of another format version
└── MissingExtraError    a format whose library is not installed

InputWarning and CatalogueWarning are no errors: a part of an input was left out (a budget is used up), a catalogue is not asked, and the
rest is given.
"""

from __future__ import annotations


class CitenormError(Exception):
    """Something a person can mend: the message says what, where and how."""


class InputError(CitenormError):
    """An input that cannot be read."""


class ConfigError(CitenormError):
    """A bad option or configuration file."""


class CatalogueError(CitenormError):
    """A catalogue that is missing, damaged, or of another format version."""


class MissingExtraError(CitenormError):
    """A format whose library is not installed."""


class InputWarning(UserWarning):
    """A part of an input is left out because it is beyond the budget; the message is one line that says what."""


class CatalogueWarning(UserWarning):
    """A data package is not asked, because its index cannot be made; the message is one line that says why."""
