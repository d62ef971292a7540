"""``citenorm cache``: the answers of online services that are kept on disk."""

from __future__ import annotations

from .options import parser, say


def run(argv: list[str]) -> int:
    made = parser("cache", "The answers of online services that are kept on disk.")
    made.add_argument("verb", choices=("info", "clear"))
    args = made.parse_args(argv)
    from ..sources.cache import clear, info

    if args.verb == "info":
        for name, value in info().items():
            print(f"{name}: {value}")
    else:
        say(args, f"{clear()} answers removed")
    return 0
