"""Files under review and their lock → decisions, each on disk before its method returns, and the files as they are written.

Whoever decides names the state they saw (``Desk.state``): a digest of the lock and of the files.  Where one of them has
changed since, by another tab, another process or an editor, the method raises ``Stale`` and nothing is written.
"""

from __future__ import annotations

import datetime
import difflib
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import RLock

from .. import lock as locks
from ..again import Again
from ..errors import CitenormError, ConfigError, InputError
from ..files import Change, update_file, write_files
from ..lock import Decision, Lock, fingerprint
from ..match import compare, work_of
from ..model import Answer, Claim, Record, Resolution, Work
from ..normalize.identifiers import clean_arxiv, clean_doi
from ..pipeline import named_records
from ..report.card import Candidate, Card, FileCards
from ..report.cards import candidate_of, cards_of
from .material import Material

ACTS = ("accept", "keep", "pick", "leave", "note")
"""Accept what is printed · keep the version that is cited · another record · leave the reference alone · change the note alone."""


class Stale(CitenormError):
    """The lock or a file is no longer what the decision was made upon."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """How a file would be written: the diff, what a person should know, and the digest that names both texts."""

    name: str
    diff: str
    notes: tuple[str, ...]
    digest: str


@dataclass(slots=True)
class _Sheet:
    """A file, the fingerprints of its claims, and their resolutions (without what only the whole file shows).

    ``whole``: the same with what the whole file shows, None until it is asked for; ``again``: what was drawn before.
    """

    material: Material
    marks: list[str]
    results: list[Resolution]
    whole: list[Resolution] | None = None
    again: Again = field(default_factory=Again)


class Desk:
    """The files, what is decided about their references, and who decided it.

    ``path``: the lock, which need not exist; ``today``: the day of a decision.  Methods may be called from several threads; one
    at a time runs.  Raises InputError and ConfigError for files and locks that cannot be read.
    """

    def __init__(
        self,
        materials: Sequence[Material],
        path: Path,
        *,
        today: Callable[[], datetime.date] = datetime.date.today,
    ) -> None:
        self.path = path
        self._today = today
        self.turn = RLock()
        """Held while several things are asked of one state."""
        self._drawn: tuple[str, list[FileCards]] = ("", [])
        self._undo: dict[str, list[tuple[Decision | None, Decision]]] = {}
        self._looked: dict[str, tuple[Record, ...]] = {}
        self._raw = self._on_disk()
        self._lock = self._parsed(self._raw)
        self._lines = Again()
        self._sheets = [
            _Sheet(m, [*map(fingerprint, m.claims)], m.resolved(m.claims, self._lock))
            for m in materials
        ]

    # ------------------------------------------------------------------ what is seen
    def state(self) -> str:
        """A digest of the lock and the files as they were last read."""
        made = hashlib.sha256()
        for data in (self._raw or b"", *(s.material.data for s in self._sheets)):
            made.update(hashlib.sha256(data).digest())
        return made.hexdigest()[:32]

    def refresh(self) -> None:
        """Read what others wrote meanwhile; only what is new is looked up.  Raises InputError for a file that is gone."""
        with self.turn:
            raw = self._on_disk()
            lock = self._lock if raw == self._raw else self._parsed(raw)
            for sheet in self._sheets:
                data = _bytes(sheet.material.name)
                if data != sheet.material.data:
                    self._reread(sheet, data)
            if raw != self._raw:
                old, self._raw, self._lock = self._lock, raw, lock
                f = set(old.decisions) | set(lock.decisions)
                self._resolve({x for x in f if old.decisions.get(x) != lock.decisions.get(x)})

    def cards(self) -> list[FileCards]:
        """The cards of every file, numbered through, other candidates beside what was found."""
        with self.turn:
            if self._drawn[0] != (state := self.state()):
                self._drawn = state, self._cards()
            return self._drawn[1]

    def _cards(self) -> list[FileCards]:
        out: list[FileCards] = []
        first = 1
        for sheet in self._sheets:
            whole = self._whole(sheet)
            seen = sheet.material.seen(whole, sheet.again)
            out.append(cards_of(seen, first, others=True, again=sheet.again))
            first += len(whole)
        return out

    def _whole(self, sheet: _Sheet) -> list[Resolution]:
        """The resolutions of a file as the page shows them: also what only the rest of it decides."""
        if sheet.whole is None:
            decisions = [self._lock.decisions.get(mark) for mark in sheet.marks]
            sheet.whole = sheet.material.whole(sheet.results, decisions)
        return sheet.whole

    def marks(self) -> list[str]:
        """The fingerprints of the claims, in the order of the cards."""
        return [mark for sheet in self._sheets for mark in sheet.marks]

    def decided(self, mark: str) -> Decision | None:
        """What a person decided about the claim with this fingerprint."""
        found = self._lock.decisions.get(mark)
        return found if found is not None and found.by == "person" else None

    def asks(self, card: Card, mark: str) -> bool:
        """Whether a person is asked about a reference: it is open or changed, or was decided by hand."""
        return card.outcome != "confirmed" or self.decided(mark) is not None

    def results(self) -> list[Resolution]:
        return [r for sheet in self._sheets for r in sheet.results]

    def materials(self) -> list[Material]:
        return [sheet.material for sheet in self._sheets]

    # ------------------------------------------------------------------ decisions
    def decide(
        self, state: str, mark: str, act: str, *, record: str = "", note: str = ""
    ) -> Decision:
        """Decide about the claim with this fingerprint (see ``ACTS``; ``record``: whose id is picked); on disk when it returns.

        Raises Stale where the state is another by now, ConfigError for what cannot be decided, InputError where the lock
        cannot be written.
        """
        with self.turn:
            self.fresh(state)
            result = self._result(mark)
            before = self._lock.decisions.get(mark)
            made = self._made(result, act, record, note)
            self._write(lambda lock: replace(lock, decisions={**lock.decisions, mark: made}))
            self._undo.setdefault(mark, []).append((before, made))
            self._resolve({mark})
            return made

    def undo(self, state: str, mark: str) -> Decision | None:
        """Take the last decision about a claim back: what was decided before holds, nothing where that is not known."""
        with self.turn:
            self.fresh(state)
            self._result(mark)
            now = self._lock.decisions.get(mark)
            if now is None or now.by != "person":
                raise ConfigError("nothing was decided about this reference")
            steps = self._undo.get(mark, [])
            before = steps.pop()[0] if steps and steps[-1][1] == now else None

            def without(lock: Lock) -> Lock:
                kept = {f: d for f, d in lock.decisions.items() if f != mark}
                return replace(lock, decisions=kept | ({mark: before} if before else {}))

            self._write(without)
            self._resolve({mark})
            return before

    def look(self, mark: str, words: str) -> list[Candidate]:
        """The records of a DOI or arXiv number that a person typed, to be picked.

        Raises ConfigError for what is neither, and for one that no source holds or that could not be asked.
        """
        ident = identifier(words)
        with self.turn:
            result = self._result(mark)
            sources = self._sheet(mark).material.sources
            found, unasked = named_records(ident, sources)
            if not found:
                raise ConfigError(f"{ident}: {_silence(sources.offline, unasked)}")
            for record in found:
                self._looked[record.id] = tuple(found)
            own = [r for r in found if ident.partition(":")[2].lower() in (r.doi, r.arxiv.lower())]
            compared = [compare(result.claim, r) for r in own or found[:1]]
            return [candidate_of(c.record, c.probability) for c in compared[:4]]

    def _made(self, result: Resolution, act: str, record: str, note: str) -> Decision:
        """The decision of one act."""
        claim, mark = result.claim, fingerprint(result.claim)
        day = self._today().isoformat()
        if act == "note":
            old = self.decided(mark)
            if old is None:
                raise ConfigError("a note goes with a decision: decide first")
            locks.by_hand(Lock(), claim, leave=True, note=note)  # is it short enough
            return replace(old, note=note.encode("utf-8", "replace").decode(), date=day)
        if act == "leave":
            made = locks.by_hand(self._lock, claim, leave=True, date=day, note=note)
            return made.decisions[mark]
        work = self._picked(result, record) if act == "pick" else result.work
        chosen = record if act == "pick" else result.record.id if result.record else ""
        if act not in ACTS:
            raise ConfigError(f"{act!r} is none of {', '.join(ACTS)}")
        if work is None or not chosen:
            raise ConfigError("nothing was found for this reference that could be taken")
        prefer = "as-cited" if act == "keep" else ""
        made = locks.by_hand(
            self._lock, claim, record=chosen, date=day, work=work, prefer=prefer, note=note
        )
        return made.decisions[mark]

    def _picked(self, result: Resolution, ident: str) -> Work:
        """The work of a record that was shown: a candidate, or what was looked up."""
        shown = {c.record.id: c.record for c in result.candidates}
        shown |= {r.id: r for r in (result.work.records if result.work else ())}
        near = self._looked.get(ident, ())
        record = next((r for r in near if r.id == ident), shown.get(ident))
        if record is None:
            raise ConfigError(
                f"{ident or 'nothing'} was not among what was found; look it up again"
            )
        sources = self._sheet(fingerprint(result.claim)).material.sources
        records = {r.id: r for r in (record, *sources.versions(record), *near)}
        return work_of(record, list(records.values()))

    # ------------------------------------------------------------------ files
    def propose(self, number: int, every: bool = False) -> Proposed:
        """How a file (by its number, from 0) would be written: what was decided by hand, ``every``: what is proposed, too."""
        with self.turn:
            return self._proposed(number, every)[0]

    def write(self, state: str, number: int, digest: str, every: bool = False) -> tuple[str, ...]:
        """Write a file as it was shown, and keep the decisions for its new wording; what a person should know is returned.

        ``digest``: of the diff that was shown.  Raises Stale where it would be another one by now.
        """
        with self.turn:
            self.fresh(state)
            proposed, after = self._proposed(number, every)
            if proposed.digest != digest:
                raise Stale("the file would be written otherwise than it was shown")
            sheet = self._sheets[number]
            lock, lost = self._carried(sheet, after)
            changes = [Change(sheet.material.name, after, sheet.material.data)]
            if lock != self._lock:
                text = locks.lock_text(lock).encode("utf-8")
                changes.insert(0, Change(self.path, text, self._raw))
            try:
                notes = write_files(changes)
            except InputError as error:
                if "by somebody else" in str(error):
                    raise Stale(str(error)) from error
                raise
            self.refresh()
            return (*proposed.notes, *notes, *lost)

    def _proposed(self, number: int, every: bool) -> tuple[Proposed, bytes]:
        if not 0 <= number < len(self._sheets):
            raise ConfigError(f"there is no file {number}")
        sheet = self._sheets[number]
        material = sheet.material
        whole = self._whole(sheet)
        by = [self.decided(mark) for mark in sheet.marks]
        chosen = {i for i, d in enumerate(by) if (d.outcome != "leave" if d else every)}
        after, notes = material.rewritten(whole, chosen)
        diff = _diff(material.name, material.data, after)
        parts = (material.name, diff, material.data, after)
        made = hashlib.sha256()
        for part in parts:
            data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogateescape")
            made.update(hashlib.sha256(data).digest())
        return Proposed(material.name, diff, notes, made.hexdigest()), after

    def _carried(self, sheet: _Sheet, after: bytes) -> tuple[Lock, tuple[str, ...]]:
        """The lock with the decisions of a file's references for what they say after it is written, too."""
        now = sheet.material.with_data(after).claims
        decided = [self.decided(mark) for mark in sheet.marks]
        if len(now) != len(decided):
            lost = sum(d is not None for d in decided)
            note = f"the file reads otherwise now: {lost} decisions hold for its old wording alone"
            return self._lock, (note,) if lost else ()
        made = dict(self._lock.decisions)
        for claim, decision in zip(now, decided, strict=True):
            mark = fingerprint(claim)
            if decision is not None and mark not in made:
                made[mark] = replace(decision, fingerprint=mark, cited=locks.cited_as(claim))
        return replace(self._lock, decisions=made), ()

    # ------------------------------------------------------------------ the lock
    def _on_disk(self) -> bytes | None:
        return _bytes(str(self.path)) if self.path.exists() else None

    def _parsed(self, raw: bytes | None) -> Lock:
        return locks.parse_lock((raw or b"").decode("utf-8", "replace"), str(self.path))

    def fresh(self, state: str) -> None:
        """Raises Stale where the state that a person saw is not that of the disk."""
        self.refresh()
        if state != self.state():
            raise Stale("the lock or a file has changed since this page was made")

    def _write(self, change: Callable[[Lock], Lock]) -> None:
        """Change the lock on disk, where it still is what was read."""
        made = change(self._lock)
        text = locks.lock_text(made, self._lines).encode("utf-8")

        def anew(present: bytes | None) -> bytes:
            if present != self._raw:
                raise Stale("the lock has changed since this page was made")
            return text

        update_file(self.path, anew)
        self._raw = text
        self._lock = self._as_read(made)

    def _as_read(self, made: Lock) -> Lock:
        """A lock that was written, as it would be read; only what is new in it is read."""
        old = self._lock.decisions
        new = {f: d for f, d in made.decisions.items() if old.get(f) is not d}
        read = locks.parse_lock(locks.lock_text(Lock(new)), str(self.path)).decisions
        return replace(made, decisions={**made.decisions, **read})

    def _reread(self, sheet: _Sheet, data: bytes) -> None:
        """A file with other content; the resolutions of claims that say the same in the same words are kept."""
        known = dict(zip(sheet.marks, sheet.results, strict=True))
        material = sheet.material.with_data(data)
        claims, marks = material.claims, [*map(fingerprint, material.claims)]
        kept = [
            r if (r := known.get(mark)) is not None and _same(r.claim, claim) else None
            for mark, claim in zip(marks, claims, strict=True)
        ]
        new = [claim for claim, r in zip(claims, kept, strict=True) if r is None]
        found = iter(material.resolved(new, self._lock))
        results = [
            next(found) if r is None else replace(r, claim=claim)
            for claim, r in zip(claims, kept, strict=True)
        ]
        sheet.material, sheet.marks, sheet.results, sheet.whole = material, marks, results, None
        sheet.again = Again()

    def _resolve(self, marks: set[str]) -> None:
        """Look up anew what these fingerprints mean."""
        for sheet in self._sheets:
            at = [i for i, mark in enumerate(sheet.marks) if mark in marks]
            found = sheet.material.resolved([sheet.results[i].claim for i in at], self._lock)
            for i, result in zip(at, found, strict=True):
                sheet.results[i] = result
            if at:
                sheet.whole = None

    def _sheet(self, mark: str) -> _Sheet:
        for sheet in self._sheets:
            if mark in sheet.marks:
                return sheet
        raise ConfigError("there is no such reference (any more)")

    def _result(self, mark: str) -> Resolution:
        sheet = self._sheet(mark)
        return self._whole(sheet)[sheet.marks.index(mark)]


def identifier(words: str) -> str:
    """``doi:…`` or ``arXiv:…`` of what a person typed or pasted.  Raises ConfigError for what is neither."""
    text = words.strip()
    if len(text) <= 500:
        if "10." in text and (doi := clean_doi(text)):
            return f"doi:{doi}"
        if arxiv := clean_arxiv(text):
            return f"arXiv:{arxiv[0]}"
    raise ConfigError("this is neither a DOI (10.1000/xyz) nor an arXiv number (2101.00001)")


def _silence(offline: bool, unasked: Sequence[Answer]) -> str:
    """Why nothing was found: not held, or not to be asked."""
    if unasked:
        return "; ".join(f"could not ask {a.source}: {a.reason}" for a in unasked)
    if offline:
        return "no catalogue at hand holds it, and no service may be asked (--offline)"
    return "no source that was asked holds it"


def _same(a: Claim, b: Claim) -> bool:
    """Whether two claims say the same in the same words, wherever they stand."""
    return replace(a, reference=None) == replace(b, reference=None)


def _bytes(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise InputError(f"{name}: {(error.strerror or 'cannot be read').lower()}") from error


def _diff(name: str, before: bytes, after: bytes) -> str:
    old, new = (data.decode("utf-8", "replace").splitlines(True) for data in (before, after))
    lines = difflib.unified_diff(old, new, name, f"{name} (rewritten)")
    return "".join(line if line.endswith("\n") else line + "\n" for line in lines)
