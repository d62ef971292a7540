"""A work and the claim that means it in, the record to print with the provenance of every field out.

``choose_version`` says which version is cited, ``fuse_sources`` makes one item of its records, ``keep_as_cited`` holds what the
claim says against it, ``provenance`` tells on whose word each field rests.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from ...made_fast import replaced
from ...model import Claim, Csl, Described, Provenance, Record, Work, names_of
from ...normalize.alike import ROLES
from ...normalize.initials import capitalized, with_full_stops
from ..works.described import described
from .choose_version import POLICIES, Policy, Version, meant, pick_version, split_versions
from .draft import Draft
from .filled import no_rivalled
from .foreign import without_foreign
from .fuse_sources import merge_version, whole_list
from .keep_as_cited import keep_stated, keep_version, relation
from .provenance import provenance

__all__ = [
    "POLICIES",
    "Policy",
    "Standing",
    "Version",
    "cite_version",
    "merge_version",
    "pick_version",
    "prefer",
    "provenance",
    "split_versions",
    "standing_version",
    "without_foreign",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """What the sources say of the version to be cited: the item put together from its records, and the record of each field.

    ``work``: all records of the work.
    """

    item: Csl
    origin: Mapping[str, Record]
    version: Version
    work: tuple[Record, ...]


def standing_version(
    work: Work, claim: Claim, policy: Policy = "published", *, chosen: Record | None = None
) -> Standing:
    """The version of ``work`` to cite for ``claim``, as its sources have it.

    ``published``: the version of record, the cited one where it is published already; ``preprint``: the preprint
    where there is one; ``as-cited``: the version that the claim describes.
    """
    versions = split_versions(work.records)
    version = pick_version(versions, claim, meant(claim, policy), chosen)
    item, origin = merge_version(version, versions)
    whole_list(item, origin, version, claim)
    no_rivalled(Draft(item, origin, version, work.records, claim))
    if item.get("author"):
        people = capitalized(names_of(item), names_of(claim.csl))
        item["author"] = [name.to_csl() for name in people]
    return Standing(item, origin, version, work.records)


def cite_version(
    standing: Standing,
    claim: Claim,
    here: Described,
    policy: Policy = "published",
    wrong: Collection[str] = (),
) -> tuple[dict[str, Any], dict[str, Provenance]]:
    """The item to print, and the provenance of every field.

    What the claim states stays unless there is a reason (see ``keep_as_cited``); ``wrong``: CSL fields of the claim that are
    known to be wrong (``custom.arxiv`` for the arXiv number), of which nothing stays.
    """
    claim = _with_full_stops(claim)
    draft = Draft(
        dict(standing.item), dict(standing.origin), standing.version, standing.work, claim, wrong
    )
    what = relation(draft, here, meant(claim, policy))
    keep_version(draft, what, here)
    keep_stated(draft, what)
    return draft.item, provenance(claim, draft.item, draft.origin)


def _with_full_stops(claim: Claim) -> Claim:
    """A parsed claim whose initials are written as an entry has them ("F. P."); an entry's own claim stays."""
    if not claim.raw:
        return claim
    people = {role: with_full_stops(claim.csl[role]) for role in ROLES if claim.csl.get(role)}
    if all(claim.csl[role] == written for role, written in people.items()):
        return claim
    return replaced(claim, csl={**claim.csl, **people})


def prefer(
    work: Work,
    claim: Claim,
    policy: Policy = "published",
    *,
    chosen: Record | None = None,
    wrong: Collection[str] = (),
) -> tuple[dict[str, Any], dict[str, Provenance], Record]:
    """``standing_version`` and ``cite_version`` in one: CSL item, provenance per field, and the record it stands on."""
    standing = standing_version(work, claim, policy, chosen=chosen)
    return *cite_version(
        standing, claim, described(claim, work), policy, wrong
    ), standing.version.best
