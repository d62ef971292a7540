"""Resolutions → what a person reads on standard error after ``fix``: a count, and a table of corrections with their sources."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import IO

from ..changes import Change, changes_of, label_of, type_in_words
from ..model import Claim, Resolution
from ..printable import printable
from .fold import hung
from .plain import columns_of
from .table import Row, lines_of

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
"""The fields of a reference that ``explain`` shows, in this order."""
_PEOPLE = ("author", "editor", "translator")
_MOST_PEOPLE = 6
COUNTED = {
    "unverifiable-reference": ("entry is in no source that was asked", "entries are in no source that was asked"),
    "fuller-record": ("reference says less than its record", "references say less than their records"),
}  # fmt: skip
"""Findings that say nothing against a reference, one and several: people read how often they stand."""


def counts_line(results: Sequence[Resolution], changed: int | None = None) -> str:
    """ "24 references: 22 resolved (20 changed), 1 doubtful, 1 unresolved"; ``changed``: where it is not what the resolutions say."""
    resolved = sum(r.matched for r in results)
    if changed is None:
        changed = sum(bool(changes_of(r)) for r in results)
    doubtful = sum(r.outcome == "ambiguous" for r in results)
    noun = "reference" if len(results) == 1 else "references"
    return (
        f"{len(results)} {noun}: {resolved} resolved ({changed} changed), {doubtful} doubtful, "
        f"{len(results) - resolved - doubtful} unresolved"
    )


def corrections(changed: Iterable[Change]) -> Iterable[tuple[str, str, str, str]]:
    """Rows of ``changes`` as a person reads them: ``(field, as written, now, on whose word)``; "" where a side has nothing."""
    for row in changed:
        before, after = _readable(row.field, row.before), _readable(row.field, row.after)
        if before == after:  # they differ behind what is shown
            before, after = row.before, row.after
        yield label_of(row.field), before, after, row.source


def _readable(field: str, text: str) -> str:
    if field == "type":
        return type_in_words(text)
    people = text.split(", ") if field in _PEOPLE else []
    if len(people) > _MOST_PEOPLE:
        rest = f" + {len(people) - _MOST_PEOPLE}"
        return ", ".join(people[:_MOST_PEOPLE]) + rest
    return text


def print_summary(
    results: Sequence[Resolution],
    stream: IO[str] | None = None,
    *,
    table: bool = True,
    rows: Sequence[Row] | None = None,
    changed: int | None = None,
) -> None:
    """Print the table of corrections, what stays open, and the counts.

    ``rows`` and ``changed``: the table and the number of what changed where files were repaired in place; else what the
    resolutions print.
    """
    out = stream or sys.stderr
    columns = columns_of(out) or 120
    names = short_names(r.claim for r in results)
    lines: list[str] = []
    if table:
        told = rows if rows is not None else rows_of(results, names)
        lines += lines_of([_plain_row(row) for row in told], columns)
    counted: dict[str, int] = {}
    for result in results:
        for d in result.diagnostics:
            if d.name in COUNTED:
                counted[d.name] = counted.get(d.name, 0) + 1
            elif d.name != "line-not-taken" and not d.name.startswith("missing-"):
                # the table shows what was filled, and what was not taken is told of the document
                said = f"{_where(result.claim, names)}: {d.name}: {printable(d.message)}"
                lines += hung(said, columns, "", " " * 4) if out.isatty() else [said]
    if n := counted.get("unverifiable-reference"):
        said = COUNTED["unverifiable-reference"][n > 1]
        lines.append(f"{n} {said} (citenorm check --verbose lists them)")
    lines.append(counts_line(results, changed))
    print("\n".join(lines), file=out)


def rows_of(results: Sequence[Resolution], names: Mapping[str, str] | None = None) -> list[Row]:
    """The table of corrections of what the resolutions print; ``names``: file → its short name."""
    short = names if names is not None else short_names(r.claim for r in results)
    return [
        (_where(result.claim, short), *row)
        for result in results
        for row in corrections(changes_of(result))
    ]


def _plain_row(row: Row) -> Row:
    where, field, before, after, source = row
    return where, field, printable(before) or "—", printable(after) or "—", source


def place(claim: Claim) -> str:
    """ "report.md:21", or the key of an entry."""
    if claim.reference is not None:
        return f"{claim.reference.file}:{claim.reference.line}"
    return claim.id or ""


def short_names(claims: Iterable[Claim]) -> dict[str, str]:
    """File → its name without folders, or with as many as tell it from another file of that name."""
    return short_names_of({c.reference.file for c in claims if c.reference is not None})


def short_names_of(files: set[str]) -> dict[str, str]:
    """The same of names of files."""
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
        return printable(claim.id or "")
    return printable(f"{names.get(reference.file, reference.file)}:{reference.line}")
