r"""A LaTeX or Markdown text → the keys that it cites, with their places, and the bibliography files that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TEX = re.compile(
    r"\\(?P<command>[A-Za-z]*[Cc]ite[A-Za-z]*|nocite|bibentry)\*?(?P<rest>(?:\s*(?:\[[^\[\]]*\]|<[^<>]*>))*\s*\{(?P<keys>[^{}]*)\})"
)
_MULTI = re.compile(r"\\[A-Za-z]*[Cc]ites\b(?:\s*(?:\[[^\[\]]*\]|\([^()]*\)|\{[^{}]*\}))+")
_SLOT = re.compile(r"\{([^{}]*)\}")
_NO_KEY = re.compile(r"\\(?:re)?newcommand|\\citestyle|\\citesetup|\\DeclareCite")
_MD = re.compile(
    r"(?<![\w@/.\\])-?@(?:\{(?P<braced>[^{}\s]+)\}|(?P<plain>[\w\u00c0-\uffff](?:[\w:.#$%&\-+?<>~/]*[\w/])?))"
)
_CROSS_REFERENCE = re.compile(
    r"(?:fig|tbl|sec|eq|lst|thm|lem|cor|prp|cnj|def|exm|exr|sol|rem|alg|nte|tip|wrn|imp|cau)-"
)
"""What Quarto's cross references begin with."""
_TEX_HIDDEN = re.compile(
    r"(?<!\\)%[^\n]*|\\begin\{(verbatim|lstlisting|minted)\*?\}.*?\\end\{\1\*?\}", re.S
)
_MD_HIDDEN = re.compile(
    r"^(?P<fence>`{3,}+|~{3,}+)[^\n]*\n|`[^`\n]*`|<!--.*?(?:-->|\Z)|<https?://[^>\s]*>|(?<!@\{)\bhttps?://\S+|(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.]+",
    re.S | re.M,
)
_BIBLIOGRAPHY = re.compile(
    r"\\(?:bibliography|addbibresource|addglobalbib|addsectionbib)\s*(?:\[[^\[\]]*\])?\s*\{([^{}]+)\}"
)
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*$", re.S | re.M)
_ENTRY = re.compile(
    r"^bibliography:[ \t]*(?:\[(?P<flow>[^\]]*)\]|(?P<one>[^\s\[#][^\n#]*)|(?P<block>(?:\n[ \t]*-[^\n]*)+))",
    re.M,
)


@dataclass(frozen=True, slots=True)
class Cited:
    """A key where a text cites it; ``start``/``end``: offsets of the key itself.  "*": all entries (``\\nocite{*}``)."""

    key: str
    start: int
    end: int


def cited_keys(text: str, name: str) -> list[Cited]:
    r"""The keys that a text cites, in order.  ``name``: a suffix of LaTeX means ``\cite`` alone, any other pandoc's ``[@key]`` too."""
    if is_latex(name):
        return _in_tex(_blank(text, _TEX_HIDDEN))
    shown = _blank_in_markdown(text)
    found = [*_in_markdown(shown), *_in_tex(shown)]
    return sorted(found, key=lambda c: c.start)


def is_latex(name: str) -> bool:
    return bool(re.search(r"\.(?:tex|ltx|latex|rnw)$", name, re.I))


def _blank(text: str, hidden: re.Pattern[str]) -> str:
    """The text with comments and code as spaces, every offset as before."""
    return hidden.sub(lambda m: _spaces(m[0]), text)


def _spaces(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _blank_in_markdown(text: str) -> str:
    """The same for Markdown, where a fence ends at the next one of its sign that is as long; one that nothing ends hides nothing."""
    parts: list[str] = []
    unclosed: set[str] = set()
    at = 0
    while match := _MD_HIDDEN.search(text, at):
        parts.append(text[at : match.start()])
        at = match.end()
        fence = match["fence"] or ""
        if not fence:
            parts.append(_spaces(match[0]))
        elif any(fence.startswith(mark) for mark in unclosed):
            parts.append(match[0])
        elif end := re.compile(rf"^{fence}[`~]*[ \t\r]*$", re.M).search(text, at):
            parts.append(_spaces(text[match.start() : end.end()]))
            at = end.end()
        else:
            unclosed.add(fence)
            parts.append(match[0])
    return "".join([*parts, text[at:]])


def _in_tex(text: str) -> list[Cited]:
    out = []
    for match in _TEX.finditer(text):
        if not _NO_KEY.match(text, match.start()):
            out += list(_parts(match["keys"], match.start("keys")))
    for match in _MULTI.finditer(text):
        for slot in _SLOT.finditer(match[0]):
            out += list(_parts(slot[1], match.start() + slot.start(1)))
    return sorted(set(out), key=lambda c: c.start)


def _parts(keys: str, at: int) -> Iterator[Cited]:
    for match in re.finditer(r"[^,]+", keys):
        key = match[0].strip()
        if key and "#" not in key and "\\" not in key:
            start = at + match.start() + match[0].index(key)
            yield Cited(key, start, start + len(key))


def _in_markdown(text: str) -> Iterator[Cited]:
    for match in _MD.finditer(text):
        which = "braced" if match["braced"] else "plain"
        key = match[which]
        if not _CROSS_REFERENCE.match(key):
            yield Cited(key, match.start(which), match.end(which))


def named_files(text: str, name: str) -> list[str]:
    r"""The bibliography files that a text names, as it names them: ``\bibliography``, ``\addbibresource``, ``bibliography:`` of the front matter."""
    if is_latex(name):
        shown = _blank(text, _TEX_HIDDEN)
        return [
            one if re.search(r"\.\w{2,8}$", one) else f"{one}.bib"
            for match in _BIBLIOGRAPHY.finditer(shown)
            for one in (part.strip() for part in match[1].split(","))
            if one and "\\" not in one
        ]
    front = _FRONT.match(text)
    found = _ENTRY.search(front[1]) if front else None
    if not found:
        return []
    listed = found["flow"] or found["one"] or found["block"] or ""
    parts = re.split(r"[,\n]", listed) if found["one"] is None else [listed]
    return [p for part in parts if (p := part.strip().lstrip("-").strip().strip("\"'"))]
