"""A title that no version has, or another version than the one to be cited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ...findings import TitleFinding
from ...model import Evidence
from ..fields import kind_level, number_level, title_level, words_apart
from ..title_view import STOP, Title, title_view
from ..views import text
from ..works.pair import SAME_TITLE
from .case import Case


def title(case: Case) -> Iterator[Evidence]:
    said, printed = case.claim.title, text(case.emitted.get("title"))
    ours, titles = case.ours.title, [v.title for v in case.views]
    if not ours.key:
        return
    if _misphrased(ours, titles) and case.exactly:
        yield TitleFinding.MISPHRASED.of(said, printed)
    elif _fits(ours, title_view(printed)):
        if all(title_level(ours, t)[0] == "typo" for t in (title_view(printed), *titles)):
            yield TitleFinding.SPELLED.of(said, printed)
    elif any(_fits(ours, t) for t in titles):
        yield TitleFinding.OTHER_VERSION.of(said, printed)
    else:
        best = max(range(len(titles)), key=lambda i: (title_level(ours, titles[i])[1], -i))
        level, _ = title_level(ours, titles[best])
        broken_off = ours.words[: len(titles[best].words)] == titles[best].words
        finding = TitleFinding.LENGTHENED if broken_off else _unlike_all(case, level)
        yield finding.of(said, case.work.records[best].title)


def _unlike_all(case: Case, level: str) -> TitleFinding:
    """What is wrong with a title that no version has; ``level``: how it compares with the nearest."""
    if level in ("subtitle-longer", "beginning-longer"):
        return TitleFinding.LENGTHENED
    if level.startswith(("subtitle", "beginning")):
        return TitleFinding.SHORTENED
    exactly = [v.title for v in case.exactly]
    misleads = exactly and _misleads(case.ours.title, exactly)
    return TitleFinding.DIFFERS if misleads else TitleFinding.REWORDED


def _fits(ours: Title, theirs: Title) -> bool:
    level, _ = title_level(ours, theirs)
    return (
        level in SAME_TITLE
        and number_level(ours, theirs, level) in ("", "same")
        and kind_level(ours, theirs) in ("", "same")
    )


def _misleads(ours: Title, theirs: Sequence[Title]) -> bool:
    """A word that matters is another one: in every version described, the claim has words that the title has not."""
    for title in theirs:
        level, _ = title_level(ours, title)
        if level in SAME_TITLE or level.startswith(("subtitle", "beginning")):
            return number_level(ours, title, level) == "differ"
        left, _ = words_apart(ours, title)
        if not any(w not in STOP for w in left):
            return False
    return True


def _misphrased(ours: Title, theirs: Sequence[Title]) -> bool:
    """One word stands in the place of another one: "from" for "with", a plural for a singular."""
    for title in theirs:
        if ours.words == title.words:
            return False
        left_c, left_r = (
            list((Counter(ours.words) - Counter(title.words)).elements()),
            list((Counter(title.words) - Counter(ours.words)).elements()),
        )
        small = left_c and left_r and all(w in STOP for w in (*left_c, *left_r))
        plural = len(left_c) == len(left_r) == 1 and left_c[0] in (
            left_r[0] + "s",
            left_r[0].removesuffix("s"),
        )
        if not (small or plural):
            return False
    return bool(theirs)
