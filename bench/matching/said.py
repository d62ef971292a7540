"""A record and chance in, the record as somebody cites it out: fields left out, cut, misremembered and misspelt, as an entry or printed."""

from __future__ import annotations

import copy
import random
import re
import string
import sys
from pathlib import Path
from typing import Any

from citenorm.emit.liststyle import list_styles, write_reference
from citenorm.normalize.venues import find_venue

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "parser"))
from noise import noised
from records import initials
from synthesize import settled
from templates import dblp, physics, scholar
from typeset import biblatex, conference, plain

Item = dict[str, Any]
TEMPLATES = ((plain, 4), (biblatex, 3), (scholar, 3), (dblp, 2), (conference, 2), (physics, 2))
PRINTED = 0.5
"""Share of the works that are said as a printed reference; the others are entries."""


def say(record: Item, versions: list[Item], chance: random.Random) -> tuple[Item, str, list[str]]:
    """``(csl, raw, how)``: what is claimed, the printed reference or "", and what was done to the record."""
    how: list[str] = []
    item = copy.deepcopy(
        {k: v for k, v in record.items() if k not in ("id", "URL", "language", "collection-title")}
    )
    custom = item.get("custom") or {}
    item["custom"] = {k: custom[k] for k in ("arxiv",) if custom.get(k)}
    other = [v for v in versions if v.get("title") != record.get("title")]
    if other and chance.random() < 0.3:
        item["title"] = chance.choice(other)[
            "title"
        ]  # the title of one version, the rest of another
        how.append("title of another version")
    for step in (_people, _title, _when, _where, _identifiers):
        step(item, chance, how)
    if not item["custom"]:
        del item["custom"]
    raw = printed(item, chance) if chance.random() < PRINTED else ""
    return item, raw, how


def _people(item: Item, chance: random.Random, how: list[str]) -> None:
    people = item.get("author") or []
    if custom := item["custom"]:
        custom.pop("author-count", None)
    way = chance.random()
    if way < 0.03 and len(item.get("title", "")) > 25:
        item.pop("author", None)
        how.append("no authors")
        return
    if len(people) > 2 and way < 0.28:
        item["author"] = people = people[: chance.choice((1, 1, 1, 3, 6))]
        item["custom"]["others"] = True
        how.append("et al.")
    elif len(people) > 2 and way < 0.31:
        item["author"] = people = people[: chance.randint(1, len(people) - 1)]
        how.append("authors left out")
    elif len(people) > 1 and way < 0.33:
        a, b = chance.sample(range(len(people)), 2)
        people[a], people[b] = people[b], people[a]
        how.append("order")
    _names(people, chance, how)


def _names(people: list[Item], chance: random.Random, how: list[str]) -> None:
    """Given names as initials, in part or not at all; now and then a family name misspelt."""
    form = chance.random()
    for person in people:
        if person.get("given"):
            if form < 0.4:
                person["given"] = initials(person["given"], chance, 0)
            elif form < 0.45:
                del person["given"]
            elif form < 0.55:
                person["given"] = initials(person["given"], chance, 4)
    if people and chance.random() < 0.04 and people[0].get("family"):
        someone = chance.choice(people)
        if someone.get("family"):
            someone["family"] = slip(someone["family"], chance)
            how.append("name misspelt")


def slip(word: str, chance: random.Random) -> str:
    """One letter wrong, twice, or missing, or two exchanged."""
    if len(word) < 4:
        return word
    at = chance.randrange(1, len(word) - 1)
    return chance.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + chance.choice(string.ascii_lowercase) + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )


_SMALL = re.compile(r"\b(?:the|a|an|of|for|in|on|and|with|to|via)\b ?", re.I)
_COLON = re.compile(r"[:?!] |\. | [–—-] ")


def _title(item: Item, chance: random.Random, how: list[str]) -> None:
    title = item.get("title") or ""
    way = chance.random()
    if way < 0.06 and (cut := _COLON.search(title)) and cut.start() > 10:
        title = title[: cut.start()]
        how.append("subtitle cut")
    elif way < 0.08 and len(title.split()) > 7:
        title = " ".join(title.split()[: -chance.randint(1, 3)])
        how.append("end cut")
    elif way < 0.12:
        words = title.split()
        at = chance.randrange(len(words))
        words[at] = slip(words[at], chance)
        title = " ".join(words)
        how.append("title misspelt")
    elif way < 0.14 and (small := list(_SMALL.finditer(title))):
        gone = chance.choice(small)
        title = title[: gone.start()] + title[gone.end() :]
        how.append("small word lost")
    elif way < 0.16 and item.get("volume") and item.get("page"):
        title = ""
        how.append("no title")
    if chance.random() < 0.2:
        title = title[:1] + title[1:].lower()
    item["title"] = title
    if not title:
        del item["title"]


def _when(item: Item, chance: random.Random, how: list[str]) -> None:
    way = chance.random()
    if way < 0.06:
        item.pop("issued", None)
        how.append("no year")
    elif way < 0.14 and item.get("issued"):
        year = item["issued"]["date-parts"][0][0]
        off = chance.choice((-1, -1, 1, 1, 1, 2, -2, 3))
        item["issued"] = {"date-parts": [[year + off]]}
        how.append("year off")


def _where(item: Item, chance: random.Random, how: list[str]) -> None:
    venue = item.get("container-title")
    if venue and chance.random() < 0.12:
        for field in ("container-title", "volume", "issue", "page", "publisher"):
            item.pop(field, None)
        how.append("no venue")
    elif venue and chance.random() < 0.4 and (found := find_venue(venue)) and not found.part:
        table = found.venue
        names = [n for n in (table.short, table.name, table.abbreviation, *table.aliases[:3]) if n]
        item["container-title"] = chance.choice(names)
    for field, share in (("volume", 0.2), ("issue", 0.4), ("page", 0.3), ("publisher", 0.5)):
        if chance.random() < share:
            item.pop(field, None)
    if item.get("page") and chance.random() < 0.15:
        item["page"] = item["page"].split("-")[0]
    if chance.random() < 0.08:
        item["type"] = chance.choice(("document", "article-journal", "paper-conference", "article"))


def _identifiers(item: Item, chance: random.Random, how: list[str]) -> None:
    if chance.random() < 0.75:
        item.pop("DOI", None)
    if item["custom"].get("arxiv") and chance.random() < (
        0.4 if item.get("type") == "article" else 0.8
    ):
        del item["custom"]["arxiv"]
    item.pop("ISBN", None)


def printed(item: Item, chance: random.Random) -> str:
    """The item in a common style or template, half of the time with the noise of scanners and people; "" where it suits none."""
    if chance.random() < 0.55:
        style = chance.choice(list_styles())
        pieces = [("", write_reference(item, style, variant=chance.randrange(3)))]
    else:
        template = chance.choices([t for t, _ in TEMPLATES], [w for _, w in TEMPLATES])[0]
        got = template({**item, "title": item.get("title", "")}, chance)
        if not got:
            return ""
        pieces = settled(got)
    if chance.random() < 0.5:
        pieces = noised(pieces, chance)
    raw = re.sub(r"\s+", " ", "".join(text for _, text in pieces)).strip()
    return raw if 20 < len(raw) < 1500 else ""
