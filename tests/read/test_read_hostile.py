"""Archives, XML and PDF files made to do harm, or merely broken: one clear line, nothing fetched, nothing written."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from citenorm.errors import InputError
from citenorm.read import read

TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
O = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'  # noqa: E741


def archive(members: dict[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return data.getvalue()


def docx(document: str, **more: str) -> bytes:
    return archive(
        {"[Content_Types].xml": TYPES, "_rels/.rels": RELS, "word/document.xml": document, **more}
    )


def odt(content: str) -> bytes:
    return archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


WORD = f"<w:document {W}><w:body><w:p><w:r><w:t>One</w:t></w:r></w:p><w:p><w:r><w:t>Two</w:t></w:r></w:p></w:body></w:document>"
OPEN = f"<office:document-content {O}><office:body><office:text><text:h text:outline-level='2'>Head</text:h><text:p>One<text:s/>two<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Note.</text:p></text:note-body></text:note></text:p><text:list><text:list-item><text:p>Item</text:p></text:list-item></text:list></office:text></office:body></office:document-content>"


def test_sound_ones() -> None:
    assert read(docx(WORD), name="x.docx").text.split() == ["One", "Two"]
    document = read(odt(OPEN), name="x.odt")
    assert [(b.kind, document.text[b.start : b.end]) for b in document.blocks] == [
        ("heading", "Head"),
        ("paragraph", "One two"),
        ("item", "Item"),
        ("footnote", "Note."),
    ]


@pytest.mark.parametrize("suffix", ["docx", "odt"])
@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY a "lol"><!ENTITY b "&a;&a;">',
        '<!ENTITY a SYSTEM "file:///etc/passwd">',
        '<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;',
    ],
)
def test_entities_are_refused(suffix: str, declared: str) -> None:
    head = f'<?xml version="1.0"?><!DOCTYPE x [{declared}]>'
    data = docx(head + WORD) if suffix == "docx" else odt(head + OPEN)
    with pytest.raises(InputError, match="document type"):
        read(data, name=f"x.{suffix}")


def test_html_entities_are_refused() -> None:
    with pytest.raises(InputError, match="entities"):
        read(b'<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><p>&a;', name="x.html")


@pytest.mark.parametrize(
    "make", [lambda x: docx(x), lambda x: odt(x), lambda x: docx(WORD, **{"word/styles.xml": x})]
)
def test_bombs_are_refused(make) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InputError, match="unpacks"):
        read(make(" " * 30_000_000), name="x.zip")


@pytest.mark.parametrize(
    "data",
    [
        docx(WORD)[:-60],
        docx("<broken"),
        odt("<broken"),
        b"PK\x03\x04 no archive",
        archive({"a.txt": "x"}),
        docx(WORD)[:200],
    ],
)
@pytest.mark.parametrize("name", ["x.docx", "x.odt"])
def test_broken_archives(data: bytes, name: str) -> None:
    with pytest.raises(InputError) as caught:
        read(data, name=name, format=name[2:])
    assert "\n" not in str(caught.value)


def test_members_that_point_outside_are_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert read(docx(WORD, **{"../escaped.txt": "x"}), name="x.docx").text.split() == ["One", "Two"]
    assert list(tmp_path.iterdir()) == [] and not (tmp_path.parent / "escaped.txt").exists()


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(InputError):
        read(
            docx(
                f"<w:document {W}><w:body>"
                + "<w:p>" * 30_000
                + "</w:p>" * 30_000
                + "</w:body></w:document>"
            ),
            name="x.docx",
        )
    with pytest.raises(InputError, match="nested"):
        read(b"<div>" * 20_000 + b"<p>x", name="x.html")


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n",
        b"%PDF-1.5\n1 0 obj\n<< >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF",
        b"no pdf at all",
    ],
)
def test_broken_pdf(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        read(data, name="x.pdf")
    assert "\n" not in str(caught.value)


def page(content: str) -> bytes:
    """A PDF of one page, Helvetica 10 points."""
    stream = content.encode("latin-1")
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        b"<< /Length %d >> stream\n" % len(stream) + stream + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 6\n0000000000 65535 f \n"
        + table
        + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(out)
    )


def lines_at(*rows: tuple[float, float, str]) -> str:
    return (
        "BT /F 10 Tf " + " ".join(f"1 0 0 1 {x} {y} Tm ({text}) Tj" for x, y, text in rows) + " ET"
    )


def test_pdf_paragraphs_hyphens_and_page_number() -> None:
    rows = [
        (72, 700, "The first paragraph has two lines of"),
        (72, 688, "which this one is the last."),
        (72, 664, "Another paragraph with a hyphen-"),
        (72, 652, "ated word in it."),
        (300, 40, "17"),
    ]
    document = read(page(lines_at(*rows)), name="x.pdf")
    texts = [document.text[b.start : b.end] for b in document.blocks]
    assert texts[0] == "The first paragraph has two lines of\nwhich this one is the last."
    assert len(texts) == 2 and texts[1].startswith("Another paragraph with a hyphen")
    assert "17" not in document.text
    assert document.page_of(5) == 1


def test_pdf_without_text() -> None:
    with pytest.raises(InputError, match="OCR"):
        read(page(""), name="x.pdf")


def test_an_archive_whose_directory_lies_before_it_is_one_line() -> None:
    data = bytearray(docx(WORD))
    data[-4] = (
        1  # the directory's place: beyond the archive, so that its start would lie below zero
    )
    with pytest.raises(
        InputError, match=r"^x\.docx: is no sound Word file \(negative seek value"
    ) as told:
        read(bytes(data), name="x.docx")
    assert "\n" not in str(told.value)
