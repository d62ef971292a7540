"""Identifiers and links as input: what they state, the works that they name, ``citenorm get`` and ``citenorm fix``."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import builders
import pytest

import citenorm
from citenorm.catalogue.memory import MemoryCatalogue
from citenorm.cli import main
from citenorm.errors import ConfigError
from citenorm.getting import only_identifiers
from citenorm.model import Record
from citenorm.normalize.identified import identified
from citenorm.sources import Sources
from citenorm.sources.http import Client, Policy
from citenorm.sources.online import open_online


@pytest.mark.parametrize(
    ("text", "csl"),
    [
        ("10.1145/3292500.3330919", {"DOI": "10.1145/3292500.3330919"}),
        (" <https://doi.org/10.1109/CVPR.2016.90> ", {"DOI": "10.1109/cvpr.2016.90"}),
        ("doi: 10.1000/xyz.", {"DOI": "10.1000/xyz"}),
        ("https://doi.org/10.48550/arXiv.1706.03762", {"type": "article", "custom": {"arxiv": "1706.03762"}}),
        ("arXiv:1706.03762v2", {"type": "article", "custom": {"arxiv": "1706.03762", "arxiv-version": "v2"}}),
        ("1706.03762", {"type": "article", "custom": {"arxiv": "1706.03762"}}),
        ("https://arxiv.org/pdf/1706.03762.pdf", {"type": "article", "custom": {"arxiv": "1706.03762"}}),
        ("hep-th/9711200", {"type": "article", "custom": {"arxiv": "hep-th/9711200"}}),
        ("PMID: 17183658", {"custom": {"pmid": "17183658"}}),
        ("https://pubmed.ncbi.nlm.nih.gov/17183658/", {"custom": {"pmid": "17183658"}}),
        ("ISBN 978-0-262-03384-8", {"type": "book", "ISBN": "9780262033848"}),
        ("0131103628", {"type": "book", "ISBN": "9780131103627"}),
        ("P19-1007", {"custom": {"acl": "P19-1007"}}),
        ("https://aclanthology.org/2020.emnlp-main.550.pdf", {"custom": {"acl": "2020.emnlp-main.550"}}),
        ("https://openreview.net/forum?id=rkgNKkHtvB", {"custom": {"openreview": "rkgNKkHtvB"}}),
        ("DBLP:conf/nips/VaswaniSPUJGKP17", {"custom": {"dblp": "conf/nips/VaswaniSPUJGKP17"}}),
        ("RFC 2616", {"type": "report", "genre": "Request for Comments", "number": "2616"}),
        ("https://datatracker.ietf.org/doc/html/rfc2616", {"type": "report", "genre": "Request for Comments", "number": "2616"}),
    ],
)  # fmt: skip
def test_what_an_identifier_states(text: str, csl: dict[str, Any]) -> None:
    assert identified(text) == csl


@pytest.mark.parametrize(
    "text",
    ["", "hello", "README.md", "9780262033849", "12345678", "2016", "1234.5678 of it", "see 10.1000/xyz", "A title, 10.1000/xyz",
     "https://example.org/paper", "https://papers.nips.cc/x", "Smith et al. 2019", "10.1000", "x" * 400, "10.1/a\n10.1/b", "2399.99999"],
)  # fmt: skip
def test_what_is_no_identifier(text: str) -> None:
    assert identified(text) is None


def record(ident: str, title: str, **more: Any) -> Record:
    return builders.record(ident, title, "Ada Meer", 2020, **more)


PONDS = record("crossref:10.5555/ponds", "Ponds that freeze in the summer", DOI="10.5555/ponds", **{"container-title": "Journal of Ponds"}, custom={"version-of": "arXiv:2001.00001"})  # fmt: skip
UPLOAD = record("arxiv:2001.00001v1", "Ponds that freeze in the summer", type="article", publisher="arXiv", custom={"arxiv": "2001.00001"})  # fmt: skip
BOOK = record("x:1", "The book of ponds", type="book", ISBN="9780131103627")
BARE = Record.from_csl({"id": "crossref:10.5555/q", "type": "article-journal", "title": "Q", "DOI": "10.5555/q"})  # fmt: skip


def test_the_work_that_an_identifier_names_in_the_preferred_version() -> None:
    sources = Sources([MemoryCatalogue([PONDS, UPLOAD, BOOK, BARE])])
    given = ["10.5555/PONDS", "arXiv:2001.00001", "ISBN 0-13-110362-8", "10.5555/q", "10.5555/none"]
    results = citenorm.get(given, sources)
    assert [r.record.id if r.record else None for r in results] == ["crossref:10.5555/ponds", "arxiv:2001.00001v1", "x:1", "crossref:10.5555/q", None]  # fmt: skip
    assert [r.emitted.get("container-title") for r in results[:2]] == ["Journal of Ponds"] * 2
    (as_cited,) = citenorm.get(["arXiv:2001.00001"], sources, prefer="as-cited")
    assert as_cited.emitted.get("publisher") == "arXiv"
    with pytest.raises(ConfigError, match="no identifier"):
        citenorm.get(["hello"], sources)


@pytest.fixture
def loopback() -> Any:
    path = Path(__file__).parent / "sources" / "loopback.py"
    spec = importlib.util.spec_from_file_location("loopback", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["loopback"] = module
    spec.loader.exec_module(module)
    return module


def test_identifiers_are_asked_of_the_services_together(loopback: Any) -> None:
    held = [dict(one.csl) for one in (PONDS, UPLOAD, BOOK, BARE)]
    with loopback.Loopback(held) as server:
        client = Client(Policy(bases=server.bases, backoff=0.001))
        sources = Sources([MemoryCatalogue([])], open_online(client=client))
        given = [
            "10.5555/ponds",
            "10.5555/q",
            "arXiv:2001.00001",
            "ISBN 0131103628",
            "10.5555/none",
        ]
        results = citenorm.get(given, sources)
        assert [r.matched for r in results] == [True, True, True, True, False]
        assert [r.emitted.get("container-title") for r in results[:3]] == ["Journal of Ponds", None, "Journal of Ponds"]  # fmt: skip
        assert not results[4].unasked
        (numbered,) = citenorm.get(["arXiv:2001.00001v1"], sources)
        assert "container-title" not in numbered.emitted
        server.misbehave("403")
        (missed,) = citenorm.get(["10.5555/other"], sources)
        assert not missed.matched and missed.unasked
        sources.close()


def test_get_and_fix_print_entries(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["get", "--offline", "10.1109/CVPR.2016.90"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("@inproceedings{he2016deep,")
    assert main(["fix", "--offline", "https://doi.org/10.1109/CVPR.2016.90"]) == 0
    assert capsys.readouterr().out == printed
    assert main(["get", "--offline", "--format", "csl-json", "10.1109/CVPR.2016.90"]) == 0
    assert '"id": "he2016deep"' in capsys.readouterr().out


def test_a_list_of_identifiers_is_taken_whole(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "to-read.md"
    file.write_text(
        "- 10.1109/CVPR.2016.90\n\n2. arXiv:1706.04599\n* [this one](https://doi.org/10.5555/none)\n"
    )
    assert main(["fix", "--offline", str(file)]) == 0
    said = capsys.readouterr()
    assert said.out.count("@inproceedings{") == 2 and "he2016deep" in said.out
    assert "3 references: 2 resolved" in said.err and "1 unresolved" in said.err


@pytest.mark.parametrize(
    "text",
    ["", "10.5555/a and more", "Smith, A. Ponds. 2019.\n10.5555/a", "# References\n10.5555/a"],
)
def test_a_list_with_anything_else_is_no_list_of_identifiers(text: str) -> None:
    assert only_identifiers(text) is None


def test_what_leads_nowhere_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["get", "--offline", "10.5555/none", "10.1109/CVPR.2016.90"]) == 1
    said = capsys.readouterr()
    assert said.out.count("@") == 1
    assert said.err == "10.5555/none: no source that was asked holds it\n"
    assert main(["get", "--offline", "hello"]) == 2
    file = tmp_path / "a.md"
    file.write_text("x")
    assert main(["fix", "--offline", "10.5555/none", str(file)]) == 2
    assert "one run for each" in capsys.readouterr().err
