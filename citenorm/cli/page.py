"""The page of ``check --output-format html`` and ``fix --report``: what a run read and found, collected while it runs."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..model import Diagnostic, Resolution
    from ..report.cards import Seen
    from .session import Input, Session


@dataclass(frozen=True, slots=True)
class _Shown:
    """One input: its resolutions, what is to be told of it, and of a ``.bib`` file the text before and after the repair."""

    name: str
    results: Sequence[Resolution]
    findings: Sequence[Diagnostic]
    states: tuple[str, str] | None


class Pages:
    """The inputs of one run with their resolutions, in their order."""

    def __init__(self) -> None:
        self._files: list[_Shown] = []

    def add(
        self,
        item: Input,
        results: Sequence[Resolution],
        findings: Sequence[Diagnostic],
        states: tuple[str, str] | None = None,
    ) -> None:
        """An input was read; ``states``: the text of a ``.bib`` file that results and findings are about, and the repaired one."""
        self._files.append(_Shown(item.name, results, findings, states))

    def text(
        self, session: Session, target: str | None, left: Sequence[Diagnostic] | None = None
    ) -> str:
        """The page; ``target``: where it will stand; ``left``: tell only these of the findings."""
        from .. import __version__
        from ..report.cards import asked_of, cards_of
        from ..report.page import page
        from ..rules.table import all_rules

        told, first = [], 1
        for shown in self._files:
            told.append(cards_of(_seen(shown, left), first))
            first += len(told[-1].cards)
        results = [r for shown in self._files for r in shown.results]
        sources = session.sources(self._files[0].name if self._files else "-")
        services = [s.name for s in sources.services]
        asked = asked_of(results, sources.info(), services) if results else []
        return page(told, asked=asked, rules=all_rules(), version=__version__, base=base_of(target))


def _seen(shown: _Shown, left: Sequence[Diagnostic] | None) -> Seen:
    from ..seen import seen_bib, seen_document

    findings = shown.findings
    if left is not None:
        kept = set(map(id, left))
        findings = [d for d in findings if id(d) in kept]
    if shown.states is None:
        return seen_document(shown.name, shown.results, findings)
    from .. import bib

    before, after = (
        bib.read(t.encode("utf-8", "surrogateescape"), shown.name) for t in shown.states
    )
    return seen_bib(before, shown.results, after, findings)


def base_of(target: str | None) -> str:
    """What leads from the page to the working folder: "" where the page stands in it or on standard output."""
    if target in (None, "-"):
        return ""
    try:
        way = os.path.relpath(os.curdir, Path(str(target)).resolve().parent)
    except ValueError:  # another drive
        return ""
    return "" if way == os.curdir else way.replace(os.sep, "/") + "/"
