"""The path of a reference, composed: retrieve → compare → choose → group → prefer → diagnose.

``resolve`` and ``resolve_all`` take claims to Resolutions, ``fix`` a file to a Bibliography.  Every stage is
called here and nowhere else in this order; none of them is written here.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from .errors import ConfigError
from .given import POLICIES, Given, claim_of, claims_of, one_of
from .listed import SUFFIXES, read_list
from .made_fast import replaced
from .model import Answer, Claim, Document, Provenance, Record, Reference, Resolution
from .normalize.as_entry import as_entry
from .normalize.text import squash
from .parallel import map_chunks, tell
from .sources.plan import Known

if TYPE_CHECKING:
    from .bibliography import Bibliography
    from .lock import Decision, Lock
    from .match.cite import Policy
    from .sources import Sources


# ------------------------------------------------------------------ claims → resolutions
def resolve(
    reference: Given, sources: Sources | None = None, *, prefer: Policy = "published"
) -> Resolution:
    """Which work a reference means, how sure that is, and the record to print for it.

    ``reference``: a Claim, a Reference, the string itself, or a CSL item.  Without ``sources`` the built-in catalogue and the
    user's own are asked, and no network.  Raises TypeError and ConfigError, with the choices, for anything else.
    """
    one_of(prefer, POLICIES, "prefer")
    claim = claim_of(reference)
    with _opened(sources) as ready:
        return resolve_batch([claim], ready, prefer=prefer)[0]


def resolve_all(
    references: Iterable[Given],
    sources: Sources | None = None,
    *,
    jobs: int = 1,
    prefer: Policy = "published",
    lock: Lock | None = None,
) -> list[Resolution]:
    """``resolve`` for the references of one document, in their order, in ``jobs`` processes; the answers do not depend on ``jobs``.

    ``lock``: decisions kept beside a repository; they are asked before any source.
    """
    one_of(prefer, POLICIES, "prefer")
    if jobs < 1:
        raise ConfigError(f"jobs is a number of processes, 1 or more, not {jobs}")
    claims = claims_of(references)
    with _opened(sources) as ready:
        results = list(resolve_iter(claims, ready, jobs=jobs, prefer=prefer, lock=lock))
        results = in_context(results, ready, prefer)
    return with_document_rules(results)


def in_context(
    results: Sequence[Resolution], sources: Sources, prefer: Policy = "published"
) -> list[Resolution]:
    """The references of one document, ambiguous ones decided by what the document says around them, where it does."""
    out = list(results)
    for i, result in enumerate(results):
        if result.outcome == "ambiguous" and result.candidates:
            from .match.context import choose_in_context

            choice = choose_in_context(i, results)
            if choice.outcome == "matched":
                out[i] = conclude(result.claim, choice, sources, prefer, result.unasked)
    return out


def resolve_iter(
    claims: Iterable[Claim],
    sources: Sources,
    *,
    jobs: int = 1,
    prefer: Policy = "published",
    lock: Lock | None = None,
) -> Iterator[Resolution]:
    """``resolve`` over a stream, memory flat; without the rules that look at a whole document."""
    for batch in map_chunks(_Batch(prefer, lock), claims, sources, jobs):
        yield from batch


@dataclass(frozen=True, slots=True)
class _Batch:
    """What a worker process does with a chunk of claims."""

    prefer: Policy
    lock: Lock | None = None

    def __call__(self, claims: list[Claim], sources: Sources) -> list[Resolution]:
        return resolve_batch(claims, sources, prefer=self.prefer, lock=self.lock)

    @staticmethod
    def load() -> None:
        load_tables()


def load_tables() -> None:
    """What resolving needs beside its sources: modules, the weights, the table of venues."""
    from . import match, normalize, rules  # noqa: F401
    from .match.weights import weights
    from .normalize.venue_table import table

    weights()
    table()


def resolve_batch(
    claims: Sequence[Claim],
    sources: Sources,
    *,
    prefer: Policy = "published",
    lock: Lock | None = None,
) -> list[Resolution]:
    """``resolve`` for a few claims at once (their candidates are fetched together)."""
    from .match import choose, compare_many
    from .normalize import normalize

    clean = [normalize(claim) for claim in claims]
    decided = [lock.get(claim) if lock else None for claim in clean]
    open_ones = [
        claim
        for claim, decision in zip(clean, decided, strict=True)
        if not _binding(claim, decision)
    ]
    found = iter(sources.local_many(open_ones))
    choices: dict[int, Any] = {}
    for i, claim in enumerate(clean):
        if not _binding(claim, decided[i]):
            choices[i] = choose(claim, compare_many(claim, next(found)))
    unasked = {} if sources.offline else _look_up(clean, choices, sources)
    return [
        conclude(claim, choices[i], sources, prefer, unasked.get(i, ()))
        if i in choices
        else _as_decided(claim, decided[i], sources, prefer)
        for i, claim in enumerate(clean)
    ]


def _binding(claim: Claim, decision: Decision | None) -> bool:
    """A decision that settles the claim: a work was found, or a person said so.

    Of a claim that is nothing but identifiers, one of the records kept has one of them: else it is another work's.
    """
    if decision is None or decision.by == "person" or decision.outcome != "matched":
        return decision is not None and (decision.by == "person" or decision.outcome == "leave")
    from .match.views import claim_view, record_view

    view = claim_view(claim)
    return not view.bare or any(
        view.identifiers & record_view(r).identifiers for r in decision.records
    )


def _as_decided(
    claim: Claim, decision: Decision | None, sources: Sources, prefer: Policy
) -> Resolution:
    """The resolution that a lock's decision gives, without asking any source but for a record that a person named."""
    from .match import Choice, choose, compare

    assert decision is not None
    if decision.outcome == "leave":
        return Resolution(
            claim,
            "unmatched",
            "unverifiable",
            emitted=as_entry(claim),
            provenance=_stated(claim),
        )
    prefer = cast("Policy", decision.prefer or prefer)
    records, unasked = list(decision.records), tuple[Answer, ...]()
    if not records:
        records, unasked = named_records(decision.record, sources)
    record = next((r for r in records if r.id == decision.record), records[0] if records else None)
    if record is None:
        missing = Answer(
            "lock",
            "unknown",
            reason=f"the lock names {decision.record}, which no source at hand holds",
        )
        nothing = Choice("unmatched", None, 0.0, 0.0, ())
        return conclude(claim, nothing, sources, prefer, (missing, *unasked))
    sure = decision.probability if decision.by == "citenorm" else 1.0
    ranked = tuple(
        sorted(
            (compare(claim, r) for r in records),
            key=lambda c: (c.record.id != record.id, -c.weight, c.record.id),
        )
    )
    choice = Choice("matched", record, sure, sure, ranked)
    taken = decision.by == "person" and choose(claim, ranked).outcome != "matched"
    return conclude(claim, choice, sources, prefer, taken=taken)


def named_records(ident: str, sources: Sources) -> tuple[list[Record], tuple[Answer, ...]]:
    """The records of an id, a ``doi:…`` or an ``arXiv:…``, with their other versions; and the services that could not be asked for it."""
    kind, _, value = ident.partition(":")
    found = sources.get([ident])
    unasked: list[Answer] = []
    if kind.lower() in ("doi", "arxiv"):
        found = sources.lookup(kind.lower(), value) or found
        if not found and not sources.offline:
            wanted = Claim(
                {"DOI": value} if kind.lower() == "doi" else {"custom": {"arxiv": value}}
            )
            for answer in sources.look_up([wanted], lambda _, __: Known.NOTHING)[0]:
                found += [r for r in answer.records if value.lower() in (r.doi, r.arxiv.lower())]
                if answer.kind == "unknown":
                    unasked.append(answer)
    records = _unique(r for one in found for r in (one, *sources.versions(one)))
    return records, () if records else tuple(unasked)


def _look_up(
    claims: Sequence[Claim], choices: dict[int, Any], sources: Sources
) -> dict[int, tuple[Answer, ...]]:
    """Ask the services about what the local sources leave open, and choose anew (in ``choices``); what could not be asked."""
    from .match import choose, compare_many

    places = [i for i, choice in choices.items() if _known(choice) < Known.PUBLISHED]

    compared = {i: list(choices[i].ranked) for i in places}
    settled = set(range(len(claims))).difference(places)

    def judge(n: int, records: Sequence[Record]) -> Known:
        i = places[n]
        held = {c.record.id for c in compared[i]}
        compared[i] += compare_many(claims[i], [r for r in records if r.id not in held])
        choices[i] = choose(claims[i], compared[i])
        known = _known(choices[i])
        if known == Known.PUBLISHED:
            settled.add(i)
            tell(len(settled))
        return known

    said = sources.look_up([claims[i] for i in places], judge)
    return {
        i: tuple(answer for answer in answers if answer.kind == "unknown")
        for i, answers in zip(places, said, strict=True)
    }


def _known(choice: Any) -> Known:
    """How far a work is known; nothing more is asked where it is known in a published version."""
    from .match import same_work
    from .normalize.preprint import is_preprint

    record = choice.record
    if choice.outcome != "matched" or record is None:
        return Known.NOTHING
    published = not is_preprint(record.csl) or any(
        not is_preprint(c.record.csl) and same_work(record, c.record) for c in choice.ranked
    )
    return Known.PUBLISHED if published else Known.PREPRINT


def conclude(
    claim: Claim,
    choice: Any,
    sources: Sources,
    policy: Policy,
    unasked: tuple[Answer, ...] = (),
    *,
    taken: bool = False,
) -> Resolution:
    """A choice → its Resolution: work → described → verify → cite → diagnose; ``taken`` as in Resolution."""
    from .rules import diagnose

    if choice.outcome == "matched" and choice.record is not None:
        done = _found(claim, choice, sources, policy, unasked, taken)
    else:
        done = _not_found(claim, choice, sources, unasked)
    return replaced(done, diagnostics=diagnose(done))


def _found(
    claim: Claim,
    choice: Any,
    sources: Sources,
    policy: Policy,
    unasked: tuple[Answer, ...],
    taken: bool,
) -> Resolution:
    from . import match
    from .findings import wrong_fields

    compared: tuple[Any, ...] = choice.ranked
    record: Record = choice.record
    nearby = [c.record for c in compared]
    work = match.work_of(record, _unique([record, *sources.versions(record), *nearby]))
    standing = match.standing_version(work, claim, policy, chosen=record)
    origin_of = dict(standing.origin)
    item = match.without_foreign(standing.item, origin_of, claim, sources.lookup)
    standing = match.Standing(item, origin_of, standing.version, standing.work)
    evidence = next((c.evidence for c in compared if c.record.id == record.id), ())
    draft = Resolution(
        claim, "matched", "verified", record, work, choice.probability, choice.margin, evidence, compared,
        standing.item, unasked=unasked, described=match.described(claim, work), taken=taken,
    )  # fmt: skip
    judged = match.judge(draft, sources)
    assert judged.described is not None
    if taken:
        origin = match.provenance(claim, standing.item, standing.origin)
        return replaced(judged, emitted=standing.item, provenance=origin)
    wrong = wrong_fields(judged.evidence)
    emitted, origin = match.cite_version(standing, claim, judged.described, policy, wrong)
    return replaced(judged, emitted=emitted, provenance=origin)


def _not_found(
    claim: Claim, choice: Any, sources: Sources, unasked: tuple[Answer, ...]
) -> Resolution:
    from .match import judge

    compared: tuple[Any, ...] = choice.ranked
    draft = Resolution(
        claim, choice.outcome, "unverifiable", None, None, choice.probability, choice.margin,
        compared[0].evidence if compared else (), compared, as_entry(claim), _stated(claim), unasked=unasked,
    )  # fmt: skip
    return judge(draft, sources)


def _stated(claim: Claim) -> dict[str, Provenance]:
    return {field: Provenance("as stated", "reference") for field in claim.csl}


def _unique(records: Iterable[Record]) -> list[Record]:
    return list({r.id: r for r in records}.values())


def _opened(sources: Sources | None) -> Any:
    from .sources import open_sources

    return nullcontext(sources) if sources is not None else open_sources(offline=True)


def with_document_rules(results: Sequence[Resolution]) -> list[Resolution]:
    """Add what only the whole document shows: the same work twice, one work under several titles."""
    from .rules import diagnose_document

    extra = diagnose_document(results)
    return [
        replace(r, diagnostics=r.diagnostics + tuple(d)) if d else r
        for r, d in zip(results, extra, strict=True)
    ]


# ------------------------------------------------------------------ documents → bibliography
_BIBS = (".bib", ".bibtex", ".biblatex")


def fix(
    document: Document | str | os.PathLike[str],
    sources: Sources | None = None,
    *,
    mentions: bool = False,
    jobs: int = 1,
    prefer: Policy = "published",
) -> Bibliography:
    """A report, list of references or ``.bib`` file (a path or a Document) → the bibliography it meant.

    ``repair`` gives a ``.bib`` file back with every byte that no correction names.
    """
    return fix_all([document], sources, mentions=mentions, jobs=jobs, prefer=prefer)


def fix_all(
    documents: Sequence[Document | str | os.PathLike[str]],
    sources: Sources | None = None,
    *,
    mentions: bool = False,
    jobs: int = 1,
    prefer: Policy = "published",
) -> Bibliography:
    """``fix`` for several documents: one bibliography, a work once."""
    with _opened(sources) as ready:
        results: list[Resolution] = []
        for document in documents:
            results += resolve_document(
                document, ready, mentions=mentions, jobs=jobs, prefer=prefer
            )
    from .bibliography import bibliography

    return bibliography(results)


def resolve_document(
    document: Document | str | os.PathLike[str], sources: Sources, *, mentions: bool = False, jobs: int = 1, prefer: Policy = "published",
    lock: Lock | None = None,
) -> list[Resolution]:  # fmt: skip
    """Find, parse and resolve every reference (and mention) of one document, in its order."""
    from .find import find
    from .read import read

    if not isinstance(document, Document) and Path(document).suffix.lower() in _BIBS:
        from . import bib
        from .read import load

        claims = bib.claims(bib.read(load(os.fspath(document)), os.fspath(document)))
        return resolve_all(claims, sources, jobs=jobs, prefer=prefer, lock=lock)
    if not isinstance(document, Document) and Path(document).suffix.lower() in SUFFIXES:
        from .read import load

        claims = list(read_list(load(os.fspath(document)), os.fspath(document)).claims)
        return resolve_all(claims, sources, jobs=jobs, prefer=prefer, lock=lock)
    text = document if isinstance(document, Document) else read(Path(document))
    found = find(text, mentions=mentions)
    claims = _parsed([r for r in found if r.kind == "reference"])
    results = resolve_all(claims, sources, jobs=jobs, prefer=prefer, lock=lock)
    named = [r for r in found if r.kind == "mention"]
    if not named:
        return results
    order = {_where(reference): i for i, reference in enumerate(found)}
    results += resolve_mentions(named, results, sources, prefer=prefer)
    return sorted(results, key=lambda result: order[_where(result.claim.reference)])


def _where(reference: Reference | None) -> tuple[Any, ...]:
    """What tells the references of one document apart, also when they come back from another process."""
    return (
        (reference.kind, reference.line, reference.start, reference.end, reference.raw)
        if reference
        else ()
    )


def document_claims(document: Document) -> list[Claim]:
    """What the references of a document say, in its order."""
    from .find import find

    return _parsed(find(document))


def _parsed(references: Sequence[Reference]) -> list[Claim]:
    """The claims of the references, in order; those of one that names several works stand beside each other."""
    from .normalize.links import with_links
    from .parse import parse_works

    claims: list[Claim] = []
    for read, r in zip(parse_works([r.raw for r in references]), references, strict=True):
        if r.context.get("title") and not _WHOLE.match(
            str(r.context["title"])
        ):  # a list of papers: a title and a link, nothing to be parsed
            read = [Claim(dict(r.context), raw=r.raw, confidence=0.6)]
        shown = (str(r.context["URL"]),) if "URL" in r.context else ()
        links = (*r.links, *shown) if len(read) == 1 else ()
        read = [replace(c, reference=r, csl=with_links(c.csl, links)) for c in read]
        if claims and (sign := _REPEATED.match(r.raw)):
            read = [_by_those_above(c, sign[0], claims[-1]) for c in read]
        claims += read
    return claims


def _by_those_above(claim: Claim, sign: str, above: Claim) -> Claim:
    """The claim with the authors of the reference above it, where it names none but the sign for them ("Idem, 2020. …")."""
    people = above.csl.get("author")
    own = [name.full_family for name in claim.authors]
    if not people or (own and [squash(name) for name in own] != [squash(sign)]):
        return claim
    return replace(claim, csl={**claim.csl, "author": people})


_WHOLE = re.compile(
    r"(?:[^\W\d_][\w'’-]+(?: [^\W\d_][\w'’-]+)?, (?:[A-Z]\.[ -]?){1,3}(?:, |& |and ))"
    r"|[^\W\d_][\w'’-]+, [A-Z][^\"“”]{2,200}[\"“][^\"“”]{3,}[\"”].*(?:19|20)\d\d"
    r"|[^\W\d_][\w'’-]+, [A-ZÀ-Þ][a-zà-ÿ]+(?: [A-Z]\.)?\. [^\"“”]{20,}(?:19|20)\d\d$"
    r"|[^\"“”]{4,120}\. \((?:[A-Z][a-z]+ )?(?:19|20)\d\d[a-z]?\)\. "
)
"""A link that holds a whole reference and not its title alone: "Brook, A., Weir, D. Ponds of …", "Brook, Ada, and Dan Weir. "Ponds." … (2010)", "Pond Board. (2010). …"."""
_REPEATED = re.compile(
    r"[-–—―_]{1,4}[.,:]?\s|(?:[Dd]ers|[Dd]ies|[Ii]dem|[Ee]ad|[Ee]adem|[Ii]d)\b\.?[,:.]?\s"
)
"""What stands for the authors of the reference above it."""


def resolve_mentions(
    mentions: Sequence[Reference],
    cited: Sequence[Resolution],
    sources: Sources,
    *,
    prefer: Policy = "published",
) -> list[Resolution]:
    """Mentions → resolutions, with the works that the same document cites as first candidates."""
    from .match.mention import choose_mention
    from .normalize import normalize
    from .parse.mention import mention_claim

    records = _unique(r for result in cited if result.work for r in result.work.records)
    ids = [r.id for r in records]
    out = []
    for mention in mentions:
        claim = normalize(mention_claim(mention))
        choice = choose_mention(claim, _unique([*records, *sources.local(claim, 30)]), ids)
        out.append(conclude(claim, choice, sources, prefer))
    return out
