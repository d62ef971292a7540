"""One streaming reader per bibliographic format: an open file goes in, entries come out one by one.

A reader is a function ``read(stream: Stream) -> Iterator[Entry | Fault]`` in a module of its own; it keeps no more than one
entry in memory.  ``FORMATS`` is the one table of them.
"""

from __future__ import annotations

from .source import FORMATS, Entry, Fault, Source, detect, open_source

__all__ = ["FORMATS", "Entry", "Fault", "Source", "detect", "open_source"]
