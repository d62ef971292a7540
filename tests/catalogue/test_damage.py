"""Trouble with a catalogue's files is told in one line."""

import zlib

import pytest

from citenorm.catalogue.damage import guarded
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
