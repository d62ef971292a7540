import bz2
import gzip
import io
import json
import lzma
import marshal
import subprocess
import sys
import tarfile
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citenorm.catalogue.formats import FORMATS, Entry, Fault, detect, open_source
from citenorm.catalogue.formats.crossref import record_from_item
from citenorm.catalogue.formats.jsonstream import objects
from citenorm.catalogue.formats.markup import plain
from citenorm.catalogue.formats.medline import pages
from citenorm.catalogue.formats.people import person, person_or_body
from citenorm.catalogue.formats.xmlstream import BrokenXml, elements
from citenorm.catalogue.prepare import (
    Batch,
    Limits,
    Tally,
    _again,
    _as_read,
    _groups,
    _packed,
    batches,
    entries,
)
from citenorm.errors import InputError
from citenorm.normalize.names import parse_name
from citenorm.shapes import is_sound

DATA = Path(__file__).parents[1] / "data" / "catalogue"


def read(spec):
    found = list(open_source(spec).entries())
    records = {entry.csl["id"]: entry for entry in found if isinstance(entry, Entry)}
    return records, [fault for fault in found if isinstance(fault, Fault)]


def names(csl, role="author"):
    return [
        (n.get("family") or n.get("literal"), n.get("given", ""), n.get("suffix", ""))
        for n in csl[role]
    ]


def test_every_format_is_registered_with_a_reader():
    for name in FORMATS:
        records, _ = read(
            f"{name}:{ {'csl': DATA / 'small.csl.jsonl'}.get(name) or next(p for p in DATA.iterdir() if detect(p) == name) }"
        )
        assert records, name


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("small.dblp.xml", "dblp"), ("crossref-page.json", "crossref"), ("arxiv-snapshot.json", "arxiv"), ("openalex.jsonl", "openalex"),
        ("acl-collection.xml", "acl"), ("medline.xml", "medline"), ("small.ris", "ris"), ("small.bib", "bibtex"), ("small.csl.jsonl", "csl"),
    ],
)  # fmt: skip
def test_formats_are_told_by_their_contents(name, kind, tmp_path):
    assert detect(DATA / name) == kind
    hidden = tmp_path / "data.gz"
    hidden.write_bytes(gzip.compress((DATA / name).read_bytes()))
    assert detect(hidden) == kind


def test_dblp():
    records, faults = read(f"dblp:{DATA / 'small.dblp.xml'}")
    paper = records["dblp:conf/demo/WangSB21"]
    assert paper.csl["title"] == "On x2-stable Examples & Their Uses"
    assert names(paper.csl) == [
        ("Wang", "Wei", ""),
        ("van der Berg", "Sjøn", ""),
        ("Smith", "John", "Jr."),
    ]
    assert paper.csl["DOI"] == "10.5555/demo2021.2"
    assert paper.csl["page"] == "12-27"
    assert (paper.csl["container-title"], paper.csl["publisher"], paper.csl["collection-title"], paper.csl["volume"]) == (
        "DEMO", "Example Press", "Lectures in Examples", "77",
    )  # fmt: skip
    assert paper.changed == "2022-01-15"
    assert names(records["dblp:conf/demo/2021"].csl, "editor") == [("Möller", "Günther", "")]
    preprint = records["dblp:journals/corr/abs-2001-01234"].csl
    assert (preprint["type"], preprint["custom"]["arxiv"], preprint["publisher"]) == (
        "article",
        "2001.01234",
        "arXiv",
    )
    assert "container-title" not in preprint and "volume" not in preprint
    article = records["dblp:journals/jex/Lee19"].csl
    assert (
        article["title"] == "What is an example..."
        and article["custom"]["openreview"] == "aB_1-x"
        and article["issue"] == "2"
    )
    assert records["dblp:phd/ex/Lee18"].csl["genre"] == "PhD thesis"
    assert not [ident for ident in records if "homepages" in ident or "abs-1901-00001" in ident]
    assert [fault.where for fault in faults] == ["journals/jex/Nobody17"]


def test_crossref():
    records, faults = read(f"crossref:{DATA / 'crossref-page.json'}")
    article = records["crossref:10.5555/aaa.1"].csl
    assert article["title"] == "Growth of E. coli at T2 & beyond: a first account"
    assert article["author"] == [
        {"family": "Alpha", "given": "Ada"},
        {"literal": "The Beta Consortium"},
    ]
    assert article["custom"] == {"version-of": "arXiv:1912.00001", "retracted": "10.5555/aaa.9"}
    assert (article["ISSN"], article["container-title-short"], article["issued"]) == (
        "1234-5678",
        "J. Things",
        {"date-parts": [[2020, 5]]},
    )
    assert records["crossref:10.5555/aaa.1"].changed == "2024-03-01"
    assert "custom" not in records["crossref:10.5555/aaa.9"].csl, (
        "the notice is not what was retracted"
    )
    paper = records["crossref:10.5555/conf.7"].csl
    assert (paper["container-title"], paper["collection-title"]) == (
        "Thing Systems 2019",
        "Lecture Notes in Things",
    )
    assert (paper["event-title"], paper["issued"]) == (
        "International Conference on Things",
        {"date-parts": [[2019]]},
    )
    posted = records["crossref:10.5555/post.3"].csl
    assert (
        posted["type"] == "article"
        and posted["publisher"] == "thingRxiv"
        and posted["issued"] == {"date-parts": [[2018, 2, 3]]}
    )
    assert posted["custom"] == {"version-of": "10.5555/aaa.2", "other-versions": ["10.5555/aaa.3"]}
    assert len(records) == 4 and len(faults) == 1


@pytest.mark.parametrize("packing", ["lines", "items", "array", "tar"])
def test_crossref_in_its_packings(packing, tmp_path):
    items = json.loads((DATA / "crossref-page.json").read_text())["message"]["items"]
    lines = "".join(json.dumps(item) + "\n" for item in items).encode()
    file = tmp_path / "works"
    if packing == "lines":
        file.write_bytes(gzip.compress(lines))
    elif packing == "items":
        file.write_text(json.dumps({"items": items}, indent=1))
    elif packing == "array":
        file.write_bytes(lzma.compress(json.dumps(items).encode()))
    else:
        with tarfile.open(file, "w:gz") as archive:
            for number in (0, 1):
                part = gzip.compress(json.dumps({"items": items[number::2]}).encode())
                info = tarfile.TarInfo(f"april/{number}.json.gz")
                info.size = len(part)
                archive.addfile(info, io.BytesIO(part))
    records, faults = read(f"crossref:{file}")
    assert len(records) == 4 and len(faults) == 1


def test_crossref_item_that_is_nearly_empty_or_malformed():
    assert record_from_item({"DOI": "10.1/X"})["DOI"] == "10.1/x"
    odd = {
        "DOI": "10.1/X",
        "title": "text",
        "author": [None, {}, {"given": "Plato"}],
        "issued": {"date-parts": [["2001"]]},
        "relation": [],
        "page": 7,
    }
    found = record_from_item(odd)
    assert (
        found["title"] == "text"
        and found["author"] == [{"literal": "Plato"}]
        and "issued" not in found
        and found["page"] == "7"
    )


def test_arxiv():
    records, faults = read(f"arxiv:{DATA / 'arxiv-snapshot.json'}")
    new = records["arxiv:0704.0001"].csl
    assert new["title"] == "Calculation of prompt ℓ_1 rates at high energies"
    assert names(new) == [("Balázs", "C.", ""), ("Berger", "E. L.", "Jr.")]
    assert new["issued"] == {"date-parts": [[2007, 4, 2]]}
    assert new["custom"] == {
        "arxiv": "0704.0001", "arxiv-version": "v2", "primary-class": "hep-ph", "version-of": "10.1103/physrevd.76.013009",
        "journal-ref": "Phys.Rev.D76:013009,2007",
    }  # fmt: skip
    old = records["arxiv:math/9901001"].csl
    assert names(old) == [("van der Meer", "Jan", ""), ("Wei", "Li", ""), ("Cee", "A. B.", "")]
    assert old["issued"] == {"date-parts": [[1999, 1]]} and old["custom"]["retracted"] is True
    assert [fault.where for fault in faults] == ["line 3"]


def test_openalex():
    records, faults = read(f"openalex:{DATA / 'openalex.jsonl'}")
    work = records["openalex:W100"].csl
    assert (work["title"], work["DOI"], work["page"], work["container-title"]) == (
        "Open things",
        "10.5555/oa.1",
        "100-110",
        "Open Journal",
    )
    assert names(work) == [("de la Cruz", "Maria", ""), ("Wei", "Li", "")]
    assert work["custom"] == {"pmid": "12345", "arxiv": "2101.00001", "retracted": True}
    assert records["openalex:W100"].changed == "2025-08-17"
    preprint = records["openalex:W101"].csl
    assert (preprint["type"], preprint["publisher"], preprint["issued"]) == (
        "article",
        "arXiv",
        {"date-parts": [[2021]]},
    )
    assert len(records) == 2 and not faults


def test_acl():
    records, faults = read(f"acl:{DATA / 'acl-collection.xml'}")
    paper = records["acl:P18-1001"].csl
    assert paper["title"] == "Parsing with LSTMs: O(n) Time"
    assert names(paper) == [("van Dam", "Zoë", ""), ("Madonna", "", "")] and names(
        paper, "editor"
    ) == [("Muster", "Iryna", "")]
    assert (paper["page"], paper["DOI"], paper["issued"]) == (
        "1-11",
        "10.18653/v1/p18-1001",
        {"date-parts": [[2018, 7]]},
    )
    assert records["acl:P18-1002"].csl["custom"]["retracted"] is True
    assert len(records) == 2 and not faults


def test_medline():
    records, faults = read(f"medline:{DATA / 'medline.xml'}")
    article = records["pubmed:111"].csl
    assert (
        article["title"] == "Effects of CO2 on examples"
        and article["original-title"] == "Wirkung von CO2 auf Beispiele"
    )
    assert names(article) == [
        ("Müller", "Karl H", ""),
        ("Old", "A. B.", "Jr"),
        ("Example Group", "", ""),
    ]
    assert (article["page"], article["issued"], article["DOI"]) == (
        "123-129",
        {"date-parts": [[1998]]},
        "10.5555/med.1",
    )
    assert article["custom"] == {"pmid": "111", "pmcid": "PMC9", "retracted": True}
    assert records["pubmed:111"].changed == "2020-09-30"
    chapter = records["pubmed:333"].csl
    assert (chapter["type"], chapter["container-title"], chapter["publisher"]) == (
        "chapter",
        "The Book of Examples",
        "Book Press",
    )
    assert not faults


def test_ris():
    records, faults = read(f"ris:{DATA / 'small.ris'}")
    article = records["ris:10.5555/ris.1"].csl
    assert (
        article["title"] == "A title that goes on"
        and article["page"] == "10-20"
        and article["issued"] == {"date-parts": [[2015, 3, 1]]}
    )
    assert names(article) == [("Alpha", "Ada B.", ""), ("van Beta", "Bob", "")]
    meeting = records["ris:2"].csl
    assert (meeting["type"], meeting["container-title"], names(meeting)) == (
        "paper-conference",
        "Proceedings of Meetings",
        [("Gamma", "Carl", "Jr.")],
    )
    assert [fault.reason for fault in faults] == ["no title"]


def test_bibtex():
    records, faults = read(f"bibtex:{DATA / 'small.bib'}")
    article = records["bib:alpha2015"].csl
    assert (
        article["title"] == "A Title about Über-things"
        and article["container-title"] == "Journal of Things"
        and article["page"] == "10-20"
    )
    assert set(records) == {"bib:alpha2015", "bib:gamma2001"} and len(faults) == 1


def test_bibtex_in_pieces_keeps_macros(monkeypatch, tmp_path):
    from citenorm.catalogue.formats import bibtex

    monkeypatch.setattr(bibtex, "_PIECE", 64)
    records, _ = read(f"bibtex:{DATA / 'small.bib'}")
    assert (
        records["bib:alpha2015"].csl["container-title"] == "Journal of Things" and len(records) == 2
    )


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress, bz2.compress, bytes])
def test_packed_csl(pack, tmp_path):
    file = tmp_path / "x"
    file.write_bytes(pack((DATA / "small.csl.jsonl").read_bytes()))
    records, faults = read(file)
    assert len(records) == 6 and [fault.where for fault in faults] == ["line 4", "line 5"]


def test_zstd(tmp_path):
    zstandard = pytest.importorskip("zstandard")
    file = tmp_path / "x.zst"
    file.write_bytes(zstandard.compress((DATA / "small.csl.jsonl").read_bytes()))
    assert len(read(file)[0]) == 6


def test_standard_input(tmp_path):
    code = f"from citenorm.catalogue import build; print(build({str(tmp_path / 'c')!r}, ['csl:-']).records)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=(DATA / "small.csl.jsonl").read_bytes(),
        capture_output=True,
        check=True,
    )
    assert done.stdout.split() == [b"5"]


def test_csl_array_and_links(tmp_path):
    file = tmp_path / "array.json"
    items = [
        {"id": 7, "title": "Seven", "type": "book"},
        {"arxiv": "2001.01234", "id": "x:1", "src": "s"},
        3,
    ]
    file.write_text(json.dumps(items, indent=2))
    first, link, fault = open_source(f"csl:{file}").entries()
    assert (
        first.csl["id"] == "7"
        and link.link == ("arXiv:2001.01234", "x:1")
        and fault.reason == "not a JSON object"
    )


def test_cut_file_gives_what_is_before_the_cut(tmp_path):
    lines = b"".join(
        json.dumps({"id": f"x:{n}", "title": f"Title {n * 7919}"}).encode() + b"\n"
        for n in range(20_000)
    )
    file = tmp_path / "cut.gz"
    packed = gzip.compress(lines)
    file.write_bytes(packed[: len(packed) // 2])
    records, faults = read(f"csl:{file}")
    assert 100 < len(records) < 20_000 and "cannot be read" in faults[-1].reason


def test_cut_xml_gives_what_is_before_the_cut(tmp_path):
    file = tmp_path / "cut.xml"
    whole = (DATA / "small.dblp.xml").read_bytes()
    file.write_bytes(whole[: whole.index(b"<phdthesis")])
    records, faults = read(f"dblp:{file}")
    assert "dblp:conf/demo/WangSB21" in records and "no well-formed XML" in faults[-1].reason


def test_entity_bomb_is_refused(tmp_path):
    bomb = '<?xml version="1.0"?><!DOCTYPE dblp [<!ENTITY a "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><dblp>&b;</dblp>'
    file = tmp_path / "bomb.xml"
    file.write_text(bomb)
    records, faults = read(f"dblp:{file}")
    assert not records and "refused" in faults[0].reason


def test_external_entities_are_not_read(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("hidden words")
    file = tmp_path / "x.xml"
    file.write_text(
        f'<!DOCTYPE dblp [<!ENTITY e SYSTEM "{secret.as_uri()}">]><dblp><article key="a/b"><title>Say &e; now</title><author>A B</author></article></dblp>'
    )
    records, faults = read(f"dblp:{file}")
    assert "hidden" not in json.dumps([r.csl for r in records.values()]) and (faults or records)


def test_harmless_definitions_of_characters_are_allowed():
    document = b'<!DOCTYPE x [<!ENTITY eur "&#8364;">]><x><y>5 &eur;</y></x>'
    assert [element.text for element in elements(io.BytesIO(document), frozenset("y"))] == ["5 €"]


def test_xml_memory_is_flat():
    record = b'<article key="k/%d"><author>A B</author><title>Some title of a usual length number %d</title><year>2001</year></article>'

    def peak(count):
        body = io.BytesIO(b"<dblp>" + b"".join(record % (n, n) for n in range(count)) + b"</dblp>")
        tracemalloc.start()
        assert sum(1 for _ in elements(body, frozenset(["article"]))) == count
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    assert peak(20_000) < 2 * peak(2_000)


def test_broken_xml_says_so():
    with pytest.raises(BrokenXml):
        list(elements(io.BytesIO(b"<a><b></a>"), frozenset("b")))


@pytest.mark.parametrize(
    ("marked", "clean"),
    [
        ("The <i>C. elegans</i> worm", "The C. elegans worm"), ("x &lt;sub&gt;2&lt;/sub&gt;", "x 2"), ("a < b and c > d", "a < b and c > d"),
        ("<jats:title>One</jats:title>\n<jats:p>two</jats:p>", "One two"), ("AT&amp;T &eacute;", "AT&T é"), ("C<sup>*</sup>-algebras", "C*-algebras"),
        ("<mml:math><mml:mi>a</mml:mi> <mml:mo>+</mml:mo>\n<mml:mi>b</mml:mi></mml:math>", "a+b"), ("soft\u00adhyphen", "softhyphen"),
    ],
)  # fmt: skip
def test_markup(marked, clean):
    assert plain(marked) == clean
    assert plain(clean) == clean


@given(st.text())
def test_markup_never_raises(text):
    assert "\n" not in plain(text)


@pytest.mark.parametrize(
    ("full", "family", "given"),
    [
        ("Ludwig van Beethoven", "van Beethoven", "Ludwig"),
        ("Wei Wang 0012", "Wang", "Wei"),
        ("Plato", "Plato", ""),
        ("María José Pérez", "Pérez", "María José"),
    ],
)
def test_full_names(full, family, given):
    found = person(full)
    assert (found["family"], found.get("given", "")) == (family, given)


@pytest.mark.parametrize("full", ["王伟", "张 伟", "伟 张 0001", "田中 太郎", "김 철수"])
def test_a_name_in_chinese_japanese_or_korean_stays_whole(full):
    whole = full.removesuffix(" 0001")
    assert person(full) == {"literal": whole}
    assert parse_name(whole).to_csl() == {"literal": whole}


@pytest.mark.parametrize(
    ("full", "body"),
    [
        ("Free Software Foundation", True), ("Unicode Consortium", True), ("World Bank", True), ("U.S. Department of Energy", True),
        ("Sun Microsystems, Inc.", True), ("IEEE Computer Society", True), ("Randolph E. Bank", False), ("W. H. Press", False),
        ("Mary Church", False), ("Miguel de Cervantes Saavedra", False), ("Unicode", False), ("Press", False),
    ],
)  # fmt: skip
def test_organisations_among_authors(full, body):
    assert (person_or_body(full) == {"literal": full}) is body
    assert body or person_or_body(full) == person(full)


def test_nobody_is_neither():
    assert person("  ") is None and person_or_body("  ") is None


@pytest.mark.parametrize(
    ("printed", "whole"),
    [
        ("123-9", "123-129"),
        ("R795-804", "R795-R804"),
        ("e12", "e12"),
        ("1-4, 9", "1-4"),
        ("99-101", "99-101"),
    ],
)
def test_medline_pages(printed, whole):
    assert pages(printed) == whole


@settings(max_examples=60)
@given(
    st.lists(
        st.dictionaries(st.sampled_from("abc"), st.text(max_size=8) | st.integers(), max_size=3),
        max_size=5,
    ),
    st.sampled_from([None, 2]),
)
def test_arrays_come_out_as_they_are(items, indent):
    stream = io.BytesIO(
        json.dumps(items, indent=indent, ensure_ascii=False).encode("utf-8", "surrogatepass")
    )
    assert [value for _, value, _ in objects(stream)] == json.loads(
        json.dumps(items, ensure_ascii=False)
        .encode("utf-8", "surrogatepass")
        .decode("utf-8", "replace")
    )


@settings(max_examples=60)
@given(st.binary(max_size=300), st.sampled_from(sorted(FORMATS)))
def test_readers_never_raise(body, kind):
    from importlib import import_module

    for found in import_module(f"citenorm.catalogue.formats.{kind}").read(io.BytesIO(body)):
        assert isinstance(found, Entry | Fault)


def test_unknown_sources(tmp_path):
    with pytest.raises(InputError, match="unknown format"):
        open_source("marc:file.mrc")
    with pytest.raises(InputError, match="no such file"):
        open_source("csl:" + str(tmp_path / "none"))
    odd = tmp_path / "odd.bin"
    odd.write_bytes(b"\x00\x01\x02")
    with pytest.raises(InputError, match="cannot be told"):
        open_source(odd)


WRONG = ([], {}, 7, 1.5, True, [[{}]], "x" * 300_000)


@pytest.mark.parametrize("field", ["type", "versions", "publication_date", "author", "issued", "container-title", "volume", "custom"])  # fmt: skip
@pytest.mark.parametrize(
    "item",
    [
        {"DOI": "10.1/a", "title": ["T"], "type": "book", "author": [{"family": "F"}]},
        {"id": "2001.00001", "title": "T", "versions": [{"version": "v1"}], "authors": "A B"},
        {"id": "https://openalex.org/W1", "title": "T", "type": "article", "publication_date": "2001-01-01"},
        {"id": "x", "title": "T", "type": "book"},
    ],
    ids=["crossref", "arxiv", "openalex", "csl"],
)  # fmt: skip
def test_a_record_of_the_wrong_shape_is_made_sound_or_told(item, field, tmp_path):
    path = tmp_path / "a.jsonl"
    rows = [item | {field: wrong} for wrong in WRONG]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    tally = Tally()
    found = list(entries([open_source(path)], Limits(), tally))
    assert len(found) + tally.errors == len(rows)
    assert all(is_sound(entry.csl) for _, entry in found)
    assert sum(len(batch.lines) for batch in batches([open_source(path)], Limits())) == len(found)


@pytest.mark.parametrize("encoding", ["ISO-8-1", "utf-77", "base64", "idna"])
def test_an_encoding_that_does_not_exist_is_broken_xml(encoding):
    text = f'<?xml version="1.0" encoding="{encoding}"?><dblp><article key="a"/></dblp>'
    with pytest.raises(BrokenXml):
        list(elements(io.BytesIO(text.encode()), frozenset({"article"})))


@pytest.mark.parametrize("shard", [(), (1, 3)])
def test_a_group_comes_to_the_same_batch_in_whichever_process_it_is_taken_apart(shard, tmp_path):
    path = tmp_path / "a.jsonl"
    rows = [{"id": f"t:{n}", "title": f"Öffentliche Subject {n}: in detail"} for n in range(1200)]
    path.write_text("".join(json.dumps(row) + "\n" for row in [*rows, {"id": "t:x"}]))
    groups = list(_groups([open_source(path)], Limits(shard=shard)))
    here = [tuple(_packed(group)) for group in groups]
    there = [
        tuple(_again(marshal.loads(marshal.dumps(tuple(_as_read(group)))))) for group in groups
    ]
    ready = [tuple(_again(marshal.loads(marshal.dumps(batch)))) for batch in here]
    assert here == there == ready and sum(Batch(*batch).errors for batch in here) == 1
