"""``citenorm explain``: how one reference was read, what was found, how each field weighed, and why it came out so."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from glob import glob
from typing import TYPE_CHECKING

from ..errors import ConfigError, InputError
from .options import add_source_options, parser
from .session import Input, Session, entries_of

if TYPE_CHECKING:
    from ..match.cite import Policy
    from ..model import Reference, Resolution
    from ..sources import Sources

_MOST = 500
"""Longer words are references, never names of files."""


def run(argv: list[str]) -> int:
    made = parser(
        "explain",
        "How one reference was read, what was found, how each field weighed, and why it came out so.",
    )
    made.add_argument(
        "what",
        help="FILE:LINE or FILE:LINE:COLUMN as other commands print it, FILE:KEY, FILE:[LABEL], the KEY of an entry of a .bib file here, or the reference itself",
    )
    made.add_argument(
        "--stdin-filename", metavar="NAME", help="what standard input (-:LINE) is called"
    )
    add_source_options(made)
    args = made.parse_args(argv)
    args.command = "explain"
    from ..report.explanation import print_explanation

    with Session(args) as session:
        found = _place(args.what)
        name = found[0] if found else "-"
        if name == "-" and args.stdin_filename:
            name = args.stdin_filename
        sources, policy = session.sources(name), session.policy(name)
        if found:
            results = _in_file(Input(name, found[0]), found[1], sources, policy)
        else:
            results = _of_words(args.what, sources, policy)
        for number, resolution in enumerate(results):
            if number:
                print("\n")
            print_explanation(resolution)
    return 0


def _place(what: str) -> tuple[str, str] | None:
    """(file, place in it) of a word that names one; None for a reference.  Raises InputError for a file that is not there."""
    if len(what) > _MOST or "\n" in what:
        return None
    for sign in (i for i, c in enumerate(what) if c == ":" and i):
        name, at = what[:sign], what[sign + 1 :].strip().rstrip(":")
        if at and (name == "-" or _is_file(name)):
            return name, at
    missing = re.fullmatch(r"(\S+\.\w{1,8}):(\d+)(?::\d+)?:?", what)
    if missing and "//" not in missing[1]:
        raise InputError(f"{missing[1]}: no such file")
    if _is_file(what):
        raise ConfigError(f"explain: which reference of {what}? ({what}:LINE, {what}:KEY)")
    if re.fullmatch(r"[^\s{},\"]{2,80}", what):
        for name in sorted(glob("*.bib")):
            if any(c.id == what for c in entries_of(Input(name, name))):
                return name, what
    return None


def _is_file(name: str) -> bool:
    try:
        return os.path.isfile(name)
    except (OSError, ValueError):
        return False


def _of_words(what: str, sources: Sources, policy: Policy) -> list[Resolution]:
    """Of one reference: one for each work that it names."""
    from ..parse import parse_works
    from ..pipeline import resolve_all

    if not what.strip():
        raise ConfigError("explain: nothing to explain")
    return resolve_all(parse_works([what])[0], sources, prefer=policy)


def _in_file(item: Input, at: str, sources: Sources, policy: Policy) -> list[Resolution]:
    from ..listed import format_of
    from ..pipeline import resolve_all, resolve_document
    from ..read import read

    if item.is_bib or format_of(item.name, item.data):
        claims = entries_of(item)
        wanted = [c for c in claims if c.id == at]
        if not wanted and (line := re.fullmatch(r"(\d{1,9})(?::\d+)?", at)):
            wanted = [c for c in claims if _covers(c.reference, int(line[1]))]
        if not wanted:
            raise InputError(f"{item.name}: no entry {at!r}")
        return resolve_all(wanted, sources, prefer=policy)
    document = read(item.data, name=item.name)
    results = resolve_document(document, sources, mentions=True, prefer=policy)
    chosen = _at(results, at, document.source_text)
    if chosen:
        return chosen
    if not re.fullmatch(r"[\d:]+", at):
        raise InputError(f"{item.name}: no reference {at!r}")
    lines = ", ".join(str(r.claim.reference.line) for r in results if r.claim.reference is not None)
    raise InputError(
        f"{item.name}:{at}: no reference on this line"
        + (f" (there are some on lines {lines})" if lines else "")
    )


def _at(results: Sequence[Resolution], at: str, text: str) -> list[Resolution]:
    """The resolutions at a line, at a line and column, or with a label or key."""
    pairs = [(r, r.claim.reference) for r in results if r.claim.reference is not None]
    label = at.removeprefix("[").removesuffix("]")
    named = [r for r, ref in pairs if at == ref.key or (at.startswith("[") and label == ref.label)]
    found = re.fullmatch(r"(\d{1,9})(?::(\d{1,9}))?", at)
    if named or not found:
        return named
    line, column = int(found[1]), int(found[2] or 0)
    here = [(r, ref) for r, ref in pairs if _covers(ref, line)]
    if column and text and len(here) > 1:
        lines = text.split("\n")
        offset = sum(len(one) + 1 for one in lines[: line - 1]) + column - 1
        here = [(r, ref) for r, ref in here if ref.start <= offset < max(ref.end, ref.start + 1)]
    return [r for r, _ in here]


def _covers(reference: Reference | None, line: int) -> bool:
    return reference is not None and reference.line <= line <= reference.end_line
