"""What is repeated ten times as often takes about ten times as long, and documents made to hold up their reader are refused."""

from __future__ import annotations

import io
import time
import zipfile

import pytest

from citenorm.errors import InputError
from citenorm.find import find
from citenorm.read import read

PIECES = [
    ("x.tex", "\\begin{"),
    ("x.tex", "\\section{"),
    ("x.tex", "\\href{"),
    ("x.tex", "\\cite["),
    ("x.md", "# "),
    ("x.md", "```a\n"),
    ("x.md", "<!--\n"),
    ("x.md", "Sources\n\n"),
    ("x.html", "<li>a"),
    ("x.txt", "References\n"),
    ("x.txt", "Sources\n"),
    ("x.txt", "References\n\n[1] a\n"),
    ("x.txt", "[1] "),
    ("x.mediawiki", "<!-- "),
    ("x.mediawiki", "<pre>"),
    ("x.mediawiki", "<ref>"),
]


@pytest.mark.parametrize(("name", "piece"), PIECES)
def test_linear(name: str, piece: str) -> None:
    """Forty thousand pieces: a second or two where each is read once, minutes where each is read with all the others."""
    begun = time.process_time()
    text = piece * 40_000
    find(read(("<ol>" + text if name == "x.html" else text).encode(), name=name))
    assert time.process_time() - begun < 20


def pdf(form: bytes) -> bytes:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 6 0 R /Resources << /XObject << /X 4 0 R >> >> >>",
        form,
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /X 4 0 R >> >> /Length 5 >> stream\n/X Do\nendstream",
        b"<< /Length 5 >> stream\n/X Do\nendstream",
    ]
    body = b"%PDF-1.5\n"
    for number, content in enumerate(objects, 1):
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    return body + b"trailer << /Size 7 /Root 1 0 R >>\n%%EOF\n"


HEAD = b"<< /Type /XObject /Subtype /Form /BBox [0 0 1 1] "


@pytest.mark.parametrize("drawn", [4, 5])
def test_a_form_that_draws_itself(drawn: int) -> None:
    form = (
        HEAD
        + b"/Resources << /XObject << /X %d 0 R >> >> /Length 5 >> stream\n/X Do\nendstream" % drawn
    )
    with pytest.raises(InputError, match="draws itself"):
        read(pdf(form), name="x.pdf")


def test_a_form_that_draws_nothing() -> None:
    with pytest.raises(InputError, match=r"holds no text|no sound PDF"):
        read(pdf(HEAD + b"/Length 0 >> stream\n\nendstream"), name="x.pdf")


def test_an_archive_made_to_swell() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w:p/>" * 100_000)
    with pytest.raises(InputError, match="unpacks"):
        read(packed.getvalue(), name="x.docx")


def test_a_damaged_object_stream_is_no_traceback() -> None:
    import zlib

    inner = zlib.compress(b"7 0 8 <<>> <<>>")
    data = pdf(HEAD + b"/Length 0 >> stream\n\nendstream").replace(
        b"trailer",
        b"9 0 obj\n<< /Type /ObjStm /N 3 /First 9 /Filter /FlateDecode >> stream\n%s\nendstream\nendobj\ntrailer"
        % inner,
    )
    with pytest.raises(InputError):
        read(data, name="x.pdf")
