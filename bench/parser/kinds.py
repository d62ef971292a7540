"""CSL items in; references of the life sciences, law, newspapers, reports, theses and software, and those that lack half of their fields."""

from __future__ import annotations

import random

from coined import body, department, place, university
from templates import Item, Pieces, add, pages, people, short, year
from typeset import MONTHS

_LAW_JOURNALS = [
    "Harv. L. Rev.",
    "Yale L.J.",
    "Colum. L. Rev.",
    "Stan. L. Rev.",
    "U. Chi. L. Rev.",
    "Am. J. Int'l L.",
    "Geo. L.J.",
    "J. Legal Stud.",
    "Mich. L. Rev.",
    "Cal. L. Rev.",
    "Duke L.J.",
    "Va. J. Int'l L.",
    "J. Air L. & Com.",
    "Fordham Int'l L.J.",
    "Eur. J. Int'l L.",
    "Mod. L. Rev.",
    "Cambridge L.J.",
    "L.Q.R.",
    "Harvard Law Review",
]
_COURTS = [
    "U.S.",
    "F.2d",
    "F.3d",
    "F. Supp.",
    "S. Ct.",
    "N.E.2d",
    "P.2d",
    "A.C.",
    "All ER",
    "WLR",
    "C.L.R.",
    "I.C.J. Rep.",
    "E.C.R.",
    "BGHZ",
    "BVerfGE",
]
_PAPERS = [
    "The New York Times",
    "The Guardian",
    "Le Monde",
    "Die Zeit",
    "The Times",
    "Washington Post",
    "Financial Times",
    "El País",
    "Frankfurter Allgemeine Zeitung",
    "The Economist",
    "The Independent",
    "Der Spiegel",
    "New Scientist",
    "Los Angeles Times",
    "The Wall Street Journal",
    "La Repubblica",
    "Neue Zürcher Zeitung",
    "Süddeutsche Zeitung",
    "The Hindu",
    "Time",
    "Newsweek",
    "Wired",
    "The Atlantic",
    "Libération",
    "Corriere della Sera",
    "Folha de S. Paulo",
]
_SHORT = MONTHS[:12] + [m[:3] for m in MONTHS[:12]]


def _vancouver(names: list[Item], rng: random.Random) -> str:
    return people(
        short(names, rng, rng.choice((2, 2, 2, 2, 3, 1))),
        "bare",
        ", ",
        ", ",
        rng,
        rng.choice((3, 5, 6, 20)),
    )


def medicine(item: Item, rng: random.Random) -> Pieces | None:
    """ "Smith AB, Chen C, et al. Title. J Biol. 2004 Mar 18;29(11):1611-21. doi: …"; chapters, at times with nothing between title and book."""
    kind = item["type"]
    if (
        not item.get("author")
        or not item.get("title")
        or kind
        not in ("article-journal", "chapter", "book", "paper-conference", "thesis", "report")
    ):
        return None
    p: Pieces = [("author", _vancouver(item["author"], rng))]
    early = rng.random() < 0.2
    if early:
        before, after = rng.choice(
            (
                (" (", ") "),
                (" (", "). "),
                (". ", ". "),
                (", ", ". "),
                (". ", " "),
                (" (", "): "),
                (" ", " "),
            )
        )
        add(
            p,
            before,
            "date",
            year(item) + (rng.choice(("a", "b", " a")) if rng.random() < 0.05 else ""),
            after,
        )
    else:
        p.append(("", rng.choice((". ", ". ", ". ", ": ", " "))))
    p.append(("title", item["title"]))
    if kind == "article-journal" and item.get("container-title"):
        p += [
            ("", rng.choice((". ", ". ", ". ", ". ", " ", "? "))),
            ("container-title", item["container-title"]),
        ]
        day = rng.choice(
            (
                " " + rng.choice(_SHORT[12:]),
                f" {rng.choice(_SHORT[12:])} {rng.randint(1, 28)}",
                "",
                "",
                "",
                "",
                f" {rng.randint(1, 12)} {rng.randint(1, 28)}",
            )
        )
        if not early and year(item):
            if rng.random() < 0.12:  # "Dec 7 2006;355(23): 2408-2417"
                p += [
                    ("", ". "),
                    ("date", f"{rng.choice(_SHORT[12:])} {rng.randint(1, 28)} {year(item)}"),
                    ("", ";"),
                ]
            else:
                p += [
                    ("", rng.choice((". ", " ", ". ", ", "))),
                    ("date", year(item) + day),
                    ("", rng.choice((";", ";", "; ", ";"))),
                ]
        else:
            p.append(("", rng.choice((" ", ". ", ", "))))
        add(p, "", "volume", item.get("volume"))
        if rng.random() < 0.1:
            p += [
                ("", rng.choice((" Suppl ", " (Suppl ", "(Suppl. "))),
                ("issue", str(rng.randint(1, 4))),
                ("", ")" if p[-1][1].count("(") else ""),
            ]
        else:
            issue = item.get("issue") or (
                rng.choice(
                    (
                        "Pt 2",
                        "Suppl 1",
                        "S1",
                        "Suppl. 2",
                        "Database issue",
                        "Web Server issue",
                        "1 Suppl",
                    )
                )
                if rng.random() < 0.12
                else None
            )
            add(p, rng.choice(("(", "(", " (")), "issue", issue, ")")
        page = item.get("page", "")
        first, _, last = page.partition("-")
        if last and len(first) == len(last) and rng.random() < 0.4:  # 1611-21
            k = next(
                (i for i, (a, b) in enumerate(zip(first, last, strict=True)) if a != b),
                len(first) - 1,
            )
            page = first + "-" + last[k:]
        add(
            p,
            rng.choice((":", ":", ": ", ", ")),
            "page",
            page.replace("-", rng.choice("-–")),
            rng.choice((".", "", ".")),
        )
    elif kind in ("chapter", "paper-conference") and item.get("container-title"):
        p.append(("", rng.choice((" In: ", ". In: ", " In: ", ". In ", " ", ". ", " In ", "; "))))
        if item.get("editor") and rng.random() < 0.6:
            p += [
                (
                    "editor",
                    people(
                        short(item["editor"], rng, 2),
                        "bare",
                        ", ",
                        rng.choice((", ", ", ", " and ")),
                        rng,
                        4,
                    ),
                ),
                (
                    "",
                    rng.choice(
                        (", editors. ", ", editor. ", ", eds. ", " (eds). ", ", editors.", " (ed) ")
                    ),
                ),
            ]
        p.append(("container-title", item["container-title"]))
        add(p, rng.choice((", Vol. ", ". Vol ", ". ", ", vol. ")), "volume", item.get("volume"))
        add(
            p,
            ". ",
            "edition",
            item.get("edition")
            and item["edition"] + rng.choice(("nd ed", "th ed", " ed", "rd edn")),
        )
        _house(p, item, rng, early)
        add(
            p,
            rng.choice((". p. ", " p. ", ", pp. ", ": ", " pp. ", ". pp. ")),
            "page",
            pages(item, rng.choice("-–")),
        )
    else:
        if kind == "thesis":
            p += [
                ("", rng.choice((" [", ". ", " ["))),
                (
                    "genre",
                    rng.choice(
                        (
                            "PhD Thesis",
                            "dissertation",
                            "Master's thesis",
                            "Thèse",
                            "Ph.D. thesis",
                            "master thesis",
                        )
                    ),
                ),
                ("", "]" if p[-2:][0][1].endswith("[") else ""),
            ]
        add(
            p,
            rng.choice((". ", " ", ", ")),
            "edition",
            item.get("edition")
            and item["edition"] + rng.choice(("nd ed", "th ed", " ed", "rd edn")),
        )
        _house(p, item, rng, early)
    if rng.random() < 0.35:
        p += [
            ("", rng.choice((" doi: ", " ", " doi:", ". doi: ", " https://doi.org/", ". DOI: "))),
            (
                "DOI",
                item.get("DOI")
                or f"10.{rng.randint(1000, 9999)}/{rng.choice(('journal.pone.0', 'fpls.201', 's1', 'j.envpol.20', 'AEM.0'))}{rng.randint(10000, 99999)}",
            ),
        ]
    if rng.random() < 0.1:
        p.append(
            (
                "",
                rng.choice((". PMID: ", " pmid:", "; PubMed PMID: ", " PMID "))
                + str(rng.randint(1000000, 39999999)),
            )
        )
        if rng.random() < 0.3:
            p.append(("", f"; PMCID: PMC{rng.randint(100000, 9999999)}."))
    return p


def _house(p: Pieces, item: Item, rng: random.Random, early: bool) -> None:
    """Place, publisher and year of a book, in one of their orders."""
    way = rng.randrange(7)
    when = "" if early else year(item)
    where, who = item.get("publisher-place"), item.get("publisher")
    if way < 3:
        p.append(("", rng.choice((". ", ". ", " ", ", "))))
        (
            add(p, "", "publisher-place", where, ": "),
            add(p, "", "publisher", who),
            add(p, rng.choice(("; ", ", ", "; ")), "date", when),
        )
    elif way == 3:
        (
            add(p, ". ", "publisher", who),
            add(p, ", ", "publisher-place", where),
            add(p, rng.choice((", ", " ", "; ")), "date", when),
        )
    elif way == 4:
        (
            add(p, rng.choice((": ", ". ", ": ")), "publisher", who),
            add(p, rng.choice(("; ", ", ", " ")), "date", when),
        )
    elif way == 5:
        (
            add(p, " (", "publisher", who),
            add(p, ", ", "publisher-place", where),
            add(p, ", ", "date", when),
            p.append(("", ")")),
        )
    else:
        (
            add(p, " (", "publisher-place", where),
            add(p, ": ", "publisher", who, ")"),
            add(p, ", ", "date", when),
        )


def botany(item: Item, rng: random.Random) -> Pieces | None:
    """ "Wright S., Lee K. (1978). Title, in Book, Vol. 4, 2nd Edn, eds Smith A., Roe B. (Place: Publisher), 1–39. 10.1007/…" """
    kind = item["type"]
    if (
        kind not in ("chapter", "book", "thesis", "report", "paper-conference", "article-journal")
        or not item.get("author")
        or not item.get("title")
    ):
        return None
    p: Pieces = [
        (
            "author",
            people(
                short(item["author"], rng, 0),
                rng.choice(("bare", "bare", "last")),
                ", ",
                rng.choice((", ", ", ", ", and ", " & ")),
                rng,
                6,
            ),
        )
    ]
    add(p, rng.choice((" (", " (", ", ", " ")), "date", year(item))
    p.append(
        (
            "",
            rng.choice(("). ", ") ", "). "))
            if len(p) > 2 and p[-3][1].endswith("(")
            else rng.choice((" ", ". ")),
        )
    )
    opening, closing = rng.choice((("", ""), ("“", ",”"), ("", "")))
    p += [
        ("", opening if kind == "chapter" else ""),
        ("title", item["title"]),
        ("", closing if kind == "chapter" else ""),
    ]
    if kind == "article-journal" and item.get("container-title"):
        (
            add(p, ". ", "container-title", item["container-title"]),
            add(p, " ", "volume", item.get("volume")),
            add(p, rng.choice((":", ", ", ": ")), "page", pages(item, "–"), "."),
        )
        add(p, rng.choice((" ", " doi: ")), "DOI", item.get("DOI"))
        return p
    if kind in ("chapter", "paper-conference") and item.get("container-title"):
        p += [
            (
                "",
                rng.choice(
                    (", in ", " in ", ", in: ", ", pp. 1–20 in " if rng.random() < 0.1 else ", in ")
                ),
            ),
            ("container-title", item["container-title"]),
        ]
    add(
        p,
        rng.choice((", Vol. ", ", vol. ")),
        "volume",
        item.get("volume") or (str(rng.randint(1, 30)) if rng.random() < 0.15 else None),
    )
    add(
        p,
        rng.choice((", ", ". ")),
        "edition",
        item.get("edition") and item["edition"] + rng.choice(("nd Edn", "th Edn", "rd Edn")),
    )
    if kind in ("chapter", "paper-conference") and item.get("editor"):
        names = people(
            short(item["editor"], rng, 0),
            rng.choice(("bare", "bare", "first")),
            ", ",
            rng.choice((", ", ", and ", " and ")),
            rng,
            4,
        )
        before, after = rng.choice(
            (
                (", eds ", ""),
                (", ed. ", ""),
                (", edited by ", ""),
                (" (", ", eds)"),
                (", eds. ", ""),
                (", ed ", ""),
            )
        )
        p += [("", before), ("editor", names), ("", after)]
    if kind == "thesis":
        p += [
            ("", ". "),
            (
                "genre",
                rng.choice(
                    (
                        "Doctoral thesis",
                        "Master's thesis",
                        "Ph.D. thesis",
                        "Dissertation",
                        "master's thesis",
                        "MSc thesis",
                    )
                ),
            ),
            ("", ", "),
        ]
        (
            add(p, "", "publisher", item.get("publisher")),
            add(p, ", ", "publisher-place", item.get("publisher-place")),
        )
        return p
    inside = kind in ("chapter", "paper-conference")
    p.append(("", " (" if inside else ". "))
    (
        add(p, "", "publisher-place", item.get("publisher-place"), ": "),
        add(p, "", "publisher", item.get("publisher")),
    )
    p.append(("", ")" if inside else ""))
    if inside:
        add(p, rng.choice((", ", " ", ", pp. ")), "page", pages(item, rng.choice("-–")))
    add(p, rng.choice((". ", ". doi: ", ". ")), "DOI", item.get("DOI"))
    return p


def law(item: Item, rng: random.Random) -> Pieces | None:
    """ "Jane Roe, Title, 8 Colum. L. Rev. 157 (1990)"; "Smith v. Jones, 123 U.S. 456 (1967)"."""
    volume, page, when = (
        str(rng.randint(1, 600)),
        str(rng.randint(1, 2000)),
        year(item) or str(rng.randint(1920, 2020)),
    )
    if rng.random() < 0.25:
        a, b = (item.get("author") or [{"family": "Roe"}])[0], body(rng)
        name = a.get("family") or a["literal"]
        title = rng.choice(
            (
                f"{name} v. {b}",
                f"{b} v. {name}",
                f"In re {name}",
                f"{name} v {name}",
                f"R v {name}",
                f"United States v. {name}",
            )
        )
        return [
            ("title", title),
            ("", ", "),
            ("volume", volume),
            ("", " "),
            ("container-title", rng.choice(_COURTS)),
            ("", " "),
            ("page", page),
            ("", rng.choice((f", {int(page) + 3} (", " ("))),
            ("date", when),
            ("", ")"),
        ]
    if not item.get("author") or not item.get("title"):
        return None
    journal = (
        rng.choice(_LAW_JOURNALS)
        if rng.random() < 0.7
        else item.get("container-title", "Law Review")
    )
    p: Pieces = [
        ("author", people(item["author"], "first", ", ", " & ", rng, 3)),
        ("", ", "),
        ("title", item["title"]),
        ("", ", "),
    ]
    if rng.random() < 0.25 and item.get("publisher"):
        return [
            *p[:-1],
            ("", f" {rng.randint(5, 400)} (" if rng.random() < 0.5 else " ("),
            ("publisher", item["publisher"]),
            ("", rng.choice((", ", " "))),
            ("date", when),
            ("", ")"),
        ]
    return [
        *p,
        ("volume", volume),
        ("", " "),
        ("container-title", journal),
        ("", " "),
        ("page", page),
        ("", rng.choice((f", {int(page) + 7} (", " (", "("))),
        ("date", when),
        ("", ")"),
    ]


def newspaper(item: Item, rng: random.Random) -> Pieces | None:
    """ "Jane Roe, ‘Title,’ The Guardian, 28 Jun. 2004, p. A3, https://…" """
    if not item.get("title"):
        return None
    when = year(item) or "2004"
    month, day = rng.choice(_SHORT), rng.randint(1, 28)
    whole = rng.choice(
        (
            f"{day} {month} {when}",
            f"{month} {day}, {when}",
            f"{when}, {month} {day}",
            f"{day}. {month} {when}",
            f"{month} {when}",
            f"{day}.{rng.randint(1, 12)}.{when}",
        )
    )
    paper = rng.choice(_PAPERS)
    p: Pieces = []
    if item.get("author") and rng.random() < 0.8:
        p += [
            (
                "author",
                people(
                    item["author"][:2],
                    rng.choice(("first", "last", "last")),
                    ", ",
                    rng.choice((" and ", " & ", ", ")),
                    rng,
                ),
            )
        ]
        if rng.random() < 0.4:
            return [
                *p,
                ("", " ("),
                ("date", whole),
                ("", "). "),
                ("title", item["title"]),
                ("", ". "),
                ("container-title", paper),
                *([("", ", "), ("page", f"A{rng.randint(1, 30)}")] if rng.random() < 0.3 else []),
            ]
        p.append(("", rng.choice((", ", ". ", ": "))))
    opening, closing = rng.choice(
        (("“", ",” "), ("‘", ",’ "), ("", ". "), ('"', '", '), ("„", "“, "), ("«", "», "))
    )
    p += [
        ("", opening),
        ("title", item["title"]),
        ("", closing),
        ("", rng.choice(("", "", "In: ", "in: ", "in "))),
        ("container-title", paper),
        ("", rng.choice((", ", ", ", " ", " (", ". "))),
        ("date", whole),
    ]
    if p[-2][1] == " (":
        p.append(("", ")"))
    if rng.random() < 0.35:
        p += [
            ("", rng.choice((", p. ", ", S. ", ": ", ", "))),
            (
                "page",
                rng.choice(
                    (f"A{rng.randint(1, 30)}", str(rng.randint(1, 60)), f"{rng.randint(1, 30)}")
                ),
            ),
        ]
    return p


def report(item: Item, rng: random.Random) -> Pieces | None:
    """Reports, theses, manuals, patents and software, by people or by bodies that may publish them as well."""
    if not item.get("title"):
        return None
    group = body(rng)
    by_body = rng.random() < 0.5
    names = (
        group
        if by_body
        else people(
            item["author"],
            rng.choice(("last", "first", "bare", "mixed")),
            ", ",
            rng.choice((", and ", " and ", ", ", " & ")),
            rng,
            5,
        )
        if item.get("author")
        else group
    )
    when = year(item) or str(rng.randint(1960, 2022))
    p: Pieces = [("author", names)]
    early = rng.random() < 0.5
    if early:
        before, after = rng.choice(
            (
                (" (", "). "),
                (" (", "): "),
                (". ", ". "),
                (", ", ": "),
                (" (", ") "),
                (" ", ". "),
                (", ", ", "),
            )
        )
        p += [("", before), ("date", when), ("", after)]
    else:
        p.append(("", rng.choice((". ", ". ", ", ", ": "))))
    opening, closing = rng.choice((("", ""), ("", ""), ("“", "”"), ('"', '"')))
    p += [("", opening), ("title", item["title"]), ("", closing)]
    way = rng.randrange(6)
    publisher = (
        group
        if by_body and rng.random() < 0.4
        else rng.choice(
            (
                body(rng),
                university(rng, (item.get("author") or [{}])[0].get("family", "Humboldt")),
                item.get("publisher") or group,
            )
        )
    )
    where = place(rng)
    number = rng.choice(
        ("{n}", "{n}-{m}", "TR-{n}", "{m}/{n}", "CS-{n}", "WP/{m}/{n}", "{n}")
    ).format(n=rng.randint(1, 999), m=rng.randint(1, 30))
    stop = rng.choice((". ", ", ", ". "))
    if way == 0:  # a thesis
        kinds = (
            "PhD thesis",
            "Ph.D. thesis",
            "Ph.D. dissertation",
            "Master's thesis",
            "M.Sc. thesis",
            "Doctoral dissertation",
            "Diplomarbeit",
            "Bachelor thesis",
            "M.S. thesis",
            "Dissertation",
            "Unpublished doctoral dissertation",
            "Habilitationsschrift",
        )
        before, after = rng.choice(
            ((stop, stop), (" (", ") "), (" [", "]. "), (" ", " "), (stop, ", "))
        )
        school = university(rng, (item.get("author") or [{}])[0].get("family", "Humboldt"))
        if rng.random() < 0.3:
            school = department(rng) + ", " + school
        p += [("", before), ("genre", rng.choice(kinds)), ("", after), ("publisher", school)]
        if rng.random() < 0.4:
            p += [("", ", "), ("publisher-place", where)]
    elif way < 3:
        kinds = (
            "Technical Report",
            "Tech. Rep.",
            "Working Paper",
            "Discussion Paper",
            "Research Report",
            "Report",
            "Policy Brief",
            "Final Report",
            "Technical report",
            "Occasional Paper",
            "NBER Working Paper",
            "Memorandum",
            "White Paper",
            "Fact sheet",
        )
        before, after = rng.choice(((stop, ""), (" (", ")"), (stop, ""), (" [", "]")))
        p += [("", before), ("genre", rng.choice(kinds))]
        if rng.random() < 0.75:
            p += [
                ("", rng.choice((" ", " No. ", " no. ", ", ", " Nr. ", " #"))),
                ("number", number),
            ]
        p += [("", after + rng.choice((", ", ". ")))]
        p += rng.choice(
            (
                [("publisher", publisher)],
                [("publisher-place", where), ("", ": "), ("publisher", publisher)],
                [("publisher", publisher), ("", ", "), ("publisher-place", where)],
                [("publisher", publisher)],
            )
        )
    elif way == 3:  # software and data
        p += [
            (
                "",
                rng.choice(
                    (
                        ". Version ",
                        " (Version ",
                        ". R package version ",
                        ", version ",
                        ", v. ",
                        " v",
                    )
                )
                + f"{rng.randint(0, 9)}.{rng.randint(0, 12)}"
                + rng.choice(("", f".{rng.randint(0, 9)}")),
            )
        ]
        if p[-1][1].startswith(" ("):
            p.append(("", rng.choice((") [Computer software]", ")"))))
        p += rng.choice(
            (
                [("", ". "), ("publisher", publisher)],
                [("", ". "), ("publisher-place", where), ("", ": "), ("publisher", publisher)],
                [],
            )
        )
    elif way == 4:  # a patent
        p += [
            ("", stop),
            ("genre", rng.choice(("U.S. Patent", "US Patent", "European Patent", "Patent"))),
            ("", rng.choice((" ", " No. "))),
            ("number", f"{rng.randint(1, 11)},{rng.randint(100, 999)},{rng.randint(100, 999)}"),
        ]
    else:
        p += [
            ("", stop),
            *rng.choice(
                (
                    [("publisher", publisher)],
                    [("publisher-place", where), ("", ": "), ("publisher", publisher)],
                    [("publisher", publisher), ("", ", "), ("publisher-place", where)],
                    [("publisher-place", where)],
                )
            ),
        ]
    if not early:
        p += [
            ("", rng.choice((", ", "; ", ". ", " (", ", ")) if way != 3 else ", "),
            ("date", (rng.choice(MONTHS) + " " if rng.random() < 0.25 else "") + when),
        ]
        if p[-2][1] == " (":
            p.append(("", ")"))
    if rng.random() < 0.3:
        p += [
            (
                "",
                rng.choice(
                    (
                        ". Available at: ",
                        ". Available from: ",
                        ". Retrieved from ",
                        ". URL ",
                        ". Available online at: ",
                        " <",
                        ". Online: ",
                        ", online unter: ",
                        ". Disponible en: ",
                        ". [Online]. Available: ",
                    )
                ),
            ),
            (
                "URL",
                item.get("URL")
                or f"http://www.{rng.choice(('fao', 'who', 'census', 'gov', 'uni'))}.{rng.choice(('org', 'de', 'gov', 'za', 'uk'))}/{rng.choice(('docs', 'pub', 'reports', 'en'))}/{rng.randint(10, 9999)}{rng.choice(('.pdf', '', '.html'))}",
            ),
        ]
        if p[-2][1] == " <":
            p.append(("", ">"))
        if rng.random() < 0.4:
            month = rng.choice(MONTHS[:12])
            p += [
                (
                    "",
                    rng.choice(
                        (
                            " (accessed ",
                            ". Accessed ",
                            ", accessed ",
                            " [cited ",
                            " (Zugriff am ",
                            " (last accessed ",
                            " Retrieved ",
                        )
                    ),
                ),
                (
                    "accessed",
                    rng.choice(
                        (
                            f"{month} {rng.randint(1, 28)}, {rng.randint(2000, 2023)}",
                            f"{rng.randint(1, 28)} {month} {rng.randint(2000, 2023)}",
                            f"{rng.randint(1, 28)}.{rng.randint(1, 12)}.{rng.randint(2000, 2023)}",
                        )
                    ),
                ),
            ]
            if p[-2][1].startswith(" ("):
                p.append(("", ")"))
            elif p[-2][1].startswith(" ["):
                p.append(("", "]"))
    return p


def stub(item: Item, rng: random.Random) -> Pieces | None:
    """Hardly more than a journal and numbers: "Plasma Phys. Control. Fusion 53 (2011) 085003"; "J Chem Phys, Vol. 3, No. 2, pp. 1-9, 1988"."""
    if item["type"] != "article-journal" or not item.get("container-title"):
        return None
    p: Pieces = []
    if rng.random() < 0.25 and item.get("author"):
        p += [
            (
                "author",
                people(
                    short(item["author"], rng, rng.choice((0, 1))),
                    rng.choice(("first", "last")),
                    rng.choice((", ", "; ")),
                    rng.choice((", ", " and ", "; ")),
                    rng,
                    4,
                ),
            ),
            ("", rng.choice((", ", " ", ". ", ": "))),
        ]
    elif rng.random() < 0.15 and item.get("title"):
        opening, closing = rng.choice(
            (('"', '", '), ("“", "”, "), ("", ", "), ("", ". "), ("‘", "’, "))
        )
        p += [("", opening), ("title", item["title"]), ("", closing)]
        if item.get("author") and rng.random() < 0.4:  # title first, then the people
            p += [
                (
                    "author",
                    people(
                        short(item["author"], rng, 0),
                        "first",
                        ", ",
                        rng.choice((", and ", " and ", ", ")),
                        rng,
                        6,
                    ),
                ),
                ("", ", "),
            ]
    p.append(("container-title", item["container-title"]))
    page, when = pages(item, rng.choice("-–")), year(item)
    way = rng.randrange(5) if when else rng.choice((1, 2))
    if way == 0:
        (
            add(p, " ", "volume", item.get("volume")),
            add(p, " (", "date", when, ") "),
            add(p, "", "page", page),
        )
    elif way == 1:
        month = rng.choice(MONTHS) + " " if rng.random() < 0.4 else ""
        (
            add(
                p,
                rng.choice((", Vol. ", ", vol. ", " Vol. ", " vol.", " Volume ")),
                "volume",
                item.get("volume"),
            ),
            add(
                p,
                rng.choice((", No. ", ", no. ", ", Issue ", " No.", ", nos. ")),
                "issue",
                item.get("issue"),
            ),
            add(p, rng.choice((", pp. ", ", p. ", ", pages ", ", p.")), "page", page),
            add(p, ", ", "date", when and month + when),
        )
    elif way == 2:
        (
            add(p, ", ", "volume", item.get("volume")),
            add(p, "(", "issue", item.get("issue"), ")"),
            add(p, ":", "page", page),
            add(p, " ", "date", when),
        )
    elif way == 3:
        (
            add(p, " ", "date", when),
            add(p, ", ", "volume", item.get("volume")),
            add(p, ", ", "page", page),
        )
    else:
        (
            add(p, " (", "date", when, "), "),
            add(p, "", "volume", item.get("volume")),
            add(p, ", ", "issue", item.get("issue")),
            add(p, ", ", "page", page),
        )
    return p if len(p) > 4 else None
