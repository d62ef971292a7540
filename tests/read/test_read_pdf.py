"""Pages of a PDF file: letters of every plane, margins, heads, gaps, and what that makes of a list of references."""

from __future__ import annotations

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
