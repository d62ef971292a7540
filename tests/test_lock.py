"""The lock: fingerprints that spelling does not change, small diffs, merges, decisions made by hand, stale and orphan lines."""

import json
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
    joined,
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
        ('{"citenorm-lock": ' + "9" * 10_000 + "}", "citenorm.lock"),
    ],
)
def test_what_is_no_lock_is_one_clear_line(text, says):
    with pytest.raises(ConfigError, match=says):
        parse_lock(text)


HEAD = '{"citenorm-lock": 1}\n'


@pytest.mark.parametrize(
    "line",
    [
        '{"claim": "x"}',
        '{"claim": "x", "outcome": "odd"}',
        '{"claim": 5, "outcome": "matched"}',
        '{"claim": "x", "outcome": "matched", "probability": 1e400}',
        '{"claim": "x", "outcome": "matched", "probability": NaN}',
        '{"claim": "x", "outcome": "matched", "records": 5}',
        '{"claim": "x", "outcome": "matched", "records": [{"id": "a", "csl": 7}]}',
        '{"claim": "x", "outcome": "matched", "evidence": {"a": 1}}',
        "[1]",
        "[" * 100_000,
        '{"claim": "x", "outcome": "matched", "cited": "' + "y" * 5000 + '"}',
    ],
)
def test_a_damaged_line_is_told_and_the_rest_used(line):
    whole = lock_text(decide(Lock(), [matched(claim("A")), matched(claim("B"))]))
    found = parse_lock(whole + line + "\n")
    assert len(found.decisions) == 2 and [u.number for u in found.unread] == [4]
    assert lock_text(found) == whole + line + "\n"  # who wrote it may still want it
    assert lock_text(without_orphans(found, [claim("A"), claim("B")])) == whole


def test_an_unsettled_merge_uses_both_sides():
    a, b = (lock_text(decide(Lock(), [matched(claim(t))])).splitlines()[1] for t in ("A", "B"))
    found = parse_lock(f"{HEAD}<<<<<<< HEAD\n{a}\n=======\n{b}\n>>>>>>> other\n")
    assert len(found.decisions) == 2 and [u.number for u in found.unread] == [2, 4, 6]
    assert "merge is not settled" in found.unread[0].why
    assert parse_lock(lock_text(found)).unread == ()


def test_line_separators_in_a_title_break_no_line():
    made = decide(Lock(), [matched(claim("Pond\u2028life\x85in\u2029winter\x0b"))])
    text = lock_text(made)
    assert len(text.splitlines()) == 2 and parse_lock(text) == made


def test_absurd_numbers_are_left_out():
    line = lock_text(decide(Lock(), [matched(claim("A"))])).splitlines()[1]
    for year in ("1" * 400, "-" + "9" * 300, "1e308", '"9999999999"'):
        bad = line.replace('"type"', f'"issued": {{"date-parts": [[{year}]]}}, "type"')
        (decision,) = parse_lock(HEAD + bad).decisions.values()
        assert "issued" not in decision.records[0].csl


def test_two_runs_side_by_side_lose_no_line():
    before = decide(Lock(), [matched(claim("A")), matched(claim("B"))], "2026-01-01")
    mine = without_orphans(decide(before, [matched(claim("C"))]), [claim("A"), claim("C")])
    theirs = by_hand(
        decide(before, [matched(claim("D"))]), claim("C"), leave=True, date="2026-01-02"
    )
    now = joined(theirs, mine, before)
    assert sorted(d.cited[-1] for d in now.decisions.values()) == ["A", "C", "D"]
    assert now.get(claim("C")).outcome == "leave"


def test_a_hundred_thousand_lines_are_read():
    line = lock_text(decide(Lock(), [matched(claim("A"))])).splitlines()[1]
    print_ = fingerprint(claim("A"))
    text = HEAD + "\n".join(line.replace(print_, f"{i:016x}") for i in range(100_000))
    assert len(parse_lock(text).decisions) == 100_000


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text):
    try:
        parse_lock(text)
    except ConfigError as error:
        assert "\n" not in str(error)
    assert parse_lock("") == Lock()


def test_the_module_has_one_name_for_the_file():
    assert locks.NAME == "citenorm.lock"


@pytest.mark.parametrize(
    "change",
    [
        {"cited": "Doe \ud83d" + "\ude00"},  # two halves that stand apart in the text
        {"outcome": "unmatched"},  # says a probability that only a match has
        {"by": "person"},
        {"records": [{"id": i, "csl": {"title": "T", "abstract": "long"}} for i in "zab"]},
    ],
)
def test_an_edited_line_is_read_as_it_will_be_written(change):
    row = decide(Lock(), [matched(claim("On Ponds"))], "2026-01-01")
    line = json.loads(lock_text(row).splitlines()[1]) | change
    text = json.dumps({"citenorm-lock": 1}) + "\n" + json.dumps(line, ensure_ascii=False)
    read = parse_lock(text)
    assert len(read.decisions) == 1
    assert parse_lock(lock_text(read)).decisions == read.decisions


def test_a_decision_by_hand_keeps_version_note_and_records():
    asked = claim("On Ponds")
    record = Record("dblp:x", {"title": "On Ponds", "abstract": "long"}, "dblp")
    made = by_hand(
        Lock(),
        asked,
        record="dblp:x",
        work=Work("w", (record,)),
        prefer="as-cited",
        note="a\u2028b",
    )
    again = parse_lock(lock_text(made))
    assert again == made and len(lock_text(made).splitlines()) == 2
    decision = again.get(asked)
    assert (decision.prefer, decision.note, decision.work) == ("as-cited", "a\u2028b", "w")
    assert decision.records == (Record("dblp:x", {"title": "On Ponds"}, "dblp"),)
    for wrong in ({"prefer": "newest"}, {"note": "x" * 1001}):
        with pytest.raises(ConfigError):
            by_hand(Lock(), asked, record="dblp:x", **wrong)
    text = lock_text(made).replace("as-cited", "newest")
    assert not parse_lock(text).decisions and parse_lock(text).unread
