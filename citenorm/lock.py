"""Resolutions → ``citenorm.lock``, the decisions kept beside a repository, and back: what a claim was found to mean, and by whom.

A file of JSON lines: a head, then one decision per line, sorted by the fingerprint of the claim, so that diffs are small
and two branches merge line by line.  A decision holds the work's records as their sources gave them: another policy
(``--prefer``) or another rule changes what is printed, not what was decided.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import isfinite
from typing import Any, Literal

from .again import Again
from .errors import ConfigError
from .given import POLICIES
from .jsontext import escaped
from .model import Claim, Record, Resolution, Work, custom_of, names_of, year_of
from .normalize.text import squash
from .shapes import sound_csl

VERSION = 1
NAME = "citenorm.lock"
By = Literal["citenorm", "person"]
Outcome = Literal["matched", "ambiguous", "unmatched", "leave"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What one claim was found to mean.

    ``by`` "person": made by hand, never changed by a run; ``outcome`` "leave": the entry is to stay as it is; ``record``
    the chosen record's id (or ``doi:…``/``arXiv:…`` where a person named one); ``records`` the work's records;
    ``evidence`` field and level of what spoke for it; ``date`` the day it was decided (ISO 8601).  ``prefer``: the version
    that a person wants here ("" where the run's own policy holds); ``note``: what they wrote beside it.
    """

    fingerprint: str
    outcome: Outcome
    cited: str = ""
    record: str = ""
    work: str = ""
    probability: float = 0.0
    evidence: tuple[str, ...] = ()
    records: tuple[Record, ...] = ()
    by: By = "citenorm"
    date: str = ""
    prefer: str = ""
    note: str = ""

    def to_dict(self) -> dict[str, Any]:
        row: dict[str, Any] = {
            "claim": self.fingerprint,
            "cited": self.cited,
            "outcome": self.outcome,
        }
        if self.by != "citenorm":
            row["by"] = self.by
        if self.record:
            row["record"] = self.record
        if self.work:
            row["work"] = self.work
        if self.prefer:
            row["prefer"] = self.prefer
        if self.note:
            row["note"] = self.note
        if self.outcome == "matched" and self.by == "citenorm":
            row["probability"] = round(self.probability, 4)
        if self.evidence:
            row["evidence"] = list(self.evidence)
        if self.date:
            row["date"] = self.date
        if self.records:
            row["records"] = [_record_row(r) for r in sorted(self.records, key=lambda r: r.id)]
        return row


def _record_row(record: Record) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": record.id,
        "csl": {k: v for k, v in record.csl.items() if k not in ("id", "abstract")},
    }
    return row | ({"asked": record.asked} if record.asked else {})


@dataclass(frozen=True, slots=True)
class Unread:
    """A line of a lock file that is no decision: its number (from 1), why, and its text where it is to be kept."""

    number: int
    why: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Lock:
    """Decisions by the fingerprint of their claims, and the lines of the file that could not be used."""

    decisions: Mapping[str, Decision] = field(default_factory=dict)
    unread: tuple[Unread, ...] = ()

    def get(self, claim: Claim) -> Decision | None:
        """The decision on a claim, None where there is none."""
        return self.decisions.get(fingerprint(claim))

    def records(self, claim: Claim) -> tuple[Record, ...]:
        """The records to compare a claim with before any other source is asked."""
        found = self.get(claim)
        return found.records if found else ()


@dataclass(frozen=True, slots=True)
class LockState:
    """How a lock stands to the claims of a repository: claims without a decision, decisions that no claim asks for."""

    missing: tuple[Claim, ...] = ()
    orphans: tuple[Decision, ...] = ()

    @property
    def fits(self) -> bool:
        return not self.missing and not self.orphans


# ------------------------------------------------------------------ claims
def fingerprint(claim: Claim) -> str:
    """16 hexadecimal digits of what a claim says that tells its work; spelling, order of fields and place play no part.

    Where nothing can be told (no title, no identifier) the raw string stands in.
    """
    csl = claim.csl
    people = names_of(csl) or names_of(csl, "editor")
    said = {
        "title": squash(claim.title),
        "people": [squash(name.full_family) for name in people],
        "year": year_of(csl),
        "venue": squash(str(csl.get("container-title") or "")),
        "volume": squash(str(csl.get("volume") or "")),
        "page": squash(str(csl.get("page") or "")),
        "doi": claim.doi,
        "arxiv": claim.arxiv.lower(),
        "isbn": squash(str(csl.get("ISBN") or "")),
        "url": "" if claim.title else str(csl.get("URL") or ""),
        "edition": squash(str(csl.get("edition") or "")),
        "others": bool(custom_of(csl).get("others")),
    }
    said = {name: value for name, value in said.items() if value}
    if not said.keys() & {"title", "doi", "arxiv", "isbn", "url", "venue"}:
        said["raw"] = squash(claim.raw)
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def cited_as(claim: Claim) -> str:
    """A claim in a few words, for people who read the file."""
    people = [name.full_family for name in claim.authors]
    who = (
        people[0]
        + (
            " et al."
            if len(people) > 2 or claim.others
            else f" and {people[1]}"
            if len(people) == 2
            else ""
        )
        if people
        else ""
    )
    parts = [part for part in (who, str(claim.year or ""), claim.title or claim.raw) if part]
    text = " ".join(". ".join(parts).replace("al.. ", "al. ").split())
    return text if len(text) <= 120 else text[:119].rstrip() + "…"


# ------------------------------------------------------------------ decisions
def decide(lock: Lock, resolutions: Iterable[Resolution], date: str = "") -> Lock:
    """The lock with the decisions of these resolutions; those made by hand stay, and those that say the same keep their date."""
    made = dict(lock.decisions)
    for resolution in resolutions:
        new = decision_of(resolution, date)
        old = made.get(new.fingerprint)
        if old is not None and old.by == "person":
            continue
        if old is not None and replace(old, date="") == replace(new, date=""):
            continue
        made[new.fingerprint] = new
    return replace(lock, decisions=made)


def decision_of(resolution: Resolution, date: str = "") -> Decision:
    """What one resolution decided."""
    claim = resolution.claim
    chosen = resolution.matched
    records = resolution.work.records if chosen and resolution.work else ()
    return Decision(
        fingerprint(claim),
        resolution.outcome,
        cited_as(claim),
        resolution.record.id if chosen and resolution.record else "",
        resolution.work.id if chosen and resolution.work else "",
        round(resolution.probability, 4) if chosen else 0.0,
        tuple(
            f"{e.field} {e.level}" for e in resolution.evidence if not e.field.startswith("work.")
        )
        if chosen
        else (),
        _kept(records),
        "citenorm",
        date,
    )


def _kept(records: Iterable[Record]) -> tuple[Record, ...]:
    """Records as a lock keeps them: without abstracts, in the order of their ids."""
    kept = (
        replace(r, csl={k: v for k, v in r.csl.items() if k not in ("id", "abstract")})
        for r in records
    )
    return tuple(sorted(kept, key=lambda r: r.id))


def by_hand(
    lock: Lock,
    claim: Claim,
    *,
    record: str = "",
    leave: bool = False,
    date: str = "",
    work: Work | None = None,
    prefer: str = "",
    note: str = "",
) -> Lock:
    """The lock with a decision made by a person: this claim is that record (an id, ``doi:…`` or ``arXiv:…``), or is to be left alone.

    ``work``: that record's work, where it is at hand, so that later runs ask nobody; ``prefer``: the version to cite here
    ("": the run's own policy); ``note``: a remark of at most 1,000 characters.  Raises ConfigError where neither or both
    are said, for a longer note and for an unknown policy.
    """
    if bool(record) == leave:
        raise ConfigError("a decision names a record, or says to leave the reference alone")
    if prefer and prefer not in POLICIES:
        raise ConfigError(f"the version to cite is one of {', '.join(POLICIES)}, not {prefer!r}")
    if len(note) > _LONGEST_ID:
        raise ConfigError(f"a note has at most {_LONGEST_ID:,} characters, this one {len(note):,}")
    new = Decision(
        fingerprint(claim),
        "leave" if leave else "matched",
        cited_as(claim),
        record,
        work.id if work else "",
        records=_kept(work.records) if work else (),
        by="person",
        date=date,
        prefer=prefer,
        note=note.encode("utf-8", "replace").decode(),
    )
    return replace(lock, decisions={**lock.decisions, new.fingerprint: new})


def without_orphans(lock: Lock, claims: Iterable[Claim]) -> Lock:
    """The lock without decisions that no claim asks for; those made by hand stay."""
    asked = {fingerprint(claim) for claim in claims}
    return replace(
        lock,
        decisions={f: d for f, d in lock.decisions.items() if f in asked or d.by == "person"},
        unread=(),
    )


def joined(present: Lock, made: Lock, before: Lock) -> Lock:
    """``present`` (what the file holds now) with what a run that began from ``before`` decided; what others decided meanwhile stays."""
    out = dict(present.decisions)
    for f, decision in made.decisions.items():
        there = out.get(f)
        if decision != before.decisions.get(f) and not (
            there is not None and there.by == "person" and decision.by != "person"
        ):
            out[f] = decision
    for f, decision in before.decisions.items():
        if f not in made.decisions and out.get(f) == decision:
            del out[f]
    return Lock(out, present.unread if made.unread == before.unread else made.unread)


def state(lock: Lock, claims: Sequence[Claim]) -> LockState:
    """Which claims the lock says nothing about, and which decisions nobody asks for."""
    asked = {fingerprint(claim): claim for claim in reversed(claims)}
    missing = tuple(claim for claim in claims if fingerprint(claim) not in lock.decisions)
    orphans = tuple(d for f, d in sorted(lock.decisions.items()) if f not in asked)
    return LockState(missing, orphans)


# ------------------------------------------------------------------ the file
def lock_text(lock: Lock, again: Again | None = None) -> str:
    """The file's text: head, then the decisions sorted by fingerprint, then the lines that were not understood.

    ``again``: the lines of an earlier text.
    """
    kept = again or Again()
    rows = [json.dumps({"citenorm-lock": VERSION})]
    rows += [kept.of(f, (d,), lambda d=d: _line(d)) for f, d in sorted(lock.decisions.items())]  # type: ignore[misc]
    rows += [line.text for line in lock.unread if line.text]
    return "\n".join(rows) + "\n"


def _line(decision: Decision) -> str:
    return escaped(json.dumps(decision.to_dict(), ensure_ascii=False))


def parse_lock(text: str, name: str = NAME) -> Lock:
    """The lock that a text holds; the same claim twice (after a merge) counts once, a decision by hand goes before another.

    Lines that are no decisions (edited, of a newer citenorm, marks of an unsettled merge) are left out and told in
    ``Lock.unread``.  Raises ConfigError for what is no lock at all, and for a lock of another version.
    """
    made: dict[str, Decision] = {}
    unread: list[Unread] = []
    head = False
    text = _RAW_HALVES.sub("\ufffd", text)  # no file of UTF-8 holds them
    for number, line in enumerate(text.split("\n"), 1):
        line = line.removesuffix("\r").removeprefix("\ufeff")
        if not line.strip():
            continue
        if line.startswith(_MERGE):
            unread.append(
                Unread(number, "a merge is not settled; the decisions of both sides are used")
            )
            continue
        try:
            row = json.loads(line)
            if isinstance(row, dict) and "citenorm-lock" in row:
                _check_head(row, name)
                head = True
                continue
            decision = _decision(row)
        except (
            ValueError,
            KeyError,
            TypeError,
            AttributeError,
            RecursionError,
            OverflowError,
        ):
            unread.append(
                Unread(number, "this line is no decision of a lock; it is not used", line)
            )
            continue
        old = made.get(decision.fingerprint)
        if (
            old is None
            or (decision.by == "person" and old.by != "person")
            or (decision.by == old.by and decision.date > old.date)
        ):
            made[decision.fingerprint] = decision
    if not head and not made and text.strip():
        raise ConfigError(f"{name}:{unread[0].number}: this is no lock that citenorm wrote")
    return Lock(made, tuple(unread))


_RAW_HALVES = re.compile("[\ud800-\udfff]")
_MERGE = ("<<<<<<<", ">>>>>>>", "=======", "|||||||")
_LONGEST_ID = 1000


def _check_head(row: Mapping[str, Any], name: str) -> None:
    version = row["citenorm-lock"]
    if version != VERSION:
        shown = str(version)[:20]
        raise ConfigError(
            f"{name}: the lock is of version {shown}, this citenorm writes {VERSION}: run citenorm lock again"
        )


def _decision(row: Mapping[str, Any]) -> Decision:
    """One line's decision, as it would be written (edited lines may be in another order or say more).  Raises ValueError, KeyError or TypeError for any other shape."""
    if row["outcome"] not in ("matched", "ambiguous", "unmatched", "leave"):
        raise ValueError(row["outcome"])
    probability = float(row.get("probability", 0.0))
    if not isfinite(probability) or not 0 <= probability <= 1:
        raise ValueError(probability)
    by: By = "person" if row.get("by") == "person" else "citenorm"
    return Decision(
        _text(row, "claim", needed=True),
        row["outcome"],
        _text(row, "cited"),
        _text(row, "record"),
        _text(row, "work"),
        round(probability, 4) if row["outcome"] == "matched" and by == "citenorm" else 0.0,
        tuple(str(e)[:_LONGEST_ID] for e in _list(row, "evidence")),
        tuple(sorted((_record(r) for r in _list(row, "records")), key=lambda r: r.id)),
        by,
        _text(row, "date"),
        _policy(row),
        _text(row, "note"),
    )


def _policy(row: Mapping[str, Any]) -> str:
    prefer = _text(row, "prefer")
    if prefer and prefer not in POLICIES:
        raise ValueError(prefer)
    return prefer


def _record(row: Mapping[str, Any]) -> Record:
    ident = _text(row, "id", needed=True)
    if not isinstance(row["csl"], dict):
        raise TypeError("csl")
    csl = {k: v for k, v in sound_csl(row["csl"]).items() if k not in ("id", "abstract")}
    return Record(ident, csl, ident.partition(":")[0], _text(row, "asked") or None)


def _text(row: Mapping[str, Any], name: str, *, needed: bool = False) -> str:
    value = row.get(name) or ""
    if not isinstance(value, str) or len(value) > _LONGEST_ID or (needed and not value):
        raise ValueError(name)
    return value


def _list(row: Mapping[str, Any], name: str) -> list[Any]:
    value = row.get(name) or []
    if not isinstance(value, list):
        raise TypeError(name)
    return value
