"""Fields as read in, those of RFCs, standards, laws, court decisions, uploads and works of bodies put right.

Each reader goes by what is printed (a number behind "RFC", "v." between two parties, "OJ L"), and touches nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from ..late import late
from ..normalize.dates import parse_date
from ..normalize.preprint import names_server
from ..normalize.venue_table import table
from ..normalize.venues import find_venue
from .fix_labels import SURE

if TYPE_CHECKING:
    from .values import Stretch

_EDGES = " \t,.;:–—-"
_RFC = late(r"[\s,.;:(]*\bRFC[\s-]?(\d{1,5})\b[)\s,.;:]*", re.I)
_RFC_BODY = late(r"\b(IETF|Internet Engineering Task Force|RFC Editor|ISOC|Internet Society)\b")
_STANDARD = late(
    r"((?:(?:IEEE|ANSI|ASME|ASCE|API)(?:/[A-Z]{2,6})*\sStd\.?|(?:ISO|IEC|ISO/IEC|ISO/IEC/IEEE|ISO/TS|ISO/TR|DIN|EN|DIN EN|DIN EN ISO|EN ISO|BS|BS EN|NF|ANSI|ASTM|ECMA|ETSI|GOST|ГОСТ|GB/T|GB|JIS|CSA|AS/NZS|ITU-[TR](?: Rec(?:ommendation|\.)?)?|FIPS(?: PUB)?|NIST(?: SP| Special Publication)?|MIL-STD))"
    r"[\s-](?:[A-Z]{1,3}[ .-]?)?\d[\w./:–-]*(?<![.:–-]))"
)
"""The number of a standard, as its body writes it: "ISO 9241-11:2018", "IEEE Std 802.11-2020", "FIPS PUB 197"."""
_OF_W3C = late(
    r"[\s,.;(]*\b(W3C (?:Proposed |Candidate |Editor[’']s )?(?:Recommendation|Working Draft|Note|Draft))\b\)?[.,]?"
)
_EU = late(
    r"(?:(?:Council|Commission)\s(?:Implementing\s|Delegated\s)?|Consolidated text:?\s)?(?:Regulation|Directive|Decision|Recommendation|Verordnung|Richtlinie)\s(?:\((?:EU|EC|EEC|Euratom|EU, Euratom|EG|EWG)\)\s(?:No\.?\s|Nr\.?\s)?\d+/\d+|\d+/\d+/(?:EC|EEC|EU|EG|EWG|JHA))"
)
_GAZETTE = late(
    r"[,.;(\s]+(?:\(?(?:OJ|O\.J\.|Official Journal(?: of the European (?:Union|Communities))?|ABl\.?|(?:In: )?Amtsblatt)(?:,?\s?([LC])\b)?\s?(\d+)?)"
)
_OF_GAZETTE = late(r"[,;:]\s(?:pp?\.?\s?|S\.\s?)?(\d+(?:\s?[-–]\s?\d+)?)(?!\.?\d|[–-])")
"""Pages right behind the number of an issue; a date stands there too ("L 119, 4.5.2016, p. 1")."""
_STATUTE = late(
    r"([^\W\d_][^“”\"]{4,200}?),\s(?:(Pub(?:lic|\.)\s?L(?:aw|\.)\s(?:No\.\s)?\d+[-–]\d+)(?:,\s(\d+)\s(Stat\.)\s(\d+))?"
    r"|(\d+)\s(U\.\s?S\.\s?C\.(?:\s?A\.)?|C\.\s?F\.\s?R\.)\s(§§?\s?[\w.–-]+(?:\s(?:et seq\.|ff\.))?|[Pp]art\s\d+))"
    r"|([^\W\d_][^“”\"]{4,200}?)\s+(?:vom|v\.)\s(\d{1,2}\.\s?(?:\w+|\d{1,2}\.)\s?(?:1[89]|20)\d\d)[,;(\s]+(BGBl\.?|RGBl\.?|GVBl\.?)\s?(I{1,3})?,?\s(?:Nr\.\s\d+,?\s)?S\.\s?(\d+)"
)
"""An act with its place: "… Act of 1990, Pub. L. No. 101-336, 104 Stat. 328", "…, 42 U.S.C. § 12101", "…gesetz vom 30. Juni 2017, BGBl. I S. 2097"."""
_CASE = late(
    r"([^\W\d_][\w.&'’() ,-]{1,80}?\s(?:v|vs)\.?\s[^\W\d_][\w.&'’() -]{1,80}?)[,.]\s"
    r"(\d{1,4})\s((?:[A-Z][\w.]*\s?){1,4}(?:\s?\d[a-z]{1,2})?)\s(\d{1,5})"
    r"(?:,\s(\d+(?:[-–]\d+)?))?\s*\(([^()]*?)\s?(1[6-9]\d\d|20\d\d)\)"
)
_SERVER = late(
    r"\b(bioRxiv|medRxiv)\b[\s:.,]*(?:preprint\s)?(?:doi:?\s*)?(?:10\.1101/)?((?:20\d\d\.\d\d\.\d\d\.)?\d{6,8})\b(?:v\d+)?",
    re.I,
)
_BODY_END = (
    r"(?:[Tt]eam|[Cc]ollaboration|[Cc]ollaborators|[Cc]onsortium|[Ii]nvestigators|[Dd]evelopers|[Cc]ontributors|Study Group|Working Group|"
    r"Task Force|Committee|Committees|Initiative|Network|Trialists|Workshop)"
)
_BODY = re.compile(rf"[^\W\d_][^.,;:“”\"]{{2,90}}?\b{_BODY_END}(?=\.\s)")
_ACRONYM = re.compile(r"[A-Z][A-Z0-9&-]{2,9}(?=\.\s)")
_GROUP_BEHIND = late(rf"[^\W\d_][^.;:“”\"]{{2,90}}?\b{_BODY_END}(?:\sand\s[\w ]{{2,30}})?(?=\.\s)")
_SERIES = late(r"\(?([1-9])\)\s+(\d.*)")
_SERIES_APART = late(r"[.,]?\s\(([1-9])\)\s")
_BESIDE = frozenset(("URL", "DOI", "accessed", "citation-number", "custom"))
"""What is read of a law or decision as of anything else."""
_NAMES_AND_YEAR = late(
    r"\(([^()\d]{2,90}?)(,?\s(?:et al\.?|and others))?,?\s((?:19|20)\d\d)[a-z]?\)\.?$"
)
_FAMILY = late(r"(?!\d)[A-ZÀ-Þ][\w’'-]*")
_CLOSING = {"«": "»", "“": "”", "„": "“", "「": "」", "『": "』", "《": "》", '"': '"', "‘": "’"}


def of_kind(
    raw: str, low: str, csl: dict[str, Any], used: dict[str, list[Stretch]], whole: float
) -> None:
    """Put right, in place, what the readers below know; ``low``: the string in small letters, ``whole``: how likely all labels are right (0–1).

    What is surely read as somebody's paper in a journal or book is no law, no standard, and nothing else that goes by its number.
    """
    if not (whole >= SURE and "container-title" in csl and "author" in csl):
        if "title" in used:
            _body(raw, csl, used)
        for sign, reader in _OF_SIGN:
            if sign in low:
                reader(raw, csl, used)
        _standard(raw, csl, used)
        _patent(raw, csl, used)
        _placed(raw, csl, used)
    if "rxiv" in low:
        _server(raw, csl, used)
    if ";" in low or "et al" in low:
        _group(raw, csl, used)
    if "container-title" in used and "volume" not in csl:
        _volume_of_meeting(raw, csl, used)
    title = csl.get("title", "")
    if not title.isascii() or '"' in title:  # all other marks are beyond ASCII
        _closed(raw, csl, used)


def _placed(raw: str, csl: dict[str, Any], used: dict[str, list[Stretch]]) -> None:
    """What a work stands in, as far as no title or nobody is named in front of it."""
    if "title" in used and csl.get("author"):
        _in_a_volume(raw, csl, used)
    if "volume" in used:
        _series(raw, csl, used)
        _meeting_year(raw, csl, used)
    if "publisher" in csl or "publisher-place" in csl:
        _known_series(raw, csl, used)
    if raw.endswith((")", ").")):
        _in_brackets(raw, csl, used)


# ------------------------------------------------------------------ RFCs and standards
_IN = re.compile(r"[,.;]\s[Ii]n:?\s[\"“]?$")
_MEETING_WORD = late(r"proceedings|proc\.|conference|symposium|workshop", re.I)


def _in_a_volume(raw: str, csl: dict[str, Any], used: dict[str, list[Stretch]]) -> None:
    """What stands behind an "in" where no title is named is what the paper stands in: "L. Brook, in Proceedings of …"."""
    title = str(csl.get("title") or "")
    if title.startswith("in ") and title[3:4].isupper() and "collection-title" not in csl:
        if "container-title" in csl:
            csl["collection-title"] = csl.pop("container-title")
        csl["container-title"] = csl.pop("title")[3:]
        csl["type"] = "chapter"
    elif "container-title" in csl:
        return
    elif csl.get("title") and _IN.search(
        raw, max(0, used["title"][0].start - 7), used["title"][0].start
    ):
        csl["container-title"] = csl.pop("title")
        used["container-title"] = used.pop("title")
        meeting = _MEETING_WORD.search(str(csl["container-title"]))
        csl["type"] = "paper-conference" if meeting else "chapter"


def _rfc(raw: str, csl: dict[str, Any], used: dict[str, list[Stretch]]) -> None:
    """ "RFC 9110" in front of or behind a title: a report of that number."""
    found = _RFC.search(raw)
    if (
        found is None
        or len({n.lstrip("0") for n in _RFC.findall(raw)}) > 1
        or csl["type"] in ("thesis", "chapter")
    ):
        return
    title = str(csl.get("title") or "")
    inside = _RFC.search(title)
    if inside and inside.start() and inside.end() < len(title):
        rest = title[inside.end() :].strip(_EDGES)
        if not _RFC_BODY.fullmatch(rest):
            return  # "Errors in RFC 1951 and its kin"
    if inside and inside.start():
        _without(csl, "title", _RFC)
    for name in ("container-title", "collection-title", "publisher"):
        if name in csl:
            _without(csl, name, _RFC)
    csl.pop("container-title", None)
    for name in ("volume", "issue", "page"):
        if str(csl.get(name) or "").lstrip("0") == found[1].lstrip("0"):
            del csl[name]
    csl.update({"type": "report", "genre": "RFC", "number": found[1].lstrip("0")})
    body = _RFC_BODY.search(raw)
    if body and not csl.get("publisher"):
        csl["publisher"] = body[1]
    csl.pop("collection-title", None)


def _without(csl: dict[str, Any], name: str, pattern: re.Pattern[str]) -> None:
    text = str(csl.get(name) or "")
    found = pattern.search(text)
    if found is None:
        return
    left = " ".join(p for p in (text[: found.start()].rstrip(_EDGES + "("), text[found.end() :].strip(_EDGES + ")")) if p)  # fmt: skip
    if left:
        csl[name] = left
    else:
        del csl[name]


def _standard(raw: str, csl: dict[str, Any], used: dict[str, list[Stretch]]) -> None:
    """A reference that begins with the number of a standard, or whose title does, is that standard."""
    text, title = raw.lstrip(" [(0123456789)]•*-–"), str(csl.get("title") or "")
    if not (text[:2].isupper() or title[:2].isupper()) or csl.get("genre") == "RFC":
        return
    _issued_by(raw, csl, used)
    title = str(csl.get("title") or "")
    found = _STANDARD.match(text) if text[:2].isupper() else None
    inside = _STANDARD.match(title) if title[:2].isupper() else None
    if found is None and (inside is None or not _by_a_body(csl)):
        return
    if found is not None and csl.get("author"):
        return
    number = (found or inside)[1]  # type: ignore[index]
    rest = title[inside.end() :].strip(_EDGES + " —") if inside else title
    if not rest or re.match(r"\d", rest):
        return
    for name in ("container-title", "volume", "issue", "page"):
        value = str(csl.get(name) or "")
        if value and value in number:
            del csl[name]
    csl["type"], csl["number"] = "standard", number
    csl.pop("collection-title", None)
    year = re.search(r"[:-]((?:19|20)\d\d)$", number)
    later = re.findall(r"(?<![\d.:-])(?:19|20)\d\d(?!\d)", raw.replace(number, " ", 1))
    if later:
        csl["issued"] = {"date-parts": [[int(later[-1])]]}
    elif year and "issued" not in csl:
        csl["issued"] = {"date-parts": [[int(year[1])]]}


def _issued_by(raw: str, csl: dict[str, Any], used: dict[str, list[Stretch]]) -> None:
    """The body in front of the number is the author, and the title begins with the number: "NIST. FIPS PUB 197: Encryption"."""
    body = _ACRONYM.match(raw)
    found = _STANDARD.match(raw, body.end() + 2) if body else None
    titles = used.get("title")
    if (
        body is None
        or found is None
        or not titles
        or not found.start() < titles[0].start <= found.end() + 2
    ):
        return
    csl["author"], csl["title"] = (
        [{"literal": body[0]}],
        raw[found.start() : titles[0].end].strip(_EDGES),
    )
    if csl["title"].count("(") > csl["title"].count(")"):
        csl["title"] += ")"
    if str(csl.get("publisher") or "").startswith(body[0]):
        del csl["publisher"]


def _by_a_body(csl: dict[str, Any]) -> bool:
    people = csl.get("author") or []
    return not people or (len(people) == 1 and bool(people[0].get("literal")))


def _w3c(raw: str, csl: dict[str, Any], used: dict[str, list[Stretch]]) -> None:
    """ "W3C Recommendation" behind a title: the kind of report."""
    found = _OF_W3C.search(raw)
    if found is None:
        return
    _without(csl, "title", _OF_W3C)
    for name in ("container-title", "publisher", "genre"):
        _without(csl, name, _OF_W3C)
    csl["type"], csl["genre"] = "report", found[1]
    csl.setdefault("publisher", "W3C")


# ------------------------------------------------------------------ laws and courts
def _law(raw: str, csl: dict[str, Any], used: dict[str, list[Stretch]]) -> None:
    """Acts of the European Union, with their place in the Official Journal."""
    text = raw.lstrip(" [(0123456789)]•*-–")
    found = _EU.match(text)
    if found is None:
        return
    gazette = _GAZETTE.search(text, found.end())
    address = re.search(r"[\s(<]*(?:https?://|www\.|doi:)", text)
    ends = [m.start() for m in (gazette, address) if m is not None]
    title = text[: min(ends, default=len(text))].strip(_EDGES)
    keep = {k: v for k, v in csl.items() if k in _BESIDE}
    place = text[gazette.start() :] if gazette else ""
    date = re.search(r"\b(\d{1,2}\.\d{1,2}\.(?:19|20)\d\d)\b", place)
    page = re.search(r"\bpp?\.?\s*(\d+(?:\s?[-–]\s?\d+)?)", place)
    if page is None and gazette and gazette[2]:
        page = _OF_GAZETTE.match(text, gazette.end())
    csl.clear()
    csl.update({"type": "legislation", "title": title, **keep})
    if gazette:
        csl["container-title"] = " ".join(p for p in (gazette[0].strip(_EDGES + "(").split(" L")[0].split(" C")[0].rstrip(" ,0123456789"), gazette[1] or "") if p)  # fmt: skip
        if gazette[2]:
            csl["volume"] = gazette[2]
    if page:
        csl["page"] = page[1].replace("–", "-").replace(" ", "")
    stated = parse_date(date[1]) if date else None
    stated = stated or parse_date(_date_of_act(title))
    if stated:
        csl["issued"] = stated


def _date_of_act(title: str) -> str:
    found = re.search(r"\bof (\d{1,2} [A-Z][a-z]+ (?:19|20)\d\d)\b", title)
    return found[1] if found else ""


def _statute(raw: str, csl: dict[str, Any], used: dict[str, list[Stretch]]) -> None:
    """Acts of the United States and of Germany, with their place in the statutes, a code or a gazette."""
    text = raw.lstrip(" [(0123456789)]•*-–")
    found = _STATUTE.match(text)
    if found is None:
        return
    act, number, volume, reporter, page, title, code, section, law, day, gazette, part, leaf = (
        found.groups()
    )
    behind = re.search(r"\b(?:1[789]|20)\d\d\b", text[found.end() :])
    stated = (
        parse_date(day)
        if day
        else parse_date(text[found.end() :].strip(_EDGES + "()"))
        if behind
        else None
    )
    named = re.search(r"\b(?:1[789]|20)\d\d\b", act or "")
    if stated is None and (behind or named):
        stated = {"date-parts": [[int((behind or named)[0])]]}  # type: ignore[index]
    said = {
        "title": (act or law).strip(_EDGES), "number": number, "volume": volume or title or part,
        "container-title": reporter or code or gazette, "page": page or section or leaf, "issued": stated,
    }  # fmt: skip
    keep = {k: v for k, v in csl.items() if k in _BESIDE}
    csl.clear()
    csl.update({"type": "legislation", **{k: v for k, v in said.items() if v}, **keep})


def _case(raw: str, csl: dict[str, Any], used: dict[str, list[Stretch]]) -> None:
    """A decision by its parties and its place in a reporter: "Brown v. Board of Education, 347 U.S. 483 (1954)"."""
    found = _CASE.match(raw.lstrip(" [(0123456789)]•*-–"))
    if found is None:
        return
    parties, volume, reporter, page, _, court, year = found.groups()
    keep = {k: v for k, v in csl.items() if k in _BESIDE}
    csl.clear()
    csl.update(
        {
            "type": "legal_case", "title": parties.strip(_EDGES), "container-title": reporter.strip(), "volume": volume,
            "page": page, "issued": {"date-parts": [[int(year)]]}, **keep,
        }
    )  # fmt: skip
    if court.strip(_EDGES):
        csl["authority"] = court.strip()


_OFFICES = ("US", "EP", "WO", "DE", "CN", "JP", "KR", "GB", "FR", "CA", "AU", "RU")
_PATENT = re.compile(
    rf"(?:{'|'.join(_OFFICES)})(?<![\w/]..)"
    r"(?:(?<=WO)[ /]\d{4}/\d{6}(?! ?[A-C]\d)|[ -]?(?:\d{4}/|\d\d (?=\d{4} ))?\d[\d, ]{3,12}\d ?[A-CU]\d?(?!\w))"
)
"""The number of a patent with its office in front and the kind of its publication behind: "US 20100087469 A1"."""
_NUMBERED_BY_PATENT = ("arxiv", "container-title", "collection-title", "genre", "number", "volume", "issue", "page", "title", "publisher")  # fmt: skip


def _patent(raw: str, csl: dict[str, Any], used: dict[str, list[Stretch]]) -> None:
    """Patents and applications, by the word in front of their number or by the form of the number."""
    found = _PATENT.search(raw)
    if found is None:
        if csl.get("number") and "patent" in str(csl.get("genre") or "").lower():
            csl["type"] = "patent"
        return
    for name in _NUMBERED_BY_PATENT:
        if name in used and found.start() <= used[name][0].start < found.end():
            csl.pop(name, None)
            del used[name]
    genre = re.sub(r"\s*(?:No\.?)?$", "", str(csl.get("genre") or "").partition(found[0])[0])
    csl |= {"type": "patent", "number": found[0]} | ({"genre": genre} if genre else {})
    dated = "issued" in used and used["issued"][0].start < found.start()
    if not dated and (stated := parse_date(raw[found.end() :])):
        csl["issued"] = stated


# ------------------------------------------------------------------ uploads
def _server(raw: str, csl: dict[str, Any], used: dict[str, list[Stretch]]) -> None:
    """ "bioRxiv 2022.07.20.500902": the number of an upload is the end of its DOI, and no date or page."""
    container = str(csl.get("container-title") or "")
    if csl["type"] == "article-journal" and "rxiv" in container.lower() and names_server(container):
        csl["type"] = "article"
    found = _SERVER.search(raw)
    if found is None or str(csl.get("container-title") or found[1]).lower() not in (
        found[1].lower(),
        f"{found[1]} preprint".lower(),
    ):
        return
    number = found[2]
    csl["type"], csl["container-title"] = "article", found[1]
    csl.setdefault("DOI", f"10.1101/{number}")
    for name in ("page", "volume", "issue", "number"):
        if name in csl and str(csl[name]) in number:
            del csl[name]
    if number[4:5] == ".":
        rest = raw[: found.start()] + raw[found.end() :]
        years = re.findall(r"(?<!\d)20[12]\d(?!\d)", rest)
        csl["issued"] = {"date-parts": [[int(years[-1] if years else number[:4])]]}


# ------------------------------------------------------------------ bodies as authors
def _body(raw: str, csl: dict[str, Any], used: dict[str, list[Stretch]]) -> None:
    """A group, team or short form that ends in the first full stop is the author: "The pandas development team. pandas"."""
    people, title = csl.get("author") or [], used["title"][0]
    if len(people) > 1:
        return
    start = len(raw) - len(raw.lstrip(" [(0123456789)].•*-–"))
    found = _BODY.match(raw, start)
    if found is None and not people and not csl.get("editor"):
        found = _ACRONYM.match(raw, start)
    if found is None or len(found[0].split()) > 12 or " and other " in found[0]:
        return
    if title.start > found.end() + 2 or title.end <= found.end() + 3:
        if not (people and people[0].get("family")):
            return
        if title.start != found.end() + 2:
            return
    rest = raw[max(title.start, found.end()) : title.end].strip(_EDGES + "\"“”'")
    if len(rest) < 4 or not re.match(r"[\w\"“«]", rest):
        return
    csl["author"] = [{"literal": found[0].strip()}]
    used["author"] = [title]
    whole = str(csl.get("title") or "")
    csl["title"] = whole[whole.index(rest[:20]) :] if rest[:20] in whole else rest
    if re.search(r"(?:19|20)\d\d", found[0]):
        later = re.findall(r"(?<![\d–-])(?:19|20)\d\d(?![\d–-])", raw[title.end :])
        if later:
            csl["issued"] = {"date-parts": [[int(later[0])]]}


_BEHIND_PEOPLE = late(
    r"(?:\bet al\.?\s*[;,]|\b[A-Z]{1,3}\s*;)\s*(?:for the |on behalf of the |and the )?$"
)


def _group(raw: str, csl: dict[str, Any], used: dict[str, list[Stretch]]) -> None:
    """A group behind "et al;" or "et al," is one more author: "Brook LR, et al; POND Study Group. Efficacy"."""
    titles = used.get("title")
    if not titles or not csl.get("author"):
        return
    title = titles[0]
    lead = max(0, title.start - 40)
    if raw.find(";", lead, title.start) < 0 and raw.find("et al", lead, title.start) < 0:
        return
    if not _BEHIND_PEOPLE.search(raw, lead, title.start):
        return
    found = _GROUP_BEHIND.match(raw, title.start)
    if found is None or found.end() + 2 >= title.end or len(found[0].split()) > 12:
        return
    csl["author"] = [*csl["author"], {"literal": found[0]}]
    whole = str(csl["title"])
    csl["title"] = whole[len(found[0]) :].strip(_EDGES)


# ------------------------------------------------------------------ places within a volume
def _series(raw: str, csl: dict[str, Any], used: dict[str, list[Stretch]]) -> None:
    """The number of a series in front of a volume belongs to the name: "Ann. of Math. (2) 64", "Ergebnisse der Mathematik (3) 29"."""
    name = "container-title" if "container-title" in csl else "collection-title"
    if name not in csl:
        return
    end = used[name][0].end
    found = _SERIES.fullmatch(str(csl.get("volume") or ""))
    if found is not None:
        csl["volume"] = found[2].strip()
    elif "issue" not in csl:
        return
    else:
        found = _SERIES_APART.match(raw, end, used["volume"][0].start)
        if found is None or found.end() != used["volume"][0].start or csl.get("issue") != found[1]:
            return
        del csl["issue"]
        used.pop("issue", None)
    dot = raw[end : end + 1].replace(",", "")
    csl[name] = f"{csl[name]}{dot.strip()} ({found[1]})"


def _meeting_year(raw: str, csl: dict[str, Any], used: dict[str, list[Stretch]]) -> None:
    """Two digits behind a conference are its year: "bert, naacl 19"."""
    container, volume = str(csl.get("container-title") or ""), str(csl.get("volume") or "")
    if "issued" in csl or len(volume) != 2 or not volume.isdigit() or not container:
        return
    before, comma, last = container.rpartition(", ")
    found = find_venue(last)
    if found is None or found.venue.kind != "conference":
        return
    del csl["volume"]
    csl["issued"] = {"date-parts": [[(1900 if int(volume) > 59 else 2000) + int(volume)]]}
    csl["type"] = "paper-conference"
    if comma and "title" not in csl:
        csl["title"], csl["container-title"] = before, last


_BEHIND_VENUE = re.compile(
    r"(,)?(?:\s(?:19|20)\d\d,)?\s(\d{1,3})(?=[.,;)]*(?:\s|$))(?![.,]?\s?[-–:(]\s?\d)"
)
_FOUR_DIGITS = late(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")


def _volume_of_meeting(raw: str, csl: dict[str, Any], used: dict[str, list[Stretch]]) -> None:
    """A number alone behind a meeting whose proceedings have one volume a year is that of the volume where the year goes with it:
    "In NIPS, 25. 2012"; without any year, where a comma stands in front of it."""
    found = _BEHIND_VENUE.match(raw, used["container-title"][0].end)
    venue = find_venue(str(csl["container-title"])) if found else None
    held = venue.venue.year_of_volume(int(found[2])) if found and venue else None
    if found is None or held is None:
        return
    beside = raw[: found.start(2)], raw[found.end(2) :]
    years = {int(year) for text in beside for year in _FOUR_DIGITS.findall(text)}
    if not (any(abs(year - held) < 2 for year in years) if years else found[1]):
        return
    csl["volume"] = found[2]
    if csl.get("page") == found[2]:
        del csl["page"]
    if not years:
        csl.pop("issued", None)  # "25" was read as a year


@cache
def _publishers() -> frozenset[str]:
    return frozenset(venue.publisher for venue in table().venues.values())


def _known_series(raw: str, csl: dict[str, Any], used: dict[str, list[Stretch]]) -> None:
    """A known series or journal is no publisher and no place: "In AISTATS, JMLR W&CP 15", "JMLR, 15:1929-1958", "… JMLR. 2015"."""
    for name in ("publisher", "publisher-place"):
        if name not in csl:
            continue
        contained = "container-title" in csl
        short = name == "publisher" and csl[name].isupper()
        alone = short and not csl.keys() & {"publisher-place", "edition", "ISBN"}
        if not (contained or alone or csl.keys() >= {"volume", "page"}):
            continue
        publishes = csl[name] in _publishers()
        found = find_venue(csl[name]) if short or not publishes else None
        if found is None or found.part:
            continue
        if found.venue.kind == "series" and contained and not publishes:
            csl.setdefault("collection-title", csl.pop(name))
        elif found.venue.kind == "journal" and not contained:
            csl["container-title"], csl["type"] = csl.pop(name), "article-journal"


def _in_brackets(raw: str, csl: dict[str, Any], used: dict[str, list[Stretch]]) -> None:
    """Names and a year in brackets behind a title alone: "“Ponds” (Li, Haddad, 2015)"."""
    if csl.keys() & {"author", "editor", "container-title"}:
        return
    found = _NAMES_AND_YEAR.search(raw)
    titles = used.get("title")
    if found is None or not titles or titles[0].end > found.start() + 2:
        return
    words = [w for w in re.split(r"\s*(?:,|&|;|\band\b|\bund\b)\s*", found[1]) if w]
    if not all(_FAMILY.fullmatch(w) and not _month(w) for w in words):
        return
    csl["author"] = [{"family": w} for w in words]
    csl["issued"] = {"date-parts": [[int(found[3])]]}
    if found[2]:
        csl["custom"] = {**csl.get("custom", {}), "others": True}
    for name in ("publisher", "publisher-place", "editor", "edition"):
        csl.pop(name, None)
    csl["type"] = "document"


def _month(word: str) -> bool:
    date = parse_date(f"{word} 2000")
    return bool(date) and len(date["date-parts"][0]) > 1  # type: ignore[index]


# ------------------------------------------------------------------ titles
def _closed(raw: str, csl: dict[str, Any], used: dict[str, list[Stretch]]) -> None:
    """A title keeps the mark that closes what it opens, and ends where what was opened before it closes."""
    title, titles = csl["title"], used.get("title")
    if not titles:
        return
    end = titles[0].end
    for left, right in _CLOSING.items():
        if left not in title and right not in title:
            continue
        same = left == right
        open_ones = title.count(left) % 2 if same else title.count(left) - title.count(right)
        if open_ones > 0 and raw[end : end + 1] == right and title.index(left):
            csl["title"] = title + right
            return
        if left in "「『《" and open_ones < 0:
            inner, _, rest = title.partition(right)
            csl["title"] = inner.strip()
            if rest.strip() and not csl.get("collection-title"):
                csl["collection-title"] = rest.strip(" 、,，。")
            return
        if left in "『《" and open_ones == 0 and "author" not in csl and title.index(left):
            who, _, rest = title.partition(left)
            name, _, behind = rest.partition(right)
            csl["author"], csl["title"] = [{"literal": who.strip()}], name.strip()
            if behind.strip() and not csl.get("collection-title"):
                csl["collection-title"] = behind.strip(" 、,，。")
            return


_Reader = Callable[[str, dict[str, Any], dict[str, list[Any]]], None]
_OF_SIGN: tuple[tuple[str, _Reader], ...] = (
    (" v", _case),
    ("/", _law),
    ("§", _statute),
    ("pub. l", _statute),
    ("public l", _statute),
    (". part", _statute),
    ("gbl", _statute),
    ("gvbl", _statute),
    ("rfc", _rfc),
    ("w3c ", _w3c),
)
"""Laws, decisions and what else is named by a number, each behind a sign without which it stands nowhere in a string of small letters."""
