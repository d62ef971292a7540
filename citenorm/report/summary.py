"""Resolutions → what a person reads on standard error after ``fix``: a count, and a table of corrections with their sources."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import IO

from ..model import Claim, Csl, Resolution, custom_of, names_of, year_of

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
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    out = stream or sys.stderr
    console = Console(
        file=out, highlight=False, width=None if out.isatty() else 120, soft_wrap=False
    )
    pairs = list(zip_longest(results, written))
    if table and any(True for pair in pairs for _ in corrections(*pair)):
        sheet = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
        for title, share in (
            ("where", 5),
            ("field", 2),
            ("as written", 8),
            ("now", 8),
            ("source", 3),
        ):
            sheet.add_column(title, ratio=share, overflow="fold")
        for result, csl in pairs:
            where = short_place(result.claim)
            for field, before, after, source in corrections(result, csl):
                sheet.add_row(
                    *(Text(_plain(x)) for x in (where, field, before or "—", after, source))
                )
                where = ""
        console.print(sheet)
    unasked = 0
    for result in results:
        for d in result.diagnostics:
            if d.name == "unverifiable-reference":
                unasked += 1
            elif not d.name.startswith("missing-"):  # the table shows what was filled
                console.print(
                    Text(f"{short_place(result.claim)}: {d.name}: {_plain(d.message)}"),
                    soft_wrap=True,
                )
    if unasked:
        noun = "entry is" if unasked == 1 else "entries are"
        console.print(Text(f"{unasked} {noun} in no source that was asked (citenorm check --verbose lists them)"))  # fmt: skip
    console.print(Text(counts_line(results, written)))


def place(claim: Claim) -> str:
    """ "report.md:21", or the key of an entry."""
    if claim.reference is not None:
        return f"{claim.reference.file}:{claim.reference.line}"
    return claim.id or ""


def short_place(claim: Claim) -> str:
    """``place`` without the folders of the file."""
    return place(claim).replace("\\", "/").rpartition("/")[2]


def _plain(text: str) -> str:
    """Control characters of a hostile document do not reach the terminal."""
    return "".join(c if c.isprintable() else " " for c in text)
