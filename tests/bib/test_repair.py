"""What a resolution changes in an entry, what it never touches, and that a second run finds nothing left to do."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citenorm.bib import RepairOptions, claims, read, repair
from citenorm.emit import UNVERIFIED
from citenorm.match.cite import provenance
from citenorm.model import Diagnostic, Record, Resolution, Work
from citenorm.normalize import normalize

PAPER = {
    "type": "paper-conference", "title": "Watching Ponds with BERT", "container-title": "Advances in Pond Processing", "volume": "31", "page": "100-109",
    "author": [{"family": "Müller", "given": "Anna"}, {"family": "Doe", "given": "Bob C."}], "issued": {"date-parts": [[2018]]}, "publisher": "Pond Press",
    "DOI": "10.1000/pond.1", "URL": "https://ponds.org/1", "custom": {"arxiv": "1701.00001", "primary-class": "cs.PO"},
}  # fmt: skip
ARTICLE = PAPER | {
    "type": "article-journal",
    "container-title": "Journal of Ponds",
    "issue": "2",
    "publisher": "Elsewhere",
}


def fixed(text, emitted=PAPER, outcome="matched", **options):
    """The text after a repair in which every entry was matched with ``emitted``; a second run is made and must change nothing."""
    data = text.encode()
    runs = []
    for _ in range(2):
        bib = read(data, "x.bib")
        made = [resolved(normalize(claim), emitted, outcome) for claim in claims(bib)]
        data, found = repair(bib, made, RepairOptions(**options))
        runs.append((data.decode(), found))
    assert runs[0][0] == runs[1][0]
    return runs[0]


def resolved(claim, emitted, outcome="matched"):
    record = Record("dblp:1", emitted, "dblp")
    origin = dict.fromkeys([*emitted, "custom.arxiv", "custom.primary-class"], record)
    return Resolution(
        claim,
        outcome,
        "verified",
        record,
        Work("dblp:1", (record,)),
        0.999,
        emitted=emitted,
        provenance=provenance(claim, emitted, origin),
    )


def test_a_preprint_becomes_its_published_version():
    text = """% kept
@article{k1,
  title   = {Watching ponds with {BERT}},
  author  = {M{\\"u}ller, A. and Doe, Bob C.},
  journal = {arXiv preprint arXiv:1701.00001},
  year    = {2017},
  month   = jan,
  note    = {read this},
  file    = {:a.pdf:PDF}
}
"""
    assert (
        fixed(text)[0]
        == """% kept
@inproceedings{k1,
  title   = {Watching ponds with {BERT}},
  author  = {M{\\"u}ller, Anna and Doe, Bob C.},
  booktitle = {Advances in Pond Processing},
  volume  = {31},
  pages   = {100--109},
  publisher = {Pond Press},
  year    = {2018},
  doi     = {10.1000/pond.1},
  eprint  = {1701.00001},
  archiveprefix = {arXiv},
  primaryclass = {cs.PO},
  note    = {read this},
  file    = {:a.pdf:PDF}
}
"""
    )


def test_the_style_of_a_file_is_kept():
    text = '@MISC(k1, TITLE="Watching Ponds with {BERT}", AUTHOR="M{\\"u}ller, Anna and Doe, Bob C.", EPRINT="1701.00001", ARCHIVEPREFIX="arXiv", YEAR=2017)\n'
    assert fixed(text)[0] == (
        '@INPROCEEDINGS(k1, TITLE="Watching Ponds with {BERT}", AUTHOR="M{\\"u}ller, Anna and Doe, Bob C.", BOOKTITLE="Advances in Pond Processing", VOLUME=31,'
        ' PAGES="100--109", PUBLISHER="Pond Press", EPRINT="1701.00001", ARCHIVEPREFIX="arXiv", YEAR=2018, DOI="10.1000/pond.1")\n'
    )
    leading = "@article{k1\n  , title = {Watching Ponds with {BERT}}\n  , journal = {Journal of Ponds}\n  , year = {2018}\n  }\r\n"
    assert fixed(leading, ARTICLE)[0] == (
        '@article{k1\n  , author = {M{\\"u}ller, Anna and Doe, Bob C.}\n  , title = {Watching Ponds with {BERT}}\n  , journal = {Journal of Ponds}\n  , volume = {31}\n'
        "  , number = {2}\n  , pages = {100--109}\n  , year = {2018}\n  , doi = {10.1000/pond.1}\n  , eprint = {1701.00001}\n  , archiveprefix = {arXiv}\n"
        "  , primaryclass = {cs.PO}\n  }\r\n"
    )


def test_a_biblatex_file_gets_biblatex_fields():
    text = "@online{k1,\n  author = {Müller, Anna and Doe, Bob C.},\n  title = {Watching Ponds with {BERT}},\n  date = {2017-01-03},\n  eprint = {1701.00001},\n  eprinttype = {arxiv}\n}\n"
    out = fixed(text, ARTICLE)[0]
    assert (
        "@article{k1," in out
        and "  journaltitle = {Journal of Ponds},\n" in out
        and "  date = {2018},\n" in out
    )
    assert "year" not in out and "archiveprefix" not in out


@pytest.mark.parametrize(
    "field",
    [
        "title = {Watching {\\emph{Ponds}} with {BERT}}",
        "title = {{Watching Ponds with BERT}}",
        "title = {WATCHING PONDS WITH BERT}",
        'author = {M{\\"u}ller, Anna Maria and Doe, Bob Charles}',
        'author = {Anna M{\\"u}ller and Bob C. Doe}',
        "journal = {J. Ponds}",
        "journal = jp",
        'journal = jp # " (abbr)"',
        "pages = {100--9}",
        "year = 2018",
        "doi = {10.1000/POND.1}",
        "url = {https://elsewhere.org/x_y|z}",
        "abstract = {Long & wild_text, 100% 1-2 BERT}",
        "x-own = {kept}",
        "volume = {31}",
    ],
)
def test_what_says_the_same_or_more_is_kept(field):
    rest = {
        "title": "title = {Watching Ponds with {BERT}}", "author": "author = {M{\\\"u}ller, Anna and Doe, Bob C.}", "journal": "journal = {Journal of Ponds}",
        "volume": "volume = {31}", "number": "number = {2}", "pages": "pages = {100--109}", "year": "year = {2018}", "doi": "doi = {10.1000/pond.1}",
        "eprint": "eprint = {1701.00001}", "archiveprefix": "archiveprefix = {arXiv}",
    }  # fmt: skip
    rest[field.split(" =")[0]] = field
    text = (
        "@string{jp = {Journal of Ponds}}\n@article{k,\n  " + ",\n  ".join(rest.values()) + "\n}\n"
    )
    assert fixed(text, ARTICLE)[0] == text


def test_an_identifier_that_the_entry_states_is_kept_and_told():
    text = "@article{k,\n  title = {Watching Ponds with {BERT}},\n  doi = {10.9999/other},\n  eprint = {1801.00009},\n  archiveprefix = {arXiv},\n  journal = {Journal of Ponds}\n}\n"
    out, found = fixed(text, ARTICLE)
    assert (
        "doi = {10.9999/other}" in out and "eprint = {1801.00009}" in out and "10.1000" not in out
    )
    kept = [d for d in found if d.name == "identifier-kept"]
    assert [(d.name, d.claim, d.record, d.place.line, d.key) for d in kept] == [
        ("identifier-kept", "10.9999/other", "10.1000/pond.1", 3, "k"), ("identifier-kept", "1801.00009", "1701.00001", 4, "k"),
    ]  # fmt: skip


def test_another_published_version_than_the_record_s_is_left_alone():
    text = "@article{k,\n  author = {Muller, A. and Doe, B.},\n  title = {Watching Ponds with {BERT}},\n  journal = {Transactions on Lakes},\n  volume = {7},\n  year = {2020}\n}\n"
    out = fixed(text)[0]
    assert out == text.replace("Muller, A. and Doe, B.", 'M{\\"u}ller, Anna and Doe, Bob C.')
    venue_alone = '@inproceedings{k,\n  author = {M{\\"u}ller, Anna and Doe, Bob C.},\n  title = {Watching Ponds with {BERT}},\n  booktitle = {Workshop on Lakes},\n  year = {2018}\n}\n'
    assert fixed(venue_alone)[0] == venue_alone
    one_slip = venue_alone.replace("Workshop on Lakes", "Advances in Pond Processing").replace(
        "2018", "2019"
    )
    assert "year = {2018}" in fixed(one_slip)[0] and "volume = {31}" in fixed(one_slip)[0]


@pytest.mark.parametrize(
    ("fields", "entry_type"),
    [
        (
            "author = {Müller, Anna}, year = {2018}, number = {4}",
            "misc",
        ),  # a number has no place in proceedings without a series
        (
            "author = {Müller, Anna}, journal = {Advances in Pond Processing}, volume = {31}, number = {4}",
            "article",
        ),
    ],
)
def test_no_type_that_styles_would_complain_of(fields, entry_type):
    text = f"@{entry_type}{{k,\n  title = {{Watching Ponds with {{BERT}}}}, {fields}\n}}\n"
    assert fixed(text)[0].startswith(f"@{entry_type}{{k,")


def test_values_with_mathematics_are_left_alone():
    text = "@article{k,\n  title = {The $O(n)$ ponds},\n  journal = {Journal of Ponds}\n}\n"
    assert (
        "title = {The $O(n)$ ponds}," in fixed(text, ARTICLE | {"title": "The Quadratic Ponds"})[0]
    )


def test_a_macro_of_the_file_is_used():
    text = "@string{adv = {Advances in Pond Processing}}\n@misc{k,\n  title = {Watching Ponds with {BERT}},\n  eprint = {1701.00001}\n}\n"
    assert "booktitle = adv," in fixed(text)[0]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Müller, A. and Doe, B.", "Müller, Anna and Doe, Bob C."),
        ("Muller, Anna and Doe, Bob", "Müller, Anna and Doe, Bob"),
        ("Müler, Anna and Doe, Bob C.", "Müller, Anna and Doe, Bob C."),
        ("Müller, Anna, et al.", "Müller, Anna and Doe, Bob C."),
        ("Müller, Anna and others", "Müller, Anna and Doe, Bob C."),
        ("Doe, Bob C.", "Müller, Anna and Doe, Bob C."),
        ("Anna Müller, Bob C. Doe, Cy Else, Di Four", "Müller, Anna and Doe, Bob C."),
        ("Anna M. Müller, B. Doe, Di Four", "Müller, Anna M. and Doe, Bob C."),
    ],
)
def test_names_are_completed_one_by_one(before, after):
    text = "@article{k,\n  author = {%s},\n  title = {Watching Ponds with {BERT}},\n  journal = {Journal of Ponds},\n  x-own = {ü}\n}\n"
    assert fixed(text % before, ARTICLE)[0].split("\n")[1] == f"  author = {{{after}}},"


@pytest.mark.parametrize(
    "fields",
    [
        "author = {Müller, Anna and Doe, Bob C. and Roe, Cy}, title = {Watching Ponds with {BERT}}",  # the record's list may be cut short
        "author = {Müller, Anna and Doe, Bob C.}, title = {Watching Ponds with {BERT}: A Long Subtitle}",
        "author = {Müller, Anna and Doe, Bob C.}, title = {Watching Ponds with {BERT}}, year = {n.d.}",
    ],
)
def test_what_the_record_does_not_say_is_no_error(fields):
    rest = ", journal = jundefined, volume = {31}, number = {2}, pages = {100--109}, doi = {10.1000/pond.1}, eprint = {1701.00001}, archiveprefix = {arXiv}"
    year = "" if "year" in fields else ", year = {2018}"
    text = f"@article{{k, {fields}{rest}{year}}}\n"
    assert fixed(text, ARTICLE)[0] == text


def test_a_list_that_the_source_cut_short_completes_nothing():
    text = "@article{k,\n  author = {Müller, A. and others},\n  title = {Watching Ponds with {BERT}},\n  journal = {Journal of Ponds}\n}\n"
    cut = ARTICLE | {"custom": {**ARTICLE["custom"], "author-count": 53}}
    assert "author = {Müller, A. and others}," in fixed(text, cut)[0]


def test_venue_and_type_go_together():
    text = (
        '@article{k,\n  author = {M{\\"u}ller, Anna and Doe, Bob C.},\n  title = {Watching Ponds with {BERT}},\n  journal = {Ponds Rec.},\n  volume = {31},\n'
        "  number = {2},\n  pages = {100--109},\n  year = {2018}\n}\n"
    )
    assert fixed(text)[0] == text


@pytest.mark.parametrize(
    "entry", ["@online{k,\n  author = {Müller, Anna},", "@misc{k,", "@software{k,"]
)
def test_a_page_of_the_same_name_is_no_paper(entry):
    text = (
        entry
        + "\n  title = {Watching Ponds with {BERT}},\n  url = {https://ponds.org/},\n  year = {2018}\n}\n"
    )
    assert fixed(text)[0] == text


def test_inherited_fields_are_not_written_again():
    text = "@inproceedings{k,\n  title = {Watching Ponds with {BERT}},\n  crossref = {P}\n}\n@proceedings{P,\n  title = {Advances in Pond Processing},\n  year = {2018}\n}\n"
    bib = read(text.encode())
    first, _ = claims(bib)
    data, _ = repair(
        bib,
        [
            resolved(normalize(first), PAPER),
            Resolution(claims(bib)[1], "unmatched", "unverifiable"),
        ],
    )
    assert data.decode().count("2018") == 1 and "booktitle" not in data.decode()


@pytest.mark.parametrize("outcome", ["ambiguous", "unmatched"])
def test_only_matched_entries_change(outcome):
    text = "@article{k,\n  title = {Something Else},\n  year = {1999}\n}\n"
    assert fixed(text, outcome=outcome)[0] == text
    silent = "% citenorm: ignore=all\n" + text
    assert fixed(silent)[0] == silent


def test_the_mark_of_an_unverified_entry_goes_when_it_is_found():
    text = f"@article{{k,\n  title = {{Watching Ponds with {{BERT}}}},\n  journal = {{Journal of Ponds}},\n  note = {{own words. {UNVERIFIED}}}\n}}\n"
    assert "note = {own words}" in fixed(text, ARTICLE)[0]
    assert "note" not in fixed(text.replace("own words. ", ""), ARTICLE)[0]


def test_latin_1_files_get_latex_and_keep_their_bytes():
    data = "@article{k,\n  author = {Müller, A. and Doe, B.},\n  title = {Über Ponds},\n  journal = {Journal of Ponds}\n}\n".encode(
        "latin-1"
    )
    bib = read(data)
    out, _ = repair(bib, [resolved(normalize(claims(bib)[0]), ARTICLE | {"title": "Über Ponds"})])
    assert "title = {Über Ponds}".encode("latin-1") in out and b'M{\\"u}ller, Anna' in out


def test_an_article_in_a_journal_stays_what_it_is():
    text = (
        "@article{lecun2015deep,\n  title={Deep learning},\n  author={LeCun, Yann and Bengio, Yoshua and Hinton, Geoffrey},\n  journal={Nature},\n  volume={521},\n"
        "  number={7553},\n  pages={436--444},\n  year={2015},\n  publisher={Nature Publishing Group},\n  doi={10.1038/nature14539}\n}\n"
    )
    record = {
        "type": "article-journal", "title": "Deep learning", "author": [{"family": f, "given": g} for f, g in (("LeCun", "Yann"), ("Bengio", "Yoshua"), ("Hinton", "Geoffrey"))],
        "container-title": "Nature", "volume": "521", "issue": "7553", "page": "436-444", "issued": {"date-parts": [[2015, 5, 27]]}, "DOI": "10.1038/nature14539",
        "publisher": "Springer Science and Business Media LLC", "ISSN": "0028-0836",
    }  # fmt: skip
    assert fixed(text, record)[0] == text


FIELD = st.sampled_from(
    [
        "title",
        "author",
        "journal",
        "booktitle",
        "year",
        "date",
        "volume",
        "number",
        "pages",
        "publisher",
        "doi",
        "eprint",
        "note",
        "month",
        "howpublished",
        "url",
        "x",
    ]
)
VALUE = st.sampled_from(
    [
        "",
        "arXiv:1701.00001",
        "abs/1701.00001",
        "CoRR",
        "Watching Ponds",
        "Journal of Ponds",
        "2017",
        "31",
        "100-109",
        "Müller, A. and others",
        "10.48550/arXiv.1701.00001",
        "$x$",
        "{A} b",
    ]
)


@settings(max_examples=250, deadline=None)
@given(
    st.sampled_from(
        ["article", "misc", "inproceedings", "book", "online", "unpublished", "phdthesis"]
    ),
    st.lists(st.tuples(FIELD, VALUE), max_size=7, unique_by=lambda f: f[0]),
    st.sampled_from([PAPER, ARTICLE, {**PAPER, "type": "article"}, {"type": "book", "title": "T"}]),
    st.booleans(),
)
def test_any_entry_is_repaired_once(entry_type, fields, emitted, quotes):
    marks = ('"', '"') if quotes else ("{", "}")
    text = (
        f"free\n@{entry_type}{{k,\n"
        + "".join(f"  {name} = {marks[0]}{value}{marks[1]},\n" for name, value in fields)
        + "}\nmore\n"
    )
    out, _ = fixed(text, emitted)
    before, after = read(text.encode()), read(out.encode())
    assert [e.key for e in after.entries] == ["k"] and not after.entries[0].problem
    assert out.startswith("free\n@") and out.endswith("}\nmore\n")
    assert (
        len({f.name for f in after.entries[0].fields}) == len(after.entries[0].fields)
        or len(before.entries[0].fields) == 0
    )


def unsafe_title(claim, emitted, **csl):
    made = resolved(claim, emitted)
    return replace(
        made, diagnostics=(Diagnostic("CN202", "title-variant", "m", "title", fix="unsafe"),)
    )


def test_a_title_that_is_only_alike_changes_nothing_without_unsafe():
    text = '@phdthesis{k,\n  author = {M{\\"u}ller, Anna},\n  title = {Ponds},\n  school = {Pond University},\n  year = {2009}\n}\n'
    bib = read(text.encode())
    results = [unsafe_title(normalize(claims(bib)[0]), PAPER)]
    assert repair(bib, results)[0].decode() == text
    assert b"Watching Ponds" in repair(bib, results, RepairOptions(unsafe=True))[0]


def test_an_arxiv_number_does_not_go_with_its_field():
    alone = {**PAPER, "custom": {}}
    for old in (
        "journal = {CoRR},\n  volume = {abs/1701.00001}",
        "journal = {arXiv preprint arXiv:1701.00001}",
        "howpublished = {arXiv:1701.00001}",
    ):
        text = f"@article{{k,\n  title = {{Watching Ponds with {{BERT}}}},\n  author = {{Müller, Anna and Doe, Bob C.}},\n  {old},\n  year = {{2017}}\n}}\n"
        assert "eprint = {1701.00001}" in fixed(text, alone)[0], old


def test_a_year_that_stands_twice_is_corrected_in_both_places():
    text = "@online{k1,\n  author = {Müller, Anna and Doe, Bob C.},\n  title = {Watching Ponds with {BERT}},\n  date = {2017-01-03},\n  year = {2017},\n  eprint = {1701.00001},\n  eprinttype = {arxiv}\n}\n"
    after, _ = fixed(text)
    assert "date = {2018}" in after and "year = {2018}" in after
