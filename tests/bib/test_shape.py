"""Fields left out, venues short or long, entries in an order, keys by a pattern: only what is asked for changes."""

import pytest

import citenorm
from citenorm.bib import Shape, claims, read, shaped
from citenorm.emit.keys import check_pattern, keys_for, patterned_key
from citenorm.errors import ConfigError

TEXT = """% my file
@string{jp = {Journal of Ponds}}

% about b
@article{b, author = {Reed, Mia}, title = {Water}, journal = jp, year = 2001, abstract = {long}, file = {x.pdf}}
free text
@inproceedings{A, author = {Loom, Karl}, title = {Air}, booktitle = {ICML}, year = {2018}, crossref = {p}}
@inproceedings{c, author = {Abel, Jo}, title = {Earth}, booktitle = {Neural Information Processing Systems}, year = {1999}}
@proceedings{p, title = {Proceedings of the {ICML}}, booktitle = {Proceedings of the {ICML}}, year = {2018}}
@misc{broken, title = {x}
"""


def order(data):
    return [e.key for e in read(data).entries]


@pytest.mark.parametrize(
    "by, keys",
    [
        ("key", ["A", "b", "c", "p"]),
        ("author", ["c", "A", "b", "p"]),
        ("year", ["c", "b", "A", "p"]),
        ("title", ["A", "c", "b", "p"]),
    ],
)
def test_entries_in_an_order_with_what_is_crossreferenced_last(by, keys):
    out = shaped(TEXT.encode(), Shape(sort=by))
    assert order(out)[:4] == keys and sorted(out.split(b"\n")) == sorted(TEXT.encode().split(b"\n"))
    assert b"% about b\n@article{b," in out and out.index(b"@string") < out.index(b"@article")
    assert shaped(out, Shape(sort=by)) == out


def test_macros_between_entries_forbid_an_order():
    with pytest.raises(ConfigError, match=r"x\.bib:2: a macro is defined between entries"):
        shaped(b"@misc{a, title = {x}}\n@string{j = {y}}\n@misc{b, title = j}\n", Shape(sort="key"), "x.bib")  # fmt: skip


def test_fields_that_are_left_out():
    out = shaped(TEXT.encode(), Shape(omit=frozenset({"abstract", "file"}))).decode()
    assert out == TEXT.replace(", abstract = {long}, file = {x.pdf}", "")


def test_venues_short_and_long():
    short = shaped(TEXT.encode(), Shape(venues="short")).decode()
    assert short == TEXT.replace("{Neural Information Processing Systems}", "{NeurIPS}")
    long = shaped(TEXT.encode(), Shape(venues="long")).decode()
    assert "{Proceedings of the 35th International Conference on Machine Learning}" in long
    assert "{Advances in Neural Information Processing Systems}" in long and "journal = jp" in long
    assert (
        shaped(shaped(long.encode(), Shape(venues="short")), Shape(venues="long")).decode() == long
    )
    journal = b"@article{a, journal = {Journal of Machine Learning Research}, year = 2001}"
    assert b"{J. Mach. Learn. Res.}" in shaped(journal, Shape(venues="short"))
    unknown = b"@article{a, journal = {Journal of Ponds and Weeds}}"
    assert shaped(unknown, Shape(venues="short")) == unknown


ITEM = {
    "author": [{"family": "Álvarez", "given": "José"}, {"family": "Loom"}, {"family": "Reed"}, {"family": "Weft"}],
    "title": "On the Life of Ponds", "issued": {"date-parts": [[2007]]}, "container-title": "International Conference on Machine Learning",
}  # fmt: skip


@pytest.mark.parametrize(
    "pattern, key",
    [
        ("{author}{year}{title}", "alvarez2007life"),
        ("{Author}{yy}", "Alvarez07"),
        ("{authors}:{year}", "alvarezloomreedetal:2007"),
        ("{Venue}-{Title}", "ICML-Life"),
        ("{venue}{yy}", "icml07"),
        ("x/{author}", "x/alvarez"),
    ],
)
def test_keys_by_a_pattern(pattern, key):
    check_pattern(pattern)
    assert patterned_key(ITEM, pattern) == key
    two = keys_for([ITEM, ITEM | {"title": "On the Life of Weeds"}], (), pattern)
    assert len({k.lower() for k in two}) == 2


@pytest.mark.parametrize("pattern", ["", "{name}", "{author} {year}", "plain", "{author},{year}", "{}"])  # fmt: skip
def test_patterns_that_make_no_keys(pattern):
    with pytest.raises(
        ConfigError, match=r"is no pattern of keys: parts in braces \(author, authors"
    ):
        check_pattern(pattern)


def test_keys_that_differ_in_capitals_alone_are_told_apart():
    items = [ITEM, ITEM | {"author": [{"family": "ALVAREZ"}]}]
    assert keys_for(items, ["alvarez07"], "{Author}{yy}") in (["Alvarez07a", "Alvarez07b"], ["Alvarez07b", "Alvarez07a"])  # fmt: skip


def test_all_of_it_from_python_and_the_command_line(tmp_path, capsys, monkeypatch):
    from citenorm.cli import main

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CITENORM_CACHE_DIR", str(tmp_path / "cache"))
    made = citenorm.repair(TEXT.encode(), name="x.bib", form_only=True, omit=["FILE"], sort="year", venues="short", keys=True, key_pattern="{Author}{yy}")  # fmt: skip
    found = [c.id for c in claims(read(made.after))]
    assert found == ["Abel99", "Reed01", "Loom18", "p18"] or found[:3] == [
        "Abel99",
        "Reed01",
        "Loom18",
    ]
    (tmp_path / "x.bib").write_text(TEXT, encoding="utf-8")
    args = ["--omit", "file", "--sort", "year", "--venues", "short", "--keys", "--key-pattern", "{Author}{yy}"]  # fmt: skip
    assert main(["fix", "x.bib", "--form-only", "--offline", "--in-place", "-q", *args]) == 0
    assert (tmp_path / "x.bib").read_bytes() == made.after
    for bad in (["--sort", "name"], ["--venues", "tiny"], ["--key-pattern", "{name}", "--keys"], ["--key-pattern", "{year}"], ["--sort", "key", "--format", "ris"]):  # fmt: skip
        capsys.readouterr()
        assert main(["fix", "x.bib", "--offline", *bad]) == 2 and capsys.readouterr().err.count("\n") == 1  # fmt: skip
    for bad in ({"sort": "name"}, {"venues": "tiny"}, {"key_pattern": "x"}):
        with pytest.raises(ConfigError):
            citenorm.repair(TEXT.encode(), name="x.bib", form_only=True, **bad)
