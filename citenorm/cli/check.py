"""``citenorm check``: what is inconsistent in reports and ``.bib`` files; changes nothing."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..config import Config
from ..errors import ConfigError
from .options import (
    add_source_options,
    config_of,
    file_names,
    jobs_of,
    lock_of,
    parser,
    policy_of,
    read_input,
    say,
    sources_of,
    tell_passed,
    write_output,
)
from .unchanged import Unchanged

if TYPE_CHECKING:
    from ..model import Diagnostic
    from ..sources import Sources

FORMATS = ("text", "json", "jsonl", "sarif", "github", "html")


def run(argv: list[str]) -> int:
    made = parser("check", "Tell what is inconsistent in reports and .bib files; changes nothing.")
    made.add_argument(
        "file", nargs="*", help="reports, lists of references, .bib files; - for standard input"
    )
    made.add_argument("--output-format", choices=FORMATS, default="text")
    made.add_argument(
        "-o", "--output", metavar="OUT", help="write there instead of standard output"
    )
    made.add_argument(
        "--select",
        metavar="CODES",
        default="",
        help="only these rules: names, codes or beginnings of codes, separated by commas",
    )
    made.add_argument("--ignore", metavar="CODES", default="", help="not these rules")
    made.add_argument(
        "--form-only",
        action="store_true",
        help="the form of .bib entries alone; nothing is looked up",
    )
    made.add_argument(
        "--mentions", action="store_true", help="also works named in bullet lists and headings"
    )
    made.add_argument("--baseline", metavar="FILE", help="report only what is not in this file")
    made.add_argument(
        "--write-baseline", metavar="FILE", help="write what is found to a baseline, report nothing"
    )
    add_source_options(made)
    args = made.parse_args(argv)
    args.command = "check"
    names = file_names(args, args.file)
    config = _narrowed(config_of(args), args)
    found: list[Diagnostic] = []
    texts: dict[str, str] = {}
    memory = Unchanged(args, config)
    with sources_of(args, config) as sources:
        for name in names:
            data = b"" if name == "-" else read_input(name)
            if memory.knows(name, data):
                continue
            in_bib = Path(name).suffix.lower() in (".bib", ".bibtex")
            if in_bib and (known := memory.findings(name, data)) is not None:
                found, texts[name] = found + known, data.decode("utf-8", "surrogateescape")
                continue
            mine, texts[name] = check_file(name, args, config, sources)
            wanted = [d for d in mine if config.wants(d.code, d.name, name)]
            found += wanted
            if not wanted:
                memory.add(name, data)
            elif in_bib:
                memory.keep(name, data, wanted)
    memory.save()
    return _report(found, texts, names, args)


def _narrowed(config: Config, args: argparse.Namespace) -> Config:
    """The configuration with the rules that the options name; a word that names no rule is an error."""
    from ..rules import RULES
    from ..rules.form import FORM_RULES

    known = [(r.code, r.name) for r in (*RULES, *FORM_RULES)]
    select, ignore = (
        tuple(w.strip() for w in text.split(",") if w.strip())
        for text in (args.select, args.ignore)
    )
    for word in (*select, *ignore):
        if not any(word.lower() == name or code.startswith(word.upper()) for code, name in known):
            raise ConfigError(f"check: no rule {word!r} (see: citenorm rule)")
    return replace(config, select=select or config.select, ignore=config.ignore + ignore)


def check_file(
    name: str, args: argparse.Namespace, config: Config, sources: Sources
) -> tuple[list[Diagnostic], str]:
    """Diagnostics of one file, by place, and its text."""
    if Path(name).suffix.lower() in (".bib", ".bibtex"):
        return _check_bib(name, args, config, sources)
    from ..find import passed_over
    from ..pipeline import resolve_document
    from ..read import read

    document = read(read_input(name), name=name)
    results = resolve_document(
        document,
        sources,
        mentions=args.mentions,
        jobs=jobs_of(args),
        prefer=policy_of(args, config),
        lock=lock_of(args, name),
    )
    found: list[Diagnostic] = []
    if not results:
        tell_passed(args, name, passed_over(document, ()))
    for result in results:
        reference = result.claim.reference
        if reference is not None and reference.kind == "mention" and result.work is None:
            continue
        found += result.diagnostics
    return found, document.source_text or document.text


def _check_bib(
    name: str, args: argparse.Namespace, config: Config, sources: Sources
) -> tuple[list[Diagnostic], str]:
    import datetime

    from .. import bib
    from ..bib.form import check_form, is_silenced, silenced
    from ..pipeline import resolve_all

    file = bib.read(read_input(name), name)
    today = datetime.date.today()
    found = list(check_form(file, lambda code, rule: config.wants(code, rule, name)).diagnostics)
    if args.form_only:
        return found, file.text
    results = resolve_all(
        bib.claims(file),
        sources,
        jobs=jobs_of(args),
        prefer=policy_of(args, config),
        lock=lock_of(args, name),
    )
    for entry, result in zip(bib.claimed(file), results, strict=True):
        off = silenced(file, entry, today) if "citenorm:" in file.text else frozenset()
        found += [
            bib.located(file, entry, d)
            for d in result.diagnostics
            if not is_silenced(d.code, d.name, off)
        ]
    return sorted(
        found, key=lambda d: (d.place.line if d.place else 0, d.code, d.message)
    ), file.text


def _report(
    found: list[Diagnostic], texts: dict[str, str], names: list[str], args: argparse.Namespace
) -> int:
    from .. import __version__
    from ..report import baseline, render

    if args.write_baseline:
        baseline.write(args.write_baseline, found)
        say(args, f"{len(found)} findings written to {args.write_baseline}")
        return 0
    if args.baseline:
        found = baseline.without(args.baseline, found)
    write_output(args, args.output, render(found, args.output_format, texts, version=__version__))
    if not args.quiet and args.output_format == "text":
        files = "1 file" if len(names) == 1 else f"{len(names)} files"
        say(args, f"{len(found)} finding{'s' * (len(found) != 1)} in {files}")
    return int(bool(found))
