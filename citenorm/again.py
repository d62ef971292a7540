"""Answers that are given again while what they were made of is the same: for pages that are drawn anew after one of many references changed."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")


class Again:
    """The last answer for each place, with what it was made of."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, tuple[tuple[Any, ...], Any]] = {}

    def of(self, place: Hashable, parts: tuple[Any, ...], make: Callable[[], T]) -> T:
        """What ``make`` gives; at the same place the answer of before, where every part is the same object or equal.

        ``make`` must depend on nothing but the parts, and nobody may change them afterwards.
        """
        known = self._kept.get(place)
        if known is not None and known[0] == parts:
            answer: T = known[1]
            return answer
        answer = make()
        self._kept[place] = parts, answer
        return answer
