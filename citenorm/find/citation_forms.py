"""The text of a report goes in; what has the form of a citation in it comes out, whatever its list holds.

Four forms: numbers in brackets or raised ("[3, 5–7]", "¹²"), keys (``\\cite{a,b}``, ``[@a; @b]``, ``[^a]``), names with their year in
brackets ("(Gao et al., 2018)") and in the sentence ("Gao et al. (2018)").  Each pattern is bounded, so that reading takes time in
proportion to the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Form = Literal["number", "raised", "key", "author-year", "narrative"]


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation as printed: ``text[start:end]`` names each of ``names``; ``sure``: it cannot well be anything else."""

    start: int
    end: int
    form: Form
    names: tuple[str, ...]
    sure: bool = True


# ------------------------------------------------------------------ numbers and labels
_BRACKETS = re.compile(r"\[(?!\^|@)([^\[\]]{1,200})\]")
_NUMBER_LIST = re.compile(r"\s*\d{1,4}(?:\s*[,;–—-]\s*\d{1,4}){0,30}\s*")
_LOCATED = re.compile(
    r"(?:[^\d\[\]]{1,30}\s)?(?P<numbers>\d{1,4}(?:\s*[,;–—-]\s*\d{1,4}){0,10})(?:\s*,?\s*(?:SS?|pp?|Seiten?|pages?|Kap|Abs|chap|ch|sect?|Section|Abb|Fig|Figure|Table|Thm|Theorem|Def|Lemma|Eq|f{1,2}|§)\b\.?.{0,40})?\s*",
    re.IGNORECASE,
)
"""Numbers with words in front or a place behind: "vgl. 1, S. 72", "see 3, pp. 4–6"."""
_RANGE = re.compile(r"(\d{1,4})\s*[–—-]\s*(\d{1,4})")
_WIDEST = 60
"""A range of more numbers than this is none."""
_BEFORE = re.compile(r"[\w\[\])}$\\=]")
_CALL = re.compile(r"\w\(")
"""In front of what is handed to a function: "f([20, 50])"."""
_AFTER = re.compile(r"[\w(\[\]{^=]")
_RAISED_TAG = re.compile(
    r"<sup\b[^<>]{0,200}>(?:<[^<>]{1,300}>|\s){0,4}\[?(\d{1,4}(?:(?:<[^<>]{1,300}>|[\s,;–—-]){1,6}\d{1,4}){0,29}[,;–—-]?)\]?(?:<[^<>]{1,300}>|\s){0,4}</sup>",
    re.IGNORECASE,
)
_RAISED_MARK = re.compile(r"\^(?<=[\w.,;)\"”]\^)\[?(\d{1,3}(?:[,–-]\d{1,3}){0,20})\]?\^")
_RAISED_SIGNS = re.compile(
    r"[⁰¹²³⁴⁵⁶⁷⁸⁹](?:(?<=[^\W\d_].)|(?<=[.,;)\"”][¹²³⁴⁵⁶⁷⁸⁹]))(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]|[,⁻–](?=[⁰¹²³⁴⁵⁶⁷⁸⁹])){0,40}"
)
_SIGNS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_INNER_TAG = re.compile(r"<[^<>]{1,300}>")


def numbers(text: str) -> Iterator[Cited]:
    """Numbers in square brackets and raised ones."""
    for match in _BRACKETS.finditer(text):
        if not _NUMBER_LIST.fullmatch(match[1]):
            located = _LOCATED.fullmatch(match[1])
            if located:
                yield Cited(*match.span(), "number", expanded(located["numbers"]), False)
            continue
        names = expanded(match[1])
        start, end = match.span()
        sure = not (_BEFORE.match(text, start - 1) if start else None)
        sure = sure and not text[max(0, start - 3) : start].rstrip().endswith(("=", "∈", "<", ">"))
        sure = sure and not _CALL.fullmatch(text[max(0, start - 2) : start])
        yield Cited(
            start,
            end,
            "number",
            names,
            sure and not _AFTER.match(text, end) and not any(name[0] == "0" for name in names),
        )
    for pattern in (_RAISED_TAG, _RAISED_MARK):
        for match in pattern.finditer(text):
            names = expanded(_INNER_TAG.sub("", match[1]))
            yield Cited(*match.span(), "raised", names, False)
    for match in _RAISED_SIGNS.finditer(text):
        yield Cited(*match.span(), "raised", expanded(match.group().translate(_SIGNS)), False)


def labels(text: str, known: frozenset[str]) -> Iterator[Cited]:
    """Bracketed labels of a list that is not numbered: "[Smi03, GGJ+18]"; all but one of several must be known."""
    for match in _BRACKETS.finditer(text):
        whole = " ".join(match[1].split())
        names = (whole,)
        for signs in (r";", r"[,;]", r"(?<=\d)[a-z]?[,;]"):
            parts = tuple(filter(None, (part.strip() for part in re.split(signs, whole))))
            if not set(names) & known or len(set(parts) & known) > len(set(names) & known):
                names = parts
        hits = sum(name in known for name in names)
        if hits and hits >= len(names) - 1:
            yield Cited(*match.span(), "key", names, hits == len(names))


def expanded(printed: str) -> tuple[str, ...]:
    """The numbers of "3–5, 8": 3, 4, 5, 8; leading zeros and turned-round ranges are kept as they stand."""
    found: list[str] = []
    for part in re.split(r"[,;]", printed):
        run = _RANGE.fullmatch(part.strip())
        if run and int(run[1]) < int(run[2]) <= int(run[1]) + _WIDEST:
            found += map(str, range(int(run[1]), int(run[2]) + 1))
        else:
            found += re.findall(r"\d{1,4}", part)
    return tuple(found)


# ------------------------------------------------------------------ keys
_CITE = re.compile(
    r"\\(?P<no>no)?[a-zA-Z]{0,20}[cC]ite[a-zA-Z]{0,20}\*?(?:\s{0,5}\([^()]{0,200}\)){0,2}(?P<groups>(?:\s{0,5}(?:\[[^\[\]]{0,300}\]\s{0,5}){0,2}\{[^{}]{0,2000}\}){1,20})"
)
_GROUP = re.compile(r"(?:\[[^\[\]]{0,300}\]\s*){0,2}\{([^{}]{0,2000})\}")
_SEVERAL = re.compile(r"\\(?:no)?[a-zA-Z]*[cC]ites\b")
_NO_KEY = re.compile(r"[\s\\#]")
_PANDOC = re.compile(r"\[([^\[\]\n]{2,8000})\]")
_KEY_BEHIND = re.compile(r"\{?[\w:.#$%&+?<>~/-]")
_MOST_KEYS, _LONGEST_PART = 40, 600
"""Keys of one pair of brackets, and characters from one to the next."""
_KEY = re.compile(r"(?<![\w@.])-?@\{?([\w](?:[\w:.#$%&+?<>~/-]{0,198}\w)?)")
_BARE_KEY = re.compile(
    r"@(?<![\w@.\\\[/:-]@)([A-Za-z_](?:[\w:-]{0,100}\w)?)(?![:-]{0,2}\w|@|\.\w|[({=])"
)
_FOOTNOTE = re.compile(r"\[\^([^\[\]\s]{1,60})\](?!:)")


def latex_keys(text: str) -> Iterator[Cited]:
    """Keys of the commands of the ``\\cite`` family, those with several groups (``\\autocites{a}{b}``) too."""
    for match in _CITE.finditer(text):
        groups = list(_GROUP.finditer(match["groups"]))
        end = match.end()
        if not _SEVERAL.match(match.group()):
            groups, end = groups[:1], match.start("groups") + groups[0].end()
        keys = [key.strip() for group in groups for key in group[1].split(",") if key.strip()]
        if keys and not any(map(_NO_KEY.search, keys)):
            yield Cited(match.start(), end, "key", tuple(keys), not match["no"])


def markdown_keys(text: str) -> Iterator[Cited]:
    """Pandoc's ``[@a; @b, p. 3]`` and ``@a``, and footnotes."""
    held: list[tuple[int, int]] = []
    for match in _PANDOC.finditer(text):
        keys = _keys_within(match[1])
        if keys:
            held.append(match.span())
            yield Cited(*match.span(), "key", keys)
    place = 0
    for match in _BARE_KEY.finditer(text):
        while place < len(held) and held[place][1] <= match.start():
            place += 1
        if place == len(held) or match.start() < held[place][0]:
            yield Cited(*match.span(), "key", (match[1],), False)
    for match in _FOOTNOTE.finditer(text):
        yield Cited(*match.span(), "key", (match[1],), False)


def _keys_within(printed: str) -> tuple[str, ...]:
    """The keys between brackets, where every "@" in them has a key behind it."""
    first, *parts = printed.split("@")
    if not 0 < len(parts) <= _MOST_KEYS or len(first) > _LONGEST_PART:
        return ()
    if not all(_KEY_BEHIND.match(part) and len(part) <= _LONGEST_PART for part in parts):
        return ()
    return tuple(key[1] for key in _KEY.finditer(printed))


# ------------------------------------------------------------------ authors and years
_CAPITALS = "A-ZÀ-ÖØ-ÞŁŚŻŽČŠĆŞĞİĀĒĪŌŪΑ-ΩА-Я"
_UP = f"[{_CAPITALS}]"
_WORD = rf"(?:(?:[Vv]an|[Vv]on|[Dd]e[rnl]?|[Dd][aiu]|[Ll][ae]|[Tt]e[nr]?|[Ee]l|[Aa]l)[\s-]){{0,3}}(?:[dDlO]['’])?{_UP}[\w’'-]{{1,30}}(?:\s{_UP}[\w’'-]{{1,30}}){{0,2}}"
_JOIN = r"(?:,\s(?:and\s|&\s)?|\s(?:and|&|und|et|y|e)\s)"
_NAMES = (
    rf"{_WORD}(?:{_JOIN}{_WORD}){{0,6}}(?:,?\s(?:et\s?al\.?|u\.\s?a\.|and\s(?:others|colleagues)))?"
)
_YEAR = r"(?:1[5-9]\d\d|20[0-3]\d)[a-z]?"
_YEARS = rf"{_YEAR}(?:\s?[,;&/]\s?(?:{_YEAR}|[a-z])(?![\w.]))*"
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]{6,400})[)\]]")
_ITEM = re.compile(rf"(?P<names>{_NAMES})(?:’s|'s)?,?\s\(?(?P<years>{_YEARS})\)?(?!\w)")
_NARRATIVE = re.compile(
    rf"(?P<names>{_NAMES})(?:’s|'s)?,?\s[(\[](?P<years>{_YEARS})(?:[,:;] ?[^()\[\]]{{0,40}})?[)\]]"
)
_YEAR_IN_BRACKETS = re.compile(rf"[(\[]{_YEAR}")
_NAME_BEGINS = re.compile(rf"[{_CAPITALS}vdltea](?<![\w-].)")
"""Where names may begin, looked for by itself: a search skips quickly to one of some letters."""
_NO_NAME = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
    r"|Januar|Februar|März|Mai|Juni|Juli|Oktober|Dezember|Summer|Winter|Spring|Autumn|Fall|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
    r"|Figure|Fig|Table|Section|Chapter|Version|Since|Until|From|In|Before|After|During|Copyright|Accessed|Retrieved|Vol|Volume|No|Issue|ISO|IEC|RFC|COVID|Windows|Office)\b"
)
_SPLIT_NAMES = re.compile(
    r",? (?:et ?al\b\.?|u\. ?a\.)|,? (?:and|&|und|et|y|e) |, (?:and |& )?|['’]s$"
)
_AFTER_VERB = re.compile(
    r"^(?:Further|Moreover|Furthermore|Additionally|Similarly|Finally|Recently|First|Second|Here|Then|Thus|More|See|Cf|In|As|The|But|And|While|Also|By|For|With|Following|Like|Unlike|Both|However|Although|When),?\s+"
)


@dataclass(frozen=True, slots=True)
class Named:
    """People and a year as a citation gives them: families in order, whether more follow, the year with its letter."""

    families: tuple[str, ...]
    others: bool
    year: str

    @property
    def name(self) -> str:
        """What a message calls it: "Gao et al. 2018"."""
        return f"{' & '.join(self.families[:2])}{' et al.' if self.others else ''} {self.year}"


def named(names: str, years: str) -> list[Named]:
    """One for each year: "Gao 2018a, b" is two."""
    others = bool(re.search(r"et ?al|u\. ?a\.|others|colleagues", names))
    text = " ".join(names.split())
    text = _AFTER_VERB.sub("", re.sub(r",? (?:and others|and colleagues)$", "", text))
    families = tuple(filter(None, (part.strip() for part in _SPLIT_NAMES.split(text))))
    found: list[Named] = []
    base = ""
    for year in re.findall(rf"{_YEAR}|(?<![\w])[a-z](?!\w)", years):
        base = year[:4] if year[0].isdigit() else base
        found.append(Named(families, others, year if year[0].isdigit() else base + year))
    return found


def author_years(text: str) -> Iterator[tuple[int, int, Form, list[Named]]]:
    """Names with years: in brackets (each item of "(A 2001; B 2002)" belongs to one citation) and in the sentence."""
    for match in _IN_BRACKETS.finditer(text):
        found: list[Named] = []
        for item in _ITEM.finditer(match[1]):
            if not _NO_NAME.match(item["names"]):
                found += named(item["names"], item["years"])
        if found:
            yield *match.span(), "author-year", found
    end = 0
    for begin in _NAME_BEGINS.finditer(text) if _YEAR_IN_BRACKETS.search(text) else ():
        said = _NARRATIVE.match(text, begin.start()) if begin.start() >= end else None
        if said:
            end = said.end()
            if not _NO_NAME.match(said["names"]):
                yield *said.span(), "narrative", named(said["names"], said["years"])
