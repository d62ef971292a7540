"""Labelled stretches of a reference in, the same with labels that what is printed speaks against: a body that was read as a title, a place as an editor …"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from ..normalize.names import even_list
from ..normalize.venues import whole_name
from .boundaries import EDGES

if TYPE_CHECKING:
    from .values import Stretch

_EDITED = re.compile(
    r"[\s.,]*[(\[]\s*(?:eds?|editors?|hrsgg?|hrg|hgg?|éds?|a cura di|coords?)\b", re.I
)
MEETING = re.compile(r"[A-Z][A-Za-z@/-]*[A-Z]")
"""The short form of a meeting or journal: "NeurIPS", "JMLR"."""


def relabel(raw: str, by_label: dict[str, list[Stretch]]) -> None:
    """Put right, in place, the labels of stretches of one reference."""
    if "&" in raw:
        _joined_by_sign(raw, by_label)
    _cut_word(raw, by_label)
    _numbers_behind_date(raw, by_label)
    _other_contributors(raw, by_label)
    _author_by_place(raw, by_label)
    _title_begun(raw, by_label)
    _people_before_colon(raw, by_label)
    _title_in_container(raw, by_label)
    _venue_as_editor(raw, by_label)
    _place_as_editor(raw, by_label)
    if (
        "author" in by_label
        and "editor" not in by_label
        and _EDITED.match(raw, by_label["author"][-1].end)
    ):
        by_label["editor"] = by_label.pop("author")


def _joined_by_sign(raw: str, by_label: dict[str, list[Stretch]]) -> None:
    """What an "&" without blanks joins is one name: "JMLR W&CP"."""
    every = sorted((s for stretches in by_label.values() for s in stretches), key=lambda s: s.start)
    for one, two in pairwise(every):
        if one.label != two.label and raw[one.end : two.start] == "&":
            mine, theirs = by_label[one.label], by_label[two.label]
            mine[mine.index(one)] = one._replace(end=two.end)
            theirs.remove(two)
            if not theirs:
                del by_label[two.label]


def _cut_word(raw: str, by_label: dict[str, list[Stretch]]) -> None:
    """Digits that end the last word of a title are no number of their own: "weir/ponds2"."""
    titles = by_label.get("title", ())
    for at, title in enumerate(titles):
        for label in ("volume", "issue", "number"):
            first = by_label[label][0] if label in by_label else None
            if first is None or first.start != title.end or not raw[title.end - 1].isalpha():
                continue
            by_label["title"][at] = title._replace(end=first.end)
            by_label[label] = by_label[label][1:]
            if not by_label[label]:
                del by_label[label]


_RUN_ON_DATE = re.compile(
    r"((?:19|20)\d\d(?: [A-Z][a-z]{2,8}(?:[-–/][A-Z][a-z]{2,8})?)?) (\d{1,4})(?: (\d{1,3}))?"
)


def _numbers_behind_date(raw: str, by_label: dict[str, list[Stretch]]) -> None:
    """Where nothing but blanks parts the numbers of an article, those between its year and its pages are volume and issue: "J Ponds 2012 3 2 56 62"."""
    dates, pages = by_label.get("date", ()), by_label.get("page", ())
    if len(dates) != 1 or not pages or "volume" in by_label or "issue" in by_label:
        return
    date = dates[0]
    found = _RUN_ON_DATE.fullmatch(raw, date.start, date.end)
    if (
        found is None
        or pages[0].start != date.end + 1
        or " " not in raw[pages[0].start : pages[0].end]
    ):
        return
    by_label["date"] = [date._replace(end=found.end(1))]
    for label, group in (("volume", 2), ("issue", 3)):
        if found[group]:
            by_label[label] = [
                date._replace(label=label, start=found.start(group), end=found.end(group))
            ]


_CONTRIBUTORS = re.compile(
    r"([^.:“\"]{2,60}?,? )?and other (?:contributors|authors|developers)(?=[.:,] )"
)


def _other_contributors(raw: str, by_label: dict[str, list[Stretch]]) -> None:
    """People go on up to "and other contributors", which was read as the beginning of the title."""
    people, titles = by_label.get("author", []), by_label.get("title")
    if not titles or (people and raw[people[-1].end : titles[0].start].strip() not in (",", "")):
        return
    title = titles[0]
    found = _CONTRIBUTORS.match(raw, title.start, title.end)
    if found is None or found.end() + 2 >= title.end or not (people or found[1]):
        return
    first = people[-1] if people else title._replace(label="author")
    by_label["author"] = [*people[:-1], first._replace(end=found.end())]
    by_label["title"] = [title._replace(start=found.end() + 2), *titles[1:]]


def _author_by_place(raw: str, by_label: dict[str, list[Stretch]]) -> None:
    """Who stands first, with the year in brackets and then the title behind, is the author: "National Council of Ponds [NCP] (2016). Ponds"."""
    titles, dates = by_label.get("title", ()), by_label.get("date", ())
    if len(titles) > 1 and dates and not ("author" in by_label or "editor" in by_label):
        first = titles[0]
        if (
            not raw[: first.start].strip(EDGES + "[(0123456789)]")
            and first.end < dates[0].start <= first.end + 3
            and dates[0].end < titles[1].start
            and raw[dates[0].start - 1] == "("
        ):
            by_label["author"], by_label["title"] = [first], titles[1:]


def _title_begun(raw: str, by_label: dict[str, list[Stretch]]) -> None:
    """A word between initials and a colon begins the title, where the list has names with initials alone: "Kingma, D. P. and Ba, J. Adam: A method"."""
    if "author" not in by_label or "title" not in by_label:
        return
    people, title = by_label["author"][-1], by_label["title"][0]
    if raw[people.end : title.start].strip() != ":":
        return
    head, _, word = raw[people.start : people.end].rpartition(" ")
    if (
        head.endswith(".")
        and len(word) > 2
        and word[0].isupper()
        and len(even_list(head) or ()) > 1
    ):
        end = people.start + len(head)
        by_label["author"] = [*by_label["author"][:-1], people._replace(end=end)]
        by_label["title"] = [title._replace(start=end + 1), *by_label["title"][1:]]


_CALLED = r"[A-ZÀ-ÞŁŚŻŽČŠĆŞİ][\w’'-]*[a-zß-ž’']\.?"
_REST = rf"(?:[ -](?:{_CALLED}|[IVX]{{2,}}|[A-ZÀ-Þ]\.?|\d{{4}}|(?:van|von|de|der|den|del|di|da|dos|la|le|ten|ter|bin|al|el)(?=[ -]))){{1,4}}"
_OF_INDEX = re.compile(
    rf"(?>{_CALLED}{_REST})(?>, (?:van |von |de |el |al |[A-Z]\. )?{_CALLED}{_REST})*: "
)
"""People as an index of papers lists them, in full and parted by commas alone, and the colon in front of the title."""
_PLACE_OF_INDEX = re.compile(
    r"[.?!] (?:[^.?!,;:]+ (?:19|20)\d\d:\s?\d+(?:[-–]\d+)?|[^?!,;:]+ \d+(?:\(\d+\))?: \d+(?:[-–]\d+)? \((?:19|20)\d\d\)|[A-Z][A-Za-z@/-]*[A-Z] (?:19|20)\d\d)\.?$"
)
"""A venue as it stands there: "ICML 2014: 1-9", "Mach. Learn. 50(8): 91-424 (2024)"."""


def _people_before_colon(raw: str, by_label: dict[str, list[Stretch]]) -> None:
    """In a line of an index all that stands before the first colon is people: "Alice B. Doe, Carl D. Roe: Ponds. ICML 2014: 1-9"."""
    if "author" not in by_label or "title" not in by_label or ": " not in raw:
        return
    people, titles = by_label["author"][0], by_label["title"]
    found = _OF_INDEX.match(raw, people.start)
    if found is None or not titles[0].start < found.end() < titles[0].end:
        return
    others = [s for label, all_ in by_label.items() if label not in ("author", "title", "citation-number") for s in all_]  # fmt: skip
    if any(s.start < found.end() for s in others) or not _PLACE_OF_INDEX.search(raw):
        return
    by_label["author"] = [people._replace(end=found.end() - 2)]
    by_label["title"] = [titles[0]._replace(start=found.end()), *titles[1:]]


_WHOLE_WORD = 6
"""A single word of fewer letters with a full stop behind it may be an abbreviation."""
_SENTENCE = re.compile(r"(?<=[^\W\d_]{4})[.?!]\s+(?=[A-Z])")


def _title_in_container(raw: str, by_label: dict[str, list[Stretch]]) -> None:
    """Where no title is, and the container ends in the whole name of a venue behind a full stop, what stands in front is the
    title: a column, news, a short note ("Pond news. Communications of the ACM")."""
    stretches = by_label.get("container-title", ())
    if "title" in by_label or len(stretches) != 1:
        return
    only = stretches[0]
    for stop in _SENTENCE.finditer(raw, only.start, only.end):
        head = raw[only.start : stop.start()]
        telling = " " in head or len(head) >= _WHOLE_WORD
        if telling and whole_name(raw[stop.end() : only.end]):
            by_label["title"] = [only._replace(end=stop.start())]
            by_label["container-title"] = [only._replace(start=stop.end())]
            return


_LED_BY_CAPITALS = re.compile(r"(?:[A-Z][\w’'-]*\s){0,2}$")


def _place_as_editor(raw: str, by_label: dict[str, list[Stretch]]) -> None:
    """A single word in front of a place, of which nothing says that it edited anything, belongs to the place: "Red Hook, NY"."""
    editors, places = by_label.get("editor", ()), by_label.get("publisher-place", ())
    if len(editors) != 1 or not places:
        return
    only, place = editors[0], places[0]
    word = raw[only.start : only.end]
    if (
        " " in word
        or raw[only.end : place.start] != ", "
        or re.search(r"\b[Ee]d(?:s|itor|ited)?\b|Hrsg|Hg\.", raw)
    ):
        return
    led = _LED_BY_CAPITALS.search(raw, 0, only.start)
    by_label["publisher-place"] = [
        place._replace(start=led.start() if led else only.start),
        *places[1:],
    ]
    del by_label["editor"]


def _venue_as_editor(raw: str, by_label: dict[str, list[Stretch]]) -> None:
    """A short form behind "In" that no container follows is the container: "In NeurIPS, 2017"."""
    editors = by_label.get("editor", ())
    if len(editors) == 1 and "container-title" not in by_label and "author" in by_label:
        only = editors[0]
        if raw[: only.start].endswith(("In ", "in ", "In: ", "in: ")) and MEETING.fullmatch(
            raw, only.start, only.end
        ):
            by_label["container-title"] = by_label.pop("editor")
