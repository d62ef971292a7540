"""What a comparison of one field comes out as: an enum of levels that knows which of them are better than which."""

from __future__ import annotations

from enum import StrEnum


class Level(StrEnum):
    """Levels of one field.  A member is the text that evidence and ``weights.toml`` show.

    ``chains`` is the order that a field's levels have of themselves: in each chain a level is never worse evidence than
    one behind it; levels that no chain joins are not comparable.  Training keeps weights to this order.
    """

    @classmethod
    def chains(cls) -> tuple[tuple[Level, ...], ...]:
        """Chains of levels, best first."""
        return ()
