"""Very many references in, a folder of rows out: partitioned, restartable, the same rows from every engine.

``partitions_of`` cuts the input into partitions, ``run_partition`` turns one into its part file, an engine calls it for each: ``local``
in processes of this machine, ``citenorm.spark`` on a cluster.  Nothing here asks the network.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .folder import OutputFolder
    from .local import run_local
    from .partition import Job, Part, run_partition
    from .plan import Partition, partitions_of

_HOME = {
    "OutputFolder": "folder", "run_local": "local", "Job": "partition", "Part": "partition",
    "run_partition": "partition", "Partition": "plan", "partitions_of": "plan",
}  # fmt: skip

__all__ = [
    "Job",
    "OutputFolder",
    "Part",
    "Partition",
    "partitions_of",
    "run_local",
    "run_partition",
]


def __getattr__(name: str) -> Any:
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{home}", __name__), name)
