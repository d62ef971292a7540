"""Figures of the catalogue: ingest rate per format, size, latency, recall and growth with the number of records.

    python bench/catalogue.py formats --records DIR [--number N]
    python bench/catalogue.py sizes   --records DIR --references FILE --work DIR [--sizes 100000,1000000,10000000]
    python bench/catalogue.py open    --catalogue DIR --references FILE
    python bench/catalogue.py answers --recorded DIR
    python bench/catalogue.py kill    --work DIR [--times 50]
    python bench/catalogue.py dblp    --records DIR --work DIR [--number 7500000]

``--records``: a folder of CSL-JSON lines (``*.jsonl.xz``); ``--references``: JSON lines with ``raw``, ``present``, ``ids``, ``noise``.
Beyond the real records, synthetic ones are drawn like them: the first half of a title and the second half of another,
people and venues of others.  Times are wall times; processor time stands beside them where a machine is shared.
"""

from __future__ import annotations

import argparse
import gzip
import json
import lzma
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from html import escape as escaped
from pathlib import Path
from typing import Any, NamedTuple

from citenorm.catalogue import Catalogue, build, verify
from citenorm.catalogue.formats import Entry, open_source
from citenorm.model import Claim

_NO_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])
"""Characters that XML has no way to write; titles of records have some."""


def escape(text: str) -> str:
    return escaped(text.translate(_NO_XML))


def real_records(folder: Path) -> Iterator[dict[str, Any]]:
    for file in sorted(folder.glob("*.jsonl.xz")):
        with lzma.open(file, "rb") as lines:
            for line in lines:
                item = json.loads(line)
                if item.get("title"):
                    yield item


def cpu() -> float:
    mine, children = (
        resource.getrusage(resource.RUSAGE_SELF),
        resource.getrusage(resource.RUSAGE_CHILDREN),
    )
    return mine.ru_utime + mine.ru_stime + children.ru_utime + children.ru_stime


# ------------------------------------------------------------------ formats
def given_family(name: dict[str, str]) -> tuple[str, str]:
    return name.get("given", ""), name.get("family") or name.get("literal", "")


def written(kind: str, items: list[dict[str, Any]]) -> bytes:
    """The items as a dump of one format."""
    head, tail, rows = "", "", []
    for n, item in enumerate(items):
        title, year = item["title"], item["issued"]["date-parts"][0][0]
        people = [given_family(name) for name in item.get("author", ())]
        page, venue = item.get("page", "1-9"), item.get("container-title", "Venue")
        if kind == "csl":
            rows.append(json.dumps(item, ensure_ascii=False))
        elif kind == "crossref":
            rows.append(json.dumps({
                "DOI": f"10.5555/{n}", "type": "journal-article", "title": [title], "container-title": [venue], "page": page, "volume": "3",
                "author": [{"given": g, "family": f, "sequence": "first", "affiliation": []} for g, f in people], "issued": {"date-parts": [[year]]},
                "indexed": {"date-time": "2024-01-01T00:00:00Z"}, "relation": {}, "publisher": "P", "reference-count": 0, "member": "1",
            }))  # fmt: skip
        elif kind == "arxiv":
            rows.append(json.dumps({
                "id": f"{n % 9999:04d}.{n:05d}", "title": title, "authors_parsed": [[f, g, ""] for g, f in people], "categories": "cs.LG", "abstract": title * 9,
                "versions": [{"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"}], "update_date": "2008-11-26",
            }))  # fmt: skip
        elif kind == "openalex":
            rows.append(json.dumps({
                "id": f"https://openalex.org/W{n}", "doi": f"https://doi.org/10.5555/{n}", "title": title, "publication_year": year, "type": "article",
                "authorships": [{"author": {"display_name": f"{g} {f}"}, "raw_author_name": f"{g} {f}", "institutions": []} for g, f in people],
                "primary_location": {"source": {"display_name": venue, "type": "journal"}}, "biblio": {"volume": "1", "first_page": "3"}, "locations": [],
            }))  # fmt: skip
        elif kind == "dblp":
            head, tail = (
                '<?xml version="1.0"?>\n<!DOCTYPE dblp SYSTEM "dblp.dtd">\n<dblp>\n',
                "</dblp>\n",
            )
            names = "".join(f"<author>{escape(f'{g} {f}')}</author>\n" for g, f in people)
            rows.append(
                f'<inproceedings key="conf/x/{n}" mdate="2020-01-01">\n{names}<title>{escape(title)}.</title>\n<pages>{escape(page)}</pages>\n<year>{year}</year>\n'
                f"<booktitle>{escape(venue)}</booktitle>\n<ee>https://doi.org/10.5555/{n}</ee>\n<url>db/conf/x/x.html#{n}</url>\n</inproceedings>"
            )
        elif kind == "acl":
            head, tail = (
                '<collection id="P18"><volume id="1"><meta><booktitle>Proceedings</booktitle><year>2018</year></meta>',
                "</volume></collection>",
            )
            names = "".join(
                f"<author><first>{escape(g)}</first><last>{escape(f)}</last></author>"
                for g, f in people
            )
            rows.append(
                f'<paper id="{n}"><title>{escape(title)}</title>{names}<pages>1–9</pages><url>P18-{n}</url></paper>'
            )
        elif kind == "medline":
            head, tail = "<PubmedArticleSet>", "</PubmedArticleSet>"
            names = "".join(
                f"<Author><LastName>{escape(f)}</LastName><ForeName>{escape(g)}</ForeName></Author>"
                for g, f in people
            )
            rows.append(
                f"<PubmedArticle><MedlineCitation><PMID>{n}</PMID><Article><Journal><JournalIssue><Volume>3</Volume><PubDate><Year>{year}</Year></PubDate></JournalIssue>"
                f"<Title>{escape(venue)}</Title></Journal><ArticleTitle>{escape(title)}.</ArticleTitle><Pagination><MedlinePgn>1-9</MedlinePgn></Pagination>"
                f"<AuthorList>{names}</AuthorList></Article></MedlineCitation></PubmedArticle>"
            )
        elif kind == "bibtex":
            names = " and ".join(f"{f}, {g}" for g, f in people)
            rows.append(
                f"@article{{k{n},\n  author = {{{names}}},\n  title = {{{title}}},\n  journal = {{{venue}}},\n  year = {{{year}}},\n  pages = {{{page}}}\n}}\n"
            )
        elif kind == "ris":
            names = "".join(f"AU  - {f}, {g}\n" for g, f in people)
            rows.append(
                f"TY  - JOUR\nID  - {n}\n{names}TI  - {title}\nT2  - {venue}\nPY  - {year}\nSP  - {page}\nER  - "
            )
    return (head + "\n".join(rows) + "\n" + tail).encode("utf-8", "replace")


def formats(options: argparse.Namespace) -> None:
    items = [item for n, item in enumerate(real_records(options.records)) if n % 23 == 0][
        : options.number
    ]
    print(f"{'format':<10}{'records':>9}{'faults':>8}{'read/s':>10}{'build/s':>10}")
    work = Path(options.work)
    work.mkdir(parents=True, exist_ok=True)
    for kind in ("csl", "dblp", "crossref", "arxiv", "openalex", "acl", "medline", "bibtex", "ris"):
        file = work / f"dump.{kind}.gz"
        file.write_bytes(gzip.compress(written(kind, items), 1))
        start, found, faults = time.process_time(), 0, 0
        for entry in open_source(f"{kind}:{file}").entries():
            found, faults = (found + 1, faults) if isinstance(entry, Entry) else (found, faults + 1)
        seconds = time.process_time() - start
        before = time.perf_counter()
        build(work / "built", [f"{kind}:{file}"])
        print(
            f"{kind:<10}{found:>9}{faults:>8}{found / seconds:>10.0f}{found / (time.perf_counter() - before):>10.0f}",
            flush=True,
        )
        file.unlink()
    shutil.rmtree(work / "built")


def answers(options: argparse.Namespace) -> None:
    """Recorded answers of services, read by the formats that they come in: entries, faults, and what was in none."""
    print(f"{'service':<12}{'bodies':>7}{'entries':>9}{'faults':>8}  first fault")
    for service, kind, suffix in (
        ("crossref", "crossref", "json"),
        ("openalex", "openalex", "json"),
        ("pubmed", "medline", "xml"),
        ("acl", "bibtex", "bib"),
    ):
        bodies = sorted((options.recorded / service).glob(f"*-200.{suffix}"))
        found = [entry for body in bodies for entry in open_source(f"{kind}:{body}").entries()]
        entries = [entry for entry in found if isinstance(entry, Entry)]
        faults = [fault for fault in found if not isinstance(fault, Entry)]
        print(
            f"{service:<12}{len(bodies):>7}{len(entries):>9}{len(faults):>8}  {faults[0].reason if faults else ''}"
        )


# ------------------------------------------------------------------ sizes
def write_records(folder: Path, path: Path, number: int, keep: set[str]) -> None:
    """So many records: those of ``keep``, then the other real ones, then synthetic ones."""
    chance = random.Random(20_000_000)
    others: list[bytes] = []
    pool: list[dict[str, Any]] = []
    with open(path, "wb") as out:
        count = 0
        for item in real_records(folder):
            line = json.dumps(item, ensure_ascii=False).encode() + b"\n"
            if item["id"] in keep:
                out.write(line)
                count += 1
            elif number < 1_000_000 or len(pool) >= 200_000:
                if number >= 1_000_000 or chance.random() < 1.2 * number / 1_250_000:
                    others.append(line)
            else:
                others.append(line)
                pool.append(item)
        chance.shuffle(others)
        for line in others[: max(0, number - count)]:
            out.write(line)
        count += min(len(others), max(0, number - count))
        for n in range(count, number):
            a, b, c = (pool[chance.randrange(len(pool))] for _ in range(3))
            first, second = a["title"].split(), b["title"].split()
            made = {
                **c,
                "id": f"made:{n}",
                "title": " ".join(first[: (len(first) + 1) // 2] + second[len(second) // 2 :]),
                "author": a.get("author", []),
            }
            made.pop("custom", None)
            if "DOI" in made:
                made["DOI"] = f"10.5555/made.{n}"
            out.write(json.dumps(made, ensure_ascii=False).encode() + b"\n")


def references(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def claims_of(rows: list[dict[str, Any]], parsed: bool) -> list[Claim]:
    if not parsed:
        return [Claim({}, raw=row["raw"]) for row in rows]
    from citenorm.normalize import normalize
    from citenorm.parse import parse_many

    return [normalize(claim) for claim in parse_many([row["raw"] for row in rows])]


def questions(path: Path, rows: list[dict[str, Any]], parsed: bool) -> str:
    claims = claims_of(rows, parsed)
    with Catalogue.open(path) as catalogue:
        for claim in claims[::7]:
            catalogue.candidates(claim, 10)
        times, absent, busy, found = [], [], [], {"clean": [0, 0], "noised": [0, 0]}
        used = time.process_time()
        for row, claim in zip(rows, claims, strict=True):
            start, mine = time.perf_counter(), time.thread_time()
            answer = catalogue.candidates(claim, 10)
            busy.append(time.thread_time() - mine)
            (times if row["present"] else absent).append(time.perf_counter() - start)
            if row["present"]:
                group = found["clean" if row["noise"] in ("none", "notitle") else "noised"]
                group[0] += any(record.id in row["ids"] for record in answer)
                group[1] += 1
        used = time.process_time() - used
        ids = [ident for row in rows for ident in row["ids"]] or ["x"]
        dois = [record.doi for record in catalogue.get(ids) if record.doi] or ["10.5555/x"]
        start, mine = time.perf_counter(), time.thread_time()
        for doi in dois * 3:
            catalogue.lookup("doi", doi)
        looked, mine = (
            3 * len(dois) / (time.perf_counter() - start),
            3 * len(dois) / (time.thread_time() - mine),
        )
    both = sorted(times + absent)
    at, at_busy = (
        [1000 * each[int(len(each) * share)] for share in (0.5, 0.95, 0.99)]
        for each in (both, sorted(busy))
    )
    recall = " ".join(f"{name} {hit}/{n} {hit / max(1, n):.4f}" for name, (hit, n) in found.items())
    return (
        f"{'parsed' if parsed else 'raw only'}: p50 {at[0]:.2f} p95 {at[1]:.2f} p99 {at[2]:.2f} ms (processor {' '.join(f'{each:.2f}' for each in at_busy)}); present p50 {1000 * sorted(times)[len(times) // 2]:.2f}; "
        f"{len(rows) / sum(both):.0f}/s (processor {len(rows) / used:.0f}/s); recall@10 {recall}; look-ups by DOI {looked:.0f}/s (processor {mine:.0f}/s)"
    )


def open_one(options: argparse.Namespace) -> None:
    rows = references(options.references)
    for parsed in (False, True):
        print(questions(options.catalogue, rows, parsed), flush=True)


_BUILD = """
import resource, sys
from citenorm.catalogue import build
made = build(sys.argv[1], [sys.argv[2]])
own, children = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(made.seconds, own.ru_maxrss, children.ru_maxrss, made.works, made.records)
"""


class Built(NamedTuple):
    """What a catalogue cost that was built in a process of its own: seconds, and gigabytes of memory and of disk."""

    seconds: float
    cpu: float
    memory: float
    child: float
    disk: float
    works: int
    records: int

    @classmethod
    def of(cls, source: str, path: Path) -> Built:
        used = cpu()
        done = subprocess.run(
            [sys.executable, "-c", _BUILD, str(path), source], stdout=subprocess.PIPE, text=True
        )
        if done.returncode:
            sys.exit(f"{source}: not built")  # its own words stand above
        said = done.stdout.split()
        disk = sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
        seconds, own, child = float(said[0]), int(said[1]) / 1e6, int(said[2]) / 1e6
        return cls(seconds, cpu() - used, own, child, disk / 1e9, int(said[3]), int(said[4]))


def sizes(options: argparse.Namespace) -> None:
    rows = references(options.references)
    keep = {ident for row in rows for ident in row["ids"]}
    work = Path(options.work)
    work.mkdir(parents=True, exist_ok=True)
    for number in map(int, options.sizes.split(",")):
        source, path = work / f"records-{number}.jsonl", work / f"catalogue-{number}"
        with ProcessPoolExecutor(1) as pool:  # this process stays small, as in ``dblp``
            pool.submit(write_records, options.records, source, number, keep).result()
        made = Built.of(f"csl:{source}", path)
        print(
            f"{made.records:>9} records: built in {made.seconds:.0f} s ({made.cpu:.0f} s processor, {made.records / made.seconds:.0f} records/s), "
            f"{made.memory + made.child:.2f} GB memory, {made.disk:.3f} GB disk ({made.disk * 1e9 / made.records:.0f} bytes a record), {made.works} works",
            flush=True,
        )
        source.unlink()
        for parsed in (False, True):
            print("          " + questions(path, rows, parsed), flush=True)


# ------------------------------------------------------------------ DBLP
def write_dblp(folder: Path, path: Path, number: int) -> int:
    """A stand-in of ``dblp.xml.gz`` with so many publications: in its order of kinds, proceedings before their papers, a home page
    for every second publication; the size of the XML in bytes."""
    chance = random.Random(7)
    pool = [
        item for n, item in enumerate(real_records(folder)) if n % 6 == 0 and item.get("author")
    ]
    size = 0
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as out:
        size += out.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE dblp SYSTEM "dblp.dtd">\n<dblp>\n'
        )
        for n in range(number):
            a, b, c = (pool[chance.randrange(len(pool))] for _ in range(3))
            first, second = a["title"].split(), b["title"].split()
            title = " ".join(first[: (len(first) + 1) // 2] + second[len(second) // 2 :])
            size += out.write(_publication(n, title, a["author"], c, chance))
            if n % 2 == 0:
                who = " ".join(reversed(given_family(a["author"][0])))
                size += out.write(
                    f'<www mdate="2020-05-01" key="homepages/{n % 999}/{n}">\n<author>{escape(who)}</author>\n<title>Home Page</title>\n'
                    f"<url>https://orcid.org/0000-0001-{n:08}</url>\n</www>\n"
                )
        size += out.write("</dblp>\n")
    return size


def _publication(
    n: int, title: str, people: list[dict[str, str]], like: dict[str, Any], chance: random.Random
) -> str:
    """One publication: a paper (every fiftieth after its proceedings), an article, or an e-print of CoRR; a third each, about."""
    names = "".join(
        f'<author orcid="0000-0002-{chance.randrange(10**8):08}">{escape(" ".join(given_family(p)))}</author>\n'
        for p in people
    )
    year, page = like["issued"]["date-parts"][0][0], escape(like.get("page", "1-9"))
    venue = escape(like.get("container-title", "Venue"))
    head = f"{names}<title>{escape(title)}.</title>\n<year>{year}</year>\n"
    kind = n % 3
    if kind == 0:
        volume = f"conf/x{n // 150}/{year}"
        before = ""
        if n % 150 == 0:
            before = (
                f'<proceedings mdate="2020-05-01" key="{volume}">\n<editor>{escape(" ".join(given_family(people[0])))}</editor>\n<title>Proceedings of {venue} {n}</title>\n'
                f"<booktitle>{venue}</booktitle>\n<publisher>ACM</publisher>\n<year>{year}</year>\n<isbn>978-1-4503-0000-0</isbn>\n<ee>https://doi.org/10.1145/{n}</ee>\n</proceedings>\n"
            )
        return (
            f'{before}<inproceedings mdate="2021-02-03" key="conf/x{n // 150}/P{n}">\n{head}<pages>{page}</pages>\n<booktitle>{venue}</booktitle>\n'
            f'<ee type="oa">https://doi.org/10.1145/{n // 150}.{n}</ee>\n<crossref>{volume}</crossref>\n<url>db/conf/x/x{year}.html#P{n}</url>\n</inproceedings>\n'
        )
    number = f"{1000 + n // 100_000:04}.{n % 100_000:05}"
    key = (
        f"journals/x{n % 997}/A{n}"
        if kind == 1
        else f"journals/corr/abs-{number.replace('.', '-')}"
    )
    journal, volume = (venue, str(year % 60)) if kind == 1 else ("CoRR", f"abs/{number}")
    ee = (
        f"https://doi.org/10.1016/j.x.{n}"
        if kind == 1
        else f"https://doi.org/10.48550/arXiv.{number}"
    )
    return (
        f'<article publtype="informal" mdate="2021-02-03" key="{key}">\n{head}<pages>{page}</pages>\n<volume>{volume}</volume>\n<journal>{journal}</journal>\n'
        f'<number>{n % 12}</number>\n<ee type="oa">{ee}</ee>\n<url>db/{key}.html</url>\n</article>\n'
    )


def dblp(options: argparse.Namespace) -> None:
    """A dump of DBLP's size → its catalogue, in a process of its own: seconds, processor seconds, memory, disk."""
    work = Path(options.work)
    work.mkdir(parents=True, exist_ok=True)
    file, path = work / "dblp.xml.gz", work / "dblp"
    with ProcessPoolExecutor(
        1
    ) as pool:  # so that this process stays small: its memory would count as the builder's
        size = pool.submit(write_dblp, options.records, file, options.number).result()
    print(
        f"{options.number:,} publications, {size / 1e9:.2f} GB of XML, {file.stat().st_size / 1e9:.2f} GB packed",
        flush=True,
    )
    made = Built.of(f"dblp:{file}", path)
    print(
        f"{made.records:,} records, {made.works:,} works of several: {made.seconds:.0f} s, {made.cpu:.0f} s of processor time; at most {made.memory:.2f} GB in the "
        f"builder and {made.child:.2f} GB in a child; {made.disk:.2f} GB on disk"
    )


# ------------------------------------------------------------------ kill
def kill(options: argparse.Namespace) -> None:
    """kill -9 at random moments of build and add: what is left is the old or the new catalogue, and sound."""
    work = Path(options.work)
    work.mkdir(parents=True, exist_ok=True)
    chance = random.Random(9)
    old, new = work / "old.jsonl", work / "new.jsonl"
    for file, number, volume in ((old, 5000, "1"), (new, 30_000, "2")):
        people = [
            [{"family": f"Family{chance.randrange(900)}", "given": "A."}] for _ in range(number)
        ]
        rows = (
            {
                "id": f"k:{n}",
                "title": f"Subject {n} in setting {n % 97}",
                "author": people[n],
                "volume": volume,
            }
            for n in range(number)
        )
        file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    path = work / "killed"
    code = "import sys; from citenorm.catalogue import add, build; print(1, flush=True); (build if sys.argv[1] == 'build' else add)(sys.argv[2], [sys.argv[3]])"
    wrong, done = 0, {"build": [0, 0], "add": [0, 0]}
    longest = {}
    for what in ("build", "add"):
        build(path, [old])
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-c", code, what, str(path), str(new)],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        longest[what] = time.perf_counter() - start
    for number in range(options.times):
        what = "build" if number % 2 else "add"
        build(path, [old])
        worker = subprocess.Popen(
            [sys.executable, "-c", code, what, str(path), str(new)], stdout=subprocess.PIPE
        )
        assert worker.stdout is not None
        worker.stdout.readline()
        time.sleep(chance.uniform(0, 1.1 * longest[what]))
        os.kill(worker.pid, signal.SIGKILL)
        worker.communicate()
        problems = verify(path)
        with Catalogue.open(path) as catalogue:
            volumes = {
                record.csl["volume"]
                for record in catalogue.get([f"k:{n}" for n in range(0, 5000, 50)])
            }
            count = catalogue.info()["records"]
        state = {(5000, "1"): 0, (30_000, "2"): 1}.get((count, "".join(sorted(volumes))))
        if problems or state is None:
            wrong += 1
            print(f"kill {number} of {what}: {count} records, volumes {volumes}, {problems}")
        else:
            done[what][state] += 1
    print(
        f"{options.times} kills: {wrong} wrong; before/after: build {done['build']}, add {done['add']}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__.split("\n\n")[0],
        epilog=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("what", choices=["formats", "answers", "sizes", "open", "kill", "dblp"])
    parser.add_argument("--records", type=Path)
    parser.add_argument("--references", type=Path)
    parser.add_argument("--catalogue", type=Path)
    parser.add_argument("--recorded", type=Path)
    parser.add_argument("--work", default="bench-work")
    parser.add_argument("--number", type=int)
    parser.add_argument("--sizes", default="100000,1000000")
    parser.add_argument("--times", type=int, default=50)
    options = parser.parse_args()
    options.number = options.number or (7_500_000 if options.what == "dblp" else 40_000)
    {
        "formats": formats,
        "answers": answers,
        "sizes": sizes,
        "open": open_one,
        "kill": kill,
        "dblp": dblp,
    }[options.what](options)


if __name__ == "__main__":
    main()
