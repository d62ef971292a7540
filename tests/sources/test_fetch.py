"""Dumps fetched over loopback: resumed, checked, in force only when all went well."""

import gzip
import hashlib
import http.server
import io
import json
import tarfile
import threading
from datetime import date
from pathlib import Path

import pytest

from citenorm import fetching
from citenorm.catalogue import Catalogue
from citenorm.catalogue.layout import read_note
from citenorm.cli import main
from citenorm.errors import ConfigError, InputError
from citenorm.sources import download as downloads
from citenorm.sources.download import download

DBLP = b"""<?xml version="1.0"?>
<!DOCTYPE dblp SYSTEM "dblp.dtd">
<dblp>
<article key="journals/x/Moe01"><author>Jo Moe</author><title>Ropes of straw.</title><year>2001</year><journal>J. Ropes</journal></article>
<article key="journals/x/Lee02"><author>Kim Lee</author><title>Ropes of reed.</title><year>2002</year><journal>J. Ropes</journal></article>
</dblp>
"""


class Server:
    """A file on loopback that understands ranges; ``cut``: so many bytes a connection sends before it breaks."""

    def __init__(self):
        self.files = {}
        self.etag = '"one"'
        self.cut = None
        self.cuts = -1
        self.ranges = True
        self.asked = []
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                outer.answer(self)

            def log_message(self, *args):
                pass

        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}/"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def answer(self, request):
        self.asked.append((request.path, request.headers.get("Range")))
        data = self.files.get(request.path)
        if data is None:
            request.send_error(404)
            return
        if isinstance(data, str):
            request.send_response(302)
            request.send_header("Location", data)
            request.send_header("Content-Length", "0")
            request.end_headers()
            return
        start, wanted = 0, request.headers.get("Range")
        if wanted and self.ranges and request.headers.get("If-Range") == self.etag:
            start = int(wanted.removeprefix("bytes=").rstrip("-"))
            request.send_response(206)
            request.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        else:
            request.send_response(200)
        request.send_header("Content-Length", str(len(data) - start))
        request.send_header("ETag", self.etag)
        request.end_headers()
        body = data[start:]
        if self.cut is not None and len(body) > self.cut and self.cuts:
            self.cuts -= 1
            request.wfile.write(body[: self.cut])
            request.wfile.flush()
            request.connection.close()
            return
        request.wfile.write(body)


@pytest.fixture
def server():
    made = Server()
    yield made
    made.http.shutdown()
    made.http.server_close()


def quick(_):
    """No pause between tries."""


def test_a_broken_connection_is_gone_on_with(server, tmp_path):
    data = bytes(range(256)) * 4000
    server.files["/f"], server.cut = data, 300_000
    seen = []
    mark = download(
        server.url + "f", tmp_path / "f", show=lambda done, of: seen.append((done, of)), sleep=quick
    )
    assert (tmp_path / "f").read_bytes() == data and mark == '"one"'
    assert server.asked[0][1] is None and len(server.asked) == 4
    assert all(asked.startswith("bytes=") for _, asked in server.asked[1:])
    assert seen[-1] == (len(data), len(data)) and sorted(seen) == seen
    assert [p.name for p in tmp_path.iterdir()] == ["f"]


def test_a_part_of_another_state_is_thrown_away(server, tmp_path, monkeypatch):
    monkeypatch.setattr(downloads, "TRIES", 1)
    server.files["/f"], server.cut = b"a" * 500_000, 300_000
    (tmp_path / "f.part").write_bytes(b"x" * 10)  # of nobody knows what
    with pytest.raises(InputError, match="begin again to go on from byte"):
        server.cut = 0
        download(server.url + "f", tmp_path / "f", sleep=quick)
    server.cut = 300_000
    monkeypatch.setattr(downloads, "TRIES", 5)
    held = {"url": server.url + "f", "mark": '"old"', "size": 9}
    (tmp_path / "f.part").write_bytes(b"x" * 300_000)
    (tmp_path / "f.part.json").write_text(json.dumps(held))
    server.etag = '"two"'
    server.files["/f"] = b"b" * 500_000
    download(server.url + "f", tmp_path / "f", sleep=quick)
    assert (tmp_path / "f").read_bytes() == b"b" * 500_000


def test_a_server_that_knows_no_ranges_is_asked_for_the_whole(server, tmp_path):
    data = bytes(range(256)) * 4000
    server.files["/f"], server.cut, server.cuts, server.ranges = data, 300_000, 1, False
    download(server.url + "f", tmp_path / "f", sleep=quick)
    assert (tmp_path / "f").read_bytes() == data and len(server.asked) == 2


def test_what_cannot_be_had(server, tmp_path, monkeypatch):
    with pytest.raises(InputError, match="404"):
        download(server.url + "none", tmp_path / "f", sleep=quick)
    server.files["/away"] = "http://192.0.2.1/f"
    with pytest.raises(InputError, match="not asked"):
        download(server.url + "away", tmp_path / "f", sleep=quick)
    server.files["/f"] = b"a" * 1000
    monkeypatch.setattr(downloads.shutil, "disk_usage", lambda _: type("Usage", (), {"free": 10})())
    with pytest.raises(InputError, match="are free"):
        download(server.url + "f", tmp_path / "f", sleep=quick)
    assert not (tmp_path / "f").exists()


def test_a_dump_is_fetched_checked_and_built(server, tmp_path):
    server.files["/dblp.xml"] = DBLP
    server.files["/dblp.xml.md5"] = (hashlib.md5(DBLP).hexdigest() + "  dblp.xml\n").encode()
    place = tmp_path / "dblp"
    done = fetching.fetch("dblp", folder=place, url=server.url + "dblp.xml", day=date(2020, 1, 2))
    assert done.records == 2
    with Catalogue.open(place) as opened:
        assert [r.id for r in opened.lookup("title", "Ropes of reed")] == ["dblp:journals/x/Lee02"]
        assert opened.info()["made"] == "2020-01-02"
    note = read_note(place)
    assert (note["made"], note["state"], note["dump"]) == ("2020-01-02", '"one"', "dblp")
    assert [p.name for p in tmp_path.iterdir()] == ["dblp"]


@pytest.mark.parametrize("fault", ["checksum", "empty", "gone"])
def test_what_goes_wrong_leaves_the_old_one(server, tmp_path, fault):
    place = tmp_path / "dblp"
    (tmp_path / "old.xml").write_bytes(DBLP)
    fetching.fetch("dblp", from_file=tmp_path / "old.xml", folder=place)
    data = b"<dblp></dblp>" if fault == "empty" else DBLP
    if fault != "gone":
        server.files["/dblp.xml"] = data
    digest = "0" * 32 if fault == "checksum" else hashlib.md5(data).hexdigest()
    server.files["/dblp.xml.md5"] = digest.encode()
    with pytest.raises(InputError):
        fetching.fetch("dblp", folder=place, url=server.url + "dblp.xml")
    with Catalogue.open(place) as opened:
        assert len(opened) == 2
    assert read_note(place)["file"] == "old.xml"


RETRACTIONS = (
    "Record ID,Title,Subject,Journal,Publisher,Author,ArticleType,RetractionDate,RetractionDOI,OriginalPaperDate,OriginalPaperDOI,RetractionNature\n"
    "7,Ropes of straw,(B/T),J. Ropes,Knot Press,Jo Moe;Kim Lee,Research Article;,3/4/2010 0:00,10.1000/notice,1/2/2001 0:00,10.1000/ROPES,Retraction\n"
)
ACL = (
    '<collection id="P01"><volume id="1"><meta><booktitle>Proceedings of Ropes</booktitle><year>2001</year></meta><paper id="1"><title>Ropes of straw</title>'
    "<author><first>Jo</first><last>Moe</last></author><pages>1-9</pages><url>P01-1001</url></paper></volume></collection>"
)


def packed(files):
    """A tar archive, as the source of a repository comes."""
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as archive:
        for name, text in files.items():
            about = tarfile.TarInfo(f"acl-anthology-master/{name}")
            about.size = len(text.encode())
            archive.addfile(about, io.BytesIO(text.encode()))
    return held.getvalue()


def lines(*items):
    return "".join(json.dumps(item) + "\n" for item in items).encode()


DUMPS = {
    # name: its file, what it holds, and the same without a record
    "dblp": ("dblp.xml.gz", gzip.compress(DBLP), gzip.compress(b"<dblp></dblp>")),
    "acl": (
        "master.tar.gz",
        packed({"README.md": "# Anthology", "data/xml/P01.xml": ACL, "bin/x.py": "pass"}),
        packed({"README.md": "# Anthology"}),
    ),
    "retractions": ("table.csv", RETRACTIONS.encode(), RETRACTIONS.partition("\n")[0].encode()),
    "arxiv": (
        "arxiv-metadata-oai-snapshot.json",
        lines({"id": "0101.00017", "title": "Ropes of straw", "authors_parsed": [["Moe", "Jo", ""]], "categories": "cs.LG", "update_date": "2008-11-26",
               "versions": [{"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"}]}),
        b"",
    ),
    "openalex": (
        "part_000.jsonl",
        lines({"id": "https://openalex.org/W1", "title": "Ropes of straw", "publication_year": 2001, "type": "article", "locations": [],
               "authorships": [{"author": {"display_name": "Jo Moe"}}], "primary_location": None, "biblio": {}}),
        b"\n",
    ),
    "crossref": (
        "0.jsonl.gz",
        gzip.compress(lines({"DOI": "10.1000/ropes", "type": "journal-article", "title": ["Ropes of straw"], "issued": {"date-parts": [[2001]]},
                             "author": [{"given": "Jo", "family": "Moe"}]})),
        gzip.compress(b""),
    ),
}  # fmt: skip


def test_every_dump_has_its_case():
    assert set(DUMPS) == set(fetching.dumps())


@pytest.fixture(params=sorted(DUMPS))
def dump(request, server, tmp_path):
    """``get(data)``: fetch a dump whose file holds this, over the network where it is to be had there, the connection broken once."""
    name = request.param
    file, whole, empty = DUMPS[name]
    place = tmp_path / "data" / name
    (tmp_path / "had").mkdir()

    def get(data):
        if not fetching.dumps()[name].url:
            (tmp_path / "had" / file).write_bytes(data)
            return fetching.fetch(name, folder=place, from_file=tmp_path / "had" / file)
        server.files[f"/{file}"], server.cut, server.cuts = data, len(data) // 2, 1
        server.files[f"/{file}.md5"] = hashlib.md5(data).hexdigest().encode()
        return fetching.fetch(name, folder=place, url=server.url + file)

    return get, place, whole, empty


def titles_of(place):
    with Catalogue.open(place) as opened:
        return [r.title for r in opened.lookup("title", "Ropes of straw")]


def test_each_dump_becomes_a_catalogue(dump, monkeypatch):
    monkeypatch.setattr(downloads, "_WAIT", (0.0,))
    get, place, whole, _ = dump
    done = get(whole)
    assert done.records >= 1 and titles_of(place) == ["Ropes of straw"]
    assert read_note(place)["made"] == date.today().isoformat()
    assert [one.name for one in place.parent.iterdir()] == [place.name]


@pytest.mark.parametrize("fault", ["no record", "no room", "no dump"])
def test_each_dump_that_goes_wrong_leaves_the_old_one(dump, monkeypatch, fault):
    monkeypatch.setattr(downloads, "_WAIT", (0.0,))
    get, place, whole, empty = dump
    get(whole)
    note = read_note(place)
    if fault == "no room":
        full = lambda _: type("Usage", (), {"free": 10})()  # noqa: E731
        monkeypatch.setattr(fetching.shutil, "disk_usage", full)
    with pytest.raises(InputError) as told:
        get(
            {"no record": empty, "no room": whole, "no dump": b"\x00\x01 nothing that is known"}[
                fault
            ]
        )
    assert "\n" not in str(told.value)
    assert titles_of(place) == ["Ropes of straw"] and read_note(place) == note
    assert [one.name for one in place.parent.iterdir()] == [place.name]


def test_the_table_and_its_names(tmp_path):
    assert {"dblp", "arxiv", "acl", "retractions", "openalex", "crossref"} <= set(fetching.dumps())
    for dump in fetching.dumps().values():
        assert dump.url.startswith("https://") or dump.how
    with pytest.raises(ConfigError, match="dblp"):
        fetching.fetch("dplb")
    with pytest.raises(InputError, match="--from-file"):
        fetching.fetch("arxiv", folder=tmp_path / "a")
    with pytest.raises(InputError, match="no such file"):
        fetching.fetch("arxiv", folder=tmp_path / "a", from_file=tmp_path / "none")


def test_the_command(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    table = tmp_path / "rw.csv"
    table.write_text(RETRACTIONS)
    assert main(["catalogue", "fetch", "retractions", "--from-file", str(table), "-q"]) == 0
    assert main(["catalogue", "info"]) == 0
    assert '"retractions"' in capsys.readouterr().out
    bib = tmp_path / "x.bib"
    bib.write_text(
        "@article{a, author={Moe, Jo and Lee, Kim}, title={Ropes of straw}, journal={J. Ropes}, year={2001}, doi={10.1000/ropes}}\n"
    )
    assert main(["check", str(bib), "--offline"]) == 1
    assert "retracted-work" in capsys.readouterr().out
    assert main(["catalogue", "fetch", "openalex"]) == 2
    assert "--from-file" in capsys.readouterr().err
    assert Path(tmp_path / "data").exists()
