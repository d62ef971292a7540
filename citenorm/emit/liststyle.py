"""CSL items ↔ printed references: the style of a list told from what stands in it, and items written in that style."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from ..model import Csl, Name, custom_of, eprint_of, names_of, year_of
from ..normalize.editions import edition_number
from ..normalize.ordinals import as_ordinal

_FIELD = re.compile(r"\{(\w+)\}")
_GROUP = re.compile(r"\[([^\[\]]*)\]")
_NEAR_ENOUGH = 0.80
"""Below this likeness of what a style would print to what stands there, the style cannot be told."""


@dataclass(frozen=True, slots=True)
class ListStyle:
    """A table of ``list_styles.toml``: how names stand, and the patterns by kind of work."""

    name: str
    first: str
    rest: str
    given: str
    between: str
    two: str
    last: str
    patterns: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Look:
    """What a list does beside its style: curly quotation marks, an en dash between pages, emphasis (its sign, "" for none)."""

    curly: bool = False
    dash: str = "-"
    emphasis: str = ""
    variants: tuple[tuple[str, int], ...] = ()
    """Kind of work and the number of the pattern that the list uses for it."""


@lru_cache(maxsize=1)
def list_styles() -> tuple[ListStyle, ...]:
    """All styles, in the order of the file."""
    tables: dict[str, dict[str, Any]] = tomllib.loads(
        files(__package__).joinpath("list_styles.toml").read_text(encoding="utf-8")
    )
    return tuple(
        ListStyle(
            name, t["first"], t["rest"], t["given"], t["between"], t["two"], t["last"],
            {kind: tuple(t[kind]) for kind in ("article", "conference", "preprint")},
        )
        for name, t in tables.items()
    )  # fmt: skip


def kind_of(csl: Csl) -> str:
    """The kind of pattern that a work is printed by."""
    kind = csl.get("type")
    if kind == "article" or (not csl.get("container-title") and custom_of(csl).get("arxiv")):
        return "preprint" if custom_of(csl).get("arxiv") else "article"
    return "conference" if kind in ("paper-conference", "chapter") else "article"


def write_reference(
    csl: Csl, style: ListStyle, look: Look | None = None, variant: int | None = None
) -> str:
    """One item as the style prints it; ``variant``: which of the style's patterns, None for the list's."""
    looks = look or Look()
    kind = kind_of(csl)
    patterns = style.patterns[kind]
    number = variant if variant is not None else dict(looks.variants).get(kind, 0)
    values = _values(csl, style, looks)
    text = patterns[min(number, len(patterns) - 1)]
    while True:
        filled = _GROUP.sub(
            lambda m: m[1] if all(values.get(f) for f in _FIELD.findall(m[1])) else "", text
        )
        if filled == text:
            break
        text = filled
    text = _FIELD.sub(lambda m: values.get(m[1], ""), text)
    text = (
        re.sub(r"([?!.])([”\"'])?\.(?=[\s”\"']|$)", r"\1\2", text)
        .replace('?."', '?"')
        .replace("..", ".")
    )
    text = text.replace("*", looks.emphasis) if looks.emphasis else text.replace("*", "")
    if looks.curly:
        text = re.sub(r'"([^"]*)"', "“\\1”", text)
    return re.sub(r"\s+([.,;:])", r"\1", " ".join(text.split())).replace(" ()", "")


def _values(csl: Csl, style: ListStyle, look: Look) -> dict[str, str]:
    year = year_of(csl)
    return {
        "authors": write_names(
            names_of(csl) or names_of(csl, "editor"),
            style,
            others=bool(custom_of(csl).get("others")),
        ),
        "title": f"{csl.get('title') or ''}{_edition(csl)}",
        "venue": str(csl.get("container-title") or csl.get("publisher") or ""),
        "volume": str(csl.get("volume") or ""),
        "issue": str(csl.get("issue") or ""),
        "pages": str(csl.get("page") or "").replace("-", look.dash),
        "publisher": str(csl.get("publisher") or "") if csl.get("container-title") else "",
        "year": str(year) if year is not None else "",
        "arxiv": eprint_of(csl),
    }


def _edition(csl: Csl) -> str:
    """ " (3rd ed.)" behind a title."""
    stated = str(csl.get("edition") or "")
    number = edition_number(csl)
    if not stated or number == "1":
        return ""
    if number:
        return f" ({as_ordinal(int(number))} ed.)"
    return f" ({stated})" if re.search(r"\bed", stated, re.I) else f" ({stated} ed.)"


def write_names(people: Sequence[Name], style: ListStyle, *, others: bool = False) -> str:
    """The people of a work as the style prints them."""
    written = [
        _one(name, style.first if i == 0 else style.rest, style.given)
        for i, name in enumerate(people)
    ]
    if others:
        return style.between.join([*written, "et al."]) if written else ""
    if len(written) < 2:
        return "".join(written)
    return (
        style.between.join(written[:-1])
        + (style.two if len(written) == 2 else style.last)
        + written[-1]
    )


def _one(name: Name, order: str, form: str) -> str:
    if name.literal:
        return name.literal
    given = _given(name.given, form)
    suffix = f" {name.suffix}" if name.suffix else ""
    if order == "Given Family":
        return f"{given} {name.full_family}{suffix}".strip()
    mark = ", " if order == "Family, Given" else " "
    return f"{name.full_family}{mark if given else ''}{given}{suffix}"


def _given(given: str, form: str) -> str:
    if form == "full" or not given:
        return given
    letters = [
        [part[0].upper() for part in word.split("-") if part]
        for word in re.sub(r"\.(?=\S)", ". ", given).split()
    ]
    if form == "JM":
        return "".join("".join(word) for word in letters)
    joined = ["-".join(f"{letter}." for letter in word) for word in letters if word]
    return (" " if form == "J. M." else "").join(joined)


# ------------------------------------------------------------------ which style it is
def likeness(raw: str, csl: Csl, style: ListStyle, variant: int = 0) -> float:
    """How near (0–1) what the style would print of an item comes to what stands there."""
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(
        _plain(raw), _plain(write_reference(csl, style, variant=variant))
    )


def _plain(text: str) -> str:
    return (
        re.sub(r"[“”„]", '"', re.sub(r"[‐-―−]+", "-", text))
        .replace("*", "")
        .replace("’", "'")
        .casefold()
    )


def tell_style(
    examples: Iterable[tuple[str, Csl]],
) -> tuple[ListStyle, tuple[tuple[str, int], ...]] | None:
    """The style in which the references of a list are printed, with the variant for each kind; None where it cannot be told.

    ``examples``: what stands there (without marks), and what was read from it.
    """
    rows = [(raw, csl) for raw, csl in examples if csl.get("title") and raw]
    best: tuple[float, ListStyle, tuple[tuple[str, int], ...]] | None = None
    for style in list_styles():
        total, variants = 0.0, []
        for kind, patterns in style.patterns.items():
            mine = [(raw, csl) for raw, csl in rows if kind_of(csl) == kind]
            if not mine:
                continue
            sums = [
                sum(likeness(raw, csl, style, n) for raw, csl in mine) for n in range(len(patterns))
            ]
            total += max(sums)
            variants.append((kind, sums.index(max(sums))))
        if rows and (best is None or total / len(rows) > best[0]):
            best = (total / len(rows), style, tuple(variants))
    return (best[1], best[2]) if best and best[0] >= _NEAR_ENOUGH else None


def tell_look(sources: Sequence[str]) -> Look:
    """Quotation marks, dashes and emphasis of a list, from its source text."""
    text = "\n".join(sources)
    emphasis = (
        "_"
        if len(re.findall(r"(?<!\w)_[^_\n]+_(?!\w)", text)) > len(re.findall(r"\*[^*\n]+\*", text))
        else "*"
        if re.search(r"\*[^*\n]+\*", text)
        else ""
    )
    return Look(
        curly=text.count("“") > text.count('"') / 2,
        dash="–"
        if len(re.findall(r"\d–\d", text)) > len(re.findall(r"\d--?\d", text))
        else "--"
        if re.search(r"\d--\d", text)
        else "-",
        emphasis=emphasis,
    )
