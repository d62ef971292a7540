import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citenorm.catalogue import Catalogue, Progress, add, build, remove, verify
from citenorm.catalogue import layout as layout_module
from citenorm.errors import CatalogueError, InputError
from citenorm.model import Record

DATA = Path(__file__).parents[1] / "data" / "catalogue"


def item(n, **more):
    people = [{"family": f"Family{n % 50}", "given": "A."}, {"family": f"Other{n % 31}"}]
    return {
        "id": f"t:{n}",
        "type": "article-journal",
        "title": f"Subject {n} of many",
        "author": people,
        "issued": {"date-parts": [[2000]]},
    } | more


def listing(path):
    with Catalogue.open(path) as catalogue:
        records = sorted(
            (json.loads(line)["id"], line)
            for _, line in catalogue.records()
            if catalogue.get([json.loads(line)["id"]])
        )
        held = {ident for ident, _ in records}
        return {ident: dict(catalogue.get([ident])[0].csl) for ident in held}


def versions(path, ident):
    with Catalogue.open(path) as catalogue:
        return sorted(record.id for record in catalogue.versions(Record(ident, {})))


def test_build_reports_what_it_did(tmp_path):
    seen = []
    report = build(tmp_path / "c", [f"csl:{DATA / 'small.csl.jsonl'}"], show=seen.append)
    assert (report.records, report.added, report.errors, report.works) == (5, 5, 3, 1)
    assert (
        report.first_errors[0].startswith("small.csl.jsonl, line 4: no JSON")
        and "no title" in report.first_errors[2]
    )
    assert isinstance(seen[-1], Progress) and seen[-1].records == 5 and seen[-1].left == 0.0
    with Catalogue.open(tmp_path / "c") as catalogue:
        info = catalogue.info()
        assert (info["records"], info["works"], info["sources"], len(catalogue)) == (
            5,
            1,
            {"small.csl.jsonl": 5},
            5,
        )
    assert verify(tmp_path / "c") == []


def test_only_the_first_errors_are_kept(tmp_path):
    report = build(tmp_path / "c", [[{"id": f"x:{n}", "title": ""} for n in range(40)]])
    assert report.errors == 40 and len(report.first_errors) == 10 and report.records == 0
    assert verify(tmp_path / "c") == []


def test_limit_and_since(tmp_path):
    assert build(tmp_path / "c", [[item(n) for n in range(9)]], limit=4).records == 4
    report = build(tmp_path / "c", [f"dblp:{DATA / 'small.dblp.xml'}"], since="2020-01-01")
    assert sorted(listing(tmp_path / "c")) == [
        "dblp:conf/demo/2021",
        "dblp:conf/demo/WangSB21",
        "dblp:journals/corr/abs-2001-01234",
    ]
    assert report.skipped == 2


def test_the_last_of_two_records_with_one_id_counts(tmp_path):
    report = build(tmp_path / "c", [[item(1), item(2), item(1, title="Later")]])
    assert (report.records, report.replaced) == (2, 1)
    assert listing(tmp_path / "c")["t:1"]["title"] == "Later" and len(listing(tmp_path / "c")) == 2
    assert verify(tmp_path / "c") == []


def test_same_sources_same_answers_and_records(tmp_path):
    for name in ("a", "b"):
        build(tmp_path / name, [[item(n) for n in range(50)]])
    files = [(tmp_path / name / "g1" / "records").read_bytes() for name in ("a", "b")]
    assert files[0] == files[1]


def test_big_sources_go_through_a_second_process_with_the_same_result(tmp_path, monkeypatch):
    from citenorm.catalogue import prepare

    lines = (
        "".join(json.dumps(item(n)) + "\n" for n in range(2500))
        + "{broken\n"
        + json.dumps({"arxiv": "2001.01234", "id": "t:3"})
        + "\n"
    )
    source = tmp_path / "s.jsonl"
    source.write_text(lines)
    one = build(tmp_path / "one", [source])
    monkeypatch.setattr(prepare, "_ALONE", 10)
    two = build(tmp_path / "two", [source])
    assert (one.records, one.errors, one.first_errors, one.sources) == (
        two.records,
        two.errors,
        two.first_errors,
        two.sources,
    )
    assert (tmp_path / "one/g1/records").read_bytes() == (tmp_path / "two/g1/records").read_bytes()


def test_what_is_costly_to_read_goes_through_a_third_process_with_the_same_result(
    tmp_path, monkeypatch
):
    from citenorm.catalogue import prepare

    papers = "".join(
        f'<article key="journals/x/A{n}" mdate="2020-01-0{n % 9 + 1}"><author>Jo M\u00f6e {n % 7:04}</author><title>On ropes of kind {n}.</title>'
        f"<year>{1990 + n % 30}</year><journal>J. Ropes</journal></article>\n"
        for n in range(1700)
    )
    dump, more = tmp_path / "dblp.xml", tmp_path / "more.jsonl"
    dump.write_text(f'<dblp>{papers}<article key="journals/x/B"><year>2001</year></article></dblp>')
    stated = json.dumps({"arxiv": "2001.01234", "id": "t:3"})
    more.write_text(f"{json.dumps(item(3))}\n{{broken\n{stated}\n")
    given = [f"dblp:{dump}", f"csl:{more}"]
    one = build(tmp_path / "one", given, since="2020-01-03")
    monkeypatch.setattr(prepare, "_ALONE", 10)
    shares = []
    two = build(
        tmp_path / "two", given, since="2020-01-03", show=lambda now: shares.append(now.share)
    )
    assert one.records > 1000 and one.errors == 2 and one.skipped > 100
    assert [getattr(one, part) for part in REPORTED] == [getattr(two, part) for part in REPORTED]
    assert (tmp_path / "one/g1/records").read_bytes() == (tmp_path / "two/g1/records").read_bytes()
    assert shares == sorted(shares) and shares[-1] == 1.0


REPORTED = ("records", "works", "errors", "first_errors", "skipped", "sources")


@pytest.mark.parametrize("read", ["here", "apart", "only"])
def test_what_goes_wrong_in_another_process_is_one_line(read, tmp_path):
    from citenorm.catalogue import prepare

    order = {
        "sources": [["dblp", str(tmp_path / "none.xml")]],
        "limits": [None, "", 10, []],
        "read": read,
    }
    with pytest.raises(CatalogueError, match=r"none\.xml"):
        list(prepare._of_another_process(order))


def test_a_failing_source_leaves_the_old_catalogue(tmp_path, monkeypatch):
    from citenorm.catalogue import prepare

    build(tmp_path / "c", [[item(1)]])

    def fail(*_):
        raise RuntimeError("the disk is on fire")

    monkeypatch.setattr(prepare, "traits_all", fail)
    with pytest.raises(RuntimeError):
        build(tmp_path / "c", [[item(2)]])
    with pytest.raises(RuntimeError):
        build(tmp_path / "new", [[item(2)]])
    monkeypatch.undo()
    assert list(listing(tmp_path / "c")) == ["t:1"]
    with pytest.raises(CatalogueError, match="no catalogue"):
        Catalogue.open(tmp_path / "new")
    build(tmp_path / "new", [[item(2)]])


def test_add_inserts_and_replaces_and_is_idempotent(tmp_path):
    path = tmp_path / "c"
    build(path, [[item(n) for n in range(10)]])
    report = add(path, [[item(3, title="New title of three"), item(20), item(4)]])
    assert (report.records, report.added, report.replaced, report.skipped) == (11, 1, 1, 1)
    first = listing(path)
    assert first["t:3"]["title"] == "New title of three" and "t:20" in first
    with Catalogue.open(path) as catalogue:
        assert catalogue.lookup("title", "Subject 3 of many") == []
        assert [record.id for record in catalogue.lookup("title", "new title of three")] == ["t:3"]
    again = add(path, [[item(3, title="New title of three"), item(20), item(4)]])
    assert (again.added, again.replaced, again.skipped, again.records) == (0, 0, 3, 11)
    assert listing(path) == first and verify(path) == []


def test_remove(tmp_path):
    path = tmp_path / "c"
    build(path, [[item(n) for n in range(5)]])
    report = remove(path, ["t:1", "t:9", "t:1"])
    assert (report.removed, report.records, report.errors) == (
        1,
        4,
        1,
    ) and "t:9" in report.first_errors[0]
    assert sorted(listing(path)) == ["t:0", "t:2", "t:3", "t:4"] and verify(path) == []


CONF = item(
    100,
    title="A method for counting birds at night",
    author=[{"family": "Adler"}, {"family": "Bird"}],
    DOI="10.5555/bird.1",
)
ARXIV = CONF | {
    "id": "t:101",
    "type": "article",
    "title": "Counting birds in the dark",
    "DOI": "",
    "custom": {"arxiv": "1999.00001", "version-of": "10.5555/bird.1"},
}
JOURNAL = CONF | {"id": "t:102", "DOI": "10.5555/journal.9", "issued": {"date-parts": [[2002]]}}
STRANGER = CONF | {"id": "t:103", "author": [{"family": "Zander"}], "DOI": ""}


def test_works_are_linked_by_relation_and_by_title_and_people(tmp_path):
    build(tmp_path / "c", [[CONF, item(5), ARXIV, JOURNAL, STRANGER]])
    assert versions(tmp_path / "c", "t:101") == ["t:100", "t:102"]
    assert versions(tmp_path / "c", "t:103") == [] and versions(tmp_path / "c", "none") == []


@pytest.mark.parametrize("order", [[0, 1, 2], [2, 1, 0], [1, 2, 0]])
def test_added_records_join_works_in_any_order(tmp_path, order):
    path = tmp_path / "c"
    items = [CONF, ARXIV, JOURNAL]
    build(path, [[STRANGER, item(7)]])
    for n in order:
        add(path, [[items[n]]])
    assert versions(path, "t:100") == ["t:101", "t:102"]
    with Catalogue.open(path) as catalogue:
        assert catalogue.info()["works"] == 1
    remove(path, ["t:100"])
    assert versions(path, "t:101") == ["t:102"], (
        "what was linked by a record stays linked when it goes"
    )
    assert verify(path) == []
    remove(path, ["t:101"])
    with Catalogue.open(path) as catalogue:
        assert catalogue.info()["works"] == 0
    assert versions(path, "t:102") == [] and verify(path) == []


def test_a_replaced_record_leaves_its_work_if_it_is_another_work_now(tmp_path):
    path = tmp_path / "c"
    build(path, [[CONF, JOURNAL, item(7)]])
    assert versions(path, "t:100") == ["t:102"]
    add(path, [[JOURNAL | {"title": "Something else altogether", "author": [{"family": "Quill"}]}]])
    assert versions(path, "t:100") == [] and versions(path, "t:102") == [] and verify(path) == []


def test_stated_links_are_believed_only_between_records_that_share_a_person(tmp_path):
    path = tmp_path / "c"
    preprint = ARXIV | {"custom": {"arxiv": "1999.00001"}}
    links = [{"arxiv": "1999.00001", "id": "t:100"}, {"arxiv": "1999.00001", "id": "t:103"}]
    source = tmp_path / "s.jsonl"
    source.write_text("".join(json.dumps(one) + "\n" for one in [*links, CONF, preprint, STRANGER]))
    build(path, [source])
    assert versions(path, "t:101") == ["t:100"]
    build(path, [[CONF, preprint, STRANGER]])
    assert versions(path, "t:101") == []
    add(path, [source])
    assert versions(path, "t:101") == ["t:100"] and verify(path) == []


@settings(max_examples=6, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["add", "remove"]),
            st.lists(st.integers(0, 6), min_size=1, max_size=3),
            st.integers(0, 2),
        ),
        max_size=4,
    )
)
def test_changes_amount_to_a_build_of_what_is_left(tmp_path_factory, steps):
    """Any sequence of adds and removes holds the records and works of a build (removals aside) of the final state."""
    path = tmp_path_factory.mktemp("c") / "c"

    def record(n, variant):
        return item(
            n,
            title=f"Common title about the subject {n // 2}",
            author=[{"family": f"F{n // 2}"}, {"family": "G"}],
            issued={"date-parts": [[2000 + variant]]},
        )

    state = {f"t:{n}": record(n, 0) for n in range(3)}
    build(path, [list(state.values())])
    for what, numbers, variant in steps:
        if what == "add":
            state |= {f"t:{n}": record(n, variant) for n in numbers}
            add(path, [[record(n, variant) for n in numbers]])
        else:
            remove(path, [f"t:{n}" for n in numbers])
            for n in numbers:
                state.pop(f"t:{n}", None)
    assert listing(path) == state and verify(path) == []
    for ident in state:
        n = int(ident[2:])
        assert versions(path, ident) == [
            other for other in sorted(state) if other != ident and int(other[2:]) // 2 == n // 2
        ]


def test_a_reader_keeps_its_generation_while_others_write(tmp_path):
    path = tmp_path / "c"
    build(path, [[item(n) for n in range(20)]])
    with Catalogue.open(path) as before:
        add(path, [[item(99)]])
        build(path, [[item(50)]])
        assert before.get(["t:99"]) == [] and len(before.get([f"t:{n}" for n in range(20)])) == 20
        assert [record.id for record in before.lookup("title", "Subject 7 of many")] == ["t:7"]
    assert list(listing(path)) == ["t:50"]
    assert sorted(entry.name for entry in path.iterdir()) == ["catalogue.json", "g3", "lock"]


def test_one_writer_at_a_time(tmp_path):
    path = tmp_path / "c"
    build(path, [[item(1)]])
    with layout_module.writing(path):
        for change in (
            lambda: build(path, [[item(2)]]),
            lambda: add(path, [[item(2)]]),
            lambda: remove(path, ["t:1"]),
        ):
            with pytest.raises(CatalogueError, match="being written by another process"):
                change()
    assert add(path, [[item(2)]]).records == 2


def test_messages_about_what_is_no_catalogue(tmp_path):
    with pytest.raises(CatalogueError, match="no such directory"):
        Catalogue.open(tmp_path / "none")
    (tmp_path / "dir").mkdir()
    (tmp_path / "dir" / "file").write_text("x")
    with pytest.raises(CatalogueError, match=r"no catalogue\.json"):
        Catalogue.open(tmp_path / "dir")
    with pytest.raises(CatalogueError, match="not empty and no catalogue"):
        build(tmp_path / "dir", [[item(1)]])
    with pytest.raises(CatalogueError, match="is a file"):
        build(tmp_path / "dir" / "file", [[item(1)]])
    with pytest.raises(CatalogueError, match="no such directory"):
        add(tmp_path / "none", [[item(1)]])
    with pytest.raises(InputError):
        build(tmp_path / "c", [tmp_path / "missing.jsonl"])
    assert not (tmp_path / "c").exists()


@pytest.mark.parametrize(
    ("version", "message"),
    [
        (0, "old format 0.*build the catalogue again"),
        (99, "newer citenorm"),
        ("x", "not what citenorm writes"),
    ],
)
def test_other_format_versions(tmp_path, version, message):
    path = tmp_path / "c"
    build(path, [[item(1)]])
    said = json.loads((path / "catalogue.json").read_text())
    (path / "catalogue.json").write_text(json.dumps(said | {"format": version}))
    with pytest.raises(CatalogueError, match=message):
        Catalogue.open(path)
    build(path, [[item(1)]])
    assert verify(path) == []


def files_of(path):
    return sorted(
        file
        for file in (path / "g1").rglob("*")
        if file.is_file() and not file.name.endswith(".lock") and file.stat().st_size
    )


def replaced(file, body):
    """Put other bytes in a file's place, as a new file: the old one may still be mapped into memory."""
    file.unlink(missing_ok=True)
    file.write_bytes(body)


def test_damage_is_found(tmp_path):
    path = tmp_path / "c"
    build(path, [[item(n) for n in range(200)]])
    for file in files_of(path):
        whole = file.read_bytes()
        middle = len(whole) // 2
        replaced(file, whole[:middle] + bytes([whole[middle] ^ 0x55]) + whole[middle + 1 :])
        if not file.name.startswith(".managed"):
            assert verify(path), f"a changed byte in {file.name}"
        replaced(file, whole[:-1])
        assert verify(path), f"{file.name} cut by a byte"
        with pytest.raises(CatalogueError, match="damaged"):
            Catalogue.open(path)
        file.unlink()
        assert verify(path), f"{file.name} missing"
        with pytest.raises(CatalogueError, match="damaged"):
            Catalogue.open(path)
        replaced(file, whole)
        assert verify(path) == []


def test_broken_pointer(tmp_path):
    build(tmp_path / "c", [[item(1)]])
    (tmp_path / "c" / "catalogue.json").write_text("{")
    with pytest.raises(CatalogueError, match="build the catalogue again"):
        Catalogue.open(tmp_path / "c")


def test_damaged_block_is_a_message_not_a_traceback(tmp_path):
    path = tmp_path / "c"
    build(path, [[item(n) for n in range(50)]])
    records = path / "g1" / "records"
    replaced(records, b"\xff" * records.stat().st_size)
    with Catalogue.open(path) as catalogue, pytest.raises(CatalogueError, match="damaged"):
        catalogue.get(["t:1"])


KILLED = """
import sys
from citenorm.catalogue import add, build
what, path, source = sys.argv[1:]
print("go", flush=True)
(build if what == "build" else add)(path, [source])
print("done", flush=True)
"""


@pytest.mark.parametrize("what", ["build", "add"])
def test_killed_writers_leave_before_or_after(tmp_path, what):
    """kill -9 at moments spread over a change: the catalogue is the old or the new one, sound, and can be written again."""
    path, source = tmp_path / "c", tmp_path / "s.jsonl"
    source.write_text("".join(json.dumps(item(n, volume="2")) + "\n" for n in range(1500)))
    build(path, [[item(n) for n in range(300)]])
    states = {300, 1500}
    moments = random.Random(5)
    for delay in [moments.uniform(0.0, 0.5) for _ in range(3)]:
        worker = subprocess.Popen(
            [sys.executable, "-c", KILLED, what, str(path), str(source)], stdout=subprocess.PIPE
        )
        assert worker.stdout.readline() == b"go\n"
        time.sleep(delay)
        os.kill(worker.pid, signal.SIGKILL)
        worker.communicate()
        assert verify(path) == []
        with Catalogue.open(path) as catalogue:
            held = catalogue.info()["records"]
            assert held in states
            volumes = {
                record.csl.get("volume") for record in catalogue.get([f"t:{n}" for n in range(300)])
            }
            assert volumes == ({"2"} if held == 1500 else {None})
        if held == 1500:
            build(path, [[item(n) for n in range(300)]])
    add(path, [source])
    assert len(listing(path)) == 1500 and verify(path) == []
