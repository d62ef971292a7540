"""A folder (or the names within an archive) → the files that hold records: what stands beside them is left out.

Dumps come with manifests, licences, notes and checksums; an OpenAlex snapshot with other things than works; the Anthology's
repository with the records that its own tests read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

_BESIDE = re.compile(
    r"(?:manifest(?:\.json)?|(?:readme|licen[cs]e|release[_-]?notes|changelog|checksums?|(?:md5|sha\d+)sums?)(?:\..*)?"
    r"|.*\.(?:md|html?|dtd|css|js|py|yml|yaml|toml|md5|sha\d+|checksum|torrent))",
    re.IGNORECASE,
)
_XML = frozenset(("acl", "dblp", "medline"))
_XML_FILE = re.compile(r"\.xml(?:\.(?:gz|xz|bz2|zst))?$", re.IGNORECASE)
MANIFEST = "manifest"


def holds_records(name: str, kind: str) -> bool:
    """Whether a file within a folder or an archive, by its path there, may hold records of a format ("": of any)."""
    *folders, last = name.replace("\\", "/").split("/")
    if last.startswith(".") or _BESIDE.fullmatch(last):
        return False
    return kind not in _XML or (bool(_XML_FILE.search(last)) and "tests" not in folders)


def files_in(folder: Path, kind: str = "") -> list[Path]:
    """The files of a folder that may hold records, in order of their names; of an OpenAlex snapshot the works alone."""
    root = works_of(folder) if kind in ("", "openalex") else folder
    return sorted(
        file
        for file in root.rglob("*")
        if file.is_file() and holds_records(file.relative_to(root).as_posix(), kind)
    )


def works_of(folder: Path) -> Path:
    """The folder of the works in a snapshot of OpenAlex, else the folder itself."""
    inner = (folder / "data" / "works", folder / "works")
    return next((one for one in inner if one.is_dir()), folder)


def missing_parts(folder: Path) -> Iterator[str]:
    """What the manifest of a snapshot names and the folder does not hold whole: one line each."""
    root = works_of(folder)
    try:
        said = json.loads((root / MANIFEST).read_text(encoding="utf-8"))
        entries = [(str(e["url"]), dict(e.get("meta") or {})) for e in said["entries"]]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return
    for url, meta in entries:
        file = root / "/".join(url.rsplit("/", 2)[1:])
        size = meta.get("content_length")
        if not file.is_file():
            yield f"{'/'.join(url.rsplit('/', 2)[1:])}: the manifest names it, and it is not there"
        elif isinstance(size, int) and file.stat().st_size != size:
            yield f"{'/'.join(url.rsplit('/', 2)[1:])}: {file.stat().st_size:,} bytes, the manifest says {size:,}"
