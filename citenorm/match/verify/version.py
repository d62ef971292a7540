"""What has become of the work since the version that is cited: published, or retracted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...findings import VersionFinding
from ...model import Evidence, Record, custom_of, year_of
from ..fields import SLIP, as_meant, people_level
from ..fields.authors import AS_LISTED
from ..published import is_published, perhaps_submitted
from ..title_view import STAMP
from ..views import View, dated, record_view, text
from .authors import full
from .case import Case


def version(case: Case) -> Iterator[Evidence]:
    ours, records = case.ours, case.work.records
    stands_open = ours.claims_preprint and not case.here.unknown
    published = [r for r in records if is_published(r)] if stands_open else []
    if published and not perhaps_submitted(published):
        printed = text(case.emitted.get("type")) != "article"
        best = case.emitted if printed else published[0].csl
        where = text(best.get("container-title")) or text(best.get("publisher"))
        said = (dated(where, year_of(best)), *_other_people(case, published))
        yield VersionFinding.SUPERSEDED.of(
            ours.arxiv or ours.venue or "preprint", ", ".join(filter(None, said))
        )
    for record in records:
        if custom_of(record.csl).get("retracted") or STAMP.match(record.title):
            yield VersionFinding.RETRACTED.of(record.title, record.id)
            break


_MOST = 3
"""So many people are named, and no more."""


def _other_people(case: Case, published: Sequence[Record]) -> Iterator[str]:
    """Who stands in the published list and not in the stated one, who in the stated one alone, or that the order is another one."""
    ours, theirs = as_meant(case.ours, case.views), View(case.emitted)
    if any(people_level(ours, record_view(r)).level in AS_LISTED for r in published):
        return
    if any(person.group for person in (*ours.people, *theirs.people)):
        return
    pairs = people_level(ours, theirs).pairs
    places = [j for j, how in pairs if how >= SLIP]
    if not places:
        return
    gone = [ours.name(i) for i, (_, how) in enumerate(pairs) if how < SLIP]
    open_ended = ours.others or theirs.cut
    new = [n for j, n in enumerate(theirs.names) if j not in places and not open_ended]
    for word, names in (("with", new), ("without", gone)):
        if names:
            more = " …" if len(names) > _MOST else ""
            yield f"{word} {', '.join(map(full, names[:_MOST]))}{more}"
    if not gone and not new and places != sorted(places):
        yield "the authors in another order"
