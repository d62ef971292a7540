"""``python -m citenorm`` is the command line; so is this file by itself, for ``spark-submit``."""

import sys

if not __package__:
    # Python puts the folder of a file that it runs on its path: the package is to be found there, not its modules.
    from pathlib import Path

    _here = Path(__file__).resolve().parent
    sys.path[:] = [str(_here.parent), *(p for p in sys.path if Path(p).resolve() != _here)]

from citenorm.cli import main

if __name__ == "__main__":
    sys.exit(main())
