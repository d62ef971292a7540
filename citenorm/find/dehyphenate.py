"""A stretch of a document's text goes in; the string a reader sees comes out, on one line."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SOFT = re.compile("[\u00ad\ufffe\u0002][ \t]*(?:\r?\n[ \t\n]*)?")
_HYPHEN = re.compile(
    r"(?<![^\W\d_])([^\W\d_]+)([-\u2010\u2011\u00ad\ufffe\u0002])[ \t]*\n[ \t\n]*([^\W\d_]+)"
)
_KEPT_BREAK = re.compile(
    r"(?<=[^\W_])([-\u2010\u2011–/\u00ad\ufffe\u0002])[ \t]*\n[ \t\n]*(?=[A-ZÀ-Þ\d])"
)
_URL_BREAK = re.compile(r"((?:https?://|www\.|doi\.org/)\S*[/=?&#_.-])[ \t]*\n[ \t\n]*(?=[^\s\[(])")
_SPACED_ADDRESS = re.compile(
    r"https?\s?:\s/\s/\s[\w%~-]+(?:\s[./:?=&#_-]\s?[\w%~-]+)*|(?<![\w./])10\s?\.\s?\d{4,9}\s/\s[\w-]+(?:\s?\.\s?[\w-]*\d)*"
)
"""An address or DOI that the print sets with blanks around its signs: "https : / / dl . acm . org / doi"."""
_ID_BREAK = re.compile(r"(?i:(arxiv:|doi:))[ \t]*\n[ \t\n]*(?=\d)")
_ZERO_WIDTH = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u200e\u200f]")
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*")
_PREFIXES = frozenset(
    [
        "self",
        "non",
        "multi",
        "semi",
        "anti",
        "cross",
        "meta",
        "quasi",
        "pseudo",
        "well",
        "high",
        "low",
        "large",
        "small",
        "long",
        "short",
        "real",
        "state",
        "two",
        "three",
        "first",
        "second",
        "one",
        "single",
        "fine",
        "near",
        "all",
        "e",
        "x",
        "t",
        "k",
    ]
)


_LINKS = frozenset(["a", "and", "at", "by", "for", "in", "of", "on", "or", "the", "to"])
"""Small words within a compound, behind which its next hyphen stands: "text-to-", "state-of-the-"."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """What a document itself shows of its words: those that occur in one piece, and whether its lines are hyphenated."""

    words: frozenset[str] = frozenset()
    hyphenated: bool = True


def spelling(text: str) -> Spelling:
    """Read off the words of a text, its line ends left out."""
    if not re.search("[-\u2010\u00ad\ufffe\u0002]\n", text):
        return Spelling()
    lines = text.split("\n")
    words: set[str] = set()
    broken = full = 0
    for line in lines[:200_000]:
        if len(line) < 20 or len(line) > 2000:
            continue
        full += 1
        line = line.rstrip()
        broken += (
            line.endswith(("-", "\u2010", "\u00ad", "\ufffe", "\u0002")) and line[-2:-1].isalpha()
        )
        found = _WORD.findall(line.casefold())
        words.update(found[1:-1])
    return Spelling(frozenset(words), broken > 0.02 * full)


def visible(text: str, spelt: Spelling = Spelling()) -> str:
    """White space folded, end-of-line hyphens undone.

    A hyphen at the end of a line stays where the document writes the word with it elsewhere, does not hyphenate its
    lines at all, or where a prefix like "self-" or a capital after it asks for it.
    """
    if "\n" in text:
        text = _URL_BREAK.sub(r"\1", text)  # the hyphens of an address are its own
        text = _HYPHEN.sub(lambda match: _joined(match, spelt), text)
        text = _KEPT_BREAK.sub(lambda match: _hard(match.group(1)), text)
        text = _SOFT.sub("", text)
        text = _ID_BREAK.sub(r"\1", text)
    elif "\u00ad" in text or "\ufffe" in text or "\x02" in text:
        text = _SOFT.sub("", text)
    if " / " in text:
        text = _SPACED_ADDRESS.sub(lambda match: "".join(match[0].split()), text)
    text = _ZERO_WIDTH.sub("", text)
    return _SPACE.sub(" ", text).strip()


def _hard(hyphen: str) -> str:
    return "-" if hyphen in "\u00ad\ufffe\u0002" else hyphen


def _joined(match: re.Match[str], spelt: Spelling) -> str:
    before, hyphen, after = match.group(1), _hard(match.group(2)), match.group(3)
    whole, parted = (before + after).casefold(), f"{before}-{after}".casefold()
    if after[0].isupper():
        return f"{before}{hyphen}{after}"
    within = match.string[match.start() - 1 : match.start()] in ("-", "\u2010", "\u2011")
    if within and before.casefold() in _LINKS:
        return f"{before}{hyphen}{after}"
    if whole in spelt.words and parted not in spelt.words:
        return before + after
    if parted in spelt.words or not spelt.hyphenated or before.casefold() in _PREFIXES:
        return f"{before}{hyphen}{after}"
    return before + after
