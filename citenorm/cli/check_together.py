"""``citenorm check`` over texts and bibliographies: what only both together show."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from .session import Input, Session

if TYPE_CHECKING:
    from ..checking import Checked
    from ..model import Diagnostic, Resolution
    from ..together import Entries

CITING = (".tex", ".ltx", ".md", ".markdown", ".qmd", ".rmd", ".txt")
"""Texts in which citations by key are looked for."""


def cites(item: Input) -> bool:
    return os.path.splitext(item.name)[1].lower() in CITING


def found_together(
    items: Sequence[Input], made: Mapping[str, Checked], session: Session
) -> list[Diagnostic]:
    """The findings about texts and their bibliographies: those that are checked with them, else those that the texts name."""
    from ..together import Text, beside

    texts = [Text(i.name, made[i.name].text, made[i.name].resolutions) for i in items if cites(i) and i.name in made]  # fmt: skip
    if not texts:
        return []
    given = [_entries(i.data, i.name, made[i.name].resolutions) for i in items if i.name in made and i.is_bib]  # fmt: skip
    found: list[Diagnostic] = []
    for text in texts:
        others = [] if given else _named(text.name, text.text)
        if given or others:
            found += beside([text], [*given, *others], ())
    if given:
        names = [g.name for g in given]
        found += [d for d in beside(texts, given, names) if d.code != "CN105"]
    return [d for d in found if _on(d, made, session)]


MOST_NAMED = 50
"""Bibliographies of one text that are read."""


def _entries(data: bytes, name: str, results: Sequence[Resolution] = ()) -> Entries:
    from .. import bib
    from ..together import Entries

    file = bib.read(data, name)
    keys = {e.key: file.place(e.key_start, e.key_start + len(e.key)) for e in file.entries if e.key}
    aliases = {
        alias.strip(): e.key
        for e in file.entries
        if (found := e.get("ids")) is not None
        for alias in file.value(found).split(",")
        if alias.strip()
    }
    return Entries(name, keys, tuple(results), aliases)


def _named(name: str, text: str) -> list[Entries]:
    """The bibliographies that a text names, read for their keys; none where one of them is not at hand, or is no ``.bib`` file."""
    from ..bib.cited import named_files
    from ..checking import is_bib
    from ..errors import InputError
    from .options import read_input

    out: list[Entries] = []
    for one in dict.fromkeys(named_files(text, name)):
        path = os.path.join(os.path.dirname(name), one)
        try:
            if not (is_bib(path) and os.path.isfile(path)) or len(out) >= MOST_NAMED:
                return []
            out.append(_entries(read_input(path), path))
        except (ValueError, InputError):
            return []
    return out


def _on(found: Diagnostic, made: Mapping[str, Checked], session: Session) -> bool:
    """The rule is on for the file, and no remark switches it off."""
    from ..bib.cited import is_latex
    from ..checking import is_bib
    from ..model import Document
    from ..remarks import is_silenced, silenced_lines

    place = found.place
    name = place.file if place else ""
    if not session.wanted(name)(found.code, found.name):
        return False
    if place is None or name not in made:
        return True
    form = "latex" if is_latex(name) or is_bib(name) else "markdown"
    text = made[name].text
    words = silenced_lines(Document(name, form, text, source_text=text))
    return not is_silenced(found.code, found.name, words(place.line, place.line))
