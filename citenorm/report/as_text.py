"""A text from a document → text inside HTML: nothing in it is markup, and what would be invisible or turn the line about is shown."""

from __future__ import annotations

import re
from urllib.parse import quote

_SHOWN = {
    **{code: chr(0x2400 + code) for code in range(32) if chr(code) not in "\t\n"},
    0x7F: "\u2421",
    **dict.fromkeys(range(0x80, 0xA0), "\ufffd"),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    **{
        code: f"\u27e8U+{code:04X}\u27e9"
        for code in (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF)
    },
    ord("&"): "&amp;",
    ord("<"): "&lt;",
    ord(">"): "&gt;",
    ord('"'): "&quot;",
    ord("'"): "&#39;",
}
_INVISIBLE = {code: shown for code, shown in _SHOWN.items() if chr(code) not in "&<>\"'"}
_ANY = re.compile(
    "[&<>\"'\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def esc(text: str) -> str:
    """The text for an element or a quoted attribute; controls as pictures, marks of direction by their number."""
    return text.translate(_SHOWN) if _ANY.search(text) else text


def visible(text: str) -> str:
    """The text with what would be invisible or turn the line about shown, as in ``esc``, and no markup taken out."""
    return text.translate(_INVISIBLE) if _ANY.search(text) else text


def file_link(name: str, line: int, base: str = "") -> str:
    """The address of a line of a file, relative to the page; a name is never taken for a scheme."""
    path = name.replace("\\", "/")
    path = "/" + path.lstrip("/") if path.startswith("/") else base + path
    begin = "" if path.startswith(("/", "./", "../")) else "./"
    return (
        begin
        + quote(path.encode("utf-8", "surrogateescape"), safe="/.-_~")
        + (f"#L{line}" if line else "")
    )


def web_link(address: str) -> str:
    """The address for an attribute if it is one of http or https, else "" (no other scheme is ever linked)."""
    return esc(address) if re.match(r"https?://[^\s/]", address, re.I) else ""
