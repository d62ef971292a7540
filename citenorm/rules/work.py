"""Rules about versions (CN2xx): a preprint that was published, another title of the same work, one work twice, a retraction."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..model import Diagnostic, Resolution, Severity, custom_of
from ..normalize.duplicates import keys_of, same_as_stated, versions_apart
from ..normalize.editions import editions_apart
from ..normalize.preprint import is_preprint
from ..normalize.titles import title_key
from .base import FindingRule, Rule, source_of


class SupersededPreprint(FindingRule):
    """A preprint is cited although the work has been published.

    ## What it finds
    References to an e-print (an arXiv number, "arXiv preprint", no venue of its own) whose work is known in a
    conference or journal version.

    ## Why it matters
    The published version is the one that was reviewed and often corrected; readers and indexes expect it.

    ## Example
    `Li, Jia and Omar Haddad. "A study of ponds." arXiv preprint arXiv:1901.00001 (2019).` is printed in
    *Journal of Ponds* 12(3), 2021.

    ## Use instead
    `Li, Jia and Omar Haddad. "A study of ponds." Journal of Ponds 12(3), 2021.` The arXiv number is kept as `eprint`.

    ## When to ignore
    Where the preprint itself is meant: it says something that the published version leaves out, or its date matters.
    A reference that numbers the version ("arXiv:1901.00001v2") means that one: it stays, and this is a note.
    `--prefer as-cited` keeps every reference at the version that it names.

    ## Fix safety
    Safe: the work stays the same, and the entry is replaced by the record of the published version.
    """

    code, name, fixable = "CN201", "superseded-preprint", True

    def check(self, resolution: Resolution) -> Iterator[Diagnostic]:
        stays = is_preprint(resolution.emitted)
        for found in super().check(resolution):
            yield replace(found, fix=None, severity="note") if stays else found


class TitleVariant(FindingRule):
    """The work is cited under another of its titles.

    ## What it finds
    A title that differs from the one of the version to be cited, while the work is the same: an earlier version's
    title, a title without its subtitle, or a reworded one.

    ## Why it matters
    Readers who search for the title printed find another version, or nothing, and the same work is listed twice.

    ## Example
    `Li, Jia and Omar Haddad. "Towards a study of ponds." arXiv:1901.00001 (2019).` appeared as "A study of ponds
    and lakes".

    ## Use instead
    The title of the version that is cited.

    ## When to ignore
    Where the older version is cited on purpose.

    ## Fix safety
    Safe where the title is one of the work's own; unsafe where it is only alike.
    """

    code, name, fixable = "CN202", "title-variant", True
    severity = "note"


_MOST = 50
"""References that share a key are looked at one by one, but no more than this."""


class SameWorkTwice(Rule):
    """Two references of one document mean the same work.

    ## What it finds
    References that resolve to one work, whether they are alike, name two of its versions, or use two of its titles; and
    references to a work that no source knows with the same identifier, the same title and authors, or the same address and title.
    Editions of a book and two publications of one work (a paper and its reprint) are told as such; they keep their own entries.  In a bibliography that several texts may share it is a
    note.

    ## Why it matters
    The bibliography counts the work twice, and a reader takes the two for independent witnesses.

    ## Example
    `[3] Li and Haddad. A study of ponds. arXiv:1901.00001, 2019.` and
    `[17] Li and Haddad. A study of ponds. Journal of Ponds, 2021.`

    ## Use instead
    One entry, cited at both places.

    ## When to ignore
    Where both versions are compared with each other, or the document holds several separate lists.

    ## Fix safety
    No fix: which of the two labels stays is the author's choice.
    """

    code, name = "CN203", "same-work-twice"

    def check_document(self, resolutions: Sequence[Resolution]) -> Iterator[tuple[int, Diagnostic]]:
        told = set()
        for i, found in self._resolved(resolutions):
            told.add(i)
            yield i, found
        for i, found in self._stated(resolutions):
            if i not in told:
                yield i, found

    def _stated(self, resolutions: Sequence[Resolution]) -> Iterator[tuple[int, Diagnostic]]:
        """References that are one by their own words, where no source knows the work of one of them."""
        seen: dict[str, list[int]] = defaultdict(list)
        for i, resolution in enumerate(resolutions):
            if _is_mention(resolution):
                continue
            claim = resolution.claim
            keys = keys_of(claim)
            known = sorted({j for key in keys for j in seen[key][:_MOST]})
            for key in keys:
                seen[key].append(i)
            for j in known[:_MOST]:
                other = resolutions[j]
                if resolution.matched and other.matched:
                    continue
                if what := same_as_stated(other.claim, claim):
                    yield (
                        i,
                        self.found(
                            resolution, f"the same work as {_where(other)}: the same {what}",
                            claim=claim.title or claim.raw, record=other.claim.title or other.claim.raw,
                            severity=_grave(resolution),
                        ),
                    )  # fmt: skip
                    break

    def _resolved(self, resolutions: Sequence[Resolution]) -> Iterator[tuple[int, Diagnostic]]:
        seen: dict[str, list[int]] = defaultdict(list)
        for i, resolution in enumerate(resolutions):
            if not resolution.matched or resolution.work is None or _is_mention(resolution):
                continue
            ids = [r.id for r in resolution.work.records]
            known = [j for x in ids for j in seen[x]]
            for x in ids:
                seen[x].append(i)
            if not known:
                continue
            first = min(
                (j for j in known if not editions_apart(resolution, resolutions[j])),
                default=min(known),
            )
            before = resolutions[first]
            titles = title_key(before.claim.title) != title_key(resolution.claim.title)
            apart = editions_apart(resolution, before) or versions_apart(
                before.claim, resolution.claim
            )
            under = (
                " in another edition or version"
                if apart
                else " under another title"
                if titles and before.claim.title and resolution.claim.title
                else ""
            )
            yield (
                i,
                self.found(
                    resolution, f"the same work as {_where(before)}{under}", claim=resolution.claim.title or resolution.claim.raw,
                    record=before.claim.title or before.claim.raw, source=source_of(resolution),
                    severity="note" if apart else _grave(resolution),
                ),
            )  # fmt: skip


class RetractedWork(FindingRule):
    """The work has been retracted or withdrawn.

    ## What it finds
    References to works that a source marks as retracted, in a field of the record or in its title. The DOI of the notice
    is told where the source names it (Crossref does).

    ## Why it matters
    What a retracted work reports is no longer vouched for by its authors or its publisher.

    ## Example
    `Li, Jia. "Ponds that never freeze." Journal of Ponds 3, 2011.` The publisher's record is titled "RETRACTED: Ponds
    that never freeze".

    ## Use instead
    Another source; or cite the notice of retraction beside the work.

    ## When to ignore
    Where the retraction is the subject.

    ## Fix safety
    No fix: there is nothing to put in its place.
    """

    code, name, fixable = "CN204", "retracted-work", False
    severity = "error"

    def check(self, resolution: Resolution) -> Iterator[Diagnostic]:
        for finding, e in self.told(resolution):
            notice = _notice(resolution)
            yield self.found(
                resolution,
                f"{finding.message(e)}; the notice: {notice}" if notice else finding.message(e),
                field="title",
                record=e.claim,
                source=e.record.partition(":")[0],
            )
        if not self.told(resolution) and _STAMP.match(resolution.claim.title):
            yield self.found(
                resolution,
                "the entry's own title says that the work has been retracted or withdrawn",
                field="title",
                claim=resolution.claim.title,
            )


_STAMP = re.compile(
    r"\W*(?:RETRACTED|WITHDRAWN|Retracted|Withdrawn)\b(?: (?:ARTICLE|Article|PAPER|Paper))?\s*[:\])]"
)
"""What publishers put in front of a title; a notice of retraction ("Retraction of: …") is a text of its own."""


def _notice(resolution: Resolution) -> str:
    """The DOI of the notice that retracts the work, "" where no record names one."""
    records = resolution.work.records if resolution.work else ()
    named = (custom_of(record.csl).get("retracted") for record in records)
    return next((one for one in named if isinstance(one, str) and one.startswith("10.")), "")


def _grave(resolution: Resolution) -> Severity | None:
    """In a bibliography it is a note: an entry that is not cited beside its double does no harm."""
    return "note" if resolution.claim.id is not None else None


def _is_mention(resolution: Resolution) -> bool:
    return resolution.claim.reference is not None and resolution.claim.reference.kind == "mention"


def _where(resolution: Resolution) -> str:
    ref = resolution.claim.reference
    if ref is None:
        return f"“{resolution.claim.title}”" if resolution.claim.title else "an earlier reference"
    if ref.key:
        return ref.key
    label = f"[{ref.label}] " if ref.label else ""
    return f"{label}in line {ref.line}"
