"""Printed dates in ("10 July 2018", "Jul. 2018", "2018-07-10", "1987/88"), CSL ``issued`` objects and years out."""

from __future__ import annotations

import re
import time
from typing import Any

from ..late import late

OLDEST, LATEST = 1450, 2099
"""Years outside this range are not taken for years of publication."""

# Month names and their usual short forms (English, German, French, Spanish, Italian, Portuguese, Dutch); folded accents.
_MONTHS = {
    1: "january jan januar janvier janv enero ene gennaio gen janeiro januari jänner jaenner",
    2: "february feb februar februari fevrier fev fevr febrero febbraio fevereiro",
    3: "march mar marz maerz mrz mars marzo marco maart mrt",
    4: "april apr avril avr abril abr aprile",
    5: "may mai mayo maggio mag maio mei",
    6: "june jun juni juin junio giugno giu junho",
    7: "july jul juli juillet juil julio luglio lug julho",
    8: "august aug augustus aout agosto ago",
    9: "september sep sept septembre septiembre settembre set setembro",
    10: "october oct oktober okt octobre octubre ottobre ott outubro out",
    11: "november nov novembre noviembre novembro",
    12: "december dec dezember dez decembre diciembre dic dicembre dezembro",
}
_MONTH = {name: number for number, names in _MONTHS.items() for name in names.split()}
_SEASON = {"spring": 1, "summer": 2, "fall": 3, "autumn": 3, "winter": 4}
_PLAIN = str.maketrans("äàâáéèêëíìîïóòôöúùûüç", "aaaaeeeeiiiioooouuuuc")

_YEAR = r"(1[4-9]\d\d|20\d\d)"
_ISO = late(rf"\b{_YEAR}[-/.](0?[1-9]|1[0-2])(?:[-/.](0?[1-9]|[12]\d|3[01]))?(?!\d)")
_EUROPEAN = late(rf"\b(0?[1-9]|[12]\d|3[01])\.\s?(0?[1-9]|1[0-2])\.\s?{_YEAR}\b")
_SPAN = late(rf"\b{_YEAR}\s?[-–—/]\s?({_YEAR}|\d\d)(?!\d)")
_BARE = late(rf"(?<![\d.])(?:c(?:irca|a)?\.?\s*)?{_YEAR}(?=[a-z]?(?![\w]))(?!\.\d)")
_WORD = late(r"[^\W\d_]+")
_DAY = late(r"(?<![\d/.:-])(0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|er)?(?![\d/:])")
# Numbers that look like years inside identifiers, addresses and page ranges.
_NOT_DATES = late(
    r"https?://\S+|www\.\S+|\b10\.\d{4,9}/\S+|\barxiv\s*:?\s*\S+|\babs/\S+|\b\d{4}\.\d{4,5}\b|\bpp?\.?\s*\d+\s*[-–—]+\s*\d+|:\s*\d+\s*[-–—]+\s*\d+"
    r"|\b\d+\s*[-–—]{1,2}\s*\d{5,}|\b\d{5,}\s*[-–—]{1,2}\s*\d+",
    re.I,
)


def _is_year(number: int) -> bool:
    return OLDEST <= number <= LATEST


def issued(year: int, month: int | None = None, day: int | None = None) -> dict[str, Any]:
    """The CSL object of a date: ``{"date-parts": [[2018, 7, 10]]}``."""
    parts = [year]
    if month:
        parts.append(month)
        if day:
            parts.append(day)
    return {"date-parts": [parts]}


def _month(text: str) -> tuple[int | None, int | None]:
    """Month and day named in words."""
    for word in _WORD.finditer(text):
        number = _MONTH.get(word[0].lower().translate(_PLAIN))
        if number:
            day = _DAY.search(text)
            return number, int(day[1]) if day else None
    return None, None


def parse_date(text: str) -> dict[str, Any] | None:
    """A date as CSL ``issued``, None where no year can be read ("n.d.", "in press").

    Year, month and day as far as stated; "2017–2018" and "1987/88" give two date parts; a season goes into
    ``season``; a date like 07/10/2018, whose order nobody knows, gives its year alone.
    """
    text = _NOT_DATES.sub(" ", " ".join(str(text)[:400].split()))
    found = _ISO.search(text)
    if found:
        span = _SPAN.search(text)
        if not (span and span.start() == found.start() and not found[3] and len(span[2]) == 4):
            return issued(int(found[1]), int(found[2]), int(found[3]) if found[3] else None)
    found = _EUROPEAN.search(text)
    if found:
        return issued(int(found[3]), int(found[2]), int(found[1]))
    span = _SPAN.search(text)
    if span:
        first = int(span[1])
        last = int(span[2]) if len(span[2]) == 4 else first // 100 * 100 + int(span[2])
        if first < last <= first + 30:
            return {"date-parts": [[first], [last]]}
    years = list(_BARE.finditer(text))
    if not years:
        return None
    year = years[-1]
    rest = text[: year.start()] + " " + text[year.end() :]
    month, day = _month(rest)
    date = issued(int(year[1]), month, day)
    if not month:
        season = next(
            (_SEASON[w[0].lower()] for w in _WORD.finditer(rest) if w[0].lower() in _SEASON), None
        )
        if season:
            date["season"] = str(season)
    return date


def clean_issued(value: Any) -> dict[str, Any] | None:
    """A CSL date made regular: integer parts, strings and bare years read; one without a year of print ("199X") stays as written, None where there is no number in it."""
    if isinstance(value, (str, int)):
        value = parse_date(str(value))  # as printed, which may name a year too old for print
    if not isinstance(value, dict):
        return None
    parts = value.get("date-parts")
    clean: list[list[int]] = []
    for part in parts if isinstance(parts, (list, tuple)) else ():
        numbers: list[int] = []
        for number in part if isinstance(part, (list, tuple)) else ():
            try:
                numbers.append(int(number))
            except (TypeError, ValueError):
                break
        if numbers and _is_year(numbers[0]):
            clean.append(_plausible(numbers))
    if clean:
        date: dict[str, Any] = {"date-parts": clean[:2]}
        return date | {name: value[name] for name in ("season", "circa") if name in value}
    stated = value.get("literal") or value.get("raw")
    if not isinstance(stated, str):
        return None
    return parse_date(stated) or _undated(stated)


def _undated(stated: str) -> dict[str, Any] | None:
    """A date without a year of print, as it is written: "-0379", "199X"."""
    text = " ".join(stated.split())
    return {"literal": text} if len(text) < 40 and any(map(str.isdigit, text)) else None


def _plausible(numbers: list[int]) -> list[int]:
    if len(numbers) > 1 and not 1 <= numbers[1] <= 12:
        return numbers[:1]
    if len(numbers) > 2 and not 1 <= numbers[2] <= 31:
        return numbers[:2]
    return numbers[:3]


def this_year() -> int:
    """The year it is, at Greenwich: the only thing that is asked of the clock, to tell what is still to come."""
    return time.gmtime().tm_year
