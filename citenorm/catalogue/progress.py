"""How far a long job is: counts that a caller may show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """A moment of a build: ``share`` (0–1) of the bytes to be read, ``seconds`` since the start, ``left`` the estimate of what remains."""

    stage: str
    records: int
    errors: int
    share: float
    seconds: float

    @property
    def rate(self) -> float:
        """Records a second."""
        return self.records / self.seconds if self.seconds > 0 else 0.0

    @property
    def left(self) -> float | None:
        """Seconds that reading will still take, None while that cannot be told."""
        return self.seconds * (1 - self.share) / self.share if self.share > 0.001 else None


Show = Callable[[Progress], None]
