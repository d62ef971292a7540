"""``citenorm rule``: the page of one rule, or the list of all."""

from __future__ import annotations

from ..errors import ConfigError
from .options import parser


def run(argv: list[str]) -> int:
    made = parser("rule", "The page of a rule (by name or code), or the list of all rules.")
    made.add_argument("rule", nargs="?", help="superseded-preprint, CN201, …")
    args = made.parse_args(argv)
    from ..rules.table import all_rules

    rules = all_rules()
    if not args.rule:
        for each in rules:
            print(f"{each.code}  {each.name:<26} {each.summary()}")
        return 0
    wanted = args.rule.strip().casefold()
    found = next((r for r in rules if wanted in (r.code.casefold(), r.name)), None)
    if found is not None:
        print(f"# {found.name} ({found.code})\n\n{found.page()}")
        return 0
    from difflib import get_close_matches

    near = get_close_matches(args.rule.lower(), [r.name for r in rules], 1)
    raise ConfigError(
        f"rule: no rule {args.rule!r}"
        + (f"; did you mean {near[0]}?" if near else " (see: citenorm rule)")
    )
