"""One file under review: what it cites, what a page shows of it, and its bytes with the decisions put in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from ..checking import beyond, findings_of, opened, stated
from ..listed import Listed
from ..model import Claim, Document, Resolution
from ..seen import seen_bib, seen_document

if TYPE_CHECKING:
    from ..again import Again
    from ..bib import BibFile
    from ..lock import Decision, Lock
    from ..match.cite import Policy
    from ..report.cards import Seen
    from ..sources import Sources


def _every(code: str, rule: str) -> bool:
    return True


@dataclass(frozen=True)
class Material:
    """A file as it was read, and how its references are looked up.

    ``name``: its path; ``wanted``: (code, rule) → whether a rule is on.  Raises InputError for what cannot be read.
    """

    name: str
    data: bytes
    sources: Sources
    prefer: Policy = "published"
    wanted: Callable[[str, str], bool] = field(default=_every)
    jobs: int = 1

    @cached_property
    def content(self) -> Document | BibFile | Listed:
        return opened(self.data, self.name)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """What its references say, in its order."""
        return tuple(stated(self.content))

    def with_data(self, data: bytes) -> Material:
        """The same file with other content."""
        return replace(self, data=data)

    def resolved(self, claims: Sequence[Claim], lock: Lock) -> list[Resolution]:
        """What these claims mean, the lock's decisions first; without what only the whole file shows."""
        from ..pipeline import resolve_iter

        return list(
            resolve_iter(claims, self.sources, jobs=self.jobs, prefer=self.prefer, lock=lock)
        )

    def whole(
        self, results: Sequence[Resolution], decisions: Sequence[Decision | None]
    ) -> list[Resolution]:
        """The resolutions of all its claims with what the whole file shows, without what the decision on each answers."""
        from ..pipeline import in_context, with_document_rules

        told = with_document_rules(in_context(results, self.sources, self.prefer))
        return [
            r if decision is None else replace(r, diagnostics=tuple(beyond(r.diagnostics, decision)))
            for r, decision in zip(told, decisions, strict=True)
        ]  # fmt: skip

    def seen(self, results: Sequence[Resolution], again: Again | None = None) -> Seen:
        """What a page shows of it; ``results`` as ``whole`` gives them; ``again``: what was made of it before."""
        if isinstance(self.content, (Document, Listed)):
            found = findings_of(self.content, results, self.wanted)
            return seen_document(self.name, results, found, again)
        from .. import bib

        options = bib.RepairOptions(wanted=self.wanted)
        after, findings = bib.repair(self.content, results, options, again)
        return seen_bib(self.content, results, bib.read(after, self.name), findings, again)

    @property
    def fixed(self) -> str:
        """Why it cannot be written anew, "" where it can."""
        from ..emit.rewrite import FORMATS

        if isinstance(self.content, Listed):
            return "RIS and CSL-JSON files are not rewritten; citenorm fix makes a bibliography of them"
        if isinstance(self.content, Document) and (
            self.content.format not in FORMATS or not self.content.source_text
        ):
            return f"references in {self.content.format} are not rewritten; citenorm fix makes a bibliography of them"
        return ""

    def rewritten(
        self, results: Sequence[Resolution], chosen: AbstractSet[int]
    ) -> tuple[bytes, tuple[str, ...]]:
        """Its bytes with the references of these numbers (from 0) put right, and what could not be written.

        Raises InputError where the file cannot be put together again byte for byte.
        """
        content = self.content
        if self.fixed or isinstance(content, Listed):
            return self.data, (self.fixed,)
        if isinstance(content, Document):
            return self._document(content, results, chosen)
        from .. import bib

        keys = frozenset(e.key for i, e in enumerate(bib.claimed(content)) if i in chosen)
        options = bib.RepairOptions(wanted=self.wanted, entries=keys)
        return bib.repair(content, results, options)[0], ()

    def _document(
        self, document: Document, results: Sequence[Resolution], chosen: AbstractSet[int]
    ) -> tuple[bytes, tuple[str, ...]]:
        from ..emit.rewrite import rewritten
        from ..read.encode import edited

        pairs = [(i, r, ref) for i, r in enumerate(results) if (ref := r.claim.reference)]
        places = {(ref.start, ref.end) for i, _, ref in pairs if i in chosen}
        edits = rewritten(
            document, [ref for _, _, ref in pairs], [r for _, r, _ in pairs], only=places
        )
        made, left = edited(self.data, edits, self.name)
        told = (
            f"line {document.source_text.count(chr(10), 0, e[0]) + 1} is left as it is: the file's encoding has no {' '.join(lacks)}"
            for e, lacks in left
        )
        return made, tuple(told)
