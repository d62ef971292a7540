"""The lines of a list go in; its entries come out where the layout says how the list is divided, else None.

A list that people type is divided in one of few ways, or in several of them: labels that count, bullets, blank lines, a hanging or a
first-line indent, one entry a line.  Each of these is seen without reading the entries; what the entries hold only
decides whether it is a list of references at all.  A list wrapped flush without any of these marks is left to others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from .headings import heading_kind
from .labels import Numbering, label_at, numbering
from .lines import Line
from .list_item import Shape, complete, only_identifier, shape
from .reference_score import LONGEST, people, prose_words

GOOD_SHARE, FAIR_SHARE = 0.5, 0.6
"""A list of references: so many of its entries read as references, and so many (and so much of its text) may be ones."""

WIDE = 112
"""Lines longer than this were not wrapped by hand or by a program."""

DEEPEST = 3
"""Numbered lists behind each other, each of which begins anew."""

TITLE = 80
"""A line above a list that is no longer than this may be its title."""

_CONTINUES = re.compile(
    r"(?:(?!(?:v[ao]n|de[rnl]?|d[aiou]s?|l[ae]|te[rn]?|zu[rm]?|el|al|bin|d)\b['’ ]*(?:de[rn]? |la )?[A-ZÀ-Þ])[a-zß-öø-ÿ]+[ ,.]|[),;:&\]]|pp?\.\s?\d|[Vv]ol\.\s?\d|\d{1,4}\s?\(\d|\d+[–-]\d+|<?https?:\S+$|doi:|In[: ][A-Z])"
)
_UNFINISHED = re.compile(
    r"(?:[,:;&/(\[–-]|\b(?:and|of|the|in|for|on|an?|to|with|by|from|und|der|die|des|von|für|eds?\.|[vV]ol\.|pp\.))$"
)
_AWAITS_ADDRESS = re.compile(r"\b(?:at|from|URL|DOI|via)$", re.IGNORECASE)
_IDEOGRAPH = re.compile(r"[\u3000-\u30ff\u4e00-\u9fff]")
_LABEL_ALONE = re.compile(r"[\[(]?\d{1,3}[\]).]+")
_COMMAND = "$#>%@{<"
"""Typed lines that begin so are code."""
_SENTENCE_END = re.compile(r"[.!?。][)\]”\"’]?$")


@dataclass(slots=True)
class Unit:
    """The lines of one entry in the making; ``skip``: length of the label in front of its first line."""

    lines: Sequence[Line]
    label: str = ""
    skip: int = 0

    @property
    def start(self) -> int:
        return self.lines[0].start + self.skip

    @property
    def end(self) -> int:
        return self.lines[-1].end

    @property
    def text(self) -> str:
        first = self.lines[0].text[self.skip :]
        return " ".join([first, *(line.text for line in self.lines[1:])])


def units_of(lines: Sequence[Line], within: int = 0) -> list[Unit] | None:
    """How the lines of a list are divided into entries, whatever these hold; None where the layout does not say.

    ``within``: how many numbered lists these lines stand behind; behind ``DEEPEST`` of them labels are text.
    """
    counted = numbering(lines) if within < DEEPEST else None
    if counted is not None:
        made = _numbered(lines, counted, within)
        if made is not None or len(counted.labels) > 1:
            return made  # else: a label alone, among entries without
    groups = paragraphs(lines)
    width = _width(groups)
    units: list[Unit] = []
    for group in groups:
        divided = _divided(group, width)
        if divided is None:
            return None
        units += divided
    return units


def listed(lines: Sequence[Line], *, sure: bool = False, whole: bool = False) -> list[Unit] | None:
    """The entries of a list of references, those units left out that are none.

    ``sure``: a heading says that these lines are a list of references; ``whole``: they are all of a file.  None where they are not, or the layout is unclear.
    """
    body = lines[titles(lines) :]
    if not body or any(line.kind in ("code", "table") for line in body):
        return None
    units = units_of(body)
    if not units:
        return None
    return _references(units, sure, whole)


def as_printed(lines: Sequence[Line], begin: int, end: int) -> None:
    """Under a heading of references a block that is set as it was typed holds them too: what reads as one becomes a paragraph."""
    typed = [line for line in lines[begin:end] if line.kind == "code"]
    if not typed:
        return
    groups = [list(group) for _, group in groupby(typed, _by_gaps())]
    for group in groups:
        text = " ".join(line.text for line in group)
        if text[0] in _COMMAND or not shape(text).good:
            continue
        for line in group:
            line.kind, line.first = "paragraph", line is group[0]


def _by_gaps() -> Callable[[Line], int]:
    """A key that grows with every line that has a blank one above it."""
    seen = 0

    def key(line: Line) -> int:
        nonlocal seen
        seen += bool(line.gap)
        return seen

    return key


Told = list[tuple[Unit, Shape]]


def _references(units: Sequence[Unit], sure: bool, whole: bool) -> list[Unit] | None:
    parts: list[Told] = [[]]
    for unit in units:
        if _heading_like(unit):
            parts.append([])
        else:
            parts[-1].append((unit, shape(unit.text)))
    told = [one for part in parts for one in part]
    if not told or not _whole(told):
        return None
    if len(told) == 1:
        unit, seen = told[0]
        alone = seen.good or (seen.fair and (sure or (whole and people(unit.text) >= 2.2)))
        return [unit] if alone else None
    numbered = all(unit.label for unit, _ in told)
    likely = sure and numbered and all(seen.fair for _, seen in told)
    if not likely and not _is_list(_counted(told, sure), 0.34 if sure or numbered else GOOD_SHARE):
        return None
    main = _main_kind(told)
    if sure:
        parts = [told]
    return [unit for part in parts for unit in _taken(part, sure, main)]


def _counted(told: Told, sure: bool) -> Told:
    """Under a heading what stands behind the last of several labels is no part of the list, and tells nothing about it."""
    labelled = [i for i, (unit, _) in enumerate(told) if unit.label]
    return told[: labelled[-1] + 1] if sure and len(labelled) > 1 else told


def _is_list(told: Told, needed: float) -> bool:
    """True where enough of the units read as references, and enough of the text may be some."""
    good = sum(_speaks(unit, seen) for unit, seen in told)
    fair = [len(unit.text) for unit, seen in told if seen.fair]
    letters = sum(len(unit.text) for unit, _ in told)
    enough = len(fair) >= FAIR_SHARE * len(told) and sum(fair) >= FAIR_SHARE * letters
    return enough and good >= needed * len(told)


def _speaks(unit: Unit, seen: Shape) -> bool:
    """An entry that reads as a reference, or has a label and may be one."""
    return seen.good or (seen.fair and label_at(unit.text)[1] > 0)


def _main_kind(told: Told) -> str:
    """Whether most of the references are items or paragraphs."""
    good = [unit.lines[0].kind for unit, seen in told if seen.good]
    return "item" if 2 * good.count("item") > len(good) else "paragraph"


def _taken(part: Told, sure: bool, main: str) -> list[Unit]:
    """The units of one part of a list (what stands between two headings) that are taken for references."""
    good = sum(_speaks(unit, seen) for unit, seen in part)
    close = len(part) >= 3 and sum(seen.fair for _, seen in part) >= 0.75 * len(part)
    among = sure or 2 * good >= len(part)
    kept: list[Unit] = []
    for unit, seen in part:
        first = unit.lines[0]
        fitting = sure or unit.label or first.kind in (main, "footnote")
        labelled = sure and close and seen.words and (unit.label or first.label)
        likely = among and (seen.fair or (close and seen.possible)) and fitting
        if seen.good or labelled or likely:
            kept.append(unit)
    return kept


def _whole(told: Told) -> bool:
    """True where the units begin and end like entries: none goes on where the one above it broke off."""
    broken = 0
    addressed = _addressed(told)
    lower = sum(unit.text[:1].islower() for unit, _ in told)
    for (above, _), (unit, _) in pairwise(told):
        if unit.label or unit.lines[0].kind in ("item", "footnote", "bibitem"):
            continue
        text = unit.text
        before = above.lines[-1].text
        itself = not addressed and _address_itself(unit, before)
        goes_on = _CONTINUES.match(text) and not (text[0].islower() and 2 * lower > len(told))
        goes_on = goes_on and not itself
        ended = _SENTENCE_END.search(before) and not shape(text).fair
        broken += bool(goes_on and not ended) or _broken_off(before)
    return broken <= 0.04 * len(told)


def _broken_off(text: str) -> bool:
    """True where the last word of ``text`` wants another one; an address may end as it likes ("…/", "…/a")."""
    return bool(_UNFINISHED.search(text)) and not only_identifier(text.split()[-1])


def _address_itself(unit: Unit, above: str) -> bool:
    """True for a paragraph, or a line below an address, that is an address too, where the line ``above`` does not announce one."""
    parted = unit.lines[0].gap > 0 or only_identifier(above)
    return parted and only_identifier(unit.text) and not _AWAITS_ADDRESS.search(above)


def _addressed(told: Told) -> bool:
    """True where every entry has its address below it, in a paragraph of its own: there these are no entries."""
    alone = [only_identifier(unit.text) for unit, _ in told]
    return len(alone) >= 4 and alone == [False, True] * (len(alone) // 2)


def titles(lines: Sequence[Line]) -> int:
    """How many lines at the top are the list's title or heading."""
    count = 0
    for line in lines[:4]:
        following = lines[count + 1] if count + 1 < len(lines) else None
        head = line.kind == "heading" or heading_kind(line.text) in ("list", "maybe")
        if (
            not head
            and following is not None
            and len(line.text) <= TITLE
            and not label_at(line.text)[1]
        ):
            head = not shape(line.text).fair and (
                (line.text.endswith((":", "：")) and not people(line.text))
                or (following.gap > 0 and not _SENTENCE_END.search(line.text))
            )
        if not head:
            break
        count += 1
    return count


def _heading_like(unit: Unit) -> bool:
    """True for a heading among the entries."""
    first = unit.lines[0]
    if first.kind == "heading":
        return True
    text = unit.text
    if len(unit.lines) > 1 or len(text) > 60 or unit.label:
        return False
    return bool(heading_kind(text)) or text.endswith((":", "："))


def paragraphs(lines: Sequence[Line]) -> list[Sequence[Line]]:
    """Lines between blank ones; items and blocks of their own stand alone."""
    cuts = [0]
    for i in range(1, len(lines)):
        line = lines[i]
        if line.gap or (line.first and line.kind != "paragraph") or line.kind == "heading":
            if not (_begins(lines, i - 1) and _hung_below(lines[i - 1], line)):
                cuts.append(i)
        elif lines[i - 1].kind == "heading" or (line.first and line.block != lines[i - 1].block):
            cuts.append(i)
    return [lines[a:b] for a, b in pairwise([*cuts, len(lines)])]


def _begins(lines: Sequence[Line], i: int) -> bool:
    return i == 0 or lines[i].gap > 0 or lines[i].first


def _hung_below(above: Line, line: Line) -> bool:
    """True where a blank line parts a label from its entry."""
    return _LABEL_ALONE.fullmatch(above.text) is not None and line.gap == 1


def _divided(group: Sequence[Line], width: int) -> list[Unit] | None:
    if len(group) == 1 or group[0].kind in ("footnote", "bibitem"):
        return [Unit(group)]
    by_edge = _by_edge(group)
    if by_edge is not None:
        return by_edge
    return _flush(group, width)


def _cut(group: Sequence[Line], starts: Sequence[int]) -> list[Unit]:
    return [Unit(group[a:b]) for a, b in pairwise([*starts, len(group)])]


def _by_edge(group: Sequence[Line]) -> list[Unit] | None:
    """Entries by a hanging indent, or by an indent of their first lines."""
    if group[0].kind == "item" and group[0].first:
        edges = [line.indent for line in group[1:]]
        if len(set(edges)) == 1 or min(edges) > 0:
            return [Unit(group)]
    edges = sorted({line.indent for line in group})
    if len(edges) < 2:
        return None
    low = edges[0]
    inner = [i for i, line in enumerate(group) if line.indent > low + 0.9]
    if not inner:
        return None
    if group[0].indent <= low + 0.9:
        starts = [i for i, line in enumerate(group) if line.indent <= low + 0.9]
        return _cut(group, starts) if _edge_holds(group, starts) else None
    starts = inner
    return _cut(group, starts) if starts[0] == 0 and _edge_holds(group, starts) else None


def _edge_holds(group: Sequence[Line], starts: Sequence[int]) -> bool:
    """True where the lines that begin entries by their edge also read so."""
    texts = [group[i].text for i in starts]
    odd = sum(1 for text in texts if _CONTINUES.match(text))
    cut = sum(1 for i in starts[1:] if _UNFINISHED.search(group[i - 1].text))
    return odd + cut <= 0.05 * len(starts) and len(starts) >= 1


def _flush(group: Sequence[Line], width: int) -> list[Unit] | None:
    """Lines at one edge: one entry a line, or one entry in all of them; None where entries are wrapped without a mark.

    ``width``: how wide the widest line of the list is.
    """
    texts = [line.text for line in group]
    if any(line.width != len(text) for line, text in zip(group, texts, strict=True)):
        return None  # set in type: letters do not tell how wide a line is
    address = [only_identifier(text) for text in texts]
    starts = [i for i, one in enumerate(address) if i == 0 or not one or all(address)]
    if len(starts) == 1 and sum(address) < 2:
        return [Unit(group)]
    if 2 * sum(address) > len(address) and all(map(_one_word, texts)):
        return _cut(group, range(len(group)))  # a number that is hardly one, among identifiers
    texts = [texts[i] for i in starts]
    full = sum(
        len(group[i - 1].text) + 1 + _unbroken(group[i].text) > width or address[i - 1]
        for i in starts[1:]
    )
    if all(address):
        full = 0
    one_each = _cut(group, starts)
    if _odd(texts) == 0 and all(map(complete, texts)):
        return one_each
    if width > WIDE:
        return one_each if full <= 1 or _odd(texts) <= 0.1 * len(texts) else None
    seen = [shape(text) for text in texts]
    good = sum(one.good for one in seen)
    if len(texts) == 2:
        if _odd(texts) == 0 and not full and good:
            return one_each
        return [Unit(group)] if full else None
    if full <= max(1, 0.2 * (len(texts) - 1)):
        each = all(one.fair for one in seen) or good >= 0.6 * len(texts)
        meant = full <= 1 and not any(_UNFINISHED.search(text) for text in texts[:-1])
        return one_each if each and (meant or _odd(texts) == 0) else None
    if full == len(texts) - 1 and not _begins_inside(group):
        return [Unit(group)]
    return None


def _one_word(text: str) -> bool:
    return " " not in text.strip()


def _unbroken(text: str) -> int:
    """How long the first piece of ``text`` is that no line end may stand in; any letter of Chinese and Japanese is one."""
    return 1 if _IDEOGRAPH.match(text) else len(text.split(None, 1)[0])


def _odd(texts: Sequence[str]) -> int:
    """How many lines go on with the one above, rather than begin an entry."""
    if 2 * sum(text[0].islower() for text in texts) > len(texts):
        return 0
    return sum(
        1
        for above, text in pairwise(texts)
        if _CONTINUES.match(text) or (_UNFINISHED.search(above) and not above.endswith("/"))
    )


def _width(groups: Sequence[Sequence[Line]]) -> int:
    """The width of the widest line that could have been broken."""
    several = [line.text for group in groups if len(group) > 1 for line in group]
    broken = (len(text) for text in several if " " in text or not only_identifier(text))
    return max(broken, default=WIDE + 1)


def _begins_inside(group: Sequence[Line]) -> bool:
    """True where a line within the paragraph begins like a reference, below one that ends like one."""
    texts = [line.text for line in group]
    for i in range(1, len(texts)):
        new = people(texts[i]) >= 2.6 and _SENTENCE_END.search(texts[i - 1])
        if new and complete(" ".join(texts[:i])) and complete(" ".join(texts[i:])):
            return True
    return sum(map(len, texts)) > LONGEST


def _numbered(lines: Sequence[Line], counted: Numbering, within: int) -> list[Unit] | None:
    """Entries by their labels; a paragraph between two of them that none of the others has is one of its own."""
    units: list[Unit] = []
    head = counted.labels[0].line
    if head:
        above = units_of(lines[:head], within + 1)
        if above is None:
            return None
        units += above
    bounds = [*(label.line for label in counted.labels), len(lines)]
    broken = sum(1 for a, b in pairwise(bounds[:-1]) if any(lines[i].gap for i in range(a + 1, b)))
    several = broken > 0.3 * (len(bounds) - 2) and broken > 1
    for place, label in enumerate(counted.labels):
        begin, stop = bounds[place], bounds[place + 1]
        last = place + 1 == len(counted.labels)
        end = begin + 1
        while end < stop and (
            not _parted(lines, begin, end)
            or (several and not last)
            or _alone(lines, begin, label.length, end)
        ):
            end += 1
        units.append(Unit(lines[begin:end], label.text, label.length))
        if end < stop:
            rest = units_of(lines[end:stop], within + 1)
            if rest is None:
                return None
            units += rest
    units = [_address_alone(_past_label(unit)) for unit in units]
    return units if _wrapped(units) else None


def _wrapped(units: Sequence[Unit]) -> bool:
    """True where the lines of every entry are indented below its first, or end because the next word had no room."""
    flush = [unit for unit in units if len(unit.lines) > 1 and not _hangs(unit.lines)]
    width = _width([unit.lines for unit in flush])
    if width > WIDE:
        return not flush
    return not any(
        len(a.text) + 1 + _unbroken(b.text) <= width
        for unit in flush
        for a, b in pairwise(unit.lines)
    )


def _hangs(lines: Sequence[Line]) -> bool:
    return all(line.indent > lines[0].indent + 0.9 for line in lines[1:])


def _alone(lines: Sequence[Line], begin: int, length: int, end: int) -> bool:
    return end == begin + 1 and length >= len(lines[begin].text)


def _past_label(unit: Unit) -> Unit:
    """The unit without a first line that is nothing but its label."""
    if unit.skip >= len(unit.lines[0].text) and len(unit.lines) > 1:
        return Unit(unit.lines[1:], unit.label, 0)
    return unit


def _address_alone(unit: Unit) -> Unit:
    """An address that fills the first line is the whole entry where a sentence stands below it."""
    if len(unit.lines) < 2 or not only_identifier(unit.lines[0].text[unit.skip :]):
        return unit
    rest = " ".join(line.text for line in unit.lines[1:])
    sentence = prose_words(rest) > 0 and rest[0].isupper() and not shape(rest).good
    return Unit(unit.lines[:1], unit.label, unit.skip) if sentence else unit


def _parted(lines: Sequence[Line], begin: int, i: int) -> bool:
    """True where line ``i`` begins a paragraph or item that is no deeper than the entry at ``begin``."""
    line = lines[i]
    if (
        (not line.gap or line.kind == "item")
        and line.kind != "heading"
        and (line.text[0].islower() or line.text[0] in "-,;:)")
    ):
        return False
    if line.kind == "heading" or (
        line.first and line.block != lines[i - 1].block and line.level <= lines[begin].level
    ):
        return line.indent <= lines[begin].indent or line.kind == "heading"
    return line.gap > 0 and line.indent <= lines[begin].indent
