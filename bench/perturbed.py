"""A catalogue's own records, printed and damaged as people and machines do; how many are still matched, and how many wrongly.

    python bench/perturbed.py CATALOGUE RECORDS.jsonl.xz... [--rows 400] [--seed 7] [--show N]

CATALOGUE is a built catalogue, RECORDS the files it was built from.  Damage that leaves the work the same ("kept") should be matched;
what makes another work of it, or none ("changed"), should not be, or be contradicted.  The same seed gives the same rows.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from citenorm.catalogue import Catalogue
from citenorm.match import same_work
from citenorm.model import Record, Resolution, names_of, year_of
from citenorm.parse import parse_many
from citenorm.pipeline import resolve_batch
from citenorm.sources import Sources

Item = dict[str, Any]
NUMERAL = re.compile(r"\b\d{1,2}\b|\bII+\b")


class Writer:
    """Prints records as references in a few plain styles; all chance comes from one seeded generator."""

    def __init__(self, records: list[Item], seed: int) -> None:
        self.records = records
        self.chance = random.Random(seed)

    def line(self, item: Item, **changes: Any) -> str:
        """One reference; ``changes`` replace ``title``, ``author``, ``year`` or ``venue`` (False: none)."""
        style = self.chance.choice(("full", "initials", "last"))
        people = changes.get("author", item["author"])[:12]
        names = ("; " if style == "last" else ", ").join(self._name(p, style) for p in people)
        venue = changes.get("venue", item.get("container-title") or "")
        volume = f"{item['volume']}, " if item.get("volume") and venue else ""
        return f"{names}. {changes.get('title', item['title'])}. {f'{venue}, ' if venue else ''}{volume}{changes.get('year', year_of(item))}."

    @staticmethod
    def _name(person: Item, style: str) -> str:
        given = person.get("given") or ""
        initials = " ".join(f"{word[0]}." for word in given.split())
        if style == "last":
            return f"{person['family']}, {initials}".strip(", ")
        return f"{given if style == 'full' else initials} {person['family']}".strip()

    def other(self) -> Item:
        return self.chance.choice(self.records)

    def typo(self, text: str, times: int = 1) -> str:
        for _ in range(times):
            at = self.chance.randrange(1, max(2, len(text) - 1))
            before, letter, after = text[:at], text[at : at + 1], text[at + 1 :]
            way = self.chance.randrange(4)
            middle = (after[:1] + letter, "", before[-1] + letter, self.chance.choice("etaoinsr"))[
                way
            ]
            text = before + middle + (after[1:] if way == 0 else after)
        return text

    # ---------------------------------------------------------------- the work stays the same
    def plain(self, item: Item) -> str:
        return self.line(item)

    def two_slips_in_the_title(self, item: Item) -> str:
        return self.line(item, title=self.typo(item["title"], 2))

    def a_word_left_out(self, item: Item) -> str | None:
        words = item["title"].split()
        words.pop(self.chance.randrange(len(words)))
        return self.line(item, title=" ".join(words)) if len(words) > 4 else None

    def subtitle_left_out(self, item: Item) -> str | None:
        main, colon, _ = item["title"].partition(":")
        return self.line(item, title=main) if colon and len(main.split()) > 2 else None

    def first_author_alone(self, item: Item) -> str | None:
        return self.line(item, author=item["author"][:1]) if len(item["author"]) > 1 else None

    def last_author_alone(self, item: Item) -> str | None:
        return self.line(item, author=item["author"][-1:]) if len(item["author"]) > 2 else None

    def year_off_by_one(self, item: Item) -> str:
        return self.line(item, year=(year_of(item) or 0) + self.chance.choice((-1, 1)))

    def no_venue(self, item: Item) -> str:
        return self.line(item, venue="")

    def another_venue(self, item: Item) -> str:
        return self.line(item, venue=self.other().get("container-title") or "Annals")

    def capitals(self, item: Item) -> str:
        return self.line(item).upper()

    def lost_blanks(self, item: Item) -> str:
        return self.line(item).replace(" of ", "of ").replace(", ", ",")

    def slips_in_title_and_author(self, item: Item) -> str:
        first = item["author"][0]
        family = self.typo(first["family"]) if len(first["family"]) > 4 else first["family"]
        return self.line(
            item,
            title=self.typo(item["title"]),
            author=[{**first, "family": family}, *item["author"][1:]],
        )

    # ---------------------------------------------------------------- another work, or none
    def a_number_changed(self, item: Item) -> str:
        title = item["title"]
        found = list(NUMERAL.finditer(title))
        if not found:
            return self.line(
                item, title=title + self.chance.choice((" II", ": Part 2", ", part three"))
            )
        one = self.chance.choice(found)
        return self.line(
            item,
            title=title[: one.start()]
            + (str(int(one[0]) + 1) if one[0].isdigit() else "IV")
            + title[one.end() :],
        )

    def two_titles_crossed(self, item: Item) -> str:
        mine, theirs = item["title"].split(), self.other()["title"].split()
        return self.line(item, title=" ".join(mine[: len(mine) // 2] + theirs[len(theirs) // 2 :]))

    def three_words_exchanged(self, item: Item) -> str | None:
        words = item["title"].split()
        if len(words) < 7:
            return None
        for at in self.chance.sample(range(len(words)), 3):
            words[at] = self.chance.choice(self.other()["title"].split())
        return self.line(item, title=" ".join(words))

    def other_people_elsewhere(self, item: Item) -> str | None:
        other = self.other()
        return (
            self.line(
                other, title=item["title"], year=(year_of(item) or 0) + self.chance.choice((-6, 6))
            )
            if len(item["title"].split()) < 8
            else None
        )

    def a_comment_on_it(self, item: Item) -> str:
        return self.line(item, title=f"Comment on “{item['title']}”", author=self.other()["author"])

    def an_erratum(self, item: Item) -> str:
        return self.line(item, title=f"Erratum: {item['title']}")

    def another_title_of_the_same_people(self, item: Item) -> str:
        return self.line(item, title=self.other()["title"], venue="")


KEPT: tuple[Callable[[Writer, Item], str | None], ...] = (
    Writer.plain, Writer.two_slips_in_the_title, Writer.a_word_left_out, Writer.subtitle_left_out, Writer.first_author_alone, Writer.last_author_alone,
    Writer.year_off_by_one, Writer.no_venue, Writer.another_venue, Writer.capitals, Writer.lost_blanks, Writer.slips_in_title_and_author,
)  # fmt: skip
CHANGED: tuple[Callable[[Writer, Item], str | None], ...] = (
    Writer.a_number_changed, Writer.two_titles_crossed, Writer.three_words_exchanged, Writer.other_people_elsewhere, Writer.a_comment_on_it,
    Writer.an_erratum, Writer.another_title_of_the_same_people,
)  # fmt: skip


def suitable(paths: list[Path], every: int) -> Iterator[Item]:
    """Every n-th record with a title of four words, a year, and people with family names."""
    for path in paths:
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                if number % every == 0:
                    item = json.loads(line)
                    people = item.get("author") or []
                    if (
                        people
                        and all(p.get("family") for p in people)
                        and len(str(item.get("title") or "").split()) >= 4
                        and year_of(item)
                    ):
                        yield item


def right(item: Item, result: Resolution, catalogue: Catalogue) -> bool:
    """The record matched is of the printed record's work."""
    if result.record is None:
        return False
    printed = Record.from_csl(item)
    ids = {
        r.id
        for r in (
            result.record,
            *(result.work.records if result.work else ()),
            *catalogue.versions(result.record),
        )
    }
    same_people = {n.family for n in names_of(item)} & {n.family for n in result.record.authors}
    return (
        printed.id in ids
        or same_work(printed, result.record)
        or (result.record.title.lower() == printed.title.lower() and bool(same_people))
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__.split("\n\n")[0], formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("catalogue", type=Path)
    parser.add_argument("records", type=Path, nargs="+")
    parser.add_argument("--rows", type=int, default=400, help="records for each kind of damage")
    parser.add_argument("--every", type=int, default=500, help="one record in so many is taken")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument(
        "--show",
        type=int,
        default=0,
        help="so many of the rows that went wrong are shown for each kind",
    )
    options = parser.parse_args()
    pool = list(suitable(options.records, options.every))
    random.Random(options.seed).shuffle(pool)
    writer = Writer(pool[: 3 * options.rows], options.seed)
    print(
        f"| what was done ({len(writer.records)} records) | rows | matched | to the work itself | of these verified |\n|---|---|---|---|---|"
    )
    with Catalogue.open(options.catalogue) as catalogue:
        sources = Sources([catalogue])
        for group, kinds in (("kept", KEPT), ("changed", CHANGED)):
            for kind in kinds:
                rows = [
                    (item, text)
                    for item in writer.chance.sample(
                        writer.records, min(options.rows, len(writer.records))
                    )
                    if (text := kind(writer, item))
                ]
                results = resolve_batch(parse_many([text for _, text in rows]), sources)
                good = [
                    right(item, result, catalogue)
                    for (item, _), result in zip(rows, results, strict=True)
                ]
                matched = sum(result.matched for result in results)
                verified = sum(
                    ok and result.status == "verified"
                    for ok, result in zip(good, results, strict=True)
                )
                share = [f"{n / max(1, len(rows)):.3f}" for n in (matched, sum(good), verified)]
                print(
                    f"| {group}: {kind.__name__.replace('_', ' ')} | {len(rows)} | {' | '.join(share)} |",
                    flush=True,
                )
                wrong = [
                    (t, r)
                    for (_, t), r, ok in zip(rows, results, good, strict=True)
                    if (not ok if group == "kept" else r.matched and r.status == "verified")
                ]
                for text, result in wrong[: options.show]:
                    print(
                        "    ",
                        text[:200],
                        "→",
                        result.outcome,
                        result.record.title[:100] if result.record else "",
                        f"{result.probability:.3f}",
                    )


if __name__ == "__main__":
    main()
