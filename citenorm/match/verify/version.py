"""What has become of the work since the version that is cited: published, or retracted."""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import VersionFinding
from ...model import Evidence, custom_of, year_of
from ..published import is_published, perhaps_submitted
from ..title_view import STAMP
from ..views import dated, text
from .case import Case


def version(case: Case) -> Iterator[Evidence]:
    ours, records = case.ours, case.work.records
    published = [r for r in records if is_published(r)]
    told = bool(published) and not perhaps_submitted(published)
    if told and ours.claims_preprint and not case.here.unknown:
        printed = text(case.emitted.get("type")) != "article"
        best = case.emitted if printed else published[0].csl
        where = text(best.get("container-title")) or text(best.get("publisher"))
        yield VersionFinding.SUPERSEDED.of(
            ours.arxiv or ours.venue or "preprint", dated(where, year_of(best))
        )
    for record in records:
        if custom_of(record.csl).get("retracted") or STAMP.match(record.title):
            yield VersionFinding.RETRACTED.of(record.title, record.id)
            break
