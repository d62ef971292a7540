"""A Card → its HTML: text beside fields, findings, versions, candidates, the sum, the entry to copy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from .as_text import esc, file_link, web_link
from .card import OUTCOMES, SEVERITIES, STATES, Candidate, Card, Field, Finding, Version

_LONG_TEXT, _LONG_VALUE = 1500, 600
"""Characters from which a text is very long."""


def card_html(card: Card, base: str | None = "", tools: str = "") -> str:
    """One article.  ``base``: what leads from the page to the files (None: nothing does); ``tools``: HTML to be put at its end (the review's buttons)."""
    number = card.id.lstrip("r")
    title = esc(_shortened(card.title or card.text, 160)) or "(no title)"
    place = esc(f"{card.file}:{card.line}" if card.line else card.file)
    linked = base is not None and card.file not in ("", "-")
    href = esc(file_link(card.file, card.line, base or "")) if linked else ""
    where = f'<a href="{href}">{place}</a>' if href else place
    label = (
        f" · <bdi>{esc(card.label if card.kind == 'entry' else f'[{card.label}]')}</bdi>"
        if card.label
        else ""
    )
    page = f" · page {card.page}" if card.page else ""
    word = OUTCOMES[card.outcome][0]
    out = [
        f"<article id={card.id} class=card data-o={card.outcome}>"
        f"<h3><small>{number}</small> <bdi>{title}</bdi></h3>"
        f"<p class=at><b class=out>{word}</b> {where}{label}{page}{_links(card)}</p>",
        f"<div class=two><div><p class=lab>As it stands</p>{_said(card)}{findings_html(card.findings)}{_unasked(card.unasked)}{_versions(card.versions)}</div>",
        f"<div><p class=lab>As printed</p>{_fields(card.fields)}</div></div>",
        _candidates(card.candidates),
        _sum(card),
        f"<details class=cite><summary>BibTeX</summary><pre>{esc(card.cite)}</pre></details>"
        if card.cite
        else "",
        tools,
        "</article>\n",
    ]
    return "".join(out)


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _links(card: Card) -> str:
    told = ((esc(words), web_link(address)) for words, address in card.links)
    return "".join(f' · <a href="{address}">{words}</a>' for words, address in told if address)


def _said(card: Card) -> str:
    """The text as it stands; a very long one in a box that scrolls."""
    tag = "pre" if card.kind == "entry" else "p"
    kind = "said"
    if len(card.text) > _LONG_TEXT:
        kind = '"said long" tabindex=0 role=region aria-label="As it stands"'
    return f"<{tag} class={kind}>{_marked(card)}</{tag}>"


def _marked(card: Card) -> str:
    out: list[str] = []
    at = 0
    for start, end, field in card.marks:
        if start < at or end > len(card.text):
            continue
        tip = f' title="{esc(field)}"' if field else ""
        out += (esc(card.text[at:start]), f"<mark{tip}>{esc(card.text[start:end])}</mark>")
        at = end
    return "".join(out) + esc(card.text[at:])


def _fields(fields: Sequence[Field]) -> str:
    if not fields:
        return "<p>nothing could be read</p>"
    out = ["<table>"]
    told = ""
    for field in fields:
        out.append(_field(field, told))
        told = field.record or told
    return "".join(out) + "</table>"


def _field(f: Field, told: str) -> str:
    """One row; the record's id is told where it is another one than in the row before."""
    sign, _ = STATES[f.state]
    if f.state == "left out":
        value = f"<del>{_value(f.stated)}</del>"
    else:
        value = _value(f.printed)
        if f.stated != f.printed and f.state in ("corrected", "contradicted") and f.stated:
            value = f"{value} <del>{_value(f.stated)}</del>"
    witness = esc(f.source)
    if f.record and f.record not in (f.source, told):
        witness = f'<i title="{esc(f.record)}">{witness}</i>'
    style = f" class={f.state}" if f.state in ("filled", "corrected", "contradicted") else ""
    return f"<tr{style}><th>{f.label}<td>{value}<td>{sign} {f.state}{witness and '<td>' + witness}"


def _value(text: str) -> str:
    """A field's value; of a very long one (thousands of authors) the rest is shown when it is asked for."""
    if len(text) <= _LONG_VALUE:
        return esc(text)
    cut = text.rfind(" ", 0, _LONG_VALUE) + 1 or _LONG_VALUE
    return f"{esc(text[:cut])}<details><summary>and {len(text) - cut:,} characters more</summary>{esc(text[cut:])}</details>"


def findings_html(findings: Sequence[Finding]) -> str:
    """The findings as a list; those of one rule about the form stand together."""
    if not findings:
        return ""
    rank = list(SEVERITIES)
    plain = sorted(
        (f for f in findings if not f.code.startswith("CN5")), key=lambda f: rank.index(f.severity)
    )
    form = sorted((f for f in findings if f.code.startswith("CN5")), key=lambda f: (f.code, f.line))
    items = [_finding(f, 1, [f.message]) for f in plain]
    for _, group in groupby(form, key=lambda f: f.code):
        same = list(group)
        items.append(_finding(same[0], len(same), list(dict.fromkeys(f.message for f in same))))
    return f"<ul class=finds>{''.join(items)}</ul>"


def _finding(f: Finding, times: int, messages: Sequence[str]) -> str:
    many = f" ×{times}" if times > 1 else ""
    mend = {
        "safe": " <small>(fix mends it)</small>",
        "unsafe": " <small>(fix --unsafe mends it)</small>",
    }.get(f.fix, "")
    what = "<br>".join(f"<bdi>{esc(m)}</bdi>" for m in messages[:4])
    more = f"<br>and {len(messages) - 4} more" if len(messages) > 4 else ""
    source = f" <i>{esc(f.source)}</i>" if f.source else ""
    return (
        f'<li class={f.severity} data-r="{esc(f.code)}"><b>{SEVERITIES[f.severity]} {f.severity}</b> '
        f'<a href="#rule-{esc(f.code)}">{esc(f.name)}</a>{many}: {what}{more}{source}{mend}'
    )


def _unasked(unasked: Iterable[str]) -> str:
    told = "".join(f"<li><b>could not ask</b> <bdi>{esc(u)}</bdi>" for u in unasked)
    return f"<ul class=unasked>{told}</ul>" if told else ""


def _versions(versions: Sequence[Version]) -> str:
    if len(versions) < 2:
        return ""
    items = []
    for v in versions:
        address = "" if v.printed else web_link(v.url)
        name = f'<a href="{address}">{esc(v.label)}</a>' if address else esc(v.label)
        here = " class=on" if v.printed else ""
        note = " <em>printed</em>" if v.printed else ""
        items.append(
            f"<li{here}><b>{esc(v.date) or '?'}</b> <bdi>{name}</bdi>{note} <small>{esc(', '.join(v.sources))}</small>"
        )
    return f"<ol class=line>{''.join(items)}</ol>"


def _candidates(candidates: Sequence[Candidate]) -> str:
    if not candidates:
        return ""
    cells = "".join(map(_candidate, candidates))
    return f"<p class=lab>What it may mean</p><ol class=cands>{cells}</ol>"


def _candidate(c: Candidate) -> str:
    address = web_link(c.url)
    title = f'<a href="{address}">{esc(c.title)}</a>' if address else esc(c.title)
    return (
        f'<li data-id="{esc(c.record)}"><b><bdi>{title}</bdi></b><br><bdi>{esc(_shortened(c.authors, 120)) or "no authors"}</bdi><br>'
        f"<bdi>{esc(c.venue)}</bdi> {esc(c.year)}<br><small>{esc(c.record)} · probability {c.probability:.3f}</small>"
    )


def _sum(card: Card) -> str:
    if not card.steps:
        return ""
    rows = "\n".join(f"{s.weight:+.2f} {s.field}: {s.level}" for s in card.steps if s.weight)
    rows += f"\n= {card.steps[-1].total:+.2f} log2 odds: probability {card.alone:.4f}"
    if round(card.alone, 4) != round(card.probability, 4):
        rows += f"; beside other works that fit {card.probability:.4f}"
    sure = f"probability {card.probability:.4f}, margin {card.margin:.2f}"
    return f"<details class=why><summary>Why ({sure})</summary><pre>{esc(rows)}</pre></details>"
