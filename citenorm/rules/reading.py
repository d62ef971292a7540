"""Rules about how a reference could be read (CN1xx)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..model import Diagnostic, Place, Resolution, custom_of
from ..normalize.identified import identified
from ..normalize.latex_commands import commands
from ..shapes import NAMES
from .base import Rule

MOST = 0.3
"""So much of a string may be left over without a word."""


class NeverCited(Rule):
    """The text never cites this entry of its list.

    ## What it finds
    Entries that nothing in the text may mean: no number, label or key, no name near its year.  Only where the text cites at
    least half of the list in one of these ways; a document that cites nothing in its text is left alone.

    ## Why it matters
    The entry is left over from an earlier draft, or the citation that belongs to it got lost.

    ## Example
    A list of entries [1] to [5], and a text that cites [1], [2], [4, 5].

    ## Use instead
    Cite the entry where it belongs, or take it out of the list.

    ## When to ignore
    In lists of further reading.

    ## Fix safety
    No fix: only the author knows what was meant.
    """

    code, name = "CN101", "never-cited"

    def check(self, resolution: Resolution) -> Iterator[Diagnostic]:
        reference = resolution.claim.reference
        if reference is not None and reference.cited is False:
            yield self.found(
                resolution,
                f"the text never cites {reference.key or f'[{reference.label}]'}",
                claim=reference.key or reference.label,
            )


class CitationWithoutReference(Rule):
    """The text cites an entry that its list does not have.

    ## What it finds
    Numbers in brackets beyond the end of a numbered list, keys of `\\cite` commands without a `\\bibitem`, and names with years
    ("(Gao et al., 2018)") that no entry of an unnumbered list has, where the text otherwise cites its list.  Not looked for
    where entries may stand in another file.

    ## Why it matters
    Readers cannot tell what is cited.

    ## Example
    `as shown before [6]` above a list that ends with [5].

    ## Use instead
    The number of the entry that is meant, or an entry for it.

    ## When to ignore
    Where the brackets hold something else than a citation.

    ## Fix safety
    No fix: which work was meant is not known.
    """

    code, name = "CN102", "citation-without-reference"

    def check(self, resolution: Resolution) -> Iterator[Diagnostic]:
        reference = resolution.claim.reference
        if reference is None:
            return
        for label, line in reference.astray:
            what = label if reference.key else f"[{label}]"
            made = self.found(
                resolution, f"the text cites {what}, which the list does not have", claim=label
            )
            yield replace(made, place=Place(reference.file, line, 0, line, 0), key="")


class UnparsedText(Rule):
    """A large part of the reference could not be read.

    ## What it finds
    References that no source knows and of which a third or more belongs to no field: several references run together,
    a sentence that is no reference, a list that was cut in the wrong place.  And strings that name several works where
    one was asked for: the first is looked up.

    ## Why it matters
    An entry that is written from such a string lacks what was not read.

    ## Example
    `Li, Jia. A study of ponds. 2021. We thank the referees for their careful reading of an earlier version.`

    ## Use instead
    One reference an entry, and remarks outside of the list.

    ## When to ignore
    Where the rest is a remark of your own.

    ## Fix safety
    No fix: what the text was meant to say is not known.
    """

    code, name = "CN103", "unparsed-text"
    severity = "note"

    def check(self, resolution: Resolution) -> Iterator[Diagnostic]:
        claim = resolution.claim
        left = [claim.raw[start:end].strip() for start, end in claim.unparsed]
        left = [part for part in left if not identified(part.strip(".,;()"))]  # read as a link
        works = custom_of(claim.csl).get("works")
        if isinstance(works, int) and works > 1 and left:
            yield self.found(
                resolution,
                f"{works} works are named, of which only the first was looked up",
                claim=left[-1],
            )
            return
        if resolution.matched or not claim.raw or sum(map(len, left)) < MOST * len(claim.raw):
            return
        longest = max(left, key=len)
        yield self.found(resolution, f"this could not be read: “{longest[:80]}”", claim=longest)


class CommandInReference(Rule):
    """A reference, or what a source says of its work, holds a LaTeX command that does more than print.

    ## What it finds
    Commands that read or write files, run programs, define commands or change what letters mean, in the text of a reference and in
    the values that are printed for it.

    ## Why it matters
    Who compiles the bibliography would run the command. It is printed as text instead.

    ## Example
    `A study of $\\input{/etc/passwd}$ things`

    ## Use instead
    `A study of things`

    ## When to ignore
    Where you put the command there yourself.

    ## Fix safety
    No fix is needed: what citenorm writes prints the command.
    """

    code, name = "CN108", "command-in-reference"

    def check(self, resolution: Resolution) -> Iterator[Diagnostic]:
        csl = resolution.emitted
        values = [value for value in csl.values() if isinstance(value, str)]
        people = [part for r in csl if r in NAMES for name in csl[r] for part in name.values()]
        texts = (resolution.claim.raw, *values, *people)
        if found := list(dict.fromkeys(commands("\n\n".join(texts)))):
            yield self.found(resolution, f"{', '.join(found)}: printed as text, LaTeX would run it")


class LineNotTaken(Rule):
    """Something in a list of references was not taken for a reference.

    ## What it finds
    Lines and paragraphs of a list of references (a file that is one, or what stands below a heading that announces one) that are
    neither headings nor read as references.

    ## Why it matters
    What is not taken does not come out of `fix`: nothing of a list may be lost without a word.

    ## Example
    `see the reading group's page` between two references of a list.

    ## Use instead
    A reference with its authors, title and year, or a place outside of the list.

    ## When to ignore
    Where the line is a remark.

    ## Fix safety
    No fix: only the author knows what was meant.
    """

    code, name = "CN104", "line-not-taken"
    severity = "note"

    def check(self, resolution: Resolution) -> Iterator[Diagnostic]:
        reference = resolution.claim.reference
        if reference is None:
            return
        for first, last, text in reference.untaken:
            short = text if len(text) <= 90 else text[:89] + "…"
            made = self.found(resolution, f"not taken for a reference: {short}", claim=text)
            yield replace(made, place=Place(reference.file, first, 0, last, 0), key="")
