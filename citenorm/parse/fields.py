"""Labelled stretches of a reference → the CSL fields that they state, each in its clean form."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

from ..normalize.dates import parse_date
from ..normalize.identifiers import clean_arxiv, clean_doi, find_arxiv, find_doi, find_issn
from ..normalize.names import split_names
from ..normalize.pages import clean_pages
from .boundaries import EDGES, redraw
from .fix_labels import ADDRESS, MEETING, relabel


class Stretch(NamedTuple):
    """Neighbouring words of one label: offsets in the string, and how likely they are cut and labelled right (0–1)."""

    label: str
    start: int
    end: int
    sure: float


_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")
_SPAN = re.compile(r"(1[4-9]\d\d|20\d\d)\s?[-–—/]\s?((?:1[4-9]|20)?\d\d)(?!\d)")
_DOTTED = re.compile(
    r"(?:(?<![^\W\d_])(?:[^\W\d_]|[A-Z]{2,3}|[JS]r|al|St|Ch|Th|Yu)|(?<=[A-Z])[A-Z])$"
)
_BARE_INITIAL = re.compile(r"(?<=[a-z] )[A-Z]{1,3}\b(?!\.)")
_LETTERS = re.compile(r"[^\W\d_]{3}")
_NUMBER_LEAD = re.compile(
    r"^(?:vol(?:ume|s)?|nos?|nr|num(?:ber)?|issue|iss|bd|band|bde|bände|jg|jahrg(?:ang)?|heft|hft|h|n|t|tomo?|tome|fasc|art(?:icle)?|v)\b[.°º:\s]*(?=\w)|^n[°º]\s*",
    re.I,
)
_VOLUME_ISSUE = re.compile(
    r"^(\w+)\s*\(\s*([\w–/-]+)\s*\)?$|^(\d+)\s*[,:/]\s*(?:no\.?|nr\.?|issue|h\.?|heft)?\s*(\d+(?:[-–/]\d+)?)$",
    re.I,
)
_DOUBLE = re.compile(r"(\d+)/(\d+)$")
_RANGE = re.compile(r"\d+\s?[-–—]\s?\d+")
_OPEN_END = re.compile(r"\d\s*(f{1,2})\.?$")
_EDITION = re.compile(r"\d+")
_ARXIV_HOST = re.compile(r"arxiv\.org/", re.I)
_ARXIV_WORD = re.compile(
    r"^(?:in\s+)?(?:arxiv|corr|computing research repository|ar\s?xiv)\b", re.I
)
_SERVER = re.compile(
    r"(?:arxiv(?:\.org)?|corr|computing research repository)(?:[ ,:]*(?:e-?prints?|preprints?))?",
    re.I,
)
"""What is named as the publisher and is a server of preprints."""
_INSTITUTE = re.compile(
    r"\b(?:universit|institut|laborator|labs?\b|school|department|dept\b|college|faculty|research (?:cent|lab|div))",
    re.I,
)
_PRESS = re.compile(r"\b(?:press|verlag|presses?|editora|edizioni|publish|uitgever)", re.I)
_ARXIV_DOI = "10.48550/arxiv."
_DOI_HOST = re.compile(r"doi\.org/+10\.|^doi:", re.I)
_TO_BRACKET = re.compile(r"[\s.,'’-]{0,2}\w{0,6}[\s.'’]{0,2}\)")
_YEAR_LETTER = re.compile(r"[a-f] (?=[A-Z\d])")
_DIGITS_ALONE = re.compile(r"\d{1,4}")
_ISSUE_WORD = re.compile(
    r"(?:\b(?:nos?|nr|n|num(?:ber|ero)?|núm|numéro|issue|iss|heft|hefte|hft|h|fasc|zeszyt|z|nº|n°|č|вып|т)|№|#|[;,]\s*\(|[第제호/-])[.\s:°º]*$",
    re.I,
)
_ISSUE_BEHIND = re.compile(r"\s?[号號期호]")
_FIVE_DIGITS = re.compile(r"(?<!\d)(1[89]\d\d|20[0-3]\d)\d(?!\d)")
_COUNTER = re.compile(
    r"^(?:제|第|통권|通巻|通卷|总第|總第|no\.?)+\s*(?=\d)|(?<=\d)\s*(?:권|호|집|卷|巻|号|號|期|輯|册|쪽|頁|页|面)$",
    re.I,
)
_ROMAN = re.compile(r"[ivxlcdm]+", re.I)
_ADDRESS_GOES_ON = re.compile(
    r" (?=[^\s<>()\[\]\"“”]*(?:[/_=–-]|\w\.[A-Za-z]{2,5}\b|[A-Za-z]\d))(?![\d./-]+(?:[\s.,;)]|$))[^\s<>()\[\]\"“”]*[\w/=]"
)
_GROUP = re.compile(r"[^\W\d_]{3} (?:[Cc]ollaboration|[Cc]onsortium|[Gg]roup|[Tt]eam)\b")
_OF_YEAR = re.compile(r" (?:19|20)\d\d(?=:\s?\d)")
_MEETING_OF_YEAR = re.compile(r"[A-Z][A-Za-z@/-]*[A-Z] (?:19|20)\d\d")
_NUMBER_EDGES = " ,.;:()[]"
# What the lower-cased text of a field or of the reference is searched for.
_CONFERENCE = re.compile(
    r"proceedings|\bproc\b|conference|\bconf\b|symposium|\bsymp\b|workshop|congress|colloquium|tagung|advances in neural|\bmeeting\b|"
    r"\b(?:icml|neurips|nips|iclr|cvpr|iccv|eccv|acl|emnlp|naacl|aaai|ijcai|sigir|kdd|www|chi|sigmod|vldb|icde|icse|siggraph|interspeech|icassp|wsdm|cikm|aistats|uai|colt)\b",
)
_JOURNAL = re.compile(
    r"journal|\bj\.|review|letters|\blett\b|transactions|\btrans\b|zeitschrift|annals|bulletin|magazine|revue|revista"
)
_THESIS = re.compile(
    r"thesis|dissertation|thèse|tesis|\bph\.?\s?d\b|diplomarbeit|magisterarbeit|habilitation|masterarbeit"
)
_REPORT = re.compile(
    r"report|working paper|\btech\. rep|bericht|arbeitspapier|discussion paper|white paper|\brfc\b|memorandum"
)
_DATA = re.compile(r"\bdata\s?set\b")
_SOFTWARE = re.compile(r"\bsoftware\b|\bcomputer program\b")

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


def value_of(raw: str, start: int, end: int) -> str:
    """The printed value between two offsets, with the closing signs that belong to it and without those around it."""
    value = raw[start:end]
    follow = raw[end : end + 3]
    if follow:
        if follow[0] in "?!%+#":
            value += follow[: len(follow) - len(follow.lstrip("?!%+#"))]
        if value.count("(") > value.count(")"):
            closing = _TO_BRACKET.match(raw, end)
            if closing:  # "(ION GNSS 2008)"
                value = raw[start : closing.end()]
            elif ")" in raw[end:] and value.rindex(
                "("
            ):  # closed in another field: "(September 26-28, Portland)"
                value = value[: value.rindex("(")]
        elif "]" in follow and value.count("[") > value.count("]"):
            value = raw[start : end + follow.index("]") + 1]
    if (
        start
        and raw[start - 1] in "(["
        and (value.count(")") > value.count("(") or value.count("]") > value.count("["))
    ):
        value = raw[start - 1] + value
    if "  " in value or "\t" in value or "\n" in value:
        value = " ".join(value.split())
    return value.strip(EDGES)


def _people_text(raw: str, stretches: list[Stretch]) -> str:
    parts = []
    for s in stretches:
        end = s.end
        if (
            raw[end : end + 1] == "."
            and _DOTTED.search(raw, max(s.start, end - 4), end)
            and ("." in raw[s.start : end] or not _BARE_INITIAL.search(raw, s.start, end - 2))
        ):
            end += 1
        parts.append(raw[s.start : end])
    return "; ".join(parts) if len(parts) > 1 else parts[0]


def issued_of(texts: list[str]) -> dict[str, Any] | None:
    """The date that one or more printed stretches give: the first year, with month and day where they are named."""
    for text in texts:
        found = _YEAR.search(text)
        if not found:
            continue
        year = int(found[1])
        if len(text) <= 5:
            return {"date-parts": [[year]]}
        span = _SPAN.search(text)
        if span and span.start() == found.start() and not _LETTERS.search(text):
            last = int(span[2]) if len(span[2]) == 4 else year // 100 * 100 + int(span[2])
            return (
                {"date-parts": [[year], [last]]}
                if year < last <= year + 30
                else {"date-parts": [[year]]}
            )
        if found.end() == len(text) or _LETTERS.search(text) or len(text) > 7:
            date = parse_date(text)
            if date and date["date-parts"][0][0] == year:
                return date
        return {"date-parts": [[year]]}
    for text in texts:
        if found := _FIVE_DIGITS.search(text):  # "20047": the seventh edition, of 2004
            return {"date-parts": [[int(found[1])]]}
    return None


def _date(texts: list[str]) -> dict[str, Any] | None:
    date = issued_of(texts)
    if (
        date
        and len(texts) > 1
        and len(date["date-parts"]) == 1
        and len(date["date-parts"][0]) == 1
        and "season" not in date
    ):
        year = date["date-parts"][0][0]
        for text in texts:  # "(2004) … 12 May"
            if _LETTERS.search(text) and not _YEAR.search(text):
                fuller = parse_date(f"{text} {year}")
                if fuller:
                    return fuller
    return date


def _pages(text: str) -> str:
    open_end = _OPEN_END.search(text)
    cleaned = clean_pages(text)
    return cleaned + open_end[1] if open_end and cleaned[-1:].isdigit() else cleaned


def _plain_number(text: str) -> str:
    if text.count("[") > text.count("]"):  # "61 [1"
        text = text[: text.rindex("[")]
    text = text.strip(_NUMBER_EDGES)
    if not text.isascii():
        text = _COUNTER.sub("", text).strip()
    return _NUMBER_LEAD.sub("", text).strip(_NUMBER_EDGES)


def _no_volume(value: str) -> bool:
    """Words and identifiers that are no number of a volume: "Cadres", "10.1002/…"; roman numbers and letters are."""
    if not any(map(str.isdigit, value)):
        return len(value) > 3 and not _ROMAN.fullmatch(value)
    return len(value) > 6 and (
        (value.startswith("10.") and "/" in value) or bool(ADDRESS.match(value))
    )


def _bare_number(raw: str, issue: Stretch) -> bool:
    """A number alone behind a journal, with no word or bracket that says it is an issue: that of the volume."""
    return (
        bool(_DIGITS_ALONE.fullmatch(raw, issue.start, issue.end))
        and not _ISSUE_WORD.search(raw, max(0, issue.start - 12), issue.start)
        and not _ISSUE_BEHIND.match(raw, issue.end)
    )


def _year_as_volume(raw: str, by_label: dict[str, list[Stretch]]) -> Stretch | None:
    """The second year where it stands for the volume: "Doe J 2013 Ponds. J Ponds 2013:512103"."""
    last, page = by_label["date"][-1], by_label["page"][0]
    return (
        last
        if page.start == last.end + 1
        and raw[last.end] == ":"
        and _YEAR.fullmatch(raw, last.start, last.end)
        else None
    )


def _longest(raw: str, stretches: list[Stretch]) -> Stretch:
    return (
        max(stretches, key=lambda s: (s.end - s.start, -s.start))
        if len(stretches) > 1
        else stretches[0]
    )


def fields_of(
    raw: str, by_label: dict[str, list[Stretch]]
) -> tuple[dict[str, Any], dict[str, list[Stretch]]]:
    """The CSL item that labelled stretches state, and for each field the stretches it rests on."""
    csl: dict[str, Any] = {}
    used: dict[str, list[Stretch]] = {}
    custom: dict[str, Any] = {}
    relabel(raw, by_label)
    for label in _TEXT:
        if label in by_label:
            chosen = (
                _longest(raw, by_label[label]) if label != "title" else _title(raw, by_label[label])
            )
            start = chosen.start
            if (
                label == "title"
                and "date" in by_label
                and _YEAR_LETTER.match(raw, start)
                and raw[by_label["date"][0].end : start].strip(" ()") == ""
            ):
                start += 2  # "2009 a Growth of ponds"
            value = value_of(raw, start, chosen.end)
            if value:
                csl[label] = value
                used[label] = [chosen]
    redraw(raw, csl, used, edited="author" in by_label and "editor" in by_label)
    for role in PEOPLE:
        if role in by_label:
            names, others = split_names(_people_text(raw, by_label[role]))
            if names:
                csl[role] = [name.to_csl() for name in names]
                used[role] = by_label[role]
                if others and role == "author":
                    custom["others"] = True
    if "date" in by_label:
        dates = by_label["date"]
        issued = _date([raw[s.start : s.end] for s in dates])
        if issued:
            csl["issued"] = issued
            used["issued"] = dates
    if (
        "container-title" in used
        and "volume" not in by_label
        and MEETING.fullmatch(csl["container-title"])
    ):
        of_year = _OF_YEAR.match(
            raw, used["container-title"][0].end
        )  # as DBLP prints it: "ICML 2018: 1662-1670"
        if of_year:
            csl["container-title"] += of_year[0]
    for label in ("volume", "issue", "number"):
        if label in by_label:
            chosen = by_label[label][0]
            value = _plain_number(raw[chosen.start : chosen.end])
            if value and not (label == "volume" and _no_volume(value)):
                csl[label] = value
                used[label] = [chosen]
    if (
        "volume" not in csl
        and len(by_label.get("date", ())) > 1
        and "page" in by_label
        and (year := _year_as_volume(raw, by_label))
    ):
        csl["volume"], used["volume"] = raw[year.start : year.end], [year]
    if "volume" in csl and "issue" not in csl:
        both = _VOLUME_ISSUE.match(csl["volume"])
        double = _DOUBLE.match(csl["volume"])  # "9/10" is one double volume
        if both and not (double and int(double[2]) - int(double[1]) == 1):
            csl["volume"], csl["issue"] = both[1] or both[3], both[2] or both[4]
            used["issue"] = used["volume"]
    if "issue" in csl and "volume" not in csl and _bare_number(raw, used["issue"][0]):
        csl["volume"], used["volume"] = csl.pop("issue"), used.pop("issue")
    if "page" in by_label:
        chosen = by_label["page"][0]
        value = _pages(raw[chosen.start : chosen.end])
        if value:
            csl["page"] = value
            used["page"] = [chosen]
    if (
        "page" not in csl and "volume" in csl and _RANGE.fullmatch(csl.get("issue", ""))
    ):  # "Journal 14, 2–5"
        csl["page"], used["page"] = _pages(csl.pop("issue")), used.pop("issue")
    if (
        "title" not in csl
        and "container-title" in csl
        and "volume" not in csl
        and "issue" not in csl
        and ("publisher" in csl or "publisher-place" in csl)
    ):
        csl["title"], used["title"] = (
            csl.pop("container-title"),
            used.pop("container-title"),
        )  # a book by itself
    if "edition" in by_label:
        chosen = by_label["edition"][0]
        text = raw[chosen.start : chosen.end]
        number = _EDITION.search(text)
        csl["edition"] = number[0] if number else value_of(raw, chosen.start, chosen.end)
        used["edition"] = [chosen]
    if "citation-number" in by_label:
        chosen = by_label["citation-number"][0]
        if _GROUP.search(raw, chosen.start, chosen.end):  # "[ATLAS Collaboration]"
            custom["collaboration"], used["collaboration"] = (
                value_of(raw, chosen.start, chosen.end),
                [chosen],
            )
        else:
            csl["citation-number"], used["citation-number"] = (
                raw[chosen.start : chosen.end].strip(_NUMBER_EDGES),
                [chosen],
            )
    _identifiers(raw, by_label, csl, custom, used)
    if "accessed" in by_label:
        accessed = issued_of([raw[s.start : s.end] for s in by_label["accessed"]])
        if accessed:
            csl["accessed"] = accessed
            used["accessed"] = by_label["accessed"]
    container = csl.get("container-title", "")
    if not container and _SERVER.fullmatch(csl.get("publisher", "")):
        container = csl.pop("publisher")
        del used["publisher"]
    if container and _ARXIV_WORD.match(container):
        csl.pop("container-title", None)
        used.pop("container-title", None)
    if custom:
        csl["custom"] = custom
    return {"type": entry_type(csl, container, raw), **csl}, used


def _title(raw: str, stretches: list[Stretch]) -> Stretch:
    """The title among several stretches: the first unless it is much shorter than a later one."""
    first = stretches[0]
    longest = _longest(raw, stretches)
    return longest if longest.end - longest.start > 2 * (first.end - first.start) else first


def _identifiers(
    raw: str,
    by_label: dict[str, list[Stretch]],
    csl: dict[str, Any],
    custom: dict[str, Any],
    used: dict[str, list[Stretch]],
) -> None:
    if "DOI" in by_label:
        for s in by_label["DOI"]:
            doi = clean_doi(raw[s.start : s.end].replace(" ", "")) or clean_doi(
                raw[s.start : s.end]
            )
            if doi:
                csl["DOI"], used["DOI"] = doi, [s]
                break
    if "URL" in by_label:
        for s in by_label["URL"]:
            end = s.end
            if (
                raw[end - 1] in "/-_=?&"
                or raw[end : end + 1] in "/-_=?&"
                or raw[end : end + 2] in (" -", " _")
            ):
                end += raw[end : end + 1] in ("/", "-", "_", "=", "?", "&")
                goes_on = _ADDRESS_GOES_ON.match(raw, end)
                end = goes_on.end() if goes_on else s.end
            url = "".join(raw[s.start : end].split()).strip("<>[]().,;")
            if _DOI_HOST.search(url):
                if "DOI" not in csl and (doi := clean_doi(url)):
                    csl["DOI"], used["DOI"] = doi, [s]
            elif (
                "/" not in url
                and "." in url
                and "arxiv" not in custom
                and (bare := clean_arxiv(url))
            ):
                custom["arxiv"], used["arxiv"] = bare[0], [s]
            elif _ARXIV_HOST.search(url) and "arxiv" not in custom and (found := clean_arxiv(url)):
                custom["arxiv"], used["arxiv"] = found[0], [s]
                if found[1]:
                    custom["arxiv-version"] = found[1]
                csl["URL"], used["URL"] = url, [s]
            elif url and "URL" not in csl:
                csl["URL"], used["URL"] = url, [s]
    if "arXiv" in by_label and "arxiv" not in custom:
        for s in by_label["arXiv"]:
            text = raw[s.start : s.end]
            found = clean_arxiv(text) or clean_arxiv(text.replace(" ", ""))
            if found:
                custom["arxiv"], used["arxiv"] = found[0], [s]
                if found[1]:
                    custom["arxiv-version"] = found[1]
                break
    if "DOI" not in csl and "10." in raw and (doi := find_doi(raw)):
        csl["DOI"] = doi
    if csl.get("DOI", "").startswith(_ARXIV_DOI) and (found := find_arxiv(csl["DOI"])):
        custom.setdefault("arxiv", found[0])
        del csl["DOI"]
        if stretches := used.pop("DOI", None):
            used.setdefault("arxiv", stretches)
    if "arxiv" not in custom and "rxiv" in raw.lower() and (found := find_arxiv(raw)):
        custom["arxiv"] = found[0]
        if found[1]:
            custom["arxiv-version"] = found[1]
    if "ISBN" in by_label:
        s = by_label["ISBN"][0]
        text = re.sub(r"[^\dXx-]", "", raw[s.start : s.end].replace("–", "-")).strip("-")
        if text:
            csl["ISBN"], used["ISBN"] = text.upper(), [s]
    if "ISSN" in by_label:
        s = by_label["ISSN"][0]
        text = find_issn(raw[s.start : s.end]) or raw[s.start : s.end].strip(_NUMBER_EDGES)
        csl["ISSN"], used["ISSN"] = text, [s]


@lru_cache(maxsize=8192)
def _kinds_of(container: str) -> tuple[bool, bool]:
    """Do its words speak of a meeting, of a journal?"""
    low = container.lower()
    return bool(_CONFERENCE.search(low) or _MEETING_OF_YEAR.fullmatch(container)), bool(
        _JOURNAL.search(low)
    )


def _issued_by_institute(csl: dict[str, Any]) -> bool:
    """The publisher is a laboratory, a department or a university, and not its press."""
    name = csl.get("publisher", "")
    return bool(_INSTITUTE.search(name)) and not _PRESS.search(name)


def entry_type(csl: dict[str, Any], container: str, raw: str) -> str:
    """The CSL type that the stated fields point to."""
    genre = csl.get("genre", "").lower()
    custom = csl.get("custom", {})
    if genre and _THESIS.search(genre):
        return "thesis"
    if container and not _ARXIV_WORD.match(container):
        meeting, journal = _kinds_of(container)
        if meeting:
            return "paper-conference"
        if "volume" in csl or "issue" in csl:
            if "editor" in csl or ("publisher" in csl and not journal):
                return "chapter"
            return "article-journal"
        if "editor" in csl or ("publisher" in csl and not journal) or "publisher-place" in csl:
            return "chapter"
        return "article-journal"
    if "arxiv" in custom or container:
        return "article"
    if (genre and _REPORT.search(genre)) or (
        "number" in csl and "publisher" in csl and _REPORT.search(raw.lower())
    ):
        return "report"
    if (
        "publisher" in csl
        and "edition" not in csl
        and "ISBN" not in csl
        and _THESIS.search(raw.lower())
    ):
        return "thesis"
    if _DATA.search(genre):
        return "dataset"
    if _SOFTWARE.search(genre):
        return "software"
    if not csl.keys() & {"edition", "ISBN", "editor", "translator"} and _issued_by_institute(csl):
        return "report"
    if "publisher" in csl or "publisher-place" in csl or "edition" in csl or "ISBN" in csl:
        return "book"
    if "URL" in csl:
        return "webpage"
    if "volume" in csl and "page" in csl:
        return "article-journal"
    return "document"
