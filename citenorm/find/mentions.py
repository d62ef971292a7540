"""The lines of a document and its references go in; works that are only named, in lists and headings, come out.

Candidates are taken by shape and by what stands around them: an item of a list that is introduced by "papers", a title
with its venue in brackets, a heading below the name of a conference, a heading that repeats the title of a reference.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Literal

from .context import announced
from .headings import heading_kind
from .lines import Line
from .title_shape import SENTENCE, WORD, title_shaped

_PAPERS = re.compile(
    r"\b(?:papers?|articles?|works|publications?|studies|preprints?|manuscripts?|readings?|Papers?|Artikeln?|Arbeiten|Publikationen|Aufsätzen?|Veröffentlichungen|Texten?|Studien|publications|travaux|études"
    r"|artículos?|trabajos|artigos?|trabalhos|articoli|lavori|artikelen|artiklar|artikler|articole|makaleler?|artykuły|články|статьи|статей|работы)\b|论文|文章|文献|論文|논문",
    re.IGNORECASE,
)
_VENUE_TAG = re.compile(
    r"[(\[][^()\[\]]{0,60}?(?:arXiv|bioRxiv|Nature|Science|Cell|PNAS|Proc|Journal|Conf|Trans|Workshop|[A-Z][a-z]*[A-Z][A-Za-z]*)\b[^()\[\]]{0,60}?(?:(?:19|20)\d\d|['’]\d\d)[^()\[\]]{0,60}[)\]]\.?$"
)
_FRONT_TAG = re.compile(
    r"\[(?P<venue>[A-Za-z][\w&/-]{1,20}(?: [\w&/-]{1,20}){0,2}?)[\s,'’:-]{1,3}(?P<year>(?:19|20)\d\d|\d\d)\]\s*[:.-]?\s*(?=\S)"
)
_STRUCTURE = re.compile(
    r"(?:(?:oral|poster|paper|invited|plenary|parallel|main|panel|opening|closing|afternoon|morning|best|award)\s+)*"
    r"(?:sessions?|keynotes?|invited|panels?|posters?|orals?|workshops?|tutorials?|track|day|days|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|introduction|overview|background|motivations?|conclusions?"
    r"|discussions?|summary|summaries|abstract|related work|methods?|methodology|results?|experiments?|evaluation|notes?|agenda|schedule|program(?:me)?|welcome|opening|closing|break|lunch|dinner|coffee|social|registration|q ?(?:&|and) ?a"
    r"|questions?|takeaways?|general|misc(?:ellaneous)?|contents?|table of contents|awards?|talks?|papers?|contributions?|solutions?|opinions?|strengths?|weaknesses?|comments?|feedback|todo|thoughts|impressions|organi[sz]ation|logistics|setup"
    r"|sitzung|vortrag|vorträge|tag|montag|dienstag|mittwoch|donnerstag|freitag|einleitung|zusammenfassung|fazit|übersicht|überblick|jour|lundi|mardi|mercredi|jeudi|vendredi|résumé|sesión|día|lunes|martes|miércoles|jueves|viernes|by|for|author|date|course|report|homework|assignment|lab|part|chapter|week|lecture|seminar)\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b\d{1,2}[/.]\d{1,2}[/.](?:\d{2}|\d{4})\b|\b(?:19|20)\d\d-\d\d-\d\d\b|\b\d{1,2}:\d\d\b|@"
)
_PREFIX = re.compile(
    r"(?:(?:paper|article|review|work|artikel)(?:\s+(?:review|summary))?\s*#?\d{0,2}\s*[:–—-]\s+|review\s+of\s*[:\"“]\s*)(?=\S)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[IVX]{1,5}\.)\s+(?=\S)")
_SMALL = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "for",
        "and",
        "or",
        "to",
        "with",
        "by",
        "from",
        "via",
        "at",
        "as",
        "is",
        "are",
        "be",
        "using",
        "over",
        "under",
        "into",
        "through",
        "without",
        "is",
        "vs",
        "und",
        "der",
        "die",
        "das",
        "für",
        "mit",
        "von",
        "zur",
        "zum",
        "im",
        "in",
        "eine",
        "de",
        "la",
        "le",
        "les",
        "des",
        "du",
        "et",
        "pour",
        "en",
        "el",
        "los",
        "y",
        "para",
        "con",
        "e",
        "do",
        "da",
        "o",
        "di",
        "il",
        "per",
    ]
)
_BOUNDS = set(".,:;\"“”„‘’'()[]?!–—«»")


MOST = 2000
"""References whose titles are compared with headings and items."""


@dataclass(slots=True)
class Unit:
    """A heading, a list item or a paragraph that might name a work."""

    kind: Literal["heading", "item", "paragraph"]
    start: int
    end: int
    text: str
    level: int = 0
    label: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)


def mentions(
    text: str, lines: Sequence[Line], taken: Sequence[tuple[int, int]], raws: Sequence[str]
) -> list[Unit]:
    """Works named in headings and items.

    ``taken``: stretches of the text that references occupy; ``raws``: their strings.
    """
    spans = sorted(taken)
    units = [unit for unit in _units(text, lines) if not _overlaps(unit, spans)]
    titles = _Titles(raws[:MOST])
    chosen: dict[int, Unit] = {}
    _headings(units, titles, chosen)
    _lists(units, titles, chosen)
    return [chosen[start] for start in sorted(chosen)]


def _units(text: str, lines: Sequence[Line]) -> Iterator[Unit]:
    group: list[Line] = []

    def unit() -> Unit:
        first = group[0]
        words = " ".join(line.text for line in group)
        start, label = first.start, first.label
        kind: Literal["heading", "item", "paragraph"] = (
            "item"
            if first.kind == "item"
            else "heading"
            if first.kind == "heading"
            else "paragraph"
        )
        number = _NUMBER.match(words)
        level = first.level
        if number and len(words) < 300:
            label = number.group().strip().rstrip(".)")
            start += number.end()
            words = words[number.end() :]
            if kind == "paragraph" and number.group().strip().endswith((".", ")")):
                kind = "item"
        if kind == "paragraph" and _short(words, len(group)):
            kind, level = "heading", 0
        return Unit(kind, start, group[-1].end, words, level, label)

    for line in lines:
        if line.kind in ("code", "table", "footnote", "bibitem"):
            continue
        begins = line.first or line.gap or (_NUMBER.match(line.text) and line.kind == "paragraph")
        if group and begins:
            yield unit()
            group = []
        group.append(line)
    if group:
        yield unit()


def _short(words: str, lines: int) -> bool:
    """True for a paragraph that stands like a heading: one or two lines, no full stop."""
    return (
        lines <= 2
        and 3 <= len(words) <= 200
        and words[-1] not in ".:;,!"
        and not words[0].islower()
        and len(WORD.findall(words)) <= 25
    )


def _overlaps(unit: Unit, taken: Sequence[tuple[int, int]]) -> bool:
    place = bisect_left(taken, (unit.end, 0))
    return place > 0 and taken[place - 1][1] > unit.start


class _Titles:
    """The titles in a document's references, for "does this text repeat one of them?".

    A title is one or a few of the stretches between marks of punctuation, among the first ``HEAD`` characters.
    """

    def __init__(self, raws: Sequence[str]) -> None:
        self.whole: set[tuple[str, ...]] = set()
        self.pieces: list[list[list[str]]] = []
        self.having: dict[str, list[int]] = {}
        for i, raw in enumerate(raws):
            self.pieces.append(pieces := _pieces(raw[:HEAD]))
            self.whole |= set(_stretches(pieces, WIDE))
            for word in {word for piece in pieces for word in piece}:
                self.having.setdefault(word, []).append(i)

    def holds(self, text: str) -> bool:
        """True where the words of ``text`` stand in a reference between marks of punctuation."""
        words = tuple(match.group().casefold() for match in WORD.finditer(text))
        if len(words) < 2 or len("".join(words)) < 12:
            return False
        return words in self.whole or (len(words) >= 5 and self._nearly(words))

    def _nearly(self, words: tuple[str, ...]) -> bool:
        """True where one word in six at most differs from a title: titles change between versions.

        Such a title has at least one of the third of the words that are rarest.
        """
        from rapidfuzz.distance import Indel

        rarest = sorted(dict.fromkeys(words), key=lambda word: len(self.having.get(word, ())))
        shared = (i for word in rarest[: len(words) // 3 + 1] for i in self.having.get(word, ()))
        return any(
            Indel.normalized_similarity(words, one) >= 1 - 1 / 6
            for i in islice(dict.fromkeys(shared), LIKELY)
            for one in set(_stretches(self.pieces[i], NARROW))
            if len(words) - 1 <= len(one) <= len(words) + 2
        )


HEAD, WIDE, NARROW, LIKELY = 1_500, 8, 4, 20
"""Characters of a reference in which its title stands; so many stretches between marks make a title that is repeated, and one that
is repeated nearly; so many references that share rare words are compared."""


def _pieces(raw: str) -> list[list[str]]:
    """The words of a text, in stretches between marks of punctuation."""
    pieces: list[list[str]] = []
    end = 0
    for match in WORD.finditer(raw):
        if not pieces or any(char in _BOUNDS for char in raw[end : match.start()]):
            pieces.append([])
        pieces[-1].append(match.group().casefold())
        end = match.end()
    return pieces


def _stretches(pieces: Sequence[Sequence[str]], most: int) -> Iterator[tuple[str, ...]]:
    """Up to ``most`` pieces that stand beside each other, as one."""
    for first in range(len(pieces)):
        joined: tuple[str, ...] = ()
        for piece in pieces[first : first + most]:
            joined = (*joined, *piece)
            yield joined


def _is_structure(text: str) -> bool:
    return bool(
        _STRUCTURE.match(text)
        or _DATE.search(text)
        or heading_kind(text)
        or re.fullmatch(r"\W*|https?://\S+", text)
    )


def _capitalised(text: str) -> float:
    """Share of the words (small ones left out) that begin with a capital or a digit."""
    words = [word for word in WORD.findall(text) if word.casefold() not in _SMALL]
    return sum(1 for word in words if not word[0].islower()) / len(words) if words else 0.0


def _headings(units: Sequence[Unit], titles: _Titles, chosen: dict[int, Unit]) -> None:
    heads = [unit for unit in units if unit.kind == "heading"]
    for unit in heads:
        prefix = _PREFIX.match(unit.text)
        if (
            prefix
            and title_shaped(unit.text[prefix.end() :])
            and not _is_structure(unit.text[prefix.end() :])
        ):
            chosen[unit.start] = _cut(unit, prefix.end())
        elif titles.holds(unit.text) or (
            _VENUE_TAG.search(unit.text)
            and title_shaped(unit.text)
            and not _is_structure(unit.text)
        ):
            chosen[unit.start] = unit
    says = [(announced(unit.text), bool(_STRUCTURE.match(unit.text))) for unit in heads]
    for place, unit in enumerate(heads):
        said, structure = says[place]
        if not said or (structure and unit.level > 1):
            continue
        below: list[Unit] = []
        for at in range(place + 1, len(heads)):
            other, (another, part) = heads[at], says[at]
            if another and other.level <= unit.level and (structure or not part):
                break
            nested = bool(below) and below[0].level > unit.level
            if other.level < unit.level or (nested and _another_section(unit, other)):
                break
            below.append(other)
        for other in _works_below(unit, below):
            if other.start in chosen:
                chosen[other.start].context = said
            else:
                other.context = said
                chosen[other.start] = other


def _another_section(conference: Unit, other: Unit) -> bool:
    """A heading of the rank of a conference with works below it, and no session or day of it."""
    return other.level <= conference.level and not _STRUCTURE.match(other.text)


def _works_below(conference: Unit, below: Sequence[Unit]) -> list[Unit]:
    """The headings under a conference that name works: no sessions, no days, none of their rank."""
    structure = {unit.start for unit in below if _is_structure(unit.text)}
    sessions = [
        unit
        for unit in below
        if unit.start in structure
        and re.match(
            r"(?:\w+\s+)?(?:session|track|day|sitzung|keynote|oral|poster)",
            unit.text,
            re.IGNORECASE,
        )
    ]
    flat = all(unit.level == conference.level for unit in below)
    ranks = {unit.level for unit in sessions}
    floor = (
        conference.level
        if flat
        else max(conference.level + 1, *(rank + 1 for rank in ranks))
        if ranks
        else conference.level + 1
    )
    works = [
        unit
        for unit in below
        if unit.start not in structure and (flat or unit.level >= floor) and title_shaped(unit.text)
    ]
    if not flat and works:
        rank = min(unit.level for unit in works)
        works = [unit for unit in works if unit.level == rank]
    works = [
        unit
        for unit in works
        if _capitalised(unit.text) >= 0.6 or len(WORD.findall(unit.text)) >= 5
    ]
    return works if len(works) >= 2 else []


def _cut(unit: Unit, length: int) -> Unit:
    return Unit(
        unit.kind,
        unit.start + length,
        unit.end,
        unit.text[length:],
        unit.level,
        unit.label,
        unit.context,
    )


def _lists(units: Sequence[Unit], titles: _Titles, chosen: dict[int, Unit]) -> None:
    index = 0
    said: Mapping[str, Any] = {}
    while index < len(units):
        unit = units[index]
        if unit.kind == "heading" and not _STRUCTURE.match(unit.text):
            said = announced(unit.text) or (said if unit.level > 1 else {})
        if unit.kind != "item":
            index += 1
            continue
        end = index
        while end < len(units) and units[end].kind == "item":
            end += 1
        _list(units[index - 1] if index else None, units[index:end], titles, said, chosen)
        index = end


def _tagged(items: Sequence[Unit], chosen: dict[int, Unit]) -> list[Unit]:
    """Items that begin with their venue and year ("[SOSP'23] Title") are works; those that do not are given back."""
    rest: list[Unit] = []
    for item in items:
        tag = _FRONT_TAG.match(item.text)
        if tag is None or not title_shaped(item.text[tag.end() :]):
            rest.append(item)
            continue
        work = _cut(item, tag.end())
        year = int(tag["year"]) if len(tag["year"]) == 4 else 2000 + int(tag["year"])
        work.context = {
            "container-title": tag["venue"],
            "issued": {"date-parts": [[year]]},
        }
        chosen.setdefault(work.start, work)
    return rest


def _list(
    intro: Unit | None,
    items: Sequence[Unit],
    titles: _Titles,
    said: Mapping[str, Any],
    chosen: dict[int, Unit],
) -> None:
    items = _tagged(items, chosen)
    if not items:
        return
    level = items[0].level
    outer = [item for item in items if item.level == level]
    shaped = [item for item in outer if title_shaped(item.text) and not _is_structure(item.text)]
    sure = [
        item
        for item in items
        if titles.holds(item.text) or (_VENUE_TAG.search(item.text) and title_shaped(item.text))
    ]
    told = intro is not None and _introduces(intro.text)
    good = sure
    if told and len(shaped) * 2 >= len(outer) and not any(_sentence(item.text) for item in shaped):
        good = [*sure, *shaped]
    elif len({item.start for item in sure}) * 2 >= len(outer) and len(outer) > 1 and sure:
        good = [
            *sure,
            *(
                item
                for item in shaped
                if not _sentence(item.text) and len(WORD.findall(item.text)) >= 3
            ),
        ]
    elif said and intro is not None and announced(intro.text) and len(shaped) == len(outer) >= 2:
        good = [item for item in shaped if _capitalised(item.text) >= 0.7]
        good = good if len(good) * 3 >= len(outer) * 2 else sure
    for item in good:
        item.context = said
        chosen.setdefault(item.start, item)


def _introduces(text: str) -> bool:
    """True where the end of a paragraph (or a heading) announces works."""
    tail = re.split(r"(?<=[.!?])\s+(?=[A-ZÀ-Þ])", text)[-1]
    if not _PAPERS.search(tail):
        return False
    return text.endswith((":", "：")) or len(text) < 60


def _sentence(text: str) -> bool:
    return bool(SENTENCE.search(text)) and _capitalised(text) < 0.5 and len(WORD.findall(text)) > 6
