"""A printed list of people in ("Gao, Y., Li Chen and B. Li", "Angle, H.L./Perry, J.L.", "Kriventseva EV, et al"), names apart out.

The list is cut at the signs that cannot stand inside a name (";", "/", "and"); what is between commas is then put
together at the least cost: "Family, Given", "Given Family", "Family GM", each with its price, so that lists of mixed order
come out as the people they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..late import late
from ..model import Name
from .one_name import (
    BODY_WORDS,
    CAPITAL,
    LOUD,
    PARTICLES,
    SUFFIX,
    WHOLE,
    Piece,
    Traits,
    in_capitals,
    inverted,
    is_initial,
    names_body,
    piece_of,
    single_name,
    traits_of,
)

_DEGREE = re.compile(
    r",\s*(?:Ph\.?\s?D|M\.\s?D|MD|Dr\. [a-z]{2,4}|MSc|BSc|MBA|MPH|Esq)\.?(?=\s*(?:[,;]|$))|\s+(?:Ph\.?\s?D|M\.D)\.?(?=\s*(?:[,;]|$))"
)
_OTHERS = re.compile(
    r"(?:[\s,;&(\[]+|\b(?:and|und|y)\s+|^)(?:et\.?\s*al\b|et\.? coll\b|& al\b|and others\b|and \d+ others\b|and other (?:contributors|authors|developers)\b|and colleagues\b|u\.?\s?a\.|und andere\b|e outros\b|y otros\b|others\b|…|\.\.\.|等|외)[.,;:)\]\s]*$",
    re.I,
)
_MARKER = late(
    r"[\s,]*[(\[]\s*(?:(?:edd?s?|editors?|hrsgg?|hrg|hg|hgg|herausgeber(?:in|innen)?|ed\.?\s*by|dirs?|coords?|orgs?|a cura di|éds?|trans|transl|translators?|übers|comps?|compilers?|red|author|directors?)\b[^)\]]{0,24})[)\]][\s,.:;]*$"
    r"|(?:[\s,]+(?:edd?s?|editors?|hrsgg?|hgg?|éds?|trans|coords?|orgs?|comps?)\.?[\s,:;)]*)$",
    re.I,
)
_ELLIPSIS = late(r"(?:\. ?\. ?\.|…|(?<=, )et al\.?,)[\s,;]*(?:(?:&|and|und)\s+)?(?=[^\W\d_])")
"""Names left out within a list: "Grisel, O., … & Duchesnay, E.", "Brook, A., et al, Pond Study Group"."""
_OTHERS_ENDS = (
    "al",
    "coll",
    "others",
    "contributors",
    "authors",
    "developers",
    "colleagues",
    "u.a",
    "u. a",
    "ua",
    "u a",
    "andere",
    "outros",
    "otros",
)
"""Ends of ``_OTHERS`` in ASCII, without its signs."""
_MARKER_ENDS = (
    "ed",
    "edd",
    "eds",
    "editor",
    "editors",
    "hrsg",
    "hrsgg",
    "hg",
    "hgg",
    "éd",
    "éds",
    "trans",
    "coord",
    "coords",
    "org",
    "orgs",
    "comp",
    "comps",
)
_LEAD = re.compile(
    r"^\s*(?:(?:edited|ed\.?|hrsg\.?|herausgegeben|hg\.?|translated|trans\.?|übers(?:etzt)?\.?|compiled|written|prepared)\s+(?:by|von|v\.|par|per)\s+|by:?\s+(?=[A-Z])|authors?:\s+(?=[A-Z])|[ée]diteurs?\s?:\s+(?=[A-Z])|(?:eds?|hrsg|hg)\.?:?\s+(?=[^\W\d_]))",
    re.I,
)
_AND = re.compile(
    r"\s*,?\s*(?:&amp;|&|\+|\\&)\s*(?:and\s+)?|,?\s+(?:and|und|et|y|e|en|og|och|ve|i|u\.|sowie|as well as|with|AND|UND)\s+|,?\s*\band\b\s*(?=[A-Z])"
)
_JOINERS = frozenset(
    ["und", "et", "y", "e", "en", "og", "och", "ve", "i", "u.", "sowie", "as", "with", "AND", "UND"]
)
"""The words of ``_AND``, but for those that are looked for as parts of words."""
_SLASH = late(r"\s*/\s*")
_STRONG = late(r"\s*[;；|•·‧・、]\s*")
_STRONG_SIGN = re.compile("[;；|•·‧・、]")
_COMMA = late(r"\s*[,，]\s*")
_NUMBERED = late(
    r"(?<=[^\W\d_])\s+0\d{3}(?=\s*(?:,|;|and\b|&|$))|(?<=[^\W\d_])[*†‡§¶]+|(?<=[a-z])\d(?=\s*(?:,|;|$))"
)
_NUMBER_SIGN = re.compile(r"[\d*†‡§¶]")
_DEGREE_SIGN = re.compile(r"D\b|Sc\b|MBA|MPH|Esq|Dr\.")
_SPACED_DOT = late(r"(?<=[^\W\d_])\s+\.(?=\s*\S|$)")
_GLUED_NAME = late(r"[A-ZÀ-Þ](?<=[a-zà-ÿ]{3}.)(?<!Fitz.)(?=[a-zà-ÿ]{2})(?![a-zà-ÿ]+-?[A-Z]{2})")
_UPPER, _LOWER = "[A-ZÀ-Þ]", "[a-zà-ÿ]"
_CASES = bytes(
    ord("A") if re.match(_UPPER, chr(n)) else ord("a") if re.match(_LOWER, chr(n)) else ord(" ")
    for n in range(256)
)
"""Each letter that ``_GLUED_NAME`` knows as an "A" or an "a"."""
_GLUED_DOT = re.compile(r"[.,](?=[^\W\d_]{2})(?<=[^\W\d_].)(?<!\w{3}\.(?=js\b))")
_COMPANY = re.compile(
    r"\b(?:A/S|AG|GmbH|KG|KGaA|SE|S\.A\.|SpA|S\.p\.A\.|Ltd|LLC|plc|PLC|Inc|Corp|AB|ASA|B\.V\.|N\.V\.)\.?$|\w\s+(?:AG|GmbH|Inc\.?|Ltd\.?) & Co\b"
)
_GLOSSED = late(
    r"([^\W\d_]{2,12}) \([^()]*[^\W\d_]{3}[^()]* [^()]*[^\W\d_]{3}[^()]*\)?|[^,;()]+ \(([A-Z][A-Za-z-]*[A-Z])\)?"
)
_IN_BRACKETS = late(r"([^\W\d_][^\s,;()]+) \(((?:[A-ZÀ-Þ]\.?[-‐ ]?){1,4})(?:\)|$)")
_DASHED = late(r"\s+[–—-]\s+(?=[^\W\d_])")


_PLAIN_FAMILY = r"[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+(?:-[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+)?"
_DOTTED = r"[A-ZÀ-ÖØ-Þ]\.(?:[ -]?[A-ZÀ-ÖØ-Þ]\.)*"
_BARE = r"(?!III\b)[A-ZÀ-ÖØ-Þ]{1,3}"
_EVEN = re.compile("|".join(
    f"{one}(?:, {one})*(?:,? (?:and|&) {one})?" for one in (f"{_PLAIN_FAMILY}, {_DOTTED}", f"{_PLAIN_FAMILY} (?:{_DOTTED}|{_BARE})", f"{_DOTTED} {_PLAIN_FAMILY}")
) + f"|{_PLAIN_FAMILY}, {_DOTTED}(?: {_PLAIN_FAMILY}, {_DOTTED})+(?:,? (?:and|&) {_PLAIN_FAMILY}, {_DOTTED})?")  # fmt: skip
_EVEN_NAME = re.compile(f"({_PLAIN_FAMILY}),? ({_DOTTED}|{_BARE})|({_DOTTED}) ({_PLAIN_FAMILY})")
_UNEVEN = BODY_WORDS | SUFFIX


class NameList(NamedTuple):
    """The people in their order; ``others``: the list ends in "et al."."""

    names: tuple[Name, ...]
    others: bool


_ALONE = {"F": 0.1, "L": 0.1, "2": 0.7, "1": 2.0, "I": 3.5, "O": 0.2, "C": 0.0, "S": 9.0, "U": 2.0}
_AS_FAMILY = {
    "1": 0.0,
    "2": 0.8,
    "I": 1.2,
    "F": 2.5,
    "L": 2.5,
    "O": 3.0,
    "C": 9.0,
    "S": 9.0,
    "U": 0.0,
}
_APART = frozenset("FL")
"""Kinds that are names by themselves, and cheapest so beside each other."""
_FAMILY_FIRST = frozenset("1U")
_AS_GIVEN = {
    "I": 0.0,
    "1": 0.6,
    "2": 1.1,
    "F": 1.0,
    "L": 0.7,
    "O": 5.0,
    "C": 9.0,
    "S": 9.0,
    "U": 6.0,
}


def _family_cost(p: Piece) -> float:
    cost = _AS_FAMILY[p.kind]
    if p.kind in "2L" and (p.words[0] in CAPITAL or p.words[0] in PARTICLES or p.words[0] in LOUD):
        cost = 0.2 if p.kind == "2" else 1.0
    elif p.kind == "2" and p.words[0].endswith(("ez", "éz")) and len(p.words[0]) > 4:
        cost = 0.3
    elif p.kind == "2" and len(p.words) > 2:
        cost += 0.5 * (len(p.words) - 2)
    return cost


def _given_cost(p: Piece) -> float:
    """ "Jose M.", "Ludwig van" are given names; "Yee Whye Teh" is rather a person."""
    if p.kind == "2" and p.words[-1] in PARTICLES:
        return 0.5
    if p.kind == "2" and len(p.words) > 2:
        return 1.6
    return _AS_GIVEN[p.kind]


def _arrange(pieces: list[Piece], pairs_only: bool, initials_last: bool = False) -> list[Name]:
    """Put what stands between commas together, at the least cost; ``initials_last``: the list is of the kind "Vered E, Zhou LM"."""
    size = len(pieces)
    kinds = [p.kind for p in pieces]
    if size == 1 or _APART.issuperset(kinds):
        return [single_name(p) for p in pieces]
    if (
        size % 2 == 0 and _FAMILY_FIRST.issuperset(kinds[::2]) and set(kinds[1::2]) == {"I"}
    ):  # costs nothing, so nothing is cheaper
        return [inverted(p.text, q.text) for p, q in zip(pieces[::2], pieces[1::2], strict=True)]
    if size == 2 and _two_words_first(*pieces):
        return [inverted(pieces[0].text, pieces[1].text)]
    best: list[tuple[float, int, int]] = [(0.0, 0, ALONE)] + [(1e9, 0, ALONE)] * size
    for i in range(size):  # best: cost, start and way of the cheapest reading that ends at a piece
        for cost, end, how in _ways(pieces, i, pairs_only, initials_last):
            if best[i][0] + cost < best[end][0] - 1e-9:
                best[end] = (best[i][0] + cost, i, how)
    out: list[Name] = []
    at = size
    while at:
        _, start, how = best[at]
        out.append(_put_together(pieces, start, how))
        at = start
    return out[::-1]


ALONE, PAIR, ALONE_SUFFIX, PAIR_SUFFIX, SUFFIX_BETWEEN = range(1, 6)
"""Ways to read one, two or three pieces as one person: "Jia Li", "Li, Jia", "Jia Li, Jr", "Li, Jia, Jr", "Li, Jr, Jia"."""


def _ways(
    pieces: list[Piece], i: int, pairs_only: bool, initials_last: bool
) -> Iterator[tuple[float, int, int]]:
    """Cost, end and way of each reading of the person that begins with the i-th piece."""
    p, size = pieces[i], len(pieces)
    cost = _ALONE[p.kind]
    cost += 0.4 if pairs_only and p.kind == "2" else 0.0
    cost -= 1.0 if initials_last and p.kind == "1" else 0.0
    yield cost, i + 1, ALONE
    if i + 1 == size:
        return
    q, third = pieces[i + 1], pieces[i + 2] if i + 2 < size else None
    if q.kind == "S":
        if q.text in ("JR", "SR") and p.kind in "1U":  # "ANDERSON, JR"
            yield _family_cost(p), i + 2, PAIR
        yield _ALONE[p.kind], i + 2, ALONE_SUFFIX
        if third is not None:
            yield _family_cost(p) + _given_cost(third) + 0.05, i + 3, SUFFIX_BETWEEN
        return
    pair = _family_cost(p) + _given_cost(q) + (2.0 if initials_last and q.kind == "L" else 0.0)
    yield pair, i + 2, PAIR
    if third is not None and third.kind == "S":
        yield pair, i + 3, PAIR_SUFFIX


def _put_together(pieces: list[Piece], start: int, how: int) -> Name:
    """The person that some pieces make, read in a way."""
    p = pieces[start]
    if how == ALONE:
        return single_name(p)
    second = pieces[start + 1].text
    if how == ALONE_SUFFIX:
        name = single_name(p)
        return Name(name.family, name.given, name.particle, second) if name.family else name
    if how == SUFFIX_BETWEEN:
        return inverted(p.text, pieces[start + 2].text, second)
    return inverted(p.text, second, pieces[start + 2].text if how == PAIR_SUFFIX else "")


def _led(text: str) -> str:
    """Without the "edited by" in front."""
    lead = _LEAD.match(text)
    return text[lead.end() :] if lead else text


def _closed_up(text: str) -> tuple[str, bool]:
    """The list without the sign for names left out within it; whether there was one."""
    if ".." in text or ". ." in text or "…" in text or "et al" in text:
        text, left_out = _ELLIPSIS.subn(", ", text)
        return text, left_out > 0
    return text, False


def _may_be_glued(text: str) -> bool:
    """A capital stands within a word, with small letters around it as ``_GLUED_NAME`` wants them."""
    return b"aaaAaa" in text.encode("latin-1", "replace").translate(_CASES)


def _has_degree(text: str) -> bool:
    return bool(_DEGREE_SIGN.search(text) and _DEGREE.search(text))


def _tidy(text: str) -> tuple[str, bool]:
    """Marks, "et al." and the like off; whether there were others."""
    text, others = _closed_up(text)
    text = " ".join(text.split())
    for _ in range(4):
        size = len(text)
        low = text[-44:].lower()
        if low.rstrip(" .,;:)]").endswith(_OTHERS_ENDS) or "..." in low or not text.isascii():
            found = _OTHERS.search(text, max(0, size - 40))
            if found:
                others = True
                text = text[: found.start()]
        if ")" in low or "]" in low or low.rstrip(" .,:;").endswith(_MARKER_ENDS):
            found = _MARKER.search(text, max(0, len(text) - 44))
            if found and found.start():
                text = text[: found.start()]
        text = _led(text)
        if len(text) == size:
            break
    if " ." in text:
        text = _SPACED_DOT.sub(".", text)
    if "." in text:
        text = _GLUED_DOT.sub(r"\g<0> ", text)
    several = " " in text or "," in text  # a word by itself is a name as it stands: "DigiKey"
    if several and _may_be_glued(text):
        text = _GLUED_NAME.sub(r" \g<0>", text)
    if _NUMBER_SIGN.search(text):
        text = _NUMBERED.sub("", text)
    if _DEGREE_SIGN.search(text):
        text = _DEGREE.sub(_without_degree, text)
    return text.strip(" ,;:/&*-–—()[]"), others


def _segments(text: str) -> list[str]:
    """The text cut where a name must end."""
    if _STRONG_SIGN.search(text):
        parts = [_led(p) for p in _STRONG.split(text) if p]
    elif "/" in text:
        parts = _SLASH.split(text)
        if not all(p[:1].isupper() or p.split(" ")[0] in PARTICLES for p in parts) or all(
            p.isupper() for p in parts
        ):
            parts = [text]
    else:
        parts = [text]
    if " - " in text or " – " in text or " — " in text:
        parts = [p for part in parts for p in _DASHED.split(part) if p]
    out: list[str] = []
    for part in parts:
        joined = (
            "&" in part or "+" in part or "and" in part or not _JOINERS.isdisjoint(part.split())
        )
        out += (
            [p for p in _AND.split(part) if p and p.strip(" ,.")]
            if joined
            else [part]
            if part.strip(" ,.")
            else []
        )
    return out


def _between_commas(text: str) -> list[str]:
    return [p.strip() for p in text.replace("，", ",").split(",")]


def _without_degree(found: re.Match[str]) -> str:
    """A degree goes, "Zeiler, M. D." stays: initials of a family name that has no others."""
    if not (found[0].startswith(",") and found[0].lstrip(", ").startswith("M.")):
        return ""
    pieces = [
        piece.strip()
        for piece in re.split(r"[;&]|\band\b", found.string[: found.start()])[-1].split(",")
        if piece.strip()
    ]
    open_family = False
    for i, piece in enumerate(pieces):
        if open_family:  # its given names
            open_family = False
        elif not _DEGREE.fullmatch(f", {piece}"):
            follows = pieces[i + 1] if i + 1 < len(pieces) else ""
            open_family = " " not in piece or bool(
                follows and all(map(is_initial, follows.split()))
            )
    return found[0] if open_family else ""


def even_list(text: str) -> tuple[Name, ...] | None:
    """The people of a list in one of the commonest forms, which need no weighing ("Doe, J., Roe, R.", "Doe JA, Roe R", "J. Doe and R. Roe"), or with a full stop alone between two people ("Doe, J. Roe, R."); else None."""
    if ("," not in text and "." not in text) or not _EVEN.fullmatch(text) or _has_degree(text):
        return None
    found = _EVEN_NAME.findall(text)
    if not _UNEVEN.isdisjoint([(before or behind).lower() for before, _, _, behind in found]):
        return None
    return tuple([Name(before or behind, last or first) for before, last, first, behind in found])


def _one_body(text: str, traits: Traits) -> bool:
    """True where "and" joins words of one organisation ("Ministry of Health and Welfare")."""
    if not traits.body:
        return False
    pieces = [p for segment in _segments(text) for p in _COMMA.split(segment) if p]
    if "," in text and all(names_body(p) for p in pieces):
        return False
    if any(is_initial(w) for p in pieces for w in p.split() if not (w.isupper() and len(w) > 2)):
        return False
    return (
        traits.function
        or len(pieces) == 1
        or all(names_body(p) for p in pieces)
        or ("," not in text and any(" " not in p for p in pieces))
    )


def _spelled_out(text: str) -> bool:
    """A name of two words or more and its short form: "Industriegewerkschaft Metall (IGM)"."""
    found = _GLOSSED.fullmatch(text) if text.count("(") == 1 else None
    if found is None or not found[2] or " " not in text.partition(" (")[0]:
        return False
    letters = iter(unicodedata.normalize("NFD", text[: text.index("(")]).lower())
    return len(found[2]) > 2 and all(c in letters for c in found[2].lower())


def _whole_body(text: str, traits: Traits) -> bool:
    """True for a company, and for a name with its short form or the other way round: "ANAPO (Asociación de …)"."""
    if len(text) < 200 and "(" in text and (found := _GLOSSED.fullmatch(text)):
        if found[1] or traits.body:
            return True
        return _spelled_out(text)
    if _AMPERSAND.fullmatch(text) or (text.count(",") == 1 and _INCORPORATED.search(text)):
        return True
    return "," not in text and bool(_COMPANY.search(text))


_AMPERSAND = re.compile(r"[A-Z]{1,4}&[A-Z]{1,4}\.?")
""" "AT&T": no two people."""
_INCORPORATED = re.compile(r", (?:inc|ltd|llc|corp|gmbh|plc)\.?$", re.I)


def _loud(segments: list[list[Piece]]) -> list[list[Piece]]:
    """Family names in capitals marked as such, where given names are not: "JOHNSTON, Angus P.R., RAE, James"."""
    marked = []
    pairs = single = 0
    for pieces in segments:
        capitals = [all(map(in_capitals, p.words)) for p in pieces]
        for k, p in enumerate(pieces):
            if not capitals[k] and any(len(w) > 2 and w[1:].islower() for w in p.words):
                if k and capitals[k - 1]:
                    pairs += 1
                else:
                    single += 1
        marked.append(
            [
                p._replace(kind="U") if c and p.kind != "S" else p
                for p, c in zip(pieces, capitals, strict=True)
            ]
        )
    return marked if pairs and pairs >= single else segments


_FAMILIES = r"(?:(?:de|da|do|dos|del|di|van|von) )?(?:[A-ZÀ-Þ][a-zà-ÿ’'-]+ ){1,2}"
_LETTERS = r"(?:[A-Z]\.[ -]?){1,4}(?:[A-Z]$)?|[A-Z]{1,3}(?:\s|$)"
_RUN_ON = re.compile(rf"(?:{_FAMILIES}(?:{_LETTERS})){{2,}}(?:[A-ZÀ-Þ][a-zà-ÿ’'-]+)?")
_OF_RUN_ON = late(rf"({_FAMILIES})({_LETTERS})|([A-ZÀ-Þ][a-zà-ÿ’'-]+)$")
"""Families and initials with nothing between two people, as the text of web pages has them: "Kumar PK Kumar MR Kavita K"."""
_GROUP_LAST = late(r"(.*\b[A-Z]\. [A-ZÀ-Þ][a-zà-ÿ’'-]+) \(([A-Z]{3,8})\)?")
"""A group behind the last person, who has initials already."""
_LOUD_PARTICLE = re.compile(r"(?<=[A-Z]\. )(?:DE|DU|DI|DA|LE|LA)(?= [A-ZÀ-Þ]{3})")
_SHORT_FORM_FIRST = re.compile(r"[A-Z]{2,6} [-–—] ([^,]+)")
""" "SI - International Bureau of Weights and Measures"."""
_PARTICLE_LAST = late(r"^\s*((?:[^\W\d_][\w’'-]+ ){1,2})([A-Z]{1,4}) (d[aeo]s?|di|del|von|van)\s*$")
"""Names of Portuguese lists: "Sá RCN da"."""
_LAST = (" da", " das", " de", " des", " do", " dos", " di", " del", " von", " van")


def _families_alone(pieces: Sequence[Piece]) -> bool:
    """Families without given names: in front of names with initials ("Patel, ML Valencik, AM Pritchett"), or a list of them that cannot be pairs."""
    if len(pieces) < 3 or pieces[0].kind != "1":
        return False
    if all(p.kind == "F" for p in pieces[1:]) or all(map(_in_full, pieces[1:])):
        return True
    return len(pieces) % 2 == 1 and all(p.kind == "1" for p in pieces)


_NAME_AND_INITIAL = late(r"[A-ZÀ-Þ][a-zà-ÿ]+ [A-ZÀ-Þ]\.")


def _two_words_first(p: Piece, q: Piece) -> bool:
    """A family name of two words, and a given name with an initial: "Brook Weir, Jorge E."."""
    two = p.kind == "2" and len(p.words) == 2
    return two and bool(_NAME_AND_INITIAL.fullmatch(q.text))


def _in_full(p: Piece) -> bool:
    """A name by itself, told by the initials within it: "Mary L. Brook"."""
    return p.kind == "2" and any(map(is_initial, p.words[1:-1]))


def _family(p: Piece) -> bool:
    """A family name alone: "Brook", "De Brook"."""
    return p.kind == "1" or (p.kind == "2" and len(p.words) == 2 and p.words[0] in WHOLE)


def _at_once(text: str) -> tuple[Name, ...] | None:
    """Names that run on without commas, a body behind its short form; None for all other lists."""
    if "," in text:
        return None
    if _RUN_ON.fullmatch(text):
        return tuple(Name((a or c).strip(), b.strip()) for a, b, c in _OF_RUN_ON.findall(text))
    led = _SHORT_FORM_FIRST.fullmatch(text)
    return (Name(literal=text),) if led and names_body(led[1]) else None


def _without_group(text: str) -> tuple[str, str]:
    """The list with particles in small letters ("T. J. DE BOER"), and a group in brackets behind the last of people who have initials already ("T. Weir (POND)"); initials in brackets are those
    of the name in front of them ("ALLEN (J.P.)")."""
    if " D" in text or " L" in text:
        text = _LOUD_PARTICLE.sub(lambda found: found[0].lower(), text)
    if "(" not in text or names_body(text) or _spelled_out(text):
        return text, ""
    group = _GROUP_LAST.fullmatch(text)
    return (group[1], group[2]) if group else (_IN_BRACKETS.sub(r"\1, \2", text), "")


def split_names(text: str) -> NameList:
    """Cut a printed list of people into names.

    Both orders, mixed within one list; separators ",", ";", "/", "and", "&", "und", "et" …; initials with and without
    dots; particles, suffixes, DBLP's numbers for homonyms, "et al."; organisations and East Asian names stay whole as
    ``literal``.  Never raises; empty text gives no names.
    """
    printed = text[:20_000]
    others = False
    if not (even := even_list(printed)):
        text, others = _tidy(printed)
        even = even_list(text) if text != printed else None
    if even:
        return NameList(even, others)
    if text[1:3] == ") ":  # "a) Comins D. L. Hong H."
        text = text[3:]
    text, group = _without_group(text)
    if group:
        people = split_names(text)
        return NameList((*people.names, Name(literal=group)), others or people.others)
    if not text:
        return NameList((), others)
    if (plain := _at_once(text)) is not None:
        return NameList(plain, others)
    traits = traits_of(text)
    if _one_body(text, traits) or _whole_body(text, traits):
        return NameList(
            (
                Name(
                    literal=text
                    + "]" * (text.count("[") - text.count("]"))
                    + ")" * (text.count("(") - text.count(")"))
                ),
            ),
            others,
        )
    segments = [
        [
            piece_of(_PARTICLE_LAST.sub(r"\3 \1\2", p) if p.endswith(_LAST) else p, traits)
            for p in _between_commas(segment.strip(" ,"))
            if p.strip(" .")
        ]
        for segment in _segments(text)
    ]
    segments = [s for s in segments if s]
    every = [p for s in segments for p in s]
    if not text.isupper() and any(len(w := p.words[0]) > 1 and w.isupper() for p in every):
        segments = _loud(segments)
        every = [p for s in segments for p in s]
    initials_last = _initials_last(every)
    several = len(segments) > 1
    names: list[Name] = []
    bare = several and len(segments[-1]) == 1 and all(map(_family, every))
    apart = _families_alone(every)
    pairs = several and sum([len(s) == 2 for s in segments]) * 2 > len(segments)
    for pieces in segments:
        if bare or apart:
            names += [single_name(p) for p in pieces]
        elif names and len(pieces) == 1 and pieces[0].kind == "S":
            before = names.pop()
            names.append(
                Name(before.family, before.given, before.particle, pieces[0].text, before.literal)
            )
        else:
            names += _arrange(pieces, pairs, initials_last)
    return NameList(tuple(names), others)


def _initials_last(pieces: Sequence[Piece]) -> bool:
    """The list is of the kind "Vered E, Zhou LM"."""
    kinds = [p.kind for p in pieces]
    if "L" not in kinds or "I" in kinds:
        return False
    dotless = kinds[0] != "L"
    behind = sum([p.kind == "L" and not (dotless and "." in p.text) for p in pieces])
    return behind > 1 and behind >= 2 * sum(map(kinds.count, "12U")) > 0


def parse_name(text: str) -> Name:
    """One printed person or organisation as a name; of a list, the first."""
    found = split_names(text).names
    return found[0] if found else Name(literal=" ".join(text.split()))
