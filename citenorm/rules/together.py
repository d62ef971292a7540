"""Rules about a text and its bibliography beside each other (CN105–CN107)."""

from __future__ import annotations

from .base import Rule


class MissingEntry(Rule):
    r"""The text cites a key that the bibliography does not have.

    ## What it finds
    Keys of `\cite`, `[@key]` and their like without an entry in the bibliographies that the text names, or that are
    checked together with it.

    ## Why it matters
    The citation is printed as `[?]` or as the bare key.

    ## Example
    `as shown before [@pond2021]` beside a bibliography whose entry is `pond2012`.

    ## Use instead
    The key of the entry that is meant, or an entry for it.

    ## When to ignore
    Where the entry stands in another file that is not at hand.

    ## Fix safety
    No fix: which entry was meant is not known; a key that is nearly the same is named.
    """

    code, name = "CN105", "missing-entry"
    severity = "error"


class EntryNotCited(Rule):
    """No text that is checked together with the bibliography cites this entry.

    ## What it finds
    Entries of a bibliography that none of the texts checked with it cites, where these cite some of its entries.

    ## Why it matters
    The entry is left over, or the citation that belongs to it got lost.

    ## Example
    `citenorm check thesis.tex refs.bib` where `refs.bib` has an entry that `thesis.tex` never cites.

    ## Use instead
    Cite the entry, or take it out.

    ## When to ignore
    In a bibliography that several texts share.

    ## Fix safety
    No fix: only the author knows what was meant.
    """

    code, name = "CN106", "entry-not-cited"
    severity = "note"


class ReferenceWithoutEntry(Rule):
    """A reference of the text has no entry in the bibliography beside it.

    ## What it finds
    References of a list in a text that is checked together with a bibliography, to works that the bibliography lacks.

    ## Why it matters
    Two lists of one text drift apart.

    ## Example
    A report whose list has eight references, and a `.bib` file with seven of them.

    ## Use instead
    `citenorm fix report.md --append refs.bib`

    ## When to ignore
    Where the text keeps a list of its own on purpose.

    ## Fix safety
    No fix here: `fix --append` adds the entry.
    """

    code, name = "CN107", "reference-without-entry"


TOGETHER_RULES: tuple[type[Rule], ...] = (MissingEntry, EntryNotCited, ReferenceWithoutEntry)
"""What only a text and its bibliography together show."""
