"""Reports and ``.bib`` files → what is inconsistent in them; changes nothing.

``check`` is what the command line, an editor and a notebook have in common: plain parameters in, findings out.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from .config import Rules
from .errors import ConfigError
from .lines import line_and_column, line_starts
from .listed import Listed, format_of, read_list
from .model import Claim, Diagnostic, Document, Place, Reference, Resolution, Severity, TextEdit
from .remarks import is_silenced, remarks, silenced_lines, unknown_words

if TYPE_CHECKING:
    from .bib import BibFile
    from .lock import Decision, Lock
    from .match.cite import Policy
    from .sources import Sources

GRAVE: tuple[Severity, ...] = ("error", "warning", "note")
"""The gravest first."""
_ASKED = frozenset({"unverifiable-reference", "ambiguous-reference", "source-conflict"})
_CONFIRMED = _ASKED | {"fabricated-reference", "title-variant", "identifier-kept"}


@dataclass(frozen=True, slots=True)
class Checked:
    """The findings about one input, by place; its text; and how many references or entries it has.

    ``passed``: of a document without references, what its lists hold that was not taken for one (first line, last line, text);
    ``edits``: all that ``repair`` changes in a ``.bib`` file.
    """

    name: str
    text: str
    diagnostics: tuple[Diagnostic, ...]
    references: int = 0
    resolutions: tuple[Resolution, ...] = ()
    passed: tuple[tuple[int, int, str], ...] = ()
    edits: tuple[TextEdit, ...] = ()

    @property
    def repaired(self) -> str:
        """The text of a ``.bib`` file with all of ``edits`` made."""
        out: list[str] = []
        at = 0
        for edit in self.edits:
            out += (self.text[at : edit.start], edit.text)
            at = edit.end
        return "".join(out) + self.text[at:]


def check(
    source: str | os.PathLike[str] | bytes | Document | BibFile,
    sources: Sources | None = None,
    *,
    name: str | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    mentions: bool = False,
    form_only: bool = False,
    unsafe: bool = False,
    prefer: Policy = "published",
    lock: Lock | None = None,
    jobs: int = 1,
) -> list[Diagnostic]:
    """What is inconsistent in a report, a list of references or a ``.bib`` file, in the order of their places.

    ``source``: a path, the bytes themselves (with ``name``, whose suffix tells the format), a Document or a BibFile.
    Without ``sources`` the built-in catalogue and the user's own are asked, and no network.  ``select``/``ignore``: names,
    codes or beginnings of codes of rules; ``unsafe``: unsafe fixes are to be made, so they count as warnings.
    Raises InputError for what cannot be read, ConfigError for a word that names no rule.
    """
    wants = Rules(tuple(select), tuple(ignore)).checked("check").wants
    made = checked(
        source, sources, name=name, wanted=wants, mentions=mentions, form_only=form_only,
        unsafe=unsafe, prefer=prefer, lock=lock, jobs=jobs,
    )  # fmt: skip
    return list(made.diagnostics)


def checked(
    source: str | os.PathLike[str] | bytes | Document | BibFile,
    sources: Sources | None = None,
    *,
    name: str | None = None,
    wanted: Callable[[str, str], bool] | None = None,
    mentions: bool = False,
    form_only: bool = False,
    unsafe: bool = False,
    prefer: Policy = "published",
    lock: Lock | None = None,
    jobs: int = 1,
) -> Checked:
    """``check`` with the text and the resolutions; ``wanted``: (code, name) → whether a rule is on."""
    from .bib.file import BibFile

    told = wanted or (lambda code, rule: True)
    what = opened(source, name)
    options: dict[str, Any] = {"jobs": jobs, "prefer": prefer, "lock": lock}
    with ready(sources) as asked:
        if isinstance(what, BibFile):
            return _bib(what, asked, told, form_only, unsafe, options)
        if isinstance(what, Listed):
            return _listed(what, asked, told, options)
        return _document(what, asked, told, mentions, options)


def ready(sources: Sources | None) -> Any:
    """The sources as a context; without any, the built-in catalogue and the user's own, and no network."""
    from .sources import open_sources

    return nullcontext(sources) if sources is not None else open_sources(offline=True)


def opened(
    source: str | os.PathLike[str] | bytes | Document | BibFile, name: str | None = None
) -> Document | BibFile | Listed:
    """A path or bytes, read: a ``.bib`` file as a BibFile, RIS and CSL-JSON as a list, anything else as a Document."""
    from . import bib
    from .bib.file import BibFile
    from .read import load, read

    if isinstance(source, (Document, BibFile)):
        return source
    called = name or ("" if isinstance(source, bytes) else os.fspath(source))
    data = source if isinstance(source, bytes) else load(os.fspath(source))
    if is_bib(called, data):
        return bib.read(data, called)
    if format_of(called, data):
        return read_list(data, called)
    return read(data, name=called or "<input>")


def is_bib(name: str, data: bytes = b"") -> bool:
    """A ``.bib`` file by its name; an input without a suffix (standard input) by its first entry."""
    suffix = os.path.splitext(name)[1].lower()
    if suffix:
        return suffix in (".bib", ".bibtex", ".biblatex")
    from .read.sniff import looks_like_bibtex

    return looks_like_bibtex(data)


def _document(
    document: Document,
    sources: Sources,
    wanted: Callable[[str, str], bool],
    mentions: bool,
    options: dict[str, Any],
) -> Checked:
    from .find import passed_over
    from .pipeline import resolve_document
    from .rules.form import UnknownRemark

    results = resolve_document(document, sources, mentions=mentions, **options)
    found = findings_of(document, results, wanted, options["lock"])
    references = sum(not _idle_mention(r) for r in results)
    if wanted(UnknownRemark.code, UnknownRemark.name):
        found += _unknown_remarks(document)
    text = document.source_text or document.text
    passed = () if results else tuple(passed_over(document, ()))
    return Checked(document.name, text, tuple(found), references, tuple(results), passed)


def findings_of(
    what: Document | Listed,
    results: Iterable[Resolution],
    wanted: Callable[[str, str], bool],
    lock: Lock | None = None,
) -> list[Diagnostic]:
    """The findings about the references of a document or list that are to be told.

    Without those of rules that are off (``wanted``, remarks in the document) and those that the lock's decisions answer.
    """
    document = what if isinstance(what, Document) else None
    off = silenced_lines(document) if document is not None else None
    found: list[Diagnostic] = []
    for result in results:
        if _idle_mention(result):
            continue
        reference = result.claim.reference
        words = off(reference.line, reference.end_line) if off and reference else frozenset()
        text = document.source_text if document is not None else ""
        found += [
            _with_column(d, reference, text)
            for d in beyond(result.diagnostics, _decision(result, lock))
            if wanted(d.code, d.name) and not is_silenced(d.code, d.name, words)
        ]
    return found


def _idle_mention(result: Resolution) -> bool:
    """A work that was only named, and not found."""
    reference = result.claim.reference
    return reference is not None and reference.kind == "mention" and result.work is None


def stated(what: Document | BibFile | Listed) -> list[Claim]:
    """What the references or entries of an input say, in its order, in the form that a lock's fingerprints are made of."""
    from . import bib
    from .normalize import normalize
    from .pipeline import document_claims

    if isinstance(what, Document):
        found = document_claims(what)
    else:
        found = list(what.claims) if isinstance(what, Listed) else bib.claims(what)
    return [normalize(claim) for claim in found]


def _with_column(found: Diagnostic, reference: Reference | None, text: str) -> Diagnostic:
    """The finding with the column where its reference begins, in a file whose text is at hand."""
    place = found.place
    if not text or reference is None or place is None or place.line != reference.line:
        return found
    column = reference.start - (text.rfind("\n", 0, reference.start) + 1) + 1
    return replace(found, place=replace(place, column=column))


def _listed(
    what: Listed, sources: Sources, wanted: Callable[[str, str], bool], options: dict[str, Any]
) -> Checked:
    from .pipeline import resolve_all

    results = resolve_all(what.claims, sources, **options)
    found = findings_of(what, results, wanted, options["lock"])
    return Checked(what.name, what.text, tuple(found), len(results), tuple(results))


def _unknown_remarks(document: Document) -> list[Diagnostic]:
    """The words of remarks that name no rule."""
    from .rules.form import UnknownRemark

    text, out = document.source_text, []
    lower, starts = text.lower(), line_starts(text)
    for remark in remarks(text, document.format):
        for word, problem in unknown_words(remark):
            line, column = line_and_column(starts, lower.find(word, remark.start))
            place = Place(document.name, line, column, line, column + len(word))
            out.append(
                Diagnostic(
                    UnknownRemark.code, UnknownRemark.name, problem, claim=word, place=place,
                    severity=UnknownRemark.severity,
                )
            )  # fmt: skip
    return out


def _bib(
    file: BibFile,
    sources: Sources | None,
    wanted: Callable[[str, str], bool],
    form_only: bool,
    unsafe: bool,
    options: dict[str, Any],
) -> Checked:
    from . import bib

    results = [] if form_only else entries(file, sources, **options)
    made = bib.plan(file, results, bib.RepairOptions(wanted=wanted, unsafe=unsafe))
    return Checked(
        file.name, file.text, made.diagnostics, len(bib.claimed(file)), tuple(results),
        edits=bib.text_edits(file, made.edits()),
    )  # fmt: skip


def entries(
    file: BibFile,
    sources: Sources | None = None,
    *,
    jobs: int = 1,
    prefer: Policy = "published",
    lock: Lock | None = None,
    whole: bool = False,
) -> list[Resolution]:
    """The resolutions of a file's entries; of those that a lock has decided, without what that decision answers.

    ``whole``: with keywords, abstracts and remarks, for outputs in other formats.
    """
    from . import bib
    from .pipeline import resolve_all

    results = resolve_all(
        bib.claims(file, whole=whole), sources, jobs=jobs, prefer=prefer, lock=lock
    )
    if lock is None:
        return results
    return [
        replace(r, diagnostics=tuple(beyond(r.diagnostics, _decision(r, lock)))) for r in results
    ]


def _decision(result: Resolution, lock: Lock | None) -> Decision | None:
    return lock.get(result.claim) if lock is not None else None


def beyond(diagnostics: Sequence[Diagnostic], decision: Decision | None) -> list[Diagnostic]:
    """The findings that a decision of a lock does not answer: what a person decided is not asked again."""
    if decision is None:
        return list(diagnostics)
    answered = _CONFIRMED if decision.by == "person" else _ASKED
    left = [d for d in diagnostics if d.name not in answered]
    if decision.by == "person":
        left = [d for d in left if d.fix != "unsafe"]
    if decision.prefer == "as-cited":
        left = [d for d in left if d.name != "superseded-preprint"]
    return [] if decision.outcome == "leave" else left


def failing(diagnostics: Iterable[Diagnostic], fail_on: str = "warning") -> list[Diagnostic]:
    """The findings that are at least as grave as ``fail_on`` ("error", "warning" or "note")."""
    if fail_on not in GRAVE:
        raise ConfigError(f"{fail_on!r} is none of {', '.join(GRAVE)}")
    worth = GRAVE[: GRAVE.index(fail_on) + 1]  # type: ignore[arg-type]
    return [d for d in diagnostics if d.severity in worth]
