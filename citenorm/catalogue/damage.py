"""A function that reads a catalogue → the same function, whose trouble with damaged files is a CatalogueError."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from ..errors import CatalogueError, CitenormError

P = ParamSpec("P")
R = TypeVar("R")


def guarded(function: Callable[P, R]) -> Callable[P, R]:
    """What the index engine, the file system and the unpacker say of damaged files becomes one clear line.

    The first argument is the catalogue (its ``path`` is named) or its folder.
    """

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except CitenormError:
            raise
        except (ValueError, OSError, RecursionError, zlib.error) as error:
            raise _damaged(args, error) from error
        except BaseException as error:
            if (
                type(error).__name__ == "PanicException"
            ):  # how the index engine says that its files make no sense
                raise _damaged(args, error) from error
            raise

    return call


def _damaged(args: tuple[object, ...], error: BaseException) -> CatalogueError:
    where = getattr(args[0], "path", args[0]) if args else "catalogue"
    if isinstance(error, PermissionError) or "PermissionDenied" in str(error):
        return CatalogueError(
            f"{where}: the catalogue may not be read: check the permissions of its files"
        )
    said = (getattr(error, "strerror", None) or str(error) or type(error).__name__).splitlines()[0][
        :160
    ]
    return CatalogueError(
        f"{where}: the catalogue is damaged or cannot be used ({said}); build it again"
    )
