"""The whole path on invented works: matched, refused, versions, policies, documents, locks, many processes."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import citenorm
from citenorm.bibliography import bibliography
from citenorm.catalogue.memory import MemoryCatalogue
from citenorm.lock import Lock, by_hand, decide, lock_text, parse_lock
from citenorm.model import Claim, Record
from citenorm.normalize import normalize
from citenorm.pipeline import fix_all, resolve_all, resolve_document
from citenorm.sources import Sources
from citenorm.sources.http import Request

ADA = [
    {"family": "Weaver", "given": "Ada"},
    {"family": "Loom", "given": "Karl"},
    {"family": "Ångström-Spindle", "given": "Siv"},
]
OTHERS = [{"family": "Potter", "given": "Clay"}, {"family": "Kiln", "given": "Rosa"}]
RECORDS = [
    {"id": "arxiv:1801.00001", "type": "article", "title": "Weaving Sparse Graphs by Hand", "author": ADA, "publisher": "arXiv", "issued": {"date-parts": [[2018]]}, "custom": {"arxiv": "1801.00001", "version-of": "jmlr:v20/weaver19a"}},
    {"id": "jmlr:v20/weaver19a", "type": "article-journal", "title": "Weaving Sparse Graphs", "author": ADA, "container-title": "Journal of Machine Learning Research", "volume": "20", "issue": "11", "page": "1-33", "issued": {"date-parts": [[2019]]}, "custom": {"version-of": "arXiv:1801.00001"}},
    {"id": "dblp:conf/icml/PotterK17", "type": "paper-conference", "title": "Firing Clay Networks at Low Temperature", "author": OTHERS, "container-title": "Proceedings of the 34th International Conference on Machine Learning", "page": "200-209", "issued": {"date-parts": [[2017]]}},
]  # fmt: skip
PREPRINT = 'Weaver, Ada, Karl Loom, and Siv Ångström-Spindle. "Weaving sparse graphs by hand." arXiv preprint arXiv:1801.00001 (2018).'
CLAY = "C. Potter and R. Kiln. Firing clay networks at low temperature. In ICML, 2017."
UNKNOWN = "H. Falke. Knitting patterns as regular languages. Journal of Woollen Computation 3(2), 2016, pp. 11-29."


@pytest.fixture
def sources():
    return Sources([MemoryCatalogue([Record.from_csl(r) for r in RECORDS])])


def one(text, sources, **kwargs):
    return resolve_all([citenorm.parse(text)], sources, **kwargs)[0]


def test_a_preprint_comes_out_as_the_published_version(sources):
    result = one(PREPRINT, sources)
    assert (result.outcome, result.status) == ("matched", "verified")
    assert (
        result.emitted["container-title"] == "Journal of Machine Learning Research"
        and result.emitted["page"] == "1-33"
    )
    assert result.emitted["custom"]["arxiv"] == "1801.00001"
    assert {d.name for d in result.diagnostics} >= {"superseded-preprint", "title-variant"}
    assert result.provenance["page"].record == "jmlr:v20/weaver19a"


def test_prefer_as_cited_keeps_the_preprint(sources):
    emitted = one(PREPRINT, sources, prefer="as-cited").emitted
    assert (
        emitted["type"] == "article"
        and "container-title" not in emitted
        and emitted["issued"] == {"date-parts": [[2018]]}
    )


def test_a_work_in_no_source_is_written_from_its_text_and_marked(sources):
    result = one(UNKNOWN, sources)
    assert result.outcome == "unmatched" and result.record is None and result.work is None
    assert result.emitted["title"] == "Knitting patterns as regular languages"
    assert all(p.source == "reference" for p in result.provenance.values())
    assert "unverified" in citenorm.to_bibtex([result]).lower()


@pytest.mark.parametrize(
    "text",
    [
        "J. Baker and P. Oven. Weaving sparse graphs. Journal of Machine Learning Research, 2019.",
        "Ada Weaver, Karl Loom, and Siv Ångström-Spindle. Dyeing dense trees with indigo. JMLR, 2019.",
        "C. Potter and R. Kiln. Glazing recurrent vessels. In ICML, 2017.",
        "B. Mason. Firing clay networks at low temperature. In ICML, 2017.",
    ],
)
def test_a_made_up_reference_is_never_matched_to_a_lookalike(text, sources):
    assert one(text, sources).outcome != "matched"


def test_the_answers_do_not_depend_on_the_number_of_processes(tmp_path):
    from citenorm.catalogue import build
    from citenorm.sources import open_sources

    lines = tmp_path / "records.jsonl"
    lines.write_text("".join(json.dumps(r) + "\n" for r in RECORDS), encoding="utf-8")
    build(tmp_path / "cat", [f"csl:{lines}"])
    claims = [citenorm.parse(t) for t in [PREPRINT, CLAY, UNKNOWN] * 50]
    with open_sources(offline=True, catalogues=[tmp_path / "cat"]) as ready:
        alone = [json.dumps(r.to_dict()) for r in resolve_all(claims, ready)]
        together = [json.dumps(r.to_dict()) for r in resolve_all(claims, ready, jobs=3)]
    assert alone == together and len(alone) == 150


# ------------------------------------------------------------------ documents
REPORT = f"""# Notes

Papers of the week:

- Weaving Sparse Graphs (JMLR, 2019)
- Firing Clay Networks at Low Temperature

## References

1. {PREPRINT}
2. {CLAY}
3. {UNKNOWN}
4. Ada Weaver, Karl Loom, Siv Ångström-Spindle: Weaving Sparse Graphs. JMLR 20(11): 1-33 (2019)
"""


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "notes.md"
    path.write_text(REPORT, encoding="utf-8")
    return path


def test_a_document_becomes_one_entry_per_work(report, sources):
    made = citenorm.fix(report, sources)
    assert [e.best.record.id if e.best.record else None for e in made.entries][1:] == [
        "dblp:conf/icml/PotterK17",
        None,
    ]
    assert len(made.entries) == 3 and len(made.entries[0].resolutions) == 2
    assert any(
        d.name == "same-work-twice" for r in made.entries[0].resolutions for d in r.diagnostics
    )
    text = made.to_bibtex()
    assert text.count("@") == 3 and "1801.00001" in text


def test_csl_items_say_where_they_were_named_and_on_whose_word(report, sources):
    items = citenorm.fix(report, sources).to_csl()
    told = items[0]["custom"]["citenorm"]
    assert [d["line"] for d in told["documents"]] == [10, 13]
    assert told["status"] == "verified" and told["provenance"]["volume"]["source"] == "jmlr"
    assert items[2]["custom"]["citenorm"]["outcome"] == "unmatched"


def test_mentions_come_to_the_same_works(report, sources):
    results = resolve_document(report, sources, mentions=True)
    mentions = [r for r in results if r.claim.reference.kind == "mention"]
    assert [r.work is not None for r in mentions] == [True, True]
    assert len(bibliography(results).entries) == 3


def test_several_documents_make_one_bibliography(report, sources, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text("References\n\n" + CLAY + "\n", encoding="utf-8")
    made = fix_all([report, other], sources)
    clay = next(
        e for e in made.entries if e.best.record and e.best.record.id == "dblp:conf/icml/PotterK17"
    )
    assert len(made.entries) == 3 and len(clay.resolutions) == 2


# ------------------------------------------------------------------ locks
def test_a_lock_answers_without_any_source(sources):
    claims = [normalize(citenorm.parse(t)) for t in (PREPRINT, CLAY, UNKNOWN)]
    before = resolve_all(claims, sources)
    lock = parse_lock(lock_text(decide(Lock(), before, "2026-01-01")))
    after = resolve_all(claims, Sources([]), lock=lock)
    assert [r.emitted for r in after] == [r.emitted for r in before]
    assert [r.outcome for r in after] == ["matched", "matched", "unmatched"]


def test_another_policy_does_not_invalidate_a_lock(sources):
    claim = normalize(citenorm.parse(PREPRINT))
    lock = decide(Lock(), resolve_all([claim], sources), "2026-01-01")
    assert (
        resolve_all([claim], Sources([]), lock=lock, prefer="as-cited")[0].emitted["type"]
        == "article"
    )


def test_a_decision_by_hand_goes_before_every_source(sources):
    claim = normalize(citenorm.parse(UNKNOWN))
    lock = by_hand(Lock(), claim, record="dblp:conf/icml/PotterK17", date="2026-01-01")
    result = resolve_all([claim], sources, lock=lock)[0]
    assert result.matched and result.record.id == "dblp:conf/icml/PotterK17"
    gone = resolve_all([claim], Sources([]), lock=lock)[0]
    assert gone.outcome == "unmatched" and "lock" in gone.unasked[0].source


def test_what_is_to_be_left_alone_is_left_alone(sources):
    claim = normalize(citenorm.parse(PREPRINT))
    lock = by_hand(Lock(), claim, leave=True, date="2026-01-01")
    result = resolve_all([claim], sources, lock=lock)[0]
    assert (
        result.outcome == "unmatched" and result.diagnostics == () and result.emitted == claim.csl
    )


# ------------------------------------------------------------------ online
class Service:
    """A service that answers from a list, or not at all; counts its questions."""

    name, joins, deposited, extra, instead_of = "crossref", 1, False, False, ""

    def __init__(self, answer):
        self.answer, self.asked = answer, 0

    late = knows_versions = False

    def suits(self, claim):
        return 1.0

    def by_identifier(self, claim):
        return []

    def by_title(self, claim):
        return [Request(self.name, claim.title)]

    def linked(self, claim, records, known):
        return []

    def ask_all(self, requests):
        self.asked += len(requests)
        return [self.answer for _ in requests]

    def close(self):
        pass


def test_what_is_known_locally_is_not_asked_online(sources):
    service = Service(citenorm.Answer("crossref", "none"))
    with_service = Sources(sources.catalogues, [service])
    assert one(CLAY, with_service).matched and service.asked == 0
    assert one(UNKNOWN, with_service).outcome == "unmatched" and service.asked == 1


def test_a_source_that_cannot_be_asked_makes_it_unverifiable_with_the_reason(sources):
    service = Service(
        citenorm.Answer("crossref", "unknown", reason="no connection to api.example.org")
    )
    result = one(UNKNOWN, Sources(sources.catalogues, [service]))
    assert result.status == "unverifiable" and result.outcome == "unmatched"
    assert any(
        "no connection to api.example.org" in d.message
        for d in result.diagnostics
        if d.name == "unverifiable-reference"
    )


def test_a_record_found_online_is_matched():
    records = tuple(Record.from_csl(r) for r in RECORDS)
    result = one(CLAY, Sources([], [Service(citenorm.Answer("crossref", "found", records))]))
    assert result.matched and result.emitted["page"] == "200-209"


def test_a_claim_without_anything_is_no_error(sources):
    empty = resolve_all([Claim({}), Claim({"title": "?"})], sources)
    assert [r.outcome for r in empty] == ["unmatched"] * 2


def test_a_first_name_one_letter_off_is_told_and_mended():
    people = [{"family": "Faden", "given": "Zhaochun"}, {"family": "Nadel", "given": "Mei"}]
    record = {
        "id": "acm:1",
        "type": "paper-conference",
        "title": "Streaming Yarn Networks",
        "author": people,
        "container-title": "International Conference on Machine Learning",
        "issued": {"date-parts": [[2020]]},
    }
    at_hand = Sources([MemoryCatalogue([Record.from_csl(record)])])
    result = one("Faden, Zhaocun, and Mei Nadel. Streaming yarn networks. In ICML, 2020.", at_hand)
    told = [d for d in result.diagnostics if d.name == "author-misspelled"]
    assert (
        len(told) == 1
        and "Zhaocun" in told[0].claim
        and "Zhaochun" in told[0].record
        and result.status == "verified"
    )
    assert result.emitted["author"][0]["given"] == "Zhaochun"
    right = one("Faden, Z., and M. Nadel. Streaming yarn networks. In ICML, 2020.", at_hand)
    assert not [d for d in right.diagnostics if d.name == "author-misspelled"]


EDITED = {
    "id": "x:1",
    "type": "book",
    "title": "A Handbook of Woven River Baskets",
    "editor": ADA[:2],
    "issued": {"date-parts": [[2001]]},
}


def test_people_named_as_authors_are_held_against_a_record_of_editors():
    at_hand = Sources([MemoryCatalogue([Record.from_csl(EDITED)])])
    stated = {key: value for key, value in EDITED.items() if key not in ("id", "editor")}
    same = resolve_all([Claim({**stated, "author": ADA[:2]})], at_hand)[0]
    assert (same.outcome, same.status, same.diagnostics) == ("matched", "verified", ())
    assert [n["family"] for n in same.emitted["author"]] == [
        "Weaver",
        "Loom",
    ] and "editor" not in same.emitted
    slip = resolve_all(
        [
            Claim(
                {
                    **stated,
                    "author": [
                        {"family": "Weaver", "given": "Ada"},
                        {"family": "Loom", "given": "Karol"},
                    ],
                }
            )
        ],
        at_hand,
    )[0]
    assert slip.outcome == "matched"
    others = resolve_all([Claim({**stated, "author": OTHERS})], at_hand)[0]
    assert others.outcome == "unmatched" and any(
        "by Weaver, Loom (2001)" in d.message for d in others.diagnostics
    )


_ODD = st.sampled_from(
    [
        None,
        "",
        "x",
        7,
        [],
        [None],
        [{}],
        ["Weaver"],
        [{"family": "…"}, {"family": "Weaver", "given": "A."}],
        {"family": "Loom"},
    ]
)
_ITEMS = st.fixed_dictionaries(
    {
        "title": st.sampled_from(
            [
                RECORDS[0]["title"],
                RECORDS[1]["title"],
                EDITED["title"],
                "…",
                "",
                None,
                ["Weaving Sparse Graphs"],
            ]
        )
    },
    optional={
        "type": st.sampled_from(["article", "book", "article-journal", "chapter", "", None]),
        "author": st.sampled_from([ADA, ADA[:1], OTHERS, [*OTHERS, {"family": "—"}]]) | _ODD,
        "editor": st.sampled_from([ADA, OTHERS]) | _ODD,
        "issued": st.sampled_from(
            [
                {"date-parts": [[2018]]},
                {"date-parts": [[]]},
                {"date-parts": [["2019"]]},
                {},
                "2018",
                None,
            ]
        ),
        "container-title": st.sampled_from(
            ["Journal of Machine Learning Research", "arXiv", "", None, ["JMLR"], 3]
        ),
        "page": st.sampled_from(["1-33", "33-1", "e7", "", None, 5]),
        "volume": st.sampled_from(["20", "XX", "", None, 20]),
        "DOI": st.sampled_from(["10.1/x", "10.", "", None, 4]),
        "custom": st.sampled_from(
            [
                {"arxiv": "1801.00001"},
                {"author-count": 9},
                {"version-of": "arXiv:1801.00001"},
                {},
                None,
                "x",
            ]
        ),
    },
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_ITEMS, min_size=1, max_size=3), _ITEMS)
def test_no_item_however_odd_stops_the_rest(known, asked):
    records = [Record.from_csl({"id": f"x:{i}", **item}) for i, item in enumerate(known)]
    result = resolve_all([Claim(asked)], Sources([MemoryCatalogue(records)]))[0]
    assert result.outcome in ("matched", "ambiguous", "unmatched") and (result.record is None) == (
        result.outcome != "matched"
    )
    citenorm.to_bibtex([result])


def test_half_a_title_replaced_makes_another_book_perhaps_and_may_be_an_earlier_title_of_a_preprint():
    def status(stated: str, kind: str) -> tuple[str, str]:
        record = {
            "id": "x:1",
            "type": kind,
            "title": "The Secret Loom: Inside the Hidden Workshops of Northern Weavers",
            "author": ADA[:2],
            "issued": {"date-parts": [[2012]]},
        }
        claim = Claim({"title": stated, "author": ADA[:2], "issued": {"date-parts": [[2012]]}})
        result = resolve_all([claim], Sources([MemoryCatalogue([Record.from_csl(record)])]))[0]
        return result.outcome, result.status

    mixed = "The Secret Loom: Inside the Hidden Attention of Neural Translation"
    assert status(mixed, "book") == ("ambiguous", "unverifiable")
    assert status(mixed, "article") == ("matched", "verified")
    assert status("The Secret Loom: Inside the Hidden Workshops", "book") == ("matched", "verified")


MANY = """# Notes

See [1] and [2].

- Firing Clay Networks at Low Temperature (ICML 2017)

## References

[1] Weaver, A., Loom, K. & Ångström-Spindle, S. Weaving sparse graphs. Journal of Machine Learning Research 20(11), 1-33 (2019); Potter, C. & Kiln, R. Firing clay networks at low temperature. ICML (2017).

[2] H. Falke. Knitting patterns as regular languages. Journal of Woollen Computation 3(2), 2016, pp. 11-29.
"""


@pytest.mark.parametrize("mentions", [False, True])
def test_a_reference_that_names_two_works_comes_to_both(sources, tmp_path, mentions):
    report = tmp_path / "many.md"
    report.write_text(MANY, encoding="utf-8")
    results = resolve_document(report, sources, mentions=mentions)
    assert [r.record.id if r.record else None for r in results][-3:] == [
        "jmlr:v20/weaver19a",
        "dblp:conf/icml/PotterK17",
        None,
    ]
    assert len(results) == 4 if mentions else 3
    assert {r.claim.reference.line for r in results[-3:-1]} == {results[-2].claim.reference.line}
    assert len(bibliography(results).entries) == 3


def test_a_reference_that_names_two_works_is_not_written_anew(sources, tmp_path):
    from citenorm.emit.rewrite import rewrite
    from citenorm.read import read

    report = tmp_path / "many.md"
    report.write_text(MANY, encoding="utf-8")
    results = resolve_document(report, sources)
    document = read(report)
    assert (
        rewrite(document, [r.claim.reference for r in results], results, style="apa")
        == document.source_text
    )


JOURNAL = {
    "id": "b:1", "type": "article-journal", "title": RECORDS[2]["title"], "author": OTHERS, "container-title": "Communications of the ACM", "volume": "4",
    "page": "1-30", "issued": {"date-parts": [[2019]]}, "custom": {"version-of": RECORDS[2]["id"]},
}  # fmt: skip
REPRINT = "C. Potter and R. Kiln. Firing clay networks at low temperature. Communications of the ACM 4, 2019, 1-30."
BARE = "C. Potter and R. Kiln. Firing clay networks at low temperature."
ON_ARXIV = "C. Potter and R. Kiln. Firing clay networks at low temperature. arXiv preprint, 2017."


@pytest.fixture
def both():
    return Sources([MemoryCatalogue([Record.from_csl(r) for r in (RECORDS[2], JOURNAL)])])


@pytest.mark.parametrize(
    ("said", "venues"),
    [
        ((CLAY, REPRINT), ["ICML", "CACM"]),
        ((REPRINT, CLAY, ON_ARXIV), ["CACM", "ICML"]),
        ((BARE, REPRINT), ["CACM"]),
        ((ON_ARXIV, CLAY), ["ICML"]),
        ((BARE, CLAY, REPRINT), ["ICML", "CACM"]),
        ((CLAY, CLAY.replace("2017", "2018")), ["ICML"]),
    ],
)
def test_publications_that_are_each_stated_are_entries_of_their_own(both, said, venues):
    """A meeting's paper and its journal version, both cited in full; a reference that states neither goes with one of them."""
    results = resolve_all([citenorm.parse(text) for text in said], both)
    long = {"ICML": RECORDS[2]["container-title"], "CACM": JOURNAL["container-title"]}
    entries = bibliography(results).entries
    assert [e.csl["container-title"] for e in entries] == [long[v] for v in venues]


def test_a_citation_points_to_the_publication_that_its_reference_states(both):
    text = f"A paper [1] and its reprint [2].\n\n## References\n\n[1] {CLAY}\n[2] {REPRINT}\n"
    made = citenorm.cite(text.encode(), both, name="report.md")
    one, two = made.added
    assert f"A paper [@{one}] and its reprint [@{two}]." in made.text
    assert made.bibliography.index("Communications") > made.bibliography.index(f"{{{two},")
    half = made.bibliography[made.bibliography.index(f"@article{{{two},") :].encode()
    again = citenorm.cite(text.encode(), both, name="report.md", bib=half)
    assert again.added == (one,) and again.text == made.text


def test_columns_of_one_title_are_entries_of_their_own():
    """Of one journal and title, years apart, each with its own volume and pages; pages about which sources differ make no two of one."""
    first = {**JOURNAL, "custom": {}}
    later = {**first, "id": "b:2", "volume": "9", "page": "50-52", "issued": {"date-parts": [[2024]]}, "custom": {"version-of": "b:1"}}  # fmt: skip
    known = Sources([MemoryCatalogue([Record.from_csl(r) for r in (first, later)])])
    said = (REPRINT, REPRINT.replace("4, 2019, 1-30", "9, 2024, 50-52"))
    results = resolve_all([citenorm.parse(text) for text in said], known)
    assert [e.csl["volume"] for e in bibliography(results).entries] == ["4", "9"]
    said = (REPRINT, REPRINT.replace("1-30", "3-30"))
    assert len(bibliography(resolve_all([citenorm.parse(t) for t in said], known)).entries) == 1
