"""MediaWiki text goes in; its citation templates come out as references that say what they hold, each with its place in the file.

A page without any is read as other marked-up text is, with its headings, items and notes.
"""

from __future__ import annotations

import re

from ..model import Document
from .decode import check_lines
from .draft import Draft
from .wiki_markup import put_blocks

_CITE = re.compile(r"\{\{\s*(?:[Cc]ite|[Cc]itation)\b[ _]?(?P<kind>[a-z ]{0,20})")
_HIDDEN = re.compile(r"<!--.{0,5000}?-->", re.DOTALL)
_LINK = re.compile(r"\[\[(?:[^\[\]|]{0,300}\|)?([^\[\]|]{0,300})\]\]")
_MARKS = re.compile(r"'{2,5}|<[^<>]{1,200}>|\{\{[^{}]{0,300}\}\}")
LONGEST = 20_000
"""Templates of more characters are passed over."""


def read_wikitext(text: str, name: str, encoding: str) -> Document:
    """Every ``{{cite …}}`` and ``{{citation}}`` becomes a block of kind "bibitem", its fields in the order in which lists print them;
    without one, the page's own blocks are read."""
    check_lines(text, name)
    draft = Draft(text)
    shuts = _shuts(text)
    seen: set[str] = set()
    for match in _CITE.finditer(text):
        end = shuts.get(match.start(), 0)
        if not end or end - match.start() > LONGEST:
            continue
        fields = _fields(text, match.end(), end - 2)
        printed = _printed({key: value for key, (value, _) in fields.items()})
        if len(printed) < 8 or printed in seen:
            continue
        seen.add(printed)
        draft.gap()
        draft.open("bibitem")
        draft.put(printed[:-1], match.start(), 1)
        draft.put(printed[-1], end - 1, 1)
        draft.close()
    if not seen:
        put_blocks(draft)
    return draft.document(name, "wikitext", encoding)


def _shuts(text: str) -> dict[int, int]:
    """Where the templates that open at an offset end."""
    stack: list[int] = []
    ends: dict[int, int] = {}
    for match in re.finditer(r"\{\{|\}\}", text):
        if match.group() == "{{":
            stack.append(match.start())
        elif stack:
            ends[stack.pop()] = match.end()
    return ends


def _fields(text: str, start: int, end: int) -> dict[str, tuple[str, int]]:
    """``name=value`` parts of a template, those of templates and links within it left alone."""
    depth = 0
    cuts = [start]
    for match in re.finditer(r"\{\{|\}\}|\[\[|\]\]|\|", text[start:end]):
        sign = match.group()
        if sign == "|" and depth == 0:
            cuts.append(start + match.end())
        elif sign != "|":
            depth += 1 if sign in ("{{", "[[") else -1
    found: dict[str, tuple[str, int]] = {}
    for begin, stop in zip(cuts[1:], [*(cut - 1 for cut in cuts[2:]), end], strict=True):
        key, equals, value = text[begin:stop].partition("=")
        if equals and (words := _plain(value)):
            found.setdefault(key.strip().casefold().replace(" ", "-"), (words, begin))
    return found


def _plain(value: str) -> str:
    return " ".join(_MARKS.sub("", _LINK.sub(r"\1", _HIDDEN.sub("", value))).split())


def _people(fields: dict[str, str], roles: tuple[str, ...]) -> str:
    people: list[str] = []
    for n in ("", *map(str, range(1, 60))):
        for role in roles:
            last = fields.get(f"{'last' if role == 'author' else role + '-last'}{n}") or fields.get(
                f"{'surname' if role == 'author' else role + '-surname'}{n}"
            )
            first = fields.get(
                f"{'first' if role == 'author' else role + '-first'}{n}"
            ) or fields.get(f"given{n}", "")
            whole = fields.get(f"{role}{n}") or fields.get(f"{role}s{n}")
            if last:
                people.append(f"{last}, {first}" if first else last)
            elif whole:
                people.append(whole)
    if not people and "vauthors" in fields and "author" in roles:
        return fields["vauthors"]
    return "; ".join(people)


def _printed(fields: dict[str, str]) -> str:
    """The fields as a list prints them: people, year, title, container, volume and pages, publisher, identifiers."""
    parts: list[str] = []
    if people := _people(fields, ("author",)):
        parts.append(people.rstrip("."))
    date = fields.get("year", "") or fields.get("date", "")
    if year := re.search(r"(?<!\d)[12]\d{3}[a-z]?(?!\d)", date):
        parts.append(f"({year[0]})")
    parts += [fields[key].rstrip(".") for key in ("chapter", "title") if key in fields]
    for key in (
        "journal",
        "book-title",
        "encyclopedia",
        "conference",
        "work",
        "magazine",
        "newspaper",
        "website",
    ):
        if key in fields:
            parts.append(fields[key].rstrip(".") + _numbers(fields))
            break
    if editors := _people(fields, ("editor",)):
        parts.append(f"{editors} (Eds.)")
    if "publisher" in fields:
        place = fields.get("location", "")
        parts.append(f"{place}: {fields['publisher']}" if place else fields["publisher"])
    for key, shown in (
        ("isbn", "ISBN "),
        ("arxiv", "arXiv:"),
        ("pmid", "PMID "),
        ("doi", "https://doi.org/"),
    ):
        if key in fields:
            parts.append(shown + fields[key])
    if "doi" not in fields and "url" in fields:
        parts.append(fields["url"])
        if seen := fields.get("access-date") or fields.get("accessdate"):
            parts.append(f"Accessed {seen}")
    return ". ".join(parts) + "." if parts else ""


def _numbers(fields: dict[str, str]) -> str:
    volume, issue = fields.get("volume", ""), fields.get("issue") or fields.get("number", "")
    pages = fields.get("pages") or fields.get("page", "")
    text = f", {volume}" if volume else ""
    text += f"({issue})" if issue else ""
    return text + (f", {pages}" if pages else "")
