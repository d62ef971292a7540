"""A document and a stretch of its text in, the addresses that its words link to out; and which addresses name a work."""

from __future__ import annotations

import re
from bisect import bisect_left

from ..model import Document

Link = tuple[int, int, str]
"""Start and end in the text of a document, and the target."""

_WORK = re.compile(
    r"(?:doi\.org/10\.|doi:10\.|/doi/(?:abs/|full/|pdf/|epdf/)?10\.|arxiv\.org/|ar5iv|openreview\.net/|aclanthology\.|aclweb\.org/anthology|proceedings\.|papers\.n(?:eur)?ips\.cc|proceedings\.mlr\.press|jmlr\.|"
    r"dl\.acm\.org/|ieeexplore\.|computer\.org/csdl|link\.springer\.|springer\.com/(?:article|chapter|book)|sciencedirect\.com/science|nature\.com/(?:articles|nature)|science\.org/doi|usenix\.org/(?:conference|system|legacy|event)|"
    r"(?:bio|med|chem|psy)rxiv\.org|osf\.io/preprints|hal\.(?:science|archives)|semanticscholar\.org/paper|openaccess\.thecvf\.com|thecvf\.com/content|pubmed|ncbi\.nlm\.nih\.gov|jstor\.org/stable|ssrn\.com|"
    r"academic\.oup\.com|onlinelibrary\.wiley|tandfonline|journals\.|pnas\.org|isca-(?:speech|archive)|ojs\.aaai|aaai\.org/(?:ocs|papers)|ijcai\.org|vldb\.org|eprint\.iacr|hdl\.handle\.net|zenodo\.org/record|researchgate\.net/publication|\.pdf(?:$|[?#]))",
    re.IGNORECASE,
)
_NO_WORK = re.compile(
    r"github\.(?:com|io)|gitlab\.|bitbucket|youtube|youtu\.be|twitter|slideshare|colab\.|huggingface\.co/(?:datasets|spaces)|\.(?:png|jpe?g|gif|svg|zip|gz|py|ipynb)(?:$|[?#])|slides?[^/]*\.pdf|poster[^/]*\.pdf",
    re.IGNORECASE,
)


def links_between(document: Document, start: int, end: int) -> list[Link]:
    """The links that begin within a stretch of the text, in order."""
    links: tuple[Link, ...] = document.data.get("links", ())
    first = bisect_left(links, (start, 0, ""))
    last = bisect_left(links, (end, 0, ""))
    return list(links[first:last])


def links_of(document: Document, start: int, end: int) -> tuple[str, ...]:
    """The addresses that the words of a stretch link to and do not show themselves, each once."""
    shown = document.text[start:end]
    found = (target for _, _, target in links_between(document, start, end))
    return tuple(dict.fromkeys(target for target in found if target not in shown))


def names_work(target: str) -> bool:
    """True for addresses of papers: identifiers, publishers, archives, proceedings, PDF files; not of code, slides, films."""
    return bool(_WORK.search(target)) and not _NO_WORK.search(target)
