"""Resolutions → ``citenorm.lock``, the decisions kept beside a repository, and back: what a claim was found to mean, and by whom.

A file of JSON lines: a head, then one decision per line, sorted by the fingerprint of the claim, so that diffs are small
and two branches merge line by line.  A decision holds the work's records as their sources gave them: another policy
(``--prefer``) or another rule changes what is printed, not what was decided.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from .errors import ConfigError
from .model import Claim, Record, Resolution, custom_of, names_of, year_of
from .normalize.text import squash

VERSION = 1
NAME = "citenorm.lock"
By = Literal["citenorm", "person"]
Outcome = Literal["matched", "ambiguous", "unmatched", "leave"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What one claim was found to mean.

    ``by`` "person": made by hand, never changed by a run; ``outcome`` "leave": the entry is to stay as it is; ``record``
    the chosen record's id (or ``doi:…``/``arXiv:…`` where a person named one); ``records`` the work's records;
    ``evidence`` field and level of what spoke for it; ``date`` the day it was decided (ISO 8601).
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
class Lock:
    """Decisions by the fingerprint of their claims."""

    decisions: Mapping[str, Decision] = field(default_factory=dict)

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
    return Lock(made)


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
        tuple(
            sorted(
                (
                    replace(r, csl={k: v for k, v in r.csl.items() if k not in ("id", "abstract")})
                    for r in records
                ),
                key=lambda r: r.id,
            )
        ),
        "citenorm",
        date,
    )


def by_hand(
    lock: Lock, claim: Claim, *, record: str = "", leave: bool = False, date: str = ""
) -> Lock:
    """The lock with a decision made by a person: this claim is that record (an id, ``doi:…`` or ``arXiv:…``), or is to be left alone.

    Raises ConfigError where neither or both are said.
    """
    if bool(record) == leave:
        raise ConfigError("a decision names a record, or says to leave the reference alone")
    new = Decision(
        fingerprint(claim),
        "leave" if leave else "matched",
        cited_as(claim),
        record,
        by="person",
        date=date,
    )
    return Lock({**lock.decisions, new.fingerprint: new})


def without_orphans(lock: Lock, claims: Iterable[Claim]) -> Lock:
    """The lock without decisions that no claim asks for; those made by hand stay."""
    asked = {fingerprint(claim) for claim in claims}
    return Lock({f: d for f, d in lock.decisions.items() if f in asked or d.by == "person"})


def state(lock: Lock, claims: Sequence[Claim]) -> LockState:
    """Which claims the lock says nothing about, and which decisions nobody asks for."""
    asked = {fingerprint(claim): claim for claim in reversed(claims)}
    missing = tuple(claim for claim in claims if fingerprint(claim) not in lock.decisions)
    orphans = tuple(d for f, d in sorted(lock.decisions.items()) if f not in asked)
    return LockState(missing, orphans)


# ------------------------------------------------------------------ the file
def lock_text(lock: Lock) -> str:
    """The file's text: head, then the decisions sorted by fingerprint."""
    rows = [json.dumps({"citenorm-lock": VERSION})]
    rows += [
        json.dumps(lock.decisions[f].to_dict(), ensure_ascii=False) for f in sorted(lock.decisions)
    ]
    return "\n".join(rows) + "\n"


def parse_lock(text: str, name: str = NAME) -> Lock:
    """The lock that a text holds; the same line twice (after a merge) counts once, a decision by hand goes before another.

    Raises ConfigError, with the line, for what is no lock, for another version, and for marks of an unsettled merge.
    """
    made: dict[str, Decision] = {}
    head = False
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        if line.startswith(("<<<<<<<", ">>>>>>>", "=======", "|||||||")):
            raise ConfigError(
                f"{name}:{number}: a merge is not settled: keep the lines of both sides and run citenorm lock"
            )
        try:
            row = json.loads(line)
            if not head:
                if row["citenorm-lock"] != VERSION:
                    raise ConfigError(
                        f"{name}: the lock is of version {row['citenorm-lock']}, this citenorm writes {VERSION}: run citenorm lock again"
                    )
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
        ) as error:
            raise ConfigError(f"{name}:{number}: this line is no decision of a lock") from error
        old = made.get(decision.fingerprint)
        if (
            old is None
            or (decision.by == "person" and old.by != "person")
            or (decision.by == old.by and decision.date > old.date)
        ):
            made[decision.fingerprint] = decision
    if not head and text.strip():
        raise ConfigError(f"{name}: this is no lock that citenorm wrote")
    return Lock(made)


def _decision(row: Mapping[str, Any]) -> Decision:
    if row["outcome"] not in ("matched", "ambiguous", "unmatched", "leave"):
        raise ValueError(row["outcome"])
    return Decision(
        str(row["claim"]), row["outcome"], str(row.get("cited", "")), str(row.get("record", "")), str(row.get("work", "")),
        float(row.get("probability", 0.0)), tuple(str(e) for e in row.get("evidence", ())),
        tuple(Record(str(r["id"]), dict(r["csl"]), str(r["id"]).partition(":")[0], r.get("asked")) for r in row.get("records", ())),
        "person" if row.get("by") == "person" else "citenorm", str(row.get("date", "")),
    )  # fmt: skip
