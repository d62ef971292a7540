"""The references of a document go in; which of them a name and a year in its text mean comes out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence

from ..model import Reference
from ..normalize.text import fold
from .citation_forms import Named

_YEAR = re.compile(r"(?<![\d.–-])(?:1[5-9]\d\d|20[0-3]\d)[a-z]?(?![\d])")
_DASH = re.compile(r"[-–—―_]{1,4}[.,\s]")
_WORD = re.compile(r"[^\W\d_]{2,}(?:[-'’][^\W\d_]+)*")
HEAD = 240
"""Names of authors are looked for in so many letters at the beginning of a reference."""

CLOSE = 120
"""A name and its year that stand no farther apart than this may cite."""

MOST = 50
"""Entries of one family and year that are looked at for one citation."""


class AuthorYears:
    """The families that references begin with, and their years."""

    def __init__(self, listed: Sequence[Reference | None]) -> None:
        self.years: dict[int, set[str]] = {}
        self.heads: dict[int, list[str]] = {}
        self.by_first: dict[str, dict[str, list[int]]] = {}
        """Entries by one of their first words, and each of their years; "" for those without."""
        self.by_word: dict[tuple[str, str], list[int]] = {}
        """Entries by a word of their heads and each of their years, "=2001a" and "2001"."""
        for i, r in enumerate(listed):
            if r is None:
                continue
            self.years[i] = {match.group() for match in _YEAR.finditer(r.raw)}
            words = _head(r.raw) if not _DASH.match(r.raw) else self.heads.get(i - 1, [])
            self.heads[i] = words
            dated = {year[:4] for year in self.years[i]}
            for word in dict.fromkeys(words):
                for year in dated | {f"={year}" for year in self.years[i]}:
                    self.by_word.setdefault((word, year), []).append(i)
            for word in dict.fromkeys(words[:FIRST]):
                for year in dated or ("",):
                    self.by_first.setdefault(word, {}).setdefault(year, []).append(i)
        self.all = {word for words in self.heads.values() for word in words}

    def __bool__(self) -> bool:
        return bool(self.heads)

    def target(self, cited: Named) -> int:
        """The entry that is meant, -1 for none."""
        for drop in (0, 1):  # "However, Smith & Jones": the first word may be none of the names
            families = [_words(family) for family in cited.families[drop:]]
            if not families or not families[0]:
                return -1
            last = [words[-1] for words in families[:2] if words]
            for year in (f"={cited.year}", cited.year[:4]):
                named = [self.by_word.get((word, year), []) for word in last]
                fits = [
                    i
                    for i in min(named, key=len)[:MOST]
                    if self._dated(i, cited.year) and self._begins(i, families[0], last)
                ]
                if fits:
                    return min(fits, key=lambda i: self._rank(i, families, cited))
        return -1

    def _begins(self, i: int, first: Sequence[str], last: Sequence[str]) -> bool:
        """True where an entry names the last word of each family, and begins with the first family."""
        head = self.heads[i]
        return all(word in head for word in last) and not set(first).isdisjoint(head[:FIRST])

    def _dated(self, i: int, year: str) -> bool:
        return year in self.years[i] or (
            year[:4] in self.years[i]
            or (len(year) == 4 and any(y[:4] == year for y in self.years[i]))
        )

    def _rank(self, i: int, families: Sequence[Sequence[str]], cited: Named) -> tuple[int, ...]:
        """The exact year first, then the place of the name, then as many authors as are named."""
        head = self.heads[i]
        place = min((head.index(word) for word in families[0] if word in head), default=99)
        extra = abs(len(head) - len(families)) if not cited.others else 0
        return (cited.year not in self.years[i], place, extra, i)

    def plain(self, cited: Named) -> bool:
        """True where a name and year that no entry has can be nothing but a citation that leads nowhere."""
        families = [_words(family) for family in cited.families]
        if not families or not families[0] or len(cited.families[0]) < 3:
            return False
        if any(len(family) <= 6 and family.isupper() for family in cited.families):
            return False  # "ICML 2024", "UNICEF 2006"
        if "" in self.by_first.get(families[0][-1], ()):
            return False
        return cited.others or len(families) in (2, 3) or families[0][-1] in self.all

    def anywhere(self, body: str, outside: Callable[[int], bool]) -> set[int]:
        """Entries whose first family stands close to their year anywhere in the text (``outside`` of the list): they may be cited."""
        dated = [(m.start(), m.group()[:4]) for m in _YEAR.finditer(body) if outside(m.start())]
        places = [at for at, _ in dated]
        waiting = {word: dict(by_year) for word, by_year in self.by_first.items()}
        found: set[int] = set()
        for match in _WORD.finditer(body):
            by_year = waiting.get(fold(match.group())) if match[0][0].isupper() else None
            if not by_year or not outside(match.start()):
                continue
            close = slice(*(bisect_right(places, match.start() + d) for d in (-CLOSE, CLOSE)))
            for year in ("", *(year for _, year in dated[close])):
                found.update(by_year.pop(year, ()))
        return found


FIRST = 6
"""The first author's family is one of so many words at the beginning."""


def _head(raw: str) -> list[str]:
    """The words of the part of a reference that names its authors, folded."""
    year = _YEAR.search(raw, 4)
    head = raw[: min(HEAD, year.start() if year else HEAD)]
    return [fold(word) for word in _WORD.findall(head) if word[0].isupper() or "’" in word]


def _words(family: str) -> list[str]:
    """The words of a family or organisation, folded, small ones left out: "van den Berg" → "berg"."""
    return [fold(word) for word in _WORD.findall(family) if word[0].isupper()]


def listed_somewhere(name: str, behind: str) -> bool:
    """True where the family and the year of a citation ("Gao et al. 2018") stand close together in the text of a list."""
    words, year = name.split(), name[-5:].strip()
    family = words[0].strip(",")
    pattern = re.compile(
        rf"{re.escape(family)}\b.{{0,200}}?{re.escape(year[:4])}", re.DOTALL | re.IGNORECASE
    )
    return pattern.search(behind) is not None
