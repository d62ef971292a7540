"""A claim and its comparisons in, a Choice out: matched, ambiguous or unmatched, with probability and margin."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..model import Claim, Comparison, Outcome, Record
from .fields import (
    AuthorClass,
    AuthorLevel,
    IdentifierLevel,
    PlaceLevel,
    TitleClass,
    TitleLevel,
    VenueLevel,
    YearLevel,
)
from .fields.place import ELSEWHERE, SAME_PLACE
from .views import claim_view, record_view
from .weights import weights
from .works import same_work
from .works.pair import of_another_publication


@dataclass(frozen=True, slots=True)
class Choice:
    """The outcome for a claim.

    ``probability`` (0–1) that the best record is a version of the work meant; ``margin`` its distance to the next
    record of *another* work; ``ranked`` all comparisons, best first.
    """

    outcome: Outcome
    record: Record | None
    probability: float
    margin: float
    ranked: tuple[Comparison, ...]


def choose(claim: Claim, comparisons: Iterable[Comparison]) -> Choice:
    """Decide which record is meant, if any.

    Two other works that fit alike make it ambiguous, and so do the same people under nearly the title, or under the title in
    another place, where that is not known to be the work; doubt makes it unmatched.
    """
    table = weights()
    ranked = sorted(comparisons, key=lambda c: (-c.weight, c.record.id))
    if not ranked:
        return Choice("unmatched", None, 0.0, 0.0, ())
    best = ranked[0]
    # another work that the claim could mean instead of the best
    others = (c for c in ranked[1:12] if c.weight > -3 and not _stands_elsewhere(best, c))
    rival = next((c for c in others if not same_work(best.record, c.record)), None)
    share = 1.0 / (1.0 + 2.0 ** (rival.weight - best.weight)) if rival else 1.0
    probability = best.probability * share
    margin = probability - (best.probability * (1 - share))
    outcome: Outcome
    if best.probability < table.accept:
        outcome = "ambiguous" if _may_be(best) else "unmatched"
    else:
        clear = margin >= table.margin * best.probability and probability >= table.accept
        sure = clear and not _best_may_be_another(claim, best)
        outcome = "matched" if sure else "ambiguous"
    shown = (Comparison(best.record, best.evidence, best.weight, probability), *ranked[1:])
    return Choice(
        outcome, best.record if outcome == "matched" else None, probability, margin, shown
    )


def _stands_elsewhere(best: Comparison, other: Comparison) -> bool:
    """A column, an editorial, a part under one title and name: the best stands at the place and in the year stated, the other does not."""
    mine, theirs = ({e.field: e.level for e in c.evidence} for c in (best, other))
    if mine.get("place") != PlaceLevel.VOLUME_AND_PAGE or mine.get("year") != YearLevel.SAME:
        return False
    alike = all(mine.get(field) == theirs.get(field) for field in ("title", "author"))
    return alike and theirs.get("place") in ELSEWHERE


def _best_may_be_another(claim: Claim, best: Comparison) -> bool:
    """The best record as a whole fits, and may be of another text under the title of the work.

    By the same people: it stands in its journal, but on another page or in another volume there, and not in the year stated: an erratum
    or a column under the title, or the work with two slips; nobody can tell which.  Or by one of the several people stated alone, or by
    some who stand behind the first, in another year and at no place that is stated: a talk or a statement of one of them.  Or it is an
    e-print that was published under another DOI than the one stated (``of_another_publication``).
    """
    at = {e.field: e.level for e in best.evidence if e.field != "together"}
    people, year, place = (at.get(field) for field in ("author", "year", "place"))
    if at.get("identifier") == IdentifierLevel.SAME:
        return False
    if of_another_publication(claim_view(claim), record_view(best.record)):
        return True
    if at.get("venue") == VenueLevel.SAME:
        same = TitleLevel(at["title"]).kin in (TitleClass.SAME, TitleClass.SHORT_SAME)
        journal = best.record.type == "article-journal"
        return same and journal and place in ELSEWHERE and year in _NOT_NOW
    several = len(best.record.authors) == 1 and len(claim.authors) >= SEVERAL
    alone = several and people == AuthorLevel.LONGER
    return (alone or people in _BEHIND) and year != YearLevel.SAME and place not in SAME_PLACE


SEVERAL = 3
"""So many people an index does not leave out behind the first one."""
_BEHIND = frozenset((AuthorLevel.ONE_SHARED, AuthorLevel.LONGER_LATER))
_NOT_NOW = frozenset(
    (YearLevel.NEXT, YearLevel.NEAR, YearLevel.APART, YearLevel.FAR, YearLevel.UNSTATED)
)


def _may_be(best: Comparison) -> bool:
    """The same people under a like title, or under the title elsewhere: it may be the work, and it may be their next one."""
    at = {e.field: e.level for e in best.evidence}
    if best.probability < weights().doubt or "author" not in at:
        return False
    known = AuthorLevel(at["author"]).kin in _PEOPLE
    return known and TitleLevel(at["title"]).kin not in _NO_TITLE


_PEOPLE = frozenset((AuthorClass.SAME, AuthorClass.SHARED))
_NO_TITLE = frozenset((TitleClass.SHORT_SAME, TitleClass.DIFFERENT, TitleClass.UNSTATED))
