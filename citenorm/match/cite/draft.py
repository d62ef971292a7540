"""An item in the making in, whether a stated value stays beside the one that is printed out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from ...model import Claim, Record
from ...normalize.alike import alike
from ..witnesses import corrects, is_publisher, reliability
from .choose_version import Version


@dataclass(slots=True)
class Draft:
    """An item in the making: its fields, the records they came from, and what the claim says beside them.

    ``work``: all records of the work; ``wrong``: fields of the claim that are known to be wrong, which stay in no case.
    """

    item: dict[str, Any]
    origin: dict[str, Record]
    version: Version
    work: Sequence[Record]
    claim: Claim
    wrong: Collection[str] = ()

    def keep(self, field: str) -> None:
        """The field as the claim has it."""
        self.item[field] = self.claim.csl[field]
        self.origin.pop(field, None)

    def drop(self, field: str) -> None:
        self.item.pop(field, None)
        self.origin.pop(field, None)

    def as_stated(self, field: str) -> None:
        """The field is what the claim says of it, or open."""
        self.drop(field)
        if self.claim.csl.get(field) and field not in self.wrong:
            self.keep(field)


def unless_better(draft: Draft, field: str) -> bool:
    """A value that differs stays where a record of the version that weighs as much has it too, or a hand-made one alone says otherwise."""
    stated, printed = draft.claim.csl[field], draft.item[field]
    against = [r for r in draft.version.records if alike(field, r.csl.get(field), printed)]
    bearing = [r for r in draft.version.records if alike(field, r.csl.get(field), stated)]
    if any(map(is_publisher, bearing)) or (
        bearing and _most(bearing, field) >= _most(against, field)
    ):
        return True
    return not any(corrects(r, field) for r in against) and len({r.source for r in against}) <= 1


def _most(records: Sequence[Record], field: str) -> float:
    """How far the most reliable of them can be trusted with a field."""
    return max((reliability(r, field) for r in records), default=0.0)
