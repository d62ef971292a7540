"""Decisions by hand: each is in the lock when the call returns, holds in later runs, and goes into a file only when told."""

import contextlib
import random
from datetime import date

import pytest

from citenorm import lock as locks
from citenorm.errors import ConfigError, InputError
from citenorm.lock import lock_text, parse_lock
from citenorm.model import Answer
from citenorm.review import Stale
from citenorm.review.desk import Proposed, identifier
from citenorm.review.material import Material
from citenorm.sources import Sources


def kept(desk):
    return parse_lock(desk.path.read_text(encoding="utf-8")).decisions


def cards(desk):
    return {c.id: c for f in desk.cards() for c in f.cards}


def test_an_accepted_reference_is_in_the_lock_with_its_records(desk, desk_of):
    mark = desk.marks()[0]
    made = desk.decide(desk.state(), mark, "accept", note="as discussed\nwith Ann")
    assert kept(desk)[mark] == made == desk.decided(mark)
    assert (
        made.by == "person" and made.outcome == "matched" and made.note == "as discussed\nwith Ann"
    )
    assert made.record in {r.id for r in made.records} and made.date == date.today().isoformat()
    again = desk_of()
    assert again.decided(mark) == made and again.state() == desk.state()
    assert cards(again)["r1"].outcome == "changed" and "PMLR" in cards(again)["r1"].cite.upper()


def test_what_is_kept_as_cited_stays_the_version_that_is_cited(desk):
    mark = desk.marks()[3]
    assert "superseded-preprint" in {f.name for f in cards(desk)["r4"].findings}
    made = desk.decide(desk.state(), mark, "keep")
    card = cards(desk)["r4"]
    assert made.prefer == "as-cited" and "1706.04599" in card.cite and "Precup" not in card.cite
    assert "superseded-preprint" not in {f.name for f in card.findings}


def test_what_is_left_alone_is_not_reported_and_not_changed(desk):
    mark = desk.marks()[4]
    desk.decide(desk.state(), mark, "leave")
    card = cards(desk)["r5"]
    assert not card.findings and "Nobody" in card.cite
    assert not desk.propose(1).diff


def test_nothing_found_is_nothing_to_accept(desk):
    for act, record in (("accept", ""), ("keep", ""), ("pick", "x:y"), ("pick", ""), ("marry", "")):
        with pytest.raises(ConfigError):
            desk.decide(desk.state(), desk.marks()[4], act, record=record)
    with pytest.raises(ConfigError):
        desk.decide(desk.state(), "0" * 16, "leave")
    assert not desk.path.exists()


def test_a_typed_number_is_looked_up_and_taken(desk):
    mark = desk.marks()[2]
    with pytest.raises(ConfigError, match="neither"):
        desk.look(mark, "see chapter 10.3")
    with pytest.raises(ConfigError, match="no catalogue at hand"):
        desk.look(mark, "10.1234/nobody.has.this")
    found = desk.look(mark, " https://arxiv.org/abs/1706.04599v2 ")
    assert (
        found[0].title == "On Calibration of Modern Neural Networks" and found[0].probability < 0.5
    )
    made = desk.decide(desk.state(), mark, "pick", record=found[0].record)
    assert made.record == found[0].record
    assert cards(desk)["r3"].title == "On Calibration of Modern Neural Networks"


def test_a_picked_record_that_says_otherwise_is_printed_whole(desk, files):
    """Nothing of the reference is mixed into the record that a person says it means."""
    before = files[1].read_text()
    for mark in (desk.marks()[2], desk.marks()[4]):
        (found,) = desk.look(mark, "1706.04599")
        desk.decide(desk.state(), mark, "pick", record=found.record)
    for card in (cards(desk)["r3"], cards(desk)["r5"]):
        assert "Guo, Chuan" in card.cite and "booktitle = {Proceedings of the 34th" in card.cite
        assert "Ponds" not in card.cite and "2011}" not in card.cite and "Nobody" not in card.cite
    shown = desk.propose(1)
    desk.write(desk.state(), 1, shown.digest)
    after = files[1].read_text()
    assert after.startswith(before[: before.index("@article{nobody")])
    entry = after[after.index("nobody2011") - 20 :]
    assert "@inproceedings{nobody2011" in entry and "note = {mine}" in entry
    assert "journal" not in entry and "eprint = {1706.04599}" in entry
    assert desk.decided(desk.marks()[4]) and not desk.propose(1).diff


def test_a_service_that_cannot_be_asked_is_told(files, tmp_path):
    class Silent(Sources):
        offline = False

        def look_up(self, claims, judge):
            return [(Answer("crossref", "unknown", reason="no network"),) for _ in claims]

    from citenorm.review import Desk

    asked = Silent(())
    desk = Desk([Material(str(files[1]), files[1].read_bytes(), asked)], tmp_path / "citenorm.lock")
    with pytest.raises(ConfigError, match="could not ask crossref: no network"):
        desk.look(desk.marks()[0], "10.1000/182")


def test_candidates_can_be_picked(desk, sources):
    (other,) = sources.get(["pmlr:v70/guo17a"])
    mark = desk.marks()[2]
    sheet = desk._sheets[0]
    from citenorm.match import compare

    result = sheet.results[2]
    sheet.results[2] = type(result)(
        result.claim, "ambiguous", "unverifiable", candidates=(compare(result.claim, other),), emitted=result.claim.csl
    )  # fmt: skip
    assert [c.record for c in cards(desk)["r3"].candidates] == [other.id]
    made = desk.decide(desk.state(), mark, "pick", record=other.id)
    assert made.record == other.id and kept(desk)[mark].records


def test_undo_goes_back_step_by_step(desk, desk_of):
    mark = desk.marks()[0]
    first = desk.decide(desk.state(), mark, "accept")
    desk.decide(desk.state(), mark, "leave")
    assert desk.undo(desk.state(), mark) == first and desk.decided(mark) == first
    assert desk.undo(desk.state(), mark) is None and mark not in kept(desk)
    with pytest.raises(ConfigError, match="nothing was decided"):
        desk.undo(desk.state(), mark)
    desk.decide(desk.state(), mark, "leave")
    later = desk_of()
    assert later.undo(later.state(), mark) is None and mark not in kept(later)


def test_a_note_alone_changes_nothing_else(desk):
    mark = desk.marks()[0]
    with pytest.raises(ConfigError, match="decide first"):
        desk.decide(desk.state(), mark, "note", note="x")
    made = desk.decide(desk.state(), mark, "accept")
    noted = desk.decide(desk.state(), mark, "note", note="\ud800 half")
    assert noted.note == "? half" and noted.records == made.records
    assert kept(desk)[mark] == noted
    with pytest.raises(ConfigError, match="1,000"):
        desk.decide(desk.state(), mark, "note", note="x" * 1001)


def test_whoever_saw_an_older_state_decides_nothing(desk, desk_of, files):
    seen = desk.state()
    other = desk_of()
    other.decide(other.state(), other.marks()[0], "leave")
    before = desk.path.read_bytes()
    with pytest.raises(Stale):
        desk.decide(seen, desk.marks()[1], "leave")
    assert desk.path.read_bytes() == before and desk.decided(desk.marks()[0]).outcome == "leave"
    seen = desk.state()
    files[1].write_text(files[1].read_text().replace("2017}", "2016}"))
    with pytest.raises(Stale):
        desk.decide(seen, desk.marks()[1], "leave")
    assert {f.name: f.stated for f in cards(desk)["r4"].fields}["issued"] == "2016"
    desk.decide(desk.state(), desk.marks()[1], "leave")


def test_a_lock_that_changes_under_the_pen_is_not_overwritten(desk, monkeypatch):
    desk.path.write_text('{"citenorm-lock": 1}\n')
    state = (desk.refresh(), desk.state())[1]
    monkeypatch.setattr(desk, "refresh", lambda: None)
    desk.path.write_text('{"citenorm-lock": 1}\n\n')
    with pytest.raises(Stale):
        desk.decide(state, desk.marks()[0], "leave")
    assert desk.path.read_text() == '{"citenorm-lock": 1}\n\n'


def test_a_file_is_written_as_it_was_shown(desk, files):
    report, bib = (f.read_bytes() for f in files)
    assert not desk.propose(1).diff
    every = desk.propose(1, True)
    assert isinstance(every, Proposed) and "-  journal = {arXiv preprint" in every.diff
    mark = desk.marks()[3]
    desk.decide(desk.state(), mark, "accept", note="yes")
    shown = desk.propose(1)
    assert "+  booktitle" in shown.diff and shown.digest
    with pytest.raises(Stale, match="otherwise"):
        desk.write(desk.state(), 1, "0" * 64)
    assert files[1].read_bytes() == bib
    desk.write(desk.state(), 1, shown.digest)
    text = files[1].read_text()
    assert "booktitle" in text and text.endswith(
        bib.decode()[bib.decode().index("@article{nobody") :]
    )
    assert files[0].read_bytes() == report
    assert not desk.propose(1).diff


def test_decisions_hold_for_the_new_wording(desk, desk_of):
    mark = desk.marks()[3]
    desk.decide(desk.state(), mark, "accept", note="yes")
    desk.write(desk.state(), 1, desk.propose(1).digest)
    now = desk.marks()[3]
    assert now != mark and desk.decided(now).note == "yes" and kept(desk)[mark].note == "yes"
    assert desk_of().decided(now).record == desk.decided(now).record


def test_references_of_a_report_are_rewritten_too(desk, files):
    before = files[0].read_text()
    desk.decide(desk.state(), desk.marks()[0], "accept")
    shown = desk.propose(0)
    assert "+[1] Guo" in shown.diff and "Weinberger" in shown.diff
    desk.write(desk.state(), 0, shown.digest)
    after = files[0].read_text()
    assert "Weinberger" in after and after.startswith(before[: before.index("[1]")])
    assert after.endswith(before[before.index("[2]") :])


def test_a_file_that_changed_since_it_was_shown_is_not_written(desk, files):
    desk.decide(desk.state(), desk.marks()[3], "accept")
    shown, state = desk.propose(1), desk.state()
    files[1].write_text(files[1].read_text() + "% mine\n")
    with pytest.raises(Stale):
        desk.write(state, 1, shown.digest)
    with pytest.raises(Stale):
        desk.write(desk.state(), 1, shown.digest)
    assert files[1].read_text().endswith("% mine\n") and "booktitle" not in files[1].read_text()


def test_a_file_that_is_gone_is_one_line(desk, files):
    files[1].unlink()
    with pytest.raises(InputError, match=r"refs\.bib"):
        desk.decide(desk.state(), desk.marks()[0], "leave")


def test_what_is_no_text_is_reviewed_and_not_rewritten(tmp_path, sources):
    name = tmp_path / "list.ris"
    name.write_text(
        "TY  - JOUR\nTI  - On calibration of modern neural networks\nAU  - Guo, Chuan\nPY  - 2017\nER  - \n"
    )
    material = Material(str(name), name.read_bytes(), sources)
    assert "not rewritten" in material.fixed and len(material.claims) == 1
    assert material.rewritten([], {0})[0] == name.read_bytes()


def test_an_identifier_as_people_paste_it():
    assert (
        identifier("https://doi.org/10.1109/TPAMI.2019.2929146") == "doi:10.1109/tpami.2019.2929146"
    )
    assert identifier("arXiv:1706.04599v3") == "arXiv:1706.04599"
    assert identifier("hep-th/9901001") == "arXiv:hep-th/9901001"
    for wrong in ("", "10.", "1706", "x" * 600):
        with pytest.raises(ConfigError):
            identifier(wrong)


def test_what_fix_prints_is_what_was_decided(desk, files, monkeypatch, capsys):
    from citenorm.cli import main

    monkeypatch.chdir(files[0].parent)
    desk.decide(desk.state(), desk.marks()[0], "keep")
    assert main(["fix", "report.md", "--offline", "-q"]) == 0
    printed = capsys.readouterr().out
    assert "1706.04599" in printed and "volume = {70}" not in printed.split("@")[1]


def test_a_decision_that_cannot_follow_its_reference_is_told(desk, files, monkeypatch):
    """The file reads otherwise after it was written: nothing is guessed, and the old decisions stay."""
    mark = desk.marks()[3]
    desk.decide(desk.state(), mark, "accept")
    digest = desk.propose(1).digest
    claims = Material.claims
    monkeypatch.setattr(Material, "claims", property(lambda self: claims.__get__(self)[:1]))
    told = desk.write(desk.state(), 1, digest)
    monkeypatch.undo()
    assert any("hold for its old wording alone" in line for line in told)
    assert kept(desk).keys() == {mark} and "booktitle" in files[1].read_text()


@pytest.mark.parametrize("seed", range(4))
def test_a_page_that_is_drawn_again_is_the_page_drawn_anew(desk, desk_of, seed):
    dice = random.Random(seed)
    for _ in range(8):
        desk.cards()
        act, mark = dice.choice(("accept", "keep", "leave", "undo")), dice.choice(desk.marks())
        with contextlib.suppress(ConfigError):
            if act == "undo":
                desk.undo(desk.state(), mark)
            else:
                desk.decide(desk.state(), mark, act)
        anew = desk_of()
        assert desk.cards() == anew.cards()
        assert [desk.propose(n) for n in (0, 1)] == [anew.propose(n) for n in (0, 1)]
        assert (
            lock_text(desk._lock) == desk.path.read_text(encoding="utf-8")
            if desk.path.exists()
            else True
        )


@pytest.mark.parametrize("ident", ["r1", "r4"])
def test_a_decision_draws_its_own_card_alone(desk, ident):
    before = cards(desk)
    desk.decide(desk.state(), desk.marks()[int(ident[1:]) - 1], "leave")
    after = cards(desk)
    assert {i for i in after if after[i] is not before[i]} == {ident}


def test_a_decision_reads_no_other_line_of_the_lock(desk, desk_of, monkeypatch):
    first, second = desk.marks()[:2]
    desk.decide(desk.state(), first, "leave")
    read = []
    known = locks._decision
    monkeypatch.setattr(locks, "_decision", lambda row: read.append(row["claim"]) or known(row))
    desk.decide(desk.state(), second, "leave")
    assert read == [second]
    assert set(desk_of()._lock.decisions) == {first, second}
