"""What is found in many made documents stays as it is: lists in many layouts, lists of papers, citations, prose around them.

Each document is put together by chance, always the same, from entries, layouts and what stands around lists; most are odd.
``python tests/find/test_many_documents.py`` writes ``tests/data/find/many-documents.json`` anew: read what changed there (a row says
what is found, its lines, label, heading, whether it is cited, what its context says), and measure it (``bench/find.md``).
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import TypeVar

import pytest

from citenorm.find import citations, find
from citenorm.model import Document, Reference
from citenorm.read import read

T = TypeVar("T")
DATA = Path(__file__).parent.parent / "data" / "find" / "many-documents.json"
COUNT = 60
"""Documents of each kind."""

PEOPLE = (
    "Brook, A.", "Weir, D., and Reed, C.", "Fox, G. & Gray, H. I.", "Ada Moss", "Iver J, Kerr K, Loom L", "van den Berg, E.", "Hart, Ian and Nye, Jo", "Pond Board",
    "Noor et al.", "———.", "Ott, P., Pell, Q., and Quist, R.", "S. Rand and T. Sand", "Tarn, U. (Ed.)", "Udall, Vera", "Ásgeir, W.", "Yarn X, et al.",
)  # fmt: skip
TITLES = ("Quiet ponds of the north", "Nets for frozen water: a field study", "Counting frogs under ice with patience and with nets", "Foxes at the pond", "On the depth of lakes, rivers and of the seas that they run into", "Spinning")  # fmt: skip
PLACES = ("Pond Letters 12(3), 101–113", "In Proceedings of the 3rd Conference on Nets, pp. 7–19", "Oslo: Elm Press", "arXiv:1901.00001", "Net News 4", "PhD thesis, University of Ponds", "https://doi.org/10.5555/ponds.7", "Trans. Ponds, vol. 3, no. 2")  # fmt: skip
YEARS = ("1987", "1999", "2001", "2001a", "2001b", "2012", "2019")
NOISE = (
    "see the page of the group", "The ponds were quiet and we did not know what they would say about it.", "https://ponds.example/a", "10.5555/ponds.7",
    "Further reading", "Appendix A", "Corresponding author: A. Brook, ponds@ponds.example", "Table 1 Ponds of the north", "Brook and Weir (2001) show that ponds are quiet.",
    "Notes:", "Ponds, CVPR16", "Brook et al., 2001", "7", "[12]", "“Quiet ponds of the north”, 2001.", "and of the south, in Oslo", "TODO look this up",
)  # fmt: skip
HEADINGS = ("References", "Bibliography", "5. References", "Further reading", "Sources", "Papers that we read:", "Refrences", "Literatur", "Works", "")  # fmt: skip
CITING = (
    "Ponds are quiet [1].", "So are lakes [2, 3] and seas [1–3].", "Others say more [7].", "We saw it (Brook, 2001; Weir & Reed, 1999).", "Fox and Gray (2012) saw it too.",
    "Nobody knows (Zeal et al., 1998).", "As in [@brook2001; @weir1999].", "It holds in [0, 1] and x[2].", "Moss 2001 was there.", "Then it rained^2^ and snowed[^brook].", "Run `f [3]` twice, and `g [2]`.",
)  # fmt: skip


def picked(chance: Random, values: Sequence[T]) -> T:
    return values[int(chance.random() * len(values))]


def citing(chance: Random, body: str, labelled: bool) -> str:
    """A text that cites most of the entries of a list by number or by name, and a few that it does not have."""
    form = picked(chance, ("{} ({})", "({}, {})", "({} et al., {})", "(see {}, {}; Zeal 1998)"))
    out = []
    for n, found in enumerate(_OPENING.finditer(body), 1):
        if chance.random() < 0.8:
            out.append(f"It rained [{n}]." if labelled else f"It rained, {form.format(found[1], found[2])}.")  # fmt: skip
    return " ".join([*out, *(picked(chance, CITING) for _ in range(int(chance.random() * 3)))])


_OPENING = re.compile(
    r"^\W*(?:\w{1,6}[.\])]\s)?([A-Z]\w+).{0,120}?\b((?:19|20)\d\d[ab]?)", re.M | re.S
)


def an_entry(chance: Random) -> str:
    who, title, place, year = (picked(chance, v) for v in (PEOPLE, TITLES, PLACES, YEARS))
    return picked(
        chance,
        (
            f"{who} {title}. {place}, {year}.",
            f"{who} ({year}). {title}. {place}.",
            f"{who} “{title}”. {place} ({year})",
            f"{title}. {who} {place}, {year}",
            f"{who}: {title}. {year}; {picked(chance, PEOPLE)} {picked(chance, TITLES)}. {picked(chance, PLACES)}, {picked(chance, YEARS)}.",
        ),
    )


def lettered(chance: Random) -> str:
    """Several works under one label."""
    mark = picked(chance, ("{}) ", "({}) ", "{}) "))
    works = [f"{picked(chance, PEOPLE[:6])} {picked(chance, PLACES[:5])}, {picked(chance, YEARS)}" for _ in range(3)]  # fmt: skip
    plain = picked(chance, (True, False))
    return "; ".join(work if plain else mark.format("abc"[i]) + work for i, work in enumerate(works)) + "."  # fmt: skip


LABELS: tuple[Callable[[int], str], ...] = (
    lambda n: "",
    lambda n: "",
    lambda n: f"[{n}] ",
    lambda n: f"{n}. ",
    lambda n: f"({n}) ",
    lambda n: f"{n} ",
    lambda n: f"[{chr(64 + n % 26)}oe0{n % 10}] ",
    lambda n: f"[{2 * n - 1}] ",
    lambda n: f"[{n}]\n",
)


def a_typed_list(chance: Random) -> str:
    """Entries wrapped and indented in one way, with what should not be there now and then."""
    label, width = picked(chance, LABELS), picked(chance, (34, 60, 80, 111, 113, 400))
    first, hang = picked(chance, ((0, 0), (0, 0), (0, 1), (0, 3), (2, 0), (4, 4)))
    gap, odd = picked(chance, (0, 0, 1, 1, 2)), picked(chance, (0.0, 0.0, 0.1, 0.3))
    rows: list[str] = []
    count = 1 + int(chance.random() * picked(chance, (8, 8, 8, 8, 30)))
    entries = [an_entry(chance) if chance.random() < 0.9 else lettered(chance) for _ in range(count)]  # fmt: skip
    if not label(1) and chance.random() < 0.4:
        entries.sort()
    for n, text in enumerate(entries, 1):
        text = label(n) + text
        if chance.random() < odd:
            text = picked(chance, NOISE)
        head, _, rest = text.rpartition("\n")
        rows += [" " * first + head] if head else []
        rows += textwrap.wrap(rest, width, initial_indent=" " * first, subsequent_indent=" " * hang)
        rows += [""] * gap
    return "\n".join(rows)


def around(chance: Random, heading: Callable[[str], str], body: str) -> str:
    """A heading above a list, a text above that, and perhaps more below."""
    said = " ".join(picked(chance, CITING) for _ in range(int(chance.random() * 5)))
    if chance.random() < 0.5:
        said = citing(chance, body, body.lstrip()[:1] in "[(123456789-")
    title = picked(chance, HEADINGS)
    parts = [said, picked(chance, ("", *NOISE[:3])), heading(title) if title else "", body]
    if chance.random() < 0.4:
        parts += [heading(picked(chance, ("Appendix A", "Notes", "Further reading", "References", "Results")))]  # fmt: skip
        parts += [picked(chance, (NOISE[1], an_entry(chance), CITING[3]))]
    return "\n\n".join(part for part in parts if part) + "\n"


def typed(chance: Random) -> Document:
    text = around(chance, str, a_typed_list(chance))
    return read(text.encode(), name="a.txt")


LINKS = ("https://doi.org/10.5555/ponds.7", "https://arxiv.org/abs/1901.00001", "https://github.com/ponds/code", "https://ponds.example/a")  # fmt: skip


def a_marked_item(chance: Random) -> str:
    title, link = picked(chance, TITLES).title(), picked(chance, LINKS)
    return picked(
        chance,
        (
            an_entry(chance),
            an_entry(chance),
            f"[{title}]({link})",
            f"[{picked(chance, ('SOSP’23', 'ICML 2019', 'Paper', '2021'))}] [{title}]({link})",
            f"{title} [[pdf]({link})] [[code]({LINKS[2]})]",
            f"{title} (ICML {picked(chance, YEARS)[:4]})",
            f"{picked(chance, PEOPLE)} [{title}]({link}), {picked(chance, YEARS)}",
            f"**{title}** [Link]({link}) - {picked(chance, NOISE)}",
            f"[{title}]({link}), {picked(chance, PEOPLE)} 2019",
            f"{title}\n    - {an_entry(chance)}",
            picked(chance, NOISE),
            f"{an_entry(chance)} [Link]({link})",
        ),
    )


def marked(chance: Random) -> Document:
    """Markdown: items, numbers, paragraphs, notes, tables, headings."""
    style = picked(chance, ("- {}", "- {}", "{n}. {}", "{}\n", "[^n{n}]: {}\n", "| {} | ICML 2019 |", "### {}\n", "{}", "> {}\n"))  # fmt: skip
    rows = ["| Paper | Venue |", "|---|---|"] if style.startswith("|") else []
    for n in range(1, 2 + int(chance.random() * 7)):
        item = a_marked_item(chance)
        item = item if style == "- {}" else item.replace("\n    - ", " ")
        rows.append(style.replace("{n}", str(n)).replace("{}", item))
    if chance.random() < 0.15:
        rows = ["```", *rows, "```"]
    level = "#" * (1 + int(chance.random() * 3))
    text = around(chance, lambda h: f"{level} {h}", "\n".join(rows))
    return read(f"# {picked(chance, ('Ponds', 'ICML 2019', 'Papers of the week'))}\n\n{text}".encode(), name="a.md")  # fmt: skip


MEETINGS = ("ICML 2019", "NeurIPS 2018", "Session 2", "Day 1", "Best papers", "The papers that we read", "What we ate", "Introduction", "12:30 Lunch", "Related work")  # fmt: skip


def notes(chance: Random) -> Document:
    """Notes of a meeting: works that are only named, in headings and items, some of them listed below."""
    out: list[str] = []
    for _ in range(3 + int(chance.random() * 8)):
        title = picked(chance, TITLES)
        title = title.title() if chance.random() < 0.7 else title
        number = picked(chance, ("", "", "1. ", "IV. ", "2.1 "))
        mark = picked(chance, ("", "", " (ICML 2019)", " (Pond Letters, 2001)", ".", ":"))
        out += picked(
            chance,
            (
                [f"{'#' * (1 + int(chance.random() * 3))} {picked(chance, MEETINGS)}", ""],
                [f"{'#' * (1 + int(chance.random() * 3))} {number}{title}{mark}", ""],
                ["", f"- {title}{mark}", f"- {picked(chance, TITLES).title()}", ""],
                [f"- [{picked(chance, ('SOSP’23', 'OSDI 2018', 'Talk'))}] {title}"],
                [f"  - {title}", f"  - {picked(chance, NOISE)}"],
                ["", picked(chance, ("Papers that we read:", "We read two articles.", "We read papers of this week:", "Notes")), ""],
                ["", f"{picked(chance, ('Paper', 'Review of', 'Article 2'))}: {title}", ""],
                ["", number + title, ""],
                ["", picked(chance, NOISE), ""],
            ),
        )  # fmt: skip
    listed = [f"- {an_entry(chance)}" for _ in range(int(chance.random() * 4))]
    return read("\n".join([*out, "", "# References", "", *listed]).encode(), name="a.md")


def named(chance: Random) -> Document:
    """A list of few families and years, many of them the same, which the text cites by name in every way."""
    families, years = ("Brook", "Weir", "Van Reed", "Pond Board", "Fox"), ("1999", "2001", "2001a", "2001b")  # fmt: skip
    listed = []
    for _ in range(3 + int(chance.random() * 6)):
        who = [picked(chance, families) for _ in range(1 + int(chance.random() * 3))]
        said = "———" if chance.random() < 0.1 else ", ".join(f"{name}, {picked(chance, 'ABC')}." for name in who)  # fmt: skip
        listed.append(f"{said} ({picked(chance, years)}). {picked(chance, TITLES)}. Pond Letters.")
    forms = (
        "{0} ({1}) saw it.", "{0} et al. ({1}) saw it.", "({0}, {1})", "({0} & {2}, {1})", "({0} and {2}, {1}; {2} et al., {3})", "`{0} {1}`", "({0}, {1}, {3})",
        "However, {0} ({1}) did not.", "(see {0}, {2}, and Fox, {1}, p. 3)", "{0}'s ({1}) ponds", "(Zeal and {0}, {1})", "({0} 1812)", "In {0} {1}, it rained.", "(KDD, {1})",
    )  # fmt: skip
    text = " ".join(
        picked(chance, forms).format(picked(chance, families), picked(chance, years), picked(chance, families), picked(chance, years))
        for _ in range(3 + int(chance.random() * 14))
    )  # fmt: skip
    body = "\n\n".join(sorted(listed))
    return read(f"# Ponds\n\n{text}\n\n## References\n\n{body}\n".encode(), name="a.md")


def of_tags(chance: Random) -> Document:
    """HTML, LaTeX or reStructuredText."""
    entries = [an_entry(chance) for _ in range(1 + int(chance.random() * 6))]
    kind = picked(chance, ("html", "tex", "rst"))
    if kind == "html":
        tag = picked(chance, ("li", "p", "li"))
        body = "".join(f"<{tag}>{e.replace('&', '&amp;')}</{tag}>" for e in entries)
        text = around(chance, lambda h: f"<h2>{h}</h2>", body).replace("\n\n", "<br>\n")
        text = text.replace("^2^", "<sup>2</sup>")
    elif kind == "tex":
        keys = ("brook2001", "weir1999", "k3", "k4", "k5", "k6")
        body = "".join(f"\\bibitem{{{k}}} {e}\n" for k, e in zip(keys, entries, strict=False)).replace("&", "\\&")  # fmt: skip
        named = picked(chance, ("", "", f"\\href{{{LINKS[0]}}}{{Quiet Ponds of the North}}"))
        cites = picked(chance, ("\\cite{brook2001,weir1999} and \\citep[p.~3]{k3}", "\\cite{k9} % \\cite{k4}", "\\nocite{*}"))  # fmt: skip
        text = f"\\begin{{document}}\nPonds {cites} \\cite{{k3}}.\n\n{named}\n\n\n\\begin{{thebibliography}}{{9}}\n{body}\\end{{thebibliography}}\n\\end{{document}}\n"
    else:
        body = "\n".join(f"{picked(chance, ('* ', '#. '))}{e}" for e in entries)
        text = around(chance, lambda h: f"{h}\n{'=' * len(h)}", body)
    return read(text.encode(), name=f"a.{kind}")


def drawn(chance: Random) -> Document:
    """The same typed text as the pages of a PDF have it: edges, widths and sizes of letters, in one column or two."""
    text = around(chance, str, a_typed_list(chance))
    rows, pages, at = [], [0], 0
    half = picked(chance, (False, True))
    for raw in text.split("\n"):
        words = raw.strip()
        indent = (len(raw) - len(raw.lstrip())) * 5.0
        if words:
            step = picked(chance, (1.0, 1.0, 1.0, 1.06, 1.3))
            rows.append((at, indent, len(words) * 5.0 * (0.9 if half else 1.0), picked(chance, (10.0, 10.0, 9.0)), step))  # fmt: skip
        if chance.random() < 0.05:
            pages.append(at)
        at += len(raw) + 1
    return Document("a.pdf", "pdf", text, data={"layout": tuple(rows), "size": 10.0}, pages=tuple(dict.fromkeys(pages)))  # fmt: skip


CONFERENCES = ("ICML 2019", "NeurIPS 2018", "Proceedings of KDD 2017", "Papers of ICLR 2020", "CVPR 2016 in Oslo", "Ponds Workshop @ ICML 2019")  # fmt: skip
SESSIONS = ("Session 2: Ponds", "Oral Session A", "Day 1", "Poster Track", "Keynote", "Introduction", "Morning", "Best Papers", "Session 3", "Summary")  # fmt: skip
WORKS = (*TITLES, "Deep Nets", "Frogs: A Survey of the Frozen North", "Are Ponds Quiet Enough", "what we know about ponds", "ponds and nets in the cold north", "Attention to Every Pond")  # fmt: skip


def agenda(chance: Random) -> Document:
    """Conferences, their sessions and days, and the works that were given there, as headings of many ranks, or as items below them."""
    out: list[str] = []
    top = 1 + int(chance.random() * 2)
    for _ in range(1 + int(chance.random() * 3)):
        out += ["#" * top + " " + picked(chance, CONFERENCES), ""]
        level, deep = top, chance.random() < 0.5
        for _ in range(1 + int(chance.random() * 3)):
            if chance.random() < 0.6:
                level = min(6, top + 1)
                out += ["#" * level + " " + picked(chance, SESSIONS), ""]
            rank = min(6, level + (1 if deep else int(chance.random() * 2)))
            for _ in range(int(chance.random() * 5)):
                work = picked(chance, WORKS)
                work = work.title() if chance.random() < 0.7 else work
                out += picked(
                    chance,
                    (
                        ["#" * rank + " " + work, ""],
                        ["#" * rank + " " + work, "", picked(chance, CITING), ""],
                        ["#" * min(6, rank + 1) + " " + picked(chance, ("Idea", "Results", work)), ""],
                        [f"- {work}", f"- {picked(chance, WORKS).title()}", f"- {picked(chance, NOISE)}", ""],
                        [f"**{work}**", "", picked(chance, CITING), ""],
                        [work, picked(chance, CITING), ""],
                        [f"1. {work}", "2. " + picked(chance, WORKS).title(), ""],
                    ),
                )  # fmt: skip
        if chance.random() < 0.3:
            out += ["#" * top + " " + picked(chance, ("What we ate", "References", "Other work")), "", an_entry(chance), ""]  # fmt: skip
    return read("\n".join(out).encode(), name="a.md")


def blocks(chance: Random) -> Document:
    """HTML with paragraphs of several lines, lists within lists, tables, terms and text set as it was typed, below headings and without."""
    out: list[str] = []
    for _ in range(2 + int(chance.random() * 5)):
        entries = [an_entry(chance).replace("&", "&amp;") for _ in range(1 + int(chance.random() * 5))]  # fmt: skip
        label = picked(chance, LABELS[:7])
        counted = [label(n) + text for n, text in enumerate(entries, 1)]
        title, link = picked(chance, TITLES), picked(chance, LINKS)
        inner = "".join(f"<li>{text}</li>" for text in entries)
        odd = picked(chance, NOISE).replace("&", "&amp;")
        out.append(
            picked(
                chance,
                (
                    f"<h{2 + int(chance.random() * 3)}>{picked(chance, HEADINGS) or 'Ponds'}</h3>",
                    f"<p>{picked(chance, HEADINGS[:4])}<br>{'<br>'.join(counted)}</p>",
                    f"<p>{'<br>'.join(counted)}</p>",
                    f"<p>{'<br><br>'.join(counted)}</p>",
                    "".join(f"<p>{text}</p>" for text in counted),
                    f"<ul><li>{title}<ul>{inner}</ul></li><li>{odd}</li></ul>",
                    f'<ul><li><a href="{link}">{title.title()}</a><ul><li>{entries[0]}</li></ul></li></ul>',
                    f"<ol>{inner}<li>{odd}</li></ol>",
                    f"<table><tr><td>{'</td></tr><tr><td>'.join(entries)}</td></tr></table>",
                    f'<table><tr><td><a href="{link}">{title.title()}</a></td><td>ICML 2019</td><td>{picked(chance, PEOPLE[:4])}</td></tr></table>',
                    f"<pre>{chr(10).join(counted)}</pre>",
                    f"<dl><dt>{title}</dt><dd>{entries[0]}</dd></dl>",
                    f"<p>{PLAIN} {picked(chance, CITING).replace('&', '&amp;')}</p>",
                    f"<p>{title.title()}<br>ICML 2019<br>{link}</p>",
                    f"<p>{title.title()}<br>{link}</p>",
                    f"<p>{odd}</p>",
                ),
            )
        )  # fmt: skip
    return read(f"<html><body>{chr(10).join(out)}</body></html>".encode(), name="a.html")


PLAIN = "The ponds were quiet and we did not know what they would say about it."

KINDS = {
    "agenda": agenda,
    "blocks": blocks,
    "typed": typed,
    "marked": marked,
    "notes": notes,
    "named": named,
    "tags": of_tags,
    "drawn": drawn,
}


def row(r: Reference) -> str:
    context = ",".join(f"{k}={str(v)[:24]}" for k, v in sorted(r.context.items()))
    cited = {True: "cited", False: "never", None: "?"}[r.cited]
    parts = (r.kind[0], f"{r.line}-{r.end_line}", f"{r.start}+{r.end - r.start}", r.label or r.key, r.section, f"{cited}{len(r.cited_at)}", f"{len(r.links)}", context)  # fmt: skip
    more = [f"astray {name}@{line}" for name, line in r.astray]
    more += [f"left {a}-{b} {text[:12]}" for a, b, text in r.untaken]
    return "|".join((*parts, *more))


def told(document: Document) -> list[str]:
    found = find(document, mentions=True)
    places = [f"{c.start}+{c.end - c.start}@{c.line} {c.kind} {c.targets} {'' if c.sure else '?'}" for c in citations(document, found)]  # fmt: skip
    return [*map(row, found), *places]


def made(kind: str) -> list[list[str]]:
    return [told(KINDS[kind](Random(f"{kind}{n}"))) for n in range(COUNT)]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_found_in_many_documents(kind: str) -> None:
    before = json.loads(DATA.read_text("utf-8"))[kind]
    for n, (old, new) in enumerate(zip(before, made(kind), strict=True)):
        assert new == old, f"document {n}"


if __name__ == "__main__":
    rows = {kind: made(kind) for kind in KINDS}
    DATA.write_text(json.dumps(rows, ensure_ascii=False, indent=0) + "\n", "utf-8")
