"""What a parsed reference that no source knows has in a wrong field, put into the right one by what is printed.

A city is no publisher, "in press" neither; a year is no page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from ..late import late
from ..model import Claim, custom_of

_NOT_OUT = late(r"(?:im erscheinen|in press|in print|in preparation|forthcoming|to appear|to be published|work in progress|manus[ck]ript|i\. ?e\.|im druck|à paraître|en prensa)\.?", re.I)  # fmt: skip
_ABBREVIATED = late(r"\b(?:[a-z]\.?\s?[A-Za-z]|[A-Z]\.\s?[A-Z])$|^(?:[А-ЯЁ]|С[Пп]б)$")
_YEAR = late(r"(?:19|20)\d\d")
_DOUBLE_VOLUME = late(r"(\d{1,4}-\d{1,4}), (\d{1,6}\w?)")
"""A volume of two behind the letter of its journal, and a page: "Nucl. Phys. A904-905, 911c"."""
_LED = late(r"\(([A-Z][a-z]+) $")
_COUNTED = late(r"(?<=\w) \(\d{1,3}\s?pp?\.?\)$")
"""How many pages an article has, behind its number: "085003 (12pp)"."""
_RUN_ON_PAGES = late(r"(\d{1,5}) (\d{1,5})")


def put_in_place(csl: dict[str, Any], claim: Claim, ends: Mapping[str, int]) -> None:
    """Move what stands in a wrong field, in place."""
    raw = claim.raw
    _publisher(csl, raw)
    _title_goes_on(csl, raw, ends)
    _place(csl, raw)
    if "page" in csl:
        csl["page"] = _COUNTED.sub("", str(csl["page"]))
    _pages(csl, raw)
    if csl.get("type") == "article-journal" and not csl.get("container-title") and csl.get("collection-title"):  # fmt: skip
        csl["container-title"] = csl.pop("collection-title")  # an article stands in something
    series = str(csl.get("collection-title") or "")
    if series.startswith("of "):  # "volume 131 of LIPIcs"; "(University of Pond Publications, 14.)"
        led = _LED.search(raw, 0, max(raw.find(series), 0))
        csl["collection-title"] = f"{led[1]} {series}" if led else series[3:]
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


_CITY_ON = late(r"[A-ZÄÖÜ][\w-]+/[A-Z][a-z]{0,2}")
"""A city by its river or hills, shortened: "Teichstein/Ts."."""


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


def _place(csl: dict[str, Any], raw: str) -> None:
    """A place begins with a capital and is named in full; the full stop of one that ends in letters belongs to it ("Frankfurt a. M.")."""
    place = str(csl.get("publisher-place") or "")
    if place.islower():
        del csl["publisher-place"]  # "erscheint bei"
    elif place and _ABBREVIATED.search(place) and f"{place}." in raw:
        csl["publisher-place"] = f"{place}."


def _pages(csl: dict[str, Any], raw: str) -> None:
    """A year behind the short form of a meeting, pages that blanks part, the first pages of several taken for a volume."""
    page, volume = str(csl.get("page") or ""), str(csl.get("volume") or "")
    if (
        _YEAR.fullmatch(page)
        and not csl.get("issued")
        and not volume
        and raw.rstrip(" .").endswith(page)
    ):
        csl["issued"] = {"date-parts": [[int(csl.pop("page"))]]}
    elif found := _RUN_ON_PAGES.fullmatch(page):
        csl["page"] = f"{found[1]}-{found[2]}"
    elif not volume and (double := _DOUBLE_VOLUME.fullmatch(page)) and f" {page}" not in raw:
        csl["volume"], csl["page"] = double[1], double[2]
