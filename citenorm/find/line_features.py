"""The lines of printed text go in; what can be seen of each one (its traits, as short names) comes out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ..normalize.text import fold
from .headings import heading_kind
from .labels import STYLES, labels_of
from .line_shapes import Around, first_words, last_words, right_edges
from .lines import Line
from .reference_score import evidence, people, prose_words

_YEAR = re.compile(r"(?<!\d)(?:1[6-9]\d\d|20[0-3]\d)[a-z]?(?!\d)")
_YEAR_PAREN = re.compile(r"\((?:1[6-9]\d\d|20[0-3]\d)[a-z]?\)")
_DASH = re.compile(r"(?:[-–—―_~]{1,4}|\"|″)[,.&]?\s*(?:[,.(&]|[A-Z\d(])")
_UNFINISHED = re.compile(
    r"(?:[,:;&/(\[–]|\b(?:and|of|the|in|for|on|an?|to|with|by|from|at|und|der|die|des|von|für|im|zur|In|In:|eds?|pp?|[vV]ol|no|Proc|J|Int|Conf|Trans))\.?$"
)
_HYPHEN = re.compile("[^\\W\\d_][-\u2010\u00ad\ufffe\u0002]$")
_ENDS = (
    ("pages", re.compile(r"\d[–—-]{1,2}\s?[A-Z]?\d{1,5}[.,;)]?$")),
    ("year", re.compile(r"(?:1[6-9]|20)\d\d[a-z]?[).,;]{0,2}$")),
    ("url", re.compile(r"(?:https?://\S+|10\.\d{4,}/\S+|\]|\d{4}\.\d{4,5}(?:v\d)?)\.?$")),
    ("number", re.compile(r"\d[.)]?$")),
    ("initial", re.compile(r"(?<![A-Za-z])[A-Z]\.$")),
    ("abbreviation", re.compile(r"\b[A-Z][a-z]{0,4}\.$")),
    ("stop", re.compile(r"[.!?][)\]”\"’']?$")),
    ("comma", re.compile(r"[,;]$")),
    ("colon", re.compile(r":$")),
    ("lower", re.compile(r"[a-zß-öø-ÿ]$")),
    ("upper", re.compile(r"[A-ZÀ-Þ]$")),
)
_STARTS = (
    ("dash", _DASH),
    ("lower", re.compile(r"[a-zß-öø-ÿ]")),
    (
        "venue",
        re.compile(
            r"(?:[Ii]n[: ]|Proc|Press|Verlag|University|Journal|IEEE|ACM|Springer|vol|Vol|pp?\.|arXiv|doi|DOI|ISBN|ISSN|URL|Available|Retrieved|Conference|Trans|Lecture)"
        ),
    ),
    ("url", re.compile(r"https?:|www\.|10\.\d{4}")),
    ("year", re.compile(r"\(?(?:1[6-9]|20)\d\d[a-z]?\b")),
    ("digit", re.compile(r"\d")),
    ("bracket", re.compile(r"[\[(]")),
    ("quote", re.compile(r"[\"“„«‘]")),
    ("initial", re.compile(r"[A-Z]\.")),
    ("capital", re.compile(r"[A-ZÀ-Þ][a-zß-öø-ÿ]")),
    ("capitals", re.compile(r"[A-ZÀ-Þ]{2}")),
    ("bullet", re.compile(r"[•*·]")),
)
_CAPTION = re.compile(
    r"(?:Fig(?:ure|\.)|Table|Tab\.|Abb(?:ildung|\.)|Tabelle|Algorithm|Listing|Theorem|Lemma|Proof|Definition|Corollary|Proposition|Remark|Example|Equation)\b",
    re.IGNORECASE,
)
_SURNAME = re.compile(r"(?:(?:van|von|de|der|den|la|le|du|di|da)\s+){0,2}([^\W\d_]{2,})")
FAR = 30
"""Lines farther than this from anything that a list of references is full of are not looked at."""


def seen(lines: Sequence[Line]) -> list[list[str]]:
    """The traits of every line; an empty list for lines far from any reference."""
    values = [evidence(line.text) if len(line.text) >= 6 else -0.1 for line in lines]
    near = _near(values, len(lines))
    if not any(near):
        return [[] for _ in lines]
    chain = {label.line: label.number for label in labels_of(lines)} if len(lines) < 200_000 else {}
    firm = len(chain) >= 3
    front = [
        people(line.text[_label_length(line.text) :]) if near[i] else 0.0
        for i, line in enumerate(lines)
    ]
    widths, edges = _full_widths(lines), right_edges(lines)
    heads = [
        first_words(line.text[_label_length(line.text) :], 3) if near[i] else []
        for i, line in enumerate(lines)
    ]
    around = Around(
        ["".join(head[:2]) for head in heads],
        [near[i] and _ended(line.text) for i, line in enumerate(lines)],
    )
    traits: list[list[str]] = []
    inside = "none"
    since = 0
    for i, line in enumerate(lines):
        if not near[i]:
            traits.append([])
            continue
        kind = heading_kind(line.text) if len(line.text) <= 60 else ""
        if kind == "list":
            inside, since = "list", 0
        elif kind == "stop":
            inside = "stop"
        since += 1
        own = _traits(lines, i, values, front, chain, firm, widths, inside, since, kind)
        traits.append(own + _shapes(lines, i, heads[i], around, edges[i], front[i]))
    return traits


def _near(values: Sequence[float], size: int) -> list[bool]:
    near = [False] * size
    last = -FAR - 1
    for i, value in enumerate(values):
        if value > 0.4:
            for j in range(max(0, last + 1, i - FAR), i):
                near[j] = True
            last = i
        near[i] = i - last <= FAR
    return near


def _full_widths(lines: Sequence[Line]) -> list[float]:
    """The usual width of a full line around every line."""
    step = 40
    blocks = [
        sorted(line.width for line in lines[max(0, i - step) : i + 2 * step])
        for i in range(0, len(lines), step)
    ]
    full = [widths[int(0.85 * (len(widths) - 1))] or 1.0 for widths in blocks]
    return [full[i // step] for i in range(len(lines))]


@lru_cache(maxsize=4096)
def _label_length(text: str) -> int:
    if text[0] not in "[(" and not text[0].isdigit():
        return 0
    for _, pattern in STYLES[:5]:
        match = pattern.match(text)
        if match:
            return match.end() if match.end() < len(text) else 0
    return 0


def _bucket(value: float, *limits: float) -> int:
    return sum(value >= limit for limit in limits)


def _traits(lines: Sequence[Line], i: int, values: Sequence[float], front: Sequence[float], chain: dict[int, int], firm: bool,
            widths: Sequence[float], inside: str, since: int, kind: str) -> list[str]:  # fmt: skip
    line = lines[i]
    text = line.text[:400]
    above = lines[i - 1] if i else None
    below = lines[i + 1] if i + 1 < len(lines) else None
    person = _bucket(front[i], 1.0, 1.5, 2.2, 2.6, 3.0)
    start = next((name for name, pattern in _STARTS if pattern.match(text)), "other")
    label = next((name for name, pattern in STYLES if pattern.match(text)), "none")
    near = values[max(0, i - 3) : i + 4]
    mean = _bucket(sum(near) / len(near), -0.4, -0.1, 0.2, 0.5, 0.9, 1.4)
    ahead = values[i : i + 4]
    out = [
        "bias", f"people={person}", f"start={start}", f"label={label}", f"evidence={_bucket(values[i], -0.8, -0.2, 0.3, 0.9, 1.6)}",
        f"mean={mean}", f"ahead={_bucket(sum(ahead) / len(ahead), -0.4, 0.0, 0.4, 0.9)}", f"inside={inside}",
        f"gap={min(2, line.gap)}", f"below={min(2, below.gap) if below else 3}", f"size={_bucket(len(line.text), 8, 20, 40, 60, 90, 130)}",
        f"width={_bucket(line.width / widths[i], 0.35, 0.6, 0.82, 0.93)}", f"kind={kind}", f"prose={min(3, prose_words(text))}",
    ]  # fmt: skip
    if inside == "list" and since <= 2:
        out.append(f"under={since}")
    out += _own(text, person, chain.get(i), firm)
    if above is not None:
        out += _above(line, above, widths[i - 1], person, start)
        out.append(f"evidence-1={_bucket(values[i - 1], -0.2, 0.4, 1.2)}")
    out += _around(lines, i, person)
    if below is not None:
        drop = below.indent - line.indent
        out += [
            f"evidence+1={_bucket(values[i + 1], -0.2, 0.4, 1.2)}",
            f"next={'in' if drop > 0.9 else 'out' if drop < -0.9 else 'same'}",
        ]
    if person >= 3:
        out.append(f"order={_order(lines, i, front)}")
    return out


def _ended(text: str) -> bool:
    """True where a line ends as references do."""
    before = text[-60:]
    return any(pattern.search(before) for name, pattern in _ENDS[:3] if name != "number")


def _shapes(
    lines: Sequence[Line], i: int, head: list[str], around: Around, edge: float, front: float
) -> list[str]:
    """The shapes of the words at both ends, where the line stands, and how alike those around it are."""
    line = lines[i]
    person = _bucket(front, 1.5, 2.6)
    like = _bucket(around.like(i), 0.02, 0.06, 0.12, 0.25)
    out = [f"head{n}={'_'.join(head[:n])}" for n in (1, 2, 3) if len(head) >= n]
    out += [f"like={like}", f"like+people={like}+{person}", f"endings={_bucket(around.ended(i), 0.1, 0.2, 0.35, 0.6)}"]  # fmt: skip
    tail = last_words(line.text, 2)
    out += [f"tail={'_'.join(tail)}", f"tail1={tail[-1]}"]
    out.append(f"indent={_bucket(line.indent, 0.5, 1.5, 3.5, 7, 14, 25, 60)}")
    out.append(f"reach={_bucket((line.indent + line.width) / edge, 0.5, 0.8, 0.93, 0.98, 1.03)}")
    if line.type:
        out += _drawn(lines, i, person)
    if i:
        above = lines[i - 1]
        before = last_words(above.text, 2)
        reach = _bucket((above.indent + above.width) / edge, 0.5, 0.8, 0.93, 0.98, 1.03)
        last = before[-1]
        out += [
            f"before={'_'.join(before)}", f"before1={last}", f"before+head={last}+{head[0]}",
            f"before+people={last}+{person}", f"reach-1={reach}", f"reach-1+end={reach}+{last[-1:]}+{person}",
        ]  # fmt: skip
        if head[0].startswith("w"):
            out.append(f"word={line.text.split(maxsplit=1)[0].casefold()[:10]}")
        if last.startswith("w"):
            out.append(f"word-1={above.text.rsplit(maxsplit=1)[-1].casefold()[:10]}")
    return out


def _drawn(lines: Sequence[Line], i: int, person: int) -> list[str]:
    """What the pages of a PDF show: the step from the line above, whether the steps around are of two kinds, the size of the letters."""
    line = lines[i]
    step = _bucket(line.step, 0.01, 0.9, 1.04, 1.12, 1.25, 1.5, 2.0)
    out = [f"step={step}", f"step+people={step}+{person}", f"type={_bucket(line.type, 0.8, 0.95, 1.05, 1.2)}"]  # fmt: skip
    steps = [other.step for other in lines[max(0, i - 12) : i + 13] if other.step > 0.9]
    wide = sum(value > 1.06 for value in steps)
    if line.step and 0.1 * len(steps) <= wide <= 0.9 * len(steps):
        out += [f"wide={line.step > 1.06}", f"wide+people={line.step > 1.06}+{person}"]
    if i and abs(line.type - lines[i - 1].type) > 0.04:
        out.append("type-turns")
    return out


def _own(text: str, person: int, number: int | None, firm: bool) -> list[str]:
    """What the words of a line show."""
    out: list[str] = []
    if _CAPTION.match(text):
        out.append("caption")
    if text.isupper() and len(text) > 4:
        out.append("capitals")
    if number is not None:
        out += ["counted", f"counted={firm}"]
    elif firm:
        out.append("uncounted")
        if person >= 3:
            out.append("uncounted+people")
    year = _YEAR.search(text[:160])
    if person >= 1 and year:
        out.append(f"people+year={person}")
    if _YEAR_PAREN.search(text[:120]):
        out.append("yearparen")
    return out


def _above(line: Line, above: Line, width: float, person: int, start: str) -> list[str]:
    """What the line above shows, and how this one stands to it."""
    before = above.text[-60:]
    ends = "hyphen"
    if not _HYPHEN.search(before):
        ends = next((name for name, pattern in _ENDS if pattern.search(before)), "other")
    out = ["page"] if line.page and line.page != above.page else []
    if _UNFINISHED.search(before):
        out.append("unfinished")
        if person >= 3:
            out.append("unfinished+people")
    short = _bucket(above.width / width, 0.6, 0.82, 0.93)
    shift = line.indent - above.indent
    turn = "in" if shift > 0.9 else "out" if shift < -0.9 else "same"
    out += [
        f"ends={ends}", f"short={short}", f"ends+short={ends}+{short}", f"ends+people={ends}+{person}", f"ends+start={ends}+{start}",
        f"turn={turn}", f"turn+people={turn}+{person}",
    ]  # fmt: skip
    if above.gap != line.gap or line.gap:
        out.append(f"gap+people={min(2, line.gap)}+{person}")
    return out


def _around(lines: Sequence[Line], i: int, person: int) -> list[str]:
    """How the edges and gaps of the lines around are."""
    line = lines[i]
    around = lines[max(0, i - 12) : i + 13]
    low = min(other.indent for other in around)
    hung = sum(1 for other in around if other.indent > low + 0.9)
    place = "in" if line.indent > low + 0.9 else "out"
    mode = "hang" if 0.25 * len(around) <= hung <= 0.9 * len(around) else "level"
    out = [f"edge={mode}+{place}", f"edge+people={mode}+{place}+{person}"]
    spaced = sum(1 for other in around if other.gap)
    if 0.1 * len(around) <= spaced <= 0.9 * len(around):
        out.append(f"spaced+gap={min(1, line.gap)}")
    return out


def _order(lines: Sequence[Line], i: int, front: Sequence[float]) -> str:
    """How the name in front of line ``i`` stands to the names in front of the lines above and below that begin with people."""
    own = _key(lines[i].text)
    if not own:
        return "none"
    before = next(
        (_key(lines[j].text) for j in range(i - 1, max(-1, i - 9), -1) if front[j] >= 2.2), ""
    )
    after = next(
        (_key(lines[j].text) for j in range(i + 1, min(len(lines), i + 9)) if front[j] >= 2.2), ""
    )
    low = (
        ""
        if not before
        else "="
        if before[0] == own[0] and before <= own
        else "<"
        if before <= own and ord(own[0]) - ord(before[0]) <= 3
        else "x"
    )
    high = (
        ""
        if not after
        else "="
        if after[0] == own[0] and own <= after
        else "<"
        if own <= after and ord(after[0]) - ord(own[0]) <= 3
        else "x"
    )
    return f"{low}|{high}"


def _key(text: str) -> str:
    match = _SURNAME.match(text[_label_length(text) :])
    return fold(match.group(1)) if match else ""
