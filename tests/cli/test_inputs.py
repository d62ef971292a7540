"""Lists of items as inputs, and every place that a command prints as one that ``explain`` takes."""

import io
import json

import pytest

import citenorm
from citenorm.cli import main
from citenorm.errors import InputError
from citenorm.listed import read_list

RIS = """TY  - JOUR
AU  - Guo, Chuan
AU  - Pleiss, Geoff
TI  - On calibration of
modern neural networks
PY  - 2017
ID  - guo
ER  -

TY  - BOOK
AU  - Loom, Karl
TI  - Weaving in water
PB  - Reed
ER  -
"""
ITEMS = [
    {"id": "guo", "type": "article-journal", "title": "On calibration of modern neural networks", "author": [{"family": "Guo", "given": "Chuan"}]},
    {"id": 7, "type": "book", "title": "Weaving in water", "author": [{"family": "Loom", "given": "Karl"}]},
]  # fmt: skip
LISTS = {
    "a.ris": RIS,
    "a.json": json.dumps(ITEMS, indent=1),
    "b.json": json.dumps(ITEMS[0]),
    "a.jsonl": "".join(json.dumps(i) + "\n" for i in ITEMS),
    "c.jsonl": json.dumps({"id": "guo", "csl": ITEMS[0]}) + "\n",
}


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("CITENORM_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)

    def call(*args):
        status = main([str(a) for a in args])
        out = capsys.readouterr()
        return status, out.out, out.err

    return call


@pytest.mark.parametrize("name", sorted(LISTS))
def test_ris_and_csl_json_are_inputs(run, tmp_path, monkeypatch, name):
    (tmp_path / name).write_text(LISTS[name], encoding="utf-8")
    status, out, _ = run("fix", name, "--offline")
    assert status == 0 and out.startswith("@inproceedings{guo,") and "{1321--1330}" in out
    assert run("check", name, "--offline", "--output-format", "json")[0] in (0, 1)
    assert run("lock", name, "--offline")[0] == 0 and run("lock", name, "--check")[0] == 0
    assert "Outcome: matched" in run("explain", f"{name}:guo", "--offline")[1]
    assert run("find", name)[1].startswith(f"{name}:")
    assert citenorm.fix(name).entries[0].key == "guo"

    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(LISTS[name].encode())))
    assert run("fix", "-", "--offline")[1] == out


@pytest.mark.parametrize(
    "name, data, message",
    [
        ("a.ris", b"AU  - Nobody\n", "a.ris:1: is no RIS"),
        ("a.ris", b"", "holds no RIS record"),
        ("a.json", b'[{"id": "x"}, {"id": ]', "a.json:1: is no JSON"),
        ("a.json", b'[\n{"title": "x"},\n3]', "a.json:3: is no CSL-JSON"),
        ("a.json", b"[]", "holds no CSL-JSON item"),
        ("a.jsonl", b"\xff\xfe", "is no JSON"),
        ("a.json", b"[" * 100_000, "is no JSON"),
    ],
)
def test_what_is_no_list_says_where(name, data, message):
    with pytest.raises(InputError, match=message.replace("[", "\\[")):
        read_list(data, name)


GUO = 'Guo, C., Pleiss, G., Sun, Y., and Weinberger, K. Q. "On calibration of modern neural networks." ICML, 2017.'
VAS = 'Vaswani, A., et al. "Attention is all you need." NIPS, 2017.'
BIB = "@misc{guo17,\n  title = {On Calibration of Modern Neural Networks},\n  author = {Guo, Chuan and others},\n  year = {2017}\n}\n"


def test_every_place_that_is_printed_is_taken(run, tmp_path):
    (tmp_path / "r.md").write_text(f"# References\n\n[1] {GUO}\n\n[2] {VAS}\n", encoding="utf-8")
    (tmp_path / "x.bib").write_text(BIB, encoding="utf-8")
    page = f"<html><body><h2>References</h2><ol><li>{GUO}</li><li>{VAS}</li></ol></body></html>"
    (tmp_path / "one.html").write_text(page, encoding="utf-8")
    for place in ("r.md:3", "r.md:3:1", "r.md:3:", "r.md:[1]", "x.bib:guo17", "x.bib:2", "x.bib:2:3", "guo17"):  # fmt: skip
        status, out, err = run("explain", place, "--offline")
        assert status == 0 and "On Calibration of Modern Neural Networks" in out, (place, err)
        assert out.count("Outcome:") == 1, place
    rows = json.loads(run("check", "one.html", "--offline", "--output-format", "json", "--verbose")[1])  # fmt: skip
    places = {(r["line"], r["column"]) for r in rows}
    assert {line for line, _ in places} == {1} and len(places) == 2
    for line, column in places:
        out = run("explain", f"one.html:{line}:{column}", "--offline")[1]
        assert out.count("Outcome:") == 1
    assert run("explain", "one.html:1", "--offline")[1].count("Outcome:") == 2


@pytest.mark.parametrize(
    "what", [GUO * 60, f"{GUO} see https://example.org/a.html:21 there", "a:b" * 3000, f"{GUO}\n{VAS}"]
)  # fmt: skip
def test_long_strings_are_no_file_names(run, what):
    status, out, err = run("explain", what, "--offline")
    assert status == 0 and "Outcome" in out and err == ""


def test_a_place_that_is_not_there(run, tmp_path):
    (tmp_path / "x.bib").write_text(BIB, encoding="utf-8")
    (tmp_path / "r.md").write_text(f"# References\n\n[1] {GUO}\n", encoding="utf-8")
    for place, message in (
        ("x.bib:guo18", "no entry 'guo18'"),
        ("x.bib", "which reference of x.bib?"),
        ("r.md:1", "no reference on this line (there are some on lines 3)"),
        ("r.md:[4]", "no reference '[4]'"),
        ("gone.md:3:1", "gone.md: no such file"),
    ):
        status, out, err = run("explain", place, "--offline")
        assert status == 2 and out == "" and message in err and err.count("\n") == 1
