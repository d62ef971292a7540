"""The lines of a document go in; works that a list of papers names by a title and a link come out.

Reading lists, "awesome" lists, tables of papers and notes with a heading per paper name a work by its title; what makes it
a reference is the link to the paper: ``[SOSP'23] [Title](url)``, ``Title [[arXiv](url)]``, a title, its venue and its address on
three lines, a row of a table, a heading.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from ..model import Document
from .lines import Line
from .links import Link, links_between, names_work
from .list_item import only_identifier
from .reference_score import people
from .split import Entry, entry
from .title_shape import title_shaped
from .whole_list import paragraphs

_TAG = re.compile(
    r"(?:[\[(](?P<venue>[A-Za-z][\w&/. -]{1,30}?)?[\s,'’:-]*(?P<year>(?:19|20)\d\d|(?<=['’])\d\d)?[\])]\s*[:.-]?\s*)(?=\S)"
)
_CAPTION = re.compile(
    r"[\[(|]*\s*(?:arxiv|pdf|paper|link|html|abs(?:tract)?|doi|code|github|video|slides?|blog|project(?: page)?|website|page|data(?:set)?|demo|poster|review|openreview|acl|talk|tensorflow|pytorch|torch|caffe|keras|supp(?:lementary)?|bib(?:tex)?|url|here|acm|ieee|springer|pmlr|download|official|presentation|notes?|summary|tweet)s?\s*[\])|]*",
    re.IGNORECASE,
)
_CAPTIONS = re.compile(
    rf"(?>[\s,.;:|·•/-]*(?:{_CAPTION.pattern})(?![\w-]))+[\s.,;|]*$", re.IGNORECASE
)
_VENUE_YEAR = re.compile(
    r"(?P<venue>[A-Z][\w&/.:' -]{1,90}?)?[\s,('’]*(?P<year>(?:19|20)\d\d)\)?\.?$"
)
_PICTURE = re.compile(r"(?:Image|Figure|Fig|Photo|Picture|Screenshot|Source|Credit)s?\b")
_LEAD = re.compile(r"[\w'’-]{1,20}(?: [\w'’-]{1,20}){0,2}")
"""What may stand in front of a title beside people: "Paper:", "2019 –", "New results:"."""
_REST = re.compile(r"^[\s\"”“’,.:;|–—-]*")
LONGEST = 400
"""Longer items hold more than a work."""


def papers(document: Document, lines: Sequence[Line], taken: Sequence[Entry]) -> list[Entry]:
    """The works that are named by a title and a link, outside of what is ``taken``; of entries that are taken and are
    nothing else, the title is told (``context``)."""
    if not document.data.get("links") and not any(map(_addressed, lines)):
        return []
    starts = sorted(taken, key=lambda e: e.start)
    spans = [(e.start, max(e.end, e.reach)) for e in starts]
    found: list[Entry] = []
    units = [list(group) for group in paragraphs(lines)]
    for unit, below in pairwise([*units, []]):
        if unit[0].kind in ("code", "footnote", "bibitem"):
            continue
        rows = [[line] for line in unit] if unit[0].kind == "table" else [unit]
        for row in rows:
            made = (
                _hung(document, row, below) or _three_lines(document, row) or _linked(document, row)
            )
            if made is None:
                continue
            made.reach = made.reach or row[-1].end
            place = bisect_left(spans, (made.reach, 0)) - 1
            if place < 0 or spans[place][1] <= row[0].start:
                found.append(made)
            elif made.context and spans[place][0] <= made.start and made.whole:
                known = starts[place]
                known.start, known.end = made.start, made.end
                known.context, known.reach = made.context, made.reach
    return found


def drop_captions(document: Document, found: Entry) -> None:
    """What a reference ends with only to be linked ("[pdf]", "Link") is no part of it; where the link leads belongs to it."""
    if not document.data.get("links"):
        return
    cut = _CAPTIONS.search(document.text, max(found.start, found.end - 120), found.end)
    if cut and cut.start() > found.start + 20:
        links = links_between(document, cut.start(), found.end)
        if links and not cut.group().strip(" .,;").isdigit():
            found.reach, found.end = found.end, cut.start()
            last = document.text[cut.start() : cut.start() + 1]
            found.end += last == "."


def _addressed(line: Line) -> bool:
    return only_identifier(line.text) and "http" in line.text


def _three_lines(document: Document, unit: Sequence[Line]) -> Entry | None:
    """A title, its venue or authors, and its address, a line each."""
    if not 2 <= len(unit) <= 4 or unit[0].kind == "table" or not names_work(unit[-1].text):
        return None
    if not only_identifier(unit[-1].text) or any(only_identifier(line.text) for line in unit[:-1]):
        return None
    title = unit[0].text.strip(' ."“”')
    if not title_shaped(title) or people(title) >= 2.6:
        return None
    made = entry(document.text, unit[0].start, unit[-1].end)
    fields = _venue(unit[1].text) if len(unit) == 3 else {}
    if len(unit) == 2 or fields:
        made.context = {"title": title, **fields, "URL": unit[-1].text}
        made.whole = True
    return made


def _hung(document: Document, unit: Sequence[Line], below: Sequence[Line]) -> Entry | None:
    """An item that names what it is about and links to the paper, the reference itself in an item of its own below it."""
    if not below or unit[0].kind != "item" or below[0].kind != "item":
        return None
    start, end = below[0].start, below[-1].end
    if below[0].level <= unit[0].level or not 20 < end - start <= LONGEST:
        return None
    text = " ".join(line.text for line in below)
    links = links_between(document, unit[0].start, unit[-1].end)
    if not any(names_work(link[2]) for link in links) or links_between(document, start, end):
        return None
    if people(text) < 2.2 or people(unit[0].text) >= 2.2 or not _dated(text):
        return None
    made = entry(document.text, start, end)
    made.lead, made.reach = unit[0].start, end
    return made


def _venue(text: str) -> dict[str, Any]:
    """Venue and year of a line that says nothing else."""
    match = _VENUE_YEAR.match(text.strip())
    if match is None or people(text) >= 2.2:
        return {}
    return _fields(match["venue"], match["year"])


def _fields(venue: str | None, year: str | None) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    name = (venue or "").strip(" ,.'’:-(")
    if name and name.casefold() not in (
        "arxiv",
        "preprint",
        "paper",
        "pdf",
        "new",
        "oral",
        "poster",
    ):
        volume = re.fullmatch(r"(.+? \S+?),? (?:vol\.? )?(\d{1,4})", name)
        fields["container-title"] = volume[1] if volume else name
        if volume:
            fields["volume"] = volume[2]
    if year:
        fields["issued"] = {"date-parts": [[int(year) if len(year) == 4 else 2000 + int(year)]]}
    return fields


def _linked(document: Document, unit: Sequence[Line]) -> Entry | None:
    """A unit whose title is a link to a paper, or stands in front of one."""
    start, end = unit[0].start, unit[-1].end
    if end - start > LONGEST:
        return None
    links = [link for link in links_between(document, start, end) if names_work(link[2])]
    if not links:
        return None
    text = document.text[start:end]
    tag = _TAG.match(text)
    fields: Mapping[str, Any] = {}
    begin = start
    if tag and (tag["venue"] or tag["year"]) and not any(a <= start < b - 3 for a, b, _ in links):
        fields = _fields(tag["venue"], tag["year"])
        begin = start + tag.end()
    title = _title(document, links, begin, end)
    if title is None:
        return None
    first, last = title
    if unit[0].kind == "table":
        return _row(document, unit[0], first, last)
    stop = _stop(document.text, first, last, end)
    head = document.text[begin:first].strip(' *_"“:,.-–')
    if head and people(head) < 1.2 and (unit[0].kind != "item" or not _LEAD.fullmatch(head)):
        return None
    if people(head) >= 1.2 or people(document.text[last:stop].lstrip(' "”,.:;|–—-([')) >= 1.2:
        return entry(document.text, begin, stop)
    made = entry(document.text, first, stop if _dated(document.text[last:stop]) else last)
    words = " ".join(document.text[first:last].split()).strip(' ."“”')
    behind = _venue(document.text[last:stop].strip(" ,.;:()[]*|–—-"))
    made.context = {"title": words, **fields, **behind}
    made.whole = not head and (bool(behind) or not document.text[last:stop].strip(" .,;|"))
    return made


def _title(
    document: Document, links: Sequence[Link], begin: int, end: int
) -> tuple[int, int] | None:
    """Where the title stands: the words of a link, or those in front of a link that is only called "pdf"."""
    for first, last, _ in links:
        words = document.text[first:last].strip()
        if (
            not _CAPTION.fullmatch(words)
            and not _PICTURE.match(words)
            and title_shaped(words.strip(' ."“”'))
        ):
            return first, last
    first, shut, _ = links[0]
    if not _CAPTION.fullmatch(document.text[first:shut].strip()):
        return None
    while first > begin and document.text[first - 1] in "[(| \t\n":
        first -= 1
    words = _CAPTIONS.sub("", document.text[begin:first]).rstrip(" :,;-–—[(")
    if title_shaped(words.strip(' ."“”')) or people(words) >= 2.2:
        return begin, begin + len(words)
    return None


def _stop(text: str, first: int, last: int, end: int) -> int:
    """Where the reference ends: before captions of links and before a description."""
    rest = text[last:end]
    cut = _CAPTIONS.search(rest)
    rest = rest[: cut.start()] if cut else rest
    words = _REST.sub("", rest)
    if people(words.lstrip("([")) >= 1.2 or (len(words) <= 90 and _dated(words)):
        return last + len(rest.rstrip(" ,;|[("))
    return last


def _dated(text: str) -> bool:
    return re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)|\barxiv\b", text, re.IGNORECASE) is not None


def _row(document: Document, line: Line, first: int, last: int) -> Entry:
    """A row of a table: the cell with the title, and the year of another one."""
    made = entry(document.text, first, last)
    fields: dict[str, Any] = {}
    for cell in re.split(r"\s*\|\s*", line.text):
        fields = fields or _venue(cell)
    made.context = {"title": made.text.strip(' ."“”'), **fields}
    return made
