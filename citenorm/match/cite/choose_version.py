"""The records of a work in, its versions and the one to be cited out.

Identity was decided before (``choose``, ``works``); here it is only asked *which version* is to be cited.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from ...model import Claim, Record
from ...normalize.pages import same_pages
from ...normalize.titles import title_key
from ...normalize.venues import find_venue, same_venue
from ..kept import part
from ..published import (
    PUBLISHED,
    at_a_meeting,
    before,
    is_published,
    is_workshop,
    listed_with,
    perhaps_submitted,
)
from ..views import claim_view, record_view
from ..witnesses import SURE, reliability, vouched
from ..works.described import at_one_place
from .weight_of_word import outvoted, rank

Policy = Literal["published", "as-cited", "preprint"]
POLICIES: tuple[Policy, ...] = ("published", "as-cited", "preprint")


@dataclass(frozen=True)
class Version:
    """The records of one version of a work, best source first."""

    records: tuple[Record, ...]

    @property
    def best(self) -> Record:
        return self.records[0]

    @part
    def is_preprint(self) -> bool:
        return all(record_view(r).preprint for r in self.records)


def split_versions(records: Iterable[Record]) -> list[Version]:
    """Records of one work → its versions, in a fixed order (by year, then id)."""
    groups: list[list[Record]] = []
    for record in sorted(records, key=lambda r: (r.year or 9999, r.id)):
        fitting = [g for g in groups if any(_same_version(record, other) for other in g)]
        by_doi = (g for g in fitting if record.doi and any(r.doi == record.doi for r in g))
        group = next(by_doi, fitting[0] if fitting else None)
        if group is None:
            groups.append([record])
        else:
            group.append(record)
    return [
        Version(
            tuple(sorted(group, key=lambda r: rank(r, len(group) > 2 and outvoted(r, group))))
            if len(group) > 1
            else tuple(group)
        )
        for group in groups
    ]


_PAPERS = {"paper-conference", "article-journal", "chapter"}
"""What indexes call a paper of a meeting."""


def _same_version(a: Record, b: Record) -> bool:
    one, two = record_view(a), record_view(b)
    if one.preprint != two.preprint:
        return False
    if one.preprint:
        return not a.arxiv or not b.arxiv or a.arxiv == b.arxiv
    if one.doi and two.doi and one.doi != two.doi:
        return False
    venues = (str(a.csl.get("container-title") or ""), str(b.csl.get("container-title") or ""))
    near = one.year is None or two.year is None or abs(one.year - two.year) <= 1
    elsewhere = all(venues) and same_venue(*venues) == "different"
    if one.doi and two.doi:
        return near or not elsewhere  # one has the DOI of the other's reprint
    if not all(venues) or elsewhere or is_workshop(a) != is_workshop(b):
        return False
    pages = (str(a.csl.get("page") or ""), str(b.csl.get("page") or ""))
    alike = a.type == b.type or (
        {a.type, b.type} <= _PAPERS and at_a_meeting(a) and at_a_meeting(b)
    )
    return near and (alike or (all(pages) and same_pages(*pages)))


def meant(claim: Claim, policy: Policy) -> Policy:
    """The policy, but for a reference that numbers the version of an e-print ("…v2"): it means that one."""
    return "as-cited" if policy == "published" and claim_view(claim).numbered else policy


def pick_version(
    versions: list[Version], claim: Claim, policy: Policy, chosen: Record | None = None
) -> Version:
    """The version that the policy asks for; never fails on a non-empty list."""
    preprints = [v for v in versions if v.is_preprint]
    upload_meant = claim_view(claim).claims_preprint
    published = [
        v
        for v in versions
        if not v.is_preprint
        and not (preprints and upload_meant and not any(map(is_published, v.records)))
    ]
    papers = [r for v in published for r in v.records]
    published = [v for v in published if not listed_with(v.records, papers)]
    published = [
        v for v in published if not any(_slip(v, o, claim) for o in published if o is not v)
    ]
    unnamed = not claim.csl.get("container-title")
    if preprints and (upload_meant or unnamed):
        published = [v for v in published if not perhaps_submitted(v.records)]
    if policy == "preprint" and preprints:
        return max(preprints, key=lambda v: _described(v, claim, chosen))
    if policy == "as-cited":
        return max(versions, key=lambda v: _described(v, claim, chosen))
    # a publication years before the first upload, by records not to be trusted with years alone: a slip, and what else they say unsure
    upload = min((r.year for v in preprints for r in v.records if r.year), default=None)
    kept = [v for v in published if not before(v.records, upload) or _as_stated(v, claim)]
    published = kept or ([] if preprints else published)
    if not published:
        return max(preprints, key=lambda v: _described(v, claim, chosen))
    if len(published) == 1:
        return published[0]
    by_doi = claim.doi and any(r.doi == claim.doi for v in published for r in v.records)
    if upload_meant and not by_doi:
        return max(published, key=lambda v: _standing(v, claim))
    if unnamed and not by_doi and not claim.csl.get("page"):
        before_workshops = [v for v in published if not any(map(_beside_the_papers, v.records))]
        published = before_workshops or published
    return max(published, key=lambda v: (_described(v, claim, chosen), _standing(v, claim)))


def _as_stated(version: Version, claim: Claim) -> bool:
    """The claim has the very venue, and the year or volume and first page."""
    venue, ours = str(claim.csl.get("container-title") or ""), claim_view(claim)
    return bool(venue) and any(
        (r.year == claim.year or at_one_place(ours, record_view(r)))
        and same_venue(venue, str(r.csl.get("container-title") or "")) == "same"
        for r in version.records
    )


def _slip(version: Version, other: Version, claim: Claim) -> bool:
    """Both are of one year's meeting, where nobody gives a paper twice: what parts them is a DOI, and the other's source is righter about
    identifiers.  Not where the claim has this one's DOI or pages."""
    one, two = version.best, other.best
    if one.year != two.year or not (at_a_meeting(one) and at_a_meeting(two)):
        return False
    venues = [str(r.csl.get("container-title") or "") for r in (one, two)]
    if same_venue(*venues) != "same" or any(map(is_workshop, (one, two))):
        return False
    page = str(claim.csl.get("page") or "")
    stated = any(
        (claim.doi and claim.doi == r.doi) or same_pages(page, str(r.csl.get("page") or ""))
        for r in version.records
    )
    return not stated and reliability(one, "DOI") < reliability(two, "DOI")


def _described(version: Version, claim: Claim, chosen: Record | None) -> float:
    """How well a version answers to what the claim says of venue, year, type and identifiers."""
    score = 0.0
    best = version.best
    if claim.doi and any(r.doi == claim.doi for r in version.records):
        score += 8
    if claim.arxiv and claim_view(claim).claims_preprint and version.is_preprint:
        score += 6
    venue = str(claim.csl.get("container-title") or "")
    theirs = next(
        (str(r.csl["container-title"]) for r in version.records if r.csl.get("container-title")), ""
    )
    if venue and theirs:
        score += {"same": 4, "different": -4}.get(same_venue(venue, theirs), 0)
    elif venue and version.is_preprint:
        score -= 3
    if claim.csl.get("page") and any(
        same_pages(str(claim.csl["page"]), str(r.csl.get("page") or "")) for r in version.records
    ):
        score += 3
    if claim.year and best.year:
        score += {0: 2, 1: 0.5}.get(abs(claim.year - best.year), -1)
    if claim.title and any(title_key(r.title) == title_key(claim.title) for r in version.records):
        score += 1
    if claim.csl.get("type") and claim.csl["type"] == best.type:
        score += 0.5
    if chosen is not None and any(r.id == chosen.id for r in version.records):
        score += 0.25
    return score


def _standing(version: Version, claim: Claim) -> tuple[float, ...]:
    """Which of several published versions stands for the work when a preprint was cited."""
    best = version.best
    same_title = any(title_key(r.title) == title_key(claim.title) for r in version.records)
    venue = any(r.csl.get("container-title") for r in version.records)
    return (
        float(not any(map(_beside_the_papers, version.records))),
        float(best.type in PUBLISHED),
        float(venue),
        float(claim.year is None or best.year is None or -1 <= best.year - claim.year <= 3),
        float(reliability(best) >= SURE),
        float(same_title),
        -float(best.year or 9999),
        float(vouched(version.records)),
        reliability(best),
    )


def _beside_the_papers(record: Record) -> bool:
    """A paper of a workshop, or a demonstration, a poster, a student's talk: another text under the title of the paper, or an earlier one."""
    found = find_venue(str(record.csl.get("container-title") or ""))
    return is_workshop(record) or (found is not None and bool(found.part))
