r"""A report that cites in words or numbers → the same report citing by key: ``[@key]`` for pandoc and Quarto, ``\cite{key}`` for LaTeX.

Only where one entry is meant: a citation of which anything is in doubt stays as it stands, and is told with the reason.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .errors import InputError
from .find import find
from .find.citations import Citation, citations
from .listed import Listed
from .model import Claim, Document, Name, Reference, Resolution, names_of
from .normalize.text import squash
from .pipeline import resolve_document

if TYPE_CHECKING:
    from .bib import BibFile
    from .lock import Lock
    from .match.cite import Policy
    from .sources import Sources

FORMATS = ("markdown", "text", "latex")
"""Formats whose text can be edited so."""
_YEAR = r"(?:1[5-9]|20)\d\d[a-z]?|n\.\s?d\.|in press|forthcoming"
_PART = re.compile(
    rf"(?P<who>.*?)[,\s]*[\[(]?(?P<years>(?:{_YEAR})(?:\s*(?:,|&|and)\s*(?:{_YEAR}))*)[\])]?(?:\s*[,:]\s*(?P<where>[^;()\[\]]{{1,80}}))?\s*",
    re.S,
)
_BETWEEN = re.compile(
    r";|(?<=\d{4}),(?=\s*[^\W\d_a-z])(?!\s*(?:Sect?|Section|Ch|Chapter|Figs?|Figure|Tab|Table|Th|Thm|Theorem|Lemma|Prop|Proposition|Def|Definition|Cor|Corollary|Eqs?|Equation|Ex|Example|App|Appendix|Part|Lines?|Pages?|Pp?|Vol|Kap|Kapitel|Abschnitt|S|Abb)\b)"
)
"""What parts two works: a semicolon, or a comma behind a year in front of a name."""
_ET_AL = re.compile(r"\s*,?\s*(?:et\.?\s*al\.?|and others|u\.\s?a\.|и др\.|等)\s*,?\s*$")
_AND = re.compile(
    r"\s*(?:,\s*)?(?:&|\\&|\band\b|\bund\b|\bet\b|\by\b|\be\b|\bi\b|\ben\b)\s*|\s*,\s*"
)
_POSSESSIVE = re.compile(r"[’']s?$")
_MOST_NAMES = 12
_WORD_BEFORE = re.compile(r"[^\W\d_]{3,}[.,;:)\"”’*_]{0,3}$")
_DOUBT = "may be something else than a citation"
_FORMULA_BEFORE = re.compile(
    r"(?:[{=∼~∈<>+*/^|×·−≤≥]|\w\(|(?:\d|\])\s*,)\s*$|(?<![\w.])\w\s?\.\s?\w\s*$"
)
_FORMULA_AFTER = re.compile(r"\s*(?:[}=∼∈<>+*^|×·−≤≥]|,\s*\d|\[)")
_RANGE_BEFORE = re.compile(
    r"\b(?:intervals?|ranges?|values?|scales?|domains?|between|uniform|bounds?|support|box(?:es)?|vectors?|matrix|tuples?|index|indices|arrays?|shapes?|sizes?|from)\s+$",
    re.I,
)
_IN_BEFORE = re.compile(r"\b(?:in|on|over|within|to|of|at)\s+$", re.I)
_OFTEN = 5
"""So many numbers behind words make a way of citing."""


@dataclass(frozen=True, slots=True)
class Left:
    """A citation that stays as it stands: its line, its text, and why."""

    line: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Turned:
    """A text with its citations turned: ``edits`` are (start, end, new) in the old text; ``left``: those that stay."""

    text: str
    edits: tuple[tuple[int, int, str], ...]
    left: tuple[Left, ...]


def turned(
    document: Document,
    references: Sequence[Reference],
    claims: Mapping[int, Claim],
    keys: Mapping[int, Sequence[str]],
) -> Turned:
    """Turn the citations of a document.

    ``references``: what ``find`` found; ``claims`` and ``keys``: by the place in it, what the reference says and the keys of the
    entries that may be meant (none or several: its citations stay).  Raises InputError for a format without an editable text.
    """
    if document.format not in FORMATS or not document.source_text:
        raise InputError(
            f"{document.name}: citations are turned in Markdown, plain text and LaTeX, not in {document.format}"
        )
    latex = document.format == "latex"
    source = document.source_text
    edits: list[tuple[int, int, str]] = []
    left: list[Left] = []
    last = 0
    cited: tuple[Sequence[str], ...] = ()
    found = citations(document, references)
    glued = _glued(found, source)
    intervals = any(c.kind == "number" and len(c.names) == 2 and "0" in c.names for c in found)
    for one in found:
        if one.kind == "key" or one.start < last:
            continue
        if one in glued:
            one = replace(one, sure=True)
        if one.kind == "number" and _mathematical(one, source, intervals):
            left.append(Left(one.line, source[one.start : one.end], _DOUBT))
            continue
        new = _several(one, references, keys) or _turned(one, source, claims, keys, latex)
        mine = tuple(keys.get(target, ())[:1] for target in one.targets)
        if isinstance(new, str):
            left.append(Left(one.line, " ".join(source[one.start : one.end].split()), new))
        elif edits and mine == cited and not source[last : new[0]].strip():
            last = new[1]  # "(Brook, 2017) [1]" is one citation
            edits[-1] = (edits[-1][0], last, edits[-1][2])
        else:
            edits.append(new)
            last, cited = new[1], mine
    out, at = [], 0
    for start, end, text in edits:
        out += [source[at:start], text]
        at = end
    return Turned("".join(out) + source[at:], tuple(edits), tuple(left))


def _several(
    one: Citation, references: Sequence[Reference], keys: Mapping[int, Sequence[str]]
) -> str:
    """Why a number stays of which the list has two of different works; "" for one that leads to one."""
    if one.kind not in ("number", "raised"):
        return ""
    for target, name in zip(one.targets, one.names, strict=True):
        if target < 0:
            continue
        there = references[target]
        twins = [
            i
            for i, r in enumerate(references)
            if r.label and r.label == there.label and r.section == there.section
        ]
        if len({tuple(keys.get(i, ())) for i in twins}) > 1:
            return f"the list has several {name}"
    return ""


def _mathematical(one: Citation, source: str, intervals: bool) -> bool:
    """Numbers in brackets that are a range, an index or a part of a formula by what stands around them.

    ``intervals``: the document has ranges that begin with 0, so that a pair behind "in" or "on" may be one too.
    """
    before, after = source[max(0, one.start - 40) : one.start], source[one.end : one.end + 12]
    if source[one.start + 1 : one.start + 2] == " " or _FORMULA_BEFORE.search(before) or _FORMULA_AFTER.match(after):  # fmt: skip
        return True
    if len(one.names) != 2 or not re.search(r",", source[one.start : one.end]):
        return False
    return bool(_RANGE_BEFORE.search(before)) or (intervals and bool(_IN_BEFORE.search(before)))


def _glued(found: Sequence[Citation], source: str) -> frozenset[Citation]:
    """Numbers in brackets right behind a word ("the library[4]"), where a text cites so throughout: none of them leads nowhere."""
    mine = [c for c in found if c.kind == "number" and not c.sure and _WORD_BEFORE.search(source, max(0, c.start - 20), c.start)]  # fmt: skip
    if len(mine) < _OFTEN or any(min(c.targets, default=-1) < 0 for c in mine):
        return frozenset()
    return frozenset(mine)


def _turned(
    one: Citation,
    source: str,
    claims: Mapping[int, Claim],
    keys: Mapping[int, Sequence[str]],
    latex: bool,
) -> tuple[int, int, str] | str:
    """The edit of one citation, or why there is none."""
    named = []
    for target, name in zip(one.targets, one.names, strict=True):
        if target < 0:
            return f"the list has no {name}"
        found = keys.get(target, ())
        if not found:
            return f"the bibliography has no entry for {name}"
        if len(found) > 1:
            return f"{name} may be {' or '.join(found[:3])}"
        named.append(found[0])
    raw = source[one.start : one.end]
    if one.kind in ("number", "raised"):
        start, end, linked = _linked(one, source)
        if not (one.sure or linked):
            return _DOUBT
        return start, end, _together([("", key, "") for key in named], latex, "cite")
    people = [claims[target] for target in one.targets if target in claims]
    if len(people) != len(named):
        return "the reference names several works"
    if one.kind == "narrative":
        return _narrative(one, raw, people, named, latex)
    parts = _parts(raw, people)
    if parts is None:
        return "holds more than can be told apart"
    if latex and len(parts) > 1 and any(before or after for before, after in parts):
        return "holds words beside one of several works"
    joined = [(before, key, after) for (before, after), key in zip(parts, named, strict=True)]
    return one.start, one.end, _together(joined, latex, "citep")


def _linked(one: Citation, source: str) -> tuple[int, int, bool]:
    """A number that is a link, ``\\[[1](#references)\\]`` or ``[[6]](https://…)``: with the link, and that it is one."""
    start, end = one.start, one.end
    if inside := re.compile(r"\(#[^()\s]*\)").match(source, end):
        end = inside.end()
        for left, right in (("\\[", "\\]"), ("[", "]")):
            if source[:start].endswith(left) and source.startswith(right, end):
                return start - len(left), end + len(right), True
        return start, end, True
    around = re.compile(r"\]\((?:https?:|#)[^()\s]*\)").match(source, end)
    if around and source[start - 1 : start] == "[":
        return start - 1, around.end(), True
    return start, end, False


def _together(parts: Sequence[tuple[str, str, str]], latex: bool, command: str) -> str:
    """Several entries in one citation, each with what stands before and behind it."""
    if not latex:
        inner = "; ".join(
            f"{before + ' ' if before else ''}@{_pandoc(key)}{', ' + after if after else ''}"
            for before, key, after in parts
        )
        return f"[{inner}]"
    if len(parts) == 1 and (parts[0][0] or parts[0][2]):
        before, key, after = parts[0]
        return f"\\{command}[{before}][{after}]{{{key}}}"
    return f"\\{command}{{{','.join(key for _, key, _ in parts)}}}"


def _pandoc(key: str) -> str:
    """A key as pandoc reads it: in braces where it holds what would end it."""
    plain = re.fullmatch(r"[\w](?:[\w]|[:.#$%&\-+?<>~/](?=[\w]))*", key)
    return key if plain else "{" + key + "}"


def _narrative(
    one: Citation, raw: str, people: Sequence[Claim], keys: Sequence[str], latex: bool
) -> tuple[int, int, str] | str:
    """ "Gao et al. (2018)" → ``@key`` or ``\\citet{key}``; words in front that are no names of its authors stay."""
    opening = max(raw.rfind("("), raw.rfind("["))
    if len(keys) != 1 or opening < 0:
        return "names several works in the sentence"
    who, inner = raw[:opening].rstrip(), raw[opening + 1 :].rstrip(")]")
    if _POSSESSIVE.search(who):
        return "the names are part of the sentence"
    at = _names_at(who, people[0])
    found = re.fullmatch(rf"\s*(?:{_YEAR})(?:\s*[,:]\s*(?P<where>[^;()\[\]]{{1,80}}))?\s*", inner)
    if at < 0 or not found:
        return "the names are not those of the reference"
    where = " ".join((found["where"] or "").split())
    if latex:
        new = f"\\citet{f'[{where}]' if where else ''}{{{keys[0]}}}"
    else:
        new = f"@{_pandoc(keys[0])}{f' [{where}]' if where else ''}"
    return one.start + at, one.end, new


def _parts(raw: str, people: Sequence[Claim]) -> list[tuple[str, str]] | None:
    """What stands before and behind each work of "(see Gao et al., 2018, p. 3; Li, 2019)"; None where they cannot be told apart."""
    inner = raw.strip()
    if inner[:1] not in "([" or inner[-1:] not in ")]":
        return None
    out: list[tuple[str, str]] = []
    for piece in _BETWEEN.split(inner[1:-1]):
        found = _PART.fullmatch(piece.strip())
        if not found:
            return None
        years = re.findall(_YEAR, found["years"])
        mine = people[len(out) : len(out) + len(years)]
        who = found["who"].strip().rstrip(",")
        places = {_names_at(who, claim) for claim in mine}
        at = places.pop() if len(places) == 1 else -1
        if len(mine) < len(years) or at < 0 or re.search(rf"[@\[\]{{}}]|{_YEAR}", who[:at]):
            return None
        out += [("", "")] * len(years)
        before = " ".join(who[:at].split())
        out[-len(years)] = ("" if before == "The" else before, out[-len(years)][1])
        out[-1] = (out[-1][0], " ".join((found["where"] or "").split()))
    return out if len(out) == len(people) else None


def _names_at(who: str, claim: Claim) -> int:
    """Where in the words in front of a year the names of a reference's authors begin; -1 where they do not end in them."""
    people = claim.authors or names_of(claim.csl, "editor")
    if not people:
        return -1
    cut = _ET_AL.search(who)
    words = who[: cut.start()] if cut else who
    starts = [0, *(m.end() for m in re.finditer(r"[\s(]+", words))]
    for start in starts:
        names = [n for n in _AND.split(words[start:].strip()) if n]
        if 0 < len(names) <= _MOST_NAMES and _agree(names, people, bool(cut), claim.others):
            return start + (len(words[start:]) - len(words[start:].lstrip()))
    return -1


def _agree(names: Sequence[str], people: Sequence[Name], cut: bool, goes_on: bool) -> bool:
    """The printed names are the families of the authors: all of them, or the first with "et al."; ``goes_on``: the reference says that too."""
    if cut:
        alone = len(names) == len(people) and len(people) < 2
        if len(names) > len(people) or (alone and not goes_on):
            return False
    elif len(names) != len(people):
        return _whole(names, people)
    return all(_is(name, person) for name, person in zip(names, people, strict=False))


def _whole(names: Sequence[str], people: Sequence[Name]) -> bool:
    """One organisation whose name was split at "and"."""
    return len(people) == 1 and squash("".join(names)) == squash(
        re.sub(r"\b(?:and|und|et|y)\b|&|^The\b", "", people[0].full_family)
    )


def _is(printed: str, person: Name) -> bool:
    one = squash(printed)
    return bool(one) and one in (squash(person.family), squash(person.full_family))


# ------------------------------------------------------------------ a report and its bibliography
@dataclass(frozen=True, slots=True)
class Cited:
    """A report that cites by key, and its bibliography.

    ``before``, ``text``: the report as it was and as it is; ``turned``: how many citations were turned, ``left`` those that stay;
    ``bibliography``: the text of the ``.bib`` file, ``added`` the keys of the entries that it got.
    """

    name: str
    before: str
    text: str
    turned: int
    left: tuple[Left, ...]
    bibliography: str
    added: tuple[str, ...]
    resolutions: tuple[Resolution, ...] = ()


def cite(
    source: str | os.PathLike[str] | bytes | Document,
    sources: Sources | None = None,
    *,
    bib: str | os.PathLike[str] | bytes | BibFile | None = None,
    name: str | None = None,
    add: bool = True,
    prefer: Policy = "published",
    lock: Lock | None = None,
    jobs: int = 1,
) -> Cited:
    r"""Turn ``[3, 5–7]``, "(Chitta et al., 2019)" and "Chitta et al. (2019)" of a report into ``[@key]`` and ``@key`` (LaTeX: ``\cite``, ``\citep``, ``\citet``).

    ``bib``: the bibliography whose keys are used (None: a new one); ``add``: it gets entries for the references that it lacks.
    A citation is turned only where exactly one entry is meant.  Nothing is written.  Raises InputError for what cannot be read
    and for formats whose text cannot be edited.
    """
    from .appending import appended
    from .checking import entries, opened, ready

    document = opened(source, name)
    if not isinstance(document, Document):
        raise InputError(f"{document.name}: is a list of entries and cites nothing")
    file = None
    if bib is not None:
        read_one = opened(bib, "refs.bib" if isinstance(bib, bytes) else None)
        if isinstance(read_one, (Document, Listed)):
            raise InputError(f"{read_one.name}: is no .bib file")
        file = read_one
    with ready(sources) as asked:
        results = resolve_document(document, asked, jobs=jobs, prefer=prefer, lock=lock)
        known = entries(file, asked, jobs=jobs, prefer=prefer, lock=lock) if file else []
    made = appended(file, known, results, add=add)
    references = [r for r in find(document) if r.kind == "reference"]
    by_place: dict[tuple[int, int, int], list[int]] = {}
    for i, result in enumerate(results):
        if result.claim.reference is not None:
            by_place.setdefault(_spot(result.claim.reference), []).append(i)
    claims, keys = {}, {}
    for i, reference in enumerate(references):
        found = by_place.get(_spot(reference), [])
        if len(found) == 1:  # a reference that names several works is none of them
            claims[i] = results[found[0]].claim
            keys[i] = made.keys[found[0]]
    done = turned(document, references, claims, keys)
    return Cited(
        document.name, document.source_text, done.text, len(done.edits), done.left, made.text, made.added, tuple(results)
    )  # fmt: skip


def _spot(reference: Reference) -> tuple[int, int, int]:
    return reference.line, reference.start, reference.end
