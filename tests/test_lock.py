"""The lock: fingerprints that spelling does not change, small diffs, merges, decisions made by hand, stale and orphan lines."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citenorm import lock as locks
from citenorm.errors import ConfigError
from citenorm.lock import (
    Lock,
    by_hand,
    decide,
    fingerprint,
    lock_text,
    parse_lock,
    state,
    without_orphans,
)
from citenorm.model import Claim, Evidence, Record, Resolution, Work


def claim(title, year=2001, **more):
    return Claim(
        {
            "title": title,
            "author": [{"family": "Müller", "given": "A."}, {"family": "Doe"}, {"family": "Roe"}],
            "issued": {"date-parts": [[year]]},
            **more,
        }
    )


def matched(asked, record_id="dblp:x", **more):
    record = Record(
        record_id,
        {"id": record_id, "title": asked.title, "type": "book", "abstract": "long"},
        "dblp",
    )
    return Resolution(
        asked,
        "matched",
        "verified",
        record,
        Work(record_id, (record,)),
        0.99871,
        0.9,
        (Evidence("title", "exact", 9.0),),
        **more,
    )


def test_spelling_and_place_do_not_change_a_fingerprint():
    assert fingerprint(claim("On Ponds: A Study")) == fingerprint(
        replace(claim("ON PONDS — a study"), id="k", raw="something")
    )
    assert fingerprint(claim("On Ponds")) != fingerprint(claim("On Ponds", 2002))
    assert fingerprint(claim("On Ponds")) != fingerprint(claim("On Lakes"))
    assert fingerprint(Claim({}, raw="Doe, private talk")) != fingerprint(
        Claim({}, raw="Roe, private talk")
    )


def test_a_lock_is_read_back_as_it_was_written():
    made = decide(
        Lock(),
        [
            matched(claim("B")),
            matched(claim("A")),
            Resolution(claim("C"), "unmatched", "unverifiable"),
        ],
        "2026-11-23",
    )
    text = lock_text(made)
    assert parse_lock(text) == made and lock_text(parse_lock(text)) == text
    lines = text.splitlines()
    assert len(lines) == 4 and lines[1:] == sorted(lines[1:])
    assert made.get(claim("b")).cited == "Müller et al. 2001. B"
    assert [r.id for r in made.records(claim("A"))] == ["dblp:x"] and "abstract" not in text


def test_one_more_claim_is_one_more_line():
    before = decide(Lock(), [matched(claim(t)) for t in "ABCDEF"], "2026-01-01")
    after = decide(before, [matched(claim(t)) for t in "ABCDEFG"], "2026-02-02")
    old, new = set(lock_text(before).splitlines()), set(lock_text(after).splitlines())
    assert not old - new and len(new - old) == 1


def test_both_sides_of_a_merge_can_be_kept():
    a = lock_text(decide(Lock(), [matched(claim("A")), matched(claim("B"))], "2026-01-01"))
    b = lock_text(decide(Lock(), [matched(claim("B")), matched(claim("C"))], "2026-02-01"))
    joined = a + "".join(b.splitlines(keepends=True)[1:])
    assert sorted(d.cited[-1] for d in parse_lock(joined).decisions.values()) == ["A", "B", "C"]
    assert parse_lock(joined).get(claim("B")).date == "2026-02-01"


def test_decisions_made_by_hand_outlive_runs():
    own = by_hand(
        by_hand(Lock(), claim("A"), record="doi:10.1/x"), claim("B"), leave=True, date="2026-03-03"
    )
    later = decide(own, [matched(claim("A"), "dblp:wrong"), matched(claim("B"))], "2027-01-01")
    assert later == own and parse_lock(lock_text(later)) == own
    assert later.get(claim("B")).outcome == "leave" and later.get(claim("A")).record == "doi:10.1/x"
    assert without_orphans(later, []) == later
    with pytest.raises(ConfigError):
        by_hand(Lock(), claim("A"))
    with pytest.raises(ConfigError):
        by_hand(Lock(), claim("A"), record="x", leave=True)


def test_stale_and_orphan_lines_are_told():
    made = decide(Lock(), [matched(claim("A")), matched(claim("B"))])
    found = state(made, [claim("B"), claim("C")])
    assert [c.title for c in found.missing] == ["C"] and [d.cited[-1] for d in found.orphans] == [
        "A"
    ]
    assert not found.fits and state(made, [claim("A"), claim("B")]).fits
    assert len(without_orphans(made, [claim("B")]).decisions) == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("garbage", "citenorm.lock:1"),
        ('{"citenorm-lock": 99}', "version 99"),
        ('{"citenorm-lock": 1}\n{"claim": "x"}', "citenorm.lock:2"),
        ('{"citenorm-lock": 1}\n{"claim": "x", "outcome": "odd"}', "citenorm.lock:2"),
        ('{"citenorm-lock": 1}\n[1]', "citenorm.lock:2"),
        ('{"citenorm-lock": 1}\n<<<<<<< HEAD', "merge is not settled"),
    ],
)
def test_a_damaged_lock_is_one_clear_line(text, says):
    with pytest.raises(ConfigError, match=says):
        parse_lock(text)


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text):
    try:
        parse_lock(text)
    except ConfigError as error:
        assert "\n" not in str(error)
    assert parse_lock("") == Lock()


def test_the_module_has_one_name_for_the_file():
    assert locks.NAME == "citenorm.lock"
