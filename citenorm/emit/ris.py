"""Resolutions or CSL items → RIS."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from ..model import Csl, Name, eprint_of, names_of
from .entry import date_parts
from .items import Emittable, items_of

TYPES = {
    "article-journal": "JOUR", "article-magazine": "MGZN", "article-newspaper": "NEWS", "review": "JOUR", "review-book": "JOUR",
    "paper-conference": "CPAPER", "chapter": "CHAP", "entry-encyclopedia": "ENCYC", "entry-dictionary": "DICT", "book": "BOOK",
    "collection": "CONF", "thesis": "THES", "report": "RPRT", "manuscript": "UNPB", "article": "UNPB", "webpage": "ELEC", "post": "BLOG",
    "post-weblog": "BLOG", "software": "COMP", "dataset": "DATA", "patent": "PAT",
}  # fmt: skip
_SIMPLE = (
    ("VL", "volume"), ("IS", "issue"), ("ET", "edition"), ("PB", "publisher"), ("CY", "publisher-place"), ("T3", "collection-title"),
    ("DO", "DOI"), ("UR", "URL"), ("M3", "genre"), ("LA", "language"), ("N1", "note"),
)  # fmt: skip


def to_ris(items: Iterable[Emittable], keys: Sequence[str] | None = None) -> str:
    """RIS records in the order of the items, each ended by ``ER``; Unicode text, lines ended by a line feed.

    ``keys``: what stands in ``ID``, one per item (then nothing is joined); "" for none.
    """
    found = items_of(items, join=keys is None)
    ids = list(keys) if keys is not None else [""] * len(found)
    return "\n".join(_record(item.csl, key) for item, key in zip(found, ids, strict=True))


def _record(csl: Csl, key: str = "") -> str:
    lines = [("TY", TYPES.get(str(csl.get("type") or ""), "GEN")), ("ID", key)]
    lines += [("AU", _name(name)) for name in names_of(csl)]
    lines += [("ED", _name(name)) for name in names_of(csl, "editor")]
    lines += [("A4", _name(name)) for name in names_of(csl, "translator")]
    lines += [("TI", str(csl.get("title") or "")), ("T2", str(csl.get("container-title") or ""))]
    parts = date_parts(csl.get("issued"))
    if parts:
        lines.append(("PY", str(parts[0])))
        if len(parts) > 1:
            lines.append(
                ("DA", "/".join(f"{part:02d}" for part in parts) + "/" * (4 - len(parts) - 1))
            )
    elif isinstance(issued := csl.get("issued"), Mapping):
        lines.append(("PY", str(issued.get("literal") or issued.get("raw") or "")))
    page = str(csl.get("page") or "")
    ends = re.fullmatch(r"([^-–\s]+)\s*[-–]+\s*([^-–\s]+)", page)
    lines += [("SP", ends[1]), ("EP", ends[2])] if ends else [("SP", page)]
    lines += [(tag, str(csl.get(name) or "")) for tag, name in _SIMPLE]
    lines.append(("SN", str(csl.get("ISBN") or csl.get("ISSN") or "")))
    if csl.get("number"):
        lines.append(("IS" if not csl.get("issue") else "M1", str(csl["number"])))
    if eprint := eprint_of(csl):
        lines.append(("AN", f"arXiv:{eprint}"))
    accessed = date_parts(csl.get("accessed"))
    if accessed:
        lines.append(("Y2", "/".join(f"{part:02d}" for part in accessed)))
    lines += [("KW", word.strip()) for word in re.split(r"[;,]", str(csl.get("keyword") or ""))]
    lines += [
        ("AB", str(csl.get("abstract") or "")),
        ("N2" if not csl.get("abstract") else "N1", str(csl.get("annote") or "")),
    ]
    told = [f"{tag}  - {' '.join(value.split())}" for tag, value in lines if value.strip()]
    return "\n".join([*told, "ER  - ", ""])


def _name(name: Name) -> str:
    if name.literal:
        return name.literal
    return ", ".join(part for part in (name.full_family, name.given, name.suffix) if part)
