"""The steps between the stages: decisions of a lock, what is asked and what not, links, authors above, documents of each kind."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from builders import claim, item, known, record

import citenorm
from citenorm.errors import ConfigError
from citenorm.lock import Decision, Lock, fingerprint
from citenorm.match import Choice, choose, compare_many
from citenorm.model import Answer, Claim, Document, Record, Reference, Resolution
from citenorm.normalize import normalize
from citenorm.pipeline import (
    _binding,
    _by_those_above,
    _known,
    _parsed,
    _where,
    in_context,
    named_records,
    resolve,
    resolve_all,
    resolve_batch,
    resolve_document,
    resolve_mentions,
    with_document_rules,
)
from citenorm.sources import Sources
from citenorm.sources.http import Request
from citenorm.sources.plan import Known

WHO = "Jia Li; Omar Haddad; Mei Sato"
TITLE = "Sampling quiet ponds as mirrors of winter stars"
UPLOAD = record("arxiv:1", TITLE, WHO, 2019, "article", arxiv="1901.00001", version_of="p:1")
PAPER = record(
    "p:1", TITLE, WHO, 2020, venue="Pond Letters", volume="7", pages="30-41", doi="10.5555/pond"
)
RIVERS = record("r:1", "Rivers of the high north in spring", "Ada Smith", 2011, venue="Frog News")
HERE = claim(TITLE, WHO, 2020, venue="Pond Letters")


class Service:
    """A service that answers every question alike and keeps the questions."""

    name, joins, deposited, extra, instead_of = "crossref", 1, False, False, ""
    late = knows_versions = False

    def __init__(self, *answers):
        self.answers, self.asked = answers, []

    def suits(self, claim):
        return 1.0

    def by_identifier(self, claim):
        return [Request(self.name, claim.doi or claim.arxiv)] if claim.doi or claim.arxiv else []

    def by_title(self, claim):
        return [Request(self.name, claim.title)] if claim.title else []

    def linked(self, claim, records, known):
        return []

    def ask_all(self, requests):
        self.asked += list(requests)
        return [self.answers[0] for _ in requests]

    def close(self):
        pass


def online(answer, *items):
    service = Service(answer)
    return Sources(known(*items).catalogues, [service]), service


NO_ROUTE = Answer("crossref", "unknown", reason="no route")


# ------------------------------------------------------------------ locks
def decision(stated=HERE, outcome="matched", **more):
    return Decision(fingerprint(normalize(stated)), outcome, **more)


def locked(stated, made, sources=None, **more):
    lock = Lock({made.fingerprint: made})
    return resolve_all([stated], sources or Sources([]), lock=lock, **more)[0]


@pytest.mark.parametrize(
    ("outcome", "by", "binds"),
    [
        ("matched", "citenorm", True),
        ("unmatched", "citenorm", False),
        ("ambiguous", "citenorm", False),
        ("leave", "citenorm", True),
        ("matched", "person", True),
        ("unmatched", "person", True),
        ("leave", "person", True),
    ],
)
def test_which_decisions_bind(outcome, by, binds):
    assert _binding(HERE, decision(outcome=outcome, by=by)) is binds
    assert _binding(HERE, None) is False


def test_a_decision_on_identifiers_alone_binds_where_a_record_has_one_of_them():
    bare = claim(type="", doi="10.5555/pond")
    assert _binding(bare, decision(bare, records=(RIVERS, PAPER)))
    assert not _binding(bare, decision(bare, records=(RIVERS,)))
    assert _binding(bare, decision(bare, records=(RIVERS,), by="person"))


def test_a_lock_gives_probability_record_and_policy():
    made = decision(record="arxiv:1", records=(PAPER, UPLOAD), probability=0.75)
    found = locked(HERE, made)
    assert (found.outcome, found.record.id, found.probability, found.margin) == ("matched", "arxiv:1", 0.75, 0.75)  # fmt: skip
    assert [c.record.id for c in found.candidates] == ["arxiv:1", "p:1"]
    assert not found.taken
    by_person = locked(HERE, replace(made, by="person"))
    assert by_person.probability == 1.0 and not by_person.taken
    assert found.emitted["type"] == "article-journal"
    assert locked(HERE, replace(made, prefer="preprint")).emitted["type"] == "article"
    assert locked(HERE, made, prefer="preprint").emitted["type"] == "article"
    assert locked(HERE, replace(made, prefer="published"), prefer="preprint").emitted["type"] == "article-journal"  # fmt: skip


def test_what_a_person_says_against_the_words_is_taken():
    made = decision(record="r:1", records=(RIVERS,), by="person")
    found = locked(HERE, made)
    assert found.matched and found.taken and found.emitted["title"] == RIVERS.title
    assert found.provenance["title"].record == "r:1"
    assert not locked(HERE, replace(made, by="citenorm", probability=0.9)).taken


def test_a_record_that_the_lock_names_and_does_not_hold():
    made = decision(record="p:1", by="person")
    assert locked(HERE, made, known(PAPER)).record.id == "p:1"
    gone = locked(HERE, made, known(RIVERS))
    assert gone.outcome == "unmatched" and (gone.probability, gone.margin) == (0.0, 0.0)
    assert gone.unasked[0] == Answer("lock", "unknown", reason="the lock names p:1, which no source at hand holds")  # fmt: skip
    # the record named is not among those kept: the first of them stands in
    assert locked(HERE, replace(made, record="z:9", records=(PAPER, UPLOAD))).record.id == "p:1"


def test_left_alone_it_is_printed_as_it_is():
    found = locked(HERE, decision(outcome="leave", by="person"), known(PAPER))
    assert (found.outcome, found.status) == ("unmatched", "unverifiable")
    assert found.emitted["title"] == TITLE and "volume" not in found.emitted
    assert (
        found.provenance["title"].how == "as stated"
        and found.provenance["title"].source == "reference"
    )


def test_open_claims_beside_decided_ones_get_their_own_candidates():
    other = claim("Rivers of the high north in spring", "Ada Smith", 2011)
    made = decision(record="p:1", records=(PAPER,), probability=0.9)
    lock = Lock({made.fingerprint: made})
    found = resolve_batch([other, HERE, other], known(RIVERS), lock=lock)
    assert [r.record.id for r in found] == ["r:1", "p:1", "r:1"]


# ------------------------------------------------------------------ records by name
def test_records_by_id_doi_and_arxiv_number():
    sources = known(PAPER, UPLOAD, RIVERS)

    def ids(name):
        records, unasked = named_records(name, sources)
        assert unasked == ()
        return sorted(r.id for r in records)

    assert ids("r:1") == ["r:1"]
    assert ids("doi:10.5555/pond") == ids("DOI:10.5555/pond") == ids("p:1")
    assert "arxiv:1" in ids("arXiv:1901.00001") and ids("nobody:1") == []
    assert ids("doi:10.5555/none") == []


def test_services_are_asked_for_an_identifier_that_no_catalogue_holds():
    found = Answer("crossref", "found", (PAPER, RIVERS))
    sources, service = online(found)
    assert [r.id for r in named_records("doi:10.5555/POND", sources)[0]] == ["p:1"]
    assert service.asked == [Request("crossref", "10.5555/pond")]
    sources, service = online(Answer("crossref", "found", (UPLOAD,)))
    assert [r.id for r in named_records("arXiv:1901.00001", sources)[0]] == ["arxiv:1"]
    assert service.asked == [Request("crossref", "1901.00001")]
    sources, service = online(found, PAPER)
    assert named_records("doi:10.5555/pond", sources)[0] == [PAPER] and not service.asked
    assert named_records("p:9", sources) == ([], ()) and not service.asked


def test_services_that_could_not_be_asked_for_it_are_named():
    sources, _ = online(NO_ROUTE)
    assert named_records("doi:10.5555/pond", sources) == ([], (NO_ROUTE,))
    sources, _ = online(Answer("crossref", "none"))
    assert named_records("doi:10.5555/pond", sources) == ([], ())


# ------------------------------------------------------------------ asking further
@pytest.mark.parametrize(
    ("stated", "records", "how_far"),
    [
        (HERE, [PAPER], Known.PUBLISHED),
        (HERE, [PAPER, UPLOAD], Known.PUBLISHED),
        (claim(TITLE, WHO, 2019, "article", arxiv="1901.00001"), [UPLOAD], Known.PREPRINT),
        (claim(TITLE, WHO, 2019, "article", arxiv="1901.00001"), [UPLOAD, PAPER], Known.PUBLISHED),
        (claim(TITLE, WHO, 2019, "article", arxiv="1901.00001"), [UPLOAD, RIVERS], Known.PREPRINT),
        (HERE, [RIVERS], Known.NOTHING),
        (HERE, [], Known.NOTHING),
    ],
)
def test_how_far_a_work_is_known(stated, records, how_far):
    assert _known(choose(stated, compare_many(stated, records))) is how_far


def test_what_is_known_as_published_is_not_asked_for():
    for stated, records, questions in (
        (HERE, [PAPER], 0),
        (HERE, [RIVERS], 1),
        (claim(TITLE, WHO, 2019), [UPLOAD], 1),
    ):
        sources, service = online(Answer("crossref", "none"), *records)
        resolve(stated, sources)
        assert bool(service.asked) is bool(questions), stated


def test_what_a_service_has_is_chosen_from_beside_what_was_known():
    sources, _ = online(Answer("crossref", "found", (PAPER,)), RIVERS)
    found = resolve_all(
        [HERE, claim("Rivers of the high north in spring", "Ada Smith", 2011)], sources
    )
    assert [r.record.id for r in found] == ["p:1", "r:1"] and found[0].unasked == ()


def test_only_what_could_not_be_asked_is_kept_with_the_reference():
    sources, _ = online(NO_ROUTE, RIVERS)
    found = resolve_all(
        [claim("Rivers of the high north in spring", "Ada Smith", 2011), HERE], sources
    )
    assert [r.unasked for r in found] == [(), (NO_ROUTE,)]
    sources, _ = online(Answer("crossref", "none"), RIVERS)
    assert resolve(HERE, sources).unasked == ()


# ------------------------------------------------------------------ outcomes
def test_matched_without_a_record_is_not_found():
    from citenorm.pipeline import conclude

    odd = conclude(HERE, Choice("matched", None, 0.9, 0.9, ()), known(PAPER), "published")
    assert odd.record is None and odd.emitted["title"] == TITLE
    unsure = Choice("ambiguous", PAPER, 0.4, 0.1, tuple(compare_many(HERE, [PAPER])))
    found = conclude(HERE, unsure, known(PAPER), "published")
    assert (found.outcome, found.record, found.work) == ("ambiguous", None, None)
    assert found.evidence == unsure.ranked[0].evidence and found.candidates == unsure.ranked
    assert found.provenance["title"].how == "as stated"


def test_jobs_and_policies_are_checked():
    with pytest.raises(ConfigError, match="1 or more, not 0"):
        resolve_all([HERE], known(PAPER), jobs=0)
    with pytest.raises(ConfigError):
        resolve_all([HERE], known(PAPER), prefer="newest")  # type: ignore[arg-type]
    with pytest.raises(ConfigError):
        resolve(HERE, known(PAPER), prefer="newest")  # type: ignore[arg-type]
    assert resolve_all([HERE], known(PAPER), jobs=1)[0].matched


def test_without_sources_the_built_in_catalogue_is_asked():
    found = resolve(claim("No such title in any catalogue whatsoever", "Zed Nobody"))
    assert found.outcome == "unmatched" and found.unasked == ()


def test_what_only_the_document_shows_is_added():
    one, two = resolve(HERE, known(PAPER)), resolve(HERE, known(PAPER))
    alone, other = with_document_rules([one]), with_document_rules([one, two])
    assert alone[0] is one and other[0] is one
    assert [d.name for d in other[1].diagnostics] == [
        *(d.name for d in two.diagnostics),
        "same-work-twice",
    ]


def test_only_ambiguous_references_are_decided_by_the_document():
    twins = [
        record(
            "a:1", "Introduction", "Jia Li", 2001, venue="Pond Letters", volume="1", pages="1-2"
        ),
        record("b:1", "Introduction", "Jun Li", 2001, venue="Frog News", volume="8", pages="7-9"),
    ]
    sources = known(*twins)
    unsure = resolve(claim("Introduction", "J. Li", 2001), sources)
    assert unsure.outcome == "ambiguous" and unsure.candidates
    # cited in full by another reference of the document
    clear = resolve(
        claim("Introduction", "Jun Li", 2001, venue="Frog News", volume="8", pages="7-9"), sources
    )
    assert clear.record.id == "b:1"
    settled = in_context([unsure, clear], sources)
    assert settled[0].record.id == "b:1" and settled[1] is clear
    assert in_context([unsure], sources)[0] is unsure
    nobody = replace(unsure, candidates=())
    assert in_context([nobody, clear], sources)[0] is nobody


# ------------------------------------------------------------------ what references say
def of(raw, **more):
    return Reference(raw, "a.md", **more)


def test_links_of_a_reference_that_names_one_work_are_its_own():
    text = "J. Li. Sampling quiet ponds. Pond Letters, 2020."
    (made,) = _parsed([of(text, links=("https://doi.org/10.5555/pond",))])
    assert made.csl["DOI"] == "10.5555/pond"
    (made,) = _parsed([of(text, context={"URL": "https://doi.org/10.5555/pond"})])
    assert made.csl["DOI"] == "10.5555/pond"
    assert "DOI" not in _parsed([of(text)])[0].csl
    two = "J. Li, Pond Lett. 7, 1 (2020); O. Haddad, Pond Lett. 8, 30 (2021)."
    made = _parsed([of(two, links=("https://doi.org/10.5555/pond",))])
    assert len(made) == 2 and all("DOI" not in one.csl for one in made)
    assert all(one.reference is not None and one.reference.raw == two for one in made)


def test_a_title_in_a_list_of_papers_is_not_parsed():
    (made,) = _parsed(
        [of("Quiet ponds, 2nd ed. (2020)", context={"title": "Quiet ponds, 2nd ed. (2020)"})]
    )
    assert made.title == "Quiet ponds, 2nd ed. (2020)" and made.confidence == 0.6
    whole = "Brook, A., Weir, D. Ponds of the north. Pond Letters, 2020."
    (made,) = _parsed([of(whole, context={"title": whole})])
    assert [n.family for n in made.authors] == ["Brook", "Weir"]
    (made,) = _parsed(
        [of("J. Li. Quiet ponds. Pond Letters, 2020.", context={"container-title": "x"})]
    )
    assert made.authors


@pytest.mark.parametrize("dash", ["———. ", "---, ", "____. ", "Ders.: ", "Idem, ", "Eadem: "])
def test_a_dash_stands_for_the_authors_above(dash):
    first = "Li, Jia. 2019. Sampling quiet ponds. Pond Letters 7: 30-41."
    made = _parsed([of(first), of(f"{dash}2020. Rivers of the north. Frog News 3: 1-9.")])
    assert [n.family for n in made[1].authors] == ["Li"]
    # nobody above
    assert not any(n.family == "Li" for n in _parsed([of(f"{dash}2020. Rivers of the north. Frog News 3: 1-9.")])[0].authors)  # fmt: skip


@pytest.mark.parametrize(
    ("own", "above", "who"),
    [
        ("", "Li, Jia", ["Li"]),
        ("Idem", "Li, Jia", ["Li"]),  # the sign was read as a name
        ("Brook, Ada", "Li, Jia", ["Brook"]),
        ("", "", []),
        ("Idem", "", ["Idem"]),
    ],
)
def test_whose_authors_a_sign_stands_for(own, above, who):
    made = _by_those_above(claim(TITLE, own), "Idem, ", claim("Rivers", above))
    assert [n.full_family for n in made.authors] == who


def test_the_next_reference_has_its_own_authors():
    made = _parsed(
        [of("Li, Jia. 2019. Sampling quiet ponds. Pond Letters 7: 30-41."), of("2020. Rivers of the north. Frog News 3: 1-9.")]
    )  # fmt: skip
    assert [n.family for n in made[1].authors] != ["Li"]


# ------------------------------------------------------------------ documents
PEOPLE = "Li, Jia and Haddad, Omar and Sato, Mei"
ENTRY = f"@article{{li, title = {{{TITLE}}}, author = {{{PEOPLE}}}, year = 2020}}\n"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.bib", ENTRY),
        ("a.BIB", ENTRY),
        ("a.bibtex", ENTRY),
        ("a.json", json.dumps([{"id": "li", **item(TITLE, WHO, 2020)}])),
        ("a.ris", f"TY  - JOUR\nTI  - {TITLE}\nAU  - Li, Jia\nAU  - Haddad, Omar\nAU  - Sato, Mei\nPY  - 2020\nER  - \n"),
        ("a.txt", f"References\n\n[1] J. Li, O. Haddad, M. Sato. {TITLE}. Pond Letters 7, 30-41, 2020.\n"),
    ],
)  # fmt: skip
def test_documents_of_each_kind(tmp_path, name, content):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    for given in (path, str(path)):
        assert [r.record and r.record.id for r in resolve_document(given, known(PAPER))] == ["p:1"]


def test_a_document_that_is_read_already(tmp_path):
    path = tmp_path / "a.md"
    path.write_text(
        f"# References\n\n1. J. Li, O. Haddad, M. Sato. {TITLE}. Pond Letters, 2020.\n", "utf-8"
    )
    read = citenorm.read(path)
    assert isinstance(read, Document)
    # its name alone does not make it a .bib file
    assert [r.record.id for r in resolve_document(replace(read, name="a.bib"), known(PAPER))] == [
        "p:1"
    ]
    assert [r.record.id for r in resolve_document(replace(read, name="a.ris"), known(PAPER))] == [
        "p:1"
    ]


def test_references_and_mentions_in_the_order_of_the_document(tmp_path):
    path = tmp_path / "a.md"
    path.write_text(
        f"Papers:\n\n- {TITLE} (Pond Letters, 2020)\n\n# References\n\n1. J. Li, O. Haddad, M. Sato. {TITLE}. Pond Letters, 2020.\n",
        "utf-8",
    )  # fmt: skip
    found = resolve_document(path, known(PAPER), mentions=True)
    assert [r.claim.reference.kind for r in found] == ["mention", "reference"]
    assert [r.record.id for r in found] == ["p:1", "p:1"]
    assert len(resolve_document(path, known(PAPER))) == 1


def test_mentions_go_to_what_the_document_cites():
    cited = resolve(HERE, known(PAPER))
    mention = Reference(TITLE, kind="mention")
    (found,) = resolve_mentions([mention], [cited], known())
    assert found.record.id == "p:1" and isinstance(found, Resolution)
    unknown = resolve(claim("A title that nobody knows at all", "Zed Nobody"), known())
    (found,) = resolve_mentions([mention], [unknown], known())
    assert not found.matched


def test_a_claim_says_no_more_than_its_string():
    assert isinstance(resolve("J. Li. Quiet ponds. 2020.", known()).claim, Claim)
    assert isinstance(PAPER, Record)


def test_references_of_one_document_are_told_apart():
    assert _where(None) == ()
    one = of("a", line=3, start=1, end=9)
    assert _where(one) == ("reference", 3, 1, 9, "a") != _where(replace(one, kind="mention"))


def test_a_choice_without_a_record_knows_nothing():
    assert _known(Choice("matched", None, 0.9, 0.9, ())) is Known.NOTHING


def test_whoever_watches_is_told_how_many_are_known(monkeypatch):
    seen = []
    monkeypatch.setattr("citenorm.pipeline.tell", seen.append)
    sources, _ = online(Answer("crossref", "found", (PAPER,)), RIVERS)
    rivers = claim("Rivers of the high north in spring", "Ada Smith", 2011)
    resolve_batch([HERE, rivers, claim("Nothing like it", "Zed Nobody")], sources)
    assert seen == [2]


def test_what_is_found_beside_a_service_that_was_silent():
    half = Answer("crossref", "unknown", (PAPER,), "no route")
    sources, _ = online(half)
    assert named_records("doi:10.5555/pond", sources) == ([PAPER], ())
