"""The Spark engine on one machine; skipped where pyspark or Java is missing."""

import json
import os
import shutil
import sys

import pytest

from citenorm.cli import main
from citenorm.errors import CitenormError, InputError
from citenorm.spark import match, session

for needed in ("pyspark", "pandas", "pyarrow"):
    pytest.importorskip(needed)
pytestmark = pytest.mark.skipif(shutil.which("java") is None, reason="Java is not installed")

REFERENCES = [
    "C. Guo, G. Pleiss, Y. Sun, and K. Q. Weinberger. On calibration of modern neural networks. ICML 2017.",
    "Nobody, N. A title that no catalogue holds at all. 1893.",
    "",
    "Vaswani, A. et al. Attention is all you need. 2017.",
]


@pytest.fixture(scope="module")
def spark():
    before = os.environ.get("PYSPARK_SUBMIT_ARGS")
    os.environ["PYSPARK_SUBMIT_ARGS"] = (
        "--master local[2] --conf spark.ui.enabled=false pyspark-shell"
    )
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    made = session()
    yield made
    made.stop()
    if before is None:
        del os.environ["PYSPARK_SUBMIT_ARGS"]


@pytest.fixture
def texts(tmp_path):
    path = tmp_path / "in.txt"
    path.write_text("".join(line + "\n" for line in REFERENCES))
    return path


def test_the_parts_are_those_of_the_local_engine(spark, texts, tmp_path, monkeypatch):
    options = ["--partitions", "4", "--quiet"]
    assert main(["batch", str(texts), str(tmp_path / "local"), *options]) == 0
    monkeypatch.chdir(tmp_path)
    assert main(["batch", "in.txt", "spark", "--engine", "spark", *options]) == 0
    local, other = (
        {p.name: p.read_bytes() for p in (tmp_path / name).glob("part-*")}
        for name in ("local", "spark")
    )
    assert len(local) == 4 and local == other
    assert json.loads((tmp_path / "spark" / "_done.json").read_text())["rows"] == len(REFERENCES)


def test_a_part_that_fails_is_told_and_the_others_are_kept(spark, texts, tmp_path, capsys):
    out = tmp_path / "out"
    command = ["batch", str(texts), str(out), "--engine", "spark", "--partitions", "2"]
    assert main(command) == 0
    (out / "part-00001.jsonl").unlink()
    (out / "part-00001.jsonl").mkdir()
    capsys.readouterr()
    assert main(command) == 2
    assert "1 of 2 parts could not be made" in capsys.readouterr().err
    (out / "part-00001.jsonl").rmdir()
    assert main(command) == 0 and len(list(out.glob("part-*.jsonl"))) == 2


def test_a_data_frame_keeps_its_columns(spark):
    frame = spark.createDataFrame(
        [(3, REFERENCES[0], "new"), (4, None, "x")], "doc int, raw string, status string"
    )
    rows = [row.asDict() for row in match(frame).orderBy("doc").collect()]
    assert [(row["doc"], row["input_status"]) for row in rows] == [(3, "new"), (4, "x")]
    assert rows[0]["outcome"] == "matched" and rows[0]["index"] is None
    assert json.loads(rows[0]["csl"])["title"].startswith("On Calibration")
    assert rows[1]["outcome"] == "unmatched" or rows[1]["error"]


def test_a_data_frame_without_references(spark):
    with pytest.raises(InputError, match="no column raw or csl"):
        match(spark.createDataFrame([(1,)], "number int"))


def test_what_spark_gives_up_on_is_one_error(spark, texts, tmp_path):
    from citenorm.batch import Job, partitions_of
    from citenorm.sources import Spec
    from citenorm.spark import run_partitions

    job = Job(str(tmp_path), "jsonl", Spec((str(tmp_path / "no-catalogue"),), False))
    with pytest.raises(CitenormError, match="no-catalogue"):
        list(run_partitions(spark, partitions_of([texts], 1), job))
