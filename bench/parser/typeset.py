"""CSL items in; references as LaTeX sets them out: BibTeX's plain, alpha and abbrv, biblatex's numeric, and conference papers with place and days."""

from __future__ import annotations

import random

from templates import Item, Pieces, add, pages, people, short, year

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Jan.",
    "Feb.",
    "Mar.",
    "Apr.",
    "Jun.",
    "Jul.",
    "Aug.",
    "Sept.",
    "Sep.",
    "Oct.",
    "Nov.",
    "Dec.",
]


def plain(item: Item, rng: random.Random) -> Pieces | None:
    """ "A. Author and B. Author. Title. Journal, 12(3):45–67, May 1990." """
    kind = item["type"]
    role = "author" if item.get("author") else "editor"
    if not item.get("title") or not item.get(role):
        return None
    names = short(item[role], rng, 0) if rng.random() < 0.35 else item[role]
    p: Pieces = [
        (role, people(names, "first", ", ", rng.choice((", and ", " and ", " and ")), rng, 12)),
        ("", rng.choice((", editors. ", ", editor. ")) if role == "editor" else ". "),
    ]
    p += [("title", item["title"]), ("", ". ")]
    dash = rng.choice(("-", "–", "--"))
    month = rng.choice(MONTHS) + " " if rng.random() < 0.3 else ""
    when = month + year(item) if year(item) else ""
    if kind == "article-journal" and item.get("container-title"):
        p.append(("container-title", item["container-title"]))
        (
            add(p, ", ", "volume", item.get("volume")),
            add(p, "(", "issue", item.get("issue"), ")"),
            add(p, ":", "page", pages(item, dash)),
            add(p, ", ", "date", when),
        )
        return p
    if kind in ("paper-conference", "chapter") and item.get("container-title"):
        p.append(("", "In "))
        if item.get("editor") and role == "author":
            p += [
                ("editor", people(item["editor"], "first", ", ", " and ", rng, 4)),
                ("", rng.choice((", editors, ", ", editor, ", ", eds., "))),
            ]
        p.append(("container-title", item["container-title"]))
        if item.get("collection-title"):
            (
                add(p, ", volume ", "volume", item.get("volume") or item.get("collection-number")),
                add(p, " of ", "collection-title", item["collection-title"]),
            )
        add(p, rng.choice((", pages ", ", pp. ", ", pages ")), "page", pages(item, dash))
        if rng.random() < 0.5:
            (
                add(p, ", ", "publisher-place", item.get("publisher-place")),
                add(p, ", ", "date", when),
                add(p, ". ", "publisher", item.get("publisher")),
            )
        else:
            (
                add(p, ". ", "publisher", item.get("publisher")),
                add(
                    p,
                    ", ",
                    "publisher-place",
                    item.get("publisher-place") if item.get("publisher") else None,
                ),
                add(p, ", ", "date", when),
            )
        return p
    if item.get("collection-title"):
        p[-1] = ("", ", ")
        (
            add(p, "volume ", "volume", item.get("volume") or item.get("collection-number")),
            add(p, " of ", "collection-title", item["collection-title"], ". "),
        )
    if kind == "thesis":
        p += [("genre", item.get("genre", "PhD thesis")), ("", ", ")]
    elif kind == "report":
        p += [
            ("genre", "Technical Report"),
            ("", " "),
            ("number", item.get("number", "12")),
            ("", ", "),
        ]
    (
        add(p, "", "publisher", item.get("publisher")),
        add(p, ", ", "publisher-place", item.get("publisher-place")),
    )
    (
        add(
            p,
            ", ",
            "edition",
            item.get("edition") and item["edition"] + rng.choice(("nd", "rd", "th")),
            " edition",
        ),
        add(p, ", ", "date", when),
    )
    return p


def biblatex(item: Item, rng: random.Random) -> Pieces | None:
    """ "A. Author and B. Author. “Title”. In: Journal 12.3 (May 1990), pp. 45–67." """
    kind = item["type"]
    role = "author" if item.get("author") else "editor"
    if not item.get("title") or not item.get(role):
        return None
    names = short(item[role], rng, 0) if rng.random() < 0.4 else item[role]
    p: Pieces = [
        (
            role,
            people(
                names,
                rng.choice(("first", "first", "mixed", "last")),
                ", ",
                rng.choice((" and ", ", and ")),
                rng,
                3,
            ),
        ),
        ("", rng.choice((", eds. ", " (eds.). ")) if role == "editor" else ". "),
    ]
    late = rng.random() < 0.7
    if not late:
        p[-1] = ("", " ")
        add(p, "(", "date", year(item), "). ")
    opening, closing = ("“", "”. ") if kind not in ("book", "thesis", "report") else ("", ". ")
    p += [("", opening), ("title", item["title"]), ("", closing)]
    if item.get("container-title"):
        p += [("", "In: "), ("container-title", item["container-title"])]
    if kind == "article-journal":
        (
            add(p, " ", "volume", item.get("volume")),
            add(p, ".", "issue", item.get("issue")),
            add(p, " (", "date", year(item) if late else "", ")"),
            add(p, ", pp. ", "page", pages(item, "–")),
        )
    else:
        p.append(("", ". "))
        if item.get("editor") and role == "author":
            p += [
                ("", "Ed. by "),
                ("editor", people(item["editor"], "first", ", ", " and ", rng, 4)),
                ("", ". "),
            ]
        add(
            p,
            "",
            "edition",
            item.get("edition") and item["edition"] + rng.choice(("nd", "rd", "th")),
            " ed. ",
        )
        (
            add(p, "Vol. ", "volume", item.get("volume"), ". "),
            add(p, "", "collection-title", item.get("collection-title"), ". "),
        )
        (
            add(p, "", "publisher-place", item.get("publisher-place"), ": "),
            add(p, "", "publisher", item.get("publisher")),
        )
        add(p, ", ", "date", year(item) if late else ""), add(p, ", pp. ", "page", pages(item, "–"))
    p.append(("", "."))
    if rng.random() < 0.3:
        add(p, " doi: ", "DOI", item.get("DOI"), "."), add(p, " url: ", "URL", item.get("URL"))
    if rng.random() < 0.15:
        add(p, " isbn: ", "ISBN", item.get("ISBN"), ".")
    return p


CITIES = [
    "Portland, OR",
    "Boston, MA",
    "San Diego, CA",
    "Milan, Italy",
    "Barcelona, Spain",
    "Paris, France",
    "New York, NY, USA",
    "Seattle, Washington",
    "Kyoto, Japan",
    "Vancouver, Canada",
    "Edinburgh, Scotland",
    "Long Beach, CA, USA",
    "Lisbon, Portugal",
    "Hong Kong",
    "Beijing, China",
    "Sydney, Australia",
    "Toronto, Ontario",
    "Santa Fe, New Mexico",
    "Vienna, Austria",
    "Dagstuhl, Germany",
    "Chicago, Il",
    "Washington, DC",
    "London, UK",
    "Copenhagen, Denmark",
    "Minneapolis",
    "Philadelphia, PA",
    "Orlando, Florida",
    "Santa Barbara, California, USA",
    "Stockholm, Sweden",
    "Seoul, Korea",
    "Singapore",
    "New Orleans, Louisiana, USA",
    "Amsterdam, The Netherlands",
    "Budapest, Hungary",
    "Montreal, Quebec",
    "Pittsburgh, PA",
    "Haifa, Israel",
    "Nice, France",
    "Kobe, Japan",
]


def conference(item: Item, rng: random.Random) -> Pieces | None:
    """A paper with the place and the days of its meeting: "In Proc. of X (Portland, OR, Sept. 26-28). ACM, New York, 1988, 140-152." """
    if (
        item["type"] != "paper-conference"
        or not item.get("author")
        or not item.get("container-title")
    ):
        return None
    names = (
        short(item["author"], rng, rng.choice((0, 0, 1))) if rng.random() < 0.6 else item["author"]
    )
    p: Pieces = [
        (
            "author",
            people(
                names,
                rng.choice(("first", "last", "first")),
                ", ",
                rng.choice((" and ", ", and ", ", ", " & ")),
                rng,
                6,
            ),
        )
    ]
    early = rng.random() < 0.35
    if early:
        before, after = rng.choice(((" (", "). "), (". ", ". "), (" ", ". "), (" (", "): ")))
        add(p, before, "date", year(item), after)
    else:
        p.append(("", rng.choice((". ", ", ", ": ", ". "))))
    opening, closing = rng.choice(
        (("", ". "), ("", ". "), ("“", ",” "), ('"', '," '), ("", ", "), ("'", "', "))
    )
    p += [
        ("", opening),
        ("title", item["title"]),
        ("", closing),
        ("", rng.choice(("In ", "In: ", "in ", "", "In ", "Presented at "))),
    ]
    p.append(("container-title", item["container-title"]))
    first = rng.randint(1, 26)
    month = rng.choice(MONTHS)
    days = rng.choice(
        (
            f"{month} {first}-{first + rng.randint(1, 4)}",
            f"{month} {first}–{first + 3}",
            f"{first}-{first + 2} {month}",
            month,
        )
    )
    closed = rng.random() < 0.3
    p += [("", " (" if closed else ", "), ("publisher-place", rng.choice(CITIES))]
    if rng.random() < 0.7:
        p += [
            ("", ", "),
            ("date", days + ("" if early or closed else rng.choice((", ", " ")) + year(item))),
        ]
    elif not early:
        p += [("", rng.choice((", ", " ")) if not closed else "), "), ("date", year(item))]
        closed = False
    if closed:
        p.append(("", ")"))
    add(p, rng.choice((". ", ", ")), "publisher", item.get("publisher"))
    if closed and not early:
        add(p, ", ", "date", year(item))
    add(
        p,
        rng.choice((", pp. ", ", pages ", ", ", ". pp. ", ": ")),
        "page",
        pages(item, rng.choice("-–")),
    )
    return p
