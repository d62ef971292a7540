"""Damaged inputs at every door: nothing may come back but a result or one of citenorm's own errors, and soon.

    python bench/fuzz.py [--seconds 60] [--rounds N] [--seed 1] [--kinds csl,crossref,…] [--keep DIR] [--slow 2.0]

Inputs are made from the small files under ``tests/data`` and the examples, damaged with their structure in mind: values of the
wrong kind in JSON, moved and doubled pieces of documents, braces and commands in ``.bib`` files, lines of locks, settings, rows of
caches.  A round that raises anything but a ``CitenormError``, or takes longer than ``--slow`` seconds of processor time, is a finding: it is
printed with its kind and number (the same seed makes the same rounds), kept under ``--keep``, and makes the exit status 1.
The corpus of what was found before (``tests/data/hostile``) is tried first.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from citenorm.errors import CitenormError

HERE = Path(__file__).resolve().parent
DATA = HERE.parent / "tests" / "data"
EXAMPLES = HERE.parent / "examples"
HOSTILE = DATA / "hostile"
LIMIT = 20
"""Seconds after which a round is stopped."""


class TooLong(BaseException):
    """A round that does not end."""


# ------------------------------------------------------------------ damages: JSON
ODD: tuple[Callable[[random.Random], Any], ...] = (
    lambda r: None,
    lambda r: True,
    lambda r: r.choice([0, -1, 7, 10**6, -(10**9), 10**30, 2**63]),
    lambda r: r.choice([0.5, -1.5, 1e308, float("inf"), float("nan")]),
    lambda r: "",
    lambda r: r.choice(["x", "  ", "\x00", "\x1b[2J", "\u2028", "\ud800", "‮abc", "%s{}\\", "&lt;", "{" * 30, "$\\input{x}$"]),
    lambda r: r.choice(["a", "ab ", "1-", "A. ", "é", "{", "<i>", "9", "²"]) * r.choice([1, 10, 300, 3000, 9000]),
    lambda r: [],
    lambda r: {},
    lambda r: [r.choice([1, None, "x", [], {}, True])],
    lambda r: {r.choice(["family", "date-parts", "raw", "x", "", "name"]): r.choice([1, None, "x", [], [[]], {}])},
    lambda r: [[[r.choice([1, "2", None])]]],
    lambda r: r.choice(["2019", "c. 1800", "[2019]", "n.d.", "-300", "99999", "1e5"]),
)  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterable[tuple[Any, ...]]:
    """Every place in a JSON value, as the way to it."""
    yield path
    if isinstance(value, dict):
        for key in value:
            yield from places(value[key], (*path, key))
    elif isinstance(value, list):
        for i, one in enumerate(value):
            yield from places(one, (*path, i))


def damage_json(value: Any, rnd: random.Random) -> Any:
    """One to four places of a JSON value replaced, removed, doubled, renamed or exchanged."""
    value = json.loads(json.dumps(value))
    for _ in range(rnd.choice([1, 1, 1, 2, 4])):
        path = rnd.choice(list(places(value)))
        if not path:
            if rnd.random() < 0.2:
                return rnd.choice(ODD)(rnd)
            continue
        holder = value
        for step in path[:-1]:
            holder = holder[step]
        last, kind = path[-1], rnd.randrange(6)
        if kind < 3:
            holder[last] = rnd.choice(ODD)(rnd)
        elif kind == 3:
            del holder[last]
        elif isinstance(holder, dict):
            other = rnd.choice(list(holder))
            if kind == 4:
                holder[last], holder[other] = holder[other], holder[last]
            else:
                holder[rnd.choice([str(last) + "x", "", "type", "author", "issued"])] = holder[last]
        else:
            holder.insert(rnd.randrange(len(holder) + 1), holder[last])
    return value


# ------------------------------------------------------------------ damages: text and bytes
PIECES = (
    "\\", "{", "}", "@", "=", '"', "#", "%", "$", "<", ">", "[", "]", "(", ")", "\n", "\r", "\n\n", "\t", " ", "\x0c", "\x1b[31m", "\u2028", "\ufeff",
    "\u202e", "\ud83d\ude00", "&amp;", "&#0;", "<!--", "-->", "```", "~~~", "---", "# ", "## References\n", "[1] ", "[^1]: ", "\\cite{", "\\bibitem{", "\\begin{", "\\end{",
    "\\input{x}", "$$", "\\verb|", "@article{", "@comment{", "@string{", "@preamble{", "author = ", "and ", "et al. ", "doi:10.", "https://", "arXiv:", "10.1000/", "1999", "(2019)",
    "pp. ", "In ", "|", "|---|", "- ", "* ", "> ", "    ", ".. [1] ", "::", "<p>", "<li>", "</", "<ref>", "<w:p>", "<w:r>", "xml:", "0 obj", "endobj", "stream",
)  # fmt: skip


def damage_text(text: str, rnd: random.Random) -> str:
    """A stretch of a text with pieces put in, taken out, moved, doubled and repeated many times."""
    size = rnd.choice([300, 1000, 4000])
    start = rnd.randrange(max(1, len(text) - size + 1))
    text = text[start : start + size]
    for _ in range(rnd.choice([1, 2, 5, 10])):
        at = rnd.randrange(len(text) + 1)
        other = min(len(text), at + rnd.choice([1, 3, 20, 200]))
        kind = rnd.randrange(6)
        if kind == 0:
            text = text[:at] + text[other:]
        elif kind == 1:
            text = text[:at] + rnd.choice(PIECES) + text[at:]
        elif kind == 2:
            text = text[:at] + rnd.choice(PIECES) * rnd.choice([2, 10, 200, 3000]) + text[at:]
        elif kind == 3:
            text = text[:at] + text[at:other] * rnd.choice([2, 5, 40]) + text[other:]
        elif kind == 4:
            piece = text[at:other]
            text = text[:at] + text[other:]
            to = rnd.randrange(len(text) + 1)
            text = text[:to] + piece + text[to:]
        else:
            text = text[:at] + "".join(chr(rnd.choice([rnd.randrange(32, 127), rnd.randrange(160, 0x2FF), rnd.randrange(0x2000, 0x2100)])) for _ in range(rnd.randrange(1, 9))) + text[other:]  # fmt: skip
    return text


def damage_bytes(data: bytes, rnd: random.Random) -> bytes:
    """Bytes turned over, cut off, moved."""
    out = bytearray(data)
    for _ in range(rnd.choice([1, 2, 10, 60])):
        if not out:
            break
        at, kind = rnd.randrange(len(out)), rnd.randrange(4)
        if kind == 0:
            out[at] ^= 1 << rnd.randrange(8)
        elif kind == 1:
            del out[at : at + rnd.choice([1, 5, 300])]
        elif kind == 2:
            out[at:at] = out[at : at + rnd.choice([1, 5, 300])]
        else:
            out[at] = rnd.choice(b"\x00\xff<>{}()/")
    return bytes(out[: rnd.randrange(len(out))] if out and rnd.random() < 0.1 else out)


# ------------------------------------------------------------------ doors
class Doors:
    """What is tried, by kind: ``make`` an input from a random state, ``run`` it."""

    def __init__(self) -> None:
        from citenorm.sources import Sources, open_sources

        self.offline = open_sources(offline=True, catalogues=())
        self.nothing = Sources([])
        self.items = _lines(DATA / "sources" / "works.jsonl") + _lines(
            DATA / "catalogue" / "small.csl.jsonl"
        )
        self.works = [*_crossref(DATA / "sources" / "crossref-list.json"), *_crossref(DATA / "catalogue" / "crossref-page.json")]  # fmt: skip
        self.feed = (DATA / "sources" / "arxiv-feed.xml").read_text("utf-8")
        self.bibs = [p.read_text("utf-8") for p in (DATA / "bib_student.bib", DATA / "catalogue" / "small.bib")]  # fmt: skip
        self.texts = [
            (p.name, p.read_text("utf-8"))
            for folder in (DATA / "find", EXAMPLES)
            for p in sorted(folder.iterdir())
            if p.suffix in (".md", ".txt", ".tex", ".bbl", ".html", ".rst", ".ipynb", ".bib")
        ]
        self.files = [
            (p.name, p.read_bytes())
            for p in sorted((DATA / "find").iterdir())
            if p.suffix in (".docx", ".odt", ".pdf")
        ]
        self.strings = [line for _, text in self.texts for line in text.splitlines() if 40 < len(line) < 600]  # fmt: skip
        self.lock = self._lock()

    def _lock(self) -> str:
        from citenorm.lock import Lock, decide, lock_text
        from citenorm.parse import parse_many
        from citenorm.pipeline import resolve_all

        return lock_text(decide(Lock(), resolve_all(parse_many(self.strings[:30]), self.offline), "2026-01-01"))  # fmt: skip

    def kinds(self) -> dict[str, tuple[Callable[[random.Random], Any], Callable[[Any], None]]]:
        return {
            "csl": (
                lambda r: (damage_json(r.choice(self.items), r), r.choice(self.items)),
                self.csl,
            ),
            "crossref": (lambda r: damage_json(r.choice(self.works), r), self.crossref),
            "answers": (self._answer, self.answers),
            "strings": (lambda r: damage_text(r.choice(self.strings), r)[:5000], self.string),
            "documents": (self._document, self.document),
            "files": (self._file, self.document),
            "bib": (lambda r: damage_text(r.choice(self.bibs), r), self.bib),
            "locks": (self._lock_text, self.locks),
            "settings": (self._settings, self.settings),
            "formats": (self._format, self.formats),
            "entries": (self._entries, self.bib),
            "lists": (self._list, self.lists),
            "editor": (self._document, self.editor),
            "cited": (self._document, self.cited),
            "ignored": (lambda r: damage_text("*.bib\n!a/**/b?[a-z].bib\n# c\n/x/*\n", r), self.ignored),
        }  # fmt: skip

    # -------------------------------------------------- records and claims
    def csl(self, given: tuple[Any, Any]) -> None:
        import citenorm
        from citenorm.catalogue.memory import MemoryCatalogue
        from citenorm.lock import fingerprint
        from citenorm.match import choose, compare_many, same_work, work_of
        from citenorm.model import Claim, Record
        from citenorm.normalize import normalize, normalize_csl
        from citenorm.pipeline import resolve_all
        from citenorm.sources import Sources

        bad, good = given
        sound = Record.from_csl({**good, "id": "good:1"})
        normalize_csl(bad)
        record, claim = Record.from_csl(bad), normalize(Claim(bad))
        fingerprint(claim)
        for c, records in ((claim, [sound, record]), (normalize(Claim(good)), [record, sound])):
            choose(c, compare_many(c, records))
        same_work(record, sound)
        work_of(sound, [sound, record])
        results = resolve_all([claim, Claim(good)], Sources([MemoryCatalogue([record, sound])]))
        for result in results:
            json.dumps(result.to_dict())
        citenorm.to_bibtex(results)
        citenorm.to_bibtex([bad, record])

    def crossref(self, message: Any) -> None:
        from citenorm.catalogue.formats.crossref import record_from_item
        from citenorm.sources.cache import Reply
        from citenorm.sources.crossref import CROSSREF

        for page in ({"message-type": "work", "message": message}, {"message-type": "work-list", "message": {"items": [message]}}):  # fmt: skip
            answer = CROSSREF.read(Reply(200, json.dumps(page).encode("utf-8", "replace")))
            for record in answer.records:
                self.csl((dict(record.csl), self.items[0]))
        if isinstance(message, dict) and isinstance(message.get("DOI"), str):
            record_from_item(message)

    def _answer(self, r: random.Random) -> tuple[int, bytes]:
        page = damage_json({"message-type": "work-list", "message": {"items": self.works[:2], "total-results": 2}}, r)  # fmt: skip
        body = r.choice([json.dumps(page), damage_text(self.feed, r), damage_text(json.dumps(page), r), "", "<html>", "null"])  # fmt: skip
        data = body.encode("utf-8", "replace")
        return r.choice([200, 200, 200, 404, 500, 0]), damage_bytes(data, r) if r.random() < 0.3 else data  # fmt: skip

    def answers(self, given: tuple[int, bytes]) -> None:
        from citenorm.sources.cache import Reply
        from citenorm.sources.online import ONLINE

        for service in ONLINE:
            answer = service.read(Reply(*given))
            assert answer.kind in ("found", "none", "unknown")
            for record in answer.records:
                json.dumps(record.csl)

    # -------------------------------------------------- documents
    def string(self, text: str) -> None:
        import citenorm
        from citenorm.parse import parse_works
        from citenorm.pipeline import resolve_all

        claims = [c for works in parse_works([text]) for c in works]
        citenorm.to_bibtex(resolve_all(claims, self.offline))

    def _document(self, r: random.Random) -> tuple[str, bytes]:
        name, text = r.choice(self.texts)
        data = damage_text(text, r).encode("utf-8", "surrogatepass")
        if r.random() < 0.1:
            name = name.rpartition(".")[0] + r.choice([".md", ".txt", ".tex", ".html", ".rst", ".ipynb", ".bib", ".bbl"])  # fmt: skip
        return name, damage_bytes(data, r) if r.random() < 0.1 else data

    def _file(self, r: random.Random) -> tuple[str, bytes]:
        name, data = r.choice(self.files)
        return name, damage_bytes(data, r)

    def document(self, given: tuple[str, bytes]) -> None:
        import citenorm

        name, data = given
        document = citenorm.read(data, name=name)
        found = citenorm.find(document, mentions=True)
        for reference in found:
            json.dumps(reference.to_dict())
        if len(found) < 60:
            citenorm.to_bibtex(citenorm.resolve_all([citenorm.parse(f.raw) for f in found[:3]], self.nothing))  # fmt: skip

    def bib(self, text: str) -> None:
        from citenorm import bib
        from citenorm.pipeline import resolve_all

        file = bib.read(text.encode("utf-8", "surrogatepass"), "x.bib")
        assert bib.write(file) == text.encode("utf-8", "surrogatepass")
        after, _ = bib.repair(file, resolve_all(bib.claims(file), self.offline))
        bib.claims(bib.read(after, "x.bib"))

    def _entries(self, r: random.Random) -> str:
        """A .bib file damaged with its structure in mind, with macros and parents that name each other."""
        from bib_mutations import damaged

        made = []
        for _ in range(r.randrange(4)):
            a, b = r.randrange(5), r.randrange(5)
            made.append(r.choice([
                f"@string{{m{a} = m{b} # m{b} # {{x}}}}\n", f"@string{{m{a} = {{{'J. ' * r.choice([1, 400])}}}}}\n",
                f"@xdata{{p{a}, xdata={{p{b},p{a},p0}}, publisher=m{b}}}\n", f"@proceedings{{p{a}, crossref={{p{b}}}, title=m{a}}}\n",
                f"@inproceedings{{c{a}, crossref={{p{b}}}, xdata={{p{a}}}, title={{Of ponds}}, journal=m{b}}}\n" * r.choice([1, 30]),
            ]))  # fmt: skip
        text, _ = damaged(r.choice(self.bibs).encode(), r)
        return "".join(made) + text.decode("utf-8", "surrogateescape").encode("utf-8", "replace").decode("utf-8", "replace")  # fmt: skip

    def _list(self, r: random.Random) -> tuple[str, bytes]:
        from citenorm.emit import to_csl_json, to_ris

        some = [r.choice(self.items) for _ in range(r.randrange(1, 4))]
        if r.random() < 0.4:
            return "a.ris", damage_text(to_ris(some), r).encode("utf-8", "surrogatepass")
        value = damage_json(some, r)
        if r.random() < 0.3:
            return "a.jsonl", "\n".join(json.dumps(v) for v in (value if isinstance(value, list) else [value])).encode()  # fmt: skip
        text = json.dumps(value) if r.random() < 0.7 else damage_text(to_csl_json(some), r)
        return "a.json", text.encode("utf-8", "surrogatepass")

    def lists(self, given: tuple[str, bytes]) -> None:
        import citenorm
        from citenorm.listed import read_list
        from citenorm.pipeline import resolve_all

        name, data = given
        results = resolve_all(read_list(data, name).claims, self.offline)
        citenorm.to_bibtex(results)
        for result in results:
            json.dumps(result.to_dict())

    # -------------------------------------------------- texts with what stands beside them
    def editor(self, given: tuple[str, bytes]) -> None:
        from citenorm.server import analysis

        name, data = given
        text = data.decode("utf-8", "replace")
        made = analysis.analyse(text, name, self.nothing)
        for at in (0, len(text) // 3, len(text)):
            analysis.hover(made, at, {name: made})
            analysis.actions(made, max(0, at - 50), at)
            analysis.entry_places(analysis.key_at(made, at), {name: made})

    def cited(self, given: tuple[str, bytes]) -> None:
        import citenorm

        name, data = given
        made = citenorm.cite(data, self.nothing, name=name, bib=self.bibs[0].encode())
        assert made.bibliography.startswith(self.bibs[0].rstrip()[:200])

    def ignored(self, text: str) -> None:
        import tempfile

        from citenorm.cli.ignored import Skip

        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / ".gitignore").write_text(text, encoding="utf-8", errors="replace")
            skip = Skip([], Path(folder), str)
            for name in ("a.bib", "a/b/c.bib", "a" * 200 + ".bib", "x/"):
                skip(str(Path(folder) / name))

    # -------------------------------------------------- what citenorm keeps
    def _lock_text(self, r: random.Random) -> str:
        lines = self.lock.splitlines()
        if r.random() < 0.3:
            return damage_text(self.lock, r)
        i = r.randrange(len(lines))
        lines[i] = json.dumps(damage_json(json.loads(lines[i]), r))
        return "\n".join(lines)

    def locks(self, text: str) -> None:
        from citenorm.lock import lock_text, parse_lock
        from citenorm.pipeline import resolve_all

        lock = parse_lock(text)
        kept = parse_lock(lock_text(lock))
        assert kept.decisions == lock.decisions
        from citenorm.parse import parse_many

        resolve_all(parse_many(self.strings[:3]), self.nothing, lock=lock)

    def _settings(self, r: random.Random) -> str:
        good = 'catalogues = ["a"]\noffline = true\nprefer = "published"\nmailto = "a@b.org"\nselect = ["CN2"]\n[per-file-ignores]\n"*.bib" = ["CN5"]\n'
        return damage_text(good, r)

    def settings(self, text: str) -> None:
        import tempfile

        from citenorm.config import load_config

        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "citenorm.toml"
            path.write_text(text, encoding="utf-8", errors="surrogatepass")
            load_config(path).wants("CN201", "x", "a.bib")

    def _format(self, r: random.Random) -> tuple[str, bytes]:
        path = r.choice(sorted((DATA / "catalogue").iterdir()))
        text = path.read_text("utf-8")
        if path.suffix in (".json", ".jsonl") and r.random() < 0.7:
            with suppress(
                ValueError
            ):  # one value; a snapshot by the name of .json holds one a line
                return path.name, json.dumps(damage_json(json.loads(text), r)).encode()
            return path.name, "\n".join(json.dumps(damage_json(item, r)) for item in _lines(path)).encode()  # fmt: skip
        return path.name, damage_text(text, r).encode("utf-8", "surrogatepass")

    def formats(self, given: tuple[str, bytes]) -> None:
        import tempfile

        from citenorm.catalogue.formats import open_source
        from citenorm.catalogue.prepare import Limits, batches

        name, data = given
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(data)
            for _ in batches([open_source(path)], Limits()):
                pass


def _lines(path: Path) -> list[dict[str, Any]]:
    found = []
    for line in path.read_text("utf-8").split("\n"):
        with suppress(ValueError):
            found.append(json.loads(line))
    return [item for item in found if isinstance(item, dict) and "title" in item]


def _crossref(path: Path) -> list[dict[str, Any]]:
    page = json.loads(path.read_text("utf-8"))
    message = page.get("message", page)
    items = message.get("items", [message])
    return [item for item in items if "DOI" in item]


# ------------------------------------------------------------------ rounds
def tried(run: Callable[[Any], None], given: Any, slow: float) -> str:
    """What went wrong with one input; "" where nothing did."""
    before = time.process_time()
    try:
        signal.alarm(LIMIT)
        run(given)
    except CitenormError as error:
        if "\n" in str(error):
            return f"an error of several lines: {error!r}"
    except TooLong:
        return f"not done after {LIMIT} s"
    except Exception:
        return traceback.format_exc()
    finally:
        signal.alarm(0)
    spent = time.process_time() - before
    return f"took {spent:.1f} s" if spent > slow else ""


def corpus() -> list[tuple[str, str, bytes]]:
    """What was found before: kind, file name, content."""
    return [
        (path.parent.name, path.name, path.read_bytes())
        for path in sorted(HOSTILE.glob("*/*"))
        if path.is_file()
    ]


def of_corpus(kind: str, name: str, data: bytes, doors: Doors) -> Any:
    if kind == "csl":
        return json.loads(data), doors.items[0]
    if kind == "crossref":
        return json.loads(data)
    if kind == "answers":
        return 200, data
    if kind in ("documents", "files", "formats", "lists", "editor", "cited"):
        return name, data
    return data.decode("utf-8", "surrogatepass")


def kept(kind: str, given: Any, number: int, folder: str) -> None:
    target = Path(folder) / kind
    target.mkdir(parents=True, exist_ok=True)
    if isinstance(given, tuple) and isinstance(given[1], bytes):
        (target / f"{number}-{given[0]}").write_bytes(given[1])
    else:
        text = given if isinstance(given, str) else json.dumps(given[0] if kind == "csl" else given)
        (target / f"{number}").write_bytes(text.encode("utf-8", "surrogatepass"))


def main() -> int:
    made = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    made.add_argument("--seconds", type=float, default=60.0)
    made.add_argument("--rounds", type=int, default=None, help="so many rounds, however long")
    made.add_argument("--seed", type=int, default=1)
    made.add_argument("--kinds", default="")
    made.add_argument("--keep", default="", metavar="DIR")
    made.add_argument("--slow", type=float, default=2.0, help="seconds of processor time a round may take")  # fmt: skip
    args = made.parse_args()

    def stop(*_: object) -> None:
        raise TooLong

    signal.signal(signal.SIGALRM, stop)
    doors = Doors()
    kinds = doors.kinds()
    names = [k for k in args.kinds.split(",") if k] or list(kinds)
    found: Counter[str] = Counter()
    seen: Counter[str] = Counter()

    def told(what: str, kind: str, wrong: str) -> None:
        mark = wrong.strip().splitlines()[-1][:100] + "".join(wrong.strip().splitlines()[-3:-2])[:120]  # fmt: skip
        found[kind] += 1
        seen[mark] += 1
        if seen[mark] <= 2:
            print(f"{kind} {what}: {wrong}", flush=True)

    for kind, name, data in corpus():
        if kind in names and (wrong := tried(kinds[kind][1], of_corpus(kind, name, data, doors), args.slow)):  # fmt: skip
            told(name, kind, wrong)
    counts: Counter[str] = Counter()
    until = time.monotonic() + args.seconds
    number = 0
    while number < args.rounds if args.rounds is not None else time.monotonic() < until:
        kind = names[number % len(names)]
        make, run = kinds[kind]
        given = make(random.Random(f"{args.seed} {kind} {number}"))
        counts[kind] += 1
        if wrong := tried(run, given, args.slow):
            told(str(number), kind, wrong)
            if args.keep:
                kept(kind, given, number, args.keep)
        number += 1
    for kind in names:
        print(f"{kind:<10} {counts[kind]:>7} rounds {found[kind]:>5} findings")
    for mark, times in seen.most_common(30):
        print(f"{times:>6}  {mark}")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
