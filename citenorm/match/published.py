"""A record in, whether and how its work was published out: in a volume, at a meeting, at a workshop, or perhaps only submitted."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Record
from ..normalize.pages import same_pages
from ..normalize.preprint import is_preprint
from ..normalize.venues import find_meeting
from .views import text
from .witnesses import corrects, tells_submissions, tells_workshops, vouched

PUBLISHED = ("article-journal", "paper-conference", "chapter", "book")
"""Kinds in which a preprint is published; a report of its authors' institution is no more than the preprint."""


def is_published(record: Record) -> bool:
    """In print or given at a meeting, not only uploaded or issued by its authors' institution."""
    return not is_preprint(record.csl) and (
        record.type in PUBLISHED or bool(record.csl.get("container-title"))
    )


def perhaps_submitted(records: Sequence[Record]) -> bool:
    """A paper of a conference by the word of somebody's own bibliography alone: it may have been submitted there, or given at a workshop; and
    one of a workshop, which prints nothing as a rule, by one record's word."""
    if not all(at_a_meeting(r) or is_workshop(r) for r in records):
        return False
    main = [r for r in records if not is_workshop(r)]
    return not (tells_submissions(main, _meeting(main[0])) if main else vouched(records))


def is_workshop(record: Record) -> bool:
    return "workshop" in str(record.csl.get("container-title") or "").lower()


def listed_with(records: Sequence[Record], others: Sequence[Record]) -> bool:
    """Nobody but an index that lists papers of workshops under the conference has it there, and another record has it at that conference's
    workshop of the year; not on other pages, which are those of a paper of each."""
    workshops = [o for o in others if is_workshop(o)]
    if not workshops or any(is_workshop(r) or tells_workshops(r) for r in records):
        return False
    at = [(_meeting(r), r.year) for r in records]
    pages = [page for r in records if (page := text(r.csl.get("page")))]
    there = (o for o in workshops if _meeting(o) and (_meeting(o), o.year) in at)
    paged = (text(o.csl.get("page")) for o in there)
    return any(not (page and pages) or any(same_pages(page, p) for p in pages) for page in paged)


def _meeting(record: Record) -> str:
    """The conference at which it was given, or at whose workshop; "" where none is known."""
    found = find_meeting(text(record.csl.get("container-title")), host=True)
    return found.venue.id if found else ""


def at_a_meeting(record: Record) -> bool:
    return record.type == "paper-conference" or bool(_meeting(record))


def before(records: Sequence[Record], upload: int | None) -> bool:
    """All that is known of a publication is of years before its e-print, by records that are not to be trusted with years: slips."""
    if not upload:
        return False
    years = [r.year for r in records if r.year]
    unsure = not any(corrects(r, "issued") for r in records)
    return bool(years) and unsure and max(years) <= upload - 2
