"""Findings of an old repository → a baseline file, and later findings without those that stand in it."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path, PurePath

from ..errors import ConfigError
from ..files import write_file
from ..jsontext import escaped
from ..model import Diagnostic
from .order import in_order

VERSION = 1


def fingerprint(found: Diagnostic) -> str:
    """What makes a finding the same one later: file name, entry, rule, field and what is claimed, not the line."""
    file = PurePath(found.place.file).name if found.place and found.place.file else ""
    said = "\x1f".join((file, found.key, found.code, found.field, found.claim or found.message))
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:16]


def write(path: str | os.PathLike[str], diagnostics: Sequence[Diagnostic]) -> None:
    """Write the baseline of these findings to a file."""
    write_file(path, baseline_text(diagnostics).encode("utf-8", "backslashreplace"))


def without(path: str | os.PathLike[str], diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The findings that a baseline file does not hold.  Raises ConfigError where there is no such file, or it is none."""
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: the baseline cannot be read: {error}") from error
    return beyond_baseline(diagnostics, read_baseline(text, str(path)))


def baseline_text(diagnostics: Sequence[Diagnostic]) -> str:
    """The file's text: a line per finding, sorted, with how often it stands."""
    counts = Counter((fingerprint(d), d.code, d.name, d.key) for d in in_order(diagnostics))
    rows = [
        {"finding": print_, "count": count, "code": code, "name": name, "key": key}
        for (print_, code, name, key), count in sorted(counts.items())
    ]
    head = json.dumps({"citenorm-baseline": VERSION})
    return "\n".join([head, *(escaped(json.dumps(row, ensure_ascii=False)) for row in rows)]) + "\n"


def read_baseline(text: str, name: str = "baseline") -> Counter[str]:
    """How often each known finding may stand.  Raises ConfigError for a file that is no baseline."""
    counts: Counter[str] = Counter()
    try:
        head, *rows = [json.loads(line) for line in text.splitlines() if line.strip()]
        if head["citenorm-baseline"] != VERSION:
            raise ConfigError(f"{name}: the baseline is of another version: write it anew")
        for row in rows:
            counts[str(row["finding"])] += int(row["count"])
    except (RecursionError, OverflowError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(f"{name}: this is no baseline that citenorm wrote") from error
    return counts


def beyond_baseline(diagnostics: Sequence[Diagnostic], known: Counter[str]) -> list[Diagnostic]:
    """The findings that the baseline does not hold, in order."""
    left = Counter(known)
    out = []
    for found in in_order(diagnostics):
        print_ = fingerprint(found)
        if left[print_] > 0:
            left[print_] -= 1
        else:
            out.append(found)
    return out
