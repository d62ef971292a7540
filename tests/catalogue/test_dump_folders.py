"""Dumps as folders and archives: what stands beside the records is left out, missing parts are told, nothing in is an error."""

import gzip
import io
import json
import tarfile

import pytest

from citenorm.catalogue import Catalogue, build
from citenorm.catalogue.formats import Fault, detect, open_source
from citenorm.catalogue.formats.folder import holds_records
from citenorm.errors import InputError

WORK = {
    "id": "https://openalex.org/W17",
    "title": "Reeds in rain",
    "type": "article",
    "publication_year": 2001,
    "authorships": [{"author": {"display_name": "Jo Moe"}}],
    "ids": {},
}
AUTHOR = {"id": "https://openalex.org/A5", "display_name": "Jo Moe", "ids": {}}


@pytest.fixture
def snapshot(tmp_path):
    root = tmp_path / "snapshot" / "data"
    for kind, item in (("authors", AUTHOR), ("works", WORK)):
        part = root / kind / "updated_date=2024-01-01"
        part.mkdir(parents=True)
        packed = gzip.compress(json.dumps(item).encode() + b"\n")
        (part / "part_000.gz").write_bytes(packed)
        url = f"s3://openalex/data/{kind}/updated_date=2024-01-01/part_000.gz"
        entries = [{"url": url, "meta": {"content_length": len(packed), "record_count": 1}}]
        (root / kind / "manifest").write_text(json.dumps({"entries": entries}))
    (tmp_path / "snapshot" / "RELEASE_NOTES.txt").write_text("notes")
    return tmp_path / "snapshot"


@pytest.mark.parametrize("inner", ["", "data", "data/works"])
def test_the_works_of_a_snapshot(snapshot, tmp_path, inner):
    source = open_source(snapshot / inner)
    assert source.format == "openalex"
    done = build(tmp_path / "c", [source])
    assert (done.records, done.errors) == (1, 0)


def test_a_part_that_is_missing_or_cut_off_is_told(snapshot, tmp_path):
    works = snapshot / "data" / "works"
    said = json.loads((works / "manifest").read_text())
    more = {"url": "s3://openalex/data/works/updated_date=2024-02-02/part_000.gz", "meta": {}}
    said["entries"][0]["meta"]["content_length"] += 1
    (works / "manifest").write_text(json.dumps({"entries": [*said["entries"], more]}))
    done = build(tmp_path / "c", [snapshot])
    assert done.records == 1 and done.errors == 2
    assert "the manifest says" in done.first_errors[0] and "2024-02-02" in done.first_errors[1]
    (works / "manifest").write_text("no manifest")
    assert build(tmp_path / "c", [snapshot]).errors == 0


def test_nothing_to_be_taken_leaves_the_old_catalogue(snapshot, tmp_path):
    build(tmp_path / "c", [snapshot])
    (tmp_path / "empty.jsonl").write_text('{"no": "record"}\n')
    for sources in (
        [f"csl:{tmp_path / 'empty.jsonl'}"],
        [f"openalex:{snapshot / 'data' / 'authors'}"],
    ):
        with pytest.raises(InputError, match="no record could be taken"):
            build(tmp_path / "c", sources)
    with pytest.raises(InputError, match="left out by --since"):
        build(tmp_path / "c", [f"arxiv:{arxiv(tmp_path)}"], since="2030-01-01")
    with Catalogue.open(tmp_path / "c") as opened:
        assert len(opened) == 1
    assert (
        build(tmp_path / "d", [[]]).records == 0
    )  # no file at all: an empty catalogue was asked for


def arxiv(folder):
    file = folder / "arxiv.json"
    item = {"id": "0101.00017", "title": "Reeds", "authors_parsed": [["Moe", "Jo", ""]], "update_date": "2020-01-01",
            "categories": "cs.LG", "versions": [{"version": "v1", "created": "Mon, 2 Apr 2001 19:18:42 GMT"}]}  # fmt: skip
    file.write_text(json.dumps(item) + "\n")
    return file


def test_arxiv_as_parquet_says_the_same(tmp_path):
    arrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    lines = arxiv(tmp_path)
    file = tmp_path / "part-00000.parquet"
    parquet.write_table(arrow.Table.from_pylist([json.loads(lines.read_text())] * 3), file)
    assert detect(file) == "arxiv"
    (wanted,) = open_source(lines).entries()
    assert [entry.csl for entry in open_source(file).entries()] == [wanted.csl] * 3
    file.write_bytes(file.read_bytes()[:60])
    (fault,) = open_source(f"arxiv:{file}").entries()
    assert isinstance(fault, Fault) and "Parquet" in fault.reason


def test_the_anthology_as_an_archive(tmp_path):
    xml = b"""<collection id="X01"><volume id="1"><meta><booktitle>Reeds</booktitle><year>2001</year></meta>
      <paper id="1"><title>Reeds in rain</title><author><first>Jo</first><last>Moe</last></author></paper></volume></collection>"""
    with tarfile.open(tmp_path / "a.tar.gz", "w:gz") as archive:
        for name, data in (
            ("acl-master/README.md", b"# The Anthology"),
            ("acl-master/data/xml/X01.xml", xml),
            ("acl-master/python/tests/toy/xml/X01.xml", xml.replace(b"rain", b"toys")),
            ("acl-master/hugo/data/people.yaml", b"a: b"),
        ):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    done = build(tmp_path / "c", [f"acl:{tmp_path / 'a.tar.gz'}"])
    assert (done.records, done.errors) == (1, 0)


@pytest.mark.parametrize(
    "name, kind, holds",
    [
        ("manifest", "openalex", False), ("works/part_000.gz", "openalex", True), ("LICENSE.txt", "csl", False),
        ("readme", "csl", False), ("a/.hidden", "csl", False), ("notes/reading.txt", "ris", True), ("x.xml", "dblp", True),
        ("x.xml.gz", "dblp", True), ("x.xml.md5", "dblp", False), ("x.json", "dblp", False), ("checksums.txt", "csl", False),
        ("manifesto.bib", "bibtex", True),
    ],
)  # fmt: skip
def test_names(name, kind, holds):
    assert holds_records(name, kind) is holds
