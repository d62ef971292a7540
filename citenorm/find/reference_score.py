"""A stretch of text goes in, how much it looks like one printed reference comes out (log-odds like, 0 = undecided).

Only general features of printed references count: a list of people in front, a year, a quoted title, words of
venues, volume and pages, identifiers; words of running prose count against.
"""

from __future__ import annotations

import re
from functools import lru_cache

LONGEST = 2500
"""Longer stretches are no single reference."""

_UP = r"[A-ZÀ-ÖØ-ÞĄĆČĎĘĞŁŃŇŐŘŚŞŠŤŮŰŹŻŽİĀĒĪŌŪȘȚΑ-ΩА-Я]"
_LOW = r"[a-zß-öø-ÿāăąćčďēęěğīıłńňōőřśşšťūůűźżžșțα-ωάέήίόύώа-яё'’`´~-]"
_NAME = rf"(?:(?:[Vv]an|[Vv]on|[Dd]e[rnl]?|[Dd][aio]s?|[Ll][ae]|[Dd]u|[Tt]e[rn]|[Zz]u[rm]?|[Ee]l|[Aa]l|[Bb]in|[Ss]t\.|[Mm]ac|[Tt]he|d['’]|[Oo]['’])[ -]?){{0,3}}{_UP}(?:{_LOW}|{_UP}){{1,30}}(?:[ -]{_UP}{_LOW}{{1,30}})?"
_INIT = rf"{_UP}\.(?:[ -]?{_UP}\.){{0,4}}"
_GIVEN = rf"(?:{_INIT}|{_UP}{_LOW}{{1,20}})(?:[ -](?:{_INIT}|{_UP}{_LOW}{{1,20}}|{_UP}\b)){{0,3}}"
_SEP = r"(?:\s*[,;&]\s*(?:&|and|und|et|y|e)?\s*|\s+(?:and|und|et|y|e|og|och|en)\s+)"

# people in front, from the surest pattern to the least sure one
_PEOPLE = tuple(
    (weight, re.compile(pattern))
    for weight, pattern in (
        (3.0, rf"{_NAME},\s*{_INIT}"),
        (3.0, rf"{_INIT}\s*{_NAME}\s*(?:,|\.|;|:|and\b|&|\(|et al|und\b|“|\")"),
        (2.8, rf"{_NAME}\s+{_UP}{{1,3}}(?:\.?[,;:]|\.\s|\s\(|\s(?:and|et al))"),
        (
            3.0,
            rf"{_NAME}(?:\s{_UP}){{1,4}}(?:{_SEP}{_NAME}(?:\s{_UP}){{1,4}}){{0,8}},?(?:\s+et al\.?)?\s+\(?(?:1[5-9]|20)\d\d[a-z]?\b",
        ),
        (2.8, rf"{_NAME}(?:,\s*{_GIVEN})?,?\s+(?:et\.?\s+al|u\.\s?a\.|и др)"),
        (2.8, rf"{_GIVEN}\s+{_NAME},?\s+(?:et\.?\s+al|u\.\s?a\.)"),
        (2.6, rf"{_NAME},\s*{_GIVEN}{_SEP}(?:{_GIVEN}\s+{_NAME}|{_NAME},\s*{_GIVEN})"),
        (2.2, rf"{_NAME},\s*{_GIVEN}(?:\.|:|\s*\(|,\s*(?:ed|Hrsg|[12]\d{{3}}))"),
        (2.2, rf"(?:{_UP}\s)?{_GIVEN}\s+{_NAME}{_SEP}(?:{_UP}\s)?{_GIVEN}\s+{_NAME}"),
        (
            2.2,
            rf"{_UP}{{1,3}}\s{_NAME}(?:{_SEP}{_UP}{{1,3}}\s{_NAME}(?:[.,;]|\s)|[.,]?\s\(?(?:19|20)\d\d[a-z]?\b)",
        ),
        (1.5, rf"{_GIVEN}\s+{_NAME}(?:\.|:|,)\s"),
        (1.5, rf"{_NAME}{_SEP}{_NAME}.{{0,40}}\([12]\d{{3}}"),
        (1.2, rf"{_NAME}(?:\s{_UP}\w*){{0,4}}\.?,?\s*\(?(?:1[5-9]|20)\d\d[a-z]?\b"),
        (2.2, r"[\u4e00-\u9fff]{2,4}[,，、]"),
    )
)
_CJK = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_YEAR = re.compile(r"(?<![\d.–-])(?:1[6-9]\d\d|20[0-3]\d)[a-z]?(?![\d])")
_YEAR_PAREN = re.compile(
    r"\(\s*(?:[A-Z][a-z]+\.?\s*(?:\d{1,2},?\s*)?)?(?:1[6-9]\d\d|20[0-3]\d)[a-z]?(?:[,)/–-]|\s*\))|n\.\s?d\.|\bforthcoming\b|\bin press\b|\bto appear\b|im Druck",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“„«‘](?=[^\W\d_])[^\"“”„«»]{12,300}[\"”“»’]|``[^`']{12,300}''")
_PAGES = re.compile(
    r"\b(?:pp?|pages?|pgs?|S|Seiten?|стр|С|s)\.?\s?[eA]?\d{1,5}(?:\s?[-–—‐]\s?\d{1,5})?|(?<![\d/.-])[eA]?\d{1,5}\s?[–—‐-]{1,2}\s?[eA]?\d{1,5}(?![\d/-])"
)
_VOLUME = re.compile(
    r"\b\d{1,4}\s?\(\s?[\d–/-]{1,9}\s?\)|\b(?:vol|volume|no|nr|issue|Bd|Band|tome|т)\b\.?\s?\d|\b\d{1,4}\s?[:,]\s?\d{1,5}\b",
    re.IGNORECASE,
)
_IDENT = re.compile(
    r"doi\b|10\.\d{4,9}/\S|arxiv|\bISBN\b|\bISSN\b|\bPMID\b|pubmed|\bCoRR\b|hal-\d", re.IGNORECASE
)
_URL = re.compile(
    r"https?://|www\.|\bavailable (?:at|from|online)|retrieved|accessed|abgerufen|\[online\]",
    re.IGNORECASE,
)
_VENUE = re.compile(
    r"\b(?:Proc(?:eedings|\.)?|Conference|Conf\.|Symposium|Symp\.|Workshop|Journal|J\.|Trans(?:actions|\.)|Lett(?:ers|\.)|Rev(?:iew|\.)|Annals|Ann\.|Bull(?:etin|\.)|Magazine"
    r"|Advances in|Lecture Notes|LNCS|Press|Springer|Elsevier|Wiley|Verlag|Publish(?:ers|ing)|Routledge|Sage|Addison|O[’']Reilly|McGraw|Prentice|Kluwer|University|Universität|Univ\.|Université"
    r"|IEEE|ACM|AAAI|IJCAI|NeurIPS|NIPS|ICML|ICLR|CVPR|ICCV|ECCV|ACL|EMNLP|NAACL|SIGIR|KDD|USENIX|PMLR|JMLR|PNAS|Nature|Science|Cell|PLoS|Academy|Acad\.|Sci\.|Phys\.|Chem\.|Biol\.|Med\.|Math\.|Int\.|Res\.|Am\.|Soc\."
    r"|Ph\.?\s?D|Thesis|thesis|Dissertation|dissertation|Diplomarbeit|Masterarbeit|Technical [Rr]eport|Tech\. ?[Rr]ep|Working [Pp]aper|preprint|Preprint|Handbook|Encyclop\w+|Cambridge|Oxford|New York|Berlin|London|Zeitschrift|Jahrbuch|Revue|Revista|Hrsg|[Ee]ds?\.|edited by|In:)"
)
_NAMES_THEN_QUOTE = re.compile(
    rf"(?:(?:{_UP}[\w.'’-]*|and|und|et|al\.?|&|van|von|der|den|de|la)[,;:]*\s+){{2,60}}(?:\(?\d{{4}}[a-z]?\)?[.,:]?\s+)?[\"“„«]"
)
_CJK_MARK = re.compile(r"\[[JCMDPRNZSA](?:/OL)?\]|出版社|学报|大学|论文|雑誌|学会|论文集")
_IN = re.compile(r"[.,\"”]\s+[Ii]n:?\s+(?:Proc|[A-Z“\"])")
_PROSE = re.compile(
    r"\b(?:we|our|us|I|they|this|these|those|it|its|is|are|was|were|be|been|has|have|had|can|could|will|would|should|may|might|must|does|do|did|which|that|however|therefore|because|while|when|also|such|than|not|but|there|their"
    r"|wir|sich|nicht|wird|werden|wurde|wurden|sind|ist|dass|eine[rsmn]?|auch|nous|est|sont|dans|que|qui|los|las|una|son|para|você|não|è|sono|che)\b"
)
_FIRST_PROSE = re.compile(
    r"(?:We|Our|This|These|Those|It|They|There|However|Therefore|Then|When|While|If|As|For|Since|Although|Because|Moreover|Furthermore|Here|Note that|You|I|Let|After|Before|Such|Thus|Hence|Wir|Die|Der|Das|Es|Im|Nous|Les|Figure|Fig\.|Table|Tab\.|Abb\.|Algorithm|Section|Theorem|Lemma|Proof|Definition|Equation|Copyright|©)\b"
)
_IN_TEXT = re.compile(
    r"\([^()]{0,60}[A-Z][^()]{2,60},\s?(?:19|20)\d\d[a-z]?\)|\[\d{1,3}(?:[,–-]\s?\d{1,3}){0,5}\]"
)
_WORD = re.compile(r"[^\W\d_]{2,}")


_SIGNS = re.compile(
    rf"(?P<init>(?<![A-Za-z]){_UP}\.(?=[\s,;:&A-Z-])|(?<=[a-z]) {_UP}{{1,3}}(?=[,;]))|(?P<year>(?<![\d.–-])\(?(?:1[6-9]\d\d|20[0-3]\d)[a-z]?[).,;:]*(?!\d))"
    r"|(?P<pages>\bpp?\.|\d{1,5}\s?[–—-]\s?\d{1,5}(?![\d%])|\b\d{1,4}\s?\(\d{1,4}\)|\b\d{1,4}\s?[:,]\s?\d{1,5}\b)|(?P<etal>\bet\.? al\b|\beds?\.|Hrsg|(?<=[a-z,.]) (?:and|&) [A-Z]\.)"
    r"|(?P<ident>doi\b|10\.\d{4,9}/|arxiv|hep-|https?://|ISBN|PubMed)",
)


def evidence(line: str) -> float:
    """How much one printed line has of what lists of references are full of; about 0 for prose, 2 for the middle of a list."""
    size = len(line)
    if size > 600:
        return 0.0
    total = -0.45
    counts: dict[str, int] = {}
    for match in _SIGNS.finditer(line):
        name = match.lastgroup or ""
        counts[name] = counts.get(name, 0) + 1
    total += min(3, counts.get("init", 0)) * 0.55
    total += min(2, counts.get("year", 0)) * 0.8
    total += min(2, counts.get("pages", 0)) * 0.6
    total += min(2, counts.get("etal", 0)) * 0.7
    total += min(2, counts.get("ident", 0)) * 0.9
    total += min(3, len(_VENUE.findall(line))) * 0.6
    total -= len(_PROSE.findall(line)) * 0.75
    digits = sum(map(str.isdigit, line))
    if digits > 0.5 * size:
        total -= 1.5
    return max(-2.0, min(total, 3.0))


def prose_words(text: str) -> int:
    """How many words of running prose (articles left out) are in ``text``."""
    return len(_PROSE.findall(text))


def opens_prose(text: str) -> bool:
    """``text`` begins as sentences do, and references do not: "We", "However"."""
    return _FIRST_PROSE.match(text) is not None


def people(text: str) -> float:
    """How surely ``text`` begins with people (0: no sign of it, 3: sure)."""
    head = text[:200]
    return next((weight for weight, pattern in _PEOPLE if pattern.match(head)), 0.0)


_TITLE_FIRST = re.compile(
    r"[A-Z\d“\"‘'][^()]{4,250}(?:\([^()]{1,40}\)[^()]{0,100})?\((?:19|20)\d\d[a-z]?\)[,.:;]?\s+(?:by\s+)?(?=[A-Z])"
)


def people_after_title(text: str) -> float:
    """How surely ``text`` is a title, its year in brackets, and people behind them."""
    match = _TITLE_FIRST.match(text[:400])
    return people(text[match.end() :]) if match else 0.0


@lru_cache(maxsize=2048)
def score(text: str) -> float:
    """How much ``text`` (label taken off) looks like one reference; above 2 it most likely is, below 0 it is not."""
    size = len(text)
    if size < 8 or size > LONGEST:
        return -9.0
    after = people_after_title(text)
    total = -2.2 + max(people(text), after)
    years = len(_YEAR.findall(text))
    total += 1.4 if years else -0.6
    total += 0.6 if _YEAR_PAREN.search(text) else 0.0
    quoted = _QUOTED.search(text)
    total += 1.0 if quoted and quoted.start() < 0.6 * size else 0.0
    total += 1.5 if quoted and _NAMES_THEN_QUOTE.match(text[:600]) else 0.0
    total += 0.9 if _PAGES.search(text) else 0.0
    total += 0.7 if _VOLUME.search(text) else 0.0
    total += 1.6 if _IDENT.search(text) else 0.0
    total += 0.5 if _URL.search(text) else 0.0
    total += 0.6 if _IN.search(text) else 0.0
    total += min(2, len(_VENUE.findall(text))) * 0.7 + (1.5 if _CJK_MARK.search(text) else 0.0)
    words = len(_WORD.findall(text)) or 1
    prose = len(_PROSE.findall(text))
    cjk = len(_CJK.findall(text))
    if cjk > 0.3 * size:
        total += 0.3 if words > 3 else 0.0
        total -= 0.6 * text.count("。")
    total -= 22.0 * max(0.0, prose / max(words, 8) - 0.06)
    if (quoted or after >= 2.2) and prose and words < 40:
        total += min(1.0, 22.0 * prose / max(words, 8) * 0.5)
    if _FIRST_PROSE.match(text):
        total -= 1.6
    total -= 1.2 * min(2, len(_IN_TEXT.findall(text)))
    total -= max(0.0, (size - 450) / 200.0)
    total -= max(0, years - 4) * 0.5
    if text[0].islower():
        total -= 1.0
    if text.endswith((":", "?", "!")):
        total -= 1.0
    if words < 4:
        total -= 1.5
    return total
