"""Labelled stretches of a reference → the CSL fields that they state, each in its clean form."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from ..late import late
from ..normalize.dates import parse_date
from ..normalize.identifiers import (
    RESOLVER,
    clean_arxiv,
    clean_doi,
    find_arxiv,
    find_doi,
    find_issn,
)
from ..normalize.names import split_names
from .boundaries import redraw
from .entry_type import ARXIV_WORD, entry_type
from .fix_labels import relabel
from .kinds import of_kind
from .set_apart import set_apart
from .values import (
    LETTERS,
    NUMBER_EDGES,
    YEAR,
    Stretch,
    issued_of,
    pages_of,
    people_text,
    plain_number,
    undotted,
    value_of,
)

_VOLUME_ISSUE = re.compile(
    r"^(\w+)\s*\(\s*([\w–/-]+)\s*\)?$|^(\d+)\s*[,:/]\s*(?:no\.?|nr\.?|issue|h\.?|heft)?\s*(\d+(?:[-–/]\d+)?)$",
    re.I,
)
_DOUBLE = re.compile(r"(\d+)/(\d+)$")
_EDITION = late(r"\d+")
_ARXIV_HOST = late(r"arxiv\.org/", re.I)
_SERVER = re.compile(
    r"(?:arxiv(?:\.org)?|corr|computing research repository)(?:[ ,:]*(?:e-?prints?|preprints?))?",
    re.I,
)
"""What is named as the publisher and is a server of preprints."""
_ARXIV_DOI = "10.48550/arxiv."
_DOI_HOST = late(rf"{RESOLVER}10\.|^doi:", re.I)
_NUMBER_BEHIND = late(r"(?<=\S)\s\d{7,8}$")
"""The number in PubMed behind a DOI, in the text of web pages."""
_YEAR_LETTER = re.compile(r"[a-f] (?=[A-Z\d])")
_DIGITS_ALONE = late(r"\d{1,4}")
_ISSUE_WORD = late(
    r"(?:\b(?:nos?|nr|n|num(?:ber|ero)?|núm|numéro|issue|iss|heft|hefte|hft|h|fasc|zeszyt|z|nº|n°|č|вып|т)|№|#|[;,]\s*\(|[第제호/-])[.\s:°º]*$",
    re.I,
)
_ISSUE_BEHIND = late(r"\s?[号號期호]")
_ADDRESS_GOES_ON = late(
    r" (?=[^\s<>()\[\]\"“”]*(?:[/_=–-]|\w\.[A-Za-z]{2,5}\b|[A-Za-z]\d))(?![\d./-]+(?:[\s.,;)]|$))[^\s<>()\[\]\"“”]*[\w/=]"
)
_ADDRESS_ENDS = late(r" [\w.?=&%#_-]*[a-z][\w.?=&%#_-]*/[\w./?=&%#_-]*\.?")
"""Nothing but the rest of an address, up to the end."""
_GROUP = re.compile(r"[^\W\d_]{3} (?:[Cc]ollaboration|[Cc]onsortium|[Gg]roup|[Tt]eam)\b")
_MEETING = re.compile(r"[A-Z][A-Za-z@/-]*[A-Z]")
"""The short form of a meeting or journal: "NeurIPS", "JMLR"."""
_OF_YEAR = late(r" (?:19|20)\d\d(?=:\s?\d)")

PEOPLE = ("author", "editor", "translator")
_TEXT = (
    "title",
    "container-title",
    "collection-title",
    "publisher",
    "publisher-place",
    "genre",
    "note",
)


def _with_day(date: dict[str, Any], texts: list[str]) -> dict[str, Any]:
    """A year alone with the day and month that another stretch states: "(2004) … 12 May"."""
    if len(date["date-parts"]) == 1 and len(date["date-parts"][0]) == 1 and "season" not in date:
        for text in texts:
            if LETTERS.search(text) and not YEAR.search(text):
                fuller = parse_date(f"{text} {date['date-parts'][0][0]}")
                if fuller:
                    return fuller
    return date


def _bare_number(raw: str, issue: Stretch) -> bool:
    """A number alone behind a journal, with no word or bracket that says it is an issue: that of the volume."""
    return (
        bool(_DIGITS_ALONE.fullmatch(raw, issue.start, issue.end))
        and not _ISSUE_WORD.search(raw, max(0, issue.start - 12), issue.start)
        and not _ISSUE_BEHIND.match(raw, issue.end)
    )


def _longest(stretches: list[Stretch]) -> Stretch:
    return max(stretches, key=lambda s: (s.end - s.start, -s.start))


@dataclass(slots=True)
class _Draft:
    """The item of one reference in the making.

    ``low``: the string in small letters; ``by_label``: its stretches; ``used``: for each field the stretches that it rests on; ``custom``: what CSL has no field for.
    """

    raw: str
    low: str
    by_label: dict[str, list[Stretch]]
    csl: dict[str, Any] = field(default_factory=dict)
    used: dict[str, list[Stretch]] = field(default_factory=dict)
    custom: dict[str, Any] = field(default_factory=dict)

    def put(self, name: str, value: Any, stretches: list[Stretch]) -> None:
        self.csl[name], self.used[name] = value, stretches

    def move(self, name: str, to: str) -> None:
        """A field becomes another one."""
        self.csl[to], self.used[to] = self.csl.pop(name), self.used.pop(name)


def fields_of(
    raw: str, by_label: dict[str, list[Stretch]], whole: float = 0.0
) -> tuple[dict[str, Any], dict[str, list[Stretch]]]:
    """The CSL item that labelled stretches state, and for each field the stretches it rests on; ``whole``: how likely all labels are right (0–1)."""
    draft = _Draft(raw, raw.lower(), by_label)
    csl, used = draft.csl, draft.used
    relabel(raw, by_label, whole)
    told = set_apart(raw, draft.low, by_label)
    _texts(draft)
    edited = by_label["editor"][0].start if "editor" in by_label and "author" in by_label else 0
    redraw(raw, csl, used, edited)
    _people(draft)
    _issued(draft)
    _numbers(draft)
    if "publisher" in csl:
        _school_in_brackets(draft)
        _thesis_in_brackets(draft)
    if "container-title" in csl:
        _year_of_meeting(draft)
        _book_alone(draft)
    _identifiers(draft)
    if "accessed" in by_label:
        _accessed(draft)
    on_server = _without_server(draft)
    article = told.pop("page", "")
    draft.custom.update(told)
    if draft.custom:
        csl["custom"] = draft.custom
    if article:
        csl.setdefault("page", article)
    csl = {"type": entry_type(csl, on_server, draft.low), **csl}
    of_kind(raw, draft.low, csl, used, whole)
    return csl, used


def _texts(draft: _Draft) -> None:
    raw, by_label = draft.raw, draft.by_label
    for label in filter(by_label.__contains__, _TEXT):
        stretches = by_label[label]
        chosen = stretches[0] if len(stretches) == 1 else _chosen(raw, label, by_label)
        if label == "title":
            chosen = _whole_title(draft, chosen)
        if value := value_of(raw, chosen.start, chosen.end):
            draft.put(label, value, [chosen])
    if len(by_label.get("title", ())) > 1:
        _remark(draft)
    if "container-title" in draft.used:
        if "collection-title" not in draft.csl:
            _series_in_bracket(draft)
        elif draft.csl["collection-title"] == draft.csl["container-title"]:
            _other_container(draft)


_OPEN_BRACKET = late(r"\(([A-Z][^()]{1,60})$")
_VOLUME_NEXT = re.compile(r",? [Vv]ol(?:\.|ume)? \d")


def _series_in_bracket(draft: _Draft) -> None:
    """A series that a bracket parts from the meeting: "Weir Logic, WL 2020 (LIPIcs, Vol. 152)"."""
    only = draft.used["container-title"][0]
    if _VOLUME_NEXT.match(draft.raw, only.end):
        found = _OPEN_BRACKET.search(draft.raw, only.start, only.end)
        if found and not draft.csl["container-title"].endswith(")"):
            draft.put("collection-title", found[1], [only])


def _other_container(draft: _Draft) -> None:
    """What stands in a series stands in a book, too, where one is named: "The Pond Web, Lecture Notes in Weirs"."""
    for other in draft.by_label["container-title"]:
        if other != draft.used["container-title"][0]:
            draft.put("container-title", value_of(draft.raw, other.start, other.end), [other])
            return


_OF_VERSION = late(r"(?:\.\d{1,3}){1,3}(?=[.,;]?(?:\s|$))")


def _whole_title(draft: _Draft, title: Stretch) -> Stretch:
    """A title behind a year with a letter ("2009 a Growth of ponds"), and up to the version that ends it ("Pond Treebank 2.0")."""
    raw, start, end = draft.raw, title.start, title.end
    if raw.startswith(" ", start + 1) and _YEAR_LETTER.match(raw, start):
        dates = draft.by_label.get("date")
        if dates and not raw[dates[0].end : start].strip(" ()"):
            title = title._replace(start=start + 2)
    if raw[end - 1].isdigit() and (version := _OF_VERSION.match(raw, end)):
        every = draft.by_label.values()
        if not any(s.start == end + 1 for stretches in every for s in stretches):
            title = title._replace(end=version.end())
    return title


_PRINTED_BY = ("publisher", "publisher-place", "date", "page")


def _remark(draft: _Draft) -> None:
    """A sentence behind the publisher of something with pages, read as a title, is a remark on it."""
    raw, by_label = draft.raw, draft.by_label
    if "title" not in draft.csl:
        return
    end = _end_of_titles(raw, by_label)
    behind = [s for s in by_label["title"] if s.start > end]
    if behind:
        first = behind[0].start
        printed = [s for name in _PRINTED_BY for s in by_label.get(name, ()) if s.end <= first]
        start = max(s.end for s in printed if s.label != "publisher" or s.start == end)
        draft.put("note", raw[start:].strip(" .,;()"), behind[:1])


def _people(draft: _Draft) -> None:
    for role in filter(draft.by_label.__contains__, PEOPLE):
        stretches = draft.by_label[role]
        names, others = split_names(people_text(draft.raw, stretches))
        if names:
            draft.put(role, [name.to_csl() for name in undotted(names)], stretches)
            if others and role == "author":
                draft.custom["others"] = True


def _issued(draft: _Draft) -> None:
    if dates := draft.by_label.get("date"):
        texts = [draft.raw[s.start : s.end] for s in dates]
        if issued := issued_of(texts):
            draft.put("issued", issued if len(texts) == 1 else _with_day(issued, texts), dates)


def _year_of_meeting(draft: _Draft) -> None:
    """The year of a meeting as DBLP prints it: "ICML 2018: 1662-1670"."""
    csl, used = draft.csl, draft.used
    if "volume" not in draft.by_label and _MEETING.fullmatch(csl["container-title"]):
        of_year = _OF_YEAR.match(draft.raw, used["container-title"][0].end)
        if of_year:
            csl["container-title"] += of_year[0]


def _numbers(draft: _Draft) -> None:
    for label in filter(draft.by_label.__contains__, ("volume", "issue", "number")):
        chosen = draft.by_label[label][0]
        if value := plain_number(draft.raw[chosen.start : chosen.end]):
            draft.put(label, value, [chosen])
    if "volume" in draft.csl:
        if "issue" not in draft.csl:
            _issue_of_volume(draft)
    elif "issue" in draft.csl and _bare_number(draft.raw, draft.used["issue"][0]):
        draft.move("issue", "volume")
    if "page" in draft.by_label:
        _page(draft)


def _issue_of_volume(draft: _Draft) -> None:
    """The issue that stands together with its volume."""
    volume = draft.csl["volume"]
    both = None if volume.isdigit() else _VOLUME_ISSUE.match(volume)
    double = _DOUBLE.match(volume) if both else None  # "9/10" is one double volume
    if both and not (double and int(double[2]) - int(double[1]) == 1):
        draft.csl["volume"] = both[1] or both[3]
        draft.put("issue", both[2] or both[4], draft.used["volume"])


def _page(draft: _Draft) -> None:
    """The pages; a number with "ch." in front of it is that of the chapter."""
    raw, pages = draft.raw, []
    for stretch in draft.by_label["page"]:
        begin, end = max(0, stretch.start - 10), stretch.end
        found = _OF_CHAPTER.search(raw, begin, end) if "h" in raw[begin:end] else None
        if found and found.end() == stretch.end:
            draft.put("chapter-number", found[1], [stretch])
        else:
            pages.append(stretch)
    if pages:
        value = pages_of(raw[pages[0].start : pages[0].end])
        if value:
            draft.put("page", value, pages[:1])


_OF_CHAPTER = late(r"\b[Cc]h(?:ap(?:ter)?)?\b\.?\s*(\d[\d.]{0,6})")


def _school_in_brackets(draft: _Draft) -> None:
    """A bracket that closes within a school's name ends it: "[Dissertation, University of Ponds]. Pond Archive"."""
    name, bracket, rest = str(draft.csl.get("publisher") or "").partition("]")
    if bracket and "[" not in name and name.strip():
        draft.csl["publisher"] = name.strip()
        if rest.strip(" .,") and "note" not in draft.csl:
            draft.put("note", rest.strip(" .,"), draft.used["publisher"])


_KIND_OF_THESIS = late(r"[.,;]? \(((?:[A-Z][\w.’']*\s){1,3}(?:[Tt]hesis|[Dd]issertation))\.?\)?$")


def _thesis_in_brackets(draft: _Draft) -> None:
    """The kind of a thesis in brackets is no part of the school's name: "University of Ponds. (MA thesis.)"."""
    name = draft.csl.get("publisher", "")
    found = _KIND_OF_THESIS.search(name) if "(" in name else None
    if found and found.start() and "genre" not in draft.csl:
        draft.csl["publisher"] = name[: found.start()]
        draft.put("genre", found[1], draft.used["publisher"])


def _book_alone(draft: _Draft) -> None:
    """A container without anything in it, from a publisher, is a book by itself."""
    csl = draft.csl
    if "title" in csl or "volume" in csl or "issue" in csl:
        return
    if "publisher" in csl or "publisher-place" in csl:
        draft.move("container-title", "title")


def _edition(draft: _Draft) -> None:
    chosen = draft.by_label["edition"][0]
    number = _EDITION.search(draft.raw[chosen.start : chosen.end])
    text = number[0] if number else value_of(draft.raw, chosen.start, chosen.end)
    draft.put("edition", text, [chosen])


def _citation_number(draft: _Draft) -> None:
    raw, chosen = draft.raw, draft.by_label["citation-number"][0]
    if _GROUP.search(raw, chosen.start, chosen.end):  # "[ATLAS Collaboration]"
        draft.custom["collaboration"] = value_of(raw, chosen.start, chosen.end)
        draft.used["collaboration"] = [chosen]
    else:
        draft.put("citation-number", raw[chosen.start : chosen.end].strip(NUMBER_EDGES), [chosen])


def _accessed(draft: _Draft) -> None:
    stretches = draft.by_label["accessed"]
    accessed = issued_of([draft.raw[s.start : s.end] for s in stretches])
    if accessed:
        draft.put("accessed", accessed, stretches)


def _without_server(draft: _Draft) -> bool:
    """Is arXiv named as what the work stands in, or as its publisher?  It is neither, and is taken out."""
    csl, used = draft.csl, draft.used
    if container := csl.get("container-title"):
        on_server = bool(ARXIV_WORD.match(container))
        name = "container-title"
    else:
        on_server = "publisher" in csl and bool(_SERVER.fullmatch(csl["publisher"]))
        name = "publisher"
    if on_server:
        del csl[name]
        used.pop(name, None)
    return on_server


def _end_of_titles(raw: str, by_label: dict[str, list[Stretch]]) -> int:
    """Where the publisher of something with pages stands: behind it stand remarks alone."""
    first, pages = by_label["title"][0].start, by_label.get("page")
    if not pages or pages[0].start < first:
        return len(raw)
    behind = [s.start for s in by_label.get("publisher", ()) if s.start > pages[0].start]
    return min(behind, default=len(raw))


def _chosen(raw: str, label: str, by_label: dict[str, list[Stretch]]) -> Stretch:
    """One of several stretches: the longest; of titles the first, unless it is much shorter than a later one, and none behind the publisher, where remarks stand."""
    stretches = by_label[label]
    if label != "title":
        return _longest(stretches)
    first, ends = stretches[0], _end_of_titles(raw, by_label)
    longest = _longest([s for s in stretches if s.start < ends] or stretches)
    return longest if longest.end - longest.start > 2 * (first.end - first.start) else first


# ------------------------------------------------------------------ identifiers
def _identifiers(draft: _Draft) -> None:
    """Numbers of the reference and of what it names; later steps look at what earlier ones found."""
    by_label = draft.by_label
    if "edition" in by_label:
        _edition(draft)
    if "citation-number" in by_label:
        _citation_number(draft)
    if "DOI" in by_label:
        _doi(draft)
    if "URL" in by_label:
        _urls(draft)
    if "arXiv" in by_label and "arxiv" not in draft.custom:
        _arxiv(draft)
    _unlabelled(draft)
    if "ISBN" in by_label or "ISSN" in by_label:
        _isbn_issn(draft)


def _doi(draft: _Draft) -> None:
    for s in draft.by_label["DOI"]:
        text = _NUMBER_BEHIND.sub("", draft.raw[s.start : s.end])
        if doi := clean_doi(text.replace(" ", "")) or clean_doi(text):
            draft.put("DOI", doi, [s])
            return


def _urls(draft: _Draft) -> None:
    for s in draft.by_label["URL"]:
        end = _end_of_url(draft.raw, s.end)
        url = "".join(draft.raw[s.start : end].split()).strip("<>[]().,;")
        if _DOI_HOST.search(url):
            if "DOI" not in draft.csl and (doi := clean_doi(url)):
                draft.put("DOI", doi, [s])
        elif not _arxiv_of_url(draft, url, s) and url and "URL" not in draft.csl:
            draft.put("URL", url, [s])


def _end_of_url(raw: str, end: int) -> int:
    """Where an address ends that a line break parted."""
    if raw[end : end + 1] == " " and _ADDRESS_ENDS.fullmatch(raw, end):
        return len(raw.rstrip(". "))
    parted = raw[end - 1] in "/-_=?&" or raw[end : end + 1] in "/-_=?&"
    if not parted and raw[end : end + 2] not in (" -", " _"):
        return end
    goes_on = _ADDRESS_GOES_ON.match(
        raw, end + (raw[end : end + 1] in ("/", "-", "_", "=", "?", "&"))
    )
    return goes_on.end() if goes_on else end


def _arxiv_of_url(draft: _Draft, url: str, s: Stretch) -> bool:
    """The arXiv number that an address is, or leads to, where none is known yet."""
    if "arxiv" in draft.custom:
        return False
    if "/" not in url and "." in url and (bare := clean_arxiv(url)):
        draft.custom["arxiv"], draft.used["arxiv"] = bare[0], [s]
        return True
    if _ARXIV_HOST.search(url) and (found := clean_arxiv(url)):
        _keep_arxiv(draft, found, s)
        draft.put("URL", url, [s])
        return True
    return False


def _keep_arxiv(draft: _Draft, found: tuple[str, str], s: Stretch | None = None) -> None:
    draft.custom["arxiv"] = found[0]
    if s is not None:
        draft.used["arxiv"] = [s]
    if found[1]:
        draft.custom["arxiv-version"] = found[1]


def _arxiv(draft: _Draft) -> None:
    for s in draft.by_label["arXiv"]:
        text = draft.raw[s.start : s.end]
        if found := clean_arxiv(text) or clean_arxiv(text.replace(" ", "")):
            _keep_arxiv(draft, found, s)
            return


def _unlabelled(draft: _Draft) -> None:
    """A DOI or arXiv number that no label marks; a DOI of arXiv's is an arXiv number."""
    raw, csl, custom, used = draft.raw, draft.csl, draft.custom, draft.used
    if "DOI" not in csl and "10." in raw and (doi := find_doi(raw)):
        csl["DOI"] = doi
    if "DOI" in csl and csl["DOI"].startswith(_ARXIV_DOI) and (found := find_arxiv(csl["DOI"])):
        custom.setdefault("arxiv", found[0])
        del csl["DOI"]
        if stretches := used.pop("DOI", None):
            used.setdefault("arxiv", stretches)
    if "arxiv" not in custom and "rxiv" in draft.low and (found := find_arxiv(raw)):
        _keep_arxiv(draft, found)


def _isbn_issn(draft: _Draft) -> None:
    raw, by_label = draft.raw, draft.by_label
    if "ISBN" in by_label:
        s = by_label["ISBN"][0]
        text = re.sub(r"[^\dXx-]", "", raw[s.start : s.end].replace("–", "-")).strip("-")
        if len(text) > 8:  # "#112.02" is none
            draft.put("ISBN", text.upper(), [s])
    if "ISSN" in by_label:
        s = by_label["ISSN"][0]
        text = find_issn(raw[s.start : s.end]) or raw[s.start : s.end].strip(NUMBER_EDGES)
        draft.put("ISSN", text, [s])
