"""What a repair puts into an entry on the word of its record, where no other rule tells it (CN521, CN522)."""

from __future__ import annotations

from .form_base import FormRule


class IncompleteEntry(FormRule):
    """The record of the work has details that the entry lacks.

    ## What it finds
    Entries without the volume, the number, the publisher, an identifier or another detail that the record of the
    version they cite has.

    ## Why it matters
    With the number a reader finds the page, with the identifier a program finds the work.

    ## Example
    `@article{pond, …, volume = {12}}` for an article in volume 12, number 3.

    ## Use instead
    The same with `number = {3}`.

    ## When to ignore
    In files that leave these details out on purpose.

    ## Fix safety
    Safe: what the entry states stays; the details come from the record of the version cited.
    """

    code, name, fixable = "CN521", "incomplete-entry", True


class DiffersFromRecord(FormRule):
    """The entry writes a detail otherwise than the record of the work.

    ## What it finds
    Entries whose type, title, names or venue are written otherwise than in the record of the same version, where that
    is no contradiction: a word in another form, a name cut short, the type of the entry.

    ## Why it matters
    The same work comes out differently in two bibliographies.

    ## Example
    `@misc{pond, …}` for an article in a journal.

    ## Use instead
    `@article{pond, …}`

    ## When to ignore
    Where the spelling of the entry is wanted.

    ## Fix safety
    Safe: the entry names the same work as before.
    """

    code, name, fixable = "CN522", "differs-from-record", True
