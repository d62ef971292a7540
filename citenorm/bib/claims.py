"""The entries of a .bib file → Claims: LaTeX decoded, macros expanded, inherited fields included, types and names in CSL."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from ..emit.entry import TYPES as EMITTED_TYPES
from ..emit.entry import UNVERIFIED
from ..model import Claim, Reference
from ..normalize.capitals import MATH
from ..normalize.dates import issued, parse_date, this_year
from ..normalize.fillers import is_filler
from ..normalize.identifiers import clean_arxiv, clean_doi, find_arxiv, linked_doi, unreadable
from ..normalize.latex import to_unicode
from ..normalize.pages import clean_pages
from ..normalize.preprint import placed
from ..normalize.venues import find_meeting, find_venue
from .file import MONTH_MACROS, BibFile
from .inherit import CONTAINERS, Parents, Value, fields_of
from .people import people_of, people_otherwise
from .scan import Block

TYPES: Mapping[str, str] = {
    "article": "article-journal", "inproceedings": "paper-conference", "conference": "paper-conference", "book": "book", "mvbook": "book",
    "inbook": "chapter", "bookinbook": "chapter", "incollection": "chapter", "suppbook": "chapter", "inreference": "entry-encyclopedia", "proceedings": "book",
    "mvproceedings": "book", "collection": "book", "mvcollection": "book", "reference": "book", "phdthesis": "thesis", "mastersthesis": "thesis",
    "thesis": "thesis", "techreport": "report", "report": "report", "unpublished": "manuscript", "booklet": "pamphlet", "manual": "report",
    "online": "webpage", "electronic": "webpage", "www": "webpage", "software": "software", "dataset": "dataset", "patent": "patent",
    "periodical": "periodical", "video": "motion_picture", "movie": "motion_picture", "audio": "song",
    "music": "song", "performance": "performance", "artwork": "graphic", "image": "graphic", "letter": "personal_communication",
    "standard": "standard", "legislation": "legislation", "legal": "legislation", "jurisdiction": "legal_case",
}  # fmt: skip
NO_WORKS = frozenset(
    {
        "xdata",
        "set",
        "control",
        "ieeetranbstctl",
        "customa",
        "customb",
        "customc",
        "customd",
        "custome",
        "customf",
    }
)
"""Types of entries that name no work of their own."""

FIELDS: Mapping[str, tuple[str, ...]] = {
    # CSL field: the BibTeX fields it is read from, first choice first
    "title": ("title",), "author": ("author",), "editor": ("editor",), "translator": ("translator",),
    "container-title": ("journal", "journaltitle", "booktitle", "howpublished", "organization", "series"), "volume": ("volume",), "issue": ("number", "issue"),
    "number": ("number",), "page": ("pages", "page", "eid", "articleno"), "issued": ("year", "date"), "publisher": ("publisher", "school", "institution", "organization"),
    "publisher-place": ("address", "location"), "collection-title": ("series",), "edition": ("edition",), "DOI": ("doi", "url"), "URL": ("url", "howpublished"),
    "ISBN": ("isbn",), "ISSN": ("issn",), "custom.arxiv": ("eprint", "journal", "journaltitle", "volume", "note", "howpublished", "url", "doi"), "note": ("note",),
}  # fmt: skip
"""Where a claim's field stands in the entry; used to point at it."""

ARXIV_VENUE = re.compile(
    r"\s*(?:arxiv\b.*|abs/\S+|10\.48550/\S+|corr\b.*|computing research repository.*|e-?prints?\s+arxiv.*|preprint\s+arxiv.*)",
    re.I | re.S,
)
_MARKUP = re.compile(r"&#?\w{1,8};|</?(?:i|em|b|sub|sup)>")
_TAG = re.compile(r"</?(?:i|em|b|sub|sup)>")
_URL = re.compile(r"https?://[^\s{}\\]+")
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:[/:]\S*)?", re.I)
"""An address without its scheme: "citeseer.ist.psu.edu/69209.html"."""
_NUMBERED = ("report", "patent", "software", "dataset")
_LOOSE = ("misc", "online", "electronic")
_ARXIV = ("arxiv", "arxiv.org")


def claims(bib: BibFile, *, whole: bool = False) -> list[Claim]:
    """One claim per entry that names a work, in the order of the file; ``Claim.id`` is the entry's key.

    ``whole``: with all that CSL has a place for, also what says nothing of which work is meant (keywords, abstracts, remarks).

    ``claimed(bib)`` gives the entries in the same order.  ``Claim.reference`` tells the place and holds the entry's text.
    """
    parents = Parents(bib)
    return [claim_of(bib, entry, parents, whole=whole) for entry in claimed(bib)]


def claimed(bib: BibFile) -> list[Block]:
    """The entries that ``claims`` reads: in order, and of a type that names a work."""
    return [entry for entry in bib.entries if not entry.problem and entry.type not in NO_WORKS]


def claim_of(
    bib: BibFile, entry: Block, parents: Parents | None = None, *, whole: bool = False
) -> Claim:
    """What one entry says."""
    values = fields_of(bib, entry, parents or Parents(bib))
    place = bib.place(entry.start, entry.end)
    reference = Reference(
        bib.text[entry.start : entry.end].encode("utf-8", "replace").decode(), bib.name, line=place.line, end_line=place.end_line,
        start=entry.start, end=entry.end, key=entry.key,
    )  # fmt: skip
    csl = csl_of(entry.type, values)
    if whole:
        csl |= _beside(entry.type, values, csl)
    sure = {"title": UNSURE} if _several(bib, entry, "title") else {}
    return Claim(csl, field_confidence=sure, reference=reference, id=entry.key)


UNSURE = 0.5
"""The first of two values of a field is as likely the right one as the other."""


def _several(bib: BibFile, entry: Block, name: str) -> bool:
    """The field stands more than once and says something else each time; BibTeX reads the first."""
    values = {decoded(bib.value(f)) for f in entry.fields if f.name == name}
    return len(values - {""}) > 1


_BESIDE = (
    ("keywords", "keyword"), ("abstract", "abstract"), ("annotation", "annote"), ("annote", "annote"), ("shorttitle", "title-short"),
    ("eventtitle", "event-title"), ("venue", "event-place"), ("pagetotal", "number-of-pages"), ("volumes", "number-of-volumes"),
    ("pubstate", "status"), ("langid", "language"), ("origtitle", "original-title"),
)  # fmt: skip
"""Fields that say nothing of which work is meant, and CSL's names for them."""


def _beside(entry_type: str, values: Mapping[str, Value], csl: Mapping[str, Any]) -> dict[str, Any]:
    """What a file says of its entries beyond what names a work, and the type of the entry where CSL's says less."""
    out: dict[str, Any] = {}
    for name, target in _BESIDE:
        if name in values and target not in csl and (text := decoded(values[name].text)):
            out.setdefault(target, text)
    kind = csl.get("type")
    if kind == "article" and not (csl.get("custom") or {}).get("arxiv"):
        out.setdefault("publisher", "arXiv")  # all that says where it is
    if entry_type == "mastersthesis" and re.search(r"(?i)master", csl.get("genre", "")):
        return out
    if (not kind and entry_type not in ("misc", "unpublished")) or (
        kind and TYPES.get(entry_type) == kind and {entry_type} != {*EMITTED_TYPES.get(kind, ())}
    ):
        out["custom"] = {**(csl.get("custom") or {}), "entry-type": entry_type}
    return out


def csl_of(entry_type: str, values: Mapping[str, Value]) -> dict[str, Any]:
    """CSL item of an entry's fields; what is empty or cannot be read is left out."""
    text = {name: decoded(value.text) for name, value in values.items() if name in _READ}
    if values.get("date") is not None and "\\" not in values["date"].text:
        text["date"] = values["date"].text.strip()  # "1850~" is no hard blank
    out: dict[str, Any] = {}
    custom: dict[str, Any] = {}
    _identifiers(text, values, out, custom)
    journal = text.get("journal") or text.get("journaltitle") or ""
    container = journal or text.get("booktitle", "")
    if not container and entry_type in ("inproceedings", "conference", "article"):
        container = _label(text)
    preprint = bool(ARXIV_VENUE.fullmatch(container))
    if preprint:
        container = ""
    elif not container and (macro := _venue_macro(values)):
        custom["unreadable-container-title"] = macro
    elif not container and entry_type in _LOOSE:
        preprint = text.get("publisher", "").lower() in _ARXIV
    out["type"] = _type(entry_type, text, container, preprint, out, custom)
    if not out["type"]:
        del out["type"]
    if text.get("title"):
        out["title"] = _with_sub(text, "title", "subtitle")
    _people(values, out, custom)
    _container(text, container, out)
    _numbers(text, out, preprint)
    date = _date(text)
    if date:
        out["issued"] = date
    _publisher(text, entry_type, out)
    out |= {target: text[name] for name, target in _PLAIN if text.get(name)}
    genre = text.get("type") or {"phdthesis": "PhD thesis", "mastersthesis": "Master's thesis"}.get(
        entry_type, ""
    )
    if genre and out.get("type") in ("thesis", "report", "patent"):
        out["genre"] = {"phdthesis": "PhD thesis", "mastersthesis": "Master's thesis"}.get(
            genre, genre
        )
    note = re.sub(rf"\.?\s*{re.escape(UNVERIFIED)}", "", text.get("note", ""))
    if note and not (
        custom.get("arxiv") and re.fullmatch(r"(?i)\W*arxiv\W.*", note) and len(note) < 60
    ):
        out["note"] = f"{out['note']}. {note}" if out.get("note") else note
    if custom:
        out["custom"] = custom
    return out


def _venue_macro(values: Mapping[str, Value]) -> str:
    """The macro that alone is stated as the venue, and that nothing in the file defines."""
    return next((v.macro for name in CONTAINERS if (v := values.get(name)) and v.macro), "")


_PLAIN = (
    ("series", "collection-title"),
    ("edition", "edition"),
    ("chapter", "chapter-number"),
    ("version", "version"),
    ("language", "language"),
)
"""Fields that CSL has under another name."""
_READ = frozenset({
    "title", "subtitle", "booktitle", "booksubtitle", "journal", "journaltitle", "journalsubtitle", "howpublished", "organization", "volume", "number", "issue", "pages",
    "page", "eid", "articleno", "numpages", "year", "month", "day", "date", "publisher", "school", "institution", "address", "location", "series", "edition", "chapter", "version",
    "language", "type", "note", "doi", "url", "eprint", "archiveprefix", "eprinttype", "primaryclass", "eprintclass", "isbn", "issn", "pmid", "urldate", "arxivid", "ee",
})  # fmt: skip


def _container(text: Mapping[str, str], container: str, out: dict[str, Any]) -> None:
    """The journal, the book or what else a part stands in."""
    how = text.get("howpublished", "")
    if container:
        whole = container == text.get("booktitle")
        out["container-title"] = _with_sub(text, "booktitle", "booksubtitle") if whole else container  # fmt: skip
    elif how and not re.search(r"http|www|arxiv|access|online|available|url", how, re.I):
        kept = out.get("type") in ("webpage", "software", "dataset")
        out["container-title" if kept else "note"] = how
    elif text.get("organization") and out.get("type") == "webpage":
        out["container-title"] = text["organization"]


def decoded(text: str) -> str:
    """A value as a reader sees it: white space folded, LaTeX and the markup of web pages decoded."""
    text = to_unicode(" ".join(text.split())).strip()
    if "$" in text and MATH.search(
        text
    ):  # mathematics that a program has escaped: "RL{\\$}{\\^{}}2{\\$}"
        text = to_unicode(text)
    return _TAG.sub("", unescape(text)) if _MARKUP.search(text) else text


def _with_sub(text: Mapping[str, str], title: str, sub: str) -> str:
    if not text.get(sub):
        return text[title]
    return f"{text[title]}{' ' if text[title][-1:] in ':?!.' else ': '}{text[sub]}"


def _type(
    entry_type: str,
    text: Mapping[str, str],
    container: str,
    preprint: bool,
    out: Mapping[str, Any],
    custom: Mapping[str, Any],
) -> str:
    at_its_place = placed({"volume": text.get("volume"), "page": text.get("pages")})
    if preprint or (
        custom.get("arxiv")
        and not (container or at_its_place or custom.get("unreadable-container-title"))
        and entry_type
        in ("misc", "online", "electronic", "article", "unpublished", "techreport", "report")
    ):
        return "article"
    known = TYPES.get(entry_type, "")
    if known or entry_type != "misc":
        return known
    in_journal = bool(text.get("journal") or text.get("journaltitle"))
    if in_journal and find_meeting(container) is None:
        return "article-journal"
    if container:
        return "paper-conference"
    return "webpage" if out.get("URL") else ""


def _people(values: Mapping[str, Value], out: dict[str, Any], custom: dict[str, Any]) -> None:
    for role in ("author", "editor", "translator"):
        if role in values:
            people, others = people_of(values[role].text)
            if people:
                out[role] = [name.to_csl() for name in people]
                if others and role == "author":
                    custom["others"] = True
                if role == "author" and (several := people_otherwise(values[role].text)):
                    custom["author-otherwise"] = [name.to_csl() for name in several]


def _numbers(text: Mapping[str, str], out: dict[str, Any], preprint: bool) -> None:
    volume = text.get("volume", "")
    if volume and not re.match(r"(?i)abs/|arxiv", volume) and not _of_arxiv(volume, preprint):
        out["volume"] = volume
    number = text.get("number") or text.get("issue") or ""
    if number and not _of_arxiv(number, preprint):
        out["number" if out.get("type") in _NUMBERED else "issue"] = number
    # beside how many pages there are it is the number of the article, not one of them
    article = "" if text.get("numpages") else text.get("articleno")
    pages = clean_pages(text.get("pages") or text.get("page") or text.get("eid") or article or "")
    if pages and not _of_arxiv(pages, preprint) and not re.match(r"(?i)arxiv", pages):
        out["page"] = pages


def _of_arxiv(text: str, preprint: bool) -> bool:
    """The volume, number or page of what is printed nowhere but on arXiv is its number there."""
    return preprint and clean_arxiv(text) is not None


_LABEL = re.compile(r"\D*(?:\W['’`](\d\d)|\W((?:19|20)\d\d))")
"""A name with a year behind it, of two digits behind an apostrophe; "NIPS 25" has the number of the meeting."""


def label_year(series: str) -> int | None:
    """The year in the label of a meeting or of a journal's year in the place of the series ("FSE '14"), None for what is no such label."""
    told = _LABEL.fullmatch(series)
    found = find_venue(series) if told else None
    if told is None or found is None or found.venue.kind not in ("conference", "journal"):
        return None
    year = int(told[2] or ("19" if told[1] > "50" else "20") + told[1])
    return year if year <= this_year() + 1 else None


def _label(text: dict[str, str]) -> str:
    """The label in the place of the series, taken out of it, where nothing else says a venue; the year is the label's where none is stated."""
    series = text.get("series", "")
    year = label_year(series)
    if year is None:
        return ""
    del text["series"]
    if not text.get("year") and not text.get("date"):
        text["year"] = str(year)
    return series


def _date(text: Mapping[str, str]) -> dict[str, Any] | None:
    if text.get("date") and not (text.get("year") and days_alone(text["date"])):
        return _edtf(text["date"])
    if not text.get("year"):
        return None
    found = parse_date(text["year"])
    if found is None:
        return {"literal": text["year"]} if any(map(str.isdigit, text["year"])) else None
    if len(found["date-parts"][0]) > 1 or "season" in found:
        return found
    month = _month(text.get("month", ""))
    if not month or len(found["date-parts"]) > 1:
        return found
    day = re.fullmatch(r"0?([1-9]|[12]\d|3[01])", text.get("day", "") or _day_in(text["month"]))
    return issued(found["date-parts"][0][0], month, int(day[1]) if day else None)


def days_alone(date: str) -> bool:
    """The days that stand beside month and year in fields of their own ("26-31")."""
    return bool(_DAYS.fullmatch(date))


_DAYS = re.compile(r"\d{1,2}(?:\s*[-–]+\s*\d{1,2})?")
_SEASON = re.compile(r"(\d{4})-2([1-4])")
_RANGE = re.compile(r"(\d{4}(?:-\d\d){0,2})[~?%]?/(\d{4}(?:-\d\d){0,2})[~?%]?")


def _edtf(text: str) -> dict[str, Any] | None:
    """A date of biblatex: ranges, seasons ("2021-21"), "1850~" for about; what has no year of print ("-0379", "199X") as it is written."""
    if found := _SEASON.fullmatch(text):
        return {"date-parts": [[int(found[1])]], "season": int(found[2])}
    if found := _RANGE.fullmatch(text):
        ends = [[int(n) for n in part.split("-")] for part in found.groups()]
        return {"date-parts": ends, **({"circa": "true"} if "~" in text else {})}
    about = bool(re.fullmatch(r"\d{4}(?:-\d\d){0,2}[~%]", text))
    date = None if text.startswith("-") else parse_date(text.rstrip("~?%"))
    if date is None:
        return {"literal": text} if any(map(str.isdigit, text)) else None
    return {**date, "circa": "true"} if about else date


def _day_in(month: str) -> str:
    """BibTeX writes a day into the month: "10~" # jul."""
    days = re.findall(r"\d+", month)
    return days[0] if len(days) == 1 and re.search(r"[A-Za-z]", month) else ""


def _month(text: str) -> int | None:
    number = re.fullmatch(r"\s*0?([1-9]|1[0-2])\s*", text)
    if number:
        return int(number[1])
    words = re.findall(r"[a-z]{3,}", text.lower())
    months = [
        i
        for i, name in enumerate(MONTH_MACROS.values(), 1)
        for word in words[:1]
        if name.lower().startswith(word)
    ]
    return months[0] if months else None


def _publisher(text: Mapping[str, str], entry_type: str, out: dict[str, Any]) -> None:
    publisher = text.get("publisher") or text.get("school") or text.get("institution")
    if not publisher and entry_type in ("inproceedings", "conference", "proceedings", "manual"):
        publisher = text.get("organization")
    if publisher and publisher.lower() not in _ARXIV:
        out["publisher"] = publisher
    place = text.get("address") or text.get("location")
    if place:
        out["publisher-place"] = place


def _identifiers(
    text: Mapping[str, str],
    values: Mapping[str, Value],
    out: dict[str, Any],
    custom: dict[str, Any],
) -> None:
    doi = clean_doi(_exact(values, "doi"))
    address = _exact(values, "url") or _exact(values, "ee")
    linked = _URL.search(address) or _URL.search(_exact(values, "howpublished"))
    if _filled(text, doi):
        doi = ""
    if not doi and linked:
        doi = linked_doi(linked[0])
    arxiv = _arxiv(text, values, doi, linked[0] if linked else "")
    if not doi:
        custom |= unreadable("doi", _exact(values, "doi"))
    if not arxiv or _filled(text, _eprint(text)):
        custom |= unreadable("arxiv", _eprint(text))
    if doi and not doi.startswith("10.48550/"):
        out["DOI"] = doi
    page = linked[0].rstrip(".,;") if linked else address if _HOST.fullmatch(address) else ""
    if page and not (doi and linked_doi(page)):
        out["URL"] = page
        accessed = parse_date(text["urldate"]) if text.get("urldate") else None
        if accessed:
            out["accessed"] = accessed
    if arxiv:
        said = {
            "arxiv": arxiv[0],
            "arxiv-version": arxiv[1],
            "primary-class": text.get("primaryclass") or text.get("eprintclass") or "",
        }
        custom |= {name: value for name, value in said.items() if value}
    if text.get("pmid"):
        custom["pmid"] = text["pmid"]
    for name, target in (("isbn", "ISBN"), ("issn", "ISSN")):
        if text.get(name):
            out[target] = text[name]


def _exact(values: Mapping[str, Value], name: str) -> str:
    """An identifier or address: only the escapes of LaTeX undone."""
    value = values.get(name)
    if value is None:
        return ""
    text = value.text.strip()
    return re.sub(r"\{?\\([_%&#$~{}])\}?", r"\1", text) if "\\" in text else text


def _eprint(text: Mapping[str, str]) -> str:
    """What an entry states as its arXiv number."""
    server = (text.get("archiveprefix") or text.get("eprinttype") or "arxiv").lower()
    return text.get("arxivid") or (text.get("eprint") if server == "arxiv" else "") or ""


def _filled(text: Mapping[str, str], stated: str) -> bool:
    """A reference manager wrote the identifier beside a title that it is not of."""
    return bool(text.get("title")) and is_filler(stated)


def _arxiv(
    text: Mapping[str, str], values: Mapping[str, Value], doi: str, url: str
) -> tuple[str, str] | None:
    stated = _eprint(text)
    found = clean_arxiv(stated) if stated and not _filled(text, stated) else None
    if found is None and doi.startswith("10.48550/arxiv."):
        found = clean_arxiv(doi.removeprefix("10.48550/arxiv."))
    if found is None and "arxiv.org/" in url and not _filled(text, (find_arxiv(url) or ("",))[0]):
        found = find_arxiv(url)
    for name in _WITH_ARXIV:
        if found is None and text.get(name) and re.search(r"(?i)arxiv|abs/|corr", text[name]):
            found = find_arxiv(text[name])
    venue = text.get("journal") or text.get("journaltitle") or text.get("booktitle") or ""
    if found is None and ARXIV_VENUE.fullmatch(venue):
        numbers = (text.get(name, "") for name in ("volume", "number", "pages", "eid"))
        return next(filter(None, (clean_arxiv(n) for n in numbers if n)), None)
    return found


_WITH_ARXIV = ("journal", "journaltitle", "booktitle", "volume", "howpublished", "note", "number", "pages", "eid")  # fmt: skip
