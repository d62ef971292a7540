"""Catalogue files and the facts of labelled references in; varied CSL items out, as people would have to cite them.

Bibliographic facts are kept; what catalogues lack (editors, places, editions, series, access dates) is drawn from pools, names are
shortened to initials, fields left out at random.
"""

from __future__ import annotations

import json
import lzma
import random
import re
from pathlib import Path
from typing import Any

from coined import FIELDS, body, meeting, place, publisher, university
from corpus import NOT_PERMISSIVE, rows

from citenorm.normalize.names import split_names
from citenorm.normalize.pages import clean_pages

Item = dict[str, Any]
GERMAN = re.compile(
    r"\b(?:der|die|das|und|für|zur|zum|im|den|des|eine?|von|mit|über|auf|aus|bei)\b"
)
STRONG = re.compile(
    r"\b(?:der|das|und|für|zur|zum|über|eine[rs]?|des|deutschen?|im)\b.*\b(?:der|die|das|und|für|zur|zum|über|eine[rs]?|des|im|von|in|den)\b|\b\w+(?:ung|keit|schaft)(?:en)?\b.*\b(?:und|der|des|für)\b"
)
NOT_GERMAN = re.compile(r"\b(?:the|of|and|het|een|van|der? la|og|et|for|le|la|les|dos)\b", re.I)
FRENCH = re.compile(r"\b(?:le|la|les|des|du|et|dans|pour|sur|une|aux|au)\b")
CONFERENCE = re.compile(r"proc|conference|symposium|workshop|congress|meeting|tagung", re.I)
PLACES_DE = [
    "Berlin",
    "München",
    "Hamburg",
    "Köln",
    "Frankfurt am Main",
    "Frankfurt a. M.",
    "Frankfurt a.M.",
    "Frankfurt/M.",
    "Frankfurt/Main",
    "Stuttgart",
    "Wiesbaden",
    "Opladen",
    "Weinheim",
    "Weinheim und Basel",
    "Münster",
    "Göttingen",
    "Tübingen",
    "Bonn",
    "Baden-Baden",
    "Bielefeld",
    "Bern",
    "Wien",
    "Zürich",
    "Basel",
    "Leipzig",
    "Heidelberg",
    "Darmstadt",
    "Freiburg",
    "Freiburg i. Br.",
    "Mannheim",
    "Nürnberg",
    "Reinbek bei Hamburg",
    "Reinbek",
    "Bad Heilbrunn",
    "Marburg",
    "Paderborn",
    "Hannover",
    "Konstanz",
    "Innsbruck",
    "Graz",
    "Salzburg",
    "Bochum",
    "Essen",
    "Bremen",
    "Opladen & Farmington Hills",
    "Berlin/New York",
    "München/Wien",
    "Göttingen [u.a.]",
    "Neuwied",
    "Kassel",
    "Halle",
    "Jena",
    "Dresden",
    "Würzburg",
    "Düsseldorf",
    "Potsdam",
]
PUBLISHERS_DE = [
    "Suhrkamp",
    "Campus",
    "Campus Verlag",
    "VS Verlag für Sozialwissenschaften",
    "VS Verlag",
    "Springer VS",
    "Leske + Budrich",
    "Leske und Budrich",
    "Nomos",
    "Nomos Verlagsgesellschaft",
    "Beltz",
    "Beltz Juventa",
    "Juventa",
    "UTB",
    "Westdeutscher Verlag",
    "de Gruyter",
    "C.H. Beck",
    "Beck",
    "Mohr Siebeck",
    "Reclam",
    "Fischer",
    "S. Fischer",
    "Fischer Taschenbuch Verlag",
    "Rowohlt",
    "Oldenbourg",
    "Duncker & Humblot",
    "Böhlau",
    "Vandenhoeck & Ruprecht",
    "Metzler",
    "J.B. Metzler",
    "transcript",
    "Barbara Budrich",
    "Verlag Barbara Budrich",
    "Waxmann",
    "Huber",
    "Hans Huber",
    "Hogrefe",
    "Kohlhammer",
    "Haupt",
    "Enke",
    "Luchterhand",
    "Rombach",
    "Hanser",
    "Klett-Cotta",
    "Ullstein",
    "dtv",
    "Wissenschaftliche Buchgesellschaft",
    "Lit Verlag",
    "Peter Lang",
    "Lang",
    "Franz Steiner",
    "Harrassowitz",
    "Schöningh",
    "Fink",
    "Wilhelm Fink",
    "Akademie Verlag",
    "Edition Sigma",
    "edition sigma",
    "Rainer Hampp",
    "Deutscher Universitätsverlag",
    "Centaurus",
    "Kiepenheuer & Witsch",
    "Piper",
    "Hirzel",
    "Velbrück",
    "Merve",
    "Passagen",
    "Facultas",
    "Studien Verlag",
]
JOURNALS_DE = [
    "Zeitschrift für Soziologie",
    "Kölner Zeitschrift für Soziologie und Sozialpsychologie",
    "Soziale Welt",
    "Politische Vierteljahresschrift",
    "Aus Politik und Zeitgeschichte",
    "Leviathan",
    "Berliner Journal für Soziologie",
    "Zeitschrift für Pädagogik",
    "Publizistik",
    "Media Perspektiven",
    "Zeitschrift für Politikwissenschaft",
    "Historische Zeitschrift",
    "Geschichte und Gesellschaft",
    "Deutsche Zeitschrift für Philosophie",
    "Merkur",
    "Das Argument",
    "Prokla",
    "WSI-Mitteilungen",
    "Psychologische Rundschau",
    "Zeitschrift für Sozialpsychologie",
    "Diagnostica",
    "KZfSS",
    "PVS",
    "APuZ",
    "ZfS",
    "Zeitschrift für Erziehungswissenschaft",
    "Forum Qualitative Sozialforschung",
    "Der Spiegel",
    "Die Zeit",
    "Frankfurter Allgemeine Zeitung",
    "Neue Zürcher Zeitung",
    "Juristenzeitung",
    "Neue Juristische Wochenschrift",
    "Zeitschrift für Parlamentsfragen",
    "Mittelweg 36",
    "Sozialwissenschaftliche Informationen",
    "Historical Social Research",
    "Österreichische Zeitschrift für Soziologie",
    "Österreichische Zeitschrift für Politikwissenschaft",
    "Schweizerische Zeitschrift für Soziologie",
    "Blätter für deutsche und internationale Politik",
    "Kriminologisches Journal",
]
BODIES_DE = [
    "Statistisches Bundesamt",
    "Bundesministerium für Bildung und Forschung",
    "Bundesministerium für Familie, Senioren, Frauen und Jugend",
    "Deutscher Bundestag",
    "Bundesagentur für Arbeit",
    "BMFSFJ",
    "OECD",
    "Europäische Kommission",
    "Deutsches Jugendinstitut",
    "Bundeszentrale für politische Bildung",
    "Konsortium Bildungsberichterstattung",
    "Deutsche Shell",
    "Institut der deutschen Wirtschaft Köln",
    "Statistik Austria",
    "Bundesamt für Migration und Flüchtlinge",
]
BODIES = [
    "World Health Organization",
    "OECD",
    "European Commission",
    "United Nations",
    "World Bank",
    "National Research Council",
    "UNESCO",
    "Centers for Disease Control and Prevention",
    "R Core Team",
    "U.S. Census Bureau",
    "UNICEF",
    "Eurostat",
    "International Monetary Fund",
    "National Institute for Health and Care Excellence",
    "American Psychiatric Association",
    "IPCC",
    "Amnesty International",
    "European Parliament",
    "Ministry of Health",
    "Food and Agriculture Organization",
]
SERIES = [
    "Lecture Notes in Computer Science",
    "Springer Series in Statistics",
    "Cambridge Studies in Linguistics",
    "Studies in Logic",
    "Graduate Texts in Mathematics",
    "Typological Studies in Language",
    "LNCS",
    "Contemporary Mathematics",
    "Edition Suhrkamp",
    "Schriftenreihe der Bundeszentrale für politische Bildung",
    "Suhrkamp Taschenbuch Wissenschaft",
    "Beiträge zur Soziologie",
    "NBER Working Paper Series",
    "Oxford Studies in Ancient Philosophy",
    "Methods in Molecular Biology",
    "CEUR Workshop Proceedings",
    "Proceedings of Machine Learning Research",
    "London Mathematical Society Lecture Note Series",
    "Handbook of Clinical Neurology",
    "IFIP Advances in Information and Communication Technology",
    "Trends in Linguistics",
]
HOSTS = [
    "www.who.int",
    "ec.europa.eu",
    "www.oecd.org",
    "www.nature.com",
    "github.com",
    "www.bbc.co.uk",
    "www.bpb.de",
    "www.destatis.de",
    "www.cdc.gov",
    "web.mit.edu",
    "en.wikipedia.org",
    "www.fao.org",
    "www.gesis.org",
    "papers.ssrn.com",
    "www.ncbi.nlm.nih.gov",
    "archive.org",
    "www.un.org",
    "www.spiegel.de",
    "stat.ethz.ch",
    "hal.archives-ouvertes.fr",
]
NOTES = "in press|to appear|forthcoming|submitted|unpublished manuscript|under review|im Erscheinen|Manuskript|unveröffentlicht|Accepted|Preprint|Erratum in|reprint"


class Pools:
    """What is drawn from: people, places, publishers, journals, titles by language."""

    def __init__(self) -> None:
        self.people: list[Item] = []
        self.places: list[str] = []
        self.publishers: list[str] = []
        self.journals: list[str] = []
        self.german: list[str] = []
        self.titles: list[str] = []


def from_labelled(folders: list[Path]) -> list[Item]:
    """The facts of labelled references as CSL items."""
    out = []
    for folder in folders:
        for path in sorted(folder.glob("*.jsonl.gz")):
            if path.name.startswith(NOT_PERMISSIVE):
                continue
            for row in rows(path):
                item = _facts(row)
                if item:
                    out.append(item)
    return out


def _people(fields: Item, role: str) -> list[Item]:
    if fields.get(role):
        return [dict(p) for p in fields[role] if p.get("family") or p.get("literal")]
    if fields.get(role + "_raw"):
        return [n.to_csl() for n in split_names("; ".join(fields[role + "_raw"])).names]
    return []


def _facts(row: Item) -> Item | None:
    f = row["fields"]
    title, container = f.get("title", ""), f.get("container-title", "")
    if not title and not (container and f.get("volume")):
        return None
    item: Item = {}
    for role in ("author", "editor", "translator"):
        people = _people(f, role)
        if people and all(len(p.get("family", p.get("literal", ""))) > 1 for p in people):
            item[role] = people
    if not item.get("author") and not item.get("editor"):
        return None
    for key in (
        "title",
        "container-title",
        "collection-title",
        "volume",
        "issue",
        "publisher",
        "publisher-place",
        "DOI",
        "URL",
    ):
        value = f.get(key)
        if value and len(value) < 260:
            item[key] = re.sub(r"\s+([.,;:])", r"\1", value).strip(" .,;")
    if f.get("page"):
        item["page"] = clean_pages(f["page"])
    if f.get("year", "").isdigit():
        item["issued"] = {"date-parts": [[int(f["year"])]]}
    if f.get("edition"):
        number = re.search(r"\d+", f["edition"])
        item["edition"] = number[0] if number else f["edition"]
    if container and CONFERENCE.search(container):
        item["type"] = "paper-conference"
    elif container and ("editor" in item or "publisher" in item or "publisher-place" in item):
        item["type"] = "chapter" if title else "book"
    elif container:
        item["type"] = "article-journal"
    elif "publisher" in item or "publisher-place" in item or "edition" in item:
        item["type"] = "book"
    else:
        item["type"] = "webpage" if "URL" in item else "book"
    item["lang"] = row.get("lang")
    return item


def from_catalogue(folder: Path, every: int, rng: random.Random) -> tuple[list[Item], list[str]]:
    """Records of the catalogue, a part of each file; and all German titles."""
    out: list[Item] = []
    german: list[str] = []
    for path in sorted(folder.glob("*.jsonl.xz")):
        if "links" in path.name:
            continue
        step = every // 3 if path.name.startswith(("other", "journals")) else every
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                wanted = rng.random() * step < 1
                if not wanted and not STRONG.search(line):
                    continue
                r = json.loads(line)
                if (
                    STRONG.search(r["title"])
                    and not NOT_GERMAN.search(r["title"])
                    and len(r["title"]) < 200
                ):
                    german.append(r["title"])
                if not wanted:
                    continue
                arxiv = (r.get("custom") or {}).get("arxiv")
                r.pop("custom", None)
                r.pop("id", None)
                if r["type"] == "article" and arxiv:
                    r["arxiv"] = arxiv
                    r.pop("DOI", None)
                if (
                    not r.get("author")
                    or len(r["title"]) > 260
                    or len(r.get("container-title", "")) > 200
                ):
                    continue
                out.append(r)
    return out, german


def pools_of(labelled: list[Item], catalogue: list[Item], german: list[str]) -> Pools:
    p = Pools()
    p.german = sorted(set(german))
    for item in labelled + catalogue:
        p.people += [
            a for a in item.get("author", ()) if a.get("given") and len(a.get("family", "")) > 2
        ][:2]
        title = item.get("title", "")
        if title:
            p.titles.append(title)
        if STRONG.search(title) and not NOT_GERMAN.search(title):
            p.german.append(title)
    for item in labelled:
        if "publisher-place" in item and len(item["publisher-place"]) < 30:
            p.places.append(item["publisher-place"])
        if "publisher" in item and len(item["publisher"]) < 50:
            p.publishers.append(item["publisher"])
        if item["type"] == "article-journal" and len(item.get("container-title", "")) < 80:
            p.journals.append(item["container-title"])
    for item in catalogue:
        if len(item.get("publisher", "")) in range(3, 40) and item["type"] in ("book", "chapter"):
            p.publishers.append(item["publisher"])
    return p


def initials(given: str, rng: random.Random, way: int) -> str:
    """The given name cut to initials: 0 "J. M.", 1 "J.M.", 2 "JM", 3 "J M", 4 first name kept: "Jose M."."""
    words = [w for w in re.split(r"[\s.]+", given) if w]
    if not words:
        return given
    if way == 4:
        return " ".join([words[0]] + [w[0] + "." for w in words[1:]])
    firsts = ["-".join(part[0] for part in w.split("-") if part) for w in words]
    if way == 0:
        return " ".join(re.sub(r"(\w)(?=-|$)", r"\1.", f) for f in firsts)
    if way == 1:
        return "".join(re.sub(r"(\w)(?=-|$)", r"\1.", f) for f in firsts)
    return ("" if way == 2 else " ").join(firsts)


def vary(item: Item, pools: Pools, rng: random.Random) -> Item:
    """A copy as somebody might cite it."""
    r = json.loads(json.dumps(item))
    german = r.get("lang") == "de" or len(GERMAN.findall(r.get("title", ""))) >= 2
    kind = r["type"]
    if rng.random() < 0.1 and pools.german and kind in ("book", "chapter", "article-journal"):
        r["title"], german = rng.choice(pools.german), True
        if kind == "chapter" and rng.random() < 0.7:
            r["container-title"] = rng.choice(pools.german)
    if r.get("title"):
        r["title"] = retitled(r["title"], kind, pools, rng)
    if rng.random() < 0.04 and r.get("title") and ":" not in r["title"]:
        lead = rng.choice(pools.people)["family"].split()[0]
        r["title"] = (
            rng.choice(
                (
                    lead,
                    lead[:3].upper() + lead[3:],
                    lead.upper(),
                    lead[:1].lower() + lead[1:].title(),
                    f"{lead} {r['title'].split()[0]}",
                )
            )
            + ": "
            + r["title"]
        )
    r["language"] = (
        "de" if german else "fr" if len(FRENCH.findall(r.get("title", ""))) >= 2 else "en"
    )
    if rng.random() < 0.4:
        way = rng.choice((0, 0, 0, 1, 2, 3, 4, 4))
        for role in ("author", "editor", "translator"):
            for person in r.get(role, ()):
                if person.get("given"):
                    person["given"] = initials(person["given"], rng, way)
    if (
        kind in ("chapter", "paper-conference")
        and "editor" not in r
        and rng.random() < (0.7 if kind == "chapter" else 0.15)
    ):
        r["editor"] = [dict(p) for p in rng.sample(pools.people, rng.choice((1, 1, 2, 2, 3)))]
    if kind == "book" and "author" in r and rng.random() < 0.15:
        r["editor"] = r.pop("author")[:4]
    if kind == "book" and rng.random() < 0.05:
        r["translator"] = [dict(rng.choice(pools.people))]
    if kind in ("book", "chapter"):
        if german and rng.random() < 0.8:
            r["publisher"] = rng.choice(PUBLISHERS_DE)
            r["publisher-place"] = rng.choice(PLACES_DE)
        elif "publisher" not in r and rng.random() < 0.85:
            r["publisher"] = rng.choice(pools.publishers)
        if "publisher-place" not in r and rng.random() < 0.8:
            r["publisher-place"] = rng.choice(pools.places)
        if rng.random() < 0.35:
            r["publisher"] = publisher(rng, pools.people)
        if rng.random() < 0.4:
            r["publisher-place"] = place(rng)
        if rng.random() < 0.15:
            r["edition"] = str(rng.choice((2, 2, 2, 3, 3, 4, 5, 6, 8, 10)))
        if rng.random() < 0.12:
            r["collection-title"] = series(rng)
            if rng.random() < 0.6:
                r["collection-number"] = str(rng.randint(1, 900))
        if rng.random() < 0.1:
            r["ISBN"] = rng.choice(
                ("978-3-{}-{}-{}", "0-{}-{}-{}", "978-0-{}-{}-{}", "978013{}{}{}", "978-1{}{}{}")
            ).format(rng.randint(10, 999), rng.randint(10000, 99999), rng.randint(0, 9))
        if kind == "book" and rng.random() < 0.05:
            r["volume"] = rng.choice(("1", "2", "3", "I", "II", "4"))
    if kind == "chapter" and "page" not in r and rng.random() < 0.85:
        first = rng.randint(1, 600)
        r["page"] = f"{first}-{first + rng.randint(3, 40)}"
    if kind == "paper-conference":
        if rng.random() < 0.25:
            r["container-title"] = meeting(
                rng, str(r["issued"]["date-parts"][0][0]) if "issued" in r else ""
            )
        if rng.random() < 0.15:
            r["publisher-place"] = rng.choice(pools.places) if rng.random() < 0.5 else place(rng)
        if rng.random() < 0.2 and "publisher" not in r:
            r["publisher"] = rng.choice(
                (
                    "ACM",
                    "IEEE",
                    "Springer",
                    "AAAI Press",
                    "PMLR",
                    "USENIX Association",
                    "Association for Computational Linguistics",
                    "Morgan Kaufmann",
                    "IEEE Computer Society",
                    "ACM Press",
                    "Springer-Verlag",
                    "Curran Associates",
                )
            )
        if rng.random() < 0.08:
            r["collection-title"], r["volume"] = series(rng), str(rng.randint(20, 9000))
    if r.get("title") and rng.random() < 0.012:
        r["title"] += rng.choice(
            (
                " [Online]",
                ". Online",
                " [online]",
                " [Electronic resource]",
                " [Internet]",
                " (Online)",
            )
        )
    if kind == "article-journal":
        if german and rng.random() < 0.7:
            r["container-title"] = rng.choice(JOURNALS_DE)
            r.setdefault("volume", str(rng.randint(1, 70)))
        elif rng.random() < 0.12:
            r["container-title"] = rng.choice(pools.journals)
        if "issue" not in r and rng.random() < 0.4:
            r["issue"] = rng.choice(
                (
                    str(rng.randint(1, 12)),
                    str(rng.randint(1, 12)),
                    str(rng.randint(1, 60)),
                    "1-2",
                    "3/4",
                    "S1",
                )
            )
        if rng.random() < 0.02:
            r["issue"] = rng.choice(
                (
                    "Spring",
                    "Winter",
                    "Summer",
                    "Fall",
                    "Suppl 1",
                    "Suppl. 2",
                    "1 Suppl",
                    "Pt 2",
                    "Special issue",
                    "Database issue",
                    "1, Part 2",
                )
            )
        if rng.random() < 0.015 and r.get("volume", "").isdigit():
            r["volume"] = roman(int(r["volume"]))
        if rng.random() < 0.06:
            r["page"] = rng.choice(
                (
                    "e{:06d}",
                    "e{}",
                    "{}",
                    "0{:05d}",
                    "A{:02d}",
                    "R{}",
                    "L{}",
                    "{}S",
                    "S{}",
                    "art. {}",
                )
            ).format(rng.randint(1, 99999))
        if rng.random() < 0.1:
            r["URL"] = address(rng)
        if rng.random() < 0.03:
            r["ISSN"] = (
                f"{rng.randint(1, 9999):04d}-{rng.randint(100, 999)}{rng.choice('0123456789X')}"
            )
    if kind in ("thesis", "report"):
        r["genre"] = rng.choice(
            (
                "PhD thesis",
                "Ph.D. dissertation",
                "Doctoral dissertation",
                "Master's thesis",
                "Diplomarbeit",
            )
            if kind == "thesis"
            else ("Technical report", "Working paper", "Report", "Discussion paper")
        )
        if rng.random() < 0.5:
            r["publisher"] = (
                university(rng, rng.choice(pools.people)["family"])
                if kind == "thesis"
                else body(rng)
            )
        r.setdefault("publisher", rng.choice(pools.publishers))
        if rng.random() < 0.3:
            r["publisher-place"] = place(rng)
        if kind == "report":
            r.setdefault(
                "number",
                rng.choice(("{}", "TR-{}", "2004-{}", "WP {}")).format(rng.randint(1, 9999)),
            )
    if kind == "article" and "arxiv" in r:
        r["publisher"], r["number"], r["URL"] = (
            "arXiv",
            "arXiv:" + r["arxiv"],
            "https://arxiv.org/abs/" + r["arxiv"],
        )
        if rng.random() < 0.5:
            r.pop("URL")
        if rng.random() < 0.5:
            r["type"], r["container-title"] = (
                "article-journal",
                rng.choice(
                    (
                        "arXiv preprint arXiv:",
                        "arXiv:",
                        "arXiv preprint ",
                        "CoRR abs/",
                        "arXiv e-prints, arXiv:",
                    )
                )
                + r["arxiv"],
            )
            r.pop("publisher"), r.pop("number")
    if "DOI" not in r and kind != "article" and rng.random() < 0.12:
        r["DOI"] = (
            f"10.{rng.randint(1000, 9999)}/{rng.choice(('s', 'j.', 'cir.', '978-', 'B', ''))}{rng.randint(1000, 99999)}{rng.choice(('-', '.', '/'))}{rng.randint(100, 99999)}"
        )
    elif "DOI" in r and rng.random() < 0.5:
        r.pop("DOI")
    if kind == "webpage" or rng.random() < 0.05:
        r.setdefault("URL", address(rng))
        if rng.random() < 0.75:
            r["accessed"] = {
                "date-parts": [[rng.randint(1999, 2024), rng.randint(1, 12), rng.randint(1, 28)]]
            }
    if rng.random() < 0.045:
        r["author"] = [
            {
                "literal": rng.choice(BODIES_DE if german else BODIES)
                if rng.random() < 0.4
                else body(rng)
            }
        ]
        if kind in ("book", "report") and rng.random() < 0.4:
            r["publisher"] = r["author"][0]["literal"]
    if rng.random() < 0.12 and "issued" in r:
        year = r["issued"]["date-parts"][0][0]
        r["issued"] = {
            "date-parts": [
                [year, rng.randint(1, 12)]
                if rng.random() < 0.6
                else [year, rng.randint(1, 12), rng.randint(1, 28)]
            ]
        }
    if rng.random() < 0.02:
        r["note"] = rng.choice(NOTES.split("|"))
    for key, share in (
        ("issue", 0.12),
        ("page", 0.06),
        ("volume", 0.03),
        ("publisher-place", 0.1),
        ("publisher", 0.06),
        ("issued", 0.015),
    ):
        if rng.random() < share:
            r.pop(key, None)
    return r


def retitled(title: str, kind: str, pools: Pools, rng: random.Random) -> str:
    """The title, at times cut to a word or two, with a person's name, years, a subtitle behind a full stop, a question mark."""
    way = rng.random()
    words = title.split()
    if way < 0.07 and kind == "book":
        kept = [w.strip(".,:;()") for w in words if len(w) > 4][: rng.choice((1, 1, 2))]
        return " ".join(kept).capitalize() if kept else title
    person = rng.choice(pools.people)
    full = f"{person['given']} {person['family']}"
    if way < 0.1:
        return rng.choice(
            (
                f"{full}: {title}",
                f"{title} in {full}",
                f"{person['family']} and {title}",
                f"{full} and {title}",
                f"{title}: Essays in Honor of {full}",
                f"The {person['family']} Reader: {title}",
                f"{title} from {person['family']} to {rng.choice(pools.people)['family']}",
                f"{full}, {rng.choice(pools.people)['family']}, and {title}",
            )
        )
    if way < 0.13:
        y = rng.randint(1500, 2010)
        return rng.choice(
            (
                f"{y} {title}",
                f"{title}, {y}–{y + 20}",
                f"{title}, {y}-{y + 9}",
                f"{title} {y}",
                f"{title} in {y}",
                f"{title} ({y}-{y + 30})",
                f"{title}, {y}",
            )
        )
    if way < 0.165 and kind in ("book", "chapter", "report"):
        more = list(rng.choice(pools.titles).split()[: rng.randint(2, 7)])
        return (
            title.rstrip(" .?")
            + rng.choice((". ", ". ", ". ", " – ", "! ", "? "))
            + " ".join(more).strip(" .,:;")
        )
    if way < 0.18:
        return title.rstrip(" .?!") + rng.choice(
            ("?", "?", "!", "…", " (I)", " II", ". Part 2", ". III", ", part I", " (L.)")
        )
    return title


def series(rng: random.Random) -> str:
    if rng.random() < 0.5:
        return rng.choice(SERIES)
    field = rng.choice(FIELDS)
    return rng.choice(
        (
            "Studies in {}",
            "Monographs in {}",
            "{} Monographs",
            "Lecture Notes in {}",
            "Contributions to {}",
            "Topics in {}",
            "Advances in {}",
            "Communications and {} Series",
            "Springer Series in {}",
            "{} Technical Series",
            "Bibliotheca {}",
            "Handbooks of {}",
            "{} Paper Series",
            "Contributions to {}",
            "Cambridge Texts in {}",
            "{} Bulletin",
            "Series in {}",
            "Beiträge zur {}",
        )
    ).format(field)


def roman(number: int) -> str:
    out = ""
    for value, sign in (
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        out += sign * (number // value)
        number %= value
    return out


def address(rng: random.Random) -> str:
    words = [
        "report",
        "docs",
        "data",
        "pub",
        "2012",
        "index",
        "statistics",
        "papers",
        "news",
        "en",
        "de",
        "files",
        "articles",
        "research",
        "view",
        "download",
        "node",
    ]
    path = "/".join(rng.choice(words) for _ in range(rng.randint(1, 4)))
    return (
        rng.choice(("https://", "http://", "http://"))
        + rng.choice(HOSTS)
        + "/"
        + path
        + rng.choice(
            ("", "/", ".html", ".pdf", f"?id={rng.randint(1, 99999)}", f"/{rng.randint(1, 99999)}")
        )
    )
