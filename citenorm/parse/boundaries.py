"""Fields read from labelled stretches in, the same with boundaries put right that the labels drew in the wrong place.

"Place: Publisher" came as one, a title swallowed its container or the city of its publisher, a place lost its state.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..late import late

if TYPE_CHECKING:
    from .values import Stretch

EDGES = " \t,.;:–—-/*_|\"'“”„‟«»‹›‘’‚`´"
_PUBLISHING = r"(?:Press|Verlag|Universit|Institut|Cent(?:re|er)\b|Agency|\w*[Aa]mt\b|Office|Council|Ministry|Minist\w+|Publish|Book|Edition|Corporation|Association|Commission|Kommission|Organi[sz]ation|Bank\b|Foundation|Stiftung|Department|Society|Gesellschaft|Authority|Government|Bureau)"
_IMPRINT = late(
    rf"(?<!\bvs)(?<!\b[A-Z])(?<!\bSt)\. ((?!Part\b)[A-Z][^\W\d_]{{2,}}(?:[ -][A-Z][^\W\d_]{{2,}}){{0,2}}(?:, [A-Z]{{2,3}})?): ((?!(?:An?|The|What|How|From|On|In) )(?=[^.:;?]*{_PUBLISHING}|[A-Z]{{2,8}}$)[A-Z][^.:;?]{{2,100}})$"
)
_ALONE = frozenset(["title", "genre", "note"])
"""Texts beside which a title may have swallowed place and publisher."""
_OPENING = ('"', "“", "„", "«")
_CLOSED = late(
    r'(?:(?<=[.,])["”“»] (?:[Ii]n:? )?|["”“»](?:, (?:[Ii]n:? )?| [Ii]n:? ))(?=[A-ZÀ-Þ][\w’-]{2,}[ .:;?!]*\w)'
)
_CHAPTER = late(r",? (?:[Cc]hap(?:ter|\.)|[Kk]apitel|Kap\.) (\d[\d.]*)$")
_BEFORE_COLON = re.compile(r"([^\W\d_][^:;()\[\]\d]{1,34}(?:\([^()]{2,20}\))?)\s?:\s+(?=[^\W\d_])")
_CAMPUSES = [
    "California",
    "Wisconsin",
    "Texas",
    "Illinois",
    "North Carolina",
    "Massachusetts",
    "Maryland",
    "Michigan",
    "Minnesota",
    "Colorado",
    "Nebraska",
    "Missouri",
    "Tennessee",
]
"""Universities of these states have several campuses: the city behind one is part of its name."""
_SCHOOL_OF = re.compile(
    r"((?!School of|Faculty|Department|College of|Institute for)[^,]*\b(?:Universit\w+|Institut\w*|College|Press|School|Hochschule|Polytechnic\w*)\b[^,]*"
    + "".join(f"(?<!of {state})" for state in _CAMPUSES)
    + r"), "
    r"((?!(?:Inc|Ltd|LLC|GmbH|AG|Co|Corp|Press|[A-Z]{3,})\b)(?!\w*(?:Universit|Institut|College|School))(?:(?:New|San|Santa|Los|Las|El|St\.?|Fort|Ann|Hong|Tel|Rio|Cape|Addis|Kuala|Buenos|South|North|United|Saudi|Sri|The) )?[A-Z][\w-]+)"
)
_STATES = "AK|AL|AR|AZ|CA|CO|CT|DC|FL|GA|IA|ID|IL|KS|KY|LA|MA|MD|ME|MI|MN|MO|MS|MT|NC|ND|NE|NH|NJ|NV|NY|OH|OK|PA|RI|SC|SD|TN|TX|UT|VT|WA|WI|WV|WY|ACT|NSW|QLD|TAS|VIC|ON|QC"
_STATE_OF = re.compile(rf"({_STATES}) (?=[A-Z][a-z])")
_CITY_OF_TWO = late(
    rf"((?!{_PUBLISHING})[A-ZÀ-Þ][\w-]+(?: (?!{_PUBLISHING})[A-ZÀ-Þ][\w-]+){{0,2}}): (?=[^\W\d_])"
)
_CITIES_JOIN = re.compile(r"(?:,| ?/| &| and| und)? ")
_REST_OF_PLACE = re.compile(r"([A-Z][\w-]+, )?[A-Z]{2}")
"""A state, or the last word of a city and its state."""


def redraw(raw: str, csl: dict[str, Any], used: dict[str, list[Stretch]], edited: int) -> None:
    """Put right title, container, publisher and place; ``edited``: where the editors stand, if authors are named too, else 0."""
    if "publisher" in csl or "publisher-place" in csl:
        if "title" in csl:
            _city_of_title(csl, used)
        _parted(raw, csl, used)
    elif "title" in csl and _ALONE.issuperset(csl):
        _swallowed(raw, csl, used)
    if "container-title" in csl:
        if "title" in csl:
            _quotation_of_title(raw, csl, used)
        name = csl["container-title"]
        if found := _CHAPTER.search(name) if "ap" in name else None:
            csl["container-title"], csl["chapter-number"] = name[: found.start()], found[1]
            used["chapter-number"] = used["container-title"]
    elif "title" in csl:
        _container_of_title(raw, csl, used, edited)


def _parted(raw: str, csl: dict[str, Any], used: dict[str, list[Stretch]]) -> None:
    """Place and publisher that came as one, or cut within the place: "Pondham: Agricultural University", "University of Ponds, Pondham", "Horsham" and "VIC Pond Press",
    "Berkeley" and "Los Angeles: Reed Press"."""
    if "publisher" in csl and "publisher-place" in csl:
        gap = raw[used["publisher-place"][0].end : used["publisher"][0].start]
        rest = _STATE_OF.match(csl["publisher"])
        city = _CITY_OF_TWO.match(csl["publisher"]) if _CITIES_JOIN.fullmatch(gap) else None
        if city or (rest and gap.strip() == ","):
            found = city or rest
            between = gap if city else ", "
            csl["publisher-place"], csl["publisher"] = (
                f"{csl['publisher-place']}{between}{found[1]}",  # type: ignore[index]
                csl["publisher"][found.end() :],  # type: ignore[union-attr]
            )
        return
    if ("publisher" in csl) == ("publisher-place" in csl):
        return
    label = "publisher" if "publisher" in csl else "publisher-place"
    found = _BEFORE_COLON.match(csl[label])
    if found and len(found[1].split()) < 6:
        csl["publisher"], csl["publisher-place"] = (
            csl[label][found.end() :].strip(EDGES),
            found[1].strip(EDGES),
        )
        used["publisher"] = used["publisher-place"] = used[label]
    elif found := _SCHOOL_OF.fullmatch(csl.get("publisher", "")):
        csl["publisher"], csl["publisher-place"] = found[1], found[2]
        used["publisher-place"] = used["publisher"]


def _container_of_title(
    raw: str, csl: dict[str, Any], used: dict[str, list[Stretch]], edited: int
) -> None:
    """A container read as part of the title: behind its closing quotation mark, an "In:" or "//"; where editors are named, without a colon too."""
    title, into, container = csl["title"].partition(" // ")
    if not into:
        title, into, container = csl["title"].partition(" In: ")
    if (
        not into
        and raw[: used["title"][0].start].endswith(_OPENING)
        and (closing := _CLOSED.search(csl["title"]))
    ):
        title, into, container = (
            csl["title"][: closing.start()],
            closing[0],
            csl["title"][closing.end() :],
        )
        into = (
            into if " " in title else ""
        )  # “Signs in Play.” Writing and Ponds; not “Ponds” in Verse
    if not into and edited and "publisher" in csl:
        head, stop, tail = csl["title"].rpartition(". ")
        if (
            stop
            and raw[used["title"][0].end : edited] == ". "
            and len(tail.split()) > 1 < len(head.split())
        ):
            title, into, container = head, stop, tail  # "Ponds. A handbook of weirs. J. Li, ed."
    if not into and edited:
        title, into, container = csl["title"].partition(" In ")
        words = [word for word in title.split() if len(word) > 3]
        if not container[:1].isupper() or 2 * sum(map(str.islower, words)) <= len(
            words
        ):  # "Changing Roles In Second Generation Systems"
            return
    if into:
        csl["title"], csl["container-title"] = title.strip(EDGES), container.strip(EDGES)
        used["container-title"] = used["title"]


def _quotation_of_title(raw: str, csl: dict[str, Any], used: dict[str, list[Stretch]]) -> None:
    """What stands behind the closing quotation mark of a title begins the container: "“Ponds”, Weir 64 and" and "Pond Manual"."""
    title, container = used["title"][0], used["container-title"][0]
    if not raw[: title.start].endswith(_OPENING) or raw[title.end : container.start] != " ":
        return
    closing = _CLOSED.search(csl["title"])
    if closing and " " in csl["title"][: closing.start()]:
        csl["container-title"] = f"{csl['title'][closing.end() :]} {csl['container-title']}"
        csl["title"] = csl["title"][: closing.start()]


def _city_of_title(csl: dict[str, Any], used: dict[str, list[Stretch]]) -> None:
    """A city of which the labels read all words, or the first ones, as the end of the title ("… in rain. Stone Ford, CA: Reed Press")."""
    place = csl.get("publisher-place", "")
    rest = _REST_OF_PLACE.fullmatch(place)
    if rest is None:
        return
    gap = 1 if rest[1] else 2  # nothing but a blank within the name of a city
    if used["publisher-place"][0].start - used["title"][0].end > gap:
        return
    title, _, city = csl["title"].rpartition(". ")
    if (
        title
        and len(words := city.split()) < 4
        and all(word[:1].isupper() and word.isalpha() for word in words)
    ):
        csl["title"] = title
        csl["publisher-place"] = f"{city} {place}" if rest[1] else f"{city}, {place}"


def _swallowed(raw: str, csl: dict[str, Any], used: dict[str, list[Stretch]]) -> None:
    """Place and publisher read as the end of a title that nothing else follows: "A study of ponds. Pondham: Centre for Reeds"."""
    found = _IMPRINT.search(csl["title"])
    if found and found.start() > 8 and not raw[used["title"][0].end :].strip(EDGES):
        csl["title"], csl["publisher-place"], csl["publisher"] = (
            csl["title"][: found.start()].strip(EDGES),
            found[1],
            found[2],
        )
        used["publisher"] = used["publisher-place"] = used["title"]
