"""Tables of a page → pictures under them: a line ``<!-- plot: NAME -->`` is replaced by an SVG of the table in front of it.

A hook of MkDocs.  The table is the output of a bench command; nothing is drawn that does not stand in it, and who cannot see the
picture reads the table.  Letters take the colour of the page, so that both themes can be read.
"""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

_MARK = re.compile(r"^<!-- plot: (\w+) -->$", re.M)
_TABLE = re.compile(r"(?:^\|.*\n)+", re.M)
_NUMBER = re.compile(r"\d[\d,]*\.?\d*|\.\d+")
COLOURS = ("#2f7de0", "#b8700a", "#7d8590")
"""Three that can be told apart without colour sight and stand out from white and from black."""
SIGNS = ("circle", "diamond", "square")
WIDTH, RIGHT, ROW = 720, 40, 26

Rows = list[list[str]]


def on_page_markdown(markdown: str, **_: Any) -> str:
    """MkDocs calls this for every page.  Raises KeyError for a plot that there is none of, ValueError for a mark without a table."""

    def drawn(mark: re.Match[str]) -> str:
        tables = list(_TABLE.finditer(markdown, 0, mark.start()))
        if not tables:
            raise ValueError(f"no table in front of {mark[0]}")
        return PLOTS[mark[1]](*rows_of(tables[-1][0]))

    return _MARK.sub(drawn, markdown)


def rows_of(table: str) -> tuple[list[str], Rows]:
    """The heads of a Markdown table, and its rows of cells."""
    lines = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in table.splitlines()]  # fmt: skip
    return lines[0], lines[2:]


def numbers(cell: str) -> list[float]:
    """The numbers of a cell; what stands in parentheses is left out."""
    bare = re.sub(r"\([^)]*\)", "", cell.replace("*", ""))
    return [float(n.replace(",", "")) for n in _NUMBER.findall(bare)]


def plain(cell: str) -> str:
    """A cell without marks and what stands in parentheses."""
    return re.sub(r"[`*]|\s*\([^)]*\)", "", cell).strip()


@dataclass(frozen=True)
class Point:
    """A value of one row: how far on the scale (0–1), whose it is (number of the series), and what it says."""

    at: float
    series: int
    says: str


def dots(title: str, names: Sequence[str], rows: Sequence[tuple[str, Sequence[Point]]], ticks: Sequence[tuple[float, str]]) -> str:  # fmt: skip
    """A row a label, a sign a series: which is where, on one scale."""
    left = 30 + 7 * max(len(label) for label, _ in rows)
    top, wide = 54 if len(names) > 1 else 24, WIDTH - left - RIGHT
    height = top + ROW * len(rows) + 26
    body = [_legend(names, left)] if len(names) > 1 else []
    for at, says in ticks:
        x = left + wide * at
        body.append(f'<line x1="{x:.1f}" y1="{top - 12}" x2="{x:.1f}" y2="{height - 22}" class="grid"/>')  # fmt: skip
        body.append(f'<text x="{x:.1f}" y="{height - 6}" text-anchor="middle">{escape(says)}</text>')  # fmt: skip
    for i, (label, points) in enumerate(rows):
        y = top + ROW * i
        body.append(f'<text x="{left - 14}" y="{y + 4}" text-anchor="end">{escape(label)}</text>')
        xs = [left + wide * p.at for p in points]
        if len(xs) > 1:
            body.append(f'<line x1="{min(xs):.1f}" y1="{y}" x2="{max(xs):.1f}" y2="{y}" class="grid"/>')  # fmt: skip
        for p, x in sorted(zip(points, xs, strict=True), key=lambda pair: -pair[0].series):
            body.append(_sign(x, y, p.series, f"{label}, {names[p.series]}: {p.says}"))
    return _figure(title, height, body)


def _legend(names: Sequence[str], x: int) -> str:
    out = []
    for i, name in enumerate(names):
        out.append(_sign(x, 16, i, ""))
        out.append(f'<text x="{x + 12}" y="20">{escape(name)}</text>')
        x += 34 + 8 * len(name)
    return "".join(out)


def _sign(x: float, y: float, series: int, says: str) -> str:
    colour, r = COLOURS[series], 6
    told = f"<title>{escape(says)}</title>" if says else ""
    shape = {
        "circle": f'<circle cx="{x:.1f}" cy="{y}" r="{r}" fill="{colour}"/>',
        "diamond": f'<path d="M{x:.1f} {y - r - 1}l{r + 1} {r + 1}l-{r + 1} {r + 1}l-{r + 1} -{r + 1}z" fill="{colour}"/>',
        "square": f'<rect x="{x - 5:.1f}" y="{y - 5}" width="10" height="10" fill="{colour}"/>',
    }[SIGNS[series]]
    return f"<g>{told}{shape}</g>"


def _figure(title: str, height: int, body: Sequence[str]) -> str:
    style = "text{fill:currentColor;font:13px system-ui,sans-serif}.grid{stroke:currentColor;stroke-opacity:.25}.axis{stroke:currentColor;stroke-opacity:.6;fill:none}"
    return (
        f'<figure style="display:block;margin:1rem 0;width:100%;max-width:{WIDTH}px;overflow-x:auto"><svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(title)}. The numbers stand in the table above." '
        f'style="width:100%;min-width:460px;height:auto"><style>{style}</style>{"".join(body)}</svg><figcaption style="margin:.2rem 0;max-width:none">{escape(title)}</figcaption></figure>'
    )


# ------------------------------------------------------------------ what is drawn
def beside_peers(heads: list[str], rows: Rows, which: int, title: str) -> str:
    """Cells of one or two shares (0–1) a column: the first (0) or the last (-1) of them."""
    names = heads[1:]
    told = []
    for row in rows:
        points = [
            Point(found[which], i, f"{found[which]:.3f}")
            for i, cell in enumerate(row[1:])
            if (found := numbers(cell))
        ]
        told.append((plain(row[0]).partition(":")[0], points))
    ticks = [(t / 5, f"{t / 5:.1f}") for t in range(6)]
    return dots(title, names, told, ticks)


def found(heads: list[str], rows: Rows) -> str:
    return beside_peers(heads, rows, 0, "Share of the references that are found whole")


def parsed(heads: list[str], rows: Rows) -> str:
    return beside_peers(heads, rows, -1, "Share of the references of which every field is right (last row: micro-F1)")  # fmt: skip


def shares(heads: list[str], rows: Rows) -> str:
    """A bar a row: per cent in the last column."""
    values = [numbers(row[-1])[0] for row in rows]
    most = max(5 * math.ceil(max(values) / 5), 5)
    points = [
        (plain(row[0]), [Point(value / most, 0, row[-1])])
        for row, value in zip(rows, values, strict=True)
    ]
    ticks = [(t / most, f"{t} %") for t in range(0, most + 1, 5)]
    return dots(heads[-1].capitalize(), heads[-1:], points, ticks)


def calibration(heads: list[str], rows: Rows) -> str:
    """Columns: number, mean probability, share that is right; on the diagonal a probability is what it says."""
    size, left, top = 300, 70, 14
    body = [f'<path d="M{left} {top + size}L{left + size} {top}" class="axis" stroke-dasharray="4 4"/>']  # fmt: skip
    for t in range(0, 11, 2):
        x, y = left + size * t / 10, top + size * (1 - t / 10)
        body.append(f'<line x1="{x}" y1="{top}" x2="{x}" y2="{top + size}" class="grid"/><line x1="{left}" y1="{y}" x2="{left + size}" y2="{y}" class="grid"/>')  # fmt: skip
        body.append(f'<text x="{x}" y="{top + size + 18}" text-anchor="middle">{t / 10:.1f}</text><text x="{left - 8}" y="{y + 4}" text-anchor="end">{t / 10:.1f}</text>')  # fmt: skip
    for row in rows:
        n, said, right = (numbers(cell)[0] for cell in row)
        x, y = left + size * said, top + size * (1 - right)
        radius = 3 + 2 * math.log10(max(n, 1))
        told = f"{n:,.0f} references, probability {said:.3f}, right {right:.3f}"
        body.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{COLOURS[0]}" fill-opacity=".8"><title>{told}</title></circle>')  # fmt: skip
    body.append(f'<text x="{left + size / 2}" y="{top + size + 38}" text-anchor="middle">probability that is told</text>')  # fmt: skip
    body.append(f'<text x="{left + size + 16}" y="{top + 20}">share that is right; large points</text><text x="{left + size + 16}" y="{top + 38}">stand for many references</text>')  # fmt: skip
    return _figure("How often a probability is right", top + size + 48, body)


def latency(heads: list[str], rows: Rows) -> str:
    """Columns: number of records, then milliseconds; both scales are logarithmic."""
    left, top, wide, high = 70, 40, 560, 220
    sizes = [numbers(row[0])[0] for row in rows]
    values = [[numbers(cell)[0] for cell in row[1:]] for row in rows]
    x0, x1 = math.floor(math.log10(min(sizes))), math.ceil(math.log10(max(sizes)))
    flat = [v for row in values for v in row]
    y0, y1 = math.floor(math.log10(min(flat))), math.ceil(math.log10(max(flat)))

    def x_of(size: float) -> float:
        return left + wide * (math.log10(size) - x0) / (x1 - x0)

    def y_of(value: float) -> float:
        return top + high * (1 - (math.log10(value) - y0) / (y1 - y0))

    body = []
    for e in range(x0, x1 + 1):
        body.append(f'<line x1="{x_of(10**e):.1f}" y1="{top}" x2="{x_of(10**e):.1f}" y2="{top + high}" class="grid"/>')  # fmt: skip
        body.append(f'<text x="{x_of(10**e):.1f}" y="{top + high + 18}" text-anchor="middle">{10**e:,}</text>')  # fmt: skip
    for e in range(y0, y1 + 1):
        body.append(f'<line x1="{left}" y1="{y_of(10.0**e):.1f}" x2="{left + wide}" y2="{y_of(10.0**e):.1f}" class="grid"/>')  # fmt: skip
        body.append(f'<text x="{left - 8}" y="{y_of(10.0**e) + 4:.1f}" text-anchor="end">{10.0**e:g} ms</text>')  # fmt: skip
    at = left
    for i, name in enumerate(heads[1:]):
        way = " ".join(f"{x_of(s):.1f},{y_of(v[i]):.1f}" for s, v in zip(sizes, values, strict=True))  # fmt: skip
        body.append(f'<polyline points="{way}" fill="none" stroke="{COLOURS[i]}" stroke-width="2"/>')  # fmt: skip
        body += [_sign(x_of(s), round(y_of(v[i]), 1), i, f"{s:,.0f} records, {name}: {v[i]:g} ms") for s, v in zip(sizes, values, strict=True)]  # fmt: skip
        body.append(f'{_sign(at, 16, i, "")}<text x="{at + 12}" y="20">{escape(plain(name))}</text>')  # fmt: skip
        at += 34 + 8 * len(name)
    body.append(f'<text x="{left + wide / 2}" y="{top + high + 38}" text-anchor="middle">{escape(heads[0])}</text>')  # fmt: skip
    return _figure("The time of a question by the size of the catalogue", top + high + 48, body)


PLOTS: dict[str, Callable[[list[str], Rows], str]] = {
    "found": found, "parsed": parsed, "shares": shares, "calibration": calibration, "latency": latency,
}  # fmt: skip
