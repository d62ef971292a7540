"""What a parsed reference that no source knows has in a wrong field, put into the right one by what is printed.

A city is no publisher, "in press" neither; a year is no page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from ..model import Claim, custom_of
from .ordinals import whole_number

_EDGES = " \t,.;:–—-"
_NOT_OUT = re.compile(r"(?:im erscheinen|in press|in print|in preparation|forthcoming|to appear|to be published|work in progress|manus[ck]ript|i\. ?e\.|im druck|à paraître|en prensa)\.?", re.I)  # fmt: skip
_ABBREVIATED = re.compile(r"\b(?:[a-z]\.?\s?[A-Za-z]|[A-Z]\.\s?[A-Z])$|^(?:[А-ЯЁ]|С[Пп]б)$")
_COUNTRY_GOES_ON = re.compile(r" (?:[A-Z]\w+|of [A-Z]\w+)(?: (?:of )?[A-Z]\w+){0,2}(?=\.?\s*$)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_BRACKETED_LEAD = re.compile(r"(\([A-Z][\w -]{1,14}\))[.,:]?\s+(\S.*)")
_ARXIV_NUMBER = re.compile(r"[012]\d(?:0[1-9]|1[012])\.\d{4,5}")
_SPAN_OF_PAGES = re.compile(r"(\d{1,9})\s?[-–]\s?(\d{1,9})")
_DOUBLE_VOLUME = re.compile(r"(\d{1,4}-\d{1,4}), (\d{1,6}\w?)")
"""A volume of two behind the letter of its journal, and a page: "Nucl. Phys. A904-905, 911c"."""
_LED = re.compile(r"\(([A-Z][a-z]+) $")
_COUNTED = re.compile(r"(?<=\w) \(\d{1,3}\s?pp?\.?\)$")
"""How many pages an article has, behind its number: "085003 (12pp)"."""
_RUN_ON_PAGES = re.compile(r"(\d{1,5}) (\d{1,5})(?: (\d{7,8}))?")
_SERIES_BEHIND = re.compile(r"\. \(([A-Z][^().]{3,60})\.\)$")
"""A series in brackets, a sentence by itself behind a title: "Finnish. (Pond Grammars.)"."""


def put_in_place(csl: dict[str, Any], claim: Claim, ends: Mapping[str, int]) -> None:
    """Move what stands in a wrong field, in place."""
    raw = claim.raw
    _publisher(csl, raw)
    _number_behind_title(csl)
    _report(csl)
    _title_goes_on(csl, raw, ends)
    _place(csl, raw)
    if "page" in csl:
        csl["page"] = _COUNTED.sub("", str(csl["page"]))
    _pages(csl, raw)
    if csl.get("type") == "article-journal" and not csl.get("container-title") and csl.get("collection-title"):  # fmt: skip
        csl["container-title"] = csl.pop("collection-title")  # an article stands in something
    _series(csl)
    series = str(csl.get("collection-title") or "")
    if series.startswith("of "):  # "volume 131 of LIPIcs"; "(University of Pond Publications, 14.)"
        led = _LED.search(raw, 0, max(raw.find(series), 0))
        csl["collection-title"] = f"{led[1]} {series}" if led else series[3:]
    elif not series and (bracketed := _SERIES_BEHIND.search(str(csl.get("title") or ""))):
        csl["collection-title"] = bracketed[1]
        csl["title"] = csl["title"][: bracketed.start()]
    edition = str(csl.get("edition") or "")
    if edition:
        csl["edition"] = re.sub(r",?\s+ed(?:ition|n)?\.?$", "", edition, flags=re.I) or edition
    upload = csl.get("type") == "article" and not custom_of(csl).get("arxiv")
    known = csl.keys() & {"container-title", "publisher", "DOI", "URL"}
    if upload and not known and re.search(r"\barxiv\b", claim.raw, re.I):
        csl["publisher"] = "arXiv"  # an upload without its number says where it is


@cache
def _cities() -> frozenset[str]:
    text = files("citenorm").joinpath("data/cities.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line[:1] != "#")


def _title_goes_on(csl: dict[str, Any], raw: str, ends: Mapping[str, int]) -> None:
    """What only a blank parts from the title and is no name by its first letter belongs to it; a journal behind the last full stop of the
    title is none of it."""
    title, end = str(csl.get("title") or ""), ends.get("title", -1)
    body, container = (str(csl.get(name) or "") for name in ("publisher", "container-title"))
    if body and not body[0].isupper() and end > 0 and raw[end : end + 1 + len(body)] == f" {body}":
        csl["title"] = title = f"{title} {csl.pop('publisher')}"
    if container[:1].islower() and raw[end : end + 2 + len(container)] == f", {container}":
        csl["title"] = f"{title}, {csl.pop('container-title')}"
        csl["type"] = "book" if body else csl["type"]
    part = str(csl.get("volume") or "")
    if csl.get("type") == "article" and _ROMAN.fullmatch(part) and raw.startswith(f", {part}", end):
        csl["title"] = f"{title}, {csl.pop('volume')}"  # "Quiet ponds, II, arXiv:…"
    head, stop, tail = title.rpartition(". ")
    if not stop or len(head) < 10 or not 0 < len(tail.split()) < 9:
        return
    if container[:1].islower() and raw[end : end + 1 + len(container)] == f" {container}":
        csl["title"], csl["container-title"] = head, f"{tail} {container}"
    elif (
        not container
        and csl.get("volume")
        and (csl.get("issue") or csl.get("page"))
        and tail[:1].isupper()
    ):
        csl |= {"title": head, "container-title": tail, "type": "article-journal"}


_WITH_NUMBER = re.compile(r"(.{6,}), (\d{1,4})")
_ROMAN = re.compile(r"[IVX]{1,5}")


def _series(csl: dict[str, Any]) -> None:
    """A remark is no series; the number of a book in its series stands apart: "Weir Grammar Library, 26"."""
    series = str(csl.get("collection-title") or "")
    if _NOT_OUT.fullmatch(series):
        csl.setdefault("note", csl.pop("collection-title"))
    elif (found := _WITH_NUMBER.fullmatch(series)) and not csl.keys() & {"volume", "number", "collection-number"}:  # fmt: skip
        csl["collection-title"], csl["collection-number"] = found[1], found[2]


_CITY_ON = re.compile(r"[A-ZÄÖÜ][\w-]+/[A-Z][a-z]{0,2}")
"""A city by its river or hills, shortened: "Teichstein/Ts."."""
_NUMBER_BEHIND = re.compile(r"[.,;]\s(?:(?:Number|No\.)|Vol(?:ume|\.))\s(\d{1,4})$")


def _number_behind_title(csl: dict[str, Any]) -> None:
    """The number of a book in its series, or of its volume, ends no title: "Ponds. Number 58"."""
    found = _NUMBER_BEHIND.search(str(csl.get("title") or ""))
    name = "volume" if found and "Vol" in found[0] else "collection-number"
    if found and csl.get("type") == "book" and not csl.keys() & {name, "issue", "number"}:
        csl["title"], csl[name] = str(csl["title"])[: found.start()], found[1]


def _report(csl: dict[str, Any]) -> None:
    """Who issued a report, without the "of the" behind its number, which is no page: "Working Paper 115 of the Weir Unit, 115"."""
    if csl.get("type") != "report":
        return
    csl["publisher"] = re.sub(r"^of (?:the )?", "", str(csl.get("publisher") or "")) or None
    if csl["publisher"] is None:
        del csl["publisher"]
    if "number" in csl and csl.get("page") == csl["number"]:
        del csl["page"]


def _publisher(csl: dict[str, Any], raw: str) -> None:
    """A city is a place; what says that the work is not out yet is a note; the short form of a title belongs to it."""
    body = str(csl.get("publisher") or "")
    for name in ("publisher", "genre"):
        if csl.get(name) and f"{csl[name]}.," in raw:
            csl[name] = f"{csl[name]}."  # "American Pond Soc., 2003"
    if _NOT_OUT.fullmatch(body):
        csl["note"] = csl.pop("publisher")
    elif body in _cities() and not csl.get("publisher-place"):
        csl["publisher-place"] = csl.pop("publisher")
    elif _CITY_ON.fullmatch(body) and f"{body}." in raw and not csl.get("publisher-place"):
        csl["publisher-place"] = f"{body}."
        del csl["publisher"]
    elif body.endswith(" City") and csl.get("publisher-place"):
        csl["publisher-place"] = f"{csl.pop('publisher')}, {csl['publisher-place']}"
    elif (found := _BRACKETED_LEAD.fullmatch(body)) and csl.get("title"):
        csl["title"], csl["publisher"] = f"{csl['title']} {found[1]}", found[2]


def _place(csl: dict[str, Any], raw: str) -> None:
    """A place begins with a capital and is named in full; the full stop of one that ends in letters belongs to it ("Frankfurt a. M.")."""
    place = str(csl.get("publisher-place") or "")
    both = f"{place}; {csl.get('publisher')}"
    if place.isalpha() and place.endswith("bericht") and "genre" not in csl:
        csl["genre"] = csl.pop("publisher-place")
        return
    if place and place not in _cities() and both in raw:
        csl["publisher"] = both  # "Chapman; Hall/CRC"
        del csl["publisher-place"]
        return
    parts = place.split(", ")
    if len(parts) > 1 and not csl.get("publisher"):
        state = len(parts) > 2 and re.fullmatch(r"[A-Z]{2}", parts[-1])
        if state or (len(parts) == 2 and parts[0].endswith(f" {parts[1]}")):
            csl["publisher"] = parts[0]
            csl["publisher-place"] = place = ", ".join(parts[1:])
    if place.islower():
        del csl["publisher-place"]  # "erscheint bei"
    elif place and _ABBREVIATED.search(place) and f"{place}." in raw:
        csl["publisher-place"] = f"{place}."
    elif place == "United" and (rest := _COUNTRY_GOES_ON.match(raw, raw.rfind(place) + len(place))):
        csl["publisher-place"] = place + rest[0]


def _book_in_container(csl: dict[str, Any]) -> None:
    """What was read as the journal of something of so many pages, with a place in front, has published it."""
    if csl.get("publisher-place") and "publisher" not in csl and "container-title" in csl:
        csl |= {"publisher": csl.pop("container-title"), "type": "book"}


def _month_behind(csl: Mapping[str, Any], raw: str, page: str) -> int:
    """The number of a month between the pages and the year, 0 where there is none: "5(1):10–16, 01 1962"."""
    parts = ((csl.get("issued") or {}).get("date-parts") or [[]])[0]
    number = page.rpartition(", ")[2]
    month = whole_number(number) or 0
    if len(parts) != 1 or not 0 < month < 13 or not raw.rstrip(" .").endswith(f", {number} {parts[0]}"):  # fmt: skip
        return 0
    return month if ", " in page or csl.get("type") == "book" else 0


def _pages(csl: dict[str, Any], raw: str) -> None:
    """A year behind the short form of a meeting, pages that blanks part, the first pages of several taken for a volume."""
    page, volume = str(csl.get("page") or ""), str(csl.get("volume") or "")
    if page == "p" and volume.isdigit() and f"{volume}p." in raw:
        del csl["page"]
        csl["number-of-pages"] = csl.pop("volume")  # "60p."
        _book_in_container(csl)
    elif month := _month_behind(csl, raw, page):
        csl["issued"]["date-parts"][0].append(month)
        csl["page"] = page.rpartition(", ")[0]
        if not csl["page"]:
            del csl["page"]
    elif page.lower() in ("preprint", "e-print", "eprint"):
        del csl["page"]
    elif _ARXIV_NUMBER.fullmatch(page) and not csl.keys() & {"container-title", "publisher"}:
        csl["custom"] = {"arxiv": csl.pop("page"), **custom_of(csl)}
        csl["type"] = "article"
    elif (
        _YEAR.fullmatch(page)
        and not csl.get("issued")
        and not volume
        and raw.rstrip(" .").endswith(page)
    ):
        csl["issued"] = {"date-parts": [[int(csl.pop("page"))]]}
    elif found := _RUN_ON_PAGES.fullmatch(page):
        csl["page"] = f"{found[1]}-{found[2]}"
        if found[3]:  # their number in PubMed
            csl["custom"] = {"pmid": found[3], **custom_of(csl)}
    elif not volume and (double := _DOUBLE_VOLUME.fullmatch(page)) and f" {page}" not in raw:
        csl["volume"], csl["page"] = double[1], double[2]
    elif page and (span := _SPAN_OF_PAGES.fullmatch(volume)) and int(span[2]) - int(span[1]) > 3:
        csl["page"] = f"{csl.pop('volume')}, {page}"
