"""A .bib file, new keys for its entries, and the texts that cite them → edits of the file and of the texts."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence

from .. import jsontext
from ..emit.keys import PATTERN, keys_for
from ..errors import ConfigError
from ..model import Csl
from .claims import claimed, claims
from .file import BibFile, Edit
from .scan import Block

_LINKS = frozenset({"crossref", "xref", "xdata", "related", "entryset", "ids"})
_TEX_CITE = re.compile(
    r"\\(?:[A-Za-z]*[Cc]ite[A-Za-z]*|nocite|bibentry|fullcite|footfullcite)\*?\s*((?:\s*[\[(<][^\[\]()<>]*[\])>])*)\s*\{([^{}]*)\}((?:\s*(?:\[[^\[\]]*\])*\{[^{}\\]*\})*)"
)
_MULTI = re.compile(r"\\[A-Za-z]*[Cc]ites\b")
_MD_CITE = re.compile(
    r"(?<![\w@/.])(-?@)(\{[^{}\s]+\}|[\w\u00c0-\uffff](?:[\w:.#$%&\-+?<>~/]*[\w/])?)"
)
_MD_GROUP = re.compile(r"\[([^\[\]]*@[^\[\]]*;[^\[\]]*)\]")
_SLOT = re.compile(r"\{([^{}]*)\}")


def key_map(
    bib: BibFile,
    given: Mapping[str, str] | None = None,
    items: Sequence[Csl] | None = None,
    *,
    pattern: str = PATTERN,
) -> dict[str, str]:
    """Old key → new key for the entries whose key changes.

    ``given``: what a person wants (old → new); without it keys are made by the ``pattern`` of ``items`` (default: what the
    entries say), in the order of ``claims(bib)``.  Raises ConfigError for a key that the file does not hold, that stands twice, or that
    two entries would share.
    """
    known = [e.key for e in bib.entries if e.key]
    times = Counter(key.lower() for key in known)
    if given is not None:
        unknown = sorted(set(given) - set(known))
        if unknown:
            raise ConfigError(f"{bib.name or 'input'}: no entry has the key {unknown[0]}")
        made = {old: new for old, new in given.items() if old != new}
    else:
        named = claimed(bib)
        csl = items if items is not None else [c.csl for c in claims(bib)]
        kept = set(known) - {e.key for e in named} | {
            key for key in known if times[key.lower()] > 1
        }
        pairs = zip(named, keys_for(list(csl), kept, pattern), strict=True)
        made = {
            e.key: new for e, new in pairs if e.key and e.key != new and times[e.key.lower()] == 1
        }
    after = Counter(made.get(key, key).lower() for key in known)
    clash = sorted(key for key, count in after.items() if count > max(1, times[key]))
    if clash:
        raise ConfigError(f"{bib.name or 'input'}: two entries would have the key {clash[0]}")
    bad = next(
        (new for new in made.values() if not re.fullmatch(r"[^\s,={}\"#%\\~()']+", new)), None
    )
    if bad is not None:
        raise ConfigError(f"{bad!r} cannot be a key")
    return made


def rekey_edits(bib: BibFile, keys: Mapping[str, str]) -> list[Edit]:
    """Keys, and the fields that name other entries, under their new names."""
    edits: list[Edit] = []
    for entry in bib.entries:
        if entry.key in keys and entry.key:
            edits.append(Edit(entry.key_start, entry.key_start + len(entry.key), keys[entry.key]))
        edits += link_edits(bib, entry, keys)
    return edits


def link_edits(bib: BibFile, entry: Block, keys: Mapping[str, str]) -> list[Edit]:
    """``crossref`` and its like of one entry under the new names."""
    edits = []
    lower = {old.lower(): new for old, new in keys.items()}
    for found in entry.fields:
        if found.name in _LINKS and found.name != "ids" and len(found.pieces) == 1:
            piece = found.pieces[0]
            inner = piece.inner(bib.text)
            new = re.sub(
                r"[^,\s]+", lambda m: keys.get(m[0]) or lower.get(m[0].lower(), m[0]), inner
            )
            if new != inner:
                edits.append(
                    Edit(
                        piece.start + (piece.kind != "bare"),
                        piece.end - (piece.kind != "bare"),
                        new,
                    )
                )
    return edits


def recite(text: str, keys: Mapping[str, str], name: str = "") -> str:
    r"""A .tex or Markdown text with its citations under the new keys: ``\cite{a, b}``, ``\textcites{a}{b}``, ``[@a; -@b]``."""
    if re.search(r"\.(?:tex|ltx|bbl|sty|cls|aux)$", name, re.I):
        return _recite_tex(text, keys)
    if re.search(r"\.(?:md|markdown|Rmd|qmd|rst|txt|ipynb)$", name, re.I):
        return _recite_tex(_recite_markdown(text, keys), keys)
    return _recite_tex(text, keys)


def _recite_markdown(text: str, keys: Mapping[str, str]) -> str:
    def renamed(part: str) -> str:
        return _MD_CITE.sub(lambda m: m[1] + _md_key(m[2], keys), part)

    out = []
    position = 0
    for group in _MD_GROUP.finditer(text):
        out += [
            renamed(text[position : group.start()]),
            "[",
            _once(group[1].split(";"), renamed, ";"),
            "]",
        ]
        position = group.end()
    return "".join([*out, renamed(text[position:])])


def _once(parts: Sequence[str], renamed: Callable[[str], str], sign: str) -> str:
    """The parts of one citation under their new keys; two that name one entry only now (merged entries) become one."""
    kept: list[str] = []
    seen: dict[str, str] = {}
    for part in parts:
        old, new = part.strip(), renamed(part)
        if seen.setdefault(new.strip(), old) == old:
            kept.append(new)
    return sign.join(kept)


def _md_key(written: str, keys: Mapping[str, str]) -> str:
    if written.startswith("{"):
        return "{" + keys.get(written[1:-1], written[1:-1]) + "}"
    if written in keys:
        return keys[written]
    stem = written.rstrip(":.#$%&-+?<>~/")
    return keys.get(stem, stem) + written[len(stem) :]


def _recite_tex(text: str, keys: Mapping[str, str]) -> str:
    def part_renamed(part: str) -> str:
        return re.sub(
            r"^((?:\s|%[^\n]*\n)*)(.*?)(\s*)$",
            lambda m: m[1] + keys.get(m[2], m[2]) + m[3],
            part,
            flags=re.S,
        )

    def renamed(inner: str) -> str:
        return _once(inner.split(","), part_renamed, ",")

    def one(match: re.Match[str]) -> str:
        start, end = match.start(2) - match.start(), match.end(2) - match.start()
        whole = match[0]
        tail = whole[end + 1 :]
        if _MULTI.match(whole):
            tail = _SLOT.sub(lambda m: "{" + renamed(m[1]) + "}", tail)
        return whole[:start] + renamed(match[2]) + "}" + tail

    return _TEX_CITE.sub(one, text)


def key_map_text(keys: Mapping[str, str]) -> str:
    """The key map as a JSON object, sorted by old key."""
    return json.dumps(dict(sorted(keys.items())), ensure_ascii=False, indent=2) + "\n"


def read_key_map(text: str, name: str = "key map") -> dict[str, str]:
    """A key map from JSON.  Raises ConfigError for anything but an object of strings."""
    try:
        table = jsontext.loads(text)
    except ValueError as error:
        raise ConfigError(f"{name}: this is no JSON: {error}") from error
    if not isinstance(table, dict) or not all(isinstance(v, str) for v in table.values()):
        raise ConfigError(f"{name}: a key map is a JSON object of old and new keys")
    return table


def keys_of(bib: BibFile) -> Collection[str]:
    """The keys that a file uses."""
    return {entry.key for entry in bib.entries if entry.key}
