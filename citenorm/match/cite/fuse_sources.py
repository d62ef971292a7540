"""The records of one version in, one item and the record that each of its fields came from out.

Fields are completed from other sources of the **same version** alone; from another version nothing is taken but the
arXiv number of the preprint.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from ...model import Claim, Name, Record, custom_of, names_of, year_of
from ...normalize.alike import alike, same_person
from ...normalize.identifiers import arxiv_year, clean_arxiv, of_article, volume_and_issue
from ...normalize.institutions import report_of
from ...normalize.name_form import written
from ...normalize.pages import page_range
from ...normalize.preprint import names_server
from ...normalize.text import fold, squash
from ...normalize.titles import title_key
from ...normalize.venues import find_venue, full_name
from ..fields import AuthorLevel, people_level
from ..fields.authors import AS_SPELLED, NOBODY_ELSE
from ..views import View, claim_view, record_view, text
from ..witnesses import is_damaged, names_venues, reliability
from .choose_version import Version
from .fields import EMITTED, FILLED, IDENTIFIERS, WITNESSED
from .filled import SLIPS, torn_title
from .kind import as_paper
from .spelling import whole_name
from .weight_of_word import best_borne


def merge_version(
    version: Version, versions: Iterable[Version] = ()
) -> tuple[dict[str, Any], dict[str, Record]]:
    """The best source's record, completed by the others of the same version → CSL item, field → record it came from."""
    versions = tuple(versions)
    item: dict[str, Any] = {}
    origin: dict[str, Record] = {}
    stated = {field for record in version.records for field in record.csl}
    for field in EMITTED:
        if field in stated and (record := _witness(version, field)) is not None:
            item[field], origin[field] = record.csl[field], record
    _whole_range(item, origin, version)
    _issue_of_doi(item, origin)
    _number_of_article(item, origin, version)
    stated_people = names_of(item)
    people = _written_names(_fuller_names(stated_people, origin, version))
    work = [r for v in versions for r in v.records]
    others = [r for v in versions if v is not version for r in v.records]
    if len(work) > 1:
        people = _whole_at_their_place(_as_another_has_them(people, work), work)
    if people is not stated_people:
        item["author"] = [name.to_csl() for name in people]
    _report(item, origin)
    as_paper(item, origin, (*version.records, *others))
    _full_venue(item, origin)
    _series_of_volume(item, origin)
    _full_series(item)
    custom = _identifiers(version, others, origin)
    if custom:
        item["custom"] = custom
    _one_forum(item, origin)
    if version.is_preprint:
        _upload(item, origin)
    if str(item.get("DOI", "")).startswith("10.48550/"):
        item.pop("DOI")
        origin.pop("DOI", None)
    return item, origin


def _witness(version: Version, field: str) -> Record | None:
    """The record of the version whose value of a field is printed."""
    if len(version.records) == 1:
        (only,) = version.records
        slip = field in SLIPS and SLIPS[field](only)
        return only if only.csl.get(field) and not slip else None
    records: Iterable[Record] = version.records
    if field in SLIPS:
        records = (r for r in version.records if not SLIPS[field](r))
    elif field == "title":
        records = [r for r in version.records if not torn_title(r)] or version.records
    if field in WITNESSED:
        found = best_borne(tuple(records), field)
        return (
            found
            if found is version.best or field in FILLED or version.best.csl.get(field)
            else None
        )
    if field == "type":
        return _kind_witness(version)
    if field not in FILLED:
        records = (r for r in records if r is version.best)
    return next((r for r in records if r.csl.get(field)), None)


def _kind_witness(version: Version) -> Record:
    """The record whose type is printed: the best one's, or where that says nothing the one that most of the others have."""
    told = [r for r in version.records if r.type not in ("", "document")]
    if not told or told[0] is version.best:
        return version.best
    kinds = Counter(r.type for r in told)
    return max(told, key=lambda r: kinds[r.type])


def _series_of_volume(item: dict[str, Any], origin: dict[str, Record]) -> None:
    """The volume of a series is printed with the series, as the record has them that it was taken from."""
    record = origin.get("volume")
    if record is None or item.get("collection-title") or SLIPS["collection-title"](record):
        return
    if record.csl.get("collection-title"):
        item["collection-title"] = record.csl["collection-title"]
        origin["collection-title"] = record


def _full_series(item: dict[str, Any]) -> None:
    """A series that a record has by its short form alone ("lncs") is printed under its name."""
    series = str(item.get("collection-title") or "")
    found = find_venue(series) if series and " " not in series else None
    if found is not None and found.venue.kind == "series":
        item["collection-title"] = found.venue.name


def _whole_range(item: dict[str, Any], origin: dict[str, Record], version: Version) -> None:
    """Where the best source has the first page alone, the range of another one that begins there."""
    first = str(item.get("page") or "")
    if not first.isdigit():
        return
    for record in version.records:
        begins, ends = page_range(str(record.csl.get("page") or ""))
        if begins == first != ends:
            item["page"], origin["page"] = record.csl["page"], record
            return


def _issue_of_doi(item: dict[str, Any], origin: dict[str, Record]) -> None:
    """An issue is not printed beside a DOI that spells out another one of the same volume."""
    volume, issue = volume_and_issue(str(item.get("DOI") or ""))
    stated = item.get("issue") if alike("volume", volume, item.get("volume")) else None
    if stated and not alike("issue", issue, stated):
        del item["issue"], origin["issue"]


_WITHIN = re.compile(r"(\d{1,4}):(\d{1,4})\s?[-–]\s?\1:(\d{1,4})")


def _number_of_article(item: dict[str, Any], origin: dict[str, Record], version: Version) -> None:
    """Pages that an index counts within the article ("112:1-112:49") in a journal without issues: the number of the article stands for the issue."""
    if item.get("type") != "article-journal" or not item.get("volume") or item.get("issue"):
        return
    for record in version.records:
        found = _WITHIN.fullmatch(str(record.csl.get("page") or ""))
        if found is None or record.csl.get("issue"):
            continue
        pages = f"{found[2]}-{found[3]}"
        if str(item.get("page") or "") in ("", pages, record.csl["page"]):
            item |= {"issue": found[1], "page": pages}
            origin["issue"] = record
            origin.setdefault("page", record)
        return


_OF_ARXIV = re.compile(r"(?:arxiv|corr)\b.*", re.I)
_NUMBER_OF_ARXIV = re.compile(r"(?:abs/|arxiv:)?(\d{4}\.\d{4,5})(?:v\d+)?", re.I)


def _upload(item: dict[str, Any], origin: dict[str, Record]) -> None:
    """Some indexes call an upload to arXiv a report, or an article of a journal "arXiv" with its number for a volume."""
    custom = custom_of(item)
    if "arxiv" not in custom and not _OF_ARXIV.fullmatch(text(item.get("container-title"))):
        return
    item["type"] = "article"
    for field in ("container-title", "number", "volume", "issue"):
        value = text(item.get(field))
        number = _NUMBER_OF_ARXIV.fullmatch(value)
        if number and "arxiv" not in custom:
            custom = item["custom"] = {**custom, "arxiv": number[1]}
            origin["custom.arxiv"] = origin[field]
        of_number = bool(value) and value in text(custom.get("arxiv")).split(".")
        if number or of_number or names_server(value):
            del item[field], origin[field]


def _fuller_names(
    ours: tuple[Name, ...], origin: dict[str, Record], version: Version
) -> tuple[Name, ...]:
    """Where the best source gives initials and another one the same people in full, take the full ones."""
    if not ours:
        return ours
    for record in version.records[1:]:
        theirs = record.authors
        if theirs == ours or len(theirs) != len(ours) or custom_of(record.csl).get("author-count"):
            continue
        if all(same_person(a, b) for a, b in zip(ours, theirs, strict=True)) and _fullness(
            theirs
        ) > _fullness(ours):
            origin["author"] = record
            ours = tuple([_fuller(a, b) for a, b in zip(ours, theirs, strict=True)])
    return ours


def _written_names(names: tuple[Name, ...]) -> tuple[Name, ...]:
    """Names that an index damaged, as they are written."""
    mended = tuple([written(name) for name in names])
    return mended if mended != names else names


def _as_another_has_them(people: tuple[Name, ...], records: Iterable[Record]) -> tuple[Name, ...]:
    """Names from which every letter with an accent is gone ("Gal" for "Gaël"), whose particle is cut down to an initial ("Nicolas L. Roux"),
    or whose family name in capitals stands for the given one, as another record of the work has them."""
    whole = {}
    turned = any(map(_turned_round, people))
    for name in (n for r in records if (theirs := r.authors) != people for n in theirs):
        if not whole_name(name).isascii():
            whole[_ascii(name)] = name
        if " " in name.full_family:
            whole[_initial_for_particle(name)] = name
        if turned:
            whole[f"{name.full_family} {name.given}".lower()] = name
    if not whole:
        return people
    keys = [whole_name(n).lower() if _turned_round(n) else whole_name(n) for n in people]
    mended = tuple([whole.get(key, name) for key, name in zip(keys, people, strict=True)])
    return mended if mended != people else people


def _whole_at_their_place(people: tuple[Name, ...], records: Iterable[Record]) -> tuple[Name, ...]:
    """Names of which an index kept one word, or that it has half in small letters, as another record of the work has them at that place of a
    list that is as long."""
    torn = [i for i, name in enumerate(people) if _torn(name)]
    if not torn or len(people) < 2:
        return people
    lists = [r.authors for r in records if len(r.authors) == len(people)]
    mended = list(people)
    for i in torn:
        words = set(fold(whole_name(people[i])).split())
        whole = (
            n[i]
            for n in lists
            if not _torn(n[i])
            and (same_person(people[i], n[i]) or words <= set(fold(whole_name(n[i])).split()))
        )
        mended[i] = next(whole, people[i])
    return tuple(mended) if mended != list(people) else people


def _torn(name: Name) -> bool:
    """A single word, or a family name in small letters behind a given one that has a capital."""
    one_word = not name.given and len(name.full_family.split()) == 1
    return one_word or (name.family.islower() and not name.given.islower())


def _turned_round(name: Name) -> bool:
    """The given name is in capitals, as lists write the family name."""
    return len(name.given) > 2 and name.given.isupper() and not name.family.isupper()


def _initial_for_particle(name: Name) -> str:
    """The name as a form writes it that has one field for the family name, of one word, and one for initials."""
    *particles, last = name.full_family.split()
    return " ".join((name.given, *(f"{p[0].upper()}." for p in particles), last))


def _ascii(name: Name) -> str:
    """The name as a program writes it that drops what it cannot."""
    return "".join(c for c in whole_name(name) if c.isascii())


def whole_list(
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
        (r for r in longer if people_level(record_view(r), mine).level in AS_SPELLED),
        None,
    )
    count = custom_of(cut.csl).get("author-count")
    if whole is not None:
        if count or len(whole.authors) > len(cut.authors):
            item["author"], origin["author"] = whole.csl["author"], whole
    elif (
        len(names_of(claim.csl)) > len(cut.authors)
        and not ours.others
        and people_level(ours, mine).level is AuthorLevel.SAME
    ):
        item["author"] = claim.csl["author"]
        del origin["author"]
    elif count:
        item["custom"] = {**custom_of(item), "author-count": count}
        origin["custom.author-count"] = cut
    elif ours.others or len(ours.people) < len(cut.authors):
        item["custom"] = {**custom_of(item), "others": True}


def _fullness(names: Iterable[Name]) -> int:
    return sum(len(squash(n.given)) > 1 for n in names)


def _fuller(a: Name, b: Name) -> Name:
    first = squash(a.given.split(" ")[0] if a.given else "")
    return b if len(first) <= 1 < len(squash(b.given)) else a


def _report(item: dict[str, Any], origin: dict[str, Record]) -> None:
    """An article in a "journal" that is a technical report of an institution is that report."""
    found = report_of(str(item.get("container-title") or ""))
    if (
        found is None
        or item.get("type") not in ("article-journal", "report")
        or item.get("publisher")
    ):
        return
    record = origin.pop("container-title")
    del item["container-title"]
    number, issuer = found
    said = {"publisher": issuer} | ({"number": number} if number else {})
    item.update({"type": "report", **said})
    origin.update(dict.fromkeys(said, record))


def _full_venue(item: dict[str, Any], origin: dict[str, Record]) -> None:
    """A venue given by its short form ("NeurIPS", "ICML 2018") is written out, one by a name that its source made has the right words, and one by the
    name that it has now the one of the year; another full name stays as the source has it."""
    stated = str(item.get("container-title") or "")
    found = find_venue(stated) if stated else None
    if found is None or found.workshop:
        return
    if (
        found.venue.kind == "conference"
        and item.get("type") == "article-journal"
        and item.get("issue")
    ):
        return  # a journal that is called like it
    year = year_of(item) or found.year
    full = full_name(found.venue, year)
    short = len(squash(stated)) < len(squash(full)) * 0.6
    renamed = found.venue.earlier is not None and year is not None and year <= found.venue.earlier[1]  # fmt: skip
    if renamed and stated == found.venue.name:
        item["container-title"] = full
        return
    record = origin.get("container-title")
    if full and short:
        item["container-title"] = full
        return
    own = record is not None and names_venues(record) and found.venue.kind == "conference"
    if own and not set(fold(stated).split()) <= set(fold(found.venue.name).split()):
        item["container-title"] = found.venue.name


def _one_forum(item: dict[str, Any], origin: dict[str, Record]) -> None:
    """The address of a forum's page is that of the number that is printed."""
    number, url = str(custom_of(item).get("openreview") or ""), str(item.get("URL") or "")
    if not number or "openreview.net/" not in url or number in url:
        return
    record = origin["custom.openreview"]
    del item["URL"], origin["URL"]
    if number in str(record.csl.get("URL") or ""):
        item["URL"], origin["URL"] = record.csl["URL"], record


def _identifiers(
    version: Version, others: Sequence[Record], origin: dict[str, Record]
) -> dict[str, Any]:
    """Identifiers of the version's records, and the arXiv number of the work's preprint; ``others``: the records of its other versions."""
    custom: dict[str, Any] = {}
    own = version.records
    surest = sorted(own, key=lambda r: -reliability(r, "DOI")) if len(own) > 1 else own
    others = _uploads(version, others)
    known = {key for record in (*own, *others) for key in custom_of(record.csl)}
    for key in IDENTIFIERS:
        if key not in known and key != "arxiv":
            continue
        for record in (*own, *others) if key in ("arxiv", "primary-class") else surest:
            if value := _identifier(record, key):
                custom[key] = value
                origin[f"custom.{key}"] = record
                break
    return custom


def _identifier(record: Record, key: str) -> Any:
    """What a record has for an identifier, "" for what is none and what its source is known to have wrong."""
    value = custom_of(record.csl).get(key)
    if key == "arxiv":
        value = value or _stated_preprint(record)
        if arxiv_year(str(value)) is None:
            return ""
    return value if value and not is_damaged(record, key) else ""


def _uploads(version: Version, others: Sequence[Record]) -> Sequence[Record]:
    """The other versions, but for publications of other people, and for e-prints of an article beside a meeting's paper; of several e-prints with numbers of their own the one alone that has the title of
    what is printed."""
    if not others:
        return others
    mine = record_view(version.best)
    own = frozenset(r.doi for r in version.records)
    theirs = [(r, record_view(r)) for r in others]
    others = [
        r
        for r, v in theirs
        if (
            (v.preprint and not _forerunner(r, version.best))
            or people_level(mine, v).level in NOBODY_ELSE
        )
        and not of_the_article(v, version.best.type, own)
    ]
    if not several_uploads(others):
        return others
    title = title_key(version.best.title)
    titled = [r for r in others if title_key(r.title) == title]
    return [] if several_uploads(titled) else titled


def several_uploads(records: Iterable[Record]) -> bool:
    """The records are of e-prints with numbers of their own: nobody says which of them became the publication."""
    stated = (clean_arxiv(record_view(r).arxiv) for r in records)
    return len({found[0] for found in stated if found}) > 1


def of_the_article(upload: View, kind: str, dois: Collection[str]) -> bool:
    """The e-print's source states that it became an article, where a meeting's paper (``kind``) with none but these DOIs is printed."""
    became = upload.version_of
    return kind == "paper-conference" and became not in dois and of_article(became)


def _forerunner(upload: Record, publication: Record) -> bool:
    """The e-print has fewer people, and another of them in front: an abstract or a paper before the one that was published."""
    ours, theirs = upload.authors, publication.authors
    return 0 < len(ours) < len(theirs) and not same_person(ours[0], theirs[0])


def _stated_preprint(record: Record) -> str:
    stated = str(custom_of(record.csl).get("version-of") or "")
    return stated[6:] if stated.lower().startswith("arxiv:") else ""
