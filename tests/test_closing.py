"""What is opened with ``with`` is closed, whatever happens inside."""

from __future__ import annotations

from pathlib import Path

import pytest

from citenorm.catalogue import Catalogue, MemoryCatalogue
from citenorm.catalogue.columnar import ColumnarCatalogue
from citenorm.closing import Closing
from citenorm.sources import Sources


class Book(Closing):
    open = True

    def close(self) -> None:
        self.open = False


def test_it_is_closed_at_the_end_and_after_an_error() -> None:
    with Book() as book:
        assert book.open
    assert not book.open
    with pytest.raises(KeyError), Book() as torn:
        raise KeyError
    assert not torn.open


@pytest.mark.parametrize("kind", [Catalogue, MemoryCatalogue, ColumnarCatalogue, Sources])
def test_catalogues_and_sources_are_closed_that_way(kind: type) -> None:
    assert issubclass(kind, Closing)


def test_sources_close_their_catalogues(tmp_path: Path) -> None:
    closed = []

    class Held(MemoryCatalogue):
        def close(self) -> None:
            closed.append(self)

    with Sources([Held([])]) as sources:
        assert not closed and sources.offline
    assert len(closed) == 1
