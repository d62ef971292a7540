"""Diagnostics → one HTML page that needs nothing beside itself: no scripts, no fonts, no images from elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from ..model import Diagnostic
from ..rules.base import Rule
from .machine import level
from .order import in_order, source_line

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --error: #c0392b; --warning: #b9770e; --note: #2e86c1; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 2rem; overflow-wrap: anywhere; }
table { border-collapse: collapse; } td, th { padding: .2rem .8rem .2rem 0; text-align: left; vertical-align: top; }
article { border-left: 4px solid var(--line); padding: .2rem .8rem; margin: .8rem 0; }
article.error { border-color: var(--error); } article.warning { border-color: var(--warning); } article.note { border-color: var(--note); }
code, pre { font-family: ui-monospace, monospace; font-size: .9em; } pre { overflow-x: auto; margin: .3rem 0; }
mark { background: #ffd54f66; color: inherit; } .place { opacity: .7; } dl { display: grid; grid-template-columns: auto 1fr; gap: 0 .8rem; margin: .3rem 0; }
dd { margin: 0; overflow-wrap: anywhere; } details { margin: .3rem 0; white-space: pre-wrap; }
"""


def as_html(
    diagnostics: Sequence[Diagnostic],
    texts: Mapping[str, str] | None = None,
    rules: Iterable[type[Rule]] = (),
    title: str = "citenorm",
) -> str:
    """The findings by file, each with its source line; every text is escaped.  ``rules``: the pages to tell with them."""
    found = in_order(diagnostics)
    pages = {rule.code: rule for rule in rules}
    counts = Counter((d.code, d.name) for d in found)
    files: dict[str, list[Diagnostic]] = {}
    for diagnostic in found:
        files.setdefault(diagnostic.place.file if diagnostic.place else "", []).append(diagnostic)
    noun = "finding" if len(found) == 1 else "findings"
    out = [
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{len(found)} {noun}</h1>\n"
    ]
    if counts:
        out.append("<table>\n")
        for (code, name), count in sorted(counts.items()):
            summary = escape(pages[code].summary()) if code in pages else ""
            out.append(
                f"<tr><td>{count}</td><td><code>{escape(code)}</code></td><td>{escape(name)}</td><td>{summary}</td></tr>\n"
            )
        out.append("</table>\n")
    for name, members in files.items():
        out.append(f"<h2>{escape(name or 'without a file')}</h2>\n")
        out += [_article(member, texts or {}) for member in members]
    return "".join(out) + "</body>\n</html>\n"


def _article(found: Diagnostic, texts: Mapping[str, str]) -> str:
    place = found.place
    stands = f"line {place.line}" if place and place.line else ""
    head = " · ".join(part for part in (stands, found.key) if part)
    rows = [
        (label, value)
        for label, value in (
            ("stated", found.claim),
            ("record", found.record),
            ("source", found.source),
        )
        if value
    ]
    details = "".join(f"<dt>{label}</dt><dd>{escape(value)}</dd>" for label, value in rows)
    return (
        f'<article class="{level(found)}">\n<div><code>{escape(found.code)}</code> <strong>{escape(found.name)}</strong> '
        f'<span class="place">{escape(head)}</span></div>\n<div>{escape(found.message)}</div>\n{_line(found, texts)}'
        + (f"<dl>{details}</dl>\n" if details else "")
        + "</article>\n"
    )


def _line(found: Diagnostic, texts: Mapping[str, str]) -> str:
    place = found.place
    line = source_line(texts, place)
    if place is None or not line or not line.strip():
        return ""
    if not place.column:
        return f"<pre>{escape(line)}</pre>\n"
    start = place.column - 1
    end = (
        place.end_column - 1
        if place.end_line in (0, place.line) and place.end_column > place.column
        else len(line)
    )
    return f"<pre>{escape(line[:start])}<mark>{escape(line[start:end])}</mark>{escape(line[end:])}</pre>\n"
