"""The people of a printed item and those of the claim in, whose list and whose names are printed out."""

from __future__ import annotations

from collections.abc import Sequence

from ...model import Name, Record, custom_of, names_of
from ...normalize.alike import ROLES, alike, richer, same_people, same_person
from ...normalize.text import squash
from ..fields import SLIP, AuthorLevel, people_level
from ..fields.authors import AS_LISTED, AS_SPELLED, BEGUN, WITH_MORE
from ..people_view import stands_for_all
from ..views import claim_view, record_view
from ..witnesses import corrects, reliability
from .draft import Draft, unless_better
from .filled import as_vouched
from .spelling import names_as_printed
from .weight_of_word import by_alphabet

APART = frozenset(
    (
        AuthorLevel.MISSPELLED,
        AuthorLevel.GROUP,
        AuthorLevel.NONE,
        AuthorLevel.HOMONYM,
        AuthorLevel.ONE_SHARED,
        AuthorLevel.FIRST_SHARED,
    )
)
"""How two lists of authors compare that differ in their people."""
AS_REFERENCES = 0.96
"""Sources that are right less often than this know no more of the people than references do."""


def keep_people(draft: Draft) -> None:
    """Put into the draft the people as the claim has them where it says better who they are or how they are called."""
    for role in ROLES:
        stated = names_of(draft.claim.csl, role)
        if not stated:
            continue
        printed = names_of(draft.item, role)
        if role in draft.wrong:
            if printed and role == "author":
                write_names(draft, stated, printed)  # whoever of them is right
        elif not printed:
            draft.keep(role)
        elif role == "author":
            _authors(draft, stated, printed)
        elif not alike(role, draft.claim.csl[role], draft.item[role]) and unless_better(
            draft, role
        ):
            draft.keep(role)
        elif (better := richer(role, draft.claim.csl[role], draft.item[role])) != draft.item[role]:
            draft.item[role] = better
    _no_role_twice(draft)


def _no_role_twice(draft: Draft) -> None:
    """People whom the claim names as authors and the record as editors are printed once, as stated."""
    filled = "author" not in draft.origin and "editor" in draft.origin
    if filled and alike("editor", draft.item.get("author"), draft.item["editor"]):
        draft.drop("editor")


def _authors(draft: Draft, stated: Sequence[Name], printed: Sequence[Name]) -> None:
    """The list of the record, each name as the one of the two has it that says more.

    The claim's own list where the record's is shorter, or a hand-made record alone says otherwise; its order where another
    record of the work bears it out, a single record has another, or the record's is that of the alphabet.
    """
    record = draft.origin.get("author")
    if record is None:
        return
    compared = people_level(claim_view(draft.claim), record_view(record))
    level, base = compared.level, list(printed)
    if stands_for_all(printed) and len(stated) > 1 and not as_vouched(draft, "author"):
        draft.keep("author")  # the people, where one record has the organisation that they are of
        return
    if list(stated) == base and not draft.claim.others:
        return
    if draft.claim.others:
        base = _goes_on(draft, record, base) or list(stated)
    elif not same_people(stated, printed) and (listed := listed_so(draft, stated)):
        base = listed
    elif level is AuthorLevel.REORDERED and (
        any(same_people(stated, r.authors) for r in draft.work)
        or (by_alphabet(printed) and not by_alphabet(stated))  # whoever typed them sorted them
        or len(draft.version.records) == 1
    ):
        base = _in_order(stated, printed, compared.pairs)
    elif _too_many(draft, level, record):
        base = _in_order(stated, printed, compared.pairs)
        draft.origin.pop("author", None)
    elif (
        (level in WITH_MORE and not _repeats(stated))  # whoever the others are, or one name torn
        or (level in APART and _hand_made(draft, record))
        or (record_view(record).cut and len(stated) > len(printed))
    ):
        base = list(stated)
        draft.origin.pop("author", None)
    if draft.claim.others and (len(base) <= len(stated) or _only_initials(base[len(stated) :])):
        # nobody more is known, or not by name
        draft.item["custom"] = {**custom_of(draft.item), "others": True}
        base = base[: len(stated)]
    write_names(draft, stated, _without_others(base, stated, draft))


def write_names(draft: Draft, stated: Sequence[Name], people: Sequence[Name]) -> None:
    """Print these people, each as the claim has the name where that says as much."""
    merged = names_as_printed(stated, people, draft.work)
    if merged != list(names_of(draft.item)):
        draft.item["author"] = [name.to_csl() for name in merged]


def _only_initials(names: Sequence[Name]) -> bool:
    """None of these people is named by more than initials."""
    return all(n.given and len(squash(n.given)) <= 2 for n in names)


def _without_others(names: Sequence[Name], stated: Sequence[Name], draft: Draft) -> list[Name]:
    """The authors without people whom the claim names as translator or editor, and not as an author: indexes list them all."""
    apart = [n for role in ROLES if role != "author" for n in names_of(draft.claim.csl, role)]
    if not apart:
        return list(names)
    return [
        name
        for name in names
        if any(same_person(name, one) for one in stated)
        or not any(same_person(name, one) for one in apart)
    ]


def _too_many(draft: Draft, level: AuthorLevel, record: Record) -> bool:
    """More people than a whole list names, by one record's word: lists of books put translators and illustrators among the authors, those of
    reports who led the institute, e-prints who joined until they were put up, where the claim does not name the e-print, and some sources are oftener
    wrong about people than references are."""
    if draft.claim.others or level not in BEGUN:
        return False
    kind = draft.claim.csl.get("type")
    if draft.version.is_preprint and not claim_view(draft.claim).claims_preprint:
        return True
    if kind == "report":
        return not as_vouched(draft, "author")
    doubtful = kind in ("book", "thesis") or reliability(record, "author") < AS_REFERENCES
    return doubtful and _hand_made(draft, record)


def listed_so(draft: Draft, stated: Sequence[Name]) -> list[Name]:
    """The whole list of a record of the version that is printed that has these people in this order; empty where none has, or the claim's goes on."""
    if draft.claim.others:
        return []
    lists = (r for r in draft.version.records if not record_view(r).cut)
    return next((list(r.authors) for r in lists if same_people(stated, r.authors)), [])


def of_version(draft: Draft, stated: Sequence[Name], printed: Sequence[Name]) -> Sequence[Name]:
    """The people of a version that is printed where another one is described: its own list, unless a source that is not sure of its people has
    the same ones in another order, or some of them only, as of a list that was cut."""
    record = draft.origin.get("author")
    if listed := listed_so(draft, stated):
        return listed
    if record is None or draft.claim.others:
        return printed
    compared = people_level(claim_view(draft.claim), record_view(record))
    unsure = compared.level is AuthorLevel.REORDERED and not corrects(record, "author")
    cut = compared.level in WITH_MORE and not (_repeats(stated) or corrects(record, "author"))
    return _in_order(stated, printed, compared.pairs) if unsure or cut else printed


def _goes_on(draft: Draft, best: Record, printed: Sequence[Name]) -> list[Name]:
    """A list that has the claim's people in their order: the best record's as it is printed, or another one's of the version; empty where none has."""
    ours = claim_view(draft.claim)
    for record in (best, *draft.version.records):
        pairs = people_level(ours, record_view(record)).pairs
        places = [at for at, how in pairs if how >= SLIP]
        if len(places) == len(pairs) and places == sorted(places):
            if record is best:
                return list(printed)
            draft.origin["author"] = record
            return list(record.authors)
    return []


def _hand_made(draft: Draft, record: Record) -> bool:
    """The list of authors is in a hand-made record alone."""
    return not corrects(record, "author") and not any(
        alike("author", r.csl.get("author"), record.csl.get("author"))
        for r in draft.version.records
        if r.source != record.source
    )


def _in_order(
    stated: Sequence[Name], printed: Sequence[Name], pairs: Sequence[tuple[int, int]]
) -> list[Name]:
    """The claim's list, each person in the record's spelling where the record has them."""
    out = []
    for name, (at, how) in zip(stated, pairs, strict=False):
        out.append(printed[at] if 0 <= at < len(printed) and how >= SLIP else name)
    return out if len(out) == len(stated) else list(stated)


def _repeats(people: Sequence[Name]) -> bool:
    keys = [squash(n.full_family) + squash(n.given)[:1] for n in people]
    return len(set(keys)) < len(keys) and len(keys) > 2


def level_of_people(draft: Draft) -> AuthorLevel | None:
    """How the claim's people compare with those of the record that the authors are printed of, None where they are of none."""
    record = draft.origin.get("author")
    if record is None:
        return None
    return people_level(claim_view(draft.claim), record_view(record)).level


WHOLE_LIST = AS_LISTED | AS_SPELLED
"""The claim has the record's list, as far as that goes."""
SAME_PEOPLE = WHOLE_LIST | {AuthorLevel.SHORTENED}
"""The record has the claim's people."""
