"""CSL items in; references as they are set in France, Spain and Portugal, Italy, Poland, Scandinavia, the Netherlands, Russia and Brazil."""

from __future__ import annotations

import random

from records import initials
from templates import Item, Pieces, add, pages, people, short, year
from typeset import MONTHS

_RUSSIAN = [
    "Иванов",
    "Петров",
    "Смирнов",
    "Кузнецов",
    "Соколов",
    "Лебедев",
    "Козлов",
    "Новиков",
    "Морозов",
    "Волков",
    "Павлов",
    "Васильева",
    "Зайцев",
    "Голубева",
    "Виноградов",
    "Белов",
    "Тарасов",
    "Комаров",
    "Орлова",
    "Киселев",
    "Макаров",
    "Андреев",
    "Ильин",
    "Гусев",
    "Титов",
    "Кудрявцев",
    "Баранова",
    "Шевченко",
    "Бондаренко",
    "Ткачук",
]
_RUSSIAN_WORDS = [
    "Исследование",
    "Методы",
    "Основы",
    "Теория",
    "Анализ",
    "Развитие",
    "Проблемы",
    "История",
    "Применение",
    "Моделирование",
    "Оценка",
    "Особенности",
    "Структура",
    "Динамика",
    "Управление",
    "Формирование",
]
_RUSSIAN_MORE = [
    "сельского хозяйства",
    "численных методов",
    "твердого тела",
    "русского языка",
    "экономических систем",
    "биологических объектов",
    "механики жидкости",
    "оптических приборов",
    "народного образования",
    "северных территорий",
    "информационных технологий",
    "социальной среды",
    "почвенного покрова",
    "литературы XX века",
    "полупроводников",
    "промышленных предприятий",
    "устойчивости систем",
]
_RUSSIAN_HOUSES = [
    "Наука",
    "Мир",
    "Просвещение",
    "Высшая школа",
    "Физматлит",
    "Изд-во МГУ",
    "Машиностроение",
    "Медицина",
    "Недра",
    "Прогресс",
    "Издательство Иностранной литературы",
]
_RUSSIAN_TOWNS = [
    "М.",
    "Л.",
    "СПб.",
    "Москва",
    "Киев",
    "Новосибирск",
    "Минск",
    "М.; Л.",
    "Казань",
    "Екатеринбург",
]
_RUSSIAN_JOURNALS = [
    "Вопросы философии",
    "Успехи физических наук",
    "Доклады АН СССР",
    "Журнал технической физики",
    "Вестник МГУ",
    "Известия вузов",
    "Экономика региона",
    "Социологические исследования",
    "Почвоведение",
    "Механика твердого тела",
]
_NATIVE = {
    "fr": (", ", " et ", " (dir.)", "dans ", "in ", "vol. ", "n° ", "p. ", ", coll. "),
    "es": (", ", " y ", " (eds.)", "en ", "En: ", "vol. ", "núm. ", "pp. ", ", Col. "),
    "it": (", ", " e ", " (a cura di)", "in ", "in: ", "vol. ", "n. ", "pp. ", ", collana "),
    "pt": (", ", " e ", " (org.)", "in ", "In: ", "vol. ", "n.º ", "pp. ", ", col. "),
    "pl": (", ", " i ", " (red.)", "w: ", "[w:] ", "t. ", "nr ", "s. ", ", seria "),
    "sv": (", ", " och ", " (red.)", "i ", "I: ", "vol. ", "nr ", "s. ", ", "),
    "no": (", ", " og ", " (red.)", "i ", "I: ", "bd. ", "nr. ", "s. ", ", "),
    "nl": (", ", " en ", " (red.)", "in ", "In: ", "jrg. ", "nr. ", "p. ", ", "),
    "cs": (", ", " a ", " (ed.)", "in ", "In: ", "roč. ", "č. ", "s. ", ", "),
}


def romance(item: Item, rng: random.Random) -> Pieces | None:
    """ "DUPONT Jean, Titre, Paris, Éditeur, 2005, p. 12-34"; "Nom, P., « Titre », Revue, vol. 3, n° 2, 2004, pp. 1-9." """
    kind = item["type"]
    role = "author" if item.get("author") else "editor"
    if (
        not item.get("title")
        or not item.get(role)
        or kind
        not in ("book", "chapter", "article-journal", "report", "thesis", "paper-conference")
    ):
        return None
    between, last, edited, within, within2, volume, number, page, _ = _NATIVE[
        rng.choices(list(_NATIVE), (8, 4, 4, 2, 3, 1, 1, 2, 1))[0]
    ]
    if rng.random() < 0.35:
        item = {
            **item,
            **{
                r: short(item[r], rng, rng.choice((0, 0, 1)))
                for r in ("author", "editor")
                if r in item
            },
        }
    form = rng.choice(("last", "bare", "first", "mixed", "bare", "first", "brackets"))
    names = item[role]
    if rng.random() < 0.35:
        names = [{**p, "family": p["family"].upper()} if "family" in p else p for p in names]
    if form == "brackets":  # ALLEN (J.P.)
        p: Pieces = [
            (
                role,
                between.join(
                    f"{n['family']} ({n['given']})"
                    if n.get("given") and "family" in n
                    else n.get("literal") or n["family"]
                    for n in names[:4]
                ),
            )
        ]
    else:
        p = [
            (
                role,
                people(names, form, rng.choice((between, between, " – ", "; ", "/")), last, rng, 4),
            )
        ]
    if role == "editor":
        p.append(("", edited))
    early = rng.random() < 0.3
    if early:
        before, after = rng.choice(
            (
                (" (", "), "),
                (", ", ", "),
                (" (", ") : "),
                (", ", " : "),
                (" (", "): "),
                (". ", ". "),
            )
        )
        add(p, before, "date", year(item), after)
    else:
        p.append(("", rng.choice((", ", ". ", " : ", ", ", ": "))))
    stop = rng.choice((", ", ", ", ". ", ", "))
    opening, closing = (
        rng.choice(
            (("« ", " »"), ("«", "»"), ("“", "”"), ('"', '"'), ("‘", "’"), ("„", "”"), ("", ""))
        )
        if kind not in ("book", "thesis", "report")
        else ("", "")
    )
    p += [("", opening), ("title", item["title"]), ("", closing + stop)]
    dash = rng.choice("-–-")
    page = page if rng.random() < 0.8 else rng.choice(("p. ", "pp. ", "pp.", "", "p."))
    if kind == "article-journal" and item.get("container-title"):
        p += [
            ("", rng.choice(("", "", "", within, within2))),
            ("container-title", item["container-title"]),
        ]
        if not early and rng.random() < 0.3:
            add(p, rng.choice((", ", " ", " (")), "date", year(item))
            if p[-3:] and p[-3][1] == " (":
                p[-1] = ("", ")")
            early = True
        volume = (
            volume
            if rng.random() < 0.6
            else rng.choice(("", "vol. ", "Vol. ", "tome ", "t. ", "vol ", "vol."))
        )
        add(p, rng.choice((", ", " ", ", ")) + volume, "volume", item.get("volume"))
        add(
            p,
            rng.choice((", " + number, ", " + number, "(", ", n°", ", n.", "-", "/", ", n ")),
            "issue",
            item.get("issue"),
        )
        if item.get("issue") and len(p) > 2 and p[-3][1] == "(":
            p[-1] = ("", ")")
        if not early:
            before, after = rng.choice(
                ((", ", ""), (" (", ")"), (", " + rng.choice(MONTHS[:12]).lower() + " ", ""))
            )
            add(p, before, "date", year(item), after)
        add(p, rng.choice((", ", ", ", ": ", ". ")) + page, "page", pages(item, dash))
        return p
    if kind in ("chapter", "paper-conference") and item.get("container-title"):
        p.append(("", rng.choice((within, within2, "in ", "In ", "In: "))))
        if item.get("editor") and role == "author" and rng.random() < 0.6:
            p += [
                (
                    "editor",
                    people(
                        item["editor"],
                        rng.choice(("first", "last", "first", "bare")),
                        between,
                        last,
                        rng,
                        3,
                    ),
                ),
                ("", edited + rng.choice((", ", " ", ": "))),
            ]
            p += [("container-title", item["container-title"]), ("", ", ")]
        else:
            p += [("container-title", item["container-title"]), ("", ", ")]
            if item.get("editor") and role == "author":
                p += [
                    (
                        "",
                        rng.choice(
                            (
                                "sous la direction de ",
                                "sous la dir. de ",
                                "éd. par ",
                                "a cura di ",
                                "edición de ",
                                "org. por ",
                                "red. ",
                                "ed. de ",
                                "dir. ",
                                "ed. by ",
                            )
                        ),
                    ),
                    ("editor", people(item["editor"], "first", between, last, rng, 3)),
                    ("", ", "),
                ]
    elif kind == "thesis":
        p += [
            (
                "genre",
                rng.choice(
                    (
                        "thèse de doctorat",
                        "Thèse",
                        "Tesis doctoral",
                        "Tese de doutorado",
                        "Dissertação de mestrado",
                        "tesi di dottorato",
                        "mémoire de master",
                    )
                ),
            ),
            ("", ", "),
        ]
    if item.get("edition"):
        p += [
            (
                "edition",
                item["edition"]
                + rng.choice(
                    (
                        "e éd",
                        "e édition",
                        "ª ed",
                        "a ed",
                        " wyd",
                        ":e uppl",
                        ". udg",
                        "e druk",
                        ". vyd",
                    )
                ),
            ),
            ("", rng.choice((". ", "., ", ", "))),
        ]
    if rng.random() < 0.06:
        p += [
            (
                "",
                rng.choice(
                    (
                        "2 vol., ",
                        "3 vols., ",
                        "2 t., ",
                        "trad. it. ",
                        "[1936], ",
                        "avec une préface de l’auteur, ",
                    )
                ),
            )
        ]
    way = rng.randrange(6)
    if way < 3:
        (
            add(p, "", "publisher-place", item.get("publisher-place"), ", "),
            add(p, "", "publisher", item.get("publisher"), ", "),
        )
    elif way == 3:
        (
            add(p, "", "publisher", item.get("publisher"), ", "),
            add(p, "", "publisher-place", item.get("publisher-place"), ", "),
        )
    elif way == 4:
        (
            add(p, "", "publisher-place", item.get("publisher-place"), rng.choice((": ", " : "))),
            add(p, "", "publisher", item.get("publisher"), ", "),
        )
    else:
        add(p, "", "publisher-place", item.get("publisher-place"), " ")
    if item.get("collection-title") and rng.random() < 0.6:
        add(
            p,
            rng.choice(("coll. ", "coll. « ", "«", "(")),
            "collection-title",
            item["collection-title"],
            ", ",
        )
    if not early:
        add(
            p,
            "",
            "date",
            year(item),
            rng.choice(("", "", " [" + str(rng.randint(1850, 1980)) + "]", "")),
        )
    if kind in ("chapter", "paper-conference") or rng.random() < 0.1:
        add(p, ", " + page, "page", pages(item, dash))
    elif rng.random() < 0.15:
        p.append(("", f", {rng.randint(60, 900)} {rng.choice(('p', 'pp', 's', 'S', 'págs'))}"))
    return p


def brazilian(item: Item, rng: random.Random) -> Pieces | None:
    """ABNT: "SILVA, J. M.; SOUZA, P. Título. Revista, São Paulo, v. 3, n. 2, p. 12-34, jan. 2004." """
    kind = item["type"]
    if (
        not item.get("title")
        or not item.get("author")
        or kind not in ("book", "chapter", "article-journal", "thesis", "paper-conference")
    ):
        return None
    names = [
        {**n, "family": n["family"].upper()} if "family" in n else n
        for n in (
            short(item["author"], rng, rng.choice((0, 1))) if rng.random() < 0.6 else item["author"]
        )
    ]
    p: Pieces = [
        ("author", people(names, "last", "; ", rng.choice(("; ", "; ", " & ", " e ")), rng, 3)),
        ("", rng.choice((" ", ". ", ". "))),
        ("title", item["title"]),
        ("", ". "),
    ]
    month = rng.choice(("", "", "jan. ", "abr./jun. ", "dez. ", "set. ", "maio "))
    if kind == "article-journal" and item.get("container-title"):
        p.append(("container-title", item["container-title"]))
        add(p, ", ", "publisher-place", item.get("publisher-place") if rng.random() < 0.6 else None)
        (
            add(p, ", v. ", "volume", item.get("volume")),
            add(p, ", n. ", "issue", item.get("issue")),
            add(p, ", p. ", "page", pages(item, "-")),
            add(p, ", ", "date", month + year(item) if year(item) else ""),
        )
        return p
    if kind in ("chapter", "paper-conference") and item.get("container-title"):
        p.append(("", "In: "))
        if item.get("editor"):
            p += [
                (
                    "editor",
                    people(
                        [
                            {**n, "family": n["family"].upper()} if "family" in n else n
                            for n in item["editor"]
                        ],
                        "last",
                        "; ",
                        "; ",
                        rng,
                        3,
                    ),
                ),
                ("", rng.choice((" (Org.). ", " (Orgs.). ", " (ed.). ", ", "))),
            ]
        p += [("container-title", item["container-title"]), ("", ". ")]
    if kind == "thesis":
        (
            add(p, "", "date", year(item), ". "),
            p.extend(
                [
                    (
                        "genre",
                        rng.choice(("Tese (Doutorado)", "Dissertação (Mestrado em Educação)")),
                    ),
                    ("", " – "),
                ]
            ),
            add(p, "", "publisher", item.get("publisher"), ", "),
            add(p, "", "publisher-place", item.get("publisher-place")),
        )
        return p
    if item.get("edition"):
        p += [("edition", item["edition"] + ". ed"), ("", ". ")]
    (
        add(p, "", "publisher-place", item.get("publisher-place"), ": "),
        add(p, "", "publisher", item.get("publisher"), ", "),
        add(p, "", "date", year(item)),
    )
    if kind == "chapter":
        add(p, ". p. ", "page", pages(item, "-"))
    return p


def russian(item: Item, rng: random.Random) -> Pieces | None:
    """GOST: "Иванов И.И. Название. – М.: Наука, 1978. – 264 с.", "… // Журнал. – 2001. – Т. 3, № 2. – С. 12–34."; in Latin letters too."""
    dash = rng.choice((" – ", " - ", " — ", "- ", " "))
    if rng.random() < 0.75:
        some = [
            f"{rng.choice(_RUSSIAN)}{rng.choice((' ', ', '))}{rng.choice('АБВГДЕИКЛМНОПРСТ')}.{rng.choice((' ', ''))}{rng.choice('АБВГДЕИКЛМНОПРСТ')}."
            for _ in range(rng.choice((1, 1, 2, 3)))
        ]
        names = ", ".join(some)
        title = f"{rng.choice(_RUSSIAN_WORDS)} {rng.choice(_RUSSIAN_MORE)}" + rng.choice(
            (
                "",
                "",
                f": {rng.choice(_RUSSIAN_WORDS).lower()} и {rng.choice(_RUSSIAN_WORDS).lower()} {rng.choice(_RUSSIAN_MORE)}",
            )
        )
        place, house, journal = (
            rng.choice(_RUSSIAN_TOWNS),
            rng.choice(_RUSSIAN_HOUSES),
            rng.choice(_RUSSIAN_JOURNALS),
        )
    else:
        if not item.get("author") or not item.get("title"):
            return None
        names = people(
            [
                {**p, "given": initials(p["given"], rng, 1)}
                if p.get("given") and "family" in p
                else p
                for p in item["author"]
            ],
            "bare",
            ", ",
            ", ",
            rng,
            4,
        )
        title, place, house, journal = (
            item["title"],
            item.get("publisher-place", "Moscow"),
            item.get("publisher", "Nauka"),
            item.get("container-title", "Doklady Akademii Nauk"),
        )
    when = year(item) or str(rng.randint(1950, 2020))
    first = rng.randint(1, 400)
    p: Pieces = [("author", names), ("", rng.choice((" ", " ", ". ", ", "))), ("title", title)]
    if rng.random() < 0.55:
        p += [
            ("", rng.choice((" // ", " // ", "// ", ". "))),
            ("container-title", journal),
            ("", rng.choice((".", "", ",")) + dash),
            ("date", when),
        ]
        if rng.random() < 0.7:
            p += [
                ("", "." + dash + rng.choice(("Т. ", "Т.", "Vol. ", "Вып. "))),
                ("volume", str(rng.randint(1, 200))),
            ]
        if rng.random() < 0.7:
            p += [
                ("", rng.choice((", № ", ". – № ", "." + dash + "№ ", ", №", "." + dash + "No. "))),
                ("issue", str(rng.randint(1, 12))),
            ]
        p += [
            ("", "." + dash + rng.choice(("С. ", "С.", "с. ", "P. ", "S. "))),
            ("page", f"{first}{rng.choice('-–')}{first + rng.randint(1, 20)}"),
            ("", "."),
        ]
        return p
    p += [
        ("", rng.choice((".", ".", "")) + dash),
        ("publisher-place", place.rstrip(".")),
        ("", ("." if place.endswith(".") else "") + rng.choice((": ", ": ", " : "))),
        ("publisher", house),
        ("", ", "),
        ("date", when),
        ("", "." + dash),
    ]
    return [*p, ("", f"{rng.randint(60, 800)} {rng.choice(('с', 'c', 'p', 's'))}.")]
