"""Labelled stretches of a reference in, the same with labels that what is printed speaks against: a body that was read as a title, a place as an editor …"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from ..late import late
from ..normalize.names import even_list
from ..normalize.one_name import names_body
from ..normalize.venues import whole_name
from .boundaries import EDGES

if TYPE_CHECKING:
    from .values import Stretch

_EDITED = re.compile(
    r"[\s.,]*[(\[]\s*(?:eds?|editors?|hrsgg?|hrg|hgg?|éds?|a cura di|coords?)\b", re.I
)


SURE = 0.97
"""The probability of a whole reading from which on its labels stay: of 15,400 references read so surely the rules of ``_of_works`` and ``_of_people`` change none."""


def relabel(raw: str, by_label: dict[str, list[Stretch]], whole: float) -> None:
    """Put right, in place, the labels of stretches of one reference; ``whole``: how likely all of them are right (0–1)."""
    if whole < SURE:
        _of_works(raw, by_label)
        _of_people(raw, by_label)
    if ":" in raw:
        _title_begun(raw, by_label)
    _edited(raw, by_label)


def _of_works(raw: str, by_label: dict[str, list[Stretch]]) -> None:
    """Titles, numbers and dates; what cannot apply, by a sign or a label that is not there, is not asked."""
    if "&" in raw:
        _joined_by_sign(raw, by_label)
    if "volume" in by_label:
        _version_of_container(raw, by_label)
    if "edited by " in raw:
        _edited_by(raw, by_label)
    if "/" in raw:
        _repository_behind_people(raw, by_label)
    if "publisher" in by_label:
        _series_as_publisher(raw, by_label)
    if "page" in by_label:
        _numbers_behind_date(raw, by_label)
        _pages_of_article(raw, by_label)
    if len(by_label.get("date", ())) > 1:
        _number_of_issue(raw, by_label)


def _of_people(raw: str, by_label: dict[str, list[Stretch]]) -> None:
    """Authors and editors, and what was read as such."""
    if "author" not in by_label:
        _body_by_year(raw, by_label)
    if "and other " in raw:
        _other_contributors(raw, by_label)
    if "author" not in by_label:
        _author_by_place(raw, by_label)
    if ":" in raw:
        _people_before_colon(raw, by_label)
    if "title" not in by_label:
        _title_in_container(raw, by_label)
    if "editor" in by_label:
        _book_as_editor(raw, by_label)
        _place_as_editor(raw, by_label)


def _joined_by_sign(raw: str, by_label: dict[str, list[Stretch]]) -> None:
    """What an "&" without blanks joins is one name: "JMLR W&CP"."""
    if raw.count("&") == raw.count(" & "):
        return
    every = sorted((s for stretches in by_label.values() for s in stretches), key=lambda s: s.start)
    for one, two in pairwise(every):
        if one.label != two.label and raw[one.end : two.start] == "&":
            mine, theirs = by_label[one.label], by_label[two.label]
            mine[mine.index(one)] = one._replace(end=two.end)
            theirs.remove(two)
            if not theirs:
                del by_label[two.label]


def _edited_by(raw: str, by_label: dict[str, list[Stretch]]) -> None:
    """Who is named behind "edited by" has edited it."""
    if "author" not in by_label or "editor" in by_label:
        return
    first, *others = by_label["author"]
    edited = [s for s in others if raw.endswith("edited by ", 0, s.start)]
    if edited:
        by_label["author"] = [first, *(s for s in others if s not in edited)]
        by_label["editor"] = [s._replace(label="editor") for s in edited]


_OF_CONTAINER = late(r" \d\.\d(?: \([A-Z][\w ’'-]*\))?(?=[,.]| \()")


def _version_of_container(raw: str, by_label: dict[str, list[Stretch]]) -> None:
    """A version that ends the name of a meeting, or the title of what stands nowhere, is no volume and issue: "Workshop on Ponds 4.0 (POND), pages …"."""
    label = "container-title" if "container-title" in by_label else "title"
    if label not in by_label or "volume" not in by_label or "issue" not in by_label:
        return
    containers, volumes, issues = by_label[label], by_label["volume"], by_label["issue"]
    first = containers[0]
    found = _OF_CONTAINER.match(raw, first.end)
    if found and volumes[0].start == first.end + 1 and issues[0].start == first.end + 3:
        others = [s for s in containers[1:] if s.start >= found.end()]
        by_label[label] = [first._replace(end=found.end()), *others]
        del by_label["volume"], by_label["issue"]


_REPOSITORY = late(r"\.(?<=\w.) (?=([\w-]+/[\w.-]*\w))")
_BEHIND_REPOSITORY = late(r"[^,]{0,60}?(?=, (?:19|20)\d\d|\. )")


def _repository_behind_people(raw: str, by_label: dict[str, list[Stretch]]) -> None:
    """The name of a repository behind people begins the title: "Jo Weir. weir/Ponds.jl: v0.10, 2021"."""
    people, titles = by_label.get("author", []), by_label.get("title", [])
    found = _REPOSITORY.search(raw, people[-1].start) if people else None
    if found is None or found.start() >= people[-1].end:
        return
    if titles and not found.end() < titles[0].start < found.end(1):
        return
    last, end = people[-1], titles[0].end if titles else max(people[-1].end, found.end(1))
    rest = _BEHIND_REPOSITORY.match(raw, end)
    by_label["author"] = [*people[:-1], last._replace(end=found.start())]
    title = last._replace(label="title", start=found.end(), end=rest.end() if rest else end)
    by_label["title"] = [title, *titles[1:]]


_NUMBERED_SERIES = late(r"([^()]{6,}?), (\d{1,4})(?=\.?\))")


def _series_as_publisher(raw: str, by_label: dict[str, list[Stretch]]) -> None:
    """A series with its number in brackets in front of place and publisher: "(Pond Publications in Weirs, 150.) Reedham: Weir Press"."""
    first, *others = by_label["publisher"]
    apart = others and raw[first.start - 1] == "("
    found = _NUMBERED_SERIES.match(raw, first.start) if apart else None
    if found and "collection-title" not in by_label:
        by_label["publisher"] = others
        by_label["collection-title"] = [first._replace(label="collection-title", end=found.end(1))]
        by_label["number"] = [
            first._replace(label="number", start=found.start(2), end=found.end(2))
        ]


_RUN_ON_DATE = late(
    r"((?:19|20)\d\d(?: [A-Z][a-z]{2,8}(?:[-–/][A-Z][a-z]{2,8})?)?) (\d{1,4})(?: (\d{1,3}))?"
)


def _numbers_behind_date(raw: str, by_label: dict[str, list[Stretch]]) -> None:
    """Where nothing but blanks parts the numbers of an article, those between its year and its pages are volume and issue: "J Ponds 2012 3 2 56 62"."""
    dates, pages = by_label.get("date", ()), by_label.get("page", ())
    if len(dates) != 1 or not pages or "issue" in by_label:
        return
    date, volumes = dates[0], by_label.get("volume", ())
    found = _RUN_ON_DATE.fullmatch(raw, date.start, date.end)
    before = volumes[0] if volumes else date
    if (
        found is None
        or pages[0].start != before.end + 1
        or " " not in raw[pages[0].start : pages[0].end]
        or (volumes and (found[3] or before.start != date.end + 1))
    ):
        return
    by_label["date"] = [date._replace(end=found.end(1))]
    if volumes:  # "2012 Jul-Sep 1 3 406 413": the first of the two was read as a day
        by_label["issue"] = [before._replace(label="issue")]
    for label, group in (("volume", 2), ("issue", 3)):
        if found[group]:
            by_label[label] = [
                date._replace(label=label, start=found.start(group), end=found.end(group))
            ]


_TO_PAGE = late(r"\d{1,4}\s?[-–]+\s?(\d{1,4}):\d{1,4}")


def _pages_of_article(raw: str, by_label: dict[str, list[Stretch]]) -> None:
    """Pages counted within an article begin with its number, too: "14:1–14:17"; what was read as a volume in front is none."""
    page = by_label["page"][0] if "page" in by_label else None
    if page is None or not page.start or raw[page.start - 1] != ":":
        return
    found = _TO_PAGE.fullmatch(raw, page.start, page.end)
    if found is None or not raw.endswith(f"{found[1]}:", 0, page.start):
        return
    start = page.start - len(found[1]) - 1
    by_label["page"] = [page._replace(start=start), *by_label["page"][1:]]
    for label in ("volume", "issue"):
        left = [s for s in by_label.get(label, ()) if s.start != start]
        if left:
            by_label[label] = left
        else:
            by_label.pop(label, None)


def _number_of_issue(raw: str, by_label: dict[str, list[Stretch]]) -> None:
    """What "no." stands in front of is no date, where there is another one: "no. December 2014, pp. 1070–1080, 1988"."""
    dates = by_label["date"]
    by_label["date"] = [s for s in dates if not raw.endswith(("no. ", "No. "), 0, s.start)] or dates


def _body_by_year(raw: str, by_label: dict[str, list[Stretch]]) -> None:
    """A body in front of a year between full stops, where nobody else is named, is the author, and the title stands behind: "Pond developers. 2024. Weirs"."""
    titles, dates = by_label.get("title", ()), by_label.get("date", ())
    if not titles or len(dates) != 1 or "author" in by_label or "editor" in by_label:
        return
    body, date = titles[0], dates[0]
    first = not raw[: body.start].strip(EDGES + "[(0123456789)]")
    parted = raw[body.end : date.start] == ". " and raw[date.end : date.end + 2] == ". "
    behind = date.end + 2
    label = next((k for k in ("title", "note", "genre", "publisher") if any(s.start == behind for s in by_label.get(k, ()))), "")  # fmt: skip
    if not (first and parted and label and names_body(raw[body.start : body.end])):
        return
    at = next(s for s in by_label[label] if s.start == behind)
    by_label["author"] = [body._replace(label="author")]
    by_label[label] = [s for s in by_label[label] if s not in (at, body)]
    if not by_label[label]:
        del by_label[label]
    by_label["title"] = [at._replace(label="title")]


_CONTRIBUTORS = late(
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
_OF_INDEX = late(
    rf"(?>{_CALLED}{_REST})(?>, (?:van |von |de |el |al |[A-Z]\. )?{_CALLED}{_REST})*: "
)
"""People as an index of papers lists them, in full and parted by commas alone, and the colon in front of the title."""
_PLACE_OF_INDEX = late(
    r"[.?!] (?:[^.?!,;:]+ (?:19|20)\d\d:\s?\d+(?:[-–]\d+)?|[^?!,;:]+ \d+(?:\(\d+\))?: \d+(?:[-–]\d+)? \((?:19|20)\d\d\)|[A-Z][A-Za-z@/-]*[A-Z] (?:19|20)\d\d)\.?$"
)
"""A venue as it stands there: "ICML 2014: 1-9", "Mach. Learn. 50(8): 91-424 (2024)"."""


def _people_before_colon(raw: str, by_label: dict[str, list[Stretch]]) -> None:
    """In a line of an index all that stands before the first colon is people: "Alice B. Doe, Carl D. Roe: Ponds. ICML 2014: 1-9"."""
    if "author" not in by_label or "title" not in by_label:
        return
    people, titles = by_label["author"][0], by_label["title"]
    behind = raw.find(": ", people.start) + 2
    if not titles[0].start < behind < titles[0].end:
        return
    found = _OF_INDEX.match(raw, people.start, behind)
    if found is None:
        return
    others = [s for label, all_ in by_label.items() if label not in ("author", "title", "citation-number") for s in all_]  # fmt: skip
    if any(s.start < found.end() for s in others) or not _PLACE_OF_INDEX.search(raw):
        return
    by_label["author"] = [people._replace(end=found.end() - 2)]
    by_label["title"] = [titles[0]._replace(start=found.end()), *titles[1:]]


_WHOLE_WORD = 6
"""A single word of fewer letters with a full stop behind it may be an abbreviation."""
_SENTENCE = late(r"(?<=[^\W\d_]{4})[.?!]\s+(?=[A-Z])")


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


_LED_BY_CAPITALS = late(r"(?:[A-Z][\w’'-]*\s){0,2}$")


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


_OF_BOOK = late(
    r"((?:[^\W\d_][\w’'-]+ (?:[^\W\d_a-zа-я]\. ?){1,2}(?:, | и |; )?)*)([^\W\d_a-zа-я].{3,})"
)


def _book_as_editor(raw: str, by_label: dict[str, list[Stretch]]) -> None:
    """What stands behind "//" is the book, with its people in front: "Брук К. Пруд // Брук К., Вир Ф. Сочинения. — М., 1974"."""
    editors = by_label.get("editor", ())
    if len(editors) != 1 or "container-title" in by_label or "//" not in raw:
        return
    only = editors[0]
    found = _OF_BOOK.fullmatch(raw, only.start, only.end)
    if found is None or not raw[: only.start].endswith("// "):
        return
    by_label["container-title"] = [only._replace(label="container-title", start=found.start(2))]
    if found[1]:
        by_label["editor"] = [only._replace(end=found.end(1))]
    else:
        del by_label["editor"]


def _edited(raw: str, by_label: dict[str, list[Stretch]]) -> None:
    """People with "(eds.)" behind them are editors."""
    people = by_label.get("author")
    if people and "editor" not in by_label and _EDITED.match(raw, people[-1].end):
        by_label["editor"] = by_label.pop("author")
