"""``citenorm rule``: the page of one rule, or the list of all."""

from __future__ import annotations

from ..errors import ConfigError
from .options import parser


def run(argv: list[str]) -> int:
    made = parser("rule", "The page of a rule (by name or code), or the list of all rules.")
    made.add_argument("rule", nargs="?", help="superseded-preprint, CN201, …")
    args = made.parse_args(argv)
    from ..rules import RULES, page

    if not args.rule:
        for rule in RULES:
            print(f"{rule.code}  {rule.name:<26} {page(rule).strip().splitlines()[0]}")
        return 0
    wanted = args.rule.lower()
    for rule in RULES:
        if wanted in (rule.name, rule.code.lower()):
            print(f"# {rule.name} ({rule.code})\n\n{page(rule)}")
            return 0
    from difflib import get_close_matches

    near = get_close_matches(wanted, [r.name for r in RULES], 1)
    raise ConfigError(f"rule: no rule {args.rule!r}" + (f"; did you mean {near[0]}?" if near else " (see: citenorm rule)"))
