"""What is to be printed of a version in, the same without identifiers that other works have out.

Hand-kept bibliographies pass slips on: a DOI copied from the entry above.  One that the reference does not state, and that rests on a source
that is not to be trusted with identifiers, is filled in only where no record of another work bears it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ...model import Claim, Csl, Record, custom_of
from ..witnesses import corrects
from ..works import same_work

Lookup = Callable[[str, str], Iterable[Record]]
"""("doi" or "arxiv", the identifier) → the records that have it."""


def without_foreign(
    item: Csl, origin: dict[str, Record], claim: Claim, lookup: Lookup
) -> dict[str, object]:
    """The item without a DOI or arXiv number that rests on such a source alone and is another work's; ``origin`` loses it too."""
    out = dict(item)
    for field, kind, stated in (("DOI", "doi", claim.doi), ("custom.arxiv", "arxiv", claim.arxiv)):
        record = origin.get(field)
        custom = custom_of(out)
        value = str((out.get("DOI") if kind == "doi" else custom.get("arxiv")) or "")
        if record is None or not value or stated or corrects(record, field):
            continue
        if all(same_work(record, other) for other in lookup(kind, value)):
            continue
        del origin[field]
        if kind == "doi":
            del out["DOI"]
        else:
            out["custom"] = {k: v for k, v in custom.items() if k != "arxiv"}
    return out
