"""``citenorm.toml`` or ``[tool.citenorm]`` of ``pyproject.toml``, nearest upwards → a Config.

catalogues = ["refs.catalogue"]     # folders, relative to the file, asked before the others
only-catalogues = false             # ask no other: not the built-in one, data packages, your own
offline = true                      # no service on the network is asked
prefer = "published"                # published | as-cited | preprint: the version of a work that is cited
mailto = "me@example.org"           # told to the services that are asked
select = ["CN2", "wrong-identifier"]    # only these rules: names, codes or beginnings of codes
ignore = ["missing-pages"]          # not these rules
exclude = ["vendor/**"]             # files that a folder or a pattern on the command line does not stand for
fail-on = "warning"                 # error | warning | note: the severity from which check exits with 1
unsafe-fixes = false                # fix makes unsafe fixes too
key-pattern = "{author}{year}"      # keys that fix gives to the entries of reports, and with --keys to those of .bib files
sort = "key"                        # key | author | year | title: fix puts entries in this order
omit = ["abstract", "file"]         # fields that fix takes out of BibTeX
venues = "long"                     # short | long: how fix writes the venues it knows
unverified = "field"                # comment | field | none: how fix marks the entries of reports that no source knows
[per-file-ignores]
"old/*.bib" = ["CN5"]
[services]                          # how the online services are asked (docs/sources.md)
without = ["openalex"]
max-requests = 200                  # in one run; max-seconds: the same in seconds
paces = { dblp = 4.0 }              # seconds between two requests, where more than the service's own
[limits]                            # what one input may cost (citenorm/budget.py)
pages = 500
"""

from __future__ import annotations

import fnmatch
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from .budget import DEFAULT, Budget
from .errors import ConfigError

_LISTS = ("catalogues", "select", "ignore", "exclude", "omit")
_WORDS = {
    "prefer": ("published", "as-cited", "preprint"),
    "fail-on": ("error", "warning", "note"),
    "sort": ("key", "author", "year", "title"),
    "venues": ("short", "long"),
    "unverified": ("comment", "field", "none"),
}
"""What the settings that take one of a few words may be."""


LONGEST, PARTS = 500_000, 500
"""Characters of a file of settings, and parts of one dotted name in it."""
LONGEST_VALUE, LONGEST_PATTERN, PATTERNS = 4_096, 1_000, 1_000
"""Characters of a value and of a pattern of ``per-file-ignores``, and how many of these there may be."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Which rules are on: those that ``select`` names (all, where it is empty) but for those that ``ignore`` names."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def wants(self, code: str, name: str) -> bool:
        """True where a rule, by its code and name, is on."""
        if not (self.select or self.ignore):
            return True
        from .rules.table import names_rule

        if self.select and not any(names_rule(word, code, name) for word in self.select):
            return False
        return not any(names_rule(word, code, name) for word in self.ignore)

    def checked(self, where: str) -> Rules:
        """Itself.  Raises ConfigError, with a suggestion, for a word that names no rule."""
        words = (*self.select, *self.ignore)
        if not words:
            return self
        from .rules.table import unknown_rule

        for word in words:
            if problem := unknown_rule(word):
                raise ConfigError(f"{where}: {problem}")
        return self


@dataclass(frozen=True, slots=True)
class Asking:
    """How the online services are asked: those left out, the budget of a run, seconds between two requests by service.

    Other addresses and keys of services are a person's, not a repository's: they stand in the environment alone.
    """

    without: tuple[str, ...] = ()
    max_requests: int | None = None
    max_seconds: float | None = None
    paces: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Config:
    """What a configuration file may set; options of a command override it."""

    catalogues: tuple[str, ...] = ()
    only_catalogues: bool = False
    offline: bool = False
    prefer: str = "published"
    mailto: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exclude: tuple[str, ...] = ()
    fail_on: str = "warning"
    unsafe_fixes: bool = False
    key_pattern: str = ""
    sort: str = ""
    omit: tuple[str, ...] = ()
    venues: str = ""
    unverified: str = ""
    limits: Budget = DEFAULT
    services: Asking = Asking()
    path: Path | None = None

    def wants(self, code: str, name: str, file: str = "") -> bool:
        """True where a rule, by its code or name, is to be reported for a file."""
        ignored = self.ignore
        for pattern, words in self.per_file_ignores.items():
            if fnmatch.fnmatch(file, pattern) or fnmatch.fnmatch(Path(file).name, pattern):
                ignored += words
        return Rules(self.select, ignored).wants(code, name)


def load_config(path: str | Path | None = None, start: str | Path = ".") -> Config:
    """Read the given file, or the nearest one upwards of ``start``; without one, the defaults.

    Raises ConfigError for a file that is missing, not TOML, or holds an unknown name or a value of the wrong kind.
    """
    if path is not None:
        found = Path(path)
        if not found.is_file():
            raise ConfigError(f"{found}: no such configuration file")
        return _read(found)
    here = Path(start).resolve()
    for folder in (here, *here.parents):
        own, project = folder / "citenorm.toml", folder / "pyproject.toml"
        if os.path.isfile(own):  # False also where the folder may not be searched
            return _read(own)
        if os.path.isfile(project):
            config = _read(project)
            if config.path is not None:
                return config
    return Config()


def _read(path: Path) -> Config:
    try:
        with path.open(encoding="utf-8") as file:
            table: Any = tomllib.loads(_sound(file.read(LONGEST + 1)))
    except (OSError, ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: cannot be read as TOML: {error}") from error
    if path.name == "pyproject.toml":
        tool = table.get("tool")
        table = tool.get("citenorm") if isinstance(tool, dict) else None
        if table is None:
            return Config()
        if not isinstance(table, dict):
            raise ConfigError(f"{path}: tool.citenorm must be a table")
    known = {f.name.replace("_", "-") for f in fields(Config)} - {"path"}
    values: dict[str, Any] = {}
    for key, value in table.items():
        name = key.replace("_", "-")
        if name not in known:
            from difflib import get_close_matches

            near = get_close_matches(name, known, 1)
            hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(sorted(known))}"
            raise ConfigError(f"{path}: unknown setting {key!r} ({hint})")
        values[name.replace("-", "_")] = _value(path, name, value)
    config = Config(**values)
    ignored = [word for words in config.per_file_ignores.values() for word in words]
    Rules(config.select, (*config.ignore, *ignored)).checked(str(path))
    try:
        folders = tuple(str((path.parent / c).resolve()) for c in config.catalogues)
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path}: catalogues: no path of a folder: {error}") from error
    return replace(config, catalogues=folders, path=path)


def _sound(text: str) -> str:
    """The text.  Raises ValueError where reading it as TOML would take more than its length's share (the library copies a name of n parts n times)."""
    if len(text) > LONGEST:
        raise ValueError(f"it is longer than {LONGEST} characters")
    if any(part.count(".") > PARTS for part in re.split(r"[=\[\]{},#\n]", text)):
        raise ValueError(f"a name has more than {PARTS} parts")
    return text


def _value(path: Path, name: str, value: Any) -> Any:
    if name in _LISTS:
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise ConfigError(f"{path}: {name} must be a list of strings")
        return tuple(_short(path, name, one) for one in value)
    if name == "limits":
        return _limits(path, value)
    if name == "services":
        return _services(path, value)
    if name == "per-file-ignores":
        return _patterns(path, name, value)
    if name in ("offline", "unsafe-fixes", "only-catalogues"):
        if not isinstance(value, bool):
            raise ConfigError(f"{path}: {name} must be true or false")
        return value
    if not isinstance(value, str):
        raise ConfigError(f"{path}: {name} must be a string")
    if not value.isprintable():
        raise ConfigError(f"{path}: {name} holds a line break or a control character")
    if name in _WORDS and value not in _WORDS[name]:
        raise ConfigError(f"{path}: {name} must be one of {', '.join(_WORDS[name])}")
    return _short(path, name, value)


def _patterns(path: Path, name: str, value: Any) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict) or not all(isinstance(v, list) for v in value.values()):
        raise ConfigError(f"{path}: {name} must be a table of lists")
    if len(value) > PATTERNS or any(len(k) > LONGEST_PATTERN for k in value):
        raise ConfigError(
            f"{path}: {name} has more than {PATTERNS:,} patterns, or one of more than {LONGEST_PATTERN:,} characters"
        )
    return {k: tuple(map(str, v)) for k, v in value.items()}


def _short(path: Path, name: str, value: str) -> str:
    """The value.  Raises ConfigError for one that is longer than any path."""
    if len(value) > LONGEST_VALUE:
        raise ConfigError(f"{path}: {name} holds a value of more than {LONGEST_VALUE:,} characters")
    return value


def _limits(path: Path, table: Any) -> Budget:
    """The budget with what the table sets."""
    known = {f.name.replace("_", "-") for f in fields(Budget)}
    if not isinstance(table, dict):
        raise ConfigError(f"{path}: limits must be a table of numbers")
    for name, value in table.items():
        if name not in known:
            raise ConfigError(f"{path}: unknown limit {name!r} (known: {', '.join(sorted(known))})")
        if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 2**60:
            raise ConfigError(f"{path}: limits.{name} must be a whole number above 0")
    return replace(DEFAULT, **{name.replace("-", "_"): v for name, v in table.items()})


def _services(path: Path, table: Any) -> Asking:
    """What the table of services sets."""
    known = {f.name.replace("_", "-") for f in fields(Asking)}
    if not isinstance(table, dict) or (wrong := next((n for n in table if n not in known), None)):
        told = f"unknown setting services.{wrong}" if isinstance(table, dict) else "services must be a table"  # fmt: skip
        raise ConfigError(f"{path}: {told} (known: {', '.join(sorted(known))})")
    without, paces = table.get("without", []), table.get("paces", {})
    if not isinstance(without, list) or not all(isinstance(one, str) for one in without):
        raise ConfigError(f"{path}: services.without must be a list of strings")
    if not isinstance(paces, dict) or not all(_number(one) for one in paces.values()):
        raise ConfigError(f"{path}: services.paces must be a table of seconds")
    for name in ("max-requests", "max-seconds"):
        if name in table and not _number(table[name]):
            raise ConfigError(f"{path}: services.{name} must be a number, 0 or more")
    most = table.get("max-requests")
    return Asking(
        tuple(without),
        None if most is None else int(most),
        table.get("max-seconds"),
        tuple((name, float(seconds)) for name, seconds in paces.items()),
    )


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < 2**31
