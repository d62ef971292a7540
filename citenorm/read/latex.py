"""LaTeX (``.tex`` with its bibliography in it, ``.bbl``) goes in; what it prints comes out, with places in the file."""

from __future__ import annotations

import re
import unicodedata

from ..model import Document
from .apacite import apacite_groups, put_apacite
from .biblatex import put_entries
from .decode import check_lines
from .draft import Draft

_TOKEN = re.compile(r"[\\{}%$~&`'\n-]|\^\^")
_NUMBER = re.compile(r"-?\d+[ \t]?")
_COMMAND = re.compile(r"\\([A-Za-z@]+\*?|.)", re.DOTALL)
_BRACKETS = re.compile(r"\\\\.|[\[\]{}]", re.DOTALL)
_ITEM = re.compile(r"\\bibitem(?![A-Za-z])")
_BEGIN = re.compile(r"\\begin\s*\{thebibliography\}")
_END = re.compile(r"\\end\s*\{(?:thebibliography|document|references)\}")
_SECTION = re.compile(
    r"\\(part|chapter|section|subsection|subsubsection|paragraph)\*?\s*(?:\[[^\]]{0,200}\])?\s*\{"
)
_LEVELS = {
    "part": 1,
    "chapter": 1,
    "section": 2,
    "subsection": 3,
    "subsubsection": 4,
    "paragraph": 5,
}
_DROPPED = re.compile(
    r"\\begin\s*\{(equation|align|figure|table|tabular|verbatim|lstlisting|tikzpicture|gather|eqnarray|math|displaymath|algorithm\w*|comment|minted)(\*?)\}"
)
_ADDRESSES = frozenset(("url", "path", "nolinkurl", "verb", "doi", "burl"))
_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307", "u": "\u0306", "v": "\u030c",
    "H": "\u030b", "c": "\u0327", "d": "\u0323", "b": "\u0331", "r": "\u030a", "k": "\u0328", "G": "\u030f", "h": "\u0309", "U": "\u030e",
}  # fmt: skip
_LETTERS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "i": "i", "j": "j", "aa": "å", "AA": "Å",
    "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "ng": "ŋ", "NG": "Ŋ", "dj": "đ", "DJ": "Đ", "S": "§", "P": "¶", "copyright": "©", "pounds": "£",
    "textendash": "–", "textemdash": "—", "textquoteright": "’", "textquoteleft": "‘", "textquotedblleft": "“", "textquotedblright": "”",
    "quotedblbase": "„", "glqq": "„", "grqq": "“", "guillemotleft": "«", "guillemotright": "»", "textasciitilde": "~", "textbackslash": "\\",
    "textunderscore": "_", "ldots": "…", "dots": "…", "textellipsis": "…", "TeX": "TeX", "LaTeX": "LaTeX", "BibTeX": "BibTeX", "textless": "<",
    "textgreater": ">", "textbar": "|", "textregistered": "®", "texttrademark": "™", "textdegree": "°", "degree": "°", "euro": "€", "slash": "/",
    "textasciicircum": "^", "lq": "‘", "rq": "’", "textquotesingle": "'", "textquotedbl": '"', "guilsinglright": "›", "guilsinglleft": "‹",
    "bibrangedash": "–", "bibinitperiod": ".", "bibnamedelima": " ", "bibinithyphendelim": "-", "&": "&", "%": "%", "$": "$", "#": "#", "_": "_",
    "{": "{", "}": "}", " ": " ", "\n": " ", ",": " ", ";": " ", ":": " ", "quad": " ", "qquad": " ", "space": " ", "newblock": " ", "par": "\n",
    "\\": "\n", "newline": "\n", "linebreak": " ", "/": "", "-": "", "!": "", "@": "", "BibitemShut": "",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ", "kappa": "κ",
    "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "varphi": "φ", "chi": "χ",
    "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ",
    "Omega": "Ω", "infty": "∞", "times": "×", "pm": "±", "leq": "≤", "geq": "≥", "sim": "∼", "to": "→", "rightarrow": "→", "ell": "ℓ", "cdot": "·",
    "BPBI": ". ", "BBA": "&", "BCBL": ",", "BCBT": ",", "BBOQ": "“", "BBCQ": "”", "BIn": "In ", "BED": "Ed.", "BEDS": "Eds.", "BPG": "p.", "BPGS": "pp.",
    "BVOL": "Vol.", "BNUM": "No.", "BCHAP": "chap.", "BTR": "Tech. Rep.", "BTRANS": "Trans.", "BPhD": "Doctoral dissertation", "BMTh": "Master's thesis",
    "BIP": "in press", "BSBA": "&", "unskip": "", "protect": "", "natexlab": "", "ensuremath": "", "star": "⋆", "circ": "°", "bullet": "•", "partial": "∂", "nabla": "∇", "approx": "≈", "neq": "≠", "in": "∈",
}  # fmt: skip
_SWALLOW = {
    "label": 1, "cite": 1, "citep": 1, "citet": 1, "ref": 1, "vspace": 1, "hspace": 1, "bibinfo": -1, "bibfield": -1, "bibnamefont": 0, "href": -1,
    "hskip": 0, "providecommand": 2, "newcommand": 2, "renewcommand": 2, "expandafter": 0, "urlstyle": 1, "bibliographystyle": 1, "color": 1,
    "textcolor": -1, "fontsize": 2, "selectlanguage": 1, "href@noop": -1, "Eprint": -1, "setlength": 2, "addtolength": 2, "usepackage": 1,
    "documentclass": 1, "input": 1, "include": 1, "includegraphics": 1, "bibliography": 1, "BibitemOpen": 0, "citenamefont": 0, "bibAnnoteFile": 2,
    "pagestyle": 1, "thispagestyle": 1, "SortNoop": 1, "noopsort": 1, "phantom": 1, "hypertarget": 1, "bibitemStop": 0, "bibitemNoStop": 0,
    "translation": 1, "enquote": 0, "foreignlanguage": -1, "bibitem": 1, "mkbibquote": 0, "pdfoutput": 0, "begin": 1, "end": 1, "natexlab": 0,
    "APACinsertmetastar": 1, "PrintBackRefs": 1, "APACyear": 0, "APACmonth": 0, "APACrefatitle": -1, "APACrefbtitle": -1, "APACrefaetitle": -1,
    "APACrefbetitle": -1, "APACbVolEdTR": 0, "APAChowpublished": 0, "APACorigyearnote": 1, "APACbVolEdTRpgs": 0, "Mciteinputpath": 1, "mciteSetBstSublistMode": 1, "mciteBstWouldAddEndPuncttrue": 0, "mciteSetBstMidEndSepPunct": 3, "EndOfBibitem": 0, "textsuperscript": 0,
}  # fmt: skip
"""Arguments that print nothing: so many are left out (-1: the first of two is, the second is printed)."""


def read_latex(text: str, name: str, encoding: str) -> Document:
    """``\\bibitem`` entries become blocks of kind "bibitem" with their key or label; biblatex entries are written out
    from their fields; the rest of a ``.tex`` becomes headings and paragraphs."""
    check_lines(text, name)
    draft = Draft(text)
    if ("\\entry{" in text and "\\refsection" in text) or "\\datalist" in text:
        put_entries(draft, _put)
        return draft.document(name, "latex", encoding)
    body = text.find("\\begin{document}")
    position = body + len("\\begin{document}") if body >= 0 else 0
    first = _ITEM.search(text, position)
    begin = _BEGIN.search(text, position)
    stop = min(first.start() if first else len(text), begin.start() if begin else len(text))
    if body >= 0 or not first:
        _body(draft, position, stop)
    while first is not None:
        position = _items(draft, first.start())
        after = _ITEM.search(text, position)
        _body(draft, position, after.start() if after else len(text)) if body >= 0 else None
        first = after
    return draft.document(name, "latex", encoding)


def _items(draft: Draft, position: int) -> int:
    """Append the ``\\bibitem`` entries from ``position`` to the end of their list; where that is."""
    text = draft.source
    end = _END.search(text, position)
    limit = end.start() if end else len(text)
    starts = [match.start() for match in _ITEM.finditer(text, position, limit)]
    for place, start in enumerate(starts):
        stop = starts[place + 1] if place + 1 < len(starts) else limit
        at = start + len("\\bibitem")
        at = _past(draft, at, stop, "[") or at
        shut = _past(draft, at, stop, "{")
        key = text[at:shut].strip(" \n\t{}%") if shut and shut - at < 200 else ""
        draft.gap()
        draft.open("bibitem", 0, re.sub(r"\s+", "", key))
        at = shut or at
        brief = re.compile(r"\s*\\(?:BibitemOpen|bibinfo)").match(text, at, stop)
        _put(draft, brief.start() if brief else at, stop)
        draft.close()
    return end.end() if end else len(text)


def _body(draft: Draft, start: int, end: int) -> None:
    """Headings and paragraphs of running text between two places of the source."""
    text = draft.source
    for paragraph in re.finditer(r"(?:[^\n]+\n?)+", text[start:end]):
        at, stop = start + paragraph.start(), start + paragraph.end()
        dropped = _DROPPED.search(text, at, stop)
        if dropped:
            stop = dropped.start()
        while heading := _SECTION.search(text, at, stop):
            _paragraph(draft, at, heading.start())
            shut = _past(draft, heading.end() - 1, stop, "{") or heading.end()
            draft.gap()
            draft.open("heading", _LEVELS[heading.group(1)])
            _put(draft, heading.end(), max(heading.end(), shut - 1))
            draft.gap()
            at = shut
        _paragraph(draft, at, stop)


def _paragraph(draft: Draft, start: int, end: int) -> None:
    if draft.source[start:end].strip():
        draft.gap()
        item = re.compile(r"\s*\\item\b").match(draft.source, start, end)
        draft.open("item" if item else "paragraph")
        _put(draft, item.end() if item else start, end)
        draft.close()


def _past(draft: Draft, start: int, end: int, opening: str) -> int:
    """Offset behind the group that opens at ``start`` (white space skipped); 0 if none opens there or it does not close."""
    text = draft.source
    while start < end and text[start] in " \t\r\n%":
        if text[start] == "%":
            line = text.find("\n", start, end)
            start = line if line >= 0 else end
        else:
            start += 1
    if not text.startswith(opening, start) or start >= end:
        return 0
    shut = _groups(draft).get(start, end)
    return shut + 1 if shut < min(end, start + 20_000) else 0


def _groups(draft: Draft) -> dict[int, int]:
    """Where each brace and bracket of the source that closes does so; a bracket closes within the braces it stands in."""
    known = draft.kept.get("groups")
    if known is not None:
        return known
    pairs: dict[int, int] = {}
    stack: list[tuple[str, int]] = []
    depth = 0
    for match in _BRACKETS.finditer(draft.source):
        sign, at = match.group(), match.start()
        if sign in "[{":
            stack.append((sign, at))
            depth += sign == "{"
        elif sign == "]":
            if stack and stack[-1][0] == "[":
                pairs[stack.pop()[1]] = at
        elif sign == "}" and depth:
            while stack[-1][0] == "[":
                stack.pop()
            pairs[stack.pop()[1]] = at
            depth -= 1
    draft.kept["groups"] = pairs
    return pairs


def _put(draft: Draft, start: int, end: int) -> None:
    """Append what ``source[start:end]`` prints: commands and braces off, accents and ligatures as Unicode."""
    text = draft.source
    position = start
    while position < end:
        match = _TOKEN.search(text, position, end)
        if match is None:
            draft.take(position, end)
            return
        at = match.start()
        draft.take(position, at)
        if text[at] == "\\":
            position = _command(draft, at, end)
        elif text[at] == "%":
            line = text.find("\n", at, end)
            position = end if line < 0 else _past_blanks(text, line + 1, end, " \t")
        else:
            position = _sign(draft, at, end)


def _past_blanks(text: str, position: int, end: int, blanks: str) -> int:
    while position < end and text[position] in blanks:
        position += 1
    return position


def _sign(draft: Draft, at: int, end: int) -> int:
    """Print the sign at ``at`` that is no command; where the text goes on."""
    text, sign = draft.source, draft.source[at]
    if sign == "\n":
        if not draft.ends_line:
            draft.put("\n", at)
        return _past_blanks(text, at + 1, end, " \t\r\n")
    if sign == "-":
        width = 3 if text.startswith("---", at) else 2 if text.startswith("--", at) else 1
        draft.put("-–—"[width - 1], at, 1)
        return at + width
    if sign in "`'":
        double = text.startswith(sign * 2, at)
        draft.put(("“" if double else "‘") if sign == "`" else ("”" if double else "’"), at, 1)
        return at + 1 + double
    if sign in "~&":
        draft.put(" ", at)
    elif sign == "^":
        draft.take(at, at + 1)
    return at + 1


def _command(draft: Draft, at: int, end: int) -> int:
    """Print the command at ``at``; where the text goes on."""
    text = draft.source
    match = _COMMAND.match(text, at, end)
    if match is None:
        return at + 1
    word = match.group(1)
    position = _past_blanks(text, match.end(), end, " \t") if word.isalpha() else match.end()
    shown = _accent(draft, word, match, position, end) or _address(draft, word, position, end)
    if shown:
        return shown
    if word == "penalty" and (number := _NUMBER.match(text, position, end)):
        return number.end()
    if word in _LETTERS:
        draft.put(_LETTERS[word], at, 1)
        return position if text[match.end() : match.end() + 1] != "\n" else match.end()
    groups = apacite_groups(draft, word, position, end, _past)
    if groups is not None:
        put_apacite(draft, word, groups, _put)
        return _past_groups(draft, position, end, len(groups))
    if word == "href" and (shut := _past(draft, position, end, "{")):
        draft.link(draft.size, text[text.index("{", position) + 1 : shut - 1].replace("\\", ""))
    return _past_arguments(draft, word, position, end)


def _past_groups(draft: Draft, position: int, end: int, count: int) -> int:
    for _ in range(count):
        position = _past(draft, position, end, "{") or position
    return position


def _past_arguments(draft: Draft, word: str, position: int, end: int) -> int:
    """Where the text goes on behind the arguments of a command that print nothing."""
    swallow = _SWALLOW.get(word.rstrip("*"), 0)
    for _ in range(abs(swallow)):
        position = _past(draft, position, end, "[") or position
        position = _past(draft, position, end, "{") or position
    if swallow < 0:
        after = _past_blanks(draft.source, position, end, " \n")
        return after if draft.source.startswith("{", after) else position
    return position if swallow else _past(draft, position, end, "[") or position


def _accent(draft: Draft, word: str, match: re.Match[str], position: int, end: int) -> int:
    """Print the letter under an accent; where the text goes on, 0 where there is none."""
    text = draft.source
    if word not in _ACCENTS:
        return 0
    if word.isalpha() and position < end and text[position].isalpha() and position == match.end():
        return 0
    accented = _accented(text, position, end)
    if accented is None:
        return 0
    letter, after = accented
    draft.put(unicodedata.normalize("NFC", letter + _ACCENTS[word]), match.start(), 1)
    return after


def _address(draft: Draft, word: str, position: int, end: int) -> int:
    """Print an address as it stands; where the text goes on, 0 where there is none."""
    text = draft.source
    shut = _past(draft, position, end, "{") if word in _ADDRESSES else 0
    if not shut:
        return 0
    inner = text.index("{", position) + 1
    draft.put("https://doi.org/" if word == "doi" and not text.startswith("http", inner) else "")
    for piece in re.finditer(r"\\([_%&#~{}$])|[^\\{}]+|\\", text[inner : shut - 1]):
        draft.put(piece.group(1) or piece.group(), inner + piece.start())
    return shut


def _accented(text: str, position: int, end: int) -> tuple[str, int] | None:
    """The letter that an accent stands on, and where it ends."""
    match = re.compile(
        r"\s*(?:\{\s*\\?(?:(i|j)\b|([^\W\d_]))\s*\}|\\(i|j)(?![A-Za-z])\s?|([^\W\d_])|\{\s*\})"
    ).match(text, position, end)
    if match is None:
        return None
    letter = match.group(1) or match.group(2) or match.group(3) or match.group(4) or ""
    return (letter, match.end()) if letter else None
