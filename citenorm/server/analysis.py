"""One text in an editor → findings, quick fixes, what is known of the work under the cursor, and where an entry is cited.

Pure: offsets in, offsets out; ``protocol`` turns them into positions and speaks with the editor.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..bib.cited import cited_keys, named_files
from ..checking import Checked, checked, is_bib
from ..errors import CitenormError
from ..model import Diagnostic, Reference, Resolution, TextEdit

if TYPE_CHECKING:
    from ..lock import Lock
    from ..match.cite import Policy
    from ..sources import Sources


@dataclass(frozen=True, slots=True)
class Settings:
    """What an editor's folder asks for; see ``checking.checked``."""

    wanted: Callable[[str, str], bool] | None = None
    unsafe: bool = False
    prefer: Policy = "published"
    lock: Lock | None = None


@dataclass(frozen=True, slots=True)
class Analysis:
    """What was found in one text.  ``edits``: all fixes at once; ``problem``: why it could not be read, "" where it could."""

    name: str
    text: str
    diagnostics: tuple[Diagnostic, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    problem: str = ""
    edits: tuple[TextEdit, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """A fix that an editor offers: what it is called, the edits, and the findings that it answers."""

    title: str
    edits: tuple[TextEdit, ...]
    diagnostics: tuple[Diagnostic, ...]
    preferred: bool = False


def analyse(text: str, name: str, sources: Sources, settings: Settings | None = None) -> Analysis:
    """Check one text as it stands in an editor; nothing is read from disk."""
    chosen = settings or Settings()
    if not text.strip():
        return Analysis(name, text)
    try:
        made: Checked = checked(
            text.encode("utf-8", "surrogateescape"), sources, name=name, wanted=chosen.wanted,
            unsafe=chosen.unsafe, prefer=chosen.prefer, lock=chosen.lock,
        )  # fmt: skip
    except CitenormError as error:
        return Analysis(name, text, problem=str(error))
    return Analysis(name, text, made.diagnostics, made.resolutions, edits=made.edits)


# ------------------------------------------------------------------ fixes
def actions(analysis: Analysis, start: int, end: int) -> list[Action]:
    """The fixes of the findings that touch a stretch of the text: one each, one for the entry, one for the whole file."""
    fixable = [d for d in analysis.diagnostics if d.edits]
    here = [d for d in fixable if _touches(analysis, d, start, end)]
    out = [Action(f"{d.name}: {_words(d)}", d.edits, (d,), True) for d in here]
    for key in dict.fromkeys(d.key for d in here if d.key):
        of_entry = tuple(d for d in fixable if d.key == key)
        if len(of_entry) > 1:
            out.append(Action(f"Fix all of {key}", _within(analysis, key), of_entry))
    if here and len(fixable) > len(here):
        out.append(Action("Fix all of this file", analysis.edits, tuple(fixable)))
    return out


def _within(analysis: Analysis, key: str) -> tuple[TextEdit, ...]:
    """The edits in the entries with a key."""
    references = (r.claim.reference for r in analysis.resolutions if r.claim.id == key)
    spans = [(r.start, r.end) for r in references if r is not None]
    return tuple(e for e in analysis.edits if any(a <= e.start and e.end <= b for a, b in spans))


def _words(found: Diagnostic) -> str:
    return found.message if len(found.message) <= 80 else found.message[:79] + "…"


def _touches(analysis: Analysis, found: Diagnostic, start: int, end: int) -> bool:
    first, last = span(analysis.text, found)
    return first <= end and start <= last


def span(text: str, found: Diagnostic) -> tuple[int, int]:
    """Where a finding stands: offsets in the text."""
    place = found.place
    if place is None or not place.line:
        return 0, 0
    starts = line_starts(text)
    first = starts[min(place.line, len(starts)) - 1] + max(place.column - 1, 0)
    line = min(max(place.end_line, place.line), len(starts))
    if place.end_column:
        return first, starts[line - 1] + place.end_column - 1
    last = starts[line] - 1 if line < len(starts) else len(text)
    return first, max(first, last)


def line_starts(text: str) -> list[int]:
    """The offsets at which lines begin."""
    out = [0]
    at = text.find("\n")
    while at >= 0:
        out.append(at + 1)
        at = text.find("\n", at + 1)
    return out


# ------------------------------------------------------------------ what is known
def hover(analysis: Analysis, offset: int, others: Mapping[str, Analysis] | None = None) -> str:
    """Markdown about the work of the entry, reference or citation at an offset; "" where there is none."""
    found = at_offset(analysis, offset)
    if found is None and (key := key_at(analysis, offset)):
        found = next(
            (r for a in (others or {}).values() for r in a.resolutions if r.claim.id == key), None
        )
    return described(found) if found is not None else ""


def at_offset(analysis: Analysis, offset: int) -> Resolution | None:
    """The resolution of the entry or reference that an offset lies in."""
    for result in analysis.resolutions:
        reference = result.claim.reference
        if reference is not None and reference.start <= offset < reference.end:
            return result
    return None


def described(result: Resolution) -> str:
    """A resolution in a few lines of Markdown: the record, its versions, what is wrong."""
    from ..changes import shown

    if result.record is None or result.work is None:
        words = {"ambiguous": "Several works fit.", "unmatched": "In no source that was asked."}
        said = [f"*{words.get(result.outcome, '')}*"]
    else:
        csl = result.emitted
        lines = [
            f"**{_md(shown(csl, 'title'))}**",
            _md(shown(csl, "author")),
            _md(", ".join(x for x in (shown(csl, "container-title"), shown(csl, "volume"), shown(csl, "page"), shown(csl, "issued")) if x)),
            f"[doi:{csl['DOI']}](https://doi.org/{csl['DOI']})" if csl.get("DOI") else "",
        ]  # fmt: skip
        said = ["  \n".join(x for x in lines if x)]
        said.append(f"{result.status}, probability {result.probability:.3f}, record `{result.record.id}`")  # fmt: skip
        versions = [
            f"- `{r.id}` {_md(r.csl.get('container-title') or r.type or 'preprint')} {r.year or ''}"
            for r in result.work.records
        ]
        if len(versions) > 1:
            said.append("Versions:\n" + "\n".join(versions[:8]))
    said += [f"- {d.severity}: {_md(d.message)}" for d in result.diagnostics]
    return "\n\n".join(said)


def _md(text: object) -> str:
    """Text that Markdown prints as it stands."""
    return "".join("\\" + c if c in "\\`*_[]<>#" else c for c in " ".join(str(text).split()))


# ------------------------------------------------------------------ from a citation to its entry and back
def key_at(analysis: Analysis, offset: int) -> str:
    """The key that is cited at an offset, or the key of the entry there; "" for none."""
    if is_bib(analysis.name):
        found = at_offset(analysis, offset)
        return (found.claim.id or "") if found is not None else ""
    for one in cited_keys(analysis.text, analysis.name):
        if one.start - 1 <= offset <= one.end:
            return one.key
    return ""


def entry_places(key: str, others: Mapping[str, Analysis]) -> list[tuple[str, int, int]]:
    """(file, start, end) of the entries with a key."""
    out = []
    for name, analysis in others.items():
        if is_bib(name):
            references = (r.claim.reference for r in analysis.resolutions if r.claim.id == key)
            out += [(name, r.start, r.end) for r in references if isinstance(r, Reference)]
    return out


def citations_of(key: str, texts: Mapping[str, str]) -> list[tuple[str, int, int]]:
    """(file, start, end) of every citation of a key."""
    return [
        (name, one.start, one.end)
        for name, text in texts.items()
        if not is_bib(name)
        for one in cited_keys(text, name)
        if one.key == key
    ]


def bibliographies(analysis: Analysis) -> list[str]:
    """The paths of the ``.bib`` files that a text names, beside it."""
    folder = os.path.dirname(analysis.name)
    return [os.path.join(folder, name) for name in named_files(analysis.text, analysis.name)]
