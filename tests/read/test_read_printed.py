"""Text of printed pages: columns beside each other, numbers in the margin, running heads and feet; places in the file kept."""

from __future__ import annotations

from citenorm.find import find
from citenorm.read import read

ENTRIES = [
    "Li, J., & Haddad, O. (2021). A study of quiet ponds and of the herons that live near them. Journal of Ponds, 12(3), 101–113.",
    "Sato, M. (2003). Early freezing in the ponds of the far and frozen north. Pond Letters, 4, 12–19.",
    "Smith, A. (1999). Rivers of the high plains: A survey of what is known about them. River Press.",
    "Young, B. (2011). Ferries of the north and the people who built them. Journal of Ferries, 3, 4–9.",
]
PROSE = [
    "ponds",
    "are",
    "quiet",
    "in",
    "winter",
    "when",
    "they",
    "freeze",
    "and",
    "nobody",
    "knows",
    "why",
    "herons",
    "stay",
    "in",
    "the",
    "cold",
    "of",
    "the",
    "north",
]


def wrapped(words: list[str], width: int) -> list[str]:
    lines = [""]
    for word in words:
        if len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def column() -> list[str]:
    lines = ["References", ""]
    for entry in ENTRIES:
        first, *rest = wrapped(entry.split(), 46)
        lines += [first, *("   " + line for line in rest)]
    return lines


def beside(left: list[str], right: list[str]) -> str:
    size = max(len(left), len(right))
    rows = zip(left + [""] * (size - len(left)), right + [""] * (size - len(right)), strict=True)
    return "\n".join(f"{a:<54}{b}".rstrip() for a, b in rows) + "\n"


def raws(text: str) -> list[str]:
    return [r.raw for r in find(read(text.encode(), name="paper.txt"))]


def test_two_columns() -> None:
    prose = wrapped(PROSE * 4, 48)
    assert raws(beside(prose, column())) == ENTRIES
    text = beside(column(), prose)
    found = find(read(text.encode(), name="paper.txt"))
    assert [r.raw for r in found] == ENTRIES
    assert text[found[0].start :].startswith("Li, J., & Haddad") and found[0].line == 3
    assert all(r.start <= r.end and r.line <= r.end_line for r in found)


def test_one_column_and_tables_stay_as_they_are() -> None:
    text = (
        "\n".join(wrapped(PROSE * 6, 70))
        + "\n\nName      Size      Depth\nAlpha     12        3\nBeta      15        4\n"
    )
    assert read(text.encode(), name="x.txt").text == text.rstrip("\n")


def test_line_numbers_in_front() -> None:
    lines = ["References", *(line for e in ENTRIES for line in wrapped(e.split(), 60))]
    prose = wrapped(PROSE * 6, 60)
    text = "\n".join(f"{n:3} {line}" for n, line in enumerate([*prose, "", *lines], 301)) + "\n"
    assert raws(text) == ENTRIES


def test_line_numbers_on_both_sides() -> None:
    """Every other line lacks the one in front, which stands on a line of its own."""
    lines = [line for e in ENTRIES for line in wrapped(e.split(), 60)]
    rows = ["References"]
    for n, line in enumerate(lines, 650):
        beside = f"{line:<70}{n}"
        rows += [f"{n}  {beside}"] if n % 2 else [f"     {line}", f"{n}{n:>72}"]
    assert raws("\n".join(rows) + "\n") == ENTRIES


def test_numbers_of_entries_stay() -> None:
    text = "\n".join(f"{n} {e}" for n, e in enumerate(ENTRIES * 4, 1)) + "\n"
    assert "1 Li, J." in read(text.encode(), name="x.txt").text


def test_heads_and_feet_between_pages() -> None:
    first, second = ENTRIES[:2], ENTRIES[2:]
    split = wrapped(second[0].split(), 60)
    foot = "\n\nProc. Pond Soc., Vol. 6, No. 3. Publication date: August 2022.\n"
    head = "\f\nHerons and the quiet ponds of the north\n\n110:29\n\n"
    body = "\n".join(line for e in first for line in wrapped(e.split(), 60))
    text = (
        f"References\n\n{body}\n{split[0]}{foot}{head}"
        + "\n".join(split[1:])
        + "\n"
        + "\n".join(wrapped(second[1].split(), 60))
        + "\n"
    )
    assert "Publication date" not in read(text.encode(), name="x.txt").text
    assert "Herons and the quiet" not in read(text.encode(), name="x.txt").text


def test_without_form_feeds_nothing_is_taken_off() -> None:
    text = "Ponds\n\n12\n\nHerons.\n\nPonds\n\n13\n\nHerons.\n"
    assert read(text.encode(), name="x.txt").text == text.rstrip("\n")


def test_a_table_beside_a_column() -> None:
    """Few words in the right column, none of them where the left one ends: the entries are read line by line all the same."""
    table = [f"{word:>12}{number * 7:>8}" for number, word in enumerate(PROSE)]
    found = [r.raw for r in find(read(beside(column(), table).encode(), name="x.txt"))]
    assert found == ENTRIES


def test_few_numbers_in_the_margin_of_the_right_column() -> None:
    """The left column is numbered to its end, the right one has few lines; its numbers go on."""
    left = [f"{300 + i:>4}  {' '.join(PROSE[i : i + 6]):<44}" for i in range(14)]
    right = [f"{line:<50}{314 + i}" for i, line in enumerate(column()[2:10])]
    size = len(left)
    rows = zip(left, right + [""] * (size - len(right)), strict=True)
    text = "References of others\n" + "\n".join(f"{a}    {b}".rstrip() for a, b in rows) + "\n"
    assert not any(str(n) in read(text.encode(), name="x.txt").text for n in range(314, 322))
