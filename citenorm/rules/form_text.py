"""Values that are set as text → findings about capitals, special characters, markup and letters (CN5xx)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import ClassVar

from ..normalize.capitals import MATH, protected_words
from ..normalize.latex import to_latex
from ..normalize.latex_commands import commands, disarmed
from .form_base import NAMES, PROSE, TITLES, EntryView, FormFinding, FormRule

_ENTITY = re.compile(
    r"\\?&(amp|lt|gt|quot|apos|nbsp|[aeiouAEIOU](?:uml|acute|grave|circ)|ntilde|ccedil|szlig|ndash|mdash|#\d{2,6}|#x[0-9a-fA-F]{2,5});"
)
_ESCAPED_TAG = re.compile(r"\\?&lt;(/?(?:i|em|b|sub|sup))\\?&gt;")
"""Markup that was escaped once more: "&lt;i&gt;"."""
_MASKED = re.compile(r"\\\$|\\[A-Za-z]+\*?|\\.")


def masked(value: str) -> str:
    """The value with everything in braces, commands and mathematics replaced by the letter x, same length."""
    out = [*value]
    for match in MATH.finditer(value):
        out[match.start() : match.end()] = "x" * len(match[0])
    depth = 0
    for i, char in enumerate(value):
        if char == "{":
            depth += 1
        if depth:
            out[i] = "x"
        if char == "}":
            depth -= 1
    for match in _MASKED.finditer("".join(out)):
        out[match.start() : match.end()] = "x" * len(match[0])
    return "".join(out)


def _kept_anyway(entry: EntryView) -> bool:
    """biblatex writes titles of other languages than English as they stand."""
    language = entry.fields.get("langid") or entry.fields.get("hyphenation") or ""
    return bool(language.strip()) and not re.match(_ENGLISH, language.strip(), re.I)


_ENGLISH = r"(?:us|uk|british|american|australian|canadian|newzealand)?(?:english|british|american|australian|canadian|newzealand)?$|en\b"


class UnprotectedAcronym(FormRule):
    """An acronym or a word in mixed case has no braces.

    ## What it finds
    Words such as BERT, GPU, ImageNet or mRNA in a title, outside braces, commands and mathematics.

    ## Why it matters
    Most styles write titles in lower case: without braces "BERT" is printed as "bert".

    ## Example
    `title = {Fine-tuning BERT on ImageNet}`

    ## Use instead
    `title = {Fine-tuning {BERT} on {ImageNet}}`

    ## When to ignore
    Where only styles are used that leave titles as they are.

    ## Fix safety
    Safe: braces round a word change nothing but its case.
    """

    code, name, fixable, fields = "CN501", "unprotected-acronym", True, TITLES
    _capitals = re.compile(r"\w[A-Z]|[^\W\d_a-z]{2}|[A-Z]\w*\d")

    def check_value(self, name: str, value: str, entry: EntryView) -> FormFinding | None:
        if not self._capitals.search(value) or value.count("$") % 2 or _kept_anyway(entry):
            return None
        spans = protected_words(masked(value), proper=False)
        if not spans:
            return None
        new, at = "", 0
        for start, end in spans:
            new, at = f"{new}{value[at:start]}{{{value[start:end]}}}", end
        words = ", ".join(value[a:b] for a, b in spans)
        return FormFinding(f"{words}: no braces keep the capitals", name, new + value[at:], "safe")


class UnescapedCharacter(FormRule):
    """A character that LaTeX reads as a command stands alone.

    ## What it finds
    `&`, `%`, `#` and `_` without a backslash in fields that are set as text, outside mathematics and addresses.

    ## Why it matters
    LaTeX stops at it, or drops the rest of the line.

    ## Example
    `journal = {Ponds & Lakes}`

    ## Use instead
    `journal = {Ponds \\& Lakes}`

    ## When to ignore
    In files that no LaTeX ever reads.

    ## Fix safety
    Safe: the character is printed as it stands.
    """

    code, name, fixable, fields = "CN506", "unescaped-character", True, PROSE
    _quick = re.compile(r"[&%#_]")
    _skip = re.compile(r"\\.|https?:|www\.", re.S)
    _verbatim = re.compile(
        r"\\(?:url|href|path|verb|cite\w*|ref|label|begin|end|input|detokenize)\b|https?://|<[a-zA-Z/]"
    )

    def check_value(self, name: str, value: str, entry: EntryView) -> FormFinding | None:
        if (
            not self._quick.search(value)
            or value.count("$") % 2
            or "\\(" in value
            or self._verbatim.search(value)
            or _ENTITY.search(value)
        ):
            return None
        parts, at = [], 0
        for math in MATH.finditer(value):
            parts += [self._escape(value[at : math.start()]), math[0]]
            at = math.end()
        if "$" in value[at:].replace("\\$", ""):
            return None
        new = "".join([*parts, self._escape(value[at:])])
        return (
            FormFinding(
                "a character that LaTeX reads as a command needs a backslash", name, new, "safe"
            )
            if new != value
            else None
        )

    def _escape(self, text: str) -> str:
        return re.sub(r"(\\.)|([&%#_])", lambda m: m[1] or "\\" + m[2], text, flags=re.S)


class CommandInValue(FormRule):
    """A value holds a LaTeX command that does more than print.

    ## What it finds
    Commands that read or write files, run programs, define commands or change what letters mean (`\\input`, `\\write18`,
    `\\immediate`, `\\openout`, `\\catcode`, `\\def`, `\\csname`), and `^^`, TeX's other way to write a backslash.

    ## Why it matters
    Who compiles the file runs the command; no title, name or page needs one.

    ## Example
    `title = {A study of \\input{secrets} in ponds}`

    ## Use instead
    `title = {A study of {\\textbackslash}input{secrets} in ponds}`

    ## When to ignore
    Where you wrote the command yourself and know what it does.

    ## Fix safety
    Safe: the command is printed instead of run.
    """

    code, name, severity, fixable = "CN524", "command-in-value", "error", True

    def check_value(self, name: str, value: str, entry: EntryView) -> FormFinding | None:
        found = list(dict.fromkeys(commands(value)))
        if not found:
            return None
        message = f"{', '.join(found)}: LaTeX would run this, not print it"
        if name in ("url", "doi", "file", "eprint"):
            return FormFinding(message, name)
        return FormFinding(message, name, disarmed(value), "safe")


class MarkupInValue(FormRule):
    """A value holds the markup of a web page.

    ## What it finds
    HTML entities (`&amp;`) and the tags `<i>`, `<em>`, `<b>`, `<sub>` and `<sup>` in fields that are set as text.

    ## Why it matters
    LaTeX prints them as they stand, or stops at them.

    ## Example
    `journal = {Ponds &amp; Lakes}`

    ## Use instead
    `journal = {Ponds \\& Lakes}`

    ## When to ignore
    Never.

    ## Fix safety
    Safe: the same sign or emphasis in LaTeX.
    """

    code, name, fixable, fields = "CN507", "markup-in-value", True, PROSE | NAMES
    _tags = re.compile(r"<(i|em|b|sub|sup)>([^<>{}$]*)</\1>")
    _macro: ClassVar[Mapping[str, str]] = {
        "i": "emph",
        "em": "emph",
        "b": "textbf",
        "sub": "textsubscript",
        "sup": "textsuperscript",
    }

    def check_value(self, name: str, value: str, entry: EntryView) -> FormFinding | None:
        if "&" not in value and "<" not in value:
            return None
        new = _ENTITY.sub(self._letter, _ESCAPED_TAG.sub(r"<\1>", value))
        new = self._tags.sub(lambda m: f"\\{self._macro[m[1]]}{{{m[2]}}}", new)
        return (
            FormFinding("the value holds the markup of a web page", name, new, "safe")
            if new != value
            else None
        )

    @staticmethod
    def _letter(match: re.Match[str]) -> str:
        import html

        letter = html.unescape(f"&{match[1]};")
        if len(letter) != 1 or not letter.isprintable() or letter in "{}\\$":
            return match[0] if letter != "\u00a0" else "~"
        return (
            to_latex(letter)
            if letter in '&"<>_%#^~' and letter != '"'
            else letter.replace('"', "''")
        )


class DecomposedLetters(FormRule):
    """Letters and their accents are stored as separate characters.

    ## What it finds
    Values whose Unicode text is not in composed form (NFC).

    ## Why it matters
    They look the same and are not found by a search; older programs set the accent beside the letter.

    ## Example
    `publisher = {E\u0301ditions}`

    ## Use instead
    `publisher = {Éditions}`

    ## When to ignore
    Never.

    ## Fix safety
    Safe: the text is the same.
    """

    code, name, fixable = "CN508", "decomposed-letters", True

    def check_value(self, name: str, value: str, entry: EntryView) -> FormFinding | None:
        if (
            value.isascii()
            or unicodedata.is_normalized("NFC", value)
            or name in ("url", "file", "doi")
        ):
            return None
        return FormFinding(
            "letters and accents are separate characters",
            name,
            unicodedata.normalize("NFC", value),
            "safe",
        )
