"""A claim and the work it means in, what each field says against the work's versions out.

A field is right if *any* version bears it out: a preprint's year, a journal's title, an abbreviated venue are no
faults.  Findings are Evidence of weight 0 under ``work.<field>``: they do not touch the probability, but they are
what status and rules go by.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ..model import Claim, Comparison, Csl, Evidence, Name, Record, Work, custom_of, year_of
from ..normalize.pages import same_pages
from .fields import says_preprint, venues_agree
from .people import SLIP, People, people_level
from .titles import kind_level, number_level, title_level
from .views import View, claim_view, record_view, text
from .works import SAME_TITLE

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")

ACCUSING = frozenset(
    (
        ("identifier", "elsewhere"),
        ("identifier", "impossible"),
        ("identifier", "another"),
        ("author", "other people"),
        ("author", "left out"),
        ("author", "added"),
        ("author", "other order"),
        ("title", "differs"),
        ("year", "differs"),
        ("year", "impossible"),
        ("venue", "differs"),
    )
)
"""Findings that contradict a reference in a way that misleads its reader."""


def findings(claim: Claim, work: Work, emitted: Csl, candidates: Sequence[Comparison] = ()) -> tuple[Evidence, ...]:
    """What the claim's fields say against the work's versions; ``emitted`` is the version to be cited."""
    ours = claim_view(claim)
    views = [record_view(r) for r in work.records]
    found = [
        *_identifier(claim, ours, work, views, candidates),
        *_title(claim, ours, work, views, emitted),
        *_author(claim, ours, work, views),
        *_year(ours, work, views, emitted),
        *_venue(claim, ours, work, views, emitted),
        *_pages(claim, ours, work, emitted),
        *_version(ours, work, emitted),
        *_sources(work, emitted),
    ]
    return tuple(Evidence(f"work.{field}", level, 0.0, said, stated) for field, level, said, stated in found)


Finding = tuple[str, str, str, str]


# ------------------------------------------------------------------ identifiers
def _identifier(claim: Claim, ours: View, work: Work, views: Sequence[View], candidates: Sequence[Comparison]) -> Iterable[Finding]:
    mine = {r.id for r in work.records}
    for name, value in (("doi", ours.doi), ("arxiv", ours.arxiv)):
        if not value:
            continue
        theirs = sorted({getattr(v, name) for v in views} - {""})
        if value in theirs or (name == "arxiv" and value in {_stated_arxiv(r) for r in work.records}):
            continue
        if name == "doi" and not _DOI.fullmatch(value):
            yield "identifier", "impossible", value, ", ".join(theirs)
            continue
        other = next((c.record for c in candidates if c.record.id not in mine and getattr(record_view(c.record), name) == value), None)
        if other is not None and not _same_text(ours, record_view(other)):
            yield "identifier", "elsewhere", value, other.title


def _same_text(ours: View, theirs: View) -> bool:
    level, _ = title_level(ours.title, theirs.title)
    return level in SAME_TITLE and people_level(ours, theirs).found > 0


def _stated_arxiv(record: Record) -> str:
    stated = text(custom_of(record.csl).get("version-of"))
    return stated[6:] if stated.lower().startswith("arxiv:") else ""


# ------------------------------------------------------------------ title
def _title(claim: Claim, ours: View, work: Work, views: Sequence[View], emitted: Csl) -> Iterable[Finding]:
    if not ours.title.key:
        return
    from .views import title_view

    shown = title_view(text(emitted.get("title")))
    if _title_fits(ours, shown):
        return
    if any(_title_fits(ours, v.title) for v in views):
        yield "title", "other version", claim.title, text(emitted.get("title"))
        return
    best = max(zip(views, work.records, strict=True), key=lambda vr: title_level(ours.title, vr[0].title)[1])
    level, _ = title_level(ours.title, best[0].title)
    if level.startswith(("subtitle", "beginning")):
        yield "title", "shortened", claim.title, best[1].title
    else:
        yield "title", "reworded", claim.title, best[1].title


def _title_fits(ours: View, theirs: object) -> bool:
    from .views import Title

    assert isinstance(theirs, Title)
    level, _ = title_level(ours.title, theirs)
    return level in SAME_TITLE and number_level(ours.title, theirs, level) in ("", "same") and not _differs(ours, theirs)


def _differs(ours: View, theirs: object) -> bool:
    from .views import Title

    assert isinstance(theirs, Title)
    return kind_level(ours.title, theirs) == "differs"


# ------------------------------------------------------------------ authors
def _author(claim: Claim, ours: View, work: Work, views: Sequence[View]) -> Iterable[Finding]:
    named = [(v, r) for v, r in zip(views, work.records, strict=True) if v.people]
    if not ours.people or not named:
        return
    compared = [(people_level(ours, v), v, r) for v, r in named]
    levels = {p.level for p, _, _ in compared}
    if levels & {"same", "et-al"}:
        if ours.others:
            yield "author", "et al.", _people(claim.authors), _people(_fullest(compared).authors)
        return
    best, view, record = max(compared, key=lambda c: (c[0].found, -abs(len(c[1].people) - len(ours.people)), c[2].id))
    said, stated = _people(claim.authors), _people(record.authors)
    cut = any(v.cut for v, _ in named)
    if best.level == "misspelled":
        for (j, how), name in zip(best.pairs, claim.authors, strict=False):
            if how == SLIP:
                yield "author", "misspelled", _full(name), _full(record.authors[j])
    elif best.level in ("group", "unstated") or any(p.group for p in (*ours.people, *view.people)):
        yield "author", "group", said, stated
    elif best.level in ("none", "homonym"):
        yield "author", "other people", said, stated
    elif best.level == "reordered":
        yield "author", "other order", said, stated
    elif best.level in ("shortened", "partial", "partial-later", "first-alone", "one-alone") and not ours.others:
        yield "author", "record cut" if cut else "left out", said, stated
    elif best.level in ("longer", "longer-later"):
        yield "author", "record cut" if cut else "added", said, stated
    elif not cut:
        yield "author", "differ", said, stated


def _fullest(compared: Sequence[tuple[People, View, Record]]) -> Record:
    return max(compared, key=lambda c: (len(c[1].people), c[2].id))[2]


def _full(name: Name) -> str:
    return f"{name.given} {name.full_family}".strip()


def _people(names: Sequence[Name]) -> str:
    return ", ".join(_full(n) for n in names[:6]) + (" …" if len(names) > 6 else "")


# ------------------------------------------------------------------ year, venue, pages
def _year(ours: View, work: Work, views: Sequence[View], emitted: Csl) -> Iterable[Finding]:
    shown = year_of(emitted)
    if ours.year is None:
        if shown and not ours.arxiv:
            yield "year", "missing", "", str(shown)
        return
    years = sorted({v.year for v in views if v.year})
    if not years or ours.year in years:
        return
    apart = min(abs(ours.year - y) for y in years)
    between = years[0] < ours.year < years[-1]
    level = "near" if apart <= 1 or between else "differs"
    yield "year", level, str(ours.year), str(shown or years[-1])


def _venue(claim: Claim, ours: View, work: Work, views: Sequence[View], emitted: Csl) -> Iterable[Finding]:
    shown = text(emitted.get("container-title"))
    if not ours.venue:
        if shown and not ours.arxiv and not ours.preprint and ours.type not in ("book", "thesis", "report", "webpage", "software", "dataset"):
            yield "venue", "missing", "", shown
        return
    if ours.preprint or says_preprint(ours.venue):
        return
    verdicts = {venues_agree(ours.venue, v.venue): v.venue for v in views if v.venue}
    if "same" in verdicts or not verdicts:
        return
    if "different" in verdicts:
        yield "venue", "differs", ours.venue, verdicts["different"]
    else:
        yield "venue", "unknown", ours.venue, shown


def _pages(claim: Claim, ours: View, work: Work, emitted: Csl) -> Iterable[Finding]:
    said, shown = text(claim.csl.get("page")), text(emitted.get("page"))
    if not said:
        if shown and not ours.preprint and not ours.arxiv and ours.venue:
            yield "pages", "missing", "", shown
        return
    stated = [text(r.csl.get("page")) for r in work.records if r.csl.get("page")]
    if shown and not any(same_pages(said, p) or _first(said) == _first(p) for p in stated):
        yield "pages", "differ", said, shown


def _first(pages: str) -> str:
    from ..normalize.pages import first_page

    return first_page(pages)


# ------------------------------------------------------------------ versions and sources
def _version(ours: View, work: Work, emitted: Csl) -> Iterable[Finding]:
    published = [r for r in work.records if not r.is_preprint]
    if published and (ours.preprint or (ours.arxiv and not ours.venue) or says_preprint(ours.venue)):
        best = next((r for r in published if r.csl.get("container-title") and r.csl.get("container-title") == emitted.get("container-title")), published[0])
        where = text(emitted.get("container-title")) if text(emitted.get("type")) != "article" else text(best.csl.get("container-title"))
        yield "version", "superseded", ours.arxiv or ours.venue or "preprint", f"{where or text(best.csl.get('publisher'))} {best.year or ''}".strip()
    for record in work.records:
        if record.csl.get("custom", {}).get("retracted") or text(record.csl.get("title")).lower().startswith(("retracted:", "retracted article", "withdrawn:")):
            yield "version", "retracted", text(record.csl.get("title")), record.id
            break


def _sources(work: Work, emitted: Csl) -> Iterable[Finding]:
    """Pages on which the sources of the version to be cited do not agree."""
    pages: dict[str, str] = {}
    for record in work.records:
        page = text(record.csl.get("page"))
        if page and "-" in page and not record.is_preprint and _version_of(record, emitted):
            pages.setdefault(page, record.source)
    different = sorted(p for p in pages if not any(same_pages(p, q) for q in pages if q < p))
    if len(different) > 1:
        yield "sources", "page", "; ".join(f"{pages[p]}: {p}" for p in different), text(emitted.get("page"))


def _version_of(record: Record, emitted: Csl) -> bool:
    ours, theirs = text(emitted.get("container-title")), text(record.csl.get("container-title"))
    year = year_of(emitted)
    return bool(ours and theirs) and venues_agree(ours, theirs) == "same" and (year is None or record.year is None or abs(year - record.year) <= 1)
