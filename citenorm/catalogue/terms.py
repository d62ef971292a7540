"""From a CSL item to what the index holds of it: its words, and the exact keys under which it is found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from ..model import Csl, custom_of, year_of
from ..normalize.text import fold, folded_words
from ..shapes import sound_csl
from .remembered import Remembered

_CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]+")
_SIGNS = re.compile("[–—‐‑‒―“”„‟‘’‚«»‹›…·•¿¡§¶†‡©®]")
"""Signs that are no part of words: taken out first, most other text is then plain ASCII and folded fast."""
_SUBTITLE = re.compile(r"[:?!.–—-]\s(?:(?<=[:?!]\s)|(?<=\s[–—-]\s)|(?<=\.\s)(?=[A-Z]))")
"""A sign that stands before a subtitle; one class at the beginning, so that the search runs from sign to sign."""
_DASHES = "–—-"
_PAGE = re.compile(r"[A-Za-z]*\d+")
"""A first page, or a volume."""
_VERSION = re.compile(r"v\d+$")
_ARXIV_DOI = "10.48550/arxiv."

MAIN = 8
"""So many letters of what stands before the colon of a title lead to the record."""

_NAME = 80
"""Letters of a name whose folded form is kept."""

AUTHORS = 40
"""People of one record whose family names are indexed."""


def words(text: str) -> list[str]:
    """The words of ``text``, folded: lower case, no diacritics; runs of CJK characters as overlapping pairs."""
    if text.isascii():
        return folded_words(text)
    found = folded_words(_SIGNS.sub(" ", text))
    if not _CJK.search(" ".join(found)):
        return found
    return [part for word in found for part in _pairs(word)]


_LINES = bytes(
    ord(chr(i).lower()) if i < 128 and chr(i).isalnum() else i if i == 10 else 32
    for i in range(256)
)


def folded_lines(lines: Sequence[str]) -> list[str]:
    """``words`` of very many short texts without line ends, those of each with spaces between: plain text is folded all at once."""
    if not lines:
        return []
    whole = "\n".join(lines)
    if whole.isascii():
        return _plain_lines(whole)
    found = _plain_lines("\n".join([line if line.isascii() else "" for line in lines]))
    for number, line in enumerate(lines):
        if not line.isascii():
            found[number] = " ".join(words(line))
    return found


def _plain_lines(text: str) -> list[str]:
    return text.encode("ascii").translate(_LINES).decode("ascii").split("\n")


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


def hash_of(text: str) -> bytes:
    """64 bits of a string."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def digest(text: str) -> str:
    """A short exact key of a string (60 bits, as text that sorts and compresses well)."""
    return _short(hash_of(text))


def _short(number: bytes) -> str:
    return number.hex()[:15]


def families(csl: Csl, limit: int = AUTHORS) -> list[str]:
    """Folded family names (or literals) of the authors, else of the editors, in order."""
    return _people(csl, limit)[0]


def _people(csl: Csl, limit: int = AUTHORS) -> tuple[list[str], list[str]]:
    """Folded family names, and the first initial ("" where none is stated) of each."""
    people = csl.get("author") or csl.get("editor") or ()
    if not isinstance(people, (list, tuple)):
        return [], []
    people = people[:limit]
    try:
        names = [_NAMES[person["family"]] for person in people]
        initials = [_INITIALS[person["given"][:1]] for person in people]
    except (KeyError, TypeError):  # not all have both, as texts
        return _any_people(people)
    return (names, initials) if "" not in names else _any_people(people)


def _any_people(people: Sequence[Any]) -> tuple[list[str], list[str]]:
    """The same of people of any make."""
    names: list[str] = []
    initials: list[str] = []
    for person in people:
        given = ""
        if not isinstance(person, (dict, Mapping)):
            name = person
        elif name := person.get("family"):
            given = str(person.get("given") or "")
        else:
            name = person.get("literal") or person.get("given") or ""
        name = str(name)
        folded = _NAMES[name] if len(name) <= _NAME else " ".join(words(name))
        if folded:
            names.append(folded)
            initials.append(_INITIALS[given[:1]])
    return names, initials


def _folded(name: str) -> str:
    """The words of a name.  Raises TypeError for what is none of a name's length."""
    if type(name) is not str or len(name) > _NAME:
        raise TypeError
    return " ".join(words(name))


def _initial(letter: str) -> str:
    first = letter.lower()
    return first if first.isascii() else fold(first)[:1]


_NAMES = Remembered(_folded, 1 << 17)
_INITIALS = Remembered(_initial, 1 << 12)


def last_word(family: str) -> str:
    """What of a folded family name is compared exactly: sources differ on whether particles belong to it."""
    return family.rpartition(" ")[2]


def titles(csl: Csl) -> list[str]:
    """The titles under which a record is to be found: its own, the original one, its short one, stated variants."""
    more = custom_of(csl).get("title-variants")
    named = [csl.get("title"), csl.get("original-title"), csl.get("title-short")]
    if isinstance(more, (list, tuple)):
        named += more
    elif not named[1] and not named[2]:
        return [str(named[0])] if named[0] else []
    return list(dict.fromkeys([str(title) for title in named if title]))


def main_part(title: str) -> str:
    """What stands before the first colon, dash or question mark that begins a subtitle; "" where there is none."""
    cut = _SUBTITLE.search(title)
    if cut is None:
        return ""
    return title[: cut.start() - (title[cut.start()] in _DASHES)] if cut.start() > 0 else ""


def doi_key(doi: object) -> str:
    """The key of a DOI; one that arXiv gives to its e-prints is the key of the e-print."""
    low = str(doi).strip().lower()
    if low.startswith(_ARXIV_DOI):
        return arxiv_key(low[len(_ARXIV_DOI) :])
    return f"d:{low}" if low else ""


def arxiv_key(ident: object) -> str:
    low = _VERSION.sub("", str(ident).strip().lower().removeprefix("arxiv:"))
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
            return _named_key(kind, value)
    raise ValueError(
        f"unknown kind of identifier {kind!r}: doi, arxiv, isbn, pmid, acl, openreview, dblp, id or title"
    )


def _named_key(kind: str, value: object) -> str:
    text = str(value).strip()
    return f"{kind}:{text if kind == 'openreview' else text.lower()}" if text else ""


def identifiers(csl: Csl) -> list[str]:
    """The keys of the identifiers that a claim or record states."""
    custom = custom_of(csl)
    found = []
    if csl.get("DOI"):
        found.append(doi_key(csl["DOI"]))
    if custom.get("arxiv"):
        found.append(arxiv_key(custom["arxiv"]))
    for kind in _NAMED:
        if value := custom.get(kind):
            found.append(_named_key(kind, value))
    if csl.get("PMID"):
        found.append(key_of("pmid", csl["PMID"]))
    if csl.get("ISBN"):
        found += [isbn_key(isbn) for isbn in re.split(r"[\s,;]+", str(csl["ISBN"]))]
    return [key for key in dict.fromkeys(found) if key]


_NAMED = ("pmid", "acl", "openreview", "dblp")


def title_key(title: str) -> str:
    """The key of a whole title."""
    joined = "".join(words(title))
    return "t:" + digest(joined) if joined else ""


def main_key(title: str) -> str:
    """The key under which records are found whose title begins with this one and goes on with a subtitle."""
    return "m" + title_key(title)[1:]


def title_author_key(title: str, family: str) -> str:
    """The key of a title with the (folded) family name of its first author."""
    joined = "".join(words(title))
    return author_key(joined, family) if joined and family else ""


def author_key(squashed: str, family: str) -> str:
    """The same of a title whose words are joined already."""
    return f"u:{digest(squashed + '/' + last_word(family))}"


def page_key(volume: object, page: object) -> str:
    """The key of a volume and a first page: how works are found that are cited without a title."""
    first = _PAGE.search(str(page))
    number = _PAGE.search(str(volume))
    return f"v:{number.group().lower()}:{first.group().lower()}" if first and number else ""


def relation_keys(csl: Csl) -> list[str]:
    """The keys of the other versions that a record names itself (``custom.version-of``, ``custom.other-versions``)."""
    custom = custom_of(csl)
    targets: list[Any] = []
    for name in ("version-of", "other-versions"):
        if named := custom.get(name):
            targets += named if isinstance(named, (list, tuple)) else [named]
    return [target_key(str(target)) for target in targets if target]


def target_key(target: str) -> str:
    """The key of a stated version: ``arXiv:<id>``, a DOI, or a record's id."""
    low = target.lower()
    if low.startswith("arxiv:") and target[:6] != "arxiv:":
        return arxiv_key(target)
    if low.startswith("10.") and "/" in low:
        return doi_key(target)
    return f"#:{target}"


class Seen(NamedTuple):
    """A record taken apart once for all that is made of it: index and links.

    Of each title its words, these run together, what stands before its colon ("" where there is none), and the ``hash_of`` both.
    """

    titles: list[list[str]]
    joined: list[str]
    mains: list[str]
    hashes: list[bytes]
    main_hashes: list[bytes]
    families: list[str]
    initials: list[str]
    identifiers: list[str]
    relations: list[str]
    year: int
    csl: Csl


def see(csl: Csl) -> Seen:
    """Take a CSL item apart: words of its titles, their parts before the colon (squashed), names, keys."""
    return see_all([csl])[0]


def see_all(items: Sequence[Csl]) -> list[Seen]:
    """``see`` for each of many items: their titles are folded at once."""
    named = [titles(csl) for csl in items]
    flat = [title for one in named for title in one]
    split = [line.split() for line in _folded_titles(flat)]
    joined = list(map("".join, split))
    mains = [line.replace(" ", "") for line in _folded_titles(list(map(main_part, flat)))]
    hashes = list(map(hash_of, joined))
    main_hashes = [hash_of(main) if main else b"" for main in mains]
    ends = list(accumulate(map(len, named), initial=0))
    spans = map(slice, ends, ends[1:])
    return [
        Seen(
            split[here], joined[here], mains[here], hashes[here], main_hashes[here], *people,
            [f"#:{csl.get('id')}", *keys], related, year_of(csl) or 0, csl,
        )
        for csl, here, people, keys, related in zip(
            items, spans, map(_people, items), map(identifiers, items), map(relation_keys, items), strict=True
        )
    ]  # fmt: skip


def _folded_titles(named: Sequence[str]) -> list[str]:
    """``folded_lines`` of titles, which may have line ends."""
    lines = folded_lines(named)
    return lines if len(lines) == len(named) else [" ".join(words(title)) for title in named]


def text_of(seen: Seen) -> str:
    """The words of a record that are searched: titles, family names, year."""
    found = [word for title in seen.titles for word in title]
    found += seen.families
    if seen.year:
        found.append(str(seen.year))
    return " ".join(found)


def pairs(sequence: Sequence[str]) -> list[str]:
    """Neighbouring words as one term each; those of two short words (of the, in a) are left out."""
    return [
        pair
        for pair in map("_".join, pairwise(sequence))
        if len(pair) > 7 or (at := pair.index("_")) > 3 or len(pair) - at > 4
    ]


def pairs_of(seen: Seen) -> str:
    """The pairs of a record: neighbouring words of its titles, the first two families, the first family with the year."""
    found = [pair for title in seen.titles for pair in pairs(title)]
    found += people_pairs(seen.families, seen.year)
    return " ".join(found)


def people_pairs(people: Sequence[str], year: int) -> list[str]:
    """Terms of the first family name with the second and with the year."""
    if not people:
        return []
    first = last_word(people[0])
    found = [f"{first}_{year}"] if year else []
    return [*found, f"{first}_{last_word(people[1])}"] if len(people) > 1 else found


def keys_of(seen: Seen) -> list[str]:
    """All exact keys of a record."""
    found = list(seen.identifiers)
    for n, joined in enumerate(seen.joined):
        if not joined:
            continue
        found.append("t:" + _short(seen.hashes[n]))
        if seen.families:
            found.append(author_key(joined, seen.families[0]))
        if len(seen.mains[n]) >= MAIN:
            found.append("m:" + _short(seen.main_hashes[n]))
    csl = seen.csl
    if csl.get("page") and csl.get("volume"):
        key = page_key(csl["volume"], csl["page"])
        if key:
            found.append(key)
    if seen.relations:
        found += ["r" + key for key in seen.relations]
    return found


def as_csl(item: Any) -> dict[str, Any]:
    """``item`` if it can stand in a catalogue, its values of CSL-JSON's kinds (the same object where they are); ValueError says what it lacks."""
    if not isinstance(item, dict):
        raise ValueError("not a JSON object")
    if not isinstance(item.get("id"), str) or not item["id"]:
        raise ValueError("no id")
    if not isinstance(item.get("title"), str) or not item["title"].strip():
        raise ValueError("no title")
    sound = sound_csl(item)
    if "title" not in sound:
        raise ValueError("a title too long to be one")
    return item if sound is item else dict(sound)
