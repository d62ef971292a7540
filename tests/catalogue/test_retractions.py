"""The Retraction Watch table: what is retracted, by which notice, and what is left out."""

import io

from citenorm.catalogue.formats import Entry, Fault, detect, open_source
from citenorm.catalogue.formats.retractions import read

HEAD = "Record ID,Title,Subject,Institution,Journal,Publisher,Country,Author,URLS,ArticleType,RetractionDate,RetractionDOI,RetractionPubMedID,OriginalPaperDate,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,Reason,Paywalled,Notes"


def table(*rows):
    return ("\ufeff" + "\r\n".join([HEAD, *rows]) + "\r\n").encode()


def entries(*rows):
    return list(read(io.BytesIO(table(*rows))))


def test_a_row():
    (entry,) = entries(
        '17,"Ponds, and ice &amp; snow",(ENV),"Uni of X",Journal of Ponds,Reed Press,Norway,Jia Li;Ola de Berg,,Research Article;,12/31/2019 0:00,10.1000/NOTICE.1,0,5/6/2011 0:00,10.1000/Ponds.7,12345,Retraction,+Error;,No,"a ""note"""'
    )
    assert entry.csl == {
        "id": "retraction-watch:17",
        "type": "article-journal",
        "title": "Ponds, and ice & snow",
        "author": [{"family": "Li", "given": "Jia"}, {"family": "de Berg", "given": "Ola"}],
        "container-title": "Journal of Ponds",
        "publisher": "Reed Press",
        "issued": {"date-parts": [[2011]]},
        "DOI": "10.1000/ponds.7",
        "custom": {"retracted": "10.1000/notice.1", "pmid": "12345"},
    }
    assert entry.changed == "2019-12-31"


def test_what_is_no_retraction_is_left_out():
    row = "{},T,,,J,P,,A B,,Conference Abstract/Paper;,1/2/2020,{},0,1/1/2001,{},0,{},,,"
    found = entries(
        row.format(1, "10.1/n", "10.1/a", "Correction"),
        row.format(2, "10.1/n", "10.1/b", "Expression of concern"),
        row.format(3, "10.1/n", "10.1/c", "Reinstatement"),
        row.format(4, "unavailable", "Unavailable", "Retraction"),
        row.format(5, "10.1/e", "10.1/e", "Retraction"),
        row.format(6, "10.1/n", "10.1/f", "Retraction").replace(",T,", ",,"),
    )
    four, five, six = found
    assert four.csl["custom"] == {"retracted": True} and "DOI" not in four.csl
    assert four.csl["type"] == "paper-conference"
    assert five.csl["custom"] == {"retracted": True} and five.csl["DOI"] == "10.1/e"
    assert isinstance(six, Fault)


def test_told_from_its_content(tmp_path):
    file = tmp_path / "table"
    file.write_bytes(table("1,T,,,J,P,,A B,,,1/2/2020,,0,1/1/2001,10.1/a,0,Retraction,,,"))
    assert detect(file) == "retractions"
    assert [type(e) for e in open_source(file).entries()] == [Entry]


def test_damage_is_told():
    broken = table("1,T,,,J,P,,A B,,,1/2/2020,,0,1/1/2001,10.1/a,0,Retraction,,,") + b'2,"' + b"x" * (1 << 21)  # fmt: skip
    found = list(read(io.BytesIO(broken)))
    assert isinstance(found[0], Entry) and isinstance(found[-1], Fault)
    assert list(read(io.BytesIO(b""))) == []
