"""A Jupyter notebook goes in; the text of its Markdown cells comes out, with blocks and places in the file."""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from dataclasses import replace
from typing import Any

from ..errors import InputError
from ..lines import line_starts
from ..model import Document
from .markdown import read_markdown

_BREAK = "\n\n"


def read_notebook(text: str, name: str, encoding: str) -> Document:
    """Cells of code and their output are left out.  Lines and offsets are those of the ``.ipynb`` file."""
    try:
        data = json.loads(text, parse_constant=lambda _: math.nan)
    except (ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())[:80]
        raise InputError(
            f"{name}: is no sound notebook ({reason}); save it again with Jupyter"
        ) from None
    cells = data.get("cells") if isinstance(data, dict) else None
    if cells is None and isinstance(data, dict) and isinstance(data.get("worksheets"), list):
        cells = [
            cell
            for sheet in data["worksheets"]
            if isinstance(sheet, dict)
            for cell in _list(sheet.get("cells"))
        ]
    if not isinstance(cells, list):
        raise InputError(f'{name}: is no notebook (JSON without "cells"); check the file')
    pieces: list[str] = []
    places: list[tuple[int, int, int]] = []
    size = cursor = 0
    for cell in cells:
        for string in _markdown(cell):
            string = _sound(string)
            for encoded in (json.dumps(string)[1:-1], json.dumps(string, ensure_ascii=False)[1:-1]):
                at = text.find(f'"{encoded}"', cursor)
                if at >= 0:
                    places += _places(string, text, at + 1, size)
                    cursor = at + len(encoded) + 1
                    break
            pieces.append(string)
            size += len(string)
        if pieces and pieces[-1] is not _BREAK:
            pieces.append(_BREAK)
            size += len(_BREAK)
    source = "".join(pieces)
    if not source.strip():
        return Document(
            name=name,
            format="notebook",
            text="",
            line_starts=line_starts(text),
            source_text=text,
            encoding=encoding,
        )
    document = read_markdown(source, name, encoding)
    return replace(
        document,
        format="notebook",
        runs=_moved(document.runs, places),
        line_starts=line_starts(text),
        source_text=text,
    )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _markdown(cell: Any) -> list[str]:
    """The source strings of a Markdown (or old heading) cell."""
    if not isinstance(cell, dict) or cell.get("cell_type") not in ("markdown", "heading", "raw"):
        return []
    source = cell.get("source")
    if isinstance(source, str):
        return [source]
    return [part for part in _list(source) if isinstance(part, str)]


def _sound(string: str) -> str:
    return "".join(
        "\ufffd" if "\ud800" <= char <= "\udfff" or char == "\0" else char for char in string
    )


def _places(string: str, text: str, at: int, offset: int) -> list[tuple[int, int, int]]:
    """Runs ``(offset, file offset, length)`` of a JSON string: one for every stretch without escapes."""
    runs: list[tuple[int, int, int]] = []
    start = 0
    for i, char in enumerate(string):
        width = _escaped(text, at)
        if width > 1 or i == 0:
            if i > start:
                runs.append((offset + start, at - (i - start), i - start))
            start = i
        if width > 1:
            width = 12 if width == 6 and ord(char) > 0xFFFF else width
            runs.append((offset + i, at, 1))
            start = i + 1
        at += width
    if len(string) > start:
        runs.append((offset + start, at - (len(string) - start), len(string) - start))
    return runs


def _escaped(text: str, at: int) -> int:
    if text[at] != "\\":
        return 1
    return 6 if text[at + 1 : at + 2] == "u" else 2


def _moved(
    runs: tuple[tuple[int, int, int], ...], places: list[tuple[int, int, int]]
) -> tuple[tuple[int, int, int], ...]:
    """The runs from text to Markdown source, carried on to the file by ``places``."""
    if not places:
        return ((0, 0, 0),)
    starts = [place[0] for place in places]
    moved: list[tuple[int, int, int]] = []
    for offset, source, length in runs:
        done = 0
        while done < length:
            i = bisect_right(starts, source + done) - 1
            if i < 0:
                break
            begin, at, size = places[i]
            inside = source + done - begin
            step = min(length - done, max(size - inside, 0))
            if step <= 0:
                following = (
                    starts[i + 1] - (source + done) if i + 1 < len(starts) else length - done
                )
                moved.append((offset + done, at + size, 0))
                done += max(1, min(following, length - done))
                continue
            moved.append((offset + done, at + inside, step))
            done += step
    return tuple(moved)
