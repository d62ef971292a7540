"""What the network costs and gives: real bibliographies resolved by the online services alone, on loopback, on a simulated clock.

    python bench/online.py --bib FOLDER --catalogue CATALOGUE [--documents 4] [--seed 7] [--package FOLDER] [--faults]

FOLDER holds ``.bib`` files; a document is fifty entries, five of each of ten files.  The services answer from what the CATALOGUE holds
near these entries (their candidates and those candidates' versions, so that there is enough to mistake them for); what it holds without
a DOI, though its venue has them, is given one; of the entries that it does not hold, four of five are answered as Crossref (articles,
papers, chapters), arXiv or Open Library (books) would, from the entries themselves.  The local catalogue is empty (with ``--package`` a line more tells what it costs beside the starter and that data package, FOLDER being its
``citenorm_cs``), the cache is new for each document and kept for its second run.

Seconds are simulated: every exchange takes 250 ms, every service keeps its documented pace (Crossref 5 a second, one connection,
which is less than its headers have stated; OpenAlex takes ten searches a day), threads run side by side.  The computing between
the requests is not in them; it is in the last column (processor seconds).

``--faults``: 300 entries, of every three requests one goes wrong (429 with absurd Retry-After, 500, HTML, empty, cut off, another
encoding, packed to burst, too large, redirects to files and other hosts, slow, reset, another paper's record): how many are
matched to another work than without faults.
"""

from __future__ import annotations

import argparse
import glob
import heapq
import importlib.util
import random
import re
import sys
import tempfile
import threading
import time
import zlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from citenorm import bib, open_sources
from citenorm.errors import InputError
from citenorm.match import same_work
from citenorm.model import Claim, Record, Resolution
from citenorm.normalize import normalize
from citenorm.normalize.preprint import is_preprint
from citenorm.pipeline import resolve_all
from citenorm.read import load
from citenorm.sources import Sources, plan
from citenorm.sources.http import Client, Policy
from citenorm.sources.online import open_online

ROOT = Path(__file__).resolve().parent.parent
LATENCY = 0.25
TESTS = re.compile(
    r"bibtex-tidy|jabref|citation-js|bibtex-parser|zotero|biber|hallucination|sample-base|errors|staged"
)
"""Files that were written to test programs, not to cite."""
HELD = 0.8
"""Share of the entries unknown to the catalogue that Crossref or Open Library would hold."""
FAULTS = (
    "429",
    "500",
    "html",
    "empty",
    "truncated",
    "encoding",
    "bomb",
    "huge",
    "redirect",
    "drip",
    "reset",
    "short",
    "other",
)


def loopback() -> Any:
    path = ROOT / "tests" / "sources" / "loopback.py"
    spec = importlib.util.spec_from_file_location("loopback", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["loopback"] = module
    spec.loader.exec_module(module)
    return module


# ------------------------------------------------------------------ the entries and the world
def documents(folder: Path, number: int, seed: int) -> list[list[Claim]]:
    """Documents of fifty entries, five of each of ten files."""
    pick = random.Random(seed)
    pools = []
    for name in sorted(glob.glob(str(folder / "*.bib"))):
        if TESTS.search(name):
            continue
        try:
            claims = bib.claims(bib.read(load(name), name))
        except InputError:  # one that BibTeX cannot read either
            continue
        if len(claims) >= 15:
            pools.append(claims)
    out = []
    for _ in range(number):
        chosen = pick.sample(pools, 10)
        out.append([normalize(claim) for claims in chosen for claim in pick.sample(claims, 5)])
    return out


def world(claims: list[Claim], catalogue: Path) -> tuple[list[dict[str, Any]], list[Resolution]]:
    """The records that the services answer from, and what the catalogue alone makes of the claims."""
    with open_sources(offline=True, catalogues=[catalogue], starter=False, user=False) as sources:
        truth = resolve_all(claims, sources)
        found: dict[str, dict[str, Any]] = {}
        for near in sources.local_many(claims, 30):
            for record in near:
                for one in (record, *sources.versions(record)):
                    found.setdefault(one.id, dict(one.csl))
    for claim, result in zip(claims, truth, strict=True):
        own = _with_doi(result.record) if result.record is not None else _own(claim)
        if own:
            found.setdefault(own["id"], own)
    return list(found.values()), truth


def _own(claim: Claim) -> dict[str, Any] | None:
    """An entry as Crossref or Open Library would hold it; None for one that they would not."""
    number = zlib.crc32(claim.title.encode())
    kind = claim.csl.get("type")
    if not claim.title or not claim.authors or number % 100 >= 100 * HELD:
        return None
    if kind == "article":
        arxiv = claim.arxiv or f"2401.{number % 100_000:05}"
        return {
            **claim.csl,
            "id": f"own:{number}",
            "publisher": "arXiv",
            "custom": {"arxiv": arxiv},
        }
    if kind not in ("article-journal", "paper-conference", "chapter", "book"):
        return None
    csl = {
        key: value
        for key, value in claim.csl.items()
        if key not in ("custom", "id", "note", "abstract")
    }
    if kind != "book":
        csl["DOI"] = claim.doi or f"10.5555/{number}"
    return {**csl, "id": f"own:{number}"}


def _with_doi(record: Record) -> dict[str, Any] | None:
    """What the catalogue holds without the DOI that it has, as Crossref would; None for what has one, or none in truth."""
    from citenorm.sources.dblp import suits

    of_crossref = record.type in ("article-journal", "paper-conference", "chapter")
    if record.doi or not of_crossref or suits(Claim(record.csl)) > 0.8:
        return None
    number = zlib.crc32(record.id.encode())
    return {**record.csl, "id": f"doi:{number}", "DOI": f"10.5555/{number}"}


# ------------------------------------------------------------------ the clock
@dataclass
class Clock:
    """Time as the threads of a run would see it: a round begins for all of its threads when the one before has ended."""

    start: float = 0.0
    latest: float = 0.0
    own: threading.local = field(default_factory=threading.local)
    lock: threading.Lock = field(default_factory=threading.Lock)
    lines: dict[str, list[float]] = field(default_factory=dict)

    def now(self) -> float:
        return float(getattr(self.own, "now", self.start))

    def sleep(self, seconds: float) -> None:
        self.own.now = self.now() + max(0.0, seconds)
        with self.lock:
            self.latest = max(self.latest, self.own.now)

    def begin(self) -> None:
        """The next round: no thread is before the end of the last one."""
        self.start = self.own.now = self.latest

    def exchange(self, service: str, connections: int) -> None:
        """One exchange, on the first of the service's connections that is free."""
        with self.lock:
            line = self.lines.setdefault(service, [])
            free = heapq.heappop(line) if len(line) >= connections else 0.0
            until = max(self.now(), free) + LATENCY
            heapq.heappush(line, until)
        self.sleep(until - self.now())


class SimulatedClient(Client):
    """Every exchange takes its time on the clock, not on the wall."""

    def __init__(self, policy: Policy, clock: Clock) -> None:
        super().__init__(policy, clock=clock.now, sleep=clock.sleep)
        self._time = clock

    def _try(self, request: Any, gate: Any) -> Any:
        self._time.exchange(request.service, gate.connections)
        return super()._try(request, gate)


def side_by_side(clock: Clock) -> None:
    """Let the plan begin its rounds on the clock."""
    original = plan._side_by_side

    def timed(asked: Any) -> Any:
        clock.begin()
        return original(asked)

    plan._side_by_side = timed


# ------------------------------------------------------------------ a run
def paces() -> dict[str, Any]:
    """The services' own paces, which loopback would else not have."""
    from citenorm.sources.online import ONLINE

    return {service.name: service.pace for service in ONLINE}


def run(
    server: Any, claims: list[Claim], cache: Path, package: Path | None = None, **changes: Any
) -> tuple[list[Resolution], Any, float, float]:
    """Resolutions, the client, simulated seconds, processor seconds."""
    clock = Clock()
    policy = Policy(cache=cache, bases=server.bases, paces=paces(), seed=1, **changes)
    client = SimulatedClient(policy, clock)
    original = plan._side_by_side
    side_by_side(clock)
    started = time.process_time()
    try:
        with Sources(at_hand(package), open_online(client=client)) as sources:
            results = resolve_all(claims, sources)
    finally:
        plan._side_by_side = original
    return results, client, clock.latest, time.process_time() - started


def at_hand(package: Path | None) -> list[Any]:
    """The local catalogues of a newcomer who has installed a data package; none without."""
    if package is None:
        return []
    from citenorm.catalogue.installed import open_installed
    from citenorm.catalogue.memory import starter

    return [open_installed(package), starter()]


def published(result: Resolution) -> bool:
    return bool(result.work) and any(not is_preprint(r.csl) for r in result.work.records)  # type: ignore[union-attr]


def row(
    name: str,
    docs: list[list[Claim]],
    server: Any,
    truth: list[Resolution],
    setting: Any,
    package: Path | None = None,
) -> None:
    """One line of the table: a scenario over all documents."""
    sent, seconds, again, cost = Counter(), [], 0, 0.0
    found = printed = held = held_found = 0
    most, place = 0, 0
    for claims in docs:
        setting(server)
        with tempfile.TemporaryDirectory() as folder:
            cache = Path(folder) / "cache.sqlite3"
            results, client, took, cpu = run(server, claims, cache, package)
            sent.update(client.sent)
            most = max(most, sum(client.sent.values()))
            seconds.append(took)
            cost += cpu
            found += sum(r.matched for r in results)
            printed += sum(r.matched and published(r) for r in results)
            for r, t in zip(results, truth[place : place + len(claims)], strict=True):
                held += t.matched
                held_found += t.matched and r.matched
            place += len(claims)
            second, client, _, _ = run(server, claims, cache, package)
            again += sum(client.sent.values())
            assert [r.matched for r in second] == [r.matched for r in results]
        server.behave()
        server.allowance.clear()
    n = len(docs)
    by = ", ".join(f"{service} {count / n:.1f}" for service, count in sent.most_common())
    total = sum(map(len, docs))
    print(
        f"| {name} | {sum(sent.values()) / n:.1f} (most {most}) | {sum(seconds) / n:.1f} (most {max(seconds):.1f}) | {again} |"
        f" {found / total:.3f} | {printed / total:.3f} | {held_found}/{held} | {by} | {cost / n:.1f} |",
        flush=True,
    )


def faulty(server: Any, seed: int) -> Counter[str]:
    """Let three requests of ten go wrong, each kind as often as any other; how often each did."""
    chance = random.Random(seed)
    told: Counter[str] = Counter()
    server.misbehave("bomb", times=0)  # made before the clock runs
    module = sys.modules["loopback"]

    def fault_of(_: Any) -> Any:
        if chance.random() >= 0.3:
            return None
        kind = chance.choice(FAULTS)
        told[kind] += 1
        to = chance.choice(("file:///etc/passwd", "http://example.org/", "https://127.0.0.1:9/", "https://printer.local/"))  # fmt: skip
        after = chance.choice(("", "1", "86400", "-5", "Wed, 21 Oct 2099 07:28:00 GMT", "soon"))
        return module.Fault(kind, to=to, retry_after=after)

    server.fault_of = fault_of
    return told


def faults(server: Any, docs: list[list[Claim]], truth: list[Resolution]) -> None:
    """What is matched while services misbehave, beside what is matched when they do not."""
    wrong = lost = found = place = 0
    kinds: Counter[str] = Counter()
    tally: Counter[str] = Counter()
    for n, claims in enumerate(docs):
        with tempfile.TemporaryDirectory() as folder:
            fine, _, _, _ = run(server, claims, Path(folder) / "fine.sqlite3")
            told = faulty(server, n)
            limits = {"read_timeout": 0.5, "total_timeout": 1.0, "largest_body": 2_000_000}
            results, client, _, _ = run(server, claims, Path(folder) / "faulty.sqlite3", **limits)
            server.behave()
        kinds.update(told)
        for counts in client.tallies.values():
            tally.update({"failed": counts.failed, "throttled": counts.throttled})
        tally["sent"] += sum(client.sent.values())
        for r, f, t in zip(results, fine, truth[place : place + len(claims)], strict=True):
            found += r.matched
            lost += f.matched and not r.matched
            if f.matched and not r.matched and not r.unasked:
                tally["lost without a word"] += 1
                print("SILENT", r.claim.title[:70], "was", f.record.id)
            if r.matched and not any(o.matched and _one_work(r, o) for o in (f, t)):
                wrong += 1
                print("WRONG?", r.claim.title[:70], "->", r.record.id, r.record.title[:70])
        place += len(claims)
    print(
        f"\n{place} references, faults {dict(kinds)}\nmatched {found}, not matched for the faults {lost}, matched to another work {wrong}, {dict(tally)}"
    )


def _one_work(a: Resolution, b: Resolution) -> bool:
    assert a.record is not None and b.record is not None and b.work is not None
    return any(r.id == a.record.id or same_work(a.record, r) for r in b.work.records)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bib", type=Path, required=True)
    parser.add_argument("--catalogue", type=Path, required=True)
    parser.add_argument("--documents", type=int, default=4)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--package", type=Path)
    parser.add_argument("--faults", action="store_true")
    args = parser.parse_args()
    docs = documents(args.bib, args.documents, args.seed)
    everything = [claim for claims in docs for claim in claims]
    records, truth = world(everything, args.catalogue)
    print(
        f"{len(everything)} entries, {sum(t.matched for t in truth)} of them in the catalogue, {len(records)} records served\n"
    )
    with loopback().Loopback(records) as server:
        server.headers = {
            "x-rate-limit-limit": "5",
            "x-rate-limit-interval": "1s",
            "x-concurrency-limit": "1",
        }
        if args.faults:
            faults(server, docs, truth)
            return
        print(
            "| per 50 references | requests | s | second run | found | published | of those in the catalogue | by service | CPU s |\n|---|---|---|---|---|---|---|---|---|"
        )

        def fine(s: Any) -> None:
            s.allowance["openalex"] = 10

        def throttled(*services: str) -> Any:
            def setting(s: Any) -> None:
                fine(s)
                for service in services:
                    s.misbehave("429", service=service)

            return setting

        row("all services", docs, server, truth, fine)
        if args.package:
            row("all services, beside the package", docs, server, truth, fine, args.package)
        row("arXiv 429 throughout", docs, server, truth, throttled("arxiv"))
        row(
            "Semantic Scholar and OpenAlex 429",
            docs,
            server,
            truth,
            throttled("semanticscholar", "openalex"),
        )
        row("Crossref 429", docs, server, truth, throttled("crossref"))


if __name__ == "__main__":
    main()
