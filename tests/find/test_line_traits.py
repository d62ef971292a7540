"""The traits and scores of lines are what the model of lines was trained on and what the limits beside it rest on: they stay as they are.

``python tests/find/test_line_traits.py`` writes ``tests/data/find/line-traits.txt``, ``line-scores.json`` and ``many-lines.json`` anew; that
goes together with ``bench/train_lines.py`` and the measurements of ``bench/find.md``.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import TypeVar

import pytest

from citenorm.find.entry_starts import _longest_rise, begin_scores
from citenorm.find.line_features import seen
from citenorm.find.line_shapes import Around, first_words, last_words, right_edges, shape
from citenorm.find.line_tagger import best_path, scores
from citenorm.find.lines import Line
from citenorm.find.list_item import _cues, complete, imprint, no_entry, only_identifier
from citenorm.find.list_item import shape as entry_shape
from citenorm.find.reference_score import (
    evidence,
    people,
    people_after_title,
    prose_words,
    score,
)

T = TypeVar("T")
DATA = Path(__file__).parent.parent / "data" / "find"

PRINTED = """\
1 Introduction

We sample ponds in winter, as others have done before us [1, 3]. However, it was not clear
which of the nets would hold. Figure 2 shows what we found, and Table 1 what we did not.
FIGURE 2: Ponds

References

[1] Brook, A., and Weir, D. Quiet ponds of the north. Journal of Pond Science 12(3),
    101-113, 2001.
[2] C. Reed. "Nets for frozen water". In Proc. 3rd Conf. on Nets, pp. 7–19. ACM Press,
    New York, 1999. doi:10.1000/nets.7
[3] Li J, Sato M, Haddad O. Frogs under ice. Lancet. 2004;12:7-9.
[5] K. Loom et al. Spinning. arXiv:1901.00001, 2019.
page 7
Adams, B. (1990). On frogs. Oslo: Reed & Sons.
Berg, V. van den, & Cole, E. (1992a). Pond days: proceedings of the first meeting, held at
   Oslo in spring. University of Ponds Press.
———. (1993). More pond days. https://ponds.example/days.pdf

Dietrich, F. und Ebert, G.: Teiche im Winter. Berlin: Springer-Verlag, 1987, S. 3-
   17.
Zed, A. A title that stands out of order 2011
eel, b. small letters 2012
* Fox, G. H. "A quoted title of some length", Ann. Ponds, vol. 3, no. 2, 1988,
IEEE Trans. Ponds, 2003
2005 the year in front
“Quoted words in front of the line”
(in brackets) and so on:
http://ponds.example/a/b
Gray, I. J. The last one to be listed

Appendix A

The proof follows from the lemma above and is left to the reader, who will find that it is
easy. All of this was known before 1990 and nobody wrote it down.
"""


def typed(text: str = PRINTED) -> list[Line]:
    """Lines of a typed text as a reader gives them."""
    lines, at, gap, page = [], 0, 0, 1
    for raw in text.split("\n"):
        words = raw.strip()
        page += raw.startswith("page")
        if words:
            indent = float(len(raw) - len(raw.lstrip()))
            start = at + int(indent)
            end = start + len(words)
            lines.append(Line(start, end, words, indent, gap, page=page, width=float(len(words))))
            gap = 0
        else:
            gap += 1
        at += len(raw) + 1
    return lines


def drawn() -> list[Line]:
    """The same lines as the pages of a PDF have them, with steps and sizes of letters."""
    lines = typed()
    for i, line in enumerate(lines):
        line.step = (0.0, 1.0, 1.1, 1.3, 0.95, 1.6)[i % 6]
        line.type = (1.0, 1.0, 1.0, 0.9, 1.1, 1.3)[i % 6]
        line.width = line.width * (0.9 if i % 4 else 1.1)
    return lines


STRINGS = (
    "Brook, A., and Weir, D. Quiet ponds of the north. Journal of Pond Science 12(3), 101-113, 2001.",
    "C. Reed. \"Nets for frozen water\". In Proc. 3rd Conf. on Nets, pp. 7–19. ACM Press, New York, 1999. doi:10.1000/nets.7",
    "Li J, Sato M, Haddad O. Frogs under ice. Lancet. 2004;12:7-9.",
    "K. Loom et al. Spinning. arXiv:1901.00001, 2019.",
    "Adams, B. (1990). On frogs. Oslo: Reed & Sons.",
    "Berg, V. van den, & Cole, E. (in press). Pond days. Pond Letters.",
    "Ebert, Gustav: Teiche. Berlin: Springer-Verlag, 1987, S. 3-17.",
    "Quiet ponds of the north (2001) by A. Brook and D. Weir. Pond Letters 3",
    "Quiet ponds of the north (Pond Letters) (2001), Brook, A. and Weir, D.",
    "王小明, 李华. 池塘研究[J]. 科学学报, 2004.",
    "王小明。池塘研究。冬天。科学学报。",
    "Anna Brook, Dora Weir. “A study of quiet ponds and lakes”. 2001.",
    "Brook and Weir (2001) show that ponds are quiet.",
    "We show that this is not what they had been told, and it is (Brook, 2001) so [3, 4].",
    "They are quiet, and it was said that there would be no such ponds which could not freeze over.",
    "Ponds.", "Ponds of 2001", "a small beginning, Brook, A. Ponds, 2001", "Which ponds freeze?",
    "Brook, A. Ponds. 1990, 1991, 1992, 1993, 1994, 1995.",
    "Brook, A. (Mar. 3, 2001). Ponds. Retrieved from https://ponds.example/",
    "Brook A. Nets. PhD thesis, University of Ponds, 2001.",
    "Regulation (EU) 2016/679 of the European Parliament, OJ L 119",
    "Weir v. Brook, 12 F.3d 7", "Title of a talk, CVPR16", "Frog nets, NeurIPS 2019.",
    "https://ponds.example/a", "10.1000/nets.7", "arXiv:1901.00001v2", "1901.00001", "ISBN 978-3-16-148410-0", "RFC 2119",
    "Corresponding author: A. Brook, ponds@ponds.example", "Received 3 May 2001; accepted 7 June 2001", "© 2001 Ponds",
    "TODO look this up", "Ponds: a list:", "Brook et al., 2001", "Chen et al. (2012) ✓", "Chen and Weir (2012), Li (2014)",
    "『池の研究』山田太郎、岩波書店、1999年", "Иванов И. И. Пруды. Изд. Наука, 1999. 120 с.", "x", "ab cd",
    "Brook, A. " + "Quiet ponds of the north and the south. " * 14 + "Pond Letters, 2001.",
    "Brook, Anna. Ponds. Paris, Gallimard, coll. Étangs, 1999, 300 p.",
    "Ponds in winter. By Anna Brook and Dora Weir, Pond Letters 7 (2001)",
    "1. In the beginning of the chapter, people and ponds", "Table 1 Ponds of the north, 2001",
    "12 34 56 78 90 2001 12:34", "E. Fox, \"A quoted title of some length\", Ann. Ponds, vol. 3, no. 2, 1988.",
)  # fmt: skip


def traits_text() -> str:
    return "\n".join(" ".join(row) for lines in (typed(), drawn()) for row in seen(lines)) + "\n"


def figures() -> dict[str, list[object]]:
    out: dict[str, list[object]] = {}
    for text in STRINGS:
        found = entry_shape(text)
        out[text] = [
            round(score(text), 4), round(evidence(text), 4), people(text), people_after_title(text), prose_words(text),
            found.good, found.fair, found.possible, found.words, complete(text), no_entry(text), imprint(text), only_identifier(text),
        ]  # fmt: skip
    return out


def begins() -> list[list[float]]:
    kept = [line for line in typed() if line.start >= PRINTED.index("Adams, B.")]
    level = [Line(x.start, x.end, x.text, 0.0, 0, width=x.width) for x in kept]
    bare = [Line(x.start, x.end, x.text[4:], x.indent, x.gap, width=x.width) for x in typed()[5:11]]
    return [
        [round(value, 4) for value in begin_scores(lines)]
        for lines in (typed(), kept, level, bare, [])
    ]


# ------------------------------------------------------------------ many made lines
NUMBERS = {
    "indent": (0.0, 0.0, 0.0, 0.5, 0.9, 0.91, 1.5, 3.5, 7.0, 12.0, 14.0, 25.0, 60.0),
    "width": (100.0, 100.0, 100.0, 100.0, 93.0, 82.0, 80.0, 60.0, 50.0, 35.0, 98.0, 103.0),
    "gap": (0, 0, 0, 0, 1, 2, 3),
    "step": (0.0, 0.01, 0.9, 1.0, 1.04, 1.06, 1.07, 1.12, 1.25, 1.5, 2.0),
    "type": (0.0, 1.0, 1.0, 0.8, 0.95, 1.05, 1.2),
}
"""Values at the limits between the steps of a trait."""
SIZES = (4, 5, 6, 8, 20, 40, 60, 61, 90, 120, 130, 160, 400, 999)
HEADS = ("References", "Appendix A", "Conclusions", "Sources", "Table 2 Ponds", "PONDS", "PONDS OF 2001", "———. ", "[1] ", "2. ", "(3) ", "[12] Ponds and", "Zeal, A. ", "Adams B. (1990) ", "Ásgeir, P. ")  # fmt: skip


def picked(chance: Random, values: Sequence[T]) -> T:
    return values[int(chance.random() * len(values))]


def made_texts(seed: int, count: int) -> list[str]:
    """Strings put together from pieces of references, of prose and of headings, cut at many lengths."""
    chance = Random(seed)
    words = " ".join((*STRINGS, PRINTED)).split()
    out = []
    for i in range(count):
        at = int(chance.random() * (len(words) - 40))
        text = " ".join(words[at : at + 1 + int(chance.random() * 24)])
        if chance.random() < 0.5:
            text = picked(chance, (*STRINGS, *HEADS)) + text
        elif chance.random() < 0.3:
            text = f"{i % 9 + 1}. {text}"
        out.append(text[: picked(chance, SIZES)].strip() or "Ponds")
    return out


def made_lines(seed: int, count: int) -> list[Line]:
    """Lines of a text and of a page of which every number stands at a limit now and then; a stretch of prose in between."""
    chance = Random(seed)
    texts = made_texts(seed, count)
    texts[count // 2 : count // 2 + 70] = ["The pond was quiet and cold."] * 70
    out, page = [], 1
    for text in texts:
        page += chance.random() < 0.05
        line = Line(0, len(text), text, page=page)
        for name, values in NUMBERS.items():
            setattr(line, name, picked(chance, values))
        if chance.random() < 0.5:
            line.step = line.type = 0.0
        out.append(line)
    return out


def traits_of_many() -> dict[str, dict[str, int]]:
    """How often each trait has each value; of those with many values how often the most frequent ones."""
    counts: dict[str, Counter[str]] = {}
    for i, row in enumerate(seen(made_lines(7, 420))):
        for trait in row:
            name, _, value = trait.partition("=")
            counts.setdefault(name, Counter())[value] += 1 + i  # where it stands counts too
    return {
        name: dict(sorted(values.items(), key=lambda x: (-x[1], x[0]))[:30])
        for name, values in sorted(counts.items())
    }


def scores_of_many() -> dict[str, list[float]]:
    """Sums of what is told of ten strings each, and of the scores of ten lines."""
    texts = made_texts(3, 600)
    tens = range(0, 600, 10)
    told = {"score": score, "evidence": evidence, "people": people, "behind": people_after_title, "prose": prose_words, "cues": _cues}  # fmt: skip
    out = {name: [round(sum(map(f, texts[i : i + 10])), 3) for i in tens] for name, f in told.items()}  # fmt: skip
    for name in ("good", "fair", "possible", "words"):
        out[name] = [sum(getattr(entry_shape(t), name) for t in texts[i : i + 10]) for i in tens]
    for name, yes in (("complete", complete), ("no entry", no_entry), ("imprint", imprint), ("identifier", only_identifier)):  # fmt: skip
        out[name] = [sum(map(yes, texts[i : i + 10])) for i in tens]
    out["begins"] = []
    for seed in range(12):
        lines = made_lines(seed, 150)[:40] if seed % 2 else in_a_list(seed)
        values = begin_scores(lines)
        out["begins"] += [round(sum(values[i : i + 10]), 3) for i in range(0, 40, 10)]
    return out


def in_a_list(seed: int) -> list[Line]:
    """A list in the order of the alphabet, wrapped, with an indent below the first lines or with gaps."""
    chance, out = Random(seed), list[Line]()
    for i in range(14):
        first = f"{chr(65 + i)}{picked(chance, ('dams', 'erg', 'ole'))}, {picked(chance, ('A.', 'Bo', 'C. D.'))} {picked(chance, STRINGS[:8])}"
        for part, text in enumerate((first, *made_texts(seed + i, 2))):
            hung = picked(chance, (1.0, 3.0, 12.0, 13.0)) if part and seed % 4 else 0.0
            gap = int(not part and seed % 3 == 0)
            out.append(Line(0, 9, text, hung, gap, width=picked(chance, NUMBERS["width"])))
    return out[:40]


def test_traits_and_scores_of_many_lines():
    before = json.loads((DATA / "many-lines.json").read_text("utf-8"))
    for name, values in traits_of_many().items():
        assert values == before["traits"][name], name
    for name, row in scores_of_many().items():
        assert row == before["scores"][name], name


def test_traits_of_lines():
    before = (DATA / "line-traits.txt").read_text("utf-8").split("\n")
    for old, new in zip(before, traits_text().split("\n"), strict=True):
        assert new == old


def test_scores_of_strings():
    before = json.loads((DATA / "line-scores.json").read_text("utf-8"))
    now = figures()
    assert list(now) == list(before["strings"])
    for text, row in now.items():
        assert row == before["strings"][text], text
    assert begins() == before["begins"]


def test_lines_far_from_any_reference_are_not_looked_at():
    prose = [
        Line(i * 40, i * 40 + 30, "The pond was quiet and cold.", width=30.0) for i in range(70)
    ]
    assert seen(prose) == [[]] * 70
    cited = Line(0, 60, "Brook, A. Ponds. Pond Letters 12(3), 101-113, 2001.", width=50.0)
    looked = [bool(row) for row in seen([*prose, cited, *prose])]
    assert looked.index(True) == 40 and looked.count(True) == 61


def test_a_long_line_scores_nothing():
    assert evidence("Brook, A. 2001. " * 40) == 0.0 and evidence("x" * 600) == -0.45
    assert score("Brook A") == -9.0 and score("Brook, A" * 400) == -9.0


@pytest.mark.parametrize(
    ("token", "made"),
    [("Smith,", "W,"), ("(2001).", "(y)."), ("J.", "I."), ("12–19,", "r,"), ("7", "d"), ("3rd", "n"), ("https://x.y", "u"), ("IEEE", "C"), ("pond", "w"), ("---", "x"), ("“Ponds”", "“W”"), ("(", "("), ("),", "),")],
)  # fmt: skip
def test_shapes_of_words(token, made):
    assert shape(token) == made


def test_words_at_both_ends():
    assert first_words("Smith, J. (2001). Ponds", 3) == ["W,", "I.", "(y)."]
    assert last_words("Ponds of 2001.", 2) == ["w", "y."] and first_words("", 2) == []


def test_how_far_lines_reach():
    lines = [Line(0, 0, "x", indent=2.0, width=float(w)) for w in range(1, 101)]
    edges = right_edges(lines)
    assert (edges[0], edges[39], edges[40], edges[79], edges[80], edges[99]) == (70.0, 70.0, 87.0, 87.0, 93.0, 93.0)  # fmt: skip
    assert right_edges([Line(0, 0, "x", width=0.0)]) == [1.0]


def test_what_is_usual_around_a_line():
    heads = ["a"] * 50 + ["b"] * 50
    around = Around(heads, [i % 2 == 0 for i in range(100)])
    assert around.like(0) == pytest.approx(40 / 41)
    assert around.like(49) == pytest.approx(40 / 81) and around.like(99) == pytest.approx(40 / 41)
    assert around.ended(0) == pytest.approx(21 / 41) and around.ended(50) == pytest.approx(41 / 81)


def test_the_best_path_through_tags():
    sure = [(0.0, 9.0, 0.0), (0.0, 0.0, 9.0), (9.0, 0.0, 0.0)]
    assert best_path(sure) == ["B", "I", "O"]
    assert best_path([(0.0, 0.0, 3.0)]) != ["I"]  # nothing goes on at the beginning
    assert scores(["no such trait"]) == (0.0, 0.0, 0.0)


def test_a_longest_rise():
    items = [(0, "b"), (1, "a"), (2, "c"), (3, "c"), (4, "b"), (5, "d")]
    assert _longest_rise(items) == [1, 2, 3, 5] and _longest_rise([]) == []


if __name__ == "__main__":
    (DATA / "line-traits.txt").write_text(traits_text(), "utf-8")
    rows = {"strings": figures(), "begins": begins()}
    (DATA / "line-scores.json").write_text(
        json.dumps(rows, ensure_ascii=False, indent=0) + "\n", "utf-8"
    )
    many = {"traits": traits_of_many(), "scores": scores_of_many()}
    (DATA / "many-lines.json").write_text(json.dumps(many, ensure_ascii=False) + "\n", "utf-8")
