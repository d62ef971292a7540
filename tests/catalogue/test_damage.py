"""Trouble with a catalogue's files is told in one line."""

import os
import shutil
import zlib

import pytest

from citenorm.catalogue import Catalogue, add, build, verify
from citenorm.catalogue.damage import guarded
from citenorm.cli import main
from citenorm.errors import CatalogueError, InputError


class PanicException(BaseException):
    """As the index engine's own is called."""


@pytest.mark.parametrize(
    "trouble",
    [
        ValueError("Data corrupted:\nmore"),
        IsADirectoryError(21, "Is a directory", "x"),
        zlib.error("bad"),
        PanicException("assert"),
    ],
)
def test_trouble_of_every_kind_names_the_catalogue(trouble):
    @guarded
    def read(path):
        raise trouble

    with pytest.raises(
        CatalogueError,
        match=r"^some/where: the catalogue is damaged or cannot be used \([^\n]+\); build it again$",
    ):
        read("some/where")


def test_what_is_clear_already_and_what_is_a_mistake_of_the_program_pass():
    @guarded
    def read(path, error):
        raise error

    with pytest.raises(InputError, match=r"^as it is$"):
        read("x", InputError("as it is"))
    with pytest.raises(KeyError):
        read("x", KeyError("mistake"))


def test_the_answer_passes():
    @guarded
    def read(path):
        return [path]

    assert read("x") == ["x"]


ITEMS = [{"id": f"x:{n}", "title": f"Of ponds and lakes, {n}", "type": "book"} for n in range(9)]


@pytest.fixture
def made(tmp_path):
    build(tmp_path / "c", [ITEMS])
    return tmp_path / "c"


def test_a_changed_byte_in_any_file_of_the_index_is_told_when_it_is_opened(made, tmp_path):
    files = [f for f in sorted((made / "g1").rglob("*")) if f.is_file() and f.suffix not in (".lock", "")]  # fmt: skip
    assert len(files) > 5
    for file in files:
        shutil.copytree(made, tmp_path / "d")
        place = tmp_path / "d" / file.relative_to(made)
        data = bytearray(place.read_bytes())
        data[len(data) // 2] ^= 1
        place.write_bytes(data)
        with pytest.raises(CatalogueError, match=r"is changed: the catalogue is damaged"):
            Catalogue.open(tmp_path / "d")
        assert verify(tmp_path / "d") == [f"{place}: changed"]
        shutil.rmtree(tmp_path / "d")


@pytest.mark.skipif(os.name == "nt", reason="modes of POSIX")
def test_who_may_read_the_folder_may_read_its_files(tmp_path):
    before = os.umask(0o022)
    try:
        build(tmp_path / "c", [ITEMS])
        add(tmp_path / "c", [[{"id": "y", "title": "Of a pond more", "type": "book"}]])
        assert all(f.stat().st_mode & 0o444 == 0o444 for f in (tmp_path / "c" / "g2").rglob("*") if f.suffix != ".lock")  # fmt: skip
        os.umask(0o077)
        build(tmp_path / "own", [ITEMS])
        assert all(f.stat().st_mode & 0o077 == 0 for f in (tmp_path / "own" / "g1").rglob("*"))
    finally:
        os.umask(before)


def test_files_that_may_not_be_read_are_not_called_damaged():
    @guarded
    def read(path):
        raise PermissionError(13, "Permission denied", "x")

    with pytest.raises(CatalogueError, match=r"^c: the catalogue may not be read: check the permissions"):  # fmt: skip
        read("c")


@pytest.mark.parametrize(
    "generation",
    ['"../../elsewhere"', '"g1/.."', '"a\\u0000b"', '""', "1", '"g\u00b2"', "[" * 100_000],
)
def test_a_catalogue_leads_to_no_other_folder(made, generation, tmp_path, capsys):
    pointer = made / "catalogue.json"
    said = pointer.read_text("utf-8")
    pointer.write_text(said.replace('"generation": "g1"', f'"generation": {generation}'), "utf-8")
    assert pointer.read_text("utf-8") != said
    shutil.copytree(made / "g1", tmp_path / "elsewhere")
    with pytest.raises(CatalogueError):
        Catalogue.open(made)
    assert main(["catalogue", "info", str(made)]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    (made / "g²").mkdir()
    build(made, [ITEMS])
    assert Catalogue.open(made).info()["records"] == len(ITEMS)
