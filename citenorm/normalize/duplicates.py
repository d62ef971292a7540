"""Two references in, whether they are one work by their own words, and whether they come to one entry, out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Literal
from urllib.parse import unquote

from ..model import Claim, Resolution, custom_of
from .alike import same_people
from .editions import EDITIONS, edition_number, editions_apart
from .pages import clean_pages
from .text import squash
from .titles import title_key
from .venues import same_venue

Sameness = Literal["DOI", "arXiv number", "title and authors", "address and title", ""]
"""What two references share that makes them one work; "" where nothing does."""
_ANY = frozenset({"", "document", "article", "manuscript", "webpage"})
"""Types that say little of what the work is."""
_PAPERS = frozenset({"article-journal", "paper-conference"})
_MOST = 50
"""Groups of one key, and members of one group, that are looked at."""
_SCHEME = re.compile(r"^(?:https?://)?(?:www\.)?", re.I)
_SAYING = ("container-title", "publisher", "volume", "issue", "number", "page", "edition", "DOI")
"""What a reference says beside people, year and title."""
_PLACE = ("container-title", "volume", "page")
"""Where a paper stands that is cited without its title."""
_SLIP = 3
"""Years that one publication may be cited apart: online first, in print, of the meeting and of its proceedings."""
_SHORTEST = 12
"""Letters of a title that may stand for its work beside the authors' names."""


def same_as_stated(a: Claim, b: Claim) -> Sameness:
    """What two references share.

    The same DOI or arXiv number with titles that go together; or the same title and people, where neither type, venue, year,
    volume, issue, pages nor edition differs: an article and the report it grew out of, a chapter and its book, two volumes are
    works (or versions) of their own.  The same address and title (or no title in both) is one page, also where nobody is named.
    """
    titles = _titles_agree(a, b)
    if titles and not _parts_differ(a, b):
        if a.doi and a.doi == b.doi:
            return "DOI"
        if a.arxiv and a.arxiv == b.arxiv:
            return "arXiv number"
    if _one_page(a, b):
        return "address and title"
    if (a.doi and b.doi) or not titles or len(title_key(a.title)) < _SHORTEST:
        return ""
    return "" if _people_differ(a, b) or _versions_differ(a, b) else "title and authors"


def all_as_stated(a: Claim, b: Claim) -> bool:
    """Two references say the same in everything that names a work, be it little: an entry, and the reference it was written from.

    Titles that are short, works that name nobody and papers without a title ("Phys. Rev. 12, 345") are taken too, where a year, venue,
    publisher or page goes with them; and people and a year, where that is all that both say.
    """
    if title_key(a.title) != title_key(b.title) or a.year != b.year:
        return False
    if (a.authors or b.authors) and _people_differ(a, b):
        return False
    one, two = ([squash(str(c.csl.get(f) or "")) for f in _SAYING] for c in (a, b))
    return one == two and (any(one) or bool((a.title or a.authors) and a.year))


def versions_apart(a: Claim, b: Claim) -> bool:
    """Two references to one work that state different publications of it: another volume, edition or kind, other pages, another venue.

    A preprint is apart from nothing: it is what was published later.
    """
    if _is_preprint(a) or _is_preprint(b):
        return False
    if _parts_differ(a, b):
        return True
    first, second = (_first_page(c) for c in (a, b))
    alike = _venues(a, b)
    if (first and second and first != second) or alike == "different":
        return True
    kinds = {str(c.csl.get("type") or "") for c in (a, b)}
    if len(kinds) > 1 and not kinds & _ANY and not (kinds <= _PAPERS and alike == "same"):
        return True
    return _years_apart(a, b) > (1 if kinds & EDITIONS or alike != "same" else _SLIP)


def _is_preprint(claim: Claim) -> bool:
    kind = str(claim.csl.get("type") or "")
    return kind in _ANY and not claim.csl.get("container-title")


def entries_apart(a: Resolution, b: Resolution) -> bool:
    """Two references of which each keeps an entry of its own: other works by their own words, where no source knows them; editions
    of one work, a version that no source knows beside another, or two publications that each is stated to be."""
    if a.work is None and b.work is None:
        return not (_all_equal(a.claim, b.claim) or same_as_stated(a.claim, b.claim))
    return editions_apart(a, b) or _printed_apart(a, b)


def _printed_apart(a: Resolution, b: Resolution) -> bool:
    """Two publications are printed, and that is no accident: both are stated, or one is printed as stated, which no source knows.

    Sources differ about pages, and references err in them; so in one venue only those are two that lie years apart.
    """
    one, two = (Claim(r.emitted) for r in (a, b))
    alike = _venues(one, two)
    if alike == "different" and any(_venue_as_stated(r) for r in (a, b)):
        return True
    if not versions_apart(a.claim, b.claim):
        return False
    return alike == "different" or (
        alike == "same" and _years_apart(one, two) > _SLIP and versions_apart(one, two)
    )


def _venue_as_stated(reference: Resolution) -> bool:
    origin = reference.provenance.get("container-title")
    return origin is not None and origin.source == "reference"


def _venues(a: Claim, b: Claim) -> str:
    """How the venues stand to each other, "" where one has none."""
    one, two = (str(c.csl.get("container-title") or "") for c in (a, b))
    return same_venue(one, two) if one and two else ""


def _years_apart(a: Claim, b: Claim) -> int:
    return abs(a.year - b.year) if a.year and b.year else 0


def _all_equal(a: Claim, b: Claim) -> bool:
    """Word for word the same, their numbers in a list left out."""
    return a.csl == b.csl or _unnumbered(a) == _unnumbered(b)


def _unnumbered(claim: Claim) -> dict[str, Any]:
    return {k: v for k, v in claim.csl.items() if k not in ("id", "citation-number")}


def grouped(references: Iterable[tuple[Resolution, Sequence[str]]]) -> list[list[int]]:
    """Which references come to one entry: their positions, in the order of first naming.

    Each is given with the keys (ids of the records of its work, or ``keys_of`` its claim) of which those that belong together
    share one.
    """
    seen: list[Resolution] = []
    groups: list[list[int]] = []
    homes: dict[str, list[list[int]]] = defaultdict(list)
    for i, (reference, keys) in enumerate(references):
        home = next(
            (
                group
                for key in keys
                for group in homes[key][-_MOST:]
                if not any(entries_apart(reference, seen[j]) for j in group[:_MOST])
            ),
            None,
        )
        if home is None:
            groups.append(home := [])
        for key in keys:
            if home not in homes[key][-1:]:
                homes[key].append(home)
        home.append(i)
        seen.append(reference)
    return groups


def keys_of(claim: Claim) -> tuple[str, ...]:
    """Keys of which two references that are one by their own words share at least one."""
    keys = [f"doi {claim.doi}"] if claim.doi else []
    keys += [f"arxiv {claim.arxiv}"] if claim.arxiv else []
    if claim.title:
        return (*keys, f"title {title_key(claim.title)}")
    if address := _address(claim):
        keys.append(f"address {address}")
    if place := squash("".join(str(claim.csl.get(f) or "") for f in _PLACE)):
        keys.append(f"place {place}")
    return tuple(keys)


def _one_page(a: Claim, b: Claim) -> bool:
    """The same address and title, and nothing that says two works or versions: people, year, volume, kind, another DOI."""
    address = _address(a)
    if not address or address != _address(b) or title_key(a.title) != title_key(b.title):
        return False
    others = bool(a.authors and b.authors) and _people_differ(a, b)
    return not (others or (a.doi and b.doi and a.doi != b.doi) or _versions_differ(a, b))


def _address(claim: Claim) -> str:
    """A stated address as far as it tells pages apart: without scheme, "www.", closing slash and %-escapes, the host in lower case."""
    stated = unquote(str(claim.csl.get("URL") or "").strip())
    host, slash, path = _SCHEME.sub("", stated).partition("/")
    return f"{host.lower()}{slash}{path}".rstrip("/")


def _titles_agree(a: Claim, b: Claim) -> bool:
    """Equal, or one goes on where the other ends (a subtitle), or one is not stated."""
    one, two = title_key(a.title), title_key(b.title)
    if not one or not two:
        return bool(a.doi or a.arxiv)
    short, long = sorted((one, two), key=len)
    return one == two or (len(short) >= _SHORTEST and long.startswith(short) and bool(a.doi))


def _people_differ(a: Claim, b: Claim) -> bool:
    """Other people, another order, or nobody named; a list that ends in "et al." is the beginning of a longer one."""
    one, two = a.authors, b.authors
    if not one or not two:
        return True
    if a.others:
        two = two[: len(one)]
    elif b.others:
        one = one[: len(two)]
    return not same_people(one, two)


def _parts_differ(a: Claim, b: Claim) -> bool:
    """A part is stated in both and is not the same one."""
    one, two = edition_number(a.csl), edition_number(b.csl)
    if one and two and one != two:
        return True
    return any(
        (x := squash(str(a.csl.get(field) or ""))) and (y := squash(str(b.csl.get(field) or ""))) and x != y
        for field in ("volume", "chapter-number", "part", "version")
    )  # fmt: skip


def _versions_differ(a: Claim, b: Claim) -> bool:
    """Anything says that two versions, editions or kinds are meant."""
    kinds = {str(c.csl.get("type") or "") for c in (a, b)}
    if len(kinds) > 1 and not kinds & _ANY:
        return True
    if _parts_differ(a, b):
        return True
    if a.year and b.year and a.year != b.year:
        return True
    first, second = (_first_page(c) for c in (a, b))
    if first and second and first != second:
        return True
    venues = [squash(str(c.csl.get("container-title") or "")) for c in (a, b)]
    numbers = [squash(str(custom_of(c.csl).get("arxiv") or "")) for c in (a, b)]
    return any(x and y and x != y for x, y in (venues, numbers))


def _first_page(claim: Claim) -> str:
    return clean_pages(str(claim.csl.get("page") or "")).partition("-")[0]
