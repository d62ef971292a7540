"""The commands in which apacite writes the entries of a ``.bbl`` go in; what they print comes out."""

from __future__ import annotations

from collections.abc import Callable

from .draft import Draft

Group = tuple[int, int]
"""Where an argument stands in the source, its braces left out."""

_COUNTS = {
    "APACrefYearMonthDay": 3,
    "APACrefYear": 1,
    "BOthers": 1,
    "APACjournalVolNumPages": 4,
    "APACaddressPublisher": 2,
    "APACaddressInstitution": 2,
    "APACaddressSchool": 2,
}


def apacite_groups(
    draft: Draft, word: str, position: int, end: int, past: Callable[[Draft, int, int, str], int]
) -> list[Group] | None:
    """The arguments of one of these commands; None for other commands, and where they do not stand there."""
    if word not in _COUNTS:
        return None
    groups: list[Group] = []
    for _ in range(_COUNTS[word]):
        shut = past(draft, position, end, "{")
        if not shut:
            return None
        groups.append((draft.source.index("{", position) + 1, shut - 1))
        position = shut
    return groups


def put_apacite(
    draft: Draft, word: str, groups: list[Group], put: Callable[[Draft, int, int], None]
) -> None:
    """Print the arguments with the signs that stand round them; ``put`` prints a stretch of the source."""
    if word == "BOthers":
        draft.put("et al.")
        return
    filled = [bool(draft.source[a:b].strip(" %\n")) for a, b in groups]
    if word in ("APACrefYearMonthDay", "APACrefYear"):
        if filled[0]:
            draft.put("(")
            put(draft, *groups[0])
            draft.put(")")
        return
    journal = word == "APACjournalVolNumPages"
    before = ("", ", ", "(", ", ") if journal else ("", ": ")
    behind = ("", "", ")", "") if journal else ("", "")
    for i, group in enumerate(groups):
        if filled[i]:
            draft.put(before[i] if any(filled[:i]) or (journal and i == 2) else "")
            put(draft, *group)
            draft.put(behind[i])
