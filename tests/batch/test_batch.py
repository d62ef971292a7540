"""Very many references in, a folder of rows out: nothing lost, nothing twice, the same rows however it is cut."""

import datetime
import gzip
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

import citenorm
from citenorm.batch import Job, OutputFolder, partitions_of, run_partition
from citenorm.batch.plan import input_files
from citenorm.batch.reading import rows_of
from citenorm.batch.rows import COLUMNS, Row, resolved
from citenorm.cli import main
from citenorm.errors import CitenormError, InputError
from citenorm.sources import open_sources

REFERENCES = [
    "Guo, C., Pleiss, G., Sun, Y., Weinberger, K. Q.: On calibration of modern neural networks. ICML 2017.",
    "Okafor, D. (1999). Ponds of the northern dales. Journal of Ponds 3(1), 1-9.",
    "",
    "Turing, A. M. Computing machinery and intelligence. Mind 59, 433-460, 1950.",
    "Moss, A. Stones. 2003.",
]


@pytest.fixture
def texts(tmp_path):
    path = tmp_path / "in.txt"
    path.write_text("\n".join(REFERENCES), "utf-8")
    return path


def rows_in(folder):
    return [
        json.loads(line)
        for path in sorted(folder.glob("part-*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]


def batch(*args, jobs=1):
    return main(["batch", *map(str, args), "--quiet", "--jobs", str(jobs)])


@pytest.mark.parametrize("partitions", [1, 2, 3, 5, 50])
def test_every_row_is_in_one_part_and_in_order(texts, tmp_path, partitions):
    parts = partitions_of(input_files(str(texts)), partitions)
    found = [(row.index, row.raw) for part in parts for row in rows_of(part)]
    assert found == list(enumerate(REFERENCES))
    assert [part.first for part in parts] == [
        sum(p.rows for p in parts[:i]) for i in range(len(parts))
    ]


@pytest.mark.parametrize("ending", ["", "\n", "\r\n"])
@pytest.mark.parametrize("packed", [False, True])
def test_lines_are_counted_whatever_their_end(tmp_path, ending, packed):
    data = ("\n".join(["a", "b", "c"]) + ending).encode()
    path = tmp_path / ("x.txt.gz" if packed else "x.txt")
    path.write_bytes(gzip.compress(data) if packed else data)
    parts = partitions_of([path], 3)
    assert [row.raw for part in parts for row in rows_of(part)] == ["a", "b", "c"]


def test_the_rows_do_not_depend_on_the_partitions(texts, tmp_path):
    assert batch(texts, tmp_path / "one", "--partitions", 1) == 0
    assert batch(texts, tmp_path / "five", "--partitions", 5) == 0
    one, five = rows_in(tmp_path / "one"), rows_in(tmp_path / "five")
    assert one == five and len(one) == len(REFERENCES)
    assert one[0]["outcome"] == "matched" and one[1]["outcome"] == "unmatched"
    assert [row["error"] for row in one] == [None] * 5
    assert set(one[0]) == set(COLUMNS)


def test_few_rows_start_no_processes_and_more_rows_give_the_same(texts, tmp_path, monkeypatch):
    import citenorm.batch.local as local

    started = []
    real = local.ProcessPoolExecutor

    def counted(*args, **options):
        started.append(args)
        return real(*args, **options)

    monkeypatch.setattr(local, "ProcessPoolExecutor", counted)
    assert batch(texts, tmp_path / "here", "--partitions", 2, jobs=2) == 0
    assert not started
    monkeypatch.setattr(local, "ALONE", 3)
    assert batch(texts, tmp_path / "alone", "--partitions", 2) == 0
    assert not started
    assert batch(texts, tmp_path / "there", "--partitions", 2, jobs=2) == 0
    assert len(started) == 1
    rows = rows_in(tmp_path / "here")
    assert rows == rows_in(tmp_path / "there") == rows_in(tmp_path / "alone") and len(rows) == 5


def test_who_asks_is_told_how_many_rows_are_done(texts, tmp_path):
    from citenorm.batch import run_local

    told = []
    with open_sources(offline=True) as sources:
        job = Job(str(tmp_path), "jsonl", sources.spec)
    parts = partitions_of([texts], 5)
    assert [part.number for part in run_local(parts, job, 1, told.append)] == [0, 1, 2, 3, 4]
    assert told == [1, 2, 3, 4, 5]
    assert list(run_local([], job, 1, told.append)) == []


def test_the_rows_are_those_of_match(texts, tmp_path, capsys):
    batch(texts, tmp_path / "out")
    capsys.readouterr()
    assert main(["match", "--lines", str(texts), "--offline", "--quiet", "--jobs", "1"]) == 0
    matched = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    for mine, theirs in zip(rows_in(tmp_path / "out"), matched, strict=True):
        assert {k: mine[k] for k in theirs if k in mine} == {
            k: theirs[k] for k in theirs if k in mine
        }


def test_columns_of_the_caller_are_kept_also_where_names_meet(tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_text(
        json.dumps({"raw": "x", "id": 7, "status": "new", "index": "a"}) + "\n", "utf-8"
    )
    batch(path, tmp_path / "out")
    row = rows_in(tmp_path / "out")[0]
    assert (row["id"], row["input_status"], row["input_index"], row["index"]) == (7, "new", "a", 0)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{broken", "not JSON"),
        ("[1, 2]", "neither a JSON object nor a string"),
        ('{"raw": 5}', "raw: not a string"),
        ('{"csl": "{"}', "csl: not JSON"),
        ('{"csl": [1]}', "csl: not an object"),
        ('{"note": 1}', "neither raw nor csl"),
        (
            '{"csl": {"title": "x", "note": ' + "[" * 900 + "]" * 900 + "}}",
            "csl: nested too deeply",
        ),
        ('{"raw": "' + "a b " * 1_500_000 + '"}', "is no reference"),
    ],
)
def test_bad_rows_are_kept_with_their_error(tmp_path, line, said):
    path = tmp_path / "in.jsonl"
    path.write_text(
        f'{{"raw": "{REFERENCES[0]}"}}\n{line}\n{{"raw": "{REFERENCES[3]}"}}\n', "utf-8"
    )
    assert batch(path, tmp_path / "out") == 0
    rows = rows_in(tmp_path / "out")
    assert [row["index"] for row in rows] == [0, 1, 2]
    assert said in rows[1]["error"] and rows[1]["outcome"] is None
    assert rows[0]["outcome"] == "matched" and rows[2]["error"] is None


def test_of_a_line_that_is_no_reference_the_beginning_is_read(tmp_path):
    path = tmp_path / "in.txt"
    path.write_text(f"{REFERENCES[1]}\n{'a' * 9_000_000}\n{REFERENCES[4]}", "utf-8")
    (part,) = partitions_of([path], 1)
    rows = list(rows_of(part))
    assert [row.raw[:20] for row in rows] == [REFERENCES[1][:20], "a" * 20, REFERENCES[4][:20]]
    assert "is no reference" in rows[1].error and not rows[2].error


def test_a_damaged_packed_file_is_one_line(tmp_path, capsys):
    packed = gzip.compress(("\n".join(REFERENCES) + "\n").encode())
    (tmp_path / "in.txt.gz").write_bytes(packed[:20] + b"\0\1\2" + packed[23:])
    assert batch(tmp_path / "in.txt.gz", tmp_path / "out") == 2
    told = capsys.readouterr().err
    assert "cannot be unpacked" in told and told.count("\n") == 1


def test_a_row_that_the_library_fails_on_does_not_touch_the_others(monkeypatch):
    import citenorm.pipeline as pipeline

    real = pipeline.resolve_batch

    def failing(claims, sources, **options):
        if any("poison" in claim.raw for claim in claims):
            raise ZeroDivisionError("of this row")
        return real(claims, sources, **options)

    monkeypatch.setattr(pipeline, "resolve_batch", failing)
    with open_sources(offline=True) as sources:
        rows = resolved(
            [Row(0, REFERENCES[0]), Row(1, "poison"), Row(2, REFERENCES[3])], sources, "published"
        )
    assert rows[1]["error"] == "ZeroDivisionError: of this row" and rows[1]["status"] is None
    assert rows[0]["outcome"] == "matched" and rows[2]["error"] is None


def test_a_csl_item_is_a_claim_and_keeps_its_id(tmp_path):
    item = {
        "id": "a1",
        "title": "On calibration of modern neural networks",
        "author": [{"family": "Guo", "given": "C."}],
    }
    path = tmp_path / "in.jsonl"
    path.write_text(json.dumps(item) + "\n" + json.dumps({"csl": item, "k": 1}) + "\n", "utf-8")
    batch(path, tmp_path / "out")
    one, two = rows_in(tmp_path / "out")
    assert one["id"] == "a1" and one["outcome"] == "matched" == two["outcome"] and two["k"] == 1


# ------------------------------------------------------------------ going on
def test_finished_parts_are_not_made_again(texts, tmp_path):
    out = tmp_path / "out"
    batch(texts, out, "--partitions", 5)
    before = {p.name: p.read_bytes() for p in out.glob("part-*")}
    (out / "part-00002.jsonl").unlink()
    (out / ".draft-part-00002.jsonl-x").write_text("half a pa")
    marked = out / "part-00001.jsonl"
    stamp = marked.stat().st_mtime_ns
    assert batch(texts, out, "--partitions", 5) == 0
    assert {p.name: p.read_bytes() for p in out.glob("part-*")} == before
    assert marked.stat().st_mtime_ns == stamp
    assert not list(out.glob(".draft-*"))
    assert json.loads((out / "_done.json").read_text())["rows"] == 5


def test_what_a_killed_process_left_is_gone_when_the_run_is_done(tmp_path):
    folder = OutputFolder(tmp_path, "jsonl")
    (tmp_path / ".draft-part-00000.jsonl-x").write_text("half a pa")
    folder.finish({"matched": 1}, 1)
    folder.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["_done.json", "_lock"]


def test_a_run_goes_on_from_another_folder(texts, tmp_path, monkeypatch):
    """Processes of other machines work elsewhere, too: nothing is found by where the command was given."""
    monkeypatch.chdir(tmp_path)
    assert batch("in.txt", "out", "--partitions", 2) == 0
    whole = rows_in(tmp_path / "out")
    (tmp_path / "out" / "part-00001.jsonl").unlink()
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert batch(texts, tmp_path / "out", "--partitions", 2) == 0
    assert rows_in(tmp_path / "out") == whole


def test_the_package_can_be_run_as_a_file(tmp_path):
    """``spark-submit`` runs a file by itself: it must find the package, and no module of it in place of another."""
    file = Path(citenorm.__file__).with_name("__main__.py")
    said = subprocess.run(
        [sys.executable, "-I", str(file), "--version"], cwd=tmp_path, capture_output=True, text=True
    )
    assert said.stdout.startswith("citenorm ") and said.returncode == 0
    code = "import runpy, sys; sys.path[0] = sys.argv[2]; runpy.run_path(sys.argv[1]); print(*sys.path, sep='|')"
    command = [sys.executable, "-c", code, str(file), str(file.parent)]
    told = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    path = told.stdout.strip().split("|")
    assert path[0] == str(file.parent.parent) and str(file.parent) not in path


def test_another_runs_folder_is_refused(texts, tmp_path, capsys):
    out = tmp_path / "out"
    batch(texts, out)
    texts.write_text("Another. Reference. 2001.\n", "utf-8")
    assert batch(texts, out) == 2
    assert "holds the parts of another run" in capsys.readouterr().err


def test_rows_of_two_versions_do_not_stand_beside_each_other(texts, tmp_path, capsys, monkeypatch):
    out = tmp_path / "out"
    batch(texts, out, "--partitions", 2)
    (out / "part-00001.jsonl").unlink()
    monkeypatch.setattr(citenorm, "__version__", "99.0")
    assert batch(texts, out, "--partitions", 2) == 2
    assert "version of citenorm" in capsys.readouterr().err
    assert not (out / "part-00001.jsonl").exists()


def test_a_folder_with_strange_parts_is_refused(texts, tmp_path, capsys):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "part-00000.jsonl").write_text("mine\n")
    assert batch(texts, tmp_path / "out") == 2
    assert (tmp_path / "out" / "part-00000.jsonl").read_text() == "mine\n"


def test_two_runs_do_not_write_to_one_folder(tmp_path):
    first = OutputFolder(tmp_path / "out", "jsonl")
    with pytest.raises(CitenormError, match="another run"):
        OutputFolder(tmp_path / "out", "jsonl")
    first.close()
    OutputFolder(tmp_path / "out", "jsonl").close()


def test_what_cannot_be_written_is_told_and_leaves_nothing(texts, tmp_path, monkeypatch):
    import citenorm.batch.writing as writing

    def full(row):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "dumps", full)
    with open_sources(offline=True) as sources:
        (part,) = partitions_of([texts], 1)
        done = run_partition(part, Job(str(tmp_path), "jsonl", sources.spec), sources)
    assert "no space left" in done.error and not done.counts
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.txt"]


def test_a_part_that_fails_is_one_line_and_the_others_are_kept(tmp_path, capsys):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(REFERENCES[0] + "\n")
    (folder / "b.txt").write_text("x\n")
    out = tmp_path / "out"
    batch(folder, out, "--partitions", 2)
    (out / "part-00001.jsonl").unlink()
    (out / "part-00001.jsonl").mkdir()  # what cannot be replaced by a file
    assert batch(folder, out, "--partitions", 2) == 2
    told = capsys.readouterr().err
    assert "1 of 2 parts could not be made" in told and "Traceback" not in told
    assert (out / "part-00000.jsonl").is_file()


@pytest.mark.parametrize(
    ("name", "said"), [("none.txt", "no such file"), ("x.csv", "not .parquet"), ("", "no .parquet")]
)
def test_inputs_that_are_none(tmp_path, name, said):
    (tmp_path / "x.csv").write_text("a,b\n")
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match=said):
        input_files(str(tmp_path / (name or "empty")))


def test_partitions_are_a_number(texts, tmp_path):
    assert batch(texts, tmp_path / "out", "--partitions", 0) == 2


# ------------------------------------------------------------------ Parquet
def test_parquet_in_and_out_keeps_types_and_columns(tmp_path):
    pa = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    table = pa.table(
        {
            "doc": pa.array([3, None, 5], pa.int32()),
            "raw": [REFERENCES[0], None, REFERENCES[3]],
            "tags": [["a"], [], None],
        }
    )
    parquet.write_table(table, tmp_path / "in.parquet", row_group_size=2)
    out = tmp_path / "out"
    assert batch(tmp_path / "in.parquet", out, "--format", "parquet", "--partitions", 2) == 0
    made = pa.concat_tables([parquet.read_table(p) for p in sorted(out.glob("part-*.parquet"))])
    assert made.schema.field("doc").type == pa.int32()
    assert made.column("doc").to_pylist() == [3, None, 5]
    assert made.column("tags").to_pylist() == [["a"], [], None]
    assert made.column("index").to_pylist() == [0, 1, 2]
    assert made.column("outcome").to_pylist()[0] == "matched"
    assert json.loads(made.column("csl").to_pylist()[0])["title"].startswith("On Calibration")


def test_the_same_rows_as_parquet_and_as_lines(texts, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    batch(texts, tmp_path / "a")
    batch(texts, tmp_path / "b", "--format", "parquet")
    lines = rows_in(tmp_path / "a")
    rows = [
        r
        for p in sorted((tmp_path / "b").glob("*.parquet"))
        for r in parquet.read_table(p).to_pylist()
    ]
    for one, two in zip(lines, rows, strict=True):
        assert [one[k] for k in ("index", "raw", "record", "probability", "status")] == [
            two[k] for k in ("index", "raw", "record", "probability", "status")
        ]
        assert (one["csl"] is None) == (two["csl"] is None)
        assert two["csl"] is None or json.loads(two["csl"]) == one["csl"]


def test_columns_of_parquet_that_json_has_no_kind_for_are_text(tmp_path):
    pa = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    day = datetime.datetime(2001, 2, 3, 4, 5)
    held = {"day": day, "size": Decimal("1.50"), "bytes": b"\xffx", "long": datetime.timedelta(1)}
    parquet.write_table(pa.table({"raw": ["x"], **{k: [v] for k, v in held.items()}}), tmp_path / "in.parquet")  # fmt: skip
    assert batch(tmp_path / "in.parquet", tmp_path / "out") == 0
    (row,) = rows_in(tmp_path / "out")
    assert [row[k] for k in held] == ["2001-02-03T04:05:00", "1.50", "\ufffdx", "1 day, 0:00:00"]


def test_halves_of_surrogate_pairs_are_kept_in_no_parquet_file(tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "in.jsonl"
    path.write_text('{"raw": "Of \\ud800 ponds", "\\ud800": "\\udfff"}\n{"raw": "x"}\n')
    assert batch(path, tmp_path / "out", "--format", "parquet", "--partitions", 1) == 0
    (part,) = (tmp_path / "out").glob("part-*.parquet")
    rows = parquet.read_table(part).to_pylist()
    assert [(row["raw"], row["?"]) for row in rows] == [("Of ? ponds", "?"), ("x", None)]


def test_a_damaged_parquet_file_is_one_line(tmp_path, capsys):
    pytest.importorskip("pyarrow")
    (tmp_path / "in.parquet").write_bytes(b"PAR1 but no more")
    assert batch(tmp_path / "in.parquet", tmp_path / "out") == 2
    told = capsys.readouterr().err
    assert "not a Parquet file" in told and told.count("\n") == 1


def test_a_job_goes_through_text(texts, tmp_path):
    with open_sources(offline=True) as sources:
        job = Job(str(tmp_path), "parquet", sources.spec, "as-cited", "raw", ("doc",), b"\x00\xff")
    assert Job.from_json(job.to_json()) == job
