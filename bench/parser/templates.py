"""CSL items in; references out as people write them where no CSL style rules: DBLP, physics without titles, German, footnotes, classics.

A reference is a list of pieces ``(label, text)``; label "" is glue.
"""

from __future__ import annotations

import random
from typing import Any

from records import initials

Item = dict[str, Any]
Pieces = list[tuple[str, str]]


def person(p: Item, form: str) -> str:
    """One name: "first" Given Family, "last" Family, Given, "bare" Family Given, "family" alone."""
    if "literal" in p or not p.get("given"):
        return p.get("literal") or p["family"]
    family = (
        p["family"]
        if not p.get("non-dropping-particle")
        else f"{p['non-dropping-particle']} {p['family']}"
    )
    given = p["given"]
    return {
        "first": f"{given} {family}",
        "last": f"{family}, {given}",
        "bare": f"{family} {given}",
        "family": family,
    }[form]


def people(
    names: list[Item],
    form: str,
    between: str,
    last: str,
    rng: random.Random,
    most: int = 9,
    rest: str = "first",
) -> str:
    """A list of names; form "mixed": the first one inverted, the others as ``rest``."""
    cut = len(names) > most
    if cut:
        names = names[: rng.choice((1, 1, 3))]
    forms = [form if form != "mixed" else ("last" if i == 0 else rest) for i in range(len(names))]
    printed = [person(p, f) for p, f in zip(names, forms, strict=True)]
    if cut:
        return between.join(printed) + rng.choice(
            (" et al.", ", et al.", " et al", " u.a.", " [et al.]")
        )
    return between.join(printed[:-1]) + (last if len(printed) > 1 else "") + printed[-1]


def short(names: list[Item], rng: random.Random, way: int) -> list[Item]:
    return [{**p, "given": initials(p["given"], rng, way)} if p.get("given") else p for p in names]


def year(item: Item) -> str:
    return str(item["issued"]["date-parts"][0][0]) if "issued" in item else ""


def pages(item: Item, dash: str) -> str:
    return item.get("page", "").replace("-", dash)


def add(pieces: Pieces, before: str, label: str, text: str | None, after: str = "") -> None:
    """Glue, value and glue, where there is a value."""
    if text:
        pieces += [("", before), (label, text), ("", after)]


def dblp(item: Item, rng: random.Random) -> Pieces | None:
    if item["type"] not in ("article-journal", "paper-conference") or not item.get("author"):
        return None
    p: Pieces = [
        ("author", people(item["author"], "first", ", ", ", ", rng, 30)),
        ("", ": "),
        ("title", item["title"]),
        ("", rng.choice((". ", "." if rng.random() < 0.1 else ". "))),
    ]
    p.append(("container-title", item.get("container-title", "")))
    if item["type"] == "paper-conference":
        add(p, " ", "date", year(item))
        add(p, ": ", "page", pages(item, "-"))
    else:
        add(p, " ", "volume", item.get("volume"))
        add(p, "(", "issue", item.get("issue"), ")")
        add(p, rng.choice((": ", ":")), "page", pages(item, "-"))
        add(p, " (", "date", year(item), ")")
    return p


def scholar(item: Item, rng: random.Random) -> Pieces | None:
    """The "cite" box of search engines: first author inverted, initials and full names mixed, venue and (year)."""
    if not item.get("author") or not item.get("title"):
        return None
    names = [p if rng.random() < 0.5 else short([p], rng, 0)[0] for p in item["author"]]
    opening, closing = rng.choice((("“", ".”"), ('"', '."'), ("", ".")))
    p: Pieces = [
        ("author", people(names, "mixed", ", ", rng.choice((" and ", ", and ")), rng, 6)),
        ("", rng.choice((". ", " "))),
        ("", opening),
        ("title", item["title"]),
        ("", closing + " "),
    ]
    add(p, "", "container-title", item.get("container-title"))
    add(p, " ", "volume", item.get("volume"))
    add(p, rng.choice((".", " no. ", ", no. ")), "issue", item.get("issue"))
    add(p, " (", "date", year(item), ")")
    add(p, ": ", "page", pages(item, "-"), ".")
    add(p, " ", "publisher", item.get("publisher") if rng.random() < 0.5 else None, ".")
    return p


def physics(item: Item, rng: random.Random) -> Pieces | None:
    if (
        item["type"] != "article-journal"
        or not item.get("author")
        or not item.get("volume")
        or not item.get("container-title")
    ):
        return None
    names = short(item["author"], rng, rng.choice((0, 0, 1, 3)))
    p: Pieces = [
        (
            "author",
            people(
                names,
                rng.choice(("first", "first", "first", "bare", "last")),
                ", ",
                rng.choice((", and ", " and ", ", ", ", & ")),
                rng,
                rng.choice((3, 6, 20)),
            ),
        )
    ]
    if rng.random() < 0.25:
        p += [
            ("", rng.choice((", ", ", “", ", "))),
            ("title", item.get("title", "")),
            ("", rng.choice((", ", ". "))),
        ]
    else:
        p.append(("", rng.choice((", ", ", ", " ", ": "))))
    first = item.get("page", "").split("-")[0]
    page = rng.choice((first, first, pages(item, "-"), pages(item, "–")))
    form = rng.randrange(5)
    volume = item["volume"]
    container, blank = item["container-title"], " "
    if (
        rng.random() < 0.2 and volume.isdigit()
    ):  # the letter of a section belongs to the journal: "Phys. Lett. B694"
        container += " " + rng.choice("AABBBCCDDEGL")
        blank = rng.choice(("", "", " "))
    p.append(("container-title", container))
    if form == 0:
        (
            add(p, blank, "volume", volume),
            add(p, ", ", "page", page),
            add(p, " (", "date", year(item), ")"),
        )
    elif form == 1:
        (
            add(p, blank, "volume", volume),
            add(p, " (", "date", year(item), ") "),
            add(p, "", "page", page),
        )
    elif form == 2:
        (
            add(p, blank and ", ", "volume", volume),
            add(p, ":", "page", page),
            add(p, ", ", "date", year(item)),
        )
    elif form == 3:
        (
            add(p, blank, "volume", volume),
            add(p, " (", "issue", item.get("issue"), ")"),
            add(p, ", ", "page", page),
            add(p, ", ", "date", year(item)),
        )
    else:
        (
            add(p, " (", "date", year(item), "), "),
            add(p, "", "volume", volume),
            add(p, ", ", "page", page),
        )
    if rng.random() < 0.25:
        number = rng.choice(
            (
                f"hep-th/{rng.randint(9201, 9912)}{rng.randint(1, 300):03d}",
                f"{rng.randint(7, 23):02d}{rng.randint(1, 12):02d}.{rng.randint(1, 9999):04d}",
                f"cond-mat/{rng.randint(9301, 9912)}{rng.randint(1, 300):03d}",
            )
        )
        p += [
            ("", rng.choice((", ", " [", " "))),
            ("", rng.choice(("arXiv:", "arXiv: ", "", "arXiv preprint arXiv:"))),
            ("arXiv", number),
            ("", "]" if p[-1][1].endswith("[") else ""),
        ]
    return p


def german(item: Item, rng: random.Random) -> Pieces | None:
    kind = item["type"]
    if (
        not item.get("title")
        or not (item.get("author") or item.get("editor"))
        or kind not in ("book", "chapter", "article-journal", "report", "thesis")
    ):
        return None
    form = rng.choice(("last", "last", "last", "first", "bare", "mixed"))
    between = rng.choice(("/", "/", "; ", ", ", " / ", "; ", " und ")) if form != "mixed" else ", "
    last = rng.choice((between, between, " und ", " & ", "/", " u. "))
    if rng.random() < 0.3:
        item = {
            **item,
            **{
                r: short(item[r], rng, rng.choice((0, 0, 1)))
                for r in ("author", "editor")
                if r in item
            },
        }
    hrsg = rng.choice(
        (
            " (Hrsg.)",
            " (Hg.)",
            " (Hrsg.)",
            " (Hg.)",
            " (Hrsg)",
            " Hrsg.",
            " (Hgg.)",
            " (eds.)",
            " (Ed.)",
        )
    )
    p: Pieces = []
    if rng.random() < 0.1:
        p.append(
            ("", rng.choice(("Vgl. ", "Vgl. hierzu ", "Siehe ", "vgl. ", "Vgl. auch ", "S. ")))
        )
    by_editor = not item.get("author")
    p.append(
        (
            "editor" if by_editor else "author",
            people(item["editor" if by_editor else "author"], form, between, last, rng, 5),
        )
    )
    if by_editor:
        p.append(("", hrsg))
    early = rng.random() < 0.7
    if early:
        before, after = rng.choice(
            (
                (" (", "): "),
                (" (", "): "),
                (" (", "). "),
                (" ", ": "),
                (", ", ": "),
                (" (", "), "),
                (" (", ") "),
                (", ", ", "),
            )
        )
        add(
            p,
            before,
            "date",
            year(item) + (rng.choice("abc") if rng.random() < 0.06 else ""),
            after,
        )
    else:
        p.append(("", rng.choice((", ", ": ", ": ", ". "))))
    opening, closing = rng.choice(
        (
            ("", ""),
            ("", ""),
            ("", ""),
            ("", ""),
            ("„", "“"),
            ("„", "”"),
            ('"', '"'),
            ("»", "«"),
            ("›", "‹"),
            ("‚", "‘"),
            ("“", "”"),
        )
    )
    p += [("", opening), ("title", item["title"]), ("", closing)]
    stop = rng.choice((". ", ", ", ". ", ". "))
    if kind == "article-journal" and item.get("container-title"):
        p.append(("", stop + rng.choice(("In: ", "In: ", "in: ", "", "In "))))
        p.append(("container-title", item["container-title"]))
        volume, issue, number = (
            item.get("volume"),
            item.get("issue"),
            pages(item, rng.choice("--–")),
        )
        how = rng.randrange(7)
        if how == 0:
            (
                add(p, " ", "volume", volume),
                add(p, " (", "date", "" if early else year(item), ")"),
                add(p, ", H. ", "issue", issue),
            )
        elif how == 1:
            (
                add(p, ", ", "volume", volume, ". Jg."),
                add(p, ", ", "date", "" if early else year(item)),
                add(p, rng.choice((", H. ", ", Heft ", ", Nr. ")), "issue", issue),
            )
        elif how == 2:
            (
                add(p, ", Jg. ", "volume", volume),
                add(p, ", H. ", "issue", issue),
                add(p, ", ", "date", "" if early else year(item)),
            )
        elif how == 3:
            (
                add(p, ", ", "volume", volume),
                add(p, ", ", "issue", issue),
                add(p, ", ", "date", "" if early else year(item)),
            )
        elif how == 4:
            (
                add(p, rng.choice((" ", ", ", ", Bd. ", ", Vol. ")), "volume", volume),
                add(p, rng.choice(("(", " (")), "issue", issue, ")"),
                add(p, ", ", "date", "" if early else year(item)),
            )
        elif how == 5:
            (
                add(p, " ", "volume", volume),
                add(p, "/", "date", "" if early else year(item)),
                add(p, ", Nr. ", "issue", issue),
            )
        else:
            add(p, " ", "issue", issue), add(p, "/", "date", year(item))
        add(
            p,
            rng.choice((", S. ", ", S. ", ": ", ", ", ". S. ", ", S.", "; S. ")),
            "page",
            number
            + (
                rng.choice(("f.", "ff.", " ff", "f"))
                if number and "-" not in number and "–" not in number and rng.random() < 0.4
                else ""
            ),
        )
        return p
    if kind == "chapter" and item.get("container-title"):
        p.append(("", stop + rng.choice(("In: ", "In: ", "in: ", "In ", "in "))))
        if item.get("editor") and not by_editor:
            ways = rng.randrange(4)
            names = people(
                item["editor"],
                rng.choice((form if form != "mixed" else "first", "first")),
                between if form != "mixed" else ", ",
                last,
                rng,
                4,
            )
            if ways < 3:
                p += [("editor", names), ("", hrsg + rng.choice((": ", ": ", ", ", " ", ". ")))]
                p.append(("container-title", item["container-title"]))
            else:
                p += [
                    ("container-title", item["container-title"]),
                    (
                        "",
                        rng.choice(
                            (
                                ", hrsg. v. ",
                                ", hrsg. von ",
                                ", hg. v. ",
                                ". Hg. v. ",
                                ". Hrsg. von ",
                            )
                        ),
                    ),
                    ("editor", names),
                ]
        else:
            p.append(("container-title", item["container-title"]))
    if rng.random() < 0.06:
        add(p, rng.choice((", Bd. ", ". Band ", ", Band ")), "volume", str(rng.randint(1, 12)))
    if item.get("edition") or rng.random() < 0.06:
        number = item.get("edition") or "2"
        p += [
            ("", rng.choice((", ", ". "))),
            (
                "edition",
                number
                + rng.choice(
                    (
                        ". Aufl",
                        ". Auflage",
                        "., überarb. Aufl",
                        "., erw. Auflage",
                        "., durchges. Aufl",
                    )
                ),
            ),
            ("", "."),
        ]
    where, who = item.get("publisher-place"), item.get("publisher")
    p.append(("", rng.choice((". ", ", ", ". ", ". "))))
    way = rng.randrange(6)
    if way < 3 and where:
        (
            add(p, "", "publisher-place", where),
            add(p, rng.choice((": ", ": ", ", ")), "publisher", who),
        )
    elif way < 5 and where:
        add(p, "", "publisher-place", where)
    else:
        add(p, "", "publisher", who), add(p, ", ", "publisher-place", where)
    if not early:
        add(p, rng.choice((" ", ", ", " ")), "date", year(item))
    if kind == "chapter" or rng.random() < 0.12:
        add(
            p,
            rng.choice((", S. ", ", S. ", ": ", ", ", ". S. ", ". S.")),
            "page",
            pages(item, rng.choice("--–"))
            or (str(rng.randint(5, 400)) + rng.choice(("", "f.", "ff.", " f."))),
        )
    if item.get("collection-title") and rng.random() < 0.5:
        (
            add(p, " (= ", "collection-title", item["collection-title"]),
            add(p, ", Bd. ", "number", item.get("collection-number")),
            p.append(("", ")")),
        )
    return p


def classics(item: Item, rng: random.Random) -> Pieces | None:
    """Footnotes of historians and philologists: "J. Latacz (ed.), Title, Place 2000, pp. 2-4"."""
    kind = item["type"]
    if (
        not item.get("title")
        or not (item.get("author") or item.get("editor"))
        or kind not in ("book", "chapter", "article-journal")
    ):
        return None
    if rng.random() < 0.75:
        item = {
            **item,
            **{
                r: short(item[r], rng, rng.choice((0, 0, 1)))
                for r in ("author", "editor")
                if r in item
            },
        }
    p: Pieces = []
    if rng.random() < 0.1:
        p.append(("", rng.choice(("See ", "Cf. ", "See also ", "Si veda ", "Cfr. ", "Voir "))))
    eds = rng.choice((" (ed.)", " (eds.)", " (Ed.)", " (hrsg.)", " (a cura di)", ", ed.", " (éd.)"))
    role = "author" if item.get("author") else "editor"
    p.append(
        (
            role,
            people(
                item[role],
                "first",
                rng.choice((", ", " - ", " – ", ", ")),
                rng.choice((" and ", " & ", ", ", " - ", " e ", " et ")),
                rng,
                4,
            ),
        )
    )
    if role == "editor":
        p.append(("", eds))
    p.append(("", ", "))
    opening, closing = (
        rng.choice((("‘", "’"), ("“", "”"), ("«", "»"), ("", ""), ("'", "'"), ("", "")))
        if kind != "book"
        else ("", "")
    )
    p += [("", opening), ("title", item["title"]), ("", closing + ", ")]
    dash = rng.choice("-–-")
    if kind == "article-journal" and item.get("container-title"):
        p += [
            ("", rng.choice(("", "", "in ", "in: "))),
            ("container-title", item["container-title"]),
        ]
        (
            add(p, rng.choice((" ", ", ", " vol. ", ", vol. ")), "volume", item.get("volume")),
            add(p, rng.choice((".", ", no. ", "/", ", n. ")), "issue", item.get("issue")),
        )
        before, after = rng.choice(((" (", ")"), (", ", ""), (" ", "")))
        (
            add(p, before, "date", year(item), after),
            add(p, rng.choice((", pp. ", ", ", " ", ": ", ", p. ")), "page", pages(item, dash)),
        )
        return p
    if kind == "chapter" and item.get("container-title"):
        p.append(("", rng.choice(("in ", "in: ", "In: "))))
        if item.get("editor") and role == "author":
            p += [
                (
                    "editor",
                    people(
                        item["editor"],
                        "first",
                        ", ",
                        rng.choice((" and ", " & ", ", ", " - ")),
                        rng,
                        3,
                    ),
                ),
                ("", eds + ", "),
            ]
        p += [("container-title", item["container-title"]), ("", ", ")]
    if item.get("collection-title"):
        (
            add(p, "", "collection-title", item["collection-title"]),
            add(p, " ", "number", item.get("collection-number")),
            p.append(("", ", ")),
        )
    way = rng.randrange(4)
    if way == 0:
        (
            add(p, "(", "publisher-place", item.get("publisher-place")),
            add(p, ": ", "publisher", item.get("publisher")),
            add(p, ", ", "date", year(item), ")"),
        )
    elif way == 1:
        (
            add(p, "", "publisher", item.get("publisher")),
            add(p, ", ", "publisher-place", item.get("publisher-place")),
            add(p, rng.choice((" ", ", ")), "date", year(item)),
        )
    else:
        (
            add(p, "", "publisher-place", item.get("publisher-place")),
            add(p, rng.choice((" ", ", ", " ")), "date", year(item)),
        )
    if kind == "chapter" or rng.random() < 0.1:
        add(p, rng.choice((", pp. ", ", ", ", p. ")), "page", pages(item, dash))
    return p
