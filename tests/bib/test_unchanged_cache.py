"""The memory of clean files: by content, settings and date; safe to lose, damage or share."""

import datetime
from concurrent.futures import ThreadPoolExecutor

from citenorm.bib.unchanged_cache import CleanFiles, catalogue_state, holds_until, settings_digest

DAY = datetime.date(2026, 11, 23)
PLAIN = b"@misc{a, title = {x}}\n"
TIMED = (
    b"% citenorm: ignore=wrong-dash until=2026-12\n% citenorm: ignore=x until=2026-01-05\n" + PLAIN
)


def test_content_settings_and_dates_count(tmp_path):
    memory = CleanFiles(settings_digest(["1.0", "check"]), tmp_path, DAY)
    assert not memory.knows(PLAIN)
    memory.add(PLAIN)
    memory.add(TIMED)
    memory.save()
    again = CleanFiles(settings_digest(["1.0", "check"]), tmp_path, DAY)
    assert again.knows(PLAIN) and again.knows(TIMED) and not again.knows(PLAIN + b" ")
    assert not CleanFiles(settings_digest(["1.1", "check"]), tmp_path, DAY).knows(PLAIN)
    later = CleanFiles(settings_digest(["1.0", "check"]), tmp_path, datetime.date(2027, 1, 1))
    assert later.knows(PLAIN) and not later.knows(TIMED)
    assert (
        holds_until(TIMED, DAY) == "2026-12-31"
        and holds_until(TIMED, datetime.date(2027, 1, 1)) == ""
    )


def test_a_damaged_or_lost_memory_is_an_empty_one(tmp_path):
    (tmp_path / "clean-files").write_bytes(b"\xff\x00 garbage\n")
    memory = CleanFiles("s", tmp_path, DAY)
    assert not memory.knows(PLAIN)
    memory.add(PLAIN)
    memory.save()
    assert memory.knows(PLAIN)
    blocked = CleanFiles("s", tmp_path / "clean-files" / "no folder", DAY)
    blocked.add(PLAIN)
    blocked.save()
    assert not blocked.knows(PLAIN)


def test_runs_side_by_side_do_no_harm(tmp_path):
    def one(number):
        memory = CleanFiles("s", tmp_path, DAY)
        memory.add(b"%d" % number)
        memory.save()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(one, range(40)))
    memory = CleanFiles("s", tmp_path, DAY)
    assert any(memory.knows(b"%d" % n) for n in range(40))
    assert not [p for p in tmp_path.iterdir() if p.name != "clean-files"]


def test_a_catalogue_built_anew_is_another_setting(tmp_path):
    before = catalogue_state(tmp_path)
    (tmp_path / "catalogue.json").write_text("{}")
    assert catalogue_state(tmp_path) != before
