"""Every pattern of the package × texts made of its own parts, many times over: none may take time out of proportion.

    python bench/patterns.py [--seconds 1.0] [--only TEXT] [--times 20,32]

A repetition within a repetition that can share the same characters takes twice as long for each character more.  For each repetition in a
pattern a text is made that leads there, says what is repeated many times over, and then goes on as the pattern does not; it is searched for under a
limit of processor time.  What takes longer is printed with the text's parts; exit status 1.
"""

from __future__ import annotations

import argparse
import gc
import pkgutil
import re
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from importlib import import_module
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import citenorm

REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT)
LETTERS = "a1A ,.;:-–_'\"()[]{}<>@#$%&*+=~^\\/|\n\té你"
"""Characters tried for a class, in this order."""


class TooLong(BaseException):
    """A search that was stopped."""


def patterns() -> dict[str, re.Pattern[str]]:
    """All patterns that the modules of the package compile when they are loaded, by their text."""
    for module in pkgutil.walk_packages(citenorm.__path__, "citenorm."):
        if module.name not in ("citenorm.__main__", "citenorm.spark"):
            import_module(module.name)
    gc.collect()
    found: dict[str, re.Pattern[str]] = {}
    for name, module_ in sorted(sys.modules.items()):
        if name.startswith("citenorm"):
            for value in vars(module_).values():
                for pattern in value if isinstance(value, (tuple, list)) else (value,):
                    for one in pattern if isinstance(pattern, tuple) else (pattern,):
                        if isinstance(one, re.Pattern) and isinstance(one.pattern, str):
                            found.setdefault(one.pattern, one)
    return found


def samples(ops: Sequence[Any], few: int = 3) -> list[str]:
    """Short texts that a sequence of a parsed pattern may match."""
    out = [""]
    for op, value in ops:
        parts = _of(op, value, few)
        out = [head + part for head in out[:few] for part in parts[:few]] or out
    return out[: few * 2]


def _of(op: Any, value: Any, few: int) -> list[str]:
    if op is sre.LITERAL:
        return [chr(value)]
    if op in (sre.IN, sre.NOT_LITERAL, sre.ANY):
        return _chars(op, value)[:few]
    if op in (*REPEATS, sre.POSSESSIVE_REPEAT):
        low, _, inner = value
        one = samples(inner, few)
        return [""] * (low == 0) + [part * max(low, 1) for part in one]
    if op is sre.SUBPATTERN:
        return samples(value[-1], few)
    if op is sre.ATOMIC_GROUP:
        return samples(value, few)
    if op is sre.BRANCH:
        return [text for branch in value[1] for text in samples(branch, 1)][: few * 3]
    return [""]


def _chars(op: Any, value: Any) -> list[str]:
    """Characters of a class, told by trying them."""
    if op is sre.ANY:
        return list("a1 ")
    if op is sre.NOT_LITERAL:
        return [c for c in LETTERS if c != chr(value)]
    return [c for c in LETTERS if _in_class(c, value)] or [
        chr(v if o is sre.LITERAL else v[0]) for o, v in value if o in (sre.LITERAL, sre.RANGE)
    ]


_CATEGORIES = {
    sre.CATEGORY_DIGIT: r"\d", sre.CATEGORY_NOT_DIGIT: r"\D", sre.CATEGORY_SPACE: r"\s", sre.CATEGORY_NOT_SPACE: r"\S",
    sre.CATEGORY_WORD: r"\w", sre.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip


def _in_class(char: str, value: Sequence[Any]) -> bool:
    negated = value[0][0] is sre.NEGATE
    hit = any(
        (op is sre.LITERAL and ord(char) == what)
        or (op is sre.RANGE and what[0] <= ord(char) <= what[1])
        or (op is sre.CATEGORY and re.match(_CATEGORIES[what], char) is not None)
        for op, what in value
    )
    return hit != negated


def places(ops: Sequence[Any], before: str = "") -> Iterator[tuple[str, list[str]]]:
    """Each repetition of a pattern: a text that leads to it, and texts of what it repeats."""
    for op, value in ops:
        inner: list[Any] = []
        if op in (*REPEATS, sre.POSSESSIVE_REPEAT):
            inner = [value[2]]
            if op in REPEATS and value[1] > 1:
                yield before, _fragments(value[2])
        elif op is sre.SUBPATTERN:
            inner = [value[-1]]
        elif op is sre.ATOMIC_GROUP:
            inner = [value]
        elif op is sre.BRANCH:
            inner = list(value[1])
        elif op in (sre.ASSERT, sre.ASSERT_NOT):
            inner = [value[1]]
        for one in inner:
            yield from places(one, before)
        if op not in (sre.AT, sre.ASSERT, sre.ASSERT_NOT):
            before += (_of(op, value, 1) or [""])[0]


def _fragments(ops: Sequence[Any]) -> list[str]:
    whole = [text for text in samples(ops, 4) if text]
    single = list(dict.fromkeys(char for text in whole for char in text))
    return list(dict.fromkeys([*whole, *single]))[:12]


def spent(pattern: re.Pattern[str], text: str, limit: float) -> float:
    begun = time.thread_time()
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, limit, limit)
        pattern.search(text)
    except TooLong:
        pass
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.thread_time() - begun


def worst(pattern: re.Pattern[str], times: Sequence[int], limit: float) -> tuple[float, str]:
    """The longest search and the text that it took, as (how it begins, what is repeated, how often, its end)."""
    longest, how = 0.0, ""
    for before, fragments in places(parser.parse(pattern.pattern, pattern.flags)):
        for fragment in fragments:
            for n in times:
                for end in ("", "\x00", "!"):
                    took = spent(pattern, before + fragment * n + end, limit)
                    if took > longest:
                        longest, how = took, f"{before[-60:]!r} + {fragment!r} * {n} + {end!r}"
                if longest >= limit:
                    return longest, how
    return longest, how


def main() -> int:
    made = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    made.add_argument("--seconds", type=float, default=1.0)
    made.add_argument("--only", default="", help="patterns with this in their text")
    made.add_argument("--times", default="20,32")
    args = made.parse_args()

    def stop(*_: object) -> None:
        if signal.getitimer(signal.ITIMER_VIRTUAL)[1]:
            raise TooLong

    signal.signal(signal.SIGVTALRM, stop)
    times = [int(n) for n in args.times.split(",")]
    chosen = {text: one for text, one in patterns().items() if args.only in text}
    bad = 0
    for text, pattern in chosen.items():
        took, how = worst(pattern, times, args.seconds)
        if took >= args.seconds:
            bad += 1
            print(f"{took:6.2f} s  {how}\n    {text[:300]}", flush=True)
    print(f"{len(chosen)} patterns: {bad} take {args.seconds} s or more")
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
