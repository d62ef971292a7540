"""The tantivy index over a file of records: its fields, and a writer of documents.

``text``  words of titles, family names and year; ``pair``  neighbouring words and names; ``key``  exact keys (``terms.py``);
``at``    the record's place in the file of records; ``member``  places of the records of one work (documents of
their own, found by each of them).
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import CatalogueError
from .damage import guarded

if TYPE_CHECKING:
    import tantivy


@guarded
def open_index(folder: Path) -> tantivy.Index:
    """The index in a directory."""
    import tantivy

    try:
        index = tantivy.Index.open(str(folder))
        # A generation never changes: no thread need watch it.
        index.config_reader("manual")
        return index
    except ValueError as error:
        if "PermissionDenied" in str(error):
            raise
        raise CatalogueError(
            f"{folder}: the index cannot be opened ({error}): the catalogue is damaged, build it again"
        ) from None


def create_index(folder: Path) -> tantivy.Index:
    """A new, empty index."""
    import tantivy

    schema = tantivy.SchemaBuilder()
    schema.add_text_field("text", tokenizer_name="whitespace", index_option="freq")
    schema.add_text_field("pair", tokenizer_name="whitespace", index_option="basic")
    schema.add_text_field("key", tokenizer_name="raw", index_option="basic")
    schema.add_unsigned_field("at", indexed=True, stored=True)
    schema.add_unsigned_field("member", indexed=True, stored=True)
    folder.mkdir(parents=True, exist_ok=True)
    return tantivy.Index(schema.build(), path=str(folder))


def share(folder: Path) -> None:
    """Who may read the directory may read its files: the library makes some of them for their owner alone."""
    if os.name != "nt":
        wanted = folder.stat().st_mode & 0o444
        for file in folder.iterdir():
            mode = file.stat().st_mode & 0o777
            if mode | wanted != mode:
                file.chmod(mode | wanted)


class IndexWriter:
    """Adds records and works to an index; nothing counts before ``commit``."""

    def __init__(self, index: tantivy.Index, heap: int) -> None:
        import tantivy

        self._document = tantivy.Document
        self._term, self._schema = tantivy.Query.term_query, index.schema
        self._writer = index.writer(heap_size=heap, num_threads=1)

    def add_record(self, text: str, pairs: str, keys: Iterable[str], place: int) -> None:
        document = self._document()
        document.add_text("text", text)
        document.add_text("pair", pairs)
        for key in keys:
            document.add_text("key", key)
        document.add_unsigned("at", place)
        self._writer.add_document(document)

    def add_work(self, places: Iterable[int]) -> None:
        document = self._document()
        for place in sorted(places):
            document.add_unsigned("member", place)
        self._writer.add_document(document)

    def remove_record(self, place: int) -> None:
        self._remove("at", place)

    def remove_work(self, place: int) -> None:
        """Take out the work that a record belongs to."""
        self._remove("member", place)

    def _remove(self, field: str, place: int) -> None:
        self._writer.delete_documents_by_query(self._term(self._schema, field, place, "basic"))

    def commit(self) -> None:
        self._writer.commit()
        self._writer.wait_merging_threads()
