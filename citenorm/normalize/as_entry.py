"""A parsed reference that no source knows in, the item of an entry that can be used as it is out.

What the labels of parsed references keep by convention ("[Online]" in a title, the number of an RFC in front of one) has no place in
an entry; nothing that is said is lost by it: it moves to the field it belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..late import late
from ..model import Claim
from .dates import parse_date
from .identifiers import arxiv_class
from .initials import with_full_stops
from .left_over import put_left_over
from .loose_accents import with_accents
from .misplaced import put_in_place
from .one_name import names_body
from .title_words import frequent
from .venues import find_venue
from .web_entry import on_the_web

_EDGES = " \t,.;:–—-"
_MARKS = (
    ("software", r"(?:computer )?(?:software|program(?:me)?)|software package|mobile app(?:lication)?|source code|code"),
    ("dataset", r"data ?sets?|data|database"),
    ("", r"on-?line|internet|www|electronic (?:resource|version)|электронный ресурс|preprint|pdf|html"),
)  # fmt: skip
"""What stands in brackets behind a title, and the CSL type that it tells ("" for none)."""
_MARK = late(rf"\s*\[\s*(?:{'|'.join(f'({words})' for _, words in _MARKS)})\s*\]", re.I)
_PACKAGE = late(
    r"[.,;]?\s*\b(?:R|Python|Julia|Stata) package(?:,? version (\d[\w. -]*\w|\d))?\.?$", re.I
)
_REPOSITORY = late(r"[.,;]?\s*\b(GitHub|GitLab|Bitbucket)(?: repository)?\.?$", re.I)
_SEEN = late(r"[.,;]?\s*(?:Available (?:at|from|online)|Retrieved from|Accessed(?: on)?)[: ]*$", re.I)  # fmt: skip
_VERSION = late(r"[\s.,:]*\(?\b[Vv](?:ersion\s|er\.\s|\.\s?)?(\d+(?:\.\d+)+[\w.-]*|\d+(?=\)))\)?")
_VERSION_LAST = late(r"(?<=\w{3}),? [Vv]ersion (\d+(?:\.\d+)+[\w.-]*)$")
_CODE_ON = late(r"(?://|www\.)(?:github|gitlab|bitbucket)\.\w+/|CRAN\.R-project\.org/package|pypi\.org/project", re.I)  # fmt: skip
_DATA_AT = late(
    r"figshare|dryad|pangaea|dataverse|mendeley data|kaggle|uci machine learning repository|icpsr|data repository|data archive", re.I
)  # fmt: skip
_ARCHIVE = late(r"(?:zenodo|osf|open science framework|github)\b", re.I)
_MAKERS = late(r"(?:(?:development|core|dev(?:elopers?)?)\s+team|developers|contributors|maintainers)$", re.I)  # fmt: skip
_RFC_LEAD = late(r"RFC[\s-]?\d{1,5}\s*[:.,–—-]+\s*", re.I)
_FULL_WORD = late(r"(?:[aeiouyAEIOUY]|tion|tions|ings?|ment|ics|ters?|ogy|London|Berlin)$")
_DATED = late(r"ccess|etriev|isit|ited|bgerufen|onsult")


def as_entry(claim: Claim) -> dict[str, Any]:
    """The fields of the claim as an entry states them; those of a claim that was not parsed from a string stay as they are."""
    csl = {k: v for k, v in claim.csl.items() if k != "citation-number"}
    if not claim.raw:
        return csl
    ends = {label: end for _, end, label in reversed(claim.spans)}
    _body_in_front(csl, claim)
    _title(csl, claim, ends)
    _month_in_title(csl, claim, ends)
    _software(csl, claim, ends)
    _numbered(csl)
    _publisher_of_title(csl)
    _journal(csl, claim, ends)
    _people(csl, claim)
    _note(csl)
    on_the_web(csl, claim, ends)
    _chapters(csl, claim)
    _whole_title(csl, claim)
    put_in_place(csl, claim, ends)
    put_left_over(csl, claim)
    return csl if claim.raw.isascii() else _accented(csl)


def _accented(csl: Mapping[str, Any]) -> dict[str, Any]:
    """All texts and names with the accents that the print set beside the letters."""
    return {name: _on_letters(value) for name, value in csl.items()}


def _on_letters(value: Any) -> Any:
    if isinstance(value, list):
        return [_on_letters(part) for part in value]
    if isinstance(value, Mapping):
        return {key: _on_letters(part) for key, part in value.items()}
    return with_accents(value) if isinstance(value, str) else value


def type_by_venue(csl: Mapping[str, Any]) -> dict[str, str]:
    """The type of an article or paper by what its venue is known for: "Proc Natl Acad Sci U S A" is a journal, "ECIR" a meeting; {} where it stays."""
    kinds = {"paper-conference": "journal", "article-journal": "conference"}
    name, kind = str(csl.get("container-title") or ""), str(csl.get("type") or "")
    numbered = kind == "article-journal" and csl.get("issue")
    found = find_venue(name) if kind in kinds and name and not numbered else None
    if found is None or found.venue.kind != kinds[kind] or found.part:
        return {}
    return {"type": next(k for k in kinds if k != kind)}


def _title(csl: dict[str, Any], claim: Claim, ends: Mapping[str, int]) -> None:
    for name in ("title", "container-title"):
        text = str(csl.get(name) or "")
        for found in _MARK.finditer(text):
            kind = next((k for (k, _), t in zip(_MARKS, found.groups(), strict=True) if t), "")
            if kind and name == "title":
                csl["type"] = kind
        text = _tidy(_SEEN.sub("", _MARK.sub("", text)))
        if name == "title":
            text = re.sub(r" --+ ", " – ", re.sub(r"^[a-z]\)\.?\s+", "", text))  # "(n.d.-a). Ponds"
        else:
            text = _IN_PROCEEDINGS.sub(lambda m: m[1].capitalize(), _PRESENTED.sub("", text))
            text = text.removeprefix("the ")  # "In the Pond 2007 Working Notes"
            if text.startswith("press, ") and "note" not in csl:
                text, csl["note"] = text[7:], "in press"
        _put(csl, name, text.strip(_EDGES) if text != csl.get(name) else text)


_IN_PROCEEDINGS = late(r"^(?:In:? (?:the )?|the )(proceedings)\b", re.I)
_PRESENTED = late(r"^(?:[Pp]aper|[Pp]oster|[Tt]alk) presented (?:at|to) (?:the )?(?=[A-Z\d])")
_BLANK_IN_BRACKETS = late(r"(?<=[(\[]) +(?=\w)|(?<=\w) +(?=[)\]])")
_BLANK_BEHIND_HYPHEN = late(
    r"(?<![\w-])([^\W\d_]+)- (?!(?:and|or|to|und|oder|bzw|sowie|bis|et|ou|y|e|o|vs|versus|as|en|och|og|i|in|with)\b)([a-zß-ÿ]+)"
)
"""Behind the hyphen of one word: "smooth muscle- selective"; not where two words share what follows ("pre- and postnatal")."""


def _tidy(text: str) -> str:
    """Without blanks that only the print, or the marks of a page, put there."""
    if "- " in text:
        text = _BLANK_BEHIND_HYPHEN.sub(_rejoined, text)
    return _BLANK_IN_BRACKETS.sub("", text)


def _rejoined(found: re.Match[str]) -> str:
    """The word without the hyphen where it is a known one: "prob- lems"."""
    whole = found[1] + found[2]
    return whole if frequent(whole.lower()) else f"{found[1]}-{found[2]}"


_NUMBERS = frozenset(("volume", "issue", "page", "publisher"))


def _body_in_front(csl: dict[str, Any], claim: Claim) -> None:
    """Who stands first, in front of the title, and was read as the publisher has written it: "Weirsoft, “Handling of Ponds”"."""
    first = claim.spans[0] if claim.spans else (0, 0, "")
    titles = [start for start, _, label in claim.spans if label == "title"]
    if first[2] != "publisher" or not titles or csl.keys() & {"author", "editor"}:
        return
    if str(csl.get("publisher") or "") == claim.raw[first[0] : first[1]] and first[1] < titles[0]:
        csl["author"] = [{"literal": csl.pop("publisher")}]
        if csl.get("type") in ("book", "report") and "publisher-place" not in csl:
            csl["type"] = "webpage" if csl.get("URL") else "document"


_LAST_WORD = late(r"[.,]\s([^\W\d_]{3,9})$")


def _month_in_title(csl: dict[str, Any], claim: Claim, ends: Mapping[str, int]) -> None:
    """A month in front of the year is none of the title, and is said where no label took it: "Ponds. Mai 2006", "“Ponds,” may 2017"."""
    parts = ((csl.get("issued") or {}).get("date-parts") or [[]])[0]
    start = next((s for s, _, label in claim.spans if label == "date"), 0)
    title = str(csl.get("title") or "")
    found = _LAST_WORD.search(title) if ends.get("title", -2) + 1 == start else None
    words = [found[1]] if found else [claim.raw[s:e] for s, e in claim.unparsed if e + 1 == start]
    date = parse_date(f"{words[0]} 2000") if len(parts) == 1 and words else None
    if date and len(date["date-parts"][0]) == 2:
        csl["issued"] = {"date-parts": [[parts[0], date["date-parts"][0][1]]]}
        if found:
            csl["title"] = title[: found.start()]


def _software(csl: dict[str, Any], claim: Claim, ends: Mapping[str, int]) -> None:
    """Programs and data by what is said of them: a package, a repository, a team of developers, a version."""
    title, publisher = str(csl.get("title") or ""), str(csl.get("publisher") or "")
    loose = csl.get("type") in ("webpage", "document", "book", "report", "software", "dataset")
    if not title or not loose or csl.get("ISBN") or csl.get("edition"):
        return
    for name in ("title", "publisher", "container-title"):
        if found := _PACKAGE.search(str(csl.get(name) or "")):
            _put(csl, name, str(csl[name])[: found.start()].strip(_EDGES))
            csl["type"] = "software"
            if found[1]:
                csl.setdefault("version", found[1].replace(" ", ""))
    found = _REPOSITORY.search(str(csl.get("title") or ""))
    if found and found.start() and "title" in csl:
        csl["title"], csl["type"] = str(csl["title"])[: found.start()].strip(_EDGES), "software"
        if not csl.get("URL"):
            csl.setdefault("publisher", found[1])
    makers = [
        str(n.get("literal") or "") for n in csl.get("author") or () if isinstance(n, Mapping)
    ]
    version = _version(csl, claim, ends, named=bool(makers))
    package = re.search(r"\b(?:R|Python) (?:package )?version (\d[\w.-]*\w|\d)", claim.raw)
    coded = _CODE_ON.search(claim.raw) or any(map(_MAKERS.search, makers)) or package
    archived = _ARCHIVE.match(publisher)
    if coded or (version and (archived or csl.get("type") in ("webpage", "document"))):
        csl["type"] = "software"
    elif _DATA_AT.search(publisher) and csl.get("type") == "book":
        csl["type"] = "dataset"
    elif archived and csl.get("type") == "book":
        csl["type"] = "software" if re.match(r"[\w.-]+/[\w.-]+:", title) else "document"
    if csl.get("type") == "software" and (version or package):
        csl.setdefault("version", (package or version)[1].rstrip("."))  # type: ignore[index]


def _version(
    csl: dict[str, Any], claim: Claim, ends: Mapping[str, int], named: bool
) -> re.Match[str] | None:
    """The version behind a title, or, where nobody is ``named``, at its end; "DEV" of "1.3.0-DEV" is no publisher."""
    title, publisher = str(csl.get("title") or ""), str(csl.get("publisher") or "")
    version = _VERSION.match(claim.raw, ends.get("title", len(claim.raw)))
    if version is None and not named and (within := _VERSION_LAST.search(title)):
        csl["title"], version = title[: within.start()], within
    if version and publisher and version[1].endswith(f"-{publisher}"):
        del csl["publisher"]
        csl["type"] = "software"
    return version


def _numbered(csl: dict[str, Any]) -> None:
    """The number of an RFC or standard stands in its own field, not in front of the title; who gives the numbers out is said by them."""
    title, number = str(csl.get("title") or ""), str(csl.get("number") or "")
    if csl.get("genre") == "RFC" and (found := _RFC_LEAD.match(title)):
        _put(csl, "title", title[found.end() :])
    if csl.get("type") == "standard" and number:
        if title.startswith(number) and (rest := title[len(number) :].strip(_EDGES)):
            csl["title"] = rest
        if not csl.get("publisher"):
            people = csl.get("author") or ()
            body = re.match(r"[A-Z]{2,}(?:/[A-Z]{2,})*", number)
            named = people[0].get("literal") if people and isinstance(people[0], Mapping) else ""
            if named or body:
                csl["publisher"] = named or body[0]  # type: ignore[index]


def _without_book(csl: Mapping[str, Any], claim: Claim) -> bool:
    """Nothing says that it stands in a book: no editor, place or series, and no "in"."""
    start = next((s for s, _, label in claim.spans if label == "container-title"), 0)
    beside = csl.keys() & {"editor", "publisher-place", "collection-title", "ISBN", "edition"}
    return not beside and not re.search(r"\b[Ii]n:?\s*[\"“»]?$", claim.raw[:start])


def _edition_alone(csl: Mapping[str, Any], claim: Claim) -> bool:
    """What has an edition and no place in what was read as its journal is a book by that publisher: "Calculus. Weir Learning. 9th edition"."""
    start = next((s for s, _, label in claim.spans if label == "title"), 0)
    article = csl.get("type") == "article-journal" and "container-title" in csl
    quoted = claim.raw[max(0, start - 1) : start] in ('"', "“", "«", "'", "‘")
    return article and "edition" in csl and not quoted and not _NUMBERS & csl.keys()


def _in_a_book(csl: Mapping[str, Any], claim: Claim) -> bool:
    """Pages in what an "In" announces and has neither volume nor issue nor the name of a journal: "In Towards a new weir, pages 75–102"."""
    name = str(csl.get("container-title") or "")
    if "page" not in csl or csl.keys() & {"volume", "issue"} or not name:
        return False
    start = next((s for s, _, label in claim.spans if label == "container-title"), 0)
    led = claim.raw.endswith(("In ", " in "), 0, start)
    return led and len(name.split()) > 2 and find_venue(name) is None


def _series_of_book(csl: Mapping[str, Any], claim: Claim) -> bool:
    """A numbered container of which no pages and no editor are told, and no "in", is the series of a book: "Weir Classics in Ponds 14. Reedham: Weir Press"."""
    start = next((s for s, _, label in claim.spans if label == "container-title"), 0)
    return (
        {"volume", "publisher", "container-title"} <= csl.keys()
        and not csl.keys() & {"page", "issue", "editor", "chapter-number", "collection-title"}
        and not re.search(r"\b[Ii]n\b", claim.raw[max(0, start - 16) : start])
    )


def _journal(csl: dict[str, Any], claim: Claim, ends: Mapping[str, int]) -> None:
    """The full stop of an abbreviation at the end of a journal's name belongs to it: "Invent. Math."."""
    name, end = str(csl.get("container-title") or ""), ends.get("container-title", -1)
    if re.fullmatch(r"[A-Z]\d{4,6}", str(csl.get("issue") or "")) and not csl.get("page"):
        csl["page"] = csl.pop("issue")  # the number of an article: "113 (D13103)"
    if (
        csl.get("type") == "chapter"
        and {"volume", "page"} <= csl.keys()
        and _without_book(csl, claim)
    ):
        csl["type"] = "article-journal"  # "J Ponds. Weir Inc.; 2014;277: 138-145"
    csl |= type_by_venue(csl)
    if _edition_alone(csl, claim):
        csl |= {"type": "book", "publisher": csl.pop("container-title")}
        return
    if csl.get("type") == "article-journal" and _in_a_book(csl, claim):
        csl["type"] = "chapter"
    elif csl.get("type") == "chapter" and _series_of_book(csl, claim):
        csl |= {"type": "book", "collection-title": csl.pop("container-title")}
    if "." not in name or end < 0 or claim.raw[end : end + 1] != ".":
        return
    last = name.split()[-1]
    if last in ("Sci", "Acta", "Bio") or (
        name[-1:].isalpha() and not _FULL_WORD.search(name) and len(last) < 10
    ):
        csl["container-title"] = name + "."


def _publisher_of_title(csl: dict[str, Any]) -> None:
    """A body behind the full stop of a title that nothing follows has published it: "… to present. Copernicus Climate Change Service"; where
    nothing has a title, a series or publisher is one."""
    named = csl.get("author") or csl.get("editor")
    bare = not csl.keys() & {"title", "container-title", "publisher-place", "DOI"}
    if named and bare and csl.get("type") != "thesis":
        for name in ("collection-title", "publisher"):
            if "title" not in csl and csl.get(name) and not names_body(str(csl[name])):
                csl["title"] = csl.pop(name)
                if name == "publisher" and not csl.keys() & {"edition", "ISBN"}:
                    csl["type"] = "document"
    if csl.keys() & {"publisher", "container-title", "genre"}:
        return
    title, stop, body = str(csl.get("title") or "").rpartition(". ")
    if _SUBTITLE.match(body) or ("publisher-place" in csl and not _PRESS.search(body)):
        return
    words = [w for w in body.split() if len(w) > 3]
    a_body = (
        stop
        and len(title) > 8
        and 1 < len(body.split()) < 11
        and (names_body(body) or body.endswith(" Group"))
    )
    if a_body and all(w.lstrip("(")[:1].isupper() for w in words):
        csl["title"], csl["publisher"] = title, body


_PRESS = late(r"\b(?:Press|Verlag|Publish\w+|Books|Universit\w+)\b")
_SUBTITLE = late(r"(?:An?|The|How|What|Why|From|On|In|Zu[rm]?|Der|Die|Das|Ein[e]?|Une?|L[ae])\b")


def _people(csl: dict[str, Any], claim: Claim) -> None:
    """Family names in capitals, of a list or beside given names that are not: "FOUCAULT Michel"; groups that are named with the people."""
    listed = [n for n in csl.get("author") or () if isinstance(n, Mapping)]
    if len(listed) > 1 and _OTHERS.fullmatch(str(listed[-1].get("family") or "")):
        csl["author"] = listed[:-1]
        csl["custom"] = {**(csl.get("custom") or {}), "others": True}
    group = str((csl.get("custom") or {}).get("collaboration") or "")
    if group and claim.raw.startswith(group) and group not in str(csl.get("author")):
        csl["author"] = [{"literal": group}, *(csl.get("author") or ())]
    for role in ("author", "editor", "translator"):
        people = with_full_stops(csl.get(role) or ())
        for body in people:
            if str(body.get("literal") or "").startswith("the "):
                body["literal"] = body["literal"][4:]  # "…, and the Pond Team"
        if people:
            csl[role] = people
        named = [n for n in people if n.get("family") and n.get("given")]
        if not named or not all(_loud(str(n["family"])) for n in named):
            continue
        quiet = any(re.search(r"[a-zà-ÿ]{2}", str(n["given"])) for n in named)
        several = len(named) > 1 or len(str(named[0]["family"])) > 3
        if quiet or (several and not str(csl.get("title") or "").isupper()):
            csl[role] = [
                {**n, "family": _quiet(str(n["family"]))} if n in named else n for n in people
            ]


_OTHERS = late(r"co-?authors|colleagues|coworkers|collaborators", re.I)


def _loud(name: str) -> bool:
    return name.isupper() and sum(map(str.isalpha, name)) > 1


_SMALL = late(r"\b(?:De|Du|Van|Von|Der|Den|Di|Da|Dos)\b(?= )")


def _quiet(name: str) -> str:
    text = re.sub(r"[^\W\d_]+", lambda m: m[0].capitalize(), name)
    text = _SMALL.sub(lambda m: m[0].lower(), text)
    return re.sub(r"\bMc([a-z])", lambda m: "Mc" + m[1].upper(), text)


_AGAIN = late(r"(?:arXiv:\s?)?([\w.-]+(?:/\d{7})?)(?:v\d+)?,?", re.I)
_OF_EDITION = late(r"(\d{1,2})(?:st|nd|rd|th)? [Ee]d(?:ition|\.)?")


def _note(csl: dict[str, Any]) -> None:
    """When a page was seen is no note; the class of an upload and the edition have fields of their own."""
    note = str(csl.get("note") or "")
    custom = csl.get("custom") or {}
    if custom.get("arxiv") and (again := _AGAIN.match(note)) and again[1] == custom["arxiv"]:
        note = note[again.end() :].strip()
        _put(csl, "note", note)
    edition = _OF_EDITION.fullmatch(note)
    if custom.get("arxiv") and (subject := arxiv_class(note)):
        csl["custom"] = {"primary-class": subject, **custom}
        del csl["note"]
    elif edition and csl.get("edition") in (None, edition[1]):
        csl["edition"] = edition[1]
        del csl["note"]
    if not note or not _DATED.search(note):
        return
    seen = parse_date(
        re.sub(r".*(?:ccessed|etrieved|isited|ited|bgerufen am|onsulté le)(?: on)?", "", note)
    )
    if seen:
        csl.setdefault("accessed", seen)
        del csl["note"]


_CHAPTERS = late(
    r"[,.;:]?\s\(?(?:chapters?|chap?s?\.|kapitel)\s(\d+(?:(?:,\s|\s?[–—-]\s?|,?\s(?:and|und|et|&)\s)\d+)*)\)?\.?\s*$", re.I
)  # fmt: skip


def _chapters(csl: dict[str, Any], claim: Claim) -> None:
    """Chapters that end a reference to a book are neither its pages nor a journal: "Machine Ponds, Chapters 4, 14 and 15"."""
    found = _CHAPTERS.search(claim.raw)
    if found is None or csl.get("type") in ("chapter", "paper-conference"):
        return
    behind = {label for start, _, label in claim.spans if start >= found.start()}
    for name in behind & {"container-title", "volume", "issue", "page", "publisher"}:
        if str(csl.get(name)) in claim.raw[found.start() :]:
            del csl[name]
    csl["title"] = _CHAPTERS.sub("", str(csl.get("title") or "")) or csl.get("title")
    csl |= {"type": "chapter" if "container-title" in csl else "book", "chapter-number": found[1]}


_PAIRS = (
    ("``", "''"),
    ("`", "'"),
    (" '", "'"),
    ("(", ")"),
    ("[", "]"),
    ("“", "”"),
    ("«", "»"),
    ("„", "“"),
)


def _whole_title(csl: dict[str, Any], claim: Claim) -> None:
    """A mark that a bracket or quotation of the title lacks, where it stands just outside of what was read as the title."""
    title = str(csl.get("title") or "")
    at = claim.raw.find(title) if title else -1
    if at < 0:
        return
    before, behind = claim.raw[at - 1 : at], claim.raw[at + len(title) :]
    if title.count('"') % 2 or (title.count("”") == 1 and "“" not in title and "„" not in title):
        if before in ('"', "“") and before:
            title = before + title
        elif behind[:1] in ('"', "”"):
            title += re.match(r"[\"”][?!]?", behind)[0]  # type: ignore[index]
    for opened, closed in _PAIRS:
        closings = title.count(closed) - opened.count(closed) * title.count(opened)
        if title.count(opened) > closings and behind.startswith(closed):
            title += closed
    csl["title"] = title


def _put(csl: dict[str, Any], name: str, text: str) -> None:
    if text:
        csl[name] = text
    else:
        csl.pop(name, None)
