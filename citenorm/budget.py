"""What one input may cost, in one place: past a limit it is refused, or read as far as it goes, and one line says so.

    with within(replace(DEFAULT, pages=500)):
        citenorm.fix("report.pdf")

The settings set them too (``[limits]`` of ``citenorm.toml``).  Readers ask ``budget()``; PDF and Word files, which other libraries read, are
read by a process of their own that ends where ``seconds`` or ``memory`` are used up (``read/apart.py``).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Budget:
    """The limits of one input.

    ``bytes``: of the file, refused unread; ``characters``: of its text (of a PDF the pages up to there are read), ``lines``: of it; ``unpacked``: bytes of all XML
    parts of an archive, ``part``: of one, ``members``: their number; ``elements``: tags of HTML, and of XML in an archive; ``pages``
    of a PDF, ``page_characters`` and ``page_objects`` of one of them (a page of more is passed over); ``references``: that a
    document holds (each takes about a millisecond to be resolved); ``seconds`` of processor time and bytes of
    ``memory`` for the process that reads a PDF or Word file.
    """

    bytes: int = 256 * MB
    characters: int = 20_000_000
    lines: int = 1_000_000
    unpacked: int = 48 * MB
    part: int = 24 * MB
    members: int = 50_000
    elements: int = 1_000_000
    pages: int = 3_000
    page_characters: int = 200_000
    page_objects: int = 200_000
    references: int = 10_000
    seconds: int = 60
    memory: int = 900 * MB


DEFAULT = Budget()
_in_force: ContextVar[Budget] = ContextVar("budget", default=DEFAULT)


def budget() -> Budget:
    """The limits in force."""
    return _in_force.get()


@contextmanager
def within(limits: Budget) -> Iterator[None]:
    """These limits are in force until the end of the block."""
    token = _in_force.set(limits)
    try:
        yield
    finally:
        _in_force.reset(token)
