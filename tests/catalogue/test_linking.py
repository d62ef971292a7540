"""Linking while a catalogue is built: the same works however little is held in memory at a time, and little is."""

import tracemalloc
from array import array

import pytest

from citenorm.catalogue import spool
from citenorm.catalogue.coverage import Held, Tally
from citenorm.catalogue.link import same_work, traits
from citenorm.catalogue.linker import Linker
from citenorm.catalogue.prepare import Limits, batches


def record(n, **more):
    """Every third record is a version of the one before; every tenth names another by its number."""
    work = n - (n % 3 == 2)
    item = {
        "id": f"t:{n}",
        "type": "article-journal",
        "title": f"Measured growth of subject {work} in mixed populations",
        "author": [{"family": f"Family{work % 53}", "given": "A."}, {"family": f"Other{work % 7}"}],
        "issued": {"date-parts": [[2000 + n % 2]]},
        "DOI": f"10.5555/x.{n}",
    }
    if n % 10 == 9:
        item |= {"title": f"On subject {n}: a preprint", "custom": {"version-of": f"t:{n - 5}"}}
        item["author"] = [{"family": f"Family{(n - 5) % 53}", "given": "A."}]
    return item | more


def linked(folder, items):
    """Ids that are left out, and the works as sets of ids."""
    ids = {}
    made = Linker(folder)
    for batch in batches([items], Limits()):
        places = list(range(len(ids), len(ids) + len(batch.lines)))
        ids |= {place: items[place]["id"] for place in places}
        made.extend(batch, places)
    repeated = made.repeated()
    works = list(made.works())
    made.close()
    return repeated, works, ids


@pytest.mark.parametrize("at_once", [1, 7, 100, 1 << 21])
def test_works_do_not_depend_on_how_much_is_held_at_a_time(tmp_path, monkeypatch, at_once):
    items = [record(n) for n in range(400)]
    items += [record(7, title="Another title under a known id"), record(11)]
    monkeypatch.setattr(spool, "AT_ONCE", at_once)
    repeated, works, ids = linked(tmp_path, items)
    last = {item["id"]: item for item in items}
    assert [ids[place] for place in repeated] == ["t:7", "t:11"]
    assert works == sorted(works) and all(work == sorted(work) for work in works)
    left = set(ids) - set(repeated)
    found = {frozenset(ids[place] for place in work) for work in works}
    assert {p for work in works for p in work} <= left
    together = {
        frozenset((a, b))
        for n in range(400)
        for m in range(n + 1, min(400, n + 7))
        if same_work(last[a := f"t:{n}"], last[b := f"t:{m}"])
    }
    assert len(together) > 100
    assert all(any(pair <= work for work in found) for pair in together)
    assert all(any(frozenset((a, b)) in together for b in work) for work in found for a in work), (
        "nothing is linked that is alike to none of its work"
    )


def test_traits_come_back_from_the_file_as_they_were(tmp_path):
    items = [record(n) for n in range(50)] + [{"id": "t:x", "title": "No people, no year"}]
    made = Linker(tmp_path)
    for batch in batches([items], Limits()):
        made.extend(batch, list(range(len(batch.lines))))
    assert [made.traits(i) for i in range(51)] == [traits(item) for item in items]


def test_linking_keeps_little_of_a_record_in_memory(tmp_path):
    items = [record(n, note="x" * 50) for n in range(4000)]
    ready = list(batches([items], Limits()))
    made = Linker(tmp_path)
    made.extend(ready[0], list(range(len(ready[0].lines))))
    tracemalloc.start()
    for batch in ready[1:]:
        made.extend(batch, list(range(len(batch.lines))))
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held / 3000 < 30, "bytes a record"


def test_a_killed_build_would_leave_no_spooled_files(tmp_path):
    made = Linker(tmp_path)
    made.extend(next(batches([[record(1)]], Limits())), [0])
    assert list(tmp_path.iterdir()) == []


def test_a_title_counts_once_however_often_a_source_has_it():
    tally = Tally()
    for source in ("a", "b"):
        noted = [(source, "venue", 2001, title, "", "") for title in [*range(1, 16), 15, 15]]
        tally.extend(noted)
    assert tally.table()["venues"] == {"venue": {"2001": [15, 1.0]}}


def test_what_a_source_holds_is_counted_exactly():
    held = Held(array("I", [5, 1, 5, 0xFFFFFFFF]))
    assert held.of({1, 2, 5, 0xFFFFFFFF}) == 3 and held.of(set()) == 0
    assert Held(array("I")).of({1}) == 0
