"""What the printed entries look like: golden files, keys, capitals, special characters."""

import json

import pytest
from bibtexparser import parse_string
from hypothesis import assume, given
from hypothesis import strategies as st

from citenorm.emit import UNVERIFIED, encode, entry_of, keys_for, to_bibtex, to_csl_json, to_ris
from citenorm.emit.entry import repeats_identifier
from citenorm.model import Claim, Diagnostic, Reference, Resolution

JOURNAL = {
    "type": "article-journal",
    "title": "Training Data Subset Search With Ensemble Active Learning",
    "author": [{"family": "Chitta", "given": "Kashyap"}, {"family": "Álvarez", "given": "José M."}],
    "container-title": "IEEE Transactions on Intelligent Transportation Systems",
    "volume": "23", "issue": "9", "page": "14741-14752", "issued": {"date-parts": [[2022, 9]]}, "DOI": "10.1109/tits.2021.3133268",
    "URL": "https://doi.org/10.1109/TITS.2021.3133268", "custom": {"arxiv": "1905.12737", "primary-class": "cs.LG"},
}  # fmt: skip
PREPRINT = {
    "type": "article",
    "title": "BERT on a GPU & 50% less",
    "author": [
        {"family": "Amersfoort", "given": "Joost", "non-dropping-particle": "van"},
        {"family": "King", "given": "Martin", "suffix": "Jr."},
        {"literal": "Gemini Team and Friends"},
    ],
    "issued": {"date-parts": [[2019, 7, 10]]},
    "URL": "https://arxiv.org/abs/1907.00001v2",
    "custom": {"arxiv": "1907.00001", "others": True},
}


def test_journal_article_in_bibtex():
    assert to_bibtex([JOURNAL]) == (
        "@article{chitta2022training,\n"
        "  author = {Chitta, Kashyap and {\\'A}lvarez, Jos{\\'e} M.},\n"
        "  title = {Training Data Subset Search With Ensemble Active Learning},\n"
        "  journal = {IEEE Transactions on Intelligent Transportation Systems},\n"
        "  volume = {23},\n  number = {9},\n  pages = {14741--14752},\n  year = {2022},\n  month = sep,\n"
        "  doi = {10.1109/tits.2021.3133268},\n"
        "  eprint = {1905.12737},\n  archiveprefix = {arXiv},\n  primaryclass = {cs.LG},\n}\n"
    )


def test_preprint_in_biblatex_and_unicode():
    assert to_bibtex([PREPRINT], dialect="biblatex", latex=False) == (
        "@online{vanamersfoort2019bert,\n"
        "  author = {van Amersfoort, Joost and King, Jr., Martin and {Gemini Team and Friends} and others},\n"
        "  title = {{BERT} on a {GPU} \\& 50\\% less},\n"
        "  date = {2019-07-10},\n"
        "  eprint = {1907.00001},\n  eprinttype = {arxiv},\n}\n"
    )


def test_the_version_of_an_e_print_is_printed():
    numbered = {**PREPRINT, "custom": {"arxiv": "1907.00001", "arxiv-version": "v3"}}
    printed = to_bibtex([numbered])
    assert "eprint = {1907.00001v3}" in printed and "arXiv:1907.00001v3" in printed
    assert "AN  - arXiv:1907.00001v3" in to_ris([numbered])


def test_preprint_note_is_an_option():
    assert "howpublished = {arXiv:1907.00001}" in to_bibtex([PREPRINT])
    assert "howpublished = {arXiv preprint arXiv:1907.00001}" in to_bibtex(
        [PREPRINT], preprint_note="arXiv preprint arXiv:{arxiv}"
    )
    assert "howpublished" not in to_bibtex([PREPRINT], preprint_note="")


@pytest.mark.parametrize(
    ("csl", "entry_type", "has"),
    [
        (
            {"type": "paper-conference", "container-title": "Proc. X", "publisher": "ACM"},
            "inproceedings",
            {"booktitle": "Proc. X", "publisher": "ACM"},
        ),
        ({"type": "chapter", "container-title": "A Book"}, "incollection", {"booktitle": "A Book"}),
        (
            {"type": "thesis", "publisher": "MIT", "genre": "PhD thesis"},
            "phdthesis",
            {"school": "MIT"},
        ),
        (
            {"type": "thesis", "publisher": "MIT", "genre": "Diplomarbeit"},
            "mastersthesis",
            {"school": "MIT", "type": "Diplomarbeit"},
        ),
        (
            {"type": "report", "publisher": "NIST", "number": "800-63"},
            "techreport",
            {"institution": "NIST", "number": "800-63"},
        ),
        (
            {"type": "book", "publisher": "Springer", "publisher-place": "Berlin", "edition": "2"},
            "book",
            {"address": "Berlin", "edition": "2"},
        ),
        (
            {"type": "webpage", "container-title": "Site", "URL": "https://e.org/a_b"},
            "misc",
            {"howpublished": "Site", "url": "https://e.org/a_b"},
        ),
        ({"type": "no-such-type"}, "misc", {}),
        ({}, "misc", {}),
    ],
)
def test_types_and_their_fields(csl, entry_type, has):
    entry = entry_of({"title": "T", **csl})
    assert entry.type == entry_type
    assert {name: entry.fields.get(name) for name in has} == has


@pytest.mark.parametrize(
    ("title", "written"),
    [
        (
            "BERT: Pre-training of Deep Bidirectional Transformers",
            "{BERT}: Pre-training of Deep Bidirectional Transformers",
        ),
        (
            "ImageNet Classification on a GPU at NeurIPS",
            "{ImageNet} Classification on a {GPU} at {NeurIPS}",
        ),
        ("A Survey of Gaussian Processes", "A Survey of {Gaussian} Processes"),
        (
            "A survey of methods by Student and others",
            "A survey of methods by {Student} and others",
        ),
        ("K-means++ in 3D", "{K}-means++ in {3D}"),
        ("On Calibration of Modern Neural Networks", "On Calibration of Modern Neural Networks"),
        ("THE COMPLETE WORKS OF NOBODY", "THE COMPLETE WORKS OF NOBODY"),
        ("The $O(N)$ Model of BERT", "The $O(N)$ Model of {BERT}"),
        ("From $5 to $10 in R&D", "From \\$5 to \\$10 in {R}\\&{D}"),
        ("Snake_case | pipes", "Snake\\_case {\\textbar} pipes"),
        ("Ein Rüdiger bei Łódź", "Ein R{\\\"u}diger bei {\\L}{\\'o}d{\\'z}"),
        ("<i>Drosophila</i> genes", "\\emph{Drosophila} genes"),
    ],
)
def test_capitals_and_special_characters(title, written):
    assert encode(title, protect=True) == written


@given(st.text(max_size=60))
def test_values_are_balanced_and_read_as_one_field(text):
    for latex in (True, False):
        value = encode(text, latex=latex, protect=True)
        depth = 0
        for char in value:
            depth += (char == "{") - (char == "}")
            assert depth >= 0
        assert depth == 0
        library = parse_string("@misc{k,\n  title = {" + value + "},\n}\n")
        assert not library.failed_blocks
        assert library.entries[0].fields_dict["title"].value == value.strip()


@given(st.text(alphabet="abxyz01+-=^_&#% ", max_size=40))
def test_math_passes_unchanged(inner):
    assume("^^" not in inner)  # TeX's other way to write a backslash
    formula = "$x" + " ".join(inner.split()) + "y$"
    assert encode(f"About {formula} of GPUs") == f"About {formula} of GPUs"


def test_keys_are_unique_ascii_and_independent_of_order():
    items = [
        {
            "author": [{"family": "Müller", "given": "A"}],
            "issued": {"date-parts": [[2020]]},
            "title": "The Great Thing",
        },
        {
            "author": [{"family": "Müller", "given": "B"}],
            "issued": {"date-parts": [[2020]]},
            "title": "Great Thing, Another",
        },
        {"author": [{"literal": "中国科学院"}], "title": "Привет"},
        {},
        {"title": "2020"},
    ]
    keys = keys_for(items)
    assert keys[:2] == ["muller2020greatb", "muller2020greata"]
    assert len(set(keys)) == len(keys) and all(key.isascii() and key.isalnum() for key in keys)
    assert keys_for(items[::-1]) == keys[::-1]
    assert keys_for(items[:1], taken=["Muller2020great"]) == ["muller2020greata"]


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "title": st.text(max_size=8),
                "author": st.lists(
                    st.fixed_dictionaries({"family": st.text(max_size=4)}), max_size=2
                ),
            }
        ),
        max_size=8,
    )
)
def test_keys_are_always_unique(items):
    keys = keys_for(items)
    assert len({key.lower() for key in keys}) == len(items)
    assert all(key and key.isascii() and key.isalnum() for key in keys)


def resolution(csl, outcome="matched", line=1):
    reference = Reference("as printed", file="a.md", line=line)
    found = (Diagnostic("CN402", "missing-year", "the year is missing"),)
    return Resolution(
        Claim(csl, reference=reference),
        outcome,
        "verified" if outcome == "matched" else "unverifiable",
        probability=0.98765,
        emitted=csl,
        diagnostics=found,
    )


def test_resolutions_of_one_work_make_one_entry_and_unverified_ones_are_marked():
    text = to_bibtex(
        [
            resolution(JOURNAL, line=3),
            resolution(PREPRINT, "unmatched"),
            resolution(JOURNAL, line=9),
        ]
    )
    assert text.count("@") == 2
    assert text.count(UNVERIFIED) == 1 and f"% {UNVERIFIED}\n@misc" in text
    open_one = [resolution(PREPRINT, "unmatched")]
    assert UNVERIFIED not in to_bibtex(open_one, mark_unverified="none")
    assert f"note = {{{UNVERIFIED}}}" in to_bibtex(open_one, mark_unverified="note")
    by_keyword = to_bibtex([*open_one, resolution(JOURNAL)], mark_unverified="field")
    assert by_keyword.count("keywords = {unverified}") == 1 and UNVERIFIED not in by_keyword
    assert by_keyword.index("keywords") < by_keyword.index("@article")
    with pytest.raises(ValueError, match="unknown mark 'loud'"):
        to_bibtex(open_one, mark_unverified="loud")
    with pytest.raises(ValueError, match="1 keys for 2 items"):
        to_bibtex([JOURNAL, PREPRINT], keys=["a"])
    with pytest.raises(TypeError):
        to_bibtex([42])


def test_csl_json_tells_places_and_findings():
    rows = json.loads(
        to_csl_json([resolution(JOURNAL, line=3), resolution(JOURNAL, line=9), PREPRINT])
    )
    assert [row["id"] for row in rows] == ["chitta2022training", "vanamersfoort2019bert"]
    told = rows[0]["custom"]["citenorm"]
    assert [place["line"] for place in told["documents"]] == [3, 9]
    assert (
        told["status"] == "verified"
        and told["probability"] == 0.9877
        and told["diagnostics"][0]["name"] == "missing-year"
    )
    assert (
        rows[0]["custom"]["arxiv"] == "1905.12737"
        and "custom" in rows[1]
        and "citenorm" not in rows[1]["custom"]
    )


def test_a_list_that_a_source_cut_short_goes_on():
    item = {**JOURNAL, "custom": {"author-count": 12}}
    assert "and others}" in to_bibtex([item]) and "others" not in to_bibtex(
        [{**JOURNAL, "custom": {"author-count": 2}}]
    )


def test_ris():
    assert to_ris([JOURNAL]).splitlines() == [
        "TY  - JOUR", "AU  - Chitta, Kashyap", "AU  - Álvarez, José M.", "TI  - Training Data Subset Search With Ensemble Active Learning",
        "T2  - IEEE Transactions on Intelligent Transportation Systems", "PY  - 2022", "DA  - 2022/09/", "SP  - 14741", "EP  - 14752", "VL  - 23",
        "IS  - 9", "DO  - 10.1109/tits.2021.3133268", "UR  - https://doi.org/10.1109/TITS.2021.3133268", "AN  - arXiv:1905.12737", "ER  - ",
    ]  # fmt: skip
    assert (
        "AU  - van Amersfoort, Joost\nAU  - King, Martin, Jr.\nAU  - Gemini Team and Friends\n"
        in to_ris([PREPRINT])
    )


def test_a_backslash_at_the_end_of_an_address_does_not_swallow_the_next_entry() -> None:
    import bibtexparser

    text = to_bibtex([{"URL": "http://x/\\", "DOI": "10.1/a\\", "title": "A"}, {"title": "Next"}])
    read = bibtexparser.parse_string(text)
    assert len(read.entries) == 2 and not read.failed_blocks


@pytest.mark.parametrize(
    ("url", "repeats"),
    [
        ("https://arxiv.org/abs/1907.00001", True), ("http://www.arxiv.org/pdf/1907.00001v2.pdf", True), ("https://export.arxiv.org/html/1907.00001v12/", True),
        ("https://arxiv.org/abs/1907.000011", False), ("https://arxiv.org/abs/1907.00002", False), ("https://arxiv.org/abs/1907.00001/more", False),
        ("https://arxiv.org/list/1907.00001", False), ("https://doi.org/10.1000/A", True), ("https://doi.org/10.1000/ab", False), ("", False),
    ],
)  # fmt: skip
def test_an_address_that_spells_out_an_identifier_is_told_from_others(url, repeats):
    item = {"DOI": "10.1000/a", "custom": {"arxiv": "1907.00001"}}
    assert repeats_identifier(url, item) is repeats
    assert not repeats_identifier(url, {"type": "book"})
