"""The bytes of a PDF file go in; its pages come out as the library holds them, as many as the budget allows, told where it ends."""

from __future__ import annotations

import time
import warnings
from collections.abc import Iterator
from typing import Any

from ..budget import Budget, budget
from ..errors import InputError, InputWarning
from .pdf_forms import draws_itself

_SHARE = 0.7
"""Of the seconds: the pages read by then are given, the rest of the time is for taking their lines apart."""


def pages_of(data: bytes, name: str) -> Iterator[tuple[Any, int]]:
    """The text of each page (a handle of the library, valid until the next) and the number of its characters.

    A page that is damaged or beyond the budget has none; pages after the budget is used up are not given.  Raises InputError where there is nothing to give.
    """
    import pypdfium2 as pdfium

    if draws_itself(data):
        raise InputError(
            f"{name}: has a form that draws itself, so its pages have no end; print it to PDF again"
        )
    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        reason = " ".join(str(error).split())
        if "password" in reason.lower():
            raise InputError(f"{name}: is encrypted; save it without a password") from None
        raise InputError(
            f"{name}: is no sound PDF file ({reason[:80]}); save or print it to PDF again"
        ) from None
    try:
        yield from _within(pdf, pdfium, name, budget())
    finally:
        pdf.close()


def _within(pdf: Any, pdfium: Any, name: str, limits: Budget) -> Iterator[tuple[Any, int]]:
    count, characters, passed = len(pdf), 0, []
    until = time.process_time() + _SHARE * limits.seconds
    for number in range(count):
        if number >= limits.pages or time.process_time() > until:
            _cut(name, number, count)
            break
        try:
            page = pdf[number]
        except pdfium.PdfiumError:
            yield None, 0
            continue
        try:
            text, size = _text_of(page, pdfium, limits)
            if text is None:
                passed += [number + 1] if size else []
                yield None, 0
                continue
            try:
                if characters + size > limits.characters:
                    _cut(name, number, count)
                    break
                characters += size
                yield text.raw, size
            finally:
                text.close()
        finally:
            page.close()
    if passed:
        _say(
            f"{name}: {'page' if len(passed) == 1 else 'pages'} {_few(passed)} of more than {limits.page_characters:,} characters "
            f"or {limits.page_objects:,} objects not read (limits.page-characters, limits.page-objects)"
        )


def _text_of(page: Any, pdfium: Any, limits: Budget) -> tuple[Any, int]:
    """The text of a page and its characters; (None, 0) for a damaged page, (None, 1) for one beyond the budget."""
    if pdfium.raw.FPDFPage_CountObjects(page.raw) > limits.page_objects:
        return None, 1
    try:
        text = page.get_textpage()
    except pdfium.PdfiumError:
        return None, 0
    size = max(0, text.count_chars())
    if size > limits.page_characters:
        text.close()
        return None, 1
    return text, size


def _cut(name: str, read: int, count: int) -> None:
    if read == 0:
        raise InputError(
            f"{name}: its first page is beyond what is read of a file (see the limits in the settings)"
        )
    _say(
        f"{name}: only the first {read} of {count} pages were read; extract the pages with the references, or raise the limits"
    )


def _say(text: str) -> None:
    warnings.warn(InputWarning(text), stacklevel=2)


def _few(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:5]))
    return shown if len(numbers) <= 5 else f"{shown} and {len(numbers) - 5} more"
