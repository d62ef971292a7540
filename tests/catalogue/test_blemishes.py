"""Values of records that a slip or a scan damaged are told, and sound ones are not."""

import pytest

from citenorm.catalogue import build, inspect, verify
from citenorm.catalogue.blemishes import blemishes
from citenorm.cli import main
from citenorm.jsontext import one_line


@pytest.mark.parametrize(
    ("csl", "what"),
    [
        ({"container-title": "j-CACM"}, "the name of a macro, no name"),
        ({"publisher": "acm_press"}, "the name of a macro, no name"),
        ({"container-title": "{pami"}, "the name of a macro, no name"),
        (
            {"author": [{"family": "weaver", "given": "ada"}, {"family": "loom"}]},
            "names all in lower case",
        ),
        ({"page": "64-1"}, "pages that end before they begin"),
        ({"title": "An impor- tant result"}, "a broken word"),
        ({"title": "The l e a r n i n g of weavers"}, "a broken word"),
        ({"title": "Gra\ufffdhs by hand"}, "a broken word"),
    ],
)
def test_what_is_damaged(csl, what):
    assert [kind for kind, _ in blemishes({"id": "x:1", **csl})] == [what]


@pytest.mark.parametrize(
    "csl",
    [
        {"container-title": "e-Informatica", "publisher": "Springer-Verlag"},
        {"author": [{"family": "de la Cruz", "given": "A."}, {"family": "hooks", "given": "bell"}]},
        {"author": [{"family": "王"}], "title": "Pre- and postnatal care of sr- clusters"},
        {"page": "1662-70"},
        {"page": "R795-804"},
        {"page": "e12"},
        {"title": 7, "author": "x", "page": None, "container-title": []},
    ],
)
def test_what_is_sound(csl):
    assert list(blemishes({"id": "x:1", **csl})) == []


def test_verify_tells_them_by_kind_and_fails_for_damaged_files_alone(tmp_path, capsys):
    source, folder = tmp_path / "ours.jsonl", tmp_path / "cat"
    items = [
        {"id": f"x:{n}", "type": "book", "title": f"Of ponds, {n}", "page": "64-1"}
        for n in range(5)
    ]
    source.write_text("".join(one_line(i) + "\n" for i in items))
    build(folder, [f"csl:{source}"])
    assert verify(folder) == []
    assert inspect(folder).counts == {"pages that end before they begin": 5}
    assert main(["catalogue", "verify", str(folder)]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("pages that end before they begin: 5 records, as x:0 “64-1”; x:1")
    assert said.out.count("\n") == 1 and "no damage found" in said.err
