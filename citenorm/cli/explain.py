"""``citenorm explain``: how one reference was read, what was found, how each field weighed, and why it came out so."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ConfigError, InputError
from .options import add_source_options, config_of, parser, policy_of, read_input, sources_of

if TYPE_CHECKING:
    from ..match.prefer import Policy
    from ..model import Resolution
    from ..sources import Sources


def run(argv: list[str]) -> int:
    made = parser(
        "explain",
        "How one reference was read, what was found, how each field weighed, and why it came out so.",
    )
    made.add_argument(
        "what", help="FILE:LINE of a report, FILE:KEY of a .bib file, or the reference itself"
    )
    add_source_options(made)
    args = made.parse_args(argv)
    config = config_of(args)
    from ..report.explanation import print_explanation

    with sources_of(args, config) as sources:
        for number, resolution in enumerate(
            _resolutions(args.what, sources, policy_of(args, config))
        ):
            if number:
                print("\n")
            print_explanation(resolution)
    return 0


def _resolutions(what: str, sources: Sources, policy: Policy) -> list[Resolution]:
    """Of one reference: one for each work that it names."""
    from ..pipeline import resolve_all

    place = re.fullmatch(r"(.+):([^:\s]+)", what)
    if place and Path(place[1]).is_file():
        return _in_file(place[1], place[2], sources, policy)
    if place and re.fullmatch(r"\S+\.\w{1,8}", place[1]) and re.fullmatch(r"\d+", place[2]):
        raise InputError(f"{place[1]}: no such file")
    if not what.strip():
        raise ConfigError("explain: nothing to explain")
    from ..parse import parse_works

    return resolve_all(parse_works([what])[0], sources, prefer=policy)


def _in_file(name: str, at: str, sources: Sources, policy: Policy) -> list[Resolution]:
    from ..pipeline import resolve_all, resolve_document

    if Path(name).suffix.lower() == ".bib":
        from .. import bib

        claims = {c.id: c for c in bib.claims(bib.read(read_input(name)))}
        if at not in claims:
            raise InputError(f"{name}: no entry {at!r}")
        return resolve_all([claims[at]], sources, prefer=policy)
    if not at.isdigit():
        raise ConfigError(f"explain: {at!r} is no line number of {name}")
    results = resolve_document(name, sources, mentions=True, prefer=policy)
    for result in results:
        reference = result.claim.reference
        if reference is not None and reference.line <= int(at) <= reference.end_line:
            return [r for r in results if r.claim.reference == reference]
    lines = ", ".join(str(r.claim.reference.line) for r in results if r.claim.reference is not None)
    raise InputError(
        f"{name}:{at}: no reference on this line"
        + (f" (there are some on lines {lines})" if lines else "")
    )
