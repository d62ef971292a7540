"""What is opened, and closed at the end of a ``with`` block."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Self


class Closing(ABC):
    """A base for what has a ``close``: ``with Catalogue.open(folder) as catalogue`` closes it, whatever happens inside."""

    @abstractmethod
    def close(self) -> None:
        """Let go of files and connections; nothing is asked afterwards."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()
