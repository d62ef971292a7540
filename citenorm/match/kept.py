"""A property that is computed once and kept in its object."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class part(Generic[T]):
    """A property computed once and kept in the object; what ``functools.cached_property`` is without its lock."""

    def __init__(self, make: Callable[[Any], T]) -> None:
        self.make, self.name, self.__doc__ = make, make.__name__, make.__doc__

    @overload
    def __get__(self, owner: None, kind: type) -> part[T]: ...
    @overload
    def __get__(self, owner: object, kind: type) -> T: ...
    def __get__(self, owner: object | None, kind: type) -> T | part[T]:
        if owner is None:
            return self
        value = owner.__dict__[self.name] = self.make(owner)
        return value
