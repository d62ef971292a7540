"""Patterns of ``.gitignore`` files, settings and ``--exclude`` → whether a path is left out.

A pattern is matched by a regular expression that tries every way to divide a name between its stars; one that could take
ages (a repository is somebody else's) is not used, and told.
"""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from ..errors import ConfigError

STARS = 3
"""Stars in the name of one file or folder; more of them can take ages."""
MOST, LONGEST = 1_000_000, 1_000
"""Characters of an ignore file that are read, and those of one line."""

Tell = Callable[[str], None]


def checked(pattern: str) -> str:
    """What is wrong with one pattern; "" for nothing."""
    from pathspec import GitIgnoreSpec

    if len(pattern) > LONGEST:
        return f"is longer than {LONGEST} characters"
    if any(part != "**" and part.count("*") > STARS for part in pattern.split("/")):
        return f"has more than {STARS} stars in one name"
    try:
        with warnings.catch_warnings(action="ignore"):
            GitIgnoreSpec.from_lines([pattern])
    except (ValueError, re.error):
        return "is no pattern as in .gitignore"
    return ""


def stated(patterns: Sequence[str], where: str) -> Sequence[str]:
    """Patterns that a person stated.  Raises ConfigError for one that cannot be used."""
    for pattern in patterns:
        if wrong := checked(pattern):
            raise ConfigError(f"{where}: {pattern!r} {wrong}")
    return patterns


class Skip:
    """Whether a path is left out: by patterns below a folder, or by an ignore file between it and its repository.

    ``tell`` is given a line for each pattern of an ignore file that is not used.
    """

    def __init__(
        self, patterns: Sequence[tuple[Path, Sequence[str]]], root: Path, tell: Tell
    ) -> None:
        self._root, self._tell = root, tell
        self._specs = [(base, _spec(lines)) for base, lines in patterns if lines]
        self._seen: dict[Path, object] = {}

    def __call__(self, name: str) -> bool:
        path = Path(os.path.abspath(name))
        tail = "/" if name.endswith("/") else ""
        for base, spec in [*self._specs, *self._ignore_files(path.parent)]:
            try:
                inside = path.relative_to(base).as_posix() + tail
            except ValueError:
                continue
            if spec.match_file(inside):  # type: ignore[attr-defined]
                return True
        return False

    def _ignore_files(self, folder: Path) -> Iterator[tuple[Path, object]]:
        for here in (folder, *folder.parents):
            if here not in self._seen:
                lines = list(self._usable(here / ".gitignore"))
                self._seen[here] = _spec(lines) if lines else None
            if self._seen[here] is not None:
                yield here, self._seen[here]
            if here == self._root:
                break

    def _usable(self, file: Path) -> Iterator[str]:
        for number, line in enumerate(_lines(file), 1):
            if wrong := checked(line):
                self._tell(f"{file}:{number}: a pattern that is not used: it {wrong}")
            else:
                yield line


def _lines(file: Path) -> list[str]:
    """The lines of an ignore file; none where it is not there or cannot be read."""
    if not os.path.isfile(file):
        return []
    try:
        with file.open(encoding="utf-8", errors="replace") as stream:
            return [line[: LONGEST + 1] for line in stream.read(MOST).split("\n")]
    except OSError:
        return []


def _spec(lines: Sequence[str]) -> object:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(lines)
