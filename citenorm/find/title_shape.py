"""Some words go in; whether they could be the title of a work comes out."""

from __future__ import annotations

import re

_NOTE_MARKS = re.compile(
    r"->|=>|→|>>|<<|[#%]\s?\w|;\s|\b(?:e\.g\.|i\.e\.|etc\.|TODO|vs\.?)\b|\?$|^\W*\d+\)|^(?:code|data|slides|video|link|ex|note|problem|solution|idea|drawbacks?|challenges?)s?\s*:",
    re.IGNORECASE,
)
SENTENCE = re.compile(
    r"\b(?:we|you|they|it|this|these|there|is|are|was|were|has|have|had|can|could|should|would|will|must|does|do|did|need|needs|I|uses?|used|makes?|shows?|gives?|wir|ist|sind|wird|werden|est|sont|es|son)\b"
)
WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_EAST = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]{4}")


def title_shaped(text: str) -> bool:
    """True for what could be a title: some words, a capital in front, no sentence, no mark of a note."""
    words = WORD.findall(text)
    if not 2 <= len(words) <= 32 or not 10 <= len(text) <= 300:
        return 4 <= len(text) <= 120 and bool(_EAST.search(text))
    if text[0].islower() or text.endswith((":", ";", ",", ".)")) or _NOTE_MARKS.search(text):
        return False
    return not (text.endswith(".") and SENTENCE.search(text))
