"""From a CSL item to what the index holds of it: its words, and the exact keys under which it is found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import Any

from ..model import Csl, custom_of, year_of
from ..normalize.text import fold

_CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]+")
_PAGE = re.compile(r"[A-Za-z]*\d+")
_ARXIV_DOI = "10.48550/arxiv."

AUTHORS = 40
"""People of one record whose family names are indexed."""


def words(text: str) -> list[str]:
    """The words of ``text``, folded: lower case, no diacritics; runs of CJK characters as overlapping pairs."""
    folded = fold(text)
    if folded.isascii() or not _CJK.search(folded):
        return folded.split()
    return [part for word in folded.split() for part in _pairs(word)]


def _pairs(word: str) -> Iterator[str]:
    at = 0
    for run in _CJK.finditer(word):
        if run.start() > at:
            yield word[at : run.start()]
        text = run.group()
        yield from (text[i : i + 2] for i in range(max(1, len(text) - 1)))
        at = run.end()
    if at < len(word):
        yield word[at:]


def digest(*parts: str) -> str:
    """A short exact key of several strings (60 bits, as text that sorts and compresses well)."""
    return blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()[:15]


def families(csl: Csl, limit: int = AUTHORS) -> list[str]:
    """Folded family names (or literals) of the authors, else of the editors, in order."""
    people = csl.get("author") or csl.get("editor") or ()
    if not isinstance(people, (list, tuple)):
        return []
    found = []
    for person in people[:limit]:
        if isinstance(person, Mapping):
            name = person.get("family") or person.get("literal") or person.get("given") or ""
        else:
            name = person
        folded = " ".join(words(str(name)))
        if folded:
            found.append(folded)
    return found


def titles(csl: Csl) -> list[str]:
    """The titles under which a record is to be found: its own, the original one, its short one, stated variants."""
    more = custom_of(csl).get("title-variants")
    named = [csl.get("title"), csl.get("original-title"), csl.get("title-short"), *(more if isinstance(more, (list, tuple)) else ())]
    return list(dict.fromkeys(str(title) for title in named if title))


def main_part(title: str) -> str:
    """What stands before the first colon, dash or question mark that begins a subtitle; "" where there is none."""
    cut = re.search(r"[:?!]\s|\s[-–—]\s|\.\s(?=[A-Z])", title)
    return title[: cut.start()] if cut and cut.start() > 0 else ""


def text_of(csl: Csl) -> str:
    """The words of a record that are searched: titles, family names, year."""
    found: list[str] = []
    for title in titles(csl):
        found += words(title)
    found += families(csl)
    year = year_of(csl)
    if year:
        found.append(str(year))
    return " ".join(found)


def doi_key(doi: object) -> str:
    """The key of a DOI; one that arXiv gives to its e-prints is the key of the e-print."""
    low = str(doi).strip().lower()
    if low.startswith(_ARXIV_DOI):
        return arxiv_key(low[len(_ARXIV_DOI) :])
    return f"d:{low}" if low else ""


def arxiv_key(ident: object) -> str:
    low = re.sub(r"v\d+$", "", str(ident).strip().lower().removeprefix("arxiv:"))
    return f"a:{low}" if low else ""


def isbn_key(isbn: object) -> str:
    """The key of an ISBN: ten digits are brought to the form with thirteen."""
    digits = re.sub(r"[^0-9X]", "", str(isbn).upper())
    if len(digits) == 10:
        body = "978" + digits[:9]
        if not body.isdigit():
            return ""
        return f"i:{body}{-sum(int(d) * (1, 3)[i % 2] for i, d in enumerate(body)) % 10}"
    return f"i:{digits}" if len(digits) == 13 and digits.isdigit() else ""


def key_of(kind: str, value: object) -> str:
    """The exact key of one identifier (``doi arxiv isbn pmid acl openreview dblp id title``), "" if it is none."""
    match kind:
        case "doi":
            return doi_key(value)
        case "arxiv":
            return arxiv_key(value)
        case "isbn":
            return isbn_key(value)
        case "title":
            return title_key(str(value))
        case "id":
            return f"#:{value}" if value else ""
        case "pmid" | "acl" | "openreview" | "dblp":
            text = str(value).strip()
            return f"{kind}:{text if kind == 'openreview' else text.lower()}" if text else ""
    raise ValueError(f"unknown kind of identifier {kind!r}: doi, arxiv, isbn, pmid, acl, openreview, dblp, id or title")


def identifiers(csl: Csl) -> list[str]:
    """The keys of the identifiers that a claim or record states."""
    custom = custom_of(csl)
    found = []
    if csl.get("DOI"):
        found.append(doi_key(csl["DOI"]))
    if custom.get("arxiv"):
        found.append(arxiv_key(custom["arxiv"]))
    for kind in ("pmid", "acl", "openreview", "dblp"):
        if custom.get(kind):
            found.append(key_of(kind, custom[kind]))
    if csl.get("PMID"):
        found.append(key_of("pmid", csl["PMID"]))
    if csl.get("ISBN"):
        found += [isbn_key(isbn) for isbn in re.split(r"[\s,;]+", str(csl["ISBN"]))]
    return [key for key in dict.fromkeys(found) if key]


def title_key(title: str) -> str:
    """The key of a whole title."""
    joined = "".join(words(title))
    return "t:" + digest(joined) if joined else ""


def title_author_key(title: str, family: str) -> str:
    """The key of a title with the (folded) family name of its first author."""
    joined = "".join(words(title))
    return "u:" + digest(joined, family) if joined and family else ""


def page_key(volume: object, page: object) -> str:
    """The key of a volume and a first page: how works are found that are cited without a title."""
    first = _PAGE.search(str(page))
    number = re.search(r"[A-Za-z]*\d+", str(volume))
    return f"v:{number.group().lower()}:{first.group().lower()}" if first and number else ""


def relation_keys(csl: Csl) -> list[str]:
    """The keys of the other versions that a record names itself (``custom.version-of``)."""
    named = custom_of(csl).get("version-of")
    targets = named if isinstance(named, (list, tuple)) else [named] if named else []
    return [target_key(str(target)) for target in targets if target]


def target_key(target: str) -> str:
    """The key of a stated version: ``arXiv:<id>``, a DOI, or a record's id."""
    low = target.lower()
    if low.startswith("arxiv:") and target[:6] != "arxiv:":
        return arxiv_key(target)
    if low.startswith("10.") and "/" in low:
        return doi_key(target)
    return f"#:{target}"


def keys_of(csl: Csl) -> list[str]:
    """All exact keys of a record."""
    found = [f"#:{csl.get('id')}"]
    found += identifiers(csl)
    people = families(csl, 1)
    for title in titles(csl):
        joined = "".join(words(title))
        if not joined:
            continue
        found.append("t:" + digest(joined))
        if people:
            found.append("u:" + digest(joined, people[0]))
        main = "".join(words(main_part(title)))
        if len(main) >= 8:
            found.append("m:" + digest(main))
    if csl.get("page") and csl.get("volume"):
        key = page_key(csl["volume"], csl["page"])
        if key:
            found.append(key)
    found += ["r" + key for key in relation_keys(csl)]
    return list(dict.fromkeys(found))


def as_csl(item: Any) -> dict[str, Any]:
    """``item`` if it can stand in a catalogue; ValueError says what it lacks."""
    if not isinstance(item, dict):
        raise ValueError("not a JSON object")
    if not isinstance(item.get("id"), str) or not item["id"]:
        raise ValueError("no id")
    if not isinstance(item.get("title"), str) or not item["title"].strip():
        raise ValueError("no title")
    return item
