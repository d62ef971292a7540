"""A CSL item → the type and the fields of a BibTeX or biblatex entry, values ready to stand between braces."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ..model import Csl, Name, custom_of, eprint_of, names_of
from ..normalize.identifiers import behind_resolver
from .latex import encode

Dialect = Literal["bibtex", "biblatex"]
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
TYPES: Mapping[str, tuple[str, str]] = {
    # CSL type: (BibTeX, biblatex)
    "article-journal": ("article", "article"),
    "article-magazine": ("article", "article"),
    "article-newspaper": ("article", "article"),
    "review": ("article", "article"),
    "review-book": ("article", "article"),
    "paper-conference": ("inproceedings", "inproceedings"),
    "chapter": ("incollection", "incollection"),
    "entry": ("incollection", "incollection"),
    "entry-dictionary": ("incollection", "inreference"),
    "entry-encyclopedia": ("incollection", "inreference"),
    "book": ("book", "book"),
    "classic": ("book", "book"),
    "collection": ("proceedings", "proceedings"),
    "thesis": ("phdthesis", "phdthesis"),
    "report": ("techreport", "techreport"),
    "manuscript": ("unpublished", "unpublished"),
    "pamphlet": ("booklet", "booklet"),
    "article": ("misc", "online"),
    "webpage": ("misc", "online"),
    "post": ("misc", "online"),
    "post-weblog": ("misc", "online"),
    "software": ("misc", "software"),
    "dataset": ("misc", "dataset"),
    "patent": ("misc", "patent"),
    "speech": ("misc", "unpublished"),
    "standard": ("techreport", "standard"),
    "legislation": ("misc", "legislation"),
    "bill": ("misc", "legislation"),
    "regulation": ("misc", "legislation"),
    "treaty": ("misc", "legal"),
    "legal_case": ("misc", "jurisdiction"),
    "hearing": ("misc", "jurisdiction"),
    "motion_picture": ("misc", "movie"),
    "broadcast": ("misc", "video"),
    "song": ("misc", "music"),
    "graphic": ("misc", "artwork"),
    "performance": ("misc", "performance"),
    "personal_communication": ("misc", "letter"),
    "periodical": ("misc", "periodical"),
}
ORDER = (
    "author", "editor", "translator", "title", "booktitle", "journal", "journaltitle", "series", "edition", "chapter", "volume", "number", "pages",
    "publisher", "school", "institution", "organization", "address", "location", "howpublished", "type", "year", "month", "day", "date", "doi",
    "isbn", "issn", "eprint", "archiveprefix", "primaryclass", "eprinttype", "eprintclass", "pmid", "url", "urldate", "version", "language", "note",
    "shorttitle", "origtitle", "eventtitle", "venue", "pagetotal", "volumes", "pubstate", "keywords", "abstract", "annote",
)  # fmt: skip
BESIDE = (
    ("shorttitle", "title-short"), ("origtitle", "original-title"), ("eventtitle", "event-title"), ("venue", "event-place"), ("pagetotal", "number-of-pages"),
    ("volumes", "number-of-volumes"), ("pubstate", "status"), ("keywords", "keyword"), ("abstract", "abstract"), ("annote", "annote"),
)  # fmt: skip
"""What an item may say beyond what names its work, and CSL's names for it."""
VERBATIM = frozenset(
    {
        "doi",
        "url",
        "eprint",
        "pmid",
        "archiveprefix",
        "eprinttype",
        "date",
        "urldate",
    }
)
"""Fields that name a thing exactly: no LaTeX in them."""
UNVERIFIED = "unverified: written from the reference as given"
"""What is said of an entry that rests on the reference's own words alone."""
_PAGE = r"([a-z.:]*\d+(?::\d+)?[a-z]?|[ivxlcdm]+)"
_PAGE_RANGE = re.compile(rf"^{_PAGE}\s*[-–—]+\s*{_PAGE}$", re.I)
ARXIV_NOTE = "arXiv:{arxiv}"


@dataclass(frozen=True, slots=True)
class Entry:
    """Type and fields (name → value without delimiters) in the order to print them; ``bare`` fields stand without braces."""

    type: str
    fields: Mapping[str, str]
    bare: frozenset[str] = frozenset({"month"})


def entry_of(
    csl: Csl,
    *,
    dialect: Dialect = "bibtex",
    latex: bool = True,
    preprint_note: str | None = None,
    unverified: bool = False,
) -> Entry:
    """The entry of one item.

    ``preprint_note``: what BibTeX's ``howpublished`` says of a preprint that styles without ``eprint`` would leave bare,
    ``{arxiv}`` standing for the number; "" for nothing; None for the usual (``arXiv:<number>`` in BibTeX, nothing in biblatex).
    ``unverified``: the note gets the mark of an entry that no source has confirmed.
    """
    modern = dialect == "biblatex"
    kind = str(csl.get("type") or "")
    entry_type = (
        str(custom_of(csl).get("entry-type") or "") or TYPES.get(kind, ("misc", "misc"))[modern]
    )
    genre = str(csl.get("genre") or "")
    if kind == "thesis" and re.search(
        r"master|diplom|bachelor|magister|laurea|m\.?\s?sc|b\.?\s?sc|\b[mb]\.?\s?[as]\b",
        genre,
        re.I,
    ):
        entry_type = "mastersthesis"
    if entry_type == "techreport" and not csl.get("publisher") and _numbered(csl):
        entry_type = "misc"  # what a report demands is not known: RFC 791 by its number
    out: dict[str, str] = {}

    def put(name: str, value: Any, *, protect: bool = False) -> None:
        text = " ".join(str(value).split()) if value is not None else ""
        if text:
            out[name] = (
                verbatim(text) if name in VERBATIM else encode(text, latex=latex, protect=protect)
            )

    for role in ("author", "editor", "translator"):
        names = names_of(csl, role)
        people = name_list(names, others=role == "author" and goes_on(csl, len(names)), latex=latex)
        if people:
            out[role] = people
    put("title", csl.get("title"), protect=True)
    if kind in _LAW and not modern:
        put("howpublished", _place_of_law(csl, kind))
    elif entry_type == "misc" and not modern and _numbered(csl):
        put("howpublished", _numbered(csl))
    else:
        _container(csl, kind, entry_type, modern, put)
        put("volume", csl.get("volume"))
        put("number", _number(csl, kind))
        if csl.get("page"):
            out["pages"] = pages(str(csl["page"]), latex=latex)
    put("edition", csl.get("edition"))
    put("chapter", csl.get("chapter-number"))
    put("version", csl.get("version"))
    put("language", csl.get("language"))
    put("type", _genre(csl, entry_type, modern, out.get("howpublished", "")))
    _publisher(csl, entry_type, modern, put)
    _dates(csl, modern, put)
    _identifiers(csl, modern, put)
    arxiv = eprint_of(csl)
    if kind == "article" and arxiv and not out.get("howpublished"):
        put(
            "howpublished",
            (ARXIV_NOTE if preprint_note is None and not modern else preprint_note or "").replace(
                "{arxiv}", arxiv
            ),
        )
    note = str(csl.get("note") or "")
    if unverified and UNVERIFIED not in note:
        note = f"{note.rstrip('. ')}. {UNVERIFIED}" if note else UNVERIFIED
    put("note", note)
    return Entry(entry_type, {name: out[name] for name in ORDER if name in out})


def goes_on(csl: Csl, printed: int) -> bool:
    """The list of authors goes on: it ends in "et al.", or the source gave fewer than it counts."""
    custom = custom_of(csl)
    count = custom.get("author-count")
    return bool(custom.get("others")) or (isinstance(count, int) and count > printed > 0)


def name_list(people: Sequence[Name], *, others: bool = False, latex: bool = True) -> str:
    """``Family, Given and von Family, Jr., Given and {An Organisation} and others``."""
    written = [written_name(name, latex=latex) for name in people]
    if written and others:
        written.append("others")
    return " and ".join(written)


def written_name(name: Name, *, latex: bool = True) -> str:
    """One name as BibTeX reads it: particle and family first, a suffix between commas, an organisation in braces."""
    if name.literal or not name.family:
        return "{" + encode(name.literal or name.given, latex=latex) + "}"
    parts = [
        _part(name.full_family, latex),
        *([_part(name.suffix, latex)] if name.suffix else []),
        _part(name.given, latex),
    ]
    if len(parts) == 2 and not parts[1]:
        # a single word is a family name as it stands; of several, BibTeX would take the last alone
        return (
            parts[0]
            if not re.search(r"\s", name.full_family) or parts[0].startswith("{")
            else "{" + parts[0] + "}"
        )
    return ", ".join(parts).rstrip()


_JOINS = re.compile(r"\b(?:and|others)\b")


def _part(text: str, latex: bool) -> str:
    value = encode(text, latex=latex)
    joins = "and" in text or "others" in text
    return "{" + value + "}" if "," in text or (joins and _JOINS.search(text)) else value


def pages(text: str, *, latex: bool = True) -> str:
    """The hyphen between two page numbers becomes two; an article number with a hyphen ("A12-3B") stays as it is."""
    parts = [_PAGE_RANGE.sub("\\1\u2013\\2", part.strip()) for part in re.split(r"[,;]", text)]
    return encode(", ".join(parts), latex=latex).replace("\u2013", "--")


def verbatim(text: str) -> str:
    """An identifier or address: braces, spaces and backslashes percent-encoded (``^^``, by which TeX writes one, too), everything else as it is."""
    return (
        text.replace("^^", "%5E%5E")
        .replace("\\", "%5C")
        .replace("{", "%7B")
        .replace("}", "%7D")
        .replace(" ", "%20")
    )


_ARXIV_PAGE = re.compile(r"(?:export\.)?arxiv\.org/(?:abs|pdf|html)/")
_ARXIV_END = re.compile(r"(?:v\d+)?(?:\.pdf)?/?")
"""What stands in front of the number in the address of an arXiv page, and behind it."""


def repeats_identifier(url: str, csl: Csl) -> bool:
    """True for an address that only spells out the item's DOI or arXiv number."""
    bare = re.sub(r"^https?://(?:www\.)?", "", url.strip().lower())
    doi, arxiv = str(csl.get("DOI") or "").lower(), str(custom_of(csl).get("arxiv") or "").lower()
    if doi and behind_resolver(bare) == doi:
        return True
    page = _ARXIV_PAGE.match(bare) if arxiv else None
    return (
        page is not None
        and bare.startswith(arxiv, page.end())
        and _ARXIV_END.fullmatch(bare, page.end() + len(arxiv)) is not None
    )


def _container(csl: Csl, kind: str, entry_type: str, modern: bool, put: Any) -> None:
    container = csl.get("container-title")
    if entry_type == "article" or (modern and kind in _LAW):
        put("journaltitle" if modern else "journal", container)
    elif entry_type not in ("misc", "online", "software", "dataset"):
        put(
            "booktitle", container
        )  # also of what stands in nothing: an item that says so all the same loses nothing
    elif kind != "article" or not re.fullmatch(
        r"(?i)arxiv.*|corr|computing research repository", str(container or "").strip()
    ):
        put("organization" if modern and entry_type == "online" else "howpublished", container)
    put("series", csl.get("collection-title"))


_GENRES = {"phdthesis": "PhD thesis", "mastersthesis": "Master's thesis"}
"""What the types of entries say themselves."""


def _genre(csl: Csl, entry_type: str, modern: bool, published: str) -> str:
    if csl.get("type") == "standard" and not modern and entry_type == "techreport":
        return "Standard"
    genre = str(csl.get("genre") or "")
    said = genre == _GENRES.get(entry_type) or (genre and published.startswith(genre))
    return "" if said else genre


_LAW = frozenset(("legislation", "bill", "regulation", "treaty", "legal_case", "hearing"))


_IN_FRONT = re.compile(r"Stat|U\.\s?S\.\s?C|C\.\s?F\.\s?R")
"""Statutes and codes that are cited as reporters are: "104 Stat. 328"."""


def _place_of_law(csl: Csl, kind: str) -> str:
    """Where a law or decision stands, for styles that know no types for them: "OJ L 130, pp. 92-125", "347 U.S. 483", "Pub. L. 88-352, 78 Stat. 241"."""
    container, volume, page = (str(csl.get(k) or "") for k in ("container-title", "volume", "page"))
    number = str(csl.get("number") or "")
    if kind == "legal_case" or _IN_FRONT.match(container):
        place = " ".join(part for part in (volume, container, page) if part)
        return ", ".join(part for part in (number, place) if part)
    place = " ".join(part for part in (container, volume) if part)
    place += (
        f", {'pp.' if '-' in page else 'p.'} {page.replace('-', '–')}" if page and place else ""
    )
    return ", ".join(part for part in (number, place) if part)


def _numbered(csl: Csl) -> str:
    """ "RFC 791", "ISO 9241-11:2018": what a report of the kind is cited by."""
    number = str(csl.get("number") or "")
    if number and csl.get("type") == "standard":
        return number
    return f"RFC {number}" if number and csl.get("genre") == "RFC" else ""


def _number(csl: Csl, kind: str) -> Any:
    if kind in ("report", "patent", "software", "standard"):
        return csl.get("number") or csl.get("issue")
    return csl.get("issue") or csl.get("number") or csl.get("collection-number")


def _publisher(csl: Csl, entry_type: str, modern: bool, put: Any) -> None:
    name = "publisher"
    if entry_type in ("phdthesis", "mastersthesis", "thesis"):
        name = "institution" if modern else "school"
    elif entry_type in ("techreport", "report"):
        name = "institution"
    put(name, csl.get("publisher"))
    put("location" if modern else "address", csl.get("publisher-place"))


def _dates(csl: Csl, modern: bool, put: Any) -> None:
    issued = csl.get("issued")
    parts = date_parts(issued)
    season, ends = _season(issued), date_parts(issued, 1)
    about = isinstance(issued, Mapping) and bool(issued.get("circa"))
    if not parts:
        literal = (issued.get("literal") or issued.get("raw")) if isinstance(issued, Mapping) else None  # fmt: skip
        put("date" if modern and _EDTF.fullmatch(str(literal or "")) else "year", literal)
    elif modern:
        last = f"/{iso_date(ends)}" if ends else f"-{20 + season}" if season else ""
        mark = "~" if about else ""
        put("date", iso_date(parts) + (mark if not season else "") + last + (mark if ends else ""))
    elif season or ends or about:
        put("year", f"{SEASONS[season - 1]} {parts[0]}" if season else f"{'c. ' if about else ''}{parts[0]}" + (f"–{ends[0]}" if ends else ""))  # fmt: skip
    else:
        put("year", parts[0])
        if len(parts) > 1:
            put("month", MONTHS[parts[1] - 1])
        if len(parts) > 2:
            put("day", parts[2])
    accessed = date_parts(csl.get("accessed"))
    if accessed and csl.get("URL"):
        put("urldate", iso_date(accessed))


SEASONS = ("Spring", "Summer", "Autumn", "Winter")
_EDTF = re.compile(r"-\d{4}(?:-\d\d){0,2}[~?%]?(?:/-?\d{4}(?:-\d\d){0,2}[~?%]?)?|\d{1,3}X{1,3}")
"""Dates of biblatex that are no years of print: before Christ, of a decade or century."""


def _season(issued: Any) -> int:
    """The season of a CSL date from 1 (spring) to 4, 0 for none."""
    value = issued.get("season") if isinstance(issued, Mapping) else None
    return int(str(value)) if str(value) in ("1", "2", "3", "4") else 0


def _identifiers(csl: Csl, modern: bool, put: Any) -> None:
    custom = custom_of(csl)
    put("doi", csl.get("DOI") or custom.get("unreadable-doi"))
    put("isbn", csl.get("ISBN"))
    put("issn", csl.get("ISSN"))
    put("pmid", custom.get("pmid") or csl.get("PMID"))
    if custom.get("arxiv"):
        put("eprint", eprint_of(csl))
        put("eprinttype" if modern else "archiveprefix", "arxiv" if modern else "arXiv")
        put("eprintclass" if modern else "primaryclass", custom.get("primary-class"))
    elif custom.get("unreadable-arxiv"):
        put("eprint", custom["unreadable-arxiv"])
    url = str(csl.get("URL") or "")
    if url and (csl.get("accessed") or not repeats_identifier(url, csl)):
        put("url", url)
    for name, field in BESIDE:
        put(name, csl.get(field))


def date_parts(value: Any, end: int = 0) -> tuple[int, ...]:
    """The numbers of a CSL date's first part (``end`` 1: of its last), as far as they make a date; () otherwise."""
    try:
        raw = [int(part) for part in value["date-parts"][end][:3]]
    except (KeyError, IndexError, TypeError, ValueError):
        return ()
    if len(raw) > 1 and not 1 <= raw[1] <= 12:
        raw = raw[:1]
    if len(raw) > 2 and not 1 <= raw[2] <= 31:
        raw = raw[:2]
    return tuple(raw)


def iso_date(parts: Sequence[int]) -> str:
    return "-".join(
        f"{part:04d}" if index == 0 else f"{part:02d}" for index, part in enumerate(parts)
    )
