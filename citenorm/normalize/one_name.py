"""The words of one name in, what each is (initial, particle, suffix, word of a body) and the Name they make out.

Lists of names are cut in ``names``; here is one piece of such a list.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ..late import late
from ..model import Name

PARTICLES = frozenset(
    [
        "van",
        "von",
        "der",
        "den",
        "de",
        "del",
        "della",
        "delle",
        "dello",
        "dei",
        "degli",
        "di",
        "da",
        "dal",
        "dalla",
        "do",
        "dos",
        "das",
        "du",
        "des",
        "le",
        "la",
        "les",
        "lo",
        "los",
        "las",
        "el",
        "al",
        "ter",
        "ten",
        "te",
        "zu",
        "zum",
        "zur",
        "vom",
        "af",
        "av",
        "auf",
        "op",
        "'t",
        "t",
        "'s",
        "am",
        "an",
        "im",
        "ibn",
        "bin",
        "ben",
        "y",
        "e",
        "in",
        "het",
    ]
)
"""Words in lower case that stand between the given name and the family name."""
CAPITAL = frozenset(
    [
        "Van",
        "Von",
        "Der",
        "Den",
        "De",
        "Del",
        "Della",
        "Dello",
        "Di",
        "Da",
        "Dal",
        "Du",
        "Des",
        "Le",
        "La",
        "Los",
        "Las",
        "El",
        "Ter",
        "Ten",
        "Mc",
        "Mac",
        "St",
        "St.",
        "Saint",
        "San",
        "Santa",
        "Dos",
        "Das",
        "Do",
        "Lo",
        "Vander",
        "Vande",
        "Ben",
        "Bin",
        "Zu",
        "Zum",
        "Zur",
        "Vom",
        "Al",
        "Ó",
        "Ní",
        "Abu",
    ]
)
LOUD = frozenset(["VAN", "VON", "DER", "DEN", "DEL", "DELLA", "VANDER"])
WHOLE = frozenset(["Van", "Von", "De", "Del", "Della", "Vander", "Ó", "Ní"])
"""First words of a family name of two words that stands alone."""
SUFFIX = frozenset(
    [
        "jr",
        "jr.",
        "sr",
        "sr.",
        "ii",
        "iii",
        "iv",
        "2nd",
        "3rd",
        "4th",
        "junior",
        "senior",
        "jnr",
        "snr",
        "jun.",
        "sen.",
    ]
)
BODY_WORDS = frozenset(
    [
        "institut",
        "maintainers",
        "administration",
        "collaborators",
        "workshop",
        "institute",
        "institutes",
        "institution",
        "institutions",
        "department",
        "dept",
        "committee",
        "association",
        "associations",
        "society",
        "societies",
        "council",
        "commission",
        "commissions",
        "organization",
        "organisation",
        "organizations",
        "organisations",
        "group",
        "groupe",
        "consortium",
        "collaboration",
        "collaborations",
        "collaborative",
        "team",
        "agency",
        "bureau",
        "office",
        "bank",
        "foundation",
        "center",
        "centre",
        "centers",
        "centres",
        "board",
        "union",
        "gesellschaft",
        "stiftung",
        "nation",
        "nations",
        "statistics",
        "federation",
        "network",
        "college",
        "school",
        "laboratory",
        "laboratories",
        "academy",
        "authority",
        "corporation",
        "corp",
        "inc",
        "ltd",
        "gmbh",
        "llc",
        "company",
        "service",
        "services",
        "program",
        "programme",
        "project",
        "initiative",
        "forum",
        "congress",
        "parliament",
        "kommission",
        "zentrum",
        "verein",
        "bundestag",
        "government",
        "court",
        "museum",
        "library",
        "press",
        "news",
        "study",
        "trial",
        "investigators",
        "developers",
        "contributors",
        "panel",
        "task",
        "force",
        "working",
        "international",
        "national",
        "european",
        "american",
        "world",
        "health",
        "research",
        "security",
        "economic",
        "deutscher",
        "deutsche",
        "deutsches",
        "conference",
        "editors",
        "staff",
        "ministry",
        "ministerium",
        "ministère",
        "ministerio",
        "ministério",
        "university",
        "universität",
        "université",
        "universidad",
        "università",
        "universidade",
        "universiteit",
    ]
)
_BODY_ENDS = (
    "ministerium",
    "ministeriums",
    "amt",
    "verband",
    "institut",
    "universität",
    "kommission",
    "gesellschaft",
    "stiftung",
    "zentrum",
    "anstalt",
)
_WORDS = late(r"[^\W\d_]+")
_LETTERS = bytes(i if chr(i).isalpha() and i < 128 else ord(" ") for i in range(256))
"""The same of ASCII text, which is cut faster as bytes: what is no letter is a blank."""
_CJK = late(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_INITIAL = late(
    r"(?:[^\W\d_]\.|[^\W\d_][^\W\d_]{1,2}\.|[^\W\d_])(?:[-‐‑–]?(?:[^\W\d_]{1,2}\.|[^\W\d_](?![^\W\d_])))*-?"
)
_CAPITALS = late(r"[^\W\d_]{1,4}(?:[-‐‑–][^\W\d_]{1,2})?")
_JOINED = re.compile(r"[A-Z]\.?[-‐‑–][a-z]\.?|[A-Z][a-z][A-Z]")
_DASH = late("[-‐‑–]")
_COINED = late(r"[a-z]{3}-?(?:AI|ML|NLP)$")
"""A company or group that writes itself as one word: "DeepSeek-AI", "OpenAI"."""
_COINED_ENDS = ("AI", "ML", "NLP")
_FUNCTION = frozenset(
    ["of", "for", "the", "The", "on", "für", "fuer", "to", "at", "by", "zur", "pour", "sur", "para"]
)
"""Words that stand between the words of an organisation's name."""
_DIGIT = re.compile(r"\d")


class Piece(NamedTuple):
    text: str
    words: list[str]
    kind: str
    """"I" initials alone, "S" suffix, "F" initials first, "L" initials last, "1" one word, "2" more words, "O" organisation, "C" CJK, "U" a family name in capitals."""


class Traits(NamedTuple):
    """What occurs anywhere in a list, so that its pieces are looked at no closer than needed."""

    cjk: bool
    body: bool
    function: bool
    digit: bool


def _ends_as_body(word: str) -> bool:
    return word.endswith(_BODY_ENDS) and word not in _BODY_ENDS


def names_body(text: str) -> bool:
    """True where a word says that this is no person."""
    low = text.lower()
    words = (
        low.encode().translate(_LETTERS).decode().split() if low.isascii() else _WORDS.findall(low)
    )
    return not BODY_WORDS.isdisjoint(words) or (
        any(map(low.__contains__, _BODY_ENDS)) and any(map(_ends_as_body, words))
    )


def has_cjk(text: str) -> bool:
    """True where a letter is Chinese, Japanese or Korean."""
    return not text.isascii() and bool(_CJK.search(text))


def traits_of(text: str) -> Traits:
    return Traits(
        has_cjk(text),
        names_body(text),
        not _FUNCTION.isdisjoint(text.split()),
        bool(_DIGIT.search(text)),
    )


def is_initial(word: str) -> bool:
    """ "J.", "J.-P.", "JM", "Ch." – and no family name."""
    return (len(word) < 6 or "." in word) and _looks_initial(word)


@lru_cache(maxsize=8192)
def _looks_initial(word: str) -> bool:
    if word.isupper():
        if word in LOUD:
            return False
        return (
            len(word) == 1
            or bool(_INITIAL.fullmatch(word))
            or (len(word) <= 5 and bool(_CAPITALS.fullmatch(word)))
        )
    if len(word) <= 4 and word[0].isupper() and word[-1] == "." and word[:-1].isalpha():
        return True
    return ("." in word and bool(_INITIAL.fullmatch(word))) or (
        len(word) < 6 and bool(_JOINED.fullmatch(word))
    )


def _initials_first(words: list[str]) -> bool:
    """ "W. H. Press": a person whatever the last word says."""
    return all(len(word) == 2 and word[1] == "." for word in words[:-1])


def piece_of(text: str, traits: Traits) -> Piece:
    words = text.split()
    if traits.cjk and _CJK.search(text):
        return Piece(text, words, "C")
    if len(text) < 7 and text.lower() in SUFFIX:
        return Piece(text, words, "S")
    if (
        len(words) > 5
        or (traits.function and not _FUNCTION.isdisjoint(words[:-1]))
        or (traits.body and len(words) > 1 and names_body(text) and not _initials_first(words))
        or (traits.digit and _DIGIT.search(text))
    ):
        return Piece(text, words, "O")
    flags = [is_initial(w) for w in words]
    if all(flags):
        if (
            len(words) > 1 and len(words[-1]) > 2 and words[-1].isalpha()
        ):  # "J. LIN": capitals, not initials
            return Piece(text, words, "F")
        if (
            len(words) > 1
            and len(words[0]) > 1
            and words[0].isalpha()
            and not any("." in w for w in words)
        ):  # "LI H"
            return Piece(text, words, "L")
        return Piece(text, words, "I")
    if len(words) == 1:
        return Piece(
            text, words, "O" if text.endswith(_COINED_ENDS) and _COINED.search(text) else "1"
        )
    core = flags[:-1] if _ends_in_suffix(words) else flags
    if core[0]:
        return Piece(text, words, "F")
    if core[-1]:
        shouted = (
            len(words[-1]) > 2
            and "." not in words[-1]
            and (
                text.isupper() or (len(words) > 2 and len(words[-2]) > 3 and in_capitals(words[-2]))
            )
        )
        middle = any(flags[1:-1]) and not all(flags[flags.index(True) : len(core)])
        if not shouted and not middle:
            return Piece(text, words, "L")
    return Piece(text, words, "2")


def _ends_in_suffix(words: list[str]) -> bool:
    """ "J. Smith Jr", "King SB III"; but "Anderson JR" ends in initials."""
    return words[-1].lower() in SUFFIX and not (len(words) == 2 and words[-1] in ("JR", "SR"))


def _particles(words: list[str]) -> int:
    """How many words at the start are particles in lower case (never all of them)."""
    n = 0
    while (
        n < len(words) - 1
        and (words[n] in PARTICLES or words[n].startswith(("d'", "d’")))
        and words[n][0].islower()
    ):
        n += 1
    return n


def inverted(family: str, given: str, suffix: str = "") -> Name:
    """ "van der Berg" and "Jan": the parts of "van der Berg, Jan"."""
    if " " not in family and " " not in given:
        return Name(family, given, "", suffix)
    words = family.split()
    if words and words[-1].lower() in SUFFIX and len(words) > 1:
        suffix, words = words[-1], words[:-1]
    n = _particles(words)
    particle = " ".join(words[:n])
    more = given.split()
    if not suffix and len(more) > 1 and more[-1].lower() in SUFFIX:
        suffix, more = more[-1], more[:-1]
    if not particle:
        cut = len(more)
        while (
            cut > 1
            and more[cut - 1].lower() in PARTICLES
            and more[cut - 1] not in ("y", "e", "E", "Y", "A")
            and len(more[cut - 1]) > 1
        ):
            cut -= 1
        particle, more = " ".join(more[cut:]), more[:cut]
    return Name(
        " ".join(words[n:]),
        " ".join(more),
        particle,
        suffix.rstrip(".") + "." * suffix.endswith("."),
    )


def _direct(words: list[str]) -> Name:
    """ "Ludwig van Beethoven", "J. M. De la Cruz Jr."."""
    suffix = ""
    if len(words) > 1 and words[-1].lower() in SUFFIX:
        suffix, words = words[-1], words[:-1]
    if len(words) == 1:
        return Name(words[0], suffix=suffix)
    if words[-1].endswith(".") and len(words[-1]) > 3 and is_initial(words[0]):
        words = [*words[:-1], words[-1][:-1]]  # "S. V. LEY."
    size = len(words)
    if (
        len(words[0]) > 2
        and len(words[-1]) > 2
        and in_capitals(words[0])
        and words[-1][1:].islower()
    ):  # "DUPONT Jean"
        at = 1
        while at < size - 1 and in_capitals(words[at]):
            at += 1
        return Name(" ".join(words[:at]), " ".join(words[at:]), suffix=suffix)
    at = size - 1
    for i in range(1, size - 1):
        if words[i] in PARTICLES or words[i] in CAPITAL or words[i] in LOUD:
            if words[i] in ("y", "e", "i") and i > 1:
                at = i - 1
            else:
                at = i
            break
    if size > 2:
        at = _compound(words, at)
    family = words[at:]
    n = _particles(family)
    return Name(" ".join(family[n:]), " ".join(words[:at]), " ".join(family[:n]), suffix)


def in_capitals(word: str) -> bool:
    """ "DUPONT", "LE-GALL"; not "Y-K", "J.-P."."""
    return (
        len(word) > 1
        and word.isupper()
        and "." not in word
        and (word.isalpha() or any(len(part) > 1 for part in _DASH.split(word)))
    )


def _compound(words: list[str], at: int) -> int:
    """Where the family name begins, given where its last word or its particle does: "Juan GARCÍA MÁRQUEZ", "Ana Gómez Barroso", "C. A. Medina Uribe"."""
    if (
        at == len(words) - 1
        and in_capitals(words[at])
        and len(words[at]) > 2
        and words[0][1:].islower()
    ):
        while at > 1 and in_capitals(words[at - 1]) and len(words[at - 1]) > 2:
            at -= 1
        return at
    before = words[at - 1]
    if at > 1 and len(before) > 4 and before.endswith(("ez", "éz")) and before[0].isupper():
        return at - 1
    if at == len(words) - 1 and not is_initial(before):
        front = words[: at - 1]
        if front and all(map(is_initial, front)) and sum(c.isupper() for w in front for c in w) > 1:
            return at - 1
    return at


def _behind(words: list[str]) -> Name:
    """ "van der Berg JA", "Le QV", "Zhao G. H. Jr"."""
    suffix = ""
    if _ends_in_suffix(words):
        suffix, words = words[-1], words[:-1]
    at = len(words)
    while at > 1 and is_initial(words[at - 1]):
        at -= 1
    return inverted(" ".join(words[:at]), " ".join(words[at:]), suffix)


def single_name(p: Piece) -> Name:
    if p.kind in "CO":
        return Name(literal=p.text)
    if p.kind == "L":
        return _behind(p.words)
    if p.kind == "1":
        word = p.text
        if len(word) > 1 and word.isupper():
            return Name(literal=word)
        return Name(word[:-1] if word.endswith(".") and len(word) > 5 else word)  # "DeepSeek-AI."
    if p.kind == "2" and len(p.words) == 2 and p.words[0] in WHOLE:
        return Name(p.text)
    if p.kind == "U" and len(p.words) == 1:
        return Name(literal=p.text)
    if p.kind == "2" and _particles(p.words) == len(p.words) - 1 and p.words[0] in PARTICLES:
        return inverted(p.text, "")
    return _direct(p.words)
