"""Documents of very many references and citations: each is held against the few that it could mean, and past a limit one line says so."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from citenorm.budget import DEFAULT, within
from citenorm.errors import InputError
from citenorm.find import citations, find
from citenorm.read import read


def letters(i: int) -> str:
    return "X" + "".join("abcdefghij"[int(c)] for c in str(i))


def entry(i: int, people: str = "Doe, J.", year: str = "2001") -> str:
    return f"- {people} ({year}). Of {letters(i)} in ponds number {i}. Limnology, 1(2), 3-4.\n"


LIST = "# References\n\n"
MANY: dict[str, Callable[[int], str]] = {
    "third authors": lambda n: (
        "".join(f"As Doe, Roe and {letters(i)} (2001) say.\n\n" for i in range(n))
        + LIST
        + "".join(entry(i, f"Doe, J., Roe, K. and {letters(i)}, J.") for i in range(n))
    ),
    "headings that repeat titles nearly": lambda n: "".join(
        f"## Of {letters(i)} in ponds with number {i}\n\n{entry(i)[2:]}\n" for i in range(n)
    ),
    "sessions of conferences": lambda n: "".join(f"# Session {i}: ICLR 2020\n\n" for i in range(n)),
}


@pytest.mark.parametrize("kind", MANY)
def test_each_is_held_against_a_few(kind: str) -> None:
    """A second or so; where each is held against all others, a minute or more."""
    begun = time.process_time()
    find(read(MANY[kind](3_000).encode(), name="a.md"), mentions=True)
    assert time.process_time() - begun < 10


@pytest.mark.parametrize("year", ["2001", "2001c", "2003"])
def test_one_of_many_entries_of_one_author_is_meant(year: str) -> None:
    entries = [entry(i, year=f"200{i % 3}{'abc'[i % 2 :][:1]}") for i in range(200)]
    entries[150] = entry(150, year=year)
    made = read(f"As Doe ({year}) says.\n\n{LIST}{''.join(entries)}".encode(), name="a.md")
    (one,) = citations(made)
    meant = find(made)[one.targets[0]]
    assert year in meant.raw or (year == "2001" and "2001" in meant.raw)


def test_the_second_name_tells_which_of_many_is_meant() -> None:
    entries = [entry(i, f"Doe, J. and {letters(i)}, K.") for i in range(200)]
    made = read(f"As Doe and {letters(170)} (2001) say.\n\n{LIST}{''.join(entries)}".encode(), name="a.md")  # fmt: skip
    (one,) = citations(made)
    assert letters(170) in find(made)[one.targets[0]].raw


def test_a_document_of_too_many_references_is_refused_in_one_line() -> None:
    made = read((LIST + "".join(map(entry, range(5)))).encode(), name="a.md")
    assert len(find(made)) == 5
    with within(replace(DEFAULT, references=4)), pytest.raises(InputError, match=r"^a\.md: has 5 references, more than 4; .*limits\.references$"):  # fmt: skip
        find(made)
