"""A Desk → the page on which a person decides: the report's cards, each with its buttons, and what the script is to know."""

from __future__ import annotations

import os
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from importlib.resources import files

from ..lock import Decision
from ..report.as_text import esc
from ..report.card import Card, FileCards
from ..report.card_html import card_html
from ..report.cards import asked_of
from ..report.page import Extra, asset, digest, page
from ..rules.table import all_rules
from .desk import Desk


@cache
def _own(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def policy() -> str:
    """What the server says about the page beside what its head says: nothing but its own style and script, and no frame."""
    style, script = digest(asset("page.css") + _own("review.css")), digest(_script())
    return (
        f"default-src 'none'; style-src {style}; script-src {script}; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def _script() -> str:
    return asset("page.js") + _own("review.js")


def review_page(desk: Desk, version: str) -> str:
    """The whole page, as files and lock stand now."""
    told = desk.cards()
    results, sources = desk.results(), desk.materials()[0].sources
    asked = asked_of(results, sources.info(), [s.name for s in sources.services])
    names = ", ".join(os.path.basename(f.name) for f in told)
    extra = Extra(
        _own("review.css"), _own("review.js"), "'self'", _bar(desk, told), _below(desk), _tools(desk, told),
    )  # fmt: skip
    return page(
        told,
        asked=asked,
        rules=all_rules(),
        version=version,
        base=None,
        title=f"Review of {names}",
        extra=extra,
    )


def cards_page(desk: Desk, wanted: Sequence[str]) -> str:
    """The cards with these ids alone, for a page that is open."""
    told = desk.cards()
    tools = _tools(desk, told, set(wanted))
    mine = [card for file in told for card in file.cards if card.id in tools]
    return f"<!DOCTYPE html><title>cards</title>{''.join(card_html(c, None, tools[c.id]) for c in mine)}"


def progress(desk: Desk, told: Sequence[FileCards]) -> tuple[int, int]:
    """How many references were decided by hand, of how many that are open or changed."""
    pairs = list(zip((c for f in told for c in f.cards), desk.marks(), strict=True))
    return sum(desk.decided(m) is not None for _, m in pairs), sum(
        desk.asks(c, m) for c, m in pairs
    )


def said(decision: Decision) -> str:
    """A decision in words."""
    if decision.outcome == "leave":
        return "left alone"
    if decision.prefer == "as-cited":
        return f"kept as cited: {decision.record}"
    return f"accepted: {decision.record}"


def _tools(
    desk: Desk, told: Sequence[FileCards], wanted: AbstractSet[str] | None = None
) -> dict[str, str]:
    """Card (those with the ids that are wanted, None: all) → what stands at its end: the decision, the buttons, the two fields."""
    cards = [card for file in told for card in file.cards]
    return {
        card.id: _buttons(card, mark, desk.decided(mark), desk.asks(card, mark))
        for card, mark in zip(cards, desk.marks(), strict=True)
        if wanted is None or card.id in wanted
    }


def _buttons(card: Card, mark: str, decision: Decision | None, asks: bool) -> str:
    state = "decided" if decision else "open" if asks else "settled"
    off = "" if card.outcome in ("confirmed", "changed", "contradicted") or (decision and decision.record) else " disabled"  # fmt: skip
    number = card.id.lstrip("r")
    told = f"✔ {esc(said(decision))}" if decision else "not decided" if asks else "confirmed"
    back = "" if decision else " disabled"
    return (
        f'<div class=decide data-mark={mark} data-s={state} role=group aria-label="Decision on {number}"><p class=told><b>{told}</b></p>'
        f'<p class=acts><button type=button data-act=accept{off} title="as it is printed (a)">Accept</button>'
        f'<button type=button data-act=keep{off} title="the version that is cited, with its own fields put right (v)">Keep as cited</button>'
        '<button type=button data-act=leave title="change nothing, say nothing (x)">Leave alone</button>'
        f'<button type=button data-act=undo{back} title="take the decision back (u)">Undo</button></p>'
        "<p class=acts><label><span>DOI or arXiv number</span><input class=ident autocomplete=off spellcheck=false></label>"
        "<button type=button data-act=look>Look up</button>"
        f'<label class=grow><span>Note</span><input class=remark maxlength=1000 value="{esc(decision.note if decision else "")}"></label>'
        f"<button type=button data-act=note{back}>Keep note</button></p>"
        "<ol class=cands hidden></ol></div>"
    )


def _bar(desk: Desk, told: Sequence[FileCards]) -> str:
    done, total = progress(desk, told)
    return (
        '<label><span>Show</span><select id=due><option value="open decided">to be reviewed<option value=open>undecided'
        '<option value=decided>decided<option value="">all</select></label>'
        f'<span id=review data-state={desk.state()}><progress id=done max={max(total, 1)} value={done} aria-label="decided"></progress> '
        f"<span id=howmany>{done} of {total} decided</span></span>"
    )


def _below(desk: Desk) -> str:
    """The files, each with its button, and the dialog that shows how one would be written."""
    rows = []
    for i, material in enumerate(desk.materials()):
        name, why = esc(material.name), material.fixed
        button = (
            f"<small>{esc(why)}</small>"
            if why
            else f"<button type=button data-file={i}>Show the changes …</button>"
        )
        rows.append(f"<li><bdi>{name}</bdi> {button}")
    return (
        f"<section class=files aria-label=Files><h2>Files</h2><p>Decisions stand in <bdi>{esc(str(desk.path))}</bdi> as soon as they are shown. "
        f"A file is changed only when you say so, after its changes were shown.</p><ul>{''.join(rows)}</ul>"
        "<p><button type=button id=end>End the review</button></p></section>\n"
        "<dialog id=changes aria-labelledby=changed><h2 id=changed>Changes</h2><p><label><input type=checkbox id=every> also what is proposed and not decided</label></p>"
        "<pre id=diff tabindex=0></pre><p id=told></p>"
        "<p class=acts><button type=button id=write>Write the file</button><button type=button id=cancel>Cancel</button></p></dialog>\n"
        "<p id=say role=status aria-live=polite></p><dialog id=help aria-labelledby=keys><h2 id=keys>Keys</h2><p>j and k next and previous · a accept · v keep as cited · "
        "x leave alone · 1 to 4 pick a candidate · d DOI or arXiv number · n note · u undo · w show the changes of the file · / text · e why · c copy · Escape back</p>"
        "<p class=acts><button type=button id=closehelp>Close</button></p></dialog>\n"
    )
