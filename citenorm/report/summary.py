"""Resolutions → what a person reads on standard error after ``fix``: a count, and a table of corrections with their sources."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import IO

from ..model import Claim, Csl, Resolution, custom_of, names_of, year_of
from .table import lines_of

SHOWN = (
    "type",
    "title",
    "author",
    "container-title",
    "issued",
    "volume",
    "issue",
    "page",
    "number",
    "DOI",
    "custom.arxiv",
)
"""Fields whose correction is told, in this order."""
LABELS = {
    "container-title": "venue",
    "issued": "year",
    "page": "pages",
    "DOI": "doi",
    "custom.arxiv": "arXiv",
    "author": "authors",
}


TYPES = {
    "article-journal": "journal article", "article-magazine": "magazine article", "article-newspaper": "newspaper article",
    "paper-conference": "conference paper", "article": "preprint", "chapter": "chapter", "book": "book", "thesis": "thesis", "report": "report",
    "webpage": "web page", "post-weblog": "blog post", "manuscript": "manuscript", "document": "—", "motion_picture": "film",
    "legal_case": "court decision", "entry-encyclopedia": "encyclopedia entry", "pamphlet": "booklet",
}  # fmt: skip
"""CSL types in plain words."""


def counts_line(results: Sequence[Resolution], written: Sequence[Csl | None] = ()) -> str:
    """ "24 references: 22 resolved (20 changed), 1 doubtful, 1 unresolved"."""
    resolved = [r for r in results if r.matched]
    changed = sum(
        any(True for _ in corrections(r, csl))
        for r, csl in zip_longest(results, written)
        if r.matched
    )
    doubtful = sum(r.outcome == "ambiguous" for r in results)
    noun = "reference" if len(results) == 1 else "references"
    return (
        f"{len(results)} {noun}: {len(resolved)} resolved ({changed} changed), {doubtful} doubtful, "
        f"{len(results) - len(resolved) - doubtful} unresolved"
    )


def corrections(
    result: Resolution, written: Csl | None = None
) -> Iterable[tuple[str, str, str, str]]:
    """``(field, as written, now, on whose word)`` of every field that was corrected or filled; ``written``: what the entry says now, where it may have kept its own."""
    for field in SHOWN:
        origin = result.provenance.get(field)
        if origin is None or origin.how not in ("corrected", "filled"):
            continue
        before, after = (
            shown(result.claim.csl, field),
            shown(result.emitted if written is None else written, field),
        )
        if after and before != after:
            yield LABELS.get(field, field), before, after, origin.source


def shown(csl: Csl, field: str) -> str:
    """A field as a person reads it."""
    if field == "author":
        names = names_of(csl)
        few = ", ".join(f"{n.given} {n.full_family}".strip() for n in names[:6])
        more = f" + {len(names) - 6}" if len(names) > 6 else ""
        return few + more + (" et al." if custom_of(csl).get("others") else "")
    if field == "type":
        return TYPES.get(str(csl.get("type") or ""), str(csl.get("type") or "").replace("-", " "))
    if field == "issued":
        return str(year_of(csl) or "")
    if field.startswith("custom."):
        return str(custom_of(csl).get(field[7:]) or "")
    return str(csl.get(field) or "")


def print_summary(
    results: Sequence[Resolution],
    stream: IO[str] | None = None,
    *,
    table: bool = True,
    written: Sequence[Csl | None] = (),
) -> None:
    """Print the table of corrections, what stays open, and the counts; ``written`` as in ``corrections``, one a result or none at all."""
    out = stream or sys.stderr
    columns = shutil.get_terminal_size((120, 24)).columns if out.isatty() else 120
    names = short_names(r.claim for r in results)
    lines: list[str] = []
    if table:
        rows = [
            (_where(result.claim, names), field, _plain(before) or "—", _plain(after), source)
            for result, csl in zip_longest(results, written)
            for field, before, after, source in corrections(result, csl)
        ]
        lines += lines_of(rows, columns)
    unasked = 0
    for result in results:
        for d in result.diagnostics:
            if d.name == "unverifiable-reference":
                unasked += 1
            elif d.name != "line-not-taken" and not d.name.startswith("missing-"):
                # the table shows what was filled, and what was not taken is told of the document
                lines.append(f"{_where(result.claim, names)}: {d.name}: {_plain(d.message)}")
    if unasked:
        noun = "entry is" if unasked == 1 else "entries are"
        lines.append(f"{unasked} {noun} in no source that was asked (citenorm check --verbose lists them)")  # fmt: skip
    lines.append(counts_line(results, written))
    print("\n".join(lines), file=out)


def place(claim: Claim) -> str:
    """ "report.md:21", or the key of an entry."""
    if claim.reference is not None:
        return f"{claim.reference.file}:{claim.reference.line}"
    return claim.id or ""


def short_names(claims: Iterable[Claim]) -> dict[str, str]:
    """File → its name without folders, or with as many as tell it from another file of that name."""
    files = {c.reference.file for c in claims if c.reference is not None}
    parts = {file: file.replace("\\", "/").split("/") for file in files}
    out = {}
    for file in files:
        for n in range(1, len(parts[file]) + 1):
            tail = parts[file][-n:]
            if n == len(parts[file]) or not any(parts[o][-n:] == tail for o in files - {file}):
                out[file] = "/".join(tail)
                break
    return out


def _where(claim: Claim, names: Mapping[str, str]) -> str:
    """``place`` under the short name of the file."""
    reference = claim.reference
    if reference is None:
        return _plain(claim.id or "")
    return _plain(f"{names.get(reference.file, reference.file)}:{reference.line}")


def _plain(text: str) -> str:
    """Control characters of a hostile document do not reach the terminal."""
    return "".join(c if c.isprintable() else " " for c in text)
