"""Rich Text Format goes in; the text a reader sees comes out, its paragraphs as blocks, with places in the file."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..errors import InputError
from ..model import Document
from .decode import check_lines
from .draft import Draft

_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|(\r\n?|\n)|([^\\{}\r\n]+)"
)
_SKIPPED = frozenset(
    ("fonttbl", "colortbl", "stylesheet", "info", "pict", "header", "footer", "headerl", "headerr", "footerl", "footerr", "object",
     "themedata", "datastore", "latentstyles", "listtable", "listoverridetable", "rsidtbl", "generator", "xmlnstbl", "bkmkstart",
     "bkmkend", "filetbl", "revtbl", "nonshppict", "falt", "panose")
)  # fmt: skip
_PRINTED = {
    "tab": "\t", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
    "emspace": " ", "enspace": " ", "line": "\n",
}  # fmt: skip
_SIGNS = {"~": " ", "_": "-", "-": "", "*": "", "\\": "\\", "{": "{", "}": "}", "|": "", ":": ""}
_LINK = re.compile(r"HYPERLINK\s+(?:\\\w\s+)?\"?([^\"\s]{1,2000})")
MAX_DEPTH = 1000


@dataclass(slots=True)
class _Group:
    """What holds within one pair of braces."""

    skip: bool = False
    after: int = 1
    instruction: bool = False
    field: bool = False


class _Reader:
    def __init__(self, draft: Draft, encoding: str) -> None:
        self.draft = draft
        self.groups = [_Group()]
        self.encoding = encoding
        self.left_out = 0
        self.target = ""
        self.fresh = True
        self.high = 0

    def show(self, text: str, at: int, length: int) -> None:
        """Print a piece, unless it stands for a character that was printed already or its group is left out."""
        group = self.groups[-1]
        if self.left_out and text:
            self.left_out -= 1
            text = text[1:]
            at, length = at + 1, max(1, length - 1)
        if group.instruction and (link := _LINK.search(text)):
            self.target = link[1]
        if group.skip or group.instruction or not text:
            return
        if self.fresh:
            self.draft.gap()
            self.draft.open("paragraph")
            self.fresh = False
        begun = self.draft.size
        self.draft.put(text, at, length)
        if self.target:
            self.draft.link(begun, self.target)

    def paragraph(self) -> None:
        if not self.groups[-1].skip:
            self.draft.close()
            self.fresh = True

    def brace(self, sign: str, name: str) -> None:
        if sign == "{":
            if len(self.groups) > MAX_DEPTH:
                raise InputError(
                    f"{name}: is nested too deeply to be read as RTF; save it as plain text"
                )
            above = self.groups[-1]
            self.groups.append(_Group(above.skip, above.after, above.instruction))
        elif len(self.groups) > 1 and self.groups.pop().field:
            self.target = ""

    def word(self, word: str, number: str | None, at: int, length: int) -> None:
        group = self.groups[-1]
        if word in _SKIPPED:
            group.skip = True
        elif word == "field":
            group.field = True
        elif word == "fldinst":
            group.skip, group.instruction = False, True
        elif word == "fldrslt":
            group.skip = group.instruction = False
        elif word in ("par", "row", "sect", "page"):
            self.paragraph()
        elif word == "uc":
            group.after = int(number or 1)
        elif word == "u" and number:
            self.left_out = 0
            self.show(self._char(int(number) % 0x10000), at, 1)
            self.left_out = group.after
        elif word in _PRINTED:
            self.show(_PRINTED[word], at, length)
        elif word == "ansicpg" and number:
            self.encoding = f"cp{number}"

    def _char(self, code: int) -> str:
        """The character of a code; one beyond the first plane comes in two."""
        high, self.high = self.high, code if 0xD800 <= code < 0xDC00 else 0
        if 0xDC00 <= code < 0xE000:
            return chr(0x10000 + ((high - 0xD800) << 10) + code - 0xDC00) if high else "\ufffd"
        return "" if self.high else chr(code)


def read_rtf(text: str, name: str, encoding: str) -> Document:
    """Tables of fonts, pictures, headers and the like left out; targets of links kept; a backslash at the end of a line ends a paragraph."""
    check_lines(text, name)
    draft = Draft(text)
    reader = _Reader(draft, "cp1252")
    for match in _TOKEN.finditer(text):
        at, length = match.start(), match.end() - match.start()
        word, number, code, sign, brace, _, plain = match.groups()
        if brace:
            reader.brace(brace, name)
            reader.left_out = 0
        elif plain:
            reader.show(plain, at, length)
        elif code:
            reader.show(_decoded(code, reader.encoding), at, 1)
        elif word:
            reader.word(word, number, at, length)
        elif sign in ("\n", "\r"):
            reader.paragraph()
        elif sign == "*":
            reader.groups[-1].skip = not text.startswith("\\fldinst", match.end())
        elif sign:
            reader.show(_SIGNS.get(sign, ""), at, 1)
    document = draft.document(name, "rtf", encoding)
    if not document.text.strip():
        raise InputError(f"{name}: holds no text that can be read as RTF; save it as plain text")
    return document


def _decoded(code: str, encoding: str) -> str:
    try:
        return bytes([int(code, 16)]).decode(encoding, "replace")
    except LookupError:
        return bytes([int(code, 16)]).decode("cp1252", "replace")
