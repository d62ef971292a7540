"""Unicode text → the value of a BibTeX field: special characters, accents, mathematics, protected capitals."""

from __future__ import annotations

import re
import unicodedata

from ..normalize.capitals import MATH, protected_words
from ..normalize.latex import to_latex
from ..normalize.latex_commands import commands

_TAGS = {
    "<i>": "\\emph{", "</i>": "}", "<b>": "\\textbf{", "</b>": "}", "<sub>": "\\textsubscript{", "</sub>": "}",
    "<sup>": "\\textsuperscript{", "</sup>": "}", '<span class="nocase">': "{", '<span style="font-variant:small-caps;">': "\\textsc{",
    "</span>": "}",
}  # fmt: skip
_SPACE = re.compile(r"(?:[^\S\u00a0]|[\x00-\x1f\x7f-\x9f])+")
_TAG = re.compile("|".join(re.escape(tag) for tag in _TAGS))
_SPECIAL = {
    "&": "\\&",
    "%": "\\%",
    "#": "\\#",
    "_": "\\_",
    "$": "\\$",
    "~": "{\\textasciitilde}",
    "^": "{\\textasciicircum}",
    "\\": "{\\textbackslash}",
}
_SAFE = re.compile(r"[A-Za-z0-9()*+,./:;=@\[\] !?-]*")
"""Characters that mean themselves, but for two hyphens or blanks beside each other: most fields have no others."""
_BRACE = {"{": "$\\lbrace$", "}": "$\\rbrace$"}
"""BibTeX counts a brace also behind a backslash: a lone one can only be named."""


def encode(text: str, *, latex: bool = True, protect: bool = False) -> str:
    """One field's text as a BibTeX value without its delimiters.

    ``latex``: every letter outside ASCII as a LaTeX command in braces (scripts that LaTeX has no command for stay);
    otherwise only what BibTeX and TeX would misread is escaped.  ``protect``: braces round words that a style must
    not lower-case.  Mathematics (``$…$``) passes unchanged, but for
    commands that do more than print: what holds one is text.
    """
    if _SAFE.fullmatch(text) and "--" not in text and "  " not in text:
        return _braced(text.strip()) if protect else text.strip()
    text = unicodedata.normalize("NFC", _SPACE.sub(" ", text).strip())
    kept = protected_words(text) if protect else ()
    out: list[str] = []
    at = 0
    opened = 0
    stops = sorted(
        [
            *((m.start(), m.end(), "math") for m in MATH.finditer(text) if _prints(m[0])),
            *((a, b, "keep") for a, b in kept),
        ]
    )
    for start, end, kind in stops:
        if start < at:
            continue
        piece, opened = _plain(text[at:start], latex, opened)
        out.append(piece)
        if kind == "math":
            out.append(text[start:end])
        else:
            out.append("{" + _chars(text[start:end], latex) + "}")
        at = end
    piece, opened = _plain(text[at:], latex, opened)
    return "".join(out) + piece + "}" * opened


def _braced(text: str) -> str:
    """A text of plain characters with braces round the words that keep their capitals."""
    out: list[str] = []
    at = 0
    for start, end in protected_words(text):
        out += (text[at:start], "{", text[start:end], "}")
        at = end
    return "".join(out) + text[at:]


def _prints(mathematics: str) -> bool:
    """Mathematics that may stand as it is: braces in pairs, and no command that does more than print."""
    return _balanced(mathematics) and not commands(mathematics)


def _balanced(text: str) -> bool:
    depth = 0
    for char in text:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return False
    return depth == 0


def _plain(text: str, latex: bool, opened: int) -> tuple[str, int]:
    """Text without mathematics; CSL's rich-text tags become commands.  ``opened``: braces that tags left open."""
    out: list[str] = []
    at = 0
    for match in _TAG.finditer(text) if "<" in text else ():
        closing = _TAGS[match[0]] == "}"
        if closing and not opened:
            continue
        out += (_chars(text[at : match.start()], latex), _TAGS[match[0]])
        opened += -1 if closing else 1
        at = match.end()
    return "".join(out) + _chars(text[at:], latex), opened


def _chars(text: str, latex: bool) -> str:
    if text.isascii() and text.replace(" ", "").isalnum():
        return text
    if "{" in text or "}" in text:
        return "".join(
            _BRACE.get(part) or _chars(part, latex) for part in re.split(r"([{}])", text)
        )
    if latex:
        return to_latex(text).replace("{\\euro}", "{\\texteuro}")
    return "".join(_SPECIAL.get(char, char) for char in text)
