"""One entry of a list goes in; whether it may be a reference, told by the little that such entries often have, comes out.

``reference_score`` asks whether a stretch of a report is a reference; here the rest of the list already says that it
probably is, and short hand-typed forms count: a title and a venue ("…, CVPR16"), a bare identifier, a law, a book
with a publisher, a quoted title.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from .reference_score import LONGEST, opens_prose, people, people_after_title, prose_words, score

_WORD = re.compile(r"[^\W\d_]{2,}")
_YEAR = re.compile(r"(?<![\d.–-])(?:1[4-9]\d\d|20[0-3]\d)[a-z]?(?!\d)|\bn\.\s?d\.|\b[12]\d{3}年")
_SHORT_VENUE = re.compile(
    r"(?:\b(?:[A-Z][A-Za-z]*[A-Z][A-Za-z]*|[a-z]{3,7}|[A-Z]{3,})[\s-]?['’]?(?:\d{2}|(?:19|20)\d\d)\b)[.)\]]?\s*(?:$|[,.(\[])"
)
_IDENTIFIER = re.compile(
    r"(?:https?://\S+|www\.\S+|(?:doi:?\s*)?10\.\d{4,9}/\S+|arxiv:?\s*(?:\d{4}\.\d{4,5}|[a-z.-]+/\d{7})\S*|(?:PMID|ISBN|PMCID|RFC)\W*[\dXxC-]{4,17})",
    re.IGNORECASE,
)
_ONLY_IDENTIFIER = re.compile(
    rf"\W*(?:{_IDENTIFIER.pattern}|\d{{4}}\.\d{{4,5}}(?:v\d+)?)\W*", re.IGNORECASE
)
_QUOTED = re.compile(r"[\"“„«‘『「][^\"“”„«»’』」]{4,300}[\"”“»’』」]|``[^`']{4,300}''")
_ET_AL = re.compile(r"\bet\.?\s+al\b|\bu\.\s?a\.|и др\.|他|等[,，.]", re.IGNORECASE)
_CJK_MARK = re.compile(
    r"\[[JCMDPRNZSA](?:/OL)?\]|出版社|书店|書店|書院|文庫|新書|学报|學報|大学|論文|论文|雑誌|学会|第\d+[巻卷号期]|[『「].+[』」]|（\d{4}）"
)
_LAW = re.compile(
    r"\b(?:Regulation|Directive|Decision|Act|Code|Treaty|Verordnung|Richtlinie|Gesetz|Loi|Décret|Ley|Legge)\b.{0,80}\d|\bv\.?s?\.? [A-Z]|\bOJ [LC]\b|\bU\.S\.C?\.|§|\bBGBl|\bS\. ?Ct\.|\bF\.[23]d\b"
)
_PLACE = re.compile(
    r"(?:^|[,.(;] ?)[A-ZÀ-Þ][\w.’' -]{2,30}: ?[A-ZÀ-Þ]|\bPress\b|\bVerlag\b|[ÉE]ditions?\b|\bGallimard\b|\bcoll\.|\bPublish|\bBooks\b|\bEditorial\b|изд|Изд|\d{2,4} (?:p|S|с|str)\.(?:$|\s)",
)
_VENUE = re.compile(
    r"\b(?:Proc(?:eedings|\.)?|Conference|Symposium|Workshop|Journal|J\.|Trans(?:actions|\.)|Rev(?:iew|\.|ue|ista)|Annals|Magazine|Report|Thesis|Dissertation|preprint|arXiv|Springer|Elsevier|IEEE|ACM|University|Nature|Science|Zeitschrift|Tagung|Blog|Medium|Wikipedia)\b"
)
_ENDS = re.compile(
    r"(?:(?:1[4-9]|20)\d\d[a-z]?|[A-Za-z]\s?['’]?\d\d|\d[–-]\d+|\d (?:pp?|S|с)|https?:\S+|10\.\d{4}\S+|\d+頁|年)[).\]。,\s]*$"
)
_PERSON = r"(?:[A-ZÀ-Þ][\w.’'-]* ){1,3}(?:(?:van|von|de|der|den|la|le) ){0,2}[A-ZÀ-Þ][\w’'-]+"
_NAMES_INSIDE = re.compile(
    rf"(?:^|[,.;:(] )(?:by )?{_PERSON}(?:, {_PERSON}){{1,60}}|[,.;:(] (?:by )?{_PERSON} (?:and|&) {_PERSON}"
)
_OTHER_SCRIPT = re.compile(r"[\u0370-\u1cff\u3040-\ud7af]")
_NARRATIVE = re.compile(
    r"[A-ZÀ-Þ][^().]{1,60}(?:et al\.,? |[^().]{1,40})\((?:19|20)\d\d[a-z]?\),? (?:(?:have|has|had|also|first|recently|further|do|does|did|was|were|is|are)\s+)?[a-zà-ÿ]{2,}(?:ed|es|s|d|w|nd|t|e)?\s+[a-z]"
)
_FAMILY = r"[A-ZÀ-Þ][\w’'-]{1,30}"
_BARE = re.compile(
    rf"(?:[x✓✗•–\s-]{{0,12}}{_FAMILY}(?:(?:, | and | & |, and |, & ){_FAMILY}){{0,3}}(?:,? et al\.?)?,? \((?:19|20)\d\d[a-z]?\)[x✓✗•–\s.,;-]{{0,12}}){{1,10}}"
)
_IMPRINT = re.compile(
    r"\W{0,3}(?:corresponding authors?\b[^:.]{0,40}:|(?:address for )?correspondence(?: to)?:|(?:e-?mail|contact|affiliations?|(?:date of )?(?:submission|acceptance))s?:"
    r"|.{0,90}\. ?author manuscript; available in pmc|©|copyright (?:@|©|\(c\)|(?:19|20)\d\d)|(?:manuscript )?received:? [^;,.]{0,30}\d[^;.]{0,30}[;,.] ?(?:(?:in )?revised|accepted|published))",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}\.\w")
_CITED = re.compile(
    r"\s\((?:(?:see|cf\.|e\.g\.,?|vgl\.)\s)?[^\W\d_a-z][^()\d:]{1,80},?\s(?:1[89]|20)\d\d[a-z]?(?:[;,][^():]{0,120})?\)"
)
_GOES_ON = re.compile(r",?\s+[a-z]")
_NO_SENTENCE = re.compile(r"[\d“”\"„«»()]|\b[A-Z]\.")
_NOTE = re.compile(r"^(?:TODO|NB|Note|N\.B\.|Hinweis)\b|^[#%]")
_CLOSING = re.compile(r"[:?!]$")


@dataclass(frozen=True, slots=True)
class Shape:
    """``good``: reads as a reference; ``fair``: may be one; ``possible``: one only since its neighbours are; ``words``: words, no prose."""

    good: bool
    fair: bool
    possible: bool
    words: bool = True


_NOTHING = Shape(False, False, False, False)


def no_entry(text: str) -> bool:
    """True for sentences about a work ("Brady et al. (2009) show …", "GANs (Brady et al., 2009) too"), for citations without a title ("Chen et al. (2012) x") and
    for what a journal prints about a paper ("Corresponding author: …", "Received 3 May 2001; accepted …")."""
    return (
        imprint(text)
        or in_passing(text)
        or bool(_NARRATIVE.match(text[:200]))
        or _citing(text)
        or _BARE.fullmatch(text[:300]) is not None
    )


_PASSING = re.compile(
    rf"[^\"“”.:;()]{{3,150}}?[a-z] (?:{_FAMILY} et al\.?,?|{_FAMILY}(?: (?:and|&) {_FAMILY})?) \((?:19|20)\d\d[a-z]?\)(?:,? [a-z]+){{3}}"
)
"""A sentence that names a work by its people and year and goes on: "The weir was described in Brook et al. (2009), who showed that …"."""
_CLAUSE_BEHIND = re.compile(r"\([^()]*(?:19|20)\d\d[^()]*\),? (?:[a-z]+ ){3,}[^()\d]*$")


def in_passing(text: str) -> bool:
    """Sentences that go on behind a work which they name in passing."""
    if _PASSING.match(text) and (opens_prose(text) or prose_words(text) > 1):
        return True
    return opens_prose(text) and bool(_CLAUSE_BEHIND.search(text))


def _citing(text: str) -> bool:
    """Sentences with citations in them and no other number; a title alone with names and a year in brackets is none."""
    first = _CITED.search(text)
    if first is None or _NO_SENTENCE.search(text, 0, first.start()):
        return False
    rest = text[first.end() :]
    if _NO_SENTENCE.search(_CITED.sub("", rest)):
        return False
    return bool(_GOES_ON.match(rest)) or (not rest.strip(" .") and opens_prose(text))


def imprint(text: str) -> bool:
    """True for what a journal prints about a paper: addresses of its authors, dates, copyright."""
    if _IMPRINT.match(text[:200]):
        return True
    return "@" in text and not _YEAR.search(text) and _ADDRESS.search(text) is not None


def only_identifier(text: str) -> bool:
    """True where ``text`` is nothing but a DOI, an arXiv number, an address, or the like."""
    return _ONLY_IDENTIFIER.fullmatch(text) is not None


def complete(text: str) -> bool:
    """True where ``text`` both opens and ends like a whole reference: names, a quoted title or a law first, a year or pages last."""
    named = max(people(text), people_after_title(text))
    opens = named >= 2.2 or (named >= 1.5 and _YEAR.search(text[:80]) is not None)
    if not (opens and _YEAR.search(text)):
        marks = (
            _QUOTED.match(text),
            _NAMES_INSIDE.search(text),
            _CJK_MARK.search(text),
            _LAW.search(text),
        )
        if not any(marks) and not _ET_AL.search(text[:40]):
            return False
        return bool(_ENDS.search(text))
    return bool(_ENDS.search(text) or text.endswith((".", "。", ")")))


@lru_cache(maxsize=4096)
def shape(text: str) -> Shape:
    """What ``text`` (a whole entry without its label) is, as an entry of a list."""
    size = len(text)
    if size < 4 or size > LONGEST or _NOTE.match(text) or no_entry(text):
        return _NOTHING
    if only_identifier(text):
        return Shape(True, True, True)
    if size < 8:
        return _NOTHING
    letters = len(_WORD.findall(text))
    if letters < 2 and not _OTHER_SCRIPT.search(text):
        return _NOTHING
    share = prose_words(text) / max(8, letters)
    if text[0].islower():
        text = text[0].upper() + text[1:]
    cues = _cues(text)
    value = score(text)
    prose = share > 0.2 or (share > 0.14 and cues < 2)
    prose = prose and cues < 4 and not (cues >= 2 and size < 120 and _ET_AL.search(text))
    least = -5.5 if size < 120 and _ET_AL.search(text[:40]) else -3.2
    good = value >= 1.0 or (cues >= 2 and value >= least and not prose)
    fair = good or (value >= -3.2 and cues >= 1 and not prose)
    nothing = prose or cues < 0.5 or _CLOSING.search(text)
    return Shape(good, fair, fair or (not nothing and letters >= 3), not prose)


def _cues(text: str) -> float:
    """How many things of a reference ``text`` has; a half for each weak one."""
    named = max(people(text), people_after_title(text))
    total = 1.0 if named >= 1.5 else 0.5 if named else 0.0
    total += bool(_YEAR.search(text)) + bool(_IDENTIFIER.search(text)) + bool(_ET_AL.search(text))
    total += bool(_SHORT_VENUE.search(text)) + bool(_QUOTED.search(text)) + bool(_LAW.search(text))
    total += named < 1.5 and _NAMES_INSIDE.search(text[:600]) is not None
    total += bool(_VENUE.search(text)) + 0.5 * bool(_PLACE.search(text))
    return total + min(2, len(_CJK_MARK.findall(text)))
