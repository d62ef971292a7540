"""Text or field values in; identifiers in one form each out: DOI, arXiv, ISBN, ISSN, PMID, ACL, OpenReview, DBLP.

``find_…`` looks for the first one inside a text, ``clean_…`` takes a value that should be one; both give "" (arXiv: None)
where there is none or its check digit is wrong.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from urllib.parse import unquote

from ..late import late

# ------------------------------------------------------------------ DOI
_DOI = late(
    r"(?<![\w.])10\.\s?(\d{4,9}(?:\.\d+)*)\s?(?:/|%2F)\s*([^\s\"“”„«»|\\^`{}]{1,300})", re.I
)
_BROKEN = late(r"[ \t]*\r?\n[ \t]*|[ \t]+")
_NEXT = late(r"[^\s\"“”„«»|\\^`{}]{1,300}")
_TAIL = late(
    r"(?:/(?:abstract|abs|full|fulltext|full-text|pdf|epdf|html|meta|suppl_file|references|figures)|\.(?:pdf|html?|full|short|abstract))$",
    re.I,
)
_JUNK = ".,;:'’‘\"”“*†‡>"
_CLOSING = {")": "(", "]": "[", ">": "<"}
_GLUED = late(
    r"(?:[.,;](?:url)?https?$|[.,;](?:doi|pmid|pmcid|arxiv|url)$|[.,;](?:https?:|doi:|pmid:|arxiv:|accessed|available|url:)|https?://|\]\(|</|[?#&](?:utm_|via|casa_token|download|journalcode|src=|ref=)).*$",
    re.I | re.S,
)


def _trim(doi: str) -> str:
    """Without what stands behind a DOI but is not of it: punctuation, brackets that were not opened, parts of an address."""
    doi = _GLUED.sub("", doi)
    while doi:
        last = doi[-1]
        if (last in _CLOSING and doi.count(last) > doi.count(_CLOSING[last])) or (
            last in _JUNK and not (last == ">" and "<" in doi)
        ):
            doi = doi[:-1]
        else:
            shorter = _TAIL.sub("", doi)
            if shorter == doi:
                break
            doi = shorter
    return doi


def _joined(text: str, end: int, doi: str) -> str:
    """The DOI with what a line or word break tore off it, as far as that is certain."""
    for _ in range(3):
        gap = _BROKEN.match(text, end)
        part = gap and _NEXT.match(text, gap.end())
        if not gap or not part or not doi:
            break
        suffix, more = doi.partition("/")[2], part[0]
        ends_line = "\n" in gap[0]
        bare = more.rstrip(".,;:)]")
        has_digit = any(c.isdigit() for c in suffix)
        if doi[-1] in "/-_(":
            certain = bare[:1].isalnum() and (
                bare[:1].islower() or bare[:1].isdigit() or any(c.isdigit() for c in bare)
            )
        elif doi[-1] == ".":
            dotted = bool(re.match(r"\d[\d.]*\.\d", bare))
            certain = (
                (not has_digit and any(c.isdigit() for c in bare) and not bare[:1].isupper())
                or (has_digit and dotted)
                or (ends_line and bare[:1].isdigit() and not _looks_like_year(bare))
            )
        else:
            certain = ends_line and bare[:1] in "./_-" and any(c.isdigit() for c in bare)
        if not certain:
            break
        doi, end = doi + more, part.end()
    return doi


def _looks_like_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit() and "1800" <= word <= "2100"


@lru_cache(maxsize=4096)
def find_doi(text: str) -> str:
    """The first DOI in a text, bare and in lower case, "" if none.

    Resolver addresses, percent signs, a break after "/", ".", "-" ("10.1109/TITS. 2021.3133268") and junk behind it
    are dealt with.
    """
    if "10." not in text:
        return ""
    if "&" in text:
        text = html.unescape(text)
    found = _DOI.search(text.replace("\\%", "%"))
    if not found:
        return ""
    doi = _trim(_joined(text, found.end(), f"10.{found[1]}/{found[2]}"))
    if "%" in doi:
        doi = _trim(unquote(doi))
    doi = doi.lower()
    return doi if doi.partition("/")[2] else ""


def clean_doi(value: str) -> str:
    """A DOI in any of its forms ("https://doi.org/10.1000/X", "doi: 10.1000/X.") bare and in lower case; "" if it is none."""
    return find_doi(str(value).strip())


RESOLVER = r"(?<!\w)(?:dx[.-])?doi[.-]org(?P<proxy>(?:\.[\w-]{1,63}){0,8})/+"
"""The host of the resolver of DOIs; a library's proxy goes on with its own name ("doi.org.proxy.example.edu", "doi-org.proxy.example.edu")."""
_RESOLVER = late(RESOLVER, re.I)
_AT_RESOLVER = late(rf"(?:https?://)?(?:www[.-])?{RESOLVER}", re.I)


def linked_doi(address: str) -> str:
    """The DOI that an address leads to by the resolver of DOIs, "" for any other address."""
    found = _RESOLVER.search(address)
    return find_doi(address[found.end() :]) if found else ""


def behind_resolver(address: str) -> str:
    """What an address at the resolver of DOIs has behind the host, "" for any other address."""
    found = _AT_RESOLVER.match(address)
    return address[found.end() :] if found else ""


# ------------------------------------------------------------------ arXiv
_OF_ISSUE = re.compile(r"10\.\d{4,9}/[\w-]*\.?v(\d+)i(\d+)\.\w+", re.I)
"""The form in which Open Journal Systems names articles by default: journal, volume, issue, number of the article."""


def of_article(doi: str) -> bool:
    """The DOI is of an article, by a form that one publisher has for journals alone; most have none."""
    return bool(_OF_ARTICLE.match(doi))


_OF_ARTICLE = late(
    r"10\.(?:1007/s\d{5}-|1016/j\.(?!procs|proeng|entcs|endm|ifacol|procir|trpro|sbspro)|1103/|1137/(?!1\.978)[\ds]|1214/|1371/journal|1613/jair"
    r"|2168/lmcs|23638/lmcs|46298/lmcs|4086/toc|1162/(?:coli|neco|tacl|jmlr|artl|evco))",
    re.I,
)
"""Of Springer, Elsevier (but for journals that print proceedings), APS, SIAM, IMS, PLOS, MIT Press and of three journals."""


def volume_and_issue(doi: str) -> tuple[str, str]:
    """The volume and the issue that a DOI spells out; "" for both where it spells none."""
    found = _OF_ISSUE.fullmatch(doi)
    return (found[1], found[2]) if found else ("", "")


_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs|dg-ga|econ|eess|"
    "funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math-ph|math|mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|physics|plasm-ph|q-alg|q-bio|"
    "q-fin|quant-ph|solv-int|stat|supr-con"
)
_NEW = r"(\d{2}(?:0[1-9]|1[0-2]))\.\s?(\d{4,5})(?!\d)"
_OLD = rf"({_ARCHIVES})(?:\.[A-Z]{{2}})?/\s?(\d{{2}}(?:0[1-9]|1[0-2])\d{{3}})(?!\d)"
_VERSION = r"(?:\s?(v[1-9]\d?)(?!\w))?"
_BEFORE = (
    rf"(?:arxiv\s?[.:]\s?(?:org\s?/\s?(?:abs|pdf|html|e-print)\s?/\s?)?(?:(?:{_ARCHIVES})/(?=\d{{4}}\.))?|"
    r"arxiv[\s,:.\-–#(\[]{1,3}(?:e-?print|preprint|no\.?|id)?[\s:,(\[]*"
    r"(?:arxiv\s?:\s?)?(?:abs/)?|\babs/\s?|10\.48550/arxiv\.\s?|ar5iv\.(?:labs\.arxiv\.)?org/(?:abs|html)/|eprint[\s:=]{1,3})"
)
_SLIPPED = _NEW.replace(r"\.", "[.:]", 1)
"""The number behind the name of the server, where a colon for the point is a slip ("arXiv:1901:00001")."""
_ARXIV_NEW = late(rf"{_BEFORE}{_SLIPPED}{_VERSION}", re.I)
_ARXIV_OLD = late(rf"(?:{_BEFORE}|(?<![\w./-])){_OLD}{_VERSION}", re.I)
_ALONE = late(rf"(?<![\w.:/-]){_NEW}{_VERSION}(?![\w/])")
_WHOLE_NEW = late(rf"^{_NEW}{_VERSION}(?:\.pdf)?$", re.I)
_WHOLE_OLD = late(rf"^{_OLD}{_VERSION}$", re.I)
_AS_NUMBER = late(r"^(\d{3,4})\.(\d{3,4}|\d{6,17})$")
_HINT = re.compile(r"arxiv|\babs/|eprint|corr\b", re.I)
_CLASS = late(
    rf"\[\s?((?:{_ARCHIVES})(?:\.[A-Z]{{2}}|\.[a-z]{{2,3}}(?:-[a-z]{{2,3}})?)?)\s?\]|\b((?:cs|stat|math|eess|econ|physics|q-bio|q-fin|cond-mat|astro-ph|nlin)\.(?:[A-Z]{{2}}|[a-z]{{3,4}}-[a-z]{{2,4}}))\b"
)


_CLASS_ALONE = late(rf"\[?((?:{_ARCHIVES})(?:\.[A-Za-z-]{{2,9}})?)\]?")


def arxiv_class(text: str) -> str:
    """The subject class of arXiv that a text is, "" for any other text; "hepth" is "hep-th"."""
    found = _CLASS_ALONE.fullmatch(
        re.sub(r"\b(hep|nucl|gr|math)(ex|lat|ph|th|qc)\b", r"\1-\2", text)
    )
    return found[1] if found else ""


def _new_style(month: str, number: str) -> bool:
    """Numbers began in April 2007 with four digits and have five since January 2015."""
    return month >= "0704" and len(number) == (5 if month >= "1501" else 4)


@lru_cache(maxsize=4096)
def find_arxiv(text: str) -> tuple[str, str] | None:
    """The first arXiv identifier in a text with its version ("" if not stated): ("1811.03600", "v2"), ("cs/0112017", "").

    The version in an address is that of the page that was open when it was copied, and says nothing.

    A bare number counts only where "arXiv", "CoRR", "abs/" or "eprint" stands in the same text; subject classes of
    old identifiers are dropped ("math.GT/0309136" is "math/0309136").
    """
    has_slash = "/" in text
    if not has_slash and not _HINT.search(text):
        return None
    for found in _ARXIV_NEW.finditer(text):
        if _new_style(found[1], found[2]):
            return f"{found[1]}.{found[2]}", _version(found)
    if has_slash:
        old = _ARXIV_OLD.search(text)
        if old:
            return f"{old[1].lower()}/{old[2]}", _version(old)
    if _HINT.search(text):
        for found in _ALONE.finditer(text):
            if _new_style(found[1], found[2]):
                return f"{found[1]}.{found[2]}", (found[3] or "").lower()
    return None


def _version(found: re.Match[str]) -> str:
    return "" if _ADDRESS.search(found[0]) else (found[3] or "").lower()


_ADDRESS = late(r"org\s?/", re.I)
_GIVEN_OUT = re.compile(rf"(\d\d)(?:0[1-9]|1[0-2])\.\d{{4,5}}$|(?:{_ARCHIVES})/(\d\d)\d{{5}}$")


def arxiv_year(number: str) -> int | None:
    """The year in which an arXiv identifier was given out: 2018 of "1811.03600", 2001 of "cs/0112017"; None for anything else."""
    found = _GIVEN_OUT.match(number)
    if found is None:
        return None
    year = int(found[1] or found[2])
    return 1900 + year if found[2] and year > 90 else 2000 + year


def clean_arxiv(value: str) -> tuple[str, str] | None:
    """The value of an arXiv field ("1811.03600v2", "arXiv:cs/0112017", an address) as identifier and version, None if it is none.

    What a spreadsheet made of them is mended: lost zeros ("1910.026", "905.3428") and digits too many ("1710.0227100000002").
    """
    text = str(value).strip().strip("[]().,;")
    whole = _WHOLE_NEW.match(text)
    if whole and _new_style(whole[1], whole[2]):
        return f"{whole[1]}.{whole[2]}", (whole[3] or "").lower()
    whole = _WHOLE_OLD.match(text)
    if whole:
        return f"{whole[1].lower()}/{whole[2]}", (whole[3] or "").lower()
    whole = _AS_NUMBER.match(text)
    if whole:
        month, number = whole[1].zfill(4), whole[2]
        digits = 5 if month >= "1501" else 4
        number = f"{round(float('0.' + number), digits):.{digits}f}"[2:]
        return (
            (f"{month}.{number}", "")
            if _new_style(month, number) and 1 <= int(month[2:]) <= 12
            else None
        )
    return find_arxiv(text)


def find_primary_class(text: str) -> str:
    """The arXiv subject class in brackets or standing alone ("[cs.LG]", "stat.ML"), "" if none."""
    found = _CLASS.search(text)
    return (found[1] or found[2]) if found else ""


_LATEX = late(r"[\\{}]")


def unreadable(kind: str, stated: str) -> dict[str, str]:
    """What is stated as an identifier of a kind (``doi``, ``arxiv``) and is none, as an entry of ``custom``, so that it can be told; empty where no number is stated, or one in LaTeX."""
    told = any(map(str.isdigit, stated)) and not _LATEX.search(stated)
    return {f"unreadable-{kind}": stated.strip()} if told else {}


# ------------------------------------------------------------------ books and journals
_ISBN = late(r"(?<![\d-])(?:97[89][-– ]?)?\d(?:[-– ]?\d){8}[-– ]?[\dXx](?![\d-])")
_ISSN = late(r"(?<![\d-])(\d{4})[-–]?(\d{3}[\dXx])(?![\d-])")


def _isbn13(digits: str) -> str:
    """Thirteen digits with a right check digit, "" otherwise; ten are turned into thirteen."""
    if len(digits) == 10:
        total = sum((10 - i) * (10 if c == "X" else int(c)) for i, c in enumerate(digits))
        if total % 11:
            return ""
        digits = "978" + digits[:9]
        check = -sum(int(c) * (3 if i % 2 else 1) for i, c in enumerate(digits)) % 10
        return f"{digits}{check}"
    if len(digits) != 13 or not digits.isdigit() or digits[:3] not in ("978", "979"):
        return ""
    return "" if sum(int(c) * (3 if i % 2 else 1) for i, c in enumerate(digits)) % 10 else digits


def find_isbn(text: str) -> str:
    """The first valid ISBN as thirteen bare digits (ten-digit ones are converted), "" if none."""
    for found in _ISBN.finditer(text):
        isbn = _isbn13(re.sub(r"[-– ]", "", found[0]).upper())
        if isbn:
            return isbn
    return ""


def find_issn(text: str) -> str:
    """The first valid ISSN as "1234-567X", "" if none."""
    for found in _ISSN.finditer(text):
        digits = (found[1] + found[2]).upper()
        if not sum((8 - i) * (10 if c == "X" else int(c)) for i, c in enumerate(digits)) % 11:
            return f"{digits[:4]}-{digits[4:]}"
    return ""


# ------------------------------------------------------------------ PubMed, ACL Anthology, OpenReview, DBLP
_PMID = late(
    r"(?:\bpmid\s?:?\s?|pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/(?:\?term=)?|\bpubmed\s(?:id)?\s?:?\s?)(\d{1,8})(?!\d)",
    re.I,
)
_ACL_NEW = late(
    r"(?<![\w.-])((?:19|20)\d{2}\.[a-z][a-z0-9]*(?:-[a-z0-9]+)+\.\d{1,4})(?![\w])", re.I
)
_ACL_OLD = late(r"(?<![\w-])([A-Z]\d{2}-\d{4,5})(?![\d-])")
_ACL_LINKED = late(r"(?<![\w-])([A-Z]\d{2}-\d{4,5})(?![\d-])", re.I)
_ACL_HINT = late(r"acl(?:anthology|web)\.|aclanthology|\bacl\.ldc\.|10\.18653|10\.3115", re.I)
_OPENREVIEW = late(
    r"openreview\.net/(?:forum|pdf|attachment|references/pdf)\?(?:[\w=&;]*?[&;])?id=([A-Za-z0-9_-]{6,14})",
    re.I,
)
_DBLP = late(
    r"(?:dblp:|dblp\.(?:uni-trier\.de|org|dagstuhl\.de)/(?:rec/)?(?:bibtex\d?/|html/|xml/)?|(?<![\w/.]))"
    r"((?:conf|journals|books|series|phd|reference|tr)/[a-z0-9][\w.-]*/[A-Za-z0-9][\w:+-]*)",
    re.I,
)


def find_pmid(text: str) -> str:
    """The PubMed number after "PMID" or in a PubMed address, "" if none."""
    found = _PMID.search(text)
    return found[1] if found else ""


def find_acl(text: str) -> str:
    """The ACL Anthology identifier ("P18-1001", "2020.acl-main.1"), "" if none.

    Old identifiers count in an address or DOI of the Anthology, in small letters too, or as the whole text: elsewhere "D07-1234" may be anything.
    """
    text = text.strip()
    found = _ACL_NEW.search(text)
    if found:
        return found[1].lower()
    linked = _ACL_HINT.search(text)
    if linked or len(text) <= 9:
        old = (_ACL_LINKED if linked else _ACL_OLD).search(text)
        return old[1].upper() if old else ""
    return ""


def find_openreview(text: str) -> str:
    """The forum identifier of an OpenReview address, "" if none."""
    found = _OPENREVIEW.search(text)
    return found[1] if found else ""


def find_dblp(text: str) -> str:
    """The key of a DBLP record ("conf/icml/GaoCL18"), bare, as "DBLP:…" or in an address, "" if none."""
    if "/" not in text:
        return ""
    found = _DBLP.search(text)
    return found[1] if found else ""
