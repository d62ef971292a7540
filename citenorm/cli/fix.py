"""``citenorm fix``: a report becomes the bibliography it meant; a ``.bib`` file is repaired."""

from __future__ import annotations

from .fix_options import arguments, refuse
from .inputs import identifiers, inputs
from .options import write_output
from .page import Pages
from .session import Session


def run(argv: list[str]) -> int:
    args = arguments(argv)
    given = identifiers(args.file)
    if given:
        from .get import get_all, refuse_files

        refuse_files(args.file, given)
        return get_all(given, args)
    with Session(args) as session:
        readable = []
        for item in inputs(args):
            with session.guard(item.name):
                readable.append((item, item.data is not None and item.is_bib))
        as_text = args.format in ("csl-json", "ris")
        bibs = [item for item, in_bib in readable if in_bib and not as_text]
        reports = [item for item, _ in readable if item not in bibs]
        if readable:
            refuse(args, bibs, reports)
        would_change = False
        pages = Pages() if args.report else None
        if bibs:
            from .fix_bib import fix_bib_files

            would_change |= fix_bib_files(bibs, args, session, pages)
        if reports:
            from .fix_report import fix_reports

            would_change |= fix_reports(reports, args, session, pages)
        if pages is not None:
            write_output(args, args.report, pages.text(session, args.report))
    return session.status(args.check and would_change)
