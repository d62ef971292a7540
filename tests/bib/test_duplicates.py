"""Entries that are one work, and those that only look so; a merge loses no field."""

import pytest

from citenorm import bib
from citenorm.bib import claims, merge, read, same_works, write
from citenorm.model import Claim, Resolution
from citenorm.normalize import normalize
from citenorm.normalize.duplicates import all_as_stated, same_as_stated, versions_apart
from citenorm.rules import diagnose_document


def unresolved(text):
    file = read(text.encode(), "x.bib")
    made = [Resolution(normalize(c), "unmatched", "unverifiable") for c in claims(file)]
    return file, made


def told(text):
    found = diagnose_document(unresolved(text)[1])
    return [d.message for each in found for d in each if d.name == "same-work-twice"]


ONE = "@article{a, author = {Loom, Karl and Reed, Mia}, title = {Weaving in water: a handbook}, journal = {Ponds}, volume = {3}, year = {2001}, doi = {10.1000/x1}}\n"


@pytest.mark.parametrize(
    "other, what",
    [
        ("@article{b, author = {Loom, K. and Reed, M.}, title = {Weaving in Water. A Handbook}, doi = {https://doi.org/10.1000/X1}}", "DOI"),
        ("@misc{b, author = {Karl Loom and Mia Reed}, title = {Weaving in water: a handbook}}", "title and authors"),
        ("@article{b, author = {Loom, K. and others}, title = {Weaving in water: a handbook}, year = 2001}", "title and authors"),
    ],
)  # fmt: skip
def test_duplicates_are_told_where_no_source_knows_the_work(other, what):
    assert told(ONE + other) == [f"the same work as a: the same {what}"]
    file, results = unresolved(ONE + other)
    assert [[e.key for e in group] for group in same_works(file, results)] == [["a", "b"]]


@pytest.mark.parametrize(
    "other",
    [
        "@article{b, author = {Loom, Karl and Reed, Mia}, title = {Weaving in water: a handbook}, volume = {4}}",
        "@article{b, author = {Loom, Karl and Reed, Mia}, title = {Weaving in water: a handbook}, year = {2003}}",
        "@techreport{b, author = {Loom, Karl and Reed, Mia}, title = {Weaving in water: a handbook}, institution = {Lake School}}",
        "@article{b, author = {Loom, Karl and Reed, Mia}, title = {Weaving in water: a handbook}, journal = {Lakes}}",
        "@article{b, author = {Loom, Karl and Reed, Mia}, title = {Weaving in water: a handbook}, doi = {10.1000/x2}}",
        "@article{b, author = {Loom, Karl}, title = {Weaving in water: a handbook}}",
        "@article{b, title = {Weaving in water: a handbook}}",
        "@article{b, author = {Loom, Karl and Reed, Mia}, title = {Other threads of the lake}, doi = {10.1000/x1}}",
    ],
)
def test_what_differs_in_a_part_is_no_duplicate(other):
    assert told(ONE + other) == []
    file, results = unresolved(ONE + other)
    assert same_works(file, results) == []


LEFT = {"type": "article-journal", "title": "T", "container-title": "Ponds", "volume": "3", "page": "1-9", "issued": {"date-parts": [[2001]]}}  # fmt: skip
PAGE = "@misc{a, title = {Ponds}, url = {https://www.Ponds.example.org/docs/}, year = {2020}}\n"


@pytest.mark.parametrize(
    "fields, same",
    [
        ("title = {Ponds}, url = {http://ponds.example.org/docs}", True),
        ("title = {Ponds}, url = {http://ponds.example.org/docs}, author = {Loom, Karl}", True),
        ("title = {Ponds}, url = {http://ponds.example.org/Docs}", False),
        ("title = {Lakes}, url = {http://ponds.example.org/docs}", False),
        ("title = {Ponds}, url = {http://ponds.example.org/docs}, year = {2021}", False),
        ("title = {Ponds}", False),
    ],
)
def test_pages_of_one_address_and_title_are_one(fields, same):
    entry = f"@online{{b, {fields}}}"
    expected = ["the same work as a: the same address and title"] if same else []
    assert told(PAGE + entry) == expected


def test_pages_of_other_people_are_two():
    entry = "@misc{%s, title = {Ponds}, url = {https://ponds.example.org}, author = {%s}}\n"
    assert told(entry % ("a", "Loom, Karl") + entry % ("b", "Reed, Mia")) == []


@pytest.mark.parametrize(
    "change, same",
    [({}, True), ({"page": "2"}, False), ({"publisher": "Lake"}, False), ({"issued": None}, False),
     ({"author": [{"family": "Loom"}]}, False)],
)  # fmt: skip
def test_what_says_the_same_throughout_is_one_entry(change, same):
    one, two = Claim(LEFT), Claim({k: v for k, v in (LEFT | change).items() if v})
    assert all_as_stated(one, one if same else two) is all_as_stated(two, one) is same
    bare = Claim({"title": "T"})
    assert not all_as_stated(bare, bare)  # a title alone says too little


def test_short_titles_prove_nothing():
    entry = "@article{%s, author = {Loom, Karl}, title = {Editorial}}\n"
    assert told(entry % "a" + entry % "b") == []


@pytest.mark.parametrize(
    "change, apart",
    [
        ({}, False),
        ({"page": "1-10"}, False),
        ({"page": "12-20"}, True),
        ({"volume": "4"}, True),
        ({"type": "report", "container-title": "", "volume": "", "page": ""}, True),
        ({"type": "article", "container-title": "", "volume": "", "page": ""}, False),
        ({"issued": {"date-parts": [[2009]]}}, True),
        ({"issued": {"date-parts": [[2002]]}}, False),
    ],
)
def test_publications_of_one_work_that_keep_their_own_entries(change, apart):
    one, two = Claim(LEFT), Claim({k: v for k, v in (LEFT | change).items() if v})
    assert versions_apart(one, two) is versions_apart(two, one) is apart
    assert same_as_stated(one, two) == ""  # nobody is named


def test_a_merge_keeps_what_both_say():
    text = (
        "@article{a, author = {Loom, Karl}, title = {Weaving in water: a handbook}, journal = {Ponds}, volume = {3}, year = {2001},\n"
        "  keywords = {ponds, looms}, file = {a.pdf}, annote = {read}, note = {first}, groups = {left}, review = {good}, url = {https://a.example}}\n"
        "@misc{b, author = {Loom, K.}, title = {Weaving in water: a handbook}, keywords = {looms; craft, water}, file = {:b.pdf:PDF},\n"
        "  annote = {again}, note = {second}, groups = {right}, review = {short}, comment = {mine}, url = {https://b.example}, x-own = {kept}}\n"
        "@book{c, title = {Other}, crossref = {b}}\n"
    )
    file, results = unresolved(text)
    made = merge(file, same_works(file, results))
    out = write(file, made.edits).decode()
    entry = read(out.encode()).entries[0]
    fields = {f.name: read(out.encode()).value(f) for f in entry.fields}
    assert made.keys == {"b": "a"} and "crossref = {a}" in out and len(claims(read(out.encode()))) == 2  # fmt: skip
    assert (
        fields["keywords"].split(", ")[:2] == ["ponds", "looms"] and "water" in fields["keywords"]
    )
    assert fields["file"] == "a.pdf;:b.pdf:PDF" and fields["groups"] == "left, right"
    for name, both in (("annote", "read. again"), ("note", "first. second"), ("review", "good. short")):  # fmt: skip
        assert fields[name] == both
    assert fields["comment"] == "mine" and fields["x-own"] == "kept"
    assert made.said == ("b joined into a; not kept: url https://b.example",)


def test_entries_and_keys_survive_every_format():
    import citenorm

    text = (
        "@book{one, author = {Loom, Karl}, title = {Weaving in water}, year = {2001}}\n"
        "@book{two, author = {Loom, Karl}, title = {Weaving in water}, year = {2001}}\n"
    )
    with citenorm.open_sources(offline=True) as sources:
        from citenorm.bibliography import bibliography
        from citenorm.checking import entries

        made = bibliography(entries(bib.read(text.encode(), "x.bib"), sources))
    assert [item["id"] for item in made.to_csl()] == ["one", "two"]
    assert [line for line in made.to_ris().splitlines() if line.startswith("ID")] == ["ID  - one", "ID  - two"]  # fmt: skip
    assert made.to_bibtex().count("@book{") == 2 and "@book{two," in made.to_bibtex()
