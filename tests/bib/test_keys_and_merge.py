"""New keys in the file and in the texts that cite them; entries of one work joined without losing a key or a field."""

import pytest

from citenorm.bib import (
    claims,
    key_map,
    key_map_text,
    merge,
    read,
    read_key_map,
    recite,
    rekey_edits,
    same_works,
    write,
)
from citenorm.errors import ConfigError
from citenorm.model import Record, Resolution, Work

FILE = b"""% head
@inproceedings{x1, author = {M\\"uller, A.}, title = {The Pond}, year = 2001, crossref = {P}}
@article{smith, author = {Smith, B.}, title = {Lakes}, year = 2002}
@proceedings{P, title = {Proc}, year = 2001}
@misc{dup, title = {a}} @misc{Dup, title = {b}}
"""


def test_keys_are_made_from_the_entries_and_links_follow():
    bib = read(FILE)
    keys = key_map(bib)
    assert keys == {"x1": "muller2001pond", "smith": "smith2002lakes", "P": "proc2001"}
    out = write(bib, rekey_edits(bib, keys)).decode()
    assert (
        "@inproceedings{muller2001pond," in out
        and f"crossref = {{{keys['P']}}}" in out
        and f"@proceedings{{{keys['P']}," in out
    )
    assert "@misc{dup" in out and "@misc{Dup" in out and out.startswith("% head\n")
    again = read(out.encode())
    assert key_map(again) == {}


def test_keys_that_a_person_gives():
    bib = read(FILE)
    assert key_map(bib, {"x1": "pond", "smith": "smith"}) == {"x1": "pond"}
    for given, says in (
        ({"no": "x"}, "no entry has the key no"),
        ({"x1": "SMITH"}, "two entries would have the key smith"),
        ({"x1": "a b"}, "cannot be a key"),
    ):
        with pytest.raises(ConfigError, match=says):
            key_map(bib, given)
    assert read_key_map(key_map_text({"b": "1", "a": "2"})) == {"a": "2", "b": "1"}
    for text in ("[1]", "{", '{"a": 1}', "[" * 100_000):
        with pytest.raises(ConfigError):
            read_key_map(text)


KEYS = {"a": "alpha", "b:1": "beta", "c": "gamma"}


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        (
            "x.tex",
            r"\cite{a}, \citep[see][p.~3]{b:1, c} \nocite{*}",
            r"\cite{alpha}, \citep[see][p.~3]{beta, gamma} \nocite{*}",
        ),
        (
            "x.tex",
            r"\textcites[1]{a}[2]{c} \citeauthor*{a} \Citet {a}",
            r"\textcites[1]{alpha}[2]{gamma} \citeauthor*{alpha} \Citet {alpha}",
        ),
        (
            "x.tex",
            r"\section{a} \label{a} \ref{c} \cite{ab} \textbf{a}",
            r"\section{a} \label{a} \ref{c} \cite{ab} \textbf{a}",
        ),
        (
            "x.md",
            "As [@a, p. 3; -@b:1] and @c. Mail me@a.org, see @ab.",
            "As [@alpha, p. 3; -@beta] and @gamma. Mail me@a.org, see @ab.",
        ),
        ("x.qmd", "see @{b:1}: and \\cite{a}", "see @{beta}: and \\cite{alpha}"),
    ],
)
def test_citations_follow_their_keys(name, before, after):
    assert recite(before, KEYS, name) == after


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        (
            "x.tex",
            r"\cite{pre, full,other} \cite{pre} \cite{other, other}",
            r"\cite{full,other} \cite{full} \cite{other, other}",
        ),
        ("x.tex", "\\cite{other,% why\n  pre}", "\\cite{other,% why\n  full}"),
        (
            "x.md",
            "[@pre; @full] and [see @pre; @full, p. 3; @other] and @pre.",
            "[@full] and [see @full; @full, p. 3; @other] and @full.",
        ),
    ],
)
def test_one_citation_of_merged_entries(name, before, after):
    assert recite(before, {"pre": "full"}, name) == after


def test_keys_that_change_places():
    assert recite("[@a; @b] @a", {"a": "b", "b": "a"}, "x.md") == "[@b; @a] @b"
    assert recite(r"\cite{a,b}", {"a": "b", "b": "a"}, "x.tex") == r"\cite{b,a}"


DOUBLE = b"""@string{n = {NeurIPS}}
@misc{pre, author = {Doe, A.}, title = {Ponds}, eprint = {2001.00001}, archiveprefix = {arXiv}, note = {read}, file = {:x.pdf}}
% between
@inproceedings{full,
  author = {Doe, Ann},
  title = {Ponds},
  booktitle = n,
  year = {2020},
  note = {best}
}
@misc{other, title = {B}, crossref = {pre}}
"""


def resolved(bib, works):
    out = []
    for claim, work in zip(claims(bib), works, strict=True):
        record = Record(work, {"title": "T"}) if work else None
        out.append(
            Resolution(
                claim,
                "matched" if work else "unmatched",
                "verified",
                record,
                Work(work, (record,)) if work else None,
            )
        )
    return out


def test_entries_of_one_work_are_joined_into_the_richest():
    bib = read(DOUBLE)
    groups = same_works(bib, resolved(bib, ["dblp:1", "dblp:1", ""]))
    done = merge(bib, groups)
    out = write(bib, done.edits).decode()
    assert done.keys == {"pre": "full"} and done.kept == ("full",)
    assert out == (
        "@string{n = {NeurIPS}}\n% between\n@inproceedings{full,\n  author = {Doe, Ann},\n  title = {Ponds},\n  booktitle = n,\n  year = {2020},\n"
        "  eprint = {2001.00001},\n  archiveprefix = {arXiv},\n  note = {best. read},\n  file = {:x.pdf}\n}\n@misc{other, title = {B}, crossref = {full}}\n"
    )


def test_aliases_keep_the_keys_that_went():
    bib = read(DOUBLE)
    out = write(
        bib, merge(bib, same_works(bib, resolved(bib, ["w", "w", ""])), ids=True).edits
    ).decode()
    assert (
        "ids = {pre}" in out
        and same_works(read(out.encode()), resolved(read(out.encode()), ["w", ""])) == []
    )


def test_different_works_stay():
    bib = read(DOUBLE)
    assert same_works(bib, resolved(bib, ["a", "b", "c"])) == [] and merge(bib, []).edits == ()


def test_editions_of_a_book_stay():
    bib = read(
        b"@book{a, title={Ponds}, year=2001}\n@book{b, title={Ponds}, year=2009}\n@book{c, title={Ponds}, year=2001}\n"
    )
    record = Record("w", {"id": "w", "type": "book", "title": "Ponds"})
    results = [
        Resolution(
            c,
            "matched",
            "verified",
            record,
            Work("w", (record,)),
            emitted={"type": "book", "issued": c.csl["issued"]},
        )
        for c in claims(bib)
    ]
    assert [[e.key for e in group] for group in same_works(bib, results)] == [["a", "c"]]
