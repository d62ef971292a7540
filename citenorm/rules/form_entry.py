"""An entry as a whole → findings about its key, type, macros and fields (CN5xx)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .form_base import EntryView, FormFinding, FormRule

ENTRY_TYPES = frozenset({
    "article", "book", "booklet", "conference", "inbook", "incollection", "inproceedings", "manual", "mastersthesis", "misc", "phdthesis", "proceedings",
    "techreport", "unpublished", "mvbook", "bookinbook", "suppbook", "collection", "mvcollection", "suppcollection", "dataset", "online", "patent", "periodical",
    "suppperiodical", "mvproceedings", "reference", "mvreference", "inreference", "report", "set", "software", "thesis", "xdata", "electronic", "www", "artwork",
    "audio", "bibnote", "commentary", "image", "jurisdiction", "legislation", "legal", "letter", "movie", "music", "performance", "review", "standard", "video",
    "control", "ieeetranbstctl", "acontrol", "webpage", "hyperbib", "glossdef",
    "customa", "customb", "customc", "customd", "custome", "customf",
})  # fmt: skip


class DuplicateKey(FormRule):
    """Two entries have the same key.

    ## What it finds
    Keys that stand before more than one entry of a file; BibTeX does not tell capitals apart.

    ## Why it matters
    BibTeX keeps the first one and reports an error.

    ## Example
    `@book{pond, title = {A}} @book{pond, title = {B}}`

    ## Use instead
    `@book{pond, title = {A}} @book{pond2, title = {B}}`

    ## When to ignore
    Never.

    ## Fix safety
    No fix: which one the text cites is not known. `--merge` joins entries that are the same work.
    """

    code, name = "CN512", "duplicate-key"
    severity = "error"


class MalformedEntry(FormRule):
    """An entry cannot be read.

    ## What it finds
    Entries that no brace closes, without a key, or with fields that cannot be told apart.  As a warning: fields that stand
    right behind an entry, outside of it, because a brace too many closes it before them.

    ## Why it matters
    BibTeX skips them, or takes the next entry for a part of them.  citenorm leaves them as they are.

    ## Example
    `@book{pond, title = {A year = 2001}`

    ## Use instead
    `@book{pond, title = {A}, year = 2001}`

    ## When to ignore
    Never.

    ## Fix safety
    No fix: what was meant has to be told by a person.
    """

    code, name = "CN513", "malformed-entry"
    severity = "error"


class UndefinedMacro(FormRule):
    """A macro is used that nothing defines.

    ## What it finds
    Values without braces that are neither a number nor the name of an `@string` of the file or of a month.

    ## Why it matters
    BibTeX prints nothing in its place.  In a file that defines no macro itself it is a note: they are likely to stand in
    another file.

    ## Example
    `journal = jpond`

    ## Use instead
    `journal = {Journal of Ponds}`

    ## When to ignore
    Where the macro is defined in another file or by the style.

    ## Fix safety
    No fix.
    """

    code, name = "CN514", "undefined-macro"

    def check_entry(self, entry: EntryView) -> Iterator[FormFinding]:
        for name, words in entry.bare.items():
            for word in words:
                if word.lower() not in entry.macros and (name, word.lower()) != ("month", "sept"):
                    yield FormFinding(
                        f"nothing defines the macro {word}",
                        name,
                        severity=None if entry.own_macros else "note",
                    )


class UnknownType(FormRule):
    """The type of an entry is not known.

    ## What it finds
    Entry types that neither BibTeX nor biblatex nor the usual styles define.

    ## Why it matters
    BibTeX treats the entry as `@misc` and leaves most of it out.

    ## Example
    `@artcle{pond, title = {A}}`

    ## Use instead
    `@article{pond, title = {A}}`

    ## When to ignore
    Where your style defines the type.

    ## Fix safety
    No fix.
    """

    code, name = "CN515", "unknown-type"

    def check_entry(self, entry: EntryView) -> Iterator[FormFinding]:
        if entry.type not in ENTRY_TYPES:
            yield FormFinding(f"@{entry.type} is no type that BibTeX or biblatex knows")


class DuplicateField(FormRule):
    """A field stands twice in an entry.

    ## What it finds
    Entries that give the same field more than once.

    ## Why it matters
    BibTeX takes the first, biber the last: two outputs differ.

    ## Example
    `year = 2001, year = 2001`

    ## Use instead
    `year = 2001`

    ## When to ignore
    Never.

    ## Fix safety
    Safe where both say the same: the second goes.  Else no fix: which one is right is not known.
    """

    code, name, fixable = "CN516", "duplicate-field", True

    def check_entry(self, entry: EntryView) -> Iterator[FormFinding]:
        for name in entry.repeated:
            if name in entry.alike:
                yield FormFinding(f"{name} stands twice and says the same", name, fix="safe", remove=True)  # fmt: skip
            else:
                yield FormFinding(f"{name} stands more than once", name)


class KeyCharacters(FormRule):
    """A key holds characters that LaTeX cannot take.

    ## What it finds
    Keys with characters outside ASCII, or with `\\`, `~`, `%`, `#`, `'`, `(`, `)` or `"`.

    ## Why it matters
    `\\cite` with such a key fails with some programs.

    ## Example
    `@book{teich', title = {A}}`

    ## Use instead
    `@book{teich, title = {A}}`

    ## When to ignore
    With biber, which takes keys in Unicode.

    ## Fix safety
    No fix here: `citenorm fix --keys` gives new keys and updates the citations.
    """

    code, name = "CN517", "key-characters"
    severity = "note"
    _odd = re.compile(r"[^\x21-\x7e]|[\\~%#'()\"]")

    def check_entry(self, entry: EntryView) -> Iterator[FormFinding]:
        found = self._odd.search(entry.key)
        if found:
            yield FormFinding(f"the key holds {found[0]!r}")


class EmptyField(FormRule):
    """A field has no value.

    ## What it finds
    Fields with nothing between their braces.

    ## Why it matters
    Some styles print the punctuation around nothing.

    ## Example
    `doi = {}, year = 2001`

    ## Use instead
    `year = 2001`

    ## When to ignore
    Where empty fields stand for "looked for, none found".

    ## Fix safety
    Unsafe: the field may have been left as a reminder.
    """

    code, name, fixable = "CN518", "empty-field", True
    severity = "note"

    def check_entry(self, entry: EntryView) -> Iterator[FormFinding]:
        for name, value in entry.fields.items():
            if not value.strip() and not entry.bare.get(name):
                yield FormFinding(f"{name} is empty", name, fix="unsafe", remove=True)


class NotUtf8(FormRule):
    """The file is not UTF-8.

    ## What it finds
    Files with bytes that are no UTF-8, usually Latin-1 or Windows-1252.

    ## Why it matters
    biber and most editors expect UTF-8; accents come out wrong.

    ## Example
    A file saved as Latin-1.

    ## Use instead
    The same file saved as UTF-8.

    ## When to ignore
    With classic BibTeX and `inputenc` set to the file's encoding.

    ## Fix safety
    No fix: the file's bytes are kept.
    """

    code, name = "CN519", "not-utf8"
    severity = "note"


class IdentifierKept(FormRule):
    """An identifier of the entry differs from the record's and was kept.

    ## What it finds
    Entries that state another DOI or arXiv number than the record of the work that they were matched with.

    ## Why it matters
    One of the two is wrong; the entry's may be a copy from another entry.

    ## Example
    `doi = {10.1000/other}`

    ## Use instead
    `doi = {10.1000/pond}`

    ## When to ignore
    Where both lead to the same work (a reprint, a mirror).

    ## Fix safety
    No fix: an identifier that an entry states is not overwritten, unless it is known to be wrong (CN307) and unsafe fixes are asked for.
    """

    code, name = "CN520", "identifier-kept"
    severity = "note"


class UnknownRemark(FormRule):
    """A remark names a rule that does not exist.

    ## What it finds
    Remarks `citenorm: ignore=…` with a word that is no rule's name, no code and no beginning of a code.

    ## Why it matters
    The remark switches nothing off; what it was to hide is told, and nobody sees why.

    ## Example
    `% citenorm: ignore=superseded-preprints`

    ## Use instead
    `% citenorm: ignore=superseded-preprint`

    ## When to ignore
    Never.

    ## Fix safety
    No fix: the rule that is meant has to be named.
    """

    code, name = "CN523", "unknown-remark"
    severity = "error"
