"""LaTeX source in, the Unicode text a reader sees out (``to_unicode``), and back for ``.bib`` files (``to_latex``).

Accents, letters and escapes are handled here; the long tail of macros and mathematics is left to pylatexenc, which is
loaded only when a string needs it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

from ..late import late

_OPEN = 8
"""So many braces or brackets that are never closed make the library try every way to close them: such strings are not handed to it either."""
_LONGEST = 50_000
"""Longer strings are not handed to the library: their macros are dropped, their text is kept."""

_COMBINING = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307", '"': "\u0308",
    "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328", "b": "\u0331",
}  # fmt: skip
_ACCENT_OF = {mark: macro for macro, mark in _COMBINING.items()}
_LETTER = {
    "ss": "ß", "SS": "ẞ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å",
    "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ",
    "copyright": "©", "textregistered": "®", "texttrademark": "™", "textless": "<", "textgreater": ">", "textbar": "|",
    "textbackslash": "\ufdd0", "textasciitilde": "\ufdd3", "textasciicircum": "^", "textquotesingle": "\ufdd7", "textendash": "–",
    "textemdash": "—", "S": "§", "P": "¶", "pounds": "£", "euro": "€", "ldots": "…", "dots": "…", "textellipsis": "…",
    "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "quad": " ", "qquad": " ", "newline": " ", "par": " ", "linebreak": " ",
}  # fmt: skip
_MACRO_OF = {
    value: name
    for name, value in _LETTER.items()
    if len(value) == 1 and not "\ufdd0" <= value <= "\ufdef" and value != " "
}

# Signs that stand for themselves although LaTeX gives them a meaning: stand-ins that are no characters, until the end.
_HELD = {
    "\\": "\ufdd0",
    "{": "\ufdd1",
    "}": "\ufdd2",
    "~": "\ufdd3",
    "$": "\ufdd4",
    "%": "\ufdd5",
    "-": "\ufdd6",
    "'": "\ufdd7",
    "`": "\ufdd8",
    "&": "\ufdd9",
}
_FREE = {ord(v): k for k, v in _HELD.items()}

_LATEX = late(r"[\\{}$~]|--|``|''")
_SIGN_ACCENT = late(
    r"(?<!\\)\\([`'^\"~=.])\s*(?:\{\s*(\\[ij]|[^\W\d_]|)\s*\}|(\\[ij])(?![A-Za-z])(?:\{\}|\s)?|([^\W\d_]))"
)
_WORD_ACCENT = late(
    r"(?<!\\)\\([uvrHcdbk])(?:\s*\{\s*(\\[ij]|[^\W\d_])\s*\}|\s+(\\[ij])(?![A-Za-z])|\s+([^\W\d_]))"
)
_ESCAPE = late(r"\\([\\&%$#_{} ,;:!/\-@])")
_ESCAPED = {
    "\\": " ", "%": "\ufdd5", "$": "\ufdd4", "{": "\ufdd1", "}": "\ufdd2", ",": " ", ";": " ", ":": " ", "!": "", "/": "", "-": "",
    "@": "",
}  # fmt: skip
_NAMED = late(
    r"\\(" + "|".join(sorted(_LETTER, key=len, reverse=True)) + r")(?![A-Za-z])(?:\{\}|[ \t\n]+)?"
)
_TEXT_MACRO = late(
    r"\\(?:emph|text(?:bf|it|tt|sc|rm|sf|sl|up|md|normal)?|mbox|hbox|uppercase|MakeUppercase|protect|bibinfo\{[a-z]+\})\s*(?=\{)"
)
_SWITCH = late(
    r"\\(?:em|it|bf|tt|sc|rm|sf|sl|itshape|bfseries|scshape|ttfamily|upshape|normalfont|small|large|protect|relax)(?![A-Za-z])\s*"
)
_LINK = late(r"\\(?:url|path|nolinkurl)\s*\{([^{}]*)\}")
_HREF = late(r"\\href\s*\{[^{}]*\}\s*(?=\{)")
_DROPPED = late(
    r"\\(?:footnote|thanks|label|index|cite[a-z]*|noopsort|SortNoop|sortnoop|vspace|hspace|phantom)\*?\s*(?:\[[^\]]*\])?\s*\{[^{}]*\}"
)
_MATH_FONT = late(
    r"\\(?:math(?:cal|bb|bf|rm|it|sf|tt|frak|scr|normal)|operatorname|boldsymbol|bm)\*?\s*(?=\{)"
)
_RAISED_ORDINAL = late(r"(?<![\w^.])(\d{1,3})\^(st|nd|rd|th)(?![^\W\d_])")
"""What is left of "20$^{th}$"."""
_BARE_DOLLAR = late(r"(?<!\\)\$")
_MACRO = late(r"\\(?:[A-Za-z]+\*?\s*|.)")
_BRACES = late(r"[{}]")
_HOLD = str.maketrans({"%": "\ufdd5", "&": "\ufdd9"})
_LIGATURE = late(r"---|--|``|''|[?!]`")
_LIGATURES = {"---": "—", "--": "–", "``": "“", "''": "”", "?`": "¿", "!`": "¡"}


def _accent(match: re.Match[str]) -> str:
    sign, *letters = match.groups()
    letter = next((x for x in letters if x is not None), "")
    if not letter:
        return "\ufdd3" if sign == "~" else "^" if sign == "^" else ""
    if letter[0] == "\\":
        letter = letter[1:]
    return unicodedata.normalize("NFC", letter + _COMBINING[sign])


@lru_cache(maxsize=1)
def _decoder() -> Any:
    import logging

    from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

    for name in ("pylatexenc", "pylatexenc.latex2text", "pylatexenc.latexwalker"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what it thinks of a title is nobody's

    database = get_default_latex_context_db()
    known = [
        MacroTextSpec("textquotedblleft", "“"),
        MacroTextSpec("textquotedblright", "”"),
        MacroTextSpec("textquoteright", "’"),
    ]
    database.add_context_category("citenorm", prepend=True, macros=known)
    return LatexNodes2Text(
        latex_context=database, math_mode="text", keep_comments=True, strict_latex_spaces=False
    )


def _decode_rest(text: str) -> str:
    """What is left after letters and escapes: other macros and mathematics, by the library; never raises."""
    if len(text) > _LONGEST or any(text.count(a) - text.count(b) > _OPEN for a, b in ("{}", "[]")):
        return _BRACES.sub("", _MACRO.sub("", text)).replace("$", "")
    text = _MATH_FONT.sub("", _DROPPED.sub("", text))
    if len(_BARE_DOLLAR.findall(text)) % 2:
        text = text.replace("$", _HELD["$"])
    if "\\" not in text and "$" not in text:
        return _plain(text)
    try:
        decoded = str(_decoder().latex_to_text(text))
    except Exception:  # the library raises whatever its callbacks do; the text itself is never lost
        decoded = _plain(_MACRO.sub("", text).replace("$", ""))
    return _RAISED_ORDINAL.sub(r"\1\2", decoded.replace("\u00ad", ""))


def _plain(text: str) -> str:
    if "-" in text or "`" in text or "'" in text:
        text = _LIGATURE.sub(lambda m: _LIGATURES[m[0]], text)
    return _BRACES.sub("", text).replace("~", " ")


@lru_cache(maxsize=8192)
def to_unicode(text: str) -> str:
    """The text as printed: ``{\\"u}`` gives "ü", ``\\emph{x}`` gives "x", ``$\\ell_1$`` gives "ℓ_1"; braces are gone.

    Text without LaTeX comes back as it is.  Mathematics is left readable on one line, unknown macros lose their name
    and keep their argument, a lone ``$`` or ``%`` is itself.  Never raises.
    """
    if not _LATEX.search(text):
        return text
    if "\\" in text:
        text = _LINK.sub(lambda m: m[1].replace("~", _HELD["~"]).replace("_", r"\_"), text)
        text = _WORD_ACCENT.sub(_accent, _SIGN_ACCENT.sub(_accent, text))
        text = _ESCAPE.sub(lambda m: _ESCAPED.get(m[1], m[1]), text)
        text = _NAMED.sub(lambda m: _LETTER[m[1]], text)
        text = _SWITCH.sub("", _TEXT_MACRO.sub("", _HREF.sub("", text)))
    text = text.translate(_HOLD)
    text = _decode_rest(text) if "\\" in text or "$" in text else _plain(text)
    return unicodedata.normalize("NFC", text.replace("\u00a0", " ").translate(_FREE))


# ------------------------------------------------------------------ and back
_WRITTEN = {
    "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}", "\\": r"{\textbackslash}",
    "~": r"{\textasciitilde}", "^": r"{\textasciicircum}", "<": r"{\textless}", ">": r"{\textgreater}", "|": r"{\textbar}",
    "‐": "-", "‑": "-", "“": "``", "”": "''", "‘": "`", "’": "'", "\u00a0": "~", "…": r"{\ldots}",
}  # fmt: skip
_SPECIAL = late(
    r"[&%$#_{}\\~^<>|]|(?<=[-–—])-|(?<=')'|(?<=`)`|(?<=[?!])`|[^\x00-\x7f][\u0300-\u036f]*|[A-Za-z][\u0300-\u036f]+"
)
_KEPT_SCRIPTS = late(r"[\u0370-\u03ff\u0400-\u052f]")
_GREEK = late(r"[\u0391-\u03c9\u03d1\u03d5\u03f1\u03f5]")


@lru_cache(maxsize=1)
def _encoder() -> Any:
    from pylatexenc.latexencode import UnicodeToLatexEncoder

    return UnicodeToLatexEncoder(
        unknown_char_policy="keep",
        unknown_char_warning=False,
        replacement_latex_protection="braces-all",
    )


@cache
def _write(char: str) -> str:
    """One character (with its accents) in LaTeX; what LaTeX has no macro for stays Unicode."""
    if char in _WRITTEN:
        return _WRITTEN[char]
    if char in "'`":
        return "{}" + char
    if char in _MACRO_OF:
        return "{\\" + _MACRO_OF[char] + "}"
    decomposed = unicodedata.normalize("NFD", char)
    base, marks = decomposed[0], decomposed[1:]
    if (
        marks
        and all(mark in _ACCENT_OF for mark in marks)
        and (base.isascii() or base in _MACRO_OF)
    ):
        inner = base if base.isascii() else "\\" + _MACRO_OF[base]
        for mark in marks:
            macro = _ACCENT_OF[mark]
            if inner in "ij" and macro not in "cdkb":
                inner = "\\" + inner
            plain = not macro.isalpha() and (len(inner) == 1 or inner in (r"\i", r"\j"))
            inner = f"\\{macro}{inner}" if plain else f"\\{macro}{{{inner}}}"
        return "{" + inner + "}"
    if len(char) > 1 or (_KEPT_SCRIPTS.match(char) and not _GREEK.match(char)):
        return char
    written = str(_encoder().unicode_to_latex(char))
    if written.startswith(r"{\ensuremath{"):
        written = "{$" + written[len(r"{\ensuremath{") : -2] + "$}"
    return written


def _encode(match: re.Match[str]) -> str:
    char = match[0]
    if char not in "-–—":
        return _write(char)
    dash = {"-": "-", "–": "--", "—": "---"}[char]
    return "{}" + dash if match.start() and match.string[match.start() - 1] in "-–—" else dash


def to_latex(text: str) -> str:
    """Unicode text as LaTeX for a ``.bib`` field: "ü" gives ``{\\"u}``, "&" gives ``\\&``, "–" gives ``--``.

    Accents stand in braces as BibTeX wants them; scripts without LaTeX macros (CJK, Cyrillic …) stay Unicode.
    ``to_unicode`` reads the result back, up to the form of quotation marks.
    """
    if text.isascii() and not _SPECIAL.search(text):
        return text
    return _SPECIAL.sub(_encode, unicodedata.normalize("NFC", text))
