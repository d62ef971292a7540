"""A document and its references in, what its text cites out: which entry each citation means, which entries are cited, and
citations that lead to no entry.

Liberal for "cited" (an entry is never said to be uncited where anything in the text may mean it), strict for "leads nowhere".
A text that cites (nearly) nothing of its list in a way tells nothing about it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..model import Document, Reference
from .author_year import AuthorYears, listed_somewhere
from .citation_forms import Cited, Form, author_years, labels, latex_keys, markdown_keys, numbers
from .headings import heading_kind

LEAST, SHARE = 3, 0.5
"""A text tells about its list where it cites at least so many of its entries, and at least this share of them."""

MOST_ASTRAY = 100
"""Names with a year and no entry that are told, others than these are not: where there are more, the list is somewhere else."""

BEYOND = 10
"""A number that exceeds the last label by more than the list is long and this is no slip of a citation."""

ABOVE = 8000
"""The heading of a list stands within so many letters above the first entry that is found."""

_COMMENT = re.compile(r"(?<!\\)%[^\n]*")
_ELSEWHERE = re.compile(
    r"\\(?:bibliography|addbibresource|input|include|subfile|import|newcommand|def)\b"
)
_CODE = re.compile(r"`[^`\n]{1,300}`")
_HIDDEN = re.compile(r"<!--.{0,5000}?-->", re.DOTALL)
_DEFINED = re.compile(r"^ {0,3}\[[^\[\]\n]{1,80}\]:[^\n]*", re.MULTILINE)
_VERBATIM = re.compile(r"\\begin\{(verbatim|lstlisting|minted)\}.*?\\end\{\1\}", re.DOTALL)
_LIST_LABEL = re.compile(r"^\W{0,4}(\d{1,4})[\]).: ]|\[(\d{1,4})\]\s+[^\W\d_a-z]", re.MULTILINE)
_SOURCES = frozenset(("markdown", "rst", "latex"))
"""Formats whose files are searched themselves: their readers leave out what marks citations.  Plain text is searched as it was read,
column by column."""

_OWN = re.compile(
    r"\W*(?:how to )?(?:please )?(?:suggested |recommended )?(?:cit(?:e|ation)|zitier(?:vorschlag|weise|hinweis))(?: this| as)?(?: \w+){0,3}\W*",
    re.IGNORECASE,
)
"""What stands above the reference to the document itself."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in the text that cites.

    ``start``, ``end``: offsets in the file (in the text of the document for formats that are no text), brackets or the command
    included; ``line``: 1-based.  ``kind``: "number" ("[3, 5–7]"), "raised" (a number set high), "key" (``\\cite{a}``, ``[@a]``),
    "author-year" ("(Gao et al., 2018)"), "narrative" ("Gao et al. (2018)").  ``targets``: for each thing cited the place of its entry in
    the references, -1 where the list has none; ``names``: what is printed for each.  ``sure``: it can be nothing but a citation.
    """

    start: int
    end: int
    line: int
    kind: Form
    targets: tuple[int, ...]
    names: tuple[str, ...]
    sure: bool = True


def citations(document: Document, references: Sequence[Reference] | None = None) -> list[Citation]:
    """The citations in the text of a document, in order.

    ``references``: what ``find`` found in it (found now where they are not given); ``targets`` counts in them.
    """
    if references is None:
        from . import find

        references = find(document)
    listed = [r if r.kind == "reference" else None for r in references]
    text = _Text(document, [r for r in listed if r is not None])
    return sorted(
        (*_labelled(text, listed), *_by_author(text, listed)), key=lambda c: (c.start, c.end)
    )


class _Text:
    """The text in which citations are looked for: the file itself where it is text, without code, comments and the list."""

    def __init__(
        self, document: Document, listed: Sequence[Reference], *, masked: bool = True
    ) -> None:
        self.document = document
        self.raw = document.format in _SOURCES and bool(document.source_text)
        self.body = document.source_text if self.raw else document.text
        if masked and self.raw:
            self.body = self._masked(document)
        ends = [(r.start, r.end, len(r.label) + 8 * bool(r.label)) for r in listed]
        self.in_file = _joined(ends)
        self.in_body = self.in_file
        if not self.raw:  # between two places of a file with columns may stand another column
            of = _TextOffsets(document).of
            ends = [(of(a), of(max(a, b - 1)) + 1, more) for a, b, more in ends]
            self.in_body = _joined(ends)

    def _masked(self, document: Document) -> str:
        hidden = [_HIDDEN]
        if document.format == "latex":
            hidden = [_COMMENT, _VERBATIM]
        elif document.format == "markdown":
            hidden = [_HIDDEN, _CODE, _DEFINED]
        text = document.source_text
        if document.format == "markdown" and ("```" in text or "~~~" in text):
            text = _without_fences(text)
        for pattern in hidden:
            text = pattern.sub(lambda m: " " * len(m[0]), text)
        return text

    def place(self, start: int, end: int, in_file: bool = False) -> tuple[int, int] | None:
        """Where a stretch of the body (of the file, with ``in_file``) stands in the file; None within the list."""
        spans = self.in_file if in_file else self.in_body
        at = bisect_right(spans, (start, 1 << 60)) - 1
        if at >= 0 and start < spans[at][1]:
            return None
        if not (self.raw or in_file):
            begin = self.document.file_offset(start)
            start, end = begin, max(begin, self.document.file_offset(max(start, end - 1))) + 1
        return start, end

    def line(self, offset: int) -> int:
        return bisect_right(self.document.line_starts, offset)


def _joined(ends: Sequence[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """The stretches of entries (begin, end, letters of the label in front), joined where they touch."""
    spans: list[tuple[int, int]] = []
    for start, end in sorted((begin - more, end) for begin, end, more in ends):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def _without_fences(text: str) -> str:
    """Fenced code as blanks; a fence that is not closed hides nothing."""
    out: list[str] = []
    waiting: list[str] = []
    fence = ""
    for line in text.splitlines(keepends=True):
        mark = re.match(r" {0,3}(`{3,}|~{3,})", line)
        if fence:
            waiting.append(line)
            if mark and mark[1].startswith(fence) and not line.strip().strip(fence[0]):
                out += [re.sub(r"[^\r\n]", " ", one) for one in waiting]
                fence, waiting = "", []
        elif mark:
            fence, waiting = mark[1], [line]
        else:
            out.append(line)
    return "".join(out + waiting)


def _labelled(text: _Text, listed: Sequence[Reference | None]) -> Iterator[Citation]:
    """Numbers, labels and keys."""
    by_name: dict[str, list[int]] = {}
    for i, r in enumerate(listed):
        if r is not None and (r.key or r.label):
            by_name.setdefault(r.key or r.label, []).append(i)
    raised = ((found, True) for found in _raised_in_source(text))
    for found, in_file in (*raised, *((f, False) for f in _forms(text, frozenset(by_name)))):
        placed = text.place(found.start, found.end, in_file)
        if placed is None:
            continue
        targets = tuple(_nearest(by_name.get(name, ()), listed, placed[0]) for name in found.names)
        if found.form in ("number", "raised") and max(targets, default=-1) < 0 and not found.sure:
            continue
        line = text.line(placed[0])
        yield Citation(*placed, line, found.form, targets, found.names, found.sure)


def _forms(text: _Text, known: frozenset[str]) -> Iterator[Cited]:
    format = text.document.format
    if format == "latex":
        yield from latex_keys(text.body)
        return
    body = text.body
    yield from numbers(body)
    spelt = frozenset(name for name in known if not name.isdigit())
    if spelt:
        yield from labels(body, spelt)
    if format in ("markdown", "notebook", "text", "rst"):
        for found in markdown_keys(body):
            if "^" not in body[found.start : found.start + 2] or set(found.names) & known:
                yield found


def _raised_in_source(text: _Text) -> list[Cited]:
    """Raised numbers of a page: the tags that raise them are no part of its text."""
    if text.document.format != "html":
        return []
    return [found for found in numbers(text.document.source_text) if found.form == "raised"]


def _nearest(places: Sequence[int], listed: Sequence[Reference | None], offset: int) -> int:
    """Of several entries of one label, that of the next list below; -1 for none."""
    if len(places) < 2:
        return places[0] if places else -1
    below = bisect_right(places, offset, key=lambda place: _start(listed[place]))
    return places[min(below, len(places) - 1)]


def _start(reference: Reference | None) -> int:
    return reference.start if reference is not None else -1


def _by_author(text: _Text, listed: Sequence[Reference | None]) -> Iterator[Citation]:
    """Names with years."""
    known = AuthorYears(listed)
    if not known:
        return
    for start, end, form, people in author_years(text.body):
        placed = text.place(start, end)
        if placed is None:
            continue
        targets = tuple(known.target(one) for one in people)
        sure = all(known.plain(one) for one in people)
        names = tuple(one.name for one in people)
        if form == "narrative" and targets == (-1,) and not sure:
            continue
        yield Citation(*placed, text.line(placed[0]), form, targets, names, sure)


# ------------------------------------------------------------------ what that tells
Told = tuple[set[int], list[tuple[str, int]]]
"""Places of the entries that are cited, and what is cited without one, each with its line."""


def with_citations(document: Document, references: Sequence[Reference]) -> list[Reference]:
    """The references, each with the places that cite it and told whether the text cites it at all; the first of them
    carries the citations that lead nowhere."""
    out = list(references)
    text_offset = _TextOffsets(document).of
    listed = [
        i
        for i, r in enumerate(out)
        if r.kind == "reference" and not _aside(document, r, text_offset(r.start))
    ]
    if not listed:
        return out
    found = citations(document, out)
    places: dict[int, list[tuple[int, int, str]]] = {}
    for citation in found:
        for target in set(citation.targets):
            if target >= 0 and citation.end:
                places.setdefault(target, []).append((citation.start, citation.end, citation.kind))
    for i, at in places.items():
        out[i] = replace(out[i], cited_at=tuple(at))
    told = _told(document, out, listed, found)
    if told is None:
        return out
    hit, astray = told
    labels = {out[i].label for i in hit if out[i].label}
    for i in listed:
        out[i] = replace(out[i], cited=i in hit or out[i].label in labels)
    first = listed[0]
    out[first] = replace(out[first], astray=tuple(dict.fromkeys(astray)))
    return out


def _aside(document: Document, reference: Reference, at: int) -> bool:
    """True for what nobody expects the text to cite: under a heading like "Further reading", and the document itself."""
    if heading_kind(reference.section) == "maybe":
        return True
    above = document.text[max(0, at - 120) : at].rstrip().rsplit("\n", 1)[-1]
    return len(above) < 60 and _OWN.fullmatch(above) is not None


def _told(
    document: Document, out: list[Reference], listed: list[int], found: list[Citation]
) -> Told | None:
    """The entries that are cited and the names that lead nowhere; None where the text does not tell."""
    keyed = all(out[i].key for i in listed)
    every = [out[i].key or out[i].label for i in listed]
    names = list(dict.fromkeys(every)) if all(every) else every
    if keyed and len(set(names)) == len(names):
        if document.format != "latex" or any("*" in c.names for c in found):
            return None
        sure = not _ELSEWHERE.search(_COMMENT.sub("", document.source_text))
        return _judged(len(names), found, ("key",), lambda c: sure and c.sure)
    if names == [str(n) for n in range(1, len(names) + 1)]:
        limit = 2 * len(names) + BEYOND
        told = _judged(len(names), found, ("number", "raised"), lambda c: _slip(c, limit))
        return _with_code(document, out, listed, told) if told is not None else None
    if all(names) and len(set(names)) == len(names):
        return _judged(len(names), found, ("key", "number"), lambda c: False)
    if not any(names):
        told = _judged(len(names), found, ("author-year", "narrative"), lambda c: c.sure)
        return _with_code(document, out, listed, told) if told is not None else None
    return None


def _with_code(document: Document, out: list[Reference], listed: list[int], told: Told) -> Told:
    """Entries that anything in the file may cite, code too, count as cited; what the list may hold though it was not
    found there does not count as missing."""
    hit, astray = told
    plain = _Text(document, [out[i] for i in listed], masked=False)
    starts = [out[i].start for i in listed]
    begin = min(starts if plain.raw else map(_TextOffsets(document).of, starts))
    behind = plain.body[_list_begin(plain.body, begin) :]
    if not out[listed[0]].label:
        known = AuthorYears([r if r.kind == "reference" else None for r in out])
        hit |= known.anywhere(plain.body, lambda at: plain.place(at, at) is not None)
        first = dict.fromkeys([name for name, _ in astray])
        missing = {name for name in [*first][:MOST_ASTRAY] if not listed_somewhere(name, behind)}
        return hit, [(name, line) for name, line in astray if name in missing]
    numbered = {out[i].label: i for i in listed}
    for found in numbers(plain.body):
        if plain.place(found.start, found.end) is not None:
            hit |= {numbered[name] for name in found.names if name in numbered}
    there = {m[1] or m[2] for m in _LIST_LABEL.finditer(behind)}
    return hit, [(name, line) for name, line in astray if name not in there]


def _list_begin(text: str, first: int) -> int:
    """Where the list begins whose first entry that was found stands at ``first``: below its heading, if one is near."""
    begin = text.rfind("\n", 0, max(0, first - ABOVE)) + 1
    for match in re.finditer(r"[^\n]+", text[begin:first]):
        words = match.group().strip(" \t#*=_:.0123456789")
        if heading_kind(words) == "list":
            return begin + match.end()
    return first


class _TextOffsets:
    """Offsets in the text of a document of offsets in its file."""

    def __init__(self, document: Document) -> None:
        runs = document.runs or ((0, 0, len(document.text)),)
        self._runs = sorted((at, length, text) for text, at, length in runs)
        self._starts = [at for at, _, _ in self._runs]

    def of(self, offset: int) -> int:
        """That of the end of the stretch before where no stretch of the text holds it."""
        place = bisect_right(self._starts, offset) - 1
        if place < 0:
            return 0
        at, length, text = self._runs[place]
        return text + min(offset - at, length)


def _judged(
    entries: int,
    found: Sequence[Citation],
    kinds: tuple[str, ...],
    strict: Callable[[Citation], bool],
) -> Told | None:
    mine = [c for c in found if c.kind in kinds]
    hit = {target for c in mine for target in c.targets if target >= 0}
    if len(hit) < max(LEAST, SHARE * entries):
        return None
    astray = [
        (name, c.line)
        for c in mine
        if strict(c)
        for name, target in zip(c.names, c.targets, strict=True)
        if target < 0
    ]
    return hit, astray


def _slip(citation: Citation, limit: int) -> bool:
    """True for numbers that can be nothing but a citation: one alone, or beside others that are in the list."""
    if not citation.sure or any(not 0 < int(name) <= limit for name in citation.names):
        return False
    missing = sum(target < 0 for target in citation.targets)
    rising = list(map(int, citation.names)) == sorted(set(map(int, citation.names)))
    return missing == 1 and (rising or len(citation.names) > 2)
