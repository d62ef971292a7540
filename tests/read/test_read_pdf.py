"""Pages of a PDF file: letters of every plane, margins, heads, gaps, and what that makes of a list of references."""

from __future__ import annotations

import pytest

from citenorm.model import Document
from citenorm.read import read

MAP = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def
1 begincodespacerange <00> <ff> endcodespacerange
%d beginbfchar %s endbfchar endcmap end end"""


def pdf(*pages: str, letters: dict[str, str] | None = None) -> bytes:
    """A file of pages with content streams, Helvetica; ``letters``: what characters of the font mean, in hexadecimal UTF-16."""
    rows = [f"<{ord(sign):02x}> <{meaning}>" for sign, meaning in (letters or {}).items()]
    streams = [*pages, MAP % (len(rows), "\n".join(rows))]
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica" + (
        b" /ToUnicode 4 0 R >>" if rows else b" >>"
    )
    kids = " ".join(f"{5 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        font,
        stream(streams.pop()),
    ]
    for i, content in enumerate(streams):
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R /Resources << /Font << /F 3 0 R >> >> >>"
            % (6 + 2 * i),
            stream(content),
        ]
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n" % size
        + table
        + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, len(out))
    )


def stream(content: str) -> bytes:
    data = content.encode("latin-1")
    return b"<< /Length %d >> stream\n" % len(data) + data + b"\nendstream"


def at(*rows: tuple[float, float, str], size: float = 10) -> str:
    """A content stream: texts at places (points from the left and from the foot)."""
    shown = " ".join(f"1 0 0 1 {x} {y} Tm ({text.translate(ESCAPED)}) Tj" for x, y, text in rows)
    return f"BT /F {size} Tf {shown} ET"


ESCAPED = str.maketrans({"(": r"\(", ")": r"\)", "\\": r"\\"})


def lines(document: Document) -> list[str]:
    return [line for line in document.text.split("\n") if line]


def test_letters_beyond_the_bmp() -> None:
    page = at((72, 700, "On the A-calculus and its A models"), (72, 688, "B"))
    document = read(pdf(page, letters={"A": "D835DF06", "B": "D835"}), name="x.pdf")
    assert lines(document) == ["On the \U0001d706-calculus and its \U0001d706 models", "\ufffd"]


def test_a_character_that_stands_for_nothing_shifts_no_other() -> None:
    rows = [(72, 700, "AA one"), (72, 688, "two"), (200, 676, "three")]
    plain = read(pdf(at((72, 700, "one"), *rows[1:])), name="x.pdf")
    document = read(pdf(at(*rows), letters={"A": "0002"}), name="x.pdf")
    assert [line.lstrip("\xad ") for line in lines(document) if line.strip("\xad ")] == lines(plain)
    assert document.data["layout"][-1][1:] == plain.data["layout"][-1][1:]


PROSE = [
    "ponds",
    "are",
    "quiet",
    "in",
    "winter",
    "when",
    "they",
    "freeze",
    "and",
    "nobody",
    "knows",
    "why",
    "herons",
    "stay",
]


def numbered_lines(first: int, step: int, left: float) -> str:
    """Thirty-six lines of prose, every ``step``-th with its number beside it."""
    rows: list[tuple[float, float, str]] = []
    for i in range(36):
        words = PROSE[i % 5 : i % 5 + 8]
        if (first + i) % step == 0:
            rows.append((left, 700 - 12 * i, str(first + i)))
        rows.append((100, 700 - 12 * i, " ".join(words)))
    return at(*rows)


@pytest.mark.parametrize(("step", "left"), [(1, 80), (1, 50), (1, 450), (5, 80)])
def test_numbers_of_lines_in_a_margin(step: int, left: float) -> None:
    document = read(pdf(numbered_lines(301, step, left)), name="x.pdf")
    plain = read(pdf(at(*[(100, 700 - 12 * i, " ".join(PROSE[i % 5 : i % 5 + 8])) for i in range(36)])), name="x.pdf")  # fmt: skip
    assert document.text == plain.text
    assert [row[1:3] for row in document.data["layout"]] == [row[1:3] for row in plain.data["layout"]]  # fmt: skip


def test_labels_are_no_numbers_of_lines() -> None:
    rows = [(80, 700 - 12 * i, f"{i + 1} Smith A. Rivers of the north. J Ponds {i}:3-9") for i in range(36)]  # fmt: skip
    document = read(pdf(at(*rows)), name="x.pdf")
    assert lines(document)[4].startswith("5 Smith")


ENTRIES = [
    ("Adams, A. (2001). On the nature of ponds and of what", "lives in them. Journal of Ponds, 1(2), 3-9."),
    ("Brown, B. (2002). Herons of the north and their ways", "through the winter. Pond Letters, 2, 13-19."),
    ("Clark, C. (2003). Rivers: a survey of what is known", "about them. Journal of Ferries, 3(2), 23-29."),
    ("Dunn, D. (2004). Ferries and the people who built them", "long ago. Journal of Ferries, 4(1), 33-39."),
    ("Evans, E. (2005). Quiet ponds in the cold of the north", "and east. Pond Letters, 5, 43-49."),
]  # fmt: skip


def flush_list(gap: float, top: float = 700) -> list[tuple[float, float, str]]:
    """Entries without labels, all lines at one edge, the distance between entries ``gap`` times that between lines."""
    rows: list[tuple[float, float, str]] = []
    height = top
    for first, second in ENTRIES:
        rows += [(72, height, first), (72, height - 12, second)]
        height -= 12 + 12 * gap
    return rows


@pytest.mark.parametrize("gap", [1.12, 1.2, 1.5])
def test_paragraphs_that_stand_hardly_farther_apart_than_their_lines(gap: float) -> None:
    document = read(pdf(at(*flush_list(gap))), name="x.pdf")
    blocks = [document.text[b.start : b.end] for b in document.blocks]
    assert blocks == ["\n".join(entry) for entry in ENTRIES]


def test_lines_at_uneven_distances_are_no_paragraphs() -> None:
    rows = [(72, 700 - 12 * i - (0.5, 1.0, 0.2, 1.6)[i % 4], f"a line of prose, number {i} of many, ends here") for i in range(20)]  # fmt: skip
    document = read(pdf(at(*rows)), name="x.pdf")
    assert len(document.blocks) == 1


def test_the_head_of_a_single_page() -> None:
    head = [(72, 750, "A. Writer and B. Author"), (400, 750, "347")]
    foot = [(72, 60, "12 Adams, On ponds, p. 4")]
    document = read(pdf(at(*head, *flush_list(1.5), *foot)), name="x.pdf")
    assert lines(document)[0] == ENTRIES[0][0] and lines(document)[-1] == foot[0][2]
