"""Items, records and claims out of few words, the same for all tests (``from builders import item, record, claim``)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from citenorm.catalogue.memory import MemoryCatalogue
from citenorm.find.lines import Line
from citenorm.model import Claim, Record
from citenorm.sources import Sources

_NAMES = {
    "venue": "container-title",
    "pages": "page",
    "doi": "DOI",
    "isbn": "ISBN",
    "url": "URL",
    "series": "collection-title",
}
_CUSTOM = ("arxiv", "others", "author_count", "version_of", "pmcid", "dblp", "acl", "openreview")


def people(names: str | Iterable[str | dict[str, str]]) -> list[dict[str, str]]:
    """ "Jia Li; Haddad, Omar" or several such names → CSL names; one word alone is a group's name, a CSL name stays."""
    out = []
    for name in names.split("; ") if isinstance(names, str) else names:
        if isinstance(name, dict):
            out.append(name)
        elif ", " in name:
            family, given = name.split(", ", 1)
            out.append({"family": family, "given": given})
        elif " " in name:
            given, family = name.rsplit(" ", 1)
            out.append({"family": family, "given": given})
        elif name:
            out.append({"literal": name})
    return out


def item(
    title: str = "",
    who: str | Iterable[str] = (),
    year: int | None = None,
    type: str = "article-journal",
    **fields: Any,
) -> dict[str, Any]:
    """A CSL item.  ``venue``, ``pages``, ``doi``, ``isbn``, ``url`` and ``series`` stand for CSL's longer names, ``arxiv``, ``others``,
    ``author_count``, ``version_of`` … for keys of ``custom``; what is empty is left out."""
    custom = dict(fields.pop("custom", None) or {})
    out: dict[str, Any] = {"type": type, "title": title, "author": people(who or ())}
    out["issued"] = {"date-parts": [[year]]} if year else None
    for name, value in fields.items():
        if name in _CUSTOM:
            custom[name.replace("_", "-")] = value
        elif name in ("editor", "translator"):
            out[name] = people(value or ())
        else:
            out[_NAMES.get(name, name.replace("_", "-"))] = value
    out["custom"] = custom
    return {key: value for key, value in out.items() if value not in ("", None, [], {})}


def record(ident: str = "x:1", *args: Any, **fields: Any) -> Record:
    """A record under ``ident``; the rest as in ``item``."""
    return Record.from_csl({"id": ident, **item(*args, **fields)})


def claim(*args: Any, raw: str = "", **fields: Any) -> Claim:
    """A claim; all but ``raw`` as in ``item``."""
    return Claim(item(*args, **fields), raw=raw)


def asked(title: str = "", *families: str, ident: str = "", raw: str = "", **csl: Any) -> Claim:
    """A claim as a service is asked for it: a title, family names, the arXiv number ``ident``; ``csl`` in CSL's own names."""
    said: dict[str, Any] = {"title": title, "author": [{"family": family} for family in families]}
    return Claim(said | ({"custom": {"arxiv": ident}} if ident else {}) | csl, raw=raw)


def known(*items: Record | dict[str, Any]) -> Sources:
    """Sources that hold these records and nothing else; items get the ids ``s0:1``, ``s1:1`` … where they have none."""
    made = [
        x if isinstance(x, Record) else Record.from_csl({"id": f"s{i}:1", **x})
        for i, x in enumerate(items)
    ]
    return Sources([MemoryCatalogue(made)])


def typed_lines(*texts: str, **more: Any) -> list[Line]:
    """Lines of a typed text: leading spaces are the indent, an empty string a blank line above the next."""
    out: list[Line] = []
    at, gap = 0, 0
    for text in texts:
        words = text.strip()
        if words:
            start = at + len(text) - len(text.lstrip())
            indent, width = float(start - at), float(len(words))
            out.append(Line(start, at + len(text), words, indent, gap, width=width, **more))
            gap = 0
        else:
            gap += 1
        at += len(text) + 1
    return out


def kept_rows(path: Path, count: int) -> list[list[str]]:
    """What was kept of so many made inputs, a row each, to compare with what comes of them now."""
    rows: list[list[str]] = json.loads(path.read_text("utf-8"))
    assert len(rows) == count
    return rows


def keep_rows(path: Path, rows: list[list[str]]) -> None:
    """Write what comes of made inputs, in place of what was kept."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=0) + "\n", "utf-8")
