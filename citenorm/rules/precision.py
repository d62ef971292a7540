"""A rule's code in, how often what it told was right out: counted on bibliographies of strangers (``precision.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

BOUNDS = ((0.95, "very-high"), (0.8, "high"), (0.5, "medium"), (0.0, "low"))
"""From which share on a rule has which precision, in the words of code scanning."""
WARNS = 0.95
"""A rule that accuses and is right less often than this tells notes, not warnings."""


@dataclass(frozen=True, slots=True)
class Precision:
    """How many of the findings that were read are right, ``of`` how many; in how many ``files`` with how many ``entries`` they were told."""

    right: int
    of: int
    files: int
    entries: int

    @property
    def share(self) -> float:
        """The share (0–1) that is right; 1 where the rule told nothing."""
        return self.right / self.of if self.of else 1.0

    @property
    def word(self) -> str:
        """ "very-high", "high", "medium", "low"; "unknown" where the rule told nothing."""
        return next(word for least, word in BOUNDS if self.share >= least) if self.of else "unknown"

    def sentence(self) -> str:
        where = f"{self.files} bibliographies of strangers ({self.entries:,} entries)"
        if not self.of:
            return f"In {where} it told nothing."
        return f"Of {self.of} findings in {where}, read one by one, {self.right} were right ({self.share:.2f})."


@cache
def _counted() -> Mapping[str, Precision]:
    data = tomllib.loads(files(__package__).joinpath("precision.toml").read_text(encoding="utf-8"))
    read = data["read"]
    return {
        code: Precision(right, of, read["files"], read["entries"])
        for code, (right, of) in data["rules"].items()
    }


def precision_of(code: str) -> Precision | None:
    """The precision of an accusing rule; None of a rule that accuses nobody."""
    return _counted().get(code)
