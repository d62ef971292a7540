"""What a reference or an entry says and what is printed for it in, a row per field that differs out.

The table of corrections, the counts and the rules that tell of replaced and of added values all go by these rows, so that
they cannot tell different stories.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from .model import Csl, Name, Provenance, Resolution, custom_of, names_of, year_of
from .normalize.alike import ROLES, alike
from .normalize.preprint import is_preprint
from .normalize.text import squash

Kind = Literal["added", "changed", "completed", "reworded", "removed"]
"""``completed``: the same with more in it (whole names, a full date); ``reworded``: the same in another form."""

ORDER = (
    "type", "title", "author", "editor", "translator", "container-title", "collection-title", "issued", "edition", "volume", "issue",
    "page", "number", "publisher", "publisher-place", "genre", "version", "DOI", "ISBN", "ISSN", "URL", "accessed",
)  # fmt: skip
OF_REFERENCE = frozenset(("id", "custom", "citation-number"))
"""What says something of the reference as it stands in its list, not of the work."""
IDENTIFIERS = ("arxiv", "pmid", "pmcid", "acl", "openreview", "dblp")
_PLACES = {f: at for at, f in enumerate((*ORDER, *(f"custom.{k}" for k in IDENTIFIERS)))}
OWN_NUMBERS = frozenset(("custom.acl", "custom.openreview", "custom.dblp"))
"""Numbers of one index, which no entry prints: told where a stated one leaves, not where a record has one."""


LABELS: Mapping[str, str] = {
    "container-title": "venue", "collection-title": "series", "issued": "year", "page": "pages", "publisher-place": "place", "custom.arxiv": "arXiv",
    "author": "authors", "editor": "editors", "translator": "translators",
}  # fmt: skip
"""CSL's names of fields as a person says them, where that is another word."""
TYPES: Mapping[str, str] = {
    "article-journal": "journal article", "article-magazine": "magazine article", "article-newspaper": "newspaper article",
    "paper-conference": "conference paper", "article": "preprint", "webpage": "web page", "post-weblog": "blog post", "document": "—",
    "motion_picture": "film", "legal_case": "court decision", "entry-encyclopedia": "encyclopedia entry", "pamphlet": "booklet",
}  # fmt: skip
"""CSL types in plain words, where they are not their own."""


def label_of(field: str) -> str:
    """A field's name as a person says it."""
    return LABELS.get(field, field.removeprefix("custom."))


def clipped(text: str, most: int) -> str:
    """The text in so many letters at the most, "…" the last of them where it goes on."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def type_in_words(kind: str) -> str:
    """A CSL type as a person says it."""
    return TYPES.get(kind, kind.replace("-", " "))


@dataclass(frozen=True, slots=True)
class Change:
    """One field (a CSL name, or ``custom.`` and a name) that is printed other than it stood there, and on whose word."""

    field: str
    kind: Kind
    before: str
    after: str
    source: str = ""


def changes(
    stated: Csl, printed: Csl, provenance: Mapping[str, Provenance] | None = None
) -> tuple[Change, ...]:
    """Every field that was added, changed, completed, reworded or removed, in a fixed order; an equal pair gives nothing."""
    return tuple(_rows(stated, printed, provenance or {}))


def changes_of(result: Resolution) -> tuple[Change, ...]:
    """What is printed for a matched reference other than it stood there; nothing for one that no source knows."""
    global _last
    if not result.matched:
        return ()
    last, rows = _last
    if last is not result:
        rows = changes(result.claim.csl, result.emitted, result.provenance)
        _last = (result, rows)
    return rows


_last: tuple[Resolution | None, tuple[Change, ...]] = (None, ())
"""The resolution looked at last and its rows: several rules ask one after the other."""


def text_changes(
    before: Mapping[str, str], after: Mapping[str, str], said_by: Mapping[str, str]
) -> tuple[Change, ...]:
    """The same of fields that are text (those of a ``.bib`` entry by their names), in the order in which they stand afterwards.

    A field that only changes its name is one row.  ``said_by``: field → source of its new value.
    """
    gone = {name: text for name, text in before.items() if name not in after}
    out = []
    for name, text in after.items():
        source = said_by.get(name, "")
        old = next((n for n, t in gone.items() if t == text), "") if name not in before else ""
        if old:
            del gone[old]
            out.append(Change(old, "reworded", old, name, source))
        elif name not in before:
            out.append(Change(name, "added", "", text, source))
        elif before[name] != text:
            out.append(Change(name, _text_kind(before[name], text), before[name], text, source))
    return (*out, *(Change(n, "removed", t, "", said_by.get(n, "")) for n, t in gone.items()))


def _text_kind(before: str, after: str) -> Kind:
    one, two = squash(before), squash(after)
    if one == two:
        return "reworded"
    return "completed" if one and one in two else "changed"


def _rows(stated: Csl, printed: Csl, provenance: Mapping[str, Provenance]) -> Iterator[Change]:
    for field in _differing(stated, printed):
        old, new = _value(stated, field), _value(printed, field)
        before, after = shown(stated, field), shown(printed, field)
        if before == after or (not before and field in OWN_NUMBERS):
            continue
        if field == "type" and _one_upload(stated, printed):
            continue
        origin = provenance.get(field)
        same = origin.how != "corrected" if origin else alike(field, old, new)
        kind = _kind(field, old, new, before, after, same)
        yield Change(field, kind, before, after, origin.source if origin else "")


def _goes_on(csl: Csl) -> bool:
    """The list of authors ends in "et al."."""
    return bool(custom_of(csl).get("others"))


def _one_upload(stated: Csl, printed: Csl) -> bool:
    """Both are what a server of preprints holds, which some indexes call an article of a journal."""
    kinds = {stated.get("type"), printed.get("type")}
    return kinds == {"article", "article-journal"} and is_preprint(stated) and is_preprint(printed)


def _differing(stated: Csl, printed: Csl) -> list[str]:
    """The fields whose values are not the same, in their order."""
    found = {
        f for f in (*stated, *printed) if f not in OF_REFERENCE and stated.get(f) != printed.get(f)
    }
    if "author" in printed and _goes_on(stated) != _goes_on(printed):
        found.add("author")
    one, two = custom_of(stated), custom_of(printed)
    found.update([f"custom.{k}" for k in IDENTIFIERS if one.get(k) != two.get(k)])
    return sorted(found, key=lambda f: (_PLACES.get(f, len(_PLACES)), f))


def _value(csl: Csl, field: str) -> Any:
    return custom_of(csl).get(field[7:]) if field.startswith("custom.") else csl.get(field)


def _kind(field: str, old: Any, new: Any, before: str, after: str, same: bool) -> Kind:
    """``same``: both mean one thing, as the provenance of what is printed has decided."""
    if not before:
        return "added"
    if not after:
        return "removed"
    if not same:
        cut = field == "author" and before.endswith(" et al.") and not after.endswith(" et al.")
        return "completed" if cut and _begins(old, new) else "changed"
    return "completed" if len(squash(after)) > len(squash(before)) else "reworded"


def _begins(old: Any, new: Any) -> bool:
    one, two = list(old), list(new)
    return len(one) < len(two) and alike("author", one, two[: len(one)])


def shown(csl: Csl, field: str) -> str:
    """A field as a person reads it, "" where the item has none."""
    if field in ROLES:
        listed = ", ".join(map(_shown_name, names_of(csl, field)))
        return listed + (" et al." if field == "author" and custom_of(csl).get("others") else "")
    if field in ("issued", "accessed", "original-date"):
        return _date(csl, field)
    if field.startswith("custom."):
        return str(custom_of(csl).get(field[7:]) or "")
    value = csl.get(field)
    return "" if value is None else str(value)


@lru_cache(maxsize=8192)
def _shown_name(name: Name) -> str:
    suffix = f" {name.suffix}" if name.suffix else ""
    return f"{name.given} {name.full_family}{suffix}".strip()


def _date(csl: Csl, field: str) -> str:
    date = csl.get(field)
    if not isinstance(date, Mapping):
        return ""
    try:
        return "/".join("-".join(f"{int(n):02d}" for n in part) for part in date["date-parts"])
    except (KeyError, TypeError, ValueError):
        return str(date.get("literal") or date.get("raw") or year_of({"issued": date}) or "")
