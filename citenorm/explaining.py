"""One reference → a page of text: how it was read, what was found, how each field weighed, why it came out so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .given import Given
from .model import Resolution

if TYPE_CHECKING:
    from .match.cite import Policy
    from .sources import Sources


def explain(
    what: Given | Resolution, sources: Sources | None = None, *, prefer: Policy = "published"
) -> str:
    """The page that ``citenorm explain`` prints, as text.

    ``what``: a reference (string, Reference, Claim or CSL item), or a Resolution, of which nothing is asked again.  Without
    ``sources`` the built-in catalogue and the user's own are asked, and no network.
    """
    from .pipeline import resolve
    from .report.explanation import explanation

    result = what if isinstance(what, Resolution) else resolve(what, sources, prefer=prefer)
    return "\n".join(explanation(result)) + "\n"
