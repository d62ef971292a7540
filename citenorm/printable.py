"""Text from outside (documents, answers, names of files) → one line that a terminal, a log or an annotation shows and never obeys."""

from __future__ import annotations

_SPACES = frozenset("\t\n\v\f\r\x85\u2028\u2029")


def printable(text: str) -> str:
    """The text on one line: whatever breaks lines becomes a blank; controls, escape sequences and marks of direction become U+FFFD.

    A value with ``\\n::error::`` in it therefore begins no line of its own, and none clears a screen or turns its line about.
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else " " if c in _SPACES else "\ufffd" for c in text)


def printable_lines(text: str) -> str:
    """A text of several lines, tabs in them kept, each as ``printable`` makes it."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in "\n\t" else "\ufffd" for c in text)
