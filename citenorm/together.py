"""A text and its bibliography beside each other → which entry each reference is, which keys lead nowhere, what is never cited."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import get_args

from .bib.cited import cited_keys
from .lines import line_and_column, line_starts
from .model import Claim, Diagnostic, Place, Resolution
from .normalize.duplicates import (
    all_as_stated,
    entries_apart,
    keys_of,
    same_as_stated,
    versions_apart,
)
from .normalize.text import squash
from .rules.base import Rule
from .rules.together import EntryNotCited, MissingEntry, ReferenceWithoutEntry

_ELSEWHERE = re.compile(r"(?m)^[^%\n]*\\(?:input|include|subfile|import)\b|\{\{<\s*include\b")
"""The text goes on in another file, which may cite too."""
_OWN = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*$", re.S | re.M)
_OWN_ID = re.compile(r"^\s*-?\s*id:\s*[\"']?([^\s\"']+)", re.M)


@dataclass(frozen=True, slots=True)
class Text:
    """A text that cites: its name, the file's text, and what became of the references in it."""

    name: str
    text: str
    resolutions: tuple[Resolution, ...] = ()


@dataclass(frozen=True, slots=True)
class Entries:
    """A bibliography: its name, where each key stands, and what became of its entries."""

    name: str
    keys: Mapping[str, Place]
    resolutions: tuple[Resolution, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Other keys of an entry (``ids`` of biblatex) → its key."""


def beside(
    texts: Sequence[Text], bibliographies: Sequence[Entries], named: Collection[str] | None = None
) -> list[Diagnostic]:
    """What texts and bibliographies show together.

    ``named``: the bibliographies whose entries ought to be cited by these texts (None: all); those that a text only names are
    read for their keys alone.
    """
    known = {key for b in bibliographies for key in (*b.keys, *b.aliases)}
    out: list[Diagnostic] = []
    cited: set[str] = set()
    if known:
        for text in texts:
            found, missing = _keys(text, known)
            cited |= found
            out += missing
    whole = not any(_ELSEWHERE.search(t.text) for t in texts)
    for one in bibliographies:
        if (named is None or one.name in named) and whole and "*" not in cited:
            out += _uncited(one, cited)
    asked = [b for b in bibliographies if (named is None or b.name in named) and b.resolutions]
    if asked:
        out += _unlisted(texts, asked)
    return out


def _keys(text: Text, known: set[str]) -> tuple[set[str], list[Diagnostic]]:
    """The keys of the bibliography that a text cites, and findings for those that lead nowhere."""
    front = _OWN.match(text.text)
    own = set(_OWN_ID.findall(front[1])) if front and "references:" in front[1] else set()
    cited, missing = set(), []
    lower = {key.lower(): key for key in known}
    starts, ordered = line_starts(text.text), sorted(known)
    near: dict[str, str] = {}
    for one in cited_keys(text.text, text.name):
        if one.key in known or one.key == "*":
            cited.add(one.key)
        elif one.key not in own:
            if one.key not in near:
                near[one.key] = lower.get(one.key.lower()) or _near(one.key, ordered)
            said = f"the bibliography has no {one.key}" + (f"; did you mean {near[one.key]}?" if near[one.key] else "")  # fmt: skip
            place = _place(text.name, starts, one.start, one.end)
            missing.append(_found(MissingEntry, said, place, one.key, claim=one.key))
    return cited, missing


def _near(key: str, known: Sequence[str]) -> str:
    """The key that looks most like it, the first of those that look alike as much; "" where none does."""
    from rapidfuzz.distance import Indel
    from rapidfuzz.process import extractOne

    found = extractOne(key, known, scorer=Indel.normalized_similarity, score_cutoff=0.8)
    return found[0] if found else ""


def _place(name: str, starts: Sequence[int], start: int, end: int) -> Place:
    line, column = line_and_column(starts, start)
    return Place(name, line, column, line, column + end - start)


def _found(rule: type[Rule], said: str, place: Place | None, key: str, claim: str = "") -> Diagnostic:  # fmt: skip
    return Diagnostic(rule.code, rule.name, said, claim=claim, place=place, key=key, severity=rule.severity)  # fmt: skip


def _uncited(one: Entries, cited: set[str]) -> list[Diagnostic]:
    cited = cited | {key for alias, key in one.aliases.items() if alias in cited}
    if not cited & one.keys.keys():
        return []
    return [
        _found(EntryNotCited, f"no text cites {key}", place, key)
        for key, place in one.keys.items()
        if key not in cited
    ]


def _unlisted(texts: Sequence[Text], bibliographies: Sequence[Entries]) -> list[Diagnostic]:
    """References in the texts to works that no bibliography has."""
    entries = [r for b in bibliographies for r in b.resolutions]
    out = []
    for text in texts:
        results = [r for r in text.resolutions if r.claim.reference is not None and r.claim.reference.kind == "reference"]  # fmt: skip
        for result, keys in zip(results, entries_of(results, entries), strict=True):
            reference = result.claim.reference
            if keys or reference is None:
                continue
            place = Place(text.name, reference.line, 0, reference.end_line, 0)
            said = "the bibliography has no entry for this reference"
            out.append(_found(ReferenceWithoutEntry, said, place, "", result.claim.title or reference.raw))  # fmt: skip
    return out


def entries_of(results: Sequence[Resolution], entries: Sequence[Resolution]) -> list[list[str]]:
    """For each reference the keys of the entries that are its work: those of its own version where there are some, and no other
    publication or edition than the one that it states.

    References and entries are one where they were found to be the same work, else where their own words show it.
    """
    by_record: dict[str, list[Resolution]] = defaultdict(list)
    by_words: dict[str, list[Resolution]] = defaultdict(list)
    for entry in entries:
        for record in entry.work.records if entry.work else ():
            by_record[record.id].append(entry)
        for key in _by_words(entry.claim):
            by_words[key].append(entry)
    return [_keys_of(result, by_record, by_words) for result in results]


def _keys_of(
    result: Resolution,
    by_record: Mapping[str, list[Resolution]],
    by_words: Mapping[str, list[Resolution]],
) -> list[str]:
    same = [
        e
        for r in (result.work.records if result.work else ())
        for e in by_record.get(r.id, ())
        if not entries_apart(result, e)
    ]
    for stated in _said(result):
        if same:
            break
        near = [e for key in _by_words(stated) for e in by_words.get(key, ())]
        same = [e for e in near if same_as_stated(e.claim, stated)]
        same = same or [e for e in near if all_as_stated(e.claim, stated)]
    own = [e for e in same if not versions_apart(e.claim, result.claim)]
    return list(dict.fromkeys(e.claim.id for e in own or same if e.claim.id))


def _by_words(claim: Claim) -> tuple[str, ...]:
    """``keys_of``; of a reference that says nothing but people, or who published it, and a year, these."""
    people = "".join(name.full_family or name.literal for name in claim.authors)
    who = squash(people or str(claim.csl.get("publisher") or ""))
    return keys_of(claim) or (f"said {who} {claim.year}",)


def _said(result: Resolution) -> Iterator[Claim]:
    """What the reference states and, where no source knows the work, what its entry says when it is written and read again."""
    from .bib import claims, read
    from .emit import Dialect, items_of, to_bibtex

    yield result.claim
    for dialect in get_args(Dialect) if result.work is None and items_of([result]) else ():
        text = to_bibtex([result], dialect=dialect, keys=["x"])
        yield from claims(read(text.encode("utf-8", "surrogateescape"), "x.bib"))
