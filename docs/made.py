"""What the guide says that the code knows better: settings, rules, help texts and the API are made when it is built.

A hook of MkDocs: a line ``<!-- made: NAME -->`` of a page is replaced by what ``MADE[NAME]`` returns.
"""

import contextlib
import io
import os
import re
from dataclasses import fields, is_dataclass
from typing import Any

import citenorm
from citenorm import config
from citenorm.cli import COMMANDS, main
from citenorm.rules.table import all_rules

_MARK = re.compile(r"^<!-- made: (\w+) -->$", re.M)
_SETTING = re.compile(r"^([a-z-]+) = (.+?)(?:\s+# (.*))?$", re.M)
_KINDS = {bool: "true or false", str: "a string", tuple: "a list of strings"}


def on_page_markdown(markdown: str, **_: Any) -> str:
    """MkDocs calls this for every page."""
    return _MARK.sub(lambda m: MADE[m[1]](), markdown)


def settings() -> str:
    """Every key, what it takes, its default and what it does, from ``citenorm/config.py``."""
    told = {m[1]: (m[2], m[3] or "") for m in _SETTING.finditer(config.__doc__ or "")}
    rows = ["| key | takes | default | |", "|---|---|---|---|"]
    tables: list[str] = []
    default = config.Config()
    for name in config.Config.__dataclass_fields__:
        key, value = name.replace("_", "-"), getattr(default, name)
        if key in ("path", "per-file-ignores"):
            continue
        if is_dataclass(value):
            tables += ["", *_table(key, value)]
            continue
        words = config._WORDS.get(key)
        takes = ", ".join(f"`{w}`" for w in words) if words else _KINDS[type(value)]
        shown = "" if value in ((), "") else f"`{str(value).lower()}`"
        example, meaning = told.get(key, ("", ""))
        if words:
            meaning = meaning.partition(": ")[2] or meaning
        rows.append(f"| `{key}` | {takes} | {shown} | {meaning or f'as `{key} = {example}`'} |")
    return "\n".join(rows + tables)


def _table(key: str, value: Any) -> list[str]:
    """The settings that stand in a table of their own."""
    rows = [f"| `[{key}]` | default |", "|---|---:|"]
    for part in fields(value):
        at = getattr(value, part.name)
        shown = "" if at in ((), None) else f"{at:,}" if isinstance(at, int) else str(at)
        rows.append(f"| `{part.name.replace('_', '-')}` | {shown} |")
    return rows


def rules() -> str:
    """The page of every rule, under its name and code."""
    pages = (
        (f"## {r.name} ({r.code})", re.sub(r"^#", "##", r.page(), flags=re.M)) for r in all_rules()
    )
    return "\n\n".join(f"{title}\n\n{page.strip()}" for title, page in pages)


def precision() -> str:
    """How often each rule that accuses was right where its findings were read one by one."""
    rows = ["| rule | tells | right | read |", "|---|---|---:|---:|"]
    for r in all_rules():
        if (found := r.precision()) is not None:
            link = f"[{r.name}](#{r.name}-{r.code.lower()})"
            rows.append(f"| {link} ({r.code}) | {r.severity}s | {found.right} | {found.of} |")
    return "\n".join(rows)


def commands() -> str:
    """The help of every command."""
    pages = [("citenorm", help_of())]
    pages += [(f"citenorm {name}", help_of(name)) for name in COMMANDS]
    return "\n\n".join(f"## {name}\n\n```text\n{text.rstrip()}\n```" for name, text in pages)


def help_of(*command: str) -> str:
    """What ``--help`` prints, a hundred columns wide."""
    out = io.StringIO()
    kept = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = "100"
    try:
        with contextlib.redirect_stdout(out), contextlib.suppress(SystemExit):
            main([*command, "--help"])
    finally:
        if kept is None:
            del os.environ["COLUMNS"]
        else:
            os.environ["COLUMNS"] = kept
    return out.getvalue()


def api() -> str:
    """Every public name where it is written, functions first."""
    names = [n for n in citenorm.__all__ if n in citenorm._HOME]
    functions = [n for n in names if n[0].islower()]
    errors = [n for n in names if n.endswith("Error")]
    classes = [n for n in names if n not in functions and n not in errors]
    out = []
    for title, group in (("Functions", functions), ("Classes", classes), ("Errors", errors)):
        out.append(f"## {title}\n")
        out += [f"::: {getattr(citenorm, n).__module__}.{n}\n" for n in group]
    return "\n".join(out)


MADE = {
    "settings": settings,
    "rules": rules,
    "precision": precision,
    "commands": commands,
    "api": api,
}
