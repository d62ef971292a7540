"""A mention (a title in a list or a heading) → a Claim: its title, and the venue and year that stand beside it.

"Active Bias: … Samples (NeurIPS 2017, UMass)" claims a title, a venue and a year; "UMass" claims nothing.
What the headings above say stays where it is, in ``Reference.context``: a hint, no claim.
"""

from __future__ import annotations

import re
from typing import Any

from ..model import Claim, Reference
from ..normalize.venues import find_venue

_TAIL = re.compile(r"\s*[(\[]([^()\[\]]{2,80})[)\]]\s*\.?$")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NUMBERING = re.compile(r"^\s*(?:\d+(?:\.\d+)*[.)]?|[-*•])\s+(?=\S)")
_QUOTES = "\"'“”„‘’«»"


def mention_claim(reference: Reference) -> Claim:
    """The claim that a mention makes; never raises."""
    text = _NUMBERING.sub("", reference.raw).strip()
    csl: dict[str, Any] = {}
    tail = _TAIL.search(text)
    if tail and (fields := _beside(tail[1])):
        csl |= fields
        text = text[: tail.start()].strip()
    csl = {"title": text.strip(_QUOTES + " .,"), **csl}
    return Claim(csl, raw=reference.raw, confidence=0.6, reference=reference)


def _beside(text: str) -> dict[str, Any]:
    """Venue and year named in the brackets behind a title; empty where neither is."""
    out: dict[str, Any] = {}
    if year := _YEAR.search(text):
        out["issued"] = {"date-parts": [[int(year[0])]]}
    for part in re.split(r"[,;]", text):
        name = _YEAR.sub("", part).strip(" '’")
        if re.fullmatch(r"arxiv|corr", name, re.I):
            out["type"] = "article"
        elif name and "container-title" not in out and find_venue(name):
            out["container-title"] = name
    return out
