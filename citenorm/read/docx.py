"""A Word file goes in; its text comes out as HTML would show it, footnotes at the end (mammoth reads the file)."""

from __future__ import annotations

import io
import re
from typing import Any

from ..errors import InputError
from ..model import Document
from .archive import opened, part
from .draft import Draft
from .html import fill

_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
p[style-name='Author'] => p:fresh
p[style-name='Bibliography'] => p.bibliography:fresh
"""


def read_docx(data: bytes, name: str) -> Document:
    """Offsets and lines are those of the text that comes out, one paragraph a line."""
    with opened(data, name, "Word") as archive:
        if "word/document.xml" not in archive.NameToInfo:
            raise InputError(
                f"{name}: holds no word/document.xml, so it is no Word file; check the name"
            )
        for member in sorted(archive.NameToInfo):
            if member.endswith((".xml", ".rels")) and re.match(
                r"(?:word/[^/]+\.xml|.*\.rels|\[Content_Types\]\.xml)$", member
            ):
                part(archive, member, name)
    markup = _markup(data, name)
    draft = Draft("")
    fill(draft, markup, name, aligned=False)
    return _own_lines(draft, name)


def _markup(data: bytes, name: str) -> str:
    import mammoth

    def no_image(image: Any) -> list[Any]:
        return []

    try:
        result = mammoth.convert_to_html(
            io.BytesIO(data),
            style_map=_STYLES,
            convert_image=no_image,
            external_file_access=False,
            include_embedded_style_map=False,
        )
    except (RecursionError, MemoryError, InputError):
        raise
    except Exception as error:  # mammoth lets whatever its XML and zip libraries raise through
        reason = " ".join(str(error).split())[:100] or type(error).__name__
        raise InputError(
            f"{name}: is no sound Word file ({reason}); open and save it again"
        ) from None
    return str(result.value)


def _own_lines(draft: Draft, name: str) -> Document:
    """A document whose places are those of its own text: nothing in the file can be pointed at."""
    from dataclasses import replace

    from ..lines import line_starts

    document = draft.document(name, "docx", "utf-8")
    return replace(document, runs=(), line_starts=line_starts(document.text), source_text="")
