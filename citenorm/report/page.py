"""Cards → one HTML page that needs nothing beside itself: no fonts, images or scripts from elsewhere, and no network.

The cards are whole without scripts; the page's own script (named by its hash in the policy) filters, jumps, copies and draws
the sums.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import chain

from ..rules.base import Rule
from .as_text import esc
from .card import SEVERITIES, STATES, Asked, Card, FileCards, Finding
from .card_html import card_html, findings_html
from .picture import bar, counts_of, legend


@dataclass(frozen=True, slots=True)
class Extra:
    """What a page has beside the report's: ``style`` and ``script`` behind the page's own, ``connect`` whom the script may
    ask, ``bar`` HTML in the tool bar, ``below`` HTML behind the cards, ``tools`` HTML at the end of each card, by its id."""

    style: str = ""
    script: str = ""
    connect: str = "'none'"
    bar: str = ""
    below: str = ""
    tools: Mapping[str, str] = field(default_factory=dict)


def page(
    told: Sequence[FileCards],
    *,
    asked: Sequence[Asked] = (),
    rules: Iterable[type[Rule]] = (),
    version: str = "",
    base: str | None = "",
    title: str = "",
    extra: Extra | None = None,
) -> str:
    """The page of the files that were read, in their order.

    ``asked``: the sources that were asked; ``rules``: the rules whose pages are told if they found something; ``base``: what
    leads from the page to the files (``../``; None: nothing does); ``extra``: what the page has beside that.
    """
    more = extra or Extra()
    cards = [card for file in told for card in file.cards]
    loose = [finding for file in told for finding in file.loose]
    found = list(chain(loose, *(card.findings for card in cards)))
    names = ", ".join(
        file.name.replace("\\", "/").rpartition("/")[2] or "standard input" for file in told
    )
    heading = title or f"References of {names}"
    style, script = asset("page.css") + more.style, asset("page.js") + more.script
    parts = [
        head(heading, style, script, more.connect),
        f"<header class=top><h1>{esc(heading)}</h1>\n",
        _summary(told, cards, found),
        _asked(asked, version),
        "</header>\n",
        toolbar(cards, found, more.bar),
        "<main id=main>\n",
        *chain.from_iterable(_file(file, base, len(told) > 1, more.tools) for file in told),
        "<p id=none hidden>No reference fits the filter.</p></main>\n",
        more.below,
        _rules(found, rules),
        _signs(),
        f"<script>{script}</script>\n</body>\n</html>\n",
    ]
    return "".join(parts)


@cache
def asset(name: str) -> str:
    """The text of a file beside this module."""
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def digest(text: str) -> str:
    """A style or script as a content security policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def head(title: str, style: str, script: str, connect: str = "'none'") -> str:
    """The head: nothing may be loaded, and only this style and this script count."""
    policy = (
        f"default-src 'none'; style-src {digest(style)}; script-src {digest(script)}; connect-src {connect}; "
        "base-uri 'none'; form-action 'none'"
    )
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{esc(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n<a class=skip href=#main>To the references</a>\n"
    )


def _summary(told: Sequence[FileCards], cards: Sequence[Card], found: Sequence[Finding]) -> str:
    counts = counts_of(cards)
    grave = Counter(f.severity for f in found)
    noun = "reference" if len(cards) == 1 else "references"
    where = "" if len(told) == 1 else f" in {len(told)} files"
    by_severity = ", ".join(
        f"{sign} {grave[name]} {name}{'s' * (grave[name] != 1)}"  # type: ignore[index]
        for name, sign in SEVERITIES.items()
        if grave[name]  # type: ignore[index]
    )
    total = (
        f"{len(found)} finding{'s' * (len(found) != 1)}{': ' if by_severity else ''}{by_severity}"
    )
    return f"<p class=sum><b>{len(cards)} {noun}</b>{where}, {total}</p>{bar(counts)}<div class=keys role=group aria-label=Outcomes>{legend(counts)}</div>"


def _asked(asked: Sequence[Asked], version: str) -> str:
    items = "".join(
        f"<li><b>{esc(a.name)}</b>: {esc(a.what)}{f', {esc(a.when)}' if a.when else ''}"
        for a in asked
    )
    made = f"<li>citenorm {esc(version)}" if version else ""
    return f'<ul class=asked aria-label="Sources asked">{items or "<li>no source was asked"}{made}</ul>'


def toolbar(cards: Sequence[Card], found: Sequence[Finding], more: str = "") -> str:
    """Filters and jumps; hidden where no script runs."""
    rules = sorted({(f.code, f.name) for f in found})
    by_rule = "".join(
        f'<option value="{esc(code)}">{esc(code)} {esc(name)}' for code, name in rules
    )
    grave = "".join(f'<option value="{name}">{sign} {name}' for name, sign in SEVERITIES.items())
    return (
        '<search class=bar2 hidden id=tools><label class=grow><span>Text</span><input type=search id=q placeholder="author, title, key, line …"></label>'
        f'<label><span>Severity</span><select id=sev><option value="">any{grave}</select></label>'
        f'<label><span>Rule</span><select id=rule><option value="">any{by_rule}</select></label>'
        '<span class=acts><button type=button id=prev title="previous (k)">↑<span class=sr> previous</span></button>'
        '<button type=button id=next title="next (j)">↓<span class=sr> next</span></button>'
        "<button type=button id=copyall>Copy BibTeX</button><button type=button id=clear>Clear</button>"
        f"</span>{more}<output id=count aria-live=polite>{len(cards)} shown</output></search>\n"
    )


def _file(
    told: FileCards, base: str | None, several: bool, tools: Mapping[str, str]
) -> Iterable[str]:
    name = esc(told.name if told.name != "-" else "standard input")
    yield f'<section aria-label="{name}"><h2{"" if several else " class=sr"}>{name}</h2>\n'
    if told.loose:
        yield f"<div class=loose><p class=lab>About the file</p>{findings_html(told.loose)}</div>\n"
    if told.form_only:
        yield "<p>The form of the entries was checked; no reference was looked up.</p>\n"
    elif not told.cards:
        yield "<p>No references found.</p>\n"
    for card in told.cards:
        yield card_html(card, base, tools.get(card.id, ""))
    yield "</section>\n"


def _rules(found: Sequence[Finding], rules: Iterable[type[Rule]]) -> str:
    codes = Counter((f.code, f.name) for f in found)
    pages = {rule.code: rule for rule in rules}
    out = []
    for (code, name), n in sorted(codes.items()):
        rule = pages.get(code)
        summary = esc(rule.summary()) if rule else ""
        text = esc(rule.page().partition("\n")[2].strip()) if rule else ""
        out.append(
            f'<details id="rule-{esc(code)}"><summary><b>{esc(code)} {esc(name)}</b> ({n}) {summary}</summary>'
            f"<div class=rule>{text}</div></details>\n"
        )
    return (
        f"<section class=rules aria-label=Rules><h2>Rules</h2>\n{''.join(out)}</section>\n"
        if out
        else ""
    )


def _signs() -> str:
    rows = "".join(f"<dt>{sign} {name}<dd>{meaning}" for name, (sign, meaning) in STATES.items())
    return (
        f"<footer><details><summary>Signs and keys</summary><dl>{rows}</dl>"
        "<p>Keys: / text, j and k next and previous, c copy the entry, e why, Escape clear.</p></details></footer>\n"
    )
