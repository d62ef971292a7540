"""``citenorm find``: where documents name works."""

from __future__ import annotations

from ..jsontext import one_line
from .options import file_names, parser, read_input, say, tell_passed


def run(argv: list[str]) -> int:
    made = parser(
        "find",
        "Tell where documents name works: their references and, with --mentions, works named in lists and headings.",
    )
    made.add_argument(
        "file", nargs="*", help="reports or lists of references; - for standard input"
    )
    made.add_argument("--format", choices=("text", "jsonl"), default="text")
    made.add_argument(
        "--mentions", action="store_true", help="also works named in bullet lists and headings"
    )
    args = made.parse_args(argv)
    args.command = "find"
    from ..find import find, passed_over
    from ..read import read
    from ..report.plain import printable

    total = 0
    for name in file_names(args, args.file):
        document = read(read_input(name), name=name)
        references = find(document, mentions=args.mentions)
        tell_passed(args, name, passed_over(document, references))
        for reference in references:
            total += 1
            if args.format == "jsonl":
                print(one_line(reference.to_dict()))
            else:
                kind = "" if reference.kind == "reference" else " (mention)"
                label = f"[{reference.label}] " if reference.label else ""
                print(printable(f"{name}:{reference.line}:{kind} {label}{reference.raw}"))
    say(args, f"{total} found")
    return 0
