"""Unicode text → the value of a BibTeX field: special characters, accents, mathematics, protected capitals."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import lru_cache
from importlib.resources import files

from ..normalize.latex import to_latex

MATH = re.compile(r"(?<![\\$])\$(?=[^\s$])(?:[^$\\]|\\.)*?(?<=[^\s$])\$(?![\d$])|\\\((?:[^\\]|\\(?!\)))*\\\)")
"""A stretch of mathematics: the opening dollar has something behind it, the closing one something before it and no digit behind it."""

_TAGS = {
    "<i>": "\\emph{", "</i>": "}", "<b>": "\\textbf{", "</b>": "}", "<sub>": "\\textsubscript{", "</sub>": "}",
    "<sup>": "\\textsuperscript{", "</sup>": "}", '<span class="nocase">': "{", '<span style="font-variant:small-caps;">': "\\textsc{",
    "</span>": "}",
}  # fmt: skip
_SPACE = re.compile(r"(?:[^\S\u00a0]|[\x00-\x1f\x7f-\x9f])+")
_TAG = re.compile("|".join(re.escape(tag) for tag in _TAGS))
_SPECIAL = {"&": "\\&", "%": "\\%", "#": "\\#", "_": "\\_", "$": "\\$", "~": "{\\textasciitilde}", "^": "{\\textasciicircum}", "\\": "{\\textbackslash}"}
_BRACE = {"{": "$\\lbrace$", "}": "$\\rbrace$"}
"""BibTeX counts a brace also behind a backslash: a lone one can only be named."""
_WORD = re.compile(r"[^\W_]+(?:['’+#][^\W_]+|[+#]+(?![^\W_]))*")
_SENTENCE_START = re.compile(r"(?:^|[:.?!—–]\s|[“\"(\[]|\s[-–]\s)\W*$")


@lru_cache(maxsize=1)
def proper_words() -> frozenset[str]:
    """The words of ``protect.toml``."""
    table = tomllib.loads(files(__package__).joinpath("protect.toml").read_text(encoding="utf-8"))
    return frozenset(word for words in table.values() for word in words)


def encode(text: str, *, latex: bool = True, protect: bool = False) -> str:
    """One field's text as a BibTeX value without its delimiters.

    ``latex``: every letter outside ASCII as a LaTeX command in braces (scripts that LaTeX has no command for stay);
    otherwise only what BibTeX and TeX would misread is escaped.  ``protect``: braces round words that a style must
    not lower-case.  Mathematics (``$…$``) passes unchanged.
    """
    text = unicodedata.normalize("NFC", _SPACE.sub(" ", text).strip())
    kept = protected_words(text) if protect else ()
    out: list[str] = []
    at = 0
    opened = 0
    stops = sorted([*((m.start(), m.end(), "math") for m in MATH.finditer(text) if _balanced(m[0])), *((a, b, "keep") for a, b in kept)])
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
        return "".join(_BRACE.get(part) or _chars(part, latex) for part in re.split(r"([{}])", text))
    if latex:
        return to_latex(text).replace("{\\euro}", "{\\texteuro}")
    return "".join(_SPECIAL.get(char, char) for char in text)


# ------------------------------------------------------------------ capitals
def protected_words(title: str) -> tuple[tuple[int, int], ...]:
    """Spans of the words whose capitals a lower-casing style must keep: acronyms (BERT), mixed case (ImageNet, mRNA),
    single letters (the K of K-means) and proper names, as far as the title or ``protect.toml`` shows them.

    A title in capitals throughout says nothing about its words: no span.
    """
    outside = list(MATH.finditer(title)) + list(_TAG.finditer(title))
    words = [m for m in _WORD.finditer(title) if not any(o.start() <= m.start() < o.end() for o in outside)]
    letters = [m[0] for m in words if len(m[0]) > 1 and m[0].isalpha()]
    if len(letters) > 2 and sum(word.isupper() for word in letters) > 0.7 * len(letters):
        return ()
    long = [m for m in words if len(m[0]) > 3 and m[0].isalpha() and not _SENTENCE_START.search(title, 0, m.start())]
    sentence_style = len(long) >= 3 and sum(m[0].islower() for m in long) >= 0.6 * len(long)
    return tuple((m.start(), m.end()) for m in words if _keeps_capital(m, title, sentence_style))


def _keeps_capital(match: re.Match[str], title: str, sentence_style: bool) -> bool:
    word = match[0]
    if word == (lower := word.lower()):
        return False
    if any(char.isupper() for char in word[1:]):
        return True  # BERT, ImageNet, mRNA
    begins = bool(_SENTENCE_START.search(title, 0, match.start()))
    if len(word) == 1:
        if begins and lower == "a":
            return False
        hyphen_after = title[match.end() : match.end() + 1] == "-"
        return hyphen_after or not begins or lower != "i"
    if any(char.isdigit() or char in "+#" for char in word):
        return True  # A3C has two capitals; W8 and C++ have one
    if begins:
        return False
    return word.removesuffix("’s").removesuffix("'s") in proper_words() or (sentence_style and title[match.start() - 1 : match.start()] != "-")
